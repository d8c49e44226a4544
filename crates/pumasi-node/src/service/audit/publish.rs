//! Publishing a copy: its register as static files that any C2SP reader can check.

use std::fs;
use std::path::Path;

use pumasi_act::{Bundle, Envelope};
use pumasi_log::tile::write_entries;
use pumasi_log::{Checkpoint, LeafProof, TileKind, TilePath, Tree};

use super::{AuditError, Holding};
use crate::service::register::EVIDENCE_FOLDER;

/// Writes the register of a data folder into `out`, which must not exist; gives the number of
/// acts it covers.
///
/// It goes as far as the last checkpoint that the node signed. Proofs are written for the last
/// act of every log: what came before it in its log is proved by the chain.
///
/// # Errors
/// When the copy has no checkpoint that its register bears out, or a file cannot be written.
pub fn publish(holding: &Holding, out: &Path) -> Result<u64, AuditError> {
    let published = |what: &str| AuditError::Published {
        path: Path::new(&holding.source).join("checkpoint"),
        what: what.to_owned(),
    };
    let (Some((origin, tree)), Some(note)) = (&holding.register, &holding.own) else {
        return Err(published("its node has signed none"));
    };
    let key = origin.key_ever(&holding.identities);
    let checkpoint = key.and_then(|key| Checkpoint::verify(note, &key).ok());
    let checkpoint = checkpoint
        .filter(|checkpoint| tree.root(checkpoint.size) == Ok(checkpoint.root))
        .ok_or_else(|| published("the register does not bear it out"))?;
    fs::create_dir(out).map_err(|error| AuditError::File { path: out.to_owned(), error })?;
    write(out, "checkpoint", note.to_string().as_bytes())?;
    write_tiles(holding, tree, checkpoint.size, out)?;
    write_proofs(holding, tree, &checkpoint, out)?;
    for (number, (_, note)) in holding.cosigned.iter().enumerate() {
        write(out, &format!("cosigned/{number:04}.txt"), note.to_string().as_bytes())?;
    }
    for (number, note) in holding.seen.iter().enumerate() {
        write(out, &format!("seen/{number:04}.txt"), note.to_string().as_bytes())?;
    }
    for (number, proof) in holding.evidence.iter().enumerate() {
        let name = format!("{EVIDENCE_FOLDER}/{number:04}.txt");
        write(out, &name, proof.to_string().as_bytes())?;
    }
    let mut bundle = Bundle {
        exported_by: holding.party.clone(),
        trusted: holding.trusted.clone(),
        ..Bundle::default()
    };
    for party in holding.trusted.keys() {
        bundle.identities.extend(holding.identities.entries(party));
    }
    write(out, "identities.bundle", bundle.write().as_bytes())?;
    Ok(checkpoint.size)
}

fn write_tiles(holding: &Holding, tree: &Tree, size: u64, out: &Path) -> Result<(), AuditError> {
    for path in TilePath::all(size) {
        let name = path.to_string();
        let bytes = match path.kind {
            TileKind::Hashes(_) => tree.tile(&path, size).unwrap_or_default(),
            TileKind::Entries => {
                let first = usize::try_from(path.first()).unwrap_or(usize::MAX);
                let leaves = holding.acts.iter().skip(first).take(usize::from(path.width));
                write_entries(leaves.map(Vec::as_slice)).map_err(|error| AuditError::Published {
                    path: out.join(&name),
                    what: error.to_string(),
                })?
            }
        };
        write(out, &name, &bytes)?;
    }
    Ok(())
}

fn write_proofs(
    holding: &Holding,
    tree: &Tree,
    checkpoint: &Checkpoint,
    out: &Path,
) -> Result<(), AuditError> {
    let Some(note) = &holding.own else { return Ok(()) };
    let mut last = std::collections::BTreeMap::new();
    for (index, act) in (0..checkpoint.size).zip(&holding.acts) {
        let Ok(envelope) = Envelope::read(act) else { continue };
        let Ok(payload) = pumasi_act::verify::read_payload(&envelope) else { continue };
        let id = envelope.id();
        last.insert((payload.log, payload.matter.unwrap_or(id)), (index, id));
    }
    for (index, id) in last.into_values() {
        let Ok(proof) = tree.inclusion(index, checkpoint.size) else { continue };
        let proof = LeafProof { index, path: proof.path, checkpoint: note.clone() };
        write(out, &format!("proof/{id}.txt"), proof.to_string().as_bytes())?;
    }
    Ok(())
}

fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<(), AuditError> {
    let path = out.join(name);
    let failed = |error| AuditError::File { path: path.clone(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(&path, bytes).map_err(failed)
}
