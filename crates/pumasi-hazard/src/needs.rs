//! What people need, by place and commodity.

use pumasi_base::{Catalog, CommodityId, PlaceId, Time, time};
use serde::{Deserialize, Serialize};

use crate::factors::{NeedFactor, People};
use crate::{Finding, FindingCode, Footprint, MessageVersion};

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

    /// It so many times over.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self {
            low: self.low.saturating_mul(count),
            central: self.central.saturating_mul(count),
            high: self.high.saturating_mul(count),
        }
    }

    /// The same figure three times: what is counted.
    #[must_use]
    pub const fn exactly(figure: i64) -> Self {
        Self { low: figure, central: figure, high: figure }
    }

    /// Each of its figures held to at most `most`.
    #[must_use]
    pub fn at_most(self, most: i64) -> Self {
        Self { low: self.low.min(most), central: self.central.min(most), high: self.high.min(most) }
    }

    /// Each of its figures held to at least `least`.
    #[must_use]
    pub fn at_least(self, least: i64) -> Self {
        Self {
            low: self.low.max(least),
            central: self.central.max(least),
            high: self.high.max(least),
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

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// How what is behind a figure was found.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Method {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )*}

        impl Method {
            /// Every method, so that screens can prove they name each.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The method as text.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

methods! {
    /// Homes, people without water or people in shelters were counted there.
    Counted = "counted",
    /// Shaking was measured at the place.
    Observed = "observed",
    /// Measured, and raised by the model where a station has not reported.
    ObservedAndModel = "observed_and_model",
    /// Only the strongest value of the province is known, and no model can tell more yet.
    StrongestOfProvince = "strongest_of_province",
    /// Read from a map of shaking that a service made of measurements and models.
    ShakeMap = "shake_map",
    /// Modelled with distances to the rupture taken as a line along its strike.
    ModelLine = "model_line",
    /// Modelled with distances to a rupture of unknown direction: an upper bound.
    ModelCircle = "model_circle",
    /// Within a circle of winds that a service drew around where a cyclone was.
    WindCircle = "wind_circle",
    /// Within a circle of winds drawn around where a cyclone is going to be.
    WindForecast = "wind_forecast",
    /// Winds modelled from the pressure of a cyclone.
    WindModel = "wind_model",
    /// A warning names the place by a code.
    WarnedCode = "warned_code",
    /// A warning outlines an area in which or near which the place lies.
    WarnedOutline = "warned_outline",
}

impl Method {
    /// Whether somebody measured or counted there.
    #[must_use]
    pub const fn is_observed(self) -> bool {
        matches!(
            self,
            Self::Counted | Self::Observed | Self::ObservedAndModel | Self::StrongestOfProvince
        )
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
    pub from: MessageVersion,
    /// How what is behind it was found.
    pub method: Method,
}

/// The factors whose commodities the catalog has in the same unit; the others with a finding.
pub(crate) fn usable(factors: &[NeedFactor], catalog: &Catalog) -> (Vec<NeedFactor>, Vec<Finding>) {
    let mut findings = Vec::new();
    let usable = factors.iter().filter(|factor| is_in_catalog(factor, catalog, &mut findings));
    (usable.cloned().collect(), findings)
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

/// The needs of every place of a footprint, by place and then in the order of the factors.
pub(crate) fn needs(footprint: &[Footprint], origin: Time, factors: &[NeedFactor]) -> Vec<Need> {
    // Korea and Japan keep this offset, and a month does not turn on China's hour.
    let month = time::date_at_offset(origin, 9).month();
    let in_season =
        |factor: &&NeedFactor| factor.months.is_empty() || factor.months.contains(&month);
    let in_season: Vec<&NeedFactor> = factors.iter().filter(in_season).collect();
    let mut needs = Vec::new();
    for place in footprint {
        let of_place = in_season.iter().map(|factor| need(place, factor));
        needs.extend(of_place.filter(|n| !n.per_day.is_nothing() || !n.once.is_nothing()));
    }
    needs
}

fn need(place: &Footprint, factor: &NeedFactor) -> Need {
    let people = match factor.people {
        People::Evacuated => place.evacuated,
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
        from: place.from.clone(),
        method: place.method,
    }
}
