//! Agreements, and what can be chosen in forms.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DateLine, PartyName, StandingLine, Words};

pages! {
    /// `GET /api/v1/agreements`.
    pub struct AgreementsPage {
        /// Every agreement in this node's library.
        pub agreements: Vec<AgreementLine>,
    }

    /// One agreement in the list.
    pub struct AgreementLine {
        /// Its id.
        pub id: String,
        /// Its title.
        pub title: Words,
        /// Its parties.
        pub parties: Vec<PartyName>,
        /// real, summary or draft.
        pub nature: String,
        /// First day in force.
        pub from: Option<String>,
        /// Last day in force, when it ends.
        pub until: Option<String>,
        /// Digest of its text.
        pub digest: String,
        /// How many clauses.
        pub clauses: u32,
        /// How it stands today, for something actual.
        pub standing: StandingLine,
        /// The next day to watch.
        pub next: Option<DateLine>,
    }

    /// `GET /api/v1/agreements/{id}`.
    pub struct AgreementPage {
        /// The agreement.
        pub agreement: AgreementLine,
        /// Its clauses in the order of the text.
        pub clauses: Vec<ClauseDetail>,
        /// Where it comes from.
        pub sources: Vec<String>,
    }

    /// One clause in full.
    pub struct ClauseDetail {
        /// Its id.
        pub id: String,
        /// permit, forbid, ceiling, standing_consent, settlement, third_party, term or survival.
        pub kind: String,
        /// Its article as printed.
        pub article: Words,
        /// What it says in plain words.
        pub caption: Words,
        /// real, summary or draft: what its text is.
        pub nature: String,
        /// The source it rests on.
        pub source: String,
        /// The authentic text by language tag.
        pub authentic: Vec<AuthenticText>,
    }

    /// The text that binds.
    pub struct AuthenticText {
        /// Language tag.
        pub lang: String,
        /// The text.
        pub text: String,
    }

    /// What can be chosen in forms: `GET /api/v1/choices`.
    pub struct ChoicesPage {
        /// Parties.
        pub parties: Vec<PartyName>,
        /// Commodities.
        pub commodities: Vec<ChoiceLine>,
        /// Legal classes of commodities.
        pub categories: Vec<ChoiceLine>,
        /// Purposes.
        pub purposes: Vec<ChoiceLine>,
    }

    /// One choice.
    pub struct ChoiceLine {
        /// The id to send.
        pub id: String,
        /// What to show.
        pub names: Words,
        /// Unit code, for commodities.
        pub unit: Option<String>,
    }
}
