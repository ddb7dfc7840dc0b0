//! Carries deliveries to the receiver over connections that are kept open.

use super::plan::Plan;
use super::tally::Tally;
use super::target::Target;
use super::{Arguments, now};
use crate::client::{Client, Reply, SAMPLE_HEADER, SendError};
use bytes::Bytes;
use nexwatch_nexudus::signature::HEADER;
use nexwatch_sample::Delivery;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;

/// The platform's patience is not documented; most senders wait half a minute.
const PATIENCE: Duration = Duration::from_secs(30);
/// The pause before the first retry; each further one is twice as long, up to a limit.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Who cannot be reached for so long has gone.
const GONE: Duration = Duration::from_secs(5);
/// Deliveries made ahead of their sending, for each connection.
const AHEAD: usize = 2;

/// The connections at work.
pub(super) struct Courier {
    queue: mpsc::Sender<Delivery>,
    senders: JoinSet<Result<(), SendError>>,
}

impl Courier {
    /// Connects once, to see that somebody listens, then starts all senders.
    pub async fn start(
        target: Arc<Target>,
        arguments: &Arguments,
        tally: Arc<Tally>,
        stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<Courier> {
        let first = Client::connect(target.host())
            .await
            .map_err(|error| nobody(&target, error))?;
        let count = usize::from(arguments.senders);
        let (queue, jobs) = mpsc::channel(count * AHEAD);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut senders = JoinSet::new();
        let mut first = Some(first);
        for _ in 0..count {
            let sender = Sender {
                target: target.clone(),
                tally: tally.clone(),
                stopped: stopped.clone(),
                retry: arguments.retry,
                client: first.take(),
            };
            senders.spawn(sender.run(jobs.clone()));
        }
        Ok(Courier { queue, senders })
    }

    /// Sends the whole plan, each at its time; ends early when stopped or when the receiver has gone.
    pub async fn carry(mut self, plan: &mut Plan, mut stopped: watch::Receiver<bool>) -> anyhow::Result<()> {
        let start = Instant::now();
        while let Some(due) = plan.due() {
            if let Some(wait) = due.checked_sub(start.elapsed()) {
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    _ = stopped.wait_for(|stop| *stop) => break,
                    gone = self.senders.join_next() => return ended(gone),
                }
            }
            let Some(delivery) = plan.make(now()) else {
                continue;
            };
            tokio::select! {
                sent = self.queue.send(delivery) => if sent.is_err() { break },
                _ = stopped.wait_for(|stop| *stop) => break,
                gone = self.senders.join_next() => return ended(gone),
            }
        }
        drop(self.queue);
        while let Some(result) = self.senders.join_next().await {
            ended(Some(result))?;
        }
        Ok(())
    }
}

type Joined = Result<Result<(), SendError>, tokio::task::JoinError>;

fn ended(result: Option<Joined>) -> anyhow::Result<()> {
    match result {
        Some(Ok(Err(error))) => Err(anyhow::Error::new(error).context("the receiver has gone")),
        Some(Err(error)) => Err(error.into()),
        _ => Ok(()),
    }
}

fn nobody(target: &Target, error: SendError) -> anyhow::Error {
    match error {
        SendError::Connect(host, cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            let own = if target.mark.is_some() {
                "; start Nexwatch (`nexwatch serve`, or the window)"
            } else {
                ""
            };
            anyhow::anyhow!("nobody listens on {host}{own}")
        }
        other => other.into(),
    }
}

/// One connection.
struct Sender {
    target: Arc<Target>,
    tally: Arc<Tally>,
    stopped: watch::Receiver<bool>,
    retry: u8,
    client: Option<Client>,
}

impl Sender {
    /// Sends what is queued until there is no more.
    async fn run(mut self, jobs: Arc<Mutex<mpsc::Receiver<Delivery>>>) -> Result<(), SendError> {
        loop {
            let job = jobs.lock().await.recv().await;
            let Some(delivery) = job else { return Ok(()) };
            self.deliver(delivery).await?;
        }
    }

    async fn deliver(&mut self, delivery: Delivery) -> Result<(), SendError> {
        let target = self.target.clone();
        let path = target.path(&delivery);
        let signature = target.signing.sign(&delivery);
        let mut headers = Vec::with_capacity(2);
        headers.extend(target.mark.as_deref().map(|mark| (SAMPLE_HEADER, mark)));
        headers.extend(signature.as_deref().map(|value| (HEADER, value)));
        let body = Bytes::from(delivery.body);
        let mut pause = FIRST_PAUSE;
        for left in (0..=self.retry).rev() {
            let reply = match self.post(&path, &headers, body.clone()).await {
                Ok(reply) => reply,
                Err(error) => {
                    self.tally.done(None);
                    return Err(error);
                }
            };
            let kept = reply.is_some_and(|reply| reply.status.is_success());
            if kept || left == 0 || self.wait(pause, reply).await {
                self.tally.done(reply.map(|reply| reply.status.as_u16()));
                return Ok(());
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            self.tally.again();
        }
        Ok(())
    }

    /// Waits before a retry, at least as long as the answer asks for; whether it was stopped meanwhile.
    async fn wait(&mut self, pause: Duration, reply: Option<Reply>) -> bool {
        let asked = reply
            .and_then(|reply| reply.retry_after)
            .map_or(Duration::ZERO, Duration::from_secs);
        let pause = pause.max(asked.min(LONGEST_PAUSE));
        tokio::select! {
            () = tokio::time::sleep(pause) => false,
            _ = self.stopped.wait_for(|stop| *stop) => true,
        }
    }

    /// One request. Nothing: no answer came. An error: the receiver cannot be reached any more.
    async fn post(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<Option<Reply>, SendError> {
        // A connection that the receiver closed while it was idle says nothing about the delivery: once more.
        for fresh in [false, true] {
            let mut client = match self.client.take().filter(|client| client.is_open() && !fresh) {
                Some(client) => client,
                None => match self.connect().await? {
                    Some(client) => client,
                    None => return Ok(None),
                },
            };
            match tokio::time::timeout(PATIENCE, client.post(path, headers, body.clone())).await {
                Ok(Ok(reply)) => {
                    self.client = client.is_open().then_some(client);
                    return Ok(Some(reply));
                }
                Ok(Err(error @ SendError::Request(_))) => return Err(error),
                Ok(Err(_)) => {}
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// A new connection; nothing when stopped before there is one.
    async fn connect(&mut self) -> Result<Option<Client>, SendError> {
        let start = Instant::now();
        let mut pause = Duration::from_millis(20);
        loop {
            match Client::connect(self.target.host()).await {
                Ok(client) => return Ok(Some(client)),
                Err(error) if start.elapsed() > GONE => return Err(error),
                Err(_) => {}
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(Duration::from_millis(500)),
                _ = self.stopped.wait_for(|stop| *stop) => return Ok(None),
            }
        }
    }
}
