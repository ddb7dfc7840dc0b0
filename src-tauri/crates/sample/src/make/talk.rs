//! What people write to each other: help-desk, messages, the board, events, articles, the newsletter.

use super::{Life, Made, SYSTEM, Tail};
use crate::clock::{self, DAY, HOUR};
use crate::people;
use crate::places::PLACES;
use crate::platform::Platform;
use crate::template::{Body, Form, Money, ids};
use crate::words;
use nexwatch_nexudus::Ms;

impl Platform {
    /// 45.
    pub(crate) fn help_wanted(&mut self, place: Option<usize>, now: Ms) -> Made {
        let ticket = self.about(45, Life::New, place, now, |all, who| {
            let text = *all.dice.pick(words::TROUBLES);
            all.thing(1_416_024_000, who, now, text.to_owned())
        });
        let customer = self.customers[ticket.who].clone();
        let place = &PLACES[customer.place];
        let department = self.dice.below(words::DEPARTMENTS.len() as u64) as usize;
        let mut body = Body::new(Form::HelpDeskMessage);
        body.set("BusinessId", place.id)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("HelpDeskDepartmentId", 1_414_790_880 + department as i64)
            .set("HelpDeskDepartmentName", words::DEPARTMENTS[department])
            .set("Subject", &ticket.text)
            .set("MessageText", words::letter(&mut self.dice, place.language, 50))
            .set("Priority", self.dice.within(1, 3));
        self.tail(&mut body, &Tail::of(&ticket, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: Some("MessageText"),
        }
    }

    /// 46: names the ticket but no location.
    pub(crate) fn help_answer(&mut self, place: Option<usize>, now: Ms) -> Made {
        let ticket = self.recall(45, place, false);
        let who = ticket
            .as_ref()
            .map_or_else(|| self.anyone(place), |ticket| ticket.who);
        let text = *self.dice.pick(words::ANSWERS);
        let thing = self.thing(1_416_090_000, who, now, text.to_owned());
        let customer = self.customers[who].clone();
        let staff = self.dice.percent(60);
        let mut body = Body::new(Form::HelpDeskComment);
        body.set(
            "HelpDeskMessageId",
            ticket.map_or(1_416_024_401, |ticket| ticket.id),
        )
        .set("CoworkerId", (!staff).then_some(customer.id))
        .set("CoworkerFullName", (!staff).then_some(&customer.name))
        .set("MessageText", text)
        .set("Internal", staff && self.dice.percent(20));
        let by = if staff {
            self.staff().to_owned()
        } else {
            customer.email.clone()
        };
        self.tail(&mut body, &Tail::of(&thing, &by), now);
        Made {
            body,
            place: customer.place,
            free: Some("MessageText"),
        }
    }

    /// 51.
    pub(crate) fn message(&mut self, place: Option<usize>, now: Ms) -> Made {
        const SUBJECTS: [(&str, i64); 5] = [
            ("A delivery is waiting for you", 26),
            ("Your booking is confirmed", 7),
            ("Your invoice", 3),
            ("Welcome!", 0),
            ("Ihre Buchung", 7),
        ];
        let who = self.anyone(place);
        let customer = self.customers[who].clone();
        let (subject, template) = *self.dice.pick(&SUBJECTS);
        let thing = self.thing(1_432_000_000, who, now, subject.to_owned());
        let note = words::note(&mut self.dice, PLACES[customer.place].language);
        let mut body = Body::new(Form::CoworkerMessage);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerEmail", &customer.email)
            .set("CoworkerBillingName", customer.company.as_deref())
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set("Subject", subject)
            .set(
                "Body",
                format!(
                    "<p>Hello {}, {}.</p><p>{note}</p>",
                    customer.given,
                    subject.to_lowercase()
                ),
            )
            .set("MessageId", template);
        self.tail(&mut body, &Tail::of(&thing, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: Some("Body"),
        }
    }

    /// 39.
    pub(crate) fn thread(&mut self, place: Option<usize>, now: Ms) -> Made {
        let thread = self.about(39, Life::New, place, now, |all, who| {
            let text = *all.dice.pick(words::TALK);
            all.thing(1_433_000_000, who, now, text.to_owned())
        });
        let customer = self.customers[thread.who].clone();
        let place = &PLACES[customer.place];
        let mut body = Body::new(Form::CommunityThread);
        body.set("BusinessId", place.id)
            .set("UserId", customer.user)
            .set("CoworkerId", customer.id)
            .set("Subject", &thread.text)
            .set("Message", words::letter(&mut self.dice, place.language, 70))
            .set("LastMessageDate", clock::seconds(now));
        self.tail(&mut body, &Tail::of(&thread, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: Some("Message"),
        }
    }

    /// 40.
    pub(crate) fn reply(&mut self, place: Option<usize>, now: Ms) -> Made {
        let thread = self.recall(39, place, false);
        let who = self.anyone(place);
        let customer = self.customers[who].clone();
        let text = *self.dice.pick(words::ANSWERS);
        let thing = self.thing(1_433_100_000, who, now, text.to_owned());
        let mut body = Body::new(Form::CommunityMessage);
        body.set(
            "CommunityThreadId",
            thread.map_or(1_433_000_101, |thread| thread.id),
        )
        .set("UserId", customer.user)
        .set("CoworkerId", customer.id)
        .set("Message", text);
        self.tail(&mut body, &Tail::of(&thing, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: Some("Message"),
        }
    }

    /// 30.
    pub(crate) fn chat(&mut self, place: Option<usize>, now: Ms) -> Made {
        let who = self.anyone(place);
        let customer = self.customers[who].clone();
        let text = *self.dice.pick(words::ANSWERS);
        let thing = self.thing(1_434_000_000, who, now, text.to_owned());
        let mut body = Body::new(Form::ChatMessage);
        body.set("FromUserId", customer.user).set("ChatText", text);
        self.tail(&mut body, &Tail::of(&thing, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: Some("ChatText"),
        }
    }

    /// 25, 26 and 44.
    pub(crate) fn calendar_event(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            25 => Life::New,
            26 => Life::Changed,
            _ => Life::Gone,
        };
        let event = self.about(25, life, place, now, |all, who| {
            let text = *all.dice.pick(words::TALK);
            all.thing(1_417_000_000, who, now, text.to_owned())
        });
        let at = self.customers[event.who].place;
        let place = &PLACES[at];
        let zone = place.time_zone();
        let start = self.full_hour(event.created, 24 * 9 + event.id % 40);
        let mut body = Body::new(Form::CalendarEvent);
        body.set("BusinessId", place.id)
            .set("Name", &event.text)
            .set("HostFullName", place.name)
            .set("ShortDescription", words::note(&mut self.dice, place.language))
            .set("VenueAddress", format!("12 {}", place.street))
            .set("StartDate", clock::seconds(start))
            .set("EndDate", clock::seconds(start + HOUR))
            .set("Allocation", self.dice.within(8, 60))
            .set("PublishDate", clock::seconds(event.created))
            .set("StartDateLocal", clock::local(start, &zone))
            .set("EndDateLocal", clock::local(start + HOUR, &zone))
            .set("PublishDateLocal", clock::local(event.created, &zone));
        let by = self.staff();
        self.tail(&mut body, &Tail::of(&event, by), now);
        Made {
            body,
            place: at,
            free: Some("LongDescription"),
        }
    }

    /// 27 to 29.
    pub(crate) fn attendee(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            28 => Life::New,
            29 => Life::Changed,
            _ => Life::Gone,
        };
        let attendee = self.about(28, life, place, now, |all, who| {
            let text = all.customers[who].name.clone();
            all.thing(1_417_200_000, who, now, text)
        });
        let customer = self.customers[attendee.who].clone();
        let place = &PLACES[customer.place];
        let price = if attendee.id % 3 == 0 { place.price(12) } else { 0 };
        let mut body = Body::new(Form::EventAttendee);
        body.set("BusinessId", place.id)
            .set(
                "CalendarEventName",
                words::TALK[attendee.id as usize % words::TALK.len()],
            )
            .set("EventProductPrice", Money(price))
            .set("EventProductCurrencyCode", place.currency)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("FullName", &customer.name)
            .set("Email", &customer.email)
            .set(
                "AttendeeCode",
                (attendee.id * 7_919 % 90_000 + 10_000).to_string(),
            )
            .set("CheckedIn", number == 29)
            .set("CheckedInDate", (number == 29).then(|| clock::seconds(now)))
            .set(
                "CreatedOnLocal",
                clock::local(attendee.created, &place.time_zone()),
            );
        self.tail(&mut body, &Tail::of(&attendee, &customer.email), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 4, 5 and 43.
    pub(crate) fn article(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            4 => Life::New,
            5 => Life::Changed,
            _ => Life::Gone,
        };
        let article = self.about(4, life, place, now, |all, who| {
            let text = *all.dice.pick(words::TALK);
            all.thing(1_412_900_000, who, now, text.to_owned())
        });
        let at = self.customers[article.who].place;
        let place = &PLACES[at];
        let text = words::letter(&mut self.dice, place.language, 300);
        let mut body = Body::new(Form::BlogPost);
        body.set("BusinessId", place.id)
            .set("Title", &article.text)
            .set("SummaryText", words::note(&mut self.dice, place.language))
            .set("FullText", format!("<p>{}</p>", text.replace('\n', "</p><p>")))
            .set("PublishDate", clock::seconds(article.created + DAY));
        self.tail(&mut body, &Tail::of(&article, "sam.manager@example.org"), now);
        Made {
            body,
            place: at,
            free: Some("FullText"),
        }
    }

    /// 31 to 34.
    pub(crate) fn subscriber(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = if number == 31 { Life::New } else { Life::Changed };
        let subscriber = self.about(31, life, place, now, |all, who| {
            let name = people::local_name(&mut all.dice, all.customers[who].place);
            all.thing(1_419_900_000, who, now, name.full)
        });
        let at = self.customers[subscriber.who].place;
        let mut body = Body::new(Form::NewsLetterSubscriber);
        body.set("BusinessId", PLACES[at].id)
            .set("Name", &subscriber.text)
            .set(
                "Email",
                format!("reader.{}@example.com", subscriber.id % 1_000_000),
            )
            .set("Language", PLACES[at].language as i64)
            .set("Active", number != 33)
            .set("Groups", ids(if number == 34 { &[] } else { &[1_411_100_004] }));
        self.tail(&mut body, &Tail::of(&subscriber, SYSTEM), now);
        Made {
            body,
            place: at,
            free: None,
        }
    }
}
