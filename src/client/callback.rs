//! The receiver of callbacks: the service posts a result to a URL of the task's own, and polling is not needed.
//!
//! The last part of the URL is a token that nobody can guess and that works once. Whatever is not a final result
//! under a live token gets 404, without telling why.

use super::config::CallbackConfig;
use super::core::Answered;
use crate::log;
use crate::protocol::envelope::{Envelope, Progress};
use crate::protocol::{Code, Failure};
use crate::server::{Handler, Head, Limits, Plan, Server, Unreadable};
use hyper::body::Bytes;
use ring::rand::{SecureRandom, SystemRandom};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use ureq::http::Uri;

/// Random bytes in a token.
const TOKEN_BYTES: usize = 16;

/// The service gives a receiver 2 s; a sender gets less than that for each part of its request.
const LIMITS: Limits = Limits {
    connections: 256,
    idle: Duration::from_secs(2),
    header: Duration::from_millis(1500),
    body: Duration::from_millis(1500),
    write: Duration::from_millis(1500),
    body_bytes: 1 << 20,
    header_bytes: 8192,
};

/// What is known of a token.
enum Entry {
    /// Nothing has come yet.
    Awaited(i64),
    /// The result has come before createTask's own reply and waits for it.
    Early(Answered),
    /// The result has come and is being handed on.
    Used,
}

type Tokens = Mutex<HashMap<Box<str>, Entry>>;

/// A running receiver.
pub struct Receiver {
    tokens: Arc<Tokens>,
    public_url: String,
    port: u16,
    server: Mutex<Option<Server>>,
}

/// Tells the engine of a ticket's result: `false` when the ticket has ended before. When its taskId is not known yet,
/// the engine hands the result to the function it is given, under the lock that createTask's reply will need.
pub type Deliver = dyn Fn(i64, Answered, &dyn Fn(Answered)) -> bool + Send + Sync;

struct Post {
    tokens: Arc<Tokens>,
    deliver: Box<Deliver>,
    prefix: String,
}

fn lock(tokens: &Tokens) -> MutexGuard<'_, HashMap<Box<str>, Entry>> {
    tokens.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receiver {
    /// Starts to listen.
    pub fn start(
        config: &CallbackConfig,
        deliver: impl Fn(i64, Answered, &dyn Fn(Answered)) -> bool + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let tokens = Arc::new(Tokens::default());
        // The path under which a proxy in front may pass requests on, with or without what publicUrl has.
        let path = config.public_url.splitn(4, '/').nth(3).unwrap_or("");
        let prefix = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        let post = Post { tokens: tokens.clone(), deliver: Box::new(deliver), prefix };
        let server = Server::start(config.listen, post, LIMITS)
            .map_err(|e| Failure::new(Code::InvalidConfig, format!("callback.listen: {}: {e}", config.listen)))?;
        let port = server.address().port();
        let public_url = with_port(&config.public_url, port);
        log::info(|| format!("callbacks are received on port {port}"));
        Ok(Receiver { tokens, public_url, port, server: Mutex::new(Some(server)) })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A new token for a ticket; `None` when the system has no randomness, and the task is polled then.
    pub fn token(&self, ticket: i64) -> Option<Box<str>> {
        let mut bytes = [0u8; TOKEN_BYTES];
        if SystemRandom::new().fill(&mut bytes).is_err() {
            log::warn(|| "no randomness for a callback token: the task is polled instead");
            return None;
        }
        let token: Box<str> = bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into();
        lock(&self.tokens).insert(token.clone(), Entry::Awaited(ticket));
        Some(token)
    }

    /// The URL that the service is given.
    pub fn url(&self, token: &str) -> String {
        format!("{}/{token}", self.public_url)
    }

    /// The result that came before its task was known, if it did.
    pub fn claim(&self, token: &str) -> Option<Answered> {
        let mut tokens = lock(&self.tokens);
        match tokens.get_mut(token) {
            Some(entry @ Entry::Early(_)) => match std::mem::replace(entry, Entry::Used) {
                Entry::Early(answered) => Some(answered),
                _ => None,
            },
            _ => None,
        }
    }

    /// Ends a token: its ticket has its answer.
    pub fn forget(&self, token: &str) {
        lock(&self.tokens).remove(token);
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

fn not_found() -> Plan {
    Plan::text(404, "text/plain", "not found\n")
}

impl Post {
    fn token<'a>(&self, head: &Head<'a>) -> Option<&'a str> {
        let token = head.path.strip_prefix(self.prefix.as_str()).or_else(|| head.path.strip_prefix('/'))?;
        (head.method == "POST" && token.len() == 2 * TOKEN_BYTES).then_some(token)
    }
}

impl Handler for Post {
    /// Refuses before the body is read what has no live token.
    fn head(&self, head: &Head<'_>) -> Option<Plan> {
        let live =
            self.token(head).is_some_and(|token| matches!(lock(&self.tokens).get(token), Some(Entry::Awaited(_))));
        (!live).then(not_found)
    }

    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        let Some(token) = self.token(head) else { return not_found() };
        let Ok(text) = std::str::from_utf8(body) else { return not_found() };
        match Envelope::parse(text).map(|envelope| envelope.progress()) {
            Some(Progress::Ready | Progress::Failed) => {}
            // Neither a result nor an end: the real one may still come.
            Some(Progress::Processing) | None => return not_found(),
        }
        let ticket = {
            let mut tokens = lock(&self.tokens);
            match tokens.get_mut(token) {
                Some(entry) => match std::mem::replace(entry, Entry::Used) {
                    Entry::Awaited(ticket) => ticket,
                    other => {
                        *entry = other;
                        return not_found();
                    }
                },
                None => return not_found(),
            }
        };
        let answered = Answered { text: text.to_owned(), status: 200, retry_after_ms: None, host: 0 };
        let early = |answered| {
            if let Some(entry) = lock(&self.tokens).get_mut(token) {
                *entry = Entry::Early(answered);
            }
        };
        if (self.deliver)(ticket, answered, &early) { Plan::text(200, "application/json", "{}") } else { not_found() }
    }

    fn unreadable(&self, _: &Head<'_>, _: Unreadable) -> Plan {
        not_found()
    }
}
