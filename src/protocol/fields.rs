//! Typed members of a JSON object: what is not there, not known or of another type is refused by name.

use super::failure::{Code, Failure};
use super::json::{self, Object};
use serde_json::value::RawValue;

/// One member on its way to a typed value; knows its own path for the error text.
pub struct Field<'a> {
    path: String,
    raw: &'a RawValue,
    code: Code,
}

/// The members of an object, each to be read as what `read` makes of it. `null` counts as absent.
pub fn each<'a>(
    object: &Object<'a>,
    prefix: &str,
    code: Code,
    read: &mut dyn FnMut(&str, Field<'a>) -> Result<bool, Failure>,
    known: &[&str],
) -> Result<(), Failure> {
    if let Some(name) = object.repeated().first() {
        return Err(Failure::new(
            code,
            format!("{prefix}{}: the member is given more than once; keep one", json::clip(name)),
        ));
    }
    for member in object.members() {
        let path = format!("{prefix}{}", json::clip(&member.name));
        if member.value.get() == "null" && known.contains(&&*member.name) {
            continue;
        }
        let field = Field { path: path.clone(), raw: member.value, code };
        if !read(&member.name, field)? {
            return Err(Failure::new(
                code,
                format!("{path}: there is no such member; known members: {}", known.join(", ")),
            ));
        }
    }
    Ok(())
}

impl<'a> Field<'a> {
    /// A failure about this member: what is wanted.
    pub fn refuse(&self, wanted: &str) -> Failure {
        Failure::new(self.code, format!("{}: {wanted}", self.path))
    }

    fn wrong(&self, wanted: &str) -> Failure {
        self.refuse(&format!("expected {wanted}, found {}", json::kind(self.raw)))
    }

    /// The value's JSON text.
    pub fn text(&self) -> &'a str {
        self.raw.get()
    }

    /// A string.
    pub fn string(&self) -> Result<String, Failure> {
        json::as_string(self.raw).ok_or_else(|| self.wrong("a string"))
    }

    /// A string that holds something.
    pub fn filled(&self) -> Result<String, Failure> {
        let text = self.string()?;
        if text.is_empty() { Err(self.refuse("must not be empty")) } else { Ok(text) }
    }

    /// `true` or `false`.
    pub fn boolean(&self) -> Result<bool, Failure> {
        match self.raw.get() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.wrong("true or false")),
        }
    }

    /// A whole number in a range, ends included.
    pub fn integer(&self, low: u64, high: u64) -> Result<u64, Failure> {
        match whole(self.raw.get()) {
            Some(n) if (low..=high).contains(&n) => Ok(n),
            _ => {
                Err(self
                    .refuse(&format!("expected a whole number from {low} to {high}, found {}", shown(self.raw.get()))))
            }
        }
    }

    /// Whole milliseconds in a range, ends included.
    pub fn millis(&self, low: u64, high: u64) -> Result<std::time::Duration, Failure> {
        self.integer(low, high).map(std::time::Duration::from_millis)
    }

    /// An object.
    pub fn object(&self) -> Result<Object<'a>, Failure> {
        Object::parse(self.raw.get()).map_err(|_| self.wrong("an object"))
    }

    /// A list of strings.
    pub fn strings(&self) -> Result<Vec<String>, Failure> {
        serde_json::from_str(self.raw.get()).map_err(|_| self.wrong("an array of strings"))
    }

    /// One of some words.
    pub fn word<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, Failure> {
        let found = self.string()?;
        words.iter().find(|(word, _)| *word == found).map(|(_, value)| *value).ok_or_else(|| {
            let list: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            self.refuse(&format!("expected {}", list.join(" or ")))
        })
    }
}

/// What is copied along with a value by accident: white space, line ends, a byte order mark, zero-width spaces.
pub fn is_padding(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// A whole number however JSON writes it: 3, 3.0, 3e0.
fn whole(text: &str) -> Option<u64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    let n: f64 = serde_json::from_str(text).ok()?;
    (n.fract() == 0.0 && (0.0..=EXACT).contains(&n)).then_some(n as u64)
}

/// A value as it may stand in an error text: short numbers and words only, never a long text that may be a secret.
fn shown(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        _ if text.len() <= 24 => text,
        _ => "a long number",
    }
}
