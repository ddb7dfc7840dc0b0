//! Makes sentences of sayings: in a language, by the clocks of places, as one says it today.

pub(crate) mod catalogue;
mod clock;
mod numbers;

use crate::saying::{Piece, Saying};
use crate::{Action, Amount, Entity, Ms, Reading, text};
use catalogue::Catalogue;
pub use catalogue::LANGUAGES;
use fluent_bundle::FluentValue;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock};

/// A word of the catalogue in its first language, if there is one: to tell what is called the same.
pub(crate) fn first_word(name: &str) -> Option<String> {
    Catalogue::of(LANGUAGES[0].0).word(name)
}

/// A language and the clocks of places. Cheap to clone.
#[derive(Clone)]
pub struct Voice {
    language: &'static str,
    catalogue: &'static Catalogue,
    marks: Arc<Marks>,
    zones: Arc<Zones>,
}

/// The clocks of places.
#[derive(Clone, Debug)]
pub struct Zones {
    /// Of every place that has no own one.
    pub home: TimeZone,
    /// By location id.
    pub places: FxHashMap<i64, TimeZone>,
}

impl Default for Zones {
    /// UTC everywhere.
    fn default() -> Zones {
        Zones {
            home: TimeZone::UTC,
            places: FxHashMap::default(),
        }
    }
}

impl Zones {
    /// The clock of a place.
    pub fn of(&self, place: Option<i64>) -> &TimeZone {
        place.and_then(|id| self.places.get(&id)).unwrap_or(&self.home)
    }
}

/// How a language writes numbers.
struct Marks {
    decimal: String,
    group: String,
    group_from: usize,
}

/// What a sentence takes from its event's row.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What happened.
    pub action: &'a Action,
    /// About what.
    pub entity: Entity,
    /// Who, by name.
    pub person: Option<&'a str>,
    /// Which room, desk, plan or thing, by name.
    pub resource: Option<&'a str>,
    /// Where, by name.
    pub location: Option<&'a str>,
    /// Where: its clock is the one on the wall.
    pub location_id: Option<i64>,
    /// How much.
    pub amount: Option<Amount>,
    /// In which currency (ISO 4217).
    pub currency: Option<&'a str>,
}

impl Default for Voice {
    /// English, in UTC.
    fn default() -> Voice {
        static PLAIN: LazyLock<Voice> = LazyLock::new(|| Voice::new("en", Zones::default()));
        PLAIN.clone()
    }
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Voice")
            .field("language", &self.language)
            .field("zones", &self.zones)
            .finish()
    }
}

impl Voice {
    /// In a language (see [`LANGUAGES`]; one that is not there is the first), by the clocks of places.
    pub fn new(language: &str, zones: Zones) -> Voice {
        let known = LANGUAGES.iter().find(|(code, _, _)| *code == language);
        let language = known.map_or(LANGUAGES[0].0, |(code, _, _)| code);
        let catalogue = Catalogue::of(language);
        let word = |name| catalogue.word(name).unwrap_or_default();
        Voice {
            language,
            catalogue,
            marks: Arc::new(Marks {
                decimal: word("decimal-mark"),
                // A space would be trimmed in the file, so it is written out there in words.
                group: match word("group-mark").as_str() {
                    "space" => "\u{202f}".to_owned(),
                    mark => mark.to_owned(),
                },
                group_from: word("group-from").parse().unwrap_or(4),
            }),
            zones: Arc::new(zones),
        }
    }

    /// The code of its language.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The clocks of places.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }

    /// The sentence of a saying, at most [`text::LONGEST_SENTENCE`] characters. `now` is when it is read: days near it
    /// are said as such; without it every day has its date and year.
    pub fn say(&self, saying: &Saying, scene: &Scene, now: Option<Ms>) -> String {
        let own = self.own_words(saying, scene, now);
        let sentence = if saying.is_under_label() {
            let label = self.label(scene.action);
            match own {
                Some(own) if own.starts_with(&label) => own,
                Some(own) => self.labelled(&label, &own),
                None => label,
            }
        } else {
            own.unwrap_or_else(|| self.label(scene.action))
        };
        text::line(&sentence, text::LONGEST_SENTENCE).unwrap_or_else(|| self.label(scene.action))
    }

    fn labelled(&self, label: &str, own: &str) -> String {
        let filled = self.catalogue.fill("labelled", |name| match name {
            "label" => Some(FluentValue::from(label)),
            "sentence" => Some(FluentValue::from(own)),
            _ => None,
        });
        filled.unwrap_or_else(|| own.to_owned())
    }

    fn own_words(&self, saying: &Saying, scene: &Scene, now: Option<Ms>) -> Option<String> {
        if saying.message().is_empty() {
            return saying.pieces().iter().find_map(|(_, piece)| match piece {
                Piece::Text(text) if !text.is_empty() => Some(text.clone()),
                _ => None,
            });
        }
        self.catalogue.fill(saying.message(), |name| {
            let own = saying.pieces().iter().find(|(known, _)| known == name);
            match (own, name) {
                (Some((_, piece)), _) => Some(self.piece(piece, saying.old_of(name), scene, now)),
                (None, "who") => scene.person.map(|name| FluentValue::from(name.to_owned())),
                (None, "what") => scene.resource.map(|name| FluentValue::from(name.to_owned())),
                (None, "where") => scene.location.map(|name| FluentValue::from(name.to_owned())),
                (None, "sum") => scene
                    .amount
                    .map(|amount| FluentValue::from(self.money(amount, scene.currency))),
                (None, "label") => Some(FluentValue::from(self.label(scene.action))),
                (None, "thing") => Some(FluentValue::from(self.entity(scene.entity))),
                _ => None,
            }
        })
    }

    fn piece(
        &self,
        piece: &Piece,
        old: Option<&Piece>,
        scene: &Scene,
        now: Option<Ms>,
    ) -> FluentValue<'static> {
        let place = scene.location_id;
        if let Some(clocks) = old.and_then(|old| self.clocks(old, piece, place)) {
            return FluentValue::from(clocks);
        }
        match piece {
            Piece::Text(text) => FluentValue::from(text.clone()),
            Piece::Sum(amount, currency) => {
                FluentValue::from(self.money(*amount, currency.as_deref().or(scene.currency)))
            }
            Piece::At(when) => FluentValue::from(self.at(*when, place, now)),
            Piece::Day(when) => FluentValue::from(self.day(*when, place, now)),
            Piece::Span(from, to) => FluentValue::from(self.span(*from, *to, place, now)),
            Piece::Count(count) => FluentValue::from(*count),
            Piece::Word(word) => FluentValue::from(self.word(word)),
        }
    }

    /// A word of the catalogue; its name there where there is none. A field without a word of its own (`field-SyncToSquare`)
    /// is called by its name: “sync to square”.
    pub fn word(&self, name: &str) -> String {
        let known = self.catalogue.word(name);
        known.unwrap_or_else(|| match name.strip_prefix("field-") {
            Some(field) => {
                let called = text::split_name(field);
                let quoted = self
                    .catalogue
                    .fill("unknown-field", |_| Some(FluentValue::from(called.as_str())));
                quoted.unwrap_or(called)
            }
            None => name.to_owned(),
        })
    }

    /// What stands before the old and the new value of a field that differs, by its path: `Start` for `FromTime`, `Custom
    /// fields › Wifi` for `CustomFields.Wifi`.
    pub fn field_label(&self, path: &str) -> String {
        let mut names = path.split('.').map(|name| name.split('[').next().unwrap_or(name));
        let field = names.next().unwrap_or_default();
        // Yes and no stand behind it, which a sentence's word may turn round: "the confirmation" of what is tentative.
        let own = self.catalogue.word(&format!("label-{field}"));
        let first = own.unwrap_or_else(|| self.word(&format!("field-{field}")));
        let articles = self.word("articles");
        let bare = first
            .split_once(' ')
            .filter(|(article, _)| articles.split(' ').any(|known| known == *article))
            .map_or(first.as_str(), |(_, rest)| rest);
        let mut label = text::capital(bare);
        for name in names {
            label.push_str(" › ");
            label.push_str(&text::split_name(name));
        }
        label
    }

    /// The label of a fact, by the end of its name in the catalogue (`due` of `fact-due`); where there is none, that end.
    pub(crate) fn fact(&self, label: &str) -> String {
        let known = self.catalogue.word(&format!("fact-{label}"));
        known.unwrap_or_else(|| label.to_owned())
    }

    /// What a person calls an action, e.g. "Booking created".
    pub fn label(&self, action: &Action) -> String {
        match action {
            Action::Known(number) => self
                .catalogue
                .word(&format!("action-{number}"))
                .unwrap_or_else(|| action.label()),
            Action::Inferred(Entity::Unknown) => self.word("nothing-known"),
            Action::Inferred(entity) => {
                self.labelled(&self.entity(*entity), &self.word("something-happened"))
            }
            Action::Other(name) => {
                let words = action.label();
                let filled = self.catalogue.fill("action-other", |piece| match piece {
                    "name" => Some(FluentValue::from(name.as_str())),
                    "words" => Some(FluentValue::from(words.as_str())),
                    _ => None,
                });
                filled.unwrap_or(words)
            }
        }
    }

    /// What a person calls a kind of thing, e.g. "Booking".
    pub fn entity(&self, entity: Entity) -> String {
        self.catalogue
            .word(&format!("entity-{}", entity.code()))
            .unwrap_or_else(|| entity.title().to_owned())
    }

    /// The sentence of a reading, before its names are those of a store.
    pub fn say_reading(&self, reading: &Reading, now: Option<Ms>) -> String {
        self.say(&reading.saying, &reading.scene(), now)
    }
}
