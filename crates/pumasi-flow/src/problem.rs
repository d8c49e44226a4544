//! The planning problem: what lies where, what is needed where, what carries, what is permitted.
//!
//! A [`Problem`] is a pure value of integers and ids. It is made from [`ProblemParts`] by
//! [`Problem::new`], which refuses parts that contradict each other and gives everything one
//! rank, so that two parties that list the same facts hold the same problem, index by index.

use std::collections::BTreeSet;

use pumasi_base::catalog::{Cause, Mode};
use pumasi_base::{
    AgreementId, Captions, ClauseId, CommodityId, Digest, LinkId, PartyId, PlaceId, PortId, Time,
};

/// Most periods a horizon may have.
pub const PERIODS_MAX: usize = 4096;
/// Most units one stock or one period of a need may have.
pub const UNITS_MAX: i64 = 1_000_000_000;
/// Heaviest unit, in grams: a hundred tonnes.
pub const MASS_G_MAX: i64 = 100_000_000;
/// Largest capacity, handling or ceiling, in kilograms.
pub const KG_MAX: i64 = 1_000_000_000_000;
/// Largest weight of a commodity and largest cost of a tonne in cents.
pub const WEIGHT_MAX: i64 = 1_000_000_000;
/// The parts in which [`Commodity::left`] counts.
pub const WHOLE: i64 = 1_000_000_000_000_000;
/// Of what is there at the start of the horizon, the parts of [`WHOLE`] that must be left of a
/// commodity at its end: a millionth. What fades faster cannot be planned with.
const LEFT_MIN: i64 = WHOLE / 1_000_000;
/// Parts per million times the minutes of a day.
const DAY_PPM: i64 = 1_000_000 * 1440;

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(
            /// The position, from zero.
            pub usize,
        );
    )*};
}

indices! {
    /// The position of a site in [`Problem::sites`].
    SiteIndex;
    /// The position of a link in [`Problem::links`].
    LinkIndex;
    /// The position of a stock in [`Problem::stocks`].
    StockIndex;
    /// The position of a need in [`Problem::needs`].
    NeedIndex;
    /// The position of a permit in [`Problem::permits`].
    PermitIndex;
    /// The position of a ceiling in [`Problem::ceilings`].
    CeilingIndex;
}

pub(crate) use written::{ceiling_text, clause_text};

/// The stretch of time a plan covers, cut into periods of equal length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Horizon {
    /// The instant minute 0 stands for.
    pub start: Time,
    /// Minutes in a period; capacities and needs are per period.
    pub period_min: i64,
    /// How many periods there are.
    pub periods: usize,
}

impl Horizon {
    /// The first minute of `period`.
    #[must_use]
    pub fn first_min(&self, period: usize) -> i64 {
        i64::try_from(period).unwrap_or(i64::MAX).saturating_mul(self.period_min)
    }

    /// The instant `minute` stands for.
    #[must_use]
    pub fn time_at(&self, minute: i64) -> Time {
        pumasi_base::time::plus_seconds(self.start, minute.saturating_mul(60))
    }

    /// The period that holds `minute`; past the horizon it is some period not below `periods`.
    #[must_use]
    pub fn period_of(&self, minute: i64) -> usize {
        usize::try_from(minute.max(0) / self.period_min.max(1)).unwrap_or(usize::MAX)
    }

    /// The first period whose needs goods there at `minute` can serve.
    ///
    /// A route adds true minutes and rounds only here, once, and upwards: goods serve the first
    /// period that begins when they are already there, so no plan claims help before it arrives.
    #[must_use]
    pub fn serving_period(&self, minute: i64) -> usize {
        self.period_of(minute.max(0).saturating_add(self.period_min - 1))
    }
}

/// What flows, as far as planning cares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commodity {
    /// Its id in the catalog.
    pub id: CommodityId,
    /// Grams per unit, packed; a service that loads no vehicle has 0.
    pub mass_g: i64,
    /// Whether a need missed is lost (water) instead of late (blankets).
    pub perishing: bool,
    /// The burden of one unit missing for one period. Whoever makes the problem divides the
    /// catalog's weight of a person-period by the units a person uses in a period.
    pub weight: i64,
    /// What is lost of it in a day while it is kept or under way, in parts per million: hydrogen
    /// boils off. Of a period's loss this is the part that the period is of a day.
    pub loss_ppm_per_day: i64,
}

impl Commodity {
    /// Whether any of it is lost with time.
    #[must_use]
    pub const fn fades(&self) -> bool {
        self.loss_ppm_per_day > 0
    }

    /// What is left after a period of what was there before it, as numerator and denominator.
    #[must_use]
    pub fn kept(&self, horizon: &Horizon) -> (i64, i64) {
        let lost = self.loss_ppm_per_day.saturating_mul(horizon.period_min);
        (DAY_PPM.saturating_sub(lost).max(0), DAY_PPM)
    }

    /// What is left when each period begins, and at the end, of what was there at the start of the
    /// horizon, in parts of [`WHOLE`], rounded down at each boundary.
    ///
    /// What moves from period `a` to period `b` keeps `left[b]` of `left[a]` parts of itself: the
    /// quotient is exact, so that what is lost on two stretches is what is lost on both together.
    #[must_use]
    pub fn left(&self, horizon: &Horizon) -> Vec<i64> {
        let (kept, of) = self.kept(horizon);
        let after = |now: &i64| {
            let parts = i128::from(*now) * i128::from(kept) / i128::from(of);
            Some(i64::try_from(parts).unwrap_or(*now))
        };
        std::iter::successors(Some(WHOLE), after).take(horizon.periods.saturating_add(1)).collect()
    }
}

/// A point where goods lie, change carriage or arrive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// Its id: a port, an airport or a road hub.
    pub id: PortId,
    /// The party whose ground it is, for transit rules; `None` where no transit rule applies.
    pub territory: Option<PartyId>,
    /// Kilograms it can take in from links in each period; `None` when that is no limit.
    /// Goods that find it full wait before it and count as arrived when they are taken in.
    pub handling_kg: Option<Vec<i64>>,
}

/// A stretch of periods in which a link carries nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closure {
    /// First period.
    pub from_period: usize,
    /// First period in which it no longer holds.
    pub until_period: usize,
    /// Why.
    pub cause: Cause,
    /// What a reader should know beyond the cause.
    pub note: Option<Captions>,
}

/// A transport link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Where it starts.
    pub from: PortId,
    /// Where it ends.
    pub to: PortId,
    /// Whether it also runs back, with the same capacity again.
    pub both_ways: bool,
    /// By what it carries.
    pub mode: Mode,
    /// Minutes under way, loading and unloading included.
    pub duration_min: i64,
    /// Kilograms that may depart each way in each period, were it not closed.
    pub capacity_kg: Vec<i64>,
    /// Cost of a tonne in cents of a US dollar.
    pub cost_cents_per_t: i64,
    /// When it carries nothing. A closed link stays in the problem, so that an explanation can
    /// name it; closures concern departures, goods already under way arrive.
    pub closures: Vec<Closure>,
    /// What it carries: a tanker takes no blankets; `None` for whatever can go by its mode. It may
    /// name commodities the problem has none of.
    pub carries: Option<BTreeSet<CommodityId>>,
}

impl Link {
    /// The closure that stops departures in `period`, the first one listed when several do.
    #[must_use]
    pub fn closure_in(&self, period: usize) -> Option<&Closure> {
        self.closures.iter().find(|c| c.from_period <= period && period < c.until_period)
    }

    /// Whether it takes `commodity`.
    #[must_use]
    pub fn takes(&self, commodity: &CommodityId) -> bool {
        self.carries.as_ref().is_none_or(|carries| carries.contains(commodity))
    }
}

/// What a party can give away.
///
/// Goods already under way are a stock at the site where they arrive, released when they do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stock {
    /// Whose it is.
    pub owner: PartyId,
    /// Where it lies.
    pub site: PortId,
    /// What it is.
    pub commodity: CommodityId,
    /// Whole units available, the owner's reserve already taken off.
    pub units: i64,
    /// First period in which it may move or be handed out.
    pub release_period: usize,
}

/// What is missing at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The place hit.
    pub place: PlaceId,
    /// The site from which the place is served.
    pub site: PortId,
    /// The party that receives, and whose permits count.
    pub receiver: PartyId,
    /// What is missing.
    pub commodity: CommodityId,
    /// Units wanted in each period: consumed in it when the commodity perishes, newly needed from
    /// it on when it lasts.
    pub wanted: Vec<i64>,
    /// Whether the receiver has asked; if not, only push permits and its own stock serve it.
    pub requested: bool,
}

/// A clause of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseRef {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its clause.
    pub clause: ClauseId,
}

/// Names a ceiling: a clause, and which of its ceilings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CeilingId {
    /// The clause that sets it.
    pub clause: ClauseRef,
    /// Which of the clause's ceilings, from zero.
    pub part: u32,
}

/// A limit on what may move under all permits that share it, over the whole horizon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ceiling {
    /// Its name.
    pub id: CeilingId,
    /// Kilograms left under it.
    pub kg: i64,
}

/// Why a permit, although agreed, gives nothing now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suspension {
    /// Why.
    pub cause: Cause,
    /// What a reader should know beyond the cause.
    pub note: Option<Captions>,
}

/// A permission for one party's goods to serve another party's needs.
///
/// A party needs no permit for its own stock and its own needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permit {
    /// The clause that grants it.
    pub clause: ClauseRef,
    /// Who may give.
    pub giver: PartyId,
    /// Who may receive.
    pub receiver: PartyId,
    /// What may be given.
    pub commodities: BTreeSet<CommodityId>,
    /// By what it may travel.
    pub modes: BTreeSet<Mode>,
    /// On whose ground it may lie or pass; `None` for anywhere. Sites of no territory are open.
    pub through: Option<BTreeSet<PartyId>>,
    /// First period in which goods may move under it: activation takes time, or a party cannot be
    /// reached.
    pub earliest_period: usize,
    /// The ceilings that count what moves under it.
    pub ceilings: BTreeSet<CeilingId>,
    /// Whether it serves needs nobody has asked for.
    pub push: bool,
    /// Set while it is suspended: it then permits nothing, but an explanation can cite it.
    pub suspended: Option<Suspension>,
}

/// The parts of a problem, ranked anyhow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemParts {
    /// The time covered.
    pub horizon: Horizon,
    /// What flows.
    pub commodities: Vec<Commodity>,
    /// The sites of the network.
    pub sites: Vec<Site>,
    /// The links of the network.
    pub links: Vec<Link>,
    /// What can be given.
    pub stocks: Vec<Stock>,
    /// What is missing.
    pub needs: Vec<Need>,
    /// Ceilings shared by permits.
    pub ceilings: Vec<Ceiling>,
    /// Who may help whom.
    pub permits: Vec<Permit>,
}

impl ProblemParts {
    /// Nothing but a horizon, to add to.
    #[must_use]
    pub const fn over(horizon: Horizon) -> Self {
        Self {
            horizon,
            commodities: Vec::new(),
            sites: Vec::new(),
            links: Vec::new(),
            stocks: Vec::new(),
            needs: Vec::new(),
            ceilings: Vec::new(),
            permits: Vec::new(),
        }
    }
}

/// What is wrong with the parts of a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ProblemError {
    /// Two entries have one id.
    #[error("the {what} `{id}` is given twice")]
    Twice {
        /// Site, link, commodity or ceiling.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// An entry names something the problem does not hold.
    #[error("{entry} names the {what} `{id}`, which is not in the problem")]
    Unknown {
        /// The entry at fault.
        entry: String,
        /// What it names.
        what: &'static str,
        /// The id it names.
        id: String,
    },
    /// A figure is outside its range.
    #[error("{entry}: {what} must be from {least} to {most}")]
    OutOfRange {
        /// The entry at fault.
        entry: String,
        /// The figure.
        what: &'static str,
        /// The least it may be.
        least: i64,
        /// The most it may be.
        most: i64,
    },
    /// A list with one figure for each period has another length.
    #[error("{entry}: {what} has {found} figures for {periods} periods")]
    WrongLength {
        /// The entry at fault.
        entry: String,
        /// The list.
        what: &'static str,
        /// How many figures it has.
        found: usize,
        /// How many it must have.
        periods: usize,
    },
    /// A commodity loses so much that nothing to speak of is left at the end.
    #[error("{entry}: less than a millionth of it is left at the end of the horizon")]
    Fleeting {
        /// The entry at fault.
        entry: String,
    },
}

/// A consistent planning problem in canonical rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    // INVARIANT: every id named is in its list, lists are sorted, ids are unique, figures are in
    // range and lists by period have `horizon.periods` entries.
    parts: ProblemParts,
}

impl Problem {
    /// Makes a problem of `parts`, however they are ranked.
    ///
    /// # Errors
    /// Every contradiction found, sorted: an id given twice, a name of something that is not
    /// there, a figure out of range, a list by period of the wrong length.
    pub fn new(mut parts: ProblemParts) -> Result<Self, Vec<ProblemError>> {
        parts.commodities.sort();
        parts.sites.sort();
        parts.links.iter_mut().for_each(|link| link.closures.sort());
        parts.links.sort();
        parts.stocks.sort();
        parts.needs.sort();
        parts.ceilings.sort();
        parts.permits.sort();
        let mut findings = Findings { periods: parts.horizon.periods, errors: Vec::new() };
        let problem = Self { parts };
        problem.validate(&mut findings);
        findings.errors.sort();
        if findings.errors.is_empty() { Ok(problem) } else { Err(findings.errors) }
    }

    /// The parts, to change one and make another problem of them.
    #[must_use]
    pub fn into_parts(self) -> ProblemParts {
        self.parts
    }

    /// The time covered.
    #[must_use]
    pub const fn horizon(&self) -> &Horizon {
        &self.parts.horizon
    }

    /// The commodities, by id.
    #[must_use]
    pub fn commodities(&self) -> &[Commodity] {
        &self.parts.commodities
    }

    /// The sites, by id.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.parts.sites
    }

    /// The links, by id.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.parts.links
    }

    /// The stocks, by owner, site and commodity.
    #[must_use]
    pub fn stocks(&self) -> &[Stock] {
        &self.parts.stocks
    }

    /// The needs, by place, site, receiver and commodity.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.parts.needs
    }

    /// The ceilings, by id.
    #[must_use]
    pub fn ceilings(&self) -> &[Ceiling] {
        &self.parts.ceilings
    }

    /// The permits, by clause, giver and receiver.
    #[must_use]
    pub fn permits(&self) -> &[Permit] {
        &self.parts.permits
    }

    /// The commodity called `id`.
    #[must_use]
    pub fn commodity(&self, id: &CommodityId) -> Option<&Commodity> {
        let at = self.parts.commodities.binary_search_by(|c| c.id.cmp(id)).ok()?;
        self.parts.commodities.get(at)
    }

    /// Where the site called `id` stands.
    #[must_use]
    pub fn site_index(&self, id: &PortId) -> Option<SiteIndex> {
        self.parts.sites.binary_search_by(|n| n.id.cmp(id)).ok().map(SiteIndex)
    }

    /// Where the link called `id` stands.
    #[must_use]
    pub fn link_index(&self, id: &LinkId) -> Option<LinkIndex> {
        self.parts.links.binary_search_by(|l| l.id.cmp(id)).ok().map(LinkIndex)
    }

    /// Where the ceiling called `id` stands.
    #[must_use]
    pub fn ceiling_index(&self, id: &CeilingId) -> Option<CeilingIndex> {
        self.parts.ceilings.binary_search_by(|c| c.id.cmp(id)).ok().map(CeilingIndex)
    }

    /// The digest of the problem's canonical text: one line for each entry, canonically ranked.
    ///
    /// Notes are left out: they are words for readers and change no plan.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.text().as_bytes())
    }

    fn validate(&self, findings: &mut Findings) {
        let Horizon { period_min, periods, .. } = self.parts.horizon;
        findings.range("the horizon", "minutes in a period", period_min, 1, 1_000_000);
        let count = i64::try_from(periods).unwrap_or(i64::MAX);
        let most = i64::try_from(PERIODS_MAX).unwrap_or(i64::MAX);
        findings.range("the horizon", "the number of periods", count, 1, most);
        findings.unique("commodity", self.commodities().iter().map(|c| c.id.to_string()));
        findings.unique("site", self.sites().iter().map(|n| n.id.to_string()));
        findings.unique("link", self.links().iter().map(|l| l.id.to_string()));
        findings.unique("ceiling", self.ceilings().iter().map(|c| ceiling_text(&c.id)));
        for commodity in self.commodities() {
            let entry = format!("the commodity `{}`", commodity.id);
            findings.range(&entry, "grams per unit", commodity.mass_g, 0, MASS_G_MAX);
            findings.range(&entry, "the weight", commodity.weight, 0, WEIGHT_MAX);
            let lost = commodity.loss_ppm_per_day;
            findings.range(&entry, "parts per million lost in a day", lost, 0, 1_000_000);
            let horizon = self.horizon();
            let counted = lost > 0 && horizon.periods <= PERIODS_MAX;
            if counted && commodity.left(horizon).last().is_some_and(|left| *left < LEFT_MIN) {
                findings.errors.push(ProblemError::Fleeting { entry });
            }
        }
        for site in self.sites() {
            if let Some(handling) = &site.handling_kg {
                let entry = format!("the site `{}`", site.id);
                findings.by_period(&entry, "handling in kg", handling, KG_MAX);
            }
        }
        for ceiling in self.ceilings() {
            let entry = format!("the ceiling `{}`", ceiling_text(&ceiling.id));
            findings.range(&entry, "kilograms", ceiling.kg, 0, KG_MAX);
        }
        self.validate_links(findings);
        self.validate_goods(findings);
        self.validate_permits(findings);
    }

    fn validate_links(&self, findings: &mut Findings) {
        for link in self.links() {
            let entry = format!("the link `{}`", link.id);
            for end in [&link.from, &link.to] {
                findings.known(&entry, "site", end.as_str(), self.site_index(end).is_some());
            }
            findings.range(&entry, "minutes under way", link.duration_min, 0, 10_000_000);
            findings.range(&entry, "the cost of a tonne", link.cost_cents_per_t, 0, WEIGHT_MAX);
            findings.by_period(&entry, "capacity in kg", &link.capacity_kg, KG_MAX);
        }
    }

    fn validate_goods(&self, findings: &mut Findings) {
        for stock in self.stocks() {
            let entry = format!("the stock of `{}` at `{}`", stock.owner, stock.site);
            self.validate_names(findings, &entry, &stock.site, &stock.commodity);
            findings.range(&entry, "units", stock.units, 0, UNITS_MAX);
        }
        for need in self.needs() {
            let entry = format!("the need of `{}`", need.place);
            self.validate_names(findings, &entry, &need.site, &need.commodity);
            findings.by_period(&entry, "units wanted", &need.wanted, UNITS_MAX);
        }
    }

    fn validate_names(
        &self,
        findings: &mut Findings,
        entry: &str,
        site: &PortId,
        commodity: &CommodityId,
    ) {
        findings.known(entry, "site", site.as_str(), self.site_index(site).is_some());
        let known = self.commodity(commodity).is_some();
        findings.known(entry, "commodity", commodity.as_str(), known);
    }

    fn validate_permits(&self, findings: &mut Findings) {
        for permit in self.permits() {
            let entry = format!("the permit `{}`", clause_text(&permit.clause));
            // A permit may name commodities the problem has none of; that is no contradiction.
            for ceiling in &permit.ceilings {
                let known = self.ceiling_index(ceiling).is_some();
                findings.known(&entry, "ceiling", &ceiling_text(ceiling), known);
            }
        }
    }
}

/// Collects what is wrong.
struct Findings {
    periods: usize,
    errors: Vec<ProblemError>,
}

impl Findings {
    fn unique(&mut self, what: &'static str, ids: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if let Some(id) = seen.replace(id) {
                self.errors.push(ProblemError::Twice { what, id });
            }
        }
    }

    fn known(&mut self, entry: &str, what: &'static str, id: &str, known: bool) {
        if !known {
            let (entry, id) = (entry.to_owned(), id.to_owned());
            self.errors.push(ProblemError::Unknown { entry, what, id });
        }
    }

    fn range(&mut self, entry: &str, what: &'static str, figure: i64, least: i64, most: i64) {
        if figure < least || figure > most {
            let entry = entry.to_owned();
            self.errors.push(ProblemError::OutOfRange { entry, what, least, most });
        }
    }

    fn by_period(&mut self, entry: &str, what: &'static str, figures: &[i64], most: i64) {
        if figures.len() != self.periods {
            let (entry, found, periods) = (entry.to_owned(), figures.len(), self.periods);
            self.errors.push(ProblemError::WrongLength { entry, what, found, periods });
        }
        if let Some(wrong) = figures.iter().find(|figure| **figure < 0 || **figure > most) {
            self.range(entry, what, *wrong, 0, most);
        }
    }
}

#[cfg(test)]
mod tests;
mod written;
