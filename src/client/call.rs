//! Single calls: one method of the service, on the caller's thread, repeated as far as its kind allows.

use super::backoff::{self, Chance};
use super::pool::Checkout;
use super::purchase::Broken;
use super::reply::{self, Answer, Read};
use super::service::{Host, Service};
use crate::http::{Request, Wake, blocking};
use crate::log;
use crate::protocol::json::quote;
use crate::protocol::method::Kind;
use crate::protocol::{Code, Failure, RetryScope};
use crate::secret::Secret;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// What came of one attempt.
pub enum Attempt {
    /// A reply of the service.
    Answer(Answer),
    /// Worth another attempt; this is what the caller reads if there is no time for one.
    Again(Last, Option<Duration>),
    /// Over.
    Final(Failure),
}

/// What is answered when no further attempt is made.
pub enum Last {
    /// An answer of the service that asked to come again.
    Answer(Answer),
    /// A failure of ours.
    Failure(Failure),
}

impl Last {
    /// Whether nothing came from the service.
    fn is_silence(&self) -> bool {
        matches!(self, Last::Failure(failure) if failure.code != Code::BadResponse)
    }
}

/// A request of a single call.
pub struct Call<'c> {
    /// The method.
    pub method: &'c str,
    /// Its body; none for a GET.
    pub body: Option<&'c Secret>,
}

impl Service {
    /// Sends a request once to a host and waits for what comes of it.
    pub fn attempt(&self, call: &Call<'_>, host: &Host, place: usize, end: Instant) -> Result<Answer, Broken> {
        let url = || if call.body.is_some() { format!("{}/{}", host.url, call.method) } else { host.url.clone() };
        log::trace(|| format!("{}: to {}", call.method, url()));
        let started = Instant::now();
        let request = call.body.map(Secret::expose);
        let result = self.exchange(call, host, end);
        let took = started.elapsed().as_millis();
        match result {
            Ok(reply) => {
                log::debug(|| format!("{}: HTTP {} from {} after {took} ms", call.method, reply.status, url()));
                Ok(self.answer(reply, place))
            }
            Err(Exchanged::Failed(broken)) => Err(broken),
            Err(Exchanged::Broken(error)) => {
                let url = url();
                log::warn(|| {
                    let stage = if error.sent { "after sending" } else { "nothing was sent" };
                    format!("{}: {url}: {} ({stage}, {took} ms)", call.method, error.why)
                });
                let closed = self.shutdown.closed();
                let sent = error.sent;
                let mut broken = self.broken(call.method, &url, error, request);
                if closed {
                    broken.failure = closed_meanwhile(call.method, sent);
                    broken.again = false;
                }
                Err(broken)
            }
        }
    }

    fn exchange(&self, call: &Call<'_>, host: &Host, end: Instant) -> Result<crate::http::Reply, Exchanged> {
        let uri = if call.body.is_some() { host.uri(call.method) } else { host.url.parse().ok() };
        let wrong =
            || Exchanged::failed(Failure::new(Code::InvalidArgument, "method: this cannot be the path of a URL"));
        let uri = uri.ok_or_else(wrong)?;
        let stopped = self.shutdown.flag();
        let connection = loop {
            match self.pool.checkout(&host.origin, end) {
                Checkout::Connection(mut connection) => {
                    if connection.is_open() {
                        break connection;
                    }
                    let failed = connection.never_served();
                    drop(connection);
                    self.pool.gone();
                    if let Some(error) = failed {
                        return Err(Exchanged::Broken(error));
                    }
                }
                Checkout::Permit => {
                    let wake: Wake = Arc::new(|| {});
                    match blocking::dial(&self.dialer, &host.origin, end, wake, stopped) {
                        Ok(connection) => break connection,
                        Err(error) => {
                            self.pool.gone();
                            return Err(Exchanged::Broken(error));
                        }
                    }
                }
                Checkout::Closed => return Err(Exchanged::failed(closed_meanwhile(call.method, false))),
                Checkout::None => {
                    let text = format!(
                        "{}: no connection became free in time (maxConnections is {}); nothing was sent",
                        call.method, self.config.max_connections
                    );
                    let failure = Failure::new(Code::Timeout, text).with("reason", "\"connections\"");
                    return Err(Exchanged::failed(failure.retry(Some(RetryScope::SameRequest))));
                }
            }
        };
        let request = Request::new(uri, call.body.map(|body| Arc::new(body.clone())));
        let (result, connection) = blocking::exchange(connection, request, end, stopped);
        match connection {
            Some(connection) => self.pool.keep(connection),
            None => self.pool.gone(),
        }
        result.map_err(Exchanged::Broken)
    }

    /// What an attempt of this kind means.
    pub fn judge(&self, method: &str, result: Result<Answer, Broken>, request: Option<&str>) -> Attempt {
        let kind = Kind::of(method);
        let answer = match result {
            Ok(answer) => answer,
            Err(broken) if broken.again => return Attempt::Again(Last::Failure(broken.failure), None),
            Err(broken) => return Attempt::Final(broken.failure),
        };
        let after = answer.retry_after_ms.map(Duration::from_millis);
        match (reply::read(method, &answer), kind) {
            (Read::Answer, _) | (Read::Later, Kind::Once | Kind::Create) => Attempt::Answer(answer),
            (Read::Later, Kind::Read) => Attempt::Again(Last::Answer(answer), after),
            (Read::Unreadable, Kind::Read) => {
                Attempt::Again(Last::Failure(self.not_an_answer(method, &answer, request)), after)
            }
            (Read::Unreadable | Read::Hopeless, _) => {
                Attempt::Final(self.not_an_answer(method, &answer, request).retry(None))
            }
        }
    }

    /// The failure for a reply that is no answer of the service.
    pub fn not_an_answer(&self, method: &str, answer: &Answer, request: Option<&str>) -> Failure {
        answer.not_an_answer(method, &self.shown(&answer.text, request))
    }

    /// Attempts until there is something final, the deadline passes or the client is closed.
    pub fn repeat(
        &self,
        method: &str,
        deadline: Instant,
        mut attempt: impl FnMut() -> Attempt,
    ) -> Result<Answer, Failure> {
        let mut chance = None;
        let mut tries = 0u32;
        let mut before = None;
        loop {
            if self.shutdown.closed() {
                return Err(Failure::new(Code::Closed, format!("{method}: the client is stopped; nothing was sent")));
            }
            tries += 1;
            if tries > 1 {
                self.counters.retries.fetch_add(1, Ordering::Relaxed);
            }
            let short = deadline.saturating_duration_since(Instant::now()) < self.config.transport.request_timeout;
            let (mut last, after) = match attempt() {
                Attempt::Answer(answer) => return Ok(answer),
                Attempt::Final(failure) => return Err(failure),
                Attempt::Again(last, after) => (last, after),
            };
            // An attempt that the deadline cut off tells less than the one before it.
            if short && Instant::now() >= deadline && last.is_silence() {
                last = before.take().unwrap_or(last);
            }
            let chance = chance.get_or_insert_with(Chance::of_this_client);
            let pause = after.unwrap_or(Duration::ZERO).max(chance.backoff(tries - 1, backoff::LONGEST));
            if Instant::now() + pause >= deadline {
                return match last {
                    Last::Answer(answer) => Ok(answer),
                    Last::Failure(mut failure) => {
                        let times = if tries == 1 { "once".into() } else { format!("{tries} times") };
                        failure.description.push_str(&format!(" (tried {times})"));
                        Err(failure)
                    }
                };
            }
            if !self.shutdown.pause(pause) {
                return Err(closed_meanwhile(method, false));
            }
            before = Some(last);
        }
    }
}

/// Why an exchange brought no reply.
enum Exchanged {
    /// The connection or the exchange failed.
    Broken(crate::http::TransportError),
    /// Nothing was tried.
    Failed(Broken),
}

impl Exchanged {
    fn failed(failure: Failure) -> Self {
        let bought = super::purchase::Bought::No;
        Exchanged::Failed(Broken { sent: false, bought, again: false, failure })
    }
}

/// The failure of a call whose client was closed meanwhile.
fn closed_meanwhile(method: &str, sent: bool) -> Failure {
    let closed = Failure::new(Code::Closed, format!("{method}: the client was closed during the call"));
    if sent && Kind::of(method) == Kind::Create { closed.with("outcomeUnknown", "true") } else { closed }
}

/// getUserAgent's answer in the envelope: the text itself, or the member of a JSON object that holds it.
pub fn user_agent_answer(text: &str) -> Option<String> {
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
    let plain = !agent.is_empty() && agent.len() <= LONGEST && !agent.starts_with(['<', '[']);
    (plain && !agent.contains(char::is_control)).then(|| format!("{{\"errorId\":0,\"userAgent\":{}}}", quote(&agent)))
}
