//! Checks one value against what the catalogue says of its member.

use super::formats;
use super::json_type::{Plain, same_scalar, scalar_text, string};
use super::model::Member;
use super::schema::number;
use super::task_check::TaskCheck;
use crate::protocol::fields::is_padding;
use crate::protocol::json::{as_number, clip, kind, not_text};
use crate::protocol::problem::{HALF_HINT, Problem, add_problem, problem};
use crate::protocol::suggest::{did_you_mean, value_meant};
use serde_json::value::RawValue;

/// Members whose values are copied from elsewhere, and are wrong with anything around them.
const COPIED: [&str; 3] = ["websiteKey", "websitePublicKey", "gt"];

/// Checks a value; `all` are the values that any variant takes, and `at` tells the pointer: both when they are needed.
pub(super) fn check<'c, V: Iterator<Item = &'c String>>(
    spec: &Member,
    name: &str,
    value: &RawValue,
    all: impl Fn() -> V,
    at: impl Fn() -> String,
    found: &mut TaskCheck<'_>,
) {
    if !spec.types.accepts_kind(value) {
        let whole = kind(value) == "a number" && spec.types.has(Plain::Integer);
        let what = if whole { clip(value.get()) } else { kind(value).to_owned() };
        let text = format_args!("{name} is {what}; expected {}", spec.types.wanted());
        add_problem(&mut found.problems, at(), text, &type_hint(spec, value));
        return;
    }
    if !spec.only.is_empty() && !spec.only.iter().any(|one| same_scalar(value, one)) && !is_half(value) {
        let mut wanted: Vec<&String> = spec.only.iter().collect();
        for other in all() {
            if !wanted.contains(&other) {
                wanted.push(other);
            }
        }
        let near = string(value).map(|s| did_you_mean(&s, wanted.iter().filter_map(|v| scalar_text(v))));
        let text = format_args!("{name} is {}; expected {}", clip(value.get()), one_of(wanted));
        let into = if spec.soft { &mut found.warnings } else { &mut found.problems };
        add_problem(into, at(), text, &near.unwrap_or_default());
    }
    match value.get().as_bytes().first() {
        Some(b'"') => text(spec, name, value, &at, found),
        Some(b'[') => items(spec, name, value, &at, found),
        Some(b'-' | b'0'..=b'9') => {
            found.problems.extend(range(spec, name, value, &at));
            found.warnings.extend(clamped(spec, name, value, &at));
        }
        _ => {}
    }
}

/// "0", or "one of 0, 1".
fn one_of<'c>(values: impl IntoIterator<Item = &'c String>) -> String {
    let values: Vec<&str> = values.into_iter().map(String::as_str).collect();
    let text = values.join(", ");
    if values.len() > 1 { format!("one of {text}") } else { text }
}

/// Whether text holds half of a surrogate pair: JSON that is no Unicode.
fn is_half(value: &RawValue) -> bool {
    value.get().starts_with('"') && string(value).is_none()
}

/// Says how to write the value, without repeating it: it may be a password.
fn type_hint(spec: &Member, value: &RawValue) -> String {
    let (bare, has) = (string(value).unwrap_or_default(), |plain| spec.types.has(plain));
    let number = (has(Plain::Number) && serde_json::from_str::<f64>(&bare).is_ok())
        || (has(Plain::Integer) && bare.parse::<i64>().is_ok());
    let boolean = has(Plain::Boolean) && matches!(bare.as_ref(), "true" | "false");
    let hint = match kind(value) {
        "a string" if number || boolean => "write it without quotes",
        "null" if spec.required => return format!("give {}", spec.types.wanted()),
        "null" => "omit the member if there is no value",
        _ if !spec.only.is_empty() => return format!("give {}", one_of(&spec.only)),
        "a number" if has(Plain::Integer) => "write a whole number",
        "a number" | "a boolean" if has(Plain::String) => "write it in quotes",
        "a string" if spec.types.items() == Some(Plain::String) => "write it in brackets: [\"…\"]",
        "a string" if has(Plain::Object) => "write the object, not a string with its text",
        "an array" if spec.types.items().is_none() => "write one value, without brackets",
        _ if has(Plain::Boolean) => "write true or false",
        _ if !spec.note.is_empty() => return spec.note.clone(),
        _ => return format!("give {}", spec.types.wanted()),
    };
    hint.to_owned()
}

fn text(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String, found: &mut TaskCheck<'_>) {
    let Some(text) = string(value) else {
        add_problem(&mut found.problems, at(), format_args!("{}", not_text(name, value)), HALF_HINT);
        return;
    };
    if text.is_empty() {
        if spec.must_be_filled() {
            add_problem(&mut found.problems, at(), format_args!("{name} is empty"), &spec.note);
        }
        if spec.must_be_filled() || spec.empty {
            return;
        }
    }
    if let Some((fault, hint)) = spec.format.and_then(|format| formats::fault(format, &text)) {
        add_problem(&mut found.problems, at(), format_args!("{name} {fault}"), hint);
    }
    if COPIED.contains(&spec.leaf()) && text.trim_matches(is_padding).len() < text.len() {
        add_problem(
            &mut found.warnings,
            at(),
            format_args!("{name} begins or ends with white space or a control character"),
            "remove it",
        );
    }
    if let Some((doubt, hint)) = spec.format.and_then(|format| formats::doubt(format, &text)) {
        add_problem(&mut found.warnings, at(), format_args!("{name} {doubt}"), hint);
    }
    let signs: Vec<String> = spec.without.chars().filter(|c| text.contains(*c)).map(String::from).collect();
    if !signs.is_empty() {
        let hint = if signs.len() == 1 { "this character" } else { "these characters" };
        let text = format_args!("{name} contains {}, which the service does not allow", signs.join(" and "));
        add_problem(&mut found.problems, at(), text, &format!("use a proxy account without {hint}"));
    }
    // Any text will do, and one that is nearly such a value is worth a word.
    let mut choices = spec.chooses.iter().filter(|known| known.len().abs_diff(text.len()) <= 3).peekable();
    if choices.peek().is_some() && !spec.chooses.iter().any(|known| *known == text) {
        let hint = did_you_mean(&text, choices.map(String::as_str));
        if !hint.is_empty() {
            let text = format_args!(
                "{name} is {}, which is close to a value that selects another variant of this task",
                clip(&text)
            );
            add_problem(&mut found.warnings, at(), text, &hint);
        }
    }
    // The set is open, so only what looks misspelt is worth a word.
    if !spec.known.is_empty() && !spec.known.iter().any(|known| *known == text) {
        let mistaken = spec.mistaken.iter().find(|(wrong, _)| wrong.eq_ignore_ascii_case(&text));
        let hint = match mistaken {
            Some((_, right)) => format!("did you mean {right}?"),
            None => value_meant(&text, spec.known.iter().map(String::as_str)),
        };
        if !hint.is_empty() {
            let text = format_args!("{name} is {}, which is not a documented value", clip(&text));
            add_problem(&mut found.warnings, at(), text, &hint);
        }
    }
}

fn items(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String, found: &mut TaskCheck<'_>) {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) else { return };
    let wrong = match (spec.min_items, spec.max_items) {
        (Some(min), Some(max)) if min == max && items.len() != min => Some(format!("expected exactly {min}")),
        (Some(min), _) if items.len() < min => Some(format!("expected at least {min}")),
        (_, Some(max)) if items.len() > max => Some(format!("expected at most {max}")),
        _ => None,
    };
    if let Some(wanted) = wrong {
        add_problem(&mut found.problems, at(), format_args!("{name} has {} items; {wanted}", items.len()), &spec.note);
    }
    let Some(plain) = spec.types.items() else { return };
    for (index, item) in items.iter().enumerate() {
        let here = || format!("{}/{index}", at());
        if !plain.accepts(item) {
            let text = format_args!("item {index} of {name} is {}; expected {}", kind(item), plain.article());
            add_problem(&mut found.problems, here(), text, "");
        } else if is_half(item) {
            add_problem(
                &mut found.problems,
                here(),
                format_args!("{}", not_text(&format!("item {index} of {name}"), item)),
                HALF_HINT,
            );
        } else if let (Some(format), Some(text)) = (spec.format, string(item))
            && let Some((fault, hint)) = formats::fault(format, &text)
        {
            add_problem(&mut found.problems, here(), format_args!("item {index} of {name} {fault}"), hint);
        } else if let (Some(format), Some(text)) = (spec.format, string(item))
            && let Some((doubt, hint)) = formats::doubt(format, &text)
        {
            add_problem(&mut found.warnings, here(), format_args!("item {index} of {name} {doubt}"), hint);
        }
    }
}

/// A number that the service takes for its greatest.
fn clamped(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String) -> Option<Problem> {
    let most = spec.clamped_to?;
    as_number(value).filter(|number| *number > most)?;
    let most = number(most);
    let text = format_args!("{name} is {}; the service uses {most} instead", clip(value.get()));
    Some(problem(at(), text, &format!("write {most}")))
}

fn range(spec: &Member, name: &str, value: &RawValue, at: &impl Fn() -> String) -> Option<Problem> {
    let found = as_number(value)?;
    let bounds = match (spec.min, spec.max) {
        (Some(min), Some(max)) if found < min || found > max => format!("{} to {}", number(min), number(max)),
        (Some(min), None) if found < min => format!("at least {}", number(min)),
        (None, Some(max)) if found > max => format!("at most {}", number(max)),
        _ => return None,
    };
    Some(problem(at(), format_args!("{name} is {}; expected {bounds}", clip(value.get())), ""))
}
