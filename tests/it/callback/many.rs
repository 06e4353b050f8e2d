//! Many tasks at once by callback alone, through the C functions.

use captask::ffi;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ffi::{CStr, CString, c_char};
use std::ptr::null_mut;

fn text(value: &Value) -> CString {
    CString::new(value.to_string()).expect("no NUL")
}

fn taken(text: *mut c_char) -> Value {
    assert!(!text.is_null(), "no answer in time");
    // SAFETY: the library's own text, released once.
    unsafe {
        let value = serde_json::from_str(CStr::from_ptr(text).to_str().expect("UTF-8")).expect("JSON");
        ffi::captask_free(text);
        value
    }
}

#[test]
fn ten_thousand_come_by_callback_once_each() {
    const TASKS: usize = 10_000;
    let config = text(&json!({"solveMs": {"min": 0, "max": 2000}, "keepRequests": 0}));
    // SAFETY: texts that live through the calls.
    let sandbox = unsafe { ffi::captask_sandbox_open(config.as_ptr(), null_mut()) };
    let url = taken(ffi::captask_inspect(sandbox))["url"].clone();
    let callback = json!({"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0/hook"});
    let config = text(&json!({"endpoint": url, "clientKey": "key-of-the-test", "callback": callback}));
    // SAFETY: as above.
    let client = unsafe { ffi::captask_open(config.as_ptr(), null_mut()) };
    assert!(sandbox > 0 && client > 0);
    let mut open = HashSet::new();
    for number in 0..TASKS {
        let task = json!({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "site-key"});
        let request = text(&json!({"task": task, "extra": number, "options": {"timeoutMs": 600_000}}));
        // SAFETY: as above.
        let ticket = unsafe { ffi::captask_submit(client, request.as_ptr(), null_mut()) };
        assert!(ticket > 0 && open.insert((ticket, number)));
    }
    let mut tasks = HashSet::new();
    for _ in 0..TASKS {
        let answer = taken(ffi::captask_receive(client, 60_000));
        let number = answer["extra"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number");
        assert!(open.remove(&(answer["ticket"].as_i64().expect("a ticket"), number)), "twice: {answer}");
        assert!(tasks.insert(answer["taskId"].as_u64().expect("a task")), "twice: {answer}");
        assert_eq!((&answer["status"], &answer["meta"]["polls"]), (&json!("ready"), &json!(0)), "{answer}");
    }
    let state = taken(ffi::captask_inspect(sandbox));
    assert_eq!((&state["requests"]["createTask"], &state["requests"]["getTaskResult"]), (&json!(TASKS), &json!(0)));
    assert_eq!(state["callbacks"]["failed"], 0, "{state}");
    let state = taken(ffi::captask_inspect(client));
    assert_eq!((&state["polls"], &state["inFlight"], &state["unread"]), (&json!(0), &json!(0), &json!(0)));
    assert_eq!(state["callbacks"], json!({"awaited": 0, "received": TASKS, "refused": 0, "crowdedOut": 0}));
    assert_eq!((ffi::captask_close(client), ffi::captask_close(sandbox)), (1, 1));
}
