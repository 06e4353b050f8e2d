//! Tasks in flight: entries in timer queues, one scheduler, and workers that come and go with the work.

mod delivery;
mod entry;
mod errand;
mod flight;
mod moments;
mod pace;
mod scheduler;
mod shared;
mod state;
mod threads;
mod worker;

use super::core::Core;
use super::journal::{Adoptable, Journal};
use crate::log;
use crate::protocol::json::Object;
use crate::protocol::{Code, Failure, RetryScope, catalog};
pub use delivery::{Delivery, Receipt};
use flight::{Brief, Flight, Phase};
use moments::MOST_POLLS;
use shared::{Shared, wait_on};
use state::{Mode, State};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
use threads::Threads;

/// The engine of one client.
pub struct Engine {
    shared: Arc<Shared>,
}

/// Counts for `captask_inspect`.
pub struct Census {
    /// Tasks in flight.
    pub in_flight: usize,
    /// Answers unread.
    pub unread: usize,
}

/// The answer of `wait` and `receive`.
pub enum Waited {
    /// An answer, or an error of the call itself.
    Answer(Delivery),
    /// Time is up, nothing is there yet.
    NotYet,
}

impl Engine {
    /// An engine without threads; they come with the first task. Tasks of the journal are taken up at once.
    pub fn new(core: Arc<Core>) -> Result<Self, Failure> {
        let mut adoptable = Vec::new();
        let journal = match &core.config.journal {
            Some(path) => {
                let (journal, found) = Journal::open(path, core.key(), &core.hosts)?;
                adoptable = found;
                Some(journal)
            }
            None => None,
        };
        let shared = Arc::new(Shared {
            core,
            journal,
            state: Mutex::new(State::new()),
            work: Condvar::new(),
            clock: Condvar::new(),
            finished: Condvar::new(),
            threads: Threads::default(),
            #[cfg(feature = "callback")]
            callback: std::sync::OnceLock::new(),
        });
        let engine = Engine { shared };
        #[cfg(feature = "callback")]
        engine.listen()?;
        if !adoptable.is_empty() {
            engine.shared.threads.start_scheduler(&engine.shared)?;
            for task in adoptable {
                engine.take_up(task);
            }
        }
        Ok(engine)
    }

    /// Starts the receiver of callbacks, when the configuration asks for one.
    #[cfg(feature = "callback")]
    fn listen(&self) -> Result<(), Failure> {
        use super::callback::Taken;
        let Some(config) = &self.shared.core.config.callback else { return Ok(()) };
        let weak = Arc::downgrade(&self.shared);
        let receiver = super::callback::Receiver::start(config, move |ticket, answered, early| {
            let Some(shared) = weak.upgrade() else { return Taken::Ended };
            let mut state = shared.lock();
            let Some(flight) = state.flight(ticket) else { return Taken::Ended };
            if flight.task_id.is_none() {
                return if early(answered) { Taken::Yes } else { Taken::Full };
            }
            let text = flight.tale().answer(&answered);
            shared.finish_locked(&mut state, ticket, text);
            Taken::Yes
        })?;
        let _ = self.shared.callback.set(receiver);
        Ok(())
    }

    /// The port of the callback receiver.
    pub fn callback_port(&self) -> Option<u16> {
        #[cfg(feature = "callback")]
        return self.shared.callback.get().map(super::callback::Receiver::port);
        #[cfg(not(feature = "callback"))]
        None
    }

    /// Counts of the callback receiver, as JSON.
    pub fn callback_counts(&self) -> Option<String> {
        #[cfg(feature = "callback")]
        return self.shared.callback.get().map(super::callback::Receiver::counts);
        #[cfg(not(feature = "callback"))]
        None
    }

    /// Takes up a task that an earlier client left in the journal.
    fn take_up(&self, task: Adoptable) {
        let config = &self.shared.core.config;
        let now = Instant::now();
        let mut state = self.shared.lock();
        let ticket = state.new_ticket();
        let timing = catalog::timing("{}");
        let brief = Arc::new(Brief {
            ticket,
            extra: task.extra.map(String::into_boxed_str),
            started: now,
            deadline: now + config.poll.timeout.unwrap_or(Duration::from_millis(u64::from(timing.timeout_ms))),
            first: Duration::ZERO,
            interval: config.poll.interval.unwrap_or(Duration::from_millis(u64::from(timing.interval_ms))),
            polls_before: task.polls,
            max_polls: config.poll.max_polls.unwrap_or(MOST_POLLS).min(MOST_POLLS.saturating_sub(task.polls)),
            key: None,
            token: None,
            gate: Arc::default(),
        });
        let known = task.task_id.is_some();
        let told = match &task.task_id {
            Some(id) => format!("journal: ticket {ticket} adopts task {id}"),
            None => format!("journal: ticket {ticket} stands for a createTask whose outcome is unknown"),
        };
        let flight = Flight {
            brief: brief.clone(),
            phase: Phase::Away,
            body: None,
            task_id: task.task_id.map(Arc::from),
            host: task.host,
            polls: 0,
            failures: 0,
            trouble: None,
            waiter: None,
            record: Some(task.record),
        };
        if known && brief.max_polls > 0 && !task.own_key {
            state.insert(flight, Phase::Due(now));
            self.shared.clock.notify_one();
        } else {
            let failure = if known && task.own_key {
                Failure::new(
                    Code::Closed,
                    "the process ended before the answer was read; the task was bought with a clientKey of its \
                     request, which is not written down: adopt it by its taskId with that key",
                )
                .retry(Some(RetryScope::SameRequest))
            } else if known {
                Failure::new(Code::Timeout, "the polls of this task were used up before the crash")
                    .with("reason", "\"polls\"")
                    .retry(None)
            } else {
                super::core::outcome_unknown("the process ended before the answer came")
            };
            let text = flight.tale().failure(failure);
            state.insert(flight, Phase::Away);
            self.shared.finish_locked(&mut state, ticket, text);
        }
        drop(state);
        log::info(|| told);
    }

    /// `captask_submit`.
    pub fn submit(&self, request: &str) -> Result<i64, Failure> {
        self.enter(request, None)
    }

    /// `captask_solve`.
    pub fn solve(&self, request: &str) -> Delivery {
        let bell = Arc::new(Condvar::new());
        match self.enter(request, Some(&bell)) {
            Err(failure) => Delivery::plain(refused(failure, request).to_json()),
            Ok(ticket) => match self.await_ticket(ticket, &bell, None) {
                Waited::Answer(delivery) => delivery,
                Waited::NotYet => Delivery::plain(closed()),
            },
        }
    }

    /// `captask_wait`. `timeout` `None` waits for ever.
    pub fn wait(&self, ticket: i64, timeout: Option<Duration>) -> Waited {
        let until = timeout.and_then(|t| Instant::now().checked_add(t));
        let bell = Arc::new(Condvar::new());
        let mut state = self.shared.lock();
        match state.answered(ticket) {
            Some(true) if state.reserved(ticket) => Waited::Answer(Delivery::plain(unknown_ticket(ticket))),
            Some(true) => {
                if let Some(unread) = state.read(ticket) {
                    drop(state);
                    return Waited::Answer(Delivery::of(&self.shared, unread));
                }
                Waited::Answer(Delivery::plain(unknown_ticket(ticket)))
            }
            Some(false)
                if timeout == Some(Duration::ZERO) && state.flight(ticket).is_some_and(|f| f.waiter.is_none()) =>
            {
                Waited::NotYet
            }
            Some(false) if state.wait_for(ticket, &bell) => {
                drop(state);
                match (timeout, until) {
                    (Some(_), Some(until)) => self.await_ticket(ticket, &bell, Some(until)),
                    _ => self.await_ticket(ticket, &bell, None),
                }
            }
            _ => Waited::Answer(Delivery::plain(unknown_ticket(ticket))),
        }
    }

    /// Waits for a ticket that this caller has registered for.
    fn await_ticket(&self, ticket: i64, bell: &Condvar, until: Option<Instant>) -> Waited {
        let mut state = self.shared.lock();
        loop {
            if let Some(unread) = state.read(ticket) {
                drop(state);
                return Waited::Answer(Delivery::of(&self.shared, unread));
            }
            if state.mode == Mode::Closed || state.answered(ticket).is_none() {
                return Waited::Answer(Delivery::plain(closed()));
            }
            if until.is_some_and(|until| Instant::now() >= until) {
                state.wait_no_more(ticket);
                return Waited::NotYet;
            }
            state = wait_on(bell, state, until);
        }
    }

    /// `captask_receive`. `timeout` `None` waits for ever.
    pub fn receive(&self, timeout: Option<Duration>) -> Waited {
        let until = timeout.and_then(|t| Instant::now().checked_add(t));
        let mut state = self.shared.lock();
        loop {
            if let Some(unread) = state.read_next() {
                drop(state);
                return Waited::Answer(Delivery::of(&self.shared, unread));
            }
            if state.mode != Mode::Open {
                let failure = Failure::new(Code::Closed, "the client is stopped and every answer is read");
                return Waited::Answer(Delivery::plain(failure.to_json()));
            }
            if timeout.is_some() && until.is_none_or(|until| Instant::now() >= until) {
                return Waited::NotYet;
            }
            state.receivers += 1;
            state = wait_on(&self.shared.finished, state, until);
            state.receivers -= 1;
            state.called = state.called.saturating_sub(1);
        }
    }

    /// `captask_cancel`.
    pub fn cancel(&self, ticket: i64) -> bool {
        let mut state = self.shared.lock();
        if self.shared.claim_early(&mut state, ticket) {
            return false;
        }
        let Some(flight) = state.flight(ticket) else { return false };
        let unsent = flight.task_id.is_none() && !flight.outcome_open();
        let started = flight.brief.started;
        let why = match (&flight.task_id, flight.outcome_open()) {
            (Some(_), _) => "cancelled; the task is paid for: adopt it by its taskId to wait on",
            (None, true) => "cancelled while createTask was on the wire: a task may have been bought",
            (None, false) => "cancelled before anything was sent",
        };
        let text = flight.cut_short(Code::Cancelled, why);
        let ended = self.shared.finish_locked(&mut state, ticket, text);
        drop(state);
        if ended && unsent {
            self.shared.core.guard.give_back(started);
        }
        ended
    }

    /// `captask_stop`: everything in flight ends, answers can still be read.
    pub fn stop(&self) -> bool {
        let mut state = self.shared.lock();
        if state.mode != Mode::Open {
            return false;
        }
        state.mode = Mode::Stopped;
        while let Some(ticket) = state.any_flight() {
            if self.shared.claim_early(&mut state, ticket) {
                continue;
            }
            let Some(flight) = state.flight(ticket) else { break };
            let why = match (&flight.task_id, flight.outcome_open()) {
                (Some(_), _) => "the client was stopped; the task is paid for: adopt it by its taskId to wait on",
                (None, true) => "the client was stopped while createTask was on the wire: a task may have been bought",
                (None, false) => "the client was stopped before anything was sent",
            };
            let text = flight.cut_short(Code::Closed, why);
            self.shared.finish_locked(&mut state, ticket, text);
        }
        drop(state);
        self.wake_all();
        self.shared.core.transport.close();
        self.wake_all();
        true
    }

    fn wake_all(&self) {
        let state = self.shared.lock();
        self.shared.finished.notify_all();
        self.shared.work.notify_all();
        self.shared.clock.notify_all();
        drop(state);
    }

    /// `captask_close`: ends everything, logs the tasks of unread answers, and joins the threads.
    pub fn close(&self) {
        self.stop();
        let unread = {
            let mut state = self.shared.lock();
            state.mode = Mode::Closed;
            self.shared.finished.notify_all();
            state.drop_unread()
        };
        for (ticket, answer) in unread {
            if let Some(id) = &answer.task_id {
                log::warn(|| format!("ticket {ticket}: closed with the answer of task {id} unread"));
            }
        }
        #[cfg(feature = "callback")]
        if let Some(receiver) = self.shared.callback.get() {
            receiver.stop();
        }
        self.shared.threads.join();
        if let Some(journal) = &self.shared.journal {
            journal.release();
        }
    }

    /// Threads of the engine alive.
    pub fn threads(&self) -> usize {
        self.shared.threads.count()
    }

    /// Counts.
    pub fn census(&self) -> Census {
        let state = self.shared.lock();
        Census { in_flight: state.in_flight(), unread: state.unread() }
    }
}

/// The failure of a solve that never began, with what the caller needs to tell requests apart.
fn refused(mut failure: Failure, request: &str) -> Failure {
    let Ok(object) = Object::parse(request) else { return failure };
    for name in ["taskId", "extra"] {
        if let Some(value) = object.get(name) {
            failure = failure.with(name, value.get());
        }
    }
    failure
}

fn closed() -> String {
    Failure::new(Code::Closed, "the client was closed").to_json()
}

fn unknown_ticket(ticket: i64) -> String {
    Failure::new(
        Code::UnknownTicket,
        format!("{ticket}: no such ticket here, or its answer was read, or somebody else waits for it"),
    )
    .to_json()
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.close();
    }
}
