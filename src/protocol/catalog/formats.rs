//! What strings have to be: URLs and base64.

use super::address;
use super::model::Format;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Sizes of a decoded picture that the service takes, in bytes: at most 50 KB, says the documentation.
pub(super) const IMAGE_BYTES: std::ops::RangeInclusive<usize> = 100..=51_200;

/// The most that official clients speak of.
const SAFE_IMAGE_BYTES: usize = 50_000;

/// Padding may be left out and the last sign's spare bits set: what decodes elsewhere is not refused here.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What is wrong with a string, and what to do about it.
pub(super) fn fault(format: Format, text: &str) -> Option<(String, &'static str)> {
    match format {
        Format::Url => (!is_web_url(text)).then(|| {
            (
                String::from("is not an absolute http or https URL"),
                "write the whole URL, without spaces: https://host/path",
            )
        }),
        Format::Link | Format::HostName => None,
        Format::Host => address::fault(text),
        Format::Base64 => bytes(text).err(),
        Format::Image => match bytes(text) {
            Err(fault) => Some(fault),
            Ok(size) if size < *IMAGE_BYTES.start() => Some((
                format!("is {size} bytes when decoded; the service takes at least 100"),
                "send the whole picture",
            )),
            Ok(size) if size > *IMAGE_BYTES.end() => {
                Some((format!("is {size} bytes when decoded; the service takes at most 51200"), SMALLER))
            }
            Ok(_) => None,
        },
    }
}

const SMALLER: &str = "make the picture smaller";

/// What is doubtful about a string, and what to do about it.
pub(super) fn doubt(format: Format, text: &str) -> Option<(String, &'static str)> {
    let doubtful = |(doubt, hint): (&str, &'static str)| Some((doubt.to_owned(), hint));
    match format {
        Format::Link if !is_web_url(text) => doubtful(("is not an absolute http or https URL", "write the whole URL")),
        Format::HostName if text.contains(['/', ':']) => {
            doubtful(("is not a host only", "give the host without scheme, port and path"))
        }
        // Nothing shorter can hold so much.
        Format::Image if text.len() > SAFE_IMAGE_BYTES => {
            let size = bytes(text).ok().filter(|size| *size > SAFE_IMAGE_BYTES && IMAGE_BYTES.contains(size))?;
            let text = format!("is {size} bytes when decoded; the service may take at most {SAFE_IMAGE_BYTES}");
            Some((text, SMALLER))
        }
        _ => None,
    }
}

/// The size of what base64 text holds.
fn bytes(text: &str) -> Result<usize, (String, &'static str)> {
    if text.starts_with("data:") {
        return Err((String::from("begins with data:"), "send only the base64 text, after the comma"));
    }
    if text.contains(['\n', '\r']) {
        return Err((String::from("contains line breaks"), "write the base64 on one line"));
    }
    match BASE64.decode(text) {
        Ok(_) if text.contains('=') && !text.len().is_multiple_of(4) => Err((
            String::from("is not base64 (its padding is incomplete)"),
            "pad it with = to a multiple of four characters, or not at all",
        )),
        Ok(bytes) => Ok(bytes.len()),
        Err(fault) => Err((format!("is not base64 ({fault})"), "use the standard alphabet: A-Z a-z 0-9 + /")),
    }
}

/// An http or https URL with a host, without white space and control characters.
pub(crate) fn is_web_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && is_authority(rest.split(['/', '?', '#']).next().unwrap_or(""))
        && !text.contains(|c: char| c.is_whitespace() || c.is_ascii_control())
}

/// A host, perhaps with a login before it and a port behind it.
fn is_authority(text: &str) -> bool {
    let place = text.rsplit_once('@').map_or(text, |(_, place)| place);
    let (host, port) = match place.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((host, rest)) => (host, if rest.is_empty() { Some("") } else { rest.strip_prefix(':') }),
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, Some("")),
        },
    };
    let Some(port) = port else { return false };
    let fits = port.trim_start_matches('0').parse::<u16>().is_ok() || port.bytes().all(|b| b == b'0');
    let bracketed = place.starts_with('[');
    let sign = |c: char| if bracketed { c.is_ascii_hexdigit() || matches!(c, ':' | '.') } else { !"[]".contains(c) };
    !host.is_empty() && host.chars().all(sign) && fits && port.bytes().all(|b| b.is_ascii_digit())
}

/// [`is_web_url`] as a regular expression for JSON Schema.
pub(super) const WEB_URL: &str = concat!(
    r"^(?!.*[\x00-\x1F\x7F])[Hh][Tt][Tt][Pp][Ss]?://(?:[^\s/?#]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)",
    r"(?::0*(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{0,4}))?(?:[/?#]\S*)?$",
);
