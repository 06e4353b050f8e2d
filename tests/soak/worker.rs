//! One thread of the soak.

use super::dice::Rng;
use super::host::Client;
use super::ledger::Ledger;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Instant;

/// A client that all threads use.
pub struct Shared(Client);

impl Shared {
    pub fn open(url: &str) -> Shared {
        Shared(open(&config(url)))
    }

    /// Stops it and reads what is left.
    pub fn stop(&self, ledger: &Ledger) {
        assert_eq!(self.0.stop(), 1);
        drain(&self.0, |answer| {
            ledger.answered(answer);
        });
    }
}

/// SOAK_LEAK: so many bytes does every client leave behind. Then the soak has to fail.
static LEAK: LazyLock<u64> = LazyLock::new(|| super::number("SOAK_LEAK", 0));

fn open(config: &Value) -> Client {
    std::mem::forget(vec![0u8; *LEAK as usize]);
    Client::open(config)
}

fn config(url: &str) -> Value {
    json!({
        "endpoint": url, "clientKey": "soak", "requestTimeoutMs": 400, "callTimeoutMs": 1000, "maxConnections": 16,
        "poll": {"firstMs": 10, "intervalMs": 20, "timeoutMs": 4000},
    })
}

fn request(mark: u64) -> Value {
    let url = format!("https://example.com/mark/{mark}");
    json!({"task": {"type": "RecaptchaV2Task", "websiteURL": url, "websiteKey": "k"}, "extra": mark})
}

/// Reads answers until the stopped client has no more.
fn drain(client: &Client, mut each: impl FnMut(&Value)) {
    loop {
        let answer = client.receive(10_000).expect("a stopped client never makes wait");
        if answer["errorCode"] == "CAPTASK_CLOSED" && answer["ticket"].is_null() {
            return;
        }
        each(&answer);
    }
}

/// Works until the time is up.
pub fn run(n: u64, mut rng: Rng, url: &str, ledger: &Ledger, shared: &Shared, until: Instant) {
    let journal = std::env::temp_dir().join(format!("captask-soak-{}-{n}", std::process::id()));
    let _ = std::fs::remove_file(&journal);
    // Marks whose answers the journal still owes.
    let mut owed: HashMap<i64, u64> = HashMap::new();
    while Instant::now() < until {
        on_shared(&mut rng, shared, ledger);
        if rng.chance(50) {
            let mut tickets = HashMap::new();
            let client = open(&config(url));
            own_client(&mut rng, &client, ledger, &mut tickets);
            if rng.chance(50) {
                client.stop();
                drain(&client, |answer| {
                    tickets.remove(&answer["ticket"].as_i64().unwrap_or(0));
                    ledger.answered(answer);
                });
            }
            drop(client);
            tickets.into_values().for_each(|mark| ledger.dropped(mark));
        } else {
            let mut config = config(url);
            config["journal"] = json!(journal);
            let client = open(&config);
            // Tickets are new after a reopening: the marks are what stays.
            let mut tickets = HashMap::new();
            take_up(&client, ledger, &mut owed);
            own_client(&mut rng, &client, ledger, &mut tickets);
            drop(client);
            owed.extend(tickets);
        }
    }
    let mut config = config(url);
    config["journal"] = json!(journal);
    take_up(&open(&config), ledger, &mut owed);
    for mark in owed.into_values() {
        eprintln!("soak: the journal lost {mark}");
    }
    let _ = std::fs::remove_file(journal);
}

/// Reads what the journal of a closed client owes.
fn take_up(client: &Client, ledger: &Ledger, owed: &mut HashMap<i64, u64>) {
    while !owed.is_empty() {
        let Some(answer) = client.receive(10_000) else { return };
        let mark = ledger.answered(&answer);
        owed.retain(|_, open| *open != mark);
    }
}

/// A few tasks on a client that nobody else has; what is left unread stays in `tickets`.
fn own_client(rng: &mut Rng, client: &Client, ledger: &Ledger, tickets: &mut HashMap<i64, u64>) {
    for _ in 0..1 + rng.below(20) {
        let mark = ledger.mark();
        match client.try_submit(&request(mark)) {
            Ok(ticket) => drop(tickets.insert(ticket, mark)),
            Err(error) => ledger.refused(mark, &error),
        }
        if rng.chance(10) {
            client.balance();
        }
        let some = tickets.keys().next().copied().unwrap_or(0);
        let answer = match rng.below(6) {
            0 => client.wait(some, rng.below(100) as i32),
            1 => {
                client.cancel(some);
                client.wait(some, 0)
            }
            2 | 3 => client.receive(rng.below(50) as i32),
            _ => None,
        };
        if let Some(answer) = answer.filter(|answer| answer["errorCode"] != "CAPTASK_UNKNOWN_TICKET") {
            tickets.remove(&answer["ticket"].as_i64().unwrap_or(0));
            ledger.answered(&answer);
        }
    }
}

/// A step on the client that all threads use: whoever reads an answer accounts for it.
fn on_shared(rng: &mut Rng, shared: &Shared, ledger: &Ledger) {
    let client = &shared.0;
    for _ in 0..1 + rng.below(8) {
        let mark = ledger.mark();
        if rng.chance(20) {
            ledger.answered(&client.solve(&request(mark)));
            continue;
        }
        let ticket = match client.try_submit(&request(mark)) {
            Ok(ticket) => ticket,
            Err(error) => {
                ledger.refused(mark, &error);
                continue;
            }
        };
        if rng.chance(20) {
            client.cancel(ticket);
        }
        let answer = if rng.chance(40) { client.wait(ticket, 200) } else { client.receive(200) };
        if let Some(answer) = answer.filter(|answer| answer["errorCode"] != "CAPTASK_UNKNOWN_TICKET") {
            ledger.answered(&answer);
        }
    }
    // One attempt for each task leaves some answers unread; captask would keep them for good, as it has to.
    while let Some(answer) = client.receive(0) {
        ledger.answered(&answer);
    }
    client.inspect();
}
