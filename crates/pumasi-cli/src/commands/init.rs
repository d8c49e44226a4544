//! `pumasi init`: makes a party's node.

use std::collections::BTreeSet;
use std::str::FromStr;

use clap::Args;
use pumasi_base::{OfficerId, PartyId, Time};
use pumasi_node::clock::Clock;
use pumasi_node::service::ServiceError;
use pumasi_node::service::files::NodeFile;
use pumasi_node::service::init::{NewOfficer, init_in};
use pumasi_node::store::Place;
use serde_json::json;

use crate::commands::{Context, serve, store};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// Whose node to make, and with which officers.
#[derive(Args)]
pub struct Init {
    #[arg(long, value_name = "PARTY")]
    party: PartyId,
    #[arg(id = "new_officer", long = "officer", value_name = "ID:OFFICE")]
    officers: Vec<Appointed>,
    #[arg(long, value_name = "ID")]
    joint: Vec<OfficerId>,
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
}

/// An officer as typed: `duty:Duty officer`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Appointed {
    id: OfficerId,
    office: String,
}

impl FromStr for Appointed {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (id, office) = text.split_once(':').unwrap_or((text, ""));
        let id: OfficerId = id.parse().map_err(|error| format!("{error}"))?;
        let office = if office.trim().is_empty() { id.to_string() } else { office.to_owned() };
        Ok(Self { id, office })
    }
}

/// Makes the node.
///
/// # Errors
/// When the folder holds a node already (6), the party is not in the catalog (3), or the folder
/// cannot be written.
pub fn run(given: &Init, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let library = context.library()?;
    let entry = library.catalog.parties.get(&given.party).ok_or_else(|| {
        Failure::new("failure-party-unknown", Exit::NotFound).with("party", given.party.to_string())
    })?;
    let now: Time = Clock.now();
    if let Some(stranger) =
        given.joint.iter().find(|id| !given.officers.iter().any(|o| o.id == **id))
    {
        return Err(
            Failure::new("failure-not-found", Exit::NotFound).with("name", stranger.to_string())
        );
    }
    let officers: Vec<NewOfficer> = given
        .officers
        .iter()
        .map(|one| new_officer(one, given.joint.contains(&one.id), now))
        .collect();
    let folder = context.data.display().to_string();
    Place::read(given.store.as_deref()).map_err(|error| store::bad_store(&error, "pumasi init"))?;
    let mut settings = NodeFile::new(given.party.clone());
    settings.store.clone_from(&given.store);
    let fingerprint = init_in(&context.data, &settings, &entry.names, &officers, now).map_err(
        |error| match error {
            ServiceError::StoreTaken { at } => {
                Failure::new("failure-store-taken", Exit::InUse).with("store", at)
            }
            ServiceError::File { error: cause, .. }
                if cause.kind() == std::io::ErrorKind::AlreadyExists =>
            {
                Failure::new("failure-node-exists", Exit::InUse).with("folder", folder.clone())
            }
            error => serve::service_failure(error, &folder),
        },
    )?;
    let mut page = Page::default();
    let fillings =
        [("party", entry.names.in_lang(words.lang()).into()), ("folder", folder.as_str().into())];
    page.line(words.say_with("founded", &fillings))
        .field(words.say("column-fingerprint"), fingerprint.to_string())
        .line(words.say("tell-fingerprint"))
        .line(words.say_with("keep-roots", &[("folder", folder.as_str().into())]));
    let value = json!({
        "party": given.party,
        "folder": folder,
        "fingerprint": fingerprint.to_string(),
        "officers": officers.iter().map(|officer| officer.id.as_str()).collect::<Vec<_>>(),
    });
    Ok(Answer::new(value, page))
}

/// An officer whose mandate covers every kind of act, alone or jointly with another officer;
/// narrower ones are granted later.
fn new_officer(appointed: &Appointed, joint: bool, now: Time) -> NewOfficer {
    NewOfficer {
        id: appointed.id.clone(),
        name: appointed.office.clone(),
        kinds: BTreeSet::from(["*".to_owned()]),
        amount_max: None,
        officers_needed: if joint { 2 } else { 1 },
        not_before: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_officer_has_an_id_and_an_office() {
        let duty: Appointed = "duty:당직 사령".parse().unwrap();
        assert_eq!((duty.id.as_str(), duty.office.as_str()), ("duty", "당직 사령"));
        let plain: Appointed = "duty".parse().unwrap();
        assert_eq!(plain.office, "duty");
        assert!("Duty Officer:x".parse::<Appointed>().is_err());
    }
}
