//! The request of solve and submit: which task to buy or to adopt, how to wait for it, what to hand back with it.

use super::catalog;
use super::envelope::names_a_task;
use super::failure::{Code, Failure};
use super::fields::{Field, each};
use super::json::{self, Object, quote};
use std::time::Duration;

/// The service allows this many getTaskResult calls a task.
pub const MOST_POLLS: u32 = 120;

/// The longest time an option may name.
const LONGEST_MS: u64 = i32::MAX as u64;

/// What is done with the members of a task before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validate {
    /// Refuse what has a problem.
    Strict,
    /// Log problems and send.
    Warn,
    /// Send.
    Off,
}

/// The words of `validate`.
pub const VALIDATE_WORDS: &[(&str, Validate)] =
    &[("strict", Validate::Strict), ("warn", Validate::Warn), ("off", Validate::Off)];

/// The names of the members of `options`.
pub const OPTION_NAMES: &[&str] = &["timeoutMs", "firstPollMs", "pollIntervalMs", "maxPolls", "pollsUsed", "validate"];

/// `options`: how to wait for one task. What is absent comes from the client's configuration or the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// From submit to giving up.
    pub timeout: Option<Duration>,
    /// From the taskId to the first poll.
    pub first_poll: Option<Duration>,
    /// Between polls.
    pub poll_interval: Option<Duration>,
    /// Polls of this ticket, at most 120.
    pub max_polls: Option<u32>,
    /// Polls that an adopted task has had before.
    pub polls_used: u32,
    /// Instead of the client's `validate`.
    pub validate: Option<Validate>,
}

impl Options {
    fn parse(object: &Object<'_>) -> Result<Self, Failure> {
        let mut options = Options::default();
        let polls = |field: &Field<'_>, low| field.integer(low, u64::from(MOST_POLLS)).map(|n| n as u32);
        each(
            object,
            "options.",
            Code::InvalidRequest,
            |name, field| {
                match name {
                    "timeoutMs" => options.timeout = Some(field.millis(1, LONGEST_MS)?),
                    "firstPollMs" => options.first_poll = Some(field.millis(0, LONGEST_MS)?),
                    "pollIntervalMs" => options.poll_interval = Some(field.millis(1, LONGEST_MS)?),
                    "maxPolls" => options.max_polls = Some(polls(&field, 1)?),
                    "pollsUsed" => options.polls_used = polls(&field, 0)?,
                    "validate" => options.validate = Some(field.word(VALIDATE_WORDS)?),
                    _ => return Ok(false),
                }
                Ok(true)
            },
            OPTION_NAMES,
        )?;
        Ok(options)
    }
}

/// What a solve or submit is about; texts are borrowed from the request and untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Buy this task: the text of `task`.
    Buy(&'a str),
    /// Wait for a task bought before: the text of `taskId`, a number or a string.
    Adopt(&'a str),
}

/// A request of solve or submit.
#[derive(Debug, Clone)]
pub struct SolveRequest<'a> {
    /// Which task.
    pub subject: Subject<'a>,
    /// How to wait.
    pub options: Options,
    /// JSON text to hand back in the answer.
    pub extra: Option<&'a str>,
    /// `clientKey`, where the request brings its own.
    pub client_key: Option<String>,
    /// Whether the request brings its own `callbackUrl`.
    pub has_callback: bool,
    object: Object<'a>,
}

impl<'a> SolveRequest<'a> {
    /// Reads a request; everything but the members of the task is judged here.
    pub fn parse(text: &'a str) -> Result<Self, Failure> {
        let wrong = |text: String| Failure::new(Code::InvalidRequest, text);
        let object = Object::parse(text).map_err(|e| e.into_failure("request", Code::InvalidRequest))?;
        let options = match object.get("options") {
            Some(raw) if raw.get() != "null" => {
                let options = Object::parse(raw.get())
                    .map_err(|_| wrong(format!("options: wanted is an object, found is {}", json::kind(raw))))?;
                Options::parse(&options)?
            }
            _ => Options::default(),
        };
        let subject = match (object.get("task"), object.get("taskId")) {
            (Some(_), Some(_)) => {
                return Err(wrong("task and taskId: give task to buy one or taskId to adopt one, not both".into()));
            }
            (None, None) => {
                return Err(wrong("task: missing; give task to buy one, or taskId to adopt one already bought".into()));
            }
            (Some(task), None) if task.get().starts_with('{') => Subject::Buy(task.get()),
            (Some(task), None) => {
                return Err(wrong(format!("task: wanted is an object, found is {}", json::kind(task))));
            }
            (None, Some(id)) if names_a_task(id.get()) => Subject::Adopt(id.get()),
            (None, Some(id)) => {
                return Err(wrong(format!(
                    "taskId: wanted is the number or string that createTask gave, found is {}",
                    if id.get() == "0" { "0, which is no task" } else { json::kind(id) }
                )));
            }
        };
        let client_key = match object.get("clientKey") {
            Some(raw) => Some(json::as_string(raw).ok_or_else(|| wrong("clientKey: wanted is a string".into()))?),
            None => None,
        };
        if let Some(raw) = object.get("callbackUrl")
            && json::as_string(raw).is_none()
        {
            return Err(wrong(format!("callbackUrl: wanted is a string, found is {}", json::kind(raw))));
        }
        let has_callback = object.get("callbackUrl").is_some();
        let extra = object.get("extra").map(|raw| raw.get());
        Ok(SolveRequest { subject, options, extra, client_key, has_callback, object })
    }

    /// The body of createTask: every top-level member but `options` and `extra`, in the caller's order and bytes,
    /// after `additions` (name and JSON text of members that the request does not have).
    pub fn create_body(&self, additions: &[(&str, String)]) -> String {
        let mut out = String::with_capacity(self.object.text().len() + 96);
        out.push('{');
        let mut first = true;
        let mut push = |name: &str, value: &str| {
            if !std::mem::take(&mut first) {
                out.push(',');
            }
            out.push_str(&quote(name));
            out.push(':');
            out.push_str(value);
        };
        for (name, value) in additions {
            if self.object.get(name).is_none() {
                push(name, value);
            }
        }
        for member in self.object.members() {
            if !matches!(&*member.name, "options" | "extra") {
                push(&member.name, member.value.get());
            }
        }
        out.push('}');
        out
    }

    /// The catalogue's timings for the task; the usual ones for an adopted task.
    pub fn timing(&self) -> catalog::Timing {
        match self.subject {
            Subject::Buy(task) => catalog::timing(task),
            Subject::Adopt(_) => catalog::Timing { first_ms: 0, ..catalog::timing("{}") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> (&'static str, String) {
        let failure = SolveRequest::parse(text).unwrap_err();
        (failure.code.as_str(), failure.description)
    }

    #[test]
    fn what_is_not_a_request_is_refused_by_name() {
        for (text, word) in [
            ("[]", "array"),
            ("{}", "task: missing"),
            (r#"{"task":{},"taskId":1}"#, "not both"),
            (r#"{"task":"x"}"#, "found is a string"),
            (r#"{"taskId":0}"#, "no task"),
            (r#"{"taskId":null}"#, "null"),
            (r#"{"taskId":1,"options":{"timeoutMs":0}}"#, "options.timeoutMs"),
            (r#"{"taskId":1,"options":{"timeOut":9}}"#, "options.timeOut"),
            (r#"{"taskId":1,"options":{"maxPolls":121}}"#, "options.maxPolls"),
            (r#"{"taskId":1,"options":[]}"#, "options"),
            (r#"{"task":{},"callbackUrl":5}"#, "callbackUrl"),
        ] {
            let (code, said) = code(text);
            assert_eq!(code, "CAPTASK_INVALID_REQUEST", "{text}");
            assert!(said.contains(word), "{text}: {said}");
        }
        assert_eq!(code(r#"{"task":"#).0, "CAPTASK_INVALID_JSON");
    }

    #[test]
    fn only_options_and_extra_stay_behind() {
        let text = r#"{"z":1.50,"task":{"b":1,"a":12345678901234567890},"extra":[1],"options":{"maxPolls":5},"softId":7}"#;
        let request = SolveRequest::parse(text).unwrap();
        assert_eq!(request.extra, Some("[1]"));
        assert_eq!(request.options.max_polls, Some(5));
        let body = request.create_body(&[("clientKey", "\"k\"".into()), ("softId", "9".into())]);
        assert_eq!(
            body,
            r#"{"clientKey":"k","z":1.50,"task":{"b":1,"a":12345678901234567890},"softId":7}"#
        );
    }
}
