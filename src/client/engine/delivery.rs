//! Answers on their way to the host, and the journal's interest in them.

use super::answers::Unread;
use super::shared::Shared;
use std::sync::{Arc, Weak};

/// An answer for the host.
pub struct Delivery {
    /// Whose answer it is; 0 for an error of the call itself.
    pub ticket: i64,
    /// Its JSON.
    pub text: String,
    /// To be confirmed when the host has released the text; `None` without a journal.
    pub receipt: Option<Receipt>,
}

/// The journal's interest in an answer: until it is confirmed, the next client would deliver it again.
pub struct Receipt {
    pub(super) shared: Weak<Shared>,
    pub(super) record: u64,
}

impl Delivery {
    /// An answer that is not a ticket's.
    pub(super) fn plain(text: String) -> Self {
        Delivery { ticket: 0, text, receipt: None }
    }

    /// The answer of a ticket. To be called under the lock that took the answer out: a close in between would let the next
    /// client deliver it again.
    pub(super) fn of(shared: &Arc<Shared>, unread: Unread) -> Self {
        let receipt = shared.journal.as_ref().zip(unread.record).map(|(journal, record)| {
            journal.delivered(record);
            Receipt { shared: Arc::downgrade(shared), record }
        });
        Delivery { ticket: unread.ticket, text: unread.text, receipt }
    }
}

impl Receipt {
    /// The host has the answer. After a close it is known already.
    pub fn confirm(self) {
        if let Some(shared) = self.shared.upgrade()
            && let Some(journal) = &shared.journal
        {
            journal.mark_done(self.record);
        }
    }
}
