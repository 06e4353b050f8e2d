//! Open connections: those without work wait here for the next request, and closing the client shuts all of them.

use super::Link;
use std::collections::VecDeque;
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use ureq::http::Uri;
use ureq::http::uri::{Authority, Scheme};
use ureq::unversioned::transport::{ShutdownHandle, Transport};

/// Servers close what has been silent for long; a request must not meet such a connection.
const IDLE: Duration = Duration::from_secs(15);

/// Whom a connection is to.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    authority: Authority,
}

impl Origin {
    /// The origin of a URL; `None` when it has no host.
    pub fn of(url: &Uri) -> Option<Self> {
        Some(Origin { scheme: url.scheme()?.clone(), authority: url.authority()?.clone() })
    }
}

/// A connection that is ready for a request.
pub struct Connection {
    /// What carries it.
    pub transport: Box<dyn Transport>,
    /// Its socket, to wait for together with others. ureq's SOCKS connector does not show its own.
    pub stream: Option<Arc<TcpStream>>,
    /// Whom it is to.
    pub origin: Origin,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

/// The connections of one client.
pub struct Pool {
    link: Arc<Link>,
    most: usize,
    idle: Mutex<VecDeque<Idle>>,
    alive: Mutex<Alive>,
}

#[derive(Default)]
struct Alive {
    handles: Vec<Weak<dyn ShutdownHandle>>,
    /// So many handles make a look for dead ones worth it.
    crowded: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    /// An empty pool that keeps up to `most` connections without work.
    pub fn new(link: Arc<Link>, most: usize) -> Self {
        Pool { link, most, idle: Mutex::default(), alive: Mutex::default() }
    }

    /// How many connections are without work.
    pub fn idle(&self) -> usize {
        lock(&self.idle).len()
    }

    /// A connection that was open a moment ago, the one used last first.
    pub fn take(&self, origin: &Origin) -> Option<Connection> {
        loop {
            let mut taken = {
                let mut idle = lock(&self.idle);
                let at = idle.iter().rposition(|idle| idle.connection.origin == *origin)?;
                idle.remove(at)?
            };
            // Outside the lock: it is a system call.
            if taken.since.elapsed() < IDLE && taken.connection.transport.is_open() {
                return Some(taken.connection);
            }
        }
    }

    /// Keeps a connection for the next request, unless something was left over on it.
    pub fn keep(&self, mut connection: Connection) {
        if !connection.transport.buffers().input().is_empty() || self.link.closed.load(Ordering::Acquire) {
            return;
        }
        let mut dropped = Vec::new();
        let mut idle = lock(&self.idle);
        idle.push_back(Idle { connection, since: Instant::now() });
        while idle.len() > self.most || idle.front().is_some_and(|first| first.since.elapsed() >= IDLE) {
            dropped.extend(idle.pop_front());
        }
        drop(idle);
    }

    /// Notes a socket, to shut it when the client is closed; `false` when it is.
    pub fn watch(&self, handle: Weak<dyn ShutdownHandle>) -> bool {
        let mut alive = lock(&self.alive);
        if self.link.closed.load(Ordering::Acquire) {
            return false;
        }
        if alive.handles.len() >= alive.crowded {
            alive.handles.retain(|handle| handle.strong_count() > 0);
            alive.crowded = 2 * alive.handles.len() + 16;
        }
        alive.handles.push(handle);
        true
    }

    /// Shuts every connection, in use or not. The client must be marked as closed before.
    pub fn close(&self) {
        let handles = std::mem::take(&mut lock(&self.alive).handles);
        for handle in handles.iter().filter_map(Weak::upgrade) {
            handle.shutdown();
        }
        let idle = std::mem::take(&mut *lock(&self.idle));
        drop(idle);
    }
}
