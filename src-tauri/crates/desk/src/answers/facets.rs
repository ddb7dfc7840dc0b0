//! Counts beside the filters.

use crate::protocol::{ActionCount, CategoryCount, Facets, FlagCount, LocationCount};
use nexwatch_feed::FacetCounts;
use nexwatch_nexudus::{Category, Voice};

/// Categories in the order in which they are shown, each with its actions, most events first.
pub(crate) fn facets(counts: FacetCounts, voice: &Voice) -> Facets {
    let categories = Category::ALL
        .iter()
        .map(|category| {
            let mut actions: Vec<ActionCount> = counts
                .actions
                .iter()
                .filter(|(action, count)| *count > 0 && action.category() == *category)
                .map(|(action, count)| ActionCount {
                    action: action.name(),
                    label: voice.label(action),
                    count: *count,
                })
                .collect();
            actions.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
            CategoryCount {
                category: category.slug().to_owned(),
                title: category.title().to_owned(),
                count: actions.iter().map(|action| action.count).sum(),
                actions,
            }
        })
        .collect();
    let mut locations: Vec<LocationCount> = counts
        .locations
        .into_iter()
        .map(|(id, name, count)| LocationCount { id, name, count })
        .collect();
    locations.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Facets {
        counting: counts.counting,
        total: counts.total,
        all: counts.all,
        categories,
        locations,
        flags: counts
            .flags
            .into_iter()
            .filter_map(|(flag, count)| {
                Some(FlagCount {
                    flag: (*flag.names().first()?).to_owned(),
                    count,
                })
            })
            .collect(),
    }
}
