//! The receiver of callbacks: the service posts a result to a URL of the task's own, and polling is not needed.
//!
//! The last part of the URL is a token that nobody can guess and that works once. Whatever is not a final result
//! under a live token gets 404, without telling why.

use super::config::CallbackConfig;
use super::reply::{Answer, is_result};
use crate::log;
use crate::protocol::{Code, Failure};
use crate::server::{Handler, Head, Limits, Plan, Server, Unreadable};
use hyper::body::Bytes;
use ring::rand::{SecureRandom, SystemRandom};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use ureq::http::Uri;

/// Random bytes in a token: nobody finds one by trying.
const TOKEN_BYTES: usize = 16;

/// How long the service lets a receiver take.
const PATIENCE: Duration = Duration::from_secs(2);

const LIMITS: Limits = Limits {
    connections: 256,
    idle: Duration::from_secs(2),
    header: Duration::from_millis(900),
    body: Duration::from_millis(1000),
    write: Duration::from_millis(1500),
    body_bytes: 1 << 20,
    header_bytes: 8192,
    mute: true,
};

// A sender as slow as it may be still has its answer in time.
const _: () = assert!(LIMITS.header.as_millis() + LIMITS.body.as_millis() < PATIENCE.as_millis());

/// What is known of a token.
enum Entry {
    /// Nothing has come yet.
    Awaited(i64),
    /// The result has come and is with the engine.
    Used,
}

/// The tokens given out.
#[derive(Default)]
struct Tokens {
    entries: HashMap<Box<str>, Entry>,
}

/// What the server's thread and the engine share.
#[derive(Default)]
struct Ledger {
    tokens: Mutex<Tokens>,
    received: AtomicU64,
    refused: AtomicU64,
    evicted: AtomicU64,
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tokens {
    /// Takes a live token: the ticket it is for. It is used then, unless [`Tokens::put_back`] follows.
    fn take(&mut self, token: &str) -> Option<i64> {
        let entry = self.entries.get_mut(token)?;
        let Entry::Awaited(ticket) = *entry else { return None };
        *entry = Entry::Used;
        Some(ticket)
    }

    /// Makes a token that was taken live again; one that was forgotten meanwhile stays so.
    fn put_back(&mut self, token: &str, ticket: i64) {
        if let Some(entry) = self.entries.get_mut(token) {
            *entry = Entry::Awaited(ticket);
        }
    }

    fn forget(&mut self, token: &str) {
        self.entries.remove(token);
    }
}

/// A running receiver.
pub struct Receiver {
    ledger: Arc<Ledger>,
    public_url: String,
    port: u16,
    server: Mutex<Option<Server>>,
}

/// What became of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Its ticket has its answer, or will have it with createTask's reply.
    Yes,
    /// Its ticket had ended before.
    Ended,
    /// There is no room to keep it.
    Full,
}

/// Hands a ticket's result to the engine, which keeps it when the taskId is not known yet.
pub type Deliver = dyn Fn(i64, Answer) -> Taken + Send + Sync;

struct Post {
    ledger: Arc<Ledger>,
    deliver: Box<Deliver>,
    prefix: String,
}

impl Receiver {
    /// Starts to listen.
    pub fn start(
        config: &CallbackConfig,
        deliver: impl Fn(i64, Answer) -> Taken + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let ledger = Arc::new(Ledger::default());
        // The path under which a proxy in front may pass requests on, with or without what publicUrl has.
        let path = config.public_url.splitn(4, '/').nth(3).unwrap_or("");
        let prefix = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        let post = Post { ledger: ledger.clone(), deliver: Box::new(deliver), prefix };
        let server = Server::start(config.listen, post, LIMITS)
            .map_err(|e| Failure::new(Code::InvalidConfig, format!("callback.listen: {}: {e}", config.listen)))?;
        let port = server.address().port();
        let public_url = with_port(&config.public_url, port);
        log::info(|| format!("callback: listening on port {port}"));
        Ok(Receiver { ledger, public_url, port, server: Mutex::new(Some(server)) })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A new token for a ticket; `None` when the system has no randomness, and the task is polled then.
    pub fn token(&self, ticket: i64) -> Option<Box<str>> {
        let mut bytes = [0u8; TOKEN_BYTES];
        if SystemRandom::new().fill(&mut bytes).is_err() {
            log::warn(|| "callback: the system has no random bytes for a token; the client polls for this task");
            return None;
        }
        let token: Box<str> = bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into();
        self.ledger.lock().entries.insert(token.clone(), Entry::Awaited(ticket));
        Some(token)
    }

    /// The URL below which callbacks come.
    #[cfg(feature = "cli")]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The URL that the service is given.
    pub fn url(&self, token: &str) -> String {
        format!("{}/{token}", self.public_url)
    }

    /// Ends a token: its ticket has its answer.
    pub fn forget(&self, token: &str) {
        self.ledger.lock().forget(token);
    }

    /// For `captask_inspect`, as JSON: URLs given out whose tickets have no answer yet, results taken, requests refused,
    /// and connections without a request that were closed because there were too many.
    pub fn counts(&self) -> String {
        let awaited = self.ledger.lock().entries.len();
        let (received, refused) = (&self.ledger.received, &self.ledger.refused);
        let count = |n: &AtomicU64| n.load(Ordering::Relaxed);
        format!(
            "{{\"awaited\":{awaited},\"received\":{},\"refused\":{},\"crowdedOut\":{}}}",
            count(received),
            count(refused),
            count(&self.ledger.evicted)
        )
    }

    /// Stops to listen; the port is free then.
    pub fn stop(&self) {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(server);
    }
}

/// The URL with `port` where it says port 0, which goes with listening on port 0.
fn with_port(url: &str, port: u16) -> String {
    match url.parse::<Uri>() {
        Ok(uri) if uri.port_u16() == Some(0) => {
            let path = uri.path().trim_end_matches('/');
            format!("{}://{}:{port}{path}", uri.scheme_str().unwrap_or("http"), uri.host().unwrap_or(""))
        }
        _ => url.to_owned(),
    }
}

impl Post {
    fn token<'a>(&self, head: &Head<'a>) -> Option<&'a str> {
        let token = head.path.strip_prefix(self.prefix.as_str()).or_else(|| head.path.strip_prefix('/'))?;
        (head.method == "POST" && head.query.is_none() && token.len() == 2 * TOKEN_BYTES).then_some(token)
    }

    /// Says nothing but 404, and leaves the connection to others.
    fn refuse(&self) -> Plan {
        self.ledger.refused.fetch_add(1, Ordering::Relaxed);
        Plan::text(404, "text/plain", "not found\n").header("connection", "close")
    }

    fn take(&self, token: &str, text: &str) -> bool {
        let Some(ticket) = self.ledger.lock().take(token) else { return false };
        let answer =
            Answer { text: text.to_owned(), status: 200, retry_after_ms: None, host: 0, warning: None, note: None };
        // Counted before anybody can have the answer.
        self.ledger.received.fetch_add(1, Ordering::Relaxed);
        let taken = (self.deliver)(ticket, answer);
        if taken == Taken::Full {
            self.ledger.lock().put_back(token, ticket);
        }
        if taken != Taken::Yes {
            self.ledger.received.fetch_sub(1, Ordering::Relaxed);
        }
        taken == Taken::Yes
    }
}

impl Handler for Post {
    /// Refuses before the body is read what has no live token.
    fn head(&self, head: &Head<'_>) -> Option<Plan> {
        let live = self
            .token(head)
            .is_some_and(|token| matches!(self.ledger.lock().entries.get(token), Some(Entry::Awaited(_))));
        (!live).then(|| self.refuse())
    }

    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        let text = std::str::from_utf8(body).unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self.token(head) {
            Some(token) if is_result(text) && self.take(token, text) => Plan::text(200, "application/json", "{}"),
            _ => self.refuse(),
        }
    }

    fn evicted(&self, closed: SocketAddr) {
        let count = self.ledger.evicted.fetch_add(1, Ordering::Relaxed) + 1;
        // A flood of connections is no flood of lines.
        if count.is_power_of_two() {
            let (most, ip) = (LIMITS.connections, closed.ip());
            log::warn(|| {
                format!(
                    "callback: more than {most} connections at once; the oldest without a request was closed, from {ip} ({count} closed so far)"
                )
            });
        }
    }

    fn unreadable(&self, _: &Head<'_>, _: Unreadable) -> Plan {
        self.refuse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_works_once() {
        let mut tokens = Tokens::default();
        tokens.entries.insert("a".into(), Entry::Awaited(7));
        assert_eq!((tokens.take("a"), tokens.take("a"), tokens.take("b")), (Some(7), None, None));
        tokens.put_back("a", 7);
        assert_eq!(tokens.take("a"), Some(7), "what found no room may come again");
        tokens.forget("a");
        tokens.put_back("a", 7);
        assert_eq!((tokens.take("a"), tokens.entries.len()), (None, 0), "forgotten is forgotten");
    }
}
