//! Proof: what is genuine, what is not, and what either is told.

use crate::support::*;
use nexwatch_receive::{Reason, Refused};
use nexwatch_store::{Refusal, SecretId, Signature, SignatureRule};

fn verified(rule: SignatureRule, secret: u32) -> Signature {
    Signature::Verified {
        rule,
        secret: SecretId(secret),
    }
}

#[tokio::test]
async fn both_rules_are_accepted_and_kept() {
    let rig = Rig::signed(vec![secret(3, None, "s3cret")]).await;
    let (one, two, three) = (booking(1), booking(2), booking(3));
    let signatures = [
        (raw(&one, "s3cret"), &one, SignatureRule::RawBytes),
        (folded(&two, "s3cret"), &two, SignatureRule::AsciiFolded),
        (
            format!("  {}  ", raw(&three, "s3cret").to_lowercase()),
            &three,
            SignatureRule::RawBytes,
        ),
    ];
    for (number, (signature, body, rule)) in signatures.iter().enumerate() {
        let answer = rig.deliver_signed(&hook("/6/7"), signature, body).await;
        assert_eq!(answer.status, 200);
        assert_eq!(rig.delivery(number as i64 + 1).signature, verified(*rule, 3));
    }
    assert!(rig.store.writer.has_matched(SecretId(3)));
}

#[tokio::test]
async fn dotnet_signatures_are_accepted() {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../../nexudus/fixtures/signing-vectors.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let rig = Rig::new().await;
    for vector in vectors {
        rig.keys
            .set(vec![secret(1, None, vector["secret"].as_str().unwrap())]);
        let (body, signature) = (
            vector["body"].as_str().unwrap(),
            vector["signature"].as_str().unwrap(),
        );
        let answer = rig.deliver_signed(&hook("/6"), signature, body).await;
        assert_eq!(answer.status, 200, "{}", vector["name"]);
    }
    assert_eq!(rig.counts().acknowledged, 34);
    assert_eq!(rig.quarantined(), 0);
}

#[tokio::test]
async fn each_secret_is_tried() {
    let rig = Rig::signed(vec![
        secret(1, Some(7), "of seven"),
        secret(2, Some(8), "of eight"),
        secret(3, None, "new"),
        secret(4, None, "previous"),
    ])
    .await;
    let signed = [
        ("/6/7", "of seven", 1),
        ("/6/8", "of eight", 2),
        ("/6/8", "previous", 4),
        ("/6/9", "new", 3),
        ("/6", "of eight", 2),
        // Genuine all the same: signed by a secret of ours, under a mistyped location.
        ("/6/8", "of seven", 1),
        ("/6/seven", "of seven", 1),
    ];
    for (number, (path, text, id)) in signed.iter().enumerate() {
        let body = booking(number as i64 + 1);
        let answer = rig.deliver_signed(&hook(path), &raw(&body, text), &body).await;
        assert_eq!(answer.status, 200, "{path} {text}");
        assert_eq!(
            rig.delivery(number as i64 + 1).signature,
            verified(SignatureRule::RawBytes, *id),
            "{path} {text}"
        );
    }
}

#[tokio::test]
async fn what_fails_is_kept_apart_and_told_by_what_is_known_of_the_secret() {
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    let body = booking(1);
    let right = raw(&body, "right");
    let flipped = body.replace("Blue", "Blud");
    let wrong = raw(&body, "wrong");
    let mut number = 0;
    for (proved, status, reason) in [(false, 202, Reason::Unproven), (true, 401, Reason::Signature)] {
        if proved {
            let answer = rig.deliver_signed(&hook("/6/7"), &right, &body).await;
            assert_eq!(answer.status, 200);
        }
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, Refusal);
        let cases: [Case; 6] = [
            (&[], &body, Refusal::Missing),
            (
                &[("X-Nexudus-Hook-Signature", "nonsense")],
                &body,
                Refusal::Malformed,
            ),
            (&[("X-Nexudus-Hook-Signature", "")], &body, Refusal::Malformed),
            (&[("X-Nexudus-Hook-Signature", &wrong)], &body, Refusal::Wrong),
            (&[("X-Nexudus-Hook-Signature", &right)], &flipped, Refusal::Wrong),
            (
                &[
                    ("X-Nexudus-Hook-Signature", &wrong),
                    ("x-nexudus-hook-signature", &right),
                ],
                &body,
                Refusal::Ambiguous,
            ),
        ];
        for (headers, body, refusal) in cases {
            let answer = rig.ask(post(&hook("/6/7"), headers, body)).await;
            assert_eq!(answer.status, status, "{refusal:?}");
            number += u32::from(!proved);
            let heard: Vec<Refused> = rig.heard();
            assert_eq!(heard.len(), 1);
            assert_eq!(
                (heard[0].reason, heard[0].signature, heard[0].location),
                (reason, Some(refusal), Some(7))
            );
            let kept = heard[0].quarantined.unwrap();
            assert_eq!(kept.arrivals, 1 + u32::from(proved));
            let row = rig.reader().quarantine(Some(kept.id + 1), 1).unwrap().remove(0);
            assert_eq!(
                (row.reason, row.body.as_deref()),
                (refusal, Some(body.as_bytes()))
            );
            assert_eq!(row.route.location, Some(7));
        }
        assert_eq!(rig.quarantined(), number);
        assert_eq!(rig.counts().of(reason), 6);
    }
    assert_eq!(rig.events().len(), 1);
    assert_eq!(rig.counts().acknowledged, 1);
}

#[tokio::test]
async fn a_signature_said_twice_alike_is_one() {
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    let body = booking(1);
    let right = raw(&body, "right");
    let headers = [
        ("X-Nexudus-Hook-Signature", &*right),
        ("X-Nexudus-Hook-Signature", &*right),
    ];
    assert_eq!(rig.ask(post(&hook("/6"), &headers, &body)).await.status, 200);
}

/// A typing error in one location's secret must not have that location's webhooks switched off, whatever the
/// others have proved.
#[tokio::test]
async fn each_location_is_judged_by_its_own_secrets() {
    let rig = Rig::signed(vec![
        secret(1, Some(7), "of seven"),
        secret(2, Some(8), "mistyped"),
    ])
    .await;
    let body = booking(1);
    let answer = rig
        .deliver_signed(&hook("/6/7"), &raw(&body, "of seven"), &body)
        .await;
    assert_eq!(answer.status, 200);
    let wrong = raw(&body, "of eight");
    for (path, status) in [
        ("/6/7", 401),
        ("/6/8", 202),
        // Nothing is known of its secret.
        ("/6/9", 202),
        // Anyone's.
        ("/6", 401),
    ] {
        let answer = rig.deliver_signed(&hook(path), &wrong, &body).await;
        assert_eq!(answer.status, status, "{path}");
    }
    // A general secret that has matched speaks for every location.
    rig.keys
        .set(vec![secret(2, Some(8), "mistyped"), secret(3, None, "general")]);
    let other = booking(2);
    let answer = rig
        .deliver_signed(&hook("/6/9"), &raw(&other, "general"), &other)
        .await;
    assert_eq!(answer.status, 200);
    let answer = rig.deliver_signed(&hook("/6/8"), &wrong, &body).await;
    assert_eq!(answer.status, 401);
    // Just changed: the new one has never matched.
    rig.keys.set(vec![secret(4, None, "corrected")]);
    let answer = rig.deliver_signed(&hook("/6/8"), &wrong, &body).await;
    assert_eq!(answer.status, 202);
}

#[tokio::test]
async fn without_a_secret_everything_is_kept_unsigned() {
    let rig = Rig::new().await;
    let body = booking(1);
    let answer = rig
        .deliver_signed(&hook("/6"), &raw(&body, "unknown here"), &body)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(rig.delivery(1).signature, Signature::Unsigned);
}

#[tokio::test]
async fn secrets_that_cannot_be_read_put_deliveries_off() {
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    rig.keys.fail();
    let body = booking(1);
    let right = raw(&body, "right");
    for headers in [&[][..], &[("X-Nexudus-Hook-Signature", &*right)]] {
        let answer = rig.ask(post(&hook("/6"), headers, &body)).await;
        assert_eq!(answer.status, 503);
        assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
    }
    assert_eq!(rig.counts().of(Reason::Keys), 2);
    assert_eq!((rig.events().len(), rig.quarantined()), (0, 0));
    rig.keys.set(vec![secret(1, None, "right")]);
    let answer = rig.deliver_signed(&hook("/6"), &right, &body).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_large_body_is_checked_like_any_other() {
    let rig = Rig::signed(vec![secret(1, None, "right")]).await;
    let body = booking(1).replace("Blue room", &"Zoë's room 🎉 ".repeat(20_000));
    let right = folded(&body, "right");
    assert!(body.len() > 256 * 1024);
    let answer = rig.deliver_signed(&hook("/6"), &raw(&body, "wrong"), &body).await;
    assert_eq!(answer.status, 202);
    let answer = rig.deliver_signed(&hook("/6"), &right, &body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(rig.delivery(1).body, body.as_bytes());
    assert_eq!(rig.delivery(1).signature, verified(SignatureRule::AsciiFolded, 1));
}
