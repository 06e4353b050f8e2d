//! What every call of a client shares: the hosts, the key, the connections and the counts.

use super::config::{Config, Endpoint};
use super::pool::Pool;
use super::purchase::{Bought, Broken};
use super::redact::first_words;
use super::reply::{Answer, outcome_unknown};
use super::stage;
use crate::http::{Dialer, ErrorKind, Origin, Reply, Stage, TransportError};
use crate::protocol::json::quote;
use crate::protocol::method::Kind;
use crate::protocol::{Code, Failure, RetryScope};
use crate::secret::Secret;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::Uri;

/// How many tasks are remembered as bought from a fallback endpoint.
const REMEMBERED: usize = 10_000;

/// Counts for `captask_inspect`, of single calls; the engine has its own.
#[derive(Default)]
pub struct Counters {
    /// Tasks bought.
    pub created: AtomicU64,
    /// getTaskResult calls sent.
    pub polls: AtomicU64,
    /// Attempts after the first, of any request.
    pub retries: AtomicU64,
}

/// One host of the service.
pub struct Host {
    /// Its URL, without a slash at the end.
    pub url: String,
    /// Where its connections go.
    pub origin: Origin,
    /// What is asked most: createTask, getTaskResult and getBalance.
    usual: [Option<Uri>; 3],
}

/// The methods whose URLs are kept.
const USUAL: [&str; 3] = ["createTask", "getTaskResult", "getBalance"];

impl Host {
    /// The URL of a method.
    pub fn uri(&self, method: &str) -> Option<Uri> {
        let usual = USUAL.iter().zip(&self.usual).find(|(name, _)| **name == method);
        match usual {
            Some((_, uri)) => uri.clone(),
            None => format!("{}/{method}", self.url).parse().ok(),
        }
    }
}

/// Whether the client was closed, for callers that pause.
#[derive(Default)]
pub struct Shutdown {
    closed: AtomicBool,
    gate: Mutex<bool>,
    bell: Condvar,
}

impl Shutdown {
    /// Whether it was.
    pub fn closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// The flag itself, for waits below.
    pub fn flag(&self) -> &AtomicBool {
        &self.closed
    }

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

    /// Closes it.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        *self.gate.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }
}

/// What every call of a client shares.
pub struct Service {
    /// The configuration.
    pub config: Config,
    /// The endpoint and its fallbacks.
    pub hosts: Vec<Host>,
    /// Where getUserAgent is.
    pub user_agent: Host,
    /// How connections are made.
    pub dialer: Arc<Dialer>,
    /// The connections.
    pub pool: Pool,
    /// Counts.
    pub counters: Counters,
    /// Whether the client was closed.
    pub shutdown: Shutdown,
    key: Secret,
    elsewhere: Mutex<HashMap<String, usize>>,
}

fn host(url: String) -> Result<Host, Failure> {
    let origin = url.parse::<Uri>().ok().and_then(|uri| Origin::of(&uri));
    let wrong = || Failure::new(Code::InvalidConfig, "endpoint: the URL has no host");
    let usual = USUAL.map(|method| format!("{url}/{method}").parse().ok());
    Ok(Host { origin: origin.ok_or_else(wrong)?, usual, url })
}

impl Service {
    /// A service at these hosts. Fails on a PEM file that cannot be read and a proxy that cannot be used.
    pub fn new(config: Config, hosts: Vec<String>, user_agent_url: String) -> Result<Self, Failure> {
        let dialer = Arc::new(super::dialer::dialer(&config.transport)?);
        let key = match (&config.client_key, &config.endpoint) {
            (Some(key), _) => key.clone(),
            (None, Endpoint::Sandbox) => Secret::new("sandbox".into()),
            (None, Endpoint::Hosts(_)) => Secret::new(String::new()),
        };
        let hosts = hosts.into_iter().map(host).collect::<Result<_, _>>()?;
        Ok(Service {
            pool: Pool::new(config.max_connections),
            config,
            hosts,
            user_agent: host(user_agent_url)?,
            dialer,
            counters: Counters::default(),
            shutdown: Shutdown::default(),
            key,
            elsewhere: Mutex::default(),
        })
    }

    /// The key as JSON text; a failure when there is none.
    pub fn key_json(&self) -> Result<Secret, Failure> {
        if self.key.expose().is_empty() {
            return Err(Failure::new(
                Code::InvalidRequest,
                "clientKey: there is no key; set clientKey in the configuration or in the request, or CAPTASK_CLIENT_KEY",
            ));
        }
        Ok(Secret::new(quote(self.key.expose())))
    }

    /// The key of this client.
    pub fn key(&self) -> &Secret {
        &self.key
    }

    /// The URLs of the hosts.
    pub fn urls(&self) -> Vec<String> {
        self.hosts.iter().map(|host| host.url.clone()).collect()
    }

    /// The URL of a host; empty when there is none.
    pub fn url(&self, host: usize) -> &str {
        self.hosts.get(host).map_or("", |host| host.url.as_str())
    }

    /// Remembers at which host a task was bought, when it is not the first.
    pub fn remember(&self, task_id: &str, host: usize) {
        if host > 0 {
            let mut map = self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner);
            if map.len() >= REMEMBERED {
                map.clear();
            }
            map.insert(task_id.to_owned(), host);
        }
    }

    /// The host at which a task was bought, as far as this client knows.
    pub fn host_of(&self, task_id: &str) -> usize {
        if self.hosts.len() < 2 {
            return 0;
        }
        self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner).get(task_id).copied().unwrap_or(0)
    }

    /// The beginning of a reply, for an error text: without secrets.
    pub fn shown(&self, text: &str, request: Option<&str>) -> String {
        first_words(text, self.key.expose(), request)
    }

    /// A reply as text.
    pub fn answer(&self, reply: Reply, host: usize) -> Answer {
        let mut warning = None;
        let mut text = match String::from_utf8(reply.body) {
            Ok(text) => text,
            Err(e) => decode(e.as_bytes(), reply.charset.as_deref(), &mut warning),
        };
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let shown = |what: &str, value: &str| format!(" ({what} {})", self.shown(value, None)).into_boxed_str();
        let note = match (&reply.location, &reply.content_encoding) {
            (Some(location), _) if (300..400).contains(&reply.status) => Some(shown("it redirects to", location)),
            (_, Some(encoding)) => Some(shown("the body has the encoding", encoding)),
            _ => None,
        };
        Answer { text, status: reply.status, retry_after_ms: reply.retry_after_ms, host, warning, note }
    }

    /// What a connection or exchange that failed means for the request of this method; "" is a connection for none yet.
    pub fn broken(&self, method: &str, url: &str, error: TransportError, request: Option<&str>) -> Broken {
        let kind = Kind::of(method);
        let TransportError { stage: at, sent, kind: reason, why, part, head } = error;
        let broken = |bought, again, failure: Failure| Broken {
            sent,
            bought,
            again,
            failure: failure.with("stage", quote(stage::name(at))),
        };
        // What came instead of a reply, of a server or of a proxy.
        let head = head.map(|head| self.shown(&String::from_utf8_lossy(&head), request));
        let secure = matches!(at, Stage::ProxyTls | Stage::TlsHello | Stage::Certificate | Stage::Alert);
        // What the peer or its certificate says no to, another try does not mend; what ended or took too long, it may.
        let refused = secure && !matches!(reason, ErrorKind::Cut | ErrorKind::Timeout | ErrorKind::Stopped);
        if !sent || (at == Stage::Alert && refused) {
            let code = if secure && reason != ErrorKind::Timeout { Code::Tls } else { Code::Connect };
            let bought = if sent { "nothing was bought" } else { "nothing was sent" };
            let (doing, advice) = (stage::doing(at), stage::advice(at, reason));
            let came = head.as_deref().map_or_else(String::new, |head| format!(" (the reply begins with: {head})"));
            let call = if method.is_empty() { String::new() } else { format!("{method}: ") };
            let text = format!("{call}{url}: {doing}: {why}{came}; {bought}. {advice}");
            let hopeless = refused || reason == ErrorKind::Login;
            let mut failure = Failure::new(code, text).retry((!hopeless).then_some(RetryScope::SameRequest));
            if let Some(head) = head {
                failure = failure.with("firstBytes", quote(&head));
            }
            return broken(Bought::No, !hopeless, failure);
        }
        match kind {
            Kind::Create => {
                let failure = match part {
                    Some((status, bytes)) => {
                        let shown = self.shown(&String::from_utf8_lossy(&bytes), request);
                        outcome_unknown(&format!("the reply (HTTP {status}) is incomplete ({why}): {shown}"))
                            .with("httpStatus", status.to_string())
                            .with("firstBytes", quote(&shown))
                    }
                    None => match head {
                        Some(head) => {
                            outcome_unknown(&format!("the head of the reply could not be read ({why}): {head}"))
                                .with("firstBytes", quote(&head))
                        }
                        None => outcome_unknown(&format!("no answer came: {why}")),
                    },
                };
                broken(Bought::Unknown, false, failure)
            }
            Kind::Read | Kind::Once => {
                let (status, shown) = match part {
                    Some((status, bytes)) => {
                        (Some(status), Some(self.shown(&String::from_utf8_lossy(&bytes), request)))
                    }
                    None => (None, head),
                };
                let came =
                    shown.as_deref().map_or_else(String::new, |shown| format!(" (the reply begins with: {shown})"));
                let once = if kind == Kind::Once {
                    "; the service may have carried out the request, so it is not sent again"
                } else {
                    ""
                };
                let doing = stage::doing(at);
                let mut failure = Failure::new(Code::Network, format!("{method}: {url}: {doing}: {why}{came}{once}"));
                if kind == Kind::Once {
                    failure = failure.retry(None);
                }
                if let Some(status) = status {
                    failure = failure.with("httpStatus", status.to_string());
                }
                if let Some(shown) = shown {
                    failure = failure.with("firstBytes", quote(&shown));
                }
                broken(Bought::No, kind == Kind::Read, failure)
            }
        }
    }
}

/// Bytes that are not UTF-8: Latin-1 where the reply says so, else what can be read of them, with a warning.
fn decode(bytes: &[u8], charset: Option<&str>, warning: &mut Option<Box<str>>) -> String {
    let latin = |name: &str| {
        ["iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "us-ascii", "cp819"]
            .iter()
            .any(|known| name.trim_matches('"').eq_ignore_ascii_case(known))
    };
    if charset.is_some_and(latin) {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    let named = charset.map_or_else(String::new, |name| format!(" (charset {})", crate::protocol::json::clip(name)));
    *warning = Some(format!("the reply was not UTF-8{named}; bytes that could not be decoded were replaced").into());
    String::from_utf8_lossy(bytes).into_owned()
}
