//! Through ngrok, whose service is played on loopback: the real client speaks its own protocol with it.

use crate::house::House;
use crate::world::*;
use nexwatch_played::chaos::{Chaos, Mode};
use nexwatch_played::edge::{Command, Edge, Event};
use nexwatch_tunnel::{Class, Field, Ngrok, Options, State, Tunnel, Way};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

pub const TOKEN: &str = "2abc_played";
pub const DOMAIN: &str = "calm-otter-42.ngrok-free.test";

/// The service, a line to it, and the program's side.
pub struct Scene {
    pub edge: Edge,
    pub line: Chaos,
    pub house: Arc<House>,
    folder: TempDir,
}

impl Scene {
    pub async fn new() -> Scene {
        let edge = Edge::start().await.unwrap();
        edge.account(TOKEN, DOMAIN, 3);
        let line = Chaos::to(edge.agents()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), edge.authority().pem()).unwrap();
        Scene {
            edge,
            line,
            house: House::new(),
            folder,
        }
    }

    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    pub fn ngrok(&self, token: &str) -> Ngrok {
        Ngrok {
            authtoken: token.into(),
            domain: None,
            server: Some(self.line.address().to_string()),
            ca_file: Some(self.ca_file()),
        }
    }

    pub fn way(&self) -> Way {
        Way::Ngrok(self.ngrok(TOKEN))
    }

    pub fn start(&self, options: Options) -> Tunnel {
        Tunnel::start(self.way(), self.house.clone(), options)
    }

    /// One visitor comes and is answered by the program.
    pub async fn reached(&self) {
        let answer = visit(self.edge.visitors(), DOMAIN, "/hooks", None).await.unwrap();
        assert_eq!(answer, (200, None));
    }

    fn refusals(&self) -> usize {
        self.edge
            .events()
            .iter()
            .filter(|event| matches!(event, Event::Refused(_)))
            .count()
    }
}

fn resuming(state: &State) -> bool {
    matches!(state, State::Resuming { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn comes_online_under_its_fixed_domain() {
    let scene = Scene::new().await;
    let (options, diary) = quick();
    let tunnel = scene.start(options);
    assert_eq!(until_online(&tunnel).await, format!("https://{DOMAIN}"));
    scene.reached().await;
    assert!(matches!(
        &diary.states()[..],
        [State::Connecting { attempt: 1 }, State::Online { .. }]
    ));
    tunnel.close().await;
    assert_eq!(tunnel.state(), State::Off);
    assert_eq!(diary.states().last(), Some(&State::Off));
    assert!(diary.times().is_sorted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_not_tried_again_until_it_is_changed() {
    let scene = Scene::new().await;
    for (token, code) in [
        ("", "ERR_NGROK_4018"),
        ("rubbish", "ERR_NGROK_105"),
        ("2xyz_gone", "ERR_NGROK_107"),
    ] {
        let tunnel = Tunnel::start(Way::Ngrok(scene.ngrok(token)), scene.house.clone(), quick().0);
        let why = until_failed(&tunnel).await;
        assert_eq!(
            (why.class, why.code.as_str(), why.field),
            (Class::Settings, code, Some(Field::Authtoken))
        );
        tunnel.change(scene.way()).await;
        until_online(&tunnel).await;
        tunnel.close().await;
    }
    assert_eq!(scene.refusals(), 2, "one try each of those that were sent at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_of_somebody_else_is_said_so() {
    let scene = Scene::new().await;
    let other = Ngrok {
        domain: Some(" https://Other.example.com/ ".into()),
        ..scene.ngrok(TOKEN)
    };
    let tunnel = Tunnel::start(Way::Ngrok(other), scene.house.clone(), quick().0);
    let why = until_failed(&tunnel).await;
    assert_eq!(
        (why.code.as_str(), why.field),
        ("ERR_NGROK_314", Some(Field::Domain))
    );
    tunnel.close().await;
    eventually("the session is gone", || scene.edge.sessions() == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_line_is_taken_up_again_under_the_same_address() {
    let scene = Scene::new().await;
    let (options, diary) = quick();
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    for _ in 0..5 {
        let seen = diary.states().len();
        scene.line.cut();
        eventually("lost and back", || {
            let states = diary.states();
            let new = &states[seen..];
            new.iter().any(resuming) && new.last().is_some_and(State::is_online)
        })
        .await;
        scene.reached().await;
    }
    let anew = scene
        .edge
        .events()
        .iter()
        .filter(|event| matches!(event, Event::SignedIn { resumed: false }))
        .count();
    assert_eq!(anew, 1, "it is the same session all along");
    assert!(
        !diary
            .states()
            .iter()
            .any(|state| matches!(state, State::Waiting { .. }))
    );
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_line_is_noticed_and_taken_up_again() {
    let scene = Scene::new().await;
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    scene.line.set(Mode::Freeze);
    until(&tunnel, "resuming", resuming).await;
    scene.line.set(Mode::Pass);
    until_online(&tunnel).await;
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_away_for_long_is_awaited_and_a_person_can_hurry() {
    let scene = Scene::new().await;
    let (options, diary) = patient();
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    scene.line.set(Mode::Refuse);
    // The first try is made at once, the second after hours.
    let second = |state: &State| matches!(state, State::Resuming { attempt: 2, .. });
    until(&tunnel, "waiting for the second try", second).await;
    let tried = scene.line.connections();
    tunnel.retry_now();
    eventually("a try", || scene.line.connections() == tried + 1).await;
    until(&tunnel, "the third", |state| {
        matches!(state, State::Resuming { attempt: 3, .. })
    })
    .await;
    scene.line.set(Mode::Pass);
    tunnel.retry_now();
    until_online(&tunnel).await;
    scene.reached().await;
    assert_eq!(
        scene.line.connections(),
        tried + 2,
        "a try is made when asked for, and only then"
    );
    assert!(diary.times().is_sorted());
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_as_soon_as_it_is_made_makes_no_busy_loop() {
    let scene = Scene::new().await;
    let (mut options, _) = patient();
    options.back_off.reset_after = Duration::from_secs(36_000);
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    scene.line.cut();
    until_lost(&tunnel).await;
    until_online(&tunnel).await;
    let tried = scene.line.connections();
    scene.line.cut();
    // The first time at once, the second after hours.
    until(&tunnel, "waiting", |state| {
        matches!(state, State::Resuming { attempt: 2, .. })
    })
    .await;
    tunnel.retry_now();
    until_online(&tunnel).await;
    assert_eq!(scene.line.connections(), tried + 1);
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_away_at_the_start_is_tried_again() {
    let scene = Scene::new().await;
    scene.line.set(Mode::Refuse);
    let tunnel = scene.start(quick().0);
    let why = until_waiting(&tunnel).await;
    assert_eq!((why.class, why.code.as_str()), (Class::Network, "network"));
    scene.line.set(Mode::Pass);
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_never_answers_is_given_up() {
    let scene = Scene::new().await;
    scene.line.set(Mode::Freeze);
    let (mut options, _) = patient();
    options.limits.dial = Duration::from_millis(100);
    let tunnel = scene.start(options);
    assert_eq!(until_waiting(&tunnel).await.code, "network");
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_in_its_place_is_not_trusted() {
    let scene = Scene::new().await;
    scene
        .edge
        .authority()
        .flaw(nexwatch_played::authority::Flaw::Stranger);
    let (options, _) = patient();
    let tunnel = scene.start(options);
    let why = until_waiting(&tunnel).await;
    assert_eq!(
        (why.code.as_str(), why.field),
        ("certificate", Some(Field::CaFile))
    );
    scene
        .edge
        .authority()
        .flaw(nexwatch_played::authority::Flaw::Expired);
    tunnel.retry_now();
    let clock = |state: &State| state.trouble().is_some_and(|why| why.code == "clock");
    until(&tunnel, "waiting for the clock", clock).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_revoked_meanwhile_ends_it() {
    let scene = Scene::new().await;
    let (options, diary) = quick();
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    scene.edge.revoke(TOKEN);
    scene.line.cut();
    assert_eq!(until_failed(&tunnel).await.code, "ERR_NGROK_107");
    let tries = scene.refusals();
    scene.edge.account(TOKEN, DOMAIN, 3);
    assert!(matches!(diary.states().last(), Some(State::Failed { .. })));
    tunnel.retry_now();
    until_online(&tunnel).await;
    assert_eq!(scene.refusals(), tries);
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_or_a_place_taken_elsewhere_is_awaited() {
    let scene = Scene::new().await;
    for (sessions, code) in [(3, "ERR_NGROK_334"), (1, "ERR_NGROK_108")] {
        scene.edge.account(TOKEN, DOMAIN, sessions);
        let first = scene.start(quick().0);
        until_online(&first).await;
        let second = scene.start(quick().0);
        let why = until_waiting(&second).await;
        assert_eq!((why.class, why.code.as_str()), (Class::Busy, code));
        first.close().await;
        until_online(&second).await;
        second.close().await;
        eventually("no session is left", || scene.edge.sessions() == 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_the_service_still_holds_is_resumed() {
    let scene = Scene::new().await;
    scene.edge.account(TOKEN, DOMAIN, 1);
    scene.edge.linger(Duration::from_secs(600));
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    scene.line.cut();
    until_lost(&tunnel).await;
    until_online(&tunnel).await;
    assert_eq!(scene.refusals(), 0);
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_on_the_dashboard_it_stays_stopped() {
    let scene = Scene::new().await;
    for resumed in [false, true] {
        let tunnel = scene.start(quick().0);
        until_online(&tunnel).await;
        if resumed {
            scene.line.cut();
            until_lost(&tunnel).await;
            until_online(&tunnel).await;
        }
        let tries = scene.line.connections();
        scene.edge.stop_tunnel(DOMAIN, "ERR_NGROK_9999").await.unwrap();
        let why = until_failed(&tunnel).await;
        assert_eq!(
            (why.class, why.code.as_str()),
            (Class::Stopped, "ERR_NGROK_9999"),
            "resumed: {resumed}"
        );
        eventually("no session is left", || scene.edge.sessions() == 0).await;
        assert_eq!(scene.line.connections(), tries);
        tunnel.retry_now();
        until_online(&tunnel).await;
        tunnel.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_of_the_dashboard_are_followed() {
    let scene = Scene::new().await;
    let (options, diary) = quick();
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    let answers = scene.edge.command(Command::Update).await;
    assert!(answers[0].contains("Nexwatch is updated"), "{answers:?}");
    assert!(tunnel.state().is_online());
    scene.edge.command(Command::Restart).await;
    eventually("restarted", || {
        let states = diary.states();
        states.last().is_some_and(State::is_online)
            && states
                .iter()
                .any(|state| state.trouble().is_some_and(|why| why.code == "ngrok-restart"))
    })
    .await;
    scene.edge.command(Command::Stop).await;
    assert_eq!(until_failed(&tunnel).await.class, Class::Stopped);
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_restarts_or_drains_is_come_back_to() {
    let scene = Scene::new().await;
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    for restart in [true, false] {
        if restart {
            scene.edge.restart();
        } else {
            scene.edge.go_away();
        }
        until_lost(&tunnel).await;
        until_online(&tunnel).await;
        scene.reached().await;
    }
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn waking_up_is_a_reason_to_try_at_once() {
    let scene = Scene::new().await;
    scene.line.set(Mode::Refuse);
    let (mut options, _) = patient();
    let clock = Arc::new(Hand::default());
    options.clock = clock.clone();
    let tunnel = scene.start(options);
    until_waiting(&tunnel).await;
    scene.line.set(Mode::Pass);
    clock.jump(Duration::from_secs(8 * 3_600));
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_or_server_is_said_so() {
    let scene = Scene::new().await;
    let rubbish = scene.folder.path().join("rubbish.pem");
    std::fs::write(&rubbish, "no certificate").unwrap();
    let with = |ca_file: PathBuf, server: &str| {
        Way::Ngrok(Ngrok {
            ca_file: Some(ca_file),
            server: Some(server.into()),
            ..scene.ngrok(TOKEN)
        })
    };
    let here = scene.line.address().to_string();
    for (way, code, field) in [
        (
            with(scene.folder.path().join("none.pem"), &here),
            "ca-file-unreadable",
            Field::CaFile,
        ),
        (with(rubbish, &here), "ca-file-wrong", Field::CaFile),
        (
            with(scene.ca_file(), "no server at all"),
            "ngrok-server",
            Field::Server,
        ),
    ] {
        let tunnel = Tunnel::start(way, scene.house.clone(), quick().0);
        let why = until_failed(&tunnel).await;
        assert_eq!((why.code.as_str(), why.field), (code, Some(field)));
        tunnel.close().await;
    }
}
