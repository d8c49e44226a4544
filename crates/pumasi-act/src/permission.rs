//! What an act asks of the agreements, and what they answer.

use pumasi_agreement::clauses::Terms as ClauseTerms;
use pumasi_agreement::clauses::ceiling::Per;
use pumasi_agreement::clauses::settlement::SettlementMode as AgreedMode;
use pumasi_agreement::scope::Scope;
use pumasi_agreement::{
    Action, Agreement, Agreements, Answer, CompileError, Decision, Effect, Event, Intensity,
    Question, Used, decide,
};
use pumasi_base::time::{date_at_offset, seconds_between};
use pumasi_base::{
    AgreementId, Captions, CommodityId, Lang, Money, PartyId, PlaceId, PurposeId, Quantity, Unit,
};

use crate::fold::Context;
use crate::kinds;
use crate::payload::ClauseCited;
use crate::refusal::{AgreementReason, Refusal};
use crate::standing;
use crate::state::{OrderLine, Promise, SettlementMode, State};

/// The agreements of a matter, as texts and as compiled tables.
#[derive(Debug, Clone)]
pub struct Terms {
    agreements: Vec<Agreement>,
    tables: Agreements,
    #[cfg(any(test, feature = "testing"))]
    without: Option<Rule>,
}

/// A rule of the fold that a simulation can leave out, to see that it is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// What becomes of acts beyond a fork or a closing.
    Contests,
    /// An act follows the identity entries its party cited before.
    IdentityTrail,
    /// Rules look at what an author had seen.
    CausalPast,
    /// A deadline is kept by what others witnessed.
    WitnessedTime,
}

impl Terms {
    /// Compiles the agreements a matter froze.
    ///
    /// # Errors
    /// When two of them cannot stand side by side.
    pub fn compile(agreements: Vec<Agreement>) -> Result<Self, CompileError> {
        let tables = Agreements::compile(&agreements)?;
        Ok(Self {
            agreements,
            tables,
            #[cfg(any(test, feature = "testing"))]
            without: None,
        })
    }

    /// Leaves a rule out.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn without(self, rule: Option<Rule>) -> Self {
        Self { without: rule, ..self }
    }

    /// Whether a rule is left out; programs that people run cannot leave any out.
    pub(crate) fn lacks(&self, rule: Rule) -> bool {
        #[cfg(any(test, feature = "testing"))]
        let left_out = self.without;
        #[cfg(not(any(test, feature = "testing")))]
        let left_out = None;
        left_out == Some(rule)
    }

    /// The agreements.
    #[must_use]
    pub fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// The same, compiled.
    pub(crate) const fn tables(&self) -> &Agreements {
        &self.tables
    }
}

/// What an act wants to do.
pub(crate) struct Ask<'a> {
    pub(crate) action: Action,
    pub(crate) giver: &'a PartyId,
    pub(crate) receiver: &'a PartyId,
    pub(crate) commodity: &'a CommodityId,
    pub(crate) quantity: Quantity,
    pub(crate) purpose: &'a PurposeId,
    pub(crate) place: Option<&'a PlaceId>,
    pub(crate) requested: bool,
    pub(crate) contact_lost: bool,
}

/// Asks the agreements; the clause the act cites must be one that permits it.
pub(crate) fn permit(
    ask: &Ask<'_>,
    context: &Context<'_>,
    state: &State,
) -> Result<Decision, Refusal> {
    let question = question(ask, context, state)?;
    let decision = decide(&standing::tables(context, state), &question);
    if !decision.is_permitted() {
        return Err(refusal(&decision));
    }
    let permitting: Vec<ClauseCited> = cited(&decision, |effect| effect == Effect::Permits);
    let must_cite = kinds::find(&context.act.payload().kind).is_some_and(kinds::KindEntry::cites);
    match &context.act.payload().clause {
        None if must_cite => Err(Refusal::ClauseMustBeCited { clauses: permitting }),
        Some(cited) if !permitting.contains(cited) => {
            Err(Refusal::ClauseMustPermit { cited: cited.clone(), clauses: permitting })
        }
        _ => Ok(decision),
    }
}

/// Asks one agreement whether something could be done under it: yes, or once something is there.
pub(crate) fn must_be_permissible(
    ask: &Ask<'_>,
    agreement: &AgreementId,
    context: &Context<'_>,
    state: &State,
) -> Result<(), Refusal> {
    let mut question = question(ask, context, state)?;
    question.under = Some(agreement.clone());
    let tables = standing::tables(context, state);
    let ruling = tables.judge(&question);
    match ruling.answer() {
        Answer::Refused => Err(refusal(&ruling.explain())),
        Answer::Needs | Answer::Permitted => Ok(()),
    }
}

fn question(ask: &Ask<'_>, context: &Context<'_>, state: &State) -> Result<Question, Refusal> {
    for party in [ask.giver, ask.receiver] {
        if !state.genesis.audience.contains(party) {
            return Err(Refusal::PartyMustBeInAudience { party: party.clone() });
        }
    }
    if ask.giver == ask.receiver {
        return Err(Refusal::PartiesMustDiffer);
    }
    let commodity = ask.commodity;
    let terms = state
        .genesis
        .commodities
        .get(commodity)
        .ok_or_else(|| Refusal::CommodityMustBeListed { commodity: commodity.to_string() })?;
    if terms.unit != ask.quantity.unit() {
        return Err(Refusal::UnitMustMatch { quantity: ask.quantity });
    }
    if ask.quantity.is_zero() {
        return Err(Refusal::QuantityMustNotBeZero);
    }
    let mut question = Question::new(
        ask.action,
        ask.giver.clone(),
        ask.receiver.clone(),
        terms.category.clone(),
        ask.purpose.clone(),
        state.genesis.status,
        context.time,
    );
    question.actor = context.party().clone();
    question.commodity = Some(commodity.clone());
    question.quantity = Some(ask.quantity);
    question.mass_g = mass_g(ask.quantity, terms.mass_g);
    question.place = ask.place.cloned();
    question.requested = ask.requested;
    question.event = event(ask, context, state);
    question.used = used(ask, context, state);
    // An act that cites a clause is judged by that clause's agreement, not by whichever of the
    // matter's agreements would be kindest.
    question.under = context.act.payload().clause.as_ref().map(|cited| cited.agreement.clone());
    Ok(question)
}

fn mass_g(quantity: Quantity, mass_g: i64) -> Option<i64> {
    let exact = i128::from(quantity.as_milli()) * i128::from(mass_g);
    i64::try_from(exact.div_euclid(1000)).ok()
}

/// What the author knew of the event: alerts in its past only.
fn event(ask: &Ask<'_>, context: &Context<'_>, state: &State) -> Option<Event> {
    let origin = state.genesis.origin?;
    let strongest = state
        .alerts
        .iter()
        .filter(|(id, _)| context.saw(id))
        .flat_map(|(_, alert)| &alert.strongest)
        .filter(|(province, _)| province.as_str() == ask.receiver.as_str())
        .filter_map(|(_, code)| code.parse::<Intensity>().ok())
        .max();
    Some(Event {
        hours_since: seconds_between(origin, context.time).div_euclid(3600),
        intensity: strongest,
        alert: None,
        contact_lost: ask.contact_lost,
    })
}

/// Refuses a step on an order whose clause is suspended, as the author had seen it.
///
/// An order made before the agreement ended is still carried out; one whose clause is suspended
/// waits.
pub(crate) fn must_not_be_suspended(
    order: &OrderLine,
    context: &Context<'_>,
    state: &State,
) -> Result<(), Refusal> {
    let Some(cited) = &order.clause else { return Ok(()) };
    let agreement = context.terms.agreements.iter().find(|a| *a.id() == cited.agreement);
    let suspended =
        agreement.is_some_and(|a| standing::seen(a, context, state).is_suspended(&cited.clause));
    if suspended {
        return Err(Refusal::DispatchMustNotBeSuspended { clauses: vec![cited.clone()] });
    }
    Ok(())
}

/// What ceilings hold already, counted for each giver: the giver's own log decides it.
///
/// Promises count as far as the author had seen them. The giver has always seen its own, so that a
/// promise beyond a ceiling is refused whatever others knew; a receiver's order that came at the
/// same time as another promise stands, and the giver answers it with what is left.
fn used(ask: &Ask<'_>, context: &Context<'_>, state: &State) -> Used {
    let mut used = Used::none();
    for agreement in &context.terms.agreements {
        let offset = agreement.utc_offset_hours();
        for clause in agreement.clauses() {
            let (scope, unit, per, commodities) = match &clause.terms {
                ClauseTerms::Ceiling(c) => (&c.scope, c.quantity.unit(), c.per, &c.commodities),
                ClauseTerms::StandingConsent(c) => match c.max {
                    Some(max) => (&c.scope, max.unit(), Per::Incident, &c.commodities),
                    None => continue,
                },
                _ => continue,
            };
            let start = per.start(date_at_offset(context.time, offset));
            let counts = |promise: &Promise<'_>| {
                let (act, at) = promise.by;
                promise.assisting == ask.giver
                    && context.saw(&act)
                    && start.is_none_or(|start| date_at_offset(at, offset) >= start)
                    && (commodities.is_empty() || commodities.contains(promise.commodity))
                    && reaches(scope, promise, state)
            };
            let held = state
                .promises()
                .filter(counts)
                .filter_map(|promise| measured(&promise, unit, state))
                .try_fold(Quantity::zero(unit), Quantity::plus);
            if let Ok(held) = held {
                used = used.with(agreement.id().clone(), clause.id.clone(), held);
            }
        }
    }
    used
}

/// Whether a clause's scope holds an order; a push counts against a standing consent only when it
/// was one.
fn reaches(scope: &Scope, promise: &Promise<'_>, state: &State) -> bool {
    fn within<T: PartialEq>(list: &[T], item: &T) -> bool {
        list.is_empty() || list.contains(item)
    }
    let action = if promise.pushed { Action::Push } else { Action::Order };
    let category = state.genesis.commodities.get(promise.commodity).map(|terms| &terms.category);
    within(&scope.actions, &action)
        && within(&scope.givers, promise.assisting)
        && within(&scope.receivers, promise.requesting)
        && within(&scope.purposes, promise.purpose)
        && category.is_some_and(|category| within(&scope.categories, category))
}

/// What an order holds of a ceiling: its mass where the ceiling counts kilograms, else its amount
/// where the units agree.
fn measured(promise: &Promise<'_>, unit: Unit, state: &State) -> Option<Quantity> {
    if unit == Unit::Kilogram {
        let terms = state.genesis.commodities.get(promise.commodity)?;
        return Quantity::milli(mass_g(promise.quantity, terms.mass_g)?, unit).ok();
    }
    Some(promise.quantity).filter(|committed| committed.unit() == unit)
}

fn cited(decision: &Decision, wanted: impl Fn(Effect) -> bool) -> Vec<ClauseCited> {
    let mut all: Vec<ClauseCited> = Vec::new();
    for clause in decision.clauses.iter().filter(|clause| wanted(clause.effect)) {
        let (agreement, clause) = (clause.agreement.clone(), clause.clause.clone());
        let one = ClauseCited { agreement, clause };
        // One clause may both permit and limit; it is cited once, where it stands first.
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// The refusal that records a decision: its reasons in words, and the clauses that say no.
#[must_use]
pub fn refusal(decision: &Decision) -> Refusal {
    let reasons = decision
        .reasons
        .iter()
        .map(|reason| AgreementReason {
            code: reason.code().to_owned(),
            words: Captions {
                ko: reason.caption(Lang::Ko),
                ja: reason.caption(Lang::Ja),
                zh: reason.caption(Lang::Zh),
                en: reason.caption(Lang::En),
            },
        })
        .collect();
    // Limits cited beside a forbid tell nothing: the clause that says no comes first.
    let forbids = cited(decision, |effect| effect == Effect::Forbids);
    let others = cited(decision, |e| e != Effect::Forbids && e != Effect::Settles);
    let clauses = if forbids.is_empty() { others } else { forbids };
    Refusal::AgreementMustPermit { reasons, clauses }
}

/// Checks the way of settling against what the agreement offers, and gives its days.
///
/// Where the agreement is silent every way is open.
pub(crate) fn check_settlement(
    decision: &Decision,
    mode: SettlementMode,
    price: Option<Money>,
) -> Result<Option<i64>, Refusal> {
    let agreed = decision.settlement.iter().find(|term| same_mode(term.mode, mode));
    if agreed.is_none() && !decision.settlement.is_empty() {
        let clauses = decision
            .settlement
            .iter()
            .map(|term| ClauseCited {
                agreement: term.agreement.clone(),
                clause: term.clause.clone(),
            })
            .collect();
        return Err(Refusal::SettlementMustBeOffered { mode: mode.code().to_owned(), clauses });
    }
    if mode == SettlementMode::Reimbursement && price.is_none() {
        return Err(Refusal::PriceMustBeStated);
    }
    Ok(agreed.and_then(|term| match term.mode {
        AgreedMode::Gift => None,
        AgreedMode::Reimbursement { days } | AgreedMode::Loan { days } => days,
        AgreedMode::ReplacementInKind { days, .. } | AgreedMode::EqualValue { days, .. } => {
            Some(days)
        }
    }))
}

fn same_mode(agreed: AgreedMode, mode: SettlementMode) -> bool {
    matches!(
        (agreed, mode),
        (AgreedMode::Gift, SettlementMode::Gift)
            | (AgreedMode::Reimbursement { .. }, SettlementMode::Reimbursement)
            | (AgreedMode::ReplacementInKind { .. }, SettlementMode::ReplacementInKind)
            | (AgreedMode::EqualValue { .. }, SettlementMode::EqualValueExchange)
            | (AgreedMode::Loan { .. }, SettlementMode::Loan)
    )
}

/// Checks the price of an order against the mandates of the officers who sign.
pub(crate) fn check_amount(
    context: &Context<'_>,
    price: Option<Money>,
    quantity: Quantity,
) -> Result<(), Refusal> {
    let Some(sum) = price.map(|price| price.times_milli(quantity.as_milli())) else {
        return Ok(());
    };
    for officer in &context.act.payload().officers {
        let mandate = context.act.identity().mandates.get(officer);
        let Some(amount_max) = mandate.and_then(|mandate| mandate.amount_max) else { continue };
        let within = sum
            .as_ref()
            .is_ok_and(|sum| sum.code() == amount_max.code() && sum.minor() <= amount_max.minor());
        if !within {
            let officer = officer.clone();
            return Err(Refusal::AmountMustBeWithinMandate { officer, amount_max });
        }
    }
    Ok(())
}
