//! The doctor's page: what of this node needs somebody's attention, and what to do about it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PartyName, Words};

pages! {
    /// `GET /api/v1/doctor`: how this node is, the gravest finding first.
    pub struct DoctorPage {
        /// Whose node it is.
        pub party: PartyName,
        /// When it was examined, by the node's clock.
        pub as_of: String,
        /// Whether the node runs; what a stopped one cannot know is left out.
        pub running: bool,
        /// The gravest of the findings.
        pub severity: SeverityCode,
        /// At least one for each area that could be examined.
        pub findings: Vec<FindingLine>,
    }

    /// One thing the doctor found.
    pub struct FindingLine {
        /// What it is, stable.
        pub code: String,
        /// What it is about.
        pub area: AreaCode,
        /// How grave it is.
        pub severity: SeverityCode,
        /// Whether every page should tell of it: somebody's word is in doubt.
        pub alarm: bool,
        /// The party it is about.
        pub party: Option<PartyName>,
        /// The matter it is about.
        pub matter: Option<String>,
        /// What was found.
        pub what: Words,
        /// Why it counts; none where all is well.
        pub why: Option<Words>,
        /// What to do about it; none where all is well.
        pub help: Option<Words>,
    }

    /// How grave a finding is, the gravest last.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, PartialOrd, Ord)]
    pub enum SeverityCode {
        /// All is well.
        Ok,
        /// Nothing to do yet: worth watching.
        Watch,
        /// Somebody must act.
        Act,
    }

    /// What a finding is about.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, PartialOrd, Ord)]
    pub enum AreaCode {
        /// Matters in which neighbours come to another state.
        Divergence,
        /// Forks of logs, acts in doubt, acts that wait.
        Acts,
        /// Identity logs of parties.
        Identities,
        /// Registers that contradict themselves.
        Evidence,
        /// The register of this node.
        Register,
        /// Mandates of officers and the node's key.
        Keys,
        /// The disk.
        Disk,
        /// The database.
        Store,
        /// Who answers, and how far behind this node is.
        Neighbours,
        /// The clock.
        Clock,
    }
}
