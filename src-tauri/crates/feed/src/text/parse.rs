//! A text of the query box as a filter.

use super::ParseTrouble;
use super::fields::{FIELDS, Field};
use super::known::{Known, NONE};
use super::lex::{self, Piece, Value, pieces, utf16};
use super::near::nearest;
use crate::filter::{self, EntityFilter, Filter, PersonFilter, ResourceFilter, cut};
use crate::names::{Wanted, fold};
use nexwatch_nexudus::Action;
use std::ops::Range;

/// What is wrong, and where in bytes.
struct Wrong(Range<usize>, String);

/// The filter of a text; with names where the store's are known.
pub(super) fn parse(text: &str, known: Option<&Known>) -> Result<Filter, ParseTrouble> {
    let mut parser = Parser {
        filter: Filter::default(),
        said: Vec::new(),
        known,
    };
    for piece in pieces(text) {
        parser
            .piece(text, &piece)
            .map_err(|Wrong(place, message)| ParseTrouble {
                message,
                start: utf16(text, place.start),
                end: utf16(text, place.end),
            })?;
    }
    parser.filter.text = parser.said.join(" ");
    Ok(parser.filter)
}

struct Parser<'k> {
    filter: Filter,
    /// Pieces of free text.
    said: Vec<String>,
    known: Option<&'k Known>,
}

impl Parser<'_> {
    fn piece(&mut self, text: &str, piece: &Piece) -> Result<(), Wrong> {
        match piece {
            Piece::Term { place } => {
                let term = &text[place.clone()];
                if term
                    .strip_prefix('-')
                    .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
                {
                    let message = "only marks can be left out, e.g. -flag:repeat; in quotes it is searched for as it stands";
                    return Err(Wrong(place.clone(), message.into()));
                }
                self.said.push(closed(term));
                Ok(())
            }
            Piece::Field(field) => self.field(field),
        }
    }

    fn field(&mut self, typed: &lex::Field) -> Result<(), Wrong> {
        let Some(field) = Field::named(typed.name) else {
            let names = || FIELDS.iter().map(|(name, ..)| (*name).to_owned());
            let right = match nearest(typed.name, names()) {
                Some(near) => format!("do you mean {near}?"),
                None => format!("there are {}.", names().collect::<Vec<_>>().join(", ")),
            };
            let message = format!(
                "there is no field “{}”: {right} To search for the words, put them in quotes",
                cut(typed.name)
            );
            return Err(Wrong(typed.name_place.clone(), message));
        };
        if typed.minus && field != Field::Flag {
            let message = "only marks can be left out, e.g. -flag:repeat";
            return Err(Wrong(typed.place.clone(), message.into()));
        }
        if !typed.closed {
            let message = format!("this list has no end: close it with ), e.g. {}:(…)", typed.name);
            return Err(Wrong(typed.place.clone(), message));
        }
        if typed.values.is_empty() {
            let message = format!(
                "write what after the colon, without a space, e.g. {}",
                field.example()
            );
            return Err(Wrong(typed.place.clone(), message));
        }
        for value in &typed.values {
            self.value(field, typed, value)
                .map_err(|message| Wrong(value.place.clone(), message))?;
        }
        Ok(())
    }

    fn value(&mut self, field: Field, typed: &lex::Field, value: &Value) -> Result<(), String> {
        let text = value.text.as_ref();
        match field {
            Field::Category => {
                let category = filter::category(text)?;
                self.filter.categories.push(category.slug().to_owned());
            }
            Field::Action => {
                let name = self.action(text)?;
                self.filter.actions.push(name);
            }
            Field::Location => {
                let id = self.location(text)?;
                self.filter.locations.push(id);
            }
            Field::Person => self.filter.persons.push(person(text)?),
            Field::Flag => {
                let mark = filter::mark(text)?;
                let list = match typed.minus {
                    true => &mut self.filter.without_flags,
                    false => &mut self.filter.flags,
                };
                list.extend(mark.names().into_iter().map(str::to_owned));
            }
            Field::From => set(&mut self.filter.from, "from", moment(text)?)?,
            Field::To => set(&mut self.filter.to, "to", moment(text)?)?,
            Field::On => {
                let day = moment(text)?;
                if !filter::is_day(&day) {
                    return Err(
                        "on: is a whole day, e.g. on:2026-06-09; for hours write from: and to:".into(),
                    );
                }
                set(&mut self.filter.from, "from", day.clone())?;
                set(&mut self.filter.to, "to", day)?;
            }
            Field::Entity => self.entity(entity(text)?)?,
            Field::One(kind) => {
                let id = id(text).ok_or_else(|| format!("write the id, e.g. {}:123", typed.name))?;
                let name = kind.name().to_owned();
                self.entity(EntityFilter { name, id })?;
            }
            Field::Resource => {
                let resource = resource(text)?;
                if self.filter.resource.replace(resource).is_some() {
                    return Err("there can be only one resource by its id".into());
                }
            }
            Field::Changed => {
                if text.trim().is_empty() {
                    return Err("write a field of the body, e.g. changed:FromTime".into());
                }
                self.filter.changed.push(text.to_owned());
            }
            Field::Text => self.said.push(text.to_owned()),
        }
        Ok(())
    }

    fn action(&self, text: &str) -> Result<String, String> {
        if text.trim().is_empty() {
            return Err("write a name, e.g. action:BookingCreate".into());
        }
        let action = action_named(text);
        if let Some(known) = self.known {
            known.action(&action)?;
        }
        Ok(action.name())
    }

    fn location(&self, text: &str) -> Result<i64, String> {
        if text.trim().eq_ignore_ascii_case(NONE) {
            return Ok(0);
        }
        match (id(text), self.known) {
            (Some(id), _) => Ok(id),
            (None, Some(known)) => known.location(text),
            (None, None) => Err(format!(
                "“{}” is no location's id: write e.g. location:1420900101",
                cut(text)
            )),
        }
    }

    fn entity(&mut self, entity: EntityFilter) -> Result<(), String> {
        if self.filter.entity.replace(entity).is_some() {
            return Err("there can be only one thing by its id".into());
        }
        Ok(())
    }
}

/// By any of the platform's names, or by the label that is shown.
fn action_named(text: &str) -> Action {
    match Action::parse(text) {
        Action::Other(name) => {
            let shown = fold(&name);
            Action::all()
                .find(|action| fold(&action.label()) == shown)
                .unwrap_or(Action::Other(name))
        }
        action => action,
    }
}

fn set(slot: &mut Option<String>, name: &str, value: String) -> Result<(), String> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("“{name}” is said twice: leave one out")),
    }
}

fn moment(text: &str) -> Result<String, String> {
    filter::check_time(text)?;
    Ok(text.to_owned())
}

fn id(text: &str) -> Option<i64> {
    let digits = text.trim();
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    // Not `+7`: what is printed is what was typed.
    plain
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// `customer#12 Ana Lima` is one customer; `=` before it makes it a name again.
fn person(text: &str) -> Result<PersonFilter, String> {
    if let Some((kind, id, name)) = numbered(text)
        && filter::person_kind(kind).is_ok()
    {
        return Ok(PersonFilter::Id {
            kind: kind.to_owned(),
            id,
            name: name.to_owned(),
        });
    }
    let name = text.strip_prefix('=').unwrap_or(text);
    if Wanted::new(name).is_empty() {
        return Err("write a part of the name, e.g. person:ana".into());
    }
    Ok(PersonFilter::Name {
        name: name.to_owned(),
    })
}

/// `123`, or `123 Boardroom` with the name for the chip.
fn resource(text: &str) -> Result<ResourceFilter, String> {
    let (number, name) = text.split_once(' ').unwrap_or((text, ""));
    Ok(ResourceFilter {
        id: id(number).ok_or("write the resource's id, e.g. resource:123")?,
        name: name.to_owned(),
    })
}

/// Whether a name has to be printed with `=` so that it stays a name.
pub(super) fn looks_numbered(name: &str) -> bool {
    name.starts_with('=') || numbered(name).is_some_and(|(kind, ..)| filter::person_kind(kind).is_ok())
}

/// Kind, id and what stands behind.
fn numbered(text: &str) -> Option<(&str, i64, &str)> {
    let (kind, rest) = text.split_once('#')?;
    let (number, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let number_is_plain = !number.is_empty() && number.trim() == number;
    Some((kind, id(number).filter(|_| number_is_plain)?, name))
}

fn entity(text: &str) -> Result<EntityFilter, String> {
    let wrong = || "write kind and id, e.g. entity:Booking#123".to_owned();
    let (name, number) = text.split_once('#').ok_or_else(wrong)?;
    Ok(EntityFilter {
        name: filter::entity_named(name)?.name().to_owned(),
        id: id(number).ok_or_else(wrong)?,
    })
}

/// A term of free text with its phrase's quote closed.
fn closed(term: &str) -> String {
    match term.starts_with('"') {
        true => super::print::quoted(&super::terms::quoted(term).0),
        false => term.to_owned(),
    }
}
