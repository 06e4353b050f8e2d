//! The requests that were seen, the newest of them with their texts.

use super::method::Method;
use super::redact::redacted;
use crate::protocol::json::quote;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// One request and its answer.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) method: Method,
    pub(super) peer: SocketAddr,
    pub(super) verb: String,
    pub(super) path: String,
    /// The status that was answered; 0: none was.
    pub(super) status: u16,
    pub(super) fault: Option<&'static str>,
    pub(super) task: Option<u64>,
    pub(super) request: Excerpt,
    pub(super) answer: Excerpt,
}

/// The beginning of a text, and how long it was. It may hold a key, so it is cleared when it is forgotten.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: Zeroizing<String>,
    length: usize,
}

/// Bytes kept of a request and of an answer.
const KEPT: usize = 4096;

impl Excerpt {
    pub(super) fn of(bytes: &[u8]) -> Excerpt {
        let kept = bytes.get(..KEPT).unwrap_or(bytes);
        Excerpt { text: String::from_utf8_lossy(kept).into_owned().into(), length: bytes.len() }
    }
}

/// The newest requests; the number of each tells how many came before it.
#[derive(Debug)]
pub(super) struct Log {
    entries: VecDeque<(u64, SystemTime, Entry)>,
    next: u64,
    limit: usize,
}

impl Log {
    pub(super) fn new(limit: usize) -> Self {
        Log { entries: VecDeque::new(), next: 1, limit }
    }

    /// Whether entries are kept at all.
    pub(super) fn keeps(&self) -> bool {
        self.limit > 0
    }

    pub(super) fn add(&mut self, entry: Entry) {
        if self.entries.len() >= self.limit {
            self.entries.pop_front();
        }
        self.entries.push_back((self.next, SystemTime::now(), entry));
        self.next += 1;
    }

    /// Forgets the requests; numbers go on where they were.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }

    /// The number of the newest request.
    pub(super) fn newest(&self) -> u64 {
        self.next - 1
    }

    /// The number of the oldest request that is kept; of the next one when none is.
    pub(super) fn oldest(&self) -> u64 {
        self.entries.front().map_or(self.next, |(number, _, _)| *number)
    }

    /// The newest `limit` of those after number `after`, oldest first, as a JSON array. Keys are masked.
    pub(super) fn to_json(&self, after: u64, limit: usize) -> String {
        let fresh = self.entries.iter().rev().take_while(|(number, _, _)| *number > after).take(limit);
        let mut list: Vec<String> = fresh.map(|(number, at, entry)| one(*number, *at, entry)).collect();
        list.reverse();
        format!("[{}]", list.join(","))
    }
}

fn one(number: u64, at: SystemTime, entry: &Entry) -> String {
    let at = at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_millis());
    format!(
        "{{\"number\":{number},\"atMs\":{at},\"method\":\"{}\",\"http\":{},\"path\":{},\"peer\":\"{}\",\"status\":{},\
         \"fault\":{},\"taskId\":{},\"request\":{},\"requestBytes\":{},\"answer\":{},\"answerBytes\":{}}}",
        entry.method.name(),
        quote(&entry.verb),
        quote(&entry.path),
        entry.peer,
        entry.status,
        entry.fault.map_or_else(|| String::from("null"), quote),
        entry.task.map_or_else(|| String::from("null"), |id| id.to_string()),
        quote(&redacted(&entry.request.text)),
        entry.request.length,
        quote(&redacted(&entry.answer.text)),
        entry.answer.length,
    )
}
