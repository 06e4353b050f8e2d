//! What moves a ticket whose createTask is on a connection.

use super::event::{Done, Effect, Note};
use super::machine::{Machine, millis};
use super::planted::{may_fail, planted};
use super::schedule;
use super::ticket::{Last, State};
use crate::client::backoff;
use crate::client::purchase::{self, Bought, Broken, Outcome, TaskId};
use crate::client::reply::Answer;
use crate::log::Level;
use crate::protocol::Failure;
use std::time::{Duration, Instant};

impl Machine {
    pub(super) fn create_replied(&mut self, number: i64, answer: Answer, shown: String, now: Instant) -> Done {
        may_fail!(self);
        let orphaned = self.is_orphaned(number);
        if planted!(self, FaultedDenies) && !orphaned {
            self.place(number, State::Retrying, now);
        }
        // It stays in its state until the reply is read to the end: after a fault it says that a task may be bought.
        let Some(ticket) = self.tickets.get_mut(&number) else { return Done::No };
        match purchase::settle(&answer, &mut self.limits, &mut ticket.admission, now, || shown.clone()) {
            Outcome::Bought { task_id, ready } => self.bought(number, task_id, ready, &answer, now),
            Outcome::Ready => {
                self.counts.created += 1;
                if orphaned {
                    self.remove(number);
                } else {
                    self.answer(number, &answer, now);
                }
            }
            Outcome::Refused if orphaned => {
                self.note_unsent(number);
                self.remove(number);
            }
            Outcome::Refused => {
                self.note_unsent(number);
                self.answer(number, &answer, now);
            }
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

    fn is_orphaned(&self, number: i64) -> bool {
        self.tickets.get(&number).is_some_and(|ticket| ticket.state == State::Orphaned)
    }

    fn bought(&mut self, number: i64, task_id: TaskId, ready: bool, answer: &Answer, now: Instant) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        let (orphaned, record) = (ticket.state == State::Orphaned, ticket.record);
        (ticket.task_id, ticket.bought_at) = (Some(task_id.clone()), now);
        ticket.host = u16::try_from(answer.host).unwrap_or(0);
        if planted!(self, PolledElsewhere) {
            ticket.host = 0;
        }
        (ticket.body, ticket.admission, ticket.last) = (None, None, None);
        ticket.failures = 0;
        self.counts.created += 1;
        if answer.host > 0 {
            self.effects.push(Effect::Remember(task_id.clone(), answer.host));
        }
        if orphaned {
            return self.orphan_bought(number);
        }
        let noted = record.filter(|_| !planted!(self, BoughtLeftOut));
        self.effects.extend(noted.map(|record| Effect::Note(Note::Bought(record, task_id.clone(), answer.host))));
        self.log(Level::Info, || format!("ticket {number}: bought task {task_id}"));
        if ready {
            return self.answer(number, answer, now);
        }
        let at = self.first_poll(number, now);
        self.place(number, State::Waiting, at);
        self.claim_early(number, now);
    }

    /// A task that came after its ticket had its answer.
    pub(super) fn orphan_bought(&mut self, number: i64) {
        let Some(ticket) = self.tickets.get(&number) else { return };
        let Some(task_id) = ticket.task_id.clone() else { return };
        if planted!(self, OrphanDropped) {
            self.remove(number);
            return;
        }
        self.log(Level::Warn, || {
            format!("ticket {number}: task {task_id} was bought after the ticket ended; adopt it by its taskId")
        });
        let Some(ticket) = self.remove(number) else { return };
        let (host, own_key) = (usize::from(ticket.host), ticket.terms.key.is_some());
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
            Some(_) | None => schedule::first_poll(now, millis(terms.first_ms), terms.deadline),
        }
    }

    fn create_later(&mut self, number: i64, after: Option<Duration>, last: Last, now: Instant) {
        self.counts.retries += 1;
        if self.tickets.get(&number).is_none_or(|ticket| ticket.state == State::Orphaned) {
            self.refund(number);
            self.note_unsent(number);
            self.remove(number);
            return;
        }
        self.note_unsent(number);
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        let after = after.filter(|_| !planted!(self, RetryAfterIgnored));
        let pause = after.unwrap_or_default().max(self.chance.backoff(ticket.failures, backoff::LONGEST));
        ticket.failures = ticket.failures.saturating_add(1);
        ticket.last = Some(Box::new(last));
        self.place(number, State::Retrying, now + pause);
    }

    /// Ends a ticket whose createTask may have bought a task that it did not name. The result may have come by callback:
    /// then it is the answer.
    fn outcome_unknown(&mut self, number: i64, failure: Failure, now: Instant) {
        if planted!(self, RefundUnknown) {
            self.refund(number);
        }
        if self.is_orphaned(number) {
            self.remove(number);
        } else if planted!(self, CreateRepeated) {
            self.place(number, State::Queued, now);
        } else if !self.claim_early(number, now) {
            self.fail(number, failure, now);
        }
    }

    pub(super) fn create_broken(&mut self, number: i64, broken: Broken, now: Instant) -> Done {
        may_fail!(self);
        let orphaned = self.is_orphaned(number);
        if broken.bought == Bought::Unknown {
            self.outcome_unknown(number, broken.failure, now);
        } else if broken.again && !broken.sent {
            // The connection was not good: the next one is as good as at first.
            self.counts.retries += 1;
            let Some(ticket) = self.tickets.get(&number) else { return Done::No };
            if orphaned {
                self.refund(number);
                self.note_unsent(number);
                self.remove(number);
            } else {
                let since = ticket.terms.started;
                self.note_unsent(number);
                self.place(number, State::Queued, since);
            }
        } else if broken.again {
            self.create_later(number, None, Last::Failure(broken.failure), now);
        } else {
            self.refund(number);
            self.note_unsent(number);
            if orphaned {
                self.remove(number);
            } else {
                self.fail(number, broken.failure, now);
            }
        }
        Done::Yes
    }

    /// Has the journal know that a createTask bought nothing.
    fn note_unsent(&mut self, number: i64) {
        let record = self.tickets.get(&number).and_then(|ticket| ticket.record);
        let noted = record.filter(|_| !planted!(self, UnsentLeftOut));
        self.effects.extend(noted.map(|record| Effect::Note(Note::Unsent(record))));
    }
}
