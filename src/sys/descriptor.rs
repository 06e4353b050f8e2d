//! A descriptor that select, poll and their like take for readable, or not.

use std::io::{self, Read, Write};

/// Reads of a signal that is on its way before it is left for the next time.
const ATTEMPTS: usize = 100;

/// A descriptor that is readable while it is set. Whoever has it says in which order things happen.
pub struct Readiness {
    signal: Signal,
    /// A signal was sent and not taken back: the descriptor is readable, or will be in a moment.
    set: bool,
}

impl Readiness {
    /// One that is not readable. Its number is none of a standard stream, and is closed when the process becomes another
    /// program.
    pub fn new() -> io::Result<Self> {
        Ok(Readiness { signal: Signal::new()?, set: false })
    }

    /// The descriptor, on Windows the SOCKET.
    pub fn number(&self) -> i64 {
        self.signal.number()
    }

    /// Makes it readable. Does not block.
    pub fn set(&mut self) {
        // What fails is tried again with the next answer. A full pipe is readable.
        self.set = self.set || self.signal.send().map_or_else(|e| e.kind() == io::ErrorKind::WouldBlock, |()| true);
    }

    /// Makes it unreadable. Does not block.
    pub fn clear(&mut self) {
        for _ in 0..ATTEMPTS {
            if !self.set {
                return;
            }
            match self.signal.take() {
                Ok(()) => self.set = false,
                // It was sent and has not arrived: loopback sockets of Windows take a moment.
                Err(e) if e.kind() == io::ErrorKind::WouldBlock && Signal::ARRIVES_LATE => std::thread::yield_now(),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                // Nothing to read: the descriptor is not readable.
                Err(_) => self.set = false,
            }
        }
    }
}

/// A counter of the kernel.
#[cfg(any(target_os = "linux", target_os = "android"))]
struct Signal(std::fs::File);

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Signal {
    const ARRIVES_LATE: bool = false;

    #[allow(unsafe_code)]
    fn new() -> io::Result<Self> {
        use std::os::fd::{FromRawFd, OwnedFd};
        // SAFETY: a system call with two numbers.
        let number = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if number < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: eventfd made this descriptor just now, and nobody else has it.
        super::lift(unsafe { OwnedFd::from_raw_fd(number) }).map(|counter| Signal(counter.into()))
    }

    fn number(&self) -> i64 {
        use std::os::fd::AsRawFd;
        i64::from(self.0.as_raw_fd())
    }

    fn send(&self) -> io::Result<()> {
        (&self.0).write(&1u64.to_ne_bytes()).map(|_| ())
    }

    fn take(&self) -> io::Result<()> {
        (&self.0).read(&mut [0; 8]).map(|_| ())
    }
}

/// Two connected sockets; the host looks at the first.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
struct Signal(Stream, Stream);

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
type Stream = std::os::unix::net::UnixStream;

#[cfg(windows)]
type Stream = std::net::TcpStream;

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Signal {
    const ARRIVES_LATE: bool = cfg!(windows);

    fn new() -> io::Result<Self> {
        let (seen, hidden) = pair()?;
        seen.set_nonblocking(true)?;
        hidden.set_nonblocking(true)?;
        Ok(Signal(super::lift(seen)?, super::lift(hidden)?))
    }

    #[cfg(unix)]
    fn number(&self) -> i64 {
        use std::os::fd::AsRawFd;
        i64::from(self.0.as_raw_fd())
    }

    #[cfg(windows)]
    fn number(&self) -> i64 {
        use std::os::windows::io::AsRawSocket;
        i64::try_from(self.0.as_raw_socket()).unwrap_or_default()
    }

    fn send(&self) -> io::Result<()> {
        (&self.1).write(&[1]).map(|_| ())
    }

    fn take(&self) -> io::Result<()> {
        (&self.0).read(&mut [0]).map(|_| ())
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn pair() -> io::Result<(Stream, Stream)> {
    Stream::pair()
}

/// Windows waits for sockets alone, and has no pair of them.
#[cfg(windows)]
fn pair() -> io::Result<(Stream, Stream)> {
    /// So many connections of other programs are turned away.
    const STRANGERS: usize = 64;
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
    let seen = Stream::connect(listener.local_addr()?)?;
    let own = seen.local_addr()?;
    for _ in 0..STRANGERS {
        let (hidden, peer) = listener.accept()?;
        if peer == own {
            hidden.set_nodelay(true)?;
            stay_home(&hidden)?;
            return Ok((seen, hidden));
        }
    }
    Err(io::Error::other("other programs connect to each port of this one"))
}

/// Programs that this process starts do not get the socket; those that std connects itself are so already.
#[cfg(windows)]
#[allow(unsafe_code)]
fn stay_home(socket: &Stream) -> io::Result<()> {
    use std::os::windows::io::AsRawSocket;
    const INHERIT: u32 = 1;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetHandleInformation(handle: *mut std::ffi::c_void, mask: u32, flags: u32) -> i32;
    }
    let handle = std::ptr::with_exposed_provenance_mut(usize::try_from(socket.as_raw_socket()).unwrap_or_default());
    // SAFETY: the handle is open as long as the socket is borrowed.
    if unsafe { SetHandleInformation(handle, INHERIT, 0) } == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[allow(unsafe_code)]
    fn readable(readiness: &Readiness) -> bool {
        let fd = i32::try_from(readiness.number()).expect("a descriptor");
        let mut poll = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
        // SAFETY: one entry, ours.
        unsafe { libc::poll(&raw mut poll, 1, 0) == 1 }
    }

    #[test]
    fn it_is_readable_while_it_is_set() {
        let mut readiness = Readiness::new().expect("a descriptor");
        assert!(!readable(&readiness));
        for _ in 0..3 {
            readiness.set();
            readiness.set();
            assert!(readable(&readiness));
            readiness.clear();
            readiness.clear();
            assert!(!readable(&readiness));
        }
        assert!(readiness.number() > 2);
    }
}
