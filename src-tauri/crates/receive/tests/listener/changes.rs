//! Other limits while the listener is at work: they hold from then on, and nobody is turned away for them.

use crate::support::*;
use nexwatch_receive::{Limits, Reason};
use std::time::Duration;
use tokio::net::TcpStream;

/// A body of so many bytes.
fn of_length(bytes: usize) -> String {
    let empty = r#"[{"Id":1,"Notes":""}]"#;
    empty.replace("\"\"", &format!("\"{}\"", "x".repeat(bytes - empty.len())))
}

/// A request of which the listener has the head, and what is still to come of it.
async fn begun(rig: &Rig, body: &str) -> (Client<TcpStream>, Vec<u8>) {
    let request = post(&hook("/6"), &[("Expect", "100-continue")], body);
    let (head, rest) = request.split_at(request.len() - body.len());
    let mut client = rig.connect().await;
    client.say(head).await;
    assert_eq!(client.hear().await.status, 100);
    (client, rest.to_vec())
}

#[tokio::test]
async fn a_request_under_way_is_finished_and_connections_go_on() {
    let rig = Rig::new().await;
    let (mut under_way, rest) = begun(&rig, &of_length(30_000)).await;
    let mut open = rig.connect().await;
    open.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(open.hear().await.status, 200);

    rig.listener.set_limits(Limits {
        body_bytes: 20_000,
        ..Limits::default()
    });
    // At once, by a new connection and by one that was open before.
    assert_eq!(rig.deliver(&hook("/6"), of_length(20_000)).await.status, 200);
    assert_eq!(rig.deliver(&hook("/6"), of_length(20_001)).await.status, 413);
    open.say(post(&hook("/6"), &[], booking(2))).await;
    assert_eq!(open.hear().await.status, 200);
    open.say(post(&hook("/6"), &[], of_length(20_001))).await;
    assert_eq!(open.hear().await.status, 413);
    // It began when so much was allowed.
    under_way.say(rest).await;
    let answer = under_way.hear().await;
    assert_eq!((answer.status, answer.header("connection")), (200, None));
    // One listener from first to last.
    assert_eq!(
        (rig.counts().acknowledged, rig.counts().of(Reason::BodyTooLarge)),
        (4, 2)
    );
}

#[tokio::test]
async fn whoever_waits_for_a_seat_gets_it_when_there_are_more() {
    let rig = Rig::limited(Limits {
        connections: 1,
        ..Limits::default()
    })
    .await;
    let body = booking(1);
    let (mut under_way, rest) = begun(&rig, &body).await;
    let mut waits = rig.connect().await;
    waits.say(post(&hook("/6"), &[], booking(2))).await;
    rig.listener.set_limits(Limits::default());
    assert_eq!(waits.hear().await.status, 200);
    under_way.say(rest).await;
    assert_eq!(under_way.hear().await.status, 200);
}

#[tokio::test]
async fn the_bytes_of_all_bodies_and_the_longest_head_are_changed_too() {
    let rig = Rig::new().await;
    let long = "x".repeat(9_000);
    let with_long_head = || post(&hook("/6"), &[("X-Long", &long)], booking(2));
    assert_eq!(rig.ask(with_long_head()).await.status, 200);
    rig.listener.set_limits(Limits {
        in_flight_bytes: 20,
        header_bytes: 4_096,
        ..Limits::default()
    });
    assert_eq!(rig.deliver(&hook("/6"), booking(1)).await.status, 503);
    assert_eq!(rig.ask(with_long_head()).await.status, 431);
    rig.listener.set_limits(Limits::default());
    assert_eq!(rig.deliver(&hook("/6"), booking(1)).await.status, 200);
    assert_eq!(rig.ask(with_long_head()).await.status, 200);
}

#[tokio::test]
async fn another_patience_holds_for_the_next_request() {
    let rig = Rig::new().await;
    rig.listener.set_limits(Limits {
        slow: Duration::from_millis(50),
        ..Limits::default()
    });
    let (mut client, _) = begun(&rig, &booking(1)).await;
    assert_eq!(client.hear().await.status, 408);
}
