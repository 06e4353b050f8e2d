//! The pages that look on.

use crate::server::Plan;
use hyper::body::Bytes;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, mpsc};

/// Pages open at once.
const MOST: usize = 16;
/// Events that wait for a slow page; one that falls further behind is cut off and comes again.
const BEHIND: usize = 8;

/// Who looks on.
#[derive(Debug, Default)]
pub(super) struct Watchers {
    list: Mutex<Vec<Watcher>>,
    pub(super) arrived: Notify,
}

#[derive(Debug)]
pub(super) struct Watcher {
    pub(super) events: mpsc::Sender<Bytes>,
    /// The number of the last request it was told of.
    pub(super) last_request_sent: Option<u64>,
}

impl Watchers {
    pub(super) fn list(&self) -> MutexGuard<'_, Vec<Watcher>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a stream of events; `None` when there are too many already.
    pub(super) fn open(&self) -> Option<Plan> {
        let mut list = self.list();
        list.retain(|watcher| !watcher.events.is_closed());
        if list.len() >= MOST {
            return None;
        }
        let (events, stream) = mpsc::channel(BEHIND);
        list.push(Watcher { events, last_request_sent: None });
        self.arrived.notify_one();
        Some(Plan::events(stream))
    }
}
