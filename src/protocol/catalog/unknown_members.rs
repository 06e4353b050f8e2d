//! Warnings of members that nobody knows or that stand more than once: the first few one by one, the others counted, in
//! time that grows with the number of members.

use crate::protocol::json::Object;
use crate::protocol::problem::{Problem, add_problem, pointer, problem, shown};
use std::collections::HashMap;

/// So many unknown or repeated members of an object are told one by one, and the others are counted.
const LISTED: usize = 64;

/// Warns of each name that an object of the task holds more than once, but for those told already.
pub(super) fn repeated(parent: &str, object: &Object<'_>, told: &[(&str, usize)]) -> Vec<Problem> {
    let mut names = object.repeated();
    if names.is_empty() {
        return Vec::new();
    }
    let told: HashMap<&str, usize> = told.iter().copied().collect();
    names.retain(|name| !told.contains_key(name));
    let mut out: Vec<Problem> = names.iter().take(LISTED).map(|name| twice(pointer(parent, name), name)).collect();
    let text = |more| format!("{more} more members are given more than once");
    out.extend(more(parent, names.len(), text));
    out
}

/// The warning that stands for all those past the first few.
fn more(parent: &str, count: usize, text: impl Fn(usize) -> String) -> Option<Problem> {
    let at = if parent.is_empty() { String::new() } else { pointer("", parent) };
    count.checked_sub(LISTED).filter(|more| *more > 0).map(|more| problem(at, format_args!("and {}", text(more)), ""))
}

/// Warns of members that nobody knows: of each name once, and of the first few one by one. `described` says what is wrong with
/// one, and what to do.
pub(super) fn warn_of_unknown<'n>(
    parent: &str,
    names: &[(&'n str, usize)],
    owner: &str,
    mut told: impl FnMut(usize, &'n str) -> (String, String),
) -> Vec<Problem> {
    let mut out = Vec::with_capacity(names.len().min(LISTED + 1));
    for (index, (name, count)) in names.iter().take(LISTED).enumerate() {
        let (mut text, mut hint) = told(index, name);
        if *count > 1 {
            text.push_str(&format!("; it is given {count} times, and the last one is used"));
            hint = if hint.is_empty() { String::from("keep one") } else { hint };
        }
        add_problem(&mut out, pointer(parent, name), format_args!("{text}"), &hint);
    }
    out.extend(more(parent, names.len(), |more| format!("{more} more members that {owner} does not have")));
    out
}

/// Each name once, in the order of the text, with how often it stands.
pub(super) fn counted<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<(&'n str, usize)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut out: Vec<(&str, usize)> = Vec::new();
    for name in names {
        let place = *places.entry(name).or_insert(out.len());
        match out.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => out.push((name, 1)),
        }
    }
    out
}

/// The warning of a name that stands more than once.
pub(super) fn twice(at: String, name: &str) -> Problem {
    let text = format_args!("{} is given more than once; the last one is used", shown(name));
    problem(at, text, "keep one")
}
