//! What moves a ticket: the events of the machine, but for those of a createTask (`creating`) or a poll (`polling`) under way
//! and for ends (`endings`).

use super::event::{Answered, Ask, Begin, Done, Effect, Note, Send, What};
use super::machine::{EARLY_BYTES, Machine, millis};
use super::planted::{may_fail, planted};
use super::schedule;
use super::ticket::{State, Ticket};
use crate::client::hosts::Next;
use crate::client::purchase::{self, Broken};
use crate::client::reply::Answer;
use crate::protocol::Failure;
use std::time::Instant;

impl Machine {
    pub(super) fn submitted(&mut self, begin: Begin, now: Instant) -> Done {
        let Begin { mut terms, what, record, host } = begin;
        #[cfg(feature = "panic-probe")]
        assert!(terms.extra.as_deref() != Some("\"captask_panic_submit\""), "asked for by the panic-probe feature");
        terms.kind = terms.kind.map(|kind| self.shared_kind(kind));
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
            state,
            at,
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
        if let Some(failure) = answer {
            let (text, task_id) = (ticket.failure(failure, now), ticket.task_id);
            self.effects.push(Effect::Deliver(Answered { ticket: number, text, task_id, record }));
            return Done::Yes;
        }
        let host = usize::from(ticket.host);
        if !planted!(self, DeadlineForgotten) || number % 4 != 1 {
            self.deadlines.insert((deadline, number));
        }
        self.tickets.insert(number, Box::new(ticket));
        if let Some(queue) = self.queue(state, host) {
            queue.insert((at, number));
        }
        Done::Yes
    }

    /// A connection to the host is free: the request that goes next leaves on it.
    pub(super) fn free(&mut self, host: usize, now: Instant) -> Done {
        while let Some(number) = self.next_for(host) {
            self.moves(number, true);
            #[cfg(feature = "panic-probe")]
            self.probe(number, "\"captask_panic_send\"");
            let Some(ticket) = self.tickets.get(&number) else { return Done::No };
            if ticket.state == State::Due {
                return self.send_poll(number, host, now);
            }
            if let Err(held) = self.limits.check_hold(now)
                && !planted!(self, HoldIgnored)
            {
                self.refund(number);
                self.fail(number, held, now);
                continue;
            }
            let Some(body) = ticket.body.clone() else { return Done::No };
            let noted = ticket.record.filter(|_| !planted!(self, SentLeftOut));
            self.effects.extend(noted.map(|record| Effect::Note(Note::Sent(record))));
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

    pub(super) fn replied(&mut self, number: i64, answer: Answer, shown: String, now: Instant) -> Done {
        #[cfg(feature = "panic-probe")]
        self.probe(number, "\"captask_panic_reply\"");
        match self.tickets.get(&number).map(|ticket| ticket.state) {
            Some(State::Creating | State::Orphaned) => self.create_replied(number, answer, shown, now),
            Some(State::Polling) => self.poll_replied(number, answer, now),
            // Its ticket has its answer, or the reply comes twice.
            None | Some(State::Queued | State::Retrying | State::Waiting | State::Due) => Done::No,
        }
    }

    pub(super) fn broken(&mut self, number: i64, broken: Broken, now: Instant) -> Done {
        match self.tickets.get(&number).map(|ticket| ticket.state) {
            Some(State::Creating | State::Orphaned) => self.create_broken(number, broken, now),
            Some(State::Polling) => {
                self.poll_broken(number, broken, now);
                Done::Yes
            }
            None | Some(State::Queued | State::Retrying | State::Waiting | State::Due) => Done::No,
        }
    }

    /// Ends a ticket with the result that came by callback before its taskId; `false` when none has.
    pub(super) fn claim_early(&mut self, number: i64, now: Instant) -> bool {
        let Some(early) = self.tickets.get_mut(&number).and_then(|ticket| ticket.early.take()) else { return false };
        self.early_bytes = self.early_bytes.saturating_sub(early.text.len());
        may_fail!(self);
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
        if planted!(self, EarlyDropped) {
            return Done::Yes;
        }
        ticket.early = Some(Box::new(answer));
        self.early_bytes += size;
        Done::Yes
    }

    pub(super) fn unreachable(&mut self, host: usize, failure: Failure, hopeless: bool, now: Instant) -> Done {
        self.counts.retries += 1;
        let next = self.hosts.failed(host, failure.clone(), hopeless, now, &mut self.chance);
        if next == Next::GiveUp {
            while let Some((_, number)) = self.creates.pop_first() {
                self.moves(number, false);
                self.refund(number);
                self.fail(number, failure.clone(), now);
            }
        }
        Done::Yes
    }

    /// Ends a ticket with an answer of the service.
    pub(super) fn answer(&mut self, number: i64, answer: &Answer, now: Instant) {
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
        may_fail!(self);
        if let Some(ticket) = self.tickets.get_mut(&number) {
            #[cfg(test)]
            if planted!(self, RefundDoubled) && ticket.admission.is_some() {
                self.limits.lose_one();
            }
            purchase::refund(&mut self.limits, &mut ticket.admission);
        }
    }

    /// Gives a ticket its one answer. It stays, as an orphan, while its createTask is on a connection.
    pub(super) fn end(&mut self, number: i64, text: String) {
        may_fail!(self);
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if ticket.state == State::Orphaned {
            return;
        }
        let (task_id, record, state) = (ticket.task_id.clone(), ticket.record, ticket.state);
        let (token, deadline) = (ticket.terms.token.clone(), ticket.terms.deadline);
        if state == State::Creating && !self.is_over(number) {
            self.deadlines.remove(&(deadline, number));
            self.place(number, State::Orphaned, deadline);
        } else {
            self.remove(number);
        }
        if planted!(self, AnswerTwice) {
            let (text, task_id) = (text.clone(), task_id.clone());
            self.effects.push(Effect::Deliver(Answered { ticket: number, text, task_id, record }));
        }
        self.effects.push(Effect::Deliver(Answered { ticket: number, text, task_id, record }));
        self.effects.extend(token.map(Effect::ForgetToken));
    }
}
