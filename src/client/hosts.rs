//! Which of the client's hosts is asked: the first that can be connected to, remembered. Pure: time comes from the caller.

use super::backoff::{self, Chance};
use crate::protocol::Failure;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often an earlier host is tried again while a later one serves.
const PROBE: Duration = Duration::from_secs(10);

/// How long a proxy or server that refused the login or the handshake is left alone: insisting locks accounts.
const REFUSED: Duration = Duration::from_secs(30);

/// What is known of one host.
#[derive(Debug, Default, Clone)]
struct Host {
    failures: u32,
    /// Not to be connected to before.
    not_before: Option<Instant>,
    /// Why the last connection failed.
    trouble: Option<Arc<Failure>>,
}

/// The hosts of a client, the endpoint first.
#[derive(Debug)]
pub struct Hosts {
    hosts: Vec<Host>,
    preferred: usize,
}

/// What a failed connection means for the createTasks that wait for it.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Another host is tried at once.
    Host(usize),
    /// Every host failed; they are tried again after a pause.
    Pause,
    /// Every host failed, and this failure is not one that a repetition mends.
    GiveUp,
}

impl Hosts {
    /// This many hosts, of which nothing is known.
    pub fn new(count: usize) -> Self {
        Hosts { hosts: vec![Host::default(); count.max(1)], preferred: 0 }
    }

    /// Where tasks are bought.
    pub fn preferred(&self) -> usize {
        self.preferred
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.hosts.len()
    }

    /// Whether a connection to the host may be made now.
    pub fn may_connect(&self, host: usize, now: Instant) -> bool {
        self.hosts.get(host).is_some_and(|host| host.not_before.is_none_or(|at| at <= now))
    }

    /// When a connection to the host may be made, if not now.
    pub fn not_before(&self, host: usize) -> Option<Instant> {
        self.hosts.get(host)?.not_before
    }

    /// Why the last connection to the host failed.
    pub fn trouble(&self, host: usize) -> Option<&Arc<Failure>> {
        self.hosts.get(host)?.trouble.as_ref()
    }

    /// A connection to the host was made.
    pub fn reached(&mut self, host: usize) {
        if let Some(known) = self.hosts.get_mut(host) {
            *known = Host::default();
            self.preferred = self.preferred.min(host);
        }
    }

    /// A connection to the host failed; `hopeless` when a repetition does not mend it.
    pub fn failed(&mut self, host: usize, failure: Failure, hopeless: bool, now: Instant, chance: &mut Chance) -> Next {
        let count = self.hosts.len();
        let Some(known) = self.hosts.get_mut(host) else { return Next::Pause };
        let pause = if hopeless { REFUSED } else { chance.backoff(known.failures, backoff::LONGEST) };
        known.failures = known.failures.saturating_add(1);
        known.not_before = Some(now + if host < self.preferred { pause.max(PROBE) } else { pause });
        known.trouble = Some(Arc::new(failure));
        if host != self.preferred {
            return Next::Host(self.preferred);
        }
        if let Some(next) = (0..count).find(|at| *at != host && self.may_connect(*at, now)) {
            // The earlier ones are looked at again in the background, not by the next task.
            for earlier in self.hosts.iter_mut().take(next) {
                earlier.not_before = earlier.not_before.map(|at| at.max(now + PROBE));
            }
            self.preferred = next;
            return Next::Host(next);
        }
        let first = (0..count).min_by_key(|at| self.not_before(*at));
        self.preferred = first.unwrap_or(0);
        if hopeless { Next::GiveUp } else { Next::Pause }
    }

    /// An earlier host that is to be tried again in the background.
    pub fn probe(&self, now: Instant) -> Option<usize> {
        (0..self.preferred).find(|host| self.may_connect(*host, now))
    }

    /// When the next such try is due.
    pub fn probe_at(&self) -> Option<Instant> {
        (0..self.preferred).filter_map(|host| self.not_before(host)).min()
    }

    /// The hosts in the order in which a single call tries them: the preferred one, then the others, those that failed
    /// lately last.
    pub fn order(&self, now: Instant) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.hosts.len()).collect();
        order.sort_by_key(|host| (*host != self.preferred, !self.may_connect(*host, now), *host));
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Code;

    fn failure() -> Failure {
        Failure::new(Code::Connect, "refused")
    }

    #[test]
    fn the_host_that_worked_is_remembered_and_the_first_is_probed() {
        let (mut hosts, mut chance, now) = (Hosts::new(2), Chance::new(1), Instant::now());
        assert_eq!(hosts.failed(0, failure(), false, now, &mut chance), Next::Host(1));
        hosts.reached(1);
        assert_eq!(hosts.preferred(), 1);
        assert_eq!(hosts.probe(now), None);
        let later = now + PROBE;
        assert_eq!(hosts.probe(later), Some(0));
        assert_eq!(hosts.failed(0, failure(), false, later, &mut chance), Next::Host(1));
        assert_eq!(hosts.probe(later + PROBE / 2), None);
        hosts.reached(0);
        assert_eq!((hosts.preferred(), hosts.order(later)), (0, vec![0, 1]));
    }

    #[test]
    fn when_every_host_fails_there_is_a_pause() {
        let (mut hosts, mut chance, now) = (Hosts::new(2), Chance::new(1), Instant::now());
        assert_eq!(hosts.failed(0, failure(), false, now, &mut chance), Next::Host(1));
        assert_eq!(hosts.failed(1, failure(), false, now, &mut chance), Next::Pause);
        assert!(!hosts.may_connect(hosts.preferred(), now));
        assert_eq!(Hosts::new(1).failed(0, failure(), true, now, &mut chance), Next::GiveUp);
    }
}
