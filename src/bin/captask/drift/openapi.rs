//! OpenAPI 3.0, 3.1 and Swagger 2: the tasks of createTask, the methods and the error codes of a document.

use super::known::Known;
use super::model::{Described, Kind, Member, Method};
use super::schema::{Concrete, Flat, Schemas};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a document says.
pub fn read(root: &Value, known: &Known) -> Result<Described, String> {
    let schemas = Schemas::new(root);
    let mut described = Described::default();
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let (item, _) = schemas.resolve(item);
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        for verb in ["post", "get"] {
            if let Some(operation) = item.get(verb) {
                let method = method(&schemas, operation, name, known, &mut described.kinds);
                described.methods.insert(name.to_owned(), method);
            }
        }
    }
    if described.kinds.is_empty() {
        // Nothing says which schemas are tasks: those that say their type are.
        for (_, schema) in schemas.named() {
            tasks(&schemas, schema, known, &mut described.kinds, true);
        }
    }
    described.codes = codes(root);
    if schemas.exhausted() {
        return Err(String::from("its schemas have too many references to each other"));
    }
    let lost = schemas.lost.borrow();
    if let Some(first) = lost.first() {
        return Err(format!(
            "{} references have no target in it; the first is {}",
            lost.len(),
            captask::protocol::json::clip(first)
        ));
    }
    Ok(described)
}

/// What is sent and what comes back; the tasks of createTask are collected.
fn method<'d>(schemas: &Schemas<'d>, operation: &'d Value, name: &str, known: &Known, kinds: &mut Vec<Kind>) -> Method {
    let mut out = Method::default();
    for body in bodies(schemas, operation) {
        for one in schemas.expand(body) {
            let flat = schemas.flatten(&one.schemas);
            if name == "createTask" {
                for task in flat.properties.get("task").into_iter().flatten() {
                    tasks(schemas, task, known, kinds, false);
                }
            }
            out.request.extend(flat.properties.into_keys());
        }
    }
    let answers = operation.get("responses").and_then(|all| all.get("200").or_else(|| all.get("default")));
    let body = answers.and_then(|answer| content(schemas, schemas.resolve(answer).0));
    for one in body.into_iter().flat_map(|body| schemas.expand(body)) {
        out.answer.extend(schemas.flatten(&one.schemas).properties.into_keys());
    }
    out
}

/// The schemas of what a request sends.
fn bodies<'d>(schemas: &Schemas<'d>, operation: &'d Value) -> Vec<&'d Value> {
    let mut out = Vec::new();
    if let Some(body) = operation.get("requestBody") {
        out.extend(content(schemas, schemas.resolve(body).0));
    }
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let (parameter, _) = schemas.resolve(parameter);
        if parameter.get("in").and_then(Value::as_str) == Some("body") {
            out.extend(parameter.get("schema"));
        }
    }
    out
}

/// The schema of a body, of one media type.
fn content<'d>(schemas: &Schemas<'d>, body: &'d Value) -> Option<&'d Value> {
    let media = body.get("content").and_then(Value::as_object);
    let json = media.and_then(|media| media.get("application/json").or_else(|| media.values().next()));
    let schema = json.and_then(|media| schemas.resolve(media).0.get("schema"));
    // Swagger 2 has it in the response itself.
    schema.or_else(|| body.get("schema"))
}

/// The tasks that a schema describes. With `strict`, those alone that say which type they are.
fn tasks<'d>(schemas: &Schemas<'d>, schema: &'d Value, known: &Known, kinds: &mut Vec<Kind>, strict: bool) {
    for one in schemas.expand(schema) {
        let flat = schemas.flatten(&one.schemas);
        let types = said(schemas, &one, &flat, "type");
        // A schema of another name is no task, as long as nothing says that it is one.
        let of_name =
            || (one.name.ends_with("Task") || known.of_type(&one.name).next().is_some()).then(|| one.name.clone());
        let types: Vec<String> = match types.is_empty() && !strict {
            true => of_name().into_iter().collect(),
            false => types.into_iter().filter(|kind| !strict || kind.contains("Task")).collect(),
        };
        let classes =
            ["class", "Class"].iter().map(|name| said(schemas, &one, &flat, name)).find(|found| !found.is_empty());
        let classes = classes.unwrap_or_default();
        let mut keys = BTreeSet::new();
        for kind in &types {
            match classes.is_empty() {
                true => keys.insert(known.key(kind, None)),
                false => classes.iter().fold(false, |_, class| keys.insert(known.key(kind, Some(class)))),
            };
        }
        if keys.is_empty() {
            continue;
        }
        let members = members(schemas, &flat);
        kinds.push(Kind { keys: keys.into_iter().collect(), members, deprecated: Some(flat.deprecated) });
    }
}

/// The values that a member like `type` has in one alternative.
fn said<'d>(schemas: &Schemas<'d>, one: &Concrete<'d>, flat: &Flat<'d>, name: &str) -> Vec<String> {
    let fixed: Vec<String> =
        one.fixed.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect();
    if !fixed.is_empty() {
        return fixed;
    }
    let property = flat.properties.get(name).map_or(&[][..], Vec::as_slice);
    if let Some(values) = schemas.member(property).values {
        return values.into_iter().collect();
    }
    let shown =
        ["default", "example"].iter().flat_map(|word| property.iter().filter_map(|p| schemas.resolve(p).0.get(*word)));
    shown.filter_map(Value::as_str).take(1).map(str::to_owned).collect()
}

/// The members of a task, and one level down those of its objects.
fn members<'d>(schemas: &Schemas<'d>, flat: &Flat<'d>) -> BTreeMap<String, Member> {
    let mut out = BTreeMap::new();
    for (name, properties) in
        flat.properties.iter().filter(|(name, _)| !["type", "class", "Class"].contains(&name.as_str()))
    {
        let mut described = schemas.member(properties);
        described.required = Some(flat.required.contains(name));
        out.insert(name.clone(), described);
        // What is inside one of several forms may be left out.
        let inner: Vec<Concrete<'d>> = properties.iter().flat_map(|property| schemas.expand(property)).collect();
        for one in &inner {
            let below = schemas.flatten(&one.schemas);
            for (leaf, properties) in &below.properties {
                let mut described = schemas.member(properties);
                described.required = Some(inner.len() == 1 && below.required.contains(leaf));
                out.entry(format!("{name}.{leaf}")).or_insert(described);
            }
        }
    }
    out
}

/// Every error code: the values of members called errorCode, and of named lists of such codes.
fn codes(root: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut open = vec![(root, false)];
    while let Some((value, inside)) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.iter().map(|(name, value)| {
                let about = name.to_ascii_lowercase().contains("errorcode");
                (
                    value,
                    about
                        || (inside
                            && matches!(name.as_str(), "enum" | "items" | "const" | "anyOf" | "oneOf" | "allOf")),
                )
            })),
            Value::Array(list) => open.extend(list.iter().map(|value| (value, inside))),
            Value::String(text) if inside && is_code(text) => {
                out.insert(text.clone());
            }
            _ => {}
        }
    }
    out
}

/// ERROR_… or CAPTCHA_…
pub fn is_code(text: &str) -> bool {
    let code = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    (text.starts_with("ERROR_") || text == "CAPTCHA_NOT_READY")
        && text.len() > 8
        && text.bytes().all(code)
        && !text.ends_with('_')
}
