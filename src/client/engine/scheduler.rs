//! The clock: ends what is overdue, hands due flights to workers, and decides how many workers there are.

use super::pace::STALL;
use super::shared::Shared;
use super::state::{Mode, State};
use super::worker::LANES;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Two wakings are at least this far apart, so that many flights due at nearly the same time cost one of them.
pub(super) const GRAIN: Duration = Duration::from_millis(2);

/// While work waits for a worker, it is looked at this often.
pub(super) const BUSY: Duration = Duration::from_millis(3);

/// A backlog that the present workers do in this time needs no further one: solving takes seconds, and fewer
/// connections cost less.
const TARGET: f64 = 0.100;

/// A backlog that those at work do in this time is not worth waking another.
const HASTE: f64 = 0.005;

/// Runs until the client is stopped.
pub fn run(shared: &Arc<Shared>) {
    let mut state = shared.lock();
    loop {
        if state.mode != Mode::Open {
            return;
        }
        let now = Instant::now();
        while let Some(ticket) = state.overdue(now) {
            if shared.claim_early(&mut state, ticket) {
                continue;
            }
            let Some(flight) = state.flight(ticket) else { break };
            let bought = flight.task_id.is_some() || flight.outcome_open();
            let (text, started) = (flight.timed_out(), flight.brief.started);
            shared.finish_locked(&mut state, ticket, text);
            if !bought {
                shared.core.guard.give_back(started);
            }
        }
        if state.call_at.is_some_and(|at| at <= now) {
            shared.call_receivers(&mut state, now);
        }
        state.wake_due(now);
        let backlog = state.backlog();
        if backlog > 0 {
            let wanted = new_workers(shared, &state, backlog, now);
            if wanted > 0 {
                state.workers += wanted;
                drop(state);
                let started = (0..wanted).take_while(|_| shared.threads.start_worker(shared)).count();
                state = shared.lock();
                state.workers -= wanted - started;
            }
            let wanted = helpers(shared, &state, backlog, HASTE, now);
            for _ in 0..wanted.min(state.idle) {
                shared.work.notify_one();
            }
        }
        let mut until = state.next_event();
        if backlog > 0 && state.can_hurry(shared.core.config.max_connections) {
            let soon = now + BUSY;
            until = Some(until.map_or(soon, |at| at.min(soon)));
        }
        let until = until.map(|at| at.max(now + GRAIN));
        state.asleep_until = Some(until.unwrap_or(now + Duration::from_secs(3600)));
        state = super::shared::wait_on(&shared.clock, state, until);
        state.asleep_until = None;
    }
}

/// How many workers to add. Their number grows with what the present ones cannot do soon: with load, and, since a
/// worker makes one connection at a time, with the service's latency.
fn new_workers(shared: &Shared, state: &State, backlog: usize, now: Instant) -> usize {
    let room = shared.core.config.max_connections.saturating_sub(state.workers);
    if state.workers == 0 || state.idle > 0 {
        return room.min(usize::from(state.workers == 0));
    }
    helpers(shared, state, backlog, TARGET, now).min(room).min(state.workers)
}

/// How many workers more do this backlog within `target` seconds: those at work take up what there are connections for
/// as soon as they look, unless it is not for those connections or nothing moves any more.
fn helpers(shared: &Shared, state: &State, backlog: usize, target: f64, now: Instant) -> usize {
    let transport = &shared.core.transport;
    let active = state.workers - state.idle;
    let most = shared.core.config.max_connections.saturating_sub(state.away);
    let (stalled, stranded) = (state.pace.stalled(now), state.stranded_since());
    // Those that wait for replies take up nothing until one comes: without any, or for one that wants a worker with
    // nothing under way, it is one more.
    let neglected = stalled || stranded.is_some_and(|since| now.saturating_duration_since(since) > STALL);
    let least = usize::from(neglected).min(most);
    let more = state.pace.at_once(backlog, state.away, target, now).saturating_sub(state.away).min(most);
    let lanes = if transport.shows_sockets() { LANES } else { 1 };
    let served = if active == 0 || stalled || stranded.is_some() {
        0
    } else {
        transport.idle().min((active * lanes).saturating_sub(state.away))
    };
    more.saturating_sub(served).max(least)
}
