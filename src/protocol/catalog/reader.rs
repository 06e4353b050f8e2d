//! Reads one object of the data files member by member. By hand: derived readers of these types would make up a tenth
//! of the library.

use super::compact::compact;
use super::writer::Writer;
use crate::protocol::json::{Member, Object, as_number, as_string, clip};
use crate::protocol::problem::pointer;
use serde_json::value::RawValue;
use std::fmt;

/// What is wrong with data. In a library that reads its own data alone nobody asks what, and the texts are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// The pointer to it, from what was read.
    #[cfg(any(test, feature = "catalogue-file"))]
    pub(super) pointer: String,
    #[cfg(any(test, feature = "catalogue-file"))]
    pub(super) text: String,
}

#[cfg(any(test, feature = "catalogue-file"))]
impl Fault {
    #[inline(never)]
    pub(super) fn new(pointer: fmt::Arguments<'_>, text: fmt::Arguments<'_>) -> Fault {
        Fault { pointer: pointer.to_string(), text: text.to_string() }
    }

    /// The same, seen from further out.
    #[inline(never)]
    pub(super) fn below(mut self, place: fmt::Arguments<'_>) -> Fault {
        self.pointer.insert_str(0, &place.to_string());
        self
    }
}

#[cfg(not(any(test, feature = "catalogue-file")))]
impl Fault {
    #[inline(always)]
    pub(super) fn new(_: fmt::Arguments<'_>, _: fmt::Arguments<'_>) -> Fault {
        Fault {}
    }

    #[inline(always)]
    pub(super) fn below(self, _: fmt::Arguments<'_>) -> Fault {
        self
    }
}

#[cfg(any(test, feature = "catalogue-file"))]
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.text)
    }
}

/// Text from outside.
pub(super) struct Clipped<'t>(pub(super) &'t str);

impl fmt::Display for Clipped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clip(self.0))
    }
}

/// Words, separated by commas.
struct Words<I>(I);

impl<'w, I: Iterator<Item = &'w str> + Clone> fmt::Display for Words<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.clone().collect::<Vec<_>>().join(", "))
    }
}

/// A name as a step of a pointer.
struct Step<'n>(&'n str);

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&pointer("", self.0))
    }
}

/// An object that is being read. What is wrong with it is kept, the first fault counts, and is told by `end`.
pub(super) struct Reader<'a> {
    members: Vec<Member<'a>>,
    fault: Option<Fault>,
}

impl<'a> Reader<'a> {
    /// Begins with the text of an object.
    #[inline(never)]
    pub(super) fn of(text: &'a str) -> Reader<'a> {
        match Object::parse(text) {
            Ok(object) => Reader { members: object.members().to_vec(), fault: None },
            Err(fault) => {
                Reader { members: Vec::new(), fault: Some(Fault::new(format_args!(""), format_args!("{fault}"))) }
            }
        }
    }

    /// The names that have not been read yet.
    pub(super) fn names(&self) -> Vec<String> {
        self.members.iter().map(|member| member.name.to_string()).collect()
    }

    /// All that has not been read yet.
    pub(super) fn whole(&self) -> Writer {
        let mut whole = Writer::default();
        for member in &self.members {
            whole.put(&member.name, compact(member.value.get()));
        }
        whole
    }

    /// Notes a fault of a member.
    #[inline]
    pub(super) fn wrong(&mut self, name: &str, text: fmt::Arguments<'_>) {
        self.fault.get_or_insert_with(|| Fault::new(format_args!("{}", Step(name)), text));
    }

    /// Notes a fault of something inside.
    #[inline]
    fn wrong_inside(&mut self, place: fmt::Arguments<'_>, fault: Fault) {
        self.fault.get_or_insert_with(|| fault.below(place));
    }

    /// Takes over what was found of something inside: a place as in "/never/0".
    #[inline]
    pub(super) fn take<T: Default>(&mut self, place: fmt::Arguments<'_>, inner: Result<T, Fault>) -> T {
        inner.unwrap_or_else(|fault| {
            self.wrong_inside(place, fault);
            T::default()
        })
    }

    /// A member of any type.
    #[inline(never)]
    pub(super) fn value(&mut self, name: &str) -> Option<&'a RawValue> {
        let at = self.members.iter().position(|member| member.name == name)?;
        Some(self.members.remove(at).value)
    }

    #[inline(never)]
    fn unfit(&mut self, name: &str, value: &RawValue) {
        self.wrong(name, format_args!("{name} must not be {}", Clipped(value.get())));
    }

    #[inline(never)]
    fn missing(&mut self, name: &str) {
        self.fault.get_or_insert_with(|| Fault::new(format_args!(""), format_args!("{name} is missing")));
    }

    /// A text that may be missing.
    #[inline(never)]
    pub(super) fn maybe_text(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        let text = as_string(value);
        if text.is_none() {
            self.unfit(name, value);
        }
        text
    }

    /// A text that must be there.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &str) -> String {
        self.maybe_text(name).unwrap_or_else(|| {
            self.missing(name);
            String::new()
        })
    }

    /// Any number of texts.
    #[inline(never)]
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for one in self.list(name) {
            match as_string(one) {
                Some(text) => texts.push(text),
                None => self.unfit(name, one),
            }
        }
        texts
    }

    /// Any number of names, each with a text.
    pub(super) fn pairs(&mut self, name: &str) -> Vec<(String, String)> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let mut inner = Reader::of(value.get());
        let pairs = inner.names().into_iter().map(|key| (key.clone(), inner.text(&key))).collect();
        self.take(format_args!("{}", Step(name)), inner.end(pairs))
    }

    /// Any number of values.
    #[inline(never)]
    pub(super) fn list(&mut self, name: &str) -> Vec<&'a RawValue> {
        let Some(value) = self.value(name) else { return Vec::new() };
        serde_json::from_str(value.get()).unwrap_or_else(|_| {
            self.unfit(name, value);
            Vec::new()
        })
    }

    /// Any number of values, as JSON text.
    #[inline(never)]
    pub(super) fn values(&mut self, name: &str) -> Vec<String> {
        self.list(name).into_iter().map(|value| compact(value.get())).collect()
    }

    /// Any number of objects.
    pub(super) fn each<T>(&mut self, name: &str, read: fn(Reader<'a>) -> Result<T, Fault>) -> Vec<T> {
        let mut all = Vec::new();
        for (index, one) in self.list(name).into_iter().enumerate() {
            match read(Reader::of(one.get())) {
                Ok(one) => all.push(one),
                Err(fault) => self.wrong_inside(format_args!("/{name}/{index}"), fault),
            }
        }
        all
    }

    /// A number that may be missing.
    #[inline(never)]
    pub(super) fn number(&mut self, name: &str) -> Option<f64> {
        let value = self.value(name)?;
        let number = as_number(value);
        if number.is_none() {
            self.unfit(name, value);
        }
        number
    }

    /// A whole number that may be missing.
    #[inline(never)]
    pub(super) fn count(&mut self, name: &str) -> Option<u32> {
        let value = self.value(name)?;
        let count = value.get().parse().ok();
        if count.is_none() {
            self.unfit(name, value);
        }
        count
    }

    /// A whole number that must be there.
    #[inline(never)]
    pub(super) fn needed_count(&mut self, name: &str) -> u32 {
        self.count(name).unwrap_or_else(|| {
            self.missing(name);
            0
        })
    }

    /// true or false, or what stands for neither.
    #[inline(never)]
    pub(super) fn flag(&mut self, name: &str, usual: bool) -> bool {
        let Some(value) = self.value(name) else { return usual };
        match value.get() {
            "true" => true,
            "false" => false,
            _ => {
                self.unfit(name, value);
                usual
            }
        }
    }

    /// One of some words, `None` where none stands.
    pub(super) fn maybe_one_of<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let word = self.maybe_text(name)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, one)| *one);
        if found.is_none() {
            let known = Words(words.iter().map(|(known, _)| *known));
            self.wrong(name, format_args!("{name} is {}; expected one of {known}", Clipped(&word)));
        }
        found
    }

    /// One of some words; it must be there.
    pub(super) fn one_of<T: Copy + Default>(&mut self, name: &str, words: &[(&str, T)]) -> T {
        self.maybe_one_of(name, words).unwrap_or_else(|| {
            self.missing(name);
            T::default()
        })
    }

    /// `read` is over: gives out what was read, if nothing is wrong and nothing is left.
    pub(super) fn end<T>(self, read: T) -> Result<T, Fault> {
        match self.fault() {
            Some(fault) => Err(fault),
            None => Ok(read),
        }
    }

    #[inline(never)]
    fn fault(self) -> Option<Fault> {
        let unknown = self.members.first();
        let unknown = unknown.map(|m| {
            Fault::new(format_args!("{}", Step(&m.name)), format_args!("{} is not a known member", Clipped(&m.name)))
        });
        self.fault.or(unknown)
    }
}
