//! The sentences of entities that have no file of their own.

use super::Object;
use super::generic::PROVIDER;
use crate::phrase::{Sentence, or, span_words};
use crate::{Action, Entity};

/// What a sentence can be made of; any of it may be missing.
pub(super) struct Words<'o, 'f, 'a> {
    pub object: &'o Object<'f, 'a>,
    pub entity: Entity,
    pub who: Option<&'o str>,
    pub title: Option<&'o str>,
    /// The beginning of a message or description.
    pub message: Option<&'o str>,
    /// Money with its currency.
    pub sum: Option<String>,
}

impl Words<'_, '_, '_> {
    /// The event in words: of an act that this body is known to come with in a sentence of its own, of any other
    /// with its label and what the body calls itself.
    pub fn sentence(self) -> String {
        let known = self.entity == self.object.action.entity();
        match self.object.number() {
            number if known => self.act(number),
            _ => self.labelled(),
        }
    }

    fn act(self, number: u8) -> String {
        let f = self.object.fields;
        let who = or(self.who, "Somebody");
        let say = self.title.or(self.message);
        let done = |created: u8| match number - created {
            0 => "was created",
            1 => "was changed",
            _ => "was deleted",
        };
        let sentence = match number {
            25 | 26 | 44 => Sentence::new(self.object.action.label())
                .and(":", self.title)
                .and("on", span_words(f, "StartDate", "EndDate", self.object.now))
                .aside(self.who),
            27 => Sentence::new(format!("{who} no longer attends")).and("", self.title.or(Some("an event"))),
            28 => Sentence::new(format!("{who} signed up"))
                .and("for", self.title.or(Some("an event")))
                .aside(self.sum),
            29 => Sentence::new("Attendance")
                .and("of", self.who)
                .and("at", self.title)
                .and_if(true, "was changed"),
            30 => Sentence::new("Chat message").and(":", self.message.or(self.title)),
            31 => Sentence::new("New newsletter subscriber").and(":", self.who),
            32 => Sentence::new(format!("{who} subscribed to the newsletter")),
            33 => Sentence::new(format!("{who} unsubscribed from the newsletter")),
            34 => Sentence::new(format!("{who} was removed from a newsletter group")),
            39 => Sentence::new("New community thread")
                .and(":", say)
                .aside(self.who),
            40 => Sentence::new("New community reply")
                .and(":", self.message.or(self.title))
                .aside(self.who),
            45 => Sentence::new(format!("{who} asked the help-desk"))
                .and(":", say)
                .aside(f.line("HelpDeskDepartmentName")),
            46 => Sentence::new(if f.is("Internal") {
                "Internal help-desk note"
            } else {
                "Help-desk reply"
            })
            .and("by", self.who)
            .and(":", self.message.or(self.title)),
            51 => Sentence::new("Message")
                .and(
                    if f.is("Incoming") { "from" } else { "to" },
                    Some(or(self.who, "a customer")),
                )
                .and(":", say),
            54..=56 => Sentence::new("Proposal")
                .and("", self.title)
                .and("for", self.who)
                .and_if(true, done(54))
                .and(":", self.sum),
            57..=59 => Sentence::new("Team").and("", self.title).and_if(true, done(57)),
            65..=67 => Sentence::new("Ledger entry")
                .and("of", self.who)
                .and_if(
                    true,
                    ["was created", "was deleted", "was changed"][usize::from(number - 65)],
                )
                .and(":", self.sum)
                .aside(self.message.or(self.title)),
            68..=70 => Sentence::new(or(self.title, "A product"))
                .and("for", self.who)
                .and_if(
                    true,
                    ["was added", "was changed", "was removed"][usize::from(number - 68)],
                )
                .and(":", self.sum),
            71..=73 => Sentence::new(self.object.action.label())
                .and(":", self.title)
                .and(
                    if self.title.is_some() { "on" } else { ": on" },
                    f.line("FloorPlanName"),
                )
                .aside(self.who),
            88..=90 => Sentence::new("A payment method")
                .and("of", self.who)
                .and_if(
                    true,
                    ["was added", "was removed", "was changed"][usize::from(number - 88)],
                )
                .and("at", f.line("BusinessName"))
                .aside(f.choice("RegularPaymentProvider", PROVIDER)),
            _ => return self.labelled(),
        };
        sentence.done()
    }

    fn labelled(self) -> String {
        let label = match self.object.action {
            Action::Inferred(_) => self.entity.title().to_owned(),
            action => action.label(),
        };
        Sentence::new(label)
            .and(":", self.title.or(self.message).or(self.who))
            .aside(self.who.filter(|_| self.title.or(self.message).is_some()))
            .and("–", self.sum)
            .done()
    }
}
