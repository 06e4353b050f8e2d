//! The simulator: the machine, its answers and its journal under a virtual clock, with a model of the service, of the network
//! and of the host program. Everything comes from one seed; `promises.rs` says what has to hold at every moment.
//!
//! `make simulate SEED=… TICKETS=…` runs it for as many tickets as wanted, and plants faults that it must find
//! (docs/simulator.md).

mod answers;
mod plan;
mod process;
mod program;
mod promises;
mod service;
mod world;

use super::planted::Planted;
use plan::Plan;
use std::time::Instant;
use world::World;

/// What a run of worlds came to.
#[derive(Default)]
struct Tally {
    worlds: u64,
    tickets: u64,
    events: u64,
    kills: u64,
    polls: u64,
    faults: u64,
}

/// The seed of one world of a run.
fn world_seed(seed: u64, world: u64) -> u64 {
    crate::client::backoff::Chance::new(seed ^ world.wrapping_mul(0x9e37_79b9_7f4a_7c15)).next()
}

/// One world; what was broken in it.
fn run_world(seed: u64, planted: Option<Planted>, tally: &mut Tally) -> Result<(), String> {
    run_plan(seed, Plan::of(seed), planted, tally)
}

fn run_plan(seed: u64, plan: Plan, planted: Option<Planted>, tally: &mut Tally) -> Result<(), String> {
    // Says which world it was when the code under test panics.
    struct Told(u64);
    impl Drop for Told {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("the panic is of the world with the seed {:#x}", self.0);
            }
        }
    }
    let told = Told(seed);
    let mut world = World::new(plan, planted);
    let result = world.run();
    tally.worlds += 1;
    tally.tickets += world.requests.len() as u64;
    tally.events += world.events;
    tally.kills += world.kills;
    tally.polls += world.polls;
    tally.faults += world.faults;
    drop(told);
    result.map_err(|broken| format!("world {seed:#x}: {broken}"))
}

/// Worlds of a seed until so many tickets have been in them.
fn run(seed: u64, tickets: u64, planted: Option<Planted>) -> Result<Tally, (String, Tally)> {
    let mut tally = Tally::default();
    while tally.tickets < tickets {
        let world = world_seed(seed, tally.worlds);
        if let Err(broken) = run_world(world, planted, &mut tally) {
            return Err((broken, tally));
        }
    }
    Ok(tally)
}

/// A number of the environment, in decimal or with 0x.
fn setting(name: &str, usual: u64) -> u64 {
    let Ok(text) = std::env::var(name) else { return usual };
    let number = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    number.unwrap_or_else(|_| panic!("{name}={text} is no number"))
}

/// Worlds in which something was broken once.
const SEEDS: &[u64] = &[
    // A createTask was refused after its ticket had been cancelled, and the journal went on saying that it was sent.
    0x21fc_4072_3a44_8242,
    // Polls that could not be written down, and a kill.
    0x135e_2376_c5b2_b79e,
    0xcaa4_eb0f_94a9_7d25,
    // A client that was opened last got no connections, a fault of the simulator.
    0xa6d4_436d_5436_4c44,
];

#[test]
fn worlds_that_failed_once_hold() {
    for seed in SEEDS {
        // Those found before the machine panicked in some worlds hold without panics too.
        let calm = Plan { faults: 0, ..Plan::of(*seed) };
        for plan in [Plan::of(*seed), calm] {
            if let Err(broken) = run_plan(*seed, plan, None, &mut Tally::default()) {
                panic!("{broken}");
            }
        }
    }
}

/// Tickets of `make test`; `make simulate` asks for more.
const TICKETS: u64 = 4000;

#[test]
fn promises_hold() {
    let (seed, tickets) = (setting("SEED", 1), setting("TICKETS", TICKETS));
    if let Ok(text) = std::env::var("WORLD") {
        let world = setting("WORLD", 0);
        println!("the world {text} alone");
        return run_world(world, None, &mut Tally::default()).unwrap_or_else(|broken| panic!("{broken}"));
    }
    let began = Instant::now();
    let result = run(seed, tickets, None);
    let tally = match &result {
        Ok(tally) | Err((_, tally)) => tally,
    };
    println!(
        "seed {seed:#x}: {} tickets in {} worlds, {} polls, {} kills, {} panics, {} events, {:.0} s",
        tally.tickets,
        tally.worlds,
        tally.polls,
        tally.kills,
        tally.faults,
        tally.events,
        began.elapsed().as_secs_f64()
    );
    if let Err((broken, _)) = result {
        panic!("{broken}");
    }
}

/// Every planted fault, and the promise that finds it.
const PLANTED: &[(Planted, &str)] = &[
    (Planted::SentLeftOut, "nothing was bought"),
    (Planted::BoughtLeftOut, "taskId"),
    (Planted::UnsentLeftOut, "certainly bought nothing"),
    (Planted::PolledLeftOut, "polls"),
    (Planted::CreateRepeated, "createTask"),
    (Planted::RefundDoubled, "limits"),
    (Planted::RefundUnknown, "limits"),
    (Planted::RefundForgotten, "limits"),
    (Planted::AnswerTwice, "second answer"),
    (Planted::PollsUnbounded, "polls"),
    (Planted::DeadlineForgotten, "overdue"),
    (Planted::TimerForgotten, "polls"),
    (Planted::OrphanDropped, "taskId"),
    (Planted::PolledElsewhere, "host"),
    (Planted::EndedStaysQueued, "not sent in all its time"),
    (Planted::EarlyDropped, "callback"),
    (Planted::SentAfterStop, "stop"),
    (Planted::CreatesFirst, "before a poll"),
    (Planted::HoldIgnored, "held"),
    (Planted::RetryAfterIgnored, "Retry-After"),
    (Planted::EffectsLost, "limits"),
    (Planted::FaultedLeaves, "limits"),
    (Planted::FaultedStays, "tickets left"),
    (Planted::FaultedDenies, "limits"),
];

/// Tickets within which every planted fault has to be found.
const FOUND_WITHIN: u64 = 50_000;

/// Where the page has the table of planted faults.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/simulator.md");

/// The first line of the documentation of a planted fault, by its name.
fn meaning(fault: &str) -> String {
    let source = include_str!("planted.rs");
    let name = format!("    {fault},");
    let before = source.lines().take_while(|line| **line != name).last().unwrap_or_default();
    String::from(before.trim_start_matches(['/', ' ']).trim_end_matches('.'))
}

#[test]
fn planted_faults_are_found() {
    let (mut missed, mut table) = (Vec::new(), String::new());
    for (fault, word) in PLANTED {
        match run(1, FOUND_WITHIN, Some(*fault)) {
            Ok(_) => missed.push(format!("{fault:?} was not found")),
            Err((broken, tally)) => {
                println!("{fault:?}: after {} tickets: {broken}", tally.tickets);
                if !broken.contains(word) {
                    missed.push(format!("{fault:?} was found as something else: {broken}"));
                }
            }
        }
        table.push_str(&format!("| {} | {word} |\n", meaning(&format!("{fault:?}"))));
    }
    assert!(missed.is_empty(), "{missed:#?}");
    let page = std::fs::read_to_string(PAGE).expect("the page");
    let (before, rest) = page.split_once("<!-- planted -->\n").expect("where the table begins");
    let (_, after) = rest.split_once("<!-- /planted -->").expect("where the table ends");
    let head = "| planted fault | broken promise that reveals it |\n| --- | --- |\n";
    let fresh = format!("{before}<!-- planted -->\n{head}{table}<!-- /planted -->{after}");
    if std::env::var_os("CAPTASK_GENERATE").is_some() {
        std::fs::write(PAGE, fresh).expect("the page is written");
    } else {
        assert!(page == fresh, "docs/simulator.md is stale: run make generate");
    }
}
