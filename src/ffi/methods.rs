//! One function for each method of the service, and one for any other.

use super::{guard, handles, text};
use crate::protocol::Failure;
use std::ffi::c_char;

/// Calls a method with the request at `request`.
///
/// # Safety
///
/// `request` is NULL or NUL-terminated.
unsafe fn call(client: i32, method: &str, request: *const c_char) -> Result<String, Failure> {
    let client = handles::client(client)?;
    // SAFETY: the caller's promise.
    let request = unsafe { text::take(request, "request") }?;
    Ok(client.call(method, request))
}

/// Buys a task: the service's createTask.
///
/// `request` is the documented body, {"task":{"type":…},…}; clientKey (and softId) are filled in from the
/// configuration when absent, and everything else is sent unchanged. Blocks until there is an answer, at most
/// callTimeoutMs. The library repeats the request only if it is certain that nothing was bought.
///
/// Returns the service's answer, {"errorId":0,"taskId":…}, or an error object; never NULL; the caller frees it. Codes
/// beside the service's own: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK (validate
/// "strict"), _UNKNOWN_HANDLE, _FORKED, _CLOSED, _GUARD, _CONNECT, _TLS, _BAD_RESPONSE (every attempt was
/// refused with HTTP 429), and CAPTASK_OUTCOME_UNKNOWN when the request was sent and no answer came: a task may have been
/// bought. An attempt that has begun may take requestTimeoutMs, even beyond callTimeoutMs.
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_create_task(client: i32, request: *const c_char) -> *mut c_char {
    // SAFETY: the caller's promise.
    guard::answer(|| unsafe { call(client, "createTask", request) })
}

/// Requests the state of a task once: the service's getTaskResult.
///
/// `request` is {"taskId":…}, the taskId as createTask gave it; clientKey is filled in. The service allows 120 of these
/// for a task and wants 2 s between them; captask_solve and captask_wait keep to these limits for you.
///
/// Returns the service's answer, {"errorId":0,"status":"processing"|"ready","solution":…}, or an error object; never
/// NULL; the caller frees it. Attempts that bring no answer are repeated until callTimeoutMs. Codes as of
/// captask_get_balance and CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST.
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_get_task_result(client: i32, request: *const c_char) -> *mut c_char {
    // SAFETY: the caller's promise.
    guard::answer(|| unsafe { call(client, "getTaskResult", request) })
}

/// The account's balance: the service's getBalance.
///
/// Returns {"errorId":0,"balance":…}, a decimal number in US dollars, or an error object; never NULL; the caller frees
/// it. Codes beside the service's own: CAPTASK_UNKNOWN_HANDLE, _FORKED, _CLOSED, _INVALID_REQUEST (no key), _TLS when
/// the TLS handshake was refused, and after attempts until callTimeoutMs: _CONNECT, _TLS (the handshake was cut),
/// _NETWORK, _BAD_RESPONSE. An answer of more than 32 MiB is not read.
#[unsafe(no_mangle)]
pub extern "C" fn captask_get_balance(client: i32) -> *mut c_char {
    guard::answer(|| Ok(handles::client(client)?.call("getBalance", "{}")))
}

/// The browser user agent that the service currently recommends for tasks.
///
/// Returns {"errorId":0,"userAgent":"…"} or an error object; never NULL; the caller frees it. Asks the host of
/// userAgentEndpoint, without a key. Codes as of captask_get_balance.
#[unsafe(no_mangle)]
pub extern "C" fn captask_get_user_agent(client: i32) -> *mut c_char {
    guard::answer(|| Ok(handles::client(client)?.user_agent()))
}

/// Reports to the service that a solution was wrong.
///
/// `request` is {"taskId":…,"type":"ImageToTextTask"}: the type decides between
/// reportIncorrectImageCaptcha and reportIncorrectTokenCaptcha, and is not sent.
///
/// Returns the service's answer, {"errorId":0,"status":"success"}, or an error object; never NULL; the caller frees
/// it. The library does not repeat it after it was sent. Codes as of captask_get_balance and CAPTASK_INVALID_ARGUMENT,
/// _INVALID_JSON, _INVALID_REQUEST.
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_report_incorrect(client: i32, request: *const c_char) -> *mut c_char {
    guard::answer(|| {
        let client = handles::client(client)?;
        // SAFETY: the caller's promise.
        let request = unsafe { text::take(request, "request") }?;
        Ok(client.report_incorrect(request))
    })
}

/// Calls any method of the service, also one that this version does not know.
///
/// `method` is the last part of the URL, of letters, digits and underscores; `request` is its body, a JSON object, with
/// clientKey filled in when absent. createTask, getTaskResult, getBalance and getUserAgent follow the rules of their
/// own functions; the library repeats nothing else after it was sent.
///
/// Returns the service's answer or an error object; never NULL; the caller frees it. Codes as of captask_create_task
/// and captask_get_balance.
///
/// # Safety
///
/// `method` and `request` are NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_call(client: i32, method: *const c_char, request: *const c_char) -> *mut c_char {
    guard::answer(|| {
        let client = handles::client(client)?;
        // SAFETY: the caller's promise, for both.
        let (method, request) = unsafe { (text::take(method, "method")?, text::take(request, "request")?) };
        Ok(client.call(method, request))
    })
}
