//! The client's own limits on buying.

use crate::support::faulty_server::{FaultyServer, Reply, good, html, refused};
use crate::support::{Client, task, until};
use serde_json::{Value, json};

fn guarded(answer: &Value) {
    assert_eq!(answer["errorCode"], "CAPTASK_GUARD", "{answer}");
    assert!(answer.get("outcomeUnknown").is_none() && answer.get("taskId").is_none(), "{answer}");
}

fn buys(client: &Client) -> [Value; 4] {
    let submitted = match client.try_submit(&task("submit")) {
        Ok(ticket) => client.wait(ticket, -1).expect("an answer"),
        Err(error) => error,
    };
    let request = task("x");
    [client.solve(&task("solve")), submitted, client.create_task(&request), client.call("createTask", &request)]
}

#[test]
fn tasks_per_minute() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"guard": {"tasksPerMinute": 3}}));
    assert_eq!(client.solve(&task("one"))["errorId"], 0);
    assert_eq!(client.create_task(&task("two"))["errorId"], 0);
    assert_eq!(client.call("createTask", &task("three"))["errorId"], 0);
    for answer in buys(&client) {
        guarded(&answer);
        let wait = answer["retryAfterMs"].as_u64().expect("how long");
        assert!((1..=60_000).contains(&wait), "{answer}");
        assert_eq!((&answer["retryable"], &answer["retryScope"]), (&json!(true), &json!("same_request")), "{answer}");
    }
    assert_eq!(client.solve(&json!({"taskId": 5}))["status"], "ready", "adopting buys nothing");
    assert_eq!(faulty.creates(), 3);
}

#[test]
fn max_tasks_counts_what_may_have_been_bought_and_nothing_else() {
    let faulty = FaultyServer::mostly_good(|r| match (r.method.as_str(), r.name()) {
        ("createTask", "refused") => Some(refused(200, "ERROR_NO_SLOT_AVAILABLE")),
        ("createTask", "lost") => Some(Reply::Raw(Vec::new())),
        ("createTask", "page") => Some(html(502)),
        _ => None,
    });
    let client = Client::at(&faulty.url(), json!({"guard": {"maxTasks": 5}}));
    for _ in 0..10 {
        assert_eq!(client.solve(&task("refused"))["errorCode"], "ERROR_NO_SLOT_AVAILABLE");
        assert_eq!(client.create_task(&task("refused"))["errorCode"], "ERROR_NO_SLOT_AVAILABLE");
    }
    assert_eq!(client.solve(&task("lost"))["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
    assert_eq!(client.create_task(&task("page"))["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
    assert_eq!(client.solve(&task("good"))["status"], "ready");
    assert_eq!(client.solve(&task("good"))["status"], "ready");
    assert_eq!(client.create_task(&task("good"))["errorId"], 0);
    for answer in buys(&client) {
        guarded(&answer);
        assert_eq!(answer["retryable"], false, "{answer}");
    }
    assert_eq!(faulty.creates(), 25);
}

/// No spelling of createTask is a way past the limits.
#[test]
fn a_call_by_name_is_guarded_like_any_other() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"guard": {"maxTasks": 1}}));
    assert_eq!(client.call("createTask", &task("one"))["errorId"], 0);
    guarded(&client.call("createTask", &task("two")));
    for name in ["CreateTask", "createtask", "CREATETASK", "createTASK"] {
        let answer = client.call(name, &task("three"));
        assert_eq!(answer["errorCode"], "CAPTASK_INVALID_ARGUMENT", "{name}: {answer}");
        assert!(answer["errorDescription"].as_str().is_some_and(|text| text.contains("createTask")), "{answer}");
    }
    assert_eq!(faulty.creates(), 1);
    assert_eq!(faulty.connections(), 1, "nothing else went out");
}

#[test]
fn many_at_once_never_exceed_max_tasks() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"guard": {"maxTasks": 20}}));
    std::thread::scope(|scope| {
        for n in 0..8 {
            let client = &client;
            scope.spawn(move || {
                for k in 0..10 {
                    let _ =
                        if n % 2 == 0 { client.solve(&task("a")) } else { client.create_task(&task(&k.to_string())) };
                }
            });
        }
    });
    assert_eq!(faulty.creates(), 20);
}

#[test]
fn refusals_hold_creates_back_for_a_while() {
    for refusal in ["ERROR_ZERO_BALANCE", "ERROR_KEY_DOES_NOT_EXIST"] {
        for way in 0..2 {
            let faulty = FaultyServer::mostly_good(move |r| {
                (r.method == "createTask" && r.nth == 1).then(|| refused(200, refusal))
            });
            let client = Client::at(&faulty.url(), json!({"guard": {"holdOnRefusalMs": 1500}}));
            let first = if way == 0 { client.solve(&task("one")) } else { client.create_task(&task("one")) };
            assert_eq!(first["errorCode"], refusal, "{first}");
            for answer in buys(&client) {
                guarded(&answer);
                assert!((1..=1500).contains(&answer["retryAfterMs"].as_u64().expect("how long")), "{answer}");
            }
            assert_eq!(faulty.creates(), 1, "nobody insisted");
            assert_eq!(client.balance()["errorId"], 0, "only creates are held back");
            until("the hold is over", || client.create_task(&task("two"))["errorId"] == 0);
            assert_eq!(faulty.creates(), 2);
        }
    }
}

#[test]
fn what_was_queued_before_a_refusal_is_held_back_too() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "createTask").then(|| refused(200, "ERROR_ZERO_BALANCE")));
    let client = Client::at(&faulty.url(), json!({"maxConnections": 1}));
    let mut guard = 0;
    let tickets: Vec<_> = (0..50).filter_map(|n| client.try_submit(&task(&n.to_string())).ok()).collect();
    for ticket in &tickets {
        let answer = client.wait(*ticket, -1).expect("an answer");
        match answer["errorCode"].as_str() {
            Some("CAPTASK_GUARD") => {
                assert!(answer["retryAfterMs"].is_number(), "{answer}");
                guard += 1;
            }
            code => assert_eq!(code, Some("ERROR_ZERO_BALANCE"), "{answer}"),
        }
    }
    assert_eq!((faulty.creates(), guard), (1, tickets.len() - 1));
}

#[test]
fn a_hold_of_zero_holds_nothing() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "createTask").then(|| refused(200, "ERROR_ZERO_BALANCE")));
    let client = Client::at(&faulty.url(), json!({"guard": {"holdOnRefusalMs": 0}}));
    for answer in buys(&client) {
        assert_eq!(answer["errorCode"], "ERROR_ZERO_BALANCE", "{answer}");
    }
    assert_eq!(faulty.creates(), 4);
}

/// A name of megabytes must not make an error text of megabytes.
#[test]
fn error_texts_stay_short_whatever_is_wrong() {
    let name = "n".repeat(1 << 20);
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    let errors = [
        Client::try_open(&json!({ &name: 1 })).expect_err("refused"),
        Client::try_open(&json!({"poll": { &name: 1 }})).expect_err("refused"),
        client.solve(&json!({"task": {"type": "ImageToTextTask", "body": "aGVsbG8="}, "options": { &name: 1 }})),
    ];
    for error in errors {
        let told = error["errorDescription"].as_str().expect("a description");
        assert!(told.len() < 2000, "{} bytes: {}", told.len(), &told[..200]);
    }
    assert_eq!(faulty.creates(), 0);
}
