//! The catalogue of messages: a file a language, in Fluent's format (projectfluent.org).
//!
//! A new language is a file beside `catalogue/en.ftl` and a line in [`LANGUAGES`]. A test holds every language to the same
//! messages with the same pieces.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// Every language: its code (BCP 47), its name in itself, its messages.
pub const LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", "English", include_str!("../catalogue/en.ftl")),
    ("es", "Español", include_str!("../catalogue/es.ftl")),
];

/// What stands for a piece that is missing: `{ $room -> [0] … *[other] { $room } }`. Names and texts are never numbers.
const MISSING: i64 = 0;

/// The messages of one language, ready to be filled in.
pub(crate) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The pieces that each message asks for.
    asked: FxHashMap<String, Vec<String>>,
}

impl Catalogue {
    /// The catalogue of a language's code; of the first language where there is none of it. Made once for each.
    pub fn of(code: &str) -> &'static Catalogue {
        static MADE: [OnceLock<Catalogue>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
        let at = LANGUAGES
            .iter()
            .position(|(known, _, _)| *known == code)
            .unwrap_or(0);
        MADE[at].get_or_init(|| Catalogue::new(LANGUAGES[at].0, LANGUAGES[at].2))
    }

    fn new(code: &str, messages: &str) -> Catalogue {
        let language: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Names of other scripts are isolated by whoever shows the sentence; in a file the marks would be in the way.
        bundle.set_use_isolating(false);
        // What is wrong in a file is left out; a test finds it.
        let resource = match FluentResource::try_new(messages.to_owned()) {
            Ok(resource) => resource,
            Err((resource, _)) => resource,
        };
        let asked = pieces::of(&resource);
        bundle.add_resource_overriding(resource);
        Catalogue { bundle, asked }
    }

    /// A message filled in; nothing if there is none of the name. What it asks for and is not given is missing.
    pub fn fill<'a>(
        &self,
        message: &str,
        mut give: impl FnMut(&str) -> Option<FluentValue<'a>>,
    ) -> Option<String> {
        let pattern = self.bundle.get_message(message)?.value()?;
        let asked = self.asked.get(message).map_or(&[][..], Vec::as_slice);
        let mut args = FluentArgs::with_capacity(asked.len());
        for name in asked {
            args.set(
                Cow::Borrowed(name.as_str()),
                give(name).unwrap_or_else(|| FluentValue::from(MISSING)),
            );
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        Some(text.into_owned())
    }

    /// A message that asks for nothing.
    pub fn word(&self, message: &str) -> Option<String> {
        self.fill(message, |_| None)
    }

    /// The messages' names, with what each asks for.
    #[cfg(test)]
    pub fn messages(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.asked
            .iter()
            .map(|(name, asked)| (name.as_str(), asked.as_slice()))
    }
}

/// Which pieces messages ask for.
mod pieces {
    use fluent_bundle::FluentResource;
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
    use rustc_hash::FxHashMap;

    /// The names of the variables of each message, those of messages that it refers to included.
    pub fn of(resource: &FluentResource) -> FxHashMap<String, Vec<String>> {
        let mut own: FxHashMap<&str, (Vec<&str>, Vec<&str>)> = FxHashMap::default();
        for entry in resource.entries() {
            let (name, pattern) = match entry {
                Entry::Message(message) => (message.id.name, message.value.as_ref()),
                Entry::Term(term) => (term.id.name, Some(&term.value)),
                _ => continue,
            };
            let mut found = Found::default();
            if let Some(pattern) = pattern {
                found.pattern(pattern);
            }
            own.insert(name, (found.variables, found.references));
        }
        let all = own.keys().map(|name| {
            let (mut seen, mut open, mut variables) = (Vec::new(), vec![*name], Vec::new());
            while let Some(next) = open.pop() {
                if seen.contains(&next) {
                    continue;
                }
                seen.push(next);
                if let Some((asks, refers)) = own.get(next) {
                    variables.extend(asks.iter().map(|name| (*name).to_owned()));
                    open.extend(refers);
                }
            }
            variables.sort_unstable();
            variables.dedup();
            ((*name).to_owned(), variables)
        });
        all.collect()
    }

    #[derive(Default)]
    struct Found<'s> {
        variables: Vec<&'s str>,
        references: Vec<&'s str>,
    }

    impl<'s> Found<'s> {
        fn pattern(&mut self, pattern: &Pattern<&'s str>) {
            for element in &pattern.elements {
                if let PatternElement::Placeable { expression } = element {
                    self.expression(expression);
                }
            }
        }

        fn expression(&mut self, expression: &Expression<&'s str>) {
            match expression {
                Expression::Inline(inline) => self.inline(inline),
                Expression::Select { selector, variants } => {
                    self.inline(selector);
                    variants.iter().for_each(|variant| self.pattern(&variant.value));
                }
            }
        }

        fn inline(&mut self, inline: &InlineExpression<&'s str>) {
            match inline {
                InlineExpression::VariableReference { id } => self.variables.push(id.name),
                InlineExpression::MessageReference { id, .. }
                | InlineExpression::TermReference { id, .. } => {
                    self.references.push(id.name);
                }
                InlineExpression::Placeable { expression } => self.expression(expression),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_file_is_right() {
        for (code, _, messages) in LANGUAGES {
            let errors = match FluentResource::try_new((*messages).to_owned()) {
                Ok(_) => Vec::new(),
                Err((_, errors)) => errors,
            };
            assert!(errors.is_empty(), "{code}: {errors:?}");
            assert!(code.parse::<LanguageIdentifier>().is_ok(), "{code}");
        }
    }

    /// Fluent takes the last of two messages of one name without a word.
    #[test]
    fn no_message_is_there_twice_and_every_part_is_there() {
        for (code, _, messages) in LANGUAGES {
            let mut names: Vec<&str> = messages
                .lines()
                .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
                .filter_map(|line| line.split_once(" ="))
                .map(|(name, _)| name)
                .collect();
            names.sort_unstable();
            let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "{code}: {twice:?}");
            for (at, _) in messages.match_indices("{ part-") {
                let part = messages[at + 2..].split(' ').next().unwrap_or_default();
                assert!(names.contains(&part), "{code}: {part}");
            }
        }
    }

    #[test]
    fn every_language_has_every_message_with_the_same_pieces() {
        // Parts of messages are each language's own; what they ask for counts with the messages that they stand in.
        let of = |code| -> BTreeMap<&str, &[String]> {
            let all = Catalogue::of(code).messages();
            all.filter(|(name, _)| !name.starts_with("part-")).collect()
        };
        let english = of("en");
        for (code, _, _) in &LANGUAGES[1..] {
            let other = of(code);
            for (name, asked) in &english {
                assert_eq!(other.get(name), Some(asked), "{code}: {name}");
            }
            let unknown: Vec<_> = other.keys().filter(|name| !english.contains_key(*name)).collect();
            assert!(unknown.is_empty(), "{code}: {unknown:?}");
        }
    }
}
