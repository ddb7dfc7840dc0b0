//! Whether the computer has a way out to the network, and which: noticed when it comes back or changes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::{Mutex, PoisonError};

/// Addresses of documentation (RFC 5737, RFC 3849): nothing is sent there, only the system's choice of a way is asked.
const FAR: [(IpAddr, IpAddr); 2] = [
    (
        IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)),
    ),
    (
        IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
    ),
];

/// By which of its own addresses this computer would go out: IPv4, IPv6.
pub(super) type Out = [Option<IpAddr>; 2];

/// As it is now. Cheap.
pub(super) fn now() -> Out {
    FAR.map(|(any, far)| {
        let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
        socket.connect(SocketAddr::new(far, 9)).ok()?;
        socket.local_addr().ok().map(|address| address.ip())
    })
}

/// Remembers the way out.
pub(super) struct Network(Mutex<Out>);

impl Network {
    pub fn new(out: Out) -> Network {
        Network(Mutex::new(out))
    }

    /// Whether it has come back, or is another one, since the last look.
    pub fn is_back(&self, out: Out) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *known, out);
        before != out && out.iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_returns_or_changes_is_noticed_and_one_that_goes_is_not() {
        let home = [Some(IpAddr::from([192, 168, 1, 7])), None];
        let cafe = [Some(IpAddr::from([10, 0, 0, 7])), None];
        let network = Network::new(home);
        let told: Vec<bool> = [home, [None, None], [None, None], home, cafe, cafe]
            .into_iter()
            .map(|out| network.is_back(out))
            .collect();
        assert_eq!(told, [false, false, false, true, true, false]);
    }
}
