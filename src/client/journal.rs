//! The journal: a file that remembers what was paid and not yet read, over the death of the process.
//!
//! A first slot says what the file is; slots of one size follow, one or more for a record (`slot`). A record is written whole
//! before its createTask may leave, with room for the taskId, so that a disk that is full afterwards cannot lose it. From then
//! on its state is changed in place, by one byte that is written last: queued, sent, bought, done. Slots of records that are
//! over are used again. Nothing is moved, renamed or written anew, and opening only reads.
//!
//! What cannot be read is left where it is, and so is what other clients (another endpoint or key) have in the file.

mod file;
mod locked_file;
mod record;
mod scan;
mod slot;
#[cfg(test)]
mod tests;

use crate::log;
use crate::protocol::{Code, Failure};
use crate::secret::Secret;
use file::{Inner, position};
use locked_file::{LockedFile, Refused};
pub use record::{Adoptable, Intent, Left};
use scan::Scan;
use slot::SlotState;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The journal of one client.
pub struct Journal {
    /// As the configuration has it.
    name: PathBuf,
    owner: u64,
    inner: Mutex<Inner>,
}

impl Journal {
    /// Opens or makes the journal, takes its lock, and reads what an earlier client left. Writes nothing.
    pub fn open(name: &Path, key: &Secret, hosts: &[String]) -> Result<(Self, Vec<Adoptable>), Failure> {
        let wrong = |why: Refused| Failure::new(Code::InvalidConfig, format!("journal: {}: {}", name.display(), why.0));
        let locked_file = LockedFile::take(name).map_err(wrong)?;
        let owner = owner(key, hosts.first().map_or("", String::as_str));
        let mut scan = scan::scan(locked_file.file(), owner).map_err(|e| wrong(e.into()))?;
        report(name, &scan);
        let mut inner = Inner::new(locked_file, &mut scan);
        let mut adoptable = Vec::with_capacity(scan.found.len());
        for found in scan.found {
            let bought = found.task_id.is_some();
            let host = if bought { position(&found.head.name, hosts) } else { Some(0) };
            let Some(host) = host else {
                log::warn(|| {
                    let (name, host) = (name.display(), &found.head.name.host_text);
                    let task = found.task_id.as_deref().unwrap_or_default();
                    format!(
                        "journal: {name}: task {task} was bought at {host}, which is not an endpoint of this client; it stays in the journal"
                    )
                });
                continue;
            };
            adoptable.push(inner.adopt(found, host));
        }
        Ok((Journal { name: name.to_owned(), owner, inner: Mutex::new(inner) }, adoptable))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a record, if it is live and this client still has the file. Logs a failure afterwards: a sink may call the
    /// client, so it never runs under this lock.
    fn change(&self, record: u64, what: &str, work: impl FnOnce(&mut Inner, u64) -> io::Result<()>) -> bool {
        let mut inner = self.inner();
        let result = match (&inner.locked_file, inner.knows(record)) {
            (_, false) => Ok(()),
            (None, true) => Err(io::Error::other("the client was closed")),
            (Some(_), true) => work(&mut inner, record),
        };
        drop(inner);
        if let Err(e) = &result {
            log::error(|| format!("journal: {}: {what} could not be written: {e}", self.name.display()));
        }
        result.is_ok()
    }

    /// Has every write fail half done.
    #[cfg(test)]
    pub fn break_writes(&self, broken: bool) {
        self.inner().broken = broken;
    }

    /// Writes that a task is about to be bought or adopted. On failure nothing is to be sent.
    pub fn intend(&self, intent: &Intent<'_>) -> Result<u64, Failure> {
        let mut inner = self.inner();
        let (code, result) = match &inner.locked_file {
            None => (Code::Closed, Err(io::Error::other("the client was closed"))),
            Some(_) => (Code::QueueFull, inner.add(self.owner, intent)),
        };
        drop(inner);
        result.map_err(|e| {
            let text = format!("the request could not be written ({e}), so nothing was sent");
            Failure::new(code, format!("journal: {}: {text}", self.name.display()))
        })
    }

    /// Writes that createTask is about to leave: before its first byte does. `false` when that could not be written: an
    /// answer that never comes would then be taken for a request that never left.
    pub fn sent(&self, record: u64) -> bool {
        self.change(record, "the start of a createTask", |inner, record| {
            inner.turn(record, SlotState::Queued, SlotState::Sent)
        })
    }

    /// Writes that createTask certainly bought nothing: the request is queued again.
    pub fn unsent(&self, record: u64) {
        self.change(record, "the end of a createTask that bought nothing", |inner, record| {
            inner.turn(record, SlotState::Sent, SlotState::Queued)
        });
    }

    /// Writes the taskId into the room that its record has kept for it, or into a further slot when it is too long.
    pub fn bought(&self, record: u64, task_id: &str, host: &str) {
        self.change(record, &format!("taskId {task_id}"), |inner, record| inner.buy(record, task_id, host));
    }

    /// Writes how many polls a task has had.
    pub fn polled(&self, record: u64, polls: u32) {
        self.change(record, "the polls of a task", |inner, record| inner.count(record, polls));
    }

    /// Keeps a record for the next client, whoever reads an answer here. `false` when it is over already.
    pub fn orphan(&self, record: u64) -> bool {
        self.inner().orphan(record)
    }

    /// The answer is on its way to the host. Should the process die now, it is unknown whether it arrived: the record
    /// lives on until `mark_done`, or until the client is closed in good order. To be called before a `release` that the
    /// answer does not see.
    pub fn delivered(&self, record: u64) {
        self.inner().deliver(record);
    }

    /// The host has the answer: the record is over.
    pub fn mark_done(&self, record: u64) {
        self.change(record, "the end of a task", Inner::end);
    }

    /// Lets another client have the file; what was delivered is over. A thread that is still inside writes nothing
    /// afterwards.
    pub fn release(&self) {
        let mut inner = self.inner();
        if inner.locked_file.is_none() {
            return;
        }
        let result = inner.release();
        drop(inner);
        if let Err(e) = result {
            let name = self.name.display();
            log::error(|| format!("journal: {name}: the end of a task could not be written: {e}"));
        }
    }
}

/// Whose a record is: a digest of endpoint and key, never the key.
pub(super) fn owner(key: &Secret, host: &str) -> u64 {
    slot::digest(host.bytes().chain([0]).chain(key.expose().bytes()))
}

/// Logs what cannot be read.
fn report(name: &Path, scan: &Scan) {
    let name = name.display();
    for task_id in &scan.damaged_tasks {
        log::warn(|| format!("journal: {name}: the record of task {task_id} is damaged; adopt it by its taskId"));
    }
    if let Some(first) = scan.damaged.iter().min() {
        let count = scan.damaged.len();
        log::warn(|| {
            format!("journal: {name}: {count} records are damaged and stay in the file, the first in slot {first}")
        });
    }
}
