//! The model host program: what it asks of the client, and when it reads and releases answers.

use super::super::answers::Unread;
use super::super::event::{Begin, Done, Event, What};
use super::super::ticket::Terms;
use super::plan::{Micros, SECOND};
use super::process::url;
use super::promises::Request;
use super::service::result;
use super::world::{End, Moment, World};
use crate::client::journal::Intent;
use crate::client::purchase::{self, TaskId};
use crate::client::reply::Answer;
use crate::protocol::Code;
use crate::secret::Secret;
use crate::sys::sync::Condvar;
use std::sync::Arc;
use std::time::Duration;

impl World {
    /// What the program will do.
    pub fn plan_program(&mut self) {
        self.at(0, Moment::Open);
        for number in 0..self.plan.requests {
            let at = self.plan.random.range(0, self.plan.span + 1);
            self.requests.push(Request::default());
            let request = usize::try_from(number).unwrap_or(0);
            self.at(at, Moment::Submit(request));
            if self.plan.random.permille(150) {
                let later = at + self.plan.random.range(0, 10 * SECOND);
                self.at(later, Moment::Cancel(request));
                self.requests[request].may_be_cancelled = true;
            }
            if self.plan.random.permille(200) {
                let later = at + self.plan.random.range(0, 5 * SECOND);
                self.at(later, Moment::WaitFor(request));
            }
        }
        if let Some(at) = self.plan.stop_at {
            self.at(at, Moment::Stop);
        }
        if let Some(at) = self.plan.close_at {
            self.at(at, Moment::Close);
        }
    }

    /// How long the program gives a task.
    fn patience(&mut self) -> Micros {
        let random = &mut self.plan.random;
        if self.plan.patient {
            return random.range(60 * SECOND, 180 * SECOND);
        }
        if self.plan.hurried {
            return random.range(SECOND / 5, 6 * SECOND);
        }
        random.range(8 * SECOND, 180 * SECOND)
    }

    /// As `Engine::enter` does it.
    pub fn submit(&mut self, number: usize) -> Result<(), End> {
        let now = self.instant();
        let (time, patience) = (self.now, self.patience());
        let adopts = self.requests[number].adopts;
        let used = self.requests[number].polls_used;
        let random = &mut self.plan.random;
        let callback = adopts.is_none() && random.permille(self.plan.callbacks);
        let interval_ms = if self.plan.patient { 200 } else { random.pick(&[200, 500, 1000, 2000, 3000]) };
        let first_ms = if adopts.is_some() { 0 } else { random.pick(&[0, 300, 1000, 3000]) };
        let most = if random.permille(50) { u32::try_from(random.range(1, 8)).unwrap_or(1) } else { 120 };
        let max_polls = most.min(120_u32.saturating_sub(used));
        let kind = random.permille(500).then(|| Arc::from("NoCaptchaTask"));
        let Some(process) = &mut self.process else { return Ok(()) };
        if process.stopped || max_polls == 0 {
            return Ok(());
        }
        let admission = match adopts {
            Some(_) => None,
            None => match process.machine.limits.admit(now) {
                Ok(admission) => {
                    self.admitted(number)?;
                    Some(admission)
                }
                Err(failure) => return self.check_guard(&failure),
            },
        };
        self.step()?;
        let extra = number.to_string();
        let task_id = adopts.and_then(|task| self.tasks.get(task)).map(|task| task.id.clone());
        let Some(process) = &mut self.process else { return Ok(()) };
        let host = task_id.as_ref().and_then(|id| process.remembered.get(id)).copied().unwrap_or(0);
        let mut admission = admission;
        let fails = self.plan.full > 0 && self.plan.random.permille(self.plan.full);
        let record = match &process.journal {
            None => None,
            Some(journal) => {
                journal.break_writes(fails);
                let intent = Intent {
                    extra: Some(&extra),
                    task_id: task_id.as_deref(),
                    host: task_id.as_ref().map_or("", |_| url(host)),
                    polls: used,
                    own_key: false,
                };
                let result = journal.intend(&intent);
                journal.break_writes(false);
                match result {
                    Ok(record) => Some(record),
                    Err(_) => {
                        purchase::refund(&mut process.machine.limits, &mut admission);
                        process.admitted.remove(&number);
                        return Ok(());
                    }
                }
            }
        };
        if self.path.is_some() {
            // From here on a later client will have it.
            self.requests[number].accepted = true;
        }
        self.step()?;
        let Some(process) = &mut self.process else { return Ok(()) };
        process.tickets += 1;
        let ticket = process.tickets;
        process.of_ticket.insert(ticket, number);
        process.of_record.extend(record.map(|record| (record, number)));
        let token: Option<Box<str>> = callback.then(|| format!("token {ticket}").into_boxed_str());
        process.tokens.extend(token.clone().map(|token| (token, ticket)));
        let what = match &task_id {
            Some(id) => What::Adopt(TaskId::new(id)),
            None => What::Buy(Arc::new(Secret::new(extra.clone())), admission),
        };
        let learns = task_id.is_none() && token.is_none() && most == 120;
        let terms = Terms {
            ticket,
            extra: Some(extra.into_boxed_str()),
            started: now,
            deadline: now + Duration::from_micros(patience),
            first_ms,
            interval_ms,
            max_polls,
            polls_before: used,
            key: None,
            token,
            kind: kind.filter(|_| learns),
        };
        self.begun(number, ticket, time + patience, max_polls);
        self.requests[number].token = callback;
        let begin = Begin { terms, what, record, host };
        self.handle(Event::Submitted(Box::new(begin)))?;
        Ok(())
    }

    /// The ticket of a request that has one in this life of the client.
    fn ticket_of(&self, number: usize) -> Option<i64> {
        let request = self.requests.get(number)?;
        let alive = self.process.as_ref().is_some_and(|process| process.life == request.life);
        (alive && request.accepted).then_some(request.ticket)
    }

    pub fn cancel(&mut self, number: usize) -> Result<(), End> {
        let Some(ticket) = self.ticket_of(number) else { return Ok(()) };
        self.handle(Event::Cancelled(ticket)).map(|_| ())
    }

    pub fn wait_for(&mut self, number: usize) {
        let Some(ticket) = self.ticket_of(number) else { return };
        let Some(process) = &mut self.process else { return };
        if process.stopped || !process.machine.in_flight(ticket) || process.answers.answered(ticket).is_some() {
            return;
        }
        if process.answers.wait_for(ticket, &Arc::new(Condvar::new())) {
            process.awaited.insert(ticket);
            let life = process.life;
            let over = self.now + self.plan.random.range(0, 40 * SECOND);
            self.at(over, Moment::WaitOver { life, ticket });
        }
    }

    pub fn wait_over(&mut self, life: u32, ticket: i64) {
        let Some(process) = self.process.as_mut().filter(|process| process.life == life) else { return };
        if process.awaited.contains(&ticket) && process.answers.answered(ticket).is_none() {
            process.answers.wait_no_more(ticket);
            process.awaited.remove(&ticket);
        }
    }

    pub fn read_awaited(&mut self, life: u32, ticket: i64) -> Result<(), End> {
        let Some(process) = self.process.as_mut().filter(|process| process.life == life) else { return Ok(()) };
        process.awaited.remove(&ticket);
        match process.answers.read(ticket) {
            Some(unread) => self.given(unread),
            None => Ok(()),
        }
    }

    /// The program reads every answer that there is.
    pub fn receive(&mut self) -> Result<(), End> {
        self.receives = false;
        loop {
            let Some(process) = &mut self.process else { return Ok(()) };
            if let Some(unread) = process.answers.read_next() {
                self.given(unread)?;
                continue;
            }
            let Some(ticket) = process.machine.any_flight().filter(|_| process.stopped) else { return Ok(()) };
            self.handle(Event::EndStopped(ticket))?;
        }
    }

    /// An answer goes to the program, which releases it later.
    fn given(&mut self, unread: Unread) -> Result<(), End> {
        let Some(process) = &mut self.process else { return Ok(()) };
        if let (Some(journal), Some(record)) = (&process.journal, unread.record) {
            journal.delivered(record);
        }
        self.step()?;
        let request = self.check_answer(&unread.text)?;
        let Some(life) = self.process.as_ref().map(|process| process.life) else { return Ok(()) };
        let later = self.now + self.plan.random.range(0, SECOND);
        self.at(later, Moment::Release { life, record: unread.record, request });
        self.adopt_later(request, &unread.text);
        Ok(())
    }

    /// A program that has lost patience adopts some tasks that it has paid for.
    fn adopt_later(&mut self, number: usize, text: &str) {
        let Some(task) = self.requests.get(number).and_then(|request| request.task) else { return };
        let Ok(answer) = serde_json::from_str::<serde_json::Value>(text) else { return };
        let ended = answer["errorCode"].as_str().is_some_and(|code| code.starts_with("CAPTASK_"));
        let dies = self.fuse.is_some() || self.lives > 1 || self.plan.close_at.is_some();
        if !ended || answer["taskId"].is_null() || dies || self.plan.hosts > 1 || !self.plan.random.permille(300) {
            return;
        }
        let used = answer["meta"]["pollsUsed"].as_u64().or(answer["meta"]["polls"].as_u64()).unwrap_or(0);
        let polls_used = u32::try_from(used).unwrap_or(0);
        self.requests.push(Request {
            adopts: Some(task),
            task: Some(task),
            told: true,
            polls_used,
            ..Request::default()
        });
        let later = self.now + self.plan.random.range(0, 3 * SECOND);
        self.at(later, Moment::Submit(self.requests.len() - 1));
    }

    pub fn release(&mut self, life: u32, record: Option<u64>, number: usize) -> Result<(), End> {
        if self.process.as_ref().is_none_or(|process| process.life != life) {
            return Ok(());
        }
        self.step()?;
        let fails = self.plan.full > 0 && self.plan.random.permille(self.plan.full);
        if let Some((journal, record)) = self.process.as_ref().and_then(|process| process.journal.as_ref()).zip(record)
        {
            journal.break_writes(fails);
            journal.mark_done(record);
            journal.break_writes(false);
        }
        self.requests[number].released |= !fails;
        self.step()
    }

    /// As `Engine::stop` does it.
    pub fn stop(&mut self) -> Result<(), End> {
        let Some(process) = &mut self.process else { return Ok(()) };
        if process.stopped {
            return Ok(());
        }
        process.stopped = true;
        self.handle(Event::Stopped)?;
        let Some(process) = &self.process else { return Ok(()) };
        let mut awaited = process.answers.awaited();
        awaited.sort_unstable();
        for ticket in awaited {
            self.handle(Event::EndStopped(ticket))?;
        }
        let later = self.now + self.plan.random.range(0, SECOND);
        self.at(later, Moment::Receive);
        Ok(())
    }

    /// As `Engine::close` does it: answers that a caller waits for are given, the others are dropped.
    pub fn close(&mut self) -> Result<(), End> {
        self.stop()?;
        let Some(process) = &mut self.process else { return Ok(()) };
        let mut awaited: Vec<i64> = process.awaited.drain().collect();
        awaited.sort_unstable();
        for ticket in awaited {
            let Some(process) = &mut self.process else { return Ok(()) };
            if let Some(unread) = process.answers.read(ticket) {
                self.given(unread)?;
            }
        }
        self.step()?;
        let Some(mut process) = self.process.take() else { return Ok(()) };
        let mut left: Vec<Option<TaskId>> = Vec::new();
        left.extend(process.answers.drop_unread().in_order().map(|(_, unread)| unread.task_id));
        left.extend(process.machine.take_tickets().into_flights().map(|(_, ticket)| ticket.task_id));
        left.into_iter().flatten().for_each(|id| _ = self.logged.insert(id.to_string()));
        if let Some(journal) = &process.journal {
            journal.release();
        }
        self.closed(process.life);
        Ok(())
    }

    /// When the results of a task are sent to its callback URL.
    pub fn plan_callbacks(&mut self, task: usize) {
        let request = self.tasks[task].request;
        if !self.requests.get(request).is_some_and(|request| request.token) {
            return;
        }
        let ready = self.tasks[task].ready_at;
        let random = &mut self.plan.random;
        if random.permille(200) {
            return;
        }
        let times = if random.permille(200) { 2 } else { 1 };
        for _ in 0..times {
            let later = ready + self.plan.random.range(0, SECOND);
            self.at(later, Moment::CallBack(task));
        }
    }

    pub fn call_back(&mut self, task: usize) -> Result<(), End> {
        let Some(task) = self.tasks.get(task) else { return Ok(()) };
        let (number, text) = (task.request, result(task));
        let Some(ticket) = self.ticket_of(number) else { return Ok(()) };
        let Some(process) = &self.process else { return Ok(()) };
        if !process.tokens.values().any(|known| *known == ticket) {
            return Ok(());
        }
        let answer = Answer { text, status: 200, retry_after_ms: None, host: 0, warning: None, note: None };
        if self.handle(Event::CalledBack(ticket, answer))? == Done::Yes {
            self.requests[number].called_back = true;
        }
        Ok(())
    }

    /// Whether a refusal of the limits is one that they had to make.
    fn check_guard(&self, failure: &crate::protocol::Failure) -> Result<(), End> {
        let Some(process) = &self.process else { return Ok(()) };
        let minute = 60 * SECOND;
        let recent = process.admitted.values().filter(|at| **at + minute > self.now).count();
        let most = process.admitted.len() as u64;
        let per_minute = self.plan.guard.tasks_per_minute.is_some_and(|limit| recent >= limit as usize);
        let full = self.plan.guard.max_tasks.is_some_and(|limit| most >= limit);
        if failure.code == Code::Guard && (per_minute || full || process.held_until > self.now) {
            return Ok(());
        }
        Err(End::Broken(format!("the limits refuse a purchase without a reason: {failure}")))
    }
}
