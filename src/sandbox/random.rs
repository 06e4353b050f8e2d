//! Random numbers that can be repeated: nothing here has to be unguessable.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// A small generator (splitmix64).
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The same numbers for the same seed; without one, different ones each time.
    pub(super) fn new(seed: Option<u64>) -> Self {
        Random(seed.unwrap_or_else(|| RandomState::new().build_hasher().finish()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `min` to `max`. A fixed time uses up no number.
    pub(super) fn duration(&mut self, min: Duration, max: Duration) -> Duration {
        if min >= max { min } else { min + (max - min).mul_f64(self.unit()) }
    }
}
