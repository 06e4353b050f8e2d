//! What a world is like: drawn from its seed before it begins.

use crate::client::backoff::Chance;
use crate::client::config::GuardConfig;
use std::time::Duration;

/// Microseconds of virtual time.
pub type Micros = u64;

pub const SECOND: Micros = 1_000_000;

/// Numbers of a seed.
pub struct Random(Chance);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(Chance::new(seed))
    }

    /// One of `low..high`.
    pub fn range(&mut self, low: u64, high: u64) -> u64 {
        low + self.0.next() % (high - low).max(1)
    }

    /// True in so many of a thousand cases.
    pub fn permille(&mut self, of_thousand: u64) -> bool {
        self.0.next() % 1000 < of_thousand
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.range(0, of.len() as u64)).unwrap_or(0)]
    }
}

/// What one world is like.
pub struct Plan {
    pub random: Random,
    pub hosts: usize,
    pub max_connections: usize,
    pub request_timeout: Micros,
    pub guard: GuardConfig,
    pub journal: bool,
    pub learn: bool,
    /// Requests that the host program makes.
    pub requests: u64,
    /// The time in which it makes them.
    pub span: Micros,
    /// Exchanges in a thousand in which something goes wrong.
    pub rough: u64,
    /// The shortest and the longest exchange.
    pub latency: (Micros, Micros),
    /// Tickets in a thousand that get their result by callback.
    pub callbacks: u64,
    /// Effects and other steps until the process is killed, for each of its lives.
    pub kills: Vec<u64>,
    /// The kill comes in the middle of a write.
    pub torn: bool,
    /// Writes to the journal in a thousand that fail.
    pub full: u64,
    /// When the host program stops the client.
    pub stop_at: Option<Micros>,
    /// When the host program closes the client with answers unread.
    pub close_at: Option<Micros>,
    /// Short deadlines, long solve times.
    pub hurried: bool,
    /// Tasks that need all of their polls.
    pub patient: bool,
    /// Events in a thousand in whose handling the machine panics.
    pub faults: u64,
    /// Where it does. Numbers of their own: what else happens does not depend on them.
    pub chance_of_faults: Random,
}

impl Plan {
    /// The plan of a seed.
    pub fn of(seed: u64) -> Plan {
        let mut random = Random::new(seed);
        let mut chance_of_faults = Random::new(!seed);
        let journal = random.permille(600);
        let requests = if random.permille(50) { random.range(50, 200) } else { random.range(1, 24) };
        let span = random.pick(&[0, SECOND / 10, 5 * SECOND, 60 * SECOND, 300 * SECOND]);
        let guard = GuardConfig {
            tasks_per_minute: random.permille(200).then(|| u32::try_from(random.range(1, 20)).unwrap_or(1)),
            max_tasks: random.permille(200).then(|| random.range(1, 20)),
            hold_on_refusal: Duration::from_millis(random.pick(&[0, 500, 60_000])),
        };
        let kills = match journal {
            true if random.permille(500) => (0..random.range(1, 4)).map(|_| random.range(1, 20 * requests)).collect(),
            _ => Vec::new(),
        };
        let slow = random.permille(100);
        Plan {
            hosts: usize::try_from(random.pick(&[1, 1, 1, 2, 3])).unwrap_or(1),
            max_connections: usize::try_from(random.pick(&[1, 2, 3, 8, 256])).unwrap_or(1),
            request_timeout: random.pick(&[2, 21]) * SECOND,
            guard,
            journal,
            learn: random.permille(700),
            requests,
            span,
            rough: random.pick(&[0, 0, 30, 200, 600]),
            latency: if slow { (100_000, 3 * SECOND) } else { (500, 120_000) },
            callbacks: random.pick(&[0, 0, 300, 1000]),
            torn: random.permille(200),
            full: if journal && random.permille(50) { 100 } else { 0 },
            stop_at: random.permille(100).then(|| random.range(0, span + 30 * SECOND)),
            close_at: random.permille(100).then(|| random.range(0, span + 30 * SECOND)),
            hurried: random.permille(200),
            patient: random.permille(40),
            kills,
            faults: chance_of_faults.pick(&[0, 0, 0, 20, 200]),
            chance_of_faults,
            random,
        }
    }

    /// Nothing goes wrong and there is room for everything: what is promised for such a world is more.
    pub fn calm(&self) -> bool {
        self.rough == 0
            && self.max_connections as u64 > 2 * self.requests
            && self.latency.1 < SECOND
            && self.full == 0
            && self.kills.is_empty()
            && self.close_at.is_none()
            && self.stop_at.is_none()
    }
}
