//! The pages of the documentation: parameters in tables, lists and components, requests in fenced code, error codes.

use super::known::Known;
use super::model::{Described, Key, Kind, Member};
use super::openapi::is_code;
use captask::protocol::catalog;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Adds what a page says.
pub fn read(text: &str, place: &str, known: &Known, described: &mut Described) {
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| is_code(word)) {
        described.codes.insert(word.to_owned());
    }
    let sections = sections(text);
    let all: Vec<(Vec<Value>, BTreeMap<String, Member>)> =
        sections.iter().map(|section| (requests(section), parameters(section))).collect();
    let keys: BTreeSet<Key> = all.iter().flat_map(|(tasks, _)| tasks).filter_map(|task| key(task, known)).collect();
    for (tasks, _) in &all {
        for task in tasks {
            example(task, place, known, described);
        }
    }
    let draft = text.starts_with("---")
        && text.lines().skip(1).take_while(|line| *line != "---").any(|line| line.trim() == "draft: true");
    let deprecated = match draft {
        true => Some(true),
        false => (!text.contains("deprecated") && !text.contains("removed")).then_some(false),
    };
    let mut add = |keys: &BTreeSet<Key>, members: BTreeMap<String, Member>| {
        for key in keys {
            let kind = Kind { keys: vec![key.clone()], members: members.clone(), deprecated };
            described.kinds.push(kind);
        }
    };
    if keys.len() == 1 {
        // A page of one type: its parameters are that type's, wherever they are.
        let members = all.into_iter().flat_map(|(_, members)| members).collect();
        add(&keys, members);
        return;
    }
    for (tasks, members) in all {
        let keys: BTreeSet<Key> = tasks.iter().filter_map(|task| key(task, known)).collect();
        add(&keys, if keys.len() == 1 { members } else { BTreeMap::new() });
    }
}

/// What stands below each heading of the first or second level.
fn sections(text: &str) -> Vec<Vec<&str>> {
    let (mut out, mut fenced) = (vec![Vec::new()], false);
    for line in text.lines() {
        fenced ^= is_fence(line);
        if !fenced && (line.starts_with("# ") || line.starts_with("## ")) {
            out.push(Vec::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(line);
        }
    }
    out
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// The tasks in fenced code: objects with a type, or with a task that has one.
fn requests(section: &[&str]) -> Vec<Value> {
    let (mut out, mut code, mut fenced) = (Vec::new(), String::new(), false);
    for line in section {
        if is_fence(line) {
            if fenced {
                let values = serde_json::Deserializer::from_str(&code).into_iter::<Value>();
                let objects = values.map_while(Result::ok).map(|mut value| match value.get_mut("task") {
                    Some(task) => task.take(),
                    None => value,
                });
                let task = |value: &Value| {
                    value
                        .get("type")
                        .and_then(Value::as_str)
                        .is_some_and(|kind| kind.ends_with("Task") || kind.contains("Proxyless"))
                };
                out.extend(objects.filter(task));
            }
            code.clear();
            fenced = !fenced;
        } else if fenced {
            code.push_str(line);
            code.push('\n');
        }
    }
    out
}

fn key(task: &Value, known: &Known) -> Option<Key> {
    let class = task.get("class").or_else(|| task.get("Class")).and_then(Value::as_str);
    task.get("type").and_then(Value::as_str).map(|kind| known.key(kind, class))
}

/// Holds an example request against the catalogue.
fn example(task: &Value, place: &str, known: &Known, described: &mut Described) {
    let Some(key) = key(task, known) else { return };
    let found = catalog::check_task(&task.to_string());
    for one in found.warnings.iter().filter(|one| one.problem.contains("has no member")) {
        let name = one.pointer.trim_start_matches('/').replace('/', ".");
        described.examples.push(format!("new: {key}: member {name}, in an example of {place}"));
    }
    let shown = |text: &str| text.contains('\u{2026}') || text.to_ascii_uppercase() == text;
    let in_short = |pointer: &str| task.pointer(pointer).is_some_and(|value| value.as_str().is_some_and(shown));
    // A picture in an example is cut short, and a URL is made up.
    let real = found.problems.iter().filter(|one| !in_short(&one.pointer) && !one.problem.contains("base64"));
    for one in real.filter(|one| !one.problem.contains("when decoded") && !one.problem.contains("local address")) {
        described.examples.push(format!("different: {key}: an example of {place}: {}: {}", one.pointer, one.problem));
    }
}

/// The parameters that tables, components and lists declare.
fn parameters(section: &[&str]) -> BTreeMap<String, Member> {
    let mut out = BTreeMap::new();
    let mut columns: Option<Columns> = None;
    let mut fenced = false;
    for line in section {
        fenced ^= is_fence(line);
        let line = line.trim();
        if fenced || !line.starts_with('|') {
            columns = None;
        }
        if fenced {
            continue;
        }
        let declared = match (line.starts_with('|'), &columns) {
            (true, None) => {
                columns = Columns::read(line);
                None
            }
            (true, Some(columns)) => columns.row(line),
            _ => component(line).or_else(|| item(line)),
        };
        if let Some((name, member)) = declared.filter(|(name, _)| is_name(name)) {
            out.entry(name).or_insert(member);
        }
    }
    for name in ["type", "class", "Class", "task", "clientKey", "callbackUrl", "softId"] {
        out.remove(name);
    }
    out
}

/// websiteURL or metadata.captchaUrl.
fn is_name(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    name.len() <= 80
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.split('.').count() <= 2
        && name.split('.').all(part)
}

/// Which column of a table is what.
struct Columns {
    name: usize,
    kind: Option<usize>,
    needed: Option<usize>,
}

impl Columns {
    fn read(line: &str) -> Option<Columns> {
        let heads: Vec<String> = cells(line).iter().map(|cell| bare(cell).to_ascii_lowercase()).collect();
        let find = |words: &[&str]| heads.iter().position(|head| words.iter().any(|word| head == word));
        let name = find(&["member", "parameter", "name", "property", "field"])?;
        let columns =
            Columns { name, kind: find(&["type"]), needed: find(&["needed", "required", "mandatory", "requirement"]) };
        // Other tables have names too: of codes, say.
        (columns.kind.is_some()).then_some(columns)
    }

    fn row(&self, line: &str) -> Option<(String, Member)> {
        let cells = cells(line);
        let first = cells.get(self.name)?;
        // Other spellings follow the current one.
        let name = bare(first.split(',').next().unwrap_or(first));
        let kind = self.kind.and_then(|at| cells.get(at)).map(|cell| bare(cell)).unwrap_or_default();
        let needed = self.needed.and_then(|at| cells.get(at)).map(|cell| bare(cell).to_ascii_lowercase());
        let required =
            needed.map(|text| matches!(text.as_str(), "yes" | "required" | "true" | "+" | "✓" | "mandatory"));
        Some((name, Member { types: types(&kind), required, ..Member::default() }))
    }
}

/// The cells of a row; `\|` is no border.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').replace("\\|", "\u{1}");
    let inner = inner.strip_suffix('|').map(str::to_owned).unwrap_or(inner);
    inner.split('|').map(|cell| cell.replace('\u{1}', "|").trim().to_owned()).collect()
}

/// Text without the signs of emphasis and code.
fn bare(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace(['`', '*'], "").trim().to_owned()
}

/// The JSON types that a word of the documentation means.
fn types(text: &str) -> BTreeSet<String> {
    let one = |word: &str| {
        let word = word.trim().to_ascii_lowercase();
        Some(match word.as_str() {
            "string" | "str" | "text" => String::from("string"),
            "integer" | "int" | "long" => String::from("integer"),
            "number" | "float" | "double" | "decimal" => String::from("number"),
            "boolean" | "bool" => String::from("boolean"),
            "object" | "json" => String::from("object"),
            "null" => String::from("null"),
            "array" | "list" => String::from("array"),
            _ if word.starts_with("array<") || word.starts_with("object<") => word,
            _ => return None,
        })
    };
    text.split(['|', '/', ',']).filter_map(one).collect()
}

/// `<ParamItem title="websiteURL" required type="string" />`.
fn component(line: &str) -> Option<(String, Member)> {
    let inner = line.strip_prefix('<')?.split_once(char::is_whitespace)?.1;
    let attribute = |name: &str| {
        let (_, rest) = inner.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    let name = attribute("title").or_else(|| attribute("name"))?;
    let kind = attribute("type")?;
    let word = inner.split(|c: char| !(c.is_alphanumeric())).any(|word| word == "required");
    let required = word && !inner.contains("required={false}");
    Some((name.to_owned(), Member { types: types(kind), required: Some(required), ..Member::default() }))
}

/// "- **websiteURL** (string, required): …".
fn item(line: &str) -> Option<(String, Member)> {
    let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))?;
    let (name, rest) = ["**", "`"].iter().find_map(|sign| rest.strip_prefix(sign)?.split_once(sign))?;
    let inner = rest.trim_start_matches(['*', '`', ' ', ':']).strip_prefix('(')?.split_once(')')?.0;
    let types = types(inner);
    if types.is_empty() {
        return None;
    }
    let required = inner.split([',', ' ']).any(|word| word == "required");
    Some((bare(name), Member { types, required: Some(required), ..Member::default() }))
}
