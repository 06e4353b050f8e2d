//! Every request shape of the catalogue, by name, solved against the sandbox over HTTP with validate "strict".
#![cfg(feature = "sandbox")]

use captask::client::Waited;
use captask::instance::Client;
use captask::protocol::catalog;
use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn describe(topic: &str) -> Value {
    serde_json::from_str(&catalog::describe(Some(topic))).expect("JSON")
}

#[test]
fn every_shape_is_solved_over_http_with_a_solution_of_the_documented_shape() {
    let sandbox = Sandbox::open(Some(r#"{"solveMs":20}"#)).expect("a sandbox");
    let config = json!({"endpoint": sandbox.url(), "clientKey": "key", "validate": "strict",
        "poll": {"firstMs": 10, "intervalMs": 30, "timeoutMs": 60_000}});
    let client = Client::open(Some(&config.to_string())).expect("a client");
    let tasks = describe("tasks");
    let ids: Vec<String> = tasks["tasks"]
        .as_array()
        .expect("the list of shapes")
        .iter()
        .map(|task| task["id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(ids.len() >= 50, "{} shapes", ids.len());
    let mut shapes = BTreeMap::new();
    for id in &ids {
        let shape = describe(&format!("task/{id}"));
        let request = json!({"task": shape["exampleRequest"], "extra": id});
        client.engine().submit(&request.to_string()).unwrap_or_else(|failure| panic!("{id}: {failure}"));
        shapes.insert(id.clone(), shape);
    }
    while !shapes.is_empty() {
        let Waited::Answer(delivery) = client.engine().receive(None) else {
            panic!("no answer for {:?}", shapes.keys())
        };
        let text = delivery.text;
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        let id = answer["extra"].as_str().expect("extra comes back").to_owned();
        let shape = shapes.remove(&id).unwrap_or_else(|| panic!("{id} was answered twice"));
        assert_eq!(answer["status"], "ready", "{id}: {text}");
        let schema = jsonschema::validator_for(&shape["solutionSchema"]).expect("a schema");
        let faults: Vec<String> = schema.iter_errors(&answer["solution"]).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{id}: {faults:?}: {text}");
        println!("{id}: solved");
    }
    client.close();
}

#[test]
fn create_task_without_a_task_is_refused_under_strict_and_sent_otherwise() {
    let sandbox = Sandbox::open(None).expect("a sandbox");
    let code = |validate: &str, body: &str| {
        let config = json!({"endpoint": sandbox.url(), "clientKey": "key", "validate": validate});
        let client = Client::open(Some(&config.to_string())).expect("a client");
        let answer: Value = serde_json::from_str(&client.call("createTask", body)).expect("JSON");
        client.close();
        (answer["errorCode"].as_str().unwrap_or_default().to_owned(), answer["errorDescription"].to_string())
    };
    for body in ["{}", r#"{"task":5}"#] {
        let (refused, why) = code("strict", body);
        assert_eq!(refused, "CAPTASK_INVALID_TASK", "{body}: {why}");
        assert_eq!(why.matches("the task").count(), 1, "{why}");
        assert!(why.contains("at /task (") && !why.contains("; "), "{why}");
        for validate in ["warn", "off"] {
            assert_eq!(code(validate, body).0, "ERROR_TASK_ABSENT", "{validate}: {body}");
        }
    }
}
