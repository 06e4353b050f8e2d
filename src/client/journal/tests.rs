use super::*;
use scratch::Scratch;
use slot::SLOT;

mod damage;
#[cfg(unix)]
mod files;
#[cfg(unix)]
mod forks;
mod records;

#[path = "../../../tests/support/scratch.rs"]
mod scratch;

fn hosts() -> [String; 2] {
    ["http://a".into(), "http://b".into()]
}

fn open(path: &Path) -> (Journal, Vec<Adoptable>) {
    try_open(path).unwrap()
}

fn try_open(path: &Path) -> Result<(Journal, Vec<Adoptable>), Failure> {
    Journal::open(path, &Secret::new("k".into()), &hosts())
}

fn fresh(name: &str) -> (Scratch, Journal) {
    let path = Scratch::file(name);
    let (journal, found) = open(&path);
    assert!(found.is_empty());
    (path, journal)
}

fn plain<'a>() -> Intent<'a> {
    Intent { extra: None, task_id: None, host: "", polls: 0, own_key: false }
}

fn intend(journal: &Journal) -> u64 {
    journal.intend(&plain()).unwrap()
}

fn with_extra(journal: &Journal, extra: &str) -> u64 {
    journal.intend(&Intent { extra: Some(extra), ..plain() }).unwrap()
}

/// Intended, sent and bought.
fn buy(journal: &Journal, task_id: &str) -> u64 {
    let record = intend(journal);
    assert!(journal.sent(record));
    journal.bought(record, task_id, "http://a");
    record
}

fn bought(task_id: &str) -> Left {
    Left::Bought(task_id.into())
}

fn lefts(found: &[Adoptable]) -> Vec<Left> {
    found.iter().map(|task| task.left.clone()).collect()
}

/// Longer than the room in a head.
fn long(n: usize) -> String {
    format!("\"{}\"", "7".repeat(n))
}

/// Slots of the file, the first one included.
fn slots(path: &Path) -> usize {
    let length = std::fs::metadata(path).unwrap().len() as usize;
    assert_eq!(length % SLOT, 0);
    length / SLOT
}
