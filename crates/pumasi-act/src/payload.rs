//! What an act says: the payload of its envelope.

use pumasi_base::{AgreementId, ClauseId, Digest, OfficerId, PartyId, Time};
use serde::{Deserialize, Serialize};

use crate::envelope::{ActId, KeyId};

/// The payload type of acts.
pub const ACT_TYPE: &str = "application/vnd.pumasi.act.v1+json";

/// The most parents an act names: heads beyond these are reached through them.
pub const PARENTS_MAX: usize = 8;

/// One hash-chained log: the acts one node key wrote in one matter.
///
/// A node starts a new incarnation after a restored backup, so that it never continues a log whose
/// tail it may have forgotten.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogId {
    /// The party the node belongs to.
    pub party: PartyId,
    /// The node's key.
    pub node_key: KeyId,
    /// 1, and one more after each restored backup.
    pub incarnation: u32,
}

/// A clause an act cites as its permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseCited {
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause within it.
    pub clause: ClauseId,
}

/// The payload of an act.
///
/// What is signed is the exact bytes, written once by the author and never again by anyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Version of this layout: 1.
    pub v: u32,
    /// The matter, which is the id of its opening act; absent in that act.
    pub matter: Option<ActId>,
    /// The log this continues.
    pub log: LogId,
    /// Position in the log, from 0.
    pub seq: u64,
    /// The act before it in the log.
    pub prev: Option<ActId>,
    /// The heads the author had seen, `prev` among them, sorted.
    pub parents: Vec<ActId>,
    /// The head of the party's identity log under which it acts.
    pub identity: ActId,
    /// The kind, such as `request_resource`.
    pub kind: String,
    /// The clause that permits it.
    pub clause: Option<ClauseCited>,
    /// The officers who sign, sorted.
    pub officers: Vec<OfficerId>,
    /// The time the author claims.
    pub time: Time,
    /// What personal data beside it hash to; see [`crate::personal`]. Absent where there are none,
    /// so that acts without any are written as they always were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<Digest>,
    /// What the kind carries.
    pub body: serde_json::Value,
}

impl Payload {
    /// The bytes to sign.
    ///
    /// # Errors
    /// When the body holds what JSON cannot write.
    pub fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// Whether a JSON value holds a number that is not an integer: no fold may meet one.
#[must_use]
pub fn holds_float(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => !number.is_i64() && !number.is_u64(),
        serde_json::Value::Array(items) => items.iter().any(holds_float),
        serde_json::Value::Object(fields) => fields.values().any(holds_float),
        _ => false,
    }
}
