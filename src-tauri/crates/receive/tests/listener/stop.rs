//! Stopping: what was begun is finished, what was acknowledged is on the disk.

use crate::support::*;
use nexwatch_store::Reader;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

#[tokio::test]
async fn what_was_begun_is_finished_and_the_rest_refused() {
    let rig = Rig::new().await;
    let address = rig.listener.address();
    let request = post(&hook("/6"), &[("Expect", "100-continue")], booking(1));
    let (most, rest) = request.split_at(request.len() - 20);

    let mut in_body = rig.connect().await;
    in_body.say(most).await;
    assert_eq!(in_body.hear().await.status, 100);
    let mut idle = rig.connect().await;
    idle.say(post(&hook("/6"), &[], booking(2))).await;
    assert_eq!(idle.hear().await.status, 200);
    let mut never_used = rig.connect().await;

    let listener = rig.listener.clone();
    let stopping = tokio::spawn(async move { listener.stop(PATIENCE).await });
    // The idle ones are closed while the other is still at it.
    idle.closed().await;
    never_used.closed().await;
    let refused = TcpStream::connect(address).await;
    assert_eq!(refused.unwrap_err().kind(), std::io::ErrorKind::ConnectionRefused);
    assert!(!stopping.is_finished());
    in_body.say(rest).await;
    let answer = in_body.hear().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("connection"), Some("close"));
    in_body.closed().await;
    stopping.await.unwrap();
    assert_eq!(rig.events().len(), 2);
}

/// The second request of a connection, of which only some bytes have come.
#[tokio::test]
async fn a_begun_head_is_finished_too() {
    let rig = Rig::new().await;
    let mut client = rig.connect().await;
    client.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(client.hear().await.status, 200);
    let next = post(&hook("/6"), &[], booking(2));
    client.say(&next[..30]).await;
    // Read by the listener, which shares this thread, once it has answered another.
    assert_eq!(rig.deliver(&hook("/6"), booking(3)).await.status, 200);
    let listener = rig.listener.clone();
    let stopping = tokio::spawn(async move { listener.stop(PATIENCE).await });
    rig.until("the port is closed", |rig| {
        std::net::TcpStream::connect(rig.listener.address()).is_err()
    })
    .await;
    client.say(&next[30..]).await;
    let answer = client.hear().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("connection"), Some("close"));
    stopping.await.unwrap();
    assert_eq!(rig.events().len(), 3);
}

#[tokio::test]
async fn grace_has_an_end() {
    let rig = Rig::new().await;
    let mut client = rig.connect().await;
    let request = post(&hook("/6"), &[("Expect", "100-continue")], booking(1));
    client.say(&request[..request.len() - 1]).await;
    assert_eq!(client.hear().await.status, 100);
    rig.listener.stop(Duration::from_millis(50)).await;
    client.closed().await;
    assert_eq!(rig.events().len(), 0);
    // Once more is no harm.
    rig.listener.stop(PATIENCE).await;
    let (ours, theirs) = tokio::io::duplex(100);
    rig.listener.serve_stream(theirs, Arc::default()).await;
    Client::over(ours).closed().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_was_acknowledged_is_on_the_disk() {
    let rig = Rig::new().await;
    let address = rig.listener.address();
    let senders: Vec<_> = (0..20_i64)
        .map(|sender| {
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                let mut client = Client::to(address).await;
                for number in 0..10_000 {
                    let id = 1 + sender * 10_000 + number;
                    if !client.try_say(post(&hook("/6"), &[], booking(id))).await {
                        break;
                    }
                    match client.try_hear().await {
                        Some(answer) if answer.status == 200 => acknowledged.push(id),
                        _ => break,
                    }
                }
                acknowledged
            })
        })
        .collect();
    rig.until("some are kept", |rig| rig.counts().acknowledged > 200)
        .await;
    rig.listener.stop(PATIENCE).await;
    let counted = rig.counts().acknowledged;
    let mut acknowledged = Vec::new();
    for sender in senders {
        acknowledged.extend(sender.await.unwrap());
    }
    let Rig { folder, store, .. } = rig;
    store.close();
    let reader = Reader::open(folder.path()).unwrap();
    let mut kept: Vec<i64> = events(&reader)
        .iter()
        .filter_map(|event| event.entity_id)
        .collect();
    kept.sort_unstable();
    acknowledged.sort_unstable();
    assert!(acknowledged.len() > 200);
    // All answered were heard: none was cut off between the disk and the sender.
    assert_eq!(counted, acknowledged.len() as u64);
    assert_eq!(kept, acknowledged);
    drop(Arc::new(reader));
}
