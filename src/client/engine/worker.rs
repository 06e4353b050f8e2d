//! A worker: sends what is due and waits for the replies, of several connections at once.

use super::errand::{Errand, Sent};
use super::shared::Shared;
use super::state::{Mode, State};
use crate::client::transport::{Patience, Supply};
use crate::{log, sys};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, MutexGuard};
use std::time::{Duration, Instant};

/// How long a worker without work stays.
const IDLE: Duration = Duration::from_secs(10);

/// So many exchanges a worker has under way at most: a wake-up then serves several, and a slow one delays few.
pub(super) const LANES: usize = 16;

/// A shut socket wakes who waits for it, except on Windows.
const LONGEST_WAIT: Duration = if sys::READS_OUTLIVE_SHUTDOWN { Duration::from_millis(50) } else { IDLE };

/// An exchange under way.
struct Lane<'s> {
    errand: Box<Errand<'s>>,
    stream: Option<Arc<TcpStream>>,
    began: Instant,
    end: Instant,
}

/// What a worker does next, beside what it has under way.
enum Turn<'s> {
    /// Send these, over connections of this supply.
    Send(Vec<Errand<'s>>, Supply),
    /// End.
    Leave,
}

/// Takes what is due, does it, and leaves when there was nothing for a while.
pub fn work(shared: &Arc<Shared>) {
    let mut lanes: Vec<Lane<'_>> = Vec::with_capacity(LANES);
    // When those exchanges began that have ended since the last turn.
    let mut ended = Vec::new();
    while let Turn::Send(errands, supply) = turn(shared, lanes.len(), &mut ended) {
        if supply == Supply::Idle {
            shared.core.transport.look_over(errands.len());
        }
        for errand in errands {
            let began = Instant::now();
            let alone = lanes.is_empty();
            match caught(errand.ticket(), || errand.send(supply, alone)) {
                Some(Sent::UnderWay(errand)) => match errand.exchange() {
                    Some(exchange) => {
                        let (stream, end) = (exchange.stream().cloned(), exchange.end());
                        lanes.push(Lane { errand, stream, began, end });
                    }
                    None => ended.push(None),
                },
                Some(Sent::Over) => ended.push(Some(began)),
                Some(Sent::PutBack) | None => ended.push(None),
            }
        }
        advance(&mut lanes, &mut ended);
    }
}

/// Runs a step of an errand; a fault of ours in it ends its ticket and nothing else.
fn caught<T>(ticket: i64, step: impl FnOnce() -> T) -> Option<T> {
    let result = catch_unwind(AssertUnwindSafe(step));
    if result.is_err() {
        log::error(|| format!("ticket {ticket}: a fault of this library was caught; please report it"));
    }
    result.ok()
}

/// Waits until one of the replies moves or runs out of time, and reads on in those that do.
fn advance(lanes: &mut Vec<Lane<'_>>, ended: &mut Vec<Option<Instant>>) {
    let alone = lanes.len() == 1;
    let streams: Vec<&TcpStream> = lanes.iter().filter_map(|lane| lane.stream.as_deref()).collect();
    let ready = if alone || streams.len() < lanes.len() {
        Vec::new()
    } else {
        let now = Instant::now();
        let nearest = lanes.iter().map(|lane| lane.end.saturating_duration_since(now)).min();
        // What cannot be waited for is read one after the other: each has its own time limit.
        sys::await_any(&streams, nearest.unwrap_or_default().min(LONGEST_WAIT)).unwrap_or_default()
    };
    let now = Instant::now();
    let all = std::mem::take(lanes);
    for (at, Lane { errand, stream, began, end }) in all.into_iter().enumerate() {
        let patience = match ready.get(at) {
            Some(true) => Patience::None,
            Some(false) if now < end => {
                lanes.push(Lane { errand, stream, began, end });
                continue;
            }
            // Its time is up, or it is the only one.
            _ => Patience::All,
        };
        match caught(errand.ticket(), || errand.advance(patience)) {
            Some(Some(errand)) => lanes.push(Lane { errand, stream, began, end }),
            Some(None) | None => ended.push(Some(began)),
        }
    }
}

/// Reports what has ended, and waits for something to do unless there is something under way.
fn turn<'s>(shared: &'s Arc<Shared>, under_way: usize, ended: &mut Vec<Option<Instant>>) -> Turn<'s> {
    let mut state = shared.lock();
    let now = Instant::now();
    for began in ended.drain(..) {
        state.away -= 1;
        if let Some(began) = began {
            state.pace.end(began, now);
        }
    }
    let mut idle_since = None;
    loop {
        if state.mode != Mode::Open {
            if under_way > 0 {
                return Turn::Send(Vec::new(), Supply::Idle);
            }
            break;
        }
        let (most, supply) = appetite(shared, &state, under_way);
        let errands = take(shared, &mut state, most, under_way == 0);
        if under_way > 0 || !errands.is_empty() {
            return Turn::Send(errands, supply);
        }
        let since = *idle_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= IDLE {
            break;
        }
        state.idle += 1;
        state = super::shared::wait_on(&shared.work, state, Some(since + IDLE));
        state.idle -= 1;
    }
    state.workers -= 1;
    Turn::Leave
}

/// How many errands to take, and over which connections to send them. Making a connection takes time, so it is done
/// only when nothing else waits for this worker, and for one errand.
fn appetite(shared: &Shared, state: &State, under_way: usize) -> (usize, Supply) {
    let transport = &shared.core.transport;
    let most = shared.core.config.max_connections;
    let room = most.saturating_sub(state.away);
    if !transport.shows_sockets() {
        return if under_way == 0 { (room.min(1), Supply::Any) } else { (0, Supply::Idle) };
    }
    if under_way == 0 && state.stranded_since().is_some() {
        return (room.min(1), Supply::Any);
    }
    let idle = transport.idle();
    if under_way > 0 {
        return (room.min(idle).min(LANES.saturating_sub(under_way)), Supply::Idle);
    }
    let open = transport.open_connections();
    // More lanes than those there are pay off when each of them is to be used again and again.
    let grow = open < LANES.min(most) && state.backlog() > 2 * open;
    match idle {
        0 => (room.min(1), Supply::Any),
        _ if grow => (room.min(1), Supply::New),
        _ => (room.min(idle).min(LANES), Supply::Idle),
    }
}

fn take<'s>(shared: &'s Arc<Shared>, state: &mut MutexGuard<'_, State>, most: usize, alone: bool) -> Vec<Errand<'s>> {
    let mut errands = Vec::new();
    let now = Instant::now();
    while errands.len() < most {
        let Some(ticket) = state.take_due(alone) else { break };
        if let Some(errand) = Errand::new(shared, state, ticket) {
            state.away += 1;
            state.pace.begin(now);
            errands.push(errand);
        }
    }
    errands
}
