//! A key and a proxy's password are gone from memory once their client is closed, and a key from what a sandbox keeps
//! once that is.
#![cfg(target_os = "linux")]

mod support;

use captask::ffi::*;
use std::ffi::CString;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};
use support::host::taken;

/// The tests of this file look at the whole process, and what they look at they hold for a moment: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// A key that stands nowhere in this program: it is put together when it is needed.
fn key(tail: &str) -> Vec<u8> {
    (b'a'..=b'z').rev().map(|b| b ^ 0x15).chain(tail.bytes().map(|b| b ^ 0x15)).collect()
}

/// `text` with the key where it says KEY, and cleared after use.
fn with_key(text: &str, tail: &str, body: impl FnOnce(*const std::ffi::c_char)) {
    let (before, after) = text.split_once("KEY").expect("a place for the key");
    let mut bytes = Vec::with_capacity(4096);
    bytes.extend_from_slice(before.as_bytes());
    bytes.extend(key(tail).into_iter().map(|b| b ^ 0x15));
    bytes.extend_from_slice(after.as_bytes());
    bytes.reserve_exact(1);
    let text = CString::new(bytes).expect("no NUL");
    body(text.as_ptr());
    let mut bytes = text.into_bytes_with_nul();
    bytes.fill(0);
    std::hint::black_box(&bytes);
}

/// How often the key is in this process's writable memory.
fn copies(tail: &str) -> usize {
    copies_of(&key(tail))
}

/// Where a byte is, found fast: there is much memory.
fn place(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: as many bytes as told.
    let found = unsafe { libc::memchr(bytes.as_ptr().cast(), byte.into(), bytes.len()) };
    (!found.is_null()).then(|| found as usize - bytes.as_ptr() as usize)
}

/// How often a text is, given with the bits of [`key`] turned.
fn copies_of(hidden: &[u8]) -> usize {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("maps");
    let mut memory = std::fs::File::open("/proc/self/mem").expect("memory");
    let mut count = 0;
    for line in maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw"))) {
        let mut ends = line.split([' ', '-']).map(|end| u64::from_str_radix(end, 16));
        let (Some(Ok(from)), Some(Ok(to))) = (ends.next(), ends.next()) else { continue };
        let mut bytes = vec![0u8; (to - from) as usize];
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        // Nowhere is the key itself written down, not even while it is looked for.
        let mut rest = &bytes[..];
        while let Some(at) = place(rest, hidden[0] ^ 0x15) {
            rest = &rest[at..];
            let found = rest.len() >= hidden.len() && rest.iter().zip(hidden).all(|(a, b)| *a == *b ^ 0x15);
            count += usize::from(found);
            rest = &rest[1..];
        }
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
    count
}

#[test]
fn keys_are_cleared_on_close() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut client, mut error) = (0, std::ptr::null_mut());
    let config = r#"{"endpoint":"http://127.0.0.1:9","clientKey":"KEY","callTimeoutMs":50,"maxInFlight":10}"#;
    // SAFETY: with_key gives a terminated text, and the pointer may be written to.
    with_key(config, "client", |text| client = unsafe { captask_open(text, &mut error) });
    assert!(client > 0);
    assert!(copies("client") > 0, "the search finds what is there");
    let task = "{\"task\":{\"type\":\"RecaptchaV2Task\",\"websiteURL\":\"https://example.com\",\"websiteKey\":\"k\"}";
    for own in ["", ",\"clientKey\":\"KEY\""] {
        for options in [",\"options\":{\"timeoutMs\":50}}", ",\"options\":{\"timeoutMs\":600000}}"] {
            let request = format!("{task}{own}{options}");
            let mut submit = |text| {
                // SAFETY: as above.
                let ticket = unsafe { captask_submit(client, text, &mut error) };
                assert!(ticket > 0);
            };
            if own.is_empty() {
                submit(CString::new(request).unwrap().as_ptr());
            } else {
                with_key(&request, "own", submit);
            }
        }
        assert!(taken(captask_receive(client, 10_000)).is_some());
    }
    assert!(copies("own") > 0, "a request in flight has its key");
    with_key("{\"taskId\":7,\"clientKey\":\"KEY\"}", "own", |text| {
        // SAFETY: as above.
        taken(unsafe { captask_get_task_result(client, text) });
    });
    with_key("{\"taskId\":7,\"type\":\"RecaptchaV2Task\",\"clientKey\":\"KEY\"}", "own", |text| {
        // SAFETY: as above.
        taken(unsafe { captask_report_incorrect(client, text) });
    });
    taken(captask_get_balance(client));
    assert_eq!(captask_close(client), 1);
    assert_eq!((copies("client"), copies("own")), (0, 0));
}

/// A proxy and the service behind it, for one connection at a time, that keeps nothing of what it reads.
fn forgetful(socks: bool) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"errorId\":0,\"balance\":1.5}";
        let says: &[&[u8]] = if socks {
            &[b"\x05\x02", b"\x01\x00", b"\x05\x00\x00\x01\0\0\0\0\0\0", GOOD]
        } else {
            &[b"HTTP/1.1 200 OK\r\n\r\n", GOOD]
        };
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut bytes = [0u8; 4096];
            for said in says {
                // What the client says in one turn comes in one piece.
                let read = stream.read(&mut bytes).unwrap_or(0);
                bytes.fill(0);
                std::hint::black_box(&bytes);
                if read == 0 || std::io::Write::write_all(&mut stream, said).is_err() {
                    break;
                }
            }
        }
    });
    address
}

#[test]
fn a_proxy_password_is_cleared_on_close() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // In three bytes with the colon, so that base64 of both has base64 of the password in it.
    let base64 = |tail: &str| {
        let password: Vec<u8> = key(tail).into_iter().map(|b| b ^ 0x15).collect();
        // SAFETY: as many bytes as told.
        let text = taken(unsafe { captask_base64(password.as_ptr().cast(), password.len()) }).expect("text");
        text.trim_end_matches('=').bytes().map(|b| b ^ 0x15).take(32).collect::<Vec<u8>>()
    };
    for (scheme, tail) in [("http", "proxy1"), ("socks5", "proxy2"), ("http", "proxy%41")] {
        let address = forgetful(scheme != "http");
        let config = format!(
            "{{\"endpoint\":\"http://127.0.0.1:9\",\"clientKey\":\"k\",\"callTimeoutMs\":20000,\
             \"proxy\":\"{scheme}://me:KEY@{address}\"}}"
        );
        let (mut client, mut error) = (0, std::ptr::null_mut());
        // SAFETY: with_key gives a terminated text, and the pointer may be written to.
        with_key(&config, tail, |text| client = unsafe { captask_open(text, &mut error) });
        assert!(client > 0);
        let (hidden, encoded) = (key(&tail.replace("%41", "A")), base64(&tail.replace("%41", "A")));
        assert!(copies_of(&hidden) > 0, "the search finds what is there");
        let answer = taken(captask_get_balance(client)).expect("never NULL");
        assert!(answer.contains("1.5"), "{scheme}: {answer}");
        assert_eq!(captask_close(client), 1);
        assert_eq!((copies_of(&hidden), copies_of(&encoded)), (0, 0), "{scheme} {tail}");
    }
    // A URL that is refused leaves nothing either.
    for url in ["ftp://me:KEY@127.0.0.1:1", "http://me:KEY@127.0.0.1:0", "http://me:KEY%ff@127.0.0.1:1"] {
        let mut error = std::ptr::null_mut();
        let config = format!("{{\"proxy\":\"{url}\"}}");
        // SAFETY: as above.
        with_key(&config, "refused", |text| assert_eq!(unsafe { captask_open(text, &mut error) }, 0));
        taken(error);
        assert_eq!(copies("refused"), 0, "{url}");
    }
}

#[test]
fn a_closed_sandbox_keeps_no_requests() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    const CALLS: usize = 64;
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text, and a pointer that may be written to.
    let sandbox = unsafe { captask_sandbox_open(c"{}".as_ptr(), &mut error) };
    let inspected = taken(captask_inspect(sandbox)).expect("never NULL");
    let inspected: serde_json::Value = serde_json::from_str(&inspected).expect("JSON");
    let config = format!("{{\"endpoint\":{},\"clientKey\":\"KEY\"}}", inspected["url"]);
    let mut client = 0;
    // SAFETY: with_key gives a terminated text, and the pointer may be written to.
    with_key(&config, "sandbox", |text| client = unsafe { captask_open(text, &mut error) });
    for _ in 0..CALLS {
        let balance = taken(captask_get_balance(client)).expect("never NULL");
        assert!(balance.contains("\"errorId\":0"), "{balance}");
    }
    assert_eq!(captask_close(client), 1);
    assert!(copies("sandbox") >= CALLS, "the requests are kept to be looked at");
    assert_eq!(captask_close(sandbox), 1);
    // What the HTTP library has read of a connection is its own, and freed as it is: one buffer or two.
    let left = copies("sandbox");
    assert!(left <= 4, "{left} copies of {CALLS}");
}
