//! The synchronous core: configuration, connections, retry rules, the engine, the journal and the callback receiver.

#[cfg(feature = "callback")]
mod callback;
mod config;
mod core;
mod engine;
mod guard;
mod journal;
mod mask;
pub(crate) mod secret;
pub(crate) mod transport;

use crate::log;
use crate::protocol::catalog::Problem;
use crate::protocol::envelope::Envelope;
use crate::protocol::json::{self, Object, quote};
use crate::protocol::request::{Validate, invalid};
use crate::protocol::{Code, Failure, catalog};
use config::{Config, Endpoint};
use core::{Answered, Attempt, Core, Kind};
use engine::Engine;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

pub use engine::{Delivery, Receipt, Waited};

/// An open client.
pub struct Client {
    engine: Engine,
    core: Arc<Core>,
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
                let sandbox = crate::sandbox::Sandbox::open(None)?;
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
        let core = Arc::new(Core::new(config, hosts, user_agent)?);
        let engine = Engine::new(core.clone())?;
        Ok(Client {
            engine,
            core,
            #[cfg(feature = "sandbox")]
            sandbox,
        })
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
        let object = Object::parse(request).map_err(|e| e.into_failure("request", Code::InvalidRequest))?;
        if method == "getUserAgent" {
            return Ok(self.user_agent());
        }
        let (kind, started) = (Kind::of(method), Instant::now());
        let mut head = secret::Text::with_capacity(0);
        if object.get("clientKey").is_none() {
            match (self.core.key_json(), kind) {
                (Ok(key), _) => head.push(&["\"clientKey\":", key.expose()]),
                (Err(failure), Kind::Read | Kind::Create) => return Err(failure),
                // What a method of another service needs is for the caller to know.
                (Err(_), Kind::Once) => {}
            }
        }
        if kind == Kind::Create {
            match object.get("task") {
                Some(task) => check(task.get(), "/task", self.core.config.validate)?,
                None if self.core.config.validate == Validate::Strict => {
                    let (problem, hint) = (String::from("task is missing"), String::from("give {\"task\":{…}}"));
                    let missing = Problem { pointer: String::from("/task"), problem, hint };
                    return Err(invalid(Code::InvalidTask, "the task", &[missing]));
                }
                None => {}
            }
            if let (Some(soft_id), None) = (&self.core.config.soft_id, object.get("softId")) {
                let comma = if head.is_empty() { "" } else { "," };
                head.push(&[comma, "\"softId\":", soft_id]);
            }
            self.core.guard.admit(started)?;
        }
        let body = before(&object, head);
        let host = match (method, object.get("taskId")) {
            ("getTaskResult", Some(id)) => Some(self.core.host_of(id.get())),
            _ => None,
        };
        let core = &self.core;
        let result = core.call(method, started + core.config.call_timeout, |left| {
            // A purchase once begun gets its whole time: one that is cut short leaves its outcome unknown.
            let left = if kind == Kind::Create { core.config.transport.request_timeout } else { left };
            // Between two attempts another task may have been refused for want of money.
            match core.guard.check_hold(Instant::now()) {
                Err(held) if kind == Kind::Create => Attempt::Final(held),
                _ => core.attempt(method, body.expose(), host, left),
            }
        });
        if method == "getTaskResult" {
            core.counters.polls.fetch_add(1, Ordering::Relaxed);
        }
        if kind == Kind::Create {
            self.note_create(&result, started);
        }
        result.map(|answered| finished(&answered))
    }

    /// What a createTask outside the engine means for counts and limits.
    fn note_create(&self, result: &Result<Answered, Failure>, started: Instant) {
        let core = &self.core;
        let answer = match result {
            Ok(answered) => Envelope::of_service(&answered.text).map(|envelope| (answered, envelope)),
            Err(failure) => {
                if matches!(failure.code, Code::Connect | Code::Tls | Code::BadResponse | Code::Guard) {
                    core.guard.give_back(started);
                }
                return;
            }
        };
        match answer {
            Some((answered, envelope)) if envelope.ok() => {
                core.counters.created.fetch_add(1, Ordering::Relaxed);
                if let Some(id) = envelope.task_id() {
                    core.remember(id, answered.host);
                    log::info(|| format!("createTask: task {id} bought"));
                }
            }
            Some((_, envelope)) => {
                core.guard.give_back(started);
                if let Some(code) = envelope.code() {
                    core.guard.refused(&code, Instant::now());
                }
            }
            None => {}
        }
    }

    /// `captask_get_user_agent`.
    pub fn user_agent(&self) -> String {
        let core = &self.core;
        let deadline = Instant::now() + core.config.call_timeout;
        match core.call("getUserAgent", deadline, |left| core.attempt_user_agent(left)) {
            Ok(answered) => finished(&answered),
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
        self.call(catalog::report_method(&task_type), body.into_secret().expose())
    }

    /// `captask_inspect`.
    pub fn inspect(&self) -> String {
        let core = &self.core;
        let census = self.engine.census();
        let count = |n: &std::sync::atomic::AtomicU64| n.load(Ordering::Relaxed);
        let endpoint = match &core.config.endpoint {
            Endpoint::Sandbox => "sandbox:".to_owned(),
            Endpoint::Hosts(hosts) => hosts.first().cloned().unwrap_or_default(),
        };
        let port = self.engine.callback_port().map_or_else(|| "null".into(), |port| port.to_string());
        let callbacks = self.engine.callback_counts().unwrap_or_else(|| "null".into());
        format!(
            "{{\"errorId\":0,\"kind\":\"client\",\"endpoint\":{},\"url\":{},\"inFlight\":{},\"unread\":{},\
             \"created\":{},\"polls\":{},\"retries\":{},\"connections\":{},\"threads\":{},\"callbackPort\":{port},\
             \"callbacks\":{callbacks}}}",
            quote(&endpoint),
            quote(core.hosts.first().map_or("", String::as_str)),
            census.in_flight,
            census.unread,
            count(&core.counters.created),
            count(&core.counters.polls),
            count(&core.counters.retries),
            core.transport.open_connections(),
            self.engine.threads(),
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

/// The object's text with members before its first one.
fn before(object: &Object<'_>, members: secret::Text) -> secret::Secret {
    if members.is_empty() {
        return secret::Secret::new(object.text().to_owned());
    }
    let members = members.into_secret();
    let comma = if object.members().is_empty() { "" } else { "," };
    let mut out = secret::Text::with_capacity(object.text().len() + members.expose().len() + 2);
    out.push(&["{", members.expose(), comma, &object.text()[1..]]);
    out.into_secret()
}

/// A service answer as the caller reads it: untouched when good, with what a repetition would help when not.
fn finished(answered: &Answered) -> String {
    match Envelope::of_service(&answered.text) {
        Some(envelope) if !envelope.ok() => {
            envelope.with(&envelope.error_additions(answered.status, answered.retry_after_ms))
        }
        _ => answered.text.clone(),
    }
}

/// Checks a task as `validate` says; pointers in what is told start with `prefix`.
fn check(task: &str, prefix: &str, validate: Validate) -> Result<(), Failure> {
    if validate == Validate::Off {
        return Ok(());
    }
    let found = catalog::check_task(task);
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
