//! A descriptor that is readable or not, for event loops of the host.

use std::io;

/// A descriptor that other code waits for. Never 0, 1 or 2; closed in programs that this one starts.
#[cfg(target_os = "linux")]
pub struct Readiness(std::os::fd::OwnedFd);

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
impl Readiness {
    /// One that is not readable.
    pub fn new() -> io::Result<Self> {
        use std::os::fd::{FromRawFd, OwnedFd};
        // SAFETY: no memory is involved.
        let number = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if number < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: eventfd made this descriptor just now, and nobody else has it.
        super::lift(unsafe { OwnedFd::from_raw_fd(number) }).map(Readiness)
    }

    /// Its number.
    pub fn fd(&self) -> i64 {
        use std::os::fd::AsRawFd;
        i64::from(self.0.as_raw_fd())
    }

    /// Makes it readable.
    pub fn set(&self) {
        use std::os::fd::AsRawFd;
        let one = 1u64;
        // SAFETY: the descriptor is open, and the eight bytes are ours.
        let _ = unsafe { libc::write(self.0.as_raw_fd(), (&raw const one).cast(), 8) };
    }

    /// Makes it not readable.
    pub fn clear(&self) {
        use std::os::fd::AsRawFd;
        let mut count = 0u64;
        // SAFETY: the descriptor is open, and the eight bytes are ours.
        let _ = unsafe { libc::read(self.0.as_raw_fd(), (&raw mut count).cast(), 8) };
    }
}
