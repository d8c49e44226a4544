//! Reads canonical texts back: a problem, a plan for it, and the prices that prove the plan.
//!
//! A text is read only if it is canonical: what was read, written again, is the text to the byte.
//! So one digest stands for one problem, whoever wrote the text, and nothing in it is passed over.
//!
//! Invariant: no text makes it fail in any other way than by an error.

use std::collections::BTreeSet;
use std::str::FromStr;

use pumasi_base::Digest;
use pumasi_base::catalog::{Cause, Mode};

use crate::certificate::Certificate;
use crate::plan::{Allocation, Leg, Plan, Serving, Terms};
use crate::problem::{
    Ceiling, CeilingId, ClauseRef, Closure, Commodity, Horizon, Link, LinkIndex, Need, NeedIndex,
    Permit, PermitIndex, Problem, ProblemError, ProblemParts, Site, SiteIndex, Stock, StockIndex,
    Suspension,
};

/// Why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A line says nothing that is known.
    #[error("line {line} does not read: `{text}`")]
    Line {
        /// Counted from one.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// The text is of another problem.
    #[error("the text is of the problem `{named}`, not of `{held}`")]
    OtherProblem {
        /// The problem it names.
        named: String,
        /// The problem at hand.
        held: Digest,
    },
    /// The parts contradict each other.
    #[error("the parts contradict each other: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Parts(Vec<ProblemError>),
    /// Lines are out of rank, doubled, or spaced in another way.
    #[error("the text is not the canonical one")]
    NotCanonical,
}

/// Reads a problem from its canonical text, [`Problem::text`].
///
/// Notes of closures and suspensions are not part of the text and are not read.
///
/// # Errors
/// [`TextError`], where the text is not exactly that of a problem.
pub fn read_problem(text: &str) -> Result<Problem, TextError> {
    let mut lines = Lines::new(text, &["pumasi-flow problem 1", "pumasi-flow problem 2"])?;
    let horizon = lines.next_with(horizon)?;
    let mut parts = ProblemParts::over(horizon);
    while !lines.is_done() {
        lines.next_with(|words| part(words, &mut parts))?;
    }
    let problem = Problem::new(parts).map_err(TextError::Parts)?;
    if problem.text() == text { Ok(problem) } else { Err(TextError::NotCanonical) }
}

/// Reads a certificate from its canonical text, [`Certificate::text`].
///
/// # Errors
/// [`TextError`], where the text is not exactly that of a certificate for `problem`.
pub fn read_certificate(text: &str, problem: &Problem) -> Result<Certificate, TextError> {
    let mut lines = Lines::new(text, &["pumasi-flow certificate 1"])?;
    lines.must_be_of(problem)?;
    let mut certificate = Certificate::default();
    while !lines.is_done() {
        lines.next_with(|words| price(words, problem, &mut certificate))?;
    }
    let same = certificate.text(problem) == text;
    if same { Ok(certificate) } else { Err(TextError::NotCanonical) }
}

/// Reads a plan from its canonical text, [`Plan::text`].
///
/// The plan is as good as a stranger's: only [`crate::check()`] says whether it keeps to the
/// problem and is worth what it claims.
///
/// # Errors
/// [`TextError`], where the text is not exactly that of a plan for `problem`.
pub fn read_plan(text: &str, problem: &Problem) -> Result<Plan, TextError> {
    let mut lines = Lines::new(text, &["pumasi-flow plan 1", "pumasi-flow plan 2"])?;
    lines.must_be_of(problem)?;
    let mut plan = Plan {
        problem: problem.digest(),
        parent: None,
        allocations: Vec::new(),
        unmet: problem.needs().iter().map(|_| vec![0; problem.horizon().periods]).collect(),
        terms: Terms::default(),
    };
    while !lines.is_done() {
        lines.next_with(|words| said(words, problem, &mut plan))?;
    }
    if plan.text(problem) == text { Ok(plan) } else { Err(TextError::NotCanonical) }
}

/// The lines of a text, one after the other.
struct Lines<'a> {
    rest: Vec<&'a str>,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, headings: &[&str]) -> Result<Self, TextError> {
        let mut lines = Self { rest: text.lines().collect(), at: 0 };
        lines.next_with(|words| headings.contains(&words.join(" ").as_str()).then_some(()))?;
        Ok(lines)
    }

    const fn is_done(&self) -> bool {
        self.at >= self.rest.len()
    }

    fn next_with<T>(&mut self, read: impl FnOnce(&[&str]) -> Option<T>) -> Result<T, TextError> {
        let text = self.rest.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        let words: Vec<&str> = text.split(' ').collect();
        let fault = || TextError::Line { line: self.at, text: text.chars().take(120).collect() };
        read(&words).ok_or_else(fault)
    }

    fn must_be_of(&mut self, problem: &Problem) -> Result<(), TextError> {
        let named = self.next_with(|words| match words {
            ["problem", digest] => Some((*digest).to_owned()),
            _ => None,
        })?;
        let held = problem.digest();
        let same = held.to_string() == named;
        if same { Ok(()) } else { Err(TextError::OtherProblem { named, held }) }
    }
}

fn read<T: FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}

/// A list with commas; `-` is an empty one.
fn list<T>(word: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if word == "-" { Some(Vec::new()) } else { word.split(',').map(read).collect() }
}

/// What may be left out, written `-`.
fn optional<T>(word: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if word == "-" { Some(None) } else { read(word).map(Some) }
}

fn figures(word: &str) -> Option<Vec<i64>> {
    // A list by period is never `-`: a horizon has a period at least.
    word.split(',').map(read).collect()
}

fn mode(word: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| format!("{mode:?}") == word)
}

fn cause(word: &str) -> Option<Cause> {
    let all = [
        Cause::Relations,
        Cause::Pandemic,
        Cause::Operator,
        Cause::Damage,
        Cause::Weather,
        Cause::Season,
    ];
    all.into_iter().find(|cause| format!("{cause:?}") == word)
}

fn clause(word: &str) -> Option<ClauseRef> {
    let (agreement, clause) = word.split_once('#')?;
    Some(ClauseRef { agreement: read(agreement)?, clause: read(clause)? })
}

fn ceiling(word: &str) -> Option<CeilingId> {
    let (of, part) = word.rsplit_once('#')?;
    Some(CeilingId { clause: clause(of)?, part: read(part)? })
}

fn horizon(words: &[&str]) -> Option<Horizon> {
    let ["horizon", start, period_min, periods] = words else { return None };
    Some(Horizon { start: read(start)?, period_min: read(period_min)?, periods: read(periods)? })
}

fn part(words: &[&str], parts: &mut ProblemParts) -> Option<()> {
    match words {
        ["commodity", id, mass_g, perishing, weight, lost @ ..] => {
            parts.commodities.push(Commodity {
                id: read(id)?,
                mass_g: read(mass_g)?,
                perishing: read(perishing)?,
                weight: read(weight)?,
                loss_ppm_per_day: match lost {
                    [] => 0,
                    [ppm] => read(ppm)?,
                    _ => return None,
                },
            });
        }
        ["site", id, territory, handling] => parts.sites.push(Site {
            id: read(id)?,
            territory: optional(territory, read)?,
            handling_kg: optional(handling, figures)?,
        }),
        ["link", link @ ..] => parts.links.push(link_of(link)?),
        ["carries", goods] => {
            parts.links.last_mut()?.carries = Some(list(goods, read)?.into_iter().collect());
        }
        ["closure", from, until, why] => parts.links.last_mut()?.closures.push(Closure {
            from_period: read(from)?,
            until_period: read(until)?,
            cause: cause(why)?,
            note: None,
        }),
        ["stock", owner, site, commodity, units, release_period] => parts.stocks.push(Stock {
            owner: read(owner)?,
            site: read(site)?,
            commodity: read(commodity)?,
            units: read(units)?,
            release_period: read(release_period)?,
        }),
        ["need", place, site, receiver, commodity, requested, wanted] => parts.needs.push(Need {
            place: read(place)?,
            site: read(site)?,
            receiver: read(receiver)?,
            commodity: read(commodity)?,
            wanted: figures(wanted)?,
            requested: read(requested)?,
        }),
        ["ceiling", id, kg] => parts.ceilings.push(Ceiling { id: ceiling(id)?, kg: read(kg)? }),
        ["permit", permit @ ..] => parts.permits.push(permit_of(permit)?),
        _ => return None,
    }
    Some(())
}

fn link_of(words: &[&str]) -> Option<Link> {
    let [id, from, to, both_ways, by, duration_min, cost, capacity] = words else { return None };
    Some(Link {
        id: read(id)?,
        from: read(from)?,
        to: read(to)?,
        both_ways: read(both_ways)?,
        mode: mode(by)?,
        duration_min: read(duration_min)?,
        capacity_kg: figures(capacity)?,
        cost_cents_per_t: read(cost)?,
        closures: Vec::new(),
        carries: None,
    })
}

fn permit_of(words: &[&str]) -> Option<Permit> {
    let [of, giver, receiver, commodities, modes, through, earliest, ceilings, push, suspended] =
        words
    else {
        return None;
    };
    let set = |list: Vec<CeilingId>| list.into_iter().collect::<BTreeSet<_>>();
    let through = if *through == "*" { None } else { Some(list(through, read)?) };
    let suspension = |word: &str| Some(Suspension { cause: cause(word)?, note: None });
    Some(Permit {
        clause: clause(of)?,
        giver: read(giver)?,
        receiver: read(receiver)?,
        commodities: list(commodities, read)?.into_iter().collect(),
        modes: list(modes, mode)?.into_iter().collect(),
        through: through.map(|parties| parties.into_iter().collect()),
        earliest_period: read(earliest)?,
        ceilings: set(list(ceilings, ceiling)?),
        push: read(push)?,
        suspended: optional(suspended, suspension)?,
    })
}

fn stock_at(problem: &Problem, is_it: impl Fn(&Stock) -> bool) -> Option<StockIndex> {
    problem.stocks().iter().position(is_it).map(StockIndex)
}

fn site_at(problem: &Problem, id: &str) -> Option<SiteIndex> {
    problem.site_index(&read(id)?)
}

fn link_at(problem: &Problem, id: &str) -> Option<LinkIndex> {
    problem.link_index(&read(id)?)
}

fn need_at(problem: &Problem, words: [&str; 4]) -> Option<NeedIndex> {
    let is_it = |need: &Need| {
        let Need { place, site, receiver, commodity, .. } = need;
        [place.as_str(), site.as_str(), receiver.as_str(), commodity.as_str()] == words
    };
    problem.needs().iter().position(is_it).map(NeedIndex)
}

fn price(words: &[&str], problem: &Problem, certificate: &mut Certificate) -> Option<()> {
    match words {
        ["stock", owner, site, commodity, release_period, price] => {
            let release: usize = read(release_period)?;
            let at = stock_at(problem, |stock| {
                let names = [stock.owner.as_str(), stock.site.as_str(), stock.commodity.as_str()];
                names == [*owner, *site, *commodity] && stock.release_period == release
            })?;
            certificate.stocks.insert(at, read(price)?);
        }
        ["ceiling", of, number, price] => {
            let id = CeilingId { clause: clause(of)?, part: read(number)? };
            certificate.ceilings.insert(problem.ceiling_index(&id)?, read(price)?);
        }
        ["departure", link, from, period, price] => {
            let key = (link_at(problem, link)?, site_at(problem, from)?, read(period)?);
            certificate.departures.insert(key, read(price)?);
        }
        ["handling", site, period, price] => {
            let key = (site_at(problem, site)?, read(period)?);
            certificate.handling.insert(key, read(price)?);
        }
        ["need", place, site, receiver, commodity, period, price] => {
            let at = need_at(problem, [place, site, receiver, commodity])?;
            certificate.needs.insert((at, read(period)?), read(price)?);
        }
        _ => return None,
    }
    Some(())
}

fn said(words: &[&str], problem: &Problem, plan: &mut Plan) -> Option<()> {
    match words {
        ["parent", digest] => plan.parent = Some(read(digest)?),
        ["terms", burden, worst_share_ppm, unit_minutes, cost_cents] => {
            plan.terms = Terms {
                burden: read(burden)?,
                worst_share_ppm: read(worst_share_ppm)?,
                unit_minutes: read(unit_minutes)?,
                cost_cents: read(cost_cents)?,
            };
        }
        ["allocate", allocation @ ..] => plan.allocations.push(allocation_of(allocation, problem)?),
        ["leg", link, from, to, depart_period, depart_min, arrive_min] => {
            plan.allocations.last_mut()?.route.push(Leg {
                link: link_at(problem, link)?,
                from: site_at(problem, from)?,
                to: site_at(problem, to)?,
                depart_period: read(depart_period)?,
                depart_min: read(depart_min)?,
                arrive_min: read(arrive_min)?,
            });
        }
        ["serve", period, units] => {
            plan.allocations.last_mut()?.serving =
                Some(Serving { period: read(period)?, units: read(units)? });
        }
        ["unmet", place, site, receiver, commodity, units] => {
            let at = need_at(problem, [place, site, receiver, commodity])?;
            *plan.unmet.get_mut(at.0)? = figures(units)?;
        }
        _ => return None,
    }
    Some(())
}

fn allocation_of(words: &[&str], problem: &Problem) -> Option<Allocation> {
    let [units, "from", owner, at, release, "to", rest @ ..] = words else { return None };
    let [place, site, receiver, commodity, "under", permit, arrives_min] = rest else {
        return None;
    };
    let release: usize = read(release)?;
    // Stocks of one owner at one site are told apart by commodity, which is that of the need.
    let stock = stock_at(problem, |stock| {
        let names = [stock.owner.as_str(), stock.site.as_str(), stock.commodity.as_str()];
        names == [*owner, *at, *commodity] && stock.release_period == release
    })?;
    let index = |word: &str| read(word.rsplit_once('@')?.1).map(PermitIndex);
    Some(Allocation {
        stock,
        need: need_at(problem, [place, site, receiver, commodity])?,
        permit: optional(permit, index)?,
        route: Vec::new(),
        arrives_min: read(arrives_min)?,
        units: read(units)?,
        serving: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::case;
    use crate::generate::{Size, generate};
    use crate::solve::solve_with_proof;

    const WORLD: &str = "
        water 1000 perishing 3
        site a ground=kr take=5\n site b
        link road a b road 90 10 1000 closed=3..4
        stock kr a water 9 @0
        need p b jp water 2,2,2,2
        permit x#1 kr jp water road,sea through=kr,jp ceiling=5
        permit y#1 kr jp water air suspended
    ";

    /// Changes the canonical text of the problem and says what comes of reading it.
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        let text = case::problem(WORLD).text();
        assert!(text.contains(from), "{from} in {text}");
        let told = match read_problem(&text.replacen(from, to, 1)) {
            Ok(problem) => problem.needs()[0].wanted.iter().sum::<i64>().to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected, "{from} → {to}");
    }

    #[test]
    fn a_problem_is_read_to_the_letter() {
        check("2,2,2,2", "2,2,2,2", "8");
        check("2,2,2,2", "2,2,2,5", "11");
        check("problem 1", "problem 2", "the text is not the canonical one");
        check("problem 1", "problem 3", "line 1 does not read: `pumasi-flow problem 3`");
        check("need p b", "need p  b", "line 9 does not read: `need p  b jp water true 2,2,2,2`");
        check(
            "Road 90",
            "Boat 90",
            "line 6 does not read: `link road a b true Boat 90 1000 10,10,10,10`",
        );
        check("9 0\n", "09 0\n", "the text is not the canonical one");
        check(
            "2,2,2,2",
            "2,2",
            "the parts contradict each other: the need of `p`: units wanted has 2 figures for 4 periods",
        );
    }

    #[test]
    fn what_is_lost_and_what_is_carried_is_read_back() {
        let problem = case::problem(
            "horizon 1440 4\n hydrogen 1000 perishing 3 loses=5000\n site a\n site b
             link tanker a b grid 1000 40 10 carries=hydrogen
             link none a b sea 1000 40 10 carries=rice
             stock jp a hydrogen 9 @0\n need p b jp hydrogen 0,2,2,2",
        );
        let text = problem.text();
        assert!(text.starts_with("pumasi-flow problem 2\n"), "{text}");
        assert_eq!(read_problem(&text).unwrap(), problem);
        let plan = crate::solve::solve(&problem);
        let text = plan.text(&problem);
        assert!(
            text.starts_with("pumasi-flow plan 2\n") && text.contains("\nserve 1 2\n"),
            "{text}"
        );
        assert_eq!(read_plan(&text, &problem).unwrap(), plan);
        // Nothing is told to be left where nothing says it is lost.
        let first = text.replacen("plan 2", "plan 1", 1);
        assert_eq!(read_plan(&first, &problem), Err(TextError::NotCanonical));
    }

    #[test]
    fn a_text_of_another_problem_is_not_read() {
        let problem = case::problem(WORLD);
        let other = case::problem(&WORLD.replace("2,2,2,2", "2,2,2,3"));
        let solved = solve_with_proof(&problem);
        let error = read_certificate(&solved.certificate.text(&problem), &other).unwrap_err();
        assert!(matches!(error, TextError::OtherProblem { .. }), "{error}");
        let error = read_plan(&solved.plan.text(&problem), &other).unwrap_err();
        assert!(matches!(error, TextError::OtherProblem { .. }), "{error}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_back(seed in any::<u64>()) {
            let problem = Problem::new(generate(Size::SMALL, seed).unwrap()).unwrap();
            let read = read_problem(&problem.text()).unwrap();
            prop_assert_eq!(&read, &problem);
            let solved = solve_with_proof(&problem);
            let plan = solved.plan.clone().replacing(&solved.plan, &problem);
            prop_assert_eq!(read_plan(&plan.text(&problem), &read).unwrap(), plan);
            let certificate = solved.certificate;
            prop_assert_eq!(
                read_certificate(&certificate.text(&problem), &read).unwrap(),
                certificate
            );
        }

        #[test]
        fn no_text_makes_reading_fail_but_by_an_error(at in any::<prop::sample::Index>(), byte in 32_u8..127) {
            let mut bytes = case::problem(WORLD).text().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let text = String::from_utf8(bytes).unwrap();
            if let Ok(problem) = read_problem(&text) {
                prop_assert_eq!(problem.text(), text);
            }
        }
    }
}
