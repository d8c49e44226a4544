//! One matter as a node holds it: its acts, and the state they fold to.

use std::sync::OnceLock;

use pumasi_act::{ActId, Effect, Folded, Life, Refusal, State, Terms, Verified};
use pumasi_base::{AgreementId, Digest, PartyId, Status, Time};

use crate::feed::MatterDigest;

/// A matter as a node holds it.
#[derive(Debug, Clone)]
pub struct Matter {
    id: ActId,
    terms: Terms,
    acts: Vec<Verified>,
    folded: Folded,
    /// How many of the acts are folded.
    counted: usize,
    // Writing out and hashing a state takes time, so it is done when somebody asks.
    digest: OnceLock<MatterDigest>,
    frontier: OnceLock<Digest>,
}

impl Matter {
    pub(crate) fn opened(id: ActId, terms: Terms) -> Self {
        Self {
            id,
            terms,
            acts: Vec::new(),
            folded: Folded::default(),
            counted: 0,
            digest: OnceLock::new(),
            frontier: OnceLock::new(),
        }
    }

    /// Adds acts, which are not counted before [`Matter::refold`].
    pub(crate) fn push(&mut self, act: Verified) {
        self.acts.push(act);
    }

    /// Folds what was added.
    pub(crate) fn refold(&mut self) {
        self.folded.extend(&self.terms, &self.acts, self.counted);
        self.counted = self.acts.len();
        self.digest = OnceLock::new();
        self.frontier = OnceLock::new();
    }

    /// Says what would become of an act if it were added; nothing when the matter has no state.
    pub(crate) fn trial(&self, act: &Verified) -> Option<Result<Effect, Refusal>> {
        self.state()?;
        Some(self.folded.try_next(&self.terms, act))
    }

    /// Its id, which is that of the act that opened it.
    #[must_use]
    pub const fn id(&self) -> ActId {
        self.id
    }

    /// The agreements it froze.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its acts, in the order in which they were taken in.
    #[must_use]
    pub fn acts(&self) -> &[Verified] {
        &self.acts
    }

    /// What they fold to.
    #[must_use]
    pub const fn folded(&self) -> &Folded {
        &self.folded
    }

    /// Its state, unless its opening act was refused.
    #[must_use]
    pub const fn state(&self) -> Option<&State> {
        self.folded.state.as_ref()
    }

    /// Whether `party` belongs to its audience.
    #[must_use]
    pub fn is_shared_with(&self, party: &PartyId) -> bool {
        self.state().is_some_and(|state| state.genesis.audience.contains(party))
    }

    /// Whether it is actual, an exercise or a test.
    #[must_use]
    pub fn status(&self) -> Status {
        self.state().map_or(Status::Actual, |state| state.genesis.status)
    }

    /// The time its opening act claims.
    #[must_use]
    pub fn opened_at(&self) -> Option<Time> {
        self.acts.first().map(|act| act.payload().time)
    }

    /// The agreement it is about, with what was said of it.
    #[must_use]
    pub fn life(&self) -> Option<(&AgreementId, &Life)> {
        let state = self.state()?;
        let about = state.genesis.about.as_ref()?;
        Some((about, state.lives.get(about)?))
    }

    /// The digest of its frontier: equal where the acts are equal.
    #[must_use]
    pub fn frontier(&self) -> Digest {
        *self.frontier.get_or_init(|| self.folded.frontier_digest())
    }

    /// How it stands here; computed when first asked after a change.
    #[must_use]
    pub fn digest(&self) -> MatterDigest {
        let digest = self.digest.get_or_init(|| MatterDigest {
            matter: self.id,
            frontier: self.frontier(),
            state: self.folded.digest(),
            acts: self.folded.order.len().try_into().unwrap_or(u64::MAX),
        });
        digest.clone()
    }
}
