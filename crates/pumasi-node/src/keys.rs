//! The keys a node holds: PKCS#8 PEM files that nobody else may read.
//!
//! Root keys are made here and then belong offline: the node never reads them. Commands do, when an
//! entry of the identity log is to be signed, from wherever they are kept.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

pub use ed25519_dalek::SigningKey;
use ed25519_dalek::VerifyingKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
};
use pumasi_act::KeyRecord;
use pumasi_base::{Digest, OfficerId};

/// What a node signs with.
pub struct Keys {
    /// The key that writes the party's logs and names the node in TLS.
    pub node: SigningKey,
    /// Officers who sign at this node.
    pub officers: BTreeMap<OfficerId, SigningKey>,
}

/// Root keys of one sort: those in use, `root-1.pem` and on, or those that take over next,
/// `next-root-1.pem` and on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootSort {
    /// Those in use.
    Standing,
    /// Those announced.
    Next,
}

impl RootSort {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Standing => "root-",
            Self::Next => "next-root-",
        }
    }
}

/// Public keys with the private halves that are at hand, by the id of the key.
pub type Roots = BTreeMap<Digest, (KeyRecord, Option<SigningKey>)>;

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
    Ok(SigningKey::from_bytes(&random()?))
}

/// 32 bytes of the system's randomness.
///
/// # Errors
/// `NoRandomness` when the system has none.
pub fn random() -> Result<[u8; 32], KeysError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| KeysError::NoRandomness)?;
    Ok(bytes)
}

fn node_path(folder: &Path) -> PathBuf {
    folder.join("keys/node.pem")
}

/// Where the key of an officer of the node in `folder` lies.
#[must_use]
pub fn officer_path(folder: &Path, officer: &OfficerId) -> PathBuf {
    folder.join(format!("keys/officers/{officer}.pem"))
}

/// Makes `count` fresh root keys.
///
/// # Errors
/// `NoRandomness` when the system has none.
pub fn fresh_roots(count: usize) -> Result<Vec<SigningKey>, KeysError> {
    (0..count).map(|_| generate()).collect()
}

/// Writes root keys into `folder`: the private half of each as `.pem`, and the public half as
/// `.pub`, which may stay when the private one is moved to its own medium.
///
/// # Errors
/// When a file cannot be written or exists already: keys are never overwritten.
pub fn write_roots(folder: &Path, sort: RootSort, roots: &[SigningKey]) -> Result<(), KeysError> {
    for (number, key) in roots.iter().enumerate() {
        let name = format!("{}{}", sort.prefix(), number + 1);
        write_private(&folder.join(format!("{name}.pem")), key)?;
        write_public(&folder.join(format!("{name}.pub")), &key.verifying_key())?;
    }
    Ok(())
}

/// Reads the root keys of one sort in `folder`, from private and public halves.
///
/// # Errors
/// When the folder cannot be read or a file holds no key.
pub fn read_roots(folder: &Path, sort: RootSort) -> Result<Roots, KeysError> {
    let mut roots = Roots::new();
    for extension in ["pub", "pem"] {
        for path in files_of(folder, extension)? {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if !name.starts_with(sort.prefix()) {
                continue;
            }
            if extension == "pub" {
                let record = read_public(&path)?;
                roots.insert(record.id(), (record, None));
            } else {
                let key = read_private(&path)?;
                let record = KeyRecord::of(&key);
                roots.insert(record.id(), (record, Some(key)));
            }
        }
    }
    Ok(roots)
}

/// Reads a public key, SPKI in PEM.
///
/// # Errors
/// When the file cannot be read or holds no Ed25519 public key.
pub fn read_public(path: &Path) -> Result<KeyRecord, KeysError> {
    let pem = fs::read_to_string(path)
        .map_err(|error| KeysError::File { path: path.to_owned(), error })?;
    let key = VerifyingKey::from_public_key_pem(&pem)
        .map_err(|_| KeysError::NoKey { path: path.to_owned() })?;
    let suite = pumasi_act::envelope::Suite::Ed25519;
    Ok(KeyRecord::new(suite, Digest::from_bytes(key.to_bytes())))
}

fn write_public(path: &Path, key: &VerifyingKey) -> Result<(), KeysError> {
    let pem = key
        .to_public_key_pem(LineEnding::LF)
        .map_err(|_| KeysError::NoKey { path: path.to_owned() })?;
    write_secret(path, pem.as_bytes())
        .map_err(|error| KeysError::File { path: path.to_owned(), error })
}

impl Keys {
    /// Makes fresh keys: one for the node, one for each officer.
    ///
    /// # Errors
    /// `NoRandomness` when the system has none.
    pub fn fresh(officers: &[OfficerId]) -> Result<Self, KeysError> {
        let officers = officers
            .iter()
            .map(|officer| Ok((officer.clone(), generate()?)))
            .collect::<Result<_, KeysError>>()?;
        Ok(Self { node: generate()?, officers })
    }

    /// Writes every key into `folder`, each readable by its owner alone.
    ///
    /// # Errors
    /// When a file cannot be written or exists already: keys are never overwritten.
    pub fn write(&self, folder: &Path) -> Result<(), KeysError> {
        write_private(&node_path(folder), &self.node)?;
        for (officer, key) in &self.officers {
            write_private(&officer_path(folder, officer), key)?;
        }
        Ok(())
    }

    /// Reads the keys of `folder`.
    ///
    /// # Errors
    /// When the node's key is missing or a file holds no key.
    pub fn read(folder: &Path) -> Result<Self, KeysError> {
        let mut officers = BTreeMap::new();
        for path in files_of(&folder.join("keys/officers"), "pem")? {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let officer = name.parse().map_err(|_| KeysError::NoKey { path: path.clone() })?;
            officers.insert(officer, read_private(&path)?);
        }
        Ok(Self { node: read_private(&node_path(folder))?, officers })
    }
}

/// Reads the node keys that were in use before in `folder`, which open what was sealed for them:
/// whoever takes another key into use moves the old file to `keys/former/`.
///
/// # Errors
/// When the folder cannot be read or a file holds no key.
pub fn read_former(folder: &Path) -> Result<Vec<SigningKey>, KeysError> {
    files_of(&folder.join("keys/former"), "pem")?.iter().map(|path| read_private(path)).collect()
}

fn files_of(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, KeysError> {
    let wrong = |error| KeysError::File { path: folder.to_owned(), error };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(wrong)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a private key, PKCS#8 in PEM.
///
/// # Errors
/// When the file cannot be read or holds no Ed25519 private key.
pub fn read_private(path: &Path) -> Result<SigningKey, KeysError> {
    let pem = fs::read_to_string(path)
        .map_err(|error| KeysError::File { path: path.to_owned(), error })?;
    SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeysError::NoKey { path: path.to_owned() })
}

/// Writes a private key into a file that did not exist, readable by its owner alone.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_private(path: &Path, key: &SigningKey) -> Result<(), KeysError> {
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
        let keys = Keys::fresh(&officers).unwrap();
        keys.write(folder.path()).unwrap();
        let read = Keys::read(folder.path()).unwrap();
        assert_eq!(read.node.to_bytes(), keys.node.to_bytes());
        assert_eq!(read.officers.len(), 1);
        assert!(matches!(keys.write(folder.path()), Err(KeysError::File { .. })));
    }
    #[test]
    fn the_public_half_of_a_root_key_stays_when_the_private_one_leaves() {
        let folder = tempfile::tempdir().unwrap();
        let roots = fresh_roots(2).unwrap();
        write_roots(folder.path(), RootSort::Next, &roots).unwrap();
        assert!(read_roots(folder.path(), RootSort::Standing).unwrap().is_empty());
        fs::remove_file(folder.path().join("next-root-1.pem")).unwrap();
        let read = read_roots(folder.path(), RootSort::Next).unwrap();
        let private = |key: &SigningKey| {
            let (record, private) = &read[&KeyRecord::of(key).id()];
            assert_eq!(*record, KeyRecord::of(key));
            private.as_ref().map(SigningKey::to_bytes)
        };
        assert_eq!(private(&roots[0]), None);
        assert_eq!(private(&roots[1]), Some(roots[1].to_bytes()));
        fs::write(folder.path().join("next-root-3.pub"), "no key").unwrap();
        assert!(matches!(read_roots(folder.path(), RootSort::Next), Err(KeysError::NoKey { .. })));
    }
}
