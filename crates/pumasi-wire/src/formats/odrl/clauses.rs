//! What rules say as clauses of an agreement: one function for each kind of clause.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::clauses::Terms;
use pumasi_agreement::clauses::ceiling::{Ceiling, Per};
use pumasi_agreement::clauses::forbid::Forbid;
use pumasi_agreement::clauses::permit::Permit;
use pumasi_agreement::clauses::settlement::{Settlement, SettlementMode};
use pumasi_agreement::clauses::standing_consent::{StandingConsent, Trigger};
use pumasi_agreement::clauses::third_party::{OnwardTransfer, ThirdParty};
use pumasi_agreement::scope::{Scope, mode_code};
use pumasi_agreement::{Action, vocabulary};
use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, CommodityId, PartyId, PurposeId, Quantity, Status};

use super::rules::{Condition, Named, Rule, Sort};
use super::terms::{Side, Span, quantity_operand};
use super::{Code, Finding, iri};

/// The ids of parties by the names a policy gives them.
#[derive(Debug, Default)]
pub(super) struct Parties {
    /// The name of the collection of all members.
    pub(super) members: String,
    ids: BTreeMap<String, PartyId>,
    taken: BTreeSet<PartyId>,
}

impl Parties {
    /// The id for a name; a foreign name gets one made of its last part, which is noted.
    pub(super) fn id(&mut self, named: &Named, findings: &mut Vec<Finding>) -> Option<PartyId> {
        if let Some(id) = self.ids.get(&named.name) {
            return Some(id.clone());
        }
        let ours = named.name.strip_prefix(iri::PARTY).and_then(|id| id.parse().ok());
        let id: PartyId = match ours {
            Some(id) => id,
            None => {
                let first = slug(&named.name);
                let further = (2..100).map(|n| format!("{first}-{n}"));
                let ids = std::iter::once(first.clone()).chain(further);
                let mut ids = ids.filter_map(|id| id.parse().ok());
                let id = ids.find(|id| !self.taken.contains(id))?;
                findings.push(taken_as(named, &id.to_string()));
                id
            }
        };
        self.taken.insert(id.clone());
        self.ids.insert(named.name.clone(), id.clone());
        Some(id)
    }

    /// The ids of a side; none when it is all members.
    fn side(&mut self, named: &[Named], reading: &mut Notes) -> Vec<PartyId> {
        let mut ids = Vec::new();
        if named.iter().any(|one| one.name == self.members) {
            return ids;
        }
        for one in named {
            match self.id(one, &mut reading.notes) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => reading.strange(one),
            }
        }
        ids
    }
}

/// The last part of a name, in the letters that ids are made of.
pub(super) fn slug(name: &str) -> String {
    let parts = name.split(['/', '#', ':', '?']);
    let last = parts.rev().find(|part| part.chars().any(|c| c.is_ascii_alphanumeric()));
    let fit = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_lowercase() || c.is_ascii_digit() => c,
        _ => '-',
    };
    let word: String = last.unwrap_or("party").chars().map(fit).take(48).collect();
    word.trim_matches('-').to_owned()
}

pub(super) fn taken_as(named: &Named, word: &str) -> Finding {
    Finding::at(Code::TakenAs, &named.at, &format!("{} → {word}", named.name))
}

/// What was noted and what was not understood while a rule was read.
#[derive(Debug, Default)]
struct Notes {
    notes: Vec<Finding>,
    strange: Vec<Finding>,
}

impl Notes {
    fn strange(&mut self, named: &Named) {
        self.strange.push(Finding::at(Code::NotUnderstood, &named.at, &named.name));
    }
}

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) terms: Terms,
    /// The side all of whose actions the rule is about.
    pub(super) every_action_of: Option<Side>,
}

/// Reads what a rule says; nothing when it is left out, and why is found.
pub(super) fn said(rule: &Rule, parties: &mut Parties, findings: &mut Vec<Finding>) -> Vec<Said> {
    let mut reading = Reading {
        conditions: rule.conditions.clone(),
        duties: rule.duties.clone(),
        notes: Notes { notes: Vec::new(), strange: rule.strange.clone() },
        rule,
        parties,
    };
    let said = reading.clause();
    let Reading { conditions, duties, notes, .. } = reading;
    let on_conditions: Vec<Finding> = conditions.iter().map(Condition::found).collect();
    let on_duties = duties.iter().map(|duty| {
        let what = duty.actions.first().map_or("", |action| &action.name);
        Finding::at(Code::NotUnderstood, &duty.at, what)
    });
    let mut strange: Vec<Finding> = notes.strange.into_iter().chain(on_duties).collect();
    if !matches!(rule.sort, Sort::Obligation | Sort::Waiver) {
        let found = |duty: &Rule| Finding::at(Code::NotUnderstood, &duty.at, "consequence");
        strange.extend(rule.consequences.iter().map(found));
    }
    findings.extend(notes.notes);
    let beside: Vec<Finding> = rule.beside.iter().cloned().chain(on_conditions).collect();
    let whole = strange.is_empty() && beside.is_empty() && !said.is_empty();
    let left_out = match rule.sort {
        Sort::Permission => Code::PermissionLeftOut,
        Sort::Prohibition => Code::ProhibitionLeftOut,
        Sort::Obligation | Sort::Waiver => Code::DutyLeftOut,
    };
    // A prohibition without one of its conditions forbids more, which errs on the safe side.
    let widened = rule.sort == Sort::Prohibition && strange.is_empty() && !said.is_empty();
    let code = if widened { Code::ProhibitionWidened } else { left_out };
    findings.extend(strange);
    findings.extend(beside);
    if whole {
        return said;
    }
    findings.push(Finding::at(code, &rule.at, ""));
    if widened { said } else { Vec::new() }
}

/// Actions of ODRL that pass goods on to others.
const PASS_ON: [&str; 4] = ["distribute", "give", "sell", "transfer"];

/// A rule being read: what is understood is taken out of it.
struct Reading<'r> {
    rule: &'r Rule,
    conditions: Vec<Condition>,
    duties: Vec<Rule>,
    notes: Notes,
    parties: &'r mut Parties,
}

impl Reading<'_> {
    /// Reads the clause whose kind the rule shows.
    fn clause(&mut self) -> Vec<Said> {
        let passes_on =
            self.rule.actions.iter().any(|action| PASS_ON.contains(&action.name.as_str()));
        let pushes = matches!(&*self.rule.actions, [only] if only.name == "pumasi:push");
        match self.rule.sort {
            Sort::Permission if passes_on => self.third_party(),
            Sort::Permission if pushes && !self.asks_receiver() => self.standing_consent(),
            Sort::Permission => self.permit(),
            Sort::Prohibition if passes_on => self.third_party(),
            Sort::Prohibition if self.limit().is_some() => self.ceiling(),
            Sort::Prohibition => self.forbid(),
            Sort::Obligation | Sort::Waiver => self.settlement(),
        }
    }

    fn permit(&mut self) -> Vec<Said> {
        let Some((mut scope, every_action_of)) = self.scope() else { return Vec::new() };
        let transit = self.transit();
        self.take_push_consent();
        let owed = self.owed_on_top();
        let permit = Permit {
            commodities: self.commodities(),
            transit,
            within_receiver: self.is("spatial", "isPartOf", "pumasi:receiver"),
            delay_hours: self.span("delayPeriod", "gteq", Span::Hours).unwrap_or(0),
            scope: scope.clone(),
        };
        let permit = Said { terms: Terms::Permit(permit), every_action_of };
        let settlement = owed.map(|mode| {
            scope.actions.sort_unstable();
            let terms = Terms::Settlement(Settlement { scope, mode, bars_when_overdue: false });
            Said { terms, every_action_of: None }
        });
        std::iter::once(permit).chain(settlement).collect()
    }

    fn forbid(&mut self) -> Vec<Said> {
        let Some((scope, every_action_of)) = self.scope() else { return Vec::new() };
        vec![Said { terms: Terms::Forbid(Forbid { scope }), every_action_of }]
    }

    fn ceiling(&mut self) -> Vec<Said> {
        let Some((scope, every_action_of)) = self.scope() else { return Vec::new() };
        let commodities = self.commodities();
        let Some((place, quantity, per)) = self.limit() else { return Vec::new() };
        self.conditions.remove(place);
        let terms = Terms::Ceiling(Ceiling { scope, commodities, quantity, per });
        vec![Said { terms, every_action_of }]
    }

    fn standing_consent(&mut self) -> Vec<Said> {
        let Some((scope, _)) = self.scope() else { return Vec::new() };
        let consent = StandingConsent {
            scope,
            commodities: self.commodities(),
            transit: self.transit(),
            trigger: self.trigger(),
            valid_hours: self.span("elapsedTime", "lteq", Span::Hours),
            max: self.quantity("lteq", &[Per::Incident]).map(|(place, max, _)| {
                self.conditions.remove(place);
                max
            }),
        };
        vec![Said { terms: Terms::StandingConsent(consent), every_action_of: None }]
    }

    fn settlement(&mut self) -> Vec<Said> {
        let [action] = &*self.rule.actions else {
            self.rule.actions.iter().for_each(|action| self.notes.strange(action));
            return Vec::new();
        };
        let rest = self.rule.consequences.clone();
        let fallback = match &*rest {
            [] => None,
            [one] => self.consequence(one),
            [_, more @ ..] => {
                let found = |duty: &Rule| Finding::at(Code::NotUnderstood, &duty.at, "");
                self.notes.strange.extend(more.iter().map(found));
                None
            }
        };
        let mode = match (self.rule.sort, action.name.as_str()) {
            (Sort::Waiver, "compensate") => Some(SettlementMode::Gift),
            (Sort::Waiver, _) => None,
            (_, "compensate") => {
                let days = self.span("pumasi:sinceBill", "lteq", Span::Days);
                Some(SettlementMode::Reimbursement { days })
            }
            (_, "pumasi:replaceInKind") => self.since_receipt().map(|days| {
                SettlementMode::ReplacementInKind { days, else_reimbursement_days: fallback }
            }),
            (_, "pumasi:giveEqualValue") => self
                .since_receipt()
                .map(|days| SettlementMode::EqualValue { days, else_reimbursement_days: fallback }),
            (_, "pumasi:return") => Some(SettlementMode::Loan { days: self.since_receipt() }),
            _ => None,
        };
        let Some(mode) = mode else {
            self.notes.strange(action);
            return Vec::new();
        };
        let scope = self.reach(Side::Receiver);
        let scope = Scope { actions: self.acts(), ..scope };
        let bars_when_overdue = self.is("pumasi:barsWhenOverdue", "eq", "true");
        let terms = Terms::Settlement(Settlement { scope, mode, bars_when_overdue });
        vec![Said { terms, every_action_of: None }]
    }

    fn third_party(&mut self) -> Vec<Said> {
        for action in self.rule.actions.iter().filter(|a| a.name != "distribute") {
            if PASS_ON.contains(&action.name.as_str()) {
                self.notes.notes.push(taken_as(action, "third_party"));
            } else {
                self.notes.strange(action);
            }
        }
        let transfer = if self.rule.sort == Sort::Prohibition {
            let inside = self.is("recipient", "pumasi:isNotPartOf", "pumasi:receiver");
            if inside { OnwardTransfer::WithinReceiver } else { OnwardTransfer::Forbidden }
        } else if self.is("recipient", "isPartOf", "pumasi:receiver") {
            OnwardTransfer::WithinReceiver
        } else {
            // Passing on freely is no clause of ours: without consent the duty below is missing.
            let givers = self.rule.assigners.iter().map(|named| &named.name);
            let givers: BTreeSet<&String> = givers.collect();
            let asks = |duty: &Rule| {
                let asked: BTreeSet<&String> = duty.consenting.iter().map(|n| &n.name).collect();
                is_consent(duty) && duty.conditions.is_empty() && asked == givers
            };
            let Some(place) = self.duties.iter().position(asks) else {
                self.rule.actions.iter().for_each(|action| self.notes.strange(action));
                return Vec::new();
            };
            self.duties.remove(place);
            OnwardTransfer::PriorConsent
        };
        let scope = self.reach(Side::Receiver);
        let scope = Scope { actions: self.acts(), ..scope };
        let terms = Terms::ThirdParty(ThirdParty { scope, transfer });
        vec![Said { terms, every_action_of: None }]
    }

    /// The scope of a rule on actions of ours; none when its actions are not, or of both sides.
    fn scope(&mut self) -> Option<(Scope, Option<Side>)> {
        let mut actions = Vec::new();
        let mut every = BTreeSet::new();
        for named in &self.rule.actions {
            let word = named.name.strip_prefix("pumasi:");
            let action = word.and_then(|word| word.parse::<Action>().ok());
            let all = [Side::Receiver, Side::Giver];
            let side = all.into_iter().find(|side| side.every_action() == named.name);
            match (action, side, named.name.as_str(), self.rule.sort) {
                (Some(action), ..) if !actions.contains(&action) => actions.push(action),
                (Some(_), ..) => {}
                (None, Some(side), ..) => drop(every.insert(side)),
                // Whatever is done with something is a use of it, so no use is nothing of both.
                (None, None, "use", Sort::Prohibition) => {
                    self.notes.notes.push(taken_as(named, "forbid"));
                    every.extend(all);
                }
                _ => self.notes.strange(named),
            }
        }
        let whole = every.len() == 2;
        actions.extend(Action::ALL.into_iter().filter(|a| every.contains(&Side::of(*a)) && !whole));
        let sides: BTreeSet<Side> =
            actions.iter().map(|action| Side::of(*action)).chain(every.iter().copied()).collect();
        let side = match (sides.first(), sides.len(), whole) {
            (Some(side), 1, _) | (Some(side), _, true) => *side,
            _ => {
                if self.notes.strange.is_empty() {
                    self.rule.actions.iter().for_each(|action| self.notes.strange(action));
                }
                return None;
            }
        };
        let scope = self.reach(side);
        let actions = if whole { Vec::new() } else { actions };
        let every = every.first().copied().filter(|_| !whole);
        Some((Scope { actions, ..scope }, every))
    }

    /// Whom and what a rule reaches that `side` performs, actions aside.
    fn reach(&mut self, side: Side) -> Scope {
        let assigners = self.parties.side(&self.rule.assigners, &mut self.notes);
        let assignees = self.parties.side(&self.rule.assignees, &mut self.notes);
        let (givers, receivers) = match side {
            Side::Receiver => (assigners, assignees),
            Side::Giver => (assignees, assigners),
        };
        let purpose = |word: &str| {
            word.parse::<PurposeId>().ok().filter(|id| vocabulary::purpose(id).is_some())
        };
        let status = |word: &str| {
            let all = [Status::Actual, Status::Exercise, Status::Test];
            all.into_iter().find(|status| status.to_string() == word)
        };
        let mode = |word: &str| {
            let all = Mode::ALL;
            all.into_iter().find(|mode| mode_code(*mode) == word)
        };
        Scope {
            actions: Vec::new(),
            givers,
            receivers,
            categories: self.categories(),
            purposes: self.words("purpose", iri::PURPOSE, purpose),
            statuses: self.words("pumasi:status", iri::STATUS, status),
            modes: self.words("deliveryChannel", iri::MODE, mode),
        }
    }

    fn categories(&mut self) -> Vec<CategoryId> {
        let mut categories = Vec::new();
        for named in &self.rule.targets {
            if named.name == "pumasi:anything" {
                return Vec::new();
            }
            let known = |word: &str| {
                word.parse::<CategoryId>().ok().filter(|id| vocabulary::category(id).is_some())
            };
            let ours = named.name.strip_prefix(iri::CATEGORY).and_then(known);
            let id = ours.clone().or_else(|| known(&slug(&named.name)));
            match id {
                Some(id) => {
                    if ours.is_none() {
                        self.notes.notes.push(taken_as(named, id.as_str()));
                    }
                    if !categories.contains(&id) {
                        categories.push(id);
                    }
                }
                None => self.notes.strange(named),
            }
        }
        // Our rules always name a target; silence on what a rule is about is not everything.
        if self.rule.targets.is_empty() {
            let missing = Finding::at(Code::NotUnderstood, &format!("{}.target", self.rule.at), "");
            self.notes.strange.push(missing);
        }
        categories
    }

    fn commodities(&mut self) -> Vec<CommodityId> {
        self.words("pumasi:commodity", iri::COMMODITY, |word| word.parse().ok())
    }

    /// The actions of ours that a settlement or a rule on passing on is narrowed to.
    fn acts(&mut self) -> Vec<Action> {
        self.words("pumasi:action", "pumasi:", |word| word.parse().ok())
    }

    /// What a condition lists; the condition stays, and is found, unless all of it is understood.
    fn words<T: PartialEq>(
        &mut self,
        operand: &str,
        beginning: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let place = self.conditions.iter().position(|condition| {
            matches!(condition, Condition::Is { left, unit: None, .. } if left == operand)
        });
        let Some(Condition::Is { operator, right, at, .. }) =
            place.and_then(|place| self.conditions.get(place))
        else {
            return Vec::new();
        };
        let single = matches!(operator.as_str(), "eq" | "isA") && right.len() == 1;
        let mut items = Vec::new();
        let mut notes = Vec::new();
        for name in right {
            let ours = name.strip_prefix(beginning);
            let slug = slug(name).replace('-', "_");
            let Some(item) = read(ours.unwrap_or(&slug)) else { return Vec::new() };
            if ours.is_none() {
                notes.push(taken_as(&Named { name: name.clone(), at: at.clone() }, &slug));
            }
            if !items.contains(&item) {
                items.push(item);
            }
        }
        if items.is_empty() || !(single || operator == "isAnyOf") {
            return Vec::new();
        }
        self.notes.notes.extend(notes);
        place.map(|place| self.conditions.remove(place));
        items
    }

    /// The single right operand of a condition with that left operand and operator.
    fn right(&self, operand: &str, relation: &str) -> Option<(usize, String)> {
        self.conditions.iter().enumerate().find_map(|(place, condition)| match condition {
            Condition::Is { left, operator, right, unit: None, .. }
                if left == operand && operator == relation =>
            {
                let [only] = right.as_slice() else { return None };
                Some((place, only.clone()))
            }
            _ => None,
        })
    }

    fn is(&mut self, operand: &str, relation: &str, wanted: &str) -> bool {
        let found = self.right(operand, relation).filter(|(_, right)| right == wanted);
        found.map(|(place, _)| self.conditions.remove(place)).is_some()
    }

    fn span(&mut self, operand: &str, relation: &str, span: Span) -> Option<i64> {
        let (place, text) = self.right(operand, relation)?;
        let count = span.read(&text)?;
        self.conditions.remove(place);
        Some(count)
    }

    fn since_receipt(&mut self) -> Option<i64> {
        self.span("pumasi:sinceReceipt", "lteq", Span::Days)
    }

    /// A quantity among the conditions, over which it counts, and where it stands.
    fn quantity(&self, relation: &str, pers: &[Per]) -> Option<(usize, Quantity, Per)> {
        self.conditions.iter().enumerate().find_map(|(place, condition)| {
            let Condition::Is { left, operator, right, unit: Some(unit), .. } = condition else {
                return None;
            };
            let per = pers.iter().find(|per| quantity_operand(**per) == left)?;
            let ([amount], true) = (right.as_slice(), operator == relation) else { return None };
            let quantity = format!("{amount} {}", unit.strip_prefix(iri::UNIT)?);
            Some((place, quantity.parse().ok()?, *per))
        })
    }

    fn limit(&self) -> Option<(usize, Quantity, Per)> {
        self.quantity("gt", &Per::ALL)
    }

    fn trigger(&mut self) -> Option<Trigger> {
        let place = self.conditions.iter().position(|c| matches!(c, Condition::Or { .. }))?;
        let Some(Condition::Or { any, .. }) = self.conditions.get(place) else { return None };
        let mut trigger = Trigger::default();
        for condition in any {
            let Condition::Is { left, operator, right, unit: None, .. } = condition else {
                return None;
            };
            let [right] = right.as_slice() else { return None };
            match (left.as_str(), operator.as_str()) {
                ("pumasi:intensity", "gteq") if trigger.intensity.is_none() => {
                    trigger.intensity = Some(right.parse().ok()?);
                }
                ("pumasi:alert", "gteq") if trigger.alert.is_none() => {
                    trigger.alert = Some(right.strip_prefix(iri::ALERT)?.parse().ok()?);
                }
                ("pumasi:contactLost", "eq") if right == "true" => trigger.contact_lost = true,
                _ => return None,
            }
        }
        self.conditions.remove(place);
        (trigger != Trigger::default()).then_some(trigger)
    }

    /// The third parties whose consent need not be asked, out of the duty to ask the others.
    fn transit(&mut self) -> Vec<PartyId> {
        let asks = |duty: &Rule| {
            is_consent(duty)
                && matches!(&*duty.consenting, [only] if only.name == "pumasi:transitParty")
        };
        let Some(place) = self.duties.iter().position(asks) else { return Vec::new() };
        let duty = self.duties.remove(place);
        let listed = match &*duty.conditions {
            [] => return Vec::new(),
            [Condition::Is { left, operator, right, unit: None, at }]
                if left == "pumasi:through" && operator == "isNoneOf" =>
            {
                right.iter().map(|name| Named { name: name.clone(), at: at.clone() }).collect()
            }
            _ => {
                self.duties.push(duty);
                return Vec::new();
            }
        };
        let listed: Vec<Named> = listed;
        self.parties.side(&listed, &mut self.notes)
    }

    /// Where the rule asks the receiver's consent to be sent what was not requested.
    fn push_consent(&self) -> Option<usize> {
        let receivers: BTreeSet<&String> =
            self.rule.assigners.iter().map(|named| &named.name).collect();
        self.duties.iter().position(|duty| {
            let asked: BTreeSet<&String> = duty.consenting.iter().map(|n| &n.name).collect();
            let unasked = matches!(
                &*duty.conditions,
                [Condition::Is { left, operator, right, unit: None, .. }]
                    if left == "pumasi:requested" && operator == "eq" && *right == ["false"]
            );
            is_consent(duty) && unasked && asked == receivers
        })
    }

    fn asks_receiver(&self) -> bool {
        self.push_consent().is_some()
    }

    fn take_push_consent(&mut self) {
        let pushes = self.rule.actions.iter().any(|action| action.name == "pumasi:push");
        if let Some(place) = self.push_consent().filter(|_| pushes) {
            self.duties.remove(place);
        }
    }

    /// Payment that a permission of others asks for; how much is not ours to say.
    fn owed_on_top(&mut self) -> Option<SettlementMode> {
        let pays = |duty: &Rule| matches!(&*duty.actions, [only] if only.name == "compensate");
        let place = self.duties.iter().position(pays)?;
        let duty = self.duties.remove(place);
        self.notes.notes.extend(duty.conditions.iter().map(Condition::found));
        self.notes.notes.extend(duty.strange.into_iter().chain(duty.beside));
        let named = Named { name: "compensate".to_owned(), at: duty.at };
        self.notes.notes.push(taken_as(&named, "settlement"));
        Some(SettlementMode::Reimbursement { days: None })
    }

    /// The days for payment when what was owed first is not done in time.
    fn consequence(&mut self, duty: &Rule) -> Option<i64> {
        let pays = matches!(&*duty.actions, [only] if only.name == "compensate");
        let days = match &*duty.conditions {
            [Condition::Is { left, operator, right, unit: None, .. }]
                if left == "pumasi:sinceDeadline" && operator == "lteq" =>
            {
                right.first().filter(|_| right.len() == 1).and_then(|text| Span::Days.read(text))
            }
            _ => None,
        };
        if days.is_none() || !pays || !duty.is_plain() {
            let what = duty.actions.first().map_or("", |action| &action.name);
            self.notes.strange.push(Finding::at(Code::NotUnderstood, &duty.at, what));
        }
        days
    }
}

/// Whether a duty is to obtain consent and nothing stranger.
fn is_consent(duty: &Rule) -> bool {
    matches!(&*duty.actions, [only] if only.name == "obtainConsent") && duty.is_plain()
}

/// The reach of terms, to be changed; none for a kind without one.
fn scope_of(terms: &mut Terms) -> Option<&mut Scope> {
    match terms {
        Terms::Permit(permit) => Some(&mut permit.scope),
        Terms::Forbid(forbid) => Some(&mut forbid.scope),
        Terms::Ceiling(ceiling) => Some(&mut ceiling.scope),
        Terms::StandingConsent(consent) => Some(&mut consent.scope),
        Terms::Settlement(settlement) => Some(&mut settlement.scope),
        Terms::ThirdParty(third_party) => Some(&mut third_party.scope),
        Terms::Term(_) | Terms::Survival(_) => None,
    }
}

/// Terms without their actions, to tell which rules are one clause.
fn without_actions(terms: &Terms) -> Terms {
    let mut terms = terms.clone();
    if let Some(scope) = scope_of(&mut terms) {
        scope.actions.clear();
    }
    terms
}

/// Puts rules of one clause together that differ in their actions alone, as each side's are a rule.
pub(super) fn together(said: Vec<Said>) -> Vec<Terms> {
    let mut groups: Vec<(Terms, BTreeSet<Side>)> = Vec::new();
    for Said { mut terms, every_action_of } in said {
        let same =
            groups.iter_mut().find(|(one, _)| without_actions(one) == without_actions(&terms));
        let Some((one, every)) = same else {
            groups.push((terms, every_action_of.into_iter().collect()));
            continue;
        };
        every.extend(every_action_of);
        if let (Some(scope), Some(further)) = (scope_of(one), scope_of(&mut terms)) {
            let new = further.actions.iter().filter(|action| !scope.actions.contains(action));
            let new: Vec<Action> = new.copied().collect();
            scope.actions.extend(new);
        }
    }
    let whole = |(mut terms, every): (Terms, BTreeSet<Side>)| {
        if let Some(scope) = scope_of(&mut terms) {
            scope.actions.sort_unstable();
            // All actions of both sides are what a clause without actions reaches.
            if every.len() == 2 {
                scope.actions.clear();
            }
        }
        terms
    };
    groups.into_iter().map(whole).collect()
}
