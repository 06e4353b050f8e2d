//! Requests and answers for the eyes of others: without the values of their secret members.

use super::account;

/// Names whose values are secret, in whatever case they come.
const SECRET: &[&str] = &["clientKey", "proxyPassword"];

/// A text with the values of secret members masked. It need not be whole or even JSON, and a name may be spelled with
/// JSON's escapes.
pub(super) fn redacted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Every name begins with one of these, or with an escape.
    while let Some(start) = rest.find(['c', 'C', 'p', 'P', '\\']) {
        let named = &rest.as_bytes()[start..];
        let Some(value) = SECRET.iter().find_map(|name| value_of(named, name)) else {
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        let (before, value) = rest.split_at(start + value);
        out.push_str(before);
        rest = redact_value(value, &mut out);
    }
    out.push_str(rest);
    out
}

/// Where the value begins when `text` begins with `name` and what stands between a name and its value.
fn value_of(text: &[u8], name: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in name.bytes() {
        let (found, length) = letter(&text[at..])?;
        if !found.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        at += length;
    }
    let skip = |at: usize, these: &[u8]| at + text[at..].iter().take_while(|byte| these.contains(byte)).count();
    let at = skip(at, b"\\\"' \t\r\n");
    matches!(text.get(at)?, b':' | b'=').then(|| skip(at + 1, b" \t\r\n"))
}

/// The ASCII character that a text begins with, and how many bytes spell it.
fn letter(text: &[u8]) -> Option<(u8, usize)> {
    match text.strip_prefix(b"\\u") {
        Some(digits) => {
            let digits = std::str::from_utf8(digits.get(..4)?).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, 6))
        }
        None => Some((*text.first()?, 1)),
    }
}

/// Writes a value masked, and gives what follows it.
fn redact_value<'a>(value: &'a str, out: &mut String) -> &'a str {
    let end = match value.as_bytes().first() {
        None => return value,
        Some(b'[' | b'{') => {
            out.push_str("***");
            return &value[nested_end(value)..];
        }
        Some(quote @ (b'"' | b'\'')) => {
            out.push(char::from(*quote));
            return secret(&value[1..], string_end(&value[1..], *quote), out);
        }
        // A string within a string: its quotes are escaped.
        Some(b'\\') => {
            let inner = value.trim_start_matches('\\');
            let inner = inner.strip_prefix('"').unwrap_or(inner);
            out.push_str(&value[..value.len() - inner.len()]);
            return secret(inner, inner.find(['\\', '"']).unwrap_or(inner.len()), out);
        }
        Some(_) => value.find([',', '}', ']', '&', ';', '"', '\'', ' ', '\t', '\r', '\n']).unwrap_or(value.len()),
    };
    if matches!(&value[..end], "" | "null" | "true" | "false") {
        out.push_str(&value[..end]);
        return &value[end..];
    }
    secret(value, end, out)
}

fn secret<'a>(text: &'a str, end: usize, out: &mut String) -> &'a str {
    let (secret, left) = text.split_at(end);
    out.push_str(&account::redacted(secret));
    left
}

/// Where a string's content ends: before its closing quote, or at the end of the text.
fn string_end(inner: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return at,
            _ => {}
        }
    }
    inner.len()
}

/// Where an array or an object ends: after its last bracket, or at the end of the text.
fn nested_end(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        at += 1;
        match byte {
            b'"' => at = (at + string_end(&text[at..], b'"') + 1).min(text.len()),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn secrets_are_masked_in_whole_and_in_broken_texts() {
        let text = r#"{"clientKey" : "0123456789","task":{"proxyPassword":"p\"w","a":1}}"#;
        assert_eq!(redacted(text), r#"{"clientKey" : "012***","task":{"proxyPassword":"***","a":1}}"#);
        assert_eq!(redacted(r#"{"clientKey":"0123456789"#), r#"{"clientKey":"012***"#);
        assert_eq!(redacted(r#"{"clientKey":7,"b":"clientKey"}"#), r#"{"clientKey":***,"b":"clientKey"}"#);
        assert_eq!(redacted("plain é"), "plain é");
        for (text, shown) in [
            (r#"{"client\u004bey":"0123456789"}"#, r#"{"client\u004bey":"012***"}"#),
            (r#"{"\u0063lient\u004Bey" : "0123456789"#, r#"{"\u0063lient\u004Bey" : "012***"#),
            (r#"{"ClientKey":"0123456789"}"#, r#"{"ClientKey":"012***"}"#),
            (r#"{"clientKey":["0123456789",{"a":"]\"}"}],"b":1}"#, r#"{"clientKey":***,"b":1}"#),
            (r#"{"clientKey":0123456789,"b":1}"#, r#"{"clientKey":012***,"b":1}"#),
            (r#"{"clientKey":null,"proxyPassword":true}"#, r#"{"clientKey":null,"proxyPassword":true}"#),
            (r#"{"a":"{\"clientKey\":\"0123456789\",\"b\":1}"}"#, r#"{"a":"{\"clientKey\":\"012***\",\"b\":1}"}"#),
            (r#"{'clientKey':'0123456789'}"#, r#"{'clientKey':'012***'}"#),
            (r#"{clientKey: "0123456789"}"#, r#"{clientKey: "012***"}"#),
            ("clientKey=0123456789&b=1", "clientKey=012***&b=1"),
            (r#"{"clientKey"#, r#"{"clientKey"#),
            (r#"{"clientKey":"#, r#"{"clientKey":"#),
            (r#"{"clientKey":"\"#, r#"{"clientKey":"***"#),
            (r#"{"clientKey":{"é"#, r#"{"clientKey":***"#),
            (r#"no clientKey. "é\u00e9\u"#, r#"no clientKey. "é\u00e9\u"#),
        ] {
            assert_eq!(redacted(text), shown, "{text}");
        }
    }
}
