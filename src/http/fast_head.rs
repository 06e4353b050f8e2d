//! Heads of the usual kind, written from a pattern and read by httparse. What is not of that kind goes through ureq-proto: it
//! costs several times as much, and it knows everything.

use super::{AGENT, BODY_LIMIT};
use ureq::http::Uri;

/// What every request of ours says.
const ACCEPTS: &str = "\r\naccept: application/json, text/plain\r\naccept-encoding: identity\r\n\r\n";

/// A head of a reply that has no more lines than this needs no second look.
const LINES: usize = 64;

/// What the head of a request calls the server: without the zone of an address, which is no business of it, and without
/// the usual port.
pub fn host(url: &Uri) -> String {
    let host = url.host().unwrap_or_default();
    let mut text = match host.split_once('%') {
        Some((address, _)) if host.starts_with('[') => format!("{address}]"),
        _ => host.to_owned(),
    };
    let fast_head = if url.scheme_str() == Some("https") { 443 } else { 80 };
    if let Some(port) = url.port_u16().filter(|port| *port != fast_head) {
        text.push_str(&format!(":{port}"));
    }
    text
}

/// The head of a POST of so many bytes of JSON, or of a GET.
pub fn request(url: &Uri, size: Option<usize>) -> Vec<u8> {
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let host = host(url);
    let mut head = Vec::with_capacity(256 + path.len() + host.len());
    head.extend_from_slice(if size.is_some() { b"POST " } else { b"GET " });
    head.extend_from_slice(path.as_bytes());
    head.extend_from_slice(b" HTTP/1.1\r\nhost: ");
    head.extend_from_slice(host.as_bytes());
    if let Some(size) = size {
        let length = format!("\r\ncontent-type: application/json\r\ncontent-length: {size}");
        head.extend_from_slice(length.as_bytes());
    }
    head.extend_from_slice(b"\r\nuser-agent: ");
    head.extend_from_slice(AGENT.as_bytes());
    head.extend_from_slice(ACCEPTS.as_bytes());
    head
}

/// What a usual head of a reply says: 200, a body of known length, and a connection that stays.
#[derive(Debug, PartialEq, Eq)]
pub struct FastHead {
    /// Bytes of the body.
    pub length: usize,
    /// `charset` of `Content-Type`.
    pub charset: Option<String>,
    /// `Date`, as it came.
    #[cfg(feature = "cli")]
    pub date: Option<String>,
}

/// Reads a whole head; `None` when anything in it needs a closer look.
pub fn reply(bytes: &[u8]) -> Option<FastHead> {
    let mut lines = [httparse::EMPTY_HEADER; LINES];
    let mut head = httparse::Response::new(&mut lines);
    let whole = head.parse(bytes).ok()? == httparse::Status::Complete(bytes.len());
    if !whole || head.version != Some(1) || head.code != Some(200) {
        return None;
    }
    let mut length = None;
    let mut charset = None;
    let mut typed = false;
    #[cfg(feature = "cli")]
    let mut date = None;
    for line in head.headers.iter() {
        let value = line.value.trim_ascii();
        let is = |wanted: &str| line.name.eq_ignore_ascii_case(wanted);
        match line.name.len() {
            14 if is("content-length") => {
                let text = std::str::from_utf8(value).ok().filter(|_| value.iter().all(u8::is_ascii_digit))?;
                let size = text.parse().ok().filter(|size| length.is_none() && *size <= BODY_LIMIT)?;
                length = Some(size);
            }
            12 if is("content-type") => {
                charset = std::str::from_utf8(value).ok().filter(|_| !typed).map(charset_of)?;
                typed = true;
            }
            #[cfg(feature = "cli")]
            4 if is("date") && date.is_none() => {
                date = std::str::from_utf8(value).ok().filter(|date| !date.is_empty()).map(String::from);
            }
            10 if is("connection") && value.eq_ignore_ascii_case(b"keep-alive") => {}
            10 if is("connection") || is("keep-alive") => return None,
            8 if is("location") => return None,
            11 if is("retry-after") => return None,
            16 if is("content-encoding") => return None,
            17 if is("transfer-encoding") => return None,
            _ => {}
        }
    }
    Some(FastHead {
        length: length?,
        charset,
        #[cfg(feature = "cli")]
        date,
    })
}

/// The charset of a media type, without quotes.
pub fn charset_of(value: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &str) -> Option<FastHead> {
        reply(format!("HTTP/1.1 200 OK\r\n{lines}\r\n").as_bytes())
    }

    #[test]
    fn usual_heads_are_read() {
        let fast_head =
            lines("Server: x\r\nDate: now\r\nContent-Type: application/json; charset=utf-8\r\ncontent-length: 12\r\n");
        let fast_head = fast_head.expect("a usual head");
        assert_eq!((fast_head.length, fast_head.charset.as_deref()), (12, Some("utf-8")));
        #[cfg(feature = "cli")]
        assert_eq!(fast_head.date.as_deref(), Some("now"));
        assert_eq!(lines("Connection: Keep-Alive\r\nContent-Length:0\r\n").map(|fast_head| fast_head.length), Some(0));
        assert!(reply(b"HTTP/1.1 200\r\ncontent-length: 1\r\n\r\n").is_some());
    }

    #[test]
    fn everything_else_gets_a_closer_look() {
        for odd in [
            "",
            "content-length: 1\r\ncontent-length: 1\r\n",
            "content-length: +1\r\n",
            "content-length: 1, 1\r\n",
            "content-length: \r\n",
            "content-length: 1\r\r\n",
            "content-length: 1\u{c}\r\n",
            "content-length: 99999999999\r\n",
            "content-length : 1\r\n",
            "content-length: 1\r\n folded\r\n",
            "content-length: 1\r\nx: \u{1}\r\n",
            "content-length: 1\r\nnothing\r\n",
            "content-length: 1\r\ntransfer-encoding: chunked\r\n",
            "content-length: 1\r\nConnection: close\r\n",
            "content-length: 1\r\nKeep-Alive: timeout=5\r\n",
            "content-length: 1\r\nRetry-After: 5\r\n",
            "content-length: 1\r\nLocation: /\r\n",
            "content-length: 1\r\nContent-Encoding: gzip\r\n",
            "content-length: 1\r\ncontent-type: a\r\ncontent-type: b\r\n",
        ] {
            assert_eq!(lines(odd), None, "{odd}");
        }
        for status in ["HTTP/1.0 200 OK", "HTTP/1.1 2000", "HTTP/1.1 204 No Content", "HTTP/1.1 503 Busy", "\r\n"] {
            assert_eq!(reply(format!("{status}\r\ncontent-length: 1\r\n\r\n").as_bytes()), None, "{status}");
        }
    }

    #[test]
    fn a_charset_is_found_among_parameters() {
        assert_eq!(charset_of("text/html; a=b; Charset=\"ISO-8859-1\"").as_deref(), Some("ISO-8859-1"));
        assert_eq!(charset_of("application/json"), None);
    }
}
