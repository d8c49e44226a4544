//! What one entry does to an identity.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::Captions;

use super::{
    Identity, IdentityEntry, IdentityError, IdentityRule, IdentitySay, Mandate, NextRoots,
    NodeRecord,
};
use crate::envelope::{ActId, Envelope, KeyId, KeyRecord, SIGNATURES_MAX};

/// The identity that a founding entry makes.
pub(super) fn found(id: ActId, entry: &IdentityEntry) -> Result<Identity, IdentityError> {
    let IdentitySay::Found { names, roots, threshold, next } = &entry.say else {
        return Err(IdentityRule::FirstMustFound.into());
    };
    check_threshold(*threshold, roots.iter().map(KeyRecord::id))?;
    roots.iter().try_for_each(KeyRecord::check)?;
    let identity = Identity {
        party: entry.party.clone(),
        names: Captions::clone(names),
        founded: id,
        head: id,
        height: 0,
        roots: roots.clone(),
        threshold: *threshold,
        next: next.clone(),
        former_roots: BTreeSet::new(),
        nodes: BTreeMap::new(),
        mandates: BTreeMap::new(),
        revoked: BTreeSet::new(),
        retired: BTreeSet::new(),
        trail: vec![id],
    };
    check_next(&identity)?;
    Ok(identity)
}

/// The identity after `entry`, signatures not yet looked at.
pub(super) fn step(
    before: &Identity,
    id: ActId,
    entry: &IdentityEntry,
) -> Result<Identity, IdentityError> {
    if entry.party != before.party {
        return Err(IdentityRule::PartyMustStay.into());
    }
    let mut after = before.clone();
    after.head = id;
    after.height += 1;
    after.trail.push(id);
    match &entry.say {
        IdentitySay::Found { .. } => return Err(IdentityRule::FoundingMustBeFirst.into()),
        IdentitySay::RotateRoots { roots, threshold, next, .. } => {
            rotate(&mut after, roots, *threshold, next)?;
        }
        IdentitySay::RegisterNode { key, incarnation } => register(&mut after, key, *incarnation)?,
        IdentitySay::GrantMandate(mandate) => grant(&mut after, mandate)?,
        IdentitySay::EndMandate { officer } => {
            let ended = after.mandates.remove(officer);
            ended.ok_or(IdentityRule::OfficerMustHaveMandate)?;
        }
        IdentitySay::RevokeKey { key } => revoke(&mut after, *key)?,
    }
    Ok(after)
}

/// SPEC: KERI, pre-rotation: the keys that take over are those whose hashes were announced, and
/// the threshold is the one announced with them. Not all of them need appear, so that losing some
/// does not stop the rotation.
fn rotate(
    identity: &mut Identity,
    roots: &[KeyRecord],
    threshold: u32,
    next: &NextRoots,
) -> Result<(), IdentityError> {
    check_threshold(threshold, roots.iter().map(KeyRecord::id))?;
    roots.iter().try_for_each(KeyRecord::check)?;
    if threshold != identity.next.threshold {
        return Err(IdentityRule::ThresholdMustBeCommitted.into());
    }
    if roots.iter().any(|root| !identity.next.keys.contains(&root.id())) {
        return Err(IdentityRule::RootsMustBeCommitted.into());
    }
    let former = identity.roots.iter().map(KeyRecord::id);
    identity.former_roots.extend(former);
    identity.roots = roots.to_vec();
    identity.threshold = threshold;
    identity.next = next.clone();
    check_next(identity)
}

fn register(
    identity: &mut Identity,
    key: &KeyRecord,
    incarnation: u32,
) -> Result<(), IdentityError> {
    key.check()?;
    let id = key.id();
    check_not_revoked(identity, id)?;
    let before = identity.nodes.get(&id);
    if incarnation <= before.map_or(0, |node| node.incarnation) {
        return Err(IdentityRule::IncarnationMustRise.into());
    }
    if is_root(identity, id) || identity.mandates.values().any(|m| m.key.id() == id) {
        return Err(IdentityRule::KeyMustHaveOneRole.into());
    }
    // A node that begins anew keeps its place: which node decides does not change by a restore.
    let since = before.map_or(identity.height, |node| node.since);
    let retired = before.map(|node| (id, node.incarnation));
    identity.retired.extend(retired);
    identity.nodes.insert(id, NodeRecord { key: key.clone(), incarnation, since });
    Ok(())
}

fn grant(identity: &mut Identity, mandate: &Mandate) -> Result<(), IdentityError> {
    mandate.key.check()?;
    let id = mandate.key.id();
    check_not_revoked(identity, id)?;
    let holds = !mandate.person.trim().is_empty()
        && !mandate.kinds.is_empty()
        && mandate.officers_needed > 0
        && mandate.not_before <= mandate.not_after;
    if !holds {
        return Err(IdentityRule::MandateMustHold.into());
    }
    // With one key for two officers, one person would pass for two.
    let of_another =
        identity.mandates.values().any(|m| m.officer != mandate.officer && m.key.id() == id);
    if of_another || is_root(identity, id) || identity.nodes.contains_key(&id) {
        return Err(IdentityRule::KeyMustHaveOneRole.into());
    }
    identity.mandates.insert(mandate.officer.clone(), mandate.clone());
    Ok(())
}

fn revoke(identity: &mut Identity, key: KeyId) -> Result<(), IdentityError> {
    if is_root(identity, key) {
        return Err(IdentityRule::RootMustBeRotated.into());
    }
    let retired = identity.nodes.remove(&key).map(|node| (key, node.incarnation));
    identity.retired.extend(retired);
    identity.mandates.retain(|_, mandate| mandate.key.id() != key);
    if identity.revoked.insert(key) {
        Ok(())
    } else {
        Err(IdentityRule::KeyMustNotBeRevokedTwice.into())
    }
}

fn check_not_revoked(identity: &Identity, key: KeyId) -> Result<(), IdentityRule> {
    if identity.revoked.contains(&key) {
        return Err(IdentityRule::RevokedKeyMustNotReturn);
    }
    Ok(())
}

/// Whether the key is a root key: one that stands, is announced, or stood once.
fn is_root(identity: &Identity, key: KeyId) -> bool {
    identity.roots.iter().any(|root| root.id() == key)
        || identity.next.keys.contains(&key)
        || identity.former_roots.contains(&key)
}

fn check_threshold(
    threshold: u32,
    keys: impl ExactSizeIterator<Item = KeyId>,
) -> Result<(), IdentityRule> {
    let count = keys.len();
    let distinct: BTreeSet<KeyId> = keys.collect();
    if threshold == 0 || distinct.len() != count || !fits(threshold, count) {
        return Err(IdentityRule::ThresholdMustFit);
    }
    Ok(())
}

/// Whether the roots announced could take over.
fn check_next(identity: &Identity) -> Result<(), IdentityError> {
    let next = &identity.next;
    if next.threshold == 0 || !fits(next.threshold, next.keys.len()) {
        return Err(IdentityRule::ThresholdMustFit.into());
    }
    let both = identity.threshold.saturating_add(next.threshold);
    if !fits(both, SIGNATURES_MAX) {
        return Err(IdentityRule::SignaturesMustFit.into());
    }
    let taken = next.keys.iter().any(|key| {
        identity.roots.iter().any(|root| root.id() == *key)
            || identity.former_roots.contains(key)
            || identity.nodes.contains_key(key)
            || identity.mandates.values().any(|mandate| mandate.key.id() == *key)
    });
    if taken {
        return Err(IdentityRule::KeyMustHaveOneRole.into());
    }
    if next.keys.iter().any(|key| identity.revoked.contains(key)) {
        return Err(IdentityRule::RevokedKeyMustNotReturn.into());
    }
    Ok(())
}

fn fits(threshold: u32, keys: usize) -> bool {
    usize::try_from(threshold).is_ok_and(|threshold| threshold <= keys)
}

/// Checks every signature on an entry: enough by the roots before it, in a rotation enough by the
/// roots it brings, and none by anybody else. One that does not fit fails the whole entry.
///
/// A rotation that says the old roots are lost or stolen needs only those it brings.
///
/// SPEC: The Update Framework, section 6.1 (a new root is signed by a threshold of the old keys and
/// of the new ones); KERI, pre-rotation, for the recovery.
pub(super) fn check_signatures(
    before: Option<&Identity>,
    after: &Identity,
    say: &IdentitySay,
    envelope: &Envelope,
) -> Result<(), IdentityError> {
    let message = envelope.pae();
    let old = before.unwrap_or(after);
    let new: &[KeyRecord] =
        if matches!(say, IdentitySay::RotateRoots { .. }) { &after.roots } else { &[] };
    let signed_by = |roots: &[KeyRecord]| {
        let count = envelope.signatures().iter().map(|signature| signature.key);
        let count: BTreeSet<KeyId> = count.filter(|k| roots.iter().any(|r| r.id() == *k)).collect();
        count.len()
    };
    for signature in envelope.signatures() {
        let root = old.roots.iter().chain(new).find(|root| root.id() == signature.key);
        root.ok_or(IdentityRule::SignerMustBeRoot)?.verify(&message, &signature.signature)?;
    }
    let is_recovery = matches!(say, IdentitySay::RotateRoots { recovery: true, .. });
    let signed = signed_by(&old.roots);
    if !is_recovery && !fits(old.threshold, signed) {
        return Err(IdentityError::TooFewRoots { signed, needed: old.threshold });
    }
    let signed = signed_by(new);
    if !new.is_empty() && !fits(after.threshold, signed) {
        return Err(IdentityError::TooFewNextRoots { signed, needed: after.threshold });
    }
    Ok(())
}
