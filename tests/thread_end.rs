//! Calls from where a thread or the process ends: variables of the thread are gone there.
#![cfg(all(unix, feature = "sandbox", feature = "callback"))]

mod support;

use serde_json::json;
use std::process::{Command, Stdio};
use support::Client;

const ROLE: &str = "CAPTASK_TEST_ROLE";

/// Opens everything that starts a thread or a server.
fn open_all() -> Vec<serde_json::Value> {
    let mut answers = vec![support::Sandbox::open(&json!({})).inspect()];
    let callback = json!({"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0/hook"});
    for config in [json!({"endpoint": "sandbox:"}), json!({"endpoint": "sandbox:", "callback": callback})] {
        match Client::try_open(&config) {
            Ok(client) => answers.extend([client.inspect(), client.balance()]),
            Err(error) => answers.push(error),
        }
    }
    answers
}

struct Last(std::sync::mpsc::Sender<Vec<serde_json::Value>>);

impl Drop for Last {
    fn drop(&mut self) {
        let answers = std::panic::catch_unwind(open_all).unwrap_or_else(|_| vec![json!("a panic")]);
        let _ = self.0.send(answers);
    }
}

thread_local! {
    static LAST: std::cell::RefCell<Option<Last>> = const { std::cell::RefCell::new(None) };
}

#[test]
fn a_destructor_of_a_thread_may_open_everything() {
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        // Registered before those of the library, it is run after them.
        LAST.set(Some(Last(tell)));
        open_all();
    });
    let answers = told.recv_timeout(support::PATIENCE).expect("the destructor comes to its end");
    let _ = thread.join();
    assert_eq!(answers.len(), 5, "{answers:?}");
    assert!(answers.iter().all(|answer| answer["errorId"] == 0), "{answers:?}");
}

extern "C" fn at_exit() {
    let answers = std::panic::catch_unwind(open_all).unwrap_or_default();
    // Standard output may be closed already.
    let fine = answers.len() == 5 && answers.iter().all(|answer| answer["errorId"] == 0);
    // SAFETY: ends the process at once.
    unsafe { libc::_exit(if fine { 42 } else { 43 }) };
}

#[test]
fn the_child() {
    if std::env::var_os(ROLE).is_some() {
        // SAFETY: a function that stays.
        assert_eq!(unsafe { libc::atexit(at_exit) }, 0);
        open_all();
        std::process::exit(0);
    }
}

#[test]
fn a_handler_of_exit_may_open_everything() {
    let status = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "the_child", "--nocapture", "--test-threads=1"])
        .env(ROLE, "exit")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("a child");
    assert_eq!(status.code(), Some(42));
}
