//! captask_fd, captask_wake and captask_receive_ticket under many threads, for ThreadSanitizer: tests/c/descriptor.c and
//! tests/c/wake.c say what each has to do.
#![cfg(unix)]

use captask::ffi::{
    captask_cancel, captask_close, captask_fd, captask_free, captask_log_to, captask_open, captask_receive_ticket,
    captask_stop, captask_submit, captask_wake,
};
use std::ffi::CString;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A task bought before, whose first poll comes in an hour.
const ADOPTED: &std::ffi::CStr = c"{\"taskId\":7,\"options\":{\"firstPollMs\":3600000,\"timeoutMs\":7200000}}";

fn open() -> i32 {
    // SAFETY: a text, and no place for an error.
    let client =
        unsafe { captask_open(c"{\"endpoint\":\"http://127.0.0.1:1\",\"clientKey\":\"k\"}".as_ptr(), null_mut()) };
    assert!(client > 0);
    client
}

/// Has an answer at once; the ticket.
fn answered(client: i32) -> i64 {
    // SAFETY: a text, and no place for an error.
    let ticket = unsafe { captask_submit(client, ADOPTED.as_ptr(), null_mut()) };
    assert!(ticket > 0);
    assert_eq!(captask_cancel(client, ticket), 1);
    ticket
}

/// The next answer's ticket; 0 for none.
fn receive(client: i32, timeout_ms: i32) -> i64 {
    let mut ticket = -1;
    // SAFETY: a place for the ticket; the text is released once.
    unsafe {
        let answer = captask_receive_ticket(client, timeout_ms, &raw mut ticket);
        assert!(!answer.is_null() || ticket == 0);
        captask_free(answer);
    }
    ticket
}

fn readable(fd: i64, timeout: Duration) -> bool {
    let mut poll = libc::pollfd { fd: i32::try_from(fd).expect("a descriptor"), events: libc::POLLIN, revents: 0 };
    let millis = i32::try_from(timeout.as_millis()).expect("some time");
    // SAFETY: one entry, ours.
    unsafe { libc::poll(&raw mut poll, 1, millis) == 1 }
}

#[test]
fn every_answer_of_many_threads_comes_through_the_descriptor() {
    const PRODUCERS: usize = 3;
    const EACH: usize = 3000;
    let client = open();
    // SAFETY: no place for an error.
    let fd = unsafe { captask_fd(client, null_mut()) };
    let (sum, produced, consumed) = (AtomicI64::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let mut seen = 0;
    thread::scope(|scope| {
        for _ in 0..PRODUCERS {
            scope.spawn(|| {
                for _ in 0..EACH {
                    let number = produced.fetch_add(1, Ordering::Relaxed);
                    while number > consumed.load(Ordering::Relaxed) + 2 {
                        thread::yield_now();
                    }
                    sum.fetch_add(answered(client), Ordering::Relaxed);
                }
            });
        }
        while consumed.load(Ordering::Relaxed) < PRODUCERS * EACH {
            assert!(readable(fd, Duration::from_secs(60)), "a wake-up is lost");
            let first = receive(client, 0);
            assert!(first > 0, "readable with nothing to give");
            let mut next = first;
            while next > 0 {
                seen += next;
                consumed.fetch_add(1, Ordering::Relaxed);
                next = receive(client, 0);
            }
        }
    });
    assert_eq!(seen, sum.into_inner());
    assert!(!readable(fd, Duration::ZERO));
    assert_eq!(captask_close(client), 1);
}

#[test]
fn wakes_and_answers_meet_the_threads_that_wait() {
    const THREADS: usize = 3;
    let client = open();
    for _ in 0..50 {
        let (returned, seen) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut late = 0;
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while receive(client, -1) > 0 {
                        seen.fetch_add(1, Ordering::Relaxed);
                    }
                    returned.fetch_add(1, Ordering::Release);
                });
            }
            for _ in 0..20 {
                answered(client);
            }
            for home in 0..THREADS {
                assert_eq!(captask_wake(client), 1);
                while returned.load(Ordering::Acquire) == home {
                    thread::yield_now();
                }
            }
        });
        while receive(client, 0) > 0 {
            late += 1;
        }
        assert_eq!(seen.into_inner() + late, 20);
    }
    assert_eq!(captask_close(client), 1);
}

/// Everything at once, with clients that are stopped and closed in the middle of it, and lines that go to a file.
#[test]
fn clients_end_in_the_middle_of_everything() {
    let file =
        CString::new(std::env::temp_dir().join(format!("captask-{}", std::process::id())).to_str().unwrap()).unwrap();
    for round in 0..30 {
        let client = open();
        let (over, calls) = (AtomicBool::new(false), AtomicUsize::new(0));
        thread::scope(|scope| {
            for kind in 0..4 {
                let (over, calls, file) = (&over, &calls, &file);
                scope.spawn(move || {
                    while !over.load(Ordering::Acquire) {
                        calls.fetch_add(1, Ordering::Relaxed);
                        // SAFETY: texts, and places for what comes back or none.
                        unsafe {
                            match kind {
                                0 => {
                                    let ticket = captask_submit(client, ADOPTED.as_ptr(), null_mut());
                                    captask_cancel(client, ticket);
                                }
                                1 => {
                                    // Not to be watched: it may be another file's by now.
                                    captask_fd(client, null_mut());
                                }
                                2 => {
                                    captask_wake(client);
                                    assert_eq!(captask_log_to(file.as_ptr(), 5, null_mut()), 1);
                                }
                                _ => captask_free(captask_receive_ticket(client, 1, null_mut())),
                            }
                        }
                    }
                });
            }
            while calls.load(Ordering::Relaxed) < 40 {
                thread::yield_now();
            }
            if round % 2 == 0 {
                captask_stop(client);
            }
            assert_eq!(captask_close(client), 1);
            over.store(true, Ordering::Release);
        });
    }
    // SAFETY: NULL ends it.
    assert_eq!(unsafe { captask_log_to(std::ptr::null(), 0, null_mut()) }, 1);
    std::fs::remove_file(file.to_str().unwrap()).expect("lines were written");
}
