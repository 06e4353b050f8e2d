//! One HTTP exchange: a request out, a reply in, and how far it got when it failed.

mod gate;
mod resolver;
mod roots;
mod tcp;

pub use gate::Gate;

use crate::client::config::{ProxyChoice, Roots, TransportConfig};
use crate::protocol::{Code, Failure};
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tcp::Stage;
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector, SocksConnector};
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
    /// Open connections.
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

/// Why an exchange failed, and what had come of its reply.
struct Cut {
    error: Error,
    part: Option<(u16, Vec<u8>)>,
}

impl From<Error> for Cut {
    fn from(error: Error) -> Self {
        Cut { error, part: None }
    }
}

/// The connections of one client.
pub struct Transport {
    agent: Agent,
    request_timeout: Duration,
    link: Arc<Link>,
}

impl Transport {
    /// A transport without connections yet. Fails on a PEM file that cannot be read.
    pub fn new(config: &TransportConfig, connections: usize) -> Result<Self, Failure> {
        let link = Arc::new(Link::default());
        let roots = match &config.roots {
            Roots::Bundled => ureq::tls::RootCerts::WebPki,
            Roots::System => roots::system()?,
            Roots::File(path) => roots::file(path)?,
        };
        let proxy = match &config.proxy {
            ProxyChoice::None => None,
            ProxyChoice::Environment => Proxy::try_from_env(),
            ProxyChoice::Url(url) => Some(Proxy::new(url.expose()).map_err(|_| {
                Failure::new(
                    Code::InvalidConfig,
                    "proxy: not a proxy URL; wanted is scheme://[login:password@]host:port",
                )
            })?),
        };
        let socks = proxy.as_ref().is_some_and(|proxy| is_socks(proxy.protocol()));
        let tunnel = proxy.is_some() && !socks;
        let settings = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(false)
            .user_agent(concat!("captask/", env!("CARGO_PKG_VERSION")))
            .accept("application/json, text/plain")
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_connect(Some(config.connect_timeout))
            .timeout_resolve(Some(config.connect_timeout))
            .timeout_global(Some(config.request_timeout))
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .max_idle_age(Duration::from_secs(15))
            .input_buffer_size(BUFFER)
            .output_buffer_size(BUFFER)
            .build();
        let names = resolver::Names::new(link.clone());
        let plain = tcp::TcpConnector(link.clone());
        let stager = tcp::Stager { tunnel, socks };
        let agent = if socks {
            let chain =
                ().chain(tcp::Knock(tcp::TcpConnector(link.clone())))
                    .chain(SocksConnector::default())
                    .chain(plain)
                    .chain(tcp::Securing)
                    .chain(RustlsConnector::default())
                    .chain(stager);
            Agent::with_parts(settings, chain, names)
        } else {
            let chain =
                ().chain(ConnectProxyConnector::default())
                    .chain(plain)
                    .chain(tcp::Securing)
                    .chain(RustlsConnector::default())
                    .chain(stager);
            Agent::with_parts(settings, chain, names)
        };
        Ok(Transport { agent, request_timeout: config.request_timeout, link })
    }

    /// What the connections share.
    pub fn link(&self) -> &Arc<Link> {
        &self.link
    }

    /// Posts JSON, or gets when there is no body. Ends within `timeout` and within the configured request timeout.
    pub fn exchange(
        &self,
        url: &str,
        body: Option<&str>,
        timeout: Duration,
        gate: Option<&Arc<Gate>>,
    ) -> Result<Reply, Broken> {
        tcp::begin();
        gate::behind(gate, || self.run(url, body, timeout)).map_err(|Cut { error, part }| {
            let (stage, why) = (tcp::stage(), describe(&error));
            let tls = match stage {
                Stage::Sent => Tls::Fine,
                Stage::Securing if is_cut(&error) => Tls::Cut,
                _ if is_tls(&error) => Tls::Refused,
                _ => Tls::Fine,
            };
            Broken { sent: stage == Stage::Sent, tls, why, part }
        })
    }

    fn run(&self, url: &str, body: Option<&str>, timeout: Duration) -> Result<Reply, Cut> {
        // A configuration of its own costs the request an allocation or two: only when its deadline is nearer.
        let own = (timeout < self.request_timeout).then_some(timeout);
        let mut response = match (body, own) {
            (Some(body), None) => self.agent.post(url).content_type("application/json").send(body)?,
            (Some(body), Some(own)) => self
                .agent
                .post(url)
                .config()
                .timeout_global(Some(own))
                .build()
                .content_type("application/json")
                .send(body)?,
            (None, None) => self.agent.get(url).call()?,
            (None, Some(own)) => self.agent.get(url).config().timeout_global(Some(own)).build().call()?,
        };
        let status = response.status().as_u16();
        let retry_after_ms =
            response.headers().get("retry-after").and_then(|value| retry_after(value.to_str().ok()?.trim()));
        let expected = response.body().content_length().unwrap_or(0).min(BODY_LIMIT);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).min(1 << 20));
        let mut reader = response.body_mut().with_config().limit(BODY_LIMIT).reader();
        if let Err(error) = reader.read_to_end(&mut bytes) {
            bytes.truncate(PART_LIMIT);
            return Err(Cut { error: Error::from(error), part: Some((status, bytes)) });
        }
        Ok(Reply { status, retry_after_ms, body: bytes })
    }

    /// Whether the client was closed.
    pub fn closed(&self) -> bool {
        self.link.closed.load(Ordering::Acquire)
    }

    /// Shuts every connection, in use or not; blocked exchanges fail at once, and no new one is made.
    pub fn close(&self) {
        self.link.close();
        self.agent.clone().shutdown();
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

fn is_socks(protocol: ProxyProtocol) -> bool {
    !matches!(protocol, ProxyProtocol::Http | ProxyProtocol::Https)
}

fn is_cut(error: &Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error, Error::Io(e) if matches!(e.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof))
}

fn is_tls(error: &Error) -> bool {
    match error {
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired | Error::Pem(_) => true,
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
