//! Everything around the node that touches the world: the data folder, sockets and TLS.
//!
//! Peers know each other by pinned Ed25519 keys, over TLS 1.3, without any certificate
//! authority: [`tls`] says who may connect, [`listen`] serves them, [`peer`] calls them.
//! [`lock`] keeps a second process out of the data folder.

pub(crate) mod date;
pub(crate) mod disk;
pub mod listen;
pub mod lock;
pub mod peer;
pub mod tls;
