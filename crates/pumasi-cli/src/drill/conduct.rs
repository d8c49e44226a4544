//! The conductor: plays the script, hour by hour of the drill's clock.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use pumasi_base::{AgreementId, PartyId, Time};
use pumasi_node::act::ActId;
use pumasi_node::drill::{Message, Script, Situation};
use pumasi_node::library::{self, Library};
use pumasi_node::service::{AlertAnswer, MatterDigest, PlanAnswer};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fleet::{Fleet, moment, officer_for};
use super::journal::Journal;
use super::story::Story;
use super::{Stop, orders};
use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};

/// How long nodes may take to agree on a matter.
const SYNC_MAX: Duration = Duration::from_secs(60);
/// Minutes after the last message in which neighbours open their matters and plan.
const PUSH_PLAN_MIN: i64 = 10;
/// The earliest minute at which the affected party makes requests: it looks around first.
const REQUEST_MIN: i64 = 90;
/// Minutes after that plan in which officers try what no agreement permits.
const ATTEMPT_MIN: i64 = 40;
/// Minutes a party that comes back takes to plan.
const RETURN_MIN: i64 = 20;

/// What a drill is played with.
pub struct Conductor<'a> {
    pub(super) script: &'a Script,
    pub(super) library: &'a Library,
    fleet: Fleet,
    journal: Journal,
    stop: Stop,
}

/// What an officer is to do.
pub struct Act<'a> {
    /// Whose officer.
    pub party: &'a PartyId,
    /// In which matter.
    pub matter: ActId,
    /// The kind.
    pub kind: &'static str,
    /// The clause to cite; found by the node when left out.
    pub clause: Option<(&'a AgreementId, &'a str)>,
    /// When, in minutes after the origin.
    pub minute: i64,
    /// What it carries.
    pub body: Value,
}

/// What enters a drill.
enum Entry<'s> {
    Message(usize, &'s Message),
    Situation(usize, &'s Situation),
}

impl<'a> Conductor<'a> {
    /// A conductor for nodes that do not run yet.
    #[must_use]
    pub fn new(
        script: &'a Script,
        library: &'a Library,
        fleet: Fleet,
        journal: Journal,
        stop: Stop,
    ) -> Self {
        Self { script, library, fleet, journal, stop }
    }

    /// The nodes.
    #[must_use]
    pub const fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// The nodes, to start and stop them.
    pub const fn fleet_mut(&mut self) -> &mut Fleet {
        &mut self.fleet
    }

    /// Plays what has not been played yet.
    ///
    /// # Errors
    /// When a step that must succeed does not.
    pub fn play(&mut self, story: &mut Story<'_>) -> Result<(), Failure> {
        let all: BTreeSet<PartyId> = self.script.parties.iter().cloned().collect();
        let done = self.journal.has("returned");
        let up: BTreeSet<PartyId> = all
            .iter()
            .filter(|party| done || self.script.is_reachable(party, 0))
            .cloned()
            .collect();
        story.nodes(&up, &all);
        self.fleet.start(&up)?;
        self.alerts(story)?;
        self.open_matters(story)?;
        orders::push(self, story)?;
        orders::attempts(self, self.push_minute() + ATTEMPT_MIN, story)?;
        self.come_back(&all, story)?;
        orders::attempts(self, self.request_minute(), story)?;
        orders::request(self, story)?;
        self.later(story)?;
        orders::settle(self, story)?;
        self.wait_for_sync(&all)
    }

    /// Does a step once: a second run takes what the first one got.
    ///
    /// # Errors
    /// When the step fails, or the officer asked to stop.
    pub fn once<T: DeserializeOwned + serde::Serialize>(
        &mut self,
        step: &str,
        work: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let unreadable = |error| Failure::new("failure-folder", Exit::BadFile).because(error);
        if let Some(gave) = self.journal.get(step) {
            return T::deserialize(gave).map_err(unreadable);
        }
        if self.stop.asked() {
            return Err(Failure::new("failure-stopped", Exit::Ours));
        }
        let gave = work(self)?;
        let value = serde_json::to_value(&gave).map_err(unreadable)?;
        self.journal.note(step, value)?;
        Ok(gave)
    }

    /// Whether a step was done.
    #[must_use]
    pub fn is_done(&self, step: &str) -> bool {
        self.journal.has(step)
    }

    /// The drill's time.
    #[must_use]
    pub fn at(&self, minute: i64) -> Time {
        moment(self.script.origin, minute)
    }

    /// The desk of a party.
    ///
    /// # Errors
    /// When its node does not run.
    pub fn desk(&self, party: &PartyId) -> Result<Desk, Failure> {
        self.fleet.desk(party)
    }

    /// Makes an act as an officer of its party, once.
    ///
    /// # Errors
    /// When it is refused.
    pub fn act(&mut self, step: &str, act: &Act<'_>) -> Result<ActId, Failure> {
        self.once(step, |conductor| {
            let made = conductor.desk(act.party)?.send::<Value>("/acts", &conductor.form(act))?;
            id_of(&made.value)
        })
    }

    /// An act as a desk takes it.
    #[must_use]
    pub fn form(&self, act: &Act<'_>) -> Value {
        json!({
            "matter": act.matter,
            "kind": act.kind,
            "body": act.body,
            "officers": [officer_for(act.kind)],
            "clause": act.clause.map(|(agreement, clause)| {
                json!({"agreement": agreement, "clause": clause})
            }),
            "time": self.at(act.minute),
        })
    }

    /// The party that relays what the world says, and plans while the affected one is silent.
    #[must_use]
    pub fn watcher(&self) -> &PartyId {
        self.script.messages.first().map_or(&self.script.affected, |message| &message.party)
    }

    /// The minute by which enough is known to plan on.
    #[must_use]
    pub fn known_minute(&self) -> i64 {
        let last = || self.script.messages.iter().map(|message| message.at_min).max();
        self.script.known_min.or_else(last).unwrap_or(0)
    }

    /// The minute of the plan for what nobody asked for.
    #[must_use]
    pub fn push_minute(&self) -> i64 {
        self.known_minute() + PUSH_PLAN_MIN
    }

    /// The minute at which the affected party asks: when it can be reached, has looked around, and
    /// what was pushed and tried before is behind it.
    #[must_use]
    pub fn request_minute(&self) -> i64 {
        let back = self.script.outages.iter().filter(|o| o.party == self.script.affected);
        let back = back.map(|outage| outage.until_min + RETURN_MIN).max();
        let settled = self.push_minute() + ATTEMPT_MIN + RETURN_MIN;
        back.unwrap_or(REQUEST_MIN).max(REQUEST_MIN).max(settled)
    }

    /// Opens the common matter and relays every message in it.
    fn alerts(&mut self, story: &mut Story<'_>) -> Result<(), Failure> {
        let watcher = self.watcher().clone();
        let first = self.script.messages.iter().map(|m| m.at_min).min().unwrap_or(0);
        let common = self.common_agreements();
        let audience: BTreeSet<PartyId> = self.script.parties.iter().cloned().collect();
        let matter = self.open("common", &watcher, &audience, &common, first)?;
        story.opened(first, &watcher, &audience);
        // Messages may enter at several parties: each must know the matter first.
        self.wait_for_sync(&audience)?;
        self.enter(matter, i64::MIN..=self.known_minute(), story)?;
        self.wait_for_sync(&audience)
    }

    /// Enters the messages and counts that come after what was planned on.
    fn later(&mut self, story: &mut Story<'_>) -> Result<(), Failure> {
        let Some(matter) = self.matter_of("common") else { return Ok(()) };
        self.enter(matter, self.known_minute() + 1..=i64::MAX, story)?;
        self.wait_for_sync(&self.fleet.running())
    }

    /// Enters messages and counts of some minutes, in their order.
    fn enter(
        &mut self,
        matter: ActId,
        minutes: RangeInclusive<i64>,
        story: &mut Story<'_>,
    ) -> Result<(), Failure> {
        let messages = self.script.messages.iter().enumerate();
        let messages =
            messages.map(|(index, message)| (message.at_min, Entry::Message(index, message)));
        let counts = self.script.situations.iter().enumerate();
        let counts = counts.map(|(index, count)| (count.at_min, Entry::Situation(index, count)));
        let mut entries: Vec<(i64, Entry<'_>)> = messages.chain(counts).collect();
        entries.retain(|(minute, _)| minutes.contains(minute));
        entries.sort_by_key(|(minute, _)| *minute);
        for (_, entry) in entries {
            match entry {
                Entry::Message(index, message) => {
                    let answer: AlertAnswer =
                        self.once(&format!("message-{index}"), |conductor| {
                            conductor.relay(
                                &message.party,
                                matter,
                                &message.file,
                                message.at_min,
                                true,
                            )
                        })?;
                    story.alert(message, &answer);
                }
                Entry::Situation(index, count) => {
                    let answer: AlertAnswer = self
                        .once(&format!("situation-{index}"), |conductor| {
                            conductor.count(matter, count)
                        })?;
                    story.counted(count, &answer);
                }
            }
        }
        Ok(())
    }

    /// Hands what a party counted to its desk.
    fn count(&self, matter: ActId, count: &Situation) -> Result<AlertAnswer, Failure> {
        let form = json!({
            "matter": matter,
            "officer": officer_for("report_situation"),
            "time": self.at(count.at_min),
            "situation": {
                "province": count.province,
                "as_of": self.at(count.at_min),
                "source": count.source,
                "text": count.text,
                "lang": count.lang,
                "places": count.places,
            },
        });
        Ok(self.desk(&count.party)?.send("/situations", &form)?.page)
    }

    /// Hands a message of the script to a party's desk.
    fn relay(
        &self,
        party: &PartyId,
        matter: ActId,
        file: &str,
        minute: i64,
        report: bool,
    ) -> Result<AlertAnswer, Failure> {
        let bytes = library::drill_file(&self.script.id, file)
            .ok_or_else(|| Failure::new("failure-drill", Exit::NotFound).because(file))?;
        let (matter, time) = (matter.to_string(), self.at(minute).to_string());
        let report = report.to_string();
        let parameters = [
            ("matter", matter.as_str()),
            ("officer", officer_for("relay_alert")),
            ("time", time.as_str()),
            ("report", report.as_str()),
        ];
        let desk = self.desk(party)?;
        let answer = desk.send_bytes("/alerts", &parameters, "application/octet-stream", &bytes)?;
        Ok(answer.page)
    }

    fn open(
        &mut self,
        step: &str,
        party: &PartyId,
        audience: &BTreeSet<PartyId>,
        agreements: &BTreeSet<AgreementId>,
        minute: i64,
    ) -> Result<ActId, Failure> {
        self.once(&format!("matter-{step}"), |conductor| {
            let title = match agreements.iter().next() {
                Some(id) if agreements.len() == 1 && step != "common" => conductor
                    .library
                    .agreements()
                    .get(id)
                    .map_or_else(|| conductor.script.title.clone(), |a| a.title().clone()),
                _ => conductor.script.title.clone(),
            };
            let form = json!({
                "case": conductor.script.event,
                "title": title,
                "status": "exercise",
                "audience": audience,
                "agreements": agreements,
                "origin": conductor.script.origin,
                "officers": [officer_for("open_matter")],
                "time": conductor.at(minute),
            });
            let made = conductor.desk(party)?.send::<Value>("/matters", &form)?;
            id_of(&made.value)
        })
    }

    /// Agreements under which all share what they know: political principles.
    fn common_agreements(&self) -> BTreeSet<AgreementId> {
        let principles = pumasi_node::agreement::LawLevel::PoliticalPrinciples;
        let common = self.library.agreements().values().filter(|a| a.law_level() == principles);
        common.map(|agreement| agreement.id().clone()).collect()
    }

    /// Agreements that bind the affected party with another of the drill, or parties across a border
    /// with each other, and who of the drill they bind.
    #[must_use]
    pub fn bilateral(&self) -> BTreeMap<AgreementId, BTreeSet<PartyId>> {
        let common = self.common_agreements();
        self.library
            .agreements()
            .values()
            .filter(|agreement| !common.contains(agreement.id()))
            .filter_map(|agreement| {
                let members: BTreeSet<PartyId> = agreement
                    .members()
                    .filter(|member| self.script.parties.contains(member))
                    .cloned()
                    .collect();
                let has_place = members.contains(&self.script.affected) || is_across(&members);
                (members.len() > 1 && has_place).then(|| (agreement.id().clone(), members))
            })
            .collect()
    }

    /// Opens a matter for every agreement, by a member that answers, with the alerts its standing
    /// consents depend on.
    fn open_matters(&mut self, story: &mut Story<'_>) -> Result<(), Failure> {
        let minute = self.known_minute() + 1;
        for (agreement, members) in self.bilateral() {
            let running = self.fleet.running();
            let affected = self.script.affected.clone();
            let mut openers = members.iter().filter(|m| running.contains(*m) && **m != affected);
            let Some(opener) = openers.next().cloned() else { continue };
            let only = BTreeSet::from([agreement.clone()]);
            let matter = self.open(agreement.as_str(), &opener, &members, &only, minute)?;
            let known = self.known_minute();
            let messages = self.script.messages.iter().enumerate();
            for (index, message) in messages.filter(|(_, message)| message.at_min <= known) {
                self.once(&format!("alert-{agreement}-{index}"), |conductor| {
                    conductor.relay(&opener, matter, &message.file, minute, false)
                })?;
            }
            story.matter(minute, &opener, &agreement, &members);
        }
        self.wait_for_sync(&self.fleet.running())
    }

    /// The matter of an agreement; the common one for principles.
    #[must_use]
    pub fn matter_of(&self, agreement: &str) -> Option<ActId> {
        let step = self.journal.get(&format!("matter-{agreement}"));
        step.or_else(|| self.journal.get("matter-common"))
            .and_then(|id| serde_json::from_value(id.clone()).ok())
    }

    /// Asks a node for a plan and has it stated.
    ///
    /// # Errors
    /// When there is nothing to plan for, or the plan is not sound.
    pub fn plan(
        &mut self,
        step: &str,
        planner: &PartyId,
        minute: i64,
        requested: bool,
    ) -> Result<PlanAnswer, Failure> {
        self.once(step, |conductor| {
            let script = conductor.script;
            let (able, unreachable): (BTreeSet<&PartyId>, BTreeSet<&PartyId>) =
                script.parties.iter().partition(|party| script.is_reachable(party, minute));
            let matter = conductor.matter_of("common");
            let form = json!({
                "matter": matter,
                "case": script.event,
                "purpose": "disaster_relief",
                "hours": (script.hours - minute / 60).max(1),
                "period_hours": script.periods_h,
                // What is sent unasked is sized by the low end; who asks, asks for what it expects.
                "size": requested.then_some("central"),
                "requested": requested,
                "able": able,
                "unreachable": unreachable,
                "choose": true,
                "officers": [officer_for("choose_plan")],
                "time": conductor.at(minute),
            });
            Ok(conductor.desk(planner)?.send("/plans", &form)?.page)
        })
    }

    /// Starts the nodes that could not be reached, and waits until they know what they missed.
    fn come_back(&mut self, all: &BTreeSet<PartyId>, story: &mut Story<'_>) -> Result<(), Failure> {
        let late: BTreeSet<PartyId> = all.difference(&self.fleet.running()).cloned().collect();
        let started = Instant::now();
        self.fleet.start(&late)?;
        self.wait_for_sync(all)?;
        for outage in &self.script.outages {
            story.back(outage, started.elapsed());
        }
        self.once("returned", |_| Ok(true))?;
        Ok(())
    }

    /// Waits until every running node of `parties` stands equal in every matter it shares.
    ///
    /// # Errors
    /// When they do not agree in time.
    pub fn wait_for_sync(&self, parties: &BTreeSet<PartyId>) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            let digests = self.digests(parties)?;
            let apart = digests.values().filter(|nodes| {
                let states: BTreeSet<_> = nodes.values().map(|d| (d.frontier, d.state)).collect();
                states.len() > 1
            });
            let missing = self.missing(&digests, parties)?;
            if apart.count() == 0 && !missing {
                return Ok(());
            }
            if self.stop.asked() {
                return Err(Failure::new("failure-stopped", Exit::Ours));
            }
            if started.elapsed() > SYNC_MAX {
                return Err(Failure::new("failure-sync", Exit::Unreachable)
                    .with("seconds", i64::try_from(SYNC_MAX.as_secs()).unwrap_or(0)));
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// How every matter stands at each running node.
    ///
    /// # Errors
    /// When a node does not answer.
    pub fn digests(
        &self,
        parties: &BTreeSet<PartyId>,
    ) -> Result<BTreeMap<ActId, BTreeMap<PartyId, MatterDigest>>, Failure> {
        let mut all: BTreeMap<ActId, BTreeMap<PartyId, MatterDigest>> = BTreeMap::new();
        let running = self.fleet.running();
        for party in parties.intersection(&running) {
            let digests: Vec<MatterDigest> = self.desk(party)?.read("/digests", &[])?.page;
            for digest in digests {
                all.entry(digest.matter).or_default().insert(party.clone(), digest);
            }
        }
        Ok(all)
    }

    /// Whether a running member of a matter's audience has not heard of it yet.
    fn missing(
        &self,
        digests: &BTreeMap<ActId, BTreeMap<PartyId, MatterDigest>>,
        parties: &BTreeSet<PartyId>,
    ) -> Result<bool, Failure> {
        let running = self.fleet.running();
        let mut expected: Vec<(ActId, BTreeSet<PartyId>)> = Vec::new();
        if let Some(matter) = self.matter_of("common") {
            expected.push((matter, self.script.parties.iter().cloned().collect()));
        }
        for (agreement, members) in self.bilateral() {
            if self.journal.has(&format!("matter-{agreement}"))
                && let Some(matter) = self.matter_of(agreement.as_str())
            {
                expected.push((matter, members));
            }
        }
        Ok(expected.into_iter().any(|(matter, members)| {
            members
                .intersection(&running)
                .filter(|member| parties.contains(*member))
                .any(|member| !digests.get(&matter).is_some_and(|nodes| nodes.contains_key(member)))
        }))
    }
}

/// Whether parties are of more than one country, by the first part of their ids.
fn is_across(parties: &BTreeSet<PartyId>) -> bool {
    let country = |party: &PartyId| party.as_str().split('-').next().map(str::to_owned);
    parties.iter().map(country).collect::<BTreeSet<_>>().len() > 1
}

/// The id in an answer.
fn id_of(answer: &Value) -> Result<ActId, Failure> {
    let id = answer.get("id").cloned().unwrap_or(Value::Null);
    serde_json::from_value(id)
        .map_err(|error| Failure::new("failure-answer-unreadable", Exit::Ours).because(error))
}
