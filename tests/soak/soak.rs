//! A soak: eight threads submit, wait, receive, cancel, stop, close and reopen against a sandbox whose faults come at
//! random from a printed seed, for SOAK_SECONDS (600). It fails on an answer that is lost or given twice, on a task
//! that is bought twice, on memory that grows, and on any that is still held when everything is closed.

mod audit;
mod dice;
mod heap;
#[path = "../support/host.rs"]
#[allow(dead_code)] // The tests use more of it.
mod host;
mod ledger;
mod memory_trend;
mod process;
mod worker;

use audit::Audit;
use dice::Rng;
use host::Sandbox;
use ledger::Ledger;
use memory_trend::MemoryTrend;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const THREADS: u64 = 8;

/// Seconds of the round before the one that counts.
const WARM: u64 = 2;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.as_secs());
    let (seconds, seed) = (number("SOAK_SECONDS", 600), number("SOAK_SEED", clock));
    println!("soak: {seconds} s, seed {seed} (SOAK_SEED={seed} repeats the choices)");
    // What is made once and kept is there after the first of all: tables, and perhaps a thread of a sanitizer's.
    soak(WARM, seed, None);
    let mut memory_trend = MemoryTrend::new(seconds);
    let (empty, before) = (process::State::now(), heap::Live::now());
    let (ledger, audit) = soak(seconds, seed, Some(&mut memory_trend));
    println!("soak: {ledger}; {audit}");
    ledger.settled();
    audit.settled();
    drop((ledger, audit));
    process::State::becomes(&empty);
    // Under a sanitizer, memory tells nothing.
    if std::env::var("SOAK_MEMORY").map_or(true, |word| word != "off") {
        memory_trend.flat();
        memory_trend::nothing_left(before);
    }
    println!("soak: fine");
}

/// Opens everything, works for so long, and closes everything.
fn soak(seconds: u64, seed: u64, mut memory_trend: Option<&mut MemoryTrend>) -> (Ledger, Audit) {
    let sandbox = Sandbox::open(&sandbox_config(seed));
    let url = sandbox.url();
    let (ledger, over) = (Ledger::new(), AtomicBool::new(false));
    let until = Instant::now() + Duration::from_secs(seconds);
    let shared = worker::Shared::open(&url);
    let audit = std::thread::scope(|scope| {
        let auditor = scope.spawn(|| Audit::run(&url, &over));
        let workers: Vec<_> = (0..THREADS)
            .map(|n| {
                let (url, ledger, shared) = (&url, &ledger, &shared);
                scope.spawn(move || worker::run(n, Rng::new(seed, n), url, ledger, shared, until))
            })
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(MemoryTrend::PAUSE);
            if let Some(memory_trend) = memory_trend.as_deref_mut().filter(|_| Instant::now() < until) {
                memory_trend.note();
            }
        }
        let fine = workers.into_iter().filter_map(|worker| worker.join().err()).count() == 0;
        shared.stop(&ledger);
        over.store(true, Ordering::SeqCst);
        assert!(fine, "a worker failed; seed {seed}");
        auditor.join().expect("the audit")
    });
    if memory_trend.is_some() {
        println!("soak: {}", sandbox.inspect()["requests"]);
    }
    (ledger, audit)
}

fn sandbox_config(seed: u64) -> serde_json::Value {
    let fault = |kind: &str, rate: f64| json!({"kind": kind, "rate": rate});
    json!({
        "seed": seed, "solveMs": {"min": 0, "max": 60}, "retentionMs": 20_000, "balance": 100_000_000,
        // Both are full within the first seconds, at any pace.
        "keepRequests": 4096, "maxTasks": 2048, "checkTasks": false,
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
