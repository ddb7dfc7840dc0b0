//! Money, exactly.

use crate::Amount;
use std::fmt;

impl Amount {
    /// Reads a decimal number: `12.50`, `-3`, `1e2`, `0.09000`. More than four decimals are rounded half away
    /// from zero. Nothing if it is no number or too large.
    pub fn parse(text: &str) -> Option<Amount> {
        let text = text.trim();
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        if digits.contains(['e', 'E']) {
            let value: f64 = text.parse().ok()?;
            let scaled = (value * 10_000.0).round();
            return (scaled.abs() < 9.0e15).then_some(Amount(scaled as i64));
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut value = whole.parse::<i64>().ok()?.checked_mul(10_000)?;
        let mut unit = 1_000;
        for digit in fraction.bytes().take(4) {
            value = value.checked_add(i64::from(digit - b'0') * unit)?;
            unit /= 10;
        }
        if fraction.as_bytes().get(4).is_some_and(|digit| *digit >= b'5') {
            value = value.checked_add(1)?;
        }
        Some(Amount(if negative { -value } else { value }))
    }
}

/// At least two decimals, at most four: `354.00`, `0.0905`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.unsigned_abs();
        let (whole, fraction) = (value / 10_000, value % 10_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction % 100 == 0 {
            write!(f, "{sign}{whole}.{:02}", fraction / 100)
        } else if fraction % 10 == 0 {
            write!(f, "{sign}{whole}.{:03}", fraction / 10)
        } else {
            write!(f, "{sign}{whole}.{fraction:04}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        for (text, written) in [
            ("354.0", "354.00"),
            ("0.09000", "0.09"),
            ("-5", "-5.00"),
            ("12.345", "12.345"),
            ("1.00005", "1.0001"),
            ("1e2", "100.00"),
            ("0.0001", "0.0001"),
            ("-0.5", "-0.50"),
            ("+7.1", "7.10"),
        ] {
            assert_eq!(Amount::parse(text).unwrap().to_string(), written, "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1.2.3",
            "NaN",
            "inf",
            "1e99",
            "99999999999999999999",
            "١",
            "12,50",
        ] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}
