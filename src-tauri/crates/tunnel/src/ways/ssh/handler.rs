//! What the SSH server may do here: show its key, and open the streams that we asked for. Nothing else.

use super::host_key::Guard;
use crate::ways::inlet::Inlet;
use russh::client::{ChannelOpenHandle, Handler, Msg, Session};
use russh::keys::PublicKeyOrCertificate;
use russh::{Channel, Error};

pub(super) struct Incoming {
    pub(super) guard: Guard,
    pub(super) inlet: Inlet,
}

impl Handler for Incoming {
    type Error = Error;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, Error> {
        Ok(match shown {
            PublicKeyOrCertificate::PublicKey { key, .. } => self.guard.admits(key),
            // Not asked for.
            PublicKeyOrCertificate::Certificate(_) => false,
        })
    }

    async fn server_channel_open_forwarded_tcpip(
        &mut self,
        channel: Channel<Msg>,
        _address: &str,
        _port: u32,
        _from: &str,
        _from_port: u32,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Error> {
        reply.accept().await;
        self.inlet.push(Box::new(channel.into_stream()));
        Ok(())
    }
}
