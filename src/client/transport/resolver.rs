//! Name lookups: literal addresses at once, names from a short memory, and a look-up that never holds a caller for
//! longer than its deadline or the client's life.

use super::Link;
use crate::sys;
use std::collections::HashMap;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use std::{fmt, io};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How long a name's addresses are trusted.
const MEMORY: Duration = Duration::from_secs(60);

/// How long the answer of a look-up waits for those who asked.
const FRESH: Duration = Duration::from_secs(1);

/// How many names are remembered.
const NAMES: usize = 64;

/// How often a waiting caller looks whether the client was closed.
const SLICE: Duration = Duration::from_millis(40);

/// At most this many names are asked for at once; more would pile up threads behind a dead name server.
const ASKING: usize = 2;

/// A name and a port.
type Key = (String, u16);

/// Names and ports, and what was found for them when.
type Known = HashMap<Key, (Instant, Vec<SocketAddr>)>;

/// What a look-up found; errors of the system cannot be cloned, so their kind and words.
type Answer = Result<Vec<SocketAddr>, (io::ErrorKind, String)>;

/// A look-up under way, shared by everybody who wants that name and by its thread.
#[derive(Default)]
struct Question {
    /// And since when it is there.
    answer: Mutex<Option<(Instant, Answer)>>,
    bell: Condvar,
}

/// The resolver of one client.
pub struct Names {
    link: Arc<Link>,
    known: Mutex<Known>,
    asked: Mutex<Vec<(Key, Arc<Question>)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Names {
    /// A resolver with an empty memory.
    pub fn new(link: Arc<Link>) -> Self {
        Names { link, known: Mutex::default(), asked: Mutex::default() }
    }

    fn look_up(&self, host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        let key = (host.to_owned(), port);
        let now = Instant::now();
        if let Some((since, found)) = lock(&self.known).get(&key)
            && now.duration_since(*since) < MEMORY
        {
            return Ok(found.clone());
        }
        let found = self.ask(&key, now.checked_add(*timeout.after), timeout)?;
        let mut known = lock(&self.known);
        if known.len() >= NAMES {
            known.clear();
        }
        known.insert(key, (now, found.clone()));
        Ok(found)
    }

    /// The look-up of this name that is under way, or a new one; `None` while too many others are.
    fn question(&self, key: &Key) -> Result<Option<Arc<Question>>, Error> {
        let mut asked = lock(&self.asked);
        if let Some((_, question)) = asked.iter().find(|(name, _)| name == key) {
            // One that nobody waited for to the end may be long out of date.
            let old = lock(&question.answer).as_ref().is_some_and(|(since, _)| since.elapsed() >= FRESH);
            if !old {
                return Ok(Some(question.clone()));
            }
            asked.retain(|(name, _)| name != key);
        }
        if self.link.lookups.fetch_add(1, Ordering::AcqRel) >= ASKING {
            self.link.lookups.fetch_sub(1, Ordering::AcqRel);
            return Ok(None);
        }
        let question = Arc::new(Question::default());
        let (theirs, count, name) = (question.clone(), self.link.lookups.clone(), key.clone());
        let spawned = sys::spawn(thread::Builder::new().name("captask-lookup".into()), move || {
            let found = (name.0.as_str(), name.1).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
            count.fetch_sub(1, Ordering::AcqRel);
            *lock(&theirs.answer) = Some((Instant::now(), found.map_err(|e| (e.kind(), format!("{}: {e}", name.0)))));
            theirs.bell.notify_all();
        });
        if let Err(e) = spawned {
            self.link.lookups.fetch_sub(1, Ordering::AcqRel);
            return Err(Error::Io(e));
        }
        asked.push((key.clone(), question.clone()));
        Ok(Some(question))
    }

    /// Asks the system on a thread of its own, which is left behind when it hangs: it holds nothing of the client.
    /// Whoever wants the same name meanwhile waits for the same answer.
    fn ask(&self, key: &Key, end: Option<Instant>, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        loop {
            match self.question(key)? {
                Some(question) => {
                    let answer = lock(&question.answer);
                    let answer = match *answer {
                        Some(_) => answer,
                        None => question.bell.wait_timeout(answer, SLICE).unwrap_or_else(PoisonError::into_inner).0,
                    };
                    if let Some((_, answer)) = &*answer {
                        lock(&self.asked).retain(|(_, other)| !Arc::ptr_eq(other, &question));
                        return match answer {
                            Ok(found) if found.is_empty() => Err(Error::HostNotFound),
                            Ok(found) => Ok(found.clone()),
                            Err((kind, text)) => Err(Error::Io(io::Error::new(*kind, text.clone()))),
                        };
                    }
                }
                None => thread::sleep(SLICE),
            }
            if self.link.closed.load(Ordering::Acquire) {
                return Err(Error::Io(io::Error::new(io::ErrorKind::NotConnected, "the client was closed")));
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
