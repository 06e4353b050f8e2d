//! Text that holds other people's text, as it may be shown: on one line, without what moves a terminal's cursor or turns
//! the direction of writing, and of bounded length.

use std::fmt::Write;

/// So many characters of a text are shown.
const LONGEST: usize = 4000;

/// The text on one line: what would break it is written as JSON escapes it.
pub fn one_line(text: String) -> String {
    if text.len() <= LONGEST && !text.contains(needs_escape) {
        return text;
    }
    let mut out = String::with_capacity(text.len().min(LONGEST) + 16);
    for (shown, c) in text.chars().enumerate() {
        if shown == LONGEST {
            out.push('…');
            break;
        }
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Writing to a string cannot fail.
            c if needs_escape(c) => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, line and paragraph separators, marks that turn the direction of writing.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(one_line("plain é".into()), "plain é");
        assert_eq!(
            one_line("a\r\nb\tc\u{1b}[2J\u{202e}d\u{85}\0".into()),
            "a\\r\\nb\\tc\\u001b[2J\\u202ed\\u0085\\u0000"
        );
        let long = one_line("é".repeat(10_000));
        assert_eq!((long.chars().count(), long.ends_with('…')), (LONGEST + 1, true));
        assert_eq!(one_line("é".repeat(LONGEST)), "é".repeat(LONGEST));
    }
}
