//! Counts of damage, which take the place of rates as soon as somebody has counted.

use pumasi_base::{PlaceId, Time, time};
use serde::{Deserialize, Serialize};

use crate::factors::DamageFactors;
use crate::{Factors, MessageVersion, Range};

/// What was counted in one place; what nobody counted yet is absent, which is not 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// The place: a municipality, or a province where only its sum is known.
    pub place: PlaceId,
    /// When it was counted.
    pub as_of: Time,
    /// Whose count it is.
    pub from: MessageVersion,
    /// What was counted.
    pub counts: Counts,
}

/// Homes and people, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counts {
    /// Homes that collapsed, were burnt or washed away (全壊, 전파, 倒塌).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_destroyed: Option<i64>,
    /// Homes that half collapsed (半壊, 반파, 严重损坏).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_half_destroyed: Option<i64>,
    /// Homes cut off from piped water.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homes_without_water: Option<i64>,
    /// People in shelters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_in_shelters: Option<i64>,
    /// People dead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_dead: Option<i64>,
    /// People injured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_injured: Option<i64>,
    /// People missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people_missing: Option<i64>,
}

/// What counts say of the people of a place; nothing where they do not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// People out of their homes.
    pub displaced: Option<Range>,
    /// People without piped water.
    pub without_water: Option<Range>,
}

/// The people behind the counts of a place.
///
/// SPEC: Damage estimates for Tokyo (2022), p. 397: everybody of a collapsed or burnt home leaves
/// it, of a half collapsed one a share, and of homes without water a share that grows with time.
/// People in shelters are the least there are; homes that nobody counted yet leave the upper end to
/// `rated`, what the rates had said.
pub(crate) fn counted(damage: &Damage, origin: Time, factors: &Factors, rated: Range) -> Counted {
    let of = &factors.damage;
    let counts = &damage.counts;
    let home = |homes: i64| of.people_of(&damage.place, homes);
    let dry = counts.homes_without_water.map(|homes| Range::exactly(home(homes)));
    let mut displaced = None;
    if counts.homes_destroyed.is_some() || counts.homes_half_destroyed.is_some() {
        let destroyed = home(counts.homes_destroyed.unwrap_or(0));
        let half =
            of.half_destroyed.times(Range::exactly(home(counts.homes_half_destroyed.unwrap_or(0))));
        let waterless = water(of, damage, origin).times(dry.unwrap_or_default());
        let damaged =
            Range { low: destroyed, ..Range::exactly(destroyed.saturating_add(half.central)) };
        displaced = Some(damaged.plus(waterless));
    }
    if let Some(sheltered) = counts.people_in_shelters {
        let without_homes = Range { high: rated.high.max(sheltered), ..Range::exactly(sheltered) };
        displaced = Some(displaced.unwrap_or(without_homes).at_least(sheltered));
    }
    Counted { displaced, without_water: dry }
}

/// The share of people without water who leave their homes, so many days after the event.
fn water(of: &DamageFactors, damage: &Damage, origin: Time) -> crate::factors::Amount {
    let days = time::seconds_between(origin, damage.as_of).div_euclid(86_400);
    let step = of.without_water.iter().rev().find(|(from_day, _)| days >= *from_day);
    step.or(of.without_water.first()).map(|(_, share)| *share).unwrap_or_default()
}
