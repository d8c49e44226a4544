//! Judges what is said to move by the model alone.
//!
//! Invariant: shares nothing with the code that makes plans, so that a mistake there does not
//! excuse itself here.

use super::{Model, ModelLane, ModelNeed, ModelParts, ModelStock};

/// A sum may pass its limit by this share of it, and by this much beside it: floating-point sums
/// of millions of amounts stay far below.
pub const TOLERANCE: f64 = 1e-6;

/// Goods of one stock that serve one need in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipment {
    /// The lane that permits it.
    pub lane: usize,
    /// The stock it is taken from.
    pub stock: usize,
    /// The need it serves.
    pub need: usize,
    /// The period in which it is handed out.
    pub period: usize,
    /// Units handed out; what was lost on the way left the stock beside them.
    pub units: f64,
    /// The way, in order; empty where the goods lie where they are needed.
    pub steps: Vec<Carriage>,
}

/// One arc of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carriage {
    /// The arc.
    pub arc: usize,
    /// The minute in which goods leave.
    pub depart_min: i64,
    /// The minute in which they are taken in.
    pub arrive_min: i64,
}

/// What a plan that breaks no rule comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Burden left.
    pub burden: f64,
    /// Cost of all that moves.
    pub cost: f64,
    /// Burden and weighted cost.
    pub objective: f64,
}

/// A rule a shipment broke by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It names something the model does not have.
    NotInModel,
    /// Its units are no number above zero.
    UnitsMustBePositive,
    /// Its lane does not permit it to draw on its stock.
    StockNotInLane,
    /// Its lane does not permit it to serve its need.
    NeedNotInLane,
    /// Its lane does not permit an arc it uses.
    ArcNotInLane,
    /// Its way does not lead from the stock to the need.
    WayBroken,
    /// Goods move or are handed out before stock or lane are open.
    BeforeRelease,
    /// A step begins before the goods are there.
    LeavesBeforeArrival,
    /// A step takes less time than its arc.
    FasterThanArc,
    /// It leaves or serves when the horizon is over.
    AfterHorizon,
    /// It serves a period that began before it came.
    ServesBeforeArrival,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::NotInModel,
        Self::UnitsMustBePositive,
        Self::StockNotInLane,
        Self::NeedNotInLane,
        Self::ArcNotInLane,
        Self::WayBroken,
        Self::BeforeRelease,
        Self::LeavesBeforeArrival,
        Self::FasterThanArc,
        Self::AfterHorizon,
        Self::ServesBeforeArrival,
    ];

    /// The code by which programs and captions name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInModel => "not_in_model",
            Self::UnitsMustBePositive => "units_must_be_positive",
            Self::StockNotInLane => "stock_not_in_lane",
            Self::NeedNotInLane => "need_not_in_lane",
            Self::ArcNotInLane => "arc_not_in_lane",
            Self::WayBroken => "way_broken",
            Self::BeforeRelease => "before_release",
            Self::LeavesBeforeArrival => "leaves_before_arrival",
            Self::FasterThanArc => "faster_than_arc",
            Self::AfterHorizon => "after_horizon",
            Self::ServesBeforeArrival => "serves_before_arrival",
        }
    }
}

/// A rule that is broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Breach {
    /// One shipment breaks a rule by itself.
    Shipment {
        /// Its position in the plan.
        shipment: usize,
        /// The rule.
        fault: Fault,
    },
    /// More is taken from a stock than it holds.
    Stock {
        /// The stock.
        stock: usize,
        /// Units taken.
        found: f64,
        /// Units it holds.
        most: f64,
    },
    /// More is handed out than is missing by then.
    Need {
        /// The need.
        need: usize,
        /// The period.
        period: usize,
        /// Units handed out: in the period when the commodity perishes, until then when it lasts.
        found: f64,
        /// Units missing.
        most: f64,
    },
    /// More passes a limit in a period than it allows.
    Limit {
        /// The limit.
        limit: usize,
        /// The period.
        period: usize,
        /// Load that passes.
        found: f64,
        /// Load allowed.
        most: f64,
    },
    /// More moves under a ceiling than it allows.
    Ceiling {
        /// The ceiling.
        ceiling: usize,
        /// Load that moves.
        found: f64,
        /// Load allowed.
        most: f64,
    },
    /// The objective stated is not what the shipments come to.
    Objective {
        /// What was stated.
        claimed: f64,
        /// What the shipments come to.
        found: f64,
    },
}

/// Verifies every constraint of `model` on `shipments`, and the objective they are said to have.
///
/// A step counts against the limits of its arc in the period it leaves in, with what leaves; and
/// against the intake of the site it reaches in the period it is taken in, with what arrives. A
/// ceiling counts what left the stock.
///
/// # Errors
/// Every rule broken. Shipments that break one by themselves count in no sum.
pub fn judge(model: &Model, shipments: &[Shipment], claimed: f64) -> Result<Judged, Vec<Breach>> {
    let parts = model.parts();
    let mut sums = Sums::new(parts);
    let mut breaches = Vec::new();
    for (index, shipment) in shipments.iter().enumerate() {
        match Trip::new(parts, shipment) {
            Ok(trip) => sums.add(&trip),
            Err(fault) => breaches.push(Breach::Shipment { shipment: index, fault }),
        }
    }
    sums.breaches(&mut breaches);
    let needs = parts.needs.iter().zip(&sums.served);
    let burden = needs.map(|(need, served)| model.burden_of(need, served)).sum::<f64>();
    let objective = burden + parts.cost_weight * sums.cost;
    let slack = TOLERANCE * (1.0 + objective.abs());
    let claimed_right = (claimed - objective).abs() <= slack;
    // A claim that is no number is within no distance.
    if breaches.is_empty() && !claimed_right {
        breaches.push(Breach::Objective { claimed, found: objective });
    }
    let judged = Judged { burden, cost: sums.cost, objective };
    if breaches.is_empty() { Ok(judged) } else { Err(breaches) }
}

/// A shipment whose own rules hold, with what it refers to.
struct Trip<'a> {
    parts: &'a ModelParts,
    shipment: &'a Shipment,
    lane: &'a ModelLane,
    load: f64,
    kept: f64,
    /// The period from which its goods may move, and age.
    start: usize,
}

impl<'a> Trip<'a> {
    fn new(parts: &'a ModelParts, shipment: &'a Shipment) -> Result<Self, Fault> {
        let lane = parts.lanes.get(shipment.lane).ok_or(Fault::NotInModel)?;
        let stock = parts.stocks.get(shipment.stock).ok_or(Fault::NotInModel)?;
        let need = parts.needs.get(shipment.need).ok_or(Fault::NotInModel)?;
        let goods = parts.commodities.get(lane.commodity).ok_or(Fault::NotInModel)?;
        if !(shipment.units > 0.0 && shipment.units.is_finite()) {
            return Err(Fault::UnitsMustBePositive);
        }
        if !lane.stocks.contains(&shipment.stock) {
            return Err(Fault::StockNotInLane);
        }
        if !lane.needs.contains(&shipment.need) {
            return Err(Fault::NeedNotInLane);
        }
        let start = stock.release_period.max(lane.earliest_period);
        let trip = Self { parts, shipment, lane, load: goods.load, kept: goods.kept, start };
        trip.follow(stock, need)?;
        Ok(trip)
    }

    /// Follows the way from stock to need.
    fn follow(&self, stock: &ModelStock, need: &ModelNeed) -> Result<(), Fault> {
        let network = self.parts.networks.get(self.lane.network).ok_or(Fault::NotInModel)?;
        let (mut site, mut ready_min) = (stock.site, self.first_min(self.start));
        for (number, step) in self.shipment.steps.iter().enumerate() {
            let arc = self.parts.arcs.get(step.arc).ok_or(Fault::NotInModel)?;
            if !network.contains(&step.arc) {
                return Err(Fault::ArcNotInLane);
            }
            if arc.from != site {
                return Err(Fault::WayBroken);
            }
            if step.depart_min < ready_min {
                let first = number == 0;
                return Err(if first { Fault::BeforeRelease } else { Fault::LeavesBeforeArrival });
            }
            if step.arrive_min < step.depart_min.saturating_add(arc.duration_min) {
                return Err(Fault::FasterThanArc);
            }
            if self.period_of(step.arrive_min) >= self.parts.periods {
                return Err(Fault::AfterHorizon);
            }
            (site, ready_min) = (arc.to, step.arrive_min);
        }
        if site != need.site {
            return Err(Fault::WayBroken);
        }
        if self.shipment.period >= self.parts.periods {
            return Err(Fault::AfterHorizon);
        }
        if self.first_min(self.shipment.period) < ready_min {
            let still = self.shipment.steps.is_empty();
            return Err(if still { Fault::BeforeRelease } else { Fault::ServesBeforeArrival });
        }
        Ok(())
    }

    fn first_min(&self, period: usize) -> i64 {
        i64::try_from(period).unwrap_or(i64::MAX).saturating_mul(self.parts.period_min)
    }

    fn period_of(&self, minute: i64) -> usize {
        usize::try_from(minute / self.parts.period_min).unwrap_or(usize::MAX)
    }

    /// What must be there in `earlier` for `units` to be left in `later`.
    fn before(&self, units: f64, earlier: usize, later: usize) -> f64 {
        // Powers are taken by multiplying, so that every machine gets the same bits.
        (earlier..later).fold(units, |units, _| units / self.kept)
    }
}

/// What all shipments come to together.
struct Sums<'a> {
    parts: &'a ModelParts,
    taken: Vec<f64>,
    served: Vec<Vec<f64>>,
    passed: Vec<Vec<f64>>,
    counted: Vec<f64>,
    cost: f64,
}

impl<'a> Sums<'a> {
    fn new(parts: &'a ModelParts) -> Self {
        let by_period = |count: usize| vec![vec![0.0; parts.periods]; count];
        Self {
            parts,
            taken: vec![0.0; parts.stocks.len()],
            served: by_period(parts.needs.len()),
            passed: by_period(parts.limits.len()),
            counted: vec![0.0; parts.ceilings.len()],
            cost: 0.0,
        }
    }

    /// Adds a trip, from its end to its beginning: what is lost underway was more before.
    fn add(&mut self, trip: &Trip<'_>) {
        let shipment = trip.shipment;
        let served = self.served.get_mut(shipment.need).and_then(|s| s.get_mut(shipment.period));
        served.into_iter().for_each(|served| *served += shipment.units);
        let (mut units, mut period) = (shipment.units, shipment.period);
        for step in shipment.steps.iter().rev() {
            let Some(arc) = self.parts.arcs.get(step.arc) else { continue };
            let (arrives, departs) =
                (trip.period_of(step.arrive_min), trip.period_of(step.depart_min));
            units = trip.before(units, arrives, period);
            let intake = self.parts.sites.get(arc.to).and_then(|site| site.intake);
            self.pass(intake.as_slice(), arrives, units * trip.load);
            units = trip.before(units / arc.retained, departs, arrives);
            self.pass(&arc.limits, departs, units * trip.load);
            self.cost += units * trip.load * arc.cost;
            period = departs;
        }
        units = trip.before(units, trip.start, period);
        self.taken.get_mut(shipment.stock).into_iter().for_each(|taken| *taken += units);
        for ceiling in &trip.lane.ceilings {
            let counted = self.counted.get_mut(*ceiling);
            counted.into_iter().for_each(|counted| *counted += units * trip.load);
        }
    }

    fn pass(&mut self, limits: &[usize], period: usize, load: f64) {
        for limit in limits {
            let passed = self.passed.get_mut(*limit).and_then(|passed| passed.get_mut(period));
            passed.into_iter().for_each(|passed| *passed += load);
        }
    }

    fn breaches(&self, breaches: &mut Vec<Breach>) {
        for (stock, (found, holds)) in self.taken.iter().zip(&self.parts.stocks).enumerate() {
            if above(*found, holds.units) {
                breaches.push(Breach::Stock { stock, found: *found, most: holds.units });
            }
        }
        for (need, (served, wants)) in self.served.iter().zip(&self.parts.needs).enumerate() {
            self.too_much(need, wants, served, breaches);
        }
        for (limit, (passed, most)) in self.passed.iter().zip(&self.parts.limits).enumerate() {
            for (period, (found, most)) in passed.iter().zip(most).enumerate() {
                if above(*found, *most) {
                    breaches.push(Breach::Limit { limit, period, found: *found, most: *most });
                }
            }
        }
        for (ceiling, (found, most)) in self.counted.iter().zip(&self.parts.ceilings).enumerate() {
            if above(*found, *most) {
                breaches.push(Breach::Ceiling { ceiling, found: *found, most: *most });
            }
        }
    }

    fn too_much(&self, need: usize, wants: &ModelNeed, served: &[f64], breaches: &mut Vec<Breach>) {
        let perishing = self.parts.commodities.get(wants.commodity).is_some_and(|c| c.perishing);
        let (mut found, mut most) = (0.0, 0.0);
        for (period, (came, wanted)) in served.iter().zip(&wants.wanted).enumerate() {
            if perishing {
                (found, most) = (0.0, 0.0);
            }
            found += came;
            most += wanted;
            if above(found, most) {
                breaches.push(Breach::Need { need, period, found, most });
            }
        }
    }
}

fn above(found: f64, most: f64) -> bool {
    found > most + TOLERANCE * (1.0 + most)
}

#[cfg(test)]
mod tests;
