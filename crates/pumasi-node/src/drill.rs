//! The script of a drill: what enters, who cannot be reached, and what really happened.
//!
//! A script is data in `drills/<name>/drill.toml`; the conductor that plays it drives every node
//! through its own desk.

use std::collections::BTreeMap;

use pumasi_act::kinds::report_situation::Counts;
use pumasi_base::{
    AgreementId, Captions, ClauseId, CommodityId, LinkId, Money, PartyId, PlaceId, Time,
};
use pumasi_hazard::Intensity;
use pumasi_view::page::{FactLine, Words};
use serde::Deserialize;

use crate::library;

mod score;

pub use score::{Scored, estimate, score};

/// A drill.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Its name.
    pub id: String,
    /// The case its matters belong to.
    pub event: String,
    /// Its title.
    pub title: Captions,
    /// What it asks, in two sentences.
    pub summary: Captions,
    /// Where the drill's clock starts.
    pub origin: Time,
    /// The requesting party.
    pub affected: PartyId,
    /// How long it lasts on the drill's clock.
    pub hours: i64,
    /// Hours in a period of its plans.
    pub periods_h: i64,
    /// Seed of what is left to chance: which pallet is damaged.
    pub seed: u64,
    /// Who takes part.
    pub parties: Vec<PartyId>,
    /// What enters.
    #[serde(rename = "message")]
    pub messages: Vec<Message>,
    /// The minute by which enough is known to plan on; that of the last message when left out.
    /// Later messages enter while help is on its way.
    #[serde(default)]
    pub known_min: Option<i64>,
    /// What was counted, as it came.
    #[serde(default, rename = "situation")]
    pub situations: Vec<Situation>,
    /// Who cannot be reached, and when.
    #[serde(default, rename = "outage")]
    pub outages: Vec<Outage>,
    /// Orders beside the plan: reserves that are refilled.
    #[serde(default, rename = "refill")]
    pub refills: Vec<Refill>,
    /// What a unit costs where an order is reimbursed.
    #[serde(default, rename = "price")]
    pub prices: Vec<Price>,
    /// What really happened.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
    /// What an estimate made of its messages is held against.
    #[serde(default, rename = "score")]
    pub scores: Vec<Score>,
}

/// An order beside the plan: one party refills what another gave away.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refill {
    /// Who gives.
    pub giver: PartyId,
    /// Who receives.
    pub receiver: PartyId,
    /// What.
    pub commodity: CommodityId,
    /// Whole units.
    pub units: i64,
    /// The agreement.
    pub agreement: AgreementId,
    /// The clause that permits it.
    pub clause: ClauseId,
    /// The links it takes.
    pub links: Vec<LinkId>,
    /// Minutes after the origin at which it leaves.
    pub depart_min: i64,
    /// Minutes after the origin at which it arrives.
    pub arrive_min: i64,
}

/// What a unit of a commodity costs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The commodity.
    pub commodity: CommodityId,
    /// The price of a unit.
    pub price: Money,
    /// Where it comes from.
    pub source: String,
}

/// A message that enters at one party.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The file beside the script.
    pub file: String,
    /// Minutes after the origin.
    pub at_min: i64,
    /// Where it enters.
    pub party: PartyId,
}

/// What a party counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// Minutes after the origin.
    pub at_min: i64,
    /// Who reports it.
    pub party: PartyId,
    /// Of which province.
    pub province: PlaceId,
    /// Who counted.
    pub source: String,
    /// What is said of it, in the language of the party.
    pub text: String,
    /// The BCP 47 tag of that language.
    pub lang: String,
    /// What was counted, by place.
    pub places: BTreeMap<PlaceId, Counts>,
}

/// A stretch in which a party's node cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// Whose.
    pub party: PartyId,
    /// From, in minutes after the origin.
    pub from_min: i64,
    /// Until.
    pub until_min: i64,
    /// Why.
    pub cause: Captions,
}

/// What really happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Minutes after the origin.
    pub at_min: i64,
    /// What is counted.
    pub key: String,
    /// The figure.
    pub value: i64,
    /// Where it is reported.
    pub source: String,
    /// In words.
    pub caption: Captions,
}

/// An observed figure that an estimate is held against.
///
/// A figure that was used to tune a rate is no test of it; it says so in `fitted`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// What was counted.
    pub figure: Figure,
    /// The weakest intensity that counts; for [`Figure::People`] alone.
    #[serde(default)]
    pub intensity: Option<Intensity>,
    /// What was needed; for [`Figure::Need`] alone.
    #[serde(default)]
    pub commodity: Option<CommodityId>,
    /// How many: people, or units of the commodity.
    pub value: i64,
    /// Minutes after the origin at which it was counted.
    pub at_min: i64,
    /// Where it is reported.
    pub source: String,
    /// Whether a rate of the estimate was tuned on this figure.
    #[serde(default)]
    pub fitted: bool,
}

impl Score {
    /// What is wrong with it, if anything is.
    fn fault(&self) -> Option<String> {
        let wrong = |what: &str| Some(format!("the score of `{}` {what}", self.figure.name()));
        match (self.figure, &self.intensity, &self.commodity) {
            (Figure::People, None, _) => wrong("says not from which intensity on people count"),
            (Figure::Need, _, None) => wrong("names no commodity"),
            (Figure::People, Some(_), None) | (Figure::Need, None, Some(_)) => None,
            (_, Some(_), _) => wrong("has an intensity"),
            (_, _, Some(_)) => wrong("has a commodity"),
            _ if self.value < 0 => wrong("is negative"),
            _ => None,
        }
    }
}

/// What an estimate gives and somebody counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// People out of their homes and in the care of others.
    Displaced,
    /// People told to leave or who left for a while, most of whom return within days.
    Evacuated,
    /// Deaths the hazard itself caused.
    Deaths,
    /// People without piped water at the worst.
    WithoutWater,
    /// People who live where it shook at least as much as an intensity.
    People,
    /// Units of a commodity that were needed.
    Need,
}

impl Figure {
    /// Its name in a script.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Displaced => "displaced",
            Self::Evacuated => "evacuated",
            Self::Deaths => "deaths",
            Self::WithoutWater => "without_water",
            Self::People => "people",
            Self::Need => "need",
        }
    }
}

/// Why a drill cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// There is none of that name.
    #[error("there is no drill `{name}`; there are {}", .known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// Its script does not read.
    #[error("the script of `{name}` does not read: {what}")]
    Unreadable {
        /// The name.
        name: String,
        /// Why.
        what: String,
    },
}

impl Script {
    /// Reads a drill the binary carries.
    ///
    /// # Errors
    /// When there is none of that name or its script does not read.
    pub fn builtin(name: &str) -> Result<Self, ScriptError> {
        let bytes = library::drill_file(name, "drill.toml").ok_or_else(|| {
            ScriptError::Unknown { name: name.to_owned(), known: library::drills() }
        })?;
        let wrong = |what: String| ScriptError::Unreadable { name: name.to_owned(), what };
        let script: Self =
            toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|e| wrong(e.to_string()))?;
        if !script.parties.contains(&script.affected) {
            return Err(wrong(format!("`{}` takes no part", script.affected)));
        }
        if let Some(late) = script.outages.iter().find(|outage| outage.from_min != 0) {
            // A node that falls silent later would have to be stopped between two steps.
            let (party, minute) = (&late.party, late.from_min);
            return Err(wrong(format!(
                "the outage of `{party}` begins at minute {minute}; it must begin with the event"
            )));
        }
        if let Some(fault) = script.scores.iter().find_map(Score::fault) {
            return Err(wrong(fault));
        }
        Ok(script)
    }

    /// Whether the node of `party` can be reached at a minute of the drill.
    #[must_use]
    pub fn is_reachable(&self, party: &PartyId, minute: i64) -> bool {
        let out = |o: &&Outage| o.party == *party && o.from_min <= minute && minute < o.until_min;
        !self.outages.iter().any(|outage| out(&outage))
    }

    /// The province the affected party governs: where aid goes.
    ///
    /// Parties that govern a province carry its code.
    ///
    /// # Errors
    /// When the affected party is no province.
    pub fn place(&self) -> Result<PlaceId, ScriptError> {
        let wrong = || ScriptError::Unreadable {
            name: self.id.clone(),
            what: format!("`{}` is no province", self.affected),
        };
        self.affected.as_str().parse().map_err(|_| wrong())
    }

    /// What really happened, as the report shows it.
    #[must_use]
    pub fn fact_lines(&self) -> Vec<FactLine> {
        let line = |fact: &Fact| FactLine {
            at_min: fact.at_min,
            caption: Words::from(&fact.caption),
            value: fact.value,
            source: fact.source.clone(),
        };
        self.facts.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drill_in_the_binary_reads_and_its_messages_are_there() {
        for name in library::drills() {
            let script = Script::builtin(&name).unwrap();
            assert!(!script.messages.is_empty());
            for message in &script.messages {
                let bytes = library::drill_file(&name, &message.file).unwrap();
                let read = pumasi_hazard::read_any(&bytes).unwrap();
                assert!(!read.messages.is_empty(), "{name}/{}", message.file);
                assert!(script.parties.contains(&message.party));
            }
            assert!(script.place().is_ok());
        }
        assert!(matches!(Script::builtin("none"), Err(ScriptError::Unknown { .. })));
    }

    #[test]
    fn every_drill_is_held_against_what_was_counted() {
        for name in library::drills() {
            let script = Script::builtin(&name).unwrap();
            assert!(!script.scores.is_empty(), "{name}");
            for score in &script.scores {
                assert!(!score.source.is_empty(), "{name}: {}", score.figure.name());
                assert!(score.at_min >= 0, "{name}: {}", score.figure.name());
            }
        }
        let tottori = Script::builtin("tottori-2016").unwrap();
        let displaced = tottori.scores.iter().find(|score| score.figure == Figure::Displaced);
        assert_eq!(displaced.map(|score| (score.value, score.fitted)), Some((2862, true)));
    }

    #[track_caller]
    fn check(score: &str, expected: &str) {
        let text = format!("{score}\nvalue = 1\nat_min = 0\nsource = \"somebody\"");
        let shown = match toml::from_str::<Score>(&text) {
            Ok(score) => score.fault().unwrap_or_else(|| "sound".to_owned()),
            Err(_) => "does not read".to_owned(),
        };
        assert_eq!(shown, expected, "{score}");
    }

    #[test]
    fn a_score_says_what_was_counted_and_nothing_else() {
        check(r#"figure = "deaths""#, "sound");
        check("figure = \"people\"\nintensity = \"jma 6-\"", "sound");
        check("figure = \"people\"\nintensity = \"mmi 7\"", "sound");
        check("figure = \"need\"\ncommodity = \"blanket\"", "sound");
        check(
            r#"figure = "people""#,
            "the score of `people` says not from which intensity on people count",
        );
        check(r#"figure = "need""#, "the score of `need` names no commodity");
        check(
            "figure = \"deaths\"\nintensity = \"jma 6-\"",
            "the score of `deaths` has an intensity",
        );
        check(
            "figure = \"displaced\"\ncommodity = \"blanket\"",
            "the score of `displaced` has a commodity",
        );
        check("figure = \"people\"\nintensity = \"6-\"", "does not read");
        check(r#"figure = "luck""#, "does not read");
    }

    #[test]
    fn an_outage_holds_from_its_first_minute_until_the_last() {
        let script = Script::builtin("noto-2024").unwrap();
        let ishikawa = "jp-17".parse().unwrap();
        assert!(!script.is_reachable(&ishikawa, 0));
        assert!(script.is_reachable(&ishikawa, 1500));
    }
}
