//! Name lookups: literal addresses at once, names from a short memory, else by threads that are left behind when they
//! hang.

use crate::sys;
use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// Rung when a name lookup has ended.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How long a name's addresses are trusted.
const MEMORY: Duration = Duration::from_secs(60);

/// How many names are remembered.
const NAMES: usize = 64;

/// How many addresses of a name are tried.
const MOST: usize = 16;

/// At most this many names are asked for at once; more would pile up threads behind a dead name server.
const ASKING: usize = 2;

/// What a lookup found, or why nothing.
type Answer = Result<Vec<SocketAddr>, String>;

/// A lookup that somebody waits for.
pub struct PendingLookup {
    name: String,
    state: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    answer: Option<Answer>,
    wakes: Vec<Wake>,
}

/// A lookup's beginning.
pub enum LookupState {
    /// The addresses were known.
    Known(Vec<SocketAddr>),
    /// To be asked for its answer when the bell rings.
    Open(Arc<PendingLookup>),
    /// It cannot be made.
    Failed(String),
}

/// The names of one client. Threads share it, and may outlive the client.
#[derive(Clone, Default)]
pub struct Names(Arc<Mutex<Lookups>>);

#[derive(Default)]
struct Lookups {
    known: HashMap<String, (Instant, Vec<SocketAddr>)>,
    /// The address of a host that a connection was made to.
    worked: HashMap<String, IpAddr>,
    asked: HashMap<String, Weak<PendingLookup>>,
    queue: VecDeque<Weak<PendingLookup>>,
    threads: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PendingLookup {
    /// The answer with this port, once there is one.
    pub fn answer(&self, port: u16) -> Option<Answer> {
        lock(&self.state).answer.clone().map(|answer| answer.map(|found| with_port(found, port)))
    }
}

impl Names {
    /// Addresses of a host; rings the bell when they are not known at once.
    pub fn ask(&self, host: &str, port: u16, now: Instant, wake: &Wake) -> LookupState {
        if let Ok(address) = host.parse::<IpAddr>() {
            return LookupState::Known(vec![SocketAddr::new(address, port)]);
        }
        let mut state = lock(&self.0);
        if let Some((since, found)) = state.known.get(host)
            && now.saturating_duration_since(*since) < MEMORY
        {
            return LookupState::Known(with_port(found.clone(), port));
        }
        if let Some(question) = state.asked.get(host).and_then(Weak::upgrade) {
            let mut waiting = lock(&question.state);
            if waiting.answer.is_none() {
                waiting.wakes.push(wake.clone());
                drop(waiting);
                return LookupState::Open(question);
            }
        }
        let waiting = Waiting { answer: None, wakes: vec![wake.clone()] };
        let question = Arc::new(PendingLookup { name: host.to_owned(), state: Mutex::new(waiting) });
        state.asked.retain(|_, asked| asked.strong_count() > 0);
        state.asked.insert(host.to_owned(), Arc::downgrade(&question));
        if state.threads >= ASKING {
            state.queue.retain(|queued| queued.strong_count() > 0);
            state.queue.push_back(Arc::downgrade(&question));
            return LookupState::Open(question);
        }
        state.threads += 1;
        drop(state);
        let (names, first) = (self.clone(), question.clone());
        let spawned = sys::spawn(thread::Builder::new().name("captask-lookup".into()), move || names.work(first));
        match spawned {
            Ok(_) => LookupState::Open(question),
            Err(e) => {
                lock(&self.0).threads -= 1;
                LookupState::Failed(format!("the system cannot start a thread for the name lookup: {e}"))
            }
        }
    }

    /// Looks up this name and then those that wait, on a thread of its own.
    fn work(&self, first: Arc<PendingLookup>) {
        let mut question = first;
        loop {
            let found = (question.name.as_str(), 0).to_socket_addrs().map(|all| all.take(MOST).collect::<Vec<_>>());
            let answer = match found {
                Ok(found) if found.is_empty() => Err(format!("{} has no address", question.name)),
                Ok(found) => Ok(found),
                Err(e) => Err(format!("{}: {e}", question.name)),
            };
            if let Ok(found) = &answer {
                let mut state = lock(&self.0);
                if state.known.len() >= NAMES {
                    state.known.clear();
                }
                state.known.insert(question.name.clone(), (Instant::now(), found.clone()));
            }
            let wakes = {
                let mut waiting = lock(&question.state);
                waiting.answer = Some(answer);
                std::mem::take(&mut waiting.wakes)
            };
            drop(question);
            for wake in wakes {
                wake();
            }
            let mut state = lock(&self.0);
            let next = loop {
                match state.queue.pop_front() {
                    // Its callers have given up.
                    Some(next) => {
                        if let Some(next) = next.upgrade() {
                            break Some(next);
                        }
                    }
                    None => break None,
                }
            };
            match next {
                Some(next) => question = next,
                None => {
                    state.threads -= 1;
                    return;
                }
            }
        }
    }

    /// A connection to this address of the host was made.
    pub fn note(&self, host: &str, address: IpAddr) {
        let mut state = lock(&self.0);
        if state.worked.get(host) != Some(&address) {
            if state.worked.len() >= NAMES {
                state.worked.clear();
            }
            state.worked.insert(host.to_owned(), address);
        }
    }

    /// The addresses in the order to be tried: what worked last, then the two families in turns.
    pub fn order(&self, host: &str, found: Vec<SocketAddr>) -> VecDeque<SocketAddr> {
        let first_is_six = found.first().is_some_and(SocketAddr::is_ipv6);
        let (same, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|a| a.is_ipv6() == first_is_six);
        let (mut same, mut other) = (same.into_iter(), other.into_iter());
        let mut ordered = VecDeque::new();
        loop {
            let pair = [same.next(), other.next()];
            if pair == [None, None] {
                break;
            }
            ordered.extend(pair.into_iter().flatten());
        }
        let worked = lock(&self.0).worked.get(host).copied();
        if let Some(at) = ordered.iter().position(|address| Some(address.ip()) == worked)
            && let Some(first) = ordered.remove(at)
        {
            ordered.push_front(first);
        }
        ordered
    }
}

fn with_port(mut found: Vec<SocketAddr>, port: u16) -> Vec<SocketAddr> {
    for address in &mut found {
        address.set_port(port);
    }
    found
}
