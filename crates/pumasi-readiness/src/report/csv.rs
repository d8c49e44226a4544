//! A report as one long table: a line for each figure, with its interval and sample.

use super::{DotsLine, Report, StepLine, UnmetLine};
use crate::statistics::{Estimated, Quantile};

/// The headings of [`lines`].
pub const HEADINGS: [&str; 9] =
    ["section", "scope", "commodity", "subject", "figure", "low", "value", "high", "scenarios"];

/// Every figure of a report with its interval and sample, under [`HEADINGS`], as RFC 4180 has it.
///
/// A figure that is empty lies beyond the horizon: never.
#[must_use]
pub fn csv(report: &Report) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines(report) {
        // Writing into memory does not fail.
        let _written = writer.write_record(&line);
    }
    // What was written are texts.
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn lines(report: &Report) -> Vec<[String; 9]> {
    let mut lines = vec![HEADINGS.map(str::to_owned)];
    for (section, unmet) in [("unmet", &report.unmet), ("local", &report.local)] {
        unmet.iter().for_each(|line| add_unmet(&mut lines, section, "", line));
    }
    report.dots.iter().for_each(|line| add_dots(&mut lines, line));
    for line in &report.places {
        add_unmet(&mut lines, "places", &line.place, &line.unmet);
        let key = Key { section: "places", scope: &line.place, ..Key::of(&line.unmet) };
        key.add(&mut lines, "person_days_a_year", line.person_days_a_year);
    }
    for line in &report.places_in {
        let (scope, subject, scenarios) = (&line.place, &line.world, line.scenarios);
        let key = Key { section: "places_in", scope, commodity: "", subject, scenarios };
        key.add(&mut lines, "person_days_a_year", line.person_days_a_year);
        key.add(&mut lines, "change", line.change);
    }
    for line in &report.dependence {
        let subject = format!("{} {}", line.giver, line.agreement);
        let (scope, commodity, scenarios) = (&line.scope, &line.commodity, line.scenarios);
        let key = Key { section: "dependence", scope, commodity, subject: &subject, scenarios };
        key.add(&mut lines, "share_ppm", line.share_ppm);
    }
    for line in &report.links {
        let (scope, commodity, scenarios) = (&line.scope, &line.commodity, line.scenarios);
        let key = Key { section: "links", scope, commodity, subject: &line.link, scenarios };
        key.add(&mut lines, "share_ppm", line.share_ppm);
    }
    for line in &report.substitutes {
        let subject = format!("{} {}", line.giver, line.agreement);
        let (scope, commodity, scenarios) = (&line.counterfactual, &line.commodity, line.scenarios);
        let key = Key { section: "substitutes", scope, commodity, subject: &subject, scenarios };
        key.add(&mut lines, "share_ppm", line.share_ppm);
    }
    report.steps.iter().for_each(|line| add_step(&mut lines, line));
    for line in &report.cuts {
        let (subject, scenarios) = (&line.counterfactual, line.scenarios);
        let key = Key { section: "cuts", scope: "", commodity: "", subject, scenarios };
        key.add(&mut lines, "share_ppm", line.share_ppm);
        key.add(&mut lines, "person_days_a_year", line.person_days_a_year);
    }
    lines
}

fn add_step(lines: &mut Vec<[String; 9]>, line: &StepLine) {
    let (subject, scenarios) = (&line.candidate, line.scenarios);
    let key = Key { section: "steps", scope: "", commodity: "", subject, scenarios };
    key.add(lines, "share_ppm", line.share_ppm);
    key.add(lines, "person_days_a_year", line.person_days_a_year);
    if let Some(figure) = line.milli_days_a_kusd {
        key.add(lines, "milli_days_a_kusd", figure);
    }
    key.add(lines, "rank", line.rank);
}

/// A line for each dot: the first stands for the lowest twentieth.
fn add_dots(lines: &mut Vec<[String; 9]>, line: &DotsLine) {
    let commodity = line.commodity.as_deref().unwrap_or_default();
    let (subject, scenarios) = (&line.world, line.scenarios);
    let key = Key { section: "dots", scope: "", commodity, subject, scenarios };
    let figures =
        [("share_ppm", &line.share_ppm), ("half_h", &line.half_h), ("ninety_h", &line.ninety_h)];
    for (figure, dots) in figures {
        for (number, dot) in (1..).zip(dots) {
            key.add_all(lines, &format!("{figure}_dot{number}"), [None, *dot, None]);
        }
    }
}

fn add_unmet(lines: &mut Vec<[String; 9]>, section: &str, scope: &str, line: &UnmetLine) {
    let key = Key { section, scope, ..Key::of(line) };
    key.add(lines, "share_ppm", line.share_ppm);
    let quantiles = [
        ("share_ppm", &line.quantiles_ppm),
        ("half_h", &line.half_h),
        ("ninety_h", &line.ninety_h),
    ];
    for (figure, quantiles) in quantiles {
        for quantile in quantiles {
            let Quantile { percent, low, value, high } = *quantile;
            key.add_all(lines, &format!("{figure}_p{percent}"), [low, value, high]);
        }
    }
}

/// What a figure is of.
struct Key<'a> {
    section: &'a str,
    scope: &'a str,
    commodity: &'a str,
    subject: &'a str,
    scenarios: u64,
}

impl<'a> Key<'a> {
    fn of(line: &'a UnmetLine) -> Self {
        let commodity = line.commodity.as_deref().unwrap_or_default();
        Self { section: "", scope: "", commodity, subject: "", scenarios: line.scenarios }
    }

    fn add(&self, lines: &mut Vec<[String; 9]>, figure: &str, of: Estimated) {
        self.add_all(lines, figure, [of.low, of.value, of.high].map(Some));
    }

    fn add_all(&self, lines: &mut Vec<[String; 9]>, figure: &str, of: [Option<i64>; 3]) {
        let [low, value, high] = of.map(|v| v.map_or_else(String::new, |v| v.to_string()));
        lines.push([
            self.section.to_owned(),
            self.scope.to_owned(),
            self.commodity.to_owned(),
            self.subject.to_owned(),
            figure.to_owned(),
            low,
            value,
            high,
            self.scenarios.to_string(),
        ]);
    }
}
