//! Which proxy a connection goes through: the `proxy` of a configuration, or the environment variables as curl reads
//! them. A setting that cannot be used is an error; it never means "no proxy".

mod bypass;
#[cfg(test)]
mod tests;

use crate::protocol::fields::is_padding;
use crate::secret::Secret;
use bypass::Bypass;
use std::ffi::OsString;
use zeroize::Zeroizing;

/// How to speak to a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyKind {
    /// CONNECT over plain TCP.
    Http,
    /// CONNECT over TLS.
    Https,
    /// SOCKS 4: this machine looks the name up.
    Socks4,
    /// SOCKS 4a: the proxy looks the name up.
    Socks4a,
    /// SOCKS 5: this machine looks the name up.
    Socks5,
    /// SOCKS 5: the proxy looks the name up.
    Socks5h,
}

impl ProxyKind {
    fn named(scheme: &str) -> Option<ProxyKind> {
        Some(match scheme {
            "http" => ProxyKind::Http,
            "https" => ProxyKind::Https,
            "socks4" => ProxyKind::Socks4,
            "socks4a" => ProxyKind::Socks4a,
            "socks5" => ProxyKind::Socks5,
            "socks5h" => ProxyKind::Socks5h,
            _ => return None,
        })
    }

    fn default_port(self) -> u16 {
        match self {
            ProxyKind::Http => 80,
            ProxyKind::Https => 443,
            _ => 1080,
        }
    }
}

/// One proxy.
#[derive(Debug, Clone)]
pub struct ProxyUrl {
    /// How to speak to it.
    pub kind: ProxyKind,
    /// Its name or address, an IPv6 address without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Login and password, percent-decoded; the password is empty where the URL has none.
    pub login: Option<(Secret, Secret)>,
}

/// The proxies of a client, by what is connected to.
#[derive(Debug, Clone)]
pub struct Proxies {
    https: Option<ProxyUrl>,
    http: Option<ProxyUrl>,
    bypass: Bypass,
}

impl Proxies {
    /// Every connection goes straight to its host.
    pub fn none() -> Self {
        Proxies { https: None, http: None, bypass: Bypass::default() }
    }

    /// Every connection goes through this proxy. The error does not quote the URL.
    pub fn from_url(url: &str) -> Result<Self, String> {
        let proxy = parse(url, Scheme::Required)?;
        Ok(Proxies { https: Some(proxy.clone()), http: Some(proxy), bypass: Bypass::default() })
    }

    /// As curl reads the environment: `https_proxy` or `http_proxy` by the scheme of what is connected to, or else
    /// `all_proxy`; the lower-case name before the upper-case one; `no_proxy` lists what is connected to directly.
    /// HTTP_PROXY counts unless REQUEST_METHOD is set: under CGI a request header could have set it. An empty variable
    /// counts as not set. The error names the variable, never its value.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, String> {
        let under_cgi = lookup("REQUEST_METHOD").is_some();
        // Windows does not distinguish http_proxy from HTTP_PROXY.
        let http: &[&str] = match (under_cgi, cfg!(windows)) {
            (false, _) => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
            (true, false) => &["http_proxy", "all_proxy", "ALL_PROXY"],
            (true, true) => &["all_proxy", "ALL_PROXY"],
        };
        let https = &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
        let proxy = |names: &[&'static str]| match first(&lookup, names)? {
            Some((name, url)) => parse(&url, Scheme::Optional).map(Some).map_err(|why| format!("{name}: {why}")),
            None => Ok(None),
        };
        let (https, http) = (proxy(https)?, proxy(http)?);
        let bypass =
            first(&lookup, &["no_proxy", "NO_PROXY"])?.map_or_else(Bypass::default, |(_, list)| Bypass::parse(&list));
        Ok(Proxies { https, http, bypass })
    }

    /// The proxy for a connection to this host, an IPv6 address with or without brackets; `None`: straight.
    pub fn choose(&self, https: bool, host: &str, port: u16) -> Option<&ProxyUrl> {
        let proxy = if https { self.https.as_ref() } else { self.http.as_ref() };
        proxy.filter(|_| !self.bypass.covers(host, port))
    }
}

/// What is around a value by accident: padding, and quotes of a shell or an .env file.
fn is_wrapping(c: char) -> bool {
    is_padding(c) || matches!(c, '"' | '\'')
}

/// The first of these variables that holds something, trimmed.
fn first(
    lookup: &impl Fn(&str) -> Option<OsString>,
    names: &[&'static str],
) -> Result<Option<(&'static str, Zeroizing<String>)>, String> {
    for &name in names {
        let Some(value) = lookup(name) else { continue };
        let value = Zeroizing::new(value.into_string().map_err(|_| format!("{name}: its value is not UTF-8"))?);
        let trimmed = value.trim_matches(is_wrapping);
        if !trimmed.is_empty() {
            return Ok(Some((name, Zeroizing::new(trimmed.to_owned()))));
        }
    }
    Ok(None)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Required,
    /// As in curl: none means http, and "socks" means "socks4".
    Optional,
}

const WANTED: &str = "expected an http, https, socks4, socks4a, socks5 or socks5h URL: \
                      scheme://[login:password@]host:port";

fn parse(url: &str, scheme: Scheme) -> Result<ProxyUrl, String> {
    let url = url.trim_matches(is_wrapping);
    let (name, rest) = match url.split_once("://") {
        Some((name, rest)) => (name.to_ascii_lowercase(), rest),
        None if scheme == Scheme::Optional => ("http".to_owned(), url),
        None => return Err(WANTED.to_owned()),
    };
    let kind = match name.as_str() {
        "socks" if scheme == Scheme::Optional => ProxyKind::Socks4,
        name => ProxyKind::named(name).ok_or(WANTED)?,
    };
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("it contains a space or a control character; write it as %XX, such as %20".to_owned());
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    if !matches!(behind, "" | "/") {
        return Err("it must end after the port; in a login or password write # / ? as %23 %2F %3F".to_owned());
    }
    let (login, place) = match authority.rsplit_once('@') {
        Some((login, place)) => (Some(login), place),
        None => (None, authority),
    };
    let (host, port) = host_and_port(place)?;
    let login = login.filter(|login| !login.is_empty()).map(|login| read_login(kind, login)).transpose()?;
    Ok(ProxyUrl { kind, host, port: port.unwrap_or(kind.default_port()), login })
}

fn host_and_port(place: &str) -> Result<(String, Option<u16>), String> {
    let number = |text: &str| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u16>().ok().filter(|port| digits && *port > 0).ok_or("the port is not a number from 1 to 65535")
    };
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']').ok_or("the closing bracket of the host is missing")?;
            let (address, zone) = host.split_once('%').unwrap_or((host, ""));
            let zone = zone.strip_prefix("25").unwrap_or(zone);
            let named = zone.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
            if address.parse::<std::net::Ipv6Addr>().is_err() || !named {
                return Err("only an IPv6 address can be in brackets".to_owned());
            }
            let port = match behind.strip_prefix(':') {
                Some(port) => Some(number(port)?),
                None if behind.is_empty() => None,
                None => return Err("only :port can follow the host".to_owned()),
            };
            let host = if zone.is_empty() { address.to_owned() } else { format!("{address}%{zone}") };
            return Ok((host, port));
        }
        None => match place.split_once(':') {
            Some((_, port)) if port.contains(':') => {
                return Err("the port is not a number from 1 to 65535; an IPv6 address needs brackets".to_owned());
            }
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    if host.is_empty() {
        return Err("the host is missing".to_owned());
    }
    if !host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':')) {
        return Err("the host contains a character that a host name cannot have".to_owned());
    }
    Ok((host.to_owned(), port.map(number).transpose()?))
}

fn read_login(kind: ProxyKind, text: &str) -> Result<(Secret, Secret), String> {
    let (login, password) = text.split_once(':').unwrap_or((text, ""));
    let (login, password) = (decode(login)?, decode(password)?);
    let both = [login.as_str(), password.as_str()];
    if both.iter().any(|text| text.chars().any(char::is_control)) {
        return Err("the login or the password contains a control character".to_owned());
    }
    match kind {
        ProxyKind::Http | ProxyKind::Https if login.contains(':') => {
            return Err("the login of an http proxy cannot contain a colon".to_owned());
        }
        ProxyKind::Socks5 | ProxyKind::Socks5h if both.iter().any(|text| text.len() > 255) => {
            return Err("the login and the password of a SOCKS5 proxy have at most 255 bytes".to_owned());
        }
        _ => {}
    }
    Ok((Secret::new(login), Secret::new(password)))
}

/// Undoes percent-encoding. A `%` without two hexadecimal digits behind it stays, as in curl.
fn decode(text: &str) -> Result<String, String> {
    let (bytes, mut out, mut at) = (text.as_bytes(), Zeroizing::new(Vec::with_capacity(text.len())), 0);
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let code = code.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    // Taken over, not copied: no second place holds it.
    let text = String::from_utf8(std::mem::take(&mut *out));
    text.map_err(|_| "the login or the password is not UTF-8 once decoded".to_owned())
}
