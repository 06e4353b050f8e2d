//! Which file a journal takes, and what it leaves as it is.

use super::*;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

fn refusal(path: &Path) -> String {
    let failure = try_open(path).err().unwrap();
    assert_eq!(failure.code, Code::InvalidConfig, "{failure}");
    assert!(failure.description.starts_with("journal: "), "{failure}");
    failure.description
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(path: &Path) -> Vec<std::ffi::OsString> {
    fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn a_file_that_is_no_journal_stays_as_it_is() {
    let development = "I 000                        {\"owner\":\"0123456789abcdef\"}\n";
    let cases: [(&str, &[u8], &str); 8] = [
        ("thesis.txt", b"On the Origin of Captchas\n", "not a captask journal"),
        ("queued", development.as_bytes(), "development format of captask 0.1"),
        ("bought", b"B 007 5 http://a    {}\n", "development format of captask 0.1"),
        ("done", b"D 120 5", "development format of captask 0.1"),
        ("newer", b"captask journal 2\nand what it may hold", "of format 2, and this version reads format 1"),
        ("longer", b"captask journal 11\n", "of format 11"),
        ("half", b"captask jour", "not a captask journal"),
        ("zeros", &[0; 1000], "not a captask journal"),
    ];
    for (name, text, wanted) in cases {
        let path = Scratch::file(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&*path, fs::Permissions::from_mode(0o640)).unwrap();
        let before = fs::metadata(&path).unwrap();
        let said = refusal(&path);
        assert!(said.contains(wanted), "{said}");
        let after = fs::metadata(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), text);
        assert_eq!(
            (after.mode(), after.ino(), after.modified().unwrap()),
            (before.mode(), before.ino(), before.modified().unwrap())
        );
        assert_eq!(names(&path), [name]);
    }
}

#[test]
fn what_is_not_a_regular_file_is_refused_without_waiting() {
    let fifo = Scratch::file("fifo");
    let made = std::process::Command::new("mkfifo").arg(&*fifo).status().unwrap();
    assert!(made.success());
    let folder = Scratch::folder("folder");
    for path in [&*fifo, &*folder, Path::new("/dev/null"), Path::new("/dev/zero")] {
        let said = refusal(path);
        assert!(said.contains("not a regular file"), "{said}");
        assert!(!fs::metadata(path).unwrap().is_file());
    }
    assert!(refusal(&folder.join("missing").join("journal")).contains("No such file"));
}

#[test]
fn an_empty_file_is_a_new_journal_and_opening_writes_nothing() {
    let path = Scratch::file("empty");
    fs::write(&path, "").unwrap();
    let (journal, found) = open(&path);
    assert!(found.is_empty());
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    buy(&journal, "5");
    drop(journal);
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"captask journal 1\n"));
    let before = fs::metadata(&path).unwrap();
    let (journal, found) = open(&path);
    assert_eq!(found.len(), 1);
    let after = fs::metadata(&path).unwrap();
    assert_eq!((fs::read(&path).unwrap(), after.modified().unwrap()), (bytes, before.modified().unwrap()));
    assert_eq!((after.ino(), names(&path)), (before.ino(), vec!["empty".into()]));
    // A first slot that was cut in its blanks is written again.
    drop(journal);
    fs::write(&path, b"captask journal 1\n").unwrap();
    buy(&open(&path).0, "6");
    assert_eq!(lefts(&open(&path).1), [bought("6")]);
}

#[test]
fn no_slot_is_a_hole() {
    let (path, journal) = fresh("holes");
    for n in 0..64 {
        with_extra(&journal, &long(n * 20));
    }
    let found = fs::metadata(&path).unwrap();
    assert!(found.blocks() * 512 >= found.len(), "{} of {}", found.blocks() * 512, found.len());
    // A second write takes no more room.
    let record = intend(&journal);
    let before = fs::metadata(&path).unwrap();
    journal.sent(record);
    journal.bought(record, &long(60), "http://b");
    let after = fs::metadata(&path).unwrap();
    assert_eq!((after.len(), after.blocks()), (before.len(), before.blocks()));
}

#[test]
fn a_journal_is_its_owners_alone() {
    let (path, journal) = fresh("mode");
    assert_eq!(mode(&path), 0o600);
    buy(&journal, "5");
    drop(journal);
    fs::set_permissions(&*path, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(open(&path).1.len(), 1);
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn links_are_refused() {
    let (path, journal) = fresh("linked");
    buy(&journal, "5");
    drop(journal);
    let link = path.with_file_name("link");
    symlink("linked", &link).unwrap();
    assert!(refusal(&link).contains("symbolic link"));
    fs::remove_file(&link).unwrap();
    symlink("nowhere", &link).unwrap();
    assert!(refusal(&link).contains("symbolic link"));
    assert!(!path.with_file_name("nowhere").exists());
    fs::remove_file(&link).unwrap();
    fs::hard_link(&path, &link).unwrap();
    assert!(refusal(&path).contains("hard links") && refusal(&link).contains("hard links"));
    fs::remove_file(&link).unwrap();
    // A folder may be a link.
    let folder = Scratch::folder("through");
    symlink(path.parent().unwrap(), folder.join("folder")).unwrap();
    assert_eq!(open(&folder.join("folder/linked")).1.len(), 1);
}

#[test]
fn a_second_client_is_refused_whatever_was_closed_meanwhile() {
    let (path, journal) = fresh("second");
    let folder = Scratch::folder("second-way");
    symlink(path.parent().unwrap(), folder.join("folder")).unwrap();
    for _ in 0..3 {
        // Opens and closes another descriptor of the file, as a host may.
        drop(fs::OpenOptions::new().read(true).write(true).open(&path).unwrap());
        assert!(refusal(&path).contains("in use by another client"));
        assert!(refusal(&folder.join("folder/second")).contains("in use by another client"));
    }
    // The lock itself keeps out who does not know of this one: another process, or a second copy of the library.
    let other = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    assert!(!crate::sys::lock_alone(&other).unwrap());
    journal.release();
    assert!(crate::sys::lock_alone(&other).unwrap());
    assert!(refusal(&path).contains("in use by another client"));
    drop(other);
    assert!(try_open(&path).is_ok());
}
