//! Moving a stopped node from one store to another.
//!
//! The order of steps makes every interruption harmless: the copy is compared with the original
//! before anything points to it, the original is closed before `node.toml` names the copy, and
//! running the move again goes on where it stopped.

use std::path::Path;
use std::sync::Arc;

use super::ServiceError;
use super::files::NodeFile;
use crate::store::moving::{self, Contents, CopyError};
use crate::store::place::{Place, hold};

/// Why a node was not moved.
#[derive(Debug, thiserror::Error)]
pub enum RelocateError {
    /// The node cannot be used.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The target names no place.
    #[error(transparent)]
    Target(#[from] moving::TargetError),
    /// The copy was not made.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// Another move of the node has not ended.
    #[error("the node is being moved to `{to}`")]
    UnderWay {
        /// Where to.
        to: String,
    },
}

/// A move that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relocated {
    /// Where the ledger was, without a password.
    pub from: String,
    /// Where it is.
    pub to: String,
    /// What was moved, or none when it was there already.
    pub contents: Option<Contents>,
}

/// Moves the ledger of the node in `folder` to `target`: `sqlite`, an address, or `${NAME}`.
///
/// # Errors
/// When the node runs, the target holds something else, or the copy is not equal to the original.
/// The node then works on as before.
pub fn relocate(folder: &Path, target: &str) -> Result<Relocated, RelocateError> {
    let mut settings = NodeFile::read(folder)?;
    let from = settings.place(folder)?;
    let to = Place::read(Some(target)).map_err(moving::TargetError)?;
    let (from_name, to_name) = (from.to_string(), to.to_string());
    if from == to {
        return Ok(Relocated { from: from_name, to: to_name, contents: None });
    }
    let lock = Arc::new(hold(folder).map_err(ServiceError::from)?);
    let original = from.open_to_move(&lock).map_err(ServiceError::from)?;
    if let Some(other) = original.moved_to().map_err(ServiceError::from)?
        && other != to_name
    {
        return Err(RelocateError::UnderWay { to: other });
    }
    let copy = to.open_to_move(&lock).map_err(ServiceError::from)?;
    let contents = moving::copy(original.as_ref(), copy.as_ref())?;
    copy.mark_moved(None).map_err(ServiceError::from)?;
    original.mark_moved(Some(&to_name)).map_err(ServiceError::from)?;
    settings.store = (to != Place::Folder).then(|| target.to_owned());
    settings.write(folder)?;
    Ok(Relocated { from: from_name, to: to_name, contents: Some(contents) })
}
