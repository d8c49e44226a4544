//! A plain reading of what agreements mean, straight from their clauses: no tables, no masks, no
//! numbers for words. It is slow, and shares with the engine only the clauses themselves and how
//! an agreement stands.

use std::collections::BTreeSet;

use pumasi_agreement::clauses::ceiling::Per;
use pumasi_agreement::clauses::permit::Permit;
use pumasi_agreement::clauses::settlement::SettlementMode;
use pumasi_agreement::clauses::standing_consent::StandingConsent;
use pumasi_agreement::clauses::third_party::OnwardTransfer;
use pumasi_agreement::clauses::{Terms, forbid::Forbid};
use pumasi_agreement::scope::Scope;
use pumasi_agreement::{
    Action, Agreement, AgreementStatus, Clause, Consent, ConsentTo, Decision, Effect, LawLevel,
    Need, Outcome, Question, Rule, Standing, status::Force, vocabulary,
};
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, ClauseId, CommodityId, Date, PartyId, Quantity, Unit};

/// The most forbids a refusal cites.
const FORBIDS_CITED_MAX: usize = 4;

/// What the agreements say to a question, in a form that is compared.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub code: &'static str,
    pub under: Option<AgreementId>,
    pub rules: Vec<Rule>,
    pub needs: BTreeSet<Need>,
    /// The clauses cited; of a refusal they are those of its reasons.
    pub cites: BTreeSet<(ClauseId, Effect)>,
    pub settlement: Vec<(ClauseId, SettlementMode)>,
}

impl Said {
    /// What a decision says.
    pub fn by(decision: Decision) -> Self {
        let code = decision.code();
        Self {
            code,
            under: decision.under,
            rules: decision.reasons.into_iter().map(|reason| reason.rule).collect(),
            needs: match decision.outcome {
                Outcome::Needs(needs) => needs.into_iter().collect(),
                Outcome::Permitted | Outcome::Refused => BTreeSet::new(),
            },
            cites: decision.clauses.into_iter().map(|c| (c.clause, c.effect)).collect(),
            settlement: decision.settlement.into_iter().map(|t| (t.clause, t.mode)).collect(),
        }
    }

    const fn refused_plainly() -> Self {
        Self {
            code: "refused",
            under: None,
            rules: Vec::new(),
            needs: BTreeSet::new(),
            cites: BTreeSet::new(),
            settlement: Vec::new(),
        }
    }
}

/// An agreement and how it stands.
pub type Stood = (Agreement, Standing);

/// What `agreements` say to `question`; none when no permit or forbid in force reaches it, which
/// refuses it.
pub fn say(agreements: &[Stood], question: &Question) -> Option<Said> {
    let named = |id: &AgreementId| agreements.iter().find(|(agreement, _)| agreement.id() == id);
    let known = vocabulary::category(&question.category).is_some()
        && vocabulary::purpose(&question.purpose).is_some();
    if !known || question.under.as_ref().is_some_and(|id| named(id).is_none()) {
        return None;
    }
    let mut binding: Vec<View<'_>> =
        agreements.iter().filter_map(|stood| View::of(stood, question)).collect();
    binding.sort_by_key(|view| {
        let members: usize = view.agreement.executing().values().map(Vec::len).sum();
        let principles = view.agreement.law_level() == LawLevel::PoliticalPrinciples;
        (principles, members + view.agreement.parties().len(), view.agreement.id().clone())
    });
    let under =
        |view: &View<'_>| question.under.as_ref().is_none_or(|id| id == view.agreement.id());
    // Forbids count between two parties whichever agreement is asked about, if it binds them.
    if !binding.iter().any(under) {
        return None;
    }
    let forbidden = binding.iter().flat_map(View::forbids).take(FORBIDS_CITED_MAX);
    let forbidden: Vec<(&View<'_>, &Clause, Rule)> = forbidden.collect();
    if let Some((view, ..)) = forbidden.first() {
        let first = view.agreement.id().clone();
        let mut refusals: Vec<(Rule, ClauseId, Effect)> = forbidden
            .into_iter()
            .map(|(_, clause, rule)| (rule, clause.id.clone(), Effect::Forbids))
            .collect();
        refusals.sort_by_key(|(rule, ..)| rule.rank());
        return Some(refused(first, refusals));
    }
    let mut best: Option<Trial<'_>> = None;
    for view in binding.iter().filter(|view| under(view)) {
        for trial in view.trials() {
            if best.as_ref().is_none_or(|known| trial.distance() < known.distance()) {
                best = Some(trial);
            }
        }
    }
    best.map(Trial::said)
}

fn refused(under: AgreementId, refusals: Vec<(Rule, ClauseId, Effect)>) -> Said {
    Said {
        under: Some(under),
        cites: refusals.iter().map(|(_, clause, effect)| (clause.clone(), *effect)).collect(),
        rules: refusals.into_iter().map(|(rule, ..)| rule).collect(),
        ..Said::refused_plainly()
    }
}

/// The party that `party` is, or acts for, in an agreement.
fn side<'a>(agreement: &'a Agreement, party: &PartyId) -> Option<&'a PartyId> {
    let itself = agreement.parties().iter().find(|id| *id == party);
    itself.or_else(|| {
        let mut bodies = agreement.executing().iter();
        bodies.find(|(_, bodies)| bodies.contains(party)).map(|(id, _)| id)
    })
}

fn any_or<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// One agreement that binds the two of a question, and that question.
struct View<'a> {
    agreement: &'a Agreement,
    standing: &'a Standing,
    question: &'a Question,
    date: Date,
}

impl<'a> View<'a> {
    fn of((agreement, standing): &'a Stood, question: &'a Question) -> Option<Self> {
        let giving = side(agreement, &question.giver)?;
        let receiving = side(agreement, &question.receiver)?;
        let date = date_at_offset(question.on, agreement.utc_offset_hours());
        (giving != receiving).then_some(Self { agreement, standing, question, date })
    }

    fn is_suspended(&self, clause: &Clause) -> bool {
        self.standing.is_suspended(&clause.id)
    }

    /// Whether a scope reaches who, what and what for.
    fn reaches(&self, scope: &Scope) -> bool {
        let asked = self.question;
        any_or(&scope.actions, &asked.action)
            && any_or(&scope.categories, &asked.category)
            && any_or(&scope.purposes, &asked.purpose)
            && any_or(&scope.givers, &asked.giver)
            && any_or(&scope.receivers, &asked.receiver)
    }

    /// Whether it also reaches status and mode; `unknown` is the answer while the mode is not
    /// known and the scope names modes.
    fn reaches_fully(&self, scope: &Scope, unknown: bool) -> bool {
        let by_mode = match self.question.mode {
            None => scope.modes.is_empty() || unknown,
            Some(mode) => any_or(&scope.modes, &mode),
        };
        self.reaches(scope) && any_or(&scope.statuses, &self.question.status) && by_mode
    }

    /// The forbids that bite: those of an agreement in force, unless suspended, and those that
    /// outlive one that has ended.
    fn forbids(&'a self) -> impl Iterator<Item = (&'a Self, &'a Clause, Rule)> {
        // Disputed, too: what may still be in force may still forbid.
        let binds = self.standing.force_for(self.question.status, self.date) != Force::None;
        let has_force = binds && self.term_holds();
        self.agreement.clauses().iter().filter_map(move |clause| {
            let Terms::Forbid(forbid) = &clause.terms else { return None };
            let in_force = has_force && !self.is_suspended(clause);
            let bites =
                self.reaches_fully(&forbid.scope, false) && (in_force || self.outlives(&clause.id));
            bites.then(|| (self, clause, self.broken(forbid)))
        })
    }

    fn term_holds(&self) -> bool {
        let term = self.agreement.term();
        term.is_none_or(|term| term.holds_on(term.start(self.standing.entered), self.date))
    }

    /// Whether the agreement has ended and a survival clause keeps this clause binding.
    fn outlives(&self, id: &ClauseId) -> bool {
        let term = self.agreement.term().filter(|term| term.renews.is_none());
        let by_term = term.and_then(|term| term.first_end(term.start(self.standing.entered)));
        let ends = [self.standing.ends(), by_term].into_iter().flatten();
        let Some(end) = ends.min().filter(|end| *end <= self.date) else { return false };
        self.agreement.clauses().iter().any(|clause| match &clause.terms {
            Terms::Survival(survival) => {
                survival.clauses.contains(id) && survival.binds_on(end, self.date)
            }
            _ => false,
        })
    }

    /// The rule that what a forbid reaches breaks: the narrowest thing it names.
    fn broken(&self, Forbid { scope }: &Forbid) -> Rule {
        let asked = self.question;
        if !scope.categories.is_empty() {
            return Rule::CategoryForbidden { category: asked.category.clone() };
        }
        if !scope.purposes.is_empty() {
            return Rule::PurposeForbidden { purpose: asked.purpose.clone() };
        }
        match asked.mode {
            Some(mode) if !scope.modes.is_empty() => Rule::ModeForbidden { mode },
            _ => Rule::ActionForbidden { action: asked.action },
        }
    }

    /// Every permit and standing consent that reaches the question, tried.
    fn trials(&'a self) -> impl Iterator<Item = Trial<'a>> {
        self.agreement.clauses().iter().filter_map(|clause| {
            let scope = match &clause.terms {
                Terms::Permit(permit) => &permit.scope,
                Terms::StandingConsent(consent) => &consent.scope,
                _ => return None,
            };
            self.reaches(scope).then(|| Trial::of(self, clause, scope))
        })
    }
}

/// One permit or standing consent, tried.
struct Trial<'a> {
    view: &'a View<'a>,
    permit: &'a Clause,
    refusals: Vec<(Rule, ClauseId, Effect)>,
    needs: Vec<(Need, Rule)>,
    cites: BTreeSet<(ClauseId, Effect)>,
}

impl<'a> Trial<'a> {
    fn of(view: &'a View<'a>, permit: &'a Clause, scope: &Scope) -> Self {
        let cites = BTreeSet::from([(permit.id.clone(), Effect::Permits)]);
        let mut trial = Self { view, permit, refusals: Vec::new(), needs: Vec::new(), cites };
        trial.actor();
        trial.force();
        trial.status_and_mode(scope);
        match &permit.terms {
            Terms::Permit(permit) => trial.permit(permit),
            Terms::StandingConsent(consent) => trial.consent(consent),
            _ => {}
        }
        trial.onward();
        trial.ceilings();
        trial
    }

    fn refuse(&mut self, rule: Rule, clause: &Clause, effect: Effect) {
        self.refusals.push((rule, clause.id.clone(), effect));
    }

    fn need(&mut self, need: Need, rule: Rule, clause: &Clause) {
        self.cites.insert((clause.id.clone(), Effect::Requires));
        if self.needs.iter().all(|(known, _)| *known != need) {
            self.needs.push((need, rule));
        }
    }

    fn has_consent(&self, by: &PartyId, to: ConsentTo) -> bool {
        self.view.question.consents.contains(&Consent { by: by.clone(), to })
    }

    /// Each step is taken by its own side, or by the party that side acts for.
    fn actor(&mut self) {
        let asked = self.view.question;
        let acts_for = |party: &PartyId| {
            asked.actor == *party || side(self.view.agreement, party) == Some(&asked.actor)
        };
        let (gives, receives) = (acts_for(&asked.giver), acts_for(&asked.receiver));
        let may = match asked.action {
            Action::Request => receives,
            Action::Offer | Action::Push => gives,
            Action::Order | Action::Share => gives || receives,
            Action::Transit => gives || receives || asked.transit.contains(&asked.actor),
        };
        if !may {
            let rule = Rule::ActorNotInRole { actor: asked.actor.clone(), action: asked.action };
            self.refuse(rule, self.permit, Effect::Limits);
        }
    }

    /// The agreement stands in force, its term holds, and the clause is not suspended.
    fn force(&mut self) {
        let View { agreement, standing, question, date } = self.view;
        let id = || agreement.id().clone();
        let is_term = |clause: &&Clause| matches!(clause.terms, Terms::Term(_));
        let Some(term_clause) = agreement.clauses().iter().find(is_term) else { return };
        match standing.force_for(question.status, *date) {
            Force::Binding => {}
            Force::None => self.stage(term_clause),
            Force::Disputed => {
                let rule = Rule::StandingDisputed { agreement: id() };
                self.refuse(rule, term_clause, Effect::Limits);
            }
        }
        if let Terms::Term(term) = &term_clause.terms
            && !self.view.term_holds()
        {
            let start = term.start(standing.entered);
            let rule = match start.filter(|start| date < start) {
                Some(from) => Rule::BeforeTerm { agreement: id(), from },
                None => Rule::AfterTerm { agreement: id(), until: term.first_end(start).unwrap() },
            };
            self.refuse(rule, term_clause, Effect::Limits);
        }
        if self.view.is_suspended(self.permit) {
            self.refuse(Rule::Suspended { agreement: id() }, self.permit, Effect::Limits);
        }
    }

    /// What has been signed still waits for something that can be had; any other stage refuses.
    fn stage(&mut self, term: &Clause) {
        let agreement = self.view.agreement.id().clone();
        match &self.view.standing.status {
            AgreementStatus::SignedBySome { by } => {
                let missing = self.view.agreement.parties().iter().filter(|id| !by.contains(*id));
                for of in missing.cloned() {
                    let agreement = agreement.clone();
                    let need = Need::Signature { of: of.clone(), agreement: agreement.clone() };
                    self.need(need, Rule::SignatureMissing { of, agreement }, term);
                }
            }
            AgreementStatus::Signed { awaits } if !awaits.is_empty() => {
                for of in awaits.iter().cloned() {
                    let agreement = agreement.clone();
                    let need = Need::Ratification { of: of.clone(), agreement: agreement.clone() };
                    self.need(need, Rule::RatificationMissing { of, agreement }, term);
                }
            }
            AgreementStatus::Signed { .. } => {
                let need = Need::EntryIntoForce { agreement: agreement.clone() };
                self.need(need, Rule::EntryIntoForceAwaited { agreement }, term);
            }
            status => {
                let rule = Rule::NotInForce { agreement, standing: status.code() };
                self.refuse(rule, term, Effect::Limits);
            }
        }
    }

    /// Where a settlement clause says so, nothing moves to a side that owes past its day.
    fn overdue(&mut self) {
        let view = self.view;
        let asked = view.question;
        for overdue in asked.overdue.iter().filter(|o| o.agreement == *view.agreement.id()) {
            let owes = side(view.agreement, &overdue.debtor);
            if owes.is_none() || owes != side(view.agreement, &asked.receiver) {
                continue;
            }
            let bars = |clause: &&Clause| match &clause.terms {
                Terms::Settlement(settlement) => {
                    settlement.bars_when_overdue
                        && view.reaches_fully(&settlement.scope, true)
                        && !view.is_suspended(clause)
                }
                _ => false,
            };
            if let Some(clause) = view.agreement.clauses().iter().find(bars) {
                let (of, agreement) = (overdue.debtor.clone(), overdue.agreement.clone());
                let need = Need::Settlement { of: of.clone(), agreement: agreement.clone() };
                self.need(need, Rule::SettlementOverdue { of, agreement }, clause);
            }
        }
    }

    fn status_and_mode(&mut self, scope: &Scope) {
        let asked = self.view.question;
        if !any_or(&scope.statuses, &asked.status) {
            let rule = Rule::StatusNotCovered { status: asked.status };
            self.refuse(rule, self.permit, Effect::Limits);
        }
        if let Some(mode) = asked.mode.filter(|mode| !any_or(&scope.modes, mode)) {
            self.refuse(Rule::ModeNotCovered { mode }, self.permit, Effect::Limits);
        }
    }

    fn permit(&mut self, permit: &Permit) {
        let asked = self.view.question;
        self.commodity(&permit.commodities);
        if let Some(place) = asked.place.as_ref().filter(|_| permit.within_receiver)
            && !is_within(place.as_str(), asked.receiver.as_str())
        {
            self.refuse(
                Rule::PlaceNotCovered { place: place.clone() },
                self.permit,
                Effect::Limits,
            );
        }
        self.transit(&permit.transit);
        if asked.action == Action::Push && !asked.requested {
            self.push_consent(Rule::NoStandingConsent { receiver: asked.receiver.clone() });
        }
    }

    fn consent(&mut self, consent: &StandingConsent) {
        let asked = self.view.question;
        self.commodity(&consent.commodities);
        self.transit(&consent.transit);
        let triggered = match (&consent.trigger, &asked.event) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(trigger), Some(event)) => {
                trigger.intensity.is_some_and(|least| event.intensity.is_some_and(|i| i >= least))
                    || trigger.alert.is_some_and(|least| event.alert.is_some_and(|a| a >= least))
                    || (trigger.contact_lost && event.contact_lost)
            }
        };
        let hours = asked.event.map(|event| event.hours_since);
        let lapse = match (consent.valid_hours, hours) {
            _ if !triggered => Some(Rule::StandingConsentNotTriggered),
            (None, _) => None,
            (Some(_), None) => Some(Rule::StandingConsentNotTriggered),
            (Some(hours_max), Some(hours)) => (!(0..=hours_max).contains(&hours))
                .then_some(Rule::StandingConsentLapsed { hours_max, hours }),
        };
        if let Some(rule) = lapse.filter(|_| !asked.requested) {
            self.push_consent(rule);
        }
        if let Some(max) = consent.max {
            self.limit(max, Per::Incident, self.permit);
        }
    }

    fn commodity(&mut self, commodities: &[CommodityId]) {
        match &self.view.question.commodity {
            _ if commodities.is_empty() => {}
            None => self.need(Need::Commodity, Rule::CommodityUnknown, self.permit),
            Some(commodity) if commodities.contains(commodity) => {}
            Some(commodity) => {
                let rule = Rule::CommodityNotCovered { commodity: commodity.clone() };
                self.refuse(rule, self.permit, Effect::Limits);
            }
        }
    }

    /// Whoever it passes through consents, but for those named and the two countries themselves.
    fn transit(&mut self, named: &[PartyId]) {
        let asked = self.view.question;
        for through in &asked.transit {
            let own = [&asked.giver, &asked.receiver];
            let at_home = own.into_iter().any(|p| p == through || is_same_country(p, through));
            if at_home || named.contains(through) || self.has_consent(through, ConsentTo::Transit) {
                continue;
            }
            let need = Need::Consent { of: through.clone(), to: ConsentTo::Transit };
            self.need(need, Rule::TransitNeedsConsent { of: through.clone() }, self.permit);
        }
    }

    fn push_consent(&mut self, rule: Rule) {
        let receiver = &self.view.question.receiver;
        if !self.has_consent(receiver, ConsentTo::Push) {
            let need = Need::Consent { of: receiver.clone(), to: ConsentTo::Push };
            self.need(need, rule, self.permit);
        }
    }

    /// Passing on: every clause about it that is not suspended must let it; silence refuses.
    fn onward(&mut self) {
        let view = self.view;
        let Some(to) = &view.question.onward_to else { return };
        let forbidden = || Rule::OnwardTransferForbidden { to: to.clone() };
        let mut is_silent = true;
        for clause in view.agreement.clauses() {
            let Terms::ThirdParty(third) = &clause.terms else { continue };
            if !view.reaches_fully(&third.scope, true) || view.is_suspended(clause) {
                continue;
            }
            is_silent = false;
            let giver = &view.question.giver;
            let consent = ConsentTo::OnwardTransfer { to: to.clone() };
            match third.transfer {
                OnwardTransfer::WithinReceiver
                    if is_within(to.as_str(), view.question.receiver.as_str()) =>
                {
                    self.cites.insert((clause.id.clone(), Effect::Permits));
                }
                OnwardTransfer::WithinReceiver | OnwardTransfer::Forbidden => {
                    self.refuse(forbidden(), clause, Effect::Forbids);
                }
                OnwardTransfer::PriorConsent if self.has_consent(giver, consent.clone()) => {
                    self.cites.insert((clause.id.clone(), Effect::Requires));
                }
                OnwardTransfer::PriorConsent => {
                    let of = giver.clone();
                    let rule = Rule::OnwardTransferNeedsConsent { of: of.clone(), to: to.clone() };
                    self.need(Need::Consent { of, to: consent }, rule, clause);
                }
            }
        }
        if is_silent {
            self.refuse(forbidden(), self.permit, Effect::Limits);
        }
    }

    fn ceilings(&mut self) {
        let view = self.view;
        let asked = view.question;
        if !asked.action.moves_goods() {
            return;
        }
        for clause in view.agreement.clauses() {
            let Terms::Ceiling(ceiling) = &clause.terms else { continue };
            let counts = match &asked.commodity {
                Some(commodity) => any_or(&ceiling.commodities, commodity),
                None => true,
            };
            if counts && view.reaches_fully(&ceiling.scope, true) && !view.is_suspended(clause) {
                self.limit(ceiling.quantity, ceiling.per, clause);
            }
        }
        self.overdue();
    }

    /// A limit in kilograms counts mass, any other what is counted in its unit.
    fn limit(&mut self, limit: Quantity, per: Per, clause: &Clause) {
        let asked = self.view.question;
        let unit = limit.unit();
        let counted = asked.quantity.filter(|quantity| quantity.unit() == unit);
        let milli = match asked.mass_g {
            Some(grams) if unit == Unit::Kilogram && grams >= 0 => Some(grams),
            _ => counted.map(Quantity::as_milli),
        };
        let Some(milli) = milli else {
            if unit == Unit::Kilogram || asked.quantity.is_none() {
                self.need(Need::Quantity { unit }, Rule::QuantityUnknown { unit }, clause);
            }
            return;
        };
        let held = asked.used.of(self.view.agreement.id(), &clause.id);
        let held = held.filter(|held| per != Per::Order && held.unit() == unit);
        let used = held.unwrap_or(Quantity::zero(unit));
        let sum = i128::from(used.as_milli()) + i128::from(milli);
        if sum > i128::from(limit.as_milli()) {
            let asked = Quantity::milli(milli, unit).unwrap();
            self.refuse(Rule::CeilingExceeded { limit, used, asked, per }, clause, Effect::Limits);
        } else {
            self.cites.insert((clause.id.clone(), Effect::Limits));
        }
    }

    /// Needs come before refusals, fewer before more, light refusals before weighty ones.
    fn distance(&self) -> (bool, usize, u8) {
        let weightiest = self.refusals.iter().map(|(rule, ..)| rule.rank()).min();
        (weightiest.is_some(), self.needs.len(), u8::MAX - weightiest.unwrap_or(u8::MAX))
    }

    /// How what is permitted would be settled: by the clauses that name most.
    fn settlement(&self) -> Vec<(ClauseId, SettlementMode)> {
        let view = self.view;
        let mut found: Vec<(u8, &Clause, SettlementMode)> = Vec::new();
        for clause in view.agreement.clauses() {
            let Terms::Settlement(settlement) = &clause.terms else { continue };
            let scope = &settlement.scope;
            if view.reaches_fully(scope, true) && !view.is_suspended(clause) {
                let named = |list_is_empty: bool| u8::from(!list_is_empty);
                let weight =
                    2 * named(scope.categories.is_empty()) + named(scope.actions.is_empty());
                found.push((weight, clause, settlement.mode));
            }
        }
        let most = found.iter().map(|(weight, ..)| *weight).max();
        let narrowest = found.into_iter().filter(|(weight, ..)| Some(*weight) == most);
        let narrowest = narrowest.filter(|_| view.question.action.moves_goods());
        narrowest.map(|(_, clause, mode)| (clause.id.clone(), mode)).collect()
    }

    fn said(mut self) -> Said {
        let under = self.view.agreement.id().clone();
        if !self.refusals.is_empty() {
            self.refusals.sort_by_key(|(rule, ..)| rule.rank());
            return refused(under, self.refusals);
        }
        let settlement = self.settlement();
        let settles = settlement.iter().map(|(clause, _)| (clause.clone(), Effect::Settles));
        self.cites.extend(settles);
        self.needs.sort_by(|(one, a), (other, b)| (a.rank(), one).cmp(&(b.rank(), other)));
        let (needs, rules): (BTreeSet<Need>, Vec<Rule>) = self.needs.into_iter().unzip();
        let code = if needs.is_empty() { "permitted" } else { "needs" };
        Said { code, under: Some(under), rules, needs, cites: self.cites, settlement }
    }
}

/// Whether an id is the receiver's, or that of one of its municipalities.
fn is_within(inner: &str, receiver: &str) -> bool {
    inner.starts_with(receiver) && inner.chars().skip(receiver.len()).all(|c| c.is_ascii_digit())
}

/// Whether two ids begin with the code of one country, which has two letters.
fn is_same_country(one: &PartyId, other: &PartyId) -> bool {
    let code = |id: &PartyId| id.as_str().find('-').filter(|at| *at == 2);
    code(one).is_some() && code(other).is_some() && one.as_str().get(..2) == other.as_str().get(..2)
}
