//! The keys a node holds: PKCS#8 PEM files that nobody else may read.
//!
//! Root keys are made here and then belong offline: the node works without them, and says so.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use pumasi_base::OfficerId;

/// What a node signs with.
pub struct Keys {
    /// The key that writes the party's logs and names the node in TLS.
    pub node: SigningKey,
    /// Officers who sign at this node.
    pub officers: BTreeMap<OfficerId, SigningKey>,
    /// Root keys, while they still lie here.
    pub roots: Vec<SigningKey>,
}

/// Why keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("the key file `{path}` cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// A file holds no Ed25519 key.
    #[error("`{path}` holds no Ed25519 key in PKCS#8 PEM")]
    NoKey {
        /// Which.
        path: PathBuf,
    },
    /// The system gave no randomness.
    #[error("the system gave no randomness for a key")]
    NoRandomness,
}

/// Makes a fresh key from the system's randomness.
///
/// # Errors
/// `NoRandomness` when the system has none.
pub fn generate() -> Result<SigningKey, KeysError> {
    let mut seed = [0_u8; 32];
    getrandom::fill(&mut seed).map_err(|_| KeysError::NoRandomness)?;
    Ok(SigningKey::from_bytes(&seed))
}

fn node_path(folder: &Path) -> PathBuf {
    folder.join("keys/node.pem")
}

impl Keys {
    /// Makes fresh keys: one for the node, one for each officer, `roots` root keys.
    ///
    /// # Errors
    /// `NoRandomness` when the system has none.
    pub fn fresh(officers: &[OfficerId], roots: usize) -> Result<Self, KeysError> {
        let officers = officers
            .iter()
            .map(|officer| Ok((officer.clone(), generate()?)))
            .collect::<Result<_, KeysError>>()?;
        let roots = (0..roots).map(|_| generate()).collect::<Result<_, _>>()?;
        Ok(Self { node: generate()?, officers, roots })
    }

    /// Writes every key into `folder`, each readable by its owner alone.
    ///
    /// # Errors
    /// When a file cannot be written or exists already: keys are never overwritten.
    pub fn write(&self, folder: &Path) -> Result<(), KeysError> {
        write(&node_path(folder), &self.node)?;
        for (officer, key) in &self.officers {
            write(&folder.join(format!("keys/officers/{officer}.pem")), key)?;
        }
        for (number, key) in self.roots.iter().enumerate() {
            write(&folder.join(format!("keys/root-{}.pem", number + 1)), key)?;
        }
        Ok(())
    }

    /// Reads the keys of `folder`.
    ///
    /// # Errors
    /// When the node's key is missing or a file holds no key.
    pub fn read(folder: &Path) -> Result<Self, KeysError> {
        let mut officers = BTreeMap::new();
        for path in pem_files(&folder.join("keys/officers"))? {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let officer = name.parse().map_err(|_| KeysError::NoKey { path: path.clone() })?;
            officers.insert(officer, read(&path)?);
        }
        let mut roots = Vec::new();
        for path in pem_files(&folder.join("keys"))? {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if name.starts_with("root-") {
                roots.push(read(&path)?);
            }
        }
        Ok(Self { node: read(&node_path(folder))?, officers, roots })
    }
}

fn pem_files(folder: &Path) -> Result<Vec<PathBuf>, KeysError> {
    let wrong = |error| KeysError::File { path: folder.to_owned(), error };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(wrong)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|extension| extension == "pem") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<SigningKey, KeysError> {
    let pem = fs::read_to_string(path)
        .map_err(|error| KeysError::File { path: path.to_owned(), error })?;
    SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeysError::NoKey { path: path.to_owned() })
}

fn write(path: &Path, key: &SigningKey) -> Result<(), KeysError> {
    let no_key = || KeysError::NoKey { path: path.to_owned() };
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| no_key())?;
    write_secret(path, pem.as_bytes())
        .map_err(|error| KeysError::File { path: path.to_owned(), error })
}

/// Writes a file that did not exist, readable by its owner alone, and waits until it is on disk.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_what_they_wrote_and_are_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let officers = ["duty".parse().unwrap()];
        let keys = Keys::fresh(&officers, 2).unwrap();
        keys.write(folder.path()).unwrap();
        let read = Keys::read(folder.path()).unwrap();
        assert_eq!(read.node.to_bytes(), keys.node.to_bytes());
        assert_eq!((read.officers.len(), read.roots.len()), (1, 2));
        assert!(matches!(keys.write(folder.path()), Err(KeysError::File { .. })));
    }
}
