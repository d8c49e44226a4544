//! Serving in turn: of a party's servers one decides, the others stand by and take its place.

use std::future::pending;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::{RunError, RunFile, ServeOptions, asked_to_stop, serve_opened};
use crate::library::Library;
use crate::service::files::NodeFile;
use crate::service::{Service, ServiceError};
use crate::store::place::{Opened, Place};
use crate::store::postgres::show::{Weakness, weaknesses};
use crate::store::{Ledger, StoreError};

/// How often a server that stands by asks for its turn. Only how soon it takes over depends on
/// it; who decides is settled by the database.
const ASK: Duration = Duration::from_millis(250);

/// What happens to a server in its turn or waiting for it.
#[derive(Debug)]
pub enum Event<'a> {
    /// It runs, found where the file says and opened by the token.
    Ready(&'a RunFile, &'a str),
    /// The database is set so that acknowledged acts may be lost.
    Weak(&'a [Weakness]),
    /// Another server decides.
    StandsBy {
        /// Its name.
        decider: &'a str,
    },
    /// The database does not answer.
    Waits {
        /// Why.
        error: &'a StoreError,
    },
    /// Another server has taken over.
    Replaced,
}

/// Runs the node in `folder` until it is asked to stop, whenever it is its turn.
///
/// # Errors
/// When it cannot be opened or cannot listen.
pub async fn serve_in_turn(
    folder: &Path,
    options: &ServeOptions,
    mut tell: impl FnMut(&Event<'_>),
) -> Result<(), RunError> {
    let mut stop = pin!(asked_to_stop(options.attended));
    let mut has_served = false;
    loop {
        let place = NodeFile::read(folder)?.place(folder)?;
        let ledger = tokio::select! {
            () = &mut stop => return Ok(()),
            ledger = wait_for_turn(&place, folder, has_served, &mut tell) => ledger?,
        };
        if let Place::Postgres(address) = &place {
            let found = weaknesses(address).map_err(ServiceError::from)?;
            if !found.is_empty() {
                tell(&Event::Weak(&found));
            }
        }
        let decides = ledger.decides();
        let library = Library::load(options.library.as_deref()).map_err(ServiceError::from)?;
        let service = Arc::new(Service::open_on(folder, library, ledger)?);
        let mut asked = false;
        let ready = |run: &RunFile, token: &str| tell(&Event::Ready(run, token));
        let end = async {
            tokio::select! {
                () = &mut stop => asked = true,
                () = replaced(decides) => {}
            }
        };
        serve_opened(service, folder, options, ready, end).await?;
        if asked {
            return Ok(());
        }
        has_served = true;
        tell(&Event::Replaced);
    }
}

/// Asks for the turn until it comes, saying once what it waits for.
///
/// A store that cannot be opened at all ends the wait, unless this server has served before: then
/// its database was there and may well come back.
async fn wait_for_turn(
    place: &Place,
    folder: &Path,
    has_served: bool,
    tell: &mut impl FnMut(&Event<'_>),
) -> Result<Box<dyn Ledger>, RunError> {
    let mut told = String::new();
    let mut patient = has_served;
    loop {
        let (asked, folder) = (place.clone(), folder.to_owned());
        let outcome = tokio::task::spawn_blocking(move || asked.open(&folder)).await;
        let outcome =
            outcome.unwrap_or_else(|_| Err(StoreError::Closed { at: place.to_string().into() }));
        match outcome {
            Ok(Opened::Ledger(ledger)) => return Ok(ledger),
            Ok(Opened::By(decider)) => {
                patient = true;
                if told != decider {
                    tell(&Event::StandsBy { decider: &decider });
                    told = decider;
                }
            }
            Err(error @ (StoreError::Io { .. } | StoreError::Locked { .. })) if patient => {
                if told != error.to_string() {
                    tell(&Event::Waits { error: &error });
                    told = error.to_string();
                }
            }
            Err(error) => return Err(ServiceError::from(error).into()),
        }
        tokio::time::sleep(ASK).await;
    }
}

/// Ends once another server decides.
async fn replaced(mut decides: watch::Receiver<bool>) {
    while *decides.borrow_and_update() {
        if decides.changed().await.is_err() {
            // Nobody can say so any more: this ledger cannot be replaced.
            pending::<()>().await;
        }
    }
}
