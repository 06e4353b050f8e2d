//! What the engine's threads share, and the steps of a ticket that any of them may take.

use super::flight::{Brief, Phase};
use super::scheduler;
use super::state::State;
use super::threads::Threads;
use crate::client::core::Core;
use crate::client::journal::{Intent, Journal};
use crate::log;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What the engine's threads share.
pub struct Shared {
    pub(super) core: Arc<Core>,
    pub(super) journal: Option<Journal>,
    pub(super) state: Mutex<State>,
    pub(super) work: Condvar,
    pub(super) clock: Condvar,
    pub(super) finished: Condvar,
    pub(super) threads: Threads,
    #[cfg(feature = "callback")]
    pub(super) callback: std::sync::OnceLock<crate::client::callback::Receiver>,
}

/// Waits on a bell, until then at the longest.
pub(super) fn wait_on<'a>(
    bell: &Condvar,
    guard: MutexGuard<'a, State>,
    until: Option<Instant>,
) -> MutexGuard<'a, State> {
    match until {
        None => bell.wait(guard).unwrap_or_else(PoisonError::into_inner),
        Some(until) => {
            let left = until.saturating_duration_since(Instant::now());
            bell.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0
        }
    }
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a flight where it is to wait, and wakes the scheduler when it sleeps past that.
    pub(super) fn schedule(&self, state: &mut State, ticket: i64, phase: Phase) {
        state.place(ticket, phase);
        if let Phase::Waiting(at) | Phase::Retrying(at) = phase
            && state.asleep_until.is_some_and(|until| at < until)
        {
            state.asleep_until = None;
            self.clock.notify_one();
        }
    }

    /// Has the scheduler look at the backlog soon.
    pub(super) fn hurry(&self, state: &mut State) {
        if state.asleep_until.is_some_and(|until| Instant::now() + scheduler::BUSY < until) {
            state.asleep_until = None;
            self.clock.notify_one();
        }
    }

    pub(super) fn finish(&self, ticket: i64, text: String) -> bool {
        self.finish_locked(&mut self.lock(), ticket, text)
    }

    /// Wakes a thread blocked in `receive`, unless each of them is on its way already. Of a burst the first answer
    /// wakes one at once; for those that follow, the scheduler does so a moment later and for all of them together.
    pub(super) fn call_receiver(&self, state: &mut State) {
        if state.receivers == state.called {
            return;
        }
        let now = Instant::now();
        let at = state.last_call + scheduler::GRAIN;
        if at <= now {
            self.call_receivers(state, now);
        } else if state.call_at.is_none() {
            state.call_at = Some(at);
            if state.asleep_until.is_some_and(|until| at < until) {
                state.asleep_until = None;
                self.clock.notify_one();
            }
        }
    }

    /// Wakes as many threads blocked in `receive` as there are answers for them.
    pub(super) fn call_receivers(&self, state: &mut State, now: Instant) {
        state.call_at = None;
        state.last_call = now;
        for _ in 0..state.receivers.saturating_sub(state.called).min(state.receivable()) {
            state.called += 1;
            self.finished.notify_one();
        }
    }

    pub(super) fn finish_locked(&self, state: &mut State, ticket: i64, text: String) -> bool {
        let token = state.flight(ticket).and_then(|flight| flight.brief.token.clone());
        let ended = state.finish(ticket, text);
        if ended {
            self.call_receiver(state);
            self.forget_token(token.as_deref());
        }
        ended
    }

    #[cfg(feature = "callback")]
    pub(super) fn forget_token(&self, token: Option<&str>) {
        if let (Some(receiver), Some(token)) = (self.callback.get(), token) {
            receiver.forget(token);
        }
    }

    #[cfg(not(feature = "callback"))]
    pub(super) fn forget_token(&self, _: Option<&str>) {}

    /// Ends a flight with the callback that came before createTask's own reply; `false` when none has.
    #[cfg(feature = "callback")]
    pub(super) fn claim_early(&self, state: &mut State, ticket: i64) -> bool {
        let Some(flight) = state.flight(ticket) else { return false };
        let (Some(receiver), Some(token)) = (self.callback.get(), &flight.brief.token) else { return false };
        let Some(answered) = receiver.claim(token) else { return false };
        let text = flight.tale().answer(&answered);
        self.finish_locked(state, ticket, text)
    }

    #[cfg(not(feature = "callback"))]
    pub(super) fn claim_early(&self, _: &mut State, _: i64) -> bool {
        false
    }

    pub(super) fn journal_bought(&self, record: Option<u64>, task_id: &str, host: usize) {
        if let (Some(journal), Some(record)) = (&self.journal, record) {
            journal.bought(record, task_id, self.core.hosts.get(host).map_or("", String::as_str));
        }
    }

    /// A task that came after its ticket had ended: the next client adopts it, whether or not the ticket's answer, which
    /// does not tell of it, has been read.
    pub(super) fn journal_late(&self, record: Option<u64>, task_id: &str, host: usize, brief: &Brief) {
        let Some(journal) = &self.journal else { return };
        if record.is_some_and(|record| journal.disown(record)) {
            return;
        }
        let host = self.core.hosts.get(host).map_or("", String::as_str);
        if let Err(failure) = journal.intend(&Intent {
            extra: brief.extra.as_deref(),
            task_id: Some(task_id),
            host,
            polls: 0,
            own_key: brief.key.is_some(),
        }) {
            log::error(|| format!("task {task_id}: {failure}"));
        }
    }

    pub(super) fn journal_polled(&self, record: Option<u64>, polls: u32) {
        if let (Some(journal), Some(record)) = (&self.journal, record) {
            journal.polled(record, polls);
        }
    }
}
