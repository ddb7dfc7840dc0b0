//! The signature the platform makes: HMAC-SHA256, 64 upper-case hexadecimal digits, in the header
//! [`HEADER`].
//!
//! The platform's published .NET code turns key and text into bytes with `ASCIIEncoding`, which writes `?` for
//! every UTF-16 unit above 0x7F: a body with "José" is signed as "Jos?". Whether the live server does so is
//! not documented, so both ways are accepted: the bytes as they came, and the folded text.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::borrow::Cow;
use subtle::{Choice, ConstantTimeEq};

/// The header that carries the signature, in lower case.
pub const HEADER: &str = "x-nexudus-hook-signature";

/// Longest secret accepted, in characters.
pub const LONGEST_SECRET: usize = 1024;

/// Which of the two ways of signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// HMAC over the bytes as they came.
    RawBytes,
    /// HMAC over the text folded to ASCII.
    AsciiFolded,
}

/// Why a secret cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Nothing in it.
    Empty,
    /// Longer than [`LONGEST_SECRET`].
    TooLong,
    /// A character outside printable ASCII: the platform would sign with `?` in its place.
    NotAscii,
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            KeyError::Empty => "the secret is empty",
            KeyError::TooLong => "the secret is longer than 1024 characters",
            KeyError::NotAscii => {
                "the secret has a character that is not plain ASCII (the platform would turn it into a question \
                 mark): use letters, digits and punctuation only"
            }
        })
    }
}

impl std::error::Error for KeyError {}

/// Why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Not 64 hexadecimal digits.
    Malformed,
    /// No key makes it.
    Wrong,
}

/// A shared secret, ready to sign and check. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key of a secret; line ends at its end are not part of it (secrets are read from lines).
    pub fn new(secret: &str) -> Result<Key, KeyError> {
        let secret = secret.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(KeyError::Empty);
        }
        if secret.chars().count() > LONGEST_SECRET {
            return Err(KeyError::TooLong);
        }
        if !secret.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Err(KeyError::NotAscii);
        }
        Hmac::<Sha256>::new_from_slice(secret.as_bytes())
            .map(Key)
            .map_err(|_| KeyError::TooLong)
    }

    fn mac(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// The text of a body as the platform's published code sees it before signing: decoded as UTF-8, every UTF-16
/// unit above 0x7F replaced by `?` (a character outside the basic plane gives two).
pub fn fold_ascii(body: &[u8]) -> Cow<'_, [u8]> {
    if body.is_ascii() {
        return Cow::Borrowed(body);
    }
    // Looking whether it is sound is fast, looking for what is not is slow.
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let mut folded = Vec::with_capacity(text.len());
    for piece in text.as_bytes().chunks(16) {
        if piece.is_ascii() {
            folded.extend_from_slice(piece);
            continue;
        }
        for byte in piece {
            match byte {
                0..=0x7f => folded.push(*byte),
                // Further bytes of a character whose first one has been counted.
                0x80..=0xbf => {}
                0xc0..=0xef => folded.push(b'?'),
                0xf0..=0xff => folded.extend_from_slice(b"??"),
            }
        }
    }
    Cow::Owned(folded)
}

/// Which key, by its place in `keys`, and which rule makes this signature. Every key is tried whatever the
/// outcome, and each comparison takes the same time. Case and surrounding space of the header do not matter.
pub fn check<'k>(
    body: &[u8],
    header: &str,
    keys: impl IntoIterator<Item = &'k Key>,
) -> Result<(usize, Rule), Mismatch> {
    let given = decode_hex(header.trim()).ok_or(Mismatch::Malformed)?;
    let folded = fold_ascii(body);
    let mut found = None;
    for (index, key) in keys.into_iter().enumerate() {
        let raw: Choice = key.mac(body).ct_eq(&given);
        if found.is_none() && bool::from(raw) {
            found = Some((index, Rule::RawBytes));
        }
        if let Cow::Owned(folded) = &folded {
            let by_text: Choice = key.mac(folded).ct_eq(&given);
            if found.is_none() && bool::from(by_text) {
                found = Some((index, Rule::AsciiFolded));
            }
        }
    }
    found.ok_or(Mismatch::Wrong)
}

/// The signature of a body, as the platform writes it.
pub fn sign(body: &[u8], key: &Key, rule: Rule) -> String {
    let mac = match rule {
        Rule::RawBytes => key.mac(body),
        Rule::AsciiFolded => key.mac(&fold_ascii(body)),
    };
    let mut text = String::with_capacity(64);
    for byte in mac {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(if digit < 10 {
                b'0' + digit
            } else {
                b'A' + digit - 10
            }));
        }
    }
    text
}

fn decode_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Vector {
        name: String,
        secret: String,
        body: String,
        signature: String,
        raw: bool,
    }

    fn vectors() -> Vec<Vector> {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../fixtures/signing-vectors.json")).unwrap();
        let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
        file["vectors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| Vector {
                name: text(&v["name"]),
                secret: text(&v["secret"]),
                body: text(&v["body"]),
                signature: text(&v["signature"]),
                raw: v["raw_bytes_match"].as_bool().unwrap(),
            })
            .collect()
    }

    #[test]
    fn signatures_of_dotnet_code_hold() {
        let vectors = vectors();
        assert_eq!(vectors.len(), 34);
        for v in &vectors {
            let key = Key::new(&v.secret).unwrap();
            let rule = if v.raw { Rule::RawBytes } else { Rule::AsciiFolded };
            assert_eq!(
                check(v.body.as_bytes(), &v.signature, [&key]),
                Ok((0, rule)),
                "{}",
                v.name
            );
            assert_eq!(
                sign(v.body.as_bytes(), &key, Rule::AsciiFolded),
                v.signature,
                "{}",
                v.name
            );
            let other = Key::new("another secret").unwrap();
            let lower = format!(" {} ", v.signature.to_lowercase());
            assert_eq!(
                check(v.body.as_bytes(), &lower, [&other, &key]),
                Ok((1, rule)),
                "{}",
                v.name
            );
            assert_eq!(
                check(v.body.as_bytes(), &v.signature, [&other]),
                Err(Mismatch::Wrong)
            );
        }
    }

    /// A flip inside a character that is folded away can leave the signed text as it was ("é" to "è" are both
    /// `?`): that is the platform's rule, not ours to mend. Every flip that changes the signed text must fail.
    #[test]
    fn one_flipped_bit_fails() {
        for v in vectors() {
            let key = Key::new(&v.secret).unwrap();
            let body = v.body.as_bytes();
            let mut failed = 0;
            let last = body.len();
            for place in (0..last).filter(|at| *at < 160 || at + 16 > last || at % 97 == 0) {
                for bit in 0..8 {
                    let mut flipped = body.to_vec();
                    flipped[place] ^= 1 << bit;
                    if fold_ascii(&flipped) == fold_ascii(body) {
                        continue;
                    }
                    failed += 1;
                    assert_eq!(
                        check(&flipped, &v.signature, [&key]),
                        Err(Mismatch::Wrong),
                        "{}",
                        v.name
                    );
                }
            }
            assert!(failed > 0 || body.is_empty(), "{}", v.name);
            let signature = decode_hex(&v.signature).unwrap();
            for place in 0..256 {
                let mut flipped = signature;
                flipped[place / 8] ^= 1 << (place % 8);
                let text: String = flipped.iter().map(|b| format!("{b:02X}")).collect();
                assert_eq!(check(body, &text, [&key]), Err(Mismatch::Wrong), "{}", v.name);
            }
        }
    }

    #[test]
    fn folds_by_utf16_units() {
        for (body, folded) in [
            (&b"plain"[..], &b"plain"[..]),
            ("Zoë €".as_bytes(), b"Zo? ?"),
            ("🎉 é".as_bytes(), b"?? ?"),
            (b"\xef\xbb\xbf[]", b"?[]"),
            (b"a\xffb", b"a?b"),
            (b"\xe2\x82x", b"?x"),
            (b"\xf0\x9f\x8e", b"?"),
            (b"\xc0\x80", b"??"),
        ] {
            assert_eq!(&*fold_ascii(body), folded, "{}", body.escape_ascii());
        }
    }

    #[test]
    fn malformed_headers_are_told_apart() {
        let key = Key::new("k").unwrap();
        for header in [
            "",
            "abc",
            &"G".repeat(64),
            &"A".repeat(63),
            &"A".repeat(66),
            &"é".repeat(32),
        ] {
            assert_eq!(check(b"[]", header, [&key]), Err(Mismatch::Malformed), "{header}");
        }
    }

    #[test]
    fn secrets_are_ascii() {
        assert_eq!(Key::new("").unwrap_err(), KeyError::Empty);
        assert_eq!(Key::new("\n").unwrap_err(), KeyError::Empty);
        assert_eq!(Key::new("pässword").unwrap_err(), KeyError::NotAscii);
        assert_eq!(Key::new(&"x".repeat(1025)).unwrap_err(), KeyError::TooLong);
        let (plain, line) = (Key::new("s e c").unwrap(), Key::new("s e c\r\n").unwrap());
        assert_eq!(
            sign(b"x", &plain, Rule::RawBytes),
            sign(b"x", &line, Rule::RawBytes)
        );
        assert!(!format!("{plain:?}").contains("s e c"));
    }
}
