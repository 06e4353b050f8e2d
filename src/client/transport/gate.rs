//! The last moment before a request leaves: whether it is still wanted.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const WANTED: u8 = 0;
const LEFT: u8 = 1;
const WITHDRAWN: u8 = 2;

thread_local! {
    static GATE: RefCell<Option<Arc<Gate>>> = const { RefCell::new(None) };
}

/// Stands between a request that connects and its first byte: either the request passes, or it was withdrawn before.
/// Both cannot happen.
#[derive(Debug, Default)]
pub struct Gate(AtomicU8);

impl Gate {
    /// The request is about to leave; `false` when it was withdrawn.
    fn pass(&self) -> bool {
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

/// Runs an exchange of this thread with a gate before its request.
pub(super) fn behind<T>(gate: Option<&Arc<Gate>>, exchange: impl FnOnce() -> T) -> T {
    struct Open;
    impl Drop for Open {
        fn drop(&mut self) {
            GATE.take();
        }
    }
    GATE.replace(gate.cloned());
    let _open = Open;
    exchange()
}

/// Whether the request of this thread may leave.
pub(super) fn may_leave() -> bool {
    GATE.with_borrow(|gate| gate.as_ref().is_none_or(|gate| gate.pass()))
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
