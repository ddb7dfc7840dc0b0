//! Values of fields, with how many events each has.

use super::{MOST, Offers};
use crate::FeedError;
use crate::columns::Bits;
use crate::facets::Tally;
use crate::filter::{category_of, kind_name};
use crate::names::fold;
use crate::persons::Fitting;
use crate::text::Completion;
use crate::text::fields::Field;
use crate::text::known::{Known, NONE};
use crate::text::print::value_of;
use nexwatch_nexudus::{Action, Category, Person};
use nexwatch_store::{Flags, StoreError, codes};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::cmp::Reverse;

/// Events of persons are counted in so many of the newest: enough to tell who is met often.
const COUNTED: usize = 1_000_000;
/// Events whose currency is looked at.
const LATELY: u32 = 2_000;
/// Changes are counted so far.
const MANY: u32 = 10_000;

const CURRENCIES: &str = "SELECT currency FROM event ORDER BY id DESC LIMIT ?1";
const CHANGES: &str = "SELECT count(*) FROM (SELECT 1 FROM change WHERE field = ?1 LIMIT ?2)";
const RESOURCES: &str =
    "SELECT platform_id, name FROM resource WHERE platform_id <> 0 ORDER BY key DESC LIMIT 20000";

impl Offers<'_> {
    /// Values of a field; `name` is put before them where it is not typed yet.
    pub(super) fn values(&self, field: Field, name: &str, most: usize) -> Result<Vec<Completion>, FeedError> {
        let mut items = match field {
            Field::Category => self.categories()?,
            Field::Action => self.actions()?,
            Field::Location => self.locations()?,
            Field::Person => self.persons(most)?,
            Field::Flag => self.flags(),
            Field::From | Field::To => self.fixed(&[
                ("today", ""),
                ("yesterday", ""),
                ("-1h", "an hour ago"),
                ("-24h", "a day ago"),
                ("-7d", "a week ago"),
                ("-30d", "30 days ago"),
            ]),
            Field::On => self.fixed(&[("today", ""), ("yesterday", "")]),
            Field::At => self.fixed(&[
                ("today", ""),
                ("yesterday", ""),
                ("last 1h", "the last hour"),
                ("last 24h", "the last 24 hours"),
                ("last 7d", "the last week"),
                ("last 30d", "the last 30 days"),
                ("-7d..yesterday", "from one day to another"),
            ]),
            Field::Amount => self.fixed(&[
                (">0", "more than; also >=, <, <="),
                ("<0", "less than"),
                ("100..200", "between, both included"),
                ("*", "any amount at all"),
            ]),
            Field::Currency => self.currencies()?,
            Field::Changed => self.changed()?,
            Field::Entity => self.entities(),
            Field::Resource => self.resources()?,
            Field::One(_) | Field::Body | Field::Text => Vec::new(),
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
        let known = Known::read(self.feed)?;
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

    /// Persons by the platform's id where they have one, so that all their names are meant: those whose name begins so
    /// first, then those who are met most.
    fn persons(&self, most: usize) -> Result<Vec<Completion>, StoreError> {
        if self.wanted.is_empty() || most == 0 {
            return Ok(Vec::new());
        }
        let reader = self.feed.reader();
        let Fitting { names, persons } = self.feed.0.persons.fitting(reader, &self.wanted)?;
        let counts = self.met(persons.iter().map(|(key, _)| *key));
        let count = |key: u32| counts.get(&key).copied().unwrap_or(0);
        let mut fitting: Vec<_> = persons
            .iter()
            .map(|(key, name)| {
                let folded = &names[*name];
                (
                    !folded.starts_with(&self.typed),
                    Reverse(count(*key)),
                    folded,
                    *key,
                )
            })
            .collect();
        // One letter fits a million, of whom a dozen are shown; somebody may be among them under several names.
        let enough = most.saturating_mul(8);
        if fitting.len() > enough {
            fitting.select_nth_unstable(enough);
            fitting.truncate(enough);
        }
        fitting.sort_unstable();
        // Who has an id has one row, whatever names there are: the one met most.
        let mut items: Vec<Completion> = Vec::new();
        for (.., key) in fitting {
            let Some(Person { kind, id, name }) = reader.person(key)? else {
                continue;
            };
            let kind = kind_name(kind);
            let insert = match id {
                Some(id) => value_of(&format!("{kind}#{id} {name}")),
                None => value_of(&name),
            };
            if items.iter().any(|known| known.insert == insert) {
                continue;
            }
            items.push(Completion {
                insert,
                label: name,
                hint: match self.tally.is_some() {
                    true => format!("{kind} · {}", events(count(key), false)),
                    false => kind.to_owned(),
                },
            });
            if items.len() == most {
                break;
            }
        }
        Ok(items)
    }

    /// How many of the newest events have one of these persons first.
    fn met(&self, keys: impl Iterator<Item = u32>) -> FxHashMap<u32, u32> {
        let counts: RefCell<FxHashMap<u32, u32>> = RefCell::new(keys.map(|key| (key, 0)).collect());
        if let Some(columns) = self.feed.columns()
            && !counts.borrow().is_empty()
        {
            let mut left = COUNTED;
            for chunk in columns.chunks().iter().rev() {
                if left == 0 {
                    break;
                }
                left = left.saturating_sub(chunk.len());
                Bits::range(0..chunk.len()).keep(chunk.persons(), |key| {
                    if let Some(count) = counts.borrow_mut().get_mut(&key) {
                        *count += 1;
                    }
                    false
                });
            }
        }
        counts.into_inner()
    }

    /// Fields that have differed, those that do so most first.
    fn changed(&self) -> Result<Vec<Completion>, StoreError> {
        let typed = self.typed.to_ascii_lowercase();
        let known = self.feed.reader().fields()?.into_iter();
        let known: Vec<(u32, String)> = known
            .filter(|(_, name)| name.to_ascii_lowercase().contains(&typed))
            .collect();
        let mut fitting = self.feed.reader().read(|db| {
            let mut count = db.prepare_cached(CHANGES)?;
            let mut counted = Vec::with_capacity(known.len());
            for (field, name) in known {
                let count: u32 = count.query_row([field, MANY], |row| row.get(0))?;
                counted.push((Reverse(count), name));
            }
            Ok(counted)
        })?;
        fitting.sort_unstable();
        let items = fitting.into_iter().map(|(Reverse(count), name)| Completion {
            insert: value_of(&name),
            label: name,
            hint: events(count, count == MANY),
        });
        Ok(items.collect())
    }

    /// Currencies of the newest events.
    fn currencies(&self) -> Result<Vec<Completion>, StoreError> {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        self.feed.reader().read(|db| {
            let mut find = db.prepare_cached(CURRENCIES)?;
            let mut rows = find.query([LATELY])?;
            while let Some(row) = rows.next()? {
                if let Some(code) = row.get::<_, Option<String>>(0)? {
                    *counts.entry(code.trim().to_ascii_uppercase()).or_default() += 1;
                }
            }
            Ok(())
        })?;
        let fits = |code: &str| code.len() == 3 && code.to_ascii_lowercase().starts_with(&self.typed);
        let mut fitting: Vec<(Reverse<u32>, String)> = counts
            .into_iter()
            .filter(|(code, _)| fits(code))
            .map(|(code, count)| (Reverse(count), code))
            .collect();
        fitting.sort_unstable();
        let items = fitting.into_iter().map(|(Reverse(count), code)| Completion {
            insert: code.clone(),
            label: code,
            hint: format!("{} lately", events(count, false)),
        });
        Ok(items.collect())
    }

    /// Kinds of entities that have events; the id is for the person to write.
    fn entities(&self) -> Vec<Completion> {
        let mut counts: Vec<(u32, &'static str)> = Vec::new();
        for (code, count) in self.tally.iter().flat_map(|tally| &tally.actions) {
            let Some(entity) = codes::fixed_action(*code).map(|action| action.entity()) else {
                continue;
            };
            let name = entity.name();
            match counts.iter_mut().find(|(_, known)| *known == name) {
                Some((known, _)) => *known += count,
                None if entity != nexwatch_nexudus::Entity::Unknown => counts.push((*count, name)),
                None => {}
            }
        }
        counts.retain(|(_, name)| fold(name).starts_with(&self.typed));
        counts.sort_by_key(|(count, name)| (Reverse(*count), *name));
        let items = counts.into_iter().map(|(count, name)| Completion {
            insert: format!("{name}#"),
            label: format!("{name}#"),
            hint: events(count, false),
        });
        items.collect()
    }

    /// Rooms, desks and things by their names, those seen last first.
    fn resources(&self) -> Result<Vec<Completion>, StoreError> {
        let mut items: Vec<Completion> = Vec::new();
        self.feed.reader().read(|db| {
            let mut find = db.prepare_cached(RESOURCES)?;
            let mut rows = find.query([])?;
            while let Some(row) = rows.next()? {
                let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
                if items.len() < MOST && self.fits(&[&name, &id.to_string()]) {
                    items.push(Completion {
                        insert: value_of(&format!("{id} {name}")),
                        label: name,
                        hint: id.to_string(),
                    });
                }
            }
            Ok(())
        })?;
        Ok(items)
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

    /// Values that are always there, in quotes where a list needs them.
    fn fixed(&self, known: &[(&str, &str)]) -> Vec<Completion> {
        let fitting = known.iter().filter(|(value, _)| value.starts_with(&self.typed));
        fitting
            .map(|(value, hint)| Completion {
                insert: match self.list && value.contains(' ') {
                    true => format!("\"{value}\""),
                    false => (*value).to_owned(),
                },
                label: (*value).to_owned(),
                hint: (*hint).to_owned(),
            })
            .collect()
    }

    /// `1,234 events`, where counts are known.
    fn events(&self, count: impl Fn(&Tally) -> u32) -> String {
        let known = self.tally.as_ref();
        known.map_or_else(String::new, |tally| events(count(tally), false))
    }
}

/// `1,234 events`; `more`: at least so many.
pub(super) fn events(count: u32, more: bool) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + 12);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if more {
        shown.push('+');
    }
    shown.push_str(if count == 1 { " event" } else { " events" });
    shown
}
