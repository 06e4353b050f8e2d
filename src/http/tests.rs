//! Dials and exchanges against servers on loopback that say exactly what a test has them say.

mod field;

use super::roots::Anchors;
use super::*;
use crate::secret::Secret;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

type Kept = Option<Box<Connection>>;

fn deadline() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

fn wake() -> Wake {
    Arc::new(|| {})
}

fn dialer(proxies: Proxies) -> Arc<Dialer> {
    Arc::new(Dialer::new(proxies, Anchors::Bundled, Duration::from_secs(10)))
}

/// Has one connection served.
fn serve<T: Send + 'static>(talk: impl FnOnce(TcpStream) -> T + Send + 'static) -> (SocketAddr, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    (address, thread::spawn(move || talk(listener.accept().expect("a connection").0)))
}

/// Reads a request to the end of its head, and of its body when it has a length.
fn request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        text.push(byte[0]);
    }
    let mut text = String::from_utf8(text).expect("text");
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    text.push_str(&String::from_utf8(body).expect("text"));
    text
}

fn origin(url: &str) -> Origin {
    Origin::of(&url.parse().expect("a URL")).expect("an origin")
}

fn connect(url: &str, proxies: Proxies) -> Result<Box<Connection>, TransportError> {
    blocking::dial(&dialer(proxies), &origin(url), deadline(), wake(), &AtomicBool::new(false))
}

fn post(connection: Box<Connection>, url: &str, body: &str) -> (Result<Reply, TransportError>, Kept) {
    let request = Request::new(url.parse().expect("a URL"), Some(Arc::new(Secret::new(body.to_owned()))));
    blocking::exchange(connection, request, deadline(), &AtomicBool::new(false))
}

/// Posts to a server that gives this answer to each request and then hangs up.
fn answered(answer: &'static [u8]) -> (Result<Reply, TransportError>, Kept) {
    let (address, server) = serve(move |mut stream| {
        request(&mut stream);
        stream.write_all(answer).expect("written");
        stream
    });
    let url = format!("http://{address}/x");
    let connection = connect(&url, Proxies::none()).expect("connected");
    thread::scope(|scope| {
        let exchange = scope.spawn(|| post(connection, &url, "{}"));
        drop(server.join().expect("served"));
        exchange.join().expect("exchanged")
    })
}

#[test]
fn a_connection_is_used_again_and_the_request_is_as_it_should_be() {
    let (address, server) = serve(|mut stream| {
        let first = request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\n\r\nok").expect("written");
        let second = request(&mut stream);
        stream
            .write_all(b"HTTP/1.1 201 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
            .expect("written");
        (first, second)
    });
    let url = format!("http://localhost:{}/createTask", address.port());
    let connection = connect(&url, Proxies::none()).expect("connected");
    let (reply, kept) = post(connection, &url, "{\"a\":1}");
    assert_eq!(reply.expect("a reply").body, b"ok");
    let mut kept = kept.expect("kept");
    assert!(kept.is_open() && kept.keep_until().is_some());
    let get = Request::new(url.parse().expect("a URL"), None);
    let (reply, _) = blocking::exchange(kept, get, deadline(), &AtomicBool::new(false));
    let reply = reply.expect("a reply");
    assert_eq!((reply.status, reply.body.as_slice()), (201, b"ab".as_slice()));
    let (first, second) = server.join().expect("served");
    assert!(first.starts_with("POST /createTask HTTP/1.1\r\n") && first.ends_with("\r\n\r\n{\"a\":1}"), "{first}");
    let wanted =
        ["accept-encoding: identity", "content-type: application/json", "accept: application/json, text/plain"];
    let lower = first.to_ascii_lowercase();
    assert!(wanted.iter().all(|line| lower.contains(line)) && lower.contains("host: localhost:"), "{first}");
    assert!(second.starts_with("GET /createTask HTTP/1.1\r\n"), "{second}");
}

#[test]
fn odd_head_lines_do_not_lose_a_reply() {
    for odd in [
        "Set-Cookie : a=b",
        "X: a\r\n folded",
        "nothing",
        ": empty",
        "X(Odd): 1",
        "X: \u{1}",
        "X: \u{7f}",
        // None of these ends the head.
        "\u{c}",
        "\r",
        " \t",
        "X: a\r",
        "X:\r",
        "X: \u{c}",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{odd}\r\nContent-Length: 2\r\n\r\nok").into_bytes();
        let (reply, kept) = answered(answer.leak());
        assert_eq!(reply.expect(odd).body, b"ok");
        assert!(kept.is_some(), "{odd}");
    }
    for before in ["\r\n", "\n\n", "\r\r\n\r\n"] {
        let answer = format!("{before}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").into_bytes();
        assert_eq!(answered(answer.leak()).0.expect(before).body, b"ok");
    }
    let many: String = (0..300).map(|n| format!("X-{n}: 1\r\n")).collect();
    let answer = format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 2\r\nRetry-After: 3\r\n\r\nok").into_bytes();
    let reply = answered(answer.leak()).0.expect("a reply");
    assert_eq!((reply.body.as_slice(), reply.retry_after_ms), (b"ok".as_slice(), Some(3000)));
}

#[test]
fn doubtful_lengths_and_unreadable_heads_are_refused_with_what_came() {
    for lines in [
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: two",
        "Content-Length : 2",
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Content-Length: 2\r",
        "Content-Length\u{c}: 2",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\nok").into_bytes();
        let error = answered(answer.leak()).0.expect_err(lines);
        assert_eq!((error.kind, error.sent), (ErrorKind::Protocol, true), "{lines}");
        assert!(error.head.is_some_and(|head| head.starts_with(b"HTTP/1.1 200")), "{lines}");
    }
    let error = answered(b"SSH-2.0-x\r\n").0.expect_err("no HTTP");
    assert_eq!((error.kind, error.head.as_deref()), (ErrorKind::Protocol, Some(b"SSH-2.0-x\r\n".as_slice())));
}

#[test]
fn an_early_end_gives_how_far_the_reply_came() {
    let error = answered(b"").0.expect_err("nothing");
    assert_eq!((error.stage, error.kind, error.sent), (Stage::FirstByte, ErrorKind::Cut, true));
    let error = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart").0.expect_err("a part");
    assert_eq!((error.stage, error.kind), (Stage::Exchange, ErrorKind::Cut));
    assert_eq!(error.part, Some((200, b"part".to_vec())));
    for whole in ["HTTP/1.0 200 OK\r\n\r\nok", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"]
    {
        let (reply, kept) = answered(whole.as_bytes());
        assert_eq!(reply.expect(whole).body, b"ok");
        assert!(kept.is_none());
    }
    let (reply, kept) =
        answered(b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok+");
    assert!(reply.is_ok_and(|reply| reply.status == 200) && kept.is_none());
}

#[test]
fn an_early_reply_is_taken_though_the_server_stops_reading() {
    let (address, server) = serve(|mut stream| {
        let mut some = [0; 100];
        stream.read_exact(&mut some).expect("a beginning");
        stream.write_all(b"HTTP/1.1 413 Large\r\nContent-Length: 2\r\n\r\nno").expect("written");
        stream
    });
    let url = format!("http://{address}/");
    let connection = connect(&url, Proxies::none()).expect("connected");
    let (reply, kept) = post(connection, &url, &"x".repeat(16 << 20));
    assert_eq!(reply.expect("a reply").status, 413);
    assert!(kept.is_none());
    server.join().expect("served");
}

#[test]
fn http_proxies_are_asked_for_a_tunnel() {
    let (address, server) = serve(|mut stream| {
        let first = request(&mut stream);
        let many: String = (0..200).map(|n| format!("X-{n}: 1\r\n")).collect();
        stream.write_all(format!("HTTP/1.1 200 OK\r\n{many}odd\r\n\r\n").as_bytes()).expect("written");
        request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").expect("written");
        first
    });
    let proxies = Proxies::from_url(&format!("http://me:a%40b@{address}")).expect("a proxy");
    let url = "http://service.invalid/x";
    let connection = connect(url, proxies).expect("connected");
    assert_eq!(post(connection, url, "{}").0.expect("a reply").body, b"ok");
    let asked = server.join().expect("served");
    assert!(asked.starts_with("CONNECT service.invalid:80 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("Proxy-Authorization: Basic bWU6YUBi\r\n"), "{asked}");
}

#[test]
fn the_stage_names_what_a_proxy_refused() {
    let refusal = |scheme: &str, answer: &'static [u8]| {
        let (address, server) = serve(move |mut stream| {
            let mut some = [0; 3];
            stream.read_exact(&mut some).expect("a beginning");
            stream.write_all(answer).expect("written");
            stream
        });
        let proxies = Proxies::from_url(&format!("{scheme}://{address}")).expect("a proxy");
        let Err(error) = connect("http://127.0.0.9:1/", proxies) else { panic!("connected") };
        server.join().expect("served");
        (error.stage, error.kind)
    };
    assert_eq!(refusal("http", b"HTTP/1.1 407 Login\r\n\r\n"), (Stage::ProxyLogin, ErrorKind::Login));
    assert_eq!(refusal("http", b"HTTP/1.1 502 No\r\n\r\n"), (Stage::Tunnel, ErrorKind::Refused));
    assert_eq!(refusal("socks5h", b"\x05\xff"), (Stage::ProxyLogin, ErrorKind::Login));
    assert_eq!(refusal("socks5h", b"\x05\x00\x05\x05"), (Stage::Tunnel, ErrorKind::Refused));
    assert_eq!(refusal("socks5", b"HTTP"), (Stage::ProxyTcp, ErrorKind::Protocol));
    assert_eq!(refusal("socks4", b"\x00\x5b\0\0\0\0\0\0"), (Stage::Tunnel, ErrorKind::Refused));
}

#[test]
fn socks_proxies_are_given_names_and_logins() {
    let (address, server) = serve(|mut stream| {
        let mut hello = [0; 4];
        stream.read_exact(&mut hello).expect("methods");
        stream.write_all(&[5, 2]).expect("written");
        let mut login = [0; 7];
        stream.read_exact(&mut login).expect("a login");
        stream.write_all(&[1, 0]).expect("written");
        let mut asked = [0; 22];
        stream.read_exact(&mut asked).expect("a target");
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).expect("written");
        request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").expect("written");
        (login, asked)
    });
    let proxies = Proxies::from_url(&format!("socks5h://me:pw@{address}")).expect("a proxy");
    let url = "http://service.invalid/x";
    let connection = connect(url, proxies).expect("connected");
    assert_eq!(post(connection, url, "{}").0.expect("a reply").body, b"ok");
    let (login, asked) = server.join().expect("served");
    assert_eq!(&login, b"\x01\x02me\x02pw");
    assert_eq!(&asked, b"\x05\x01\x00\x03\x0fservice.invalid\x00\x50");
}

#[test]
fn refused_and_silent_peers_end_a_dial_and_an_exchange() {
    let unused = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port");
    let Err(error) = connect(&format!("http://{unused}/"), Proxies::none()) else { panic!("connected") };
    assert_eq!((error.stage, error.kind), (Stage::Tcp, ErrorKind::Refused));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let connection = connect(&url, Proxies::none()).expect("connected");
    let request = Request::new(url.parse().expect("a URL"), None);
    let soon = Instant::now() + Duration::from_millis(60);
    let (reply, _) = blocking::exchange(connection, request, soon, &AtomicBool::new(false));
    let error = reply.expect_err("silence");
    assert_eq!((error.stage, error.kind, error.sent), (Stage::FirstByte, ErrorKind::Timeout, true));
    let request = Request::new(url.parse().expect("a URL"), None);
    let connection = connect(&url, Proxies::none()).expect("connected");
    let (reply, _) = blocking::exchange(connection, request, deadline(), &AtomicBool::new(true));
    assert_eq!(reply.expect_err("stopped").kind, ErrorKind::Stopped);
}
