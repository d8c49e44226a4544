//! `permit`: lets something be done.

use pumasi_base::{CommodityId, PartyId};

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Basis, Grant};
use crate::fault::{Fault, FaultKind};
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
                fields.fault_here(Fault::of(FaultKind::MustList, [&"permit", &key]));
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

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    const FOOD: &str = r#"p permit; actions = ["order", "offer"]; categories = ["food"]; purposes = ["disaster_relief"]"#;

    #[test]
    fn permits_what_it_names_and_nothing_else() {
        check(
            FOOD,
            "jp-17 orders food from kr-42 => permitted: permits p
             kr-42 orders food from jp-17 => permitted: permits p
             jp-17204 orders food from kr-42 => permitted: permits p
             jp-17204 orders food from kr-42 acting jp-17 => permitted: permits p
             jp-17204 orders food from jp-17 => refused [no_agreement]
             jp-17 orders food from kr-42 acting ngo-c => refused [actor_not_in_role]: limits p
             jp-17 orders water from kr-42 => refused [category_not_covered]: limits p
             jp-17 orders food from kr-42 for evacuation => refused [purpose_not_covered]: limits p
             jp-17 requests food from kr-42 => refused [action_not_covered]: limits p
             jp-17 orders water from kr-42 for evacuation => refused [nothing_permits]
             kr-42 pushes food to jp-17 => refused [no_standing_consent]: limits p
             jp-17 orders food from kr-45 => refused [no_agreement]",
        );
    }

    #[test]
    fn narrows_by_party_mode_status_place_and_commodity() {
        check(
            &format!(
                r#"{FOOD}; givers = ["kr-42"]; modes = ["sea"]; statuses = ["exercise"]; within_receiver = true; commodities = ["rice"]"#
            ),
            "jp-17 orders food/rice from kr-42 exercise => permitted: permits p
             kr-42 orders food/rice from jp-17 exercise => refused [nothing_permits]
             jp-17 orders food/rice from kr-42 => refused [status_not_covered]: limits p
             jp-17 orders food/rice from kr-42 exercise by sea => permitted: permits p
             jp-17 orders food/rice from kr-42 exercise by air => refused [mode_not_covered]: limits p
             jp-17 orders food/rice from kr-42 exercise at jp-17204 => permitted: permits p
             jp-17 orders food/rice from kr-42 exercise at jp-31201 => refused [place_not_covered]: limits p
             jp-17 orders food/meal from kr-42 exercise => refused [commodity_not_covered]: limits p
             jp-17 orders food from kr-42 exercise => needs commodity [commodity_unknown]: permits p, requires p",
        );
    }

    #[test]
    fn asks_third_parties_on_the_way() {
        check(
            &format!(r#"{FOOD}; transit = ["cn-sh"]"#),
            "jp-17 orders food from kr-42 through kr-26 through jp-27 => permitted: permits p
             jp-17 orders food from kr-42 through cn-sh => permitted: permits p
             jp-17 orders food from kr-42 through cn-js => needs consent of cn-js to transit [transit_needs_consent]: permits p, requires p
             jp-17 orders food from kr-42 through cn-js consent cn-js transit => permitted: permits p
             jp-17 orders food from ngo-c through ngo-d => needs consent of ngo-d to transit [transit_needs_consent]: permits p, requires p",
        );
    }

    #[test]
    fn must_say_what_it_permits() {
        check_fault("p permit; actions = [\"order\"]", "clause p: a clause of kind `permit` must list its `purposes`");
        check_fault(FOOD.replace("food", "fodder").as_str(), "clause p: `fodder` is no word for `categories`");
    }
}
