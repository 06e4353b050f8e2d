//! Which proxy is used for which host, by curl's rules.

use super::no_proxy::NoProxy;
use crate::client::secret::Secret;
use std::ffi::OsString;

/// What a proxy speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyKind {
    /// CONNECT over TCP.
    Http,
    /// CONNECT over TLS.
    Https,
    /// SOCKS4; names are looked up here.
    Socks4,
    /// SOCKS4 with names.
    Socks4a,
    /// SOCKS5; names are looked up here.
    Socks5,
    /// SOCKS5 with names.
    Socks5h,
}

/// One proxy.
#[derive(Debug, Clone)]
pub struct ProxyUrl {
    /// What it speaks.
    pub kind: ProxyKind,
    /// Its host, IPv6 without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User and password.
    pub login: Option<(Secret, Secret)>,
}

/// The proxies of a client.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    http: Option<ProxyUrl>,
    https: Option<ProxyUrl>,
    none_for: NoProxy,
}

impl Proxies {
    /// No proxy for any host.
    pub fn none() -> Proxies {
        Proxies::default()
    }

    /// One proxy for all hosts. The error is what is wrong with the URL, never a part of it.
    pub fn from_url(url: &str) -> Result<Proxies, String> {
        let proxy = ProxyUrl::parse(url)?;
        Ok(Proxies { http: Some(proxy.clone()), https: Some(proxy), none_for: NoProxy::default() })
    }

    /// What the variables of the environment say.
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<Proxies, String> {
        let first = |names: &[&str]| -> Result<Option<ProxyUrl>, String> {
            for name in names {
                let Some(value) = variable(name) else { continue };
                let value = value.to_str().ok_or_else(|| format!("{name}: not UTF-8"))?;
                let value = trim(value);
                if !value.is_empty() {
                    return ProxyUrl::parse(value).map(Some).map_err(|why| format!("{name}: {why}"));
                }
            }
            Ok(None)
        };
        // In a CGI program, HTTP_PROXY is what a request's header Proxy says.
        let http: &[&str] = match variable("REQUEST_METHOD") {
            Some(_) => &["http_proxy", "all_proxy", "ALL_PROXY"],
            None => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
        };
        let none_for = ["no_proxy", "NO_PROXY"].iter().find_map(|name| variable(name));
        let none_for = none_for.map(|list| NoProxy::parse(trim(&list.to_string_lossy()))).unwrap_or_default();
        let https = first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])?;
        Ok(Proxies { http: first(http)?, https, none_for })
    }

    /// The proxy for this host; `None` when it is connected to directly.
    pub fn choose(&self, https: bool, host: &str, port: u16) -> Option<&ProxyUrl> {
        let proxy = if https { self.https.as_ref() } else { self.http.as_ref() };
        proxy.filter(|_| !self.none_for.has(host, port))
    }
}

/// Without white space and quotes around.
fn trim(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'')
}

impl ProxyUrl {
    /// Reads scheme://[login:password@]host[:port]; without a scheme, http.
    fn parse(url: &str) -> Result<ProxyUrl, String> {
        const HINT: &str = "write # / ? @ in a login or password as %23 %2F %3F %40";
        let url = trim(url);
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let (kind, usual) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (ProxyKind::Http, 80),
            "https" => (ProxyKind::Https, 443),
            "socks4" => (ProxyKind::Socks4, 1080),
            "socks4a" => (ProxyKind::Socks4a, 1080),
            "socks5" | "socks" => (ProxyKind::Socks5, 1080),
            "socks5h" => (ProxyKind::Socks5h, 1080),
            _ => return Err("the scheme is none of http, https, socks4, socks4a, socks5, socks5h".to_owned()),
        };
        let (authority, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !matches!(behind, "" | "/") {
            return Err(format!("there is more behind host and port; {HINT}"));
        }
        let (login, place) = match authority.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, authority),
        };
        let login = login.map(|login| {
            if login.contains('@') {
                return Err(format!("there are two @; {HINT}"));
            }
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            Ok((decode(user)?, decode(password)?))
        });
        let login =
            login.transpose()?.filter(|(user, password)| !(user.expose().is_empty() && password.expose().is_empty()));
        let (host, port) = split_port(place)?;
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '%');
        if host.is_empty() || !host.chars().all(good) {
            return Err("it has no host, or one with characters that no host has".to_owned());
        }
        let port = match port {
            None | Some("") => usual,
            Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or("its port is no number from 1 to 65535")?,
        };
        Ok(ProxyUrl { kind, host: host.to_ascii_lowercase(), port, login })
    }
}

fn split_port(place: &str) -> Result<(&str, Option<&str>), String> {
    if let Some(rest) = place.strip_prefix('[') {
        let (host, behind) = rest.split_once(']').ok_or("the bracket of its address is not closed")?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| "what is in brackets is no IPv6 address")?;
        return match behind.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if behind.is_empty() => Ok((host, None)),
            None => Err("there is more behind the address in brackets than a port".to_owned()),
        };
    }
    match place.split_once(':') {
        Some((_, port)) if port.contains(':') => Err("an IPv6 address has to be in brackets".to_owned()),
        Some((host, port)) => Ok((host, Some(port))),
        None => Ok((place, None)),
    }
}

/// Percent-decoded.
fn decode(text: &str) -> Result<Secret, String> {
    const WRONG: &str = "a % in its login is not followed by two hexadecimal digits (write % as %25)";
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, behind @ ..] = behind else { return Err(WRONG.to_owned()) };
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(*high), digit(*low)) else { return Err(WRONG.to_owned()) };
        bytes.push(16 * high + low);
        rest = behind;
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "its login is not UTF-8")?;
    if text.contains(['\r', '\n']) {
        return Err("its login has a line break".to_owned());
    }
    Ok(Secret::new(text.to_owned()))
}
