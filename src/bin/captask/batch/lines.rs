//! The lines that are left to do.

use super::answer::Mark;
use super::input::{Input, Line, Next};
use super::resume::Done;
use crate::object;
use captask::protocol::json::Object;
use captask::protocol::{Code, Failure};
use std::collections::HashSet;
use std::time::Duration;

/// The input, and what earlier runs did of it.
pub struct Lines {
    /// The tasks.
    pub input: Input,
    /// Lines whose results are in the results file.
    pub done: Done,
    /// Lines whose tasks were bought by an earlier run, and are waited for.
    pub adopted: HashSet<u64>,
    /// Results of earlier runs that wait for those of earlier lines; how many of them are errors.
    pub earlier: (u64, u64),
}

impl Lines {
    /// The next line that has no result in the file.
    pub fn next(&mut self, wait: Duration) -> Next {
        loop {
            match self.input.next(wait) {
                Next::Line(line) if self.done.has(line.number) => {}
                next => return next,
            }
        }
    }
}

/// A line as captask_submit takes it, and whether it has a key of its own.
pub fn request(line: &Line, options: &[(&str, String)], mark: Option<&str>) -> Result<(String, bool), Failure> {
    let text = line.text.as_ref().map_err(Clone::clone)?;
    let read = |text| Object::parse(text).map_err(|e| e.into_failure("the line", Code::InvalidRequest));
    let object = read(text)?;
    let own_key = object.get("clientKey").is_some();
    let bare = object.get("task").is_none() && object.get("taskId").is_none() && object.get("type").is_some();
    let mut request = if bare { format!("{{\"task\":{}}}", object.text()) } else { object.text().to_owned() };
    if !options.is_empty() {
        request = object::with_options(&request, options)?;
    }
    if let Some(batch) = mark {
        let own = if bare { None } else { object.get("extra").map(|raw| raw.get()) };
        let extra = Mark { batch }.write(line.number, own);
        request = object::with(
            &Object::parse(&request).map_err(|e| e.into_failure("the line", Code::InvalidRequest))?,
            &[("extra", extra)],
        );
    }
    Ok((request, own_key))
}

/// The answer of a line that was refused before anything was sent.
pub fn refused(line: &Line, mut failure: Failure) -> String {
    if let Some(object) = line.text.as_ref().ok().and_then(|text| Object::parse(text).ok()) {
        for name in ["taskId", "extra"] {
            if let Some(value) = object.get(name) {
                failure = failure.with(name, value.get());
            }
        }
    }
    failure.to_json()
}
