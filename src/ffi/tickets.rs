//! Create and wait: solve, and the tickets of submit.

use super::{guard, handles, text};
use crate::client::{self, Delivery, Waited};
use std::ffi::c_char;

/// Buys a task and waits for its solution, or waits for a task bought before.
///
/// `request` is {"task":{…},"callbackUrl":"…","options":{…},"extra":…} to buy, or {"taskId":…,"options":{…},"extra":…}
/// to adopt; captask_describe("request") tells the options. Blocks until the task is ready, has failed, or its
/// deadline (options.timeoutMs) has passed.
///
/// Returns {"errorId":0,"status":"ready","solution":{…},"taskId":…,"ticket":…,"extra":…,"meta":{…}} or an error
/// object, with the taskId whenever one is known, so that a task that was paid for can be adopted; never NULL; the
/// caller frees it. Members that the service itself sends stay as they are; ours of the same name are then inside
/// "captask" (or "captask_", if that is taken too). Polls are at least the interval apart, and further where the 120
/// that the service allows would not reach the deadline. Codes as of captask_submit and captask_wait.
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_solve(client: i32, request: *const c_char) -> *mut c_char {
    guard::delivery(|| {
        let client = handles::client(client)?;
        // SAFETY: the caller's promise.
        let request = unsafe { text::take(request, "request") }?;
        Ok(Some(client.engine().solve(request)))
    })
}

/// Takes a request as captask_solve does and returns at once with a ticket.
///
/// Returns the ticket (> 0, below 2^53): exactly one answer will be there for it, to be read with captask_wait or
/// captask_receive. On failure nothing was sent; returns 0 and, through `error` unless that is NULL, an error object
/// that the caller frees: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK, _UNKNOWN_HANDLE,
/// _FORKED, _CLOSED, CAPTASK_QUEUE_FULL (maxInFlight, or the journal's disk is full), CAPTASK_GUARD (retryAfterMs).
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_submit(client: i32, request: *const c_char, error: *mut *mut c_char) -> i64 {
    // SAFETY: the caller's promise, for both.
    unsafe {
        guard::number(error, || {
            let client = handles::client(client)?;
            let request = text::take(request, "request")?;
            client.engine().submit(request)
        })
    }
}

/// Waits for the answer of one ticket.
///
/// `timeout_ms` 0 looks and returns, -1 waits for ever. Each answer is read once.
///
/// Returns the answer as captask_solve does, which the caller frees, or NULL when it is not there yet. Codes beside
/// the task's own: CAPTASK_UNKNOWN_TICKET (never submitted here, read already, or somebody else waits for it),
/// CAPTASK_TIMEOUT, _CANCELLED, _CLOSED, _OUTCOME_UNKNOWN, _CONNECT, _TLS, _GUARD, _PANIC,
/// CAPTASK_INVALID_ARGUMENT (another negative timeout), _UNKNOWN_HANDLE, _FORKED.
#[unsafe(no_mangle)]
pub extern "C" fn captask_wait(client: i32, ticket: i64, timeout_ms: i32) -> *mut c_char {
    guard::delivery(|| {
        let client = handles::client(client)?;
        Ok(read(client.engine().wait(ticket, client::timeout(timeout_ms)?)))
    })
}

/// Waits for the next answer of any ticket that nobody waits for in particular.
///
/// `timeout_ms` 0 looks and returns, -1 waits for ever, also on a client without work. Many threads may receive at
/// once; each answer goes to one of them.
///
/// Returns the answer, which the caller frees, or NULL when there is none yet. After captask_stop, once every answer
/// is read, CAPTASK_CLOSED. Codes as of captask_wait.
#[unsafe(no_mangle)]
pub extern "C" fn captask_receive(client: i32, timeout_ms: i32) -> *mut c_char {
    guard::delivery(|| {
        let client = handles::client(client)?;
        Ok(read(client.engine().receive(client::timeout(timeout_ms)?)))
    })
}

/// Gives a ticket up. Its answer, CAPTASK_CANCELLED, is there at once, still to be read.
///
/// The answer has the taskId when one is known, since the task is paid for all the same, or "outcomeUnknown":true
/// when createTask was on the wire.
///
/// Returns 1, or 0 when the ticket is not in flight: answered already, or unknown.
#[unsafe(no_mangle)]
pub extern "C" fn captask_cancel(client: i32, ticket: i64) -> i32 {
    guard::quiet(|| match handles::client(client) {
        Ok(client) => i32::from(client.engine().cancel(ticket)),
        Err(_) => 0,
    })
}

fn read(waited: Waited) -> Option<Delivery> {
    match waited {
        Waited::Answer(delivery) => Some(delivery),
        Waited::NotYet => None,
    }
}
