//! A host at the limits of its descriptors, its threads and its disk.

use super::{at, quick, sandbox};
use crate::support::child::alone;
use crate::support::process;
use crate::support::{Client, Peer, Scratch};
use crate::support::{host::open_sandbox, real_task};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::Mutex;

/// An error that tells what is short.
fn tells(answer: &Value, codes: &[&str], word: &str) {
    let code = answer["errorCode"].as_str().unwrap_or("none");
    assert!(codes.contains(&code), "{answer}");
    assert!(answer["errorDescription"].as_str().unwrap_or("").contains(word), "{answer}");
}

#[test]
fn nothing_is_lost_when_descriptors_run_out() {
    alone("exhaustion::nothing_is_lost_when_descriptors_run_out", || {
        let sandbox = sandbox();
        let client = Client::open(json!({"endpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 300}));
        let journal = Scratch::file("nofile");
        // Its thread is there.
        let ticket = client.try_submit(&json!({"taskId": 1, "options": {"firstPollMs": 600_000}})).unwrap();
        client.cancel(ticket);
        client.wait(ticket, 1000);
        let highest = process::descriptors().last().copied().unwrap_or(0) as u64 + 1;
        let before = process::set_limit(libc::RLIMIT_NOFILE, highest);
        let filled: Vec<std::fs::File> = std::iter::from_fn(|| std::fs::File::open("/dev/null").ok()).collect();
        tells(&client.balance(), &["CAPTASK_CONNECT"], "open files");
        tells(&client.create_task(&real_task()), &["CAPTASK_CONNECT"], "open files");
        let ticket = client.try_submit(&quick()).expect("it waits for better times");
        assert!(client.wait(ticket, 300).is_none(), "not lost, not answered");
        tells(&open_sandbox(None).unwrap_err(), &["CAPTASK_CONNECT", "CAPTASK_INVALID_CONFIG"], "open files");
        let with_journal = json!({"endpoint": "http://127.0.0.1:9", "clientKey": "k", "journal": journal});
        tells(&Client::try_open(&with_journal).err().unwrap(), &["CAPTASK_INVALID_CONFIG"], "open files");
        drop(filled);
        process::set_limit(libc::RLIMIT_NOFILE, before);
        assert_eq!(client.wait(ticket, 20_000).expect("an answer")["status"], "ready");
        assert_eq!(sandbox.inspect()["tasks"]["created"], 1, "bought once");
    });
}

/// A createTask whose beginning the journal cannot hold would pass for one that never left, and be bought twice.
#[test]
fn nothing_is_bought_that_cannot_be_written_down() {
    alone("exhaustion::nothing_is_bought_that_cannot_be_written_down", || {
        let (open, opened) = std::sync::mpsc::channel::<()>();
        let opened = Mutex::new(opened);
        let service = Peer::start(move |mut stream, heard| {
            while crate::support::net::request(&mut stream, heard).is_some() {
                // The end of the sender lets everything pass.
                let _ = opened.lock().unwrap().recv();
                let body = "{\"errorId\":0,\"taskId\":5,\"status\":\"ready\",\"solution\":{\"a\":1}}";
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                if stream.write_all(head.as_bytes()).is_err() {
                    return;
                }
            }
        });
        let journal = Scratch::file("unwritable");
        let client = Client::open(json!({
            "endpoint": service.url(), "clientKey": "k", "maxConnections": 1, "guard": {"maxTasks": 2},
            "journal": journal,
        }));
        let (first, second) = (client.try_submit(&quick()).unwrap(), client.try_submit(&quick()).unwrap());
        while service.heard.requests("createTask") < 1 {
            std::thread::yield_now();
        }
        let before = process::refuse_writes();
        drop(open);
        let (one, two) = (client.wait(first, 20_000), client.wait(second, 20_000));
        process::set_limit(libc::RLIMIT_FSIZE, before);
        assert_eq!(one.expect("an answer")["status"], "ready");
        let two = two.expect("an answer");
        tells(&two, &["CAPTASK_QUEUE_FULL"], "nothing was sent");
        assert!(two.get("outcomeUnknown").is_none() && two["retryable"] == true, "{two}");
        assert_eq!(service.heard.requests("createTask"), 1);
        // Its connection and its place in the limits are free again.
        assert_eq!(client.solve(&quick())["status"], "ready");
        assert_eq!(client.inspect()["connections"], 1);
    });
}

#[test]
fn nothing_is_lost_when_threads_run_out() {
    alone("exhaustion::nothing_is_lost_when_threads_run_out", || {
        // The limit does not hold for root.
        process::be_no_root();
        let sandbox = sandbox();
        let url = sandbox.url();
        let named = Client::open(json!({
            "endpoint": url.replace("127.0.0.1", "localhost"), "clientKey": "k", "callTimeoutMs": 300,
        }));
        let fresh = at(&sandbox);
        let started = at(&sandbox);
        // Its thread is there.
        let ticket = started.try_submit(&json!({"taskId": 1, "options": {"firstPollMs": 600_000}})).unwrap();
        started.cancel(ticket);
        started.wait(ticket, 1000);
        let before = process::set_limit(libc::RLIMIT_NPROC, 1);
        assert!(std::thread::Builder::new().spawn(|| {}).is_err(), "the limit holds");
        tells(&fresh.try_submit(&quick()).unwrap_err(), &["CAPTASK_QUEUE_FULL"], "no thread");
        tells(&fresh.solve(&quick()), &["CAPTASK_QUEUE_FULL"], "no thread");
        assert_eq!(fresh.balance()["errorId"], 0, "needs no thread");
        tells(&named.balance(), &["CAPTASK_CONNECT"], "");
        open_sandbox(None).unwrap_err();
        assert_eq!(started.solve(&quick())["status"], "ready", "needs no further thread");
        process::set_limit(libc::RLIMIT_NPROC, before);
        assert_eq!(fresh.solve(&quick())["status"], "ready");
        assert_eq!(named.balance()["errorId"], 0);
        assert_eq!(sandbox.inspect()["tasks"]["created"], 2, "each bought once");
    });
}
