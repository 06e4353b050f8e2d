//! From HTTP requests to the service's methods and back.

use super::Core;
use super::envelope::Refusal;
use super::service::{Method, Reply};
use crate::server::{Handler, Head, Plan, Unreadable};
use hyper::body::Bytes;
use std::time::Instant;

/// What getUserAgent answers: of today's form, and plainly not a browser's.
pub(super) const USER_AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
    (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 captask-sandbox/artificial";

/// The sandbox as the server sees it.
pub(super) struct Front(pub(super) std::sync::Arc<Core>);

impl Handler for Front {
    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        let method = Method::of(head.path);
        let mut state = self.0.state();
        state.count(method);
        match (method, head.method) {
            (Method::GetUserAgent, "GET" | "POST") => Plan::text(200, "text/plain; charset=utf-8", USER_AGENT),
            (Method::Unknown, _) => Plan::json(404, Refusal::of("ERROR_NO_SUCH_METHOD").to_json("")),
            (_, "POST") => {
                let Reply { body, .. } = state.service.call(method, body, Instant::now());
                Plan::json(200, body)
            }
            _ => {
                let refusal = Refusal::because("ERROR_NO_SUCH_METHOD", "This method is called with POST.");
                Plan::json(405, refusal.to_json("")).header("allow", "POST")
            }
        }
    }

    fn unreadable(&self, head: &Head<'_>, why: Unreadable) -> Plan {
        self.0.state().count(Method::of(head.path));
        let (status, why) = match why {
            Unreadable::TooLarge => (413, "The request is too large."),
            Unreadable::Broken => (400, "The request did not arrive whole."),
        };
        Plan::json(status, Refusal::because("ERROR_TASK_ABSENT", why).to_json(""))
    }
}
