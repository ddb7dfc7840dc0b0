//! A team of customers. One of them pays.

use super::{Object, Understood, changed, learnt_person, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{Named, PersonKind, Saying};

/// Most members named in a sentence.
const MOST_NAMED: usize = 2;

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let saying = match object.number() {
        57 => counted("team-created", f),
        58 => Saying::new("team-changed"),
        59 => Saying::new("team-deleted"),
        _ => counted("team", f),
    };
    let payer = (f.id("PayingMemberId"), f.line("PayingMemberFullName"));
    let names = members(f).into_iter().filter_map(|(id, name)| {
        let id = id.parse().ok().filter(|id| *id > 0 && Some(*id) != payer.0);
        learnt_person(PersonKind::Customer, id, name, None)
    });
    Understood {
        saying: Some(saying),
        person: person(PersonKind::Customer, payer.0, payer.1.clone()),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        resource: f.line("Name").map(|name| Named { id: f.id("Id"), name }),
        learnt: [
            learnt_person(PersonKind::Customer, payer.0, payer.1, None),
            object.learnt_business(),
        ]
        .into_iter()
        .flatten()
        .chain(names)
        .collect(),
        searched: &[
            "ToStringText",
            "Name",
            "Description",
            "PayingMemberCompanyName",
            "PayingMemberBillingName",
            "CoworkerFullNames",
            "ProfileTags",
        ],
        ..Understood::default()
    }
}

fn counted(message: &'static str, f: &Fields) -> Saying {
    let count = i64::try_from(members(f).len()).ok();
    Saying::new(message).count("members", count.filter(|count| *count > 0))
}

/// The members by id; with a name each, if there are as many names as ids. A name with a comma spoils that: then nobody
/// is named rather than somebody wrongly.
fn members(f: &Fields) -> Vec<(String, Option<String>)> {
    let listed = |name: &str| -> Option<Vec<serde_json::Value>> { serde_json::from_str(f.json(name)?).ok() };
    let split = |name: &str| -> Vec<String> {
        let all = f.long(name).unwrap_or_default();
        let parts = all.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let named = split("CoworkerIds");
    let ids: Vec<String> = match listed("TeamMembers") {
        Some(ids) => ids
            .iter()
            .map(|id| id.get("Id").unwrap_or(id))
            .filter_map(|id| match id {
                serde_json::Value::Number(number) => Some(number.to_string()),
                serde_json::Value::String(text) => Some(text.trim().to_owned()),
                _ => None,
            })
            .collect(),
        None => named.clone(),
    };
    // The names stand in the order of `CoworkerIds`; without it in that of the members.
    let order = if named.is_empty() { &ids } else { &named };
    let names = split("CoworkerFullNames");
    let name_of = |id: &String| {
        let at = order.iter().position(|known| known == id)?;
        let name = names.get(at).filter(|_| names.len() == order.len())?;
        crate::text::line(name, crate::text::LONGEST_NAME)
    };
    ids.iter().map(|id| (id.clone(), name_of(id))).collect()
}

const MEMBERS: &[&str] = &[
    "TeamMembers",
    "CoworkerIds",
    "CoworkerFullNames",
    "CoworkerBillingNames",
    "ActiveContracts",
];
const PAYER: &[&str] = &[
    "PayingMemberId",
    "PayingMemberFullName",
    "PayingMemberCoworkerType",
    "PayingMemberBillingName",
    "PayingMemberCompanyName",
];

/// What an update did: who came and went, who pays, what it is called.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[58]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    if update.of("TeamMembers") || update.of("CoworkerIds") {
        let (old, new) = (members(before), members(f));
        let gone = |all: &[(String, Option<String>)], rest: &[(String, Option<String>)]| {
            let known = |id: &String| rest.iter().any(|(other, _)| other == id);
            let kept = all.iter().filter(|(id, _)| !known(id));
            kept.map(|(_, name)| name.clone()).collect::<Vec<_>>()
        };
        let (came, went) = (gone(&new, &old), gone(&old, &new));
        let message = match (came.is_empty(), went.is_empty()) {
            (false, true) => Some("team-joined"),
            (true, false) => Some("team-left"),
            (false, false) => Some("team-joined-and-left"),
            (true, true) => None,
        };
        if let Some(message) = message {
            let saying = listed(
                Saying::new(message),
                ["came1", "came2", "came-more", "came"],
                &came,
            );
            let saying = listed(saying, ["went1", "went2", "went-more", "went"], &went);
            return Some(changed::also(saying, update, MEMBERS));
        }
    }
    if update.of("PayingMemberId") {
        let message = match f.id("PayingMemberId") {
            Some(_) => "team-payer",
            None => "team-no-payer",
        };
        let saying = Saying::new(message).text("old", before.line("PayingMemberFullName"));
        return Some(changed::also(saying, update, PAYER));
    }
    if update.of("Name")
        && let (Some(old), Some(new)) = (before.line("Name"), f.line("Name"))
    {
        let saying = Saying::new("team-renamed")
            .text("old", Some(old))
            .text("new", Some(new));
        return Some(changed::also(saying, update, &["Name"]));
    }
    Some(changed::list("team-fields", "team-saved", update, &[]))
}

/// Adds up to two names and how many are not named; without any name how many there are.
fn listed(saying: Saying, pieces: [&'static str; 4], who: &[Option<String>]) -> Saying {
    let named: Vec<&String> = who.iter().flatten().take(MOST_NAMED).collect();
    let count = |count: usize| i64::try_from(count).ok().filter(|count| *count > 0);
    saying
        .text(pieces[0], named.first().copied())
        .text(pieces[1], named.get(1).copied())
        .count(pieces[2], count(who.len() - named.len()))
        .count(pieces[3], count(who.len()))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("team", &["Name", "ToStringText"]);
    list.text("members", &["CoworkerFullNames"]);
    list.person("paying-member", &["PayingMemberFullName"]);
    list.text("company", &["PayingMemberCompanyName"]);
    list.text("location", &["BusinessName"]);
    list.text("default-plan", &["DefaultMemberTariffName"]);
    list.text("active-contracts", &["ActiveContracts"]);
    list.text("most-members", &["MaxTeamMemberCount"]);
    list.set("single-invoice", "CreateSingleInvoiceForTeam");
    list.long("description", &["Description"]);
}
