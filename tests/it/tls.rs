//! TLS as captask does it: what is accepted, what is refused, and that nothing of a request reaches who is refused.

use crate::support::tls::{Authority, self_signed, server, service};
use crate::support::{Client, Peer, Scratch};
use crate::support::{real_task, real_task_with};
use rustls::version::{TLS12, TLS13};
use serde_json::{Value, json};
use std::io::{Read, Write};

const KEY: &str = "0123456789abcdef-planted-key";

fn config(endpoint: String, roots: &std::path::Path) -> Value {
    json!({"endpoint": endpoint, "tls": {"roots": roots}, "clientKey": KEY, "callTimeoutMs": 400})
}

fn at(peer: &Peer) -> String {
    format!("https://localhost:{}", peer.port())
}

/// Asserts that `peer` is refused with CAPTASK_TLS by a single call, by one that costs and by the engine.
fn refused(name: &str, peer: &Peer, config: &Value) {
    let client = Client::open(config);
    let solve = real_task_with(json!({"timeoutMs": 400}));
    for answer in [client.balance(), client.create_task(&real_task()), client.solve(&solve)] {
        assert_eq!(answer["errorCode"], "CAPTASK_TLS", "{name}: {answer}");
        assert_eq!(answer["outcomeUnknown"], Value::Null, "{name}: {answer}");
    }
    client.close();
    assert!(peer.heard.connections() >= 3, "{name}");
    let heard = peer.heard.text();
    for word in ["POST", "clientKey", KEY, "planted-site"] {
        assert!(!heard.contains(word), "{name}: {heard}");
    }
}

#[test]
fn roots_are_read_from_files_as_people_have_them() {
    let authority = Authority::new();
    let peer = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13]);
    let pem = std::fs::read_to_string(&*authority.pem("people")).expect("a PEM file");
    let twice = format!("{0}{0}", pem.trim_end());
    for (name, text) in [
        ("roots.crt", pem.clone()),
        ("ROOTS.PEM", format!("\u{feff}{pem}")),
        ("roots", format!("subject=CN = test\n{pem}")),
        ("two.pem", twice),
        ("crlf.cer", pem.replace('\n', "\r\n")),
    ] {
        let path = Scratch::file(name);
        std::fs::write(&*path, text).expect("a file");
        let client = Client::open(config(at(&peer), &path));
        assert_eq!(client.balance()["errorId"], 0, "{name}: {}", client.balance());
    }
    let path = Scratch::file("cut.pem");
    std::fs::write(&*path, format!("{pem}{}", &pem[..pem.len() / 2])).expect("a file");
    let refusal = Client::try_open(&config(at(&peer), &path)).expect_err("a certificate that is cut off");
    assert!(refusal.to_string().contains("certificate 2"), "{refusal}");
}

#[test]
fn a_good_chain_is_accepted_with_a_pem_root() {
    let authority = Authority::new();
    let roots = authority.pem("good");
    for versions in [&[&TLS13][..], &[&TLS12][..]] {
        let peer = service(authority.issue(&["localhost", "127.0.0.1"], 2020..2090), versions);
        for endpoint in [at(&peer), format!("https://127.0.0.1:{}", peer.port())] {
            let client = Client::open(config(endpoint, &roots));
            client.works();
        }
        assert!(peer.heard.text().contains(KEY));
    }
}

#[test]
fn bad_certificates_are_refused_before_anything_is_sent() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let roots = authority.pem("bad");
    let bad = [
        ("wrong host", authority.issue(&["elsewhere.example"], 2020..2090)),
        ("expired", authority.issue(&["localhost"], 2001..2002)),
        ("not valid yet", authority.issue(&["localhost"], 2080..2090)),
        ("self-signed", self_signed(&["localhost"])),
        ("unknown root", stranger.issue(&["localhost"], 2020..2090)),
    ];
    for (name, identity) in bad {
        let peer = service(identity, &[&TLS13, &TLS12]);
        refused(name, &peer, &config(at(&peer), &roots));
    }
    let peer = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13, &TLS12]);
    let mut bundled = config(at(&peer), &roots);
    bundled["tls"]["roots"] = json!("bundled");
    refused("a root that is not bundled", &peer, &bundled);
}

/// The end of TCP without an end of TLS, behind a reply that is whole by its own length or without one.
#[test]
fn a_server_that_does_not_end_tls_loses_no_reply() {
    const BODY: &str = r#"{"errorId":0,"taskId":77,"status":"ready","solution":{"a":1}}"#;
    let authority = Authority::new();
    let roots = authority.pem("unclean");
    for reply in [
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{BODY}", BODY.len()),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len()),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{BODY}\r\n0\r\n", BODY.len()),
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{BODY}"),
    ] {
        let peer = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13, &TLS12], move |stream, heard| {
            if crate::support::net::request(stream, heard).is_some() {
                let _ = stream.write_all(reply.as_bytes()).and_then(|()| stream.flush());
            }
        });
        let client = Client::open(config(at(&peer), &roots));
        for answer in
            [client.create_task(&real_task()), client.solve(&real_task()), client.task_result(&json!({"taskId": 77}))]
        {
            assert_eq!((&answer["errorId"], &answer["status"]), (&json!(0), &json!("ready")), "{answer}");
        }
        assert_eq!(peer.heard.requests("createTask"), 2);
    }
}

/// A name with the dot of the root, or in capitals, is the same name to certificates.
#[test]
fn a_name_that_ends_with_a_dot_is_the_certificate_s() {
    let authority = Authority::new();
    let roots = authority.pem("dot");
    let peer = service(authority.issue(&["service.example"], 2020..2090), &[&TLS13, &TLS12]);
    let onward = peer.address;
    // Whatever it is asked for, it leads to the service.
    let between = Peer::start(move |mut stream, heard| {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            if stream.read_exact(&mut byte).is_err() {
                return;
            }
            head.push(byte[0]);
        }
        heard.note(&head);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        if let Ok(onward) = std::net::TcpStream::connect(onward) {
            crate::support::net::relay(stream, onward);
        }
    });
    for host in ["service.example.", "SERVICE.example", "service.example"] {
        let mut config = config(format!("https://{host}:8443"), &roots);
        config["proxy"] = json!(between.url());
        Client::open(&config).works();
    }
    let mut config = config("https://service.example.org:8443".into(), &roots);
    config["proxy"] = json!(between.url());
    assert_eq!(Client::open(&config).create_task(&real_task())["errorCode"], "CAPTASK_TLS");
}

#[test]
fn old_versions_and_broken_handshakes_are_refused() {
    let roots = Authority::new().pem("old");
    // A ServerHello of TLS 1.1 with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, whole and cut in the middle.
    let mut hello = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend_from_slice(&[7; 32]);
    hello.extend_from_slice(&[0, 0xc0, 0x13, 0]);
    let says = |bytes: Vec<u8>| {
        Peer::start(move |mut stream, heard| {
            let mut piece = [0; 4096];
            let n = stream.read(&mut piece).unwrap_or(0);
            heard.note(&piece[..n]);
            let _ = stream.write_all(&bytes);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            while let Ok(n @ 1..) = stream.read(&mut piece) {
                heard.note(&piece[..n]);
            }
        })
    };
    let peers = [
        ("TLS 1.1", says(hello.clone())),
        ("a handshake cut short", says(hello[..20].to_vec())),
        ("no handshake at all", says(Vec::new())),
        ("a handshake failure alert", says(vec![0x15, 3, 3, 0, 2, 2, 40])),
        ("plain HTTP", says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".to_vec())),
        ("noise", says(vec![0xff; 100])),
    ];
    for (name, peer) in &peers {
        refused(name, peer, &config(at(peer), &roots));
    }
}

#[test]
fn a_handshake_cut_short_is_tried_again() {
    let authority = Authority::new();
    let roots = authority.pem("again");
    let dropped = std::sync::atomic::AtomicUsize::new(0);
    let peer = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13], move |stream, heard| {
        if dropped.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            crate::support::net::serve(stream, heard);
        }
    });
    let mut config = config(at(&peer), &roots);
    config["callTimeoutMs"] = json!(20_000);
    assert_eq!(Client::open(&config).create_task(&real_task())["taskId"], 77);
    assert_eq!((peer.heard.connections(), peer.heard.requests("createTask")), (2, 1));
}

#[test]
fn a_connection_that_was_ended_together_with_a_reply_is_not_used_again() {
    const BODY: &str = r#"{"errorId":0,"taskId":77,"status":"ready"}"#;
    let authority = Authority::new();
    let roots = authority.pem("ended");
    let peer = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13, &TLS12], |stream, heard| {
        if crate::support::net::request(stream, heard).is_none() {
            return;
        }
        let reply = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{BODY}", BODY.len());
        stream.conn.writer().write_all(reply.as_bytes()).expect("room");
        // The end of TLS leaves with the reply; that of TCP does not come.
        stream.conn.send_close_notify();
        let _ = stream.flush();
        while matches!(stream.sock.read(&mut [0; 512]), Ok(1..)) {}
    });
    let mut config = config(at(&peer), &roots);
    config["requestTimeoutMs"] = json!(3000);
    let client = Client::open(&config);
    for n in 1..=5 {
        let solved = client.solve(&real_task());
        assert_eq!((&solved["taskId"], &solved["status"]), (&json!(77), &json!("ready")), "{solved}");
        assert_eq!((peer.heard.connections(), peer.heard.requests("createTask")), (n, n));
    }
}

#[test]
fn a_reply_that_drips_ends_with_the_request_timeout_and_holds_up_no_other() {
    const TASKS: usize = 40;
    let authority = Authority::new();
    let roots = authority.pem("drips");
    let peer = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13], |stream, heard| {
        while let Some(request) = crate::support::net::request(stream, heard) {
            if request.contains("drips") {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                return;
            }
            let body = match request.contains("/createTask") {
                true => r#"{"errorId":0,"taskId":77}"#,
                false => r#"{"errorId":0,"status":"ready","solution":{}}"#,
            };
            let reply = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            if request.contains("waits") {
                std::thread::sleep(std::time::Duration::from_millis(900));
            }
            if stream.write_all(reply.as_bytes()).is_err() {
                return;
            }
        }
    });
    let mut config = config(at(&peer), &roots);
    config["requestTimeoutMs"] = json!(2000);
    config["maxConnections"] = json!(8);
    config["poll"] = json!({"firstMs": 1, "intervalMs": 20, "timeoutMs": 20_000});
    let client = Client::open(&config);
    let submit = |name: String| {
        let mut request = real_task();
        request["task"]["websiteKey"] = json!(name);
        request["extra"] = json!(name);
        client.try_submit(&request).expect("a ticket");
    };
    let answers = |count| -> Vec<Value> { (0..count).map(|_| client.receive(30_000).expect("an answer")).collect() };
    // The first ones make connections; then some that wait, and one that drips, are in the same hands.
    (0..TASKS).for_each(|n| submit(n.to_string()));
    answers(TASKS);
    for name in ["waits", "waits", "drips", "waits"] {
        submit(name.into());
    }
    for answer in answers(4) {
        match answer["extra"].as_str() {
            Some("drips") => assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{answer}"),
            _ => assert_eq!(answer["status"], "ready", "{answer}"),
        }
    }
}

#[test]
fn no_redirect_is_followed() {
    let authority = Authority::new();
    let roots = authority.pem("redirect");
    let elsewhere = Peer::service();
    for (n, status) in
        ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"].into_iter().enumerate()
    {
        let location = format!("Location: {}/createTask\r\n", elsewhere.url());
        let plain = Peer::http(status, location.clone(), String::new());
        let secure = server(authority.issue(&["localhost"], 2020..2090), &[&TLS13], move |stream, heard| {
            while crate::support::net::answer(stream, heard, status, &location, "") {}
        });
        for endpoint in [plain.url(), at(&secure)] {
            let client = Client::open(config(endpoint, &roots));
            assert_eq!(client.create_task(&real_task())["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{status}");
            // It asks until its deadline, which may come in the middle of the last exchange.
            let code = client.balance()["errorCode"].clone();
            assert!(code == "CAPTASK_BAD_RESPONSE" || code == "CAPTASK_NETWORK", "{status}: {code}");
            assert_eq!(client.call("newMethod", &json!({}))["errorCode"], "CAPTASK_BAD_RESPONSE", "{status}");
        }
        assert_eq!(elsewhere.heard.connections(), 0, "{status} {n}");
    }
}

#[test]
fn fallbacks_never_leave_https() {
    let authority = Authority::new();
    let roots = authority.pem("fallback");
    let plain = Peer::service();
    for (endpoint, fallback) in [("https", "http"), ("HTTPS", "http"), ("https", "HTTP"), ("hTTpS", "Http")] {
        let mut config = config(format!("{endpoint}://localhost:9"), &roots);
        config["fallbackEndpoints"] = json!([format!("{fallback}://{}", plain.address)]);
        let error = Client::try_open(&config).expect_err("refused");
        assert_eq!(error["errorCode"], "CAPTASK_INVALID_CONFIG", "{error}");
        assert!(error["errorDescription"].as_str().unwrap().contains("fallbackEndpoints"), "{error}");
    }
    assert_eq!(plain.heard.connections(), 0);
    // A host that is refused is no host that cannot be connected to, and one that can is not passed over in silence.
    let bad = service(self_signed(&["localhost"]), &[&TLS13]);
    let good = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13]);
    let mut config = config("https://localhost:9".into(), &roots);
    config["fallbackEndpoints"] = json!([at(&good)]);
    assert_eq!(Client::open(&config).create_task(&real_task())["taskId"], 77);
    config["endpoint"] = json!(at(&bad));
    Client::open(&config).create_task(&real_task());
    assert!(!bad.heard.text().contains(KEY));
}

#[test]
fn roots_that_cannot_be_read_are_refused() {
    let path = Scratch::file("none.pem");
    let open = |roots: &std::path::Path| Client::try_open(&config("https://localhost:9".into(), roots)).err().unwrap();
    assert_eq!(open(&path)["errorCode"], "CAPTASK_INVALID_CONFIG");
    std::fs::write(&path, "no certificate").unwrap();
    assert_eq!(open(&path)["errorCode"], "CAPTASK_INVALID_CONFIG");
}
