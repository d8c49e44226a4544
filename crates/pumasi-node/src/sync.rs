//! Sync with neighbours: each node reads the others' feeds and remembers how far it has come.
//!
//! What is asked next, and what is taken, `pumasi-sync` says; here are the network, the clock and
//! the ledger around it.
//!
//! The cursor of a feed is the acknowledgement: it moves only after what was read is on disk.
//! Normally a node reads from each neighbour what that neighbour wrote itself. When digests
//! differ, or the author of an act cannot be reached, it reads everything a neighbour holds, so
//! that any member of an audience can carry for the others; acts authenticate themselves.
//!
//! Trouble in one matter, such as an author who is not trusted here yet, holds up that matter
//! alone.

pub mod board;
mod follow;
pub mod push;
pub mod relay;
pub mod serve;
mod turns;
pub mod witness;

use std::sync::Arc;
use std::time::Duration;

use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::runtime::peer::{Limits, PeerClient};
use crate::runtime::tls::Pins;
use crate::service::Service;
use crate::store::{Ledger, StoreError};

use board::Board;
use follow::Follower;

pub use pumasi_sync::dialogue::WAIT_SECONDS;

/// A neighbour and where it listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The party.
    pub party: PartyId,
    /// `https://host:port`.
    pub url: String,
}

/// Keeps the neighbours a node reads from.
///
/// # Errors
/// When the ledger fails.
pub fn put_neighbour(service: &Service, neighbour: &Neighbour) -> Result<(), StoreError> {
    service
        .ledger()
        .put_setting(&format!("neighbour/{}", neighbour.party), neighbour.url.as_bytes())
}

/// The neighbours a node reads from.
///
/// # Errors
/// When the ledger fails.
pub fn neighbours(ledger: &dyn Ledger) -> Result<Vec<Neighbour>, StoreError> {
    let stored = ledger.settings("neighbour/")?;
    Ok(stored
        .into_iter()
        .filter_map(|(name, value)| {
            let party = name.trim_start_matches("neighbour/").parse().ok()?;
            Some(Neighbour { party, url: String::from_utf8(value).ok()? })
        })
        .collect())
}

/// Reads one neighbour's feed for as long as the node runs.
pub async fn follow(
    service: Arc<Service>,
    board: Arc<Board>,
    pins: Arc<dyn Pins>,
    clock: Clock,
    neighbour: Neighbour,
) {
    let client = PeerClient::new(
        &neighbour.url,
        neighbour.party.clone(),
        pins,
        service.node_key(),
        Limits { answer_wait: Duration::from_secs(WAIT_SECONDS + 20), ..Limits::default() },
    );
    match client {
        Ok(client) => Follower::new(service, board, client, clock, neighbour).run().await,
        Err(error) => board.failed(&neighbour, &error.to_string(), clock.now()),
    }
}

/// An error with its causes, in one line.
fn words(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        next = cause.source();
    }
    text
}

/// Runs work that waits for the disk away from the network's threads.
async fn blocking<T: Send + 'static, E: Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}
