//! A question over HTTP.

use super::Shared;
use crate::protocol::{DeskError, ErrorCode, Place, Question};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// `POST /ask`: a question as JSON. The media type must say so: a form of a strange page cannot.
pub(crate) async fn ask(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            let media_type = value.split(';').next().unwrap_or("");
            media_type.trim().eq_ignore_ascii_case("application/json")
        });
    if !is_json {
        return refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A question is application/json.",
        );
    }
    let question: Question = match serde_json::from_slice(&body) {
        Ok(question) => question,
        Err(error) => {
            let wrong = DeskError::new(ErrorCode::BadQuestion, "This question is not understood.");
            // The place only: a question may hold a secret.
            let wrong = wrong.because(format!("line {}, column {}", error.line(), error.column()));
            return (StatusCode::BAD_REQUEST, Json(wrong)).into_response();
        }
    };
    match shared.desk.ask(question, Place::Browser).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (status(error.code), Json(error)).into_response(),
    }
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(DeskError::new(ErrorCode::BadQuestion, message))).into_response()
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadQuestion | ErrorCode::NotHere | ErrorCode::Cancelled => StatusCode::BAD_REQUEST,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Confirm => StatusCode::CONFLICT,
        ErrorCode::Outside => StatusCode::BAD_GATEWAY,
        ErrorCode::NotAllowed => StatusCode::UNAUTHORIZED,
        ErrorCode::StoreUnreadable
        | ErrorCode::StoreUnwritable
        | ErrorCode::FileUnwritable
        | ErrorCode::SecretsUnavailable
        | ErrorCode::ListenerDown => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
