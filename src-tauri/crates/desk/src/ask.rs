//! The desk: one question in, one answer out, and the news.

use crate::answers;
use crate::exports::{self, Exports, Task};
use crate::host::{FileKind, Host, Window};
use crate::news::Newsroom;
use crate::protocol;
use crate::protocol::{
    Anchor, Answer, Completion, Completions, DeskError, Discarded, ErrorCode, ExportPlan, ExportStarted,
    NewCount, News, ParseTrouble, ParsedFilter, Place, Question, SettingsView,
};
use crate::protocol::{EvidencePlan, EvidenceRequest, EvidenceStarted};
use crate::views::ViewShelf;
use nexwatch_feed::{At, Clock, ExportRequest, Feed, Needle, Order, Show, export, text};
use nexwatch_nexudus::Action;
use nexwatch_store::{Committed, DeliveryId, EventId, Writer};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::broadcast;

/// Most rows of one page.
const MOST_ROWS: u32 = 500;
/// How often it is looked whether something of the status changed by itself.
const LOOK: Duration = Duration::from_secs(1);
/// After so many looks it is written up to where views were looked at.
const FLUSH: u32 = 10;

/// Everything that a person looks at asks here; clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub feed: Feed,
    writer: Writer,
    host: Arc<dyn Host>,
    window: OnceLock<Arc<dyn Window>>,
    pub news: Newsroom,
    pub exports: Exports,
    pub views: ViewShelf,
}

impl Desk {
    /// A desk over a store. It has no news before [`Desk::run`] is at work.
    pub fn new(feed: Feed, writer: Writer, host: Arc<dyn Host>) -> Desk {
        let news = Newsroom::new();
        let counted = news.teller();
        feed.on_counted(move || counted(News::Counted));
        Desk {
            inner: Arc::new(Inner {
                feed,
                writer,
                host,
                window: OnceLock::new(),
                news,
                exports: Exports::default(),
                views: ViewShelf::default(),
            }),
        }
    }

    pub(crate) fn inner(&self) -> &Arc<Inner> {
        &self.inner
    }

    /// Lends the window's dialogs; once.
    pub fn set_window(&self, window: Arc<dyn Window>) {
        // A second window of the same program is never made.
        let _ = self.inner.window.set(window);
    }

    /// What happens without being asked.
    pub fn hear(&self) -> broadcast::Receiver<News> {
        self.inner.news.hear()
    }

    /// Says that something of the status has changed.
    pub fn status_changed(&self) {
        self.inner.news.say(News::Status);
    }

    /// Says that events already shown read otherwise now.
    pub fn revised(&self) {
        self.inner.news.say(News::Revised);
    }

    /// Hears what a transaction brought; on the writer's thread, quick.
    pub fn committed(&self, news: &Committed) {
        self.inner
            .news
            .committed(news, jiff::Timestamp::now().as_millisecond());
    }

    /// Passes news on until the program ends.
    pub async fn run(self) {
        let (events, status) = (self.clone(), self);
        tokio::join!(events.tell_of_events(), status.tell_of_status());
    }

    /// The message that tells a screen how far the feed is.
    pub fn changed(&self) -> News {
        News::Changed {
            newest_delivery: self.inner.feed.newest().0,
            events: self.inner.feed.events(),
            last_arrival: self.inner.news.last_arrival(),
        }
    }

    async fn tell_of_events(self) {
        loop {
            self.inner.news.next_change().await;
            self.inner.news.say(self.changed());
            if self.inner.news.revised() {
                self.inner.news.say(News::Revised);
            }
            self.inner.news.pause().await;
        }
    }

    async fn tell_of_status(self) {
        let mut known = None;
        let mut looks = 0_u32;
        loop {
            looks = looks.wrapping_add(1);
            if looks.is_multiple_of(FLUSH) {
                let inner = self.inner.clone();
                // A failure was told where it happened.
                let _ = tokio::task::spawn_blocking(move || inner.views.flush()).await;
            }
            let listener = self.inner.host.listener();
            let state = (
                self.inner
                    .writer
                    .healthy()
                    .map_err(|error| error.to_string())
                    .err(),
                self.inner.feed.ready(),
                listener,
                self.inner.host.reach_status(),
            );
            if known.as_ref().is_some_and(|known| *known != state) {
                self.inner.news.say(News::Status);
            }
            known = Some(state);
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Answers a question.
    pub async fn ask(&self, question: Question, place: Place) -> Result<Answer, DeskError> {
        match question {
            Question::SendSample { action } => {
                let action = action.map(|name| Action::parse(&name));
                self.inner.host.send_sample(action).await.map(Answer::SendSample)
            }
            Question::TestReach => {
                let tested = self.inner.host.test_reach().await.map(Answer::TestReach);
                self.inner.news.say(News::Status);
                tested
            }
            Question::ExportChoose { export } => {
                let kind = export.format.into();
                self.choose(kind, place, move |inner| {
                    inner.plan(&export, place).map(Answer::ExportPlan)
                })
                .await
            }
            Question::EvidenceChoose { evidence } => {
                self.choose(FileKind::Zip, place, move |inner| {
                    inner.evidence_plan(evidence, place)
                })
                .await
            }
            Question::ExportViews { ids } if place == Place::Window => self.save_views(ids).await,
            Question::RefreshActions => self.inner.host.refresh_actions().await.map(Answer::Actions),
            Question::SendAgain {
                event,
                url,
                confirmed,
            } => {
                let inner = self.inner.clone();
                let delivery = blocking(move || crate::Resend::of(inner.feed.reader(), event)).await?;
                let sent = self.inner.host.send_again(delivery, url, confirmed).await;
                sent.map(|sent| Answer::SendAgain(Box::new(sent)))
            }
            question => {
                let inner = self.inner.clone();
                blocking(move || inner.answer(question, place)).await
            }
        }
    }

    /// Writes views to a file of the person's choice; nothing is written if they think better of it.
    async fn save_views(&self, ids: Vec<String>) -> Result<Answer, DeskError> {
        let Some(window) = self.inner.window.get().cloned() else {
            return Err(only_in_window());
        };
        let inner = self.inner.clone();
        let mut saved = blocking(move || {
            let clock = clock(&inner.feed);
            inner.views.export(inner.host.folder(), &ids, &clock)
        })
        .await?;
        let suggested = exports::fresh_target(
            self.inner.host.folder(),
            FileKind::Views,
            &clock(&self.inner.feed),
        );
        let chosen = window.choose_file(&suggested, FileKind::Views).await?;
        let text = std::mem::take(&mut saved.text);
        if let Some(file) = chosen {
            let file = exports::with_ending(file, FileKind::Views);
            saved.written = Some(file.display().to_string());
            blocking(move || Ok(crate::views::write(&file, &text)?)).await?;
        }
        Ok(Answer::ExportViews(saved))
    }

    async fn choose(
        &self,
        kind: FileKind,
        place: Place,
        plan: impl FnOnce(&Inner) -> Result<Answer, DeskError> + Send + 'static,
    ) -> Result<Answer, DeskError> {
        let window = match (place, self.inner.window.get()) {
            (Place::Window, Some(window)) => window.clone(),
            _ => return Err(only_in_window()),
        };
        let inner = self.inner.clone();
        let suggested = self
            .inner
            .exports
            .target(self.inner.host.folder(), kind, &clock(&self.inner.feed));
        if let Some(file) = window.choose_file(&suggested, kind).await? {
            inner.exports.choose(file, kind);
        }
        blocking(move || plan(&inner)).await
    }
}

impl Inner {
    fn answer(self: Arc<Self>, question: Question, place: Place) -> Result<Answer, DeskError> {
        let (feed, clock) = (&self.feed, clock(&self.feed));
        let as_of = |id: Option<i64>| id.map(DeliveryId);
        Ok(match question {
            Question::Status => Answer::Status(Box::new(answers::status(
                &*self.host,
                feed,
                &self.writer,
                self.news.last_arrival(),
                &clock,
                place,
            )?)),
            Question::Feed {
                filter,
                as_of: until,
                at,
                limit,
                fold,
                oldest_first,
            } => {
                let at = match at {
                    Anchor::Newest => At::Newest,
                    Anchor::Index { index } => At::Index(index),
                    Anchor::Event { id } => At::Event(EventId(id)),
                    Anchor::Time { at } => At::Time(at),
                };
                let limit = limit.clamp(1, MOST_ROWS);
                let order = match oldest_first {
                    true => Order::OldestFirst,
                    false => Order::NewestFirst,
                };
                let page = feed.page_in(&filter, &clock, as_of(until), at, limit, show(fold), order)?;
                Answer::Feed(answers::feed_page(page, &feed.voice(), clock.now))
            }
            Question::CountNew { filter, since, fold } => {
                let (count, as_of) = feed.count_new(&filter, &clock, DeliveryId(since), None, show(fold))?;
                Answer::CountNew(NewCount {
                    count,
                    as_of: as_of.0,
                })
            }
            Question::Facets { filter, as_of: until } => Answer::Facets(answers::facets(
                feed.facets(&filter, &clock, as_of(until))?,
                &feed.voice(),
            )),
            Question::Amounts { of } => Answer::Amounts(answers::amounts(feed, &of, &clock)?),
            Question::Event { id } => Answer::Event(Box::new(answers::event(feed, id, clock.now)?)),
            Question::Story { of } => Answer::Story(Box::new(answers::story(feed, of, &clock)?)),
            Question::ParseFilter { text } => Answer::ParseFilter(Box::new(self.parse(text)?)),
            Question::Complete { text, cursor } => {
                let found = feed.complete(&text, cursor)?;
                Answer::Complete(Completions {
                    start: found.start,
                    end: found.end,
                    items: found
                        .items
                        .into_iter()
                        .map(|item| Completion {
                            insert: item.insert,
                            label: item.label,
                            hint: item.hint,
                        })
                        .collect(),
                })
            }
            Question::Hooks => Answer::Hooks(answers::hooks(&*self.host)),
            Question::Reach => Answer::Reach(Box::new(self.host.reach()?)),
            Question::SetReach { reach, secret } => {
                let reach = self.host.set_reach(reach, secret)?;
                self.news.say(News::Status);
                Answer::Reach(Box::new(reach))
            }
            Question::RetryReach => {
                self.host.retry_reach();
                Answer::Done
            }
            Question::Gaps { before, limit } => {
                Answer::Gaps(answers::gaps(feed.reader(), before, limit, clock.now)?)
            }
            Question::Settings => Answer::Settings(Box::new(self.host.settings()?)),
            Question::SetSettings { settings } => self.changed_settings(self.host.set_settings(settings)?),
            Question::ReplaceHookKey { keep_hours } => {
                self.changed_settings(self.host.replace_hook_key(keep_hours)?)
            }
            Question::EndOldHookKey => self.changed_settings(self.host.end_old_hook_key()?),
            Question::SetGuide { guide } => Answer::Settings(Box::new(self.host.set_guide(guide)?)),
            Question::RemoveSecret { id } => {
                self.host.remove_secret(id)?;
                self.news.say(News::Status);
                Answer::Done
            }
            Question::SetSecret { secret, location } => {
                let kept = self.host.set_secret(&secret, location)?;
                self.news.looked_at_quarantine();
                self.news.say(News::Status);
                Answer::SetSecret(kept)
            }
            Question::Quarantine { before, limit } => {
                self.news.looked_at_quarantine();
                Answer::Quarantine(answers::quarantine(feed.reader(), before, limit)?)
            }
            Question::QuarantineItem { id } => {
                Answer::QuarantineItem(Box::new(answers::quarantined(feed.reader(), id)?))
            }
            Question::DiscardQuarantine { what } => {
                let count = answers::discard(&self.writer, what)?;
                self.news.looked_at_quarantine();
                self.news.say(News::Status);
                Answer::DiscardQuarantine(Discarded { count })
            }
            Question::ExportPlan { export } => Answer::ExportPlan(self.plan(&export, place)?),
            Question::ExportStart { export, overwrite } => {
                Answer::ExportStart(self.start(export, overwrite, place)?)
            }
            Question::ExportState { job } => {
                self.news.say(self.exports.stands(job));
                Answer::Done
            }
            Question::ExportCancel { job } => {
                self.exports.cancel(job);
                Answer::Done
            }
            Question::ExportReveal { job } => {
                let (Place::Window, Some(window)) = (place, self.window.get()) else {
                    return Err(only_in_window());
                };
                let file = self.exports.file(job).filter(|file| file.exists());
                let gone = || DeskError::new(ErrorCode::NotFound, "The exported file is not there any more.");
                window.reveal(&file.ok_or_else(gone)?)?;
                Answer::Done
            }
            Question::Histogram {
                filter,
                as_of: until,
                from,
                to,
                bars,
            } => {
                let stretch = (from, to, bars);
                Answer::Histogram(answers::histogram(feed, &filter, &clock, as_of(until), stretch)?)
            }
            Question::CopyRows { export } => Answer::CopyRows(answers::copy(feed, &export, &clock)?),
            Question::Views => Answer::Views(self.views.list(self.host.folder())),
            Question::SetViews { views, revision } => {
                let views = self.views.set(self.host.folder(), views, revision)?;
                self.news.say(News::Views);
                Answer::Views(views)
            }
            Question::ViewNews => Answer::ViewNews(self.views.news(self.host.folder(), feed, &clock)?),
            Question::ViewSeen { id, until } => {
                if self.views.look(self.host.folder(), &id, until) {
                    self.news.say(News::Views);
                }
                Answer::Done
            }
            Question::ExportViews { ids } => {
                Answer::ExportViews(self.views.export(self.host.folder(), &ids, &clock)?)
            }
            Question::ImportViews { text } => {
                let imported = self.views.import(self.host.folder(), &text)?;
                self.news.say(News::Views);
                Answer::ImportViews(imported)
            }
            Question::Actions => Answer::Actions(self.host.actions()?),
            Question::SetAccount {
                base,
                email,
                password,
            } => self.changed_settings(self.host.set_account(&base, &email, password)?),
            Question::EvidencePlan { evidence } => self.evidence_plan(evidence, place)?,
            Question::EvidenceStart { evidence, overwrite } => {
                let evidence = answers::named(feed, evidence, &clock)?;
                answers::evidence(feed.reader(), &evidence)?;
                let (job, download) = self.begin(Task::Evidence(Box::new(evidence)), overwrite, place)?;
                Answer::EvidenceStart(EvidenceStarted { job, download })
            }
            // Answered where waiting does not block a thread.
            Question::SendSample { .. }
            | Question::ExportChoose { .. }
            | Question::TestReach
            | Question::EvidenceChoose { .. }
            | Question::RefreshActions
            | Question::SendAgain { .. } => {
                return Err(DeskError::new(
                    ErrorCode::Internal,
                    "This question went the wrong way.",
                ));
            }
        })
    }

    fn changed_settings(&self, settings: SettingsView) -> Answer {
        self.news.say(News::Status);
        Answer::Settings(Box::new(settings))
    }

    fn parse(&self, text: String) -> Result<ParsedFilter, DeskError> {
        Ok(match self.feed.parse(&text)? {
            Ok(filter) => ParsedFilter {
                text: self.feed.print(&filter)?,
                words: text::needles(&filter)
                    .into_iter()
                    .map(|Needle { text, beginning }| protocol::Needle { text, beginning })
                    .collect(),
                filter: Some(filter),
                error: None,
            },
            Err(trouble) => ParsedFilter {
                filter: None,
                words: Vec::new(),
                text,
                error: Some(ParseTrouble {
                    message: trouble.message,
                    start: trouble.start,
                    end: trouble.end,
                }),
            },
        })
    }

    fn plan(&self, request: &ExportRequest, place: Place) -> Result<ExportPlan, DeskError> {
        // The file will have all of them, however many bodies have to be looked at for that.
        let (rows, counting) = export::count(&self.feed, request, &clock(&self.feed))?;
        let (target, exists) = self.target(request.format.into(), place);
        let mut columns: Vec<String> = export::COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        columns.retain(|name| name != "body");
        Ok(ExportPlan {
            rows,
            counting,
            target,
            exists,
            columns,
        })
    }

    fn evidence_plan(&self, request: EvidenceRequest, place: Place) -> Result<Answer, DeskError> {
        let request = answers::named(&self.feed, request, &clock(&self.feed))?;
        let (events, bytes) = answers::evidence(self.feed.reader(), &request)?;
        let (target, exists) = self.target(FileKind::Zip, place);
        Ok(Answer::EvidencePlan(EvidencePlan {
            events,
            bytes,
            target,
            exists,
        }))
    }

    /// Where the next file of a kind goes, and whether one is there.
    fn target(&self, kind: FileKind, place: Place) -> (String, bool) {
        match place {
            Place::Window => {
                let file = self.exports.target(self.host.folder(), kind, &clock(&self.feed));
                (file.display().to_string(), file.exists())
            }
            Place::Browser => (exports::file_name(kind, &clock(&self.feed)), false),
        }
    }

    fn start(
        self: &Arc<Self>,
        request: ExportRequest,
        overwrite: bool,
        place: Place,
    ) -> Result<ExportStarted, DeskError> {
        let format = request.format;
        let (job, download) = self.begin(Task::Rows(Box::new(request)), overwrite, place)?;
        Ok(ExportStarted {
            job,
            download,
            format,
        })
    }

    /// Begins to write, or puts it aside for the browser: its number, and where the browser fetches it.
    fn begin(
        self: &Arc<Self>,
        task: Task,
        overwrite: bool,
        place: Place,
    ) -> Result<(u32, Option<String>), DeskError> {
        let (kind, clock) = (task.kind(), clock(&self.feed));
        if place == Place::Browser {
            let work = self.exports.begin(task, exports::file_name(kind, &clock), None);
            let job = work.job;
            let ticket = self.exports.issue(work);
            return Ok((job, Some(format!("/download/{ticket}"))));
        }
        let target = self.exports.target(self.host.folder(), kind, &clock);
        if target.exists() && !overwrite {
            return Err(DeskError::new(
                ErrorCode::FileUnwritable,
                "There is a file of this name already.",
            ));
        }
        let work = self
            .exports
            .begin(task, target.display().to_string(), Some(target.clone()));
        let job = work.job;
        let inner = self.clone();
        tokio::task::spawn_blocking(move || {
            work.to_file(&inner.feed, &clock, &target, overwrite, &inner.news);
        });
        Ok((job, None))
    }
}

fn only_in_window() -> DeskError {
    DeskError::new(
        ErrorCode::NotHere,
        "This can be done only in Nexwatch's own window.",
    )
}

fn show(fold: bool) -> Show {
    match fold {
        true => Show::Acts,
        false => Show::Events,
    }
}

/// This moment, in the zone by which events are told.
pub(crate) fn clock(feed: &Feed) -> Clock {
    Clock {
        now: jiff::Timestamp::now().as_millisecond(),
        zone: feed.voice().zones().home.clone(),
    }
}

/// Asks the store on a thread that may wait.
pub(crate) async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    match tokio::task::spawn_blocking(ask).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::error!(%error, "a question failed");
            Err(DeskError::new(
                ErrorCode::Internal,
                "Nexwatch could not answer. Please try again.",
            ))
        }
    }
}
