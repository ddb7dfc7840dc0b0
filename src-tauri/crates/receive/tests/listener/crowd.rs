//! Connections: many, long, odd ones, and those that want to keep others out.

use crate::support::*;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use nexwatch_receive::{Limits, Reason};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;

#[tokio::test]
async fn requests_may_follow_each_other_and_come_at_once() {
    let rig = Rig::new().await;
    let mut client = rig.connect().await;
    for id in 1..=20 {
        client.say(post(&hook("/6"), &[], booking(id))).await;
        assert_eq!(client.hear().await.status, 200);
    }
    let mut all = Vec::new();
    for id in 21..=120 {
        let path = if id % 10 == 0 {
            "/nowhere".to_owned()
        } else {
            hook("/6")
        };
        all.extend(post(&path, &[], booking(id)));
    }
    client.say(all).await;
    for id in 21..=120 {
        let expected = if id % 10 == 0 { 404 } else { 200 };
        assert_eq!(client.hear().await.status, expected, "{id}");
    }
    assert_eq!(rig.events().len(), 20 + 90);
}

#[tokio::test]
async fn old_http_is_answered_and_closed() {
    let rig = Rig::new().await;
    let body = booking(1);
    let request = format!(
        "POST {} HTTP/1.0\r\nContent-Length: {}\r\n\r\n{body}",
        hook("/6"),
        body.len()
    );
    let mut client = rig.connect().await;
    client.say(request).await;
    assert_eq!(client.hear().await.status, 200);
    client.closed().await;
    let mut client = rig.connect().await;
    client
        .say(post(&hook("/6"), &[("Connection", "close")], booking(2)))
        .await;
    assert_eq!(client.hear().await.status, 200);
    client.closed().await;
}

#[tokio::test]
async fn whoever_closes_its_half_still_gets_an_answer() {
    use tokio::io::AsyncWriteExt;
    let rig = Rig::new().await;
    let mut client = rig.connect().await;
    client.say(post(&hook("/6"), &[], booking(1))).await;
    client.stream.shutdown().await.unwrap();
    assert_eq!(client.hear().await.status, 200);
    client.closed().await;
}

/// By a client that is not ours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_senders_at_once() {
    const SENDERS: i64 = 200;
    const EACH: i64 = 5;
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    let address = rig.listener.address();
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            tokio::spawn(async move {
                let stream = TcpStream::connect(address).await.unwrap();
                let (mut send, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
                    .await
                    .unwrap();
                let connection = tokio::spawn(connection);
                for number in 0..EACH {
                    let body = booking(1 + sender * EACH + number);
                    let request = hyper::Request::post(hook("/BookingCreate/7"))
                        .header("host", "example.com")
                        .header("x-nexudus-hook-signature", folded(&body, "right"))
                        .body(Full::new(Bytes::from(body)))
                        .unwrap();
                    let answer = send.send_request(request).await.unwrap();
                    assert_eq!(answer.status(), 200);
                    answer.into_body().collect().await.unwrap();
                }
                drop(send);
                connection.await.unwrap().unwrap();
            })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
    let events = rig.events();
    let ids: HashSet<_> = events.iter().filter_map(|event| event.entity_id).collect();
    assert_eq!(events.len() as i64, SENDERS * EACH);
    assert_eq!(ids.len(), events.len());
    assert_eq!(rig.counts().acknowledged as i64, SENDERS * EACH);
}

/// Heads that never end, far more of them than there are seats.
#[tokio::test]
async fn whoever_says_little_cannot_lock_others_out() {
    let rig = Rig::limited(Limits {
        connections: 8,
        ..Limits::default()
    })
    .await;
    let mut known = rig.connect().await;
    known.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(known.hear().await.status, 200);
    let mut crowd = Vec::new();
    for number in 0..60 {
        let mut client = rig.connect().await;
        // Some say a little, some nothing, some ask for what is not there.
        match number % 3 {
            0 => client.say("POST /hooks/").await,
            1 => {}
            _ => {
                client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
                client.hear().await;
            }
        }
        crowd.push(client);
        if number % 10 == 9 {
            let answer = rig.deliver(&hook("/6"), booking(number + 2)).await;
            assert_eq!(answer.status, 200);
        }
    }
    // The first of the crowd had to go, the one that had the key did not.
    assert!(
        crowd[0]
            .try_hear()
            .await
            .is_none_or(|answer| answer.status == 503)
    );
    crowd[1].closed().await;
    known.say(post(&hook("/6"), &[], booking(99))).await;
    assert_eq!(known.hear().await.status, 200);
    assert_eq!(rig.events().len(), 8);
}

#[tokio::test]
async fn a_head_that_gives_way_is_told_so() {
    let rig = Rig::limited(Limits {
        connections: 1,
        ..Limits::default()
    })
    .await;
    let mut first = rig.connect().await;
    first.say("POST /hooks/").await;
    let mut second = rig.connect().await;
    second.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(second.hear().await.status, 200);
    if let Some(answer) = first.try_hear().await {
        assert_eq!(answer.status, 503);
        assert!(answer.header("retry-after").is_some());
        assert_eq!(rig.counts().of(Reason::Evicted), 1);
    }
    first.closed().await;
}

#[tokio::test]
async fn while_all_are_at_work_a_newcomer_waits() {
    let rig = Rig::limited(Limits {
        connections: 1,
        at_ease: Duration::MAX,
        ..Limits::default()
    })
    .await;
    let request = post(&hook("/6"), &[("Expect", "100-continue")], booking(1));
    let (most, rest) = request.split_at(request.len() - 1);
    let mut first = rig.connect().await;
    first.say(most).await;
    // It is at work: it was asked to go on.
    assert_eq!(first.hear().await.status, 100);
    let mut second = rig.connect().await;
    second.say(post(&hook("/6"), &[], booking(2))).await;
    first.say(rest).await;
    assert_eq!(first.hear().await.status, 200);
    assert_eq!(second.hear().await.status, 200);
    let kept: Vec<_> = [1, 2].map(|id| rig.delivery(id).body).into();
    assert_eq!(kept, [booking(1).into_bytes(), booking(2).into_bytes()]);
}

/// Heads that are complete, with bodies that never come, from senders that have the key.
#[tokio::test]
async fn whoever_keeps_its_body_back_cannot_lock_others_out() {
    let rig = Rig::limited(Limits {
        connections: 4,
        at_ease: Duration::ZERO,
        slow: Duration::from_secs(600),
        ..Limits::default()
    })
    .await;
    let mut crowd = Vec::new();
    for _ in 0..20 {
        let request = post(&hook("/6"), &[("Expect", "100-continue")], booking(99));
        let mut client = rig.connect().await;
        client.say(&request[..request.len() - 5]).await;
        assert_eq!(client.hear().await.status, 100);
        crowd.push(client);
    }
    assert_eq!(rig.deliver(&hook("/6"), booking(1)).await.status, 200);
    // They are told, and may try again.
    let answer = crowd[0].hear().await;
    assert_eq!(answer.status, 503);
    assert!(answer.header("retry-after").is_some());
    crowd[0].closed().await;
    assert_eq!(rig.events().len(), 1);
    assert!(rig.counts().of(Reason::Evicted) >= 16);
}

/// Bodies that are almost here, and take all the room there is for bodies.
#[tokio::test]
async fn whoever_fills_the_room_for_bodies_gives_it_to_others() {
    let body = booking(1);
    let rig = Rig::limited(Limits {
        in_flight_bytes: body.len() * 3,
        at_ease: Duration::ZERO,
        slow: Duration::from_secs(600),
        ..Limits::default()
    })
    .await;
    let mut crowd = Vec::new();
    for _ in 0..3 {
        let request = post(&hook("/6"), &[("Expect", "100-continue")], booking(1));
        let mut client = rig.connect().await;
        client.say(&request[..request.len() - 1]).await;
        assert_eq!(client.hear().await.status, 100);
        crowd.push(client);
    }
    // Their bytes count once they have been read: until then there is room.
    let mut id = 1;
    while rig.counts().of(Reason::Evicted) == 0 {
        id += 1;
        assert!(id < 1000, "there is room without end");
        assert_eq!(rig.deliver(&hook("/6"), booking(id)).await.status, 200);
    }
    assert_eq!(crowd[0].hear().await.status, 503);
    assert_eq!(rig.events().len() as i64, id - 1);
}

#[tokio::test]
async fn a_stream_of_another_way_is_served_alike() {
    let rig = Rig::new().await;
    let (ours, theirs) = tokio::io::duplex(1000);
    let listener = rig.listener.clone();
    let requests = Arc::new(AtomicU64::new(0));
    let counted = requests.clone();
    let served = tokio::spawn(async move { listener.serve_stream(theirs, counted).await });
    let mut client = Client::over(ours);
    client.say(post(&hook("/6/7"), &[], booking(1))).await;
    assert_eq!(client.hear().await.status, 200);
    client.say(post("/elsewhere", &[], "")).await;
    assert_eq!(client.hear().await.status, 404);
    drop(client);
    served.await.unwrap();
    assert_eq!(rig.events().len(), 1);
    assert_eq!(requests.load(Ordering::Relaxed), 2);
}
