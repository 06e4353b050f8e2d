//! The JSON types that the catalogue's data names: `string`, `array<number>`, `object|null`, …

use super::super::json::{as_number, kind};
use super::reader::{Clipped, Reader};
use super::writer::{Writer, array};
use crate::protocol::json::quote;
use serde_json::value::RawValue;

/// One JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    String,
    Boolean,
    Integer,
    Number,
    Object,
    Null,
}

impl Plain {
    fn parse(word: &str) -> Option<Plain> {
        Some(match word {
            "string" => Plain::String,
            "boolean" => Plain::Boolean,
            "integer" => Plain::Integer,
            "number" => Plain::Number,
            "object" => Plain::Object,
            "null" => Plain::Null,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Plain::String => "string",
            Plain::Boolean => "boolean",
            Plain::Integer => "integer",
            Plain::Number => "number",
            Plain::Object => "object",
            Plain::Null => "null",
        }
    }

    /// "a string", … for messages.
    pub(super) fn article(self) -> &'static str {
        match self {
            Plain::Integer => "an integer",
            Plain::Object => "an object",
            Plain::String => "a string",
            Plain::Boolean => "true or false",
            Plain::Number => "a number",
            Plain::Null => "null",
        }
    }

    /// Whether a value is of this type. An integer may be written 3 or 3.0, as JSON Schema has it.
    pub(super) fn accepts(self, raw: &RawValue) -> bool {
        match (self, raw.get().as_bytes().first()) {
            (Plain::String, Some(b'"'))
            | (Plain::Boolean, Some(b't' | b'f'))
            | (Plain::Object, Some(b'{'))
            | (Plain::Null, Some(b'n')) => true,
            (Plain::Number, Some(b'-' | b'0'..=b'9')) => true,
            (Plain::Integer, Some(b'-' | b'0'..=b'9')) => is_whole(raw),
            _ => false,
        }
    }
}

fn is_whole(number: &RawValue) -> bool {
    let digits = number.get().strip_prefix('-').unwrap_or(number.get());
    digits.bytes().all(|b| b.is_ascii_digit()) || as_number(number).is_some_and(|n| n.fract() == 0.0)
}

/// A JSON type, or an array or object all of whose values are of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Plain(Plain),
    Array(Plain),
    Map(Plain),
}

/// The types that a value may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Types(Vec<Type>);

impl Types {
    /// Reads `array<string>|null`; `None` for a type that JSON does not have.
    pub(super) fn parse(text: &str) -> Option<Types> {
        let one = |word: &str| {
            let inner = |prefix: &str| word.strip_prefix(prefix)?.strip_suffix('>').and_then(Plain::parse);
            inner("array<")
                .map(Type::Array)
                .or_else(|| inner("object<").map(Type::Map))
                .or_else(|| Plain::parse(word).map(Type::Plain))
        };
        text.split('|').map(one).collect::<Option<Vec<_>>>().map(Types)
    }

    /// Reads the member `type` of the data files.
    pub(super) fn member(reading: &mut Reader) -> Types {
        let text = reading.text("type");
        Types::parse(&text).unwrap_or_else(|| {
            reading.wrong("type", format_args!("unknown JSON type {}", Clipped(&text)));
            Types(Vec::new())
        })
    }

    /// Whether plain values of this type are among them.
    pub(super) fn has(&self, plain: Plain) -> bool {
        self.0.contains(&Type::Plain(plain))
    }

    /// The type of the items where an array may stand.
    pub(super) fn items(&self) -> Option<Plain> {
        self.0.iter().find_map(|t| if let Type::Array(item) = t { Some(*item) } else { None })
    }

    /// Whether a value may stand there, by its own kind alone: the items of arrays and objects are not looked at.
    pub(super) fn accepts_kind(&self, raw: &RawValue) -> bool {
        self.0.iter().any(|t| match t {
            Type::Plain(plain) => plain.accepts(raw),
            Type::Array(_) => raw.get().starts_with('['),
            Type::Map(_) => raw.get().starts_with('{'),
        })
    }

    /// The first of them.
    pub(super) fn first(&self) -> Type {
        self.0.first().copied().unwrap_or(Type::Plain(Plain::Null))
    }

    /// "a string", "an array of strings or null", … for messages.
    pub(super) fn wanted(&self) -> String {
        let words: Vec<String> = self
            .0
            .iter()
            .map(|t| match t {
                Type::Plain(plain) => plain.article().to_owned(),
                Type::Array(item) => format!("an array of {}s", item.word()),
                Type::Map(item) => format!("an object of {}s", item.word()),
            })
            .collect();
        words.join(" or ")
    }

    /// The notation of the data files.
    pub(super) fn notation(&self) -> String {
        let words: Vec<String> = self
            .0
            .iter()
            .map(|t| match t {
                Type::Plain(plain) => plain.word().to_owned(),
                Type::Array(item) => format!("array<{}>", item.word()),
                Type::Map(item) => format!("object<{}>", item.word()),
            })
            .collect();
        words.join("|")
    }

    /// As JSON Schema; `item` is what the items of arrays have to obey besides their type.
    pub(super) fn schema(&self, item: &Writer) -> Writer {
        let mut schema = Writer::default();
        match self.0.as_slice() {
            [Type::Plain(plain)] => schema.text("type", plain.word()),
            [Type::Map(plain)] => {
                schema.text("type", "object");
                schema.object("additionalProperties").text("type", plain.word());
            }
            [Type::Array(plain)] => {
                schema.text("type", "array");
                let items = schema.object("items");
                items.extend(item.clone());
                items.text("type", plain.word());
            }
            many if many.iter().all(|one| matches!(one, Type::Plain(_))) => {
                let word = |one: &Type| if let Type::Plain(plain) = one { quote(plain.word()) } else { String::new() };
                schema.put("type", array(&many.iter().map(word).collect::<Vec<_>>()));
            }
            many => {
                let any = many.iter().map(|one| Types(vec![*one]).schema(item).done());
                *schema.list("anyOf") = any.collect();
            }
        }
        schema
    }
}

/// A number, string or boolean as it may stand in an enum, compared by value: 3 and 3.0 are the same.
pub(super) fn same_scalar(raw: &RawValue, value: &str) -> bool {
    match value.as_bytes().first() {
        Some(b'"') => string(raw).is_some_and(|s| scalar_text(value) == Some(&s)),
        Some(b'-' | b'0'..=b'9') => {
            as_number(raw).is_some_and(|n| serde_json::from_str(value).is_ok_and(|v: f64| v == n))
        }
        Some(b't' | b'f') => raw.get() == value,
        _ => kind(raw) == "null",
    }
}

/// The text of a string in the data files, which has no escapes; `None` for other values.
pub(super) fn scalar_text(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"')
}

/// The decoded text of a JSON string, borrowed unless it holds escapes.
pub(super) fn string(raw: &RawValue) -> Option<std::borrow::Cow<'_, str>> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        return serde_json::from_str::<String>(raw.get()).ok().map(std::borrow::Cow::Owned);
    }
    Some(std::borrow::Cow::Borrowed(inner))
}
