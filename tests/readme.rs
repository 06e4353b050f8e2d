//! The tables of README.md against the sources of the functions and against what captask_describe tells.

use captask::protocol::catalog;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn describe(topic: &str) -> Value {
    serde_json::from_str(&catalog::describe(Some(topic))).expect("describe answers JSON")
}

/// The cells of the table rows under a heading, the head left out.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let start = page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("README.md has no {heading}"));
    let part = page[start + 1..].split("\n## ").next().unwrap_or_default();
    let lines = part.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    lines.skip(2).map(cells).collect()
}

/// What stands in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The functions that a source file exports.
fn exported(source: &str) -> BTreeSet<String> {
    let after = source.lines().filter_map(|line| line.split_once("extern \"C\" fn "));
    after.filter_map(|(_, rest)| rest.split('(').next()).map(str::to_owned).collect()
}

#[test]
fn the_table_of_functions_names_each_in_its_file() {
    let page = read("README.md");
    let mut told = BTreeSet::new();
    for row in rows(&page, "Where things live").iter().filter(|row| row[0].starts_with('…')) {
        let names =
            code(&row[0]).map(|name| if name.starts_with('_') { format!("captask{name}") } else { name.into() });
        let names: BTreeSet<String> = names.collect();
        let file = code(&row[1]).next().expect("a file");
        assert_eq!(names, exported(&read(file)), "README.md, the row of {file}");
        told.extend(names);
    }
    let all: BTreeSet<String> = read("tests/symbols.txt").lines().map(str::to_owned).collect();
    assert_eq!(told, all, "README.md, the functions of all rows");
}

#[test]
fn the_table_of_the_configuration_names_each_key() {
    let page = read("README.md");
    let told: BTreeSet<String> = rows(&page, "Configuration")
        .iter()
        .flat_map(|row| code(&row[1]).map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| name != "CAPTASK_CLIENT_KEY")
        .collect();
    let config = describe("config");
    let keys = config["schema"]["properties"].as_object().expect("properties").keys().cloned().collect();
    assert_eq!(told, keys);
}

#[test]
fn the_table_of_errors_has_a_row_for_each_code_of_the_library() {
    let page = read("README.md");
    let table = rows(&page, "When something fails");
    let fits = |row: &Vec<String>, wanted: &str| {
        code(&row[0]).any(|name| match name.strip_suffix('…') {
            Some(prefix) => wanted.starts_with(prefix),
            None => wanted == name,
        })
    };
    let errors = describe("errors");
    let codes: Vec<&str> =
        errors["library"].as_array().expect("a list").iter().filter_map(|error| error["code"].as_str()).collect();
    assert!(codes.len() >= 20, "{codes:?}");
    for wanted in &codes {
        assert_eq!(table.iter().filter(|row| fits(row, wanted)).count(), 1, "rows of README.md that speak of {wanted}");
    }
    for name in table.iter().flat_map(|row| code(&row[0])).filter(|name| name.starts_with("CAPTASK_")) {
        let known =
            codes.iter().any(|code| name.strip_suffix('…').map_or(*code == name, |start| code.starts_with(start)));
        assert!(known, "README.md speaks of {name}, which is no code");
    }
}
