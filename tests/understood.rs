//! What happened, in words, over a real listener: what changed, whose story, one act in several actions, names learnt.

mod common;

use common::{Serve, printed, query, run, send};
use nexwatch::client::Client;
use nexwatch_nexudus::time::rfc3339;
use serde_json::{Value, json};
use std::path::Path;

const LOCATION: u64 = 1_420_900_101;
const CUSTOMER: u64 = 1_421_300_777;
const ROOM: u64 = 1_414_920_311;

/// Minutes before now, as a body has it.
fn ago(minutes: i64) -> String {
    rfc3339(jiff::Timestamp::now().as_millisecond() - minutes * 60_000)
}

fn booking(from: &str, to: &str, changed: i64) -> Value {
    json!({
        "Id": 1_428_611_840, "ResourceId": ROOM, "ResourceName": "Boardroom 3", "CoworkerId": CUSTOMER,
        "CoworkerFullName": "Zoë Müller", "FromTime": format!("2026-06-09T{from}:00Z"), "ToTime": format!("2026-06-09T{to}:00Z"),
        "MinutesToStart": changed, "UpdatedOn": ago(changed), "Notes": null
    })
}

struct World {
    folder: tempfile::TempDir,
    serve: Serve,
    client: Client,
}

impl World {
    async fn start() -> World {
        let folder = tempfile::tempdir().unwrap();
        World::over(folder).await
    }

    async fn over(folder: tempfile::TempDir) -> World {
        let serve = Serve::start(folder.path());
        let client = Client::connect(&serve.listen).await.unwrap();
        World {
            folder,
            serve,
            client,
        }
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    async fn send(&mut self, action: &str, body: &Value) {
        let path = format!("{}/{action}", self.serve.hook);
        let reply = send(&mut self.client, &path, &json!([body]).to_string(), None).await;
        assert_eq!(reply.status, 200, "{action}");
    }

    /// The newest events of a filter, once there are so many.
    async fn events(&self, filter: &str, count: usize) -> Vec<Value> {
        loop {
            let found = query(self.data(), &filter.split_whitespace().collect::<Vec<_>>());
            assert!(found.len() <= count, "{filter}: {found:?}");
            if found.len() == count {
                return found;
            }
            tokio::task::yield_now().await;
        }
    }
}

fn sentence(event: &Value) -> &str {
    event["sentence"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_moved_says_from_when_to_when() {
    let mut world = World::start().await;
    world.send("BookingCreate", &booking("14:00", "15:00", 30)).await;
    world.send("BookingUpdate", &booking("15:00", "16:00", 10)).await;
    let moved = world.events("changed:FromTime", 1).await;
    let said = sentence(&moved[0]);
    assert!(
        said.contains("moved") && said.contains("14:00") && said.contains("15:00"),
        "{said}"
    );
    assert_eq!(moved[0]["action"], "BookingUpdate");
    // Found by the word that only the difference told.
    world.events("moved", 1).await;
    // What changes with every delivery is no change.
    assert!(query(world.data(), &["changed:MinutesToStart"]).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_late_lands_in_its_place_and_the_differences_are_right() {
    let mut world = World::start().await;
    world.send("BookingCreate", &booking("09:00", "10:00", 60)).await;
    // The newer update arrives first: seen from the creation, both ends moved.
    world.send("BookingUpdate", &booking("11:00", "13:00", 10)).await;
    let first = world.events("changed:FromTime", 1).await;
    assert!(sentence(&first[0]).contains("09:00"), "{}", sentence(&first[0]));
    world.send("BookingUpdate", &booking("11:00", "12:00", 30)).await;
    // Now the late one moved it, and the newer one only made it longer.
    let moved = loop {
        let moved = world.events("changed:FromTime", 1).await;
        if moved[0]["id"] != first[0]["id"] {
            break moved;
        }
    };
    assert!(sentence(&moved[0]).contains("09:00"), "{}", sentence(&moved[0]));
    let newest = query(world.data(), &[]);
    assert_eq!(newest[0]["id"], first[0]["id"]);
    let said = sentence(&newest[0]);
    assert!(said.contains("13:00") && !said.contains("09:00"), "{said}");
    assert_eq!(world.events("changed:ToTime", 2).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_learnt_later_show_in_older_rows_and_after_a_restart() {
    let mut world = World::start().await;
    let thread = json!({"Id": 5, "CoworkerId": CUSTOMER, "Subject": "Lost keys", "LastMessageDate": ago(5), "UpdatedOn": ago(5)});
    world.send("CommunityBoardNewThread", &thread).await;
    let before = world.events("thread", 1).await;
    assert_eq!(before[0]["person"], Value::Null, "{before:?}");
    assert_eq!(before[0]["person_id"], CUSTOMER);
    world.send("BookingCreate", &booking("14:00", "15:00", 3)).await;
    let of_zoe = world.events("person:zoe", 2).await;
    assert!(of_zoe.iter().all(|event| event["person"] == "Zoë Müller"));
    let told = of_zoe
        .iter()
        .find(|event| event["action"] == "CommunityBoardNewThread")
        .unwrap();
    assert!(sentence(told).contains("Zoë Müller"), "{}", sentence(told));
    // Where the room is, is told by an address that names a location: earlier bookings are there as well.
    assert_eq!(
        query(world.data(), &["action:BookingCreate"])[0]["location_id"],
        Value::Null
    );
    world
        .send(
            &format!("BookingUpdate/{LOCATION}"),
            &booking("14:00", "15:30", 1),
        )
        .await;
    world.events(&format!("location:{LOCATION}"), 2).await;
    let World {
        folder,
        serve,
        client,
    } = world;
    drop(client);
    assert!(serve.stop().success());
    let world = World::over(folder).await;
    world.events("person:zoe", 3).await;
    world.events(&format!("location:{LOCATION}"), 2).await;
    world.events(&format!("resource:{ROOM}"), 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_in_the_story_of_the_host() {
    let mut world = World::start().await;
    let visitor = json!({
        "Id": 77, "FullName": "Omar Sy", "CoworkerId": CUSTOMER, "CoworkerFullName": "Zoë Müller", "ExpectedArrival": ago(-60),
        "VisitorSource": 1, "BusinessId": LOCATION, "UpdatedOn": ago(2)
    });
    world.send("VisitorRegistered", &visitor).await;
    let filter = format!("person:customer#{CUSTOMER}");
    let found = world.events(&filter, 1).await;
    assert_eq!(found[0]["person"], "Omar Sy");
    // By name alone nobody is anybody else.
    assert!(query(world.data(), &["person:zoe"]).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_in_the_language_and_by_the_clock_that_are_set() {
    let world = World::start().await;
    let World {
        folder,
        serve,
        mut client,
    } = world;
    let path = format!("{}/BookingCreate/{LOCATION}", serve.hook);
    let body = json!([booking("14:00", "15:00", 3)]).to_string();
    assert_eq!(send(&mut client, &path, &body, None).await.status, 200);
    assert!(serve.stop().success());
    let file = folder.path().join("settings.json");
    let mut settings: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    settings["telling"] = json!({"language": "es", "time_zone": "Europe/Madrid"});
    std::fs::write(&file, settings.to_string()).unwrap();
    let said = printed(folder.path(), &["query", "zoe"]);
    assert!(said.contains("16:00") && said.contains("jun"), "{said}");
    settings["telling"]["location_zones"] = json!({(LOCATION.to_string()): "Asia/Kolkata"});
    std::fs::write(&file, settings.to_string()).unwrap();
    let said = printed(folder.path(), &["query", "zoe"]);
    assert!(said.contains("19:30"), "{said}");
    settings["telling"]["language"] = json!("xx");
    std::fs::write(&file, settings.to_string()).unwrap();
    let refused = run(folder.path(), &["query", "zoe"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && why.contains("\"xx\"") && why.lines().count() == 1,
        "{why}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_the_account_names_later_shows_its_name_in_older_rows() {
    let mut world = World::start().await;
    let body = json!({"Id": 9, "Name": "Blue room", "UpdatedOn": ago(1)});
    world.send("91", &body).await;
    assert_eq!(world.events("action:91", 1).await[0]["action"], "91");
    let file = world.data().join("told.json");
    std::fs::write(&file, r#"[{"Id":91,"Name":"ResourceCreated"}]"#).unwrap();
    printed(world.data(), &["actions", "--from", &file.to_string_lossy()]);
    // The program that runs takes it up by itself.
    loop {
        let event = query(world.data(), &[]).remove(0);
        if event["action"] == "ResourceCreated" {
            assert_eq!(event["category"], "inventory");
            assert_eq!(sentence(&event), "Resource created: Blue room");
            break;
        }
        tokio::task::yield_now().await;
    }
    world
        .send("91", &json!({"Id": 10, "Name": "Red room", "UpdatedOn": ago(0)}))
        .await;
    world.events("action:ResourceCreated", 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_state_that_is_told_of_later_changes_nothing() {
    let mut world = World::start().await;
    let customer = |phone: &str, email: &str, seconds: i64| {
        let at = jiff::Timestamp::now().as_millisecond() + seconds * 1000;
        json!({
            "Id": CUSTOMER, "FullName": "Zoë Müller", "CoworkerType": 1, "Active": true, "MobilePhone": phone, "Email": email,
            "UpdatedOn": rfc3339(at)
        })
    };
    world
        .send("CoworkerCreate", &customer("111", "a@example.com", -120))
        .await;
    // Access control is placed by its arrival, and brings the state of before.
    world
        .send("AccessControlUpdate", &customer("111", "a@example.com", -60))
        .await;
    world
        .send("CoworkerUpdate", &customer("222", "a@example.com", -20))
        .await;
    world
        .send("CoworkerUpdate", &customer("222", "b@example.com", 5))
        .await;
    let mailed = world.events("changed:Email", 1).await;
    let phoned = world.events("changed:MobilePhone", 1).await;
    assert_ne!(mailed[0]["id"], phoned[0]["id"]);
    assert!(phoned[0]["action"] == "CoworkerUpdate" && sentence(&phoned[0]).contains("phone"));
    assert!(
        !sentence(&mailed[0]).contains("phone"),
        "{}",
        sentence(&mailed[0])
    );
}
