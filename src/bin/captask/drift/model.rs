//! What a description says, whatever its form.

use std::collections::{BTreeMap, BTreeSet};

/// A type and, where it has classes, a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub kind: String,
    pub class: Option<String>,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.class {
            Some(class) => write!(f, "{} {class}", self.kind),
            None => f.write_str(&self.kind),
        }
    }
}

/// What is said of a member of a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Member {
    /// JSON types, as in string, array<string>; none where nothing is said.
    pub types: BTreeSet<String>,
    /// `None` where the description does not speak of it.
    pub required: Option<bool>,
    /// The values it may have, as text; none where any may be.
    pub values: Option<BTreeSet<String>>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
}

/// One form of one or several types.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    /// More than one where one form stands for several.
    pub keys: Vec<Key>,
    pub members: BTreeMap<String, Member>,
    /// Whether the description says that it is deprecated; `None` where that is not clear.
    pub deprecated: Option<bool>,
}

/// Members of a request and of its answer, beside the task.
#[derive(Debug, Clone, Default)]
pub struct Method {
    pub request: BTreeSet<String>,
    pub answer: BTreeSet<String>,
}

/// A whole description.
#[derive(Debug, Default)]
pub struct Described {
    pub kinds: Vec<Kind>,
    /// None where it names no methods.
    pub methods: BTreeMap<String, Method>,
    pub codes: BTreeSet<String>,
    /// What the checks of the catalogue say of its examples.
    pub examples: Vec<String>,
}
