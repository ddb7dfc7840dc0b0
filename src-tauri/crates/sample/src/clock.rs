//! Times as the platform writes them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use nexwatch_nexudus::Ms;

pub(crate) const SECOND: Ms = 1_000;
pub(crate) const MINUTE: Ms = 60 * SECOND;
pub(crate) const HOUR: Ms = 60 * MINUTE;
pub(crate) const DAY: Ms = 24 * HOUR;

/// Year, month, day, hour, minute, second, millisecond of a moment in UTC (Howard Hinnant's civil-from-days).
fn civil(ms: Ms) -> (i64, i64, i64, i64, i64, i64, i64) {
    let days = ms.div_euclid(DAY);
    let rest = ms.rem_euclid(DAY);
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (
        year,
        month,
        day,
        rest / HOUR,
        rest / MINUTE % 60,
        rest / SECOND % 60,
        rest % SECOND,
    )
}

/// `2026-06-09T07:41:12Z`: most fields.
pub(crate) fn seconds(ms: Ms) -> String {
    let (y, mo, d, h, mi, s, _) = civil(ms);
    format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z")
}

/// `2026-06-09T07:41:13.0027114Z`: `UpdatedOn`. `sub` is the part below a millisecond, 0 to 9999.
pub(crate) fn ticks(ms: Ms, sub: u64) -> String {
    let (y, mo, d, h, mi, s, milli) = civil(ms);
    format!(
        "{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}.{milli:03}{:04}Z",
        sub % 10_000
    )
}

/// `2026-06-09T08:41:12`, the location's wall clock: `…Local` fields.
pub(crate) fn local(ms: Ms, zone: &TimeZone) -> String {
    let mut text = seconds(ms + offset(ms, zone));
    text.pop();
    text
}

fn offset(ms: Ms, zone: &TimeZone) -> Ms {
    Timestamp::from_millisecond(ms).map_or(0, |at| Ms::from(zone.to_offset(at).seconds()) * SECOND)
}

/// The start of the day in UTC.
pub(crate) const fn midnight(ms: Ms) -> Ms {
    ms.div_euclid(DAY) * DAY
}

/// The start of the month in UTC, `months` later.
pub(crate) fn month(ms: Ms, months: i64) -> Ms {
    let (y, mo, ..) = civil(ms);
    let index = y * 12 + mo - 1 + months;
    let (y, mo) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    // Days from civil, for the first of a month.
    let (y, mp) = if mo <= 2 { (y - 1, mo + 9) } else { (y, mo - 3) };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + (153 * mp + 2) / 5;
    (era * 146_097 + doe - 719_468) * DAY
}

/// The year of a moment.
pub(crate) fn year(ms: Ms) -> i64 {
    civil(ms).0
}

/// `June 2026`.
pub(crate) fn month_name(ms: Ms) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (y, mo, ..) = civil(ms);
    format!("{} {y}", NAMES[(mo - 1) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_platform_does() {
        assert_eq!(seconds(1_780_990_872_003), "2026-06-09T07:41:12Z");
        assert_eq!(ticks(1_780_990_873_002, 7_114), "2026-06-09T07:41:13.0027114Z");
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule");
        assert_eq!(local(1_780_990_872_003, &berlin), "2026-06-09T09:41:12");
        assert_eq!(seconds(midnight(1_780_990_872_003)), "2026-06-09T00:00:00Z");
    }

    #[test]
    fn months_begin_on_the_first() {
        let june = 1_780_990_872_003;
        assert_eq!(seconds(month(june, 0)), "2026-06-01T00:00:00Z");
        assert_eq!(seconds(month(june, 8)), "2027-02-01T00:00:00Z");
        assert_eq!(seconds(month(june, -4)), "2026-02-01T00:00:00Z");
        assert_eq!(month_name(june), "June 2026");
        assert_eq!(year(june), 2026);
    }
}
