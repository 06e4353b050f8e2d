//! A fault of this library: it ends the ticket that it hits, and nothing else. The feature panic-probe has requests that
//! meet one.

use crate::support::faulty_server::{FaultyServer, good};
use crate::support::{Client, PATIENCE, task, task_with};
use serde_json::{Value, json};

fn code(answer: &Value) -> &str {
    answer["errorCode"].as_str().unwrap_or("")
}

/// A fault of ours in the hands of a worker ends its own ticket, and nothing else.
#[test]
fn a_fault_in_a_worker_ends_one_ticket() {
    const TASKS: usize = 90;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxConnections": 5}));
    for n in 0..TASKS {
        let name = match n {
            7 | 50 => "captask_panic_send".to_owned(),
            20 | 70 => "captask_panic_reply".to_owned(),
            n => n.to_string(),
        };
        client.submit_named(&name);
    }
    let mut faults = 0;
    let wait = i32::try_from(PATIENCE.as_millis()).expect("a time");
    for _ in 0..TASKS {
        let answer = client.receive(wait).expect("an answer");
        match answer["extra"].as_str() {
            Some("captask_panic_send") => {
                assert_eq!((code(&answer), answer.get("outcomeUnknown")), ("CAPTASK_PANIC", None), "{answer}");
                faults += 1;
            }
            Some("captask_panic_reply") => {
                assert_eq!((code(&answer), &answer["outcomeUnknown"]), ("CAPTASK_PANIC", &json!(true)), "{answer}");
                faults += 1;
            }
            _ => assert_eq!(answer["status"], "ready", "{answer}"),
        }
    }
    assert_eq!((faults, faulty.creates()), (4, TASKS - 2));
    assert_eq!(client.solve(&task_with("after", json!({})))["status"], "ready");
}

/// A request that was to leave when a fault hit another ticket leaves all the same, whoever submits meanwhile.
#[test]
fn a_fault_while_others_submit_ends_one_ticket() {
    const THREADS: usize = 4;
    const TASKS: usize = 400;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxConnections": 16}));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let client = &client;
            scope.spawn(move || {
                for n in 0..TASKS {
                    let name = if n % 8 == 7 { "captask_panic_send".into() } else { format!("{thread}-{n}") };
                    client.submit_named(&name);
                }
            });
        }
    });
    let wait = i32::try_from(PATIENCE.as_millis()).expect("a time");
    let mut faults = 0;
    for _ in 0..THREADS * TASKS {
        let answer = client.receive(wait).expect("an answer");
        match answer["extra"].as_str() {
            Some("captask_panic_send") => faults += usize::from(code(&answer) == "CAPTASK_PANIC"),
            _ => assert_eq!(answer["status"], "ready", "{answer}"),
        }
    }
    assert_eq!(faults, THREADS * TASKS / 8);
    assert!(client.inspect()["connections"].as_u64() <= Some(16), "{}", client.inspect());
}

/// A fault in an exchange ends its ticket, and neither takes room for connections along nor the work beside it.
#[test]
fn a_fault_in_an_exchange_takes_nothing_along() {
    const TASKS: usize = 200;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxConnections": 4}));
    let name = |n: usize| if n % 5 == 4 { String::from("captask_panic_exchange") } else { n.to_string() };
    (0..TASKS).for_each(|n| _ = client.submit_named(&name(n)));
    let wait = i32::try_from(PATIENCE.as_millis()).expect("a time");
    let mut faults = 0;
    for _ in 0..TASKS {
        let answer = client.receive(wait).expect("an answer");
        match answer["extra"].as_str() {
            Some("captask_panic_exchange") => {
                assert_eq!((code(&answer), &answer["outcomeUnknown"]), ("CAPTASK_PANIC", &json!(true)), "{answer}");
                faults += 1;
            }
            _ => assert_eq!(answer["status"], "ready", "{answer}"),
        }
    }
    assert_eq!(faults, TASKS / 5);
    assert_eq!(client.solve(&task_with("after", json!({})))["status"], "ready");
}

/// A fault before a ticket is there refuses the request.
#[test]
fn a_fault_in_a_submit_is_its_answer() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxInFlight": 1}));
    let mut request = task("any");
    request["extra"] = json!("captask_panic_submit");
    for _ in 0..3 {
        assert_eq!(code(&client.solve(&request)), "CAPTASK_PANIC");
    }
    assert_eq!(faulty.creates(), 0);
    assert_eq!(client.solve(&task_with("after", json!({})))["status"], "ready");
}
