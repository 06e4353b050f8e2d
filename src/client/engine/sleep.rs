//! How the reactor goes to sleep, and when it has to be woken. Under the engine's lock, so that no wake-up is lost.

use super::machine::Machine;
use std::time::Instant;

/// Whether the reactor sleeps.
#[derive(Default)]
pub struct Sleep {
    /// Until when it does, while it has not been woken.
    until: Option<Instant>,
    /// For each host, whether requests waited for a connection when it went to sleep: it looks for more by itself then.
    known: Vec<bool>,
}

impl Sleep {
    /// The reactor goes to sleep until then, unless it is woken.
    pub fn begin(&mut self, until: Instant, machine: &Machine) {
        self.until = Some(until);
        self.known.clear();
        self.known.extend((0..machine.hosts.count()).map(|host| machine.demand(host) > 0));
    }

    /// The reactor is awake.
    pub fn end(&mut self) {
        self.until = None;
    }

    /// Whether it sleeps past something that there is to do; it counts as woken then.
    pub fn ends_by(&mut self, machine: &Machine, stopped: bool) -> bool {
        let Some(until) = self.until else { return false };
        let due = machine.timer().is_some_and(|at| at < until);
        let news = self.known.iter().enumerate().any(|(host, known)| !known && machine.demand(host) > 0);
        let ends = due || news || stopped;
        if ends {
            self.end();
        }
        ends
    }
}
