//! The few system calls that std does not offer.

mod file;
mod process;
mod socket;
mod thread;

pub use file::{lift, lock_alone};
pub use process::{per_process, stay_loaded};
pub use socket::{Idle, READS_OUTLIVE_SHUTDOWN, await_any, await_connected, await_readable, look};
#[cfg(all(test, unix))]
pub use thread::thread_time;
pub use thread::{Uncancelled, spawn};
