//! Which paths and methods are answered how, and what is kept of them.

use crate::support::*;
use nexwatch_receive::{Reason, ReplacedKey};
use nexwatch_store::{Flags, Signature, Source};

#[tokio::test]
async fn every_form_of_the_path_is_kept() {
    let rig = Rig::new().await;
    let forms = [
        ("/BookingCreate/1414914345", "BookingCreate", Some(1_414_914_345)),
        ("/BookingCreate", "BookingCreate", None),
        ("/BookingCreate/", "BookingCreate", None),
        ("/bookingcreate/7/", "BookingCreate", Some(7)),
        ("/BOOKINGCREATE", "BookingCreate", None),
        ("/6/8", "BookingCreate", Some(8)),
        ("/VisitorCheckedin?secret=1&x=/y", "VisitorCheckedin", None),
        ("/%42ookingUpdate", "BookingUpdate", None),
        ("/New%20booking", "New booking", None),
        ("/Invoice%20CANCELLED/REFUNDED/7", "19", Some(7)),
        ("/ResourceExploded/9", "ResourceExploded", Some(9)),
        ("/%F0%9F%8E%89", "🎉", None),
    ];
    for (number, (path, action, location)) in forms.iter().enumerate() {
        let answer = rig.deliver(&hook(path), booking(number as i64 + 1)).await;
        assert_eq!(answer.status, 200, "{path}");
        let delivery = rig.delivery(number as i64 + 1);
        let event = rig
            .events()
            .into_iter()
            .find(|event| event.delivery == delivery.id)
            .unwrap();
        let known = nexwatch_nexudus::Action::parse(action);
        assert_eq!(event.action, known, "{path}");
        assert_eq!(delivery.route.location, *location, "{path}");
        if location.is_some() {
            // Without one it may be learnt: another path has told where the room is.
            assert_eq!(event.location_id, *location, "{path}");
        }
        assert_eq!(
            (delivery.source, delivery.signature),
            (Source::Webhook, Signature::Unsigned)
        );
        assert!(event.flags.has(Flags::UNSIGNED) && !event.flags.has(Flags::INFERRED));
    }
    assert_eq!(rig.counts().acknowledged, forms.len() as u64);
    assert_eq!(rig.counts().refused, []);
}

#[tokio::test]
async fn without_an_action_it_is_inferred() {
    let rig = Rig::new().await;
    for (number, path) in ["", "/", "?action=BookingCreate"].iter().enumerate() {
        let answer = rig.deliver(&hook(path), booking(number as i64 + 1)).await;
        assert_eq!(answer.status, 200);
    }
    for event in rig.events() {
        assert_eq!(event.action.name(), "Booking?");
        assert!(event.flags.has(Flags::INFERRED));
    }
    assert_eq!(rig.delivery(1).route.action, None);
}

#[tokio::test]
async fn a_location_that_is_no_id_is_kept_as_it_came() {
    let rig = Rig::new().await;
    let answer = rig
        .deliver(&hook("/BookingCreate/harbour%20yard"), booking(1))
        .await;
    assert_eq!(answer.status, 200);
    let delivery = rig.delivery(1);
    assert_eq!(delivery.route.location, None);
    assert!(
        delivery
            .headers
            .contains(&(":path".to_owned(), "harbour yard".to_owned()))
    );
}

#[tokio::test]
async fn a_wrong_key_cannot_be_told_from_a_wrong_path() {
    let rig = Rig::new().await;
    let wrong_path = rig.deliver("/somewhere/else", booking(1)).await.undated();
    assert_eq!(wrong_path.status, 404);
    let wrong_key = format!("/hooks/{}/BookingCreate", KEY.replace('0', "1"));
    let too_deep = hook("/BookingCreate/7/8/9");
    for path in ["/", "/hooks", "/hooks/", "/hooks/short/6", &wrong_key, &too_deep] {
        let answer = rig.deliver(path, booking(1)).await.undated();
        assert_eq!(answer, wrong_path, "{path}");
    }
    // Nor by the method.
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    for path in ["/", "/somewhere/else", &wrong_key] {
        let answer = rig.ask(get(path)).await.undated();
        assert_eq!(answer, wrong_path, "{path}");
    }
    assert_eq!(rig.counts().of(Reason::NotFound), 10);
    assert_eq!(rig.events().len(), 0);
    assert_eq!(rig.quarantined(), 0);
}

#[tokio::test]
async fn only_post_delivers() {
    let rig = Rig::new().await;
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "post", "BREW"] {
        let request = format!("{method} {} HTTP/1.1\r\nHost: x\r\n\r\n", hook("/6"));
        let answer = rig.ask(request).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("POST"));
    }
    assert_eq!(rig.counts().of(Reason::Method), 7);
    assert_eq!(rig.events().len(), 0);
}

#[tokio::test]
async fn the_whole_address_may_stand_in_the_request_line() {
    let rig = Rig::new().await;
    let path = format!("http://hooks.example.com{}", hook("/6"));
    assert_eq!(rig.deliver(&path, booking(1)).await.status, 200);
}

#[tokio::test]
async fn a_replaced_key_replaces_the_old_one_at_once() {
    let rig = Rig::new().await;
    let new = "fedcba9876543210fedcba9876543210";
    let mut client = rig.connect().await;
    client.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(client.hear().await.status, 200);
    rig.listener.replace_hook_key(new, None);
    client.say(post(&hook("/6"), &[], booking(2))).await;
    assert_eq!(client.hear().await.status, 404);
    let answer = rig.deliver(&format!("/hooks/{new}/6"), booking(3)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_replaced_key_may_be_taken_for_a_while() {
    let rig = Rig::new().await;
    let new = "fedcba9876543210fedcba9876543210";
    let old = |until| {
        Some(ReplacedKey {
            key: KEY.to_owned(),
            until,
        })
    };
    rig.listener.replace_hook_key(new, old(i64::MAX));
    for (path, id) in [(hook("/6"), 1), (format!("/hooks/{new}/6"), 2)] {
        assert_eq!(rig.deliver(&path, booking(id)).await.status, 200);
    }
    // Its time is over.
    rig.listener.replace_hook_key(new, old(1));
    assert_eq!(rig.deliver(&hook("/6"), booking(3)).await.status, 404);
    assert_eq!(
        rig.deliver(&format!("/hooks/{new}/6"), booking(4)).await.status,
        200
    );
}

#[tokio::test]
async fn answers_say_nothing_of_what_was_sent() {
    let rig = Rig::new().await;
    let body = booking(1).replace("Blue room", "<script>Room</script>");
    for path in [hook("/<script>"), "/<script>".to_owned()] {
        let answer = rig
            .deliver(&path.replace('<', "%3C").replace('>', "%3E"), &body)
            .await;
        assert_eq!(answer.header("content-type"), Some("text/plain"));
        for part in ["script", "Room", KEY] {
            assert!(!answer.body.contains(part), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn headers_worth_keeping_are_kept_and_shared() {
    let rig = Rig::new().await;
    for number in 1..=2 {
        let date = format!("Tue, 24 Nov 2026 05:41:0{number} GMT");
        let headers = [
            ("User-Agent", "Nexudus/1.0"),
            ("X-Nexudus-Business", "7"),
            ("Cookie", "a=b"),
            ("Authorization", "Bearer token"),
            ("Date", date.as_str()),
        ];
        let answer = rig.ask(post(&hook("/6"), &headers, booking(number))).await;
        assert_eq!(answer.status, 200);
    }
    let names = |id| {
        let headers = rig.delivery(id).headers;
        headers.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(1), ["content-type", "user-agent", "x-nexudus-business"]);
    let rows: u32 = rig
        .reader()
        .read(|db| Ok(db.query_row("SELECT count(*) FROM headers", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn only_our_own_mark_makes_a_sample() {
    let rig = Rig::new().await;
    for (number, (mark, source)) in [(MARK, Source::Sample), ("another", Source::Webhook)]
        .iter()
        .enumerate()
    {
        let id = number as i64 + 1;
        let headers = [("X-Nexwatch-Sample", *mark)];
        let answer = rig.ask(post(&hook("/6"), &headers, booking(id))).await;
        assert_eq!(answer.status, 200);
        assert_eq!(rig.delivery(id).source, *source);
    }
}
