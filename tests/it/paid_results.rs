//! Polls in trouble: no fault loses a paid task, none spins, none makes more than 120 of them.

use crate::support::faulty_server::{FaultyServer, Reply, fine, good, html, processing, ready, refused, response};
use crate::support::{Client, task, task_with};
use serde_json::{Value, json};
use std::time::Duration;

/// A task whose first `faulty` polls go wrong as `fault` says is delivered all the same.
fn survives(wrong: usize, fault: impl Fn() -> Reply + Send + Sync + 'static) -> Value {
    survives_within(15_000, wrong, fault)
}

fn survives_within(request_timeout: u32, wrong: usize, fault: impl Fn() -> Reply + Send + Sync + 'static) -> Value {
    let faulty = FaultyServer::mostly_good(move |r| (r.method == "getTaskResult" && r.nth <= wrong).then(&fault));
    let client = Client::at(&faulty.url(), json!({"requestTimeoutMs": request_timeout}));
    let answer = client.solve(&task("one"));
    assert_eq!(answer["status"], "ready", "{answer}");
    assert_eq!(answer["taskId"], 1001, "{answer}");
    assert_eq!((faulty.creates(), faulty.polls()), (1, wrong + 1), "{answer}");
    answer
}

#[test]
fn a_dropped_or_reset_poll() {
    survives(3, || Reply::Raw(Vec::new()));
    survives(3, || Reply::Reset(Vec::new()));
    survives(3, || Reply::Reset(response(90, "{\"errorId\":0,\"status\":\"re")));
    survives(3, || Reply::Raw(b"HTTP/1.1 2".to_vec()));
}

#[test]
fn a_poll_answered_with_the_wrong_length() {
    survives(2, || Reply::Raw(response(90, "{\"errorId\":0,\"status\":\"re")));
    survives(2, || Reply::RawKeep(response(9, "{\"errorId\":0,\"status\":\"ready\",\"solution\":{}}")));
}

#[test]
fn a_poll_answered_with_a_page() {
    for status in [200, 404, 500, 502, 503, 429] {
        survives(2, move || html(status));
    }
}

#[test]
fn a_poll_refused_for_now() {
    survives(2, || refused(429, "ERROR_TOO_MUCH_REQUESTS"));
    survives(2, || refused(503, "ERROR_NO_SLOT_AVAILABLE"));
    survives(2, || refused(200, "ERROR_TOO_MUCH_REQUESTS"));
    survives(2, || refused(200, "CAPTCHA_NOT_READY"));
}

#[test]
fn a_silent_poll() {
    survives_within(2000, 1, || Reply::Silence);
}

#[test]
fn an_oversized_poll_answer() {
    let page = "x".repeat(33 * 1024 * 1024);
    let whole = std::sync::Arc::new(response(page.len(), &page));
    survives(1, move || Reply::Raw(whole.to_vec()));
}

#[test]
fn an_answer_byte_by_byte() {
    let body = "{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"a\":1}}";
    let faulty = FaultyServer::mostly_good(move |r| {
        (r.method == "getTaskResult").then(|| Reply::Trickle(response(body.len(), body), Duration::from_millis(2)))
    });
    let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["solution"]["a"], faulty.polls()), (&json!(1), 1), "{answer}");
}

#[test]
fn refused_connections_do_not_lose_a_task() {
    // Two connections are thrown out unread: the polls that wanted them come again.
    let faulty = FaultyServer::picky(
        |connection| !(1..3).contains(&connection),
        |r| match r.method.as_str() {
            "createTask" => Reply::ThenClose("{\"errorId\":0,\"taskId\":5}".into()),
            _ => ready(),
        },
    );
    let answer = Client::at(&faulty.url(), json!({"poll": {"firstMs": 50}})).solve(&task("one"));
    assert_eq!((&answer["status"], faulty.creates()), (&json!("ready"), 1), "{answer}");
}

#[test]
fn an_unknown_status_is_processing_and_bounded() {
    for status in ["idle", "brandNew"] {
        let faulty = FaultyServer::mostly_good(move |r| {
            (r.method == "getTaskResult").then(|| fine(&format!("\"status\":\"{status}\"")))
        });
        let client = Client::at(&faulty.url(), json!({}));
        let options = json!({"firstPollMs": 1, "pollIntervalMs": 1, "timeoutMs": 2500});
        let answer = client.solve(&task_with("one", options));
        assert_eq!(answer["errorCode"], "CAPTASK_TIMEOUT", "{answer}");
        assert_eq!(answer["taskId"], 1001, "{answer}");
        assert!(faulty.polls() <= 120, "{}", faulty.polls());
    }
}

#[test]
fn never_more_than_120_polls_and_a_long_deadline_stretches_them() {
    let replies: [fn() -> Reply; 4] =
        [processing, || html(502), || Reply::Raw(Vec::new()), || refused(429, "ERROR_TOO_MUCH_REQUESTS")];
    for reply in replies {
        let faulty = FaultyServer::mostly_good(move |r| (r.method == "getTaskResult").then(reply));
        let client = Client::at(&faulty.url(), json!({}));
        let options = json!({"firstPollMs": 1, "pollIntervalMs": 1, "timeoutMs": 2500});
        let tickets: Vec<i64> = (0..8).map(|n| client.submit(&task_with(&n.to_string(), options.clone()))).collect();
        for ticket in tickets {
            let answer = client.wait(ticket, -1).expect("an answer");
            assert_eq!(answer["errorCode"], "CAPTASK_TIMEOUT", "{answer}");
            assert!(answer["taskId"].is_number(), "{answer}");
            let polls = answer["meta"]["polls"].as_u64().expect("a number");
            assert!(answer["meta"]["elapsedMs"].as_u64() >= Some(2500) || polls == 120, "{answer}");
        }
        for (id, polls) in faulty.polls_by_id() {
            assert!((2..=120).contains(&polls), "{id}: {polls}");
        }
    }
}

#[test]
fn polls_used_up_end_with_their_reason() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then(processing));
    let client = Client::at(&faulty.url(), json!({}));
    let answer = client.solve(&task_with("one", json!({"maxPolls": 1})));
    assert_eq!((&answer["errorCode"], &answer["reason"]), (&json!("CAPTASK_TIMEOUT"), &json!("polls")), "{answer}");
    assert_eq!((&answer["taskId"], &answer["meta"]["polls"]), (&json!(1001), &json!(1)), "{answer}");
    assert_eq!(answer["retryable"], false, "{answer}");
    let answer = client.solve(&json!({"taskId": 9, "options": {"pollsUsed": 119}}));
    assert_eq!((&answer["reason"], &answer["taskId"]), (&json!("polls"), &json!(9)), "{answer}");
    assert_eq!(faulty.polls_by_id()["9"], 1);
    let answer = client.solve(&json!({"taskId": 9, "options": {"pollsUsed": 120}}));
    assert_eq!(answer["errorCode"], "CAPTASK_INVALID_REQUEST", "{answer}");
    assert_eq!(faulty.polls(), 2);
}

#[test]
fn the_polls_of_an_adopted_task_count_on() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then(processing));
    let client = Client::at(&faulty.url(), json!({}));
    let options = json!({"pollsUsed": 110, "pollIntervalMs": 1, "timeoutMs": 2500});
    let answer = client.solve(&json!({"taskId": "a-b", "options": options, "extra": {"n": [1]}}));
    assert_eq!((&answer["taskId"], &answer["extra"]), (&json!("a-b"), &json!({"n": [1]})), "{answer}");
    assert!(faulty.polls() <= 10, "{}", faulty.polls());
}

#[test]
fn retry_after_on_a_poll_is_kept() {
    let faulty = FaultyServer::mostly_good(|r| {
        (r.method == "getTaskResult").then(|| Reply::With(429, &[("Retry-After", "100")], "slow down".into()))
    });
    let client = Client::at(&faulty.url(), json!({}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    assert_eq!((&answer["errorCode"], &answer["taskId"]), (&json!("CAPTASK_TIMEOUT"), &json!(1001)), "{answer}");
    assert_eq!(faulty.polls(), 1);
}

#[test]
fn error_envelopes_behind_402_and_403_are_the_answer() {
    for status in [200, 402, 403] {
        let faulty = FaultyServer::mostly_good(move |r| {
            (r.method == "getTaskResult").then(|| refused(status, "ERROR_CAPTCHA_UNSOLVABLE"))
        });
        let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
        assert_eq!(answer["errorCode"], "ERROR_CAPTCHA_UNSOLVABLE", "{answer}");
        assert_eq!((&answer["httpStatus"], &answer["retryScope"]), (&json!(status), &json!("new_task")), "{answer}");
        assert_eq!(answer["captask"]["taskId"], 1001, "the service's own 0 stays, ours goes beside it: {answer}");
        assert_eq!(faulty.polls(), 1);
    }
}

#[test]
fn a_new_error_code_ends_a_task_with_its_id() {
    let faulty = FaultyServer::mostly_good(|r| {
        (r.method == "getTaskResult").then(|| Reply::Json(200, "{\"errorId\":7,\"errorCode\":\"ERROR_NEW\"}".into()))
    });
    let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["errorCode"], &answer["taskId"]), (&json!("ERROR_NEW"), &json!(1001)), "{answer}");
    assert_eq!(answer["errorId"], 7);
}

#[test]
fn a_solution_passes_whole() {
    let members = "\"status\":\"ready\",\"solution\":{\"z\":1,\"a\":123456789012345678901234567890,\"d\":0.10},\"cost\":1e-3,\
                   \"taskId\":3,\"extra\":\"theirs\",\"meta\":null,\"unknown\":[1]";
    let faulty = FaultyServer::mostly_good(move |r| (r.method == "getTaskResult").then(|| fine(members)));
    let client = Client::at(&faulty.url(), json!({}));
    let text = client.solve_text(r#"{"task":{"type":"X"},"extra":[ 1,"two" ]}"#);
    assert!(text.starts_with(&format!("{{\"errorId\":0,{members}")), "{text}");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(answer["captask"]["extra"], json!([1, "two"]), "{text}");
    assert_eq!(answer["captask"]["taskId"], 1001, "{text}");
}

#[test]
fn single_reads_are_repeated_to_their_deadline() {
    type Fault = fn() -> Reply;
    let replies: [(Fault, &str); 5] = [
        (|| Reply::Raw(Vec::new()), "CAPTASK_NETWORK"),
        (|| html(502), "CAPTASK_BAD_RESPONSE"),
        (|| html(200), "CAPTASK_BAD_RESPONSE"),
        (|| refused(200, "CAPTASK_CLOSED"), "CAPTASK_BAD_RESPONSE"),
        (|| refused(429, "ERROR_TOO_MUCH_REQUESTS"), "ERROR_TOO_MUCH_REQUESTS"),
    ];
    for (reply, code) in replies {
        let faulty = FaultyServer::start(move |r| if r.nth <= 2 { reply() } else { good(r) });
        let client = Client::at(&faulty.url(), json!({}));
        assert_eq!(client.balance()["balance"], 1.5);
        assert_eq!(client.task_result(&json!({"taskId": 5}))["status"], "ready");
        assert_eq!((faulty.count("getBalance"), faulty.polls()), (3, 3));
        let faulty = FaultyServer::start(move |_| reply());
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 2500}));
        let answer = client.balance();
        assert_eq!((&answer["errorCode"], &answer["retryable"]), (&json!(code), &json!(true)), "{answer}");
        assert!((2..=8).contains(&faulty.count("getBalance")), "{}: no spinning", faulty.count("getBalance"));
    }
}

#[test]
fn one_connection_serves_many_calls() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    for n in 0..20 {
        assert_eq!(client.balance()["errorId"], 0);
        assert_eq!(client.solve(&task(&n.to_string()))["status"], "ready");
    }
    // The caller's own thread, a worker, and one that was started while the first was still busy.
    assert!(faulty.connections() <= 3, "{}", faulty.connections());
}

#[test]
fn a_single_threads_calls_share_one_connection() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    for _ in 0..20 {
        assert_eq!(client.balance()["errorId"], 0);
    }
    assert_eq!(faulty.connections(), 1);
}

#[test]
fn times_are_milliseconds() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth < 3).then(processing));
    let client = Client::at(&faulty.url(), json!({}));
    let begun = std::time::Instant::now();
    let answer = client.solve(&task_with("one", json!({"firstPollMs": 200, "pollIntervalMs": 150})));
    assert_eq!(answer["meta"]["polls"], 3, "{answer}");
    // A lower bound is no matter of speed: 200 ms and twice 150 ms cannot be over sooner.
    assert!(begun.elapsed() >= Duration::from_millis(500), "{answer}");
}

/// Who adopts a task fears a second purchase: a connection that fails must not name createTask.
#[test]
fn a_poll_that_cannot_be_sent_does_not_name_create_task() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = Client::at(&url, json!({}));
    let answer = client.solve(&json!({"taskId": 7, "options": {"timeoutMs": 300, "firstPollMs": 1}}));
    let text = answer["errorDescription"].as_str().unwrap_or("");
    assert_eq!(answer["errorCode"], "CAPTASK_TIMEOUT", "{answer}");
    assert!(text.contains("could not be sent") && !text.contains("createTask"), "{answer}");
}
