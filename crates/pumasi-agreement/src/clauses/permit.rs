//! `permit`: lets something be done.

use pumasi_base::{CommodityId, PartyId};

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Basis, Grant};
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::{Action, ConsentTo, Effect, Need};
use crate::reason::Rule;
use crate::scope::{Scope, lies_within, same_country};

/// The parameters of a permit.
///
/// `actions`, `categories` and `purposes` must be given: a permit never means "everything".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permit {
    /// Whom and what it reaches.
    pub scope: Scope,
    /// The commodities within the categories; empty means all of them.
    pub commodities: Vec<CommodityId>,
    /// Third parties through whom it may travel without their consent being asked each time.
    ///
    /// The provinces of the giver's and the receiver's own country need not be listed.
    pub transit: Vec<PartyId>,
    /// Whether it holds only for use in the receiver and its municipalities.
    pub within_receiver: bool,
    /// Hours between the order and the earliest dispatch.
    pub delay_hours: i64,
}

impl Kind for Permit {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let permit = Self {
            scope: Scope::read(fields),
            commodities: fields.list("commodities"),
            transit: fields.list("transit"),
            within_receiver: fields.flag("within_receiver"),
            delay_hours: fields.optional_integer("delay_hours", 0).unwrap_or(0),
        };
        for key in ["actions", "categories", "purposes"] {
            if !fields.has(key) {
                fields.fault_here(format!("a permit must list its `{key}`"));
            }
        }
        Some(permit)
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        tables.grants.push(Grant { clause, reach, basis: Basis::Permit(self.clone()) });
    }
}

impl Permit {
    /// Judges what the index does not: commodity, place, transit, and pushing without a request.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        judge_commodity(&self.commodities, clause, at, verdict);
        if let Some(place) = at.question.place.as_ref().filter(|_| self.within_receiver)
            && !lies_within(place.as_str(), at.question.receiver.as_str())
        {
            let rule = Rule::PlaceNotCovered { place: place.clone() };
            verdict.refuse(at, rule, Some((clause, Effect::Limits)));
        }
        judge_transit(&self.transit, clause, at, verdict);
        if at.question.action == Action::Push && !at.question.requested {
            let rule = Rule::NoStandingConsent { receiver: at.question.receiver.clone() };
            need_push_consent(rule, clause, at, verdict);
        }
    }
}

/// Refuses a commodity that a clause naming commodities does not name.
pub(super) fn judge_commodity(
    commodities: &[CommodityId],
    clause: u16,
    at: &At<'_>,
    verdict: &mut Verdict,
) {
    if commodities.is_empty() {
        return;
    }
    match &at.question.commodity {
        None => verdict.need(at, Rule::CommodityUnknown, clause, Need::Commodity),
        Some(commodity) if !commodities.contains(commodity) => {
            let rule = Rule::CommodityNotCovered { commodity: commodity.clone() };
            verdict.refuse(at, rule, Some((clause, Effect::Limits)));
        }
        Some(_) => {}
    }
}

/// Asks for the consent of every third party on the way that the clause does not name.
pub(super) fn judge_transit(
    listed: &[PartyId],
    clause: u16,
    at: &At<'_>,
    verdict: &mut Verdict,
) {
    let question = at.question;
    for through in &question.transit {
        let at_home = [&question.giver, &question.receiver]
            .into_iter()
            .any(|side| side == through || same_country(side, through));
        if at_home || listed.contains(through) || at.consented(through, &ConsentTo::Transit) {
            continue;
        }
        let rule = Rule::TransitNeedsConsent { of: through.clone() };
        let need = Need::Consent { of: through.clone(), to: ConsentTo::Transit };
        verdict.need(at, rule, clause, need);
    }
}

/// Asks for the receiver's consent to being sent aid unasked, unless it is held.
pub(super) fn need_push_consent(rule: Rule, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
    let receiver = &at.question.receiver;
    if !at.consented(receiver, &ConsentTo::Push) {
        let need = Need::Consent { of: receiver.clone(), to: ConsentTo::Push };
        verdict.need(at, rule, clause, need);
    }
}
