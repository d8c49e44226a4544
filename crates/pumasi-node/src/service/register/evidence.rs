//! Contradictions of registers, kept as files that verify anywhere.
//!
//! No machine resolves them: what to do with a neighbour that showed two registers is for people.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use pumasi_base::Digest;
use pumasi_log::Equivocation;

use crate::service::ServiceError;

/// The folder of evidence within a data folder.
pub const EVIDENCE_FOLDER: &str = "evidence";

/// The most files of evidence a node keeps and reads; one is enough to convict a register.
const FILES_MAX: usize = 1000;

/// A contradiction and the file it is kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The file, within the data folder.
    pub file: PathBuf,
    /// The proof.
    pub proof: Equivocation,
}

/// Where a proof is kept: its register, then digits of its own.
fn file_of(proof: &Equivocation) -> PathBuf {
    let register = proof.key().name().replace('/', "-");
    let digits = Digest::of(proof.to_string().as_bytes()).short();
    Path::new(EVIDENCE_FOLDER).join(format!("{register}-{digits}.txt"))
}

/// Keeps a proof in `folder`, on the disk; one that is there already is left as it is.
pub(super) fn keep(folder: &Path, proof: &Equivocation) -> Result<Evidence, ServiceError> {
    let file = file_of(proof);
    let path = folder.join(&file);
    let failed = |error| ServiceError::File { path: path.clone(), error };
    fs::create_dir_all(folder.join(EVIDENCE_FOLDER)).map_err(failed)?;
    if !path.exists() {
        // Half a file would be no proof.
        let half = path.with_extension("part");
        let mut open = fs::File::create(&half).map_err(failed)?;
        open.write_all(proof.to_string().as_bytes()).map_err(failed)?;
        open.sync_all().map_err(failed)?;
        fs::rename(&half, &path).map_err(failed)?;
    }
    Ok(Evidence { file, proof: proof.clone() })
}

/// Every proof in the evidence folder of `folder`, by name; other files are passed over.
#[must_use]
pub fn read_all(folder: &Path) -> Vec<Evidence> {
    let Ok(files) = fs::read_dir(folder.join(EVIDENCE_FOLDER)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = files
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let proof = fs::read_to_string(path).ok()?.parse().ok()?;
        let file = Path::new(EVIDENCE_FOLDER).join(path.file_name()?);
        Some(Evidence { file, proof })
    };
    paths.iter().take(FILES_MAX).filter_map(read).collect()
}
