//! Opening, stopping, closing and looking at clients.

use super::handles;
use super::{guard, text};
use crate::instance::{Client, Instance};
use crate::log;
use std::ffi::c_char;
use std::sync::Arc;

/// Opens a client.
///
/// `config` is a JSON object, every key optional, or NULL for all defaults; captask_describe("config") lists the keys.
/// Opening uses no network. With "endpoint":"sandbox:" the client starts its own stand-in for the service.
///
/// Returns the client's handle (> 0), to be closed with captask_close. On failure returns 0 and, through `error`
/// unless that is NULL, an error object that the caller frees: CAPTASK_INVALID_ARGUMENT (not UTF-8),
/// CAPTASK_INVALID_JSON, CAPTASK_INVALID_CONFIG (the member is named), CAPTASK_NOT_BUILT. On success `*error` is NULL.
///
/// # Safety
///
/// `config` is NULL or NUL-terminated; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_open(config: *const c_char, error: *mut *mut c_char) -> i32 {
    // SAFETY: the caller's promise, for both.
    unsafe {
        guard::number(error, || {
            let config = text::take_optional(config, "config")?;
            let client = Arc::new(Client::open(config)?);
            let handle = handles::insert(Instance::Client(client.clone()))?;
            client.engine().name(handle);
            log::info(|| format!("client {handle}: opened"));
            Ok(handle)
        })
    }
}

/// Stops a client: it takes no new work, and every task in flight ends as CAPTASK_CLOSED with its taskId.
///
/// The answers are still there to be received; once all are read, captask_receive answers CAPTASK_CLOSED. Callers that
/// are blocked return within 100 ms. The handle stays open until captask_close.
///
/// Returns 1, or 0 when there is no such client. Stopping twice does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn captask_stop(client: i32) -> i32 {
    guard::quiet(|| match handles::client(client) {
        Ok(found) => {
            if found.stop() {
                log::info(|| format!("client {client}: stopped"));
            }
            1
        }
        Err(_) => 0,
    })
}

/// Closes a client or a sandbox and frees everything it has; the handle is never used again.
///
/// A client need not be stopped before. Callers that are blocked on the handle return within 100 ms with
/// CAPTASK_CLOSED (with "outcomeUnknown":true for one inside createTask). Unread answers are dropped, their taskIds
/// logged, or kept by the journal. Texts that were returned stay the caller's.
///
/// Returns 1, or 0 when there is no such handle; closing twice does nothing. In a forked child, closing a handle of the
/// parent does nothing and returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn captask_close(handle: i32) -> i32 {
    guard::quiet(|| match handles::remove(handle) {
        Some(Instance::Client(client)) => {
            client.close();
            log::info(|| format!("client {handle}: closed"));
            1
        }
        #[cfg(feature = "sandbox")]
        Some(Instance::Sandbox(sandbox)) => {
            sandbox.close();
            log::info(|| format!("sandbox {handle}: closed"));
            1
        }
        None => 0,
    })
}

/// Returns counters and state of a client or a sandbox, for logs and diagnostics.
///
/// Of a client: {"errorId":0,"kind":"client","endpoint","url","inFlight","unread","created","polls","retries",
/// "connections","threads","callbackPort","callbacks":{"awaited","received","refused","crowdedOut"},"pollTimes"}
/// ("callbackPort" and "callbacks" are null without a callback receiver); of a sandbox:
/// {"errorId":0,"kind":"sandbox","url","requests","tasks","balance",…}. Holds no key and no password. Never NULL; the
/// caller frees it. Codes: CAPTASK_UNKNOWN_HANDLE, CAPTASK_FORKED.
#[unsafe(no_mangle)]
pub extern "C" fn captask_inspect(handle: i32) -> *mut c_char {
    guard::answer(|| match handles::get(handle)? {
        Instance::Client(client) => Ok(client.inspect()),
        #[cfg(feature = "sandbox")]
        Instance::Sandbox(sandbox) => Ok(sandbox.inspect()),
    })
}
