//! Through Cloudflare's program, which is played by a stand-in: a real process that takes the same arguments.

use crate::house::House;
use crate::world::*;
use nexwatch_played::cloudflared::{Cloudflared as Played, Plan};
use nexwatch_tunnel::{Class, Cloudflared, CloudflaredTunnel, Field, Options, State, Tunnel, Way};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const TOKEN: &str = "eyJhIjoicGxheWVkIn0=";

struct Scene {
    played: Played,
    house: Arc<House>,
    _folder: TempDir,
}

impl Scene {
    async fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene {
            played: Played::in_folder(folder.path()).unwrap(),
            house: House::new(),
            _folder: folder,
        };
        let listener = scene.house.listen().await;
        scene.played.service(listener).unwrap();
        scene
    }

    fn way(&self, program: Option<PathBuf>, tunnel: CloudflaredTunnel) -> Way {
        Way::Cloudflared(Cloudflared { program, tunnel })
    }

    fn start(&self, tunnel: CloudflaredTunnel, options: Options) -> Tunnel {
        let way = self.way(Some(self.played.program()), tunnel);
        Tunnel::start(way, self.house.clone(), options)
    }

    async fn reached(&self) {
        let front = self.played.front().unwrap();
        assert_eq!(visit(front, "x", "/hooks", None).await.unwrap(), (200, None));
    }

    /// Its process, as the system sees it.
    fn runs(&self) -> bool {
        self.played.process().is_some_and(runs)
    }

    fn kill(&self) {
        let id = self.played.process().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args(["-KILL", &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

fn runs(process: u32) -> bool {
    let probe = Command::new("kill")
        .args(["-0", &process.to_string()])
        .stderr(Stdio::null())
        .status();
    probe.unwrap().success()
}

fn named() -> CloudflaredTunnel {
    CloudflaredTunnel::Named {
        token: TOKEN.into(),
        hostname: "hooks.example.com".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quick_tunnel_has_the_name_that_it_was_given() {
    let scene = Scene::new().await;
    let tunnel = scene.start(CloudflaredTunnel::Quick, quick().0);
    assert_eq!(until_online(&tunnel).await, "https://played-1.trycloudflare.com");
    scene.reached().await;
    let arguments = scene.played.arguments();
    let after = |flag: &str| {
        arguments
            .iter()
            .skip_while(|arg| *arg != flag)
            .nth(1)
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(arguments[0], "tunnel");
    assert!(arguments.contains(&"--no-autoupdate".to_owned()));
    assert!(after("--metrics").starts_with("127.0.0.1:"));
    assert!(after("--url").starts_with("http://127.0.0.1:"));
    assert!(
        !Path::new(&after("--config")).exists(),
        "nothing of it lies around"
    );
    tunnel.close().await;
    assert!(!scene.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_tunnel_gets_its_token_by_a_file_for_its_owner_only() {
    let scene = Scene::new().await;
    let tunnel = scene.start(named(), quick().0);
    assert_eq!(until_online(&tunnel).await, "https://hooks.example.com");
    scene.reached().await;
    let arguments = scene.played.arguments();
    assert!(!arguments.iter().any(|arg| arg.contains(TOKEN)), "{arguments:?}");
    assert_eq!(scene.played.token(), Some((TOKEN.into(), "600".into())));
    let file = arguments
        .iter()
        .skip_while(|arg| *arg != "--token-file")
        .nth(1)
        .unwrap();
    assert!(!Path::new(file).exists(), "it was read, and is gone");
    tunnel.close().await;
    assert!(!scene.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_started_again_when_it_dies_or_hangs() {
    let scene = Scene::new().await;
    let tunnel = scene.start(named(), quick().0);
    until_online(&tunnel).await;
    scene.kill();
    let why = until_lost(&tunnel).await;
    assert!(
        why.trouble().is_none_or(|why| why.code == "cloudflared-ended"),
        "{why:?}"
    );
    until_online(&tunnel).await;
    scene.reached().await;
    let old = scene.played.process().unwrap();
    scene.played.plan(Plan::Hangs).unwrap();
    let hung = |state: &State| state.trouble().is_some_and(|why| why.code == "cloudflared-hung");
    until(&tunnel, "hung", hung).await;
    assert!(!runs(old), "the old one is gone before a new one is started");
    scene.played.plan(Plan::Works).unwrap();
    until_online(&tunnel).await;
    scene.reached().await;
    tunnel.close().await;
    assert!(!scene.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_to_cloudflare_it_is_not_online() {
    let scene = Scene::new().await;
    let tunnel = scene.start(named(), quick().0);
    until_online(&tunnel).await;
    scene.played.plan(Plan::Unconnected).unwrap();
    let state = until(&tunnel, "resuming", |state| {
        matches!(state, State::Resuming { .. })
    })
    .await;
    assert_eq!(state.trouble().unwrap().code, "cloudflared-not-connected");
    scene.played.plan(Plan::Works).unwrap();
    until_online(&tunnel).await;
    assert_eq!(scene.played.starts(), 1, "it takes up its own line");
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_connects_is_ended_and_said_why() {
    let scene = Scene::new().await;
    scene.played.plan(Plan::Unconnected).unwrap();
    let (mut options, _) = patient();
    options.limits.open = Duration::from_secs(2);
    let tunnel = scene.start(named(), options);
    assert_eq!(until_waiting(&tunnel).await.code, "cloudflared-not-connected");
    assert!(!scene.runs());
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_complains_of_is_understood() {
    let scene = Scene::new().await;
    let secret = "2026-11-24T09:00:00Z ERR Register tunnel error from server side error=\"Unauthorized: Invalid tunnel secret\"";
    let many =
        "ERR Error unmarshaling QuickTunnel response: error code: 1015 status_code=\"429 Too Many Requests\"";
    for (plan, class, code, field) in [
        (
            Plan::Insists(secret),
            Class::Settings,
            "cloudflared-unauthorized",
            Some(Field::Token),
        ),
        (
            Plan::Says("Provided Tunnel token is not valid."),
            Class::Settings,
            "cloudflared-token",
            Some(Field::Token),
        ),
        (Plan::Says(many), Class::Busy, "cloudflared-busy", None),
        (
            Plan::Says("\u{0}\u{7}\u{fffd} rubbish"),
            Class::Network,
            "cloudflared-ended",
            None,
        ),
    ] {
        scene.played.plan(plan).unwrap();
        let tunnel = scene.start(named(), patient().0);
        let said = |state: &State| matches!(state, State::Failed { .. } | State::Waiting { .. });
        let state = until(&tunnel, "refused", said).await;
        let why = state.trouble().unwrap();
        assert_eq!((why.class, why.code.as_str(), why.field), (class, code, field));
        assert_eq!(matches!(state, State::Failed { .. }), class == Class::Settings);
        assert!(!scene.runs(), "{code}");
        tunnel.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_program_is_said_so() {
    let scene = Scene::new().await;
    let missing = Some(PathBuf::from("/nowhere/cloudflared"));
    let plain = scene.played.program().with_file_name("plan");
    for (program, code) in [
        (missing, "cloudflared-not-found"),
        (Some(plain), "cloudflared-not-started"),
        (Some("/bin/true".into()), "cloudflared-unknown"),
    ] {
        let tunnel = Tunnel::start(scene.way(program, named()), scene.house.clone(), quick().0);
        let why = until_failed(&tunnel).await;
        assert_eq!((why.code.as_str(), why.field), (code, Some(Field::Program)));
        tunnel.close().await;
    }
    for (version, code) in [
        (
            "cloudflared version 2024.12.2 (built 2024-12-19-1719 UTC)",
            "cloudflared-too-old",
        ),
        ("rubbish", "cloudflared-unknown"),
    ] {
        scene.played.version(version).unwrap();
        let tunnel = scene.start(named(), quick().0);
        assert_eq!(until_failed(&tunnel).await.code, code);
        tunnel.close().await;
    }
    assert_eq!(scene.played.starts(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_entered_wrong_is_said_before_it_is_started() {
    let scene = Scene::new().await;
    for (token, hostname, field) in [
        ("", "hooks.example.com", Field::Token),
        (TOKEN, "no name", Field::Hostname),
    ] {
        let named = CloudflaredTunnel::Named {
            token: token.into(),
            hostname: hostname.into(),
        };
        let tunnel = scene.start(named, quick().0);
        assert_eq!(until_failed(&tunnel).await.field, Some(field));
        tunnel.close().await;
    }
    scene.house.deaf().await;
    let tunnel = scene.start(CloudflaredTunnel::Quick, quick().0);
    assert_eq!(until_waiting(&tunnel).await.code, "listener-down");
    assert_eq!(scene.played.starts(), 0);
    scene.house.listen().await;
    until_online(&tunnel).await;
    // The listener moves: it has to be told.
    scene.house.deaf().await;
    scene.house.listen().await;
    eventually("started anew", || scene.played.starts() == 2).await;
    until_online(&tunnel).await;
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_in_flight_are_finished_and_nothing_is_left_behind() {
    let scene = Scene::new().await;
    let before = tasks();
    let tunnel = scene.start(CloudflaredTunnel::Quick, quick().0);
    until_online(&tunnel).await;
    let slow = tokio::spawn(visit(scene.played.front().unwrap(), "x", "/slow", None));
    scene.house.busy_with(1).await;
    let closing = tokio::spawn({
        let tunnel = tunnel.clone();
        async move { tunnel.close().await }
    });
    until(&tunnel, "off", |state| *state == State::Off).await;
    assert!(scene.runs());
    scene.house.let_go();
    assert_eq!(slow.await.unwrap().unwrap(), (200, None));
    closing.await.unwrap();
    assert!(!scene.runs());
    drop(tunnel);
    // In the middle of being started, and without a word.
    for _ in 0..5 {
        let starts = scene.played.starts();
        let tunnel = scene.start(named(), quick().0);
        eventually("started", || scene.played.starts() > starts).await;
        drop(tunnel);
        eventually("gone", || !scene.runs()).await;
    }
    eventually("no task is left", || tasks() <= before).await;
}

/// Processes that run this program, or watch over it.
fn children(program: &Path) -> usize {
    let found = Command::new("pgrep").arg("-f").arg(program).output().unwrap();
    String::from_utf8_lossy(&found.stdout).lines().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_starts_and_stops_leave_nothing() {
    let scene = Scene::new().await;
    let before = tasks();
    for round in 0..200 {
        let tunnel = scene.start(CloudflaredTunnel::Quick, quick().0);
        // Every other one in the middle of being set up.
        if round % 2 == 0 {
            until_online(&tunnel).await;
        }
        tunnel.close().await;
    }
    let program = scene.played.program();
    eventually("no process is left", || children(&program) == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_deliveries_arrive_through_five_deaths() {
    let scene = Scene::new().await;
    let listener = scene.house.listen().await;
    scene.played.service(listener).unwrap();
    // The front has another port with each start, as visitors of the real one would not notice.
    let line = nexwatch_played::chaos::Chaos::to(listener).await.unwrap();
    let tunnel = scene.start(named(), quick().0);
    let again = async || {
        until_online(&tunnel).await;
        line.lead_to(scene.played.front().unwrap());
    };
    again().await;
    let died = async || {
        let starts = scene.played.starts();
        scene.kill();
        line.cut();
        eventually("started anew", || scene.played.starts() > starts).await;
        again().await;
    };
    deliver_through_trouble(line.address(), "x", 1_000, 5, died).await;
    assert_eq!(scene.house.ids(), 1_000);
    assert_eq!(scene.played.starts(), 6);
    tunnel.close().await;
}
