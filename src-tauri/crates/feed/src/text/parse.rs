//! A text of the query box as a tree.

use super::fields::{FIELDS, Field};
use super::grammar::{Syntax, Wrong, syntax};
use super::known::{Known, NONE};
use super::lex::{self, Value, utf16};
use super::names::{action_named, entity, id, person, resource};
use super::near::nearest;
use super::terms::quoted;
use super::tree::{Expr, Leaf, Said};
use super::value::{self, BodyTest, Bounds};
use super::{ParseTrouble, flat};
use crate::filter::{self, EntityFilter, Filter, cut};
use crate::names::fold;
use nexwatch_nexudus::Action;
use nexwatch_nexudus::private::is_private;
use std::mem::discriminant;
use std::ops::Range;

/// The filter of a text; with names where the store's are known.
pub(super) fn parse(text: &str, known: Option<&Known>) -> Result<Filter, ParseTrouble> {
    let filter = flat::filter(tree(text, known)?);
    // The ends may stand apart.
    if let (Some(from), Some(to)) = (&filter.from, &filter.to)
        && filter::is_reversed(from, to)
    {
        return Err(trouble(text, &last_time(text), BACKWARDS.to_owned()));
    }
    Ok(filter)
}

const BACKWARDS: &str = "this ends before it has begun: write the earlier moment first";

/// Where a text speaks of time last; all of it, if it does not.
fn last_time(text: &str) -> Range<usize> {
    let is_time = |piece: &lex::Piece| match &piece.kind {
        lex::Kind::Field(field) => matches!(
            Field::named(field.name),
            Some(Field::At | Field::On | Field::From | Field::To)
        ),
        _ => false,
    };
    let last = lex::pieces(text).into_iter().rfind(is_time);
    last.map_or(0..text.len(), |piece| piece.place)
}

fn trouble(text: &str, place: &Range<usize>, message: String) -> ParseTrouble {
    ParseTrouble {
        message,
        start: utf16(text, place.start),
        end: utf16(text, place.end),
    }
}

/// The tree of a text.
pub(super) fn tree(text: &str, known: Option<&Known>) -> Result<Expr, ParseTrouble> {
    let read = || match syntax(text)? {
        Some(syntax) => Parser { text, known }.expr(&syntax),
        None => Ok(Expr::All(Vec::new())),
    };
    read().map_err(|Wrong(place, message)| trouble(text, &place, message))
}

struct Parser<'k> {
    text: &'k str,
    known: Option<&'k Known>,
}

impl Parser<'_> {
    fn expr(&self, syntax: &Syntax) -> Result<Expr, Wrong> {
        let each = |parts: &[Syntax]| {
            parts
                .iter()
                .map(|part| self.expr(part))
                .collect::<Result<Vec<_>, _>>()
        };
        match syntax {
            Syntax::Any(parts) => Ok(Expr::any(each(parts)?)),
            Syntax::All(parts) => Ok(Expr::all(each(parts)?)),
            Syntax::Run(parts) => self.run(parts),
            Syntax::Group(inner) => self.expr(inner),
            Syntax::Not(inner) => {
                let inner_expr = self.expr(inner)?;
                Ok(match (&**inner, inner_expr) {
                    // `-flag:(a, b)` is none of them, as it has always been.
                    (Syntax::Field(..), Expr::All(marks)) if marks.iter().all(is_mark) => {
                        Expr::all(marks.into_iter().map(Expr::negated).collect())
                    }
                    (_, expr) => expr.negated(),
                })
            }
            Syntax::Term(place) => Ok(Expr::Is(Leaf::Said(said(&self.text[place.clone()])))),
            Syntax::Field(place, field) => self.field(place, field),
        }
    }

    /// Parts in a row: what one field is said to be several times is any of it.
    fn run(&self, parts: &[Syntax]) -> Result<Expr, Wrong> {
        let mut all: Vec<Expr> = Vec::with_capacity(parts.len());
        // Which of them stand there by themselves, not in brackets.
        let mut bare: Vec<usize> = Vec::new();
        for part in parts {
            let expr = self.expr(part)?;
            if let (Syntax::Field(place, field), Expr::Is(leaf)) = (part, &expr) {
                let same = bare.iter().copied().find(|at| match &all[*at] {
                    Expr::Is(known) => discriminant(known) == discriminant(leaf),
                    _ => false,
                });
                if let Some(Expr::Is(known)) = same.map(|at| &mut all[at])
                    && joins(known, leaf).map_err(|message| {
                        let last = field.values.last().map_or(place, |value| &value.place);
                        Wrong(last.clone(), message)
                    })?
                {
                    continue;
                }
                bare.push(all.len());
            }
            all.push(expr);
        }
        Ok(Expr::all(all))
    }

    fn field(&self, place: &Range<usize>, typed: &lex::Field) -> Result<Expr, Wrong> {
        let name = if typed.path.is_empty() { typed.name } else { "body" };
        let Some(field) = Field::named(name) else {
            return Err(Wrong(typed.name_place.clone(), no_field(typed.name)));
        };
        if field == Field::Body && (typed.path.is_empty() || typed.path.iter().any(|step| step.is_empty())) {
            let message =
                "say which field of the body, e.g. body.Notes:coffee or body.CustomFields.Level:Gold";
            return Err(Wrong(typed.name_place.clone(), message.into()));
        }
        if !typed.closed {
            let message = format!("this list has no end: close it with ), e.g. {}:(…)", typed.name);
            return Err(Wrong(place.clone(), message));
        }
        if typed.values.is_empty() {
            let message = format!(
                "write what after the colon, without a space, e.g. {}",
                field.example()
            );
            return Err(Wrong(place.clone(), message));
        }
        let mut all: Vec<Expr> = Vec::with_capacity(typed.values.len());
        for value in &typed.values {
            let wrong = |message| Wrong(value.place.clone(), message);
            let leaf = self.leaf(field, typed, value).map_err(wrong)?;
            match (all.last_mut(), leaf) {
                (Some(Expr::Is(known)), leaf) if known.is_set() => known.extend(leaf),
                (Some(Expr::Is(Leaf::Amounts(known))), Leaf::Amounts(more)) => known.extend(more),
                (Some(Expr::Is(Leaf::Body { tests, .. })), Leaf::Body { tests: more, .. }) => {
                    tests.extend(more)
                }
                (Some(_), _) if matches!(field, Field::From | Field::To) => {
                    return Err(wrong(twice(typed.name)));
                }
                (_, leaf) => all.push(Expr::Is(leaf)),
            }
        }
        Ok(match field {
            Field::At | Field::On => Expr::any(all),
            _ => Expr::all(all),
        })
    }

    fn leaf(&self, field: Field, typed: &lex::Field, value: &Value) -> Result<Leaf, String> {
        // Parts of names are beginnings of words anyway.
        let name = value.text.as_ref();
        let starred = match value.star {
            true => format!("{name}*"),
            false => name.to_owned(),
        };
        let text = starred.as_str();
        Ok(match field {
            Field::Category => Leaf::Categories(vec![filter::category(text)?.slug().to_owned()]),
            Field::Action if value.star => Leaf::Actions(self.actions_from(name)?),
            Field::Action => Leaf::Actions(vec![self.action(name)?]),
            Field::Location => Leaf::Locations(vec![self.location(name)?]),
            Field::Person => Leaf::Persons(vec![person(name)?]),
            Field::Flag => {
                let mark = filter::mark(text)?;
                let names = mark.names();
                Leaf::Flag(names.first().copied().unwrap_or_default().to_owned())
            }
            Field::From => Leaf::At {
                from: Some(moment(text)?),
                to: None,
            },
            Field::To => Leaf::At {
                from: None,
                to: Some(moment(text)?),
            },
            Field::On => {
                let day = moment(text)?;
                if !filter::is_day(&day) {
                    return Err(
                        "on: is a whole day, e.g. on:2026-06-09; for hours write from: and to:".into(),
                    );
                }
                Leaf::At {
                    from: Some(day.clone()),
                    to: Some(day),
                }
            }
            Field::At => {
                let (from, to) = value::stretch(text)?;
                forwards(&from, &to)?;
                Leaf::At { from, to }
            }
            Field::Entity => Leaf::Entities(vec![entity(text)?]),
            Field::One(kind) => Leaf::Entities(vec![EntityFilter {
                name: kind.name().to_owned(),
                id: id(text).ok_or_else(|| format!("write the id, e.g. {}:123", typed.name))?,
            }]),
            Field::Resource => Leaf::Resources(vec![resource(text)?]),
            Field::Changed if text.trim().is_empty() || value.star => {
                return Err("write a field of the body, e.g. changed:FromTime".into());
            }
            Field::Changed => Leaf::Changed(vec![text.to_owned()]),
            Field::Currency => {
                let code = text.trim().to_ascii_uppercase();
                if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    return Err(format!(
                        "“{}” is no currency: write its three letters, e.g. EUR",
                        cut(text)
                    ));
                }
                Leaf::Currencies(vec![code])
            }
            Field::Amount => Leaf::Amounts(vec![Bounds::read(text)?]),
            Field::Body => {
                let path: Vec<String> = typed.path.iter().map(|step| step.clone().into_owned()).collect();
                if name.trim().is_empty() {
                    return Err(format!(
                        "write what it says, e.g. {}:coffee, or {}:* for any that has one",
                        cut(typed.name),
                        cut(typed.name)
                    ));
                }
                let test = BodyTest::read(name, value.quoted, value.star)?;
                if let Some(private) = path.iter().find(|step| is_private(step))
                    && !test.is_whether()
                {
                    return Err(format!(
                        "“{}” is private: what it says is never searched; {}:* finds where it says anything",
                        cut(private),
                        cut(typed.name)
                    ));
                }
                Leaf::Body {
                    path,
                    tests: vec![test],
                }
            }
            Field::Text => Leaf::Text(text.to_owned()),
        })
    }

    fn action(&self, text: &str) -> Result<String, String> {
        if text.trim().is_empty() {
            return Err("write a name, e.g. action:BookingCreate".into());
        }
        let Some(known) = self.known else {
            return Ok(action_named(text).name());
        };
        let action = known.action_named(text);
        known.action(&action)?;
        Ok(action.name())
    }

    /// All actions whose names begin so.
    fn actions_from(&self, text: &str) -> Result<Vec<String>, String> {
        let beginning = fold(text.trim());
        let own = self.known.map_or(&[] as &[String], Known::actions);
        let all = Action::all()
            .map(|action| action.name())
            .chain(own.iter().cloned());
        let fitting: Vec<String> = all.filter(|name| fold(name).starts_with(&beginning)).collect();
        match fitting.is_empty() {
            true => Err(format!(
                "no action begins with “{}”: write e.g. action:Booking*",
                cut(text)
            )),
            false => Ok(fitting),
        }
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
}

fn is_mark(expr: &Expr) -> bool {
    matches!(expr, Expr::Is(Leaf::Flag(_)))
}

/// Takes a field that is said once more into what was said before; false if each has to hold.
fn joins(known: &mut Leaf, more: &Leaf) -> Result<bool, String> {
    match (&mut *known, more) {
        (Leaf::Entities(own), Leaf::Entities(more)) => {
            let kind = own.first().map(|entity| entity.name.clone());
            if let Some(other) = more.iter().find(|entity| Some(&entity.name) != kind.as_ref()) {
                return Err(format!(
                    "an event is about one thing: for either of them put OR between, or leave out {}#{}",
                    other.name, other.id
                ));
            }
        }
        (
            Leaf::At { from, to },
            Leaf::At {
                from: more_from,
                to: more_to,
            },
        ) => {
            // Two beginnings, or two ends: both hold.
            if from.is_some() && more_from.is_some() || to.is_some() && more_to.is_some() {
                return Ok(false);
            }
            for (slot, more) in [(&mut *from, more_from), (&mut *to, more_to)] {
                *slot = slot.take().or_else(|| more.clone());
            }
            forwards(from, to)?;
            return Ok(true);
        }
        _ => {}
    }
    if known.is_set() {
        known.extend(more.clone());
    }
    Ok(known.is_set())
}

/// A stretch of time that ends before it begins is a slip of whoever typed it.
fn forwards(from: &Option<String>, to: &Option<String>) -> Result<(), String> {
    match (from, to) {
        (Some(from), Some(to)) if filter::is_reversed(from, to) => Err(BACKWARDS.to_owned()),
        _ => Ok(()),
    }
}

fn twice(name: &str) -> String {
    format!("“{name}” is said twice: leave one out")
}

fn no_field(typed: &str) -> String {
    let names = || FIELDS.iter().map(|(name, ..)| (*name).to_owned());
    let right = match nearest(typed, names()) {
        Some(near) => format!("do you mean {near}?"),
        None => format!("there are {}.", names().collect::<Vec<_>>().join(", ")),
    };
    format!(
        "there is no field “{}”: {right} To search for the words, put them in quotes",
        cut(typed)
    )
}

fn moment(text: &str) -> Result<String, String> {
    filter::check_time(text)?;
    Ok(text.trim().to_owned())
}

/// A word or phrase as it was typed.
pub(super) fn said(term: &str) -> Said {
    if term.starts_with('"') {
        let (inner, length) = quoted(term);
        return Said {
            text: inner.into_owned(),
            phrase: true,
            beginning: term[length..].starts_with('*'),
        };
    }
    let inner = term.trim_end_matches('*');
    match inner.is_empty() {
        true => Said {
            text: term.to_owned(),
            phrase: false,
            beginning: false,
        },
        false => Said {
            text: inner.to_owned(),
            phrase: false,
            beginning: inner.len() < term.len(),
        },
    }
}
