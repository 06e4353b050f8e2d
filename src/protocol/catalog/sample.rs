//! Artificial solutions of the documented shape, for the sandbox.

use super::index::Catalogue;
use super::json_type::{Plain, Type, string};
use super::model::{Part, Shape};
use super::select::{Choice, choose};
use super::task::View;
use serde_json::{Map, Value, json};

/// A solution for the JSON text of a task.
pub(super) fn solution(catalogue: &Catalogue, text: &str) -> String {
    let shape = View::parse(text).ok().and_then(|task| match choose(catalogue, &task) {
        Choice::Shape(shape) => Some((shape, task)),
        _ => None,
    });
    let Some((shape, task)) = shape else { return String::from("{\"token\":\"sandbox-token\"}") };
    let example: Value = serde_json::from_str(&shape.example_solution).unwrap_or_default();
    let mut out = Value::Object(Map::new());
    let mut parts: Vec<(&Part, Value)> = Vec::new();
    for part in &shape.solution {
        let shown = at(&example, &part.name);
        let wanted = !part.optional || if part.when.is_empty() { shown.is_some() } else { part.when.holds(&task) };
        if wanted {
            parts.push((part, value(part, shape, &task, shown)));
        }
    }
    if parts.is_empty() {
        // Nothing is certain of this shape's solution; give what no condition speaks against.
        let open = shape.solution.iter().filter(|part| part.when.is_empty());
        parts.extend(open.map(|part| (part, value(part, shape, &task, None))));
    }
    // What is inside another member comes after it, whatever the order of the data.
    parts.sort_by_key(|(part, _)| part.name.matches('.').count());
    for (part, value) in parts {
        put(&mut out, &keys(&part.name, &task), value);
    }
    out.to_string()
}

/// The keys of a member; `<host>` and `<origin>` come from the task's websiteURL.
fn keys(name: &str, task: &View<'_>) -> Vec<String> {
    let url = task.get("websiteURL").and_then(string).unwrap_or_default();
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", ""));
    let host = rest.split(['/', '?', '#']).next().filter(|h| !h.is_empty()).unwrap_or("sandbox.example");
    let key = |part: &str| match part {
        "<host>" => host.to_owned(),
        "<origin>" => format!("{scheme}://{host}"),
        other => other.to_owned(),
    };
    name.split('.').map(key).collect()
}

/// What an example holds at a member's place; any key will do where the name has `<…>`.
fn at<'v>(example: &'v Value, name: &str) -> Option<&'v Value> {
    name.split('.').try_fold(example, |here, key| {
        let object = here.as_object()?;
        if key.starts_with('<') { object.values().next() } else { object.get(key) }
    })
}

fn put(out: &mut Value, keys: &[String], value: Value) {
    let Some((key, rest)) = keys.split_first() else {
        if !(value.is_object() && out.is_object()) {
            *out = value;
        }
        return;
    };
    if !out.is_object() {
        *out = Value::Object(Map::new());
    }
    if let Some(object) = out.as_object_mut() {
        put(object.entry(key.clone()).or_insert_with(|| Value::Object(Map::new())), rest, value);
    }
}

fn value(part: &Part, shape: &Shape, task: &View<'_>, shown: Option<&Value>) -> Value {
    let leaf = part.name.rsplit('.').next().unwrap_or(&part.name);
    let only: Vec<Value> = part.only.iter().filter_map(|json| serde_json::from_str(json).ok()).collect();
    if let Some(fixed) = shown.filter(|v| only.contains(v)).or_else(|| only.first()) {
        return fixed.clone();
    }
    if let Some(tiles) = tiles(part, shape, task) {
        return Value::Array((0..tiles).map(|tile| Value::Bool(tile % 3 == 0)).collect());
    }
    match shown {
        // Members of objects that have entries of their own are filled in by those.
        Some(Value::Object(_)) if shape.solution.iter().any(|p| p.name.starts_with(&format!("{}.", part.name))) => {
            json!({})
        }
        Some(value) => artificial(value, leaf),
        None => made_up(part.types.first(), leaf),
    }
}

/// How many tiles a grid answer speaks of.
fn tiles(part: &Part, shape: &Shape, task: &View<'_>) -> Option<usize> {
    if part.name != "answer" || part.types.items() != Some(Plain::Boolean) {
        return None;
    }
    let grid = task.level("metadata").and_then(|m| m.string("Grid"));
    let square = grid
        .as_deref()
        .and_then(|g| g.split_once('x'))
        .and_then(|(a, b)| Some((a.parse::<usize>().ok()?, b.parse::<usize>().ok()?)));
    match square {
        Some((a, b)) if a <= 16 && b <= 16 => Some(a * b),
        _ => shape.members.iter().find(|m| m.name == "imagesBase64").and_then(|m| m.min_items).filter(|n| *n > 1),
    }
}

/// The example's value with every free text made plainly artificial.
fn artificial(value: &Value, leaf: &str) -> Value {
    match value {
        Value::String(_) => Value::String(format!("sandbox-{leaf}")),
        Value::Array(items) => items.iter().map(|item| artificial(item, leaf)).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), artificial(value, name))).collect())
        }
        other => other.clone(),
    }
}

fn made_up(of: Type, leaf: &str) -> Value {
    let plain = |plain: Plain| match plain {
        Plain::String => Value::String(format!("sandbox-{leaf}")),
        Plain::Boolean => Value::Bool(true),
        Plain::Integer | Plain::Number => json!(1),
        Plain::Object => json!({}),
        Plain::Null => Value::Null,
    };
    match of {
        Type::Plain(one) => plain(one),
        Type::Array(item) => json!([plain(item)]),
        Type::Map(item) => json!({"sandbox-name": plain(item)}),
    }
}
