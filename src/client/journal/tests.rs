use super::*;
use scratch::Scratch;

#[path = "../../../tests/common/scratch.rs"]
mod scratch;

fn open(path: &Path) -> (Journal, Vec<Adoptable>) {
    Journal::open(path, &Secret::new("k".into()), &["http://a".into(), "http://b".into()]).unwrap()
}

#[test]
fn what_was_not_read_is_found_again() {
    let path = Scratch::file("again");
    let (journal, found) = open(&path);
    assert!(found.is_empty());
    let buy = |extra| journal.intend(&Intent { extra, task_id: None, host: "", polls: 0, own_key: false }).unwrap();
    let (one, two, _three) = (buy(Some("{\"a\":\n1}")), buy(None), buy(Some("\"x\"")));
    journal.bought(one, "12345678901234567890", "http://b");
    journal.bought(two, "\"uuid with space\"", "http://a");
    journal.polled(one, 7);
    journal.done(two);
    drop(journal);
    let (_, found) = open(&path);
    assert_eq!(found.len(), 2);
    let first = &found[0];
    assert_eq!(first.task_id.as_deref(), Some("12345678901234567890"));
    assert_eq!((first.host, first.polls, first.extra.as_deref()), (1, 7, Some("{\"a\": 1}")));
    assert_eq!((found[1].task_id.as_deref(), found[1].extra.as_deref()), (None, Some("\"x\"")));
}

#[test]
fn torn_tails_are_dropped_and_other_keys_left_alone() {
    let path = Scratch::file("torn");
    let (journal, _) = open(&path);
    let record = journal.intend(&Intent { extra: None, task_id: None, host: "", polls: 0, own_key: false }).unwrap();
    journal.bought(record, "5", "http://a");
    drop(journal);
    let mut text = std::fs::read(&path).unwrap();
    let whole = text.len();
    text.extend_from_slice(b"I 000 half a li");
    std::fs::write(&path, &text).unwrap();
    let other = Journal::open(&path, &Secret::new("other".into()), &["http://a".into()]).unwrap();
    assert!(other.1.is_empty());
    drop(other);
    assert_eq!(std::fs::read(&path).unwrap().len(), whole);
    assert_eq!(open(&path).1.len(), 1);
}

#[test]
fn a_task_with_a_key_of_its_own_is_told_apart() {
    let path = Scratch::file("own-key");
    let (journal, _) = open(&path);
    let record = journal.intend(&Intent { extra: None, task_id: None, host: "", polls: 0, own_key: true }).unwrap();
    journal.bought(record, &long(5000), "http://a");
    drop(journal);
    let found = open(&path).1;
    assert!(found.len() == 1 && found[0].own_key);
}

#[test]
fn a_second_client_is_refused() {
    let path = Scratch::file("lock");
    let _first = open(&path);
    let failure = Journal::open(&path, &Secret::new("k".into()), &[]).err().unwrap();
    assert_eq!(failure.code, Code::InvalidConfig);
    assert!(failure.description.contains("in use"), "{failure}");
}

#[test]
fn read_answers_leave_no_trace_behind() {
    let path = Scratch::file("clear");
    let (journal, _) = open(&path);
    for _ in 0..100 {
        let record =
            journal.intend(&Intent { extra: None, task_id: Some("1"), host: "", polls: 3, own_key: false }).unwrap();
        journal.done(record);
    }
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
}

/// Long enough for no head.
fn long(n: usize) -> String {
    format!("\"{}\"", "7".repeat(n))
}

fn fresh(name: &str) -> (Scratch, Journal) {
    let path = Scratch::file(name);
    let (journal, found) = open(&path);
    assert!(found.is_empty());
    (path, journal)
}

fn intend(journal: &Journal) -> u64 {
    journal.intend(&Intent { extra: None, task_id: None, host: "", polls: 0, own_key: false }).unwrap()
}

fn ids(found: &[Adoptable]) -> Vec<Option<&str>> {
    found.iter().map(|task| task.task_id.as_deref()).collect()
}

/// A file that takes no bytes and cannot be cut.
fn read_only(journal: &Journal) {
    journal.inner().file = File::open(&journal.path).unwrap();
}

#[test]
fn a_task_id_in_any_script_stays_in_its_line() {
    let (path, journal) = fresh("script");
    let records: Vec<_> = (0..3).map(|_| intend(&journal)).collect();
    let texts = [format!("\"{}\"", "é".repeat(80)), "\"a b\u{7f}𝄞\"".into(), format!("\"x{}\"", "é".repeat(130))];
    for (&record, text) in records.iter().zip(&texts) {
        journal.bought(record, text, "http://b");
    }
    drop(journal);
    let (_, found) = open(&path);
    assert_eq!(found.len(), 3);
    for (task, text) in found.iter().zip(&texts) {
        let id = task.task_id.as_deref().unwrap();
        assert!(id.is_ascii());
        let value = |json: &str| serde_json::from_str::<String>(json).unwrap();
        assert_eq!((value(id), task.host), (value(text), 1));
    }
}

#[test]
fn a_head_has_its_length_whatever_is_in_it() {
    for names in [None, Some(""), Some("5 http://a"), Some(long(1000).as_str()), Some("é".repeat(300).as_str())] {
        let head = line::head(b'B', 4000, names);
        assert_eq!((head.len(), &head[..6], &head[line::HEAD - 2..]), (line::HEAD, &b"B 999 "[..], &b"  "[..]));
    }
    assert!((0..400).filter_map(|n| line::names(&long(n), &"h".repeat(n))).all(|names| names.len() <= line::HEAD - 8));
}

#[test]
fn a_task_id_of_any_size_is_remembered() {
    let (path, journal) = fresh("size");
    let (one, _two, three) = (intend(&journal), intend(&journal), intend(&journal));
    let adopted = journal
        .intend(&Intent { extra: Some("[1]"), task_id: Some(&long(5000)), host: "http://b", polls: 9, own_key: false })
        .unwrap();
    journal.bought(three, &long(300), "http://a");
    journal.bought(one, &long(100_000), "http://b");
    journal.polled(one, 12);
    drop(journal);
    for _ in 0..2 {
        // The second time from lines that have become one.
        let (journal, found) = open(&path);
        let (a, b, c) = (long(100_000), long(300), long(5000));
        assert_eq!(ids(&found), [Some(a.as_str()), None, Some(&b), Some(&c)]);
        assert_eq!(found.iter().map(|task| task.host).collect::<Vec<_>>(), [1, 0, 0, 1]);
        assert_eq!((found[3].polls, found[3].extra.as_deref()), (9, Some("[1]")));
        drop(journal);
    }
    let (journal, found) = open(&path);
    assert_eq!((found.len(), adopted), (4, 4));
    for task in found {
        journal.done(task.record);
    }
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
}

#[test]
fn a_dead_line_takes_its_long_task_id_along() {
    let (path, journal) = fresh("long-dead");
    let (one, two) = (intend(&journal), intend(&journal));
    journal.bought(one, &long(300), "http://a");
    journal.bought(two, &long(400), "http://a");
    journal.done(one);
    let three = intend(&journal);
    journal.bought(three, "3", "http://a");
    let mut fourth = intend(&journal);
    for _ in 0..10 {
        journal.inner().slack = 0;
        journal.done(fourth);
        fourth = intend(&journal);
    }
    assert!(std::fs::metadata(&path).unwrap().len() < 3000, "the file was written anew");
    drop(journal);
    let (_, found) = open(&path);
    assert_eq!(ids(&found), [Some(long(400).as_str()), Some("3"), None]);
}

#[test]
fn a_long_host_is_told_from_the_others() {
    let path = Scratch::file("host");
    let hosts = ["a", "b", "c"].map(|tail| format!("http://{}{tail}", "h".repeat(400)));
    let open = || Journal::open(&path, &Secret::new("k".into()), &hosts).unwrap();
    let (journal, _) = open();
    let (one, two) = (intend(&journal), intend(&journal));
    journal.bought(one, "12", &hosts[1]);
    journal.bought(two, &long(500), &hosts[2]);
    drop(journal);
    let (_, found) = open();
    assert_eq!(found.iter().map(|task| task.host).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(ids(&found), [Some("12"), Some(long(500).as_str())]);
}

#[test]
fn half_a_name_in_an_intent_is_no_host() {
    let (path, journal) = fresh("half");
    intend(&journal);
    drop(journal);
    let mut text = std::fs::read(&path).unwrap();
    text[6..17].copy_from_slice(b"123 http://");
    std::fs::write(&path, text).unwrap();
    assert_eq!(ids(&open(&path).1), [None]);
}

#[test]
fn a_sink_may_call_the_client() {
    static BLOCKED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    static HEARD: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let order = std::sync::atomic::Ordering::Relaxed;
    let (path, journal) = fresh("sink");
    let journal = std::sync::Arc::new(journal);
    let records: Vec<_> = (0..3).map(|_| intend(&journal)).collect();
    read_only(&journal);
    let (weak, name) = (std::sync::Arc::downgrade(&journal), path.display().to_string());
    let sink = move |_, text: &str| {
        if let (true, Some(journal)) = (text.contains(&name), weak.upgrade()) {
            HEARD.fetch_add(1, order);
            BLOCKED.fetch_add(usize::from(journal.inner.try_lock().is_err()), order);
        }
    };
    log::set(Some(std::sync::Arc::new(sink)), 5);
    journal.bought(records[0], "5", "http://a");
    journal.bought(records[1], &long(300), "http://a");
    journal.polled(records[1], 5);
    journal.done(records[2]);
    log::set(None, 0);
    assert_eq!((HEARD.load(order), BLOCKED.load(order)), (4, 0));
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_refused() {
    let (path, journal) = fresh("names");
    intend(&journal);
    drop(journal);
    let other = path.with_file_name("other");
    let _ = std::fs::remove_file(&other);
    std::fs::hard_link(&path, &other).unwrap();
    let failure = Journal::open(&path, &Secret::new("k".into()), &[]).err().unwrap();
    assert!(failure.description.contains("hard links"), "{failure}");
    std::fs::remove_file(&other).unwrap();
    assert_eq!(open(&path).1.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_the_file_it_names() {
    let (path, journal) = fresh("linked");
    let link = path.with_file_name("link");
    std::os::unix::fs::symlink("linked", &link).unwrap();
    let failure = Journal::open(&link, &Secret::new("k".into()), &[]).err().unwrap();
    assert!(failure.description.contains("in use"), "{failure}");
    drop(journal);
    let (journal, _) = open(&link);
    intend(&journal);
    drop(journal);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(open(&path).1.len(), 1);
    // A link to what is not there yet, and one in a circle.
    std::fs::remove_file(&path).unwrap();
    let (journal, _) = open(&link);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(Journal::open(&path, &Secret::new("k".into()), &[]).is_err());
    drop(journal);
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("link", &path).unwrap();
    assert_eq!(Journal::open(&path, &Secret::new("k".into()), &[]).err().unwrap().code, Code::InvalidConfig);
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_file_that_cannot_be_written_anew_is_not_tried_at_each_answer() {
    let (path, journal) = fresh("anew");
    let mut records: Vec<_> = (0..12).map(|_| intend(&journal)).collect();
    let keep = records.pop().unwrap();
    let keep_too = records.pop().unwrap();
    journal.inner().slack = 1;
    // Nothing can be moved over a folder.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let last = records.pop().unwrap();
    for record in records {
        journal.done(record);
    }
    assert!(!path.with_file_name("journal.new").exists(), "what could not be moved is in the way");
    {
        let inner = journal.inner();
        assert!(inner.slack > inner.dead && inner.dead > inner.length / 2, "{} {}", inner.slack, inner.dead);
    }
    std::fs::remove_dir(&path).unwrap();
    journal.inner().slack = 1;
    journal.done(last);
    {
        let inner = journal.inner();
        assert_eq!((inner.dead, inner.slack), (0, SLACK));
    }
    journal.bought(keep, "5", "http://a");
    journal.bought(keep_too, "6", "http://a");
    drop(journal);
    assert_eq!(ids(&open(&path).1), [Some("6"), Some("5")]);
}

#[test]
fn a_file_that_cannot_be_cut_keeps_its_length() {
    let (path, journal) = fresh("cut");
    let (one, two) = (intend(&journal), intend(&journal));
    journal.done(one);
    let length = journal.inner().length;
    read_only(&journal);
    journal.done(two);
    assert_eq!(journal.inner().length, length);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), length);
}

#[test]
fn after_release_nothing_is_written() {
    let (path, old) = fresh("released");
    let (one, two) = (intend(&old), intend(&old));
    old.inner().slack = 0;
    old.release();
    let (new, found) = open(&path);
    assert_eq!(found.len(), 2);
    let more = intend(&new);
    new.bought(more, "9", "http://a");
    let before = std::fs::read(&path).unwrap();
    // Into the file that the new client has, if it were to write at all.
    old.inner().file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    old.bought(one, "5", "http://b");
    old.bought(two, &long(300), "http://b");
    old.polled(one, 8);
    old.done(one);
    old.done(two);
    let failure =
        old.intend(&Intent { extra: None, task_id: Some("3"), host: "", polls: 0, own_key: false }).unwrap_err();
    assert_eq!(failure.code, Code::Closed);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    old.release();
    drop(old);
    assert!(Journal::open(&path, &Secret::new("k".into()), &[]).is_err(), "the new client still has it");
}
