//! Create and wait: solve, and the tickets of submit.

use super::{guard, handles, text};
use crate::client::{self, Delivery, Waited};
use std::ffi::c_char;

/// Buys a task and waits for its solution, or waits for a task bought before.
///
/// `request` is {"task":{…},"callbackUrl":"…","options":{…},"extra":…} to buy, or {"taskId":…,"options":{…},"extra":…}
/// to adopt; captask_describe("request") lists the options. Blocks until the task is ready, has failed, or its
/// deadline (options.timeoutMs) has passed.
///
/// Returns {"errorId":0,"status":"ready","solution":{…},"taskId":…,"ticket":…,"extra":…,"meta":{…}} or an error object,
/// with the taskId whenever one is known, so that a task that was paid for can be adopted; never NULL; the caller frees
/// it. Members that the service itself sends stay as they are; the library's members of the same name are then inside
/// "captask" (or "captask_", if that is taken too). Polls are at least the interval apart. The interval is stretched
/// when 120 polls would run out before the deadline. Codes as of captask_submit and captask_wait.
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
/// Returns the ticket (> 0, below 2^53): it gets exactly one answer, to be read with captask_wait or captask_receive.
/// On failure nothing was sent; returns 0 and, through `error` unless that is NULL, an error object
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
/// `timeout_ms` 0 returns at once, -1 waits without a limit. Each answer is read once.
///
/// Returns the answer as captask_solve does, which the caller frees, or NULL when it is not there yet. Codes beside
/// the task's own: CAPTASK_UNKNOWN_TICKET (never submitted here, read already, or another caller waits for it),
/// CAPTASK_TIMEOUT, _CANCELLED, _CLOSED, _OUTCOME_UNKNOWN, _CONNECT, _TLS, _GUARD, _PANIC,
/// CAPTASK_INVALID_ARGUMENT (another negative timeout), _UNKNOWN_HANDLE, _FORKED.
#[unsafe(no_mangle)]
pub extern "C" fn captask_wait(client: i32, ticket: i64, timeout_ms: i32) -> *mut c_char {
    guard::delivery(|| {
        let client = handles::client(client)?;
        Ok(read(client.engine().wait(ticket, client::timeout(timeout_ms)?)))
    })
}

/// Waits for the next answer of any ticket for which no captask_wait is waiting.
///
/// `timeout_ms` 0 returns at once, -1 waits without a limit, also on a client without work. Many threads may receive at
/// once; each answer goes to one of them.
///
/// Returns the answer, which the caller frees, or NULL when there is none yet, or when captask_wake ended the wait.
/// After captask_stop it never returns NULL: once every answer is read, CAPTASK_CLOSED. Codes as of captask_wait.
#[unsafe(no_mangle)]
pub extern "C" fn captask_receive(client: i32, timeout_ms: i32) -> *mut c_char {
    guard::delivery(|| {
        let client = handles::client(client)?;
        Ok(read(client.engine().receive(client::timeout(timeout_ms)?)))
    })
}

/// Receives as captask_receive does, and also returns the ticket of the answer.
///
/// Stores in `ticket`, unless that is NULL, the number that captask_submit returned for this answer. The member
/// "ticket" of the answer is not always this number, because the service may send a member of the same name. The number
/// is 0 when the function returns NULL, and when the answer is an error of this call: a wrong handle or timeout, or
/// CAPTASK_CLOSED after every answer is read.
///
/// Returns what captask_receive returns; the caller frees it.
///
/// # Safety
///
/// `ticket` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_receive_ticket(client: i32, timeout_ms: i32, ticket: *mut i64) -> *mut c_char {
    let mut number = 0;
    let answer = guard::delivery(|| {
        let client = handles::client(client)?;
        let delivery = read(client.engine().receive(client::timeout(timeout_ms)?));
        number = delivery.as_ref().map_or(0, |delivery| delivery.ticket);
        Ok(delivery)
    });
    if !ticket.is_null() {
        // SAFETY: the caller promises that a pointer that is not NULL may be written to.
        unsafe { ticket.write(number) };
    }
    answer
}

/// A descriptor for the program's own event loop: select, poll, epoll, kqueue, libuv, asyncio, GLib, Qt.
///
/// It is readable while captask_receive has something to give, and always after captask_stop. Then call captask_receive
/// (or captask_receive_ticket) with a timeout of 0 until it returns NULL, or after a stop until it returns
/// CAPTASK_CLOSED with ticket 0: loops that report only changes (EPOLLET) report no further answer until then. It may
/// be readable although another thread has taken the answer. It is always readable while an answer is available; with
/// one consumer it is not readable after a NULL until something finishes. Answers that captask_solve and captask_wait
/// wait for, and captask_wake, do not make it readable.
///
/// It is made at the first call, and is the same at each. The client owns it: never read, write or close it. Take
/// it out of the loop before captask_close, which closes it: its number may then be another file's. It is closed in
/// programs that this one starts, and a forked child must not watch it. select takes descriptors below FD_SETSIZE only.
/// On Windows it is a SOCKET, for select, WSAPoll, WSAEventSelect and WSAAsyncSelect, not for completion ports: with
/// asyncio's Proactor loop, as in Java and .NET, receive on one thread instead.
///
/// Returns the descriptor (never 0, 1 or 2). On failure returns 0 and, through `error` unless that is NULL, an error
/// object that the caller frees: CAPTASK_UNKNOWN_HANDLE, CAPTASK_FORKED, CAPTASK_CLOSED, CAPTASK_QUEUE_FULL (the
/// process or the system has no descriptor left).
///
/// # Safety
///
/// `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_fd(client: i32, error: *mut *mut c_char) -> i64 {
    // SAFETY: the caller's promise.
    unsafe { guard::number(error, || handles::client(client)?.engine().descriptor()) }
}

/// Ends a wait: one thread that is blocked in captask_receive or captask_receive_ticket, or the next that would block
/// there, returns NULL at once.
///
/// Each call ends one wait. While no thread is blocked, any number of calls ends one wait only, the next one. A call of
/// captask_receive that finds an answer returns the answer, and the wait after it ends instead; a call with a timeout
/// of 0 is not a wait. captask_wake does not end captask_solve or captask_wait, and does not make the descriptor of
/// captask_fd readable. After captask_stop it has no effect. A signal handler must not call it: it takes a lock.
///
/// Returns 1, or 0 when there is no such client.
#[unsafe(no_mangle)]
pub extern "C" fn captask_wake(client: i32) -> i32 {
    guard::quiet(|| match handles::client(client) {
        Ok(client) => {
            client.engine().wake();
            1
        }
        Err(_) => 0,
    })
}

/// Cancels a ticket. Its answer, CAPTASK_CANCELLED, is available at once, and must still be read.
///
/// The answer has the taskId when one is known, since the task is paid for all the same, or "outcomeUnknown":true
/// when createTask had been sent.
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
