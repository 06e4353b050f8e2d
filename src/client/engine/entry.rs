//! How a request becomes a flight: everything that can be wrong is told here, before anything is sent.

use super::Engine;
use super::flight::{Brief, Flight, Phase};
use super::moments;
use super::moments::MOST_POLLS;
use super::scheduler::BUSY;
use super::state::Mode;
use crate::client::journal::Intent;
use crate::client::secret::{Secret, Text};
use crate::protocol::json::{self, quote};
use crate::protocol::request::{Asked, SolveRequest};
use crate::protocol::{Code, Failure, catalog};
use std::sync::{Arc, Condvar};
use std::time::{Duration, Instant};

/// The longest time anything may take, about 24 days: sums of a few never overflow.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Gives back what was taken from the client's limits, unless the flight took off.
struct Admission<'e> {
    engine: &'e Engine,
    reserved: bool,
    counted: Option<Instant>,
    record: Option<u64>,
    token: Option<Box<str>>,
}

impl Admission<'_> {
    fn keep(mut self) {
        (self.counted, self.record, self.token) = (None, None, None);
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        let shared = &self.engine.shared;
        if self.reserved {
            shared.lock().reserved -= 1;
        }
        if let Some(admitted) = self.counted {
            shared.core.guard.give_back(admitted);
        }
        if let (Some(journal), Some(record)) = (&shared.journal, self.record) {
            journal.done(record);
        }
        shared.forget_token(self.token.as_deref());
    }
}

impl Engine {
    /// Takes a request in; its ticket, or why not. With a bell, nobody but its owner gets the answer.
    pub(super) fn enter(&self, text: &str, bell: Option<&Arc<Condvar>>) -> Result<i64, Failure> {
        let shared = &self.shared;
        let core = &shared.core;
        let request = SolveRequest::parse(text)?;
        let own_key = own_key(&request)?;
        if own_key.is_none() {
            core.key_json()?;
        }
        if let Asked::Create(task) = request.asked {
            let validate = request.options.validate.unwrap_or(core.config.validate);
            crate::client::check(task, "/task", validate)?;
        }
        let ticket = self.reserve()?;
        let mut admission = Admission { engine: self, reserved: true, counted: None, record: None, token: None };
        shared.threads.start_scheduler(shared)?;
        let now = Instant::now();
        if matches!(request.asked, Asked::Create(_)) {
            core.guard.admit(now)?;
            admission.counted = Some(now);
        }
        let callback = self.new_token(&request, ticket);
        admission.token = callback.as_ref().map(|(token, _)| token.clone());
        let brief = Arc::new(self.brief(&request, ticket, now, own_key, admission.token.clone())?);
        if let Some(journal) = &shared.journal {
            let task_id = match request.asked {
                Asked::Adopt(id) => Some(id),
                Asked::Create(_) => None,
            };
            let host = task_id.map_or("", |id| core.hosts.get(core.host_of(id)).map_or("", String::as_str));
            let polls = request.options.polls_used.unwrap_or(0);
            admission.record = Some(journal.intend(&Intent {
                extra: request.extra,
                task_id,
                host,
                polls,
                own_key: brief.key.is_some(),
            })?);
        }
        let (body, task_id, phase) = match request.asked {
            Asked::Create(_) => {
                let body = self.create_body(&request, callback.map(|(_, url)| url))?;
                (Some(body), None, Phase::Queued(now))
            }
            Asked::Adopt(id) if brief.first.is_zero() => (None, Some(Arc::from(id)), Phase::Due(now)),
            Asked::Adopt(id) => {
                (None, Some(Arc::from(id)), Phase::Waiting(moments::first_poll(now, brief.first, brief.deadline)))
            }
        };
        let deadline = brief.deadline;
        let flight = Flight {
            host: task_id.as_deref().map_or(0, |id: &str| core.host_of(id)),
            brief,
            phase: Phase::Away,
            body,
            task_id,
            polls: 0,
            failures: 0,
            trouble: None,
            waiter: bell.cloned(),
            record: admission.record,
        };
        let mut state = shared.lock();
        if state.mode != Mode::Open {
            drop(state);
            return Err(Failure::new(Code::Closed, "the client was stopped meanwhile; nothing was sent"));
        }
        state.reserved -= 1;
        admission.reserved = false;
        state.insert(flight, phase);
        // Who is woken for a first one looks at the rest too; the scheduler need not hear of each of a thousand.
        let due = match phase {
            Phase::Waiting(at) => at.min(deadline),
            _ if state.can_hurry(core.config.max_connections) => (now + BUSY).min(deadline),
            _ => deadline,
        };
        let worker = state.idle > 0 && state.backlog() == 1 && !matches!(phase, Phase::Waiting(_));
        let clock = state.asleep_until.is_some_and(|until| due < until);
        if clock {
            state.asleep_until = None;
        }
        drop(state);
        if worker {
            shared.work.notify_one();
        }
        if clock {
            shared.clock.notify_one();
        }
        admission.keep();
        Ok(ticket)
    }

    /// A ticket, when there is room for one.
    fn reserve(&self) -> Result<i64, Failure> {
        let mut state = self.shared.lock();
        let most = self.shared.core.config.max_in_flight;
        if state.mode != Mode::Open {
            return Err(Failure::new(Code::Closed, "the client is stopped; it takes no new tasks"));
        }
        if state.load() >= most {
            return Err(Failure::new(
                Code::QueueFull,
                format!(
                    "{} tasks are in flight and {} answers unread, maxInFlight is {most}: receive some first",
                    state.in_flight(),
                    state.unread(),
                ),
            ));
        }
        state.reserved += 1;
        Ok(state.new_ticket())
    }

    fn brief(
        &self,
        request: &SolveRequest<'_>,
        ticket: i64,
        now: Instant,
        key: Option<Secret>,
        token: Option<Box<str>>,
    ) -> Result<Brief, Failure> {
        let (options, poll) = (&request.options, &self.shared.core.config.poll);
        let (timing, adopting) = match request.asked {
            Asked::Create(task) => (catalog::timing(task), false),
            Asked::Adopt(_) => (catalog::timing("{}"), true),
        };
        let millis = |ms: u32| Duration::from_millis(u64::from(ms)).min(LONGEST);
        let chosen = |own: Option<u32>, configured: Option<Duration>, usual: u32| {
            own.map(millis).or(configured).unwrap_or(millis(usual))
        };
        let most = options.max_polls.or(poll.max_polls).unwrap_or(MOST_POLLS);
        let max_polls = most.min(MOST_POLLS.saturating_sub(options.polls_used.unwrap_or(0)));
        if max_polls == 0 {
            return Err(Failure::new(
                Code::InvalidRequest,
                "options.pollsUsed: all 120 polls of this task are used up; the service would lock the account",
            ));
        }
        Ok(Brief {
            ticket,
            extra: request.extra.map(Box::from),
            started: now,
            deadline: now + chosen(options.timeout_ms, poll.timeout, timing.timeout_ms),
            first: if adopting {
                chosen(options.first_poll_ms, None, 0)
            } else {
                chosen(options.first_poll_ms, poll.first, timing.first_ms)
            },
            interval: chosen(options.poll_interval_ms, poll.interval, timing.interval_ms),
            max_polls,
            polls_before: options.polls_used.unwrap_or(0),
            key,
            token,
            gate: Arc::default(),
        })
    }

    /// The body of createTask: what the configuration adds, then the caller's members in their order and bytes.
    fn create_body(&self, request: &SolveRequest<'_>, callback_url: Option<String>) -> Result<Secret, Failure> {
        let core = &self.shared.core;
        let has = |name: &str| request.outgoing.iter().any(|member| member.name == name);
        let mut out = Text::with_capacity(256);
        let mut push = |name: &str, value: &str| {
            let before = if out.is_empty() { "{" } else { "," };
            out.push(&[before, &quote(name), ":", value]);
        };
        if !has("clientKey") {
            push("clientKey", core.key_json()?.expose());
        }
        if let (Some(soft_id), false) = (&core.config.soft_id, has("softId")) {
            push("softId", soft_id);
        }
        if let Some(url) = callback_url {
            push("callbackUrl", &quote(&url));
        }
        for member in &request.outgoing {
            push(&member.name, member.value.get());
        }
        out.push(&["}"]);
        Ok(out.into_secret())
    }

    #[cfg(feature = "callback")]
    fn new_token(&self, request: &SolveRequest<'_>, ticket: i64) -> Option<(Box<str>, String)> {
        let receiver = self.shared.callback.get()?;
        if request.callback_url.is_some() || matches!(request.asked, Asked::Adopt(_)) {
            return None;
        }
        let token = receiver.token(ticket)?;
        let url = receiver.url(&token);
        Some((token, url))
    }

    #[cfg(not(feature = "callback"))]
    fn new_token(&self, _: &SolveRequest<'_>, _: i64) -> Option<(Box<str>, String)> {
        None
    }
}

/// The key that the request brings along, which its polls need too.
fn own_key(request: &SolveRequest<'_>) -> Result<Option<Secret>, Failure> {
    let Some(member) = request.outgoing.iter().rev().find(|member| member.name == "clientKey") else {
        return Ok(None);
    };
    match json::as_string(member.value) {
        Some(key) => Ok(Some(Secret::new(key))),
        None => Err(Failure::new(
            Code::InvalidRequest,
            format!("clientKey: wanted is a string, found is {}", json::kind(member.value)),
        )),
    }
}
