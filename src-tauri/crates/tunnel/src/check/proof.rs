//! How a self-test proves that it came back to this very program, and to no other.

use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The key of one run of the program, which both ends of a self-test know: this one asks, the listener answers.
pub struct Proof(Zeroizing<[u8; 32]>);

impl Proof {
    /// With the run's key, made at the program's start.
    pub fn new(run_key: [u8; 32]) -> Proof {
        Proof(Zeroizing::new(run_key))
    }

    /// What a test's header says of itself: `{nonce}.{mac}`, both hex.
    pub(super) fn ask(&self, nonce: &str) -> String {
        format!("{nonce}.{}", self.mac("ask:", nonce))
    }

    /// Whether this is the listener's answer to it.
    pub(super) fn answers(&self, nonce: &str, body: &[u8]) -> bool {
        let right = self.mac("answer:", nonce);
        body.trim_ascii().ct_eq(right.as_bytes()).into()
    }

    fn mac(&self, word: &str, nonce: &str) -> String {
        // Only a key of no fixed length can be refused, which this kind has not.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else {
            return String::new();
        };
        mac.update(word.as_bytes());
        mac.update(nonce.as_bytes());
        hex(&mac.finalize().into_bytes())
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// A name for one test that nobody has used before: 32 hex digits.
pub(super) fn nonce() -> String {
    let mut bytes = [0; 16];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_and_knows_the_answer() {
        let proof = Proof::new([7; 32]);
        let nonce = "000102030405060708090a0b0c0d0e0f";
        // Made with: printf 'ask:000102030405060708090a0b0c0d0e0f' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
        assert_eq!(
            proof.ask(nonce),
            format!("{nonce}.46e71201c2110612138e27fe3f19dac498911d65428a0bddf6be4f1861da517d")
        );
        assert!(proof.answers(
            nonce,
            b"394716e76693a016e11b2cba29da7619a4e5fd0dc3991a451737928b6b619ebe"
        ));
        assert!(!proof.answers(nonce, proof.mac("ask:", nonce).as_bytes()));
        assert!(!proof.answers(nonce, b""));
        assert!(!Proof::new([8; 32]).answers(
            nonce,
            b"394716e76693a016e11b2cba29da7619a4e5fd0dc3991a451737928b6b619ebe"
        ));
    }

    #[test]
    fn no_nonce_twice() {
        assert_eq!(nonce().len(), 32);
        assert_ne!(nonce(), nonce());
        assert_eq!(format!("{:?}", Proof::new([7; 32])), "Proof(…)");
    }
}
