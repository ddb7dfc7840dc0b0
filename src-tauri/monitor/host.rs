//! What the desk may ask of the program.

use super::actions::KnownActions;
use super::again;
use super::config::Config;
use super::keys::SecretKeys;
use super::listening::Listening;
use super::reach::Reach;
use super::sample::Samples;
use nexwatch_account::outward::Outward;
use nexwatch_desk::protocol::{Actions, Hidden, SentAgain};
use nexwatch_desk::protocol::{
    ChangeableSettings, DeskError, ErrorCode, GuideState, KnownLocation, Language, LastRefusal,
    ListenerStatus, LocationZone, Reach as ReachView, ReachSettings, ReachStatus, SampleSent, SecretKept,
    SecretStatus, SelfTest, SettingsView,
};
use nexwatch_desk::{Desk, Host, Later, Resend};
use nexwatch_feed::Feed;
use nexwatch_nexudus::Action;
use nexwatch_nexudus::voice::LANGUAGES;
use nexwatch_receive::Keys;
use nexwatch_settings::{SecretsError, Settings, SettingsError, Telling, computer_zone, zone_names};
use nexwatch_store::Writer;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;

/// A replaced hook key is taken for a year at most.
const MOST_KEY_HOURS: u32 = 8_760;

/// The program, as the desk sees it.
pub(crate) struct ProgramHost {
    config: Arc<Config>,
    listening: Arc<Listening>,
    keys: Arc<SecretKeys>,
    reach: Arc<Reach>,
    samples: Samples,
    actions: Arc<KnownActions>,
    outward: Outward,
    writer: Writer,
    feed: Feed,
    /// As events are told now.
    told: Mutex<Telling>,
    desk: OnceLock<Desk>,
    runtime: Handle,
}

impl ProgramHost {
    /// Needs a runtime.
    pub fn new(
        config: Arc<Config>,
        listening: Arc<Listening>,
        keys: Arc<SecretKeys>,
        reach: Arc<Reach>,
        actions: Arc<KnownActions>,
        writer: Writer,
        feed: Feed,
    ) -> ProgramHost {
        let installation = config.with(|settings| settings.installation.clone());
        let told = config.with(|settings| settings.telling.clone());
        ProgramHost {
            samples: Samples::new(listening.clone(), keys.clone(), &installation),
            config,
            listening,
            keys,
            reach,
            actions,
            outward: Outward::new(),
            writer,
            feed,
            told: Mutex::new(told),
            desk: OnceLock::new(),
            runtime: Handle::current(),
        }
    }

    /// Whom to tell that events read otherwise now.
    pub fn revises(&self, desk: Desk) {
        let _ = self.desk.set(desk);
    }

    /// Changes settings, and what they concern.
    fn change(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<(), DeskError>,
    ) -> Result<SettingsView, DeskError> {
        self.config
            .change(|settings| change(settings).map_err(ChangeError::Desk))
            .map_err(DeskError::from)?;
        // Within the settings' lock: of two changes at once, the later one's limits stay.
        self.config.with(|settings| {
            let window = Duration::from_secs(u64::from(settings.retry_window_hours) * 3600);
            self.writer.set_limits(window, settings.limits.quarantine_count);
        });
        self.tell(&self.config.with(|settings| settings.telling.clone()));
        // Waited for: whoever is answered may say that it is taken up.
        self.runtime.block_on(self.listening.take_up());
        self.settings()
    }

    /// Takes up a language and clocks; what is on screens is told anew.
    fn tell(&self, telling: &Telling) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if *told != *telling {
            *told = telling.clone();
            let voice = telling.voice();
            self.writer.set_voice(voice.clone());
            self.feed.set_voice(voice);
            if let Some(desk) = self.desk.get() {
                desk.revised();
            }
        }
    }

    fn known_locations(&self) -> Result<Vec<KnownLocation>, DeskError> {
        let known = self.feed.reader().locations()?.into_iter();
        let named = known.filter(|(id, _)| *id != 0).map(|(id, name)| KnownLocation {
            id,
            name: name.unwrap_or_else(|| id.to_string()),
        });
        let mut all: Vec<KnownLocation> = named.collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }
}

/// A complaint as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

impl Host for ProgramHost {
    fn folder(&self) -> &Path {
        self.config.folder()
    }

    fn listener(&self) -> ListenerStatus {
        self.listening.status()
    }

    fn last_refusal(&self) -> Option<LastRefusal> {
        self.listening.last_refusal()
    }

    fn hook_path(&self) -> String {
        self.listening.hook_path()
    }

    fn local_address(&self) -> String {
        self.listening.local_address()
    }

    fn reach_status(&self) -> ReachStatus {
        self.reach.status()
    }

    fn reach(&self) -> Result<ReachView, DeskError> {
        self.reach.view()
    }

    fn set_reach(&self, reach: ReachSettings, secret: Option<String>) -> Result<ReachView, DeskError> {
        self.reach.set(reach, secret)
    }

    fn retry_reach(&self) {
        self.reach.retry();
    }

    fn test_reach(&self) -> Later<'_, Result<SelfTest, DeskError>> {
        Box::pin(self.reach.test())
    }

    fn settings(&self) -> Result<SettingsView, DeskError> {
        let settings = self.config.get();
        let limits = &settings.limits;
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let now = jiff::Timestamp::now().as_millisecond();
        Ok(SettingsView {
            settings: ChangeableSettings {
                listen_port: settings.listen_port,
                body_kib: small(limits.body_bytes as u64 / 1024),
                slow_seconds: small(limits.slow_seconds),
                connections: small(limits.connections as u64),
                quarantine_count: limits.quarantine_count,
                retry_window_hours: settings.retry_window_hours,
                keep_in_tray: settings.keep_in_tray,
                language: settings.telling.language().to_owned(),
                time_zone: settings.telling.time_zone.clone(),
                location_zones: settings
                    .telling
                    .location_zones
                    .iter()
                    .map(|(location, zone)| LocationZone {
                        location: *location,
                        zone: zone.clone(),
                    })
                    .collect(),
            },
            old_key_until: settings
                .old_hook_key
                .as_ref()
                .map(|old| old.until)
                .filter(|until| now < *until),
            guide: settings.guide,
            file: Settings::path(self.config.folder()).display().to_string(),
            languages: LANGUAGES
                .iter()
                .map(|(code, name, _)| Language {
                    code: (*code).to_owned(),
                    name: (*name).to_owned(),
                })
                .collect(),
            computer_zone: computer_zone(),
            zone_names: zone_names(),
            locations: self.known_locations()?,
            account: self.actions.account(),
        })
    }

    fn set_settings(&self, new: ChangeableSettings) -> Result<SettingsView, DeskError> {
        self.change(|settings| {
            let between = |name: &str, value: u64, least: u64, most: u64| {
                let sound = (least..=most).contains(&value);
                let why = || {
                    DeskError::new(
                        ErrorCode::BadQuestion,
                        format!("{name} must lie between {least} and {most}."),
                    )
                };
                if sound { Ok(()) } else { Err(why()) }
            };
            if new.listen_port != 0 {
                between("The port", new.listen_port.into(), 1024, 65_535)?;
            }
            between("The largest body", new.body_kib.into(), 1, 65_536)?;
            between("The patience", new.slow_seconds.into(), 1, 300)?;
            between("The number of connections", new.connections.into(), 1, 10_000)?;
            between(
                "The size of the quarantine",
                new.quarantine_count.into(),
                1,
                1_000_000,
            )?;
            between("The retry window", new.retry_window_hours.into(), 1, 720)?;
            let limits = &mut settings.limits;
            settings.listen_port = new.listen_port;
            limits.body_bytes = new.body_kib as usize * 1024;
            limits.in_flight_bytes = limits.in_flight_bytes.max(limits.body_bytes);
            limits.slow_seconds = new.slow_seconds.into();
            limits.connections = new.connections as usize;
            limits.quarantine_count = new.quarantine_count;
            settings.retry_window_hours = new.retry_window_hours;
            settings.keep_in_tray = new.keep_in_tray;
            let telling = Telling {
                language: Some(new.language),
                time_zone: new.time_zone,
                location_zones: new
                    .location_zones
                    .into_iter()
                    .map(|own| (own.location, own.zone))
                    .collect(),
            };
            let wrong = |why: String| DeskError::new(ErrorCode::BadQuestion, sentence(&why));
            telling.check().map_err(wrong)?;
            settings.telling = telling;
            Ok(())
        })
    }

    fn replace_hook_key(&self, keep_hours: u32) -> Result<SettingsView, DeskError> {
        if keep_hours > MOST_KEY_HOURS {
            return Err(DeskError::new(
                ErrorCode::BadQuestion,
                "The old key can be taken for a year at most.",
            ));
        }
        let now = jiff::Timestamp::now().as_millisecond();
        let until = (keep_hours > 0).then(|| now + i64::from(keep_hours) * 3_600_000);
        self.change(|settings| {
            settings.replace_hook_key(until);
            Ok(())
        })
    }

    fn end_old_hook_key(&self) -> Result<SettingsView, DeskError> {
        self.change(|settings| {
            settings.old_hook_key = None;
            Ok(())
        })
    }

    fn set_guide(&self, guide: GuideState) -> Result<SettingsView, DeskError> {
        self.change(|settings| {
            settings.guide = guide;
            Ok(())
        })
    }

    fn remove_secret(&self, id: u32) -> Result<(), DeskError> {
        match self.keys.remove(id).map_err(unavailable)? {
            true => Ok(()),
            false => Err(DeskError::new(
                ErrorCode::NotFound,
                "This secret is not there any more.",
            )),
        }
    }

    fn secrets(&self) -> Result<Vec<SecretStatus>, DeskError> {
        let marks = self.keys.marks()?;
        let list = self.keys.list().map_err(unavailable)?;
        let all: Vec<_> = list.iter().map(|(info, _)| info.clone()).collect();
        Ok(list
            .into_iter()
            .map(|(info, kept_in)| {
                let mark = marks.iter().find(|mark| mark.secret.0 == info.id);
                SecretStatus {
                    id: info.id,
                    location: info.location,
                    set_at: info.set_at,
                    kept_in,
                    first_matched: mark.map(|mark| mark.first_matched),
                    last_matched: mark.map(|mark| mark.last_matched),
                    still_used: info.still_used(&all, mark.map(|mark| mark.last_matched)),
                    until: info.until,
                }
            })
            .collect())
    }

    fn set_secret(&self, secret: &str, location: Option<i64>) -> Result<SecretKept, DeskError> {
        let now = jiff::Timestamp::now().as_millisecond();
        let (kept_in, released) = self.keys.set(secret, location, now).map_err(unavailable)?;
        Ok(SecretKept {
            kept_in,
            released: released?,
        })
    }

    fn send_sample(&self, action: Option<Action>) -> Later<'_, Result<SampleSent, DeskError>> {
        Box::pin(self.samples.send(action))
    }

    fn actions(&self) -> Result<Actions, DeskError> {
        self.actions.list()
    }

    fn refresh_actions(&self) -> Later<'_, Result<Actions, DeskError>> {
        Box::pin(self.actions.refresh())
    }

    fn set_account(
        &self,
        base: &str,
        email: &str,
        password: Option<Hidden>,
    ) -> Result<SettingsView, DeskError> {
        self.actions.set_account(base, email, password.as_ref())?;
        self.settings()
    }

    fn send_again(
        &self,
        delivery: Resend,
        url: String,
        confirmed: bool,
    ) -> Later<'_, Result<SentAgain, DeskError>> {
        Box::pin(async move {
            let url = again::address(&url, confirmed, &self.config.with(again::hook_keys))?;
            let keys = self.keys.clone();
            let known = tokio::task::spawn_blocking(move || keys.current()).await;
            let known = known.unwrap_or_else(|error| Err(error.to_string()));
            let known = known.map_err(|why| {
                DeskError::new(
                    ErrorCode::SecretsUnavailable,
                    "The shared secret could not be read, so the delivery could not be signed. Nothing was sent.",
                )
                .because(why)
            })?;
            again::send(&self.outward, delivery, url, &known).await
        })
    }
}

/// Why settings stay as they are.
enum ChangeError {
    Desk(DeskError),
    Settings(SettingsError),
}

impl From<SettingsError> for ChangeError {
    fn from(error: SettingsError) -> Self {
        ChangeError::Settings(error)
    }
}

impl From<ChangeError> for DeskError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Desk(error) => error,
            ChangeError::Settings(error) => DeskError::new(
                ErrorCode::FileUnwritable,
                "The settings could not be written. Nothing was changed.",
            )
            .because(error),
        }
    }
}

fn unavailable(error: SecretsError) -> DeskError {
    match error {
        SecretsError::Key(error) => {
            let text = error.to_string();
            let text = text.strip_prefix("the").map_or(text.clone(), |rest| format!("The{rest}"));
            DeskError::new(ErrorCode::BadQuestion, format!("{text}."))
        }
        error => DeskError::new(
            ErrorCode::SecretsUnavailable,
            "The shared secret could not be kept or read. Deliveries are refused with 503 meanwhile, so that none is lost.",
        )
        .because(error),
    }
}
