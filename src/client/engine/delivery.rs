//! An answer on its way to the host, and what is owed when it is there.

use super::shared::Shared;
use super::state::Unread;
use std::sync::{Arc, Weak};

/// An answer for the host.
pub struct Delivery {
    /// Its JSON.
    pub text: String,
    /// To be signed when the host has it; `None` without a journal.
    pub receipt: Option<Receipt>,
}

/// The journal's wish to know that an answer has arrived: until then the next client would deliver it again.
pub struct Receipt {
    shared: Weak<Shared>,
    record: u64,
}

impl Delivery {
    /// An answer that nobody would miss.
    pub(super) fn plain(text: String) -> Self {
        Delivery { text, receipt: None }
    }

    /// The answer of a ticket.
    pub(super) fn of(shared: &Arc<Shared>, unread: Unread) -> Self {
        let receipt = shared.journal.as_ref().zip(unread.record).map(|(journal, record)| {
            journal.handed(record);
            Receipt { shared: Arc::downgrade(shared), record }
        });
        Delivery { text: unread.text, receipt }
    }
}

impl Receipt {
    /// The host has the answer. After a close it is known already.
    pub fn sign(self) {
        if let Some(shared) = self.shared.upgrade()
            && let Some(journal) = &shared.journal
        {
            journal.done(self.record);
        }
    }
}
