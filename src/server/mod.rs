//! The HTTP server room: hyper on one thread of its own, shared by the sandbox and by the callback receiver.
//!
//! A [`Handler`] gets each request whole and answers at once with a [`Plan`]: what to send, when, and, for a server that
//! is to misbehave, which way. Everything a peer can draw out has a time limit or a size limit ([`Limits`]).

mod connection;
mod connections;
mod limits;
mod plan;
mod stream;

pub use limits::Limits;
pub use plan::{End, Handler, Head, Plan, Raw, Reply, Unreadable};

use crate::sys;
use connections::{ConnectionGuard, Connections};
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};

/// Work that runs beside the connections on the server's thread; it is dropped when the server stops.
pub type Background = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    connections: Arc<Connections>,
    refuse: mpsc::UnboundedSender<Refusal>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Binds `listen` (port 0 for any free one) and serves until [`Server::stop`].
    pub fn start<H: Handler>(listen: SocketAddr, handler: H, limits: Limits) -> io::Result<Server> {
        Server::start_with(listen, Arc::new(handler), limits, Vec::new())
    }

    /// Like [`Server::start`], with work that shares the server's thread.
    pub fn start_with<H: Handler>(
        listen: SocketAddr,
        handler: Arc<H>,
        limits: Limits,
        background: Vec<Background>,
    ) -> io::Result<Server> {
        let (stop, stopped) = oneshot::channel();
        let (refuse, refusals) = mpsc::unbounded_channel();
        let connections = Arc::new(Connections::default());
        let (started_tx, started_rx) = std::sync::mpsc::channel();
        let others = connections.clone();
        // Everything on that thread: on the caller's, which may be about to end, tokio's variables may be gone.
        let thread = sys::spawn(thread::Builder::new().name(String::from("captask-server")), move || {
            let (runtime, listener, address) = match listening(listen) {
                Ok(listening) => listening,
                Err(error) => return drop(started_tx.send(Err(error))),
            };
            for work in background {
                runtime.spawn(work);
            }
            let acceptor =
                Acceptor { listener: Some(listener), address, handler, limits, connections: others, refusals };
            runtime.spawn(acceptor.run());
            let _ = started_tx.send(Ok(address));
            // An error means that the Server is gone without a word: stop as well.
            let _ = runtime.block_on(stopped);
            // Drops every connection and the listener, so the port is free once the thread is joined; waits for no
            // name lookup.
            runtime.shutdown_background();
        })?;
        let address = started_rx.recv().unwrap_or_else(|_| Err(io::Error::other("the server's thread ended")))?;
        Ok(Server { address, connections, refuse, stop: Some(stop), thread: Some(thread) })
    }

    /// The address it listens on, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same address as somebody on this machine reaches it: loopback where it listens on every address.
    pub fn local_address(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        SocketAddr::new(ip, self.address.port())
    }

    /// Connections open now.
    pub fn connections(&self) -> usize {
        self.connections.len()
    }

    /// A way to make the server refuse connections for a while: the kernel answers for it, as for a port where nothing
    /// listens. Open connections are closed after the answer they are busy with. The port stays taken.
    pub fn refuser(&self) -> impl Fn(Duration) + Send + Sync + 'static {
        let refuse = self.refuse.clone();
        move |time| {
            // It fails only when the server has stopped, and then it refuses anyway.
            let _ = refuse.send(Refusal { time, begun: None });
        }
    }

    /// Refuses connections for a while, and returns when it does.
    pub fn refuse(&self, time: Duration) {
        let (begun, wait) = std::sync::mpsc::channel();
        if self.refuse.send(Refusal { time, begun: Some(begun) }).is_ok() {
            // The end of the channel says the same: the server has stopped.
            let _ = wait.recv();
        }
    }

    /// Closes every connection and the port, and joins the thread.
    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            // A panic of the server's thread has ended it too.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What runs the server, and its socket.
fn listening(listen: SocketAddr) -> io::Result<(tokio::runtime::Runtime, TcpListener, SocketAddr)> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = sys::above_streams(|| builder.enable_io().enable_time().build())?;
    let listener = {
        let _inside = runtime.enter();
        bind(listen)?.listen(1024)?
    };
    let address = listener.local_addr()?;
    Ok((runtime, listener, address))
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = sys::above_streams(|| if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() })?;
    // On Windows this option would let two programs share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// The same connection under a number that is not that of a standard stream.
fn lifted((stream, peer): (TcpStream, SocketAddr)) -> io::Result<(TcpStream, SocketAddr)> {
    if !sys::is_of_stream(&stream) {
        return Ok((stream, peer));
    }
    Ok((TcpStream::from_std(sys::lift(stream.into_std()?)?)?, peer))
}

struct Acceptor<H> {
    listener: Option<TcpListener>,
    address: SocketAddr,
    handler: Arc<H>,
    limits: Limits,
    connections: Arc<Connections>,
    refusals: mpsc::UnboundedReceiver<Refusal>,
}

/// A request to refuse connections, and whom to tell when they are.
struct Refusal {
    time: Duration,
    begun: Option<std::sync::mpsc::Sender<()>>,
}

enum Next {
    Connection(io::Result<(TcpStream, SocketAddr)>),
    Refuse(Option<Refusal>),
}

impl<H: Handler> Acceptor<H> {
    async fn run(mut self) {
        let closing = watch::Sender::new(());
        loop {
            let Some(listener) = self.listener.as_mut() else { return };
            let refusals = &mut self.refusals;
            let next = std::future::poll_fn(|cx| {
                if let std::task::Poll::Ready(time) = refusals.poll_recv(cx) {
                    return std::task::Poll::Ready(Next::Refuse(time));
                }
                listener.poll_accept(cx).map(|accepted| Next::Connection(accepted.and_then(lifted)))
            });
            match next.await {
                Next::Connection(Ok((stream, peer))) => {
                    if self.connections.len() >= self.limits.connections {
                        match self.connections.make_room(peer) {
                            Some(closed) => self.handler.evicted(closed),
                            None => {
                                self.handler.evicted(peer);
                                let _ = stream.set_zero_linger();
                                continue;
                            }
                        }
                    }
                    let (place, clock) = ConnectionGuard::take(&self.connections, peer);
                    let (handler, limits, closing) = (self.handler.clone(), self.limits, closing.subscribe());
                    let number = place.number();
                    let task = tokio::spawn(connection::serve(stream, peer, handler, limits, closing, clock, place));
                    self.connections.attach(number, task.abort_handle());
                }
                // Out of descriptors, or the peer gave up already: neither ends the server.
                Next::Connection(Err(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
                Next::Refuse(None) => return,
                Next::Refuse(Some(refusal)) => {
                    closing.send_replace(());
                    self.refuse(refusal).await;
                }
            }
        }
    }

    async fn refuse(&mut self, Refusal { time, begun }: Refusal) {
        drop(self.listener.take());
        // A bound socket that does not listen keeps the port and has the kernel refuse.
        let mut held = bind(self.address).ok();
        // Dropping it tells whoever waits.
        drop(begun);
        tokio::time::sleep(time).await;
        while self.listener.is_none() {
            let socket = match held.take() {
                Some(socket) => Ok(socket),
                None => bind(self.address),
            };
            match socket.and_then(|socket| socket.listen(1024)) {
                Ok(listener) => self.listener = Some(listener),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}
