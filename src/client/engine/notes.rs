//! Writes the machine's notes into the journal.

use super::event::Note;
use crate::client::journal::{Intent, Journal};
use crate::log;

/// Writes a note down; `false` when what depends on it must not be done. `url` names a host by its place.
pub fn write<'u>(journal: &Journal, note: Note, url: impl Fn(usize) -> &'u str) -> bool {
    match note {
        Note::Sent(record) => return journal.sent(record),
        Note::Unsent(record) => journal.unsent(record),
        Note::Bought(record, task_id, host) => journal.bought(record, task_id.as_str(), url(host)),
        Note::Polled(record, polls) => journal.polled(record, polls),
        Note::Orphan(record, task_id, host, extra, own_key) => {
            if let Some(record) = record {
                journal.bought(record, task_id.as_str(), url(host));
                if journal.orphan(record) {
                    return true;
                }
            }
            let intent =
                Intent { extra: extra.as_deref(), task_id: Some(task_id.as_str()), host: url(host), polls: 0, own_key };
            if let Err(failure) = journal.intend(&intent) {
                log::error(|| format!("task {task_id}: {failure}"));
            }
        }
    }
    true
}
