//! One session with ngrok: opened, listened to, ended.

use super::connector::Dialer;
use super::errors;
use crate::ways::inlet::{Inlet, Quiet};
use crate::ways::{Closing, Live, News, Site};
use crate::{Class, Field, SecretText, Trouble};
use futures_util::TryStreamExt;
use ngrok::Session;
use ngrok::prelude::*;
use ngrok::tunnel::{AcceptError, HttpTunnel};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::DropGuard;

/// How long the server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// What a session is opened with.
pub(super) struct Wanted<'a> {
    pub(super) authtoken: &'a SecretText,
    pub(super) domain: Option<String>,
    pub(super) server: &'a str,
    /// PEM.
    pub(super) authority: Option<Vec<u8>>,
}

/// Opens a session and binds the endpoint.
pub(super) async fn open(site: &Site, wanted: Wanted<'_>) -> Result<Live, Trouble> {
    let (news_in, news) = mpsc::unbounded_channel();
    let dialer = Dialer::new(news_in.clone(), site.limits, site.back_off, wanted.server);
    // Whatever ends this early cuts the line, and with it every task of the crate.
    let guard = dialer.kill.clone().drop_guard();
    let session = builder(site, &wanted, &dialer, &news_in)?
        .connect()
        .await
        .map_err(|error| errors::of_connect(&error, wanted.server))?;
    let mut endpoint = session.http_endpoint();
    // Shown on ngrok's dashboard.
    endpoint.forwards_to("Nexwatch");
    if let Some(domain) = &wanted.domain {
        endpoint.domain(domain);
    }
    let tunnel = endpoint
        .listen()
        .await
        .map_err(|error| match error.error_code() {
            Some(code) => errors::of_code(code),
            None => errors::line_lost(),
        })?;
    let url = tunnel.url().to_owned();
    let id = tunnel.id().to_owned();
    let inlet = site.inlet();
    let (hurry, renew) = (dialer.hurry.clone(), Arc::new(Notify::new()));
    let mut tasks = JoinSet::new();
    tasks.spawn(streams(
        tunnel,
        inlet.clone(),
        dialer.clone(),
        news_in,
        wanted.server.to_owned(),
    ));
    tasks.spawn(renewing(dialer, renew.clone()));
    Ok(Live {
        url,
        unproven: false,
        news,
        hurry,
        renew,
        closing: Box::new(Goodbye {
            session,
            id,
            inlet,
            tasks,
            guard,
        }),
    })
}

fn builder(
    site: &Site,
    wanted: &Wanted<'_>,
    dialer: &Dialer,
    news: &mpsc::UnboundedSender<News>,
) -> Result<ngrok::session::SessionBuilder, Trouble> {
    let mut builder = Session::builder();
    builder.authtoken(wanted.authtoken.reveal());
    // Not with client_info, which replaces the version by which ngrok judges whether we are too old.
    builder.metadata("Nexwatch");
    builder.server_addr(wanted.server).map_err(|_| {
        Trouble::new(
            Class::Settings,
            "ngrok-server",
            format!("{} is no server address.", wanted.server),
            "Enter it as name:port, or leave it empty for ngrok's own.",
        )
        .about(Field::Server)
    })?;
    if let Some(authority) = &wanted.authority {
        builder.ca_cert(authority.clone().into());
    }
    let strange = |_| errors::line_lost();
    builder
        .heartbeat_interval(site.heartbeat.every)
        .map_err(|_| strange(()))?;
    builder
        .heartbeat_tolerance(site.heartbeat.patience)
        .map_err(|_| strange(()))?;
    let line = dialer.clone();
    builder.handle_heartbeat(move |latency: Option<Duration>| {
        match latency {
            Some(_) => line.beat(),
            // The crate does nothing about a line that is dead. Cut, it is noticed, and taken up again.
            None => line.missed(),
        }
        async { Ok(()) }
    });
    let stop = news.clone();
    builder.handle_stop_command(move |_| {
        let _ = stop.send(News::Ended(errors::stopped(None)));
        async { Ok(()) }
    });
    let restart = news.clone();
    builder.handle_restart_command(move |_| {
        let _ = restart.send(News::Ended(errors::restarted()));
        async { Ok(()) }
    });
    builder.handle_update_command(|_| async {
        Err("Nexwatch is updated by the person who uses it.".to_owned())
    });
    builder.connector(dialer.clone());
    Ok(builder)
}

/// Takes the visitors' streams until there are no more.
async fn streams(
    mut tunnel: HttpTunnel,
    inlet: Inlet,
    dialer: Dialer,
    news: mpsc::UnboundedSender<News>,
    server: String,
) {
    let why = loop {
        match tunnel.try_next().await {
            Ok(Some(stream)) => inlet.push(Box::new(stream)),
            Ok(None) => break errors::line_lost(),
            Err(closed @ AcceptError::ListenerClosed { .. }) => break errors::of_accept(&closed, &server),
            // The crate says only that we gave up; why, we know.
            Err(error) => break errors::of_accept(&dialer.lost().unwrap_or(error), &server),
        }
    };
    let _ = news.send(News::Ended(why));
    // Dropped here, the tunnel would be unbound behind the back of an orderly close.
    dialer.kill.cancelled().await;
}

/// Cuts the line when asked; the crate then takes it up anew.
async fn renewing(dialer: Dialer, renew: Arc<Notify>) {
    loop {
        tokio::select! {
            () = dialer.kill.cancelled() => return,
            () = renew.notified() => dialer.cut(),
        }
    }
}

/// How a session ends.
struct Goodbye {
    session: Session,
    id: String,
    inlet: Inlet,
    tasks: JoinSet<()>,
    guard: DropGuard,
}

#[async_trait::async_trait]
impl Closing for Goodbye {
    async fn close(mut self: Box<Self>, quiet: Quiet) {
        if quiet.is_orderly() {
            // From now on visitors hear that the address is offline; what is in flight goes on.
            let heard = timeout(GOODBYE, self.session.close_tunnel(&self.id)).await;
            quiet.wait().await;
            // The answers are on their way when the server has answered what was said after them.
            if matches!(heard, Ok(Ok(()))) {
                let _ = timeout(GOODBYE, self.session.close_tunnel(&self.id)).await;
            }
        }
        drop(self.guard);
        self.inlet.shut().await;
        while self.tasks.join_next().await.is_some() {}
    }
}
