//! The server room on its own: what peers that dawdle, flood or hang up can and cannot do.
#![cfg(feature = "http-server")]

use captask::server::{Handler, Head, Limits, Plan, Server};
use hyper::body::Bytes;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Answers with the length of what was sent; refuses `/no` before reading.
#[derive(Default)]
struct Echo {
    asked: AtomicUsize,
}

impl Handler for Echo {
    fn head(&self, head: &Head<'_>) -> Option<Plan> {
        (head.path == "/no").then(|| Plan::text(404, "text/plain", ""))
    }

    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match head.path {
            "/panic" => panic!("asked to"),
            "/big" => Plan::answer(200, "text/plain", vec![b'x'; 64 << 20]),
            _ => Plan::answer(200, "text/plain", format!("<{}>", body.len())),
        }
    }
}

fn start(limits: Limits) -> Server {
    Server::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Echo::default(), limits).expect("it listens")
}

fn connect(server: &Server) -> TcpStream {
    let socket = TcpStream::connect(server.address()).expect("connects");
    socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    socket
}

/// What comes until the end of the connection.
fn rest(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    match socket.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}"),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn ask(server: &Server, request: &str) -> String {
    let mut socket = connect(server);
    // The server may answer and hang up before all of it is sent.
    let _ = socket.write_all(request.as_bytes());
    rest(&mut socket)
}

fn quick() -> Limits {
    let soon = Duration::from_millis(500);
    Limits { idle: soon, header: soon, body: soon, write: soon, ..Limits::default() }
}

#[test]
fn requests_share_a_connection() {
    let server = start(Limits::default());
    let mut socket = connect(&server);
    let post = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc";
    socket
        .write_all(format!("{post}{post}GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())
        .expect("sent");
    let answers = rest(&mut socket);
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
    assert_eq!((answers.matches("<3>").count(), answers.matches("<0>").count()), (2, 1));
}

#[test]
fn those_who_dawdle_are_cut_off() {
    let echo = Arc::new(Echo::default());
    let server = Server::start_with((Ipv4Addr::LOCALHOST, 0).into(), echo.clone(), quick(), Vec::new());
    let server = server.expect("it listens");
    assert_eq!(ask(&server, ""), "", "idle");
    let late = ask(&server, "POST / HTTP/1.1\r\nhost:");
    assert!(!late.contains("200 OK"), "header: {late}");
    let late = ask(&server, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc");
    assert!(!late.contains("200 OK"), "body: {late}");
    // Who reads nothing of a long answer does not hold it for ever.
    let mut deaf = connect(&server);
    deaf.write_all(b"GET /big HTTP/1.1\r\nhost: x\r\n\r\n").expect("sent");
    let start = std::time::Instant::now();
    while echo.asked.load(Ordering::Relaxed) == 0 || server.connections() > 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "still open");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(rest(&mut deaf).len() < 64 << 20);
}

#[test]
fn a_connection_in_use_outlives_the_idle_limit() {
    let server = start(Limits { idle: Duration::from_millis(1000), ..Limits::default() });
    let mut socket = connect(&server);
    let start = std::time::Instant::now();
    let mut answer = [0; 4096];
    while start.elapsed() < Duration::from_millis(2000) {
        socket.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").expect("sent");
        assert_ne!(socket.read(&mut answer).expect("an answer"), 0);
    }
    assert_eq!(rest(&mut socket), "", "closed once it is idle");
}

#[test]
fn bodies_and_heads_have_a_size() {
    let server = start(Limits { body_bytes: 100, header_bytes: 8192, ..Limits::default() });
    let body = |length: usize| {
        format!(
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{}",
            "x".repeat(length)
        )
    };
    assert!(ask(&server, &body(100)).contains("<100>"));
    assert!(ask(&server, &body(101)).starts_with("HTTP/1.1 413 "));
    let chunk = format!("{:x}\r\n{}\r\n", 60, "x".repeat(60));
    let chunked = format!("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
    assert!(ask(&server, &chunked).starts_with("HTTP/1.1 413 "));
    let head = format!("GET / HTTP/1.1\r\nhost: x\r\nlong: {}\r\n\r\n", "x".repeat(20_000));
    assert!(!ask(&server, &head).contains("200 OK"));
    assert!(!ask(&server, "no http at all\r\n\r\n").contains("200 OK"));
    assert!(
        ask(&server, "POST /no HTTP/1.1\r\nhost: x\r\ncontent-length: 90000000\r\n\r\n").starts_with("HTTP/1.1 404 ")
    );
}

#[test]
fn connections_are_counted_and_bounded() {
    let server = start(Limits { connections: 2, ..Limits::default() });
    let mut first = connect(&server);
    let mut second = connect(&server);
    for socket in [&mut first, &mut second] {
        socket.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").expect("sent");
        assert_ne!(socket.read(&mut [0; 4096]).expect("an answer"), 0);
    }
    assert_eq!(server.connections(), 2);
    // A third one is served, and the oldest closed for it.
    assert!(ask(&server, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").contains("<0>"));
    assert_eq!(rest(&mut first), "");
    drop(second);
}

#[test]
fn a_panic_in_a_handler_costs_one_connection() {
    let server = start(Limits::default());
    assert_eq!(ask(&server, "GET /panic HTTP/1.1\r\nhost: x\r\n\r\n"), "");
    assert!(ask(&server, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").contains("<0>"));
}

#[test]
fn stopping_closes_everything() {
    let mut server = start(Limits::default());
    let mut open = connect(&server);
    open.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").expect("sent");
    assert_ne!(open.read(&mut [0; 4096]).expect("an answer"), 0);
    server.stop();
    server.stop();
    assert_eq!(rest(&mut open), "");
    assert!(TcpStream::connect(server.address()).is_err());
    assert_eq!(server.connections(), 0);
    let again = Server::start(server.address(), Echo::default(), Limits::default()).expect("the port is free");
    assert_eq!(again.address(), server.address());
}
