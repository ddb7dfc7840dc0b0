//! Quarantine released by the right secret, in its own place in time.

use crate::support::*;
use nexwatch_nexudus::signature::{Key, Rule, sign};
use nexwatch_receive::{KeySet, recheck};
use nexwatch_store::rusqlite::Connection;
use nexwatch_store::{Flags, Refusal, Route, Signature, SignatureRule, Source, StoreError, Suspect};

const NOW: i64 = 1_781_000_000_000;

fn keys(texts: &[(u32, &str)]) -> KeySet {
    KeySet(texts.iter().map(|(id, text)| secret(*id, None, text)).collect())
}

/// A delivery in quarantine that came at a time of its own.
async fn quarantine(rig: &Rig, at: i64, body: &str, signature: Option<String>, reason: Refusal) {
    let suspect = Suspect {
        received_at: at,
        source: Source::Webhook,
        route: Route {
            action: Some("CoworkerCheckin".into()),
            location: Some(7),
        },
        headers: vec![("user-agent".into(), "test".into())],
        signature,
        reason,
        body: rig.store.writer.pack(body.as_bytes()),
    };
    rig.store.writer.quarantine(suspect).unwrap().await.unwrap();
}

/// As the program does it: not on an async thread.
async fn again(rig: &Rig, keys: KeySet) -> Result<u32, StoreError> {
    let (reader, writer) = (rig.store.reader.clone(), rig.store.writer.clone());
    tokio::task::spawn_blocking(move || recheck(&reader, &writer, &keys))
        .await
        .unwrap()
}

fn customer(id: i64) -> String {
    format!(r#"[{{"FullName":"Zoë {id}","Email":"z@example.com","Id":{id}}}]"#)
}

#[tokio::test]
async fn over_the_wire_and_back() {
    let rig = Rig::signed(vec![secret(1, None, "mistyped")]).await;
    let mut bodies = Vec::new();
    for id in 1..=3 {
        let body = booking(id);
        let signature = folded(&body, "the right one");
        assert_eq!(
            rig.deliver_signed(&hook("/6/7"), &signature, &body).await.status,
            202
        );
        bodies.push(body);
    }
    // The platform sent one of them twice.
    let signature = folded(&bodies[0], "the right one");
    rig.deliver_signed(&hook("/6/7"), &signature, &bodies[0]).await;
    assert_eq!((rig.quarantined(), rig.events().len()), (3, 0));
    let first_arrival = rig.reader().quarantine(None, 10).unwrap()[2].received_at;

    assert_eq!(again(&rig, keys(&[])).await.unwrap(), 0);
    assert_eq!(again(&rig, keys(&[(1, "mistyped")])).await.unwrap(), 0);
    assert_eq!(
        again(&rig, keys(&[(1, "mistyped"), (2, "the right one")]))
            .await
            .unwrap(),
        3
    );
    assert_eq!((rig.quarantined(), rig.events().len()), (0, 3));
    assert_eq!(again(&rig, keys(&[(2, "the right one")])).await.unwrap(), 0);
    let kept = rig.delivery(1);
    assert_eq!(kept.body, bodies[0].as_bytes());
    assert_eq!(kept.received_at, first_arrival);
    assert_eq!(
        kept.signature,
        Signature::Verified {
            rule: SignatureRule::AsciiFolded,
            secret: nexwatch_store::SecretId(2)
        }
    );
    assert!(rig.events().iter().all(|event| event.flags.has(Flags::RELEASED)));

    // From now on the secret is proved, and a repeat of a released one is known.
    rig.keys.set(vec![secret(2, None, "the right one")]);
    assert_eq!(rig.deliver(&hook("/6/7"), &bodies[0]).await.status, 401);
    assert_eq!(
        rig.deliver_signed(&hook("/6/7"), &signature, &bodies[0])
            .await
            .status,
        200
    );
    assert_eq!(rig.events().len(), 3);
}

#[tokio::test]
async fn each_takes_its_own_place_in_time() {
    let rig = Rig::new().await;
    let right = Key::new("right").unwrap();
    for (id, at) in [(1, NOW), (2, NOW - 86_400_000), (3, NOW - 3_600_000)] {
        let body = customer(id);
        let signature = sign(body.as_bytes(), &right, Rule::RawBytes);
        quarantine(&rig, at, &body, Some(signature), Refusal::Wrong).await;
    }
    // One that was kept meanwhile lies between them.
    rig.keys.set(vec![]);
    assert_eq!(again(&rig, keys(&[(1, "right")])).await.unwrap(), 3);
    let order: Vec<_> = rig
        .events()
        .iter()
        .map(|event| (event.entity_id.unwrap(), event.happened_at, event.received_at))
        .collect();
    let (day, hour) = (NOW - 86_400_000, NOW - 3_600_000);
    assert_eq!(order, [(2, day, day), (3, hour, hour), (1, NOW, NOW)]);
}

#[tokio::test]
async fn what_is_still_unproved_stays() {
    let rig = Rig::new().await;
    let body = customer(1);
    let wrong = raw(&body, "wrong");
    let right = raw(&body, "right");
    quarantine(&rig, NOW, &body, None, Refusal::Missing).await;
    quarantine(&rig, NOW, &body, Some("nonsense".into()), Refusal::Malformed).await;
    quarantine(&rig, NOW, &body, Some("né".into()), Refusal::Malformed).await;
    quarantine(&rig, NOW, &body, Some(wrong), Refusal::Wrong).await;
    // Two different signatures stood in it: which one was meant is not known.
    quarantine(&rig, NOW, &body, Some(right), Refusal::Ambiguous).await;
    assert_eq!(again(&rig, keys(&[(1, "right")])).await.unwrap(), 0);
    assert_eq!((rig.quarantined(), rig.events().len()), (5, 0));
}

#[tokio::test]
async fn thousands_are_released_in_order() {
    const MANY: i64 = 2_000;
    let rig = Rig::new().await;
    let right = Key::new("right").unwrap();
    let mut kept = Vec::new();
    for id in 1..=MANY {
        let body = customer(id);
        let signature = sign(body.as_bytes(), &right, Rule::AsciiFolded);
        let suspect = Suspect {
            received_at: NOW + id,
            source: Source::Webhook,
            route: Route::default(),
            headers: Vec::new(),
            signature: Some(if id % 10 == 0 { "A".repeat(64) } else { signature }),
            reason: Refusal::Wrong,
            body: rig.store.writer.pack(body.as_bytes()),
        };
        kept.push(rig.store.writer.quarantine(suspect).unwrap());
        if kept.len() == 500 {
            for one in kept.drain(..) {
                one.await.unwrap();
            }
        }
    }
    assert_eq!(rig.quarantined(), MANY as u32);
    let released = again(&rig, keys(&[(1, "wrong"), (2, "right")])).await.unwrap();
    assert_eq!(released, MANY as u32 * 9 / 10);
    assert_eq!(rig.quarantined(), MANY as u32 / 10);
    let events = rig.events();
    assert_eq!(events.len(), released as usize);
    assert!(events.windows(2).all(|two| two[0].delivery < two[1].delivery));
}

#[tokio::test]
async fn a_store_that_fails_ends_it() {
    let rig = Rig::new().await;
    let body = customer(1);
    quarantine(&rig, NOW, &body, Some(raw(&body, "right")), Refusal::Wrong).await;
    let Rig { folder, store, .. } = rig;
    let (reader, writer) = (store.reader.clone(), store.writer.clone());
    store.close();
    let failed = tokio::task::spawn_blocking(move || recheck(&reader, &writer, &keys(&[(1, "right")])))
        .await
        .unwrap();
    assert!(matches!(failed, Err(StoreError::Closed)), "{failed:?}");
    drop(folder);
}

#[tokio::test]
async fn a_body_that_is_damaged_stays_and_does_not_keep_the_others() {
    let rig = Rig::signed(vec![secret(1, None, "mistyped")]).await;
    let key = Key::new("right").unwrap();
    for id in 1..=3 {
        let body = customer(id);
        let signature = sign(body.as_bytes(), &key, Rule::AsciiFolded);
        quarantine(&rig, NOW + id, &body, Some(signature), Refusal::Wrong).await;
    }
    let db = Connection::open(nexwatch_store::path(rig.folder.path())).unwrap();
    db.execute("UPDATE quarantine SET body = x'00' WHERE id = 2", [])
        .unwrap();
    assert_eq!(again(&rig, keys(&[(2, "right")])).await.unwrap(), 2);
    assert_eq!((rig.quarantined(), rig.events().len()), (1, 2));
}
