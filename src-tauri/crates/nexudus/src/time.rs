//! Time stamps of bodies, read leniently, and the one way they are written.

use crate::{Ms, Stamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Stamps outside 1970 to 2200 are taken for a mistake (the platform writes year 1 for "none").
const RANGE: std::ops::Range<i64> = 0..72_580_000_000_000_000;

/// A stamp of a body, in UTC: ISO 8601 with no, one or up to seven digits of fraction (more are cut), with
/// or without `Z` or an offset, with a space for the `T`, a bare date, or .NET's `/Date(ms)/`. Nothing if it
/// cannot be read or lies outside 1970 to 2200.
pub fn parse_stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let stamp = match text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.strip_suffix(")/"))
    {
        Some(inner) => {
            let zone = inner.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-'));
            let end = zone.map_or(inner.len(), |(at, _)| at);
            inner.get(..end)?.parse::<i64>().ok()?.checked_mul(10_000)?
        }
        None => {
            let (wall, ticks, rest) = split(text)?;
            let seconds = TimeZone::UTC.to_timestamp(wall).ok()?.as_second();
            seconds
                .checked_mul(10_000_000)?
                .checked_add(ticks)?
                .checked_sub(offset(rest)?)?
        }
    };
    RANGE.contains(&stamp).then_some(Stamp(stamp))
}

/// A wall-clock time (a `…Local` field): date and time as written; any suffix is ignored, because whether
/// such fields carry a `Z` is not documented and they are local all the same.
pub fn parse_wall_clock(text: &str) -> Option<DateTime> {
    split(text.trim()).map(|(wall, _, _)| wall)
}

/// The wall clock of a moment in UTC.
pub fn utc(ms: Ms) -> DateTime {
    jiff::Timestamp::from_millisecond(ms)
        .map(|t| TimeZone::UTC.to_datetime(t))
        .unwrap_or_default()
}

/// Minutes that a wall clock was ahead of UTC at a moment, both in ms since 1970 (the wall clock's as if it were UTC). Nothing
/// where that is no whole quarter of an hour, or more than 18 hours: then the two do not belong together.
pub fn ahead(at: Ms, wall: Ms) -> Option<i32> {
    let second = |ms: Ms| ms.div_euclid(1000) * 1000;
    let minutes = (second(wall) - second(at)).div_euclid(60_000);
    let is_clock = minutes.abs() <= 18 * 60 && minutes % 15 == 0;
    is_clock.then(|| i32::try_from(minutes).ok()).flatten()
}

/// The same of two fields as the platform writes them: `FromTime` and `FromTimeLocal`.
pub fn ahead_of(moment: &str, wall: &str) -> Option<i32> {
    let wall = TimeZone::UTC.to_timestamp(parse_wall_clock(wall)?).ok()?;
    ahead(parse_stamp(moment)?.ms(), wall.as_millisecond())
}

/// `2026-06-09T07:41:12.003Z`: always UTC, always milliseconds.
pub fn rfc3339(ms: Ms) -> String {
    let t = utc(ms);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        t.year(),
        t.month(),
        t.day(),
        t.hour(),
        t.minute(),
        t.second(),
        ms.rem_euclid(1000)
    )
}

/// Date and time, 100 ns of fraction, and what stands behind.
fn split(text: &str) -> Option<(DateTime, i64, &str)> {
    let number = |from: usize, to: usize| -> Option<i16> {
        let part = text.get(from..to)?;
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        part.parse().ok()
    };
    let at = |place: usize| text.as_bytes().get(place).copied();
    if at(4) != Some(b'-') || at(7) != Some(b'-') {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (mut hour, mut minute, mut second, mut ticks, mut end) = (0, 0, 0, 0, 10);
    if matches!(at(10), Some(b'T' | b't' | b' ')) {
        (hour, minute, end) = (number(11, 13)?, number(14, 16)?, 16);
        if at(16) == Some(b':') {
            (second, end) = (number(17, 19)?.min(59), 19);
            if matches!(at(19), Some(b'.' | b',')) {
                let digits = text[20..].bytes().take_while(u8::is_ascii_digit).count();
                for place in 0..7 {
                    let digit = if place < digits {
                        i64::from(text.as_bytes()[20 + place] - b'0')
                    } else {
                        0
                    };
                    ticks = ticks * 10 + digit;
                }
                end = 20 + digits;
            }
        }
    }
    let wall = DateTime::new(
        year,
        month as i8,
        day as i8,
        hour as i8,
        minute as i8,
        second as i8,
        0,
    )
    .ok()?;
    Some((wall, ticks, text.get(end..)?.trim()))
}

/// 100 ns that a suffix lies ahead of UTC; nothing if it is no suffix of a time.
fn offset(suffix: &str) -> Option<i64> {
    if suffix.is_empty() || suffix.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match suffix.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: Vec<i64> = suffix[1..]
        .chars()
        .filter(|c| *c != ':')
        .map(|c| c.to_digit(10).map(i64::from))
        .collect::<Option<_>>()?;
    let minutes = match digits[..] {
        [a, b] => (a * 10 + b) * 60,
        [a, b, c, d] => (a * 10 + b) * 60 + c * 10 + d,
        _ => return None,
    };
    (minutes <= 18 * 60).then_some(sign * minutes * 600_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_stamp() {
        let base = 1_780_998_072_i64 * 10_000_000;
        for (text, ticks) in [
            ("2026-06-09T09:41:12Z", 0),
            ("2026-06-09T09:41:12", 0),
            ("2026-06-09 09:41:12", 0),
            ("2026-06-09T09:41:12.5Z", 5_000_000),
            ("2026-06-09T09:41:12.4515198Z", 4_515_198),
            ("2026-06-09T09:41:12.451519899Z", 4_515_198),
            ("2026-06-09T11:41:12+02:00", 0),
            ("2026-06-09T04:11:12-0530", 0),
            ("/Date(1780998072000)/", 0),
            ("/Date(1780998072000+0200)/", 0),
        ] {
            assert_eq!(parse_stamp(text), Some(Stamp(base + ticks)), "{text}");
        }
        assert_eq!(parse_stamp("2026-06-09").map(Stamp::ms), Some(1_780_963_200_000));
        assert_eq!(
            parse_stamp("2026-06-09T09:41").map(Stamp::ms),
            Some(1_780_998_060_000)
        );
    }

    #[test]
    fn what_is_no_stamp() {
        for text in [
            "",
            "soon",
            "0001-01-01T00:00:00",
            "2026-13-01",
            "9999-12-31T23:59:59Z",
            "2026-06-09T25:00:00Z",
            "2026-06-09T09:41:12 o'clock",
            "٢٠٢٦-06-09",
            "/Date()/",
            "/Date(é)/",
            "2026-06-0é",
            "2026-06-09T09:41:12+é1",
        ] {
            assert_eq!(parse_stamp(text), None, "{text}");
        }
    }

    #[test]
    fn written_with_milliseconds() {
        assert_eq!(rfc3339(1_780_998_072_003), "2026-06-09T09:41:12.003Z");
        assert_eq!(rfc3339(-1), "1969-12-31T23:59:59.999Z");
    }
}
