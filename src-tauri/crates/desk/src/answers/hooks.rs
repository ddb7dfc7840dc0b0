//! The hook URLs, grouped as the categories are.

use crate::Host;
use crate::protocol::{Hook, HookGroup, Hooks};
use nexwatch_nexudus::{Action, Category};

/// Every documented action's address: below the public one where there is one, else below the local one.
pub(crate) fn hooks(host: &dyn Host) -> Hooks {
    let path = host.hook_path();
    let url = host.reach_status().url;
    let local = format!("{}{path}", host.local_address());
    let public = url.is_some();
    let base = url.map_or_else(
        || local.clone(),
        |url| format!("{}{path}", url.trim_end_matches('/')),
    );
    of(base, local, public)
}

fn of(base: String, local: String, public: bool) -> Hooks {
    let groups = Category::ALL
        .iter()
        .filter_map(|category| {
            let actions: Vec<Hook> = Action::all()
                .filter(|action| action.category() == *category)
                .map(|action| Hook {
                    number: action.number().map_or(0, u32::from),
                    label: action.panel_label().map_or_else(|| action.label(), str::to_owned),
                    url: format!("{base}/{}", action.name()),
                    action: action.name(),
                })
                .collect();
            (!actions.is_empty()).then(|| HookGroup {
                category: category.slug().to_owned(),
                title: category.title().to_owned(),
                actions,
            })
        })
        .collect();
    Hooks {
        base,
        local,
        public,
        groups,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_action_has_its_address() {
        let local = "http://127.0.0.1:7397/hooks/k".to_owned();
        let hooks = of(local.clone(), local, false);
        let all: Vec<&Hook> = hooks.groups.iter().flat_map(|group| &group.actions).collect();
        assert_eq!(all.len(), 89);
        assert!(
            all.iter()
                .any(|hook| hook.url == "http://127.0.0.1:7397/hooks/k/BookingCreate" && hook.number == 6)
        );
        assert!(all.iter().all(|hook| !hook.label.is_empty()));
    }
}
