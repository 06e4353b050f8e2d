//! Everything the engine knows, behind one lock: what is in flight, what is due when, what is answered and unread.

use super::flight::{Flight, Phase};
use super::pace::Pace;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::Condvar;
use std::time::Instant;

/// Whether the engine takes and does work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Both.
    Open,
    /// Neither; answers can still be read.
    Stopped,
    /// Nothing any more.
    Closed,
}

/// What a ticket stands for.
pub enum Slot {
    /// A task on its way.
    Flight(Box<Flight>),
    /// An answer nobody has read.
    Answer(Unread),
}

/// An answer that waits for its reader.
pub struct Unread {
    /// The JSON.
    pub text: String,
    /// The task's number, for the log when nobody ever reads this.
    pub task_id: Option<Arc<str>>,
    /// Its record in the journal.
    pub record: Option<u64>,
    /// Its place among the answers that `receive` hands out; none while somebody waits for this very ticket.
    place: Option<u64>,
}

/// The engine's state.
pub struct State {
    /// Whether there is work.
    pub mode: Mode,
    slots: HashMap<i64, Slot>,
    deadlines: BTreeSet<(Instant, i64)>,
    wakes: BTreeSet<(Instant, i64)>,
    creates: BTreeSet<(Instant, i64)>,
    polls: BTreeSet<(Instant, i64)>,
    stranded: BTreeSet<(Instant, i64)>,
    unread: BTreeMap<u64, i64>,
    places: u64,
    tickets: i64,
    turn: bool,
    /// Worker threads, and those of them without work.
    pub workers: usize,
    /// Workers without work.
    pub idle: usize,
    /// Errands in the hands of workers: exchanges under way, or about to be.
    pub away: usize,
    /// How long an exchange takes.
    pub pace: Pace,
    /// Until when the scheduler sleeps, unless woken.
    pub asleep_until: Option<Instant>,
    /// Threads blocked in `receive`.
    pub receivers: usize,
    /// Tickets given out whose flights have not been taken in yet.
    pub reserved: usize,
    /// Those of them that were woken and have not looked yet.
    pub called: usize,
    /// When one of them was woken last.
    pub last_call: Instant,
    /// When more of them are to be woken.
    pub call_at: Option<Instant>,
    flights: usize,
}

impl State {
    /// An empty state.
    pub fn new() -> Self {
        State {
            mode: Mode::Open,
            slots: HashMap::new(),
            deadlines: BTreeSet::new(),
            wakes: BTreeSet::new(),
            creates: BTreeSet::new(),
            polls: BTreeSet::new(),
            stranded: BTreeSet::new(),
            unread: BTreeMap::new(),
            places: 0,
            tickets: 0,
            turn: false,
            workers: 0,
            idle: 0,
            away: 0,
            pace: Pace::new(Instant::now()),
            asleep_until: None,
            receivers: 0,
            reserved: 0,
            called: 0,
            last_call: Instant::now(),
            call_at: None,
            flights: 0,
        }
    }

    /// Tasks in flight.
    pub fn in_flight(&self) -> usize {
        self.flights
    }

    /// Tasks in flight or about to be, and answers unread.
    pub fn load(&self) -> usize {
        self.slots.len() + self.reserved
    }

    /// Answers unread.
    pub fn unread(&self) -> usize {
        self.slots.len() - self.flights
    }

    /// Answers that `receive` hands out.
    pub fn receivable(&self) -> usize {
        self.unread.len()
    }

    /// Flights that wait for a worker.
    pub fn backlog(&self) -> usize {
        self.creates.len() + self.polls.len() + self.stranded.len()
    }

    /// Since when a flight waits for a worker that has nothing under way.
    pub fn stranded_since(&self) -> Option<Instant> {
        self.stranded.first().map(|(since, _)| *since)
    }

    /// Whether there are workers to wake or to start. If not, those there are find the backlog by themselves.
    pub fn can_hurry(&self, most: usize) -> bool {
        self.idle > 0 || self.workers < most
    }

    /// A number never used before.
    pub fn new_ticket(&mut self) -> i64 {
        self.tickets += 1;
        self.tickets
    }

    /// Takes a flight in; it must be in no queue yet.
    pub fn insert(&mut self, mut flight: Flight, phase: Phase) {
        let ticket = flight.brief.ticket;
        self.deadlines.insert((flight.brief.deadline, ticket));
        flight.phase = Phase::Away;
        self.slots.insert(ticket, Slot::Flight(Box::new(flight)));
        self.flights += 1;
        self.place(ticket, phase);
    }

    /// The flight of a ticket, while it is one.
    pub fn flight(&mut self, ticket: i64) -> Option<&mut Flight> {
        match self.slots.get_mut(&ticket) {
            Some(Slot::Flight(flight)) => Some(flight),
            _ => None,
        }
    }

    /// Whether a ticket is known at all, and answered.
    pub fn answered(&self, ticket: i64) -> Option<bool> {
        self.slots.get(&ticket).map(|slot| matches!(slot, Slot::Answer(_)))
    }

    /// Whether the answer of a ticket belongs to somebody who waits for it.
    pub fn reserved(&self, ticket: i64) -> bool {
        matches!(self.slots.get(&ticket), Some(Slot::Answer(unread)) if unread.place.is_none())
    }

    /// Moves a flight to a phase, out of one queue and into another.
    pub fn place(&mut self, ticket: i64, phase: Phase) {
        let Some(Slot::Flight(flight)) = self.slots.get_mut(&ticket) else { return };
        let old = std::mem::replace(&mut flight.phase, phase);
        if let Some((queue, at)) = self.queue(old) {
            queue.remove(&(at, ticket));
        }
        if let Some((queue, at)) = self.queue(phase) {
            queue.insert((at, ticket));
        }
    }

    fn queue(&mut self, phase: Phase) -> Option<(&mut BTreeSet<(Instant, i64)>, Instant)> {
        match phase {
            Phase::Waiting(at) | Phase::Retrying(at) => Some((&mut self.wakes, at)),
            Phase::Queued(at) => Some((&mut self.creates, at)),
            Phase::Due(at) => Some((&mut self.polls, at)),
            Phase::Stranded(at) => Some((&mut self.stranded, at)),
            Phase::Creating | Phase::Polling | Phase::Away => None,
        }
    }

    /// The next flight for a worker: creates and polls in turn, the longest waiting first; those that want a worker with
    /// nothing under way go before the creates, if this is one. It is in no queue then.
    pub fn take_due(&mut self, alone: bool) -> Option<i64> {
        self.turn = !self.turn;
        let mut first = self.turn.then(|| self.polls.pop_first()).flatten();
        if alone {
            first = first.or_else(|| self.stranded.pop_first());
        }
        let (_, ticket) = first.or_else(|| self.creates.pop_first()).or_else(|| self.polls.pop_first())?;
        let flight = self.flight(ticket)?;
        flight.phase = if flight.task_id.is_none() { Phase::Creating } else { Phase::Polling };
        Some(ticket)
    }

    /// Moves everything whose time has come into the workers' queues.
    pub fn wake_due(&mut self, now: Instant) {
        while let Some(&(at, ticket)) = self.wakes.first() {
            if at > now {
                break;
            }
            let phase = match self.flight(ticket).map(|f| f.phase) {
                Some(Phase::Retrying(_)) => Phase::Queued(at),
                Some(_) => Phase::Due(at),
                None => {
                    self.wakes.pop_first();
                    continue;
                }
            };
            self.place(ticket, phase);
        }
    }

    /// A flight whose deadline has passed.
    pub fn overdue(&self, now: Instant) -> Option<i64> {
        self.deadlines.first().filter(|(at, _)| *at <= now).map(|(_, ticket)| *ticket)
    }

    /// Any flight.
    pub fn any_flight(&self) -> Option<i64> {
        self.deadlines.first().map(|(_, ticket)| *ticket)
    }

    /// When something is to be done next.
    pub fn next_event(&self) -> Option<Instant> {
        let times = [self.deadlines.first(), self.wakes.first()];
        times.into_iter().flatten().map(|(at, _)| *at).chain(self.call_at).min()
    }

    /// Ends a flight with its one answer. `false`, and the answer is dropped, when it has ended before.
    pub fn finish(&mut self, ticket: i64, text: String) -> bool {
        self.place(ticket, Phase::Away);
        let Some(slot) = self.slots.get_mut(&ticket) else { return false };
        let Slot::Flight(flight) = slot else { return false };
        self.deadlines.remove(&(flight.brief.deadline, ticket));
        self.flights -= 1;
        let waiter = flight.waiter.take();
        let place = if waiter.is_none() {
            self.places += 1;
            self.unread.insert(self.places, ticket);
            Some(self.places)
        } else {
            None
        };
        let (task_id, record) = (flight.task_id.take(), flight.record);
        *slot = Slot::Answer(Unread { text, task_id, record, place });
        if let Some(waiter) = waiter {
            waiter.notify_one();
        }
        true
    }

    /// Reads the answer of a ticket, if it is there.
    pub fn read(&mut self, ticket: i64) -> Option<Unread> {
        match self.slots.get(&ticket) {
            Some(Slot::Answer(_)) => {}
            _ => return None,
        }
        let Some(Slot::Answer(unread)) = self.slots.remove(&ticket) else { return None };
        if let Some(place) = unread.place {
            self.unread.remove(&place);
        }
        Some(unread)
    }

    /// Reads the oldest answer that nobody waits for.
    pub fn read_next(&mut self) -> Option<Unread> {
        let (_, ticket) = self.unread.pop_first()?;
        self.read(ticket)
    }

    /// Registers somebody who waits for a flight; `false` when somebody does already or it is none.
    pub fn wait_for(&mut self, ticket: i64, bell: &Arc<Condvar>) -> bool {
        match self.flight(ticket) {
            Some(flight) if flight.waiter.is_none() => {
                flight.waiter = Some(bell.clone());
                true
            }
            _ => false,
        }
    }

    /// Takes the registration back.
    pub fn wait_no_more(&mut self, ticket: i64) {
        if let Some(flight) = self.flight(ticket) {
            flight.waiter = None;
        }
    }

    /// Every answer that nobody has read and nobody waits for; they are gone then.
    pub fn drop_unread(&mut self) -> Vec<(i64, Unread)> {
        let tickets: Vec<i64> = self.unread.values().copied().collect();
        tickets.into_iter().filter_map(|ticket| self.read(ticket).map(|unread| (ticket, unread))).collect()
    }
}
