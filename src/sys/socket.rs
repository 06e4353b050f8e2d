//! Looks at sockets, and waits for several of them.

use std::io;
use std::net::TcpStream;
use std::time::Duration;

/// What a look at an idle connection shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Open, and nothing has come unasked.
    Quiet,
    /// Closed by the other side, broken, or bytes came that nobody asked for.
    Spent,
}

/// Looks at a connection without reading from it, in one system call.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn look(stream: &TcpStream) -> Idle {
    use std::os::fd::AsRawFd;
    let mut byte = 0u8;
    // SAFETY: the descriptor is open as long as `stream` is borrowed, and the buffer holds the one byte asked for.
    let got = unsafe { libc::recv(stream.as_raw_fd(), (&raw mut byte).cast(), 1, libc::MSG_PEEK | libc::MSG_DONTWAIT) };
    if got < 0 && io::Error::last_os_error().kind() == io::ErrorKind::WouldBlock { Idle::Quiet } else { Idle::Spent }
}

/// Looks at a connection without reading from it.
#[cfg(not(unix))]
pub fn look(stream: &TcpStream) -> Idle {
    let mut byte = [0u8];
    if stream.set_nonblocking(true).is_err() {
        return Idle::Spent;
    }
    let seen = stream.peek(&mut byte);
    let quiet = matches!(seen, Err(e) if e.kind() == io::ErrorKind::WouldBlock);
    if quiet && stream.set_nonblocking(false).is_ok() { Idle::Quiet } else { Idle::Spent }
}

/// Whether a read that waits goes on waiting when another thread shuts its socket down.
pub const READS_OUTLIVE_SHUTDOWN: bool = cfg!(windows);

/// Waits up to `slice` until a read from the connection will not wait. Elsewhere a shutdown wakes reads, and they wait
/// by themselves.
#[cfg(not(windows))]
pub fn await_readable(_: &TcpStream, _: Duration) -> io::Result<bool> {
    Ok(true)
}

/// Waits up to `slice` until a read from the connection will not wait.
#[cfg(windows)]
pub fn await_readable(stream: &TcpStream, slice: Duration) -> io::Result<bool> {
    Ok(await_any(&[stream], slice)?.contains(&true))
}

/// Waits up to `time` until a read from one of the connections will not wait; from which of them.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn await_any(streams: &[&TcpStream], time: Duration) -> io::Result<Vec<bool>> {
    use std::os::fd::AsRawFd;
    let entry = |stream: &&TcpStream| libc::pollfd { fd: stream.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut polls: Vec<_> = streams.iter().map(entry).collect();
    let count = libc::nfds_t::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the streams keep the descriptors open.
    let ready = unsafe { libc::poll(polls.as_mut_ptr(), count, millis(time)) };
    if ready < 0 {
        let error = io::Error::last_os_error();
        let interrupted = error.kind() == io::ErrorKind::Interrupted;
        return if interrupted { Ok(vec![false; streams.len()]) } else { Err(error) };
    }
    Ok(polls.iter().map(|poll| poll.revents != 0).collect())
}

/// Waits up to `time` until a read from one of the connections will not wait; from which of them.
#[cfg(windows)]
#[allow(unsafe_code)]
pub fn await_any(streams: &[&TcpStream], time: Duration) -> io::Result<Vec<bool>> {
    use std::os::windows::io::AsRawSocket;
    const READABLE: i16 = 0x0300;
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
    let mut polls = Vec::with_capacity(streams.len());
    for stream in streams {
        let socket = usize::try_from(stream.as_raw_socket()).map_err(io::Error::other)?;
        polls.push(PollFd { socket, events: READABLE, revents: 0 });
    }
    let count = u32::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the streams keep the sockets open.
    let ready = unsafe { WSAPoll(polls.as_mut_ptr(), count, millis(time)) };
    if ready < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(polls.iter().map(|poll| poll.revents != 0).collect())
}

/// Whole milliseconds, rounded up: a wait must not end before its time and begin again.
pub(super) fn millis(time: Duration) -> i32 {
    i32::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX)
}

/// Waits up to `slice` for a connect that is under way: `Ok(true)` connected, `Ok(false)` not yet.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn await_connected(socket: &socket2::Socket, slice: Duration) -> io::Result<bool> {
    use std::os::fd::AsRawFd;
    let mut poll = libc::pollfd { fd: socket.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    let millis = i32::try_from(slice.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: one pollfd, valid and exclusively ours for the call.
    let ready = unsafe { libc::poll(&raw mut poll, 1, millis) };
    if ready < 0 {
        let error = io::Error::last_os_error();
        return if error.kind() == io::ErrorKind::Interrupted { Ok(false) } else { Err(error) };
    }
    if ready == 0 {
        return Ok(false);
    }
    match socket.take_error()? {
        Some(error) => Err(error),
        None => Ok(true),
    }
}

/// Waits up to `slice` for a connect that is under way: `Ok(true)` connected, `Ok(false)` not yet.
#[cfg(not(unix))]
pub fn await_connected(socket: &socket2::Socket, slice: Duration) -> io::Result<bool> {
    const STEP: Duration = Duration::from_millis(2);
    let end = std::time::Instant::now() + slice;
    loop {
        if let Some(error) = socket.take_error()? {
            return Err(error);
        }
        if socket.peer_addr().is_ok() {
            return Ok(true);
        }
        if std::time::Instant::now() >= end {
            return Ok(false);
        }
        std::thread::sleep(STEP);
    }
}
