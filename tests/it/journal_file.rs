//! The file of a journal: torn, one that is none, and one whose client is closed under its callers.
#![cfg(unix)]

use crate::harvest::{filled, harvest};
use crate::support::faulty_server::{FaultyServer, good, processing};
use crate::support::{Client, Scratch, config, task, until};
use serde_json::json;
use std::path::Path;

#[test]
fn torn_tails_cost_no_whole_record() {
    const SLOT: usize = 256;
    let faulty = FaultyServer::start(good);
    let journal = Scratch::file("torn");
    filled(&faulty, &journal, 5);
    let whole = std::fs::read(&journal).expect("a journal");
    assert!(whole.starts_with(b"captask journal 1\n"));
    assert_eq!(whole.len(), 6 * SLOT);
    for cut in (SLOT..=whole.len()).step_by(37).chain((1..=6).flat_map(|slot| [slot * SLOT - 1, slot * SLOT])) {
        std::fs::write(&journal, &whole[..cut]).expect("written");
        let answers = harvest(&faulty.url(), &journal);
        assert_eq!(answers.len(), (cut / SLOT).saturating_sub(1), "cut at {cut}");
        assert!(answers.iter().all(|a| a["status"] == "ready" && a["taskId"].is_number()), "{answers:?}");
    }
    for noise in [&b"\0\0\0\0"[..], b"I 000 ", b"\xff\xfe\n", b"B 999 x\n{}\n", &[0x66; 3 * SLOT], &[0; 2 * SLOT]] {
        std::fs::write(&journal, [&whole, noise].concat()).expect("written");
        assert_eq!(harvest(&faulty.url(), &journal).len(), 5);
    }
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let thesis = Scratch::file("thesis.txt");
    std::fs::write(&thesis, "On tasks and their solutions\n").expect("written");
    for path in [&*thesis, Path::new("/dev/null"), Path::new("/dev/zero")] {
        let error = Client::try_open(&config("http://127.0.0.1:9", json!({"journal": path}))).expect_err("refused");
        assert_eq!(error["errorCode"], "CAPTASK_INVALID_CONFIG", "{error}");
        assert!(error["errorDescription"].as_str().is_some_and(|t| t.starts_with("journal: ")), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&thesis).expect("there"), "On tasks and their solutions\n");
    assert!(!Path::new("/dev/null").is_file());
}

/// What callers who wait are given at a close is over, whenever they come to read it.
#[test]
fn answers_of_callers_who_wait_at_a_close_do_not_come_again() {
    const CALLERS: usize = 40;
    let journal = Scratch::file("waiting-at-a-close");
    let faulty = FaultyServer::mostly_good(|request| (request.method == "getTaskResult").then(processing));
    let client = Client::at(&faulty.url(), json!({"journal": &*journal}));
    std::thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|n| {
                let client = &client;
                scope.spawn(move || client.solve(&task(&n.to_string())))
            })
            .collect();
        until("every task is bought", || client.inspect()["created"] == CALLERS);
        client.close();
        for caller in callers {
            let answer = caller.join().expect("an answer");
            assert_eq!(answer["errorCode"], "CAPTASK_CLOSED", "{answer}");
            assert!(answer["taskId"].is_number(), "{answer}");
        }
    });
    let again = harvest(&faulty.url(), &journal);
    assert!(again.is_empty(), "{} answers come again: {}", again.len(), again[0]);
}
