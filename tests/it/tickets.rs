//! Tickets: exactly one answer each, whatever happens, and who gets it.

use crate::support::faulty_server::{FaultyServer, Gate, Reply, closed_port, good, processing, ready};
use crate::support::{Client, PATIENCE, returns, task, task_with, until};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

fn code(answer: &Value) -> &str {
    answer["errorCode"].as_str().unwrap_or("")
}

#[test]
fn many_threads_receive_and_every_answer_goes_to_one_of_them() {
    const TASKS: usize = 600;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    let got = Mutex::new(HashMap::<i64, usize>::new());
    let left = AtomicUsize::new(TASKS);
    let mut tickets = Vec::new();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while left.load(Ordering::Acquire) > 0 {
                    let Some(answer) = client.receive(50) else { continue };
                    assert_eq!(answer["status"], "ready", "{answer}");
                    assert_eq!(answer["extra"], json!({"mine": answer["ticket"]}), "extra comes back: {answer}");
                    let ticket = answer["ticket"].as_i64().expect("a ticket");
                    *got.lock().expect("fine").entry(ticket).or_default() += 1;
                    left.fetch_sub(1, Ordering::AcqRel);
                }
            });
        }
        for n in 1..=TASKS {
            let mut request = task(&n.to_string());
            // Tickets are counted from 1, and nobody else submits here.
            request["extra"] = json!({"mine": n});
            tickets.push(client.submit(&request));
        }
    });
    let got = got.into_inner().expect("fine");
    assert!(tickets.iter().all(|ticket| got.get(ticket) == Some(&1)));
    assert_eq!((got.len(), faulty.creates()), (TASKS, TASKS));
    assert_eq!((client.inspect()["inFlight"].as_u64(), client.inspect()["unread"].as_u64()), (Some(0), Some(0)));
    assert!(client.receive(0).is_none());
    assert_eq!(code(&client.wait(tickets[0], 0).expect("an error")), "CAPTASK_UNKNOWN_TICKET");
}

#[test]
fn a_receiver_on_an_idle_client_blocks_until_somebody_submits() {
    let faulty = FaultyServer::start(good);
    let client = Arc::new(Client::at(&faulty.url(), json!({})));
    let theirs = client.clone();
    let blocked = thread::spawn(move || theirs.receive(-1));
    assert!(client.receive(0).is_none());
    assert!(client.receive(20).is_none());
    assert!(!blocked.is_finished());
    let ticket = client.submit(&task("one"));
    let answer = returns("receive", PATIENCE, move || blocked.join().expect("fine")).expect("an answer");
    assert_eq!(answer["ticket"], ticket);
}

#[test]
fn a_ticket_somebody_waits_for_is_nobody_elses() {
    let gate = Arc::new(Gate::default());
    let theirs = gate.clone();
    let faulty = FaultyServer::mostly_good(move |r| {
        (r.method == "getTaskResult").then(|| Reply::Held(theirs.clone(), Box::new(ready())))
    });
    let client = Arc::new(Client::at(&faulty.url(), json!({})));
    let ticket = client.submit(&task("one"));
    assert!(client.wait(ticket, 0).is_none(), "not yet");
    let waiting = client.clone();
    let waiter = thread::spawn(move || waiting.wait(ticket, -1).expect("an answer"));
    // Only the first waiter is let in; a second look tells when that was.
    until("the waiter waits", || client.wait(ticket, 0).is_some_and(|a| code(&a) == "CAPTASK_UNKNOWN_TICKET"));
    assert_eq!(code(&client.wait(ticket, 50).expect("an error")), "CAPTASK_UNKNOWN_TICKET");
    gate.open();
    assert_eq!(waiter.join().expect("fine")["ticket"], ticket);
    assert!(client.receive(20).is_none());
    assert_eq!(code(&client.wait(ticket, -1).expect("an error")), "CAPTASK_UNKNOWN_TICKET");
}

#[test]
fn a_wait_that_ran_out_gives_the_ticket_back() {
    let gate = Arc::new(Gate::default());
    let theirs = gate.clone();
    let faulty = FaultyServer::mostly_good(move |r| {
        (r.method == "getTaskResult").then(|| Reply::Held(theirs.clone(), Box::new(ready())))
    });
    let client = Client::at(&faulty.url(), json!({}));
    let ticket = client.submit(&task("one"));
    assert!(client.wait(ticket, 10).is_none());
    gate.open();
    let answer = client.receive(-1).expect("an answer");
    assert_eq!((answer["ticket"].as_i64(), answer["status"].as_str()), (Some(ticket), Some("ready")));
}

#[test]
fn the_tickets_of_solve_are_never_received() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    let over = AtomicUsize::new(0);
    thread::scope(|scope| {
        for n in 0..4 {
            let (client, over) = (&client, &over);
            scope.spawn(move || {
                for k in 0..25 {
                    assert_eq!(client.solve(&task(&format!("{n}-{k}")))["status"], "ready");
                }
                over.fetch_add(1, Ordering::AcqRel);
            });
        }
        while over.load(Ordering::Acquire) < 4 {
            let stolen = client.receive(5);
            assert!(stolen.is_none(), "{stolen:?}");
        }
    });
    assert!(client.receive(0).is_none());
}

#[test]
fn bad_timeouts_and_tickets() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    for timeout in [-2, i32::MIN] {
        assert_eq!(code(&client.receive(timeout).expect("an error")), "CAPTASK_INVALID_ARGUMENT");
        assert_eq!(code(&client.wait(1, timeout).expect("an error")), "CAPTASK_INVALID_ARGUMENT");
    }
    for ticket in [0, -1, 99, i64::MAX, i64::MIN] {
        assert_eq!(code(&client.wait(ticket, -1).expect("an error")), "CAPTASK_UNKNOWN_TICKET");
        assert_eq!(client.cancel(ticket), 0);
    }
}

#[test]
fn the_queue_is_full_at_max_in_flight_however_many_submit_at_once() {
    const MOST: usize = 10;
    let gate = Arc::new(Gate::default());
    for _ in 0..20 {
        let theirs = gate.clone();
        let faulty = FaultyServer::mostly_good(move |r| {
            (r.method == "createTask").then(|| Reply::Held(theirs.clone(), Box::new(good(r))))
        });
        let client = Client::at(&faulty.url(), json!({"maxInFlight": MOST, "maxConnections": 2}));
        let (barrier, accepted) = (Barrier::new(16), AtomicUsize::new(0));
        thread::scope(|scope| {
            for n in 0..16 {
                let (client, barrier, accepted) = (&client, &barrier, &accepted);
                scope.spawn(move || {
                    barrier.wait();
                    for k in 0..4 {
                        match client.try_submit(&task(&format!("{n}-{k}"))) {
                            Ok(_) => {
                                accepted.fetch_add(1, Ordering::AcqRel);
                            }
                            Err(error) => {
                                assert_eq!(code(&error), "CAPTASK_QUEUE_FULL", "{error}");
                                assert_eq!(error["retryable"], true, "{error}");
                            }
                        }
                    }
                });
            }
        });
        assert_eq!(accepted.load(Ordering::Acquire), MOST);
        gate.open();
        // Unread answers count too; each one that is read makes room for one.
        until("all are answered", || client.inspect()["unread"] == MOST);
        assert_eq!(code(&client.try_submit(&task("over")).expect_err("full")), "CAPTASK_QUEUE_FULL");
        assert!(client.receive(0).is_some());
        client.submit(&task("fits"));
        assert_eq!(code(&client.try_submit(&task("over")).expect_err("full")), "CAPTASK_QUEUE_FULL");
    }
}

#[test]
fn submit_and_solve_refuse_a_full_queue_alike_and_give_room_back_after_refusals() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxInFlight": 1}));
    for _ in 0..5 {
        // Refused before take-off: it must leave no trace in the count.
        assert!(client.try_submit(&json!({"taskId": 5, "options": {"pollsUsed": 120}})).is_err());
    }
    assert_eq!(client.solve(&task("one"))["status"], "ready");
    client.submit(&task("two"));
    assert_eq!(code(&client.solve(&task("three"))), "CAPTASK_QUEUE_FULL");
}

#[test]
fn after_stop_everything_is_received_and_then_closed() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth % 2 == 0).then(processing));
    let client = Client::at(&faulty.url(), json!({"poll": {"firstMs": 1, "intervalMs": 60_000, "timeoutMs": 600_000}}));
    let tickets: Vec<i64> = (0..50).map(|n| client.submit(&task(&n.to_string()))).collect();
    until("some are ready", || client.inspect()["unread"].as_u64() >= Some(10));
    assert_eq!((client.stop(), client.stop()), (1, 1));
    let (mut ready, mut seen) = (0, HashMap::new());
    loop {
        let answer = client.receive(-1).expect("an answer");
        let Some(ticket) = answer["ticket"].as_i64() else {
            assert_eq!(code(&answer), "CAPTASK_CLOSED", "{answer}");
            break;
        };
        *seen.entry(ticket).or_insert(0) += 1;
        if answer["errorId"] == 0 {
            ready += 1;
        } else {
            assert_eq!(code(&answer), "CAPTASK_CLOSED", "{answer}");
            let told = answer["taskId"].is_number() || answer["outcomeUnknown"] == true;
            assert!(told || faulty.creates() < tickets.len(), "{answer}");
        }
    }
    assert!(ready >= 10);
    assert!(tickets.iter().all(|ticket| seen.get(ticket) == Some(&1)), "{seen:?}");
    assert_eq!(code(&client.receive(0).expect("an error")), "CAPTASK_CLOSED");
    assert_eq!(code(&client.try_submit(&task("late")).expect_err("stopped")), "CAPTASK_CLOSED");
    assert_eq!(code(&client.balance()), "CAPTASK_CLOSED");
    assert_eq!((client.close(), client.close(), client.stop()), (1, 0, 0));
    assert_eq!(code(&client.receive(0).expect("an error")), "CAPTASK_UNKNOWN_HANDLE");
}

#[cfg(feature = "panic-probe")]
#[test]
fn a_panic_takes_no_ticket_with_it() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    let tickets: Vec<i64> = (0..50).map(|n| client.submit(&task(&n.to_string()))).collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let answer = client.call("captask_panic", &json!({}));
                    assert_eq!(code(&answer), "CAPTASK_PANIC", "{answer}");
                }
            });
        }
    });
    for ticket in tickets {
        assert_eq!(client.wait(ticket, -1).expect("an answer")["status"], "ready");
    }
    assert_eq!(client.balance()["errorId"], 0);
}

#[test]
fn a_deadline_that_passes_before_anything_was_sent() {
    let client = Client::at(&closed_port(), json!({}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    assert_eq!(code(&answer), "CAPTASK_CONNECT", "{answer}");
    assert!(answer.get("outcomeUnknown").is_none() && answer.get("taskId").is_none(), "{answer}");
}

#[test]
fn a_deadline_that_passes_while_creating() {
    let faulty = FaultyServer::start(|_| Reply::Silence);
    let client = Client::at(&faulty.url(), json!({}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    assert_eq!((code(&answer), &answer["outcomeUnknown"]), ("CAPTASK_TIMEOUT", &json!(true)), "{answer}");
    assert_eq!(answer["retryable"], false, "{answer}");
    assert_eq!(faulty.creates(), 1);
}

#[test]
fn a_deadline_that_passes_while_polling_leaves_the_task_to_be_adopted() {
    let slow = Arc::new(Gate::default());
    let theirs = slow.clone();
    let faulty = FaultyServer::mostly_good(move |r| {
        (r.method == "getTaskResult" && r.nth == 1).then(|| Reply::Held(theirs.clone(), Box::new(processing())))
    });
    let client = Client::at(&faulty.url(), json!({}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    assert_eq!((code(&answer), &answer["taskId"]), ("CAPTASK_TIMEOUT", &json!(1001)), "{answer}");
    slow.open();
    assert_eq!(client.solve(&json!({"taskId": answer["taskId"]}))["status"], "ready");
    assert_eq!(faulty.creates(), 1);
}

#[test]
fn creates_and_polls_do_not_starve_each_other() {
    // One connection, and every task wants more polls than its turn allows: all come through all the same.
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth_of_task < 4).then(processing));
    let client = Client::at(&faulty.url(), json!({"maxConnections": 1, "poll": {"firstMs": 1, "intervalMs": 1}}));
    let tickets: Vec<i64> = (0..100).map(|n| client.submit(&task(&n.to_string()))).collect();
    for ticket in tickets {
        assert_eq!(client.wait(ticket, -1).expect("an answer")["status"], "ready");
    }
    assert_eq!((faulty.creates(), faulty.polls()), (100, 400));
}

#[test]
fn threads_stay_within_their_bound() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth_of_task < 3).then(processing));
    let client = Client::at(&faulty.url(), json!({"maxConnections": 4}));
    for n in 0..400 {
        client.submit(&task(&n.to_string()));
    }
    let mut most = 0;
    for _ in 0..400 {
        let answer = client.receive(-1).expect("an answer");
        assert_eq!(answer["status"], "ready", "{answer}");
        most = most.max(client.inspect()["threads"].as_u64().expect("a number"));
    }
    assert!((1..=4 + 3).contains(&most), "{most}");
    assert!(client.inspect()["connections"].as_u64() <= Some(4), "{}", client.inspect());
}
