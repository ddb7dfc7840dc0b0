//! Every way to be reachable, over real sockets on loopback, with the faults that real lines have.

mod check;
mod cloudflared;
mod house;
mod ngrok;
mod ngrok_end;
mod service;
mod ssh;
mod sshd;
mod world;
