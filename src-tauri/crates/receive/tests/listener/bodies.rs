//! Which bodies get in, and what becomes of them.

use crate::support::*;
use nexwatch_store::{DeliveryId, Flags};

#[tokio::test]
async fn any_body_is_kept_as_it_came() {
    let rig = Rig::new().await;
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("[{\"Id\":1}]".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let long = format!("[{{\"Id\":9,\"Notes\":\"{}\"}}]", "café ".repeat(60_000));
    let bodies: [(&[u8], bool); 11] = [
        (br#"[{"Id":5,"ResourceName":"Blue"}]"#, true),
        (br#"{"Id":5,"ResourceName":"Bare"}"#, true),
        (b" [ {\"Id\" : 0.10} ] \r\n", true),
        (&wide, true),
        (long.as_bytes(), true),
        (b"", false),
        (b"[]", false),
        (b"null", false),
        (b"action=6&id=7", false),
        (b"\x00\xff\xfe not text at all", false),
        (b"[{\"Id\":5,", false),
    ];
    for (number, (body, readable)) in bodies.iter().enumerate() {
        let answer = rig.deliver(&hook("/6"), body).await;
        assert_eq!(answer.status, 200, "{}", body.escape_ascii());
        let id = DeliveryId(number as i64 + 1);
        assert_eq!(rig.reader().body(id).unwrap().unwrap(), *body);
        let event = rig
            .events()
            .into_iter()
            .find(|event| event.delivery == id)
            .unwrap();
        assert_eq!(
            !event.flags.has(Flags::UNREADABLE),
            *readable,
            "{}",
            event.say(&nexwatch_nexudus::Voice::default(), None)
        );
    }
}

#[tokio::test]
async fn any_content_type_is_read() {
    let rig = Rig::new().await;
    for (id, kind) in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "nonsense",
    ]
    .iter()
    .enumerate()
    {
        let body = booking(id as i64 + 1);
        let request = String::from_utf8(post(&hook("/6"), &[], &body)).unwrap();
        let answer = rig.ask(request.replace("application/json", kind)).await;
        assert_eq!(answer.status, 200);
    }
    assert!(rig.events().iter().all(|event| event.entity_id.is_some()));
    let without = post(&hook("/6"), &[], booking(9));
    let without = String::from_utf8(without)
        .unwrap()
        .replace("Content-Type: application/json\r\n", "");
    assert_eq!(rig.ask(without).await.status, 200);
}

#[tokio::test]
async fn an_array_of_many_is_an_event_each() {
    let rig = Rig::new().await;
    let many: Vec<String> = (1..=50).map(|id| booking(id).replace(['[', ']'], "")).collect();
    let answer = rig
        .deliver(&hook("/BookingCreate/7"), format!("[{}]", many.join(",")))
        .await;
    assert_eq!(answer.status, 200);
    let events = rig.events();
    assert_eq!(events.len(), 50);
    assert!(
        events
            .iter()
            .all(|event| event.delivery == DeliveryId(1) && event.location_id == Some(7))
    );
    assert_eq!(rig.delivery(1).events, 50);
}

#[tokio::test]
async fn a_repeat_is_acknowledged_and_is_no_second_event() {
    let rig = Rig::new().await;
    for _ in 0..3 {
        assert_eq!(rig.deliver(&hook("/6/7"), booking(1)).await.status, 200);
    }
    // The same booking as it was, in other bytes.
    let spaced = booking(1).replace(',', " , ");
    assert_eq!(rig.deliver(&hook("/6/7"), spaced).await.status, 200);
    // Another action of the same body is another event.
    assert_eq!(rig.deliver(&hook("/7/7"), booking(1)).await.status, 200);
    let events = rig.events();
    assert_eq!(events.len(), 2);
    let first = events
        .iter()
        .find(|event| event.delivery == DeliveryId(1))
        .unwrap();
    assert!(first.flags.has(Flags::REPEAT));
    assert_eq!(rig.reader().repeats(first.id).unwrap().len(), 3);
    assert_eq!(rig.counts().acknowledged, 5);
}

#[tokio::test]
async fn a_body_in_pieces_is_one_body() {
    let rig = Rig::new().await;
    let body = booking(1);
    let mut client = rig.connect().await;
    let request = post(&hook("/6"), &[], &body);
    for piece in request.chunks(7) {
        client.say(piece).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(client.hear().await.status, 200);
    // Chunked, in the same connection.
    let body = booking(2);
    client
        .say(format!(
            "POST {} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
            hook("/6")
        ))
        .await;
    for piece in body.as_bytes().chunks(50) {
        client.say(format!("{:x};note=1\r\n", piece.len())).await;
        client.say(piece).await;
        client.say("\r\n").await;
    }
    client.say("0\r\nTrailer: 1\r\n\r\n").await;
    assert_eq!(client.hear().await.status, 200);
    assert_eq!(
        rig.reader().body(DeliveryId(2)).unwrap().unwrap(),
        body.as_bytes()
    );
}
