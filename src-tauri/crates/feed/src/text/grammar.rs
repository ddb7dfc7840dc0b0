//! The grammar: pieces put together.
//!
//! ```text
//! any    = all { "OR" all }
//! all    = run { "AND" run }
//! run    = single { single }          fields of one name said in a row are one field with several values
//! single = { "NOT" | "-" } ( field | word | phrase | "(" any ")" )
//! ```

use super::lex::{Field, Kind, Piece, pieces};
use std::ops::Range;
use winnow::combinator::{opt, repeat};
use winnow::error::{ErrMode, ParserError};
use winnow::stream::TokenSlice;
use winnow::token::any as piece;
use winnow::{ModalResult, Parser};

/// Longest text, in bytes: a page of it. More is not typed by anybody, and costs everybody.
pub(super) const LONGEST: usize = 32 * 1024;
/// Most words, fields and values.
const MOST: usize = 2_000;
/// Most brackets in each other.
const DEEPEST: usize = 20;

/// What is wrong, and where in bytes.
#[derive(Debug)]
pub(super) struct Wrong(pub Range<usize>, pub String);

/// A query as it was typed.
#[derive(Debug)]
pub(super) enum Syntax<'t> {
    /// A word or phrase, by its place.
    Term(Range<usize>),
    Field(Range<usize>, Field<'t>),
    Not(Box<Syntax<'t>>),
    /// In brackets.
    Group(Box<Syntax<'t>>),
    /// One after the other.
    Run(Vec<Syntax<'t>>),
    All(Vec<Syntax<'t>>),
    Any(Vec<Syntax<'t>>),
}

type Pieces<'i, 't> = TokenSlice<'i, Piece<'t>>;
type Read<T> = ModalResult<T, Wrong>;

impl ParserError<Pieces<'_, '_>> for Wrong {
    type Inner = Wrong;

    /// Nothing that could begin here: what stands here instead says why.
    fn from_input(input: &Pieces) -> Wrong {
        let Some(piece) = input.first() else {
            return Wrong(usize::MAX..usize::MAX, "something is missing here".into());
        };
        let message = match piece.kind {
            Kind::And => nothing_before("AND"),
            Kind::Or => nothing_before("OR"),
            Kind::Close => "this bracket closes none: leave it out, or open one with ( before".into(),
            _ => "this cannot stand here".into(),
        };
        Wrong(piece.place.clone(), message)
    }

    fn into_inner(self) -> Result<Wrong, Wrong> {
        Ok(self)
    }
}

/// The syntax of a text; nothing if it is blank.
pub(super) fn syntax(text: &str) -> Result<Option<Syntax<'_>>, Wrong> {
    if text.len() > LONGEST {
        let message = format!("this is longer than {LONGEST} letters: ask for less at once");
        return Err(Wrong(0..text.len(), message));
    }
    let pieces = pieces(text);
    limits(&pieces)?;
    if pieces.is_empty() {
        return Ok(None);
    }
    let mut input = TokenSlice::new(&pieces);
    let read = any(&mut input).and_then(|syntax| match input.first() {
        None => Ok(Some(syntax)),
        Some(_) => Err(ErrMode::from_input(&input)),
    });
    read.map_err(|error| {
        let Wrong(place, message) = match error {
            ErrMode::Backtrack(wrong) | ErrMode::Cut(wrong) => wrong,
            ErrMode::Incomplete(_) => Wrong::from_input(&input),
        };
        Wrong(place.start.min(text.len())..place.end.min(text.len()), message)
    })
}

/// Refuses what is too much before anything is made of it.
fn limits(pieces: &[Piece]) -> Result<(), Wrong> {
    let (mut depth, mut count) = (0, 0);
    for piece in pieces {
        match &piece.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = usize::saturating_sub(depth, 1),
            Kind::Term => count += 1,
            Kind::Field(field) => count += field.values.len().max(1),
            Kind::Not | Kind::And | Kind::Or => {}
        }
        let message = if depth > DEEPEST {
            format!("these are more than {DEEPEST} brackets in each other: write it simpler")
        } else if count > MOST {
            format!("these are more than {MOST} words and values: ask for less at once")
        } else {
            continue;
        };
        return Err(Wrong(piece.place.clone(), message));
    }
    Ok(())
}

fn any<'t>(input: &mut Pieces<'_, 't>) -> Read<Syntax<'t>> {
    joined(input, |kind| *kind == Kind::Or, "OR", all, Syntax::Any)
}

fn all<'t>(input: &mut Pieces<'_, 't>) -> Read<Syntax<'t>> {
    joined(input, |kind| *kind == Kind::And, "AND", run, Syntax::All)
}

/// Parts with a word between them.
fn joined<'i, 't>(
    input: &mut Pieces<'i, 't>,
    sign: fn(&Kind) -> bool,
    word: &str,
    mut part: fn(&mut Pieces<'i, 't>) -> Read<Syntax<'t>>,
    of: fn(Vec<Syntax<'t>>) -> Syntax<'t>,
) -> Read<Syntax<'t>> {
    let first = part.parse_next(input)?;
    let next = |input: &mut Pieces<'i, 't>| {
        let sign = is(sign).parse_next(input)?;
        or_told(part, sign, || {
            format!("there is nothing after {word}: put a word or a field there; to search for the word itself, write \"{word}\"")
        })
        .parse_next(input)
    };
    let mut parts: Vec<Syntax> = repeat(0.., next).parse_next(input)?;
    if parts.is_empty() {
        return Ok(first);
    }
    parts.insert(0, first);
    Ok(of(parts))
}

fn run<'t>(input: &mut Pieces<'_, 't>) -> Read<Syntax<'t>> {
    let mut parts: Vec<Syntax> = repeat(1.., single).parse_next(input)?;
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(Syntax::Run(parts)),
    }
}

fn single<'t>(input: &mut Pieces<'_, 't>) -> Read<Syntax<'t>> {
    let signs: Vec<&Piece> = repeat(0.., is(|kind| *kind == Kind::Not)).parse_next(input)?;
    let Some(sign) = signs.last() else {
        return operand.parse_next(input);
    };
    let what = or_told(operand, sign, || {
        "there is nothing to leave out: put a word or a field right behind; to search for the word itself, write \"NOT\"".into()
    })
    .parse_next(input)?;
    let not = Syntax::Not(Box::new(what));
    // However many: they are counted, not gone into.
    Ok(match signs.len() % 2 {
        0 => Syntax::Not(Box::new(Syntax::Group(Box::new(not)))),
        _ => not,
    })
}

fn operand<'t>(input: &mut Pieces<'_, 't>) -> Read<Syntax<'t>> {
    let first = piece
        .verify(|piece: &&Piece| matches!(piece.kind, Kind::Term | Kind::Field(_) | Kind::Open))
        .parse_next(input)?;
    match &first.kind {
        Kind::Open => group(input, first),
        Kind::Field(field) => Ok(Syntax::Field(first.place.clone(), field.clone())),
        _ => Ok(Syntax::Term(first.place.clone())),
    }
}

/// What stands behind an opened bracket, with the one that closes it.
fn group<'t>(input: &mut Pieces<'_, 't>, open: &Piece) -> Read<Syntax<'t>> {
    if let Some(close) = opt(is(|kind| *kind == Kind::Close)).parse_next(input)? {
        let message = "there is nothing in these brackets: leave them out, or write what belongs in them";
        return Err(ErrMode::Cut(Wrong(
            open.place.start..close.place.end,
            message.into(),
        )));
    }
    let inner = or_told(any, open, not_closed).parse_next(input)?;
    match opt(is(|kind| *kind == Kind::Close)).parse_next(input)? {
        Some(_) => Ok(Syntax::Group(Box::new(inner))),
        None => Err(ErrMode::Cut(Wrong(open.place.clone(), not_closed()))),
    }
}

fn not_closed() -> String {
    "this bracket is not closed: put ) where it ends, or the words in quotes".into()
}

fn nothing_before(word: &str) -> String {
    format!(
        "there is nothing before {word}: put a word or a field there; to search for the word itself, write \"{word}\""
    )
}

/// The next piece, if it is one of these.
fn is<'i, 't: 'i>(kind: fn(&Kind) -> bool) -> impl Parser<Pieces<'i, 't>, &'i Piece<'t>, ErrMode<Wrong>> {
    piece.verify(move |piece: &&Piece| kind(&piece.kind))
}

/// A part that has to follow: if the text ends here, the sign before is pointed at.
fn or_told<'i, 't, T>(
    mut part: fn(&mut Pieces<'i, 't>) -> Read<T>,
    sign: &Piece,
    message: impl Fn() -> String,
) -> impl Parser<Pieces<'i, 't>, T, ErrMode<Wrong>> {
    move |input: &mut Pieces<'i, 't>| {
        let ends = input.first().is_none_or(|next| next.kind == Kind::Close);
        match part.parse_next(input) {
            Err(ErrMode::Backtrack(_)) if ends => Err(ErrMode::Cut(Wrong(sign.place.clone(), message()))),
            Err(error) => Err(error.cut()),
            done => done,
        }
    }
}
