//! Checks one value against what the catalogue says of its member.

use super::check::{clip, problem};
use super::data::Member;
use super::formats;
use super::json_type::{Plain, same_scalar, string};
use super::nearest::did_you_mean;
use super::{Problem, TaskCheck};
use crate::protocol::json::kind;
use serde_json::Value;
use serde_json::value::RawValue;

/// Checks a value; `at` tells its pointer when one is needed.
pub(super) fn check(spec: &Member, value: &RawValue, at: impl Fn() -> String, found: &mut TaskCheck) {
    let name = spec.leaf();
    if !spec.types.accepts_kind(value) {
        let text = format!("{name} is {}; {} is wanted", kind(value), spec.types.wanted());
        found.problems.push(problem(at(), text, type_hint(spec, value)));
        return;
    }
    if !spec.only.is_empty() && !spec.only.iter().any(|one| same_scalar(value, one)) {
        let words: Vec<String> = spec.only.iter().map(Value::to_string).collect();
        let near =
            string(value).map(|s| did_you_mean(&s, spec.only.iter().filter_map(Value::as_str))).unwrap_or_default();
        found.problems.push(problem(
            at(),
            format!("{name} is {}; wanted: {}", clip(value.get()), words.join(", ")),
            near,
        ));
    }
    match value.get().as_bytes().first() {
        Some(b'"') => text(spec, name, value, &at, found),
        Some(b'[') => items(spec, name, value, &at, found),
        Some(b'-' | b'0'..=b'9') => found.problems.extend(range(spec, name, value, &at)),
        _ => {}
    }
}

/// Says how to write the value, without repeating it: it may be a password.
fn type_hint(spec: &Member, value: &RawValue) -> &'static str {
    let bare = string(value).unwrap_or_default();
    let number = bare.parse::<f64>().is_ok() && (spec.types.has(Plain::Integer) || spec.types.has(Plain::Number));
    let boolean = matches!(bare.as_ref(), "true" | "false") && spec.types.has(Plain::Boolean);
    if number || boolean {
        "write it without quotes"
    } else if spec.types.has(Plain::String) && matches!(kind(value), "a number" | "a boolean") {
        "write it in quotes"
    } else if value.get() == "null" {
        "leave the member out when there is nothing to say"
    } else {
        ""
    }
}

fn text(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String, found: &mut TaskCheck) {
    let Some(text) = string(value) else {
        found.problems.push(problem(
            at(),
            format!("{name} holds half of a surrogate pair"),
            "write it as valid Unicode",
        ));
        return;
    };
    if text.is_empty() {
        if spec.must_be_filled() {
            found.problems.push(problem(at(), format!("{name} is empty"), spec.note.clone()));
        }
        if spec.must_be_filled() || spec.empty {
            return;
        }
    }
    if let Some((fault, hint)) = spec.format.and_then(|format| formats::fault(format, &text)) {
        found.problems.push(problem(at(), format!("{name} {fault}"), hint));
    }
    if let Some(sign) = text.chars().find(|c| spec.without.contains(*c)) {
        let hint = "use a proxy account without this sign";
        found.problems.push(problem(at(), format!("{name} holds {sign}, which the service forbids"), hint));
    }
    if !spec.known.is_empty() && !spec.known.iter().any(|known| *known == text) {
        let hint = did_you_mean(&text, spec.known.iter().map(String::as_str));
        let text = format!("{name} is {}, which is not a documented value", clip(&text));
        found.warnings.push(problem(at(), text, hint));
    }
}

fn items(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String, found: &mut TaskCheck) {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) else { return };
    let wrong = match (spec.min_items, spec.max_items) {
        (Some(min), Some(max)) if min == max && items.len() != min => Some(format!("exactly {min} wanted")),
        (Some(min), _) if items.len() < min => Some(format!("at least {min} wanted")),
        (_, Some(max)) if items.len() > max => Some(format!("at most {max} wanted")),
        _ => None,
    };
    if let Some(wanted) = wrong {
        found.problems.push(problem(at(), format!("{name} has {} items; {wanted}", items.len()), spec.note.clone()));
    }
    let Some(plain) = spec.types.items() else { return };
    for (index, item) in items.iter().enumerate() {
        let here = || format!("{}/{index}", at());
        if !plain.accepts(item) {
            let text = format!("item {index} of {name} is {}; {} is wanted", kind(item), spec.types.wanted());
            found.problems.push(problem(here(), text, ""));
        } else if let (Some(format), Some(text)) = (spec.format, string(item))
            && let Some((fault, hint)) = formats::fault(format, &text)
        {
            found.problems.push(problem(here(), format!("item {index} of {name} {fault}"), hint));
        }
    }
}

fn range(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String) -> Option<Problem> {
    let number: f64 = value.get().parse().ok()?;
    let bounds = match (spec.min, spec.max) {
        (Some(min), Some(max)) if number < min || number > max => format!("{min} to {max}"),
        (Some(min), None) if number < min => format!("at least {min}"),
        (None, Some(max)) if number > max => format!("at most {max}"),
        _ => return None,
    };
    Some(problem(at(), format!("{name} is {}; wanted: {bounds}", clip(value.get())), ""))
}
