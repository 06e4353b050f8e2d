//! Solutions and failures that the configuration prescribes for tasks.

use super::reader::{Reader, elements, refuse};
use super::task::TaskResult;
use crate::protocol::Failure;
use crate::protocol::json::{self, Object};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of a rule.
pub(super) const KEYS: &[&str] = &["match", "solution", "error"];

/// Tasks whose members are these end like that.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    members: Vec<(String, Value)>,
    outcome: TaskResult,
}

/// Reads `{"<type>":{solution}}` or `[{"match":{…},"solution":{…}},{"match":{…},"error":"…"}]`.
pub(super) fn read(raw: &RawValue, path: &str) -> Result<Vec<Rule>, Failure> {
    if raw.get().starts_with('[') {
        return elements(raw, path)?.into_iter().map(|(raw, path)| rule(raw, path)).collect();
    }
    let types = Reader::map(raw, path.to_owned())?;
    let each = types.entries().map(|(kind, raw, path)| {
        let members = vec![(String::from("type"), Value::from(kind))];
        Ok(Rule { members, outcome: TaskResult::Solution(object(raw, &path)?.into()) })
    });
    each.collect()
}

fn rule(raw: &RawValue, path: String) -> Result<Rule, Failure> {
    let reader = Reader::inside(raw, path.clone(), KEYS)?;
    let mut members = Vec::new();
    if let Some(wanted) = reader.get("match") {
        for (name, raw, path) in Reader::map(wanted, reader.path_of("match"))?.entries() {
            let value = serde_json::from_str(raw.get()).map_err(|_| refuse(&path, "the value is nested too deeply"))?;
            members.push((name.to_owned(), value));
        }
    }
    let outcome = match (reader.get("solution"), reader.string("error")?) {
        (Some(solution), None) => TaskResult::Solution(object(solution, &reader.path_of("solution"))?.into()),
        (None, Some(code)) => TaskResult::Error(code.into()),
        _ => return Err(refuse(&path, "expected either solution or error")),
    };
    Ok(Rule { members, outcome })
}

fn object<'a>(raw: &'a RawValue, path: &str) -> Result<&'a str, Failure> {
    match raw.get().starts_with('{') {
        true => Ok(raw.get()),
        false => Err(refuse(path, format!("expected an object, found {}", json::kind(raw)))),
    }
}

/// How the first rule that fits has a task end.
pub(super) fn prescribed(rules: &[Rule], task: &Object<'_>) -> Option<TaskResult> {
    let fits = |rule: &&Rule| {
        rule.members.iter().all(|(name, wanted)| {
            task.get(name).is_some_and(|raw| serde_json::from_str::<Value>(raw.get()).is_ok_and(|v| v == *wanted))
        })
    };
    rules.iter().find(fits).map(|rule| rule.outcome.clone())
}
