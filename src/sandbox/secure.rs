//! Callbacks to https URLs, over the client's transport. They are few, so each takes a blocking exchange on a thread of
//! its own; the workers of [`super::callback`] bound how many there are.

use super::callback::{ANSWER, without_login};
use crate::client::transport::{Limits, Patience, Supply, Transport};
use crate::http::roots::{self, Anchors};
use hyper::Uri;
use std::sync::OnceLock;
use std::time::Duration;

/// Connections kept for the next callback.
const KEPT: usize = 8;

/// What delivers to https URLs; made ready by the first delivery.
pub(super) struct Secure {
    roots: Option<Anchors>,
    limit: Duration,
    transport: OnceLock<Transport>,
}

impl Secure {
    pub(super) fn new(roots: Option<Anchors>, limit: Duration) -> Secure {
        Secure { roots, limit, transport: OnceLock::new() }
    }

    /// Posts; the error says why no HTTP answer came.
    pub(super) fn post(&self, url: &Uri, body: &str) -> Result<(), String> {
        let transport = self.transport();
        let authority = url.authority().map_or("", |authority| without_login(authority.as_str()));
        let url = format!("https://{authority}{}", url.path_and_query().map_or("/", |path| path.as_str()));
        let begun = transport.begin(&url, Some(body), self.limit, None, Supply::Any);
        let Some(mut exchange) = begun.map_err(|broken| broken.why)? else {
            return Err("no connection".into());
        };
        loop {
            match transport.advance(&mut exchange, Patience::All) {
                None => {}
                Some(Ok(_)) => return Ok(()),
                // What an answer says does not matter, nor whether it is whole.
                Some(Err(broken)) if broken.part.is_some() => return Ok(()),
                Some(Err(broken)) => return Err(broken.why),
            }
        }
    }

    fn transport(&self) -> &Transport {
        self.transport.get_or_init(|| {
            // The machine's roots; the bundled ones where it has none.
            let roots = self.roots.clone().or_else(|| roots::system().ok()).unwrap_or(Anchors::Bundled);
            let limits = Limits { connections: KEPT, connect: self.limit, request: self.limit, body: ANSWER as u64 };
            Transport::with(roots, None, limits)
        })
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        if let Some(transport) = self.transport.get() {
            transport.close();
        }
    }
}
