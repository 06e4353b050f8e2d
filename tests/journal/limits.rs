//! A journal beside a forked process, a queue that never leaves, and a full disk.

use super::{child, command, say};
use crate::harvest::harvest;
use crate::support::faulty_server::{FaultyServer, good, processing};
use crate::support::{Client, Scratch, config, task, until};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// In the child: a process of its own outlives it, as a host's helper may that was forked without exec.
pub fn fork_and_wait(url: &str, more: &Value) {
    let client = Client::at(url, more.clone());
    client.submit(&task("one"));
    until("it is bought", || client.inspect()["created"] == 1);
    // SAFETY: the forked process does nothing but wait for the end of its standard input.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        let mut byte = 0u8;
        // SAFETY: a text of seven bytes, one byte to write to; then the end of this process, which runs nothing of its
        // parent's. Until it writes it has the copies that it was made with.
        unsafe {
            libc::write(1, c"living\n".as_ptr().cast(), 7);
            libc::read(0, (&raw mut byte).cast(), 1);
            libc::_exit(0);
        }
    }
    assert!(pid > 0, "fork");
    client.receive(-1);
    client.receive(-1);
}

#[test]
fn a_forked_process_that_lives_on_does_not_keep_the_journal() {
    let faulty = FaultyServer::mostly_good(|r| (r.method == "getTaskResult" && r.nth_of_task < 3).then(processing));
    let journal = Scratch::file("forks");
    let mut child = command("forks", &faulty.url(), &journal).stdin(Stdio::piped()).spawn().expect("a child");
    // The end of this ends the forked process.
    let input = child.stdin.take();
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("living")), "no forked process lives");
    child.kill().expect("kill -9");
    child.wait().expect("dead");
    let next = Client::try_open(&config(&faulty.url(), json!({"journal": journal})));
    drop(input);
    assert!(next.is_ok(), "{:?}", next.err());
}

/// What never left is not taken for what may have been bought.
#[test]
fn what_was_queued_and_never_sent_is_told_apart() {
    // Answers nothing: the one connection is taken by the first createTask.
    let faulty = FaultyServer::mostly_good(|r| {
        (r.method == "createTask").then_some(crate::support::faulty_server::Reply::Silence)
    });
    let journal = Scratch::file("queued");
    let mut child = child("queues", &faulty.url(), &journal);
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("queued")), "the child did not submit");
    until("the first is sent", || faulty.creates() == 1);
    child.kill().expect("kill -9");
    child.wait().expect("dead");
    let mut codes: Vec<_> = harvest(&faulty.url(), &journal)
        .iter()
        .map(|a| (a["errorCode"].as_str().unwrap_or_default().to_owned(), a["retryable"].clone()))
        .collect();
    codes.sort_by(|a, b| a.0.cmp(&b.0));
    let expected: Vec<_> = std::iter::repeat_n(("CAPTASK_NOT_SENT".to_owned(), json!(true)), 9)
        .chain([("CAPTASK_OUTCOME_UNKNOWN".to_owned(), json!(false))])
        .collect();
    assert_eq!(codes, expected);
    assert_eq!(faulty.creates(), 1);
}

/// In the child: the disk takes 8 KiB and no more.
pub fn full_disk(url: &str, more: &Value) {
    // SAFETY: plain settings of this process, made before its client has threads.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
        let limit = libc::rlimit { rlim_cur: 8192, rlim_max: 8192 };
        assert_eq!(libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit), 0);
    }
    let client = Client::at(url, more.clone());
    for round in 0..3 {
        let mut accepted = HashSet::new();
        let error = loop {
            let mut request = task(&format!("{round}-{}", accepted.len()));
            request["extra"] = json!({"name": accepted.len().to_string()});
            match client.try_submit(&request) {
                Ok(ticket) => assert!(accepted.insert(ticket)),
                Err(error) => break error,
            }
            assert!(accepted.len() < 1000, "the disk is never full");
        };
        assert_eq!(error["errorCode"], "CAPTASK_QUEUE_FULL", "{error}");
        assert!(error["errorDescription"].as_str().is_some_and(|t| t.contains("journal")), "{error}");
        assert!(accepted.len() > 10);
        if round == 2 {
            // The last round is left to the next process.
            until("all are bought", || client.inspect()["unread"] == accepted.len());
            say(&format!("left {}", accepted.len()));
            std::process::abort();
        }
        while !accepted.is_empty() {
            let answer = client.receive(-1).expect("an answer");
            assert_eq!(answer["status"], "ready", "{answer}");
            assert!(accepted.remove(&answer["ticket"].as_i64().expect("a ticket")));
        }
    }
}

#[test]
fn a_full_disk_is_an_error_on_submit_and_loses_nothing() {
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("full");
    let output = child("full", &faulty.url(), &journal).wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let left: usize =
        said.split_once("left ").and_then(|(_, rest)| rest.trim().parse().ok()).unwrap_or_else(|| panic!("{said}"));
    let answers = harvest(&faulty.url(), &journal);
    assert_eq!(answers.len(), left);
    assert!(answers.iter().all(|a| a["status"] == "ready" && a["taskId"].is_number()), "{answers:?}");
    assert!(faulty.creates_by_name().values().all(|times| *times == 1), "what was refused was not sent");
}
