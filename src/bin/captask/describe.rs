//! What captask_describe answers, as text for a terminal.

use crate::layout::{Page, table};
use captask::protocol::json::Object;
use serde_json::Value;
use serde_json::value::RawValue;

/// The answer as text, so many characters wide; `None` when it is an error.
pub fn text(answer: &str, width: usize) -> Option<String> {
    let value: Value = serde_json::from_str(answer).ok()?;
    if value["errorId"] != 0 {
        return None;
    }
    let mut page = Page::new(width);
    match (&value["topics"], &value["tasks"], &value["service"], &value["members"], &value["schema"]) {
        (Value::Array(topics), ..) => index(&mut page, topics),
        (_, Value::Array(tasks), ..) => tasks_list(&mut page, tasks),
        (_, _, Value::Array(_), ..) => errors(&mut page, &value),
        (_, _, _, Value::Array(members), _) => task(&mut page, &value, members),
        (.., schema @ Value::Object(_)) => properties(&mut page, schema),
        _ => {
            let raw: &RawValue = serde_json::from_str(answer).ok()?;
            anything(&mut page, raw, 0);
        }
    }
    Some(page.finish())
}

/// A value as people write it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Array(list) => {
            let sentences = list.iter().any(|item| item.as_str().is_some_and(|text| text.len() > 40));
            list.iter().map(plain).collect::<Vec<_>>().join(if sentences { "; " } else { ", " })
        }
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or("")
}

fn index(page: &mut Page, topics: &[Value]) {
    page.paragraph(0, "captask describe TOPIC shows one of these topics. With --json it prints JSON.");
    page.blank();
    table(page, topics.iter().map(|topic| [word(topic, "topic").to_owned(), word(topic, "about").to_owned()]));
    for topic in topics {
        for name in ["ids", "codes"] {
            if let Value::Array(list) = &topic[name] {
                page.heading(&format!("Values for {}", word(topic, "topic")));
                page.paragraph(2, &plain(&Value::Array(list.clone())));
            }
        }
    }
}

fn tasks_list(page: &mut Page, tasks: &[Value]) {
    let row = |task: &Value| {
        let class = task["class"].as_str().map_or(String::new(), |class| format!(", class {class}"));
        let status = task["status"].as_str().filter(|status| *status != "current");
        let status = status.map_or(String::new(), |status| format!(" ({status})"));
        let about =
            format!("{}{status}. {}{class}; proxy {}", word(task, "about"), word(task, "type"), word(task, "proxy"));
        [word(task, "id").to_owned(), about]
    };
    table(page, tasks.iter().map(row));
    page.blank();
    page.paragraph(0, "captask describe task/ID shows the members of one type.");
}

fn errors(page: &mut Page, value: &Value) {
    for (name, title) in [
        ("service", "Codes of the service"),
        ("library", "Codes of captask"),
        ("otherClients", "Codes of other clients"),
    ] {
        let Value::Array(list) = &value[name] else { continue };
        page.heading(title);
        let row = |error: &Value| {
            let again = match &error["retryScope"] {
                Value::String(scope) if scope == "same_request" => " The same request may be repeated.",
                Value::String(scope) if scope == "new_task" => " A new task may help.",
                _ => "",
            };
            let text = format!("{}. {}{again}", word(error, "meaning").trim_end_matches('.'), word(error, "advice"));
            [word(error, "code").to_owned(), text]
        };
        table(page, list.iter().map(row));
    }
}

fn task(page: &mut Page, value: &Value, members: &[Value]) {
    page.paragraph(0, &format!("{}: {}", word(value, "id"), word(value, "about")));
    page.blank();
    let simple = ["type", "class", "aliases", "variantOf", "status", "proxy", "cookies", "userAgent", "tokenSeconds"];
    let rows = simple.iter().filter(|name| !value[**name].is_null());
    table(page, rows.map(|name| [(*name).to_owned(), plain(&value[*name])]));
    page.heading("Members of the task");
    table(page, members.iter().map(|member| [word(member, "name").to_owned(), about_member(member)]));
    for (name, title) in [("timing", "Timing"), ("proxyRules", "Proxy"), ("notes", "Notes")] {
        match &value[name] {
            Value::Array(list) => {
                page.heading(title);
                list.iter().for_each(|note| page.item(2, "- ", &plain(note)));
            }
            Value::Object(map) => {
                page.heading(title);
                table(page, map.iter().map(|(name, value)| [name.clone(), plain(value)]));
            }
            _ => {}
        }
    }
    for (name, title) in [("exampleRequest", "Example of the task"), ("exampleSolution", "Example of the solution")] {
        if !value[name].is_null() {
            page.heading(title);
            page.verbatim(2, &serde_json::to_string_pretty(&value[name]).unwrap_or_default());
        }
    }
}

/// What is known of a member of a task, in one paragraph.
fn about_member(member: &Value) -> String {
    let mut parts = vec![plain(&member["type"])];
    parts.extend((member["required"] == true).then(|| "required".to_owned()));
    for (name, title) in [
        ("value", "always "),
        ("enum", "one of "),
        ("known", "such as "),
        ("min", "at least "),
        ("max", "at most "),
        ("default", "default "),
        ("also", "also spelled "),
    ] {
        if !member[name].is_null() {
            parts.push(format!("{title}{}", plain(&member[name])));
        }
    }
    let note = member["note"].as_str().map_or(String::new(), |note| format!(". {note}"));
    format!("{}{note}", parts.join("; "))
}

/// The properties of a JSON schema.
fn properties(page: &mut Page, schema: &Value) {
    for name in ["title", "description"] {
        page.paragraph(0, word(schema, name));
        page.blank();
    }
    let mut rows = Vec::new();
    property_rows(&mut rows, schema, "");
    table(page, rows.into_iter());
    if let Value::Array(examples) = &schema["examples"] {
        page.heading("Examples");
        for example in examples {
            page.verbatim(2, &serde_json::to_string_pretty(example).unwrap_or_default());
            page.blank();
        }
    }
}

/// A row for each property, those of inner objects by their path.
fn property_rows(rows: &mut Vec<[String; 2]>, schema: &Value, prefix: &str) {
    let Value::Object(map) = &schema["properties"] else { return };
    for (name, property) in map {
        let mut parts = Vec::new();
        match &property["type"] {
            Value::Array(types) => {
                parts.push(plain(&Value::Array(types.iter().filter(|kind| *kind != "null").cloned().collect())))
            }
            Value::String(kind) => parts.push(kind.clone()),
            _ => {}
        }
        for (name, title) in
            [("enum", "one of "), ("minimum", "at least "), ("maximum", "at most "), ("default", "default ")]
        {
            if !property[name].is_null() {
                parts.push(format!("{title}{}", plain(&property[name])));
            }
        }
        let about = property["description"].as_str().map_or(String::new(), |text| format!(". {text}"));
        rows.push([format!("{prefix}{name}"), format!("{}{about}", parts.join("; "))]);
        property_rows(rows, property, &format!("{prefix}{name}."));
    }
}

/// Any other value: names and values, indented.
fn anything(page: &mut Page, raw: &RawValue, indent: usize) {
    let Ok(object) = Object::parse(raw.get()) else { return };
    for member in object.members().iter().filter(|member| member.name != "errorId") {
        let value: Value = serde_json::from_str(member.value.get()).unwrap_or_default();
        match &value {
            Value::Object(_) => {
                page.paragraph(indent, &format!("{}:", member.name));
                anything(page, member.value, indent + 2);
            }
            Value::Array(list) if list.iter().any(Value::is_object) => {
                page.paragraph(indent, &format!("{}:", member.name));
                let items: Vec<&RawValue> = serde_json::from_str(member.value.get()).unwrap_or_default();
                for item in items {
                    anything(page, item, indent + 2);
                    page.blank();
                }
            }
            other => page.item(indent, &format!("{}: ", member.name), &plain(other)),
        }
    }
}
