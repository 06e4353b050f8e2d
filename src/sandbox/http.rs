//! The sandbox as the server sees it.

use super::admin;
use super::shared::Shared;
use crate::protocol::json::clip;
use crate::protocol::{Code, Failure};
use crate::server::{Handler, Head, Plan, Unreadable};
use hyper::body::Bytes;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

pub(super) struct Front(pub(super) Arc<Shared>);

impl Front {
    /// Answers a request that may be a web page's.
    fn turn_away(&self, head: &Head<'_>, why: String) -> Plan {
        let count = self.0.turned_away.fetch_add(1, Ordering::Relaxed) + 1;
        // A page in a loop fills no log.
        if count.is_power_of_two() {
            crate::log::warn(|| format!("sandbox: {} {}: {why} ({count} so far)", head.method, clip(head.path)));
        }
        admin::failed(403, &Failure::new(Code::InvalidRequest, why))
    }
}

impl Handler for Front {
    fn head(&self, head: &Head<'_>) -> Option<Plan> {
        if let Err(why) = admin::trusted(head, &self.0.control_hosts) {
            return Some(self.turn_away(head, why));
        }
        if admin::is_control(head.path) {
            return None;
        }
        let (plan, refuse) = self.0.state().before_reading(head)?;
        if let Some(time) = refuse {
            self.0.refuse(time);
        }
        Some(plan)
    }

    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        if admin::is_control(head.path) {
            return admin::answer(&self.0, head, body);
        }
        let mut state = self.0.state();
        let plan = state.answer(head, body, Instant::now());
        if state.service.callbacks.take_sooner() {
            self.0.sooner.notify_one();
        }
        plan
    }

    fn unreadable(&self, head: &Head<'_>, why: Unreadable) -> Plan {
        let (status, why) = match why {
            Unreadable::TooLarge => (413, "The request is too large."),
            Unreadable::Broken => (400, "The request is incomplete."),
        };
        if admin::is_control(head.path) {
            return Plan::text(status, "text/plain; charset=utf-8", why);
        }
        self.0.state().answer_unreadable(head, status, why)
    }
}
