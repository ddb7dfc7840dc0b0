//! Starts, joins and stops everything: store, feed, secrets, listener, desk.

pub(crate) mod actions;
pub(crate) mod again;
mod background;
mod config;
mod host;
mod keys;
mod ledger;
mod listening;
mod reach;
mod refusals;
mod sample;

use actions::KnownActions;
use config::Config;
use host::ProgramHost;
use keys::SecretKeys;
use ledger::Ledger;
use listening::Listening;
use nexwatch_desk::Desk;
use nexwatch_desk::http::{ServeError, Server};
use nexwatch_feed::Feed;
use nexwatch_receive::BindError;
use nexwatch_settings::{Secrets, Settings, SettingsError};
use nexwatch_store::{Cause, Options, Store, StoreError};
use nexwatch_tunnel::SystemClock;
use reach::Reach;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Requests under way may take so long when the program ends.
const GRACE: Duration = Duration::from_secs(15);
/// Open screens may take so long.
const SCREEN_GRACE: Duration = Duration::from_millis(500);

/// What to start.
#[derive(Clone, Debug)]
pub struct Start {
    /// The data folder; made if it is not there.
    pub folder: PathBuf,
    /// Where to listen for deliveries; nothing: where the settings say.
    pub listen: Option<SocketAddr>,
    /// Where to serve the desk for a browser; nothing: not at all.
    pub desk: Option<SocketAddr>,
    /// A listener that cannot start is a failure. Else everything else starts and it is tried again.
    pub must_listen: bool,
}

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made or written.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The settings.
    #[error("{0}")]
    Settings(#[from] SettingsError),
    /// The database.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The listener.
    #[error("{0}")]
    Listen(#[from] BindError),
    /// The desk.
    #[error("{0}")]
    Desk(#[from] ServeError),
}

/// Everything, at work.
pub struct Monitor {
    folder: PathBuf,
    store: Store,
    listening: Arc<Listening>,
    reach: Arc<Reach>,
    ledger: Arc<Ledger>,
    desk: Desk,
    server: Option<Server>,
    config: Arc<Config>,
    tasks: Vec<JoinHandle<()>>,
}

impl Monitor {
    /// Starts everything. Needs a multi-threaded runtime.
    pub async fn start(start: Start) -> Result<Monitor, StartError> {
        let Start {
            folder,
            listen,
            desk: desk_address,
            must_listen,
        } = start;
        let heard: Arc<OnceLock<(Feed, Desk)>> = Arc::default();
        let (settings, store) = {
            let (folder, heard) = (folder.clone(), heard.clone());
            waiting(move || open(&folder, heard)).await?
        };
        let feed = Feed::new(store.reader.clone());
        let config = Arc::new(Config::new(folder.clone(), settings.clone()));
        let keys = Arc::new(SecretKeys::new(
            Secrets::of(&folder, &settings.installation),
            store.reader.clone(),
            store.writer.clone(),
        ));
        let test_key = reach::proof_key();
        let listening = Arc::new(Listening::new(
            listen,
            config.clone(),
            store.writer.clone(),
            keys.clone(),
            nexwatch_receive::Proof::new(test_key),
        ));
        let woke: Arc<OnceLock<Arc<Reach>>> = Arc::default();
        let ledger = {
            let (reader, writer, woke) = (store.reader.clone(), store.writer.clone(), woke.clone());
            let rings = move || {
                if let Some(reach) = woke.get() {
                    reach.woke();
                }
            };
            waiting(move || Ledger::open(&reader, writer, Arc::new(SystemClock), Box::new(rings))).await?
        };
        let reach = Reach::new(
            config.clone(),
            listening.clone(),
            ledger.clone(),
            store.reader.clone(),
            store.writer.clone(),
            test_key,
        )
        .await;
        let _ = woke.set(reach.clone());
        let actions = {
            let (config, writer, feed) = (config.clone(), store.writer.clone(), feed.clone());
            waiting(move || Arc::new(KnownActions::new(config, writer, feed))).await
        };
        let host = Arc::new(ProgramHost::new(
            config.clone(),
            listening.clone(),
            keys.clone(),
            reach.clone(),
            actions.clone(),
            store.writer.clone(),
            feed.clone(),
        ));
        let voice = settings.telling.voice();
        store.writer.set_voice(voice.clone());
        feed.set_voice(voice);
        let desk = Desk::new(feed.clone(), store.writer.clone(), host.clone());
        host.revises(desk.clone());
        // Set before anything can be committed.
        let _ = heard.set((feed.clone(), desk.clone()));
        keys.tell(desk.clone());
        reach.tell(desk.clone());
        let first = listening.bind().await;
        reach.begin();
        if must_listen {
            first?;
        }
        let server = match desk_address {
            Some(address) => Some(
                Server::start(
                    address,
                    desk.clone(),
                    &settings.desk_token,
                    Box::new(crate::assets::find),
                )
                .await?,
            ),
            None => None,
        };
        let counts = desk.clone();
        let tasks = vec![
            tokio::spawn(desk.clone().run()),
            tokio::spawn(keys.clone().watch()),
            tokio::spawn(actions.watch()),
            tokio::spawn(listening.clone().keep_trying()),
            tokio::spawn(reach.clone().count()),
            tokio::spawn(ledger.clone().keep({
                let (listening, reach) = (listening.clone(), reach.clone());
                move |ledger, at| {
                    match listening.status() {
                        status if status.up => ledger.back(at, Cause::Listener),
                        status => ledger.out(at, Cause::Listener, not_listening(status.trouble)),
                    }
                    reach.look(ledger, at);
                }
            })),
        ];
        // A thread of its own: this one stays unimportant.
        let load = move || {
            background::give_way();
            if let Err(error) = feed.load() {
                tracing::error!(%error, "counts are not available");
            }
            counts.status_changed();
        };
        let loading = std::thread::Builder::new().name("columns".into()).spawn(load);
        if let Err(error) = loading {
            tracing::error!(%error, "counts are not available");
        }
        Ok(Monitor {
            folder,
            store,
            listening,
            reach,
            ledger,
            desk,
            server,
            config,
            tasks,
        })
    }

    /// What a screen asks.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Whether closing the window leaves the listener at work in the tray.
    pub fn keep_in_tray(&self) -> bool {
        self.config.with(|settings| settings.keep_in_tray)
    }

    /// Where it listens, `127.0.0.1:PORT`; nothing while it does not.
    pub fn listen(&self) -> Option<SocketAddr> {
        self.listening.address()
    }

    /// `/hooks/KEY`
    pub fn hook_path(&self) -> String {
        self.listening.hook_path()
    }

    /// The address of the desk in a browser, token and all.
    pub fn desk_address(&self) -> Option<String> {
        self.server.as_ref().map(|server| {
            let token = self.config.with(|settings| settings.desk_token.clone());
            format!("http://{}/?token={token}", server.address())
        })
    }

    /// Ends everything: what was begun is finished, what was acknowledged is on the disk.
    pub async fn stop(self) {
        // From now on deliveries may be missing: said first, lest the end be cut off.
        self.ledger.close().await;
        self.reach.close().await;
        self.listening.stop(GRACE).await;
        if let Some(server) = self.server {
            server.stop(SCREEN_GRACE).await;
        }
        for task in &self.tasks {
            task.abort();
        }
        let store = self.store;
        waiting(move || store.close()).await;
    }
}

fn not_listening(trouble: Option<String>) -> String {
    match trouble {
        Some(why) => format!("The listener does not listen: {why}."),
        None => "The listener does not listen.".to_owned(),
    }
}

/// What blocks: folder, settings, database.
fn open(
    folder: &std::path::Path,
    heard: Arc<OnceLock<(Feed, Desk)>>,
) -> Result<(Settings, Store), StartError> {
    nexwatch_store::make_folder(folder)
        .map_err(|error| StartError::Folder(folder.to_owned(), std::io::Error::other(error.to_string())))?;
    let settings = Settings::load_or_make(folder)?;
    let options = Options {
        retry_window: Duration::from_secs(u64::from(settings.retry_window_hours) * 3600),
        quarantine_count: settings.limits.quarantine_count,
        quarantine_bytes: settings.limits.quarantine_bytes,
        ..Options::serving()
    };
    let store = Store::open(
        folder,
        options,
        Box::new(move |news| {
            if let Some((feed, desk)) = heard.get() {
                feed.committed(news);
                desk.committed(news);
            }
        }),
    )?;
    Ok((settings, store))
}

/// Runs what blocks on a thread for it.
async fn waiting<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
