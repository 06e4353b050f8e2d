//! The stand-in for the service: a real HTTP server that answers as the service documents, with artificial results.
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
mod admin;
mod ban;
mod callback;
mod check;
mod config;
mod due;
mod envelope;
mod events;
mod fault;
mod http;
mod inject;
mod log;
mod method;
mod money;
mod random;
mod reader;
mod redact;
mod scenario;
mod secure;
mod service;
mod shared;
mod solution;
mod state;
mod task;
mod watchers;

use crate::protocol::Failure;
use crate::protocol::catalog::Edition;
use crate::server::{Limits, Server};
use config::Config;
use shared::Shared;
use state::SandboxState;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// A running stand-in. Dropping it closes it.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    server: Mutex<Server>,
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
        let (state, refused_for) = SandboxState::new(config)?;
        let (url, refuser) = (OnceLock::new(), OnceLock::new());
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            control_hosts,
            url,
            sooner: Notify::new(),
            watchers: Default::default(),
            turned_away: AtomicU64::new(0),
            refuser,
        });
        let limits = Limits { body_bytes: 16 << 20, body: Duration::from_secs(60), ..Limits::default() };
        let front = Arc::new(http::Front(shared.clone()));
        let mut background = callback::deliveries(&shared);
        background.push(events::reports(&shared));
        let server = Server::start_with(listen, front, limits, background).map_err(|error| {
            reader::refuse("listen", format!("cannot listen on {listen}: {error}; port 0 takes a free port"))
        })?;
        // Both are set here and nowhere else.
        let _ = shared.url.set(format!("http://{}", server.local_address()));
        let _ = shared.refuser.set(Box::new(server.refuser()));
        if let Some(time) = refused_for {
            server.refuse(time);
        }
        Ok(Sandbox { shared, server: Mutex::new(server) })
    }

    /// Where it is: `http://127.0.0.1:41233`, the `endpoint` of a client.
    pub fn url(&self) -> String {
        self.shared.url().to_owned()
    }

    /// Where it answers getUserAgent.
    pub fn user_agent_url(&self) -> String {
        format!("{}/api/useragent/actual", self.url())
    }

    /// Counters and state as a JSON object; keys are masked.
    pub fn inspect(&self) -> String {
        let connections = self.server.lock().unwrap_or_else(PoisonError::into_inner).connections();
        let members = self.shared.state().members(self.shared.url(), Instant::now());
        format!(
            "{{{members},\"connections\":{connections},\"turnedAway\":{}}}",
            self.shared.turned_away.load(Ordering::Relaxed)
        )
    }

    /// Closes every connection and the port and ends its thread. Closing again does nothing.
    pub fn close(&self) {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).stop();
    }
}
