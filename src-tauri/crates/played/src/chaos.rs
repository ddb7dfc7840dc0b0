//! A line between a client and a server that can be told to misbehave.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

/// What the line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bytes flow.
    Pass,
    /// Connections stay open, no byte flows: the lid is closed, the router has forgotten us.
    Freeze,
    /// Connections are accepted and closed at once; open ones are cut.
    Refuse,
}

/// A line, in front of a server. Ends with its last clone.
#[derive(Clone, Debug)]
pub struct Chaos {
    address: SocketAddr,
    now: Arc<watch::Sender<Now>>,
    _end: Arc<DropGuard>,
}

#[derive(Clone, Copy, Debug)]
struct Now {
    target: SocketAddr,
    mode: Mode,
    cuts: u64,
    taken: u64,
    delay: Duration,
}

impl Chaos {
    /// A line to `target`.
    pub async fn to(target: SocketAddr) -> io::Result<Chaos> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let end = CancellationToken::new();
        let chaos = Chaos {
            address: listener.local_addr()?,
            now: Arc::new(
                watch::channel(Now {
                    target,
                    mode: Mode::Pass,
                    cuts: 0,
                    taken: 0,
                    delay: Duration::ZERO,
                })
                .0,
            ),
            _end: Arc::new(end.clone().drop_guard()),
        };
        let now = Arc::downgrade(&chaos.now);
        tokio::spawn(end.run_until_cancelled_owned(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Some(now) = now.upgrade() else { return };
                now.send_modify(|now| now.taken += 1);
                if now.borrow().mode != Mode::Refuse {
                    tokio::spawn(carry(client, now.subscribe()));
                }
            }
        }));
        Ok(chaos)
    }

    /// Where the client connects.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the line does from now on.
    pub fn set(&self, mode: Mode) {
        self.now.send_modify(|now| now.mode = mode);
        if mode == Mode::Refuse {
            self.cut();
        }
    }

    /// Cuts every open connection.
    pub fn cut(&self) {
        self.now.send_modify(|now| now.cuts += 1);
    }

    /// Holds back each piece for so long, in each direction.
    pub fn delay(&self, delay: Duration) {
        self.now.send_modify(|now| now.delay = delay);
    }

    /// New connections lead elsewhere.
    pub fn lead_to(&self, target: SocketAddr) {
        self.now.send_modify(|now| now.target = target);
    }

    /// Connections that were tried so far, refused ones included.
    pub fn connections(&self) -> u64 {
        self.now.borrow().taken
    }
}

async fn carry(client: TcpStream, mut now: watch::Receiver<Now>) {
    let Now { target, cuts, .. } = *now.borrow_and_update();
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    // Where it cannot be said, it is slower.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let (up, down) = (now.clone(), now.clone());
    tokio::select! {
        () = pump(from_client, to_server, up) => {}
        () = pump(from_server, to_client, down) => {}
        _ = now.wait_for(|now| now.cuts != cuts) => {}
    }
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut now: watch::Receiver<Now>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        if now.wait_for(|now| now.mode != Mode::Freeze).await.is_err() {
            return;
        }
        let delay = now.borrow().delay;
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}
