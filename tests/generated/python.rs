//! The modules of the Python package that come from the catalogue.

use crate::pages::describe;
use crate::{fresh, place};
use captask::protocol::catalog;
use serde_json::{Map, Value};
use std::io::Write;
use std::process::{Command, Stdio};

/// What captask_describe says of each topic that the generator asks for: its text, which keeps the order of members.
fn catalogue() -> Value {
    let tasks = describe("tasks");
    let ids = tasks["tasks"].as_array().expect("a list").iter().map(|task| task["id"].as_str().expect("an id"));
    let topics = ["tasks", "config", "request"].map(str::to_owned).into_iter();
    let topics = topics.chain(ids.map(|id| format!("task/{id}")));
    let told = topics.map(|topic| {
        let answer = catalog::describe(Some(&topic));
        (topic, Value::String(answer))
    });
    Value::Object(told.collect())
}

#[test]
fn the_types_of_the_python_package_are_fresh() {
    let mut command = Command::new("python3");
    command.arg("-B").arg(place("bindings/python/generate.py")).arg("-");
    let mut running = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Ok(running) => running,
        Err(e) => {
            assert!(std::env::var_os("CI").is_none(), "python3: {e}");
            eprintln!("skipped: python3: {e}");
            return;
        }
    };
    let mut stdin = running.stdin.take().expect("its input");
    stdin.write_all(catalogue().to_string().as_bytes()).expect("it reads");
    drop(stdin);
    let out = running.wait_with_output().expect("it ends");
    assert!(out.status.success(), "generate.py: {}", out.status);
    let files: Map<String, Value> = serde_json::from_slice(&out.stdout).expect("the files as JSON");
    assert!(!files.is_empty());
    for (name, text) in files {
        fresh(&format!("bindings/python/src/captask/{name}"), text.as_str().expect("a text"));
    }
}
