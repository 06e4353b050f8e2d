//! What is said to a SOCKS proxy (4, 4a, 5; RFC 1928, RFC 1929).

use super::proxy_rules::{ProxyKind, ProxyUrl};
use super::{ErrorKind, Stage, TransportError};
use crate::secret::Secret;
use std::net::IpAddr;
use zeroize::Zeroizing;

/// Where the proxy is to lead.
pub enum Target<'a> {
    /// To this address.
    Address(IpAddr),
    /// To the host of this name, which the proxy looks up.
    Name(&'a str),
}

/// A talk with a SOCKS proxy, at the point where it is the proxy's turn.
pub struct Socks {
    turn: Turn,
    login: Option<(Secret, Secret)>,
    /// The request for the connection, for version 5.
    request: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Four,
    Method,
    Login,
    Five,
}

impl Socks {
    /// The talk, and its first words.
    pub fn begin(
        proxy: &ProxyUrl,
        target: &Target<'_>,
        port: u16,
    ) -> Result<(Socks, Zeroizing<Vec<u8>>), TransportError> {
        let five = matches!(proxy.kind, ProxyKind::Socks5 | ProxyKind::Socks5h);
        if !five {
            let out = four(proxy, target, port)?;
            return Ok((Socks { turn: Turn::Four, login: None, request: Vec::new() }, out));
        }
        let request = five_request(target, port)?;
        let login = proxy.login.clone();
        let fits = |text: &Secret| (1..=255).contains(&text.expose().len());
        if login.as_ref().is_some_and(|(user, password)| !fits(user) || password.expose().len() > 255) {
            let why = "a SOCKS5 login has 1 to 255 bytes, and its password at most 255";
            return Err(TransportError::new(Stage::ProxyLogin, ErrorKind::Login, why));
        }
        // No login, and with one at hand also a login.
        let out = if login.is_some() { vec![5, 2, 0, 2] } else { vec![5, 1, 0] };
        Ok((Socks { turn: Turn::Method, login, request }, Zeroizing::new(out)))
    }

    /// How many bytes more the proxy's turn has, as far as is known.
    pub fn wanted(&self, input: &[u8]) -> usize {
        // The version shows first whether this is SOCKS at all.
        let whole = match (self.turn, input) {
            (Turn::Four, [0, ..]) => 8,
            (Turn::Method, [5, ..]) => 2,
            (Turn::Login, [1, ..]) => 2,
            (Turn::Five, [5]) => 2,
            // A refusal may end behind its code.
            (Turn::Five, [5, code, ..]) if *code != 0 => 2,
            (Turn::Five, [5, _]) => 5,
            (Turn::Five, [5, _, _, 1, ..]) => 10,
            (Turn::Five, [5, _, _, 4, ..]) => 22,
            (Turn::Five, [5, _, _, 3, size, ..]) => 7 + usize::from(*size),
            (Turn::Five, [5, _, _]) => 5,
            (Turn::Five, [5, _, _, 3]) => 5,
            _ => 1,
        };
        whole.saturating_sub(input.len())
    }

    /// Takes in a whole turn of the proxy; what is to be said next, or `None` when the tunnel is open.
    pub fn take(&mut self, input: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, TransportError> {
        let login = |why: &str| Err(TransportError::new(Stage::ProxyLogin, ErrorKind::Login, why));
        match (self.turn, input) {
            (Turn::Four, [0, 90, ..]) | (Turn::Five, [5, 0, _, 1 | 3 | 4, ..]) => Ok(None),
            (Turn::Four, [0, 92 | 93, ..]) => login("the SOCKS4 proxy refused the user name"),
            (Turn::Four, [0, code, ..]) => Err(refused(format!("the SOCKS4 proxy refused (code {code})"))),
            (Turn::Method, [5, 0]) => {
                self.turn = Turn::Five;
                Ok(Some(Zeroizing::new(self.request.clone())))
            }
            (Turn::Method, [5, 2]) if self.login.is_some() => {
                self.turn = Turn::Login;
                Ok(Some(self.words()))
            }
            (Turn::Method, [5, 255 | 2]) => login("the SOCKS5 proxy needs a login, or another kind of login"),
            (Turn::Login, [1, 0]) => {
                self.turn = Turn::Five;
                Ok(Some(Zeroizing::new(self.request.clone())))
            }
            (Turn::Login, [1, _]) => login("the SOCKS5 proxy refused the login"),
            (Turn::Five, [5, code, ..]) if *code != 0 => {
                Err(refused(format!("the SOCKS5 proxy refused: {}", reason(*code))))
            }
            (_, [first, ..]) => {
                let why = format!("the proxy does not use this version of SOCKS (its reply begins with byte {first})");
                Err(TransportError::new(Stage::ProxyTcp, ErrorKind::Protocol, why))
            }
            (_, []) => Err(TransportError::new(Stage::ProxyTcp, ErrorKind::Protocol, "the proxy sent nothing")),
        }
    }

    /// User and password.
    fn words(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(513));
        out.push(1);
        for text in self.login.iter().flat_map(|(user, password)| [user, password]) {
            let bytes = text.expose().as_bytes();
            out.push(u8::try_from(bytes.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(bytes);
        }
        out
    }
}

fn refused(why: String) -> TransportError {
    TransportError::new(Stage::Tunnel, ErrorKind::Refused, why)
}

fn four(proxy: &ProxyUrl, target: &Target<'_>, port: u16) -> Result<Zeroizing<Vec<u8>>, TransportError> {
    let user = proxy.login.as_ref().map_or("", |(user, _)| user.expose());
    if user.contains('\0') {
        return Err(TransportError::new(
            Stage::ProxyLogin,
            ErrorKind::Login,
            "a SOCKS4 user name cannot contain a zero byte",
        ));
    }
    let named = proxy.kind == ProxyKind::Socks4a;
    // An address that means: by the name behind.
    let (address, name) = match target {
        Target::Address(IpAddr::V4(address)) => (address.octets(), None),
        Target::Address(IpAddr::V6(address)) if named => ([0, 0, 0, 1], Some(address.to_string())),
        Target::Name(name) if named => ([0, 0, 0, 1], Some((*name).to_owned())),
        _ => return Err(refused("a SOCKS4 proxy accepts IPv4 addresses only".to_owned())),
    };
    let mut out = Zeroizing::new(Vec::with_capacity(10 + user.len() + name.as_ref().map_or(0, String::len)));
    out.extend_from_slice(&[4, 1]);
    out.extend_from_slice(&port.to_be_bytes());
    out.extend_from_slice(&address);
    out.extend_from_slice(user.as_bytes());
    out.push(0);
    if let Some(name) = name {
        out.extend_from_slice(name.as_bytes());
        out.push(0);
    }
    Ok(out)
}

fn five_request(target: &Target<'_>, port: u16) -> Result<Vec<u8>, TransportError> {
    let mut out = vec![5, 1, 0];
    match target {
        Target::Address(IpAddr::V4(address)) => {
            out.push(1);
            out.extend_from_slice(&address.octets());
        }
        Target::Address(IpAddr::V6(address)) => {
            out.push(4);
            out.extend_from_slice(&address.octets());
        }
        Target::Name(name) => {
            let size = u8::try_from(name.len())
                .map_err(|_| refused("a host name for a SOCKS5 proxy has at most 255 bytes".to_owned()))?;
            out.extend_from_slice(&[3, size]);
            out.extend_from_slice(name.as_bytes());
        }
    }
    out.extend_from_slice(&port.to_be_bytes());
    Ok(out)
}

fn reason(code: u8) -> String {
    let known = match code {
        1 => "general failure",
        2 => "not allowed by its rules",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "timed out",
        7 => "command not supported",
        8 => "type of address not supported",
        _ => return format!("code {code}"),
    };
    format!("{known} (code {code})")
}
