//! Signing in at the SSH server.

use super::handler::Incoming;
use super::{errors, host_key};
use crate::{SecretText, Ssh, SshAuth, Trouble};
use russh::client::{AuthResult, Handle, KeyboardInteractiveAuthResponse};
use russh::keys::agent::AgentIdentity;
use russh::keys::agent::client::{AgentClient, AgentStream};
use russh::keys::decode_secret_key;
use russh::keys::{Algorithm, Error as KeyError, HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKey};
use russh::{Error, MethodKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A server lets one try only a few keys (OpenSSH: six).
const KEYS: usize = 5;
/// A server that asks for more is not answered for ever.
const QUESTIONS: usize = 5;

/// A connection that broke ends within this.
const ENDING: Duration = Duration::from_secs(1);

type Server = Handle<Incoming>;

/// Signs in, or says why not.
pub(super) async fn sign_in(server: &mut Server, ssh: &Ssh) -> Result<(), Trouble> {
    let user = ssh.user.as_str();
    match &ssh.auth {
        SshAuth::None => {
            let result = server
                .authenticate_none(user)
                .await
                .map_err(|_| errors::line_lost())?;
            settle(server, &result, || errors::nobody_refused(ssh)).await
        }
        SshAuth::Key { file, passphrase } => {
            let key = Arc::new(load(file, passphrase.as_ref()).await?);
            let hash = rsa_hash(server, key.public_key()).await;
            let with = PrivateKeyWithHashAlg::new(key.clone(), hash);
            let result = server
                .authenticate_publickey(user, with)
                .await
                .map_err(|_| errors::line_lost())?;
            settle(server, &result, || {
                errors::key_refused(ssh, host_key::line(key.public_key()))
            })
            .await
        }
        SshAuth::Password(password) => with_password(server, ssh, password).await,
        SshAuth::Agent => with_agent(server, ssh).await,
    }
}

/// A connection that broke looks like a refusal that leaves no other method; how it ended tells them apart.
async fn settle(
    server: &mut Server,
    result: &AuthResult,
    refused: impl FnOnce() -> Trouble,
) -> Result<(), Trouble> {
    match result {
        AuthResult::Success => Ok(()),
        AuthResult::Failure {
            remaining_methods, ..
        } if remaining_methods.is_empty() => match timeout(ENDING, server).await {
            Ok(Err(Error::NoAuthMethod)) | Err(_) => Err(refused()),
            Ok(_) => Err(errors::line_lost()),
        },
        AuthResult::Failure { .. } => Err(refused()),
    }
}

async fn with_password(server: &mut Server, ssh: &Ssh, password: &SecretText) -> Result<(), Trouble> {
    let result = server
        .authenticate_password(ssh.user.as_str(), password.reveal())
        .await
        .map_err(|_| errors::line_lost())?;
    match result {
        // Many servers ask for the password in their own words.
        AuthResult::Failure {
            remaining_methods, ..
        } if remaining_methods.contains(&MethodKind::KeyboardInteractive) => {
            questioned(server, ssh, password).await
        }
        result => settle(server, &result, || errors::password_refused(ssh)).await,
    }
}

async fn questioned(server: &mut Server, ssh: &Ssh, password: &SecretText) -> Result<(), Trouble> {
    let mut reply = server
        .authenticate_keyboard_interactive_start(ssh.user.as_str(), None)
        .await
        .map_err(|_| errors::line_lost())?;
    for _ in 0..QUESTIONS {
        reply = match reply {
            KeyboardInteractiveAuthResponse::Success => return Ok(()),
            KeyboardInteractiveAuthResponse::Failure { .. } => break,
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| password.reveal().to_owned()).collect();
                let reply = server.authenticate_keyboard_interactive_respond(answers).await;
                reply.map_err(|_| errors::line_lost())?
            }
        };
    }
    Err(errors::password_refused(ssh))
}

async fn with_agent(server: &mut Server, ssh: &Ssh) -> Result<(), Trouble> {
    let mut agent = agent().await?;
    let found = agent.request_identities().await;
    let found = found.map_err(|_| errors::agent("The SSH agent does not say which keys it has."))?;
    let keys = found.into_iter().filter_map(|identity| match identity {
        AgentIdentity::PublicKey { key, .. } => Some(key),
        AgentIdentity::Certificate { .. } => None,
    });
    let mut tried = None;
    for key in keys.take(KEYS) {
        let hash = rsa_hash(server, &key).await;
        // An error: the agent will not sign with this one, e.g. because a person said no.
        if let Ok(result) = server
            .authenticate_publickey_with(ssh.user.as_str(), key.clone(), hash, &mut agent)
            .await
        {
            match settle(server, &result, || errors::key_refused(ssh, None)).await {
                Err(why) if why.code == "ssh-key-refused" => {}
                settled => return settled,
            }
        }
        tried = Some(key);
    }
    Err(match tried {
        Some(_) => errors::key_refused(ssh, None),
        None => errors::agent("The SSH agent has no key."),
    })
}

#[cfg(unix)]
async fn agent() -> Result<AgentClient<Box<dyn AgentStream + Send + Unpin>>, Trouble> {
    match AgentClient::connect_env().await {
        Ok(agent) => Ok(agent.dynamic()),
        Err(_) => Err(errors::agent("No SSH agent is running.")),
    }
}

/// Windows has two: OpenSSH's, and PuTTY's.
#[cfg(windows)]
async fn agent() -> Result<AgentClient<Box<dyn AgentStream + Send + Unpin>>, Trouble> {
    if let Ok(agent) = AgentClient::connect_named_pipe(r"\\.\pipe\openssh-ssh-agent").await {
        return Ok(agent.dynamic());
    }
    match AgentClient::connect_pageant().await {
        Ok(agent) => Ok(agent.dynamic()),
        Err(_) => Err(errors::agent("No SSH agent is running.")),
    }
}

/// With which hash the server takes an RSA key (RFC 8332); none for other keys.
async fn rsa_hash(server: &Server, key: &PublicKey) -> Option<HashAlg> {
    match key.algorithm() {
        Algorithm::Rsa { .. } => {
            let best = server.best_supported_rsa_hash().await;
            best.ok().flatten().unwrap_or(Some(HashAlg::Sha512))
        }
        _ => None,
    }
}

async fn load(file: &Path, passphrase: Option<&SecretText>) -> Result<PrivateKey, Trouble> {
    let text = tokio::fs::read(file)
        .await
        .map_err(|error| errors::key_unreadable(file, &error))?;
    let text = zeroize::Zeroizing::new(text);
    let passphrase = passphrase.filter(|passphrase| !passphrase.is_empty()).cloned();
    let tried = passphrase.is_some();
    // A passphrase is slow to try on purpose.
    let decoded = tokio::task::spawn_blocking(move || {
        let text = std::str::from_utf8(&text).map_err(|_| KeyError::CouldNotReadKey)?;
        decode_secret_key(text, passphrase.as_ref().map(SecretText::reveal))
    });
    match decoded.await {
        Ok(Ok(key)) if !key.is_encrypted() => Ok(key),
        Ok(Ok(_) | Err(KeyError::KeyIsEncrypted)) => Err(errors::key_locked(file, tried)),
        // A wrong passphrase makes rubbish, which looks like a broken key.
        Ok(Err(_)) if tried => Err(errors::key_locked(file, true)),
        Ok(Err(_)) | Err(_) => Err(errors::key_wrong(file)),
    }
}
