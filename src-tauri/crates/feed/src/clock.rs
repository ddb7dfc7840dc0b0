//! Time is passed in.

use jiff::tz::TimeZone;
use nexwatch_nexudus::Ms;

/// What `today` and `-2h` are reckoned from.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The moment of the question.
    pub now: Ms,
    /// The zone in which a person reads dates.
    pub zone: TimeZone,
}

impl Clock {
    /// A clock in UTC.
    pub fn utc(now: Ms) -> Clock {
        Clock {
            now,
            zone: TimeZone::UTC,
        }
    }
}
