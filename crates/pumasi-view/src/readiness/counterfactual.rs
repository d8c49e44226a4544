//! What could be otherwise in a posed problem, as values, and the problem that each makes.

use std::collections::BTreeSet;
use std::fmt;

use pumasi_base::catalog::{Catalog, Cause};
use pumasi_base::{AgreementId, CandidateId, ClauseId, LinkId, PartyId};
use pumasi_flow::{
    Ceiling, Closure, Link, Permit, Problem, ProblemError, ProblemParts, Stock, Suspension,
};

use super::candidates::additions;
use super::home::home_agreement;

/// One thing that is otherwise than in the problem as it was posed.
///
/// It is a question put to a model, never a prediction about a party, and its variants stand in the
/// order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counterfactual {
    /// An agreement permits nothing.
    SuspendAgreement(AgreementId),
    /// One clause of an agreement permits nothing.
    SuspendClause(AgreementId, ClauseId),
    /// A link carries nothing.
    CutLink(LinkId),
    /// Ties between states and within them are cut down to those of provinces and municipalities:
    /// only permits of the agreements named here remain, and everybody's stock for itself.
    ///
    /// The law by which bodies of one country help each other falls away with the rest, so that
    /// what local ties deliver is seen alone.
    CutNationalTies(BTreeSet<AgreementId>),
    /// An agreement is added.
    AddAgreement(CandidateId, Vec<Permit>, Vec<Ceiling>),
    /// A link is added.
    AddLink(CandidateId, Link),
    /// A stock is added.
    AddStock(CandidateId, Stock),
}

impl Counterfactual {
    /// The candidate it adds, when it adds one.
    #[must_use]
    pub const fn candidate(&self) -> Option<&CandidateId> {
        match self {
            Self::AddAgreement(id, ..) | Self::AddLink(id, _) | Self::AddStock(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether it takes something away, so that no plan gets better by it.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.candidate().is_none()
    }
}

/// Short and stable, so that results name it: `cut:ferry-donghae--sakaiminato`.
impl fmt::Display for Counterfactual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SuspendAgreement(agreement) => write!(f, "suspend:{agreement}"),
            Self::SuspendClause(agreement, clause) => write!(f, "suspend:{agreement}:{clause}"),
            Self::CutLink(link) => write!(f, "cut:{link}"),
            Self::CutNationalTies(_) => f.write_str("cut-national-ties"),
            Self::AddAgreement(id, ..) | Self::AddLink(id, _) | Self::AddStock(id, _) => {
                write!(f, "add:{id}")
            }
        }
    }
}

/// Everything that could be otherwise in a problem that [`super::pose`] made.
///
/// - Each agreement that permits something, and each of its clauses where it has several; a
///   country's own law, which no state suspends towards itself, is left out.
/// - Each link that is not closed throughout as it is.
/// - National ties at once, `local` being the agreements that remain: see
///   [`super::local_agreements`].
/// - Each candidate of the catalog that adds something to this problem: permits for its receivers,
///   a link between its sites, a stock of what it needs whose owner is among `able`.
#[must_use]
pub fn counterfactuals(
    problem: &Problem,
    catalog: &Catalog,
    local: &BTreeSet<AgreementId>,
    able: &BTreeSet<PartyId>,
) -> Vec<Counterfactual> {
    let mut all = suspensions(problem, catalog);
    let periods = problem.horizon().periods;
    let runs = |link: &&Link| {
        let open = |period: &usize| {
            link.closure_in(*period).is_none() && link.capacity_kg.get(*period) > Some(&0)
        };
        (0..periods).any(|period| open(&period))
    };
    let links = problem.links().iter().filter(runs);
    all.extend(links.map(|link| Counterfactual::CutLink(link.id.clone())));
    all.push(Counterfactual::CutNationalTies(local.clone()));
    all.extend(additions(problem, catalog, able));
    all.sort();
    all
}

fn suspensions(problem: &Problem, catalog: &Catalog) -> Vec<Counterfactual> {
    let countries = catalog.parties.keys().map(|id| crate::needs::country_of(catalog, id));
    let homes: BTreeSet<AgreementId> = countries.filter_map(|code| home_agreement(&code)).collect();
    let clauses: BTreeSet<_> = problem
        .permits()
        .iter()
        .filter(|permit| permit.suspended.is_none() && !homes.contains(&permit.clause.agreement))
        .map(|permit| &permit.clause)
        .collect();
    let agreements: BTreeSet<_> = clauses.iter().map(|clause| &clause.agreement).collect();
    let mut all = Vec::new();
    for agreement in agreements {
        all.push(Counterfactual::SuspendAgreement(agreement.clone()));
        let of_it = clauses.iter().filter(|clause| clause.agreement == *agreement);
        if of_it.clone().count() > 1 {
            all.extend(of_it.map(|clause| {
                Counterfactual::SuspendClause(clause.agreement.clone(), clause.clause.clone())
            }));
        }
    }
    all
}

/// The problem with one thing otherwise. What it does not have changes nothing.
///
/// What is suspended or cut stays in the problem, marked, so that positions keep their meaning and
/// an explanation can name it.
///
/// # Errors
/// Where the changed parts are no problem: an addition of another problem's sites.
pub fn apply(
    problem: &Problem,
    counterfactual: &Counterfactual,
) -> Result<Problem, Vec<ProblemError>> {
    apply_all(problem, [counterfactual])
}

/// The problem with several things otherwise at once; see [`apply`].
///
/// # Errors
/// As [`apply`].
pub fn apply_all<'a, I>(problem: &Problem, counterfactuals: I) -> Result<Problem, Vec<ProblemError>>
where
    I: IntoIterator<Item = &'a Counterfactual>,
{
    let mut parts = problem.clone().into_parts();
    for counterfactual in counterfactuals {
        change(&mut parts, counterfactual);
    }
    Problem::new(parts)
}

fn change(parts: &mut ProblemParts, counterfactual: &Counterfactual) {
    match counterfactual {
        Counterfactual::SuspendAgreement(agreement) => {
            suspend(parts, |permit| permit.clause.agreement == *agreement);
        }
        Counterfactual::SuspendClause(agreement, clause) => suspend(parts, |permit| {
            permit.clause.agreement == *agreement && permit.clause.clause == *clause
        }),
        Counterfactual::CutLink(id) => {
            let until_period = parts.horizon.periods;
            let cause = Cause::Operator;
            let cut = Closure { from_period: 0, until_period, cause, note: None };
            for link in parts.links.iter_mut().filter(|link| link.id == *id) {
                link.closures = vec![cut.clone()];
            }
        }
        Counterfactual::CutNationalTies(local) => {
            suspend(parts, |permit| !local.contains(&permit.clause.agreement));
        }
        Counterfactual::AddAgreement(_, permits, ceilings) => {
            parts.permits.extend(permits.iter().cloned());
            parts.ceilings.extend(ceilings.iter().cloned());
        }
        Counterfactual::AddLink(_, link) => parts.links.push(link.clone()),
        Counterfactual::AddStock(_, stock) => add_stock(parts, stock),
    }
}

fn suspend(parts: &mut ProblemParts, of: impl Fn(&Permit) -> bool) {
    for permit in parts.permits.iter_mut().filter(|permit| of(permit)) {
        let cause = Cause::Relations;
        permit.suspended.get_or_insert(Suspension { cause, note: None });
    }
}

/// Adds to what already lies there, as a problem has one entry for it.
fn add_stock(parts: &mut ProblemParts, stock: &Stock) {
    let same = |known: &&mut Stock| {
        known.owner == stock.owner
            && known.site == stock.site
            && known.commodity == stock.commodity
            && known.release_period == stock.release_period
    };
    match parts.stocks.iter_mut().find(same) {
        Some(known) => {
            let units = known.units.saturating_add(stock.units);
            known.units = units.min(pumasi_flow::problem::UNITS_MAX);
        }
        None => parts.stocks.push(stock.clone()),
    }
}
