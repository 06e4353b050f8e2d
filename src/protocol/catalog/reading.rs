//! Reads one object of the data files member by member. By hand: derived readers of these types would make up a tenth
//! of the library.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::super::json::Object;

/// An object that is being read. What is wrong with it is kept, the first fault counts, and is told by `end`.
pub(super) struct Reading {
    members: Map<String, Value>,
    fault: Option<String>,
}

impl Reading {
    /// Begins with a value that has to be an object.
    pub(super) fn of(value: Value) -> Reading {
        match value {
            Value::Object(members) => Reading { members, fault: None },
            other => Reading { members: Map::new(), fault: Some(format!("an object is wanted, not {other}")) },
        }
    }

    /// Begins with the text of an object, but for the members of these names: they stay text.
    pub(super) fn but_for<const N: usize>(text: &str, names: [&str; N]) -> (Reading, [Option<Box<RawValue>>; N]) {
        let mut reading = Reading { members: Map::new(), fault: None };
        let mut kept = [const { None }; N];
        match Object::parse(text) {
            Ok(object) => {
                for member in object.members() {
                    if let Some(index) = names.iter().position(|name| *name == member.name) {
                        kept[index] = Some(member.value.to_owned());
                    } else {
                        let value = serde_json::from_str(member.value.get()).unwrap_or_default();
                        reading.members.insert(member.name.to_string(), value);
                    }
                }
            }
            Err(fault) => reading.wrong(fault.to_string()),
        }
        (reading, kept)
    }

    /// The names that have not been read yet.
    pub(super) fn names(&self) -> Vec<String> {
        self.members.keys().cloned().collect()
    }

    /// All that has not been read yet.
    pub(super) fn whole(&self) -> Value {
        Value::Object(self.members.clone())
    }

    /// Notes a fault.
    pub(super) fn wrong(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }

    /// Takes over what was found of something inside.
    pub(super) fn take<T: Default>(&mut self, inner: Result<T, String>) -> T {
        inner.unwrap_or_else(|fault| {
            self.wrong(fault);
            T::default()
        })
    }

    /// A member of any type.
    pub(super) fn value(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    fn unfit(&mut self, name: &str, value: &Value) {
        self.wrong(format!("{name} cannot be {value}"));
    }

    /// A text that may be missing.
    pub(super) fn maybe_text(&mut self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            other => {
                self.unfit(name, &other);
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, name: &str) -> String {
        self.maybe_text(name).unwrap_or_else(|| {
            self.wrong(format!("missing field {name}"));
            String::new()
        })
    }

    /// Any number of texts.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        self.list(name)
            .into_iter()
            .filter_map(|one| {
                if let Value::String(text) = one {
                    Some(text)
                } else {
                    self.unfit(name, &one);
                    None
                }
            })
            .collect()
    }

    /// Any number of names, each with a text.
    pub(super) fn pairs(&mut self, name: &str) -> Vec<(String, String)> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let mut inner = Reading::of(value);
        let pairs = inner.names().into_iter().map(|key| (key.clone(), inner.text(&key))).collect();
        self.take(inner.end(pairs))
    }

    /// Any number of values.
    pub(super) fn list(&mut self, name: &str) -> Vec<Value> {
        match self.value(name) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(other) => {
                self.unfit(name, &other);
                Vec::new()
            }
        }
    }

    /// Any number of objects.
    pub(super) fn each<T>(&mut self, name: &str, read: fn(Reading) -> Result<T, String>) -> Vec<T> {
        let found: Result<Vec<T>, String> = self.list(name).into_iter().map(|one| read(Reading::of(one))).collect();
        self.take(found)
    }

    /// A number that may be missing.
    pub(super) fn number(&mut self, name: &str) -> Option<f64> {
        let value = self.value(name)?;
        if value.as_f64().is_none() {
            self.unfit(name, &value);
        }
        value.as_f64()
    }

    /// A whole number that may be missing.
    pub(super) fn count(&mut self, name: &str) -> Option<u32> {
        let value = self.value(name)?;
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
        if count.is_none() {
            self.unfit(name, &value);
        }
        count
    }

    /// A whole number that must be there.
    pub(super) fn needed_count(&mut self, name: &str) -> u32 {
        self.count(name).unwrap_or_else(|| {
            self.wrong(format!("missing field {name}"));
            0
        })
    }

    /// true or false, or what stands for neither.
    pub(super) fn flag(&mut self, name: &str, usual: bool) -> bool {
        match self.value(name) {
            None => usual,
            Some(Value::Bool(flag)) => flag,
            Some(other) => {
                self.unfit(name, &other);
                usual
            }
        }
    }

    /// One of some words, `None` where none stands.
    pub(super) fn maybe_one_of<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let word = self.maybe_text(name)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, one)| *one);
        if found.is_none() {
            self.wrong(format!("{name}: unknown variant {word}"));
        }
        found
    }

    /// One of some words; it must be there.
    pub(super) fn one_of<T: Copy + Default>(&mut self, name: &str, words: &[(&str, T)]) -> T {
        self.maybe_one_of(name, words).unwrap_or_else(|| {
            self.wrong(format!("missing field {name}"));
            T::default()
        })
    }

    /// `read` is over: gives out what was read, if nothing is wrong and nothing is left.
    pub(super) fn end<T>(self, read: T) -> Result<T, String> {
        match (self.fault, self.members.keys().next()) {
            (Some(fault), _) => Err(fault),
            (None, Some(name)) => Err(format!("unknown field {name}")),
            (None, None) => Ok(read),
        }
    }
}
