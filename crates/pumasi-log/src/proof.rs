//! Proofs, and checking them without the tree.

use std::fmt;
use std::str::FromStr;

use pumasi_base::Digest;

use crate::checkpoint::{Checkpoint, CheckpointError, base64_of, digest_of_base64, whole_number};
use crate::note::{Note, NoteKey};
use crate::tree::{LeafHash, join};

/// Why a proof cannot be given or does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// More was asked for than the tree holds.
    #[error("{asked} lies beyond a tree of {size} leaves")]
    BeyondTree {
        /// The index or size asked for.
        asked: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The path has too many or too few hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    WrongLength,
    /// The proof leads to another root: leaf, root or proof is not what it claims to be.
    #[error("the proof does not lead to this root")]
    WrongRoot,
}

/// Proves that a leaf is in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The index of the leaf, counted from zero.
    pub index: u64,
    /// The number of leaves of the tree.
    pub size: u64,
    /// The siblings on the way from the leaf up to the root.
    pub path: Vec<Digest>,
}

impl Inclusion {
    /// Checks that `leaf` is at its index under `root`.
    ///
    /// SPEC: RFC 9162, section 2.1.3.2.
    ///
    /// # Errors
    /// [`ProofError`] when it does not hold.
    pub fn verify(&self, leaf: LeafHash, root: Digest) -> Result<(), ProofError> {
        if self.index >= self.size {
            return Err(ProofError::BeyondTree { asked: self.index, size: self.size });
        }
        let mut climb = Climb { node: self.index, last: self.size - 1 };
        let mut hash = leaf.digest();
        for sibling in &self.path {
            hash = match climb.step()? {
                Side::Left => join(*sibling, hash),
                Side::Right => join(hash, *sibling),
            };
        }
        climb.end()?;
        if hash == root { Ok(()) } else { Err(ProofError::WrongRoot) }
    }
}

/// Proves that a tree begins with all the leaves of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The number of leaves of the earlier tree.
    pub old: u64,
    /// The number of leaves of the later tree.
    pub new: u64,
    /// The nodes that lead to both roots.
    pub path: Vec<Digest>,
}

impl Consistency {
    /// Checks that the tree under `new_root` begins with the one under `old_root`.
    ///
    /// SPEC: RFC 9162, section 2.1.4.2; an empty earlier tree, which it leaves open, is
    /// consistent with every tree.
    ///
    /// # Errors
    /// [`ProofError`] when it does not hold.
    pub fn verify(&self, old_root: Digest, new_root: Digest) -> Result<(), ProofError> {
        if self.old > self.new {
            return Err(ProofError::BeyondTree { asked: self.old, size: self.new });
        }
        if self.old == 0 || self.old == self.new {
            return self.verify_trivially(old_root, new_root);
        }
        // An earlier tree that is complete is itself the first node, and is left out.
        let (old_hash, new_hash) = if self.old.is_power_of_two() {
            lead(self.old, self.new, old_root, &self.path)?
        } else {
            let (first, rest) = self.path.split_first().ok_or(ProofError::WrongLength)?;
            lead(self.old, self.new, *first, rest)?
        };
        if old_hash == old_root && new_hash == new_root {
            Ok(())
        } else {
            Err(ProofError::WrongRoot)
        }
    }

    fn verify_trivially(&self, old_root: Digest, new_root: Digest) -> Result<(), ProofError> {
        if !self.path.is_empty() {
            return Err(ProofError::WrongLength);
        }
        let empty = Digest::of(b"");
        let holds = if self.old == self.new { old_root == new_root } else { old_root == empty };
        // A tree without leaves has one root only.
        let holds = holds && (self.new > 0 || new_root == empty);
        if holds { Ok(()) } else { Err(ProofError::WrongRoot) }
    }
}

/// Shows which root the first leaves of a tree have, whatever anybody says it is.
///
/// It is a [`Consistency`] whose first node is always written down, so that it leads to the
/// earlier root instead of being compared with it: two checkpoints that it leads past each other
/// are thereby shown to contradict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The number of leaves at the beginning.
    pub old: u64,
    /// The number of leaves of the tree.
    pub new: u64,
    /// The nodes that lead to both roots, the lowest first.
    pub path: Vec<Digest>,
}

impl Prefix {
    /// The root of the first `old` leaves of the tree whose root is `new_root`.
    ///
    /// # Errors
    /// [`ProofError`] when the path does not lead to `new_root`, or `old` is not from 1 below
    /// `new`.
    pub fn old_root(&self, new_root: Digest) -> Result<Digest, ProofError> {
        if self.old == 0 || self.old >= self.new {
            return Err(ProofError::BeyondTree { asked: self.old, size: self.new });
        }
        let (first, rest) = self.path.split_first().ok_or(ProofError::WrongLength)?;
        let (old_hash, new_hash) = lead(self.old, self.new, *first, rest)?;
        if new_hash == new_root { Ok(old_hash) } else { Err(ProofError::WrongRoot) }
    }
}

/// Where the nodes of a consistency proof lead: to the root of the first `old` leaves and to the
/// root of all `new`, `old` being from 1 below `new`.
fn lead(
    old: u64,
    new: u64,
    first: Digest,
    rest: &[Digest],
) -> Result<(Digest, Digest), ProofError> {
    let mut climb = Climb { node: old - 1, last: new - 1 };
    while climb.node % 2 == 1 {
        climb.rise();
    }
    let (mut old_hash, mut new_hash) = (first, first);
    for hash in rest {
        match climb.step()? {
            Side::Left => {
                old_hash = join(*hash, old_hash);
                new_hash = join(*hash, new_hash);
            }
            Side::Right => new_hash = join(new_hash, *hash),
        }
    }
    climb.end()?;
    Ok((old_hash, new_hash))
}

/// The most hashes a path is read with.
const HASHES_MAX: usize = 64;

/// Writes hashes as texts of registers have them: in base64, one on a line.
#[must_use]
pub fn write_hashes(hashes: &[Digest]) -> String {
    hashes.iter().fold(String::new(), |text, hash| text + &base64_of(hash) + "\n")
}

/// Reads at most 64 hashes, each on a line of its own; nothing when a line is no hash.
#[must_use]
pub fn read_hashes(text: &str) -> Option<Vec<Digest>> {
    let hashes: Vec<_> = text
        .split_inclusive('\n')
        .take(HASHES_MAX + 1)
        .map(|line| line.strip_suffix('\n').and_then(digest_of_base64))
        .collect::<Option<_>>()?;
    (hashes.len() <= HASHES_MAX).then_some(hashes)
}

/// On which side the next hash of a path stands.
enum Side {
    Left,
    Right,
}

/// The way from a node up to the root: its index on its level and that of the level's last node.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    fn rise(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }

    /// Takes one hash of the path.
    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::WrongLength);
        }
        let side = if self.node % 2 == 1 || self.node == self.last {
            // The last node of a level has no sibling until some level above.
            while self.node.is_multiple_of(2) && self.node != 0 {
                self.rise();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.rise();
        Ok(side)
    }

    fn end(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::WrongLength) }
    }
}

/// The first line of a [`LeafProof`].
const LEAF_PROOF: &str = "c2sp.org/tlog-proof@v1";

/// Everything needed to show offline that a leaf is in a register: where it is, the path, and
/// the signed checkpoint the path leads to.
///
/// SPEC: C2SP `tlog-proof`; extra data is read over and never written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafProof {
    /// The index of the leaf, counted from zero.
    pub index: u64,
    /// The siblings on the way from the leaf up to the root.
    pub path: Vec<Digest>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// Why a leaf proof does not read or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafProofError {
    /// The text is no leaf proof.
    #[error("this is no proof of the kind `{LEAF_PROOF}`: {0}")]
    Unreadable(&'static str),
    /// Its checkpoint does not read, or nobody we know signed it.
    #[error("the checkpoint of the proof does not hold")]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from the leaf to the checkpoint.
    #[error("the leaf is not in the register at this place")]
    Path(#[from] ProofError),
}

impl LeafProof {
    /// Checks that `leaf` is in the register whose key is `key`, and returns the checkpoint that
    /// says so.
    ///
    /// # Errors
    /// [`LeafProofError`] when it does not hold.
    pub fn verify(&self, leaf: &[u8], key: &NoteKey) -> Result<Checkpoint, LeafProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, key)?;
        let path = self.path.clone();
        let inclusion = Inclusion { index: self.index, size: checkpoint.size, path };
        inclusion.verify(LeafHash::of(leaf), checkpoint.root)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for LeafProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{LEAF_PROOF}\nindex {}", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", base64_of(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for LeafProof {
    type Err = LeafProofError;

    fn from_str(text: &str) -> Result<Self, LeafProofError> {
        let wrong = LeafProofError::Unreadable;
        let (head, note) = text.split_once("\n\n").ok_or(wrong("its checkpoint is missing"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(LEAF_PROOF) {
            return Err(wrong("its first line is another"));
        }
        lines.next_if(|line| line.starts_with("extra "));
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(whole_number)
            .ok_or(wrong("its index is missing"))?;
        let path = lines
            .map(digest_of_base64)
            .collect::<Option<Vec<_>>>()
            .ok_or(wrong("a line of its path is no hash"))?;
        let checkpoint = note.parse().map_err(CheckpointError::Note)?;
        Ok(Self { index, path, checkpoint })
    }
}
