//! Bans: the service stops talking to an address that goes on making the same mistake.

use super::reader::Reader;
use crate::protocol::Failure;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// The members of the rule.
pub(super) const KEYS: &[&str] = &["after", "withinMs", "forMs"];

/// When an address is banned and for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    after: u32,
    within: Duration,
    time: Duration,
}

impl Rule {
    /// Reads `true`, `false` or an object.
    pub(super) fn read(raw: &RawValue, path: &str) -> Result<Option<Rule>, Failure> {
        // Ten minutes are documented; how many mistakes it takes is not.
        let usual = Rule { after: 20, within: Duration::from_secs(60), time: Duration::from_secs(600) };
        match raw.get() {
            "true" => return Ok(Some(usual)),
            "false" => return Ok(None),
            _ => {}
        }
        let reader = Reader::inside(raw, path.to_owned(), KEYS)?;
        Ok(Some(Rule {
            after: reader.integer("after", 1, 1_000_000)?.map_or(usual.after, |n| n as u32),
            within: reader.millis("withinMs")?.unwrap_or(usual.within),
            time: reader.millis("forMs")?.unwrap_or(usual.time),
        }))
    }
}

/// The mistakes that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reason {
    Key,
    Balance,
    TaskId,
}

#[derive(Debug, Clone, Copy)]
struct Record {
    since: Instant,
    mistakes: u32,
    banned_until: Option<Instant>,
}

/// What each address has done.
#[derive(Debug, Default)]
pub(super) struct Bans {
    records: HashMap<(IpAddr, Reason), Record>,
}

/// Addresses remembered at once; a flood of them starts over.
const MOST: usize = 10_000;

impl Bans {
    pub(super) fn banned(&self, peer: IpAddr, now: Instant) -> bool {
        [Reason::Key, Reason::Balance, Reason::TaskId]
            .iter()
            .filter_map(|reason| self.records.get(&(peer, *reason)))
            .any(|record| record.banned_until.is_some_and(|until| now < until))
    }

    /// Notes the error code that an address was answered with.
    pub(super) fn note(&mut self, rule: Rule, peer: IpAddr, code: &str, now: Instant) {
        let reason = match code {
            "ERROR_KEY_DOES_NOT_EXIST" => Reason::Key,
            "ERROR_ZERO_BALANCE" => Reason::Balance,
            "ERROR_NO_SUCH_CAPCHA_ID" | "ERROR_TOO_MUCH_REQUESTS" => Reason::TaskId,
            _ => return,
        };
        if self.records.len() >= MOST {
            self.records.clear();
        }
        let fresh = Record { since: now, mistakes: 0, banned_until: None };
        let record = self.records.entry((peer, reason)).or_insert(fresh);
        if now.duration_since(record.since) > rule.within {
            *record = fresh;
        }
        record.mistakes += 1;
        if record.mistakes >= rule.after {
            *record = Record { banned_until: Some(now + rule.time), ..fresh };
        }
    }

    pub(super) fn clear(&mut self) {
        self.records.clear();
    }
}
