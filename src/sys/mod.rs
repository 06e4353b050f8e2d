//! The few system calls that std does not offer.

mod clock;
mod file;
mod held;
#[cfg(feature = "cli")]
pub mod interrupt;
mod log_file;
mod process;
mod readiness;
mod ready;
mod socket;
pub mod sync;
mod thread;

pub use clock::boot_time;
#[cfg(test)]
pub use file::lock_alone;
pub use file::{above_streams, is_of_stream, lift};
pub use held::Held;
pub use log_file::{LogFile, trusted_variable};
pub use process::{per_process, stay_loaded};
pub use readiness::Readiness;
pub use ready::{Watched, sends, wait_ready};
pub use socket::{let_wait, peek, receive, send};
#[cfg(all(test, unix))]
pub use thread::thread_time;
pub use thread::{Uncancelled, spawn};
