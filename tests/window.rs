//! The real window on a screen of its own: what a person sees and does, from a delivery over HTTP to a file.

mod common;
#[path = "window/page.rs"]
mod page;
#[path = "window/panel.rs"]
mod panel;
#[path = "window/place.rs"]
mod place;
#[path = "window/screen.rs"]
mod screen;

use common::{booking, send};
use nexwatch::client::Client;
use page::{DOWN, ENTER, Page};
use panel::Panel;
use place::{Place, Program, SECRET, until, within};
use screen::RETURN;
use serde_json::json;
use std::time::Duration;

/// WebKit's processes, by the names that the kernel cuts.
const PAGE: &str = "WebKitWebProces";
const LOADER: &str = "WebKitNetworkPr";

/// Sends a genuine delivery to what runs at a place.
async fn deliver(place: &Place, action: &str, body: &str) {
    let address = place.running().listen.expect("it listens");
    let mut client = Client::connect(&address).await.expect("it listens");
    let path = format!("{}/{action}/1420900101", place.hook());
    let reply = send(&mut client, &path, body, Some(SECRET)).await;
    assert_eq!(reply.status, 200);
}

/// A visitor with a name.
fn visitor(name: &str) -> String {
    json!([{ "Id": 1_431_000_001, "FullName": name, "BusinessName": "Harbour Yard",
        "ExpectedArrival": "2026-06-09T09:00:00Z", "UpdatedOn": "2026-06-08T09:52:31.12Z" }])
    .to_string()
}

#[tokio::test]
async fn a_delivery_appears_and_is_there_after_a_restart() {
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    deliver(page.place(), "BookingCreate", &booking(7)).await;
    let seen = page
        .until_texts("row-sentence", |rows| {
            rows.len() == 1 && rows[0].contains("José 7")
        })
        .await;
    deliver(page.place(), "BookingCreate", &booking(8)).await;
    page.until_texts("row-sentence", |rows| {
        rows.len() == 2 && rows[0].contains("José 8")
    })
    .await;

    let page = Page::open(page.quit().await).await;
    let again = page.until_texts("row-sentence", |rows| rows.len() == 2).await;
    assert_eq!(again[1], seen[0]);
}

#[tokio::test]
async fn the_guide_leads_to_the_first_delivery_by_keyboard() {
    let page = Page::open(Place::new()).await;
    page.until_is("guide", "data-step", "1").await;
    // An address that leads here, as a proxy of one's own would.
    page.tab_to("way-ngrok").await;
    for _ in 0..3 {
        page.press(DOWN).await;
    }
    page.press(ENTER).await;
    page.until_is("guide", "data-step", "2").await;
    page.tab_to("reach-url-field").await;
    let address = page.place().running().listen.expect("it listens");
    page.press(&format!("http://{address}{ENTER}")).await;
    // Proved: the self-test went out and came back.
    page.until_is("guide-step-2", "data-done", "true").await;
    // The secret is set already.
    page.tab_to("guide-next").await;
    page.press(ENTER).await;
    page.until_is("guide", "data-step", "3").await;
    page.until_texts("secrets", |texts| {
        texts.iter().any(|text| text.contains("not matched"))
    })
    .await;
    page.tab_to("guide-next").await;
    page.press(ENTER).await;
    page.until_is("guide", "data-step", "4").await;
    page.until_texts("hook-base", |texts| {
        texts == [format!("http://{address}{}", page.place().hook())]
    })
    .await;
    page.tab_to("guide-next").await;
    page.press(ENTER).await;
    page.see("first-waiting").await;
    deliver(page.place(), "BookingCreate", &booking(5)).await;
    page.until_texts("first-delivery", |texts| {
        texts
            .iter()
            .any(|text| text.contains("genuine") && text.contains("José 5"))
    })
    .await;
    page.tab_to("guide-next").await;
    page.press(ENTER).await;
    page.until_texts("row-sentence", |rows| rows.len() == 1).await;
}

#[tokio::test]
async fn the_query_narrows_the_list() {
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    for number in 1..=3 {
        deliver(page.place(), "BookingCreate", &booking(number)).await;
    }
    deliver(page.place(), "VisitorCreate", &visitor("Ada Quiet")).await;
    page.until_texts("row", |rows| rows.len() == 4).await;

    page.write("query", "action:VisitorCreate").await;
    let rows = page.until_texts("row-sentence", |rows| rows.len() == 1).await;
    assert!(rows[0].contains("Ada Quiet"), "{rows:?}");
    // What does not match stays away when it arrives.
    deliver(page.place(), "BookingCreate", &booking(4)).await;
    page.until_texts("strip-events", |texts| {
        texts.iter().any(|text| text.contains('5'))
    })
    .await;
    assert_eq!(page.texts("row").await.len(), 1);

    page.write("query", "\"José 2\"").await;
    page.until_texts("row-sentence", |rows| {
        rows.len() == 1 && rows[0].contains("José 2")
    })
    .await;
    page.click("query-clear").await;
    page.until_texts("row", |rows| rows.len() == 5).await;
}

#[tokio::test]
async fn an_event_shows_its_body_and_how_it_was_verified() {
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    deliver(page.place(), "BookingCreate", &booking(21)).await;
    page.click("row").await;
    let sentence = page.until_texts("event-sentence", |texts| texts.len() == 1).await;
    assert_eq!(sentence, page.texts("row-sentence").await);
    page.until_texts("event-signature", |texts| {
        texts.iter().any(|text| text.starts_with("Genuine"))
    })
    .await;
    page.until_texts("body-line", |lines| {
        lines.iter().any(|line| line.contains("CoworkerFullName"))
    })
    .await;
}

#[tokio::test]
async fn an_export_goes_where_the_systems_dialog_says() {
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    for number in 1..=3 {
        deliver(page.place(), "BookingCreate", &booking(number)).await;
    }
    deliver(page.place(), "VisitorCreate", &visitor("Ada Quiet")).await;
    page.until_texts("row", |rows| rows.len() == 4).await;
    page.write("query", "action:BookingCreate").await;
    page.until_texts("row", |rows| rows.len() == 3).await;

    page.click("export").await;
    page.click("export-choose").await;
    let screen = &page.place().screen;
    let dialog = until("the system's dialog", || screen.find("Export events"));
    until("the choice", || {
        screen.press(dialog, RETURN);
        // Again if it was not yet ready for the keyboard.
        within(Duration::from_secs(2), || {
            screen.find("Export events").is_none().then_some(())
        })
    });
    let target = page.until_texts("export-target", |texts| texts.len() == 1).await;
    page.click("export-start").await;
    page.find("[data-testid='export-state'][data-state='done']").await;

    let file = page
        .place()
        .files()
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "csv"));
    let file = file.expect("the file is among the person's own");
    assert!(
        target[0].contains(&*file.to_string_lossy()),
        "{target:?}, {file:?}"
    );
    let text = std::fs::read_to_string(file).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    for (line, number) in lines[1..].iter().zip([3, 2, 1]) {
        assert!(line.contains(&format!("José {number}")), "{line}");
    }
    assert!(!text.contains("Ada Quiet"));
}

#[tokio::test]
async fn the_first_start_copies_the_hooks_address_and_sends_a_sample() {
    let page = Page::open(Place::new()).await;
    page.click("guide-step-4").await;
    let shown = page.until_texts("hook-base", |texts| texts.len() == 1).await;
    assert!(shown[0].ends_with(&page.place().hook()), "{shown:?}");
    page.click("hook-base-copy").await;
    // Pasted where it can be read; it is no query of any use.
    let query = page.see("query").await;
    query.send_keys("\u{e009}v\u{e000}").await.expect("pasted");
    page.until_texts("query", |texts| texts == shown).await;
    page.click("query-clear").await;

    page.click("guide-step-5").await;
    page.click("send-sample").await;
    page.until_texts("row", |rows| rows.len() == 1 && rows[0].contains("sample"))
        .await;
}

#[tokio::test]
async fn it_is_dark_where_the_desktop_is() {
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    for (place, expected) in [(Place::new().in_the_dark(), true), (Place::new(), false)] {
        let page = Page::open(place).await;
        page.see("empty").await;
        assert_eq!(page.run(dark, vec![]).await, expected);
    }
}

#[tokio::test]
async fn what_strangers_write_is_text() {
    let evil =
        r#"<script>document.title='broken'</script><img src=x onerror="document.title='broken'"><b>bold</b>"#;
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    let body = json!([{ "Id": 1_428_000_009, "ResourceName": evil, "CoworkerFullName": evil, "Notes": evil,
        evil: { evil: [evil] }, "FromTime": "2026-06-09T09:00:00Z", "ToTime": "2026-06-09T10:30:00Z",
        "UpdatedOn": "2026-06-08T09:52:31.12Z" }]);
    deliver(page.place(), "BookingCreate", &body.to_string()).await;
    page.until_texts("row-sentence", |rows| {
        rows.len() == 1 && rows[0].contains("<script>")
    })
    .await;
    page.click("row").await;
    page.until_texts("body-line", |lines| {
        lines.iter().any(|line| line.contains("onerror"))
    })
    .await;
    let made = page
        .run(
            "return document.querySelectorAll('#app script, #app img[src=x], #app b').length",
            vec![],
        )
        .await;
    assert_eq!(made, 0);
    assert_eq!(page.run("return document.title", vec![]).await, "Nexwatch");
}

#[tokio::test]
async fn the_page_is_locked_in() {
    let page = Page::open(Place::new()).await;
    page.see("empty").await;
    let home = page.url().await;
    for (does, refused) in [
        // Commands of Tauri's own, and of its plugins.
        (
            "await __TAURI_INTERNALS__.invoke('plugin:window|close', { label: 'main' })",
            "not allowed",
        ),
        (
            "await __TAURI_INTERNALS__.invoke('plugin:event|listen', { event: 'x', target: { kind: 'Any' }, handler: 1 })",
            "not allowed",
        ),
        (
            "await __TAURI_INTERNALS__.invoke('plugin:dialog|save', { options: {} })",
            "not allowed",
        ),
        (
            "await __TAURI_INTERNALS__.invoke('plugin:dialog|open', { options: {} })",
            "not allowed",
        ),
        (
            "await __TAURI_INTERNALS__.invoke('plugin:window-state|filename')",
            "not allowed",
        ),
        ("await __TAURI_INTERNALS__.invoke('exit')", "not found"),
    ] {
        let script = format!(
            "try {{ {does}; return 'done' }} catch (error) {{ return String(error?.message ?? error) }}"
        );
        let answer = page.wait_for(&script).await;
        assert!(
            answer.as_str().is_some_and(|text| text.contains(refused)),
            "{does}: {answer}"
        );
    }
    // A wrong question has the one shape of errors.
    let answer = page
        .wait_for("try { return await __TAURI_INTERNALS__.invoke('ask', { question: { ask: 'what' } }) } catch (error) { return error.code }")
        .await;
    assert_eq!(answer, "bad-question");

    // Nothing comes from elsewhere, nothing goes elsewhere.
    for does in [
        "await fetch('http://127.0.0.1:9/'); return 'done'",
        "await fetch('https://example.com/'); return 'done'",
        "await import('data:text/javascript,0'); return 'done'",
        "return await new Promise((done, fail) => { const image = new Image(); image.onload = () => done('done'); image.onerror = fail; image.src = 'http://127.0.0.1:9/x.png' })",
    ] {
        let answer = page
            .wait_for(&format!("try {{ {does} }} catch {{ return 'refused' }}"))
            .await;
        assert_eq!(answer, "refused", "{does}");
    }
    assert_eq!(
        page.run("return window.open('https://example.com/') === null", vec![])
            .await,
        true
    );
    page.run("location.href = 'https://example.com/'", vec![]).await;
    page.run("location.href = 'file:///etc/hostname'", vec![]).await;
    // It still is the same page, and at work.
    deliver(page.place(), "BookingCreate", &booking(5)).await;
    page.until_texts("row", |rows| rows.len() == 1).await;
    assert_eq!(page.url().await, home);
}

#[test]
fn a_second_program_on_the_same_data_says_so() {
    let place = Place::new();
    let first = place.start();
    let running = place.running();
    until("the first one's window", || place.screen.find("Nexwatch"));
    let mut second = place.start();
    let dialog = until("the dialog", || place.screen.find("Nexwatch cannot start"));
    place.screen.close(dialog);
    let (status, said) = second.end();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("already using"), "{said}");
    // The first one is not disturbed.
    assert_eq!(place.running(), running);
    assert!(place.screen.find("Nexwatch").is_some());
    drop(first);
}

#[test]
fn without_a_tray_it_asks_before_it_stops_receiving() {
    let place = Place::new();
    let mut program = place.start();
    let window = until("the window", || place.screen.find("Nexwatch"));
    place.running();
    place.screen.close(window);
    let dialog = until("the question", || place.screen.find("Close Nexwatch?"));
    // The cross answers no.
    place.screen.close(dialog);
    until("the window alone", || {
        place.screen.find("Close Nexwatch?").is_none().then_some(())
    });
    assert!(place.screen.find("Nexwatch").is_some());
    program.terminate();
    let (status, said) = program.end();
    assert!(status.success(), "{said}");
    assert!(nexwatch_settings::running(&place.data()).is_none());
}

#[test]
fn closing_the_window_quits_where_that_is_wanted() {
    let place = Place::new();
    place.change(|settings| settings.keep_in_tray = false);
    let mut program = place.start();
    let window = until("the window", || place.screen.find("Nexwatch"));
    place.running();
    place.screen.close(window);
    let (status, said) = program.end();
    assert!(status.success(), "{said}");
    assert!(nexwatch_settings::running(&place.data()).is_none());
}

#[test]
fn without_a_display_it_says_what_to_do() {
    let place = Place::new();
    for display in ["", ":no-such"] {
        let output = place
            .command(common::PROGRAM)
            .env("DISPLAY", display)
            .output()
            .expect("the program was built");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("display"), "{said}");
    }
}

#[tokio::test]
async fn in_the_tray_it_goes_on_receiving_and_comes_back() {
    let (place, panel) = (Place::new(), Panel::start());
    let mut program = Program::start(
        place
            .command(common::PROGRAM)
            .env("DBUS_SESSION_BUS_ADDRESS", panel.address()),
    );
    let icon = panel.icon();
    let window = until("the window", || place.screen.find("Nexwatch"));
    until("the page", || program.has(PAGE).then_some(()));
    place.running();

    place.screen.close(window);
    until("the end of the page", || (!program.has(PAGE)).then_some(()));
    until("the end of what loads pages", || {
        (!program.has(LOADER)).then_some(())
    });
    assert!(place.screen.find("Nexwatch").is_none());
    assert!(place.screen.find("Close Nexwatch?").is_none());
    deliver(&place, "BookingCreate", &booking(1)).await;

    panel.choose(&icon, "Show Nexwatch");
    until("the window again", || place.screen.find("Nexwatch"));
    until("the page again", || {
        (program.has(PAGE) && program.has(LOADER)).then_some(())
    });
    panel.choose(&icon, "Quit");
    let (status, said) = program.end();
    assert!(status.success(), "{said}");
    assert!(nexwatch_settings::running(&place.data()).is_none());
}

#[test]
fn a_second_start_shows_the_window_of_the_first() {
    let (place, panel) = (Place::new(), Panel::start());
    // In the usual place, as for a person who clicks the icon twice.
    let usual = place.home().join(".local/share/nexwatch");
    std::fs::create_dir_all(usual.parent().expect("a folder")).expect("made");
    std::fs::rename(place.data(), &usual).expect("moved");
    let start = || {
        let mut command = place.command(common::PROGRAM);
        command
            .env_remove("NEXWATCH_DATA")
            .env_remove("NEXWATCH_SINGLE")
            .env("DBUS_SESSION_BUS_ADDRESS", panel.address());
        Program::start(&mut command)
    };
    let mut first = start();
    let window = until("the window", || place.screen.find("Nexwatch"));
    place.screen.close(window);
    until("an empty screen", || {
        place.screen.find("Nexwatch").is_none().then_some(())
    });

    let (status, said) = start().end();
    assert!(status.success(), "{said}");
    until("the window again", || place.screen.find("Nexwatch"));
    first.terminate();
    assert!(first.end().0.success());
}
