//! What the targets share: the C functions, with every answer held to what the contract says of answers.

use captask::ffi::*;
use serde_json::Value;
use std::ffi::{CStr, CString, c_char};
use std::path::PathBuf;

/// A text for a C function: what stands before the first NUL.
pub fn text(bytes: &[u8]) -> CString {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).expect("no NUL")
}

/// A text that captask gave, taken over; `None` for NULL.
pub fn taken(pointer: *mut c_char) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    let copy = unsafe { CStr::from_ptr(pointer) }.to_str().expect("UTF-8").to_owned();
    unsafe { captask_free(pointer) };
    Some(copy)
}

/// An answer: one JSON object with an errorId, and no fault of the library.
pub fn answer(pointer: *mut c_char) -> Value {
    let text = taken(pointer).expect("an answer");
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        // What the service says passes through whole, also deeper than this parser goes.
        Err(e) if e.to_string().contains("recursion limit") => return Value::Null,
        // And also a number that no machine can hold.
        Err(e) if e.to_string().contains("number out of range") => return Value::Null,
        Err(e) => panic!("{e}: {text}"),
    };
    assert!(value["errorId"].is_number(), "{text}");
    assert_ne!(value["errorCode"], "CAPTASK_PANIC", "{text}");
    if value["errorId"].as_f64() != Some(0.0) && value["errorCode"].as_str().is_some_and(|c| c.starts_with("CAPTASK_")) {
        assert!(value["errorDescription"].is_string(), "{text}");
    }
    value
}

/// Opens a client; `None` when the configuration is refused.
pub fn open(config: &[u8]) -> Option<i32> {
    let mut error = std::ptr::null_mut();
    match unsafe { captask_open(text(config).as_ptr(), &mut error) } {
        0 => {
            answer(error);
            None
        }
        handle => Some(handle),
    }
}

/// Submits a request; `None` when it is refused.
pub fn submit(client: i32, request: &[u8]) -> Option<i64> {
    let mut error = std::ptr::null_mut();
    match unsafe { captask_submit(client, text(request).as_ptr(), &mut error) } {
        0 => {
            answer(error);
            None
        }
        ticket => Some(ticket),
    }
}

/// A directory of this process's own, where it may write what it likes.
pub fn scratch() -> PathBuf {
    let path = std::env::temp_dir().join(format!("captask-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a directory");
    path
}
