//! What a screen is answered.

use super::{Actions, EvidencePlan, EvidenceStarted, SentAgain};
use super::{Amounts, CopiedRows, Histogram, ImportedViews, ViewNews, Views, ViewsFile};
use super::{
    Changes, Discarded, Gap, GapPage, LastRefusal, QuarantineDetail, QuarantinePage, QuarantineStatus, Reach,
    ReachStatus, SelfTest, SettingsView, Story,
};
use super::{Completions, ParsedFilter};
use nexwatch_feed::ExportFormat;
use serde::Serialize;
use ts_rs::TS;

/// An answer; `answer` names it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "answer", rename_all = "kebab-case")]
#[ts(export)]
pub enum Answer {
    /// To `Status`.
    Status(Box<Status>),
    /// To `Feed`.
    Feed(FeedPage),
    /// To `CountNew`.
    CountNew(NewCount),
    /// To `Amounts`.
    Amounts(Amounts),
    /// To `Facets`.
    Facets(Facets),
    /// To `Histogram`.
    Histogram(Histogram),
    /// To `Event`.
    Event(Box<EventDetail>),
    /// To `Story`.
    Story(Box<Story>),
    /// To `ParseFilter`.
    ParseFilter(Box<ParsedFilter>),
    /// To `Complete`.
    Complete(Completions),
    /// To `Hooks`.
    Hooks(Hooks),
    /// To `SendSample`.
    SendSample(SampleSent),
    /// To `SetSecret`.
    SetSecret(SecretKept),
    /// To `Reach` and `SetReach`.
    Reach(Box<Reach>),
    /// To `TestReach`.
    TestReach(SelfTest),
    /// To `Gaps`.
    Gaps(GapPage),
    /// To `Settings`, `SetSettings`, `ReplaceHookKey`, `EndOldHookKey`, `SetGuide` and `SetAccount`.
    Settings(Box<SettingsView>),
    /// To `Quarantine`.
    Quarantine(QuarantinePage),
    /// To `QuarantineItem`.
    QuarantineItem(Box<QuarantineDetail>),
    /// To `DiscardQuarantine`.
    DiscardQuarantine(Discarded),
    /// To `ExportPlan` and `ExportChoose`.
    ExportPlan(ExportPlan),
    /// To `ExportStart`.
    ExportStart(ExportStarted),
    /// To `CopyRows`.
    CopyRows(CopiedRows),
    /// To `Views` and `SetViews`.
    Views(Views),
    /// To `ViewNews`.
    ViewNews(ViewNews),
    /// To `ExportViews`.
    ExportViews(ViewsFile),
    /// To `ImportViews`.
    ImportViews(ImportedViews),
    /// To `Actions` and `RefreshActions`.
    Actions(Actions),
    /// To `EvidencePlan` and `EvidenceChoose`.
    EvidencePlan(EvidencePlan),
    /// To `EvidenceStart`.
    EvidenceStart(EvidenceStarted),
    /// To `SendAgain`.
    SendAgain(Box<SentAgain>),
    /// To questions that only do something.
    Done,
}

/// What the strip and the first start need.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Status {
    /// Of this program.
    pub version: String,
    /// `window` or `browser`.
    pub place: Place,
    /// The listener.
    pub listener: ListenerStatus,
    /// The database.
    pub database: DatabaseStatus,
    /// Quarantine.
    pub quarantine: QuarantineStatus,
    /// How the outside reaches this computer.
    pub reach: ReachStatus,
    /// The gap that is open now.
    pub gap: Option<Gap>,
    /// Gaps that reach into the last 7 days.
    pub gaps_this_week: u32,
    /// The newest request that was not acknowledged, since the start.
    pub last_refusal: Option<LastRefusal>,
    /// Secrets, without the secrets.
    pub secrets: Vec<SecretStatus>,
    /// The newest event's arrival, in ms since 1970.
    pub last_arrival: Option<i64>,
    /// Newest delivery's id; 0 when there is none.
    pub newest_delivery: i64,
    /// Events kept.
    pub events: u32,
    /// Whether counts are ready (they load in the background after start).
    pub counts_ready: bool,
    /// IANA name of the zone by which times are shown: the one set, else the computer's.
    pub time_zone: String,
    /// Code of the language in which events are told, e.g. `es`.
    pub language: String,
    /// The clock, ms since 1970: the screen shows times against this, not its own.
    pub now: i64,
}

/// Where the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Place {
    /// The program's own window.
    Window,
    /// The desk in a browser.
    Browser,
}

/// The listener.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ListenerStatus {
    /// Accepts deliveries.
    pub up: bool,
    /// `127.0.0.1:7397`
    pub address: Option<String>,
    /// Why not, and what to do.
    pub trouble: Option<String>,
    /// Deliveries acknowledged since start.
    pub acknowledged: u32,
    /// Requests turned away since start, by reason.
    pub refused: Vec<RefusedCount>,
}

/// Requests turned away.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RefusedCount {
    /// In words, e.g. "wrong address (404)".
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// The database.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DatabaseStatus {
    /// Can be written.
    pub writable: bool,
    /// Why not, and what to do.
    pub trouble: Option<String>,
    /// The file.
    pub path: String,
    /// Size of file and log in bytes.
    pub bytes: i64,
    /// Free on its disk in bytes.
    pub free: Option<i64>,
}

/// A secret, without the secret.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SecretStatus {
    /// Its id.
    pub id: u32,
    /// Only for this location.
    pub location: Option<i64>,
    /// When it was set, ms since 1970.
    pub set_at: i64,
    /// `keychain`, or the file that holds it.
    pub kept_in: String,
    /// When it first and last matched.
    pub first_matched: Option<i64>,
    /// As above.
    pub last_matched: Option<i64>,
    /// Another has taken its place; until then it still proves deliveries. Ms since 1970.
    pub until: Option<i64>,
    /// It was replaced, but goes on proving deliveries: another location signs with it. `until` grows meanwhile.
    pub still_used: bool,
}

/// Rows of the feed.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FeedPage {
    /// Newest first.
    pub rows: Vec<Row>,
    /// Index of the first row in the whole list; unknown until counts are ready.
    pub first: Option<u32>,
    /// Length of the whole list; unknown until counts are ready.
    pub total: Option<u32>,
    /// The list is still being counted: `total` is what is found so far, and grows. Ask again when there is news `counted`.
    pub counting: bool,
    /// For `Anchor::Event` and `Anchor::Time`: index of what was looked for.
    pub found: Option<u32>,
    /// Newest delivery when this was answered: ask again with it as `as_of` for a list that stands still.
    pub as_of: i64,
}

/// One event in the feed.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Row {
    /// Its id.
    pub id: i64,
    /// Its delivery.
    pub delivery: i64,
    /// Ms since 1970.
    pub happened_at: i64,
    /// Ms since 1970.
    pub received_at: i64,
    /// API name.
    pub action: String,
    /// What a person calls it, e.g. "Booking created".
    pub action_label: String,
    /// Slug.
    pub category: String,
    /// Platform name.
    pub entity: String,
    /// Its id.
    pub entity_id: Option<i64>,
    /// Where.
    pub location_id: Option<i64>,
    /// By name.
    pub location: Option<String>,
    /// `customer`, `visitor`, `other`.
    pub person_kind: Option<String>,
    /// Who.
    pub person_id: Option<i64>,
    /// By name.
    pub person: Option<String>,
    /// Which thing.
    pub resource: Option<String>,
    /// The platform's id of the room, desk, plan or thing.
    pub resource_id: Option<i64>,
    /// Decimal, e.g. `354.00`.
    pub amount: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// In words.
    pub sentence: String,
    /// Names of marks.
    pub flags: Vec<String>,
    /// Arrivals after the first.
    pub repeats: u32,
    /// Other events that tell of the same act, oldest first, when the list is folded; they have none themselves.
    pub others: Vec<Row>,
}

/// The "12 new" pill.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NewCount {
    /// How many.
    pub count: u32,
    /// Newest delivery when this was answered.
    pub as_of: i64,
}

/// Counts beside facets.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Facets {
    /// Still being counted: every count is what is found so far. Ask again when there is news `counted`.
    pub counting: bool,
    /// Events that match.
    pub total: u32,
    /// All events, so that an empty list can say how many the filter hides.
    pub all: u32,
    /// In the order in which they are shown; those without events too.
    pub categories: Vec<CategoryCount>,
    /// Most events first.
    pub locations: Vec<LocationCount>,
    /// Marks.
    pub flags: Vec<FlagCount>,
}

/// A category with its actions.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryCount {
    /// Slug.
    pub category: String,
    /// Title.
    pub title: String,
    /// Events.
    pub count: u32,
    /// Those that have events under the filter without its action fields.
    pub actions: Vec<ActionCount>,
}

/// An action.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActionCount {
    /// API name.
    pub action: String,
    /// What a person calls it.
    pub label: String,
    /// Events.
    pub count: u32,
}

/// A location.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LocationCount {
    /// Its id; 0 is "no location known".
    pub id: i64,
    /// Its name, or its id where none is known.
    pub name: String,
    /// Events.
    pub count: u32,
}

/// A mark.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FlagCount {
    /// Name.
    pub flag: String,
    /// Events.
    pub count: u32,
}

/// Everything about one event.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EventDetail {
    /// As in the feed.
    pub row: Row,
    /// What a person wants to know, in order.
    pub facts: Vec<Fact>,
    /// The body (this event's object), private fields masked; nothing where it is not JSON.
    #[ts(type = "unknown")]
    pub body: Option<serde_json::Value>,
    /// The body's text, private fields masked, where it is not JSON (cut at 64 KiB).
    pub body_text: Option<String>,
    /// How many fields are masked.
    pub masked: u32,
    /// What differs from the state before; nothing where no earlier state is known or one of the two cannot be read.
    pub changes: Option<Changes>,
    /// The delivery.
    pub delivery: DeliveryDetail,
}

/// A fact: a label and a value in words.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Fact {
    /// E.g. "Due".
    pub label: String,
    /// E.g. "15 Jun 2026"; for a `time`, ms since 1970 as text.
    pub value: String,
    /// How to show it.
    pub kind: FactKind,
    /// Of a `time`: minutes that the place's own clock was ahead of UTC, where the body told.
    pub ahead: Option<i32>,
}

/// How to show a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum FactKind {
    /// As it stands.
    Text,
    /// A moment, in ms since 1970.
    Time,
    /// Money, already formatted.
    Money,
    /// A name of a person: hidden when names are hidden.
    Person,
    /// A private contact: likewise.
    Contact,
}

/// The delivery an event was read from.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DeliveryDetail {
    /// Its id.
    pub id: i64,
    /// Ms since 1970.
    pub received_at: i64,
    /// `webhook`, `caught-up`, `hub`, `sample`.
    pub source: String,
    /// The path after the key, e.g. `/BookingCreate/1420900101`.
    pub route: String,
    /// Kept headers.
    pub headers: Vec<(String, String)>,
    /// `unsigned` or `verified`.
    pub signature: String,
    /// `raw-bytes` or `ascii-folded`.
    pub rule: Option<String>,
    /// Which secret.
    pub secret: Option<u32>,
    /// Size of the body in bytes.
    pub size: u32,
    /// Events in it.
    pub events: u32,
    /// Later arrivals of the same.
    pub repeats: Vec<RepeatDetail>,
}

/// A later arrival.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RepeatDetail {
    /// Ms since 1970.
    pub received_at: i64,
    /// The same bytes.
    pub identical: bool,
}

/// The hook URLs.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Hooks {
    /// The public address with the hook's path if we are reachable, else the local one: `https://…/hooks/KEY`.
    pub base: String,
    /// The same on this computer, for a proxy or tunnel of one's own: `http://127.0.0.1:7397/hooks/KEY`.
    pub local: String,
    /// Whether `base` is public.
    pub public: bool,
    /// One for each category that has actions.
    pub groups: Vec<HookGroup>,
}

/// A category's hooks.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HookGroup {
    /// Slug.
    pub category: String,
    /// Title.
    pub title: String,
    /// Its actions.
    pub actions: Vec<Hook>,
}

/// One action's hook.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Hook {
    /// API name.
    pub action: String,
    /// The platform's number.
    pub number: u32,
    /// What the admin panel calls it.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// A sample went through the listener.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SampleSent {
    /// API name.
    pub action: String,
    /// What the listener answered.
    pub status: u32,
}

/// A secret is kept.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SecretKept {
    /// `keychain`, or the file that holds it.
    pub kept_in: String,
    /// Released from quarantine by it.
    pub released: u32,
}

/// What an export would write, and where.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportPlan {
    /// Rows.
    pub rows: u32,
    /// They are at least so many, and still being counted.
    pub counting: bool,
    /// The file (window), or its name (browser).
    pub target: String,
    /// It is there already.
    pub exists: bool,
    /// Columns that can be had, in their usual order.
    pub columns: Vec<String>,
}

/// An export has started.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportStarted {
    /// Its number.
    pub job: u32,
    /// In the browser: where to fetch it, once, within a minute.
    pub download: Option<String>,
    /// Kind of file.
    pub format: ExportFormat,
}
