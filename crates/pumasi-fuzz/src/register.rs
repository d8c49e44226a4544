//! Readers of registers: notes, proofs, tiles and evidence.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

use std::sync::OnceLock;

use pumasi_base::Digest;
use pumasi_log::proof::{read_hashes, write_hashes};
use pumasi_log::tile::{read_entries, write_entries};
use pumasi_log::{
    AddCheckpoint, Checkpoint, Consistency, CosignerKey, Equivocation, LeafProof, Note, NoteKey,
    Prefix, TilePath, Witness,
};
use pumasi_node::service::register::Origin;

use crate::file;

/// The keys of the vectors: a register's and a witness's.
fn keys() -> &'static (NoteKey, CosignerKey) {
    static KEYS: OnceLock<(NoteKey, CosignerKey)> = OnceLock::new();
    KEYS.get_or_init(|| {
        let text = file("docs/spec/vectors/register/keys.txt");
        let mut lines = text.lines();
        let mut line = || lines.next().expect("two keys");
        (line().parse().expect("a key"), line().parse().expect("a key"))
    })
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A signed note, the checkpoint in it and cosignatures on it.
pub fn note(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(checkpoint) = text.parse::<Checkpoint>() {
        assert_eq!(checkpoint.to_string().parse().as_ref(), Ok(&checkpoint));
    }
    let Ok(note) = text.parse::<Note>() else { return };
    assert_eq!(note.to_string().parse().as_ref(), Ok(&note));
    let (register, witness) = keys();
    if let Ok(checkpoint) = Checkpoint::verify(&note, register) {
        assert_eq!(checkpoint.origin, Checkpoint::origin_of(&note));
    }
    let _ = witness.cosigned(&note);
}

/// A key of a register or a witness, and the name of a register.
pub fn key(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for line in text.lines().take(16) {
        if let Ok(key) = line.parse::<NoteKey>() {
            assert_eq!(key.to_string().parse().as_ref(), Ok(&key));
        }
        if let Ok(key) = line.parse::<CosignerKey>() {
            assert_eq!(key.to_string().parse::<CosignerKey>().ok().as_ref(), Some(&key));
        }
        if let Ok(origin) = line.parse::<Origin>() {
            assert_eq!(origin.to_string(), line);
        }
    }
}

/// A proof that a leaf is in a register.
pub fn leaf_proof(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(proof) = text.parse::<LeafProof>() else { return };
    assert_eq!(proof.to_string().parse().as_ref(), Ok(&proof));
    // Leaf 5 is what the vectors prove.
    if proof.verify(b"leaf 5", &keys().0).is_ok() {
        assert!(proof.index < Checkpoint::verify(&proof.checkpoint, &keys().0).unwrap().size);
    }
    assert!(proof.verify(b"another leaf", &keys().0).is_err());
}

/// A path of hashes, taken for every kind of path between sizes of any magnitude.
pub fn path(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Some(path) = read_hashes(text) else { return };
    assert_eq!(read_hashes(&write_hashes(&path)), Some(path.clone()));
    let root = Digest::of(b"root");
    let seven = bytes.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    for (old, new) in [(5, 9), (8, 13), (0, 9), (9, 9), (9, 5), (1, u64::MAX), (seven, u64::MAX)] {
        let consistency = Consistency { old, new, path: path.clone() };
        assert!(old == new || old == 0 || consistency.verify(root, root).is_err());
        let _ = Prefix { old, new, path: path.clone() }.old_root(root);
    }
}

/// The name of a tile, and a tile of entries.
pub fn tile(bytes: &[u8]) {
    if let Some(tile) = text(bytes).and_then(|text| text.trim_end().parse::<TilePath>().ok()) {
        assert_eq!(tile.to_string().parse().as_ref(), Ok(&tile));
        let _ = tile.first();
    }
    let (head, rest) = bytes.split_at(bytes.len().min(1));
    for width in [u16::from(*head.first().unwrap_or(&0)), 1, 256] {
        if let Ok(entries) = read_entries(rest, width) {
            assert_eq!(entries.len(), usize::from(width));
            assert_eq!(write_entries(entries).as_deref(), Ok(rest));
        }
    }
}

/// What a register sends its witness.
pub fn add_checkpoint(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(request) = text.parse::<AddCheckpoint>() else { return };
    assert_eq!(request.to_string().parse::<AddCheckpoint>().ok().as_ref(), Some(&request));
    let key = keys().0.clone();
    let mut witness = Witness::new();
    if witness.examine(&request, |_| Some(key.clone())).is_ok() {
        assert_eq!(request.old, 0, "nothing was cosigned before");
    }
    let first = file("docs/spec/vectors/register/checkpoint.txt").parse().expect("a checkpoint");
    witness.remember(&first, &key).expect("a checkpoint of the vectors");
    let _ = witness.examine(&request, |_| Some(key));
}

/// Evidence that a register contradicted itself.
pub fn equivocation(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(evidence) = text.parse::<Equivocation>() else { return };
    assert_eq!(evidence.to_string().parse::<Equivocation>().ok().as_ref(), Some(&evidence));
    let _ = evidence.verify(evidence.key());
    let _ = evidence.verify(&keys().0);
}
