//! Proxy URLs of configurations and of environment variables, and lists of NO_PROXY.
#![no_main]

use captask::http::{Proxies, ProxyKind};
use captask_fuzz::halves;
use libfuzzer_sys::fuzz_target;
use std::ffi::OsString;

/// Where a proxy leads has no room for a trick.
fn held(proxies: &Proxies, host: &str) {
    for https in [false, true] {
        let Some(proxy) = proxies.choose(https, host, 443) else { continue };
        assert!(proxy.port > 0 && !proxy.host.is_empty());
        // Only an IPv6 address may have a zone.
        let (name, zone) = proxy.host.split_once('%').unwrap_or((&proxy.host, ""));
        assert!(zone.is_empty() || name.parse::<std::net::Ipv6Addr>().is_ok(), "{}", proxy.host);
        let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
        assert!(letters(name) && letters(zone), "{}", proxy.host);
        if let Some((login, password)) = &proxy.login {
            let texts = [login.expose(), password.expose()];
            assert!(texts.iter().all(|text| !text.chars().any(char::is_control)));
            if matches!(proxy.kind, ProxyKind::Socks5 | ProxyKind::Socks5h) {
                assert!(texts.iter().all(|text| text.len() <= 255));
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    let (first, second) = halves(rest);
    let (Ok(value), Ok(other)) = (std::str::from_utf8(first), std::str::from_utf8(second)) else { return };
    match which % 3 {
        0 => {
            if let Ok(proxies) = Proxies::from_url(value) {
                held(&proxies, other);
            }
        }
        1 => {
            // What is refused is not shown.
            let at =
                (0..=value.len()).rev().find(|at| value.is_char_boundary(*at) && *at <= value.len() / 2).unwrap_or(0);
            let planted = format!("{}PLANTED-7{}", &value[..at], &value[at..]);
            if let Err(why) = Proxies::from_url(&planted) {
                assert!(!why.contains("PLANTED-7"), "{why}");
            }
        }
        _ => {
            let lookup = |name: &str| match name {
                "all_proxy" => Some(OsString::from(value)),
                "no_proxy" => Some(OsString::from(other)),
                _ => None,
            };
            match Proxies::from_environment(lookup) {
                Ok(proxies) => ["a.example", "10.0.0.1", "[::1]", other].iter().for_each(|host| held(&proxies, host)),
                Err(why) => assert!(why.starts_with("all_proxy: "), "{why}"),
            }
        }
    }
});
