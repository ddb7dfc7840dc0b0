//! Times as RFC 3339, fast: of a million neighbouring times only the milliseconds are worked out anew.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use nexwatch_nexudus::Ms;

const DAY: Ms = 86_400_000;

/// Writes times in one zone: `2026-06-09T09:41:12.003+02:00`, in UTC with `Z`.
pub(super) struct Moments {
    zone: TimeZone,
    utc: bool,
    /// Between two changes of the clocks the offset is the same.
    from: Ms,
    to: Ms,
    offset: Ms,
    suffix: String,
    /// The local day last written.
    day: i64,
    date: String,
}

impl Moments {
    pub fn new(zone: TimeZone) -> Moments {
        let utc = zone == TimeZone::UTC || matches!(zone.iana_name(), Some("UTC" | "Etc/UTC"));
        Moments {
            zone,
            utc,
            from: 0,
            to: 0,
            offset: 0,
            suffix: String::new(),
            day: i64::MIN,
            date: String::new(),
        }
    }

    /// In UTC.
    pub fn utc() -> Moments {
        Moments::new(TimeZone::UTC)
    }

    /// What the clocks of the zone show, as if it were UTC.
    pub fn local(&mut self, at: Ms) -> Ms {
        if at < self.from || at >= self.to {
            self.learn_offset(at);
        }
        at.saturating_add(self.offset)
    }

    pub fn write(&mut self, at: Ms, out: &mut Vec<u8>) {
        let local = self.local(at);
        let day = local.div_euclid(DAY);
        if day != self.day {
            self.learn_day(day);
        }
        out.extend_from_slice(self.date.as_bytes());
        let ms = local.rem_euclid(DAY);
        let two = |number: Ms| [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        let second = ms / 1000;
        out.push(b'T');
        out.extend_from_slice(&two(second / 3600));
        out.push(b':');
        out.extend_from_slice(&two(second / 60 % 60));
        out.push(b':');
        out.extend_from_slice(&two(second % 60));
        out.push(b'.');
        out.push(b'0' + (ms % 1000 / 100) as u8);
        out.extend_from_slice(&two(ms % 100));
        out.extend_from_slice(self.suffix.as_bytes());
    }

    /// The offset at a moment, and for how long it holds.
    fn learn_offset(&mut self, at: Ms) {
        let stamp = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        let next = Timestamp::from_millisecond(at.saturating_add(1)).unwrap_or(stamp);
        let change =
            |change: Option<jiff::tz::TimeZoneTransition>| change.map(|it| it.timestamp().as_millisecond());
        self.to = change(self.zone.following(stamp).next()).unwrap_or(Ms::MAX);
        self.from = change(self.zone.preceding(next).next()).unwrap_or(Ms::MIN);
        // Offsets of an odd number of seconds are older than any event; RFC 3339 knows none.
        let minutes = self.zone.to_offset(stamp).seconds() / 60;
        self.offset = Ms::from(minutes) * 60_000;
        self.suffix = match self.utc {
            true => "Z".to_owned(),
            false => {
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        };
    }

    fn learn_day(&mut self, day: i64) {
        self.day = day;
        let span = jiff::Span::new().try_days(day);
        let date = span.and_then(|span| Date::constant(1970, 1, 1).checked_add(span));
        self.date = date.map(|date| date.to_string()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(moments: &mut Moments, at: Ms) -> String {
        let mut out = Vec::new();
        moments.write(at, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn in_utc_and_elsewhere() {
        let at = 1_780_998_072_003;
        assert_eq!(written(&mut Moments::utc(), at), "2026-06-09T09:41:12.003Z");
        for (zone, text) in [
            ("UTC", "2026-06-09T09:41:12.003Z"),
            ("Europe/Madrid", "2026-06-09T11:41:12.003+02:00"),
            ("Europe/London", "2026-06-09T10:41:12.003+01:00"),
            ("America/St_Johns", "2026-06-09T07:11:12.003-02:30"),
            ("Pacific/Kiritimati", "2026-06-09T23:41:12.003+14:00"),
        ] {
            let mut moments = Moments::new(TimeZone::get(zone).unwrap());
            assert_eq!(written(&mut moments, at), text);
        }
    }

    #[test]
    fn around_a_change_of_the_clocks() {
        let change = 1_792_890_000_000; // 2026-10-25T01:00Z
        let mut moments = Moments::new(TimeZone::get("Europe/Madrid").unwrap());
        for _ in 0..2 {
            assert_eq!(written(&mut moments, change), "2026-10-25T02:00:00.000+01:00");
            assert_eq!(written(&mut moments, change - 1), "2026-10-25T02:59:59.999+02:00");
        }
        assert_eq!(written(&mut moments, change), "2026-10-25T02:00:00.000+01:00");
    }

    proptest! {
        #[test]
        fn read_back_they_are_the_same_moment(
            times in prop::collection::vec(0..4_000_000_000_000_i64, 1..20),
            zone in prop::sample::select(vec!["UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"]),
        ) {
            let zone = TimeZone::get(zone).unwrap();
            let mut moments = Moments::new(zone.clone());
            for at in times {
                let text = written(&mut moments, at);
                let stamp: Timestamp = text.parse().unwrap();
                prop_assert_eq!(stamp.as_millisecond(), at, "{}", &text);
                let local = zone.to_datetime(stamp).strftime("%Y-%m-%dT%H:%M:%S").to_string();
                prop_assert!(text.starts_with(&local), "{} {}", text, local);
            }
        }
    }
}
