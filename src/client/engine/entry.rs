//! How a request becomes a flight: everything that can be wrong is told here, before anything is sent.

use super::Engine;
use super::event::{Begin, Done, Event, What};
use super::schedule::MOST_POLLS;
use super::shared::Mode;
use super::ticket::Terms;
use crate::client::journal::Intent;
use crate::client::limits::Admission;
use crate::client::purchase::{self, TaskId};
use crate::protocol::json::{self, Object};
use crate::protocol::request::{Asked, SolveRequest};
use crate::protocol::{Code, Failure};
use crate::secret::Secret;
use crate::sys::sync::Condvar;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest time anything may take, about 24 days: sums of a few never overflow.
const LONGEST_MS: u32 = i32::MAX as u32;

/// What was taken for a ticket; given back unless the ticket begins.
struct Taken<'e> {
    engine: &'e Engine,
    reserved: bool,
    admission: Option<Admission>,
    record: Option<u64>,
    token: Option<Box<str>>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let shared = &self.engine.shared;
        if self.reserved || self.admission.is_some() {
            let mut state = shared.lock();
            state.reserved -= usize::from(self.reserved);
            purchase::refund(&mut state.machine.limits, &mut self.admission);
        }
        if let (Some(journal), Some(record)) = (&shared.journal, self.record) {
            journal.mark_done(record);
        }
        if let Some(token) = &self.token {
            shared.forget_token(token);
        }
    }
}

impl Engine {
    /// Takes a request in; its ticket, or why not. With a bell, only its owner gets the answer.
    pub(super) fn enter(&self, text: &str, bell: Option<&Arc<Condvar>>) -> Result<i64, Failure> {
        let shared = &self.shared;
        let service = &shared.service;
        let request = SolveRequest::parse(text)?;
        let own_key = own_key(&request)?;
        let key = match own_key {
            Some(_) => None,
            None => Some(service.key_json()?),
        };
        if let Asked::Create(task) = request.asked {
            let validate = request.options.validate.unwrap_or(service.config.validate);
            crate::client::check(&service.config.catalogue, task, "/task", validate)?;
        }
        self.start()?;
        let now = Instant::now();
        let (ticket, admission) = self.reserve(matches!(request.asked, Asked::Create(_)), now)?;
        let mut taken = Taken { engine: self, reserved: true, admission, record: None, token: None };
        let callback = self.new_token(&request, ticket);
        taken.token = callback.as_ref().map(|(token, _)| token.clone());
        let terms = self.terms(&request, ticket, now, own_key, taken.token.clone())?;
        let (task_id, host) = match request.asked {
            Asked::Adopt(id) => (Some(id), service.host_of(id)),
            Asked::Create(_) => (None, 0),
        };
        if let Some(journal) = &shared.journal {
            taken.record = Some(journal.intend(&Intent {
                extra: request.extra,
                task_id,
                host: task_id.map_or("", |_| service.url(host)),
                polls: request.options.polls_used.unwrap_or(0),
                own_key: terms.key.is_some(),
            })?);
        }
        let what = match task_id {
            Some(id) => What::Adopt(TaskId::new(id)),
            None => {
                let url = callback.map(|(_, url)| url);
                let soft_id = service.config.soft_id.as_deref();
                let body = purchase::body(key.as_ref(), soft_id, url.as_deref(), &request.outgoing);
                What::Buy(Arc::new(body), taken.admission.take())
            }
        };
        let mut rest = super::Rest::default();
        let mut state = shared.lock();
        if state.mode != Mode::Open {
            if let What::Buy(_, admission) = what {
                taken.admission = admission;
            }
            drop(state);
            return Err(Failure::new(Code::Closed, "the client was stopped during the call; nothing was sent"));
        }
        state.reserved -= 1;
        taken.reserved = false;
        let begin = Begin { terms, what, record: taken.record, host };
        if state.machine.handle(now, Event::Submitted(Box::new(begin))) != Done::Yes {
            drop(state);
            return Err(Failure::new(
                Code::Panic,
                "a bug in this library was caught, and nothing was sent; please report it",
            ));
        }
        (taken.record, taken.token) = (None, None);
        if let Some(bell) = bell {
            state.answers.wait_for(ticket, bell);
        }
        shared.perform(&mut state, &mut rest);
        shared.hurry(&mut state, &mut rest);
        drop(state);
        shared.conclude(&mut rest);
        Ok(ticket)
    }

    /// A ticket and, for a task to buy, one purchase, when there is room for them.
    fn reserve(&self, buys: bool, now: Instant) -> Result<(i64, Option<Admission>), Failure> {
        let mut state = self.shared.lock();
        let most = self.shared.service.config.max_in_flight;
        if state.mode != Mode::Open {
            return Err(Failure::new(Code::Closed, "the client is stopped and takes no new tasks; open another one"));
        }
        if state.load() >= most {
            return Err(Failure::new(
                Code::QueueFull,
                format!(
                    "{} tasks are in flight and {} answers are unread, and maxInFlight is {most}: read some answers first",
                    state.machine.flights(),
                    state.answers.unread(),
                ),
            ));
        }
        let admission = if buys { Some(state.machine.limits.admit(now)?) } else { None };
        state.reserved += 1;
        state.tickets += 1;
        Ok((state.tickets, admission))
    }

    fn terms(
        &self,
        request: &SolveRequest<'_>,
        ticket: i64,
        now: Instant,
        key: Option<Secret>,
        token: Option<Box<str>>,
    ) -> Result<Terms, Failure> {
        let (options, poll) = (&request.options, &self.shared.service.config.poll);
        let task = match request.asked {
            Asked::Create(task) => task,
            Asked::Adopt(_) => "{}",
        };
        let timing = self.shared.service.config.catalogue.timing(task);
        let adopting = matches!(request.asked, Asked::Adopt(_));
        let millis = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        let chosen = |own: Option<u32>, configured: Option<Duration>, usual: u32| {
            own.or(configured.map(millis)).unwrap_or(usual).min(LONGEST_MS)
        };
        let most = options.max_polls.or(poll.max_polls).unwrap_or(MOST_POLLS);
        let max_polls = most.min(MOST_POLLS.saturating_sub(options.polls_used.unwrap_or(0)));
        if max_polls == 0 {
            return Err(Failure::new(
                Code::InvalidRequest,
                "options.pollsUsed: all 120 polls of this task are used; the service may lock the account after more",
            ));
        }
        // What a caller fixes stays fixed.
        let fixed = options.first_poll_ms.is_some() || options.poll_interval_ms.is_some();
        let fixed = fixed || poll.first.is_some() || poll.interval.is_some() || options.max_polls.is_some();
        let learns = poll.learn && !adopting && !fixed && token.is_none();
        let timeout = chosen(options.timeout_ms, poll.timeout, timing.timeout_ms);
        Ok(Terms {
            ticket,
            extra: request.extra.map(Box::from),
            started: now,
            deadline: now + Duration::from_millis(u64::from(timeout)),
            first_ms: if adopting {
                chosen(options.first_poll_ms, None, 0)
            } else {
                chosen(options.first_poll_ms, poll.first, timing.first_ms)
            },
            interval_ms: chosen(options.poll_interval_ms, poll.interval, timing.interval_ms),
            max_polls,
            polls_before: options.polls_used.unwrap_or(0),
            key,
            token,
            kind: if learns { kind(task) } else { None },
        })
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

/// What the poll times of a task are learnt under: its type, and its class where it has one.
fn kind(task: &str) -> Option<Arc<str>> {
    const LONGEST: usize = 64;
    let object = Object::parse(task).ok()?;
    let mut kind = object.string("type")?;
    if let Some(class) = object.string("class") {
        kind = format!("{kind}/{class}");
    }
    if object.get("nocache").is_some_and(|raw| raw.get() == "true") {
        // The catalogue asks for it later.
        kind.push_str(" nocache");
    }
    (kind.len() <= LONGEST).then(|| Arc::from(kind))
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
            format!("clientKey: expected a string, found {}", json::kind(member.value)),
        )),
    }
}
