//! The fixed poll times of a task type.

use std::time::Duration;

/// The catalogue's timings of a task type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// From the taskId to the first poll.
    pub first: Duration,
    /// Between two polls.
    pub interval: Duration,
    /// The service takes no two polls closer than this. It also bounds the first poll from below, unless `first` is
    /// earlier.
    pub minimum: Duration,
}

impl Schedule {
    /// The earliest first poll.
    pub fn earliest(&self) -> Duration {
        self.minimum.min(self.first)
    }
}
