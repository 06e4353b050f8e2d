//! The client's own limits on buying: how many in a minute, how many at all, and a pause after a refusal. Pure: time
//! comes from the caller.

use super::config::GuardConfig;
use crate::protocol::{Code, Failure};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// The codes after which the service bans addresses that insist.
const REFUSALS: &[&str] = &["ERROR_ZERO_BALANCE", "ERROR_KEY_DOES_NOT_EXIST"];

/// One purchase taken from the limits; given back once at most.
#[derive(Debug, PartialEq, Eq)]
pub struct Admission(u64);

/// Counts purchases and holds them back.
#[derive(Debug)]
pub struct Limits {
    config: GuardConfig,
    /// Purchases of the last minute, in their order.
    recent: BTreeMap<u64, Instant>,
    last: u64,
    total: u64,
    held: Option<(Instant, String)>,
}

impl Limits {
    /// Limits that have counted nothing.
    pub fn new(config: GuardConfig) -> Self {
        Limits { config, recent: BTreeMap::new(), last: 0, total: 0, held: None }
    }

    /// Takes one purchase, or says why not and how long to wait.
    pub fn admit(&mut self, now: Instant) -> Result<Admission, Failure> {
        self.check_hold(now)?;
        if let Some(most) = self.config.max_tasks
            && self.total >= most
        {
            return Err(Failure::new(
                Code::Guard,
                format!("guard.maxTasks: this client has bought {most} tasks, its limit; raise the limit or open another client"),
            )
            .retry(None));
        }
        if let Some(most) = self.config.tasks_per_minute {
            while self.recent.first_key_value().is_some_and(|(_, at)| now.duration_since(*at) >= MINUTE) {
                self.recent.pop_first();
            }
            if self.recent.len() >= most as usize {
                let first = self.recent.first_key_value().map_or(now, |(_, at)| *at);
                let wait = MINUTE.saturating_sub(now.duration_since(first));
                return Err(guarded(
                    format!("guard.tasksPerMinute: this client bought {most} tasks in the last minute, its limit"),
                    wait,
                ));
            }
            self.recent.insert(self.last + 1, now);
        }
        self.last += 1;
        self.total += 1;
        Ok(Admission(self.last))
    }

    /// Whether creates are being held back, for one that was admitted before the refusal.
    pub fn check_hold(&mut self, now: Instant) -> Result<(), Failure> {
        match &self.held {
            Some((until, code)) if *until > now => Err(guarded(
                format!(
                    "guard.holdOnRefusalMs: the client buys nothing for a time after {code}; the service bans addresses \
                     that repeat it"
                ),
                *until - now,
            )),
            _ => {
                self.held = None;
                Ok(())
            }
        }
    }

    /// Gives a purchase back that certainly bought nothing.
    pub fn refund(&mut self, admission: Admission) {
        self.total = self.total.saturating_sub(1);
        self.recent.remove(&admission.0);
    }

    /// Gives one back that was not taken: a fault, for tests.
    #[cfg(test)]
    pub fn lose_one(&mut self) {
        self.total = self.total.saturating_sub(1);
    }

    /// Notes an error code that createTask answered.
    pub fn refused(&mut self, code: &str, now: Instant) {
        if REFUSALS.contains(&code) && !self.config.hold_on_refusal.is_zero() {
            self.held = Some((now + self.config.hold_on_refusal, code.to_owned()));
        }
    }

    /// Holds every purchase back from now on that has not left yet.
    #[cfg(feature = "cli")]
    pub fn hold(&mut self, now: Instant) {
        const LONG: Duration = Duration::from_secs(365 * 24 * 3600);
        self.held = Some((now + LONG, "the end of the batch".to_owned()));
    }

    /// Purchases counted and not given back.
    #[cfg(test)]
    pub fn total(&self) -> u64 {
        self.total
    }
}

fn guarded(why: String, wait: Duration) -> Failure {
    let ms = wait.as_millis().max(1);
    Failure::new(Code::Guard, format!("{why}; wait {ms} ms")).with("retryAfterMs", ms.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_minute: Option<u32>, most: Option<u64>) -> Limits {
        let hold_on_refusal = Duration::from_millis(500);
        Limits::new(GuardConfig { tasks_per_minute: per_minute, max_tasks: most, hold_on_refusal })
    }

    #[test]
    fn a_minute_is_a_sliding_one() {
        let mut limits = limits(Some(2), None);
        let start = Instant::now();
        assert!(limits.admit(start).is_ok());
        assert!(limits.admit(start + Duration::from_secs(30)).is_ok());
        let failure = limits.admit(start + Duration::from_secs(45)).unwrap_err();
        assert_eq!(failure.code, Code::Guard);
        assert!(failure.members().contains(&("retryAfterMs", "15000".into())));
        assert!(limits.admit(start + MINUTE).is_ok());
        assert!(limits.admit(start + MINUTE).is_err());
    }

    #[test]
    fn what_bought_nothing_does_not_count() {
        let mut limits = limits(Some(1), Some(1));
        let now = Instant::now();
        let admission = limits.admit(now).unwrap();
        assert!(limits.admit(now).is_err());
        limits.refund(admission);
        assert!(limits.admit(now).is_ok());
        assert_eq!(limits.total(), 1);
    }

    #[test]
    fn a_refusal_holds_for_a_while() {
        let mut limits = limits(None, None);
        let now = Instant::now();
        limits.refused("ERROR_CAPTCHA_UNSOLVABLE", now);
        assert!(limits.admit(now).is_ok());
        limits.refused("ERROR_ZERO_BALANCE", now);
        assert!(limits.admit(now).unwrap_err().members().contains(&("retryAfterMs", "500".into())));
        assert!(limits.admit(now + Duration::from_millis(500)).is_ok());
    }
}
