//! Log sinks that call the library.

use super::{at, quick, sandbox, tour};
use crate::support::Client;
use crate::support::child::alone;
use crate::support::host::{line, log_off, log_to, taken};
use captask::ffi::*;
use serde_json::json;
use std::ffi::{c_char, c_void};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ThreadId;

static DEPTH: AtomicUsize = AtomicUsize::new(0);
static CALLS: AtomicUsize = AtomicUsize::new(0);
static STAGE: AtomicUsize = AtomicUsize::new(0);
static TARGET: Mutex<Option<(i32, i32)>> = Mutex::new(None);

/// A sink that calls everything itself.
extern "C" fn calls_back(_: i32, line: *const c_char, user: *mut c_void) {
    assert!(!line.is_null() && user as usize == 7);
    if DEPTH.fetch_add(1, Ordering::SeqCst) < 6 {
        CALLS.fetch_add(1, Ordering::SeqCst);
        let target = *TARGET.lock().unwrap();
        tour();
        if let Some((client, sandbox)) = target {
            taken(captask_inspect(client));
            taken(captask_inspect(sandbox));
            match STAGE.fetch_add(1, Ordering::SeqCst) {
                0 => log_to(calls_back, 7 as *mut c_void),
                1 => {
                    captask_stop(client);
                }
                2 => {
                    captask_close(client);
                    captask_close(sandbox);
                }
                3 => log_off(),
                _ => {}
            }
        }
    }
    DEPTH.fetch_sub(1, Ordering::SeqCst);
}

#[test]
fn a_sink_may_call_everything() {
    alone("sinks::a_sink_may_call_everything", || {
        let (sandbox, other) = (sandbox(), sandbox());
        let client = Client::open(json!({"endpoint": other.url(), "clientKey": "k"}));
        *TARGET.lock().unwrap() = Some((client.0, sandbox.0));
        log_to(calls_back, 7 as *mut c_void);
        for _ in 0..4 {
            client.balance();
            if let Ok(ticket) = client.try_submit(&quick()) {
                client.wait(ticket, 10_000);
            }
        }
        log_off();
        assert!(CALLS.load(Ordering::SeqCst) >= 4);
        assert_eq!(captask_close(client.0), 0, "closed from within the sink");
    });
}

extern "C" fn wants_its_user_alive(_: i32, _: *const c_char, user: *mut c_void) {
    // SAFETY: the test gives the sink a pointer to one of these, which lives as long as the test.
    let alive = unsafe { &*user.cast::<AtomicBool>() };
    for _ in 0..20 {
        assert!(alive.load(Ordering::SeqCst), "called after set_log had returned");
        std::thread::yield_now();
    }
    CALLS.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn sinks_are_replaced_while_others_log() {
    alone("sinks::sinks_are_replaced_while_others_log", || {
        let sandbox = sandbox();
        let client = at(&sandbox);
        let over = AtomicBool::new(false);
        // Never freed, so that a late call is seen and not undefined.
        let users: Vec<AtomicBool> = (0..200).map(|_| AtomicBool::new(true)).collect();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    while !over.load(Ordering::SeqCst) {
                        client.balance();
                    }
                });
            }
            for user in &users {
                let pointer = std::ptr::from_ref(user).cast_mut().cast();
                let calls = CALLS.load(Ordering::SeqCst);
                log_to(wants_its_user_alive, pointer);
                while CALLS.load(Ordering::SeqCst) == calls {
                    std::thread::yield_now();
                }
                log_off();
                user.store(false, Ordering::SeqCst);
            }
            over.store(true, Ordering::SeqCst);
        });
    });
}

/// Lines, each with the thread that wrote it.
static WRITTEN: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

extern "C" fn notes_the_thread(_: i32, text: *const c_char, _: *mut c_void) {
    WRITTEN.lock().unwrap().push((std::thread::current().id(), line(text)));
}

/// Tickets of different clients have the same numbers: a host that wants to know whose line it is has the thread alone.
#[test]
fn a_thread_names_its_client_before_it_names_a_ticket() {
    alone("sinks::a_thread_names_its_client_before_it_names_a_ticket", || {
        let sandbox = sandbox();
        log_to(notes_the_thread, std::ptr::null_mut());
        let clients: Vec<Client> = (0..4).map(|_| at(&sandbox)).collect();
        let tickets: Vec<i64> = clients.iter().map(|client| client.try_submit(&quick()).expect("a ticket")).collect();
        let answers: Vec<_> = clients.iter().zip(&tickets).map(|(client, ticket)| client.wait(*ticket, -1)).collect();
        log_off();
        let written = WRITTEN.lock().unwrap();
        for ((client, ticket), answer) in clients.iter().zip(tickets).zip(answers) {
            let named = format!("client {}: served by this thread", client.0);
            let thread = written.iter().find(|(_, line)| *line == named).expect("a named thread").0;
            let mut lines = written.iter().filter(|(other, _)| *other == thread).map(|(_, line)| line.as_str());
            assert_eq!(lines.next(), Some(named.as_str()), "its first line");
            let bought = format!("ticket {ticket}: bought task {}", answer.expect("an answer")["taskId"]);
            assert!(lines.any(|line| line == bought), "{bought}");
        }
    });
}
