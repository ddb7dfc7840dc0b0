//! What could be typed next.

mod body;
mod values;

use super::fields::{FIELDS, Field};
use super::lex::{self, Kind, Piece, byte, pieces, utf16};
use super::{Completion, Completions};
use crate::facets::Tally;
use crate::names::{Wanted, fold};
use crate::{Feed, FeedError};
use std::ops::Range;

/// Most completions.
const MOST: usize = 12;

pub(super) fn complete(feed: &Feed, text: &str, cursor: u32) -> Result<Completions, FeedError> {
    let cursor = byte(text, cursor);
    let Caret { place, typed, spot } = at(text, cursor);
    let offers = Offers {
        feed,
        tally: feed.overall()?,
        wanted: Wanted::new(&typed),
        raw: typed.clone(),
        typed: fold(&typed),
        list: matches!(spot, Spot::Value { list: true, .. }),
    };
    let mut items = match spot {
        Spot::Value { field, .. } => offers.values(field, "", MOST)?,
        Spot::Path => offers.paths(text, &place)?,
        Spot::BodyValue { path } => offers.body_values(text, &place, &path)?,
        Spot::Name => offers.fields(),
        Spot::End => Vec::new(),
        Spot::Word { first } => offers.anything(first)?,
    };
    items.truncate(MOST);
    Ok(Completions {
        start: utf16(text, place.start),
        end: utf16(text, place.end),
        items,
    })
}

/// Where the caret stands.
struct Caret {
    /// The part to replace.
    place: Range<usize>,
    /// What is typed of it up to the caret.
    typed: String,
    spot: Spot,
}

/// What the caret stands in.
enum Spot {
    Word {
        /// Nothing stands before it that it could be joined to.
        first: bool,
    },
    /// Of a field that has a value already.
    Name,
    Value {
        field: Field,
        list: bool,
    },
    /// `body.…`, not yet with its colon.
    Path,
    BodyValue {
        path: Vec<String>,
    },
    /// Of a list.
    End,
}

fn at(text: &str, cursor: usize) -> Caret {
    let caret = |place: Range<usize>, spot| Caret {
        typed: text[place.start..cursor.min(place.end)].to_owned(),
        place,
        spot,
    };
    let mut first = true;
    for Piece { place, kind } in pieces(text) {
        if place.start > cursor {
            break;
        }
        if cursor <= place.end {
            match kind {
                // A minus that waits for what it is about.
                Kind::Term if text[place.clone()] == *"-" && cursor == place.end => {
                    return caret(cursor..cursor, Spot::Word { first: true });
                }
                Kind::Term
                    if text[place.clone()]
                        .get(..5)
                        .is_some_and(|name| name.eq_ignore_ascii_case("body.")) =>
                {
                    return caret(place, Spot::Path);
                }
                Kind::Term => return caret(place, Spot::Word { first }),
                Kind::Field(typed) => return in_field(text, cursor, place, &typed),
                // A word that is being typed, perhaps.
                Kind::Not | Kind::And | Kind::Or
                    if cursor == place.end && !text[place.clone()].starts_with('-') =>
                {
                    return caret(place, Spot::Word { first });
                }
                _ => {}
            }
        }
        first = matches!(kind, Kind::Not | Kind::And | Kind::Or | Kind::Open);
    }
    caret(cursor..cursor, Spot::Word { first })
}

fn in_field(text: &str, cursor: usize, place: Range<usize>, typed: &lex::Field) -> Caret {
    let caret = |place: Range<usize>, typed: &str, spot| Caret {
        place,
        typed: typed.to_owned(),
        spot,
    };
    let of_body = !typed.path.is_empty();
    let field = if of_body {
        Some(Field::Body)
    } else {
        Field::named(typed.name)
    };
    let Some(field) = field.filter(|_| cursor > typed.name_place.end) else {
        let name = &text[place.start..cursor.min(typed.name_place.end)];
        let spot = if of_body { Spot::Path } else { Spot::Name };
        return caret(place.start..typed.name_place.end + 1, name, spot);
    };
    if typed.list && typed.closed && cursor == place.end {
        // Nothing goes on right behind a bracket.
        return caret(cursor..cursor, "", Spot::End);
    }
    let mut values = typed.values.iter();
    let value = values.find(|value| value.place.start <= cursor && cursor <= value.place.end);
    let (place, written) = match value {
        Some(value) => (
            value.place.clone(),
            text[value.place.start..cursor].trim_matches('"'),
        ),
        None => (cursor..cursor, ""),
    };
    let spot = match of_body {
        true => Spot::BodyValue {
            path: typed.path.iter().map(|step| step.clone().into_owned()).collect(),
        },
        false => Spot::Value {
            field,
            list: typed.list,
        },
    };
    caret(place, written, spot)
}

struct Offers<'f> {
    feed: &'f Feed,
    /// Counts of everything, where they are known.
    tally: Option<Tally>,
    wanted: Wanted,
    /// As typed.
    raw: String,
    /// Folded.
    typed: String,
    /// It stands in a list.
    list: bool,
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

    /// Words that join conditions, once one is begun in capitals.
    fn signs(&self, first: bool) -> impl Iterator<Item = Completion> {
        let all = [
            ("OR", "one of both", false),
            ("AND", "both", false),
            ("NOT", "leaves out what follows", true),
        ];
        let begun = |sign: &str| !self.raw.is_empty() && sign.starts_with(&self.raw);
        let fitting = all
            .into_iter()
            .filter(move |(sign, _, alone)| begun(sign) && (*alone || !first));
        fitting.map(|(sign, hint, _)| Completion {
            insert: format!("{sign} "),
            label: sign.to_owned(),
            hint: hint.to_owned(),
        })
    }

    /// For a word: what joins, fields that begin so, then values of any field that contain it.
    fn anything(&self, first: bool) -> Result<Vec<Completion>, FeedError> {
        let mut items: Vec<Completion> = self.signs(first).collect();
        items.extend(self.fields());
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
        Ok(items)
    }
}
