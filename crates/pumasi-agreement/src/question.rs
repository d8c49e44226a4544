//! What is asked of the agreements, and what they answer.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use pumasi_base::catalog::Mode;
use pumasi_base::{
    AgreementId, Captions, CategoryId, ClauseId, CommodityId, Lang, PartyId, PlaceId, PurposeId,
    Quantity, Status, Time, Unit,
};

use crate::clauses::settlement::SettlementMode;
use crate::reason::{Parameter, Reason, fill};
use crate::vocabulary::read_words;

/// What a party wants to do under an agreement.
///
/// The steps of OASIS EDXL-RM gathered by what an agreement has to say about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The receiver asks for aid (EDXL-RM `RequestResource`).
    Request,
    /// The giver offers aid (EDXL-RM `OfferUnsolicitedResource`, `ResponseToRequestResource`).
    Offer,
    /// The receiver orders or the giver commits (EDXL-RM `RequisitionResource`, `CommitResource`).
    Order,
    /// The giver sends without having been asked.
    Push,
    /// Goods of others pass through a party's territory.
    Transit,
    /// Either side passes on alerts and reports.
    Share,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Request, Self::Offer, Self::Order, Self::Push, Self::Transit, Self::Share];

    /// The word agreements and interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Offer => "offer",
            Self::Order => "order",
            Self::Push => "push",
            Self::Transit => "transit",
            Self::Share => "share",
        }
    }

    /// Whether goods or services move or are bound to move, so that ceilings count.
    #[must_use]
    pub const fn moves_goods(self) -> bool {
        matches!(self, Self::Request | Self::Offer | Self::Order | Self::Push)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Action {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|action| action.code() == text)
            .ok_or_else(|| format!("`{text}` is no action"))
    }
}

/// A degree of shaking on the ten-step scale of the Japan Meteorological Agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intensity {
    /// Intensity 0.
    I0,
    /// Intensity 1.
    I1,
    /// Intensity 2.
    I2,
    /// Intensity 3.
    I3,
    /// Intensity 4.
    I4,
    /// Intensity 5 lower, written `5-`.
    I5Lower,
    /// Intensity 5 upper, written `5+`.
    I5Upper,
    /// Intensity 6 lower, written `6-`.
    I6Lower,
    /// Intensity 6 upper, written `6+`.
    I6Upper,
    /// Intensity 7.
    I7,
}

impl Intensity {
    /// Every degree, weakest first.
    pub const ALL: [Self; 10] = [
        Self::I0,
        Self::I1,
        Self::I2,
        Self::I3,
        Self::I4,
        Self::I5Lower,
        Self::I5Upper,
        Self::I6Lower,
        Self::I6Upper,
        Self::I7,
    ];

    /// The degree as the agency's messages write it: `0` to `4`, `5-`, `5+`, `6-`, `6+`, `7`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::I0 => "0",
            Self::I1 => "1",
            Self::I2 => "2",
            Self::I3 => "3",
            Self::I4 => "4",
            Self::I5Lower => "5-",
            Self::I5Upper => "5+",
            Self::I6Lower => "6-",
            Self::I6Upper => "6+",
            Self::I7 => "7",
        }
    }
}

impl FromStr for Intensity {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|degree| degree.code() == text)
            .ok_or_else(|| format!("`{text}` is no intensity: use 0 to 4, 5-, 5+, 6-, 6+ or 7"))
    }
}

/// The colour of an alert, as USGS PAGER and GDACS give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertLevel {
    /// Little or no harm expected.
    Green,
    /// Local harm.
    Yellow,
    /// Harm that calls for a regional or national response.
    Orange,
    /// Harm that calls for international response.
    Red,
}

impl AlertLevel {
    /// Every level, mildest first.
    pub const ALL: [Self; 4] = [Self::Green, Self::Yellow, Self::Orange, Self::Red];

    /// The colour's English word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }
}

impl FromStr for AlertLevel {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|level| level.code() == text)
            .ok_or_else(|| format!("`{text}` is no alert level: use green, yellow, orange or red"))
    }
}

/// What is known of the event that aid is for; standing consents are tied to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Event {
    /// Whole hours since it struck.
    pub hours_since: i64,
    /// The strongest shaking observed at the receiver.
    pub intensity: Option<Intensity>,
    /// The highest alert level given for it.
    pub alert: Option<AlertLevel>,
    /// Whether the receiver cannot be reached.
    pub contact_lost: bool,
}

/// What a consent is given to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConsentTo {
    /// Being sent aid without having asked.
    Push,
    /// Passing what was received on to another.
    OnwardTransfer {
        /// To whom.
        to: PartyId,
    },
    /// Letting goods of others through.
    Transit,
}

/// A consent already held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consent {
    /// Who gave it.
    pub by: PartyId,
    /// To what.
    pub to: ConsentTo,
}

/// What is already held against ceilings, by the clause that sets the ceiling, within the
/// [`Per`](crate::clauses::ceiling::Per) it counts in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used(BTreeMap<(AgreementId, ClauseId), Quantity>);

impl Used {
    /// Nothing held.
    #[must_use]
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }
    /// States what a ceiling holds, in place of what was stated before.
    #[must_use]
    pub fn with(mut self, agreement: AgreementId, clause: ClauseId, held: Quantity) -> Self {
        self.0.insert((agreement, clause), held);
        self
    }
    /// What a ceiling holds.
    #[must_use]
    pub fn of(&self, agreement: &AgreementId, clause: &ClauseId) -> Option<Quantity> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(agreement.clone(), clause.clone())).copied()
    }
}

/// A debt under an agreement that is past its day; the asking node knows it from its matters, no
/// agreement does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overdue {
    /// Who owes.
    pub debtor: PartyId,
    /// Under which agreement.
    pub agreement: AgreementId,
}

/// A question to the agreements: may this be done?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who acts.
    pub actor: PartyId,
    /// What it does.
    pub action: Action,
    /// Who gives.
    pub giver: PartyId,
    /// Who receives.
    pub receiver: PartyId,
    /// What is given, when known more closely than its category.
    pub commodity: Option<CommodityId>,
    /// The legal class of what is given.
    pub category: CategoryId,
    /// How much, in the commodity's unit.
    pub quantity: Option<Quantity>,
    /// How heavy it is, in grams; ceilings by mass count it.
    pub mass_g: Option<i64>,
    /// What the aid is for.
    pub purpose: PurposeId,
    /// Whether it is actual, an exercise or a test.
    pub status: Status,
    /// When; each agreement turns it into a date at its own offset.
    pub on: Time,
    /// By what it travels, when known.
    pub mode: Option<Mode>,
    /// Where it is to be used, when known.
    pub place: Option<PlaceId>,
    /// Through whom it travels.
    pub transit: Vec<PartyId>,
    /// To whom the receiver means to pass it on.
    pub onward_to: Option<PartyId>,
    /// Whether the receiver has asked for it.
    pub requested: bool,
    /// The event it is for, when there is one.
    pub event: Option<Event>,
    /// What the ceilings already hold.
    pub used: Used,
    /// The consents already held.
    pub consents: Vec<Consent>,
    /// What is overdue; it matters where a settlement clause says so.
    pub overdue: Vec<Overdue>,
    /// The one agreement to be judged by; any that binds the two when absent.
    pub under: Option<AgreementId>,
}

impl Question {
    /// The question with nothing known beyond what every question must say; change the fields
    /// that are known.
    ///
    /// The actor is the receiver for a request or an order and the giver for the rest.
    #[must_use]
    pub fn new(
        action: Action,
        giver: PartyId,
        receiver: PartyId,
        category: CategoryId,
        purpose: PurposeId,
        status: Status,
        on: Time,
    ) -> Self {
        let actor = match action {
            Action::Request | Action::Order => receiver.clone(),
            Action::Offer | Action::Push | Action::Transit | Action::Share => giver.clone(),
        };
        Self {
            actor,
            action,
            giver,
            receiver,
            commodity: None,
            category,
            quantity: None,
            mass_g: None,
            purpose,
            status,
            on,
            mode: None,
            place: None,
            transit: Vec::new(),
            onward_to: None,
            requested: false,
            event: None,
            used: Used::none(),
            consents: Vec::new(),
            overdue: Vec::new(),
            under: None,
        }
    }
}

/// What is still lacking before the agreements permit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The consent of a party.
    Consent {
        /// Whose.
        of: PartyId,
        /// To what.
        to: ConsentTo,
    },
    /// The quantity in a unit that a ceiling counts in; for kilograms the mass does.
    Quantity {
        /// The unit.
        unit: Unit,
    },
    /// The commodity, because the clause names commodities and not whole categories.
    Commodity,
    /// The signature of a party, where the others have signed.
    Signature {
        /// Whose.
        of: PartyId,
        /// Under which agreement.
        agreement: AgreementId,
    },
    /// A party's word that its own procedures are completed, where every party has signed.
    Ratification {
        /// Whose.
        of: PartyId,
        /// Of which agreement.
        agreement: AgreementId,
    },
    /// Entry into force of an agreement that every party has signed.
    EntryIntoForce {
        /// Which.
        agreement: AgreementId,
    },
    /// The settlement of what is overdue.
    Settlement {
        /// Who owes it.
        of: PartyId,
        /// Under which agreement.
        agreement: AgreementId,
    },
}

static NEEDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("needs.i18n.toml")));

impl Need {
    /// The word interfaces use: `consent_push`, `consent_transit`, `consent_onward`, `quantity`,
    /// `commodity`, `signature`, `ratification`, `entry_into_force` or `settlement`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Consent { to: ConsentTo::Push, .. } => "consent_push",
            Self::Consent { to: ConsentTo::OnwardTransfer { .. }, .. } => "consent_onward",
            Self::Consent { to: ConsentTo::Transit, .. } => "consent_transit",
            Self::Quantity { .. } => "quantity",
            Self::Commodity => "commodity",
            Self::Signature { .. } => "signature",
            Self::Ratification { .. } => "ratification",
            Self::EntryIntoForce { .. } => "entry_into_force",
            Self::Settlement { .. } => "settlement",
        }
    }

    /// The values its words name, by the names of their placeholders.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, Parameter)> {
        match self.clone() {
            Self::Consent { to: ConsentTo::OnwardTransfer { to }, .. } => {
                vec![("to", Parameter::Party(to))]
            }
            Self::Consent { .. } | Self::Commodity => Vec::new(),
            Self::Quantity { unit } => vec![("unit", Parameter::Unit(unit))],
            Self::Signature { agreement, .. }
            | Self::Ratification { agreement, .. }
            | Self::EntryIntoForce { agreement }
            | Self::Settlement { agreement, .. } => {
                vec![("agreement", Parameter::Agreement(agreement))]
            }
        }
    }

    /// What is lacking, in `lang`, without whose move it is; `name` gives better words for a
    /// parameter where it has them.
    #[must_use]
    pub fn caption_with(&self, lang: Lang, name: &dyn Fn(&Parameter) -> Option<String>) -> String {
        fill(&NEEDS, self.code(), self.parameters(), lang, name)
    }

    /// Whose move it is; none where the asker need only say more, or all parties must move.
    #[must_use]
    pub const fn whose(&self) -> Option<&PartyId> {
        match self {
            Self::Consent { of, .. }
            | Self::Signature { of, .. }
            | Self::Ratification { of, .. }
            | Self::Settlement { of, .. } => Some(of),
            Self::Quantity { .. } | Self::Commodity | Self::EntryIntoForce { .. } => None,
        }
    }
}

/// The answer in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It may be done.
    Permitted,
    /// It may not.
    Refused,
    /// It may be done once these are there.
    Needs(Vec<Need>),
}

/// What a clause does in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It permits.
    Permits,
    /// It forbids.
    Forbids,
    /// It sets the bound that was met or broken: a ceiling, a term, the reach of a permit.
    Limits,
    /// It asks for something first.
    Requires,
    /// It says how the aid is settled.
    Settles,
}

impl Effect {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Permits => "permits",
            Self::Forbids => "forbids",
            Self::Limits => "limits",
            Self::Requires => "requires",
            Self::Settles => "settles",
        }
    }
}

/// A clause cited by a decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseRef {
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause in it.
    pub clause: ClauseId,
    /// What it does here.
    pub effect: Effect,
}

/// One way in which the aid may be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementTerm {
    /// How.
    pub mode: SettlementMode,
    /// The agreement that says so.
    pub agreement: AgreementId,
    /// The clause that says so.
    pub clause: ClauseId,
}

/// The answer of the agreements, with the clauses it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer in short.
    pub outcome: Outcome,
    /// The agreement the answer rests on; none when no agreement comes near.
    pub under: Option<AgreementId>,
    /// The clauses cited: permits first, then forbids, limits, requirements, settlement.
    pub clauses: Vec<ClauseRef>,
    /// Why not, or why not yet, weightiest first; empty when permitted.
    pub reasons: Vec<Reason>,
    /// How it would be settled; more than one where the parties choose on the order, empty when
    /// the agreement is silent or the answer is no.
    pub settlement: Vec<SettlementTerm>,
}

impl Decision {
    /// Whether it may be done as asked.
    #[must_use]
    pub const fn is_permitted(&self) -> bool {
        matches!(self.outcome, Outcome::Permitted)
    }

    /// The word interfaces use for the outcome: `permitted`, `refused` or `needs`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.outcome {
            Outcome::Permitted => "permitted",
            Outcome::Refused => "refused",
            Outcome::Needs(_) => "needs",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_is_said_in_every_language() {
        let of: PartyId = "p".parse().unwrap();
        let agreement: AgreementId = "g".parse().unwrap();
        let consent = |to| Need::Consent { of: of.clone(), to };
        let all = [
            consent(ConsentTo::Push),
            consent(ConsentTo::OnwardTransfer { to: of.clone() }),
            consent(ConsentTo::Transit),
            Need::Quantity { unit: Unit::Kilogram },
            Need::Commodity,
            Need::Signature { of: of.clone(), agreement: agreement.clone() },
            Need::Ratification { of: of.clone(), agreement: agreement.clone() },
            Need::EntryIntoForce { agreement: agreement.clone() },
            Need::Settlement { of: of.clone(), agreement },
        ];
        let mut codes: Vec<&str> = all.iter().map(Need::code).collect();
        codes.sort_unstable();
        assert_eq!(codes, NEEDS.keys().map(String::as_str).collect::<Vec<_>>());
        for need in &all {
            for lang in Lang::ALL {
                let template = NEEDS[need.code()].in_lang(lang);
                for (name, _) in need.parameters() {
                    assert!(template.contains(&format!("{{{name}}}")), "{} {lang}", need.code());
                }
                let said = need.caption_with(lang, &|_| None);
                assert!(!said.is_empty() && !said.contains(['{', '}']), "{said}");
            }
        }
    }
}
