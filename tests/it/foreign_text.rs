//! Texts from outside: the time they take grows with their length, and they cannot break a line or grow an error text.
#![cfg(unix)]
#![allow(clippy::undocumented_unsafe_blocks)] // The comment in `functions` is for all of them.

use crate::support::Client;
use crate::support::faulty_server::{FaultyServer, Reply};
use captask::ffi;
use serde_json::json;
use std::ffi::{CStr, CString, c_char};
use std::ptr::null_mut;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The processor time that this thread has had.
fn thread_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a clock that every Unix has, and a place of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The length of a text of captask, which is released.
fn length(text: *mut c_char) -> usize {
    if text.is_null() {
        return 0;
    }
    // SAFETY: a text of captask that is not NULL is terminated.
    let length = unsafe { CStr::from_ptr(text) }.count_bytes();
    // SAFETY: released once, here.
    unsafe { ffi::captask_free(text) };
    length
}

type Call = Box<dyn Fn(&CStr) -> usize>;

/// Every function that takes a text, by name.
fn functions(client: i32) -> Vec<(&'static str, Call)> {
    // SAFETY (all of them): terminated texts, and a pointer that may be written to.
    let open = |text: &CStr| {
        let mut error = null_mut();
        let handle = unsafe { ffi::captask_open(text.as_ptr(), &raw mut error) };
        ffi::captask_close(handle);
        length(error)
    };
    let sandbox = |text: &CStr| {
        let mut error = null_mut();
        let handle = unsafe { ffi::captask_sandbox_open(text.as_ptr(), &raw mut error) };
        ffi::captask_close(handle);
        length(error)
    };
    let submit = move |text: &CStr| {
        let mut error = null_mut();
        let ticket = unsafe { ffi::captask_submit(client, text.as_ptr(), &raw mut error) };
        assert_eq!(ticket, 0, "only what is refused is tried here");
        length(error)
    };
    let pick = |text: &CStr| {
        // As deep as the text goes, by names and by numbers.
        let depth = text.to_bytes().iter().take_while(|b| b"{\"a:[ ".contains(b)).filter(|b| b"{[".contains(b)).count();
        let step = if text.to_bytes().starts_with(b"[") { "/0" } else { "/a" };
        let pointer = CString::new(step.repeat(depth.saturating_sub(1).max(1))).unwrap();
        length(unsafe { ffi::captask_pick(text.as_ptr(), pointer.as_ptr()) })
    };
    let base64 = |text: &CStr| {
        let bytes = text.to_bytes();
        length(unsafe { ffi::captask_base64(bytes.as_ptr().cast(), bytes.len()) })
    };
    let roots = move |text: &CStr| {
        let path = crate::support::Scratch::file("roots.pem");
        std::fs::write(&*path, text.to_bytes()).unwrap();
        let config = CString::new(json!({"clientKey": "k", "tls": {"roots": path}}).to_string()).unwrap();
        open(&config)
    };
    vec![
        ("check", Box::new(|text| length(unsafe { ffi::captask_check(text.as_ptr()) }))),
        ("pick", Box::new(pick)),
        ("pointer", Box::new(|text| length(unsafe { ffi::captask_pick(c"{\"a\":[1]}".as_ptr(), text.as_ptr()) }))),
        ("quote", Box::new(|text| length(unsafe { ffi::captask_quote(text.as_ptr()) }))),
        ("base64", Box::new(base64)),
        ("describe", Box::new(|text| length(unsafe { ffi::captask_describe(text.as_ptr()) }))),
        ("open", Box::new(open)),
        ("sandbox_open", Box::new(sandbox)),
        ("solve", Box::new(move |text| length(unsafe { ffi::captask_solve(client, text.as_ptr()) }))),
        ("submit", Box::new(submit)),
        (
            "report_incorrect",
            Box::new(move |text| length(unsafe { ffi::captask_report_incorrect(client, text.as_ptr()) })),
        ),
        ("create_task", Box::new(move |text| length(unsafe { ffi::captask_create_task(client, text.as_ptr()) }))),
        (
            "get_task_result",
            Box::new(move |text| length(unsafe { ffi::captask_get_task_result(client, text.as_ptr()) })),
        ),
        (
            "call",
            Box::new(move |text| length(unsafe { ffi::captask_call(client, c"newMethod".as_ptr(), text.as_ptr()) })),
        ),
        ("roots", Box::new(roots)),
        ("method", Box::new(move |text| length(unsafe { ffi::captask_call(client, text.as_ptr(), c"{}".as_ptr()) }))),
    ]
}

/// Texts of about so many bytes that make work. None is a request that would be sent.
fn texts(bytes: usize) -> Vec<(&'static str, String)> {
    let many = |one: &str, between: &str| vec![one; bytes / (one.len() + between.len())].join(between);
    let numbered = |name: &str| -> String {
        (0..bytes / (name.len() + 12)).map(|n| format!("\"{name}{n}\":{n}")).collect::<Vec<_>>().join(",")
    };
    vec![
        ("one letter", "a".repeat(bytes)),
        ("backslashes", "\\".repeat(bytes)),
        ("a long string", format!("\"{}\"", "\\\\\\\"\\u0041".repeat(bytes / 10))),
        ("deep objects", format!("{}1{}", "{\"a\":".repeat(bytes / 6), "}".repeat(bytes / 6))),
        ("deep arrays", format!("{}{}", "[".repeat(bytes / 2), "]".repeat(bytes / 2))),
        ("open brackets", "{\"a\":".repeat(bytes / 5)),
        ("an open string", format!("{{\"a\":\"{}", "x\\\"".repeat(bytes / 3))),
        ("one name", format!("{{{}}}", many("\"task\":7", ","))),
        ("many names", format!("{{{}}}", numbered("name"))),
        ("half names", format!("{{{}}}", many("\"\\ud800\":1", ","))),
        ("a long name", format!("{{\"{}\":1}}", "n".repeat(bytes))),
        ("options", format!("{{\"taskId\":1,\"options\":{{{}}}}}", numbered("timeoutM"))),
        ("doubled options", format!("{{\"taskId\":1,\"options\":{{{}}}}}", many("\"x\":1", ","))),
        ("members", format!("{{\"taskId\":0,\"task\":{{\"type\":\"TurnstileTask\",{}}}}}", numbered("websiteURI"))),
        (
            "pictures",
            format!(
                "{{\"taskId\":0,\"task\":{{\"type\":\"ComplexImageTask\",\"class\":\"recaptcha\",\"imagesBase64\":[{}]}}}}",
                many("\"no base64!\"", ",")
            ),
        ),
        (
            "one picture",
            format!(
                "{{\"taskId\":0,\"task\":{{\"type\":\"ImageToTextTask\",\"body\":\"{}\"}}}}",
                "QUJD".repeat(bytes / 4)
            ),
        ),
        ("addresses", format!("{{\"fallbackEndpoints\":[{}]}}", many("\"https://a.example\"", ","))),
        ("a long address", format!("{{\"endpoint\":\"https://{}\"}}", "a@".repeat(bytes / 2))),
        ("a long proxy", format!("{{\"proxy\":\"http://{}:1\"}}", "%40:@".repeat(bytes / 5))),
        ("a long journal", format!("{{\"clientKey\":\"k\",\"journal\":\"{}\"}}", "a/".repeat(bytes / 2))),
        (
            "a long listener",
            format!("{{\"callback\":{{\"listen\":\"{}\",\"publicUrl\":\"http://a\"}}}}", "[::]:".repeat(bytes / 5)),
        ),
        (
            "a long public address",
            format!(
                "{{\"callback\":{{\"listen\":\"127.0.0.1:0\",\"publicUrl\":\"http://{}\"}}}}",
                "a/?".repeat(bytes / 3)
            ),
        ),
        ("long roots", format!("{{\"tls\":{{\"roots\":\"{}\"}}}}", "a/..".repeat(bytes / 4))),
        ("accounts", format!("{{\"accounts\":[{}]}}", many("{\"key\":\"k\",\"balance\":1}", ","))),
        ("solutions", format!("{{\"solutions\":{{{}}}}}", numbered("Type"))),
        ("half certificates", "-----BEGIN CERTIFICATE-----\nMIIB\n".repeat(bytes / 33)),
        ("begins", "-----BEGIN ".repeat(bytes / 11)),
        ("other blocks", "-----BEGIN X-----\nMIIB\n-----END X-----\n".repeat(bytes / 39)),
        ("a long key", format!("{{\"clientKey\":\"{}\\n\"}}", " \\u0000".repeat(bytes / 7))),
        ("faults", format!("{{\"faults\":[{}]}}", many("{\"kind\":\"x\"}", ","))),
    ]
}

/// The header's functions that take a text, by which the list above is held to be whole.
#[test]
fn every_function_that_takes_a_text_is_looked_at() {
    let header =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/include/captask.h")).expect("the header");
    let tried: Vec<&str> = functions(0).into_iter().map(|(name, _)| name).collect();
    let mut missing = Vec::new();
    for declaration in header.split(';') {
        let declaration = declaration.rsplit("*/").next().unwrap_or("");
        let Some((before, arguments)) = declaration.split_once('(') else { continue };
        let Some(name) = before.rsplit([' ', '*', '\n']).next().and_then(|name| name.strip_prefix("captask_")) else {
            continue;
        };
        // A path of a log file is a text of the host's own, and opened as it is.
        let text = arguments.contains("const char *") || arguments.contains("const void *");
        if text && !tried.iter().any(|tried| name == *tried || name == format!("{tried}_into")) && name != "log_to" {
            missing.push(name.to_owned());
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// What a server says of about so many bytes. None is an answer.
fn replies(bytes: usize) -> Vec<(&'static str, Vec<u8>)> {
    let whole = |body: String| {
        let head = format!("HTTP/1.1 500 X\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body.as_bytes()].concat()
    };
    let many = |one: &str| one.repeat(bytes / one.len());
    let latin = format!("HTTP/1.1 500 X\r\nContent-Length: {bytes}\r\n\r\n").into_bytes();
    let latin = [latin, vec![0xe9; bytes]];
    let chunks =
        |one: &str| format!("HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", many(one)).into_bytes();
    vec![
        ("a page", whole(many("<p>no such key: planted-password</p>"))),
        ("backslashes", whole(many("\\"))),
        ("escapes", whole(many("%25"))),
        ("open objects", whole(many("{\"a\":"))),
        ("open arrays", whole(many("["))),
        ("an open string", whole(format!("{{\"errorId\":\"{}", many("\\u0041")))),
        ("many members", whole(format!("{{{}\"x\":1}}", many("\"errorCod\":1,")))),
        ("white space", whole(many(" \n"))),
        ("Latin-1", latin.concat()),
        ("small chunks", chunks("1\r\nx\r\n")),
        ("chunks with long extensions", chunks("1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=b\r\nx\r\n")),
        (
            "interim replies",
            format!(
                "{}HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 103 X\r\n\r\n".repeat(bytes.min(60_000) / 18)
            )
            .into_bytes(),
        ),
        (
            "head lines",
            format!("HTTP/1.1 500 X\r\n{}Content-Length: 0\r\n\r\n", "X: 1\r\n".repeat(bytes.min(60_000) / 6))
                .into_bytes(),
        ),
    ]
}

/// Calls a service that says this, and counts the time of the calling thread, which reads it.
#[test]
fn the_time_that_a_reply_takes_grows_with_its_text() {
    const FIRST: usize = 100_000;
    let said = Arc::new(Mutex::new(Vec::new()));
    let theirs = said.clone();
    let faulty = FaultyServer::start(move |_| Reply::Raw(theirs.lock().unwrap().clone()));
    let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 20_000}));
    let request = json!({"password": "planted-password", "cookies": "a=planted-cookie; b=another-cookie"});
    let sizes: Vec<_> = [1, 2, 4, 8].into_iter().map(|times| replies(FIRST * times)).collect();
    let mut slow = Vec::new();
    for (index, (kind, _)) in sizes[0].iter().enumerate() {
        let times: Vec<f64> = sizes
            .iter()
            .map(|replies| {
                said.lock().unwrap().clone_from(&replies[index].1);
                let once = |_| {
                    let start = thread_time();
                    let answer = client.call("newMethod", &request);
                    assert_ne!(answer["errorId"], 0, "{kind}: {answer}");
                    assert!(answer.to_string().len() < 2000, "{kind}: {} bytes", answer.to_string().len());
                    thread_time() - start
                };
                (0..3).map(once).min().unwrap().as_secs_f64().max(1e-3)
            })
            .collect();
        if times[3] > 24.0 * times[0] {
            slow.push(format!("{kind}: {times:?} s"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn the_time_of_every_function_grows_with_the_text() {
    const FIRST: usize = 8_000;
    let client = Client::at("http://127.0.0.1:9", json!({"callTimeoutMs": 1, "validate": "strict"}));
    let sizes: Vec<Vec<(&str, CString)>> = [1, 2, 4, 8]
        .map(|times| texts(FIRST * times).into_iter().map(|(name, text)| (name, CString::new(text).unwrap())).collect())
        .into();
    let mut slow = Vec::new();
    for (function, call) in functions(client.0) {
        for (index, (kind, _)) in sizes[0].iter().enumerate() {
            let times: Vec<f64> = sizes
                .iter()
                .map(|texts| {
                    let once = |_| {
                        let start = thread_time();
                        std::hint::black_box(call(&texts[index].1));
                        thread_time() - start
                    };
                    // What takes next to no time is not measured well.
                    (0..3).map(once).min().unwrap().as_secs_f64().max(3e-4)
                })
                .collect();
            if times[3] > 24.0 * times[0] {
                slow.push(format!("{function} of {kind}: {times:?} s"));
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn an_error_text_stays_short_whatever_it_is_about() {
    let client = Client::at("http://127.0.0.1:9", json!({"callTimeoutMs": 1, "validate": "strict"}));
    for (function, call) in
        functions(client.0).into_iter().filter(|(name, _)| !["pick", "quote", "base64"].contains(name))
    {
        for (kind, text) in texts(300_000) {
            let length = call(&CString::new(text).unwrap());
            assert!(length < 120_000, "{function} of {kind}: {length} bytes");
        }
    }
}

#[test]
fn a_name_cannot_break_a_line() {
    crate::support::collect_log();
    let name = "evil\r\n2026 ERROR forged\u{1b}[2J\u{202e}";
    let client = Client::at("http://127.0.0.1:9", json!({"callTimeoutMs": 1, "validate": "warn"}));
    let task =
        json!({"task": {"type": "TurnstileTask", "websiteURL": "https://a.example/", "websiteKey": "k", name: 1}});
    client.create_task(&task);
    assert!(crate::support::logged(&["evil\\r\\n2026 ERROR forged\\u001b"]));
    assert!(
        !crate::support::logged(&["evil\r"])
            && !crate::support::logged(&["\u{1b}"])
            && !crate::support::logged(&["\u{202e}"])
    );
    let refusal = Client::try_open(&json!({name: 1})).expect_err("no such key");
    let text = refusal["errorDescription"].as_str().expect("a text");
    assert!(text.contains("evil\\r\\n") && !text.contains(char::is_control), "{text:?}");
}
