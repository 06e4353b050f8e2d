//! One HTTP exchange: a request out, a reply in, and how far it got when it failed.

mod exchange;
mod gate;
mod pool;
mod resolver;

mod tcp;
mod tls;

pub use exchange::{Exchange, Patience};
pub use gate::Gate;

use crate::client::config::{Roots, TransportConfig};
use crate::http::proxy_rules::{ProxyKind, ProxyUrl};
use crate::http::roots::{self, Anchors};
use crate::protocol::{Code, Failure};
use pool::{Connection, Origin, Place, Pool};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tcp::Stage;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::Resolver;
use ureq::unversioned::transport::{ConnectProxyConnector, ConnectionDetails, Connector, SocksConnector, time};
use ureq::{Agent, Error, Proxy, ProxyProtocol};

/// No answer of the service comes near this; more is not read.
const BODY_LIMIT: u64 = 32 * 1024 * 1024;

/// So much is kept of a reply that broke off.
const PART_LIMIT: usize = 64 * 1024;

/// Buffers of one connection, bytes each way. A usual request and its answer fit.
const BUFFER: usize = 16 * 1024;

/// What a client's connections share: whether it is closed, and counts.
#[derive(Default)]
pub struct Link {
    /// Set once; blocked calls look at it.
    pub closed: AtomicBool,
    /// Connections that are open or being opened.
    pub connections: AtomicUsize,
    /// Name look-ups that have not come back. Shared with their threads, which may outlive the client.
    pub lookups: Arc<AtomicUsize>,
    gate: Mutex<bool>,
    bell: Condvar,
}

impl Link {
    /// Waits that long; `false` when the client was closed meanwhile.
    pub fn pause(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        let mut closed = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        while !*closed {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            closed = self.bell.wait_timeout(closed, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        false
    }

    fn close(&self) {
        self.closed.store(true, Ordering::Release);
        *self.gate.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }
}

/// A reply of the other side, whatever it is.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After`, when it gave seconds.
    pub retry_after_ms: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

/// What part TLS had in a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// None.
    Fine,
    /// The other side hung up in the middle of the handshake: another try may do.
    Cut,
    /// One side refused the other, which another try does not mend.
    Refused,
}

/// Why there is no reply.
pub struct Broken {
    /// Whether anything of the request may have reached the other side.
    pub sent: bool,
    /// Whether TLS was the reason.
    pub tls: Tls,
    /// What happened, without any secret.
    pub why: String,
    /// What came before the reply broke off: its status and the beginning of its body.
    pub part: Option<(u16, Vec<u8>)>,
}

/// Where the connection for a request may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// From those without work, or else it is made.
    Any,
    /// Only from those without work: making one may take long.
    Idle,
    /// It is made, so that there are more, or else from those without work: one is made at a time.
    New,
}

/// How much and how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections kept without work.
    pub connections: usize,
    /// To connect.
    pub connect: Duration,
    /// For an exchange.
    pub request: Duration,
    /// Bytes of a reply's body.
    pub body: u64,
}

/// How connections are made, but for TLS: ureq's connectors around our own.
type Chain = Box<dyn Connector<(), Out = Box<dyn ureq::unversioned::transport::Transport>>>;

/// Makes a connection; ureq's connectors call it too, to reach a proxy.
type Connect =
    dyn Fn(&ConnectionDetails<'_>) -> Result<Box<dyn ureq::unversioned::transport::Transport>, Error> + Send + Sync;

/// The connections of one client.
pub struct Transport {
    settings: Config,
    names: resolver::Names,
    connect: Arc<Connect>,
    limits: Limits,
    /// ureq's SOCKS connector opens the sockets.
    socks: bool,
    pool: Arc<Pool>,
    link: Arc<Link>,
}

impl Transport {
    /// A transport without connections yet. Fails on a PEM file that cannot be read.
    pub fn new(config: &TransportConfig, connections: usize) -> Result<Self, Failure> {
        let wrong = |why| Failure::new(Code::InvalidConfig, format!("tls.roots: {why}"));
        let roots = match &config.roots {
            Roots::Bundled => Anchors::Bundled,
            Roots::System => roots::system().map_err(wrong)?,
            Roots::File(path) => roots::file(path).map_err(wrong)?,
        };
        // One for all hosts, until this room is replaced.
        let proxy = match config.proxy.choose(true, "", 443).or_else(|| config.proxy.choose(false, "", 80)) {
            None => None,
            Some(proxy) => Some(old_proxy(proxy).map_err(|_| {
                Failure::new(Code::InvalidConfig, "proxy: wanted is scheme://[login:password@]host:port")
            })?),
        };
        let limits =
            Limits { connections, connect: config.connect_timeout, request: config.request_timeout, body: BODY_LIMIT };
        Ok(Transport::with(roots, proxy, limits))
    }

    /// A transport without connections yet.
    pub fn with(roots: Anchors, proxy: Option<Proxy>, limits: Limits) -> Self {
        let link = Arc::new(Link::default());
        let socks = proxy.as_ref().is_some_and(|proxy| is_socks(proxy.protocol()));
        let settings = Agent::config_builder()
            .proxy(proxy)
            .user_agent(exchange::AGENT)
            .input_buffer_size(BUFFER)
            .output_buffer_size(BUFFER)
            .build();
        let plain = || tcp::TcpConnector(link.clone());
        let chain: Chain = if socks {
            let chain = ().chain(tcp::Knock(plain())).chain(SocksConnector::default()).chain(plain());
            Box::new(chain.chain(tcp::Boxing))
        } else {
            Box::new(().chain(ConnectProxyConnector::default()).chain(plain()).chain(tcp::Boxing))
        };
        let tls = tls::Tls::new(roots);
        let connect: Arc<Connect> = Arc::new(move |details| {
            let transport = chain.connect(details, None)?.ok_or(Error::ConnectionFailed)?;
            if !details.needs_tls() || transport.is_tls() {
                return Ok(transport);
            }
            tcp::secure();
            tls.secure(details, transport)
        });
        let pool = Arc::new(Pool::new(link.clone(), limits.connections));
        Transport { settings, names: resolver::Names::new(link.clone()), connect, limits, socks, pool, link }
    }

    /// What the connections share.
    pub fn link(&self) -> &Arc<Link> {
        &self.link
    }

    /// Whether several exchanges can be waited for at once.
    pub fn shows_sockets(&self) -> bool {
        !self.socks
    }

    /// Connections without work.
    pub fn idle(&self) -> usize {
        self.pool.idle()
    }

    /// Looks at the connections that the next `count` requests will go over, all at once.
    pub fn look_over(&self, count: usize) {
        self.pool.look_over(count);
    }

    /// Connections, with and without work.
    pub fn open_connections(&self) -> usize {
        self.link.connections.load(Ordering::Relaxed)
    }

    /// Sends a request: posts JSON, or gets when there is no body. What is to come ends within `timeout` and within the
    /// configured request timeout. `None` when there is no connection without work and none is to be made. With a gate,
    /// nothing is sent when that was withdrawn before.
    pub fn begin(
        &self,
        url: &str,
        body: Option<&str>,
        timeout: Duration,
        gate: Option<&Gate>,
        supply: Supply,
    ) -> Result<Option<Exchange>, Broken> {
        tcp::begin();
        self.start(url, body, timeout, gate, supply).map_err(|error| {
            let stage = tcp::stage();
            let tls = match stage {
                Stage::Sent => Tls::Fine,
                Stage::Securing if is_cut(&error) => Tls::Cut,
                _ if is_tls(&error) => Tls::Refused,
                _ => Tls::Fine,
            };
            Broken { sent: stage == Stage::Sent, tls, why: describe(&error), part: None }
        })
    }

    fn start(
        &self,
        url: &str,
        body: Option<&str>,
        timeout: Duration,
        gate: Option<&Gate>,
        supply: Supply,
    ) -> Result<Option<Exchange>, Error> {
        let end = Instant::now() + timeout.min(self.limits.request);
        let url: Uri = url.parse().map_err(ureq::http::Error::from)?;
        let origin = Origin::of(&url).ok_or(Error::HostNotFound)?;
        let Some(connection) = self.connection(&url, origin, end, supply)? else { return Ok(None) };
        if gate.is_some_and(|gate| !gate.pass()) {
            self.pool.keep(connection);
            return Err(Error::Io(io::Error::other("given up before anything was sent")));
        }
        tcp::write(connection.stream.is_some());
        Exchange::begin(connection, &self.pool, &url, body, self.limits.body, end).map(Some)
    }

    fn connection(&self, url: &Uri, origin: Origin, end: Instant, supply: Supply) -> Result<Option<Connection>, Error> {
        if supply == Supply::New
            && let Some((_growing, place)) = self.pool.grow()
        {
            return self.open(url, origin, end, place).map(Some);
        }
        loop {
            if let Some(connection) = self.pool.take(&origin) {
                return Ok(Some(connection));
            }
            if supply == Supply::Idle {
                return Ok(None);
            }
            // One without work, to another host, makes room.
            if let Some(place) = self.pool.place() {
                return self.open(url, origin, end, place).map(Some);
            }
        }
    }

    fn open(&self, url: &Uri, origin: Origin, end: Instant, place: Place) -> Result<Connection, Error> {
        let budget = |reason| {
            let left = end.saturating_duration_since(Instant::now());
            exchange::within(left.min(self.limits.connect), reason)
        };
        // A proxy looks the name up by itself, unless its kind cannot.
        let proxied = self.settings.proxy().is_some_and(|proxy| !proxy.is_no_proxy(url) && !proxy.resolve_target());
        let addrs = if proxied {
            self.names.empty()
        } else {
            self.names.resolve(url, &self.settings, budget(ureq::Timeout::Resolve))?
        };
        let pool = self.pool.clone();
        let details = ConnectionDetails {
            uri: url,
            addrs,
            config: &self.settings,
            request_level: false,
            resolver: &self.names,
            now: time::Instant::now(),
            timeout: budget(ureq::Timeout::Connect),
            current_time: Arc::new(time::Instant::now),
            run_connector: self.connect.clone(),
            register_shutdown: Arc::new(move |handle| {
                let closed = || Error::Io(io::Error::new(io::ErrorKind::NotConnected, "the client was closed"));
                pool.watch(handle).then_some(()).ok_or_else(closed)
            }),
        };
        let transport = (self.connect)(&details)?;
        if details.needs_tls() && !transport.is_tls() {
            return Err(Error::TlsRequired);
        }
        Ok(Connection { transport, stream: tcp::opened(), origin, _place: place })
    }

    /// Reads on in a reply; `None` when more of it is to come.
    pub fn advance(&self, exchange: &mut Exchange, patience: Patience) -> Option<Result<Reply, Broken>> {
        exchange.advance(patience).transpose().map(|result| {
            result.map_err(|error| Broken { sent: true, tls: Tls::Fine, why: describe(&error), part: exchange.part() })
        })
    }

    /// Whether the client was closed.
    pub fn closed(&self) -> bool {
        self.link.closed.load(Ordering::Acquire)
    }

    /// Shuts every connection, in use or not; blocked exchanges fail at once, and no new one is made.
    pub fn close(&self) {
        self.link.close();
        self.pool.close();
    }
}

/// Milliseconds from now, of a `Retry-After` in seconds or with a date.
fn retry_after(value: &str) -> Option<u64> {
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    let left = httpdate::parse_http_date(value).ok()?.duration_since(std::time::SystemTime::now()).unwrap_or_default();
    u64::try_from(left.as_millis()).ok()
}

fn old_proxy(proxy: &ProxyUrl) -> Result<Proxy, Error> {
    let protocol = match proxy.kind {
        ProxyKind::Http => ProxyProtocol::Http,
        ProxyKind::Https => ProxyProtocol::Https,
        ProxyKind::Socks4 => ProxyProtocol::Socks4,
        ProxyKind::Socks4a => ProxyProtocol::Socks4A,
        ProxyKind::Socks5 => ProxyProtocol::Socks5,
        ProxyKind::Socks5h => ProxyProtocol::Socks5h,
    };
    let host = if proxy.host.contains(':') { format!("[{}]", proxy.host) } else { proxy.host.clone() };
    let mut built = Proxy::builder(protocol).host(&host).port(proxy.port);
    if let Some((login, password)) = &proxy.login {
        built = built.username(login.expose()).password(password.expose());
    }
    built.build()
}

fn is_socks(protocol: ProxyProtocol) -> bool {
    !matches!(protocol, ProxyProtocol::Http | ProxyProtocol::Https)
}

fn is_cut(error: &Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error, Error::Io(e) if matches!(e.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof))
}

fn is_tls(error: &Error) -> bool {
    match error {
        Error::Tls(_) | Error::TlsRequired => true,
        Error::Io(e) => {
            e.get_ref().is_some_and(|inner| {
                inner.downcast_ref::<Error>().is_some_and(is_tls) || inner.to_string().contains("certificate")
            }) || e.kind() == io::ErrorKind::InvalidData
        }
        _ => false,
    }
}

/// The error in words. ureq's errors name hosts and system errors, never a header or a body.
fn describe(error: &Error) -> String {
    match error {
        Error::Timeout(ureq::Timeout::Resolve) => "the name look-up took too long".into(),
        Error::Timeout(ureq::Timeout::Connect) => "connecting took too long".into(),
        Error::Timeout(_) => "the exchange took too long".into(),
        Error::HostNotFound => "the host name has no address".into(),
        Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(inner) => describe(inner),
            None => e.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::retry_after;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_date_is_as_good_as_seconds() {
        assert_eq!(retry_after("3"), Some(3000));
        assert_eq!(retry_after("18446744073709551615"), Some(u64::MAX));
        assert_eq!(retry_after("soon"), None);
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
        assert!(retry_after(&later).is_some_and(|ms| (3_000_000..=3_600_000).contains(&ms)));
    }
}
