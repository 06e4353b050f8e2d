//! docs/tasks.md and docs/errors.md, from the catalogue.

use crate::fresh;
use captask::protocol::{catalog, json};
use serde_json::Value;
use std::fmt::Write;

pub fn describe(topic: &str) -> Value {
    serde_json::from_str(&catalog::describe(Some(topic))).expect("describe answers JSON")
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

fn words(value: &Value, name: &str) -> Vec<String> {
    list(value, name).map(|v| v.as_str().map_or(v.to_string(), str::to_owned)).collect()
}

/// What would end a table cell.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}

fn tasks() -> String {
    let mut out = String::from(
        "# Task types\n\n\
         This page is generated from the catalogue inside the library. `captask_describe(\"task/<id>\")` returns the same, with JSON\n\
         Schema. Each entry names its sources (the documentation and the official clients) and when each was last checked.\n\
         To add a type, add an entry to `src/protocol/catalog/data/tasks.json`; `src/protocol/catalog/model.rs` explains the form.\n\n\
         | id | type | class | what | proxy | status |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    let tasks = describe("tasks");
    for task in list(&tasks, "tasks") {
        let id = text(task, "id");
        let (kind, class) = (text(task, "type"), text(task, "class"));
        let (about, proxy, status) = (cell(text(task, "about")), text(task, "proxy"), text(task, "status"));
        let class = if class.is_empty() { String::new() } else { format!("`{class}`") };
        writeln!(out, "| [{id}](#{id}) | `{kind}` | {class} | {about} | {proxy} | {status} |").unwrap();
    }
    for task in list(&tasks, "tasks") {
        one_task(&describe(&format!("task/{}", text(task, "id"))), &mut out);
    }
    out
}

fn one_task(task: &Value, out: &mut String) {
    writeln!(out, "\n## {}\n\n{}.", text(task, "id"), text(task, "about")).unwrap();
    let mut facts = vec![format!("type `{}`", text(task, "type"))];
    facts.extend(words(task, "aliases").iter().map(|alias| format!("also `{alias}`")));
    if !text(task, "class").is_empty() {
        facts.push(format!("class `{}`", text(task, "class")));
    }
    if !text(task, "chosenWhen").is_empty() {
        facts.push(format!("applies if {}", text(task, "chosenWhen")));
    }
    facts.push(format!("proxy {}", text(task, "proxy")));
    facts.push(format!("user agent {}", text(task, "userAgent")));
    facts.push(format!("cookies {}", text(task, "cookies")));
    facts.push(text(task, "status").to_owned());
    writeln!(out, "\n{}.", cell(&facts.join("; "))).unwrap();
    let timing = &task["timing"];
    let fresh = timing["firstNocacheMs"].as_u64().map(|ms| format!(" ({ms} ms with nocache)")).unwrap_or_default();
    writeln!(
        out,
        "\nFirst poll after {} ms{fresh}, then every {} ms, time limit {} ms ({}; {}).",
        timing["firstMs"],
        timing["intervalMs"],
        timing["timeoutMs"],
        text(timing, "source"),
        text(timing, "asOf")
    )
    .unwrap();
    out.push_str("\n| member | type | needed | meaning |\n| --- | --- | --- | --- |\n");
    for member in list(task, "members") {
        let mut names = vec![format!("`{}`", text(member, "name"))];
        names.extend(words(member, "also").iter().map(|other| format!("`{other}`")));
        let needed = match (member["required"].as_bool(), text(member, "requiredWhen")) {
            (Some(true), _) => String::from("yes"),
            (_, "") => match text(member, "recommendedWhen") {
                "" => String::new(),
                when => format!("recommended when {when}"),
            },
            (_, when) => format!("when {when}"),
        };
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            names.join(", "),
            cell(text(member, "type")),
            cell(&needed),
            cell(&meaning(member))
        )
        .unwrap();
    }
    out.push_str("\n```json\n");
    let id = text(task, "id");
    let [request, solution] = ["/exampleRequest", "/exampleSolution"].map(|name| spaced(&example(id, name)));
    writeln!(out, "{request}\n{solution}\n```").unwrap();
    let source = |source: &Value| {
        let name = format!("{} {}", text(source, "name"), text(source, "version"));
        format!("{} ({})", name.trim_end(), text(source, "seen"))
    };
    let sources: Vec<String> = list(task, "sources").map(source).collect();
    writeln!(out, "\nSources: {}.", sources.join(", ")).unwrap();
    let notes = words(task, "notes");
    if !notes.is_empty() {
        out.push('\n');
        notes.iter().for_each(|note| writeln!(out, "- {}", cell(note)).unwrap());
    }
}

/// JSON text with a space after each colon and comma between its tokens.
fn spaced(json: &str) -> String {
    let (mut quoted, mut escaped, mut out) = (false, false, String::new());
    for c in json.chars() {
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        out.push(c);
        if !quoted && matches!(c, ':' | ',') {
            out.push(' ');
        }
    }
    out
}

fn meaning(member: &Value) -> String {
    let mut parts = Vec::new();
    if !text(member, "note").is_empty() {
        parts.push(text(member, "note").to_owned());
    }
    for (name, word) in [("enum", "one of"), ("known", "documented values")] {
        let values = words(member, name);
        if !values.is_empty() {
            let mut once = values.clone();
            once.dedup();
            let both = if once.len() < values.len() { " (as a number or as a string)" } else { "" };
            parts.push(format!("{word}: {}{both}", once.join(", ")));
        }
    }
    for (name, word) in [("min", "at least"), ("max", "at most"), ("default", "default")] {
        if !member[name].is_null() {
            parts.push(format!("{word} {}", member[name]));
        }
    }
    let (least, most) = (member["minItems"].as_u64(), member["maxItems"].as_u64());
    let items = |word: &str, count: u64| format!("{word} {count} item{}", if count == 1 { "" } else { "s" });
    if least == most {
        parts.extend(least.map(|count| items("exactly", count)));
    } else {
        parts.extend(least.map(|count| items("at least", count)));
        parts.extend(most.map(|count| items("at most", count)));
    }
    if !text(member, "source").is_empty() {
        parts.push(format!("source: {}", text(member, "source")));
    }
    parts.join("; ")
}

/// An example as it stands in the answer, with its pictures cut short.
fn example(id: &str, pointer: &str) -> String {
    let answer = catalog::describe(Some(&format!("task/{id}")));
    let raw = json::pick(&answer, pointer).expect("describe answers JSON").expect("the example is there");
    let short = |part: &str| {
        if part.len() > 120 && !part.contains([':', '{']) { format!("{}…", &part[..16]) } else { part.to_owned() }
    };
    raw.get().split('"').map(short).collect::<Vec<_>>().join("\"")
}

fn errors() -> String {
    let errors = describe("errors");
    let mut out = String::from(
        "# Error codes\n\n\
         This page is generated from the catalogue inside the library. `captask_describe(\"error/<CODE>\")` returns the same.\n\
         The library passes on a code that is not in this list as the service sent it.\n",
    );
    let parts = [
        ("service", "Codes of the service"),
        ("library", "Codes of this library"),
        ("otherClients", "Codes that only official clients use"),
    ];
    for (part, title) in parts {
        writeln!(
            out,
            "\n## {title}\n\n| code | class | repeat | meaning | what to do |\n| --- | --- | --- | --- | --- |"
        )
        .unwrap();
        for error in list(&errors, part) {
            let mut names = vec![format!("`{}`", text(error, "code"))];
            names.extend(words(error, "aliases").iter().map(|other| format!("`{other}`")));
            let repeat = match (text(error, "retryScope"), error["afterDelay"].as_bool()) {
                ("", _) => String::from("no"),
                (scope, Some(true)) => format!("{scope}, later"),
                (scope, _) => scope.to_owned(),
            };
            let mut notes = vec![text(error, "meaning").to_owned()];
            notes.extend(words(error, "notes"));
            let (meaning, advice) = (cell(&notes.join("; ")), cell(text(error, "advice")));
            writeln!(out, "| {} | {} | {repeat} | {meaning} | {advice} |", names.join(", "), text(error, "class"))
                .unwrap();
        }
    }
    out
}

#[test]
fn the_page_of_tasks_is_fresh() {
    fresh("docs/tasks.md", &tasks());
}

#[test]
fn the_page_of_errors_is_fresh() {
    fresh("docs/errors.md", &errors());
}
