//! Conditions on a task's members, as the data files state them: a list of alternatives, each of which maps members to
//! `"present"`, `"absent"` or the values that count.

use super::build::{Build, single};
use super::json_type::same_scalar;
use super::reading::Reading;
use super::view::{Path, View};
use serde_json::Value;

/// What a member has to be.
#[derive(Debug, Clone)]
enum Want {
    Presence(Presence),
    OneOf(Vec<Value>),
    /// It is there, and another value.
    NotOf(Vec<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Present,
    Absent,
}

/// What a condition made here wants of a member.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Present,
    Absent,
    Is(Value),
    /// There, with another value.
    Not(Value),
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
    pub(super) fn member(reading: &mut Reading, name: &str) -> Condition {
        let mut alternatives = Vec::new();
        for all in reading.list(name) {
            let Value::Object(all) = all else {
                reading.wrong(format!("{name}: an alternative is an object, not {all}"));
                continue;
            };
            let mut terms = Vec::new();
            for (name, want) in all {
                let want = match want {
                    Value::Array(values) => Want::OneOf(values),
                    want if want == "present" => Want::Presence(Presence::Present),
                    want if want == "absent" => Want::Presence(Presence::Absent),
                    other => {
                        reading.wrong(format!("a condition: {name} cannot be {other}"));
                        continue;
                    }
                };
                terms.push(Term { paths: vec![Path::new(&name)], name, want });
            }
            alternatives.push(terms);
        }
        Condition { alternatives }
    }

    /// Any of these members is there.
    pub(super) fn any_present(names: &[&str]) -> Condition {
        let term = |name: &&str| Term {
            name: (*name).to_owned(),
            paths: vec![Path::new(name)],
            want: Want::Presence(Presence::Present),
        };
        Condition { alternatives: names.iter().map(|name| vec![term(name)]).collect() }
    }

    /// Adds an alternative: these members are there with a value other than the one named, or with any.
    pub(super) fn or(mut self, all: &[(&str, Wanted)]) -> Condition {
        let term = |(name, wanted): &(&str, Wanted)| Term {
            name: (*name).to_owned(),
            paths: vec![Path::new(name)],
            want: match wanted {
                Wanted::Present => Want::Presence(Presence::Present),
                Wanted::Absent => Want::Presence(Presence::Absent),
                Wanted::Is(value) => Want::OneOf(vec![value.clone()]),
                Wanted::Not(value) => Want::NotOf(vec![value.clone()]),
            },
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
        self.alternatives.iter().flatten().filter(move |term| term.name == name).flat_map(|term| match &term.want {
            Want::OneOf(values) => values.iter().filter_map(Value::as_str).collect(),
            Want::NotOf(_) | Want::Presence(_) => Vec::new(),
        })
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
    pub(super) fn schema(&self) -> Value {
        let all = |terms: &Vec<Term>| {
            let parts: Vec<Value> = terms.iter().map(Term::schema).collect();
            if let [only] = parts.as_slice() { only.clone() } else { single("allOf", parts.into()) }
        };
        let any: Vec<Value> = self.alternatives.iter().map(all).collect();
        if let [only] = any.as_slice() { only.clone() } else { single("anyOf", any.into()) }
    }
}

impl Term {
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

    fn schema(&self) -> Value {
        let spelled: Vec<Value> = self
            .paths
            .iter()
            .map(|path| match &self.want {
                Want::OneOf(values) => path.nest(single("enum", values.clone().into())),
                Want::NotOf(values) => path.nest(single("not", single("enum", values.clone().into()))),
                Want::Presence(_) => path.nest(true.into()),
            })
            .collect();
        let any = if let [only] = spelled.as_slice() { only.clone() } else { single("anyOf", spelled.into()) };
        match self.want {
            Want::Presence(Presence::Absent) => single("not", any),
            _ => any,
        }
    }
}

/// "3 or 4", for messages.
fn either(values: &[Value]) -> String {
    values.iter().map(|v| v.as_str().map_or(v.to_string(), str::to_owned)).collect::<Vec<_>>().join(" or ")
}

impl Path {
    /// The schema of an object in which this member is there and obeys `inner`.
    pub(super) fn nest(&self, inner: Value) -> Value {
        let object = |name: &str, inner: Value| {
            let mut schema = Build::default();
            schema.text("type", "object");
            schema.put("required", Value::Array(vec![name.into()]));
            schema.put("properties", single(name, inner));
            schema.done()
        };
        let leaf = object(&self.leaf, inner);
        if self.parent.is_empty() { leaf } else { object(&self.parent, leaf) }
    }
}
