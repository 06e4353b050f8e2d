//! The answer of `captask_check`.

use super::edition::check_task;
use super::formats;
use super::index::Catalogue;
use super::model::Shape;
use super::process;
use super::task_check::TaskCheck;
use super::unknown_members::{counted, repeated, twice, warn_of_unknown};
use crate::protocol::failure::{Code, Failure};
use crate::protocol::json::{Object, quote};
use crate::protocol::problem::{Problem, invalid, list, pointer, shown};
use crate::protocol::request::{Asked, OPTIONS, SolveRequest, examine, unreadable};
use crate::protocol::suggest::{Query, closest_name};

/// What a request may hold.
const MEMBERS: [&str; 7] = ["task", "taskId", "callbackUrl", "softId", "options", "extra", "clientKey"];

/// So many unknown members of a request get a hint.
const HINTS: usize = 32;

/// The answer of `captask_check`: the JSON object for a request of solve or submit, the task included.
pub fn check(text: &str) -> String {
    if let Err(failure) = process::process() {
        return failure.to_json();
    }
    let object = match Object::parse(text) {
        Ok(object) => object,
        Err(fault) => return unreadable(fault).to_json(),
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
    let names = object.members().iter().map(|member| member.name.as_ref());
    let unknown = counted(names.filter(|name| !MEMBERS.contains(name)));
    warnings.extend(unknown_request_members(&object, task.variant, &unknown));
    warnings.extend(repeated("", &object, &unknown));
    let options = request.iter().flat_map(|request| &request.doubled_options);
    warnings.extend(options.map(|name| twice(pointer("options", name), name)));
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
        problem: String::from("callbackUrl is not an absolute http or https URL, so the service cannot use it"),
        hint: String::from("write it in full: https://host/path"),
    })
}

/// Members of a request that nobody knows. They go through, so this is worth a warning and no more.
fn unknown_request_members(request: &Object<'_>, variant: Option<&str>, names: &[(&str, usize)]) -> Vec<Problem> {
    let catalogue = process::current();
    let shape = variant.and_then(|id| catalogue.by_id(id));
    let fate = if request.get("task").is_some() { "it is sent unchanged" } else { "it is not sent" };
    warn_of_unknown("", names, "a request", |index, name| {
        let near = if index < HINTS { suggest_member(catalogue, shape, name) } else { None };
        let hint = near.map(|near| format!("did you mean {near}?"));
        (format!("{} is not a member of a request; {fate}", shown(name)), hint.unwrap_or_default())
    })
}

/// The member of a request, of its options or of its task that a name was meant to be.
fn suggest_member(catalogue: &Catalogue, shape: Option<&Shape>, name: &str) -> Option<String> {
    let wanted = Query::new(name)?;
    let is = |known: &str| wanted.distance_or_same(known) == Some(0);
    let foreign = catalogue.foreign.iter().filter(|foreign| foreign.names.iter().any(|name| is(name)));
    let mut suggest_member = foreign.flat_map(|foreign| &foreign.means);
    if let Some(member) = suggest_member.find(|name| MEMBERS.contains(&name.as_str())) {
        return Some(member.clone());
    }
    if let Some(option) = OPTIONS.into_iter().find(|option| is(option)) {
        return Some(format!("options.{option}"));
    }
    if let Some(envelope) = ["type", "class"].into_iter().find(|known| is(known)) {
        return Some(format!("task.{envelope}"));
    }
    let mut members = shape.into_iter().flat_map(|shape| &shape.members);
    if let Some(member) = members.find(|member| is(&member.name)) {
        return Some(format!("task.{}", member.name));
    }
    closest_name(name, MEMBERS).map(str::to_owned)
}
