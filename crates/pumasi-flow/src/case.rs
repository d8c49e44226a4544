//! Problems as lines of text, for the tests of this crate.
//!
//! ```text
//! horizon 60 4                     minutes in a period, periods; default 60 4
//! water 1000 perishing 1 loses=50  any unknown first word: commodity, grams, kind, weight, ppm a day
//! site a ground=kr take=5          kilograms it takes in each period
//! link l a b sea 90 20 100 oneway closed=0..2 carries=water   minutes, kilograms each period, cents a tonne
//! stock kr a water 10 @1           owner, site, commodity, units, release period
//! need p b jp water 5,5,0,0 unasked
//! permit x#1 kr jp water sea through=kr,jp from=1 ceiling=5 push suspended
//! ```

use std::collections::BTreeSet;
use std::str::FromStr;

use pumasi_base::Time;
use pumasi_base::catalog::{Cause, Mode};

use crate::plan::Plan;
use crate::problem::{
    Ceiling, CeilingId, ClauseRef, Closure, Commodity, Horizon, Link, Need, Permit, Problem,
    ProblemParts, Site, Stock, Suspension,
};

fn read<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("`{text}` does not read"))
}

fn set<T: FromStr + Ord>(text: &str) -> BTreeSet<T> {
    text.split(',').map(read).collect()
}

fn modes(text: &str) -> BTreeSet<Mode> {
    let mode = |word| match word {
        "sea" => Mode::Sea,
        "air" => Mode::Air,
        "rail" => Mode::Rail,
        "grid" => Mode::Grid,
        _ => Mode::Road,
    };
    text.split(',').map(mode).collect()
}

/// The value of the option `name=value` among `words`.
fn option<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

pub(crate) fn parts(text: &str) -> ProblemParts {
    let horizon = Horizon { start: Time::UNIX_EPOCH, period_min: 60, periods: 4 };
    let mut parts = ProblemParts::over(horizon);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        read_line(&mut parts, &words);
    }
    parts
}

fn read_line(parts: &mut ProblemParts, words: &[&str]) {
    let periods = parts.horizon.periods;
    let steady = |kg: &str| vec![read(kg); periods];
    let has = |word: &str| words.contains(&word);
    match words {
        ["horizon", minutes, count] => {
            parts.horizon.period_min = read(minutes);
            parts.horizon.periods = read(count);
        }
        ["site", id, options @ ..] => parts.sites.push(Site {
            id: read(id),
            territory: option(options, "ground").map(read),
            handling_kg: option(options, "take").map(steady),
        }),
        ["link", id, from, to, mode, minutes, kg, cents, options @ ..] => {
            let closure = |stretch: &str| {
                let (from, until) = stretch.split_once("..").unwrap();
                let (from_period, until_period) = (read(from), read(until));
                Closure { from_period, until_period, cause: Cause::Relations, note: None }
            };
            parts.links.push(Link {
                id: read(id),
                from: read(from),
                to: read(to),
                both_ways: !has("oneway"),
                mode: *modes(mode).first().unwrap(),
                duration_min: read(minutes),
                capacity_kg: steady(kg),
                cost_cents_per_t: read(cents),
                closures: option(options, "closed").map(closure).into_iter().collect(),
                carries: option(options, "carries").map(set),
            });
        }
        ["stock", owner, site, commodity, units, release] => parts.stocks.push(Stock {
            owner: read(owner),
            site: read(site),
            commodity: read(commodity),
            units: read(units),
            release_period: read(release.trim_start_matches('@')),
        }),
        ["need", place, site, receiver, commodity, wanted, ..] => parts.needs.push(Need {
            place: read(place),
            site: read(site),
            receiver: read(receiver),
            commodity: read(commodity),
            wanted: wanted.split(',').map(read).collect(),
            requested: !has("unasked"),
        }),
        ["permit", clause, giver, receiver, commodities, by, options @ ..] => {
            read_permit(parts, (clause, giver, receiver), (commodities, by), options);
        }
        [id, mass_g, kind, weight, options @ ..] => parts.commodities.push(Commodity {
            id: read(id),
            mass_g: read(mass_g),
            perishing: *kind == "perishing",
            weight: read(weight),
            loss_ppm_per_day: option(options, "loses").map_or(0, read),
        }),
        other => panic!("`{other:?}` does not read"),
    }
}

fn read_permit(
    parts: &mut ProblemParts,
    (clause, giver, receiver): (&str, &str, &str),
    (commodities, by): (&str, &str),
    options: &[&str],
) {
    let (agreement, article) = clause.split_once('#').unwrap();
    let clause = ClauseRef { agreement: read(agreement), clause: read(article) };
    let ceiling = option(options, "ceiling").map(|kg| {
        let id = CeilingId { clause: clause.clone(), part: 0 };
        Ceiling { id, kg: read(kg) }
    });
    // A ceiling is shared by all permits of its clause and given once.
    let known = |id: &CeilingId| parts.ceilings.iter().any(|held| held.id == *id);
    let ceilings = ceiling.iter().map(|ceiling| ceiling.id.clone()).collect();
    if let Some(ceiling) = ceiling.filter(|ceiling| !known(&ceiling.id)) {
        parts.ceilings.push(ceiling);
    }
    parts.permits.push(Permit {
        clause,
        giver: read(giver),
        receiver: read(receiver),
        commodities: set(commodities),
        modes: modes(by),
        through: option(options, "through").map(set),
        earliest_period: option(options, "from").map_or(0, read),
        ceilings,
        push: options.contains(&"push"),
        suspended: options
            .contains(&"suspended")
            .then_some(Suspension { cause: Cause::Relations, note: None }),
    });
}

pub(crate) fn problem(text: &str) -> Problem {
    Problem::new(parts(text)).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Writes a plan in one line: what goes where by when, what stays unmet, the burden.
pub(crate) fn shown(problem: &Problem, plan: &Plan) -> String {
    let mut words = Vec::new();
    for allocation in &plan.allocations {
        let stock = &problem.stocks()[allocation.stock.0];
        let mut way = stock.site.to_string();
        for leg in &allocation.route {
            way = format!("{way}>{}", problem.sites()[leg.to.0].id);
        }
        let (units, arrives) = (allocation.units, allocation.arrives_min);
        let serving = allocation.serving.as_ref();
        let served = serving.map_or_else(String::new, |s| format!(", {} in {}", s.units, s.period));
        words.push(format!("{units} {} {way} at {arrives}{served}", stock.commodity));
    }
    for (need, unmet) in problem.needs().iter().zip(&plan.unmet) {
        if unmet.iter().any(|units| *units > 0) {
            words.push(format!("{} lacks {unmet:?}", need.place));
        }
    }
    words.push(format!("burden {}", plan.terms.burden));
    words.join("; ")
}
