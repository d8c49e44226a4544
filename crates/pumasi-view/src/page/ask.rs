//! The question whether something may be done, and the answer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AuthenticText, ClauseLine, PartyName, Words};

pages! {
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
        /// The commodity; when absent, the category says what is given.
        pub commodity: Option<String>,
        /// The legal class of what is given; needed when no commodity is named.
        pub category: Option<String>,
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
        /// sea, air, road, rail or grid; not known yet when absent.
        pub mode: Option<String>,
        /// Third parties the goods would travel through.
        #[serde(default)]
        pub transit: Vec<String>,
        /// Whether the receiver has asked for what would be pushed; whoever requests or orders has.
        #[serde(default)]
        pub requested: bool,
        /// What is known of the event; standing consents are tied to it.
        pub event: Option<EventForm>,
        /// Consents already held.
        #[serde(default)]
        pub consents: Vec<ConsentForm>,
    }

    /// What is known of the event the aid is for.
    pub struct EventForm {
        /// Whole hours since it struck.
        pub hours_since: i64,
        /// The strongest shaking observed at the receiver: 0 to 4, 5-, 5+, 6-, 6+ or 7.
        pub intensity: Option<String>,
        /// The highest alert level: green, yellow, orange or red.
        pub alert: Option<String>,
        /// Whether the receiver cannot be reached.
        #[serde(default)]
        pub contact_lost: bool,
    }

    /// A consent already held.
    pub struct ConsentForm {
        /// Who gave it.
        pub by: String,
        /// To what: push, transit or onward, which is passing on to `onward_to`.
        pub to: String,
    }

    /// The answer to a question.
    pub struct AskAnswer {
        /// permitted, refused or needs.
        pub outcome: String,
        /// The agreement the answer rests on; none when no agreement comes near.
        pub under: Option<AgreementTitle>,
        /// Why, in words.
        pub reasons: Vec<ReasonLine>,
        /// What is missing before it may be done, or before the reader's own officers may do it.
        pub missing: Vec<MissingLine>,
        /// The clauses that decide.
        pub clauses: Vec<DecidingClause>,
        /// How it would be settled; the parties choose where there is more than one way.
        pub settlement: Vec<SettlementWay>,
        /// The nearest questions that are permitted, or else need less; nearest first.
        pub alternatives: Vec<AlternativeLine>,
    }

    /// An agreement by its title.
    pub struct AgreementTitle {
        /// Its id.
        pub id: String,
        /// Its title.
        pub title: Words,
    }

    /// One reason, or one change.
    pub struct ReasonLine {
        /// The rule or the kind of change, stable.
        pub code: String,
        /// In words.
        pub words: Words,
    }

    /// One thing that is missing.
    pub struct MissingLine {
        /// consent_push, consent_transit, consent_onward, quantity, commodity, signature,
        /// ratification, entry_into_force, settlement, officers or mandate.
        pub code: String,
        /// What is missing, in words.
        pub words: Words,
        /// Whose move it is; the asker's own when absent.
        pub party: Option<PartyName>,
    }

    /// A clause that decides, with the text that binds.
    pub struct DecidingClause {
        /// The agreement.
        pub agreement: String,
        /// The clause within it.
        pub clause: String,
        /// The title of the agreement.
        pub title: Words,
        /// What it does here: permits, forbids, limits, requires, settles.
        pub effects: Vec<String>,
        /// Its article as printed, in four languages.
        pub article: Words,
        /// What it says, in plain words.
        pub caption: Words,
        /// The authentic text by language tag.
        pub authentic: Vec<AuthenticText>,
    }

    /// A way of settling.
    pub struct SettlementWay {
        /// gift, reimbursement, replacement_in_kind, equal_value or loan.
        pub mode: String,
        /// Within how many days, when the clause says.
        pub days: Option<i64>,
        /// Within how many days in money, when the first way was not met in time.
        pub else_reimbursement_days: Option<i64>,
        /// The agreement that says so.
        pub agreement: String,
        /// The clause that says so.
        pub clause: String,
    }

    /// A question near the one asked that has a better answer.
    pub struct AlternativeLine {
        /// What is changed, nearest kind first.
        pub changes: Vec<ReasonLine>,
        /// permitted or needs.
        pub outcome: String,
        /// What it still needs.
        pub missing: Vec<MissingLine>,
        /// The clauses that permit it.
        pub clauses: Vec<ClauseLine>,
        /// The question, ready to be asked.
        pub form: AskForm,
    }
}
