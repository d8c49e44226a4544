//! One seed: parties, lines, faults, and the course of things.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pumasi_act::{ActId, Envelope, Rule, Verified};
use pumasi_agreement::Agreement;
use pumasi_base::time::plus_seconds;
use pumasi_base::{Digest, PartyId, Time};
use pumasi_sync::recovery::has_returned;
use pumasi_sync::{Answer, Parcel, Question, Standing, Step};

use crate::act::{self, Custodian, Wish};
use crate::dice::Dice;
use crate::guard::Guard;
use crate::node::{Nature, Node};
use crate::oracle;

/// One step of a simulation is this long.
pub(crate) const TICK: Duration = Duration::from_secs(5);
/// Steps during which things break.
const TROUBLE: u32 = 60;
/// A clock may be a year off.
pub(crate) const YEAR_S: i64 = 31_557_600;
/// Steps in which everything must have come to rest once it is mended.
const MENDED: u32 = 400;
/// How long a restored node waits for neighbours that cannot be reached.
pub(crate) const RECOVERY_MAX: Duration = Duration::from_secs(200);

/// What a seed came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// A hash over everything that happened, in order.
    pub trace: Digest,
    /// How many parties there were.
    pub parties: usize,
    /// Acts written, those of liars and thieves among them.
    pub acts: usize,
    /// How often each kind of trouble came.
    pub troubles: BTreeMap<&'static str, usize>,
    /// What did not hold; nothing when all is well.
    pub violations: Vec<String>,
}

/// Plays one seed, with one guard left out or none.
#[must_use]
pub fn run(seed: u64, without: Option<Guard>) -> Outcome {
    let mut world = World::new(seed, without);
    for _ in 0..TROUBLE {
        world.step(true);
        if !world.violations.is_empty() {
            return world.outcome();
        }
    }
    world.mend();
    let mut quiet = 0;
    for _ in 0..MENDED {
        quiet = if world.step(false) { 0 } else { quiet + 1 };
        // A silent neighbour may be asked as late as after twenty seconds.
        if quiet > 8 || !world.violations.is_empty() {
            break;
        }
    }
    if world.violations.is_empty() {
        world.violations = oracle::check(&world);
    }
    world.outcome()
}

/// An answer under way.
pub(crate) struct Letter {
    due: Duration,
    to: usize,
    from: usize,
    /// The question it answers, and its number.
    asked: Question,
    question: u64,
    answer: Option<Answer>,
}

/// Everything there is in one simulation.
pub struct World {
    pub(crate) seed: u64,
    pub(crate) dice: Dice,
    pub(crate) without: Option<Guard>,
    pub(crate) now: Duration,
    /// The parties' nodes.
    pub nodes: Vec<Node>,
    pub(crate) custodians: BTreeMap<PartyId, Custodian>,
    pub(crate) agreement: Agreement,
    /// Lines that are cut, from one node to another.
    pub(crate) cut: BTreeSet<(usize, usize)>,
    /// When lines that were cut were joined again.
    pub(crate) joined: BTreeMap<(usize, usize), Duration>,
    pub(crate) letters: Vec<Letter>,
    pub(crate) questions: u64,
    /// Every act that was written by somebody who had the keys.
    pub genuine: BTreeMap<ActId, Verified>,
    /// Acts that an honest officer was told are stored, with who wrote them.
    pub told: BTreeMap<ActId, usize>,
    /// Acts written with a stolen pen after its party had another.
    pub late_forgeries: BTreeSet<ActId>,
    /// Old parcels, to be sent again.
    pub(crate) seen_parcels: Vec<Parcel>,
    pub(crate) trace: Digest,
    pub(crate) troubles: BTreeMap<&'static str, usize>,
    pub(crate) violations: Vec<String>,
    pub(crate) stirred: bool,
    pub(crate) is_mended: bool,
}

impl World {
    fn new(seed: u64, without: Option<Guard>) -> Self {
        let mut dice = Dice::new(seed);
        // Most often few, seldom many: what goes wrong between twelve does so between three.
        let count = if dice.chance(80) { dice.between(6, 12) } else { dice.between(3, 5) };
        let parties: BTreeSet<PartyId> =
            (0..count).filter_map(|n| format!("p-{n:02}").parse().ok()).collect();
        let agreement = act::agreement(&parties);
        let mut world = Self {
            seed,
            without,
            now: Duration::ZERO,
            nodes: Vec::new(),
            custodians: BTreeMap::new(),
            agreement,
            cut: BTreeSet::new(),
            joined: BTreeMap::new(),
            letters: Vec::new(),
            questions: 0,
            genuine: BTreeMap::new(),
            told: BTreeMap::new(),
            late_forgeries: BTreeSet::new(),
            seen_parcels: Vec::new(),
            trace: Digest::of(b""),
            troubles: BTreeMap::new(),
            violations: Vec::new(),
            stirred: false,
            is_mended: false,
            dice: dice.fork(),
        };
        let natures = [Nature::Forks, Nature::Withholds, Nature::Backdates];
        for (index, party) in parties.iter().enumerate() {
            let nature = match dice.below(8) {
                0 if index > 1 => natures.get(dice.below(3)).copied().unwrap_or(Nature::Honest),
                _ => Nature::Honest,
            };
            let skew_s =
                if dice.chance(200) { if dice.chance(500) { YEAR_S } else { -YEAR_S } } else { 0 };
            let (custodian, pen) = Custodian::found(party, base_time());
            world.custodians.insert(party.clone(), custodian);
            world.nodes.push(Node::new(pen, nature, skew_s, format!("{party} 1")));
        }
        for index in 0..world.nodes.len() {
            let own: Vec<String> =
                world.custodian(index).entries().iter().map(Envelope::write).collect();
            world.start(index);
            if let Some(node) = world.nodes.get_mut(index) {
                node.learn(&own);
            }
        }
        for _ in 0..dice.between(1, 3) {
            let opener = world.some_node();
            world.open_matter(opener);
        }
        world
    }

    fn outcome(self) -> Outcome {
        Outcome {
            seed: self.seed,
            trace: self.trace,
            parties: self.nodes.len(),
            acts: self.genuine.len(),
            troubles: self.troubles,
            violations: self.violations,
        }
    }

    pub(crate) fn lacks(&self, guard: Guard) -> bool {
        self.without == Some(guard)
    }

    fn rule(&self) -> Option<Rule> {
        match self.without? {
            Guard::Contests => Some(Rule::Contests),
            Guard::IdentityTrail => Some(Rule::IdentityTrail),
            Guard::CausalPast => Some(Rule::CausalPast),
            Guard::WitnessedTime => Some(Rule::WitnessedTime),
            _ => None,
        }
    }

    pub(crate) fn note(&mut self, what: &'static str, node: usize) {
        *self.troubles.entry(what).or_default() += 1;
        self.trace(what, &[node]);
    }

    pub(crate) fn trace(&mut self, what: &str, numbers: &[usize]) {
        let line = format!("{} {what} {numbers:?} {:?}", self.trace, self.now);
        self.trace = Digest::of(line.as_bytes());
    }

    pub(crate) fn fail(&mut self, what: String) {
        self.violations.push(format!("at {:?}: {what}", self.now));
    }

    pub(crate) fn some_node(&mut self) -> usize {
        self.dice.below(self.nodes.len())
    }

    pub(crate) fn custodian(&self, index: usize) -> &Custodian {
        let party = self.nodes.get(index).map(|node| &node.party);
        match party.and_then(|party| self.custodians.get(party)) {
            Some(custodian) => custodian,
            None => unreachable!("every node has a custodian"),
        }
    }

    pub(crate) fn clock(&self, node: &Node) -> Time {
        let seconds = i64::try_from(self.now.as_secs()).unwrap_or(0);
        plus_seconds(base_time(), seconds + node.skew_s)
    }

    pub(crate) fn start(&mut self, index: usize) {
        let founders: Vec<Envelope> = self
            .custodians
            .values()
            .filter_map(|custodian| custodian.entries().first().cloned())
            .collect();
        let rule = self.rule();
        let party = self.nodes.get(index).map(|node| node.party.clone());
        let neighbours: Vec<PartyId> = self
            .nodes
            .iter()
            .map(|node| node.party.clone())
            .filter(|other| Some(other) != party.as_ref())
            .collect();
        let agreement = self.agreement.clone();
        let now = self.now;
        if let Some(node) = self.nodes.get_mut(index) {
            node.start(&founders, &neighbours, &agreement, rule);
            node.up_since = Some(now);
        }
    }

    pub(crate) fn open_matter(&mut self, opener: usize) {
        let parties: Vec<PartyId> = self.nodes.iter().map(|node| node.party.clone()).collect();
        let Some(own) = parties.get(opener).cloned() else { return };
        let mut audience = BTreeSet::from([own]);
        let size = self.dice.between(2, parties.len());
        while audience.len() < size {
            audience.extend(self.dice.pick(&parties).cloned());
        }
        let agreement = self.agreement.clone();
        if let Some(node) = self.nodes.get(opener) {
            let envelope = node.pen.open(&audience, &agreement, self.clock(node));
            self.author(opener, &envelope);
        }
    }

    /// Stores an act that a node's own officer signed.
    pub(crate) fn author(&mut self, index: usize, envelope: &Envelope) -> bool {
        let Some(act) = self.nodes.get_mut(index).and_then(|node| node.author(envelope)) else {
            return false;
        };
        self.trace(&format!("writes {} {}", act.payload().kind, act.id()), &[index]);
        self.told.insert(act.id(), index);
        self.genuine.insert(act.id(), act);
        self.stirred = true;
        true
    }

    /// One step; whether anything happened that could lead to more.
    fn step(&mut self, troubled: bool) -> bool {
        self.now += TICK;
        self.stirred = false;
        if troubled {
            self.make_trouble();
            self.let_officers_write();
        }
        for index in 0..self.nodes.len() {
            self.wake(index);
            self.recover(index);
            self.close_logs(index);
            self.acknowledge(index);
            self.converse(index);
        }
        self.deliver();
        self.stirred
    }

    fn wake(&mut self, index: usize) {
        let due = self.nodes.get(index).and_then(|node| node.down_until);
        if due.is_some_and(|due| due <= self.now) {
            self.trace("starts", &[index]);
            self.start(index);
            self.stirred = true;
        }
    }
}

fn base_time() -> Time {
    match "2024-01-01T00:00:00Z".parse() {
        Ok(time) => time,
        Err(_) => Time::UNIX_EPOCH,
    }
}

/// What nodes do by themselves.
impl World {
    fn acknowledge(&mut self, index: usize) {
        let often = if self.is_mended { 1000 } else { 150 };
        if self.lacks(Guard::Receipts) || !self.may_write(index) || !self.dice.chance(often) {
            return;
        }
        let Some(node) = self.nodes.get(index) else { return };
        let open: Vec<ActId> = node
            .replica
            .matters()
            .values()
            .filter(|matter| !matter.folded().unacknowledged(&node.party).is_empty())
            .map(pumasi_sync::Matter::id)
            .collect();
        for matter in open {
            let Some(node) = self.nodes.get(index) else { return };
            let Some(held) = node.replica.matter(&matter) else { continue };
            let time = self.clock(node);
            let envelope = node.pen.write(matter, held.folded(), Wish::acknowledge(), time);
            self.author(index, &envelope);
        }
    }

    fn converse(&mut self, index: usize) {
        let now = self.now;
        let Some(node) = self.nodes.get(index).filter(|node| node.is_up()) else { return };
        let free: Vec<PartyId> = node
            .dialogues
            .keys()
            .filter(|party| !node.asking.contains_key(*party))
            .cloned()
            .collect();
        for party in free {
            let Some(node) = self.nodes.get_mut(index) else { return };
            let Some(dialogue) = node.dialogues.get_mut(&party) else { continue };
            let Step::Ask(question) = dialogue.next(now, &node.replica) else { continue };
            self.questions += 1;
            node.asking.insert(party.clone(), self.questions);
            self.ask(index, &party, &question);
        }
    }

    fn ask(&mut self, from: usize, party: &PartyId, asked: &Question) {
        let question = self.questions;
        let Some(to) = self.nodes.iter().position(|node| node.party == *party) else { return };
        let lost = !self.is_mended && self.dice.chance(150);
        let slow = if self.is_mended { 0 } else { self.dice.below(4) };
        let repeated = !self.is_mended && self.dice.chance(100);
        let due = self.now + TICK * u32::try_from(slow).unwrap_or(0);
        let reached = !self.cut.contains(&(from, to)) && !self.cut.contains(&(to, from));
        let answer = (reached && !lost).then(|| self.answer(to, from, asked)).flatten();
        // A question that finds nothing new is held for a while, as the protocol has it.
        let waits = matches!(asked, Question::Feed(feed) if feed.wait > 0);
        let is_idle = matches!(&answer, Some(Answer::Feed(page)) if page.parcel.acts.is_empty());
        let due = if waits && is_idle { due + TICK * 2 } else { due };
        if repeated {
            let (due, asked, answer) = (due + TICK, asked.clone(), answer.clone());
            self.letters.push(Letter { due, to: from, from: to, asked, question, answer });
        }
        let asked = asked.clone();
        self.letters.push(Letter { due, to: from, from: to, asked, question, answer });
    }

    fn answer(&mut self, by: usize, to: usize, question: &Question) -> Option<Answer> {
        let reader = self.nodes.get(to)?.party.clone();
        let node = self.nodes.get(by).filter(|node| node.is_up())?;
        let as_whom = if self.lacks(Guard::Audience) { node.party.clone() } else { reader.clone() };
        let mut answer = node.answer(&as_whom, question)?;
        let withholds = node.nature == Nature::Withholds && to == (by + 1) % self.nodes.len();
        let lacks_repair = self.lacks(Guard::Sweep);
        let parcel = match &mut answer {
            Answer::Feed(page) => {
                if withholds {
                    page.parcel.acts.clear();
                }
                &page.parcel
            }
            Answer::Parcel(answer) => {
                if withholds || lacks_repair {
                    answer.parcel.acts.clear();
                    answer.more = false;
                }
                &answer.parcel
            }
            Answer::Hello(_) | Answer::Recon(_) => return Some(answer),
        };
        if let Some(act) = oracle::outside_audience(self, &reader, parcel) {
            self.fail(format!("{act} is shown to {reader}, who is not in its audience"));
        }
        Some(answer)
    }

    fn deliver(&mut self) {
        let now = self.now;
        let (due, later): (Vec<Letter>, Vec<Letter>) =
            self.letters.drain(..).partition(|letter| letter.due <= now);
        self.letters = later;
        for letter in due {
            self.read(letter);
        }
    }

    fn read(&mut self, letter: Letter) {
        let Letter { to, from, asked, question, answer, .. } = letter;
        let crashes = !self.is_mended && self.dice.chance(8);
        let now = self.now;
        let Some(party) = self.nodes.get(from).map(|node| node.party.clone()) else { return };
        let Some(node) = self.nodes.get_mut(to).filter(|node| node.is_up()) else { return };
        let expected = node.asking.get(&party) == Some(&question);
        if expected {
            node.asking.remove(&party);
        }
        let Some(answer) = answer else {
            if let Some(dialogue) = node.dialogues.get_mut(&party).filter(|_| expected) {
                dialogue.failed(now);
            }
            return;
        };
        if !expected {
            // A repeated answer is taken as a parcel and tells no dialogue anything.
            match &answer {
                Answer::Feed(page) => drop(node.take(&page.parcel)),
                Answer::Parcel(answer) => drop(node.take(&answer.parcel)),
                Answer::Hello(_) | Answer::Recon(_) => {}
            }
            node.sync();
            return;
        }
        let parcel = node.dialogues.get(&party).and_then(|dialogue| dialogue.parcel(&answer));
        let taken = parcel.map(|parcel| node.take(&parcel)).unwrap_or_default();
        let brought = taken.received.new;
        if crashes {
            // Power fails between writing and syncing: the cursor has not moved.
            node.crash(now + TICK * 3);
            self.note("power failure", to);
            return;
        }
        node.sync();
        let (differs, diverged) = match &answer {
            Answer::Feed(page) => {
                let differs = |there: &Standing| node.replica.differs(&party, there);
                (page.standing.as_ref().is_some_and(differs), oracle::diverged(node, page))
            }
            _ => (false, None),
        };
        if let Some(dialogue) = node.dialogues.get_mut(&party) {
            match dialogue.answered(now, &node.replica, &answer, &taken) {
                Ok(Some(cursor)) => {
                    node.disk.cursors.insert(party.clone(), cursor);
                }
                Ok(None) => {}
                Err(_) => dialogue.failed(now),
            }
            dialogue.saved();
        }
        if let Some((recovery, _)) = &mut node.recovery
            && has_returned(&node.replica, &party, &asked, &answer, &taken)
        {
            recovery.returned(&party);
            node.returned.insert(party.clone());
        }
        self.stirred |= brought > 0 || differs;
        self.trace("reads", &[to, from, brought, taken.refused.len()]);
        if let Some(matter) = diverged {
            self.fail(format!("{matter} stands differently with equal acts at {to} and {from}"));
        }
    }

    /// Mends everything: lines, nodes, clocks stay as they are.
    fn mend(&mut self) {
        self.is_mended = true;
        for line in std::mem::take(&mut self.cut) {
            self.joined.insert(line, self.now);
        }
        for index in 0..self.nodes.len() {
            let is_up = self.nodes.get(index).is_some_and(Node::is_up);
            if !is_up {
                self.start(index);
            }
        }
        self.trace("mended", &[]);
    }
}
