//! The C functions in safe clothes, for tests: every call goes through the C boundary.
#![allow(dead_code, unused_imports)] // Every test program uses another part of it.

pub mod faulty_server;
pub mod scratch;

pub use scratch::Scratch;

use captask::ffi;
use serde_json::{Value, json};
use std::ffi::{CStr, CString, c_char, c_void};
use std::time::{Duration, Instant};

/// Long enough for anything that does not hang.
pub const PATIENCE: Duration = Duration::from_secs(30);

fn text(pointer: *mut c_char) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: a text of captask that is not NULL is NUL-terminated and ours until it is freed, once, here.
    let text = unsafe { CStr::from_ptr(pointer) }.to_str().expect("UTF-8").to_owned();
    // SAFETY: as above.
    unsafe { ffi::captask_free(pointer) };
    Some(text)
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("not JSON ({e}): {text}"))
}

fn c(text: &str) -> CString {
    CString::new(text).expect("no NUL in it")
}

/// An open client or sandbox; closed when dropped.
#[derive(Debug)]
pub struct Client(pub i32);

impl Client {
    /// Opens a client or tells why not.
    pub fn try_open(config: &Value) -> Result<Client, Value> {
        let config = c(&config.to_string());
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text and a pointer that may be written to.
        let handle = unsafe { ffi::captask_open(config.as_ptr(), &raw mut error) };
        match text(error) {
            None => Ok(Client(handle)),
            Some(error) => {
                assert_eq!(handle, 0, "{error}");
                Err(parse(&error))
            }
        }
    }

    /// Opens a client.
    pub fn open(config: Value) -> Client {
        Client::try_open(&config).unwrap_or_else(|e| panic!("{e}"))
    }

    /// A client of `url` with a key, quick polls and unchecked tasks; `more` is laid over that.
    pub fn at(url: &str, more: Value) -> Client {
        Client::open(config(url, more))
    }

    /// `captask_solve`, as text.
    pub fn solve_text(&self, request: &str) -> String {
        let request = c(request);
        // SAFETY: a terminated text.
        text(unsafe { ffi::captask_solve(self.0, request.as_ptr()) }).expect("never NULL")
    }

    /// `captask_solve`.
    pub fn solve(&self, request: &Value) -> Value {
        parse(&self.solve_text(&request.to_string()))
    }

    /// `captask_submit`.
    pub fn try_submit(&self, request: &Value) -> Result<i64, Value> {
        let request = c(&request.to_string());
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text and a pointer that may be written to.
        let ticket = unsafe { ffi::captask_submit(self.0, request.as_ptr(), &raw mut error) };
        match text(error) {
            None => {
                assert!(ticket > 0);
                Ok(ticket)
            }
            Some(error) => {
                assert_eq!(ticket, 0, "{error}");
                Err(parse(&error))
            }
        }
    }

    /// `captask_submit` that must succeed.
    pub fn submit(&self, request: &Value) -> i64 {
        self.try_submit(request).unwrap_or_else(|e| panic!("{e}"))
    }

    /// `captask_wait`.
    pub fn wait(&self, ticket: i64, timeout_ms: i32) -> Option<Value> {
        text(ffi::captask_wait(self.0, ticket, timeout_ms)).map(|t| parse(&t))
    }

    /// `captask_receive`.
    pub fn receive(&self, timeout_ms: i32) -> Option<Value> {
        text(ffi::captask_receive(self.0, timeout_ms)).map(|t| parse(&t))
    }

    /// `captask_receive`; the answer's text is released after `look` has seen it.
    pub fn receive_and_hold(&self, timeout_ms: i32, look: impl FnOnce(&Value)) -> bool {
        let answer = ffi::captask_receive(self.0, timeout_ms);
        if answer.is_null() {
            return false;
        }
        // SAFETY: an answer of captask, not released before.
        let whole = unsafe { std::ffi::CStr::from_ptr(answer) };
        look(&parse(whole.to_str().expect("UTF-8")));
        // SAFETY: the same; released once, here.
        unsafe { ffi::captask_free(answer) };
        true
    }

    /// `captask_cancel`.
    pub fn cancel(&self, ticket: i64) -> i32 {
        ffi::captask_cancel(self.0, ticket)
    }

    /// `captask_stop`.
    pub fn stop(&self) -> i32 {
        ffi::captask_stop(self.0)
    }

    /// `captask_close`.
    pub fn close(&self) -> i32 {
        ffi::captask_close(self.0)
    }

    /// `captask_inspect`.
    pub fn inspect(&self) -> Value {
        parse(&text(ffi::captask_inspect(self.0)).expect("never NULL"))
    }

    /// `captask_call`.
    pub fn call(&self, method: &str, request: &Value) -> Value {
        let (method, request) = (c(method), c(&request.to_string()));
        // SAFETY: two terminated texts.
        parse(&text(unsafe { ffi::captask_call(self.0, method.as_ptr(), request.as_ptr()) }).expect("never NULL"))
    }

    /// `captask_create_task`.
    pub fn create_task(&self, request: &Value) -> Value {
        let request = c(&request.to_string());
        // SAFETY: a terminated text.
        parse(&text(unsafe { ffi::captask_create_task(self.0, request.as_ptr()) }).expect("never NULL"))
    }

    /// `captask_get_task_result`.
    pub fn task_result(&self, request: &Value) -> Value {
        let request = c(&request.to_string());
        // SAFETY: a terminated text.
        parse(&text(unsafe { ffi::captask_get_task_result(self.0, request.as_ptr()) }).expect("never NULL"))
    }

    /// `captask_report_incorrect`.
    pub fn report(&self, request: &Value) -> Value {
        let request = c(&request.to_string());
        // SAFETY: a terminated text.
        parse(&text(unsafe { ffi::captask_report_incorrect(self.0, request.as_ptr()) }).expect("never NULL"))
    }

    /// `captask_get_user_agent`.
    pub fn user_agent(&self) -> Value {
        parse(&text(ffi::captask_get_user_agent(self.0)).expect("never NULL"))
    }

    /// `captask_get_balance`.
    pub fn balance(&self) -> Value {
        parse(&text(ffi::captask_get_balance(self.0)).expect("never NULL"))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        ffi::captask_close(self.0);
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

/// A sandbox, through the C boundary.
#[cfg(feature = "sandbox")]
pub fn sandbox(config: &Value) -> Client {
    let config = c(&config.to_string());
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text and a pointer that may be written to.
    let handle = unsafe { ffi::captask_sandbox_open(config.as_ptr(), &raw mut error) };
    assert_eq!(text(error), None);
    Client(handle)
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
    // SAFETY: the line is terminated and borrowed for the call.
    let line = unsafe { CStr::from_ptr(line) }.to_string_lossy().into_owned();
    LINES.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(line);
}

/// Collects the process's log lines from now on. The sink is one for the process: tests look for lines of their own.
pub fn collect_log() {
    // SAFETY: the sink may be called from every thread and looks at no user pointer.
    unsafe { ffi::captask_set_log(Some(keep), std::ptr::null_mut(), 5) };
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
