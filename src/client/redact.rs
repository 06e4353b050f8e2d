//! Other people's text for an error or a log line: short, on one line, without the secrets of the request it answers.
//!
//! A page may repeat the request, and in its own spelling: escaped as JSON, as HTML or as part of a URL.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// So many characters of a text are shown.
const MOST: usize = 200;

/// Shorter texts are no secrets; hiding them would hide ordinary words.
const SHORTEST: usize = 4;

/// The beginning of `text`. `key` and what `body`, the request, calls a key, a password or cookies is left out.
pub fn first_words(text: &str, key: &str, body: Option<&str>) -> String {
    let mut secrets: Vec<String> = vec![key.to_owned()];
    if let Some(body) = body {
        let mut reader = serde_json::Deserializer::from_str(body);
        if (Gather { secret: false, found: &mut secrets }).deserialize(&mut reader).is_err() {
            return "(not shown: the request is too odd to tell its secrets from the rest)".into();
        }
    }
    secrets.retain(|secret| secret.len() >= SHORTEST);
    let (mut out, mut shown, mut rest) = (String::new(), 0, text);
    while shown < MOST {
        let Some(next) = rest.chars().next() else { break };
        // The longest counts: one secret may begin with another.
        let found = secrets.iter().filter_map(|secret| Some((secret.len(), spelled(rest, secret)?)));
        if let Some((_, length)) = found.max() {
            out.push('…');
            rest = &rest[length..];
        } else {
            out.push(if next.is_control() { ' ' } else { next });
            rest = &rest[next.len_utf8()..];
        }
        shown += 1;
    }
    for secret in secrets {
        drop(zeroize::Zeroizing::new(secret));
    }
    if out.is_empty() { "(empty body)".into() } else { out }
}

/// Collects the texts and numbers of a request that are secret: by the name of their member, also when it stands there
/// twice, and logins in URLs.
struct Gather<'f> {
    secret: bool,
    found: &'f mut Vec<String>,
}

impl Gather<'_> {
    fn text(self, text: &str) {
        if self.secret {
            self.found.push(text.to_owned());
            // One cookie alone is a secret too.
            self.found.extend(text.split(';').filter_map(|pair| Some(pair.split_once('=')?.1.trim().to_owned())));
        } else if let Some(login) = login(text) {
            self.found.push(login.to_owned());
            self.found.extend(login.split_once(':').map(|(_, password)| password.to_owned()));
        }
    }

    fn number(self, number: impl ToString) {
        if self.secret {
            self.found.push(number.to_string());
        }
    }
}

/// What stands before the host in a URL.
fn login(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    Some(rest.split(['/', '?', '#']).next()?.rsplit_once('@')?.0)
}

impl<'de> DeserializeSeed<'de> for Gather<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Gather<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.text(text);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        // As JSON writes it: std would bring another way to do so.
        self.number(serde_json::Number::from_f64(number).map(|number| number.to_string()).unwrap_or_default());
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let (secret, found) = (self.secret, self.found);
        while items.next_element_seed(Gather { secret, found: &mut *found })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (secret, found) = (self.secret, self.found);
        while let Some(name) = members.next_key::<String>()? {
            let name = name.to_ascii_lowercase();
            let named = ["clientkey", "password", "cookie"].iter().any(|word| name.contains(word));
            members.next_value_seed(Gather { secret: secret || named, found: &mut *found })?;
        }
        Ok(())
    }
}

/// How many bytes at the beginning of `text` spell `secret`, in whatever mixture of escapes.
fn spelled(text: &str, secret: &str) -> Option<usize> {
    // Two backslashes may be two or one: every reading is followed.
    let mut ends = vec![0];
    for (known, wanted) in secret.chars().enumerate() {
        // A text that broke off may end within a secret.
        if known >= SHORTEST && ends.contains(&text.len()) {
            return Some(text.len());
        }
        let mut next = Vec::with_capacity(2);
        for end in ends {
            let rest = &text[end..];
            let plain = rest.starts_with(wanted).then_some(wanted.len_utf8());
            let escaped = unescaped(rest).filter(|(found, _)| *found == wanted).map(|(_, length)| length);
            for found in [plain, escaped].into_iter().flatten().map(|length| end + length) {
                if !next.contains(&found) {
                    next.push(found);
                }
            }
        }
        ends = next;
    }
    ends.into_iter().max()
}

/// The character that an escape at the beginning of `text` stands for, and the escape's length.
fn unescaped(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().first()? {
        b'+' => Some((' ', 1)),
        b'%' => percent(text),
        b'\\' => backslash(text),
        b'&' => entity(text),
        _ => None,
    }
}

fn percent(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    for at in (0..12).step_by(3) {
        let escape = text.get(at..at + 3)?.strip_prefix('%')?;
        bytes.push(u8::from_str_radix(escape, 16).ok()?);
        if let Ok(whole) = std::str::from_utf8(&bytes) {
            return Some((whole.chars().next()?, at + 3));
        }
    }
    None
}

fn backslash(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(text.get(at..)?.strip_prefix("\\u")?.get(..4)?, 16).ok();
    match text.as_bytes().get(1)? {
        b'u' => {
            let units = [Some(unit(0)?), unit(6)];
            let found = char::decode_utf16(units.into_iter().flatten()).next()?.ok()?;
            Some((found, 6 * found.len_utf16()))
        }
        b'n' => Some(('\n', 2)),
        b't' => Some(('\t', 2)),
        b'r' => Some(('\r', 2)),
        _ => Some((text[1..].chars().next()?, 1 + text[1..].chars().next()?.len_utf8())),
    }
}

fn entity(text: &str) -> Option<(char, usize)> {
    let name = text.get(1..)?.split(';').next()?;
    let found = match name {
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((found, name.len() + 2)).filter(|(_, length)| text.len() >= *length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_however_they_are_spelled() {
        let key = "k<e\"y\\é/&+🔑 1";
        for echo in [
            key.to_owned(),
            serde_json::to_string(key).unwrap(),
            "k\\u003ce\\u0022y\\\\\\u00e9\\/\\u0026\\u002b\\ud83d\\udd11 1".into(),
            "k%3Ce%22y%5C%C3%A9%2f%26%2B%F0%9F%94%91+1".into(),
            "k&lt;e&quot;y\\&#233;/&amp;&#x2B;🔑 1".into(),
        ] {
            let shown = first_words(&format!("<p>no such key: {echo}, sorry</p>"), key, None);
            let quotes = if echo.starts_with('"') { "\"…\"" } else { "…" };
            assert_eq!(shown, format!("<p>no such key: {quotes}, sorry</p>"));
        }
    }

    #[test]
    fn the_request_tells_what_else_is_secret() {
        let body = r#"{"clientKey":"own-key","task":{"proxyPassword":12345678,"proxyLogin":"anna",
            "cookies":"sid=abcdef; lang=en","metadata":{"Cookies":{"a":"nested-one"}}}}"#;
        let page = "own-key 12345678 anna sid=abcdef; lang=en abcdef nested-one";
        assert_eq!(first_words(page, "config-key", Some(body)), "… … anna … … …");
        assert_eq!(first_words("broken off: own-k", "config-key", Some(body)), "broken off: …");
        assert_eq!(first_words("", "config-key", None), "(empty body)");
        assert_eq!(first_words("% %4 %zz \\u \\ &; &#; &#x110000; +", "config-key", None).len(), 33);
    }

    #[test]
    fn doubled_members_logins_and_odd_requests_give_nothing_away() {
        let body =
            r#"{"clientKey":"first-key","clientKey":"second-key","task":{"websiteURL":"https://me:word-1@a.b/c"}}"#;
        assert_eq!(first_words("first-key second-key me:word-1 word-1", "config-key", Some(body)), "… … … …");
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for odd in ["\"\\ud800\"", "1e999", &deep] {
            let body = format!("{{\"clientKey\":\"own-key\",\"odd\":{odd}}}");
            let shown = first_words("own-key", "config-key", Some(&body));
            assert!(!shown.contains("own-key"), "{odd}: {shown}");
        }
    }

    #[test]
    fn only_the_beginning_is_shown() {
        assert_eq!(first_words(&"é\n".repeat(1000), "config-key", None).chars().count(), MOST);
    }
}
