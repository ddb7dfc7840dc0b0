//! Where it listens, and where it will not.

use crate::support::*;
use nexwatch_receive::{BindError, KeySet, Limits, Listener};
use std::net::SocketAddr;
use std::sync::Arc;

async fn bind(rig: &Rig, address: &str) -> Result<Listener, BindError> {
    let (options, _) = options(Limits::default());
    let address: SocketAddr = address.parse().unwrap();
    let keys = Arc::new(Arc::new(KeySet::default()));
    Listener::bind(address, options, rig.store.writer.clone(), keys).await
}

#[tokio::test]
async fn only_this_machine_can_reach_it() {
    let rig = Rig::new().await;
    for address in [
        "0.0.0.0:0",
        "[::]:0",
        "192.168.1.5:0",
        "[::ffff:10.0.0.1]:0",
        "8.8.8.8:80",
    ] {
        let refused = bind(&rig, address).await.unwrap_err();
        assert!(matches!(refused, BindError::NotLoopback(_)), "{refused}");
        assert!(refused.to_string().contains("127.0.0.1"));
    }
    let other = bind(&rig, "127.0.0.1:0").await.unwrap();
    assert!(other.address().ip().is_loopback() && other.address().port() != 0);
    let mut client = Client::to(other.address()).await;
    client.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(client.hear().await.status, 200);
}

#[tokio::test]
async fn a_port_in_use_is_named_with_the_remedy() {
    let rig = Rig::new().await;
    let taken = rig.listener.address();
    let refused = bind(&rig, &taken.to_string()).await.unwrap_err();
    assert!(matches!(refused, BindError::InUse(address) if address == taken));
    let text = refused.to_string();
    assert!(
        text.contains(&taken.port().to_string()) && text.contains("another port"),
        "{text}"
    );
}

#[tokio::test]
async fn a_dropped_listener_leaves_its_port() {
    let rig = Rig::new().await;
    let other = bind(&rig, "127.0.0.1:0").await.unwrap();
    let address = other.address();
    let mut idle = Client::to(address).await;
    idle.say(post(&hook("/6"), &[], booking(1))).await;
    assert_eq!(idle.hear().await.status, 200);
    drop(other);
    idle.closed().await;
    rig.until("the port is free", |_| {
        std::net::TcpListener::bind(address).is_ok()
    })
    .await;
}
