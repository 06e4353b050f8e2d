//! Text across the boundary: borrowed on the way in, owned by the caller on the way out.

use super::receipts;
use crate::client::Delivery;
use crate::protocol::{Code, Failure};
use std::ffi::{CStr, CString, c_char};

/// The text at `pointer`, borrowed for the call.
///
/// # Safety
///
/// `pointer` is NULL or points to a NUL-terminated string that stays untouched during the call.
pub unsafe fn take<'a>(pointer: *const c_char, name: &str) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise.
    match unsafe { take_optional(pointer, name) } {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(Failure::new(Code::InvalidArgument, format!("{name} is NULL; expected a text"))),
        Err(failure) => Err(failure),
    }
}

/// The same, where NULL is allowed.
///
/// # Safety
///
/// As [`take`].
pub unsafe fn take_optional<'a>(pointer: *const c_char, name: &str) -> Result<Option<&'a str>, Failure> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, so the caller promises a NUL-terminated string.
    let text = unsafe { CStr::from_ptr(pointer) };
    match text.to_str() {
        Ok(text) => Ok(Some(text)),
        Err(e) => {
            Err(Failure::new(Code::InvalidArgument, format!("{name} is not UTF-8: byte {} is wrong", e.valid_up_to())))
        }
    }
}

/// Hands a text to the caller, who releases it with `captask_free`.
pub fn give(text: String) -> *mut c_char {
    match CString::new(text) {
        Ok(text) => text.into_raw(),
        // JSON has no NUL in it; a text that does is a fault of ours.
        Err(_) => CString::from(c"{\"errorId\":1,\"errorCode\":\"CAPTASK_PANIC\",\"errorDescription\":\"a bug in this library: an answer contains a NUL; please report it\",\"retryable\":false,\"retryScope\":null}").into_raw(),
    }
}

/// Hands an answer to the caller. When it is released, its receipt is confirmed.
pub fn deliver(delivery: Delivery) -> *mut c_char {
    let text = give(delivery.text);
    if let Some(receipt) = delivery.receipt {
        receipts::keep(text, receipt);
    }
    text
}

/// Takes a text back and releases it.
///
/// # Safety
///
/// `text` is NULL or came from [`give`] and was not released before.
pub unsafe fn release(text: *mut c_char) {
    if !text.is_null() {
        // Before its place in memory can be another text's.
        receipts::confirm(text);
        // SAFETY: it came from CString::into_raw.
        drop(unsafe { CString::from_raw(text) });
    }
}
