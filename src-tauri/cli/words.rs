//! Arguments that several verbs share.

use nexwatch_feed::{Clock, Feed, Filter};
use nexwatch_settings::Settings;
use nexwatch_store::Reader;
use std::path::Path;

/// Which events, in the language of the query box.
#[derive(Debug, clap::Args)]
pub(super) struct FilterArgument {
    /// Which events, e.g. `action:BookingCreate zoë from:today` (as in the window's query box; nothing: all). What begins with a minus
    /// comes after `--`, e.g. `query --json -- -flag:sample`.
    #[arg(value_name = "FILTER")]
    words: Vec<String>,
}

impl FilterArgument {
    /// The filter, or what is wrong with it and where.
    pub fn filter(&self, feed: &Feed) -> anyhow::Result<Filter> {
        let text = self.words.join(" ");
        match feed.parse(&text)? {
            Ok(filter) => Ok(filter),
            Err(trouble) => {
                let start = trouble.start as usize;
                let units: Vec<u16> = text.encode_utf16().skip(start).take(20).collect();
                let near = String::from_utf16_lossy(&units);
                if near.is_empty() {
                    anyhow::bail!("the filter is not right at its end: {}", trouble.message)
                }
                anyhow::bail!("the filter is not right at \"{near}\": {}", trouble.message)
            }
        }
    }
}

/// The feed of a folder, for reading only; another program may be writing it.
pub(super) fn feed(folder: &Path) -> anyhow::Result<Feed> {
    let feed = Feed::new(Reader::open(folder)?);
    // A folder without settings is told as a new one would be.
    let settings = Settings::load(folder)?.unwrap_or_default();
    feed.set_voice(settings.telling.voice());
    Ok(feed)
}

/// This moment, in the zone by which events are told.
pub(super) fn clock(feed: &Feed) -> Clock {
    Clock {
        now: jiff::Timestamp::now().as_millisecond(),
        zone: feed.voice().zones().home.clone(),
    }
}
