//! The requests of solve and submit: what goes to the service, and what stays here.

use super::envelope::is_zero;
use super::failure::{Code, Failure};
use super::json::{Malformed, Member, Object, as_number, as_string, kind, not_text};
use super::problem::{HALF_HINT, Problem, add_problem, invalid, pointer, problem};
use super::suggest;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// What to do with a task whose members do not fit its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validate {
    /// Refuse it.
    Strict,
    /// Log it and send it.
    Warn,
    /// Send it unlooked at.
    Off,
}

impl Validate {
    /// The word in requests and configurations.
    pub fn parse(word: &str) -> Option<Validate> {
        match word {
            "strict" => Some(Validate::Strict),
            "warn" => Some(Validate::Warn),
            "off" => Some(Validate::Off),
            _ => None,
        }
    }
}

/// The `options` of a request. What is absent comes from the client's configuration or the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Milliseconds after which the ticket is given up.
    pub timeout_ms: Option<u32>,
    /// Milliseconds from the taskId to the first poll.
    pub first_poll_ms: Option<u32>,
    /// Milliseconds between polls.
    pub poll_interval_ms: Option<u32>,
    /// Polls at most, 1 to 120.
    pub max_polls: Option<u32>,
    /// Polls that an adopted task has behind it, 0 to 120.
    pub polls_used: Option<u32>,
    /// What to do with a task whose members do not fit its type.
    pub validate: Option<Validate>,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// Buy a task: the JSON text of the `task` object, as it came.
    Create(&'a str),
    /// Adopt a task: the JSON text of its id, a number or a string.
    Adopt(&'a str),
}

/// A request of solve or submit, taken apart without touching its bytes.
#[derive(Debug, Clone)]
pub struct SolveRequest<'a> {
    /// Create or adopt.
    pub asked: Asked<'a>,
    /// The caller's own callbackUrl, when it is a string that is not empty.
    pub callback_url: Option<String>,
    /// What governs this request alone.
    pub options: Options,
    /// Names that stand more than once in `options`; the last of each counts.
    pub doubled_options: Vec<String>,
    /// The JSON text of `extra`.
    pub extra: Option<&'a str>,
    /// What goes out with createTask, in the order it came: `task`, `callbackUrl` and every other member that is not for
    /// this library.
    pub outgoing: Vec<Member<'a>>,
}

impl<'a> SolveRequest<'a> {
    /// Reads a request. Broken JSON is `CAPTASK_INVALID_JSON`; anything else that is wrong, all of it at once in
    /// `problems`, is `CAPTASK_INVALID_REQUEST`. The members of the task are not looked at.
    pub fn parse(text: &'a str) -> Result<SolveRequest<'a>, Failure> {
        let object = Object::parse(text).map_err(unreadable)?;
        let (request, problems) = examine(&object);
        match request {
            Some(request) if problems.is_empty() => Ok(request),
            _ => Err(invalid(Code::InvalidRequest, "the request", &problems)),
        }
    }
}

/// A request that is no object, or has a name that is no text.
pub(crate) fn unreadable(fault: Malformed) -> Failure {
    match fault {
        Malformed::Name { .. } => {
            let half = problem(String::new(), format_args!("{fault}"), HALF_HINT);
            invalid(Code::InvalidRequest, "the request", &[half])
        }
        fault => fault.into_failure("the request", Code::InvalidRequest),
    }
}

/// Takes a request apart and finds everything wrong with it, except inside the task.
pub(crate) fn examine<'a>(object: &Object<'a>) -> (Option<SolveRequest<'a>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let asked = asked(object, &mut problems);
    let callback_url = match object.get("callbackUrl") {
        None => None,
        Some(raw) if raw.get() == "null" => None,
        Some(raw) => match as_string(raw) {
            Some(url) => Some(url).filter(|url| !url.is_empty()),
            None => {
                let text = not_text("callbackUrl", raw);
                let hint = "write the URL in quotes, or omit the member";
                add_problem(&mut problems, "/callbackUrl".into(), format_args!("{text}"), hint);
                None
            }
        },
    };
    let mut doubled_options = Vec::new();
    let read = |raw| read_options(raw, &mut problems, &mut doubled_options);
    let options = object.get("options").map(read).unwrap_or_default();
    let ours = |name: &str| matches!(name, "options" | "extra" | "taskId");
    let outgoing = object.members().iter().filter(|member| !ours(&member.name)).cloned().collect();
    let extra = object.get("extra").map(RawValue::get);
    (asked.map(|asked| SolveRequest { asked, callback_url, options, doubled_options, extra, outgoing }), problems)
}

fn asked<'a>(object: &Object<'a>, problems: &mut Vec<Problem>) -> Option<Asked<'a>> {
    match (object.get("task"), object.get("taskId")) {
        (Some(task), None) if task.get().starts_with('{') => return Some(Asked::Create(task.get())),
        (Some(task), None) => {
            let text = format_args!("task is {}; expected an object", kind(task));
            add_problem(problems, "/task".into(), text, "write the task as {\"type\":…}");
        }
        (None, Some(id)) => match id_fault(id) {
            None => return Some(Asked::Adopt(id.get())),
            Some(fault) => add_problem(
                problems,
                "/taskId".into(),
                format_args!("{fault}"),
                "give the taskId from the answer of createTask",
            ),
        },
        (Some(_), Some(_)) => {
            let hint = "give task to buy a task, or taskId to adopt one that is already bought";
            add_problem(problems, String::new(), format_args!("both task and taskId are given"), hint);
        }
        (None, None) => {
            let near = |name: &str| suggest::did_you_mean(name, ["task", "taskId"]);
            let misspelt = object.members().iter().map(|member| near(&member.name)).find(|hint| !hint.is_empty());
            let hint = match misspelt {
                Some(hint) => hint,
                None if object.get("type").is_some() => "wrap it: {\"task\":{\"type\":…}}".to_owned(),
                None => "give {\"task\":{…}} or {\"taskId\":…}".to_owned(),
            };
            add_problem(problems, String::new(), format_args!("neither task nor taskId is given"), &hint);
        }
    }
    None
}

/// A taskId is a number or a string of any size; 0 means that there is no task.
fn id_fault(id: &RawValue) -> Option<String> {
    match kind(id) {
        "a number" => is_zero(id.get()).then(|| format!("taskId is {}, which means no task", id.get())),
        "a string" => {
            let Some(text) = as_string(id) else { return Some(not_text("taskId", id)) };
            let none = text.is_empty() || text == "0";
            none.then(|| format!("taskId is {}, which means no task", id.get()))
        }
        other => Some(format!("taskId is {other}; expected a number or a string")),
    }
}

/// The longest time that a request may name, about 24 days: sums of a few never overflow.
const LONGEST_MS: u32 = i32::MAX as u32;

/// So many names that are no options are told one by one.
const MAX_UNKNOWN_OPTIONS: usize = 64;

pub(crate) const OPTIONS: [&str; 6] =
    ["timeoutMs", "firstPollMs", "pollIntervalMs", "maxPolls", "pollsUsed", "validate"];

fn read_options(raw: &RawValue, problems: &mut Vec<Problem>, doubled: &mut Vec<String>) -> Options {
    let mut options = Options::default();
    let object = match Object::parse(raw.get()) {
        Ok(object) => object,
        Err(fault @ Malformed::Name { .. }) => {
            add_problem(problems, "/options".into(), format_args!("{fault}"), HALF_HINT);
            return options;
        }
        Err(_) => {
            let text = format_args!("options is {}; expected an object", kind(raw));
            add_problem(problems, "/options".into(), text, "omit it for the defaults");
            return options;
        }
    };
    doubled.extend(object.repeated().into_iter().take(MAX_UNKNOWN_OPTIONS).map(str::to_owned));
    let mut strange: HashMap<&str, usize> = HashMap::new();
    for member in object.members() {
        let (name, value) = (member.name.as_ref(), member.value);
        let at = pointer("options", name);
        let mut number = |least: u32, most: u32| match whole(value, least, most) {
            Some(number) => Some(number),
            None => {
                let what = if value.get().len() > 64 { kind(value) } else { value.get() };
                add_problem(
                    problems,
                    at.clone(),
                    format_args!("{name} is {what}; expected an integer from {least} to {most}"),
                    "",
                );
                None
            }
        };
        match name {
            "timeoutMs" => options.timeout_ms = number(1, LONGEST_MS),
            "firstPollMs" => options.first_poll_ms = number(0, LONGEST_MS),
            "pollIntervalMs" => options.poll_interval_ms = number(1, LONGEST_MS),
            "maxPolls" => options.max_polls = number(1, 120),
            "pollsUsed" => options.polls_used = number(0, 119),
            "validate" => {
                options.validate = as_string(value).as_deref().and_then(Validate::parse);
                if options.validate.is_none() {
                    let what = if value.get().len() > 64 { kind(value) } else { value.get() };
                    let (text, hint) = match as_string(value) {
                        Some(word) => (None, suggest::did_you_mean(&word, ["strict", "warn", "off"])),
                        None if kind(value) == "a string" => (Some(not_text(name, value)), String::new()),
                        None => (None, String::new()),
                    };
                    let text = text.unwrap_or_else(|| format!("validate is {what}; expected strict, warn or off"));
                    add_problem(problems, at.clone(), format_args!("{text}"), &hint);
                }
            }
            _ if strange.insert(name, 1).is_some() => {}
            // Past a handful of unknown names nobody needs each of them told.
            _ if strange.len() <= MAX_UNKNOWN_OPTIONS => {
                let hint = suggest::did_you_mean(name, OPTIONS);
                add_problem(problems, at.clone(), format_args!("there is no such option"), &hint);
            }
            _ => {}
        }
    }
    if let Some(more) = strange.len().checked_sub(MAX_UNKNOWN_OPTIONS).filter(|more| *more > 0) {
        add_problem(problems, "/options".into(), format_args!("and {more} more unknown options"), "");
    }
    options
}

/// An integer within bounds, however JSON writes it (3, 3.0, 3e0).
fn whole(raw: &RawValue, least: u32, most: u32) -> Option<u32> {
    let number = as_number(raw)?;
    let fits = number.fract() == 0.0 && number >= f64::from(least) && number <= f64::from(most);
    fits.then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        examine(&Object::parse(text).unwrap()).1.into_iter().map(|p| p.pointer).collect()
    }

    #[test]
    fn a_request_is_taken_apart_without_changing_a_byte() {
        let text = r#"{"softId":0.10,"task":{"type":"X" , "n":12345678901234567890},"extra":[1, 2],"callbackUrl":"http://h/","options":{"timeoutMs":5e3,"validate":"off"}}"#;
        let request = SolveRequest::parse(text).unwrap();
        assert!(matches!(request.asked, Asked::Create(t) if t == r#"{"type":"X" , "n":12345678901234567890}"#));
        assert_eq!(request.extra, Some("[1, 2]"));
        assert_eq!(request.callback_url.as_deref(), Some("http://h/"));
        assert_eq!(request.options.timeout_ms, Some(5000));
        assert_eq!(request.options.validate, Some(Validate::Off));
        let outgoing: Vec<_> = request.outgoing.iter().map(|m| (m.name.as_ref(), m.value.get())).collect();
        assert_eq!(outgoing[0], ("softId", "0.10"));
        assert_eq!(outgoing.iter().map(|o| o.0).collect::<Vec<_>>(), ["softId", "task", "callbackUrl"]);
    }

    #[test]
    fn task_ids_are_opaque_but_never_zero() {
        for id in ["1", "\"5f2e\"", "123456789012345678901234567890", "-3", "1.5"] {
            let text = format!("{{\"taskId\":{id}}}");
            assert!(matches!(SolveRequest::parse(&text).unwrap().asked, Asked::Adopt(t) if t == id), "{id}");
        }
        for id in ["0", "-0", "0.0", "0e5", "\"\"", "\"0\"", "null", "true", "[1]", "{}"] {
            let failure = SolveRequest::parse(&format!("{{\"taskId\":{id}}}")).unwrap_err();
            assert_eq!(failure.code, Code::InvalidRequest, "{id}");
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let text = r#"{"task":[],"callbackUrl":7,"options":{"timeoutMs":0,"maxPolls":121,"pollsUsed":-1,"validate":"no","firstPollMs":1.5,"maxPoll":3}}"#;
        assert_eq!(
            problems(text),
            [
                "/task",
                "/callbackUrl",
                "/options/timeoutMs",
                "/options/maxPolls",
                "/options/pollsUsed",
                "/options/validate",
                "/options/firstPollMs",
                "/options/maxPoll"
            ]
        );
        assert_eq!(problems("{}"), [""]);
        assert_eq!(problems(r#"{"task":{},"taskId":1}"#), [""]);
        assert_eq!(problems(r#"{"task":{},"options":null}"#), ["/options"]);
        assert_eq!(SolveRequest::parse("{\n \"task\":}").unwrap_err().code, Code::InvalidJson);
        assert_eq!(SolveRequest::parse("[]").unwrap_err().code, Code::InvalidRequest);
    }
}
