//! One dial or one exchange on the caller's own thread, by poll(2).

use super::{Connection, Dial, Dialer, ErrorKind, Exchange, Moved, Origin, Reply, Request, SLICE, Stage, Step};
use super::{TransportError, Wake};
use crate::sys::{self, Watched};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Makes a connection. `wake` is rung along when a name lookup has ended.
pub fn dial(
    dialer: &Arc<Dialer>,
    origin: &Origin,
    deadline: Instant,
    wake: Wake,
    stopped: &AtomicBool,
) -> Result<Box<Connection>, TransportError> {
    let bell = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = bell.clone();
    let ring = move || {
        *theirs.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        theirs.1.notify_all();
        wake();
    };
    let mut dial = Dial::begin(dialer, origin, deadline, Arc::new(ring));
    loop {
        let now = Instant::now();
        match dial.advance(now, None) {
            Step::Done(connection) => return Ok(connection),
            Step::Failed(error) => return Err(error),
            Step::Pending => {}
        }
        if stopped.load(Ordering::Acquire) {
            return Err(TransportError::new(Stage::Tcp, ErrorKind::Stopped, "the client was closed"));
        }
        let time = slice(dial.timer(), now);
        let sockets = dial.waits();
        if !sockets.is_empty() {
            wait(&sockets, time);
            continue;
        }
        let rung = bell.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = bell.1.wait_timeout_while(rung, time, |rung| !*rung).unwrap_or_else(PoisonError::into_inner);
        let mut rung = waited.0;
        *rung = false;
    }
}

/// Moves one request and its reply; the connection when it may be used again.
pub fn exchange(
    connection: Box<Connection>,
    request: Request,
    deadline: Instant,
    stopped: &AtomicBool,
) -> (Result<Reply, TransportError>, Option<Box<Connection>>) {
    let mut exchange = Exchange::begin(connection, request, deadline);
    loop {
        let now = Instant::now();
        exchange.wait(deadline.saturating_duration_since(now) >= SLICE);
        match exchange.advance(now) {
            Moved::Done(reply, connection) => return (Ok(reply), connection),
            Moved::Broken(error) => return (Err(error), None),
            Moved::Pending => {}
        }
        if stopped.load(Ordering::Acquire) {
            return (Err(exchange.give_up(ErrorKind::Stopped, "the client was closed")), None);
        }
        match exchange.waits() {
            // The read waits by itself.
            Some(socket) if !socket.write && exchange.is_patient() => {}
            Some(socket) => wait(&[socket], slice(Some(exchange.deadline()), now)),
            None => std::thread::yield_now(),
        }
    }
}

/// What a wait may take: until the timer, or until the caller's state is looked at again.
fn slice(timer: Option<Instant>, now: Instant) -> Duration {
    timer.map_or(SLICE, |timer| timer.saturating_duration_since(now)).min(SLICE)
}

fn wait(sockets: &[Watched<'_>], time: Duration) {
    // A wait that fails, as for want of memory, is a pause: the sockets are looked at next either way.
    if sys::wait_ready(sockets, time).is_err() {
        std::thread::sleep(Duration::from_millis(1).min(time));
    }
}
