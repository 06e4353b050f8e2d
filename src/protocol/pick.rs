//! One value out of a JSON text, by an RFC 6901 pointer.

use super::json::{Malformed, literal, syntax};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What a JSON pointer (RFC 6901) points at in `text`: `Ok(None)` when nothing is there or the pointer is not one. Where
/// a name stands twice in an object the last one counts. The text is read twice, however deep it is and the pointer
/// goes: to see that it is JSON, and to find the value.
pub fn pick<'a>(text: &'a str, pointer: &str) -> Result<Option<&'a RawValue>, Malformed> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|e| syntax(&e))?;
    if pointer.is_empty() {
        return Ok(Some(whole));
    }
    let Some(path) = pointer.strip_prefix('/') else { return Ok(None) };
    let Some(steps) = path.split('/').map(step).collect::<Option<Vec<Step<'_>>>>() else { return Ok(None) };
    let found = Walk { text: whole.get(), steps, at: 0, entered: Vec::new(), found: None }.run();
    // A part of what was read above.
    Ok(found.and_then(|value| serde_json::from_str(value).ok()))
}

/// One part of a pointer.
struct Step<'p> {
    name: Cow<'p, str>,
    /// What it means in an array.
    index: Option<usize>,
}

fn step(text: &str) -> Option<Step<'_>> {
    let name = unescape(text)?;
    Some(Step { index: array_index(&name), name })
}

/// An object or array on the way, which the walk is inside of.
enum Entered {
    Object {
        /// Whether the next string is a name.
        name_next: bool,
        /// Whether the name before the value is the one that is looked for.
        hit: bool,
    },
    Array(usize),
}

/// Goes over text that is JSON, from its beginning to its end.
struct Walk<'a, 'p> {
    text: &'a str,
    steps: Vec<Step<'p>>,
    at: usize,
    /// As many as there are steps that fit so far.
    entered: Vec<Entered>,
    found: Option<(usize, usize)>,
}

impl<'a> Walk<'a, '_> {
    fn run(mut self) -> Option<&'a str> {
        let mut begun = false;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b':' => self.at += 1,
                b',' => {
                    match self.entered.last_mut() {
                        Some(Entered::Object { name_next, .. }) => *name_next = true,
                        Some(Entered::Array(index)) => *index += 1,
                        None => {}
                    }
                    self.at += 1;
                }
                b']' | b'}' => {
                    self.entered.pop();
                    self.at += 1;
                }
                b'"' if matches!(self.entered.last(), Some(Entered::Object { name_next: true, .. })) => self.name(),
                _ => {
                    let hit = if begun { self.is_next() } else { true };
                    begun = true;
                    self.value(hit);
                }
            }
        }
        self.found.and_then(|(start, end)| self.text.get(start..end))
    }

    /// Reads a name, and sees whether it is the one that is looked for.
    fn name(&mut self) {
        let start = self.at;
        self.at += literal(&self.text[start..]);
        let name = &self.text[start..self.at];
        let wanted = self.steps.get(self.entered.len() - 1);
        let same = wanted.is_some_and(|step| match name.contains('\\') {
            true => serde_json::from_str::<String>(name).is_ok_and(|name| name == step.name),
            false => name.get(1..name.len() - 1) == Some(&step.name),
        });
        if let Some(Entered::Object { name_next, hit }) = self.entered.last_mut() {
            (*name_next, *hit) = (false, same);
        }
    }

    /// Whether the value that begins here is where the pointer goes on.
    fn is_next(&self) -> bool {
        match self.entered.last() {
            Some(Entered::Object { hit, .. }) => *hit,
            Some(Entered::Array(index)) => {
                self.steps.get(self.entered.len() - 1).is_some_and(|step| step.index == Some(*index))
            }
            None => false,
        }
    }

    /// Goes into a value on the way, keeps the one that the pointer ends at, and passes over any other.
    fn value(&mut self, hit: bool) {
        let start = self.at;
        if hit {
            // An earlier one of the same name, and what was found in it, does not count.
            self.found = None;
        }
        if hit && self.entered.len() < self.steps.len() {
            match self.text.as_bytes().get(start) {
                Some(b'{') => self.entered.push(Entered::Object { name_next: true, hit: false }),
                Some(b'[') => self.entered.push(Entered::Array(0)),
                _ => return self.pass(),
            }
            self.at += 1;
            return;
        }
        self.pass();
        if hit {
            self.found = Some((start, self.at));
        }
    }

    /// Passes over a value.
    fn pass(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'"' => self.at += literal(&self.text[self.at..]),
                b'{' | b'[' => (depth, self.at) = (depth + 1, self.at + 1),
                b'}' | b']' => (depth, self.at) = (depth.saturating_sub(1), self.at + 1),
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => {
                    self.at += 1;
                    continue;
                }
                // A number or a word.
                _ => {
                    let rest = self.text.as_bytes()[self.at..].iter();
                    self.at += rest.take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count().max(1);
                }
            }
            if depth == 0 {
                return;
            }
        }
    }
}

/// `~1` is `/`, `~0` is `~`; a `~` before anything else makes the pointer wrong.
fn unescape(step: &str) -> Option<Cow<'_, str>> {
    if !step.contains('~') {
        return Some(Cow::Borrowed(step));
    }
    let mut out = String::with_capacity(step.len());
    let mut chars = step.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '~' { chars.next() } else { None }) {
            ('~', Some('0')) => out.push('~'),
            ('~', Some('1')) => out.push('/'),
            ('~', _) => return None,
            (c, _) => out.push(c),
        }
    }
    Some(Cow::Owned(out))
}

/// An index as RFC 6901 writes it: digits without a leading zero.
fn array_index(step: &str) -> Option<usize> {
    let digits = !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
    if !digits || (step.len() > 1 && step.starts_with('0')) {
        return None;
    }
    step.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::pick;
    use serde_json::Value;

    fn picked(text: &str, pointer: &str) -> Option<String> {
        pick(text, pointer).unwrap().map(|raw| raw.get().to_owned())
    }

    #[test]
    fn the_walk_finds_what_serde_json_finds() {
        let texts = [
            r#" {"a":{"b":[1,[2,{"c":"x"}],{"":0}],"~":{"/":[]}},"d":[[],{},"a",null,true,-1.5e3],"\u0061b":{"a":7}, "":"" } "#,
            "[[[0]],[[1,2],[3]]]",
            "7",
            "\"a\"",
            "{}",
            "[]",
            "[{\"a\":[{\"a\":[]}]}]",
        ];
        let names = ["a", "b", "c", "d", "ab", "", "0", "1", "2", "3", "5", "00", "-", "~0", "~1", "x"];
        for text in texts {
            let whole: Value = serde_json::from_str(text).unwrap();
            let mut paths = vec![String::new()];
            for _ in 0..4 {
                let longer: Vec<String> =
                    paths.iter().flat_map(|path| names.map(|name| format!("{path}/{name}"))).collect();
                for path in &longer {
                    let mine = picked(text, path).map(|found| serde_json::from_str::<Value>(&found).unwrap());
                    assert_eq!(mine.as_ref(), whole.pointer(path), "{text}: {path}");
                }
                paths = longer.into_iter().filter(|path| whole.pointer(path).is_some()).collect();
            }
        }
    }

    #[test]
    fn the_last_of_two_counts_with_all_that_is_in_it() {
        let text = r#"{"a":{"b":1},"a":{"c":2},"x":[{"y":1,"y":2}],"a\u0062":1,"ab":3,"n":{"m":1},"n":4}"#;
        for (pointer, found) in [
            ("/a/b", None),
            ("/a/c", Some("2")),
            ("/x/0/y", Some("2")),
            ("/ab", Some("3")),
            ("/n/m", None),
            ("/n", Some("4")),
            ("/a", Some(r#"{"c":2}"#)),
            ("/~2", None),
            ("a", None),
        ] {
            assert_eq!(picked(text, pointer).as_deref(), found, "{pointer}");
        }
        let half = r#"{"\ud800":1,"a":2,"c":"\ud800"}"#;
        assert_eq!((picked(half, "/a").as_deref(), picked(half, "/c").as_deref()), (Some("2"), Some("\"\\ud800\"")));
        assert!(pick("{\"a\":}", "/a").is_err());
    }

    #[test]
    fn a_pointer_may_be_as_deep_as_the_text() {
        let deep = format!("{}1{}", "{\"a\":".repeat(300_000), "}".repeat(300_000));
        assert_eq!(picked(&deep, &"/a".repeat(300_000)).as_deref(), Some("1"));
        let wide = format!("{}{}", "[".repeat(300_000), "]".repeat(300_000));
        assert_eq!(picked(&wide, &"/0".repeat(299_999)).as_deref(), Some("[]"));
    }
}
