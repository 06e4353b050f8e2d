//! The service's methods.

use super::account::{AccountId, Accounts};
use super::check::check;
use super::config::Config;
use super::due::{Job, Next, Schedule};
use super::envelope::{Refusal, success};
use super::method::Method;
use super::random::Random;
use super::task::{Status, Task, TaskResult, Tasks};
use crate::protocol::json::{self, Object};
use hyper::Uri;
use hyper::http::uri::Authority;
use std::borrow::Cow;
use std::time::Instant;

/// A method's answer, and the task it was about where there is one.
#[derive(Debug)]
pub(super) struct MethodAnswer {
    pub(super) body: String,
    pub(super) task: Option<u64>,
    /// The error code it holds.
    pub(super) error: Option<Cow<'static, str>>,
}

impl MethodAnswer {
    fn fine(members: &str) -> MethodAnswer {
        MethodAnswer { body: success(members), task: None, error: None }
    }

    /// An error answer; `more` is `,"name":value…` or empty.
    pub(super) fn refused(refusal: Refusal, more: &str) -> MethodAnswer {
        MethodAnswer { body: refusal.to_json(more), task: None, error: Some(refusal.code) }
    }
}

/// What the service knows.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) config: Config,
    pub(super) accounts: Accounts,
    pub(super) tasks: Tasks,
    pub(super) random: Random,
    pub(super) callbacks: Schedule,
}

impl Service {
    pub(super) fn new(config: Config) -> Self {
        let tasks = Tasks::new(config.first_task_id, config.retention, config.max_tasks);
        let (accounts, random) = (Accounts::new(config.accounts.clone(), config.balance), Random::new(config.seed));
        Service { accounts, tasks, random, config, callbacks: Schedule::default() }
    }

    /// Accounts, settings and random numbers as this configuration says, and no tasks; their ids go on.
    pub(super) fn reset(&mut self, config: Config) {
        self.accounts = Accounts::new(config.accounts.clone(), config.balance);
        self.random = Random::new(config.seed);
        self.tasks.clear();
        self.callbacks.clear();
        self.config = config;
    }

    /// Answers a method that takes a JSON body.
    pub(super) fn call(&mut self, method: Method, body: &[u8], now: Instant) -> MethodAnswer {
        let answer = match std::str::from_utf8(body).ok().and_then(|text| Object::parse(text).ok()) {
            None => Err(Refusal::of("ERROR_TASK_ABSENT")),
            Some(request) => self.enter(method, &request).and_then(|account| match method {
                Method::CreateTask => self.create_task(account, &request, now),
                Method::GetTaskResult => self.get_task_result(account, &request, now),
                Method::GetBalance => {
                    let balance = self.accounts.get(account).map(|account| account.balance).unwrap_or_default();
                    Ok(MethodAnswer::fine(&format!("\"balance\":{balance}")))
                }
                Method::ReportIncorrectImageCaptcha | Method::ReportIncorrectTokenCaptcha => {
                    self.report(method, account, &request, now)
                }
                Method::GetUserAgent | Method::Unknown => Err(Refusal::of("ERROR_NO_SUCH_METHOD")),
            }),
        };
        answer.unwrap_or_else(|refusal| {
            let more = if method == Method::CreateTask { ",\"taskId\":0" } else { "" };
            MethodAnswer::refused(refusal, more)
        })
    }

    /// Checks the key of a request.
    fn enter(&mut self, method: Method, request: &Object<'_>) -> Result<AccountId, Refusal> {
        let key = request.string("clientKey").unwrap_or_default();
        if let Some((stage, code)) = requested_error(&key)
            && (stage.is_empty() || stage == method.stage())
        {
            return Err(Refusal::requested(code.to_owned()));
        }
        self.accounts.enter(&key).map_err(Refusal::of)
    }

    fn create_task(&mut self, account: AccountId, request: &Object<'_>, now: Instant) -> Result<MethodAnswer, Refusal> {
        let absent = || Refusal::of("ERROR_TASK_ABSENT");
        let task = request.get("task").ok_or_else(absent)?;
        let task = Object::parse(task.get()).map_err(|_| absent())?;
        let kind = task.string("type").ok_or_else(|| Refusal::of("ERROR_TASK_NOT_SUPPORTED"))?;
        let mut failing = request.string("clientKey").as_deref().and_then(requested_result_error).map(str::to_owned);
        for member in task.members() {
            // Escapes cannot stand in what is looked for, so most members need no decoding.
            let Some(text) = member.value.get().strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
                continue;
            };
            match requested_error(text) {
                Some(("" | "create", code)) => return Err(Refusal::requested(code.to_owned())),
                Some(("result", code)) => failing = Some(code.to_owned()),
                _ => {}
            }
        }
        if self.config.check_tasks && failing.is_none() {
            check(&self.config.catalogue, task.text())?;
        }
        let callback = callback_url(request)?;
        let price = self.config.price;
        let balance = &mut self.accounts.get_mut(account).ok_or(Refusal::of("ERROR_KEY_DOES_NOT_EXIST"))?.balance;
        if *balance < price {
            return Err(Refusal::of("ERROR_ZERO_BALANCE"));
        }
        let prescribed = || super::solution::prescribed(&self.config.solutions, &task);
        let outcome = match failing {
            Some(code) => TaskResult::Error(self.tasks.share(code)),
            None => match prescribed() {
                Some(outcome) => outcome,
                None => TaskResult::Solution(self.tasks.share(self.config.catalogue.sample_solution(task.text()))),
            },
        };
        let charged = matches!(outcome, TaskResult::Solution(_));
        let time = self.config.solve_by_type.get(&kind).copied().unwrap_or(self.config.solve);
        let ready_at = now + self.random.duration(time.min, time.max);
        // Unchecked tasks may have a name of any length.
        let kind = self.tasks.share(kind.chars().take(100).collect());
        let task = Task { kind, account, created: now, ready_at, polls: 0, reported: false, outcome };
        let id = self.tasks.add(task, now).ok_or(Refusal::of("ERROR_NO_SLOT_AVAILABLE"))?;
        if charged {
            *balance -= price;
        }
        if let Some(url) = callback {
            self.callbacks.add(ready_at, id, url);
        }
        Ok(MethodAnswer { task: Some(id), ..MethodAnswer::fine(&format!("\"taskId\":{id}")) })
    }

    /// The task a request is about, if it is this account's and still known.
    fn task(&mut self, account: AccountId, request: &Object<'_>, now: Instant) -> Result<(u64, &mut Task), Refusal> {
        let unknown = || Refusal::of("ERROR_NO_SUCH_CAPCHA_ID");
        let id: u64 = request.get("taskId").and_then(|raw| raw.get().parse().ok()).ok_or_else(unknown)?;
        match self.tasks.get_mut(id, now) {
            Some(task) if task.account == account => Ok((id, task)),
            _ => Err(unknown()),
        }
    }

    fn get_task_result(
        &mut self,
        account: AccountId,
        request: &Object<'_>,
        now: Instant,
    ) -> Result<MethodAnswer, Refusal> {
        let most = self.config.max_polls;
        let (id, task) = self.task(account, request, now)?;
        task.polls = task.polls.saturating_add(1);
        if task.polls > most {
            return Err(Refusal::of("ERROR_TOO_MUCH_REQUESTS"));
        }
        let reply = match now < task.ready_at {
            true => MethodAnswer::fine("\"status\":\"processing\",\"solution\":null"),
            false => finished(&task.outcome),
        };
        Ok(MethodAnswer { task: Some(id), ..reply })
    }

    /// The callback that is due first: its URL and what it brings, once its time has come; else when to look again.
    pub(super) fn next_callback(&mut self, now: Instant) -> Next {
        loop {
            match self.callbacks.next(now) {
                Ok((id, url)) => {
                    // A reset may have dropped the task.
                    if let Some(task) = self.tasks.get_mut(id, now) {
                        return Next::Deliver(Job { task: id, url, body: finished(&task.outcome).body });
                    }
                }
                Err(at) => return Next::Wait(at),
            }
        }
    }

    fn report(
        &mut self,
        method: Method,
        account: AccountId,
        request: &Object<'_>,
        now: Instant,
    ) -> Result<MethodAnswer, Refusal> {
        let retention = self.config.retention;
        let catalogue = self.config.catalogue.clone();
        let (id, task) = self.task(account, request, now)?;
        if task.status(now, retention) == Status::Processing {
            return Err(Refusal::because("ERROR_NO_SUCH_CAPCHA_ID", "The task is not finished yet."));
        }
        let right = catalogue.report_method(&task.kind);
        if right != method.name() {
            let why = format!("The method to report {} is {right}.", task.kind);
            return Err(Refusal::because("ERROR_NO_SUCH_CAPCHA_ID", why));
        }
        task.reported = true;
        Ok(MethodAnswer { task: Some(id), ..MethodAnswer::fine("\"status\":\"success\"") })
    }
}

fn callback_url(request: &Object<'_>) -> Result<Option<Uri>, Refusal> {
    let wrong = || Refusal::because("ERROR_INVALID_TASK", "callbackUrl: expected an http or https URL");
    let Some(raw) = request.get("callbackUrl").filter(|raw| raw.get() != "null") else { return Ok(None) };
    let url: Uri = json::as_string(raw).and_then(|url| url.parse().ok()).ok_or_else(wrong)?;
    match (url.scheme_str(), url.authority()) {
        (Some("http" | "https"), Some(place)) if !place.host().is_empty() && port_is_one(place) => Ok(Some(url)),
        _ => Err(wrong()),
    }
}

/// Whether what stands for a port, if anything does, is one: the library takes too large a number for none.
fn port_is_one(place: &Authority) -> bool {
    let after = place.as_str().rsplit(['@', ']']).next().unwrap_or_default();
    after.split_once(':').is_none_or(|(_, port)| port.is_empty() || port.parse::<u16>().is_ok())
}

/// What getTaskResult answers for a finished task; a callback brings the same.
fn finished(outcome: &TaskResult) -> MethodAnswer {
    match outcome {
        TaskResult::Solution(solution) => MethodAnswer::fine(&format!("\"status\":\"ready\",\"solution\":{solution}")),
        TaskResult::Error(code) => MethodAnswer::refused(Refusal::requested(code.to_string()), ""),
    }
}

/// An error that a text asks for: `error:CODE`, or `error@result:CODE` for one at a later stage.
fn requested_error(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("error")?;
    let (stage, code) = match rest.strip_prefix('@') {
        Some(rest) => rest.split_once(':')?,
        None => ("", rest.strip_prefix(':')?),
    };
    let fine = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fine.then_some((stage, code))
}

fn requested_result_error(key: &str) -> Option<&str> {
    requested_error(key).filter(|(stage, _)| *stage == "result").map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_told_from_other_texts() {
        assert_eq!(requested_error("error:ERROR_ZERO_BALANCE"), Some(("", "ERROR_ZERO_BALANCE")));
        assert_eq!(
            requested_error("error@result:ERROR_CAPTCHA_UNSOLVABLE"),
            Some(("result", "ERROR_CAPTCHA_UNSOLVABLE"))
        );
        for text in ["", "error", "error:", "errors:X", "error@result", "error: X", "error:\\u0041", "an error:X"] {
            assert_eq!(requested_error(text), None, "{text}");
        }
    }

    #[test]
    fn methods_have_paths() {
        assert_eq!(Method::of("/createTask"), Method::CreateTask);
        assert_eq!(Method::of("/getTaskResult/"), Method::GetTaskResult);
        assert_eq!(Method::of("/api/useragent/actual"), Method::GetUserAgent);
        assert_eq!(Method::of("/reportIncorrectRecaptcha"), Method::ReportIncorrectTokenCaptcha);
        assert_eq!(Method::of("/"), Method::Unknown);
        assert_eq!(Method::of("/nothing"), Method::Unknown);
    }
}
