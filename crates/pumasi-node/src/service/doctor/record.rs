//! What the record itself says: divergence, forks, acts in doubt, identities and registers.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::{ActId, State};
use pumasi_base::{Captions, PartyId};
use pumasi_log::Checkpoint;
use pumasi_view::page::AreaCode;
use pumasi_view::{Held, Lexicon};

use super::super::register::{Evidence, Origin, RegisterShown, RegisterStanding};
use super::super::{Service, ServiceError};
use super::{Finding, names, or_well};
use crate::sync;

/// Matters in which a neighbour comes to another state from the same acts; a node that does not
/// run has compared nothing.
pub(super) fn divergence(service: &Service, lexicon: &Lexicon, running: bool) -> Vec<Finding> {
    let diverged = service.diverged();
    let area = AreaCode::Divergence;
    let found: Vec<Finding> = service.with_matters(|held| {
        let states = held.iter().filter_map(|held| held.folded.state.as_ref());
        let of = |state: &State| {
            let parties = diverged.get(&state.matter)?;
            let finding = Finding::act("matter_diverged", area).alarming();
            let finding = finding.within(state.matter, &state.genesis.title);
            Some(finding.with("party", names(parties, lexicon)))
        };
        states.filter_map(of).collect()
    });
    if running { or_well(found, Finding::ok("divergence_ok", area)) } else { found }
}

/// Forks of logs, acts in doubt, and acts that wait for others.
pub(super) fn acts(service: &Service, lexicon: &Lexicon) -> Vec<Finding> {
    let found = service.with_matters(|held| {
        let of = |held: &Held<'_>| {
            let state = held.folded.state.as_ref();
            state.map_or_else(Vec::new, |state| of_matter(held, state, lexicon))
        };
        held.iter().flat_map(of).collect()
    });
    or_well(found, Finding::ok("acts_ok", AreaCode::Acts))
}

fn of_matter(held: &Held<'_>, state: &State, lexicon: &Lexicon) -> Vec<Finding> {
    let (matter, title): (ActId, &Captions) = (state.matter, &state.genesis.title);
    let (folded, area) = (held.folded, AreaCode::Acts);
    let mut found = Vec::new();
    let forked: BTreeSet<&PartyId> = folded.forks.keys().map(|log| &log.party).collect();
    for party in forked {
        let finding = Finding::act("log_forked", area).alarming().about(party, lexicon);
        found.push(finding.within(matter, title));
    }
    let mut honoured: BTreeMap<&PartyId, usize> = BTreeMap::new();
    let mut contested: BTreeMap<&PartyId, usize> = BTreeMap::new();
    for act in held.acts.iter().filter(|act| folded.contests.contains_key(&act.id())) {
        let stands = state.honoured.contains_key(&act.id());
        let counts = if stands { &mut honoured } else { &mut contested };
        *counts.entry(act.party()).or_default() += 1;
    }
    for (party, count) in honoured {
        let finding = Finding::act("acts_honoured", area).about(party, lexicon);
        found.push(finding.within(matter, title).saying("count", count));
    }
    for (party, count) in contested {
        let finding = Finding::watch("acts_contested", area).about(party, lexicon);
        found.push(finding.within(matter, title).saying("count", count));
    }
    if !folded.waiting.is_empty() {
        let finding = Finding::watch("acts_waiting", area).within(matter, title);
        found.push(finding.saying("count", folded.waiting.len()));
    }
    found
}

/// Identity logs in which entries claim one place.
pub(super) fn identities(service: &Service, lexicon: &Lexicon) -> Vec<Finding> {
    use pumasi_act::identity::Standing;
    let area = AreaCode::Identities;
    let found = service.with_identities(|identities| {
        let parties = identities.all().map(|identity| &identity.party);
        let of = |party: &PartyId| match identities.standing(party)? {
            Standing::Sound => None,
            Standing::Settled { aside } => {
                let finding = Finding::watch("identity_settled", area).about(party, lexicon);
                Some(finding.saying("count", aside.len()))
            }
            Standing::Forked { .. } => {
                Some(Finding::act("identity_forked", area).alarming().about(party, lexicon))
            }
        };
        parties.filter_map(of).collect()
    });
    or_well(found, Finding::ok("identities_ok", area))
}

/// The register of this node, and those that contradict themselves.
pub(super) fn registers(
    service: &Service,
    lexicon: &Lexicon,
) -> Result<Vec<Finding>, ServiceError> {
    let shown = service.register();
    let has_neighbours = !sync::neighbours(service.ledger())?.is_empty();
    let of = |evidence: &Evidence| contradiction(evidence, lexicon);
    let proved = shown.contradictions.iter().filter_map(of).collect();
    let mut found = or_well(proved, Finding::ok("evidence_ok", AreaCode::Evidence));
    found.push(own_register(&shown, has_neighbours));
    Ok(found)
}

fn contradiction(evidence: &Evidence, lexicon: &Lexicon) -> Option<Finding> {
    // A file that was altered since proves nothing any more.
    let shown = evidence.proof.verify(evidence.proof.key()).ok()?;
    let finding = Finding::act("register_contradiction", AreaCode::Evidence).alarming();
    let finding = match shown.smaller.origin.parse::<Origin>() {
        Ok(origin) => finding.about(&origin.party, lexicon),
        Err(_) => finding.saying("party", &shown.smaller.origin),
    };
    Some(finding.saying("file", evidence.file.display()))
}

fn own_register(shown: &RegisterShown, has_neighbours: bool) -> Finding {
    let area = AreaCode::Register;
    let signed = |signed: &Option<(Checkpoint, _)>| signed.as_ref().map_or(0, |(own, _)| own.size);
    match &shown.standing {
        RegisterStanding::Behind { here, signed, .. } => {
            let finding = Finding::act("register_behind", area);
            finding.saying("here", here).saying("signed", signed)
        }
        // Who has no neighbour has nobody to ask.
        _ if !has_neighbours => Finding::ok("register_ok", area)
            .saying("size", shown.size)
            .saying("count", shown.cosigned.len()),
        RegisterStanding::Unconfirmed => Finding::watch("register_unconfirmed", area),
        RegisterStanding::Sound if shown.cosigned.is_empty() => {
            Finding::watch("register_uncosigned", area).saying("size", shown.size)
        }
        RegisterStanding::Sound => Finding::ok("register_ok", area)
            .saying("size", signed(&shown.checkpoint))
            .saying("count", shown.cosigned.len()),
    }
}
