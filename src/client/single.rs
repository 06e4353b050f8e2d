//! Calls of one method each, on their caller's thread.

use super::backoff::Chance;
use super::call::{self, Attempt, Call, Last};
use super::hosts::Next;
use super::limits::Admission;
use super::purchase::{self, Bought, Outcome};
use super::reply::Answer;
use super::{Client, check};
use crate::log;
use crate::protocol::catalog::Problem;
use crate::protocol::envelope::Envelope;
use crate::protocol::json::{self, Object, quote};
use crate::protocol::method::{Kind, canonical};
use crate::protocol::problem::invalid;
use crate::protocol::request::Validate;
use crate::protocol::{Code, Failure};
use crate::secret::{Secret, Text};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

impl Client {
    /// Calls a service method with the documented body; the answer as the caller reads it.
    pub fn call(&self, method: &str, request: &str) -> String {
        self.try_call(method, request).unwrap_or_else(|failure| failure.to_json())
    }

    fn try_call(&self, method: &str, request: &str) -> Result<String, Failure> {
        if method.is_empty() || !method.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(Failure::new(Code::InvalidArgument, "method: expected letters, digits and underscores only"));
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
                            let mut chance = Chance::of_this_client();
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
            failure: Failure::new(
                Code::Connect,
                format!("{}: there is no endpoint left to try; nothing was sent", call.method),
            ),
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
                log::info(|| format!("createTask: bought task {task_id}"));
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
                "type: expected the type of the task, such as \"ImageToTextTask\"; it decides the method".into(),
            );
        };
        if object.get("taskId").is_none() {
            return wrong("taskId: it is missing; give the taskId in the answer of createTask or of solve".into());
        }
        let mut body = Text::with_capacity(request.len() + 2);
        for member in object.members().iter().filter(|m| m.name != "type") {
            let before = if body.is_empty() { "{" } else { "," };
            body.push(&[before, &quote(&member.name), ":", member.value.get()]);
        }
        body.push(&["}"]);
        self.call(self.service.config.catalogue.report_method(&task_type), body.into_secret().expose())
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
