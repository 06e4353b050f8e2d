//! The poll times that cost least, and whether they beat the fixed schedule.

use super::Schedule;
use super::histogram::{BINS, Grid, Histogram};

/// Polls of a plan; later ones follow the schedule's interval.
const STEPS: usize = 32;
/// Times that are considered for a poll.
const CANDIDATES: usize = 64;
/// Later than all but this share of the tasks nothing is planned.
const TAIL: f32 = 0.005;

/// Poll times, as edges of the grid.
#[derive(Clone, Copy)]
pub struct Plan {
    steps: u8,
    edges: [u8; STEPS],
}

impl Default for Plan {
    fn default() -> Self {
        Plan { steps: 0, edges: [0; STEPS] }
    }
}

/// What a way to poll costs.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub delay: f32,
    pub delay95: f32,
    pub polls: f32,
    pub polls95: u32,
}

/// Sums over the bins below each edge: mass, and mass times the middle of its bin.
struct Sums {
    mass: [f32; BINS + 1],
    moment: [f32; BINS + 1],
}

impl Sums {
    fn new(grid: &Grid, histogram: &Histogram) -> Self {
        let mut sums = Sums { mass: [0.0; BINS + 1], moment: [0.0; BINS + 1] };
        for i in 0..BINS {
            let mass = histogram.mass(i);
            sums.mass[i + 1] = sums.mass[i] + mass;
            sums.moment[i + 1] = sums.moment[i] + mass * 0.5 * (grid.edge(i) + grid.edge(i + 1));
        }
        sums
    }

    /// Mass and moment below a time.
    fn below(&self, grid: &Grid, at: f32) -> (f32, f32) {
        if at <= 0.0 {
            return (0.0, 0.0);
        }
        let i = grid.bin(at);
        let (left, right) = (grid.edge(i), grid.edge(i + 1));
        let share = ((at - left) / (right - left)).clamp(0.0, 1.0);
        let mass = (self.mass[i + 1] - self.mass[i]) * share;
        (self.mass[i] + mass, self.moment[i] + mass * (left + 0.5 * share * (right - left)))
    }

    /// The cost of these poll times for all but the tail.
    fn cost(&self, grid: &Grid, times: impl Iterator<Item = f32>) -> Cost {
        let mut steps = [(0.0_f32, 0.0_f32); 120];
        let (mut count, mut delay, mut polls, mut polls95) = (0, 0.0, 0.0, 0);
        let (mut mass, mut moment) = (0.0, 0.0);
        for at in times.take(120) {
            let (next_mass, next_moment) = self.below(grid, at);
            polls += 1.0 - mass;
            if mass < 0.95 {
                polls95 = count as u32 + 1;
            }
            delay += at * (next_mass - mass) - (next_moment - moment);
            steps[count] = (at, mass);
            count += 1;
            (mass, moment) = (next_mass, next_moment);
            if mass > 1.0 - TAIL {
                break;
            }
        }
        let steps = &steps[..count];
        let late = |by: f32| {
            let late: f32 = steps.iter().map(|(at, before)| (self.below(grid, at - by).0 - before).max(0.0)).sum();
            late
        };
        let (mut low, mut high) = (0.0, steps.iter().fold(0.0, |most: f32, step| most.max(step.0)));
        for _ in 0..10 {
            let middle = 0.5 * (low + high);
            if late(middle) > 0.05 { low = middle } else { high = middle }
        }
        Cost { delay, delay95: high, polls, polls95 }
    }
}

impl Plan {
    /// Whether there is a plan.
    pub fn active(&self) -> bool {
        self.steps > 0
    }

    /// The first poll of the plan after a time, with room for a poll that was late.
    pub fn after(&self, grid: &Grid, asked: f32) -> Option<f32> {
        self.times(grid).find(|at| *at > asked * 1.01 + 0.001)
    }

    /// Polls of the plan after a time.
    pub fn left(&self, grid: &Grid, asked: f32) -> u32 {
        self.times(grid).filter(|at| *at > asked).count() as u32
    }

    fn times<'a>(&'a self, grid: &'a Grid) -> impl Iterator<Item = f32> + 'a {
        self.edges[..usize::from(self.steps)].iter().map(|edge| grid.edge(usize::from(*edge) + 1))
    }

    /// The plan that beats the schedule most; an empty one where none does.
    pub fn best(grid: &Grid, histogram: &Histogram, schedule: &Schedule) -> Plan {
        let sums = Sums::new(grid, histogram);
        let (first, interval) = (schedule.first.as_secs_f32(), schedule.interval.as_secs_f32());
        let fixed = sums.cost(grid, (0..120_u8).map(|i| first + f32::from(i) * interval));
        let candidates = candidates(grid, &sums, schedule);
        let (mut best, mut best_score) = (Plan::default(), f32::INFINITY);
        let base = (fixed.delay + 0.1 * interval) / fixed.polls.max(1.0);
        for weight in [0.15, 0.4, 1.0, 2.5] {
            let plan = cheapest(grid, &sums, &candidates, schedule, base * weight);
            let last = plan.times(grid).last().unwrap_or(0.0);
            let times = plan.times(grid).chain((1..=120_u8).map(|i| last + f32::from(i) * interval));
            let cost = sums.cost(grid, times);
            let score = cost.delay / fixed.delay + cost.polls / fixed.polls;
            if wins(&cost, &fixed) && score < best_score {
                (best, best_score) = (plan, score);
            }
        }
        best
    }
}

/// Whether a plan beats the schedule by enough, so that what is noise in the histogram does not count as a win.
fn wins(plan: &Cost, fixed: &Cost) -> bool {
    let (delay, polls) = (plan.delay / fixed.delay, plan.polls / fixed.polls);
    let both = delay < 0.92 && polls < 0.95;
    let one = delay < 0.8 && polls < 1.015;
    (both || one) && plan.delay95 <= fixed.delay95 && plan.polls95 <= fixed.polls95
}

/// Edges worth a poll: each after a fair share of the mass.
fn candidates(grid: &Grid, sums: &Sums, schedule: &Schedule) -> Vec<usize> {
    let earliest = schedule.earliest().as_secs_f32();
    let mut found = Vec::with_capacity(CANDIDATES + 2);
    let mut last = 0.0;
    for i in 1..=BINS {
        let (mass, end) = (sums.mass[i], sums.mass[i] > 1.0 - TAIL || i == BINS);
        if (mass - last >= 1.0 / CANDIDATES as f32 || end) && grid.edge(i) >= earliest {
            found.push(i);
            last = mass;
        }
        if end && !found.is_empty() {
            break;
        }
    }
    found
}

/// The poll times of least expected delay plus `price` for each poll.
fn cheapest(grid: &Grid, sums: &Sums, candidates: &[usize], schedule: &Schedule, price: f32) -> Plan {
    let count = candidates.len();
    let minimum = schedule.minimum.as_secs_f32();
    let interval = schedule.interval.as_secs_f32();
    let mut value = vec![f32::INFINITY; count + 1];
    let mut choice = vec![count; count + 1];
    // Place 0 is the taskId, place k + 1 a poll at candidate k.
    for place in (0..=count).rev() {
        let from = if place == 0 { 0 } else { candidates[place - 1] };
        let left = (1.0 - sums.mass[from]).max(0.0);
        if place == count {
            value[place] = left * (interval + 2.0 * price);
            continue;
        }
        let soonest = if place == 0 { 0.0 } else { grid.edge(from) + minimum };
        for next in place..count {
            let to = candidates[next];
            let at = grid.edge(to).max(soonest);
            // Later than the edge it is another candidate's turn, but for the last.
            if grid.edge(to) < soonest && next + 1 < count {
                continue;
            }
            let delay = at * (sums.mass[to] - sums.mass[from]) - (sums.moment[to] - sums.moment[from]);
            let cost = price * left + delay + value[next + 1];
            if cost < value[place] {
                (value[place], choice[place]) = (cost, next);
            }
        }
    }
    let mut plan = Plan::default();
    let mut place = 0;
    while place < count && usize::from(plan.steps) < STEPS {
        let next = choice[place];
        if next >= count {
            break;
        }
        plan.edges[usize::from(plan.steps)] = (candidates[next] - 1) as u8;
        plan.steps += 1;
        place = next + 1;
    }
    plan
}
