//! The register of everything stored: signed, cosigned by neighbours, and theirs cosigned here.
//!
//! The tree itself is rebuilt from the ledger; what is kept beside it are checkpoints. A node
//! signs nothing new until, since it started, a neighbour has said which checkpoint of it that
//! neighbour saw last: a backup that was restored would otherwise contradict its own past.
//!
//! INVARIANT: the lock of [`Register`] is taken before that of what is held in memory, never
//! after it.

mod evidence;
mod origin;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ed25519_dalek::SigningKey;
use pumasi_act::{ActId, Identities};
use pumasi_base::{Digest, PartyId, Time};
use pumasi_log::{
    AddCheckpoint, Checkpoint, CheckpointError, Cosignature, Cosigner, Equivocation, Inclusion,
    LeafHash, LeafProof, Note, NoteError, NoteKey, NoteSigner, Prefix, ProofError, TileError,
    TileKind, TilePath, Tree, Witness, WitnessRefusal,
};

use super::{Service, ServiceError, author};
use crate::store::{Ledger, StoreError};

pub use evidence::{EVIDENCE_FOLDER, Evidence, read_all as read_evidence};
pub use origin::{Origin, OriginError};

/// The most registers of which a node remembers what it saw.
const REGISTERS_MAX: usize = 4096;

/// How the register of this node stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterStanding {
    /// Since the node started no neighbour has said what it saw last: nothing new is signed.
    Unconfirmed,
    /// It continues everything it is known to have signed.
    Sound,
    /// It signed a checkpoint that the ledger does not bear out: a backup was restored, or the
    /// ledger was tampered with. Nothing is signed any more in this incarnation.
    Behind {
        /// The number of acts here.
        here: u64,
        /// The number of acts it signed for.
        signed: u64,
        /// The root it signed.
        root: Digest,
        /// The neighbour that showed the checkpoint; none when it lay here.
        shown_by: Option<PartyId>,
    },
}

/// Why the register does not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// It is behind what it signed: [`RegisterStanding::Behind`].
    #[error("the register holds {here} acts, and signed for {signed} that do not begin them")]
    Behind {
        /// The number of acts here.
        here: u64,
        /// The number of acts it signed for.
        signed: u64,
    },
    /// Nothing new is signed yet: [`RegisterStanding::Unconfirmed`].
    #[error("no neighbour has said since the start which checkpoint of this node it saw last")]
    Unconfirmed,
    /// The act is not here.
    #[error("act {0} is not here")]
    ActUnknown(ActId),
    /// What was asked for lies beyond the last checkpoint.
    #[error(transparent)]
    Beyond(#[from] ProofError),
    /// A leaf does not fit a tile.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A checkpoint cannot be written.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A witness refuses.
    #[error(transparent)]
    Refused(#[from] WitnessRefusal),
    /// A cosignature does not hold.
    #[error(transparent)]
    Cosignature(#[from] NoteError),
    /// Evidence cannot be kept.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A checkpoint of this node that a witness cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The witness.
    pub witness: Origin,
    /// The number of acts it covers.
    pub size: u64,
    /// When the witness saw it, in seconds since 1970.
    pub seconds: u64,
    /// The checkpoint with the witness's cosignature.
    pub note: Note,
}

/// Two checkpoints of one register whose sizes differ: only a path of that register can say
/// whether they agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The register.
    pub origin: Origin,
    /// The smaller size.
    pub old: u64,
    /// The larger size.
    pub new: u64,
    notes: [Note; 2],
}

/// Everything a desk shows of registers.
#[derive(Debug, Clone)]
pub struct RegisterShown {
    /// The name of this node's register.
    pub key: NoteKey,
    /// The number of acts now.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// How it stands.
    pub standing: RegisterStanding,
    /// The last checkpoint, with the cosignatures it has.
    pub checkpoint: Option<(Checkpoint, Note)>,
    /// For each witness the last checkpoint it cosigned.
    pub cosigned: Vec<Cosigned>,
    /// The checkpoints of others that this node cosigned last.
    pub seen: Vec<(Checkpoint, Note)>,
    /// Contradictions that were found.
    pub contradictions: Vec<Evidence>,
}

/// What a node knows of registers, beside the tree.
pub(super) struct Register {
    signer: NoteSigner,
    cosigner: Cosigner,
    state: Mutex<RegisterState>,
}

struct RegisterState {
    standing: RegisterStanding,
    own: Option<(Checkpoint, Note)>,
    cosigned: BTreeMap<String, Cosigned>,
    witness: Witness,
    contradictions: Vec<Evidence>,
    doubts: BTreeMap<String, Doubt>,
    /// What was found to agree, so that it is not asked again.
    agreed: BTreeMap<(PartyId, String), (u64, Digest)>,
}

impl Register {
    /// Reads what was kept of registers and compares the own one with the ledger.
    pub(super) fn open(
        party: &PartyId,
        incarnation: u32,
        key: &SigningKey,
        folder: &Path,
        ledger: &dyn Ledger,
        (tree, identities): (&Tree, &Identities),
    ) -> Result<Self, ServiceError> {
        let origin = Origin::new(party.clone(), &author::key_id(key), incarnation);
        let unusable = |error: NoteError| ServiceError::Settings {
            path: folder.join("keys"),
            what: error.to_string(),
        };
        let signer = NoteSigner::new(&origin.to_string(), key.clone()).map_err(unusable)?;
        let cosigner = Cosigner::new(&origin.to_string(), key.clone()).map_err(unusable)?;
        let own = ledger
            .setting(&own_name(&origin))?
            .and_then(|bytes| read_note(&bytes))
            .and_then(|note| Some((Checkpoint::verify(&note, signer.public()).ok()?, note)));
        let standing = own.as_ref().and_then(|(own, _)| behind(tree, own, None));
        if let Some(standing) = &standing {
            tracing::error!(?standing, "the ledger does not bear out what this node signed");
        }
        let state = RegisterState {
            standing: standing.unwrap_or(RegisterStanding::Unconfirmed),
            own,
            cosigned: load_cosigned(ledger, identities)?,
            witness: load_witness(ledger, identities)?,
            contradictions: evidence::read_all(folder),
            doubts: BTreeMap::new(),
            agreed: BTreeMap::new(),
        };
        Ok(Self { signer, cosigner, state: Mutex::new(state) })
    }

    /// A panic while the lock was held is our bug; what was kept on disk came first, so that
    /// going on is safe.
    fn state(&self) -> MutexGuard<'_, RegisterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn origin(&self) -> &str {
        self.signer.public().name()
    }
}

fn own_name(origin: &Origin) -> String {
    format!("register/own/{origin}")
}

fn read_note(bytes: &[u8]) -> Option<Note> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// What a checkpoint says of a tree that does not begin with it.
fn behind(
    tree: &Tree,
    signed: &Checkpoint,
    shown_by: Option<&PartyId>,
) -> Option<RegisterStanding> {
    (tree.root(signed.size) != Ok(signed.root)).then(|| RegisterStanding::Behind {
        here: tree.size(),
        signed: signed.size,
        root: signed.root,
        shown_by: shown_by.cloned(),
    })
}

fn load_witness(ledger: &dyn Ledger, identities: &Identities) -> Result<Witness, StoreError> {
    let mut witness = Witness::new();
    for (name, value) in ledger.settings("register/seen/")? {
        let key = || {
            let origin: Origin = name.strip_prefix("register/seen/")?.parse().ok()?;
            origin.key_ever(identities)
        };
        let known = key().zip(read_note(&value));
        if known.is_none_or(|(key, note)| witness.remember(&note, &key).is_err()) {
            tracing::error!(name, "a checkpoint kept here does not hold");
        }
    }
    Ok(witness)
}

fn load_cosigned(
    ledger: &dyn Ledger,
    identities: &Identities,
) -> Result<BTreeMap<String, Cosigned>, StoreError> {
    let read = |(name, value): (String, Vec<u8>)| {
        let witness: Origin = name.strip_prefix("register/cosigned/")?.parse().ok()?;
        let note = read_note(&value)?;
        let cosigner = Origin::cosigner(&witness.key_ever(identities)?)?;
        let seconds = cosigner.cosigned(&note).ok()??;
        let key = Checkpoint::origin_of(&note).parse::<Origin>().ok()?.key_ever(identities)?;
        let size = Checkpoint::verify(&note, &key).ok()?.size;
        Some((witness.to_string(), Cosigned { witness, size, seconds, note }))
    };
    Ok(ledger.settings("register/cosigned/")?.into_iter().filter_map(read).collect())
}

/// The time of a cosignature, in seconds since 1970.
fn seconds(now: Time) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

impl Service {
    /// The name of this node's register and the public key that signs it.
    #[must_use]
    pub fn register_key(&self) -> &NoteKey {
        self.register.signer.public()
    }

    /// How this node's register stands.
    #[must_use]
    pub fn register_standing(&self) -> RegisterStanding {
        self.register.state().standing.clone()
    }

    /// Everything a desk shows of registers.
    #[must_use]
    pub fn register(&self) -> RegisterShown {
        let state = self.register.state();
        let (size, root) = self.register_root();
        RegisterShown {
            key: self.register.signer.public().clone(),
            size,
            root,
            standing: state.standing.clone(),
            checkpoint: state.own.clone(),
            cosigned: state.cosigned.values().cloned().collect(),
            seen: state.witness.all().map(|(c, note)| (c.clone(), note.clone())).collect(),
            contradictions: state.contradictions.clone(),
        }
    }

    /// The checkpoint over everything stored now, signed anew when the register has grown.
    ///
    /// It is on disk before it is given away.
    ///
    /// # Errors
    /// `Behind` or `Unconfirmed` when nothing new may be signed; when the ledger fails.
    pub fn checkpoint(&self) -> Result<Note, RegisterError> {
        let mut state = self.register.state();
        self.sign_register(&mut state)
    }

    /// The newest checkpoint that may be given away: a new one, else the last that was signed.
    ///
    /// # Errors
    /// As [`Service::checkpoint`] when none was signed yet.
    pub fn last_checkpoint(&self) -> Result<Note, RegisterError> {
        let mut state = self.register.state();
        self.sign_register(&mut state).or_else(|error| match (&error, &state.own) {
            (RegisterError::Unconfirmed, Some((_, note))) => Ok(note.clone()),
            _ => Err(error),
        })
    }

    fn sign_register(&self, state: &mut RegisterState) -> Result<Note, RegisterError> {
        let (size, root) = {
            let inner = self.inner();
            let tree = &inner.register;
            if let Some(standing) = state.own.as_ref().and_then(|(own, _)| behind(tree, own, None))
            {
                state.standing = standing;
            }
            // What is on its way to the disk is not there yet.
            let size = tree.size().min(self.ledger().head()?);
            (size, tree.root(size)?)
        };
        self.may_sign(state)?;
        if let Some((own, note)) = &state.own
            && own.size == size
        {
            return Ok(note.clone());
        }
        let origin = self.register.origin().to_owned();
        let checkpoint = Checkpoint { origin, size, root, extensions: Vec::new() };
        let note = checkpoint.sign(&self.register.signer)?;
        self.keep_own(&note)?;
        state.own = Some((checkpoint, note.clone()));
        Ok(note)
    }

    fn keep_own(&self, note: &Note) -> Result<(), StoreError> {
        let name = format!("register/own/{}", self.register.origin());
        self.ledger().put_setting(&name, note.to_string().as_bytes())
    }

    fn may_sign(&self, state: &mut RegisterState) -> Result<(), RegisterError> {
        match state.standing {
            RegisterStanding::Sound => Ok(()),
            RegisterStanding::Behind { here, signed, .. } => {
                Err(RegisterError::Behind { here, signed })
            }
            // Who has no neighbour has shown its register to nobody.
            RegisterStanding::Unconfirmed
                if state.cosigned.is_empty()
                    && self.ledger().settings("neighbour/")?.is_empty() =>
            {
                Ok(())
            }
            RegisterStanding::Unconfirmed => Err(RegisterError::Unconfirmed),
        }
    }

    /// Cosigns another register's checkpoint when it continues the one cosigned last.
    ///
    /// # Errors
    /// `Refused`, or when the ledger fails. What proves that the register contradicts itself is
    /// kept before this returns.
    pub fn add_checkpoint(
        &self,
        request: &AddCheckpoint,
        now: Time,
    ) -> Result<Cosignature, RegisterError> {
        let key_of = |origin: &str| {
            let origin: Origin = origin.parse().ok()?;
            self.with_identities(|identities| origin.key_now(identities))
        };
        let mut state = self.register.state();
        let continued = match state.witness.examine(request, key_of) {
            Ok(continued) => continued,
            Err(refusal) => {
                self.convict(&mut state, &refusal, request)?;
                return Err(refusal.into());
            }
        };
        let origin = &continued.checkpoint().origin;
        let is_new = state.witness.seen(origin).is_none();
        if is_new && state.witness.all().count() >= REGISTERS_MAX {
            return Err(WitnessRefusal::OriginUnknown(origin.clone()).into());
        }
        // SPEC: C2SP `tlog-witness`: the new state is kept before the answer, under one lock.
        let name = format!("register/seen/{origin}");
        self.ledger().put_setting(&name, continued.note().to_string().as_bytes())?;
        Ok(state.witness.cosign(&continued, &self.register.cosigner, seconds(now))?)
    }

    /// Keeps what a refused request proves, or what would have to be asked to know.
    fn convict(
        &self,
        state: &mut RegisterState,
        refusal: &WitnessRefusal,
        request: &AddCheckpoint,
    ) -> Result<(), RegisterError> {
        if let Some(proof) = refusal.contradiction() {
            self.keep_evidence(state, proof)?;
        } else if matches!(refusal, WitnessRefusal::NotConsistent { .. }) {
            let origin: Option<Origin> = Checkpoint::origin_of(&request.checkpoint).parse().ok();
            let key = origin.and_then(|origin| {
                let key = self.with_identities(|identities| origin.key_now(identities))?;
                Some((origin, key))
            });
            if let Some((origin, key)) = key {
                self.compare(state, None, &request.checkpoint, &origin, &key)?;
            }
        }
        Ok(())
    }

    fn keep_evidence(
        &self,
        state: &mut RegisterState,
        proof: &Equivocation,
    ) -> Result<(), RegisterError> {
        if state.contradictions.iter().any(|kept| kept.proof == *proof) {
            return Ok(());
        }
        let kept = evidence::keep(self.folder(), proof)?;
        let (register, file) = (proof.key().name(), kept.file.display());
        tracing::error!(register, %file, "a register contradicts itself; people must decide");
        state.contradictions.push(kept);
        Ok(())
    }

    /// What this node cosigned last that concerns `reader`: of its own registers, and of parties
    /// with which it shares a matter that this node shares as well.
    #[must_use]
    pub fn seen_for(&self, reader: &PartyId) -> Vec<Note> {
        let mut parties: Vec<PartyId> = vec![reader.clone()];
        self.with_matters(|held| {
            let audiences = held.iter().filter_map(|held| held.folded.state.as_ref());
            for audience in audiences.map(|state| &state.genesis.audience) {
                if audience.contains(reader) {
                    parties.extend(audience.iter().cloned());
                }
            }
        });
        let state = self.register.state();
        let concerns = |checkpoint: &Checkpoint| {
            let origin = checkpoint.origin.parse::<Origin>();
            origin.is_ok_and(|origin| parties.contains(&origin.party))
        };
        let seen = state.witness.all().filter(|(checkpoint, _)| concerns(checkpoint));
        seen.map(|(_, note)| note.clone()).collect()
    }

    /// Takes what a neighbour says it cosigned last, and gives the number of acts of this node's
    /// register that it has seen.
    ///
    /// # Errors
    /// When evidence cannot be kept.
    pub fn take_seen(&self, from: &PartyId, notes: &[Note]) -> Result<u64, RegisterError> {
        let mut state = self.register.state();
        let mut size = 0;
        for note in notes {
            let Ok(origin) = Checkpoint::origin_of(note).parse::<Origin>() else { continue };
            if origin.to_string() == self.register.origin() {
                let Ok(shown) = Checkpoint::verify(note, self.register.signer.public()) else {
                    tracing::warn!(%from, "a neighbour shows a checkpoint this node never signed");
                    continue;
                };
                size = size.max(shown.size);
                let standing = behind(&self.inner().register, &shown, Some(from));
                if let Some(standing) = standing {
                    tracing::error!(?standing, "this node is behind what it signed");
                    state.standing = standing;
                }
            } else {
                let key = self.with_identities(|identities| origin.key_ever(identities));
                if let Some(key) = key {
                    self.compare(&mut state, Some(from), note, &origin, &key)?;
                }
            }
        }
        if state.standing == RegisterStanding::Unconfirmed {
            state.standing = RegisterStanding::Sound;
        }
        Ok(size)
    }

    /// Compares a checkpoint with the one of its register that was cosigned here.
    fn compare(
        &self,
        state: &mut RegisterState,
        from: Option<&PartyId>,
        note: &Note,
        origin: &Origin,
        key: &NoteKey,
    ) -> Result<(), RegisterError> {
        let Ok(shown) = Checkpoint::verify(note, key) else { return Ok(()) };
        let Some((seen, held)) = state.witness.seen(&shown.origin) else { return Ok(()) };
        let (old, new) = (seen.size.min(shown.size), seen.size.max(shown.size));
        let agreed = from.map(|from| (from.clone(), shown.origin.clone()));
        if agreed.and_then(|from| state.agreed.get(&from)) == Some(&(shown.size, shown.root)) {
            return Ok(());
        }
        let notes = [held.clone(), note.clone()];
        if old == new {
            let [held, note] = &notes;
            if let Ok(Some(proof)) = Equivocation::between(held, note, key, None) {
                self.keep_evidence(state, &proof)?;
            }
        } else if state.doubts.len() < REGISTERS_MAX {
            let name = format!("{origin} {}", from.map(PartyId::as_str).unwrap_or_default());
            state.doubts.insert(name, Doubt { origin: origin.clone(), old, new, notes });
        }
        Ok(())
    }

    /// What the registers of `party` have to answer.
    #[must_use]
    pub fn doubts_about(&self, party: &PartyId) -> Vec<Doubt> {
        let state = self.register.state();
        state.doubts.values().filter(|doubt| doubt.origin.party == *party).cloned().collect()
    }

    /// Takes the path by which a register answers a doubt; tells whether its checkpoints
    /// contradict each other, or nothing when the path proves nothing either way.
    ///
    /// # Errors
    /// When evidence cannot be kept.
    pub fn resolve(&self, doubt: &Doubt, path: &[Digest]) -> Result<Option<bool>, RegisterError> {
        let key = self.with_identities(|identities| doubt.origin.key_ever(identities));
        let Some(key) = key else { return Ok(None) };
        let prefix = Prefix { old: doubt.old, new: doubt.new, path: path.to_vec() };
        let [one, other] = &doubt.notes;
        let found = Equivocation::between(one, other, &key, Some(&prefix));
        let mut state = self.register.state();
        let Ok(found) = found else { return Ok(None) };
        if let Some(proof) = &found {
            self.keep_evidence(&mut state, proof)?;
        }
        let settled: Vec<String> = state
            .doubts
            .iter()
            .filter(|(_, held)| *held == doubt)
            .map(|(name, _)| name.clone())
            .collect();
        for name in settled {
            state.doubts.remove(&name);
            let from = name.rsplit_once(' ').and_then(|(_, from)| from.parse::<PartyId>().ok());
            if let (Some(from), Ok(shown)) = (from, Checkpoint::verify(other, &key)) {
                state.agreed.insert((from, shown.origin.clone()), (shown.size, shown.root));
            }
        }
        Ok(Some(found.is_some()))
    }

    /// What this node asks a witness that has seen `old` of its acts.
    ///
    /// # Errors
    /// As [`Service::checkpoint`]; `Beyond` when the witness claims to have seen more.
    pub fn ask_witness(&self, old: u64) -> Result<AddCheckpoint, RegisterError> {
        let mut state = self.register.state();
        let checkpoint = self.sign_register(&mut state)?;
        let size = state.own.as_ref().map_or(0, |(own, _)| own.size);
        let proof = self.inner().register.consistency(old, size)?.path;
        Ok(AddCheckpoint { old, proof, checkpoint: checkpoint.signed_by(self.register_key()) })
    }

    /// Keeps a witness's cosignature of a checkpoint of this node.
    ///
    /// # Errors
    /// When it does not hold, or the ledger fails.
    pub fn keep_cosignature(
        &self,
        checkpoint: &Note,
        line: &Cosignature,
    ) -> Result<Cosigned, RegisterError> {
        let known = line.name().parse::<Origin>().ok().and_then(|origin| {
            let key = self.with_identities(|identities| origin.key_now(identities))?;
            Some((origin, Origin::cosigner(&key)?))
        });
        let (witness, key) = known.ok_or(NoteError::NotSigned)?;
        let mut note = checkpoint.signed_by(self.register_key());
        let size = Checkpoint::verify(&note, self.register_key())?.size;
        let seconds = line.add_to(&mut note, &key)?;
        let mut state = self.register.state();
        let name = format!("register/cosigned/{witness}");
        self.ledger().put_setting(&name, note.to_string().as_bytes())?;
        if let Some((own, own_note)) = &state.own
            && own.size == size
        {
            let mut own_note = own_note.clone();
            let own = own.clone();
            // A note has room for a hundred; beyond it they are kept one by one all the same.
            if line.add_to(&mut own_note, &key).is_ok() {
                self.keep_own(&own_note)?;
                state.own = Some((own, own_note));
            }
        }
        let cosigned = Cosigned { witness: witness.clone(), size, seconds, note };
        state.cosigned.insert(witness.to_string(), cosigned.clone());
        Ok(cosigned)
    }

    /// Proves that an act is in the register.
    ///
    /// # Errors
    /// `ActUnknown`; `Beyond` when it came after the last checkpoint and no new one may be signed.
    pub fn prove_act(&self, act: &ActId) -> Result<LeafProof, RegisterError> {
        let stored = self.ledger().get(&[act.0])?;
        let stored = stored.first().ok_or(RegisterError::ActUnknown(*act))?;
        self.prove_leaf(LeafHash::of(&stored.bytes))?.ok_or(RegisterError::ActUnknown(*act))
    }

    /// Proves that a leaf with this hash is in the register; nothing when it is not.
    ///
    /// # Errors
    /// As [`Service::prove_act`].
    pub fn prove_leaf(&self, leaf: LeafHash) -> Result<Option<LeafProof>, RegisterError> {
        let checkpoint = self.last_checkpoint()?;
        let size = Checkpoint::verify(&checkpoint, self.register_key())?.size;
        let inner = self.inner();
        let Some(index) = inner.register.find(leaf) else { return Ok(None) };
        let Inclusion { path, .. } = inner.register.inclusion(index, size)?;
        Ok(Some(LeafProof { index, path, checkpoint }))
    }

    /// The path from the first `old` of the first `new` leaves, whose first node is written down.
    ///
    /// # Errors
    /// `Beyond` when there are not so many.
    pub fn prove_prefix(&self, old: u64, new: u64) -> Result<Vec<Digest>, RegisterError> {
        Ok(self.inner().register.prefix(old, new)?.path)
    }

    /// The path that proves that the first `new` leaves begin with the first `old`.
    ///
    /// # Errors
    /// `Beyond` when there are not so many.
    pub fn prove_consistency(&self, old: u64, new: u64) -> Result<Vec<Digest>, RegisterError> {
        Ok(self.inner().register.consistency(old, new)?.path)
    }

    /// A tile as far as the last checkpoint covers it. Tiles of entries hold acts of every
    /// matter: they are for this node's own desk and its auditors, never for a neighbour.
    ///
    /// # Errors
    /// When the ledger fails.
    pub fn tile(&self, path: &TilePath) -> Result<Option<Vec<u8>>, RegisterError> {
        let size = self.register.state().own.as_ref().map_or(0, |(own, _)| own.size);
        match path.kind {
            TileKind::Hashes(_) => Ok(self.inner().register.tile(path, size)),
            TileKind::Entries => self.entries(path, size),
        }
    }

    fn entries(&self, path: &TilePath, size: u64) -> Result<Option<Vec<u8>>, RegisterError> {
        let end = path.first().saturating_add(u64::from(path.width));
        if end > size {
            return Ok(None);
        }
        // INVARIANT: the leaf at an index is the act at the position after it.
        let mut leaves = Vec::new();
        let mut after = path.first();
        while after < end {
            let left = usize::try_from(end - after).unwrap_or(usize::MAX);
            let page = self.ledger().scan(after, left)?;
            if page.acts.is_empty() {
                return Ok(None);
            }
            after = page.end;
            leaves.extend(page.acts.into_iter().map(|(_, act)| act.bytes));
        }
        Ok(Some(pumasi_log::tile::write_entries(leaves.iter().map(Vec::as_slice))?))
    }
}
