//! The script of a drill: what enters, who cannot be reached, and what really happened.
//!
//! A script is data in `drills/<name>/drill.toml`; the conductor that plays it drives every node
//! through its own desk.

use pumasi_base::{
    AgreementId, Captions, ClauseId, CommodityId, LinkId, Money, PartyId, PlaceId, Time,
};
use pumasi_view::page::{FactLine, Words};
use serde::Deserialize;

use crate::library;

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
    fn an_outage_holds_from_its_first_minute_until_the_last() {
        let script = Script::builtin("noto-2024").unwrap();
        let ishikawa = "jp-17".parse().unwrap();
        assert!(!script.is_reachable(&ishikawa, 0));
        assert!(script.is_reachable(&ishikawa, 1500));
    }
}
