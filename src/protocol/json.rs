//! JSON text, looked at without taking it apart: members keep their bytes, their order and their numbers.

pub use super::pick::pick;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Why a text is not the JSON object that was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Not JSON at all.
    Syntax {
        /// Line of the first fault, from 1.
        line: usize,
        /// Column of the first fault in that line, from 1 (0 at the very beginning).
        column: usize,
        /// What the parser says of it.
        what: String,
    },
    /// A member's name is no Unicode text.
    Name {
        /// The name as it stands in the text.
        name: String,
    },
    /// JSON, but not an object.
    NotObject {
        /// What stands there: "an array", "a string", …
        found: &'static str,
    },
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Malformed::Syntax { line, column, what } => {
                write!(f, "not JSON: {what} at line {line} column {column}")
            }
            Malformed::Name { name } => write!(f, "the member name {name} contains half of a surrogate pair"),
            Malformed::NotObject { found } => write!(f, "expected a JSON object, found {found}"),
        }
    }
}

/// One member of an object: its name, decoded, and its value as it stands in the text.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The name without quotes and escapes.
    pub name: Cow<'a, str>,
    /// The value, byte for byte.
    pub value: &'a RawValue,
}

/// A JSON object whose members are known and whose text is untouched.
#[derive(Debug, Clone)]
pub struct Object<'a> {
    text: &'a str,
    members: Vec<Member<'a>>,
}

impl<'a> Object<'a> {
    /// Reads the object in `text`; white space around it is dropped.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        match serde_json::from_str::<Members<'a>>(text) {
            Ok(Members(members)) => Ok(Object { text, members }),
            Err(error) if error.is_data() && !text.starts_with('{') => {
                // A scalar or an array: is the rest of it JSON?
                match serde_json::from_str::<&RawValue>(text) {
                    Ok(raw) => Err(Malformed::NotObject { found: kind(raw) }),
                    Err(error) => Err(syntax(&error)),
                }
            }
            Err(_) if text.starts_with('\u{feff}') => {
                let what = String::from("it begins with a byte order mark (U+FEFF), which JSON does not allow,");
                Err(Malformed::Syntax { line: 1, column: 1, what })
            }
            Err(error) => Err(half_name(text).unwrap_or_else(|| syntax(&error))),
        }
    }

    /// The object's own text, from `{` to `}`.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The members in the order of the text.
    pub fn members(&self) -> &[Member<'a>] {
        &self.members
    }

    /// The value of a member; where a name stands twice the last one counts.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.members.iter().rev().find(|m| m.name == name).map(|m| m.value)
    }

    /// The decoded text of a string member; `None` when absent or not a string.
    pub fn string(&self, name: &str) -> Option<String> {
        self.get(name).and_then(as_string)
    }

    /// The same members, one of them under another name; the text stays as it is.
    pub(crate) fn renamed(mut self, from: &str, to: &'a str) -> Self {
        for member in self.members.iter_mut().filter(|m| m.name == from) {
            member.name = Cow::Borrowed(to);
        }
        self
    }

    /// The names that stand more than once, each of them once.
    pub(crate) fn repeated(&self) -> Vec<&str> {
        let names = self.members.iter().map(|m| m.name.as_ref());
        // So few are compared sooner than they are hashed, and hardly ever is one of them found.
        let doubled = |(at, name): (usize, &str)| self.members.iter().take(at).any(|earlier| earlier.name == name);
        if self.members.len() <= 24 && !names.clone().enumerate().any(doubled) {
            return Vec::new();
        }
        let mut seen = std::collections::HashMap::new();
        let mut out = Vec::new();
        for name in names {
            let count = seen.entry(name).or_insert(0_usize);
            *count += 1;
            if *count == 2 {
                out.push(name);
            }
        }
        out
    }

    /// The object's text with more members before its closing brace. `extra` is `"name":value,…` or empty.
    pub fn with(&self, extra: &str) -> String {
        let open = self.text[..self.text.len() - 1].trim_end_matches([' ', '\t', '\r', '\n']);
        let comma = if self.members.is_empty() || extra.is_empty() { "" } else { "," };
        let mut out = String::with_capacity(open.len() + extra.len() + 2);
        out.push_str(open);
        out.push_str(comma);
        out.push_str(extra);
        out.push('}');
        out
    }
}

struct Members<'a>(Vec<Member<'a>>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some(Name(name)) = map.next_key::<Name<'de>>()? {
                    members.push(Member { name, value: map.next_value()? });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// An object's member name, borrowed from the text unless it holds escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }
            fn visit_borrowed_str<E: serde::de::Error>(self, v: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(v)))
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(v.to_owned())))
            }
            fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Name<'de>, E> {
                Err(E::custom("a member name that is not text"))
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

/// The first of an object's names that has half of a surrogate pair in it, where the text is JSON.
fn half_name(text: &str) -> Option<Malformed> {
    serde_json::from_str::<&RawValue>(text).ok()?;
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let end = at + literal(text.get(at..)?);
                let name = text.get(at..end)?;
                let is_name = depth == 1 && text.get(end..)?.trim_start().starts_with(':');
                if is_name && serde_json::from_str::<String>(name).is_err() {
                    let inner: String =
                        name.chars().skip(1).take(name.chars().count().saturating_sub(2).min(64)).collect();
                    return Some(Malformed::Name { name: format!("\"{inner}\"") });
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// How long the string literal is with which a text begins, its quotes included.
pub(super) fn literal(text: &str) -> usize {
    let mut escaped = false;
    let close = text.bytes().skip(1).position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    close.map_or(text.len(), |close| close + 2)
}

pub(super) fn syntax(error: &serde_json::Error) -> Malformed {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or("fault").to_owned();
    Malformed::Syntax { line: error.line(), column: error.column(), what }
}

/// What kind of value this is, in words: "an object", "a string", …
pub fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// What is wrong with a value that is no text: it is something else, or JSON that is no Unicode.
pub(crate) fn not_text(name: &str, raw: &RawValue) -> String {
    match kind(raw) {
        "a string" => format!("{name} contains half of a surrogate pair"),
        other => format!("{name} is {other}; expected a string"),
    }
}

/// The value of a JSON number, as near as a float comes to it; `None` for any other value. serde_json reads it: std would
/// bring tables of its own.
pub fn as_number(raw: &RawValue) -> Option<f64> {
    let negative = match raw.get().as_bytes().first() {
        Some(b'-') => true,
        Some(b'0'..=b'9') => false,
        _ => return None,
    };
    // It is a number, so it can only be too great.
    let too_great = if negative { f64::NEG_INFINITY } else { f64::INFINITY };
    Some(serde_json::from_str(raw.get()).unwrap_or(too_great))
}

/// The decoded text of a JSON string; `None` for any other value.
pub fn as_string(raw: &RawValue) -> Option<String> {
    serde_json::from_str::<String>(raw.get()).ok()
}

/// `text` as a JSON string literal, quotes included.
pub fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| String::from("\"\""))
}

/// A name or value from outside, short enough for a message.
pub fn clip(text: &str) -> String {
    clip_to(64, text)
}

/// A text from outside, no longer than so many characters.
pub fn clip_to(most: usize, text: &str) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_bytes() {
        let text = " {\"a\": 0.10 ,\"b\":12345678901234567890,\"\\u0063\":{\"d\":null}}\n";
        let object = Object::parse(text).unwrap();
        assert_eq!(object.get("a").unwrap().get(), "0.10");
        assert_eq!(object.get("b").unwrap().get(), "12345678901234567890");
        assert_eq!(object.get("c").unwrap().get(), "{\"d\":null}");
        assert_eq!(
            object.with("\"x\":1"),
            "{\"a\": 0.10 ,\"b\":12345678901234567890,\"\\u0063\":{\"d\":null},\"x\":1}"
        );
        assert_eq!(Object::parse("{ }").unwrap().with("\"x\":1"), "{\"x\":1}");
        assert_eq!(Object::parse("{}").unwrap().with(""), "{}");
    }

    #[test]
    fn faults_are_placed() {
        assert_eq!(Object::parse("[1]").unwrap_err(), Malformed::NotObject { found: "an array" });
        assert_eq!(Object::parse("7").unwrap_err(), Malformed::NotObject { found: "a number" });
        match Object::parse("{\"a\":\n tru}").unwrap_err() {
            Malformed::Syntax { line, .. } => assert_eq!(line, 2),
            other => panic!("{other:?}"),
        }
        assert!(matches!(Object::parse(""), Err(Malformed::Syntax { .. })));
        assert!(matches!(Object::parse("{\"a\":1} x"), Err(Malformed::Syntax { .. })));
    }

    #[test]
    fn a_name_with_half_a_surrogate_pair_is_found() {
        for name in [
            r#""\ud800""#,
            r#""\udc00""#,
            r#""a\ud800b""#,
            r#""a\ud800\"b""#,
            r#""\\\"\ud800\u0041""#,
            r#""\ud800\ud800""#,
            r#""\ud83d\ude00\ud800\n""#,
            r#""\ud800é""#,
            r#""é\\\ud800\\""#,
        ] {
            for text in [format!("{{{name}:1}}"), format!("{{\"a\":\"\\ud800\",\n\"é\":[\"x\"], {name} : {{}} }}")] {
                assert_eq!(Object::parse(&text).unwrap_err(), Malformed::Name { name: name.to_owned() }, "{text}");
            }
        }
    }

    #[test]
    fn ten_megabytes_of_nesting_do_not_overflow_the_stack() {
        let deep = "[".repeat(10_000_000);
        assert!(matches!(Object::parse(&deep), Err(Malformed::Syntax { .. })));
        let closed = format!("{{\"a\":{}{}}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert!(Object::parse(&closed).is_ok());
    }

    #[test]
    fn numbers_are_read_however_great_they_are() {
        let number = |text: &str| as_number(serde_json::from_str(text).unwrap());
        assert_eq!(number("-0.25"), Some(-0.25));
        assert_eq!(number("3.0e0"), Some(3.0));
        assert_eq!(number("18446744073709551616"), Some(18_446_744_073_709_551_616.0));
        assert_eq!(number("1e999"), Some(f64::INFINITY));
        assert_eq!(number("-1e999"), Some(f64::NEG_INFINITY));
        assert_eq!(number("\"3\""), None);
        assert_eq!(number("null"), None);
    }

    #[test]
    fn pointers_follow_rfc_6901() {
        let doc = r#"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#;
        let at = |p: &str| pick(doc, p).unwrap().map(|r| r.get().to_owned());
        assert_eq!(at("").as_deref(), Some(doc));
        assert_eq!(at("/foo/0").as_deref(), Some("\"bar\""));
        assert_eq!(at("/").as_deref(), Some("0"));
        assert_eq!(at("/a~1b").as_deref(), Some("1"));
        assert_eq!(at("/m~0n").as_deref(), Some("8"));
        assert_eq!(at("/i\\j").as_deref(), Some("5"));
        assert_eq!(at("/foo/01"), None);
        assert_eq!(at("/foo/-"), None);
        assert_eq!(at("/foo/2"), None);
        assert_eq!(at("/m~2n"), None);
        assert_eq!(at("foo"), None);
    }
}
