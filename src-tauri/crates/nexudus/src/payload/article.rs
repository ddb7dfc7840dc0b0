//! An article of the blog. Its author is a user of the platform.

use super::{Object, Understood, changed, learnt_person, person};
use crate::change::Update;
use crate::facts::Facts;
use crate::fields::Fields;
use crate::{PersonKind, Saying};

pub(super) fn understand(object: &Object) -> Understood {
    let f = object.fields;
    let message = match object.number() {
        4 => "article-new",
        5 => "article-changed",
        43 => "article-deleted",
        _ => "article",
    };
    let author = (f.id("PostedById"), f.line("PostedByFullName"));
    Understood {
        saying: Some(about(Saying::new(message), f)),
        person: person(PersonKind::Other, author.0, author.1.clone()),
        location_id: f.id("BusinessId"),
        location: f.line("BusinessName"),
        learnt: [
            learnt_person(PersonKind::Other, author.0, author.1, None),
            object.learnt_business(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        searched: &["ToStringText", "Title", "SummaryText", "FullText"],
        ..Understood::default()
    }
}

/// Adds its title.
fn about(saying: Saying, f: &Fields) -> Saying {
    saying.text("title", f.first(&["Title", "ToStringText"]))
}

/// What an update did: another title, another day of publication or of its end.
pub(super) fn update(object: &Object, update: &Update) -> Option<Saying> {
    if !object.tells_of_update(&[5]) {
        return None;
    }
    let (f, before) = (object.fields, update.before);
    let told = |saying, told: &[&str]| Some(changed::also(about(saying, f), update, told));
    if update.of("Title")
        && let (Some(old), Some(_)) = (before.line("Title"), f.line("Title"))
    {
        return told(Saying::new("article-renamed").text("old", Some(old)), &["Title"]);
    }
    if let Some(after) = f.when("PublishDate").filter(|_| update.of("PublishDate")) {
        let old = before.when("PublishDate");
        let message = match old {
            Some(_) => "article-out-moved",
            None => "article-out",
        };
        return told(
            Saying::new(message).at("before", old).at("after", Some(after)),
            &["PublishDate"],
        );
    }
    if let Some(after) = f.when("UnpublishDate").filter(|_| update.of("UnpublishDate")) {
        return told(
            Saying::new("article-in").at("after", Some(after)),
            &["UnpublishDate"],
        );
    }
    Some(about(
        changed::list("article-fields", "article-saved", update, &["CommentsCount"]),
        f,
    ))
}

pub(super) fn facts(list: &mut Facts) {
    list.text("article", &["Title", "ToStringText"]);
    list.person("author", &["PostedByFullName"]);
    list.text("location", &["BusinessName"]);
    list.time("published", "PublishDate");
    list.time("unpublished", "UnpublishDate");
    list.text("comments", &["CommentsCount"]);
    list.set("members-only", "OnlyForMembers");
    list.long("text", &["SummaryText", "FullText"]);
}
