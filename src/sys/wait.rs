//! Waits for sockets that do not block, without a reactor.

use mio::net::TcpStream;
use std::io;
use std::time::Duration;

/// A socket and what is awaited of it.
pub struct Watched<'a> {
    /// The socket.
    pub socket: &'a TcpStream,
    /// Until a read will not wait.
    pub read: bool,
    /// Until a write will not wait, or the connect has ended.
    pub write: bool,
}

/// Whether bytes that were written have not yet reached the peer's system, as far as this one tells.
pub fn sends(socket: &TcpStream) -> bool {
    unsent(socket) > 0
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[allow(unsafe_code)]
fn unsent(socket: &TcpStream) -> i32 {
    use std::os::fd::AsRawFd;
    let mut left: libc::c_int = 0;
    // SAFETY: an open socket, and a number that may be written to.
    let told = unsafe { libc::ioctl(socket.as_raw_fd(), libc::TIOCOUTQ, &raw mut left) } == 0;
    if told { left } else { 0 }
}

#[cfg(target_vendor = "apple")]
#[allow(unsafe_code)]
fn unsent(socket: &TcpStream) -> i32 {
    use std::os::fd::AsRawFd;
    let mut left: i32 = 0;
    let mut size = libc::socklen_t::try_from(size_of_val(&left)).unwrap_or(0);
    let (fd, level, name) = (socket.as_raw_fd(), libc::SOL_SOCKET, libc::SO_NWRITE);
    // SAFETY: an open socket, and a number of this size that may be written to.
    let told = unsafe { libc::getsockopt(fd, level, name, (&raw mut left).cast(), &raw mut size) } == 0;
    if told { left } else { 0 }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn unsent(_socket: &TcpStream) -> i32 {
    0
}

/// Waits up to `time` until one of the sockets is ready; whether one is.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn wait_ready(sockets: &[Watched<'_>], time: Duration) -> io::Result<bool> {
    use std::os::fd::AsRawFd;
    let entry = |watched: &Watched<'_>| libc::pollfd {
        fd: watched.socket.as_raw_fd(),
        events: if watched.read { libc::POLLIN } else { 0 } | if watched.write { libc::POLLOUT } else { 0 },
        revents: 0,
    };
    let mut polls: Vec<_> = sockets.iter().map(entry).collect();
    let count = libc::nfds_t::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the sockets keep the descriptors open.
    outcome(unsafe { libc::poll(polls.as_mut_ptr(), count, millis(time)) })
}

/// Waits up to `time` until one of the sockets is ready; whether one is.
#[cfg(windows)]
#[allow(unsafe_code)]
pub fn wait_ready(sockets: &[Watched<'_>], time: Duration) -> io::Result<bool> {
    use std::os::windows::io::AsRawSocket;
    const READABLE: i16 = 0x0300;
    const WRITABLE: i16 = 0x0010;
    #[repr(C)]
    struct PollFd {
        socket: usize,
        events: i16,
        revents: i16,
    }
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn WSAPoll(fds: *mut PollFd, count: u32, millis: i32) -> i32;
    }
    let mut polls = Vec::with_capacity(sockets.len());
    for watched in sockets {
        let socket = usize::try_from(watched.socket.as_raw_socket()).map_err(io::Error::other)?;
        let events = if watched.read { READABLE } else { 0 } | if watched.write { WRITABLE } else { 0 };
        polls.push(PollFd { socket, events, revents: 0 });
    }
    let count = u32::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the sockets keep themselves open.
    outcome(unsafe { WSAPoll(polls.as_mut_ptr(), count, millis(time)) })
}

fn outcome(ready: i32) -> io::Result<bool> {
    if ready >= 0 {
        return Ok(ready > 0);
    }
    let error = io::Error::last_os_error();
    if error.kind() == io::ErrorKind::Interrupted { Ok(false) } else { Err(error) }
}

/// Whole milliseconds, rounded up: a wait must not end before its time and begin again.
fn millis(time: Duration) -> i32 {
    i32::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX)
}
