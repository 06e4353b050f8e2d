//! How tickets end other than by a reply or a fault: the caller's word and the clock; and when learnt poll times apply.

use super::event::Done;
use super::machine::Machine;
use super::planted::planted;
use super::poll_times::Schedule;
use super::schedule::MOST_POLLS;
use super::ticket::{State, Ticket};
use crate::protocol::Code;
use std::time::{Duration, Instant};

/// The shortest interval between two polls that the service documents.
const MINIMUM: Duration = Duration::from_millis(200);

impl Machine {
    pub(super) fn cancelled(&mut self, number: i64, now: Instant) -> Done {
        if self.stopped || self.claim_early(number, now) {
            return Done::No;
        }
        self.cut_short(number, Code::Cancelled, "the ticket was cancelled", now)
    }

    pub(super) fn end_stopped(&mut self, number: i64, now: Instant) -> Done {
        if self.claim_early(number, now) {
            return Done::Yes;
        }
        self.cut_short(number, Code::Closed, "the client was stopped", now)
    }

    pub(super) fn cut_short(&mut self, number: i64, code: Code, why: &str, now: Instant) -> Done {
        let Some(ticket) = self.tickets.get(&number) else { return Done::No };
        match ticket.state {
            State::Orphaned => return Done::No,
            State::Queued | State::Retrying if planted!(self, RefundForgotten) => {}
            State::Queued | State::Retrying => self.refund(number),
            State::Creating | State::Waiting | State::Due | State::Polling => {}
        }
        let Some(ticket) = self.tickets.get(&number) else { return Done::No };
        let text = ticket.cut_short(code, why, now);
        self.end(number, text);
        Done::Yes
    }

    /// Moves every ticket whose time has come, and ends those whose deadline has passed.
    pub(super) fn time(&mut self, now: Instant) -> Done {
        if self.stopped {
            return Done::No;
        }
        while let Some((at, number)) = self.timers.first().copied().filter(|(at, _)| *at <= now) {
            self.moves(number, false);
            match self.tickets.get(&number).map(|ticket| ticket.state) {
                Some(State::Retrying) => self.place(number, State::Queued, at),
                Some(State::Waiting) => self.place(number, State::Due, at),
                // None is in this queue.
                None | Some(State::Queued | State::Creating | State::Due | State::Polling | State::Orphaned) => {
                    self.timers.pop_first();
                }
            }
        }
        while let Some((_, number)) = self.deadlines.first().copied().filter(|(at, _)| *at <= now) {
            self.moves(number, false);
            self.deadline(number, now);
        }
        Done::Yes
    }

    fn deadline(&mut self, number: i64, now: Instant) {
        if self.claim_early(number, now) {
            return;
        }
        let Some(ticket) = self.tickets.get(&number) else {
            self.deadlines.pop_first();
            return;
        };
        if matches!(ticket.state, State::Queued | State::Retrying) {
            self.refund(number);
        }
        let Some(ticket) = self.tickets.get(&number) else { return };
        let host = if ticket.task_id.is_some() { usize::from(ticket.host) } else { self.hosts.preferred() };
        let text = ticket.timed_out(self.hosts.trouble(host).map(|failure| &**failure), now);
        self.end(number, text);
    }

    /// When to ask next by what was learnt; `None` where the schedule of the ticket holds.
    pub(super) fn learnt_poll(&self, ticket: &Ticket, _now: Instant) -> Option<Instant> {
        let kind = ticket.terms.kind.as_deref().filter(|_| self.settings.learn)?;
        let terms = &ticket.terms;
        let schedule = schedule(ticket);
        let asked = ticket.asked_at.map(|at| ticket.since_bought(at));
        let left = MOST_POLLS.min(terms.max_polls).saturating_sub(ticket.polls);
        let deadline = ticket.since_bought(terms.deadline);
        let after = self.poll_times.next(kind, asked, ticket.polls, schedule, deadline, left);
        Some(ticket.bought_at + after)
    }

    /// Learns from a poll that found the task ended.
    pub(super) fn observe(&mut self, number: i64, now: Instant) {
        let Some(ticket) = self.tickets.get(&number) else { return };
        let Some(kind) = ticket.terms.kind.as_deref().filter(|_| self.settings.learn) else { return };
        let not_ready = ticket.asked_at.map_or(Duration::ZERO, |at| ticket.since_bought(at));
        self.poll_times.observe(kind, schedule(ticket), not_ready, ticket.since_bought(now));
    }
}

/// The fixed schedule of a ticket.
fn schedule(ticket: &Ticket) -> Schedule {
    Schedule {
        first: Duration::from_millis(u64::from(ticket.terms.first_ms)),
        interval: Duration::from_millis(u64::from(ticket.terms.interval_ms)),
        minimum: MINIMUM,
    }
}
