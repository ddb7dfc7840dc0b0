//! Names that stand for numbers: locations and actions of their own.

use super::near::nearest;
use crate::Feed;
use crate::filter::cut;
use crate::names::{Wanted, fold};
use nexwatch_nexudus::{Action, Lexicon, Voice};
use nexwatch_store::StoreError;
use std::sync::Arc;

/// What the store and the account know.
pub(crate) struct Known {
    locations: Vec<Place>,
    /// Actions under names of their own: those that have come, and then those that only the account has named.
    actions: Vec<String>,
    /// How many of them have come.
    come: usize,
    /// The account's names by number.
    lexicon: Arc<Lexicon>,
    /// In which language actions are called what is shown.
    voice: Voice,
}

struct Place {
    id: i64,
    name: String,
    folded: String,
}

/// What stands for "no location known".
pub(crate) const NONE: &str = "none";

impl Known {
    pub fn read(feed: &Feed) -> Result<Known, StoreError> {
        let (reader, lexicon) = (feed.reader(), feed.lexicon());
        let named = reader.locations()?.into_iter();
        let locations = named
            .filter_map(|(id, name)| name.map(|name| (id, name)))
            .map(|(id, name)| Place {
                id,
                folded: fold(name.trim()),
                name,
            });
        let mut actions: Vec<String> = reader
            .other_actions()?
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        let come = actions.len();
        for (_, name) in lexicon.all() {
            let new = matches!(Action::parse_with(name, &lexicon), Action::Other(_));
            if new && !actions.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                actions.push(name.to_owned());
            }
        }
        Ok(Known {
            locations: locations.collect(),
            actions,
            come,
            lexicon,
            voice: feed.voice(),
        })
    }

    /// An action by any of the platform's names, by the name under which it came, by the account's, by number, or by the label
    /// that is shown.
    pub fn action_named(&self, text: &str) -> Action {
        // What has come under just this name stays within reach, whatever else is called so.
        if let Action::Other(name) = Action::parse(text)
            && let Some(own) = self.actions[..self.come]
                .iter()
                .find(|own| own.eq_ignore_ascii_case(&name))
        {
            return Action::Other(own.clone());
        }
        match Action::parse_with(text, &self.lexicon) {
            Action::Other(name) => {
                let shown = fold(&name);
                let own = self.actions.iter().cloned().map(Action::Other);
                Action::all()
                    .chain(own)
                    .find(|action| fold(&action.label()) == shown || fold(&self.voice.label(action)) == shown)
                    .unwrap_or(Action::Other(name))
            }
            action => action,
        }
    }

    /// The id of a location's name, or of a part of it that fits no other.
    pub fn location(&self, name: &str) -> Result<i64, String> {
        let folded = fold(name.trim());
        let wanted = Wanted::new(name);
        let exact: Vec<&Place> = self
            .locations
            .iter()
            .filter(|place| place.folded == folded)
            .collect();
        let fitting = match exact.is_empty() && !wanted.is_empty() {
            true => self
                .locations
                .iter()
                .filter(|place| wanted.fits(&place.folded))
                .collect(),
            false => exact,
        };
        match fitting.as_slice() {
            [one] => Ok(one.id),
            [] if self.locations.is_empty() => {
                Err("no location is known by name yet: write its id, e.g. location:1420900101".into())
            }
            [] => Err(format!(
                "no location is called “{}”: write one of {}, or an id",
                cut(name),
                some(self.locations.iter())
            )),
            [first, rest @ ..] if rest.iter().all(|place| place.folded == first.folded) => Err(format!(
                "{} locations are called “{}”: write the id of one of them, e.g. location:{}",
                rest.len() + 1,
                cut(&first.name),
                first.id
            )),
            many => Err(format!(
                "“{}” may be {}: write more of the name",
                cut(name),
                some(many.iter().copied())
            )),
        }
    }

    /// The name of a location, if it leads back to its id.
    pub fn name(&self, id: i64) -> Option<&str> {
        let place = self.locations.iter().find(|place| place.id == id)?;
        let clear = place.name.trim().parse::<i64>().is_err() && place.folded != NONE;
        (clear && self.location(&place.name) == Ok(id)).then_some(place.name.as_str())
    }

    /// Actions under names of their own that have come, or are known to the account.
    pub fn actions(&self) -> &[String] {
        &self.actions
    }

    /// Whether an action is documented, inferred, known to the account or has come at least once.
    pub fn action(&self, action: &Action) -> Result<(), String> {
        let Action::Other(name) = action else {
            return Ok(());
        };
        if self.actions.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Ok(());
        }
        let names = Action::all().map(|action| action.name());
        let near = nearest(name, names.chain(self.actions.iter().cloned()));
        Err(match near {
            Some(near) => format!("no action is called “{}”: do you mean {near}?", cut(name)),
            None => format!(
                "no action is called “{}”: write e.g. BookingCreate, \"Payment failed\" or 61",
                cut(name)
            ),
        })
    }
}

/// Up to five names.
fn some<'p>(places: impl Iterator<Item = &'p Place>) -> String {
    let mut names: Vec<String> = places.map(|place| format!("“{}”", cut(&place.name))).collect();
    if names.len() > 5 {
        names.truncate(5);
        names.push("…".into());
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_nexudus::Zones;

    fn known(places: &[(i64, &str)]) -> Known {
        let place = |(id, name): &(i64, &str)| Place {
            id: *id,
            name: (*name).to_owned(),
            folded: fold(name),
        };
        Known {
            locations: places.iter().map(place).collect(),
            actions: vec![
                "SensorUpdate".into(),
                "Sensor Update".into(),
                "93".into(),
                "RobotGreeted".into(),
            ],
            come: 3,
            lexicon: Arc::new(
                Lexicon::of([(999, "RobotGreeted".to_owned()), (93, "Ninety3".to_owned())]).unwrap(),
            ),
            voice: Voice::new("es", Zones::default()),
        }
    }

    #[test]
    fn locations_by_name_or_a_part_of_it() {
        let known = known(&[
            (7, "Harbour Yard"),
            (8, "Harbour"),
            (9, "Märkt 5"),
            (10, "42"),
            (11, "Old Mill"),
            (12, "old mill"),
        ]);
        assert_eq!(known.location("harbour yard"), Ok(7));
        assert_eq!(known.location("HARBOUR"), Ok(8));
        assert_eq!(known.location("markt"), Ok(9));
        let error = known.location("harb").unwrap_err();
        assert_eq!(
            error,
            "“harb” may be “Harbour Yard”, “Harbour”: write more of the name"
        );
        let error = known.location("moon").unwrap_err();
        assert!(error.starts_with("no location is called “moon”: write one of “Harbour Yard”"));
        let error = known.location("Old Mill").unwrap_err();
        assert_eq!(
            error,
            "2 locations are called “Old Mill”: write the id of one of them, e.g. location:11"
        );
        assert_eq!(
            [7, 8, 10, 11, 99].map(|id| known.name(id)),
            [Some("Harbour Yard"), Some("Harbour"), None, None, None]
        );
    }

    #[test]
    fn actions_by_all_that_they_are_called() {
        let known = known(&[]);
        let robot = Action::Other("RobotGreeted".into());
        for (text, action) in [
            ("93", &Action::Other("93".into())),
            ("sensor update", &Action::Other("Sensor Update".into())),
            ("999", &robot),
            ("robotgreeted", &robot),
            ("Robot greeted", &robot),
            ("61", &Action::Known(61)),
            ("invoice created", &Action::parse("CoworkerInvoiceCreate")),
            ("Factura creada", &Action::parse("CoworkerInvoiceCreate")),
            ("FACTURA CREADA", &Action::parse("CoworkerInvoiceCreate")),
        ] {
            let named = known.action_named(text);
            assert_eq!(&named, action, "{text}");
            assert_eq!(known.action(&named), Ok(()), "{text}");
        }
        assert!(known.action(&known.action_named("998")).is_err());
    }

    #[test]
    fn an_action_that_never_came_is_asked_about() {
        let known = known(&[]);
        assert_eq!(known.action(&Action::parse("sensorupdate")), Ok(()));
        assert_eq!(known.action(&Action::parse("61")), Ok(()));
        let error = known.action(&Action::parse("BokingCreated")).unwrap_err();
        assert_eq!(
            error,
            "no action is called “BokingCreated”: do you mean BookingCreate?"
        );
        assert!(
            known
                .action(&Action::parse("x"))
                .unwrap_err()
                .contains("write e.g.")
        );
    }
}
