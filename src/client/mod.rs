//! The synchronous core: configuration, connections, retry rules, the engine, the journal and the callback receiver.

mod backoff;
mod call;
#[cfg(feature = "callback")]
mod callback;
mod config;
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
pub(crate) mod secret;
mod service;
mod stage;

use crate::log;
use crate::protocol::catalog::{Edition, Problem};
use crate::protocol::envelope::Envelope;
use crate::protocol::json::{self, Object, quote};
use crate::protocol::method::canonical;
use crate::protocol::request::{Validate, invalid};
use crate::protocol::{Code, Failure};
use call::{Attempt, Call, Last};
use config::{Config, Endpoint};
use engine::Engine;
use hosts::Next;
use limits::Admission;
use purchase::{Bought, Outcome};
use reply::Answer;
use secret::Secret;
use service::{Kind, Service};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[cfg(feature = "cli")]
pub use engine::LeftBehind;
pub use engine::{Delivery, Receipt, Waited};
#[cfg(feature = "cli")]
pub use probe::{Greeting, Place, Trouble};

/// An open client.
pub struct Client {
    engine: Engine,
    service: Arc<Service>,
    #[cfg(feature = "sandbox")]
    sandbox: Option<crate::sandbox::Sandbox>,
}

impl Client {
    /// Opens a client with the JSON of `captask_open`; `None` is all defaults. No network is touched.
    pub fn open(config: Option<&str>) -> Result<Self, Failure> {
        let config = Config::parse(config)?;
        #[cfg(not(feature = "callback"))]
        if config.callback.is_some() {
            return Err(Failure::new(Code::NotBuilt, "callback: this build has no callback receiver"));
        }
        #[cfg(feature = "sandbox")]
        let (hosts, user_agent, sandbox) = match &config.endpoint {
            Endpoint::Hosts(hosts) => (hosts.clone(), config.user_agent_endpoint.clone().unwrap_or_default(), None),
            Endpoint::Sandbox => {
                let sandbox = crate::sandbox::Sandbox::private(config.catalogue.clone())?;
                let user_agent = config.user_agent_endpoint.clone().unwrap_or_else(|| sandbox.user_agent_url());
                (vec![sandbox.url().to_owned()], user_agent, Some(sandbox))
            }
        };
        #[cfg(not(feature = "sandbox"))]
        let (hosts, user_agent) = match &config.endpoint {
            Endpoint::Hosts(hosts) => (hosts.clone(), config.user_agent_endpoint.clone().unwrap_or_default()),
            Endpoint::Sandbox => {
                return Err(Failure::new(Code::NotBuilt, "endpoint: this build has no sandbox"));
            }
        };
        let service = Arc::new(Service::new(config, hosts, user_agent)?);
        let engine = Engine::new(service.clone())?;
        if service.key_json().is_err() {
            log::warn(
                || "no clientKey: set clientKey in the configuration or CAPTASK_CLIENT_KEY, or send one with each request",
            );
        }
        Ok(Client {
            engine,
            service,
            #[cfg(feature = "sandbox")]
            sandbox,
        })
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

    /// Calls a service method with the documented body; the answer as the caller reads it.
    pub fn call(&self, method: &str, request: &str) -> String {
        self.try_call(method, request).unwrap_or_else(|failure| failure.to_json())
    }

    fn try_call(&self, method: &str, request: &str) -> Result<String, Failure> {
        if method.is_empty() || !method.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(Failure::new(Code::InvalidArgument, "method: wanted are letters, digits and underscores"));
        }
        #[cfg(feature = "panic-probe")]
        assert!(method != "captask_panic", "asked for by the panic-probe feature");
        let method = canonical(method).map_err(|why| Failure::new(Code::InvalidArgument, why))?;
        let object = Object::parse(request).map_err(|e| e.into_failure("request", Code::InvalidRequest))?;
        if method == "getUserAgent" {
            return Ok(self.user_agent());
        }
        let kind = Kind::of(method);
        let mut key = None;
        if object.get("clientKey").is_none() {
            match (self.service.key_json(), kind) {
                (Ok(own), _) => key = Some(own),
                (Err(failure), Kind::Read | Kind::Create) => return Err(failure),
                // What a method of another service needs is for the caller to know.
                (Err(_), Kind::Once) => {}
            }
        }
        if kind == Kind::Create {
            return self.create(&object, key.as_ref());
        }
        let body = purchase::body(key.as_ref(), None, None, object.members());
        let host = match (method, object.get("taskId")) {
            ("getTaskResult", Some(id)) => Some(self.service.host_of(id.get())),
            _ => None,
        };
        let deadline = Instant::now() + self.service.config.call_timeout;
        let call = Call { method, body: Some(&body) };
        let result = self.service.repeat(method, deadline, || {
            let result = self.anywhere(&call, host, deadline);
            self.service.judge(method, result, Some(body.expose()))
        });
        if method == "getTaskResult" {
            self.service.counters.polls.fetch_add(1, Ordering::Relaxed);
        }
        result.map(|answer| finished(&answer, method == "getTaskResult"))
    }

    /// One attempt: at this host, or at the first that can be connected to.
    fn anywhere(&self, call: &Call<'_>, host: Option<usize>, end: Instant) -> Result<Answer, purchase::Broken> {
        let service = &self.service;
        let order = match host {
            Some(host) => vec![host],
            None if service.hosts.len() == 1 => vec![0],
            None => self.engine.with(|_, hosts| hosts.order(Instant::now())),
        };
        let mut last = None;
        for place in order {
            let Some(target) = service.hosts.get(place) else { continue };
            if last.is_some() && (Instant::now() >= end || service.shutdown.closed()) {
                break;
            }
            let end = end.min(Instant::now() + service.config.transport.request_timeout);
            match service.attempt(call, target, place, end) {
                Err(broken) if !broken.sent && broken.failure.code != Code::Closed => {
                    if service.hosts.len() > 1 {
                        self.engine.with(|_, hosts| {
                            let mut chance = backoff::Chance::of_this_client();
                            let failure = broken.failure.clone();
                            let _: Next = hosts.failed(place, failure, !broken.again, Instant::now(), &mut chance);
                        });
                    }
                    last = Some(broken);
                }
                result => {
                    if service.hosts.len() > 1 && result.is_ok() {
                        self.engine.with(|_, hosts| hosts.reached(place));
                    }
                    return result;
                }
            }
        }
        Err(last.unwrap_or_else(|| purchase::Broken {
            sent: false,
            bought: Bought::No,
            again: false,
            failure: Failure::new(Code::Connect, format!("{}: no endpoint left", call.method)),
        }))
    }

    /// createTask outside the engine, by the same rules.
    fn create(&self, object: &Object<'_>, key: Option<&Secret>) -> Result<String, Failure> {
        let config = &self.service.config;
        match object.get("task") {
            Some(task) => check(&config.catalogue, task.get(), "/task", config.validate)?,
            None if config.validate == Validate::Strict => {
                let (problem, hint) = (String::from("task is missing"), String::from("give {\"task\":{…}}"));
                let missing = Problem { pointer: String::from("/task"), problem, hint };
                return Err(invalid(Code::InvalidTask, "the task", &[missing]));
            }
            None => {}
        }
        let body = purchase::body(key, config.soft_id.as_deref(), None, object.members());
        let deadline = Instant::now() + config.call_timeout;
        let mut admission = Some(self.engine.admit()?);
        let mut unknown = false;
        let call = Call { method: "createTask", body: Some(&body) };
        let result = self.service.repeat("createTask", deadline, || {
            // Between two attempts another task may have been refused for want of money.
            if let Err(held) = self.engine.with(|limits, _| limits.check_hold(Instant::now())) {
                return Attempt::Final(held);
            }
            // A purchase once begun gets its whole time: one that is cut short leaves its outcome unknown.
            let end = Instant::now() + config.transport.request_timeout;
            let result = self.anywhere(&call, None, end);
            self.judge_create(result, &body, &mut admission, &mut unknown)
        });
        if result.is_err() && !unknown {
            self.engine.with(|limits, _| purchase::refund(limits, &mut admission));
        }
        result.map(|answer| finished(&answer, false))
    }

    fn judge_create(
        &self,
        result: Result<Answer, purchase::Broken>,
        body: &Secret,
        admission: &mut Option<Admission>,
        unknown: &mut bool,
    ) -> Attempt {
        let service = &self.service;
        let answer = match result {
            Ok(answer) => answer,
            Err(broken) => {
                *unknown |= broken.bought == Bought::Unknown;
                let last = Last::Failure(broken.failure.clone());
                return if broken.again { Attempt::Again(last, None) } else { Attempt::Final(broken.failure) };
            }
        };
        let shown = || service.shown(&answer.text, Some(body.expose()));
        let outcome = self.engine.with(|limits, _| purchase::settle(&answer, limits, admission, Instant::now(), shown));
        match outcome {
            Outcome::Bought { task_id, .. } => {
                service.counters.created.fetch_add(1, Ordering::Relaxed);
                service.remember(task_id.as_str(), answer.host);
                log::info(|| format!("createTask: task {task_id} bought"));
                Attempt::Answer(answer)
            }
            Outcome::Ready => {
                service.counters.created.fetch_add(1, Ordering::Relaxed);
                Attempt::Answer(answer)
            }
            Outcome::Refused => Attempt::Answer(answer),
            Outcome::Busy => {
                let after = answer.retry_after_ms.map(Duration::from_millis);
                let shown = service.shown(&answer.text, Some(body.expose()));
                let last = match answer.not_an_error("createTask", &shown) {
                    Some(failure) => Last::Failure(failure),
                    None => Last::Answer(answer),
                };
                Attempt::Again(last, after)
            }
            Outcome::Unknown(failure) => {
                *unknown = true;
                Attempt::Final(failure)
            }
        }
    }

    /// `captask_get_user_agent`.
    pub fn user_agent(&self) -> String {
        let service = &self.service;
        let deadline = Instant::now() + service.config.call_timeout;
        let call = Call { method: "getUserAgent", body: None };
        let result = service.repeat(call.method, deadline, || {
            let end = deadline.min(Instant::now() + service.config.transport.request_timeout);
            let result = service.attempt(&call, &service.user_agent, 0, end);
            match result {
                Ok(answer) if answer.status == 200 => match call::user_agent_answer(&answer.text) {
                    Some(text) => Attempt::Answer(Answer { text, ..answer }),
                    None => service.judge(call.method, Ok(answer), None),
                },
                result => service.judge(call.method, result, None),
            }
        });
        match result {
            Ok(answer) => finished(&answer, false),
            Err(failure) => failure.to_json(),
        }
    }

    /// `captask_report_incorrect`: the report method goes by the task's type.
    pub fn report_incorrect(&self, request: &str) -> String {
        let wrong = |text: String| Failure::new(Code::InvalidRequest, text).to_json();
        let object = match Object::parse(request) {
            Ok(object) => object,
            Err(e) => return e.into_failure("request", Code::InvalidRequest).to_json(),
        };
        let Some(task_type) = object.get("type").and_then(json::as_string) else {
            return wrong(
                "type: wanted is the type of the task, as in \"ImageToTextTask\": it picks the method".into(),
            );
        };
        if object.get("taskId").is_none() {
            return wrong("taskId: missing; it is in the answer of createTask and of solve".into());
        }
        let mut body = secret::Text::with_capacity(request.len() + 2);
        for member in object.members().iter().filter(|m| m.name != "type") {
            let before = if body.is_empty() { "{" } else { "," };
            body.push(&[before, &quote(&member.name), ":", member.value.get()]);
        }
        body.push(&["}"]);
        self.call(self.service.config.catalogue.report_method(&task_type), body.into_secret().expose())
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

    /// `captask_close`: blocked callers return, threads end, connections and the private sandbox go.
    pub fn close(&self) {
        self.engine.close();
        #[cfg(feature = "sandbox")]
        if let Some(sandbox) = &self.sandbox {
            sandbox.close();
        }
    }
}

/// A service answer as the caller reads it: untouched when good, with what a repetition would help when not. `result` says
/// that it is one of getTaskResult.
fn finished(answer: &Answer, result: bool) -> String {
    let corrected = Envelope::of_task(&answer.text).and_then(|envelope| envelope.corrected(result));
    let text = corrected.as_deref().unwrap_or(&answer.text);
    let Some(envelope) = Envelope::of_task(text) else { return text.to_owned() };
    let mut additions = Vec::new();
    if envelope.object().get("errorId").is_none() {
        additions.push(("errorId", String::from("0")));
    }
    if !envelope.ok() {
        additions.extend(envelope.error_additions(answer.status, answer.retry_after_ms));
    }
    additions.extend(answer.warning.as_deref().map(|warning| ("warning", quote(warning))));
    if additions.is_empty() { text.to_owned() } else { envelope.with(&additions) }
}

/// Checks a task as `validate` says; pointers in what is told start with `prefix`.
fn check(catalogue: &Edition, task: &str, prefix: &str, validate: Validate) -> Result<(), Failure> {
    if validate == Validate::Off {
        return Ok(());
    }
    let found = catalogue.check_task(task);
    for warning in &found.warnings {
        log::warn(|| told(prefix, warning));
    }
    if found.problems.is_empty() {
        return Ok(());
    }
    if validate == Validate::Warn {
        for problem in &found.problems {
            log::warn(|| told(prefix, problem));
        }
        return Ok(());
    }
    let problems: Vec<Problem> =
        found.problems.into_iter().map(|p| Problem { pointer: format!("{prefix}{}", p.pointer), ..p }).collect();
    Err(invalid(Code::InvalidTask, "the task", &problems))
}

/// A problem in one line of the log.
fn told(prefix: &str, found: &Problem) -> String {
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
            format!("timeout_ms: {ms}; wanted is 0 to look, -1 to wait for ever, or milliseconds"),
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
        assert_eq!(told("/task", &found("expect little")), "/task/type: is deprecated (expect little)");
        assert_eq!(told("/task", &found("")), "/task/type: is deprecated");
    }
}
