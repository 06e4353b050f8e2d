//! The keys of the configuration that hold objects: tls, poll, guard, callback.

use super::address::endpoint_url;
use super::settings::{CallbackConfig, Config, GuardConfig, LONGEST_MS, PollConfig, Roots};
use crate::protocol::fields::{Field, each};
use crate::protocol::{Code, Failure};
use std::path::PathBuf;

pub fn tls(field: &Field<'_>) -> Result<Roots, Failure> {
    let mut roots = Roots::Bundled;
    each(
        &field.object()?,
        "tls.",
        Code::InvalidConfig,
        &mut |name, field| {
            if name != "roots" {
                return Ok(false);
            }
            roots = match field.filled()?.as_str() {
                "bundled" => Roots::Bundled,
                "system" => Roots::System,
                path => Roots::File(PathBuf::from(path)),
            };
            Ok(true)
        },
        &["roots"],
    )?;
    Ok(roots)
}

pub fn poll(field: &Field<'_>) -> Result<PollConfig, Failure> {
    let mut poll = PollConfig::default();
    each(
        &field.object()?,
        "poll.",
        Code::InvalidConfig,
        &mut |name, field| {
            match name {
                "firstMs" => poll.first = Some(field.millis(0, LONGEST_MS)?),
                "intervalMs" => poll.interval = Some(field.millis(1, LONGEST_MS)?),
                "timeoutMs" => poll.timeout = Some(field.millis(1, LONGEST_MS)?),
                "maxPolls" => poll.max_polls = u32::try_from(field.integer(1, 120)?).ok(),
                "learn" => poll.learn = field.boolean()?,
                _ => return Ok(false),
            }
            Ok(true)
        },
        &["firstMs", "intervalMs", "timeoutMs", "maxPolls", "learn"],
    )?;
    Ok(poll)
}

pub fn guard(field: &Field<'_>) -> Result<GuardConfig, Failure> {
    let mut guard = Config::default().guard;
    each(
        &field.object()?,
        "guard.",
        Code::InvalidConfig,
        &mut |name, field| {
            match name {
                "tasksPerMinute" => guard.tasks_per_minute = u32::try_from(field.integer(1, 1_000_000)?).ok(),
                "maxTasks" => guard.max_tasks = Some(field.integer(0, u64::MAX)?),
                "holdOnRefusalMs" => guard.hold_on_refusal = field.millis(0, LONGEST_MS)?,
                _ => return Ok(false),
            }
            Ok(true)
        },
        &["tasksPerMinute", "maxTasks", "holdOnRefusalMs"],
    )?;
    Ok(guard)
}

pub fn callback(field: &Field<'_>) -> Result<CallbackConfig, Failure> {
    let (mut listen, mut public_url) = (None, None);
    each(
        &field.object()?,
        "callback.",
        Code::InvalidConfig,
        &mut |name, field| {
            match name {
                "listen" => {
                    let parsed = field.string()?.parse();
                    listen = Some(parsed.map_err(|_| field.refuse("expected address:port, such as 0.0.0.0:8477"))?);
                }
                "publicUrl" => public_url = Some(endpoint_url(&field, &field.string()?, false)?),
                _ => return Ok(false),
            }
            Ok(true)
        },
        &["listen", "publicUrl"],
    )?;
    match (listen, public_url) {
        (Some(listen), Some(public_url)) => Ok(CallbackConfig { listen, public_url }),
        (None, _) => Err(field.refuse("listen is missing")),
        (_, None) => Err(field.refuse("publicUrl is missing")),
    }
}
