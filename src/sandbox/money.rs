//! Amounts of money, exact to the millionth of a dollar.

use std::fmt;
use std::ops::{AddAssign, SubAssign};

/// An amount in millionths of a dollar. Its text is a JSON number without an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Money(i64);

impl Money {
    /// Nothing.
    pub(super) const ZERO: Money = Money(0);

    /// So many millionths of a dollar.
    pub(super) const fn micros(micros: i64) -> Money {
        Money(micros)
    }

    /// Reads `12`, `0.0005` or `-1.5`: at most nine digits before the point and six after it; no exponent.
    pub(super) fn parse(text: &str) -> Option<Money> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let fraction = match fraction.char_indices().nth(6) {
            Some((six, _)) if fraction[six..].bytes().all(|b| b == b'0') => &fraction[..six],
            _ => fraction,
        };
        if !numeric(whole) || whole.len() > 9 || fraction.len() > 6 || !numeric(fraction) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
        Some(Money(sign * (whole * 1_000_000 + fraction)))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 = self.0.saturating_sub(other.0);
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        let fraction = format!("{fraction:06}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            rest => write!(f, "{sign}{whole}.{rest}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn amounts_are_exact() {
        for (text, shown) in [
            ("0", "0"),
            ("12", "12"),
            ("0.0005", "0.0005"),
            ("-1.50", "-1.5"),
            ("0.10", "0.1"),
            ("999999999.999999", "999999999.999999"),
            ("1.0000000", "1"),
        ] {
            assert_eq!(Money::parse(text).map(|m| m.to_string()).as_deref(), Some(shown), "{text}");
        }
        for text in ["", ".5", "1e3", "+1", "1.0000001", "1234567890", "1.", "--1", "1.2.3"] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
        let mut left = Money::parse("10").unwrap();
        for _ in 0..3 {
            left -= Money::parse("0.1").unwrap();
        }
        assert_eq!(left.to_string(), "9.7");
    }
}
