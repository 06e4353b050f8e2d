//! The reactor: one thread that waits on every socket of the engine, moves exchanges and connections in the making, and
//! feeds the machine. Nothing in it blocks but the wait itself.

mod steps;

use super::event::{Ask, Done, Event, Send};
use super::latency::Latency;
use super::shared::{Mode, Rest, Shared, State};
use crate::client::purchase::Broken;
use crate::http::{Connection, Dial, Exchange, Request, Wake};
use crate::log;
use crate::secret::Secret;
use crate::sys;
use mio::{Events, Poll, Token};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The waker's token; connections count up from 0.
const WAKER: Token = Token(usize::MAX);

/// Events taken from the system at once.
const EVENTS: usize = 1024;

/// A backlog that the present connections serve in this time needs no further one.
const TARGET: f64 = 0.020;

/// While requests wait for connections, their number is looked at this often.
const BUSY: Duration = Duration::from_millis(2);

/// Two wake-ups by the clock are at least this far apart, so that many tickets due at nearly the same time cost one.
const GRAIN: Duration = Duration::from_millis(1);

/// How often connections without work are looked at.
const TIDY: Duration = Duration::from_secs(5);

/// What a token stands for.
enum Slot {
    /// A connection in the making.
    Dial { dial: Box<Dial>, host: usize },
    /// A request on its way.
    Exchange { exchange: Box<Exchange>, send: Send, began: Instant },
}

/// The thread's own state.
pub struct Reactor {
    shared: Arc<Shared>,
    poll: Poll,
    slots: HashMap<usize, (Slot, Instant)>,
    /// When slots want to be looked at without an event.
    timers: BTreeSet<(Instant, usize)>,
    tokens: usize,
    /// Exchanges and dials for each host.
    busy: Vec<usize>,
    dialling: Vec<usize>,
    latency: Latency,
    /// When connections without work are looked at next.
    tidy_at: Instant,
    wake: Wake,
    rest: Rest,
    /// What steps came to and the machine has not heard yet.
    outcomes: VecDeque<Outcome>,
    /// Connections for the requests in `rest`, in their order.
    offered: VecDeque<Box<Connection>>,
    /// What the thread works on, for a panic in it.
    hand: Hand,
    /// Tokens that have something to be looked at.
    ready: VecDeque<usize>,
    /// A caller, or a name that was found, has woken the thread.
    woken: bool,
    /// Whether the log has the client that this thread serves.
    named: bool,
}

/// What the thread works on, and what has to be put right after a panic.
enum Hand {
    Nothing,
    /// A connection to this host in the making.
    Dial(usize),
    /// An exchange of this ticket with this host.
    Exchange(i64, usize),
    /// The reply to a request of this ticket.
    Reply(i64),
}

/// What a step of a slot came to, for the machine.
enum Outcome {
    Event(Event),
    Free(Box<Connection>),
}

/// Makes the reactor's parts, so that a system without room for them refuses the first ticket and not the hundredth.
pub fn prepare(shared: &Arc<Shared>) -> std::io::Result<Reactor> {
    let (poll, waker) = sys::above_streams(|| {
        let poll = Poll::new()?;
        let waker = super::waker::of_queue(poll.registry(), WAKER)?;
        Ok((poll, waker))
    })?;
    let _ = shared.waker.set(waker);
    let weak = Arc::downgrade(shared);
    let wake: Wake = Arc::new(move || {
        if let Some(shared) = weak.upgrade() {
            shared.wake_reactor();
        }
    });
    let hosts = shared.service.hosts.len();
    Ok(Reactor {
        shared: shared.clone(),
        poll,
        slots: HashMap::new(),
        timers: BTreeSet::new(),
        tokens: 0,
        busy: vec![0; hosts],
        dialling: vec![0; hosts],
        latency: Latency::new(Instant::now()),
        tidy_at: Instant::now(),
        wake,
        rest: Rest::default(),
        outcomes: VecDeque::new(),
        offered: VecDeque::new(),
        hand: Hand::Nothing,
        ready: VecDeque::new(),
        woken: false,
        named: false,
    })
}

/// Runs until the client is stopped. A fault of ours ends the ticket that it hit and nothing else.
pub fn run(mut reactor: Reactor) {
    let mut events = Events::with_capacity(EVENTS);
    loop {
        match catch_unwind(AssertUnwindSafe(|| reactor.turn(&mut events))) {
            Ok(true) => {}
            Ok(false) => return reactor.end(),
            Err(_) => {
                log::error(|| "a bug in this library was caught in its thread; please report it");
                reactor.drop_hand();
            }
        }
    }
}

impl Reactor {
    /// Waits for something to happen and deals with it; `false` when the client was stopped.
    fn turn(&mut self, events: &mut Events) -> bool {
        let now = Instant::now();
        let (mode, timeout) = self.sleep(now);
        if mode != Mode::Open {
            return false;
        }
        // What a panic has interrupted goes on at once.
        let rests = !(self.outcomes.is_empty() && self.ready.is_empty() && self.offered.is_empty()) || self.woken;
        let timeout = if rests { Duration::ZERO } else { timeout };
        if let Err(e) = self.poll.poll(events, Some(timeout))
            && e.kind() != std::io::ErrorKind::Interrupted
        {
            log::error(|| format!("the client cannot wait for its sockets: {e}"));
            std::thread::sleep(BUSY);
        }
        self.shared.lock().sleep.end();
        self.name();
        let now = Instant::now();
        for event in events.iter() {
            match event.token() {
                WAKER => self.woken = true,
                Token(token) => self.ready.push_back(token),
            }
        }
        self.look(now);
        self.ready.extend(self.timers.iter().take_while(|(at, _)| *at <= now).map(|(_, token)| *token));
        self.look(now);
        if std::mem::take(&mut self.woken) {
            // A name may have been found.
            let dials = self.slots.iter().filter(|(_, (slot, _))| matches!(slot, Slot::Dial { .. }));
            self.ready.extend(dials.map(|(token, _)| *token));
            self.look(now);
        }
        self.dispatch(now);
        true
    }

    /// Says in the log which client this thread serves, once: lines about tickets have no other word of it.
    fn name(&mut self) {
        if !self.named
            && let Some(handle) = self.shared.handle.get()
        {
            self.named = true;
            log::debug(|| format!("client {handle}: served by this thread"));
        }
    }

    /// How long to wait, said to those who submit meanwhile.
    fn sleep(&mut self, now: Instant) -> (Mode, Duration) {
        let mut state = self.shared.lock();
        let mut until = state.machine.timer().map(|at| at.max(now + GRAIN));
        let mut sooner = |at: Instant| until = Some(until.map_or(at, |other| other.min(at)));
        if let Some((at, _)) = self.timers.first() {
            sooner(*at);
        }
        let pool = &self.shared.service.pool;
        let away = self.away();
        for host in 0..self.busy.len() {
            // With every connection in our hands, the end of an exchange is what there is to wait for.
            if away < pool.most() && state.machine.demand(host) > 0 {
                let not_before = state.machine.hosts.not_before(host).filter(|at| *at > now);
                let look = if away > 0 && pool.open() < pool.most() {
                    self.latency.stall_at().max(now + BUSY)
                } else {
                    now + BUSY
                };
                sooner(not_before.unwrap_or(look));
            }
        }
        if let Some(at) = state.machine.hosts.probe_at().filter(|_| state.machine.flights() > 0) {
            sooner(at.max(now + BUSY));
        }
        if now >= self.tidy_at {
            self.tidy_at = now + TIDY;
            pool.tidy();
        }
        if pool.open() > 0 {
            sooner(self.tidy_at);
        }
        let until = until.unwrap_or(now + Duration::from_secs(3600));
        let State { sleep, machine, mode, .. } = &mut *state;
        sleep.begin(until, machine);
        (*mode, until.saturating_duration_since(now))
    }

    /// Exchanges and connections in the making.
    fn away(&self) -> usize {
        self.busy.iter().chain(&self.dialling).sum()
    }

    fn watch(&mut self, token: usize, slot: Slot, at: Instant) {
        self.timers.insert((at, token));
        self.slots.insert(token, (slot, at));
    }

    fn unwatch(&mut self, token: usize) -> Option<Slot> {
        let (slot, at) = self.slots.remove(&token)?;
        self.timers.remove(&(at, token));
        Some(slot)
    }

    /// Feeds the machine, sends what it wants sent over free connections, and makes the connections that are missing.
    fn dispatch(&mut self, now: Instant) {
        let shared = self.shared.clone();
        let pool = &shared.service.pool;
        let mut state = shared.lock();
        state.machine.set_log_level(log::level());
        while let Some(outcome) = self.outcomes.pop_front() {
            match outcome {
                Outcome::Free(connection) => pool.keep(connection),
                Outcome::Event(event) => {
                    state.machine.handle(now, event);
                    shared.perform(&mut state, &mut self.rest);
                }
            }
        }
        state.machine.handle(now, Event::Time);
        // At once after each: another thread that carried it out could not send.
        shared.perform(&mut state, &mut self.rest);
        for (host, target) in shared.service.hosts.iter().enumerate() {
            // What a single call waits for is not taken from under it.
            while state.machine.demand(host) > 0 && !pool.wanted() {
                let Some(mut connection) = pool.take(&target.origin, true) else { break };
                if !connection.is_open() {
                    let failed = connection.never_served().map(|error| self.unreachable(host, error));
                    drop(connection);
                    pool.gone();
                    match failed {
                        Some(event) => _ = state.machine.handle(now, event),
                        None => continue,
                    }
                    shared.perform(&mut state, &mut self.rest);
                    break;
                }
                let done = state.machine.handle(now, Event::Free(host));
                shared.perform(&mut state, &mut self.rest);
                if done != Done::Yes {
                    pool.keep(connection);
                    break;
                }
                self.offered.push_back(connection);
            }
        }
        let wanted = self.wanted(&state.machine, now);
        drop(state);
        shared.conclude(&mut self.rest);
        while let Some(connection) = self.offered.pop_front() {
            match self.rest.sends.pop_front() {
                Some(Ok(send)) => self.send(send, connection, now),
                Some(Err(ticket)) => {
                    self.outcomes.push_back(Outcome::Free(connection));
                    self.outcomes.push_back(Outcome::Event(Event::Broken(ticket, Broken::unwritten())));
                }
                None => self.outcomes.push_back(Outcome::Free(connection)),
            }
        }
        for (host, more) in wanted.into_iter().enumerate() {
            (0..more).for_each(|_| self.dial(host, now));
        }
    }

    /// How many connections more each host is worth.
    fn wanted(&self, machine: &super::machine::Machine, now: Instant) -> Vec<usize> {
        let mut wanted = vec![0; self.busy.len()];
        for (host, more) in wanted.iter_mut().enumerate() {
            let (busy, dialling) = (self.busy[host], self.dialling[host]);
            let demand = machine.demand(host);
            if !machine.hosts.may_connect(host, now) {
                continue;
            }
            if demand == 0 {
                let probe = machine.flights() > 0 && machine.hosts.probe(now) == Some(host) && dialling == 0;
                *more = usize::from(probe);
                continue;
            }
            let least = usize::from(busy == 0);
            let worth = self.latency.at_once(demand, busy + dialling, TARGET, now).min(demand + busy);
            *more = worth.saturating_sub(busy).max(least).min(demand).saturating_sub(dialling);
        }
        wanted
    }

    fn dial(&mut self, host: usize, now: Instant) {
        let service = &self.shared.service;
        if !service.pool.permit() {
            return;
        }
        self.latency.begin(self.away(), now);
        self.dialling[host] += 1;
        self.hand = Hand::Dial(host);
        let end = now + service.config.transport.connect_timeout;
        let dial = Box::new(Dial::begin(&service.dialer, &service.hosts[host].origin, end, self.wake.clone()));
        self.tokens += 1;
        self.step_dial(self.tokens, dial, host, now);
    }

    fn send(&mut self, send: Send, mut connection: Box<Connection>, now: Instant) {
        self.latency.begin(self.away(), now);
        self.busy[send.host] += 1;
        self.shared.exchanges.fetch_add(1, Ordering::Relaxed);
        self.hand = Hand::Exchange(send.ticket, send.host);
        let token = match connection.token() {
            Some(token) => token,
            None => {
                self.tokens += 1;
                if let Err(e) = connection.register(self.poll.registry(), Token(self.tokens)) {
                    log::error(|| format!("the client cannot watch a socket: {e}"));
                }
                self.tokens
            }
        };
        let service = &self.shared.service;
        let Some(uri) = service.hosts.get(send.host).and_then(|host| host.uri(method(send.ask))) else {
            return self.drop_hand();
        };
        log::trace(|| format!("{}: to {uri}, {} bytes", method(send.ask), send.body.expose().len()));
        let body: Arc<Secret> = send.body.clone();
        let exchange = Box::new(Exchange::begin(connection, Request::new(uri, Some(body)), now + send.timeout));
        self.step_exchange(token, exchange, send, now, now);
    }

    /// Lets every connection go; what is on them ends by what the tickets know.
    fn end(mut self) {
        let tokens: Vec<usize> = self.slots.keys().copied().collect();
        for token in tokens {
            self.unwatch(token);
            self.shared.service.pool.gone();
        }
        self.shared.service.pool.close();
    }
}

fn method(ask: Ask) -> &'static str {
    match ask {
        Ask::Create => "createTask",
        Ask::Poll => "getTaskResult",
    }
}
