//! A forked child and the handles it inherits.
#![cfg(unix)]

mod support;

use captask::ffi;
use serde_json::{Value, json};
use std::ffi::{CStr, CString, c_char};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use support::faulty_server::{FaultyServer, good};
use support::{Client, config, task, until};

const ROLE: &str = "CAPTASK_TEST_ROLE";

/// What is in a text of captask, which is freed.
fn holds(text: *mut c_char, wanted: &str) -> bool {
    if text.is_null() {
        return false;
    }
    // SAFETY: a text of captask that is not NULL is terminated, and freed once.
    let found = unsafe { CStr::from_ptr(text) }.to_bytes().windows(wanted.len()).any(|w| w == wanted.as_bytes());
    // SAFETY: as above.
    unsafe { ffi::captask_free(text) };
    found
}

/// In the forked process: which check failed first, or 0.
fn inherited(handle: i32, url: &str) -> i32 {
    let request = c"{\"task\":{\"type\":\"X\"}}".as_ptr();
    let mut error = std::ptr::null_mut();
    // SAFETY: terminated texts, and a pointer that may be written to.
    let answers = unsafe {
        [
            ffi::captask_get_balance(handle),
            ffi::captask_get_user_agent(handle),
            ffi::captask_create_task(handle, request),
            ffi::captask_get_task_result(handle, c"{\"taskId\":5}".as_ptr()),
            ffi::captask_report_incorrect(handle, c"{\"taskId\":5,\"type\":\"X\"}".as_ptr()),
            ffi::captask_call(handle, c"getBalance".as_ptr(), c"{}".as_ptr()),
            // The handle is told before the text.
            ffi::captask_call(handle, std::ptr::null(), std::ptr::null()),
            ffi::captask_solve(handle, request),
            ffi::captask_wait(handle, 1, -1),
            ffi::captask_receive(handle, -1),
            ffi::captask_inspect(handle),
            match ffi::captask_submit(handle, request, &raw mut error) {
                0 => error,
                _ => std::ptr::null_mut(),
            },
        ]
    };
    for (at, answer) in answers.into_iter().enumerate() {
        if !holds(answer, "CAPTASK_FORKED") {
            return 10 + i32::try_from(at).unwrap_or(0);
        }
    }
    if (ffi::captask_cancel(handle, 1), ffi::captask_stop(handle), ffi::captask_close(handle)) != (0, 0, 0) {
        return 40;
    }
    // Closed or not, it stays the parent's.
    if !holds(ffi::captask_inspect(handle), "CAPTASK_FORKED") {
        return 41;
    }
    // SAFETY: no sink, so nothing is called.
    unsafe { ffi::captask_set_log(None, std::ptr::null_mut(), 5) };
    let Ok(own) = CString::new(config(url, json!({})).to_string()) else { return 42 };
    // SAFETY: terminated texts, and a pointer that may be written to.
    unsafe {
        let client = ffi::captask_open(own.as_ptr(), &raw mut error);
        if client <= handle {
            return 43;
        }
        if !holds(ffi::captask_get_balance(client), "\"balance\":1.5") {
            return 44;
        }
        if !holds(ffi::captask_solve(client, request), "\"ready\"") {
            return 45;
        }
        if ffi::captask_close(client) != 1 {
            return 46;
        }
    }
    0
}

/// How a child ended; one that takes too long is killed.
fn ended(pid: libc::pid_t) -> Option<i32> {
    let (mut status, end) = (0, std::time::Instant::now() + std::time::Duration::from_secs(20));
    // SAFETY: our own child and a status to write to.
    while unsafe { libc::waitpid(pid, &raw mut status, libc::WNOHANG) } == 0 {
        if std::time::Instant::now() > end {
            // SAFETY: our own child.
            unsafe { libc::kill(pid, libc::SIGKILL) };
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    Some(status)
}

/// Forks in the midst of threads that hold every lock there is, again and again.
#[test]
fn the_child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let faulty = FaultyServer::start(good);
    let over = AtomicBool::new(false);
    #[cfg(target_os = "linux")]
    if role == "namespace" {
        return same_number(&faulty.url());
    }
    if role == "logged" {
        support::collect_log();
    }
    let client = Client::at(&faulty.url(), json!({}));
    let (handle, url) = (client.0, faulty.url());
    let sandbox = if cfg!(feature = "sandbox") { open_sandbox() } else { 0 };
    std::thread::scope(|scope| {
        for n in 0..2 {
            let (client, over, faulty) = (&client, &over, &faulty);
            scope.spawn(move || {
                while !over.load(Ordering::Acquire) {
                    client.submit(&task("one"));
                    client.inspect();
                    if n == 0 {
                        client.receive(5);
                        drop(Client::at(&faulty.url(), json!({})));
                    } else {
                        client.receive(0);
                    }
                }
            });
        }
        until("work is under way", || faulty.polls() > 3);
        for round in 0..20 {
            // SAFETY: the child runs nothing but captask and leaves by _exit.
            let pid = unsafe { libc::fork() };
            if pid == 0 {
                let result = std::panic::catch_unwind(|| inherited(handle, &url)).unwrap_or(99);
                let result = match (result, sandbox) {
                    (0, 1..) if !holds(ffi::captask_inspect(sandbox), "CAPTASK_FORKED") => 50,
                    (result, _) => result,
                };
                // SAFETY: ends this process without running what belongs to the parent.
                unsafe { libc::_exit(result) };
            }
            assert!(pid > 0, "fork");
            let Some(status) = ended(pid) else {
                over.store(true, Ordering::Release);
                panic!("{round}: the child hangs");
            };
            if status != 0 {
                over.store(true, Ordering::Release);
            }
            assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 0), "{round}");
        }
        over.store(true, Ordering::Release);
    });
    // The parent goes on.
    assert_eq!(client.solve(&task("after"))["status"], "ready");
    assert_eq!(client.balance()["errorId"], 0);
    println!("went on");
}

fn open_sandbox() -> i32 {
    #[cfg(feature = "sandbox")]
    {
        let sandbox = support::Sandbox::open(&json!({}));
        let handle = sandbox.0;
        // It stays open as long as the process.
        std::mem::forget(sandbox);
        handle
    }
    #[cfg(not(feature = "sandbox"))]
    0
}

fn run(role: &str) {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "the_child", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .stdin(Stdio::null())
        .output()
        .expect("a child");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("went on"), "{out}\n{err}");
}

#[test]
fn inherited_handles_answer_forked_while_locks_are_held() {
    run("plain");
}

#[test]
fn the_same_with_a_log_sink_at_work() {
    run("logged");
}

#[test]
fn a_handle_that_never_was_is_unknown_and_not_forked() {
    let answer = Client(i32::MAX).inspect();
    assert_eq!(answer["errorCode"], Value::from("CAPTASK_UNKNOWN_HANDLE"));
}

#[cfg(target_os = "linux")]
/// Forks a child that has the same process id as this one, in a namespace of its own.
fn same_number(url: &str) {
    let client = Client::at(url, json!({}));
    // SAFETY: the next child is the first process of a new namespace.
    assert_eq!(unsafe { libc::unshare(libc::CLONE_NEWPID) }, 0, "{}", std::io::Error::last_os_error());
    let own = std::process::id();
    // SAFETY: the child runs nothing but captask and leaves by _exit.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        let result = if std::process::id() == own { inherited(client.0, url) } else { 98 };
        // SAFETY: ends this process without running what belongs to the parent.
        unsafe { libc::_exit(result) };
    }
    let status = ended(pid).expect("the child hangs");
    assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 0));
    assert_eq!(client.balance()["errorId"], 0);
    println!("went on");
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_with_its_parents_number_is_a_child() {
    let ways: [&[&str]; 2] = [&["--pid", "--fork"], &["--user", "--map-root-user", "--pid", "--fork"]];
    let works = |way: &&&[&str]| {
        let tried = Command::new("unshare").args(**way).arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    let Some(way) = ways.iter().find(works) else { return support::skip("unshare and the right to make namespaces") };
    let output = Command::new("unshare")
        .args(*way)
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", "the_child", "--nocapture", "--test-threads=1"])
        .env(ROLE, "namespace")
        .stdin(Stdio::null())
        .output()
        .expect("unshare");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("went on"), "{out}\n{err}");
}
