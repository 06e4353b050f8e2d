//! One task on its way: what it is, where it stands, and the answers it can end with.

use crate::client::core::{Answered, Last};
use crate::client::secret::Secret;
use crate::client::transport::Gate;
use crate::protocol::envelope::Envelope;
use crate::protocol::{Code, Failure, RetryScope};
use std::sync::{Arc, Condvar};
use std::time::{Duration, Instant};

/// What never changes of a flight.
#[derive(Debug)]
pub struct Brief {
    /// Its number.
    pub ticket: i64,
    /// JSON text to hand back.
    pub extra: Option<Box<str>>,
    /// When it was submitted.
    pub started: Instant,
    /// When it ends at the latest.
    pub deadline: Instant,
    /// From the taskId to the first poll.
    pub first: Duration,
    /// Between polls, at least.
    pub interval: Duration,
    /// Polls that this ticket may make.
    pub max_polls: u32,
    /// Polls that its task had before this ticket.
    pub polls_before: u32,
    /// The key, when it is not the client's.
    pub key: Option<Secret>,
    /// The token of its callback URL, when it has one.
    pub token: Option<Box<str>>,
    /// Before createTask leaves.
    pub gate: Arc<Gate>,
}

/// Where a flight stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// To be bought as soon as a worker is free, since then.
    Queued(Instant),
    /// To be bought again then, after a connection failed.
    Retrying(Instant),
    /// createTask is on the wire.
    Creating,
    /// To be polled then.
    Waiting(Instant),
    /// To be polled as soon as a worker is free, since then.
    Due(Instant),
    /// getTaskResult is on the wire.
    Polling,
    /// To be bought or polled by a worker with nothing else under way, since then.
    Stranded(Instant),
    /// In no queue.
    Away,
}

/// A task on its way.
pub struct Flight {
    /// What never changes.
    pub brief: Arc<Brief>,
    /// Where it stands.
    pub phase: Phase,
    /// The body of createTask, until it is bought.
    pub body: Option<Secret>,
    /// The task's number as JSON text, once known.
    pub task_id: Option<Arc<str>>,
    /// The host it was bought at.
    pub host: usize,
    /// getTaskResult calls that this ticket has made.
    pub polls: u32,
    /// Failures in a row.
    pub failures: u32,
    /// What the last failure was.
    pub trouble: Option<Box<Last>>,
    /// Who waits for this very ticket.
    pub waiter: Option<Arc<Condvar>>,
    /// Its record in the journal.
    pub record: Option<u64>,
}

/// What the members of an answer are made of.
pub struct Tale<'a> {
    /// What never changes.
    pub brief: &'a Brief,
    /// The task's number.
    pub task_id: Option<&'a str>,
    /// getTaskResult calls made.
    pub polls: u32,
}

impl Flight {
    /// What is known now.
    pub fn tale(&self) -> Tale<'_> {
        Tale { brief: &self.brief, task_id: self.task_id.as_deref(), polls: self.polls }
    }

    /// Whether a createTask of this flight may have been sent with nobody knowing what came of it. To be asked when the
    /// flight ends: one that is still connecting is taken back, and will not be sent.
    pub fn outcome_open(&self) -> bool {
        self.phase == Phase::Creating && !self.brief.gate.withdraw()
    }

    /// The answer for a flight that ends before the service has answered: what `code` says, and what is known.
    pub fn cut_short(&self, code: Code, why: &str) -> String {
        let mut failure = Failure::new(code, why);
        if self.outcome_open() {
            failure = failure.with("outcomeUnknown", "true");
        }
        self.tale().failure(failure)
    }

    /// The answer when the deadline has passed.
    pub fn timed_out(&self) -> String {
        let waited = self.brief.deadline.saturating_duration_since(self.brief.started).as_millis();
        match (&self.task_id, self.trouble.as_deref()) {
            (None, Some(Last::Answer(answered))) if !self.outcome_open() => self.tale().answer(answered),
            (None, Some(Last::Failure(failure))) if !self.outcome_open() => self.tale().failure(failure.clone()),
            (Some(_), trouble) => {
                let trouble = match trouble {
                    Some(Last::Failure(failure)) => format!("; the last poll failed: {failure}"),
                    _ => String::new(),
                };
                let failure = Failure::new(
                    Code::Timeout,
                    format!(
                        "not ready after {waited} ms and {} polls{trouble}. The task is paid for: \
                         adopt it by its taskId to wait on",
                        self.polls
                    ),
                );
                self.tale().failure(failure)
            }
            (None, _) => {
                let mut failure = Failure::new(Code::Timeout, format!("no taskId after {waited} ms")).retry(None);
                if self.outcome_open() {
                    failure = failure.with("outcomeUnknown", "true");
                    failure.description.push_str("; createTask was on the wire, a task may have been bought");
                } else {
                    failure = failure.retry(Some(RetryScope::SameRequest));
                    failure.description.push_str("; nothing was sent");
                }
                self.tale().failure(failure)
            }
        }
    }
}

impl Tale<'_> {
    fn additions(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::with_capacity(4);
        if let Some(id) = self.task_id {
            out.push(("taskId", id.to_owned()));
        }
        out.push(("ticket", self.brief.ticket.to_string()));
        if let Some(extra) = &self.brief.extra {
            out.push(("extra", extra.to_string()));
        }
        let elapsed = self.brief.started.elapsed().as_millis();
        out.push(("meta", format!("{{\"polls\":{},\"elapsedMs\":{elapsed}}}", self.polls)));
        out
    }

    /// An answer of the service with our members.
    pub fn answer(&self, answered: &Answered) -> String {
        match Envelope::of_service(&answered.text) {
            Some(envelope) => {
                let mut additions = self.additions();
                if !envelope.ok() {
                    // The service's own "taskId":0 says that there is none; ours, when known, goes beside it.
                    additions.extend(envelope.error_additions(answered.status, answered.retry_after_ms));
                }
                envelope.with(&additions)
            }
            None => self.failure(Failure::new(Code::BadResponse, "not an answer of the service")),
        }
    }

    /// A failure of ours with our members.
    pub fn failure(&self, mut failure: Failure) -> String {
        for (name, json) in self.additions() {
            failure = failure.with(name, json);
        }
        failure.to_json()
    }
}
