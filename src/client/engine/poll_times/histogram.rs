//! A decayed histogram of solve times that are known as intervals only.

use super::schedule::Schedule;

/// Bins of a histogram.
pub const BINS: usize = 256;
/// The first bins are as wide as this part of the schedule's interval, and the schedule's polls are edges of them.
const PARTS: f32 = 12.0;
pub const EVEN: usize = 192;
/// Each later bin is wider than the one before.
const GROWTH: f32 = 1.07;
/// Weight of bins where nothing was seen yet, in all of them together: without it no mass could ever move there.
const BACKGROUND: f32 = 0.01;
/// Samples that count, for narrow and for wide solve times.
const SHORT: f32 = 24.0;
const LONG: f32 = 600.0;

/// The edges of the bins, in seconds.
#[derive(Clone, Copy)]
pub struct Grid {
    start: f32,
    width: f32,
}

impl Grid {
    /// The bins for a schedule.
    pub fn new(schedule: &Schedule) -> Self {
        let width = schedule.interval.as_secs_f32().max(0.012) / PARTS;
        let start = schedule.first.as_secs_f32() % width;
        Grid { start: if start > 0.1 * width { start } else { start + width }, width }
    }

    /// The width of all but the last bins.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// The upper edge of bin `i - 1` and the lower one of bin `i`.
    pub fn edge(&self, i: usize) -> f32 {
        let even = self.start + self.width * (i.min(EVEN) as f32 - 1.0);
        match i {
            0 => 0.0,
            1..=EVEN => even,
            _ => even + self.width * (GROWTH.powi((i - EVEN) as i32) - 1.0) / (GROWTH - 1.0),
        }
    }

    /// The bin that a time lies in; an edge belongs to the bin below it.
    pub fn bin(&self, at: f32) -> usize {
        let widths = (at - self.start) / self.width - 0.001;
        let bin = if widths < 0.0 {
            0
        } else if widths < (EVEN - 1) as f32 {
            1 + widths as usize
        } else {
            let beyond = widths - (EVEN - 1) as f32;
            EVEN + ((beyond * (GROWTH - 1.0)).ln_1p() / GROWTH.ln()) as usize
        };
        bin.min(BINS - 1)
    }
}

/// Mass by time; the latest samples weigh most.
pub struct Histogram {
    /// The upper half of a float's bits: as precise as is needed when the rounding is fair.
    bins: [u16; BINS],
    samples: u32,
    unit: f32,
    total: f32,
    /// How often lately a sample fell where nothing was expected.
    surprise: f32,
    /// Samples that count.
    window: f32,
}

impl Default for Histogram {
    fn default() -> Self {
        Histogram { bins: [0; BINS], samples: 0, unit: 1.0, total: 0.0, surprise: 0.0, window: SHORT }
    }
}

impl Histogram {
    /// Samples so far.
    pub fn samples(&self) -> u32 {
        self.samples
    }

    /// Whether one sample hardly changes it.
    pub fn slow(&self) -> bool {
        self.window > 200.0
    }

    /// The mass of a bin, of 1 in all.
    pub fn mass(&self, bin: usize) -> f32 {
        if self.total > 0.0 { self.weight(bin) / self.total } else { 0.0 }
    }

    fn weight(&self, bin: usize) -> f32 {
        f32::from_bits(u32::from(self.bins[bin]) << 16)
    }

    /// Adds a task that became ready after `from` and by `to`: its mass is spread over the bins between as the mass
    /// that is there already. A task that was asked at an unusual time, to explore, weighs more: there are few of them,
    /// and between the usual times only they show anything. Returns whether the solve times seem to have changed.
    pub fn add(&mut self, grid: &Grid, from: f32, to: f32, explored: bool) -> bool {
        let to = to.max(from + 0.001);
        let (low, high) = (grid.bin(from), grid.bin(to));
        let even = BACKGROUND * self.total.max(self.unit) / BINS as f32;
        let share = |i: usize| {
            if i != low && i != high {
                return 1.0;
            }
            let (left, right) = (grid.edge(i), grid.edge(i + 1));
            let end = if i == BINS - 1 { right } else { to.min(right) };
            ((end - from.max(left)) / (right - left)).clamp(0.001, 1.0)
        };
        let (mut inside, mut found) = (0.0, 0.0);
        for i in low..=high {
            let (share, weight) = (share(i), self.weight(i));
            inside += share * (weight + even);
            found += share * weight;
        }
        let surprise = f32::from(u8::from(found < 0.01 * self.total));
        let pace = if explored { 0.3 } else { 0.06 };
        self.surprise += (surprise - self.surprise) * pace;
        let changed = self.surprise > 0.2;
        let heavy = if explored {
            6.0
        } else if changed {
            3.0
        } else {
            1.0
        };
        let more = self.unit * heavy;
        let scale = more / inside;
        let mut seed = self.samples.wrapping_mul(0x9E37_79B9) | 1;
        for i in low..=high {
            let weight = self.weight(i);
            let sum = weight + scale * share(i) * (weight + even);
            // Rounded up as often as the part that is cut off is large.
            seed = seed.wrapping_mul(0x2C1B_3C6D).wrapping_add(0x297A_2D39);
            self.bins[i] = ((sum.to_bits() + (seed >> 16)) >> 16) as u16;
        }
        self.total += more;
        self.samples = self.samples.saturating_add(1);
        self.unit *= 1.0 + heavy / self.window;
        changed
    }

    /// Moves all of the mass by so many bins, after solve times that drift.
    pub fn shift(&mut self, by: isize) {
        let count = by.unsigned_abs().min(BINS);
        if by > 0 {
            self.bins.copy_within(..BINS - count, count);
            self.bins[..count].fill(0);
        } else if by < 0 {
            self.bins.copy_within(count.., 0);
            self.bins[BINS - count..].fill(0);
        }
    }

    /// Makes the total exact again, and the window as long as the solve times are wide.
    pub fn settle(&mut self, grid: &Grid, minimum: f32) {
        let scale = 1.0 / self.unit;
        self.total = 0.0;
        for i in 0..BINS {
            self.bins[i] = ((self.weight(i) * scale).to_bits() >> 16) as u16;
            self.total += self.weight(i);
        }
        self.unit = 1.0;
        let width = self.quantile(grid, 0.9) - self.quantile(grid, 0.1);
        self.window = (60.0 * width / minimum.max(0.05)).clamp(SHORT, LONG);
    }

    /// The time by which this share of the tasks is ready.
    pub fn quantile(&self, grid: &Grid, share: f32) -> f32 {
        self.between(grid, 0.0, f32::INFINITY, share)
    }

    /// The time by which this share of those tasks is ready that become ready in between.
    pub fn between(&self, grid: &Grid, from: f32, to: f32, share: f32) -> f32 {
        let (low, high) = (grid.bin(from), if to.is_finite() { grid.bin(to) } else { BINS - 1 });
        let mut wanted = share * (low..=high).map(|i| self.weight(i)).sum::<f32>();
        for i in low..=high {
            let weight = self.weight(i);
            if wanted <= weight && weight > 0.0 {
                let (left, right) = (grid.edge(i), grid.edge(i + 1));
                return (left + (right - left) * wanted / weight).clamp(from, to);
            }
            wanted -= weight;
        }
        grid.edge(high + 1).min(to)
    }
}
