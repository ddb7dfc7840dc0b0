//! Too large, too many, too slow, or not HTTP at all.

use crate::support::*;
use nexwatch_receive::{Limits, Reason};
use nexwatch_store::DeliveryId;
use std::time::Duration;

fn small() -> Limits {
    Limits {
        body_bytes: 20_000,
        ..Limits::default()
    }
}

fn of_length(bytes: usize) -> String {
    let empty = r#"[{"Id":1,"Notes":""}]"#;
    empty.replace("\"\"", &format!("\"{}\"", "x".repeat(bytes - empty.len())))
}

fn chunked(path: &str, chunks: &[&[u8]]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut request = head.into_bytes();
    for chunk in chunks {
        request.extend(format!("{:x}\r\n", chunk.len()).bytes());
        request.extend_from_slice(chunk);
        request.extend(b"\r\n");
    }
    request.extend(b"0\r\n\r\n");
    request
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_kept_and_above_it_not() {
    let rig = Rig::limited(small()).await;
    let most = of_length(20_000);
    assert_eq!(rig.deliver(&hook("/6"), &most).await.status, 200);
    assert_eq!(rig.deliver(&hook("/6"), of_length(20_001)).await.status, 413);
    let (one, two) = most.as_bytes().split_at(9_000);
    assert_eq!(rig.ask(chunked(&hook("/7"), &[one, two])).await.status, 200);
    assert_eq!(rig.ask(chunked(&hook("/6"), &[one, two, b" "])).await.status, 413);
    assert_eq!(rig.counts().of(Reason::BodyTooLarge), 2);
    assert_eq!(rig.events().len(), 2);
    assert_eq!(
        rig.reader().body(DeliveryId(2)).unwrap().unwrap(),
        most.as_bytes()
    );
}

#[tokio::test]
async fn a_body_said_to_be_too_large_is_not_waited_for() {
    let rig = Rig::limited(small()).await;
    // The last is more than a length can be.
    for (length, status) in [
        ("20001", 413),
        ("999999999999", 413),
        ("18446744073709551615", 431),
    ] {
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n",
            hook("/6")
        );
        assert_eq!(rig.ask(head).await.status, status, "{length}");
    }
}

/// A sender that is still at it must be able to hear why: a socket closed over unread bytes takes the answer back.
#[tokio::test]
async fn a_sender_of_far_too_much_hears_the_answer() {
    let rig = Rig::limited(small()).await;
    let body = of_length(8 << 20);
    for request in [
        post(&hook("/6"), &[], &body),
        chunked(&hook("/6"), &[body.as_bytes()]),
        post("/elsewhere", &[], &body),
    ] {
        let expected = if request.starts_with(b"POST /else") {
            404
        } else {
            413
        };
        let mut client = rig.connect().await;
        // All of it is taken, though nothing of it is kept.
        assert!(client.try_say(request).await);
        assert_eq!(client.hear().await.status, expected);
        client.closed().await;
    }
}

#[tokio::test]
async fn continue_is_said_only_to_what_will_be_read() {
    let rig = Rig::limited(small()).await;
    let body = booking(1);
    let head = |length: usize, path: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n")
    };
    let mut client = rig.connect().await;
    client.say(head(body.len(), &hook("/6"))).await;
    assert_eq!(client.hear().await.status, 100);
    client.say(&body).await;
    assert_eq!(client.hear().await.status, 200);

    assert_eq!(rig.ask(head(20_001, &hook("/6"))).await.status, 413);
    assert_eq!(rig.ask(head(10, "/elsewhere")).await.status, 404);
}

#[tokio::test]
async fn heads_over_the_limit_are_refused() {
    let rig = Rig::new().await;
    let fits = "x".repeat(31 * 1024);
    let answer = rig.ask(post(&hook("/6"), &[("X-Long", &fits)], booking(1))).await;
    assert_eq!(answer.status, 200);
    let long = "x".repeat(33 * 1024);
    let many: Vec<(String, String)> = (0..150)
        .map(|number| (format!("X-{number}"), "1".to_owned()))
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    for request in [
        post(&hook("/6"), &[("X-Long", &long)], booking(2)),
        post(&hook("/6"), &many, booking(2)),
        post(&hook(&format!("/6?{long}")), &[], booking(2)),
        // Without an end.
        format!("POST {} HTTP/1.1\r\nX-Long: {long}", hook("/6")).into_bytes(),
    ] {
        let mut client = rig.connect().await;
        client.try_say(request).await;
        assert_eq!(client.hear().await.status, 431);
        client.closed().await;
    }
    assert_eq!(rig.counts().of(Reason::HeadTooLarge), 4);
    assert_eq!(rig.events().len(), 1);
}

#[tokio::test]
async fn what_is_not_http_is_told_so() {
    let rig = Rig::new().await;
    for request in [
        "hello\r\n\r\n",
        "POST\r\n\r\n",
        "POST / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03",
    ] {
        let mut client = rig.connect().await;
        client.say(request).await;
        assert_eq!(client.hear().await.status, 400, "{request:?}");
        client.closed().await;
    }
    // Two lengths that differ, and a length beside chunks: where a request ends must not be a matter of taste.
    for lines in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5\r\nContent-Length: 5, 6\r\n",
        "Content-Length: -1\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
    ] {
        let request = format!("POST {} HTTP/1.1\r\nHost: x\r\n{lines}\r\nhello", hook("/6"));
        let mut client = rig.connect().await;
        client.say(request).await;
        assert_eq!(client.hear().await.status, 400, "{lines:?}");
    }
    assert_eq!(rig.counts().of(Reason::NotHttp), 9);
    assert_eq!(rig.events().len(), 0);
}

#[tokio::test]
async fn a_broken_body_is_not_kept() {
    let rig = Rig::new().await;
    // A chunk's length that is none.
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        hook("/6")
    );
    assert_eq!(rig.ask(request).await.status, 400);
    // Gone in the middle.
    let mut client = rig.connect().await;
    let request = post(&hook("/6"), &[], booking(1));
    client.say(&request[..request.len() - 9]).await;
    drop(client);
    rig.until("noticed", |rig| rig.counts().of(Reason::BrokenOff) == 2)
        .await;
    // Gone in the head.
    let mut client = rig.connect().await;
    client.say(&request[..40]).await;
    drop(client);
    rig.until("noticed", |rig| rig.counts().of(Reason::BrokenOff) == 3)
        .await;
    assert_eq!(rig.events().len(), 0);
}

fn hasty() -> Limits {
    Limits {
        // Long enough for a busy machine to read a whole request in, which some tests want.
        slow: Duration::from_millis(700),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_request_that_stays_incomplete_is_told_it_took_too_long() {
    let rig = Rig::limited(hasty()).await;
    let request = post(&hook("/6"), &[], booking(1));
    let mut clients = Vec::new();
    for end in [1, 40, request.len() - 100, request.len() - 1] {
        let mut client = rig.connect().await;
        client.say(&request[..end]).await;
        clients.push(client);
    }
    for mut client in clients {
        assert_eq!(client.hear().await.status, 408);
        client.closed().await;
    }
    assert_eq!(rig.counts().of(Reason::TooSlow), 4);
    assert_eq!(rig.events().len(), 0);
}

/// Each byte comes in time, the whole does not.
#[tokio::test]
async fn dripping_is_no_way_around() {
    let rig = Rig::limited(hasty()).await;
    let mut client = rig.connect().await;
    client.say("POST / HTTP/1.1\r\nX-Long: ").await;
    let (mut read, mut write) = client.stream.into_split();
    let drip = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let mut answer = String::new();
    use tokio::io::AsyncReadExt;
    // The end may be a reset, since the dripping went on; what was said before it is heard.
    let _ = read.read_to_string(&mut answer).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    drip.await.unwrap();
}

/// A second request in a connection has its own time, and a quiet connection has more.
#[tokio::test]
async fn a_quiet_connection_is_not_a_slow_request() {
    let rig = Rig::limited(hasty()).await;
    let mut quiet = rig.connect().await;
    let mut used = rig.connect().await;
    used.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(used.hear().await.status, 200);
    // Longer than the patience with a request: another has been through it meanwhile.
    let mut slow = rig.connect().await;
    slow.say("POST ").await;
    assert_eq!(slow.hear().await.status, 408);
    for (id, client) in [(2, &mut quiet), (3, &mut used)] {
        client.say(post(&hook("/6"), &[], booking(id))).await;
        assert_eq!(client.hear().await.status, 200);
    }
    used.say("POST ").await;
    assert_eq!(used.hear().await.status, 408);
}

#[tokio::test]
async fn bodies_together_are_bounded() {
    let rig = Rig::limited(Limits {
        in_flight_bytes: 30_000,
        at_ease: Duration::MAX,
        ..small()
    })
    .await;
    let body = of_length(20_000);
    let request = post(&hook("/6"), &[], &body);
    let (most, rest) = request.split_at(request.len() - 1);
    let mut first = rig.connect().await;
    first.say(most).await;
    // Its bytes count once they have been read: until then the second finds room.
    let mut id = 6;
    let refused = loop {
        id += 1;
        assert!(id < 1000, "there is room without end");
        let answer = rig.deliver(&hook(&format!("/{id}")), &body).await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(rig.counts().of(Reason::Busy), 1);
    // Small ones still have room, and the first is not hurt.
    assert_eq!(rig.deliver(&hook("/6"), booking(5)).await.status, 200);
    first.say(rest).await;
    assert_eq!(first.hear().await.status, 200);
    let answer = rig.deliver(&hook(&format!("/{id}")), &body).await;
    assert_eq!(answer.status, 200);
}
