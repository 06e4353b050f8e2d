//! The journal: a file that remembers what was paid and not yet read, over the death of the process.
//!
//! One line a task. Its head has a fixed length, so that the taskId is written over space that the line already owns:
//! a disk that is full after submit cannot lose it. `S PPP taskId host … {json}` where `S` is `I` (intent), `B`
//! (bought) or `D` (done), and `PPP` counts polls. Other clients' lines (another endpoint or key) are left alone.
//!
//! A taskId too long for the head goes to a line of its own (`T place {json}`) at the end of the file. Nobody knows
//! before how long it will be, so no space is kept for that line, and a full disk can lose it. When the file is
//! written anew, the two become one.

mod hold;
mod line;
#[cfg(test)]
mod tests;

use super::secret::Secret;
use crate::protocol::{Code, Failure};
use crate::{log, sys};
use hold::{Hold, beside, has_other_names, true_path};
use line::{Line, More};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// With a key of the request's own.
    pub own_key: bool,
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
    /// Bought with a key that only its request knew.
    pub own_key: bool,
    /// JSON text to hand back.
    pub extra: Option<String>,
}

/// The journal of one client.
pub struct Journal {
    /// As the configuration has it.
    name: PathBuf,
    /// The file itself.
    path: PathBuf,
    owner: String,
    inner: Mutex<Inner>,
}

struct Inner {
    /// `None` after release: the file may be another client's, and nothing is written any more.
    hold: Option<Hold>,
    file: File,
    length: u64,
    dead: u64,
    /// Dead bytes worth the next try to write the file anew.
    slack: u64,
    places: HashMap<u64, Place>,
    next: u64,
}

/// Where the line of a live record is, and that of a taskId too long for it.
#[derive(Clone, Copy)]
struct Place {
    line: Span,
    more: Option<Span>,
    /// The host has been given the answer, and has not yet said that it has it.
    handed: bool,
}

#[derive(Clone, Copy)]
struct Span {
    at: u64,
    size: u64,
}

impl Place {
    fn size(&self) -> u64 {
        self.line.size + self.more.map_or(0, |more| more.size)
    }
}

impl Journal {
    /// Opens or makes the journal, takes the lock, and reads what an earlier client left.
    pub fn open(name: &Path, key: &Secret, hosts: &[String]) -> Result<(Self, Vec<Adoptable>), Failure> {
        let wrong = |e: io::Error| Failure::new(Code::InvalidConfig, format!("journal: {}: {e}", name.display()));
        let path = true_path(name).map_err(wrong)?;
        if has_other_names(&path) {
            let text = "has more names than one (hard links), of which only one would be held; remove the others";
            return Err(Failure::new(Code::InvalidConfig, format!("journal: {} {text}", name.display())));
        }
        let Some(hold) = Hold::take(&path).map_err(wrong)? else {
            let text = format!("journal: {} is in use by another client; give each its own", name.display());
            return Err(Failure::new(Code::InvalidConfig, text));
        };
        let owner = line::owner(key, hosts.first().map_or("", String::as_str));
        let kept = read(name, &path).map_err(wrong)?;
        let mut found = Vec::new();
        for (record, old) in kept.iter().enumerate().filter(|(_, old)| old.owner == owner) {
            let host = if old.host.is_empty() { Some(0) } else { hosts.iter().position(|h| old.is_of(h)) };
            let Some(host) = host else {
                log::warn(|| {
                    let task = old.task_id.as_deref().unwrap_or("a task");
                    let (name, host) = (name.display(), &old.host);
                    format!(
                        "journal: {name}: {task} was bought at {host}, which is no endpoint of this client: left alone"
                    )
                });
                continue;
            };
            found.push(Adoptable {
                record: record as u64,
                task_id: old.task_id.clone(),
                host,
                polls: old.polls,
                own_key: old.own_key,
                extra: old.extra.clone(),
            });
        }
        let lines: Vec<_> = kept.into_iter().map(|old| old.text).collect();
        let mut inner = Inner {
            hold: Some(hold),
            file: new_file(&path, &lines).map_err(wrong)?,
            length: 0,
            dead: 0,
            slack: SLACK,
            places: HashMap::new(),
            next: lines.len() as u64,
        };
        for (record, line) in lines.iter().enumerate() {
            let line = Span { at: inner.length, size: line.len() as u64 };
            inner.places.insert(record as u64, Place { line, more: None, handed: false });
            inner.length += line.size;
        }
        Ok((Journal { name: name.to_owned(), path, owner, inner: Mutex::new(inner) }, found))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what is to be written, if this client still has the file. Whoever calls logs the outcome afterwards: a
    /// sink may call the client, so it never runs under this lock.
    fn write<T>(&self, work: impl FnOnce(&mut Inner) -> io::Result<T>) -> io::Result<T> {
        let mut inner = self.inner();
        if inner.hold.is_none() {
            return Err(io::Error::other("the client was closed"));
        }
        work(&mut inner)
    }

    /// Writes that a task is about to be bought or adopted. On failure nothing is to be sent.
    pub fn intend(&self, intent: &Intent<'_>) -> Result<u64, Failure> {
        let line = line::compose(intent.polls, intent.task_id, intent.host, &self.owner, intent.own_key, intent.extra);
        self.write(|inner| inner.add(&line)).map_err(|e| {
            let code = if self.inner().hold.is_none() { Code::Closed } else { Code::QueueFull };
            let text = format!("{e}; nothing was sent, since it could not be remembered");
            Failure::new(code, format!("journal: {}: {text}", self.name.display()))
        })
    }

    /// Writes the taskId over the space its line has kept for it, or at the end when it is too long for that.
    pub fn bought(&self, record: u64, task_id: &str, host: &str) {
        let names = line::names(task_id, host);
        let head = line::head(b'B', 0, names.as_deref());
        let result = self.write(|inner| {
            let Some(mut place) = inner.places.get(&record).copied() else { return Ok(()) };
            let at = place.line.at;
            if names.is_none() {
                place.more = Some(inner.append(&More::compose(at, task_id, host))?);
                inner.places.insert(record, place);
            }
            // The state last: a death in the middle leaves an intent, never half a taskId.
            inner.write_at(at + 1, &head[1..])?;
            inner.write_at(at, b"B")
        });
        self.tell(result, task_id);
    }

    /// Writes how many polls a task has had.
    pub fn polled(&self, record: u64, polls: u32) {
        let result = self.write(|inner| {
            let Some(place) = inner.places.get(&record) else { return Ok(()) };
            inner.write_at(place.line.at + 2, format!("{:03}", polls.min(999)).as_bytes())
        });
        self.tell(result, "a task");
    }

    /// Keeps a line for the next client, whoever reads an answer here. `false` when it is dead already.
    pub fn disown(&self, record: u64) -> bool {
        let mut inner = self.inner();
        let Some(place) = inner.places.remove(&record) else { return false };
        // Under a number that nobody has.
        inner.next += 1;
        let number = inner.next;
        inner.places.insert(number, Place { handed: false, ..place });
        true
    }

    /// The answer is on its way to the host. Should the process die now, nobody could say whether it arrived: the line
    /// lives on until `done`, or until the client is closed in good order.
    pub fn handed(&self, record: u64) {
        if let Some(place) = self.inner().places.get_mut(&record) {
            place.handed = true;
        }
    }

    /// The host has the answer: the line is dead.
    pub fn done(&self, record: u64) {
        let result = self.write(|inner| inner.bury(record, &self.path));
        self.tell(result, "a finished task");
    }

    /// Lets another client have the file. A thread that is still inside writes nothing afterwards.
    pub fn release(&self) {
        let result = self.write(|inner| {
            let handed = inner.places.iter().filter(|(_, place)| place.handed);
            let handed: Vec<u64> = handed.map(|(&record, _)| record).collect();
            handed.into_iter().try_for_each(|record| inner.bury(record, &self.path))
        });
        let hold = self.inner().hold.take();
        // Closing twice is fine.
        if hold.is_some() {
            self.tell(result, "a finished task");
        }
    }

    fn tell(&self, result: io::Result<()>, what: &str) {
        if let Err(e) = result {
            log::error(|| format!("journal: {}: {what} could not be written: {e}", self.name.display()));
        }
    }
}

impl Inner {
    /// Marks a line as dead, and writes the file anew when that is worth it.
    fn bury(&mut self, record: u64, path: &Path) -> io::Result<()> {
        let Some(place) = self.places.remove(&record) else { return Ok(()) };
        self.dead += place.size();
        if self.places.is_empty() && self.clear().is_ok() {
            return Ok(());
        }
        // Marked dead in any case: there may be no room for a new file.
        self.write_at(place.line.at, b"D")?;
        if self.dead <= self.slack || self.dead <= self.length / 2 {
            return Ok(());
        }
        self.rewrite(path).inspect_err(|_| {
            // Not again at the next answer, nor at each one after it.
            self.slack = self.dead.saturating_mul(2);
        })
    }

    /// A new record.
    fn add(&mut self, line: &[u8]) -> io::Result<u64> {
        let line = self.append(line)?;
        self.next += 1;
        self.places.insert(self.next, Place { line, more: None, handed: false });
        Ok(self.next)
    }

    fn append(&mut self, line: &[u8]) -> io::Result<Span> {
        let at = self.length;
        if let Err(e) = self.write_at(at, line) {
            // What was written of it must not stand before the next line.
            let _ = self.file.set_len(at);
            return Err(e);
        }
        let size = line.len() as u64;
        self.length += size;
        Ok(Span { at, size })
    }

    fn clear(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        (self.length, self.dead) = (0, 0);
        Ok(())
    }

    /// Writes the live lines into a new file that takes the old one's place.
    fn rewrite(&mut self, path: &Path) -> io::Result<()> {
        // In the order of the file.
        let live = self.places.iter().map(|(record, place)| Reverse((place.line.at, *record)));
        let mut live: BinaryHeap<Reverse<(u64, u64)>> = live.collect();
        let mut lines = Vec::with_capacity(live.len());
        let mut places = HashMap::with_capacity(live.len());
        let mut length = 0;
        while let Some(Reverse((_, record))) = live.pop() {
            let Some(place) = self.places.get(&record) else { continue };
            let mut text = self.read(place.line)?;
            if let Some(more) = place.more {
                let whole = Line::parse(&text).zip(More::parse(&self.read(more)?));
                text = whole.map(|(line, more)| line.completed(more).text).ok_or(io::ErrorKind::InvalidData)?;
            }
            let line = Span { at: length, size: text.len() as u64 };
            places.insert(record, Place { line, more: None, handed: place.handed });
            length += line.size;
            lines.push(text);
        }
        self.file = new_file(path, &lines)?;
        (self.places, self.length, self.dead, self.slack) = (places, length, 0, SLACK);
        Ok(())
    }

    fn read(&self, span: Span) -> io::Result<Vec<u8>> {
        let mut text = vec![0; usize::try_from(span.size).unwrap_or(0)];
        read_at(&self.file, &mut text, span.at)?;
        Ok(text)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        write_at(&self.file, bytes, at)
    }
}

/// The live lines of a journal; none when there is no file.
fn read(name: &Path, path: &Path) -> io::Result<Vec<Line>> {
    let mut text = Vec::new();
    match File::open(path) {
        Ok(mut file) => file.read_to_end(&mut text)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
        Err(e) => return Err(e),
    };
    let mut kept: Vec<(u64, Line, Option<More>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        if let Some(old) = Line::parse(line) {
            if old.state != b'D' {
                kept.push((at, old, None));
            }
        } else if let Some(rest) = More::parse(line) {
            // It stands behind the line that it belongs to.
            if let Ok(index) = kept.binary_search_by_key(&rest.place, |(at, ..)| *at) {
                kept[index].2 = Some(rest);
            }
        } else if line.iter().any(|b| !b.is_ascii_whitespace()) {
            log::warn(|| format!("journal: {}: a torn line of {} bytes is dropped", name.display(), line.len()));
        }
        at += line.len() as u64;
    }
    let whole = |(_, line, more): (u64, Line, Option<More>)| match more {
        Some(more) => line.completed(more),
        None => line,
    };
    Ok(kept.into_iter().map(whole).collect())
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
    let name = beside(path, ".new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = sys::lift(options.open(&name)?)?;
    let moved = lines.iter().try_for_each(|line| file.write_all(line)).and_then(|()| std::fs::rename(&name, path));
    match moved {
        Ok(()) => Ok(file),
        Err(e) => {
            // What it takes of a full disk is needed elsewhere.
            let _ = std::fs::remove_file(&name);
            Err(e)
        }
    }
}
