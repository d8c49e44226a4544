//! The canonical text of a problem.

use std::fmt::Write as _;

use pumasi_base::PartyId;

use super::{CeilingId, ClauseRef, Commodity, Link, Need, Permit, Problem, Stock};

impl Problem {
    /// The version of its text: the second says what is lost with time and what links carry, and
    /// what needs neither of them is written as it was before.
    fn version(&self) -> u8 {
        let fades = self.commodities().iter().any(Commodity::fades);
        if fades || self.links().iter().any(|link| link.carries.is_some()) { 2 } else { 1 }
    }

    /// The canonical text, which [`crate::text::read_problem`] reads back.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let h = self.horizon();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "pumasi-flow problem {}", self.version());
        let _ = writeln!(out, "horizon {} {} {}", h.start, h.period_min, h.periods);
        for c in self.commodities() {
            let _ = write!(out, "commodity {} {} {} {}", c.id, c.mass_g, c.perishing, c.weight);
            // What loses nothing says nothing of losses, as before there were any.
            if c.fades() {
                let _ = write!(out, " {}", c.loss_ppm_per_day);
            }
            out.push('\n');
        }
        for n in self.sites() {
            let territory = n.territory.as_ref().map_or("-", PartyId::as_str);
            let handling = n.handling_kg.as_deref().map_or_else(|| "-".to_owned(), list);
            let _ = writeln!(out, "site {} {territory} {handling}", n.id);
        }
        for l in self.links() {
            let Link { id, from, to, both_ways, mode, duration_min, cost_cents_per_t, .. } = l;
            let capacity = list(&l.capacity_kg);
            let _ = writeln!(
                out,
                "link {id} {from} {to} {both_ways} {mode:?} {duration_min} {cost_cents_per_t} {capacity}"
            );
            if let Some(carries) = &l.carries {
                let _ = writeln!(
                    out,
                    "carries {}",
                    join(carries.iter().map(ToString::to_string).collect())
                );
            }
            for c in &l.closures {
                let (from, until) = (c.from_period, c.until_period);
                let _ = writeln!(out, "closure {from} {until} {:?}", c.cause);
            }
        }
        for s in self.stocks() {
            let Stock { owner, site, commodity, units, release_period } = s;
            let _ = writeln!(out, "stock {owner} {site} {commodity} {units} {release_period}");
        }
        for n in self.needs() {
            let Need { place, site, receiver, commodity, requested, .. } = n;
            let wanted = list(&n.wanted);
            let _ =
                writeln!(out, "need {place} {site} {receiver} {commodity} {requested} {wanted}");
        }
        for c in self.ceilings() {
            let _ = writeln!(out, "ceiling {} {}", ceiling_text(&c.id), c.kg);
        }
        self.permits().iter().for_each(|permit| write_permit(&mut out, permit));
        out
    }
}

/// A clause as canonical texts and messages write it.
pub(crate) fn clause_text(clause: &ClauseRef) -> String {
    format!("{}#{}", clause.agreement, clause.clause)
}

/// A ceiling as canonical texts and messages write it.
pub(crate) fn ceiling_text(ceiling: &CeilingId) -> String {
    format!("{}#{}", clause_text(&ceiling.clause), ceiling.part)
}

fn list(figures: &[i64]) -> String {
    figures.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// A list of words; `-` where there are none.
fn join(mut words: Vec<String>) -> String {
    words.retain(|word| !word.is_empty());
    if words.is_empty() { "-".to_owned() } else { words.join(",") }
}

fn write_permit(out: &mut String, permit: &Permit) {
    let commodities = join(permit.commodities.iter().map(ToString::to_string).collect());
    let modes = join(permit.modes.iter().map(|mode| format!("{mode:?}")).collect());
    let ceilings = join(permit.ceilings.iter().map(ceiling_text).collect());
    let through = permit
        .through
        .as_ref()
        .map_or_else(|| "*".to_owned(), |t| join(t.iter().map(ToString::to_string).collect()));
    let suspended =
        permit.suspended.as_ref().map_or_else(|| "-".to_owned(), |s| format!("{:?}", s.cause));
    let Permit { clause, giver, receiver, earliest_period, push, .. } = permit;
    let clause = clause_text(clause);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "permit {clause} {giver} {receiver} {commodities} {modes} {through} {earliest_period} {ceilings} {push} {suspended}"
    );
}
