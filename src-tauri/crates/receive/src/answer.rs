//! What a sender is told: a status and a plain line, never anything of what it sent.

use crate::{Reason, Receipt};
use bytes::Bytes;
use http::header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;

/// An answer on its way.
pub(crate) type Answer = Response<Full<Bytes>>;

/// A delivery is acknowledged only for a receipt.
pub(crate) fn acknowledge(_receipt: &Receipt) -> Answer {
    plain(StatusCode::OK, "Kept.\n")
}

/// What a self-test hears.
pub(crate) fn prove(proof: String) -> Answer {
    let mut answer = plain(StatusCode::OK, "");
    *answer.body_mut() = Full::new(Bytes::from(proof));
    answer
}

/// What a request hears that is not acknowledged.
pub(crate) fn refuse(reason: Reason) -> Answer {
    let (status, text) = line(reason);
    let mut answer = plain(status, text);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static(retry_after(reason)));
    }
    if reason == Reason::Method {
        answer
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("POST"));
    }
    answer
}

/// Asks the sender to use a new connection for the next request.
pub(crate) fn close_after(answer: &mut Answer) {
    answer
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
}

/// The same answer in bytes, for a connection whose request never became one.
pub(crate) fn raw(reason: Reason) -> String {
    let (status, text) = line(reason);
    let retry = match status {
        StatusCode::SERVICE_UNAVAILABLE => format!("retry-after: {}\r\n", retry_after(reason)),
        _ => String::new(),
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n{retry}connection: close\r\n\r\n{text}",
        text.len()
    )
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    answer
}

/// Seconds. A crowd passes soon; a disk or a keychain takes a person.
fn retry_after(reason: Reason) -> &'static str {
    match reason {
        Reason::Busy | Reason::Evicted => "5",
        _ => "30",
    }
}

fn line(reason: Reason) -> (StatusCode, &'static str) {
    match reason {
        Reason::Unproven => (
            StatusCode::ACCEPTED,
            "Kept apart: the signature could not be proved.\n",
        ),
        Reason::Signature => (StatusCode::UNAUTHORIZED, "The signature is missing or wrong.\n"),
        Reason::NotFound => (StatusCode::NOT_FOUND, "There is nothing here.\n"),
        Reason::Method => (
            StatusCode::METHOD_NOT_ALLOWED,
            "This address takes deliveries, which come by POST.\n",
        ),
        Reason::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.\n"),
        Reason::HeadTooLarge => (
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The headers are too large.\n",
        ),
        Reason::TooSlow => (StatusCode::REQUEST_TIMEOUT, "The request took too long.\n"),
        Reason::NotHttp | Reason::BrokenOff => (StatusCode::BAD_REQUEST, "The request is not complete.\n"),
        Reason::Busy | Reason::Evicted | Reason::Store | Reason::Keys => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Not now: please send it again later.\n",
        ),
    }
}
