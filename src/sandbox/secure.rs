//! Callbacks to https URLs, over the HTTP room. They are few, so each takes a blocking exchange on a thread of its own;
//! the workers of [`super::callback`] bound how many there are.

use crate::http::roots::{self, Anchors};
use crate::http::{Dialer, Origin, Proxies, Request, Wake, blocking};
use crate::secret::Secret;
use hyper::Uri;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// What delivers to https URLs; made ready by the first delivery.
pub(super) struct Secure {
    roots: Option<Anchors>,
    limit: Duration,
    dialer: OnceLock<Arc<Dialer>>,
    stopped: AtomicBool,
}

impl Secure {
    pub(super) fn new(roots: Option<Anchors>, limit: Duration) -> Secure {
        Secure { roots, limit, dialer: OnceLock::new(), stopped: AtomicBool::new(false) }
    }

    /// Posts; the error says why no HTTP answer came.
    pub(super) fn post(&self, url: &Uri, body: &str) -> Result<(), String> {
        let authority = url.authority().map_or("", |authority| without_login(authority.as_str()));
        let url = format!("https://{authority}{}", url.path_and_query().map_or("/", |path| path.as_str()));
        let url: Uri = url.parse().map_err(|_| String::from("the URL cannot be read"))?;
        let origin = Origin::of(&url).ok_or_else(|| String::from("the URL has no host"))?;
        let end = Instant::now() + self.limit;
        let wake: Wake = Arc::new(|| {});
        let connection = blocking::dial(self.dialer(), &origin, end, wake, &self.stopped).map_err(|error| error.why)?;
        let request = Request::new(url, Some(Arc::new(Secret::new(body.to_owned()))));
        match blocking::exchange(connection, request, end, &self.stopped).0 {
            Ok(_) => Ok(()),
            // What an answer says does not matter, nor whether it is whole.
            Err(error) if error.part.is_some() => Ok(()),
            Err(error) => Err(error.why),
        }
    }

    fn dialer(&self) -> &Arc<Dialer> {
        self.dialer.get_or_init(|| {
            // The machine's roots; the bundled ones where it has none.
            let roots = self.roots.clone().or_else(|| roots::system().ok()).unwrap_or(Anchors::Bundled);
            Arc::new(Dialer::new(Proxies::none(), roots, self.limit))
        })
    }

    /// Ends the deliveries under way.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The host and port of an authority: a login is no part of them.
pub(super) fn without_login(authority: &str) -> &str {
    authority.rsplit('@').next().unwrap_or_default()
}
