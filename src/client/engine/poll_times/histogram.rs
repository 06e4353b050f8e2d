//! A decayed histogram of solve times that are known as intervals only.

/// Bins of a histogram.
pub const BINS: usize = 256;
/// Width of the first bin in seconds, and how much a bin is wider for each second it lies later.
const NARROWEST: f32 = 0.02;
const GROWTH: f32 = 1.0 / 48.0;
/// Weight of bins where nothing was seen yet, in all of them together: without it no mass could ever move there.
const BACKGROUND: f32 = 0.01;
/// Samples that count, for narrow and for wide solve times.
const SHORT: f32 = 48.0;
const LONG: f32 = 400.0;

/// The edges of the bins, the same for every kind.
pub struct Grid([f32; BINS + 1]);

impl Grid {
    /// The edges.
    pub fn new() -> Self {
        Grid(std::array::from_fn(|i| NARROWEST / GROWTH * ((i as f32 * GROWTH).exp() - 1.0)))
    }

    /// The upper edge of bin `i - 1` and the lower one of bin `i`, in seconds.
    pub fn edge(&self, i: usize) -> f32 {
        self.0[i.min(BINS)]
    }

    /// The bin that a time lies in.
    pub fn bin(&self, at: f32) -> usize {
        let guess = ((at * GROWTH / NARROWEST).ln_1p() / GROWTH) as usize;
        guess.min(BINS - 1)
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

    /// The mass of a bin, of 1 in all.
    pub fn mass(&self, bin: usize) -> f32 {
        if self.total > 0.0 { self.weight(bin) / self.total } else { 0.0 }
    }

    fn weight(&self, bin: usize) -> f32 {
        f32::from_bits(u32::from(self.bins[bin]) << 16)
    }

    /// Adds a task that became ready after `from` and by `to`: its mass is spread over the bins between as the mass
    /// that is there already.
    pub fn add(&mut self, grid: &Grid, from: f32, to: f32, explored: bool, minimum: f32) {
        let to = to.max(from + 0.001);
        let (low, high) = (grid.bin(from), grid.bin(to));
        let mut seed = self.samples.wrapping_mul(0x9E37_79B9) | 1;
        let even = BACKGROUND * self.total.max(self.unit) / BINS as f32;
        let share = |i: usize| {
            let (left, right) = (grid.edge(i), grid.edge(i + 1));
            let right_cut = if i == BINS - 1 { right } else { to.min(right) };
            ((right_cut - from.max(left)) / (right - left)).clamp(0.0, 1.0)
        };
        let mut inside = 0.0;
        let mut found = 0.0;
        for i in low..=high {
            let share = if i == low || i == high { share(i) } else { 1.0 };
            inside += share * (self.weight(i) + even);
            found += share * self.weight(i);
        }
        let surprised = found < 0.01 * self.total;
        self.surprise += (f32::from(u8::from(surprised)) - self.surprise) / 16.0;
        let heavy = if explored {
            6.0
        } else if self.surprise > 0.2 {
            3.0
        } else {
            1.0
        };
        let more = self.unit * heavy;
        let scale = if inside > 0.0 { more / inside } else { 0.0 };
        for i in low..=high {
            let share = if i == low || i == high { share(i) } else { 1.0 };
            let weight = self.weight(i);
            let sum = weight + scale * share * (weight + even);
            // Rounded up as often as the part that is cut off is large.
            seed = seed.wrapping_mul(0x2C1B_3C6D).wrapping_add(0x297A_2D39);
            self.bins[i] = ((sum.to_bits() + (seed >> 16)) >> 16) as u16;
        }
        self.total += more;
        self.samples = self.samples.saturating_add(1);
        self.unit *= 1.0 + heavy / self.window;
        if self.samples.is_multiple_of(16) {
            self.settle(grid, minimum);
        }
    }

    /// Makes the total exact again, and the window as long as the solve times are wide.
    fn settle(&mut self, grid: &Grid, minimum: f32) {
        let scale = 1.0 / self.unit;
        self.total = 0.0;
        for i in 0..BINS {
            let weight = self.weight(i) * scale;
            self.bins[i] = (weight.to_bits() >> 16) as u16;
            self.total += self.weight(i);
        }
        self.unit = 1.0;
        let width = self.quantile(grid, 0.9) - self.quantile(grid, 0.1);
        self.window = (SHORT * width / minimum.max(0.05)).clamp(SHORT, LONG);
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
