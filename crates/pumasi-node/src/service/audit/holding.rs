//! Copies as they are found: what is read before anything is believed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pumasi_act::{ActId, Bundle, BundleError, Envelope, Identities};
use pumasi_base::PartyId;
use pumasi_log::tile::read_entries;
use pumasi_log::{
    Checkpoint, Equivocation, EquivocationError, LeafProof, Note, TileKind, TilePath, Tree,
};

use super::{Finding, FindingCode};
use crate::service::register::{Origin, read_evidence};
use crate::service::{ServiceError, files};

/// The most bytes of a file that is read as a bundle or as evidence.
const FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// The most acts of a published register that are read.
const ACTS_MAX: u64 = 100_000_000;

/// What sort of copy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A node's data folder.
    Folder,
    /// A register as it was published.
    Register,
    /// A bundle.
    Bundle,
    /// A file that proves a contradiction.
    Evidence,
}

impl Sort {
    /// The code for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Register => "register",
            Self::Bundle => "bundle",
            Self::Evidence => "evidence",
        }
    }
}

/// A copy: nothing in it has been verified.
pub struct Holding {
    /// Where it was found.
    pub source: String,
    pub(super) sort: Sort,
    pub(super) party: Option<PartyId>,
    pub(super) trusted: BTreeMap<PartyId, ActId>,
    pub(super) identities: Identities,
    pub(super) acts: Vec<Vec<u8>>,
    pub(super) register: Option<(Origin, Tree)>,
    pub(super) own: Option<Note>,
    pub(super) cosigned: Vec<(Origin, Note)>,
    pub(super) seen: Vec<Note>,
    pub(super) evidence: Vec<Equivocation>,
    pub(super) findings: Vec<Finding>,
}

/// A checkpoint as it was kept: under which name, and the note, where either reads.
type Kept = (Option<Origin>, Option<Note>);

/// Why a copy cannot be audited at all.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// There is nothing under this name.
    #[error("there is nothing at `{0}`")]
    Missing(PathBuf),
    /// It is no copy of any sort.
    #[error("`{0}` is no data folder, published register, bundle or evidence")]
    Unknown(PathBuf),
    /// A file cannot be read.
    #[error("`{path}` cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The data folder does not open.
    #[error(transparent)]
    Folder(#[from] ServiceError),
    /// The bundle does not read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The evidence does not read.
    #[error(transparent)]
    Evidence(#[from] EquivocationError),
    /// A published register lacks a file, or one does not read.
    #[error("`{path}` of the published register does not read: {what}")]
    Published {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
}

impl Holding {
    fn empty(path: &Path, sort: Sort) -> Self {
        Self {
            source: path.display().to_string(),
            sort,
            party: None,
            trusted: BTreeMap::new(),
            identities: Identities::default(),
            acts: Vec::new(),
            register: None,
            own: None,
            cosigned: Vec::new(),
            seen: Vec::new(),
            evidence: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Reads a copy of whatever sort.
    ///
    /// A data folder must be stopped or copied: a node that runs holds its lock.
    ///
    /// # Errors
    /// [`AuditError`] when it is none, or nothing of it can be read.
    pub fn read(path: &Path) -> Result<Self, AuditError> {
        if !path.exists() {
            return Err(AuditError::Missing(path.to_owned()));
        }
        if path.join("node.toml").is_file() {
            return Self::of_folder(path);
        }
        if path.join("checkpoint").is_file() {
            return Self::of_register(path);
        }
        if path.is_dir() {
            return Err(AuditError::Unknown(path.to_owned()));
        }
        let text = read_text(path)?;
        if text.starts_with("pumasi/equivocation@") {
            let evidence = vec![text.parse()?];
            return Ok(Self { evidence, ..Self::empty(path, Sort::Evidence) });
        }
        let mut holding = Self::empty(path, Sort::Bundle);
        let bundle = Bundle::read(&text)?;
        holding.take_identities(&bundle);
        holding.acts = bundle.acts.iter().map(|act| act.write().into_bytes()).collect();
        Ok(holding)
    }

    fn of_folder(folder: &Path) -> Result<Self, AuditError> {
        let config = files::NodeFile::read(folder)?;
        let place = config.place(folder)?;
        let ledger = place.open_alone(folder).map_err(ServiceError::from)?;
        let failed = |error| AuditError::Folder(ServiceError::Store(error));
        let mut holding = Self::empty(folder, Sort::Folder);
        holding.identities = files::load_identities(ledger.as_ref())?;
        holding.trusted = holding
            .identities
            .all()
            .map(|identity| (identity.party.clone(), identity.founded))
            .collect();
        let mut tree = Tree::new();
        loop {
            let page = ledger.scan(tree.size(), 1024).map_err(failed)?;
            if page.acts.is_empty() {
                break;
            }
            for (_, act) in page.acts {
                tree.append(&act.bytes);
                holding.acts.push(act.bytes);
            }
        }
        let read = |prefix: &str| -> Result<Vec<Kept>, AuditError> {
            let kept = ledger.settings(prefix).map_err(failed)?;
            let read = |(name, value): (String, Vec<u8>)| {
                let origin = name.strip_prefix(prefix).and_then(|origin| origin.parse().ok());
                (origin, String::from_utf8(value).ok().and_then(|text| text.parse().ok()))
            };
            Ok(kept.into_iter().map(read).collect())
        };
        // Of several incarnations the last one is the register that goes on.
        let own = holding.noted(read("register/own/")?);
        let own = own.into_iter().max_by_key(|(origin, _)| origin.incarnation);
        let node = holding.identities.of(&config.party).and_then(|identity| {
            let newest = identity.nodes.values().max_by_key(|node| node.incarnation)?;
            Some(Origin::new(config.party.clone(), &newest.key.id(), newest.incarnation))
        });
        let origin = own.as_ref().map(|(origin, _)| origin.clone()).or(node);
        holding.register = origin.map(|origin| (origin, tree));
        holding.own = own.map(|(_, note)| note);
        holding.cosigned = holding.noted(read("register/cosigned/")?);
        let seen = holding.noted(read("register/seen/")?);
        holding.seen = seen.into_iter().map(|(_, note)| note).collect();
        holding.evidence = read_evidence(folder).into_iter().map(|kept| kept.proof).collect();
        holding.party = Some(config.party);
        Ok(holding)
    }

    /// Keeps what reads; the rest is found wanting.
    fn noted(&mut self, read: Vec<Kept>) -> Vec<(Origin, Note)> {
        let all = read.len();
        let noted: Vec<_> =
            read.into_iter().filter_map(|(origin, note)| origin.zip(note)).collect();
        if noted.len() < all {
            self.find(FindingCode::Checkpoint, "a checkpoint kept here does not read".to_owned());
        }
        noted
    }

    fn find(&mut self, code: FindingCode, what: String) {
        let source = self.source.clone();
        self.findings.push(Finding { source, code, what });
    }

    fn take_identities(&mut self, bundle: &Bundle) {
        self.party.clone_from(&bundle.exported_by);
        self.trusted.clone_from(&bundle.trusted);
        for (party, identity) in &bundle.trusted {
            if let Err(error) = self.identities.trust(party.clone(), *identity) {
                self.find(FindingCode::Identity, error.to_string());
            }
        }
        for envelope in &bundle.identities {
            if let Err(error) = self.identities.admit(envelope) {
                self.find(FindingCode::Identity, format!("{}: {error}", envelope.id()));
            }
        }
    }

    fn of_register(folder: &Path) -> Result<Self, AuditError> {
        let mut holding = Self::empty(folder, Sort::Register);
        let wrong = |name: &str, what: &dyn ToString| AuditError::Published {
            path: folder.join(name),
            what: what.to_string(),
        };
        let identities = read_text(&folder.join("identities.bundle"))?;
        let bundle = Bundle::read(&identities).map_err(|e| wrong("identities.bundle", &e))?;
        holding.take_identities(&bundle);
        let note: Note =
            read_text(&folder.join("checkpoint"))?.parse().map_err(|e| wrong("checkpoint", &e))?;
        let origin: Origin =
            Checkpoint::origin_of(&note).parse().map_err(|e| wrong("checkpoint", &e))?;
        let key = origin.key_ever(&holding.identities);
        let key = key.ok_or_else(|| wrong("checkpoint", &"its key is in no identity here"))?;
        let checkpoint = Checkpoint::verify(&note, &key).map_err(|e| wrong("checkpoint", &e))?;
        if checkpoint.size > ACTS_MAX {
            return Err(wrong("checkpoint", &"it has too many acts"));
        }
        let mut tree = Tree::new();
        for path in TilePath::all(checkpoint.size) {
            if path.kind == TileKind::Entries {
                let bytes = read_bytes(&folder.join(path.to_string()))?;
                let leaves = read_entries(&bytes, path.width);
                for leaf in leaves.map_err(|e| wrong(&path.to_string(), &e))? {
                    tree.append(leaf);
                    holding.acts.push(leaf.to_vec());
                }
            }
        }
        for path in TilePath::all(checkpoint.size) {
            let is_hashes = path.kind != TileKind::Entries;
            let tile = tree.tile(&path, checkpoint.size);
            if is_hashes && tile != Some(read_bytes(&folder.join(path.to_string()))?) {
                holding.find(FindingCode::Tile, path.to_string());
            }
        }
        holding.check_proofs(folder, &key);
        let notes = |name: &str| texts(&folder.join(name)).map(|text| text.parse::<Note>().ok());
        let cosigned: Vec<_> = notes("cosigned")
            .map(|note| {
                let witness = note.as_ref().and_then(|note| witness_of(note, &holding.identities));
                (witness, note)
            })
            .collect();
        let seen: Vec<_> = notes("seen")
            .map(|note| {
                let origin =
                    note.as_ref().and_then(|note| Checkpoint::origin_of(note).parse().ok());
                (origin, note)
            })
            .collect();
        holding.cosigned = holding.noted(cosigned);
        holding.seen = holding.noted(seen).into_iter().map(|(_, note)| note).collect();
        holding.evidence = read_evidence(folder).into_iter().map(|kept| kept.proof).collect();
        holding.register = Some((origin, tree));
        holding.own = Some(note);
        Ok(holding)
    }

    /// Checks each proof that was published beside the tiles.
    fn check_proofs(&mut self, folder: &Path, key: &pumasi_log::NoteKey) {
        let ids: BTreeMap<String, usize> = self
            .acts
            .iter()
            .enumerate()
            .filter_map(|(place, act)| Some((Envelope::read(act).ok()?.id().to_string(), place)))
            .collect();
        for path in files_of(&folder.join("proof")) {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let leaf = id.and_then(|id| self.acts.get(*ids.get(&id)?));
            let proof = read_text(&path).ok().and_then(|text| text.parse::<LeafProof>().ok());
            let holds =
                leaf.zip(proof).is_some_and(|(leaf, proof)| proof.verify(leaf, key).is_ok());
            if !holds {
                self.find(FindingCode::Tile, path.display().to_string());
            }
        }
    }
}

/// The one witness that cosigned a note, among the nodes of known parties.
fn witness_of(note: &Note, identities: &Identities) -> Option<Origin> {
    identities.all().find_map(|identity| {
        identity.nodes.values().find_map(|node| {
            let origin = Origin::new(identity.party.clone(), &node.key.id(), node.incarnation);
            let key = Origin::cosigner(&origin.key_ever(identities)?)?;
            key.cosigned(note).ok().flatten().map(|_| origin)
        })
    })
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = files.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn texts(folder: &Path) -> impl Iterator<Item = String> + use<> {
    files_of(folder).into_iter().map(|path| read_text(&path).unwrap_or_default())
}

fn read_text(path: &Path) -> Result<String, AuditError> {
    String::from_utf8(read_bytes(path)?).map_err(|_| AuditError::Unknown(path.to_owned()))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, AuditError> {
    let failed = |error| AuditError::File { path: path.to_owned(), error };
    let bytes = fs::metadata(path).map_err(failed)?.len();
    if bytes > FILE_BYTES_MAX {
        return Err(AuditError::Unknown(path.to_owned()));
    }
    fs::read(path).map_err(failed)
}
