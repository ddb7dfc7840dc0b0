//! A public SSH service: lets anybody in, prints an address, forwards to it. Played with russh's own server.

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use russh::keys::{Algorithm, PrivateKey};
use russh::server::{Auth, ChannelOpenHandle, Config, Handle, Handler, Msg, Response, Session, run_stream};
use russh::{Channel, ChannelId, Error, MethodKind, MethodSet};
use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

/// How it lets people in.
#[derive(Clone, Copy, PartialEq)]
pub enum Door {
    Open,
    Password(&'static str),
    /// The password as an answer to a question.
    Question(&'static str),
}

pub struct Service {
    pub address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    _accepting: AbortOnDropHandle<()>,
}

#[derive(Default)]
struct Shared {
    prints: String,
    client: Option<(Handle, Option<ChannelId>)>,
}

impl Service {
    pub async fn start(door: Door, prints: &str) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Arc::new(Mutex::new(Shared {
            prints: prints.to_owned(),
            client: None,
        }));
        let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).unwrap();
        let methods = match door {
            Door::Open => MethodKind::None,
            Door::Password(_) => MethodKind::Password,
            Door::Question(_) => MethodKind::KeyboardInteractive,
        };
        let config = Arc::new(Config {
            keys: vec![key],
            methods: MethodSet::from(&[methods][..]),
            auth_rejection_time: std::time::Duration::ZERO,
            ..Config::default()
        });
        let address = listener.local_addr().unwrap();
        let all = shared.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let client = Client {
                    door,
                    shared: all.clone(),
                };
                let config = config.clone();
                tokio::spawn(async move {
                    if let Ok(session) = run_stream(config, stream, client).await {
                        let _ = session.await;
                    }
                });
            }
        });
        Service {
            address,
            shared,
            _accepting: AbortOnDropHandle::new(accepting),
        }
    }

    /// Prints another address into the shell that is open.
    pub async fn print(&self, text: &'static str) {
        let client = self.shared.lock().unwrap().client.clone();
        let (handle, shell) = client.unwrap();
        handle
            .data(shell.unwrap(), Bytes::from_static(text.as_bytes()))
            .await
            .unwrap();
    }

    /// One visitor of the public address.
    pub async fn visit(&self) -> u16 {
        let (handle, _) = self.shared.lock().unwrap().client.clone().unwrap();
        let channel = handle
            .channel_open_forwarded_tcpip("localhost", 80, "192.0.2.1", 1234)
            .await
            .unwrap();
        let (mut sender, connection) = handshake(TokioIo::new(channel.into_stream())).await.unwrap();
        let carrying = tokio::spawn(connection);
        let request = hyper::Request::post("/hooks")
            .header("host", "x")
            .body(Empty::<Bytes>::new())
            .unwrap();
        let status = sender.send_request(request).await.unwrap().status().as_u16();
        carrying.abort();
        status
    }
}

struct Client {
    door: Door,
    shared: Arc<Mutex<Shared>>,
}

fn judged(right: bool) -> Auth {
    if right { Auth::Accept } else { Auth::reject() }
}

impl Handler for Client {
    type Error = Error;

    async fn auth_none(&mut self, _user: &str) -> Result<Auth, Error> {
        Ok(judged(self.door == Door::Open))
    }

    async fn auth_password(&mut self, _user: &str, password: &str) -> Result<Auth, Error> {
        Ok(judged(
            matches!(self.door, Door::Password(right) if right == password),
        ))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        _user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Error> {
        let Door::Question(right) = self.door else {
            return Ok(Auth::reject());
        };
        Ok(match response {
            None => Auth::Partial {
                name: Cow::Borrowed(""),
                instructions: Cow::Borrowed(""),
                prompts: Cow::Owned(vec![(Cow::Borrowed("Password: "), false)]),
            },
            Some(mut answers) => judged(answers.next().is_some_and(|answer| answer == right.as_bytes())),
        })
    }

    async fn channel_open_session(
        &mut self,
        _channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Error> {
        reply.accept().await;
        Ok(())
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Error> {
        let mut shared = self.shared.lock().unwrap();
        shared.client = Some((session.handle(), Some(channel)));
        session.data(channel, Bytes::from(shared.prints.clone()))?;
        Ok(())
    }

    async fn tcpip_forward(
        &mut self,
        _host: &str,
        _port: &mut u32,
        session: &mut Session,
    ) -> Result<bool, Error> {
        self.shared.lock().unwrap().client = Some((session.handle(), None));
        Ok(true)
    }
}
