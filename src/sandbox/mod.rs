//! The stand-in of the service: a real HTTP server that answers as the service documents, with artificial results.
//!
//! It solves nothing. A task is "processing" for a set time and then "ready" with a solution of the documented shape
//! whose every value says that it is made up.

mod account;
mod check;
mod config;
mod envelope;
mod http;
mod money;
mod random;
mod reader;
mod service;
mod task;

use crate::protocol::json::quote;
use crate::protocol::{Code, Failure};
use crate::server::{Limits, Server};
use config::Config;
use service::{Method, Service};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A running stand-in. Dropping it closes it.
#[derive(Debug)]
pub struct Sandbox {
    core: Arc<Core>,
    server: Mutex<Server>,
    url: String,
}

/// What the server's thread and the owner of the sandbox share. No call holds the lock across the network.
#[derive(Debug)]
struct Core {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    service: Service,
    requests: BTreeMap<Method, u64>,
}

impl Core {
    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between statements: a panic elsewhere does not spoil it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn count(&mut self, method: Method) {
        *self.requests.entry(method).or_default() += 1;
    }
}

impl Sandbox {
    /// Opens a stand-in. `config` is the JSON text of a configuration (`captask_describe("sandbox")` tells its
    /// members); `None` is all defaults: a free port on loopback, every key accepted.
    ///
    /// # Errors
    /// `CAPTASK_INVALID_CONFIG` naming the member, `CAPTASK_INVALID_JSON`, or `CAPTASK_CONNECT` when the address
    /// cannot be listened on.
    pub fn open(config: Option<&str>) -> Result<Sandbox, Failure> {
        let config = Config::read(config)?;
        let listen = config.listen;
        let state = State { service: Service::new(config), requests: BTreeMap::new() };
        let core = Arc::new(Core { state: Mutex::new(state) });
        let limits = Limits { body_bytes: 16 << 20, body: Duration::from_secs(60), ..Limits::default() };
        let server = Server::start(listen, http::Front(core.clone()), limits).map_err(|error| {
            Failure::new(Code::Connect, format!("the sandbox cannot listen on {listen}: {error}; choose another port"))
        })?;
        let url = format!("http://{}", server.local_address());
        Ok(Sandbox { core, server: Mutex::new(server), url })
    }

    /// Where it is: `http://127.0.0.1:41233`, the `endpoint` of a client.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it answers getUserAgent.
    pub fn user_agent_url(&self) -> String {
        format!("{}/api/useragent/actual", self.url)
    }

    /// Counters and state as a JSON object; keys are masked.
    pub fn inspect(&self) -> String {
        let connections = self.server.lock().unwrap_or_else(PoisonError::into_inner).connections();
        let mut state = self.core.state();
        let now = Instant::now();
        state.service.tasks.forget(now);
        let requests: Vec<String> = Method::NAMES
            .iter()
            .map(|(name, method)| format!("\"{name}\":{}", state.requests.get(method).copied().unwrap_or(0)))
            .collect();
        let tally = state.service.tasks.tally(now);
        let accounts: Vec<String> = state
            .service
            .accounts
            .iter()
            .take(100)
            .map(|(key, account)| {
                format!(
                    "{{\"key\":{},\"balance\":{},\"status\":\"{}\"}}",
                    quote(&account::masked(key)),
                    account.balance,
                    account.standing.word()
                )
            })
            .collect();
        format!(
            "{{\"errorId\":0,\"kind\":\"sandbox\",\"url\":{},\"requests\":{{{}}},\"tasks\":{{\"created\":{},\
             \"processing\":{},\"ready\":{},\"failed\":{},\"forgotten\":{}}},\"balance\":{},\"accounts\":[{}],\
             \"connections\":{connections}}}",
            quote(&self.url),
            requests.join(","),
            tally.created,
            tally.processing,
            tally.ready,
            tally.failed,
            tally.forgotten,
            state.service.accounts.balance(),
            accounts.join(",")
        )
    }

    /// Closes every connection and the port and ends its thread. Closing again does nothing.
    pub fn close(&self) {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).stop();
    }
}
