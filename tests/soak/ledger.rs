//! What was submitted and has no answer yet: every mark ends exactly once.

use serde_json::Value;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fmt;
use std::sync::Mutex;

/// So many late marks are a while. The soak's own books must not grow with its tasks: its memory is looked at.
const LATE: usize = 2048;

/// So many ends are remembered, and so many bytes of each.
const NEWEST: usize = 4096;
const DETAIL: usize = 256;

/// Marks go out as `extra` and come back with the answer.
pub struct Ledger(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    last: u64,
    open: HashSet<u64>,
    /// Ended while createTask was on the wire: a journal may hand the task over once more, when its taskId came late.
    late: HashSet<u64>,
    /// Those of the while before: no journal stays closed that long.
    late_before: HashSet<u64>,
    ends: BTreeMap<String, u64>,
    /// The newest ends, to tell what came before a second one.
    newest: VecDeque<(u64, String)>,
    faults: Vec<String>,
}

impl Ledger {
    /// Everything has its room from the beginning, and keeps it.
    pub fn new() -> Ledger {
        let late = || HashSet::with_capacity(LATE);
        let newest = (0..NEWEST).map(|_| (0, String::with_capacity(DETAIL))).collect();
        Ledger(Mutex::new(Inner { late: late(), late_before: late(), newest, ..Inner::default() }))
    }

    /// A mark for a task that is about to be submitted.
    pub fn mark(&self) -> u64 {
        let mut inner = self.0.lock().unwrap();
        inner.last += 1;
        let mark = inner.last;
        inner.open.insert(mark);
        mark
    }

    /// The task was refused: there will be no answer.
    pub fn refused(&self, mark: u64, why: &Value) {
        self.end(mark, &format!("refused {}", why["errorCode"]), "refused");
    }

    /// Its client was closed with the answer unread, which drops it.
    pub fn dropped(&self, mark: u64) {
        self.end(mark, "dropped by close", "dropped");
    }

    /// An answer; its mark.
    pub fn answered(&self, answer: &Value) -> u64 {
        let Some(mark) = answer["extra"].as_u64() else {
            self.0.lock().unwrap().faults.push(format!("an answer of nobody: {answer}"));
            return 0;
        };
        let how = answer["errorCode"].as_str().unwrap_or("ready");
        if how == "CAPTASK_PANIC" || (how == "ready" && answer["solution"].is_null()) {
            self.0.lock().unwrap().faults.push(answer.to_string());
        }
        self.end(mark, how, &answer.to_string());
        let left = matches!(how, "CAPTASK_CANCELLED" | "CAPTASK_TIMEOUT" | "CAPTASK_CLOSED");
        if left && answer["outcomeUnknown"] == true {
            let mut inner = self.0.lock().unwrap();
            let inner = &mut *inner;
            if inner.late.len() >= LATE {
                std::mem::swap(&mut inner.late, &mut inner.late_before);
                inner.late.clear();
            }
            inner.late.insert(mark);
        }
        mark
    }

    fn end(&self, mark: u64, how: &str, detail: &str) {
        let mut inner = self.0.lock().unwrap();
        *inner.ends.entry(how.to_owned()).or_default() += 1;
        if !inner.open.remove(&mark) && !inner.late.remove(&mark) && !inner.late_before.remove(&mark) {
            let first =
                inner.newest.iter().find(|(known, _)| *known == mark).map_or("long ago", |(_, how)| how).to_owned();
            inner.faults.push(format!("{mark} ended twice: {first} and {how}: {detail}"));
        }
        if let Some((_, mut text)) = inner.newest.pop_front() {
            text.clear();
            // Byte by byte: other letters than ASCII's would need more room.
            text.extend(detail.bytes().take(DETAIL).map(|byte| char::from(byte.min(b'~'))));
            inner.newest.push_back((mark, text));
        }
    }

    /// Panics unless every mark ended once and nothing else went wrong.
    pub fn settled(&self) {
        let inner = self.0.lock().unwrap();
        assert!(inner.faults.is_empty(), "{:?}", &inner.faults[..inner.faults.len().min(10)]);
        assert!(inner.open.is_empty(), "{} lost, such as {:?}", inner.open.len(), inner.open.iter().next());
        assert!(inner.ends.get("ready").is_some_and(|ready| *ready > 100), "hardly anything was done");
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.0.lock().unwrap();
        write!(f, "{} submitted, {} open, {:?}", inner.last, inner.open.len(), inner.ends)
    }
}
