//! What the binary carries: catalog, agreements and drills, each replaceable by a folder.
//!
//! The facts in the repository are the default; a party that brings its own puts a folder of the
//! same layout in place with `--library DIR`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pumasi_agreement::{Agreement, Ladder};
use pumasi_base::{AgreementId, Catalog};
use pumasi_hazard::{Estimator, Factors};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../catalog"]
#[include = "*.toml"]
#[include = "*.csv"]
struct CatalogFiles;

#[derive(RustEmbed)]
#[folder = "../../agreements"]
#[include = "*.toml"]
struct AgreementFiles;

#[derive(RustEmbed)]
#[folder = "../../drills"]
struct DrillFiles;

/// Facts and agreements a node works with.
#[derive(Debug, Clone)]
pub struct Library {
    /// The catalog.
    pub catalog: Catalog,
    /// The people of the catalog and the factors from them to needs, ready to estimate with.
    pub estimator: Estimator,
    agreements: BTreeMap<AgreementId, Agreement>,
}

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file cannot be read.
    #[error("the library file `{path}` cannot be read")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// Facts contradict each other or do not read.
    #[error("the library is faulty:\n{}", .0.join("\n"))]
    Faulty(Vec<String>),
}

impl Library {
    /// The library in the binary, with the files of `folder` in its place where it has them.
    ///
    /// # Errors
    /// Every fault of every file: a node does not start on facts it cannot read.
    pub fn load(folder: Option<&Path>) -> Result<Self, LibraryError> {
        let catalog_files = texts::<CatalogFiles>(folder.map(|f| f.join("catalog")))?;
        let agreement_files = texts::<AgreementFiles>(folder.map(|f| f.join("agreements")))?;
        let mut faults = Vec::new();
        let files: Vec<(&str, &str)> =
            catalog_files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let catalog = Catalog::read(&files).unwrap_or_else(|errors| {
            faults.extend(errors.iter().map(ToString::to_string));
            Catalog::default()
        });
        faults.extend(Ladder::of(&catalog).1);
        let factors = factors(folder).unwrap_or_else(|fault| {
            faults.push(fault);
            Factors::standard()
        });
        let estimator = Estimator::new(&catalog, factors);
        let mut library = Self { catalog, estimator, agreements: BTreeMap::new() };
        for (name, text) in &agreement_files {
            match pumasi_agreement::read(name, text) {
                Ok(agreement) => library.add(agreement),
                Err(errors) => faults.extend(errors.iter().map(ToString::to_string)),
            }
        }
        if faults.is_empty() { Ok(library) } else { Err(LibraryError::Faulty(faults)) }
    }

    /// Adds an agreement.
    pub fn add(&mut self, agreement: Agreement) {
        self.agreements.insert(agreement.id().clone(), agreement);
    }

    /// The agreements in use, by id.
    #[must_use]
    pub const fn agreements(&self) -> &BTreeMap<AgreementId, Agreement> {
        &self.agreements
    }
}

/// The factors of `factors.toml` in a party's own folder, else the standard ones.
fn factors(folder: Option<&Path>) -> Result<Factors, String> {
    let Some(path) = folder.map(|folder| folder.join("factors.toml")).filter(|p| p.is_file())
    else {
        return Ok(Factors::standard());
    };
    let text = std::fs::read_to_string(&path).map_err(|error| format!("factors.toml: {error}"))?;
    Factors::read(&text).map_err(|error| format!("factors.toml: {error}"))
}

/// The names of the drills in the binary.
#[must_use]
pub fn drills() -> Vec<String> {
    let mut names: Vec<String> = DrillFiles::iter()
        .filter_map(|path| path.strip_suffix("/drill.toml").map(ToOwned::to_owned))
        .collect();
    names.sort();
    names
}

/// A file of a drill in the binary.
#[must_use]
pub fn drill_file(drill: &str, file: &str) -> Option<Vec<u8>> {
    DrillFiles::get(&format!("{drill}/{file}")).map(|file| file.data.into_owned())
}

fn texts<Files: RustEmbed>(
    folder: Option<PathBuf>,
) -> Result<BTreeMap<String, String>, LibraryError> {
    let mut texts = BTreeMap::new();
    for name in Files::iter() {
        if let Some(file) = Files::get(&name) {
            texts.insert(name.to_string(), String::from_utf8_lossy(&file.data).into_owned());
        }
    }
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        replace(&folder, &folder, &mut texts)?;
    }
    Ok(texts)
}

fn replace(
    root: &Path,
    folder: &Path,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), LibraryError> {
    let wrong = |path: &Path| {
        let path = path.to_owned();
        move |error| LibraryError::File { path, error }
    };
    for entry in std::fs::read_dir(folder).map_err(wrong(folder))? {
        let path = entry.map_err(wrong(folder))?.path();
        let wanted = path.extension().is_some_and(|e| e == "toml" || e == "csv");
        if path.is_dir() {
            replace(root, &path, texts)?;
        } else if wanted {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            texts.insert(name, std::fs::read_to_string(&path).map_err(wrong(&path))?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_in_the_binary_reads() {
        let library = Library::load(None).unwrap();
        assert!(library.catalog.places.len() > 95);
        assert!(library.agreements().len() >= 7);
        assert!(drills().contains(&"noto-2024".to_owned()));
        assert!(drill_file("noto-2024", "drill.toml").is_some());
    }
}
