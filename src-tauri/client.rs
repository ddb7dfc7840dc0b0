//! Sends deliveries over HTTP/1.1, one connection, kept open: as the platform would.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Marks a delivery made by this program, so that nobody takes it for a real one.
pub const SAMPLE_HEADER: &str = "x-nexwatch-sample";

/// Why something could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nobody there.
    #[error("no connection to {0}: {1}")]
    Connect(String, std::io::Error),
    /// The connection broke, or what came back is not HTTP.
    #[error("the connection failed: {0}")]
    Http(#[from] hyper::Error),
    /// The address or a header cannot be written as HTTP.
    #[error("this cannot be sent: {0}")]
    Request(#[from] http::Error),
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u64>,
}

/// An open connection.
pub struct Client {
    host: String,
    send: SendRequest<Full<Bytes>>,
}

impl Client {
    /// Connects to `host:port`.
    pub async fn connect(host: &str) -> Result<Client, SendError> {
        let failed = |error| SendError::Connect(host.to_owned(), error);
        let stream = TcpStream::connect(host).await.map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        let (send, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            // Whoever sends hears of it too.
            let _ = connection.await;
        });
        Ok(Client {
            host: host.to_owned(),
            send,
        })
    }

    /// Whether another request can be sent on this connection.
    pub fn is_open(&self) -> bool {
        !self.send.is_closed()
    }

    /// Posts a JSON body; waits for the whole answer.
    pub async fn post(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<Reply, SendError> {
        self.send.ready().await?;
        let mut request = Request::post(path)
            .header(HOST, &self.host)
            .header(USER_AGENT, concat!("Nexwatch/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.send.send_request(request.body(Full::new(body))?).await?;
        let reply = Reply {
            status: answer.status(),
            retry_after: answer
                .headers()
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok()),
        };
        answer.into_body().collect().await?;
        Ok(reply)
    }
}
