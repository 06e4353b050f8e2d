//! Which error the service answers a faulty task with.

use super::envelope::Refusal;
use crate::protocol::catalog::{Edition, Problem};

/// Refuses a task as the service does: the specific code where one is documented, else `ERROR_INVALID_TASK`.
pub(super) fn check(catalogue: &Edition, task: &str) -> Result<(), Refusal> {
    let check = catalogue.check_task(task);
    if check.variant.is_none()
        && check.problems.is_empty()
        && check.warnings.iter().any(|warning| warning.pointer == "/type")
    {
        return Err(Refusal::of("ERROR_TASK_NOT_SUPPORTED"));
    }
    if let Some(code) = catalogue.refusal(task) {
        return Err(Refusal::of(code));
    }
    let Some(first) = check.problems.first() else { return Ok(()) };
    if ["/proxyType", "/proxyAddress", "/proxyPort"].contains(&first.pointer.as_str()) {
        return Err(Refusal::because("ERROR_PROXY_MISSING", list(&check.problems)));
    }
    Err(Refusal::because("ERROR_INVALID_TASK", list(&check.problems)))
}

fn list(problems: &[Problem]) -> String {
    let list: Vec<String> = problems.iter().map(|p| format!("task{}: {}", p.pointer, p.problem)).collect();
    list.join("; ")
}
