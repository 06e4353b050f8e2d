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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::super::names::Names;
    use super::*;
    use crate::sys::{Watched, wait_ready};
    use std::net::TcpListener;

    /// An address whose connects neither succeed nor fail, with what makes it so.
    fn black_hole() -> (Socket, Vec<Socket>, SocketAddr) {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let mut fillers = Vec::new();
        loop {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            let connected = socket.connect_timeout(&address.into(), Duration::from_millis(200)).is_ok();
            fillers.push(socket);
            if !connected {
                return (listener, fillers, address);
            }
            assert!(fillers.len() < 64, "its queue is never full");
        }
    }

    /// Goes on until a socket is connected; how far the clock was moved, which the race does not see otherwise.
    fn winner(race: &mut Race, start: Instant) -> (SocketAddr, Duration) {
        let mut now = start;
        loop {
            if let Some((_, address)) = race.advance(now, None).unwrap() {
                return (address, now - start);
            }
            let sockets: Vec<_> = race.sockets().map(|socket| Watched { socket, read: false, write: true }).collect();
            // What is connected shows at once; otherwise it is the next one's turn.
            if !wait_ready(&sockets, Duration::from_millis(100)).unwrap() {
                now = race.timer().expect("another address is left");
            }
        }
    }

    #[test]
    fn the_next_address_is_tried_after_250_ms_and_what_worked_goes_first() {
        let (_listener, _fillers, hole) = black_hole();
        let good = TcpListener::bind("127.0.0.1:0").unwrap();
        let good = good.local_addr().unwrap();
        let (names, start) = (Names::default(), Instant::now());
        let mut race = Race::new(VecDeque::from([hole, good]), start);
        assert_eq!(winner(&mut race, start), (good, STAGGER));
        // One that refuses gives way at once.
        let refusing = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let good = listener.local_addr().unwrap();
        let mut race = Race::new(VecDeque::from([refusing, good]), start);
        assert_eq!(winner(&mut race, start), (good, Duration::ZERO));
        let mut race = Race::new(VecDeque::from([refusing]), start);
        let failed = loop {
            match race.advance(start, None) {
                Ok(None) => {}
                other => break other,
            }
        };
        assert_eq!(failed.err().map(|e| e.kind()), Some(io::ErrorKind::ConnectionRefused));
        // By address, whatever the port.
        let (one, two) = (SocketAddr::from(([127, 0, 0, 1], 1)), SocketAddr::from(([127, 0, 0, 2], 1)));
        assert_eq!(names.order("host", vec![one, two]), [one, two]);
        names.note("host", two.ip());
        assert_eq!(names.order("host", vec![one, two]), [two, one]);
        let six = SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, 1));
        assert_eq!(names.order("other", vec![one, two, six]), [one, six, two], "the families in turns");
    }
}
