//! What is wrong with a request, a task or a catalogue file: problems with the place of each.

use super::failure::{Code, Failure};
use super::json::{clip, clip_to, quote};
use std::fmt;

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

/// A problem from its parts.
#[inline(never)]
pub(crate) fn problem(pointer: String, problem: fmt::Arguments<'_>, hint: &str) -> Problem {
    Problem { pointer, problem: problem.to_string(), hint: hint.to_owned() }
}

/// Adds a problem to others.
#[inline(never)]
pub(crate) fn add_problem(others: &mut Vec<Problem>, pointer: String, text: fmt::Arguments<'_>, hint: &str) {
    others.push(problem(pointer, text, hint));
}

/// What to do about half of a surrogate pair.
pub(crate) const HALF_HINT: &str = "write it as valid Unicode";

/// The pointer to a member of the task, or of one of its objects.
pub(crate) fn pointer(parent: &str, name: &str) -> String {
    let escape = |part: &str| part.replace('~', "~0").replace('/', "~1");
    if parent.is_empty() { format!("/{}", escape(name)) } else { format!("/{}/{}", escape(parent), escape(name)) }
}

/// A name from outside as it stands in a message: in quotes where it does not look like a name.
pub(crate) fn shown(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if !name.is_empty() && name.bytes().all(plain) { clip(name) } else { quote(&clip(name)) }
}

/// So many problems are listed one by one: an answer does not grow with what is wrong.
const MAX_PROBLEMS: usize = 100;

/// Leaves the first problems, and counts the rest.
pub(crate) fn truncate_problems(found: &mut Vec<Problem>, what: &str) {
    let more = found.len().saturating_sub(MAX_PROBLEMS);
    found.truncate(MAX_PROBLEMS);
    if more > 0 {
        add_problem(
            found,
            String::new(),
            format_args!("and {more} more {what}"),
            "correct the first ones and check again",
        );
    }
}

/// A failure that lists problems; its description tells the first.
pub(crate) fn invalid(code: Code, what: &str, problems: &[Problem]) -> Failure {
    let mut text = format!("{what} is not valid");
    if let Some(first) = problems.first() {
        text = format!(
            "{what}: {} at {}",
            first.problem,
            if first.pointer.is_empty() { "the top level".into() } else { clip_to(256, &first.pointer) }
        );
        if !first.hint.is_empty() {
            text.push_str(&format!(" ({})", first.hint));
        }
        if problems.len() > 1 {
            text.push_str(&format!("; problems lists {} more", problems.len() - 1));
        }
    }
    Failure::new(code, text).with("problems", list(problems))
}

/// So many characters of each text of a problem are given.
const SHOWN: usize = 1024;

/// Problems as a JSON array.
pub(crate) fn list(problems: &[Problem]) -> String {
    let mut out = String::from("[");
    for (index, p) in problems.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let [at, what, hint] = [&p.pointer, &p.problem, &p.hint].map(|text| quote(&clip_to(SHOWN, text)));
        out.push_str(&format!("{comma}{{\"pointer\":{at},\"problem\":{what},\"hint\":{hint}}}"));
    }
    out.push(']');
    out
}
