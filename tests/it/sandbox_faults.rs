//! The stand-in's faults, seen from a bare socket: what a client would have to cope with is really on the wire.
#![cfg(feature = "sandbox")]

use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

fn open(config: Value) -> Sandbox {
    Sandbox::open(Some(&config.to_string())).expect("the sandbox opens")
}

fn with(fault: Value) -> Sandbox {
    open(json!({"faults": [fault], "solveMs": 0, "seed": 1}))
}

fn address(sandbox: &Sandbox) -> SocketAddr {
    sandbox.url().trim_start_matches("http://").parse().expect("an address")
}

/// Sends one request over a socket of its own and reads to the end: the bytes, and whether the end was a reset.
fn exchange(sandbox: &Sandbox, verb: &str, path: &str, headers: &str, body: &str) -> (Vec<u8>, bool) {
    let mut socket = TcpStream::connect(address(sandbox)).expect("connects");
    socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let length = body.len();
    let request = format!(
        "{verb} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}",
        address(sandbox)
    );
    let mut bytes = Vec::new();
    let reset = match socket.write_all(request.as_bytes()).and_then(|()| socket.read_to_end(&mut bytes)) {
        Ok(_) => false,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => true,
        Err(error) => panic!("{error}"),
    };
    (bytes, reset)
}

fn post(sandbox: &Sandbox, method: &str, body: Value) -> (Vec<u8>, bool) {
    exchange(sandbox, "POST", &format!("/{method}"), "content-type: application/json\r\n", &body.to_string())
}

fn create(sandbox: &Sandbox) -> (Vec<u8>, bool) {
    let task = json!({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "site-key"});
    post(sandbox, "createTask", json!({"clientKey": "0123456789abcdef", "task": task}))
}

/// Status and body of a well-framed answer.
fn parts(bytes: &[u8]) -> (u16, String, String) {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8(bytes[..end].to_vec()).expect("text").to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    (status, head, String::from_utf8_lossy(&bytes[end..]).into_owned())
}

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_str(&parts(bytes).2).expect("JSON")
}

fn created(sandbox: &Sandbox) -> u64 {
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    state["tasks"]["created"].as_u64().expect("a number")
}

#[test]
fn resets_are_resets() {
    for (kind, seen) in [("resetBeforeRead", 1), ("resetAfterRead", 1)] {
        let sandbox = with(json!({"kind": kind, "method": "createTask"}));
        assert_eq!(create(&sandbox), (Vec::new(), true), "{kind}");
        assert_eq!(created(&sandbox), 0, "{kind}");
        let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
        assert_eq!(state["requests"]["createTask"], seen);
        assert_eq!(json_of(&post(&sandbox, "getBalance", json!({"clientKey": "k"})).0)["errorId"], 0);
    }
}

#[test]
fn a_dropped_reply_has_bought_a_task() {
    let sandbox = with(json!({"kind": "dropReply", "method": "createTask"}));
    assert_eq!(create(&sandbox), (Vec::new(), false));
    assert_eq!(created(&sandbox), 1);
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    assert_eq!(state["balance"], 999.9995);
    let unpaid = with(json!({"kind": "dropReply", "executes": false}));
    assert_eq!(create(&unpaid), (Vec::new(), false));
    assert_eq!(created(&unpaid), 0);
}

#[test]
fn answers_are_cut_short_or_framed_wrongly() {
    let sandbox = with(json!({"kind": "truncate"}));
    let (bytes, reset) = create(&sandbox);
    let (status, head, body) = parts(&bytes);
    assert_eq!((status, reset, created(&sandbox)), (200, false, 1));
    let told = |head: &str| -> usize {
        let rest = head.split("content-length: ").nth(1).expect("a length");
        rest.split("\r\n").next().and_then(|n| n.parse().ok()).expect("a number")
    };
    assert!(!body.is_empty() && body.len() < told(&head), "{head}{body}");

    let sandbox = with(json!({"kind": "wrongContentLength"}));
    let (_, head, body) = parts(&create(&sandbox).0);
    assert!(body.len() > told(&head), "{head}{body}");
    assert!(serde_json::from_str::<Value>(&body).is_ok());
}

#[test]
fn other_bodies_come_in_place_of_the_answer() {
    let (status, head, body) =
        parts(&create(&with(json!({"kind": "status", "status": 429, "retryAfterS": 3, "body": "{\"slow\":1}"}))).0);
    assert_eq!((status, body.as_str()), (429, "{\"slow\":1}"));
    assert!(head.contains("retry-after: 3\r\n") && head.contains("application/json"), "{head}");
    let sandbox = with(json!({"kind": "status"}));
    assert_eq!((parts(&create(&sandbox).0).0, created(&sandbox)), (503, 0));
    let sandbox = with(json!({"kind": "status", "executes": true}));
    assert_eq!((parts(&create(&sandbox).0).0, created(&sandbox)), (503, 1));
    let (status, head, body) = parts(&create(&with(json!({"kind": "html"}))).0);
    assert!(status == 200 && head.contains("text/html") && body.starts_with("<!DOCTYPE html>"), "{head}{body}");
    let (bytes, _) = create(&with(json!({"kind": "garbage"})));
    assert!(std::str::from_utf8(&bytes).is_err());
    assert_eq!(json_of(&create(&with(json!({"kind": "wrongEnvelope"}))).0)["ok"], true);
    let (_, _, body) = parts(&create(&with(json!({"kind": "oversize", "bytes": 300_000}))).0);
    assert!(body.len() > 300_000);
    let answer = json_of(&create(&with(json!({"kind": "error", "error": "ERROR_IP_BLOCKED"}))).0);
    assert_eq!((&answer["errorId"], &answer["errorCode"]), (&json!(1), &json!("ERROR_IP_BLOCKED")));
}

#[test]
fn slow_answers_arrive_whole() {
    for fault in [json!({"kind": "slowBytes", "delayMs": 1}), json!({"kind": "delay", "delayMs": 50})] {
        let sandbox = with(fault);
        assert_eq!(json_of(&create(&sandbox).0)["errorId"], 0);
        assert_eq!(created(&sandbox), 1);
    }
    let sandbox = with(json!({"kind": "stall", "delayMs": 80}));
    assert_eq!(create(&sandbox), (Vec::new(), false));
    assert_eq!(created(&sandbox), 1);
}

#[test]
fn refused_connections_are_refused_and_come_back() {
    let sandbox = open(json!({}));
    let mut kept = TcpStream::connect(address(&sandbox)).expect("connects");
    kept.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    // An answer shows that the connection was taken in.
    kept.write_all(b"GET /getUserAgent HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    while !answer.ends_with(b"artificial") {
        let mut piece = [0; 512];
        let length = kept.read(&mut piece).expect("an answer");
        assert_ne!(length, 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&piece[..length]);
    }
    let fault = json!({"add": [{"kind": "refuse", "forMs": 3000}]});
    let (bytes, _) = control(&sandbox, "faults", fault);
    assert_eq!(parts(&bytes).0, 200);
    // The open connection is closed, new ones are refused, and after a while there is service again.
    assert_eq!(kept.read(&mut [0; 16]).expect("the end"), 0);
    let refused = TcpStream::connect(address(&sandbox)).expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let start = std::time::Instant::now();
    while TcpStream::connect(address(&sandbox)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "never back");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(json_of(&create(&sandbox).0)["errorId"], 0);
}

#[test]
fn faults_strike_when_they_are_to() {
    let codes = |fault: Value, calls: usize| -> Vec<u16> {
        let sandbox = with(fault);
        (0..calls).map(|_| parts(&create(&sandbox).0).0).collect()
    };
    assert_eq!(codes(json!({"kind": "status", "nth": 2}), 4), [200, 503, 200, 200]);
    assert_eq!(codes(json!({"kind": "status", "every": 2}), 4), [200, 503, 200, 503]);
    assert_eq!(codes(json!({"kind": "status", "count": 2}), 4), [503, 503, 200, 200]);
    assert_eq!(codes(json!({"kind": "status", "rate": 0}), 3), [200, 200, 200]);
    assert_eq!(codes(json!({"kind": "status", "method": "getBalance"}), 2), [200, 200]);
    let some = codes(json!({"kind": "status", "rate": 0.5}), 40);
    assert_eq!(some, codes(json!({"kind": "status", "rate": 0.5}), 40), "a seed repeats them");
    let struck = some.iter().filter(|code| **code == 503).count();
    assert!((8..=32).contains(&struck), "{struck}");
}

#[test]
fn every_fault_counts_the_requests_that_others_struck() {
    let second = json!({"kind": "status", "status": 429, "method": "createTask", "nth": 2});
    for first in [json!({"kind": "status", "nth": 1}), json!({"kind": "resetBeforeRead", "nth": 1})] {
        let sandbox = open(json!({"faults": [first, second]}));
        create(&sandbox);
        let codes: Vec<u16> = (0..2).map(|_| parts(&create(&sandbox).0).0).collect();
        assert_eq!(codes, [429, 200], "after {first}");
    }
}

fn control(sandbox: &Sandbox, name: &str, body: Value) -> (Vec<u8>, bool) {
    post(sandbox, &format!("_sandbox/{name}"), body)
}

fn look(sandbox: &Sandbox, name: &str) -> Value {
    json_of(&exchange(sandbox, "GET", &format!("/_sandbox/{name}"), "", "").0)
}

#[test]
fn a_running_sandbox_is_looked_at_and_changed() {
    let sandbox = open(json!({"solveMs": 600_000}));
    create(&sandbox);
    let requests = look(&sandbox, "requests")["requests"].clone();
    assert_eq!(requests[0]["method"], "createTask");
    assert_eq!(requests[0]["status"], 200);
    let request: Value = serde_json::from_str(requests[0]["request"].as_str().expect("text")).expect("JSON");
    assert_eq!((&request["clientKey"], &request["task"]["websiteKey"]), (&json!("012***"), &json!("site-key")));
    let tasks = look(&sandbox, "tasks")["tasks"].clone();
    assert_eq!((&tasks[0]["type"], &tasks[0]["status"]), (&json!("TurnstileTask"), &json!("processing")));
    assert_eq!(tasks[0]["taskId"], requests[0]["taskId"]);
    create(&sandbox);
    assert_eq!(look(&sandbox, "requests?limit=1")["requests"].as_array().map(Vec::len), Some(1));
    let first = &requests[0]["number"];
    assert_eq!(look(&sandbox, &format!("requests?after={first}"))["requests"].as_array().map(Vec::len), Some(1));

    let state = json_of(&control(&sandbox, "faults", json!({"faults": [{"kind": "html"}, {"kind": "status"}]})).0);
    assert_eq!(state["faults"].as_array().map(Vec::len), Some(2));
    let removed = json!({"remove": [state["faults"][0]["id"]], "add": [{"kind": "garbage"}]});
    let state = json_of(&control(&sandbox, "faults", removed).0);
    assert_eq!((&state["faults"][0]["kind"], &state["faults"][1]["kind"]), (&json!("status"), &json!("garbage")));
    assert_eq!(parts(&create(&sandbox).0).0, 503);

    let state = json_of(&control(&sandbox, "scenario", json!({"name": "zero-balance"})).0);
    assert_eq!((&state["scenario"], &state["balance"]), (&json!("zero-balance"), &json!(0)));
    assert_eq!(json_of(&create(&sandbox).0)["errorCode"], "ERROR_ZERO_BALANCE");
    control(&sandbox, "balance", json!({"balance": 0.01}));
    assert_eq!(json_of(&create(&sandbox).0)["errorId"], 0);
    control(&sandbox, "scenario", json!({"name": "banned"}));
    assert_eq!(json_of(&create(&sandbox).0)["errorCode"], "ERROR_IP_BANNED");
    let state = json_of(&control(&sandbox, "reset", json!({})).0);
    assert_eq!((&state["tasks"]["created"], &state["scenario"]), (&json!(0), &Value::Null));
    assert_eq!(look(&sandbox, "requests")["requests"], json!([]));
    assert_eq!(json_of(&create(&sandbox).0)["errorId"], 0);
    assert_eq!(look(&sandbox, "state")["scenarios"].as_array().map(Vec::len), Some(4));
}

#[test]
fn too_many_faults_change_nothing() {
    let sandbox = with(json!({"kind": "status", "nth": 9}));
    let some = |count| vec![json!({"kind": "html", "nth": 9}); count];
    let (sixty, too_many) = (some(60), some(101));
    for body in [json!({"faults": too_many}), json!({"faults": sixty, "add": sixty})] {
        assert_eq!(parts(&control(&sandbox, "faults", body).0).0, 400);
        assert_eq!(look(&sandbox, "state")["faults"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn no_scenario_is_none_whatever_it_was_opened_with() {
    let balances = |state: &Value| -> Vec<Value> {
        state["accounts"].as_array().expect("a list").iter().map(|account| account["balance"].clone()).collect()
    };
    let accounts = json!([{"key": "rich", "balance": 12.5}, {"key": "usual"}]);
    let sandbox = open(json!({"scenario": "flaky-network", "accounts": accounts}));
    let broke = json_of(&control(&sandbox, "scenario", json!({"name": "zero-balance"})).0);
    assert_eq!(broke["faults"], json!([]), "one scenario at a time");
    assert_eq!(balances(&broke), [0, 0]);
    let none = json_of(&control(&sandbox, "scenario", json!({"name": null})).0);
    assert_eq!((&none["scenario"], &none["faults"]), (&Value::Null, &json!([])));
    assert_eq!(balances(&none), [json!(12.5), json!(1000)], "each has again what it was opened with");
    let reset = json_of(&control(&sandbox, "reset", json!({})).0);
    assert_eq!(reset["scenario"], "flaky-network");
}

#[test]
fn wrong_control_requests_change_nothing() {
    let sandbox = open(json!({}));
    let json = "content-type: application/json\r\n";
    let status = |verb: &str, path: &str, headers: &str, body: &str| {
        parts(&exchange(&sandbox, verb, &format!("/_sandbox/{path}"), headers, body).0).0
    };
    assert_eq!(status("POST", "reset", "content-type: text/plain\r\n", "{}"), 415);
    assert_eq!(status("POST", "reset", "", "{}"), 415);
    let foreign = format!("{json}origin: http://evil.example\r\n");
    assert_eq!(status("POST", "reset", &foreign, "{}"), 403);
    assert_eq!(status("POST", "reset", &format!("{json}origin: null\r\n"), "{}"), 403);
    assert_eq!(status("GET", "state", "sec-fetch-site: cross-site\r\n", ""), 403);
    let own = format!("{json}origin: {}\r\n", sandbox.url());
    assert_eq!(status("POST", "reset", &own, "{}"), 200);
    assert_eq!(status("GET", "reset", "", ""), 405);
    assert_eq!(status("POST", "state", json, "{}"), 405);
    assert_eq!(status("GET", "nothing", "", ""), 404);
    for (path, body) in [
        ("faults", "{\"add\":[{\"kind\":\"none\"}]}"),
        ("faults", "{\"add\":[{\"kind\":\"html\"},{\"kind\":\"status\",\"status\":99}]}"),
        ("faults", "["),
        ("balance", "{}"),
        ("balance", "{\"balance\":1,\"key\":\"nobody\"}"),
        ("scenario", "{\"name\":\"sunshine\"}"),
        ("reset", "{\"all\":true}"),
    ] {
        assert_eq!(status("POST", path, json, body), 400, "{path} {body}");
    }
    assert_eq!(look(&sandbox, "state")["faults"], json!([]));
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    assert_eq!(state["requests"]["unknown"], 0, "control is no call of the service");

    let mut socket = TcpStream::connect(address(&sandbox)).expect("connects");
    socket.write_all(b"GET /_sandbox/state HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n").expect("sent");
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).expect("an answer");
    assert_eq!(parts(&bytes).0, 403);
}

#[test]
fn solutions_are_prescribed() {
    let solved = |solutions: Value| -> Value {
        let sandbox = open(json!({"solveMs": 0, "solutions": solutions}));
        let id = json_of(&create(&sandbox).0)["taskId"].clone();
        json_of(&post(&sandbox, "getTaskResult", json!({"clientKey": "0123456789abcdef", "taskId": id})).0)
    };
    assert_eq!(solved(json!({"TurnstileTask": {"token": "mine"}}))["solution"]["token"], "mine");
    let rules = json!([
        {"match": {"websiteKey": "another"}, "solution": {"token": "no"}},
        {"match": {"type": "TurnstileTask", "websiteKey": "site-key"}, "error": "ERROR_CAPTCHA_UNSOLVABLE"},
        {"solution": {"token": "no"}}
    ]);
    assert_eq!(solved(rules)["errorCode"], "ERROR_CAPTCHA_UNSOLVABLE");
}

#[test]
fn those_who_insist_are_banned() {
    let sandbox = open(json!({"accounts": [{"key": "real"}], "bans": {"after": 3, "withinMs": 60000, "forMs": 60000}}));
    let code = |key: &str| json_of(&post(&sandbox, "getBalance", json!({"clientKey": key})).0)["errorCode"].clone();
    for _ in 0..3 {
        assert_eq!(code("wrong"), "ERROR_KEY_DOES_NOT_EXIST");
    }
    assert_eq!(code("real"), "ERROR_IP_BANNED");
    control(&sandbox, "reset", json!({}));
    assert_eq!(code("real"), Value::Null);
}

#[test]
fn a_refusal_is_in_force_when_it_is_answered() {
    let refused = |sandbox: &Sandbox| {
        let error = TcpStream::connect(address(sandbox)).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    };
    let fault = json!({"kind": "refuse", "forMs": 60_000});
    for _ in 0..20 {
        refused(&open(json!({"faults": [fault]})));
        let sandbox = open(json!({}));
        control(&sandbox, "faults", json!({"add": [fault]}));
        refused(&sandbox);
    }
}

#[test]
fn wrong_faults_are_refused_by_name() {
    for (fault, member) in [
        (json!({}), "faults/0/kind"),
        (json!({"kind": "explode"}), "faults/0/kind"),
        (json!({"kind": "html", "method": "get"}), "faults/0/method"),
        (json!({"kind": "html", "nth": 0}), "faults/0/nth"),
        (json!({"kind": "html", "rate": 1.5}), "faults/0/rate"),
        (json!({"kind": "html", "nth": 1, "every": 2}), "faults/0/nth"),
        (json!({"kind": "html", "error": "ERROR_X"}), "faults/0/error"),
        (json!({"kind": "error"}), "faults/0/error"),
        (json!({"kind": "resetBeforeRead", "executes": true}), "faults/0/executes"),
        (json!({"kind": "html", "sometimes": true}), "faults/0/sometimes"),
    ] {
        let failure = Sandbox::open(Some(&json!({"faults": [fault]}).to_string())).expect_err("refused");
        let told: Value = serde_json::from_str(&failure.to_json()).expect("JSON");
        assert_eq!((&told["errorCode"], &told["member"]), (&json!("CAPTASK_INVALID_CONFIG"), &json!(member)), "{told}");
    }
}
