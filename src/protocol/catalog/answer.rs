//! The answer of `captask_check`.

use super::{Problem, TaskCheck, check_task, formats};
use crate::protocol::failure::{Code, Failure};
use crate::protocol::json::{Object, quote};
use crate::protocol::request::{Asked, SolveRequest, examine, invalid, list};

/// Checks a request of solve or submit, the task included.
pub(super) fn check(text: &str) -> String {
    let object = match Object::parse(text) {
        Ok(object) => object,
        Err(fault) => return fault.into_failure("the request", Code::InvalidRequest).to_json(),
    };
    let (request, mut problems) = examine(&object);
    let mut task = TaskCheck::default();
    if let Some(raw) = object.get("task").filter(|raw| raw.get().starts_with('{')) {
        task = check_task(raw.get());
    }
    let below =
        |found: Vec<Problem>| found.into_iter().map(|p| Problem { pointer: format!("/task{}", p.pointer), ..p });
    let mut warnings: Vec<Problem> = below(task.warnings).collect();
    warnings.extend(request.as_ref().and_then(callback_warning));
    let bad_request = !problems.is_empty();
    problems.extend(below(task.problems));
    let variant = task.variant.map_or(String::from("null"), quote);
    if problems.is_empty() {
        return format!("{{\"errorId\":0,\"variant\":{variant},\"warnings\":{}}}", list(&warnings));
    }
    let failure: Failure = if bad_request {
        invalid(Code::InvalidRequest, "the request", &problems)
    } else {
        invalid(Code::InvalidTask, "the task", &problems)
    };
    failure.with("variant", variant).with("warnings", list(&warnings)).to_json()
}

fn callback_warning(request: &SolveRequest<'_>) -> Option<Problem> {
    let (Some(url), Asked::Create(_)) = (&request.callback_url, request.asked) else { return None };
    (!formats::is_web_url(url)).then(|| Problem {
        pointer: String::from("/callbackUrl"),
        problem: String::from("callbackUrl is not an absolute http or https URL; the service cannot call it"),
        hint: String::from("write it in full: https://host/path"),
    })
}
