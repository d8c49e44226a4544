//! What a situation report says, in the order in which officers ask for it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pumasi_view::page::{
    CaseLine, EstimateMove, EventLine, FlowLine, LinkLine, NeedTotal, PlaceLine, SituationLine,
    SituationPage, Spread, UnmetLine, Words,
};

use super::markdown::Report;
use crate::formats::words::{
    SHARED, Table, degrees, hazards, intensity, moment, noted, number, range, unit,
};
use crate::formats::{Telling, WriteError};

static WORDS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("words.i18n.toml")));

/// The most places and movements shown: a report is read, and the tables for programs have all.
const ROWS_MAX: usize = 20;

/// Writes the report.
pub(super) fn write(
    case: &CaseLine,
    page: &SituationPage,
    telling: &Telling<'_>,
) -> Result<String, WriteError> {
    let lang = telling.lang;
    let report = Report::new(&WORDS, SHARED.say("colon", lang), lang);
    let mut writer = Writer { page, telling, report };
    writer.head(case);
    writer.event();
    writer.people();
    writer.places();
    writer.needs();
    writer.counted();
    writer.plan();
    writer.unmet();
    writer.links();
    writer.changed();
    writer.sources();
    Ok(writer.report.finish())
}

/// One figure of an estimate.
type Figure = fn(&EstimateMove) -> Option<Spread>;

struct Writer<'a> {
    page: &'a SituationPage,
    telling: &'a Telling<'a>,
    report: Report,
}

impl Writer<'_> {
    fn in_lang<'a>(&self, words: &'a Words) -> &'a str {
        words.in_lang(self.telling.lang)
    }

    fn noted(&self, text: &str, note: &str) -> String {
        noted(text, note, self.telling.lang)
    }

    /// What somebody else said, with its language; nothing for nothing.
    fn quoted(&self, text: &str, lang: &str) -> String {
        if text.is_empty() { String::new() } else { self.noted(&format!("“{text}”"), lang) }
    }

    fn range(&self, spread: Spread) -> String {
        range(spread, self.telling.lang)
    }

    fn head(&mut self, case: &CaseLine) {
        let title = self.in_lang(&case.title).to_owned();
        let heading = WORDS.fill("title", self.telling.lang, &[("case", &title)]);
        self.report.title(&heading);
        if case.status != "actual" {
            let status = self.report.code("not_actual", &case.status);
            self.report.strong(&status);
            self.report.gap();
        }
        let writer = self.telling.lexicon.party(self.telling.party).names;
        let writer = self.in_lang(&writer).to_owned();
        self.report.field("as_of", &moment(&self.page.as_of));
        self.report.field("written_by", &writer);
        self.report.field("case", &case.id);
        let parties = self.page.reach.iter().map(|line| {
            let name = self.in_lang(&line.party.names);
            if line.reachable {
                return name.to_owned();
            }
            self.noted(name, self.report.say("silent"))
        });
        let parties = parties.collect::<Vec<_>>().join(SHARED.say("separator", self.telling.lang));
        self.report.field("parties", &parties);
    }

    fn event(&mut self) {
        self.report.section("event");
        let Some(event) = &self.page.event else {
            let none = self.report.say("none");
            return self.report.paragraph(none);
        };
        if event.kind == "cancel" {
            let withdrawn = self.report.say("withdrawn");
            self.report.strong(withdrawn);
            self.report.gap();
        }
        self.report.field("what", &hazards(event, self.telling.lang));
        self.report.field("origin", &moment(&event.origin));
        self.report.field("magnitude", event.magnitude.as_deref().unwrap_or_default());
        let depth = event.depth_km.map(|depth| format!("{depth} km"));
        self.report.field("depth", depth.as_deref().unwrap_or_default());
        let centre = event.epicentre.as_ref();
        let centre =
            centre.map(|at| format!("{}, {}", degrees(at.lat_micro), degrees(at.lon_micro)));
        self.report.field("centre", centre.as_deref().unwrap_or_default());
        let until = event.until.as_deref().map(moment);
        self.report.field("until", until.as_deref().unwrap_or_default());
        self.report.field("message", &format!("{} {}", event.source, event.message));
        self.report.field("headline", &self.quoted(&event.headline, &event.headline_lang));
    }

    fn people(&mut self) {
        self.report.section("people");
        self.report.paragraph(SHARED.say("estimate", self.telling.lang));
        let people = &self.page.people;
        let ranges = [
            ("evacuated", Some(people.evacuated)),
            ("displaced", Some(people.displaced)),
            ("without_water", Some(people.without_water)),
            ("deaths", people.deaths),
        ];
        let row = |(key, spread): (&str, Option<Spread>)| {
            let spread = spread?;
            let figures = [spread.low, spread.central, spread.high].map(number);
            let name = SHARED.say(key, self.telling.lang).to_owned();
            Some(std::iter::once(name).chain(figures).collect())
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        if !self.page.places.is_empty() {
            rows = ranges.into_iter().filter_map(row).collect();
        }
        self.report.table(&["group", "low", "central", "high"], 1, &rows);
        if !rows.is_empty() {
            let lang = self.telling.lang;
            let residents = number(people.residents);
            let colon = SHARED.say("colon", lang);
            let line = format!("{}{colon}{residents}", SHARED.say("residents", lang));
            self.report.paragraph(&line);
        }
    }

    fn places(&mut self) {
        self.report.section("places");
        let row = |place: &PlaceLine| {
            let basis = if place.observed { "observed" } else { "model" };
            let water = place.without_water.map_or_else(|| "–".to_owned(), |w| self.range(w));
            vec![
                self.in_lang(&place.names).to_owned(),
                self.province(place),
                intensity(&place.intensity, self.telling.lang),
                self.report.say(basis).to_owned(),
                number(place.people),
                self.range(place.evacuated),
                self.range(place.displaced),
                water,
            ]
        };
        let rows: Vec<Vec<String>> = self.page.places.iter().take(ROWS_MAX).map(row).collect();
        let captions = [
            "place",
            "province",
            "intensity",
            "basis",
            "residents",
            "evacuated",
            "displaced",
            "without_water",
        ];
        self.report.table(&captions, 4, &rows);
        self.more(self.page.places.len());
    }

    fn province(&self, place: &PlaceLine) -> String {
        place.province.parse().map_or_else(
            |_| place.province.clone(),
            |id| self.in_lang(&self.telling.lexicon.place(&id)).to_owned(),
        )
    }

    /// Says how many rows were left out.
    fn more(&mut self, all: usize) {
        if let Some(left @ 1..) = all.checked_sub(ROWS_MAX) {
            let left = left.to_string();
            let line = WORDS.fill("more", self.telling.lang, &[("count", &left)]);
            self.report.paragraph(&line);
        }
    }

    fn needs(&mut self) {
        self.report.section("needs");
        let row = |need: &NeedTotal| {
            let name = self.in_lang(&need.names);
            let unit = unit(&need.unit, self.telling.lang);
            let figures = [
                need.stock,
                need.first_tranche,
                need.requested,
                need.committed,
                need.shipped,
                need.received,
                need.unmet,
            ];
            let mut row = vec![self.noted(name, unit), self.range(need.needed)];
            row.extend(figures.map(number));
            row
        };
        let rows: Vec<Vec<String>> = self.page.needs.iter().map(row).collect();
        let captions = [
            "commodity",
            "needed",
            "stock",
            "first_tranche",
            "requested",
            "committed",
            "shipped",
            "received",
            "short",
        ];
        self.report.table(&captions, 1, &rows);
    }

    /// What parties counted and saw, in their own words.
    fn counted(&mut self) {
        self.report.section("counted");
        if self.page.situations.is_empty() {
            let none = self.report.say("none");
            return self.report.paragraph(none);
        }
        for line in &self.page.situations {
            let said = self.situation(line);
            self.report.point(&said);
        }
    }

    fn situation(&self, line: &SituationLine) -> String {
        let (party, province) = (self.in_lang(&line.party.names), self.in_lang(&line.province));
        let lang = self.telling.lang;
        let time = moment(&line.as_of);
        let who = [&*time, province, party, &*line.source].join(SHARED.say("separator", lang));
        let counts = line.counts.iter().map(|count| {
            let what = self.report.code("count", &count.what);
            format!("{} {what} {}", self.in_lang(&count.place), number(count.count))
        });
        let mut said: Vec<String> = std::iter::once(who).chain(counts).collect();
        if !line.text.is_empty() {
            said.push(self.quoted(&line.text, &line.lang));
        }
        said.join(SHARED.say("semicolon", lang))
    }

    fn plan(&mut self) {
        self.report.section("plan");
        let row = |flow: &FlowLine| {
            // Plans move whole units.
            let amount = number(flow.amount.milli / 1000);
            let unit = unit(&flow.amount.unit, self.telling.lang);
            vec![
                self.in_lang(&flow.giver.names).to_owned(),
                self.in_lang(&flow.receiver.names).to_owned(),
                self.in_lang(&flow.names).to_owned(),
                format!("{amount} {unit}"),
                moment(&flow.departs),
                moment(&flow.arrives),
                format!("{} {}", flow.clause.agreement, self.in_lang(&flow.clause.article)),
            ]
        };
        let rows: Vec<Vec<String>> = self.page.flows.iter().take(ROWS_MAX).map(row).collect();
        let captions = ["giver", "receiver", "commodity", "amount", "departs", "arrives", "clause"];
        self.report.table(&captions, captions.len(), &rows);
        self.more(self.page.flows.len());
    }

    fn unmet(&mut self) {
        self.report.section("unmet");
        let row = |unmet: &UnmetLine| {
            let unit = unit(&unmet.unit, self.telling.lang);
            vec![
                self.in_lang(&unmet.place_names).to_owned(),
                self.noted(self.in_lang(&unmet.names), unit),
                self.in_lang(&unmet.words).to_owned(),
                number(unmet.units),
            ]
        };
        let rows: Vec<Vec<String>> = self.page.unmet.iter().take(ROWS_MAX).map(row).collect();
        self.report.table(&["place", "commodity", "why", "short"], 3, &rows);
        self.more(self.page.unmet.len());
    }

    /// The links that do not run as planned.
    fn links(&mut self) {
        self.report.section("links");
        let down = |link: &&LinkLine| link.status != "open";
        let row = |link: &LinkLine| {
            let cause = link.cause.as_deref().map(|cause| self.report.code("cause", cause));
            vec![
                self.in_lang(&link.names).to_owned(),
                self.report.code("mode", &link.mode),
                self.report.code("link", &link.status),
                cause.unwrap_or_default(),
                link.since.clone().unwrap_or_default(),
                link.source.clone().unwrap_or_default(),
            ]
        };
        let rows: Vec<Vec<String>> = self.page.links.iter().filter(down).map(row).collect();
        let captions = ["link", "mode", "operation", "cause", "since", "source"];
        self.report.table(&captions, captions.len(), &rows);
    }

    /// The last estimate beside the one before.
    fn changed(&mut self) {
        self.report.section("changed");
        let [.., before, now] = self.page.moves.as_slice() else {
            let first = self.report.say("first_estimate");
            return self.report.paragraph(first);
        };
        let (before, now) = (before.clone(), now.clone());
        let spreads: [(&'static str, Figure); 4] = [
            ("evacuated", |one| Some(one.evacuated)),
            ("displaced", |one| Some(one.displaced)),
            ("without_water", |one| Some(one.without_water)),
            ("deaths", |one| one.deaths),
        ];
        let shown =
            |spread: Option<Spread>| spread.map_or_else(|| "–".to_owned(), |s| self.range(s));
        let row = |(key, of): (&'static str, Figure)| {
            let name = SHARED.say(key, self.telling.lang).to_owned();
            vec![name, shown(of(&before)), shown(of(&now))]
        };
        let mut rows: Vec<Vec<String>> = spreads.into_iter().map(row).collect();
        let places = SHARED.say("places", self.telling.lang).to_owned();
        rows.push(vec![places, number(before.places), number(now.places)]);
        self.report.table(&["figure", "before", "now"], 1, &rows);
        self.report.gap();
        for (key, one) in [("before", &before), ("now", &now)] {
            let counted = if one.counted { self.report.say("with_counts") } else { "" };
            let line = format!("{} {} {counted}", moment(&one.at), one.message);
            self.report.field(key, line.trim_end());
        }
    }

    /// What all figures rest on: messages, factors, and the source of each factor.
    fn sources(&mut self) {
        self.report.section("sources");
        let messages = self.page.event.iter().flat_map(|event: &EventLine| &event.messages);
        for message in messages {
            let headline = self.quoted(&message.headline, &message.headline_lang);
            let digest = format!("SHA-256 {}", message.document);
            let parts = [message.message.clone(), moment(&message.sent), headline, digest];
            let line = parts.join(SHARED.say("separator", self.telling.lang));
            self.report.point(&line);
        }
        let factors = self.page.people.factors.as_deref().unwrap_or_default();
        self.report.field("factors", factors);
        let needs = self.page.places.iter().flat_map(|place| &place.needs);
        let named = needs.filter(|need| !need.source.is_empty());
        let lines: BTreeSet<String> =
            named.map(|need| format!("{} – {}", self.in_lang(&need.names), need.source)).collect();
        for line in lines {
            self.report.point(&line);
        }
    }
}
