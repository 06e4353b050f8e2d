//! A shape's request and solution as JSON Schema 2020-12.

use super::address::ADDRESS;
use super::build::{Build, single};
use super::data::{Format, Member, Part, Shape};
use super::formats::WEB_URL;
use super::json_type::Plain;
use super::view::Path;
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the `task` object. It says what can be said in it; captask_check looks closer at base64 and URLs.
pub(super) fn request(shape: &Shape) -> Value {
    let mut top = Map::new();
    top.insert("type".into(), single("enum", shape.kinds.clone().into()));
    let mut rules: Vec<Value> = vec![any_required(&["type"])];
    if let Some(class) = &shape.class {
        let names: Vec<&str> = std::iter::once("class").chain(shape.class_also.iter().map(String::as_str)).collect();
        for name in &names {
            top.insert((*name).into(), single("enum", Value::Array(vec![class.as_str().into()])));
        }
        rules.push(any_required(&names));
    }
    let mut nested: Vec<(&str, Map<String, Value>, Vec<Value>)> = Vec::new();
    for (parent, members) in &shape.levels {
        let mut properties = Map::new();
        let mut inner: Vec<Value> = Vec::new();
        for spec in members.iter().filter_map(|index| shape.members.get(*index)) {
            for (index, path) in spec.paths.iter().enumerate() {
                let mut schema = member(spec);
                if index > 0 {
                    schema["description"] = format!("Another spelling of {}.", spec.leaf()).into();
                }
                properties.insert(path.leaf.clone(), schema);
            }
            let names: Vec<&str> = spec.paths.iter().map(|p| p.leaf.as_str()).collect();
            if spec.required {
                inner.push(any_required(&names));
            } else if !spec.required_when.is_empty() {
                let mut rule = Build::default();
                rule.put("if", spec.required_when.schema());
                rule.put("then", within(parent, any_required(&names)));
                rules.push(rule.done());
            }
        }
        if parent.is_empty() {
            top.append(&mut properties);
            rules.append(&mut inner);
        } else {
            nested.push((parent, properties, inner));
        }
    }
    for (parent, properties, inner) in nested {
        if let Some(schema) = top.get_mut(parent).and_then(Value::as_object_mut) {
            schema.insert("properties".into(), Value::Object(properties));
            if !inner.is_empty() {
                schema.insert("allOf".into(), Value::Array(inner));
            }
        }
    }
    for never in &shape.never {
        let mut rule = Build::default();
        rule.put("not", never.when.schema());
        rule.text("$comment", &never.why);
        rules.push(rule.done());
    }
    let mut schema = root(shape, "the task");
    schema.put("properties", Value::Object(top));
    schema.put("allOf", rules.into());
    schema.done()
}

/// What both schemas of a shape begin with.
fn root(shape: &Shape, what: &str) -> Build {
    let mut schema = Build::default();
    schema.text("$schema", DIALECT);
    schema.text("title", &format!("{}: {what}", shape.id));
    schema.text("description", &shape.about);
    schema.text("type", "object");
    schema
}

/// At least one spelling is there.
fn any_required(names: &[&str]) -> Value {
    let one = |name: &&str| single("required", Value::Array(vec![(*name).into()]));
    match names {
        [only] => one(only),
        many => single("anyOf", many.iter().map(one).collect()),
    }
}

/// A rule for the object that a member of the task holds, when it is there.
fn within(parent: &str, rule: Value) -> Value {
    if parent.is_empty() {
        return rule;
    }
    single("properties", single(parent, rule))
}

fn member(spec: &Member) -> Value {
    let mut text = Build::default();
    match spec.format {
        Some(Format::Url) => text.text("pattern", WEB_URL),
        Some(Format::Host) => text.text("pattern", ADDRESS),
        Some(Format::Link | Format::HostName) => {}
        Some(Format::Base64) => base64(&mut text),
        Some(Format::Image) => {
            base64(&mut text);
            // 100 and 50,000 bytes in base64.
            text.put("minLength", 134.into());
            text.put("maxLength", 66_668.into());
        }
        None => {}
    }
    let text = text.done();
    let array = spec.types.items().is_some();
    let mut schema = Build::default();
    if array {
        schema.extend(spec.types.schema(&text));
    } else {
        schema.extend(spec.types.schema(&json!({})));
        schema.extend(text);
        if spec.must_be_filled() && spec.types.has(Plain::String) && !schema.has("minLength") {
            schema.put("minLength", 1.into());
        }
    }
    if !spec.without.is_empty() {
        let special = |c: char| matches!(c, '\\' | ']' | '^' | '-' | '[');
        let signs: String =
            spec.without.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect();
        schema.text("pattern", &format!("^[^{signs}]*$"));
    }
    if !spec.only.is_empty() {
        schema.put("enum", spec.only.clone().into());
    }
    schema.some_texts("examples", &spec.known);
    let numbers = [("minimum", spec.min), ("maximum", spec.max)];
    for (name, number) in numbers.into_iter().filter_map(|(name, n)| Some((name, n?))) {
        schema.put(name, self::number(number));
    }
    let counts = [("minItems", spec.min_items), ("maxItems", spec.max_items)];
    for (name, count) in counts.into_iter().filter_map(|(name, n)| Some((name, n?))) {
        schema.put(name, count.into());
    }
    if let Some(default) = &spec.default {
        schema.put("default", default.clone());
    }
    schema.some_text("description", &spec.note);
    schema.done()
}

/// A bound as it is written: 3, not 3.0.
pub(super) fn number(bound: f64) -> Value {
    if bound.fract() == 0.0 { (bound as i64).into() } else { bound.into() }
}

fn base64(text: &mut Build) {
    text.text("contentEncoding", "base64");
    text.text("pattern", "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$");
}

/// The schema of the `solution` object.
pub(super) fn solution(shape: &Shape) -> Value {
    let mut schema = root(shape, "the solution").done();
    for part in &shape.solution {
        for name in std::iter::once(&part.name).chain(&part.or) {
            let keys: Vec<&str> = name.split('.').collect();
            place(&mut schema, shape, &keys, 0, part);
        }
        if !part.optional && !part.or.is_empty() {
            let places = std::iter::once(&part.name).chain(&part.or).map(|name| Path::new(name).nest(true.into()));
            let rule = single("anyOf", places.collect());
            let rules = schema.as_object_mut().map(|object| object.entry("allOf").or_insert_with(|| json!([])));
            rules.and_then(Value::as_array_mut).into_iter().for_each(|rules| rules.push(rule.clone()));
        }
    }
    schema
}

/// Puts a part's schema at its place in the tree of objects; `depth` keys of it are behind us.
fn place(schema: &mut Value, shape: &Shape, keys: &[&str], depth: usize, part: &Part) {
    let (Some(key), Some(object)) = (keys.get(depth), schema.as_object_mut()) else { return };
    let (unnamed, leaf) = (key.starts_with('<'), depth + 1 == keys.len());
    object.entry("type").or_insert_with(|| "object".into());
    let mut names: Vec<&str> = vec![key];
    // A member on the way that has an entry of its own says itself how it is spelled and whether it is required.
    let here = keys[..=depth].join(".");
    let own = shape.solution.iter().find(|other| !leaf && other.name == here);
    let says_itself = own.is_some();
    names.extend(own.unwrap_or(part).also.iter().filter(|_| leaf || says_itself).map(String::as_str));
    if !part.optional && part.or.is_empty() && !unnamed && !says_itself {
        let rule = any_required(&names);
        if let Some(rules) = object.entry("allOf").or_insert_with(|| json!([])).as_array_mut()
            && !rules.contains(&rule)
        {
            rules.push(rule);
        }
    }
    for name in names {
        let below = if unnamed {
            object.entry("additionalProperties").or_insert_with(|| json!({}))
        } else {
            match object.entry("properties").or_insert_with(|| json!({})).as_object_mut() {
                Some(properties) => properties.entry(name).or_insert_with(|| json!({})),
                None => return,
            }
        };
        if leaf { describe_part(below, part) } else { place(below, shape, keys, depth + 1, part) }
    }
}

fn describe_part(schema: &mut Value, part: &Part) {
    let Value::Object(own) = part.types.schema(&json!({})) else { return };
    let Some(object) = schema.as_object_mut() else { return };
    object.extend(own);
    if !part.only.is_empty() {
        object.insert("enum".into(), part.only.clone().into());
    }
    let when = if part.when.is_empty() { String::new() } else { format!(" (there when {})", part.when.in_words()) };
    let text = format!("{}{when}", part.note);
    if !text.is_empty() {
        object.insert("description".into(), text.into());
    }
}
