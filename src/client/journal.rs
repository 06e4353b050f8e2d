//! The journal: a file that remembers what was paid and not yet read, over the death of the process.
//!
//! One line a task. Its head has a fixed length, so that the taskId is written over space that the line already owns:
//! a disk that is full after submit cannot lose it. `S PPP taskId host … {json}` where `S` is `I` (intent), `B`
//! (bought) or `D` (done), and `PPP` counts polls. Other clients' lines (another endpoint or key) are left alone.

use super::secret::Secret;
use crate::log;
use crate::protocol::json::{Object, quote};
use crate::protocol::{Code, Failure};
use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of a line before its JSON: state, polls, taskId and host.
const HEAD: usize = 256;

/// Where the taskId begins in the head.
const NAME_AT: usize = 6;

/// Dead lines of this size together are worth writing the file anew.
const SLACK: u64 = 8 * 1024 * 1024;

/// What is written before a task is bought.
pub struct Intent<'a> {
    /// JSON text to hand back.
    pub extra: Option<&'a str>,
    /// The task, when it is adopted and not bought.
    pub task_id: Option<&'a str>,
    /// Where it was bought, when it is adopted.
    pub host: &'a str,
    /// Polls it has had.
    pub polls: u32,
}

/// A task that an earlier client left behind.
pub struct Adoptable {
    /// Its record in this journal.
    pub record: u64,
    /// Its number; `None` when createTask was never answered.
    pub task_id: Option<String>,
    /// The host it was bought at, among those of this client.
    pub host: usize,
    /// Polls it has had.
    pub polls: u32,
    /// JSON text to hand back.
    pub extra: Option<String>,
}

/// The journal of one client.
pub struct Journal {
    path: PathBuf,
    owner: String,
    inner: Mutex<Inner>,
    lock: File,
}

struct Inner {
    file: File,
    length: u64,
    dead: u64,
    /// Of every live record: where its line is and how long.
    places: HashMap<u64, (u64, u64)>,
    next: u64,
}

impl Journal {
    /// Opens or makes the journal, takes the lock, and reads what an earlier client left.
    pub fn open(path: &Path, key: &Secret, hosts: &[String]) -> Result<(Self, Vec<Adoptable>), Failure> {
        let wrong = |e: io::Error| Failure::new(Code::InvalidConfig, format!("journal: {}: {e}", path.display()));
        let mut lock_name = path.as_os_str().to_owned();
        lock_name.push(".lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(lock_name).map_err(wrong)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(
                    Code::InvalidConfig,
                    format!("journal: {} is in use by another client; give each its own", path.display()),
                ));
            }
            Err(TryLockError::Error(e)) => return Err(wrong(e)),
        }
        let owner = owner(key, hosts.first().map_or("", String::as_str));
        let mut text = Vec::new();
        match File::open(path) {
            Ok(mut file) => {
                file.read_to_end(&mut text).map_err(wrong)?;
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(wrong(e)),
        }
        let (mut kept, mut found) = (Vec::new(), Vec::new());
        for line in text.split_inclusive(|b| *b == b'\n') {
            let Some(old) = Line::parse(line) else {
                if line.iter().any(|b| !b.is_ascii_whitespace()) {
                    log::warn(|| {
                        format!("journal: {}: a torn line of {} bytes is dropped", path.display(), line.len())
                    });
                }
                continue;
            };
            if old.state == b'D' {
                continue;
            }
            let record = kept.len() as u64;
            let host = if old.host.is_empty() { Some(0) } else { hosts.iter().position(|h| *h == old.host) };
            match host {
                Some(host) if old.owner == owner => {
                    let (task_id, polls, extra) = (old.task_id, old.polls, old.extra);
                    found.push(Adoptable { record, task_id, host, polls, extra });
                }
                None if old.owner == owner => log::warn(|| {
                    let task = old.task_id.as_deref().unwrap_or("a task");
                    let (path, host) = (path.display(), &old.host);
                    format!(
                        "journal: {path}: {task} was bought at {host}, which is no endpoint of this client: left alone"
                    )
                }),
                _ => {}
            }
            kept.push(line.to_vec());
        }
        let mut inner = Inner {
            file: new_file(path, &kept).map_err(wrong)?,
            length: 0,
            dead: 0,
            places: HashMap::new(),
            next: kept.len() as u64,
        };
        for (record, line) in kept.iter().enumerate() {
            inner.places.insert(record as u64, (inner.length, line.len() as u64));
            inner.length += line.len() as u64;
        }
        Ok((Journal { path: path.to_owned(), owner, inner: Mutex::new(inner), lock }, found))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes that a task is about to be bought or adopted. On failure nothing is to be sent.
    pub fn intend(&self, intent: &Intent<'_>) -> Result<u64, Failure> {
        let state = if intent.task_id.is_some() { b'B' } else { b'I' };
        let head = head(state, intent.polls, intent.task_id.unwrap_or(""), intent.host);
        let mut line = head.into_bytes();
        line.extend_from_slice(format!("{{\"owner\":{}", quote(&self.owner)).as_bytes());
        if let Some(extra) = intent.extra {
            line.extend_from_slice(format!(",\"extra\":{}", one_line(extra)).as_bytes());
        }
        line.extend_from_slice(b"}\n");
        let mut inner = self.inner();
        inner.append(&line).map_err(|e| {
            Failure::new(
                Code::QueueFull,
                format!("journal: {}: {e}; nothing was sent, since it could not be remembered", self.path.display()),
            )
        })
    }

    /// Writes the taskId over the space its line has kept for it.
    pub fn bought(&self, record: u64, task_id: &str, host: &str) {
        let mut inner = self.inner();
        let Some(&(at, _)) = inner.places.get(&record) else { return };
        let head = head(b'B', 0, task_id, host);
        // The state last: a death in the middle leaves an intent, never half a taskId.
        let result = inner.write_at(at + 1, &head.as_bytes()[1..]).and_then(|()| inner.write_at(at, b"B"));
        self.tell(result, task_id);
    }

    /// Whether a record is live: the next client will find it.
    pub fn holds(&self, record: u64) -> bool {
        self.inner().places.contains_key(&record)
    }

    /// Writes how many polls a task has had.
    pub fn polled(&self, record: u64, polls: u32) {
        let mut inner = self.inner();
        let Some(&(at, _)) = inner.places.get(&record) else { return };
        let result = inner.write_at(at + 2, format!("{:03}", polls.min(999)).as_bytes());
        self.tell(result, "a task");
    }

    /// The answer was read: the line is dead.
    pub fn done(&self, record: u64) {
        let mut inner = self.inner();
        let Some((at, length)) = inner.places.remove(&record) else { return };
        inner.dead += length;
        let result = if inner.places.is_empty() {
            inner.clear()
        } else {
            // Marked dead in any case: there may be no room for a new file.
            inner.write_at(at, b"D").and_then(|()| match inner.dead > SLACK && inner.dead > inner.length / 2 {
                true => self.rewrite(&mut inner),
                false => Ok(()),
            })
        };
        self.tell(result, "a finished task");
    }

    /// Lets another client have the file. What a thread still writes here afterwards goes to the old one.
    pub fn release(&self) {
        // A lock that cannot be let go of ends with the file.
        let _ = self.lock.unlock();
    }

    fn tell(&self, result: io::Result<()>, what: &str) {
        if let Err(e) = result {
            log::error(|| format!("journal: {}: {what} could not be written: {e}", self.path.display()));
        }
    }

    /// Writes the live lines into a new file that takes the old one's place.
    fn rewrite(&self, inner: &mut Inner) -> io::Result<()> {
        let mut lines = Vec::with_capacity(inner.places.len());
        let mut places = HashMap::with_capacity(inner.places.len());
        let mut length = 0;
        for (&record, &(at, size)) in &inner.places {
            let mut line = vec![0; usize::try_from(size).unwrap_or(0)];
            read_at(&inner.file, &mut line, at)?;
            places.insert(record, (length, size));
            length += size;
            lines.push(line);
        }
        inner.file = new_file(&self.path, &lines)?;
        (inner.places, inner.length, inner.dead) = (places, length, 0);
        Ok(())
    }
}

impl Inner {
    fn append(&mut self, line: &[u8]) -> io::Result<u64> {
        let at = self.length;
        if let Err(e) = self.write_at(at, line) {
            // What was written of it must not stand before the next line.
            let _ = self.file.set_len(at);
            return Err(e);
        }
        let size = line.len() as u64;
        self.length += size;
        self.next += 1;
        self.places.insert(self.next, (at, size));
        Ok(self.next)
    }

    fn clear(&mut self) -> io::Result<()> {
        (self.length, self.dead) = (0, 0);
        self.file.set_len(0)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        write_at(&self.file, bytes, at)
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::io::{Seek, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Seek, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// Writes lines beside `path` and moves the file there, so that a death in between leaves the old one whole.
fn new_file(path: &Path, lines: &[Vec<u8>]) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&name)?;
    for line in lines {
        file.write_all(line)?;
    }
    std::fs::rename(&name, path)?;
    Ok(file)
}

/// Whose lines these are: a digest of endpoint and key, never the key.
fn owner(key: &Secret, host: &str) -> String {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in host.bytes().chain([0]).chain(key.expose().bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    format!("{hash:016x}")
}

/// The fixed part of a line. A taskId too long for it is kept out with a word in the log: no known service has one.
fn head(state: u8, polls: u32, task_id: &str, host: &str) -> String {
    let room = HEAD - NAME_AT - 2;
    let fits = task_id.len() + 1 + host.len() <= room && !task_id.contains('\n');
    let names = match (fits, task_id.len() <= room) {
        (true, _) => format!("{} {host}", task_id.replace(' ', "\\u0020")),
        (false, true) => task_id.replace(' ', "\\u0020"),
        (false, false) => {
            log::error(|| format!("journal: taskId {task_id} is too long to be remembered"));
            String::new()
        }
    };
    let mut names = names;
    names.truncate(room);
    format!("{} {:03} {names:<room$}  ", state as char, polls.min(999))
}

/// JSON text without line breaks, which can only stand between its tokens.
fn one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}

struct Line {
    state: u8,
    polls: u32,
    task_id: Option<String>,
    host: String,
    owner: String,
    extra: Option<String>,
}

impl Line {
    /// Reads a whole line; `None` for a torn one.
    fn parse(line: &[u8]) -> Option<Line> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let state = *text.as_bytes().first()?;
        if !matches!(state, b'I' | b'B' | b'D') {
            return None;
        }
        let polls = text.get(2..5)?.parse().ok()?;
        let names = text.get(NAME_AT..HEAD)?.trim_end();
        let (task_id, host) = names.split_once(' ').unwrap_or((names, ""));
        let object = Object::parse(text.get(HEAD..)?).ok()?;
        let known = state != b'I' && !task_id.is_empty() && Object::parse(&format!("{{\"i\":{task_id}}}")).is_ok();
        Some(Line {
            state,
            polls,
            task_id: known.then(|| task_id.to_owned()),
            host: host.to_owned(),
            owner: object.string("owner")?,
            extra: object.get("extra").map(|raw| raw.get().to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("captask-journal-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        dir.join("journal")
    }

    fn open(path: &Path) -> (Journal, Vec<Adoptable>) {
        Journal::open(path, &Secret::new("k".into()), &["http://a".into(), "http://b".into()]).unwrap()
    }

    #[test]
    fn what_was_not_read_is_found_again() {
        let path = scratch("again");
        let _ = std::fs::remove_file(&path);
        let (journal, found) = open(&path);
        assert!(found.is_empty());
        let buy = |extra| journal.intend(&Intent { extra, task_id: None, host: "", polls: 0 }).unwrap();
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
        let path = scratch("torn");
        let _ = std::fs::remove_file(&path);
        let (journal, _) = open(&path);
        let record = journal.intend(&Intent { extra: None, task_id: None, host: "", polls: 0 }).unwrap();
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
    fn a_second_client_is_refused() {
        let path = scratch("lock");
        let _ = std::fs::remove_file(&path);
        let _first = open(&path);
        let failure = Journal::open(&path, &Secret::new("k".into()), &[]).err().unwrap();
        assert_eq!(failure.code, Code::InvalidConfig);
        assert!(failure.description.contains("in use"), "{failure}");
    }

    #[test]
    fn read_answers_leave_no_trace_behind() {
        let path = scratch("clear");
        let _ = std::fs::remove_file(&path);
        let (journal, _) = open(&path);
        for _ in 0..100 {
            let record = journal.intend(&Intent { extra: None, task_id: Some("1"), host: "", polls: 3 }).unwrap();
            journal.done(record);
        }
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    }
}
