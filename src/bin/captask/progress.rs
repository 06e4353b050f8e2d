//! A line that shows that time passes, on a terminal only.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// How often the line changes.
pub const STEP: Duration = Duration::from_millis(250);

/// The line; it is gone when this is.
pub struct Progress {
    since: Instant,
    shown: bool,
    terminal: bool,
}

impl Progress {
    /// Starts now.
    pub fn new() -> Self {
        // Such a terminal would show the codes that clear the line.
        let dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
        Progress { since: Instant::now(), shown: false, terminal: stderr().is_terminal() && !dumb }
    }

    /// Shows what is going on.
    pub fn show(&mut self, what: &str) {
        if self.terminal {
            let seconds = self.since.elapsed().as_secs_f32();
            // A terminal that cannot be written to is no reason to stop.
            let _ = write!(stderr(), "\r\x1b[K{what}: {seconds:.1} s");
            let _ = stderr().flush();
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
