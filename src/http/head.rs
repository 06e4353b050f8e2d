//! Heads of replies, made readable: lines that no parser takes are left out. Their lengths must be beyond doubt.

use std::borrow::Cow;

/// Lines that httparse takes in one head (ureq-proto gives it room for so many).
const LINES: usize = ureq_proto::client::MAX_RESPONSE_HEADERS;

/// Header lines that something here depends on: they are kept in a head with too many lines.
const NEEDED: [&str; 9] = [
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "retry-after",
    "date",
    "location",
    "content-type",
    "content-encoding",
];

/// Looks for the end of a head of which more and more comes, without looking at any byte twice.
#[derive(Default)]
pub struct Finder {
    looked: usize,
    line: usize,
    begun: bool,
}

impl Finder {
    /// Where the head at the beginning of `bytes` ends. `bytes` begin as they did at the last call.
    pub fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(at) = bytes.get(self.looked..)?.iter().position(|byte| *byte == b'\n') {
            let end = self.looked + at;
            let line = bytes.get(self.line..end)?;
            self.looked = end + 1;
            self.line = end + 1;
            if self.begun && is_empty(line) {
                return Some(end + 1);
            }
            self.begun |= blank(line) < line.len();
        }
        self.looked = bytes.len();
        None
    }
}

/// Whether these bytes may be the beginning of an HTTP/1 reply.
pub fn may_begin(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"HTTP/1.";
    bytes[blank(bytes)..].iter().zip(BEGIN).all(|(own, wanted)| own == wanted)
}

/// How many line breaks are before a reply, which may have some.
fn blank(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len())
}

/// A head that can be parsed.
pub struct Clean<'a> {
    /// The head with its last empty line.
    pub bytes: Cow<'a, [u8]>,
    /// Why it is not sure how long the body is.
    pub doubt: Option<&'static str>,
}

/// What is known of the body's length.
#[derive(Default)]
struct Length<'a> {
    length: Option<&'a [u8]>,
    repeated: bool,
    encoding: bool,
    doubt: Option<&'static str>,
}

/// Leaves out of a whole head what cannot be read.
pub fn clean(head: &[u8]) -> Clean<'_> {
    let head = &head[blank(head)..];
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    let status = lines.next().unwrap_or_default();
    let mut length = Length::default();
    let mut kept: Vec<(Cow<'_, [u8]>, bool)> = Vec::new();
    let mut odd = false;
    let mut last_is_length = false;
    for line in lines {
        if is_empty(line) {
            break;
        }
        if starts_folded(line) {
            // A folded line belongs to the one before, which loses it.
            odd = true;
            if last_is_length {
                length.doubt = Some("a length is on two lines");
            }
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let raw = &line[..colon.unwrap_or(line.len())];
        let name = raw.trim_ascii();
        let value = colon.map_or(&[][..], |at| trim(&line[at + 1..]));
        last_is_length = is(name, "content-length") || is(name, "transfer-encoding");
        let readable = colon.is_some() && is_name(raw) && value.iter().all(|byte| is_text(*byte));
        if !readable {
            odd = true;
            if last_is_length {
                length.doubt = Some("a length cannot be read");
            }
            continue;
        }
        let needed = NEEDED.iter().any(|needed| is(name, needed));
        match length.take(name, value) {
            Taken::Line => kept.push((Cow::Borrowed(line), needed)),
            Taken::Instead(line) => {
                odd = true;
                kept.push((Cow::Owned(line), needed));
            }
            Taken::Known => odd = true,
        }
    }
    let doubt = length.verdict(status);
    if !odd && kept.len() <= LINES {
        return Clean { bytes: Cow::Borrowed(head), doubt };
    }
    let needed = kept.iter().filter(|(_, needed)| *needed).count().min(LINES);
    let mut others = LINES - needed;
    let mut needed = needed;
    let mut bytes = Vec::with_capacity(head.len());
    bytes.extend_from_slice(status);
    for (line, is_needed) in kept {
        let room = if is_needed { &mut needed } else { &mut others };
        if *room > 0 {
            *room -= 1;
            bytes.extend_from_slice(&line);
        }
    }
    bytes.extend_from_slice(b"\r\n");
    Clean { bytes: Cow::Owned(bytes), doubt }
}

/// What a header line is worth.
enum Taken {
    /// As it is.
    Line,
    /// This line says the same.
    Instead(Vec<u8>),
    /// Nothing: it is known already, or means nothing.
    Known,
}

impl<'a> Length<'a> {
    /// Takes in a header line.
    fn take(&mut self, name: &[u8], value: &'a [u8]) -> Taken {
        if is(name, "content-length") {
            // Whoever joins two lines that say the same makes a list of them.
            let mut values = value.split(|byte| *byte == b',').map(trim);
            let first = values.next().unwrap_or_default();
            let joined = first.len() < value.len();
            let good = first.iter().all(u8::is_ascii_digit)
                && std::str::from_utf8(first).is_ok_and(|text| text.parse::<u64>().is_ok());
            match self.length {
                _ if !good => self.doubt = Some("its Content-Length is not a number"),
                _ if values.any(|other| other != first) => self.repeated = true,
                None => self.length = Some(first),
                Some(known) if known == first => return Taken::Known,
                Some(_) => self.repeated = true,
            }
            if joined {
                return Taken::Instead([b"Content-Length: ", first, b"\r\n"].concat());
            }
        } else if is(name, "transfer-encoding") {
            // An old word for none.
            if is(value, "identity") {
                return Taken::Known;
            }
            if self.encoding || !is(value, "chunked") {
                self.doubt = Some("its Transfer-Encoding is unknown");
            }
            self.encoding = true;
        }
        Taken::Line
    }

    fn verdict(&self, status: &[u8]) -> Option<&'static str> {
        if self.repeated {
            return Some("it has two different Content-Lengths");
        }
        if self.encoding && self.length.is_some() {
            return Some("it has both Content-Length and Transfer-Encoding");
        }
        if self.encoding && status.starts_with(b"HTTP/1.0") {
            return Some("it is HTTP/1.0, which has no Transfer-Encoding");
        }
        self.doubt
    }
}

fn starts_folded(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether a line ends the head. Nothing else does, such as a line with a form feed: a reader that took that for the end
/// would find the body elsewhere.
fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"" | b"\r" | b"\n" | b"\r\n")
}

/// A value without its line's end and the spaces around it.
fn trim(value: &[u8]) -> &[u8] {
    let value = value.strip_suffix(b"\n").unwrap_or(value);
    without_spaces(value.strip_suffix(b"\r").unwrap_or(value))
}

/// A value without the spaces around it.
fn without_spaces(value: &[u8]) -> &[u8] {
    let space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let end = value.iter().rposition(|byte| !space(byte)).map_or(0, |last| last + 1);
    let start = value.iter().position(|byte| !space(byte)).unwrap_or(end);
    value.get(start..end).unwrap_or_default()
}

fn is(name: &[u8], wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted.as_bytes())
}

/// A token of RFC 9110.
fn is_name(name: &[u8]) -> bool {
    !name.is_empty()
        && name.len() < 1024
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || b"!#$%&'*+.^_`|~".contains(byte))
}

/// What may stand in a header's value.
fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 127)
}
