//! "Never pay twice": what a createTask in trouble answers, and how often it arrives.

mod common;

use common::rogue::closed_port;
use common::rogue::{self, Reply, Rogue, bought, fine, good, html, ready, refused, response};
use common::{Client, task, task_with};
use serde_json::{Value, json};
use std::time::Duration;

/// Every way to buy: by ticket, and by the two single calls.
const WAYS: [&str; 3] = ["solve", "create_task", "call"];

fn buy(client: &Client, way: &str) -> Value {
    match way {
        "solve" => client.solve(&task("one")),
        "create_task" => client.create_task(&task("one")),
        _ => client.call("createTask", &task("one")),
    }
}

/// The createTask of `reply` arrives once and is answered `CAPTASK_OUTCOME_UNKNOWN`, whichever way it goes.
fn arrives_once(reply: impl Fn() -> Reply + Send + Sync + Clone + 'static, also: impl Fn(&Value)) {
    arrives_once_within(15_000, reply, also);
}

fn arrives_once_within(
    request_timeout: u32,
    reply: impl Fn() -> Reply + Send + Sync + Clone + 'static,
    also: impl Fn(&Value),
) {
    for way in WAYS {
        let reply = reply.clone();
        let rogue = Rogue::mostly_good(move |r| (r.method == "createTask").then(&reply));
        let client = Client::at(&rogue.url(), json!({"requestTimeoutMs": request_timeout}));
        let answer = buy(&client, way);
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{way}: {answer}");
        assert_eq!(answer["outcomeUnknown"], true, "{way}: {answer}");
        assert_eq!(answer["retryable"], false, "{way}: {answer}");
        assert_eq!(answer["retryScope"], Value::Null, "{way}: {answer}");
        assert!(answer.get("taskId").is_none(), "{way}: {answer}");
        also(&answer);
        // Another call on the same client shows that no second create was on its way.
        assert_eq!(client.balance()["errorId"], 0);
        assert_eq!(rogue.creates(), 1, "{way}");
    }
}

#[test]
fn reply_dropped_after_create() {
    arrives_once(|| Reply::Raw(Vec::new()), |_| ());
}

#[test]
fn reset_after_create_was_read() {
    arrives_once(|| Reply::Reset(Vec::new()), |_| ());
}

#[test]
fn reset_during_the_reply() {
    arrives_once(|| Reply::Reset(response(200, "{\"errorId\":0,\"taskId\":77")), |_| ());
}

#[test]
fn reply_cut_in_its_head() {
    arrives_once(|| Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), |_| ());
}

#[test]
fn content_length_too_long_tells_what_came() {
    let reply = || Reply::Raw(response(200, "{\"errorId\":0,\"taskId\":77"));
    arrives_once(reply, |answer| {
        assert_eq!(answer["httpStatus"], 200, "{answer}");
        let first = answer["firstBytes"].as_str().unwrap_or("");
        assert!(first.contains("\"taskId\":77"), "the paid task can be read from it: {answer}");
    });
}

#[test]
fn content_length_too_short_cuts_the_json() {
    let body = "{\"errorId\":0,\"taskId\":77}";
    arrives_once(
        move || Reply::RawKeep(response(10, body)),
        |answer| {
            assert_eq!(answer["httpStatus"], 200, "{answer}");
            assert_eq!(answer["firstBytes"], &body[..10]);
        },
    );
}

#[test]
fn oversized_body() {
    let page = "x".repeat(33 * 1024 * 1024);
    let whole = std::sync::Arc::new(response(page.len(), &page));
    arrives_once(
        move || Reply::Raw(whole.to_vec()),
        |answer| assert_eq!(answer["httpStatus"], 200, "{}", answer["errorDescription"]),
    );
}

#[test]
fn pages_for_people() {
    for status in [200, 301, 404, 500, 502, 503, 504] {
        arrives_once(
            move || html(status),
            |answer| {
                assert_eq!(answer["httpStatus"], status, "{answer}");
                assert!(answer["firstBytes"].as_str().is_some_and(|t| t.contains("Overloaded")), "{answer}");
            },
        );
    }
}

#[test]
fn empty_and_odd_bodies() {
    for body in ["", "null", "[]", "{}", "{\"errorId\":\"0\"}", "{\"taskId\":0}", "{\"errorId\":0,"] {
        arrives_once(|| Reply::Json(200, body.into()), |answer| assert_eq!(answer["httpStatus"], 200, "{answer}"));
    }
}

/// A taskId names a task that was bought, whatever else is odd about the reply.
#[test]
fn a_task_id_in_an_odd_reply_was_bought() {
    for (status, body) in [
        (200, "{\"taskId\":5}"),
        (200, "{\"errorId\":\"0\",\"taskId\":5}"),
        (200, "{\"errorId\":false,\"taskId\":5}"),
        (500, "{\"errorId\":0,\"taskId\":5}"),
        (429, "{\"errorId\":0,\"taskId\":5}"),
    ] {
        for way in WAYS {
            let rogue =
                Rogue::mostly_good(move |r| (r.method == "createTask").then(|| Reply::Json(status, body.into())));
            let client = Client::at(&rogue.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!(answer["taskId"], 5, "{way}: {answer}");
            assert_eq!(answer["errorId"], 0, "{way}: {answer}");
            assert_eq!(rogue.creates(), 1, "{way}");
        }
    }
}

/// Whoever answers cannot make a host believe that nothing was sent.
#[test]
fn an_error_under_a_code_of_captask() {
    for status in [200, 402, 500] {
        arrives_once(
            move || refused(status, "CAPTASK_CONNECT"),
            |answer| assert_eq!(answer["httpStatus"], status, "{answer}"),
        );
    }
}

#[test]
fn silence_and_a_byte_now_and_then_end_with_the_request_timeout() {
    arrives_once_within(1000, || Reply::Silence, |_| ());
    let reply = || Reply::Trickle(response(25, "{\"errorId\":0,\"taskId\":77}"), Duration::from_millis(200));
    arrives_once_within(1000, reply, |_| ());
}

#[test]
fn a_reset_before_anything_is_read_never_buys_twice() {
    for way in WAYS {
        let rogue = Rogue::picky(|connection| connection > 0, good);
        let client = Client::at(&rogue.url(), json!({}));
        let answer = buy(&client, way);
        // Whether the reset overtakes the request is chance: either nothing had left, or nobody can know.
        if answer["errorId"] == 0 {
            assert_eq!(rogue.creates(), 1, "{way}: {answer}");
        } else {
            assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{way}: {answer}");
            assert_eq!(rogue.creates(), 0, "{way}");
        }
    }
}

#[test]
fn refused_connections_are_tried_again_and_answered_connect() {
    let url = closed_port();
    let client = Client::at(&url, json!({"callTimeoutMs": 3000}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    for answer in [answer, client.create_task(&task("one")), client.balance()] {
        assert_eq!(answer["errorCode"], "CAPTASK_CONNECT", "{answer}");
        assert_eq!(answer["retryable"], true, "{answer}");
        assert_eq!(answer["retryScope"], "same_request", "{answer}");
        assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
    }
    assert!(client.inspect()["retries"].as_u64() >= Some(3), "{}", client.inspect());
}

#[test]
fn a_429_of_any_form_is_sent_again() {
    let refusals: [fn() -> Reply; 2] = [|| html(429), || refused(429, "ERROR_TOO_MUCH_REQUESTS")];
    for refusal in refusals {
        for way in WAYS {
            let rogue = Rogue::mostly_good(move |r| (r.method == "createTask" && r.nth < 3).then(refusal));
            let client = Client::at(&rogue.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!((answer["errorId"].as_i64(), rogue.creates()), (Some(0), 3), "{way}: {answer}");
        }
    }
}

#[test]
fn a_503_is_sent_again_only_when_the_service_itself_says_no() {
    for way in WAYS {
        let rogue = Rogue::mostly_good(|r| {
            (r.method == "createTask" && r.nth == 1).then(|| refused(503, "ERROR_NO_SLOT_AVAILABLE"))
        });
        let client = Client::at(&rogue.url(), json!({}));
        let answer = buy(&client, way);
        assert_eq!((answer["errorId"].as_i64(), rogue.creates()), (Some(0), 2), "{way}: {answer}");
    }
    // A 503 that says a task was bought is an answer; one with a page is not known (above).
    let rogue = Rogue::mostly_good(|r| {
        (r.method == "createTask").then(|| Reply::Json(503, "{\"errorId\":0,\"taskId\":5}".into()))
    });
    let client = Client::at(&rogue.url(), json!({}));
    assert_eq!(client.solve(&task("one"))["taskId"], 5);
    assert_eq!(rogue.creates(), 1);
}

#[test]
fn retry_after_is_told_and_kept() {
    let page = || Reply::With(429, &[("Retry-After", "7")], "slow down".into());
    let envelope = || {
        Reply::With(429, &[("Retry-After", "7")], "{\"errorId\":1,\"errorCode\":\"ERROR_TOO_MUCH_REQUESTS\"}".into())
    };
    let replies: [fn() -> Reply; 2] = [page, envelope];
    for reply in replies {
        let rogue = Rogue::mostly_good(move |r| (r.method == "createTask").then(reply));
        let client = Client::at(&rogue.url(), json!({"callTimeoutMs": 4000}));
        let answers = [client.create_task(&task("one")), client.solve(&task_with("two", json!({"timeoutMs": 4000})))];
        for answer in answers {
            assert_eq!(answer["retryAfterMs"], 7000, "{answer}");
            assert_eq!(answer["httpStatus"], 429, "{answer}");
            assert_eq!(answer["retryable"], true, "{answer}");
            assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
        }
        let counted = rogue.creates_by_name();
        assert_eq!((counted["one"], counted["two"]), (1, 1), "nobody asked before the time was up");
    }
}

#[test]
fn error_envelopes_pass_whole_whatever_the_status() {
    for status in [200, 400, 402, 403, 500] {
        for way in WAYS {
            let rogue = Rogue::mostly_good(move |r| {
                (r.method == "createTask").then(|| refused(status, "ERROR_IP_NOT_ALLOWED"))
            });
            let client = Client::at(&rogue.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!(answer["errorCode"], "ERROR_IP_NOT_ALLOWED", "{way}: {answer}");
            assert_eq!(answer["errorDescription"], "no");
            assert_eq!(answer["httpStatus"], status, "{way}: {answer}");
            assert_eq!(answer["taskId"], 0, "the service's own member stays: {answer}");
            assert_eq!(rogue.creates(), 1);
        }
    }
}

#[test]
fn a_new_error_code_is_an_answer_and_no_panic() {
    let rogue = Rogue::mostly_good(|r| (r.method == "createTask").then(|| refused(200, "ERROR_NEVER_SEEN")));
    let answer = Client::at(&rogue.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["errorCode"], &answer["retryable"]), (&json!("ERROR_NEVER_SEEN"), &json!(false)), "{answer}");
    assert_eq!(rogue.creates(), 1);
}

#[test]
fn a_create_that_is_ready_at_once_is_a_finished_task() {
    for id in ["\"taskId\":\"61138bb6-19fb-11ec\",", "\"taskId\":0,", ""] {
        let rogue = Rogue::mostly_good(move |r| {
            (r.method == "createTask")
                .then(|| fine(&format!("{id}\"status\":\"ready\",\"solution\":{{\"token\":\"t\"}}")))
        });
        let answer = Client::at(&rogue.url(), json!({})).solve(&task("one"));
        assert_eq!((&answer["errorId"], &answer["solution"]["token"]), (&json!(0), &json!("t")), "{id}: {answer}");
        assert_eq!((rogue.creates(), rogue.polls()), (1, 0));
    }
}

#[test]
fn task_ids_come_back_in_the_type_they_came_in() {
    let ids = ["7654321", "4294967297", "123456789012345678901234567890", "\"61138bb6-19fb-11ec-a9c8\"", "\"12 x\""];
    for id in ids {
        let rogue = Rogue::mostly_good(move |r| (r.method == "createTask").then(|| bought(id)));
        let client = Client::at(&rogue.url(), json!({}));
        let text = client.solve_text(&task("one").to_string());
        assert!(text.contains(&format!("\"taskId\":{id}")), "{id}: {text}");
        assert_eq!(rogue.polls_by_id().keys().collect::<Vec<_>>(), [id]);
        let text = client.solve_text(&format!("{{\"taskId\":{id}}}"));
        assert!(text.contains(&format!("\"taskId\":{id}")) && text.contains("\"ready\""), "{id}: {text}");
    }
}

#[test]
fn zero_is_no_task() {
    for id in ["0", "\"0\"", "\"\"", "null", "-0.0"] {
        let rogue = Rogue::mostly_good(move |r| (r.method == "createTask").then(|| bought(id)));
        let client = Client::at(&rogue.url(), json!({}));
        let answer = client.solve(&task("one"));
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{id}: {answer}");
        assert_eq!((rogue.creates(), rogue.polls()), (1, 0), "{id}");
        assert_eq!(client.inspect()["created"], 0, "{id}");
    }
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let rogue = Rogue::start(|r| match r.method.as_str() {
        "createTask" => Reply::Json(200, "\u{feff}{\"errorId\":0,\"taskId\":5}".into()),
        _ => Reply::Json(200, "\u{feff}{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"a\":1}}".into()),
    });
    let answer = Client::at(&rogue.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["taskId"], &answer["solution"]["a"]), (&json!(5), &json!(1)), "{answer}");
}

#[test]
fn unknown_methods_and_reports_are_never_sent_again_once_sent() {
    for status in [0, 429, 500, 503] {
        let rogue = Rogue::start(move |_| if status == 0 { Reply::Raw(Vec::new()) } else { html(status) });
        let client = Client::at(&rogue.url(), json!({"callTimeoutMs": 15_000}));
        let calls = [
            client.call("reportCorrect", &json!({"taskId": 5})),
            client.report(&json!({"taskId": 5, "type": "ImageToTextTask"})),
        ];
        let code = if status == 0 { "CAPTASK_NETWORK" } else { "CAPTASK_BAD_RESPONSE" };
        for answer in calls {
            assert_eq!(answer["errorCode"], code, "{answer}");
            assert_eq!(answer["retryable"], false, "{answer}");
        }
        assert_eq!((rogue.count("reportCorrect"), rogue.count("reportIncorrectImageCaptcha")), (1, 1));
    }
}

#[test]
fn a_create_goes_to_the_fallback_and_its_polls_follow_it() {
    for way in WAYS {
        let second =
            Rogue::mostly_good(|r| (r.method == "getTaskResult" && r.nth_of_task == 1).then(rogue::processing));
        let third = Rogue::start(good);
        let config = json!({"fallbackEndpoints": [second.url(), third.url()]});
        let client = Client::at(&closed_port(), config);
        let answer = buy(&client, way);
        assert_eq!((&answer["errorId"], &answer["taskId"]), (&json!(0), &json!(1001)), "{way}: {answer}");
        if way != "solve" {
            let answer = client.task_result(&json!({"taskId": 1001}));
            assert_eq!(answer["status"], "processing", "{answer}");
            let answer = client.solve(&json!({"taskId": 1001}));
            assert_eq!((&answer["status"], &answer["taskId"]), (&json!("ready"), &json!(1001)), "{answer}");
        }
        assert_eq!((second.creates(), second.polls(), third.connections()), (1, 2, 0), "{way}");
    }
}

#[test]
fn a_fallback_is_for_connections_not_for_trouble() {
    let second = Rogue::start(good);
    for reply in [|| Reply::Raw(Vec::new()), || html(502)] as [fn() -> Reply; 2] {
        let first = Rogue::start(move |_| reply());
        let client = Client::at(&first.url(), json!({"fallbackEndpoints": [second.url()]}));
        assert_eq!(client.solve(&task("one"))["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
        assert_eq!((first.creates(), second.connections()), (1, 0));
    }
}

#[test]
fn a_cold_start_of_many_does_not_spill_to_the_fallback() {
    let (first, second) = (Rogue::start(good), Rogue::start(good));
    let url = format!("http://localhost:{}", first.port());
    let client = Client::at(&url, json!({"fallbackEndpoints": [second.url()]}));
    std::thread::scope(|scope| {
        for n in 0..24 {
            let client = &client;
            scope.spawn(move || assert_eq!(client.create_task(&task(&n.to_string()))["errorId"], 0));
        }
    });
    assert_eq!((first.creates(), second.creates()), (24, 0));
}

#[test]
fn https_never_falls_back_to_http() {
    let config = json!({"endpoint": "https://127.0.0.1:1", "fallbackEndpoints": ["http://127.0.0.1:2"]});
    let error = Client::try_open(&config).expect_err("refused");
    assert_eq!(error["errorCode"], "CAPTASK_INVALID_CONFIG");
    assert!(error["errorDescription"].as_str().is_some_and(|t| t.contains("fallbackEndpoints")), "{error}");
}

#[test]
fn a_server_without_tls_is_told_before_anything_is_sent() {
    let rogue = Rogue::start(good);
    let client = Client::at(&rogue.url().replace("http:", "https:"), json!({"callTimeoutMs": 3000}));
    let answer = client.create_task(&task("one"));
    assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
    assert!(["CAPTASK_TLS", "CAPTASK_CONNECT"].contains(&answer["errorCode"].as_str().unwrap_or("")), "{answer}");
    assert_eq!(rogue.creates(), 0);
}

#[test]
fn a_taskid_arrives_behind_a_long_head_and_behind_interim_replies() {
    let body = "{\"errorId\":0,\"taskId\":5,\"status\":\"ready\"}";
    let reply = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let cookie = "x".repeat(9000);
    let fine = [
        format!("HTTP/1.1 200 OK\r\nX: {cookie}\r\nY: {cookie}\r\nZ: {cookie}\r\n{reply}"),
        format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n{reply}"),
        format!("HTTP/1.1 100 Continue\r\nDate: now\r\n\r\nHTTP/1.1 200 OK\r\n{reply}"),
        format!("HTTP/1.1 103 Early Hints\r\nLink: {cookie}\r\nX: {cookie}\r\n\r\nHTTP/1.1 200 OK\r\n{reply}"),
        format!(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 C\r\nX: {cookie}\r\nY: {cookie}\r\n\r\nHTTP/1.1 200 OK\r\n{reply}"
        ),
    ];
    for bytes in fine {
        let shown = bytes.chars().take(60).collect::<String>();
        let rogue = Rogue::start(move |_| Reply::RawKeep(bytes.clone().into_bytes()));
        let client = Client::at(&rogue.url(), json!({}));
        for n in 0..3 {
            let answer = client.solve(&task(&n.to_string()));
            assert_eq!((&answer["taskId"], &answer["status"]), (&json!(5), &json!("ready")), "{shown}: {answer}");
        }
        assert_eq!((rogue.creates(), rogue.connections()), (3, 1), "{shown}");
    }
    // Both have an end.
    for bytes in
        [format!("HTTP/1.1 200 OK\r\n{}", format!("X: {cookie}\r\n").repeat(8)), "HTTP/1.1 100 C\r\n\r\n".repeat(4000)]
    {
        arrives_once(move || Reply::RawKeep(bytes.clone().into_bytes()), |_| {});
    }
}

#[test]
fn leftovers_of_one_reply_are_not_the_next_ones() {
    // The first reply is longer than it says: what is left over looks like a whole reply to the next request.
    let rogue = Rogue::start(|r| match r.nth {
        1 => {
            let mut bytes = response(14, "{\"errorId\":12}");
            bytes.extend(response(30, "{\"errorId\":0,\"balance\":666666}"));
            Reply::RawKeep(bytes)
        }
        _ => good(r),
    });
    let client = Client::at(&rogue.url(), json!({}));
    assert_eq!(client.balance()["errorId"], 12);
    assert_eq!(client.balance()["balance"], 1.5);
    assert_eq!(rogue.connections(), 2);
}

#[test]
fn a_connection_closed_between_calls_costs_nothing() {
    for way in WAYS {
        let rogue = Rogue::start(|r| match r.method.as_str() {
            "createTask" => Reply::ThenClose(format!("{{\"errorId\":0,\"taskId\":{}}}", 5 + r.nth)),
            _ => ready(),
        });
        let client = Client::at(&rogue.url(), json!({"poll": {"firstMs": 30}}));
        for round in 1..=5 {
            let answer = buy(&client, way);
            assert_eq!(answer["errorId"], 0, "{way}, {round}: {answer}");
            common::until("the server has closed", || rogue.closed() >= round);
        }
        assert_eq!(rogue.creates(), 5, "{way}");
    }
}
