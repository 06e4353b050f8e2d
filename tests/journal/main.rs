//! The journal under kill -9, full disks and second clients.
#![cfg(unix)]

#[path = "../support/harvest.rs"]
mod harvest;
mod limits;
#[path = "../support/mod.rs"]
mod support;

use harvest::{filled, harvest};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::faulty_server::{FaultyServer, good, processing};
use support::{Client, Scratch, config, task, until};

/// What the child is to do; the test of the same name in a process of its own.
const ROLE: &str = "CAPTASK_TEST_ROLE";

/// Chance without a library: reproducible, printed where it matters.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn command(role: &str, url: &str, journal: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", "the_child", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env("CAPTASK_TEST_URL", url)
        .env("CAPTASK_TEST_JOURNAL", journal)
        .stdout(Stdio::piped());
    command
}

fn child(role: &str, url: &str, journal: &Path) -> Child {
    command(role, url, journal).spawn().expect("a child")
}

/// The other process. Without a role it is an ordinary test that has nothing to do.
#[test]
fn the_child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let url = std::env::var("CAPTASK_TEST_URL").expect("set by the parent");
    let journal = std::env::var("CAPTASK_TEST_JOURNAL").expect("set by the parent");
    let more = json!({"journal": journal, "maxConnections": 4, "poll": {"firstMs": 2, "intervalMs": 3}});
    match role.as_str() {
        "second" => {
            let error = Client::try_open(&config(&url, more)).expect_err("refused");
            say(&error.to_string());
        }
        "full" => limits::full_disk(&url, &more),
        "queues" => {
            let mut more = more;
            more["maxConnections"] = json!(1);
            let client = Client::at(&url, more);
            for n in 0..10 {
                client.submit(&task(&n.to_string()));
            }
            say("queued");
            client.receive(-1);
        }
        "forks" => limits::fork_and_wait(&url, &more),
        "holds" => {
            let client = Client::at(&url, more);
            for name in ["released", "held"] {
                let mut request = task(name);
                request["extra"] = json!({"name": name});
                client.submit(&request);
                if name == "released" {
                    client.receive(-1).expect("an answer");
                }
            }
            client.receive_and_hold(-1, |answer| {
                say(&format!("read {}", answer["extra"]));
                // Until the parent has killed this process.
                let _ = std::io::stdin().read(&mut [0]);
            });
        }
        _ => {
            let client = Client::at(&url, more);
            say("open");
            std::thread::scope(|scope| {
                if role == "reads" {
                    scope.spawn(|| {
                        while client.receive_and_hold(-1, |answer| say(&format!("read {}", answer["extra"]))) {}
                    });
                }
                for thread in 0..2 {
                    let client = &client;
                    scope.spawn(move || {
                        for n in 0..100_000 {
                            let name = format!("{thread}-{n}-{}", std::process::id());
                            // Long enough that lines lie across pages, and submits take their time.
                            let extra = json!({"name": name, "pad": "x".repeat(n % 700)});
                            client.submit(&json!({"task": {"type": "X", "name": name}, "extra": extra}));
                            if n % 8 == 7 {
                                std::thread::yield_now();
                            }
                        }
                    });
                }
            });
        }
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()).expect("the parent listens");
}

fn name(answer: &Value) -> String {
    answer["extra"]["name"].as_str().unwrap_or_else(|| panic!("no extra: {answer}")).to_owned()
}

/// One life and death of a client; afterwards nothing that was sold is missing.
fn die(round: u64, dice: &mut Dice, journal: &Path) {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth_of_task == 1).then(processing));
    let reads = round % 2 == 1;
    let mut child = child(if reads { "reads" } else { "writes" }, &faulty.url(), journal);
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("open")), "{round}: the child did not open its client");
    // Anywhere between the first submit and a few hundred tasks later.
    let moment = dice.below(150) as usize;
    until("the moment to die", || faulty.creates() >= moment);
    std::thread::sleep(std::time::Duration::from_micros(dice.below(3000)));
    child.kill().expect("kill -9");
    child.wait().expect("dead");
    let read: HashSet<String> = lines
        .filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("read ")?).ok())
        .filter_map(|extra| Some(extra["name"].as_str()?.to_owned()))
        .collect();
    // The server may still be counting what had arrived when the client died.
    let mut sold = faulty.creates_by_name();
    until("nothing more arrives", || {
        let before = std::mem::replace(&mut sold, faulty.creates_by_name());
        std::thread::sleep(std::time::Duration::from_millis(2));
        before.len() == sold.len() && faulty.closed() == faulty.connections()
    });
    let mut delivered = HashMap::<String, usize>::new();
    for answer in harvest(&faulty.url(), journal) {
        let known = answer["errorId"] == 0 && answer["status"] == "ready" && answer["taskId"].is_number();
        let intent = answer["errorCode"] == "CAPTASK_OUTCOME_UNKNOWN" && answer["outcomeUnknown"] == true;
        let never = answer["errorCode"] == "CAPTASK_NOT_SENT" && !sold.contains_key(&name(&answer));
        assert!(known || intent || never, "{round}: {answer}");
        *delivered.entry(name(&answer)).or_default() += 1;
    }
    assert!(delivered.values().all(|times| *times == 1), "{round}: delivered twice");
    let missing: Vec<_> = sold.keys().filter(|name| !delivered.contains_key(*name) && !read.contains(*name)).collect();
    assert!(missing.is_empty(), "{round}: {missing:?} of {}", sold.len());
    assert!(faulty.creates_by_name().values().all(|times| *times == 1), "{round}: bought again");
    assert!(faulty.polls_by_id().values().all(|polls| *polls <= 120), "{round}");
    assert!(harvest(&faulty.url(), journal).is_empty(), "{round}: delivered again");
}

#[test]
fn a_hundred_deaths_lose_nothing() {
    let seed = std::env::var("CAPTASK_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(u64::from(std::process::id()));
    println!("CAPTASK_SEED={seed}");
    let round = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for lane in 0..2 {
            let round = &round;
            scope.spawn(move || {
                let mut dice = Dice(seed.wrapping_add(lane));
                let journal = Scratch::file(&format!("deaths-{lane}"));
                loop {
                    let round = round.fetch_add(1, Ordering::AcqRel);
                    if round >= 100 {
                        return;
                    }
                    die(round as u64, &mut dice, &journal);
                }
            });
        }
    });
}

#[cfg(feature = "sandbox")]
#[test]
fn deaths_at_the_stand_in_lose_nothing() {
    let journal = Scratch::file("stand-in");
    let mut dice = Dice(7);
    for round in 0..10 {
        let sandbox = support::Sandbox::open(&json!({"solveMs": 5, "checkTasks": false}));
        let url = sandbox.inspect()["url"].as_str().expect("a URL").to_owned();
        let mut child = child("writes", &url, &journal);
        let created = || sandbox.inspect()["tasks"]["created"].as_u64().expect("a number");
        let moment = 1 + dice.below(100);
        until("the moment to die", || created() >= moment);
        child.kill().expect("kill -9");
        child.wait().expect("dead");
        until("nothing more arrives", || sandbox.inspect()["connections"] == 0);
        let answers = harvest(&url, &journal);
        let ready: HashSet<_> =
            answers.iter().filter(|a| a["status"] == "ready").map(|a| a["taskId"].to_string()).collect();
        let of = |code| answers.iter().filter(|a| a["errorCode"] == code).count();
        let intents = of("CAPTASK_OUTCOME_UNKNOWN");
        assert_eq!(ready.len() + intents + of("CAPTASK_NOT_SENT"), answers.len(), "{round}");
        assert!((ready.len() + intents) as u64 >= created(), "{round}: {} + {intents} of {}", ready.len(), created());
    }
}

#[test]
fn a_second_process_and_a_second_client_are_refused() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("second");
    let client = Client::at(&faulty.url(), json!({"journal": journal}));
    let child = child("second", &faulty.url(), &journal).wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success() && said.contains("CAPTASK_INVALID_CONFIG") && said.contains("in use"), "{said}");
    let error = Client::try_open(&config(&faulty.url(), json!({"journal": journal}))).expect_err("refused");
    assert_eq!(error["errorCode"], "CAPTASK_INVALID_CONFIG", "{error}");
    assert!(error["errorDescription"].as_str().is_some_and(|t| t.contains("in use")), "{error}");
    // The client that was refused here has not let go of what keeps other processes out.
    let child = self::child("second", &faulty.url(), &journal).wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success() && said.contains("in use"), "{said}");
    client.close();
    assert!(Client::try_open(&config(&faulty.url(), json!({"journal": journal}))).is_ok());
}

#[test]
fn polls_are_counted_over_many_clients() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult").then(processing));
    let journal = Scratch::file("polls");
    let more = json!({"journal": journal, "poll": {"firstMs": 1, "intervalMs": 1, "timeoutMs": 1200}});
    let mut client = Client::at(&faulty.url(), more.clone());
    client.submit(&task("one"));
    for limit in [20, 45, 70, 95] {
        until("some polls", || faulty.polls() >= limit);
        client.close();
        client = Client::at(&faulty.url(), more.clone());
    }
    let answer = client.receive(-1).expect("an answer");
    assert_eq!((&answer["errorCode"], &answer["taskId"]), (&json!("CAPTASK_TIMEOUT"), &json!(1001)), "{answer}");
    assert!(faulty.polls() <= 120, "{}", faulty.polls());
}

#[test]
fn a_task_of_another_endpoint_or_key_is_left_alone() {
    let (first, second) = (FaultyServer::start(good), FaultyServer::start(good));
    let journal = Scratch::file("others");
    filled(&first, &journal, 3);
    assert!(harvest(&second.url(), &journal).is_empty());
    let other = Client::at(&first.url(), json!({"journal": journal, "clientKey": "another key"}));
    assert_eq!(other.inspect()["inFlight"], 0);
    other.close();
    assert_eq!((first.polls(), second.polls()), (0, 0));
    assert_eq!(harvest(&first.url(), &journal).len(), 3);
}

#[test]
fn a_task_of_a_fallback_is_polled_there_or_not_at_all() {
    let (first, second) = (support::faulty_server::closed_port(), FaultyServer::start(good));
    let journal = Scratch::file("fallback");
    let poll = json!({"firstMs": 60_000, "intervalMs": 3, "timeoutMs": 90_000});
    let with = json!({"journal": journal, "fallbackEndpoints": [second.url()], "poll": poll});
    let client = Client::at(&first, with.clone());
    client.submit(&task("one"));
    until("it is bought", || client.inspect()["created"] == 1);
    client.close();
    let without = Client::at(&first, json!({"journal": journal}));
    assert_eq!((without.inspect()["inFlight"].as_u64(), without.inspect()["unread"].as_u64()), (Some(0), Some(0)));
    without.close();
    let again = Client::at(&first, with);
    let answer = again.receive(-1).expect("an answer");
    assert_eq!((&answer["status"], &answer["taskId"]), (&json!("ready"), &json!(1001)), "{answer}");
    assert_eq!(second.polls(), 1);
}

#[test]
fn what_stop_ended_and_nobody_read_is_adopted() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("stopped");
    let more = json!({"journal": journal, "poll": {"firstMs": 60_000, "timeoutMs": 90_000}});
    let client = Client::at(&faulty.url(), more);
    let tickets: Vec<_> = (0..4)
        .map(|n| {
            let mut request = task(&n.to_string());
            request["extra"] = json!({"name": n.to_string()});
            client.submit(&request)
        })
        .collect();
    until("all are bought", || client.inspect()["created"] == 4);
    client.stop();
    let read = client.wait(tickets[0], -1).expect("an answer");
    assert_eq!(read["errorCode"], "CAPTASK_CLOSED", "{read}");
    assert!(read["taskId"].is_number(), "{read}");
    client.close();
    let names: HashSet<_> = harvest(&faulty.url(), &journal).iter().map(name).collect();
    assert_eq!(names, ["1", "2", "3"].map(String::from).into());
}

#[test]
fn an_answer_that_the_host_had_not_released_comes_again() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("held");
    let mut child = command("holds", &faulty.url(), &journal).stdin(Stdio::piped()).spawn().expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("read")), "it got its answer");
    child.kill().expect("kill -9");
    child.wait().expect("dead");
    let names: Vec<_> = harvest(&faulty.url(), &journal).iter().map(name).collect();
    assert_eq!(names, ["held"]);
    assert_eq!(faulty.creates(), 2);
}

#[test]
fn a_close_takes_every_answer_given_out_for_read() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("given");
    let client = Client::at(&faulty.url(), json!({"journal": journal}));
    client.submit(&task("one"));
    let held = client.receive_and_hold(-1, |_| {
        client.close();
        assert!(harvest(&faulty.url(), &journal).is_empty());
    });
    assert!(held, "an answer");
}
