//! What the targets share: the C functions, with every answer held to what the contract says of answers.

#[path = "../../tests/support/host.rs"]
#[allow(dead_code, clippy::not_unsafe_ptr_arg_deref)] // The tests use more of it; targets hand over captask's texts alone.
mod host;

use captask::ffi::*;
use captask::protocol::Code;
pub use host::taken;
use serde_json::Value;
use std::ffi::{CString, c_char};
use std::path::PathBuf;

/// A text for a C function: what stands before the first NUL.
pub fn text(bytes: &[u8]) -> CString {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).expect("no NUL")
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
    let code = value["errorCode"].as_str().unwrap_or_default();
    if value["errorId"].as_f64() != Some(0.0) && code.starts_with("CAPTASK_") {
        assert!(code != "CAPTASK_PANIC" && Code::ALL.iter().any(|ours| ours.as_str() == code), "{text}");
        assert!(value["errorDescription"].is_string(), "{text}");
    }
    value
}

/// A function of C that takes one text.
pub fn told(function: unsafe extern "C" fn(*const c_char) -> *mut c_char, bytes: &[u8]) -> *mut c_char {
    // SAFETY: a terminated text.
    unsafe { function(text(bytes).as_ptr()) }
}

/// A function of C that takes a client and a text.
pub fn asked(function: unsafe extern "C" fn(i32, *const c_char) -> *mut c_char, client: i32, bytes: &[u8]) -> Value {
    // SAFETY: a terminated text.
    answer(unsafe { function(client, text(bytes).as_ptr()) })
}

/// What stands before the first newline, and what stands after it.
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
    (&bytes[..at], bytes.get(at + 1..).unwrap_or_default())
}

/// `captask_pick`.
pub fn pick(json: &[u8], pointer: &[u8]) -> Option<String> {
    // SAFETY: two terminated texts.
    taken(unsafe { captask_pick(text(json).as_ptr(), text(pointer).as_ptr()) })
}

/// Opens a client; `None` when the configuration is refused.
pub fn open(config: &[u8]) -> Option<i32> {
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text, and a pointer that may be written to.
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
    // SAFETY: a terminated text, and a pointer that may be written to.
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
