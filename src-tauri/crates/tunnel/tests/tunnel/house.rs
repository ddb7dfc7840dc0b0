//! The program's side of the door: a small HTTP server that counts what arrives.

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use nexwatch_tunnel::{Door, Io};
use std::collections::HashSet;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// Answers 200 to everything but what it is told not to; `/slow` waits until it is let go.
pub struct House {
    rooms: Arc<Rooms>,
    listening: Mutex<Option<(SocketAddr, JoinHandle<()>)>>,
}

struct Rooms {
    ids: Mutex<HashSet<String>>,
    in_flight: watch::Sender<usize>,
    gate: Semaphore,
    /// Answers a self-test, or whatever a test wants of an answer.
    special: Mutex<Option<Special>>,
}

type Special = Box<dyn Fn(&Request<Incoming>) -> Option<Response<Full<Bytes>>> + Send + Sync>;

struct Counted<'a>(&'a watch::Sender<usize>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Rooms {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.in_flight.send_modify(|count| *count += 1);
        let _counted = Counted(&self.in_flight);
        if let Some(special) = &*self.special.lock().unwrap()
            && let Some(answer) = special(&request)
        {
            return answer;
        }
        if request.uri().path() == "/slow" {
            self.gate.acquire().await.unwrap().forget();
        }
        if let Some(id) = request.headers().get("x-id") {
            self.ids.lock().unwrap().insert(id.to_str().unwrap().to_owned());
        }
        Response::new(Full::from("here"))
    }
}

async fn serve(rooms: Arc<Rooms>, stream: impl Io + 'static) {
    let service = service_fn(|request| {
        let rooms = rooms.clone();
        async move { Ok::<_, Infallible>(rooms.answer(request).await) }
    });
    let _ = Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

impl House {
    pub fn new() -> Arc<House> {
        Arc::new(House {
            rooms: Arc::new(Rooms {
                ids: Mutex::default(),
                in_flight: watch::channel(0).0,
                gate: Semaphore::new(0),
                special: Mutex::default(),
            }),
            listening: Mutex::default(),
        })
    }

    /// Listens on a loopback port as well.
    pub async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let rooms = self.rooms.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(rooms.clone(), stream));
            }
        });
        *self.listening.lock().unwrap() = Some((address, task));
        address
    }

    /// Listens no more.
    pub async fn deaf(&self) {
        let task = self.listening.lock().unwrap().take();
        if let Some((_, task)) = task {
            task.abort();
            let _ = task.await;
        }
    }

    /// Distinct ids of all requests that arrived.
    pub fn ids(&self) -> usize {
        self.rooms.ids.lock().unwrap().len()
    }

    /// Returns when so many requests are in flight.
    pub async fn busy_with(&self, count: usize) {
        self.rooms
            .in_flight
            .subscribe()
            .wait_for(|now| *now == count)
            .await
            .unwrap();
    }

    /// Lets one slow request go.
    pub fn let_go(&self) {
        self.rooms.gate.add_permits(1);
    }

    /// Answers first.
    pub fn special(
        &self,
        answer: impl Fn(&Request<Incoming>) -> Option<Response<Full<Bytes>>> + Send + Sync + 'static,
    ) {
        *self.rooms.special.lock().unwrap() = Some(Box::new(answer));
    }

    /// Answers everything with this.
    pub fn always(&self, status: StatusCode, text: &'static str) {
        self.special(move |_| {
            let mut answer = Response::new(Full::from(text));
            *answer.status_mut() = status;
            Some(answer)
        });
    }
}

impl Door for House {
    fn serve(&self, stream: Box<dyn Io>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(serve(self.rooms.clone(), stream))
    }

    fn address(&self) -> Option<SocketAddr> {
        self.listening
            .lock()
            .unwrap()
            .as_ref()
            .map(|(address, _)| *address)
    }

    fn in_flight(&self) -> usize {
        *self.rooms.in_flight.borrow()
    }
}
