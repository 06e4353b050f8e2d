//! What this process holds: memory, descriptors, threads.

use std::time::{Duration, Instant};

pub struct State {
    /// Resident memory in KiB.
    pub resident: u64,
    descriptors: usize,
    threads: usize,
}

fn entries(path: &str) -> usize {
    std::fs::read_dir(path).map_or(0, Iterator::count)
}

impl State {
    /// As the system tells it (on Linux; elsewhere nothing is told, and nothing compared).
    pub fn now() -> State {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        State {
            resident: resident.unwrap_or(0),
            descriptors: entries("/proc/self/fd"),
            threads: entries("/proc/self/task"),
        }
    }

    /// Panics unless descriptors and threads are, or soon become, as many as in `before`: a thread that has been joined
    /// is still told for a moment.
    pub fn becomes(before: &State) {
        let end = Instant::now() + Duration::from_secs(5);
        let wanted = (before.descriptors, before.threads);
        loop {
            let now = State::now();
            let seen = (now.descriptors, now.threads);
            if seen == wanted || Instant::now() >= end {
                println!("soak: {} descriptors, {} threads at the end", now.descriptors, now.threads);
                return assert_eq!(seen, wanted);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
