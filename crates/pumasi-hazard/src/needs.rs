//! What people need, by place and commodity.

use pumasi_base::{Catalog, CommodityId, PlaceId, time};
use serde::{Deserialize, Serialize};

use crate::factors::{Factors, NeedFactor, People};
use crate::{Alert, AlertVersion, Finding, FindingCode, Footprint};

/// A figure that is not known exactly; `low <= central <= high`, never negative.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Range {
    /// What is needed or happens at least; the size of a first tranche sent without a request.
    pub low: i64,
    /// The planning figure.
    pub central: i64,
    /// What must be reckoned with.
    pub high: i64,
}

impl Range {
    /// The sum of two ranges, as if both erred the same way.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            central: self.central.saturating_add(other.central),
            high: self.high.saturating_add(other.high),
        }
    }

    /// Whether it is nothing even at its highest.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.high == 0
    }
}

/// Where a figure's rate comes from, as people cite it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// The title of the publication, with the page or section.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The year it was published.
    pub published: String,
    /// Whether the rate is a planning assumption of ours instead of a published one.
    #[serde(default)]
    pub assumption: bool,
}

/// How the intensity behind a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Measured at the place.
    Observed,
    /// Measured, and raised by the model where a station has not reported.
    ObservedAndModel,
    /// Only the strongest value of the province is known, and no model can tell more yet.
    StrongestOfProvince,
    /// Modelled with distances to the rupture taken as a line along its strike.
    ModelLine,
    /// Modelled with distances to a rupture of unknown direction: an upper bound.
    ModelCircle,
}

impl Method {
    /// Whether somebody measured there.
    #[must_use]
    pub const fn is_observed(self) -> bool {
        matches!(self, Self::Observed | Self::ObservedAndModel | Self::StrongestOfProvince)
    }
}

/// What the people of one place need of one commodity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The place.
    pub place: PlaceId,
    /// The commodity, in whose catalog unit both amounts are.
    pub commodity: CommodityId,
    /// Units needed anew each day: what is eaten, drunk or used up.
    pub per_day: Range,
    /// Units needed once: what lasts.
    pub once: Range,
    /// Where the amount for a person comes from.
    pub source: SourceRef,
    /// The message this rests on.
    pub from: AlertVersion,
    /// How the intensity behind it was found.
    pub method: Method,
}

/// The needs of every place of a footprint, by place and then in the order of the factors.
///
/// Commodities the catalog does not know, or counts in another unit, are left out with a finding.
pub(crate) fn needs(
    alert: &Alert,
    footprint: &[Footprint],
    catalog: &Catalog,
    factors: &Factors,
) -> (Vec<Need>, Vec<Finding>) {
    // Korea and Japan keep this offset, and a month does not turn on China's hour.
    let month = time::date_at_offset(alert.event.origin(), 9).month();
    let mut findings = Vec::new();
    let in_season =
        |factor: &&NeedFactor| factor.months.is_empty() || factor.months.contains(&month);
    let usable: Vec<&NeedFactor> = factors
        .needs
        .iter()
        .filter(in_season)
        .filter(|factor| is_in_catalog(factor, catalog, &mut findings))
        .collect();
    let mut needs = Vec::new();
    for place in footprint {
        let of_place = usable.iter().map(|factor| need(place, factor, &alert.version));
        needs.extend(of_place.filter(|n| !n.per_day.is_nothing() || !n.once.is_nothing()));
    }
    (needs, findings)
}

fn is_in_catalog(factor: &NeedFactor, catalog: &Catalog, findings: &mut Vec<Finding>) -> bool {
    let at = factor.commodity.as_str();
    let finding = match catalog.commodities.get(&factor.commodity) {
        None => Finding::new(FindingCode::CommodityUnknown, at, "not in the catalog: left out"),
        Some(commodity) if commodity.unit != factor.unit => {
            let what = format!("the catalog counts in {}: left out", commodity.unit);
            Finding::new(FindingCode::UnitsDiffer, at, what)
        }
        Some(_) => return true,
    };
    findings.push(finding);
    false
}

fn need(place: &Footprint, factor: &NeedFactor, from: &AlertVersion) -> Need {
    let people = match factor.people {
        People::Displaced => place.displaced,
        People::WithoutWater => place.without_water,
    };
    let amount = factor.amount.times(people);
    let (per_day, once) =
        if factor.lasting { (Range::default(), amount) } else { (amount, Range::default()) };
    Need {
        place: place.place.clone(),
        commodity: factor.commodity.clone(),
        per_day,
        once,
        source: factor.source.clone(),
        from: from.clone(),
        method: place.method,
    }
}
