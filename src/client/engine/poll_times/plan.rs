//! The poll times that cost least, and whether they beat the fixed schedule.

use super::histogram::{BINS, EVEN, Grid, Histogram};
use super::schedule::Schedule;

/// Polls of a plan; later ones follow the schedule's interval.
const STEPS: usize = 20;
/// Times that are considered for a poll.
const CANDIDATES: usize = 64;
/// Later than all but this share of the tasks nothing is planned.
const TAIL: f32 = 0.005;

/// Prices of a poll that are tried, against what the fixed schedule pays for one.
const PRICES: [f32; 5] = [0.2, 0.5, 1.2, 3.0, 8.0];
/// The share of tasks that may be later than the 95th percentile of a plan, since others explore.
const SELDOM_LATE: f32 = 0.025;

/// The share of tasks ready at the first poll of a plan that make it follow them.
const LED: f32 = 0.7;
/// The share of tasks that such a poll finds not ready, and how far it moves then, in bins.
const LEAP: f32 = 2.5;
const CREEP: f32 = 1.2e-4;
const CALM: u16 = 40;
const FEW: u8 = 5;
const CREDIT: u8 = 60;

/// Poll times, as edges of the grid.
#[derive(Clone, Copy)]
pub struct Plan {
    /// One ticket in so many explores.
    explores: u16,
    /// Whether the first poll is for nearly all of the tasks; then it follows them from one to the next.
    led: bool,
    /// How much later than its edge the first poll is, in seconds.
    lead: f32,
    /// Tasks since one was not ready at the first poll.
    calm: u16,
    /// Polls in a row that were made to explore and found the task ready.
    sooner: u8,
    /// How many plans may be kept although the schedule would do as well: as many as did better before.
    credit: u8,
    steps: u8,
    edges: [u8; STEPS],
}

impl Default for Plan {
    fn default() -> Self {
        Plan { explores: 20, led: false, lead: 0.0, calm: 0, sooner: 0, credit: 0, steps: 0, edges: [0; STEPS] }
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
    fn new(grid: &Grid, histogram: &Histogram, earliest: f32) -> Self {
        let mut sums = Sums { mass: [0.0; BINS + 1], moment: [0.0; BINS + 1] };
        let mut early = 0.0;
        for i in 0..BINS {
            // What is ready before the earliest poll waits for it under every plan, and nobody can see how long.
            early += histogram.mass(i);
            let mass = if grid.edge(i + 1) > earliest { std::mem::take(&mut early) } else { 0.0 };
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
    fn cost(&self, grid: &Grid, times: impl Iterator<Item = f32>, late_share: f32) -> Cost {
        let mut steps = [(0.0_f32, 0.0_f32); 120];
        let (mut count, mut delay, mut polls, mut polls95) = (0, 0.0, 0.0, 0);
        let (mut mass, mut moment) = (0.0, 0.0);
        for at in times.take(120) {
            let (next_mass, next_moment) = self.below(grid, at);
            polls += 1.0 - mass;
            if mass < 1.0 - late_share {
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
            if late(middle) > late_share { low = middle } else { high = middle }
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
        let edges = self.edges[..usize::from(self.steps)].iter();
        let lead = std::iter::once(self.lead).chain(std::iter::repeat(0.0));
        edges.zip(lead).map(|(edge, lead)| grid.edge(usize::from(*edge) + 1) + lead)
    }

    /// One ticket in so many is to explore.
    pub fn explores(&self) -> u64 {
        // A poll that found a task ready early asks for another.
        if self.sooner > 0 { 12 } else { u64::from(self.explores) }
    }

    /// Whether polls at both times, or at the later one and never before, are of this plan.
    pub fn made(&self, grid: &Grid, schedule: &Schedule, from: f32, to: f32) -> bool {
        if !self.active() {
            let ticks = (to - schedule.first.as_secs_f32()) / schedule.interval.as_secs_f32().max(0.001);
            return (ticks - ticks.round()).abs() < 0.02;
        }
        let near = |time: f32| self.times(grid).any(|at| (time - at).abs() < (0.01 * at).max(2.5 * grid.width()));
        (from <= 0.0 || near(from)) && (near(to) || self.after(grid, from).is_none_or(|next| next < to))
    }

    /// The plan that beats the schedule most; an empty one where none does. This one stays as long as it is about as
    /// good as the best.
    pub fn better(&self, grid: &Grid, histogram: &Histogram, schedule: &Schedule) -> Plan {
        let sums = Sums::new(grid, histogram, schedule.earliest().as_secs_f32());
        let (first, interval) = (schedule.first.as_secs_f32(), schedule.interval.as_secs_f32());
        let fixed = sums.cost(grid, (0..120_u8).map(|i| first + f32::from(i) * interval), 0.05);
        let candidates = candidates(grid, &sums, schedule);
        let price = (fixed.delay + 0.1 * interval) / fixed.polls.max(1.0);
        let kept = Some(*self).filter(Plan::active).into_iter();
        let fresh = PRICES.iter().map(|factor| cheapest(grid, &sums, &candidates, schedule, price * factor));
        let mut credit = 0;
        let (mut best, mut best_score, mut best_cost) = (Plan::default(), f32::INFINITY, fixed);
        for (index, plan) in kept.chain(fresh).filter(Plan::active).enumerate() {
            let current = self.active() && index == 0;
            let edges = Plan { lead: 0.0, ..plan };
            let last = edges.times(grid).last().unwrap_or(0.0);
            let times = edges.times(grid).chain((1..=120_u8).map(|i| last + f32::from(i) * interval));
            let cost = sums.cost(grid, times, SELDOM_LATE);
            let score = cost.delay / fixed.delay + cost.polls / fixed.polls + 0.5 * cost.delay95 / fixed.delay95
                - if current { 0.05 } else { 0.0 };
            let wins = wins(&cost, &fixed, plan.steps);
            let stays = self.active()
                && cost.delay < 0.97 * fixed.delay
                && cost.polls < 0.99 * fixed.polls
                && (plan.steps <= FEW || cost.delay * cost.polls < 0.65 * fixed.delay * fixed.polls);
            // Solve times that drift through the times at which the schedule happens to ask soon leave them again.
            let waits = self.led && self.credit > 0 && cost.delay < 0.4 * interval && cost.polls < 0.7 * fixed.polls;
            if (wins || stays || waits) && score < best_score {
                credit = if wins {
                    (self.credit + 1).min(CREDIT)
                } else if stays {
                    self.credit
                } else {
                    self.credit - 1
                };
                (best, best_score, best_cost) = (plan, score, cost);
            }
        }
        best.credit = credit;
        // Exploring is paid for from what the plan gains, or is free where the schedule's polls are not lucky.
        let (minimum, delay) = (schedule.minimum.as_secs_f32(), fixed.delay);
        let rate = if best.active() {
            (0.2 * (delay - best_cost.delay) / minimum).clamp(1.0 / 400.0, 1.0 / 70.0)
        } else {
            let luck = (0.5 * interval - delay).max(0.001);
            (0.005 * delay / luck).clamp(1.0 / 1000.0, 1.0 / 20.0)
        };
        best.explores = (1.0 / rate) as u16;
        let edge = grid.edge(usize::from(best.edges[0]) + 1);
        best.led = best.active() && sums.below(grid, edge).0 - sums.below(grid, edge - interval).0 >= LED;
        (best.lead, best.calm, best.sooner) = (0.0, 0, 0);
        if best.led && self.led {
            let edge = |plan: &Plan| grid.edge(usize::from(plan.edges[0]) + 1);
            let lead = edge(self) + self.lead - edge(&best);
            if lead.abs() < interval {
                (best.lead, best.calm, best.sooner) = (lead, self.calm, self.sooner);
            }
        }
        best
    }

    /// Moves the first poll a little: sooner after a task that was ready then, later after one that was not, so that few
    /// are not.
    pub fn follow(&mut self, grid: &Grid, from: f32, to: f32) -> isize {
        let first = self.times(grid).next().unwrap_or(0.0);
        if !self.led {
            return 0;
        }
        let asked = if from > 0.0 { from } else { to };
        if asked >= 0.99 * first {
            if from > 0.0 {
                (self.calm, self.sooner) = (0, 0);
                self.lead += LEAP * grid.width();
            } else {
                self.calm = self.calm.saturating_add(1);
                self.lead -= CREEP * grid.width() * f32::from(self.calm);
            }
        } else if from > 0.0 {
            self.sooner = 0;
        } else if self.calm > CALM {
            // Ready at a poll that was made to explore. Once is chance, in a row it is a trend.
            self.sooner = (self.sooner + 1).min(4);
            self.lead -= 0.25 * f32::from(self.sooner) * (first - to);
        }
        let (by, steps) = ((self.lead / grid.width()) as isize, usize::from(self.steps));
        let moved = |edge: u8| usize::from(edge).checked_add_signed(by).filter(|edge| *edge < EVEN);
        if by == 0 || !self.edges[..steps].iter().all(|edge| moved(*edge).is_some()) {
            return 0;
        }
        self.lead -= by as f32 * grid.width();
        for edge in &mut self.edges[..steps] {
            *edge = moved(*edge).unwrap_or(0) as u8;
        }
        by
    }
}

/// Whether a plan beats the schedule by enough, so that what is noise in the histogram does not count as a win.
fn wins(plan: &Cost, fixed: &Cost, steps: u8) -> bool {
    let (delay, polls) = (plan.delay / fixed.delay, plan.polls / fixed.polls);
    let both = delay < 0.88 && polls < 0.93;
    let one = delay < 0.8 && polls < 1.015;
    // Many polls find something to gain in any noise.
    let sure = steps <= FEW || delay * polls < 0.6;
    sure && (both || one) && plan.delay95 <= fixed.delay95 && plan.polls95 <= fixed.polls95
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
