//! Arguments that several verbs share.

use super::output::plain;
use crate::monitor::actions::lexicon;
use nexwatch_feed::{Clock, Feed, Filter, ParseTrouble};
use nexwatch_settings::{LearntActions, Settings};
use nexwatch_store::Reader;
use std::path::Path;
use std::sync::Arc;

/// Which events, in the language of the query box.
#[derive(Debug, clap::Args)]
pub(super) struct FilterArgument {
    /// Which events, e.g. `action:BookingCreate zoë from:today` (as in the window's query box, see below; nothing: all). What
    /// begins with a minus comes after `--`, e.g. `query --json -- -flag:sample`.
    #[arg(value_name = "FILTER")]
    words: Vec<String>,
}

/// The language in short, for `--help`.
pub(super) const LANGUAGE: &str = "\
The filter:
  zoë \"blue room\" caf*               words and phrases; a star: what begins so
  action:BookingCreate               a field and its value; action:(BookingCreate, 61) any of several
  category: location: person:        by name, a part of it, or id; location:none is \"not known\"
  at:today  at:last 2h               also at:2026-11, at:2026-11-01..2026-11-07, from:-7d, to:yesterday
  amount:>100  currency:EUR          also >=, <, <=, 100..200, * (any at all)
  flag:repeat  changed:FromTime      a mark; a field that differs from the state before
  booking:123  entity:Proposal#5     one thing by its id; resource:9 a room
  body.CustomFields.Level:Gold       any field of the body; also >5, 1..9, true, null, *
  a b, a AND b, a OR b, NOT a, -a    brackets join: (flag:repeat OR amount:>100) -person:ana
In a shell, put it in single quotes. All of it: docs/query-language.md";

impl FilterArgument {
    /// The filter, or what is wrong with it and where.
    pub fn filter(&self, feed: &Feed) -> anyhow::Result<Filter> {
        let text = self.words.join(" ");
        Ok(feed
            .parse(&text)?
            .map_err(|trouble| Misplaced { text, trouble })?)
    }
}

/// A filter that is not right.
#[derive(Debug, thiserror::Error)]
#[error("the filter is not right: {}", trouble.message)]
pub(super) struct Misplaced {
    text: String,
    trouble: ParseTrouble,
}

/// Letters shown before the place, and of it and what follows.
const AROUND: (usize, usize) = (30, 40);

impl Misplaced {
    /// The filter with a mark under the place: two lines.
    pub fn sketch(&self) -> String {
        let units: Vec<u16> = self.text.encode_utf16().collect();
        let part = |from: u32, to: u32| {
            let part = units.get(from as usize..to as usize).unwrap_or_default();
            plain(&String::from_utf16_lossy(part))
        };
        let ParseTrouble { start, end, .. } = self.trouble;
        let before = part(0, start);
        let skipped = before.chars().count().saturating_sub(AROUND.0);
        let before: String = before.chars().skip(skipped).collect();
        let wrong: String = part(start, end).chars().take(AROUND.1).collect();
        let left = AROUND.1 - wrong.chars().count();
        let after: String = part(end, u32::try_from(units.len()).unwrap_or(u32::MAX))
            .chars()
            .take(left)
            .collect();
        let dots = if skipped > 0 { "…" } else { "" };
        let space = " ".repeat(dots.chars().count() + before.chars().count());
        let mark = "^".repeat(wrong.chars().count().max(1));
        format!("    {dots}{before}{wrong}{after}\n    {space}{mark}")
    }
}

/// A number of things of which there is at least one.
pub(super) fn at_least_one(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("write a whole number from 1 on, without spaces or dots, e.g. 200".to_owned()),
        Ok(number) => Ok(number),
    }
}

/// The id of a location, which Nexudus gives it.
pub(super) fn location_id(text: &str) -> Result<i64, String> {
    let wrong = || "a location is named by its id in Nexudus, a number, e.g. 1420900101".to_owned();
    text.parse().ok().filter(|id| *id > 0).ok_or_else(wrong)
}

/// The feed of a folder, for reading only; another program may be writing it.
pub(super) fn feed(folder: &Path) -> anyhow::Result<Feed> {
    let feed = Feed::new(Reader::open(folder)?);
    // A folder without settings is told as a new one would be.
    let settings = Settings::load(folder)?.unwrap_or_default();
    feed.set_voice(settings.telling.voice());
    // Whatever is wrong with that file, events can be asked for by the names that they came with.
    if let Ok(Some(learnt)) = LearntActions::load(folder) {
        feed.set_lexicon(Arc::new(lexicon(&learnt)));
    }
    Ok(feed)
}

/// This moment, in the zone by which events are told.
pub(super) fn clock(feed: &Feed) -> Clock {
    Clock {
        now: jiff::Timestamp::now().as_millisecond(),
        zone: feed.voice().zones().home.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_feed::text::parse;

    fn sketch(text: &str) -> String {
        let trouble = parse(text).unwrap_err();
        let text = text.to_owned();
        Misplaced { text, trouble }.sketch()
    }

    #[test]
    fn numbers_are_told_what_they_should_be() {
        assert_eq!((at_least_one("200"), location_id("7")), (Ok(200), Ok(7)));
        for text in ["", "0", "-1", "1,000", "x", "99999999999999999999"] {
            assert!(at_least_one(text).unwrap_err().contains("whole number"), "{text}");
            assert!(location_id(text).unwrap_err().contains("id in Nexudus"), "{text}");
        }
    }

    #[test]
    fn the_place_is_marked() {
        assert_eq!(sketch("zoë moon:x y"), "    zoë moon:x y\n        ^^^^");
        assert_eq!(sketch("a\u{1b}b OR"), "    a\u{fffd}b OR\n        ^^");
        let long = format!("{} (a OR moon:{})", "word ".repeat(40), "x".repeat(90));
        let shown = sketch(&long);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(
            lines[0].starts_with("    …") && lines[0].chars().count() <= 80,
            "{shown}"
        );
        assert_eq!(
            lines[0].find("moon"),
            lines[1].find('^').map(|at| at + "…".len() - 1),
            "{shown}"
        );
    }
}
