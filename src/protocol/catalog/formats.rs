//! What strings have to be: URLs and base64.

use super::address;
use super::data::Format;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Sizes of a decoded picture that the service takes, in bytes.
pub(super) const IMAGE_BYTES: std::ops::RangeInclusive<usize> = 100..=50_000;

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
                "write it in full: https://host/path, without spaces",
            )
        }),
        Format::Host => address::fault(text),
        Format::Base64 => bytes(text).err(),
        Format::Image => match bytes(text) {
            Err(fault) => Some(fault),
            Ok(size) if size < *IMAGE_BYTES.start() => {
                Some((format!("is {size} bytes when decoded; a picture has at least 100"), "send the whole picture"))
            }
            Ok(size) if size > *IMAGE_BYTES.end() => {
                Some((format!("is {size} bytes when decoded; a picture has at most 50000"), "make the picture smaller"))
            }
            Ok(_) => None,
        },
    }
}

/// The size of what base64 text holds.
fn bytes(text: &str) -> Result<usize, (String, &'static str)> {
    if text.starts_with("data:") {
        return Err((String::from("begins with data:"), "send the base64 text alone, what stands behind the comma"));
    }
    if text.contains(['\n', '\r']) {
        return Err((String::from("holds line breaks"), "write the base64 on one line"));
    }
    match BASE64.decode(text) {
        Ok(bytes) => Ok(bytes.len()),
        Err(fault) => Err((format!("is not base64 ({fault})"), "use the standard alphabet: A-Z a-z 0-9 + /")),
    }
}

/// An http or https URL with a host, without white space.
pub(crate) fn is_web_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !host.is_empty()
        && !text.contains(char::is_whitespace)
}

/// [`is_web_url`] as a regular expression for JSON Schema.
pub(super) const WEB_URL: &str = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*$";
