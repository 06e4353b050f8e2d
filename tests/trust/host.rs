//! The C functions, called as a host calls them.

use captask::ffi::*;
use serde_json::Value;
use std::ffi::{CStr, CString, c_char};

/// A text that captask gave, taken over; `None` for NULL.
pub fn taken(text: *mut c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    let copy = unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned();
    unsafe { captask_free(text) };
    Some(copy)
}

/// A text on its way in.
pub fn text(plain: &str) -> CString {
    CString::new(plain).expect("no NUL")
}

/// An answer as JSON.
pub fn json(text: *mut c_char) -> Value {
    let text = taken(text).expect("an answer");
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A client that is closed when dropped.
pub struct Client(pub i32);

impl Client {
    pub fn open(config: &Value) -> Client {
        Client::try_open(config).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn try_open(config: &Value) -> Result<Client, Value> {
        let mut error = std::ptr::null_mut();
        match unsafe { captask_open(text(&config.to_string()).as_ptr(), &mut error) } {
            0 => Err(json(error)),
            handle => Ok(Client(handle)),
        }
    }

    pub fn balance(&self) -> Value {
        json(captask_get_balance(self.0))
    }

    pub fn user_agent(&self) -> Value {
        json(captask_get_user_agent(self.0))
    }

    pub fn create(&self, request: &Value) -> Value {
        json(unsafe { captask_create_task(self.0, text(&request.to_string()).as_ptr()) })
    }

    pub fn result(&self, request: &Value) -> Value {
        json(unsafe { captask_get_task_result(self.0, text(&request.to_string()).as_ptr()) })
    }

    pub fn report(&self, request: &Value) -> Value {
        json(unsafe { captask_report_incorrect(self.0, text(&request.to_string()).as_ptr()) })
    }

    pub fn call(&self, method: &str, request: &Value) -> Value {
        json(unsafe { captask_call(self.0, text(method).as_ptr(), text(&request.to_string()).as_ptr()) })
    }

    pub fn solve(&self, request: &Value) -> Value {
        json(unsafe { captask_solve(self.0, text(&request.to_string()).as_ptr()) })
    }

    pub fn submit(&self, request: &Value) -> Result<i64, Value> {
        let mut error = std::ptr::null_mut();
        match unsafe { captask_submit(self.0, text(&request.to_string()).as_ptr(), &mut error) } {
            0 => Err(json(error)),
            ticket => Ok(ticket),
        }
    }

    pub fn wait(&self, ticket: i64, timeout_ms: i32) -> Option<Value> {
        taken(captask_wait(self.0, ticket, timeout_ms)).map(|text| serde_json::from_str(&text).expect("JSON"))
    }

    pub fn receive(&self, timeout_ms: i32) -> Option<Value> {
        taken(captask_receive(self.0, timeout_ms)).map(|text| serde_json::from_str(&text).expect("JSON"))
    }

    pub fn cancel(&self, ticket: i64) -> bool {
        captask_cancel(self.0, ticket) == 1
    }

    pub fn inspect(&self) -> Value {
        json(captask_inspect(self.0))
    }

    pub fn stop(&self) -> bool {
        captask_stop(self.0) == 1
    }

    pub fn close(self) {
        assert_eq!(captask_close(self.0), 1);
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
        let mut error = std::ptr::null_mut();
        match unsafe { captask_sandbox_open(text(&config.to_string()).as_ptr(), &mut error) } {
            0 => panic!("{}", json(error)),
            handle => Sandbox(handle),
        }
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
