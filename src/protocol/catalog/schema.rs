//! A shape's request and solution as JSON Schema 2020-12.

use super::address::ADDRESS;
use super::data::{Format, Member, Part, Shape};
use super::formats::WEB_URL;
use super::json_type::Plain;
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the `task` object. It says what can be said in it; captask_check looks closer at base64 and URLs.
pub(super) fn request(shape: &Shape) -> Value {
    let mut top = Map::new();
    top.insert("type".into(), json!({"enum": shape.kinds}));
    let mut rules: Vec<Value> = vec![json!({"required": ["type"]})];
    if let Some(class) = &shape.class {
        let names: Vec<&str> = std::iter::once("class").chain(shape.class_also.iter().map(String::as_str)).collect();
        for name in &names {
            top.insert((*name).into(), json!({"enum": [class]}));
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
                rules.push(json!({"if": spec.required_when.schema(), "then": within(parent, any_required(&names))}));
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
    rules.extend(shape.never.iter().map(|never| json!({"not": never.when.schema(), "$comment": never.why})));
    json!({
        "$schema": DIALECT, "title": format!("{}: the task", shape.id), "description": shape.about,
        "type": "object", "properties": top, "allOf": rules,
    })
}

/// At least one spelling is there.
fn any_required(names: &[&str]) -> Value {
    match names {
        [only] => json!({"required": [only]}),
        many => json!({"anyOf": many.iter().map(|name| json!({"required": [name]})).collect::<Vec<_>>()}),
    }
}

/// A rule for the object that a member of the task holds, when it is there.
fn within(parent: &str, rule: Value) -> Value {
    if parent.is_empty() {
        return rule;
    }
    let mut properties = Map::new();
    properties.insert(parent.to_owned(), rule);
    json!({"properties": properties})
}

fn member(spec: &Member) -> Value {
    let mut text = Map::new();
    match spec.format {
        Some(Format::Url) => {
            text.insert("pattern".into(), WEB_URL.into());
        }
        Some(Format::Host) => {
            text.insert("pattern".into(), ADDRESS.into());
        }
        Some(Format::Base64) => base64(&mut text),
        Some(Format::Image) => {
            base64(&mut text);
            // 100 and 50,000 bytes in base64.
            text.insert("minLength".into(), 134.into());
            text.insert("maxLength".into(), 66_668.into());
        }
        None => {}
    }
    let array = spec.types.items().is_some();
    let item = if array { Value::Object(text.clone()) } else { json!({}) };
    let mut schema = spec.types.schema(&item);
    let Some(object) = schema.as_object_mut() else { return schema };
    if !array {
        object.extend(text);
        if spec.must_be_filled() && spec.types.has(Plain::String) && !object.contains_key("minLength") {
            object.insert("minLength".into(), 1.into());
        }
    }
    if !spec.without.is_empty() {
        let special = |c: char| matches!(c, '\\' | ']' | '^' | '-' | '[');
        let signs: String =
            spec.without.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect();
        object.insert("pattern".into(), format!("^[^{signs}]*$").into());
    }
    if !spec.only.is_empty() {
        object.insert("enum".into(), spec.only.clone().into());
    }
    if !spec.known.is_empty() {
        object.insert("examples".into(), spec.known.clone().into());
    }
    let numbers = [("minimum", spec.min), ("maximum", spec.max)];
    for (name, number) in numbers.into_iter().filter_map(|(name, n)| Some((name, n?))) {
        object.insert(name.into(), self::number(number));
    }
    for (name, count) in [("minItems", spec.min_items), ("maxItems", spec.max_items)] {
        object.extend(count.map(|count| (name.to_owned(), json!(count))));
    }
    object.extend(spec.default.clone().map(|default| ("default".to_owned(), default)));
    if !spec.note.is_empty() {
        object.insert("description".into(), spec.note.clone().into());
    }
    schema
}

/// A bound as it is written: 3, not 3.0.
pub(super) fn number(bound: f64) -> Value {
    if bound.fract() == 0.0 { json!(bound as i64) } else { json!(bound) }
}

fn base64(text: &mut Map<String, Value>) {
    text.insert("contentEncoding".into(), "base64".into());
    let pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$";
    text.insert("pattern".into(), pattern.into());
}

/// The schema of the `solution` object.
pub(super) fn solution(shape: &Shape) -> Value {
    let mut schema = json!({
        "$schema": DIALECT, "title": format!("{}: the solution", shape.id), "description": shape.about, "type": "object",
    });
    for part in &shape.solution {
        let keys: Vec<&str> = part.name.split('.').collect();
        place(&mut schema, shape, &keys, 0, part);
    }
    schema
}

/// Puts a part's schema at its place in the tree of objects; `depth` keys of it are behind us.
fn place(schema: &mut Value, shape: &Shape, keys: &[&str], depth: usize, part: &Part) {
    let (Some(key), Some(object)) = (keys.get(depth), schema.as_object_mut()) else { return };
    let (unnamed, leaf) = (key.starts_with('<'), depth + 1 == keys.len());
    object.entry("type").or_insert_with(|| "object".into());
    let mut names: Vec<&str> = vec![key];
    if leaf {
        names.extend(part.also.iter().map(String::as_str));
    }
    // A member on the way that has an entry of its own says itself whether it is required.
    let here = keys[..=depth].join(".");
    let says_itself = !leaf && shape.solution.iter().any(|other| other.name == here);
    if !part.optional && !unnamed && !says_itself {
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
