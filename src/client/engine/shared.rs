//! What the engine's threads and its callers share, and how the machine's effects are carried out.

use super::answers::Answers;
use super::event::{Effect, Event, Note, Send};
use super::machine::Machine;
use super::notes;
use super::sleep::Sleep;
use super::threads::Threads;
use super::waker::Waker;
use crate::client::journal::Journal;
use crate::client::service::Service;
use crate::log::{self, Level};
use crate::sys::sync::{Condvar, Mutex, MutexGuard};
use std::collections::VecDeque;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Instant;

/// Whether the engine takes and does work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Both.
    Open,
    /// Neither; answers can still be read.
    Stopped,
    /// Nothing any more.
    Closed,
}

/// What the lock guards.
pub struct State {
    /// Whether there is work.
    pub mode: Mode,
    /// The tickets.
    pub machine: Machine,
    /// Their answers.
    pub answers: Answers,
    /// The last ticket given out.
    pub tickets: i64,
    /// Tickets given out that have not begun yet.
    pub reserved: usize,
    /// Whether the reactor sleeps.
    pub sleep: Sleep,
}

impl State {
    /// Tickets in flight or about to be, and answers unread.
    pub fn load(&self) -> usize {
        self.machine.flights() + self.reserved + self.answers.unread()
    }
}

/// What the engine's threads and its callers share.
pub struct Shared {
    pub(super) service: Arc<Service>,
    pub(super) journal: Option<Journal>,
    pub(super) state: Mutex<State>,
    /// Rung for callers of `receive`.
    pub(super) finished: Condvar,
    pub(super) threads: Threads,
    /// The client's number of the C interface, once it has one; for the log.
    pub(super) handle: OnceLock<i32>,
    pub(super) waker: OnceLock<Waker>,
    /// Exchanges under way, for `captask_inspect`.
    pub(super) exchanges: AtomicUsize,
    #[cfg(feature = "callback")]
    pub(super) callback: OnceLock<crate::client::callback::Receiver>,
}

/// What is left to do when the lock is released.
#[derive(Default)]
pub struct Rest {
    /// Requests for the connections that were offered, in their order; the ticket alone where the journal could not be
    /// written before.
    pub sends: VecDeque<Result<Send, i64>>,
    effects: Vec<Effect>,
    lines: Vec<(Level, String)>,
    receivers: usize,
    wake: bool,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the machine take in an event and carries out what it wants, for a caller outside the reactor.
    pub(super) fn handle(&self, event: Event) -> super::event::Done {
        let mut state = self.lock();
        let mut rest = Rest::default();
        state.machine.set_log_level(log::level());
        let done = state.machine.handle(Instant::now(), event);
        self.perform(&mut state, &mut rest);
        self.hurry(&mut state, &mut rest);
        drop(state);
        self.conclude(&mut rest);
        done
    }

    /// Carries out the machine's effects, in their order. Nothing here waits for the network.
    pub(super) fn perform(&self, state: &mut State, rest: &mut Rest) {
        let mut effects = std::mem::take(&mut rest.effects);
        state.machine.drain_effects(&mut effects);
        // What follows depends on it.
        let mut written = true;
        for effect in effects.drain(..) {
            match effect {
                Effect::Send(send) => {
                    rest.sends.push_back(if written { Ok(send) } else { Err(send.ticket) });
                    written = true;
                }
                Effect::Note(note) => rest.lines.extend(log::deferred(|| written = self.write(note))),
                Effect::Deliver(answered) => state.answers.insert(answered),
                Effect::ForgetToken(token) => self.forget_token(&token),
                Effect::Remember(task_id, host) => self.service.remember(task_id.as_str(), host),
                Effect::Log(level, line) => rest.lines.push((level, line)),
            }
        }
        rest.effects = effects;
        rest.receivers = state.answers.receivers.min(state.answers.receivable());
    }

    /// Notes that the reactor is to be woken when it sleeps past what there is to do now.
    pub(super) fn hurry(&self, state: &mut State, rest: &mut Rest) {
        rest.wake |= state.sleep.ends_by(&state.machine, state.mode != Mode::Open);
    }

    /// What is left to do without the lock: callers are woken and lines are logged.
    pub(super) fn conclude(&self, rest: &mut Rest) {
        for _ in 0..std::mem::take(&mut rest.receivers) {
            self.finished.notify_one();
        }
        if std::mem::take(&mut rest.wake) {
            self.wake_reactor();
        }
        for (level, line) in rest.lines.drain(..) {
            log::line(level, || line);
        }
    }

    /// Has the reactor look at what there is to do.
    pub(super) fn wake_reactor(&self) {
        if let Some(waker) = self.waker.get()
            && let Err(e) = waker.wake()
        {
            log::error(|| format!("the client's thread could not be woken: {e}"));
        }
    }

    /// Writes a note down; `false` when what depends on it must not be done.
    fn write(&self, note: Note) -> bool {
        self.journal.as_ref().is_none_or(|journal| notes::write(journal, note, |host| self.service.url(host)))
    }

    #[cfg(feature = "callback")]
    pub(super) fn forget_token(&self, token: &str) {
        if let Some(receiver) = self.callback.get() {
            receiver.forget(token);
        }
    }

    #[cfg(not(feature = "callback"))]
    pub(super) fn forget_token(&self, _: &str) {}
}
