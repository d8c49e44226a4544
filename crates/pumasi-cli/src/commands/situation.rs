//! `pumasi alert situation`: what was counted and seen, as a situation report.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use pumasi_base::{OfficerId, PlaceId, Time};
use pumasi_node::act::kinds::report_situation::{Counts, ReportSituation};
use pumasi_node::service::AlertAnswer;
use serde::Deserialize;
use serde_json::json;

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::lookup;
use crate::output::{Answer, Page, short};

/// A report of one province.
#[derive(Args)]
pub struct Situation {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "ID")]
    officer: OfficerId,
    #[arg(long, value_name = "PLACE")]
    province: PlaceId,
    #[arg(long, value_name = "WHO")]
    source: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,
    #[arg(long, value_name = "TIME")]
    as_of: Option<Time>,
    #[arg(long, value_name = "TIME")]
    time: Option<Time>,
}

/// A row of a file of counts.
#[derive(Deserialize)]
struct Row {
    place: PlaceId,
    #[serde(default)]
    homes_destroyed: Option<u32>,
    #[serde(default)]
    homes_half_destroyed: Option<u32>,
    #[serde(default)]
    homes_without_water: Option<u32>,
    #[serde(default)]
    people_in_shelters: Option<u32>,
    #[serde(default)]
    people_dead: Option<u32>,
    #[serde(default)]
    people_injured: Option<u32>,
    #[serde(default)]
    people_missing: Option<u32>,
}

/// Hands a situation report to the node.
///
/// # Errors
/// When the file does not read, or the node refuses.
pub fn run(asked: &Situation, context: &Context<'_>) -> Result<Answer, Failure> {
    let bytes = files::read(&asked.file)?;
    let places = read(&bytes).map_err(|error| {
        let file = asked.file.display().to_string();
        Failure::new("counts-unreadable", Exit::BadFile).with("file", file).because(error)
    })?;
    let desk = context.desk()?;
    let words = context.words;
    let now = || Time::from_second(Time::now().as_second()).unwrap_or(Time::MIN);
    let situation = ReportSituation {
        province: asked.province.clone(),
        as_of: asked.as_of.or(asked.time).unwrap_or_else(now),
        source: asked.source.clone(),
        text: asked.text.clone(),
        lang: words.lang().tag().to_owned(),
        places,
    };
    let form = json!({
        "matter": lookup::matter(&desk, &asked.matter)?,
        "officer": asked.officer,
        "time": asked.time,
        "situation": situation,
    });
    let fetched = desk.send::<AlertAnswer>("/situations", &form)?;
    let mut page = Page::default();
    let relayed = &fetched.page.relayed;
    page.line(words.say_with("situation-reported", &[("count", relayed.len().into())]));
    for id in relayed {
        page.line(format!("  {}", short(&id.to_string())));
    }
    if relayed.len() > 1 {
        let [low, central, high] = fetched.page.displaced;
        let displaced = words.spread(low, central, high);
        page.field(words.say("total-displaced"), displaced);
    }
    Ok(Answer::new(fetched.value, page))
}

fn read(bytes: &[u8]) -> Result<BTreeMap<PlaceId, Counts>, csv::Error> {
    let mut places = BTreeMap::new();
    for row in csv::Reader::from_reader(bytes).deserialize() {
        let row: Row = row?;
        let counts = Counts {
            homes_destroyed: row.homes_destroyed,
            homes_half_destroyed: row.homes_half_destroyed,
            homes_without_water: row.homes_without_water,
            people_in_shelters: row.people_in_shelters,
            people_dead: row.people_dead,
            people_injured: row.people_injured,
            people_missing: row.people_missing,
        };
        places.insert(row.place, counts);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_counted_is_no_zero() {
        let text = "place,homes_destroyed,people_dead\nkr-42820,335,\nkr-42150,,0\n";
        let places = read(text.as_bytes()).unwrap();
        let shown: Vec<String> = places
            .iter()
            .map(|(place, c)| format!("{place} {:?} {:?}", c.homes_destroyed, c.people_dead))
            .collect();
        assert_eq!(shown, ["kr-42150 None Some(0)", "kr-42820 Some(335) None"]);
        for bad in ["place,people_dead\nkr-42820,-1\n", "people_dead\n1\n", "place\nKR 1\n"] {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
