//! The house is as its map in `src/lib.rs` says: who uses whom, and no module that leads back to itself.

mod source;
mod words;

use source::{Name, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Arrows = BTreeMap<Name, BTreeSet<Name>>;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn library() -> Arrows {
    Source::read(&src(), "lib.rs").arrows()
}

/// The modules from which arrows lead around to themselves.
fn on_circles(arrows: &Arrows) -> Vec<String> {
    let mut left = arrows.clone();
    loop {
        // Whoever uses nobody that is left, or is used by nobody that is left, is on no circle.
        let used: BTreeSet<Name> = left.values().flatten().cloned().collect();
        let before = left.len();
        let names: BTreeSet<Name> = left.keys().cloned().collect();
        left.retain(|name, uses| used.contains(name) && uses.iter().any(|other| names.contains(other)));
        let names: BTreeSet<Name> = left.keys().cloned().collect();
        left.values_mut().for_each(|uses| uses.retain(|other| names.contains(other)));
        if left.len() == before {
            return left.keys().map(|name| name.join("::")).collect();
        }
    }
}

#[test]
fn no_module_of_the_library_leads_back_to_itself() {
    assert_eq!(on_circles(&library()), Vec::<String>::new());
}

#[test]
fn no_module_of_the_command_leads_back_to_itself() {
    let arrows = Source::read(&src().join("bin/captask"), "main.rs").arrows();
    assert!(arrows.len() > 10, "{arrows:?}");
    assert_eq!(on_circles(&arrows), Vec::<String>::new());
}

/// The rooms of the map, each with the rooms that it says it uses.
fn map() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(src().join("lib.rs")).expect("it is there");
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let names = |cell: &str| -> BTreeSet<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    rows.map(|row| {
        let (room, rest) = row.split_once('`').expect("a name");
        let uses = rest.split('|').nth(1).expect("a second column");
        (room.to_owned(), names(uses))
    })
    .collect()
}

#[test]
fn the_map_says_who_uses_whom() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, uses) in library() {
        let Some(room) = name.first() else { continue };
        let others = uses.iter().filter_map(|other| other.first()).filter(|other| *other != room);
        found.entry(room.clone()).or_default().extend(others.cloned());
    }
    assert_eq!(map(), found, "left: the map in src/lib.rs; right: the code");
}

#[test]
fn a_circle_is_found() {
    let name = |text: &str| vec![text.to_owned()];
    let arrow = |from: &str, to: &[&str]| (name(from), to.iter().map(|to| name(to)).collect());
    let line: Arrows = [arrow("a", &["b", "c"]), arrow("b", &["c"]), arrow("c", &[])].into();
    assert_eq!(on_circles(&line), Vec::<String>::new());
    let circle: Arrows = [arrow("a", &["b"]), arrow("b", &["c"]), arrow("c", &["b"]), arrow("d", &["a"])].into();
    assert_eq!(on_circles(&circle), ["b", "c"]);
}
