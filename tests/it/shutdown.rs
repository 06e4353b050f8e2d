//! Cancel, stop and close against servers that never answer and connects that never end.

use crate::support::faulty_server::{FaultyServer, Gate, Reply, good, processing};
use crate::support::{Client, PATIENCE, Scratch, collect_log, logged, returns, skip, task, task_with, until};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A hang detector, and no measure of speed.
const BOUND: Duration = Duration::from_secs(2);

fn code(answer: &Value) -> &str {
    answer["errorCode"].as_str().unwrap_or("")
}

fn silent() -> FaultyServer {
    FaultyServer::start(|_| Reply::Silence)
}

#[test]
fn cancel_with_create_task_on_the_wire() {
    let faulty = silent();
    let client = Client::at(&faulty.url(), json!({}));
    let ticket = client.submit(&task("one"));
    until("it is on the wire", || faulty.creates() == 1);
    assert_eq!((client.cancel(ticket), client.cancel(ticket)), (1, 0));
    let answer = client.wait(ticket, 0).expect("at once");
    assert_eq!((code(&answer), &answer["outcomeUnknown"]), ("CAPTASK_CANCELLED", &json!(true)), "{answer}");
    assert_eq!(answer["meta"]["polls"], 0, "{answer}");
    assert!(answer.get("taskId").is_none(), "{answer}");
}

#[test]
fn cancel_with_a_poll_on_the_wire() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then_some(Reply::Silence));
    let client = Client::at(&faulty.url(), json!({}));
    let ticket = client.submit(&task("one"));
    until("it is on the wire", || faulty.polls() == 1);
    assert_eq!(client.cancel(ticket), 1);
    let answer = client.receive(0).expect("at once");
    assert_eq!((code(&answer), &answer["taskId"]), ("CAPTASK_CANCELLED", &json!(1001)), "{answer}");
    assert!(answer.get("outcomeUnknown").is_none() && answer["meta"].is_object(), "{answer}");
}

#[test]
fn cancel_between_polls_and_before_anything_was_sent() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then(processing));
    let client = Client::at(&faulty.url(), json!({"poll": {"firstMs": 60_000}}));
    let ticket = client.submit(&task("one"));
    until("it is bought", || client.inspect()["created"] == 1);
    assert_eq!(client.cancel(ticket), 1);
    let answer = client.wait(ticket, -1).expect("at once");
    assert_eq!((code(&answer), &answer["taskId"]), ("CAPTASK_CANCELLED", &json!(1001)), "{answer}");
    let nowhere = Client::at(&crate::support::faulty_server::closed_port(), json!({}));
    let ticket = nowhere.submit(&task("one"));
    until("it was tried", || nowhere.inspect()["retries"].as_u64() > Some(0));
    assert_eq!(nowhere.cancel(ticket), 1);
    let answer = nowhere.wait(ticket, -1).expect("at once");
    assert_eq!(code(&answer), "CAPTASK_CANCELLED", "{answer}");
    assert!(answer.get("outcomeUnknown").is_none() && answer.get("taskId").is_none(), "{answer}");
}

#[test]
fn cancel_wakes_whoever_waits() {
    let faulty = silent();
    let client = Arc::new(Client::at(&faulty.url(), json!({})));
    let ticket = client.submit(&task("one"));
    until("it is on the wire", || faulty.creates() == 1);
    let theirs = client.clone();
    let waiter = thread::spawn(move || theirs.wait(ticket, -1).expect("an answer"));
    until("the waiter waits", || client.wait(ticket, 0).is_some());
    assert_eq!(client.cancel(ticket), 1);
    let answer = returns("wait", BOUND, move || waiter.join().expect("fine"));
    assert_eq!(code(&answer), "CAPTASK_CANCELLED", "{answer}");
}

/// A taskId comes after its ticket has ended. The next client on the journal delivers it.
fn late(name: &'static str, id: u64, timeout: u32, end: impl Fn(&Client, i64) -> Value, read_first: bool) {
    collect_log();
    let gate = Arc::new(Gate::default());
    let theirs = gate.clone();
    let faulty = FaultyServer::mostly_good(move |r| {
        let bought = Box::new(crate::support::faulty_server::bought(id));
        (r.method == "createTask").then(|| Reply::Held(theirs.clone(), bought))
    });
    let journal = Scratch::file(name);
    let config = json!({"journal": journal});
    let client = Client::at(&faulty.url(), config.clone());
    let mut request = task_with(name, json!({"timeoutMs": timeout}));
    request["extra"] = json!({"for": name});
    let ticket = client.submit(&request);
    until("it is on the wire", || faulty.creates() == 1);
    let mut answer = Value::Null;
    if read_first {
        answer = end(&client, ticket);
    } else {
        until("it is over", || client.cancel(ticket) == 1 || client.inspect()["unread"] == 1);
    }
    gate.open();
    until("the late taskId is logged", || logged(&[&id.to_string(), "adopt"]));
    if !read_first {
        answer = end(&client, ticket);
    }
    assert_eq!(answer["outcomeUnknown"], true, "{answer}");
    client.close();
    let next = Client::at(&faulty.url(), config);
    let adopted = next.receive(10_000).expect("the task is delivered");
    assert_eq!((&adopted["taskId"], &adopted["status"]), (&json!(id), &json!("ready")), "{adopted}");
    assert_eq!(adopted["extra"], json!({"for": name}), "{adopted}");
    assert!(next.receive(0).is_none());
    assert_eq!((faulty.creates(), next.inspect()["inFlight"].as_u64()), (1, Some(0)));
}

fn cancelled(client: &Client, ticket: i64) -> Value {
    client.cancel(ticket);
    let answer = client.wait(ticket, -1).expect("at once");
    assert_eq!(code(&answer), "CAPTASK_CANCELLED", "{answer}");
    answer
}

#[test]
fn a_task_that_arrives_after_its_cancelled_answer_was_read() {
    late("late-read", 880_001, 60_000, cancelled, true);
}

#[test]
fn a_task_that_arrives_before_its_cancelled_answer_is_read() {
    late("late-unread", 880_002, 60_000, cancelled, false);
}

#[test]
fn a_task_that_arrives_after_its_deadline() {
    let timed_out = |client: &Client, ticket: i64| {
        let answer = client.wait(ticket, -1).expect("an answer");
        assert_eq!(code(&answer), "CAPTASK_TIMEOUT", "{answer}");
        answer
    };
    late("late-deadline", 880_003, 3000, timed_out, true);
}

type Ask = fn(&Client) -> Option<Value>;

/// Every way to be blocked on a client.
const ASKS: [(&str, Ask); 6] = [
    ("balance", |c| Some(c.balance())),
    ("create_task", |c| Some(c.create_task(&task("single")))),
    ("call", |c| Some(c.call("reportCorrect", &json!({"taskId": 5})))),
    ("solve", |c| Some(c.solve(&task("solve")))),
    ("wait", |c| c.wait(c.submit(&task("wait")), -1)),
    ("receive", |c| c.receive(-1)),
];

/// Blocks callers of every kind on the client, ends it, and sees all of them come back.
fn ends(client: Client, reached: impl Fn() -> bool, close: bool) -> Vec<(&'static str, Value)> {
    let client = Arc::new(client);
    let about = Arc::new(AtomicUsize::new(0));
    let callers: Vec<_> = ASKS
        .into_iter()
        .map(|(name, ask)| {
            let (client, about) = (client.clone(), about.clone());
            let call = move || {
                about.fetch_add(1, Ordering::AcqRel);
                ask(&client).expect("an answer")
            };
            (name, thread::spawn(call))
        })
        .collect();
    let all = || about.load(Ordering::Acquire) == ASKS.len() && client.inspect()["inFlight"] == 2;
    until("everybody is blocked", || all() && reached());
    let theirs = client.clone();
    assert_eq!(returns("the end", BOUND, move || if close { theirs.close() } else { theirs.stop() }), 1);
    callers.into_iter().map(|(name, caller)| (name, returns(name, BOUND, || caller.join().expect("fine")))).collect()
}

#[test]
fn close_and_stop_end_everybody_at_a_silent_server() {
    for close in [true, false] {
        let faulty = silent();
        let client = Client::at(&faulty.url(), json!({}));
        let reached = || faulty.creates() == 3 && faulty.count("getBalance") == 1 && faulty.count("reportCorrect") == 1;
        for (name, answer) in ends(client, reached, close) {
            assert_eq!(code(&answer), "CAPTASK_CLOSED", "{name}, {close}: {answer}");
            let creating = ["create_task", "solve", "wait"].contains(&name);
            assert_eq!(answer.get("outcomeUnknown"), creating.then_some(&json!(true)), "{name}, {close}: {answer}");
        }
        assert_eq!(faulty.creates(), 3);
    }
}

#[test]
fn stop_tells_the_task_ids_of_silent_polls() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then_some(Reply::Silence));
    let client = Client::at(&faulty.url(), json!({}));
    for n in 0..10 {
        client.submit(&task(&n.to_string()));
    }
    until("all poll", || faulty.polls() == 10);
    let client = returns("stop", BOUND, move || {
        client.stop();
        client
    });
    let mut ids: Vec<_> = (0..10)
        .map(|_| {
            let answer = client.receive(0).expect("an answer");
            assert_eq!(code(&answer), "CAPTASK_CLOSED", "{answer}");
            answer["taskId"].as_u64().expect("its task")
        })
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (1001..=1010).collect::<Vec<_>>());
}

#[test]
fn close_logs_the_tasks_nobody_has_read() {
    collect_log();
    let faulty = FaultyServer::mostly_good(|r| {
        (r.method == "createTask").then(|| crate::support::faulty_server::bought(880_100 + r.nth))
    });
    let client = Client::at(&faulty.url(), json!({}));
    client.submit(&task("one"));
    client.submit(&task("two"));
    until("both are there", || client.inspect()["unread"] == 2);
    client.close();
    let was_lost = |id| logged(&[id, "before the answer", "was read"]);
    assert!(was_lost("880101") && was_lost("880102"));
}

/// A listener that accepts nothing, with connections that fill its queue; `None` where that cannot be had.
fn full_listener() -> Option<(socket2::Socket, Vec<socket2::Socket>, SocketAddr)> {
    use socket2::{Domain, Socket, Type};
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).ok()?;
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).ok()?;
    listener.listen(0).ok()?;
    let address = listener.local_addr().ok()?.as_socket()?;
    let mut fillers = Vec::new();
    for _ in 0..64 {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).ok()?;
        let connected = socket.connect_timeout(&address.into(), Duration::from_millis(300)).is_ok();
        fillers.push(socket);
        if !connected {
            return Some((listener, fillers, address));
        }
    }
    None
}

#[test]
fn close_and_stop_end_everybody_at_a_connect_that_hangs() {
    let Some((_listener, _fillers, address)) = full_listener() else {
        return skip("a listener whose queue can be full");
    };
    let patient = json!({"connectTimeoutMs": 60_000, "callTimeoutMs": 60_000});
    let through = |kind: &str| {
        let mut config = patient.clone();
        config["proxy"] = json!(format!("{kind}://{address}"));
        (String::from("http://127.0.0.1:1"), config)
    };
    let ways = [(format!("http://{address}"), patient.clone()), through("http"), through("socks5"), through("socks4")];
    for (close, (url, config)) in [true, false].into_iter().flat_map(|close| ways.clone().map(|way| (close, way))) {
        let client = Client::at(&url, config);
        // That a connect has begun cannot be seen from outside: a moment to get there, and whoever comes too late for
        // the handle is told so.
        let moment = || {
            thread::sleep(Duration::from_millis(200));
            true
        };
        for (name, answer) in ends(client, moment, close) {
            let late = close && code(&answer) == "CAPTASK_UNKNOWN_HANDLE";
            assert!(late || code(&answer) == "CAPTASK_CLOSED", "{name}, {close}: {answer}");
            assert!(answer.get("outcomeUnknown").is_none() || name == "solve" || name == "wait", "{name}: {answer}");
        }
    }
    let client = Client::at(&format!("http://{address}"), json!({"connectTimeoutMs": 200, "callTimeoutMs": 500}));
    let answer = returns("connectTimeoutMs", PATIENCE, move || client.create_task(&task("one")));
    assert_eq!(code(&answer), "CAPTASK_CONNECT", "{answer}");
}

#[test]
fn a_closed_client_leaves_its_journal_to_the_next_one() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("handover");
    let config = json!({"journal": journal});
    for round in 0..50 {
        let client = Arc::new(Client::at(&faulty.url(), config.clone()));
        let theirs = client.clone();
        let receiver = thread::spawn(move || while theirs.receive(-1).is_some_and(|a| a["errorId"] == 0) {});
        client.submit(&task(&round.to_string()));
        client.close();
        let next = Client::try_open(&crate::support::config(&faulty.url(), config.clone()));
        assert!(next.is_ok(), "{round}: {next:?}");
        receiver.join().expect("fine");
    }
}

#[test]
fn a_ticket_that_ended_while_connecting_goes_to_no_other_host() {
    let Some((_listener, _fillers, address)) = full_listener() else {
        return skip("a listener whose queue can be full");
    };
    let faulty = FaultyServer::start(good);
    let more = json!({"fallbackEndpoints": [faulty.url()], "connectTimeoutMs": 400});
    let client = Client::at(&format!("http://{address}"), more);
    let ticket = client.submit(&task("cancelled"));
    until("a connect", || client.inspect()["connections"] == 1);
    assert_eq!(client.cancel(ticket), 1);
    until("the end of the connect", || client.inspect()["connections"] == 0);
    client.close();
    assert_eq!(faulty.connections(), 0);
}

#[test]
fn a_ticket_that_ended_while_connecting_buys_nothing() {
    let Some((_listener, _fillers, address)) = full_listener() else {
        return skip("a listener whose queue can be full");
    };
    let faulty = FaultyServer::start(good);
    let more = json!({"fallbackEndpoints": [faulty.url()], "connectTimeoutMs": 400});
    let client = Client::at(&format!("http://{address}"), more);
    let (cancelled, late) =
        (client.submit(&task("cancelled")), client.submit(&task_with("late", json!({"timeoutMs": 100}))));
    assert_eq!(client.cancel(cancelled), 1);
    let answer = client.wait(cancelled, 10_000).expect("an answer");
    assert_eq!(answer["errorCode"], "CAPTASK_CANCELLED", "{answer}");
    assert!(answer.get("outcomeUnknown").is_none(), "nothing was sent: {answer}");
    let answer = client.wait(late, 10_000).expect("an answer");
    assert!(answer.get("outcomeUnknown").is_none(), "nothing was sent: {answer}");
    // A third one, that is wanted, comes through by the fallback: by then the other two would have, too.
    let answer = client.solve(&task("wanted"));
    assert_eq!(answer["status"], "ready", "{answer}");
    assert_eq!(faulty.creates_by_name().keys().collect::<Vec<_>>(), ["wanted"]);
}

#[test]
fn a_second_waiter_never_takes_the_first_one_s_answer() {
    let faulty = FaultyServer::start(good);
    let client = std::sync::Arc::new(Client::at(&faulty.url(), json!({})));
    for round in 0..40 {
        let ticket = client.submit(&task(&format!("r{round}")));
        let waiters: Vec<_> = (0..4)
            .map(|_| {
                let client = client.clone();
                std::thread::spawn(move || client.wait(ticket, 10_000).expect("an answer"))
            })
            .collect();
        let mut codes: Vec<String> = waiters
            .into_iter()
            .map(|waiter| {
                let answer = waiter.join().expect("no panic");
                answer["errorCode"].as_str().unwrap_or("ready").to_owned()
            })
            .collect();
        codes.sort();
        let unknown = "CAPTASK_UNKNOWN_TICKET";
        assert_eq!(codes, [unknown, unknown, unknown, "ready"], "round {round}");
    }
}

#[test]
fn a_closed_handle_is_told_from_one_that_never_was() {
    let client = Client::at("http://127.0.0.1:9", json!({}));
    client.close();
    let sandbox = crate::support::Sandbox::open(&json!({}));
    let description = |answer: Value| answer["errorDescription"].as_str().expect("a text").to_owned();
    for answer in [client.inspect(), client.balance(), client.solve(&task("one")), client.receive(0).expect("an error")]
    {
        assert_eq!(code(&answer), "CAPTASK_UNKNOWN_HANDLE", "{answer}");
        assert!(description(answer).ends_with("was closed; open another one"));
    }
    assert!(description(client.try_submit(&task("one")).unwrap_err()).ends_with("was closed; open another one"));
    assert!(description(Client(sandbox.0).balance()).contains("it is a sandbox"));
    assert!(description(Client(i32::MAX).inspect()).contains("no open client or sandbox has this number"));
}
