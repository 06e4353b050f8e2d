//! What every call of a client shares, and the rules by which a request is sent, sent again, or never again.

use super::config::{Config, Endpoint};
use super::guard::Guard;
use super::mask::first_words;
use super::secret::Secret;
use super::transport::{Broken, Exchange, Gate, Patience, Reply, Supply, Tls, Transport};
use crate::log;
use crate::protocol::envelope::Envelope;
use crate::protocol::json::quote;
use crate::protocol::{Code, Failure, RetryScope, catalog};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The first pause before something is sent again.
pub const FIRST_BACKOFF: Duration = Duration::from_millis(100);

/// How many tasks are remembered as bought from a fallback endpoint.
const REMEMBERED: usize = 10_000;

/// How often a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads something: again and again until the deadline.
    Read,
    /// Buys something: again only while it certainly bought nothing.
    Create,
    /// Does something unknown: again only while nothing was sent.
    Once,
}

impl Kind {
    /// The kind of a service method.
    pub fn of(method: &str) -> Kind {
        match method {
            "createTask" => Kind::Create,
            "getTaskResult" | "getBalance" | "getUserAgent" => Kind::Read,
            _ => Kind::Once,
        }
    }
}

/// An answer of the service.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer, byte for byte.
    pub text: String,
    /// The HTTP status it came with.
    pub status: u16,
    /// `Retry-After`.
    pub retry_after_ms: Option<u64>,
    /// Which host gave it.
    pub host: usize,
}

/// What came of one attempt.
pub enum Attempt {
    /// A well-formed answer, good or bad.
    Answer(Answered),
    /// Nothing final: worth another attempt, and this is the answer if there is time for none.
    Again {
        /// The answer so far.
        last: Last,
        /// When the other side said so.
        after: Option<Duration>,
        /// Whether the request reached the service.
        sent: bool,
    },
    /// Over.
    Final(Failure),
}

/// What is answered when no further attempt is made.
pub enum Last {
    /// An answer of the service that asked for patience.
    Answer(Answered),
    /// A failure of ours.
    Failure(Failure),
}

/// A request that has been sent and whose reply is to come.
pub struct UnderWay<'m> {
    exchange: Exchange,
    method: &'m str,
    url: String,
    host: usize,
    started: Instant,
}

impl UnderWay<'_> {
    /// The connection and its time limit.
    pub fn exchange(&self) -> &Exchange {
        &self.exchange
    }
}

/// What came of sending a request.
pub enum Begun<'m> {
    /// It is over already.
    Over(Attempt),
    /// The reply is to come.
    UnderWay(UnderWay<'m>),
    /// Nothing was sent: there is no connection without work, and none was to be made.
    NoConnection,
}

/// Counts for `captask_inspect`.
#[derive(Default)]
pub struct Counters {
    /// Tasks bought.
    pub created: AtomicU64,
    /// getTaskResult calls sent.
    pub polls: AtomicU64,
    /// Attempts after the first, of any request.
    pub retries: AtomicU64,
}

/// What every call of a client shares.
pub struct Core {
    /// The configuration.
    pub config: Config,
    /// The endpoint and its fallbacks.
    pub hosts: Vec<String>,
    /// Where getUserAgent is.
    pub user_agent_url: String,
    /// The connections.
    pub transport: Transport,
    /// Counts.
    pub counters: Counters,
    /// The client's own limits.
    pub guard: Guard,
    key: Secret,
    elsewhere: Mutex<HashMap<String, usize>>,
}

impl Core {
    /// A core that talks to these hosts.
    pub fn new(config: Config, hosts: Vec<String>, user_agent_url: String) -> Result<Self, Failure> {
        let transport = Transport::new(&config.transport, config.max_connections)?;
        let guard = Guard::new(config.guard.clone());
        let key = match (&config.client_key, &config.endpoint) {
            (Some(key), _) => key.clone(),
            (None, Endpoint::Sandbox) => Secret::new("sandbox".into()),
            (None, Endpoint::Hosts(_)) => Secret::new(String::new()),
        };
        let (counters, elsewhere) = (Counters::default(), Mutex::default());
        Ok(Core { config, hosts, user_agent_url, transport, counters, guard, key, elsewhere })
    }

    /// The key as JSON text; a failure when there is none.
    pub fn key_json(&self) -> Result<Secret, Failure> {
        if self.key.expose().is_empty() {
            return Err(Failure::new(
                Code::InvalidRequest,
                "clientKey: missing; set clientKey in the configuration or in the request, or CAPTASK_CLIENT_KEY",
            ));
        }
        Ok(Secret::new(quote(self.key.expose())))
    }

    /// The key of this client.
    pub fn key(&self) -> &Secret {
        &self.key
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
        self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner).get(task_id).copied().unwrap_or(0)
    }

    /// Sends a request once and waits for what comes of it: to `host` alone, or, without one, to the first host that can
    /// be connected to.
    pub fn attempt(&self, method: &str, body: &str, host: Option<usize>, timeout: Duration) -> Attempt {
        match self.begin(method, body, host, timeout, None, Supply::Any) {
            Begun::Over(attempt) => attempt,
            Begun::UnderWay(under_way) => self.conclude(under_way, Some(body)),
            Begun::NoConnection => Attempt::Final(no_endpoint(method)),
        }
    }

    /// Asks for the current User-Agent once.
    pub fn attempt_user_agent(&self, timeout: Duration) -> Attempt {
        let url = self.user_agent_url.clone();
        match self.send("getUserAgent", url, None, 0, timeout, None, Supply::Any).0 {
            Begun::Over(attempt) => attempt,
            Begun::UnderWay(under_way) => self.conclude(under_way, None),
            Begun::NoConnection => Attempt::Final(no_endpoint("getUserAgent")),
        }
    }

    /// Sends a request once, as `attempt` does, and leaves the reply to be waited for. With a gate, it is not sent when
    /// that was withdrawn before the first byte.
    pub fn begin<'m>(
        &self,
        method: &'m str,
        body: &str,
        host: Option<usize>,
        timeout: Duration,
        gate: Option<&Gate>,
        supply: Supply,
    ) -> Begun<'m> {
        let hosts = match host {
            Some(host) => host..host + 1,
            None => 0..self.hosts.len(),
        };
        let end = Instant::now() + timeout;
        let mut outcome = None;
        for index in hosts {
            let Some(base) = self.hosts.get(index) else { break };
            let left = end.saturating_duration_since(Instant::now());
            let unwanted = left.is_zero() || gate.is_some_and(Gate::withdrawn);
            if unwanted && outcome.is_some() {
                break;
            }
            let url = format!("{base}/{method}");
            let (begun, connected) = self.send(method, url, Some(body), index, left, gate, supply);
            if connected {
                return begun;
            }
            outcome = Some(begun);
        }
        outcome.unwrap_or_else(|| Begun::Over(Attempt::Final(no_endpoint(method))))
    }

    /// Sends to one host; also whether to leave it at that one.
    #[allow(clippy::too_many_arguments)]
    fn send<'m>(
        &self,
        method: &'m str,
        url: String,
        body: Option<&str>,
        host: usize,
        timeout: Duration,
        gate: Option<&Gate>,
        supply: Supply,
    ) -> (Begun<'m>, bool) {
        log::trace(|| format!("{method}: to {url}, {} bytes", body.map_or(0, str::len)));
        let started = Instant::now();
        match self.transport.begin(&url, body, timeout.max(Duration::from_millis(1)), gate, supply) {
            Ok(Some(exchange)) => (Begun::UnderWay(UnderWay { exchange, method, url, host, started }), true),
            Ok(None) => (Begun::NoConnection, true),
            Err(broken) => {
                let sent = broken.sent;
                (Begun::Over(self.broken(method, &url, started, broken, body)), sent)
            }
        }
    }

    /// Waits for the reply to a request, and says what it means.
    pub fn conclude(&self, mut under_way: UnderWay<'_>, request: Option<&str>) -> Attempt {
        loop {
            if let Some(attempt) = self.advance(&mut under_way, request, Patience::All) {
                return attempt;
            }
        }
    }

    /// Reads on in the reply to a request; what it means, once it is complete.
    pub fn advance(&self, under_way: &mut UnderWay<'_>, request: Option<&str>, patience: Patience) -> Option<Attempt> {
        let UnderWay { exchange, method, url, host, started } = under_way;
        Some(match self.transport.advance(exchange, patience)? {
            Ok(reply) => {
                let took = started.elapsed().as_millis();
                log::debug(|| format!("{method}: HTTP {} from {url} after {took} ms", reply.status));
                self.judge(Kind::of(method), method, reply, *host, request)
            }
            Err(broken) => self.broken(method, url, *started, broken, request),
        })
    }

    fn broken(&self, method: &str, url: &str, started: Instant, broken: Broken, request: Option<&str>) -> Attempt {
        let took = started.elapsed().as_millis();
        log::warn(|| {
            let stage = if broken.sent { "after sending" } else { "nothing was sent" };
            format!("{method}: {url}: {} ({stage}, {took} ms)", broken.why)
        });
        self.judge_broken(Kind::of(method), method, url, broken, request)
    }

    fn judge_broken(&self, kind: Kind, method: &str, url: &str, broken: Broken, request: Option<&str>) -> Attempt {
        let Broken { sent, tls, why, part } = broken;
        if self.transport.closed() {
            let closed = Failure::new(Code::Closed, format!("{method}: the client was closed meanwhile"));
            return Attempt::Final(if sent && kind == Kind::Create {
                closed.with("outcomeUnknown", "true")
            } else {
                closed
            });
        }
        if tls != Tls::Fine {
            let failure = Failure::new(
                Code::Tls,
                format!("{method}: {url}: {why}; nothing was sent. Check the host name, the clock and tls.roots"),
            );
            return match tls {
                Tls::Cut => {
                    let last = Last::Failure(failure.retry(Some(RetryScope::SameRequest)));
                    Attempt::Again { last, after: None, sent }
                }
                _ => Attempt::Final(failure),
            };
        }
        if !sent {
            let last = Last::Failure(Failure::new(
                Code::Connect,
                format!("{method}: {url}: {why}; nothing was sent. Check endpoint, proxy and network"),
            ));
            return Attempt::Again { last, after: None, sent };
        }
        match kind {
            Kind::Create => Attempt::Final(match part {
                Some((status, bytes)) => {
                    let shown = first_words(&String::from_utf8_lossy(&bytes), self.key.expose(), request);
                    outcome_unknown(&format!("HTTP {status} came but its body broke off ({why}): {shown}"))
                        .with("httpStatus", status.to_string())
                        .with("firstBytes", quote(&shown))
                }
                None => outcome_unknown(&format!("no answer came: {why}")),
            }),
            Kind::Read => {
                let last = Last::Failure(Failure::new(Code::Network, format!("{method}: {url}: {why}")));
                Attempt::Again { last, after: None, sent }
            }
            Kind::Once => Attempt::Final(
                Failure::new(
                    Code::Network,
                    format!("{method}: {url}: {why}; it was sent and may have been done, so it is not sent again"),
                )
                .retry(None),
            ),
        }
    }

    fn judge(&self, kind: Kind, method: &str, reply: Reply, host: usize, request: Option<&str>) -> Attempt {
        let Reply { status, retry_after_ms, body } = reply;
        let after = retry_after_ms.map(Duration::from_millis);
        let text = match String::from_utf8(body) {
            Ok(text) => text,
            Err(e) => String::from_utf8_lossy(e.as_bytes()).into_owned(),
        };
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        if method == "getUserAgent"
            && status == 200
            && let Some(text) = user_agent_answer(&text)
        {
            return Attempt::Answer(Answered { text, status, retry_after_ms, host });
        }
        let well_formed = Envelope::of_service(&text).map(|envelope| envelope.ok());
        let answered = |text| Answered { text, status, retry_after_ms, host };
        let not_an_answer = |code| {
            let shown = first_words(&text, self.key.expose(), request);
            let failure =
                Failure::new(code, format!("{method}: HTTP {status} without an answer of the service: {shown}"))
                    .with("httpStatus", status.to_string())
                    .with("firstBytes", quote(&shown));
            match retry_after_ms {
                Some(ms) => failure.with("retryAfterMs", ms.to_string()),
                None => failure,
            }
        };
        let refused = match kind {
            // An answer with a task is one, whatever its status.
            Kind::Create => matches!(status, 429 | 503) && well_formed != Some(true),
            Kind::Read => matches!(status, 429 | 503) || (status >= 500 && !is_final(&text)),
            Kind::Once => false,
        };
        match (well_formed, kind) {
            (Some(_), Kind::Once) => Attempt::Answer(answered(text)),
            (Some(_), _) if refused => Attempt::Again { last: Last::Answer(answered(text)), after, sent: true },
            (Some(_), _) => Attempt::Answer(answered(text)),
            (None, Kind::Create) if status == 429 => {
                Attempt::Again { last: Last::Failure(not_an_answer(Code::BadResponse)), after, sent: true }
            }
            (None, Kind::Create) => {
                let shown = first_words(&text, self.key.expose(), request);
                Attempt::Final(
                    outcome_unknown(&format!("HTTP {status} came without an answer of the service: {shown}"))
                        .with("httpStatus", status.to_string())
                        .with("firstBytes", quote(&shown)),
                )
            }
            (None, Kind::Read) => {
                Attempt::Again { last: Last::Failure(not_an_answer(Code::BadResponse)), after, sent: true }
            }
            (None, Kind::Once) => Attempt::Final(not_an_answer(Code::BadResponse).retry(None)),
        }
    }

    /// The beginning of a reply, for an error text: without the key.
    pub fn shown(&self, text: &str) -> String {
        first_words(text, self.key.expose(), None)
    }

    /// Sends until there is something final, the deadline passes or the client is closed.
    pub fn call(
        &self,
        method: &str,
        deadline: Instant,
        mut attempt: impl FnMut(Duration) -> Attempt,
    ) -> Result<Answered, Failure> {
        let mut backoff = Backoff::new(Duration::from_millis(3000));
        let mut tries = 0u32;
        loop {
            if self.transport.closed() {
                return Err(Failure::new(Code::Closed, format!("{method}: the client is stopped")));
            }
            tries += 1;
            if tries > 1 {
                self.counters.retries.fetch_add(1, Ordering::Relaxed);
            }
            let (last, after) = match attempt(deadline.saturating_duration_since(Instant::now())) {
                Attempt::Answer(answered) => return Ok(answered),
                Attempt::Final(failure) => return Err(failure),
                Attempt::Again { last, after, .. } => (last, after),
            };
            let pause = after.unwrap_or(Duration::ZERO).max(backoff.next());
            if Instant::now() + pause >= deadline {
                return match last {
                    Last::Answer(answered) => Ok(answered),
                    Last::Failure(mut failure) => {
                        let times = if tries == 1 { "once".into() } else { format!("{tries} times") };
                        failure.description.push_str(&format!(" (tried {times})"));
                        Err(failure)
                    }
                };
            }
            if !self.transport.link().pause(pause) {
                return Err(Failure::new(Code::Closed, format!("{method}: the client was closed meanwhile")));
            }
        }
    }
}

fn no_endpoint(method: &str) -> Failure {
    Failure::new(Code::Connect, format!("{method}: no endpoint left"))
}

/// Whether an answer is an error that the catalogue knows to be the end of its task.
fn is_final(text: &str) -> bool {
    let code = Envelope::of_service(text).filter(|envelope| !envelope.ok()).and_then(|envelope| envelope.code());
    code.and_then(|code| catalog::error(&code)).is_some_and(|info| info.retry != Some(RetryScope::SameRequest))
}

/// The failure after a createTask whose fate nobody knows.
pub fn outcome_unknown(why: &str) -> Failure {
    Failure::new(
        Code::OutcomeUnknown,
        format!(
            "createTask was sent and {why}. A task may have been bought; it is not sent again. \
             Submit anew only if paying twice is acceptable"
        ),
    )
    .with("outcomeUnknown", "true")
}

/// Pauses that double from a tenth of a second up to a limit, each a little shorter or longer by chance.
#[derive(Debug, Clone)]
pub struct Backoff {
    next: Duration,
    limit: Duration,
}

impl Backoff {
    /// Pauses up to this limit.
    pub fn new(limit: Duration) -> Self {
        Backoff { next: FIRST_BACKOFF, limit: limit.max(FIRST_BACKOFF) }
    }

    /// The next pause.
    pub fn next(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.limit);
        jitter(pause)
    }
}

/// `time`, up to a quarter shorter or longer by chance.
pub fn jitter(time: Duration) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    static STEP: AtomicU64 = AtomicU64::new(0);
    let chance = RandomState::new().hash_one(STEP.fetch_add(1, Ordering::Relaxed)) % 1001;
    time.mul_f64(0.75 + 0.5 * (chance as f64 / 1000.0))
}

/// getUserAgent's answer in the envelope: the text itself, or the member of a JSON object that holds it.
fn user_agent_answer(text: &str) -> Option<String> {
    const LONGEST: usize = 1024;
    let text = text.trim();
    let agent = if text.starts_with('{') {
        let object = crate::protocol::json::Object::parse(text).ok()?;
        if object.get("errorId").is_some() {
            return None;
        }
        object.string("userAgent").or_else(|| object.string("UserAgent"))?
    } else if text.starts_with('"') {
        serde_json::from_str(text).ok()?
    } else {
        text.to_owned()
    };
    let plain = !agent.is_empty() && agent.len() <= LONGEST && !agent.starts_with('<');
    (plain && !agent.contains(char::is_control)).then(|| format!("{{\"errorId\":0,\"userAgent\":{}}}", quote(&agent)))
}
