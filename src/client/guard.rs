//! The client's own limits on buying: how many in a minute, how many at all, and a pause after a refusal.

use super::config::GuardConfig;
use crate::protocol::{Code, Failure};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// The codes after which the service bans addresses that insist.
const REFUSALS: &[&str] = &["ERROR_ZERO_BALANCE", "ERROR_KEY_DOES_NOT_EXIST"];

/// Counts purchases and holds them back.
pub struct Guard {
    config: GuardConfig,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    recent: VecDeque<Instant>,
    total: u64,
    held: Option<(Instant, String)>,
}

impl Guard {
    /// A guard that has seen nothing.
    pub fn new(config: GuardConfig) -> Self {
        Guard { config, state: Mutex::default() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one purchase from the limits, or says why not and how long to wait.
    pub fn admit(&self, now: Instant) -> Result<(), Failure> {
        let mut state = self.state();
        held(&mut state, now)?;
        if let Some(most) = self.config.max_tasks
            && state.total >= most
        {
            return Err(Failure::new(
                Code::Guard,
                format!("guard.maxTasks: this client has bought its {most} tasks; open another or raise the limit"),
            )
            .retry(None));
        }
        if let Some(most) = self.config.tasks_per_minute {
            while state.recent.front().is_some_and(|first| now.duration_since(*first) >= MINUTE) {
                state.recent.pop_front();
            }
            if state.recent.len() >= most as usize {
                let wait =
                    state.recent.front().map_or(MINUTE, |first| MINUTE.saturating_sub(now.duration_since(*first)));
                return Err(guarded(
                    format!("guard.tasksPerMinute: {most} tasks were bought in the last minute"),
                    wait,
                ));
            }
            state.recent.push_back(now);
        }
        state.total += 1;
        Ok(())
    }

    /// Whether creates are being held back, for a create that was admitted before the refusal.
    pub fn check_hold(&self, now: Instant) -> Result<(), Failure> {
        held(&mut self.state(), now)
    }

    /// Gives the purchase admitted at that time back, which certainly bought nothing.
    pub fn give_back(&self, admitted: Instant) {
        let mut state = self.state();
        state.total = state.total.saturating_sub(1);
        if let Some(at) = state.recent.iter().rposition(|at| *at == admitted) {
            state.recent.remove(at);
        }
    }

    /// Notes an error code that createTask answered.
    pub fn refused(&self, code: &str, now: Instant) {
        if REFUSALS.contains(&code) && !self.config.hold_on_refusal.is_zero() {
            self.state().held = Some((now + self.config.hold_on_refusal, code.to_owned()));
        }
    }
}

fn held(state: &mut State, now: Instant) -> Result<(), Failure> {
    match &state.held {
        Some((until, code)) if *until > now => Err(guarded(
            format!(
                "creates are held back after {code}: the service bans addresses that insist (guard.holdOnRefusalMs)"
            ),
            *until - now,
        )),
        Some(_) => {
            state.held = None;
            Ok(())
        }
        None => Ok(()),
    }
}

fn guarded(why: String, wait: Duration) -> Failure {
    let ms = wait.as_millis().max(1);
    Failure::new(Code::Guard, format!("{why}; wait {ms} ms")).with("retryAfterMs", ms.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(per_minute: Option<u32>, most: Option<u64>) -> Guard {
        let hold_on_refusal = Duration::from_millis(500);
        Guard::new(GuardConfig { tasks_per_minute: per_minute, max_tasks: most, hold_on_refusal })
    }

    #[test]
    fn a_minute_is_a_sliding_one() {
        let guard = guard(Some(2), None);
        let start = Instant::now();
        assert!(guard.admit(start).is_ok());
        assert!(guard.admit(start + Duration::from_secs(30)).is_ok());
        let failure = guard.admit(start + Duration::from_secs(45)).unwrap_err();
        assert_eq!(failure.code, Code::Guard);
        assert!(failure.members().contains(&("retryAfterMs", "15000".into())));
        assert!(guard.admit(start + MINUTE).is_ok());
        assert!(guard.admit(start + MINUTE).is_err());
    }

    #[test]
    fn what_bought_nothing_does_not_count() {
        let guard = guard(None, Some(1));
        let now = Instant::now();
        assert!(guard.admit(now).is_ok());
        assert!(guard.admit(now).is_err());
        guard.give_back(now);
        assert!(guard.admit(now).is_ok());
    }

    #[test]
    fn a_refusal_holds_for_a_while() {
        let guard = guard(None, None);
        let now = Instant::now();
        guard.refused("ERROR_CAPTCHA_UNSOLVABLE", now);
        assert!(guard.admit(now).is_ok());
        guard.refused("ERROR_ZERO_BALANCE", now);
        assert!(guard.admit(now).unwrap_err().members().contains(&("retryAfterMs", "500".into())));
        assert!(guard.admit(now + Duration::from_millis(500)).is_ok());
    }
}
