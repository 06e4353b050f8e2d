//! The learnt poll times against the fixed schedule, on solve times of many shapes. Writes docs/poll-times.md.

use super::{PollTimes, Schedule};
use std::collections::VecDeque;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

/// An exchange with the service, in seconds.
const LATENCY: f64 = 0.1;
/// Tasks in flight: what a task shows is learnt when so many others have been asked for the first time.
const IN_FLIGHT: usize = 16;

/// splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, neither included.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// About normal, within 2 %, in most cases.
    fn around(&mut self, middle: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        middle * (1.0 + 0.01 * (sum - 6.0))
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Shape {
    Steady,
    OnTick,
    Bimodal,
    Drifting,
    HeavyTail,
    Memoryless,
    Uniform,
    Abrupt,
}

const SHAPES: [Shape; 8] = [
    Shape::Steady,
    Shape::OnTick,
    Shape::Bimodal,
    Shape::Drifting,
    Shape::HeavyTail,
    Shape::Memoryless,
    Shape::Uniform,
    Shape::Abrupt,
];

struct Service {
    name: &'static str,
    first: f64,
    interval: f64,
    minimum: f64,
    /// The catalogue gives a task up after so long.
    deadline: f64,
    /// Solve times are given for a service with a first poll after 1 s to 3 s; others are as much slower or faster.
    scale: f64,
}

static SERVICES: [Service; 6] = [
    Service { name: "3 s, then every 2 s", first: 3.0, interval: 2.0, minimum: 2.0, deadline: 180.0, scale: 1.0 },
    Service { name: "1 s, then every 1 s", first: 1.0, interval: 1.0, minimum: 1.0, deadline: 80.0, scale: 1.0 },
    Service { name: "3 s, then every 3 s", first: 3.0, interval: 3.0, minimum: 2.0, deadline: 180.0, scale: 1.0 },
    Service { name: "1 s, then every 2.5 s", first: 1.0, interval: 2.5, minimum: 2.0, deadline: 180.0, scale: 1.0 },
    Service { name: "10 s, then every 5 s", first: 10.0, interval: 5.0, minimum: 2.0, deadline: 180.0, scale: 2.6 },
    Service { name: "0.35 s, then every 0.2 s", first: 0.35, interval: 0.2, minimum: 0.2, deadline: 10.0, scale: 0.15 },
];

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Shape::Steady => "steady, off the tick",
            Shape::OnTick => "steady, just before a tick",
            Shape::Bimodal => "bimodal",
            Shape::Drifting => "drifting",
            Shape::HeavyTail => "heavy-tailed (Pareto)",
            Shape::Memoryless => "memoryless (exponential)",
            Shape::Uniform => "uniform, wide",
            Shape::Abrupt => "changing abruptly",
        }
    }

    /// The solve time of task `i` of `all`.
    fn draw(self, random: &mut Random, i: usize, all: usize, service: &Service) -> f64 {
        let scale = service.scale;
        let part = i as f64 / all as f64;
        match self {
            Shape::Steady => random.around(4.4 * scale),
            Shape::OnTick => service.first + 2.0 * service.interval - 0.02 * scale * random.unit(),
            Shape::Bimodal if random.unit() < 0.5 => random.around(2.2 * scale),
            Shape::Bimodal => random.around(9.1 * scale),
            Shape::Drifting => random.around(4.4 * scale) + scale * (0.6 + 7.0 * (1.0 - (2.0 * part - 1.0).abs())),
            Shape::HeavyTail => 2.0 * scale * random.unit().powf(-1.0 / 1.5),
            Shape::Memoryless => -6.0 * scale * random.unit().ln(),
            Shape::Uniform => scale * (2.0 + 14.0 * random.unit()),
            Shape::Abrupt if part < 0.34 => random.around(4.4 * scale),
            Shape::Abrupt if part < 0.67 => random.around(11.3 * scale),
            Shape::Abrupt => random.around(2.7 * scale),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Figures {
    delay: f64,
    delay95: f64,
    polls: f64,
    polls95: u32,
}

fn figures(seen: &[(f64, u32)]) -> Figures {
    let count = seen.len() as f64;
    let mut delays: Vec<f64> = seen.iter().map(|(delay, _)| *delay).collect();
    let mut polls: Vec<u32> = seen.iter().map(|(_, polls)| *polls).collect();
    delays.sort_by(f64::total_cmp);
    polls.sort_unstable();
    let at = seen.len() * 95 / 100;
    Figures {
        delay: delays.iter().sum::<f64>() / count,
        delay95: delays[at],
        polls: polls.iter().map(|n| f64::from(*n)).sum::<f64>() / count,
        polls95: polls[at],
    }
}

/// Delay and polls of each task.
fn run(shape: Shape, service: &Service, learn: bool, tasks: usize, seed: u64) -> Vec<(f64, u32)> {
    let secs = Duration::from_secs_f64;
    let schedule =
        Schedule { first: secs(service.first), interval: secs(service.interval), minimum: secs(service.minimum) };
    let (mut solve, mut noise) = (Random(seed), Random(!seed));
    let mut times = PollTimes::new();
    let mut unseen: VecDeque<(Duration, Duration)> = VecDeque::new();
    let mut seen = Vec::with_capacity(tasks);
    for i in 0..tasks {
        let ready = secs(shape.draw(&mut solve, i, tasks, service).min(0.9 * service.deadline));
        let deadline = secs(service.deadline + 0.01 * noise.unit());
        let (mut asked, mut polls) = (None, 0);
        let at = loop {
            let at = times.next("kind", asked, polls, schedule, deadline, 120 - polls);
            assert!(at < deadline && polls < 120, "{shape:?} {}: poll {polls} at {at:?}", service.name);
            assert!(at >= asked.unwrap_or_default() + schedule.minimum || asked.is_none());
            polls += 1;
            if at >= ready {
                break at;
            }
            asked = Some(at);
        };
        seen.push(((at - ready).as_secs_f64() + LATENCY, polls));
        if learn {
            unseen.push_back((asked.unwrap_or_default(), at));
            if unseen.len() > IN_FLIGHT {
                let (not_ready, ready) = unseen.pop_front().unwrap();
                times.observe("kind", schedule, not_ready, ready);
            }
        }
    }
    seen
}

/// Tasks of a run; drifting times take twice as many to drift there and as many back.
const TASKS: usize = 4000;
/// What the first tasks show is in the figures of the whole run alone.
const WARM_UP: usize = 400;

struct Row {
    shape: Shape,
    service: &'static Service,
    fixed: Figures,
    learnt: Figures,
    /// Mean delay and polls of the whole run, learnt against fixed.
    whole: (f64, f64),
}

fn row(shape: Shape, service: &'static Service) -> Row {
    let tasks = if shape == Shape::Drifting { 4 * TASKS } else { TASKS };
    let (fixed, learnt) = (run(shape, service, false, tasks, 1), run(shape, service, true, tasks, 1));
    let (all, all_learnt) = (figures(&fixed), figures(&learnt));
    Row {
        shape,
        service,
        fixed: figures(&fixed[WARM_UP..]),
        learnt: figures(&learnt[WARM_UP..]),
        whole: (all_learnt.delay / all.delay, all_learnt.polls / all.polls),
    }
}

fn rows() -> Vec<Row> {
    std::thread::scope(|scope| {
        let start = |service| scope.spawn(move || SHAPES.map(|shape| row(shape, service)));
        let running: Vec<_> = SERVICES.iter().map(start).collect();
        running.into_iter().flat_map(|one| one.join().expect("a run ends")).collect()
    })
}

/// What is promised of a row; the text names what is not kept.
fn broken(row: &Row) -> Option<String> {
    let (fixed, learnt) = (row.fixed, row.learnt);
    let better = matches!(row.shape, Shape::Steady | Shape::Bimodal | Shape::Drifting);
    // After each jump tasks are late until the new times are known.
    let most = if better { 1.0 } else { 1.05 };
    let most95 = if row.shape == Shape::Abrupt { 1.2 } else { most };
    let kept = learnt.delay <= most * fixed.delay
        && learnt.delay95 <= most95 * fixed.delay95
        && learnt.polls <= most * fixed.polls
        && learnt.polls95 <= fixed.polls95;
    (!kept).then(|| format!("{:?}, {}: {fixed:?} became {learnt:?}", row.shape, row.service.name))
}

fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    for service in &SERVICES {
        writeln!(
            out,
            "\n### First poll after {}\n\n| solve times | delay, mean | delay, 95 % | polls, mean | polls, 95 % | whole run: delay, polls |\n\
             | --- | --- | --- | --- | --- | --- |",
            service.name
        )
        .unwrap();
        for row in rows.iter().filter(|row| std::ptr::eq(row.service, service)) {
            let (fixed, learnt) = (row.fixed, row.learnt);
            writeln!(
                out,
                "| {} | {:.2} → {:.2} s | {:.2} → {:.2} s | {:.2} → {:.2} | {} → {} | × {:.2}, × {:.2} |",
                row.shape.name(),
                fixed.delay,
                learnt.delay,
                fixed.delay95,
                learnt.delay95,
                fixed.polls,
                learnt.polls,
                fixed.polls95,
                learnt.polls95,
                row.whole.0,
                row.whole.1,
            )
            .unwrap();
        }
    }
    out
}

#[test]
fn learnt_times_keep_their_promises_and_the_page_is_fresh() {
    let rows = rows();
    let table = table(&rows);
    println!("{table}");
    let broken: Vec<String> = rows.iter().filter_map(broken).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));

    const BEGIN: &str = "<!-- written by the test poll_times -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/poll-times.md");
    let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let text = found.split(BEGIN).next().unwrap_or_default();
    let wanted = format!("{text}{BEGIN}{table}");
    if std::env::var_os("CAPTASK_GENERATE").is_some() {
        std::fs::write(&path, wanted).expect("the page can be written");
        return;
    }
    assert!(found == wanted, "docs/poll-times.md is stale: run make generate and commit it");
}
