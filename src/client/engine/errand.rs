//! One request of one flight in the hands of a worker. Whatever happens to it, the flight gets exactly one next step.

use super::Shared;
use super::flight::{Brief, Phase, Tale};
use super::state::State;
use crate::client::core::{Answered, Attempt, FIRST_BACKOFF, Last, jitter};
use crate::client::secret::{Secret, Text};
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
    Create(Secret),
    Poll { task_id: Arc<str>, host: usize },
}

/// A flight's request on its way. Dropped without a next step (a panic), it ends the flight with `CAPTASK_PANIC`.
pub struct Errand<'s> {
    shared: &'s Shared,
    brief: Arc<Brief>,
    polls: u32,
    record: Option<u64>,
    job: Option<Job>,
    settled: bool,
}

impl<'s> Errand<'s> {
    /// The errand of a flight that was just taken from its queue.
    pub fn new(shared: &'s Shared, state: &mut State, ticket: i64) -> Option<Self> {
        let flight = state.flight(ticket)?;
        let job = match (flight.phase, &flight.task_id) {
            (Phase::Creating, _) => Job::Create(flight.body.clone()?),
            (_, Some(task_id)) => Job::Poll { task_id: task_id.clone(), host: flight.host },
            _ => return None,
        };
        let (brief, polls, record) = (flight.brief.clone(), flight.polls, flight.record);
        Some(Errand { shared, brief, polls, record, job: Some(job), settled: false })
    }

    /// Does it.
    pub fn run(mut self) {
        match self.job.take() {
            Some(Job::Create(body)) => self.create(&body),
            Some(Job::Poll { task_id, host }) => self.poll(&task_id, host),
            None => {}
        }
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

    fn create(&mut self, body: &Secret) {
        let core = &self.shared.core;
        if self.brief.gate.withdrawn() {
            self.settled = true;
            return;
        }
        if let Err(held) = core.guard.check_hold(Instant::now()) {
            let text = self.tale(None, 0).failure(held);
            return self.finish(text, false);
        }
        // Not cut at the ticket's deadline: an answer that comes late still tells what was bought.
        let timeout = core.config.transport.request_timeout;
        match core.attempt("createTask", body.expose(), None, timeout, Some(&self.brief.gate)) {
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
        let Some(envelope) = Envelope::parse(&answered.text) else { return };
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
            return super::late_check(now, self.brief.deadline, true);
        }
        super::first_poll(now, self.brief.first, self.brief.deadline)
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

    fn poll(&mut self, task_id: &str, host: usize) {
        let core = &self.shared.core;
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
                return self.finish(text, true);
            }
        };
        let timeout = core.config.transport.request_timeout.min(self.left().max(FIRST_BACKOFF));
        // Counted before it is sent: a death in between must not hide a poll that the service has seen.
        let before = self.brief.polls_before + self.polls;
        self.shared.journal_polled(self.record, before + 1);
        let attempt = core.attempt("getTaskResult", body.expose(), Some(host), timeout, None);
        let sent = !matches!(&attempt, Attempt::Again { sent: false, .. });
        if sent {
            core.counters.polls.fetch_add(1, Ordering::Relaxed);
        } else {
            self.shared.journal_polled(self.record, before);
        }
        let polls = self.polls + u32::from(sent);
        match attempt {
            Attempt::Answer(answered) => match Envelope::parse(&answered.text).map(|e| (e.progress(), e.ok())) {
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
        let even = left / super::MOST_POLLS.saturating_sub(self.brief.polls_before + polls).max(1);
        let asked_for = now + after.unwrap_or(Duration::ZERO);
        let mut at = asked_for.max(now + pause.max(even));
        if asked_for >= self.brief.deadline {
            at = self.brief.deadline;
        } else if at >= self.brief.deadline {
            at = super::last_poll(now, self.brief.deadline).max(asked_for);
        }
        if processing && self.brief.token.is_some() {
            at = at.max(super::late_check(now, self.brief.deadline, false));
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
