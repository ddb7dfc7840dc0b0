//! The page in the real window, through WebKit's own WebDriver.

use crate::common::PROGRAM;
use crate::place::{PATIENCE, Place, terminate, until};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use nexwatch_settings::running;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// WebDriver's names of keys.
pub const TAB: &str = "\u{e004}";
/// Likewise.
pub const ENTER: &str = "\u{e007}";
/// Likewise.
pub const DOWN: &str = "\u{e015}";

/// An open window. When dropped, driver and program are killed.
pub struct Page {
    driver: Driver,
    client: Client,
    place: Place,
}

impl Page {
    /// Opens the window of the program at a place.
    pub async fn open(place: Place) -> Page {
        let driver = Driver::start(&place);
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": PROGRAM, "args": [] } });
        let Value::Object(wanted) = wanted else {
            unreachable!()
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("the window opens");
        Page {
            driver,
            client,
            place,
        }
    }

    /// The place where it is open.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Waits for an element by its `data-testid`.
    pub async fn see(&self, id: &str) -> Element {
        self.find(&by(id)).await
    }

    /// Waits for an element.
    pub async fn find(&self, selector: &str) -> Element {
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(selector))
            .await
            .unwrap_or_else(|error| panic!("{selector} does not appear: {error}"))
    }

    /// Waits for an element and clicks it.
    pub async fn click(&self, id: &str) {
        let element = self.see(id).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{id} cannot be clicked: {error}"));
    }

    /// Types into a field, in place of what was there.
    pub async fn write(&self, id: &str, text: &str) {
        let field = self.see(id).await;
        field.clear().await.expect("a field");
        field.send_keys(text).await.expect("a field");
    }

    /// Types where the focus is.
    pub async fn press(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("a focus");
        focused.send_keys(keys).await.expect("it takes keys");
    }

    /// Goes on by Tab until an element has the focus.
    pub async fn tab_to(&self, id: &str) {
        self.see(id).await;
        for _ in 0..300 {
            let script = "return document.activeElement?.getAttribute('data-testid') ?? ''";
            if self.run(script, vec![]).await == id {
                return;
            }
            self.press(TAB).await;
        }
        panic!("Tab never comes to {id}");
    }

    /// Waits until an element's attribute is as it should be.
    pub async fn until_is(&self, id: &str, attribute: &str, value: &str) {
        self.find(&format!("{}[{attribute}='{value}']", by(id))).await;
    }

    /// The texts (of a field, what is in it) of all elements with this `data-testid`, as they are now.
    pub async fn texts(&self, id: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .map(e => e instanceof HTMLInputElement ? e.value : e.textContent.trim())";
        let found = self.run(script, vec![by(id).into()]).await;
        serde_json::from_value(found).expect("texts")
    }

    /// Waits until the texts are as they should be; gives them.
    pub async fn until_texts(&self, id: &str, fit: impl Fn(&[String]) -> bool) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let texts = self.texts(id).await;
            if fit(&texts) {
                return texts;
            }
            assert!(Instant::now() < end, "{id} stays as it is: {texts:?}");
        }
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs the body of an async function in the page and gives what it returns.
    pub async fn wait_for(&self, body: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; (async () => {{ {body} }})().then(done, error => \
             done(`failed: ${{error?.message ?? error}}`));"
        );
        self.client
            .execute_async(&script, vec![])
            .await
            .unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Where the page is.
    pub async fn url(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    /// Quits the program in order; the place is as it was left.
    pub async fn quit(self) -> Place {
        let Page {
            driver,
            client,
            place,
        } = self;
        terminate(place.running().pid);
        // The note goes away last of all.
        until("the end of the program", || {
            running(&place.data()).is_none().then_some(())
        });
        // Its session is gone with it.
        let _ = client.close().await;
        drop(driver);
        place
    }
}

fn by(id: &str) -> String {
    format!("[data-testid='{id}']")
}

/// WebKitWebDriver and all that it started; killed when dropped.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start(place: &Place) -> Driver {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|free| free.local_addr())
            .expect("a free port")
            .port();
        let process = place
            .command("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Not ours: one that is left behind would keep whoever reads our output waiting.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "WebKitWebDriver, which drives the window in tests, does not start ({error}); Debian has it in: \
                     webkit2gtk-driver"
                )
            });
        let driver = Driver { process, port };
        until("WebKitWebDriver", || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
        });
        driver
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The whole group: the program is the driver's child and would outlive it.
        let _ = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.process.id())])
            .status();
        let _ = self.process.wait();
    }
}
