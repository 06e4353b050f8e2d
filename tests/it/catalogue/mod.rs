//! The task catalogue, held against an independent JSON Schema validator.

mod checks;
mod corpus;
mod drift;
#[cfg(all(feature = "catalogue-file", feature = "sandbox"))]
mod files;
mod misspelt;
mod mutations;
mod newer_documentation;
mod schemas;
mod shapes;
mod spec;
mod suggestions;
mod suggestions_request;
mod unknown_members;

use captask::protocol::catalog;
use serde_json::Value;

/// The answer for a topic, which has to exist.
fn describe(topic: &str) -> Value {
    let answer: Value = serde_json::from_str(&catalog::describe(Some(topic))).expect("describe answers JSON");
    assert_eq!(answer["errorId"], 0, "{topic}: {answer}");
    answer
}

/// The ids of every request shape.
fn ids() -> Vec<String> {
    let tasks = describe("tasks");
    let ids = tasks["tasks"].as_array().expect("tasks is a list").iter();
    ids.map(|task| task["id"].as_str().expect("a task has an id").to_owned()).collect()
}

/// A validator for a schema, which has to be one.
fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|fault| panic!("not a schema: {fault}: {schema}"));
    jsonschema::draft202012::new(schema).unwrap_or_else(|fault| panic!("not a schema: {fault}: {schema}"))
}

/// What a validator says of a value, for messages.
fn faults(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}
