//! Values that are more than a name: amounts, stretches of time, fields of the body.

use crate::filter;
use std::cmp::Ordering;

/// How numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    const ALL: [(Comparison, &'static str); 4] = [
        (Comparison::AtLeast, ">="),
        (Comparison::AtMost, "<="),
        (Comparison::More, ">"),
        (Comparison::Less, "<"),
    ];

    /// As it is typed.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// Whether it holds of a value that stands so to the one compared with.
    pub fn holds(self, found: Ordering) -> bool {
        match self {
            Comparison::Less => found.is_lt(),
            Comparison::AtMost => found.is_le(),
            Comparison::More => found.is_gt(),
            Comparison::AtLeast => found.is_ge(),
        }
    }

    /// The sign that begins a text, and what stands behind it.
    fn of(text: &str) -> Option<(Comparison, &str)> {
        let found = Comparison::ALL.iter();
        found
            .filter_map(|(comparison, sign)| Some((*comparison, text.strip_prefix(sign)?.trim())))
            .next()
    }
}

/// Amounts, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bounds {
    /// Any amount at all.
    Present,
    Exactly(i64),
    Than(Comparison, i64),
    /// Both included.
    Between(i64, i64),
}

impl Bounds {
    /// Reads `100`, `>100`, `<=9.50`, `100..200` or `*`.
    pub fn read(text: &str) -> Result<Bounds, String> {
        let text = text.trim();
        if text == "*" {
            return Ok(Bounds::Present);
        }
        if let Some((comparison, rest)) = Comparison::of(text) {
            return Ok(Bounds::Than(comparison, amount(rest)?));
        }
        if let Some((from, to)) = text.split_once("..") {
            let least = (!from.trim().is_empty()).then(|| amount(from)).transpose()?;
            let most = (!to.trim().is_empty()).then(|| amount(to)).transpose()?;
            return match (least, most) {
                (Some(least), Some(most)) if least > most => {
                    Err("this ends before it begins: write the smaller amount first".into())
                }
                (Some(least), Some(most)) => Ok(Bounds::Between(least, most)),
                (Some(least), None) => Ok(Bounds::Than(Comparison::AtLeast, least)),
                (None, Some(most)) => Ok(Bounds::Than(Comparison::AtMost, most)),
                (None, None) => Err(wrong_amount(text)),
            };
        }
        amount(text).map(Bounds::Exactly)
    }

    /// As it is typed.
    pub fn print(self) -> String {
        match self {
            Bounds::Present => "*".to_owned(),
            Bounds::Exactly(value) => decimal(value),
            Bounds::Than(comparison, value) => format!("{}{}", comparison.sign(), decimal(value)),
            Bounds::Between(least, most) => format!("{}..{}", decimal(least), decimal(most)),
        }
    }

    /// Whether an amount lies within.
    pub fn hold(self, amount: i64) -> bool {
        match self {
            Bounds::Present => true,
            Bounds::Exactly(value) => amount == value,
            Bounds::Than(comparison, value) => comparison.holds(amount.cmp(&value)),
            Bounds::Between(least, most) => (least..=most).contains(&amount),
        }
    }
}

fn wrong_amount(text: &str) -> String {
    format!(
        "“{}” is no amount: write a number with a dot, e.g. 100, 9.50, >100 or 100..200",
        filter::cut(text)
    )
}

/// Ten-thousandths of a decimal number with a dot.
fn amount(text: &str) -> Result<i64, String> {
    let wrong = || wrong_amount(text);
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || part.len() > 4 {
        return Err(wrong());
    }
    let whole: i64 = whole.parse().map_err(|_| wrong())?;
    let part: i64 = format!("{part:0<4}").parse().map_err(|_| wrong())?;
    let value = whole
        .checked_mul(10_000)
        .and_then(|value| value.checked_add(part))
        .ok_or_else(wrong)?;
    Ok(if negative { -value } else { value })
}

/// The other way: no more places than it has.
fn decimal(value: i64) -> String {
    let (whole, part) = (value.unsigned_abs() / 10_000, value.unsigned_abs() % 10_000);
    let sign = if value < 0 { "-" } else { "" };
    match part {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", format!("{part:04}").trim_end_matches('0')),
    }
}

/// What is asked of a field of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyTest {
    /// It is there and not null.
    Present,
    /// It says these words, one after the other, or is this number, `true`, `false` or `null`.
    Says {
        /// As typed, without quotes and star.
        text: String,
        /// In quotes it is text, whatever it looks like.
        quoted: bool,
        /// The last word may be a beginning.
        beginning: bool,
    },
    /// A number or a moment compared.
    Than(Comparison, String),
    /// A number or a moment between two, both included.
    Between(String, String),
}

impl BodyTest {
    /// Reads the value of a field of the body.
    pub fn read(text: &str, quoted: bool, star: bool) -> Result<BodyTest, String> {
        let says = || BodyTest::Says {
            text: text.to_owned(),
            quoted,
            beginning: star,
        };
        if quoted || star {
            return Ok(says());
        }
        if text == "*" {
            return Ok(BodyTest::Present);
        }
        if let Some((comparison, rest)) = Comparison::of(text) {
            comparable(rest)?;
            return Ok(BodyTest::Than(comparison, rest.to_owned()));
        }
        match text.split_once("..") {
            // `a..b` of anything else is a text.
            Some((from, to)) if alike(from, to) => Ok(BodyTest::Between(from.to_owned(), to.to_owned())),
            _ => Ok(says()),
        }
    }
}

impl BodyTest {
    /// It only asks whether the field says anything: what is masked tells that, too.
    pub fn is_whether(&self) -> bool {
        match self {
            BodyTest::Present => true,
            BodyTest::Says { text, quoted, .. } => !quoted && matches!(text.as_str(), "null" | "false"),
            BodyTest::Than(..) | BodyTest::Between(..) => false,
        }
    }
}

/// Whether two texts are the ends of a stretch: two numbers, or two moments.
fn alike(from: &str, to: &str) -> bool {
    let moment = |text| filter::check_time(text).is_ok();
    number(from).is_some() && number(to).is_some() || moment(from) && moment(to)
}

/// Whether a text can be compared: a number, or a moment.
fn comparable(text: &str) -> Result<(), String> {
    if number(text).is_some() || filter::check_time(text).is_ok() {
        return Ok(());
    }
    Err(format!(
        "“{}” is neither a number nor a date: write e.g. >100 or >=2026-06-09; in quotes it is a text",
        filter::cut(text)
    ))
}

/// A number as a body may have it.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let begins = text.strip_prefix('-').unwrap_or(text);
    // Not what the standard parser takes beside digits: `inf`, `nan`, `+1`.
    if !begins.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a word is a unit of time.
pub(crate) fn is_unit(word: &str) -> bool {
    unit(word).is_some()
}

fn unit(word: &str) -> Option<char> {
    Some(match word.to_ascii_lowercase().as_str() {
        "m" | "min" | "minute" | "minutes" => 'm',
        "h" | "hour" | "hours" => 'h',
        "d" | "day" | "days" => 'd',
        "w" | "week" | "weeks" => 'w',
        _ => return None,
    })
}

/// Beginning and end of a stretch of time: `today`, `2026-11`, `2026-11-01..2026-11-07`, `-7d..`, `last 2h`, `>=yesterday`.
pub(crate) fn stretch(text: &str) -> Result<(Option<String>, Option<String>), String> {
    let text = text.trim();
    let moment = |text: &str| -> Result<Option<String>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        filter::check_time(text)?;
        Ok(Some(text.to_owned()))
    };
    if text
        .get(..4)
        .is_some_and(|word| word.eq_ignore_ascii_case("last"))
    {
        let rest = text[4..].trim();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let ago = unit(rest[digits..].trim()).map(|unit| format!("-{}{unit}", &rest[..digits]));
        return match ago {
            Some(ago) if digits > 0 => Ok((moment(&ago)?, None)),
            _ => Err("write so many minutes, hours, days or weeks, e.g. at:last 2h or at:last 7d".into()),
        };
    }
    if let Some((comparison, rest)) = Comparison::of(text) {
        return match comparison {
            Comparison::AtLeast if !rest.is_empty() => Ok((moment(rest)?, None)),
            Comparison::AtMost if !rest.is_empty() => Ok((None, moment(rest)?)),
            _ => Err(
                "write at:>=2026-11-01 for that day and later, at:<=2026-11-07 for that day and before"
                    .into(),
            ),
        };
    }
    if let Some((from, to)) = text.split_once("..") {
        return match (moment(from)?, moment(to)?) {
            (None, None) => Err("write a beginning, an end or both, e.g. at:2026-11-01..2026-11-07".into()),
            both => Ok(both),
        };
    }
    let day = moment(text)?;
    match &day {
        Some(day) if filter::is_day(day) => {}
        _ => {
            return Err(
                "a moment alone is no stretch of time: write a day, a month, at:last 2h, or from and to, e.g. at:2026-11-01T09:00..now"
                    .into(),
            );
        }
    }
    Ok((day.clone(), day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_printed() {
        for (typed, printed) in [
            ("100", "100"),
            ("-5.5", "-5.5"),
            (">100.10", ">100.1"),
            ("<=0.0001", "<=0.0001"),
            ("100..200", "100..200"),
            ("100..", ">=100"),
            ("..9.9900", "<=9.99"),
            ("> 5", ">5"),
            ("*", "*"),
        ] {
            let bounds = Bounds::read(typed).unwrap();
            assert_eq!(bounds.print(), printed);
            assert_eq!(Bounds::read(printed), Ok(bounds));
        }
        for typed in [
            "",
            ">",
            "..",
            "1,000",
            "1e3",
            "0.00001",
            "99999999999999999",
            "+1",
            "5..4",
            "€5",
        ] {
            assert!(Bounds::read(typed).is_err(), "{typed}");
        }
        assert!(Bounds::read("100..200").unwrap().hold(2_000_000));
        assert!(!Bounds::read("<100").unwrap().hold(1_000_000));
    }

    #[test]
    fn stretches_of_time() {
        let read = |text| {
            let (from, to) = stretch(text).unwrap();
            format!("{}..{}", from.unwrap_or_default(), to.unwrap_or_default())
        };
        assert_eq!(read("today"), "today..today");
        assert_eq!(read("2026-11"), "2026-11..2026-11");
        assert_eq!(read("2026-11-01..2026-11-07"), "2026-11-01..2026-11-07");
        assert_eq!(read("LAST 2 Hours"), "-2h..");
        assert_eq!(read("last 7d"), "-7d..");
        assert_eq!(read("last90m"), "-90m..");
        assert_eq!(read("-7d.."), "-7d..");
        assert_eq!(read("..yesterday"), "..yesterday");
        assert_eq!(read(">=2026"), "2026..");
        for text in [
            "",
            "last",
            "last week",
            "last 2",
            "-2h",
            "..",
            ">today",
            ">=",
            "soon",
            "2026-11-01T09:00",
        ] {
            assert!(stretch(text).is_err(), "{text}");
        }
    }
}
