//! What a reply's head says besides its status.

use super::fast_head::{FastHead, charset_of};
use crate::sys;
use std::time::{Duration, SystemTime};
use ureq::http::HeaderMap;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderName, LOCATION, RETRY_AFTER};

/// So much room is made for a body before any of it has come.
pub const AT_ONCE: usize = 64 * 1024;

/// The longest wait that a date is believed about without the server's own clock.
const HOUR: Duration = Duration::from_secs(3600);

/// A reply of the peer, whatever it is.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After`, from now.
    pub retry_after_ms: Option<u64>,
    /// `Date`, as it came.
    #[cfg(feature = "cli")]
    pub date: Option<String>,
    /// `Location`, as it came.
    pub location: Option<String>,
    /// `Content-Encoding`, other than identity.
    pub content_encoding: Option<String>,
    /// `charset` of `Content-Type`.
    pub charset: Option<String>,
    /// The body, as it came.
    pub body: Vec<u8>,
}

impl Reply {
    /// A 200 of the usual kind, with a body still to come.
    pub fn fast_head(head: FastHead) -> Reply {
        Reply {
            status: 200,
            #[cfg(feature = "cli")]
            date: head.date,
            retry_after_ms: None,
            location: None,
            content_encoding: None,
            charset: head.charset,
            body: Vec::with_capacity(head.length.min(AT_ONCE)),
        }
    }

    /// With a body still to come.
    pub fn begin(status: u16, headers: &HeaderMap) -> Reply {
        let header = |name: HeaderName| text(headers, &name);
        let coding = header(CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity"));
        Reply {
            status,
            retry_after_ms: header(RETRY_AFTER).and_then(|value| retry_after(&value, header(DATE).as_deref())),
            #[cfg(feature = "cli")]
            date: header(DATE),
            location: header(LOCATION),
            content_encoding: coding,
            charset: header(CONTENT_TYPE).and_then(|value| charset_of(&value)),
            body: Vec::new(),
        }
    }
}

/// A header's value, the first; empty ones count as none.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// Milliseconds from now. A date is held against the server's clock, or for want of that against ours.
fn retry_after(value: &str, date: Option<&str>) -> Option<u64> {
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    let then = httpdate::parse_http_date(value).ok()?;
    let wait = match date.and_then(|date| httpdate::parse_http_date(date).ok()) {
        Some(now) => then.duration_since(now).unwrap_or_default(),
        None => then.duration_since(SystemTime::now()).unwrap_or_default().min(HOUR),
    };
    u64::try_from(wait.as_millis()).ok()
}

/// How long the server keeps the connection: `Ok(None)` when it does not say, `Err` when not at all.
pub fn keep_until(headers: &HeaderMap) -> Result<Option<Duration>, ()> {
    const MARGIN: Duration = Duration::from_secs(1);
    let Some(value) = headers.get("keep-alive").and_then(|value| value.to_str().ok()) else { return Ok(None) };
    let mut until = None;
    for parameter in value.split(',') {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        let Ok(number) = value.trim().trim_matches('"').parse::<u32>() else { continue };
        let name = name.trim();
        if number == 0 && (name.eq_ignore_ascii_case("max") || name.eq_ignore_ascii_case("timeout")) {
            return Err(());
        }
        if name.eq_ignore_ascii_case("timeout") {
            let time = Duration::from_secs(number.into());
            until = Some(sys::boot_time() + (time - MARGIN.min(time / 2)));
        }
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_after_that_is_a_date_counts_from_the_reply_s_own() {
        assert_eq!(retry_after("3", None), Some(3000));
        assert_eq!(retry_after("18446744073709551615", None), Some(u64::MAX));
        assert_eq!(retry_after("soon", None), None);
        let (date, later) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:39 GMT");
        assert_eq!(retry_after(later, Some(date)), Some(2000));
        assert_eq!(retry_after(date, Some(later)), Some(0));
        assert_eq!(retry_after(later, None), Some(0));
        let far = httpdate::fmt_http_date(SystemTime::now() + 9 * HOUR);
        assert_eq!(retry_after(&far, None), Some(3_600_000));
    }

    #[test]
    fn a_connection_is_kept_for_less_than_the_hint() {
        let hint = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("keep-alive", ureq::http::HeaderValue::from_static(text));
            keep_until(&headers).map(|until| until.map(|until| until.saturating_sub(sys::boot_time())))
        };
        assert_eq!(hint("max=0"), Err(()));
        assert_eq!(hint("timeout=0"), Err(()));
        assert_eq!(hint("max=5"), Ok(None));
        assert!(hint("timeout=5, max=9").is_ok_and(|left| left.is_some_and(|left| left <= Duration::from_secs(4))));
        assert!(hint("timeout=1").is_ok_and(|left| left.is_some_and(|left| left <= Duration::from_millis(500))));
    }
}
