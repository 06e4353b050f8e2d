//! Every pair of state and event: a move, or one that is survived without one. In any case a ticket gets one answer.

use super::event::{Begin, Effect, Event, What};
use super::machine::{Machine, Settings};
use super::ticket::{State, Terms};
use crate::client::backoff::Chance;
use crate::client::config::GuardConfig;
use crate::client::hosts::Hosts;
use crate::client::limits::Limits;
use crate::client::purchase::{Bought, Broken, TaskId};
use crate::client::reply::Answer;
use crate::protocol::{Code, Failure};
use crate::secret::Secret;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TICKET: i64 = 7;
const SECOND: Duration = Duration::from_secs(1);

fn machine() -> Machine {
    let guard = GuardConfig { tasks_per_minute: None, max_tasks: None, hold_on_refusal: SECOND };
    let settings = Settings {
        max_connections: 4,
        request_timeout: 20 * SECOND,
        key_json: Some(Secret::new("\"key\"".into())),
        learn: true,
    };
    Machine::new(settings, Hosts::new(2), Limits::new(guard), Chance::new(1))
}

fn terms(now: Instant) -> Terms {
    Terms {
        ticket: TICKET,
        extra: Some("{\"n\":1}".into()),
        started: now,
        deadline: now + 60 * SECOND,
        first_ms: 1000,
        interval_ms: 1000,
        max_polls: 120,
        polls_before: 0,
        key: None,
        token: Some("token".into()),
        kind: None,
    }
}

fn answer(text: &str) -> Answer {
    Answer { text: text.into(), status: 200, retry_after_ms: None, host: 0, warning: None, note: None }
}

fn failure() -> Failure {
    Failure::new(Code::Connect, "refused")
}

/// A machine with one ticket in this state.
fn at(state: State, now: Instant) -> Machine {
    let mut machine = machine();
    let admission = machine.limits.admit(now).ok();
    let body = Arc::new(Secret::new("{}".into()));
    let begin = Begin { terms: terms(now), what: What::Buy(body, admission), record: Some(3), host: 0 };
    machine.handle(now, Event::Submitted(Box::new(begin)));
    let bought = || Event::Replied(TICKET, answer(r#"{"errorId":0,"taskId":5}"#), String::new());
    let busy = Answer { status: 429, ..answer("") };
    let way: Vec<(u64, Event)> = match state {
        State::Queued => vec![],
        State::Creating => vec![(0, Event::Free(0))],
        State::Retrying => vec![(0, Event::Free(0)), (0, Event::Replied(TICKET, busy, String::new()))],
        State::Waiting => vec![(0, Event::Free(0)), (0, bought())],
        State::Due => vec![(0, Event::Free(0)), (0, bought()), (58, Event::Time)],
        State::Polling => vec![(0, Event::Free(0)), (0, bought()), (58, Event::Time), (58, Event::Free(0))],
        State::Orphaned => vec![(0, Event::Free(0)), (0, Event::Cancelled(TICKET))],
    };
    for (seconds, event) in way {
        machine.handle(now + Duration::from_secs(seconds), event);
    }
    let found = machine.tickets.get(&TICKET).map(|ticket| ticket.state);
    assert_eq!(found, Some(state));
    machine
}

/// Every event, in the forms that matter.
fn events() -> Vec<(&'static str, Event)> {
    let broken = |sent, bought, again| Broken { sent, bought, again, failure: failure() };
    let replied = |text: &str| Event::Replied(TICKET, answer(text), String::new());
    vec![
        ("free", Event::Free(0)),
        ("free elsewhere", Event::Free(1)),
        ("bought", replied(r#"{"errorId":0,"taskId":5}"#)),
        ("bought and ready", replied(r#"{"errorId":0,"taskId":5,"solution":{"a":1}}"#)),
        ("ready", replied(r#"{"errorId":0,"status":"ready","solution":{"a":1}}"#)),
        ("processing", replied(r#"{"errorId":0,"status":"processing"}"#)),
        ("refused", replied(r#"{"errorId":1,"errorCode":"ERROR_ZERO_BALANCE"}"#)),
        ("page", replied("<html>")),
        ("not sent", Event::Broken(TICKET, broken(false, Bought::No, true))),
        ("refused handshake", Event::Broken(TICKET, broken(true, Bought::No, false))),
        ("lost", Event::Broken(TICKET, broken(true, Bought::Unknown, false))),
        ("called back", Event::CalledBack(TICKET, answer(r#"{"errorId":0,"solution":{"a":1}}"#))),
        ("cancelled", Event::Cancelled(TICKET)),
        ("fault", Event::Fault(TICKET)),
        ("reached", Event::Reached(0)),
        ("unreachable", Event::Unreachable(0, failure(), false)),
        ("hopeless", Event::Unreachable(1, failure(), true)),
        ("time", Event::Time),
        ("stopped", Event::Stopped),
        ("end of a stopped one", Event::EndStopped(TICKET)),
        ("of another ticket", Event::Cancelled(TICKET + 1)),
    ]
}

fn delivered(machine: &mut Machine) -> usize {
    let mut effects = Vec::new();
    machine.drain_effects(&mut effects);
    effects.iter().filter(|effect| matches!(effect, Effect::Deliver(answered) if answered.ticket == TICKET)).count()
}

/// What the queues hold is what the states say.
fn is_consistent(machine: &Machine) {
    let count = |wanted: &[State]| machine.tickets.values().filter(|ticket| wanted.contains(&ticket.state)).count();
    assert_eq!(machine.creates.len(), count(&[State::Queued]));
    assert_eq!(machine.timers.len(), count(&[State::Retrying, State::Waiting]));
    assert_eq!(machine.due.iter().map(std::collections::BTreeSet::len).sum::<usize>(), count(&[State::Due]));
    assert_eq!(machine.creating, count(&[State::Creating, State::Orphaned]));
    assert_eq!(machine.deadlines.len(), machine.tickets.len() - count(&[State::Orphaned]));
}

#[test]
fn every_event_in_every_state_is_survived_and_answers_once() {
    let now = Instant::now();
    for state in State::ALL {
        for (name, _) in events() {
            let mut machine = at(state, now);
            let mut answers = delivered(&mut machine);
            let event = events().into_iter().find(|(other, _)| *other == name).map(|(_, event)| event);
            machine.handle(now + 59 * SECOND, event.expect("the same list"));
            is_consistent(&machine);
            // Whatever is left ends at the deadline, and its createTask with its reply.
            machine.handle(now + 61 * SECOND, Event::Time);
            machine.handle(now + 61 * SECOND, Event::EndStopped(TICKET));
            machine.handle(now + 62 * SECOND, Event::Replied(TICKET, answer("<html>"), String::new()));
            is_consistent(&machine);
            answers += delivered(&mut machine);
            assert_eq!(answers, 1, "{state:?}, {name}");
            assert!(machine.tickets.is_empty(), "{state:?}, {name}: {:?}", machine.tickets);
        }
    }
}

#[test]
fn a_purchase_that_bought_nothing_is_given_back_once() {
    let now = Instant::now();
    for (name, total) in [("refused", 0), ("cancelled", 1), ("lost", 1), ("bought", 1), ("refused handshake", 0)] {
        let mut machine = at(State::Creating, now);
        let event = events().into_iter().find(|(other, _)| *other == name).map(|(_, event)| event);
        machine.handle(now, event.expect("in the list"));
        machine.handle(now + 61 * SECOND, Event::Time);
        assert_eq!(machine.limits.total(), total, "{name}");
    }
    let mut machine = at(State::Queued, now);
    machine.handle(now, Event::Cancelled(TICKET));
    assert_eq!(machine.limits.total(), 0);
    // The reply to an orphan's createTask settles it after all.
    let mut machine = at(State::Orphaned, now);
    let refused = answer(r#"{"errorId":1,"errorCode":"ERROR_ZERO_BALANCE"}"#);
    machine.handle(now, Event::Replied(TICKET, refused, String::new()));
    assert_eq!(machine.limits.total(), 0);
}

#[test]
fn a_late_task_id_is_written_down() {
    let now = Instant::now();
    let mut machine = at(State::Orphaned, now);
    machine.handle(now, Event::Replied(TICKET, answer(r#"{"errorId":0,"taskId":5}"#), String::new()));
    let mut effects = Vec::new();
    machine.drain_effects(&mut effects);
    let orphan = effects.iter().any(|effect| {
        matches!(effect, Effect::Note(super::event::Note::Orphan(Some(3), id, 0, Some(_), false)) if *id == TaskId::new("5"))
    });
    assert!(orphan, "{effects:?}");
}
