//! The same replies over sockets: each row by a ticket, by single calls and, for bodies, by a callback. The server gives a
//! row once, and then good answers: what captask makes of the row shows in its answer and in what it asks next.

use super::cases;
use super::meaning::{Method, Outcome, meaning};
use crate::support::faulty_server::{FaultyServer, Reply, Request, fine};
use crate::support::{Client, task};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rows under way at a time.
const WORKERS: usize = 48;

/// The taskId of a createTask that is not a row's first.
const SECOND: usize = 9_000_000;

/// What was asked for a row, by the place in which it stands in a request.
type Counts = Mutex<HashMap<String, usize>>;

/// Where a request says which row it is for; `None` in one whose answer is good.
fn row_of(request: &Request) -> Option<usize> {
    let mut places = ["/task/name", "/row", "/taskId"].iter().filter_map(|place| request.body.pointer(place));
    let text = places.next().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let text = text.or_else(|| Some(request.method.strip_prefix("row-")?.to_owned()))?;
    text.parse().ok()
}

fn serve() -> (FaultyServer, std::sync::Arc<Counts>) {
    let rows: Vec<_> = cases::rows().map(|(_, status, body)| (status, body)).collect();
    let counts = std::sync::Arc::new(Counts::default());
    let theirs = counts.clone();
    let faulty = FaultyServer::start(move |request| {
        let key = row_of(request).map_or(String::new(), |row| format!("{} {row}", request.method));
        let nth = {
            let mut counts = theirs.lock().unwrap();
            let nth = counts.entry(key).or_default();
            *nth += 1;
            *nth
        };
        match row_of(request).and_then(|row| Some((row, rows.get(row.checked_sub(1)?)?))) {
            Some((row, (status, body))) if nth == 1 => Reply::Json(*status, cases::text(body, row)),
            _ => match request.method.as_str() {
                "createTask" => fine(&format!("\"taskId\":{SECOND}")),
                "getTaskResult" => fine("\"status\":\"ready\",\"solution\":{\"token\":\"second\"}"),
                _ => fine("\"balance\":2,\"token\":\"second\""),
            },
        }
    });
    (faulty, counts)
}

/// Does this for every row, several at a time.
fn each_row(check: impl Fn(usize, u16, &str) -> Result<(), String> + Sync) {
    let rows: Vec<_> = cases::rows().collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((row, status, body)) = rows.get(next.fetch_add(1, Ordering::AcqRel)) {
                    if let Err(why) = check(*row, *status, &cases::text(body, *row)) {
                        wrong.lock().unwrap().push(format!("{status} {}: {why}", body.name));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(rows.len() > 900, "{} rows", rows.len());
}

/// A client that waits long and holds nothing back.
fn client(faulty: &FaultyServer) -> Client {
    let poll = json!({"firstMs": 1, "intervalMs": 5, "timeoutMs": 30_000, "learn": false});
    let guard = json!({"holdOnRefusalMs": 0});
    Client::at(
        &faulty.url(),
        json!({"callTimeoutMs": 30_000, "poll": poll, "guard": guard, "userAgentEndpoint": faulty.url()}),
    )
}

fn asked(counts: &Counts, method: &str, row: usize) -> usize {
    counts.lock().unwrap().get(&format!("{method} {row}")).copied().unwrap_or(0)
}

fn same(wanted: Outcome, seen: Outcome, answer: &Value) -> Result<(), String> {
    if wanted == seen { Ok(()) } else { Err(format!("{seen:?} instead of {wanted:?}: {answer}")) }
}

fn token(answer: &Value) -> &str {
    answer["solution"]["token"].as_str().or(answer["token"].as_str()).unwrap_or("")
}

/// What a createTask came to, by its answer and by how often it was sent.
fn created(answer: &Value, sent: usize, polled: usize) -> Outcome {
    match (answer["errorCode"].as_str(), sent) {
        (Some("CAPTASK_OUTCOME_UNKNOWN"), 1) => Outcome::Unknown,
        (_, 2) if answer["errorId"] == 0 => Outcome::Again,
        (_, 1) if answer["errorId"] != 0 => Outcome::Error,
        (_, 1) if polled > 0 => Outcome::Bought,
        _ => Outcome::Ready,
    }
}

#[test]
fn a_ticket_s_create_task_comes_to_what_the_page_says() {
    let (faulty, counts) = serve();
    let client = client(&faulty);
    each_row(|row, status, text| {
        let answer = client.solve(&task(&row.to_string()));
        let polled = asked(&counts, "getTaskResult", cases::id(row));
        let seen = created(&answer, asked(&counts, "createTask", row), polled);
        same(meaning(Method::Create, status, text), seen, &answer)?;
        let bought = matches!(seen, Outcome::Bought);
        let id = answer["taskId"].to_string();
        if bought && (token(&answer) != "second" || id.trim_matches('"') != cases::id(row).to_string()) {
            return Err(format!("another task: {answer}"));
        }
        if seen == Outcome::Unknown && (answer["httpStatus"] != status || answer["outcomeUnknown"] != true) {
            return Err(format!("does not say enough: {answer}"));
        }
        Ok(())
    });
}

#[test]
fn a_single_create_task_comes_to_the_same() {
    let (faulty, counts) = serve();
    let client = client(&faulty);
    each_row(|row, status, text| {
        let answer = client.create_task(&task(&row.to_string()));
        let has_task = answer.get("taskId").is_some_and(|id| *id != 0);
        let result = answer.get("solution").is_some_and(|solution| !solution.is_null());
        let seen = created(&answer, asked(&counts, "createTask", row), usize::from(has_task && !result));
        same(meaning(Method::Create, status, text), seen, &answer)
    });
}

#[test]
fn a_poll_comes_to_what_the_page_says() {
    let (faulty, counts) = serve();
    let client = client(&faulty);
    each_row(|row, status, text| {
        let answer = client.solve(&json!({"taskId": row}));
        let wanted = meaning(Method::Poll, status, text);
        let seen = match (asked(&counts, "getTaskResult", row), &answer["errorId"]) {
            (1, id) if *id == 0 => Outcome::Answer,
            (1, _) => Outcome::Error,
            // How soon it asks again is a matter of paid_results.rs.
            (2, id) if *id == 0 && token(&answer) == "second" => {
                if wanted == Outcome::Again {
                    Outcome::Again
                } else {
                    Outcome::Wait
                }
            }
            (polls, _) => return Err(format!("{polls} polls: {answer}")),
        };
        same(wanted, seen, &answer)?;
        if seen == Outcome::Answer && text.contains("paid") && token(&answer) != "paid" {
            return Err(format!("the result is lost: {answer}"));
        }
        Ok(())
    });
}

/// What a single call came to.
fn called(answer: &Value, sent: usize) -> Outcome {
    match (answer["errorCode"].as_str(), sent) {
        (Some("CAPTASK_BAD_RESPONSE"), 1) => Outcome::Bad,
        (_, 2) if token(answer) == "second" => Outcome::Again,
        (_, 1) if answer["errorId"] == 0 => Outcome::Answer,
        _ => Outcome::Error,
    }
}

#[test]
fn single_calls_come_to_what_the_page_says() {
    let (faulty, counts) = serve();
    let client = client(&faulty);
    each_row(|row, status, text| {
        let methods = [
            (Method::Result, "getTaskResult", client.task_result(&json!({"taskId": row}))),
            (Method::Balance, "getBalance", client.call("getBalance", &json!({"row": row}))),
            (Method::Once, "newMethod", client.call("newMethod", &json!({"row": row}))),
            (
                Method::Once,
                "reportIncorrectImageCaptcha",
                client.report(&json!({"row": row, "taskId": 7, "type": "ImageToTextTask"})),
            ),
        ];
        for (method, name, answer) in methods {
            let seen = called(&answer, asked(&counts, name, row));
            same(meaning(method, status, text), seen, &answer).map_err(|why| format!("{name}: {why}"))?;
        }
        Ok(())
    });
}

#[test]
fn user_agents_are_read_from_texts_too() {
    let (faulty, counts) = serve();
    each_row(|row, status, text| {
        // The URL is all that this request has.
        let endpoint = format!("{}/row-{row}", faulty.url());
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 30_000, "userAgentEndpoint": endpoint}));
        let answer = client.user_agent();
        let agent = status == 200 && (text.contains("Mozilla") || text.starts_with('"'));
        let wanted = if agent { Outcome::Answer } else { meaning(Method::Balance, status, text) };
        let seen = called(&answer, asked(&counts, &format!("row-{row}"), row));
        same(wanted, seen, &answer)?;
        let found = answer["userAgent"].as_str().filter(|found| text.contains(found));
        if agent == found.is_some() { Ok(()) } else { Err(format!("no user agent: {answer}")) }
    });
}

#[cfg(feature = "callback")]
#[test]
fn a_callback_comes_to_the_same_as_a_poll() {
    let (urls, made) = std::sync::mpsc::channel();
    let urls = Mutex::new(urls);
    let faulty = FaultyServer::mostly_good(move |request| {
        if request.method == "createTask" {
            let url = request.body["callbackUrl"].as_str().expect("a callback URL").to_owned();
            let _ = urls.lock().unwrap().send(url);
        }
        None
    });
    let callback_config = json!({"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0/hook"});
    let client = Client::at(&faulty.url(), json!({"callback": callback_config}));
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for body in &cases::BODIES {
        let ticket =
            client.submit(&json!({"task": {"type": "ProbeTask", "name": "x"}, "options": {"timeoutMs": 600_000}}));
        let url = made.recv_timeout(crate::support::PATIENCE).expect("a createTask");
        let status = agent.post(&url).send(cases::text(body, 0)).expect("an answer").status().as_u16();
        let wanted = super::meaning::callback(body);
        assert_eq!(status, if wanted.is_some() { 200 } else { 404 }, "{}", body.name);
        let Some(wanted) = wanted else {
            assert_eq!(client.cancel(ticket), 1, "{}", body.name);
            client.wait(ticket, 20_000).expect("cancelled");
            continue;
        };
        let answer = client.wait(ticket, 20_000).expect("an answer");
        let seen = if answer["errorId"] == 0 { Outcome::Answer } else { Outcome::Error };
        assert_eq!(seen, wanted, "{}: {answer}", body.name);
        assert_eq!(token(&answer), if seen == Outcome::Answer { "paid" } else { token(&answer) }, "{answer}");
    }
}
