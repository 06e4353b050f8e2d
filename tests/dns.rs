//! Name look-ups that hang. The process's own `getaddrinfo` stands before the C library's: no name server is asked.
#![cfg(target_os = "linux")]

mod support;

use serde_json::{Value, json};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use support::faulty_server::{FaultyServer, Gate, good};
use support::{Client, returns, task, until};

const BOUND: Duration = Duration::from_secs(2);

static GATE: LazyLock<Gate> = LazyLock::new(Gate::default);
static HANGING: AtomicUsize = AtomicUsize::new(0);

/// Tests that count threads or look-ups have the process to themselves.
static ALONE: Mutex<()> = Mutex::new(());

type GetAddrInfo = unsafe extern "C" fn(*const c_char, *const c_char, *const c_void, *mut c_void) -> c_int;

/// Names in `.hang` never come back; everything else goes to the C library.
///
/// # Safety
///
/// As of the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getaddrinfo(
    node: *const c_char,
    service: *const c_char,
    hints: *const c_void,
    found: *mut c_void,
) -> c_int {
    // SAFETY: a node that is not NULL is a C string.
    if !node.is_null() && unsafe { CStr::from_ptr(node) }.to_bytes().ends_with(b".hang") {
        HANGING.fetch_add(1, Ordering::AcqRel);
        GATE.pass();
        HANGING.fetch_sub(1, Ordering::AcqRel);
        return libc::EAI_FAIL;
    }
    // SAFETY: the next symbol of this name is the C library's, of this type.
    unsafe {
        let next = libc::dlsym(libc::RTLD_NEXT, c"getaddrinfo".as_ptr());
        assert!(!next.is_null());
        std::mem::transmute::<*mut c_void, GetAddrInfo>(next)(node, service, hints, found)
    }
}

fn code(answer: &Value) -> &str {
    answer["errorCode"].as_str().unwrap_or("")
}

/// Threads of the library in this process: their names say whose they are.
fn threads() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    tasks
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
        .filter(|name| name.starts_with("captask-"))
        .count()
}

#[test]
fn close_and_stop_do_not_wait_for_a_look_up() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for close in [true, false] {
        let before = HANGING.load(Ordering::Acquire);
        let client = Arc::new(Client::at("http://service.hang:80", json!({"connectTimeoutMs": 60_000})));
        let asks: [fn(&Client) -> Value; 4] = [
            |c| c.balance(),
            |c| c.create_task(&task("one")),
            |c| c.solve(&task("two")),
            |c| c.receive(-1).expect("an answer"),
        ];
        let callers = asks.map(|ask| {
            let client = client.clone();
            thread::spawn(move || ask(&client))
        });
        until("the look-up hangs", || HANGING.load(Ordering::Acquire) > before);
        until("the ticket is there", || client.inspect()["inFlight"] == 1);
        let theirs = client.clone();
        assert_eq!(returns("the end", BOUND, move || if close { theirs.close() } else { theirs.stop() }), 1);
        for caller in callers {
            let answer = returns("a caller", BOUND, || caller.join().expect("fine"));
            // Nothing shows that a caller has come in: one that comes after the close finds no handle.
            let late = close && code(&answer) == "CAPTASK_UNKNOWN_HANDLE";
            assert!(late || code(&answer) == "CAPTASK_CLOSED", "{close}: {answer}");
        }
    }
}

#[test]
fn a_look_up_that_hangs_ends_with_the_deadline() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let client = Client::at("http://service.hang:80", json!({"connectTimeoutMs": 300, "callTimeoutMs": 2000}));
    for answer in [client.balance(), client.create_task(&task("one"))] {
        assert_eq!((code(&answer), &answer["retryable"]), ("CAPTASK_CONNECT", &json!(true)), "{answer}");
        assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
    }
}

#[test]
fn look_ups_that_hang_do_not_pile_up_threads() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let before = threads();
    let config = json!({"maxConnections": 4, "connectTimeoutMs": 100, "fallbackEndpoints": ["http://other.hang"]});
    let client = Client::at("http://service.hang:80", config);
    for n in 0..40 {
        client.submit(&task(&n.to_string()));
    }
    let mut most = 0;
    until("both names were asked for again and again", || {
        most = most.max(threads() - before.min(threads()));
        client.inspect()["retries"].as_u64() >= Some(6)
    });
    assert!(most <= 4 + 3, "{most} threads");
    client.close();
}

#[test]
fn a_fallback_serves_while_the_first_name_hangs() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let faulty = FaultyServer::start(good);
    let config = json!({
        "connectTimeoutMs": 1000, "fallbackEndpoints": [format!("http://localhost:{}", faulty.port())],
    });
    let client = Client::at("http://service.hang:80", config);
    assert_eq!(client.solve(&task("one"))["status"], "ready");
    assert_eq!(faulty.creates(), 1);
}
