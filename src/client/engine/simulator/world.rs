//! A world: its clock, what is still to happen, and what happens.

use super::super::event::{Ask, Event};
use super::super::planted::Planted;
use super::plan::{Micros, Plan, SECOND};
use super::process::Process;
use super::promises::Request;
use super::service::{self, Back, Created, Task, Verdict};
use crate::protocol::{Code, Failure};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Why a step ends early.
#[derive(Debug)]
pub enum End {
    /// The process was killed.
    Died,
    /// A promise was broken.
    Broken(String),
}

/// A request on its way.
#[derive(Debug, Clone, Copy)]
pub struct Exchange {
    pub life: u32,
    pub ticket: i64,
    pub request: usize,
    pub host: usize,
    /// When the client gives it up.
    pub ends: Micros,
}

/// What the client has to conclude from what comes back.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub request: usize,
    pub ask: Ask,
    pub verdict: Verdict,
    pub refuses: bool,
    pub retry_after: Option<u64>,
}

/// Something that is to happen.
pub enum Moment {
    Submit(usize),
    Cancel(usize),
    WaitFor(usize),
    WaitOver { life: u32, ticket: i64 },
    ReadAwaited { life: u32, ticket: i64 },
    Receive,
    Release { life: u32, record: Option<u64>, request: usize },
    Stop,
    Close,
    Open,
    Dialled { life: u32, host: usize, fails: bool, hopeless: bool },
    CreateArrives(Exchange),
    PollArrives(Exchange),
    Back { life: u32, ticket: i64, host: usize, back: Box<Back>, keeps: bool, told: Option<Told> },
    CallBack(usize),
}

/// More events than any world has that ends.
const MOST_EVENTS: u64 = 400_000;

pub struct World {
    pub plan: Plan,
    pub planted: Option<Planted>,
    pub base: Instant,
    pub now: Micros,
    /// What is still to happen, by its time and the order in which it was planned.
    queue: BTreeMap<(Micros, u64), Moment>,
    numbers: u64,
    pub process: Option<Process>,
    /// A process that has just died, until the world goes on.
    pub dying: Option<Process>,
    pub lives: u32,
    /// Steps until the process dies.
    pub fuse: Option<u64>,
    pub requests: Vec<Request>,
    pub tasks: Vec<Task>,
    pub path: Option<PathBuf>,
    down_until: Vec<Micros>,
    pub receives: bool,
    /// TaskIds that the log has named.
    pub logged: HashSet<String>,
    pub events: u64,
    pub kills: u64,
    pub polls: u64,
    /// The ticket that a panic of the machine has hit in the last event, 0 for none.
    pub fault: Option<i64>,
    pub faults: u64,
}

impl World {
    pub fn new(plan: Plan, planted: Option<Planted>) -> World {
        let path = plan.journal.then(|| {
            static WORLDS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
            let number = WORLDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let folder = if cfg!(target_os = "linux") { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
            let folder = if folder.is_dir() { folder } else { std::env::temp_dir() };
            folder.join(format!("captask-simulator-{}-{number}", std::process::id()))
        });
        let down_until = vec![0; plan.hosts];
        World {
            plan,
            planted,
            base: Instant::now(),
            now: 0,
            queue: BTreeMap::new(),
            numbers: 0,
            process: None,
            dying: None,
            lives: 0,
            fuse: None,
            requests: Vec::new(),
            tasks: Vec::new(),
            path,
            down_until,
            receives: false,
            logged: HashSet::new(),
            events: 0,
            kills: 0,
            polls: 0,
            fault: None,
            faults: 0,
        }
    }

    pub fn instant(&self) -> Instant {
        self.base + Duration::from_micros(self.now)
    }

    pub fn at(&mut self, at: Micros, moment: Moment) {
        self.numbers += 1;
        self.queue.insert((at.max(self.now), self.numbers), moment);
    }

    /// A moment at which the process may die.
    pub fn step(&mut self) -> Result<(), End> {
        match &mut self.fuse {
            Some(0) => {
                self.dying = self.process.take();
                self.fuse = None;
                Err(End::Died)
            }
            Some(fuse) => {
                *fuse -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Runs the world to its end; what was broken in it.
    pub fn run(&mut self) -> Result<(), String> {
        self.plan_program();
        let result = self.live().and_then(|()| self.finish());
        if let Some(path) = &self.path {
            let _ = std::fs::remove_file(path);
        }
        result
    }

    fn settle(&mut self, result: Result<(), End>) -> Result<(), String> {
        match result {
            Ok(()) => Ok(()),
            Err(End::Broken(what)) => Err(format!("{} us: {what}", self.now)),
            Err(End::Died) => {
                self.kills += 1;
                self.dying = None;
                self.died();
                let pause = self.plan.random.range(0, 5 * SECOND);
                self.at(self.now + pause, Moment::Open);
                Ok(())
            }
        }
    }

    /// Until nothing is left to happen.
    fn live(&mut self) -> Result<(), String> {
        loop {
            self.events += 1;
            if self.events > MOST_EVENTS {
                return Err(format!("{} us: more events than a world has that ends", self.now));
            }
            let next = self.queue.first_key_value().map(|((at, _), _)| *at);
            let result = match (self.timer(), next) {
                (None, None) => return Ok(()),
                (Some(at), next) if next.is_none_or(|next| at <= next) => {
                    self.now = self.now.max(at);
                    self.handle(Event::Time).map(|_| ())
                }
                _ => match self.queue.pop_first() {
                    Some(((at, _), moment)) => {
                        self.now = self.now.max(at);
                        self.happen(moment)
                    }
                    None => Ok(()),
                },
            };
            let result = result.and_then(|()| self.dispatch()).and_then(|()| self.check_now());
            self.settle(result)?;
        }
    }

    /// Closes the client, and opens it until the journal has nothing left.
    fn finish(&mut self) -> Result<(), String> {
        const MOST_ROUNDS: u32 = 12;
        for _ in 0..MOST_ROUNDS {
            if self.process.is_some() {
                self.check_rest()?;
                let result = self.close();
                self.settle(result)?;
                self.live()?;
                if self.process.is_some() {
                    continue;
                }
            }
            if self.path.is_none() {
                return self.check_end();
            }
            let result = self.open().and_then(|()| self.dispatch());
            self.settle(result)?;
            if self.process.as_ref().is_some_and(|process| process.of_ticket.is_empty()) {
                return self.check_end();
            }
            self.live()?;
        }
        Err(String::from("the journal is not empty after twelve clients in a row"))
    }

    fn happen(&mut self, moment: Moment) -> Result<(), End> {
        match moment {
            Moment::Submit(request) => self.submit(request),
            Moment::Cancel(request) => self.cancel(request),
            Moment::WaitFor(request) => {
                self.wait_for(request);
                Ok(())
            }
            Moment::WaitOver { life, ticket } => {
                self.wait_over(life, ticket);
                Ok(())
            }
            Moment::ReadAwaited { life, ticket } => self.read_awaited(life, ticket),
            Moment::Receive => self.receive(),
            Moment::Release { life, record, request } => self.release(life, record, request),
            Moment::Stop => self.stop(),
            Moment::Close => {
                self.close()?;
                self.at(self.now + SECOND, Moment::Open);
                Ok(())
            }
            Moment::Open if self.process.is_none() => self.open(),
            Moment::Open => Ok(()),
            Moment::Dialled { life, host, fails, hopeless } => self.dialled(life, host, fails, hopeless),
            Moment::CreateArrives(exchange) => self.create_arrives(exchange),
            Moment::PollArrives(exchange) => self.poll_arrives(exchange),
            Moment::Back { life, ticket, host, back, keeps, told } => self.back(life, ticket, host, *back, keeps, told),
            Moment::CallBack(task) => self.call_back(task),
        }
    }

    fn alive(&self, life: u32) -> bool {
        self.process.as_ref().is_some_and(|process| process.life == life)
    }

    /// Whether a connection to the host fails now: hosts that are down stay so for a while.
    pub fn host_fails(&mut self, host: usize) -> bool {
        if self.now >= self.down_until[host] && self.plan.random.permille(self.plan.rough / 10) {
            self.down_until[host] = self.now + self.plan.random.range(0, 20 * SECOND);
        }
        self.now < self.down_until[host]
    }

    fn dialled(&mut self, life: u32, host: usize, fails: bool, hopeless: bool) -> Result<(), End> {
        if !self.alive(life) {
            return Ok(());
        }
        let Some(process) = &mut self.process else { return Ok(()) };
        process.dialling[host] = process.dialling[host].saturating_sub(1);
        if fails {
            let failure = Failure::new(Code::Connect, "refused");
            return self.handle(Event::Unreachable(host, failure, hopeless)).map(|_| ());
        }
        process.idle[host] += 1;
        self.handle(Event::Reached(host)).map(|_| ())
    }

    /// A request that is not sent after all.
    pub fn not_sent(&mut self, exchange: Exchange, ask: Ask, again: bool) {
        let Exchange { life, ticket, host, request, .. } = exchange;
        let told = Told { request, ask, verdict: Verdict::No, refuses: false, retry_after: None };
        if ask == Ask::Poll
            && let Some(request) = self.requests.get_mut(request)
        {
            request.polls = request.polls.saturating_sub(1);
        }
        let back = Box::new(service::not_sent(again));
        self.at(self.now + 200, Moment::Back { life, ticket, host, back, keeps: false, told: Some(told) });
    }

    fn create_arrives(&mut self, exchange: Exchange) -> Result<(), End> {
        let number = self.tasks.len();
        let id = service::task_id(&mut self.plan.random, number);
        let ready_at = self.now + self.solve_time();
        let fails = self.plan.random.permille(30);
        let mut task = Task {
            id,
            request: exchange.request,
            host: exchange.host,
            ready_at,
            fails: false,
            polls: 0,
            uncounted: false,
        };
        let text = service::result(&task);
        let Created { back, verdict, buys, refuses, retry_after, late } = self.create(&task.id, &text, exchange.host);
        if buys {
            task.fails = fails && verdict != Verdict::Nameless;
            self.purchased(exchange.request, number)?;
            self.tasks.push(task);
            self.plan_callbacks(number);
        }
        let Exchange { life, ticket, host, request, ends } = exchange;
        let half = self.half();
        let on_time = !late && self.now + half < ends;
        let (at, back, verdict) = match on_time {
            true => (self.now + half, back, verdict),
            false => (ends, service::create_lost(), Verdict::Unknown),
        };
        let keeps = matches!(back, Back::Reply(..)) && self.plan.random.permille(900);
        let (refuses, retry_after) = (refuses && on_time, retry_after.filter(|_| on_time));
        let told = Told { request, ask: Ask::Create, verdict, refuses, retry_after };
        self.at(at, Moment::Back { life, ticket, host, back: Box::new(back), keeps, told: Some(told) });
        Ok(())
    }

    fn poll_arrives(&mut self, exchange: Exchange) -> Result<(), End> {
        let Exchange { life, ticket, host, request, ends } = exchange;
        self.polls += 1;
        let task = self.polled(request)?;
        let (back, late) = self.poll(task, host);
        let half = self.half();
        let on_time = !late && self.now + half < ends;
        let (at, back) = if on_time { (self.now + half, back) } else { (ends, service::poll_lost()) };
        let keeps = matches!(back, Back::Reply(..)) && self.plan.random.permille(900);
        let told = Told { request, ask: Ask::Poll, verdict: Verdict::Bought, refuses: false, retry_after: None };
        self.at(at, Moment::Back { life, ticket, host, back: Box::new(back), keeps, told: Some(told) });
        Ok(())
    }

    fn back(
        &mut self,
        life: u32,
        ticket: i64,
        host: usize,
        back: Back,
        keeps: bool,
        told: Option<Told>,
    ) -> Result<(), End> {
        let Some(process) = self.process.as_mut().filter(|process| process.life == life && !process.stopped) else {
            return Ok(());
        };
        process.busy[host] = process.busy[host].saturating_sub(1);
        process.idle[host] += usize::from(keeps);
        let twice = match &back {
            Back::Reply(answer, true) => Some(answer.clone()),
            _ => None,
        };
        let event = match back {
            Back::Reply(answer, _) => Event::Replied(ticket, answer, String::from("…")),
            Back::Broken(broken) => Event::Broken(ticket, broken),
        };
        let held_until = process.held_until;
        if let Some(told) = told {
            self.hears(told);
        }
        self.handle(event)?;
        match told {
            Some(told) if self.fault.is_none() => self.heard(told)?,
            Some(_) => self.unread(held_until),
            None => {}
        }
        if let Some(answer) = twice {
            self.handle(Event::Replied(ticket, answer, String::new()))?;
        }
        Ok(())
    }
}
