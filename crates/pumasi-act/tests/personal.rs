//! Personal data beside acts: nothing that is signed, digested or proved rests on them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test may panic")]

use proptest::prelude::*;
use pumasi_act::fold::fold_in_another_order;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Bundle, Folded, Personal, PersonalFault, fold};
use pumasi_base::{Digest, Status};
use serde_json::{Value, json};

const CONTACT: &str = "담당 갑 000-0000-0000";

fn world() -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    World::new(&["jp", "kr", "cn"], vec![agreement()], Status::Actual, start)
}

fn request(quantity: &str) -> Value {
    json!({"assisting": "kr", "commodity": "blanket", "quantity": quantity,
        "purpose": "disaster_relief", "place": "jp-17", "need_by": null})
}

/// jp requests with a contact beside it; then each of `steps`, `party kind`, about that request or
/// the act made by a step before, and what became of the last.
#[track_caller]
fn check(quantity: &str, steps: &[(&str, usize)], expected: &str) {
    let mut world = world();
    let cited = Some("kr-jp/art-1");
    let mut ids =
        vec![world.act_with_personal("jp", "request_resource", cited, request(quantity), CONTACT)];
    for (party, about) in steps {
        ids.push(world.act(party, "retract_personal_data", None, json!({"act": ids[*about]})));
    }
    assert_eq!(world.outcome(*ids.last().unwrap()), expected);
}

#[test]
fn only_the_author_s_party_retracts_and_only_once() {
    check("5 EA", &[("jp", 0)], "applied");
    check("5 EA", &[("kr", 0)], "step_must_be_own");
    check("5 EA", &[("cn", 0), ("jp", 0)], "applied");
    check("5 EA", &[("jp", 0), ("jp", 0)], "stage_must_fit");
    check("5 EA", &[("jp", 0), ("jp", 1)], "reference_must_be_known");
    // What was refused has its text beside it as well.
    check("0 EA", &[("jp", 0)], "applied");
}

#[test]
fn what_its_author_had_not_seen_cannot_be_retracted() {
    let mut world = world();
    let before = world.folded();
    let cited = Some("kr-jp/art-1");
    let act = world.act_with_personal("jp", "request_resource", cited, request("5 EA"), CONTACT);
    let body = json!({"act": act});
    let retraction = world.act_having_seen(&before, "kr", "retract_personal_data", None, body);
    assert_eq!(world.outcome(retraction), "reference_must_be_known");
}

#[test]
fn one_text_beside_two_acts_is_gone_with_either() {
    let mut world = world();
    let act = world.act_with_personal("jp", "sing_a_song", None, json!({}), CONTACT);
    let (commitment, _) = world.personal.pop_first().unwrap();
    let (jp, kr) = ("jp".parse().unwrap(), "kr".parse().unwrap());
    assert!(!world.folded().state.unwrap().is_retracted(&jp, &commitment));
    world.act("jp", "retract_personal_data", None, json!({"act": act}));
    let state = world.folded().state.unwrap();
    assert!(state.is_retracted(&jp, &commitment));
    assert!(!state.is_retracted(&kr, &commitment), "a commitment is its party's own");
}

#[test]
fn text_that_is_not_what_was_committed_to_is_told_apart_from_what_is_no_text() {
    let mut world = world();
    world.act_with_personal("jp", "sing_a_song", None, json!({}), CONTACT);
    let act = world.acts.last().unwrap().clone();
    let personal = world.personal.values().next().unwrap().clone();
    let commitment = act.payload().personal.unwrap();
    let take = |personal: Personal| personal.committed(&commitment, &act.matter(), act.party());
    let fault = |personal: Personal| take(personal).unwrap_err();
    assert_eq!(Digest::of(&take(personal.clone()).unwrap()), commitment);
    let other = Personal { text: "000-0000-0001".to_owned(), ..personal.clone() };
    assert_eq!(fault(other), PersonalFault::Mismatch);
    let unsalted = Personal { salt: Digest::of(b"another"), ..personal.clone() };
    assert_eq!(fault(unsalted), PersonalFault::Mismatch);
    let long = Personal { text: "x".repeat(16 * 1024 + 1), ..personal.clone() };
    assert_eq!(fault(long), PersonalFault::TooLarge);
    let other = personal.committed(&commitment, &act.matter(), &"kr".parse().unwrap());
    assert_eq!(other, Err(PersonalFault::Mismatch), "a commitment is its party's own");
}

/// A bundle of the world, with its personal data.
fn bundle(world: &World) -> Bundle {
    let parties: Vec<_> = world.identities.all().map(|identity| identity.party.clone()).collect();
    let text = (agreement().id().clone(), agreement().text().to_owned());
    Bundle {
        exported_by: parties.first().cloned(),
        trusted: world.identities.all().map(|i| (i.party.clone(), i.founded)).collect(),
        identities: parties.iter().flat_map(|party| world.identities.chain(party)).collect(),
        agreements: [(agreement().digest(), text)].into(),
        acts: world.acts.iter().map(|act| act.envelope().clone()).collect(),
        personal: world.personal.clone(),
    }
}

fn proved(bundle: &Bundle) -> Folded {
    let read = Bundle::read(&bundle.write()).unwrap();
    assert_eq!(read, *bundle);
    read.verify().unwrap().remove(0).folded
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn neither_acts_nor_state_change_when_texts_are_erased(
        steps in prop::collection::vec((0..3_usize, any::<bool>(), 0..8_usize), 1..10),
        turn in any::<usize>(),
    ) {
        let mut world = world();
        let mut made: Vec<ActId> = Vec::new();
        for (party, retracts, about) in steps {
            let party = ["jp", "kr", "cn"][party];
            let about = made.get(about % made.len().max(1)).copied().filter(|_| retracts);
            made.push(match about {
                Some(act) => world.act(party, "retract_personal_data", None, json!({"act": act})),
                None => world.act_with_personal(party, "sing_a_song", None, json!({}), CONTACT),
            });
        }
        let whole = bundle(&world);
        let erased = Bundle { personal: [].into(), ..whole.clone() };
        let (with, without) = (proved(&whole), proved(&erased));
        prop_assert_eq!(&with.state, &without.state);
        prop_assert_eq!(with.digest(), without.digest());
        prop_assert_eq!(with.frontier_digest(), without.frontier_digest());
        let ids = |bundle: &Bundle| -> Vec<ActId> { bundle.acts.iter().map(|a| a.id()).collect() };
        prop_assert_eq!(ids(&whole), ids(&erased));
        // Whatever the order of arrival, the same is retracted.
        let turned = fold_in_another_order(&world.terms, &world.acts, |ready| {
            ready.iter().nth(turn % ready.len().max(1)).copied()
        });
        prop_assert_eq!(turned.state, fold(&world.terms, &world.acts).state);
    }
}
