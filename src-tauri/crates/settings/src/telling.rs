//! How events are told: in which language and by which clocks.

use nexwatch_nexudus::voice::LANGUAGES;
use nexwatch_nexudus::{Voice, Zones};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How events are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Telling {
    /// Code of the language; the computer's own, where it is one of ours, if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// IANA name of the time zone; the computer's if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Locations (by id) with a time zone of their own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub location_zones: BTreeMap<i64, String>,
}

impl Telling {
    /// Whether language and zones are there; else says which is not.
    pub fn check(&self) -> Result<(), String> {
        if let Some(language) = &self.language
            && !LANGUAGES.iter().any(|(code, _, _)| code == language)
        {
            let known: Vec<&str> = LANGUAGES.iter().map(|(code, _, _)| *code).collect();
            return Err(format!(
                "there is no language \"{language}\" here; there are {}",
                known.join(" and ")
            ));
        }
        for zone in self.time_zone.iter().chain(self.location_zones.values()) {
            jiff::tz::TimeZone::get(zone)
                .map_err(|_| format!("there is no time zone \"{zone}\"; write one such as Europe/Madrid"))?;
        }
        Ok(())
    }

    /// The code of the language in use.
    pub fn language(&self) -> &str {
        if let Some(language) = &self.language {
            return language;
        }
        let own = sys_locale::get_locale().unwrap_or_default();
        let own = own
            .split(['-', '_', '.'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let known = LANGUAGES.iter().find(|(code, _, _)| *code == own);
        known.map_or(LANGUAGES[0].0, |(code, _, _)| code)
    }

    /// The voice that tells so. A zone that is not there counts as the computer's.
    pub fn voice(&self) -> Voice {
        use jiff::tz::TimeZone;
        let home = self
            .time_zone
            .as_deref()
            .and_then(|name| TimeZone::get(name).ok());
        let places = self.location_zones.iter();
        let zones = Zones {
            home: home.unwrap_or_else(TimeZone::system),
            places: places
                .filter_map(|(place, name)| Some((*place, TimeZone::get(name).ok()?)))
                .collect(),
        };
        Voice::new(self.language(), zones)
    }
}

/// IANA name of the computer's own time zone.
pub fn computer_zone() -> String {
    let zone = jiff::tz::TimeZone::system();
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// Names of all time zones, in order.
pub fn zone_names() -> Vec<String> {
    let known = jiff::tz::db().available();
    let mut names: Vec<String> = known.map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_said() {
        let sound = Telling {
            language: Some("es".into()),
            time_zone: Some("Europe/Madrid".into()),
            location_zones: BTreeMap::from([(7, "Asia/Kolkata".into())]),
        };
        assert_eq!(sound.check(), Ok(()));
        assert_eq!(sound.language(), "es");
        let voice = sound.voice();
        assert_eq!(voice.language(), "es");
        // 2026-06-09T12:00:00Z
        assert_eq!(
            (
                voice.ahead(1_781_006_400_000, None),
                voice.ahead(1_781_006_400_000, Some(7))
            ),
            (120, 330)
        );
        let no_language = Telling {
            language: Some("xx".into()),
            ..Telling::default()
        };
        assert!(no_language.check().unwrap_err().contains("en and es"));
        let no_zone = Telling {
            location_zones: BTreeMap::from([(7, "Europe/Nowhere".into())]),
            ..Telling::default()
        };
        assert!(no_zone.check().unwrap_err().contains("Europe/Nowhere"));
    }

    #[test]
    fn zones_have_names() {
        let names = zone_names();
        assert!(names.len() > 400 && names.iter().any(|name| name == "Europe/Madrid"));
        assert!(names.is_sorted());
    }
}
