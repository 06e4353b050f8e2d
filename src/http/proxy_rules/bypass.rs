//! What NO_PROXY lists: hosts that are connected to directly.

use std::net::IpAddr;

/// The hosts that no proxy is used for.
#[derive(Debug, Clone, Default)]
pub struct Bypass(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    what: What,
    /// Only this port of it.
    port: Option<u16>,
}

#[derive(Debug, Clone)]
enum What {
    Everything,
    /// A name and all below it.
    Domain(String),
    /// Addresses whose first bits are these.
    Network(IpAddr, u8),
}

impl Bypass {
    /// Reads a list separated by commas or spaces. An entry that cannot be read covers nothing: what it meant goes
    /// through the proxy.
    pub fn parse(list: &str) -> Self {
        let entries = list.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
        Bypass(entries.filter_map(entry).collect())
    }

    /// Whether this host is connected to directly.
    pub fn covers(&self, host: &str, port: u16) -> bool {
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let host = crate::http::without_zone(host);
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let address = host.parse::<IpAddr>().ok().map(|address| address.to_canonical());
        self.0.iter().filter(|entry| entry.port.is_none_or(|only| only == port)).any(|entry| match &entry.what {
            What::Everything => true,
            What::Domain(name) => {
                address.is_none() && host.strip_suffix(name).is_some_and(|left| left.is_empty() || left.ends_with('.'))
            }
            What::Network(network, bits) => address.is_some_and(|address| same_network(*network, address, *bits)),
        })
    }
}

fn entry(text: &str) -> Option<Entry> {
    let text = text.trim_matches(['"', '\'']);
    if text == "*" {
        return Some(Entry { what: What::Everything, port: None });
    }
    if let Some(what) = network(text) {
        return Some(Entry { what, port: None });
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port.parse().ok()?)),
        _ => (text, None),
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let what = match network(bare.unwrap_or(host)) {
        Some(what) => what,
        None if host == "*" => What::Everything,
        None => {
            let name = host.strip_prefix('*').unwrap_or(host);
            let name = name.trim_start_matches('.').trim_end_matches('.').to_ascii_lowercase();
            if name.is_empty() || name.contains(['/', ':', '*']) {
                return None;
            }
            What::Domain(name)
        }
    };
    Some(Entry { what, port })
}

/// An address, or as in 10.0.0.0/8 the network around it.
fn network(text: &str) -> Option<What> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let bare = address.strip_prefix('[').and_then(|address| address.strip_suffix(']')).unwrap_or(address);
    let address: IpAddr = bare.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        Some(bits) => bits.parse().ok().filter(|bits| *bits <= most)?,
        None => most,
    };
    // ::ffff:10.0.0.1 is 10.0.0.1.
    let canonical = address.to_canonical();
    match (address.is_ipv6() && canonical.is_ipv4(), bits) {
        (true, 96..) => Some(What::Network(canonical, bits - 96)),
        _ => Some(What::Network(address, bits)),
    }
}

fn same_network(network: IpAddr, address: IpAddr, bits: u8) -> bool {
    let (ours, its, width) = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits()), u128::from(b.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits(), 128),
        _ => return false,
    };
    bits == 0 || (ours ^ its) >> (width - u32::from(bits)) == 0
}
