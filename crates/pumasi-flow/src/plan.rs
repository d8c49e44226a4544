//! A plan: an immutable value that says what goes where, when, by which links, under which permit.
//!
//! A [`Plan`] is only a claim. It promises something once [`crate::check()`] has judged it.

use std::fmt::Write as _;

use pumasi_base::Digest;

use crate::problem::{
    Horizon, LinkIndex, NeedIndex, PermitIndex, Problem, SiteIndex, StockIndex, clause_text,
};

/// One use of one link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// The link.
    pub link: LinkIndex,
    /// Where the goods leave.
    pub from: SiteIndex,
    /// Where they arrive.
    pub to: SiteIndex,
    /// The period whose capacity carries them: the one that holds `depart_min`.
    pub depart_period: usize,
    /// When they leave, in minutes from the start of the horizon.
    pub depart_min: i64,
    /// When `to` has taken them in: the duration of the link later, or more when `to` is full.
    pub arrive_min: i64,
}

/// Goods from one stock for one need over one route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Allocation {
    /// From where.
    pub stock: StockIndex,
    /// For what.
    pub need: NeedIndex,
    /// Under which permit; `None` when a party uses its own stock.
    pub permit: Option<PermitIndex>,
    /// How it travels; empty when it already lies where it is needed.
    pub route: Vec<Leg>,
    /// When it is there, in minutes from the start of the horizon; it serves from the first
    /// period that begins then or later.
    pub arrives_min: i64,
    /// How many units leave the stock.
    pub units: i64,
    /// When how many of them are handed out, where some are lost on the way or while they are kept;
    /// `None` where nothing is lost, and all serve from the first period on that begins when they
    /// are there.
    pub serving: Option<Serving>,
}

impl Allocation {
    /// The first period in which it serves, and how many units then.
    #[must_use]
    pub fn handed_out(&self, horizon: &Horizon) -> (usize, i64) {
        let whole = || (horizon.serving_period(self.arrives_min), self.units);
        self.serving.as_ref().map_or_else(whole, |serving| (serving.period, serving.units))
    }
}

/// What is handed out of goods that are lost with time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serving {
    /// The period in which they are handed out and used; it begins when they are there, or later.
    pub period: usize,
    /// How many are left by then.
    pub units: i64,
}

/// How many cents of a US dollar weigh as much as one unit of burden.
///
/// Little enough that no need that hurts is left for the sake of money, and enough that of two ways
/// the cheaper is taken.
pub const CENTS_A_BURDEN: i128 = 1000;

/// What a plan is worth; less is better, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Terms {
    /// Sum over needs and periods of units unmet times the commodity's weight.
    pub burden: i128,
    /// Of all needs, the largest share of unit-periods unmet, in parts per million.
    pub worst_share_ppm: i64,
    /// Sum over allocations of units times minutes until they arrive.
    pub unit_minutes: i128,
    /// Transport, in cents of a US dollar, each allocation rounded up.
    pub cost_cents: i128,
}

impl Terms {
    /// Burden and cost together, in thousandths of a unit of burden: what the best plan has least
    /// of.
    #[must_use]
    pub const fn objective_milli(&self) -> i128 {
        self.burden
            .saturating_mul(1000)
            .saturating_add(self.cost_cents.saturating_mul(1000) / CENTS_A_BURDEN)
    }
}

/// What is to be done, and what stays undone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The problem it answers.
    pub problem: Digest,
    /// The plan it replaces.
    pub parent: Option<Digest>,
    /// What goes where, ascending.
    pub allocations: Vec<Allocation>,
    /// For each need, the units unmet in each period: lost in it when the commodity perishes,
    /// still waited for in it when it lasts.
    pub unmet: Vec<Vec<i64>>,
    /// What it is worth.
    pub terms: Terms,
}

impl Plan {
    /// This plan as the successor of `parent`.
    #[must_use]
    pub fn replacing(mut self, parent: &Self, problem: &Problem) -> Self {
        self.parent = Some(parent.digest(problem));
        self
    }

    /// The digest of [`Plan::text`].
    #[must_use]
    pub fn digest(&self, problem: &Problem) -> Digest {
        Digest::of(self.text(problem).as_bytes())
    }

    /// The canonical text: everything the plan says, one line each, ids written out.
    ///
    /// An index the problem does not have is written as `?` and its number.
    #[must_use]
    pub fn text(&self, problem: &Problem) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        // The second version says what is left of what is lost with time.
        let version = if self.allocations.iter().any(|a| a.serving.is_some()) { 2 } else { 1 };
        let _ = writeln!(out, "pumasi-flow plan {version}");
        let _ = writeln!(out, "problem {}", self.problem);
        if let Some(parent) = &self.parent {
            let _ = writeln!(out, "parent {parent}");
        }
        let Terms { burden, worst_share_ppm, unit_minutes, cost_cents } = self.terms;
        let _ = writeln!(out, "terms {burden} {worst_share_ppm} {unit_minutes} {cost_cents}");
        for allocation in &self.allocations {
            write_allocation(&mut out, problem, allocation);
        }
        for (need, periods) in self.unmet.iter().enumerate() {
            if periods.iter().any(|units| *units != 0) {
                let units = periods.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
                let _ = writeln!(out, "unmet {} {units}", need_text(problem, NeedIndex(need)));
            }
        }
        out
    }
}

fn need_text(problem: &Problem, index: NeedIndex) -> String {
    problem.needs().get(index.0).map_or_else(
        || format!("?{}", index.0),
        |need| format!("{} {} {} {}", need.place, need.site, need.receiver, need.commodity),
    )
}

fn site_text(problem: &Problem, index: SiteIndex) -> String {
    problem.sites().get(index.0).map_or_else(|| format!("?{}", index.0), |site| site.id.to_string())
}

fn write_allocation(out: &mut String, problem: &Problem, allocation: &Allocation) {
    let Allocation { stock, need, permit, route, arrives_min, units, serving } = allocation;
    let stock = problem.stocks().get(stock.0).map_or_else(
        || format!("?{}", stock.0),
        |s| format!("{} {} {}", s.owner, s.site, s.release_period),
    );
    let need = need_text(problem, *need);
    let permit = permit.map_or_else(
        || "-".to_owned(),
        |index| {
            let known = problem.permits().get(index.0);
            // Two rows of one clause differ in modes or transit; the index tells them apart.
            known.map_or_else(
                || format!("?{}", index.0),
                |p| format!("{}@{}", clause_text(&p.clause), index.0),
            )
        },
    );
    // Writing to a string cannot fail.
    let _ = writeln!(out, "allocate {units} from {stock} to {need} under {permit} {arrives_min}");
    for leg in route {
        let link = problem
            .links()
            .get(leg.link.0)
            .map_or_else(|| format!("?{}", leg.link.0), |link| link.id.to_string());
        let (from, to) = (site_text(problem, leg.from), site_text(problem, leg.to));
        let Leg { depart_period, depart_min, arrive_min, .. } = leg;
        let _ = writeln!(out, "leg {link} {from} {to} {depart_period} {depart_min} {arrive_min}");
    }
    if let Some(Serving { period, units }) = serving {
        let _ = writeln!(out, "serve {period} {units}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case;
    use crate::solve::solve;

    const WORLD: &str = "
        water 1000 perishing 3
        site a\n site b
        link road a b road 90 10 1000
        stock jp a water 9 @0
        need p b jp water 2,2,2,2
    ";

    #[test]
    fn the_text_says_everything_the_plan_says() {
        let problem = case::problem(WORLD);
        let plan = solve(&problem);
        let text = plan.text(&problem);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "pumasi-flow plan 1");
        assert_eq!(lines[1], format!("problem {}", problem.digest()));
        assert_eq!(
            lines[2..],
            [
                "terms 12 500000 360 4",
                "allocate 4 from jp a 0 to p b jp water under - 90",
                "leg road a b 0 0 90",
                "unmet p b jp water 2,2,0,0",
            ]
        );
    }

    #[test]
    fn a_successor_names_its_parent() {
        let problem = case::problem(WORLD);
        let (first, second) = (solve(&problem), solve(&problem));
        assert_eq!(first.digest(&problem), second.digest(&problem));
        let successor = second.replacing(&first, &problem);
        assert_eq!(successor.parent, Some(first.digest(&problem)));
        assert_ne!(successor.digest(&problem), first.digest(&problem));
    }

    #[test]
    fn foreign_indices_are_written_as_such() {
        let problem = case::problem(WORLD);
        let mut plan = solve(&problem);
        plan.allocations[0].stock = StockIndex(7);
        plan.allocations[0].route[0].link = LinkIndex(8);
        let text = plan.text(&problem);
        assert!(text.contains("from ?7 to") && text.contains("leg ?8 a b"), "{text}");
    }
}
