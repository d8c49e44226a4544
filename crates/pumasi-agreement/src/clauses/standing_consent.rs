//! `standing_consent`: lets aid be sent before it is asked for.

use pumasi_base::{CommodityId, PartyId, Quantity};

use super::ceiling::{Per, judge_limit};
use super::permit::{judge_commodity, judge_transit, need_push_consent};
use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Basis, Grant};
use crate::fault::{Fault, FaultKind};
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::{Action, AlertLevel, Event, Intensity};
use crate::reason::Rule;
use crate::scope::Scope;

/// What must have happened before a standing consent holds: any one of what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trigger {
    /// Shaking of at least this intensity was observed at the receiver.
    pub intensity: Option<Intensity>,
    /// An alert of at least this level was given.
    pub alert: Option<AlertLevel>,
    /// The receiver cannot be reached.
    pub contact_lost: bool,
}

impl Trigger {
    /// Whether what is known of the event sets it off.
    #[must_use]
    pub fn is_met_by(&self, event: &Event) -> bool {
        let at_least = |least: Option<Intensity>| least.is_some() && event.intensity >= least;
        let alerted = |least: Option<AlertLevel>| least.is_some() && event.alert >= least;
        at_least(self.intensity)
            || alerted(self.alert)
            || (self.contact_lost && event.contact_lost)
    }

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let trigger = Self {
            intensity: fields.optional_parsed("intensity"),
            alert: fields.optional_parsed("alert"),
            contact_lost: fields.flag("contact_lost"),
        };
        if trigger == Self::default() {
            fields.fault_here(FaultKind::TriggersNothing);
        }
        Some(trigger)
    }
}

/// The parameters of a standing consent; it permits the action `push` and no other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandingConsent {
    /// Whom and what it reaches; its actions are always `push`.
    pub scope: Scope,
    /// The commodities within the categories; empty means all of them.
    pub commodities: Vec<CommodityId>,
    /// Third parties through whom it may travel.
    pub transit: Vec<PartyId>,
    /// What sets it off; always in force when absent.
    pub trigger: Option<Trigger>,
    /// Hours after the event in which aid may be sent under it; without end when absent.
    pub valid_hours: Option<i64>,
    /// The most that may be sent for one incident.
    pub max: Option<Quantity>,
}

impl Kind for StandingConsent {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        if fields.has("actions") {
            let span = fields.span_of("actions");
            fields.fault(&span, FaultKind::ConsentListsActions);
        }
        let mut scope = Scope::read(fields);
        scope.actions = vec![Action::Push];
        for key in ["categories", "purposes"] {
            if !fields.has(key) {
                fields.fault_here(Fault::of(FaultKind::MustList, [&"standing_consent", &key]));
            }
        }
        Some(Self {
            scope,
            commodities: fields.list("commodities"),
            transit: fields.list("transit"),
            trigger: fields.inside("trigger", Trigger::read),
            valid_hours: fields.optional_integer("valid_hours", 1),
            max: fields.optional_parsed("max"),
        })
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        let basis = Basis::StandingConsent(self.clone());
        tables.grants.push(Grant { clause, reach, basis });
    }
}

impl StandingConsent {
    /// Judges trigger, time, amount, commodity and transit.
    ///
    /// Where the consent does not hold, the receiver's own can still be asked for.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        judge_commodity(&self.commodities, clause, at, verdict);
        judge_transit(&self.transit, clause, at, verdict);
        if !at.question.requested
            && let Some(rule) = self.lapse(at)
        {
            need_push_consent(rule, clause, at, verdict);
        }
        if let Some(max) = self.max {
            judge_limit(max, Per::Incident, clause, at, verdict);
        }
    }

    /// Why the consent does not hold at this time for this event.
    fn lapse(&self, at: &At<'_>) -> Option<Rule> {
        let event = at.question.event.as_ref();
        if let Some(trigger) = &self.trigger
            && !event.is_some_and(|event| trigger.is_met_by(event))
        {
            return Some(Rule::StandingConsentNotTriggered);
        }
        let hours_max = self.valid_hours?;
        match event {
            None => Some(Rule::StandingConsentNotTriggered),
            Some(event) if event.hours_since > hours_max || event.hours_since < 0 => {
                Some(Rule::StandingConsentLapsed { hours_max, hours: event.hours_since })
            }
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    const PUSH: &str = r#"s standing_consent; categories = ["food"]; purposes = ["disaster_relief"]"#;

    #[test]
    fn holds_once_triggered_for_its_hours() {
        check(
            &format!(r#"{PUSH}; trigger = {{ intensity = "6-", alert = "red" }}; valid_hours = 72; max = "50 KGM""#),
            "kr-42 pushes 50 KGM food to jp-17 hours 72 intensity 6- => permitted: permits s, limits s
             kr-42 pushes 50 KGM food to jp-17 hours 0 alert red => permitted: permits s, limits s
             kr-42 pushes 50 KGM food to jp-17 hours 73 intensity 7 => needs consent of jp-17 to push [standing_consent_lapsed]: permits s, limits s, requires s
             kr-42 pushes 50 KGM food to jp-17 hours 1 intensity 5+ alert orange => needs consent of jp-17 to push [standing_consent_not_triggered]: permits s, limits s, requires s
             kr-42 pushes 50 KGM food to jp-17 hours 1 unreachable => needs consent of jp-17 to push [standing_consent_not_triggered]: permits s, limits s, requires s
             kr-42 pushes 50 KGM food to jp-17 => needs consent of jp-17 to push [standing_consent_not_triggered]: permits s, limits s, requires s
             kr-42 pushes 50 KGM food to jp-17 consent jp-17 push => permitted: permits s, limits s
             kr-42 pushes 50 KGM food to jp-17 consent kr-42 push => needs consent of jp-17 to push [standing_consent_not_triggered]: permits s, limits s, requires s
             kr-42 pushes 50 KGM food to jp-17 requested => permitted: permits s, limits s
             kr-42 pushes 50.001 KGM food to jp-17 hours 1 intensity 7 => refused [ceiling_exceeded]: limits s
             kr-42 pushes 1 KGM food to jp-17 hours 1 intensity 7 held 50 KGM against x/s => refused [ceiling_exceeded]: limits s
             jp-17 orders 1 KGM food from kr-42 => refused [action_not_covered]: limits s
             kr-42 pushes 1 KGM fuel to jp-17 => refused [category_not_covered]: limits s",
        );
    }

    #[test]
    fn may_hold_always_or_when_contact_is_lost() {
        check(PUSH, "kr-42 pushes food to jp-17 => permitted: permits s");
        check(
            &format!("{PUSH}; trigger = {{ contact_lost = true }}; commodities = [\"rice\"]"),
            "kr-42 pushes food/rice to jp-17 unreachable => permitted: permits s
             kr-42 pushes food/meal to jp-17 unreachable => refused [commodity_not_covered]: limits s
             kr-42 pushes food/rice to jp-17 unreachable through cn-sh => needs consent of cn-sh to transit [transit_needs_consent]: permits s, requires s",
        );
    }

    #[test]
    fn must_be_about_push_and_name_a_trigger() {
        check_fault(&format!("{PUSH}; actions = [\"order\"]"), "lists no actions");
        check_fault(&format!("{PUSH}; trigger = {{}}"), "a trigger must name");
        check_fault(&format!("{PUSH}; trigger = {{ intensity = \"8\" }}"), "`8` is no word for `intensity`");
    }
}
