//! What goes wrong: lines, disks, thieves, forgers and liars; and what officers do meanwhile.

use std::collections::BTreeSet;
use std::time::Duration;

use pumasi_act::{ActId, Envelope, Verified};
use pumasi_base::time::plus_seconds;
use pumasi_base::{PartyId, Time};
use pumasi_sync::{FeedQuestion, FeedScope, Parcel, Recovery};

use crate::act::{Custodian, Pen, Wish};
use crate::guard::Guard;
use crate::node::{Nature, Node};
use crate::world::{RECOVERY_MAX, TICK, World, YEAR_S};

/// What officers, liars and thieves do.
impl World {
    pub(crate) fn let_officers_write(&mut self) {
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

    pub(crate) fn may_write(&self, index: usize) -> bool {
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
        let mut time = self.clock(node);
        let wish = Wish::next(&node.party, state, time, &mut dice);
        let mut seen = held.folded().clone();
        if node.nature == Nature::Backdates {
            time = plus_seconds(time, -YEAR_S);
            seen.frontier.retain(|_| dice.chance(300));
        }
        let envelope = node.pen.write(matter, &seen, wish, time);
        let forks = node.nature == Nature::Forks && dice.chance(400);
        let other = forks.then(|| {
            let wish = Wish::next(&node.party, state, time, &mut dice);
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

    pub(crate) fn make_trouble(&mut self) {
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
    pub(crate) fn recover(&mut self, index: usize) {
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
        // Who cannot be heard for long is gone on without: that is its operator's decision.
        if !recovery.is_complete() || self.now >= *until {
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
                && node.up_since.is_some_and(|since| since <= node.restored_at)
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
        let old_key = pen.log.node_key;
        let pen = how(custodian, &pen, time);
        let entries: Vec<String> = custodian.entries().iter().map(Envelope::write).collect();
        if let Some(node) = self.nodes.get_mut(index) {
            node.pen = pen;
            node.learn(&entries);
            for (matter, closing) in node.replica.unclosed(&BTreeSet::from([old_key])) {
                node.cuts.entry((matter, closing.log)).or_insert(closing.last);
            }
        }
    }

    /// Closes logs that ended, soon: officers may write before that.
    pub(crate) fn close_logs(&mut self, index: usize) {
        let soon = if self.is_mended { 1000 } else { 150 };
        if self.lacks(Guard::Closing) || !self.may_write(index) || !self.dice.chance(soon) {
            return;
        }
        let Some(node) = self.nodes.get(index) else { return };
        let time = self.clock(node);
        for (matter, mut closing) in node.replica.unclosed(&BTreeSet::new()) {
            let Some(node) = self.nodes.get(index) else { return };
            // Cut where the log ended when its key was revoked, unless nobody else had that act
            // before a backup was restored.
            let cut = node.cuts.get(&(matter, closing.log.clone())).copied().flatten();
            closing.last = closing.last.or(cut.filter(|last| node.replica.holds(last)));
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
        let wish = Wish::next(&pen.log.party, state, self.clock(node), &mut dice);
        let envelope = pen.write(matter, held.folded(), wish, self.clock(node));
        self.note("use of a stolen key", victim);
        let is_known =
            self.nodes.get(index).is_some_and(|node| node.pen.log.node_key != pen.log.node_key);
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
        let time = self.clock(node);
        let wish = Wish::next(&forged.party, state, time, &mut dice);
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
