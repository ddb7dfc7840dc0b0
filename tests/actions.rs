//! Actions that the account knows and this program does not: `nexwatch actions` against an account played on loopback,
//! by itself and beside a running program.

mod common;

use common::desk::{Door, start, wait_for};
use common::{booking, printed, query, run, run_with, send};
use nexwatch::client::Client;
use nexwatch_played::account::{Account, Reply};
use serde_json::{Value, json};
use std::path::Path;

const EMAIL: &str = "ana@harbour.example";
const PASSWORD: &str = "an administrator's password";
const LIST: &str = r#"[{"Id":1,"Name":"None"},{"Id":6,"Name":"BookingCreate"},
    {"Id":91,"Name":"ResourceCreate"},{"Id":92,"Name":"RoomLost"}]"#;

fn set_account(door: &Door, base: &str, password: Option<&str>) -> Value {
    let question = json!({"ask": "set-account", "base": base, "email": EMAIL, "password": password});
    door.answer(&question)["account"].clone()
}

fn list(data: &Path, arguments: &[&str]) -> Value {
    let printed = printed(data, &[&["actions", "--json"], arguments].concat());
    serde_json::from_str(&printed).unwrap()
}

fn learnt(actions: &Value) -> Vec<(u64, &str)> {
    let all = actions["actions"].as_array().unwrap();
    all.iter()
        .filter(|action| action["documented"] == false)
        .map(|action| {
            (
                action["number"].as_u64().unwrap(),
                action["name"].as_str().unwrap(),
            )
        })
        .collect()
}

fn complaint(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.contains(EMAIL) && !text.contains(PASSWORD), "{text}");
    text
}

/// No file of the folder but the one for secrets holds the password.
fn nothing_tells_the_password(data: &Path) {
    for entry in std::fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.file_name().unwrap() != "secrets.json" {
            let bytes = std::fs::read(&path).unwrap();
            let told = bytes
                .windows(PASSWORD.len())
                .any(|piece| piece == PASSWORD.as_bytes());
            assert!(!told, "{}", path.display());
        }
    }
}

#[test]
fn a_list_comes_without_a_folder_and_a_saved_answer_adds_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let documented = list(data, &[]);
    assert_eq!(documented["actions"].as_array().unwrap().len(), 89);
    assert!(documented["learnt_at"].is_null() && learnt(&documented).is_empty());
    assert!(complaint(data, &["actions", "--refresh"]).contains("No account is set"));
    let saved = data.join("saved.json");
    std::fs::write(&saved, LIST).unwrap();
    let now = list(data, &["--from", saved.to_str().unwrap()]);
    assert_eq!(learnt(&now), [(91, "ResourceCreate"), (92, "RoomLost")]);
    assert_eq!(now["source"], saved.to_str().unwrap());
    let output = run_with(
        data,
        &["actions", "--from", "-"],
        r#"[{"Id":93,"Name":"DoorPainted"}]"#,
    );
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("named 1 action that was not known before"),
        "{said}"
    );
    let table = printed(data, &["actions"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 92);
    assert!(
        lines.iter().any(|line| line.starts_with("  6  BookingCreate ")),
        "{table}"
    );
    assert!(
        lines[91].starts_with(" 93  DoorPainted") && lines[91].contains("learnt 20"),
        "{table}"
    );
    // What is wrong changes nothing.
    for wrong in ["<html>", "[]", "", "{}"] {
        let output = run_with(data, &["actions", "--from", "-"], wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong}");
    }
    assert!(complaint(data, &["actions", "--from", "no such file"]).contains("no such file"));
    std::fs::write(data.join("actions.json"), "{").unwrap();
    for arguments in [&["actions"][..], &["actions", "--from", saved.to_str().unwrap()]] {
        assert!(complaint(data, arguments).contains("actions.json is not right"));
    }
    assert_eq!(std::fs::read_to_string(data.join("actions.json")).unwrap(), "{");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_asked_and_a_running_program_takes_it_up() {
    let account = Account::start(EMAIL, PASSWORD, LIST).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (serve, door) = start(data);
    let before = door.answer(&json!({"ask": "settings"}))["account"].clone();
    let default = "https://spaces.nexudus.com/api";
    assert_eq!(
        before,
        json!({"base": default, "email": "", "hasPassword": false, "keptIn": null})
    );
    for (base, says) in [
        ("http://example.com/api", "https://"),
        ("nonsense", "not one"),
        ("https://a:b@c.d/", "password"),
    ] {
        let refused =
            door.ask(&json!({"ask": "set-account", "base": base, "email": EMAIL, "password": PASSWORD}));
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert!(
            refused.body.contains(says) && !refused.body.contains(PASSWORD),
            "{}",
            refused.body
        );
    }
    let set = set_account(&door, &account.base(), Some(PASSWORD));
    assert_eq!(
        (&set["base"], &set["hasPassword"]),
        (&json!(account.base()), &json!(true))
    );

    // Beside the running program.
    let now = list(data, &["--refresh"]);
    assert_eq!(learnt(&now), [(91, "ResourceCreate"), (92, "RoomLost")]);
    assert_eq!(now["source"], account.base());
    let question = json!({"ask": "actions"});
    let taken = wait_for(&door, &question, |answer| !learnt(answer).is_empty());
    assert_eq!(learnt(&taken), learnt(&now));
    assert!(taken["learntAt"].is_i64());

    // By the program itself.
    account.tell(r#"[{"Id":92,"Name":"RoomFound"},{"Id":93,"Name":"DoorPainted"}]"#);
    account.then([Reply::Busy(Some("1".into()))]);
    let refreshed = door.answer(&json!({"ask": "refresh-actions"}));
    let names = [(91, "ResourceCreate"), (92, "RoomFound"), (93, "DoorPainted")];
    assert_eq!(learnt(&refreshed), names);
    assert_eq!(learnt(&list(data, &[])), names);
    assert!(account.asked().iter().all(|asked| asked.authorized));
    assert_eq!(account.asked().len(), 3, "asked again after 409");

    // Deliveries are read by it: under a number, and under a name whose case is another.
    let mut client = Client::connect(&serve.listen).await.unwrap();
    for (number, segment) in (1..).zip(["93", "roomfound", "91", "94"]) {
        let path = format!("{}/{segment}", serve.hook);
        assert_eq!(send(&mut client, &path, &booking(number), None).await.status, 200);
    }
    let rows = query(data, &[]);
    let mut read: Vec<&str> = rows.iter().map(|row| row["action"].as_str().unwrap()).collect();
    read.sort_unstable();
    assert_eq!(read, ["94", "DoorPainted", "ResourceCreate", "RoomFound"]);

    // What goes wrong is said, and nothing is forgotten.
    for (reply, says) in [
        (Reply::Status(401), "e-mail and password (401)"),
        (Reply::Page, "web page"),
        (Reply::Half, "broke off"),
        (Reply::Status(502), "trouble of its own (502)"),
        (Reply::Busy(Some("3600".into())), "Try again in 60 minutes"),
        (Reply::Busy(Some("86400".into())), "Try again in 24 hours"),
    ] {
        account.then([reply.clone(), reply]);
        assert!(
            complaint(data, &["actions", "--refresh"]).contains(says),
            "{says}"
        );
        let refused = door.ask(&json!({"ask": "refresh-actions"}));
        assert_eq!(refused.status, 502, "{}", refused.body);
        let error: Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!(error["code"], "outside");
        assert!(error["message"].as_str().unwrap().contains(says), "{error}");
    }
    assert_eq!(learnt(&door.answer(&question)), names);

    // Another address: the password is not sent there.
    let elsewhere = Account::start(EMAIL, PASSWORD, LIST).await.unwrap();
    let set = set_account(&door, &elsewhere.base(), None);
    assert_eq!(set["hasPassword"], false);
    let refused = door.ask(&json!({"ask": "refresh-actions"}));
    assert!(refused.body.contains("No password is kept"), "{}", refused.body);
    assert!(complaint(data, &["actions", "--refresh"]).contains("No password is kept"));
    assert!(elsewhere.asked().is_empty());
    assert!(serve.stop().success());
    nothing_tells_the_password(data);
    assert_eq!(learnt(&list(data, &[])), names);
}
