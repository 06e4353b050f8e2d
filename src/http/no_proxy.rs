//! Hosts that no proxy is used for, by curl's rules for `NO_PROXY`.

use super::bare;
use std::net::IpAddr;

/// The list in `NO_PROXY`.
#[derive(Debug, Clone, Default)]
pub struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone)]
enum Entry {
    All,
    /// An address range: its beginning and the bits that count.
    Range(IpAddr, u8),
    /// A domain with all below it, and the port when one is given.
    Domain(String, Option<u16>),
    Address(IpAddr, Option<u16>),
}

impl NoProxy {
    /// Entries between commas or spaces. One that means nothing is left out, as curl does.
    pub fn parse(text: &str) -> NoProxy {
        let parts = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
        NoProxy(parts.filter_map(Entry::parse).collect())
    }

    /// Whether this host is on the list.
    pub fn has(&self, host: &str, port: u16) -> bool {
        let host = host.trim_end_matches('.');
        let address = host.parse::<IpAddr>().ok();
        self.0.iter().any(|entry| match entry {
            Entry::All => true,
            Entry::Range(start, bits) => address.is_some_and(|address| in_range(address, *start, *bits)),
            Entry::Address(own, wanted) => address == Some(*own) && wanted.is_none_or(|wanted| wanted == port),
            Entry::Domain(domain, wanted) => {
                let inside = host.len().checked_sub(domain.len()).is_some_and(|at| {
                    host.is_char_boundary(at)
                        && host[at..].eq_ignore_ascii_case(domain)
                        && (at == 0 || host.as_bytes().get(at - 1) == Some(&b'.'))
                });
                address.is_none() && inside && wanted.is_none_or(|wanted| wanted == port)
            }
        })
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Entry> {
        if text == "*" {
            return Some(Entry::All);
        }
        if let Some((address, bits)) = text.split_once('/') {
            let address: IpAddr = bare(address).parse().ok()?;
            let bits: u8 = bits.parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            return (bits <= most).then_some(Entry::Range(address, bits));
        }
        if let Ok(address) = bare(text).parse() {
            return Some(Entry::Address(address, None));
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        if let Ok(address) = bare(host).parse() {
            return Some(Entry::Address(address, port));
        }
        let domain = host.strip_prefix('*').unwrap_or(host).trim_matches('.');
        (!domain.is_empty()).then(|| Entry::Domain(domain.to_ascii_lowercase(), port))
    }
}

fn in_range(address: IpAddr, start: IpAddr, bits: u8) -> bool {
    match (address, start) {
        (IpAddr::V4(address), IpAddr::V4(start)) => {
            let apart = u32::from(address) ^ u32::from(start);
            apart.checked_shr(32 - u32::from(bits)).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(start)) => {
            let apart = u128::from(address) ^ u128::from(start);
            apart.checked_shr(128 - u32::from(bits)).unwrap_or(0) == 0
        }
        _ => false,
    }
}
