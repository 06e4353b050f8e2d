//! How a ticket begins with what an earlier client left in the journal.

use super::event::{Begin, What};
use super::schedule::MOST_POLLS;
use super::ticket::Terms;
use crate::client::config::PollConfig;
use crate::client::journal::{Adoptable, Left};
use crate::client::purchase::TaskId;
use crate::client::reply::outcome_unknown;
use crate::protocol::{Code, Failure, RetryScope, catalog};
use std::time::{Duration, Instant};

/// A task of an earlier client that this one takes up from the journal.
#[cfg(feature = "cli")]
#[derive(Debug, Clone)]
pub struct LeftBehind {
    /// The ticket under which its answer comes.
    pub ticket: i64,
    /// Its `extra`, as JSON text.
    pub extra: Option<String>,
    /// Its createTask was begun: a task is or may be bought.
    pub begun: bool,
}

/// The tickets that these tasks get, in their order: the first ones of the engine.
#[cfg(feature = "cli")]
pub fn tickets(tasks: &[Adoptable]) -> Vec<LeftBehind> {
    let begun = |task: &Adoptable| task.left != Left::Queued;
    let tickets = tasks.iter().zip(1..);
    tickets.map(|(task, ticket)| LeftBehind { ticket, extra: task.extra.clone(), begun: begun(task) }).collect()
}

/// The ticket of such a task, and what the log says of it.
pub fn begin(task: Adoptable, ticket: i64, poll: &PollConfig, now: Instant) -> (Begin, String) {
    let timing = catalog::timing("{}");
    let millis = |time: Option<Duration>, usual: u32| {
        time.map_or(usual, |time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX))
    };
    let max_polls = poll.max_polls.unwrap_or(MOST_POLLS).min(MOST_POLLS.saturating_sub(task.polls));
    let (line, what) = match task.left {
        Left::Bought(id) => (format!("adopts task {id}"), adopt(TaskId::new(&id), task.own_key, max_polls)),
        Left::Sent => {
            let failure = outcome_unknown("the process ended before the answer came");
            (String::from("had sent createTask; its outcome is unknown"), What::Answer(None, failure))
        }
        Left::Queued => {
            let text = "the process ended before createTask was sent, and nothing was bought: submit the request again";
            let failure = Failure::new(Code::NotSent, text);
            (String::from("had not sent createTask; nothing was bought"), What::Answer(None, failure))
        }
    };
    let terms = Terms {
        ticket,
        extra: task.extra.map(String::into_boxed_str),
        started: now,
        deadline: now + Duration::from_millis(u64::from(millis(poll.timeout, timing.timeout_ms))),
        first_ms: 0,
        interval_ms: millis(poll.interval, timing.interval_ms),
        max_polls,
        polls_before: task.polls,
        key: None,
        token: None,
        kind: None,
    };
    (Begin { terms, what, record: Some(task.record), host: task.host }, line)
}

fn adopt(id: TaskId, own_key: bool, max_polls: u32) -> What {
    if own_key {
        What::Answer(Some(id), left_by_own_key())
    } else if max_polls == 0 {
        let text = "all polls of this task were used before the process ended";
        let failure = Failure::new(Code::Timeout, text).with("reason", "\"polls\"").retry(None);
        What::Answer(Some(id), failure)
    } else {
        What::Adopt(id)
    }
}

/// The answer for a task whose key only its request knew.
fn left_by_own_key() -> Failure {
    Failure::new(
        Code::Closed,
        "the process ended before the answer was read. The task was bought with the clientKey of its request, which the \
         journal does not keep: adopt the task by its taskId with that key",
    )
    .retry(Some(RetryScope::SameRequest))
}
