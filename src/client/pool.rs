//! The connections of a client: how many there are, and those without work. Single calls and the reactor share them.

use crate::http::{Connection, Origin};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Servers close what has been silent for long; a request must not meet such a connection.
const IDLE: Duration = Duration::from_secs(15);

struct Idle {
    connection: Box<Connection>,
    /// By a clock that counts sleep.
    since: Duration,
}

impl Idle {
    /// Whether it was in use lately enough.
    fn fresh_at(&self, now: Duration) -> bool {
        now.saturating_sub(self.since) < IDLE && self.connection.keep_until().is_none_or(|until| now < until)
    }
}

#[derive(Default)]
struct Inside {
    idle: VecDeque<Idle>,
    /// Connections that are open or being made.
    open: usize,
    /// Single calls that wait for room.
    waiting: usize,
    closed: bool,
}

/// The connections of one client.
pub struct Pool {
    most: usize,
    inside: Mutex<Inside>,
    freed: Condvar,
}

/// What a caller gets who asks for a connection.
pub enum Checkout {
    /// One that was open a moment ago.
    Connection(Box<Connection>),
    /// Room to make one.
    Permit,
    /// Neither in time.
    None,
    /// The client was closed.
    Closed,
}

impl Pool {
    /// A pool that bounds the connections of one client.
    pub fn new(most: usize) -> Self {
        Pool { most, inside: Mutex::default(), freed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many there may be.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Connections that are open or being made.
    pub fn open(&self) -> usize {
        self.lock().open
    }

    /// Whether single calls wait for room: then what becomes free is theirs.
    pub fn wanted(&self) -> bool {
        self.lock().waiting > 0
    }

    /// Room to make one connection more, if there is any; one without work to another host gives way.
    pub fn permit(&self) -> bool {
        let mut inside = self.lock();
        if inside.closed {
            return false;
        }
        if inside.open >= self.most {
            let Some(dropped) = inside.idle.pop_front() else { return false };
            drop(dropped);
            return true;
        }
        inside.open += 1;
        true
    }

    /// Gives a permit back whose connection was not made, or is gone.
    pub fn gone(&self) {
        let mut inside = self.lock();
        inside.open = inside.open.saturating_sub(1);
        if inside.waiting > 0 {
            self.freed.notify_one();
        }
    }

    /// A connection without work to this origin, the one used last first. Its socket is looked at by the caller.
    /// `registered` prefers those that the reactor watches, or those that it does not.
    pub fn take(&self, origin: &Origin, registered: bool) -> Option<Box<Connection>> {
        let mut inside = self.lock();
        let fits = |idle: &Idle| idle.connection.origin() == origin;
        let find = |inside: &Inside| {
            let preferred = |idle: &Idle| fits(idle) && idle.connection.registered() == registered;
            inside.idle.iter().rposition(preferred).or_else(|| inside.idle.iter().rposition(fits))
        };
        let mut at = find(&inside)?;
        if inside.idle.get(at).is_some_and(|idle| !idle.fresh_at(crate::sys::boot_time())) {
            Self::expire(&mut inside);
            at = find(&inside)?;
        }
        inside.idle.remove(at).map(|idle| idle.connection)
    }

    /// A connection or room for one, within the deadline: what a single call needs.
    pub fn checkout(&self, origin: &Origin, end: Instant) -> Checkout {
        loop {
            if let Some(connection) = self.take(origin, false) {
                return Checkout::Connection(connection);
            }
            if self.permit() {
                return Checkout::Permit;
            }
            let mut inside = self.lock();
            if inside.closed {
                return Checkout::Closed;
            }
            if !inside.idle.is_empty() || inside.open < self.most {
                continue;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Checkout::None;
            }
            inside.waiting += 1;
            let mut inside = self.freed.wait_timeout(inside, left).unwrap_or_else(PoisonError::into_inner).0;
            inside.waiting -= 1;
        }
    }

    /// Keeps a connection for the next request.
    pub fn keep(&self, connection: Box<Connection>) {
        let mut inside = self.lock();
        if inside.closed {
            inside.open = inside.open.saturating_sub(1);
            return;
        }
        inside.idle.push_back(Idle { connection, since: crate::sys::boot_time() });
        if inside.waiting > 0 {
            self.freed.notify_one();
        }
    }

    fn expire(inside: &mut Inside) {
        if inside.idle.is_empty() {
            return;
        }
        let now = crate::sys::boot_time();
        let before = inside.idle.len();
        inside.idle.retain(|idle| idle.fresh_at(now));
        inside.open = inside.open.saturating_sub(before - inside.idle.len());
    }

    /// Closes connections that have been without work for too long.
    pub fn tidy(&self) {
        Self::expire(&mut self.lock());
    }

    /// Closes the connection without work that the reactor watches under this token, unless it is still good.
    pub fn check_idle(&self, token: usize) {
        let mut inside = self.lock();
        let Some(at) = inside.idle.iter().position(|idle| idle.connection.token() == Some(token)) else { return };
        if !inside.idle.get_mut(at).is_some_and(|idle| idle.connection.is_open()) {
            inside.idle.remove(at);
            inside.open = inside.open.saturating_sub(1);
        }
    }

    /// Closes what is without work, and lets nobody wait any more.
    pub fn close(&self) {
        let mut inside = self.lock();
        inside.closed = true;
        let idle = std::mem::take(&mut inside.idle);
        inside.open = inside.open.saturating_sub(idle.len());
        self.freed.notify_all();
        drop(inside);
        drop(idle);
    }
}
