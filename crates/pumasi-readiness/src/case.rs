//! One scenario: planned for as things are, then asked what would be if something were otherwise.
//!
//! Everything that could be added is in the model from the start, closed or empty, so that one
//! optimiser that is warm answers all questions: opening a lane or filling a stock is as little to
//! it as closing one.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::CandidateId;
use pumasi_flow::counterfactual::{Closeness, Proof, sweep};
use pumasi_flow::optimum::{Alteration, Effort, Optimiser, Optimum, Settled, Stand};
use pumasi_flow::posed::Posed as Numbers;
use pumasi_flow::{LinkIndex, Permit, PermitIndex, Problem, Stock};
use pumasi_hazard::draw::Draw;
use pumasi_view::readiness::{Counterfactual, apply_all};

use crate::figures::{self, BASE, GiverKey, milli};
use crate::job::{Item, Job};
use crate::rows::{self, EffectRow, ScenarioRow, SubstituteRow};
use crate::table::{Row, Table};
use crate::world::{Posed, World, WorldError};

/// How close to the best the plan of a scenario comes, as a share of its objective.
const GAP: f64 = 1e-6;

/// Runs the scenario `item`, of rank `scenario` in the run, and gives its rows, table by table as
/// [`rows::empty`] lists them.
///
/// # Errors
/// When the scenario cannot be posed or is larger than the planner holds.
pub fn run(
    world: &World,
    job: &Job,
    draw: &Draw,
    scenario: i64,
    item: &Item,
) -> Result<Vec<Table>, WorldError> {
    let posed = world.posed(job, draw, item)?;
    let mut tables = Tables(rows::empty());
    let mut row = ScenarioRow {
        scenario,
        name: item.scenario.to_string(),
        weight_ppm: item.weight_ppm,
        hazard: posed.hazard.clone(),
        source: posed.source.clone(),
        origin: posed.origin.to_string(),
        displaced: posed.displaced,
        burden_without_milli: 0,
        burden_milli: 0,
        objective_milli: 0,
        bound_milli: 0,
    };
    if !posed.problem.needs().is_empty() {
        let fault = |what| WorldError::Plan { scenario: item.scenario.clone(), what };
        let mut case = Case::new(scenario, &posed).map_err(fault)?;
        row.burden_without_milli = milli(case.optimiser.model().burden_without_relief());
        row.burden_milli = milli(case.optimum.burden);
        row.objective_milli = milli(case.base.objective);
        row.bound_milli = milli(case.base.bound.min(case.base.objective));
        case.as_things_are(&mut tables);
        case.as_they_could_be(&mut tables);
    }
    tables.push(row);
    Ok(tables.0)
}

/// The tables of one scenario.
struct Tables(Vec<Table>);

impl Tables {
    fn push<R: Row>(&mut self, row: R) {
        if let Some(table) = self.0.iter_mut().find(|table| table.name == R::NAME) {
            table.push(row);
        }
    }

    fn extend<R: Row>(&mut self, rows: Vec<R>) {
        for row in rows {
            self.push(row);
        }
    }
}

/// A scenario planned for as things are.
struct Case {
    scenario: i64,
    /// The problem with all candidates in it.
    problem: Problem,
    numbers: Numbers,
    questions: Vec<Question>,
    optimiser: Optimiser,
    base: Settled,
    optimum: Optimum,
    stand: Stand,
    givers: BTreeMap<GiverKey, f64>,
}

/// A counterfactual as what changes in the model.
struct Question {
    asked: Counterfactual,
    alterations: Vec<Alteration>,
}

impl Case {
    fn new(scenario: i64, posed: &Posed) -> Result<Self, String> {
        let additions = posed.counterfactuals.iter().filter(|one| !one.is_cut());
        let problem = apply_all(&posed.problem, additions).map_err(|errors| joined(&errors))?;
        let numbers = Numbers::new(&problem).map_err(|errors| joined(&errors))?;
        let (closing, questions) = questions(posed, &problem, &numbers);
        let mut optimiser = Optimiser::new(&numbers.model);
        for alteration in &closing {
            optimiser.alter(alteration);
        }
        let effort = Effort { gap: GAP, ..Effort::default() };
        let base = optimiser.settle(&effort);
        // Of the plans as good as each other: which place goes without is no accident.
        let optimum = optimiser.even(&base, &effort);
        let stand = optimiser.stand();
        let givers = figures::by_giver(&problem, &numbers, &optimum);
        Ok(Self { scenario, problem, numbers, questions, optimiser, base, optimum, stand, givers })
    }

    fn as_things_are(&self, tables: &mut Tables) {
        let (scenario, problem) = (self.scenario, &self.problem);
        let model = self.optimiser.model();
        tables.extend(figures::needs(scenario, BASE, problem, model, &self.optimum));
        tables.extend(figures::givers(scenario, &self.givers));
        tables.extend(figures::links(scenario, problem, &self.numbers, &self.optimum));
    }

    /// Answers every question; of those whose answer is more than a number, the rest as well.
    fn as_they_could_be(&mut self, tables: &mut Tables) {
        let questions = std::mem::take(&mut self.questions);
        let (detailed, swept): (Vec<_>, Vec<_>) =
            questions.into_iter().partition(|question| is_told_in_full(&question.asked));
        let cases: Vec<Vec<Alteration>> =
            swept.iter().map(|question| question.alterations.clone()).collect();
        let closeness = Closeness::default();
        let effects = sweep(&mut self.optimiser, &self.base, &cases, &closeness);
        for (question, effect) in swept.iter().zip(&effects) {
            let bounds = match effect.proof {
                // Exactly as before, whatever is left open about how good that is.
                Proof::Unused => (0.0, 0.0),
                Proof::Rerouted | Proof::Planned => {
                    (effect.least - self.base.objective, effect.most - self.base.bound)
                }
            };
            self.tell(tables, &question.asked, bounds, effect.proof);
            let gives_way = matches!(question.asked, Counterfactual::SuspendAgreement(_));
            if gives_way && effect.proof != Proof::Unused {
                let (_, optimum) = self.otherwise(&question.alterations);
                self.substitutes(tables, &question.asked, &optimum);
            }
        }
        for question in &detailed {
            let (settled, optimum) = self.otherwise(&question.alterations);
            let bounds = (settled.bound - self.base.objective, settled.objective - self.base.bound);
            self.tell(tables, &question.asked, bounds, Proof::Planned);
            // What surely changes nothing leaves every place as it was.
            if question.asked.is_cut() || bounds.1 < 0.0 {
                let (world, model) = (question.asked.to_string(), self.optimiser.model());
                let needs = figures::needs(self.scenario, &world, &self.problem, model, &optimum);
                tables.extend(needs);
            }
        }
    }

    /// Plans with some things otherwise, and goes back to how things are.
    fn otherwise(&mut self, alterations: &[Alteration]) -> (Settled, Optimum) {
        let closeness = Closeness::default();
        let gap_absolute = f64::max(
            closeness.of_objective * self.base.objective.abs(),
            closeness.of_burden_without * self.optimiser.model().burden_without_relief(),
        );
        let undo: Vec<Alteration> = alterations.iter().map(|a| self.optimiser.alter(a)).collect();
        let effort = Effort { gap: GAP, gap_absolute, ..Effort::default() };
        let settled = self.optimiser.settle(&effort);
        let optimum = self.optimiser.even(&settled, &effort);
        for alteration in undo.iter().rev() {
            self.optimiser.alter(alteration);
        }
        self.optimiser.go_back(&self.stand);
        (settled, optimum)
    }

    fn tell(
        &self,
        tables: &mut Tables,
        asked: &Counterfactual,
        (least, most): (f64, f64),
        proof: Proof,
    ) {
        // A cut helps nobody and an addition harms nobody, whatever a bound leaves open.
        let (least, most) = if asked.is_cut() {
            (least.max(0.0), most.max(0.0))
        } else {
            (least.min(0.0), most.min(0.0))
        };
        // Where bound and objective meet, their last digits may have passed each other; rounding
        // goes outwards, so that the truth stays between.
        let (least, most) = (least.min(most), least.max(most));
        tables.push(EffectRow {
            scenario: self.scenario,
            counterfactual: asked.to_string(),
            least_milli: figures::whole((least * 1000.0).floor()),
            most_milli: figures::whole((most * 1000.0).ceil()),
            proof: match proof {
                Proof::Unused => "unused",
                Proof::Rerouted => "rerouted",
                Proof::Planned => "planned",
            }
            .to_owned(),
        });
    }

    /// Who gives more and who less than as things are, over all places.
    fn substitutes(&self, tables: &mut Tables, asked: &Counterfactual, optimum: &Optimum) {
        let after = figures::by_giver(&self.problem, &self.numbers, optimum);
        let mut sums: BTreeMap<(&str, &str, &str), [f64; 2]> = BTreeMap::new();
        for (which, givers) in [&self.givers, &after].into_iter().enumerate() {
            for ((_, commodity, giver, agreement), units) in givers {
                let sum = sums.entry((commodity, giver, agreement)).or_default();
                if let Some(sum) = sum.get_mut(which) {
                    *sum += units;
                }
            }
        }
        for ((commodity, giver, agreement), units) in sums {
            let [units_before, units_after] = units.map(figures::whole);
            if units_before != units_after {
                tables.push(SubstituteRow {
                    scenario: self.scenario,
                    counterfactual: asked.to_string(),
                    commodity: commodity.to_owned(),
                    giver: giver.to_owned(),
                    agreement: agreement.to_owned(),
                    units_before,
                    units_after,
                });
            }
        }
    }
}

/// Whether every place is told of, and not the effect alone: what local ties deliver, and what a
/// step would bring to whom.
const fn is_told_in_full(asked: &Counterfactual) -> bool {
    matches!(asked, Counterfactual::CutNationalTies(_)) || !asked.is_cut()
}

fn joined<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What closes all candidates, and each counterfactual as alterations of the model so closed.
fn questions(
    posed: &Posed,
    problem: &Problem,
    numbers: &Numbers,
) -> (Vec<Alteration>, Vec<Question>) {
    let asker = Asker::new(posed, problem, numbers);
    let mut closing: Vec<Alteration> =
        asker.closed.iter().map(|lane| Alteration::CloseLane(*lane)).collect();
    let mut questions = Vec::new();
    for asked in &posed.counterfactuals {
        closing.extend(asker.absent(asked));
        let alterations = asker.alterations(asked);
        questions.push(Question { asked: asked.clone(), alterations });
    }
    (closing, questions)
}

/// Finds what stands for what in a model.
struct Asker<'a> {
    /// The problem without candidates.
    bare: &'a Problem,
    /// The problem with them.
    problem: &'a Problem,
    numbers: &'a Numbers,
    /// Lanes that are closed as things are: of suspended permits, and of candidates.
    closed: BTreeSet<usize>,
}

impl<'a> Asker<'a> {
    fn new(posed: &'a Posed, problem: &'a Problem, numbers: &'a Numbers) -> Self {
        let closed = numbers.closed.iter().copied().collect();
        let mut asker = Self { bare: &posed.problem, problem, numbers, closed };
        for asked in &posed.counterfactuals {
            if let Counterfactual::AddAgreement(id, ..) = asked {
                let lanes = asker.lanes_of_candidate(id);
                asker.closed.extend(lanes);
            }
        }
        asker
    }

    /// What makes a candidate absent.
    fn absent(&self, asked: &Counterfactual) -> Vec<Alteration> {
        match asked {
            Counterfactual::AddLink(id, _) => self
                .limits_of(id.as_str())
                .into_iter()
                .map(|limit| Alteration::ScaleLimit(limit, 0.0))
                .collect(),
            Counterfactual::AddStock(_, stock) => self
                .stock(stock)
                .map(|at| Alteration::SetStock(at, self.units_before(stock)))
                .into_iter()
                .collect(),
            // Its lanes are among those that are closed.
            _ => Vec::new(),
        }
    }

    fn alterations(&self, asked: &Counterfactual) -> Vec<Alteration> {
        match asked {
            Counterfactual::SuspendAgreement(agreement) => {
                self.closing(|permit| permit.clause.agreement == *agreement)
            }
            Counterfactual::SuspendClause(agreement, clause) => self.closing(|permit| {
                permit.clause.agreement == *agreement && permit.clause.clause == *clause
            }),
            Counterfactual::CutNationalTies(local) => {
                self.closing(|permit| !local.contains(&permit.clause.agreement))
            }
            Counterfactual::CutLink(id) => self
                .limits_of(id.as_str())
                .into_iter()
                .map(|limit| Alteration::ScaleLimit(limit, 0.0))
                .collect(),
            Counterfactual::AddAgreement(id, ..) => {
                self.lanes_of_candidate(id).into_iter().map(Alteration::OpenLane).collect()
            }
            Counterfactual::AddLink(id, _) => {
                let limits = self.limits_of(id.as_str()).into_iter();
                let parts = self.numbers.model.parts();
                let whole = |at: usize| {
                    let by_period = parts.limits.get(at)?;
                    Some(Alteration::SetLimit(at, by_period.clone()))
                };
                limits.filter_map(whole).collect()
            }
            Counterfactual::AddStock(_, stock) => {
                #[expect(clippy::as_conversions, reason = "units are far below two to the 53rd")]
                let units = self.units_before(stock) + stock.units as f64;
                let stock = self.stock(stock);
                stock.map(|at| Alteration::SetStock(at, units)).into_iter().collect()
            }
        }
    }

    /// Closes the lanes of permits for which `holds`, those that are closed already left alone:
    /// what undoes it would open them.
    fn closing(&self, holds: impl Fn(&Permit) -> bool) -> Vec<Alteration> {
        let lanes = self.lanes(holds).into_iter();
        lanes.filter(|lane| !self.closed.contains(lane)).map(Alteration::CloseLane).collect()
    }

    /// The lanes of permits for which `holds`.
    fn lanes(&self, holds: impl Fn(&Permit) -> bool) -> Vec<usize> {
        let permit = |at: &Option<PermitIndex>| self.problem.permits().get((*at)?.0);
        let lanes = self.numbers.permits.iter().enumerate();
        lanes.filter(|(_, at)| permit(at).is_some_and(&holds)).map(|(lane, _)| lane).collect()
    }

    fn lanes_of_candidate(&self, id: &CandidateId) -> Vec<usize> {
        self.lanes(|permit| permit.clause.agreement.as_str() == id.as_str())
    }

    fn limits_of(&self, link: &str) -> Vec<usize> {
        let links = self.problem.links();
        let at = links.iter().position(|known| known.id.as_str() == link);
        at.map_or_else(Vec::new, |at| self.numbers.limits_of(LinkIndex(at)))
    }

    fn stock(&self, stock: &Stock) -> Option<usize> {
        self.problem.stocks().iter().position(|known| is_same(known, stock))
    }

    /// Units that lie there as things are.
    fn units_before(&self, stock: &Stock) -> f64 {
        let known = self.bare.stocks().iter().find(|known| is_same(known, stock));
        let units = known.map_or(0, |known| known.units);
        #[expect(clippy::as_conversions, reason = "units are far below two to the 53rd")]
        let units = units as f64;
        units
    }
}

/// Whether two are one entry of a problem.
fn is_same(one: &Stock, other: &Stock) -> bool {
    one.owner == other.owner
        && one.site == other.site
        && one.commodity == other.commodity
        && one.release_period == other.release_period
}
