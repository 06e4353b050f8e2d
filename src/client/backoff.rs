//! Pauses before something is sent again. Pure: chance comes from a seed.

use std::time::Duration;

/// The first pause.
pub const FIRST: Duration = Duration::from_millis(100);

/// The longest pause between attempts to buy or to connect.
pub const LONGEST: Duration = Duration::from_secs(3);

/// A stream of numbers from a seed (splitmix64), for pauses that many clients do not keep in step.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    #[cfg(test)]
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// A stream that differs from one client to the next.
    pub fn of_this_client() -> Self {
        use std::hash::{BuildHasher, RandomState};
        Chance(RandomState::new().hash_one(0))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// `time`, up to a quarter shorter or longer.
    fn jitter(&mut self, time: Duration) -> Duration {
        time.mul_f64(0.75 + 0.5 * ((self.next() % 1001) as f64 / 1000.0))
    }

    /// The pause after so many failures in a row: doubling from [`FIRST`] to `limit`.
    pub fn backoff(&mut self, failures: u32, limit: Duration) -> Duration {
        let doubled = FIRST.saturating_mul(1 << failures.min(12));
        self.jitter(doubled.min(limit.max(FIRST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_their_limit() {
        let mut chance = Chance::new(7);
        for failures in 0..40 {
            let pause = chance.backoff(failures, LONGEST);
            let whole = FIRST.saturating_mul(1 << failures.min(12)).min(LONGEST);
            assert!(pause >= whole.mul_f64(0.75) && pause <= whole.mul_f64(1.25), "{failures}: {pause:?}");
        }
    }
}
