//! How memory went: what is alive on the heap, and what of the process is resident.

use super::heap::Live;
use super::process::State;
use std::time::{Duration, Instant};

/// Allocators, tables and rings take so long to fill.
const MINUTE: Duration = Duration::from_secs(60);
/// So much may the heap hold more in the end than after settling. In ten minutes some 180,000 tasks and 12,000 clients
/// come and go: it is less than a byte for each task, or a block for every hundredth client.
const MORE: Live = Live { bytes: 128 << 10, blocks: 128 };
/// The same of a run too short for a minute's settling, whose fifths are a few seconds each: there it is only a hint,
/// and what is alive when everything is closed decides.
const MORE_IF_SHORT: Live = Live { bytes: 512 << 10, blocks: 512 };
/// So much may be alive when everything is closed that was not before anything was opened: less than one client holds.
const LEFT: Live = Live { bytes: 4 << 10, blocks: 16 };
/// So many percent may be resident more. Of what is freed, glibc keeps most, in up to eight arenas for each processor,
/// and each of them grows to its own peak in its own time: with one arena (MALLOC_ARENA_MAX) the limit is the first.
const RESIDENT: [u64; 2] = [3, 10];

struct Sample {
    at: Duration,
    live: Live,
    /// In KiB.
    resident: u64,
}

/// Samples since the beginning.
pub struct MemoryTrend {
    begin: Instant,
    samples: Vec<Sample>,
}

impl MemoryTrend {
    /// Time between two samples.
    pub const PAUSE: Duration = Duration::from_millis(100);

    /// With room for the samples of so many seconds: it must not grow itself.
    pub fn new(seconds: u64) -> MemoryTrend {
        MemoryTrend { begin: Instant::now(), samples: Vec::with_capacity(seconds as usize * 11 + 1000) }
    }

    pub fn note(&mut self) {
        self.samples.push(Sample { at: self.begin.elapsed(), live: Live::now(), resident: State::now().resident });
    }

    /// Panics when memory grew after the first minute (in short runs: two thirds of the time, and then resident memory is
    /// only told): the last fifth of the rest against its first fifth. Work comes and goes, so it is the least of what
    /// was alive that is compared, and the most of what was resident.
    pub fn flat(&self) {
        let of = |samples: &[Sample]| {
            let least = |figure: fn(&Sample) -> usize| samples.iter().map(figure).min().unwrap_or(0);
            let live = Live { bytes: least(|s| s.live.bytes), blocks: least(|s| s.live.blocks) };
            (live, samples.iter().map(|sample| sample.resident).max().unwrap_or(0))
        };
        let minute = |sample: &Sample| sample.at.as_secs() / 60;
        for (n, part) in self.samples.chunk_by(|one, other| minute(one) == minute(other)).enumerate() {
            let (live, resident) = of(part);
            println!("soak: minute {}: alive {live} at least, resident {resident} KiB at most", n + 1);
        }
        let settling = MINUTE.min(self.samples.last().map_or(MINUTE, |last| last.at) * 2 / 3);
        let settled = self.samples.partition_point(|sample| sample.at < settling);
        let rest = &self.samples[settled..];
        let fifth = rest.len() / 5;
        assert!(fifth > 0, "too short to tell anything of memory");
        let (early, late) = (of(&rest[..fifth]), of(&rest[rest.len() - fifth..]));
        println!("soak: alive {} early, {} late; resident {} KiB early, {} late", early.0, late.0, early.1, late.1);
        let more = if settling < MINUTE { MORE_IF_SHORT } else { MORE };
        assert!(late.0.bytes <= early.0.bytes + more.bytes, "the bytes alive on the heap become more");
        assert!(late.0.blocks <= early.0.blocks + more.blocks, "the blocks alive on the heap become more");
        let one_arena = std::env::var("MALLOC_ARENA_MAX").is_ok_and(|most| most == "1");
        let percent = RESIDENT[usize::from(!one_arena)];
        assert!(settling < MINUTE || late.1 <= early.1 + early.1 * percent / 100, "resident memory grows");
    }
}

/// Panics when more is alive than `before`, now that everything is closed.
pub fn nothing_left(before: Live) {
    let after = Live::now();
    println!("soak: alive {before} before anything was opened, {after} when everything was closed");
    assert!(after.bytes <= before.bytes + LEFT.bytes, "bytes were left behind");
    assert!(after.blocks <= before.blocks + LEFT.blocks, "blocks were left behind");
}
