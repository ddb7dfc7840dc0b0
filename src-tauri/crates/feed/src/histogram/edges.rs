//! Where bars begin and end: at whole hours, days, months of a clock on the wall, whatever it was put forward or back.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};
use nexwatch_nexudus::Ms;
use nexwatch_store::EventId;

/// How long a bar is by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A minute.
    Minute,
    /// From 0, 5, 10 … past.
    FiveMinutes,
    /// A quarter of an hour.
    QuarterHour,
    /// An hour.
    Hour,
    /// From 0, 3, 6 … o'clock.
    ThreeHours,
    /// From 0, 6, 12, 18 o'clock.
    SixHours,
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year; where even those are too many, several.
    Year,
}

impl Step {
    /// Shortest first.
    pub const ALL: &'static [Step] = &[
        Step::Minute,
        Step::FiveMinutes,
        Step::QuarterHour,
        Step::Hour,
        Step::ThreeHours,
        Step::SixHours,
        Step::Day,
        Step::Week,
        Step::Month,
        Step::Year,
    ];

    /// As the window calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Step::Minute => "minute",
            Step::FiveMinutes => "5-minutes",
            Step::QuarterHour => "15-minutes",
            Step::Hour => "hour",
            Step::ThreeHours => "3-hours",
            Step::SixHours => "6-hours",
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
            Step::Year => "year",
        }
    }

    /// Minutes, where it is shorter than a day; else about how many.
    const fn minutes(self) -> i64 {
        match self {
            Step::Minute => 1,
            Step::FiveMinutes => 5,
            Step::QuarterHour => 15,
            Step::Hour => 60,
            Step::ThreeHours => 180,
            Step::SixHours => 360,
            Step::Day => 1440,
            Step::Week => 7 * 1440,
            Step::Month => 30 * 1440,
            Step::Year => 365 * 1440,
        }
    }

    /// The last beginning of a step at or before a time on the clock.
    fn floor(self, at: DateTime) -> Result<DateTime, jiff::Error> {
        let date = at.date();
        let midnight = |date: Date| date.at(0, 0, 0, 0);
        Ok(match self {
            Step::Day => midnight(date),
            Step::Week => {
                let since = i64::from(date.weekday().since(Weekday::Monday));
                midnight(date.checked_sub(since.days())?)
            }
            Step::Month => midnight(date.first_of_month()),
            Step::Year => midnight(date.first_of_year()),
            within => {
                let minutes = i64::from(at.hour()) * 60 + i64::from(at.minute());
                midnight(date).checked_add((minutes - minutes % within.minutes()).minutes())?
            }
        })
    }

    /// So many steps on from the beginning of one.
    fn many(self, count: i64) -> Span {
        match self {
            Step::Day => count.days(),
            Step::Week => count.weeks(),
            Step::Month => count.months(),
            Step::Year => count.years(),
            within => (count * within.minutes()).minutes(),
        }
    }
}

/// Bars that hold a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edges {
    pub step: Step,
    /// Ms since 1970, upwards: one more than bars.
    pub at: Vec<Ms>,
}

impl Edges {
    /// The shortest bars of which no more than so many (at least one) hold `from .. to`, which is not empty.
    pub fn over(from: Ms, to: Ms, most: usize, zone: &TimeZone) -> Result<Edges, jiff::Error> {
        // Beyond these times no event has a place.
        let (first, last) = (EventId::first_at(Ms::MIN).at(), EventId::first_at(Ms::MAX).at());
        let from = from.clamp(first, last - 1);
        let to = to.clamp(from + 1, last);
        let most = most.max(1);
        for step in Step::ALL {
            let about = (to - from) / 60_000 / step.minutes();
            // Those that come near are counted; clocks that are put forward can only take away a few.
            if about <= 2 * most as i64 + 16 {
                let at = edges(*step, 1, from, to, zone)?;
                if at.len() <= most + 1 {
                    return Ok(Edges { step: *step, at });
                }
            }
        }
        // Whatever year a bar of so many begins in, there may be one more bar than fits.
        let years = edges(Step::Year, 1, from, to, zone)?.len() - 1;
        let at = edges(Step::Year, years.div_ceil(most) as i64, from, to, zone)?;
        Ok(Edges { step: Step::Year, at })
    }
}

/// Edges of bars of so many steps each, from the last one at or before `from` to the first one at or after `to`.
fn edges(step: Step, each: i64, from: Ms, to: Ms, zone: &TimeZone) -> Result<Vec<Ms>, jiff::Error> {
    let clock = |at: Ms| Ok::<_, jiff::Error>(zone.to_datetime(Timestamp::from_millisecond(at)?));
    let first = step.floor(clock(from)?)?;
    let mut at = Vec::new();
    for count in 0.. {
        let civil = first.checked_add(step.many(count * each))?;
        let (one, other) = moments(step, civil, zone)?;
        at.push(one.as_millisecond());
        at.extend(other.map(Timestamp::as_millisecond));
        if one.as_millisecond() >= to {
            break;
        }
    }
    // Where the clocks are put back, the second time round comes after what follows the first.
    at.sort_unstable();
    at.dedup();
    let start = at.partition_point(|edge| *edge <= from).saturating_sub(1);
    let end = at.partition_point(|edge| *edge < to);
    Ok(at[start..(end + 1).min(at.len())].to_vec())
}

/// When a clock shows a time: where it skips it, the moment of the skip; where it shows it twice, both for bars of an
/// hour or less, else the first.
fn moments(
    step: Step,
    civil: DateTime,
    zone: &TimeZone,
) -> Result<(Timestamp, Option<Timestamp>), jiff::Error> {
    let at = |offset: Offset| offset.to_timestamp(civil);
    Ok(match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => (at(offset)?, None),
        AmbiguousOffset::Fold { before, after } => {
            let second = at(after)?;
            (at(before)?, (step.minutes() <= 60).then_some(second))
        }
        AmbiguousOffset::Gap { before, .. } => {
            let late = at(before)?;
            let skip = zone.preceding(late.checked_add(1.nanoseconds())?).next();
            (skip.map_or(late, |skip| skip.timestamp()), None)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONES: &[&str] = &[
        "UTC",
        "Europe/Madrid",
        "Pacific/Apia",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Havana",
        "Africa/Cairo",
        "Asia/Kathmandu",
    ];

    fn ms(text: &str) -> Ms {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    /// Edges as the clock on the wall shows them.
    fn shown(from: &str, to: &str, most: usize, name: &str) -> (Step, Vec<String>) {
        let zone = zone(name);
        let edges = Edges::over(ms(from), ms(to), most, &zone).unwrap();
        let show = |at: &Ms| {
            let at = Timestamp::from_millisecond(*at).unwrap();
            at.to_zoned_datetime(zone.clone())
                .strftime("%m-%d %H:%M%:z")
                .to_string()
        };
        (edges.step, edges.at.iter().map(show).collect())
    }

    #[test]
    fn hours_stay_hours_when_the_clocks_are_put_forward_and_back() {
        let (step, shown_edges) = shown("2026-03-28T23:30:00Z", "2026-03-29T02:30:00Z", 5, "Europe/Madrid");
        assert_eq!(step, Step::Hour);
        assert_eq!(
            shown_edges,
            [
                "03-29 00:00+01:00",
                "03-29 01:00+01:00",
                "03-29 03:00+02:00",
                "03-29 04:00+02:00",
                "03-29 05:00+02:00"
            ]
        );
        let (step, shown_edges) = shown("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", 2, "Europe/Madrid");
        assert_eq!(step, Step::Hour);
        assert_eq!(
            shown_edges,
            ["10-25 02:00+02:00", "10-25 02:00+01:00", "10-25 03:00+01:00"]
        );
        // The second quarter of an hour that comes twice.
        let (step, shown_edges) = shown("2026-10-25T01:15:00Z", "2026-10-25T01:45:00Z", 2, "Europe/Madrid");
        assert_eq!(step, Step::QuarterHour);
        assert_eq!(
            shown_edges,
            ["10-25 02:15+01:00", "10-25 02:30+01:00", "10-25 02:45+01:00"]
        );
        // Half an hour is put back.
        let (_, shown_edges) = shown(
            "2026-04-04T14:00:00Z",
            "2026-04-04T16:30:00Z",
            4,
            "Australia/Lord_Howe",
        );
        assert_eq!(
            shown_edges,
            ["04-05 01:00+11:00", "04-05 02:00+10:30", "04-05 03:00+10:30"]
        );
    }

    #[test]
    fn days_begin_at_midnight_or_when_the_clocks_skip_it() {
        let (step, shown_edges) = shown("2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z", 4, "Pacific/Apia");
        assert_eq!(step, Step::Day);
        // There was no 30th of December.
        assert_eq!(
            shown_edges,
            [
                "12-28 00:00-10:00",
                "12-29 00:00-10:00",
                "12-31 00:00+14:00",
                "01-01 00:00+14:00",
                "01-02 00:00+14:00"
            ]
        );
        let (_, shown_edges) = shown("2026-04-23T12:00:00Z", "2026-04-24T12:00:00Z", 2, "Africa/Cairo");
        assert_eq!(
            shown_edges,
            ["04-23 00:00+02:00", "04-24 01:00+03:00", "04-25 00:00+03:00"]
        );
        let (step, shown_edges) = shown("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 8, "Europe/Madrid");
        assert_eq!((step, shown_edges.len()), (Step::ThreeHours, 9));
        assert_eq!(shown_edges[..2], ["03-29 00:00+01:00", "03-29 03:00+02:00"]);
    }

    #[test]
    fn weeks_begin_on_monday_months_and_years_on_their_first() {
        let zone = "Asia/Kolkata";
        let (step, shown_edges) = shown("2026-06-10T00:00:00Z", "2026-06-20T00:00:00Z", 3, zone);
        assert_eq!(step, Step::Week);
        assert_eq!(
            shown_edges,
            ["06-08 00:00+05:30", "06-15 00:00+05:30", "06-22 00:00+05:30"]
        );
        let (step, shown_edges) = shown("2026-01-31T00:00:00Z", "2026-03-31T18:29:59Z", 3, zone);
        assert_eq!(step, Step::Month);
        assert_eq!(
            shown_edges,
            [
                "01-01 00:00+05:30",
                "02-01 00:00+05:30",
                "03-01 00:00+05:30",
                "04-01 00:00+05:30"
            ]
        );
        let (step, shown_edges) = shown("2020-06-10T00:00:00Z", "2026-06-20T00:00:00Z", 3, zone);
        assert_eq!((step, shown_edges.len()), (Step::Year, 4), "three years each");
    }

    proptest! {
        #[test]
        fn whatever_the_stretch_it_lies_in_no_more_bars_than_asked_for(
            from in prop_oneof![
                946_684_800_000..1_900_000_000_000_i64,
                any::<i64>(),
                // About the days on which clocks are changed.
                prop::sample::select(vec!["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2011-12-30T10:00:00Z", "2026-04-04T15:00:00Z", "2026-11-01T05:00:00Z"])
                    .prop_flat_map(|at| { let at = ms(at); at - 9_000_000..at + 9_000_000 }),
            ],
            length in prop_oneof![1..100_000_i64, 1..200_000_000_i64, 1..100_000_000_000_i64, any::<i64>()],
            most in 0..130_usize,
            zone_name in prop::sample::select(ZONES),
        ) {
            let to = from.saturating_add(length.max(1)).max(from.saturating_add(1));
            prop_assume!(from < to);
            let zone = zone(zone_name);
            let edges = Edges::over(from, to, most, &zone).unwrap();
            let bars = edges.at.len() - 1;
            prop_assert!((1..=most.max(1)).contains(&bars), "{bars} of {most}");
            prop_assert!(edges.at.is_sorted_by(|a, b| a < b));
            let (first, last) = (EventId::first_at(Ms::MIN).at(), EventId::first_at(Ms::MAX).at());
            prop_assert!(edges.at[0] <= from.clamp(first, last - 1));
            prop_assert!(edges.at[1] > from.clamp(first, last - 1));
            prop_assert!(edges.at[bars] >= to.clamp(first + 1, last));
            prop_assert!(edges.at[bars - 1] < to.clamp(first + 1, last));
            // Each begins a step of the clock, but for those at which it skips.
            for at in &edges.at {
                let clock = zone.to_datetime(Timestamp::from_millisecond(*at).unwrap());
                let before = zone.to_datetime(Timestamp::from_millisecond(*at - 1).unwrap());
                let begins = edges.step.floor(clock).unwrap();
                prop_assert!(begins == clock || edges.step.floor(before).unwrap() < begins, "{clock} {:?}", edges.step);
            }
        }
    }
}
