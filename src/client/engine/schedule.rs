//! When a task is asked for by the fixed schedule: the catalogue's, or the caller's.

use std::time::{Duration, Instant};

/// The service allows this many getTaskResult calls a task.
pub const MOST_POLLS: u32 = 120;

/// When to poll first: after `first`, but within the deadline, so that what is paid for is asked for at least once.
pub fn first_poll(now: Instant, first: Duration, deadline: Instant) -> Instant {
    let left = deadline.saturating_duration_since(now);
    now + if first < left { first } else { left.mul_f32(0.75) }
}

/// When to poll for the last time, if there is still time for it: shortly before the deadline.
pub fn last_poll(now: Instant, deadline: Instant) -> Instant {
    const GRACE: Duration = Duration::from_secs(1);
    let left = deadline.saturating_duration_since(now);
    if left > 2 * GRACE { deadline - GRACE } else { deadline }
}

/// When to look at a task whose callback is awaited: once, shortly before its deadline. The service forgets results
/// after 5 minutes, so with a later deadline every 4 minutes. At the deadline itself nothing is sent any more.
pub fn late_check(now: Instant, deadline: Instant, first: bool) -> Instant {
    const GRACE: Duration = Duration::from_secs(3);
    const KEPT: Duration = Duration::from_secs(240);
    let left = deadline.saturating_duration_since(now);
    if !first && left <= 2 * GRACE {
        return deadline;
    }
    now + KEPT.min(left - GRACE.min(left / 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The times at which a task whose callback stays silent is looked at, in milliseconds.
    fn checks(deadline_ms: u64) -> Vec<u128> {
        let start = Instant::now();
        let deadline = start + Duration::from_millis(deadline_ms);
        let mut times = vec![late_check(start, deadline, true)];
        while let Some(last) = times.last().filter(|last| **last < deadline) {
            times.push(late_check(*last, deadline, false));
        }
        times.iter().map(|at| at.duration_since(start).as_millis()).collect()
    }

    #[test]
    fn a_silent_callback_is_checked_late_and_while_the_result_is_kept() {
        // The last one is the deadline itself, where the ticket ends before anything is sent.
        assert_eq!(checks(400), [300, 400]);
        assert_eq!(checks(4000), [3000, 4000]);
        assert_eq!(checks(180_000), [177_000, 180_000]);
        assert_eq!(checks(600_000), [240_000, 480_000, 597_000, 600_000]);
    }
}
