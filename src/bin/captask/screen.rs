//! Standard error: a bar on a terminal, plain lines elsewhere, and notes that do not break the bar.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The bar that is on the screen. Log lines come from the library's threads and go above it.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// The time between two plain lines.
const PAUSE: Duration = Duration::from_secs(10);

fn shown() -> Option<ProgressBar> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Writes a line to standard error.
pub fn note(line: &str) {
    // Standard error that is gone is no reason to stop.
    aside(|| _ = writeln!(stderr(), "{line}"));
}

/// Writes something while the bar is off the screen.
pub fn aside<T>(write: impl FnOnce() -> T) -> T {
    match shown() {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

/// How far a batch or a solve has come.
pub enum Progress {
    /// Nothing is shown.
    Silent,
    /// A bar, gone when this is.
    Bar(ProgressBar),
    /// A line now and then.
    Lines(Instant),
}

impl Progress {
    /// Of one task. Nothing is shown without a terminal.
    pub fn of_task(quiet: bool) -> Progress {
        if quiet || !terminal() {
            return Progress::Silent;
        }
        show(ProgressBar::new_spinner(), "{spinner} {msg}: {elapsed}")
    }

    /// Of this many lines, where that is known.
    pub fn of_lines(quiet: bool, total: Option<u64>) -> Progress {
        match (quiet, terminal(), total) {
            (true, ..) => Progress::Silent,
            (false, false, _) => Progress::Lines(Instant::now() + PAUSE),
            (false, true, Some(total)) => {
                show(ProgressBar::new(total), "[{elapsed_precise}] {wide_bar} {pos}/{len} {msg}, {eta} left")
            }
            (false, true, None) => show(ProgressBar::no_length(), "[{elapsed_precise}] {spinner} {pos} {msg}"),
        }
    }

    /// Shows how far it has come; plain lines are written at a bounded rate.
    pub fn update(&mut self, done: u64, text: impl FnOnce() -> String) {
        match self {
            Progress::Silent => {}
            Progress::Bar(bar) => {
                bar.set_position(done);
                bar.set_message(text());
            }
            Progress::Lines(next) => {
                let now = Instant::now();
                if now >= *next {
                    *next = now + PAUSE;
                    note(&format!("captask: {done} {}", text()));
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Progress::Bar(bar) = self {
            bar.finish_and_clear();
            *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

fn show(bar: ProgressBar, template: &str) -> Progress {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("=> ").tick_chars("|/-\\ "));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    // By itself, also while nothing happens.
    bar.enable_steady_tick(Duration::from_millis(250));
    *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
    Progress::Bar(bar)
}

/// Whether standard error is a terminal that can move its cursor.
fn terminal() -> bool {
    stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|kind| kind != "dumb")
}
