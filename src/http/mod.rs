//! The client's HTTP: connections and exchanges that never block and need no thread, so that one reactor can drive many
//! of them, and a blocking caller one (`blocking`).
//!
//! A [`Dial`] makes a [`Connection`]: name, TCP, proxy, TLS. An [`Exchange`] moves one request and its reply over it.
//! TLS is rustls's. HTTP is ureq-proto's, except for heads of the usual kind (`fast_head`).

pub mod blocking;
mod connect;
mod connection;
mod dial;
mod error;
mod exchange;
mod fast_head;
#[cfg(fuzzing)]
pub mod fuzz_entry;
mod head;
mod names;
#[cfg(feature = "cli")]
mod probe;
pub mod proxy_rules;
mod receive;
mod reply;
pub mod roots;
mod send;
mod socks;
mod stream;
#[cfg(test)]
mod tests;
mod tls;
#[cfg(test)]
mod tls_tests;
mod tunnel;

pub use connection::Connection;
pub use dial::{Dial, Dialer, Step};
pub use error::{ErrorKind, Stage, TransportError};
pub use exchange::{Exchange, Moved};
pub use names::Wake;
#[cfg(feature = "cli")]
pub use probe::Route;
pub use proxy_rules::Proxies;
#[cfg(fuzzing)]
pub use proxy_rules::{ProxyKind, ProxyUrl};
pub use reply::Reply;
pub use send::Request;

use std::fmt;
use std::time::Duration;
use ureq::http::Uri;

/// No answer of the service comes near this; more is not read.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// So much is kept of a reply that broke off.
const PART_LIMIT: usize = 64 * 1024;

/// The longest head of a reply, interim ones before it included.
const HEAD_LIMIT: usize = 64 * 1024;

/// Bytes that one read or one write moves. A usual request and its reply fit.
const BUFFER: usize = 16 * 1024;

/// How often a caller who waits for a socket looks whether it was stopped.
const SLICE: Duration = Duration::from_millis(40);

/// The User-Agent of our own requests.
const AGENT: &str = concat!("captask/", env!("CARGO_PKG_VERSION"));

/// Where a connection leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of an absolute http or https URL.
    pub fn of(url: &Uri) -> Option<Origin> {
        let https = match url.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        // The zone of an IPv6 address is written behind %25 in a URL (RFC 6874), and behind % everywhere else.
        let host = bare(url.host()?).replacen("%25", "%", 1).to_ascii_lowercase();
        if host.is_empty() {
            return None;
        }
        let port = url.port_u16().unwrap_or(if https { 443 } else { 80 });
        Some(Origin { https, host, port })
    }

    /// The host with its port, as CONNECT wants them.
    fn authority(&self) -> String {
        let host = without_zone(&self.host);
        if host.contains(':') { format!("[{host}]:{}", self.port) } else { format!("{host}:{}", self.port) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.authority())
    }
}

/// A host without the zone of an IPv6 address, which means nothing to any other machine. No name has a percent sign.
fn without_zone(host: &str) -> &str {
    host.split('%').next().unwrap_or(host)
}

/// A host without the brackets of an IPv6 address.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}
