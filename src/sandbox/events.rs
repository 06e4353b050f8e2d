//! The page and its events: what happens in a running sandbox, as it happens.

use super::shared::Shared;
use super::state::SandboxState;
use crate::server::{Background, Plan};
use hyper::body::Bytes;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("page.html");
/// The time between two looks at what is new.
const PAUSE: Duration = Duration::from_millis(200);
/// After so long without news a sign of life is sent, which also finds pages that were closed.
const QUIET: Duration = Duration::from_secs(15);
/// Requests and tasks told at once.
const SHOWN: usize = 100;

/// The page, with a content policy that allows nothing but its own two elements.
pub(super) fn page() -> Plan {
    // Each RandomState has keys of its own, from the system's randomness.
    let nonce = format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2));
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Plan::answer(200, "text/html; charset=utf-8", PAGE.replace("NONCE", &nonce))
        .header("content-security-policy", policy)
        .header("referrer-policy", "no-referrer")
}

/// The work that tells the watchers.
pub(super) fn reports(shared: &Arc<Shared>) -> Background {
    Box::pin(report(shared.clone()))
}

async fn report(shared: Arc<Shared>) {
    let mut reporter = Reporter { last: (String::new(), 0), spoke: Instant::now() };
    loop {
        if shared.watchers.list().is_empty() {
            shared.watchers.arrived.notified().await;
        }
        reporter.round(&shared);
        tokio::time::sleep(PAUSE).await;
    }
}

struct Reporter {
    /// What was told last, and the number of the newest request then.
    last: (String, u64),
    spoke: Instant,
}

impl Reporter {
    /// Tells every watcher what it does not know yet.
    fn round(&mut self, shared: &Shared) {
        let mut watchers = shared.watchers.list();
        let mut state = shared.state();
        let now = (state_event(shared, &mut state), state.log.newest());
        let news = now != self.last;
        let quiet = self.spoke.elapsed() >= QUIET;
        // Most know the same: for them it is put together once.
        let mut last: Option<(Option<u64>, Bytes)> = None;
        watchers.retain_mut(|watcher| {
            if !news && watcher.last_request_sent.is_some() {
                return !quiet || watcher.events.try_send(Bytes::from_static(b":\n\n")).is_ok();
            }
            let last_request_sent = watcher.last_request_sent.replace(now.1);
            let event = match &last {
                Some((same, event)) if *same == last_request_sent => event.clone(),
                _ => {
                    let requests = state.log.to_json(last_request_sent.unwrap_or(0), SHOWN);
                    let fresh = last_request_sent.is_none();
                    let event = format!("data: {{\"fresh\":{fresh},\"requests\":{requests},{}}}\n\n", now.0);
                    last.insert((last_request_sent, Bytes::from(event))).1.clone()
                }
            };
            watcher.events.try_send(event).is_ok()
        });
        if news || quiet {
            self.spoke = Instant::now();
        }
        self.last = now;
    }
}

fn state_event(shared: &Shared, state: &mut SandboxState) -> String {
    let now = Instant::now();
    let members = state.members(shared.url(), now);
    format!(
        "\"oldest\":{},\"state\":{{{members},\"scenarios\":{}}},\"tasks\":{}",
        state.log.oldest(),
        SandboxState::scenarios(),
        state.service.tasks.to_json(SHOWN, now)
    )
}
