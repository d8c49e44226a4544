//! The page of a plan: what moves, what stays undone and why, how good it is at most, and what it
//! changed.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::choose_plan::ChoosePlan;
use pumasi_act::{ActId, ClauseCited};
use pumasi_base::{Digest, PartyId, PortId, Status, Time};
use pumasi_flow::explain::overall;
use pumasi_flow::loading::Rounding;
use pumasi_flow::sweep::Weighed;
use pumasi_flow::{
    Allocation, Binding, Change, ClauseRef, Cut, LinkIndex, NeedIndex, PermitIndex, Plan, Problem,
    Proof, SiteIndex,
};

use crate::case::case_line;
use crate::chosen::cause;
use crate::lexicon::Lexicon;
use crate::loading::Manifest;
use crate::needs::{newest_plan, unit_of};
use crate::page::{
    Amount, BindLine, ChosenLine, ClauseLine, NextLine, PlanFlow, PlanLeg, PlanLink, PlanPage,
    PlanUnmet, PortLine, ProofLine, ServedLine, Words,
};
use crate::replan::replanned;
use crate::situation::{cause_code, cause_words, point};
use crate::visible::{Case, Held, Visible, case, cases};

/// Millionths in a whole.
const PPM: i128 = 1_000_000;

/// A plan that was chosen in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The act.
    pub act: ActId,
    /// Whose.
    pub party: PartyId,
    /// When it claims to be made.
    pub at: Time,
    /// What it says.
    pub body: ChoosePlan,
}

/// A problem and a plan for it.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// The plan.
    pub plan: &'a Plan,
}

/// What the page of a plan is made from, besides the case.
#[derive(Debug, Clone, Copy)]
pub struct PlanInputs<'a> {
    /// The plan and its problem.
    pub planned: Planned<'a>,
    /// The act that states it.
    pub stated: Option<&'a Stated>,
    /// What no plan can undercut.
    pub proof: &'a Proof,
    /// Digest of the prices behind the proof.
    pub certificate: Digest,
    /// The least objective in fractions of units, in thousandths, where it was reckoned.
    pub fractional_milli: Option<i128>,
    /// What bringing it on pallets and vehicles cost, where that is known.
    pub rounding: Option<&'a Rounding>,
    /// What stops each need.
    pub bindings: &'a [Binding],
    /// What would help most.
    pub remedies: &'a [Weighed],
    /// The plan before, when this one replaces it.
    pub before: Option<Planned<'a>>,
    /// What the problem had to leave out.
    pub findings: &'a [String],
}

/// A case, as far as planning for it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// The id pages use.
    pub id: String,
    /// Whether it is actual.
    pub status: Status,
    /// When the event began, where a matter says so.
    pub origin: Option<Time>,
}

/// The case called `id`, or the newest case the reader shares.
#[must_use]
pub fn current(held: &[Held<'_>], reader: &PartyId, id: Option<&str>) -> Option<Current> {
    let cases = cases(held, reader);
    let opened = |case: &&Case<'_>| case.matters.first().and_then(|matter| matter.opened());
    let found = match id {
        Some(id) => cases.iter().find(|case| case.id == id)?,
        None => cases.iter().max_by_key(opened)?,
    };
    let origin = found.matters.iter().find_map(|matter| matter.state.genesis.origin);
    Some(Current { id: found.id.clone(), status: found.status, origin })
}

/// The plan of the case that was chosen last, by whichever party.
#[must_use]
pub fn newest(held: &[Held<'_>], reader: &PartyId, id: &str) -> Option<Stated> {
    let case = case(held, reader, id)?;
    let (act, _) = newest_plan(&case)?;
    stated(&case, |other, _| *other == act)
}

/// The plan with that digest, where it was chosen in the case.
#[must_use]
pub fn chosen(held: &[Held<'_>], reader: &PartyId, id: &str, plan: &Digest) -> Option<Stated> {
    stated(&case(held, reader, id)?, |_, body| body.plan == *plan)
}

fn stated(case: &Case<'_>, is_it: impl Fn(&ActId, &ChoosePlan) -> bool) -> Option<Stated> {
    let of_matter = |matter: &crate::visible::Matter<'_>| {
        let (id, body) = matter.state.plans.iter().find(|(id, body)| is_it(id, body))?;
        let act = matter.act(id)?;
        let (party, at) = (act.party().clone(), act.payload().time);
        Some(Stated { act: *id, party, at, body: body.clone() })
    };
    case.matters.iter().find_map(of_matter)
}

/// The page of a plan; nothing when the reader does not share the case.
#[must_use]
pub fn plan(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    id: &str,
    as_of: Time,
    inputs: &PlanInputs<'_>,
) -> Option<Visible<PlanPage>> {
    let case = case(held, reader, id)?;
    let Planned { problem, plan } = inputs.planned;
    let page = Paper {
        lexicon,
        problem,
        plan,
        whole: inputs.proof.burden_without_relief,
        manifest: Manifest::new(lexicon, problem, plan),
    };
    let horizon = problem.horizon();
    Some(Visible::new(PlanPage {
        case: case_line(&case),
        as_of: as_of.to_string(),
        chosen: inputs.stated.map(|stated| ChosenLine {
            act: stated.act.to_string(),
            party: lexicon.party(&stated.party),
            at: stated.at.to_string(),
        }),
        plan: plan.digest(problem).to_string(),
        parent: plan.parent.map(|parent| parent.to_string()),
        problem: plan.problem.to_string(),
        start: horizon.start.to_string(),
        period_min: horizon.period_min,
        periods: whole(horizon.periods),
        proof: page.proof(inputs),
        served: page.served(),
        ports: page.ports(),
        links: page.links(),
        flows: page.flows(),
        loading: page.manifest.loading(plan, inputs.rounding, page.whole),
        unmet: page.unmet(inputs.bindings),
        binds: page.binds(inputs.bindings),
        next: inputs.remedies.iter().filter_map(|weighed| page.next(weighed)).collect(),
        replan: inputs.before.map(|before| replanned(lexicon, &case, before, inputs.planned)),
        findings: inputs.findings.to_vec(),
    }))
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A share in parts per million; of nothing it is nothing.
fn ppm(part: i128, of: i128) -> i64 {
    let share = part.saturating_mul(PPM).checked_div(of).unwrap_or(0);
    i64::try_from(share).unwrap_or(i64::MAX)
}

/// What the lines of the page are read from.
struct Paper<'a> {
    lexicon: &'a Lexicon,
    problem: &'a Problem,
    plan: &'a Plan,
    /// The burden without relief.
    whole: i128,
    manifest: Manifest<'a>,
}

impl Paper<'_> {
    fn proof(&self, inputs: &PlanInputs<'_>) -> ProofLine {
        let objective = self.plan.terms.objective_milli();
        // What pallets and vehicles cost is told apart from what whole units cost.
        let unloaded = objective - inputs.rounding.map_or(0, Rounding::objective_milli);
        let rounding = |fractional: i128| ppm((unloaded - fractional).max(0) / 1000, self.whole);
        ProofLine {
            objective_milli: objective.to_string(),
            bound_milli: inputs.proof.objective_milli.to_string(),
            without_relief_milli: self.whole.saturating_mul(1000).to_string(),
            gap_ppm: inputs.proof.gap_ppm(self.plan),
            rounding_ppm: inputs.fractional_milli.map(rounding),
            certificate: inputs.certificate.to_string(),
        }
    }

    fn served(&self) -> ServedLine {
        let periods = self.problem.horizon().periods;
        let mut all = vec![0_i128; periods];
        let mut left = vec![0_i128; periods];
        let mut worst: Option<(i64, usize)> = None;
        for (index, need) in self.problem.needs().iter().enumerate() {
            let weight = self.problem.commodity(&need.commodity).map_or(0, |c| c.weight);
            let (wanted, unmet) = (self.wanted(index), self.missing(index));
            let mut sums = [0_i128; 2];
            for (period, (wanted, unmet)) in wanted.iter().zip(unmet).enumerate() {
                let burdens = [*wanted, *unmet].map(|units| i128::from(units) * i128::from(weight));
                for (sum, burden) in
                    [all.get_mut(period), left.get_mut(period)].into_iter().flatten().zip(burdens)
                {
                    *sum += burden;
                }
                sums = [sums[0] + i128::from(*wanted), sums[1] + i128::from(*unmet)];
            }
            let share = ppm(sums[1], sums[0]);
            if share > worst.map_or(0, |(most, _)| most) {
                worst = Some((share, index));
            }
        }
        let met =
            |(left, all): (&i128, &i128)| if *all == 0 { 1_000_000 } else { ppm(all - left, *all) };
        let by_period_ppm: Vec<i64> = left.iter().zip(&all).map(met).collect();
        // A period without need says nothing of relief.
        let first = |least: i64| {
            let mut told = by_period_ppm.iter().zip(&all);
            let period = told.position(|(share, all)| *all > 0 && *share >= least)?;
            Some(self.problem.horizon().first_min(period))
        };
        let need = worst.and_then(|(_, index)| self.problem.needs().get(index));
        ServedLine {
            share_ppm: ppm(self.whole - self.plan.terms.burden, self.whole),
            half_min: first(500_000),
            nine_tenths_min: first(900_000),
            by_period_ppm,
            worst_ppm: worst.map_or(0, |(share, _)| share),
            worst_place: need.map(|need| self.lexicon.place(&need.place)),
            worst_commodity: need.map(|need| self.lexicon.commodity(&need.commodity)),
            cost_cents: self.plan.terms.cost_cents.to_string(),
        }
    }

    /// Units wanted in each period; of what lasts, all wanted up to then.
    fn wanted(&self, index: usize) -> Vec<i64> {
        let Some(need) = self.problem.needs().get(index) else { return Vec::new() };
        let perishing = self.problem.commodity(&need.commodity).is_some_and(|c| c.perishing);
        let mut sum = 0_i64;
        let add = |units: &i64| {
            sum = if perishing { *units } else { sum.saturating_add(*units) };
            sum
        };
        need.wanted.iter().map(add).collect()
    }

    fn missing(&self, index: usize) -> &[i64] {
        self.plan.unmet.get(index).map_or(&[], Vec::as_slice)
    }

    /// Every port that goods of the plan pass.
    fn ports(&self) -> Vec<PortLine> {
        let mut passed: BTreeSet<usize> = BTreeSet::new();
        for allocation in &self.plan.allocations {
            let stock = self.problem.stocks().get(allocation.stock.0);
            let start = stock.and_then(|stock| self.problem.site_index(&stock.site));
            passed.extend(start.map(|site| site.0));
            passed.extend(allocation.route.iter().flat_map(|leg| [leg.from.0, leg.to.0]));
        }
        for need in self.problem.needs() {
            passed.extend(self.problem.site_index(&need.site).map(|site| site.0));
        }
        // Ends of links that are closed are on the map as well, though nothing passes them.
        for link in self.problem.links().iter().filter(|link| !link.closures.is_empty()) {
            let ends = [&link.from, &link.to].map(|end| self.problem.site_index(end));
            passed.extend(ends.into_iter().flatten().map(|site| site.0));
        }
        let line = |index: usize| {
            let id = &self.problem.sites().get(index)?.id;
            let port = self.lexicon.catalog().ports.get(id)?;
            let names = Words::from(&port.names);
            Some(PortLine { id: id.to_string(), names, at: point(port.at.0) })
        };
        passed.into_iter().filter_map(line).collect()
    }

    fn links(&self) -> Vec<PlanLink> {
        let mut grams: BTreeMap<usize, i128> = BTreeMap::new();
        for allocation in &self.plan.allocations {
            for leg in &allocation.route {
                *grams.entry(leg.link.0).or_default() += self.grams(allocation);
            }
        }
        let line = |(index, link): (usize, &pumasi_flow::Link)| {
            let periods = 0..self.problem.horizon().periods;
            let closed = periods.filter(|period| link.closure_in(*period).is_some()).count();
            let kg = grams.get(&index).map_or(0, |grams| grams / 1000);
            (closed > 0 || kg > 0).then(|| PlanLink {
                id: link.id.to_string(),
                names: self.lexicon.link(&link.id),
                mode: pumasi_agreement::scope::mode_code(link.mode).to_owned(),
                from: link.from.to_string(),
                to: link.to.to_string(),
                closed_periods: whole(closed),
                cause: link.closures.first().map(|c| cause_code(c.cause).to_owned()),
                kg: i64::try_from(kg).unwrap_or(i64::MAX),
            })
        };
        self.problem.links().iter().enumerate().filter_map(line).collect()
    }

    fn grams(&self, allocation: &Allocation) -> i128 {
        let need = self.problem.needs().get(allocation.need.0);
        let mass = need.and_then(|need| self.problem.commodity(&need.commodity));
        mass.map_or(0, |commodity| i128::from(commodity.mass_g) * i128::from(allocation.units))
    }

    fn flows(&self) -> Vec<PlanFlow> {
        let mut flows: Vec<PlanFlow> =
            self.plan.allocations.iter().filter_map(|one| self.flow(one)).collect();
        flows.sort_by(|a, b| a.arrives.cmp(&b.arrives).then_with(|| b.kg.cmp(&a.kg)));
        flows
    }

    fn flow(&self, allocation: &Allocation) -> Option<PlanFlow> {
        let (lexicon, problem) = (self.lexicon, self.problem);
        let stock = problem.stocks().get(allocation.stock.0)?;
        let need = problem.needs().get(allocation.need.0)?;
        let horizon = problem.horizon();
        let site = |index: SiteIndex| Some(problem.sites().get(index.0)?.id.to_string());
        let leg = |leg: &pumasi_flow::Leg| {
            Some(PlanLeg {
                link: problem.links().get(leg.link.0)?.id.to_string(),
                from: site(leg.from)?,
                to: site(leg.to)?,
                departs: horizon.time_at(leg.depart_min).to_string(),
                arrives: horizon.time_at(leg.arrive_min).to_string(),
                vehicles: self.manifest.vehicles(leg),
            })
        };
        let departs = allocation.route.first().map_or(allocation.arrives_min, |leg| leg.depart_min);
        let amount = |units: i64| Amount {
            milli: units.saturating_mul(1000),
            unit: unit_of(lexicon, &need.commodity),
        };
        Some(PlanFlow {
            giver: lexicon.party(&stock.owner),
            receiver: lexicon.party(&need.receiver),
            place: need.place.to_string(),
            place_names: lexicon.place(&need.place),
            commodity: need.commodity.to_string(),
            names: lexicon.commodity(&need.commodity),
            amount: amount(allocation.units),
            left: allocation.serving.as_ref().map(|serving| amount(serving.units)),
            kg: i64::try_from(self.grams(allocation) / 1000).unwrap_or(i64::MAX),
            packed: self.manifest.packed(allocation),
            from: stock.site.to_string(),
            departs: horizon.time_at(departs).to_string(),
            arrives: horizon.time_at(allocation.arrives_min).to_string(),
            clause: allocation.permit.and_then(|permit| self.permit(permit)),
            legs: allocation.route.iter().map(leg).collect::<Option<_>>()?,
        })
    }

    fn permit(&self, permit: PermitIndex) -> Option<ClauseLine> {
        Some(self.clause(&self.problem.permits().get(permit.0)?.clause))
    }

    fn clause(&self, clause: &ClauseRef) -> ClauseLine {
        clause_line(self.lexicon, clause)
    }

    fn unmet(&self, bindings: &[Binding]) -> Vec<PlanUnmet> {
        bindings.iter().filter_map(|binding| self.unmet_line(binding)).collect()
    }

    fn unmet_line(&self, binding: &Binding) -> Option<PlanUnmet> {
        let NeedIndex(index) = binding.need;
        let need = self.problem.needs().get(index)?;
        let wanted = self.wanted(index);
        let sum: i128 = wanted.iter().copied().map(i128::from).sum();
        let line = |cost: &pumasi_flow::Cost| self.bind(&cost.cut, 1, cost.burden);
        Some(PlanUnmet {
            place: need.place.to_string(),
            place_names: self.lexicon.place(&need.place),
            commodity: need.commodity.to_string(),
            names: self.lexicon.commodity(&need.commodity),
            unit: unit_of(self.lexicon, &need.commodity),
            wanted,
            unmet: self.missing(index).to_vec(),
            share_ppm: ppm(binding.unit_periods, sum),
            burden_ppm: ppm(binding.burden, self.whole),
            binds: binding.costs.iter().map(line).collect(),
        })
    }

    fn binds(&self, bindings: &[Binding]) -> Vec<BindLine> {
        let line = |one: &pumasi_flow::Overall| self.bind(&one.cut, one.needs, one.burden);
        // Cuts that differ only in the period they tell of read the same and are one line.
        let mut lines: Vec<BindLine> = Vec::new();
        for line in overall(bindings).iter().map(line) {
            let same = |other: &&mut BindLine| {
                (&other.words, &other.clause) == (&line.words, &line.clause)
            };
            if let Some(known) = lines.iter_mut().find(same) {
                known.needs += line.needs;
                known.burden_ppm += line.burden_ppm;
            } else {
                lines.push(line);
            }
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.burden_ppm));
        lines
    }

    fn bind(&self, cut: &Cut, needs: usize, burden: i128) -> BindLine {
        let (code, clause) = match cut {
            Cut::Together { .. } => ("together", None),
            Cut::NoPermit { suspended, .. } => {
                (cause(self.problem, cut).0, suspended.first().and_then(|p| self.permit(*p)))
            }
            Cut::CeilingReached { ceilings } => {
                let ceiling = ceilings.first().and_then(|c| self.problem.ceilings().get(c.0));
                let clause = ceiling.map(|ceiling| self.clause(&ceiling.id.clause));
                (cause(self.problem, cut).0, clause)
            }
            _ => (cause(self.problem, cut).0, None),
        };
        BindLine {
            cause: code.to_owned(),
            words: self.cut_words(cut),
            clause,
            needs: whole(needs),
            burden_ppm: ppm(burden, self.whole),
        }
    }

    /// What a cut is, in words; of several together, one after the other.
    fn cut_words(&self, cut: &Cut) -> Words {
        if let Cut::Together { cuts } = cut {
            let all: Vec<Words> = cuts.iter().map(|cut| self.cut_words(cut)).collect();
            return joined(&all, " + ");
        }
        let (code, what) = cause(self.problem, cut);
        cause_words(self.lexicon, code, what.as_deref())
    }

    /// What a site is called.
    fn site(&self, id: &PortId) -> Words {
        let port = self.lexicon.catalog().ports.get(id);
        port.map_or_else(|| Words::same(id.as_str()), |port| Words::from(&port.names))
    }

    fn next(&self, weighed: &Weighed) -> Option<NextLine> {
        let link =
            |index: &LinkIndex| Some(self.lexicon.link(&self.problem.links().get(index.0)?.id));
        let (kind, what, clause) = match &weighed.change {
            Change::OpenLink(index) => ("open_link", link(index)?, None),
            Change::ScaleLink(index, _) => ("larger_link", link(index)?, None),
            Change::ResumePermits(permits) => {
                let clause = self.permit(*permits.first()?)?;
                ("resume_clause", clause.article.clone(), Some(clause))
            }
            Change::SetCeiling(index, _) => {
                let clause = self.clause(&self.problem.ceilings().get(index.0)?.id.clause);
                ("larger_ceiling", clause.article.clone(), Some(clause))
            }
            Change::ScaleStock(index, _) => {
                let stock = self.problem.stocks().get(index.0)?;
                let (owner, site) =
                    (self.lexicon.party(&stock.owner).names, self.site(&stock.site));
                let what = [self.lexicon.commodity(&stock.commodity), owner, site];
                ("larger_stock", joined(&what, " · "), None)
            }
            Change::LayIn(index, _) => {
                let need = self.problem.needs().get(index.0)?;
                let what =
                    [self.lexicon.commodity(&need.commodity), self.lexicon.place(&need.place)];
                ("lay_in", joined(&what, " · "), None)
            }
            Change::ScaleHandling(index, _) => {
                ("larger_port", self.site(&self.problem.sites().get(index.0)?.id), None)
            }
            Change::Permit(giver, index) => {
                let need = self.problem.needs().get(index.0)?;
                let sides = [giver, &need.receiver].map(|party| self.lexicon.party(party).names);
                let what = [joined(&sides, " → "), self.lexicon.commodity(&need.commodity)];
                ("make_agreement", joined(&what, " · "), None)
            }
            // What takes something away helps nobody.
            Change::CloseLink(..) | Change::SuspendPermits(..) => return None,
        };
        let share = |milli: i128| ppm(milli, self.whole.saturating_mul(1000));
        Some(NextLine {
            kind: kind.to_owned(),
            what,
            clause,
            gain_ppm: share(weighed.gain_milli),
            least_ppm: share(weighed.least_milli),
            most_ppm: share(weighed.most_milli),
        })
    }
}

/// Several words as one, in each language.
fn joined(all: &[Words], between: &str) -> Words {
    Words::each(|lang| {
        all.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join(between)
    })
}

/// A clause of a permit as pages cite it.
pub(crate) fn clause_line(lexicon: &Lexicon, clause: &ClauseRef) -> ClauseLine {
    let ClauseRef { agreement, clause } = clause.clone();
    lexicon.clause(&ClauseCited { agreement, clause })
}

#[cfg(test)]
mod tests {
    use pumasi_base::Status;
    use pumasi_flow::{explain, prove, read_problem, solve_with_proof, weighed};

    use super::*;
    use crate::world::{Case as Played, en, lexicon, origin, party};

    /// Forty blankets by ferry and road for two days, of which a ferry takes ten at a time.
    const WORLD: &str = "pumasi-flow problem 1
horizon 2024-01-01T00:00:00Z 720 4
commodity blanket 2000 false 1
site hub-jp-2 - -
site hub-kr - -
link ferry-kr hub-kr hub-jp-2 true Sea 600 1000 20,20,20,20
stock kr blanket-site 0 0
need jp-2 hub-jp-2 jp blanket true 0,40,0,0
permit kr-jp#art-1 kr jp blanket Sea,Road * 0 - false -
";

    fn world(stock: &str) -> String {
        WORLD.replace("stock kr blanket-site 0 0", stock)
    }

    /// The page as `reader` sees it, in short.
    #[track_caller]
    fn check(reader: &str, text: &str, expected: &str) {
        let problem = read_problem(text).unwrap();
        let solved = solve_with_proof(&problem);
        let proof = prove(&problem, &solved.certificate);
        let remedies = weighed(&problem, &solved.plan, &proof, (4, 4));
        let bindings = explain(&problem, &solved.plan);
        let inputs = PlanInputs {
            planned: Planned { problem: &problem, plan: &solved.plan },
            stated: None,
            proof: &proof,
            certificate: solved.certificate.digest(&problem),
            fractional_milli: None,
            rounding: None,
            bindings: &bindings,
            remedies: &remedies,
            before: None,
            findings: &[],
        };
        let told = Played::played(Status::Exercise).held(|held| {
            let (lexicon, reader) = (lexicon(), party(reader));
            let case = current(held, &reader, None).map_or_else(String::new, |case| case.id);
            plan(&lexicon, held, &reader, &case, origin(), &inputs)
                .map(|page| told(&page.into_inner()))
        });
        assert_eq!(told.unwrap_or_else(|| "nothing".to_owned()), expected);
    }

    fn told(page: &PlanPage) -> String {
        let flow = |flow: &PlanFlow| {
            let ways: Vec<&str> = flow.legs.iter().map(|leg| leg.link.as_str()).collect();
            format!(
                "{} by {} at {}",
                flow.amount.milli / 1000,
                ways.join("+"),
                &flow.arrives[8..13]
            )
        };
        let flows: Vec<String> = page.flows.iter().map(flow).collect();
        let unmet: Vec<String> = page
            .unmet
            .iter()
            .map(|line| format!("{:?} of {:?}: {}", line.unmet, line.wanted, line.binds[0].cause))
            .collect();
        let next: Vec<String> =
            page.next.iter().map(|line| format!("{} {}", line.kind, en(&line.what))).collect();
        format!(
            "{} | {} | {} | served {}, half {:?}, gap {}",
            flows.join(", "),
            unmet.join(", "),
            next.join(", "),
            page.served.share_ppm,
            page.served.half_min,
            page.proof.gap_ppm,
        )
    }

    #[test]
    fn the_page_says_what_moves_what_is_missing_and_what_would_help() {
        check(
            "jp",
            &world("stock kr hub-kr blanket 99 0"),
            "10 by ferry-kr at 01T10, 10 by ferry-kr at 01T22, 10 by ferry-kr at 02T10 \
             | [0, 30, 20, 10] of [0, 40, 40, 40]: capacity | larger_link Ferry to Korea \
             | served 500000, half Some(1440), gap 0",
        );
    }

    #[test]
    fn who_does_not_share_the_case_sees_nothing() {
        check("ru", &world("stock kr hub-kr blanket 99 0"), "nothing");
    }
}
