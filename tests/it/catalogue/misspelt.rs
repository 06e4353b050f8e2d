//! Every member and every type of the catalogue, misspelt in the usual ways: the hint names the right one.

use super::{describe, ids};
use captask::protocol::catalog::{self, TaskCheck};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn check(task: &Value) -> TaskCheck<'static> {
    catalog::check_task(&task.to_string())
}

/// A letter left out, two swapped, one doubled, one wrong, other case, snake_case, kebab-case.
fn misspellings(name: &str) -> BTreeSet<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut out = BTreeSet::new();
    for at in 0..letters.len() {
        let mut less = letters.clone();
        less.remove(at);
        out.insert(less.iter().collect());
        if at > 0 {
            let mut swapped = letters.clone();
            swapped.swap(at - 1, at);
            out.insert(swapped.iter().collect());
        }
        // Every other place is enough for these.
        if at % 2 == 0 {
            let mut more = letters.clone();
            more.insert(at, letters[at]);
            out.insert(more.iter().collect());
        } else if letters.len() > 2 {
            let mut wrong = letters.clone();
            wrong[at] = 'q';
            out.insert(wrong.iter().collect());
        }
    }
    out.insert(name.to_lowercase());
    out.insert(name.to_uppercase());
    let mut capital = letters.clone();
    capital[0] =
        if capital[0].is_uppercase() { capital[0].to_ascii_lowercase() } else { capital[0].to_ascii_uppercase() };
    out.insert(capital.iter().collect());
    for sign in ["_", "-"] {
        let between = |(at, c): (usize, &char)| {
            let cut = at > 0 && c.is_uppercase() && !letters[at - 1].is_uppercase();
            format!("{}{}", if cut { sign } else { "" }, c.to_ascii_lowercase())
        };
        out.insert(letters.iter().enumerate().map(between).collect());
    }
    out.retain(|wrong| wrong != name && !wrong.is_empty());
    out
}

/// Whether a hint names what is meant; a few misspellings are as near to another name, and then it names both.
fn names(hint: &str, right: &str, doubtful: &mut usize) -> bool {
    let Some(named) = hint.strip_prefix("did you mean ").and_then(|h| h.strip_suffix('?')) else { return false };
    let named: Vec<&str> = named.split(" or ").collect();
    *doubtful += usize::from(named.len() > 1);
    named.contains(&right)
}

/// A value that a member takes, from the example or made up.
fn value(task: &Value, told: &Value, parent: &str, leaf: &str) -> Value {
    let here = if parent.is_empty() { &task[leaf] } else { &task[parent][leaf] };
    if !here.is_null() {
        return here.clone();
    }
    if let Some(first) = told["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    match told["type"].as_str().unwrap().split('|').next().unwrap() {
        "boolean" => json!(true),
        "integer" | "number" => json!(told["min"].as_f64().unwrap_or(1.0)),
        "object" => json!({}),
        "array<string>" => json!(["https://a.example/1"]),
        _ => json!("https://a.example/1"),
    }
}

#[test]
fn the_hint_for_every_misspelt_member_names_the_right_one() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for id in ids() {
        let told = describe(&format!("task/{id}"));
        for member in told["members"].as_array().unwrap() {
            let name = member["name"].as_str().unwrap();
            let (parent, leaf) = name.split_once('.').unwrap_or(("", name));
            // A name that the object knows, too, is no misspelling.
            let all = told["members"].as_array().unwrap().iter().filter_map(|m| m["name"].as_str());
            let here = all.map(|n| n.split_once('.').unwrap_or(("", n))).filter(|(p, _)| *p == parent).map(|(_, l)| l);
            let also = member["also"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let known: Vec<&str> = here.chain(also).collect();
            for misspelt in misspellings(leaf).iter().filter(|m| !known.contains(&m.as_str())) {
                let mut task = told["exampleRequest"].clone();
                let kept = value(&task, member, parent, leaf);
                let object = if parent.is_empty() { &mut task } else { &mut task[parent] };
                if !object.is_object() {
                    *object = json!({});
                }
                let object = object.as_object_mut().unwrap();
                object.remove(leaf);
                object.insert(misspelt.clone(), kept);
                tried += 1;
                let found = check(&task);
                let at =
                    format!("/{}", if parent.is_empty() { misspelt.clone() } else { format!("{parent}/{misspelt}") });
                let hint = found.warnings.iter().find(|w| w.pointer == at).map(|w| w.hint.as_str());
                let right = format!("did you mean {leaf}?");
                if !hint.is_some_and(|hint| hint.starts_with(&right)) {
                    wrong.push(format!("{id}: {at} for {name}: {hint:?}"));
                }
                let missing = format!("/{}", name.replace('.', "/"));
                let required = found.problems.iter().find(|p| p.pointer == missing && p.problem.contains("is missing"));
                if required.is_some_and(|p| p.hint != format!("is {misspelt} meant to be {leaf}?")) {
                    wrong.push(format!("{id}: {missing} for {misspelt}: {required:?}"));
                }
                if member["required"] == true && required.is_none() && found.variant == Some(id.as_str()) {
                    wrong.push(format!("{id}: {missing} is not missed: {found:?}"));
                }
            }
        }
    }
    println!("{tried} misspelt members");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn the_hint_for_every_misspelt_type_and_class_names_the_right_one() {
    let tasks = describe("tasks");
    let (mut tried, mut doubtful, mut wrong) = (0, 0, Vec::new());
    let mut types = BTreeSet::new();
    let (mut classes, mut aliases) = (BTreeSet::new(), BTreeSet::new());
    for task in tasks["tasks"].as_array().unwrap() {
        let kind = task["type"].as_str().unwrap();
        types.insert(kind);
        types.extend(task["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str));
        classes.extend(task["class"].as_str().map(|class| (kind, class)));
        let also = task["classAliases"].as_array().into_iter().flatten().filter_map(Value::as_str);
        aliases.extend(also.map(|class| (kind, class)));
    }
    for right in &types {
        for misspelt in misspellings(right).iter().filter(|m| !types.contains(m.as_str())) {
            tried += 1;
            let found = check(&json!({"type": misspelt}));
            let told: Vec<_> = found.warnings.iter().map(|w| (w.pointer.as_str(), w.hint.as_str())).collect();
            let right_one = |(at, hint): &(&str, &str)| *at == "/type" && names(hint, right, &mut doubtful);
            if !told.first().is_some_and(right_one) || told.len() > 1 || !found.problems.is_empty() {
                wrong.push(format!("{misspelt} for {right}: {told:?}"));
            }
        }
    }
    for (kind, right) in &classes {
        for misspelt in misspellings(right) {
            let known = (*kind, misspelt.as_str());
            if classes.contains(&known) || aliases.contains(&known) {
                continue;
            }
            tried += 1;
            let found = check(&json!({"type": kind, "class": misspelt}));
            let told: Vec<_> = found.warnings.iter().map(|w| (w.pointer.as_str(), w.hint.as_str())).collect();
            let right_one = |(at, hint): &(&str, &str)| *at == "/class" && names(hint, right, &mut doubtful);
            if !told.first().is_some_and(right_one) || told.len() > 1 || !found.problems.is_empty() {
                wrong.push(format!("{kind}, {misspelt} for {right}: {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 1000 && doubtful < 20, "{tried}, {doubtful} in doubt");
}

#[test]
fn every_near_miss_of_an_enum_names_the_right_value() {
    let (mut tried, mut doubtful, mut wrong) = (0, 0, Vec::new());
    for id in ids() {
        let told = describe(&format!("task/{id}"));
        for member in told["members"].as_array().unwrap() {
            let name = member["name"].as_str().unwrap();
            let (parent, leaf) = name.split_once('.').unwrap_or(("", name));
            for (list, one) in ["enum", "known"]
                .into_iter()
                .flat_map(|list| member[list].as_array().into_iter().flatten().map(move |v| (list, v)))
            {
                let Some(right) = one.as_str() else { continue };
                let others = |wrong: &str| member[list].as_array().unwrap().iter().any(|v| v == wrong);
                for misspelt in misspellings(right).iter().filter(|m| !others(m)) {
                    let mut task = told["exampleRequest"].clone();
                    if parent.is_empty() {
                        task[leaf] = json!(misspelt)
                    } else {
                        task[parent][leaf] = json!(misspelt)
                    }
                    tried += 1;
                    let found = check(&task);
                    let at = format!("/{}", name.replace('.', "/"));
                    let all: Vec<_> =
                        found.problems.iter().chain(&found.warnings).filter(|p| p.pointer == at).collect();
                    let hinted = all.iter().any(|p| names(&p.hint, right, &mut doubtful));
                    // A number of one digit has no near misses but itself with more.
                    if !hinted && right.len() > 1 {
                        wrong.push(format!("{id}: {name} = {misspelt} for {right}: {all:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 500 && doubtful * 10 < tried, "{tried}, {doubtful} in doubt");
}

#[test]
fn every_wrong_json_type_is_told_at_its_place() {
    let mut wrong = Vec::new();
    for id in ids() {
        let told = describe(&format!("task/{id}"));
        for member in told["members"].as_array().unwrap() {
            let name = member["name"].as_str().unwrap();
            let types: Vec<&str> = member["type"].as_str().unwrap().split('|').collect();
            let (parent, leaf) = name.split_once('.').unwrap_or(("", name));
            for (kind, value) in [
                ("a string", json!("text")),
                ("a number", json!(12.5)),
                ("a boolean", json!(true)),
                ("null", json!(null)),
                ("an object", json!({})),
                ("an array", json!([])),
            ] {
                let fits = types.iter().any(|t| match kind {
                    "a string" => *t == "string",
                    "a number" => *t == "number",
                    "a boolean" => *t == "boolean",
                    "null" => *t == "null",
                    "an object" => t.starts_with("object"),
                    _ => t.starts_with("array"),
                });
                let chooses = member["enum"].is_array();
                if fits || chooses {
                    continue;
                }
                let mut task = told["exampleRequest"].clone();
                if parent.is_empty() {
                    task[leaf] = value
                } else {
                    if !task[parent].is_object() {
                        task[parent] = json!({});
                    }
                    task[parent][leaf] = value
                }
                let found = check(&task);
                let at = format!("/{}", name.replace('.', "/"));
                let here = found.problems.iter().find(|p| p.pointer == at);
                let whole = kind == "a number" && types.contains(&"integer");
                let says = if whole { "is 12.5; " } else { kind };
                if !here.is_some_and(|p| p.problem.contains(says) && p.problem.contains("expected")) {
                    wrong.push(format!("{id}: {name} as {kind}: {found:?}"));
                } else if here.is_some_and(|p| p.hint.is_empty()) {
                    wrong.push(format!("{id}: {name} as {kind} has no hint: {here:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
