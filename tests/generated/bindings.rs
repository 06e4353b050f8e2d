//! The files of the bindings that come from the catalogue, each made by a program beside them.

use crate::pages::describe;
use crate::{fresh, place};
use captask::protocol::catalog;
use serde_json::{Map, Value};
use std::io::Write;
use std::process::{Command, Stdio};

/// What captask_describe says of each topic that a generator may ask for: its text, which keeps the order of members.
fn catalogue() -> Value {
    let tasks = describe("tasks");
    let ids = tasks["tasks"].as_array().expect("a list").iter().map(|task| task["id"].as_str().expect("an id"));
    let topics = ["tasks", "config", "request", "errors", "sandbox"].map(str::to_owned).into_iter();
    let topics = topics.chain(ids.map(|id| format!("task/{id}")));
    let told = topics.map(|topic| {
        let answer = catalog::describe(Some(&topic));
        (topic, Value::String(answer))
    });
    Value::Object(told.collect())
}

/// A generator of a binding, and where its files stand.
const GENERATORS: [(&str, &str); 4] = [
    ("bindings/go/generate.py", "bindings/go"),
    ("bindings/java/generate.py", "bindings/java/src/main/java/captask"),
    ("bindings/node/generate.py", "bindings/node/src"),
    ("bindings/python/generate.py", "bindings/python/src/captask"),
];

/// The files that a generator makes: the name and the text of each; none where there is no Python.
fn made_by(generator: &str) -> Option<Map<String, Value>> {
    let mut command = Command::new("python3");
    command.arg("-B").arg(place(generator)).arg("-");
    let mut running = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Ok(running) => running,
        Err(e) => {
            assert!(std::env::var_os("CI").is_none(), "python3: {e}");
            eprintln!("skipped: python3: {e}");
            return None;
        }
    };
    let mut stdin = running.stdin.take().expect("its input");
    stdin.write_all(catalogue().to_string().as_bytes()).expect("it reads");
    drop(stdin);
    let out = running.wait_with_output().expect("it ends");
    assert!(out.status.success(), "{generator}: {}", out.status);
    Some(serde_json::from_slice(&out.stdout).expect("the files as JSON"))
}

#[test]
fn the_types_of_the_bindings_are_fresh() {
    for (generator, folder) in GENERATORS {
        let Some(files) = made_by(generator) else { return };
        assert!(!files.is_empty(), "{generator}");
        for (name, text) in files {
            fresh(&format!("{folder}/{name}"), text.as_str().expect("a text"));
        }
    }
}
