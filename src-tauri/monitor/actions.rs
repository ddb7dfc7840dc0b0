//! The account, and the actions that it named: read once, and again whenever the file changes, be it by another process
//! (`nexwatch actions --refresh`). Nothing needs a restart.

use super::config::Config;
use nexwatch_account::{Account, AccountError, Base, BaseError, Credentials, DEFAULT_BASE, Turn};
use nexwatch_desk::protocol::{AccountView, Actions, DeskError, ErrorCode, Hidden};
use nexwatch_feed::Feed;
use nexwatch_nexudus::Lexicon;
use nexwatch_settings::{KeeperError, LearntActions, Settings, SettingsError, Watched};
use nexwatch_store::Writer;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// A change by another process is noticed within this time even if nobody asks.
const LOOK: Duration = Duration::from_millis(500);

/// Why the account was not asked, or its answer not kept.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Nobody to ask as.
    #[error(
        "No account is set. Enter an administrator’s e-mail and password in the window, under Settings > Account."
    )]
    NotSet,
    /// No password.
    #[error("No password is kept for the account. Enter it in the window, under Settings > Account.")]
    NoPassword,
    /// The address.
    #[error("{0}.")]
    Base(#[from] BaseError),
    /// The password cannot be read.
    #[error("The account’s password cannot be read. Unlock the keychain, or enter the password again.")]
    Keeper(#[source] KeeperError),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// What was learnt cannot be kept.
    #[error("{0}.")]
    File(#[from] SettingsError),
}

/// What the account named, at hand.
pub(crate) struct KnownActions {
    config: Arc<Config>,
    watched: Watched,
    /// As it was read last, or why it could not be.
    known: RwLock<Known>,
    turn: Turn,
    /// By it deliveries are read.
    writer: Writer,
    /// By it filters are.
    feed: Feed,
}

/// The names by number.
pub(crate) fn lexicon(learnt: &LearntActions) -> Lexicon {
    let named = learnt.actions.iter();
    let named = named.map(|action| (action.number, action.name.clone()));
    Lexicon::of(named).unwrap_or_default()
}

type Known = Result<Option<Arc<LearntActions>>, Arc<SettingsError>>;

fn read(folder: &Path) -> Known {
    let learnt = LearntActions::load(folder).map_err(Arc::new);
    if let Err(error) = &learnt {
        tracing::warn!(%error, "the actions that the account named are not known");
    }
    Ok(learnt?.map(Arc::new))
}

impl KnownActions {
    /// Blocks for a moment: reads a small file.
    pub fn new(config: Arc<Config>, writer: Writer, feed: Feed) -> KnownActions {
        let known = KnownActions {
            watched: LearntActions::watch(config.folder()),
            known: RwLock::new(Ok(None)),
            turn: Turn::default(),
            config,
            writer,
            feed,
        };
        known.take_up(read(known.config.folder()));
        known
    }

    fn take_up(&self, learnt: Known) {
        if let Ok(Some(learnt)) = &learnt {
            let lexicon = Arc::new(lexicon(learnt));
            self.feed.set_lexicon(lexicon.clone());
            self.writer.set_lexicon(lexicon);
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = learnt;
    }

    /// Notices what another process learnt, until the program ends.
    pub async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK).await;
            let known = self.clone();
            if let Err(error) = tokio::task::spawn_blocking(move || drop(known.current())).await {
                tracing::error!(%error, "the list of actions could not be looked at");
            }
        }
    }

    /// What the account named, as it is now; cheap. Of a file that cannot be read, why; deliveries are read by the list of
    /// before then.
    pub fn current(&self) -> Known {
        if self.watched.changed() {
            self.take_up(read(self.config.folder()));
        }
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Every action that is known.
    pub fn list(&self) -> Result<Actions, DeskError> {
        match self.current() {
            Ok(learnt) => Ok(nexwatch_desk::actions(learnt.as_deref())),
            Err(error) => Err(unreadable(&error)),
        }
    }

    /// Asks the account and keeps what it names.
    pub async fn refresh(&self) -> Result<Actions, DeskError> {
        let settings = self.config.get();
        let learnt = refresh(self.config.folder(), &settings, &self.turn).await?;
        let learnt = Arc::new(learnt);
        self.take_up(Ok(Some(learnt.clone())));
        Ok(nexwatch_desk::actions(Some(&learnt)))
    }

    /// The account as it is set. Blocks: not for async code.
    pub fn account(&self) -> AccountView {
        let settings = self.config.get();
        AccountView {
            base: address(&settings).to_owned(),
            email: settings.account.email.clone(),
            has_password: settings.account.has_password(),
            kept_in: settings.account_password_place(self.config.folder()),
        }
    }

    /// Sets it. Blocks: not for async code.
    pub fn set_account(&self, base: &str, email: &str, password: Option<&Hidden>) -> Result<(), DeskError> {
        let base = match base.trim() {
            "" => String::new(),
            base => Base::parse(base).map_err(RefreshError::from)?.to_string(),
        };
        // What the default is may change with the program.
        let base = if base == DEFAULT_BASE { "" } else { base.as_str() };
        let folder = self.config.folder();
        let set = self.config.change(|settings| {
            settings
                .set_account(folder, base, email, password.map(Hidden::reveal))
                .map_err(SetError::Keeper)
        });
        set.map_err(|error| match error {
            SetError::Keeper(error) => DeskError::new(
                ErrorCode::SecretsUnavailable,
                "The account’s password could not be kept. Nothing was changed.",
            )
            .because(error),
            SetError::Settings(error) => DeskError::new(
                ErrorCode::FileUnwritable,
                "The settings could not be written. Nothing was changed.",
            )
            .because(error),
        })
    }
}

enum SetError {
    Keeper(KeeperError),
    Settings(SettingsError),
}

impl From<SettingsError> for SetError {
    fn from(error: SettingsError) -> Self {
        SetError::Settings(error)
    }
}

fn address(settings: &Settings) -> &str {
    match settings.account.base.as_str() {
        "" => DEFAULT_BASE,
        base => base,
    }
}

fn unreadable(error: &SettingsError) -> DeskError {
    DeskError::new(
        ErrorCode::FileUnwritable,
        "The list of actions (actions.json) cannot be read. It is left as it is: mend or remove it.",
    )
    .because(error)
}

/// Asks the account for its actions and keeps them in the folder: what was learnt.
pub async fn refresh(folder: &Path, settings: &Settings, turn: &Turn) -> Result<LearntActions, RefreshError> {
    if settings.account.email.is_empty() {
        return Err(RefreshError::NotSet);
    }
    let base = Base::parse(address(settings))?;
    // Known before the account is troubled.
    let (at, settings) = (folder.to_owned(), settings.clone());
    let (password, email) = waiting(move || {
        LearntActions::load(&at)?;
        let password = settings.account_password(&at).map_err(RefreshError::Keeper)?;
        Ok::<_, RefreshError>((password, settings.account.email))
    })
    .await?;
    let password = password.ok_or(RefreshError::NoPassword)?;
    let account = Account::new(base, Credentials::new(&email, password.as_str())).in_turn(turn.clone());
    let list = account.actions().await?;
    let (folder, source) = (folder.to_owned(), account.base().to_string());
    waiting(move || {
        let now = jiff::Timestamp::now().as_millisecond();
        let list = list.all().map(|(number, name)| (number, name.to_owned()));
        Ok(LearntActions::learn(&folder, list, &source, now)?)
    })
    .await
}

async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, RefreshError> + Send + 'static,
) -> Result<T, RefreshError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

impl From<RefreshError> for DeskError {
    fn from(error: RefreshError) -> DeskError {
        let code = match &error {
            RefreshError::NotSet | RefreshError::NoPassword | RefreshError::Base(_) => ErrorCode::BadQuestion,
            RefreshError::Keeper(_) => ErrorCode::SecretsUnavailable,
            RefreshError::Account(_) => ErrorCode::Outside,
            RefreshError::File(error) => return unreadable(error),
        };
        let mut text = error.to_string();
        if let RefreshError::Base(_) = error {
            text = text.replacen("the account", "The account", 1);
        }
        let told = DeskError::new(code, text);
        match error {
            RefreshError::Keeper(error) => told.because(error),
            _ => told,
        }
    }
}
