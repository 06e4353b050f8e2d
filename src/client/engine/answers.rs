//! Answers that wait for the host: who waits for which, in what order they are read, and what is owed when one has arrived.

use super::event::Answered;
use crate::client::purchase::TaskId;
use crate::sys::Readiness;
use crate::sys::sync::Condvar;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// An answer that waits for its reader.
pub struct Unread {
    /// Whose it is.
    pub ticket: i64,
    /// The JSON.
    pub text: String,
    /// The task, for the log when the answer is never read.
    pub task_id: Option<TaskId>,
    /// Its record in the journal.
    pub record: Option<u64>,
    /// Its place among the answers that `receive` gives out; none while a caller waits for this very ticket.
    place: Option<u64>,
}

/// Answers that nobody will read.
pub struct Dropped {
    unread: HashMap<i64, Unread>,
    order: BTreeMap<u64, i64>,
}

impl Dropped {
    /// The answers by their tickets, the oldest first.
    pub fn in_order(mut self) -> impl Iterator<Item = (i64, Unread)> {
        self.order.into_values().filter_map(move |ticket| self.unread.remove_entry(&ticket))
    }
}

/// The answers of one client.
#[derive(Default)]
pub struct Answers {
    unread: HashMap<i64, Unread>,
    /// Those that `receive` gives out, the oldest first.
    order: BTreeMap<u64, i64>,
    places: u64,
    /// Who waits for a ticket of their own.
    waiters: HashMap<i64, Arc<Condvar>>,
    /// Threads blocked in `receive`, those on their way to look not counted.
    pub receivers: usize,
    /// So many callers of `receive` are to return without an answer.
    wakes: usize,
    /// What tells the host's event loop that `receive` has something to give; none until it is asked for.
    readiness: Option<Readiness>,
    /// The client is stopped: `receive` always has something to give.
    stopped: bool,
}

impl Answers {
    /// Answers unread.
    pub fn unread(&self) -> usize {
        self.unread.len()
    }

    /// Whether `receive` has an answer to give.
    pub fn receivable(&self) -> usize {
        self.order.len()
    }

    /// Takes an answer in; a caller who waits for it is woken.
    pub fn insert(&mut self, answered: Answered) {
        let Answered { ticket, text, task_id, record } = answered;
        let place = match self.waiters.get(&ticket) {
            Some(waiter) => {
                waiter.notify_one();
                None
            }
            None => {
                self.places += 1;
                self.order.insert(self.places, ticket);
                Some(self.places)
            }
        };
        self.unread.insert(ticket, Unread { ticket, text, task_id, record, place });
        self.show();
    }

    /// Makes the descriptor readable or not, under the lock that changed what it tells.
    fn show(&mut self) {
        if let Some(readiness) = &mut self.readiness {
            if self.stopped || !self.order.is_empty() { readiness.set() } else { readiness.clear() }
        }
    }

    /// From now on `receive` always has something to give.
    pub fn stop(&mut self) {
        self.stopped = true;
        self.show();
    }

    /// The descriptor, when there is one.
    pub fn descriptor(&self) -> Option<i64> {
        self.readiness.as_ref().map(Readiness::number)
    }

    /// Takes a descriptor over unless there is one; which it is now.
    pub fn tell_by(&mut self, readiness: Readiness) -> i64 {
        let number = self.readiness.get_or_insert(readiness).number();
        self.show();
        number
    }

    /// Closes the descriptor.
    pub fn tell_no_more(&mut self) {
        self.readiness = None;
    }

    /// Has one caller of `receive` return without an answer: one for each that is blocked, or the next.
    pub fn wake(&mut self) {
        if self.wakes < self.receivers.max(1) {
            self.wakes += 1;
        }
    }

    /// Whether this caller is the one.
    pub fn take_wake(&mut self) -> bool {
        let woken = self.wakes > 0;
        self.wakes -= usize::from(woken);
        woken
    }

    /// The answer of a ticket that this caller waits for, or that is not another waiter's.
    pub fn read(&mut self, ticket: i64) -> Option<Unread> {
        let unread = self.unread.remove(&ticket)?;
        match unread.place {
            Some(place) => _ = self.order.remove(&place),
            None => _ = self.waiters.remove(&ticket),
        }
        self.show();
        Some(unread)
    }

    /// The oldest answer that nobody waits for.
    pub fn read_next(&mut self) -> Option<Unread> {
        let (_, ticket) = self.order.pop_first()?;
        self.show();
        self.unread.remove(&ticket)
    }

    /// Whether the ticket has an answer, and whether that is a waiter's.
    pub fn answered(&self, ticket: i64) -> Option<bool> {
        self.unread.get(&ticket).map(|unread| unread.place.is_none())
    }

    /// Whether a caller waits for the ticket.
    pub fn waited_for(&self, ticket: i64) -> bool {
        self.waiters.contains_key(&ticket)
    }

    /// The tickets that callers wait for.
    pub fn awaited(&self) -> Vec<i64> {
        self.waiters.keys().copied().collect()
    }

    /// The journal's records of answers that callers wait for.
    pub fn awaited_records(&self) -> impl Iterator<Item = u64> {
        self.unread.values().filter(|unread| unread.place.is_none()).filter_map(|unread| unread.record)
    }

    /// Registers a caller who waits for a ticket in flight; `false` when there is one already.
    pub fn wait_for(&mut self, ticket: i64, bell: &Arc<Condvar>) -> bool {
        if self.waiters.contains_key(&ticket) {
            return false;
        }
        self.waiters.insert(ticket, bell.clone());
        true
    }

    /// Takes the registration back.
    pub fn wait_no_more(&mut self, ticket: i64) {
        self.waiters.remove(&ticket);
    }

    /// Wakes every caller who waits for a ticket.
    pub fn wake_waiters(&self) {
        self.waiters.values().for_each(|waiter| waiter.notify_one());
    }

    /// Every answer that has not been read and that no caller waits for; they are gone then.
    pub fn drop_unread(&mut self) -> Dropped {
        // There may be hundreds of thousands, and few callers who wait: only those are looked at.
        let mut unread = std::mem::take(&mut self.unread);
        let theirs = self.waiters.keys().filter_map(|ticket| unread.remove_entry(ticket));
        self.unread = theirs.collect();
        Dropped { unread, order: std::mem::take(&mut self.order) }
    }
}
