//! The first words between two nodes: which versions each speaks, and who it is.

use std::collections::BTreeSet;

use pumasi_act::{ActId, KeyId, RULES};
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::dialogue::WAIT_SECONDS;
use crate::feed::{FEED_ACTS_MAX, FEED_BYTES_MAX};
use crate::want::WANT_IDS_MAX;

/// The version of the protocol this software speaks.
pub const PROTOCOL: u32 = 1;

/// What a node says of itself before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Versions of the protocol it speaks.
    pub protos: BTreeSet<u32>,
    /// Whose node it is.
    pub party: PartyId,
    /// The key it signs acts with.
    pub node: KeyId,
    /// The incarnation in which it writes.
    pub incarnation: u32,
    /// The name of its ledger.
    pub epoch: String,
    /// The newest entry of its party's identity log that it knows.
    pub identity_head: ActId,
    /// Versions of the rules by which it folds.
    pub rules: BTreeSet<u32>,
    /// What it bears; only in an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
}

/// What a node bears of one neighbour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The most bytes of acts in one page or push.
    pub batch_bytes_max: usize,
    /// The most acts in one page or push.
    pub batch_acts_max: usize,
    /// The most ids in one `want`.
    pub want_ids_max: usize,
    /// The longest a feed question is held open, in seconds.
    pub wait_seconds_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            batch_bytes_max: FEED_BYTES_MAX,
            batch_acts_max: FEED_ACTS_MAX,
            want_ids_max: WANT_IDS_MAX,
            wait_seconds_max: WAIT_SECONDS,
        }
    }
}

/// Why two nodes cannot talk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Incompatible {
    /// No version of the protocol in common.
    #[error("it speaks the protocol in {there}, this node in {here}")]
    Protocol {
        /// Versions here.
        here: String,
        /// Versions there.
        there: String,
    },
    /// No version of the rules in common.
    #[error("it folds by rules {there}, this node by {here}")]
    Rules {
        /// Versions here.
        here: String,
        /// Versions there.
        there: String,
    },
    /// Somebody else's node.
    #[error("it says that it is the node of `{0}`")]
    Party(PartyId),
}

impl Hello {
    /// What a node of this software says.
    #[must_use]
    pub fn new(
        party: PartyId,
        node: KeyId,
        incarnation: u32,
        epoch: String,
        identity_head: ActId,
    ) -> Self {
        Self {
            protos: BTreeSet::from([PROTOCOL]),
            party,
            node,
            incarnation,
            epoch,
            identity_head,
            rules: BTreeSet::from([RULES]),
            limits: None,
        }
    }

    /// Checks what a neighbour answered.
    ///
    /// # Errors
    /// When the two have no version in common, or it is not the party that was called.
    pub fn meet(&self, there: &Self, called: &PartyId) -> Result<(), Incompatible> {
        if there.party != *called {
            return Err(Incompatible::Party(there.party.clone()));
        }
        let versions = |here: &BTreeSet<u32>, there: &BTreeSet<u32>| {
            let words = |versions: &BTreeSet<u32>| {
                let words: Vec<String> = versions.iter().map(ToString::to_string).collect();
                format!("version {}", words.join(", "))
            };
            here.is_disjoint(there).then(|| (words(here), words(there)))
        };
        if let Some((here, there)) = versions(&self.protos, &there.protos) {
            return Err(Incompatible::Protocol { here, there });
        }
        if let Some((here, there)) = versions(&self.rules, &there.rules) {
            return Err(Incompatible::Rules { here, there });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use pumasi_base::Digest;

    use super::*;

    #[test]
    fn nodes_without_a_common_version_say_so() {
        let digest = Digest::of(b"");
        let hello = |party: &str| {
            let node = serde_json::from_value(serde_json::json!(digest)).unwrap();
            Hello::new(party.parse().unwrap(), node, 1, String::new(), ActId(digest))
        };
        let (jp, kr) = (hello("jp"), hello("kr"));
        assert_eq!(jp.meet(&kr, &kr.party), Ok(()));
        let check = |there: &Hello, expected: &str| {
            let said = jp.meet(there, &kr.party).unwrap_err().to_string();
            assert_eq!(said, expected);
        };
        let protos = BTreeSet::from([2, 3]);
        check(
            &Hello { protos, ..kr.clone() },
            "it speaks the protocol in version 2, 3, this node in version 1",
        );
        let rules = BTreeSet::from([9]);
        check(
            &Hello { rules, ..kr.clone() },
            "it folds by rules version 9, this node by version 1",
        );
        check(&hello("cn"), "it says that it is the node of `cn`");
    }
}
