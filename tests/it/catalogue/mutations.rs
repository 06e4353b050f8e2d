//! Examples spoilt in every way that a schema can express: the independent validator and check_task have to agree.

use super::{describe, faults, ids, validator};
use captask::protocol::catalog;
use serde_json::{Value, json};
use std::collections::HashMap;

#[test]
fn mutations_get_the_same_verdict_from_the_schema_and_from_the_check() {
    let schemas: HashMap<String, jsonschema::Validator> = ids()
        .into_iter()
        .map(|id| (id.clone(), validator(&describe(&format!("task/{id}"))["requestSchema"])))
        .collect();
    let (mut refused, mut passed, mut wrong) = (0, 0, Vec::new());
    for id in schemas.keys() {
        let told = describe(&format!("task/{id}"));
        for (what, task) in mutations(&told) {
            let found = catalog::check_task(&task.to_string());
            // A mutation may make another variant of it; then that one's schema judges.
            let judge = &schemas[found.variant.unwrap_or(id)];
            let (schema, check) = (judge.is_valid(&task), found.problems.is_empty());
            if schema != check {
                wrong.push(format!(
                    "{id}, {what}: schema {:?}, check {:?}: {task}",
                    faults(judge, &task),
                    found.problems
                ));
            }
            if check { passed += 1 } else { refused += 1 }
        }
    }
    println!("{refused} mutations refused, {passed} passed");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), refused + passed, wrong.join("\n"));
    assert!(refused >= 100 && passed >= 100, "{refused} refused, {passed} passed");
}

/// The example without each member, and with each member given other values.
fn mutations(told: &Value) -> Vec<(String, Value)> {
    let example = &told["exampleRequest"];
    let mut out = vec![(String::from("nothing"), example.clone())];
    for kind in told["requestSchema"]["properties"]["type"]["enum"].as_array().unwrap() {
        let mut task = example.clone();
        task["type"] = kind.clone();
        out.push((format!("type = {kind}"), task));
    }
    for (name, other) in
        [("type", "Type"), ("type", "tpye"), ("class", "Class"), ("class", "CLASS"), ("class", "klass")]
    {
        let mut task = example.clone();
        let Some(value) = task.as_object_mut().unwrap().remove(name) else { continue };
        task[other] = value.clone();
        out.push((format!("{name} spelled {other}"), task.clone()));
        task[name] = value;
        out.push((format!("{name} and {other}"), task));
    }
    for member in told["members"].as_array().unwrap() {
        let name = member["name"].as_str().unwrap();
        let (parent, leaf) = name.split_once('.').unwrap_or(("", name));
        let mut change = |what: String, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut task = example.clone();
            let object = if parent.is_empty() { &mut task } else { &mut task[parent] };
            if let Some(object) = object.as_object_mut() {
                change(object);
                out.push((format!("{name} {what}"), task));
            }
        };
        change("removed".into(), &|o| drop(o.remove(leaf)));
        for value in values(member, &example[if parent.is_empty() { leaf } else { parent }]) {
            change(format!("= {value}"), &|o| drop(o.insert(leaf.to_owned(), value.clone())));
        }
        for other in member["also"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            change(format!("spelled {other}"), &|o| {
                let value = o.remove(leaf).unwrap_or(json!("x"));
                o.insert(other.to_owned(), value);
            });
            change(format!("spelled {other}, = 7"), &|o| drop(o.insert(other.to_owned(), json!(7))));
        }
    }
    for usual in [
        json!({"proxyType": "http", "proxyPort": 0}),
        json!({"proxyType": "http", "proxyPort": 80}),
        json!({"proxyType": "https", "proxyPort": 0}),
        json!({"proxyPort": 0, "proxyPassword": "a"}),
        json!({"proxyType": "http", "proxyPort": 0, "proxyAddress": "203.0.113.7"}),
    ] {
        let mut task = example.clone();
        task.as_object_mut().unwrap().extend(usual.as_object().unwrap().clone());
        out.push((format!("with {usual}"), task));
    }
    out
}

fn values(member: &Value, shown: &Value) -> Vec<Value> {
    let mut out = vec![
        json!("text"),
        json!(""),
        json!(7),
        json!(7.0),
        json!(7.5),
        json!(-1),
        json!(true),
        json!(null),
        json!([]),
        json!({}),
        json!([7]),
        json!(["text"]),
        json!("https://host.example/path"),
        json!("ftp://host.example/path"),
        json!("http://"),
        json!("100%"),
        json!(";"),
        json!("3"),
        json!("QQ="),
        json!("QQ=="),
        json!("QUI=="),
        json!("http://:80/"),
        json!("http://a:99999/"),
        json!("http://me@[::1]:80/?"),
        json!("http://a\u{0}/"),
        json!(0),
    ];
    for name in ["enum", "known"] {
        out.extend(member[name].as_array().into_iter().flatten().cloned());
    }
    if member["format"] == "host" {
        let hosts = "203.0.113.7 http://203.0.113.7 203.0.113.7:80 10.0.0.1 10.host.example 127.1.2.3 0.0.0.0 1.2.3 \
                     1.2.3.4.5 256.1.1.1 01.2.3.4 172.16.0.1 172.32.0.1 192.168.0.1 169.254.0.1 localhost LOCALHOST \
                     localhosts host.example host_1.example .host -host host: [::1] ::1 :: 2001:db8::7 fe80::1 fd00::1 \
                     fdx.example a@b a/b ünder.example localhost. a.localhost a..b a.-b a.b. 224.0.0.1 255.255.255.255 \
                     223.0.0.1 ff02::1 fff::1";
        out.extend(hosts.split_whitespace().map(|host| json!(host)));
        out.extend([json!("a b"), json!(" 203.0.113.7"), json!("203.0.113.7\n")]);
    }
    for (name, step) in [("min", -1.0), ("max", 1.0)] {
        if let Some(bound) = member[name].as_f64() {
            out.extend([json!(bound), json!(bound + step), json!(bound - step), json!(bound + step * 1e6)]);
        }
    }
    if let Some(first) = shown.as_array().and_then(|items| items.first()) {
        out.extend((0..=10).map(|count| Value::Array(vec![first.clone(); count])));
        out.push(json!([first, 7]));
        out.push(json!([first, null]));
    }
    out
}
