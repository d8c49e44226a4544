//! Auditing copies offline: data folders, published registers and bundles, each on its own and
//! against the others.
//!
//! What is checked are signatures, chains and registers. Whether what was signed was permitted is
//! the fold's answer, and neither clock nor network is asked.

mod chains;
mod holding;
mod publish;

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::envelope::KeyId;
use pumasi_act::{ActId, Envelope, Verified, verify};
use pumasi_base::PartyId;
use pumasi_log::{Checkpoint, Equivocation, Note, NoteKey, Tree};

use super::register::{Cosigned, Origin};

pub use chains::{Chain, Closing, Covered};
pub use holding::{AuditError, Holding, Sort};
pub use publish::publish;

/// What does not hold in a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingCode {
    /// An entry of an identity log does not hold.
    Identity,
    /// An act does not verify.
    Act,
    /// Acts of one log do not follow each other.
    Chain,
    /// A checkpoint or a cosignature does not verify.
    Checkpoint,
    /// The register does not bear out a checkpoint that its node signed.
    Register,
    /// A tile or a proof is not that of the register.
    Tile,
    /// A file of evidence proves nothing.
    Evidence,
    /// Two checkpoints of one register contradict each other.
    Contradiction,
}

impl FindingCode {
    /// The code for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Act => "act",
            Self::Chain => "chain",
            Self::Checkpoint => "checkpoint",
            Self::Register => "register",
            Self::Tile => "tile",
            Self::Evidence => "evidence",
            Self::Contradiction => "contradiction",
        }
    }
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which copy.
    pub source: String,
    /// What sort of thing.
    pub code: FindingCode,
    /// Which one and why, in technical words.
    pub what: String,
}

/// What an audit says of one copy.
#[derive(Debug, Clone)]
pub struct Report {
    /// The copy.
    pub source: String,
    /// What sort of copy it is.
    pub sort: Sort,
    /// Whose copy it says it is.
    pub party: Option<PartyId>,
    /// The fingerprints it trusts.
    pub trusted: BTreeMap<PartyId, ActId>,
    /// How many acts verified.
    pub acts: usize,
    /// The register, where the copy has one: name, number of acts, root.
    pub register: Option<(Origin, u64, pumasi_base::Digest)>,
    /// The last checkpoint that its node signed.
    pub checkpoint: Option<Checkpoint>,
    /// For each witness the last checkpoint it cosigned.
    pub cosigned: Vec<Cosigned>,
    /// The checkpoints of others it holds.
    pub seen: Vec<Checkpoint>,
    /// Proofs that registers contradicted themselves.
    pub evidence: Vec<Equivocation>,
    /// The chain of each log in each matter, by party.
    pub chains: Vec<Chain>,
}

/// The outcome of an audit.
#[derive(Debug, Clone, Default)]
pub struct Audited {
    /// Each copy.
    pub reports: Vec<Report>,
    /// What does not hold.
    pub findings: Vec<Finding>,
    /// Contradictions that showed only by comparing the copies.
    pub contradictions: Vec<Equivocation>,
}

/// Audits copies, each on its own and against each other.
#[must_use]
pub fn audit(holdings: &[Holding]) -> Audited {
    let mut audited = Audited::default();
    let mut shown = Vec::new();
    for holding in holdings {
        let mut auditor = Auditor { holding, findings: Vec::new(), shown: Vec::new() };
        let report = auditor.report();
        audited.reports.push(report);
        audited.findings.append(&mut auditor.findings);
        shown.append(&mut auditor.shown);
    }
    compare(holdings, &shown, &mut audited);
    audited
}

/// A checkpoint that verified, and where.
struct Shown<'a> {
    source: &'a str,
    checkpoint: Checkpoint,
    note: &'a Note,
    key: NoteKey,
}

struct Auditor<'a> {
    holding: &'a Holding,
    findings: Vec<Finding>,
    shown: Vec<Shown<'a>>,
}

impl<'a> Auditor<'a> {
    fn find(&mut self, code: FindingCode, what: impl ToString) {
        let source = self.holding.source.clone();
        self.findings.push(Finding { source, code, what: what.to_string() });
    }

    fn report(&mut self) -> Report {
        let holding = self.holding;
        self.findings.extend(holding.findings.iter().cloned());
        let acts = self.acts();
        let checkpoint = self.own();
        let cosigned = self.cosigned();
        let seen = self.seen();
        let evidence = self.evidence();
        let chains = chains::draw(holding, &acts, checkpoint.as_ref(), &cosigned);
        for chain in &chains {
            for height in &chain.broken {
                let (log, matter) = (chain.name(), chain.matter.0.short());
                let what = format!("{log} in {matter}: {height} does not follow what it says");
                self.find(FindingCode::Chain, what);
            }
        }
        let register = holding.register.as_ref().map(|(origin, tree)| {
            let root = tree.root(tree.size()).unwrap_or_else(|_| pumasi_base::Digest::of(b""));
            (origin.clone(), tree.size(), root)
        });
        Report {
            source: holding.source.clone(),
            sort: holding.sort,
            party: holding.party.clone(),
            trusted: holding.trusted.clone(),
            acts: acts.len(),
            register,
            checkpoint,
            cosigned,
            seen,
            evidence,
            chains,
        }
    }

    /// Every act that verifies, with the index of its leaf.
    fn acts(&mut self) -> Vec<(u64, Verified)> {
        let mut acts = Vec::new();
        for (index, bytes) in (0..).zip(&self.holding.acts) {
            let read = Envelope::read(bytes).map_err(|error| error.to_string());
            let verified = read.and_then(|envelope| {
                verify(&envelope, &self.holding.identities)
                    .map_err(|error| format!("{}: {error}", envelope.id()))
            });
            match verified {
                Ok(act) => acts.push((index, act)),
                Err(what) => self.find(FindingCode::Act, format!("{index}: {what}")),
            }
        }
        acts
    }

    fn key(&self, note: &Note) -> Option<NoteKey> {
        let origin: Origin = Checkpoint::origin_of(note).parse().ok()?;
        origin.key_ever(&self.holding.identities)
    }

    /// Checks a checkpoint's signature, and of the own register also its root.
    fn checked(&mut self, note: &'a Note) -> Option<Checkpoint> {
        let name = Checkpoint::origin_of(note);
        let Some(key) = self.key(note) else {
            self.find(FindingCode::Checkpoint, format!("the key of `{name}` is not known"));
            return None;
        };
        let checkpoint = match Checkpoint::verify(note, &key) {
            Ok(checkpoint) => checkpoint,
            Err(error) => {
                self.find(FindingCode::Checkpoint, format!("`{name}`: {error}"));
                return None;
            }
        };
        if let Some((origin, tree)) = &self.holding.register
            && origin.to_string() == checkpoint.origin
            && !bears_out(tree, &checkpoint)
        {
            let size = checkpoint.size;
            let what = format!("`{name}` signed {size} acts that do not begin the {}", tree.size());
            self.find(FindingCode::Register, what);
        }
        let source = self.holding.source.as_str();
        self.shown.push(Shown { source, checkpoint: checkpoint.clone(), note, key });
        Some(checkpoint)
    }

    fn own(&mut self) -> Option<Checkpoint> {
        let note = self.holding.own.as_ref()?;
        let checkpoint = self.checked(note);
        // Whoever cosigned the note itself is among those that are kept one by one.
        for (witness, _) in &self.holding.cosigned {
            let key = witness.key_ever(&self.holding.identities);
            let key = key.as_ref().and_then(Origin::cosigner);
            if let Some(Err(error)) = key.map(|key| key.cosigned(note)) {
                self.find(FindingCode::Checkpoint, error);
            }
        }
        checkpoint
    }

    fn cosigned(&mut self) -> Vec<Cosigned> {
        let mut cosigned = Vec::new();
        for (witness, note) in &self.holding.cosigned {
            let Some(checkpoint) = self.checked(note) else { continue };
            let key = witness.key_ever(&self.holding.identities);
            let key = key.as_ref().and_then(Origin::cosigner);
            match key.map(|key| key.cosigned(note)) {
                Some(Ok(Some(seconds))) => {
                    let (size, note, witness) = (checkpoint.size, note.clone(), witness.clone());
                    cosigned.push(Cosigned { witness, size, seconds, note });
                }
                Some(Err(error)) => self.find(FindingCode::Checkpoint, error),
                _ => self.find(FindingCode::Checkpoint, format!("`{witness}` has not cosigned")),
            }
        }
        cosigned
    }

    fn seen(&mut self) -> Vec<Checkpoint> {
        self.holding.seen.iter().filter_map(|note| self.checked(note)).collect()
    }

    fn evidence(&mut self) -> Vec<Equivocation> {
        let mut proved = Vec::new();
        for proof in &self.holding.evidence {
            // A key that a copy knows must be the one its party registered.
            let known = proof.key().name().parse::<Origin>().ok();
            let known = known.and_then(|origin| origin.key_ever(&self.holding.identities));
            match proof.verify(known.as_ref().unwrap_or(proof.key())) {
                Ok(_) => proved.push(proof.clone()),
                Err(error) => self.find(FindingCode::Evidence, error),
            }
        }
        proved
    }
}

fn bears_out(tree: &Tree, checkpoint: &Checkpoint) -> bool {
    tree.root(checkpoint.size) == Ok(checkpoint.root)
}

/// Compares what the copies show of one register, and with the register itself where one has it.
fn compare(holdings: &[Holding], shown: &[Shown<'_>], audited: &mut Audited) {
    let mut told = BTreeSet::new();
    for (place, one) in shown.iter().enumerate() {
        let tree = holdings.iter().filter_map(|holding| holding.register.as_ref()).find_map(
            |(origin, tree)| (origin.to_string() == one.checkpoint.origin).then_some(tree),
        );
        for other in shown.iter().skip(place + 1) {
            if one.checkpoint.origin != other.checkpoint.origin || one.key != other.key {
                continue;
            }
            let (a, b) = (&one.checkpoint, &other.checkpoint);
            let (old, new) = (a.size.min(b.size), a.size.max(b.size));
            let larger = if a.size >= b.size { a } else { b };
            // Only a register that bears out the larger one can say what that begins with.
            let prefix = tree
                .filter(|tree| bears_out(tree, larger))
                .and_then(|tree| tree.prefix(old, new).ok());
            let found = Equivocation::between(one.note, other.note, &one.key, prefix.as_ref());
            if let Ok(Some(proof)) = found
                && told.insert(proof.to_string())
            {
                let (source, code) = (one.source.to_owned(), FindingCode::Contradiction);
                let what = format!("`{}` at {old} and {new}, {}", a.origin, other.source);
                audited.findings.push(Finding { source, code, what });
                audited.contradictions.push(proof);
            }
        }
    }
}

/// Where a log is found: its party, its node's key and incarnation.
type LogName = (PartyId, KeyId, u32);
