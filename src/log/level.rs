//! How much a line matters, and what takes lines.

use std::sync::Arc;

/// How much a line matters; the numbers are those of the C header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub enum Level {
    /// Something is lost or could not be done.
    Error = 1,
    /// Something went wrong and was mended, or soon will matter.
    Warn = 2,
    /// Opened, closed, bought.
    Info = 3,
    /// Each request.
    Debug = 4,
    /// Everything.
    Trace = 5,
}

/// Receives lines, on whatever thread logs them.
pub type Sink = Arc<dyn Fn(Level, &str) + Send + Sync>;
