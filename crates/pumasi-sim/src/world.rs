//! One seed: parties, lines, faults, and the course of things.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pumasi_act::{ActId, Envelope, Rule, Verified};
use pumasi_agreement::Agreement;
use pumasi_base::time::plus_seconds;
use pumasi_base::{Digest, PartyId, Time};
use pumasi_sync::recovery::has_returned;
use pumasi_sync::{Answer, FeedQuestion, FeedScope, Parcel, Question, Recovery, Step};

use crate::act::{self, Custodian, Pen, Wish};
use crate::dice::Dice;
use crate::guard::Guard;
use crate::node::{Nature, Node};
use crate::oracle;

/// One step of a simulation is this long.
const TICK: Duration = Duration::from_secs(5);
/// Steps during which things break.
const TROUBLE: u32 = 60;
/// A clock may be a year off.
const YEAR_S: i64 = 31_557_600;
/// Steps in which everything must have come to rest once it is mended.
const MENDED: u32 = 400;
/// How long a restored node waits for neighbours that cannot be reached.
const RECOVERY_MAX: Duration = Duration::from_secs(200);

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
struct Letter {
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
    seed: u64,
    dice: Dice,
    without: Option<Guard>,
    now: Duration,
    /// The parties' nodes.
    pub nodes: Vec<Node>,
    custodians: BTreeMap<PartyId, Custodian>,
    agreement: Agreement,
    /// Lines that are cut, from one node to another.
    cut: BTreeSet<(usize, usize)>,
    /// When lines that were cut were joined again.
    joined: BTreeMap<(usize, usize), Duration>,
    letters: Vec<Letter>,
    questions: u64,
    /// Every act that was written by somebody who had the keys.
    pub genuine: BTreeMap<ActId, Verified>,
    /// Acts that an honest officer was told are stored, with who wrote them.
    pub told: BTreeMap<ActId, usize>,
    /// Acts written with a stolen pen after its party had another.
    pub late_forgeries: BTreeSet<ActId>,
    /// Old parcels, to be sent again.
    seen_parcels: Vec<Parcel>,
    trace: Digest,
    troubles: BTreeMap<&'static str, usize>,
    violations: Vec<String>,
    stirred: bool,
    is_mended: bool,
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

    fn lacks(&self, guard: Guard) -> bool {
        self.without == Some(guard)
    }

    fn rule(&self) -> Option<Rule> {
        match self.without? {
            Guard::Contests => Some(Rule::Contests),
            Guard::IdentityTrail => Some(Rule::IdentityTrail),
            Guard::CausalPast => Some(Rule::CausalPast),
            _ => None,
        }
    }

    fn note(&mut self, what: &'static str, node: usize) {
        *self.troubles.entry(what).or_default() += 1;
        self.trace(what, &[node]);
    }

    fn trace(&mut self, what: &str, numbers: &[usize]) {
        let line = format!("{} {what} {numbers:?} {:?}", self.trace, self.now);
        self.trace = Digest::of(line.as_bytes());
    }

    fn fail(&mut self, what: String) {
        self.violations.push(format!("at {:?}: {what}", self.now));
    }

    fn some_node(&mut self) -> usize {
        self.dice.below(self.nodes.len())
    }

    fn custodian(&self, index: usize) -> &Custodian {
        let party = self.nodes.get(index).map(|node| &node.party);
        match party.and_then(|party| self.custodians.get(party)) {
            Some(custodian) => custodian,
            None => unreachable!("every node has a custodian"),
        }
    }

    fn clock(&self, node: &Node) -> Time {
        let seconds = i64::try_from(self.now.as_secs()).unwrap_or(0);
        plus_seconds(base_time(), seconds + node.skew_s)
    }

    fn start(&mut self, index: usize) {
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

    fn open_matter(&mut self, opener: usize) {
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
    fn author(&mut self, index: usize, envelope: &Envelope) -> bool {
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

/// What officers, liars and thieves do.
impl World {
    fn let_officers_write(&mut self) {
        for _ in 0..1 + self.nodes.len() / 4 {
            let index = self.some_node();
            if self.dice.chance(600) {
                self.write_something(index);
            }
        }
        if self.dice.chance(10) {
            let opener = self.some_node();
            if self.may_write(opener) {
                self.open_matter(opener);
            }
        }
    }

    fn may_write(&self, index: usize) -> bool {
        let node = self.nodes.get(index);
        node.is_some_and(|node| node.is_up() && node.recovery.is_none())
    }

    fn some_matter(&mut self, index: usize) -> Option<ActId> {
        let node = self.nodes.get(index)?;
        let matters: Vec<ActId> = node.replica.matters().keys().copied().collect();
        self.dice.pick(&matters).copied()
    }

    fn write_something(&mut self, index: usize) {
        if !self.may_write(index) {
            return;
        }
        let Some(matter) = self.some_matter(index) else { return };
        let mut dice = self.dice.fork();
        let Some(node) = self.nodes.get(index) else { return };
        let Some(held) = node.replica.matter(&matter) else { return };
        let Some(state) = held.state() else { return };
        let wish = Wish::next(&node.party, state, &mut dice);
        let mut time = self.clock(node);
        let mut seen = held.folded().clone();
        if node.nature == Nature::Backdates {
            time = plus_seconds(time, -YEAR_S);
            seen.frontier.retain(|_| dice.chance(300));
        }
        let envelope = node.pen.write(matter, &seen, wish, time);
        let forks = node.nature == Nature::Forks && dice.chance(400);
        let other = forks.then(|| {
            let wish = Wish::next(&node.party, state, &mut dice);
            node.pen.write(matter, &seen, wish, plus_seconds(time, 1))
        });
        let written = self.author(index, &envelope);
        if let Some(other) = other.filter(|other| written && other.id() != envelope.id()) {
            self.note("fork", index);
            self.slip(index, &other);
        }
    }

    /// Shows an act to one node alone, past the writer's own.
    fn slip(&mut self, by: usize, envelope: &Envelope) {
        let victim = self.some_node();
        if victim == by || self.nodes.get(victim).is_none_or(|node| !node.is_up()) {
            return;
        }
        let entries = self.custodian(by).entries().iter().map(Envelope::write).collect();
        if let Some(act) = self.verified(by, envelope) {
            self.genuine.insert(act.id(), act);
        }
        let parcel =
            Parcel { identities: entries, acts: vec![envelope.write()], ..Parcel::default() };
        self.hand(victim, &parcel);
    }

    /// The act, when its keys were really at hand.
    fn verified(&self, by: usize, envelope: &Envelope) -> Option<Verified> {
        let mut identities = pumasi_act::Identities::default();
        let entries = self.custodian(by).entries();
        let founder = entries.first()?;
        identities.trust(crate::node::party_of(founder), founder.id()).ok()?;
        for entry in entries {
            identities.admit(entry).ok()?;
        }
        pumasi_act::verify(envelope, &identities).ok()
    }

    /// Gives a parcel to a node by hand.
    fn hand(&mut self, victim: usize, parcel: &Parcel) {
        if self.seen_parcels.len() < 40 {
            self.seen_parcels.push(parcel.clone());
        }
        let Some(node) = self.nodes.get_mut(victim).filter(|node| node.is_up()) else { return };
        let taken = node.take(parcel);
        node.sync();
        self.stirred |= taken.received.new > 0;
        self.trace("takes by hand", &[victim, taken.received.new, taken.refused.len()]);
    }

    fn make_trouble(&mut self) {
        let index = self.some_node();
        match self.dice.below(100) {
            0..=9 => self.cut_or_join(),
            10..=13 => self.crash(index),
            14..=17 => self.back_up(index),
            18..=20 => self.restore(index),
            21..=22 => self.steal(index),
            23..=27 => self.use_stolen_key(),
            28..=29 => self.discover_theft(),
            30..=31 => self.forge(index),
            32..=35 => self.carry_stick(index),
            36..=37 => self.replay(index),
            _ => {}
        }
    }

    fn cut_or_join(&mut self) {
        let (from, to) = (self.some_node(), self.some_node());
        if self.cut.remove(&(from, to)) {
            self.joined.insert((from, to), self.now);
            return;
        }
        self.note("cut", from);
        self.cut.insert((from, to));
        if self.dice.chance(400) {
            self.cut.insert((to, from));
        }
    }

    fn crash(&mut self, index: usize) {
        self.note("crash", index);
        // Seconds, or days.
        let ticks = if self.dice.chance(200) { 40 } else { self.dice.between(1, 8) };
        let until = self.now + TICK * u32::try_from(ticks).unwrap_or(1);
        if let Some(node) = self.nodes.get_mut(index).filter(|node| node.is_up()) {
            node.crash(until);
        }
    }

    fn back_up(&mut self, index: usize) {
        if let Some(node) = self.nodes.get_mut(index).filter(|node| node.is_up()) {
            node.sync();
            node.backup = Some((node.disk.clone(), node.pen.clone()));
        }
    }

    /// Puts an old copy of the disk in place of the new one.
    fn restore(&mut self, index: usize) {
        let now = self.now;
        let (recovers, renews) = (!self.lacks(Guard::Recovery), !self.lacks(Guard::Incarnation));
        let Some(node) = self.nodes.get_mut(index) else { return };
        let Some((disk, _)) = node.backup.clone().filter(|_| node.nature == Nature::Honest) else {
            return;
        };
        let epoch = format!("{} {}", node.party, now.as_secs());
        node.disk = disk;
        node.disk.epoch = epoch;
        node.sync();
        self.note("restore", index);
        self.start(index);
        let neighbours: Vec<PartyId> = self.nodes.iter().map(|n| n.party.clone()).collect();
        if let Some(node) = self.nodes.get_mut(index) {
            let others = neighbours.into_iter().filter(|party| *party != node.party);
            let recovery = if recovers { Recovery::begin(others) } else { Recovery::begin([]) };
            node.recovery = (recovers || renews).then_some((recovery, now + RECOVERY_MAX));
            node.restored_at = now;
            node.returned.clear();
        }
    }

    /// Goes on in a new incarnation once everything has been returned, or has been waited for.
    fn recover(&mut self, index: usize) {
        self.check_haste(index);
        let now = self.now;
        let Some(node) = self.nodes.get_mut(index).filter(|node| node.is_up()) else { return };
        let Some((recovery, until)) = &node.recovery else { return };
        if !recovery.is_complete() && now < *until {
            return;
        }
        node.recovery = None;
        self.trace("goes on", &[index]);
        self.stirred = true;
        if !self.lacks(Guard::Incarnation) {
            self.renew(index, Custodian::restore);
        }
    }

    /// Whether a node goes on although somebody it could reach all the time holds acts that it has
    /// forgotten.
    fn check_haste(&mut self, index: usize) {
        let Some(node) = self.nodes.get(index).filter(|node| node.is_up()) else { return };
        let Some((recovery, until)) = &node.recovery else { return };
        if !recovery.is_complete() && self.now < *until {
            return;
        }
        let log = &node.pen.log;
        let forgotten = |other: &Node| {
            other.replica.matters().values().any(|matter| {
                let head = matter.folded().logs.get(log).map(|(_, head)| *head);
                head.is_some_and(|head| !node.replica.holds(&head))
            })
        };
        let hasty = self.nodes.iter().enumerate().find(|(other, there)| {
            let lines = [(index, *other), (*other, index)];
            let reached = lines.iter().all(|line| !self.was_cut_since(line, node.restored_at));
            there.nature == Nature::Honest
                && !node.returned.contains(&there.party)
                && reached
                && there.up_since.is_some_and(|since| since <= node.restored_at)
                && forgotten(there)
        });
        if let Some((other, _)) = hasty {
            self.fail(format!("{index} goes on although {other} could have returned its acts"));
        }
    }

    fn was_cut_since(&self, line: &(usize, usize), since: Duration) -> bool {
        self.cut.contains(line) || self.joined.get(line).is_some_and(|moment| *moment > since)
    }

    /// Gives a party another pen; the logs of the old one are closed by [`World::close_logs`].
    fn renew(&mut self, index: usize, how: impl Fn(&mut Custodian, &Pen, Time) -> Pen) {
        let Some(node) = self.nodes.get(index) else { return };
        let (time, party, pen) = (self.clock(node), node.party.clone(), node.pen.clone());
        let Some(custodian) = self.custodians.get_mut(&party) else { return };
        let pen = how(custodian, &pen, time);
        let entries: Vec<String> = custodian.entries().iter().map(Envelope::write).collect();
        if let Some(node) = self.nodes.get_mut(index) {
            node.pen = pen;
            node.learn(&entries);
        }
    }

    /// Closes logs that ended, soon: officers may write before that.
    fn close_logs(&mut self, index: usize) {
        let soon = if self.is_mended { 1000 } else { 400 };
        if self.lacks(Guard::Closing) || !self.may_write(index) || !self.dice.chance(soon) {
            return;
        }
        let Some(node) = self.nodes.get(index) else { return };
        let time = self.clock(node);
        for (matter, closing) in node.replica.unclosed() {
            let Some(node) = self.nodes.get(index) else { return };
            let Some(held) = node.replica.matter(&matter) else { continue };
            let envelope = node.pen.write(matter, held.folded(), Wish::close(&closing), time);
            self.author(index, &envelope);
        }
    }

    fn steal(&mut self, index: usize) {
        let Some(node) = self.nodes.get_mut(index) else { return };
        if node.nature == Nature::Honest && node.stolen.is_none() && node.recovery.is_none() {
            node.stolen = Some(node.pen.clone());
            node.was_stolen = true;
            self.note("theft", index);
        }
    }

    /// A thief writes with a stolen pen and shows it to somebody.
    fn use_stolen_key(&mut self) {
        let robbed: Vec<usize> = (0..self.nodes.len())
            .filter(|index| self.nodes.get(*index).is_some_and(|node| node.stolen.is_some()))
            .collect();
        let Some(index) = self.dice.pick(&robbed).copied() else { return };
        let victim = self.some_node();
        let Some(matter) = self.some_matter(victim) else { return };
        let mut dice = self.dice.fork();
        let Some(pen) = self.nodes.get(index).and_then(|node| node.stolen.clone()) else { return };
        let Some(node) = self.nodes.get(victim).filter(|node| node.is_up()) else { return };
        let Some(held) = node.replica.matter(&matter) else { return };
        let Some(state) = held.state().filter(|s| s.genesis.audience.contains(&pen.log.party))
        else {
            return;
        };
        let wish = Wish::next(&pen.log.party, state, &mut dice);
        let envelope = pen.write(matter, held.folded(), wish, self.clock(node));
        self.note("use of a stolen key", victim);
        let is_known = self.nodes.get(index).is_some_and(|node| node.pen.log != pen.log);
        if is_known {
            self.late_forgeries.insert(envelope.id());
        }
        let entries = self.custodian(index).entries().iter().map(Envelope::write).collect();
        if let Some(act) = self.verified(index, &envelope) {
            self.genuine.insert(act.id(), act);
        }
        let parcel =
            Parcel { identities: entries, acts: vec![envelope.write()], ..Parcel::default() };
        self.hand(victim, &parcel);
    }

    fn discover_theft(&mut self) {
        for index in 0..self.nodes.len() {
            let is_robbed = self.nodes.get(index).is_some_and(|node| node.stolen.is_some());
            if is_robbed && self.may_write(index) {
                self.note("discovery of a theft", index);
                self.renew(index, Custodian::replace);
                // The thief keeps the old pen and goes on with it.
                return;
            }
        }
    }

    /// Somebody without keys writes in another's name.
    fn forge(&mut self, index: usize) {
        let victim = self.some_node();
        let Some(matter) = self.some_matter(victim) else { return };
        let mut dice = self.dice.fork();
        let has_no_guard = self.lacks(Guard::Signatures);
        let Some(forged) = self.nodes.get(index).filter(|node| node.nature == Nature::Honest)
        else {
            return;
        };
        let Some(node) = self.nodes.get(victim).filter(|node| node.is_up()) else { return };
        let Some(held) = node.replica.matter(&matter) else { return };
        let Some(state) = held.state() else { return };
        let wish = Wish::next(&forged.party, state, &mut dice);
        let time = self.clock(node);
        let honest = forged.pen.write(matter, held.folded(), wish, time);
        let envelope = if has_no_guard {
            honest
        } else {
            match pumasi_act::verify::read_payload(&honest) {
                Ok(payload) => Pen::forge(&payload),
                Err(_) => return,
            }
        };
        self.note("forgery", victim);
        let parcel = Parcel { acts: vec![envelope.write()], ..Parcel::default() };
        self.hand(victim, &parcel);
    }

    /// Carries everything two nodes share from one to the other, whatever lines are cut.
    fn carry_stick(&mut self, from: usize) {
        let to = self.some_node();
        if from == to {
            return;
        }
        let Some(reader) = self.nodes.get(to).map(|node| node.party.clone()) else { return };
        let Some(node) = self.nodes.get(from).filter(|node| node.is_up()) else { return };
        let page = node.page(&reader, &FeedQuestion::plain(FeedScope::All, 0));
        self.note("stick", to);
        self.hand(to, &page.parcel);
    }

    fn replay(&mut self, index: usize) {
        let parcels = self.seen_parcels.len();
        let pick = self.dice.below(parcels);
        if let Some(parcel) = self.seen_parcels.get(pick).cloned() {
            self.note("replay", index);
            self.hand(index, &parcel);
        }
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
                (node.replica.differs(&party, page), oracle::diverged(node, page))
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
