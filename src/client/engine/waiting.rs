//! The calls that wait: solve, wait and receive.

use super::Engine;
use super::delivery::Delivery;
use super::event::Event;
use super::shared::{Mode, Rest, Shared, State};
use crate::protocol::json::Object;
use crate::protocol::{Code, Failure};
use crate::sys::Readiness;
use crate::sys::sync::{Condvar, MutexGuard};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// The answer of `wait` and `receive`.
pub enum Waited {
    /// An answer, or an error of the call itself.
    Answer(Delivery),
    /// Time is up, nothing is there yet.
    NotYet,
}

/// Waits on a bell, until then at the longest.
fn wait_on<'a>(bell: &Condvar, guard: MutexGuard<'a, State>, until: Option<Instant>) -> MutexGuard<'a, State> {
    match until {
        None => bell.wait(guard).unwrap_or_else(PoisonError::into_inner),
        Some(until) => {
            let left = until.saturating_duration_since(Instant::now());
            bell.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0
        }
    }
}

fn answer(text: String) -> Waited {
    Waited::Answer(Delivery::plain(text))
}

impl Shared {
    /// After a stop, the answer of a ticket is made when it is asked for.
    fn end_stopped(&self, state: &mut State, ticket: i64) {
        if state.mode != Mode::Open && state.machine.in_flight(ticket) {
            state.machine.handle(Instant::now(), Event::EndStopped(ticket));
            // Nothing of it is sent or logged.
            self.perform(state, &mut Rest::default());
        }
    }
}

impl Engine {
    /// `captask_submit`.
    pub fn submit(&self, request: &str) -> Result<i64, Failure> {
        self.enter(request, None)
    }

    /// `captask_solve`.
    pub fn solve(&self, request: &str) -> Delivery {
        let bell = Arc::new(Condvar::new());
        match self.enter(request, Some(&bell)) {
            Err(failure) => Delivery::plain(refused(failure, request).to_json()),
            Ok(ticket) => match self.await_ticket(ticket, &bell, None) {
                Waited::Answer(delivery) => delivery,
                Waited::NotYet => Delivery::plain(closed()),
            },
        }
    }

    /// `captask_wait`. `timeout` `None` waits for ever.
    pub fn wait(&self, ticket: i64, timeout: Option<Duration>) -> Waited {
        let until = timeout.and_then(|t| Instant::now().checked_add(t));
        let bell = Arc::new(Condvar::new());
        let mut state = self.shared.lock();
        if state.mode == Mode::Closed {
            return answer(closed());
        }
        if !state.answers.waited_for(ticket) {
            self.shared.end_stopped(&mut state, ticket);
        }
        match state.answers.answered(ticket) {
            Some(true) => return answer(unknown_ticket(ticket)),
            Some(false) => {
                if let Some(unread) = state.answers.read(ticket) {
                    return Waited::Answer(Delivery::of(&self.shared, unread));
                }
            }
            None if !state.machine.in_flight(ticket) => return answer(unknown_ticket(ticket)),
            None => {}
        }
        if timeout == Some(Duration::ZERO) && !state.answers.waited_for(ticket) {
            return Waited::NotYet;
        }
        if !state.answers.wait_for(ticket, &bell) {
            return answer(unknown_ticket(ticket));
        }
        drop(state);
        self.await_ticket(ticket, &bell, until)
    }

    /// Waits for a ticket that this caller has registered for.
    fn await_ticket(&self, ticket: i64, bell: &Condvar, until: Option<Instant>) -> Waited {
        let mut state = self.shared.lock();
        loop {
            if state.mode == Mode::Stopped {
                self.shared.end_stopped(&mut state, ticket);
            }
            if let Some(unread) = state.answers.read(ticket) {
                return Waited::Answer(Delivery::of(&self.shared, unread));
            }
            if state.mode == Mode::Closed || !state.machine.in_flight(ticket) {
                state.answers.wait_no_more(ticket);
                return answer(closed());
            }
            if until.is_some_and(|until| Instant::now() >= until) {
                state.answers.wait_no_more(ticket);
                return Waited::NotYet;
            }
            state = wait_on(bell, state, until);
        }
    }

    /// `captask_receive`. `timeout` `None` waits for ever.
    pub fn receive(&self, timeout: Option<Duration>) -> Waited {
        let until = timeout.and_then(|t| Instant::now().checked_add(t));
        let mut state = self.shared.lock();
        loop {
            if let Some(unread) = state.answers.read_next() {
                return Waited::Answer(Delivery::of(&self.shared, unread));
            }
            if state.mode != Mode::Open {
                if let Some(ticket) = state.machine.any_flight().filter(|_| state.mode == Mode::Stopped) {
                    self.shared.end_stopped(&mut state, ticket);
                    continue;
                }
                return answer(Failure::new(Code::Closed, "the client is stopped, and every answer is read").to_json());
            }
            if timeout != Some(Duration::ZERO) && state.answers.take_wake() {
                return Waited::NotYet;
            }
            if timeout.is_some() && until.is_none_or(|until| Instant::now() >= until) {
                return Waited::NotYet;
            }
            state.answers.receivers += 1;
            state = wait_on(&self.shared.finished, state, until);
            state.answers.receivers -= 1;
        }
    }
}

impl Engine {
    /// `captask_wake`.
    pub fn wake(&self) {
        self.shared.lock().answers.wake();
        self.shared.finished.notify_one();
    }

    /// `captask_fd`.
    pub fn descriptor(&self) -> Result<i64, Failure> {
        if let Some(number) = self.shared.lock().answers.descriptor() {
            return Ok(number);
        }
        // Without the lock, since it takes a moment on Windows.
        let readiness = Readiness::new().map_err(|e| {
            let text = format!("the system has no free descriptor ({e}): close some, or raise the limit of open files");
            Failure::new(Code::QueueFull, text)
        })?;
        let mut state = self.shared.lock();
        if state.mode == Mode::Closed {
            return Err(was_closed());
        }
        Ok(state.answers.tell_by(readiness))
    }
}

/// The failure of a solve that never began, with what the caller needs to keep requests apart.
fn refused(mut failure: Failure, request: &str) -> Failure {
    let Ok(object) = Object::parse(request) else { return failure };
    for name in ["taskId", "extra"] {
        if let Some(value) = object.get(name) {
            failure = failure.with(name, value.get());
        }
    }
    failure
}

fn closed() -> String {
    was_closed().to_json()
}

fn was_closed() -> Failure {
    Failure::new(Code::Closed, "the client was closed")
}

fn unknown_ticket(ticket: i64) -> String {
    Failure::new(
        Code::UnknownTicket,
        format!(
            "{ticket}: this client has no such ticket, or its answer was read, or another caller is waiting for it"
        ),
    )
    .to_json()
}
