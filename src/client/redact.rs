//! Other people's text for an error or a log line: short, on one line, without the secrets of the request it answers.
//!
//! A page may repeat the request, and in its own spelling: escaped as JSON, as HTML or as part of a URL, once or twice.
//! So text and secrets are looked at twice: as they are, and with every escape undone (`spelling`). All secrets are
//! looked for in one pass (`search`): the time grows with the text plus the secrets, whatever they are.

mod gather;
mod search;
mod spelling;
#[cfg(test)]
mod tests;

use search::{Needles, SHORTEST};
use spelling::plain;
use std::ops::Range;

/// So many characters of a text are shown.
const MOST: usize = 200;

/// So many bytes of a text are looked at.
const LOOKED_AT: usize = 64 * 1024;

/// So many bytes of secrets are looked for. A request with more is not quoted at all.
const SECRETS: usize = 256 * 1024;

/// The beginning of `text`. `key` and what `body`, the request, calls a key, a password or cookies is left out.
pub fn first_words(text: &str, key: &str, body: Option<&str>) -> String {
    let text = boundary(text, LOOKED_AT).0;
    if text.is_empty() {
        return "(empty body)".into();
    }
    let Some(secrets) = gather::secrets(key, body) else {
        return "(not shown: the secrets of the request cannot be found in it)".into();
    };
    let mut needles = Needles::default();
    let mut size = 0;
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
        size += secret.len();
        if size > SECRETS {
            return "(not shown: the request contains too many secrets)".into();
        }
        needles.add(secret.as_bytes());
        let plain = plain(secret);
        // What follows a secret may take its last backslash for its own.
        let bytes = plain.bytes.strip_suffix(b"\\").unwrap_or(&plain.bytes);
        if bytes.len() >= SHORTEST && bytes != secret.as_bytes() {
            needles.add(bytes);
        }
    }
    needles.link();
    let undone = plain(text);
    let mut hidden = needles.find(text.as_bytes());
    hidden.extend(needles.find(&undone.bytes).into_iter().map(|found| undone.source(found)));
    quoted(text, merged(hidden))
}

/// The beginning of a text, of so many bytes or, within a character, fewer; and where that character ends.
fn boundary(text: &str, bytes: usize) -> (&str, usize) {
    let bytes = bytes.min(text.len());
    let down = (0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let up = (bytes..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    (&text[..down], up)
}

/// The text with an ellipsis for each hidden range.
fn quoted(text: &str, hidden: Vec<Range<usize>>) -> String {
    let (mut out, mut shown, mut at, mut hidden) = (String::new(), 0, 0, hidden.into_iter().peekable());
    while shown < MOST {
        let Some(next) = text[at..].chars().next() else { break };
        shown += 1;
        if let Some(range) = hidden.next_if(|range| range.start <= at) {
            out.push('…');
            at += boundary(&text[at..], range.end.saturating_sub(at)).1;
        } else {
            out.push(if next.is_control() { ' ' } else { next });
            at += next.len_utf8();
        }
    }
    out
}

/// Ranges in order, those that overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
