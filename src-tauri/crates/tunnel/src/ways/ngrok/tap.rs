//! Listens in on what ngrok's crate and its server say to each other on one line.
//!
//! The crate does not tell that a lost line has been taken up again and the endpoint is bound anew, and it ignores
//! an endpoint being stopped on the dashboard from the first loss on (0.19: the accept loop of a resumed session has
//! no session to close the tunnel of). Both stand plainly in the frames: muxado's header is 24 bits of length, 4 of
//! type, 4 of flags, 32 of stream; a stream begins with its type as 32 bits; requests and answers are JSON, one a
//! stream. What is a visitor's is skipped unread.

use serde_json::Value;
use std::collections::HashMap;

/// Stream type of a request to bind an endpoint.
const BIND: u32 = 1;
/// Stream type of the server's word that an endpoint is stopped.
const STOP_TUNNEL: u32 = 9;
/// Frame type of data.
const DATA: u8 = 1;
const FIN: u8 = 1;
const SYN: u8 = 2;
/// What is listened to is far smaller.
const LONGEST: usize = 64 * 1024;

/// More streams are not kept in mind: some are reset before they have said their type, and nobody tells of those.
const MOST: usize = 1024;

/// What was overheard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The endpoint is bound.
    Bound,
    /// The endpoint was stopped on purpose.
    Stopped { code: Option<String> },
}

/// Both directions of one line.
#[derive(Default)]
pub(super) struct Tap {
    ours: Frames,
    theirs: Frames,
    streams: HashMap<u32, Stream>,
}

enum Stream {
    /// Its type is not complete yet.
    New { ours: bool, begun: Vec<u8> },
    /// We asked to bind: the answer so far.
    Binding(Vec<u8>),
    /// They say that a tunnel is stopped: what they said so far.
    Stopping(Vec<u8>),
}

impl Tap {
    /// Bytes on their way to the server.
    pub(super) fn sent(&mut self, bytes: &[u8]) {
        let streams = &mut self.streams;
        self.ours.feed(bytes, |frame, body| {
            if frame.flags & SYN != 0 {
                streams.insert(
                    frame.stream,
                    Stream::New {
                        ours: true,
                        begun: Vec::new(),
                    },
                );
            }
            if let Some(Stream::New { ours: true, begun }) = streams.get_mut(&frame.stream) {
                match kind(begun, body) {
                    Some((BIND, _)) => {
                        streams.insert(frame.stream, Stream::Binding(Vec::new()));
                    }
                    Some(_) => {
                        streams.remove(&frame.stream);
                    }
                    None => {}
                }
            }
        });
    }

    /// Bytes that came from the server.
    pub(super) fn received(&mut self, bytes: &[u8], mut heard: impl FnMut(Heard)) {
        if self.streams.len() > MOST {
            self.streams.clear();
        }
        let streams = &mut self.streams;
        self.theirs.feed(bytes, |frame, body| {
            if frame.flags & SYN != 0 {
                streams.insert(
                    frame.stream,
                    Stream::New {
                        ours: false,
                        begun: Vec::new(),
                    },
                );
            }
            let mut body = body;
            if let Some(Stream::New { ours: false, begun }) = streams.get_mut(&frame.stream) {
                match kind(begun, body) {
                    Some((STOP_TUNNEL, rest)) => {
                        streams.insert(frame.stream, Stream::Stopping(Vec::new()));
                        body = rest;
                    }
                    Some(_) => {
                        streams.remove(&frame.stream);
                    }
                    None => {}
                }
            }
            let over = frame.flags & FIN != 0 && frame.rest == 0;
            let (whole, word) = match streams.get_mut(&frame.stream) {
                Some(Stream::Binding(said)) => (take(said, body), answer(said)),
                Some(Stream::Stopping(said)) => (take(said, body), stop(said)),
                _ => (false, None),
            };
            if whole || over {
                streams.remove(&frame.stream);
                word.into_iter().for_each(&mut heard);
            }
        });
    }
}

/// The stream's type, once its four bytes are there, and what of `body` follows it.
fn kind<'a>(begun: &mut Vec<u8>, body: &'a [u8]) -> Option<(u32, &'a [u8])> {
    let missing = (4 - begun.len()).min(body.len());
    let (head, rest) = body.split_at(missing);
    begun.extend_from_slice(head);
    let whole = <[u8; 4]>::try_from(begun.as_slice()).ok()?;
    Some((u32::from_be_bytes(whole), rest))
}

/// True: it is whole (the server does not end each stream), or more than anybody says.
fn take(said: &mut Vec<u8>, body: &[u8]) -> bool {
    said.extend_from_slice(body);
    said.len() > LONGEST || parse(said).is_some()
}

fn parse(said: &[u8]) -> Option<Value> {
    // Half a text is not worth the try.
    (said.trim_ascii_end().last() == Some(&b'}')).then(|| serde_json::from_slice(said).ok())?
}

fn answer(said: &[u8]) -> Option<Heard> {
    let answer = parse(said)?;
    let error = answer.get("Error").and_then(Value::as_str).unwrap_or_default();
    error.is_empty().then_some(Heard::Bound)
}

fn stop(said: &[u8]) -> Option<Heard> {
    let word = parse(said)?;
    let code = word.get("ErrorCode").and_then(Value::as_str);
    Some(Heard::Stopped {
        code: code.filter(|code| !code.is_empty()).map(str::to_owned),
    })
}

/// A data frame, or a piece of one.
struct Frame {
    stream: u32,
    flags: u8,
    /// Bytes of it still to come.
    rest: usize,
}

/// Finds the frames of one direction in its bytes, however they are cut up.
#[derive(Default)]
struct Frames {
    head: Vec<u8>,
    left: usize,
    stream: u32,
    data: bool,
    flags: u8,
}

impl Frames {
    fn feed(&mut self, mut bytes: &[u8], mut seen: impl FnMut(Frame, &[u8])) {
        while !bytes.is_empty() {
            if self.left == 0 {
                let missing = (8 - self.head.len()).min(bytes.len());
                self.head.extend_from_slice(&bytes[..missing]);
                bytes = &bytes[missing..];
                let Ok(head) = <[u8; 8]>::try_from(self.head.as_slice()) else {
                    return;
                };
                self.head.clear();
                let [a, b, c, kind, d, e, f, g] = head;
                self.left = u32::from_be_bytes([0, a, b, c]) as usize;
                self.stream = u32::from_be_bytes([d, e, f, g]) & 0x7fff_ffff;
                self.data = kind >> 4 == DATA;
                self.flags = kind & 0x0f;
                if self.left == 0 && self.data {
                    seen(self.frame(), &[]);
                }
                continue;
            }
            let (body, rest) = bytes.split_at(self.left.min(bytes.len()));
            self.left -= body.len();
            if self.data {
                seen(self.frame(), body);
                // A stream begins once, however many pieces its first frame comes in.
                self.flags &= !SYN;
            }
            bytes = rest;
        }
    }

    fn frame(&self) -> Frame {
        Frame {
            stream: self.stream,
            flags: self.flags,
            rest: self.left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(stream: u32, flags: u8, body: &[u8]) -> Vec<u8> {
        let mut out = (body.len() as u32).to_be_bytes()[1..].to_vec();
        out.push(DATA << 4 | flags);
        out.extend(stream.to_be_bytes());
        out.extend(body);
        out
    }

    /// Feeds both directions in pieces of every size from one byte on.
    fn hear(sent: &[u8], received: &[u8]) -> Vec<Heard> {
        let mut all = Vec::new();
        for size in 1..=received.len().max(1) {
            let (mut tap, mut heard) = (Tap::default(), Vec::new());
            sent.chunks(size).for_each(|piece| tap.sent(piece));
            for piece in received.chunks(size) {
                tap.received(piece, |word| heard.push(word));
            }
            assert!(tap.streams.len() <= 1, "forgets what is over");
            assert!(
                all.is_empty() || all == heard,
                "pieces of {size} say something else"
            );
            all = heard;
        }
        all
    }

    #[test]
    fn hears_that_the_endpoint_is_bound() {
        let sent = [
            frame(3, SYN, &BIND.to_be_bytes()),
            frame(3, 0, b"{\"Proto\":\"https\"}"),
        ]
        .concat();
        let bound = frame(3, FIN, b"{\"Id\":\"t\",\"Error\":\"\"}");
        assert_eq!(hear(&sent, &bound), [Heard::Bound]);
        let refused = frame(3, FIN, b"{\"Error\":\"no\"}");
        assert_eq!(hear(&sent, &refused), []);
        // The answer to something else on the way.
        let auth = [frame(5, SYN, &0_u32.to_be_bytes()), sent].concat();
        assert_eq!(
            hear(&auth, &[frame(5, FIN, b"{}"), bound].concat()),
            [Heard::Bound]
        );
    }

    #[test]
    fn hears_that_it_is_stopped_and_nothing_of_visitors() {
        let visitor = frame(
            2,
            SYN,
            &[&3_u32.to_be_bytes()[..], b"{\"ErrorCode\":\"x\"}"].concat(),
        );
        let word = b"{\"Id\":\"t\",\"Message\":\"m\",\"ErrorCode\":\"ERR_NGROK_9\"}";
        let stopped = frame(4, SYN, &[&STOP_TUNNEL.to_be_bytes()[..], word].concat());
        let code = Some("ERR_NGROK_9".to_owned());
        assert_eq!(hear(&[], &[visitor, stopped].concat()), [Heard::Stopped { code }]);
    }

    proptest::proptest! {
        #[test]
        fn rubbish_is_heard_the_same_however_it_is_cut_up(
            frames in proptest::collection::vec((1_u32..4, 0_u8..4, proptest::collection::vec(0_u8..12, 0..9)), 0..12),
            rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..20),
            size in 1_usize..9,
        ) {
            let mut bytes = Vec::new();
            for (stream, flags, body) in &frames {
                bytes.extend(frame(*stream, *flags, body));
            }
            bytes.extend(rest);
            let listen = |size: usize| {
                let (mut tap, mut heard) = (Tap::default(), Vec::new());
                bytes.chunks(size).for_each(|piece| tap.sent(piece));
                for piece in bytes.chunks(size) {
                    tap.received(piece, |word| heard.push(word));
                }
                heard
            };
            proptest::prop_assert_eq!(listen(size), listen(bytes.len().max(1)));
        }
    }

    #[test]
    fn what_never_says_its_type_is_not_kept_for_ever() {
        let mut tap = Tap::default();
        for stream in 0..10_000 {
            tap.received(&frame(stream, SYN, &[0]), |_| {});
        }
        assert!(tap.streams.len() <= MOST + 1);
    }

    #[test]
    fn a_stranger_in_the_frames_does_no_harm() {
        assert_eq!(hear(&[0xff; 40], &[0xff; 60]), []);
        assert_eq!(hear(&[], &frame(4, SYN, &[0, 0])), []);
    }
}
