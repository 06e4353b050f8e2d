//! Workers that have several exchanges under way: none of them holds up the others, and none is lost.

use crate::support::faulty_server::{FaultyServer, Gate, Reply, closed_port, good, ready, response};
use crate::support::{Client, PATIENCE, task, until};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

fn code(answer: &Value) -> &str {
    answer["errorCode"].as_str().unwrap_or("")
}

/// Receives so many answers, by the name of their tasks.
fn receive(client: &Client, count: usize) -> HashMap<String, Value> {
    let wait = i32::try_from(PATIENCE.as_millis()).expect("a time");
    (0..count)
        .map(|_| {
            let answer = client.receive(wait).expect("an answer");
            (answer["extra"].as_str().expect("extra").to_owned(), answer)
        })
        .collect()
}

#[test]
fn replies_that_never_come_hold_up_no_other() {
    const TASKS: usize = 2000;
    const SILENT: usize = 20;
    let faulty = FaultyServer::mostly_good(|request| request.name().starts_with("silent").then_some(Reply::Silence));
    let client = Client::at(&faulty.url(), json!({"maxConnections": 40, "requestTimeoutMs": 600_000}));
    let mut silent = Vec::new();
    for n in 0..TASKS {
        client.submit_named(&n.to_string());
        // Among the others, so that some of them are under way in the same hands.
        if n % (TASKS / SILENT) == 50 {
            silent.push(client.submit_named(&format!("silent {n}")));
        }
    }
    let answers = receive(&client, TASKS);
    assert!(answers.values().all(|answer| answer["status"] == "ready"));
    assert_eq!((answers.len(), faulty.creates()), (TASKS, TASKS + SILENT));
    for ticket in silent {
        assert_eq!(client.cancel(ticket), 1);
        let answer = client.wait(ticket, 0).expect("its answer");
        assert_eq!((code(&answer), &answer["outcomeUnknown"]), ("CAPTASK_CANCELLED", &json!(true)));
    }
}

/// A whole response that says that the connection ends with it: a createTask sent on it afterwards might be lost.
fn last_response(length: usize, body: &str) -> Vec<u8> {
    String::from_utf8(response(length, body)).expect("text").replacen("\r\n", "\r\nConnection: close\r\n", 1).into()
}

#[test]
fn a_reply_that_drips_holds_up_no_other() {
    let body = "{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"token\":\"t\"}}";
    let gate = Arc::new(Gate::default());
    let theirs = gate.clone();
    let faulty = FaultyServer::mostly_good(move |request| match request.body["task"]["name"].as_str() {
        Some("drips") => {
            Some(Reply::Trickle(last_response(25, "{\"errorId\":0,\"taskId\":99}"), Duration::from_millis(5)))
        }
        _ if request.body["taskId"] == 99 => Some(Reply::Held(
            theirs.clone(),
            Box::new(Reply::Trickle(last_response(body.len(), body), Duration::from_millis(1))),
        )),
        _ => None,
    });
    let client = Client::at(&faulty.url(), json!({"maxConnections": 3}));
    for n in 0..120 {
        client.submit_named(&n.to_string());
        if n == 10 {
            client.submit_named("drips");
        }
    }
    let answers = receive(&client, 120);
    assert!(!answers.contains_key("drips") && answers.values().all(|answer| answer["status"] == "ready"));
    gate.open();
    let last = receive(&client, 1);
    assert_eq!(last["drips"]["status"], "ready", "{last:?}");
    assert_eq!(last["drips"]["taskId"], 99);
}

#[test]
fn no_more_connections_than_allowed() {
    const TASKS: usize = 300;
    for most in [1usize, 2, 16, 24] {
        let gate = Arc::new(Gate::default());
        let theirs = gate.clone();
        let faulty = FaultyServer::start(move |request| match request.method.as_str() {
            "createTask" => Reply::Held(theirs.clone(), Box::new(good(request))),
            _ => ready(),
        });
        let client = Client::at(&faulty.url(), json!({"maxConnections": most}));
        for n in 0..TASKS {
            client.submit_named(&n.to_string());
        }
        // All that may be under way are, and nothing moves.
        let creates = if most == 1 { 1 } else { most - (most / 16).max(1) };
        until("as many createTasks as connections, but for the share of polls", || faulty.creates() == creates);
        gate.open();
        assert_eq!(receive(&client, TASKS).len(), TASKS);
        assert_eq!(faulty.creates(), TASKS);
        assert!(faulty.connections() <= most, "{} for {most}", faulty.connections());
        let threads = client.inspect()["threads"].as_u64().expect("a count");
        assert!(threads <= most as u64 + 3, "{threads} for {most}");
    }
}

#[test]
fn no_more_connections_than_allowed_while_they_are_being_made() {
    const TASKS: usize = 300;
    for round in 0..12 {
        let most = 2 + round % 3;
        let faulty = FaultyServer::start(good);
        let client = Client::at(&faulty.url(), json!({"maxConnections": most}));
        for n in 0..TASKS {
            client.submit_named(&n.to_string());
        }
        assert_eq!(receive(&client, TASKS).len(), TASKS);
        assert!(faulty.connections() <= most, "{} for {most}", faulty.connections());
    }
}

#[test]
fn connections_to_another_host_are_no_way_to_this_one() {
    let faulty = FaultyServer::start(good);
    let elsewhere = FaultyServer::start(|_| Reply::Json(200, "Mozilla/5.0 (X)".into()));
    let client = Client::at(&faulty.url(), json!({"userAgentEndpoint": elsewhere.url(), "maxConnections": 1}));
    for n in 0..3 {
        let agent = client.user_agent();
        assert_eq!(agent["userAgent"], "Mozilla/5.0 (X)", "{agent}");
        let answer = client.solve(&task(&n.to_string()));
        assert_eq!(answer["status"], "ready", "{answer}");
        assert_eq!(client.inspect()["connections"], 1);
    }
}

#[test]
fn every_task_is_bought_at_the_fallback() {
    let fallback = FaultyServer::start(good);
    let client = Client::at(&closed_port(), json!({"fallbackEndpoints": [fallback.url()]}));
    for n in 0..10 {
        let answer = client.solve(&task(&n.to_string()));
        assert_eq!(answer["status"], "ready", "{answer}");
    }
    assert_eq!(fallback.creates(), 10);
}

/// A worker whose replies do not come cannot take up anything: there must be others for what comes later.
#[test]
fn silent_replies_hold_up_nothing_that_comes_later() {
    const SILENT: usize = 56;
    let faulty = FaultyServer::mostly_good(|request| request.name().starts_with("silent").then_some(Reply::Silence));
    let client = Client::at(&faulty.url(), json!({"maxConnections": 64, "requestTimeoutMs": 600_000}));
    // Many at once leave some connections, and few workers.
    for n in 0..200 {
        client.submit_named(&n.to_string());
    }
    assert_eq!(receive(&client, 200).len(), 200);
    for n in 0..SILENT {
        client.submit_named(&format!("silent {n}"));
    }
    for n in 0..3 {
        let answer = client.solve(&task(&format!("later {n}")));
        assert_eq!(answer["status"], "ready", "{answer}");
    }
    until("all of the silent", || faulty.creates() == 203 + SILENT);
}

/// A service that takes no new connections is asked over those there are.
#[cfg(target_os = "linux")]
#[test]
fn connects_that_hang_leave_the_connections_there_are_in_use() {
    use socket2::{Domain, SockRef, Socket, Type};
    const TASKS: usize = 400;
    let faulty = FaultyServer::start(good);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    // The queue of those who want to connect is so short that a few fill it.
    SockRef::from(&listener).listen(0).expect("a short queue");
    let address = listener.local_addr().expect("an address");
    let client = Client::at(&format!("http://{address}"), json!({"maxConnections": 64, "connectTimeoutMs": 600_000}));
    let first = client.submit_named("first");
    let (near, _) = listener.accept().expect("the only connection");
    let queue: Vec<Socket> = (0..8)
        .map(|_| {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
            socket.set_nonblocking(true).expect("no waiting");
            let _ = socket.connect(&address.into());
            socket
        })
        .collect();
    let far = std::net::TcpStream::connect(("127.0.0.1", faulty.port())).expect("the service");
    for (mut from, mut to) in [(&near, &far), (&far, &near)]
        .map(|(a, b)| (a.try_clone(), b.try_clone()))
        .map(|(a, b)| (a.expect("a handle"), b.expect("a handle")))
    {
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
    }
    assert_eq!(client.wait(first, 20_000).expect("its answer")["status"], "ready");
    for n in 0..TASKS {
        client.submit_named(&n.to_string());
    }
    // Who was to be sent over a connection of its own waits for that one; the others do not.
    assert!(receive(&client, TASKS - 64).values().all(|answer| answer["status"] == "ready"));
    client.stop();
    for stream in [near, far] {
        let _ = stream.shutdown(std::net::Shutdown::Both);
    }
    drop(queue);
}

#[test]
fn connections_that_close_after_each_few_replies() {
    const TASKS: usize = 300;
    let faulty = FaultyServer::start(|request| match (request.nth % 5, good(request)) {
        (0, Reply::Json(_, body)) => Reply::ThenClose(body),
        (_, reply) => reply,
    });
    let client = Client::at(&faulty.url(), json!({"maxConnections": 20}));
    for n in 0..TASKS {
        client.submit_named(&n.to_string());
    }
    let answers = receive(&client, TASKS);
    let ready = answers.values().filter(|answer| answer["status"] == "ready").count();
    // A connection may be closed in the moment in which a createTask leaves on it.
    let unknown = answers.values().filter(|answer| code(answer) == "CAPTASK_OUTCOME_UNKNOWN").count();
    assert_eq!(ready + unknown, TASKS);
    assert!(faulty.creates_by_name().values().all(|times| *times == 1));
}

#[test]
fn connections_that_were_closed_between_two_bursts_carry_no_request() {
    const TASKS: usize = 200;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({}));
    for burst in 0..3 {
        for n in 0..TASKS {
            client.submit_named(&format!("{burst} {n}"));
        }
        let answers = receive(&client, TASKS);
        assert!(answers.values().all(|answer| answer["status"] == "ready"), "{burst}: {answers:?}");
        faulty.hang_up();
        until("every connection is closed", || faulty.closed() == faulty.connections());
        assert!(faulty.connections() > 2 * burst, "several are kept");
    }
    assert_eq!(faulty.creates(), 3 * TASKS);
}

#[test]
fn long_requests_among_short_ones() {
    const TASKS: usize = 60;
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"maxConnections": 4}));
    let page = "x".repeat(700_000);
    for n in 0..TASKS {
        let mut request = task(&n.to_string());
        request["extra"] = json!(n.to_string());
        if n % 3 == 0 {
            request["task"]["body"] = json!(page);
        }
        client.submit(&request);
    }
    let answers = receive(&client, TASKS);
    assert!(answers.values().all(|answer| answer["status"] == "ready"));
    assert_eq!(faulty.creates(), TASKS);
}

#[test]
fn stopping_ends_what_is_under_way_together() {
    const TASKS: usize = 40;
    let faulty = FaultyServer::start(|_| Reply::Silence);
    let client = Client::at(&faulty.url(), json!({"maxConnections": 8, "requestTimeoutMs": 60_000}));
    let tickets: Vec<i64> = (0..TASKS).map(|n| client.submit_named(&n.to_string())).collect();
    until("createTasks under way", || faulty.creates() == 7);
    client.stop();
    let answers = receive(&client, TASKS);
    let unknown = answers.values().filter(|answer| answer["outcomeUnknown"] == true).count();
    assert_eq!((answers.len(), unknown), (tickets.len(), 7));
    client.close();
}

#[test]
fn a_fallback_host_with_kept_connections_serves_creates_too() {
    const TASKS: usize = 300;
    let faulty = FaultyServer::start(good);
    let dead = closed_port();
    let more = json!({"fallbackEndpoints": [faulty.url()], "maxConnections": 6});
    let client = Client::at(&dead, more);
    for n in 0..TASKS {
        client.submit_named(&n.to_string());
    }
    let answers = receive(&client, TASKS);
    assert!(answers.values().all(|answer| answer["status"] == "ready"));
    assert_eq!(faulty.creates(), TASKS);
}
