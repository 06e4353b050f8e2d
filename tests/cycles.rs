//! Opened and closed a thousand times, loaded and unloaded a thousand times: nothing stays behind.
#![cfg(target_os = "linux")]

mod trust;

use serde_json::json;
use std::path::Path;
use std::process::Command;
use trust::child::alone;
use trust::{Client, Sandbox, Scratch};

fn entries(path: &str) -> usize {
    std::fs::read_dir(path).map_or(0, Iterator::count)
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

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
                before = (entries("/proc/self/task"), entries("/proc/self/fd"), resident_kib());
            }
        }
        // The sandbox gives its side of a connection back in its own time.
        let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while entries("/proc/self/fd") > before.1 && std::time::Instant::now() < end {
            std::thread::yield_now();
        }
        let after = (entries("/proc/self/task"), entries("/proc/self/fd"), resident_kib());
        assert!(after.0 <= before.0 && after.1 <= before.1, "{before:?} {after:?}");
        // Quarantined by a sanitizer, freed memory stays.
        let quarantine = std::env::var_os("ASAN_OPTIONS").is_some();
        assert!(quarantine || after.2 <= before.2 + before.2 / 10 + 4096, "{before:?} {after:?}");
    });
}

#[test]
fn a_thousand_loadings_leave_nothing() {
    let program = std::env::current_exe().expect("this program");
    // `cargo build` puts it one folder up, whatever the profile and the target.
    let library = program.parent().and_then(Path::parent).unwrap_or(Path::new(".")).join("libcaptask.so");
    let cycles = Scratch::file("cycles");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let built = Command::new(&compiler)
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-Iinclude", "tests/trust/cycles.c", "-ldl", "-o"])
        .arg(&*cycles)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    if built.is_err() || !library.exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "no C compiler ({compiler}) or no {} (cargo build)",
            library.display()
        );
        eprintln!("skipped: no C compiler ({compiler}) or no {} (cargo build)", library.display());
        return;
    }
    assert!(built.is_ok_and(|status| status.success()), "cycles.c does not compile");
    let out = Command::new(&*cycles).arg(&library).arg("1000").output().expect("runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(said.contains("1000 cycles"), "{said}");
}
