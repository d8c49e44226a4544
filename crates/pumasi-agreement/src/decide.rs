//! Answers one question: permitted, refused, or something is needed first.

use pumasi_base::catalog::Mode;
use pumasi_base::{AgreementId, ClauseId};

use crate::compile::{
    AgreementTables, Agreements, Ban, Cap, Entry, Reach, Shelf, Spot, cell, words_of,
};
use crate::judge::{At, Record, Verdict};
use crate::question::{
    Action, ClauseRef, Decision, Effect, Need, Outcome, Question, SettlementTerm,
};
use crate::reason::{Reason, Rule};
use crate::status::{AgreementStatus, Force};
use crate::vocabulary::{category_count, purpose_count};

/// The most forbids a refusal cites.
const FORBIDS_CITED_MAX: usize = 4;

/// Answers `question` from `agreements`.
///
/// Forbids come first: one that is in force between giver and receiver refuses, whatever permits.
/// Then the permits and standing consents are tried, those of the agreement with the fewest members
/// first and those of mere principles last; the first that permits gives the answer, otherwise the
/// one that came nearest. What no clause reaches is refused, citing the clause that comes nearest.
///
/// Who needs the outcome alone asks [`Agreements::judge`].
#[must_use]
pub fn decide(agreements: &Agreements, question: &Question) -> Decision {
    agreements.judge(question).explain()
}

/// The outcome of a question, without the words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It may not be done.
    Refused,
    /// It may be done once something is there.
    Needs,
    /// It may be done.
    Permitted,
}

/// What the answer to a question rests on, found without taking any memory.
///
/// [`explain`](Self::explain) gives the decision with its clauses and reasons.
#[derive(Debug)]
pub struct Ruling<'a> {
    agreements: &'a Agreements,
    question: &'a Question,
    answer: Answer,
    ground: Ground<'a>,
}

/// Why a ruling is as it is.
#[derive(Debug)]
enum Ground<'a> {
    /// The question cannot be resolved, which breaks this rule.
    Unresolved(Rule),
    /// A forbid in force; it is the first.
    Forbid(Asked<'a>, Entry),
    /// The permit that permits, or comes nearest to it.
    Grant(Asked<'a>, Entry),
    /// No permit reaches the question.
    Nothing(Asked<'a>),
}

impl Agreements {
    /// Judges `question` as [`decide`] does, for those who need the outcome alone.
    ///
    /// Takes no memory unless a permit lacks more than four things at once.
    #[must_use]
    pub fn judge<'a>(&'a self, question: &'a Question) -> Ruling<'a> {
        let (answer, ground) = match Asked::of(self, question) {
            Err(rule) => (Answer::Refused, Ground::Unresolved(rule)),
            Ok(asked) => asked.judged(),
        };
        Ruling { agreements: self, question, answer, ground }
    }
}

impl<'a> Ruling<'a> {
    /// The outcome.
    #[must_use]
    pub const fn answer(&self) -> Answer {
        self.answer
    }

    /// Whether it may be done as asked.
    #[must_use]
    pub const fn is_permitted(&self) -> bool {
        matches!(self.answer, Answer::Permitted)
    }

    /// The clause that permits, comes nearest to it or forbids, with its agreement; none where no
    /// clause reaches the question.
    #[must_use]
    pub fn clause(&self) -> Option<(&'a AgreementId, &'a ClauseId)> {
        let (entry, number) = match &self.ground {
            Ground::Unresolved(_) | Ground::Nothing(_) => return None,
            Ground::Forbid(asked, entry) => {
                (entry, asked.agreements.table(entry.agreement)?.bans.get(entry.place())?.clause)
            }
            Ground::Grant(asked, entry) => {
                (entry, asked.agreements.table(entry.agreement)?.grants.get(entry.place())?.clause)
            }
        };
        let tables = self.agreements.table(entry.agreement)?;
        Some((&tables.id, tables.clause_id(number)?))
    }

    /// The decision: the outcome with the clauses it rests on, the reasons, and how it is settled.
    #[must_use]
    pub fn explain(self) -> Decision {
        match self.ground {
            Ground::Unresolved(rule) => {
                let known = self.question.under.clone();
                let known = known.filter(|id| self.agreements.table_of(id).is_some());
                refused(known, vec![Reason { rule, clause: None }])
            }
            Ground::Forbid(asked, _) => asked.forbidden(),
            Ground::Grant(asked, entry) => {
                let mut verdict = Verdict::record();
                asked.try_grant(entry, &mut verdict);
                asked.answer(entry, verdict)
            }
            Ground::Nothing(asked) => asked.nearest(),
        }
    }
}

/// The permits and standing consents of the agreement asked about that permit the question, the
/// quantity, commodity and mode aside; each with the modes it holds for, none meaning all.
pub(crate) fn grants_that_hold(
    agreements: &Agreements,
    question: &Question,
) -> Vec<(u16, Vec<Mode>)> {
    let Ok(asked) = Asked::of(agreements, question) else { return Vec::new() };
    let free: Vec<Mode> = Mode::ALL.into_iter().filter(|mode| !asked.forbids_mode(*mode)).collect();
    if free.is_empty() {
        return Vec::new();
    }
    asked
        .in_cell(&asked.shelf.grants, asked.under)
        .filter_map(|entry| {
            let at = asked.at(entry)?;
            let reach = &at.tables.grants.get(entry.place())?.reach;
            let mut verdict = Verdict::tally();
            asked.try_grant(entry, &mut verdict)?;
            let settled = |need: &Need| matches!(need, Need::Quantity { .. } | Need::Commodity);
            if verdict.is_refused() || !verdict.needs_only(settled) {
                return None;
            }
            if free.len() == Mode::ALL.len() && !reach.names_modes() {
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
#[derive(Debug)]
struct Asked<'a> {
    agreements: &'a Agreements,
    question: &'a Question,
    shelf: &'a Shelf,
    spot: Spot,
    /// The actor's number; none when no agreement knows it.
    actor: Option<u32>,
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
        let actor = match &question.actor {
            actor if *actor == question.giver => Some(giver),
            actor if *actor == question.receiver => Some(receiver),
            actor => agreements.party_number(actor),
        };
        Ok(Self { agreements, question, shelf, spot, actor, under })
    }

    fn at(&self, entry: Entry) -> Option<At<'a>> {
        Some(At::new(self.question, self.agreements.table(entry.agreement)?))
    }

    fn in_cell(&self, entries: &'a [Entry], under: Option<u32>) -> impl Iterator<Item = Entry> {
        let Spot { category, purpose, action, .. } = self.spot;
        cell(entries, category, purpose, under).filter(move |entry| entry.reaches(action))
    }

    /// What the answer rests on.
    fn judged(self) -> (Answer, Ground<'a>) {
        let forbid = self.biting().map(|(entry, _)| entry).next();
        if let Some(entry) = forbid {
            return (Answer::Refused, Ground::Forbid(self, entry));
        }
        match self.best_grant() {
            None => (Answer::Refused, Ground::Nothing(self)),
            Some((entry, answer)) => (answer, Ground::Grant(self, entry)),
        }
    }

    /// The forbids in force that reach the question.
    fn biting(&self) -> impl Iterator<Item = (Entry, (At<'a>, &'a Ban))> {
        self.in_cell(&self.shelf.bans, None).filter_map(|entry| {
            let at = self.at(entry)?;
            let ban = at.tables.bans.get(entry.place())?;
            let bites = ban.reach.reaches_status(self.question.status)
                && ban.reach.reaches_mode(self.question.mode)
                && in_force(&at, ban.clause);
            bites.then_some((entry, (at, ban)))
        })
    }

    /// The refusal by the forbids in force.
    fn forbidden(&self) -> Decision {
        let reasons = self.biting().map(|(_, (at, ban))| Reason {
            rule: ban.terms.rule(self.question),
            clause: at.cited((ban.clause, Effect::Forbids)),
        });
        let reasons: Vec<Reason> = reasons.take(FORBIDS_CITED_MAX).collect();
        let first = reasons.first().and_then(|reason| reason.clause.as_ref());
        refused(first.map(|clause| clause.agreement.clone()), reasons)
    }

    /// Whether a forbid in force between the two forbids a mode for what is asked.
    fn forbids_mode(&self, mode: Mode) -> bool {
        self.in_cell(&self.shelf.bans, None).any(|entry| {
            let Some(at) = self.at(entry) else { return false };
            let ban = at.tables.bans.get(entry.place());
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

    /// The first permit or standing consent that permits, else the one that comes nearest.
    fn best_grant(&self) -> Option<(Entry, Answer)> {
        let mut best = None;
        for entry in self.in_cell(&self.shelf.grants, self.under) {
            let mut verdict = Verdict::tally();
            let Some(()) = self.try_grant(entry, &mut verdict) else { continue };
            if verdict.is_permitted() {
                return Some((entry, Answer::Permitted));
            }
            let answer = if verdict.is_refused() { Answer::Refused } else { Answer::Needs };
            let distance = verdict.distance();
            if best.is_none_or(|(_, _, other)| distance < other) {
                best = Some((entry, answer, distance));
            }
        }
        best.map(|(entry, answer, _)| (entry, answer))
    }

    /// Judges the question by one permit and the clauses of its agreement that limit it.
    fn try_grant(&self, entry: Entry, verdict: &mut Verdict) -> Option<()> {
        let at = self.at(entry)?;
        let grant = at.tables.grants.get(entry.place())?;
        verdict.cite(grant.clause, Effect::Permits);
        self.judge_actor(&at, grant.clause, verdict);
        self.judge_force(&at, grant.clause, verdict);
        judge_reach(&at, grant.clause, &grant.reach, verdict);
        grant.judge(&at, verdict);
        self.judge_onward(&at, grant.clause, verdict);
        if self.question.action.moves_goods() {
            for cap in at.tables.caps.iter().filter(|cap| self.caps(cap, &at)) {
                cap.terms.judge(cap.clause, &at, verdict);
            }
            self.judge_overdue(&at, verdict);
        }
        Some(())
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
        self.actor == Some(party)
            || (self.actor.is_some() && self.actor == at.tables.side_of(party))
    }

    /// Judges passing on; where the agreement is silent, or its clause on this is suspended, the
    /// permit does not reach that far.
    fn judge_onward(&self, at: &At<'_>, permit: u16, verdict: &mut Verdict) {
        let Some(to) = &self.question.onward_to else { return };
        let mut clauses = at
            .tables
            .onwards
            .iter()
            .filter(|onward| {
                onward.reach.reaches(self.spot, self.question)
                    && !at.tables.standing.is_suspended_clause(at, onward.clause)
            })
            .peekable();
        if clauses.peek().is_none() {
            let rule = Rule::OnwardTransferForbidden { to: to.clone() };
            verdict.refuse(at, rule, Some((permit, Effect::Limits)));
        }
        for onward in clauses {
            onward.terms.judge(onward.clause, at, verdict);
        }
    }

    /// Asks for the settlement of what the receiving side owes under the agreement past its day,
    /// where a settlement clause that reaches the question wants that first.
    fn judge_overdue(&self, at: &At<'_>, verdict: &mut Verdict) {
        for overdue in &self.question.overdue {
            let debtor = self.agreements.party_number(&overdue.debtor);
            let side = debtor.and_then(|debtor| at.tables.side_of(debtor));
            let owes = side.is_some() && side == at.tables.side_of(self.spot.receiver);
            if !owes || overdue.agreement != at.tables.id {
                continue;
            }
            let barring = at.tables.payments.iter().find(|payment| {
                payment.terms.bars_when_overdue
                    && payment.reach.reaches(self.spot, self.question)
                    && !at.tables.standing.is_suspended_clause(at, payment.clause)
            });
            if let Some(payment) = barring {
                let (of, agreement) = (overdue.debtor.clone(), at.tables.id.clone());
                let rule = Rule::SettlementOverdue { of: of.clone(), agreement: agreement.clone() };
                verdict.need(at, rule, payment.clause, Need::Settlement { of, agreement });
            }
        }
    }

    /// Refuses where the agreement or the clause has no force on the day.
    fn judge_force(&self, at: &At<'_>, clause: u16, verdict: &mut Verdict) {
        let standing = &at.tables.standing;
        match standing.force_for(at.question.status, at.date) {
            Force::Binding => {}
            Force::None => self.judge_stage(at, clause, verdict),
            Force::Disputed => {
                let rule = Rule::StandingDisputed { agreement: at.tables.id.clone() };
                let term = at.tables.term.map(|(clause, _)| (clause, Effect::Limits));
                verdict.refuse(at, rule, term);
            }
        }
        if let Some((term_clause, term)) = at.tables.term {
            term.judge(term_clause, at, verdict);
        }
        if standing.is_suspended_clause(at, clause) {
            let rule = Rule::Suspended { agreement: at.tables.id.clone() };
            verdict.refuse(at, rule, Some((clause, Effect::Limits)));
        }
    }

    /// Names what an agreement that some or all have signed still waits for; any other stage
    /// without force refuses.
    fn judge_stage(&self, at: &At<'_>, clause: u16, verdict: &mut Verdict) {
        let agreement = at.tables.id.clone();
        let term = at.tables.term.map(|(clause, _)| clause);
        match &at.tables.standing.status {
            AgreementStatus::SignedBySome { by } => {
                let names = at.tables.signatories().filter_map(|n| self.agreements.party_name(n));
                for of in names.filter(|party| !by.contains(*party)) {
                    let (of, agreement) = (of.clone(), agreement.clone());
                    let need = Need::Signature { of: of.clone(), agreement: agreement.clone() };
                    let rule = Rule::SignatureMissing { of, agreement };
                    verdict.need(at, rule, term.unwrap_or(clause), need);
                }
            }
            AgreementStatus::Signed { awaits } if !awaits.is_empty() => {
                for of in awaits {
                    let (of, agreement) = (of.clone(), agreement.clone());
                    let need = Need::Ratification { of: of.clone(), agreement: agreement.clone() };
                    let rule = Rule::RatificationMissing { of, agreement };
                    verdict.need(at, rule, term.unwrap_or(clause), need);
                }
            }
            AgreementStatus::Signed { .. } => {
                let need = Need::EntryIntoForce { agreement: agreement.clone() };
                let rule = Rule::EntryIntoForceAwaited { agreement };
                verdict.need(at, rule, term.unwrap_or(clause), need);
            }
            status => {
                let rule = Rule::NotInForce { agreement, standing: status.code() };
                verdict.refuse(at, rule, term.map(|clause| (clause, Effect::Limits)));
            }
        }
    }

    /// The answer that rests on one permit.
    fn answer(&self, entry: Entry, mut verdict: Verdict) -> Decision {
        let Some(at) = self.at(entry) else { return refusal(Rule::NothingPermits) };
        let under = Some(at.tables.id.clone());
        if verdict.is_refused() {
            return refused(under, verdict.into_record().refusals);
        }
        let settlement = self.settle(&at, &mut verdict);
        let Record { mut needs, mut cites, .. } = verdict.into_record();
        // Not in the order found: that of parties follows their numbers, which other agreements
        // can move.
        needs.sort_by(|(one, a), (other, b)| (a.rule.rank(), one).cmp(&(b.rule.rank(), other)));
        let (mut needs, reasons): (Vec<Need>, Vec<Reason>) = needs.into_iter().unzip();
        needs.sort();
        cites.sort_by_key(|(clause, effect)| (*effect, *clause));
        Decision {
            outcome: if needs.is_empty() { Outcome::Permitted } else { Outcome::Needs(needs) },
            under,
            clauses: cites.iter().filter_map(|cite| at.cited(*cite)).collect(),
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
        let ban = at.tables.bans.get(entry.place())?;
        let mut verdict = Verdict::record();
        let cited = Some((ban.clause, Effect::Forbids));
        verdict.refuse(&at, ban.terms.rule(self.question), cited);
        self.judge_force(&at, ban.clause, &mut verdict);
        Some(self.answer(entry, verdict))
    }

    fn near(&self, entry: Entry, rule: Rule) -> Decision {
        let Some(at) = self.at(entry) else { return refusal(rule) };
        let clause = at.tables.grants.get(entry.place()).map(|grant| grant.clause);
        let mut verdict = Verdict::record();
        verdict.refuse(&at, rule, clause.map(|clause| (clause, Effect::Limits)));
        self.answer(entry, verdict)
    }
}

/// Whether a clause has force on the day, for the question's status; one that outlives its
/// agreement has when the rest is gone.
fn in_force(at: &At<'_>, clause: u16) -> bool {
    let tables = at.tables;
    let standing = &tables.standing;
    // While it is disputed whether the agreement has ended, what it forbids stays forbidden.
    let binds = standing.force_for(at.question.status, at.date) != Force::None
        && tables.term.is_none_or(|(_, t)| t.holds_on(t.start(standing.entered), at.date))
        && !standing.is_suspended_clause(at, clause);
    binds || tables.outlives(clause, at.date)
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
