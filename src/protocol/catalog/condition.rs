//! Conditions on a task's members, as the data files state them: a list of alternatives, each of which maps members to
//! `"present"`, `"absent"` or the values that count.

use super::json_type::{same_scalar, scalar_text};
use super::reader::Reader;
use super::task::{Path, View};
use super::writer::{Writer, array, single};
use crate::protocol::json::quote;
use serde_json::value::RawValue;

/// What a member has to be. Values are JSON text.
#[derive(Debug, Clone)]
enum Want {
    Presence(Presence),
    OneOf(Vec<String>),
    /// It is there, and another value.
    NotOf(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Present,
    Absent,
}

/// What a condition made here wants of a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    Present,
    Absent,
    /// The value as JSON text.
    Is(&'static str),
    /// There, with another value.
    Not(&'static str),
}

/// Alternatives; empty means never.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    alternatives: Vec<Vec<Term>>,
}

#[derive(Debug, Clone)]
struct Term {
    name: String,
    /// Every spelling of the member.
    paths: Vec<Path>,
    want: Want,
}

impl Condition {
    /// Reads a member of the data files; where it is missing, it never holds.
    pub(super) fn member(reading: &mut Reader, name: &str) -> Condition {
        let mut alternatives = Vec::new();
        for (index, all) in reading.list(name).into_iter().enumerate() {
            let mut all = Reader::of(all.get());
            let mut terms = Vec::new();
            for name in all.names() {
                let want = match all.value(&name).map(RawValue::get) {
                    Some("\"present\"") => Want::Presence(Presence::Present),
                    Some("\"absent\"") => Want::Presence(Presence::Absent),
                    Some(values) => Want::OneOf(elements(values)),
                    None => continue,
                };
                if matches!(&want, Want::OneOf(values) if values.is_empty()) {
                    all.wrong(&name, format_args!("a condition lists no value for {name}"));
                }
                // In the order of their names, whatever that of the data.
                let at = terms.partition_point(|term: &Term| term.name < name);
                terms.insert(at, Term::new(&name, want));
            }
            alternatives.push(terms);
            reading.take(format_args!("/{name}/{index}"), all.end(()));
        }
        Condition { alternatives }
    }

    /// Any of these members is there.
    pub(super) fn any_present(names: &[&str]) -> Condition {
        let any = Condition::default();
        names.iter().fold(any, |any, name| any.or(&[(name, Wanted::Present)]))
    }

    /// Adds an alternative: these members are there with a value other than the one named, or with any.
    pub(super) fn or(mut self, all: &[(&str, Wanted)]) -> Condition {
        let term = |(name, wanted): &(&str, Wanted)| {
            let want = match *wanted {
                Wanted::Present => Want::Presence(Presence::Present),
                Wanted::Absent => Want::Presence(Presence::Absent),
                Wanted::Is(value) => Want::OneOf(vec![value.to_owned()]),
                Wanted::Not(value) => Want::NotOf(vec![value.to_owned()]),
            };
            Term::new(name, want)
        };
        self.alternatives.push(all.iter().map(term).collect());
        self
    }

    /// Whether it can ever hold.
    pub(super) fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// The members it speaks of.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().flatten().map(|term| term.name.as_str())
    }

    /// The text values that it compares a member with.
    pub(super) fn values_of<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.alternatives
            .iter()
            .flatten()
            .filter(move |term| term.name == name)
            .flat_map(|term| match &term.want {
                Want::OneOf(values) => values.as_slice(),
                Want::NotOf(_) | Want::Presence(_) => &[],
            })
            .filter_map(|value| scalar_text(value))
    }

    /// Adds the other spellings of a member.
    pub(super) fn spell(&mut self, name: &str, also: &[Path]) {
        for term in self.alternatives.iter_mut().flatten().filter(|term| term.name == name) {
            term.paths.extend(also.iter().cloned());
        }
    }

    /// Whether it holds for a task.
    pub(super) fn holds(&self, task: &View<'_>) -> bool {
        self.alternatives.iter().any(|all| all.iter().all(|term| term.holds(task)))
    }

    /// "version is 3 or 4 and data is present", for messages.
    pub(super) fn in_words(&self) -> String {
        let all = |terms: &Vec<Term>| terms.iter().map(Term::in_words).collect::<Vec<_>>().join(" and ");
        self.alternatives.iter().map(all).collect::<Vec<_>>().join(", or ")
    }

    /// As JSON Schema of the task.
    pub(super) fn schema(&self) -> String {
        let all = |terms: &Vec<Term>| together("allOf", terms.iter().map(Term::schema).collect());
        together("anyOf", self.alternatives.iter().map(all).collect())
    }
}

/// Several schemas as one.
fn together(how: &str, mut schemas: Vec<String>) -> String {
    match schemas.pop() {
        Some(only) if schemas.is_empty() => only,
        last => {
            schemas.extend(last);
            single(how, &array(&schemas))
        }
    }
}

/// The values of a JSON array, as JSON text; none where it is something else.
fn elements(list: &str) -> Vec<String> {
    let values: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_default();
    values.into_iter().map(|value| value.get().to_owned()).collect()
}

impl Term {
    fn new(name: &str, want: Want) -> Term {
        Term { name: name.to_owned(), paths: vec![Path::new(name)], want }
    }

    fn holds(&self, task: &View<'_>) -> bool {
        let mut found = self.paths.iter().filter_map(|path| task.find(path));
        match &self.want {
            Want::Presence(Presence::Present) => found.next().is_some(),
            Want::Presence(Presence::Absent) => found.next().is_none(),
            Want::OneOf(values) => found.any(|raw| values.iter().any(|value| same_scalar(raw, value))),
            Want::NotOf(values) => found.any(|raw| !values.iter().any(|value| same_scalar(raw, value))),
        }
    }

    fn in_words(&self) -> String {
        match &self.want {
            Want::Presence(Presence::Present) => format!("{} is present", self.name),
            Want::Presence(Presence::Absent) => format!("{} is absent", self.name),
            Want::OneOf(values) => format!("{} is {}", self.name, either(values)),
            Want::NotOf(values) => format!("{} is not {}", self.name, either(values)),
        }
    }

    fn schema(&self) -> String {
        let inner = match &self.want {
            Want::OneOf(values) => single("enum", &array(values)),
            Want::NotOf(values) => single("not", &single("enum", &array(values))),
            Want::Presence(_) => String::from("true"),
        };
        let any = together("anyOf", self.paths.iter().map(|path| path.nest(&inner)).collect());
        match self.want {
            Want::Presence(Presence::Absent) => single("not", &any),
            _ => any,
        }
    }
}

/// "3 or 4", for messages; a number and its text are told once.
fn either(values: &[String]) -> String {
    let mut words: Vec<&str> = values.iter().map(|value| scalar_text(value).unwrap_or(value)).collect();
    words.dedup();
    words.join(" or ")
}

impl Path {
    /// The schema of an object in which this member is there and obeys `inner`.
    pub(super) fn nest(&self, inner: &str) -> String {
        let object = |name: &str, inner: &str| {
            let mut schema = Writer::default();
            schema.text("type", "object");
            schema.list("required").push(quote(name));
            schema.put("properties", single(name, inner));
            schema.done()
        };
        let leaf = object(&self.leaf, inner);
        if self.parent.is_empty() { leaf } else { object(&self.parent, &leaf) }
    }
}
