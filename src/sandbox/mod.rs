//! The stand-in of the service: a real HTTP server that answers as the service documents, with artificial results.
//!
//! It solves nothing. A task is "processing" for a set time and then "ready" with a solution of the documented shape
//! whose every value says that it is made up.
//!
//! Any error can be had for the asking. A string member of a task, or the `clientKey`, of the form
//! `error:ERROR_ZERO_BALANCE` has createTask answer that code (as a key: every method). `error@result:CODE` has the
//! task created and then fail, at getTaskResult and in the callback; as keys there are also `error@create:CODE`,
//! `error@balance:CODE` and `error@report:CODE`. Codes that nobody knows are as welcome. What goes wrong with the
//! connection is a fault of the configuration, or a scenario.
//!
//! A page at `/` shows what happens. The same is told by `GET /_sandbox/state`, `requests?after=N&limit=N`,
//! `tasks?limit=N` and `events` (server-sent), and changed by `POST /_sandbox/reset` `{}`, `faults`
//! `{"faults":[…],"remove":[id],"add":[…]}`, `balance` `{"balance":1.5,"key":"…"}` and `scenario` `{"name":"…"}` or
//! `{"name":null}`, each with `content-type: application/json`. Requests from web pages of other origins are refused.

mod account;
mod ban;
mod callback;
mod check;
mod config;
mod control;
mod envelope;
mod fault;
mod http;
mod log;
mod mask;
mod misbehave;
mod money;
mod random;
mod reader;
mod scenario;
mod secure;
mod service;
mod solution;
mod state;
mod task;
mod watch;

use crate::protocol::catalog::Edition;
use crate::protocol::json::clip;
use crate::protocol::{Code, Failure};
use crate::server::{Head, Limits, Plan, Server};
use config::Config;
use state::State;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// A running stand-in. Dropping it closes it.
#[derive(Debug)]
pub struct Sandbox {
    core: Arc<Core>,
    server: Mutex<Server>,
}

/// What the server's thread and the owner of the sandbox share. No call holds the lock across the network.
struct Core {
    state: Mutex<State>,
    control_hosts: Vec<String>,
    /// Known once the server listens.
    url: OnceLock<String>,
    /// Wakes the delivery of callbacks when there is an earlier one.
    sooner: Notify,
    watchers: watch::Watchers,
    /// Requests refused because they may be a web page's.
    turned_away: AtomicU64,
    refuser: OnceLock<Box<dyn Fn(Duration) + Send + Sync>>,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The state holds keys.
        f.debug_struct("Core").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Core {
    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between statements: a panic elsewhere does not spoil it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    /// Answers a request that may be a web page's.
    fn turn_away(&self, head: &Head<'_>, why: String) -> Plan {
        let count = self.turned_away.fetch_add(1, Ordering::Relaxed) + 1;
        // A page in a loop fills no log.
        if count.is_power_of_two() {
            crate::log::warn(|| format!("sandbox: {} {}: {why} ({count} so far)", head.method, clip(head.path)));
        }
        control::failed(403, &Failure::new(Code::InvalidRequest, why))
    }

    /// Has the port refuse connections for a while.
    fn refuse(&self, time: Duration) {
        if let Some(refuse) = self.refuser.get() {
            refuse(time);
        }
    }
}

impl Sandbox {
    /// Opens a stand-in. `config` is the JSON text of a configuration (`captask_describe("sandbox")` tells its
    /// members); `None` is all defaults: a free port on loopback, every key accepted.
    ///
    /// # Errors
    /// `CAPTASK_INVALID_CONFIG` naming the member, also when the address cannot be listened on, and
    /// `CAPTASK_INVALID_JSON`.
    pub fn open(config: Option<&str>) -> Result<Sandbox, Failure> {
        let config = Config::read(config)?;
        // Its own file wins over the one of the process, which has to be right otherwise.
        if !config.catalogue.is_own() {
            Edition::of_process()?;
        }
        Sandbox::start(config)
    }

    /// Opens the private stand-in of a client, with all defaults, by the client's catalogue.
    pub(crate) fn private(catalogue: Edition) -> Result<Sandbox, Failure> {
        Sandbox::start(Config { catalogue, ..Config::default() })
    }

    fn start(config: Config) -> Result<Sandbox, Failure> {
        let (listen, control_hosts) = (config.listen, config.control_hosts.clone());
        let (state, refused_for) = State::new(config)?;
        let (url, refuser) = (OnceLock::new(), OnceLock::new());
        let core = Arc::new(Core {
            state: Mutex::new(state),
            control_hosts,
            url,
            sooner: Notify::new(),
            watchers: Default::default(),
            turned_away: AtomicU64::new(0),
            refuser,
        });
        let limits = Limits { body_bytes: 16 << 20, body: Duration::from_secs(60), ..Limits::default() };
        let front = Arc::new(http::Front(core.clone()));
        let mut background = callback::deliveries(&core);
        background.push(watch::reports(&core));
        let server = Server::start_with(listen, front, limits, background).map_err(|error| {
            reader::refuse("listen", format!("cannot listen on {listen}: {error}; port 0 takes a free one"))
        })?;
        // Both are set here and nowhere else.
        let _ = core.url.set(format!("http://{}", server.local_address()));
        let _ = core.refuser.set(Box::new(server.refuser()));
        if let Some(time) = refused_for {
            server.refuse(time);
        }
        Ok(Sandbox { core, server: Mutex::new(server) })
    }

    /// Where it is: `http://127.0.0.1:41233`, the `endpoint` of a client.
    pub fn url(&self) -> String {
        self.core.url().to_owned()
    }

    /// Where it answers getUserAgent.
    pub fn user_agent_url(&self) -> String {
        format!("{}/api/useragent/actual", self.url())
    }

    /// Counters and state as a JSON object; keys are masked.
    pub fn inspect(&self) -> String {
        let connections = self.server.lock().unwrap_or_else(PoisonError::into_inner).connections();
        let members = self.core.state().members(self.core.url(), Instant::now());
        format!(
            "{{{members},\"connections\":{connections},\"turnedAway\":{}}}",
            self.core.turned_away.load(Ordering::Relaxed)
        )
    }

    /// Closes every connection and the port and ends its thread. Closing again does nothing.
    pub fn close(&self) {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).stop();
    }
}
