//! The screen's own files, and the way in.

use super::Shared;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{Method, StatusCode, Uri};
use std::sync::Arc;

/// Opens the door to who brings the token in the address, and takes it out of the address.
pub(crate) fn enter(shared: &Shared, uri: &Uri) -> Response {
    let token = uri
        .query()
        .unwrap_or("")
        .split('&')
        .find_map(|pair| pair.strip_prefix("token="));
    if token.is_some_and(|token| shared.guard.is_token(token)) {
        return (
            StatusCode::SEE_OTHER,
            [
                (LOCATION, "/".to_owned()),
                (SET_COOKIE, shared.guard.set_cookie()),
            ],
        )
            .into_response();
    }
    (
        StatusCode::UNAUTHORIZED,
        [(CONTENT_TYPE, "text/html; charset=utf-8")],
        "<!doctype html><html lang=en><meta charset=utf-8><title>Nexwatch</title><h1>Nexwatch</h1>\
         <p>This desk needs its token. Open the whole address that <code>nexwatch serve</code> printed as \
         <code>desk</code>.</p>",
    )
        .into_response()
}

/// One file of the screen.
pub(crate) async fn page(State(shared): State<Arc<Shared>>, method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, "Only GET.\n").into_response();
    }
    let path = uri.path().trim_start_matches('/');
    // The token has done its work; it need not stay in the address and its history.
    if path.is_empty() && uri.query().is_some_and(|query| query.contains("token=")) {
        return (StatusCode::SEE_OTHER, [(LOCATION, "/")]).into_response();
    }
    let path = if path.is_empty() { "index.html" } else { path };
    let Some(asset) = (shared.assets)(path) else {
        return (StatusCode::NOT_FOUND, "There is no such page.\n").into_response();
    };
    // Files below assets/ bear a hash in their name.
    let keep = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    (
        [(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, keep.to_owned())],
        asset.bytes.into_owned(),
    )
        .into_response()
}
