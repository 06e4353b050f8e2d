//! The synchronous core: configuration, connections, retry rules, the engine, the journal and the callback receiver.

mod backoff;
mod call;
#[cfg(feature = "callback")]
mod callback;
pub mod config;
mod dialer;
mod engine;
mod hosts;
mod journal;
mod limits;
mod pool;
#[cfg(feature = "cli")]
mod probe;
mod purchase;
mod redact;
pub mod reply;
mod service;
mod single;
mod stage;

use crate::log;
use crate::protocol::catalog::{Edition, Problem};
use crate::protocol::json::quote;
use crate::protocol::problem::invalid;
use crate::protocol::request::Validate;
use crate::protocol::{Code, Failure};
use config::{Config, Endpoint};
use engine::Engine;
use service::Service;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[cfg(feature = "cli")]
pub use engine::LeftBehind;
pub use engine::{Delivery, Receipt, Waited};
#[cfg(feature = "cli")]
pub use probe::{Greeting, Place, Trouble};

/// An open client.
pub struct Client {
    engine: Engine,
    service: Arc<Service>,
}

impl Client {
    /// Opens a client of a service at these addresses, in order, and at this one for getUserAgent. No network is touched.
    pub fn new(config: Config, hosts: Vec<String>, user_agent: String) -> Result<Self, Failure> {
        #[cfg(not(feature = "callback"))]
        if config.callback.is_some() {
            return Err(Failure::new(Code::NotBuilt, "callback: this build does not include the callback receiver"));
        }
        let service = Arc::new(Service::new(config, hosts, user_agent)?);
        let engine = Engine::new(service.clone())?;
        if service.key_json().is_err() {
            log::warn(
                || "the client has no key: set clientKey in the configuration or CAPTASK_CLIENT_KEY, or give clientKey in each request",
            );
        }
        Ok(Client { engine, service })
    }

    /// A digest of the endpoints and the key: whether two runs of a batch ask the same service for the same account.
    #[cfg(feature = "cli")]
    pub fn account(&self) -> String {
        if matches!(self.service.config.endpoint, Endpoint::Sandbox) {
            return "sandbox:".to_owned();
        }
        format!("{:016x}", journal::owner(self.service.key(), &self.service.urls().join(" ")))
    }

    /// Whether requests without a clientKey of their own can be sent.
    #[cfg(feature = "cli")]
    pub fn has_key(&self) -> bool {
        self.service.key_json().is_ok()
    }

    /// The engine: solve, submit, wait, receive, cancel.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// `captask_inspect`.
    pub fn inspect(&self) -> String {
        let service = &self.service;
        let census = self.engine.census();
        let count = |n: &std::sync::atomic::AtomicU64| n.load(Ordering::Relaxed);
        let endpoint = match &service.config.endpoint {
            Endpoint::Sandbox => "sandbox:".to_owned(),
            Endpoint::Hosts(hosts) => hosts.first().cloned().unwrap_or_default(),
        };
        let port = self.engine.callback_port().map_or_else(|| "null".into(), |port| port.to_string());
        let callbacks = self.engine.callback_counts().unwrap_or_else(|| "null".into());
        let counters = &service.counters;
        format!(
            "{{\"errorId\":0,\"kind\":\"client\",\"endpoint\":{},\"url\":{},\"inFlight\":{},\"unread\":{},\
             \"created\":{},\"polls\":{},\"retries\":{},\"connections\":{},\"threads\":{},\"callbackPort\":{port},\
             \"callbacks\":{callbacks},\"pollTimes\":{}}}",
            quote(&endpoint),
            quote(service.url(0)),
            census.in_flight,
            census.unread,
            census.counts.created + count(&counters.created),
            census.counts.polls + count(&counters.polls),
            census.counts.retries + count(&counters.retries),
            service.pool.open(),
            self.engine.threads(),
            census.poll_times,
        )
    }

    /// `captask_stop`: `false` when it was stopped before.
    pub fn stop(&self) -> bool {
        self.engine.stop()
    }

    /// Blocked callers return, threads end, connections go.
    pub fn close(&self) {
        self.engine.close();
    }
}

/// Checks a task as `validate` says; pointers in what is told start with `prefix`.
fn check(catalogue: &Edition, task: &str, prefix: &str, validate: Validate) -> Result<(), Failure> {
    if validate == Validate::Off {
        return Ok(());
    }
    let found = catalogue.check_task(task);
    for warning in &found.warnings {
        log::warn(|| log_line(prefix, warning));
    }
    if found.problems.is_empty() {
        return Ok(());
    }
    if validate == Validate::Warn {
        for problem in &found.problems {
            log::warn(|| log_line(prefix, problem));
        }
        return Ok(());
    }
    let problems: Vec<Problem> =
        found.problems.into_iter().map(|p| Problem { pointer: format!("{prefix}{}", p.pointer), ..p }).collect();
    Err(invalid(Code::InvalidTask, "the task", &problems))
}

/// A problem in one line of the log.
fn log_line(prefix: &str, found: &Problem) -> String {
    let hint = if found.hint.is_empty() { String::new() } else { format!(" ({})", found.hint) };
    format!("{prefix}{}: {}{hint}", found.pointer, found.problem)
}

/// How long a caller may wait: `None` for ever.
pub fn timeout(ms: i32) -> Result<Option<Duration>, Failure> {
    match ms {
        -1 => Ok(None),
        0.. => Ok(Some(Duration::from_millis(u64::from(ms.unsigned_abs())))),
        _ => Err(Failure::new(
            Code::InvalidArgument,
            format!("timeout_ms is {ms}; expected milliseconds, 0 not to wait, or -1 to wait without a limit"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_keeps_problem_and_hint_apart() {
        let found =
            |hint: &str| Problem { pointer: "/type".into(), problem: "is deprecated".into(), hint: hint.into() };
        assert_eq!(log_line("/task", &found("expect little")), "/task/type: is deprecated (expect little)");
        assert_eq!(log_line("/task", &found("")), "/task/type: is deprecated");
    }
}
