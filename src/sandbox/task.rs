//! The tasks that were bought: when each is ready, how often it was asked for, when it is forgotten.

use super::account::AccountId;
use crate::protocol::json::quote;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// How a task ends.
#[derive(Debug, Clone)]
pub(super) enum TaskResult {
    /// Solved: the JSON text of `solution`.
    Solution(Arc<str>),
    /// Failed with this error code.
    Error(Arc<str>),
}

/// One task.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) kind: Arc<str>,
    pub(super) account: AccountId,
    pub(super) created: Instant,
    pub(super) ready_at: Instant,
    pub(super) polls: u32,
    pub(super) reported: bool,
    pub(super) outcome: TaskResult,
}

/// Where a task stands at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Processing,
    Ready,
    Failed,
    Forgotten,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Status::Processing => "processing",
            Status::Ready => "ready",
            Status::Failed => "failed",
            Status::Forgotten => "forgotten",
        }
    }
}

impl Task {
    pub(super) fn status(&self, now: Instant, retention: Duration) -> Status {
        if now < self.ready_at {
            Status::Processing
        } else if now >= self.ready_at + retention {
            Status::Forgotten
        } else {
            match self.outcome {
                TaskResult::Solution(_) => Status::Ready,
                TaskResult::Error(_) => Status::Failed,
            }
        }
    }
}

/// How many tasks stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) created: u64,
    pub(super) processing: u64,
    pub(super) ready: u64,
    pub(super) failed: u64,
    pub(super) forgotten: u64,
}

/// Every task that is remembered. Their ids follow each other, so an id is a place in the queue.
#[derive(Debug)]
pub(super) struct Tasks {
    queue: VecDeque<Task>,
    /// The id of the first in the queue.
    first: u64,
    retention: Duration,
    limit: usize,
    created: u64,
    /// One moment on both clocks, the second as the time since 1970.
    began: (Instant, Duration),
    /// Solutions that are often the same are kept once.
    shared: VecDeque<Arc<str>>,
}

const SHARED: usize = 64;

impl Tasks {
    pub(super) fn new(first: u64, retention: Duration, limit: usize) -> Self {
        let today = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        let (queue, shared) = (VecDeque::new(), VecDeque::new());
        Tasks { queue, first, retention, limit, created: 0, began: (Instant::now(), today), shared }
    }

    /// Remembers a task and gives its id; `None` when there is no room and nothing finished to forget.
    pub(super) fn add(&mut self, task: Task, now: Instant) -> Option<u64> {
        self.forget(now);
        if self.queue.len() >= self.limit {
            if self.queue.front().is_some_and(|oldest| now < oldest.ready_at) {
                return None;
            }
            self.queue.pop_front();
            self.first += 1;
        }
        self.queue.push_back(task);
        self.created += 1;
        Some(self.first + self.queue.len() as u64 - 1)
    }

    /// The task of an id, unless it is forgotten.
    pub(super) fn get_mut(&mut self, id: u64, now: Instant) -> Option<&mut Task> {
        let retention = self.retention;
        let place = usize::try_from(id.checked_sub(self.first)?).ok()?;
        self.queue.get_mut(place).filter(|task| task.status(now, retention) != Status::Forgotten)
    }

    /// Drops every task; ids go on where they were.
    pub(super) fn clear(&mut self) {
        self.first += self.queue.len() as u64;
        self.queue.clear();
        self.created = 0;
    }

    /// Drops what is past its time. A task that takes longer than those after it keeps them a little longer.
    pub(super) fn forget(&mut self, now: Instant) {
        while self.queue.front().is_some_and(|task| task.status(now, self.retention) == Status::Forgotten) {
            self.queue.pop_front();
            self.first += 1;
        }
    }

    /// The same text as one `Arc`, for the few that come again and again.
    pub(super) fn share(&mut self, text: String) -> Arc<str> {
        if let Some(known) = self.shared.iter().find(|known| ***known == *text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        if self.shared.len() == SHARED {
            self.shared.pop_front();
        }
        self.shared.push_back(text.clone());
        text
    }

    fn newest(&self) -> impl Iterator<Item = (u64, &Task)> {
        self.queue.iter().enumerate().rev().map(|(place, task)| (self.first + place as u64, task))
    }

    /// The newest `limit` tasks, newest first, as a JSON array.
    pub(super) fn to_json(&self, limit: usize, now: Instant) -> String {
        let list = self.newest().take(limit).map(|(id, task)| {
            format!(
                "{{\"taskId\":{id},\"type\":{},\"status\":\"{}\",\"createdAtMs\":{},\"solveMs\":{},\"polls\":{},\"reported\":{}}}",
                quote(&task.kind),
                task.status(now, self.retention).word(),
                (self.began.1 + task.created.duration_since(self.began.0)).as_millis(),
                task.ready_at.duration_since(task.created).as_millis(),
                task.polls,
                task.reported
            )
        });
        format!("[{}]", list.collect::<Vec<_>>().join(","))
    }

    pub(super) fn tally(&self, now: Instant) -> Tally {
        let mut tally = Tally { created: self.created, ..Tally::default() };
        for task in &self.queue {
            match task.status(now, self.retention) {
                Status::Processing => tally.processing += 1,
                Status::Ready => tally.ready += 1,
                Status::Failed => tally.failed += 1,
                Status::Forgotten => {}
            }
        }
        tally.forgotten = tally.created - tally.processing - tally.ready - tally.failed;
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::account::Accounts;
    use crate::sandbox::config::Config;

    fn task(now: Instant, ms: u64) -> Task {
        let account = Accounts::new(Vec::new(), Config::default().balance).enter("key").unwrap();
        let outcome = TaskResult::Solution("{}".into());
        let ready_at = now + Duration::from_millis(ms);
        Task { kind: "T".into(), account, created: now, ready_at, polls: 0, reported: false, outcome }
    }

    #[test]
    fn tasks_are_forgotten_in_time_and_ids_stay_theirs() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut tasks = Tasks::new(100, Duration::from_millis(50), 1000);
        assert_eq!(tasks.add(task(start, 10), start), Some(100));
        assert_eq!(tasks.add(task(start, 1000), start), Some(101));
        assert_eq!(tasks.add(task(start, 10), start), Some(102));
        assert!(tasks.get_mut(99, start).is_none());
        assert!(tasks.get_mut(103, start).is_none());
        assert!(tasks.get_mut(100, at(59)).is_some());
        assert!(tasks.get_mut(100, at(60)).is_none());
        // 102 is past its time, too, though 101 keeps its place.
        assert!(tasks.get_mut(102, at(60)).is_none());
        assert_eq!(tasks.add(task(at(60), 10), at(60)), Some(103));
        let tally = tasks.tally(at(60));
        assert_eq!((tally.created, tally.processing, tally.forgotten), (4, 2, 2));
        tasks.clear();
        assert_eq!(tasks.add(task(at(60), 10), at(60)), Some(104));
    }

    #[test]
    fn the_cap_forgets_finished_tasks_and_refuses_when_all_are_busy() {
        let start = Instant::now();
        let mut tasks = Tasks::new(1, Duration::from_secs(300), 2);
        assert_eq!(tasks.add(task(start, 10), start), Some(1));
        assert_eq!(tasks.add(task(start, 10), start), Some(2));
        assert_eq!(tasks.add(task(start, 10), start), None);
        let later = start + Duration::from_millis(20);
        assert_eq!(tasks.add(task(later, 10), later), Some(3));
        assert!(tasks.get_mut(1, later).is_none());
        assert!(tasks.get_mut(2, later).is_some());
    }
}
