//! The address of a proxy: an IP address or a host name, alone, that the service can reach.

use std::net::IpAddr;

/// What is wrong with an address, and what to do about it. The address itself is not repeated: it may hold a password.
pub(super) fn fault(text: &str) -> Option<(String, &'static str)> {
    let (fault, hint) = look(text)?;
    Some((fault.to_owned(), hint))
}

fn look(text: &str) -> Option<(&'static str, &'static str)> {
    if let Ok(ip) = text.parse::<IpAddr>() {
        let ip = ip.to_canonical();
        return if is_local(ip) { Some(LOCAL) } else { is_of_many(ip).then_some(MANY) };
    }
    let host = text.strip_suffix('.').unwrap_or(text);
    if host.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("localhost")) {
        return Some(LOCAL);
    }
    if text.contains(char::is_whitespace) {
        return Some(("contains white space", "write it without white space"));
    }
    if text.contains('@') {
        return Some(("contains a login", "give it as proxyLogin and proxyPassword"));
    }
    if text.contains("://") {
        return Some(("contains a scheme", "give the address alone; the scheme is proxyType"));
    }
    if text.contains('/') {
        return Some(("contains a path", "give the address alone"));
    }
    if text.starts_with('[') {
        return Some(match text.ends_with(']') {
            true => ("is in brackets", "write an IPv6 address without brackets"),
            false => PORT,
        });
    }
    match text.bytes().filter(|b| *b == b':').count() {
        0 => {}
        1 => return Some(PORT),
        _ => return Some(("is not an IPv6 address", "write it like 2001:db8::7")),
    }
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Some(("is not an IPv4 address", "write it as four numbers from 0 to 255"));
    }
    if !text.is_ascii() {
        return Some(("is not an IP address or a host name", "write the name in its ASCII form (punycode)"));
    }
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let label = |label: &str| !label.is_empty() && !label.starts_with('-') && label.bytes().all(sign);
    let name = text.len() <= 253 && host.split('.').all(label);
    (!name).then_some(("is not an IP address or a host name", "write it like 203.0.113.7 or proxy.example"))
}

const LOCAL: (&str, &str) = ("is a local address", "give an address that the service can reach");
const MANY: (&str, &str) = ("is not the address of one machine", LOCAL.1);
const PORT: (&str, &str) = ("contains a port", "give the address alone; the port is proxyPort");

/// Addresses that mean another machine to the service than to the caller.
fn is_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_unspecified() || v4.is_link_local(),
        IpAddr::V6(v6) => {
            let site_local = v6.segments()[0] & 0xffc0 == 0xfec0;
            let near = v6.is_unicast_link_local() || v6.is_unique_local() || site_local;
            v6.is_loopback() || v6.is_unspecified() || near
        }
    }
}

/// Multicast, broadcast and addresses that nobody has.
fn is_of_many(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.octets()[0] >= 224,
        IpAddr::V6(v6) => v6.is_multicast(),
    }
}

/// [`fault`] as a regular expression for JSON Schema: of IPv6 it knows the signs and the usual local prefixes only.
pub(super) const ADDRESS: &str = concat!(
    r"^(?!(?:10\.|127\.|169\.254\.|192\.168\.|2(?:2[4-9]|[3-5][0-9])\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|0\.0\.0\.0$)[0-9.]*$)",
    r"(?!(?:.*\.)?[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]\.?$)",
    r"(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$",
    r"|(?![0-9.]+$)(?=.{1,253}$)[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_][A-Za-z0-9_-]*)*\.?$",
    r"|(?!::1?$|[Ff][Ee][89A-Fa-f][0-9A-Fa-f]:|[Ff][CcDdFf][0-9A-Fa-f]{2}:)[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*$)",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_can_be_reached_pass() {
        for good in
            ["203.0.113.7", "9.255.0.1", "172.15.0.1", "2001:db8::7", "::ffff:203.0.113.7", "a", "10.a", "x_-.y"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "localhost.",
            "foo.localhost",
            "a..b",
            "-a",
            "a.-b",
            "224.0.0.1",
            "255.255.255.255",
            "ff02::1",
            "10.1",
            "01.2.3.4",
            ".a",
            "a:",
            "2001:db8::7%1",
            "fec0::1",
            "::",
            "a,b",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        assert!(fault(&"a".repeat(253)).is_none() && fault(&"a".repeat(254)).is_some());
    }
}
