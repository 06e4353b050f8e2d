//! The configuration of a client: every key of the contract, read once, refused by name when wrong.

mod address;
#[cfg(test)]
mod schema_test;
mod sections;
mod settings;

use crate::http::proxy_rules::Proxies;
use crate::log;
use crate::protocol::catalog::Edition;
use crate::protocol::fields::{Field, each, is_padding};
use crate::protocol::json::Object;
use crate::protocol::request::Validate;
use crate::protocol::{Code, Failure};
use crate::secret::Secret;
use address::endpoint_url;
use settings::LONGEST_MS;
pub use settings::{CallbackConfig, Config, Endpoint, GuardConfig, PollConfig, Roots, TransportConfig};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The service's address.
const ENDPOINT: &str = "https://api.capmonster.cloud";

/// Where getUserAgent lives: another host than the API.
const USER_AGENT_ENDPOINT: &str = "https://capmonster.cloud/api/useragent/actual";

/// Every key that `captask_open` takes.
pub const KEYS: &[&str] = &[
    "clientKey",
    "endpoint",
    "fallbackEndpoints",
    "userAgentEndpoint",
    "proxy",
    "tls",
    "connectTimeoutMs",
    "requestTimeoutMs",
    "callTimeoutMs",
    "maxConnections",
    "maxInFlight",
    "softId",
    "validate",
    "poll",
    "guard",
    "callback",
    "journal",
    "catalogue",
];

impl Config {
    /// Reads the JSON of `captask_open`; `None` is all defaults.
    pub fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let code = Code::InvalidConfig;
        let text = text.unwrap_or("{}");
        let object = Object::parse(text).map_err(|e| e.into_failure("config", code))?;
        let mut config = Config::default();
        let (mut endpoint, mut fallbacks) = (ENDPOINT.to_owned(), Vec::new());
        let mut edition = None;
        each(
            &object,
            "",
            code,
            &mut |name, field| {
                match name {
                    "clientKey" => {
                        let key = read_key("clientKey", field.string()?)?;
                        config.client_key = Some(key.ok_or_else(|| field.refuse("must not be empty"))?);
                    }
                    "endpoint" => endpoint = endpoint_url(&field, &field.string()?, true)?,
                    "fallbackEndpoints" => {
                        fallbacks = field
                            .strings()?
                            .iter()
                            .map(|url| endpoint_url(&field, url, false))
                            .collect::<Result<_, _>>()?;
                    }
                    "userAgentEndpoint" => {
                        config.user_agent_endpoint = Some(endpoint_url(&field, &field.string()?, false)?);
                    }
                    "proxy" => config.transport.proxy = proxy(&field)?,
                    "tls" => config.transport.roots = sections::tls(&field)?,
                    "connectTimeoutMs" => config.transport.connect_timeout = field.millis(1, LONGEST_MS)?,
                    "requestTimeoutMs" => config.transport.request_timeout = field.millis(1, LONGEST_MS)?,
                    "callTimeoutMs" => config.call_timeout = field.millis(1, LONGEST_MS)?,
                    "maxConnections" => config.max_connections = whole(&field, 1, 1024)?,
                    "maxInFlight" => config.max_in_flight = whole(&field, 1, 10_000_000)?,
                    "softId" => {
                        field.integer(0, u64::MAX)?;
                        config.soft_id = Some(field.text().to_owned());
                    }
                    "validate" => {
                        let words = [("strict", Validate::Strict), ("warn", Validate::Warn), ("off", Validate::Off)];
                        config.validate = field.word(&words)?;
                    }
                    "poll" => config.poll = sections::poll(&field)?,
                    "guard" => config.guard = sections::guard(&field)?,
                    "callback" => config.callback = Some(sections::callback(&field)?),
                    "journal" => config.journal = Some(PathBuf::from(field.filled()?)),
                    "catalogue" => edition = Some(catalogue(&field)?),
                    _ => return Ok(false),
                }
                Ok(true)
            },
            KEYS,
        )?;
        config.catalogue = match edition {
            Some(own) => own,
            None => Edition::of_process()?,
        };
        config.endpoint = if endpoint == "sandbox:" {
            if !fallbacks.is_empty() {
                return Err(Failure::new(
                    code,
                    "fallbackEndpoints: the endpoint sandbox: has no fallback; remove the key",
                ));
            }
            Endpoint::Sandbox
        } else {
            if let Some(plain) = fallbacks.iter().find(|f| endpoint.starts_with("https:") && f.starts_with("http:")) {
                return Err(Failure::new(
                    code,
                    format!(
                        "fallbackEndpoints: {plain} is not https but endpoint is; the key would be sent unencrypted"
                    ),
                ));
            }
            config.user_agent_endpoint.get_or_insert_with(|| USER_AGENT_ENDPOINT.to_owned());
            fallbacks.insert(0, endpoint);
            Endpoint::Hosts(fallbacks)
        };
        if config.client_key.is_none() && !matches!(config.endpoint, Endpoint::Sandbox) {
            const NAME: &str = "CAPTASK_CLIENT_KEY";
            if let Some(key) = std::env::var_os(NAME) {
                let key =
                    key.into_string().map_err(|_| Failure::new(code, format!("{NAME}: its value is not UTF-8")))?;
                config.client_key = read_key(NAME, key)?;
            }
        }
        Ok(config)
    }
}

/// A key, without what was copied along with it; `None` when nothing is left. The service bans addresses that send wrong
/// keys, so one that cannot be right is refused.
fn read_key(name: &str, text: String) -> Result<Option<Secret>, Failure> {
    let text = Zeroizing::new(text);
    let key = text.trim_matches(is_padding);
    if key.chars().any(char::is_control) {
        return Err(Failure::new(Code::InvalidConfig, format!("{name}: the key contains a control character")));
    }
    if !key.is_empty() && key.len() < text.len() {
        log::warn(|| format!("{name}: white space around the key was removed"));
    }
    Ok((!key.is_empty()).then(|| Secret::new(key.to_owned())))
}

fn whole(field: &Field<'_>, low: u64, high: u64) -> Result<usize, Failure> {
    field.integer(low, high).map(|n| usize::try_from(n).unwrap_or(usize::MAX))
}

fn proxy(field: &Field<'_>) -> Result<Proxies, Failure> {
    let text = Zeroizing::new(field.filled()?);
    if text.trim() == "environment" {
        let found = Proxies::from_environment(|name| std::env::var_os(name));
        return found.map_err(|why| field.refuse(&format!("the environment variable {why}")));
    }
    Proxies::from_url(&text).map_err(|why| field.refuse(&why))
}

#[cfg(feature = "catalogue-file")]
fn catalogue(field: &Field<'_>) -> Result<Edition, Failure> {
    Edition::with_file(field.filled()?.as_ref())
}

#[cfg(not(feature = "catalogue-file"))]
fn catalogue(_: &Field<'_>) -> Result<Edition, Failure> {
    Err(Failure::new(Code::NotBuilt, "catalogue: this build does not include catalogue files"))
}
