//! The self-test: what it proves, what it names when it does not come back, and when it is made.

use crate::house::House;
use crate::ngrok::{DOMAIN, Scene};
use crate::world::*;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use nexwatch_played::authority::Flaw;
use nexwatch_played::chaos::Mode;
use nexwatch_played::edge::Event;
use nexwatch_tunnel::{
    Broken, Check, Checked, Checking, Clock, Field, Options, Own, Part, Proof, SelfCheck, State, Tunnel, Way,
};
use sha2::Sha256;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

const KEY: [u8; 32] = [7; 32];
const PATH: &str = "/hooks/0123456789abcdef";

fn mac(word: &str, nonce: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&KEY).unwrap();
    mac.update(format!("{word}:{nonce}").as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Answers self-tests as the listener does.
fn answer_tests(house: &House) {
    house.special(|request| {
        let asked = request.headers().get("x-nexwatch-test")?.to_str().unwrap();
        let (nonce, proof) = asked.split_once('.').unwrap();
        assert_eq!(request.method(), "POST");
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["user-agent"], "Nexwatch");
        assert_eq!(request.headers()["ngrok-skip-browser-warning"], "1");
        let right = request.uri().path() == PATH && proof == mac("ask", nonce);
        right.then(|| Response::new(Full::from(mac("answer", nonce))))
    });
}

fn check() -> Check {
    Check::new(Arc::new(|| PATH.to_owned()), Arc::new(Proof::new(KEY)))
}

/// The self-test through a played service.
fn through(scene: &Scene) -> Check {
    let secure = scene.edge.secure();
    check()
        .trusting(scene.edge.authority().pem().as_bytes())
        .resolving(move |name, port| match name {
            DOMAIN => Ok(secure),
            _ => Ok(SocketAddr::new(name.parse().map_err(io::Error::other)?, port)),
        })
}

fn with(check: impl SelfCheck) -> Options {
    let (mut options, _) = quick();
    options.check = Some(Arc::new(check));
    options
}

fn broken(checked: Checked) -> (Part, String) {
    let broken = checked.result.unwrap_err();
    (broken.part, broken.code)
}

async fn until_degraded(tunnel: &Tunnel) -> String {
    let state = until(tunnel, "degraded", |state| {
        matches!(state, State::Degraded { .. })
    })
    .await;
    state.trouble().unwrap().code.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_back_through_the_public_address() {
    let scene = Scene::new().await;
    answer_tests(&scene.house);
    let tunnel = scene.start(with(through(&scene)));
    assert_eq!(tunnel.latest_check(), None);
    until_online(&tunnel).await;
    eventually("made at the start", || {
        tunnel
            .latest_check()
            .is_some_and(|checked| checked.result.is_ok())
    })
    .await;
    assert_eq!(tunnel.check_now().await.result, Ok(()));
    let first = tunnel.latest_check().unwrap().at;
    scene.line.cut();
    until_lost(&tunnel).await;
    eventually("made after the reconnect", || {
        tunnel.latest_check().unwrap().at > first
    })
    .await;
    assert!(tunnel.latest_check().unwrap().result.is_ok());
    tunnel.change(Way::Off).await;
    assert_eq!(tunnel.latest_check(), None);
    assert_eq!(broken(tunnel.check_now().await), (Part::Tunnel, "off".into()));
    tunnel.close().await;
    assert_eq!(broken(tunnel.check_now().await), (Part::Tunnel, "off".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_is_named_and_healed_by_itself() {
    let scene = Scene::new().await;
    answer_tests(&scene.house);
    let tunnel = scene.start(with(through(&scene)));
    until_online(&tunnel).await;
    for (status, part) in [
        (StatusCode::NOT_FOUND, Part::Path),
        (StatusCode::OK, Part::Path),
        (StatusCode::ACCEPTED, Part::Path),
        (StatusCode::SERVICE_UNAVAILABLE, Part::Listener),
        (StatusCode::BAD_GATEWAY, Part::Tunnel),
    ] {
        scene.house.always(status, "");
        assert_eq!(broken(tunnel.check_now().await).0, part, "{status}");
        until_degraded(&tunnel).await;
        answer_tests(&scene.house);
        until_online(&tunnel).await;
    }
    scene.edge.refuse_visitors(Some("ERR_NGROK_727"));
    assert_eq!(
        broken(tunnel.check_now().await),
        (Part::Plan, "ERR_NGROK_727".into())
    );
    assert_eq!(until_degraded(&tunnel).await, "ERR_NGROK_727");
    scene.edge.refuse_visitors(None);
    // Not by itself for half an hour: each test counts against the limit.
    assert_eq!(tunnel.check_now().await.result, Ok(()));
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_wrong_is_told_from_a_wrong_clock() {
    let scene = Scene::new().await;
    answer_tests(&scene.house);
    let url = format!("https://{DOMAIN}");
    let tunnel = scene.start(quick().0);
    until_online(&tunnel).await;
    let check = through(&scene);
    assert_eq!(check.check(&url).await.result, Ok(()));
    for (flaw, code) in [
        (Flaw::Expired, "certificate-expired"),
        (Flaw::Early, "certificate-early"),
        (Flaw::OtherName, "certificate-name"),
        (Flaw::Stranger, "certificate"),
    ] {
        scene.edge.authority().flaw(flaw);
        assert_eq!(broken(check.check(&url).await), (Part::Tls, code.into()));
    }
    let visitors = scene.edge.visitors();
    let plain = check.resolving(move |_, _| Ok(visitors));
    assert_eq!(broken(plain.check(&url).await), (Part::Tls, "tls".into()));
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_address_is_told_from_a_computer_that_is_offline() {
    let scene = Scene::new().await;
    let unknown = || io::Error::from(io::ErrorKind::NotFound);
    let name = check().resolving(move |name, port| match name.parse() {
        Ok(address) => Ok(SocketAddr::new(address, port)),
        Err(_) => Err(unknown()),
    });
    let tunnel = scene.start(with(name));
    assert_eq!(until_degraded(&tunnel).await, "dns");
    assert_eq!(broken(tunnel.check_now().await), (Part::Address, "dns".into()));
    tunnel.close().await;
    let tunnel = scene.start(with(check().resolving(move |_, _| Err(unknown()))));
    assert_eq!(until_degraded(&tunnel).await, "offline");
    assert_eq!(
        broken(tunnel.check_now().await),
        (Part::Internet, "offline".into())
    );
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_forgot_us_gets_a_fresh_session() {
    let scene = Scene::new().await;
    answer_tests(&scene.house);
    let tunnel = scene.start(with(through(&scene)));
    until_online(&tunnel).await;
    assert_eq!(tunnel.check_now().await.result, Ok(()));
    scene.edge.forget(DOMAIN);
    assert_eq!(
        broken(tunnel.check_now().await),
        (Part::Tunnel, "ERR_NGROK_3200".into())
    );
    eventually("a fresh session", || {
        let fresh = |event: &&Event| **event == Event::SignedIn { resumed: false };
        scene.edge.events().iter().filter(fresh).count() == 2
    })
    .await;
    until_online(&tunnel).await;
    assert_eq!(tunnel.check_now().await.result, Ok(()));
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refuted_once_it_is_online_again_only_when_proven() {
    let scene = Scene::new().await;
    let (mut options, diary) = quick();
    options.check = Some(Arc::new(through(&scene)));
    scene.edge.refuse_visitors(Some("ERR_NGROK_3200"));
    let tunnel = scene.start(options);
    let waited = || {
        diary
            .states()
            .iter()
            .filter(|state| matches!(state, State::Waiting { .. }))
            .count()
    };
    eventually("tried three times", || waited() >= 3).await;
    let online = diary.states().iter().filter(|state| state.is_online()).count();
    assert!(online <= 1, "{:?}", diary.states());
    answer_tests(&scene.house);
    scene.edge.refuse_visitors(None);
    until_online(&tunnel).await;
    assert!(
        tunnel
            .latest_check()
            .is_some_and(|checked| checked.result.is_ok())
    );
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_died_in_sleep_is_cut_when_the_test_on_waking_says_so() {
    let scene = Scene::new().await;
    answer_tests(&scene.house);
    let mut options = with(through(&scene).waiting(Duration::from_secs(1)));
    let clock = Arc::new(Hand::default());
    options.clock = clock.clone();
    // The heartbeat alone would take hours.
    options.heartbeat.every = Duration::from_secs(36_000);
    let tunnel = scene.start(options);
    eventually("proven", || {
        tunnel
            .latest_check()
            .is_some_and(|checked| checked.result.is_ok())
    })
    .await;
    until_online(&tunnel).await;
    scene.line.set(Mode::Freeze);
    clock.jump(Duration::from_secs(8 * 3_600));
    until(&tunnel, "resuming", |state| {
        matches!(state, State::Resuming { .. })
    })
    .await;
    scene.line.set(Mode::Pass);
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_ones_own_is_online_when_the_test_says_so() {
    let house = House::new();
    let address = house.listen().await;
    house.always(StatusCode::NOT_FOUND, "");
    let own = Way::Own(Own {
        url: format!("http://{address}"),
    });
    let (mut options, diary) = quick();
    options.check = Some(Arc::new(check()));
    let tunnel = Tunnel::start(own, house.clone(), options);
    assert_eq!(until_degraded(&tunnel).await, "http-404");
    assert!(
        !diary.states().iter().any(State::is_online),
        "not before it is proven"
    );
    answer_tests(&house);
    until_online(&tunnel).await;
    house.deaf().await;
    assert_eq!(
        broken(tunnel.check_now().await),
        (Part::Listener, "refused".into())
    );
    until_degraded(&tunnel).await;
    let nonsense = Way::Own(Own {
        url: "http://hooks.example.com".into(),
    });
    tunnel.change(nonsense).await;
    assert_eq!(until_failed(&tunnel).await.field, Some(Field::Url));
    tunnel.close().await;
}

/// A self-test that says what it is told, and counts.
#[derive(Clone, Default)]
struct Says(Arc<Said>);

#[derive(Default)]
struct Said {
    made: AtomicUsize,
    fails: AtomicBool,
    held: Mutex<Option<Arc<Notify>>>,
}

impl Says {
    fn made(&self) -> usize {
        self.0.made.load(Ordering::SeqCst)
    }

    fn fail(&self, fails: bool) {
        self.0.fails.store(fails, Ordering::SeqCst);
    }
}

impl SelfCheck for Says {
    fn check<'a>(&'a self, _url: &'a str) -> Checking<'a> {
        Box::pin(async move {
            self.0.made.fetch_add(1, Ordering::SeqCst);
            let held = self.0.held.lock().unwrap().clone();
            if let Some(held) = held {
                held.notified().await;
            }
            let result = match self.0.fails.load(Ordering::SeqCst) {
                false => Ok(()),
                true => Err(Broken::new(
                    Part::Tunnel,
                    "played",
                    "It does not work.",
                    "Mend it.",
                )),
            };
            Checked {
                at: 0,
                took: Duration::ZERO,
                result,
            }
        })
    }

    fn reaches<'a>(&'a self, _server: &'a str) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async { true })
    }
}

/// Runs with tokio's clock, and can jump ahead of it.
struct Ticking {
    start: Instant,
    ahead: Hand,
}

impl Clock for Ticking {
    fn now(&self) -> i64 {
        self.start.elapsed().as_millis() as i64 + self.ahead.ahead()
    }
}

/// A way that opens nothing, so that time can stand still.
async fn own(check: &Says) -> (Tunnel, Arc<Ticking>) {
    let house = House::new();
    house.listen().await;
    let clock = Arc::new(Ticking {
        start: Instant::now(),
        ahead: Hand::default(),
    });
    let options = Options {
        check: Some(Arc::new(check.clone())),
        clock: clock.clone(),
        ..Options::default()
    };
    let url = "https://hooks.example.com".into();
    let tunnel = Tunnel::start(Way::Own(Own { url }), house, options);
    (tunnel, clock)
}

async fn pass(minutes: u64) {
    tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
}

#[tokio::test(start_paused = true)]
async fn it_is_made_every_half_hour_when_nothing_arrives() {
    let says = Says::default();
    let (tunnel, clock) = own(&says).await;
    until_online(&tunnel).await;
    pass(29).await;
    assert_eq!(says.made(), 1);
    pass(2).await;
    assert_eq!(says.made(), 2);
    // Something arrives: half an hour from then.
    pass(20).await;
    tunnel.heard_from_outside(clock.now());
    pass(29).await;
    assert_eq!(says.made(), 2);
    pass(2).await;
    assert_eq!(says.made(), 3);
    tunnel.close().await;
    pass(600).await;
    assert_eq!(says.made(), 3);
}

#[tokio::test(start_paused = true)]
async fn while_it_fails_it_is_repeated_soon_but_not_without_end() {
    let says = Says::default();
    says.fail(true);
    let (tunnel, _) = own(&says).await;
    assert_eq!(until_degraded(&tunnel).await, "played");
    pass(60).await;
    let made = says.made();
    // 10 s, doubled up to 5 min, of which 50 to 100 % count.
    assert!((12..=30).contains(&made), "{made}");
    says.fail(false);
    pass(5).await;
    assert!(tunnel.state().is_online());
    tunnel.close().await;
}

#[tokio::test(start_paused = true)]
async fn waking_and_a_person_are_reasons_for_one() {
    let says = Says::default();
    let (tunnel, clock) = own(&says).await;
    until_online(&tunnel).await;
    tunnel.retry_now();
    pass(1).await;
    assert_eq!(says.made(), 2);
    clock.ahead.jump(Duration::from_secs(8 * 3_600));
    pass(1).await;
    assert_eq!(says.made(), 3);
    tunnel.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_genuine_delivery_refutes_it() {
    let says = Says::default();
    says.fail(true);
    let (tunnel, clock) = own(&says).await;
    until_degraded(&tunnel).await;
    // What came before the test failed says nothing, however often it is told.
    let before = clock.now() - 5_000;
    for _ in 0..3 {
        tunnel.heard_from_outside(before);
        pass(1).await;
        let state = tunnel.state();
        assert!(matches!(state, State::Degraded { .. }), "{state:?}");
    }
    tunnel.heard_from_outside(clock.now() + 1);
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(start_paused = true)]
async fn who_asks_meanwhile_shares_the_one_under_way() {
    let says = Says::default();
    let gate = Arc::new(Notify::new());
    *says.0.held.lock().unwrap() = Some(gate.clone());
    let (tunnel, _) = own(&says).await;
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let tunnel = tunnel.clone();
            tokio::spawn(async move { tunnel.check_now().await })
        })
        .collect();
    pass(1).await;
    assert_eq!(says.made(), 1);
    assert_eq!(tunnel.state(), State::Connecting { attempt: 1 });
    gate.notify_one();
    for asked in asking {
        assert!(asked.await.unwrap().result.is_ok());
    }
    let held = tokio::spawn({
        let tunnel = tunnel.clone();
        async move { tunnel.check_now().await }
    });
    pass(1).await;
    tunnel.close().await;
    assert!(
        held.await.unwrap().result.is_err(),
        "whoever waits when it ends hears so"
    );
}

/// The bytes of an answer are nobody's business but its length is.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_end_is_no_proof() {
    let house = House::new();
    let address = house.listen().await;
    house.special(|_| Some(Response::new(Full::from(Bytes::from(vec![b'x'; 1 << 20])))));
    let checked = check().check(&format!("http://{address}")).await;
    assert_eq!(broken(checked), (Part::Path, "http-200".into()));
}
