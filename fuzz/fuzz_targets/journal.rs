//! Journal files that are anything: the client opens, answers for every intent, and closes.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, open, scratch, taken};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fuzz_target!(|data: &[u8]| {
    static CONFIG: OnceLock<(std::path::PathBuf, String)> = OnceLock::new();
    let (path, config) = CONFIG.get_or_init(|| {
        let path = scratch().join("journal");
        // The key and the endpoint whose owner the seeds have.
        let config = serde_json::json!({"endpoint": "http://127.0.0.1:1", "clientKey": "k", "journal": path});
        (path, config.to_string())
    });
    std::fs::write(path, data).expect("written");
    let Some(client) = open(config.as_bytes()) else { panic!("a torn journal is no reason not to open") };
    answer(captask_inspect(client));
    for _ in 0..4 {
        let pointer = captask_receive(client, 0);
        if pointer.is_null() {
            break;
        }
        answer(pointer);
    }
    taken(captask_inspect(client));
    assert_eq!(captask_close(client), 1);
});
