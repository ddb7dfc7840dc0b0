//! What a screen may ask.

use super::{ChangeableSettings, Discard, GuideState, ReachSettings, StoryOf, View};
use super::{EvidenceRequest, Hidden, Selected};
use nexwatch_feed::{ExportRequest, Filter};
use serde::Deserialize;
use ts_rs::TS;

/// A question. `ask` names it; the answer of the same name comes back.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "ask", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(export)]
pub enum Question {
    /// What the strip and the first start need.
    Status,
    /// Rows of the feed, newest first.
    Feed {
        /// Which events.
        filter: Filter,
        /// Only what had arrived when this delivery was the newest: a list that is being read does not move.
        as_of: Option<i64>,
        /// Where in the list.
        at: Anchor,
        /// How many rows at most (1 to 500).
        limit: u32,
        /// Shows events that tell of one act (a check-in that comes under two actions, say) as one row, under the most
        /// telling of those that match. Counts and exports never do.
        #[serde(default)]
        fold: bool,
        /// Oldest first instead of newest first.
        #[serde(default)]
        oldest_first: bool,
    },
    /// Events over time, by category.
    Histogram {
        /// Which events.
        filter: Filter,
        /// As in `Feed`.
        as_of: Option<i64>,
        /// From this moment on, ms since 1970; none: from the filter's beginning, else from the oldest event, and
        /// for half an hour at least.
        from: Option<i64>,
        /// Before this moment; none: to the filter's end, else to now.
        to: Option<i64>,
        /// How many bars at most (1 to 500).
        bars: u32,
    },
    /// How many matching events arrived after a delivery: the "12 new" pill.
    CountNew {
        /// Which events.
        filter: Filter,
        /// After this delivery.
        since: i64,
        /// As in `Feed`: rows, not events.
        #[serde(default)]
        fold: bool,
    },
    /// Counts beside categories, actions, locations and marks. Each facet is counted with the filter's other
    /// fields, without its own, so that its alternatives can be seen.
    Facets {
        /// Which events.
        filter: Filter,
        /// As in `Feed`.
        as_of: Option<i64>,
    },
    /// What the amounts of events come to, by action and currency.
    Amounts {
        /// Which events.
        of: Selected,
    },
    /// Everything about one event.
    Event {
        /// Its id.
        id: i64,
    },
    /// What is known of one entity, person, resource or location, and the filter that lists all its events.
    Story {
        /// Whose.
        of: StoryOf,
    },
    /// Text of the query box → filter.
    ParseFilter {
        /// As typed.
        text: String,
    },
    /// Completion in the query box.
    Complete {
        /// As typed.
        text: String,
        /// Caret, in UTF-16 units (JavaScript's count).
        cursor: u32,
    },
    /// The hook URL, for every action, as the admin panel groups them.
    Hooks,
    /// Sends one sample delivery through the real listener.
    SendSample {
        /// API name; any if none.
        action: Option<String>,
    },
    /// Adds a shared secret and makes it the active one of its location (or of all).
    SetSecret {
        /// The secret; never echoed.
        secret: String,
        /// Only for this location.
        location: Option<i64>,
    },
    /// Forgets a shared secret: from then on it proves nothing.
    RemoveSecret {
        /// Its number.
        id: u32,
    },
    /// How the outside reaches this computer.
    Reach,
    /// Chooses a way to be reachable, or changes what belongs to it. It is taken up at once; how it goes is news.
    SetReach {
        /// The choice.
        reach: ReachSettings,
        /// The way's secret (authtoken, passphrase, password, token); nothing leaves the one that is kept. Never echoed.
        secret: Option<String>,
    },
    /// Tries to connect at once.
    RetryReach,
    /// Sends a self-test through the public address and waits for it, 30 s at most.
    TestReach,
    /// The gap ledger, newest first.
    Gaps {
        /// Older than this gap.
        before: Option<i64>,
        /// How many at most (1 to 200).
        limit: u32,
    },
    /// What may be set.
    Settings,
    /// Changes it; what concerns the listener is taken up at once.
    SetSettings {
        /// All of it.
        settings: ChangeableSettings,
    },
    /// A new key in the hook's path. The one before is taken for so many hours more (0 to 8,760).
    ReplaceHookKey {
        /// Hours.
        keep_hours: u32,
    },
    /// The hook key before the present one is refused from now on.
    EndOldHookKey,
    /// Remembers where the guide was left.
    SetGuide {
        /// Where.
        guide: GuideState,
    },
    /// What is in quarantine, newest first.
    Quarantine {
        /// Older than this id.
        before: Option<i64>,
        /// How many at most (1 to 200).
        limit: u32,
    },
    /// One delivery in quarantine, to be looked at.
    QuarantineItem {
        /// Its id.
        id: i64,
    },
    /// Takes deliveries out of quarantine for good.
    DiscardQuarantine {
        /// Which.
        what: Discard,
    },
    /// What an export would write, and where.
    ExportPlan {
        /// The export.
        export: ExportRequest,
    },
    /// Lets the person choose the target file (window only). Answers as `ExportPlan`.
    ExportChoose {
        /// The export.
        export: ExportRequest,
    },
    /// Starts the export to the planned target; progress comes as news (window). In the browser the answer has
    /// a one-time download address instead.
    ExportStart {
        /// The export.
        export: ExportRequest,
        /// Write over a file that is there.
        overwrite: bool,
    },
    /// Says once more how an export stands, as news: for a screen that may have missed some.
    ExportState {
        /// Its number.
        job: u32,
    },
    /// Stops an export; nothing is left behind.
    ExportCancel {
        /// Its number.
        job: u32,
    },
    /// Shows a finished export in the file manager (window only).
    ExportReveal {
        /// Its number.
        job: u32,
    },
    /// Rows as a table that pastes into a spreadsheet; 10,000 at most. `format` does not matter; bodies are left out.
    CopyRows {
        /// Which rows and columns.
        export: ExportRequest,
    },
    /// The views, in order.
    Views,
    /// Changes, adds, removes and orders views: the whole list.
    SetViews {
        /// All of them.
        views: Vec<View>,
        /// Of the list that was changed: another screen may have changed it meanwhile, which is then refused.
        revision: u32,
    },
    /// What is new in each view that has a badge.
    ViewNews,
    /// A person has looked at a view.
    ViewSeen {
        /// Which.
        id: String,
        /// The newest delivery that was shown.
        until: i64,
    },
    /// Views as a file. In the window the person chooses where; a browser gets the text.
    ExportViews {
        /// Which, by id.
        ids: Vec<String>,
    },
    /// Takes views out of a file's text. What is there already is left alone; a name that is taken gets a number.
    ImportViews {
        /// What the file holds.
        text: String,
    },
    /// The actions that are known, by number.
    Actions,
    /// Asks the account for its actions. Answers as `Actions`; takes some seconds, a minute and a half at most.
    RefreshActions,
    /// Sets the Nexudus account.
    SetAccount {
        /// The address below which it answers; empty: the platform's own.
        base: String,
        /// An administrator's e-mail; empty: no account.
        email: String,
        /// Their password; nothing leaves the one that is kept, unless address or e-mail are others now. Never echoed.
        #[ts(type = "string | null")]
        password: Option<Hidden>,
    },
    /// What a bundle of evidence would hold, and where it would go.
    EvidencePlan {
        /// The bundle.
        evidence: EvidenceRequest,
    },
    /// Lets the person choose the target file (window only). Answers as `EvidencePlan`.
    EvidenceChoose {
        /// The bundle.
        evidence: EvidenceRequest,
    },
    /// Writes the bundle to the planned target; in the browser the answer has a one-time download address instead.
    EvidenceStart {
        /// The bundle.
        evidence: EvidenceRequest,
        /// Write over a file that is there.
        overwrite: bool,
    },
    /// Sends an event's delivery again, its untouched body signed anew, to an address of the integrator's, and waits for
    /// the answer, 15 s at most. To this computer at once, to any other only when confirmed.
    SendAgain {
        /// The event's id.
        event: i64,
        /// Where to: `http://…` or `https://…`, typed in full.
        url: String,
        /// The person has said yes.
        confirmed: bool,
    },
}

/// Where in the list a page begins.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "camelCase")]
#[ts(export)]
pub enum Anchor {
    /// The newest.
    Newest,
    /// The n-th, from 0.
    Index {
        /// n
        index: u32,
    },
    /// So that this event is in the middle of the page (or, if the filter hides it, where it would be).
    Event {
        /// Its id.
        id: i64,
    },
    /// The newest at or before a moment.
    Time {
        /// Milliseconds since 1970.
        at: i64,
    },
}
