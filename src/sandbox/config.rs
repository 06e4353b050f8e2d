//! The configuration of a sandbox.

use super::account::{Account, Standing};
use super::money::Money;
use super::reader::{Reader, integer, refuse};
use crate::protocol::Failure;
use crate::protocol::json;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// The members of the configuration. The schema in the catalogue's `data/sandbox.json` has the same.
pub(super) const KEYS: &[&str] = &[
    "listen",
    "accounts",
    "balance",
    "price",
    "solveMs",
    "solveMsByType",
    "retentionMs",
    "maxPolls",
    "maxTasks",
    "firstTaskId",
    "checkTasks",
    "seed",
];
pub(super) const ACCOUNT_KEYS: &[&str] = &["key", "balance", "status"];
pub(super) const RANGE_KEYS: &[&str] = &["min", "max"];

/// How long solving takes: some time of this range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SolveTime {
    pub(super) min: Duration,
    pub(super) max: Duration,
}

impl SolveTime {
    const fn fixed(ms: u64) -> Self {
        SolveTime { min: Duration::from_millis(ms), max: Duration::from_millis(ms) }
    }

    fn read(raw: &RawValue, path: &str) -> Result<Self, Failure> {
        const DAY: u64 = 86_400_000;
        if raw.get().starts_with('{') {
            let range = Reader::inside(raw, path.to_owned(), RANGE_KEYS)?;
            let (Some(min), Some(max)) = (range.millis("min")?, range.millis("max")?) else {
                return Err(refuse(path, "both min and max are wanted"));
            };
            if min > max {
                return Err(refuse(path, "min is above max"));
            }
            return Ok(SolveTime { min, max });
        }
        integer(raw, path, 0, DAY).map(SolveTime::fixed)
    }
}

/// What a sandbox is told when it is opened.
#[derive(Debug, Clone)]
pub(super) struct Config {
    pub(super) listen: SocketAddr,
    /// The accounts there are; none named means that every key has one.
    pub(super) accounts: Vec<(String, Account)>,
    /// What an account starts with when nothing else is said.
    pub(super) balance: Money,
    pub(super) price: Money,
    pub(super) solve: SolveTime,
    pub(super) solve_by_type: HashMap<String, SolveTime>,
    pub(super) retention: Duration,
    pub(super) max_polls: u32,
    pub(super) max_tasks: usize,
    pub(super) first_task_id: u64,
    pub(super) check_tasks: bool,
    pub(super) seed: Option<u64>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            accounts: Vec::new(),
            balance: Money::micros(1_000_000_000),
            price: Money::micros(500),
            solve: SolveTime::fixed(200),
            solve_by_type: HashMap::new(),
            retention: Duration::from_secs(300),
            max_polls: 120,
            max_tasks: 200_000,
            first_task_id: 7_654_321,
            check_tasks: true,
            seed: None,
        }
    }
}

impl Config {
    /// Reads the JSON text of a configuration; `None` and `{}` are all defaults.
    pub(super) fn read(text: Option<&str>) -> Result<Config, Failure> {
        let mut config = Config::default();
        let root = Reader::root(text.unwrap_or("{}"), KEYS)?;
        if let Some(listen) = root.string("listen")? {
            config.listen = listen
                .parse()
                .map_err(|_| refuse("listen", "an address and a port are wanted, as in 127.0.0.1:0 or [::1]:8099"))?;
        }
        if let Some(balance) = root.money("balance")? {
            config.balance = balance;
        }
        if let Some(price) = root.money("price")? {
            if price < Money::ZERO {
                return Err(refuse("price", "below zero"));
            }
            config.price = price;
        }
        for (raw, path) in root.array("accounts")?.unwrap_or_default() {
            let account = read_account(raw, &path, config.balance)?;
            if config.accounts.iter().any(|(key, _)| *key == account.0) {
                return Err(refuse(&format!("{path}/key"), "this key is in the list already"));
            }
            config.accounts.push(account);
        }
        if let Some(raw) = root.get("solveMs") {
            config.solve = SolveTime::read(raw, "solveMs")?;
        }
        if let Some(raw) = root.get("solveMsByType") {
            for (name, raw, path) in Reader::map(raw, String::from("solveMsByType"))?.entries() {
                config.solve_by_type.insert(name.to_owned(), SolveTime::read(raw, &path)?);
            }
        }
        if let Some(time) = root.millis("retentionMs")? {
            config.retention = time;
        }
        if let Some(number) = root.integer("maxPolls", 1, 1_000_000)? {
            config.max_polls = number as u32;
        }
        if let Some(number) = root.integer("maxTasks", 1, 10_000_000)? {
            config.max_tasks = number as usize;
        }
        if let Some(number) = root.integer("firstTaskId", 1, 1 << 53)? {
            config.first_task_id = number;
        }
        if let Some(flag) = root.flag("checkTasks")? {
            config.check_tasks = flag;
        }
        config.seed = root.integer("seed", 0, u64::MAX)?;
        Ok(config)
    }
}

fn read_account(raw: &RawValue, path: &str, balance: Money) -> Result<(String, Account), Failure> {
    let reader = match json::as_string(raw) {
        Some(_) => return Err(refuse(path, "an object with a key is wanted, not a string")),
        None => Reader::inside(raw, path.to_owned(), ACCOUNT_KEYS)?,
    };
    let key = reader.string("key")?.unwrap_or_default();
    if !super::account::well_formed(&key) || key.contains("__") {
        return Err(refuse(
            &reader.path_of("key"),
            "a key is wanted: 1 to 256 visible ASCII characters without \"__\", which begins a suffix",
        ));
    }
    let balance = reader.money("balance")?.unwrap_or(balance);
    let standing = reader.word("status", Standing::WORDS)?.unwrap_or(Standing::Active);
    Ok((key, Account { balance, standing }))
}
