//! The few system calls that std does not offer.

mod clock;
mod descriptor;
mod file;
#[cfg(feature = "cli")]
pub mod interrupt;
mod locked_file;
mod log_file;
mod process;
mod socket;
pub mod sync;
mod thread;
mod wait;

pub use clock::boot_time;
pub use descriptor::Readiness;
#[cfg(test)]
pub use file::lock_alone;
pub use file::{above_streams, is_of_stream, lift};
pub use locked_file::Held;
pub use log_file::{LogFile, trusted_variable};
pub use process::{per_process, stay_loaded};
pub use socket::{let_wait, peek, receive, send};
#[cfg(all(test, unix))]
pub use thread::thread_time;
pub use thread::{Uncancelled, spawn};
pub use wait::{Watched, sends, wait_ready};
