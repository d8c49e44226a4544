//! Answers one question: permitted, refused, or something is needed first.

use pumasi_base::AgreementId;
use pumasi_base::catalog::Mode;

use crate::compile::{AgreementTables, Agreements, Cap, Entry, Reach, Shelf, Spot, cell, words_of};
use crate::judge::{At, Verdict};
use crate::question::{
    Action, ClauseRef, Decision, Effect, Need, Outcome, Question, SettlementTerm,
};
use crate::reason::{Reason, Rule};
use crate::status::Force;
use crate::vocabulary::{category_count, purpose_count};

/// The most forbids a refusal cites.
const FORBIDS_CITED_MAX: usize = 4;

/// Answers `question` from `agreements`.
///
/// Forbids come first: one that is in force between giver and receiver refuses, whatever permits.
/// Then the permits and standing consents are tried, those of the agreement with the fewest members
/// first and those of mere principles last; the first that permits gives the answer, otherwise the
/// one that came nearest. What no clause reaches is refused, citing the clause that comes nearest.
#[must_use]
pub fn decide(agreements: &Agreements, question: &Question) -> Decision {
    match Asked::of(agreements, question) {
        Ok(asked) => asked.forbidden().unwrap_or_else(|| asked.permitted()),
        Err(rule) => {
            let known = question.under.clone().filter(|id| agreements.table_of(id).is_some());
            refused(known, vec![Reason { rule, clause: None }])
        }
    }
}

/// Every mode of transport.
const MODES: [Mode; 4] = [Mode::Sea, Mode::Air, Mode::Road, Mode::Rail];

/// The permits and standing consents of the agreement asked about that permit the question, the
/// quantity, commodity and mode aside; each with the modes it holds for, none meaning all.
pub(crate) fn grants_that_hold(
    agreements: &Agreements,
    question: &Question,
) -> Vec<(u16, Vec<Mode>)> {
    let Ok(asked) = Asked::of(agreements, question) else { return Vec::new() };
    let free: Vec<Mode> = MODES.into_iter().filter(|mode| !asked.forbids_mode(*mode)).collect();
    if free.is_empty() {
        return Vec::new();
    }
    asked
        .in_cell(&asked.shelf.grants, asked.under)
        .filter_map(|entry| {
            let at = asked.at(entry)?;
            let reach = &at.tables.grants.get(usize::from(entry.rule))?.reach;
            let verdict = asked.try_grant(entry)?;
            let settled = |need: &Need| matches!(need, Need::Quantity { .. } | Need::Commodity);
            if verdict.is_refused() || !verdict.needs.iter().all(|(need, _)| settled(need)) {
                return None;
            }
            if free.len() == MODES.len() && !reach.names_modes() {
                return Some((entry.rule, Vec::new()));
            }
            let modes: Vec<Mode> =
                free.iter().copied().filter(|mode| reach.reaches_mode(Some(*mode))).collect();
            (!modes.is_empty()).then_some((entry.rule, modes))
        })
        .collect()
}

/// The ceilings of an agreement that count what the question asks for.
pub(crate) fn caps_that_bind<'a>(
    agreements: &'a Agreements,
    tables: &'a AgreementTables,
    question: &'a Question,
) -> impl Iterator<Item = &'a Cap> {
    let asked = Asked::of(agreements, question).ok();
    let at = At::new(question, tables);
    tables.caps.iter().filter(move |cap| asked.as_ref().is_some_and(|asked| asked.caps(cap, &at)))
}

/// A question resolved to numbers.
struct Asked<'a> {
    agreements: &'a Agreements,
    question: &'a Question,
    shelf: &'a Shelf,
    spot: Spot,
    under: Option<u32>,
}

impl<'a> Asked<'a> {
    /// Resolves a question; what cannot be resolved breaks the rule returned.
    fn of(agreements: &'a Agreements, question: &'a Question) -> Result<Self, Rule> {
        let under = match &question.under {
            None => None,
            Some(id) => match agreements.table_of(id) {
                Some((number, _)) => Some(number),
                None => return Err(Rule::UnknownAgreement { agreement: id.clone() }),
            },
        };
        let giver = agreements.party_number(&question.giver);
        let (giver, receiver, shelf) = giver
            .zip(agreements.party_number(&question.receiver))
            .and_then(|(g, r)| Some((g, r, agreements.shelf(g, r)?)))
            .filter(|(_, _, shelf)| {
                under.is_none_or(|number| shelf.agreements.binary_search(&number).is_ok())
            })
            .ok_or_else(|| no_pair(agreements, question))?;
        let (category, purpose, action) =
            words_of(question).ok_or_else(|| unknown_word(question))?;
        let spot = Spot { giver, receiver, category, purpose, action };
        Ok(Self { agreements, question, shelf, spot, under })
    }

    fn at(&self, entry: Entry) -> Option<At<'a>> {
        Some(At::new(self.question, self.agreements.table(entry.agreement)?))
    }

    fn in_cell(&self, entries: &'a [Entry], under: Option<u32>) -> impl Iterator<Item = Entry> {
        let Spot { category, purpose, action, .. } = self.spot;
        cell(entries, category, purpose, under).filter(move |entry| entry.reaches(action))
    }

    /// The refusal by the forbids in force; none when nothing forbids.
    fn forbidden(&self) -> Option<Decision> {
        let bites = self.in_cell(&self.shelf.bans, None).filter_map(|entry| {
            let at = self.at(entry)?;
            let ban = at.tables.bans.get(usize::from(entry.rule))?;
            let reached = ban.reach.reaches_status(self.question.status)
                && ban.reach.reaches_mode(self.question.mode);
            if !reached || !in_force(&at, ban.clause) {
                return None;
            }
            let rule = ban.terms.rule(self.question);
            Some(Reason { rule, clause: at.cited((ban.clause, Effect::Forbids)) })
        });
        let reasons: Vec<Reason> = bites.take(FORBIDS_CITED_MAX).collect();
        let first = reasons.first()?;
        let under = first.clause.as_ref().map(|clause| clause.agreement.clone());
        Some(refused(under, reasons))
    }

    /// Whether a forbid in force between the two forbids a mode for what is asked.
    fn forbids_mode(&self, mode: Mode) -> bool {
        self.in_cell(&self.shelf.bans, None).any(|entry| {
            let Some(at) = self.at(entry) else { return false };
            let ban = at.tables.bans.get(usize::from(entry.rule));
            ban.is_some_and(|ban| {
                ban.reach.reaches_status(self.question.status)
                    && ban.reach.reaches_mode(Some(mode))
                    && in_force(&at, ban.clause)
            })
        })
    }

    /// Whether a ceiling counts what is asked.
    fn caps(&self, cap: &Cap, at: &At<'_>) -> bool {
        cap.reach.reaches(self.spot, self.question)
            && !at.tables.standing.is_suspended_clause(at, cap.clause)
    }

    /// The answer of the permits and standing consents.
    fn permitted(&self) -> Decision {
        let mut best: Option<(Entry, Verdict)> = None;
        for entry in self.in_cell(&self.shelf.grants, self.under) {
            let Some(verdict) = self.try_grant(entry) else { continue };
            let better =
                best.as_ref().is_none_or(|(_, other)| verdict.distance() < other.distance());
            let is_permitted = verdict.is_permitted();
            if better {
                best = Some((entry, verdict));
            }
            if is_permitted {
                break;
            }
        }
        match best {
            Some((entry, verdict)) => self.answer(entry, verdict),
            None => self.nearest(),
        }
    }

    /// Judges the question by one permit and the clauses of its agreement that limit it.
    fn try_grant(&self, entry: Entry) -> Option<Verdict> {
        let at = self.at(entry)?;
        let grant = at.tables.grants.get(usize::from(entry.rule))?;
        let mut verdict = Verdict::default();
        verdict.cite(grant.clause, Effect::Permits);
        self.judge_actor(&at, grant.clause, &mut verdict);
        judge_force(&at, grant.clause, &mut verdict);
        judge_reach(&at, grant.clause, &grant.reach, &mut verdict);
        grant.judge(&at, &mut verdict);
        self.judge_onward(&at, grant.clause, &mut verdict);
        if self.question.action.moves_goods() {
            for cap in at.tables.caps.iter().filter(|cap| self.caps(cap, &at)) {
                cap.terms.judge(cap.clause, &at, &mut verdict);
            }
        }
        Some(verdict)
    }

    /// Refuses an actor that is not the side whose step it is, nor the party that side acts for.
    fn judge_actor(&self, at: &At<'_>, clause: u16, verdict: &mut Verdict) {
        let Spot { giver, receiver, .. } = self.spot;
        let question = self.question;
        let may = match question.action {
            Action::Request => self.acts_for(at, receiver),
            Action::Offer | Action::Push => self.acts_for(at, giver),
            Action::Order | Action::Share => {
                self.acts_for(at, giver) || self.acts_for(at, receiver)
            }
            Action::Transit => {
                question.transit.contains(&question.actor)
                    || self.acts_for(at, giver)
                    || self.acts_for(at, receiver)
            }
        };
        if !may {
            let (actor, action) = (question.actor.clone(), question.action);
            let rule = Rule::ActorNotInRole { actor, action };
            verdict.refuse(at, rule, Some((clause, Effect::Limits)));
        }
    }

    fn acts_for(&self, at: &At<'_>, party: u32) -> bool {
        let actor = self.agreements.party_number(&self.question.actor);
        actor == Some(party) || (actor.is_some() && actor == at.tables.side_of(party))
    }

    /// Judges passing on; where the agreement is silent, the permit does not reach that far.
    fn judge_onward(&self, at: &At<'_>, permit: u16, verdict: &mut Verdict) {
        let Some(to) = &self.question.onward_to else { return };
        let mut clauses = at
            .tables
            .onwards
            .iter()
            .filter(|onward| onward.reach.reaches(self.spot, self.question))
            .peekable();
        if clauses.peek().is_none() {
            let rule = Rule::OnwardTransferForbidden { to: to.clone() };
            verdict.refuse(at, rule, Some((permit, Effect::Limits)));
        }
        for onward in clauses {
            onward.terms.judge(onward.clause, at, verdict);
        }
    }

    /// The answer that rests on one permit.
    fn answer(&self, entry: Entry, mut verdict: Verdict) -> Decision {
        let Some(at) = self.at(entry) else { return refusal(Rule::NothingPermits) };
        let under = Some(at.tables.id.clone());
        if verdict.is_refused() {
            return refused(under, verdict.refusals);
        }
        let settlement = self.settle(&at, &mut verdict);
        let (mut needs, mut reasons): (Vec<Need>, Vec<Reason>) = verdict.needs.into_iter().unzip();
        needs.sort();
        reasons.sort_by_key(|reason| reason.rule.rank());
        verdict.cites.sort_by_key(|(clause, effect)| (*effect, *clause));
        Decision {
            outcome: if needs.is_empty() { Outcome::Permitted } else { Outcome::Needs(needs) },
            under,
            clauses: verdict.cites.iter().filter_map(|cite| at.cited(*cite)).collect(),
            reasons,
            settlement,
        }
    }

    /// The narrowest settlement clauses that reach the question.
    fn settle(&self, at: &At<'_>, verdict: &mut Verdict) -> Vec<SettlementTerm> {
        if !self.question.action.moves_goods() {
            return Vec::new();
        }
        let reaching = || {
            at.tables.payments.iter().filter(|payment| {
                payment.reach.reaches(self.spot, self.question)
                    && !at.tables.standing.is_suspended_clause(at, payment.clause)
            })
        };
        let narrowest = reaching().map(|payment| payment.terms.narrowness()).max();
        reaching()
            .filter(|payment| Some(payment.terms.narrowness()) == narrowest)
            .filter_map(|payment| {
                verdict.cite(payment.clause, Effect::Settles);
                Some(SettlementTerm {
                    mode: payment.terms.mode,
                    agreement: at.tables.id.clone(),
                    clause: at.tables.clause_id(payment.clause)?.clone(),
                })
            })
            .collect()
    }

    /// The refusal where no permit reaches the question, citing the clause that comes nearest:
    /// one for another step, else for another purpose, else for another category.
    fn nearest(&self) -> Decision {
        if let Some(decision) = self.forbidden_without_force() {
            return decision;
        }
        let Spot { category, purpose, action, .. } = self.spot;
        let grants = &self.shelf.grants;
        let question = self.question;
        if let Some(entry) = cell(grants, category, purpose, self.under).next() {
            let rule = if question.action == Action::Push {
                Rule::NoStandingConsent { receiver: question.receiver.clone() }
            } else {
                Rule::ActionNotCovered { action: question.action }
            };
            return self.near(entry, rule);
        }
        let in_other = |category, purpose| {
            cell(grants, category, purpose, self.under).find(|entry| entry.reaches(action))
        };
        if let Some(entry) = (0..purpose_count()).find_map(|other| in_other(category, other)) {
            let rule = Rule::PurposeNotCovered { purpose: question.purpose.clone() };
            return self.near(entry, rule);
        }
        if let Some(entry) = (0..category_count()).find_map(|other| in_other(other, purpose)) {
            let rule = Rule::CategoryNotCovered { category: question.category.clone() };
            return self.near(entry, rule);
        }
        let mut decision = refusal(Rule::NothingPermits);
        decision.under.clone_from(&question.under);
        decision
    }

    /// The refusal by a forbid whose agreement has no force: nothing else speaks of the matter,
    /// so it says most.
    fn forbidden_without_force(&self) -> Option<Decision> {
        let entry = self.in_cell(&self.shelf.bans, self.under).next()?;
        let at = self.at(entry)?;
        let ban = at.tables.bans.get(usize::from(entry.rule))?;
        let mut verdict = Verdict::default();
        let cited = Some((ban.clause, Effect::Forbids));
        verdict.refuse(&at, ban.terms.rule(self.question), cited);
        judge_force(&at, ban.clause, &mut verdict);
        Some(self.answer(entry, verdict))
    }

    fn near(&self, entry: Entry, rule: Rule) -> Decision {
        let Some(at) = self.at(entry) else { return refusal(rule) };
        let clause = at.tables.grants.get(usize::from(entry.rule)).map(|grant| grant.clause);
        let mut verdict = Verdict::default();
        verdict.refuse(&at, rule, clause.map(|clause| (clause, Effect::Limits)));
        self.answer(entry, verdict)
    }
}

/// Whether a clause has force on the day, for the question's status; one that outlives its
/// agreement has when the rest is gone.
fn in_force(at: &At<'_>, clause: u16) -> bool {
    let tables = at.tables;
    let standing = &tables.standing;
    let binds = standing.force_for(at.question.status, at.date) == Force::Binding
        && tables.term.is_none_or(|(_, t)| t.holds_on(t.start(standing.entered), at.date))
        && !standing.is_suspended_clause(at, clause);
    binds || tables.outlives(clause, at.date)
}

/// Refuses where the agreement or the clause has no force on the day.
fn judge_force(at: &At<'_>, clause: u16, verdict: &mut Verdict) {
    let standing = &at.tables.standing;
    let agreement = || at.tables.id.clone();
    let rule = match standing.force_for(at.question.status, at.date) {
        Force::Binding => None,
        Force::None => {
            Some(Rule::NotInForce { agreement: agreement(), standing: standing.status.code() })
        }
        Force::Disputed => Some(Rule::StandingDisputed { agreement: agreement() }),
    };
    if let Some(rule) = rule {
        let term = at.tables.term.map(|(clause, _)| (clause, Effect::Limits));
        verdict.refuse(at, rule, term);
    }
    if let Some((term_clause, term)) = at.tables.term {
        term.judge(term_clause, at, verdict);
    }
    if standing.is_suspended_clause(at, clause) {
        let rule = Rule::Suspended { agreement: agreement() };
        verdict.refuse(at, rule, Some((clause, Effect::Limits)));
    }
}

/// Refuses a status or mode that the permit does not reach.
fn judge_reach(at: &At<'_>, clause: u16, reach: &Reach, verdict: &mut Verdict) {
    if !reach.reaches_status(at.question.status) {
        let rule = Rule::StatusNotCovered { status: at.question.status };
        verdict.refuse(at, rule, Some((clause, Effect::Limits)));
    }
    if let Some(mode) = at.question.mode
        && !reach.reaches_mode(Some(mode))
    {
        verdict.refuse(at, Rule::ModeNotCovered { mode }, Some((clause, Effect::Limits)));
    }
}

impl crate::status::Standing {
    /// Whether the clause of that number in the agreement at hand is suspended.
    fn is_suspended_clause(&self, at: &At<'_>, clause: u16) -> bool {
        !self.suspensions.is_empty()
            && at.tables.clause_id(clause).is_some_and(|id| self.is_suspended(id))
    }
}

/// A refusal for these reasons, citing their clauses.
fn refused(under: Option<AgreementId>, mut reasons: Vec<Reason>) -> Decision {
    reasons.sort_by_key(|reason| reason.rule.rank());
    let mut clauses: Vec<ClauseRef> = Vec::with_capacity(reasons.len());
    for clause in reasons.iter().filter_map(|reason| reason.clause.as_ref()) {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    Decision { outcome: Outcome::Refused, under, clauses, reasons, settlement: Vec::new() }
}

/// A refusal that no clause states.
fn refusal(rule: Rule) -> Decision {
    refused(None, vec![Reason { rule, clause: None }])
}

fn no_pair(agreements: &Agreements, question: &Question) -> Rule {
    let (giver, receiver) = (question.giver.clone(), question.receiver.clone());
    let Some((_, tables)) = question.under.as_ref().and_then(|id| agreements.table_of(id)) else {
        return Rule::NoAgreement { giver, receiver };
    };
    let outsider = [giver, receiver].into_iter().find(|party| {
        let number = agreements.party_number(party);
        number.and_then(|number| tables.side_of(number)).is_none()
    });
    let agreement = tables.id.clone();
    outsider.map_or(Rule::NothingPermits, |party| Rule::NotAParty { party, agreement })
}

fn unknown_word(question: &Question) -> Rule {
    if crate::compile::category_number(&question.category).is_none() {
        Rule::CategoryNotCovered { category: question.category.clone() }
    } else {
        Rule::PurposeNotCovered { purpose: question.purpose.clone() }
    }
}
