//! What a host must never notice of the library: signals, standard streams, locale, descriptors, limits.
#![cfg(target_os = "linux")]

mod trust;

use captask::ffi::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ffi::{CStr, c_char, c_void};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use trust::child::alone;
use trust::host::{taken, text};
use trust::{Client, Peer, Sandbox, Scratch};

fn task() -> Value {
    json!({"task": {"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "k"}})
}

fn quick() -> Value {
    let mut request = task();
    request["options"] = json!({"firstPollMs": 1, "pollIntervalMs": 20});
    request
}

fn sandbox() -> Sandbox {
    Sandbox::open(&json!({"solveMs": 1}))
}

fn at(sandbox: &Sandbox) -> Client {
    Client::open(&json!({"endpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 3000}))
}

/// Every function once, with good and bad arguments.
fn tour() {
    let sandbox = sandbox();
    let client = Client::open(&json!({
        "endpoint": sandbox.url(), "userAgentEndpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 3000,
        "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
    }));
    assert_eq!(client.solve(&quick())["status"], "ready");
    assert_eq!(client.balance()["errorId"], 0);
    client.user_agent();
    let id = client.create(&task())["taskId"].clone();
    assert_ne!(id, Value::Null);
    client.result(&json!({"taskId": id}));
    client.report(&json!({"taskId": id, "type": "RecaptchaV2Task"}));
    client.call("newMethod", &json!({}));
    let ticket = client.submit(&quick()).expect("a ticket");
    client.cancel(ticket);
    client.wait(ticket, 1000).expect("cancelled");
    client.receive(0);
    client.inspect();
    let broken = text("{");
    unsafe {
        taken(captask_check(broken.as_ptr()));
        taken(captask_check(std::ptr::null()));
        taken(captask_describe(std::ptr::null()));
        taken(captask_describe(text("tasks").as_ptr()));
        taken(captask_pick(text("{\"a\":1}").as_ptr(), text("/a").as_ptr()));
        taken(captask_quote(text("é").as_ptr()));
        taken(captask_base64(broken.as_ptr().cast(), 1));
        taken(captask_solve(client.0, c"\xff".as_ptr()));
    }
    if cfg!(feature = "panic-probe") {
        assert_eq!(client.call("captask_panic", &json!({}))["errorCode"], "CAPTASK_PANIC");
    }
    let lost = Client::open(&json!({"endpoint": "http://no-such-host.invalid", "clientKey": "k", "callTimeoutMs": 50}));
    lost.balance();
    client.stop();
}

/// A copy of descriptors 1 and 2 into a file, and what was written meanwhile.
fn silence(body: impl FnOnce()) -> String {
    let path = Scratch::file("silence");
    let file = std::fs::File::create(&path).unwrap();
    let fd = std::os::fd::AsRawFd::as_raw_fd(&file);
    let saved = unsafe { [libc::dup(1), libc::dup(2)] };
    unsafe { (libc::dup2(fd, 1), libc::dup2(fd, 2)) };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
    unsafe { (libc::dup2(saved[0], 1), libc::dup2(saved[1], 2)) };
    let said = std::fs::read_to_string(&path).unwrap();
    assert!(result.is_ok(), "{said}");
    said
}

fn handlers() -> Vec<(i32, usize, i32)> {
    (1..65)
        .filter_map(|signal| {
            let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
            let known = unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut action) } == 0;
            known.then_some((signal, action.sa_sigaction, action.sa_flags))
        })
        .collect()
}

/// Signal actions, locale, environment, folder and file mask of the process.
type Manners = (Vec<(i32, usize, i32)>, String, Vec<(std::ffi::OsString, std::ffi::OsString)>, std::path::PathBuf, u32);

fn surroundings() -> Manners {
    let locale = unsafe { CStr::from_ptr(libc::setlocale(libc::LC_ALL, std::ptr::null())) };
    let mask = unsafe { libc::umask(0o22) };
    unsafe { libc::umask(mask) };
    (
        handlers(),
        locale.to_string_lossy().into_owned(),
        std::env::vars_os().collect(),
        std::env::current_dir().unwrap(),
        mask,
    )
}

#[test]
fn the_process_stays_as_it_was_and_nothing_is_printed() {
    alone("the_process_stays_as_it_was_and_nothing_is_printed", || {
        let before = surroundings();
        let said = silence(tour);
        assert_eq!(said, "", "printed");
        assert_eq!(surroundings(), before);
    });
}

/// Our threads by name, each with the signals that it blocks.
fn our_threads() -> Vec<(String, u64)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let Ok(status) = std::fs::read_to_string(entry.path().join("status")) else { continue };
        let field =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim().to_owned();
        if field("Name:").starts_with("captask-") {
            out.push((field("Name:"), u64::from_str_radix(&field("SigBlk:"), 16).unwrap()));
        }
    }
    out
}

#[test]
fn our_threads_take_no_signals() {
    alone("our_threads_take_no_signals", || {
        let sandbox = sandbox();
        let client = Client::open(&json!({
            "endpoint": sandbox.url(), "clientKey": "k",
            "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
        }));
        let ticket = client.submit(&quick()).unwrap();
        client.wait(ticket, 10_000).expect("ready");
        let threads = our_threads();
        let names: BTreeSet<&str> = threads.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.is_superset(&BTreeSet::from(["captask-clock", "captask-worker", "captask-server"])), "{names:?}");
        let wanted = [libc::SIGINT, libc::SIGTERM, libc::SIGALRM, libc::SIGUSR1, libc::SIGCHLD, libc::SIGPIPE];
        for (name, blocked) in threads {
            for signal in wanted {
                assert!(blocked & (1 << (signal - 1)) != 0, "{name} takes signal {signal}");
            }
            assert!(blocked & (1 << (libc::SIGSEGV - 1)) == 0, "{name} hides its own faults");
        }
        // The calling thread has its own mask back.
        let mut mask: libc::sigset_t = unsafe { std::mem::zeroed() };
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), &raw mut mask) };
        assert_eq!(unsafe { libc::sigismember(&raw const mask, libc::SIGTERM) }, 0);
    });
}

#[test]
fn a_host_with_every_signal_blocked_is_served() {
    alone("a_host_with_every_signal_blocked_is_served", || {
        let mut all: libc::sigset_t = unsafe { std::mem::zeroed() };
        unsafe {
            libc::sigfillset(&raw mut all);
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, std::ptr::null_mut());
        }
        tour();
    });
}

/// Makes `close` a reset.
fn resets(stream: &TcpStream) {
    let linger = libc::linger { l_onoff: 1, l_linger: 0 };
    let size = size_of::<libc::linger>() as u32;
    let fd = std::os::fd::AsRawFd::as_raw_fd(stream);
    unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_LINGER, (&raw const linger).cast(), size) };
}

#[test]
fn a_peer_that_resets_does_not_kill_the_host() {
    alone("a_peer_that_resets_does_not_kill_the_host", || {
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
        // It resets while the request is being written.
        let peer = Peer::start(|mut stream, _| {
            let mut piece = [0; 1000];
            let _ = stream.read(&mut piece);
            let _ = stream.shutdown(std::net::Shutdown::Read);
        });
        let client = Client::open(&json!({"endpoint": peer.url(), "clientKey": "k", "callTimeoutMs": 500}));
        let mut big = task();
        big["task"]["body"] = json!("A".repeat(8 << 20));
        for _ in 0..3 {
            assert_eq!(client.create(&big)["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
            client.balance();
        }
        // And peers of our own servers that are gone before they are answered.
        let sandbox = sandbox();
        let address = sandbox.url().trim_start_matches("http://").to_owned();
        for _ in 0..50 {
            let mut stream = TcpStream::connect(&*address).unwrap();
            let _ = stream.write_all(b"POST /getBalance HTTP/1.1\r\nContent-Length: 17\r\n\r\n{\"clientKey\":\"k\"}");
            resets(&stream);
        }
        assert_eq!(at(&sandbox).balance()["errorId"], 0);
        assert_eq!(handlers()[libc::SIGPIPE as usize - 1].1, libc::SIG_DFL);
    });
}

fn descriptors() -> BTreeSet<i32> {
    // The directory that is being read is one of them, and closed again after.
    std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|fd| unsafe { libc::fcntl(*fd, libc::F_GETFD) } >= 0)
        .collect()
}

#[test]
fn every_descriptor_is_closed_on_exec_and_on_close() {
    alone("every_descriptor_is_closed_on_exec_and_on_close", || {
        let journal = Scratch::file("manners");
        let before = descriptors();
        let sandbox = sandbox();
        let client = Client::open(&json!({
            "endpoint": sandbox.url(), "clientKey": "k", "journal": journal,
            "callback": {"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0"},
        }));
        let tickets: Vec<i64> = (0..8).map(|_| client.submit(&quick()).unwrap()).collect();
        client.balance();
        let named =
            Client::open(&json!({"endpoint": sandbox.url().replace("127.0.0.1", "localhost"), "clientKey": "k"}));
        named.balance();
        let ours: Vec<i32> = descriptors().difference(&before).copied().collect();
        assert!(ours.len() >= 8, "{ours:?}");
        for fd in ours {
            let flags = unsafe { libc::fcntl(fd, libc::F_GETFD) };
            let what = std::fs::read_link(format!("/proc/self/fd/{fd}"));
            assert!(flags < 0 || flags & libc::FD_CLOEXEC != 0, "{fd} is inherited: {what:?}");
        }
        for ticket in tickets {
            assert_eq!(client.wait(ticket, 20_000).expect("an answer")["status"], "ready");
        }
        drop((client, named, sandbox));
        let left: Vec<i32> = descriptors().difference(&before).copied().collect();
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn a_small_stack_is_enough() {
    alone("a_small_stack_is_enough", || {
        let authority = trust::tls::Authority::new();
        let secure = trust::tls::service(authority.issue(&["localhost"], 2020..2090), &[&rustls::version::TLS13]);
        let roots = authority.pem("stack");
        let deep = format!("{{\"task\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let mut big = task();
        big["task"]["body"] = json!("A".repeat(1 << 20));
        let wide = format!("{{\"task\":{{\"type\":\"RecaptchaV2Task\"{}}}}}", ",\"a\":[{\"b\":1}]".repeat(60_000));
        let texts = [deep, big.to_string(), wide];
        std::thread::Builder::new()
            // Unoptimised code takes several times the stack of what is shipped.
            .stack_size(if cfg!(debug_assertions) { 256 << 10 } else { 64 << 10 })
            .spawn(move || {
                tour();
                let client = Client::open(&json!({
                    "endpoint": format!("https://localhost:{}", secure.port()), "clientKey": "k", "tls": {"roots": roots},
                }));
                assert_eq!(client.balance()["balance"], 1.25);
                for request in &texts {
                    let request = text(request);
                    unsafe {
                        taken(captask_check(request.as_ptr()));
                        taken(captask_pick(request.as_ptr(), text("/task/0/0/0").as_ptr()));
                        taken(captask_create_task(client.0, request.as_ptr()));
                        taken(captask_solve(client.0, request.as_ptr()));
                    }
                }
                let mut error = std::ptr::null_mut();
                for request in &texts {
                    assert_eq!(unsafe { captask_open(text(request).as_ptr(), &mut error) }, 0);
                    taken(error);
                    assert_eq!(unsafe { captask_sandbox_open(text(request).as_ptr(), &mut error) }, 0);
                    taken(error);
                }
                for topic in ["config", "request", "sandbox", "errors", "methods", "task/RecaptchaV2Task"] {
                    unsafe { taken(captask_describe(text(topic).as_ptr())) };
                }
            })
            .unwrap()
            .join()
            .unwrap();
    });
}

fn set_limit(resource: libc::__rlimit_resource_t, soft: u64) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    unsafe { libc::getrlimit(resource, &raw mut limit) };
    let before = limit.rlim_cur;
    limit.rlim_cur = soft.min(limit.rlim_max);
    assert_eq!(unsafe { libc::setrlimit(resource, &raw const limit) }, 0);
    before
}

/// An error that tells what is short.
fn tells(answer: &Value, codes: &[&str], word: &str) {
    let code = answer["errorCode"].as_str().unwrap_or("none");
    assert!(codes.contains(&code), "{answer}");
    assert!(answer["errorDescription"].as_str().unwrap_or("").contains(word), "{answer}");
}

#[test]
fn nothing_is_lost_when_descriptors_run_out() {
    alone("nothing_is_lost_when_descriptors_run_out", || {
        let sandbox = sandbox();
        let client = Client::open(&json!({"endpoint": sandbox.url(), "clientKey": "k", "callTimeoutMs": 300}));
        let journal = Scratch::file("nofile");
        let highest = descriptors().last().copied().unwrap_or(0) as u64 + 1;
        let before = set_limit(libc::RLIMIT_NOFILE, highest);
        let mut error = std::ptr::null_mut();
        let filled: Vec<std::fs::File> = std::iter::from_fn(|| std::fs::File::open("/dev/null").ok()).collect();
        tells(&client.balance(), &["CAPTASK_CONNECT"], "open files");
        tells(&client.create(&task()), &["CAPTASK_CONNECT"], "open files");
        let ticket = client.submit(&quick()).expect("it waits for better times");
        assert!(client.wait(ticket, 300).is_none(), "not lost, not answered");
        assert_eq!(unsafe { captask_sandbox_open(std::ptr::null(), &mut error) }, 0);
        let refused: Value = serde_json::from_str(&taken(error).unwrap()).unwrap();
        tells(&refused, &["CAPTASK_CONNECT", "CAPTASK_INVALID_CONFIG"], "open files");
        let with_journal = json!({"endpoint": "http://127.0.0.1:9", "clientKey": "k", "journal": journal});
        tells(&Client::try_open(&with_journal).err().unwrap(), &["CAPTASK_INVALID_CONFIG"], "open files");
        drop(filled);
        set_limit(libc::RLIMIT_NOFILE, before);
        assert_eq!(client.wait(ticket, 20_000).expect("an answer")["status"], "ready");
        assert_eq!(sandbox.inspect()["tasks"]["created"], 1, "bought once");
    });
}

#[test]
fn nothing_is_lost_when_threads_run_out() {
    alone("nothing_is_lost_when_threads_run_out", || {
        if unsafe { libc::getuid() } == 0 {
            // The limit does not hold for root.
            assert_eq!(unsafe { libc::setresuid(54_321, 54_321, 54_321) }, 0);
        }
        let sandbox = sandbox();
        let url = sandbox.url();
        let named = Client::open(&json!({
            "endpoint": url.replace("127.0.0.1", "localhost"), "clientKey": "k", "callTimeoutMs": 300,
        }));
        let fresh = at(&sandbox);
        let started = at(&sandbox);
        // Its clock runs; its workers are gone or yet to come.
        let ticket = started.submit(&json!({"taskId": 1, "options": {"firstPollMs": 600_000}})).unwrap();
        started.cancel(ticket);
        started.wait(ticket, 1000);
        let before = set_limit(libc::RLIMIT_NPROC, 1);
        assert!(std::thread::Builder::new().spawn(|| {}).is_err(), "the limit holds");
        tells(&fresh.submit(&quick()).unwrap_err(), &["CAPTASK_QUEUE_FULL"], "no thread");
        tells(&fresh.solve(&quick()), &["CAPTASK_QUEUE_FULL"], "no thread");
        assert_eq!(fresh.balance()["errorId"], 0, "needs no thread");
        tells(&named.balance(), &["CAPTASK_CONNECT"], "");
        let mut error = std::ptr::null_mut();
        assert_eq!(unsafe { captask_sandbox_open(std::ptr::null(), &mut error) }, 0);
        taken(error);
        let ticket = started.submit(&quick()).expect("it waits for better times");
        assert!(started.wait(ticket, 200).is_none(), "not lost, not answered");
        set_limit(libc::RLIMIT_NPROC, before);
        assert_eq!(started.wait(ticket, 20_000).expect("an answer")["status"], "ready");
        assert_eq!(fresh.solve(&quick())["status"], "ready");
        assert_eq!(named.balance()["errorId"], 0);
        assert_eq!(sandbox.inspect()["tasks"]["created"], 2, "each bought once");
    });
}

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
                0 => unsafe { captask_set_log(Some(calls_back), 7 as *mut c_void, 5) },
                1 => {
                    captask_stop(client);
                }
                2 => {
                    captask_close(client);
                    captask_close(sandbox);
                }
                3 => unsafe { captask_set_log(None, std::ptr::null_mut(), 0) },
                _ => {}
            }
        }
    }
    DEPTH.fetch_sub(1, Ordering::SeqCst);
}

#[test]
fn a_sink_may_call_everything() {
    alone("a_sink_may_call_everything", || {
        let (sandbox, other) = (sandbox(), sandbox());
        let client = Client::open(&json!({"endpoint": other.url(), "clientKey": "k"}));
        *TARGET.lock().unwrap() = Some((client.0, sandbox.0));
        unsafe { captask_set_log(Some(calls_back), 7 as *mut c_void, 5) };
        for _ in 0..4 {
            client.balance();
            if let Ok(ticket) = client.submit(&quick()) {
                client.wait(ticket, 10_000);
            }
        }
        unsafe { captask_set_log(None, std::ptr::null_mut(), 0) };
        assert!(CALLS.load(Ordering::SeqCst) >= 4);
        assert_eq!(captask_close(client.0), 0, "closed from within the sink");
    });
}

extern "C" fn wants_its_user_alive(_: i32, _: *const c_char, user: *mut c_void) {
    let alive = unsafe { &*user.cast::<AtomicBool>() };
    for _ in 0..20 {
        assert!(alive.load(Ordering::SeqCst), "called after set_log had returned");
        std::thread::yield_now();
    }
    CALLS.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn sinks_are_replaced_while_others_log() {
    alone("sinks_are_replaced_while_others_log", || {
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
                unsafe { captask_set_log(Some(wants_its_user_alive), pointer, 5) };
                while CALLS.load(Ordering::SeqCst) == calls {
                    std::thread::yield_now();
                }
                unsafe { captask_set_log(None, std::ptr::null_mut(), 0) };
                user.store(false, Ordering::SeqCst);
            }
            over.store(true, Ordering::SeqCst);
        });
    });
}
