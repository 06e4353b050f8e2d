//! Makes a connection: name, TCP, proxy, TLS, one step after the other, without blocking.

use super::connect::Race;
use super::names::{LookupState, Names, PendingLookup, Wake};
use super::proxy_rules::{Proxies, ProxyKind, ProxyUrl};
use super::roots::Anchors;
use super::stream::Stream;
use super::tls::Tls;
use super::tunnel::{Target, Tunnel};
use super::{Connection, ErrorKind, Origin, SLICE, Stage, TransportError, without_zone};
use crate::sys::{self, Watched};
use mio::{Registry, Token};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How a client makes its connections.
pub struct Dialer {
    pub(super) proxies: Proxies,
    tls: Tls,
    pub(super) names: Names,
    pub(super) connect_timeout: Duration,
}

impl Dialer {
    /// One that knows no name yet.
    pub fn new(proxies: Proxies, roots: Anchors, connect_timeout: Duration) -> Dialer {
        Dialer { proxies, tls: Tls::new(roots), names: Names::default(), connect_timeout }
    }
}

/// How far a dial has come.
pub enum Step {
    /// More is to come: wait for its sockets, its timer, or the bell of its name lookup.
    Pending,
    /// The connection is there.
    Done(Box<Connection>),
    /// There will be none.
    Failed(TransportError),
}

/// A connection in the making.
pub struct Dial {
    dialer: Arc<Dialer>,
    origin: Origin,
    proxy: Option<ProxyUrl>,
    /// What the proxy is to be given, when it cannot look the name up by itself.
    target: Option<IpAddr>,
    end: Instant,
    wake: Wake,
    token: Option<Token>,
    patient: bool,
    state: DialState,
}

enum DialState {
    /// Before the lookup of the server's name for a proxy that cannot look it up.
    Target,
    TargetAsked(Arc<PendingLookup>),
    Name,
    NameAsked(Arc<PendingLookup>),
    Connecting(Race),
    ProxyTls(Stream),
    Tunnel(Stream, Tunnel),
    Tls(Stream),
    Over,
}

/// What a state came to.
enum Next {
    Wait(DialState),
    Go(DialState),
    Done(Stream),
}

impl Dial {
    /// Begins; nothing is done before the first [`Dial::advance`].
    pub fn begin(dialer: &Arc<Dialer>, origin: &Origin, deadline: Instant, wake: Wake) -> Dial {
        let proxy = dialer.proxies.choose(origin.https, &origin.host, origin.port).cloned();
        let timeout = Instant::now().checked_add(dialer.connect_timeout);
        let local = proxy.as_ref().is_some_and(|proxy| matches!(proxy.kind, ProxyKind::Socks4 | ProxyKind::Socks5));
        Dial {
            dialer: dialer.clone(),
            origin: origin.clone(),
            proxy,
            target: None,
            end: timeout.map_or(deadline, |timeout| timeout.min(deadline)),
            wake,
            token: None,
            patient: false,
            state: if local { DialState::Target } else { DialState::Name },
        }
    }

    /// Goes on as far as it can. New sockets are registered with `watch`.
    pub fn advance(&mut self, now: Instant, watch: Option<(&Registry, Token)>) -> Step {
        loop {
            let state = std::mem::replace(&mut self.state, DialState::Over);
            let stage = self.stage(&state);
            match self.go(state, now, watch) {
                Ok(Next::Go(state)) => self.state = state,
                Ok(Next::Done(stream)) => {
                    let (origin, token, patient) = (self.origin.clone(), self.token, self.patient);
                    let connection = Connection { origin, stream, token, keep_until: None, patient, fresh: true };
                    return Step::Done(Box::new(connection));
                }
                Ok(Next::Wait(_)) if now >= self.end => {
                    let why = match stage {
                        Stage::Name => "the name lookup took too long",
                        _ => "connecting took too long",
                    };
                    return Step::Failed(TransportError::new(stage, ErrorKind::Timeout, why));
                }
                Ok(Next::Wait(state)) => {
                    self.state = state;
                    return Step::Pending;
                }
                Err(error) => return Step::Failed(error),
            }
        }
    }

    /// When it has to be advanced, whatever its sockets do.
    pub fn timer(&self) -> Option<Instant> {
        let next = match &self.state {
            DialState::Connecting(race) => race.timer(),
            DialState::Over => return None,
            _ => None,
        };
        Some(next.map_or(self.end, |next| next.min(self.end)))
    }

    /// The sockets to wait for; none while a name is looked up.
    pub fn waits(&self) -> Vec<Watched<'_>> {
        match &self.state {
            DialState::Connecting(race) => {
                race.sockets().map(|socket| Watched { socket, read: false, write: true }).collect()
            }
            DialState::ProxyTls(stream) | DialState::Tls(stream) => {
                vec![Watched { socket: stream.socket(), read: true, write: stream.holds() }]
            }
            DialState::Tunnel(stream, tunnel) => {
                let write = tunnel.writes() || stream.holds();
                vec![Watched { socket: stream.socket(), read: true, write }]
            }
            _ => Vec::new(),
        }
    }

    fn stage(&self, state: &DialState) -> Stage {
        match state {
            DialState::Target | DialState::TargetAsked(_) | DialState::Name | DialState::NameAsked(_) => Stage::Name,
            DialState::Connecting(_) if self.proxy.is_some() => Stage::ProxyTcp,
            DialState::Connecting(_) | DialState::Over => Stage::Tcp,
            DialState::ProxyTls(_) => Stage::ProxyTls,
            DialState::Tunnel(..) => Stage::Tunnel,
            DialState::Tls(_) => Stage::TlsHello,
        }
    }

    fn go(
        &mut self,
        state: DialState,
        now: Instant,
        watch: Option<(&Registry, Token)>,
    ) -> Result<Next, TransportError> {
        match state {
            DialState::Target => match self.dialer.names.ask(&self.origin.host, self.origin.port, now, &self.wake) {
                LookupState::Known(found) => self.aim(&found),
                LookupState::Open(question) => Ok(Next::Go(DialState::TargetAsked(question))),
                LookupState::Failed(why) => Err(unknown(why)),
            },
            DialState::TargetAsked(question) => match question.answer(self.origin.port) {
                Some(Ok(found)) => self.aim(&found),
                Some(Err(why)) => Err(unknown(why)),
                None => Ok(Next::Wait(DialState::TargetAsked(question))),
            },
            DialState::Name => {
                let (host, port) = self.peer();
                match self.dialer.names.ask(host, port, now, &self.wake) {
                    LookupState::Known(found) => Ok(Next::Go(self.race(found, now))),
                    LookupState::Open(question) => Ok(Next::Go(DialState::NameAsked(question))),
                    LookupState::Failed(why) => Err(unknown(why)),
                }
            }
            DialState::NameAsked(question) => match question.answer(self.peer().1) {
                Some(Ok(found)) => Ok(Next::Go(self.race(found, now))),
                Some(Err(why)) => Err(unknown(why)),
                None => Ok(Next::Wait(DialState::NameAsked(question))),
            },
            DialState::Connecting(mut race) => {
                let stage = if self.proxy.is_some() { Stage::ProxyTcp } else { Stage::Tcp };
                let Some((socket, address)) = race.advance(now, watch).map_err(|e| TransportError::of(stage, &e))?
                else {
                    return Ok(Next::Wait(DialState::Connecting(race)));
                };
                self.token = watch.map(|(_, token)| token);
                self.dialer.names.note(self.peer().0, address.ip());
                self.patient = watch.is_none() && sys::let_wait(&socket, SLICE);
                self.connected(Stream::from(socket))
            }
            DialState::ProxyTls(mut stream) => match stream.shake() {
                Ok(()) => self.tunnel(stream),
                Err(e) if waits(&e) => Ok(Next::Wait(DialState::ProxyTls(stream))),
                Err(e) => Err(TransportError::of(Stage::ProxyTls, &e)),
            },
            DialState::Tunnel(mut stream, mut tunnel) => {
                if tunnel.advance(&mut stream)? {
                    self.reached(stream)
                } else {
                    Ok(Next::Wait(DialState::Tunnel(stream, tunnel)))
                }
            }
            DialState::Tls(mut stream) => match stream.shake() {
                Ok(()) => Ok(Next::Done(stream)),
                Err(e) if waits(&e) => Ok(Next::Wait(DialState::Tls(stream))),
                Err(e) => Err(TransportError::of(Stage::TlsHello, &e)),
            },
            DialState::Over => {
                Err(TransportError::new(Stage::Tcp, ErrorKind::Other, "this attempt to connect is over"))
            }
        }
    }

    /// Whom the socket goes to.
    fn peer(&self) -> (&str, u16) {
        match &self.proxy {
            Some(proxy) => (&proxy.host, proxy.port),
            None => (&self.origin.host, self.origin.port),
        }
    }

    /// The server's address is known, for a proxy that wants one.
    fn aim(&mut self, found: &[SocketAddr]) -> Result<Next, TransportError> {
        let four_only = self.proxy.as_ref().is_some_and(|proxy| proxy.kind == ProxyKind::Socks4);
        let four = found.iter().find(|address| address.is_ipv4());
        let Some(address) = four.or_else(|| found.first().filter(|_| !four_only)) else {
            let why = format!("{} has no IPv4 address, and SOCKS4 needs one", self.origin.host);
            return Err(unknown(why));
        };
        self.target = Some(address.ip());
        Ok(Next::Go(DialState::Name))
    }

    fn race(&self, found: Vec<SocketAddr>, now: Instant) -> DialState {
        DialState::Connecting(Race::new(self.dialer.names.order(self.peer().0, found), now))
    }

    fn connected(&self, stream: Stream) -> Result<Next, TransportError> {
        match &self.proxy {
            None => self.reached(stream),
            Some(proxy) if proxy.kind == ProxyKind::Https => {
                let wrong = |why| TransportError::new(Stage::ProxyTls, ErrorKind::Other, why);
                let tls = self.dialer.tls.begin(&proxy.host).map_err(wrong)?;
                Ok(Next::Go(DialState::ProxyTls(stream.secure(tls))))
            }
            Some(_) => self.tunnel(stream),
        }
    }

    fn tunnel(&self, stream: Stream) -> Result<Next, TransportError> {
        let Some(proxy) = &self.proxy else { return self.reached(stream) };
        let host = without_zone(&self.origin.host);
        let target = match self.target {
            Some(address) => Target::Address(address),
            None => host.parse().map_or(Target::Name(host), Target::Address),
        };
        Ok(Next::Go(DialState::Tunnel(stream, Tunnel::begin(proxy, &self.origin, target)?)))
    }

    /// The stream leads to the server.
    fn reached(&self, stream: Stream) -> Result<Next, TransportError> {
        if !self.origin.https {
            return Ok(Next::Done(stream));
        }
        let wrong = |why| TransportError::new(Stage::TlsHello, ErrorKind::Other, why);
        let tls = self.dialer.tls.begin(&self.origin.host).map_err(wrong)?;
        Ok(Next::Go(DialState::Tls(stream.secure(tls))))
    }
}

fn unknown(why: String) -> TransportError {
    TransportError::new(Stage::Name, ErrorKind::Other, why)
}

fn waits(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}
