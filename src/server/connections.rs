//! The open connections of a server, and which of them gives way to a new one.
//!
//! Whoever opens connections and sends nothing on them takes up room, and a server that then refused new ones would
//! refuse those with something to say. So the oldest one without a whole request is closed instead: of the same address,
//! which may be that of a proxy in front, or else of any.

use super::stream::{Clock, Phase};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// The connections by their numbers, which grow with time.
#[derive(Debug, Default)]
pub(super) struct Connections(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    last: u64,
    open: BTreeMap<u64, Open>,
}

#[derive(Debug)]
struct Open {
    peer: SocketAddr,
    clock: Clock,
    task: Option<AbortHandle>,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.lock().open.len()
    }

    /// Closes a connection for the sake of a new one from `peer`: whose it was, or `None` when each has an answer due.
    pub(super) fn make_room(&self, peer: SocketAddr) -> Option<SocketAddr> {
        let mut inner = self.lock();
        let mut waiting =
            inner.open.iter().filter(|(_, open)| open.task.is_some() && open.clock.phase() != Phase::Answer);
        let oldest = waiting.clone().next();
        let (number, _) = waiting.find(|(_, open)| open.peer.ip() == peer.ip()).or(oldest)?;
        let number = *number;
        let closed = inner.open.remove(&number)?;
        if let Some(task) = closed.task {
            task.abort();
        }
        Some(closed.peer)
    }

    /// Says how a connection is closed from outside.
    pub(super) fn attach(&self, number: u64, task: AbortHandle) {
        if let Some(open) = self.lock().open.get_mut(&number) {
            open.task = Some(task);
        }
    }
}

/// A connection's place among the others; given back on drop.
pub(super) struct ConnectionGuard {
    connections: Arc<Connections>,
    number: u64,
}

impl ConnectionGuard {
    /// A place for a new connection, and its clock.
    pub(super) fn take(connections: &Arc<Connections>, peer: SocketAddr) -> (ConnectionGuard, Clock) {
        let clock = Clock::new();
        let mut inner = connections.lock();
        inner.last += 1;
        let number = inner.last;
        inner.open.insert(number, Open { peer, clock: clock.clone(), task: None });
        (ConnectionGuard { connections: connections.clone(), number }, clock)
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.connections.lock().open.remove(&self.number);
    }
}
