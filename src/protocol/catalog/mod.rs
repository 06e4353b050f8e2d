//! The task catalogue: what the service documents of task types, error codes and methods.

use super::failure::RetryScope;

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

/// The timings of a task, given as the JSON text of its `task` object; a usual timing for unknown types.
pub fn timing(_task: &str) -> Timing {
    Timing { first_ms: 1000, interval_ms: 3000, timeout_ms: 180_000 }
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
pub fn error(_code: &str) -> Option<ErrorInfo> {
    None
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

/// The result of checking a `task` object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCheck {
    /// The catalogue's id of the request shape that the task's members mean; `None` for an unknown type.
    pub variant: Option<&'static str>,
    /// What makes the task wrong. Pointers start at the task ("/websiteURL").
    pub problems: Vec<Problem>,
    /// Unknown types or members, deprecated types.
    pub warnings: Vec<Problem>,
}

/// Checks the JSON text of a `task` object against the catalogue.
pub fn check_task(_task: &str) -> TaskCheck {
    TaskCheck::default()
}

/// An artificial solution of the documented shape for the JSON text of a `task` object; every value says "sandbox-…".
pub fn sample_solution(_task: &str) -> String {
    String::from("{\"token\":\"sandbox-token\"}")
}

/// Which report method (`reportIncorrectImageCaptcha` or `reportIncorrectTokenCaptcha`) goes with a task type.
pub fn report_method(task_type: &str) -> &'static str {
    match task_type {
        "ImageToTextTask" | "ComplexImageTask" => "reportIncorrectImageCaptcha",
        _ => "reportIncorrectTokenCaptcha",
    }
}

/// The answer of `captask_check`: the JSON object for a request of solve or submit.
pub fn check(_request: &str) -> String {
    String::from("{\"errorId\":0}")
}

/// The answer of `captask_describe`: a JSON object for a topic, `None` for the table of contents.
pub fn describe(_topic: Option<&str>) -> String {
    String::from("{\"errorId\":0}")
}
