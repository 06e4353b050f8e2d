//! The one guard that every function passes through: panics stop here, failures become JSON.

use super::text;
use crate::client::Delivery;
use crate::protocol::{Code, Failure};
use crate::{log, sys};
use std::cell::Cell;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Runs `body`; a panic in it is logged and is the `Err`.
fn caught<T>(body: impl FnOnce() -> T) -> Result<T, Failure> {
    quiet_hook();
    let _uncancelled = sys::Uncancelled::new();
    // In a destructor of a thread they may be gone.
    let _ = DEPTH.try_with(|depth| depth.set(depth.get() + 1));
    let result = catch_unwind(AssertUnwindSafe(body));
    let _ = DEPTH.try_with(|depth| depth.set(depth.get() - 1));
    result.map_err(|_| {
        Failure::new(Code::Panic, "a bug in this library was caught; the handle can still be used; please report it")
    })
}

/// Panics inside the library go to the log, not to the host's standard error.
fn quiet_hook() {
    static HOOKED: AtomicBool = AtomicBool::new(false);
    // A flag and no `Once`: a fork while another thread is in here would leave the child waiting for it for ever.
    if HOOKED.load(Ordering::Acquire) || HOOKED.swap(true, Ordering::AcqRel) {
        return;
    }
    let before = take_hook();
    set_hook(Box::new(move |info| {
        let ours = DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0)
            || std::thread::current().name().is_some_and(|n| n.starts_with("captask-"));
        if ours {
            log::error(|| format!("panic: {info}"));
        } else {
            before(info);
        }
    }));
}

/// For functions that answer in JSON: always an object, never NULL.
pub fn answer(body: impl FnOnce() -> Result<String, Failure>) -> *mut c_char {
    let text = caught(body).and_then(|result| result).unwrap_or_else(|failure| failure.to_json());
    text::give(text)
}

/// For functions that give the answer of a ticket: `Ok(None)` is NULL.
pub fn delivery(body: impl FnOnce() -> Result<Option<Delivery>, Failure>) -> *mut c_char {
    match caught(body).and_then(|result| result) {
        Ok(None) => std::ptr::null_mut(),
        Ok(Some(delivery)) => text::deliver(delivery),
        Err(failure) => text::give(failure.to_json()),
    }
}

/// For functions that make something: its number, or 0 and the failure through `error`.
///
/// # Safety
///
/// `error` is NULL or may be written to.
pub unsafe fn number<N: From<u8>>(error: *mut *mut c_char, body: impl FnOnce() -> Result<N, Failure>) -> N {
    let result = caught(body).and_then(|result| result);
    let (number, text) = match result {
        Ok(number) => (number, std::ptr::null_mut()),
        Err(failure) if error.is_null() => {
            log::debug(|| format!("the caller passed no error pointer for this failure: {failure}"));
            (N::from(0), std::ptr::null_mut())
        }
        Err(failure) => (N::from(0), text::give(failure.to_json())),
    };
    if !error.is_null() {
        // SAFETY: the caller promises that a pointer that is not NULL may be written to.
        unsafe { error.write(text) };
    }
    number
}

/// For functions that say yes or no: a panic is a no.
pub fn quiet<T: Default>(body: impl FnOnce() -> T) -> T {
    caught(body).unwrap_or_default()
}
