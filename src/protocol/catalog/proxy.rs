//! What is worth a warning about a task's proxy. What is wrong about it the members' own rules find.

use super::Problem;
use super::check::problem;
use super::data::{LoginNeed, Need, Shape};
use super::json_type::string;
use super::view::View;
use std::net::IpAddr;

/// Warns of proxies that the service can hardly use.
pub(super) fn check(shape: &Shape, task: &View<'_>, warnings: &mut Vec<Problem>) {
    if shape.proxy == Need::None {
        return;
    }
    let Some(address) = task.get("proxyAddress").and_then(string) else { return };
    if let Some(kind) = task.get("type").and_then(string)
        && kind.ends_with("Proxyless")
    {
        let text = format!("{kind} says that there is no proxy, and there is one");
        warnings.push(problem("/type", text, format!("write {}", shape.kind)));
    }
    if shape.proxy_login == LoginNeed::Expected && task.get("proxyLogin").is_none() {
        let text = "the documentation asks for proxyLogin and proxyPassword with this task";
        warnings.push(problem(
            "/proxyLogin",
            text,
            "leave them out only where the proxy knows the service by its address",
        ));
    }
    if !shape.proxy_host_names && address.parse::<IpAddr>().is_err() {
        warnings.push(problem("/proxyAddress", "this task takes no host names of proxies", "give the IP address"));
    }
}
