//! What `captask doctor` asks: the way to the service, step by step, by the code that every call takes.

use super::{Client, dialer};
use crate::http::{Dialer, Origin, Proxies, Reply, Request, Route, Stage, TransportError, blocking};
use crate::protocol::Failure;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime};
use ureq::http::Uri;

/// The step at which a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A name lookup.
    Name,
    /// TCP.
    Address,
    /// The proxy.
    Proxy,
    /// TLS with the server.
    Tls,
    /// HTTP.
    Reply,
}

/// Why a step failed.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// Where.
    pub place: Place,
    /// What happened, without any secret.
    pub why: String,
}

impl From<TransportError> for Trouble {
    fn from(error: TransportError) -> Trouble {
        let place = match error.stage {
            Stage::Name => Place::Name,
            Stage::Tcp => Place::Address,
            Stage::ProxyTcp | Stage::ProxyTls | Stage::ProxyLogin | Stage::Tunnel => Place::Proxy,
            Stage::TlsHello | Stage::Certificate | Stage::Alert => Place::Tls,
            Stage::FirstByte | Stage::Exchange => Place::Reply,
        };
        Trouble { place, why: error.why }
    }
}

/// What a server said to a request that is no method of the service.
#[derive(Debug, Clone)]
pub struct Greeting {
    /// The HTTP status.
    pub status: u16,
    /// Its clock.
    pub date: Option<SystemTime>,
    /// How long connecting took, TLS and proxy included.
    pub connected: Duration,
}

impl Client {
    /// The URLs of the endpoint and its fallbacks.
    pub fn urls(&self) -> Vec<String> {
        self.service.urls()
    }

    /// How connections to one of [`Client::urls`] are made.
    pub fn route(&self, host: usize) -> Option<Route> {
        self.service.hosts.get(host).map(|host| self.service.dialer.route(&host.origin))
    }

    /// Looks a name up.
    pub fn look_up(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Trouble> {
        self.service.dialer.look_up(host, port).map_err(Trouble::from)
    }

    /// Connects to one address.
    pub fn reach(&self, address: SocketAddr) -> Result<Duration, Trouble> {
        self.service.dialer.reach(address).map_err(Trouble::from)
    }

    /// Connects to one of [`Client::urls`] and asks for its root. No key is sent.
    pub fn greet(&self, host: usize) -> Result<Greeting, Trouble> {
        let Some(host) = self.service.hosts.get(host) else { return Err(no_url()) };
        self.get(&self.service.dialer, &host.origin, &format!("{}/", host.url))
    }

    /// The URL at which the service reaches the receiver of callbacks; `None` without one.
    pub fn callback_url(&self) -> Option<String> {
        self.engine.callback_url()
    }

    /// Asks for the receiver's URL from here, past any proxy. Whether it was this receiver that answered.
    pub fn call_back(&self) -> Result<bool, Trouble> {
        let Some(url) = self.callback_url() else { return Err(no_url()) };
        let origin = url.parse::<Uri>().ok().and_then(|uri| Origin::of(&uri)).ok_or_else(no_url)?;
        let mut transport = self.service.config.transport.clone();
        transport.proxy = Proxies::none();
        let wrong = |failure: Failure| Trouble { place: Place::Tls, why: failure.description };
        let dialer = Arc::new(dialer::dialer(&transport).map_err(wrong)?);
        let before = self.engine.callback_counts();
        let greeting = self.get(&dialer, &origin, &format!("{url}/captask-doctor"))?;
        Ok(greeting.status == 404 && self.engine.callback_counts() != before)
    }

    fn get(&self, dialer: &Arc<Dialer>, origin: &Origin, url: &str) -> Result<Greeting, Trouble> {
        let end = Instant::now() + self.service.config.transport.request_timeout;
        let stopped = AtomicBool::new(false);
        let start = Instant::now();
        let connection = blocking::dial(dialer, origin, end, Arc::new(|| {}), &stopped)?;
        let connected = start.elapsed();
        let request = Request::new(url.parse().map_err(|_| no_url())?, None);
        let Reply { status, date, .. } = blocking::exchange(connection, request, end, &stopped).0?;
        Ok(Greeting { status, date: date.and_then(|date| httpdate::parse_http_date(&date).ok()), connected })
    }
}

fn no_url() -> Trouble {
    Trouble { place: Place::Name, why: "the URL has no host".to_owned() }
}
