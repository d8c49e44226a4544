//! A bundle: the acts of matters with everything needed to verify them, offline, by anyone.
//!
//! It is text, one JSON object a line, so that it can be read, split and mailed; each line is
//! checked on its own, so that one damaged line loses only itself and is named.

use std::collections::BTreeMap;

use pumasi_agreement::Agreement;
use pumasi_base::{AgreementId, Digest, PartyId};
use serde::{Deserialize, Serialize};

use crate::envelope::{ActId, Envelope};
use crate::fold::{Folded, fold};
use crate::identity::{Identities, IdentityError};
use crate::kinds::open_matter::OpenMatter;
use crate::permission::Terms;
use crate::personal::Personal;
use crate::verify::{Verified, VerifyError, verify};

/// The first line of every bundle.
const FORMAT: &str = "pumasi/bundle/1";

/// What a party exports of one or more matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Whose copy this is.
    pub exported_by: Option<PartyId>,
    /// Fingerprints the exporter trusted. A verifier compares them with its own.
    pub trusted: BTreeMap<PartyId, ActId>,
    /// Identity logs, founding entries first.
    pub identities: Vec<Envelope>,
    /// Texts of the agreements by their digests: matters may have frozen different editions of one.
    pub agreements: BTreeMap<Digest, (AgreementId, String)>,
    /// The acts.
    pub acts: Vec<Envelope>,
    /// Personal data beside acts, by commitment. No proof rests on them.
    pub personal: BTreeMap<Digest, Personal>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Format { version: String, exported_by: Option<PartyId>, lines: usize },
    Trusted { party: PartyId, identity: ActId },
    Identity(serde_json::Value),
    Agreement { id: AgreementId, text: String },
    Act(serde_json::Value),
    Personal { commitment: Digest, salt: Digest, text: String },
}

/// Why a bundle does not read or verify.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The first line is not a bundle's.
    #[error("this is no bundle: its first line is not `{FORMAT}`")]
    NoBundle,
    /// A line does not read.
    #[error("line {line}: {what}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// Lines are missing at the end.
    #[error("the bundle is cut off: it has {found} of {stated} lines")]
    CutOff {
        /// Lines found.
        found: usize,
        /// Lines stated in the first.
        stated: usize,
    },
    /// An identity entry does not hold.
    #[error("identity entry {number}: {error}")]
    Identity {
        /// Which, from 1.
        number: usize,
        /// Why.
        error: IdentityError,
    },
    /// An act does not verify.
    #[error("act {id}: {error}")]
    Act {
        /// Which.
        id: ActId,
        /// Why.
        error: VerifyError,
    },
    /// An agreement the matter froze is not in the bundle, or its text differs.
    #[error("the agreement `{id}` with the digest {digest} is not in the bundle")]
    AgreementMissing {
        /// Which.
        id: AgreementId,
        /// The digest frozen into the matter.
        digest: Digest,
    },
    /// The agreements frozen into a matter cannot stand side by side.
    #[error("the agreements of the matter clash: {0}")]
    AgreementsClash(String),
    /// An agreement's text does not read.
    #[error("the agreement `{id}` does not read: {what}")]
    AgreementUnreadable {
        /// Which.
        id: AgreementId,
        /// Why.
        what: String,
    },
}

/// What verifying a bundle proved about one matter.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The matter.
    pub matter: ActId,
    /// The state and everything around it.
    pub folded: Folded,
    /// How many acts each party signed.
    pub signed: BTreeMap<PartyId, usize>,
}

impl Bundle {
    /// Writes the bundle.
    #[must_use]
    pub fn write(&self) -> String {
        let raw = |envelope: &Envelope| {
            serde_json::from_str(&envelope.write()).unwrap_or(serde_json::Value::Null)
        };
        let mut lines = Vec::new();
        for (party, identity) in &self.trusted {
            lines.push(Line::Trusted { party: party.clone(), identity: *identity });
        }
        lines.extend(self.identities.iter().map(|envelope| Line::Identity(raw(envelope))));
        for (id, text) in self.agreements.values() {
            lines.push(Line::Agreement { id: id.clone(), text: text.clone() });
        }
        lines.extend(self.acts.iter().map(|envelope| Line::Act(raw(envelope))));
        lines.extend(self.personal.iter().map(|(commitment, personal)| Line::Personal {
            commitment: *commitment,
            salt: personal.salt,
            text: personal.text.clone(),
        }));
        let head = Line::Format {
            version: FORMAT.to_owned(),
            exported_by: self.exported_by.clone(),
            lines: lines.len(),
        };
        std::iter::once(&head).chain(&lines).fold(String::new(), |mut text, line| {
            // Text, integers and JSON values only: writing them cannot fail.
            text.push_str(&serde_json::to_string(line).unwrap_or_default());
            text.push('\n');
            text
        })
    }

    /// Reads a bundle.
    ///
    /// # Errors
    /// When it is none, is cut off, or a line is damaged; the line is named.
    pub fn read(text: &str) -> Result<Self, BundleError> {
        let mut lines = text.lines();
        let head = lines.next().and_then(|line| serde_json::from_str(line).ok());
        let Some(Line::Format { version, exported_by, lines: stated }) = head else {
            return Err(BundleError::NoBundle);
        };
        if version != FORMAT {
            return Err(BundleError::NoBundle);
        }
        let mut bundle = Self { exported_by, ..Self::default() };
        let mut found = 0;
        for (index, text) in lines.enumerate() {
            let at = |what: String| BundleError::Line { line: index + 2, what };
            match serde_json::from_str::<Line>(text).map_err(|e| at(e.to_string()))? {
                Line::Format { .. } => return Err(at("a second first line".to_owned())),
                Line::Trusted { party, identity } => {
                    bundle.trusted.insert(party, identity);
                }
                Line::Identity(raw) => bundle.identities.push(envelope(&raw).map_err(at)?),
                Line::Agreement { id, text } => {
                    bundle.agreements.insert(Digest::of(text.as_bytes()), (id, text));
                }
                Line::Act(raw) => bundle.acts.push(envelope(&raw).map_err(at)?),
                Line::Personal { commitment, salt, text } => {
                    bundle.personal.insert(commitment, Personal { salt, text });
                }
            }
            found += 1;
        }
        if found == stated { Ok(bundle) } else { Err(BundleError::CutOff { found, stated }) }
    }

    /// Proves every matter in the bundle again: identities, signatures, chains, and the fold.
    ///
    /// # Errors
    /// At the first thing that does not hold.
    pub fn verify(&self) -> Result<Vec<Proof>, BundleError> {
        let identities = self.identities()?;
        let mut matters: BTreeMap<ActId, Vec<Verified>> = BTreeMap::new();
        for envelope in &self.acts {
            let act = verify(envelope, &identities)
                .map_err(|error| BundleError::Act { id: envelope.id(), error })?;
            matters.entry(act.matter()).or_default().push(act);
        }
        matters.into_iter().map(|(matter, acts)| self.prove(matter, &acts)).collect()
    }

    fn identities(&self) -> Result<Identities, BundleError> {
        let mut identities = Identities::default();
        for (party, identity) in &self.trusted {
            identities
                .trust(party.clone(), *identity)
                .map_err(|error| BundleError::Identity { number: 0, error })?;
        }
        for (index, envelope) in self.identities.iter().enumerate() {
            identities
                .admit(envelope)
                .map_err(|error| BundleError::Identity { number: index + 1, error })?;
        }
        Ok(identities)
    }

    fn prove(&self, matter: ActId, acts: &[Verified]) -> Result<Proof, BundleError> {
        let opening = acts.iter().find(|act| act.id() == matter);
        let genesis = opening.and_then(|act| OpenMatter::read(&act.payload().body).ok());
        let frozen = genesis.map(|genesis| genesis.agreements).unwrap_or_default();
        let terms = Terms::compile(self.frozen(&frozen)?)
            .map_err(|error| BundleError::AgreementsClash(error.to_string()))?;
        // An act that is in the bundle twice was signed once.
        let authors: BTreeMap<ActId, &PartyId> =
            acts.iter().map(|act| (act.id(), act.party())).collect();
        let mut signed = BTreeMap::new();
        for party in authors.into_values() {
            *signed.entry(party.clone()).or_insert(0) += 1;
        }
        Ok(Proof { matter, folded: fold(&terms, acts), signed })
    }

    fn frozen(
        &self,
        frozen: &BTreeMap<AgreementId, Digest>,
    ) -> Result<Vec<Agreement>, BundleError> {
        let one = |(id, digest): (&AgreementId, &Digest)| {
            let (_, text) = self
                .agreements
                .get(digest)
                .ok_or_else(|| BundleError::AgreementMissing { id: id.clone(), digest: *digest })?;
            pumasi_agreement::read(id.as_str(), text).map_err(|errors| {
                let what = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
                BundleError::AgreementUnreadable { id: id.clone(), what }
            })
        };
        frozen.iter().map(one).collect()
    }
}

fn envelope(raw: &serde_json::Value) -> Result<Envelope, String> {
    Envelope::read(raw.to_string().as_bytes()).map_err(|error| error.to_string())
}
