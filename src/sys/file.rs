//! Descriptors and locks of files.

use std::io;

/// The same file or socket under a number that is not that of a standard stream. A host that has closed those may write
/// to them all the same, and must not write into ours.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn lift<T: From<std::os::fd::OwnedFd> + std::os::fd::AsRawFd>(opened: T) -> io::Result<T> {
    use std::os::fd::{FromRawFd, OwnedFd};
    const FIRST: i32 = 3;
    if opened.as_raw_fd() >= FIRST {
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

/// Handles are not numbered by place here.
#[cfg(not(unix))]
pub fn lift<T>(opened: T) -> io::Result<T> {
    Ok(opened)
}

/// Takes the lock of a file for this process; `false` when another process has it. A forked child does not inherit it.
/// It ends when any descriptor of the file is closed in this process, and does not keep this process itself out.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    use std::os::fd::AsRawFd;
    // SAFETY: all zeros is a valid flock: from the beginning of the file to its end.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = libc::F_WRLCK as _;
    lock.l_whence = libc::SEEK_SET as _;
    // SAFETY: the descriptor is open as long as `file` is borrowed, and the lock is read only during the call.
    if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETLK, &raw const lock) } == 0 {
        return Ok(true);
    }
    let error = io::Error::last_os_error();
    // Both are allowed to say that it is taken.
    if matches!(error.raw_os_error(), Some(libc::EACCES | libc::EAGAIN)) { Ok(false) } else { Err(error) }
}

/// Takes the lock of a file; `false` when somebody else has it.
#[cfg(not(unix))]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(std::fs::TryLockError::WouldBlock) => Ok(false),
        Err(std::fs::TryLockError::Error(e)) => Err(e),
    }
}
