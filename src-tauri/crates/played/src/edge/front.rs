//! One visitor's connection.

use super::wire::Stream;
use super::{Inner, Tunnel, lock};
use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{HOST, HeaderValue};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::AbortOnDropHandle;

/// How long an agent may take to take a visitor in.
const DIAL: Duration = Duration::from_secs(10);
/// How long it may take to answer.
const ANSWER: Duration = Duration::from_secs(30);

type Body = BoxBody<Bytes, hyper::Error>;

/// The stream to the agent that a visitor's connection keeps.
struct Upstream {
    tunnel: String,
    sender: SendRequest<Incoming>,
    /// Ends with it.
    _work: AbortOnDropHandle<()>,
}

/// Serves one until it ends.
pub(super) async fn serve(inner: Arc<Inner>, tls: Option<TlsAcceptor>, stream: TcpStream, peer: SocketAddr) {
    let _ = stream.set_nodelay(true);
    let upstream: Arc<AsyncMutex<Option<Upstream>>> = Arc::default();
    let service = service_fn(move |request: Request<Incoming>| {
        let (inner, upstream) = (inner.clone(), upstream.clone());
        async move { Ok::<_, Infallible>(forward(&inner, &upstream, request, peer).await) }
    });
    // A visitor that leaves is none of our business.
    match tls {
        None => {
            let _ = Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        }
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(DIAL, tls.accept(stream)).await {
                let _ = Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            }
        }
    }
}

async fn forward(
    inner: &Inner,
    upstream: &AsyncMutex<Option<Upstream>>,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> Response<Body> {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_owned();
    if let Some(code) = lock(&inner.refuse_visitors).clone() {
        return page(StatusCode::TOO_MANY_REQUESTS, &code);
    }
    let tunnel = lock(&inner.tunnels).get(&host).cloned();
    let Some(tunnel) = tunnel else {
        return page(StatusCode::NOT_FOUND, "ERR_NGROK_3200");
    };
    let headers = request.headers_mut();
    if let Ok(address) = HeaderValue::from_str(&peer.ip().to_string()) {
        headers.insert("x-forwarded-for", address);
    }
    headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
    let mut kept = upstream.lock().await;
    let usable = kept
        .as_ref()
        .is_some_and(|kept| kept.tunnel == tunnel.id && kept.sender.is_ready());
    if !usable {
        match timeout(DIAL, dial(&tunnel, peer)).await {
            Ok(Ok(fresh)) => *kept = Some(fresh),
            _ => return page(StatusCode::BAD_GATEWAY, "ERR_NGROK_3004"),
        }
    }
    let answer = match kept.as_mut() {
        Some(upstream) => timeout(ANSWER, upstream.sender.send_request(request)).await,
        None => return page(StatusCode::BAD_GATEWAY, "ERR_NGROK_3004"),
    };
    match answer {
        Ok(Ok(answer)) => answer.map(BodyExt::boxed),
        _ => {
            *kept = None;
            page(StatusCode::BAD_GATEWAY, "ERR_NGROK_3004")
        }
    }
}

async fn dial(tunnel: &Tunnel, peer: SocketAddr) -> io::Result<Upstream> {
    let stream: Stream = tunnel.session.visit(&tunnel.id, &peer.to_string()).await?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let work = tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(Upstream {
        tunnel: tunnel.id.clone(),
        sender,
        _work: AbortOnDropHandle::new(work),
    })
}

/// What the service itself answers.
fn page(status: StatusCode, code: &str) -> Response<Body> {
    let text = Full::new(Bytes::from(format!("{code}\n")))
        .map_err(|never| match never {})
        .boxed();
    let mut page = Response::new(text);
    *page.status_mut() = status;
    if let Ok(code) = HeaderValue::from_str(code) {
        page.headers_mut().insert("ngrok-error-code", code);
    }
    page
}
