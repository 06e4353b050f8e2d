//! Each stage of a connection and of an exchange fails under a code and a word of its own, and its text says which stage it
//! was and what to do: alike by single calls and by tickets.

use crate::support::tls::{Authority, demanding, self_signed, server, service};
use crate::support::{Client, Peer, proxy};
use crate::support::{real_task, real_task_with};
use rustls::version::TLS13;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};

const KEY: &str = "planted-key-of-the-stages";

/// What a stage that fails looks like.
struct Wanted {
    /// Of a createTask, and of a read.
    codes: [&'static str; 2],
    stage: &'static str,
    /// What the text says: the stage, and what to do.
    words: &'static [&'static str],
    retryable: bool,
}

const fn before(code: &'static str, stage: &'static str, words: &'static [&'static str], retryable: bool) -> Wanted {
    Wanted { codes: [code, code], stage, words, retryable }
}

/// A peer that says these bytes to whatever comes, and no more.
fn says(bytes: &'static [u8]) -> Peer {
    Peer::start(move |mut stream, heard| {
        let mut piece = [0; 4096];
        let n = stream.read(&mut piece).unwrap_or(0);
        heard.note(&piece[..n]);
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        while let Ok(n @ 1..) = stream.read(&mut piece) {
            heard.note(&piece[..n]);
        }
    })
}

/// A peer that takes connections and says nothing.
fn silent() -> Peer {
    Peer::start(|mut stream, heard| {
        let mut piece = [0; 4096];
        while let Ok(n @ 1..) = stream.read(&mut piece) {
            heard.note(&piece[..n]);
        }
    })
}

fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

/// Has all of these fail, each on a thread of its own.
fn check_all(rows: Vec<(String, Value, &Wanted)>) {
    std::thread::scope(|scope| {
        for (name, config, wanted) in rows {
            scope.spawn(move || check(&name, &config, wanted));
        }
    });
}

fn check(name: &str, config: &Value, wanted: &Wanted) {
    let mut config = config.clone();
    config["clientKey"] = json!(KEY);
    config["callTimeoutMs"] = json!(900);
    config["connectTimeoutMs"] = json!(400);
    config["requestTimeoutMs"] = json!(600);
    let client = Client::open(&config);
    let solve = real_task_with(json!({"timeoutMs": 900, "firstPollMs": 1}));
    let answers = std::thread::scope(|scope| {
        let created = scope.spawn(|| client.create_task(&real_task()));
        let solved = scope.spawn(|| client.solve(&solve));
        let balance = client.balance();
        let joined = |thread: std::thread::ScopedJoinHandle<'_, Value>| thread.join().expect("an answer");
        [("createTask", joined(created)), ("solve", joined(solved)), ("getBalance", balance)]
    });
    for (n, (call, answer)) in answers.into_iter().enumerate() {
        let text = answer["errorDescription"].as_str().unwrap_or("");
        assert_eq!(answer["errorCode"], wanted.codes[n / 2], "{name}, {call}: {answer}");
        assert_eq!(answer["stage"], wanted.stage, "{name}, {call}: {answer}");
        for word in wanted.words {
            assert!(text.contains(word), "{name}, {call}: no {word:?} in {answer}");
        }
        assert!(!answer.to_string().contains(KEY) && !text.contains(char::is_control), "{name}, {call}: {answer}");
        assert!(text.len() < 700, "{name}, {call}: {answer}");
        let unknown = wanted.codes[0] == "CAPTASK_OUTCOME_UNKNOWN" && n < 2;
        assert_eq!(answer["outcomeUnknown"] == true, unknown, "{name}, {call}: {answer}");
        if !unknown {
            assert_eq!(answer["retryable"], wanted.retryable, "{name}, {call}: {answer}");
        }
    }
}

#[test]
fn names_and_tcp() {
    let name = before(
        "CAPTASK_CONNECT",
        "name",
        &["looking up the name", "no-such", "nothing was sent", "name servers"],
        true,
    );
    check("name", &json!({"endpoint": "http://no-such-service.invalid"}), &name);
    let through = json!({"endpoint": "http://127.0.0.1:9", "proxy": "http://no-such-proxy.invalid:9"});
    check("name of a proxy", &through, &name);
    let tcp = before(
        "CAPTASK_CONNECT",
        "tcp",
        &["connecting to the server", "refused", "nothing was sent", "host and port"],
        true,
    );
    check("tcp", &json!({"endpoint": format!("http://{}", closed())}), &tcp);
    let through = json!({"endpoint": "http://127.0.0.1:9", "proxy": format!("http://{}", closed())});
    let at_proxy = before("CAPTASK_CONNECT", "proxy", &["connecting to the proxy", "refused", "port in proxy"], true);
    check("tcp to a proxy", &through, &at_proxy);
}

#[test]
fn what_is_no_proxy() {
    let words: &[&str] = &["connecting to the proxy", "scheme, host and port in proxy", "nothing was sent"];
    let other = before("CAPTASK_CONNECT", "proxy", words, true);
    let http = says(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let ssh = says(b"SSH-2.0-Other\r\n");
    for (name, scheme, peer) in
        [("no SOCKS5", "socks5", &http), ("no SOCKS4", "socks4", &http), ("no HTTP", "http", &ssh)]
    {
        let proxy = format!("{scheme}://{}", peer.address);
        check(name, &json!({"endpoint": "http://127.0.0.1:9", "proxy": proxy}), &other);
    }
}

#[test]
fn logins_to_proxies() {
    let login =
        before("CAPTASK_CONNECT", "proxyLogin", &["logging in to the proxy", "login and password in proxy"], false);
    let refusing = proxy::connect(Some("407 Proxy Authentication Required"));
    check(
        "407",
        &json!({"endpoint": "http://127.0.0.1:9", "proxy": format!("http://a:b@{}", refusing.address)}),
        &login,
    );
    assert_eq!(refusing.heard.connections(), 3, "a login for each call");
    // Said before the request was read, and the connection is gone.
    let early = Peer::start(|mut stream, _| {
        let _ = stream.read(&mut [0; 1]);
        let _ = stream.write_all(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.shutdown(Shutdown::Write);
        while let Ok(1..) = stream.read(&mut [0; 512]) {}
    });
    check("an early 407", &json!({"endpoint": "http://127.0.0.1:9", "proxy": early.url()}), &login);
    for greeting in [&b"\x05\xff"[..], b"\x05\x02"] {
        let socks = says(greeting);
        check(
            "SOCKS login",
            &json!({"endpoint": "http://127.0.0.1:9", "proxy": format!("socks5://{}", socks.address)}),
            &login,
        );
    }
}

#[test]
fn tunnels() {
    let words: &[&str] = &["asking the proxy for a tunnel", "allows connections to this host", "nothing was sent"];
    let tunnel = before("CAPTASK_CONNECT", "tunnel", words, true);
    for refusal in ["403 Forbidden", "502 Bad Gateway", "301 Moved"] {
        let peer = proxy::connect(Some(refusal));
        check(refusal, &json!({"endpoint": "http://127.0.0.1:9", "proxy": peer.url()}), &tunnel);
    }
    let peer = says(b"\x00\x5b\0\0\0\0\0\0");
    check(
        "SOCKS4 refuses",
        &json!({"endpoint": "http://127.0.0.1:9", "proxy": format!("socks4://{}", peer.address)}),
        &tunnel,
    );
    for (name, peer) in [("a proxy hangs up", says(b"")), ("a proxy is silent", silent())] {
        check(name, &json!({"endpoint": "http://127.0.0.1:9", "proxy": peer.url()}), &tunnel);
    }
    let odd = says(b"HTTP/1.1 2x0 planted-head\r\n\r\n");
    let words: &[&str] = &["asking the proxy for a tunnel", "planted-head"];
    let unreadable = before("CAPTASK_CONNECT", "tunnel", words, true);
    check("an unreadable head", &json!({"endpoint": "http://127.0.0.1:9", "proxy": odd.url()}), &unreadable);
}

#[test]
fn tls_to_a_proxy() {
    let words: &[&str] = &["TLS handshake with the proxy", "http://", "nothing was sent"];
    let plain = before("CAPTASK_TLS", "proxyTls", words, false);
    let peer = says(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    check(
        "a proxy without TLS",
        &json!({"endpoint": "http://127.0.0.1:9", "proxy": format!("https://{}", peer.address)}),
        &plain,
    );
    let words: &[&str] = &["TLS handshake with the proxy", "host name in proxy, and tls.roots"];
    let certificate = before("CAPTASK_TLS", "proxyTls", words, false);
    let peer = service(self_signed(&["localhost"]), &[&TLS13]);
    let proxy = format!("https://localhost:{}", peer.port());
    check("a proxy's certificate", &json!({"endpoint": "http://127.0.0.1:9", "proxy": proxy}), &certificate);
}

#[test]
fn tls_to_the_server() {
    let authority = Authority::new();
    let roots = authority.pem("stages");
    let at = |peer: &Peer| json!({"endpoint": format!("https://localhost:{}", peer.port()), "tls": {"roots": roots}});
    let words: &[&str] = &["TLS handshake with the server", "uses TLS 1.2 or 1.3", "nothing was sent"];
    let hello = before("CAPTASK_TLS", "tlsHello", words, false);
    check("no TLS", &at(&says(b"HTTP/1.1 400 Bad Request\r\n\r\n")), &hello);
    let cut = before("CAPTASK_TLS", "tlsHello", words, true);
    check("a handshake that ends", &at(&says(b"")), &cut);
    let words: &[&str] = &["TLS handshake with the server", "too long", "nothing was sent"];
    let slow = before("CAPTASK_CONNECT", "tlsHello", words, true);
    check("a silent server", &at(&silent()), &slow);
    let words: &[&str] = &["checking the server's certificate", "clock and tls.roots", "nothing was sent"];
    let certificate = before("CAPTASK_TLS", "certificate", words, false);
    for (name, identity) in [
        ("self-signed", self_signed(&["localhost"])),
        ("another host", authority.issue(&["elsewhere.example"], 2020..2090)),
        ("expired", authority.issue(&["localhost"], 2001..2002)),
        ("another root", Authority::new().issue(&["localhost"], 2020..2090)),
    ] {
        check(name, &at(&service(identity, &[&TLS13])), &certificate);
    }
    let words: &[&str] = &["the server sent a TLS alert", "Check the host name", "nothing was"];
    let alert = before("CAPTASK_TLS", "tlsAlert", words, false);
    // In TLS 1.3 it comes when the request is under way: it was not read, and is not sent again.
    let wanting = demanding(&authority, authority.issue(&["localhost"], 2020..2090));
    check("a server that wants a certificate", &at(&wanting), &alert);
    assert_eq!(wanting.heard.connections(), 3, "one for each call");
    // Any other alert ends the connection, and may not the next time.
    let words: &[&str] = &["TLS handshake with the server", "nothing was sent"];
    let other = before("CAPTASK_TLS", "tlsHello", words, true);
    // The alerts by which a peer refuses a handshake, and some others.
    let refusing = [40u8, 42, 43, 44, 45, 46, 47, 48, 49, 51, 70, 71, 109, 112, 116, 120].map(|code| (code, &alert));
    let codes = refusing.into_iter().chain([10u8, 20, 50, 80, 90].map(|code| (code, &other)));
    let peers: Vec<_> =
        codes.map(|(code, wanted)| (code, says(vec![0x15, 3, 3, 0, 2, 2, code].leak()), wanted)).collect();
    check_all(peers.iter().map(|(code, peer, wanted)| (format!("alert {code}"), at(peer), *wanted)).collect());
}

#[test]
fn replies() {
    let words: &[&str] = &["closed the connection"];
    let first =
        Wanted { codes: ["CAPTASK_OUTCOME_UNKNOWN", "CAPTASK_NETWORK"], stage: "firstByte", words, retryable: true };
    let mute = Peer::start(|mut stream, heard| _ = crate::support::net::request(&mut stream, heard));
    check("no reply", &json!({"endpoint": mute.url()}), &first);
    let words: &[&str] = &["too long"];
    let slow =
        Wanted { codes: ["CAPTASK_OUTCOME_UNKNOWN", "CAPTASK_NETWORK"], stage: "firstByte", words, retryable: true };
    let peer = silent();
    check("a silent server", &json!({"endpoint": peer.url()}), &slow);
    for reply in [
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nplanted-part",
        "HTTP/1.1 200 OK\r\nplanted-part: cut",
        "HTTP/1.1 200 OK\r\nplanted-part: 1\r\nContent-Length: two\r\n\r\n{}",
        "planted-part of another protocol\r\n",
    ] {
        let words: &[&str] = &["planted-part"];
        let part =
            Wanted { codes: ["CAPTASK_OUTCOME_UNKNOWN", "CAPTASK_NETWORK"], stage: "exchange", words, retryable: true };
        let peer = Peer::start(move |mut stream, heard| {
            if crate::support::net::request(&mut stream, heard).is_some() {
                let _ = stream.write_all(reply.as_bytes());
            }
        });
        check(reply, &json!({"endpoint": peer.url()}), &part);
    }
    // TLS that ends in the middle of a reply is no refusal.
    let authority = Authority::new();
    let roots = authority.pem("stages-replies");
    let peer = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13], |stream, heard| {
        if crate::support::net::request(stream, heard).is_some() {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nplanted-part");
            let _ = stream.flush();
        }
    });
    let words: &[&str] = &["planted-part"];
    let part =
        Wanted { codes: ["CAPTASK_OUTCOME_UNKNOWN", "CAPTASK_NETWORK"], stage: "exchange", words, retryable: true };
    check("TLS", &json!({"endpoint": format!("https://localhost:{}", peer.port()), "tls": {"roots": roots}}), &part);
}
