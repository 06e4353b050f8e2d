//! The settings of a client, and their defaults.

use crate::http::proxy_rules::Proxies;
use crate::protocol::catalog::Edition;
use crate::protocol::request::Validate;
use crate::secret::Secret;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The longest time a setting may name: about 24 days, so that sums of a few never overflow.
pub const LONGEST_MS: u64 = i32::MAX as u64;

/// Where certificate roots come from.
#[derive(Debug, Clone)]
pub enum Roots {
    /// The roots built into the library.
    Bundled,
    /// The machine's.
    System,
    /// A PEM file.
    File(PathBuf),
}

/// What the connections need to know.
#[derive(Debug, Clone)]
pub struct TransportConfig {
    /// `proxy`.
    pub proxy: Proxies,
    /// `tls.roots`.
    pub roots: Roots,
    /// `connectTimeoutMs`.
    pub connect_timeout: Duration,
    /// `requestTimeoutMs`.
    pub request_timeout: Duration,
}

/// `poll`: what is set here wins over the catalogue.
#[derive(Debug, Clone)]
pub struct PollConfig {
    /// Before the first poll.
    pub first: Option<Duration>,
    /// Between polls.
    pub interval: Option<Duration>,
    /// From submit to giving up.
    pub timeout: Option<Duration>,
    /// Polls of one task, at most 120.
    pub max_polls: Option<u32>,
    /// Whether poll times are learnt.
    pub learn: bool,
}

impl Default for PollConfig {
    fn default() -> Self {
        PollConfig { first: None, interval: None, timeout: None, max_polls: None, learn: true }
    }
}

/// `guard`.
#[derive(Debug, Clone)]
pub struct GuardConfig {
    /// Creates in any minute.
    pub tasks_per_minute: Option<u32>,
    /// Creates in the client's life.
    pub max_tasks: Option<u64>,
    /// How long creates are held back after the service refused the key or the balance.
    pub hold_on_refusal: Duration,
}

/// `callback`.
#[derive(Debug, Clone)]
pub struct CallbackConfig {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address by which the service reaches it, without a slash at the end.
    pub public_url: String,
}

/// Where the service is.
#[derive(Debug, Clone)]
pub enum Endpoint {
    /// At these addresses, in order, each without a slash at the end.
    Hosts(Vec<String>),
    /// In this process.
    Sandbox,
}

/// A client's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The account's key.
    pub client_key: Option<Secret>,
    /// `endpoint` and `fallbackEndpoints`.
    pub endpoint: Endpoint,
    /// `userAgentEndpoint`; `None` under `sandbox:` unless set.
    pub user_agent_endpoint: Option<String>,
    /// Of the connections.
    pub transport: TransportConfig,
    /// `callTimeoutMs`.
    pub call_timeout: Duration,
    /// `maxConnections`.
    pub max_connections: usize,
    /// `maxInFlight`.
    pub max_in_flight: usize,
    /// `softId`, as JSON text.
    pub soft_id: Option<String>,
    /// `validate`.
    pub validate: Validate,
    /// `poll`.
    pub poll: PollConfig,
    /// `guard`.
    pub guard: GuardConfig,
    /// `callback`.
    pub callback: Option<CallbackConfig>,
    /// `journal`.
    pub journal: Option<PathBuf>,
    /// `catalogue`.
    pub catalogue: Edition,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            client_key: None,
            endpoint: Endpoint::Sandbox,
            user_agent_endpoint: None,
            transport: TransportConfig {
                proxy: Proxies::none(),
                roots: Roots::Bundled,
                connect_timeout: Duration::from_millis(10_000),
                request_timeout: Duration::from_millis(21_000),
            },
            call_timeout: Duration::from_millis(30_000),
            max_connections: 256,
            max_in_flight: 100_000,
            soft_id: None,
            validate: Validate::Warn,
            poll: PollConfig::default(),
            guard: GuardConfig {
                tasks_per_minute: None,
                max_tasks: None,
                hold_on_refusal: Duration::from_millis(60_000),
            },
            callback: None,
            journal: None,
            catalogue: Edition::default(),
        }
    }
}
