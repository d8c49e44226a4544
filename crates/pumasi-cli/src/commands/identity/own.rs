//! The party's own identity log, at its running node or in the folder of a stopped one.

use std::collections::BTreeSet;
use std::sync::Arc;

use pumasi_base::{Lang, PartyId};
use pumasi_node::act::{
    ActId, Envelope, Identities, Identity, IdentityEntry, IdentityError, Standing,
};
use pumasi_node::api::identity::IdentityLog;
use pumasi_node::service::{IdentityChange, OwnEntryError, Service, ServiceError, identity};
use serde_json::json;

use crate::commands::{Context, serve};
use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};

/// The party's own identity.
pub struct Own {
    identities: Identities,
    identity: Arc<Identity>,
    /// The running node; none when it is stopped.
    desk: Option<Desk>,
}

impl Own {
    /// Finds the node of the data folder and reads the log it holds.
    ///
    /// # Errors
    /// Not found (3) when there is no node; what reading it met.
    pub fn open(context: &Context<'_>) -> Result<Self, Failure> {
        let asked = context.desk().and_then(|desk| {
            let log = desk.read::<IdentityLog>("/identity", &[])?.page;
            Ok((desk, log))
        });
        match asked {
            Ok((desk, log)) => Self::of_log(desk, &log, context),
            Err(failure) if failure.exit == Exit::Unreachable => Self::of_folder(context),
            Err(failure) => Err(failure),
        }
    }

    fn of_log(desk: Desk, log: &IdentityLog, context: &Context<'_>) -> Result<Self, Failure> {
        let mut identities = Identities::default();
        let lang = context.words.lang();
        identities.trust(log.party.clone(), log.fingerprint).map_err(|e| refused(&e, lang))?;
        for entry in &log.entries {
            let envelope = Envelope::read(entry.as_bytes()).map_err(|error| {
                Failure::new("failure-answer-unreadable", Exit::Ours).because(error)
            })?;
            identities.admit(&envelope).map_err(|error| refused(&error, lang))?;
        }
        Self::of(identities, &log.party, Some(desk), context)
    }

    fn of_folder(context: &Context<'_>) -> Result<Self, Failure> {
        let folder = context.data.display().to_string();
        let (party, identities) = identity::kept(&context.data)
            .map_err(|error| serve::service_failure(error, &folder))?;
        Self::of(identities, &party, None, context)
    }

    fn of(
        identities: Identities,
        party: &PartyId,
        desk: Option<Desk>,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let folder = context.data.display().to_string();
        let identity = identities.of(party).cloned().ok_or_else(|| {
            serve::service_failure(ServiceError::NoIdentity(party.clone()), &folder)
        })?;
        Ok(Self { identities, identity, desk })
    }

    /// The identity as it stands.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The identity as it stood at the entry whose id begins with `given`.
    #[must_use]
    pub fn at(&self, given: &str) -> Vec<Arc<Identity>> {
        let entries = self.identities.entries(&self.identity.party);
        let ids = entries.iter().map(Envelope::id).filter(|id| id.to_string().starts_with(given));
        ids.filter_map(|id| self.identities.at(&id).cloned()).collect()
    }

    /// Every entry known with its id, and whether the log consists of it.
    pub fn entries(&self) -> impl Iterator<Item = (ActId, IdentityEntry, bool)> + '_ {
        let party = &self.identity.party;
        let chain: BTreeSet<ActId> =
            self.identities.chain(party).iter().map(Envelope::id).collect();
        self.identities.entries(party).into_iter().filter_map(move |envelope| {
            // What was taken reads.
            let entry = IdentityEntry::read(&envelope).ok()?;
            Some((envelope.id(), entry, chain.contains(&envelope.id())))
        })
    }

    /// How the log stands.
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        self.identities.standing(&self.identity.party)
    }

    /// Gives the node a signed entry.
    ///
    /// # Errors
    /// Refused (4) when the entry does not hold; what the node met.
    pub fn admit(
        self,
        envelope: &Envelope,
        context: &Context<'_>,
    ) -> Result<IdentityChange, Failure> {
        if let Some(desk) = &self.desk {
            let form = json!({ "entry": envelope.write() });
            return Ok(desk.send::<IdentityChange>("/identity", &form)?.page);
        }
        let folder = context.data.display().to_string();
        let service = Service::open(&context.data, context.library()?)
            .map_err(|error| serve::service_failure(error, &folder))?;
        service.admit_own(envelope).map_err(|error| match error {
            OwnEntryError::Identity(error) => refused(&error, context.words.lang()),
            OwnEntryError::Service(error) => serve::service_failure(error, &folder),
            OwnEntryError::Recovering { awaited } => {
                let names: Vec<&str> = awaited.iter().map(PartyId::as_str).collect();
                Failure::new("failure-recovering", Exit::Refused).with("awaited", names.join(", "))
            }
            OwnEntryError::OtherParty(party) => {
                Failure::new("failure-entry-foreign", Exit::Refused)
                    .with("party", party.to_string())
            }
            OwnEntryError::Outdated { newest } => {
                Failure::new("failure-entry-outdated", Exit::Refused)
                    .with("newest", newest.to_string())
            }
        })
    }
}

/// Why an entry is not taken, in the words the rules have for it.
pub(super) fn refused(error: &IdentityError, lang: Lang) -> Failure {
    Failure::new("failure-entry-refused", Exit::Refused).because(error.caption(lang))
}
