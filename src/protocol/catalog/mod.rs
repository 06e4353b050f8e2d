//! The task catalogue: what the service documents of task types, error codes and methods.

mod address;
mod answer;
mod build;
mod check;
mod condition;
mod data;
mod describe;
mod edition;
mod errors;
#[cfg(feature = "catalogue-file")]
mod file;
mod formats;
mod hints;
mod json_type;
mod load;
mod nearest;
#[cfg(feature = "catalogue-file")]
mod overlay;
mod packed;
mod proxy;
mod reading;
mod sample;
mod schema;
mod select;
mod sources;
mod strange;
mod topics;
#[cfg(any(test, feature = "catalogue-file"))]
mod validate;
mod value;
mod view;
mod wait;
mod words;

#[cfg(feature = "sandbox")]
pub(crate) use formats::IMAGE_BYTES;
pub(crate) use nearest::did_you_mean;

pub use edition::Edition;

use super::failure::RetryScope;
use std::fmt;

/// When to poll a task of some type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Milliseconds from the taskId to the first poll.
    pub first_ms: u32,
    /// Milliseconds between polls.
    pub interval_ms: u32,
    /// Milliseconds after which to give the task up.
    pub timeout_ms: u32,
}

/// The catalogue of the process.
static PROCESS: Edition = Edition::new();

/// What most types share, for those that the catalogue does not know.
const USUAL: Timing = Timing { first_ms: 1000, interval_ms: 3000, timeout_ms: 180_000 };

/// The timings of a task, given as the JSON text of its `task` object; a usual timing for unknown types. A task with
/// `"nocache":true` is first polled later, where its type says so.
pub fn timing(task: &str) -> Timing {
    PROCESS.timing(task)
}

/// What the catalogue knows of an error code of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorInfo {
    /// The code as the service's documentation spells it (an alias is resolved to it).
    pub code: &'static str,
    /// The class: auth, balance, ip, rate, input, task, unsolvable, not_ready, server, proxy, timeout.
    pub class: &'static str,
    /// Which repetition helps, if any.
    pub retry: Option<RetryScope>,
    /// Whether a repetition helps only after a while.
    pub after_delay: bool,
}

/// What is known of an error code; `None` for codes this version has not heard of.
pub fn error(code: &str) -> Option<ErrorInfo> {
    errors::info(code)
}

/// Whether a `status` of the service says that the task is still being solved.
pub fn says_wait(word: &str) -> bool {
    wait::says_wait(word)
}

/// One thing wrong with a request, or worth a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// RFC 6901 pointer into what was checked.
    pub pointer: String,
    /// What was found and what is wanted.
    pub problem: String,
    /// What to do, where that can be said ("did you mean websiteURL?"); else empty.
    pub hint: String,
}

/// A problem from its parts.
#[inline(never)]
pub(crate) fn problem(pointer: String, problem: fmt::Arguments<'_>, hint: &str) -> Problem {
    Problem { pointer, problem: problem.to_string(), hint: hint.to_owned() }
}

/// Adds a problem to others.
#[inline(never)]
pub(crate) fn tell(others: &mut Vec<Problem>, pointer: String, text: fmt::Arguments<'_>, hint: &str) {
    others.push(problem(pointer, text, hint));
}

/// The result of checking a `task` object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCheck<'c> {
    /// The catalogue's id of the request shape that the task's members mean; `None` for an unknown type.
    pub variant: Option<&'c str>,
    /// What makes the task wrong. Pointers start at the task ("/websiteURL").
    pub problems: Vec<Problem>,
    /// Unknown types or members, deprecated types.
    pub warnings: Vec<Problem>,
}

/// Checks the JSON text of a `task` object against the catalogue: everything at once, in time that does not grow with
/// the number of task types.
pub fn check_task(task: &str) -> TaskCheck<'static> {
    PROCESS.check_task(task)
}

/// So many problems are listed one by one: an answer does not grow with what is wrong.
const LISTED: usize = 100;

/// Leaves the first problems, and counts the rest.
fn bound(found: &mut Vec<Problem>, what: &str) {
    let more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    if more > 0 {
        tell(found, String::new(), format_args!("and {more} more {what}"), "mend the first ones and check again");
    }
}

/// An artificial solution of the documented shape for the JSON text of a `task` object: every free text begins with
/// "sandbox-". It fits the schema in `captask_describe`; an unknown type gets a token.
pub fn sample_solution(task: &str) -> String {
    PROCESS.sample_solution(task)
}

/// Which report method (`reportIncorrectImageCaptcha` or `reportIncorrectTokenCaptcha`) goes with a task type, under any
/// of its names; the one for tokens goes with types that are not known.
pub fn report_method(task_type: &str) -> &'static str {
    PROCESS.report_method(task_type)
}

/// The answer of `captask_check`: the JSON object for a request of solve or submit.
pub fn check(request: &str) -> String {
    answer::check(request)
}

/// The answer of `captask_describe`: a JSON object for a topic, `None` for the table of contents.
pub fn describe(topic: Option<&str>) -> String {
    describe::describe(topic)
}

/// The answer to whether a catalogue file is right: `{"errorId":0,"added":[…],"changed":[…]}` with the ids of its
/// entries, or CAPTASK_INVALID_CONFIG with all problems.
#[cfg(feature = "catalogue-file")]
pub fn check_file(path: &std::path::Path) -> String {
    file::check(path)
}
