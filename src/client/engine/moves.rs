//! What moves a ticket: one function for each event of the machine.

use super::event::{Answered, Ask, Begin, Done, Effect, Note, Send, What};
use super::machine::{EARLY_BYTES, Machine};
use super::schedule::{self, MOST_POLLS};
use super::ticket::{Last, State, Ticket};
use crate::client::backoff;
use crate::client::hosts::Next;
use crate::client::purchase::{self, Bought, Broken, Outcome, TaskId};
use crate::client::reply::{self, Answer, Progress};
use crate::client::secret::Text;
use crate::log::Level;
use crate::protocol::json::quote;
use crate::protocol::{Code, Failure};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The shortest time that a poll gets before its ticket's deadline.
const LEAST: Duration = Duration::from_millis(100);

fn millis(ms: u32) -> Duration {
    Duration::from_millis(u64::from(ms))
}

impl Machine {
    pub(super) fn submitted(&mut self, begin: Begin, now: Instant) -> Done {
        let Begin { terms, what, record, host } = begin;
        let (number, deadline) = (terms.ticket, terms.deadline);
        let first = millis(terms.first_ms);
        let (state, at, body, admission, task_id, answer) = match what {
            What::Buy(body, admission) => (State::Queued, now, Some(body), admission, None, None),
            What::Adopt(task_id) if first.is_zero() => (State::Due, now, None, None, Some(task_id), None),
            What::Adopt(task_id) => {
                (State::Waiting, schedule::first_poll(now, first, deadline), None, None, Some(task_id), None)
            }
            What::Answer(task_id, failure) => (State::Waiting, deadline, None, None, task_id, Some(failure)),
        };
        let ticket = Ticket {
            terms,
            state: State::Orphaned,
            at: now,
            body,
            admission,
            task_id,
            bought_at: now,
            asked_at: None,
            host: u16::try_from(host).unwrap_or(0),
            polls: 0,
            failures: 0,
            last: None,
            early: None,
            record,
        };
        self.creating += 1; // What place() takes back.
        self.deadlines.insert((deadline, number));
        self.tickets.insert(number, Box::new(ticket));
        self.place(number, state, at);
        if let Some(failure) = answer
            && let Some(text) = self.tickets.get(&number).map(|ticket| ticket.failure(failure, now))
        {
            self.end(number, text);
        }
        Done::Yes
    }

    /// A connection to the host is free: the request that goes next leaves on it.
    pub(super) fn free(&mut self, host: usize, now: Instant) -> Done {
        while let Some(number) = self.next_for(host) {
            #[cfg(feature = "panic-probe")]
            self.probe(number, "\"captask_panic_send\"");
            let Some(ticket) = self.tickets.get(&number) else { return Done::No };
            if ticket.state == State::Due {
                return self.send_poll(number, host, now);
            }
            if let Err(held) = self.limits.check_hold(now) {
                self.refund(number);
                self.fail(number, held, now);
                continue;
            }
            let Some(body) = ticket.body.clone() else { return Done::No };
            self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Sent(record))));
            // Not cut at the ticket's deadline: an answer that comes late still names what was bought.
            let timeout = self.settings.request_timeout;
            self.effects.push(Effect::Send(Send { ticket: number, ask: Ask::Create, host, body, timeout }));
            if let Some(ticket) = self.tickets.get_mut(&number) {
                ticket.host = u16::try_from(host).unwrap_or(0);
            }
            self.place(number, State::Creating, now);
            return Done::Yes;
        }
        Done::No
    }

    fn send_poll(&mut self, number: i64, host: usize, now: Instant) -> Done {
        let Some(ticket) = self.tickets.get(&number) else { return Done::No };
        let Some(task_id) = ticket.task_id.clone() else { return Done::No };
        let mut body = Text::with_capacity(128);
        match (&ticket.terms.key, &self.settings.key_json) {
            (Some(own), _) => body.push(&["{\"clientKey\":", &quote(own.expose())]),
            (None, Some(key)) => body.push(&["{\"clientKey\":", key.expose()]),
            (None, None) => {
                self.fail(number, no_key(), now);
                return self.free(host, now);
            }
        }
        body.push(&[",\"taskId\":", task_id.as_str(), "}"]);
        let left = ticket.terms.deadline.saturating_duration_since(now).max(LEAST);
        let timeout = self.settings.request_timeout.min(left);
        // Counted before it leaves: a death in between must not hide a poll that the service has seen.
        let polls = ticket.terms.polls_before + ticket.polls + 1;
        self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Polled(record, polls))));
        let body = Arc::new(body.into_secret());
        self.effects.push(Effect::Send(Send { ticket: number, ask: Ask::Poll, host, body, timeout }));
        self.place(number, State::Polling, now);
        Done::Yes
    }

    pub(super) fn replied(&mut self, number: i64, answer: Answer, shown: String, now: Instant) -> Done {
        #[cfg(feature = "panic-probe")]
        self.probe(number, "\"captask_panic_reply\"");
        match self.tickets.get(&number).map(|ticket| ticket.state) {
            Some(State::Creating | State::Orphaned) => self.create_replied(number, answer, shown, now),
            Some(State::Polling) => self.poll_replied(number, answer, now),
            // Its ticket has its answer.
            _ => Done::No,
        }
    }

    fn create_replied(&mut self, number: i64, answer: Answer, shown: String, now: Instant) -> Done {
        let orphaned = self.off_the_wire(number, now);
        let Some(ticket) = self.tickets.get_mut(&number) else { return Done::No };
        match purchase::settle(&answer, &mut self.limits, &mut ticket.admission, now, || shown.clone()) {
            Outcome::Bought { task_id, ready } => self.bought(number, task_id, ready, &answer, now),
            Outcome::Ready => {
                self.counts.created += 1;
                self.answer(number, &answer, now);
            }
            Outcome::Refused if orphaned => _ = self.remove(number),
            Outcome::Refused => self.answer(number, &answer, now),
            Outcome::Busy => {
                let after = answer.retry_after_ms.map(Duration::from_millis);
                let last = match answer.not_an_error("createTask", &shown) {
                    Some(failure) => Last::Failure(failure),
                    None => Last::Answer(answer),
                };
                self.create_later(number, after, last, now);
            }
            Outcome::Unknown(failure) => self.outcome_unknown(number, failure, now),
        }
        Done::Yes
    }

    /// A ticket's createTask is on no connection any more; whether its ticket has its answer already.
    fn off_the_wire(&mut self, number: i64, now: Instant) -> bool {
        let orphaned = self.tickets.get(&number).is_some_and(|ticket| ticket.state == State::Orphaned);
        if !orphaned {
            self.place(number, State::Retrying, now);
        }
        orphaned
    }

    fn bought(&mut self, number: i64, task_id: TaskId, ready: bool, answer: &Answer, now: Instant) {
        self.counts.created += 1;
        if answer.host > 0 {
            self.effects.push(Effect::Remember(task_id.clone(), answer.host));
        }
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        let (orphaned, record) = (ticket.state == State::Orphaned, ticket.record);
        (ticket.task_id, ticket.bought_at) = (Some(task_id.clone()), now);
        ticket.host = u16::try_from(answer.host).unwrap_or(0);
        (ticket.body, ticket.admission, ticket.last) = (None, None, None);
        ticket.failures = 0;
        if orphaned {
            return self.orphan_bought(number, task_id, answer.host);
        }
        self.effects.extend(record.map(|record| Effect::Note(Note::Bought(record, task_id.clone(), answer.host))));
        self.log(Level::Info, || format!("ticket {number}: task {task_id} bought"));
        if ready {
            return self.answer(number, answer, now);
        }
        let at = self.first_poll(number, now);
        self.place(number, State::Waiting, at);
        self.claim_early(number, now);
    }

    /// A task that came after its ticket had its answer.
    fn orphan_bought(&mut self, number: i64, task_id: TaskId, host: usize) {
        let Some(ticket) = self.remove(number) else { return };
        let own_key = ticket.terms.key.is_some();
        self.log(Level::Warn, || {
            format!("ticket {number}: task {task_id} was bought after the ticket had ended; adopt it by its taskId")
        });
        self.effects.push(Effect::Note(Note::Orphan(ticket.record, task_id, host, ticket.terms.extra, own_key)));
    }

    /// When to poll first: as learnt, as the catalogue says, or once and late when a callback will bring the result.
    fn first_poll(&self, number: i64, now: Instant) -> Instant {
        let Some(ticket) = self.tickets.get(&number) else { return now };
        let terms = &ticket.terms;
        if terms.token.is_some() {
            return schedule::late_check(now, terms.deadline, true);
        }
        match self.learnt_poll(ticket, now) {
            Some(at) if at < terms.deadline => at,
            _ => schedule::first_poll(now, millis(terms.first_ms), terms.deadline),
        }
    }

    fn create_later(&mut self, number: i64, after: Option<Duration>, last: Last, now: Instant) {
        self.counts.retries += 1;
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if ticket.state == State::Orphaned {
            self.refund(number);
            self.remove(number);
            return;
        }
        self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Unsent(record))));
        let pause = after.unwrap_or_default().max(self.chance.backoff(ticket.failures, backoff::LONGEST));
        ticket.failures = ticket.failures.saturating_add(1);
        ticket.last = Some(Box::new(last));
        self.place(number, State::Retrying, now + pause);
    }

    /// Ends a ticket whose createTask may have bought a task that it did not name. The result may have come by callback:
    /// then it is the answer.
    fn outcome_unknown(&mut self, number: i64, failure: Failure, now: Instant) {
        if self.tickets.get(&number).is_some_and(|ticket| ticket.state == State::Orphaned) {
            self.remove(number);
        } else if !self.claim_early(number, now) {
            self.fail(number, failure, now);
        }
    }

    fn poll_replied(&mut self, number: i64, answer: Answer, now: Instant) -> Done {
        self.counts.polls += 1;
        let Some(ticket) = self.tickets.get_mut(&number) else { return Done::No };
        ticket.polls += 1;
        let after = answer.retry_after_ms.map(Duration::from_millis);
        match reply::polled(&answer) {
            Progress::Wait => {
                // What every poll brings is not kept with every ticket.
                let plain = answer.status == 200 && after.is_none() && answer.text.contains("\"processing\"");
                ticket.last = (!plain).then(|| Box::new(Last::Answer(answer)));
                ticket.failures = 0;
                self.poll_later(number, after, false, now);
            }
            Progress::Trouble => {
                ticket.last = Some(Box::new(Last::Answer(answer)));
                self.poll_later(number, after, true, now);
            }
            Progress::Ready | Progress::Failed => {
                self.observe(number, now);
                self.warn_of_silent_callback(number);
                self.answer(number, &answer, now);
            }
        }
        Done::Yes
    }

    fn warn_of_silent_callback(&mut self, number: i64) {
        if self.tickets.get(&number).is_some_and(|ticket| ticket.terms.token.is_some()) {
            self.log(Level::Warn, || {
                format!(
                    "ticket {number}: its task has ended without its callback; can the service reach callback.publicUrl?"
                )
            });
        }
    }

    pub(super) fn broken(&mut self, number: i64, broken: Broken, now: Instant) -> Done {
        match self.tickets.get(&number).map(|ticket| ticket.state) {
            Some(State::Creating | State::Orphaned) => self.create_broken(number, broken, now),
            Some(State::Polling) => {
                self.poll_broken(number, broken, now);
                Done::Yes
            }
            _ => Done::No,
        }
    }

    fn create_broken(&mut self, number: i64, broken: Broken, now: Instant) -> Done {
        let orphaned = self.off_the_wire(number, now);
        if broken.bought == Bought::Unknown {
            self.outcome_unknown(number, broken.failure, now);
        } else if broken.again && !broken.sent {
            // The connection was not good: the next one is as good as at first.
            self.counts.retries += 1;
            let Some(ticket) = self.tickets.get(&number) else { return Done::No };
            if orphaned {
                self.refund(number);
                self.remove(number);
            } else {
                self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Unsent(record))));
                let since = ticket.terms.started;
                self.place(number, State::Queued, since);
            }
        } else if broken.again {
            self.create_later(number, None, Last::Failure(broken.failure), now);
        } else {
            self.refund(number);
            if orphaned {
                self.remove(number);
            } else {
                self.fail(number, broken.failure, now);
            }
        }
        Done::Yes
    }

    fn poll_broken(&mut self, number: i64, broken: Broken, now: Instant) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if !broken.sent {
            let polls = ticket.terms.polls_before + ticket.polls;
            self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Polled(record, polls))));
            self.counts.retries += 1;
            self.place(number, State::Due, now);
            return;
        }
        self.counts.polls += 1;
        ticket.polls += 1;
        ticket.last = Some(Box::new(Last::Failure(broken.failure)));
        self.poll_later(number, None, true, now);
    }

    /// Schedules the next poll, or ends the ticket when there is none left. Late polls stay late: never two at once.
    fn poll_later(&mut self, number: i64, after: Option<Duration>, trouble: bool, now: Instant) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if ticket.polls >= ticket.terms.max_polls {
            let text = ticket.polls_used_up(now);
            return self.end(number, text);
        }
        let (deadline, interval) = (ticket.terms.deadline, millis(ticket.terms.interval_ms));
        let pause = if trouble {
            self.counts.retries += 1;
            let pause = self.chance.backoff(ticket.failures, interval);
            ticket.failures = ticket.failures.saturating_add(1);
            pause
        } else {
            ticket.asked_at = Some(now);
            interval
        };
        let polls_left = MOST_POLLS.saturating_sub(ticket.terms.polls_before + ticket.polls).max(1);
        let awaits_callback = ticket.terms.token.is_some();
        let left = deadline.saturating_duration_since(now);
        let asked_for = now + after.unwrap_or_default();
        let learnt = if trouble { None } else { self.tickets.get(&number).and_then(|it| self.learnt_poll(it, now)) };
        // Only the service's bound stretches the interval: a caller's own maxPolls is to be used up.
        let mut at = asked_for.max(learnt.unwrap_or(now + pause.max(left / polls_left)));
        if asked_for >= deadline {
            at = deadline;
        } else if at >= deadline {
            at = schedule::last_poll(now, deadline).max(asked_for);
        }
        if !trouble && awaits_callback {
            at = at.max(schedule::late_check(now, deadline, false));
        }
        self.place(number, State::Waiting, at);
    }

    /// Ends a ticket with the result that came by callback before its taskId; `false` when none has.
    pub(super) fn claim_early(&mut self, number: i64, now: Instant) -> bool {
        let Some(early) = self.tickets.get_mut(&number).and_then(|ticket| ticket.early.take()) else { return false };
        self.early_bytes = self.early_bytes.saturating_sub(early.text.len());
        self.answer(number, &early, now);
        true
    }

    pub(super) fn called_back(&mut self, number: i64, answer: Answer, now: Instant) -> Done {
        let stopped = self.stopped;
        let Some(ticket) = self.tickets.get_mut(&number) else { return Done::No };
        if stopped || ticket.state == State::Orphaned {
            return Done::No;
        }
        if ticket.task_id.is_some() {
            self.answer(number, &answer, now);
            return Done::Yes;
        }
        let size = answer.text.len();
        if ticket.early.is_some() || self.early_bytes + size > EARLY_BYTES {
            return Done::Full;
        }
        ticket.early = Some(Box::new(answer));
        self.early_bytes += size;
        Done::Yes
    }

    pub(super) fn unreachable(&mut self, host: usize, failure: Failure, hopeless: bool, now: Instant) -> Done {
        self.counts.retries += 1;
        let next = self.hosts.failed(host, failure.clone(), hopeless, now, &mut self.chance);
        if next == Next::GiveUp {
            while let Some((_, number)) = self.creates.first().copied() {
                self.refund(number);
                self.fail(number, failure.clone(), now);
            }
        }
        Done::Yes
    }

    /// Ends a ticket with an answer of the service.
    fn answer(&mut self, number: i64, answer: &Answer, now: Instant) {
        if let Some(text) = self.tickets.get(&number).map(|ticket| ticket.answer(answer, now)) {
            self.end(number, text);
        }
    }

    /// Ends a ticket with a failure.
    pub(super) fn fail(&mut self, number: i64, failure: Failure, now: Instant) {
        if let Some(text) = self.tickets.get(&number).map(|ticket| ticket.failure(failure, now)) {
            self.end(number, text);
        }
    }

    /// Panics when a test wants to see what becomes of the ticket.
    #[cfg(feature = "panic-probe")]
    fn probe(&self, number: i64, extra: &str) {
        let asked = self.tickets.get(&number).is_some_and(|ticket| ticket.terms.extra.as_deref() == Some(extra));
        assert!(!asked, "asked for by the panic-probe feature");
    }

    /// Gives a purchase back that certainly bought nothing.
    pub(super) fn refund(&mut self, number: i64) {
        if let Some(ticket) = self.tickets.get_mut(&number) {
            purchase::refund(&mut self.limits, &mut ticket.admission);
        }
    }

    /// Gives a ticket its one answer. It stays, as an orphan, while its createTask is on a connection.
    pub(super) fn end(&mut self, number: i64, text: String) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if ticket.state == State::Orphaned {
            return;
        }
        let (task_id, record, state) = (ticket.task_id.clone(), ticket.record, ticket.state);
        let (token, deadline) = (ticket.terms.token.clone(), ticket.terms.deadline);
        if state == State::Creating {
            self.deadlines.remove(&(deadline, number));
            self.place(number, State::Orphaned, deadline);
        } else {
            self.remove(number);
        }
        self.effects.push(Effect::Deliver(Answered { ticket: number, text, task_id, record }));
        self.effects.extend(token.map(Effect::ForgetToken));
    }
}

fn no_key() -> Failure {
    Failure::new(
        Code::InvalidRequest,
        "clientKey: missing; set clientKey in the configuration or in the request, or CAPTASK_CLIENT_KEY",
    )
}
