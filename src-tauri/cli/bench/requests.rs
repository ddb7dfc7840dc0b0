//! Requests made before any clock starts: whole, signed, as bytes for the wire.

use anyhow::Context as _;
use nexwatch_nexudus::signature::{Key, Rule};
use nexwatch_sample::{Delivery, Options, Platform};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::Path;

/// The hook's path while measuring.
pub(super) const HOOK_KEY: &str = "0123456789abcdef0123456789abcdef";
/// The shared secret while measuring.
const SECRET: &str = "a secret for measuring only";
/// The length of a body, on average.
pub(super) const MEAN_BYTES: usize = 2_048;
/// What is told of happened within the last hour.
const STRETCH: i64 = 3_600_000;

/// The key that signs.
pub(super) fn key() -> anyhow::Result<Key> {
    Ok(Key::new(SECRET)?)
}

/// A network whose bodies are 2 KiB on average.
pub(super) fn platform(seed: u64, start: i64) -> Platform {
    let options = Options {
        mean_bytes: Some(MEAN_BYTES),
        ..Options::default()
    };
    Platform::with(seed, start, options)
}

/// Writes so many requests to a file, each after its length (4 bytes, little end first).
pub(super) fn write(file: &Path, count: u32) -> anyhow::Result<()> {
    let key = key()?;
    let now = jiff::Timestamp::now().as_millisecond();
    let start = now - STRETCH;
    let mut platform = platform(now.unsigned_abs(), start);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    for n in 0..i64::from(count) {
        let delivery = platform.next(start + STRETCH * n / i64::from(count));
        let request = request(&delivery, &key);
        out.write_all(&u32::try_from(request.len())?.to_le_bytes())?;
        out.write_all(&request)?;
    }
    out.flush().context("the requests cannot be written")
}

fn request(delivery: &Delivery, key: &Key) -> Vec<u8> {
    let path = delivery.path(&format!("/hooks/{HOOK_KEY}"));
    let signature = delivery.sign(key, Rule::AsciiFolded);
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: nexwatch-bench\r\n\
         Content-Type: application/json; charset=utf-8\r\nX-Nexudus-Hook-Signature: {signature}\r\n\
         Content-Length: {}\r\n\r\n",
        delivery.body.len()
    )
    .into_bytes();
    request.extend_from_slice(&delivery.body);
    request
}

/// Requests as they were written.
pub(super) struct Requests {
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Requests {
    /// Reads them all into memory.
    pub fn read(file: &Path) -> anyhow::Result<Requests> {
        let bytes = std::fs::read(file)?;
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(length) = bytes.get(at..at + 4) {
            let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
            let place = at + 4..at + 4 + length;
            at = place.end;
            anyhow::ensure!(at <= bytes.len(), "the requests are cut off");
            places.push(place);
        }
        Ok(Requests { bytes, places })
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The n-th.
    pub fn get(&self, n: usize) -> Option<&[u8]> {
        self.bytes.get(self.places.get(n)?.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexwatch_nexudus::signature;

    #[test]
    fn requests_are_whole_signed_and_about_two_kilobytes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("requests");
        write(&file, 500).unwrap();
        let requests = Requests::read(&file).unwrap();
        assert_eq!(requests.len(), 500);
        assert!(requests.get(500).is_none());
        let key = key().unwrap();
        let mut bytes = 0;
        for n in 0..500 {
            let request = requests.get(n).unwrap();
            let end = request.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
            let (head, body) = (std::str::from_utf8(&request[..end]).unwrap(), &request[end..]);
            let value = |name: &str| {
                let line = head.lines().find(|line| line.starts_with(name)).unwrap();
                line.split_once(": ").unwrap().1.to_owned()
            };
            assert_eq!(value("Content-Length").parse::<usize>().unwrap(), body.len());
            signature::check(body, &value("X-Nexudus-Hook-Signature"), [&key]).unwrap();
            assert!(head.starts_with(&format!("POST /hooks/{HOOK_KEY}/")));
            bytes += body.len();
        }
        assert!((1_800..2_300).contains(&(bytes / 500)), "{}", bytes / 500);
    }
}
