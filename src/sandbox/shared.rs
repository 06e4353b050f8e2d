//! What the thread of the server and the owner of the sandbox share.

use super::state::SandboxState;
use super::watchers::Watchers;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// What the server's thread and the owner of the sandbox share. No call holds the lock across the network.
pub struct Shared {
    pub(super) state: Mutex<SandboxState>,
    pub(super) control_hosts: Vec<String>,
    /// Known once the server listens.
    pub(super) url: OnceLock<String>,
    /// Wakes the delivery of callbacks when there is an earlier one.
    pub(super) sooner: Notify,
    pub(super) watchers: Watchers,
    /// Requests refused because they may be a web page's.
    pub(super) turned_away: AtomicU64,
    pub(super) refuser: OnceLock<Box<dyn Fn(Duration) + Send + Sync>>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The state holds keys.
        f.debug_struct("Shared").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, SandboxState> {
        // The state is whole between statements: a panic elsewhere does not spoil it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    /// Has the port refuse connections for a while.
    pub(super) fn refuse(&self, time: Duration) {
        if let Some(refuse) = self.refuser.get() {
            refuse(time);
        }
    }
}
