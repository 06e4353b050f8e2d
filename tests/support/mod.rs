//! What the tests share: captask as a host calls it, servers that do what a test says, certificates, C programs.
#![allow(dead_code, unused_imports)] // Every test program uses another part of it.

pub mod child;
pub mod faulty_server;
pub mod host;
pub mod net;
pub mod process;
pub mod program;
pub mod proxy;
pub mod scratch;
pub mod tls;

pub use host::{Client, Sandbox};
pub use net::{Heard, Peer};
pub use scratch::Scratch;

use serde_json::{Value, json};
use std::ffi::{c_char, c_void};
use std::time::{Duration, Instant};

/// Long enough for anything that does not hang.
pub const PATIENCE: Duration = Duration::from_secs(30);

impl Client {
    /// Submits a task by its name, which is the answer's `extra` too.
    pub fn submit_named(&self, name: &str) -> i64 {
        let mut request = task(name);
        request["extra"] = json!(name);
        self.submit(&request)
    }

    /// A client of `url` with a key, quick polls and unchecked tasks; `more` is laid over that.
    pub fn at(url: &str, more: Value) -> Client {
        Client::open(config(url, more))
    }

    /// Asks [`Peer::service`] for one of each.
    pub fn works(&self) {
        assert_eq!(self.balance()["balance"], 1.25);
        assert_eq!(self.create_task(&real_task())["taskId"], 77);
        let solved = self.solve(&real_task_with(json!({"firstPollMs": 1})));
        assert_eq!(solved["solution"]["text"], "seen", "{solved}");
    }
}

/// The configuration of [`Client::at`].
pub fn config(url: &str, more: Value) -> Value {
    let mut config = json!({
        "clientKey": "0123456789abcdef-secret", "endpoint": url, "validate": "off",
        "poll": {"firstMs": 5, "intervalMs": 20, "timeoutMs": 20_000},
    });
    let target = config.as_object_mut().expect("an object");
    for (name, value) in more.as_object().expect("an object") {
        target.insert(name.clone(), value.clone());
    }
    config
}

/// A task that the faulty server tells from others by `name`.
pub fn task(name: &str) -> Value {
    json!({"task": {"type": "ProbeTask", "name": name}})
}

/// The same with options.
pub fn task_with(name: &str, options: Value) -> Value {
    json!({"task": {"type": "ProbeTask", "name": name}, "options": options})
}

/// A request for a task that may as well be a real one.
pub fn real_task() -> Value {
    let task = json!({"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "planted-site"});
    json!({"task": task})
}

/// [`real_task`] with options.
pub fn real_task_with(options: Value) -> Value {
    let mut request = real_task();
    request["options"] = options;
    request
}

/// Waits for something that another thread brings about, and panics when it never comes.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "never came: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Runs `body` on a thread of its own and panics when it does not come back in time: a hang, not a matter of speed.
pub fn returns<T: Send + 'static>(what: &str, bound: Duration, body: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let _ = tell.send(body());
    });
    match told.recv_timeout(bound) {
        Ok(value) => value,
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => panic!("hangs: {what}"),
        Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => match thread.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => unreachable!("it sent nothing and did not panic"),
        },
    }
}

static LINES: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

extern "C" fn keep(_: i32, line: *const c_char, _: *mut c_void) {
    let line = host::line(line);
    LINES.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(line);
}

/// Collects the process's log lines from now on. The sink is one for the process: tests look for lines of their own.
pub fn collect_log() {
    host::log_to(keep, std::ptr::null_mut());
}

/// Whether a line with all of these in it has been logged.
pub fn logged(parts: &[&str]) -> bool {
    let lines = LINES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

/// For a test whose prerequisite is missing: says so, and fails where everything must be there.
pub fn skip(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "missing: {what}");
    eprintln!("skipped: {what}");
}
