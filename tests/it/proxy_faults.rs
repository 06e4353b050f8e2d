//! Proxies of every kind, with and without a login, and what their failures cost.

use crate::support::faulty_server::{FaultyServer, Reply, good};
use crate::support::{Client, task};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// How a proxy fails, if it does.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Good,
    /// The handshake is refused this many times.
    Refuses(usize),
    /// The connection ends in the middle of the handshake this many times.
    Hangs(usize),
}

struct Proxy {
    port: u16,
    greetings: Arc<AtomicUsize>,
    login: Arc<Mutex<String>>,
}

impl Proxy {
    fn start(kind: &'static str, mood: Mood) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (greetings, login) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(String::new())));
        let (count, seen) = (greetings.clone(), login.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let (seen, count) = (seen.clone(), count.clone());
                thread::spawn(move || {
                    // A connection without a word is no greeting: the client looks first whether the proxy is there.
                    if stream.peek(&mut [0]).unwrap_or(0) == 0 {
                        return;
                    }
                    let nth = count.fetch_add(1, Ordering::AcqRel);
                    let fails = match mood {
                        Mood::Good => Mood::Good,
                        Mood::Refuses(times) | Mood::Hangs(times) if nth >= times => Mood::Good,
                        bad => bad,
                    };
                    if let Some(target) = greet(&stream, kind, fails, &seen) {
                        relay(stream, target);
                    }
                });
            }
        });
        Proxy { port, greetings, login }
    }
}

fn exactly<const N: usize>(mut stream: &TcpStream) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn greet(mut stream: &TcpStream, kind: &str, mood: Mood, login: &Mutex<String>) -> Option<TcpStream> {
    if matches!(mood, Mood::Hangs(_)) {
        let _ = exactly::<2>(stream);
        return None;
    }
    let good = mood == Mood::Good;
    let address = match kind {
        "http" => {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.extend(exactly::<1>(stream)?);
            }
            let head = String::from_utf8(head).ok()?;
            *login.lock().ok()? = head.lines().find(|l| l.starts_with("Proxy-Authorization")).unwrap_or("").into();
            let reply: &[u8] = if good { b"HTTP/1.1 200 OK\r\n\r\n" } else { b"HTTP/1.1 502 Bad\r\n\r\n" };
            stream.write_all(reply).ok()?;
            head.split(' ').nth(1)?.parse().ok()?
        }
        "socks4" => {
            let [_, _, high, low, a, b, c, d, _] = exactly::<9>(stream)?;
            stream.write_all(&[0, if good { 90 } else { 91 }, 0, 0, 0, 0, 0, 0]).ok()?;
            SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([high, low]))
        }
        _ => {
            let [_, count] = exactly::<2>(stream)?;
            let mut methods = vec![0; usize::from(count)];
            stream.read_exact(&mut methods).ok()?;
            if methods.contains(&2) {
                stream.write_all(&[5, 2]).ok()?;
                let [_, length] = exactly::<2>(stream)?;
                let mut name = vec![0; usize::from(length)];
                stream.read_exact(&mut name).ok()?;
                let [length] = exactly::<1>(stream)?;
                let mut word = vec![0; usize::from(length)];
                stream.read_exact(&mut word).ok()?;
                *login.lock().ok()? = format!("{} {}", String::from_utf8_lossy(&name), String::from_utf8_lossy(&word));
                stream.write_all(&[1, 0]).ok()?;
            } else {
                stream.write_all(&[5, 0]).ok()?;
            }
            let [_, _, _, _, a, b, c, d, high, low] = exactly::<10>(stream)?;
            stream.write_all(&[5, if good { 0 } else { 5 }, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
            SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([high, low]))
        }
    };
    if good { TcpStream::connect(address).ok() } else { None }
}

fn relay(near: TcpStream, far: TcpStream) {
    let (Ok(near_too), Ok(far_too)) = (near.try_clone(), far.try_clone()) else { return };
    thread::spawn(move || pump(&far_too, &near_too));
    pump(&near, &far);
}

fn pump(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Both);
    let _ = from.shutdown(std::net::Shutdown::Both);
}

const KINDS: [&str; 3] = ["http", "socks4", "socks5"];

#[test]
fn every_kind_of_proxy_works_without_a_login() {
    for kind in KINDS {
        let (faulty, proxy) = (FaultyServer::start(good), Proxy::start(kind, Mood::Good));
        let client = Client::at(&faulty.url(), json!({"proxy": format!("{kind}://127.0.0.1:{}", proxy.port)}));
        for _ in 0..3 {
            let answer = client.solve(&task("one"));
            assert_eq!(answer["status"], "ready", "{kind}: {answer}");
        }
        assert_eq!(proxy.greetings.load(Ordering::Acquire), faulty.connections(), "{kind}: no way around the proxy");
        assert!(faulty.connections() <= 2, "{kind}: connections are kept");
    }
}

#[test]
fn a_login_reaches_the_proxy() {
    for (kind, wanted) in [("http", "dXNlcjpwdw=="), ("socks5", "user pw")] {
        let (faulty, proxy) = (FaultyServer::start(good), Proxy::start(kind, Mood::Good));
        let url = format!("{kind}://user:pw@127.0.0.1:{}", proxy.port);
        let client = Client::at(&faulty.url(), json!({"proxy": url}));
        assert_eq!(client.balance()["errorId"], 0, "{kind}");
        let login = proxy.login.lock().expect("not poisoned").clone();
        assert!(login.contains(wanted), "{kind}: {login}");
        assert!(!client.inspect().to_string().contains("pw@"), "{kind}");
    }
}

#[test]
fn a_reply_lost_behind_a_proxy_is_never_bought_twice() {
    for kind in KINDS {
        for cut in ["", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"errorId\""] {
            let faulty = FaultyServer::mostly_good(move |r| {
                (r.method == "createTask").then(|| Reply::Raw(cut.as_bytes().to_vec()))
            });
            let proxy = Proxy::start(kind, Mood::Good);
            let url = format!("{kind}://127.0.0.1:{}", proxy.port);
            let client = Client::at(&faulty.url(), json!({"proxy": url, "callTimeoutMs": 15_000}));
            for answer in [client.solve(&task("one")), client.create_task(&task("two"))] {
                assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{kind}: {answer}");
            }
            let counted = faulty.creates_by_name();
            assert_eq!((counted["one"], counted["two"]), (1, 1), "{kind}");
        }
    }
}

#[test]
fn a_handshake_that_fails_bought_nothing_and_is_tried_again() {
    for kind in KINDS {
        for mood in [Mood::Refuses(2), Mood::Hangs(2)] {
            let (faulty, proxy) = (FaultyServer::start(good), Proxy::start(kind, mood));
            let url = format!("{kind}://127.0.0.1:{}", proxy.port);
            let client = Client::at(&faulty.url(), json!({"proxy": url}));
            let answer = client.solve(&task("one"));
            assert_eq!((answer["errorId"].as_i64(), faulty.creates()), (Some(0), 1), "{kind}: {answer}");
        }
        let (faulty, proxy) = (FaultyServer::start(good), Proxy::start(kind, Mood::Refuses(usize::MAX)));
        let url = format!("{kind}://127.0.0.1:{}", proxy.port);
        let client = Client::at(&faulty.url(), json!({"proxy": url, "callTimeoutMs": 3000}));
        let answer = client.create_task(&task("one"));
        assert_eq!(answer["errorCode"], "CAPTASK_CONNECT", "{kind}: {answer}");
        assert_eq!(answer["retryable"], true, "{kind}: {answer}");
        assert_eq!(faulty.connections(), 0, "{kind}");
    }
}

#[test]
fn two_clients_have_two_proxies() {
    let faulty = FaultyServer::start(good);
    let (one, two) = (Proxy::start("socks5", Mood::Good), Proxy::start("http", Mood::Good));
    let through = |kind: &str, proxy: &Proxy| {
        Client::at(&faulty.url(), json!({"proxy": format!("{kind}://127.0.0.1:{}", proxy.port)}))
    };
    let (first, second) = (through("socks5", &one), through("http", &two));
    assert_eq!((first.balance()["errorId"].as_i64(), second.balance()["errorId"].as_i64()), (Some(0), Some(0)));
    let counts = [&one, &two].map(|proxy| proxy.greetings.load(Ordering::Acquire));
    assert_eq!(counts, [1, 1]);
}
