//! Replies as servers in the field write them, against the client's HTTP over sockets: each is one that another client was
//! reported to stumble over.

use super::*;
use std::io::Write;

/// Replies that are read, and whether their connection may be used again.
#[test]
fn odd_replies_of_the_field_are_read() {
    let rows: &[(&str, &str, bool)] = &[
        ("line feeds alone", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", true),
        ("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", true),
        ("an empty reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", true),
        (
            "a reason in another alphabet",
            "HTTP/1.1 200 \u{e9}t\u{e9} \u{4f60}\u{597d}\r\nContent-Length: 2\r\n\r\nok",
            true,
        ),
        (
            "a value in another alphabet",
            "HTTP/1.1 200 OK\r\nX-Name: \u{4f60}\u{597d}\r\nContent-Length: 2\r\n\r\nok",
            true,
        ),
        ("header names in capitals", "HTTP/1.1 200 OK\r\nCONTENT-LENGTH:2\r\n\r\nok", true),
        ("the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", true),
        ("the same length in a list", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", true),
        ("chunks in capitals", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", true),
        ("identity", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok", true),
        (
            "chunks with extensions",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b;c=\"d\"\r\nok\r\n0;x\r\n\r\n",
            true,
        ),
        ("chunks with spaces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2  \r\nok\r\n0\r\n\r\n", true),
        (
            "chunk sizes with zeros",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0002\r\nok\r\n0000\r\n\r\n",
            true,
        ),
        (
            "a trailer",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\nX-Two: 2\r\n\r\n",
            true,
        ),
        (
            "bytes behind the last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n",
            false,
        ),
        ("bytes behind a length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n", false),
        (
            "early hints",
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            true,
        ),
        ("continue unasked", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true),
        ("HTTP/1.0 to the end", "HTTP/1.0 200 OK\r\n\r\nok", false),
        ("HTTP/1.0 with a length", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false),
        ("HTTP/1.0 kept open", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", true),
        ("to the end", "HTTP/1.1 200 OK\r\n\r\nok", false),
        ("close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", false),
        ("close among others", "HTTP/1.1 200 OK\r\nConnection: Upgrade, Close\r\nContent-Length: 2\r\n\r\nok", false),
        (
            "close in a second line",
            "HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
            false,
        ),
        ("the end of keep-alive", "HTTP/1.1 200 OK\r\nKeep-Alive: max=0\r\nContent-Length: 2\r\n\r\nok", false),
        (
            "an upgrade that is offered",
            "HTTP/1.1 200 OK\r\nConnection: upgrade\r\nUpgrade: h2\r\nContent-Length: 2\r\n\r\nok",
            true,
        ),
    ];
    let mut wrong = Vec::new();
    for (name, reply, again) in rows {
        match answered(reply.as_bytes().to_vec().leak()) {
            (Ok(reply), kept) if (reply.status, reply.body.as_slice()) == (200, b"ok") && kept.is_some() == *again => {}
            (Ok(reply), kept) => wrong.push(format!("{name}: {reply:?}, used again: {}", kept.is_some())),
            (Err(error), _) => wrong.push(format!("{name}: {}", error.why)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // In Latin-1, as old servers have it.
    let (reply, _) = answered(b"HTTP/1.1 200 \xe9t\xe9\r\nX-Name: \xe9\r\nContent-Length: 2\r\n\r\nok");
    assert_eq!(reply.expect("a reply").body, b"ok");
}

/// Replies of a proxy to CONNECT: a 2xx has no body, whatever its head says.
#[test]
fn odd_replies_of_proxies_are_read() {
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.0 200 Connection established\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nProxy-Agent: old\r\n folded\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
    ] {
        let (address, server) = serve(move |mut stream| {
            let asked = request(&mut stream);
            stream.write_all(head.as_bytes()).expect("written");
            request(&mut stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").expect("written");
            asked
        });
        let proxies = Proxies::from_url(&format!("http://{address}")).expect("a proxy");
        let url = "http://[2001:db8::7%25eth0]:8080/x";
        let connection = connect(url, proxies).unwrap_or_else(|error| panic!("{head:?}: {error:?}"));
        assert_eq!(post(connection, url, "{}").0.expect(head).body, b"ok");
        let asked = server.join().expect("served");
        assert!(asked.starts_with("CONNECT [2001:db8::7]:8080 HTTP/1.1\r\nHost: [2001:db8::7]:8080\r\n"), "{asked}");
    }
}

/// What a server sends between two requests belongs to none of them.
#[test]
fn an_unasked_reply_ends_its_connection() {
    for unasked in ["HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", "\r\n", "x"] {
        let (address, server) = serve(move |mut stream| {
            request(&mut stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").expect("written");
            stream.write_all(unasked.as_bytes()).expect("written");
            stream
        });
        let url = format!("http://{address}/x");
        let connection = connect(&url, Proxies::none()).expect("connected");
        let (reply, kept) = post(connection, &url, "{}");
        assert_eq!(reply.expect("a reply").body, b"ok");
        drop(server.join().expect("served"));
        assert!(kept.is_none_or(|mut kept| !kept.is_open()), "{unasked:?}");
    }
}

/// What a server switches to is not HTTP.
#[test]
fn a_switch_of_protocols_ends_its_connection() {
    let (reply, kept) = answered(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
    assert!(reply.is_ok_and(|reply| reply.status == 101 && reply.body.is_empty()) && kept.is_none());
}

/// A URL writes the zone of an address behind %25; nobody else is to see it.
#[test]
fn addresses_may_have_a_zone() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return };
    let port = listener.local_addr().expect("an address").port();
    let server = std::thread::spawn(move || {
        (0..2)
            .map(|_| {
                let mut stream = listener.accept().expect("a connection").0;
                let asked = request(&mut stream);
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").expect("written");
                asked
            })
            .collect::<Vec<_>>()
    });
    for zone in ["%251", "%1"] {
        let url = format!("http://[::1{zone}]:{port}/x");
        let connection = connect(&url, Proxies::none()).unwrap_or_else(|error| panic!("{url}: {error:?}"));
        assert_eq!(post(connection, &url, "{}").0.expect(&url).body, b"ok");
    }
    for asked in server.join().expect("served") {
        assert!(asked.to_ascii_lowercase().contains(&format!("host: [::1]:{port}\r\n")), "{asked}");
    }
}

#[test]
fn a_socks_proxy_is_told_no_zone() {
    let (address, server) = serve(|mut stream| {
        let mut asked = [0; 3 + 22];
        stream.read_exact(&mut asked[..3]).expect("methods");
        stream.write_all(&[5, 0]).expect("written");
        stream.read_exact(&mut asked[3..]).expect("a target");
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).expect("written");
        asked
    });
    let proxies = Proxies::from_url(&format!("socks5h://{address}")).expect("a proxy");
    drop(connect("http://[fe80::7%25eth0]:80/x", proxies).expect("connected"));
    let wanted = b"\x05\x01\x00\x05\x01\x00\x04\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x07\0\x50";
    assert_eq!(&server.join().expect("served"), wanted);
}
