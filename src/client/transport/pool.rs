//! Open connections: those without work wait here for the next request, and closing the client shuts all of them.

use super::Link;
use super::exchange::within;
use crate::sys;
use std::collections::VecDeque;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use ureq::Error;
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
    /// Last, so that its socket is closed when it is counted no more.
    pub _place: Place,
}

/// A connection in the count of open ones, from before it is made and as long as it lives.
pub struct Place(Arc<Link>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::AcqRel);
    }
}

/// While it lives, no other connection is made only to have more of them: when the other side takes no new ones, those
/// there are go on being used.
pub struct Growing<'p>(&'p Pool);

impl Drop for Growing<'_> {
    fn drop(&mut self) {
        self.0.growing.store(false, Ordering::Release);
    }
}

struct Idle {
    connection: Connection,
    since: Instant,
    /// When it was last seen to be quiet.
    seen: Option<Instant>,
}

/// So long after a look a connection goes without another: less than a request needs to the next machine and back, in
/// which a connection can be closed unseen anyway.
const FRESH: Duration = Duration::from_micros(500);

/// The connections of one client.
pub struct Pool {
    link: Arc<Link>,
    most: usize,
    idle: Mutex<VecDeque<Idle>>,
    growing: AtomicBool,
    alive: Mutex<Alive>,
}

#[derive(Default)]
struct Alive {
    handles: Vec<Weak<dyn ShutdownHandle>>,
    /// So many handles make a look for dead ones worth it.
    crowded: usize,
}

/// Whether a connection is open and nothing has come on it unasked. Behind TLS it may have come together with the last
/// reply: then the socket does not show it any more.
fn quiet(transport: &mut dyn Transport) -> bool {
    let nothing = within(Duration::ZERO, ureq::Timeout::Global);
    transport.is_open() && (!transport.is_tls() || matches!(transport.await_input(nothing), Err(Error::Timeout(_))))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    /// An empty pool that keeps up to `most` connections without work.
    pub fn new(link: Arc<Link>, most: usize) -> Self {
        Pool { link, most, idle: Mutex::default(), growing: AtomicBool::new(false), alive: Mutex::default() }
    }

    /// Room for one connection more, unless another is being made for the same reason or there are as many as allowed.
    pub fn grow(&self) -> Option<(Growing<'_>, Place)> {
        if self.growing.swap(true, Ordering::AcqRel) {
            return None;
        }
        let growing = Growing(self);
        Some((growing, self.room()?))
    }

    /// Room for one connection more. `None` when one without work was closed for it: then it is to be asked again. When
    /// all are at work, there is room all the same: who calls from a thread of his own is not kept waiting.
    pub fn place(&self) -> Option<Place> {
        self.room().or_else(|| {
            let dropped = lock(&self.idle).pop_front();
            if dropped.is_some() {
                return None;
            }
            self.link.connections.fetch_add(1, Ordering::AcqRel);
            Some(Place(self.link.clone()))
        })
    }

    fn room(&self) -> Option<Place> {
        let more = |now| (now < self.most).then_some(now + 1);
        self.link.connections.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).ok()?;
        Some(Place(self.link.clone()))
    }

    /// How many connections are without work; those that were for too long are closed.
    pub fn idle(&self) -> usize {
        let mut dropped = Vec::new();
        let mut idle = lock(&self.idle);
        while idle.front().is_some_and(|first| first.since.elapsed() >= IDLE) {
            dropped.extend(idle.pop_front());
        }
        idle.len()
    }

    /// Looks at the `count` connections used last, all at once: those that are quiet need no look of their own when
    /// they are taken next.
    pub fn look_over(&self, count: usize) {
        let last = |idle: &VecDeque<Idle>| -> Vec<Arc<TcpStream>> {
            let plain = |idle: &&Idle| !idle.connection.transport.is_tls();
            idle.iter().rev().filter(plain).filter_map(|idle| idle.connection.stream.clone()).take(count).collect()
        };
        let streams = last(&lock(&self.idle));
        if streams.len() < 2 {
            return;
        }
        let borrowed: Vec<&TcpStream> = streams.iter().map(|stream| &**stream).collect();
        let Ok(ready) = sys::await_any(&borrowed, Duration::ZERO) else { return };
        let now = Instant::now();
        let quiet: Vec<_> = streams.iter().zip(ready).filter(|(_, ready)| !ready).map(|(stream, _)| stream).collect();
        for idle in lock(&self.idle).iter_mut().rev().take(count) {
            if idle.connection.stream.as_ref().is_some_and(|own| quiet.iter().any(|stream| Arc::ptr_eq(stream, own))) {
                idle.seen = Some(now);
            }
        }
    }

    /// A connection that was open a moment ago, the one used last first.
    pub fn take(&self, origin: &Origin) -> Option<Connection> {
        loop {
            let mut taken = {
                let mut idle = lock(&self.idle);
                let at = idle.iter().rposition(|idle| idle.connection.origin == *origin)?;
                idle.remove(at)?
            };
            let seen = taken.seen.is_some_and(|seen| seen.elapsed() < FRESH);
            // Outside the lock: it is a system call.
            if seen || (taken.since.elapsed() < IDLE && quiet(&mut *taken.connection.transport)) {
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
        idle.push_back(Idle { connection, since: Instant::now(), seen: None });
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
