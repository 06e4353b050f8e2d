//! What moves a ticket whose task is asked for.

use super::event::{Ask, Done, Effect, Note, Send};
use super::machine::{Machine, millis};
use super::planted::{may_fail, planted};
use super::schedule::{self, MOST_POLLS};
use super::ticket::{Last, State};
use crate::client::purchase::Broken;
use crate::client::reply::{self, Answer, Progress};
use crate::log::Level;
use crate::protocol::json::quote;
use crate::protocol::{Code, Failure};
use crate::secret::Text;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The shortest time that a poll gets before its ticket's deadline.
const LEAST: Duration = Duration::from_millis(100);

impl Machine {
    pub(super) fn send_poll(&mut self, number: i64, host: usize, now: Instant) -> Done {
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
        let noted = ticket.record.filter(|_| !planted!(self, PolledLeftOut));
        self.effects.extend(noted.map(|record| Effect::Note(Note::Polled(record, polls))));
        let body = Arc::new(body.into_secret());
        self.effects.push(Effect::Send(Send { ticket: number, ask: Ask::Poll, host, body, timeout }));
        self.counts.polls += 1;
        if let Some(ticket) = self.tickets.get_mut(&number) {
            ticket.polls += 1;
        }
        self.place(number, State::Polling, now);
        Done::Yes
    }

    pub(super) fn poll_replied(&mut self, number: i64, answer: Answer, now: Instant) -> Done {
        may_fail!(self);
        let Some(ticket) = self.tickets.get_mut(&number) else { return Done::No };
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
                    "ticket {number}: the task ended and no callback came; check that the service can reach callback.publicUrl"
                )
            });
        }
    }

    pub(super) fn poll_broken(&mut self, number: i64, broken: Broken, now: Instant) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if !broken.sent {
            ticket.polls = ticket.polls.saturating_sub(1);
            let polls = ticket.terms.polls_before + ticket.polls;
            self.counts.polls = self.counts.polls.saturating_sub(1);
            self.effects.extend(ticket.record.map(|record| Effect::Note(Note::Polled(record, polls))));
            self.counts.retries += 1;
            self.place(number, State::Due, now);
            return;
        }
        ticket.last = Some(Box::new(Last::Failure(broken.failure)));
        self.poll_later(number, None, true, now);
    }

    /// Schedules the next poll, or ends the ticket when there is none left. Late polls stay late: never two at once.
    fn poll_later(&mut self, number: i64, after: Option<Duration>, trouble: bool, now: Instant) {
        let Some(ticket) = self.tickets.get_mut(&number) else { return };
        if ticket.polls >= ticket.terms.max_polls && !planted!(self, PollsUnbounded) {
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
}

fn no_key() -> Failure {
    Failure::new(
        Code::InvalidRequest,
        "clientKey: there is no key; set clientKey in the configuration or in the request, or CAPTASK_CLIENT_KEY",
    )
}
