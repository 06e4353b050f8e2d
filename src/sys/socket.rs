//! Sending and receiving as std's sockets do not offer it.

use mio::net::TcpStream;
use std::io::{self, IoSlice};
use std::time::Duration;

#[cfg(any(windows, target_vendor = "apple"))]
const QUIET: i32 = 0;
#[cfg(not(any(windows, target_vendor = "apple")))]
const QUIET: i32 = libc::MSG_NOSIGNAL;

#[cfg(unix)]
const AT_ONCE: i32 = libc::MSG_DONTWAIT;
#[cfg(windows)]
const AT_ONCE: i32 = 0;

/// Sends what there is room for, without the signal that a peer which has gone would mean: std's `write_vectored` ends a
/// host program with it. Never waits.
pub fn send(socket: &TcpStream, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    socket2::SockRef::from(socket).send_vectored_with_flags(slices, QUIET | AT_ONCE)
}

/// Lets a socket wait in [`receive`] for up to `time`; `false` where that is not to be had.
#[cfg(unix)]
pub fn let_wait(socket: &TcpStream, time: Duration) -> bool {
    let socket = socket2::SockRef::from(socket);
    socket.set_read_timeout(Some(time)).is_ok() && socket.set_nonblocking(false).is_ok()
}

/// Lets a socket wait in [`receive`] for up to `time`; `false` where that is not to be had.
#[cfg(windows)]
pub fn let_wait(_: &TcpStream, _: Duration) -> bool {
    false
}

/// Takes what has come; waits for something when that is wanted and [`let_wait`] was granted.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn receive(socket: &mut TcpStream, bytes: &mut [u8], wait: bool) -> io::Result<usize> {
    use std::os::fd::AsRawFd;
    let flags = if wait { 0 } else { AT_ONCE };
    // SAFETY: a valid place of this length, and an open socket for the call.
    let came = unsafe { libc::recv(socket.as_raw_fd(), bytes.as_mut_ptr().cast(), bytes.len(), flags) };
    usize::try_from(came).map_err(|_| io::Error::last_os_error())
}

/// Takes what has come.
#[cfg(windows)]
pub fn receive(socket: &mut TcpStream, bytes: &mut [u8], _: bool) -> io::Result<usize> {
    io::Read::read(socket, bytes)
}

/// How many of the bytes that have come a read of one byte would take; `WouldBlock` when there are none.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn peek(socket: &TcpStream) -> io::Result<usize> {
    use std::os::fd::AsRawFd;
    let mut byte = 0u8;
    // SAFETY: a valid place of one byte, and an open socket for the call.
    let came = unsafe { libc::recv(socket.as_raw_fd(), (&raw mut byte).cast(), 1, libc::MSG_PEEK | AT_ONCE) };
    usize::try_from(came).map_err(|_| io::Error::last_os_error())
}

/// How many of the bytes that have come a read of one byte would take; `WouldBlock` when there are none.
#[cfg(windows)]
pub fn peek(socket: &TcpStream) -> io::Result<usize> {
    socket.peek(&mut [0])
}
