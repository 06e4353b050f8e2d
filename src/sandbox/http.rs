//! The sandbox as the server sees it.

use super::{Core, control};
use crate::server::{Handler, Head, Plan, Unreadable};
use hyper::body::Bytes;
use std::sync::Arc;
use std::time::Instant;

pub(super) struct Front(pub(super) Arc<Core>);

impl Handler for Front {
    fn head(&self, head: &Head<'_>) -> Option<Plan> {
        if let Err(why) = control::trusted(head, &self.0.control_hosts) {
            return Some(self.0.turn_away(head, why));
        }
        if control::is_control(head.path) {
            return None;
        }
        let (plan, refuse) = self.0.state().before_reading(head)?;
        if let Some(time) = refuse {
            self.0.refuse(time);
        }
        Some(plan)
    }

    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        if control::is_control(head.path) {
            return control::answer(&self.0, head, body);
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
            Unreadable::Broken => (400, "The request did not arrive whole."),
        };
        if control::is_control(head.path) {
            return Plan::text(status, "text/plain; charset=utf-8", why);
        }
        self.0.state().answer_unreadable(head, status, why)
    }
}
