//! The shared vectors are of the form that schema.json describes, and what they set up is what the library's own schemas allow.

use captask::protocol::catalog;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The groups of a folder, by their file names.
fn groups(name: &str) -> Vec<(String, Value)> {
    let files = std::fs::read_dir(folder(name)).expect("the folder").map(|file| file.expect("a file").path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == "json") && !path.ends_with("schema.json"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(&path)))
        .collect()
}

fn vectors(group: &Value) -> impl Iterator<Item = &Value> {
    group["vectors"].as_array().expect("vectors").iter()
}

fn assert_fits(schema: &Value, value: &Value, what: &str) {
    let schema = jsonschema::draft202012::new(schema).unwrap_or_else(|fault| panic!("not a schema: {fault}"));
    let faults: Vec<String> =
        schema.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

fn schema_of(topic: &str) -> Value {
    serde_json::from_str::<Value>(&catalog::describe(Some(topic))).expect("JSON")["schema"].take()
}

#[test]
fn every_group_fits_the_schema() {
    let schema = read(&folder("schema.json"));
    for (name, group) in groups(".").into_iter().chain(groups("must-fail")) {
        assert_fits(&schema, &group, &name);
        assert_eq!(group["group"], name.as_str(), "a group has the name of its file");
    }
}

#[test]
fn names_are_unique() {
    let mut seen = BTreeSet::new();
    for (name, group) in groups(".").iter().chain(&groups("must-fail")) {
        for vector in vectors(group) {
            let vector = vector["name"].as_str().expect("a name").to_owned();
            assert!(seen.insert(vector.clone()), "{name} has {vector} a second time");
        }
    }
    assert!(seen.len() >= 40, "{}", seen.len());
}

#[test]
fn sandboxes_and_clients_are_set_up_by_the_documented_schemas() {
    let (sandbox, config) = (schema_of("sandbox"), schema_of("config"));
    for (_, group) in groups(".") {
        for vector in vectors(&group) {
            let what = vector["name"].to_string();
            if let Some(value) = vector.get("sandbox") {
                assert_fits(&sandbox, value, &what);
            }
            if let Some(value) = vector.get("config") {
                let filled =
                    value.to_string().replace("${sandbox}", "http://127.0.0.1:9").replace("${host}", "127.0.0.1:9");
                assert_fits(&config, &serde_json::from_str(&filled).expect("JSON"), &what);
            }
        }
    }
}
