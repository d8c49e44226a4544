//! A Merkle register and its proofs over opaque leaves.
//!
//! A [`Tree`] grows leaf by leaf. Its root at any size fits into a [`Checkpoint`], which the
//! register signs as a [`Note`]; an [`Inclusion`] then proves that a leaf is under that root, and
//! a [`Consistency`] that a later tree still holds everything an earlier one held. Both are
//! checked without the tree, and offline. A [`Witness`] cosigns another register's checkpoints as
//! long as each continues the one before; two that cannot both be true make an [`Equivocation`].
//! [`tile`] has the files in which a register is published.
//!
//! SPEC: trees and proofs are those of RFC 6962 section 2.1, verified as RFC 9162 section 2.1
//! says; texts are C2SP `signed-note`, `tlog-checkpoint`, `tlog-cosignature`, `tlog-proof`,
//! `tlog-witness` and `tlog-tiles`. An equivocation is a text of our own.
//!
//! ```
//! use pumasi_log::{LeafHash, Tree};
//!
//! let mut tree = Tree::new();
//! for act in ["request", "offer", "receipt"] {
//!     tree.append(act.as_bytes());
//! }
//! let proof = tree.inclusion(1, 3)?;
//! proof.verify(LeafHash::of(b"offer"), tree.root(3)?)?;
//! assert!(proof.verify(LeafHash::of(b"offers"), tree.root(3)?).is_err());
//! # Ok::<(), pumasi_log::ProofError>(())
//! ```
//!
//! Invariant: knows nothing of what a leaf means, nor of acts, networks, disks and clocks.

pub mod checkpoint;
pub mod cosignature;
pub mod equivocation;
pub mod note;
pub mod proof;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::{Cosignature, Cosigner, CosignerKey};
pub use equivocation::{Contradiction, Equivocation, EquivocationError};
pub use note::{Note, NoteError, NoteKey, NoteSigner};
pub use proof::{Consistency, Inclusion, LeafProof, LeafProofError, Prefix, ProofError};
pub use tile::{TileError, TileKind, TilePath};
pub use tree::{LeafHash, Tree};
pub use witness::{AddCheckpoint, Continued, Witness, WitnessRefusal};
