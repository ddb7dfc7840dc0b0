//! Days and times as a person says them.

use super::Voice;
use crate::saying::{Piece, When};
use crate::{Ms, time};
use fluent_bundle::FluentValue;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

const DAY: Ms = 86_400_000;

impl Voice {
    /// A moment as the clock on the wall of a place shows it: as the body told, else by the place's zone.
    fn wall(&self, when: When, place: Option<i64>) -> DateTime {
        if let Some(ahead) = when.ahead {
            return time::utc(when.at.saturating_add(Ms::from(ahead) * 60_000));
        }
        self.local(when.at, self.zones.of(place))
    }

    fn local(&self, at: Ms, zone: &TimeZone) -> DateTime {
        match jiff::Timestamp::from_millisecond(at) {
            Ok(moment) => zone.to_datetime(moment),
            Err(_) => time::utc(at),
        }
    }

    /// The date of a field that holds a day. Dates come as midnights; whose midnight is not documented: one of UTC stands
    /// for its own date, any other moment for the date it has at the place.
    fn date(&self, when: When, place: Option<i64>) -> Date {
        if when.ahead.is_none() && when.at.rem_euclid(DAY) == 0 {
            return time::utc(when.at).date();
        }
        self.wall(when, place).date()
    }

    /// `tomorrow`, `Tue 9 Jun`, `9 Jun 2024`: as it is said today; without a today always with its date.
    fn day_words(&self, date: Date, today: Option<Date>) -> String {
        if let Some(today) = today {
            let away = today.until(date).map(|span| span.get_days()).unwrap_or(i32::MAX);
            let near = match away {
                0 => Some("today"),
                1 => Some("tomorrow"),
                -1 => Some("yesterday"),
                _ => None,
            };
            if let Some(word) = near.and_then(|word| self.catalogue.word(word)) {
                return word;
            }
        }
        let message = match today {
            Some(today) if today.year() == date.year() => "date",
            _ => "date-year",
        };
        let month = self
            .catalogue
            .word(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
        let weekday = self
            .catalogue
            .word(WEEKDAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]);
        let filled = self.catalogue.fill(message, |name| match name {
            "day" => Some(FluentValue::from(date.day().to_string())),
            "month" => month.clone().map(FluentValue::from),
            "weekday" => weekday.clone().map(FluentValue::from),
            "year" => Some(FluentValue::from(date.year().to_string())),
            _ => None,
        });
        filled.unwrap_or_else(|| date.to_string())
    }

    fn today(&self, now: Option<Ms>, place: Option<i64>) -> Option<Date> {
        now.map(|now| self.local(now, self.zones.of(place)).date())
    }

    /// A day.
    pub(super) fn day(&self, when: When, place: Option<i64>, now: Option<Ms>) -> String {
        self.day_words(self.date(when, place), self.today(now, place))
    }

    /// A day and time: `tomorrow 09:00`.
    pub(super) fn at(&self, when: When, place: Option<i64>, now: Option<Ms>) -> String {
        let wall = self.wall(when, place);
        let day = self.day_words(wall.date(), self.today(now, place));
        self.join("moment", [("day", day), ("clock", clock(wall))])
    }

    /// From and to: `tomorrow 09:00–10:30`; over midnight with both days.
    pub(super) fn span(&self, from: When, to: When, place: Option<i64>, now: Option<Ms>) -> String {
        let (from, to) = one_clock(from, to);
        let (start, end) = (self.wall(from, place), self.wall(to, place));
        if start.date() == end.date() {
            let day = self.day_words(start.date(), self.today(now, place));
            self.join(
                "span-of-a-day",
                [("day", day), ("from", clock(start)), ("to", clock(end))],
            )
        } else {
            self.join(
                "span-of-days",
                [
                    ("from", self.at(from, place, now)),
                    ("to", self.at(to, place, now)),
                ],
            )
        }
    }

    /// A moment or stretch without its day, where that is the day of an older one named before it: the second of
    /// `tomorrow 14:00–15:00` and `15:00–16:00`.
    pub(super) fn clocks(&self, old: &Piece, new: &Piece, place: Option<i64>) -> Option<String> {
        let ends = |piece: &Piece| match piece {
            Piece::At(at) => Some((self.wall(*at, place), self.wall(*at, place))),
            Piece::Span(from, to) => {
                let (from, to) = one_clock(*from, *to);
                Some((self.wall(from, place), self.wall(to, place)))
            }
            _ => None,
        };
        let ((old_from, old_to), (from, to)) = (ends(old)?, ends(new)?);
        let day = from.date();
        if [old_from, old_to, to].iter().any(|other| other.date() != day) {
            return None;
        }
        Some(match new {
            Piece::At(_) => clock(from),
            _ => self.join("span-of-clocks", [("from", clock(from)), ("to", clock(to))]),
        })
    }

    fn join<const N: usize>(&self, message: &str, pieces: [(&str, String); N]) -> String {
        let filled = self.catalogue.fill(message, |name| {
            let piece = pieces.iter().find(|(known, _)| *known == name);
            piece.map(|(_, text)| FluentValue::from(text.clone()))
        });
        filled.unwrap_or_default()
    }

    /// Minutes that a place's clock is ahead of UTC at a moment.
    pub fn ahead(&self, at: Ms, place: Option<i64>) -> i32 {
        let zone = self.zones.of(place);
        let offset = jiff::Timestamp::from_millisecond(at).map_or(Offset::UTC, |at| zone.to_offset(at));
        offset.seconds() / 60
    }
}

/// One end with a wall clock and one without are shown by one clock.
fn one_clock(from: When, to: When) -> (When, When) {
    let ahead = from.ahead.or(to.ahead);
    (
        When { ahead, ..from },
        When {
            ahead: to.ahead.or(ahead),
            ..to
        },
    )
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];
const WEEKDAYS: [&str; 7] = [
    "weekday-1",
    "weekday-2",
    "weekday-3",
    "weekday-4",
    "weekday-5",
    "weekday-6",
    "weekday-7",
];
