//! A node of a simulation: the core of production on a disk that can lose its tail.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pumasi_act::payload::LogId;
use pumasi_act::{ActId, Envelope, Identities, Rule, Verified};
use pumasi_agreement::Agreement;
use pumasi_base::PartyId;
use pumasi_sync::{
    Answer, Batch, Cursor, Dialogue, FeedPage, FeedQuestion, Hello, Pace, Parcel, ParcelAnswer,
    ParcelDraft, Question, ReconQuestion, Recovery, Replica, Taken,
};

use crate::act::Pen;

/// What is on disk, or on its way there.
#[derive(Debug, Clone)]
pub struct Disk {
    /// Acts in the order of their positions, each with its bytes.
    pub acts: Vec<(ActId, Vec<u8>)>,
    /// How many of them are synced.
    pub synced: usize,
    /// Identity entries, in an order in which they can be admitted.
    pub identities: Vec<Envelope>,
    /// Where it stands in its neighbours' feeds.
    pub cursors: BTreeMap<PartyId, Cursor>,
    /// The name of the ledger.
    pub epoch: String,
}

/// What kind of party it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// It does what the software does.
    Honest,
    /// It writes two acts at one place and shows each to somebody.
    Forks,
    /// It gives one neighbour nothing.
    Withholds,
    /// It claims times long past, and names as little as it can of what it has seen.
    Backdates,
}

/// One party's node.
pub struct Node {
    /// Whose.
    pub party: PartyId,
    /// What it is like.
    pub nature: Nature,
    /// What it writes with.
    pub pen: Pen,
    /// Its disk.
    pub disk: Disk,
    /// What it holds in memory.
    pub replica: Replica,
    /// Its conversations.
    pub dialogues: BTreeMap<PartyId, Dialogue>,
    /// The question under way to each neighbour, by its number.
    pub asking: BTreeMap<PartyId, u64>,
    /// Until when it is down.
    pub down_until: Option<Duration>,
    /// How far its clock is off, in seconds.
    pub skew_s: i64,
    /// A copy of the disk, once one was made, and what it then wrote with.
    pub backup: Option<(Disk, Pen)>,
    /// While it comes back from one: what it waits for, and until when at most.
    pub recovery: Option<(Recovery, Duration)>,
    /// Where its logs ended when their keys did.
    pub cuts: BTreeMap<(ActId, LogId), Option<ActId>>,
    /// Since when it runs.
    pub up_since: Option<Duration>,
    /// Who has returned what it held since the node was last restored, and when that was.
    pub returned: BTreeSet<PartyId>,
    /// When it was last restored.
    pub restored_at: Duration,
    /// Whether its key was stolen at some time.
    pub was_stolen: bool,
    /// A copy of the pen in the hands of a thief.
    pub stolen: Option<Pen>,
}

const PACE: Pace = Pace { pause_min: Duration::from_secs(1), pause_max: Duration::from_secs(20) };

impl Node {
    /// A node that has just been made.
    #[must_use]
    pub fn new(pen: Pen, nature: Nature, skew_s: i64, epoch: String) -> Self {
        let party = pen.log.party.clone();
        let disk = Disk {
            acts: Vec::new(),
            synced: 0,
            identities: Vec::new(),
            cursors: BTreeMap::new(),
            epoch,
        };
        Self {
            replica: Replica::new(party.clone(), Identities::default()),
            party,
            nature,
            pen,
            disk,
            dialogues: BTreeMap::new(),
            asking: BTreeMap::new(),
            down_until: None,
            skew_s,
            backup: None,
            recovery: None,
            cuts: BTreeMap::new(),
            up_since: None,
            returned: BTreeSet::new(),
            restored_at: Duration::ZERO,
            was_stolen: false,
            stolen: None,
        }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.down_until.is_none()
    }

    /// Loses memory and what was not synced.
    pub fn crash(&mut self, until: Duration) {
        self.disk.acts.truncate(self.disk.synced);
        self.down_until = Some(until);
        self.up_since = None;
        self.asking.clear();
    }

    /// Starts on what is on disk.
    pub fn start(
        &mut self,
        founders: &[Envelope],
        neighbours: &[PartyId],
        agreement: &Agreement,
        rule: Option<Rule>,
    ) {
        self.down_until = None;
        self.asking.clear();
        let mut identities = Identities::default();
        for founder in founders {
            let party: PartyId = party_of(founder);
            // Founding entries of parties that were introduced in person: they hold.
            let _trusted = identities.trust(party, founder.id());
            let _admitted = identities.admit(founder);
        }
        for entry in &self.disk.identities {
            let _held_before = identities.admit(entry);
        }
        self.replica = Replica::new(self.party.clone(), identities).without(rule);
        self.replica.keep(agreement.clone());
        let mut restore = self.replica.restore();
        for (_, bytes) in &self.disk.acts {
            // What was stored had been checked before.
            let _taken = restore.push(bytes);
        }
        drop(restore);
        self.dialogues = neighbours
            .iter()
            .map(|party| {
                let cursor = self.disk.cursors.get(party).cloned().unwrap_or_default();
                (party.clone(), Dialogue::new(self.hello(), party.clone(), cursor, PACE))
            })
            .collect();
    }

    /// Syncs the disk.
    pub const fn sync(&mut self) {
        self.disk.synced = self.disk.acts.len();
    }

    /// Stores and takes in what passed its checks.
    pub fn keep(&mut self, batch: Batch) {
        for checked in batch.acts() {
            self.disk.acts.push((checked.act().id(), checked.bytes().to_vec()));
        }
        self.replica.apply(batch);
    }

    /// Takes a parcel from wherever it comes.
    pub fn take(&mut self, parcel: &Parcel) -> Taken {
        self.learn(&parcel.identities);
        let checked = self.replica.check(parcel);
        let received = checked.batch.received();
        let (refused, waiting, missing) = (checked.refused, checked.waiting, checked.missing);
        let personal = BTreeMap::new();
        let taken = Taken { received, refused, waiting, missing, personal };
        self.keep(checked.batch);
        taken
    }

    /// Takes entries of identity logs.
    pub fn learn(&mut self, entries: &[String]) {
        let Some(admission) = self.replica.admit(entries) else { return };
        for party in admission.parties() {
            self.disk.identities.retain(|entry| party_of(entry) != *party);
            self.disk.identities.extend(admission.identities().entries(party));
        }
        self.replica.know(admission);
    }

    /// Writes an act of its own when the rules would apply it, and syncs it.
    pub fn author(&mut self, envelope: &Envelope) -> Option<Verified> {
        let act = self.replica.verify(envelope).ok()?;
        if act.payload().matter.is_some()
            && self.replica.trial(&act) != Some(Ok(pumasi_act::Effect::Applied))
        {
            return None;
        }
        let taken = self.take(&Parcel { acts: vec![envelope.write()], ..Parcel::default() });
        self.sync();
        (taken.received.new == 1).then_some(act)
    }

    /// Its first words.
    fn hello(&self) -> Hello {
        let log = &self.pen.log;
        let epoch = self.disk.epoch.clone();
        Hello::new(self.party.clone(), log.node_key, log.incarnation, epoch, self.pen.identity)
    }

    /// What it answers a neighbour; `as_whom` says whose eyes that is filtered for.
    #[must_use]
    pub fn answer(&self, as_whom: &PartyId, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Hello(_) => Answer::Hello(self.hello()),
            Question::Feed(question) => Answer::Feed(self.page(as_whom, question)),
            Question::Want(want) => {
                Answer::Parcel(self.parcel(self.replica.wanted(as_whom, &want.ids)))
            }
            Question::Recon(ReconQuestion::Matters(message)) => {
                Answer::Recon(self.replica.recon_answer(as_whom, message).ok()?)
            }
            Question::Recon(ReconQuestion::Above { matters, marks }) => {
                Answer::Parcel(self.parcel(self.replica.above(as_whom, matters, marks)))
            }
        })
    }

    /// The page it gives a neighbour; `as_whom` says whose eyes it is filtered for.
    #[must_use]
    pub fn page(&self, as_whom: &PartyId, question: &FeedQuestion) -> FeedPage {
        let draft = self.replica.page(&self.disk.epoch, as_whom, question);
        if draft.is_empty() {
            return draft.quiet(&self.replica, as_whom);
        }
        let stored = self.stored(&draft.ids());
        draft.fill(stored)
    }

    fn parcel(&self, draft: ParcelDraft) -> ParcelAnswer {
        let stored = self.stored(draft.ids());
        draft.fill(stored)
    }

    fn stored(&self, ids: &[ActId]) -> Vec<(ActId, Vec<u8>)> {
        if ids.is_empty() {
            return Vec::new();
        }
        let wanted: BTreeSet<&ActId> = ids.iter().collect();
        let acts = self.disk.acts.iter().filter(|(id, _)| wanted.contains(id));
        let bytes: BTreeMap<ActId, &Vec<u8>> = acts.map(|(id, bytes)| (*id, bytes)).collect();
        ids.iter().filter_map(|id| Some((*id, (*bytes.get(id)?).clone()))).collect()
    }
}

/// The party an identity entry speaks of.
#[must_use]
pub fn party_of(entry: &Envelope) -> PartyId {
    match serde_json::from_slice::<pumasi_act::IdentityEntry>(entry.payload()) {
        Ok(entry) => entry.party,
        Err(error) => unreachable!("an entry written here reads: {error}"),
    }
}
