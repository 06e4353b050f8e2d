//! Journals, and what the next client on one of them gets.

use crate::support::faulty_server::FaultyServer;
use crate::support::{Client, task, until};
use serde_json::{Value, json};
use std::path::Path;

/// Everything the next client on the journal has to tell.
pub fn harvest(url: &str, journal: &Path) -> Vec<Value> {
    let client = Client::at(url, json!({"journal": journal, "poll": {"intervalMs": 3, "timeoutMs": 20_000}}));
    let mut answers = Vec::new();
    loop {
        match client.receive(0) {
            Some(answer) => answers.push(answer),
            None if client.inspect()["inFlight"] == 0 && client.inspect()["unread"] == 0 => return answers,
            None => answers.extend(client.receive(20)),
        }
    }
}

/// A journal with `count` bought tasks in it, and the names they have.
pub fn filled(faulty: &FaultyServer, journal: &Path, count: usize) {
    let client = Client::at(&faulty.url(), json!({"journal": journal, "poll": {"firstMs": 60_000}}));
    for n in 0..count {
        let mut request = task(&n.to_string());
        request["extra"] = json!({"name": n.to_string()});
        client.submit(&request);
    }
    until("all are bought", || client.inspect()["created"] == count);
    client.close();
}
