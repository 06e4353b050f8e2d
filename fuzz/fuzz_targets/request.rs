//! Requests of every function that takes one. Nothing is sent: the client is full, and nobody listens at its endpoint.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, asked, halves, open, submit, text};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fn client(validate: &str) -> i32 {
    let config = format!(
        r#"{{"endpoint":"http://127.0.0.1:1","clientKey":"k","maxInFlight":1,"callTimeoutMs":1,"validate":"{validate}"}}"#
    );
    let client = open(config.as_bytes()).expect("opens");
    submit(client, br#"{"taskId":1,"options":{"firstPollMs":2000000000,"timeoutMs":2000000000}}"#).expect("a ticket");
    client
}

fuzz_target!(|data: &[u8]| {
    static CLIENTS: OnceLock<[i32; 3]> = OnceLock::new();
    let clients = CLIENTS.get_or_init(|| [client("strict"), client("warn"), client("off")]);
    let Some((which, rest)) = data.split_first() else { return };
    let client = clients[usize::from(which % 3)];
    match which / 3 % 8 {
        0 => {
            asked(captask_create_task, client, rest);
        }
        1 => {
            asked(captask_get_task_result, client, rest);
        }
        2 => {
            asked(captask_report_incorrect, client, rest);
        }
        3 => {
            let (method, request) = halves(rest);
            // SAFETY: two terminated texts.
            answer(unsafe { captask_call(client, text(method).as_ptr(), text(request).as_ptr()) });
        }
        4 => {
            asked(captask_solve, client, rest);
        }
        _ => assert!(submit(client, rest).is_none(), "the client is full"),
    }
});
