//! One request of one flight in the hands of a worker. Whatever happens to it, the flight gets exactly one next step.

use super::flight::{Brief, Phase, Tale};
use super::moments;
use super::shared::Shared;
use super::state::State;
use crate::client::core::{Answered, Attempt, Begun, FIRST_BACKOFF, Last, UnderWay, jitter};
use crate::client::secret::{Secret, Text};
use crate::client::transport::{Exchange, Patience, Supply};
use crate::log;
use crate::protocol::envelope::{Envelope, Progress};
use crate::protocol::json::quote;
use crate::protocol::{Code, Failure};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The longest pause between attempts to connect for a createTask.
const CREATE_PAUSE: Duration = Duration::from_secs(3);

/// What a worker is to do.
enum Job {
    Create,
    Poll { task_id: Arc<str>, host: usize },
}

/// A flight's request on its way. Dropped without a next step (a panic), it ends the flight with `CAPTASK_PANIC`.
pub struct Errand<'s> {
    shared: &'s Shared,
    brief: Arc<Brief>,
    polls: u32,
    record: Option<u64>,
    job: Job,
    /// The body of the request: createTask's from the start, a poll's when it is sent.
    body: Option<Secret>,
    under_way: Option<UnderWay<'static>>,
    settled: bool,
}

/// What came of sending an errand's request.
pub enum Sent<'s> {
    /// The flight has its next step.
    Over,
    /// The reply is to come.
    UnderWay(Box<Errand<'s>>),
    /// It waits for a worker with nothing under way: there was no connection for it, or it is too long.
    PutBack,
}

impl<'s> Errand<'s> {
    /// The errand of a flight that was just taken from its queue.
    pub fn new(shared: &'s Shared, state: &mut State, ticket: i64) -> Option<Self> {
        let flight = state.flight(ticket)?;
        let (job, body) = match (flight.phase, &flight.task_id) {
            (Phase::Creating, _) => (Job::Create, Some(flight.body.clone()?)),
            (_, Some(task_id)) => (Job::Poll { task_id: task_id.clone(), host: flight.host }, None),
            _ => return None,
        };
        let (brief, polls, record) = (flight.brief.clone(), flight.polls, flight.record);
        Some(Errand { shared, brief, polls, record, job, body, under_way: None, settled: false })
    }

    /// Its ticket, for the log.
    pub fn ticket(&self) -> i64 {
        self.brief.ticket
    }

    /// Sends its request, over a connection of this supply; a long one only when its worker has nothing else under way.
    pub fn send(self, supply: Supply, alone: bool) -> Sent<'s> {
        // Writing much takes as long as the other side takes to read it.
        const MUCH: usize = 16 * 1024;
        self.probe("\"captask_panic_send\"");
        if !alone && self.body.as_ref().is_some_and(|body| body.expose().len() > MUCH) {
            return self.put_back();
        }
        match self.job {
            Job::Create => self.send_create(supply),
            Job::Poll { .. } => self.send_poll(supply),
        }
    }

    /// The reply's connection, and when it ends at the latest.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.under_way.as_ref().map(UnderWay::exchange)
    }

    /// Reads on in the reply; the errand again when more of it is to come.
    pub fn advance(mut self: Box<Self>, patience: Patience) -> Option<Box<Self>> {
        let under_way = self.under_way.as_mut()?;
        let request = self.body.as_ref().map(Secret::expose);
        let attempt = loop {
            match self.shared.core.advance(under_way, request, patience) {
                Some(attempt) => break attempt,
                None if patience == Patience::None => return Some(self),
                None => {}
            }
        };
        self.under_way = None;
        self.conclude(attempt);
        None
    }

    /// Panics when the tests want to see what becomes of the ticket.
    #[cfg(feature = "panic-probe")]
    fn probe(&self, extra: &str) {
        assert!(self.brief.extra.as_deref() != Some(extra), "asked for by the panic-probe feature");
    }

    #[cfg(not(feature = "panic-probe"))]
    fn probe(&self, _: &str) {}

    fn conclude(self, attempt: Attempt) {
        self.probe("\"captask_panic_reply\"");
        match &self.job {
            Job::Create => self.create(attempt),
            Job::Poll { task_id, .. } => {
                let task_id = task_id.clone();
                self.poll(&task_id, attempt);
            }
        }
    }

    fn begun(mut self, begun: Begun<'static>) -> Sent<'s> {
        match begun {
            Begun::Over(attempt) => {
                self.conclude(attempt);
                Sent::Over
            }
            Begun::UnderWay(under_way) => {
                self.under_way = Some(under_way);
                Sent::UnderWay(Box::new(self))
            }
            Begun::NoConnection => self.put_back(),
        }
    }

    /// Lets another worker, or this one later, do it: one that holds up nothing else by it.
    fn put_back(mut self) -> Sent<'s> {
        let phase = match self.job {
            Job::Create => Phase::Creating,
            Job::Poll { .. } => Phase::Polling,
        };
        self.settled = true;
        let mut state = self.shared.lock();
        if state.flight(self.brief.ticket).is_some_and(|flight| flight.phase == phase) {
            state.place(self.brief.ticket, Phase::Stranded(Instant::now()));
            self.shared.hurry(&mut state);
        }
        Sent::PutBack
    }

    fn left(&self) -> Duration {
        self.brief.deadline.saturating_duration_since(Instant::now())
    }

    fn tale<'a>(&'a self, task_id: Option<&'a str>, polls: u32) -> Tale<'a> {
        Tale { brief: &self.brief, task_id, polls }
    }

    fn finish(&mut self, text: String, bought: bool) {
        self.settled = true;
        if !bought {
            self.refund();
        }
        self.shared.finish(self.brief.ticket, text);
    }

    /// Gives the purchase back that was none; who took the request back has done so already.
    fn refund(&self) {
        if !self.brief.gate.withdrawn() {
            self.shared.core.guard.give_back(self.brief.started);
        }
    }

    fn send_create(mut self, supply: Supply) -> Sent<'s> {
        let core = &self.shared.core;
        if self.brief.gate.withdrawn() {
            self.settled = true;
            return Sent::Over;
        }
        if let Err(held) = core.guard.check_hold(Instant::now()) {
            let text = self.tale(None, 0).failure(held);
            self.finish(text, false);
            return Sent::Over;
        }
        let Some(body) = &self.body else { return Sent::Over };
        // Not cut at the ticket's deadline: an answer that comes late still tells what was bought.
        let timeout = core.config.transport.request_timeout;
        let begun = core.begin("createTask", body.expose(), None, timeout, Some(&self.brief.gate), supply);
        self.begun(begun)
    }

    /// What came of createTask.
    fn create(mut self, attempt: Attempt) {
        match attempt {
            Attempt::Answer(answered) => self.created(&answered),
            Attempt::Again { last, after, .. } => self.create_later(last, after),
            Attempt::Final(failure) => {
                let bought = failure.members().iter().any(|(name, _)| *name == "outcomeUnknown");
                let text = self.tale(None, 0).failure(failure);
                if bought { self.finish_unknown(text) } else { self.finish(text, false) }
            }
        }
    }

    /// Ends a ticket whose createTask has told no taskId and may have bought one all the same. The result may have come
    /// by callback: then it is the answer.
    fn finish_unknown(&mut self, text: String) {
        self.settled = true;
        let mut state = self.shared.lock();
        if !self.shared.claim_early(&mut state, self.brief.ticket) {
            self.shared.finish_locked(&mut state, self.brief.ticket, text);
        }
    }

    fn created(&mut self, answered: &Answered) {
        let Some(envelope) = Envelope::of_service(&answered.text) else { return };
        let core = &self.shared.core;
        if !envelope.ok() {
            if let Some(code) = envelope.code() {
                core.guard.refused(&code, Instant::now());
            }
            let text = self.tale(None, 0).answer(answered);
            return self.finish(text, false);
        }
        let Some(task_id) = envelope.task_id() else {
            if envelope.progress() == Progress::Ready {
                core.counters.created.fetch_add(1, Ordering::Relaxed);
                let text = self.tale(None, 0).answer(answered);
                return self.finish(text, true);
            }
            let shown = core.shown(&answered.text);
            let text = self.tale(None, 0).failure(
                Failure::new(Code::OutcomeUnknown, "createTask was accepted but the answer has no taskId")
                    .with("outcomeUnknown", "true")
                    .with("httpStatus", answered.status.to_string())
                    .with("firstBytes", quote(&shown)),
            );
            return self.finish_unknown(text);
        };
        core.counters.created.fetch_add(1, Ordering::Relaxed);
        core.remember(task_id, answered.host);
        // First of all the ticket learns its task: whatever goes wrong from here on, its answer tells the taskId.
        if let Some(flight) = self.shared.lock().flight(self.brief.ticket) {
            flight.task_id = Some(Arc::from(task_id));
            flight.host = answered.host;
        }
        self.shared.journal_bought(self.record, task_id, answered.host);
        log::info(|| format!("ticket {}: task {task_id} bought", self.brief.ticket));
        if envelope.progress() == Progress::Ready {
            let text = self.tale(Some(task_id), 0).answer(answered);
            self.settled = true;
            if !self.shared.finish(self.brief.ticket, text) {
                self.late(task_id, answered.host);
            }
            return;
        }
        let now = Instant::now();
        let mut state = self.shared.lock();
        self.settled = true;
        let Some(flight) = state.flight(self.brief.ticket) else {
            drop(state);
            return self.late(task_id, answered.host);
        };
        flight.body = None;
        flight.failures = 0;
        flight.trouble = None;
        self.shared.schedule(&mut state, self.brief.ticket, Phase::Waiting(self.first_poll(now)));
        self.shared.claim_early(&mut state, self.brief.ticket);
    }

    /// A task that came after its ticket had ended is told to the log and to the journal.
    fn late(&self, task_id: &str, host: usize) {
        self.shared.journal_late(self.record, task_id, host, &self.brief);
        log::warn(|| {
            let ticket = self.brief.ticket;
            format!("ticket {ticket}: task {task_id} was bought after the ticket had ended; adopt it by its taskId")
        });
    }

    /// When to poll first: as the catalogue says, or once and late when a callback will tell.
    fn first_poll(&self, now: Instant) -> Instant {
        if self.brief.token.is_some() {
            return moments::late_check(now, self.brief.deadline, true);
        }
        moments::first_poll(now, self.brief.first, self.brief.deadline)
    }

    fn create_later(&mut self, last: Last, after: Option<Duration>) {
        let now = Instant::now();
        self.shared.core.counters.retries.fetch_add(1, Ordering::Relaxed);
        self.settled = true;
        let mut state = self.shared.lock();
        let Some(flight) = state.flight(self.brief.ticket) else {
            drop(state);
            self.refund();
            return;
        };
        self.brief.gate.reset();
        let pause = after.unwrap_or(Duration::ZERO).max(backoff(flight.failures, CREATE_PAUSE));
        flight.failures = flight.failures.saturating_add(1);
        flight.trouble = Some(Box::new(last));
        self.shared.schedule(&mut state, self.brief.ticket, Phase::Retrying(now + pause));
    }

    fn send_poll(mut self, supply: Supply) -> Sent<'s> {
        let core = &self.shared.core;
        let Job::Poll { task_id, host } = &self.job else { return Sent::Over };
        let key = match &self.brief.key {
            Some(key) => Ok(Secret::new(quote(key.expose()))),
            None => core.key_json(),
        };
        let body = match key {
            Ok(key) => {
                let mut body = Text::with_capacity(0);
                body.push(&["{\"clientKey\":", key.expose(), ",\"taskId\":", task_id, "}"]);
                body.into_secret()
            }
            Err(failure) => {
                let text = self.tale(Some(task_id), self.polls).failure(failure);
                self.finish(text, true);
                return Sent::Over;
            }
        };
        let timeout = core.config.transport.request_timeout.min(self.left().max(FIRST_BACKOFF));
        // Counted before it is sent: a death in between must not hide a poll that the service has seen.
        let before = self.brief.polls_before + self.polls;
        self.shared.journal_polled(self.record, before + 1);
        let begun = core.begin("getTaskResult", body.expose(), Some(*host), timeout, None, supply);
        if matches!(begun, Begun::NoConnection) {
            self.shared.journal_polled(self.record, before);
        }
        self.body = Some(body);
        self.begun(begun)
    }

    /// What came of getTaskResult.
    fn poll(mut self, task_id: &str, attempt: Attempt) {
        let core = &self.shared.core;
        let sent = !matches!(&attempt, Attempt::Again { sent: false, .. });
        if sent {
            core.counters.polls.fetch_add(1, Ordering::Relaxed);
        } else {
            self.shared.journal_polled(self.record, self.brief.polls_before + self.polls);
        }
        let polls = self.polls + u32::from(sent);
        match attempt {
            Attempt::Answer(answered) => match Envelope::of_service(&answered.text).map(|e| (e.progress(), e.ok())) {
                Some((Progress::Processing, true)) => self.poll_later(polls, None, None),
                Some((Progress::Processing, false)) => {
                    let after = answered.retry_after_ms.map(Duration::from_millis);
                    self.poll_later(polls, after, None);
                }
                _ => {
                    if self.brief.token.is_some() {
                        log::warn(|| {
                            format!(
                                "ticket {}: task {task_id} has ended without its callback; \
                                 can the service reach callback.publicUrl?",
                                self.brief.ticket
                            )
                        });
                    }
                    let text = self.tale(Some(task_id), polls).answer(&answered);
                    self.finish(text, true);
                }
            },
            Attempt::Again { last, after, .. } => self.poll_later(polls, after, Some(last)),
            // A paid task is not given up over one handshake.
            Attempt::Final(failure) if failure.code == Code::Tls => {
                self.poll_later(polls, None, Some(Last::Failure(failure)));
            }
            Attempt::Final(failure) => {
                let text = self.tale(Some(task_id), polls).failure(failure);
                self.finish(text, true);
            }
        }
    }

    /// Schedules the next poll, or ends the flight when there is none left. Late polls stay late: never two at once.
    fn poll_later(&mut self, polls: u32, after: Option<Duration>, trouble: Option<Last>) {
        let now = Instant::now();
        let ticket = self.brief.ticket;
        self.settled = true;
        let mut state = self.shared.lock();
        let Some(flight) = state.flight(ticket) else { return };
        flight.polls = polls;
        if polls >= self.brief.max_polls {
            let failure = Failure::new(
                Code::Timeout,
                format!("not ready after {polls} polls, the most this ticket may make; the service allows 120 a task"),
            )
            .with("reason", "\"polls\"")
            .retry(None);
            let text = flight.tale().failure(failure);
            self.shared.finish_locked(&mut state, ticket, text);
            return;
        }
        let pause = match &trouble {
            Some(_) => {
                self.shared.core.counters.retries.fetch_add(1, Ordering::Relaxed);
                let pause = backoff(flight.failures, self.brief.interval);
                flight.failures = flight.failures.saturating_add(1);
                pause
            }
            None => {
                flight.failures = 0;
                self.brief.interval
            }
        };
        let processing = trouble.is_none();
        flight.trouble = trouble.map(Box::new);
        let left = self.brief.deadline.saturating_duration_since(now);
        // Only the service's bound stretches the interval: a caller's own maxPolls is to be used up.
        let even = left / moments::MOST_POLLS.saturating_sub(self.brief.polls_before + polls).max(1);
        let asked_for = now + after.unwrap_or(Duration::ZERO);
        let mut at = asked_for.max(now + pause.max(even));
        if asked_for >= self.brief.deadline {
            at = self.brief.deadline;
        } else if at >= self.brief.deadline {
            at = moments::last_poll(now, self.brief.deadline).max(asked_for);
        }
        if processing && self.brief.token.is_some() {
            at = at.max(moments::late_check(now, self.brief.deadline, false));
        }
        self.shared.schedule(&mut state, ticket, Phase::Waiting(at));
    }
}

impl Drop for Errand<'_> {
    fn drop(&mut self) {
        if !self.settled {
            let mut state = self.shared.lock();
            if let Some(flight) = state.flight(self.brief.ticket) {
                let text = flight.cut_short(Code::Panic, "a fault of this library ended the ticket; please report it");
                self.shared.finish_locked(&mut state, self.brief.ticket, text);
            }
        }
    }
}

/// The pause after so many failures in a row.
fn backoff(failures: u32, limit: Duration) -> Duration {
    let doubled = FIRST_BACKOFF.saturating_mul(1 << failures.min(12));
    jitter(doubled.min(limit.max(FIRST_BACKOFF)))
}
