//! Log lines in a file or on standard error, for hosts that cannot take a call from another thread.

use super::level::{Level, Sink};
use crate::sys::{LogFile, trusted_variable};
use once_cell::race::OnceBox;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The path that stands for standard error.
const STANDARD_ERROR: &str = "-";

/// The host has said where lines go: the environment does not count any more, nor in forked children.
static CHOSEN: AtomicBool = AtomicBool::new(false);

/// The words of CAPTASK_LOG, by their numbers.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// From now on the environment does not count.
pub fn choose() {
    CHOSEN.store(true, Ordering::Release);
}

/// What writes lines to a file, or to standard error for "-".
pub fn sink(path: &str) -> Result<Sink, String> {
    let file = match path {
        STANDARD_ERROR => LogFile::StandardError,
        path => LogFile::open(path).map_err(|e| format!("captask cannot append to the file: {e}"))?,
    };
    Ok(Arc::new(move |level, text| file.write(line(SystemTime::now(), level, text).as_bytes())))
}

fn line(now: SystemTime, level: Level, text: &str) -> String {
    let word = LEVELS.get(level as usize).copied().unwrap_or_default();
    format!("{} captask[{}] {word}: {text}\n", date(now), std::process::id())
}

/// As RFC 3339 has it, in UTC.
fn date(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (seconds, day) = (since.as_secs() % 86_400, since.as_secs() / 86_400);
    // The days since the first of March of the year 0, in eras of 400 years; then a leap day is the last of its year.
    let days = day + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

/// CAPTASK_LOG and CAPTASK_LOG_FILE as they were when the library was first called.
struct Environment {
    /// The level as it was written.
    level: Option<String>,
    path: Option<String>,
}

fn environment() -> &'static Environment {
    static READ: OnceBox<Environment> = OnceBox::new();
    READ.get_or_init(|| {
        let text = |name| trusted_variable(name).map(|value| value.to_string_lossy().into_owned());
        let set = |name| text(name).filter(|value| !value.is_empty());
        Box::new(Environment { level: set(c"CAPTASK_LOG"), path: set(c"CAPTASK_LOG_FILE") })
    })
}

/// Where lines go by the environment, in this process, and up to which level.
pub fn from_environment() -> Option<(Sink, i32)> {
    let Environment { level, path } = environment();
    if CHOSEN.load(Ordering::Acquire) || (level.is_none() && path.is_none()) {
        return None;
    }
    let known = level.as_deref().map(number);
    let level = known.unwrap_or_default().unwrap_or(Level::Info as i32);
    let sink = sink(path.as_deref().unwrap_or(STANDARD_ERROR)).or_else(|why| {
        let sink = sink(STANDARD_ERROR)?;
        sink(Level::Error, &format!("CAPTASK_LOG_FILE: {why}; the log goes to standard error"));
        Ok::<_, String>(sink)
    });
    let sink = sink.ok()?;
    if known == Some(None) {
        let levels = LEVELS.join(", ");
        sink(Level::Warn, &format!("CAPTASK_LOG: there is no such level; expected one of {levels}; the log uses info"));
    }
    (level > 0).then_some((sink, level))
}

/// The level that a word or a digit stands for.
fn number(word: &str) -> Option<i32> {
    let place = LEVELS.iter().position(|known| word.trim().eq_ignore_ascii_case(known));
    let place = place.and_then(|place| i32::try_from(place).ok());
    place.or_else(|| word.trim().parse().ok().filter(|number| (0..=Level::Trace as i32).contains(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_right() {
        let at = |seconds, millis: u32| date(UNIX_EPOCH + Duration::new(seconds, millis * 1_000_000));
        assert_eq!(at(0, 0), "1970-01-01T00:00:00.000Z");
        assert_eq!(at(951_782_399, 999), "2000-02-28T23:59:59.999Z");
        assert_eq!(at(951_782_400, 0), "2000-02-29T00:00:00.000Z");
        assert_eq!(at(1_735_689_599, 1), "2024-12-31T23:59:59.001Z");
        assert_eq!(at(4_107_542_400, 0), "2100-03-01T00:00:00.000Z");
    }

    #[test]
    fn levels_are_words_or_digits() {
        assert_eq!(["off", "DEBUG", " trace ", "5", "0"].map(number), [0, 4, 5, 5, 0].map(Some));
        assert_eq!(["", "6", "-1", "verbose"].map(number), [None; 4]);
    }
}
