//! The words between the store and those who use it.

use nexwatch_nexudus::{Amount, Ms, Reading, Saying, Scene, Voice};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An event's id is its place in time: `(happened_at − 2020-01-01T00:00:00Z in ms) << 2 | counter`, so the
/// primary key orders the feed and a time range is an id range. Below 2^53, hence exact in JSON and JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub i64);

impl EventId {
    /// 2020-01-01T00:00:00Z in milliseconds since 1970.
    pub const EPOCH: Ms = 1_577_836_800_000;
    /// All places, from the first to the last.
    pub const ALL: (EventId, EventId) = (EventId(i64::MIN), EventId(i64::MAX));
    /// Bits of the counter within a millisecond. Few, because the full-text index keeps the distances between ids.
    pub const BITS: u32 = 2;

    /// The least id of a millisecond: `first_at(a) .. first_at(b)` holds what happened in `a .. b`.
    /// Saturates at the ends of what fits.
    pub const fn first_at(at: Ms) -> EventId {
        let limit = 1_i64 << 44;
        let ms = at.saturating_sub(Self::EPOCH);
        let ms = if ms > limit {
            limit
        } else if ms < -limit {
            -limit
        } else {
            ms
        };
        EventId(ms << Self::BITS)
    }

    /// The millisecond of the place.
    pub const fn at(self) -> Ms {
        (self.0 >> Self::BITS) + Self::EPOCH
    }
}

/// A delivery's id: arrivals in order, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct DeliveryId(pub i64);

/// Where a delivery came from. The number is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The platform called the hook.
    Webhook = 1,
    /// Fetched from the account.
    CaughtUp = 2,
    /// Handed on by a hub.
    Hub = 3,
    /// Made by this program, for training and tests.
    Sample = 4,
}

/// Which of the two ways of signing matched. The number is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureRule {
    /// HMAC over the bytes as they came.
    RawBytes = 1,
    /// HMAC over the text folded to ASCII, as the platform's published code does.
    AsciiFolded = 2,
}

/// Names one shared secret for good; a corrected secret gets a new one. Not secret itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretId(pub u32);

/// How a kept delivery stands with its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// No secret was configured.
    Unsigned,
    /// A secret matched.
    Verified {
        /// By which way of signing.
        rule: SignatureRule,
        /// Which secret.
        secret: SecretId,
    },
}

/// What the URL said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Route {
    /// The action's segment as it came, percent-decoded, at most 100 characters.
    pub action: Option<String>,
    /// The location's (business) id.
    pub location: Option<i64>,
}

/// A body made ready to be kept: compressed off the writer's thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Number of the dictionary; 0 means plain bytes.
    pub dictionary: u32,
    /// Compressed (or plain) bytes.
    pub bytes: Vec<u8>,
    /// Length of the body as it came, in bytes.
    pub length: u32,
    /// First 4 bytes of the body's SHA-256: finds candidates for a repeat; the bytes decide.
    pub key: i64,
    /// The body as it came, where it is small: it is looked into a moment later, and need not be unpacked for that.
    pub plain: Option<Arc<[u8]>>,
}

/// A delivery that may be kept: genuine, or unsigned because no secret is configured.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Arrival.
    pub received_at: Ms,
    /// Where it came from.
    pub source: Source,
    /// What the URL said.
    pub route: Route,
    /// Headers worth keeping, names in lower case, in order of arrival; never a secret.
    pub headers: Vec<(String, String)>,
    /// Proof.
    pub signature: Signature,
    /// The untouched body.
    pub body: Packed,
    /// What it says, an event each. Never empty.
    pub readings: Vec<Reading>,
    /// The quarantined delivery that this one was; deleted there in the same transaction.
    pub released: Option<i64>,
}

/// A delivery whose signature failed.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// Arrival.
    pub received_at: Ms,
    /// Where it came from.
    pub source: Source,
    /// What the URL said.
    pub route: Route,
    /// Headers worth keeping.
    pub headers: Vec<(String, String)>,
    /// The signature header as it came (cut at 200 characters), if there was one.
    pub signature: Option<String>,
    /// Why it failed.
    pub reason: Refusal,
    /// The untouched body.
    pub body: Packed,
}

/// Why a signature failed. The number is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No signature header.
    Missing = 1,
    /// The header is not 64 hexadecimal digits.
    Malformed = 2,
    /// No active secret makes this signature.
    Wrong = 3,
    /// The header came more than once.
    Ambiguous = 4,
}

/// What is told of an event beside its facts: a set of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Flags(pub u16);

impl Flags {
    /// No mark.
    pub const NONE: Flags = Flags(0);
    /// It arrived again.
    pub const REPEAT: Flags = Flags(1);
    /// It may be a repeat of an earlier one.
    pub const MAYBE_REPEAT: Flags = Flags(2);
    /// The URL named no action.
    pub const INFERRED: Flags = Flags(4);
    /// No secret was configured when it came.
    pub const UNSIGNED: Flags = Flags(8);
    /// Fetched from the account.
    pub const CAUGHT_UP: Flags = Flags(16);
    /// The body could not be read.
    pub const UNREADABLE: Flags = Flags(32);
    /// Made by this program.
    pub const SAMPLE: Flags = Flags(64);
    /// Was in quarantine until the right secret came.
    pub const RELEASED: Flags = Flags(128);
    /// Fields of its entity differ from the state before.
    pub const CHANGED: Flags = Flags(256);

    /// Every mark with its name in filters, exports and the window.
    pub const NAMES: &'static [(Flags, &'static str)] = &[
        (Flags::REPEAT, "repeat"),
        (Flags::MAYBE_REPEAT, "maybe-repeat"),
        (Flags::INFERRED, "inferred"),
        (Flags::UNSIGNED, "unsigned"),
        (Flags::CAUGHT_UP, "caught-up"),
        (Flags::UNREADABLE, "unreadable"),
        (Flags::SAMPLE, "sample"),
        (Flags::RELEASED, "released"),
        (Flags::CHANGED, "changed"),
    ];

    /// Both sets together.
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether all of `other` are set.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the marks set.
    pub fn names(self) -> Vec<&'static str> {
        Self::NAMES
            .iter()
            .filter(|(flag, _)| self.has(*flag))
            .map(|(_, name)| *name)
            .collect()
    }

    /// The mark of a name.
    pub fn named(name: &str) -> Option<Flags> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(flag, _)| *flag)
    }
}

/// One event as the feed shows it: the `event` row with its names looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Its place.
    pub id: EventId,
    /// The delivery it was read from.
    pub delivery: DeliveryId,
    /// Place in the body's array.
    pub position: u32,
    /// When it happened.
    pub happened_at: Ms,
    /// When its delivery arrived.
    pub received_at: Ms,
    /// What it was.
    pub action: nexwatch_nexudus::Action,
    /// About what.
    pub entity: nexwatch_nexudus::Entity,
    /// Its id.
    pub entity_id: Option<i64>,
    /// Where.
    pub location_id: Option<i64>,
    /// Where, by name, as far as learnt by now.
    pub location: Option<String>,
    /// Who, under the name that the event came with, else under the newest learnt; empty where none is known.
    pub person: Option<nexwatch_nexudus::Person>,
    /// The person's key in the store's own list, for filters.
    pub person_key: Option<u32>,
    /// Which thing.
    pub resource: Option<nexwatch_nexudus::Named>,
    /// How much.
    pub amount: Option<Amount>,
    /// In which currency.
    pub currency: Option<String>,
    /// What is said of it: see [`EventRow::say`].
    pub saying: Saying,
    /// Where the delivery came from.
    pub source: Source,
    /// How it stands with its signature.
    pub signature: Signature,
    /// Arrivals after the first.
    pub repeats: u32,
    /// Marks.
    pub flags: Flags,
    /// The most telling event of its act, where it is another one; that one has none.
    pub head: Option<EventId>,
}

impl EventRow {
    /// What its sentence takes from it.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            action: &self.action,
            entity: self.entity,
            person: self
                .person
                .as_ref()
                .map(|person| person.name.as_str())
                .filter(|name| !name.is_empty()),
            resource: self.resource.as_ref().map(|thing| thing.name.as_str()),
            location: self.location.as_deref(),
            location_id: self.location_id,
            amount: self.amount,
            currency: self.currency.as_deref(),
        }
    }

    /// Its sentence. `now` is when it is read: days near it are said as such; without it every day has its date and year.
    pub fn say(&self, voice: &Voice, now: Option<Ms>) -> String {
        voice.say(&self.saying, &self.scene(), now)
    }
}

/// What counting and filtering need of an event, small enough to keep for every one in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKey {
    /// Its place.
    pub id: EventId,
    /// Its delivery.
    pub delivery: DeliveryId,
    /// Number of the action in the store (see `action` table): 2–90 documented, 900 + entity inferred, from 1000 other.
    pub action: u16,
    /// Location id; 0 when unknown.
    pub location: i64,
    /// Key of the person in the store's own list; 0 when none.
    pub person: u32,
    /// Marks.
    pub flags: Flags,
    /// How much, in whichever currency.
    pub amount: Option<Amount>,
    /// The most telling event of its act, where it is another one.
    pub head: Option<EventId>,
}

/// What became of a delivery that was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It brought at least one event that was not there.
    New {
        /// Its id.
        delivery: DeliveryId,
        /// The new events, in the body's order.
        events: Vec<EventId>,
    },
    /// Everything in it had arrived before.
    Repeat {
        /// The events it repeats.
        of: Vec<EventId>,
    },
}

/// Proof that a delivery is on the disk: only the writer can make one, and only it may be acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored(Outcome);

impl Stored {
    pub(crate) fn new(outcome: Outcome) -> Stored {
        Stored(outcome)
    }

    /// What became of it.
    pub fn outcome(&self) -> &Outcome {
        &self.0
    }
}

/// News of one or more transactions, for whoever keeps counts or shows a screen: ids and keys, never bodies.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    /// New events.
    pub events: Vec<EventKey>,
    /// Events that arrived again, with their marks as they were then.
    pub repeated: Vec<(EventId, Flags)>,
    /// Events that were compared with the state before, or compared anew because one came between: their sentence may
    /// have changed, and of their marks [`Flags::CHANGED`], which may also have been taken off. Those of `events` are among
    /// them where it is so. The last one of an event holds.
    pub compared: Vec<(EventId, Flags)>,
    /// Events that came under another head, or under none, after they were told in `events`. The last one of an event
    /// holds.
    pub headed: Vec<(EventId, Option<EventId>)>,
    /// Events whose location was learnt after they were told in `events`.
    pub placed: Vec<(EventId, i64)>,
    /// Keys of persons without a name of their own for whom one was learnt.
    pub named: Vec<u32>,
    /// Actions that were kept under a number have got a name.
    pub renamed: bool,
    /// New in quarantine.
    pub quarantined: u32,
    /// Released from quarantine.
    pub released: u32,
    /// The newest delivery.
    pub newest: DeliveryId,
}

impl Committed {
    /// Whether events that were told before read otherwise now.
    pub fn revises(&self) -> bool {
        let told_before = |id: &EventId| !self.events.iter().any(|key| key.id == *id);
        self.renamed
            || !(self.headed.is_empty() && self.placed.is_empty() && self.named.is_empty())
            || self.compared.iter().any(|(id, _)| told_before(id))
    }

    /// Takes in what a later transaction brought.
    pub(crate) fn append(&mut self, later: Committed) {
        self.events.extend(later.events);
        self.repeated.extend(later.repeated);
        self.compared.extend(later.compared);
        self.headed.extend(later.headed);
        self.placed.extend(later.placed);
        self.named.extend(later.named);
        self.renamed |= later.renamed;
        self.quarantined += later.quarantined;
        self.released += later.released;
        self.newest = self.newest.max(later.newest);
    }
}
