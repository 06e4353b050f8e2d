//! Twenty thousand tasks at a server that does everything wrong at random: each ticket is answered once, nothing is
//! bought twice, and nothing that was paid for is left behind untold.
//!
//! `CAPTASK_FAULT_RUN` is the number of tasks, `CAPTASK_SEED` repeats the chances of a run.

use crate::support::faulty_server::{
    FaultyServer, Reply, Request, bought, fine, html, processing, ready, refused, response,
};
use crate::support::{Client, task};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What chance says about one thing, from 0 to 999; the same for the same seed.
fn chance(seed: u64, what: impl Hash) -> u64 {
    let mut hash = DefaultHasher::new();
    (seed, what).hash(&mut hash);
    hash.finish() % 1000
}

/// What the server has sold: of each name its taskId, as often as it was sold.
type Sold = Mutex<HashMap<String, Vec<u64>>>;

/// A createTask in trouble. A sale is a sale whether or not the client hears of it.
fn create(seed: u64, request: &Request, sold: &Sold) -> Reply {
    let id = 10_000_000 + request.nth as u64;
    let name = request.name().to_owned();
    let sell = |reply: Reply| {
        sold.lock().expect("fine").entry(name.clone()).or_default().push(id);
        reply
    };
    let body = format!("{{\"errorId\":0,\"taskId\":{id}}}");
    match chance(seed, (&name, request.nth_of_task)) {
        0..10 => sell(Reply::Raw(Vec::new())),
        10..20 => sell(Reply::Reset(Vec::new())),
        20..30 => sell(Reply::Reset(response(500, &body))),
        30..40 => sell(Reply::Raw(response(500, &body))),
        40..50 => sell(Reply::RawKeep(response(12, &body))),
        50..60 => sell(html(502)),
        60..70 => sell(html(200)),
        70..73 => sell(Reply::Silence),
        73..78 => sell(Reply::Trickle(response(body.len(), &body), Duration::from_micros(100))),
        78..90 => sell(Reply::ThenClose(body)),
        90..100 => sell(fine(&format!("\"taskId\":{id},\"status\":\"ready\",\"solution\":{{\"id\":{id}}}"))),
        100..115 => html(429),
        115..130 => refused(429, "ERROR_TOO_MUCH_REQUESTS"),
        130..145 => refused(503, "ERROR_NO_SLOT_AVAILABLE"),
        145..155 => refused(402, "ERROR_NO_SLOT_AVAILABLE"),
        155..160 => refused(403, "ERROR_BRAND_NEW"),
        _ => sell(bought(id)),
    }
}

fn poll(seed: u64, request: &Request) -> Reply {
    let id = request.body["taskId"].as_u64().unwrap_or(0);
    match chance(seed, (id, request.nth_of_task)) {
        0..10 => Reply::Raw(Vec::new()),
        10..20 => Reply::Reset(Vec::new()),
        20..30 => Reply::Reset(response(500, "{\"errorId\":0")),
        30..40 => Reply::Raw(response(500, "{\"errorId\":0,\"status\":\"ready\"")),
        40..50 => html(503),
        50..60 => html(429),
        60..70 => refused(503, "ERROR_NO_SLOT_AVAILABLE"),
        70..80 => fine("\"status\":\"idle\""),
        80..83 => Reply::Silence,
        83..90 => refused(200, "CAPTCHA_NOT_READY"),
        90..100 => refused(403, "ERROR_CAPTCHA_UNSOLVABLE"),
        100..110 => Reply::ThenClose("{\"errorId\":0,\"status\":\"processing\"}".into()),
        110..300 => processing(),
        _ => ready(),
    }
}

/// The taskId that an answer tells, wherever it stands.
fn told(answer: &Value) -> Option<u64> {
    [&answer["captask"]["taskId"], &answer["taskId"]].into_iter().find_map(|id| id.as_u64().filter(|id| *id != 0))
}

#[test]
fn nothing_is_bought_twice_and_nothing_paid_is_lost() {
    let tasks = usize::try_from(number("CAPTASK_FAULT_RUN", 20_000)).expect("a size");
    let seed = number("CAPTASK_SEED", u64::from(std::process::id()));
    println!("CAPTASK_SEED={seed} CAPTASK_FAULT_RUN={tasks}");
    let sold: Arc<Sold> = Arc::default();
    let theirs = sold.clone();
    // Now and then a connection is thrown out before anything is read.
    let faulty = FaultyServer::picky(
        move |connection| chance(seed, ("connection", connection)) >= 20,
        move |request| match request.method.as_str() {
            "createTask" => create(seed, request, &theirs),
            _ => poll(seed, request),
        },
    );
    let client = Client::at(
        &faulty.url(),
        json!({
            "maxConnections": 32, "requestTimeoutMs": 700,
            "poll": {"firstMs": 1, "intervalMs": 20, "timeoutMs": 20_000},
        }),
    );
    let answers = Mutex::new(Vec::with_capacity(tasks));
    let (submitted, received) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let (client, answers, submitted, received) = (&client, &answers, &submitted, &received);
            scope.spawn(move || {
                loop {
                    let n = submitted.fetch_add(1, Ordering::AcqRel);
                    if n >= tasks {
                        return;
                    }
                    let mut request = task(&n.to_string());
                    request["extra"] = json!(n);
                    let answer = match chance(seed, ("lane", n)) {
                        // Most are received by whoever comes along.
                        0..960 => {
                            let ticket = client.submit(&request);
                            if chance(seed, ("cancel", n)) < 20 {
                                client.cancel(ticket);
                            }
                            continue;
                        }
                        960..980 => {
                            let answer = client.wait(client.submit(&request), -1).expect("an answer");
                            if answer["errorCode"] == "CAPTASK_UNKNOWN_TICKET" {
                                // Answered at once and received by another thread, which counts it.
                                continue;
                            }
                            answer
                        }
                        _ => client.solve(&request),
                    };
                    answers.lock().expect("fine").push(answer);
                    received.fetch_add(1, Ordering::AcqRel);
                }
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                while received.load(Ordering::Acquire) < tasks {
                    let Some(answer) = client.receive(100) else { continue };
                    answers.lock().expect("fine").push(answer);
                    received.fetch_add(1, Ordering::AcqRel);
                }
            });
        }
    });
    let answers = answers.into_inner().expect("fine");
    let sold = sold.lock().expect("fine").clone();
    judge(tasks, &answers, &sold);
    assert!(faulty.polls_by_id().values().all(|polls| *polls <= 120));
    let state = client.inspect();
    assert_eq!((state["inFlight"].as_u64(), state["unread"].as_u64()), (Some(0), Some(0)), "{state}");
}

fn judge(tasks: usize, answers: &[Value], sold: &HashMap<String, Vec<u64>>) {
    let mut by_name = HashMap::<String, &Value>::new();
    let mut tickets = std::collections::HashSet::new();
    let mut codes = HashMap::<&str, usize>::new();
    for answer in answers {
        let code = answer["errorCode"].as_str().unwrap_or("ready");
        *codes.entry(code).or_default() += 1;
        assert!(tickets.insert(answer["ticket"].as_i64().expect("a ticket")), "answered twice: {answer}");
        assert!(by_name.insert(answer["extra"].to_string(), answer).is_none(), "answered twice: {answer}");
    }
    println!("{codes:?}");
    assert_eq!(by_name.len(), tasks, "a ticket without an answer");
    for (name, ids) in sold {
        assert_eq!(ids.len(), 1, "{name} was bought more than once");
        let answer = by_name.get(name).unwrap_or_else(|| panic!("{name} was bought and never answered"));
        match told(answer) {
            Some(id) => assert_eq!(id, ids[0], "{name}: another's task: {answer}"),
            None => assert_eq!(answer["outcomeUnknown"], true, "{name} was paid for and is not told of: {answer}"),
        }
    }
    for (name, answer) in by_name {
        if !sold.contains_key(&name) {
            assert!(told(answer).is_none() && answer["errorId"] != 0, "{name} was never bought: {answer}");
        }
    }
}
