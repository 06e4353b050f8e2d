//! How far a connection or an exchange had come when it failed, in words for error texts: which stage it was and what to
//! do about it.

use crate::http::{ErrorKind, Stage};

/// The word for a stage, in the member `stage` of an error.
pub fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Name => "name",
        Stage::Tcp => "tcp",
        Stage::ProxyTcp => "proxy",
        Stage::ProxyTls => "proxyTls",
        Stage::ProxyLogin => "proxyLogin",
        Stage::Tunnel => "tunnel",
        Stage::TlsHello => "tlsHello",
        Stage::Certificate => "certificate",
        Stage::Alert => "tlsAlert",
        Stage::FirstByte => "firstByte",
        Stage::Exchange => "exchange",
    }
}

/// What was being done.
pub fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Name => "looking up the name",
        Stage::Tcp => "connecting to the server",
        Stage::ProxyTcp => "connecting to the proxy",
        Stage::ProxyTls => "TLS handshake with the proxy",
        Stage::ProxyLogin => "logging in to the proxy",
        Stage::Tunnel => "asking the proxy for a tunnel",
        Stage::TlsHello => "TLS handshake with the server",
        Stage::Certificate => "checking the server's certificate",
        Stage::Alert => "the server sent a TLS alert",
        Stage::FirstByte => "waiting for the reply",
        Stage::Exchange => "reading the reply",
    }
}

/// What to do about it.
pub fn advice(stage: Stage, kind: ErrorKind) -> &'static str {
    match stage {
        Stage::Name => "Check the host name in endpoint or proxy, and this machine's name servers",
        Stage::Tcp => "Check host and port in endpoint, and whether this network needs a proxy",
        Stage::ProxyTcp => "Check scheme, host and port in proxy",
        Stage::ProxyTls if kind == ErrorKind::Certificate => "Check the host name in proxy, and tls.roots",
        Stage::ProxyTls => "Check that the proxy uses TLS; if it does not, write proxy with http://",
        Stage::ProxyLogin => {
            "Check login and password in proxy; the client does not try them again, because that can lock the account"
        }
        Stage::Tunnel => "Check that the proxy allows connections to this host and port",
        Stage::TlsHello if kind == ErrorKind::Timeout => "Check the network, and any firewall or proxy on the way",
        Stage::TlsHello => "Check that endpoint uses TLS 1.2 or 1.3 on this port, and any firewall or proxy on the way",
        Stage::Certificate => "Check the host name, this machine's clock and tls.roots",
        Stage::Alert => "Check the host name; servers that need a client certificate are not supported",
        Stage::FirstByte | Stage::Exchange => "Check the server and the network",
    }
}
