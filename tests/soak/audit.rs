//! The sandbox's own books: which mark was bought, and how often.

use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What was read of the requests that the sandbox keeps.
#[derive(Default)]
pub struct Audit {
    seen: u64,
    missed: u64,
    bought: u64,
    twice: Vec<u64>,
    /// Marks bought lately, and those of the while before.
    now: HashMap<u64, u64>,
    before: HashMap<u64, u64>,
}

/// No ticket of the soak lives that long: a mark older than two of these is not bought again.
const GENERATION: Duration = Duration::from_secs(20);

/// Room for what is bought in that time: the soak's own books must not grow, its memory is looked at.
const ROOM: usize = 20_000;

impl Audit {
    /// Reads along until it is over and everything is read.
    pub fn run(url: &str, over: &AtomicBool) -> Audit {
        let room = || HashMap::with_capacity(ROOM);
        let mut audit = Audit { now: room(), before: room(), ..Audit::default() };
        let mut turned = Instant::now();
        loop {
            let last = over.load(Ordering::SeqCst);
            while audit.read(url) {}
            if last {
                return audit;
            }
            if turned.elapsed() > GENERATION {
                std::mem::swap(&mut audit.now, &mut audit.before);
                audit.now.clear();
                turned = Instant::now();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn read(&mut self, url: &str) -> bool {
        let url = format!("{url}/_sandbox/requests?after={}&limit=1000000", self.seen);
        // The sandbox may be refusing connections just now.
        let Ok(mut answer) = ureq::get(&url).call() else { return false };
        let Ok(text) = answer.body_mut().with_config().limit(1 << 30).read_to_string() else { return false };
        let page: Value = serde_json::from_str(&text).expect("JSON");
        let list = page["requests"].as_array().expect("a list");
        for entry in list {
            let number = entry["number"].as_u64().expect("a number");
            self.missed += number - self.seen - 1;
            self.seen = number;
            if entry["method"] == "createTask" && !entry["taskId"].is_null() {
                let request = entry["request"].as_str().unwrap_or_default();
                let mark = request.split("/mark/").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
                self.note(mark.expect("every task of the soak has its mark"));
            }
        }
        !list.is_empty()
    }

    fn note(&mut self, mark: u64) {
        self.bought += 1;
        let times = self.now.entry(mark).or_default();
        *times += 1;
        if *times > 1 || self.before.contains_key(&mark) {
            self.twice.push(mark);
        }
    }

    /// Panics when something was bought twice, or the books were not read whole.
    pub fn settled(&self) {
        assert!(self.twice.is_empty(), "bought twice: {:?}", self.twice);
        assert_eq!(self.missed, 0, "requests were forgotten before they were read: raise keepRequests");
        assert!(self.bought > 100, "hardly anything was bought");
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} requests, {} bought, {} twice", self.seen, self.bought, self.twice.len())
    }
}
