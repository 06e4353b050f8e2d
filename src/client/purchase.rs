//! createTask, and whether it bought a task: one set of rules for tickets and for single calls.

use super::limits::{Admission, Limits};
use super::reply::{self, Answer, Created, outcome_unknown};
use crate::protocol::envelope::Envelope;
use crate::protocol::json::{Member, quote};
use crate::protocol::{Code, Failure};
use crate::secret::{Secret, Text};
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// A taskId as JSON text: a number or a string of any size, never "no task".
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TaskId(Arc<str>);

impl TaskId {
    /// The taskId of this JSON text.
    pub fn new(json: &str) -> Self {
        TaskId(Arc::from(json))
    }

    /// As JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a task was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bought {
    /// No: nothing was sent, or the service refused.
    No,
    /// Yes, this one.
    Yes(TaskId),
    /// createTask was sent and no well-formed reply came.
    Unknown,
}

impl Bought {
    /// The members that say so in an answer.
    pub fn members(&self) -> Option<(&'static str, String)> {
        match self {
            Bought::No => None,
            Bought::Yes(task_id) => Some(("taskId", task_id.to_string())),
            Bought::Unknown => Some(("outcomeUnknown", String::from("true"))),
        }
    }
}

/// Why there is no reply, and what that means for the request.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Whether any of the request may have reached the server.
    pub sent: bool,
    /// For createTask: whether a task was bought, [`Bought::No`] or [`Bought::Unknown`].
    pub bought: Bought,
    /// Whether the same request may be sent again.
    pub again: bool,
    /// What the caller reads when it is not.
    pub failure: Failure,
}

impl Broken {
    /// A createTask that did not leave, since the journal could not hold that it does.
    pub fn unwritten() -> Self {
        let text = "journal: the start of createTask could not be written, so nothing was sent";
        let failure = Failure::new(Code::QueueFull, text);
        Broken { sent: false, bought: Bought::No, again: false, failure }
    }
}

/// What became of a createTask.
#[derive(Debug)]
pub enum Outcome {
    /// Bought; `ready` when the result came with it.
    Bought {
        /// The task.
        task_id: TaskId,
        /// The result is in the same answer.
        ready: bool,
    },
    /// The result came without a taskId.
    Ready,
    /// Refused for good: the service's answer is the answer.
    Refused,
    /// Refused for now: the same request may be sent again.
    Busy,
    /// A task may have been bought.
    Unknown(Failure),
}

/// Judges a reply to createTask, and settles what was taken from the limits for it. `shown` is the beginning of the reply
/// without secrets, for an error text.
pub fn settle(
    answer: &Answer,
    limits: &mut Limits,
    admission: &mut Option<Admission>,
    now: Instant,
    shown: impl FnOnce() -> String,
) -> Outcome {
    match reply::created(answer) {
        Created::Bought { task_id, ready } => Outcome::Bought { task_id: TaskId::new(task_id), ready },
        Created::Ready => Outcome::Ready,
        Created::Refused => {
            refund(limits, admission);
            if let Some(code) = Envelope::of_task(&answer.text).and_then(|envelope| envelope.code()) {
                limits.refused(&code, now);
            }
            Outcome::Refused
        }
        Created::Busy => Outcome::Busy,
        Created::Unclear => {
            let (shown, status) = (shown(), answer.status);
            let note = answer.note.as_deref().unwrap_or("");
            Outcome::Unknown(
                outcome_unknown(&format!("the reply (HTTP {status}) has no taskId{note}: {shown}"))
                    .with("httpStatus", status.to_string())
                    .with("firstBytes", quote(&shown)),
            )
        }
    }
}

/// Gives a purchase back that certainly bought nothing, once.
pub fn refund(limits: &mut Limits, admission: &mut Option<Admission>) {
    if let Some(admission) = admission.take() {
        limits.refund(admission);
    }
}

/// The body of createTask: what the configuration adds, then the caller's members in their order and bytes.
pub fn body(key: Option<&Secret>, soft_id: Option<&str>, callback_url: Option<&str>, members: &[Member<'_>]) -> Secret {
    let has = |name: &str| members.iter().any(|member| member.name == name);
    // Many of these wait in memory at a time: they have little more room than they need.
    const AROUND: usize = 16;
    let own = [key.map(Secret::expose), soft_id, callback_url].into_iter().flatten();
    let sizes =
        own.map(|text| text.len() + AROUND).chain(members.iter().map(|m| m.name.len() + m.value.get().len() + 4));
    let mut out = Text::with_capacity(sizes.sum::<usize>() + AROUND);
    let mut push = |name: &str, value: &str| {
        let before = if out.is_empty() { "{" } else { "," };
        out.push(&[before, &quote(name), ":", value]);
    };
    if let (Some(key), false) = (key, has("clientKey")) {
        push("clientKey", key.expose());
    }
    if let (Some(soft_id), false) = (soft_id, has("softId")) {
        push("softId", soft_id);
    }
    if let Some(url) = callback_url {
        push("callbackUrl", &quote(url));
    }
    for member in members {
        push(&member.name, member.value.get());
    }
    if out.is_empty() {
        out.push(&["{"]);
    }
    out.push(&["}"]);
    out.into_secret()
}
