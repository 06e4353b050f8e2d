//! The paths under `/_sandbox/`: looking at a running sandbox and changing it.
//!
//! A web page that the user happens to visit must not reach them: the host has to be an address or a local name (so
//! that no foreign name can be pointed here), the origin has to be the sandbox's own, and what changes something has
//! to come as JSON, which a page of another origin cannot send unasked.

use super::events;
use super::fault::Fault;
use super::reader::{Reader, integer, refuse};
use super::shared::Shared;
use super::state::SandboxState;
use crate::protocol::{Code, Failure};
use crate::server::{Head, Plan};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Whether a path belongs to the sandbox's control and not to the service.
pub(super) fn is_control(path: &str) -> bool {
    // Browsers ask for an icon unbidden; that is no call of the service.
    path == "/" || path == "/favicon.ico" || path.starts_with("/_sandbox/")
}

/// Answers a control request.
pub(super) fn answer(shared: &Shared, head: &Head<'_>, body: &[u8]) -> Plan {
    if head.path == "/" && matches!(head.method, "GET" | "HEAD") {
        return guarded(events::page());
    }
    let name = head.path.strip_prefix("/_sandbox/").unwrap_or_default();
    match (head.method, name) {
        ("GET" | "HEAD", "state" | "requests" | "tasks") => look(shared, head, name),
        ("GET", "events") => match shared.watchers.open() {
            Some(plan) => plan.header("x-content-type-options", "nosniff"),
            None => failed(503, &Failure::new(Code::InvalidRequest, "too many pages are open; close one")),
        },
        ("POST", "reset" | "faults" | "balance" | "scenario") => {
            let json = head.header("content-type").is_some_and(|kind| {
                kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
            if !json {
                let why = "expected content-type: application/json";
                return failed(415, &Failure::new(Code::InvalidRequest, why));
            }
            match change(shared, name, body) {
                Ok(plan) => plan,
                Err(failure) => failed(400, &failure),
            }
        }
        (_, "state" | "requests" | "tasks" | "events") => wrong_verb("GET"),
        (_, "reset" | "faults" | "balance" | "scenario") => wrong_verb("POST"),
        _ => {
            let why = "there is no such path; under /_sandbox/ there are GET state, requests, tasks, events and POST reset, faults, balance, scenario";
            failed(404, &Failure::new(Code::InvalidRequest, why))
        }
    }
}

fn wrong_verb(right: &'static str) -> Plan {
    failed(405, &Failure::new(Code::InvalidRequest, format!("expected {right} for this path"))).header("allow", right)
}

pub(super) fn failed(status: u16, failure: &Failure) -> Plan {
    guarded(Plan::json(status, failure.to_json()))
}

fn guarded(plan: Plan) -> Plan {
    plan.header("x-content-type-options", "nosniff")
        .header("cross-origin-resource-policy", "same-origin")
        .header("cache-control", "no-store")
}

/// Whether a request can be no web page's. Every path is for those alone: a page could have tasks created, whose callbacks
/// the sandbox posts to wherever they say.
pub(super) fn trusted(head: &Head<'_>, hosts: &[String]) -> Result<(), String> {
    let host = head.header("host").unwrap_or_default().to_ascii_lowercase();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ip, _)) => ip,
        None => host.split(':').next().unwrap_or_default(),
    };
    let local = name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok();
    if !local && !hosts.iter().any(|known| known == name) {
        return Err(format!("the host {name:?} is refused; add it to controlHosts in the sandbox's configuration"));
    }
    let own = |origin: &str| origin.to_ascii_lowercase().strip_prefix("http://") == Some(&host);
    if head.header("origin").is_some_and(|origin| !own(origin)) {
        return Err(String::from("requests from other origins are refused"));
    }
    match head.header("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(String::from("requests from other sites are refused")),
    }
}

fn look(shared: &Shared, head: &Head<'_>, what: &str) -> Plan {
    let number = |name: &str, usual: u64| {
        let pairs = head.query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse().ok()).unwrap_or(usual)
    };
    let limit = usize::try_from(number("limit", 100)).unwrap_or(usize::MAX);
    let now = Instant::now();
    let mut state = shared.state();
    guarded(Plan::json(
        200,
        match what {
            "requests" => format!("{{\"errorId\":0,\"requests\":{}}}", state.log.to_json(number("after", 0), limit)),
            "tasks" => {
                state.service.tasks.forget(now);
                format!("{{\"errorId\":0,\"tasks\":{}}}", state.service.tasks.to_json(limit, now))
            }
            _ => format!("{{{},\"scenarios\":{}}}", state.members(shared.url(), now), SandboxState::scenarios()),
        },
    ))
}

fn change(shared: &Shared, what: &str, body: &[u8]) -> Result<Plan, Failure> {
    let text = std::str::from_utf8(body).map_err(|_| Failure::new(Code::InvalidJson, "the body is not UTF-8"))?;
    let text = if text.trim().is_empty() { "{}" } else { text };
    let mut state = shared.state();
    let refused_for = match what {
        "reset" => {
            Reader::root(text, &[])?;
            state.reset()?
        }
        "balance" => {
            let request = Reader::root(text, &["balance", "key"])?;
            let balance =
                request.money("balance")?.ok_or_else(|| refuse("balance", "expected an amount in dollars"))?;
            if !state.service.accounts.set_balance(request.string("key")?.as_deref(), balance) {
                return Err(refuse("key", "no account has this key"));
            }
            None
        }
        "scenario" => {
            let request = Reader::root(text, &["name"])?;
            state.play(request.string("name")?.as_deref())?
        }
        _ => change_faults(&mut state, text)?,
    };
    let answer = guarded(Plan::json(200, format!("{{{}}}", state.members(shared.url(), Instant::now()))));
    drop(state);
    let Some(time) = refused_for else { return Ok(answer) };
    shared.refuse(time);
    // The refusal is taken up on this same thread as soon as it waits for anything: before this answer goes out.
    Ok(answer.after(Duration::from_millis(1)))
}

/// `{"faults":[…]}` puts these in the place of all, `{"remove":[id,…]}` takes some away, `{"add":[…]}` adds some.
fn change_faults(state: &mut SandboxState, text: &str) -> Result<Option<Duration>, Failure> {
    let request = Reader::root(text, &["faults", "remove", "add"])?;
    // Everything is read before anything is changed.
    let read = |name: &str| -> Result<Option<Vec<Fault>>, Failure> {
        let Some(list) = request.array(name)? else { return Ok(None) };
        list.into_iter().map(|(raw, path)| Fault::read(raw, path)).collect::<Result<_, _>>().map(Some)
    };
    let (all, more) = (read("faults")?, read("add")?);
    let removed = request.array("remove")?.unwrap_or_default();
    let removed: Vec<u64> =
        removed.into_iter().map(|(raw, path)| integer(raw, &path, 1, u64::MAX)).collect::<Result<_, _>>()?;
    let (mut faults, mut refuse) = (state.faults.clone(), None);
    if let Some(all) = all {
        faults.clear();
        refuse = faults.add(all)?;
    }
    removed.into_iter().for_each(|id| faults.remove(id));
    refuse = refuse.max(faults.add(more.unwrap_or_default())?);
    state.faults = faults;
    Ok(refuse)
}
