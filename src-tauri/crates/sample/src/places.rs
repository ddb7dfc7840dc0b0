//! The locations of the sample network: names, zones, money, rooms and plans.

use jiff::tz::TimeZone;

/// One location.
pub(crate) struct Place {
    pub(crate) id: i64,
    pub(crate) name: &'static str,
    /// POSIX time-zone rule: needs no zone files, and knows summer time.
    pub(crate) zone: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) currency_id: i64,
    /// Smallest step of a price, in ten-thousandths: yen and won have no cents.
    pub(crate) step: i64,
    /// What a pound buys, for plausible prices.
    pub(crate) rate: i64,
    pub(crate) country: &'static str,
    pub(crate) country_code: &'static str,
    pub(crate) street: &'static str,
    pub(crate) city: &'static str,
    pub(crate) post_code: &'static str,
    /// Invoice numbers begin with it.
    pub(crate) prefix: &'static str,
    /// Fictional numbers only: ranges that the regulator keeps for drama.
    pub(crate) phone: &'static str,
    /// Ways of naming and how often, of 100.
    pub(crate) namings: &'static [(usize, u64)],
    /// Index into the notes' languages.
    pub(crate) language: usize,
    /// How much of the traffic, of 100.
    pub(crate) share: u64,
    pub(crate) rooms: &'static [(&'static str, i64, &'static str)],
}

const MEETING: &str = "Meeting room";
const DESK: &str = "Hot desk";
const STUDIO: &str = "Studio";

macro_rules! place {
    ($($field:ident: $value:expr),* $(,)?) => { Place { $($field: $value),* } };
}

/// Every location.
pub(crate) const PLACES: [Place; 8] = [
    place! {
        id: 1_420_900_101, name: "Harbour Yard", zone: "GMT0BST,M3.5.0/1,M10.5.0", currency: "GBP", currency_id: 3001,
        step: 5_000, rate: 1, country: "United Kingdom", country_code: "GB", street: "Quay Street", city: "Port Example",
        post_code: "HY1 2AB", prefix: "HY", phone: "+44 20 7946 0", namings: &[(0, 55), (1, 8), (3, 8), (4, 10), (13, 5), (14, 3), (7, 6), (5, 5)],
        language: 0, share: 26,
        rooms: &[("Lighthouse Room (8)", 8, MEETING), ("Anchor (4)", 4, MEETING), ("Compass (12)", 12, MEETING), ("Galley kitchen", 20, STUDIO),
                 ("Phone booth 1", 1, "Phone booth"), ("Phone booth 2", 1, "Phone booth"), ("Window desk 3", 1, DESK)],
    },
    place! {
        id: 1_420_900_102, name: "Kreuzberg Hof", zone: "CET-1CEST,M3.5.0,M10.5.0/3", currency: "EUR", currency_id: 3002,
        step: 1_000, rate: 1, country: "Germany", country_code: "DE", street: "Beispielstraße", city: "Berlin", post_code: "10999",
        prefix: "KH", phone: "+49 30 23125 ", namings: &[(1, 60), (4, 12), (7, 10), (8, 6), (5, 6), (3, 6)], language: 1, share: 18,
        rooms: &[("Bärensaal (16)", 16, MEETING), ("Spree (6)", 6, MEETING), ("Werkstatt", 10, STUDIO), ("Telefonzelle Ü", 1, "Phone booth")],
    },
    place! {
        id: 1_420_900_103, name: "Calle Ancha", zone: "CET-1CEST,M3.5.0,M10.5.0/3", currency: "EUR", currency_id: 3002, step: 1_000,
        rate: 1, country: "Spain", country_code: "ES", street: "Calle de la Muestra", city: "Cádiz", post_code: "11001", prefix: "CA",
        phone: "+44 20 7946 0", namings: &[(2, 75), (0, 5), (3, 10), (4, 5), (5, 5)], language: 2, share: 14,
        rooms: &[("Sala Ñandú (10)", 10, MEETING), ("Patio", 30, STUDIO), ("Sala Levante (4)", 4, MEETING), ("Mesa compartida 5", 1, DESK)],
    },
    place! {
        id: 1_420_900_104, name: "Zürich Süd", zone: "CET-1CEST,M3.5.0,M10.5.0/3", currency: "CHF", currency_id: 3003, step: 500, rate: 1,
        country: "Switzerland", country_code: "CH", street: "Musterweg", city: "Zürich", post_code: "8045", prefix: "ZS",
        phone: "+44 20 7946 0", namings: &[(1, 50), (3, 30), (4, 10), (8, 5), (13, 3), (14, 2)], language: 3, share: 9,
        rooms: &[("Säntis (12)", 12, MEETING), ("Rigi (6)", 6, MEETING), ("Salon Léman (8)", 8, MEETING)],
    },
    place! {
        id: 1_420_900_105, name: "Dock 9 Brooklyn", zone: "EST5EDT,M3.2.0,M11.1.0", currency: "USD", currency_id: 3004, step: 100,
        rate: 1, country: "United States", country_code: "US", street: "Specimen Avenue", city: "Brooklyn", post_code: "11201",
        prefix: "D9", phone: "+1 212 555 01", namings: &[(0, 40), (2, 22), (9, 12), (11, 8), (6, 8), (13, 6), (14, 4)], language: 0, share: 13,
        rooms: &[("Gantry (10)", 10, MEETING), ("Skylight (6)", 6, MEETING), ("Podcast studio 🎙️", 3, STUDIO), ("Booth A", 1, "Phone booth")],
    },
    place! {
        id: 1_420_900_106, name: "渋谷ロフト", zone: "JST-9", currency: "JPY", currency_id: 3005, step: 100 * 10_000, rate: 190, country: "Japan",
        country_code: "JP", street: "見本通り", city: "東京", post_code: "150-0002", prefix: "SL", phone: "+44 20 7946 0",
        namings: &[(10, 78), (9, 10), (11, 6), (0, 6)], language: 4, share: 8,
        rooms: &[("会議室 さくら (8)", 8, MEETING), ("会議室 もみじ (4)", 4, MEETING), ("スタジオ", 6, STUDIO)],
    },
    place! {
        id: 1_420_900_107, name: "مرسى دبي", zone: "GST-4", currency: "AED", currency_id: 3006, step: 2_500, rate: 5, country: "United Arab Emirates",
        country_code: "AE", street: "شارع المثال", city: "دبي", post_code: "00000", prefix: "MD", phone: "+44 20 7946 0",
        namings: &[(5, 65), (13, 12), (14, 8), (0, 10), (6, 5)], language: 5, share: 7,
        rooms: &[("قاعة المجلس (14)", 14, MEETING), ("اللؤلؤة (6)", 6, MEETING), ("Creek View (8)", 8, MEETING)],
    },
    place! {
        id: 1_420_900_108, name: "Ari Soi Works", zone: "ICT-7", currency: "THB", currency_id: 3007, step: 10_000, rate: 45, country: "Thailand",
        country_code: "TH", street: "ซอยตัวอย่าง", city: "กรุงเทพฯ", post_code: "10400", prefix: "AS", phone: "+44 20 7946 0",
        namings: &[(12, 80), (9, 8), (0, 8), (11, 4)], language: 6, share: 5,
        rooms: &[("ห้องประชุม ช้าง (10)", 10, MEETING), ("ห้องประชุม บัว (4)", 4, MEETING)],
    },
];

/// Plans of every location: name and monthly price in pounds.
pub(crate) const PLANS: &[(&str, i64)] = &[
    ("Day pass", 25),
    ("Hot desk 10 days", 145),
    ("Resident desk", 295),
    ("Private office", 1450),
    ("Virtual office", 49),
    ("Nights & weekends", 95),
    ("Team of 6", 1180),
    ("Postfach & Café", 39),
];

/// Things that are sold beside.
pub(crate) const PRODUCTS: &[(&str, i64)] = &[
    ("Locker (monthly)", 18),
    ("Flat white ☕", 3),
    ("Black & white print, 10 pages", 2),
    ("Guest day pass", 22),
    ("Projector hire", 15),
    ("Catering: lunch for 8", 96),
    ("Key fob replacement", 12),
    ("Parking, per day", 14),
];

impl Place {
    /// The clock of the place. The rules are constants, and a test reads them all.
    pub(crate) fn time_zone(&self) -> TimeZone {
        TimeZone::posix(self.zone).unwrap_or(TimeZone::UTC)
    }

    /// A price in this place's money, in ten-thousandths.
    pub(crate) const fn price(&self, pounds: i64) -> i64 {
        let raw = pounds * 10_000 * self.rate;
        raw / self.step * self.step
    }

    /// The id of the n-th room.
    pub(crate) const fn room_id(&self, room: usize) -> i64 {
        1_414_920_000 + (self.id % 1_000) * 100 + room as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_a_rule_that_can_be_read() {
        for place in &PLACES {
            assert!(TimeZone::posix(place.zone).is_ok(), "{}", place.name);
        }
    }

    #[test]
    fn shares_and_namings_add_up() {
        assert_eq!(PLACES.iter().map(|place| place.share).sum::<u64>(), 100);
        for place in &PLACES {
            assert_eq!(
                place.namings.iter().map(|(_, n)| n).sum::<u64>(),
                100,
                "{}",
                place.name
            );
        }
    }

    #[test]
    fn yen_have_no_decimals() {
        assert_eq!(PLACES[5].price(25) % 10_000, 0);
    }
}
