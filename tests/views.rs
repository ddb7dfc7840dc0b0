//! Views over the desk: kept across restarts, badges of what is new, from one computer to another.

mod common;

use common::desk::{Door, start, wait_for};
use common::{booking, send};
use nexwatch::client::Client;
use serde_json::{Value, json};

fn views(door: &Door) -> Value {
    door.answer(&json!({"ask": "views"}))
}

/// What is new in a view.
fn new_in(news: &Value, id: &str) -> Value {
    let views = news["views"].as_array().unwrap();
    let view = views.iter().find(|view| view["id"] == id);
    view.unwrap_or_else(|| panic!("{id} is not among {news}"))["count"].clone()
}

fn with_own(listed: &Value, name: &str, query: &str) -> Value {
    let mut all = listed["views"].clone();
    let mut own = all[0].clone();
    own["id"] = "".into();
    own["name"] = name.into();
    own["query"] = query.into();
    own["badge"] = true.into();
    own["columns"] = json!([{"name": "time", "width": null}, {"name": "person", "width": 180}]);
    all.as_array_mut().unwrap().push(own);
    json!({"ask": "set-views", "views": all, "revision": listed["revision"]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_ones_own_is_kept_and_counts_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let (serve, door) = start(folder.path());
    let at_first = views(&door);
    assert_eq!(at_first["views"], at_first["usual"]);
    let set = with_own(&at_first, "Room 5 — 会議室", "category:bookings OR flag:repeat");
    let listed = door.answer(&set);
    let own = listed["views"][6].clone();
    assert_eq!((&own["id"], &own["shipped"]), (&json!("own-1"), &json!(false)));
    // Another screen that had the list as it was before writes nothing over.
    let late = door.ask(&with_own(&at_first, "Late", ""));
    assert_eq!(late.status, 400);
    assert!(late.body.contains("another screen"), "{}", late.body);

    let ask = json!({"ask": "view-news"});
    assert_eq!(new_in(&door.answer(&ask), "own-1"), 0);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    for number in 0..3 {
        let path = format!("{}/BookingCreate/7", serve.hook);
        send(&mut client, &path, &booking(number), None).await;
    }
    let news = wait_for(&door, &ask, |news| new_in(news, "own-1") == 3);
    assert_eq!(new_in(&news, "problems"), 0);
    door.answer(&json!({"ask": "view-seen", "id": "own-1", "until": news["asOf"]}));
    assert_eq!(new_in(&door.answer(&ask), "own-1"), 0);
    assert!(serve.stop().success());

    let (serve, door) = start(folder.path());
    assert_eq!(views(&door)["views"][6], own);
    let news = wait_for(&door, &ask, |news| news["asOf"] == 3);
    assert_eq!(new_in(&news, "own-1"), 0, "what was looked at stays so");
    assert!(serve.stop().success());
}

#[test]
fn views_are_handed_on_as_a_file() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_serve, door) = start(here.path());
    door.answer(&with_own(&views(&door), "Ana's", "person:ana"));
    let file = door.answer(&json!({"ask": "export-views", "ids": ["own-1", "billing"]}));
    assert!(file["name"].as_str().unwrap().starts_with("nexwatch-views-"));
    assert_eq!(file["written"], Value::Null);

    let (_other, other) = start(there.path());
    let taken = other.answer(&json!({"ask": "import-views", "text": file["text"]}));
    assert_eq!(
        (&taken["added"], &taken["known"]),
        (&json!(["Ana's"]), &json!(["Billing"]))
    );
    assert_eq!(views(&other)["views"], taken["views"]["views"]);
    assert_eq!(
        other.ask(&json!({"ask": "import-views", "text": "{}"})).status,
        400
    );
    assert_eq!(views(&other)["views"].as_array().unwrap().len(), 7);
}
