//! A clock that counts the time in which the machine sleeps.

use std::time::Duration;

/// Time since some moment before this process began, sleep of the machine included.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
#[allow(unsafe_code)]
pub fn boot_time() -> Duration {
    #[cfg(not(target_vendor = "apple"))]
    use libc::CLOCK_BOOTTIME as CLOCK;
    // There it goes on while the machine sleeps, unlike the clock of std.
    #[cfg(target_vendor = "apple")]
    use libc::CLOCK_MONOTONIC as CLOCK;
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time goes to a place of ours.
    unsafe { libc::clock_gettime(CLOCK, &raw mut time) };
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Time since the first call. The monotonic clock, which counts sleep on Windows.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn boot_time() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// What the system calls its uptime counts sleep.
    #[test]
    fn the_clock_counts_what_the_system_s_uptime_counts() {
        let uptime = || {
            let text = std::fs::read_to_string("/proc/uptime").expect("an uptime");
            let seconds = text.split(' ').next().and_then(|seconds| seconds.parse().ok()).expect("seconds");
            Duration::from_secs_f64(seconds)
        };
        let (before, now, after) = (uptime(), boot_time(), uptime());
        let grain = Duration::from_millis(20);
        assert!(before <= now + grain && now <= after + grain, "{before:?} {now:?} {after:?}");
    }
}
