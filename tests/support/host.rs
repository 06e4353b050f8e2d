//! The C functions, called as a host calls them.

use captask::ffi::*;
use serde_json::Value;
use std::borrow::Borrow;
use std::ffi::{CStr, CString, c_char, c_void};

/// What takes log lines.
pub type Sink = extern "C" fn(i32, *const c_char, *mut c_void);

/// A text that captask gave, taken over; `None` for NULL.
pub fn taken(text: *mut c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: a text of captask that is not NULL is terminated, and ours until it is freed.
    let copy = unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned();
    // SAFETY: as above; freed once, here.
    unsafe { captask_free(text) };
    Some(copy)
}

/// A log line, as a sink gets it.
pub fn line(text: *const c_char) -> String {
    // SAFETY: sinks are given a terminated line for the length of the call.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// A text on its way in.
pub fn text(plain: &str) -> CString {
    CString::new(plain).expect("no NUL")
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("not JSON ({e}): {text}"))
}

/// An answer as JSON.
pub fn json(text: *mut c_char) -> Value {
    parse(&taken(text).expect("an answer"))
}

/// `captask_open` with any text: the handle, or the error.
pub fn open(config: &str) -> Result<i32, Value> {
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text, and a pointer that may be written to.
    match unsafe { captask_open(text(config).as_ptr(), &mut error) } {
        0 => Err(json(error)),
        handle => Ok(handle),
    }
}

/// `captask_sandbox_open` with a text or NULL: the handle, or the error.
pub fn open_sandbox(config: Option<&str>) -> Result<i32, Value> {
    let (config, mut error) = (config.map(text), std::ptr::null_mut());
    let pointer = config.as_ref().map_or(std::ptr::null(), |config| config.as_ptr());
    // SAFETY: NULL or a terminated text that lives through the call, and a pointer that may be written to.
    match unsafe { captask_sandbox_open(pointer, &mut error) } {
        0 => Err(json(error)),
        handle => Ok(handle),
    }
}

/// Log lines of every level go to `sink`.
pub fn log_to(sink: Sink, user: *mut c_void) {
    // SAFETY: the sinks of these tests may be called from every thread, with the user pointer that they are given.
    unsafe { captask_set_log(Some(sink), user, 5) };
}

/// Log lines go nowhere.
pub fn log_off() {
    // SAFETY: nothing is called.
    unsafe { captask_set_log(None, std::ptr::null_mut(), 0) };
}

/// `captask_check`.
pub fn check(request: &str) -> Value {
    // SAFETY: a terminated text.
    json(unsafe { captask_check(text(request).as_ptr()) })
}

/// The functions without a network, each with good and bad arguments.
pub fn offline() {
    assert_eq!(check("{")["errorCode"], "CAPTASK_INVALID_JSON");
    // SAFETY: NULL or terminated texts, and one byte that is there.
    unsafe {
        taken(captask_check(std::ptr::null()));
        taken(captask_check(c"\xff".as_ptr()));
        taken(captask_describe(std::ptr::null()));
        taken(captask_describe(c"tasks".as_ptr()));
        taken(captask_pick(c"{\"a\":1}".as_ptr(), c"/a".as_ptr()));
        taken(captask_quote(c"\"".as_ptr()));
        taken(captask_base64(c"{".as_ptr().cast(), 1));
    }
}

/// A client that is closed when dropped.
#[derive(Debug)]
pub struct Client(pub i32);

impl Client {
    /// Opens a client or tells why not.
    pub fn try_open(config: &Value) -> Result<Client, Value> {
        open(&config.to_string()).map(Client)
    }

    /// Opens a client.
    pub fn open(config: impl Borrow<Value>) -> Client {
        Client::try_open(config.borrow()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// `captask_solve`, as text.
    pub fn solve_text(&self, request: &str) -> String {
        let request = text(request);
        // SAFETY: a terminated text.
        taken(unsafe { captask_solve(self.0, request.as_ptr()) }).expect("never NULL")
    }

    /// `captask_solve`.
    pub fn solve(&self, request: &Value) -> Value {
        parse(&self.solve_text(&request.to_string()))
    }

    /// `captask_submit`.
    pub fn try_submit(&self, request: &Value) -> Result<i64, Value> {
        let request = text(&request.to_string());
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text and a pointer that may be written to.
        let ticket = unsafe { captask_submit(self.0, request.as_ptr(), &raw mut error) };
        match taken(error) {
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
        taken(captask_wait(self.0, ticket, timeout_ms)).map(|t| parse(&t))
    }

    /// `captask_receive`.
    pub fn receive(&self, timeout_ms: i32) -> Option<Value> {
        taken(captask_receive(self.0, timeout_ms)).map(|t| parse(&t))
    }

    /// `captask_receive`; the answer's text is released after `look` has seen it.
    pub fn receive_and_hold(&self, timeout_ms: i32, look: impl FnOnce(&Value)) -> bool {
        let answer = captask_receive(self.0, timeout_ms);
        if answer.is_null() {
            return false;
        }
        // SAFETY: an answer of captask, not released before.
        let whole = unsafe { CStr::from_ptr(answer) };
        look(&parse(whole.to_str().expect("UTF-8")));
        // SAFETY: the same; released once, here.
        unsafe { captask_free(answer) };
        true
    }

    /// `captask_cancel`.
    pub fn cancel(&self, ticket: i64) -> i32 {
        captask_cancel(self.0, ticket)
    }

    /// `captask_stop`.
    pub fn stop(&self) -> i32 {
        captask_stop(self.0)
    }

    /// `captask_close`.
    pub fn close(&self) -> i32 {
        captask_close(self.0)
    }

    /// `captask_inspect`.
    pub fn inspect(&self) -> Value {
        json(captask_inspect(self.0))
    }

    /// `captask_call`.
    pub fn call(&self, method: &str, request: &Value) -> Value {
        let (method, request) = (text(method), text(&request.to_string()));
        // SAFETY: two terminated texts.
        json(unsafe { captask_call(self.0, method.as_ptr(), request.as_ptr()) })
    }

    /// `captask_create_task`.
    pub fn create_task(&self, request: &Value) -> Value {
        let request = text(&request.to_string());
        // SAFETY: a terminated text.
        json(unsafe { captask_create_task(self.0, request.as_ptr()) })
    }

    /// `captask_get_task_result`.
    pub fn task_result(&self, request: &Value) -> Value {
        let request = text(&request.to_string());
        // SAFETY: a terminated text.
        json(unsafe { captask_get_task_result(self.0, request.as_ptr()) })
    }

    /// `captask_report_incorrect`.
    pub fn report(&self, request: &Value) -> Value {
        let request = text(&request.to_string());
        // SAFETY: a terminated text.
        json(unsafe { captask_report_incorrect(self.0, request.as_ptr()) })
    }

    /// `captask_get_user_agent`.
    pub fn user_agent(&self) -> Value {
        json(captask_get_user_agent(self.0))
    }

    /// `captask_get_balance`.
    pub fn balance(&self) -> Value {
        json(captask_get_balance(self.0))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        captask_close(self.0);
    }
}

/// A sandbox that is closed when dropped.
pub struct Sandbox(pub i32);

impl Sandbox {
    pub fn open(config: &Value) -> Sandbox {
        open_sandbox(Some(&config.to_string())).map_or_else(|error| panic!("{error}"), Sandbox)
    }

    pub fn inspect(&self) -> Value {
        json(captask_inspect(self.0))
    }

    pub fn url(&self) -> String {
        self.inspect()["url"].as_str().expect("a url").to_owned()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        captask_close(self.0);
    }
}
