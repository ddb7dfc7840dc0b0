//! Moments as a person writes them.

use crate::Clock;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, ZonedDateTime};
use nexwatch_nexudus::Ms;

/// What may be written, for errors.
const RIGHT: &str = "write 2026-06-09, 2026-06-09T14:30, 2026-06, today, yesterday, tomorrow, -2h or -7d";

/// A moment as it was written.
#[derive(Clone, Debug)]
enum Written {
    /// A point in time.
    Moment(Timestamp),
    /// A date and time in the reader's zone.
    Local(DateTime),
    /// A whole day in the reader's zone.
    Day(Date),
    /// A whole month, by its first day.
    Month(Date),
    /// A whole year, by its first day.
    Year(Date),
    /// A whole day, so many before today.
    DayAgo(i32),
    /// So long before now.
    Ago(Span),
}

/// Whether a text is a moment; if not, a sentence that says what would be.
pub(crate) fn check(text: &str) -> Result<(), String> {
    read(text).map(drop)
}

/// Whether a text is a whole day, month or year.
pub(crate) fn is_day(text: &str) -> bool {
    use Written::{Day, DayAgo, Month, Year};
    matches!(read(text), Ok(Day(_) | DayAgo(_) | Month(_) | Year(_)))
}

/// The first moment of what was written.
pub(crate) fn start(text: &str, clock: &Clock) -> Result<Ms, String> {
    let now = now(clock)?;
    let moment = match read(text)? {
        Written::Moment(at) => return Ok(at.as_millisecond()),
        Written::Local(at) => local(at, &clock.zone, text)?,
        Written::Day(day) | Written::Month(day) | Written::Year(day) => first_of(day, &clock.zone, text)?,
        Written::DayAgo(days) => first_of(day_ago(&now, days, text)?, &clock.zone, text)?,
        Written::Ago(span) => now.checked_sub(span).map_err(|_| wrong(text))?,
    };
    Ok(moment.timestamp().as_millisecond())
}

/// The first moment after what was written: a bare day, month or year includes all of itself.
pub(crate) fn end(text: &str, clock: &Clock) -> Result<Ms, String> {
    let (day, length) = match read(text)? {
        Written::Day(day) => (day, 1.day()),
        Written::DayAgo(days) => (day_ago(&now(clock)?, days, text)?, 1.day()),
        Written::Month(first) => (first, 1.month()),
        Written::Year(first) => (first, 1.year()),
        _ => return start(text, clock),
    };
    let next = day.checked_add(length).map_err(|_| wrong(text))?;
    Ok(first_of(next, &clock.zone, text)?.timestamp().as_millisecond())
}

/// Whether a stretch ends before it has begun, so that nothing lies in it whatever the hour is: both ends are dates, or
/// both are so long ago. Of a date and a time ago only the clock can tell.
pub(crate) fn is_reversed(from: &str, to: &str) -> bool {
    use Written::{Ago, Day, DayAgo, Local, Moment, Month, Year};
    let (Ok(first), Ok(last)) = (read(from), read(to)) else {
        return false;
    };
    let is_date = |written: &Written| matches!(written, Local(_) | Day(_) | Month(_) | Year(_));
    let alike = is_date(&first) && is_date(&last)
        || matches!(
            (&first, &last),
            (Moment(_), Moment(_)) | (Ago(_), Ago(_)) | (DayAgo(_), DayAgo(_))
        );
    let any = Clock {
        now: Ms::from(i32::MAX) * 1000,
        zone: TimeZone::UTC,
    };
    alike && matches!((start(from, &any), end(to, &any)), (Ok(from), Ok(to)) if to <= from)
}

fn now(clock: &Clock) -> Result<ZonedDateTime, String> {
    let now =
        Timestamp::from_millisecond(clock.now).map_err(|_| "the computer's clock is wrong".to_owned())?;
    Ok(now.to_zoned_datetime(clock.zone.clone()))
}

fn day_ago(now: &ZonedDateTime, days: i32, text: &str) -> Result<Date, String> {
    now.date().checked_sub(days.days()).map_err(|_| wrong(text))
}

/// Midnight, or the first moment there is where the clocks go forward over it.
fn first_of(day: Date, zone: &TimeZone, text: &str) -> Result<ZonedDateTime, String> {
    day.to_zoned_datetime(zone.clone())
        .and_then(|midnight| midnight.start_of_day())
        .map_err(|_| wrong(text))
}

/// A wall-clock time; one that comes twice is the earlier, one that is skipped lies after the gap.
fn local(at: DateTime, zone: &TimeZone, text: &str) -> Result<ZonedDateTime, String> {
    at.to_zoned_datetime(zone.clone()).map_err(|_| wrong(text))
}

fn wrong(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!("“{shown}” is no date or time: {RIGHT}")
}

fn read(text: &str) -> Result<Written, String> {
    let text = text.trim();
    match text.to_ascii_lowercase().as_str() {
        "today" => return Ok(Written::DayAgo(0)),
        "yesterday" => return Ok(Written::DayAgo(1)),
        // Bodies speak of what is to come.
        "tomorrow" => return Ok(Written::DayAgo(-1)),
        "now" => return Ok(Written::Ago(Span::new())),
        _ => {}
    }
    if let Some(span) = text.strip_prefix('-') {
        return ago(span).map(Written::Ago).ok_or_else(|| wrong(text));
    }
    // Only the plain forms: the parser below knows more (weeks, zones in brackets) than a person was promised.
    let bytes = text.as_bytes();
    if let Some((year, month)) = month_of(text) {
        let first = Date::new(year, month.unwrap_or(1), 1).map_err(|_| wrong(text))?;
        return Ok(match month {
            Some(_) => Written::Month(first),
            None => Written::Year(first),
        });
    }
    if bytes.len() == 10 {
        return text.parse().map(Written::Day).map_err(|_| wrong(text));
    }
    if bytes.len() < 16 || !matches!(bytes[10], b'T' | b't' | b' ') {
        return Err(wrong(text));
    }
    let rest = &bytes[11..];
    let zoned = rest.iter().any(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'));
    if zoned {
        text.parse().map(Written::Moment).map_err(|_| wrong(text))
    } else if rest
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
    {
        text.parse().map(Written::Local).map_err(|_| wrong(text))
    } else {
        Err(wrong(text))
    }
}

/// `2026-11` or `2026`.
fn month_of(text: &str) -> Option<(i16, Option<i8>)> {
    let (year, month) = match text.split_once('-') {
        Some((year, month)) => (year, Some(month)),
        None => (text, None),
    };
    let plain =
        |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(year, 4) || !month.is_none_or(|month| plain(month, 2)) {
        return None;
    }
    let month = month.map(|month| month.parse().ok());
    Some((year.parse().ok()?, month.flatten()))
}

/// `2h`: minutes, hours, days and weeks. Days are calendar days: the same time of day, whatever the clocks did.
fn ago(text: &str) -> Option<Span> {
    let unit = text.chars().next_back()?;
    let count = &text[..text.len() - unit.len_utf8()];
    if count.is_empty() || count.len() > 6 || !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: i64 = count.parse().ok()?;
    let span = Span::new();
    match unit.to_ascii_lowercase() {
        'm' => span.try_minutes(count),
        'h' => span.try_hours(count),
        'd' => span.try_days(count),
        'w' => span.try_weeks(count),
        _ => return None,
    }
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn madrid() -> Clock {
        Clock {
            // 2026-10-25T12:00+01:00, the day on which the clocks go back.
            now: "2026-10-25T11:00:00Z"
                .parse::<Timestamp>()
                .unwrap()
                .as_millisecond(),
            zone: TimeZone::get("Europe/Madrid").unwrap(),
        }
    }

    fn shown(at: Result<Ms, String>) -> String {
        Timestamp::from_millisecond(at.unwrap()).unwrap().to_string()
    }

    #[test]
    fn days_are_the_readers_and_a_day_can_have_25_hours() {
        let clock = madrid();
        assert_eq!(shown(start("today", &clock)), "2026-10-24T22:00:00Z");
        assert_eq!(shown(end("today", &clock)), "2026-10-25T23:00:00Z");
        assert_eq!(shown(start("yesterday", &clock)), "2026-10-23T22:00:00Z");
        assert_eq!(shown(end("yesterday", &clock)), "2026-10-24T22:00:00Z");
        assert_eq!(shown(start("tomorrow", &clock)), "2026-10-25T23:00:00Z");
        assert_eq!(shown(end("tomorrow", &clock)), "2026-10-26T23:00:00Z");
        assert_eq!(shown(start("2026-06-09", &clock)), "2026-06-08T22:00:00Z");
        assert_eq!(shown(end("2026-06-09", &clock)), "2026-06-09T22:00:00Z");
    }

    #[test]
    fn months_and_years() {
        let clock = madrid();
        assert_eq!(shown(start("2026-02", &clock)), "2026-01-31T23:00:00Z");
        assert_eq!(shown(end("2026-02", &clock)), "2026-02-28T23:00:00Z");
        assert_eq!(shown(start("2026", &clock)), "2025-12-31T23:00:00Z");
        assert_eq!(shown(end("2026", &clock)), "2026-12-31T23:00:00Z");
        assert!(is_day("2026-02") && is_day("2026") && !is_day("-2h"));
        for text in ["2026-00", "2026-13", "20261", "2026-1", "2026-", "٢٠٢٦"] {
            assert!(check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn spans_before_now() {
        let clock = madrid();
        assert_eq!(shown(start("-2h", &clock)), "2026-10-25T09:00:00Z");
        assert_eq!(shown(start("-90m", &clock)), "2026-10-25T09:30:00Z");
        // Noon a day before was in summer time.
        assert_eq!(shown(start("-1d", &clock)), "2026-10-24T10:00:00Z");
        assert_eq!(shown(start("-1W", &clock)), "2026-10-18T10:00:00Z");
        assert_eq!(shown(end("now", &clock)), "2026-10-25T11:00:00Z");
    }

    #[test]
    fn hours_that_come_twice_or_never() {
        let clock = madrid();
        assert_eq!(shown(start("2026-10-25T02:30", &clock)), "2026-10-25T00:30:00Z");
        assert_eq!(shown(start("2026-03-29 02:30", &clock)), "2026-03-29T01:30:00Z");
        let cairo = Clock {
            zone: TimeZone::get("Africa/Cairo").unwrap(),
            ..clock
        };
        // Summer time begins at midnight there: the day's first moment is one o'clock.
        assert_eq!(shown(start("2026-04-24", &cairo)), "2026-04-23T22:00:00Z");
        assert_eq!(shown(end("2026-04-24", &cairo)), "2026-04-24T21:00:00Z");
    }

    #[test]
    fn what_ends_before_it_has_begun() {
        for (from, to) in [
            ("2026-11-07", "2026-11-01"),
            ("2026-11", "2026-10-31"),
            ("2027", "2026"),
            ("today", "yesterday"),
            ("now", "-2h"),
            ("-1h", "-2d"),
            ("2026-06-09T14:30Z", "2026-06-09T16:00+02:00"),
        ] {
            assert!(is_reversed(from, to), "{from} {to}");
            assert!(!is_reversed(to, from), "{to} {from}");
        }
        assert!(is_reversed("-1d", "-24h") && is_reversed("2026-06-09T14:30", "2026-06-09T14:30"));
        for (from, to) in [
            ("2026-11-07", "2026-11-07"),
            ("2026-11-07T09:00", "2026-11"),
            ("2026-10", "2026-10-31T23:59"),
            // The clock tells, and another day it is the other way round.
            ("today", "2020"),
            ("today", "-2h"),
            ("2026-06-09T14:30Z", "2020"),
            ("never", "2020"),
        ] {
            assert!(!is_reversed(from, to), "{from} {to}");
        }
    }

    #[test]
    fn moments_with_an_offset() {
        let clock = madrid();
        for text in [
            "2026-06-09T14:30:00Z",
            "2026-06-09T16:30+02:00",
            "2026-06-09t10:30:00.000-04:00",
            "2026-06-09T16:30",
            "2026-06-09 16:30:00",
        ] {
            assert_eq!(shown(end(text, &clock)), "2026-06-09T14:30:00Z", "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_told_what_would_be() {
        let clock = madrid();
        for text in [
            "",
            "tomorow",
            "2026-13-01",
            "2026-02-30",
            "2026-6-9",
            "09/06/2026",
            "-",
            "-h",
            "-2",
            "-2y",
            "-9999999999h",
            "--2h",
            "2026-06-09T25:00",
            "2026-06-09T14:30[Europe/Madrid]",
            "2026-W23-2",
            "٢٠٢٦-٠٦-٠٩",
            "2026-06-09Tnoon!",
        ] {
            let error = start(text, &clock).unwrap_err();
            assert!(
                error.contains("is no date or time: write 2026-06-09"),
                "{text}: {error}"
            );
            assert_eq!(end(text, &clock).unwrap_err(), error);
            assert_eq!(check(text).unwrap_err(), error);
        }
        assert!(start("-999999w", &clock).is_err());
    }
}
