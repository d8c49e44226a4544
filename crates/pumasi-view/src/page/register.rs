//! The register page: what this node signed, who saw it, and what it saw of others.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PartyName;

pages! {
    /// `GET /api/v1/register`: the register of everything this node stored.
    ///
    /// Roots are SHA-256 in hexadecimal; notes are C2SP signed notes, to be kept byte for byte.
    pub struct RegisterPage {
        /// Whose register it is.
        pub party: PartyName,
        /// Its name: `pumasi/<party>/<key>/<incarnation>`.
        pub origin: String,
        /// The public key that signs it, as C2SP writes such keys: name, hash and key.
        pub key: String,
        /// The number of acts stored now.
        pub size: u64,
        /// The root over them.
        pub root: String,
        /// How it stands.
        pub standing: RegisterStandingCode,
        /// What it signed and cannot bear out; only where it is behind.
        pub behind: Option<BehindLine>,
        /// The last checkpoint it signed.
        pub checkpoint: Option<CheckpointLine>,
        /// For each witness the last checkpoint it cosigned.
        pub cosigned: Vec<CosignedLine>,
        /// The checkpoints of other registers that this node cosigned last.
        pub seen: Vec<SeenLine>,
        /// Registers that contradict themselves, each with its proof.
        pub contradictions: Vec<ContradictionLine>,
    }

    /// How a register stands.
    #[serde(rename_all = "snake_case")]
    pub enum RegisterStandingCode {
        /// Nothing new is signed until a neighbour has said what it saw last.
        Unconfirmed,
        /// It continues everything it is known to have signed.
        Sound,
        /// A backup was restored or the ledger was tampered with: nothing is signed any more.
        Behind,
    }

    /// A checkpoint that the ledger does not bear out.
    pub struct BehindLine {
        /// The number of acts here.
        pub here: u64,
        /// The number of acts it signed for.
        pub signed: u64,
        /// The root it signed.
        pub root: String,
        /// The neighbour that showed the checkpoint; none when it lay here.
        pub shown_by: Option<PartyName>,
    }

    /// A checkpoint.
    pub struct CheckpointLine {
        /// The number of acts.
        pub size: u64,
        /// The root over them.
        pub root: String,
        /// The signed note with the cosignatures it has.
        pub note: String,
    }

    /// A checkpoint of this node that a witness cosigned.
    pub struct CosignedLine {
        /// The witness's party.
        pub party: PartyName,
        /// The witness's name.
        pub witness: String,
        /// The number of acts it saw.
        pub size: u64,
        /// When it saw them, by its clock.
        pub time: String,
        /// The note with its cosignature.
        pub note: String,
    }

    /// A checkpoint of another register.
    pub struct SeenLine {
        /// Whose register.
        pub party: PartyName,
        /// Its name.
        pub origin: String,
        /// The number of acts.
        pub size: u64,
        /// The root over them.
        pub root: String,
        /// The signed note.
        pub note: String,
    }

    /// A register that showed two contents that cannot both be true.
    pub struct ContradictionLine {
        /// Whose register; none when its name is none of a node.
        pub party: Option<PartyName>,
        /// Its name.
        pub origin: String,
        /// The number of acts of the smaller checkpoint.
        pub smaller_size: u64,
        /// Its root.
        pub smaller_root: String,
        /// The number of acts of the larger checkpoint; the same when two roots are of one size.
        pub larger_size: u64,
        /// Its root.
        pub larger_root: String,
        /// The file that proves it, within the data folder.
        pub file: String,
        /// The proof itself, to be handed on.
        pub proof: String,
    }
}
