//! What is worth a warning about a task's proxy. What is wrong about it the members' own rules find.

use super::Problem;
use super::check::problem;
use super::data::{LoginNeed, Need, Shape};
use super::json_type::string;
use super::view::View;
use std::net::{IpAddr, Ipv6Addr};

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
    match address.parse::<IpAddr>() {
        Ok(ip) if is_local(ip) => {
            let hint = "give an address that can be reached from the Internet";
            warnings.push(problem("/proxyAddress", "the service cannot reach a local proxy", hint));
        }
        Err(_) if address.eq_ignore_ascii_case("localhost") => {
            let hint = "give an address that can be reached from the Internet";
            warnings.push(problem("/proxyAddress", "the service cannot reach a local proxy", hint));
        }
        Err(_) if !shape.proxy_host_names => {
            warnings.push(problem("/proxyAddress", "this task takes no host names of proxies", "give the IP address"));
        }
        _ => {}
    }
}

fn is_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_unspecified(),
        IpAddr::V6(v6) => {
            let site_local = |v6: Ipv6Addr| v6.segments()[0] & 0xffc0 == 0xfec0;
            v6.is_loopback() || v6.is_unspecified() || v6.is_unicast_link_local() || site_local(v6)
        }
    }
}
