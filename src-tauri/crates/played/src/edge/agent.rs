//! One agent's connection.

use super::wire::{self, Session, Stream};
use super::{Event, Inner, Tunnel, lock};
use muxado::SessionBuilder;
use muxado::heartbeat::{Heartbeat, HeartbeatConfig, HeartbeatCtl};
use muxado::typed::{Typed, TypedAccept, TypedOpenClose, TypedSession};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, copy, duplex, split};
use tokio::net::TcpStream;
use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

/// How long the handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a refusal stays to be read before the connection ends.
const FAREWELL: Duration = Duration::from_millis(50);

/// Serves one until it ends.
pub(super) async fn serve(inner: Arc<Inner>, tls: TlsAcceptor, stream: TcpStream) {
    inner.log(Event::Connected);
    let _ = stream.set_nodelay(true);
    let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await else {
        return;
    };
    let (near, far) = duplex(256 * 1024);
    let (raw, slipped_in) = mpsc::unbounded_channel();
    let cut = CancellationToken::new();
    let mut agent = Agent {
        inner: &inner,
        cut: cut.clone(),
        raw,
        opener: None,
        heartbeat: None,
        session: None,
    };
    tokio::select! {
        () = carry(stream, far, slipped_in) => {}
        () = agent.talk(near) => {}
        () = cut.cancelled() => {}
    }
    // Whoever waits for its answer waits no more.
    cut.cancel();
    let session = agent.session.take();
    drop(agent);
    inner.log(Event::Ended);
    if let Some(session) = session {
        tokio::spawn(forget(inner, session));
    }
}

/// Forgets a session whose connection ended, unless it was resumed meanwhile.
async fn forget(inner: Arc<Inner>, session: Arc<Session>) {
    let linger = *lock(&inner.linger);
    if !linger.is_zero() {
        sleep(linger).await;
    }
    let mut sessions = lock(&inner.sessions);
    if sessions
        .get(&session.id)
        .is_some_and(|current| Arc::ptr_eq(current, &session))
    {
        sessions.remove(&session.id);
    }
    lock(&inner.tunnels).retain(|_, tunnel| !Arc::ptr_eq(&tunnel.session, &session));
}

/// Carries bytes between the wire and muxado, so that frames can be slipped in that muxado does not make.
async fn carry(wire: TlsStream<TcpStream>, mux: DuplexStream, mut raw: mpsc::UnboundedReceiver<Vec<u8>>) {
    let (mut from_agent, mut to_agent) = split(wire);
    let (mut from_mux, mut to_mux) = split(mux);
    let up = async {
        let _ = copy(&mut from_agent, &mut to_mux).await;
    };
    let down = async {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let piece = tokio::select! {
                Ok(read @ 1..) = from_mux.read(&mut bytes) => bytes[..read].to_vec(),
                Some(frame) = raw.recv() => frame,
                else => return,
            };
            if piece.is_empty()
                || to_agent.write_all(&piece).await.is_err()
                || to_agent.flush().await.is_err()
            {
                return;
            }
        }
    };
    tokio::select! {
        () = up => {}
        () = down => {}
    }
    let _ = to_agent.shutdown().await;
}

struct Agent<'a> {
    inner: &'a Arc<Inner>,
    cut: CancellationToken,
    raw: mpsc::UnboundedSender<Vec<u8>>,
    opener: Option<Box<dyn TypedOpenClose + Send>>,
    heartbeat: Option<HeartbeatCtl>,
    session: Option<Arc<Session>>,
}

impl Agent<'_> {
    async fn talk(&mut self, io: DuplexStream) {
        let typed = Typed::new(SessionBuilder::new(io).server().start());
        let Ok((heartbeat, control)) = Heartbeat::start(typed, HeartbeatConfig::default()).await else {
            return;
        };
        let (opener, mut accept) = heartbeat.split_typed();
        self.opener = Some(Box::new(opener));
        self.heartbeat = Some(control);
        while let Ok(stream) = accept.accept_typed().await {
            let kind = *stream.typ();
            let mut stream = Stream(stream);
            let Ok(request) = wire::ask(&mut stream).await else {
                return;
            };
            let reply = match kind {
                wire::SIGN_IN => self.sign_in(&request),
                wire::BIND => self.bind(&request),
                wire::UNBIND => {
                    let id = request["Id"].as_str().unwrap_or_default();
                    lock(&self.inner.tunnels).retain(|_, tunnel| tunnel.id != id);
                    self.inner.log(Event::Unbound);
                    Ok(json!({"Error": "", "Extra": null}))
                }
                _ => return,
            };
            match reply {
                Ok(reply) => wire::answer(stream, reply).await,
                Err(code) => {
                    self.inner.log(Event::Refused(code.clone()));
                    // The service ends its text with the code, on a line of its own.
                    let text = format!("The service says no.\r\n\r\n{code}\r\n");
                    wire::answer(stream, json!({ "Error": text })).await;
                    if kind == wire::SIGN_IN {
                        sleep(FAREWELL).await;
                        return;
                    }
                }
            }
        }
    }

    fn sign_in(&mut self, request: &Value) -> Result<Value, String> {
        let token = request["Extra"]["AuthToken"].as_str().unwrap_or_default();
        let wanted = request["ClientId"].as_str().unwrap_or_default();
        self.admit(token, wanted)?;
        let resumed = !wanted.is_empty();
        let id = if resumed {
            wanted.to_owned()
        } else {
            self.inner.number("ts")
        };
        let opener = self.opener.take().ok_or("ERR_NGROK_100")?;
        let session = Arc::new(Session {
            id: id.clone(),
            token: token.to_owned(),
            cut: self.cut.clone(),
            opener: AsyncMutex::new(opener),
            raw: self.raw.clone(),
            _heartbeat: Mutex::new(self.heartbeat.take()),
        });
        lock(&self.inner.sessions).insert(id.clone(), session.clone());
        self.session = Some(session);
        self.inner.log(Event::SignedIn { resumed });
        Ok(json!({
            "Version": "3", "ClientId": id, "Error": "",
            "Extra": {
                "Version": "played", "Region": "lo", "Cookie": "biscuit", "AccountName": "played",
                "SessionDuration": 0, "PlanName": "Free", "Banner": "",
            },
        }))
    }

    fn admit(&self, token: &str, wanted: &str) -> Result<(), String> {
        if let Some(code) = lock(&self.inner.refuse_sign_in).clone() {
            return Err(code);
        }
        if token.is_empty() {
            return Err("ERR_NGROK_4018".to_owned());
        }
        let accounts = lock(&self.inner.accounts);
        let Some(account) = accounts.get(token) else {
            let proper = token.contains('_');
            return Err(if proper { "ERR_NGROK_107" } else { "ERR_NGROK_105" }.to_owned());
        };
        let others = lock(&self.inner.sessions);
        let others = others
            .values()
            .filter(|other| other.token == token && other.id != wanted);
        if others.count() >= account.sessions {
            return Err("ERR_NGROK_108".to_owned());
        }
        Ok(())
    }

    fn bind(&mut self, request: &Value) -> Result<Value, String> {
        let session = self.session.clone().ok_or("ERR_NGROK_100")?;
        if let Some(code) = lock(&self.inner.refuse_bind).clone() {
            return Err(code);
        }
        let own = lock(&self.inner.accounts)
            .get(&session.token)
            .map(|account| account.domain.clone());
        let own = own.unwrap_or_default();
        let host = match request["Opts"]["Domain"].as_str() {
            Some(domain) if !domain.is_empty() => domain.to_owned(),
            _ => own.clone(),
        };
        let id = request["Id"].as_str().unwrap_or_default();
        let again = !id.is_empty();
        let mut tunnels = lock(&self.inner.tunnels);
        if tunnels
            .get(&host)
            .is_some_and(|tunnel| tunnel.session.id != session.id)
        {
            return Err("ERR_NGROK_334".to_owned());
        }
        if host != own {
            return Err("ERR_NGROK_314".to_owned());
        }
        let id = if again {
            id.to_owned()
        } else {
            self.inner.number("tn")
        };
        let tunnel = Tunnel {
            id: id.clone(),
            session,
        };
        tunnels.insert(host.clone(), tunnel);
        drop(tunnels);
        let url = format!("https://{host}{}", lock(&self.inner.port));
        self.inner.log(Event::Bound { host, again });
        Ok(json!({
            "Id": id, "URL": url, "Proto": request["Proto"], "Opts": request["Opts"], "Error": "",
            "Extra": {"Token": "crumb"},
        }))
    }
}
