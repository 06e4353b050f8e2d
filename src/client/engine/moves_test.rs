//! Every pair of state and event: a move, or one that is survived without one. In any case a ticket gets one answer.
//! The states and events are those that `ticket.rs` and `event.rs` define, so that a new one has to be added here.

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
    let mut hosts = Hosts::new(2);
    // When the first fails too, there is no other.
    hosts.failed(1, failure(), true, Instant::now() + 50 * SECOND, &mut Chance::new(1));
    Machine::new(settings, hosts, Limits::new(guard), Chance::new(1))
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
        ("busy", Event::Replied(TICKET, Answer { status: 429, ..answer("") }, String::new())),
        ("not sent", Event::Broken(TICKET, broken(false, Bought::No, true))),
        ("refused handshake", Event::Broken(TICKET, broken(true, Bought::No, false))),
        ("lost", Event::Broken(TICKET, broken(true, Bought::Unknown, false))),
        ("called back", Event::CalledBack(TICKET, answer(r#"{"errorId":0,"solution":{"a":1}}"#))),
        ("cancelled", Event::Cancelled(TICKET)),
        ("fault", Event::Fault(TICKET)),
        ("reached", Event::Reached(0)),
        ("unreachable", Event::Unreachable(0, failure(), false)),
        ("hopeless", Event::Unreachable(0, failure(), true)),
        ("hopeless elsewhere", Event::Unreachable(1, failure(), true)),
        ("time", Event::Time),
        ("deadline", Event::Time),
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

/// The variants of an enum, as its source has them.
fn variants(source: &str, of: &str) -> Vec<String> {
    let (_, body) = source.split_once(&format!("pub enum {of} {{\n")).expect("the enum");
    let (body, _) = body.split_once("\n}").expect("its end");
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    names.map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_state_and_every_event_is_walked() {
    let mut events: Vec<String> = events().iter().map(|(_, event)| format!("{event:?}")).collect();
    events.iter_mut().for_each(|event| event.truncate(event.find('(').unwrap_or(event.len())));
    let defined = variants(include_str!("event.rs"), "Event");
    // What begins a ticket has none before.
    let walked = |name: &String| name == "Submitted" || events.contains(name);
    assert!(defined.len() > 5 && defined.iter().all(walked), "{defined:?}, walked are {events:?}");
    let states: Vec<String> = State::ALL.iter().map(|state| format!("{state:?}")).collect();
    assert_eq!(states, variants(include_str!("ticket.rs"), "State"));
}

/// What moves a ticket has an arm for each state and event: one for the rest of them would hide a new one.
#[test]
fn no_arm_is_for_the_rest() {
    let sources = [
        include_str!("machine.rs"),
        include_str!("moves.rs"),
        include_str!("creating.rs"),
        include_str!("polling.rs"),
        include_str!("endings.rs"),
        include_str!("faults.rs"),
    ];
    for line in sources.into_iter().flat_map(str::lines) {
        assert!(!line.trim_start().starts_with("_ =>") && !line.contains("| _ =>"), "{line}");
    }
}

/// Where each event leads from each state, a letter for each: `!` is an answer, `.` is the end of an orphan.
const MOVES: &str = "
    .                     Q  R  C  W  D  P  O
    free                  C  R  C  W  P  P  O
    free elsewhere        Q  R  C  W  D  P  O
    bought                Q  R  W  W  D  W  .
    bought and ready      Q  R  !  W  D  !  .
    ready                 Q  R  !  W  D  !  .
    processing            Q  R  !  W  D  W  .
    refused               Q  R  !  W  D  !  .
    page                  Q  R  !  W  D  W  .
    busy                  Q  R  R  W  D  W  .
    not sent              Q  R  Q  W  D  D  .
    refused handshake     Q  R  !  W  D  W  .
    lost                  Q  R  !  W  D  W  .
    called back           Q  R  C  !  !  !  O
    cancelled             !  !  !O !  !  !  O
    fault                 !  !  !  !  !  !  .
    reached               Q  R  C  W  D  P  O
    unreachable           Q  R  C  W  D  P  O
    hopeless              !  R  C  W  D  P  O
    hopeless elsewhere    Q  R  C  W  D  P  O
    time                  Q  Q  C  D  D  P  O
    deadline              !  !  !O !  !  !  O
    stopped               Q  R  C  W  D  P  O
    end of a stopped one  !  !  !O !  !  !  O
    of another ticket     Q  R  C  W  D  P  O
";

#[test]
fn every_event_leads_where_the_table_says() {
    let now = Instant::now();
    let mut found = String::from("\n    .                     Q  R  C  W  D  P  O\n");
    for (name, _) in events() {
        let mut line = format!("    {name:<22}");
        for state in State::ALL {
            let mut machine = at(state, now);
            delivered(&mut machine);
            machine.handle(now + when(name), named(name));
            let answered = if delivered(&mut machine) > 0 { "!" } else { "" };
            let left = machine.tickets.get(&TICKET).map(|ticket| format!("{:?}", ticket.state));
            let left = left.as_ref().map_or(if answered.is_empty() { "." } else { "" }, |state| &state[..1]);
            let cell = format!("{answered}{left}");
            line.push_str(&format!("{cell:<3}"));
        }
        found.push_str(line.trim_end());
        found.push('\n');
    }
    assert_eq!(found, MOVES, "found is\n{found}");
}

fn named(name: &str) -> Event {
    let event = events().into_iter().find(|(other, _)| *other == name).map(|(_, event)| event);
    event.expect("in the list")
}

/// When an event happens: the deadline after a minute, all others before it.
fn when(name: &str) -> Duration {
    if name == "deadline" { 60 * SECOND } else { 59 * SECOND }
}

#[test]
fn every_event_in_every_state_is_survived_and_answers_once() {
    let now = Instant::now();
    for state in State::ALL {
        for (name, _) in events() {
            let mut machine = at(state, now);
            let mut answers = delivered(&mut machine);
            machine.handle(now + when(name), named(name));
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
        machine.handle(now, named(name));
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
