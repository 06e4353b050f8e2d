//! One life of the client in a world: its machine, its answers and its journal, and how effects are carried out between two of
//! which it may die.

use super::super::answers::Answers;
use super::super::event::{Ask, Done, Effect, Event, Note, Send};
use super::super::machine::{Machine, Settings};
use super::super::planted::Planted;
use super::super::{left_behind, notes};
use super::plan::Micros;
use super::promises::broken;
use super::world::{End, Exchange, Moment, World};
use crate::client::backoff::Chance;
use crate::client::config::PollConfig;
use crate::client::hosts::Hosts;
use crate::client::journal::Journal;
use crate::client::limits::Limits;
use crate::client::purchase::Broken;
use crate::log::Level;
use crate::secret::Secret;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// One life of the client.
pub struct Process {
    pub life: u32,
    pub machine: Machine,
    pub answers: Answers,
    pub journal: Option<Journal>,
    pub stopped: bool,
    pub tickets: i64,
    /// Whose request a ticket is.
    pub of_ticket: HashMap<i64, usize>,
    /// Whose request a record is.
    pub of_record: HashMap<u64, usize>,
    pub tokens: HashMap<Box<str>, i64>,
    /// Hosts of tasks bought elsewhere than at the first.
    pub remembered: HashMap<String, usize>,
    /// Tickets that a thread of the host program waits for.
    pub awaited: HashSet<i64>,
    /// Purchases that count, with their times.
    pub admitted: HashMap<usize, Micros>,
    /// Until when the account is refused.
    pub held_until: Micros,
    /// Connections of each host: idle, in use, in the making.
    pub idle: Vec<usize>,
    pub busy: Vec<usize>,
    pub dialling: Vec<usize>,
}

impl Process {
    fn connections(&self) -> usize {
        [&self.idle, &self.busy, &self.dialling].into_iter().flatten().sum()
    }
}

/// The URL of a host.
pub fn url(host: usize) -> &'static str {
    ["http://a", "http://b", "http://c"].get(host).copied().unwrap_or("")
}

/// What the polls of tasks from the journal are like.
pub fn poll_config() -> PollConfig {
    let ms = |ms| Some(Duration::from_millis(ms));
    PollConfig { first: None, interval: ms(500), timeout: ms(30_000), max_polls: None, learn: false }
}

impl World {
    /// Begins a life of the client, with what an earlier one left in the journal.
    pub fn open(&mut self) -> Result<(), End> {
        let hosts = self.plan.hosts;
        let key = Secret::new(String::from("key"));
        let urls: Vec<String> = (0..hosts).map(|host| String::from(url(host))).collect();
        let mut left = Vec::new();
        let journal = match &self.path {
            None => None,
            Some(path) => match Journal::open(path, &key, &urls) {
                Err(failure) => return Err(End::Broken(format!("the journal cannot be opened: {failure}"))),
                Ok((journal, adoptable)) => {
                    left = adoptable;
                    Some(journal)
                }
            },
        };
        let settings = Settings {
            max_connections: self.plan.max_connections,
            request_timeout: Duration::from_micros(self.plan.request_timeout),
            key_json: Some(Secret::new(String::from("\"key\""))),
            learn: self.plan.learn,
        };
        let chance = Chance::new(self.plan.random.range(0, u64::MAX));
        let mut machine = Machine::new(settings, Hosts::new(hosts), Limits::new(self.plan.guard.clone()), chance);
        machine.set_log_level(Level::Warn as i32);
        machine.planted = self.planted;
        self.lives += 1;
        self.fuse = self.plan.kills.pop();
        self.process = Some(Process {
            life: self.lives,
            machine,
            answers: Answers::default(),
            journal,
            stopped: false,
            tickets: 0,
            of_ticket: HashMap::new(),
            of_record: HashMap::new(),
            tokens: HashMap::new(),
            remembered: HashMap::new(),
            awaited: HashSet::new(),
            admitted: HashMap::new(),
            held_until: 0,
            idle: vec![0; hosts],
            busy: vec![0; hosts],
            dialling: vec![0; hosts],
        });
        self.check_left(&left)?;
        for task in left {
            let now = self.instant();
            let request = task.extra.as_deref().and_then(|extra| extra.parse::<usize>().ok()).unwrap_or(usize::MAX);
            let Some(process) = &mut self.process else { return Ok(()) };
            process.tickets += 1;
            process.of_ticket.insert(process.tickets, request);
            process.of_record.insert(task.record, request);
            let ticket = process.tickets;
            let (begin, _) = left_behind::begin(task, ticket, &poll_config(), now);
            let deadline = self.now + 30_000_000;
            self.begun(request, ticket, deadline, begin.terms.max_polls);
            self.handle(Event::Submitted(Box::new(begin)))?;
        }
        Ok(())
    }

    /// Has the machine take in an event, and carries out what it wants. In some worlds the machine panics in the middle.
    pub fn handle(&mut self, event: Event) -> Result<Done, End> {
        let now = self.instant();
        let Some(process) = &mut self.process else { return Ok(Done::No) };
        if self.plan.faults > 0 && self.plan.chance_of_faults.permille(self.plan.faults) {
            process.machine.fails_in = Some(self.plan.chance_of_faults.range(0, 6));
        }
        let armed = process.machine.fails_in.is_some();
        // The bug was that the reactor carried out the effects of several free connections together.
        let later = self.planted == Some(Planted::EffectsLost) && matches!(event, Event::Free(_));
        let done = process.machine.handle(now, event);
        let planted = armed && process.machine.fails_in.take().is_none();
        self.fault = process.machine.caught.pop();
        if planted != self.fault.is_some() {
            return broken(String::from("the machine has panicked"));
        }
        if let Some(ticket) = self.fault {
            self.faulted(ticket);
        }
        if !later {
            self.perform()?;
        }
        if let Some(ticket) = self.fault {
            self.recount(ticket);
        }
        Ok(done)
    }

    fn perform(&mut self) -> Result<(), End> {
        let Some(process) = &mut self.process else { return Ok(()) };
        let mut effects = Vec::new();
        process.machine.drain_effects(&mut effects);
        // As in the engine: what follows a note depends on it.
        let mut written = true;
        for effect in effects {
            match effect {
                Effect::Send(send) if written => {
                    self.step()?;
                    self.leave(send)?;
                }
                Effect::Send(send) => {
                    written = true;
                    self.withheld(send.ticket, send.host);
                }
                Effect::Note(note) => {
                    self.before_note(&note)?;
                    written = self.note(note);
                }
                Effect::Deliver(answered) => {
                    self.step()?;
                    self.delivered(&answered)?;
                    if let Some(process) = &mut self.process {
                        process.answers.insert(answered);
                    }
                }
                Effect::ForgetToken(token) => {
                    if let Some(process) = &mut self.process {
                        process.tokens.remove(&token);
                    }
                }
                Effect::Remember(task_id, host) => {
                    if let Some(process) = &mut self.process {
                        process.remembered.insert(task_id.to_string(), host);
                    }
                }
                Effect::Log(_, line) => self.log(&line),
            }
        }
        Ok(())
    }

    /// A moment at which the process may die; its death may come in the middle of the write.
    fn before_note(&mut self, note: &Note) -> Result<(), End> {
        let result = self.step();
        if result.is_err() && self.plan.torn {
            self.torn_note(note.clone());
        }
        result
    }

    /// A note of which only a part is written before the process dies.
    fn torn_note(&self, note: Note) {
        let Some(journal) = self.dying.as_ref().and_then(|process| process.journal.as_ref()) else { return };
        journal.break_writes(true);
        notes::write(journal, note, url);
    }

    fn note(&mut self, note: Note) -> bool {
        let fails = self.plan.full > 0 && self.plan.random.permille(self.plan.full);
        let Some(process) = &self.process else { return true };
        let Some(journal) = &process.journal else { return true };
        journal.break_writes(fails);
        if let Note::Sent(record) = &note
            && let Some(request) = process.of_record.get(record).and_then(|number| self.requests.get_mut(*number))
        {
            request.refused = false;
        }
        if let Note::Polled(record, _) = &note
            && fails
            && let Some(request) = process.of_record.get(record).and_then(|number| self.requests.get(*number))
            && let Some(task) = request.task.and_then(|task| self.tasks.get_mut(task))
        {
            task.uncounted = true;
        }
        let orphan = match &note {
            Note::Orphan(_, task_id, ..) => Some(task_id.to_string()),
            _ => None,
        };
        let written = notes::write(journal, note, url);
        journal.break_writes(false);
        if let Some(task_id) = orphan {
            self.orphaned(&task_id);
        }
        written
    }

    /// A createTask or poll that the journal could not note first.
    fn withheld(&mut self, ticket: i64, host: usize) {
        let Some(process) = &mut self.process else { return };
        process.busy[host] += 1;
        let life = process.life;
        self.at(
            self.now,
            Moment::Back {
                life,
                ticket,
                host,
                back: Box::new(super::service::Back::Broken(Broken::unwritten())),
                keeps: true,
                told: None,
            },
        );
    }

    /// A request leaves on the connection that was offered.
    fn leave(&mut self, send: Send) -> Result<(), End> {
        self.check_send(&send)?;
        let Some(process) = &mut self.process else { return Ok(()) };
        process.busy[send.host] += 1;
        let life = process.life;
        let request = process.of_ticket.get(&send.ticket).copied().unwrap_or(usize::MAX);
        let timeout = u64::try_from(send.timeout.as_micros()).unwrap_or(u64::MAX);
        let exchange = Exchange { life, ticket: send.ticket, request, host: send.host, ends: self.now + timeout };
        if self.plan.rough > 0 && self.plan.random.permille(self.plan.rough / 10) {
            // A connection that the server had closed, or a proxy that wants a login.
            let again = self.plan.random.permille(800) || send.ask == Ask::Poll;
            self.not_sent(exchange, send.ask, again);
            return Ok(());
        }
        let half = self.half();
        match send.ask {
            Ask::Create => self.at(self.now + half, Moment::CreateArrives(exchange)),
            Ask::Poll => self.at(self.now + half, Moment::PollArrives(exchange)),
        }
        Ok(())
    }

    /// Gives free connections to requests, and makes the connections that are missing.
    pub fn dispatch(&mut self) -> Result<(), End> {
        for host in 0..self.plan.hosts {
            loop {
                let Some(process) = &mut self.process else { return Ok(()) };
                if process.idle[host] == 0 || (process.machine.demand(host) == 0 && self.planted.is_none()) {
                    break;
                }
                process.idle[host] -= 1;
                let done = self.handle(Event::Free(host))?;
                if done != Done::Yes {
                    let hit = self.fault.is_some();
                    let Some(process) = &mut self.process else { return Ok(()) };
                    process.idle[host] += 1;
                    // After a fault the reactor looks again in a moment.
                    if !hit {
                        break;
                    }
                }
            }
        }
        self.perform()?;
        let now = self.instant();
        for host in 0..self.plan.hosts {
            let Some(process) = &mut self.process else { return Ok(()) };
            if process.stopped || !process.machine.hosts.may_connect(host, now) {
                continue;
            }
            let demand = process.machine.demand(host).min(8);
            let probe = process.machine.hosts.probe(now) == Some(host) && process.machine.flights() > 0;
            let wanted = demand.max(usize::from(probe));
            while let Some(process) = &mut self.process
                && process.dialling[host] < wanted
            {
                if process.connections() >= self.plan.max_connections {
                    let Some(other) = (0..self.plan.hosts).find(|other| *other != host && process.idle[*other] > 0)
                    else {
                        break;
                    };
                    process.idle[other] -= 1;
                }
                process.dialling[host] += 1;
                let life = process.life;
                let (fails, hopeless) = (self.host_fails(host), self.plan.random.permille(30));
                let half = self.half();
                self.at(self.now + half, Moment::Dialled { life, host, fails, hopeless: hopeless && fails });
            }
        }
        Ok(())
    }

    /// When the client wants to look at the time, and at hosts that were left alone.
    pub fn timer(&self) -> Option<Micros> {
        let process = self.process.as_ref()?;
        let now = self.instant();
        let mut until = process.machine.timer();
        let mut sooner = |at| until = Some(until.map_or(at, |other: std::time::Instant| other.min(at)));
        for host in 0..self.plan.hosts {
            if process.machine.demand(host) > 0
                && let Some(at) = process.machine.hosts.not_before(host).filter(|at| *at > now)
            {
                sooner(at);
            }
        }
        if let Some(at) = process.machine.hosts.probe_at().filter(|at| *at > now && process.machine.flights() > 0) {
            sooner(at);
        }
        until.map(|at| {
            u64::try_from(at.saturating_duration_since(self.base).as_nanos().div_ceil(1000)).unwrap_or(u64::MAX)
        })
    }
}
