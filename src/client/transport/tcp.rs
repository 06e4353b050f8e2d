//! TCP for ureq: what its own connector does, with fewer system calls and with connects that can be interrupted.
//!
//! The look at a pooled connection is one `recv`; socket timeouts are
//! rounded so that they seldom change. Proxies stay with ureq's own connectors, on top of this one.

use super::Link;
use crate::sys::{self, Idle};
use socket2::{Domain, Protocol, Socket, Type};
use std::cell::Cell;
use std::fmt;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, ShutdownHandle, Transport,
};

thread_local! {
    static STAGE: Cell<Stage> = const { Cell::new(Stage::Connecting) };
    static OPENED: Cell<Option<Arc<TcpStream>>> = const { Cell::new(None) };
}

/// How far the exchange of this thread has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looking up, connecting, agreeing with a proxy: nothing of the request has left.
    Connecting,
    /// Agreeing on TLS: nothing of the request has left.
    Securing,
    /// The request is being written, but no byte of it has left.
    Writing,
    /// Some of the request has left this machine.
    Sent,
}

/// Starts an exchange on this thread.
pub fn begin() {
    STAGE.set(Stage::Connecting);
    let _ = opened();
}

/// The request is about to be written, to a socket that tells when its first byte has left or to one that does not.
pub fn write(tells: bool) {
    STAGE.set(if tells { Stage::Writing } else { Stage::Sent });
}

/// TLS is about to be agreed on.
pub fn secure() {
    STAGE.set(Stage::Securing);
}

/// The socket that was opened for the exchange begun on this thread, if it was one of ours. A host may call from a
/// destructor of its thread, when the place for it is gone: then it is as unknown as one that was not ours.
pub fn opened() -> Option<Arc<TcpStream>> {
    OPENED.try_with(Cell::take).ok().flatten()
}

/// How far the exchange begun on this thread came.
pub fn stage() -> Stage {
    STAGE.get()
}

/// The first connector of the chain that opens sockets.
pub struct TcpConnector(pub Arc<Link>);

impl<In: Transport> Connector<In> for TcpConnector {
    type Out = Either<In, TcpTransport>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        if let Some(transport) = chained {
            return Ok(Some(Either::A(transport)));
        }
        let stream = self.open_any(&details.addrs, *details.timeout.after)?;
        self.wrap(details, stream).map(Some)
    }
}

impl TcpConnector {
    /// A connection to the first of the addresses that can be had within `budget`.
    fn open_any(&self, addresses: &[SocketAddr], budget: Duration) -> Result<TcpStream, Error> {
        let end = Instant::now().checked_add(budget);
        let mut last = None;
        for (tried, address) in addresses.iter().enumerate() {
            // Every address gets an equal part of what is left, the last one all of it.
            let left = end.map_or(budget, |end| end.saturating_duration_since(Instant::now()));
            let share = left / u32::try_from(addresses.len() - tried).unwrap_or(1);
            match self.open(*address, share) {
                Ok(stream) => return Ok(stream),
                Err(error) => last = Some(error),
            }
        }
        Err(match last {
            Some(e) if e.kind() == io::ErrorKind::TimedOut => Error::Timeout(ureq::Timeout::Connect),
            Some(e) => Error::Io(e),
            None => Error::HostNotFound,
        })
    }

    fn open(&self, address: SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
        let socket = sys::lift(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?)?;
        socket.set_nonblocking(true)?;
        let end = Instant::now().checked_add(timeout);
        match socket.connect(&address.into()) {
            Ok(()) => {}
            Err(e) if connecting(&e) => loop {
                if self.0.closed.load(Ordering::Acquire) {
                    return Err(io::Error::new(io::ErrorKind::NotConnected, "the client was closed"));
                }
                let left = end.map_or(SLICE, |end| end.saturating_duration_since(Instant::now()));
                if left.is_zero() {
                    return Err(io::Error::new(io::ErrorKind::TimedOut, "no answer to the connect"));
                }
                if sys::await_connected(&socket, left.min(SLICE))? {
                    break;
                }
            },
            Err(e) => return Err(e),
        }
        socket.set_nonblocking(false)?;
        socket.set_tcp_nodelay(true)?;
        Ok(socket.into())
    }

    fn wrap<A>(&self, details: &ConnectionDetails, stream: TcpStream) -> Result<Either<A, TcpTransport>, Error> {
        let stream = Arc::new(stream);
        (details.register_shutdown)(Arc::downgrade(&stream) as Weak<dyn ShutdownHandle>)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        let _ = OPENED.try_with(|place| place.set(Some(stream.clone())));
        let link = self.0.clone();
        Ok(Either::B(TcpTransport { stream, buffers, read_limit: None, write_limit: None, link }))
    }
}

/// Stands before ureq's SOCKS connector, whose own connect cannot be interrupted: looks first whether the proxy can be
/// connected to at all, in a way that closing the client ends at once. Costs a connection for each new one.
#[derive(Debug)]
pub struct Knock(pub TcpConnector);

impl<In: Transport> Connector<In> for Knock {
    type Out = In;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<In>, Error> {
        if chained.is_none()
            && let Some(proxy) = details.config.proxy()
            && !proxy.is_no_proxy(details.uri)
        {
            let found = details.resolver.resolve(proxy.uri(), details.config, details.timeout)?;
            drop(self.0.open_any(&found, *details.timeout.after)?);
        }
        Ok(chained)
    }
}

/// How long one wait, for a connect or for bytes, may last before the client's state is looked at again.
const SLICE: Duration = Duration::from_millis(50);

/// One open socket.
pub struct TcpTransport {
    stream: Arc<TcpStream>,
    buffers: LazyBuffers,
    read_limit: Option<Duration>,
    write_limit: Option<Duration>,
    link: Arc<Link>,
}

impl TcpTransport {
    /// Waits until a read will not, or the client is closed.
    fn await_bytes(&self, end: Option<Instant>) -> Result<(), Error> {
        while !sys::await_readable(&self.stream, left(end)?.min(SLICE))? {
            if self.link.closed.load(Ordering::Acquire) {
                return Err(Error::Io(io::Error::new(io::ErrorKind::NotConnected, "the client was closed")));
            }
        }
        Ok(())
    }
}

impl Transport for TcpTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // A few bytes of TLS's own never wait, also when the read that sends them is not to.
        let end = Instant::now().checked_add((*timeout.after).max(SLICE));
        let mut rest = &self.buffers.output()[..amount];
        while !rest.is_empty() {
            limit(&mut self.write_limit, left(end)?, |t| self.stream.set_write_timeout(Some(t)))?;
            match (&*self.stream).write(rest) {
                Ok(0) => return Err(Error::Io(io::ErrorKind::WriteZero.into())),
                Ok(n) => {
                    rest = &rest[n..];
                    if STAGE.get() == Stage::Writing {
                        STAGE.set(Stage::Sent);
                    }
                }
                Err(e) if again(&e) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    }

    /// With no time at all, it takes in what has come already.
    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let now_or_never = timeout.after.is_zero();
        let end = Instant::now().checked_add(*timeout.after);
        loop {
            if now_or_never {
                if sys::await_any(&[&self.stream], Duration::ZERO)? != [true] {
                    return Err(Error::Timeout(timeout.reason));
                }
            } else {
                if sys::READS_OUTLIVE_SHUTDOWN {
                    self.await_bytes(end)?;
                }
                limit(&mut self.read_limit, left(end)?, |t| self.stream.set_read_timeout(Some(t)))?;
            }
            match (&*self.stream).read(self.buffers.input_append_buf()) {
                Ok(amount) => {
                    self.buffers.input_appended(amount);
                    return Ok(amount > 0);
                }
                Err(e) if again(&e) => {}
                Err(e) => return Err(e.into()),
            }
        }
    }

    fn is_open(&mut self) -> bool {
        sys::look(&self.stream) == Idle::Quiet
    }
}

/// The last connector of the chain.
#[derive(Debug)]
pub struct Boxing;

impl<In: Transport> Connector<In> for Boxing {
    type Out = Box<dyn Transport>;

    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|transport| Box::new(transport) as Box<dyn Transport>))
    }
}

fn connecting(error: &io::Error) -> bool {
    #[cfg(unix)]
    let started = error.raw_os_error() == Some(libc::EINPROGRESS);
    #[cfg(not(unix))]
    let started = false;
    started || error.kind() == io::ErrorKind::WouldBlock
}

/// A socket timeout or an interrupted call: whether time is up is for the deadline to say.
fn again(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

fn left(end: Option<Instant>) -> Result<Duration, Error> {
    let Some(end) = end else { return Ok(Duration::from_secs(3600)) };
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Error::Timeout(ureq::Timeout::Global)) } else { Ok(left) }
}

/// Sets a socket timeout near `wanted`, and leaves it alone while it is near enough: at most a tenth of a second late.
fn limit(
    current: &mut Option<Duration>,
    wanted: Duration,
    set: impl FnOnce(Duration) -> io::Result<()>,
) -> io::Result<()> {
    const GRAIN: u64 = 50;
    if current.is_some_and(|now| now >= wanted && now - wanted <= Duration::from_millis(2 * GRAIN)) {
        return Ok(());
    }
    let millis = u64::try_from(wanted.as_millis()).unwrap_or(u64::MAX / 2);
    let rounded = Duration::from_millis((millis / GRAIN + 1) * GRAIN);
    set(rounded)?;
    *current = Some(rounded);
    Ok(())
}

impl fmt::Debug for TcpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TcpConnector")
    }
}

impl fmt::Debug for TcpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TcpTransport({:?})", self.stream.peer_addr().ok())
    }
}
