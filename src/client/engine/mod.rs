//! Tasks in flight: a pure machine that knows every ticket, one thread that talks for it, and the answers between them and
//! the host.

mod answers;
#[cfg(feature = "cli")]
mod batch;
mod creating;
mod delivery;
mod endings;
mod entry;
mod event;
mod faults;
#[cfg(all(test, feature = "interleave"))]
mod interleaving_test;
mod latency;
mod left_behind;
mod machine;
mod moves;
#[cfg(test)]
mod moves_test;
mod notes;
mod planted;
mod poll_times;
mod polling;
mod reactor;
mod schedule;
mod shared;
#[cfg(test)]
mod simulator;
#[cfg(all(test, unix))]
mod size_test;
mod sleep;
mod threads;
mod ticket;
mod waiting;
mod waker;

use super::backoff::Chance;
use super::hosts::Hosts;
use super::journal::{Adoptable, Journal};
use super::limits::{Admission, Limits};
use super::service::Service;
use crate::log;
use crate::protocol::Failure;
use crate::sys::sync::{Condvar, Mutex};
use answers::Answers;
pub use delivery::{Delivery, Receipt};
use event::{Done, Event};
#[cfg(feature = "cli")]
pub use left_behind::LeftBehind;
use machine::{Machine, Settings};
use shared::{Mode, Rest, Shared, State};
use sleep::Sleep;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;
use threads::Threads;
pub use waiting::Waited;

/// The engine of one client.
pub struct Engine {
    shared: Arc<Shared>,
    #[cfg(feature = "cli")]
    left_behind: Vec<LeftBehind>,
}

/// Counts for `captask_inspect`.
pub struct Census {
    /// Tasks in flight.
    pub in_flight: usize,
    /// Answers unread.
    pub unread: usize,
    /// Tasks bought, getTaskResult calls sent, attempts after the first.
    pub counts: machine::Counts,
    /// What was learnt of poll times, as JSON.
    pub poll_times: String,
}

impl Engine {
    /// An engine without its thread; that comes with the first task. Tasks of the journal are taken up at once.
    pub fn new(service: Arc<Service>) -> Result<Self, Failure> {
        let mut adoptable = Vec::new();
        let config = &service.config;
        let journal = match &config.journal {
            Some(path) => {
                let (journal, found) = Journal::open(path, service.key(), &service.urls())?;
                adoptable = found;
                Some(journal)
            }
            None => None,
        };
        let settings = Settings {
            max_connections: config.max_connections,
            request_timeout: config.transport.request_timeout,
            key_json: service.key_json().ok(),
            learn: config.poll.learn,
        };
        let limits = Limits::new(config.guard.clone());
        let machine = Machine::new(settings, Hosts::new(service.hosts.len()), limits, Chance::of_this_client());
        let state = State {
            mode: Mode::Open,
            machine,
            answers: Answers::default(),
            tickets: 0,
            reserved: 0,
            sleep: Sleep::default(),
        };
        let shared = Arc::new(Shared {
            service,
            journal,
            state: Mutex::new(state),
            finished: Condvar::new(),
            threads: Threads::default(),
            handle: std::sync::OnceLock::new(),
            waker: std::sync::OnceLock::new(),
            exchanges: AtomicUsize::new(0),
            #[cfg(feature = "callback")]
            callback: std::sync::OnceLock::new(),
        });
        #[cfg(feature = "cli")]
        let left_behind = left_behind::tickets(&adoptable);
        let engine = Engine {
            shared,
            #[cfg(feature = "cli")]
            left_behind,
        };
        #[cfg(feature = "callback")]
        engine.listen()?;
        if !adoptable.is_empty() {
            engine.start()?;
            for task in adoptable {
                engine.take_up(task);
            }
        }
        Ok(engine)
    }

    /// Starts the receiver of callbacks, when the configuration asks for one.
    #[cfg(feature = "callback")]
    fn listen(&self) -> Result<(), Failure> {
        use super::callback::{Receiver, Taken};
        let Some(config) = &self.shared.service.config.callback else { return Ok(()) };
        let weak = Arc::downgrade(&self.shared);
        let receiver = Receiver::start(config, move |ticket, answer| {
            let Some(shared) = weak.upgrade() else { return Taken::Ended };
            match shared.handle(Event::CalledBack(ticket, answer)) {
                Done::Yes => Taken::Yes,
                Done::No => Taken::Ended,
                Done::Full => Taken::Full,
            }
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

    /// Takes up what an earlier client left in the journal.
    fn take_up(&self, task: Adoptable) {
        let ticket = {
            let mut state = self.shared.lock();
            state.tickets += 1;
            state.tickets
        };
        let (begin, line) = left_behind::begin(task, ticket, &self.shared.service.config.poll, Instant::now());
        self.shared.handle(Event::Submitted(Box::new(begin)));
        log::info(|| format!("journal: ticket {ticket} {line}"));
    }

    /// Has the engine's thread say in the log which client it serves, before it says anything of a ticket.
    pub fn name(&self, handle: i32) {
        _ = self.shared.handle.set(handle);
    }

    /// `captask_cancel`.
    pub fn cancel(&self, ticket: i64) -> bool {
        self.shared.handle(Event::Cancelled(ticket)) == Done::Yes
    }

    /// Takes one purchase of a single call from the limits.
    pub fn admit(&self) -> Result<Admission, Failure> {
        self.shared.lock().machine.limits.admit(Instant::now())
    }

    /// The limits and hosts, for a single call. Not held over the network.
    pub fn with<T>(&self, work: impl FnOnce(&mut Limits, &mut Hosts) -> T) -> T {
        let mut state = self.shared.lock();
        let machine = &mut state.machine;
        work(&mut machine.limits, &mut machine.hosts)
    }

    /// `captask_stop`: what is in flight ends as its answers are asked for, so that this takes no time.
    pub fn stop(&self) -> bool {
        let mut state = self.shared.lock();
        if state.mode != Mode::Open {
            return false;
        }
        state.mode = Mode::Stopped;
        state.machine.handle(Instant::now(), Event::Stopped);
        let mut rest = Rest::default();
        for ticket in state.answers.awaited() {
            state.machine.handle(Instant::now(), Event::EndStopped(ticket));
        }
        self.shared.perform(&mut state, &mut rest);
        state.answers.stop();
        state.answers.wake_waiters();
        drop(state);
        self.shared.conclude(&mut rest);
        self.shared.finished.notify_all();
        self.shared.service.shutdown.close();
        self.shared.service.pool.close();
        self.shared.wake_reactor();
        true
    }

    /// `captask_close`: ends everything, logs the tasks of unread answers, and joins the thread.
    pub fn close(&self) {
        self.stop();
        let (unread, flights) = {
            let mut state = self.shared.lock();
            state.mode = Mode::Closed;
            if let Some(journal) = &self.shared.journal {
                // Their callers are on their way to them, and may come only when the journal is let go.
                state.answers.awaited_records().for_each(|record| journal.delivered(record));
            }
            state.answers.tell_no_more();
            state.answers.wake_waiters();
            (state.answers.drop_unread(), state.machine.take_tickets())
        };
        self.shared.finished.notify_all();
        for (ticket, answer) in unread.in_order() {
            if let Some(id) = &answer.task_id {
                log::warn(|| {
                    format!(
                        "ticket {ticket}: the client was closed before the answer of task {id} was read; adopt the task by its taskId"
                    )
                });
            }
        }
        for (ticket, flight) in flights.into_flights() {
            if let Some(id) = &flight.task_id {
                log::warn(|| {
                    format!(
                        "ticket {ticket}: the client was closed before task {id} ended; adopt the task by its taskId"
                    )
                });
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

    /// Starts the engine's thread, unless it was started before.
    fn start(&self) -> Result<(), Failure> {
        self.shared.threads.start(|| {
            let reactor = reactor::prepare(&self.shared)?;
            Ok(move || reactor::run(reactor))
        })
    }

    /// Threads of the engine alive.
    pub fn threads(&self) -> usize {
        self.shared.threads.count()
    }

    /// Counts.
    pub fn census(&self) -> Census {
        let state = self.shared.lock();
        let (flights, unread) = (state.machine.flights(), state.answers.unread());
        let stopped = state.mode != Mode::Open;
        let learnt: Vec<String> = state
            .machine
            .poll_times()
            .snapshot()
            .map(|(kind, learnt)| {
                format!(
                    "{}:{{\"samples\":{},\"medianMs\":{},\"p95Ms\":{},\"active\":{}}}",
                    crate::protocol::json::quote(kind),
                    learnt.samples,
                    learnt.median_ms,
                    learnt.p95_ms,
                    learnt.active
                )
            })
            .collect();
        Census {
            in_flight: if stopped { 0 } else { flights },
            unread: if stopped { unread + flights } else { unread },
            counts: state.machine.counts(),
            poll_times: format!("{{{}}}", learnt.join(",")),
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.close();
    }
}
