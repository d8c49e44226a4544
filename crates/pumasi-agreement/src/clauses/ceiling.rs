//! `ceiling`: caps how much.

use std::fmt;
use std::str::FromStr;

use pumasi_base::{CommodityId, Date, Quantity, Unit};

use super::{Kind, Numbers};
use crate::compile::{AgreementTables, Cap};
use crate::fields::Fields;
use crate::judge::{At, Verdict};
use crate::question::{Effect, Need};
use crate::reason::Rule;
use crate::scope::Scope;

/// Over what a ceiling counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// One order.
    Order,
    /// One incident.
    Incident,
    /// A calendar year at the agreement's offset.
    Year,
    /// A week from Monday (ISO 8601) at the agreement's offset.
    Week,
}

impl Per {
    /// Every span.
    pub const ALL: [Self; 4] = [Self::Order, Self::Incident, Self::Year, Self::Week];

    /// The word agreements use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Incident => "incident",
            Self::Year => "year",
            Self::Week => "week",
        }
    }

    /// The first day of the span that holds `date`; none for an order or an incident, which are
    /// no spans of the calendar.
    #[must_use]
    pub fn start(self, date: Date) -> Option<Date> {
        match self {
            Self::Order | Self::Incident => None,
            Self::Year => Some(date.first_of_year()),
            Self::Week => {
                let since_monday = date.weekday().to_monday_zero_offset();
                (0..since_monday).try_fold(date, |day, _| day.yesterday().ok())
            }
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Per {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|per| per.code() == text)
            .ok_or_else(|| format!("unknown span `{text}`: use order, incident, year or week"))
    }
}

/// The parameters of a ceiling; it binds the permits and standing consents of its own agreement.
///
/// A ceiling in kilograms counts mass; any other counts the quantity in its unit and binds only
/// what is counted in that unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    /// Whom and what it reaches.
    pub scope: Scope,
    /// The commodities within the categories; empty means all of them.
    pub commodities: Vec<CommodityId>,
    /// The most that may be given.
    pub quantity: Quantity,
    /// Over what it counts.
    pub per: Per,
}

impl Kind for Ceiling {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let scope = Scope::read(fields);
        let commodities = fields.list("commodities");
        let (quantity, per) = (fields.parsed("quantity"), fields.parsed("per"));
        Some(Self { scope, commodities, quantity: quantity?, per: per? })
    }

    fn scope(&self) -> Option<&Scope> {
        Some(&self.scope)
    }

    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>) {
        let reach = tables.reach(&self.scope, parties);
        tables.caps.push(Cap { clause, reach, terms: self.clone() });
    }
}

impl Ceiling {
    /// Refuses what would go over, together with what is held already.
    pub(crate) fn judge(&self, clause: u16, at: &At<'_>, verdict: &mut Verdict) {
        let named = at.question.commodity.as_ref().is_none_or(|c| self.commodities.contains(c));
        if self.commodities.is_empty() || named {
            judge_limit(self.quantity, self.per, clause, at, verdict);
        }
    }
}

/// Compares what is asked with a limit, in the limit's unit.
pub(super) fn judge_limit(
    limit: Quantity,
    per: Per,
    clause: u16,
    at: &At<'_>,
    verdict: &mut Verdict,
) {
    let Some(asked) = asked_in(limit.unit(), at) else {
        let counted_otherwise = limit.unit() != Unit::Kilogram && at.question.quantity.is_some();
        if at.question.action.moves_goods() && !counted_otherwise {
            let unit = limit.unit();
            verdict.need(at, Rule::QuantityUnknown { unit }, clause, Need::Quantity { unit });
        }
        return;
    };
    let nothing = Quantity::zero(limit.unit());
    let held = match per {
        Per::Order => None,
        Per::Incident | Per::Year | Per::Week => at.held(clause),
    };
    let used = held.filter(|held| held.unit() == limit.unit()).unwrap_or(nothing);
    // A sum too large to hold is certainly above any limit.
    let over = used.plus(asked).map_or(true, |sum| sum.as_milli() > limit.as_milli());
    if over {
        let rule = Rule::CeilingExceeded { limit, used, asked, per };
        verdict.refuse(at, rule, Some((clause, Effect::Limits)));
    } else {
        verdict.cite(clause, Effect::Limits);
    }
}

/// What is asked, in `unit`; the mass in kilograms, of which a thousandth is a gram.
fn asked_in(unit: Unit, at: &At<'_>) -> Option<Quantity> {
    let counted = at.question.quantity.filter(|quantity| quantity.unit() == unit);
    let weighed = at.question.mass_g.filter(|_| unit == Unit::Kilogram);
    weighed.and_then(|mass_g| Quantity::milli(mass_g, Unit::Kilogram).ok()).or(counted)
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_fault};

    use super::*;

    const ALL: &str = r#"p permit; actions = ["order", "share"]; categories = ["food", "fuel"]; purposes = ["disaster_relief"]"#;

    #[test]
    fn counts_what_is_asked_and_what_is_held() {
        check(
            &format!(
                r#"{ALL}
                c1 ceiling; categories = ["food"]; quantity = "100 KGM"; per = "year"
                c2 ceiling; categories = ["fuel"]; quantity = "10 LTR"; per = "order"; commodities = ["diesel"]"#
            ),
            "jp-17 orders 99.999 KGM food from kr-42 => permitted: permits p, limits c1
             jp-17 orders 100 KGM food from kr-42 => permitted: permits p, limits c1
             jp-17 orders 100.001 KGM food from kr-42 => refused [ceiling_exceeded]: limits c1
             jp-17 orders 60 KGM food from kr-42 held 40 KGM against x/c1 => permitted: permits p, limits c1
             jp-17 orders 60.001 KGM food from kr-42 held 40 KGM against x/c1 => refused [ceiling_exceeded]: limits c1
             jp-17 orders 7 EA food weighing 101 KGM from kr-42 => refused [ceiling_exceeded]: limits c1
             jp-17 orders 7 EA food from kr-42 => needs quantity in KGM [quantity_unknown]: permits p, requires c1
             jp-17 orders 9223372036854775 KGM food from kr-42 held 1 KGM against x/c1 => refused [ceiling_exceeded]: limits c1
             jp-17 orders 11 LTR fuel/diesel from kr-42 => refused [ceiling_exceeded]: limits c2
             jp-17 orders 11 LTR fuel/diesel from kr-42 held 9 LTR against x/c2 => refused [ceiling_exceeded]: limits c2
             jp-17 orders 10 LTR fuel/diesel from kr-42 held 9 LTR against x/c2 => permitted: permits p, limits c2
             jp-17 orders 11 LTR fuel/kerosene from kr-42 => permitted: permits p
             jp-17 orders 11 KGM fuel/diesel from kr-42 => permitted: permits p
             kr-42 shares food to jp-17 => permitted: permits p",
        );
        check(
            &format!(
                r#"{ALL}
                c ceiling; statuses = ["actual"]; modes = ["air"]; receivers = ["jp-17"]; quantity = "1 KGM"; per = "order""#
            ),
            "jp-17 orders 2 KGM food from kr-42 => refused [ceiling_exceeded]: limits c
             jp-17 orders 2 KGM food from kr-42 exercise => permitted: permits p
             jp-17 orders 2 KGM food from kr-42 by air => refused [ceiling_exceeded]: limits c
             jp-17 orders 2 KGM food from kr-42 by sea => permitted: permits p
             kr-42 orders 2 KGM food from jp-17 => permitted: permits p",
        );
        check_fault("c ceiling; quantity = \"many\"; per = \"day\"", "`many` is no quantity");
        check_fault("c ceiling; quantity = \"many\"; per = \"day\"", "`day` is no word for `per`");
    }

    #[test]
    fn spans_begin_on_monday_and_on_new_year() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Per::Week.start(date("2024-01-07")), Some(date("2024-01-01")));
        assert_eq!(Per::Week.start(date("2024-01-01")), Some(date("2024-01-01")));
        assert_eq!(Per::Year.start(date("2024-12-31")), Some(date("2024-01-01")));
        assert_eq!(Per::Order.start(date("2024-12-31")), None);
    }
}
