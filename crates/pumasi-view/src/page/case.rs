//! Cases, from need to settlement.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, ClauseLine, NeedTotal, PartyName, Sum, Words};

pages! {
    /// `GET /api/v1/cases`.
    pub struct CasesPage {
        /// Every case this node shares, newest first.
        pub cases: Vec<CaseLine>,
    }

    /// One case in the list.
    pub struct CaseLine {
        /// Its id.
        pub id: String,
        /// Its title.
        pub title: Words,
        /// actual, exercise or test.
        pub status: String,
        /// When its first matter was opened.
        pub opened: String,
        /// The latest claimed time of its acts.
        pub latest: String,
        /// Orders not closed yet.
        pub open_orders: u32,
        /// Acts in its matters.
        pub acts: u32,
    }

    /// `GET /api/v1/cases/{id}`: one case from need to settlement.
    pub struct CasePage {
        /// The case.
        pub case: CaseLine,
        /// The moment the page speaks of.
        pub as_of: String,
        /// Its matters: one for each circle of parties.
        pub matters: Vec<MatterLine>,
        /// Needs against what was requested, committed, shipped and received.
        pub needs: Vec<NeedTotal>,
        /// Requests.
        pub requests: Vec<RequestLine>,
        /// Offers.
        pub offers: Vec<OfferLine>,
        /// Orders, each with its shipments and settlement.
        pub orders: Vec<OrderLine>,
        /// Acts that were refused, each with its clause.
        pub refusals: Vec<RefusalLine>,
        /// All acts in causal order.
        pub timeline: Vec<ActLine>,
    }

    /// One matter of a case.
    pub struct MatterLine {
        /// Its id: the id of its opening act.
        pub id: String,
        /// Its title.
        pub title: Words,
        /// actual, exercise or test.
        pub status: String,
        /// Who shares it.
        pub audience: Vec<PartyName>,
        /// The agreements frozen into it.
        pub agreements: Vec<String>,
        /// Acts folded.
        pub acts: u32,
        /// Acts waiting for acts that have not arrived.
        pub waiting: u32,
        /// Digest of the state.
        pub digest: String,
    }

    /// One request.
    pub struct RequestLine {
        /// Id of the act.
        pub id: String,
        /// Its matter.
        pub matter: String,
        /// Who asks.
        pub requesting: PartyName,
        /// Who is asked.
        pub assisting: PartyName,
        /// For which place.
        pub place: String,
        /// Names of the place.
        pub place_names: Words,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much.
        pub amount: Amount,
        /// Committed so far.
        pub committed: Amount,
        /// By when.
        pub need_by: Option<String>,
        /// open, partly_covered, covered, withdrawn.
        pub stage: String,
        /// When it was made.
        pub time: String,
        /// The clause.
        pub clause: Option<ClauseLine>,
    }

    /// One offer.
    pub struct OfferLine {
        /// Id of the act.
        pub id: String,
        /// Its matter.
        pub matter: String,
        /// Who offers.
        pub assisting: PartyName,
        /// To whom.
        pub requesting: PartyName,
        /// The request it answers.
        pub request: Option<String>,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much.
        pub amount: Amount,
        /// Price of a unit, when not free.
        pub price: Option<Sum>,
        /// The last moment at which it can be accepted, its grace among it.
        pub deadline: Option<String>,
        /// proposed, accepted, accepted_late, declined, withdrawn, lapsed; it lapses by the clock
        /// of this node.
        pub stage: String,
        /// When it was made.
        pub time: String,
    }

    /// How an order that takes up an offer stands to the deadline of that offer.
    pub struct AcceptanceLine {
        /// The last moment at which it counts.
        pub deadline: String,
        /// unwitnessed, late_so_far, in_time, late; in_time and late are final.
        pub timeliness: String,
        /// Whether it binds nobody until the party that offered takes it as late.
        pub binds_nobody: bool,
        /// The first other party known to have received it.
        pub witness: Option<PartyName>,
        /// When that party had it, by its own log.
        pub witnessed: Option<String>,
    }

    /// One order line with everything that follows from it.
    pub struct OrderLine {
        /// Id of the order: the act that made it.
        pub id: String,
        /// Its matter.
        pub matter: String,
        /// Whether it was pushed without a request.
        pub pushed: bool,
        /// The request it covers.
        pub request: Option<String>,
        /// Who receives.
        pub requesting: PartyName,
        /// Who provides.
        pub assisting: PartyName,
        /// For which place.
        pub place: String,
        /// Names of the place.
        pub place_names: Words,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Purpose.
        pub purpose: String,
        /// Ordered.
        pub ordered: Amount,
        /// Committed.
        pub committed: Amount,
        /// Dispatched.
        pub shipped: Amount,
        /// Accepted.
        pub accepted: Amount,
        /// Rejected at receipt.
        pub rejected: Amount,
        /// Short at receipt.
        pub short: Amount,
        /// requisitioned, committed, refused, cancelled, in_fulfilment, delivered, accepted,
        /// settling, closed.
        pub stage: String,
        /// Who must act next; absent when nobody must.
        pub next: Option<PartyName>,
        /// The kind of act that is awaited.
        pub next_kind: Option<String>,
        /// gift, reimbursement, replacement_in_kind, equal_value, loan.
        pub mode: String,
        /// Price of a unit.
        pub price: Option<Sum>,
        /// How it stands to the deadline of the offer it takes up, where that has one.
        pub acceptance: Option<AcceptanceLine>,
        /// What is owed.
        pub obligation: Option<ObligationLine>,
        /// Its shipments.
        pub shipments: Vec<ShipmentLine>,
        /// The clause that permits it.
        pub clause: Option<ClauseLine>,
        /// When it was made.
        pub time: String,
    }

    /// One shipment.
    pub struct ShipmentLine {
        /// Id of the act.
        pub id: String,
        /// How much.
        pub amount: Amount,
        /// Pallets.
        pub pallets: i64,
        /// The links it takes.
        pub links: Vec<String>,
        /// Departure.
        pub departs: String,
        /// Expected arrival.
        pub arrives: String,
        /// dispatched or received.
        pub stage: String,
        /// When it was received.
        pub received: Option<String>,
        /// Accepted.
        pub accepted: Amount,
        /// Rejected.
        pub rejected: Amount,
        /// Why rejected.
        pub reason: Option<String>,
        /// Short.
        pub short: Amount,
    }

    /// What is owed for an order.
    pub struct ObligationLine {
        /// Who owes.
        pub debtor: PartyName,
        /// Whom.
        pub creditor: PartyName,
        /// reimbursement, replacement_in_kind, equal_value, loan.
        pub mode: String,
        /// Money owed.
        pub sum: Option<Sum>,
        /// Goods owed.
        pub goods: Option<Amount>,
        /// accrued, billed, discharged, confirmed, waived.
        pub stage: String,
        /// When it is due.
        pub due: Option<String>,
        /// Whether this is an exercise: then nobody owes anybody anything.
        pub exercise: bool,
    }

    /// An act that was refused.
    pub struct RefusalLine {
        /// The act, when it was signed; absent when the node refused before signing.
        pub act: Option<String>,
        /// The matter.
        pub matter: Option<String>,
        /// Who tried.
        pub party: PartyName,
        /// What kind of act.
        pub kind: String,
        /// Names of the kind.
        pub kind_names: Words,
        /// When.
        pub time: String,
        /// The broken rule, stable.
        pub code: String,
        /// What, why and what to do, in words.
        pub words: Words,
        /// The clauses.
        pub clauses: Vec<ClauseLine>,
    }

    /// One act in a timeline.
    pub struct ActLine {
        /// Its id.
        pub id: String,
        /// Its matter.
        pub matter: String,
        /// Who signed.
        pub party: PartyName,
        /// The officers who signed.
        pub officers: Vec<String>,
        /// Its kind.
        pub kind: String,
        /// Names of the kind.
        pub kind_names: Words,
        /// What happened, in words.
        pub summary: Words,
        /// The time its author claims.
        pub time: String,
        /// The clause it cites.
        pub clause: Option<ClauseLine>,
        /// Whether the fold refused it.
        pub refused: bool,
        /// What it is about: the order or request it belongs to.
        pub subject: Option<String>,
        /// What is on record of personal data beside it; absent where there are none.
        pub personal: Option<PersonalLine>,
    }

    /// What is on record of personal data beside an act: never the text, which
    /// `GET /api/v1/acts/{id}/personal` gives.
    pub struct PersonalLine {
        /// Whether the act is of the reader's party, which alone may retract them.
        pub own: bool,
        /// When their party retracted them.
        pub retracted: Option<String>,
        /// Other members whose acts show that they know of the retraction.
        pub known_to: Vec<PartyName>,
        /// Other members of whom nothing shows that yet.
        pub awaited: Vec<PartyName>,
    }

    /// `GET /api/v1/acts/{id}/personal`: the personal data beside an act.
    pub struct PersonalPage {
        /// The act.
        pub act: String,
        /// Its matter.
        pub matter: String,
        /// Who wrote it.
        pub party: PartyName,
        /// held; retracted, by its party; erased, at this node alone; missing, when they have not
        /// come.
        pub state: String,
        /// The text, when it is held.
        pub text: Option<String>,
        /// Since when it is no longer held.
        pub since: Option<String>,
    }
}
