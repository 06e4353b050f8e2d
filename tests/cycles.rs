//! Opened and closed a thousand times, loaded and unloaded a thousand times: nothing stays behind.
#![cfg(target_os = "linux")]

mod support;

use serde_json::json;
use support::child::alone;
use support::process;
use support::program::{self, Library};
use support::{Client, Sandbox};

#[test]
fn a_thousand_clients_leave_nothing() {
    alone("a_thousand_clients_leave_nothing", || {
        let sandbox = Sandbox::open(&json!({"solveMs": 0}));
        let request = json!({
            "task": {"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "k"},
            "options": {"firstPollMs": 1, "pollIntervalMs": 5},
        });
        let config = json!({"endpoint": sandbox.url(), "clientKey": "k"});
        let mut before = (0, 0, 0);
        for n in 0..1000 {
            let client = Client::open(&config);
            assert_eq!(client.solve(&request)["status"], "ready");
            client.close();
            if n == 250 {
                before = process::held();
            }
        }
        // The sandbox gives its side of a connection back in its own time.
        let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while process::held().1 > before.1 && std::time::Instant::now() < end {
            std::thread::yield_now();
        }
        let after = process::held();
        assert!(after.0 <= before.0 && after.1 <= before.1, "{before:?} {after:?}");
        // Quarantined by a sanitizer, freed memory stays.
        let quarantine = std::env::var_os("ASAN_OPTIONS").is_some();
        assert!(quarantine || after.2 <= before.2 + before.2 / 10 + 4096, "{before:?} {after:?}");
    });
}

#[test]
fn a_thousand_loadings_leave_nothing() {
    let Some(out) = program::run("cycles", &Library::find(), &["1000"]) else { return };
    let said = program::said(&out);
    assert!(said.contains("1000 cycles"), "{said}");
}
