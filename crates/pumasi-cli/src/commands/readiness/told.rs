//! What a run means, as a page for people and as lines for spreadsheets.

use pumasi_base::{AgreementId, CandidateId, CommodityId, LinkId, PartyId, PlaceId};
use pumasi_node::library::Library;
use pumasi_readiness::Report;
use pumasi_readiness::figures::BASE;
use pumasi_readiness::report::{LOCAL, PlaceLine, STEP, UnmetLine};
use pumasi_readiness::statistics::{Estimated, Quantile};

use crate::commands::Context;
use crate::output::Page;
use crate::words::number;

/// The longest list on a page; `--csv` and `--json` have all.
const ROWS_MAX: usize = 15;

/// The page.
pub fn page(told: &Report, library: &Library, context: &Context<'_>) -> Page {
    let teller = Teller { told, library, context };
    let mut page = Page::default();
    teller.sample(&mut page);
    teller.unmet(&mut page);
    teller.dots(&mut page);
    teller.times(&mut page);
    teller.places(&mut page);
    teller.dependence(&mut page);
    teller.steps(&mut page);
    teller.cuts(&mut page);
    teller.substitutes(&mut page);
    teller.drills(&mut page);
    page
}

struct Teller<'a> {
    told: &'a Report,
    library: &'a Library,
    context: &'a Context<'a>,
}

impl Teller<'_> {
    fn say(&self, key: &str) -> String {
        self.context.words.say(key)
    }

    fn sample(&self, page: &mut Page) {
        let words = self.context.words;
        let sample = &self.told.sample;
        let count = |of: u64| i64::try_from(of).unwrap_or(i64::MAX);
        page.title(words.say("title-readiness"));
        page.line(words.say_with(
            "readiness-sample",
            &[
                ("scenarios", count(sample.scenarios).into()),
                ("seed", self.told.job.seed.to_string().into()),
                ("harmful", number(count(sample.harmful)).into()),
                ("effective", number(sample.effective).into()),
                ("yearly", decimal(sample.yearly_micro, 1_000_000).into()),
            ],
        ));
        let fillings = [
            ("percent", count(sample.interval_percent).into()),
            ("resamples", count(sample.resamples).into()),
        ];
        page.line(words.say_with("readiness-intervals", &fillings));
        page.line(words.say("readiness-person-days"));
        page.line(words.say("readiness-input"));
    }

    fn unmet(&self, page: &mut Page) {
        let headings = [
            "commodity",
            "readiness-scenarios#",
            "readiness-unmet#",
            "readiness-p10#",
            "readiness-p50#",
            "readiness-p90#",
            "readiness-local#",
        ];
        let mut table = self.context.table(&headings);
        for line in &self.told.unmet {
            let local = self.told.local.iter().find(|local| local.commodity == line.commodity);
            let [p10, p50, p90] = three(&line.quantiles_ppm, percent);
            table.row([
                self.commodity(line.commodity.as_deref()),
                scenarios(line.scenarios),
                with_interval(line.share_ppm, percent),
                p10,
                p50,
                p90,
                local.map_or_else(nothing, |local| with_interval(local.share_ppm, percent)),
            ]);
        }
        page.title(self.say("title-readiness-unmet"));
        page.table(table, self.say("readiness-none"));
        page.line(self.say("readiness-local-note"));
    }

    /// In how many of twenty disasters how much stays unmet.
    fn dots(&self, page: &mut Page) {
        let headings = [
            "commodity",
            "readiness-dots-none#",
            "readiness-dots-tenth#",
            "readiness-dots-half#",
            "readiness-dots-more#",
            "readiness-dots-all#",
        ];
        let mut table = self.context.table(&headings);
        for line in self.told.dots.iter().filter(|line| line.world == BASE) {
            let mut counts = [0_usize; 5];
            for share in line.share_ppm.iter().flatten() {
                // A dot is at most the upper end of the part it falls into.
                let part = PARTS_PPM.iter().position(|end| share <= end).unwrap_or(PARTS_PPM.len());
                counts.iter_mut().skip(part).take(1).for_each(|count| *count += 1);
            }
            let [none, tenth, half, more, all] = counts.map(|count| "●".repeat(count));
            table.row([self.commodity(line.commodity.as_deref()), none, tenth, half, more, all]);
        }
        page.title(self.say("title-readiness-dots"));
        page.table(table, self.say("readiness-none"));
        page.line(self.say("readiness-dots-note"));
    }

    fn times(&self, page: &mut Page) {
        let headings = [
            "commodity",
            "readiness-scenarios#",
            "readiness-half-p50#",
            "readiness-half-p90#",
            "readiness-ninety-p50#",
            "readiness-ninety-p90#",
        ];
        let mut table = self.context.table(&headings);
        for line in &self.told.unmet {
            let [_, half, half_late] = self.hours(&line.half_h);
            let [_, ninety, ninety_late] = self.hours(&line.ninety_h);
            let name = self.commodity(line.commodity.as_deref());
            let count = scenarios(line.scenarios);
            table.row([name, count, half, half_late, ninety, ninety_late]);
        }
        page.title(self.say("title-readiness-times"));
        page.table(table, self.say("readiness-none"));
        page.line(self.say("readiness-never"));
    }

    fn places(&self, page: &mut Page) {
        let headings = [
            "place",
            "commodity",
            "readiness-scenarios#",
            "readiness-unmet#",
            "readiness-half-p50#",
            "readiness-ninety-p50#",
            "readiness-days#",
        ];
        let mut table = self.context.table(&headings);
        for PlaceLine { place, unmet, person_days_a_year } in self.told.places.iter().take(ROWS_MAX)
        {
            let UnmetLine { commodity, share_ppm, half_h, ninety_h, .. } = unmet;
            let [_, half, _] = self.hours(half_h);
            let [_, ninety, _] = self.hours(ninety_h);
            table.row([
                self.place(place),
                self.commodity(commodity.as_deref()),
                scenarios(unmet.scenarios),
                with_interval(*share_ppm, percent),
                half,
                ninety,
                with_interval(*person_days_a_year, number),
            ]);
        }
        page.title(self.say("title-readiness-places"));
        page.table(table, self.say("readiness-none"));
    }

    /// What comes from outside of the own party and the own country's law.
    fn dependence(&self, page: &mut Page) {
        let headings = [
            "readiness-country",
            "commodity",
            "giver",
            "readiness-agreement",
            "readiness-scenarios#",
            "readiness-share#",
        ];
        let mut table = self.context.table(&headings);
        let abroad = |agreement: &str| agreement != "own" && !agreement.starts_with("home-");
        let lines = self.told.dependence.iter();
        let mut lines: Vec<_> =
            lines.filter(|line| !line.scope.contains('-') && abroad(&line.agreement)).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.share_ppm.value));
        for line in lines.into_iter().take(ROWS_MAX) {
            table.row([
                self.place(&line.scope),
                self.commodity(Some(&line.commodity)),
                self.party(&line.giver),
                line.agreement.clone(),
                scenarios(line.scenarios),
                with_interval(line.share_ppm, percent),
            ]);
        }
        page.title(self.say("title-readiness-dependence"));
        page.table(table, self.say("readiness-none"));
    }

    fn steps(&self, page: &mut Page) {
        let headings = [
            "readiness-rank#",
            "readiness-step",
            "readiness-scenarios#",
            "readiness-saved#",
            "readiness-days#",
            "readiness-cost#",
            "readiness-per-cost#",
        ];
        let mut table = self.context.table(&headings);
        for line in &self.told.steps {
            let per_cost = |figure: Estimated| with_interval(figure, |milli| decimal(milli, 1000));
            table.row([
                with_interval(line.rank, number),
                self.candidate(&line.candidate),
                scenarios(line.scenarios),
                with_interval(line.share_ppm, percent),
                with_interval(line.person_days_a_year, number),
                line.cost_usd_a_year.map_or_else(nothing, number),
                line.milli_days_a_kusd.map_or_else(nothing, per_cost),
            ]);
        }
        page.title(self.say("title-readiness-steps"));
        page.table(table, self.say("readiness-none"));
    }

    fn cuts(&self, page: &mut Page) {
        let headings =
            ["readiness-cut", "readiness-scenarios#", "readiness-lost#", "readiness-days#"];
        let mut table = self.context.table(&headings);
        for line in self.told.cuts.iter().take(ROWS_MAX) {
            table.row([
                self.counterfactual(&line.counterfactual),
                scenarios(line.scenarios),
                with_interval(line.share_ppm, percent),
                with_interval(line.person_days_a_year, number),
            ]);
        }
        page.title(self.say("title-readiness-cuts"));
        page.table(table, self.say("readiness-none"));
    }

    fn substitutes(&self, page: &mut Page) {
        let headings = [
            "readiness-cut",
            "commodity",
            "giver",
            "readiness-agreement",
            "readiness-scenarios#",
            "readiness-change#",
        ];
        let mut table = self.context.table(&headings);
        let mut lines: Vec<_> = self.told.substitutes.iter().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.share_ppm.value.abs()));
        for line in lines.into_iter().take(ROWS_MAX) {
            table.row([
                self.counterfactual(&line.counterfactual),
                self.commodity(Some(&line.commodity)),
                self.party(&line.giver),
                line.agreement.clone(),
                scenarios(line.scenarios),
                with_interval(line.share_ppm, percent),
            ]);
        }
        page.title(self.say("title-readiness-substitutes"));
        page.table(table, self.say("readiness-none"));
    }

    fn drills(&self, page: &mut Page) {
        if self.told.drills.is_empty() {
            return;
        }
        let headings = ["drill", "readiness-displaced#", "readiness-unmet#"];
        let mut table = self.context.table(&headings);
        for line in &self.told.drills {
            let share = line.share_ppm.map_or_else(nothing, percent);
            table.row([line.drill.clone(), number(line.displaced), share]);
        }
        page.title(self.say("title-readiness-drills"));
        page.table(table, self.say("readiness-none"));
    }

    /// Hours from the start of the plan, each with its interval.
    fn hours(&self, quantiles: &[Quantile]) -> [String; 3] {
        three(quantiles, |hours| {
            self.context.words.say_with("readiness-hours", &[("hours", hours.into())])
        })
    }

    fn commodity(&self, id: Option<&str>) -> String {
        let Some(id) = id else { return self.say("readiness-all") };
        let known = id.parse::<CommodityId>().ok();
        known.map_or_else(
            || id.to_owned(),
            |known| self.context.commodity_called(&known, self.library),
        )
    }

    fn place(&self, id: &str) -> String {
        let known = id.parse::<PlaceId>().ok();
        known.map_or_else(|| id.to_owned(), |id| self.context.place_called(&id, self.library))
    }

    fn party(&self, id: &str) -> String {
        let known = id.parse::<PartyId>().ok();
        known.map_or_else(|| id.to_owned(), |id| self.context.party_called(&id, self.library))
    }

    fn candidate(&self, id: &str) -> String {
        let known = id.parse::<CandidateId>().ok();
        let entry = known.and_then(|known| self.library.catalog.candidates.get(&known));
        let lang = self.context.words.lang();
        entry.map_or_else(|| id.to_owned(), |entry| entry.names.in_lang(lang).to_owned())
    }

    /// A counterfactual in words; what is not known as its own name.
    fn counterfactual(&self, name: &str) -> String {
        let words = self.context.words;
        if name == LOCAL {
            return words.say("readiness-cut-national-ties");
        }
        if let Some(candidate) = name.strip_prefix(STEP) {
            return self.candidate(candidate);
        }
        if let Some(link) = name.strip_prefix("cut:") {
            let known = link.parse::<LinkId>().ok();
            let entry = known.and_then(|known| self.library.catalog.links.get(&known));
            let called = entry.map_or(link, |entry| entry.names.in_lang(words.lang()));
            return words.say_with("readiness-cut-link", &[("link", called.into())]);
        }
        let Some(of) = name.strip_prefix("suspend:") else { return name.to_owned() };
        let (agreement, clause) = of.split_once(':').map_or((of, None), |(a, c)| (a, Some(c)));
        let known = agreement.parse::<AgreementId>().ok();
        let known = known.and_then(|known| self.library.agreements().get(&known));
        let title = known.map_or_else(
            || agreement.to_owned(),
            |known| known.title().in_lang(words.lang()).to_owned(),
        );
        match clause {
            Some(clause) => words.say_with(
                "readiness-suspend-clause",
                &[("agreement", title.into()), ("clause", clause.into())],
            ),
            None => words.say_with("readiness-suspend", &[("agreement", title.into())]),
        }
    }
}

/// The upper ends of the parts that dots are counted in, in millionths; the last is beyond them.
const PARTS_PPM: [i64; 4] = [0, 100_000, 500_000, 990_000];
/// What stands for a time beyond the horizon.
const NEVER: &str = "\u{221e}";

fn nothing() -> String {
    "—".to_owned()
}

fn scenarios(count: u64) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A figure with the ends of its interval; the figure alone where they are no different.
fn with_interval(of: Estimated, shown: impl Fn(i64) -> String) -> String {
    let Estimated { low, value, high } = of;
    let [low, value, high] = [low, value, high].map(shown);
    if low == high { value } else { format!("{value} ({low}–{high})") }
}

/// The three quantiles that are told, with their intervals.
fn three(quantiles: &[Quantile], shown: impl Fn(i64) -> String) -> [String; 3] {
    let mut quantiles = quantiles.iter().map(|quantile| {
        let ends = [quantile.low, quantile.value, quantile.high];
        let [low, value, high] = ends.map(|end| end.map_or_else(|| NEVER.to_owned(), &shown));
        if low == high { value } else { format!("{value} ({low}–{high})") }
    });
    [(); 3].map(|()| quantiles.next().unwrap_or_else(nothing))
}

/// Millionths as percent, with as many digits as tell something.
fn percent(ppm: i64) -> String {
    let digits = match ppm.abs() {
        0 => return "0 %".to_owned(),
        100_000.. => 1,
        10_000.. => 2,
        _ => 4,
    };
    // Of 10,000 millionths in a percent, so many are one of the last digit.
    let unit = 10_i64.pow(4 - digits);
    let rounded = (ppm + ppm.signum() * unit / 2) / unit;
    let by = 10_i64.pow(digits);
    let sign = if rounded < 0 { "-" } else { "" };
    let (whole, part) = (rounded.abs() / by, rounded.abs() % by);
    let width = usize::try_from(digits).unwrap_or(0);
    format!("{sign}{whole}.{part:0width$} %")
}

/// A figure in fractions of `by`, a power of ten, with one digit after the point below a hundred.
fn decimal(figure: i64, by: i64) -> String {
    let tenths = (i128::from(figure) * 10 + i128::from(by) / 2) / i128::from(by);
    let tenths = i64::try_from(tenths).unwrap_or(i64::MAX);
    if tenths >= 1000 {
        number((tenths + 5) / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_digits_that_tell_something() {
        for (ppm, expected) in [
            (0, "0 %"),
            (3, "0.0003 %"),
            (9_876, "0.9876 %"),
            (12_345, "1.23 %"),
            (123_456, "12.3 %"),
            (1_000_000, "100.0 %"),
            (-1_500, "-0.1500 %"),
        ] {
            assert_eq!(percent(ppm), expected);
        }
        assert_eq!(decimal(14_260_000, 1_000_000), "14.3");
        assert_eq!(decimal(1_234_567, 1000), "1,235");
        assert_eq!(decimal(0, 1000), "0.0");
    }

    #[test]
    fn intervals_stand_beside_figures_and_never_is_beyond_all() {
        let of = |low, value, high| Estimated { low, value, high };
        assert_eq!(with_interval(of(1, 2, 3), number), "2 (1–3)");
        assert_eq!(with_interval(of(2, 2, 2), number), "2");
        let quantile = |percent, low, value, high| Quantile { percent, low, value, high };
        let quantiles = [
            quantile(10, Some(0), Some(0), Some(12)),
            quantile(50, Some(24), Some(24), Some(24)),
            quantile(90, Some(36), None, None),
        ];
        assert_eq!(three(&quantiles, number), ["0 (0–12)", "24", "∞ (36–∞)"]);
    }
}
