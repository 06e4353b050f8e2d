//! The configuration of a sandbox.

use super::account::{Account, Standing};
use super::fault::Fault;
use super::money::Money;
use super::reader::{Reader, integer, refuse};
use super::{ban, scenario, solution};
use crate::http::roots::{self, Anchors};
#[cfg(not(feature = "catalogue-file"))]
use crate::protocol::Code;
use crate::protocol::Failure;
use crate::protocol::catalog::Edition;
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
    "solutions",
    "faults",
    "scenario",
    "bans",
    "keepRequests",
    "controlHosts",
    "callbackRoots",
    "catalogue",
];
const ACCOUNT_KEYS: &[&str] = &["key", "balance", "status"];
const RANGE_KEYS: &[&str] = &["min", "max"];

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
                return Err(refuse(path, "expected both min and max"));
            };
            if min > max {
                return Err(refuse(path, "min is greater than max"));
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
    pub(super) solutions: Vec<solution::Rule>,
    pub(super) faults: Vec<Fault>,
    pub(super) scenario: Option<String>,
    /// The same without the scenario it was read with, for when that one is over.
    pub(super) plain: Option<Box<Config>>,
    pub(super) bans: Option<ban::Rule>,
    /// How many requests are kept to be looked at.
    pub(super) keep_requests: usize,
    /// Host names beside `localhost` under which the control paths may be asked for.
    pub(super) control_hosts: Vec<String>,
    /// What the certificates of https callback receivers are checked against, if not the machine's roots.
    pub(super) callback_roots: Option<Anchors>,
    /// By which tasks are checked and solved.
    pub(super) catalogue: Edition,
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
            solutions: Vec::new(),
            faults: Vec::new(),
            scenario: None,
            plain: None,
            bans: None,
            keep_requests: 500,
            control_hosts: Vec::new(),
            callback_roots: None,
            catalogue: Edition::default(),
        }
    }
}

impl Config {
    /// Reads the JSON text of a configuration; `None` and `{}` are all defaults. Its own members win over those of
    /// the scenario it names.
    pub(super) fn read(text: Option<&str>) -> Result<Config, Failure> {
        let root = Reader::root(text.unwrap_or("{}"), KEYS)?;
        let mut config = Config::default();
        if let Some(name) = root.string("scenario")? {
            let mut plain = Config::default();
            config.play(&name)?;
            plain.apply(&root)?;
            config.plain = Some(Box::new(plain));
        }
        config.apply(&root)?;
        Ok(config)
    }

    /// Puts a scenario over these settings.
    pub(super) fn play(&mut self, name: &str) -> Result<(), Failure> {
        let Some(text) = scenario::config(name) else {
            let what = format!("{} is not one of {}", json::quote(name), scenario::names());
            return Err(refuse("scenario", what));
        };
        self.apply(&Reader::root(text, KEYS)?)?;
        self.scenario = Some(name.to_owned());
        Ok(())
    }

    fn apply(&mut self, root: &Reader<'_>) -> Result<(), Failure> {
        if let Some(listen) = root.string("listen")? {
            self.listen = listen
                .parse()
                .map_err(|_| refuse("listen", "expected an address and a port, such as 127.0.0.1:0 or [::1]:8099"))?;
        }
        self.apply_accounts(root)?;
        if let Some(raw) = root.get("solveMs") {
            self.solve = SolveTime::read(raw, "solveMs")?;
        }
        if let Some(raw) = root.get("solveMsByType") {
            self.solve_by_type.clear();
            for (name, raw, path) in Reader::map(raw, String::from("solveMsByType"))?.entries() {
                self.solve_by_type.insert(name.to_owned(), SolveTime::read(raw, &path)?);
            }
        }
        self.retention = root.millis("retentionMs")?.unwrap_or(self.retention);
        self.max_polls = root.integer("maxPolls", 1, 1_000_000)?.map_or(self.max_polls, |n| n as u32);
        self.max_tasks = root.integer("maxTasks", 1, 10_000_000)?.map_or(self.max_tasks, |n| n as usize);
        self.first_task_id = root.integer("firstTaskId", 1, 1 << 53)?.unwrap_or(self.first_task_id);
        self.check_tasks = root.flag("checkTasks")?.unwrap_or(self.check_tasks);
        self.seed = root.integer("seed", 0, u64::MAX)?.or(self.seed);
        self.keep_requests = root.integer("keepRequests", 0, 100_000)?.map_or(self.keep_requests, |n| n as usize);
        if let Some(raw) = root.get("solutions") {
            self.solutions = solution::read(raw, "solutions")?;
        }
        if let Some(faults) = root.array("faults")? {
            self.faults = faults.into_iter().map(|(raw, path)| Fault::read(raw, path)).collect::<Result<_, _>>()?;
        }
        if let Some(raw) = root.get("bans") {
            self.bans = ban::Rule::read(raw, "bans")?;
        }
        if let Some(path) = root.string("callbackRoots")? {
            self.callback_roots = Some(roots::file(path.as_ref()).map_err(|why| refuse("callbackRoots", why))?);
        }
        if let Some(path) = root.string("catalogue")? {
            self.catalogue = catalogue(&path)?;
        }
        for (raw, path) in root.array("controlHosts")?.unwrap_or_default() {
            let host = json::as_string(raw).ok_or_else(|| refuse(&path, "expected a host name"))?;
            self.control_hosts.push(host.to_ascii_lowercase());
        }
        Ok(())
    }

    fn apply_accounts(&mut self, root: &Reader<'_>) -> Result<(), Failure> {
        self.balance = root.money("balance")?.unwrap_or(self.balance);
        if let Some(price) = root.money("price")? {
            if price < Money::ZERO {
                return Err(refuse("price", "must not be below zero"));
            }
            self.price = price;
        }
        let Some(accounts) = root.array("accounts")? else { return Ok(()) };
        self.accounts.clear();
        for (raw, path) in accounts {
            let account = read_account(raw, &path, self.balance)?;
            if self.accounts.iter().any(|(key, _)| *key == account.0) {
                return Err(refuse(&format!("{path}/key"), "an earlier account has the same key"));
            }
            self.accounts.push(account);
        }
        Ok(())
    }
}

#[cfg(feature = "catalogue-file")]
fn catalogue(path: &str) -> Result<Edition, Failure> {
    Edition::with_file(path.as_ref())
}

#[cfg(not(feature = "catalogue-file"))]
fn catalogue(_: &str) -> Result<Edition, Failure> {
    Err(Failure::new(Code::NotBuilt, "catalogue: this build does not include catalogue files"))
}

fn read_account(raw: &RawValue, path: &str, balance: Money) -> Result<(String, Account), Failure> {
    let reader = match json::as_string(raw) {
        Some(_) => return Err(refuse(path, "expected an object with a key, found a string")),
        None => Reader::inside(raw, path.to_owned(), ACCOUNT_KEYS)?,
    };
    let key = reader.string("key")?.unwrap_or_default();
    if !super::account::well_formed(&key) || key.contains("__") {
        return Err(refuse(
            &reader.path_of("key"),
            "expected 1 to 256 visible ASCII characters without \"__\", which begins a suffix",
        ));
    }
    let balance = reader.money("balance")?.unwrap_or(balance);
    let standing = reader.word("status", Standing::WORDS)?.unwrap_or(Standing::Active);
    Ok((key, Account { balance, standing }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::fault::Kind;
    use crate::sandbox::method::Method;
    use crate::sandbox::{fault, solution};
    use serde_json::Value;

    /// The names under `properties` and the words of an `enum`, sorted.
    fn words(schema: &Value, pointer: &str) -> Vec<String> {
        let mut words: Vec<String> = match schema.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) {
            Value::Object(members) => members.keys().cloned().collect(),
            Value::Array(items) => items.iter().map(|item| item.as_str().expect("a word").to_owned()).collect(),
            other => panic!("{pointer}: {other}"),
        };
        words.sort();
        words
    }

    fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort();
        names
    }

    #[test]
    fn the_schema_has_the_members_that_are_read() {
        let text = include_str!("../protocol/catalog/data/sandbox.json");
        let schema: Value = serde_json::from_str(text).expect("JSON");
        let same = |pointer: &str, names: &[&str]| {
            assert_eq!(words(&schema, pointer), sorted(names.iter().copied()), "{pointer}");
        };
        same("/properties", KEYS);
        same("/properties/accounts/items/properties", ACCOUNT_KEYS);
        same("/properties/bans/oneOf/1/properties", ban::KEYS);
        same("/$defs/solveMs/oneOf/1/properties", RANGE_KEYS);
        same("/$defs/rule/properties", solution::KEYS);
        same("/$defs/fault/properties", fault::KEYS);
        let first = |list: &[(&'static str, Kind)]| sorted(list.iter().map(|(word, _)| *word));
        assert_eq!(words(&schema, "/$defs/fault/properties/kind/enum"), first(Kind::WORDS));
        let methods = sorted(Method::NAMES.iter().map(|(word, _)| *word));
        assert_eq!(words(&schema, "/$defs/fault/properties/method/enum"), methods);
        let standings = sorted(Standing::WORDS.iter().map(|(word, _)| *word));
        assert_eq!(words(&schema, "/properties/accounts/items/properties/status/enum"), standings);
        let scenarios = sorted(scenario::ALL.iter().map(|(name, _, _)| *name));
        assert_eq!(words(&schema, "/properties/scenario/enum"), scenarios);
    }

    #[test]
    fn the_schemas_defaults_are_the_defaults() {
        let text = include_str!("../protocol/catalog/data/sandbox.json");
        let schema: Value = serde_json::from_str(text).expect("JSON");
        let members = schema["properties"].as_object().expect("an object");
        let told = members.iter().filter_map(|(name, member)| Some((name.clone(), member.get("default")?.clone())));
        let told: serde_json::Map<String, Value> = told.collect();
        assert!(told.len() > 8, "{told:?}");
        let read = Config::read(Some(&Value::from(told).to_string())).expect("fine");
        assert_eq!(format!("{read:?}"), format!("{:?}", Config::default()));
    }

    #[test]
    fn every_scenario_can_be_read() {
        for (name, _, _) in scenario::ALL {
            let config = Config::read(Some(&format!("{{\"scenario\":\"{name}\"}}"))).expect("fine");
            assert_eq!(config.scenario.as_deref(), Some(*name));
        }
        let own = Config::read(Some(r#"{"scenario":"slow-service","solveMs":1}"#)).expect("fine");
        assert_eq!((own.solve.max.as_millis(), own.faults.len()), (1, 1));
    }
}
