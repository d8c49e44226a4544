//! What a node does with entries of its own party's identity log.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod world;

use ed25519_dalek::SigningKey;
use pumasi_node::act::{Envelope, IdentityEntry, IdentitySay, KeyRecord, NextRoots};
use pumasi_node::keys::{self, RootSort};
use pumasi_node::service::{AuthorError, OwnEntryError, identity};
use world::{Node, party};

/// Writes the next entry of the node's own log, signed by two of its roots.
fn entry(node: &Node, say: IdentitySay) -> Envelope {
    let roots = world::roots(node.folder.path());
    signed(node, say, &[&roots[0], &roots[1]])
}

fn signed(node: &Node, say: IdentitySay, keys: &[&SigningKey]) -> Envelope {
    let own = node.service.party().clone();
    let prev = node.service.with_identities(|all| all.of(&own).map(|identity| identity.head));
    let entry = IdentityEntry { v: 1, party: own, prev, time: world::now(), say };
    entry.sign(keys).unwrap()
}

fn register(seed: u8) -> IdentitySay {
    let key = KeyRecord::of(&SigningKey::from_bytes(&[seed; 32]));
    IdentitySay::RegisterNode { key, incarnation: 1 }
}

fn end(officer: &str) -> IdentitySay {
    IdentitySay::EndMandate { officer: officer.parse().unwrap() }
}

/// What became of an entry, in words.
#[track_caller]
fn check(node: &Node, envelope: &Envelope, expected: &str) {
    let outcome = match node.service.admit_own(envelope) {
        Ok(change) => format!(
            "registered {} revoked {} granted {:?} ended {:?}{}",
            change.registered.len(),
            change.revoked.len(),
            change.granted.iter().map(|officer| officer.as_str()).collect::<Vec<_>>(),
            change.ended.iter().map(|officer| officer.as_str()).collect::<Vec<_>>(),
            if change.rotated { " rotated" } else { "" },
        ),
        Err(OwnEntryError::Identity(error)) => error.code().to_owned(),
        Err(OwnEntryError::Outdated { .. }) => "outdated".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(outcome, expected);
}

#[test]
fn an_entry_is_taken_says_what_it_changed_and_survives_a_restart() {
    let node = Node::new("jp-17");
    check(&node, &entry(&node, register(7)), "registered 1 revoked 0 granted [] ended []");
    let key = KeyRecord::of(&SigningKey::from_bytes(&[7; 32])).id();
    let revoke = IdentitySay::RevokeKey { key };
    check(&node, &entry(&node, revoke), "registered 0 revoked 1 granted [] ended []");
    check(&node, &entry(&node, register(7)), "revoked_key_must_not_return");
    let ended = entry(&node, end("duty"));
    check(&node, &ended, r#"registered 0 revoked 0 granted [] ended ["duty"]"#);
    let node = node.reopen();
    let own = party("jp-17");
    let head = node.service.with_identities(|all| all.of(&own).unwrap().head);
    assert_eq!(head, ended.id());
    let folder = node.folder.path().to_owned();
    assert!(identity::kept(&folder).is_err(), "the node holds its folder");
    let Node { service, folder } = node;
    drop(service);
    let (kept_party, kept) = identity::kept(folder.path()).unwrap();
    assert_eq!((kept_party, kept.of(&own).unwrap().head), (own, head));
}

#[test]
fn an_entry_that_would_fork_the_log_is_not_taken_at_home() {
    let node = Node::new("jp-17");
    let (first, second) = (entry(&node, register(7)), entry(&node, register(8)));
    check(&node, &first, "registered 1 revoked 0 granted [] ended []");
    check(&node, &second, "outdated");
    assert!(!node.service.with_identities(|all| all.is_forked(&party("jp-17"))));
    let other = Node::new("kr-45");
    check(&other, &first, "the entry belongs to the identity of `jp-17`");
}

#[test]
fn a_rotation_ends_a_fork_that_came_from_outside() {
    let node = Node::new("jp-17");
    let (first, second) = (entry(&node, register(7)), entry(&node, register(8)));
    check(&node, &first, "registered 1 revoked 0 granted [] ended []");
    node.service.trust(&[world::identity(&node.service), vec![second]].concat()).unwrap();
    let own = party("jp-17");
    assert!(node.service.with_identities(|all| all.is_forked(&own)));
    check(&node, &entry(&node, register(9)), "outdated");

    let folder = node.folder.path().join("keys");
    let next: Vec<SigningKey> = keys::read_roots(&folder, RootSort::Next)
        .unwrap()
        .into_values()
        .filter_map(|(_, key)| key)
        .collect();
    let fresh = keys::fresh_roots(1).unwrap();
    let say = IdentitySay::RotateRoots {
        roots: next.iter().map(KeyRecord::of).collect(),
        threshold: 2,
        next: NextRoots::of(&fresh.iter().map(KeyRecord::of).collect::<Vec<_>>(), 1),
        recovery: true,
    };
    let rotation = signed(&node, say, &[&next[0], &next[1]]);
    check(&node, &rotation, "registered 0 revoked 0 granted [] ended [] rotated");
    assert!(!node.service.with_identities(|all| all.is_forked(&own)));
    check(&node, &entry(&node, register(9)), "signer_must_be_root");
}

#[test]
fn an_officer_signs_from_the_grant_to_the_end() {
    let node = Node::new("jp-17");
    let matter = node.open_matter(&["kr-45"]);
    let key = keys::generate().unwrap();
    let head = "head".parse().unwrap();
    keys::write_private(&keys::officer_path(node.folder.path(), &head), &key).unwrap();
    let request = |officer: &str| {
        let mut new = world::request(matter, "10 EA");
        new.officers = world::officers(&[officer]);
        node.service.author(new, world::now())
    };
    assert!(matches!(request("head"), Err(AuthorError::OfficerUnknown(_))));
    let own = party("jp-17");
    let mut mandate = node
        .service
        .with_identities(|all| all.of(&own).unwrap().mandates.values().next().cloned())
        .unwrap();
    mandate.officer = head;
    mandate.key = KeyRecord::of(&key);
    let granted = entry(&node, IdentitySay::GrantMandate(mandate));
    check(&node, &granted, r#"registered 0 revoked 0 granted ["head"] ended []"#);
    request("head").unwrap();
    let ended = entry(&node, end("head"));
    check(&node, &ended, r#"registered 0 revoked 0 granted [] ended ["head"]"#);
    assert!(matches!(request("head"), Err(AuthorError::Verify(_))));
    request("duty").unwrap();
}

#[test]
fn a_node_whose_key_was_revoked_opens_and_says_nothing_more() {
    let node = Node::new("jp-17");
    let matter = node.open_matter(&["kr-45"]);
    let key = KeyRecord::of(node.service.node_key()).id();
    let revoked = entry(&node, IdentitySay::RevokeKey { key });
    check(&node, &revoked, "registered 0 revoked 1 granted [] ended []");
    let node = node.reopen();
    let outcome = node.service.author(world::request(matter, "10 EA"), world::now());
    assert!(matches!(outcome, Err(AuthorError::Verify(_))));
    assert_eq!(node.digests().len(), 1);
}

#[test]
fn a_node_begins_a_new_incarnation_while_it_runs() {
    let node = Node::new("jp-17");
    let before = node.open_matter(&["kr-45"]);
    let key = KeyRecord::of(node.service.node_key());
    let anew = entry(&node, IdentitySay::RegisterNode { key, incarnation: 2 });
    check(&node, &anew, "registered 1 revoked 0 granted [] ended []");
    node.request(before, "10 EA");
    let logs = node.service.with_matters(|held| {
        held[0].acts.iter().map(|act| act.payload().log.incarnation).collect::<Vec<_>>()
    });
    // The new log first closes the old one.
    assert_eq!(logs, [1, 2, 2]);
}
