//! The far end of the self-test: a request that this very program sent out, and that came back through its public
//! address. It is answered, counted, and never kept.

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;
use std::fmt::Write;

/// Carries a test: `{nonce}.{HMAC-SHA256 of "ask:" and the nonce}`, both in hexadecimal.
pub const TEST_HEADER: &str = "x-nexwatch-test";

/// A nonce's length, in hexadecimal digits.
const NONCE: usize = 32;

/// Knows the key by which a test is told from everything else. It is made anew at each start.
#[derive(Clone)]
pub struct Proof([u8; 32]);

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

impl Proof {
    /// With a key of 32 random bytes.
    pub fn new(key: [u8; 32]) -> Proof {
        Proof(key)
    }

    fn mac(&self, purpose: &str, nonce: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(purpose.as_bytes());
        mac.update(nonce.as_bytes());
        Some(mac)
    }

    /// What a test is answered; nothing if a request is no test of ours.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Option<String> {
        let value = headers.get(TEST_HEADER)?.to_str().ok()?;
        let (nonce, given) = value.split_once('.')?;
        if nonce.len() != NONCE || !nonce.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let given = bytes_of(given)?;
        self.mac("ask:", nonce)?.verify_slice(&given).ok()?;
        let mut answer = String::with_capacity(64);
        for byte in self.mac("answer:", nonce)?.finalize().into_bytes() {
            let _ = write!(answer, "{byte:02x}");
        }
        Some(answer)
    }
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn hex(mac: Hmac<Sha256>) -> String {
        mac.finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn headers(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(TEST_HEADER, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        headers
    }

    #[test]
    fn only_a_test_of_ours_is_answered() {
        let (proof, other) = (Proof::new([7; 32]), Proof::new([8; 32]));
        let nonce = "0123456789abcdef0123456789abcdef";
        let ask = hex(proof.mac("ask:", nonce).unwrap());
        let expected = hex(proof.mac("answer:", nonce).unwrap());
        assert_eq!(
            proof.answer(&headers(&format!("{nonce}.{ask}"))),
            Some(expected.clone())
        );
        assert_ne!(expected, ask);
        for wrong in [
            String::new(),
            nonce.to_owned(),
            format!("{nonce}."),
            format!("{nonce}.{}", &ask[2..]),
            format!("{nonce}.{expected}"),
            format!("{}.{ask}", &nonce[1..]),
            format!("{nonce}.{}", hex(other.mac("ask:", nonce).unwrap())),
            format!("{nonce}.{}é", &ask[2..]),
        ] {
            assert_eq!(proof.answer(&headers(&wrong)), None, "{wrong}");
        }
        assert_eq!(proof.answer(&HeaderMap::new()), None);
        assert_eq!(format!("{proof:?}"), "Proof(…)");
    }
}
