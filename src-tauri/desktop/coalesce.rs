//! News put together while the page is busy: however much happens, little waits.

use nexwatch_desk::protocol::News;
use std::collections::BTreeMap;

/// Alarms that wait; each is a sentence, and the first ones say most.
const ALARMS: usize = 8;

/// What the page has yet to hear.
#[derive(Default)]
pub(super) struct Waiting {
    changed: Option<News>,
    revised: bool,
    counted: bool,
    views: bool,
    status: bool,
    alarms: Vec<News>,
    /// By job: where it stands now.
    exports: BTreeMap<u32, News>,
}

impl Waiting {
    /// Adds a message; it takes the place of those that it makes old.
    pub fn add(&mut self, news: News) {
        match news {
            News::Changed { .. } => self.changed = Some(news),
            News::Revised => self.revised = true,
            News::Counted => self.counted = true,
            News::Views => self.views = true,
            News::Status => self.status = true,
            News::Alarm { .. } if self.alarms.len() < ALARMS => self.alarms.push(news),
            News::Alarm { .. } => {}
            News::Export { job, .. } => {
                self.exports.insert(job, news);
            }
        }
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.changed.is_none()
            && !self.revised
            && !self.counted
            && !self.views
            && !self.status
            && self.alarms.is_empty()
            && self.exports.is_empty()
    }

    /// All that waits, what a person must see first.
    pub fn take(&mut self) -> Vec<News> {
        let Waiting {
            changed,
            revised,
            counted,
            views,
            status,
            alarms,
            exports,
        } = std::mem::take(self);
        let mut all = alarms;
        all.extend(status.then_some(News::Status));
        all.extend(changed);
        all.extend(revised.then_some(News::Revised));
        all.extend(counted.then_some(News::Counted));
        all.extend(views.then_some(News::Views));
        all.extend(exports.into_values());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_desk::protocol::ExportState;

    fn changed(newest_delivery: i64) -> News {
        News::Changed {
            newest_delivery,
            events: 1,
            last_arrival: None,
        }
    }

    fn export(job: u32, state: ExportState) -> News {
        News::Export {
            job,
            rows: 1,
            total: 2,
            state,
            message: None,
        }
    }

    fn json(news: Vec<News>) -> Vec<serde_json::Value> {
        news.iter()
            .map(|one| serde_json::to_value(one).unwrap())
            .collect()
    }

    #[test]
    fn a_flood_leaves_one_message_of_each_kind() {
        let mut waiting = Waiting::default();
        for n in 0..100_000 {
            waiting.add(changed(n));
            waiting.add(News::Status);
            waiting.add(News::Counted);
            waiting.add(News::Views);
            waiting.add(News::Alarm {
                message: n.to_string(),
            });
            waiting.add(export(7, ExportState::Running));
        }
        let all = json(waiting.take());
        assert_eq!(all.len(), ALARMS + 5);
        assert_eq!(all[0]["message"], "0");
        assert_eq!(all[ALARMS + 1]["newestDelivery"], 99_999);
        assert!(waiting.is_empty());
    }

    #[test]
    fn the_end_of_each_export_is_told() {
        let mut waiting = Waiting::default();
        waiting.add(export(1, ExportState::Running));
        waiting.add(export(2, ExportState::Running));
        waiting.add(export(1, ExportState::Done));
        let states: Vec<_> = json(waiting.take())
            .into_iter()
            .map(|one| (one["job"].clone(), one["state"].clone()))
            .collect();
        assert_eq!(states, [(1.into(), "done".into()), (2.into(), "running".into())]);
    }
}
