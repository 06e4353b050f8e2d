//! How long an exchange takes, and how many connections a backlog is worth.

use std::time::{Duration, Instant};

/// The shortest exchange of this time, or of the same time before it, counts.
const WINDOW: Duration = Duration::from_secs(1);

/// Before anything is known.
const GUESS: f64 = 0.000_5;

/// When no reply has come for so long, the service is slower than its best times say.
const STALL: Duration = Duration::from_millis(10);

/// Connections that are made at once while there are few.
const FEW: usize = 8;

/// The shortest time that an exchange has taken lately. The usual time says nothing about the service: it grows with
/// their number as soon as the processor or the service is the bottleneck, and more of them only cost then.
pub struct Latency {
    current: f64,
    before: f64,
    since: Instant,
    moved: Instant,
}

impl Latency {
    /// Nothing known yet.
    pub fn new(now: Instant) -> Self {
        Latency { current: f64::INFINITY, before: f64::INFINITY, since: now, moved: now }
    }

    /// An exchange or the making of a connection begins, beside so many others.
    pub fn begin(&mut self, others: usize, now: Instant) {
        if others == 0 {
            self.moved = now;
        }
    }

    /// A connection was made.
    pub fn connected(&mut self, now: Instant) {
        self.moved = now;
    }

    /// When those under way cannot be counted on any more, unless one of them ends.
    pub fn stall_at(&self) -> Instant {
        self.moved + STALL
    }

    /// An exchange has ended.
    pub fn end(&mut self, started: Instant, now: Instant) {
        let took = now.saturating_duration_since(started).as_secs_f64();
        self.moved = now;
        if now.saturating_duration_since(self.since) < WINDOW {
            self.current = self.current.min(took);
        } else {
            (self.before, self.current, self.since) = (self.current, took, now);
        }
    }

    /// How many exchanges at once do this backlog within `target` seconds, while `away` are under way; at least one, and
    /// about twice as many as those at most: a hiccup of the service must not make it hundreds.
    pub fn at_once(&self, backlog: usize, away: usize, target: f64, now: Instant) -> usize {
        let known = self.current.min(self.before);
        let mut each = if known.is_finite() { known } else { GUESS };
        if away > 0 && now > self.stall_at() {
            each = each.max(now.saturating_duration_since(self.moved).as_secs_f64());
        }
        // A float to integer cast saturates.
        ((backlog as f64 * each / target).ceil() as usize).clamp(1, away + away.max(FEW))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn exchanges_follow_the_latency_and_not_the_queue() {
        let start = Instant::now();
        let mut latency = Latency::new(start);
        let mut now = start;
        assert_eq!(latency.at_once(1000, 0, 0.1, now), 5);
        for took in [110, 100, 105] {
            now += took * MS;
            latency.end(now - took * MS, now);
        }
        assert_eq!(latency.at_once(30, 20, 0.1, now), 30);
        latency.end(now - MS, now);
        // Slower exchanges of the same window are waiting in a queue of somebody's.
        latency.end(now - 100 * MS, now);
        assert_eq!(latency.at_once(300, 1, 0.1, now), 3);
    }

    #[test]
    fn even_an_exchange_that_takes_no_time_is_one() {
        let now = Instant::now();
        let mut latency = Latency::new(now);
        latency.end(now, now);
        assert_eq!(latency.at_once(1, 0, 0.1, now), 1);
    }

    #[test]
    fn they_double_until_there_are_enough() {
        let start = Instant::now();
        let mut latency = Latency::new(start);
        latency.begin(0, start);
        let now = start + 100 * MS;
        let mut steps = vec![1];
        while let Some(last) = steps.last().copied().filter(|last| *last < 200) {
            steps.push(latency.at_once(200, last, 0.02, now));
        }
        assert_eq!(steps, [1, 9, 18, 36, 72, 144, 288]);
    }

    #[test]
    fn silence_asks_for_more_only_while_something_is_under_way() {
        let now = Instant::now();
        let mut latency = Latency::new(now);
        latency.begin(0, now);
        latency.end(now, now + MS);
        let later = now + Duration::from_secs(10);
        assert_eq!(latency.at_once(20, 0, 0.1, later), 1);
        assert_eq!(latency.at_once(20, 4, 0.1, later), 12);
        // One more beside those that are silent is no sign of life.
        latency.begin(4, later);
        assert_eq!(latency.at_once(20, 4, 0.1, later), 12);
        latency.begin(0, later);
        assert_eq!(latency.at_once(20, 4, 0.1, later), 1);
    }
}
