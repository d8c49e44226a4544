//! Agreements, and the question whether something may be done.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClauseLine, DateLine, PartyName, StandingLine, Words};

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

    /// `POST /api/v1/agreements/ask`: may we, and under what?
    pub struct AskForm {
        /// Restrict to one agreement; all in force when absent.
        pub agreement: Option<String>,
        /// Who gives.
        pub giver: String,
        /// Who receives.
        pub receiver: String,
        /// request, offer, order or push.
        pub action: String,
        /// The commodity.
        pub commodity: String,
        /// How much: `500 LTR`.
        pub quantity: Option<String>,
        /// Why: disaster_relief, search_and_rescue, …
        pub purpose: String,
        /// On which day; today when absent.
        pub on: Option<String>,
        /// A third party the goods would be passed on to.
        pub onward_to: Option<String>,
        /// actual, exercise or test; actual when absent.
        pub status: Option<String>,
    }

    /// The answer to a question.
    pub struct AskAnswer {
        /// permitted, refused or needs.
        pub outcome: String,
        /// Why, in words.
        pub reasons: Vec<ReasonLine>,
        /// The clauses that decide.
        pub clauses: Vec<ClauseLine>,
        /// How it would be settled.
        pub settlement: Vec<String>,
    }

    /// One reason.
    pub struct ReasonLine {
        /// The rule, stable.
        pub code: String,
        /// In words.
        pub words: Words,
    }

    /// What can be chosen in forms: `GET /api/v1/choices`.
    pub struct ChoicesPage {
        /// Parties.
        pub parties: Vec<PartyName>,
        /// Commodities.
        pub commodities: Vec<ChoiceLine>,
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
