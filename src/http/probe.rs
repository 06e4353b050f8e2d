//! Single steps of a dial, one by one, for a command that says which of them fails.

use super::connect::Race;
use super::names::{LookupState, Wake};
use super::proxy_rules::{ProxyKind, ProxyUrl};
use super::{Dialer, ErrorKind, Origin, Stage, TransportError};
use crate::sys::{self, Watched};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How a connection to an origin is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Whether TLS is spoken with the server.
    pub https: bool,
    /// The server's name or address, and its port.
    pub server: (String, u16),
    /// The proxy's, when there is one.
    pub proxy: Option<(ProxyKind, (String, u16))>,
    /// Whether the server's name is looked up here, and not by the proxy.
    pub looks_up: bool,
}

impl Dialer {
    /// How a connection to the origin is made.
    pub fn route(&self, origin: &Origin) -> Route {
        let proxy = self.proxies.choose(origin.https, &origin.host, origin.port);
        let local = |proxy: &ProxyUrl| matches!(proxy.kind, ProxyKind::Socks4 | ProxyKind::Socks5);
        Route {
            https: origin.https,
            server: (origin.host.clone(), origin.port),
            looks_up: proxy.is_none_or(local),
            proxy: proxy.map(|proxy| (proxy.kind, (proxy.host.clone(), proxy.port))),
        }
    }

    /// Looks a name up.
    pub fn look_up(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, TransportError> {
        let failed = |kind, why: String| TransportError::new(Stage::Name, kind, why);
        let bell = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = bell.clone();
        let wake: Wake = Arc::new(move || {
            *theirs.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            theirs.1.notify_all();
        });
        let question = match self.names.ask(host, port, Instant::now(), &wake) {
            LookupState::Known(found) => return Ok(found),
            LookupState::Failed(why) => return Err(failed(ErrorKind::Other, why)),
            LookupState::Open(question) => question,
        };
        let rung = bell.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = bell.1.wait_timeout_while(rung, self.connect_timeout, |rung| !*rung);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        match question.answer(port) {
            Some(Ok(found)) => Ok(found),
            Some(Err(why)) => Err(failed(ErrorKind::Other, why)),
            None => Err(failed(ErrorKind::Timeout, "the name lookup took too long".to_owned())),
        }
    }

    /// Connects to one address, and closes the connection.
    pub fn reach(&self, address: SocketAddr) -> Result<Duration, TransportError> {
        let start = Instant::now();
        let mut race = Race::new(VecDeque::from([address]), start);
        loop {
            let failed = |e| TransportError::of(Stage::Tcp, &e);
            if race.advance(Instant::now(), None).map_err(failed)?.is_some() {
                return Ok(start.elapsed());
            }
            let left = self.connect_timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(TransportError::new(Stage::Tcp, ErrorKind::Timeout, "connecting took too long"));
            }
            let sockets: Vec<_> = race.sockets().map(|socket| Watched { socket, read: false, write: true }).collect();
            if sys::wait_ready(&sockets, left).is_err() {
                // As for want of memory: looked at again after a pause.
                std::thread::sleep(Duration::from_millis(1).min(left));
            }
        }
    }
}
