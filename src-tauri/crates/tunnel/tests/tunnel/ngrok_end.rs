//! Through ngrok: what is in flight, and what is left when it ends.

use crate::ngrok::{DOMAIN, Scene, TOKEN};
use crate::world::*;
use nexwatch_tunnel::{Ssh, SshAuth, State, Way};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_close_finishes_what_is_in_flight_and_leaves_nothing() {
    let scene = Scene::new().await;
    let before = tasks();
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    let slow = tokio::spawn(visit(scene.edge.visitors(), DOMAIN, "/slow", None));
    scene.house.busy_with(1).await;
    let closing = tokio::spawn({
        let tunnel = tunnel.clone();
        async move { tunnel.close().await }
    });
    eventually("the address is offline", || scene.edge.online().is_empty()).await;
    let late = visit(scene.edge.visitors(), DOMAIN, "/hooks", None)
        .await
        .unwrap();
    assert_eq!(late, (404, Some("ERR_NGROK_3200".into())));
    assert!(!slow.is_finished() && !closing.is_finished());
    scene.house.let_go();
    assert_eq!(slow.await.unwrap().unwrap(), (200, None));
    closing.await.unwrap();
    drop(tunnel);
    eventually("no session is left", || scene.edge.sessions() == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_does_not_hold_up_the_close() {
    let scene = Scene::new().await;
    let (mut options, _) = quick();
    options.limits.drain = Duration::from_millis(100);
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    let slow = tokio::spawn(visit(scene.edge.visitors(), DOMAIN, "/slow", None));
    scene.house.busy_with(1).await;
    tunnel.close().await;
    scene.house.busy_with(0).await;
    assert_eq!(
        slow.await.unwrap().unwrap().0,
        502,
        "the sender hears that it must come again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_handle_it_ends_by_itself() {
    let scene = Scene::new().await;
    let before = tasks();
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    drop(tunnel);
    eventually("no session is left", || scene.edge.sessions() == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_starts_and_stops_leave_nothing() {
    let scene = Scene::new().await;
    scene.edge.account(TOKEN, DOMAIN, 1);
    let before = tasks();
    for round in 0..200 {
        let tunnel = scene.start(quick().0);
        // Every other one in the middle of being set up.
        if round % 2 == 0 {
            until_online(&tunnel).await;
        }
        tunnel.close().await;
    }
    eventually("no session is left", || scene.edge.sessions() == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_deliveries_arrive_through_five_cuts() {
    let scene = Scene::new().await;
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    let lost = async || {
        until_online(&tunnel).await;
        scene.line.cut();
        until_lost(&tunnel).await;
    };
    deliver_through_trouble(scene.edge.visitors(), DOMAIN, 1_000, 5, lost).await;
    assert_eq!(scene.house.ids(), 1_000);
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_way_is_changed_for_another() {
    let scene = Scene::new().await;
    let (options, diary) = patient();
    let tunnel = scene.start(options);
    until_online(&tunnel).await;
    let nowhere = Way::Ssh(Ssh {
        host: "127.0.0.1".into(),
        port: 1,
        user: "nobody".into(),
        auth: SshAuth::None,
        bind_host: String::new(),
        bind_port: 0,
        host_key: None,
        public_url: None,
    });
    tunnel.change(nowhere).await;
    assert_eq!(
        scene.edge.online(),
        Vec::<String>::new(),
        "the old one is gone when the change is done"
    );
    until_waiting(&tunnel).await;
    tunnel.change(Way::Off).await;
    until(&tunnel, "off", |state| *state == State::Off).await;
    tunnel.change(scene.way()).await;
    until_online(&tunnel).await;
    let words: Vec<_> = diary
        .states()
        .iter()
        .map(|state| matches!(state, State::Off))
        .collect();
    assert_eq!(
        words.iter().filter(|off| **off).count(),
        2,
        "{:?}",
        diary.states()
    );
    tunnel.close().await;
}
