//! The file that log lines are appended to, and the environment of programs that may be trusted with it.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;

/// A variable of the environment; none in a program that runs with more rights than its user has.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[allow(unsafe_code)]
pub fn trusted_variable(name: &std::ffi::CStr) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    unsafe extern "C" {
        // The libc crate does not have it for Android.
        fn secure_getenv(name: *const libc::c_char) -> *const libc::c_char;
    }
    // SAFETY: a NUL-terminated name.
    let value = unsafe { secure_getenv(name.as_ptr()) };
    if value.is_null() {
        return None;
    }
    // SAFETY: not NULL, so it is a NUL-terminated text of the environment, copied at once.
    Some(OsString::from_vec(unsafe { std::ffi::CStr::from_ptr(value) }.to_bytes().to_vec()))
}

/// A variable of the environment; none in a program that runs with more rights than its user has.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[allow(unsafe_code)]
pub fn trusted_variable(name: &std::ffi::CStr) -> Option<OsString> {
    #[cfg(unix)]
    {
        unsafe extern "C" {
            fn issetugid() -> i32;
        }
        // SAFETY: it takes nothing.
        if unsafe { issetugid() } != 0 {
            return None;
        }
    }
    std::env::var_os(name.to_str().ok()?)
}

/// Where log lines are written to.
pub enum LogFile {
    /// A file of ours.
    File(File),
    /// The standard error of the process, whatever it is when a line is written.
    StandardError,
}

impl LogFile {
    /// Opens a file to append to; makes it for its owner alone. No symbolic link is followed.
    pub fn open(path: &str) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // A pipe that nobody reads must not hold up the host.
            options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY);
        }
        #[cfg(windows)]
        {
            use std::os::windows::fs::OpenOptionsExt;
            const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
            options.custom_flags(OPEN_REPARSE_POINT);
        }
        let file = super::lift(options.open(path).map_err(plain_error)?)?;
        let kind = file.metadata()?.file_type();
        if kind.is_symlink() {
            return Err(io::Error::other(LINK));
        }
        if !kind.is_file() && !is_device(kind) {
            return Err(io::Error::other("it is neither a file nor a device"));
        }
        Ok(LogFile::File(file))
    }

    /// Writes a line in one go, so that lines of several processes do not mix. What fails is lost: there is nowhere to
    /// say it.
    pub fn write(&self, line: &[u8]) {
        let _ = match self {
            LogFile::File(file) => quietly(|| write_whole(file, line)),
            LogFile::StandardError => quietly(|| to_standard_error(line)),
        };
    }
}

const LINK: &str = "it is a symbolic link, which captask does not follow";

/// What the system says of a symbolic link is about too many of them.
fn plain_error(e: io::Error) -> io::Error {
    #[cfg(unix)]
    if e.raw_os_error() == Some(libc::ELOOP) {
        return io::Error::other(LINK);
    }
    e
}

#[cfg(unix)]
fn is_device(kind: std::fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&kind)
}

#[cfg(not(unix))]
fn is_device(_: std::fs::FileType) -> bool {
    false
}

fn write_whole(mut file: &File, line: &[u8]) -> io::Result<()> {
    io::Write::write_all(&mut file, line)
}

/// Not through std, whose lock another thread may have held when a parent forked.
#[cfg(unix)]
#[allow(unsafe_code)]
fn to_standard_error(line: &[u8]) -> io::Result<()> {
    use std::os::fd::FromRawFd;
    // SAFETY: used for one write and never closed: the descriptor stays the host's.
    let file = std::mem::ManuallyDrop::new(unsafe { File::from_raw_fd(libc::STDERR_FILENO) });
    write_whole(&file, line)
}

#[cfg(not(unix))]
fn to_standard_error(line: &[u8]) -> io::Result<()> {
    io::Write::write_all(&mut io::stderr(), line)
}

/// A write that sends the host no signal, whether nobody reads what it is written to or the file has no room.
#[cfg(unix)]
#[allow(unsafe_code)]
fn quietly(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    const KINDS: [i32; 2] = [libc::SIGPIPE, libc::SIGXFSZ];
    // SAFETY: every set is ours and filled before it is read, all zeros is a valid one, and the old mask comes back.
    unsafe {
        let (mut ours, mut before, mut earlier) = (std::mem::zeroed(), std::mem::zeroed(), std::mem::zeroed());
        libc::sigemptyset(&raw mut ours);
        for kind in KINDS {
            libc::sigaddset(&raw mut ours, kind);
        }
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const ours, &raw mut before);
        libc::sigpending(&raw mut earlier);
        let result = write();
        if result.is_err() {
            // A signal that came of this write is taken away; one that was there before stays for the host.
            let mut now = std::mem::zeroed();
            libc::sigpending(&raw mut now);
            let is_new =
                |kind| libc::sigismember(&raw const now, kind) == 1 && libc::sigismember(&raw const earlier, kind) == 0;
            for kind in KINDS.into_iter().filter(|kind| is_new(*kind)) {
                let (mut one, mut taken) = (std::mem::zeroed(), 0);
                libc::sigemptyset(&raw mut one);
                libc::sigaddset(&raw mut one, kind);
                libc::sigwait(&raw const one, &raw mut taken);
            }
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, std::ptr::null_mut());
        result
    }
}

#[cfg(not(unix))]
fn quietly(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    write()
}
