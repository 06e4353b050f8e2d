//! The model service, and the network between it and the client: what becomes of a request.

use super::plan::{Micros, Random, SECOND};
use super::world::World;
use crate::client::purchase::{Bought, Broken};
use crate::client::reply::{Answer, outcome_unknown};
use crate::protocol::{Code, Failure};

/// A task that was bought.
pub struct Task {
    /// Its taskId, as JSON text.
    pub id: String,
    pub request: usize,
    pub host: usize,
    pub ready_at: Micros,
    /// It ends with an error.
    pub fails: bool,
    /// getTaskResult calls that arrived.
    pub polls: u32,
    /// One of them could not be written down before: a later client may take it for one that is left.
    pub uncounted: bool,
}

/// What comes back to the client.
pub enum Back {
    /// A reply; `true` when it comes twice.
    Reply(Answer, bool),
    Broken(Broken),
}

/// What the client has to conclude of a createTask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It certainly bought nothing.
    No,
    /// It named the task that it bought.
    Bought,
    /// It bought a task, whose result came along without a taskId.
    Nameless,
    /// It may have bought a task.
    Unknown,
}

/// What a createTask comes to.
pub struct Created {
    pub back: Back,
    pub verdict: Verdict,
    /// Whether a task was bought.
    pub buys: bool,
    /// The account is refused.
    pub refuses: bool,
    /// `Retry-After`, in milliseconds.
    pub retry_after: Option<u64>,
    /// The reply comes only when the client has given up.
    pub late: bool,
}

pub fn reply(status: u16, text: impl Into<String>, host: usize) -> Answer {
    Answer { text: text.into(), status, retry_after_ms: None, host, warning: None, note: None }
}

fn failure(text: &str) -> Failure {
    Failure::new(Code::Connect, text)
}

/// Nothing of the request was sent.
pub fn not_sent(again: bool) -> Back {
    Back::Broken(Broken { sent: false, bought: Bought::No, again, failure: failure("not sent") })
}

/// A createTask was sent, and no reply came.
pub fn create_lost() -> Back {
    let failure = outcome_unknown("no answer came");
    Back::Broken(Broken { sent: true, bought: Bought::Unknown, again: false, failure })
}

/// A poll was sent, and no reply came.
pub fn poll_lost() -> Back {
    let failure = Failure::new(Code::Network, "lost");
    Back::Broken(Broken { sent: true, bought: Bought::No, again: true, failure })
}

/// The result of a task.
pub fn result(task: &Task) -> String {
    if task.fails {
        return String::from(r#"{"errorId":1,"errorCode":"ERROR_CAPTCHA_UNSOLVABLE"}"#);
    }
    format!(r#"{{"errorId":0,"status":"ready","solution":{{"r":{}}}}}"#, task.request)
}

/// A taskId of one of the kinds that services give out, for the task with this number.
pub fn task_id(random: &mut Random, number: usize) -> String {
    match random.range(0, 20) {
        0 => format!("\"{number:08x}-0000-4000-8000-000000000000\""),
        1 => format!("9{number:025}"),
        2 => format!("\"{number}{}\"", "x".repeat(300)),
        _ => (7_000_000 + number).to_string(),
    }
}

impl World {
    /// What the service makes of a createTask: `id` is the taskId it would give, `text` the result it would give at once.
    pub fn create(&mut self, id: &str, result: &str, host: usize) -> Created {
        let created =
            |back, verdict, buys| Created { back, verdict, buys, refuses: false, retry_after: None, late: false };
        let random = &mut self.plan.random;
        let doubled = self.plan.rough > 0 && random.permille(20);
        let bought = format!(r#"{{"errorId":0,"taskId":{id}}}"#);
        if !random.permille(self.plan.rough) {
            return match random.range(0, 50) {
                0 => {
                    let text = format!(r#"{{"taskId":{id},{}"#, &result[1..]);
                    created(Back::Reply(reply(200, text, host), doubled), Verdict::Bought, true)
                }
                1 => created(Back::Reply(reply(200, result, host), doubled), Verdict::Nameless, true),
                _ => created(Back::Reply(reply(200, bought, host), doubled), Verdict::Bought, true),
            };
        }
        let coin = random.permille(500);
        let answered = |status, text: &str| Back::Reply(reply(status, text, host), doubled);
        match random.range(0, 12) {
            0 => created(create_lost(), Verdict::Unknown, coin),
            1 => Created { late: true, ..created(create_lost(), Verdict::Unknown, coin) },
            2 | 3 => {
                let seconds = random.pick(&[None, Some(1), Some(7)]);
                let text = random.pick(&["", "<html>", r#"{"errorId":1,"errorCode":"ERROR_TOO_MUCH_REQUESTS"}"#]);
                let retry_after = seconds.map(|seconds: u64| seconds * 1000);
                let answer = Answer { retry_after_ms: retry_after, ..reply(429, text, host) };
                Created { retry_after, ..created(Back::Reply(answer, doubled), Verdict::No, false) }
            }
            4 => {
                let text = r#"{"errorId":1,"errorCode":"ERROR_NO_SLOT_AVAILABLE"}"#;
                created(answered(503, text), Verdict::No, false)
            }
            5 => {
                let text =
                    random.pick(&["<html>", "", r#"{"errorId":0,"taskId":0}"#, r#"{"errorId":0,"taskId":70"#, "{}"]);
                created(answered(random.pick(&[200, 500, 502]), text), Verdict::Unknown, coin)
            }
            6 => {
                let code = random.pick(&["ERROR_ZERO_BALANCE", "ERROR_KEY_DOES_NOT_EXIST"]);
                let text = format!(r#"{{"errorId":1,"errorCode":"{code}"}}"#);
                Created { refuses: true, ..created(answered(200, &text), Verdict::No, false) }
            }
            7 => {
                let code = random.pick(&["ERROR_NO_SLOT_AVAILABLE", "ERROR_OF_NEXT_YEAR", "ERROR_WRONG_PAGEURL"]);
                let text = format!(r#"{{"errorId":1,"errorCode":"{code}","taskId":0}}"#);
                created(answered(random.pick(&[200, 400, 500]), &text), Verdict::No, false)
            }
            8 => {
                let refused = Broken { sent: true, bought: Bought::No, again: false, failure: failure("alert") };
                created(Back::Broken(refused), Verdict::No, false)
            }
            9 => created(answered(500, &bought), Verdict::Bought, true),
            10 => created(create_lost(), Verdict::Unknown, true),
            _ => created(Back::Reply(reply(200, bought, host), true), Verdict::Bought, true),
        }
    }

    /// What the service answers to a poll; `true` when it comes too late.
    pub fn poll(&mut self, task: usize, host: usize) -> (Back, bool) {
        let now = self.now;
        let random = &mut self.plan.random;
        let Some(task) = self.tasks.get(task) else { return (poll_lost(), false) };
        let ready = now >= task.ready_at;
        let doubled = self.plan.rough > 0 && random.permille(20);
        let waits = random.pick(&[
            r#"{"errorId":0,"status":"processing"}"#,
            r#"{"errorId":0,"status":"processing"}"#,
            r#"{"errorId":0,"status":"idle"}"#,
            r#"{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}"#,
        ]);
        let text = if ready { result(task) } else { String::from(waits) };
        if !random.permille(self.plan.rough) {
            return (Back::Reply(reply(200, text, host), doubled), false);
        }
        let answered = |status, text: &str| (Back::Reply(reply(status, text, host), doubled), false);
        match random.range(0, 7) {
            0 => (poll_lost(), false),
            1 => (poll_lost(), true),
            2 => answered(random.pick(&[500, 502, 404]), "<html>"),
            3 => {
                let answer = Answer { retry_after_ms: Some(random.range(0, 4000)), ..reply(429, "", host) };
                (Back::Reply(answer, doubled), false)
            }
            4 => answered(200, random.pick(&["{}", "[]", r#"{"errorId":0,"status":"so-so"}"#])),
            5 if !task.fails => answered(random.pick(&[500, 429]), &text),
            _ => answered(200, &text),
        }
    }

    /// How long half an exchange takes.
    pub fn half(&mut self) -> Micros {
        let (low, high) = self.plan.latency;
        self.plan.random.range(low, high) / 2
    }

    /// How long the service needs for a task.
    pub fn solve_time(&mut self) -> Micros {
        let random = &mut self.plan.random;
        if self.plan.patient {
            return random.range(50 * SECOND, 200 * SECOND);
        }
        match random.range(0, 10) {
            0 => 0,
            1 => random.range(0, 200 * SECOND),
            _ => random.range(SECOND / 2, 6 * SECOND),
        }
    }
}
