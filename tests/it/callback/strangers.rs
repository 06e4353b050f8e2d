//! Whatever is not the one result that a URL is for.

use super::support::*;
use captask::instance::Client;
use serde_json::json;
use std::io::{Read, Write};

const PROCESSING: &str = r#"{"errorId":0,"status":"processing"}"#;

/// A client with one task in flight that waits for its callback.
struct Waiting {
    _service: Service,
    client: Client,
    port: u16,
    ticket: i64,
    url: String,
    path: String,
}

impl Waiting {
    fn new() -> Waiting {
        let (service, bodies) = Service::that_creates(PROCESSING);
        let client = client(&service.url(), "/hook");
        let (port, ticket) = (port(&client), submit(&client));
        let url = callback_url(&bodies);
        let path = url.split_once(&port.to_string()).expect("a path").1.to_owned();
        Waiting { _service: service, client, port, ticket, url, path }
    }

    /// The status and the body of the answer to a request.
    fn ask(&self, verb: &str, path: &str, headers: &str, body: &[u8]) -> (String, String) {
        let head = format!("{verb} {path} HTTP/1.1\r\nhost: me.example\r\nconnection: close\r\n{headers}\r\n");
        let answer = send(self.port, &[head.as_bytes(), body].concat());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{verb} {path}: {answer:?}"));
        (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
    }

    fn post(&self, path: &str, body: &[u8]) -> (String, String) {
        self.ask("POST", path, &format!("content-length: {}\r\n", body.len()), body)
    }

    /// After all that, the true result is taken, and once.
    fn still_waits(self) {
        assert_eq!(inspect(&self.client)["inFlight"], 1);
        assert_eq!(inspect(&self.client)["callbacks"]["received"], 0);
        assert_eq!(post(&self.url, SOLVED), 200);
        assert_eq!(answer(&self.client, self.ticket)["status"], "ready");
        assert_eq!(post(&self.url, SOLVED), 404);
    }
}

fn not_found() -> (String, String) {
    (String::from("HTTP/1.1 404 Not Found"), String::from("not found\n"))
}

#[test]
fn other_paths_are_not_found() {
    let waiting = Waiting::new();
    let token = waiting.path.strip_prefix("/hook/").expect("under the path").to_owned();
    let encoded = format!("%{:02x}{}", token.as_bytes()[0], &token[1..]);
    let other: String = token.chars().rev().collect();
    for path in [
        String::from("/"),
        String::from("/hook"),
        String::from("/hook/"),
        format!("/hook/{other}"),
        format!("/hook/{}", token.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A")),
        format!("/hook/{}", &token[1..]),
        format!("/hook/{token}0"),
        format!("/hook/{token}/"),
        format!("/hook//{token}"),
        format!("/hook/./{token}"),
        format!("/hook/../{token}"),
        format!("/hook/x/../{token}"),
        format!("/hook%2f{token}"),
        format!("/hook/{encoded}"),
        format!("/hook/{token}?x=1"),
        format!("/hook/{token};x"),
        format!("/hook/?{token}"),
        format!("//hook/{token}"),
        format!("/other/{token}"),
        format!("//{token}"),
    ] {
        assert_eq!(waiting.post(&path, SOLVED.as_bytes()), not_found(), "{path}");
    }
    waiting.still_waits();
}

#[test]
fn other_verbs_are_not_found() {
    let waiting = Waiting::new();
    for verb in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "BREW"] {
        assert_eq!(waiting.ask(verb, &waiting.path, "", b""), not_found(), "{verb}");
        let length = format!("content-length: {}\r\n", SOLVED.len());
        assert_eq!(waiting.ask(verb, &waiting.path, &length, SOLVED.as_bytes()), not_found(), "{verb}");
    }
    assert_eq!(waiting.ask("HEAD", &waiting.path, "", b""), (not_found().0, String::new()));
    waiting.still_waits();
}

#[test]
fn what_is_no_result_leaves_the_token_alone() {
    let waiting = Waiting::new();
    let cut = &SOLVED.as_bytes()[..SOLVED.len() - 1];
    let not_ready = br#"{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}"#;
    let bodies: [&[u8]; 12] = [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"token=made-up",
        b"<html></html>",
        PROCESSING.as_bytes(),
        not_ready,
        br#"{"errorId":1,"errorCode":"CAPTASK_CLOSED","errorDescription":"made up"}"#,
        cut,
        b"{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"token\":\"\xff\"}}",
        br#"{"errorId":0,"status":"ready","solution":null}"#,
    ];
    for body in bodies {
        assert_eq!(waiting.post(&waiting.path, body), not_found(), "{}", String::from_utf8_lossy(body));
    }
    assert_eq!(inspect(&waiting.client)["callbacks"]["refused"], bodies.len());
    waiting.still_waits();
}

#[test]
fn too_much_is_refused_however_it_is_announced() {
    let waiting = Waiting::new();
    let mut large = SOLVED.as_bytes().to_vec();
    large.resize((1 << 20) + 1, b' ');
    assert_eq!(waiting.post(&waiting.path, &large), not_found());
    let mut chunked = format!("{:x}\r\n", large.len()).into_bytes();
    chunked.extend_from_slice(&large);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let answer = waiting.ask("POST", &waiting.path, "transfer-encoding: chunked\r\n", &chunked);
    assert_eq!(answer, not_found());
    // One byte less is fine.
    large.truncate(1 << 20);
    assert_eq!(waiting.post(&waiting.path, &large).0, "HTTP/1.1 200 OK");
    assert_eq!(answer_of(&waiting), "ready");
}

fn answer_of(waiting: &Waiting) -> serde_json::Value {
    answer(&waiting.client, waiting.ticket)["status"].clone()
}

#[test]
fn a_result_may_come_in_chunks_and_after_a_question() {
    let waiting = Waiting::new();
    let head = format!("POST {} HTTP/1.1\r\nhost: me.example\r\n", waiting.path);
    let mut socket = connect(waiting.port);
    write!(socket, "{head}expect: 100-continue\r\ntransfer-encoding: chunked\r\n\r\n").expect("sent");
    let mut told = [0; 12];
    socket.read_exact(&mut told).expect("an answer");
    assert_eq!(&told, b"HTTP/1.1 100");
    let (one, two) = SOLVED.split_at(10);
    write!(socket, "{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n", one.len(), two.len()).expect("sent");
    assert_eq!(answer_of(&waiting), "ready");
}

#[test]
fn what_is_no_request_gets_no_word() {
    let waiting = Waiting::new();
    let path = &waiting.path;
    let huge = "x".repeat(100_000);
    let many: String = (0..500).map(|n| format!("x-{n}: 1\r\n")).collect();
    for request in [
        String::from("nonsense\r\n\r\n"),
        String::from("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}\r\n\r\n"),
        String::from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\nhost: me.example\r\ncontent-length: x\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\nhost me.example\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\nhost: me.example\r\nx: {huge}\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\nhost: me.example\r\n{many}\r\n"),
        format!("POST /{huge} HTTP/1.1\r\nhost: me.example\r\n\r\n"),
    ] {
        let answer = send(waiting.port, request.as_bytes());
        assert_eq!(answer, "", "{}", &request[..40.min(request.len())]);
    }
    waiting.still_waits();
}

#[test]
fn who_dawdles_is_cut_off() {
    let waiting = Waiting::new();
    let head = format!("POST {} HTTP/1.1\r\nhost: me.example\r\n", waiting.path);
    let length = format!("content-length: {}\r\n\r\n", SOLVED.len());
    let starts = [String::from("P"), head.clone(), format!("{head}{length}"), format!("{head}{length}{{\"errorId\":")];
    // All at the same time: each one takes as long as it may.
    let mut sockets: Vec<_> = std::iter::once("")
        .chain(starts.iter().map(String::as_str))
        .map(|start| {
            let mut socket = connect(waiting.port);
            socket.write_all(start.as_bytes()).expect("sent");
            (start, socket)
        })
        .collect();
    for (start, socket) in &mut sockets {
        let (answer, _) = rest(socket);
        let fine = answer.is_empty() || answer.starts_with(&not_found().0) && answer.ends_with("not found\n");
        assert!(fine, "{start:?}: {answer:?}");
    }
    waiting.still_waits();
}

#[test]
fn a_trickle_is_cut_off_too() {
    let waiting = Waiting::new();
    let head = format!("POST {} HTTP/1.1\r\nhost: me.example\r\ncontent-length: 100000\r\n\r\n", waiting.path);
    let mut socket = connect(waiting.port);
    socket.write_all(head.as_bytes()).expect("sent");
    let mut reader = socket.try_clone().expect("a clone");
    let watcher = std::thread::spawn(move || rest(&mut reader).0);
    // Ends when the receiver has had enough; it would take minutes otherwise.
    while !watcher.is_finished() && socket.write_all(b" ").is_ok() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let answer = watcher.join().expect("read");
    assert!(answer.is_empty() || answer.starts_with(&not_found().0), "{answer:?}");
    waiting.still_waits();
}

#[test]
fn a_refusal_ends_the_connection() {
    let waiting = Waiting::new();
    let head = format!("GET {} HTTP/1.1\r\nhost: me.example\r\n\r\n", waiting.path);
    // Keeping the connection is the default; `send` reads until it ends.
    let answer = send(waiting.port, head.as_bytes());
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    waiting.still_waits();
}

#[test]
fn connections_are_bounded_and_come_back() {
    const MANY: usize = 300;
    let waiting = Waiting::new();
    // The oldest are closed for those above the bound, the others when they have said nothing for long.
    let mut sockets: Vec<_> = (0..MANY).map(|_| connect(waiting.port)).collect();
    assert!(sockets.iter_mut().map(rest).all(|(answer, _)| answer.is_empty()));
    assert!(inspect(&waiting.client)["callbacks"]["crowdedOut"].as_u64().is_some_and(|count| count > 0));
    waiting.still_waits();
}

#[test]
fn a_result_for_one_ticket_is_none_for_another() {
    let (service, bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/hook");
    let first = submit(&client);
    let first_url = callback_url(&bodies);
    let second = submit(&client);
    let second_url = callback_url(&bodies);
    let forged = json!({"errorId": 0, "status": "ready", "solution": {"token": "x"}, "ticket": first, "taskId": 1});
    assert_eq!(post(&second_url, &forged.to_string()), 200);
    let answer = answer(&client, second);
    assert_eq!((&answer["captask"]["ticket"], &answer["captask"]["taskId"]), (&json!(second), &json!(2)), "{answer}");
    assert!(read(client.engine().wait(first, Some(std::time::Duration::ZERO))).is_none(), "still in flight");
    assert_eq!(post(&first_url, SOLVED), 200);
}

#[test]
fn what_follows_a_result_and_is_no_http_gets_no_word() {
    let waiting = Waiting::new();
    let head =
        format!("POST {} HTTP/1.1\r\nhost: me.example\r\ncontent-length: {}\r\n\r\n", waiting.path, SOLVED.len());
    let answer = send(waiting.port, format!("{head}{SOLVED}no HTTP at all\r\n\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\n{}"), "{answer}");
}

#[test]
fn connections_that_say_nothing_keep_no_result_out() {
    let waiting = Waiting::new();
    let mut silent: Vec<_> = (0..400).map(|_| connect(waiting.port)).collect();
    for socket in silent.iter_mut().step_by(2) {
        // The beginning of a request is none, and those that were closed may not take it.
        let _ = socket.write_all(b"POST /ho");
    }
    for _ in 0..30 {
        let large = vec![b' '; 100];
        assert_eq!(waiting.post("/hook/none", &large), not_found());
    }
    let counts = inspect(&waiting.client)["callbacks"].clone();
    assert!(counts["crowdedOut"].as_u64().is_some_and(|count| count >= 100), "{counts}");
    assert_eq!(counts["refused"], 30, "{counts}");
    waiting.still_waits();
    drop(silent);
}
