//! One ticket: what was asked, where it is, and the answers it can end with.

use crate::client::limits::Admission;
use crate::client::purchase::{Bought, TaskId};
use crate::client::reply::Answer;
use crate::protocol::envelope::Envelope;
use crate::protocol::{Code, Failure, RetryScope};
use crate::secret::Secret;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What never changes of a ticket.
#[derive(Debug)]
pub struct Terms {
    /// Its number.
    pub ticket: i64,
    /// JSON text to hand back.
    pub extra: Option<Box<str>>,
    /// When it was submitted.
    pub started: Instant,
    /// When it ends at the latest.
    pub deadline: Instant,
    /// Milliseconds from the taskId to the first poll.
    pub first_ms: u32,
    /// Milliseconds between polls, at least.
    pub interval_ms: u32,
    /// Polls that this ticket may make.
    pub max_polls: u32,
    /// Polls that its task had before this ticket.
    pub polls_before: u32,
    /// The key, when it is not the client's.
    pub key: Option<Secret>,
    /// The token of its callback URL, when it has one.
    pub token: Option<Box<str>>,
    /// The type of the task, when its poll times may be learnt.
    pub kind: Option<Arc<str>>,
}

/// Where a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// createTask goes out as soon as there is a connection for it.
    Queued,
    /// createTask goes out again at a time.
    Retrying,
    /// createTask is on a connection.
    Creating,
    /// The task is bought and asked for at a time.
    Waiting,
    /// The task is asked for as soon as there is a connection for it.
    Due,
    /// getTaskResult is on a connection.
    Polling,
    /// The ticket has its answer, and its createTask is still on a connection: a taskId may come.
    Orphaned,
}

#[cfg(test)]
impl State {
    /// Every state.
    pub const ALL: [State; 7] =
        [State::Queued, State::Retrying, State::Creating, State::Waiting, State::Due, State::Polling, State::Orphaned];
}

/// What the last reply or failure was, for an answer at the deadline.
#[derive(Debug)]
pub enum Last {
    /// An answer of the service that asked to come again.
    Answer(Answer),
    /// A failure of ours.
    Failure(Failure),
}

/// A ticket in flight.
#[derive(Debug)]
pub struct Ticket {
    /// What never changes.
    pub terms: Terms,
    /// Where it is.
    pub state: State,
    /// Since when, or until when, depending on the state; its place in the queue of that state.
    pub at: Instant,
    /// The body of createTask, until it is bought.
    pub body: Option<Arc<Secret>>,
    /// What was taken from the client's limits.
    pub admission: Option<Admission>,
    /// The task, once known.
    pub task_id: Option<TaskId>,
    /// When it became known.
    pub bought_at: Instant,
    /// When it was last asked for in vain.
    pub asked_at: Option<Instant>,
    /// The host it was bought at.
    pub host: u16,
    /// getTaskResult calls that this ticket has made, one under way included.
    pub polls: u32,
    /// Failures in a row.
    pub failures: u32,
    /// What the last reply or failure was, unless it was a plain "processing".
    pub last: Option<Box<Last>>,
    /// A result that came by callback before createTask's own reply.
    pub early: Option<Box<Answer>>,
    /// Its record in the journal.
    pub record: Option<u64>,
}

impl Ticket {
    /// Whether a task was bought, as far as is known now.
    pub fn bought(&self) -> Bought {
        match (&self.task_id, self.state) {
            (Some(task_id), _) => Bought::Yes(task_id.clone()),
            (None, State::Creating | State::Orphaned) => Bought::Unknown,
            (None, _) => Bought::No,
        }
    }

    fn additions(&self, bought: &Bought, now: Instant) -> Vec<(&'static str, String)> {
        let mut out = Vec::with_capacity(8);
        out.extend(bought.members());
        out.push(("ticket", self.terms.ticket.to_string()));
        if let Some(extra) = &self.terms.extra {
            out.push(("extra", extra.to_string()));
        }
        let elapsed = now.saturating_duration_since(self.terms.started).as_millis();
        let before = match self.terms.polls_before {
            0 => String::new(),
            before => format!(",\"pollsUsed\":{}", before + self.polls),
        };
        out.push(("meta", format!("{{\"polls\":{},\"elapsedMs\":{elapsed}{before}}}", self.polls)));
        out
    }

    /// An answer of the service with our members.
    pub fn answer(&self, answer: &Answer, now: Instant) -> String {
        let wrong = || self.failure(Failure::new(Code::BadResponse, "the reply is not an answer of the service"), now);
        let Some(envelope) = Envelope::of_task(&answer.text) else { return wrong() };
        if let Some(text) = envelope.corrected(true) {
            return Envelope::of_task(&text)
                .map_or_else(wrong, |corrected| self.with_additions(&corrected, answer, now));
        }
        self.with_additions(&envelope, answer, now)
    }

    fn with_additions(&self, envelope: &Envelope<'_>, answer: &Answer, now: Instant) -> String {
        let bought = self.task_id.clone().map_or(Bought::No, Bought::Yes);
        let mut additions = self.additions(&bought, now);
        if envelope.object().get("errorId").is_none() {
            additions.insert(0, ("errorId", String::from("0")));
        }
        if !envelope.ok() {
            // The service's own "taskId":0 says that there is none; ours, when known, goes beside it.
            additions.extend(envelope.error_additions(answer.status, answer.retry_after_ms));
        } else if envelope.object().get("status").is_none() {
            additions.push(("status", String::from("\"ready\"")));
        }
        if let Some(warning) = &answer.warning {
            additions.push(("warning", crate::protocol::json::quote(warning)));
        }
        envelope.with(&additions)
    }

    /// A failure of ours with our members.
    pub fn failure(&self, failure: Failure, now: Instant) -> String {
        let bought = self.task_id.clone().map_or(Bought::No, Bought::Yes);
        self.failure_with(failure, &bought, now)
    }

    fn failure_with(&self, mut failure: Failure, bought: &Bought, now: Instant) -> String {
        for (name, json) in self.additions(bought, now) {
            failure = failure.with(name, json);
        }
        failure.to_json()
    }

    /// The answer when the caller ends the ticket: cancelled, stopped, or a fault of this library.
    pub fn cut_short(&self, code: Code, why: &str, now: Instant) -> String {
        let bought = self.bought();
        let what = match &bought {
            Bought::Yes(_) => "the task is paid for: adopt it by its taskId to wait longer",
            Bought::Unknown => "createTask was sent, so a task may have been bought",
            Bought::No => "nothing was bought",
        };
        self.failure_with(Failure::new(code, format!("{why}; {what}")), &bought, now)
    }

    /// The answer when the deadline has passed. `host` is what keeps the client from connecting, if anything.
    pub fn timed_out(&self, host: Option<&Failure>, now: Instant) -> String {
        let waited = self.terms.deadline.saturating_duration_since(self.terms.started).as_millis();
        let bought = self.bought();
        let last = self.last.as_deref();
        let failure = match (&bought, last, host) {
            (Bought::No, Some(Last::Answer(answer)), _) => return self.answer(answer, now),
            (Bought::No, Some(Last::Failure(failure)), _) => failure.clone(),
            (Bought::No, None, Some(failure)) => failure.clone(),
            (Bought::No, None, None) => {
                let text = format!("there is no taskId after {waited} ms; nothing was sent");
                Failure::new(Code::Timeout, text).retry(Some(RetryScope::SameRequest))
            }
            (Bought::Unknown, ..) => {
                let text = format!(
                    "there is no taskId after {waited} ms; createTask was sent, so a task may have been bought"
                );
                Failure::new(Code::Timeout, text).retry(None)
            }
            (Bought::Yes(_), ..) => {
                let text = format!(
                    "the task is not ready after {waited} ms and {} polls{}. It is paid for: adopt it by its taskId to wait longer",
                    self.polls,
                    self.last_poll(host),
                );
                Failure::new(Code::Timeout, text)
            }
        };
        self.failure_with(failure, &bought, now)
    }

    /// The answer when the polls are used up.
    pub fn polls_used_up(&self, now: Instant) -> String {
        let text = format!(
            "the task is not ready after {} polls, the most that this ticket may make{}; the service allows 120 for a task",
            self.polls,
            self.last_poll(None),
        );
        self.failure(Failure::new(Code::Timeout, text).with("reason", "\"polls\"").retry(None), now)
    }

    /// What the last poll brought, for an error text.
    fn last_poll(&self, host: Option<&Failure>) -> String {
        match (self.last.as_deref(), host) {
            (Some(Last::Failure(failure)), _) => format!("; the last poll failed: {failure}"),
            (None, Some(failure)) => format!("; the last poll could not be sent: {failure}"),
            (Some(Last::Answer(answer)), _) => {
                let envelope = Envelope::of_task(&answer.text);
                let word = |name: &str| envelope.as_ref().and_then(|envelope| envelope.object().string(name));
                let mut text = format!("; the last poll was answered with HTTP {}", answer.status);
                for (name, value) in [("status", word("status")), ("code", word("errorCode"))] {
                    if let Some(value) = value {
                        text.push_str(&format!(", {name} {}", crate::protocol::json::clip(&value)));
                    }
                }
                text
            }
            (None, None) if self.asked_at.is_some() => {
                String::from("; the last poll was answered with HTTP 200, status processing")
            }
            (None, None) => String::new(),
        }
    }

    /// Time since the taskId became known.
    pub fn since_bought(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.bought_at)
    }
}
