//! Callers, the reactor and their wake-ups in many orders of threads. A scheduler in the place of the system's chooses who
//! runs next at every lock, wait and wake-up (`make interleave`); a wake-up that is lost leaves every thread waiting, which
//! it reports with the order that led there.

use super::event::{Begin, Event, What};
use super::ticket::Terms;
use super::waiting::Waited;
use super::waker::Waker;
use super::{Engine, Mode, Rest, State};
use crate::client::config::Config;
use crate::client::purchase::TaskId;
use crate::client::reply::Answer;
use crate::client::service::Service;
use shuttle::thread;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3600);

/// Orders that are tried by each of two schedulers for each test, unless ORDERS says how many.
const ORDERS: usize = 5000;

fn engine() -> Arc<Engine> {
    static SERVICE: OnceLock<Arc<Service>> = OnceLock::new();
    let service = SERVICE.get_or_init(|| {
        let url = String::from("http://127.0.0.1:9");
        let config =
            Config::parse(Some(r#"{"endpoint":"http://127.0.0.1:9","clientKey":"key"}"#)).expect("a configuration");
        Arc::new(Service::new(config, vec![url.clone()], url).expect("a service"))
    });
    let engine = Engine::new(service.clone()).expect("an engine");
    assert!(engine.shared.waker.set(Waker::default()).is_ok());
    Arc::new(engine)
}

/// As the reactor does it, with a service that answers at once: sleeps, wakes up, sends, hears.
fn reactor(engine: &Engine) {
    let shared = &engine.shared;
    let mut rest = Rest::default();
    loop {
        let mut state = shared.lock();
        if state.mode != Mode::Open {
            return;
        }
        if state.machine.demand(0) == 0 {
            let State { sleep, machine, .. } = &mut *state;
            sleep.begin(Instant::now() + HOUR, machine);
            drop(state);
            if let Some(waker) = shared.waker.get() {
                waker.wait();
            }
            state = shared.lock();
            state.sleep.end();
        }
        let now = Instant::now();
        state.machine.handle(now, Event::Time);
        while state.machine.demand(0) > 0 {
            state.machine.handle(now, Event::Free(0));
        }
        shared.perform(&mut state, &mut rest);
        drop(state);
        shared.conclude(&mut rest);
        for send in std::mem::take(&mut rest.sends).into_iter().flatten() {
            let text = format!(r#"{{"errorId":0,"status":"ready","solution":{{"ticket":{}}}}}"#, send.ticket);
            let answer = Answer { text, status: 200, retry_after_ms: None, host: 0, warning: None, note: None };
            let mut state = shared.lock();
            state.machine.handle(Instant::now(), Event::Replied(send.ticket, answer, String::new()));
            shared.perform(&mut state, &mut rest);
            drop(state);
            shared.conclude(&mut rest);
        }
    }
}

/// A ticket for a task that was bought before.
fn submit(engine: &Engine) -> i64 {
    let now = Instant::now();
    let ticket = {
        let mut state = engine.shared.lock();
        state.tickets += 1;
        state.tickets
    };
    let terms = Terms {
        ticket,
        extra: None,
        started: now,
        deadline: now + HOUR,
        first_ms: 0,
        interval_ms: 1000,
        max_polls: 120,
        polls_before: 0,
        key: None,
        token: None,
        kind: None,
    };
    let what = What::Adopt(TaskId::new("7"));
    engine.shared.handle(Event::Submitted(Box::new(Begin { terms, what, record: None, host: 0 })));
    ticket
}

/// Reads until the client is stopped; whoever has counted the last answer stops it.
fn receive_all(engine: &Engine, read: &AtomicUsize, wanted: usize) {
    loop {
        match engine.receive(None) {
            // Woken without an answer.
            Waited::NotYet => {}
            Waited::Answer(answer) if answer.text.contains("CAPTASK_CLOSED") && !answer.text.contains("\"ticket\"") => {
                return;
            }
            Waited::Answer(_) => count(engine, read, wanted),
        }
    }
}

fn count(engine: &Engine, read: &AtomicUsize, wanted: usize) {
    if read.fetch_add(1, Ordering::SeqCst) + 1 == wanted {
        engine.stop();
    }
}

fn spawn(engine: &Arc<Engine>, work: impl FnOnce(&Engine) + Send + 'static) -> thread::JoinHandle<()> {
    let engine = engine.clone();
    thread::spawn(move || work(&engine))
}

fn try_orders(body: impl Fn() + Send + Sync + Clone + 'static) {
    let orders = std::env::var("ORDERS").map_or(ORDERS, |text| text.parse().expect("ORDERS is a number"));
    shuttle::check_random(body.clone(), orders);
    shuttle::check_pct(body, orders, 3);
}

#[test]
fn no_wake_up_is_lost() {
    try_orders(|| {
        const WANTED: usize = 5;
        let (engine, read) = (engine(), Arc::new(AtomicUsize::new(0)));
        let mut threads = vec![spawn(&engine, reactor)];
        for _ in 0..2 {
            let read = read.clone();
            threads.push(spawn(&engine, move |engine| receive_all(engine, &read, WANTED)));
        }
        threads.push(spawn(&engine, |engine| (0..2).for_each(|_| _ = submit(engine))));
        threads.push(spawn(&engine, |engine| (0..2).for_each(|_| _ = engine.cancel(submit(engine)))));
        threads.push(spawn(&engine, Engine::wake));
        let own = read.clone();
        threads.push(spawn(&engine, move |engine| {
            let ticket = submit(engine);
            // A receiver may have been quicker, who counts it then.
            if let Waited::Answer(answer) = engine.wait(ticket, None)
                && !answer.text.contains("CAPTASK_UNKNOWN_TICKET")
            {
                count(engine, &own, WANTED);
            }
        }));
        threads.into_iter().for_each(|thread| thread.join().expect("a thread that ends"));
        assert_eq!(read.load(Ordering::SeqCst), WANTED);
    });
}

#[test]
fn a_stop_and_a_close_end_every_wait() {
    for closes in [false, true] {
        try_orders(move || {
            let engine = engine();
            let ticket = submit(&engine);
            let mut threads = vec![spawn(&engine, reactor)];
            threads.push(spawn(&engine, move |engine| _ = engine.wait(ticket, None)));
            threads.push(spawn(&engine, |engine| receive_all(engine, &AtomicUsize::new(0), usize::MAX)));
            threads.push(spawn(&engine, move |engine| {
                if closes {
                    engine.close();
                } else {
                    engine.stop();
                }
            }));
            threads.into_iter().for_each(|thread| thread.join().expect("a thread that ends"));
        });
    }
}
