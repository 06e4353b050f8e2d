//! The catalogue's side: what captask_describe says, by type and class.

use super::model::{Key, Member};
use captask::protocol::catalog;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One entry of the catalogue.
#[derive(Debug)]
pub struct Shape {
    pub key: Key,
    pub current: bool,
    /// Whether the service's documentation is among its sources.
    pub documented: bool,
    pub members: BTreeMap<String, Known1>,
}

/// A member of an entry.
#[derive(Debug)]
pub struct Known1 {
    pub described: Member,
    /// Other spellings, dotted.
    pub also: Vec<String>,
    /// Clients alone know it: a description need not have it.
    pub clients: bool,
    /// Values beside those that it knows are taken.
    pub open: bool,
    pub when: String,
}

/// The catalogue.
#[derive(Debug)]
pub struct Known {
    pub shapes: Vec<Shape>,
    /// Other names of types, and of classes within a type.
    types: BTreeMap<String, String>,
    classes: BTreeMap<(String, String), String>,
    pub methods: Vec<KnownMethod>,
    pub codes: BTreeSet<String>,
}

/// A method of the service.
#[derive(Debug)]
pub struct KnownMethod {
    pub names: BTreeSet<String>,
    pub request: BTreeSet<String>,
    pub answer: BTreeSet<String>,
    /// Whether a description of the API has to have it.
    pub of_api: bool,
}

fn describe(topic: &str) -> Value {
    serde_json::from_str(&catalog::describe(Some(topic))).unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    items(value, name).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A value of an enum as text: 3 and "3" are the same.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Known {
    pub fn read() -> Known {
        let (mut shapes, mut types, mut classes) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for line in items(&describe("tasks"), "tasks") {
            let described = describe(&format!("task/{}", text(line, "id")));
            let shape = Shape::read(&described);
            for name in texts(&described, "aliases") {
                types.insert(name, shape.key.kind.clone());
            }
            if let Some(class) = &shape.key.class {
                for name in texts(&described, "classAliases") {
                    classes.insert((shape.key.kind.clone(), name), class.clone());
                }
            }
            shapes.push(shape);
        }
        let methods = items(&describe("methods"), "methods").map(KnownMethod::read).collect();
        let errors = describe("errors");
        let codes = ["service", "otherClients", "library"].iter().flat_map(|part| items(&errors, part));
        let codes = codes.flat_map(|error| [vec![text(error, "code").to_owned()], texts(error, "aliases")].concat());
        Known { shapes, types, classes, methods, codes: codes.collect() }
    }

    /// A type and a class under the names that the catalogue has for them.
    pub fn key(&self, kind: &str, class: Option<&str>) -> Key {
        let kind = self.types.get(kind).cloned().unwrap_or_else(|| kind.to_owned());
        let has_classes = self.of_type(&kind).any(|shape| shape.key.class.is_some());
        let class = class.filter(|_| has_classes || self.of_type(&kind).next().is_none()).map(|class| {
            self.classes.get(&(kind.clone(), class.to_owned())).cloned().unwrap_or_else(|| class.to_owned())
        });
        Key { kind, class }
    }

    pub fn of_type<'k>(&'k self, kind: &'k str) -> impl Iterator<Item = &'k Shape> {
        self.shapes.iter().filter(move |shape| shape.key.kind == kind)
    }

    pub fn of_key<'k>(&'k self, key: &'k Key) -> impl Iterator<Item = &'k Shape> {
        self.shapes.iter().filter(move |shape| shape.key == *key)
    }
}

impl Shape {
    fn read(described: &Value) -> Shape {
        let class = described.get("class").and_then(Value::as_str).map(str::to_owned);
        Shape {
            key: Key { kind: text(described, "type").to_owned(), class },
            current: text(described, "status") == "current",
            documented: items(described, "sources").any(|source| text(source, "name").starts_with("documentation")),
            members: items(described, "members").map(|m| (text(m, "name").to_owned(), Known1::read(m))).collect(),
        }
    }
}

impl Known1 {
    fn read(member: &Value) -> Known1 {
        let values = |name: &str| -> BTreeSet<String> { items(member, name).map(plain).collect() };
        let (only, known) = (values("enum"), values("known"));
        let parent = text(member, "name").rsplit_once('.').map(|(parent, _)| parent);
        let dotted = |name: String| parent.map_or_else(|| name.clone(), |parent| format!("{parent}.{name}"));
        let number = |name: &str| member.get(name).and_then(Value::as_f64);
        let count = |name: &str| member.get(name).and_then(Value::as_u64);
        let open = only.is_empty();
        let all: BTreeSet<String> = only.into_iter().chain(known).collect();
        Known1 {
            described: Member {
                types: text(member, "type").split('|').map(str::to_owned).collect(),
                required: member.get("required").and_then(Value::as_bool),
                values: (!all.is_empty()).then_some(all),
                min: number("min"),
                max: number("max"),
                min_items: count("minItems"),
                max_items: count("maxItems"),
            },
            also: texts(member, "also").into_iter().map(dotted).collect(),
            clients: member.get("source").is_some() && !text(member, "source").contains("documentation"),
            open,
            when: text(member, "requiredWhen").to_owned(),
        }
    }
}

impl KnownMethod {
    fn read(method: &Value) -> KnownMethod {
        let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let other = ["aliases", "retiredAliases"].iter().flat_map(|name| texts(method, name));
        let names = |part: &str| items(method, part).map(|m| text(m, "name").to_owned()).collect();
        KnownMethod {
            names: other.map(|path| last(&path)).chain([last(text(method, "path"))]).collect(),
            request: names("request"),
            answer: names("answer"),
            of_api: text(method, "http") == "POST",
        }
    }
}
