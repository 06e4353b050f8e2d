//! What has to hold of answers: those that the machine gives, those that the host program reads, and those that a journal has
//! for the next client.

use super::super::event::Answered;
use super::plan::{Micros, SECOND};
use super::promises::broken;
use super::world::{End, Moment, World};
use crate::client::journal::{Adoptable, Left};

impl World {
    /// The machine answers a ticket.
    pub fn delivered(&mut self, answered: &Answered) -> Result<(), End> {
        let Some(number) = self.request_of(answered.ticket) else {
            return broken(String::from("an answer of no ticket"));
        };
        let now = self.now;
        let Some(process) = &mut self.process else { return Ok(()) };
        let request = &mut self.requests[number];
        if request.answered {
            return broken(format!("request {number}: a second answer"));
        }
        request.answered = true;
        request.told_when_answered = request.told;
        request.refused_when_answered = request.refused && !request.open;
        request.answer_names_task = answered.task_id.is_some();
        if !request.open && request.task.is_none() {
            process.admitted.remove(&number);
        }
        const GRAIN: Micros = 5000;
        if now > request.deadline + GRAIN && !process.stopped {
            return broken(format!("request {number}: answered {} us after its deadline", now - request.deadline));
        }
        let life = process.life;
        if process.awaited.contains(&answered.ticket) {
            self.at(now, Moment::ReadAwaited { life, ticket: answered.ticket });
        } else if !self.receives {
            self.receives = true;
            let later = now + self.plan.random.range(0, 2 * SECOND);
            self.at(later, Moment::Receive);
        }
        Ok(())
    }

    /// The host program reads an answer; whose it is.
    pub fn check_answer(&mut self, text: &str) -> Result<usize, End> {
        let Ok(answer) = serde_json::from_str::<serde_json::Value>(text) else {
            return broken(format!("an answer that is no JSON: {text}"));
        };
        let number = answer["extra"].as_u64().and_then(|extra| usize::try_from(extra).ok());
        let Some(number) = number.filter(|number| *number < self.requests.len()) else {
            return broken(format!("an answer without its extra: {text}"));
        };
        let relaxed = self.plan.full > 0;
        let calm = self.plan.calm();
        let latency = self.plan.latency.1;
        let request = &mut self.requests[number];
        let task = request.task.and_then(|task| self.tasks.get(task));
        let code = answer["errorCode"].as_str().unwrap_or("");
        let unknown = answer["outcomeUnknown"] == true;
        let wrong = |what: &str| broken(format!("request {number}: {what}: {text}"));
        if let Some(of) = answer["solution"]["r"].as_u64() {
            let mine = task.map(|task| task.request as u64);
            if mine != Some(of) {
                return wrong("the result of another task");
            }
        } else if answer["errorId"] == 0 {
            return wrong("a result without a solution");
        }
        let named = text.split("\"taskId\":").nth(1);
        match (named, task) {
            (Some(rest), Some(task)) if rest.starts_with(&task.id) => {}
            (Some(rest), _) if rest.starts_with('0') => {}
            (Some(_), _) => return wrong("the taskId of another task"),
            (None, Some(_)) if request.told_when_answered && !relaxed => {
                return wrong("its taskId is not in the answer");
            }
            (None, _) => {}
        }
        let nothing = named.is_none_or(|rest| rest.starts_with('0')) && !unknown && answer["errorId"] != 0;
        let of_task = code == "ERROR_CAPTCHA_UNSOLVABLE";
        if nothing && !of_task {
            if request.task.is_some() || request.open {
                return wrong("it says that nothing was bought");
            }
            request.claimed_nothing = true;
        }
        if unknown && request.refused_when_answered && !relaxed {
            return wrong("the outcome is told as unknown, though createTask certainly bought nothing");
        }
        if code == "CAPTASK_PANIC" && !request.faulted {
            return wrong("a panic that hit another ticket has ended it");
        }
        if request.called_back && answer["solution"].is_null() && !of_task && !request.faulted {
            return wrong("its result came by callback and is not the answer");
        }
        if calm && !request.may_be_cancelled && request.adopts.is_none() {
            let window = request.deadline.saturating_sub(request.bought_at);
            let timely = task.is_some_and(|task| task.ready_at < request.bought_at + window / 2);
            if code == "CAPTASK_TIMEOUT" && request.max_polls == 120 && timely && window > 4 * SECOND + 4 * latency {
                return wrong("too few polls: its task was ready in time");
            }
            if code == "CAPTASK_TIMEOUT" && task.is_none() && !self.plan.hurried {
                return wrong("createTask was not sent in all its time");
            }
        }
        let released = request.released && request.orphaned.is_none();
        if released && !relaxed {
            return wrong("a second answer, after the first was released");
        }
        request.given += 1;
        request.given_in = self.lives;
        if request.orphaned.is_some_and(|life| life < self.lives) {
            request.orphaned = None;
        }
        request.released = false;
        Ok(number)
    }

    /// The process was killed.
    pub fn died(&mut self) {
        self.receives = false;
    }

    /// The client was closed in good order: what was given is over.
    pub fn closed(&mut self, life: u32) {
        self.receives = false;
        for request in &mut self.requests {
            if request.life == life && request.given_in == life && request.given > 0 {
                request.released = true;
            }
        }
    }

    /// What the journal has for a new client.
    pub fn check_left(&mut self, left: &[Adoptable]) -> Result<(), End> {
        if self.path.is_none() {
            return Ok(());
        }
        let mut found = vec![0_u32; self.requests.len()];
        let relaxed = self.plan.full > 0;
        for task in left {
            let number = task.extra.as_deref().and_then(|extra| extra.parse::<usize>().ok());
            let Some((number, request)) = number.and_then(|number| Some((number, self.requests.get(number)?))) else {
                return broken(format!("the journal has a record of no request: {:?}", task.extra));
            };
            found[number] += 1;
            if found[number] > 1 && !relaxed {
                return broken(format!("request {number}: twice in the journal"));
            }
            if request.released && request.orphaned.is_none() && !relaxed {
                return broken(format!("request {number}: its answer was released, and the journal still has it"));
            }
            let id = request.task.and_then(|task| self.tasks.get(task)).map(|task| task.id.as_str());
            match &task.left {
                Left::Queued if request.task.is_some() || request.open => {
                    return broken(format!("request {number}: the journal says that nothing was bought"));
                }
                Left::Sent if request.told && !relaxed => {
                    return broken(format!("request {number}: its taskId is not in the journal"));
                }
                Left::Sent if request.refused && !request.open && !relaxed => {
                    return broken(format!(
                        "request {number}: the journal does not say that createTask certainly bought nothing"
                    ));
                }
                Left::Bought(found) if Some(found.as_str()) != id => {
                    return broken(format!("request {number}: another taskId is in the journal"));
                }
                _ => {}
            }
        }
        for (number, request) in self.requests.iter().enumerate() {
            let over = request.given > 0 && request.orphaned.is_none();
            if request.accepted && !over && found[number] == 0 && self.lives > 0 && !relaxed {
                return broken(format!("request {number}: it has no answer, and the journal has lost it"));
            }
        }
        Ok(())
    }
}
