//! What has to hold at every moment, whatever the service, the network and the host program do.

use super::super::event::{Ask, Send};
use super::plan::{Micros, SECOND};
use super::service::Verdict;
use super::world::{End, Told, World};
use std::time::Duration;

/// A request of the host program, and what is true of it.
#[derive(Default)]
pub struct Request {
    /// It adopts this task.
    pub adopts: Option<usize>,
    pub polls_used: u32,
    /// It has a ticket, or a record in the journal.
    pub accepted: bool,
    pub life: u32,
    pub ticket: i64,
    pub deadline: Micros,
    pub max_polls: u32,
    pub token: bool,
    pub may_be_cancelled: bool,
    /// The task that was bought for it.
    pub task: Option<usize>,
    /// When.
    pub bought_at: Micros,
    /// A createTask is under way, or the client cannot know what one came to.
    pub open: bool,
    /// The client has heard the taskId and done what that asks for.
    pub told: bool,
    /// The client has heard that the last createTask bought nothing, and done what that asks for.
    pub refused: bool,
    /// No createTask before.
    pub not_before: Micros,
    pub polling: bool,
    /// Polls of this ticket.
    pub polls: u32,
    /// The machine has answered it in this life.
    pub answered: bool,
    /// The host program has its answer, so many times.
    pub given: u32,
    /// In this life.
    pub given_in: u32,
    pub released: bool,
    /// It is kept for the next client, whatever was answered: since this life.
    pub orphaned: Option<u32>,
    /// The client had heard the taskId when it answered.
    pub told_when_answered: bool,
    /// The client had heard that nothing was bought when it answered.
    pub refused_when_answered: bool,
    /// The answer of the machine names a task.
    pub answer_names_task: bool,
    /// An answer said that nothing was bought.
    pub claimed_nothing: bool,
    pub called_back: bool,
    /// When its purchase was admitted.
    pub admitted_at: Micros,
    /// A panic of the machine has hit its ticket.
    pub faulted: bool,
}

pub fn broken<T>(what: String) -> Result<T, End> {
    Err(End::Broken(what))
}

impl World {
    pub fn request_of(&self, ticket: i64) -> Option<usize> {
        self.process.as_ref()?.of_ticket.get(&ticket).copied()
    }

    /// A request has a ticket.
    pub fn begun(&mut self, number: usize, ticket: i64, deadline: Micros, max_polls: u32) {
        let Some(life) = self.process.as_ref().map(|process| process.life) else { return };
        let Some(request) = self.requests.get_mut(number) else { return };
        request.accepted = true;
        (request.life, request.ticket, request.deadline, request.max_polls) = (life, ticket, deadline, max_polls);
        (request.answered, request.polling, request.polls) = (false, false, 0);
        (request.called_back, request.faulted) = (false, false);
    }

    /// The machine has panicked while it moved this ticket.
    pub fn faulted(&mut self, ticket: i64) {
        self.faults += 1;
        if let Some(request) = self.request_of(ticket).and_then(|number| self.requests.get_mut(number)) {
            request.faulted = true;
        }
    }

    /// A reply that a panic kept the client from reading gives no purchase back.
    pub fn recount(&mut self, ticket: i64) {
        let Some(number) = self.request_of(ticket) else { return };
        let Some(request) = self.requests.get(number) else { return };
        let Some(process) = &mut self.process else { return };
        if process.machine.limits.total() > process.admitted.len() as u64 {
            process.admitted.entry(number).or_insert(request.admitted_at);
        }
    }

    pub fn admitted(&mut self, number: usize) -> Result<(), End> {
        let Some(process) = &mut self.process else { return Ok(()) };
        if process.held_until > self.now {
            return broken(format!("request {number} is admitted while the account is held back"));
        }
        process.admitted.insert(number, self.now);
        self.requests[number].admitted_at = self.now;
        let recent = process.admitted.values().filter(|at| **at + 60 * SECOND > self.now).count();
        let guard = &self.plan.guard;
        if guard.tasks_per_minute.is_some_and(|limit| recent > limit as usize) {
            return broken(format!("the limits admit {recent} purchases in a minute"));
        }
        if guard.max_tasks.is_some_and(|limit| process.admitted.len() as u64 > limit) {
            return broken(format!("the limits admit {} purchases", process.admitted.len()));
        }
        Ok(())
    }

    pub fn log(&mut self, line: &str) {
        if let Some(rest) = line.split("task ").nth(1) {
            let id = if rest.starts_with('"') {
                rest.split_inclusive('"').take(2).collect()
            } else {
                String::from(rest.split(' ').next().unwrap_or(""))
            };
            self.logged.insert(id);
        }
    }

    /// A request leaves.
    pub fn check_send(&mut self, send: &Send) -> Result<(), End> {
        let Some(number) = self.request_of(send.ticket) else {
            return broken(String::from("a request of no ticket leaves"));
        };
        let Some(process) = &self.process else { return Ok(()) };
        let request = &self.requests[number];
        if process.stopped {
            return broken(format!("request {number}: {:?} leaves after the stop", send.ask));
        }
        if request.answered {
            return broken(format!("request {number}: {:?} leaves after its answer", send.ask));
        }
        match send.ask {
            Ask::Create => {
                if request.open || request.task.is_some() || request.adopts.is_some() {
                    return broken(format!(
                        "request {number}: createTask is sent again, though it may have bought a task"
                    ));
                }
                if process.held_until > self.now {
                    return broken(format!("request {number}: createTask leaves while the account is held back"));
                }
                if request.not_before > self.now {
                    return broken(format!("request {number}: createTask leaves before Retry-After is over"));
                }
                let machine = &process.machine;
                if machine.due.get(send.host).is_some_and(|due| !due.is_empty()) {
                    return broken(format!("request {number}: createTask leaves before a poll that is due"));
                }
                let most = self.plan.max_connections;
                let most = if most < 2 { most } else { most - (most / 16).max(1) };
                if machine.creating > most {
                    return broken(format!("{} createTasks leave no connection for polls", machine.creating));
                }
                self.requests[number].open = true;
                self.requests[number].refused = false;
            }
            Ask::Poll => {
                let Some(task) = request.task.and_then(|task| self.tasks.get(task)) else {
                    return broken(format!("request {number}: a poll without a task"));
                };
                if task.host != send.host && request.adopts.is_none() {
                    return broken(format!("request {number}: polled at another host than it was bought at"));
                }
                if !send.body.expose().contains(&task.id) {
                    return broken(format!("request {number}: polled for another task"));
                }
                if request.polling {
                    return broken(format!("request {number}: two polls at once"));
                }
                if request.polls >= request.max_polls {
                    return broken(format!("request {number}: more polls than its {}", request.max_polls));
                }
                self.requests[number].polling = true;
                self.requests[number].polls += 1;
            }
        }
        Ok(())
    }

    /// The service sells a task.
    pub fn purchased(&mut self, number: usize, task: usize) -> Result<(), End> {
        let request = &mut self.requests[number];
        if request.task.is_some() {
            return broken(format!("request {number}: a second createTask buys a second task"));
        }
        if request.claimed_nothing {
            return broken(format!("request {number}: its answer said that nothing was bought, and a task is"));
        }
        (request.task, request.bought_at) = (Some(task), self.now);
        Ok(())
    }

    /// The service is asked for a task.
    pub fn polled(&mut self, number: usize) -> Result<usize, End> {
        let Some(number_of_task) = self.requests[number].task else {
            return broken(String::from("a poll without a task"));
        };
        let task = &mut self.tasks[number_of_task];
        task.polls += 1;
        if task.polls > 120 && !task.uncounted {
            return broken(format!("request {number}: {} polls of one task", task.polls));
        }
        Ok(number_of_task)
    }

    /// Something comes back to the client: from here on it knows what it means.
    pub fn hears(&mut self, told: Told) {
        let Some(request) = self.requests.get_mut(told.request) else { return };
        match told.ask {
            Ask::Poll => request.polling = false,
            Ask::Create => {
                request.open = told.verdict == Verdict::Unknown;
                let after = told.retry_after.unwrap_or(0) * 1000;
                request.not_before = self.now + after;
                if let Some(process) = &mut self.process {
                    if told.verdict == Verdict::No && request.answered {
                        process.admitted.remove(&told.request);
                    }
                    if told.refuses {
                        let hold = u64::try_from(self.plan.guard.hold_on_refusal.as_micros()).unwrap_or(0);
                        process.held_until = process.held_until.max(self.now + hold);
                    }
                }
            }
        }
    }

    /// What came back was not read to its end: a refusal of the account in it may hold nothing.
    pub fn unread(&mut self, held_until: Micros) {
        let now = self.instant();
        if let Some(process) = &mut self.process
            && process.machine.limits.check_hold(now).is_ok()
        {
            process.held_until = held_until;
        }
    }

    /// What came back is dealt with.
    pub fn heard(&mut self, told: Told) -> Result<(), End> {
        let Some(request) = self.requests.get_mut(told.request) else { return Ok(()) };
        if told.ask == Ask::Create && told.verdict == Verdict::No {
            request.refused = true;
        }
        if told.ask != Ask::Create || told.verdict != Verdict::Bought {
            return Ok(());
        }
        request.told = true;
        let Some(task) = request.task.and_then(|task| self.tasks.get(task)) else { return Ok(()) };
        let late = request.answered && !request.answer_names_task;
        if late && !self.logged.contains(&task.id) && request.orphaned.is_none() {
            return broken(format!("request {}: its taskId is in no answer, journal or log", told.request));
        }
        Ok(())
    }

    /// A task is kept for the next client.
    pub fn orphaned(&mut self, task_id: &str) {
        let found = self.tasks.iter().find(|task| task.id == task_id).map(|task| task.request);
        if let Some(request) = found.and_then(|number| self.requests.get_mut(number)) {
            request.orphaned = Some(self.lives);
        }
    }

    /// What has to hold whenever the client rests.
    pub fn check_now(&mut self) -> Result<(), End> {
        let Some(process) = &self.process else { return Ok(()) };
        let (counted, known) = (process.machine.limits.total(), process.admitted.len() as u64);
        if counted != known && !process.stopped {
            return broken(format!("the limits count {counted} purchases, and {known} count"));
        }
        if process.machine.timer().is_some_and(|at| at + Duration::from_secs(1) < self.instant()) {
            return broken(String::from("a timer is overdue"));
        }
        Ok(())
    }

    /// What has to hold when everything is over.
    pub fn check_end(&mut self) -> Result<(), String> {
        let kept = self.path.is_some();
        for (number, request) in self.requests.iter().enumerate() {
            let lost = request.given == 0 && request.accepted;
            if lost && (kept || self.plan.close_at.is_none()) {
                return Err(format!("request {number}: it has no answer, and its deadline is over"));
            }
        }
        Ok(())
    }

    /// What has to hold when nothing is left to happen: every reply has come, and every deadline is over.
    pub fn check_rest(&self) -> Result<(), String> {
        let Some(process) = self.process.as_ref().filter(|process| !process.stopped) else { return Ok(()) };
        let (tickets, creating) = (process.machine.tickets.len(), process.machine.creating);
        if tickets > 0 || creating > 0 {
            return Err(format!("nothing is left to happen, and the machine has tickets left: {tickets}, {creating}"));
        }
        Ok(())
    }
}
