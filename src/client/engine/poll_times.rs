//! When to ask whether a task is ready: learnt for each task type from the polls that were made.
//!
//! A poll tells little: the task was not ready at one poll and ready at the next. [`histogram`] keeps what is known of
//! the solve times from such intervals, [`plan`] finds the poll times that cost least under it and compares them with
//! the catalogue's fixed schedule. docs/poll-times.md has the measurements.
//!
//! A poll of many tasks at once shows the same to all of them, so which ticket explores is drawn from the ticket's own
//! times and from the number of samples.
//!
//! | state of a kind | polls |
//! | --- | --- |
//! | fewer than [`ENOUGH`] samples, or no plan that beats the schedule | the fixed schedule; one ticket in some moves its first poll, so that the place of a narrow peak inside the interval becomes known |
//! | a plan that beats the schedule in delay and in polls | the plan; one step in some is asked earlier, so that solve times that became shorter are seen |
//!
//! Nothing here has a clock, a lock or a random source: the same calls give the same times.

mod histogram;
mod plan;
mod schedule;

#[cfg(test)]
mod evaluation;
#[cfg(test)]
mod tests;

use histogram::{Grid, Histogram};
use plan::Plan;
pub use schedule::Schedule;
use std::time::Duration;

/// Task types that are remembered; the one that was observed longest ago gives way.
const MOST_KINDS: usize = 64;
/// Samples before a plan is made.
const ENOUGH: u32 = 24;
/// Samples between two plans; four times as many where the solve times are wide, and change slowly.
const REPLAN: u32 = 8;
/// One ticket in so many explores while a kind is new, or when its solve times changed; later what [`Plan::best`] says.
const OFTEN: u64 = 6;
/// For so many samples.
const RESTLESS: u32 = 160;

/// What is known of one task type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learned {
    /// Observations so far.
    pub samples: u32,
    /// Half of the tasks are ready by then.
    pub median_ms: u64,
    /// Of 100 tasks 95 are ready by then.
    pub p95_ms: u64,
    /// Whether polls follow the learnt plan.
    pub active: bool,
}

struct Kind {
    name: Box<str>,
    used: u32,
    restless: u32,
    schedule: Millis,
    histogram: Histogram,
    plan: Plan,
}

/// Learns when tasks are ready, and says when to ask.
pub struct PollTimes {
    kinds: Vec<Kind>,
    observed: u32,
}

impl Default for PollTimes {
    fn default() -> Self {
        Self::new()
    }
}

impl PollTimes {
    /// Nothing learnt yet.
    pub fn new() -> Self {
        PollTimes { kinds: Vec::new(), observed: 0 }
    }

    /// A task of this kind was not ready at `not_ready` after its taskId was known (zero when it was never asked), and
    /// ready, or ended as unsolvable, when it was asked at `ready`.
    pub fn observe(&mut self, kind: &str, schedule: Schedule, not_ready: Duration, ready: Duration) {
        self.observed = self.observed.wrapping_add(1);
        let index = self.index(kind, &schedule);
        let (kind, grid) = (&mut self.kinds[index], Grid::new(&schedule));
        kind.used = self.observed;
        let (from, to) = (not_ready.as_secs_f32(), ready.as_secs_f32());
        let explored = !kind.plan.made(&grid, &schedule, from, to);
        let surprised = kind.histogram.add(&grid, from, to, explored);
        kind.histogram.shift(kind.plan.follow(&grid, from, to));
        let samples = kind.histogram.samples();
        if surprised {
            kind.restless = samples.saturating_add(RESTLESS);
        }
        if samples >= ENOUGH && samples.is_multiple_of(if kind.histogram.slow() { 4 * REPLAN } else { REPLAN }) {
            kind.histogram.settle(&grid, schedule.minimum.as_secs_f32());
            kind.plan = kind.plan.better(&grid, &kind.histogram, &schedule);
        }
    }

    /// When to ask next, as time since the taskId was known. `asked` is the time of the last poll that said processing,
    /// `polls` how many were made, `deadline` the end since the taskId; at the deadline itself nothing is to be sent.
    pub fn next(
        &self,
        kind: &str,
        asked: Option<Duration>,
        polls: u32,
        schedule: Schedule,
        deadline: Duration,
        polls_left: u32,
    ) -> Duration {
        if polls_left == 0 {
            return deadline;
        }
        let known = self.kinds.iter().find(|known| &*known.name == kind);
        let learnt = known.and_then(|known| self.learnt(known, asked, polls, &schedule, deadline, polls_left));
        let at = learnt.unwrap_or_else(|| match asked {
            None => schedule.first,
            Some(asked) => asked.saturating_add(schedule.interval.max(deadline.saturating_sub(asked) / polls_left)),
        });
        let at = at.max(asked.map_or(schedule.earliest(), |asked| asked.saturating_add(schedule.minimum)));
        within(asked, at, &schedule, deadline)
    }

    /// What was learnt of each kind.
    pub fn snapshot(&self) -> impl Iterator<Item = (&str, Learned)> {
        self.kinds.iter().map(|kind| {
            let ms = |share| (kind.histogram.quantile(&kind.schedule.grid(), share) * 1000.0) as u64;
            let learned = Learned {
                samples: kind.histogram.samples(),
                median_ms: ms(0.5),
                p95_ms: ms(0.95),
                active: kind.plan.active(),
            };
            (&*kind.name, learned)
        })
    }

    /// The place of a kind. One that comes with another schedule begins anew: its bins are made for the schedule.
    fn index(&mut self, name: &str, schedule: &Schedule) -> usize {
        let known = self.kinds.iter().position(|kind| &*kind.name == name);
        if let Some(index) = known.filter(|index| self.kinds[*index].schedule == Millis::of(schedule)) {
            return index;
        }
        let fresh = Kind {
            name: name.into(),
            used: 0,
            restless: RESTLESS,
            schedule: Millis::of(schedule),
            histogram: Histogram::default(),
            plan: Plan::default(),
        };
        if let Some(index) = known {
            self.kinds[index] = fresh;
            return index;
        }
        let oldest = (0..self.kinds.len()).min_by_key(|index| self.kinds[*index].used);
        match oldest {
            Some(oldest) if self.kinds.len() >= MOST_KINDS => {
                self.kinds[oldest] = fresh;
                oldest
            }
            _ => {
                self.kinds.push(fresh);
                self.kinds.len() - 1
            }
        }
    }

    /// The learnt time of the next poll; `None` for the fixed schedule.
    fn learnt(
        &self,
        kind: &Kind,
        asked: Option<Duration>,
        polls: u32,
        schedule: &Schedule,
        deadline: Duration,
        polls_left: u32,
    ) -> Option<Duration> {
        if kind.schedule != Millis::of(schedule) {
            return None;
        }
        let samples = kind.histogram.samples();
        let mut dice = Dice::new(&[u64::from(samples), nanos(asked), nanos(Some(deadline)), u64::from(polls)]);
        let explore = dice.one_in(if samples < kind.restless { OFTEN } else { kind.plan.explores() });
        let grid = Grid::new(schedule);
        let earliest = asked.map_or(schedule.earliest(), |asked| asked.saturating_add(schedule.minimum)).as_secs_f32();
        let from = asked.unwrap_or_default().as_secs_f32();
        if kind.plan.active() {
            let step = kind.plan.after(&grid, from)?;
            // What the plan takes must not be missing at the end.
            if polls_left < kind.plan.left(&grid, from) + 2 {
                return None;
            }
            if !explore {
                return seconds(step);
            }
            let sooner = if !dice.one_in(4) {
                kind.histogram.between(&grid, from, step, dice.within(0.05, 0.9))
            } else {
                dice.within(earliest.min(step), step)
            };
            return seconds(sooner.max(earliest).min(step));
        }
        if asked.is_some() || samples < 4 || !explore {
            return None;
        }
        let (first, interval) = (schedule.first.as_secs_f32(), schedule.interval.as_secs_f32());
        let sample = kind.histogram.quantile(&grid, dice.within(0.0, 1.0));
        let at = if sample < first && earliest < first {
            sample.max(earliest)
        } else {
            first + interval * dice.within(0.0, 1.0)
        };
        seconds(at)
    }
}

/// A schedule in little room.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Millis([u32; 3]);

impl Millis {
    fn of(schedule: &Schedule) -> Self {
        let ms = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        Millis([ms(schedule.first), ms(schedule.interval), ms(schedule.minimum)])
    }

    fn grid(self) -> Grid {
        let [first, interval, minimum] = self.0.map(|ms| Duration::from_millis(u64::from(ms)));
        Grid::new(&Schedule { first, interval, minimum })
    }
}

/// Nothing for what is no time.
fn seconds(seconds: f32) -> Option<Duration> {
    Duration::try_from_secs_f32(seconds).ok()
}

fn nanos(time: Option<Duration>) -> u64 {
    // Truncated after 584 years.
    time.map_or(u64::MAX, |time| time.as_nanos() as u64)
}

/// Keeps a poll within the deadline, so that what is paid for is asked for at least once and shortly before the end.
fn within(asked: Option<Duration>, at: Duration, schedule: &Schedule, deadline: Duration) -> Duration {
    const GRACE: Duration = Duration::from_secs(1);
    match asked {
        _ if at < deadline => at,
        None => deadline.mul_f32(0.75),
        Some(asked) => deadline.saturating_sub(GRACE).max(asked.saturating_add(schedule.minimum)).min(deadline),
    }
}

/// Numbers that look random and follow from what they are made of.
struct Dice(u64);

impl Dice {
    fn new(parts: &[u64]) -> Self {
        let mut dice = Dice(0);
        for part in parts {
            dice.0 ^= part;
            dice.0 = dice.roll();
        }
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.roll().is_multiple_of(n)
    }

    fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.roll() >> 40) as f32 / (1 << 24) as f32
    }
}
