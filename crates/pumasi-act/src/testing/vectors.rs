//! The vectors of `docs/spec/vectors/act` and `docs/spec/vectors/matter`, made from the small
//! world: an example writes them, and a test reads them as a stranger would.

#![allow(clippy::unwrap_used, reason = "compiled for tests alone, where a fault may panic")]

mod acts;
mod matters;

use std::collections::BTreeMap;

use pumasi_base::PartyId;

use super::World;
use crate::bundle::Bundle;

/// Every file by its path below `docs/spec/vectors`.
#[must_use]
pub fn files() -> BTreeMap<String, String> {
    let mut files = acts::files();
    files.extend(matters::files());
    files
}

/// Everything of a world: what another program needs to verify and fold it.
fn bundle(world: &World) -> Bundle {
    let parties: Vec<&PartyId> = world.pens.keys().collect();
    let entries = |party: &&PartyId| world.identities.entries(party);
    let founded = |party: &&PartyId| world.identities.of(party).unwrap().founded;
    let agreements = world.terms.agreements().iter();
    Bundle {
        exported_by: None,
        trusted: parties.iter().map(|party| ((*party).clone(), founded(party))).collect(),
        identities: parties.iter().flat_map(entries).collect(),
        agreements: agreements
            .map(|text| (text.digest(), (text.id().clone(), text.text().to_owned())))
            .collect(),
        acts: world.acts.iter().map(|act| act.envelope().clone()).collect(),
        personal: world.personal.clone(),
    }
}

/// A table of tab-separated columns.
fn table(head: &str, rows: impl IntoIterator<Item = String>) -> String {
    rows.into_iter().fold(format!("{head}\n"), |text, row| text + &row + "\n")
}
