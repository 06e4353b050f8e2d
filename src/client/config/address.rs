//! URLs in a configuration.

use crate::protocol::Failure;
use crate::protocol::fields::Field;
use ureq::http::Uri;

/// Whether what follows the host is a port, or nothing. The URL parser lets anything pass, and it would be port 80 then.
fn port_is_good(authority: &str) -> bool {
    let host_and_port = authority.rsplit('@').next().unwrap_or(authority);
    let rest = host_and_port.rsplit(']').next().unwrap_or(host_and_port);
    match rest.split_once(':') {
        Some((_, port)) => port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok(),
        None => true,
    }
}

/// An http(s) URL without login, query or fragment; the slash at its end is dropped.
pub(super) fn endpoint_url(field: &Field<'_>, url: &str, sandbox: bool) -> Result<String, Failure> {
    if sandbox && url == "sandbox:" {
        return Ok(url.to_owned());
    }
    let wanted =
        if sandbox { "expected an http or https URL, or \"sandbox:\"" } else { "expected an http or https URL" };
    if !url.is_ascii() {
        return Err(field.refuse("the URL is not ASCII; write the host in punycode (xn--…) and the path with %XX"));
    }
    let uri: Uri = url.parse().map_err(|_| field.refuse(wanted))?;
    let scheme = uri.scheme_str();
    let authority = uri.authority().map_or("", |a| a.as_str());
    if !matches!(scheme, Some("http" | "https")) || uri.host().is_none_or(str::is_empty) {
        return Err(field.refuse(wanted));
    }
    if !port_is_good(authority) {
        return Err(field.refuse("the port is not a number from 0 to 65535"));
    }
    if authority.contains('@') {
        return Err(field.refuse("the URL must have no login, which would be logged"));
    }
    if uri.query().is_some() || url.contains('#') {
        return Err(field.refuse("the URL must have no query and no fragment"));
    }
    // The scheme is compared elsewhere: "HTTPS://" is https too.
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    Ok(format!("{}:{}", scheme.to_ascii_lowercase(), rest.trim_end_matches('/')))
}
