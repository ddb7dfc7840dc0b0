//! What comes through the public address: self-tests, and the first proof that something gets through.

use crate::support::*;
use hmac::{Hmac, KeyInit, Mac};
use nexwatch_receive::TEST_HEADER;
use sha2::Sha256;

const NONCE: &str = "00112233445566778899aabbccddeeff";

fn mac(key: [u8; 32], text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn test(key: [u8; 32]) -> String {
    format!("{NONCE}.{}", mac(key, &format!("ask:{NONCE}")))
}

#[tokio::test]
async fn a_self_test_is_answered_and_never_kept() {
    let rig = Rig::signed(vec![secret(1, None, "s3cret")]).await;
    let mut client = rig.connect().await;
    let test = test(PROOF);
    client
        .say(post(&hook(""), &[(TEST_HEADER, test.as_str())], "[]"))
        .await;
    let answer = client.hear().await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, mac(PROOF, &format!("answer:{NONCE}")).as_str())
    );
    // The connection goes on, and nothing was kept or refused.
    let body = booking(1);
    let signature = raw(&body, "s3cret");
    client
        .say(post(
            &hook("/6"),
            &[("x-nexudus-hook-signature", &signature)],
            &body,
        ))
        .await;
    assert_eq!(client.hear().await.status, 200);
    assert_eq!((rig.events().len(), rig.quarantined()), (1, 0));
    assert_eq!((rig.counts().tests, rig.counts().acknowledged), (1, 1));
    assert!(rig.heard().is_empty());
}

#[tokio::test]
async fn a_self_test_proves_the_path_too() {
    let rig = Rig::new().await;
    let headers = |value: &str| vec![(TEST_HEADER.to_owned(), value.to_owned())];
    let ask = async |path: &str, headers: Vec<(String, String)>| {
        let mut client = rig.connect().await;
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        client.say(post(path, &headers, "[]")).await;
        client.hear().await
    };
    let wrong_key = "/hooks/ffffffffffffffffffffffffffffffff";
    assert_eq!(ask(wrong_key, headers(&test(PROOF))).await.status, 404);
    // Of another run of the program, or of a stranger: a delivery like any other.
    let answer = ask(&hook(""), headers(&test([8; 32]))).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "Kept.\n"));
    assert_eq!(rig.counts().tests, 0);
}

#[tokio::test]
async fn what_a_secret_proves_from_outside_is_heard_of() {
    let rig = Rig::signed(vec![secret(1, None, "s3cret")]).await;
    let heard = || rig.proved.lock().unwrap().len();
    let send = async |id: i64, forwarded: bool, right: bool| {
        let body = booking(id);
        let signature = raw(&body, if right { "s3cret" } else { "wrong" });
        let mut headers = vec![("x-nexudus-hook-signature", signature.as_str())];
        if forwarded {
            headers.push(("x-forwarded-for", "203.0.113.7"));
        }
        let mut client = rig.connect().await;
        client.say(post(&hook("/6"), &headers, &body)).await;
        client.hear().await.status
    };
    assert_eq!((send(1, false, true).await, heard()), (200, 0));
    assert_eq!((send(2, true, false).await, heard()), (401, 0));
    assert_eq!((send(3, true, true).await, heard()), (200, 1));
    // Through a tunnel there is no need of a header.
    let (ours, theirs) = tokio::io::duplex(10_000);
    let listener = rig.listener.clone();
    let served = tokio::spawn(async move { listener.serve_stream(theirs, Default::default()).await });
    let mut client = Client::over(ours);
    let body = booking(4);
    let signature = raw(&body, "s3cret");
    client
        .say(post(
            &hook("/6"),
            &[("x-nexudus-hook-signature", &signature)],
            &body,
        ))
        .await;
    assert_eq!((client.hear().await.status, heard()), (200, 2));
    assert_eq!(rig.listener.in_flight(), 0);
    drop(client);
    served.await.unwrap();
}
