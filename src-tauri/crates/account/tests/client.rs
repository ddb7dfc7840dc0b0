//! The client against an account played on loopback: answers of every kind, each with its own error; and its patience, in
//! which no real time passes.

#![allow(clippy::expect_used)]

use nexwatch_account::outward::{Connect, Connecting, Io, Limits, Outward, TlsTrouble, Trouble};
use nexwatch_account::{Account, AccountError, Base, Credentials, Pace};
use nexwatch_played::account::{Account as Played, Reply};
use nexwatch_played::authority::{Authority, Flaw};
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

const EMAIL: &str = "ana@harbour.example";
const PASSWORD: &str = "a pass:word with ü";
const LIST: &str =
    r#"[{"Id":1,"Name":"None"},{"Id":6,"Name":"BookingCreate"},{"Id":91,"Name":"ResourceCreate"}]"#;

fn who() -> Credentials {
    Credentials::new(EMAIL, PASSWORD)
}

fn account(base: &str) -> Account {
    Account::new(Base::parse(base).expect("an address"), who())
}

/// Whatever an error says, it names nothing private and says what to do.
fn sound(error: &AccountError) -> String {
    let text = format!("{error} {error:?}");
    for private in [EMAIL, PASSWORD, "YW5hQGhh"] {
        assert!(!text.contains(private), "{text}");
    }
    let said = error.to_string();
    assert!(
        said.ends_with('.') && said.matches(". ").count() + said.matches("; ").count() >= 1,
        "{said}"
    );
    said
}

/// Leads to a played account without a socket.
struct Line(Played);

impl Connect for Line {
    fn connect(&self, _: &str, _: u16) -> Connecting {
        let stream: Box<dyn Io> = Box::new(self.0.visit());
        Box::pin(async move { Ok(stream) })
    }
}

/// One that never gets through.
struct Nowhere;

impl Connect for Nowhere {
    fn connect(&self, _: &str, _: u16) -> Connecting {
        Box::pin(std::future::pending())
    }
}

fn unplugged() -> (Played, Account) {
    let played = Played::unplugged(EMAIL, PASSWORD, LIST);
    let account =
        account("http://127.0.0.1:1/api").by(Outward::new().connecting(Arc::new(Line(played.clone()))));
    (played, account)
}

#[tokio::test]
async fn the_list_is_asked_for_as_documented() {
    let played = Played::start(EMAIL, PASSWORD, LIST).await.unwrap();
    for base in [played.base(), format!("{}/", played.base())] {
        let list = account(&base).actions().await.unwrap();
        let pairs: Vec<(u32, &str)> = list.all().collect();
        assert_eq!(pairs, [(6, "BookingCreate"), (91, "ResourceCreate")]);
    }
    for asked in played.asked() {
        assert_eq!(asked.line, "GET /api/utils/enums?name=eWebhookAction");
        assert!(asked.authorized);
    }
}

#[tokio::test]
async fn whatever_is_wrong_has_its_own_error() {
    let played = Played::start(EMAIL, PASSWORD, LIST).await.unwrap();
    let account = account(&played.base());
    for (reply, wanted, says) in [
        (Reply::Status(401), "Unauthorized", "(401)"),
        (Reply::Status(403), "Forbidden", "(403)"),
        (Reply::Status(404), "NotThere", "(404)"),
        (Reply::Status(500), "Theirs", "(500)"),
        (Reply::Status(503), "Theirs", "(503)"),
        (Reply::Status(418), "Refused", "(418)"),
        (Reply::Status(204), "Refused", "(204)"),
        (
            Reply::Redirect("http://127.0.0.1:1/".into()),
            "Elsewhere",
            "not sent there",
        ),
        (Reply::Page, "WebPage", "web page"),
        (Reply::Body(b" <html>".to_vec()), "WebPage", "web page"),
        (Reply::Half, "BrokenOff", "broke off"),
        (
            Reply::Body(LIST.as_bytes()[..40].to_vec()),
            "Strange",
            "is not JSON",
        ),
        (
            Reply::Body(br#"{"Message":"x"}"#.to_vec()),
            "Strange",
            "was expected",
        ),
        (Reply::Huge((1 << 20) + 1), "TooLarge", "1 MiB"),
        (Reply::HangUp, "Line(HungUp", "without an answer"),
        (Reply::Noise, "Line(NotHttp", "does not speak HTTP"),
    ] {
        played.then([reply.clone()]);
        let error = account.actions().await.unwrap_err();
        assert!(format!("{error:?}").starts_with(wanted), "{reply:?}: {error:?}");
        assert!(sound(&error).contains(says), "{reply:?}: {error}");
    }
    // Spaces are no reason to refuse a list; more than the lexicon takes is.
    let padded = |length: usize| {
        let mut body = b"[{\"Id\":2,\"Name\":\"x\"}]".to_vec();
        body.resize(length, b' ');
        Reply::Body(body)
    };
    played.then([padded(256 << 10), padded((256 << 10) + 1)]);
    assert_eq!(account.actions().await.unwrap().all().count(), 1);
    let error = account.actions().await.unwrap_err();
    assert!(sound(&error).contains("larger than 256 KB"), "{error}");
    // Nothing was asked twice, and nothing of it went elsewhere.
    assert_eq!(played.asked().len(), 18);
    let error = Account::new(account.base().clone(), Credentials::new(EMAIL, "wrong"))
        .actions()
        .await;
    assert_eq!(error.unwrap_err(), AccountError::Unauthorized);
}

#[tokio::test]
async fn a_line_that_fails_is_told_by_its_part() {
    // A port on which nothing listens any more.
    let gone = Played::start(EMAIL, PASSWORD, LIST).await.unwrap();
    let base = gone.base();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = account(&format!("http://127.0.0.1:{port}"))
        .actions()
        .await
        .unwrap_err();
    assert!(
        matches!(error, AccountError::Line(Trouble::Refused { .. })),
        "{error:?}"
    );
    sound(&error);
    let nobody = Outward::new().resolving(|_, _| Err(io::ErrorKind::NotFound.into()));
    let error = account("https://spaces.example/api")
        .by(nobody)
        .actions()
        .await
        .unwrap_err();
    assert!(
        matches!(error, AccountError::Line(Trouble::UnknownName { .. })),
        "{error:?}"
    );
    sound(&error);
    // http where https is spoken, and the other way round.
    let plain = base.replace("http://", "https://");
    let error = account(&plain).actions().await.unwrap_err();
    let not_tls = |error: &AccountError| {
        matches!(
            error,
            AccountError::Line(Trouble::Tls {
                why: TlsTrouble::NotTls,
                ..
            })
        )
    };
    assert!(not_tls(&error), "{error:?}");
    sound(&error);
}

#[tokio::test]
async fn only_a_certificate_that_somebody_vouches_for_is_taken() {
    let authority = Authority::new().unwrap();
    let played = Played::start_tls(EMAIL, PASSWORD, LIST, &authority)
        .await
        .unwrap();
    let port = played.port();
    let outward = Outward::new()
        .trusting(authority.pem().as_bytes())
        .resolving(move |_, _| Ok(([127, 0, 0, 1], port).into()));
    let account = account("https://spaces.nexudus.test/api").by(outward);
    assert_eq!(account.actions().await.unwrap().all().count(), 2);
    for (flaw, why) in [
        (Flaw::Expired, TlsTrouble::Expired),
        (Flaw::Early, TlsTrouble::Early),
        (Flaw::OtherName, TlsTrouble::OtherName),
        (Flaw::Stranger, TlsTrouble::Stranger),
    ] {
        authority.flaw(flaw);
        let error = account.actions().await.unwrap_err();
        let host = "spaces.nexudus.test".to_owned();
        assert_eq!(error, AccountError::Line(Trouble::Tls { host, why }));
        sound(&error);
    }
    assert_eq!(played.asked().len(), 1, "the password went to nobody else");
}

#[tokio::test(start_paused = true)]
async fn it_waits_as_long_as_it_is_asked_to() {
    let (played, account) = unplugged();
    let begun = Instant::now();
    let clock = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let account = account.with_clock(move || clock);
    played.then([
        Reply::Busy(Some("7".into())),
        Reply::Busy(Some("Sun, 06 Nov 1994 08:49:40 GMT".into())),
        Reply::Busy(None),
        Reply::Busy(Some("0".into())),
    ]);
    assert_eq!(account.actions().await.unwrap().all().count(), 2);
    let waits: Vec<u64> = played
        .asked()
        .windows(2)
        .map(|pair| (pair[1].at - pair[0].at).as_secs())
        .collect();
    assert_eq!(waits, [7, 3, 10, 1]);
    assert_eq!(begun.elapsed().as_secs(), 21);
}

#[tokio::test(start_paused = true)]
async fn but_no_longer_than_a_minute_in_all() {
    let (played, account) = unplugged();
    let begun = Instant::now();
    played.then([Reply::Busy(Some("61".into()))]);
    let error = account.actions().await.unwrap_err();
    assert_eq!(
        error,
        AccountError::Throttled {
            after: Duration::from_secs(61)
        }
    );
    assert!(sound(&error).contains("in 61 seconds"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(1), "it says so at once");
    played.then([Reply::Busy(Some("40".into())), Reply::Busy(Some("30".into()))]);
    let error = account.actions().await.unwrap_err();
    assert_eq!(
        error,
        AccountError::Throttled {
            after: Duration::from_secs(30)
        }
    );
    assert_eq!(begun.elapsed().as_secs(), 40);
    // Busy for ever: it ends.
    played.then((0..100).map(|_| Reply::Busy(Some("0".into()))));
    account.actions().await.unwrap_err();
    assert_eq!(played.asked().len(), 3 + 61);
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_left() {
    let (played, account) = unplugged();
    for (reply, seconds) in [(Reply::Silent, 20), (Reply::Late(Duration::from_secs(21)), 20)] {
        played.then([reply]);
        let begun = Instant::now();
        let error = account.actions().await.unwrap_err();
        assert!(
            matches!(error, AccountError::Line(Trouble::TooSlow { seconds: 20, .. })),
            "{error:?}"
        );
        assert_eq!(begun.elapsed().as_secs(), seconds);
        sound(&error);
    }
    played.then([Reply::Stuck]);
    let error = account.actions().await.unwrap_err();
    assert!(matches!(error, AccountError::BrokenOff { .. }), "{error:?}");
    played.then([Reply::Late(Duration::from_secs(19))]);
    assert_eq!(account.actions().await.unwrap().all().count(), 2);
    let begun = Instant::now();
    let nowhere = account.by(Outward::new().connecting(Arc::new(Nowhere)));
    let error = nowhere.actions().await.unwrap_err();
    assert!(
        matches!(error, AccountError::Line(Trouble::Unreachable { .. })),
        "{error:?}"
    );
    assert_eq!(begun.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn requests_take_turns_a_tenth_of_a_second_apart() {
    let (played, account) = unplugged();
    let all = (0..5).map(|_| {
        let account = account.clone();
        tokio::spawn(async move { account.actions().await.unwrap().all().count() })
    });
    for one in all.collect::<Vec<_>>() {
        assert_eq!(one.await.unwrap(), 2);
    }
    let asked = played.asked();
    assert_eq!(asked.len(), 5);
    for pair in asked.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(100));
    }
    // Whoever comes while it waits, waits too.
    played.then([Reply::Busy(Some("20".into()))]);
    let begun = Instant::now();
    let (first, second) = tokio::join!(account.actions(), account.actions());
    assert!(first.is_ok() && second.is_ok());
    assert!(played.asked()[6].at - begun >= Duration::from_secs(20));
}

#[test]
fn the_platforms_limits_are_the_default() {
    let pace = Pace::default();
    assert_eq!((pace.between.as_millis(), pace.patience.as_secs()), (100, 60));
    let Limits { connect, whole, body } = pace.limits;
    assert_eq!((connect.as_secs(), whole.as_secs(), body), (5, 20, 1 << 20));
    assert!(!format!("{:?}", account("https://spaces.nexudus.com/api")).contains(EMAIL));
}
