//! What is worth a warning about a task's proxy. What is wrong about it the members' own rules find.

use super::json_type::{same_scalar, string};
use super::model::{LoginNeed, Need, Shape};
use super::task::View;
use crate::protocol::problem::{Problem, add_problem};
use serde_json::value::RawValue;
use std::net::IpAddr;

/// Warns of proxies that the service can hardly use.
pub(super) fn check(shape: &Shape, task: &View<'_>, warnings: &mut Vec<Problem>) {
    if shape.proxy == Need::None {
        return;
    }
    if shape.proxy == Need::Optional && task.get("proxyPort").is_some_and(is_zero) {
        let others = ["proxyAddress", "proxyLogin", "proxyPassword"];
        let usual = task.get("proxyType").is_none_or(|raw| string(raw).is_some_and(|word| word == "http"));
        if usual && others.iter().all(|name| task.get(name).is_none()) {
            let text = format_args!("proxyPort is 0 without proxyAddress, which means no proxy");
            add_problem(warnings, "/proxyPort".into(), text, "omit proxyType and proxyPort");
        }
    }
    let Some(address) = task.get("proxyAddress").and_then(string) else { return };
    if let Some(kind) = task.get("type").and_then(string)
        && kind.ends_with("Proxyless")
    {
        let text = format_args!("{kind} is a type without a proxy, but the task has one");
        add_problem(warnings, "/type".into(), text, &format!("write {}", shape.kind));
    }
    if shape.proxy_login == LoginNeed::Expected && task.get("proxyLogin").is_none() {
        let text = format_args!("the documentation asks for proxyLogin and proxyPassword with this task");
        add_problem(
            warnings,
            "/proxyLogin".into(),
            text,
            "omit them only if the proxy admits the service by its address",
        );
    }
    if !shape.proxy_host_names && address.parse::<IpAddr>().is_err() {
        add_problem(
            warnings,
            "/proxyAddress".into(),
            format_args!("the service takes no host name of a proxy for this task"),
            "give the proxy's IP address",
        );
    }
}

fn is_zero(raw: &RawValue) -> bool {
    same_scalar(raw, "0")
}
