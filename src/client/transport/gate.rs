//! The last moment before a request leaves: whether it is still wanted.

use std::sync::atomic::{AtomicU8, Ordering};

const WANTED: u8 = 0;
const LEFT: u8 = 1;
const WITHDRAWN: u8 = 2;

/// Stands between a request that connects and its first byte: either the request passes, or it was withdrawn before.
/// Both cannot happen.
#[derive(Debug, Default)]
pub struct Gate(AtomicU8);

impl Gate {
    /// The request is about to leave; `false` when it was withdrawn.
    pub fn pass(&self) -> bool {
        match self.0.compare_exchange(WANTED, LEFT, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(state) => state == LEFT,
        }
    }

    /// Takes the request back; `false` when it has left.
    pub fn withdraw(&self) -> bool {
        match self.0.compare_exchange(WANTED, WITHDRAWN, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(state) => state == WITHDRAWN,
        }
    }

    /// Whether it was taken back.
    pub fn withdrawn(&self) -> bool {
        self.0.load(Ordering::Acquire) == WITHDRAWN
    }

    /// For another attempt, after one that certainly did nothing.
    pub fn reset(&self) {
        let _ = self.0.compare_exchange(LEFT, WANTED, Ordering::AcqRel, Ordering::Acquire);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_leaves_or_is_withdrawn_but_never_both() {
        let gate = Gate::default();
        assert!(gate.pass() && gate.pass());
        assert!(!gate.withdraw());
        gate.reset();
        assert!(gate.withdraw() && gate.withdrawn());
        gate.reset();
        assert!(!gate.pass());
    }
}
