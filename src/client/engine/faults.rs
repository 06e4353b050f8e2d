//! Panics of this library while it moves a ticket. The ticket that is hit ends with CAPTASK_PANIC and with what is known
//! of its task; the effects for other tickets are carried out.

use super::event::{Done, Effect, Event};
use super::machine::{Machine, Step};
use super::planted::planted;
use super::ticket::State;
use crate::log::Level;
use crate::protocol::Code;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// The step that an event begins, when it is of one ticket.
fn step_of(event: &Event) -> Option<Step> {
    let (ticket, over) = match event {
        Event::Replied(ticket, ..) | Event::Broken(ticket, _) | Event::Fault(ticket) => (*ticket, true),
        Event::CalledBack(ticket, _) | Event::Cancelled(ticket) | Event::EndStopped(ticket) => (*ticket, false),
        Event::Submitted(_)
        | Event::Free(_)
        | Event::Reached(_)
        | Event::Unreachable(..)
        | Event::Time
        | Event::Stopped => return None,
    };
    Some(Step { ticket, over })
}

impl Machine {
    /// Takes in what happened. What is to be done is in [`Machine::drain_effects`]. A fault of ours ends the ticket that it
    /// hits; nothing else is lost by it.
    pub fn handle(&mut self, now: Instant, event: Event) -> Done {
        self.step = step_of(&event);
        match catch_unwind(AssertUnwindSafe(|| self.take_in(now, event))) {
            Ok(done) => done,
            Err(_) => self.caught(now),
        }
    }

    /// Notes which ticket is moved now; `over` when no request of it is on a connection.
    pub(super) fn moves(&mut self, ticket: i64, over: bool) {
        self.step = Some(Step { ticket, over });
    }

    /// Whether the request that the ticket had on a connection has ended in this step.
    pub(super) fn is_over(&self, ticket: i64) -> bool {
        self.step.is_some_and(|step| step.over && step.ticket == ticket)
    }

    fn caught(&mut self, now: Instant) -> Done {
        if planted!(self, EffectsLost) {
            self.effects.clear();
        }
        let hit = self.step.map(|step| step.ticket);
        #[cfg(test)]
        self.caught.push(hit.unwrap_or(0));
        self.log(Level::Error, || match hit {
            Some(ticket) => format!("a bug in this library ended ticket {ticket}; please report it"),
            None => String::from("a bug in this library was caught; please report it"),
        });
        if let Some(ticket) = hit {
            // After a second fault the ticket ends at its deadline.
            let _ = catch_unwind(AssertUnwindSafe(|| self.fault(ticket, now)));
        }
        Done::No
    }

    /// Ends a ticket that a fault has hit.
    pub(super) fn fault(&mut self, number: i64, now: Instant) -> Done {
        if planted!(self, FaultedStays) {
            self.step = None;
        }
        if !planted!(self, FaultedLeaves) {
            // What has not left does not leave: the answer is about to say so.
            self.effects.retain(|effect| !matches!(effect, Effect::Send(send) if send.ticket == number));
        }
        if !self.claim_early(number, now) {
            self.cut_short(number, Code::Panic, "a bug in this library ended the ticket; please report it", now);
        }
        let Some(ticket) = self.tickets.get(&number) else { return Done::Yes };
        // It had its answer before, and the reply to its createTask was hit.
        if ticket.state == State::Orphaned && self.is_over(number) {
            match ticket.task_id {
                Some(_) => self.orphan_bought(number),
                None => _ = self.remove(number),
            }
        }
        Done::Yes
    }
}

#[cfg(test)]
impl Machine {
    /// Panics when this is the place that was drawn; without a message, of which a run would have thousands.
    pub(super) fn fail_here(&mut self) {
        match &mut self.fails_in {
            Some(0) => {
                self.fails_in = None;
                std::panic::resume_unwind(Box::new("a planted panic"));
            }
            Some(left) => *left -= 1,
            None => {}
        }
    }
}
