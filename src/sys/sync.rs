//! The engine's locks: std's, or, for one test, those of a scheduler that tries many orders of threads
//! (`client/engine/interleaving_test.rs`).

#[cfg(feature = "interleave")]
pub use shuttle::sync::{Condvar, Mutex, MutexGuard};
#[cfg(not(feature = "interleave"))]
pub use std::sync::{Condvar, Mutex, MutexGuard};
