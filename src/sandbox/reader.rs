//! Reads JSON configuration member by member, so that a refusal can name what it refuses.

use super::money::Money;
use crate::protocol::json::{self, Object, quote};
use crate::protocol::{Code, Failure};
use serde_json::value::RawValue;
use std::time::Duration;

/// One object of the configuration, and where it stands.
pub(super) struct Reader<'a> {
    object: Object<'a>,
    path: String,
}

/// The refusal of a member.
pub(super) fn refuse(member: &str, what: impl std::fmt::Display) -> Failure {
    let member = json::clip_to(256, member);
    Failure::new(Code::InvalidConfig, format!("sandbox configuration: {member}: {what}")).with("member", quote(&member))
}

impl<'a> Reader<'a> {
    /// Opens the whole configuration.
    pub(super) fn root(text: &'a str, known: &[&str]) -> Result<Self, Failure> {
        let object = Object::parse(text)
            .map_err(|fault| fault.into_failure("the sandbox configuration", Code::InvalidConfig))?;
        Reader { object, path: String::new() }.only(known)
    }

    /// Opens an object inside it; `path` names it.
    pub(super) fn inside(raw: &'a RawValue, path: String, known: &[&str]) -> Result<Self, Failure> {
        match Object::parse(raw.get()) {
            Ok(object) => Reader { object, path }.only(known),
            Err(_) => Err(refuse(&path, format!("expected an object, found {}", json::kind(raw)))),
        }
    }

    /// Opens an object whose member names are the user's own.
    pub(super) fn map(raw: &'a RawValue, path: String) -> Result<Self, Failure> {
        match Object::parse(raw.get()) {
            Ok(object) => {
                let reader = Reader { object, path };
                reader.once()?;
                Ok(reader)
            }
            Err(_) => Err(refuse(&path, format!("expected an object, found {}", json::kind(raw)))),
        }
    }

    fn only(self, known: &[&str]) -> Result<Self, Failure> {
        self.once()?;
        for member in self.object.members() {
            if !known.contains(&&*member.name) {
                let path = self.path_of(&member.name);
                let known = if known.is_empty() { String::from("none") } else { known.join(", ") };
                return Err(refuse(&path, format!("there is no such member; known members: {known}")));
            }
        }
        Ok(self)
    }

    /// Refuses a name that is given twice: which of them was meant is a guess.
    fn once(&self) -> Result<(), Failure> {
        match self.object.repeated().first() {
            Some(name) => Err(refuse(&self.path_of(name), "the member is given more than once; keep one")),
            None => Ok(()),
        }
    }

    /// Where a member stands: `faults/0/kind`.
    pub(super) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }

    /// The names and values, each with its path.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &'a RawValue, String)> {
        self.object.members().iter().map(|m| (&*m.name, m.value, self.path_of(&m.name)))
    }

    /// The value of a member; JSON null counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.object.get(name).filter(|raw| raw.get() != "null")
    }

    pub(super) fn string(&self, name: &str) -> Result<Option<String>, Failure> {
        let Some(raw) = self.get(name) else { return Ok(None) };
        match json::as_string(raw) {
            Some(text) => Ok(Some(text)),
            None => Err(refuse(&self.path_of(name), format!("expected a string, found {}", json::kind(raw)))),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        match self.get(name).map(|raw| (raw, raw.get())) {
            None => Ok(None),
            Some((_, "true")) => Ok(Some(true)),
            Some((_, "false")) => Ok(Some(false)),
            Some((raw, _)) => {
                Err(refuse(&self.path_of(name), format!("expected true or false, found {}", json::kind(raw))))
            }
        }
    }

    /// A whole number of the range.
    pub(super) fn integer(&self, name: &str, min: u64, max: u64) -> Result<Option<u64>, Failure> {
        match self.get(name) {
            None => Ok(None),
            Some(raw) => integer(raw, &self.path_of(name), min, max).map(Some),
        }
    }

    /// A share: a number from 0 to 1.
    pub(super) fn share(&self, name: &str) -> Result<Option<f64>, Failure> {
        match self.get(name).map(|raw| (raw, raw.get().parse::<f64>())) {
            None => Ok(None),
            Some((_, Ok(share))) if (0.0..=1.0).contains(&share) => Ok(Some(share)),
            Some((raw, _)) => {
                Err(refuse(&self.path_of(name), format!("expected a number from 0 to 1, found {}", brief(raw))))
            }
        }
    }

    /// A time in milliseconds, up to a day.
    pub(super) fn millis(&self, name: &str) -> Result<Option<Duration>, Failure> {
        Ok(self.integer(name, 0, 86_400_000)?.map(Duration::from_millis))
    }

    /// An amount in dollars.
    pub(super) fn money(&self, name: &str) -> Result<Option<Money>, Failure> {
        let Some(raw) = self.get(name) else { return Ok(None) };
        match Money::parse(raw.get()) {
            Some(amount) => Ok(Some(amount)),
            None => Err(refuse(
                &self.path_of(name),
                "expected dollars: a number without exponent, with at most nine digits before the point and six after it",
            )),
        }
    }

    /// The elements of an array, each with its path.
    pub(super) fn array(&self, name: &str) -> Result<Option<Vec<(&'a RawValue, String)>>, Failure> {
        let Some(raw) = self.get(name) else { return Ok(None) };
        elements(raw, &self.path_of(name)).map(Some)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Failure> {
        let Some(text) = self.string(name)? else { return Ok(None) };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Err(refuse(
                    &self.path_of(name),
                    format!("{} is not one of {}", quote(&json::clip(&text)), list.join(", ")),
                ))
            }
        }
    }
}

/// The elements of an array, each with its path.
pub(super) fn elements<'a>(raw: &'a RawValue, path: &str) -> Result<Vec<(&'a RawValue, String)>, Failure> {
    match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        Ok(items) => Ok(items.into_iter().enumerate().map(|(i, item)| (item, format!("{path}/{i}"))).collect()),
        Err(_) => Err(refuse(path, format!("expected an array, found {}", json::kind(raw)))),
    }
}

/// A whole number of the range.
pub(super) fn integer(raw: &RawValue, path: &str, min: u64, max: u64) -> Result<u64, Failure> {
    match raw.get().parse::<u64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => Err(refuse(path, format!("expected a whole number from {min} to {max}, found {}", brief(raw)))),
    }
}

/// A value for an error text: short ones as they are.
fn brief(raw: &RawValue) -> String {
    if raw.get().len() <= 24 && !raw.get().starts_with('"') { raw.get().to_owned() } else { json::kind(raw).to_owned() }
}
