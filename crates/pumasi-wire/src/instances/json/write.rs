//! From a statement to the text of a document.

use std::fmt::Write as _;

use pumasi_flow::statement::{
    ByPeriod, Id, StatedLink, StatedNeed, StatedPermit, StatedStock, Statement,
};
use serde::Serialize;

use super::FORMAT;

/// Writes a statement, one entry a line. What is usual is left out.
#[must_use]
pub fn write(said: &Statement) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{{\"format\": {},", json(FORMAT));
    let (periods, period_min) = (said.periods, said.period_min);
    let _ = writeln!(
        out,
        "\"horizon\": {{\"periods\": {periods}, \"period_min\": {period_min}}},\n\
         \"cost_weight\": {},",
        json(&said.cost_weight)
    );
    list(
        &mut out,
        "commodities",
        said.commodities.iter().map(|entry| {
            let mut line = Entry::of(&entry.id);
            line.field("mass_t", &entry.mass_t)
                .field("perishing", &entry.perishing)
                .field("weight", &entry.weight)
                .unless("kept_per_period", &entry.kept_per_period, &1.0);
            line.end()
        }),
    );
    list(
        &mut out,
        "sites",
        said.sites.iter().map(|entry| {
            let mut line = Entry::of(&entry.id);
            line.given("territory", entry.territory.as_deref());
            line.given("intake_t", entry.intake_t.as_ref().map(Figures).as_ref());
            line.end()
        }),
    );
    list(&mut out, "links", said.links.iter().map(link));
    list(&mut out, "stocks", said.stocks.iter().map(stock));
    list(&mut out, "needs", said.needs.iter().map(need));
    list(
        &mut out,
        "ceilings",
        said.ceilings.iter().map(|entry| {
            let mut line = Entry::of(&entry.id);
            line.field("most_t", &entry.most_t);
            line.end()
        }),
    );
    list(&mut out, "permits", said.permits.iter().map(permit));
    out.truncate(out.trim_end_matches([',', '\n']).len());
    out.push_str("}\n");
    out
}

fn link(entry: &StatedLink) -> String {
    let mut line = Entry::of(&entry.id);
    line.field("from", &*entry.from)
        .field("to", &*entry.to)
        .unless("both_ways", &entry.both_ways, &false)
        .field("mode", &*entry.mode)
        .field("duration_min", &entry.duration_min)
        .given("capacity_t", entry.capacity_t.as_ref().map(Figures).as_ref())
        .unless("cost_per_t", &entry.cost_per_t, &0.0)
        .unless("retained", &entry.retained, &1.0);
    let closures: Vec<serde_json::Value> = entry
        .closures
        .iter()
        .map(|closure| {
            let (from, until) = (closure.from_period, closure.until_period);
            if closure.share == 0.0 {
                return serde_json::json!({ "from_period": from, "until_period": until });
            }
            let share = closure.share;
            serde_json::json!({ "from_period": from, "until_period": until, "share": share })
        })
        .collect();
    let words = |ids: &[Id]| ids.iter().map(ToString::to_string).collect::<Vec<String>>();
    line.unless("closures", &closures, &Vec::new())
        .given("commodities", entry.commodities.as_deref().map(words).as_ref());
    line.end()
}

fn stock(entry: &StatedStock) -> String {
    let mut line = Entry::of(&entry.id);
    line.field("owner", &*entry.owner)
        .field("site", &*entry.site)
        .field("commodity", &*entry.commodity)
        .field("units", &entry.units)
        .unless("release_period", &entry.release_period, &0);
    line.end()
}

fn need(entry: &StatedNeed) -> String {
    let mut line = Entry::of(&entry.id);
    line.given("place", entry.place.as_deref())
        .field("site", &*entry.site)
        .field("receiver", &*entry.receiver)
        .field("commodity", &*entry.commodity)
        .unless("priority", &entry.priority, &1.0)
        .unless("requested", &entry.requested, &true)
        .field("wanted", &Figures(&entry.wanted));
    line.end()
}

fn permit(entry: &StatedPermit) -> String {
    let words = |ids: &[Id]| ids.iter().map(ToString::to_string).collect::<Vec<String>>();
    let mut line = Entry::of(&entry.id);
    line.field("givers", &words(&entry.givers))
        .field("receivers", &words(&entry.receivers))
        .given("commodities", entry.commodities.as_deref().map(words).as_ref())
        .given("modes", entry.modes.as_deref().map(words).as_ref())
        .given("through", entry.through.as_deref().map(words).as_ref())
        .unless("earliest_period", &entry.earliest_period, &0)
        .unless("ceilings", &words(&entry.ceilings), &Vec::new())
        .unless("push", &entry.push, &false);
    line.end()
}

fn list(out: &mut String, name: &str, entries: impl Iterator<Item = String>) {
    let lines: Vec<String> = entries.collect();
    let _ = writeln!(out, "{}: [{}],", json(name), lines.join(",\n "));
}

/// A value as JSON; what is written here always can be.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Figures by period, one alone where all are the same.
struct Figures<'a>(&'a ByPeriod);

impl Serialize for Figures<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ByPeriod::Same(figure) => figure.serialize(serializer),
            ByPeriod::Each(figures) => figures.serialize(serializer),
        }
    }
}

/// One object in one line.
struct Entry(String);

impl Entry {
    fn of(id: &str) -> Self {
        Self(format!("{{\"id\": {}", json(id)))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> &mut Self {
        let _ = write!(self.0, ", {}: {}", json(name), json(value));
        self
    }

    fn given<T: Serialize + ?Sized>(&mut self, name: &str, value: Option<&T>) -> &mut Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    fn unless<T: Serialize + PartialEq>(&mut self, name: &str, value: &T, usual: &T) -> &mut Self {
        if value == usual { self } else { self.field(name, value) }
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
