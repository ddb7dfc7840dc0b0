//! Money as a person writes it.

use super::Voice;
use crate::Amount;
use fluent_bundle::FluentValue;

/// Signs that a currency is known by (CLDR); the others are written with their code.
const SIGNS: &[(&str, &str)] = &[
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "MX$"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("USD", "$"),
    ("VND", "₫"),
];

/// Currencies whose unit is not divided into hundredths (ISO 4217).
const MINOR: &[(&str, usize)] = &[
    ("BHD", 3),
    ("CLP", 0),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("XAF", 0),
    ("XOF", 0),
];

impl Voice {
    /// Money: `£1,354.50`, `1354,50 €`, `12.00 SEK`; without a currency the bare number.
    pub fn money(&self, amount: Amount, currency: Option<&str>) -> String {
        let places = currency
            .and_then(|code| MINOR.iter().find(|(known, _)| *known == code))
            .map_or(2, |(_, places)| *places);
        let number = self.number(amount, places);
        let sign = currency.and_then(|code| SIGNS.iter().find(|(known, _)| *known == code));
        let (message, mark) = match (currency, sign) {
            (None, _) => ("money-bare", ""),
            (Some(_), Some((_, sign))) => ("money-sign", *sign),
            (Some(code), None) => ("money-code", code),
        };
        let minus = if amount.0 < 0 { "-" } else { "" };
        let filled = self.catalogue.fill(message, |name| match name {
            "minus" => Some(FluentValue::from(minus)),
            "number" => Some(FluentValue::from(number.as_str())),
            "mark" => Some(FluentValue::from(mark)),
            _ => None,
        });
        filled.unwrap_or_else(|| format!("{minus}{number}"))
    }

    /// The digits without a sign, with at least so many decimals and no more than are there.
    fn number(&self, amount: Amount, places: usize) -> String {
        let value = amount.0.unsigned_abs();
        let (whole, fraction) = ((value / 10_000).to_string(), format!("{:04}", value % 10_000));
        let kept = fraction.trim_end_matches('0').len().max(places);
        let mut text = String::with_capacity(whole.len() + 10);
        let grouped = whole.len() >= self.marks.group_from;
        for (at, digit) in whole.chars().enumerate() {
            if grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push_str(&self.marks.group);
            }
            text.push(digit);
        }
        if kept > 0 {
            text.push_str(&self.marks.decimal);
            text.push_str(&fraction[..kept.min(fraction.len())]);
        }
        text
    }
}
