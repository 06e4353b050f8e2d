//! Log lines for the host: to the sink of `captask_set_log`, and to the file of `captask_log_to` or of the environment.
//!
//! Whoever logs promises that no key, password or cookie is in the line.

mod file;
mod level;
mod one_line;
mod sinks;

pub use level::{Level, Sink};
pub use one_line::one_line;
pub use sinks::{debug, deferred, enabled, error, info, level, line, set, to_file, trace, warn, watch_thread};
