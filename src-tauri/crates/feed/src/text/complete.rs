//! What could be typed next.

use super::fields::{FIELDS, Field};
use super::known::NONE;
use super::lex::{self, Kind, Piece, byte, pieces, utf16};
use super::print::value_of;
use super::{Completion, Completions};
use crate::facets::Tally;
use crate::filter::{category_of, kind_name};
use crate::names::{Wanted, fold};
use crate::{Feed, FeedError};
use nexwatch_nexudus::{Action, Category};
use nexwatch_store::{Flags, StoreError, codes};
use std::cmp::Reverse;
use std::ops::Range;

/// Most completions.
const MOST: usize = 12;

pub(super) fn complete(feed: &Feed, text: &str, cursor: u32) -> Result<Completions, FeedError> {
    let cursor = byte(text, cursor);
    let (place, typed, spot) = at(text, cursor);
    let offers = Offers {
        feed,
        tally: feed.overall()?,
        wanted: Wanted::new(&typed),
        typed: fold(&typed),
    };
    let items = match spot {
        Spot::Value(field) => offers.values(field, "", MOST)?,
        Spot::Name => offers.fields(),
        Spot::End => Vec::new(),
        Spot::Word => offers.anything()?,
    };
    Ok(Completions {
        start: utf16(text, place.start),
        end: utf16(text, place.end),
        items,
    })
}

/// What the caret stands in.
enum Spot {
    Word,
    /// Of a field that has a value already.
    Name,
    Value(Field),
    /// Of a list.
    End,
}

/// The part to replace, what is typed of it up to the caret, and what it is.
fn at(text: &str, cursor: usize) -> (Range<usize>, String, Spot) {
    for Piece { place, kind } in pieces(text) {
        if cursor < place.start || cursor > place.end {
            continue;
        }
        match kind {
            // A minus that waits for what it is about.
            Kind::Term if text[place.clone()] == *"-" && cursor == place.end => {
                return (cursor..cursor, String::new(), Spot::Word);
            }
            Kind::Term => return (place.clone(), text[place.start..cursor].to_owned(), Spot::Word),
            Kind::Field(typed) => {
                let Some(field) = Field::named(typed.name).filter(|_| cursor > typed.name_place.end) else {
                    let name = text[place.start..cursor.min(typed.name_place.end)].to_owned();
                    return (place.start..typed.name_place.end + 1, name, Spot::Name);
                };
                if typed.list && typed.closed && cursor == place.end {
                    // Nothing goes on right behind a bracket.
                    return (cursor..cursor, String::new(), Spot::End);
                }
                let (place, value) = value_at(text, cursor, &typed);
                return (place, value, Spot::Value(field));
            }
            // What stands right behind an opened bracket or a minus is looked at first.
            _ => {}
        }
    }
    (cursor..cursor, String::new(), Spot::Word)
}

fn value_at(text: &str, cursor: usize, field: &lex::Field) -> (Range<usize>, String) {
    let value = field
        .values
        .iter()
        .find(|value| value.place.start <= cursor && cursor <= value.place.end);
    match value {
        Some(value) => {
            let typed = text[value.place.start..cursor].trim_matches('"').to_owned();
            (value.place.clone(), typed)
        }
        None => (cursor..cursor, String::new()),
    }
}

struct Offers<'f> {
    feed: &'f Feed,
    /// Counts of everything, where they are known.
    tally: Option<Tally>,
    wanted: Wanted,
    typed: String,
}

impl Offers<'_> {
    /// Fields that begin so.
    fn fields(&self) -> Vec<Completion> {
        let fitting = FIELDS.iter().filter(|(field, ..)| field.starts_with(&self.typed));
        let items = fitting.map(|(field, kind, hint)| {
            let ends = if *kind == Field::Body { '.' } else { ':' };
            Completion {
                insert: format!("{field}{ends}"),
                label: format!("{field}{ends}"),
                hint: (*hint).to_owned(),
            }
        });
        items.take(MOST).collect()
    }

    /// For a word: fields that begin so, then values of any field that contain it.
    fn anything(&self) -> Result<Vec<Completion>, StoreError> {
        let mut items = self.fields();
        // One letter fits too much to be of help.
        if self.typed.chars().count() >= 2 {
            for (field, name, most) in [
                (Field::Category, "category", 2),
                (Field::Action, "action", 5),
                (Field::Location, "location", 3),
                (Field::Flag, "flag", 2),
                (Field::Person, "person", MOST),
            ] {
                let room = MOST.saturating_sub(items.len());
                items.extend(self.values(field, name, most.min(room))?);
            }
        }
        items.truncate(MOST);
        Ok(items)
    }

    /// Values of a field; `name` is put before them where it is not typed yet.
    fn values(&self, field: Field, name: &str, most: usize) -> Result<Vec<Completion>, StoreError> {
        let mut items = match field {
            Field::Category => self.categories()?,
            Field::Action => self.actions()?,
            Field::Location => self.locations()?,
            Field::Person => self.persons(most)?,
            Field::Flag => self.flags(),
            Field::From | Field::To => self.times(&["today", "yesterday", "-1h", "-24h", "-7d", "-30d"]),
            Field::On => self.times(&["today", "yesterday"]),
            Field::Changed => self.changed()?,
            _ => Vec::new(),
        };
        items.truncate(most);
        if !name.is_empty() {
            items
                .iter_mut()
                .for_each(|item| item.insert = format!("{name}:{}", item.insert));
        }
        Ok(items)
    }

    fn fits(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wanted.fits(&fold(name)))
    }

    fn categories(&self) -> Result<Vec<Completion>, StoreError> {
        let others = self.feed.reader().other_actions()?;
        let count = |category: Category| {
            let of = |tally: &Tally| -> u32 {
                let actions = tally.actions.iter();
                actions
                    .filter(|(code, _)| category_of(**code, &others) == category)
                    .map(|(_, count)| count)
                    .sum()
            };
            self.tally.as_ref().map_or(0, of)
        };
        let all = Category::ALL.iter().map(|category| (*category, count(*category)));
        let mut fitting: Vec<(Category, u32)> = all
            .filter(|(category, _)| self.fits(&[category.slug(), category.title()]))
            .collect();
        fitting.sort_by_key(|(_, count)| Reverse(*count));
        let items = fitting.into_iter().map(|(category, count)| Completion {
            insert: category.slug().to_owned(),
            label: category.title().to_owned(),
            hint: self.events(|_| count),
        });
        Ok(items.collect())
    }

    /// Those with most events first; before counts are known in the platform's order.
    fn actions(&self) -> Result<Vec<Completion>, StoreError> {
        let others = self.feed.reader().other_actions()?;
        let own = others.into_iter().map(|(code, name)| (code, Action::Other(name)));
        let fixed = (0..codes::FIRST_OTHER).filter_map(|code| Some((code, codes::fixed_action(code)?)));
        let count = |code: u16| {
            self.tally
                .as_ref()
                .map(|tally| tally.actions.get(&code).copied().unwrap_or(0))
        };
        let mut fitting: Vec<(u16, Action)> = fixed
            .chain(own)
            .filter(|(code, action)| matches!(action, Action::Known(_)) || count(*code).unwrap_or(0) > 0)
            .filter(|(_, action)| {
                self.fits(&[
                    &action.name(),
                    &action.label(),
                    action.panel_label().unwrap_or(""),
                ])
            })
            .collect();
        fitting.sort_by_key(|(code, _)| Reverse(count(*code)));
        let items = fitting.into_iter().map(|(code, action)| Completion {
            insert: value_of(&action.name()),
            label: action.label(),
            hint: self.events(|tally| tally.actions.get(&code).copied().unwrap_or(0)),
        });
        Ok(items.collect())
    }

    fn locations(&self) -> Result<Vec<Completion>, StoreError> {
        let known = super::Known::read(self.feed.reader())?;
        let mut fitting: Vec<(i64, String, u32)> = Vec::new();
        for (id, name) in self.feed.reader().locations()? {
            let name = name.unwrap_or_else(|| id.to_string());
            if self.fits(&[&name]) {
                let count = self
                    .tally
                    .as_ref()
                    .map_or(0, |tally| tally.locations.get(&id).copied().unwrap_or(0));
                fitting.push((id, name, count));
            }
        }
        if self.fits(&[NONE]) {
            let count = self
                .tally
                .as_ref()
                .map_or(0, |tally| tally.locations.get(&0).copied().unwrap_or(0));
            fitting.push((0, "No location".to_owned(), count));
        }
        fitting.sort_by_key(|(_, _, count)| Reverse(*count));
        let items = fitting.into_iter().map(|(id, label, count)| Completion {
            insert: match known.name(id) {
                _ if id == 0 => NONE.to_owned(),
                Some(name) => value_of(name),
                None => id.to_string(),
            },
            label,
            hint: self.events(|_| count),
        });
        Ok(items.collect())
    }

    /// Persons by the platform's id where they have one, so that all their names are meant.
    fn persons(&self, most: usize) -> Result<Vec<Completion>, StoreError> {
        if self.wanted.is_empty() || most == 0 {
            return Ok(Vec::new());
        }
        let mut fitting: Vec<(bool, String, Completion)> = Vec::new();
        self.feed.0.persons.each(self.feed.reader(), |person| {
            if !self.wanted.fits(person.folded) {
                return;
            }
            let kind = kind_name(person.kind);
            let insert = match person.id {
                Some(id) => value_of(&format!("{kind}#{id} {}", person.name)),
                None => value_of(person.name),
            };
            let rank = (!person.folded.starts_with(&self.typed), person.folded);
            let place = fitting.partition_point(|(later, folded, _)| (*later, folded.as_str()) <= rank);
            if place < most {
                let item = Completion {
                    insert,
                    label: person.name.to_owned(),
                    hint: kind.to_owned(),
                };
                fitting.insert(place, (rank.0, rank.1.to_owned(), item));
                fitting.truncate(most);
            }
        })?;
        Ok(fitting.into_iter().map(|(_, _, item)| item).collect())
    }

    /// Fields that have differed, by name.
    fn changed(&self) -> Result<Vec<Completion>, StoreError> {
        let mut names: Vec<String> = self
            .feed
            .reader()
            .fields()?
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        names.sort_unstable();
        let typed = self.typed.to_ascii_lowercase();
        let fitting = names
            .into_iter()
            .filter(|name| name.to_ascii_lowercase().contains(&typed));
        let items = fitting.map(|name| Completion {
            insert: value_of(&name),
            label: name,
            hint: "a field of the body".to_owned(),
        });
        Ok(items.collect())
    }

    fn flags(&self) -> Vec<Completion> {
        let fitting = Flags::NAMES
            .iter()
            .enumerate()
            .filter(|(_, (_, name))| self.fits(&[name]));
        fitting
            .map(|(at, (_, name))| Completion {
                insert: (*name).to_owned(),
                label: name.replace('-', " "),
                hint: self.events(|tally| tally.flags[at]),
            })
            .collect()
    }

    fn times(&self, known: &[&str]) -> Vec<Completion> {
        let fitting = known.iter().filter(|time| time.starts_with(&self.typed));
        fitting
            .map(|time| Completion {
                insert: (*time).to_owned(),
                label: (*time).to_owned(),
                hint: String::new(),
            })
            .collect()
    }

    /// `1,234 events`, where counts are known.
    fn events(&self, count: impl Fn(&Tally) -> u32) -> String {
        let Some(tally) = &self.tally else {
            return String::new();
        };
        let digits = count(tally).to_string();
        let mut shown = String::with_capacity(digits.len() + 12);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        shown.push_str(if digits == "1" { " event" } else { " events" });
        shown
    }
}
