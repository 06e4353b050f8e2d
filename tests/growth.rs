//! What stays cheap when there is much of it: releasing answers, and cancelling tickets. A program of its own, because it measures
//! the process's time.
#![cfg(unix)]

mod support;

use captask::ffi;
use serde_json::json;
use std::ffi::{CString, c_char};
use std::time::Duration;
use support::faulty_server::{FaultyServer, good};
use support::{Client, Scratch, task};

/// The processor time that this process has had.
fn process_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a clock that every Unix has, and a place of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The time that `work` takes, the least of three, and never so little that it is not measured well.
fn least(mut work: impl FnMut() -> Duration) -> f64 {
    (0..3).map(|_| work()).min().unwrap_or_default().as_secs_f64().max(2e-3)
}

/// Answers of tickets that a host holds, each with a receipt for the journal.
fn held(client: &Client, count: usize) -> Vec<*mut c_char> {
    for n in 0..count {
        client.submit(&task(&n.to_string()));
    }
    let answer = |_| {
        let answer = ffi::captask_receive(client.0, 30_000);
        assert!(!answer.is_null());
        answer
    };
    (0..count).map(answer).collect()
}

#[test]
fn the_time_to_release_an_answer_does_not_grow_with_those_that_are_held() {
    const FEW: usize = 500;
    const MANY: usize = 16 * FEW;
    let journal = Scratch::file("held");
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url(), json!({"journal": journal, "maxConnections": 16}));
    let mut answers = held(&client, MANY + FEW);
    let mut release = |count: usize| {
        let start = process_time();
        for answer in answers.split_off(answers.len() - count) {
            // SAFETY: an answer of captask, released once.
            unsafe { ffi::captask_free(answer) };
        }
        (process_time() - start).as_secs_f64() / count as f64
    };
    // The first while all the others are held, the last when there are none.
    let many = (0..4).map(|_| release(FEW / 4)).fold(f64::MAX, f64::min);
    release(MANY - FEW);
    let few = (0..4).map(|_| release(FEW / 4)).fold(f64::MAX, f64::min);
    assert!(many < 6.0 * few.max(2e-6), "{many} s each while {MANY} are held, {few} s with {FEW}");
}

#[test]
fn the_time_to_cancel_grows_with_the_number_of_tickets() {
    // Nothing is ever sent: the tickets wait for a connection that is never made.
    let config = |count: usize| {
        json!({
            "endpoint": "http://127.0.0.1:9", "clientKey": "k", "validate": "off", "connectTimeoutMs": 60_000,
            "guard": {"tasksPerMinute": 1_000_000, "maxTasks": 10_000_000}, "maxInFlight": count,
        })
    };
    let request = CString::new(task("one").to_string()).expect("no NUL");
    for backwards in [false, true] {
        let time = |count: usize| {
            least(|| {
                let client = Client::open(config(count));
                let mut tickets: Vec<i64> = (0..count)
                    .map(|_| {
                        // SAFETY: a terminated text, and no place for an error.
                        unsafe { ffi::captask_submit(client.0, request.as_ptr(), std::ptr::null_mut()) }
                    })
                    .collect();
                if backwards {
                    tickets.reverse();
                }
                let start = process_time();
                let cancelled: i32 = tickets.iter().map(|ticket| client.cancel(*ticket)).sum();
                assert!(cancelled > 0);
                process_time() - start
            })
        };
        let (one, eight) = (time(2_000), time(16_000));
        assert!(eight < 24.0 * one, "backwards {backwards}: {one} s, and {eight} s for eight times as many");
    }
}
