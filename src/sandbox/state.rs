//! What a sandbox remembers, and how it answers one request.

use super::ban::Bans;
use super::config::Config;
use super::envelope::Refusal;
use super::fault::{Fault, Faults};
use super::inject;
use super::log::{Entry, Excerpt, Log};
use super::method::Method;
use super::service::{MethodAnswer, Service};
use super::{account, scenario};
use crate::protocol::Failure;
use crate::protocol::json::quote;
use crate::server::{Head, Plan};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What getUserAgent answers: of today's form, and plainly not a browser's.
const USER_AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
    (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 captask-sandbox/artificial";

#[derive(Debug)]
pub(super) struct SandboxState {
    /// As it was opened.
    opened: Config,
    pub(super) service: Service,
    pub(super) faults: Faults,
    pub(super) log: Log,
    bans: Bans,
    requests: BTreeMap<Method, u64>,
}

impl SandboxState {
    /// The state of a sandbox that was just opened, and for how long it refuses connections.
    pub(super) fn new(config: Config) -> Result<(SandboxState, Option<Duration>), Failure> {
        let mut faults = Faults::default();
        let refuse = faults.add(config.faults.clone())?;
        let state = SandboxState {
            service: Service::new(config.clone()),
            faults,
            log: Log::new(config.keep_requests),
            bans: Bans::default(),
            requests: BTreeMap::new(),
            opened: config,
        };
        Ok((state, refuse))
    }

    /// Everything as at opening; task ids and request numbers go on.
    pub(super) fn reset(&mut self) -> Result<Option<Duration>, Failure> {
        let config = self.opened.clone();
        self.faults.clear();
        let refuse = self.faults.add(config.faults.clone())?;
        self.service.reset(config);
        self.log.clear();
        self.bans.clear();
        self.requests.clear();
        Ok(refuse)
    }

    /// The settings as at opening, with this scenario over them in the place of the one they came with; `None` for
    /// none. Tasks and requests stay.
    pub(super) fn play(&mut self, name: Option<&str>) -> Result<Option<Duration>, Failure> {
        let plain = self.opened.plain.as_deref().unwrap_or(&self.opened);
        let mut config = plain.clone();
        if let Some(name) = name {
            config.play(name)?;
        }
        if config.balance != self.service.config.balance {
            self.service.accounts.set_balance(None, config.balance);
            if config.balance == plain.balance {
                for (key, account) in &config.accounts {
                    self.service.accounts.set_balance(Some(key), account.balance);
                }
            }
        }
        self.faults.clear();
        let refuse = self.faults.add(config.faults.clone())?;
        self.service.config = config;
        Ok(refuse)
    }

    /// Looks for a fault that strikes before the body of a request is read. With it, how long to refuse connections.
    pub(super) fn before_reading(&mut self, head: &Head<'_>) -> Option<(Plan, Option<Duration>)> {
        let method = Method::of(head.path);
        let fault = self.faults.strike(method, true, &mut self.service.random)?;
        self.count(method);
        let (plan, status, _) = inject::plan(&fault, None);
        self.note(head, b"", Some(&fault), None, (status, b""));
        let refuse = (fault.kind == super::fault::Kind::Refuse).then_some(fault.refuse_for);
        Some((plan, refuse))
    }

    /// Answers a whole request.
    pub(super) fn answer(&mut self, head: &Head<'_>, body: &[u8], now: Instant) -> Plan {
        let method = Method::of(head.path);
        self.count(method);
        let fault = self.faults.strike(method, false, &mut self.service.random);
        if let Some(fault) = fault.as_ref().filter(|fault| !fault.executes) {
            let (plan, status, text) = inject::plan(fault, None);
            self.note(head, body, Some(fault), None, (status, text.as_bytes()));
            return plan;
        }
        if method == Method::GetUserAgent && matches!(head.method, "GET" | "POST") && fault.is_none() {
            self.note(head, body, None, None, (200, USER_AGENT.as_bytes()));
            return Plan::text(200, "text/plain; charset=utf-8", USER_AGENT);
        }
        let (status, reply) = self.execute(head, method, body, now);
        match fault {
            None => {
                self.note(head, body, None, reply.task, (status, reply.body.as_bytes()));
                let plan = Plan::json(status, reply.body);
                if status == 405 { plan.header("allow", "POST") } else { plan }
            }
            Some(fault) => {
                let (plan, status, text) = inject::plan(&fault, Some(reply.body));
                self.note(head, body, Some(&fault), reply.task, (status, text.as_bytes()));
                plan
            }
        }
    }

    /// Answers a request that did not arrive whole.
    pub(super) fn answer_unreadable(&mut self, head: &Head<'_>, status: u16, why: &'static str) -> Plan {
        let method = Method::of(head.path);
        self.count(method);
        let text = Refusal::because("ERROR_TASK_ABSENT", why).to_json("");
        self.note(head, b"", None, None, (status, text.as_bytes()));
        Plan::json(status, text)
    }

    fn execute(&mut self, head: &Head<'_>, method: Method, body: &[u8], now: Instant) -> (u16, MethodAnswer) {
        match (method, head.method) {
            (Method::GetUserAgent, "GET" | "POST") => {
                return (200, MethodAnswer { body: USER_AGENT.to_owned(), task: None, error: None });
            }
            (Method::Unknown, _) => return (404, MethodAnswer::refused(Refusal::of("ERROR_NO_SUCH_METHOD"), "")),
            (_, "POST") => {}
            _ => {
                let refusal = Refusal::because("ERROR_NO_SUCH_METHOD", "This method is called with POST.");
                return (405, MethodAnswer::refused(refusal, ""));
            }
        }
        let peer = head.peer.ip();
        let Some(rule) = self.service.config.bans else { return (200, self.service.call(method, body, now)) };
        if self.bans.banned(peer, now) {
            return (200, MethodAnswer::refused(Refusal::of("ERROR_IP_BANNED"), ""));
        }
        let reply = self.service.call(method, body, now);
        if let Some(code) = &reply.error {
            self.bans.note(rule, peer, code, now);
        }
        (200, reply)
    }

    fn count(&mut self, method: Method) {
        *self.requests.entry(method).or_default() += 1;
    }

    /// Keeps a request to be looked at. `answer` is its status (0: none) and text.
    fn note(&mut self, head: &Head<'_>, body: &[u8], fault: Option<&Fault>, task: Option<u64>, answer: (u16, &[u8])) {
        if !self.log.keeps() {
            return;
        }
        self.log.add(Entry {
            method: Method::of(head.path),
            peer: head.peer,
            verb: head.method.chars().take(16).collect(),
            path: head.path.chars().take(200).collect(),
            status: answer.0,
            fault: fault.map(|fault| fault.kind.word()),
            task,
            request: Excerpt::of(body),
            answer: Excerpt::of(answer.1),
        });
    }

    /// The members of `captask_inspect`, without braces.
    pub(super) fn members(&mut self, url: &str, now: Instant) -> String {
        self.service.tasks.forget(now);
        let requests = Method::NAMES
            .iter()
            .map(|(name, method)| format!("\"{name}\":{}", self.requests.get(method).copied().unwrap_or(0)));
        let tally = self.service.tasks.tally(now);
        let accounts = self.service.accounts.iter().take(100).map(|(key, account)| {
            format!(
                "{{\"key\":{},\"balance\":{},\"status\":\"{}\"}}",
                quote(&account::redacted(key)),
                account.balance,
                account.standing.word()
            )
        });
        format!(
            "\"errorId\":0,\"kind\":\"sandbox\",\"url\":{},\"requests\":{{{}}},\"tasks\":{{\"created\":{},\"processing\":{},\
             \"ready\":{},\"failed\":{},\"forgotten\":{}}},\"balance\":{},\"accounts\":[{}],\"scenario\":{},\"faults\":{},\"callbacks\":{}",
            quote(url),
            requests.collect::<Vec<_>>().join(","),
            tally.created,
            tally.processing,
            tally.ready,
            tally.failed,
            tally.forgotten,
            self.service.accounts.balance(),
            accounts.collect::<Vec<_>>().join(","),
            self.service.config.scenario.as_deref().map_or_else(|| String::from("null"), quote),
            self.faults.to_json(),
            self.service.callbacks.to_json(),
        )
    }

    /// The scenarios that can be played, as JSON.
    pub(super) fn scenarios() -> String {
        let one = |(name, what, _): &(&str, &str, &str)| format!("{{\"name\":\"{name}\",\"what\":{}}}", quote(what));
        format!("[{}]", scenario::ALL.iter().map(one).collect::<Vec<_>>().join(","))
    }
}
