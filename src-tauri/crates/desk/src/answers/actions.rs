//! The actions that are known.

use crate::protocol::{ActionInfo, Actions};
use nexwatch_nexudus::Action;
use nexwatch_settings::LearntActions;

/// Those of the documentation, and those that the account named beside them, by number.
pub fn actions(learnt: Option<&LearntActions>) -> Actions {
    let documented = Action::all().filter_map(|action| Some((u32::from(action.number()?), action, None)));
    let is_documented = |number: u32| {
        let number = u8::try_from(number).ok();
        number.is_some() && Action::all().any(|action| action.number() == number)
    };
    let new = learnt.into_iter().flat_map(|learnt| &learnt.actions);
    let new = new
        // The platform's first value is "None": nothing ever happens under it.
        .filter(|action| action.number > 1 && !is_documented(action.number))
        .map(|action| {
            let number = action.number;
            (number, Action::Other(action.name.clone()), Some(action.learnt_at))
        });
    let mut actions: Vec<ActionInfo> = documented
        .chain(new)
        .map(|(number, action, learnt_at)| ActionInfo {
            number,
            name: action.name(),
            label: action.label(),
            category: action.category().slug().to_owned(),
            documented: learnt_at.is_none(),
            learnt_at,
        })
        .collect();
    actions.sort_by_key(|action| action.number);
    Actions {
        actions,
        learnt_at: learnt.map(|learnt| learnt.learnt_at),
        source: learnt.map(|learnt| learnt.source.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_account_named_stands_beside_what_is_documented() {
        let none = actions(None);
        assert_eq!(none.actions.len(), 89);
        assert!(none.actions.iter().all(|action| action.documented));
        let folder = tempfile::tempdir().unwrap();
        let list = [
            (1, "None"),
            (6, "BookingCreate"),
            (91, "ResourceCreate"),
            (300, "RoomLost"),
        ];
        let list = list.map(|(number, name)| (number, name.to_owned()));
        let learnt = LearntActions::learn(folder.path(), list, "https://a.example", 7).unwrap();
        let all = actions(Some(&learnt));
        let new: Vec<(u32, &str, Option<i64>)> = all
            .actions
            .iter()
            .filter(|action| !action.documented)
            .map(|action| (action.number, action.name.as_str(), action.learnt_at))
            .collect();
        assert_eq!(new, [(91, "ResourceCreate", Some(7)), (300, "RoomLost", Some(7))]);
        assert_eq!(
            (all.learnt_at, all.source.as_deref()),
            (Some(7), Some("https://a.example"))
        );
        assert!(all.actions.is_sorted_by_key(|action| action.number));
    }
}
