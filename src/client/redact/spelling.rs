//! One spelling for texts that differ in how they are escaped.
//!
//! Escapes are undone until none is left, so what was escaped twice ends the same. A backslash before anything but an
//! escape with digits is dropped, a line feed is the n that stands for it in JSON, and so on: the result is not the
//! text's meaning, but the same for every way to escape it.

use std::ops::Range;
use zeroize::Zeroizing;

/// A text with its escapes undone.
#[derive(Default)]
pub struct Plain {
    /// What is left.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Which bytes of the text each of them stands for.
    places: Vec<(usize, usize)>,
}

/// The one spelling of a text. Each step back makes it shorter, so the time grows with the text.
pub fn plain(text: &str) -> Plain {
    let mut out =
        Plain { bytes: Zeroizing::new(Vec::with_capacity(text.len())), places: Vec::with_capacity(text.len()) };
    for (at, byte) in text.bytes().enumerate() {
        out.push(byte, (at, at + 1));
    }
    out
}

impl Plain {
    /// Which part of the text a part of this stands for.
    pub fn source(&self, found: Range<usize>) -> Range<usize> {
        let start = self.places.get(found.start).map_or(0, |place| place.0);
        start..found.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(start, |place| place.1)
    }

    /// Adds a byte, and undoes the escape that it completes, which may complete another one.
    fn push(&mut self, byte: u8, mut place: (usize, usize)) {
        let mut next = Some(Undone { length: 0, bytes: [byte, 0, 0, 0], count: 1 });
        while let Some(undone) = next.take() {
            if undone.length > 0 {
                place.0 = self.drop_last(undone.length);
            }
            // Of several bytes, none is a digit or a semicolon.
            for byte in undone.bytes.into_iter().take(undone.count) {
                next = self.add(byte, place);
            }
        }
    }

    fn add(&mut self, byte: u8, place: (usize, usize)) -> Option<Undone> {
        let byte = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            8 => b'b',
            12 => b'f',
            b'+' => b' ',
            other => other,
        };
        let start = match self.bytes.last() {
            Some(b'\\') if !matches!(byte, b'u' | b'x') => self.drop_last(1),
            _ => place.0,
        };
        self.bytes.push(byte);
        self.places.push((start, place.1));
        match byte {
            b';' => self.entity(),
            _ if byte.is_ascii_hexdigit() => self.digits(),
            _ => None,
        }
    }

    /// Takes bytes off the end; where they began in the text.
    fn drop_last(&mut self, count: usize) -> usize {
        let left = self.bytes.len().saturating_sub(count);
        let start = self.places.get(left).map_or(0, |place| place.0);
        self.bytes.truncate(left);
        self.places.truncate(left);
        start
    }

    /// `%41`, `\x41`, `\u0041` and `%u0041`, when the last digit is there.
    fn digits(&self) -> Option<Undone> {
        match self.bytes.as_slice() {
            [.., b'\\' | b'%', b'u', a, b, c, d] if hex(&[*a, *b, *c, *d]).is_some() => {
                self.character(6, hex(&[*a, *b, *c, *d])?)
            }
            [.., b'\\', b'x', a, b] => self.character(4, hex(&[*a, *b])?),
            // A byte of UTF-8, not a character.
            [.., b'%', a, b] => Some(Undone { length: 3, bytes: [hex(&[*a, *b])? as u8, 0, 0, 0], count: 1 }),
            _ => None,
        }
    }

    /// `&amp;`, `&#38;` and `&#x26;`, when the semicolon is there.
    fn entity(&self) -> Option<Undone> {
        let end = self.bytes.len().checked_sub(1)?;
        let from = end.saturating_sub(10);
        let begin = from + self.bytes[from..end].iter().rposition(|byte| *byte == b'&')?;
        let code = match &self.bytes[begin + 1..end] {
            b"quot" => 0x22,
            b"apos" => 0x27,
            b"amp" => 0x26,
            b"lt" => 0x3c,
            b"gt" => 0x3e,
            b"nbsp" => 0xa0,
            [b'#', b'x' | b'X', digits @ ..] => hex(digits)?,
            [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse().ok()?,
            _ => return None,
        };
        self.character(end + 1 - begin, code)
    }

    /// A character in the place of the last bytes; the two halves of a surrogate pair become one.
    fn character(&self, length: usize, code: u32) -> Option<Undone> {
        let before = self.bytes.len().checked_sub(length)?;
        let high = match self.bytes[..before] {
            [.., 0xed, b @ 0xa0..=0xaf, c] => Some(0xd000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f)),
            _ => None,
        };
        let whole = high.filter(|_| (0xdc00..0xe000).contains(&code));
        let whole = whole.map(|high| 0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00));
        if (0xd800..0xe000).contains(&code) && whole.is_none() {
            // Half of a pair, as the three bytes that it would have.
            let low = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
            return Some(Undone { length, bytes: [0xed, low(6), low(0), 0], count: 3 });
        }
        let mut bytes = [0; 4];
        let count = char::from_u32(whole.unwrap_or(code))?.encode_utf8(&mut bytes).len();
        Some(Undone { length: if whole.is_some() { length + 3 } else { length }, bytes, count })
    }
}

/// What an escape stands for.
struct Undone {
    /// How many bytes at the end it is.
    length: usize,
    /// What to put in their place.
    bytes: [u8; 4],
    count: usize,
}

/// The number that hexadecimal digits write.
fn hex(digits: &[u8]) -> Option<u32> {
    let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    std::str::from_utf8(digits).ok().filter(|_| all).and_then(|digits| u32::from_str_radix(digits, 16).ok())
}
