//! What must not grow with the number of tickets, by the processor time of the calling thread, which other processes
//! leave alone.

use super::answers::Answers;
use super::event::{Answered, Begin, Effect, Event, What};
use super::machine::{Machine, Settings};
use super::ticket::Terms;
use crate::client::backoff::Chance;
use crate::client::config::GuardConfig;
use crate::client::hosts::Hosts;
use crate::client::limits::Limits;
use crate::secret::Secret;
use crate::sys::thread_time;
use std::sync::Arc;
use std::time::{Duration, Instant};

const FEW: i64 = 1000;
const MANY: i64 = 100 * FEW;

/// A machine with so many tickets that wait for a connection, bought under a guard.
fn machine(tickets: i64) -> Machine {
    let guard = GuardConfig { tasks_per_minute: Some(1_000_000), max_tasks: None, hold_on_refusal: Duration::ZERO };
    let settings = Settings {
        max_connections: 256,
        request_timeout: Duration::from_secs(20),
        key_json: Some(Secret::new("\"key\"".into())),
        learn: true,
    };
    let mut machine = Machine::new(settings, Hosts::new(1), Limits::new(guard), Chance::new(1));
    let now = Instant::now();
    for ticket in 1..=tickets {
        let terms = Terms {
            ticket,
            extra: None,
            started: now,
            deadline: now + Duration::from_secs(60),
            first_ms: 1000,
            interval_ms: 1000,
            max_polls: 120,
            polls_before: 0,
            key: None,
            token: None,
            kind: Some("RecaptchaV2Task".into()),
        };
        let what = What::Buy(Arc::new(Secret::new("{}".into())), machine.limits.admit(now).ok());
        machine.handle(now, Event::Submitted(Box::new(Begin { terms, what, record: None, host: 0 })));
    }
    machine
}

/// Seconds that this took.
fn timed(work: impl FnOnce()) -> f64 {
    let before = thread_time();
    work();
    (thread_time() - before).as_secs_f64()
}

/// The shortest time of several that this took.
fn shortest<T>(make: impl Fn() -> T, mut work: impl FnMut(&mut T)) -> f64 {
    let times = (0..3).map(|_| {
        let mut made = make();
        timed(|| work(&mut made))
    });
    times.fold(f64::INFINITY, f64::min)
}

/// Blocked callers come back when the lock is free under which close takes everything out: in a small part of the time
/// that a look at each ticket takes.
#[test]
fn close_looks_at_no_ticket_under_the_lock() {
    let mut kept = Vec::new();
    let taking = shortest(|| machine(MANY), |machine| kept.push(machine.take_tickets()));
    let looking = kept.into_iter().map(|remains| timed(|| assert!(remains.into_flights().count() > 0)));
    let looking = looking.fold(f64::INFINITY, f64::min);
    assert!(taking < looking / 10.0, "taking them out took {taking} s, looking at them {looking} s");
}

#[test]
fn close_looks_at_no_unread_answer_under_the_lock() {
    let unread = || {
        let mut answers = Answers::default();
        for ticket in 0..MANY {
            answers.insert(Answered { ticket, text: String::from("{}"), task_id: None, record: None });
        }
        answers
    };
    let mut kept = Vec::new();
    let taking = shortest(unread, |answers| kept.push(answers.drop_unread()));
    let looking = kept.into_iter().map(|dropped| timed(|| assert!(dropped.in_order().count() > 0)));
    let looking = looking.fold(f64::INFINITY, f64::min);
    assert!(taking < looking / 10.0, "taking them out took {taking} s, looking at them {looking} s");
}

/// In the order in which they were submitted, each giving its purchase back to the guard.
#[test]
fn a_cancel_takes_as_long_beside_many() {
    let each = |tickets| {
        let work = |machine: &mut Machine| {
            let mut effects = Vec::new();
            for ticket in 1..=tickets {
                machine.handle(Instant::now(), Event::Cancelled(ticket));
                effects.clear();
                machine.drain_effects(&mut effects);
                assert!(matches!(effects.as_slice(), [Effect::Deliver(_)]));
            }
            assert_eq!(machine.limits.total(), 0);
        };
        shortest(|| machine(tickets), work) / tickets as f64
    };
    let (few, many) = (each(FEW), each(MANY));
    assert!(many < 10.0 * few, "{few} s each of {FEW}, {many} s each of {MANY}");
}

#[test]
fn tickets_of_a_kind_share_its_name() {
    let machine = machine(2);
    let kinds: Vec<_> = machine.tickets.values().filter_map(|ticket| ticket.terms.kind.clone()).collect();
    assert!(matches!(kinds.as_slice(), [one, other] if Arc::ptr_eq(one, other)));
}
