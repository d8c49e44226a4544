//! What the acts of a matter add up to.
//!
//! The unit of aid is the order line; its machine and names follow EDXL-RM 1.0 as far as that goes
//! (request, offer, requisition, commit), and trade practice from there (shipment, receipt,
//! obligation, settlement).

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{
    AgreementId, CommodityId, Digest, Money, PartyId, PlaceId, PurposeId, Quantity, Time, Unit,
};
use serde::Serialize;

use crate::contest::Contest;
use crate::deadline::Accepting;
use crate::envelope::ActId;
use crate::fold::{Context, Effect};
use crate::kinds::choose_plan::ChoosePlan;
use crate::kinds::close_log::CloseLog;
use crate::kinds::open_matter::OpenMatter;
use crate::kinds::relay_alert::RelayAlert;
use crate::kinds::report_needs::ReportNeeds;
use crate::kinds::report_situation::ReportSituation;
use crate::life::Life;
use crate::payload::ClauseCited;
use crate::permission::Ask;
use crate::refusal::Refusal;
use crate::verify::Verified;

/// The state of one matter.
///
/// Its serialised form is canonical: ordered maps and integers only. [`State::digest`] hashes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// The matter: the id of its opening act.
    pub matter: ActId,
    /// What its opening act froze.
    pub genesis: OpenMatter,
    /// Alerts relayed, by act.
    pub alerts: BTreeMap<ActId, RelayAlert>,
    /// Needs reported, by act.
    pub needs: BTreeMap<ActId, ReportNeeds>,
    /// Situation reports.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub situations: BTreeMap<ActId, ReportSituation>,
    /// Plans chosen, by act.
    pub plans: BTreeMap<ActId, ChoosePlan>,
    /// Requests, by act.
    pub requests: BTreeMap<ActId, Request>,
    /// Offers, by act.
    pub offers: BTreeMap<ActId, Offer>,
    /// Order lines, by the act that made them.
    pub orders: BTreeMap<ActId, OrderLine>,
    /// Drawing rights, by the act that granted them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rights: BTreeMap<ActId, DrawingRight>,
    /// Shipments, by act.
    pub shipments: BTreeMap<ActId, Shipment>,
    /// What was said of agreements: their whole life in their own matter, suspension and end in a
    /// matter under them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lives: BTreeMap<AgreementId, Life>,
    /// Logs their own parties closed, by the act that did.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub closed: BTreeMap<ActId, CloseLog>,
    /// Acts with personal data beside them, whatever became of them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub personal: BTreeMap<ActId, PersonalData>,
    /// Acts that stand although they are contested, because another party had acknowledged them
    /// in good faith: breaches to be settled in person.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub honoured: BTreeMap<ActId, Contest>,
    /// Acts applied.
    pub applied: BTreeSet<ActId>,
    /// Acts refused, with the first rule they broke.
    #[serde(serialize_with = "crate::refusal::write_canonical")]
    pub refused: BTreeMap<ActId, Refusal>,
    /// Acts of kinds this software does not know: kept, relayed, shown.
    pub unknown: BTreeMap<ActId, String>,
}

/// What is wanted, from whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Who asks.
    pub requesting: PartyId,
    /// Who is asked.
    pub assisting: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// For which purpose.
    pub purpose: PurposeId,
    /// For which place.
    pub place: PlaceId,
    /// By when.
    pub need_by: Option<Time>,
    /// When it was made.
    pub time: Time,
    /// The clause.
    pub clause: Option<ClauseCited>,
}

/// What is offered, to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// Who offers.
    pub assisting: PartyId,
    /// To whom.
    pub requesting: PartyId,
    /// The request it answers.
    pub request: Option<ActId>,
    /// What.
    pub commodity: CommodityId,
    /// How much.
    pub quantity: Quantity,
    /// How it would be settled.
    pub mode: SettlementMode,
    /// Price of a unit.
    pub price: Option<Money>,
    /// The order made from it.
    pub ordered: Option<ActId>,
    /// The act that took it back.
    pub withdrawn: Option<ActId>,
    /// The last moment at which it can be accepted, its grace among it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Time>,
    /// When it was made.
    pub time: Time,
}

/// What a party may draw by itself, from whom, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawingRight {
    /// Whose goods.
    pub assisting: PartyId,
    /// Who may draw.
    pub requesting: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// How much in all.
    pub cap: Quantity,
    /// How much was drawn.
    pub drawn: Quantity,
    /// For which purpose.
    pub purpose: PurposeId,
    /// The last moment of a draw.
    pub until: Time,
    /// The clause.
    pub clause: Option<ClauseCited>,
    /// When it was granted: the day a yearly ceiling counts it under.
    pub granted: Time,
}

impl DrawingRight {
    /// How much may still be drawn.
    #[must_use]
    pub fn left(&self) -> Quantity {
        self.cap.minus_at_most(self.drawn).unwrap_or(self.cap)
    }

    /// What it holds of ceilings, in the form of an order promised in full.
    pub(crate) fn promised(&self, act: ActId) -> Promise<'_> {
        Promise {
            assisting: &self.assisting,
            requesting: &self.requesting,
            commodity: &self.commodity,
            purpose: &self.purpose,
            quantity: self.cap,
            pushed: false,
            by: (act, self.granted),
        }
    }
}

/// What counts against a ceiling.
pub(crate) struct Promise<'a> {
    pub(crate) assisting: &'a PartyId,
    pub(crate) requesting: &'a PartyId,
    pub(crate) commodity: &'a CommodityId,
    pub(crate) purpose: &'a PurposeId,
    pub(crate) quantity: Quantity,
    pub(crate) pushed: bool,
    /// The act that made it, and when.
    pub(crate) by: (ActId, Time),
}

/// How an order line is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlementMode {
    /// Nothing is owed.
    Gift,
    /// Paid in money.
    Reimbursement,
    /// The like is returned.
    ReplacementInKind,
    /// Something of equal value is given.
    EqualValueExchange,
    /// The thing itself comes back.
    Loan,
}

impl SettlementMode {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Reimbursement => "reimbursement",
            Self::ReplacementInKind => "replacement_in_kind",
            Self::EqualValueExchange => "equal_value_exchange",
            Self::Loan => "loan",
        }
    }
}

/// Where an order line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Ordered by the requesting party.
    Requisitioned,
    /// Promised by the assisting party.
    Committed,
    /// Declined by the assisting party.
    Refused,
    /// Taken back by the requesting party before anybody promised it.
    Cancelled,
    /// On its way.
    InFulfilment,
    /// Everything committed is accounted for and accepted or rejected; something is owed.
    Settling,
    /// Nothing is left to do.
    Closed,
}

impl Stage {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requisitioned => "requisitioned",
            Self::Committed => "committed",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::InFulfilment => "in_fulfilment",
            Self::Settling => "settling",
            Self::Closed => "closed",
        }
    }
}

/// One order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Who receives.
    pub requesting: PartyId,
    /// Who provides.
    pub assisting: PartyId,
    /// The request it covers.
    pub request: Option<ActId>,
    /// The offer it takes up.
    pub offer: Option<ActId>,
    /// The drawing right it draws on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<ActId>,
    /// Whether it was pushed under standing consent.
    pub pushed: bool,
    /// What.
    pub commodity: CommodityId,
    /// For which purpose.
    pub purpose: PurposeId,
    /// For which place.
    pub place: PlaceId,
    /// Ordered.
    pub ordered: Quantity,
    /// Committed.
    pub committed: Quantity,
    /// Dispatched.
    pub shipped: Quantity,
    /// Accepted.
    pub accepted: Quantity,
    /// Rejected at receipt.
    pub rejected: Quantity,
    /// Short at receipt.
    pub short: Quantity,
    /// How it is settled.
    pub mode: SettlementMode,
    /// Price of a unit.
    pub price: Option<Money>,
    /// Days the debtor has to settle, by the clause on settlement.
    pub settle_days: Option<i64>,
    /// Where it stands.
    pub stage: Stage,
    /// What is owed for it.
    pub obligation: Option<Obligation>,
    /// The clause that permits it.
    pub clause: Option<ClauseCited>,
    /// When it was made.
    pub time: Time,
    /// The act that promised it, and when: the day a yearly ceiling counts it under.
    pub promised: Option<(ActId, Time)>,
    /// Why it was declined, when the assisting party said so.
    pub declined: Option<String>,
    /// The act by which the assisting party promised or declined it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<ActId>,
    /// The act by which the requesting party took it back. A promise made without having seen it
    /// stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<ActId>,
}

impl OrderLine {
    /// Who must act next and by which kind of act; nobody when it is over.
    #[must_use]
    pub fn next(&self) -> Option<(&PartyId, &'static str)> {
        match self.stage {
            Stage::Requisitioned => Some((&self.assisting, "commit_resource")),
            Stage::Committed => Some((&self.assisting, "dispatch_shipment")),
            Stage::InFulfilment if self.shipped.as_milli() < self.committed.as_milli() => {
                Some((&self.assisting, "dispatch_shipment"))
            }
            Stage::InFulfilment => Some((&self.requesting, "receive_resource")),
            Stage::Settling => match self.obligation.as_ref()?.stage {
                ObligationStage::Accrued => Some((&self.assisting, "bill_obligation")),
                ObligationStage::Billed => Some((&self.requesting, "discharge_obligation")),
                ObligationStage::Discharged => Some((&self.assisting, "confirm_discharge")),
                ObligationStage::Confirmed => None,
            },
            Stage::Refused | Stage::Cancelled | Stage::Closed => None,
        }
    }
}

/// What a receiver owes for what it accepted.
///
/// In an exercise it is played through, but binds nobody: see [`State::binding_obligations`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Who owes.
    pub debtor: PartyId,
    /// Whom.
    pub creditor: PartyId,
    /// How it is settled.
    pub mode: SettlementMode,
    /// What goods are owed, or were accepted.
    pub goods: Quantity,
    /// What money is owed.
    pub sum: Option<Money>,
    /// How far it has come.
    pub stage: ObligationStage,
    /// Since when it is owed.
    pub since: Time,
    /// By when it is to be settled.
    pub due: Option<Time>,
    /// What the debtor gave as proof of payment or return.
    pub reference: Option<String>,
    /// The act that brought it here: who takes the next step must have seen it.
    pub last: ActId,
}

/// How far an obligation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationStage {
    /// It arose with the receipt.
    Accrued,
    /// The creditor billed it.
    Billed,
    /// The debtor says it is settled.
    Discharged,
    /// The creditor agrees.
    Confirmed,
}

impl ObligationStage {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accrued => "accrued",
            Self::Billed => "billed",
            Self::Discharged => "discharged",
            Self::Confirmed => "confirmed",
        }
    }
}

/// Goods on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shipment {
    /// The order it belongs to.
    pub order: ActId,
    /// How much.
    pub quantity: Quantity,
    /// Pallets.
    pub pallets: i64,
    /// The links it takes, in order.
    pub links: Vec<String>,
    /// Departure.
    pub departs: Time,
    /// Expected arrival.
    pub arrives: Time,
    /// What the receiver found.
    pub receipt: Option<Receipt>,
}

/// What a receiver found in a shipment. Accepted, rejected and short add up to what was shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The act.
    pub act: ActId,
    /// When.
    pub time: Time,
    /// Accepted.
    pub accepted: Quantity,
    /// Rejected.
    pub rejected: Quantity,
    /// Why.
    pub reason: Option<String>,
    /// Short.
    pub short: Quantity,
}

/// What is known of personal data beside an act: never the text itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonalData {
    /// Who wrote the act.
    pub party: PartyId,
    /// What they hash to.
    pub commitment: Digest,
    /// The act by which that party had them erased.
    pub retracted: Option<ActId>,
}

impl State {
    /// The state right after `genesis`.
    #[must_use]
    pub(crate) fn opened(matter: ActId, genesis: OpenMatter) -> Self {
        // A matter about an agreement is its life from the first act on.
        let lives = genesis.about.iter().map(|about| (about.clone(), Life::default())).collect();
        Self {
            matter,
            genesis,
            alerts: BTreeMap::new(),
            needs: BTreeMap::new(),
            situations: BTreeMap::new(),
            plans: BTreeMap::new(),
            requests: BTreeMap::new(),
            offers: BTreeMap::new(),
            orders: BTreeMap::new(),
            rights: BTreeMap::new(),
            shipments: BTreeMap::new(),
            lives,
            closed: BTreeMap::new(),
            personal: BTreeMap::new(),
            honoured: BTreeMap::new(),
            applied: BTreeSet::new(),
            refused: BTreeMap::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// Notes what became of an act.
    pub(crate) fn record(
        &mut self,
        act: &Verified,
        outcome: Result<Effect, Refusal>,
        contest: Option<&Contest>,
    ) {
        if let Some(commitment) = act.payload().personal {
            let party = act.party().clone();
            self.personal.insert(act.id(), PersonalData { party, commitment, retracted: None });
        }
        match outcome {
            Ok(Effect::Applied) => {
                self.applied.insert(act.id());
                self.honoured.extend(contest.map(|contest| (act.id(), contest.clone())));
            }
            Ok(Effect::Unknown) => {
                self.unknown.insert(act.id(), act.payload().kind.clone());
            }
            Err(refusal) => {
                self.refused.insert(act.id(), refusal);
            }
        }
    }

    /// The canonical form: JSON without spaces, fields in the order of `docs/spec/act.md`.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        // Ordered maps with text keys and integers: writing them cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// SHA-256 over the canonical form: equal acts give equal digests on every node.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.canonical())
    }

    /// Whether a party had what this commitment of its own stands for erased: beside any of its acts
    /// here, since one text may stand beside several.
    #[must_use]
    pub fn is_retracted(&self, party: &PartyId, commitment: &Digest) -> bool {
        self.personal.values().any(|data| {
            data.retracted.is_some() && data.commitment == *commitment && data.party == *party
        })
    }

    /// The obligations that bind: none at all in an exercise or test.
    pub fn binding_obligations(&self) -> impl Iterator<Item = (&ActId, &Obligation)> {
        let actual = self.genesis.status == pumasi_base::Status::Actual;
        self.orders
            .iter()
            .filter(move |_| actual)
            .filter_map(|(id, order)| order.obligation.as_ref().map(|owed| (id, owed)))
    }

    /// Everything promised here. A right counts in full from the day it was granted, so that its
    /// draws need not.
    pub(crate) fn promises(&self) -> impl Iterator<Item = Promise<'_>> {
        let orders = self.orders.values().filter(|order| order.right.is_none());
        let orders = orders.filter_map(|order| {
            Some(Promise {
                assisting: &order.assisting,
                requesting: &order.requesting,
                commodity: &order.commodity,
                purpose: &order.purpose,
                quantity: order.committed,
                pushed: order.pushed,
                by: order.promised?,
            })
        });
        orders.chain(self.rights.iter().map(|(act, right)| right.promised(*act)))
    }

    /// The unit of a commodity in this matter.
    #[must_use]
    pub fn unit_of(&self, commodity: &CommodityId) -> Option<Unit> {
        self.genesis.commodities.get(commodity).map(|terms| terms.unit)
    }
}

impl State {
    /// The order `act` made, when the author of the act at hand had seen it.
    pub(crate) fn order_of(
        &self,
        act: ActId,
        context: &Context<'_>,
    ) -> Result<&OrderLine, Refusal> {
        let known = self.orders.get(&act).filter(|_| context.saw(&act));
        known.ok_or(Refusal::ReferenceMustBeKnown { act })
    }

    /// An order as the acceptance of an offer with a deadline, when it is one.
    pub(crate) fn accepting(&self, id: &ActId) -> Option<Accepting<'_>> {
        let order = self.orders.get(id)?;
        let deadline = self.offers.get(&order.offer?)?.deadline?;
        Some(Accepting {
            order: *id,
            requesting: &order.requesting,
            assisting: &order.assisting,
            audience: &self.genesis.audience,
            deadline,
        })
    }

    pub(crate) fn update_obligation(
        &mut self,
        order: ActId,
        context: &Context<'_>,
        change: impl FnOnce(&mut Obligation),
    ) {
        if let Some(owed) = self.orders.get_mut(&order).and_then(|o| o.obligation.as_mut()) {
            change(owed);
            owed.last = context.id();
        }
    }
}

impl OrderLine {
    /// A line as it stands when it is ordered: a gift nobody has promised yet.
    pub(crate) fn ordered(ask: &Ask<'_>, place: &PlaceId, context: &Context<'_>) -> Self {
        let none = Quantity::zero(ask.quantity.unit());
        Self {
            requesting: ask.receiver.clone(),
            assisting: ask.giver.clone(),
            request: None,
            offer: None,
            right: None,
            pushed: false,
            commodity: ask.commodity.clone(),
            purpose: ask.purpose.clone(),
            place: place.clone(),
            ordered: ask.quantity,
            committed: none,
            shipped: none,
            accepted: none,
            rejected: none,
            short: none,
            mode: SettlementMode::Gift,
            price: None,
            settle_days: None,
            stage: Stage::Requisitioned,
            obligation: None,
            clause: context.act.payload().clause.clone(),
            time: context.time,
            promised: None,
            declined: None,
            answered: None,
            cancelled: None,
        }
    }

    /// Refuses an answer to an order that has one, or that its author had seen taken back.
    pub(crate) fn must_await_answer(&self, context: &Context<'_>) -> Result<(), Refusal> {
        let cancelled = self.cancelled.is_some_and(|act| context.saw(&act));
        if self.stage == Stage::Cancelled && !cancelled {
            return Ok(());
        }
        self.must_stand_at(Stage::Requisitioned)
    }

    pub(crate) fn must_be_assisted_by(&self, context: &Context<'_>) -> Result<(), Refusal> {
        if self.assisting == *context.party() {
            Ok(())
        } else {
            Err(Refusal::StepMustBeOwn { party: self.assisting.clone() })
        }
    }

    pub(crate) fn must_stand_at(&self, stage: Stage) -> Result<(), Refusal> {
        if self.stage == stage {
            Ok(())
        } else {
            Err(Refusal::StageMustFit { stage: self.stage.code().to_owned() })
        }
    }

    pub(crate) fn must_owe(
        &self,
        stage: ObligationStage,
        context: &Context<'_>,
    ) -> Result<&Obligation, Refusal> {
        // A step its author had not seen has not been taken for it.
        let seen = self.obligation.as_ref().filter(|owed| context.saw(&owed.last));
        seen.filter(|owed| owed.stage == stage).ok_or_else(|| Refusal::StageMustFit {
            stage: seen.map_or_else(|| self.stage.code(), |owed| owed.stage.code()).to_owned(),
        })
    }
}
