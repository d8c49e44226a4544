//! Laws that hold for whatever agreements and questions there are.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use pumasi_agreement::{
    Action, Agreement, AgreementStatus, Agreements, Alternative, Answer, Bounds, Cell, Change,
    Claim, Decision, Effect, Event, Issue, Need, Outcome, Question, Situation, Standing,
    alternatives, compare, decide, examine, read, status::Suspension, witness,
};
use pumasi_base::Status;

const PARTIES: [&str; 4] = ["kr-42", "jp-17", "jp-31", "cn-js"];
const CATEGORIES: [&str; 3] = ["food", "fuel", "shelter"];
const PURPOSES: [&str; 2] = ["disaster_relief", "evacuation"];
const WORDS: &str = r#"
article = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
caption = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
authentic = { ja = "x" }
"#;

fn some_of<const N: usize>(all: [&'static str; N]) -> impl Strategy<Value = String> {
    prop::sample::subsequence(all.to_vec(), 1..=N).prop_map(|list| format!("{list:?}"))
}

fn a_reach() -> impl Strategy<Value = String> {
    let modes = prop_oneof![
        4 => Just(String::new()),
        1 => some_of(["sea", "air", "road"]).prop_map(|list| format!("modes = {list}\n")),
    ];
    (some_of(CATEGORIES), some_of(PURPOSES), modes).prop_map(|(categories, purposes, modes)| {
        format!("categories = {categories}\npurposes = {purposes}\n{modes}")
    })
}

/// The kind and parameters of one clause.
fn a_clause() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (a_reach(), some_of(["request", "order", "push"]))
            .prop_map(|(reach, actions)| format!("kind = \"permit\"\nactions = {actions}\n{reach}")),
        1 => a_reach().prop_map(|reach| format!("kind = \"forbid\"\n{reach}")),
        1 => (a_reach(), 1..2000_u32, prop::sample::select(vec!["order", "year"])).prop_map(
            |(reach, limit, per)| {
                format!("kind = \"ceiling\"\n{reach}quantity = \"{limit} KGM\"\nper = \"{per}\"\n")
            }
        ),
        2 => (a_reach(), 1..100_u32).prop_map(|(reach, hours)| {
            format!("kind = \"standing_consent\"\n{reach}valid_hours = {hours}\n")
        }),
        1 => a_reach().prop_map(|reach| format!("kind = \"settlement\"\nmode = \"gift\"\n{reach}")),
    ]
}

fn text_of(id: usize, parties: &[&str], nature: &str, clauses: &[String]) -> String {
    let mut text = format!(
        "id = \"g{id}\"\nnature = \"{nature}\"\nlaw_level = \"provincial\"\nparties = {parties:?}\nutc_offset_hours = 9\n\
         title = {{ ko = \"x\", ja = \"x\", zh-Hans = \"x\", en = \"x\" }}\n\
         source = [{{ title = \"x\", publisher = \"x\", date = \"2024\" }}]\n"
    );
    let term = "kind = \"term\"\nfrom = 2024-01-01\n".to_owned();
    for (number, clause) in clauses.iter().chain([&term]).enumerate() {
        text += &format!("[[clause]]\nid = \"c{number}\"\n{clause}{WORDS}");
    }
    text
}

fn an_agreement(id: usize) -> impl Strategy<Value = Agreement> {
    let parties = prop::sample::subsequence(PARTIES.to_vec(), 2..=4);
    let nature = prop::sample::select(vec!["real", "real", "draft"]);
    (parties, nature, prop::collection::vec(a_clause(), 1..6)).prop_map(
        move |(parties, nature, clauses)| {
            read(&format!("g{id}.toml"), &text_of(id, &parties, nature, &clauses)).unwrap()
        },
    )
}

fn some_agreements() -> impl Strategy<Value = Vec<Agreement>> {
    (an_agreement(0), an_agreement(1), an_agreement(2), an_agreement(3))
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

fn a_question() -> impl Strategy<Value = Question> {
    let party = || prop::sample::select(PARTIES.to_vec());
    (
        (party(), party()),
        prop::sample::select(vec!["orders", "requests"]),
        prop::sample::select(CATEGORIES.to_vec()),
        prop::sample::select(PURPOSES.to_vec()),
        prop::sample::select(vec!["actual", "exercise"]),
        prop::sample::select(vec!["", " by sea", " by air"]),
        prop::sample::select(vec!["2023-12-31", "2024-06-01"]),
        0..3000_u32,
        prop::option::of(0..120_i64),
    )
        .prop_map(|((one, other), verb, category, purpose, status, by, day, mass, hours)| {
            let push = hours.is_some();
            let line = if push {
                format!("{one} pushes {mass} KGM {category} to {other}")
            } else {
                format!("{one} {verb} {mass} KGM {category} from {other}")
            };
            let since = hours.map_or_else(String::new, |hours| format!(" hours {hours}"));
            format!("{line} for {purpose} on {day} {status}{by}{since}").parse().unwrap()
        })
}

fn answers(list: &[Agreement], question: &Question) -> Decision {
    decide(&Agreements::compile(list).unwrap(), question)
}

/// How much an answer lets happen.
fn freedom(decision: &Decision) -> u8 {
    match decision.outcome {
        Outcome::Refused => 0,
        Outcome::Needs(_) => 1,
        Outcome::Permitted => 2,
    }
}

proptest! {
    #[test]
    fn a_new_forbid_never_permits_more(
        list in some_agreements(),
        question in a_question(),
        reach in a_reach(),
    ) {
        let before = answers(&list, &question);
        let forbid = format!("kind = \"forbid\"\n{reach}");
        let mut more = list;
        more.push(read("g9.toml", &text_of(9, &PARTIES, "real", &[forbid])).unwrap());
        let after = answers(&more, &question);
        prop_assert!(freedom(&after) <= freedom(&before), "{before}\n{after}");
    }

    #[test]
    fn a_forbid_in_force_beats_every_permit(
        list in some_agreements(),
        question in a_question(),
        more_categories in some_of(CATEGORIES),
        names_purpose: bool,
        under in prop::sample::select(vec![None, Some("g0"), Some("g9")]),
    ) {
        prop_assume!(question.giver != question.receiver);
        let mut question = question;
        question.on = "2024-06-01T00:00:00Z".parse().unwrap();
        question.under = under.map(|id| id.parse().unwrap());
        let category = question.category.as_str();
        let category = more_categories.replace(&format!("\"{category}\""), "\"water\"");
        let category = category.replacen('[', &format!("[\"{}\", ", question.category), 1);
        let purpose = if names_purpose { format!("purposes = [\"{}\"]\n", question.purpose) } else { String::new() };
        let forbid = format!("kind = \"forbid\"\ncategories = {category}\n{purpose}");
        let mut more = list;
        more.push(read("g9.toml", &text_of(9, &PARTIES, "real", &[forbid])).unwrap());
        let after = answers(&more, &question);
        prop_assert_eq!(after.code(), "refused");
        let binds = |id: &str| {
            let agreement = more.iter().find(|g| g.id().as_str() == id).unwrap();
            [&question.giver, &question.receiver].iter().all(|p| agreement.parties().contains(p))
        };
        let expected = if under.is_none_or(binds) { "category_forbidden" } else { "not_a_party" };
        prop_assert_eq!(after.reasons[0].code(), expected);
    }

    #[test]
    fn an_unrelated_agreement_changes_no_answer(
        list in some_agreements(),
        question in a_question(),
        stranger in an_agreement(8),
        partner in prop::sample::select(PARTIES.to_vec()),
    ) {
        let before = answers(&list, &question);
        // One among parties of its own, and one that binds a party of ours to a stranger.
        let elsewhere = PARTIES.iter().fold(stranger.text().to_owned(), |text, party| {
            text.replace(&format!("\"{party}\""), &format!("\"far-{party}\""))
        });
        let forbid = "kind = \"forbid\"\ncategories = [\"food\", \"fuel\", \"shelter\"]\n".to_owned();
        let beside = text_of(9, &[partner, "far-land"], "real", &[forbid]);
        let mut more = list;
        more.push(read("g8.toml", &elsewhere).unwrap());
        more.push(read("g9.toml", &beside).unwrap());
        prop_assert_eq!(answers(&more, &question), before);
    }

    #[test]
    fn a_suspended_clause_never_permits(
        list in some_agreements(),
        question in a_question(),
        suspended in prop::collection::btree_set((0..4_usize, 0..5_usize), 1..8),
    ) {
        let mut standings = BTreeMap::new();
        let mut gone = BTreeSet::new();
        for (agreement, clause) in suspended {
            let agreement = &list[agreement];
            let Some(clause) = agreement.clauses().get(clause) else { continue };
            gone.insert((agreement.id().clone(), clause.id.clone()));
            let standing = standings
                .entry(agreement.id().clone())
                .or_insert_with(|| Standing::of_nature(agreement.nature()));
            let by = agreement.parties()[0].clone();
            let what = Suspension::Clauses(BTreeSet::new());
            if let Suspension::Clauses(clauses) = standing.suspensions.entry(by).or_insert(what) {
                clauses.insert(clause.id.clone());
            }
        }
        let agreements = Agreements::compile_standing(&list, &standings).unwrap();
        let decision = decide(&agreements, &question);
        let permits = decision.clauses.iter().filter(|cited| cited.effect == Effect::Permits);
        for cited in permits {
            let key = (cited.agreement.clone(), cited.clause.clone());
            prop_assert!(!gone.contains(&key), "{decision}");
        }
        // The same clauses of the same agreements, suspended by another party.
        let others: BTreeMap<_, _> = standings
            .into_iter()
            .map(|(id, mut standing)| {
                let what = standing.suspensions.pop_first().map(|(_, what)| what);
                let parties = list.iter().find(|g| *g.id() == id).unwrap().parties();
                standing.suspensions.extend(what.map(|what| (parties[1].clone(), what)));
                (id, standing)
            })
            .collect();
        let again = Agreements::compile_standing(&list, &others).unwrap();
        prop_assert_eq!(decide(&again, &question), decision);
    }

    #[test]
    fn a_ruling_and_its_decision_say_the_same(
        list in some_agreements(),
        question in a_question(),
    ) {
        let agreements = Agreements::compile(&list).unwrap();
        let ruling = agreements.judge(&question);
        let answer = match ruling.answer() {
            Answer::Permitted => "permitted",
            Answer::Needs => "needs",
            Answer::Refused => "refused",
        };
        let is_permitted = ruling.is_permitted();
        let ground = ruling.clause().map(|(agreement, clause)| (agreement.clone(), clause.clone()));
        let decision = ruling.explain();
        prop_assert_eq!(answer, decision.code());
        prop_assert_eq!(is_permitted, decision.is_permitted());
        if let Some((agreement, clause)) = ground {
            prop_assert_eq!(decision.under, Some(agreement));
            let cites = decision.clauses.iter().any(|cited| cited.clause == clause);
            prop_assert!(cites || answer == "refused");
        }
    }

    #[test]
    fn decisions_do_not_depend_on_the_order_of_agreements(
        (list, shuffled) in some_agreements()
            .prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        question in a_question(),
    ) {
        prop_assert_eq!(answers(&list, &question), answers(&shuffled, &question));
    }

    #[test]
    fn every_answer_cites_what_it_rests_on(list in some_agreements(), question in a_question()) {
        let decision = answers(&list, &question);
        let find = |cited: &pumasi_agreement::ClauseRef| {
            list.iter().find(|g| *g.id() == cited.agreement)?.clause(&cited.clause)
        };
        prop_assert!(decision.clauses.iter().all(|cited| find(cited).is_some()));
        match decision.outcome {
            Outcome::Permitted => {
                prop_assert!(!decision.clauses.is_empty() && decision.reasons.is_empty());
            }
            Outcome::Needs(needs) => prop_assert_eq!(needs.is_empty(), decision.reasons.is_empty()),
            Outcome::Refused => {
                prop_assert!(!decision.reasons.is_empty() && decision.settlement.is_empty());
            }
        }
    }

    #[test]
    fn permissions_are_exactly_what_would_be_permitted(
        list in some_agreements(),
        purpose in prop::sample::select(PURPOSES.to_vec()),
        exercise: bool,
        hours in prop::option::of(0..120_i64),
    ) {
        let agreements = Agreements::compile(&list).unwrap();
        let situation = Situation {
            purpose: purpose.parse().unwrap(),
            status: if exercise { Status::Exercise } else { Status::Actual },
            on: "2024-06-01T00:00:00Z".parse().unwrap(),
            event: hours.map(|hours_since| Event { hours_since, ..Event::default() }),
            receivers: Vec::new(),
        };
        let mut listed = BTreeSet::new();
        for row in agreements.permissions(&situation) {
            let modes = if row.modes.is_empty() { MODES.to_vec() } else { row.modes.clone() };
            for category in &row.categories {
                for mode in &modes {
                    let key = (row.giver.clone(), row.receiver.clone(), category.clone());
                    listed.insert((key, row.push, row.agreement.clone(), *mode));
                }
            }
        }
        for (giver, receiver, category, push, agreement, mode) in every_case(&list) {
            let action = if push { Action::Push } else { Action::Order };
            let key = (giver.clone(), receiver.clone(), category.clone());
            let Situation { purpose, status, on, event, .. } = situation.clone();
            let mut question =
                Question::new(action, giver, receiver, category, purpose, status, on);
            question.event = event;
            question.mode = Some(mode);
            question.under = Some(agreement.clone());
            let holds = match decide(&agreements, &question).outcome {
                Outcome::Permitted => true,
                Outcome::Needs(needs) => needs.iter().all(|n| matches!(n, Need::Quantity { .. })),
                Outcome::Refused => false,
            };
            let is_listed = listed.contains(&(key, push, agreement, mode));
            prop_assert_eq!(holds, is_listed, "{:?}", question);
        }
    }

    #[test]
    fn every_alternative_is_what_decide_says_and_better(
        list in some_agreements(),
        question in a_question(),
        onward in prop::option::of(prop::sample::select(PARTIES.to_vec())),
    ) {
        let mut question = question;
        question.onward_to = onward.map(|party| party.parse().unwrap());
        let agreements = Agreements::compile(&list).unwrap();
        let before = decide(&agreements, &question);
        let bounds = Bounds::default();
        let found = alternatives(&agreements, &question, &bounds);
        prop_assert!(found.len() <= bounds.shown_max);
        prop_assert!(found.is_empty() || !before.is_permitted());
        let any_permits = found.iter().any(|found| found.decision.is_permitted());
        for Alternative { changes, question: other, decision } in &found {
            prop_assert_eq!(&decide(&agreements, other), decision);
            prop_assert!(freedom(decision) >= freedom(&before) && decision.code() != "refused");
            prop_assert!(decision.is_permitted() || !any_permits);
            if let (Outcome::Needs(less), Outcome::Needs(more)) = (&decision.outcome, &before.outcome) {
                prop_assert!(less.len() < more.len() && less.iter().all(|need| more.contains(need)));
            }
            prop_assert!((1..=2).contains(&changes.len()));
            prop_assert!(changes.is_sorted_by_key(Change::rank));
            prop_assert!(other != &question);
            if let Some(Change::Quantity { to }) = changes.first() {
                // The bound is exact: the least more is not answered as well.
                let mut more = other.clone();
                more.mass_g = Some(to.as_milli() + 1);
                more.quantity = None;
                prop_assert!(freedom(&decide(&agreements, &more)) < freedom(decision));
                prop_assert!(to.as_milli() < question.quantity.unwrap().as_milli());
            }
        }
        let sizes: Vec<usize> = found.iter().map(|found| found.changes.len()).collect();
        prop_assert!(sizes.is_sorted());
        let mut turned = list;
        turned.reverse();
        let turned = Agreements::compile(&turned).unwrap();
        prop_assert_eq!(found, alternatives(&turned, &question, &bounds));
    }

    #[test]
    fn what_is_permitted_has_a_witness(list in some_agreements(), question in a_question()) {
        let agreements = Agreements::compile(&list).unwrap();
        let decision = decide(&agreements, &question);
        let Question { action, giver, receiver, category, purpose, status, on, .. } = question;
        let claim = Claim {
            actions: vec![action],
            giver: Some(giver),
            receiver: Some(receiver),
            category: Some(category),
            purpose: Some(purpose),
            status: Some(status),
            on: Some(on),
            ..Claim::default()
        };
        let consents = |needs: &[Need]| needs.iter().all(|n| matches!(n, Need::Consent { .. }));
        let exact = witness(&agreements, &claim);
        match &decision.outcome {
            Outcome::Permitted => prop_assert!(exact.is_some_and(|found| found.is_permitted())),
            Outcome::Needs(needs) if consents(needs) => prop_assert!(exact.is_some()),
            _ => {}
        }
        // The wider claim has a witness wherever the narrower has one.
        let category = claim.category.clone();
        let wide = witness(&agreements, &Claim { category, ..Claim::default() });
        let found = witness(&agreements, &claim);
        prop_assert!(wide.is_some() || found.is_none());
    }

    #[test]
    fn a_proof_agrees_with_brute_force(
        list in some_agreements(),
        category in prop::sample::select(CATEGORIES.to_vec()),
        purpose in prop::sample::select(PURPOSES.to_vec()),
        giver in prop::sample::select(PARTIES.to_vec()),
    ) {
        let agreements = Agreements::compile(&list).unwrap();
        let claim = Claim {
            giver: Some(giver.parse().unwrap()),
            category: Some(category.parse().unwrap()),
            purpose: Some(purpose.parse().unwrap()),
            ..Claim::default()
        };
        let mut best = 0;
        for question in every_question(giver, category, purpose) {
            let decision = decide(&agreements, &question);
            let consents = match &decision.outcome {
                Outcome::Needs(needs) => needs.iter().all(|n| matches!(n, Need::Consent { .. })),
                _ => true,
            };
            best = best.max(if consents { freedom(&decision) } else { 0 });
        }
        let found = witness(&agreements, &claim);
        prop_assert_eq!(best, found.as_ref().map_or(0, |found| freedom(&found.decision)));
        if let Some(found) = found {
            prop_assert_eq!(&decide(&agreements, &found.question), &found.decision);
            prop_assert_eq!(found.question.giver.as_str(), giver);
            prop_assert_eq!(found.question.category.as_str(), category);
            prop_assert_eq!(found.question.purpose.as_str(), purpose);
        }
    }

    #[test]
    fn a_comparison_has_a_row_for_every_difference(
        a in an_agreement(0),
        b in an_agreement(0),
        question in a_question(),
        mode in prop::sample::select(MODES.to_vec()),
    ) {
        let live = Standing::at(AgreementStatus::InForce);
        let standings = BTreeMap::from([(a.id().clone(), live)]);
        let mut question = question;
        question.mode = Some(mode);
        // Comparisons ask on the first day, about a kilogram.
        question.on = "2024-06-01T00:00:00Z".parse().unwrap();
        question.mass_g = Some(1000);
        question.quantity = "1 KGM".parse().ok();
        // Pushes are compared at the worst, by their own conditions.
        prop_assume!(question.action != Action::Push);
        let answer = |agreement: &Agreement| {
            let agreements = Agreements::compile_standing([agreement], &standings).unwrap();
            freedom(&decide(&agreements, &question))
        };
        let (before, after) = (answer(&a), answer(&b));
        let comparison = compare(&a, &b).unwrap();
        let has = |cells: &[Cell]| {
            cells.iter().any(|cell| {
                let pair = (question.giver.clone(), question.receiver.clone());
                cell.actions.contains(&question.action)
                    && cell.categories.contains(&question.category)
                    && cell.purposes.contains(&question.purpose)
                    && cell.statuses.contains(&question.status)
                    && (cell.modes.is_empty() || cell.modes.contains(&mode))
                    && (cell.pairs.is_empty() || cell.pairs.contains(&pair))
            })
        };
        // A row for all pairs is for those that an agreement binds.
        let binds = |g: &Agreement| {
            g.parties().contains(&question.giver) && g.parties().contains(&question.receiver)
        };
        prop_assume!(question.giver != question.receiver && (binds(&a) || binds(&b)));
        prop_assert_eq!(after > before, has(&comparison.permits_new));
        prop_assert_eq!(after < before, has(&comparison.forbids_new));
    }

    #[test]
    fn a_permit_said_never_to_apply_is_cited_by_no_permission(agreement in an_agreement(0)) {
        let agreements = Agreements::compile([&agreement]).unwrap();
        let remarks = examine(&agreement, &BTreeMap::new());
        let dead: BTreeSet<_> = remarks
            .iter()
            .filter(|remark| remark.issue == Issue::PermitNeverApplies)
            .map(|remark| remark.clauses[0].clone())
            .collect();
        let mut cited = BTreeSet::new();
        for giver in PARTIES {
            for category in CATEGORIES {
                for purpose in PURPOSES {
                    for question in every_question(giver, category, purpose) {
                        // While the mode is not known, a forbid of every mode does not bite.
                        if question.mode.is_none() {
                            continue;
                        }
                        let decision = decide(&agreements, &question);
                        if decision.code() != "refused" {
                            cited.extend(decision.clauses.into_iter().map(|cited| cited.clause));
                        }
                    }
                }
            }
        }
        prop_assert!(dead.is_disjoint(&cited), "{dead:?} {cited:?}");
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in ".{0,200}", at in 0..6000_usize, byte: u8) {
        let _ = read("x.toml", &text);
        let _ = text.parse::<Question>();
        let mut bytes = include_bytes!("../../../agreements/kr-42--jp-31.toml").to_vec();
        let place = at % bytes.len();
        bytes[place] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = read("kr-42--jp-31.toml", &text);
        }
    }
}

use pumasi_base::catalog::Mode;
use pumasi_base::{AgreementId, CategoryId, PartyId};

const MODES: [Mode; 4] = [Mode::Sea, Mode::Air, Mode::Road, Mode::Rail];

type Case = (PartyId, PartyId, CategoryId, bool, AgreementId, Mode);

/// Every pair, category, way, agreement and mode.
fn every_case(list: &[Agreement]) -> Vec<Case> {
    let mut cases = Vec::new();
    for agreement in list {
        for giver in PARTIES {
            for receiver in PARTIES.into_iter().filter(|party| *party != giver) {
                for category in CATEGORIES {
                    for push in [false, true] {
                        for mode in MODES {
                            let id = |text: &str| text.parse().unwrap();
                            let category = category.parse().unwrap();
                            let agreement = agreement.id().clone();
                            cases.push((id(giver), id(receiver), category, push, agreement, mode));
                        }
                    }
                }
            }
        }
    }
    cases
}

/// Every question from a giver about a category and purpose, by naive enumeration.
fn every_question(giver: &str, category: &str, purpose: &str) -> Vec<Question> {
    let mut questions = Vec::new();
    let receivers = PARTIES.into_iter().filter(|party| *party != giver);
    for receiver in receivers {
        let openings = [
            format!("{receiver} orders 1 KGM {category} from {giver}"),
            format!("{receiver} requests 1 KGM {category} from {giver}"),
            format!("{giver} pushes 1 KGM {category} to {receiver}"),
            format!("{giver} pushes 1 KGM {category} to {receiver} hours 0 intensity 7"),
            format!("{giver} pushes 1 KGM {category} to {receiver} hours 99 unreachable"),
            format!("{giver} pushes 1 KGM {category} to {receiver} requested"),
        ];
        for opening in openings {
            for status in ["actual", "exercise"] {
                for day in ["2023-12-31", "2024-01-01"] {
                    for by in ["", " by sea", " by air", " by road", " by rail", " by grid"] {
                        let line = format!("{opening} for {purpose} on {day} {status}{by}");
                        questions.push(line.parse().unwrap());
                    }
                }
            }
        }
    }
    questions
}
