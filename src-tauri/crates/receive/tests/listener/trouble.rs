//! Our own trouble: the sender is asked to come again, and nothing is half kept.

use crate::support::*;
use nexwatch_receive::{KeySet, Limits, Listener, Pending, Reason, Receipt, Sink};
use nexwatch_store::{Incoming, Options, Packed, Quarantined, SecretId, Store, StoreError, Suspect};
use std::sync::{Arc, Condvar, Mutex};

/// A store that fails in one way, at once or later.
struct Failing {
    error: StoreError,
    late: bool,
}

impl Failing {
    fn fail<T: Send + 'static>(&self) -> Pending<T> {
        let error = self.error.clone();
        if self.late {
            Ok(Box::pin(async move { Err(error) }))
        } else {
            Err(error)
        }
    }
}

impl Sink for Failing {
    fn pack(&self, body: &[u8]) -> Packed {
        Packed {
            dictionary: 0,
            bytes: body.to_vec(),
            length: body.len() as u32,
            key: 0,
            plain: None,
        }
    }
    fn store(&self, _: Incoming) -> Pending<Receipt> {
        self.fail()
    }
    fn quarantine(&self, _: Suspect) -> Pending<Quarantined> {
        self.fail()
    }
    fn has_matched(&self, _: SecretId) -> bool {
        true
    }
}

#[tokio::test]
async fn every_failure_of_the_store_asks_for_another_try() {
    let body = booking(1);
    let right = raw(&body, "right");
    for error in [
        StoreError::Full,
        StoreError::ReadOnly,
        StoreError::Locked,
        StoreError::Busy,
        StoreError::Closed,
        StoreError::Io("read".into()),
        StoreError::Damaged("page 7".into()),
        StoreError::Sql("constraint".into()),
        StoreError::Body("dictionary".into()),
    ] {
        for late in [false, true] {
            let sink = Arc::new(Failing {
                error: error.clone(),
                late,
            });
            let keys = Arc::new(Arc::new(KeySet(vec![secret(1, None, "right")])));
            let (options, refused) = options(Limits::default());
            let listener = Listener::bind_sink(any_port(), options, sink, keys)
                .await
                .unwrap();
            // The genuine and the suspect alike: a wrong signature that cannot be kept is not yet judged.
            for signature in [&right, "wrong"] {
                let mut client = Client::to(listener.address()).await;
                let headers = [("X-Nexudus-Hook-Signature", signature)];
                client.say(post(&hook("/6"), &headers, &body)).await;
                let answer = client.hear().await;
                assert_eq!(answer.status, 503, "{error}");
                assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
                assert!(!answer.body.contains("page 7"));
            }
            let expected = match error {
                StoreError::Busy => Reason::Busy,
                _ => Reason::Store,
            };
            assert_eq!(listener.counts().of(expected), 2);
            assert_eq!(listener.counts().acknowledged, 0);
            assert!(
                refused
                    .lock()
                    .unwrap()
                    .iter()
                    .all(|one| one.reason == expected && one.quarantined.is_none())
            );
        }
    }
}

#[tokio::test]
async fn a_full_store_is_a_503_and_what_was_refused_can_come_again() {
    let rig = Rig::with(Setup {
        store: Options {
            most_pages: Some(160),
            ..Options::default()
        },
        ..Setup::default()
    })
    .await;
    // Bodies that do not get smaller.
    let body = |id: u64| {
        let mut state = id;
        let noise: String = (0..4000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'a' + (state >> 33) as u8 % 26)
            })
            .collect();
        booking(id as i64).replace("Blue room", &noise)
    };
    let mut kept = Vec::new();
    let refused = loop {
        let id = kept.len() as u64 + 1;
        let answer = rig.deliver(&hook("/6"), body(id)).await;
        match answer.status {
            200 => kept.push(id as i64),
            503 => break (id, answer),
            other => panic!("{other}"),
        }
        assert!(kept.len() < 1000, "the store never gets full");
    };
    assert!(refused.1.header("retry-after").is_some());
    assert!(!kept.is_empty());
    assert_eq!(rig.heard_reasons(), [Reason::Store]);
    rig.listener.stop(PATIENCE).await;
    let Rig { folder, store, .. } = rig;
    store.close();

    // Room again.
    let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
    let (options, _) = options(Limits::default());
    let keys = Arc::new(Arc::new(KeySet::default()));
    let listener = Listener::bind(any_port(), options, store.writer.clone(), keys)
        .await
        .unwrap();
    let mut client = Client::to(listener.address()).await;
    client.say(post(&hook("/6"), &[], body(refused.0))).await;
    assert_eq!(client.hear().await.status, 200);
    kept.push(refused.0 as i64);
    let mut there: Vec<i64> = events(&store.reader)
        .iter()
        .filter_map(|event| event.entity_id)
        .collect();
    there.sort_unstable();
    assert_eq!(there, kept);
}

/// A door that holds the writer's thread.
#[derive(Default)]
struct Gate(Mutex<bool>, Condvar);

impl Gate {
    fn open(&self) {
        *self.0.lock().unwrap() = true;
        self.1.notify_all();
    }

    fn pass(&self) {
        let mut open = self.0.lock().unwrap();
        while !*open {
            open = self.1.wait(open).unwrap();
        }
    }
}

#[tokio::test]
async fn a_full_queue_is_a_503_and_those_in_it_are_kept() {
    let gate = Arc::new(Gate::default());
    let held = gate.clone();
    let rig = Rig::with(Setup {
        store: Options {
            queue: 2,
            ..Options::default()
        },
        on_commit: Box::new(move |_| held.pass()),
        ..Setup::default()
    })
    .await;
    // Answered; and then the writer stands at the gate.
    assert_eq!(rig.deliver(&hook("/6"), booking(1)).await.status, 200);
    let mut waiting = Vec::new();
    for id in 2..=3 {
        let mut client = rig.connect().await;
        client.say(post(&hook("/6"), &[], booking(id))).await;
        waiting.push(client);
    }
    // Whichever comes third finds the queue full.
    let mut refused = None;
    for id in 4..=100 {
        let mut client = rig.connect().await;
        client.say(post(&hook("/6"), &[], booking(id))).await;
        waiting.push(client);
        rig.until("it is refused, or the queue still fills", |rig| {
            rig.counts().of(Reason::Busy) > 0 || id < 4
        })
        .await;
        if rig.counts().of(Reason::Busy) > 0 {
            refused = Some(id);
            break;
        }
    }
    assert_eq!(refused, Some(4));
    gate.open();
    let mut statuses = Vec::new();
    for mut client in waiting {
        let answer = client.hear().await;
        assert_eq!(answer.status == 503, answer.header("retry-after").is_some());
        statuses.push(answer.status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 503]);
    assert_eq!(rig.events().len(), 3);
}

#[tokio::test]
async fn a_closed_store_is_a_503() {
    let rig = Rig::new().await;
    let Rig {
        store,
        listener,
        folder,
        ..
    } = rig;
    store.close();
    let mut client = Client::to(listener.address()).await;
    client.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(client.hear().await.status, 503);
    drop(folder);
}

/// For measuring: the same listener with nothing behind it.
#[tokio::test]
async fn a_measuring_sink_sees_what_the_store_would() {
    #[derive(Default)]
    struct Counting(Mutex<Vec<Incoming>>);
    impl Sink for Counting {
        fn pack(&self, body: &[u8]) -> Packed {
            Packed {
                dictionary: 0,
                bytes: Vec::new(),
                length: body.len() as u32,
                key: 0,
                plain: None,
            }
        }
        fn store(&self, incoming: Incoming) -> Pending<Receipt> {
            self.0.lock().unwrap().push(incoming);
            Ok(Box::pin(async { Ok(Receipt::Measured) }))
        }
        fn quarantine(&self, _: Suspect) -> Pending<Quarantined> {
            Ok(Box::pin(async { Ok(Quarantined { id: 1, arrivals: 1 }) }))
        }
        fn has_matched(&self, _: SecretId) -> bool {
            false
        }
    }
    let sink = Arc::new(Counting::default());
    let keys = Arc::new(Arc::new(KeySet(vec![secret(1, None, "right")])));
    let (options, _) = options(Limits::default());
    let listener = Listener::bind_sink(any_port(), options, sink.clone(), keys)
        .await
        .unwrap();
    let mut client = Client::to(listener.address()).await;
    let body = booking(5);
    let headers = [("X-Nexudus-Hook-Signature", &*raw(&body, "right"))];
    client.say(post(&hook("/6"), &headers, &body)).await;
    assert_eq!(client.hear().await.status, 200);
    client.say(post(&hook("/6"), &[], &body)).await;
    assert_eq!(client.hear().await.status, 202);
    let seen = sink.0.lock().unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].readings[0].entity_id, Some(5));
    assert_eq!(listener.counts().acknowledged, 1);
}

/// On a runtime with one thread: who waits for the secrets keeps nobody else waiting.
#[tokio::test]
async fn a_keychain_that_takes_its_time_holds_up_only_what_needs_it() {
    let body = booking(1);
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    rig.keys.lock();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let mut client = rig.connect().await;
        client
            .say(post(
                &hook("/6"),
                &[("X-Nexudus-Hook-Signature", &raw(&body, "right"))],
                &body,
            ))
            .await;
        waiting.push(client);
    }
    assert_eq!(rig.deliver("/nowhere", &body).await.status, 404);
    assert_eq!(rig.counts().acknowledged, 0);
    rig.keys.open();
    for mut client in waiting {
        assert_eq!(client.hear().await.status, 200);
    }
    assert_eq!(rig.events().len(), 1);
}
