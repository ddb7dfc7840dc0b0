//! Who may in.

use super::Shared;
use super::pages;
use crate::protocol::{DeskError, ErrorCode};
use axum::Json;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::net::SocketAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// The screen may load its own files and ask its own server; nothing else, from nowhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The address and the token.
pub(crate) struct Guard {
    address: SocketAddr,
    token: String,
    cookie: String,
}

impl Guard {
    pub fn new(address: SocketAddr, token: &str) -> Guard {
        Guard {
            address,
            token: token.to_owned(),
            // Cookies do not know ports: two desks on one computer must not share one.
            cookie: format!("nexwatch-{}", address.port()),
        }
    }

    /// Whether this is the token.
    pub fn is_token(&self, given: &str) -> bool {
        given.as_bytes().ct_eq(self.token.as_bytes()).into()
    }

    /// The cookie to set once the token has been shown.
    pub fn set_cookie(&self) -> String {
        format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000",
            self.cookie, self.token
        )
    }

    fn is_our_host(&self, host: &str) -> bool {
        let port = self.address.port();
        [
            self.address.to_string(),
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::1]:{port}"),
        ]
        .iter()
        .any(|known| host.eq_ignore_ascii_case(known))
    }

    /// The `Host` must be ours; so must the `Origin`, where there is one.
    fn comes_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
        let host = text(HOST).is_some_and(|host| self.is_our_host(host));
        let origin = text(ORIGIN).is_none_or(|origin| {
            origin
                .strip_prefix("http://")
                .is_some_and(|host| self.is_our_host(host))
        });
        host && origin
    }

    fn has_token(&self, headers: &HeaderMap) -> bool {
        let bearer = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        if bearer.is_some_and(|token| self.is_token(token.trim())) {
            return true;
        }
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == self.cookie && self.is_token(value))
    }
}

/// Lets in who may; puts the protecting headers on every answer.
pub(crate) async fn check(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let mut response = if !shared.guard.comes_from_here(headers) {
        (StatusCode::FORBIDDEN, "This desk is for this computer only.\n").into_response()
    } else if shared.guard.has_token(headers) {
        next.run(request).await
    } else if request.method() == Method::GET && request.uri().path() == "/" {
        pages::enter(&shared, request.uri())
    } else {
        (
            StatusCode::UNAUTHORIZED,
            Json(DeskError::new(
                ErrorCode::NotAllowed,
                "Open the address that `nexwatch serve` printed: it holds the token.",
            )),
        )
            .into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
