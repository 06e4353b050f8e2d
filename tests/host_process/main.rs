//! What a host must never notice of the library: signals, standard streams, locale, descriptors, limits.
#![cfg(target_os = "linux")]

mod exhaustion;
mod sinks;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use support::child::alone;
use support::process;
use support::program::{self, Library};
use support::tls;
use support::{Client, Peer, Sandbox, Scratch};
use support::{real_task, real_task_with};

fn quick() -> Value {
    real_task_with(json!({"firstPollMs": 1, "pollIntervalMs": 20}))
}

fn sandbox() -> Sandbox {
    Sandbox::open(&json!({"solveMs": 1}))
}

fn at(sandbox: &Sandbox) -> Client {
    Client::open(json!({"endpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 3000}))
}

/// Every function once, with good and bad arguments.
fn tour() {
    let sandbox = sandbox();
    let client = Client::open(json!({
        "endpoint": sandbox.url(), "userAgentEndpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 3000,
        "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
    }));
    assert_eq!(client.solve(&quick())["status"], "ready");
    assert_eq!(client.balance()["errorId"], 0);
    client.user_agent();
    let id = client.create_task(&real_task())["taskId"].clone();
    assert_ne!(id, Value::Null);
    client.task_result(&json!({"taskId": id}));
    client.report(&json!({"taskId": id, "type": "RecaptchaV2Task"}));
    client.call("newMethod", &json!({}));
    let ticket = client.try_submit(&quick()).expect("a ticket");
    client.cancel(ticket);
    client.wait(ticket, 1000).expect("cancelled");
    client.receive(0);
    client.inspect();
    support::host::offline();
    if cfg!(feature = "panic-probe") {
        assert_eq!(client.call("captask_panic", &json!({}))["errorCode"], "CAPTASK_PANIC");
    }
    let lost = Client::open(json!({"endpoint": "http://no-such-host.invalid", "clientKey": "k", "callTimeoutMs": 50}));
    lost.balance();
    client.stop();
}

#[test]
fn the_process_stays_as_it_was_and_nothing_is_printed() {
    alone("the_process_stays_as_it_was_and_nothing_is_printed", || {
        let before = process::surroundings();
        let said = process::silence(tour);
        assert_eq!(said, "", "printed");
        assert_eq!(process::surroundings(), before);
    });
}

#[test]
fn our_threads_take_no_signals() {
    alone("our_threads_take_no_signals", || {
        let sandbox = sandbox();
        let client = Client::open(json!({
            "endpoint": sandbox.url(), "clientKey": "k",
            "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
        }));
        let ticket = client.try_submit(&quick()).unwrap();
        client.wait(ticket, 10_000).expect("ready");
        let threads = process::our_threads();
        let names: BTreeSet<&str> = threads.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.is_superset(&BTreeSet::from(["captask-reactor", "captask-server"])), "{names:?}");
        let wanted = [libc::SIGINT, libc::SIGTERM, libc::SIGALRM, libc::SIGUSR1, libc::SIGCHLD, libc::SIGPIPE];
        for (name, blocked) in threads {
            for signal in wanted {
                assert!(blocked & (1 << (signal - 1)) != 0, "{name} takes signal {signal}");
            }
            assert!(blocked & (1 << (libc::SIGSEGV - 1)) == 0, "{name} hides its own faults");
        }
        // The calling thread has its own mask back.
        assert!(!process::blocks(libc::SIGTERM));
    });
}

#[test]
fn a_host_with_every_signal_blocked_is_served() {
    alone("a_host_with_every_signal_blocked_is_served", || {
        process::block_all_signals();
        tour();
    });
}

#[test]
fn a_peer_that_resets_does_not_kill_the_host() {
    alone("a_peer_that_resets_does_not_kill_the_host", || {
        process::let_sigpipe_kill();
        // It resets while the request is being written.
        let peer = Peer::start(|mut stream, _| {
            let mut piece = [0; 1000];
            let _ = stream.read(&mut piece);
            let _ = stream.shutdown(std::net::Shutdown::Read);
        });
        let client = Client::open(json!({"endpoint": peer.url(), "clientKey": "k", "callTimeoutMs": 500}));
        let mut big = real_task();
        big["task"]["body"] = json!("A".repeat(8 << 20));
        for _ in 0..3 {
            assert_eq!(client.create_task(&big)["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
            client.balance();
        }
        // The same through TLS, whose records go out by another system call.
        let authority = tls::Authority::new();
        let root = authority.pem("reset");
        let peer = tls::server(authority.issue(&["127.0.0.1"], 2020..2090), rustls::ALL_VERSIONS, |stream, _| {
            let _ = stream.read(&mut [0; 1000]);
            let _ = stream.sock.shutdown(std::net::Shutdown::Both);
        });
        let client = Client::open(json!({
            "endpoint": format!("https://{}", peer.address), "clientKey": "k", "callTimeoutMs": 500,
            "tls": {"roots": root.to_str()},
        }));
        for _ in 0..3 {
            assert_eq!(client.create_task(&big)["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
            client.balance();
        }
        // And peers of our own servers that are gone before they are answered.
        let sandbox = sandbox();
        let address = sandbox.url().trim_start_matches("http://").to_owned();
        for _ in 0..50 {
            let mut stream = TcpStream::connect(&*address).unwrap();
            let _ = stream.write_all(b"POST /getBalance HTTP/1.1\r\nContent-Length: 17\r\n\r\n{\"clientKey\":\"k\"}");
            process::resets(&stream);
        }
        assert_eq!(at(&sandbox).balance()["errorId"], 0);
        assert_eq!(process::handlers()[libc::SIGPIPE as usize - 1].1, libc::SIG_DFL);
    });
}

#[test]
fn every_descriptor_is_closed_on_exec_and_on_close() {
    alone("every_descriptor_is_closed_on_exec_and_on_close", || {
        let journal = Scratch::file("manners");
        let before = process::descriptors();
        let sandbox = sandbox();
        let client = Client::open(json!({
            "endpoint": sandbox.url(), "clientKey": "k", "journal": journal,
            "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
        }));
        let tickets: Vec<i64> = (0..8).map(|_| client.try_submit(&quick()).unwrap()).collect();
        client.balance();
        let named =
            Client::open(json!({"endpoint": sandbox.url().replace("127.0.0.1", "localhost"), "clientKey": "k"}));
        named.balance();
        let ours: Vec<i32> = process::descriptors().difference(&before).copied().collect();
        assert!(ours.len() >= 8, "{ours:?}");
        for fd in ours {
            let what = std::fs::read_link(format!("/proc/self/fd/{fd}"));
            assert!(!process::inherited(fd), "{fd} is inherited: {what:?}");
        }
        for ticket in tickets {
            assert_eq!(client.wait(ticket, 20_000).expect("an answer")["status"], "ready");
        }
        drop((client, named, sandbox));
        let left: Vec<i32> = process::descriptors().difference(&before).copied().collect();
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn a_small_stack_is_enough() {
    let authority = support::tls::Authority::new();
    let secure = support::tls::service(authority.issue(&["localhost"], 2020..2090), &[&rustls::version::TLS13]);
    let (plain, roots) = (Peer::service(), authority.pem("stack"));
    let library = Library::find();
    // Unoptimised code takes several times the stack of what is shipped.
    let kib = if library.shipped { "64" } else { "256" };
    let secure_url = format!("https://localhost:{}", secure.port());
    let arguments = [kib, &plain.url(), &secure_url, roots.to_str().expect("UTF-8")];
    if let Some(out) = program::run("small_stack", &library, &arguments) {
        let said = program::said(&out);
        assert!(said.contains("of stack are enough"), "{said}");
    }
}

#[test]
fn a_process_may_end_with_everything_open() {
    if let Some(out) = program::run("leave", &Library::find(), &["30"]) {
        assert_eq!(program::said(&out), "", "printed");
    }
}

/// Runs a way of `edges.c`.
fn edge(way: &str) {
    let journal = Scratch::file("journal");
    let journal = journal.to_str().expect("text");
    if let Some(out) = program::run("edges", &Library::find(), &[way, journal]) {
        assert_eq!(program::said(&out), "", "{way}: printed");
    }
}

#[test]
fn two_copies_in_one_process_do_not_share_a_journal() {
    let (library, folder) = (Library::find(), Scratch::folder("copies"));
    let (copy, journal) = (folder.join("libcopy.so"), folder.join("journal"));
    // Without the library the program is not run either.
    let _ = std::fs::copy(&library.path, &copy);
    let paths = [&copy, &journal].map(|path| path.to_str().expect("text"));
    if let Some(out) = program::run("copies", &library, &paths) {
        assert_eq!(program::said(&out), "each kept the other out\n");
    }
}

#[test]
fn calls_at_the_end_of_the_process_are_answered() {
    edge("exit");
}

#[test]
fn calls_at_the_end_of_a_thread_are_answered() {
    edge("key");
}

#[test]
fn nothing_of_ours_takes_the_place_of_a_closed_stream() {
    edge("streams");
}

#[test]
fn a_thread_is_cancelled_after_its_call() {
    edge("cancel");
}
