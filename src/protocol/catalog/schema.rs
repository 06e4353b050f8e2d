//! A shape's request and solution as JSON Schema 2020-12.

use super::address::ADDRESS;
use super::formats::WEB_URL;
use super::json_type::Plain;
use super::model::{Format, Member, Part, Shape};
use super::task::Path;
use super::writer::{Writer, array, single};
use crate::protocol::json::quote;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the `task` object. It says what can be said in it; captask_check looks closer at base64 and URLs.
pub(super) fn request(shape: &Shape) -> Writer {
    let mut top = Writer::default();
    let kinds: Vec<String> = shape.kinds.iter().map(|kind| quote(kind)).collect();
    top.put("type", single("enum", &array(&kinds)));
    let mut rules = vec![any_required(&["type"])];
    if let Some(class) = &shape.class {
        let names: Vec<&str> = std::iter::once("class").chain(shape.class_also.iter().map(String::as_str)).collect();
        for name in &names {
            let classes: Vec<String> =
                std::iter::once(class).chain(&shape.class_aliases).map(|class| quote(class)).collect();
            top.put(name, single("enum", &array(&classes)));
        }
        rules.push(any_required(&names));
    }
    let mut nested: Vec<(&str, Writer, Vec<String>)> = Vec::new();
    for (parent, members) in &shape.levels {
        let mut properties = Writer::default();
        let mut inner: Vec<String> = Vec::new();
        for spec in members.iter().filter_map(|index| shape.members.get(*index)) {
            for (index, path) in spec.paths.iter().enumerate() {
                let mut schema = member(spec);
                if index > 0 {
                    schema.text("description", &format!("Another spelling of {}.", spec.leaf()));
                }
                properties.object(&path.leaf).extend(schema);
            }
            let names: Vec<&str> = spec.paths.iter().map(|p| p.leaf.as_str()).collect();
            if spec.required {
                inner.push(any_required(&names));
            } else if !spec.soft && !spec.required_when.is_empty() {
                let mut rule = Writer::default();
                rule.put("if", spec.required_when.schema());
                rule.put("then", within(parent, any_required(&names)));
                rules.push(rule.done());
            }
        }
        if parent.is_empty() {
            top.extend(properties);
            rules.append(&mut inner);
        } else {
            nested.push((parent, properties, inner));
        }
    }
    for (parent, properties, inner) in nested {
        let schema = top.object(parent);
        schema.object("properties").extend(properties);
        if !inner.is_empty() {
            *schema.list("allOf") = inner;
        }
    }
    for never in &shape.never {
        let mut rule = Writer::default();
        rule.put("not", never.when.schema());
        rule.text("$comment", &never.why);
        rules.push(rule.done());
    }
    let mut schema = root(shape, "the task");
    schema.object("properties").extend(top);
    *schema.list("allOf") = rules;
    schema
}

/// What both schemas of a shape begin with.
fn root(shape: &Shape, what: &str) -> Writer {
    let mut schema = Writer::default();
    schema.text("$schema", DIALECT);
    schema.text("title", &format!("{}: {what}", shape.id));
    schema.text("description", &shape.about);
    schema.text("type", "object");
    schema
}

/// At least one spelling is there.
fn any_required(names: &[&str]) -> String {
    let mut each: Vec<String> = names.iter().map(|name| single("required", &array(&[quote(name)]))).collect();
    match names.len() {
        1 => each.pop().unwrap_or_default(),
        _ => single("anyOf", &array(&each)),
    }
}

/// A rule for the object that a member of the task holds, when it is there.
fn within(parent: &str, rule: String) -> String {
    if parent.is_empty() {
        return rule;
    }
    single("properties", &single(parent, &rule))
}

fn member(spec: &Member) -> Writer {
    let mut text = Writer::default();
    match spec.format {
        Some(Format::Url) => text.text("pattern", WEB_URL),
        Some(Format::Host) => text.text("pattern", ADDRESS),
        Some(Format::Link | Format::HostName) => {}
        Some(Format::Base64) => base64(&mut text),
        Some(Format::Image) => {
            base64(&mut text);
            // 100 and 51,200 bytes in base64.
            text.put("minLength", String::from("134"));
            text.put("maxLength", String::from("68268"));
        }
        None => {}
    }
    let mut schema;
    if spec.types.items().is_some() {
        schema = spec.types.schema(&text);
    } else {
        schema = spec.types.schema(&Writer::default());
        schema.extend(text);
        if spec.must_be_filled() && spec.types.has(Plain::String) && !schema.has("minLength") {
            schema.put("minLength", String::from("1"));
        }
    }
    if !spec.without.is_empty() {
        let special = |c: char| matches!(c, '\\' | ']' | '^' | '-' | '[');
        let signs: String =
            spec.without.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect();
        schema.text("pattern", &format!("^[^{signs}]*$"));
    }
    if !spec.only.is_empty() {
        schema.put(if spec.soft { "examples" } else { "enum" }, array(&spec.only));
    }
    schema.some_texts("examples", &spec.known);
    let numbers = [("minimum", spec.min), ("maximum", spec.max)];
    for (name, number) in numbers.into_iter().filter_map(|(name, n)| Some((name, n?))) {
        schema.put(name, self::number(number));
    }
    let counts = [("minItems", spec.min_items), ("maxItems", spec.max_items)];
    for (name, count) in counts.into_iter().filter_map(|(name, n)| Some((name, n?))) {
        schema.put(name, count.to_string());
    }
    if let Some(default) = &spec.default {
        schema.put("default", default.clone());
    }
    schema.some_text("description", &spec.note);
    schema
}

/// A bound as it is written: 3, not 3.0.
pub(super) fn number(truncate_problems: f64) -> String {
    if truncate_problems.fract() == 0.0 {
        (truncate_problems as i64).to_string()
    } else {
        serde_json::to_string(&truncate_problems).unwrap_or_default()
    }
}

fn base64(text: &mut Writer) {
    text.text("contentEncoding", "base64");
    text.text("pattern", "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$");
}

/// The schema of the `solution` object.
pub(super) fn solution(shape: &Shape) -> Writer {
    let mut schema = root(shape, "the solution");
    for part in &shape.solution {
        for name in std::iter::once(&part.name).chain(&part.or) {
            let keys: Vec<&str> = name.split('.').collect();
            place(&mut schema, shape, &keys, 0, part);
        }
        if !part.optional && !part.or.is_empty() {
            let places = std::iter::once(&part.name).chain(&part.or).map(|name| Path::new(name).nest("true"));
            let rule = single("anyOf", &array(&places.collect::<Vec<_>>()));
            schema.list("allOf").push(rule);
        }
    }
    schema
}

/// Puts a part's schema at its place in the tree of objects; `depth` keys of it are behind us.
fn place(schema: &mut Writer, shape: &Shape, keys: &[&str], depth: usize, part: &Part) {
    let Some(key) = keys.get(depth) else { return };
    let (unnamed, leaf) = (key.starts_with('<'), depth + 1 == keys.len());
    if !schema.has("type") {
        schema.text("type", "object");
    }
    let mut names: Vec<&str> = vec![key];
    // A member on the way that has an entry of its own says itself how it is spelled and whether it is required.
    let here = keys[..=depth].join(".");
    let own = shape.solution.iter().find(|other| !leaf && other.name == here);
    let says_itself = own.is_some();
    names.extend(own.unwrap_or(part).also.iter().filter(|_| leaf || says_itself).map(String::as_str));
    if !part.optional && part.or.is_empty() && !unnamed && !says_itself {
        let (rule, rules) = (any_required(&names), schema.list("allOf"));
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    for name in names {
        let below =
            if unnamed { schema.object("additionalProperties") } else { schema.object("properties").object(name) };
        if leaf { describe_part(below, part) } else { place(below, shape, keys, depth + 1, part) }
    }
}

fn describe_part(schema: &mut Writer, part: &Part) {
    schema.extend(part.types.schema(&Writer::default()));
    if !part.only.is_empty() {
        schema.put("enum", array(&part.only));
    }
    let when = if part.when.is_empty() { String::new() } else { format!(" (present if {})", part.when.in_words()) };
    schema.some_text("description", &format!("{}{when}", part.note));
}
