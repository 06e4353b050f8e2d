//! "Never pay twice": what a createTask in trouble answers, and how often it arrives.

mod again;
mod hosts;
mod unclear;

use crate::support::faulty_server::{FaultyServer, Reply, bought, fine, good, html, ready, refused, response};
use crate::support::{Client, task};
use serde_json::{Value, json};

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
        let faulty = FaultyServer::mostly_good(move |r| (r.method == "createTask").then(&reply));
        let client = Client::at(&faulty.url(), json!({"requestTimeoutMs": request_timeout}));
        let answer = buy(&client, way);
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{way}: {answer}");
        assert_eq!(answer["outcomeUnknown"], true, "{way}: {answer}");
        assert_eq!(answer["retryable"], false, "{way}: {answer}");
        assert_eq!(answer["retryScope"], Value::Null, "{way}: {answer}");
        assert!(answer.get("taskId").is_none(), "{way}: {answer}");
        also(&answer);
        // Another call on the same client shows that no second create was on its way.
        assert_eq!(client.balance()["errorId"], 0);
        assert_eq!(faulty.creates(), 1, "{way}");
    }
}

#[test]
fn a_new_error_code_is_an_answer_and_no_panic() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "createTask").then(|| refused(200, "ERROR_NEVER_SEEN")));
    let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["errorCode"], &answer["retryable"]), (&json!("ERROR_NEVER_SEEN"), &json!(false)), "{answer}");
    assert_eq!(faulty.creates(), 1);
}

#[test]
fn a_create_that_is_ready_at_once_is_a_finished_task() {
    for id in ["\"taskId\":\"61138bb6-19fb-11ec\",", "\"taskId\":0,", ""] {
        let faulty = FaultyServer::mostly_good(move |r| {
            (r.method == "createTask")
                .then(|| fine(&format!("{id}\"status\":\"ready\",\"solution\":{{\"token\":\"t\"}}")))
        });
        let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
        assert_eq!((&answer["errorId"], &answer["solution"]["token"]), (&json!(0), &json!("t")), "{id}: {answer}");
        assert_eq!((faulty.creates(), faulty.polls()), (1, 0));
    }
}

#[test]
fn task_ids_come_back_in_the_type_they_came_in() {
    let ids = ["7654321", "4294967297", "123456789012345678901234567890", "\"61138bb6-19fb-11ec-a9c8\"", "\"12 x\""];
    for id in ids {
        let faulty = FaultyServer::mostly_good(move |r| (r.method == "createTask").then(|| bought(id)));
        let client = Client::at(&faulty.url(), json!({}));
        let text = client.solve_text(&task("one").to_string());
        assert!(text.contains(&format!("\"taskId\":{id}")), "{id}: {text}");
        assert_eq!(faulty.polls_by_id().keys().collect::<Vec<_>>(), [id]);
        let text = client.solve_text(&format!("{{\"taskId\":{id}}}"));
        assert!(text.contains(&format!("\"taskId\":{id}")) && text.contains("\"ready\""), "{id}: {text}");
    }
}

#[test]
fn zero_is_no_task() {
    for id in ["0", "\"0\"", "\"\"", "null", "-0.0"] {
        let faulty = FaultyServer::mostly_good(move |r| (r.method == "createTask").then(|| bought(id)));
        let client = Client::at(&faulty.url(), json!({}));
        let answer = client.solve(&task("one"));
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{id}: {answer}");
        assert_eq!((faulty.creates(), faulty.polls()), (1, 0), "{id}");
        assert_eq!(client.inspect()["created"], 0, "{id}");
    }
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let faulty = FaultyServer::start(|r| match r.method.as_str() {
        "createTask" => Reply::Json(200, "\u{feff}{\"errorId\":0,\"taskId\":5}".into()),
        _ => Reply::Json(200, "\u{feff}{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"a\":1}}".into()),
    });
    let answer = Client::at(&faulty.url(), json!({})).solve(&task("one"));
    assert_eq!((&answer["taskId"], &answer["solution"]["a"]), (&json!(5), &json!(1)), "{answer}");
}

#[test]
fn unknown_methods_and_reports_are_never_sent_again_once_sent() {
    for status in [0, 429, 500, 503] {
        let faulty = FaultyServer::start(move |_| if status == 0 { Reply::Raw(Vec::new()) } else { html(status) });
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 15_000}));
        let calls = [
            client.call("reportCorrect", &json!({"taskId": 5})),
            client.report(&json!({"taskId": 5, "type": "ImageToTextTask"})),
        ];
        let code = if status == 0 { "CAPTASK_NETWORK" } else { "CAPTASK_BAD_RESPONSE" };
        for answer in calls {
            assert_eq!(answer["errorCode"], code, "{answer}");
            assert_eq!(answer["retryable"], false, "{answer}");
        }
        assert_eq!((faulty.count("reportCorrect"), faulty.count("reportIncorrectImageCaptcha")), (1, 1));
    }
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
        let faulty = FaultyServer::start(move |_| Reply::RawKeep(bytes.clone().into_bytes()));
        let client = Client::at(&faulty.url(), json!({}));
        for n in 0..3 {
            let answer = client.solve(&task(&n.to_string()));
            assert_eq!((&answer["taskId"], &answer["status"]), (&json!(5), &json!("ready")), "{shown}: {answer}");
        }
        assert_eq!((faulty.creates(), faulty.connections()), (3, 1), "{shown}");
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
    let faulty = FaultyServer::start(|r| match r.nth {
        1 => {
            let mut bytes = response(14, "{\"errorId\":12}");
            bytes.extend(response(30, "{\"errorId\":0,\"balance\":666666}"));
            Reply::RawKeep(bytes)
        }
        _ => good(r),
    });
    let client = Client::at(&faulty.url(), json!({}));
    assert_eq!(client.balance()["errorId"], 12);
    assert_eq!(client.balance()["balance"], 1.5);
    assert_eq!(faulty.connections(), 2);
}

#[test]
fn a_connection_closed_between_calls_costs_nothing() {
    for way in WAYS {
        let faulty = FaultyServer::start(|r| match r.method.as_str() {
            "createTask" => Reply::ThenClose(format!("{{\"errorId\":0,\"taskId\":{}}}", 5 + r.nth)),
            _ => ready(),
        });
        let client = Client::at(&faulty.url(), json!({"poll": {"firstMs": 30}}));
        for round in 1..=5 {
            let answer = buy(&client, way);
            assert_eq!(answer["errorId"], 0, "{way}, {round}: {answer}");
            crate::support::until("the server has closed", || faulty.closed() >= round);
        }
        assert_eq!(faulty.creates(), 5, "{way}");
    }
}
