//! OpenAPI documents made from what captask_describe says, as the service might describe itself.

use super::describe;
use serde_json::{Map, Value, json};

/// How a document describes tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// OpenAPI 3.0: oneOf with a discriminator and its mapping, a schema for each entry.
    Discriminated,
    /// OpenAPI 3.1: anyOf without a discriminator, const and lists of types.
    Plain,
    /// Swagger 2: allOf with a discriminator, a schema for each type and class.
    Inherited,
    /// OpenAPI 3.0: oneOf of types; the classes of a type share one schema with an enum.
    Shared,
}

impl Style {
    pub const ALL: [Style; 4] = [Style::Discriminated, Style::Plain, Style::Inherited, Style::Shared];
}

/// An entry of the catalogue.
struct Entry {
    name: String,
    kind: String,
    class: Option<String>,
    members: Vec<Value>,
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn documented() -> Vec<Entry> {
    let tasks = describe("tasks");
    let mut out = Vec::new();
    for line in tasks["tasks"].as_array().unwrap() {
        let told = describe(&format!("task/{}", text(line, "id")));
        let sources = told["sources"].as_array().unwrap();
        if told["status"] != "current" || !sources.iter().any(|s| text(s, "name").starts_with("documentation")) {
            continue;
        }
        let camel =
            |id: &str| id.split('_').map(|p| format!("{}{}", p[..1].to_uppercase(), &p[1..])).collect::<String>();
        let clients = |m: &&Value| m.get("source").is_some_and(|s| !s.as_str().unwrap().contains("documentation"));
        out.push(Entry {
            name: camel(&text(line, "id")),
            kind: text(&told, "type"),
            class: told["class"].as_str().map(str::to_owned),
            members: told["members"].as_array().unwrap().iter().filter(|m| !clients(m)).cloned().collect(),
        });
    }
    out
}

/// The schema of a member, without what is inside.
fn member(told: &Value, style: Style) -> Value {
    let one = |word: &str| match word.strip_prefix("array<").and_then(|inner| inner.strip_suffix('>')) {
        Some(items) => json!({"type": "array", "items": {"type": items}}),
        None => json!({"type": word.split('<').next().unwrap()}),
    };
    let types = text(told, "type");
    let words: Vec<&str> = types.split('|').filter(|word| *word != "null").collect();
    let mut schema = match words.as_slice() {
        [only] => one(only),
        many if style == Style::Plain => json!({"type": many}),
        // Swagger 2 has one type alone.
        [first, ..] if style == Style::Inherited => one(first),
        many => json!({"oneOf": many.iter().map(|word| one(word)).collect::<Vec<_>>()}),
    };
    match (told["enum"].as_array().map(Vec::as_slice), style) {
        (Some([only]), Style::Plain) => schema["const"] = only.clone(),
        (Some(values), _) => schema["enum"] = values.into(),
        _ => {}
    }
    for (name, word) in [("min", "minimum"), ("max", "maximum"), ("minItems", "minItems"), ("maxItems", "maxItems")] {
        if told.get(name).is_some() {
            schema[word] = told[name].clone();
        }
    }
    if told.get("note").is_some() {
        schema["description"] = told["note"].clone();
    }
    schema
}

/// Properties and what is required, of members that are all in one object.
fn object(members: &[Value], style: Style) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for told in members.iter().filter(|told| !text(told, "name").contains('.')) {
        let name = text(told, "name");
        let within = |m: &&Value| text(m, "name").split_once('.').is_some_and(|(outer, _)| outer == name);
        let inner: Vec<Value> = members
            .iter()
            .filter(within)
            .map(|m| {
                let mut leaf = m.clone();
                leaf["name"] = text(m, "name").split_once('.').unwrap().1.into();
                leaf
            })
            .collect();
        let mut schema = member(told, style);
        if !inner.is_empty() {
            schema = object(&inner, style);
        }
        if told["required"] == true {
            required.push(Value::from(name.clone()));
        }
        properties.insert(name, schema);
    }
    json!({"type": "object", "properties": properties, "required": required})
}

/// Entries as one: what any has, required where all require it.
fn together(entries: &[&Entry]) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for told in entries.iter().flat_map(|entry| &entry.members) {
        let everywhere = entries
            .iter()
            .all(|entry| entry.members.iter().any(|m| m["name"] == told["name"] && m["required"] == true));
        let all: Vec<&Value> = entries.iter().flat_map(|e| &e.members).filter(|m| m["name"] == told["name"]).collect();
        if out.iter().any(|known| known["name"] == told["name"]) {
            continue;
        }
        let mut one = told.clone();
        one["required"] = everywhere.into();
        let object = one.as_object_mut().unwrap();
        for word in ["min", "max", "minItems", "maxItems"] {
            if all.iter().any(|m| m.get(word) != all[0].get(word)) {
                object.remove(word);
            }
        }
        let types: Vec<String> =
            all.iter().flat_map(|m| text(m, "type").split('|').map(str::to_owned).collect::<Vec<_>>()).collect();
        let mut types: Vec<String> = types;
        types.sort();
        types.dedup();
        object.insert("type".into(), types.join("|").into());
        if all.iter().all(|m| m.get("enum").is_some()) {
            let mut values: Vec<Value> = Vec::new();
            for value in all.iter().flat_map(|m| m["enum"].as_array().unwrap()) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            object.insert("enum".into(), values.into());
        } else {
            object.remove("enum");
        }
        out.push(one);
    }
    out
}

fn keys(entries: &[Entry]) -> Vec<(String, Option<String>)> {
    let mut keys: Vec<_> = entries.iter().map(|entry| (entry.kind.clone(), entry.class.clone())).collect();
    keys.dedup();
    let mut out: Vec<(String, Option<String>)> = Vec::new();
    for key in keys {
        if !out.contains(&key) {
            out.push(key);
        }
    }
    out
}

/// Gives a schema its type and class.
fn named(mut schema: Value, kind: &str, class: Option<&str>, style: Style) -> Value {
    let fixed = |value: &str| match style {
        Style::Plain => json!({"const": value}),
        _ => json!({"type": "string", "enum": [value]}),
    };
    schema["properties"]["type"] = fixed(kind);
    schema["required"].as_array_mut().unwrap().push("type".into());
    if let Some(class) = class {
        schema["properties"]["class"] = fixed(class);
    }
    schema
}

/// A whole document.
pub fn spec(style: Style) -> Value {
    let entries = documented();
    let mut schemas = Map::new();
    let root = if style == Style::Inherited { "#/definitions" } else { "#/components/schemas" };
    let to = |name: &str| json!({"$ref": format!("{root}/{name}")});
    let task = match style {
        Style::Discriminated => {
            let (mut refs, mut mapping) = (Vec::new(), Map::new());
            for entry in &entries {
                let schema = named(object(&entry.members, style), &entry.kind, entry.class.as_deref(), style);
                schemas.insert(entry.name.clone(), schema);
                refs.push(to(&entry.name));
                // One schema for each value of the mapping; the others are told apart by their own enum.
                mapping.entry(entry.kind.clone()).or_insert(format!("{root}/{}", entry.name).into());
            }
            json!({"oneOf": refs, "discriminator": {"propertyName": "type", "mapping": mapping}})
        }
        Style::Plain => {
            let mut refs = Vec::new();
            for entry in &entries {
                let schema = named(object(&entry.members, style), &entry.kind, entry.class.as_deref(), style);
                schemas.insert(entry.name.clone(), schema);
                refs.push(to(&entry.name));
            }
            json!({"anyOf": refs})
        }
        Style::Inherited => {
            schemas.insert("Task".into(), json!({"type": "object", "discriminator": "type", "required": ["type"], "properties": {"type": {"type": "string"}}}));
            for (kind, class) in keys(&entries) {
                let own: Vec<&Entry> = entries.iter().filter(|e| e.kind == kind && e.class == class).collect();
                let schema = object(&together(&own), style);
                match class {
                    None => {
                        schemas.insert(kind, json!({"allOf": [to("Task"), schema]}));
                    }
                    Some(class) => {
                        let base = json!({"allOf": [to("Task"), {"discriminator": "class", "properties": {"class": {"type": "string"}}}]});
                        schemas.entry(kind.clone()).or_insert(base);
                        let derived = json!({"allOf": [to(&kind), schema], "x-discriminator-value": class});
                        schemas.insert(format!("{kind}{class}"), derived);
                    }
                }
            }
            to("Task")
        }
        Style::Shared => {
            let mut refs = Vec::new();
            let mut kinds: Vec<String> = entries.iter().map(|entry| entry.kind.clone()).collect();
            kinds.dedup();
            kinds.sort();
            kinds.dedup();
            for kind in kinds {
                let own: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == kind).collect();
                let mut schema = named(object(&together(&own), style), &kind, None, style);
                let mut classes: Vec<&str> = own.iter().filter_map(|entry| entry.class.as_deref()).collect();
                classes.sort_unstable();
                classes.dedup();
                if !classes.is_empty() {
                    schema["properties"]["class"] = json!({"type": "string", "enum": classes});
                }
                schemas.insert(kind.clone(), schema);
                refs.push(json!({"allOf": [to(&kind)], "description": "one of them"}));
            }
            json!({"oneOf": refs})
        }
    };
    schemas.insert("ErrorCode".into(), json!({"type": "string", "enum": ["ERROR_ZERO_BALANCE", "CAPTCHA_NOT_READY"]}));
    let mut paths = Map::new();
    for method in describe("methods")["methods"].as_array().unwrap().iter().filter(|method| method["http"] == "POST") {
        let properties = |part: &str| -> Map<String, Value> {
            let all = method[part].as_array().unwrap().iter();
            all.map(|m| (text(m, "name"), if m["name"] == "task" { task.clone() } else { json!({}) })).collect()
        };
        let (mut request, answer) = (properties("request"), properties("answer"));
        if request.contains_key("task") {
            request.insert("task".into(), task.clone());
        }
        let (request, answer) = (json!({"type": "object", "properties": request}), json!({"properties": answer}));
        let operation = match style {
            Style::Inherited => json!({"parameters": [{"in": "body", "name": "body", "schema": request}],
                "responses": {"200": {"description": "", "schema": answer}}}),
            _ => json!({"requestBody": {"content": {"application/json": {"schema": request}}},
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": answer}}}}}),
        };
        paths.insert(text(method, "path"), json!({"post": operation}));
    }
    match style {
        Style::Inherited => {
            json!({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": paths, "definitions": schemas})
        }
        _ => {
            let version = if style == Style::Plain { "3.1.0" } else { "3.0.3" };
            json!({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths, "components": {"schemas": schemas}})
        }
    }
}
