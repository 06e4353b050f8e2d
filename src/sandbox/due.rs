//! Which callbacks are due when, and what became of them.

use crate::protocol::json::quote;
use hyper::Uri;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

/// Which callback is due when, and what became of those that were.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    due: BinaryHeap<Reverse<Due>>,
    /// One was added that is due before all others.
    sooner: bool,
    pub(super) sending: u64,
    delivered: u64,
    failed: u64,
    /// The task whose callback failed last, and why.
    last_failure: Option<(u64, String)>,
}

#[derive(Debug)]
struct Due {
    at: Instant,
    task: u64,
    url: Uri,
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        (self.at, self.task) == (other.at, other.task)
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> std::cmp::Ordering {
        (self.at, self.task).cmp(&(other.at, other.task))
    }
}

/// What to do for the callbacks now.
pub(super) enum Next {
    /// Send this task's result to there.
    Deliver(Job),
    /// Nothing until then; `None`: until one is added.
    Wait(Option<Instant>),
}

/// One callback that is due.
pub(super) struct Job {
    pub(super) task: u64,
    pub(super) url: Uri,
    pub(super) body: String,
}

impl Schedule {
    pub(super) fn add(&mut self, at: Instant, task: u64, url: Uri) {
        self.sooner |= self.due.peek().is_none_or(|Reverse(first)| at < first.at);
        self.due.push(Reverse(Due { at, task, url }));
    }

    /// Whether somebody who waits for the first one has to wait for another now. Asking clears it.
    pub(super) fn take_sooner(&mut self) -> bool {
        std::mem::take(&mut self.sooner)
    }

    /// Takes the first one if it is due; else says when it will be.
    pub(super) fn next(&mut self, now: Instant) -> Result<(u64, Uri), Option<Instant>> {
        match self.due.peek() {
            Some(Reverse(first)) if first.at > now => Err(Some(first.at)),
            _ => self.due.pop().map(|Reverse(due)| (due.task, due.url)).ok_or(None),
        }
    }

    pub(super) fn done(&mut self, task: u64, result: Result<(), String>) {
        self.sending -= 1;
        match result {
            Ok(()) => self.delivered += 1,
            Err(why) => {
                self.failed += 1;
                self.last_failure = Some((task, why));
            }
        }
    }

    /// Drops those that wait and the counts.
    pub(super) fn clear(&mut self) {
        self.due.clear();
        (self.delivered, self.failed, self.last_failure) = (0, 0, None);
    }

    pub(super) fn to_json(&self) -> String {
        let failure = match &self.last_failure {
            Some((task, why)) => format!("{{\"taskId\":{task},\"why\":{}}}", quote(why)),
            None => String::from("null"),
        };
        format!(
            "{{\"waiting\":{},\"sending\":{},\"delivered\":{},\"failed\":{},\"lastFailure\":{failure}}}",
            self.due.len(),
            self.sending,
            self.delivered,
            self.failed
        )
    }
}
