//! Descriptors and locks of files.

use std::io;

/// The first number that is not that of a standard stream.
#[cfg(unix)]
const FIRST: i32 = 3;

/// The same file or socket under a number that is not that of a standard stream. A host that has closed those may write
/// to them all the same, and must not write into ours.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn lift<T: From<std::os::fd::OwnedFd> + std::os::fd::AsRawFd>(opened: T) -> io::Result<T> {
    use std::os::fd::{FromRawFd, OwnedFd};
    if !is_of_stream(&opened) {
        return Ok(opened);
    }
    // SAFETY: the descriptor is open as long as `opened` lives.
    let number = unsafe { libc::fcntl(opened.as_raw_fd(), libc::F_DUPFD_CLOEXEC, FIRST) };
    if number < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fcntl made this descriptor just now, and nobody else has it.
    Ok(T::from(unsafe { OwnedFd::from_raw_fd(number) }))
}

/// Whether this has the number of a standard stream.
#[cfg(unix)]
pub fn is_of_stream(opened: &impl std::os::fd::AsRawFd) -> bool {
    opened.as_raw_fd() < FIRST
}

/// Handles are not numbered by place here.
#[cfg(not(unix))]
pub fn is_of_stream<T>(_: &T) -> bool {
    false
}

/// Runs what opens descriptors of its own, which [`lift`] cannot reach; none of them gets the number of a standard stream
/// that the host has closed: those are taken for so long.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn above_streams<T>(body: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    // SAFETY: a system call with two numbers.
    let is_closed = |stream| unsafe { libc::fcntl(stream, libc::F_GETFD) } < 0;
    let mut taken = Vec::new();
    if (0..FIRST).any(is_closed) {
        loop {
            let file = std::fs::File::open("/dev/null")?;
            if !is_of_stream(&file) {
                break;
            }
            taken.push(file);
        }
    }
    body()
}

/// Handles are not numbered by place here.
#[cfg(not(unix))]
pub fn above_streams<T>(body: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    body()
}

/// Handles are not numbered by place here.
#[cfg(not(unix))]
pub fn lift<T>(opened: T) -> io::Result<T> {
    Ok(opened)
}

/// Takes the lock of a file; `false` when another opening of it has the lock, in this process or elsewhere. Closing
/// another descriptor of the file does not end it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    match set_lock(file, libc::F_WRLCK) {
        Ok(()) => Ok(true),
        // Both are allowed to say that it is taken.
        Err(e) if matches!(e.raw_os_error(), Some(libc::EACCES | libc::EAGAIN)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Ends the lock of a file, also for a copy of its descriptor in a forked child.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn unlock(file: &std::fs::File) {
    let _ = set_lock(file, libc::F_UNLCK);
}

/// Of the opened file and not of the process: `flock` would do as well, but not on every file system that is far away.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[allow(unsafe_code)]
fn set_lock(file: &std::fs::File, kind: libc::c_int) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // SAFETY: all zeros is a valid flock: from the beginning of the file to its end.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = kind as _;
    lock.l_whence = libc::SEEK_SET as _;
    // SAFETY: the descriptor is open as long as `file` is borrowed, and the lock is read only during the call.
    match unsafe { libc::fcntl(file.as_raw_fd(), libc::F_OFD_SETLK, &raw const lock) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Takes the lock of a file; `false` when another opening of it has the lock.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(std::fs::TryLockError::WouldBlock) => Ok(false),
        Err(std::fs::TryLockError::Error(e)) => Err(e),
    }
}

/// Ends the lock of a file, also for a copy of its descriptor in a forked child.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub fn unlock(file: &std::fs::File) {
    let _ = file.unlock();
}
