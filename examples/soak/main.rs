//! A soak: eight threads submit, wait, receive, cancel, stop, close and reopen against a sandbox whose faults come at
//! random from a printed seed, for SOAK_SECONDS (600). It fails on an answer that is lost or given twice, on a task
//! that is bought twice, and on memory that grows.

mod audit;
mod host;
mod ledger;
mod process;
mod worker;

use audit::Audit;
use host::{Handle, Rng};
use ledger::Ledger;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const THREADS: u64 = 8;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.as_secs());
    let (seconds, seed) = (number("SOAK_SECONDS", 600), number("SOAK_SEED", clock));
    println!("soak: {seconds} s, seed {seed} (SOAK_SEED={seed} repeats the choices)");
    // With its first thread a process may get one of a sanitizer's.
    let _ = std::thread::spawn(|| {}).join();
    let empty = process::State::now();
    let sandbox = Handle::sandbox(&sandbox_config(seed));
    let url = sandbox.inspect()["url"].as_str().expect("a url").to_owned();
    let (ledger, over) = (Ledger::default(), AtomicBool::new(false));
    let begin = Instant::now();
    let mut memory = Vec::new();
    let shared = worker::Shared::open(&url);
    let audit = std::thread::scope(|scope| {
        let auditor = scope.spawn(|| Audit::run(&url, &over));
        let workers: Vec<_> = (0..THREADS)
            .map(|n| {
                let (url, ledger, shared) = (&url, &ledger, &shared);
                let until = begin + Duration::from_secs(seconds);
                scope.spawn(move || worker::run(n, Rng::new(seed, n), url, ledger, shared, until))
            })
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(500));
            memory.push((begin.elapsed(), process::State::now().resident));
        }
        let fine = workers.into_iter().filter_map(|worker| worker.join().err()).count() == 0;
        shared.stop(&ledger);
        over.store(true, Ordering::SeqCst);
        assert!(fine, "a worker failed; seed {seed}");
        auditor.join().expect("the audit")
    });
    println!("soak: {ledger}; {audit}");
    println!("soak: {}", sandbox.inspect()["requests"]);
    drop((shared, sandbox));
    ledger.settled();
    audit.settled();
    // Under a sanitizer, memory tells nothing.
    if std::env::var("SOAK_MEMORY").map_or(true, |word| word != "off") {
        process::flat(&memory, Duration::from_secs((seconds / 3).min(60)));
    }
    process::State::becomes(&empty);
    println!("soak: fine");
}

fn sandbox_config(seed: u64) -> serde_json::Value {
    let fault = |kind: &str, rate: f64| json!({"kind": kind, "rate": rate});
    json!({
        "seed": seed, "solveMs": {"min": 0, "max": 60}, "retentionMs": 20_000, "balance": 100_000_000,
        "keepRequests": 10_000, "checkTasks": false,
        "faults": [
            {"kind": "refuse", "rate": 0.000_5, "forMs": 40},
            fault("resetBeforeRead", 0.01), fault("resetAfterRead", 0.01), fault("dropReply", 0.01),
            fault("truncate", 0.01), fault("html", 0.01), fault("garbage", 0.005), fault("wrongEnvelope", 0.005),
            fault("wrongContentLength", 0.002),
            {"kind": "status", "status": 503, "rate": 0.01}, {"kind": "status", "status": 429, "rate": 0.01},
            {"kind": "error", "error": "ERROR_NO_SLOT_AVAILABLE", "rate": 0.01},
            {"kind": "error", "error": "ERROR_CAPTCHA_UNSOLVABLE", "method": "getTaskResult", "rate": 0.01},
            {"kind": "delay", "delayMs": 100, "rate": 0.01}, {"kind": "stall", "delayMs": 600, "rate": 0.001},
        ],
    })
}
