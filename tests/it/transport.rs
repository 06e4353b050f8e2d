//! What servers do below their answers: odd heads, early replies, hints, encodings. One reader serves single calls and
//! tickets; that it serves CONNECT too is held in src/http/tests.rs and tests/stages.rs.

use crate::support::faulty_server::{FaultyServer, Reply, good, html, refused};
use crate::support::{Client, task, until};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

/// A whole reply with these header lines.
fn with_head(status: u16, lines: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::RawKeep(format!("HTTP/1.1 {status} X\r\n{lines}Content-Length: {length}\r\n\r\n{body}").into_bytes())
}

fn body_of(method: &str) -> &'static str {
    match method {
        "createTask" => r#"{"errorId":0,"taskId":77}"#,
        "getTaskResult" => r#"{"errorId":0,"status":"ready","solution":{"token":"t"}}"#,
        _ => r#"{"errorId":0,"balance":1.5}"#,
    }
}

/// Every way to ask, and that each comes to its good end.
fn works(name: &str, client: &Client) {
    assert_eq!(client.balance()["balance"], 1.5, "{name}");
    assert_eq!(client.create_task(&task("single"))["taskId"], 77, "{name}");
    assert_eq!(client.task_result(&json!({"taskId": 77}))["status"], "ready", "{name}");
    let solved = client.solve(&task("ticket"));
    assert_eq!((&solved["status"], &solved["taskId"]), (&json!("ready"), &json!(77)), "{name}: {solved}");
}

#[test]
fn odd_head_lines_lose_nothing() {
    let many: String = (0..130).map(|n| format!("X-Header-{n}: {n}\r\n")).collect();
    for lines in [
        "Set-Cookie : a=b\r\n",
        "X-Folded: a\r\n b\r\n\tc\r\n",
        "no colon at all\r\n",
        ": no name\r\n",
        "X(Odd): 1\r\n",
        "X: \u{1}\u{7f}\r\n",
        "X: a\rb\r\n",
        &many,
        "",
    ] {
        let theirs = lines.to_owned();
        let faulty = FaultyServer::start(move |request| with_head(200, &theirs, body_of(&request.method)));
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 10_000}));
        works(lines, &client);
        assert_eq!((faulty.creates(), faulty.polls()), (2, 2), "{lines}: asked once each");
        assert!(faulty.connections() <= 2, "{lines}: connections are kept");
    }
}

/// A server that reads so much of each request, says this, and then does what `then` says.
fn hasty(reply: &'static str, then: fn(&mut TcpStream)) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    // Small, so that a request need not be large to fill it.
    socket2::SockRef::from(&listener).set_recv_buffer_size(64 * 1024).expect("a small buffer");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            count.fetch_add(1, Ordering::AcqRel);
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 200]);
                let _ = stream.write_all(reply.as_bytes());
                then(&mut stream);
            });
        }
    });
    (url, connections)
}

/// What a client sends in vain until it hangs up.
fn drain(stream: &mut TcpStream) {
    while matches!(stream.read(&mut [0; 4096]), Ok(1..)) {}
}

#[test]
fn what_is_said_before_the_request_was_read_is_read() {
    const TOO_LARGE: &str = "HTTP/1.1 413 Too Large\r\nContent-Type: application/json\r\nContent-Length: 66\r\n\r\n\
        {\"errorId\":12,\"errorCode\":\"ERROR_TOO_BIG_CAPTCHA_FILESIZE\",\"x\":1}\n";
    const BOUGHT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n\
        {\"errorId\":0,\"taskId\":77,\"status\":\"ready\",\"solution\":{\"a\":\"b\"}}\n";
    let stops: fn(&mut TcpStream) = |stream| {
        // Until the client hangs up: nothing is read, so that only its end shows.
        let _ = stream.set_nonblocking(true);
        while stream.take_error().is_ok_and(|error| error.is_none()) {
            if stream.write(b"").is_err() || matches!(stream.peek(&mut [0; 1]), Ok(0) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let shuts: fn(&mut TcpStream) = |stream| {
        let _ = stream.shutdown(Shutdown::Write);
        drain(stream);
    };
    // More than the systems on both sides take, and so little that the client has nothing left to send.
    const MUCH: usize = 6 << 20;
    const SOME: usize = 1 << 20;
    type Way = (&'static str, usize, fn(&mut TcpStream));
    let ways: [Way; 4] = [
        ("closes", SOME, |_| {}),
        ("shuts its side", SOME, shuts),
        ("stops reading", MUCH, stops),
        ("never reads", SOME, stops),
    ];
    for (way, size, then) in ways {
        for (reply, code) in [(TOO_LARGE, "ERROR_TOO_BIG_CAPTCHA_FILESIZE"), (BOUGHT, "")] {
            let (url, connections) = hasty(reply, then);
            let client = Client::at(&url, json!({"requestTimeoutMs": 20_000}));
            let mut request = task("large");
            request["task"]["body"] = json!("A".repeat(size));
            for answer in [client.create_task(&request), client.solve(&request)] {
                if way == "closes" && answer["errorCode"] == "CAPTASK_OUTCOME_UNKNOWN" {
                    // A reset may throw the reply away before it can be read.
                    continue;
                }
                let found = answer["errorCode"].as_str().unwrap_or("");
                assert_eq!(found, code, "{way}: {answer}");
                assert!(code.is_empty() == (answer["taskId"] == 77), "{way}: {answer}");
            }
            assert_eq!(connections.load(Ordering::Acquire), 2, "{way}: sent once each, and no connection used again");
        }
    }
}

#[test]
fn dates_of_retry_after_count_from_the_server_s_clock() {
    // The server's clock is an hour ahead, or behind.
    for ahead in [true, false] {
        let clock = move |seconds: u64| {
            let hour = Duration::from_secs(3600);
            let now = SystemTime::now();
            httpdate::fmt_http_date(if ahead { now + hour } else { now - hour } + Duration::from_secs(seconds))
        };
        let faulty = FaultyServer::mostly_good(move |request| {
            let lines = format!("Date: {}\r\nRetry-After: {}\r\n", clock(0), clock(2));
            (request.nth == 1 && request.method != "getBalance").then(|| with_head(429, &lines, "slow down"))
        });
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 1000}));
        let answer = client.create_task(&task("one"));
        let after = answer["retryAfterMs"].as_u64().unwrap_or(0);
        assert!((1000..=3000).contains(&after), "{answer}");
        let solved = client.solve(&task("two"));
        assert_eq!(solved["status"], "ready", "{solved}");
    }
}

#[test]
fn latin_1_is_decoded_and_what_cannot_be_is_said() {
    let reply = |charset: &'static str, body: &'static [u8]| {
        let faulty = FaultyServer::start(move |_| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json{charset}\r\nContent-Length: ");
            Reply::RawKeep([head.as_bytes(), format!("{}\r\n\r\n", body.len()).as_bytes(), body].concat())
        });
        let client = Client::at(&faulty.url(), json!({}));
        [client.solve(&json!({"taskId": 7})), client.task_result(&json!({"taskId": 7})), client.create_task(&task("x"))]
    };
    let latin = b"{\"errorId\":0,\"taskId\":7,\"status\":\"ready\",\"solution\":{\"text\":\"caf\xe9\"}}";
    for charset in ["; charset=iso-8859-1", ";charset=\"ISO-8859-1\"; q=1", "; Charset=latin1"] {
        for answer in reply(charset, latin) {
            assert_eq!(answer["solution"]["text"], "caf\u{e9}", "{charset}: {answer}");
            assert!(answer.get("warning").is_none(), "{charset}: {answer}");
        }
    }
    for charset in ["", "; charset=utf-8", "; charset=windows-1251"] {
        for answer in reply(charset, latin) {
            assert_eq!(answer["errorId"], 0, "{charset}: {answer}");
            let warning = answer["warning"].as_str().unwrap_or_default();
            assert!(warning.contains("UTF-8"), "{charset}: {answer}");
            assert!(!charset.contains("windows") || warning.contains("windows-1251"), "{answer}");
        }
    }
    let utf8 = "{\"errorId\":0,\"taskId\":7,\"status\":\"ready\",\"solution\":{\"text\":\"caf\u{e9}\"}}".as_bytes();
    for answer in reply("; charset=iso-8859-1", utf8) {
        assert_eq!(answer["solution"]["text"], "caf\u{e9}", "what is UTF-8 is read so: {answer}");
    }
}

#[test]
fn where_a_redirect_points_is_told_and_asked_once() {
    let faulty =
        FaultyServer::start(|_| Reply::With(301, &[("Location", "https://elsewhere.example/new")], "moved".into()));
    let client = Client::at(&faulty.url(), json!({"userAgentEndpoint": faulty.url()}));
    let answers = [
        ("getBalance", client.balance()),
        ("getTaskResult", client.task_result(&json!({"taskId": 7}))),
        ("createTask", client.create_task(&task("one"))),
        ("newMethod", client.call("newMethod", &json!({}))),
    ];
    for (method, answer) in answers {
        let text = answer["errorDescription"].as_str().unwrap_or("");
        assert!(text.contains("https://elsewhere.example/new") && answer["httpStatus"] == 301, "{method}: {answer}");
        assert_eq!(faulty.count(method), 1, "{method}: {answer}");
    }
    let answer = client.user_agent();
    assert!(answer["errorDescription"].as_str().is_some_and(|text| text.contains("elsewhere.example")), "{answer}");
    let answer = client.solve(&task("two"));
    assert!(answer["errorDescription"].as_str().is_some_and(|text| text.contains("elsewhere.example")), "{answer}");
}

#[test]
fn an_encoding_that_nobody_asked_for_is_named() {
    let faulty = FaultyServer::start(|request| {
        assert!(request.head.to_ascii_lowercase().contains("accept-encoding: identity"), "{}", request.head);
        let body = b"\x1f\x8b\x08\0\0\0\0\0\0\x03packed";
        let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
        Reply::RawKeep([head.as_bytes(), body].concat())
    });
    let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 2500}));
    for answer in [client.balance(), client.create_task(&task("one")), client.solve(&task("two"))] {
        let text = answer["errorDescription"].as_str().unwrap_or("");
        assert!(text.contains("has the encoding gzip") && !text.contains(char::is_control), "{answer}");
    }
}

#[test]
fn an_attempt_that_the_deadline_cuts_off_does_not_hide_the_one_before() {
    let faulty = FaultyServer::start(|request| match request.nth {
        1 => html(502),
        _ => Reply::Silence,
    });
    let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 2500}));
    let answer = client.balance();
    assert_eq!(
        (&answer["errorCode"], &answer["httpStatus"]),
        (&json!("CAPTASK_BAD_RESPONSE"), &json!(502)),
        "{answer}"
    );
    assert!(faulty.count("getBalance") > 1, "{answer}");
}

#[test]
fn a_timeout_says_what_came_last() {
    type Said = (fn() -> Reply, &'static [&'static str]);
    let replies: [Said; 4] = [
        (|| html(502), &["HTTP 502"]),
        (|| refused(429, "ERROR_TOO_MUCH_REQUESTS"), &["HTTP 429", "ERROR_TOO_MUCH_REQUESTS"]),
        (|| with_head(200, "", r#"{"errorId":0,"status":"frobnicating"}"#), &["HTTP 200", "frobnicating"]),
        (|| Reply::Raw(Vec::new()), &["closed the connection"]),
    ];
    for (reply, words) in replies {
        let faulty = FaultyServer::mostly_good(move |request| (request.method == "getTaskResult").then(reply));
        let client = Client::at(&faulty.url(), json!({}));
        let mut request = task("one");
        request["options"] = json!({"timeoutMs": 500, "firstPollMs": 1, "pollIntervalMs": 20});
        let answer = client.solve(&request);
        let text = answer["errorDescription"].as_str().unwrap_or("");
        assert_eq!(answer["errorCode"], "CAPTASK_TIMEOUT", "{answer}");
        assert!(words.iter().all(|word| text.contains(word)), "{words:?}: {answer}");
    }
}

#[test]
fn a_server_s_hint_ends_a_connection() {
    // None is left after max=0 or timeout=0.
    for hint in ["max=0", "timeout=5, max=0", "timeout=0"] {
        let lines = format!("Keep-Alive: {hint}\r\n");
        let faulty = FaultyServer::start(move |request| with_head(200, &lines, body_of(&request.method)));
        let client = Client::at(&faulty.url(), json!({}));
        works(hint, &client);
        assert_eq!(faulty.connections(), 5, "{hint}: one for each request");
    }
    let faulty = FaultyServer::start(|request| with_head(200, "Keep-Alive: timeout=1\r\n", body_of(&request.method)));
    let client = Client::at(&faulty.url(), json!({}));
    works("timeout=1", &client);
    let before = faulty.connections();
    assert!(before <= 2, "used again at once");
    // Idle for longer each time; the server itself never closes one.
    let mut idle = Duration::from_millis(100);
    while faulty.connections() == before {
        assert!(idle < Duration::from_secs(10), "a connection that the server has given up is used again");
        std::thread::sleep(idle);
        idle *= 2;
        assert_eq!(client.balance()["balance"], 1.5);
    }
    assert!(idle <= Duration::from_millis(1600), "within the second that the server says");
}

/// A connection that the server closes as a createTask arrives is a purchase that may have been made: never a second one.
#[test]
fn a_kept_connection_that_ends_under_a_create_task_buys_once() {
    let faulty = FaultyServer::start(|request| match request.method.as_str() {
        "createTask" => Reply::Raw(Vec::new()),
        _ => good(request),
    });
    let client = Client::at(&faulty.url(), json!({}));
    for n in 0..5 {
        // On a connection that has served before.
        assert_eq!(client.balance()["balance"], 1.5);
        let answers = [client.create_task(&task(&format!("s{n}"))), client.solve(&task(&format!("t{n}")))];
        for answer in answers {
            assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{answer}");
        }
    }
    assert!(faulty.creates_by_name().values().all(|count| *count == 1), "{:?}", faulty.creates_by_name());
}

#[test]
fn a_client_that_waits_for_its_poll_sees_the_end_of_the_connection() {
    let faulty = FaultyServer::mostly_good(|request| {
        (request.method == "getTaskResult" && request.nth < 4)
            .then(|| Reply::ThenClose("{\"errorId\":0,\"status\":\"processing\"}".into()))
    });
    let client = Client::at(&faulty.url(), json!({}));
    let ticket = client.submit(&task("one"));
    until("it is ready", || client.inspect()["unread"] == 1);
    let answer: Value = client.wait(ticket, 10_000).expect("an answer");
    assert_eq!(answer["status"], "ready", "{answer}");
    assert_eq!(faulty.polls(), 4, "no poll is lost to a connection that has ended");
    assert_eq!(answer["meta"]["polls"], 4, "{answer}");
}

/// A server that closes each connection before it is asked is tried again after a pause, not at once for ever.
#[test]
fn a_server_that_closes_what_it_accepts_is_not_hammered() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::AcqRel);
            drop(stream);
        }
    });
    let client = Client::at(&url, json!({}));
    let mut request = task("one");
    request["options"] = json!({"timeoutMs": 1500});
    let answer = client.solve(&request);
    // The request may have gone out before the end was seen.
    let code = answer["errorCode"].as_str().unwrap_or("");
    assert!(["CAPTASK_CONNECT", "CAPTASK_OUTCOME_UNKNOWN"].contains(&code), "{answer}");
    // At 100 ms between two of them there is no room for more.
    let made = connections.load(Ordering::Acquire);
    assert!(made <= 40, "{made} connections in 1.5 s");
    let _ =
        client.solve(&json!({"taskId": 7, "options": {"timeoutMs": 1500, "firstPollMs": 1, "pollIntervalMs": 100}}));
    let made = connections.load(Ordering::Acquire) - made;
    assert!(made <= 40, "{made} connections in 1.5 s of polling");
}
