//! TCP to one of several addresses: the next is tried beside the earlier ones when those take long (RFC 8305).

use super::error::kind_of;
use crate::sys;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long the earlier addresses have before the next is tried beside them.
const STAGGER: Duration = Duration::from_millis(250);

/// Connects under way, and addresses that are left.
pub struct Race {
    left: VecDeque<SocketAddr>,
    running: Vec<(TcpStream, SocketAddr)>,
    next: Instant,
    failed: Option<io::Error>,
}

impl Race {
    pub fn new(addresses: VecDeque<SocketAddr>, now: Instant) -> Race {
        Race { left: addresses, running: Vec::new(), next: now, failed: None }
    }

    /// The socket that is connected, or `None` while none is.
    pub fn advance(
        &mut self,
        now: Instant,
        watch: Option<(&Registry, Token)>,
    ) -> io::Result<Option<(TcpStream, SocketAddr)>> {
        let mut at = 0;
        while let Some((socket, _)) = self.running.get(at) {
            match connected(socket) {
                Ok(true) => {
                    let won = self.running.swap_remove(at);
                    self.running.clear();
                    return Ok(Some(won));
                }
                Ok(false) => at += 1,
                Err(error) => {
                    self.running.swap_remove(at);
                    self.failed = Some(error);
                    self.next = now;
                }
            }
        }
        while !self.left.is_empty() && (now >= self.next || self.running.is_empty()) {
            let Some(address) = self.left.pop_front() else { break };
            match open(address, watch) {
                Ok(socket) => {
                    self.running.push((socket, address));
                    self.next = now + STAGGER;
                }
                Err(error) => self.failed = Some(error),
            }
        }
        if self.running.is_empty() {
            return Err(self.failed.take().unwrap_or_else(|| io::Error::other("the host has no address")));
        }
        Ok(None)
    }

    /// When the next address is to be tried.
    pub fn timer(&self) -> Option<Instant> {
        (!self.left.is_empty()).then_some(self.next)
    }

    /// The sockets to wait for.
    pub fn sockets(&self) -> impl Iterator<Item = &TcpStream> {
        self.running.iter().map(|(socket, _)| socket)
    }
}

fn open(address: SocketAddr, watch: Option<(&Registry, Token)>) -> io::Result<TcpStream> {
    let socket = sys::lift(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?)?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    match socket.connect(&address.into()) {
        Ok(()) => {}
        Err(e) if under_way(&e) => {}
        Err(e) => return Err(e),
    }
    let mut socket = TcpStream::from_std(socket.into());
    if let Some((registry, token)) = watch {
        registry.register(&mut socket, token, Interest::READABLE | Interest::WRITABLE)?;
    }
    Ok(socket)
}

fn under_way(error: &io::Error) -> bool {
    #[cfg(unix)]
    let started = error.raw_os_error() == Some(libc::EINPROGRESS);
    #[cfg(not(unix))]
    let started = false;
    started || error.kind() == io::ErrorKind::WouldBlock
}

/// Whether a connect has come to a good end.
fn connected(socket: &TcpStream) -> io::Result<bool> {
    if let Some(error) = socket.take_error()? {
        return Err(error);
    }
    match socket.peer_addr() {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotConnected || under_way(&e) => Ok(false),
        Err(e) if kind_of(&e) == super::ErrorKind::Other => Ok(false),
        Err(e) => Err(e),
    }
}
