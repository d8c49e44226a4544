//! The after-action page.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseLine, ClauseLine, ObligationLine, PartyName, Words};

pages! {
    /// `GET /api/v1/cases/{id}/report`: the after-action page.
    pub struct ReportPage {
        /// The case.
        pub case: CaseLine,
        /// Origin of the event.
        pub origin: String,
        /// Minutes from the origin to the first receipt; absent when none arrived.
        pub first_aid_min: Option<i64>,
        /// Minutes to the first receipt from across a border.
        pub first_foreign_aid_min: Option<i64>,
        /// Unmet need over time.
        pub unmet: Vec<UnmetSeries>,
        /// What each clause permitted and refused.
        pub clauses: Vec<ClauseTally>,
        /// Who owes whom.
        pub owed: Vec<ObligationLine>,
        /// Every matter with its digest at every node that shares it, as far as heard.
        pub digests: Vec<SharedMatterReport>,
        /// What really happened, beside what the drill did.
        pub facts: Vec<FactLine>,
    }

    /// Unmet need of one commodity over time.
    pub struct UnmetSeries {
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Points in time.
        pub points: Vec<UnmetPoint>,
    }

    /// One point of a series.
    pub struct UnmetPoint {
        /// Hours since the origin.
        pub hour: i64,
        /// Needed until then, central estimate, whole units.
        pub needed: i64,
        /// Received until then.
        pub received: i64,
        /// Not met: what perishing need was missed, or durable need still open.
        pub unmet: i64,
    }

    /// How often a clause decided.
    pub struct ClauseTally {
        /// The clause.
        pub clause: ClauseLine,
        /// Acts it permitted.
        pub permitted: u32,
        /// Acts it refused.
        pub refused: u32,
    }

    /// One matter's digests.
    pub struct SharedMatterReport {
        /// The matter.
        pub matter: String,
        /// Its title.
        pub title: Words,
        /// Digest at each node.
        pub nodes: Vec<NodeDigest>,
        /// Whether all are equal.
        pub equal: bool,
    }

    /// One node's digest of a matter.
    pub struct NodeDigest {
        /// The party.
        pub party: PartyName,
        /// The digest, when known.
        pub digest: Option<String>,
        /// Acts folded.
        pub acts: u32,
    }

    /// What really happened.
    pub struct FactLine {
        /// Minutes after the origin.
        pub at_min: i64,
        /// In words.
        pub caption: Words,
        /// The figure.
        pub value: i64,
        /// Where it is reported.
        pub source: String,
    }
}
