//! Name lookups: literal addresses at once, names from a short memory, and a look-up that never holds a caller for
//! longer than its deadline or the client's life.

use super::Link;
use crate::sys;
use std::collections::HashMap;
use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How long a name's addresses are trusted.
const MEMORY: Duration = Duration::from_secs(60);

/// How many names are remembered.
const NAMES: usize = 64;

/// How often a waiting caller looks whether the client was closed.
const SLICE: Duration = Duration::from_millis(40);

/// At most this many look-ups hang at once; more would pile up threads behind a dead name server.
const HANGING: usize = 4;

/// Names and ports, and what was found for them when.
type Known = HashMap<(String, u16), (Instant, Vec<SocketAddr>)>;

/// The resolver of one client.
pub struct Names {
    link: Arc<Link>,
    known: Mutex<Known>,
}

impl Names {
    /// A resolver with an empty memory.
    pub fn new(link: Arc<Link>) -> Self {
        Names { link, known: Mutex::default() }
    }

    fn look_up(&self, host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        let key = (host.to_owned(), port);
        let now = Instant::now();
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, found)) = known().get(&key)
            && now.duration_since(*since) < MEMORY
        {
            return Ok(found.clone());
        }
        let found = self.ask(key.clone(), now.checked_add(*timeout.after), timeout)?;
        let mut known = known();
        if known.len() >= NAMES {
            known.clear();
        }
        known.insert(key, (now, found.clone()));
        Ok(found)
    }

    /// Asks the system on a thread of its own, which is left behind when it hangs: it holds nothing of the client.
    fn ask(&self, key: (String, u16), end: Option<Instant>, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        let lookups = self.link.lookups.clone();
        if lookups.fetch_add(1, Ordering::AcqRel) >= HANGING {
            lookups.fetch_sub(1, Ordering::AcqRel);
            return Err(Error::Io(std::io::Error::other("earlier name look-ups still hang")));
        }
        let (tell, told) = mpsc::sync_channel(1);
        let name = key.0.clone();
        let count = lookups.clone();
        let spawned = sys::spawn(thread::Builder::new().name("captask-lookup".into()), move || {
            let found = (key.0.as_str(), key.1).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
            count.fetch_sub(1, Ordering::AcqRel);
            // Nobody may be listening any more.
            let _ = tell.send(found);
        });
        if let Err(e) = spawned {
            lookups.fetch_sub(1, Ordering::AcqRel);
            return Err(Error::Io(e));
        }
        loop {
            match told.recv_timeout(SLICE) {
                Ok(Ok(found)) if found.is_empty() => return Err(Error::HostNotFound),
                Ok(Ok(found)) => return Ok(found),
                Ok(Err(e)) => return Err(Error::Io(std::io::Error::new(e.kind(), format!("{name}: {e}")))),
                Err(RecvTimeoutError::Disconnected) => return Err(Error::HostNotFound),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.link.closed.load(Ordering::Acquire) {
                return Err(Error::Io(std::io::Error::new(std::io::ErrorKind::NotConnected, "the client was closed")));
            }
            if end.is_some_and(|end| Instant::now() >= end) {
                return Err(Error::Timeout(timeout.reason));
            }
        }
    }
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
            Some("https") => 443,
            Some("http") => 80,
            _ => 1080,
        });
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let mut out = self.empty();
        if let Ok(address) = bare.parse() {
            out.push(SocketAddr::new(address, port));
            return Ok(out);
        }
        const MOST: usize = 16;
        for address in self.look_up(bare, port, timeout)?.into_iter().take(MOST) {
            out.push(address);
        }
        Ok(out)
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}
