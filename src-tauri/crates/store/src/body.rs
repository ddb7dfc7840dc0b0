//! Bodies, compressed with a dictionary that is kept in the database: about eight times smaller than plain.
//!
//! A dictionary's number stands beside every body. Dictionaries are never changed or removed.

use crate::{Packed, StoreError};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::sync::{Arc, RwLock};
use zstd::bulk::Compressor;
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{CParameter, DCtx, Strategy, get_error_name};

/// Trained on sample bodies (`examples/dictionary.rs`), so that a first body is already small.
pub(crate) const SHIPPED: &[u8] = include_bytes!("../dictionary/samples.bin");

/// How a body is packed: the more wait, the less time it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As small as is worth its time where hardly anything else is to be done, as in most hours: a fourteenth smaller than
    /// [`Pace::Calm`] in somewhat over twice the time, some 24 µs instead of 10 for a body of 2 kB; a hundred where the caches
    /// hold other things.
    Quiet,
    /// As small as is worth its time where some wait. The quarantine knows a body by these very bytes, which older programs
    /// wrote as well: packed in another way, what arrives again would stand there twice.
    Calm,
    /// In well under half of the time (and with a fifth of the memory to look things up in, which leaves the cores' caches to
    /// others), for a sixth more bytes.
    Burst,
}

/// A body of more is refused when it is unpacked (the listener's limit is far below).
const LARGEST: usize = 256 * 1024 * 1024;

struct Dictionary {
    bytes: Vec<u8>,
    decoder: DecoderDictionary<'static>,
}

/// Packs and unpacks bodies. Cheap to clone; used from any thread.
#[derive(Clone)]
pub(crate) struct Packer {
    dictionaries: Arc<RwLock<FxHashMap<u32, Arc<Dictionary>>>>,
    current: Arc<RwLock<(u32, Option<Arc<Dictionary>>)>>,
}

thread_local! {
    /// Contexts are costly to make: one a thread and pace, for the dictionary last used.
    static CONTEXTS: RefCell<[Option<Context>; 3]> = const { RefCell::new([None, None, None]) };
    /// Likewise; any dictionary can be used with it.
    static UNPACKING: RefCell<Option<DCtx<'static>>> = RefCell::new(DCtx::try_create());
}

/// What packs with a dictionary.
type Context = (Arc<Dictionary>, Compressor<'static>);

/// Neither the dictionary's number nor the length is written into every body: both stand beside it.
fn compressor(dictionary: &[u8], pace: Pace) -> std::io::Result<Compressor<'static>> {
    let (level, parameters): (i32, &[CParameter]) = match pace {
        // By measure: smaller than the ways of this level and the next ones up to those that take many times as long.
        // Larger tables than these make nothing smaller, with this much to look things up in.
        Pace::Quiet => (
            9,
            &[
                CParameter::Strategy(Strategy::ZSTD_btlazy2),
                CParameter::SearchLog(4),
                CParameter::HashLog(16),
            ],
        ),
        Pace::Calm => (5, &[]),
        Pace::Burst => (
            3,
            &[
                CParameter::Strategy(Strategy::ZSTD_dfast),
                CParameter::HashLog(16),
                CParameter::ChainLog(14),
            ],
        ),
    };
    let mut made = Compressor::with_dictionary(level, dictionary)?;
    for parameter in parameters {
        made.set_parameter(*parameter)?;
    }
    made.set_parameter(CParameter::MinMatch(6))?;
    made.set_parameter(CParameter::DictIdFlag(false))?;
    made.set_parameter(CParameter::ContentSizeFlag(false))?;
    Ok(made)
}

impl Packer {
    pub fn new() -> Packer {
        Packer {
            dictionaries: Arc::default(),
            current: Arc::new(RwLock::new((0, None))),
        }
    }

    /// Makes a dictionary known; the highest number packs new bodies.
    pub fn add(&self, id: u32, bytes: &[u8]) {
        let dictionary = Arc::new(Dictionary {
            bytes: bytes.to_vec(),
            decoder: DecoderDictionary::copy(bytes),
        });
        if let Ok(mut known) = self.dictionaries.write() {
            known.insert(id, dictionary.clone());
        }
        if let Ok(mut current) = self.current.write()
            && id >= current.0
        {
            *current = (id, Some(dictionary));
        }
    }

    pub fn knows(&self, id: u32) -> bool {
        self.dictionaries
            .read()
            .is_ok_and(|known| known.contains_key(&id))
    }

    /// A body ready to be kept.
    pub fn pack(&self, body: &[u8], pace: Pace) -> Packed {
        let (id, dictionary) = match self.current.read() {
            Ok(current) => current.clone(),
            Err(_) => (0, None),
        };
        let small = dictionary.and_then(|dictionary| {
            CONTEXTS.with(|contexts| {
                let context = &mut contexts.borrow_mut()[pace as usize];
                if context
                    .as_ref()
                    .is_none_or(|(known, _)| !Arc::ptr_eq(known, &dictionary))
                {
                    let made = compressor(&dictionary.bytes, pace).ok()?;
                    *context = Some((dictionary, made));
                }
                let (_, compressor) = context.as_mut()?;
                compressor
                    .compress(body)
                    .ok()
                    .filter(|small| small.len() < body.len())
            })
        });
        let hash = Sha256::digest(body);
        let mut key = [0; 4];
        key.copy_from_slice(&hash[..4]);
        Packed {
            dictionary: if small.is_some() { id } else { 0 },
            bytes: small.unwrap_or_else(|| body.to_vec()),
            length: u32::try_from(body.len()).unwrap_or(u32::MAX),
            key: i32::from_le_bytes(key).into(),
            plain: None,
        }
    }

    /// The body as it came.
    pub fn unpack(&self, dictionary: u32, bytes: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
        if dictionary == 0 {
            return Ok(bytes.to_vec());
        }
        let known = self
            .dictionaries
            .read()
            .ok()
            .and_then(|known| known.get(&dictionary).cloned());
        let known = known.ok_or_else(|| StoreError::Body(format!("dictionary {dictionary} is missing")))?;
        let mut body = Vec::with_capacity(length.min(LARGEST));
        UNPACKING.with(|context| {
            let mut context = context.borrow_mut();
            let context = context
                .as_mut()
                .ok_or_else(|| StoreError::Body("no memory to unpack it in".into()))?;
            context
                .decompress_using_ddict(&mut body, bytes, known.decoder.as_ddict())
                .map_err(|code| StoreError::Body(get_error_name(code).into()))
        })?;
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_unpacks() {
        let packer = Packer::new();
        packer.add(1, SHIPPED);
        let body = &SHIPPED[SHIPPED.len() - 2500..];
        let packed = packer.pack(body, Pace::Calm);
        assert_eq!((packed.dictionary, packed.length), (1, 2500));
        assert!(packed.bytes.len() < 100);
        assert_eq!(packer.unpack(1, &packed.bytes, 2500).unwrap(), body);
        // In a burst other bytes are kept, which mean the same.
        let hasty = packer.pack(body, Pace::Burst);
        assert_eq!((hasty.dictionary, hasty.length, hasty.key), (1, 2500, packed.key));
        assert!(hasty.bytes.len() < 500);
        assert_eq!(packer.unpack(1, &hasty.bytes, 2500).unwrap(), body);
        let quiet = packer.pack(body, Pace::Quiet);
        assert_eq!((quiet.dictionary, quiet.length, quiet.key), (1, 2500, packed.key));
        assert!(quiet.bytes.len() <= packed.bytes.len());
        assert_eq!(packer.unpack(1, &quiet.bytes, 2500).unwrap(), body);
        packer.add(2, b"another dictionary of plain content, for the next bodies");
        assert_eq!(
            packer
                .pack(
                    b"for the next bodies, another dictionary of plain content",
                    Pace::Calm
                )
                .dictionary,
            2
        );
        assert_eq!(packer.unpack(1, &packed.bytes, 2500).unwrap(), body);
        for plain in [&b""[..], b"x"] {
            let packed = packer.pack(plain, Pace::Calm);
            assert_eq!((packed.dictionary, &packed.bytes[..]), (0, plain));
        }
    }

    #[test]
    fn what_cannot_be_unpacked_is_an_error() {
        let packer = Packer::new();
        assert!(matches!(packer.unpack(9, b"x", 1), Err(StoreError::Body(_))));
        packer.add(1, SHIPPED);
        assert!(matches!(
            packer.unpack(1, b"garbage", 10),
            Err(StoreError::Body(_))
        ));
    }
}
