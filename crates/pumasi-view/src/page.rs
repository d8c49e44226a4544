//! The pages of the API: what `/api/v1` answers, in one place, for the UI, the CLI and other
//! systems alike.
//!
//! Times are RFC 3339 in UTC; coordinates are millionths of a degree; amounts are thousandths of
//! their unit. Every caption comes in four languages.

use pumasi_base::{Captions, Money, Quantity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! pages {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        $item
    )*};
}

pages! {
    /// A caption in the four languages.
    pub struct Words {
        /// Korean.
        pub ko: String,
        /// Japanese.
        pub ja: String,
        /// Chinese in simplified characters.
        #[serde(rename = "zh-Hans")]
        pub zh: String,
        /// English.
        pub en: String,
    }

    /// A party with its names.
    pub struct PartyName {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
    }

    /// An exact amount.
    pub struct Amount {
        /// Thousandths of the unit.
        pub milli: i64,
        /// UN/CEFACT Recommendation 20 code of the unit: EA, LTR, KGM, DAY, KWH.
        pub unit: String,
    }

    /// A range of estimates, in whole units of the commodity.
    pub struct Spread {
        /// Low end: what the first tranche is sized by.
        pub low: i64,
        /// Central estimate.
        pub central: i64,
        /// High end.
        pub high: i64,
    }

    /// A sum of money.
    pub struct Sum {
        /// As text with its ISO 4217 code: `JPY 50000`.
        pub text: String,
        /// Minor units.
        pub minor: i64,
        /// ISO 4217 code.
        pub currency: String,
    }

    /// A clause that was cited.
    pub struct ClauseLine {
        /// The agreement.
        pub agreement: String,
        /// The clause within it.
        pub clause: String,
        /// Its article as printed, in four languages.
        pub article: Words,
        /// What it says, in plain words.
        pub caption: Words,
    }

    /// A point on the map.
    pub struct MapPoint {
        /// Latitude in micro-degrees.
        pub lat_micro: i32,
        /// Longitude in micro-degrees.
        pub lon_micro: i32,
    }

    /// `GET /api/v1/node`: this node.
    pub struct NodePage {
        /// Whose node it is.
        pub party: PartyName,
        /// Public key of the node, in hexadecimal.
        pub key: String,
        /// Fingerprint of the party's identity, to be compared by telephone or on paper.
        pub identity: String,
        /// Incarnation: 1 until a backup is restored.
        pub incarnation: u32,
        /// Version of the software.
        pub version: String,
        /// The node's clock.
        pub time: String,
        /// Acts stored.
        pub acts: u64,
        /// Size and root of the register (C2SP checkpoint).
        pub register_root: String,
        /// Officers with a mandate today.
        pub officers: Vec<OfficerLine>,
    }

    /// An officer and what the mandate allows.
    pub struct OfficerLine {
        /// The id.
        pub id: String,
        /// The name or office as the party wrote it.
        pub name: String,
        /// Kinds of act the mandate covers; `*` for all.
        pub kinds: Vec<String>,
        /// Last moment of the mandate.
        pub not_after: String,
        /// Officers who must sign together.
        pub officers_needed: u32,
    }

    /// `GET /api/v1/neighbours`: who this node shares matters with.
    pub struct NeighboursPage {
        /// When this was seen.
        pub as_of: String,
        /// Every neighbour.
        pub neighbours: Vec<NeighbourLine>,
    }

    /// One neighbour's node as seen from here.
    pub struct NeighbourLine {
        /// Whose node.
        pub party: PartyName,
        /// Where it listens.
        pub url: String,
        /// Whether the last attempt reached it.
        pub reachable: bool,
        /// When it last answered.
        pub last_heard: Option<String>,
        /// Since when it has not answered.
        pub silent_since: Option<String>,
        /// What the last failure was, in technical words.
        pub failure: Option<String>,
        /// Position up to which we hold its feed.
        pub cursor: u64,
        /// Its head, when last heard.
        pub head: u64,
        /// Digests of shared matters: here and there.
        pub matters: Vec<SharedMatter>,
    }

    /// One matter as two nodes see it.
    pub struct SharedMatter {
        /// The matter.
        pub matter: String,
        /// Its title.
        pub title: Words,
        /// State digest here.
        pub here: String,
        /// State digest there, when last heard.
        pub there: Option<String>,
        /// Whether the two hold the same acts and agree.
        pub agreement: DigestAgreement,
    }

    /// How two digests of one matter compare.
    #[serde(rename_all = "snake_case")]
    pub enum DigestAgreement {
        /// Same acts, same state.
        Equal,
        /// One has acts the other has not seen yet.
        Behind,
        /// Same acts, different state: an alarm.
        Diverged,
        /// Not heard yet.
        Unknown,
    }

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

    /// `GET /api/v1/situation`: what broke, who is reachable, what moves.
    pub struct SituationPage {
        /// The case; absent when nothing is open.
        pub case: Option<CaseLine>,
        /// The moment the page speaks of: the drill clock in an exercise.
        pub as_of: String,
        /// The event.
        pub event: Option<EventLine>,
        /// Places that were hit, worst first.
        pub places: Vec<PlaceLine>,
        /// Needs over all places.
        pub needs: Vec<NeedTotal>,
        /// Links of the network the plan used or lost.
        pub links: Vec<LinkLine>,
        /// What the chosen plan moves.
        pub flows: Vec<FlowLine>,
        /// What the plan cannot serve, and what stops it.
        pub unmet: Vec<UnmetLine>,
        /// Parties of the case and whether they answer.
        pub reach: Vec<ReachLine>,
    }

    /// The event as the latest message gives it.
    pub struct EventLine {
        /// Origin time.
        pub origin: String,
        /// Magnitude as printed, with its scale: `7.6 Mj`.
        pub magnitude: Option<String>,
        /// Depth in kilometres.
        pub depth_km: Option<i32>,
        /// The epicentre.
        pub epicentre: MapPoint,
        /// Who published the message: `JMA`, `USGS`.
        pub source: String,
        /// Event id and serial of the message.
        pub message: String,
        /// The message's own headline, never overwritten.
        pub headline: String,
        /// Language of the headline.
        pub headline_lang: String,
        /// Messages read so far, oldest first.
        pub messages: Vec<String>,
    }

    /// One place.
    pub struct PlaceLine {
        /// Its code.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// The province it belongs to.
        pub province: String,
        /// Its seat.
        pub seat: MapPoint,
        /// Residents.
        pub people: i64,
        /// Intensity as text: `6+` (JMA) or `MMI 7`.
        pub intensity: String,
        /// Intensity in tenths, for shading: JMA class as its lower bound, `65` for 7.
        pub intensity_tenths: i32,
        /// Whether the intensity was observed (else a model).
        pub observed: bool,
        /// People displaced at the peak.
        pub displaced: Spread,
        /// Needs here.
        pub needs: Vec<NeedLine>,
    }

    /// One need at one place.
    pub struct NeedLine {
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Whether this is per day (consumed) or once (durable).
        pub per_day: bool,
        /// How much.
        pub amount: Spread,
        /// Where the factor comes from.
        pub source: String,
    }

    /// One commodity over all places.
    pub struct NeedTotal {
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Needed over the horizon of the plan.
        pub needed: Spread,
        /// Requested so far, whole units.
        pub requested: i64,
        /// Committed or pushed so far.
        pub committed: i64,
        /// Dispatched so far.
        pub shipped: i64,
        /// Accepted by the receiver so far.
        pub received: i64,
        /// What the plan cannot serve.
        pub unmet: i64,
    }

    /// One link.
    pub struct LinkLine {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// sea, air, road or rail.
        pub mode: String,
        /// One end.
        pub from: MapPoint,
        /// The other end.
        pub to: MapPoint,
        /// open, restricted or suspended.
        pub status: String,
        /// Why it does not run as planned: relations, pandemic, operator, damage, weather, season.
        pub cause: Option<String>,
        /// Since when.
        pub since: Option<String>,
        /// Where that is reported.
        pub source: Option<String>,
        /// Kilograms the plan moves over it.
        pub planned_kg: i64,
    }

    /// One allocation of the plan.
    pub struct FlowLine {
        /// Who gives.
        pub giver: PartyName,
        /// Who receives.
        pub receiver: PartyName,
        /// For which place.
        pub place: String,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much.
        pub amount: Amount,
        /// The links, in order.
        pub links: Vec<String>,
        /// The points of its way.
        pub path: Vec<MapPoint>,
        /// Departure.
        pub departs: String,
        /// Arrival.
        pub arrives: String,
        /// The clause that permits it.
        pub clause: ClauseLine,
    }

    /// What stays unmet and why.
    pub struct UnmetLine {
        /// The place.
        pub place: String,
        /// Its names.
        pub place_names: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much, whole units.
        pub units: i64,
        /// Unit code.
        pub unit: String,
        /// no_stock, no_link, too_late, no_permit, ceiling, capacity, handling, not_planned.
        pub cause: String,
        /// The cause in words.
        pub words: Words,
    }

    /// Whether a party answers.
    pub struct ReachLine {
        /// The party.
        pub party: PartyName,
        /// Whether its node answers.
        pub reachable: bool,
        /// The latest act or answer from it.
        pub last_heard: Option<String>,
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
        /// proposed, accepted, declined, withdrawn.
        pub stage: String,
        /// When it was made.
        pub time: String,
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
    }

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
        /// permit, forbid, ceiling, standing_consent, settlement, third_party, term.
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

    /// An answer that is no answer: what, why and what to do.
    pub struct Problem {
        /// What went wrong, stable.
        pub code: String,
        /// In words.
        pub words: Words,
        /// The clauses, when an agreement says no.
        pub clauses: Vec<ClauseLine>,
        /// What to do, in words.
        pub help: Option<Words>,
    }
}

impl From<&Captions> for Words {
    fn from(c: &Captions) -> Self {
        Self { ko: c.ko.clone(), ja: c.ja.clone(), zh: c.zh.clone(), en: c.en.clone() }
    }
}

impl From<Quantity> for Amount {
    fn from(quantity: Quantity) -> Self {
        Self { milli: quantity.as_milli(), unit: quantity.unit().to_string() }
    }
}

impl From<Money> for Sum {
    fn from(money: Money) -> Self {
        Self { text: money.to_string(), minor: money.minor(), currency: money.code().to_owned() }
    }
}
