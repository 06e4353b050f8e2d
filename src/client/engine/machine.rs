//! The machine: every ticket, the state it is in, and what moves it. Pure: it has no thread, lock, socket, clock or file.
//!
//! [`Machine::handle`] takes what happened and the time, and returns what is to be done. A ticket is in one state:
//!
//! | state | leaves it by | to |
//! | --- | --- | --- |
//! | Queued | a free connection | Creating |
//! | | cancel, stop, deadline, a held client, no host that accepts a handshake | its answer |
//! | Retrying | its time | Queued |
//! | | cancel, stop, deadline | its answer |
//! | Creating | a taskId | Waiting |
//! | | a refusal for now, or a connection that failed before anything was sent | Retrying, Queued |
//! | | a refusal, a result, an unknown outcome | its answer |
//! | | cancel, stop, deadline | its answer, and Orphaned |
//! | Waiting | its time | Due |
//! | | cancel, stop, deadline, a callback | its answer |
//! | Due | a free connection | Polling |
//! | | cancel, stop, deadline, a callback | its answer |
//! | Polling | "processing", a failure | Waiting |
//! | | a result, an error of the task, polls used up, cancel, stop, deadline, a callback | its answer |
//! | Orphaned | any end of its createTask | nothing, its taskId logged and written down |
//!
//! A fault of this library ends a ticket in every state (`faults.rs`). A callback before the taskId waits in the ticket.
//! Every other pair of state and event is survived without a move; `moves_test.rs` walks all of them.

use super::event::{Done, Effect, Event, Timer};
use super::planted::{may_fail, planted};
use super::poll_times::PollTimes;
use super::ticket::{State, Ticket};
use crate::client::backoff::Chance;
use crate::client::hosts::Hosts;
use crate::client::limits::Limits;
use crate::log::Level;
use crate::secret::Secret;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the machine has to know of the configuration.
#[derive(Debug)]
pub struct Settings {
    /// `maxConnections`.
    pub max_connections: usize,
    /// `requestTimeoutMs`.
    pub request_timeout: Duration,
    /// The key of the client, as JSON text.
    pub key_json: Option<Secret>,
    /// `poll.learn`.
    pub learn: bool,
}

/// Counts for `captask_inspect`.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Tasks bought.
    pub created: u64,
    /// getTaskResult calls sent.
    pub polls: u64,
    /// Attempts after the first, of any request.
    pub retries: u64,
}

/// Bytes of results that are kept while createTask's own reply is still to come.
pub const EARLY_BYTES: usize = 8 << 20;

/// A number of milliseconds.
pub(super) fn millis(ms: u32) -> Duration {
    Duration::from_millis(u64::from(ms))
}

/// The ticket that is being moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub ticket: i64,
    /// No request of it is on a connection, or none any more.
    pub over: bool,
}

/// Kinds of tasks whose names are shared.
const SHARED_KINDS: usize = 64;

/// What was in a machine.
pub struct Remains {
    tickets: HashMap<i64, Box<Ticket>>,
    _queues: Vec<BTreeSet<(Instant, i64)>>,
}

impl Remains {
    /// The tickets without an answer.
    pub fn into_flights(self) -> impl Iterator<Item = (i64, Box<Ticket>)> {
        self.tickets.into_iter().filter(|(_, ticket)| ticket.state != State::Orphaned)
    }
}

/// Every ticket of one client.
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) tickets: HashMap<i64, Box<Ticket>>,
    /// Every ticket in flight, by its deadline.
    pub(super) deadlines: BTreeSet<(Instant, i64)>,
    /// Retrying and Waiting, by their time.
    pub(super) timers: BTreeSet<(Instant, i64)>,
    /// Queued, the longest waiting first.
    pub(super) creates: BTreeSet<(Instant, i64)>,
    /// Due, for each host, the longest waiting first.
    pub(super) due: Vec<BTreeSet<(Instant, i64)>>,
    /// createTasks on connections, those of tickets that have ended included.
    pub(super) creating: usize,
    /// Where connections can be made.
    pub hosts: Hosts,
    /// The client's own limits.
    pub limits: Limits,
    pub(super) poll_times: PollTimes,
    kinds: Vec<Arc<str>>,
    pub(super) chance: Chance,
    pub(super) counts: Counts,
    pub(super) early_bytes: usize,
    pub(super) stopped: bool,
    pub(super) effects: Vec<Effect>,
    /// What is being moved, for a fault in it.
    pub(super) step: Option<Step>,
    /// The most detailed level of lines that are wanted.
    pub(super) log_level: i32,
    #[cfg(test)]
    pub(super) planted: Option<super::planted::Planted>,
    /// So many places on, a handler fails.
    #[cfg(test)]
    pub(super) fails_in: Option<u64>,
    /// The tickets that faults have hit, 0 for none.
    #[cfg(test)]
    pub(super) caught: Vec<i64>,
}

impl Machine {
    /// A machine without tickets.
    pub fn new(settings: Settings, hosts: Hosts, limits: Limits, chance: Chance) -> Self {
        let due = vec![BTreeSet::new(); hosts.count()];
        Machine {
            settings,
            tickets: HashMap::new(),
            deadlines: BTreeSet::new(),
            timers: BTreeSet::new(),
            creates: BTreeSet::new(),
            due,
            creating: 0,
            hosts,
            limits,
            poll_times: PollTimes::new(),
            kinds: Vec::new(),
            chance,
            counts: Counts::default(),
            early_bytes: 0,
            stopped: false,
            effects: Vec::new(),
            step: None,
            log_level: 0,
            #[cfg(test)]
            planted: None,
            #[cfg(test)]
            fails_in: None,
            #[cfg(test)]
            caught: Vec::new(),
        }
    }

    /// What an event does; a fault in it is caught by [`Machine::handle`].
    pub(super) fn take_in(&mut self, now: Instant, event: Event) -> Done {
        match event {
            Event::Submitted(begin) => self.submitted(*begin, now),
            Event::Free(host) => self.free(host, now),
            Event::Replied(ticket, answer, shown) => self.replied(ticket, answer, shown, now),
            Event::Broken(ticket, broken) => self.broken(ticket, broken, now),
            Event::CalledBack(ticket, answer) => self.called_back(ticket, answer, now),
            Event::Cancelled(ticket) => self.cancelled(ticket, now),
            Event::Fault(ticket) => self.fault(ticket, now),
            Event::Reached(host) => {
                self.hosts.reached(host);
                Done::Yes
            }
            Event::Unreachable(host, failure, hopeless) => self.unreachable(host, failure, hopeless, now),
            Event::Time => self.time(now),
            Event::Stopped => {
                self.stopped = true;
                Done::Yes
            }
            Event::EndStopped(ticket) => self.end_stopped(ticket, now),
        }
    }

    /// What is to be done, in this order, into a place that is used again.
    pub fn drain_effects(&mut self, into: &mut Vec<Effect>) {
        into.append(&mut self.effects);
    }

    /// Sets the most detailed level of lines that are wanted.
    pub fn set_log_level(&mut self, level: i32) {
        self.log_level = level;
    }

    /// Whether the ticket has no answer yet.
    pub fn in_flight(&self, ticket: i64) -> bool {
        self.tickets.get(&ticket).is_some_and(|found| found.state != State::Orphaned)
    }

    /// How many tickets have no answer yet.
    pub fn flights(&self) -> usize {
        self.deadlines.len()
    }

    /// Any ticket that has no answer yet, the one with the nearest deadline.
    pub fn any_flight(&self) -> Option<i64> {
        self.deadlines.first().map(|(_, ticket)| *ticket)
    }

    /// createTasks that may be on connections at once: a share of the connections is kept for polls.
    fn most_creates(&self) -> usize {
        let most = self.settings.max_connections;
        if most < 2 { most } else { most - (most / 16).max(1) }
    }

    /// How many requests to the host wait for a connection.
    pub fn demand(&self, host: usize) -> usize {
        let polls = self.due.get(host).map_or(0, BTreeSet::len);
        if self.stopped || host != self.hosts.preferred() {
            return polls;
        }
        polls + self.creates.len().min(self.most_creates().saturating_sub(self.creating))
    }

    /// The createTask or poll that goes next to the host: polls of paid tasks before creates.
    pub(super) fn next_for(&self, host: usize) -> Option<i64> {
        if self.stopped && !planted!(self, SentAfterStop) {
            return None;
        }
        if planted!(self, CreatesFirst)
            && let Some((_, ticket)) = self.creates.first().filter(|_| host == self.hosts.preferred())
        {
            return Some(*ticket);
        }
        if let Some((_, ticket)) = self.due.get(host).and_then(BTreeSet::first) {
            return Some(*ticket);
        }
        let may_create = host == self.hosts.preferred() && self.creating < self.most_creates();
        self.creates.first().filter(|_| may_create).map(|(_, ticket)| *ticket)
    }

    /// When the machine wants to hear of the time.
    pub fn timer(&self) -> Timer {
        if self.stopped {
            return None;
        }
        let times = [self.timers.first(), self.deadlines.first()];
        times.into_iter().flatten().map(|(at, _)| *at).min()
    }

    /// Counts.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What was learnt of poll times.
    pub fn poll_times(&self) -> &PollTimes {
        &self.poll_times
    }

    /// Puts a ticket into a state, out of one queue and into another.
    pub(super) fn place(&mut self, number: i64, state: State, at: Instant) {
        may_fail!(self);
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        let (old, since, host) = (ticket.state, ticket.at, usize::from(ticket.host));
        (ticket.state, ticket.at) = (state, at);
        let on_wire = |state| matches!(state, State::Creating | State::Orphaned);
        match (on_wire(old), on_wire(state)) {
            (false, true) => self.creating += 1,
            (true, false) => self.creating = self.creating.saturating_sub(1),
            (true, true) | (false, false) => {}
        }
        if let Some(queue) = self.queue(old, host) {
            queue.remove(&(since, number));
        }
        if planted!(self, TimerForgotten) && state == State::Waiting && number % 4 == 1 {
            return;
        }
        if let Some(queue) = self.queue(state, host) {
            queue.insert((at, number));
        }
    }

    pub(super) fn queue(&mut self, state: State, host: usize) -> Option<&mut BTreeSet<(Instant, i64)>> {
        match state {
            State::Queued => Some(&mut self.creates),
            State::Retrying | State::Waiting => Some(&mut self.timers),
            State::Due => self.due.get_mut(host),
            State::Creating | State::Polling | State::Orphaned => None,
        }
    }

    /// Takes a ticket out of every queue and out of the machine.
    pub(super) fn remove(&mut self, number: i64) -> Option<Box<Ticket>> {
        let ticket = self.tickets.remove(&number)?;
        if planted!(self, EndedStaysQueued) && ticket.state == State::Queued {
            self.deadlines.remove(&(ticket.terms.deadline, number));
            return Some(ticket);
        }
        if let Some(queue) = self.queue(ticket.state, usize::from(ticket.host)) {
            queue.remove(&(ticket.at, number));
        }
        self.deadlines.remove(&(ticket.terms.deadline, number));
        if matches!(ticket.state, State::Creating | State::Orphaned) {
            self.creating = self.creating.saturating_sub(1);
        }
        if let Some(early) = &ticket.early {
            self.early_bytes = self.early_bytes.saturating_sub(early.text.len());
        }
        Some(ticket)
    }

    /// Every ticket; the machine is empty then. With hundreds of thousands of them it takes long to look at them or to
    /// drop them: nothing of that is done here.
    pub fn take_tickets(&mut self) -> Remains {
        let due = self.due.iter_mut().map(std::mem::take);
        let queues = [&mut self.deadlines, &mut self.timers, &mut self.creates].map(std::mem::take);
        Remains { _queues: due.chain(queues).collect(), tickets: std::mem::take(&mut self.tickets) }
    }

    /// The kind of a task, of which there are few and of whose tickets there are many: they share it.
    pub(super) fn shared_kind(&mut self, kind: Arc<str>) -> Arc<str> {
        if let Some(known) = self.kinds.iter().find(|known| **known == kind) {
            return known.clone();
        }
        if self.kinds.len() >= SHARED_KINDS {
            self.kinds.clear();
        }
        self.kinds.push(kind.clone());
        kind
    }

    pub(super) fn log(&mut self, level: Level, line: impl FnOnce() -> String) {
        if level as i32 <= self.log_level {
            may_fail!(self);
            self.effects.push(Effect::Log(level, line()));
        }
    }
}
