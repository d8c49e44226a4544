//! Questions to the agreements of the library, with the decisions expected of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use pumasi_agreement::clauses::Terms;
use pumasi_agreement::{
    Agreement, AgreementStatus, Agreements, Question, Standing, decide, read, vocabulary,
};
use pumasi_base::{Catalog, Date, Lang, PartyId};

fn library() -> Vec<Agreement> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let read_one = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        read(&format!("agreements/{name}"), &text).unwrap_or_else(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"))
        })
    };
    files.iter().map(read_one).collect()
}

/// Asks every line of a table of `question => decision`.
#[track_caller]
fn check(table: &str) {
    let agreements = Agreements::compile(&library()).unwrap();
    let mut wrong = Vec::new();
    let lines = table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    for line in lines {
        let (question, expected) = line.split_once(" => ").unwrap();
        let asked: Question =
            question.parse().unwrap_or_else(|error| panic!("`{question}`: {error}"));
        let decision = decide(&agreements, &asked).to_string();
        if decision != expected {
            wrong.push(format!("{question}\n  expected {expected}\n  decided  {decision}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn supplies_between_korea_and_japan() {
    check(
        "
        jp-cao orders 200000 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        kr-mois commits 200000 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 500000 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 500000.001 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => refused [ceiling_exceeded] kr-jp-logistics: limits art-9-1
        jp-cao orders 100 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise held 1999900 KGM against kr-jp-logistics/art-9-2 => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 101 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise held 1999900 KGM against kr-jp-logistics/art-9-2 => refused [ceiling_exceeded] kr-jp-logistics: limits art-9-2
        jp-cao orders 1000 LTR fuel/diesel from kr-mois for disaster_relief on 2024-01-02 exercise => needs quantity in KGM [quantity_unknown] kr-jp-logistics: permits art-2, requires art-9-1, requires art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 1000 LTR fuel/diesel weighing 850 KGM from kr-mois for disaster_relief on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 500 EA shelter/blanket from kr-mois for disaster_relief on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, settles art-7 (replacement_in_kind 365, else reimbursement 30)
        jp-cao orders 900000 KGM food from kr-mois for search_and_rescue on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-3, settles art-8 (gift)
        jp-cao orders 1000001 KGM water from kr-mois for search_and_rescue on 2024-01-02 exercise => refused [ceiling_exceeded] kr-jp-logistics: limits art-9-3
        jp-cao orders 100 EA medical from kr-mois for evacuation on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, settles art-8 (gift)
        jp-cao orders 500 EA ammunition/rifle_ammunition from kr-mois for disaster_relief on 2024-01-02 exercise => refused [category_forbidden] kr-jp-logistics: forbids art-4
        jp-cao orders 500 EA ammunition/rifle_ammunition from kr-mois for disaster_relief on 2024-01-02 actual => refused [category_forbidden, not_in_force] kr-jp-logistics: forbids art-4, limits art-11
        jp-cao requests 500 EA weapons from kr-mois for peacekeeping on 2024-01-02 exercise => refused [category_forbidden] kr-jp-logistics: forbids art-4
        jp-cao requests 500 KGM food from kr-mois for military_emergency on 2024-01-02 exercise => refused [purpose_forbidden] kr-jp-logistics: forbids art-5
        jp-cao requests 500 EA ammunition from kr-mois for military_emergency on 2024-01-02 exercise => refused [category_forbidden, purpose_forbidden] kr-jp-logistics: forbids art-4, forbids art-5
        jp-cao requests 500 KGM food from kr-mois for humanitarian_relief on 2024-01-02 exercise under kr-jp-logistics => refused [purpose_not_covered] kr-jp-logistics: limits art-2
        jp-cao requests 500 KGM clothing from kr-mois for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => refused [category_not_covered] kr-jp-logistics: limits art-2
        jp-cao requests 500 KGM food from kr-mois for peacekeeping on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-3, limits art-9-3, settles art-8 (gift)
        kr-42 offers 500 KGM food to jp-cao for peacekeeping on 2024-01-02 exercise => refused [purpose_not_covered] kr-jp-logistics: limits art-2
        jp-cao requests 500 KGM shelter from kr-mois for peacekeeping on 2024-01-02 exercise => refused [purpose_not_covered] kr-jp-logistics: limits art-2
        jp-cao requests 500 KGM fuel from kr-mois for exercise_training on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-3, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2016-03-31 exercise => refused [before_term] kr-jp-logistics: limits art-11
        jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2016-03-31T14:59:59Z exercise => refused [before_term] kr-jp-logistics: limits art-11
        jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2016-03-31T15:00:00Z exercise => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2030-03-31 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 actual => refused [not_in_force] kr-jp-logistics: limits art-11
        kr-mois commits 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise onward jp-17204 under kr-jp-logistics => needs consent of kr-mois to onward jp-17204 [onward_transfer_needs_consent] kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, requires art-10, settles art-6 (reimbursement 30)
        kr-mois commits 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise onward jp-16 consent kr-mois onward jp-16 under kr-jp-logistics => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, requires art-10, settles art-6 (reimbursement 30)
        kr-mois commits 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise through kr-26 through jp-27 under kr-jp-logistics => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        kr-mois commits 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise through cn-sh under kr-jp-logistics => needs consent of cn-sh to transit [transit_needs_consent] kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, requires art-2, settles art-6 (reimbursement 30)
        kr-mois commits 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise through cn-sh consent cn-sh transit under kr-jp-logistics => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        kr-mois pushes 200 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise hours 3 intensity 7 under kr-jp-logistics => refused [no_standing_consent] kr-jp-logistics: limits art-2
        jp-17 orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise acting jp-cao => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-17 orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise acting jp-16 => refused [actor_not_in_role] kr-jp-logistics: limits art-2
        kr-42 commits 200 KGM fuel to kr-45 for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => refused [nothing_permits] kr-jp-logistics
        jp-01 orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => refused [not_a_party] kr-jp-logistics
        jp-01 orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise => refused [no_agreement]
        kr-mois shares information to jp-cao for disaster_relief on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-1
        jp-cao orders 200 KGM plutonium from kr-mois for disaster_relief on 2024-01-02 exercise => refused [category_not_covered]
        jp-cao orders 200 KGM food from kr-mois for conquest on 2024-01-02 exercise => refused [purpose_not_covered]
        jp-cao orders 200 KGM food from kr-mois for disaster_relief on 2024-01-02 exercise under no-such-thing => refused [unknown_agreement]
        jp-cao orders 1000001 KGM water from kr-mois for search_and_rescue on 2024-01-02 exercise held 1 KGM against kr-jp-logistics/art-9-3 => refused [ceiling_exceeded] kr-jp-logistics: limits art-9-3
        kr-mois orders 1000 EA shelter/blanket from jp-cao for evacuation on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, settles art-7 (replacement_in_kind 365, else reimbursement 30)
        ",
    );
}

#[test]
fn gangwon_and_tottori() {
    check(
        "
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 6- => permitted kr-42--jp-31: permits art-4, limits art-4, limits art-5, settles art-6 (gift)
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 72 intensity 6- => permitted kr-42--jp-31: permits art-4, limits art-4, limits art-5, settles art-6 (gift)
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 73 intensity 6- => needs consent of jp-31 to push [standing_consent_lapsed] kr-42--jp-31: permits art-4, limits art-4, limits art-5, requires art-4, settles art-6 (gift)
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 5+ => needs consent of jp-31 to push [standing_consent_not_triggered] kr-42--jp-31: permits art-4, limits art-4, limits art-5, requires art-4, settles art-6 (gift)
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 5+ unreachable => permitted kr-42--jp-31: permits art-4, limits art-4, limits art-5, settles art-6 (gift)
        kr-42 pushes 20000 EA shelter/blanket weighing 30000 KGM to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 5+ consent jp-31 push => permitted kr-42--jp-31: permits art-4, limits art-4, limits art-5, settles art-6 (gift)
        kr-42 pushes 50001 KGM food/rice to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 6- => refused [ceiling_exceeded] kr-42--jp-31: limits art-4
        kr-42 pushes 30000 KGM food/rice to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 6- held 20000 KGM against kr-42--jp-31/art-4 => permitted kr-42--jp-31: permits art-4, limits art-4, limits art-5, settles art-6 (gift)
        kr-42 pushes 30001 KGM food/rice to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 6- held 20000 KGM against kr-42--jp-31/art-4 => refused [ceiling_exceeded] kr-42--jp-31: limits art-4
        kr-42 pushes 300 KGM food/rice to jp-31 for disaster_relief on 2016-10-21 exercise => needs consent of jp-31 to push [standing_consent_not_triggered] kr-42--jp-31: permits art-4, limits art-4, limits art-5, requires art-4, settles art-6 (gift)
        kr-42 pushes food to jp-31 for disaster_relief on 2016-10-21 exercise hours 5 intensity 6- => needs quantity in KGM and commodity [quantity_unknown, commodity_unknown] kr-42--jp-31: permits art-4, requires art-4, requires art-5, settles art-6 (gift)
        jp-31 orders 300000 KGM food/rice from kr-42 for disaster_relief on 2016-10-23 exercise => permitted kr-42--jp-31: permits art-2, limits art-5, settles art-6 (gift)
        jp-31 orders 300001 KGM food/rice from kr-42 for disaster_relief on 2016-10-23 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-3, settles art-8 (gift)
        jp-31 orders 300 EA shelter/tent weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise under kr-42--jp-31 => refused [commodity_not_covered] kr-42--jp-31: limits art-2
        jp-31 orders 300 EA shelter/blanket weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise at jp-31203 under kr-42--jp-31 => permitted kr-42--jp-31: permits art-2, limits art-5, settles art-6 (gift)
        jp-31 orders 300 EA shelter/blanket weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise at jp-33214 under kr-42--jp-31 => refused [place_not_covered] kr-42--jp-31: limits art-2
        jp-31 orders 300 EA shelter/blanket weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise onward jp-31203 under kr-42--jp-31 => permitted kr-42--jp-31: permits art-2, permits art-7, limits art-5, settles art-6 (gift)
        jp-31 orders 300 EA shelter/blanket weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise onward jp-32 under kr-42--jp-31 => refused [onward_transfer_forbidden] kr-42--jp-31: forbids art-7
        jp-31 orders 300 LTR water/drinking_water weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 exercise under kr-42--jp-31 => refused [category_not_covered] kr-42--jp-31: limits art-2
        jp-31 requests 10 DAY personnel/medical_team from kr-42 for search_and_rescue on 2016-10-23 exercise => permitted kr-42--jp-31: permits art-3, settles art-6 (gift)
        kr-42 requests 100 EA shelter/blanket weighing 150 KGM from jp-31 for disaster_relief on 2016-10-23 exercise => permitted kr-42--jp-31: permits art-2, limits art-5, settles art-6 (gift)
        jp-31 orders 300 KGM food/rice from kr-42 for peacekeeping on 2016-10-23 exercise under kr-42--jp-31 => refused [purpose_not_covered] kr-42--jp-31: limits art-2
        jp-31 orders 300 EA shelter/blanket weighing 300 KGM from kr-42 for disaster_relief on 2016-10-23 actual => refused [not_in_force] kr-42--jp-31: limits art-9
        ",
    );
}

#[test]
fn jeonbuk_and_ishikawa() {
    check(
        "
        jp-17 orders 200000 KGM food from kr-45 for disaster_relief on 2024-01-02 exercise => permitted kr-45--jp-17: permits art-2, limits art-3, settles art-4 (gift)
        jp-17 orders 200001 KGM food from kr-45 for disaster_relief on 2024-01-02 exercise under kr-45--jp-17 => refused [ceiling_exceeded] kr-45--jp-17: limits art-3
        jp-17 orders 10000 EA shelter/blanket weighing 15000 KGM from kr-45 for disaster_relief on 2024-01-02 exercise under kr-45--jp-17 => permitted kr-45--jp-17: permits art-2, limits art-3, settles art-5-1 (gift), settles art-5-2 (replacement_in_kind 365, else reimbursement 30)
        kr-45 pushes 100 KGM food to jp-17 for disaster_relief on 2024-01-02 exercise hours 3 intensity 7 under kr-45--jp-17 => refused [no_standing_consent] kr-45--jp-17: limits art-2
        kr-45 pushes 100 KGM food to jp-17 for disaster_relief on 2024-01-02 exercise hours 3 intensity 7 => refused [no_standing_consent] kr-45--jp-17: limits art-2
        jp-17 orders 100 KGM fuel from kr-45 for disaster_relief on 2024-01-02 exercise under kr-45--jp-17 => refused [category_not_covered] kr-45--jp-17: limits art-2
        jp-17 orders 100 KGM fuel from kr-45 for disaster_relief on 2024-01-02 exercise => permitted kr-jp-logistics: permits art-2, limits art-9-1, limits art-9-2, settles art-6 (reimbursement 30)
        jp-17 orders 100 KGM food from kr-45 for disaster_relief on 2022-03-31 exercise under kr-45--jp-17 => refused [before_term] kr-45--jp-17: limits art-8
        ",
    );
}

#[test]
fn jiangsu_and_ishikawa() {
    check(
        "
        jp-17 orders 500000 KGM food from cn-js for disaster_relief on 2024-01-02 exercise under cn-js--jp-17 => permitted cn-js--jp-17: permits art-2, limits art-3, settles art-4 (gift)
        jp-17 orders 500 KGM food from cn-js for disaster_relief on 2022-03-31T15:30:00Z exercise under cn-js--jp-17 => refused [before_term] cn-js--jp-17: limits art-7
        jp-17 orders 500 KGM food from cn-js for disaster_relief on 2022-03-31T16:00:00Z exercise under cn-js--jp-17 => permitted cn-js--jp-17: permits art-2, limits art-3, settles art-4 (gift)
        jp-17 orders 500 KGM fuel from cn-js for disaster_relief on 2024-01-02 exercise => refused [category_not_covered] cn-js--jp-17: limits art-2
        jp-17 orders 500 EA ammunition from cn-js for disaster_relief on 2024-01-02 exercise => refused [category_forbidden] cn-js--jp-17: forbids art-6
        jp-17 orders 500 KGM food from cn-js for search_and_rescue on 2024-01-02 exercise under cn-js--jp-17 => refused [purpose_not_covered] cn-js--jp-17: limits art-2
        ",
    );
}

#[test]
fn principles_of_the_three_states() {
    check(
        "
        jp-17 requests 5 DAY personnel from cn-js for search_and_rescue on 2024-01-02 actual => permitted cjk-disaster-principles: permits point-2, settles point-4 (gift)
        jp-cao requests 5 DAY personnel/rescue_team from kr-mois for search_and_rescue on 2024-01-02 actual => permitted cjk-disaster-principles: permits point-2, settles point-4 (gift)
        jp-cao requests 500 KGM food from cn-mem for disaster_relief on 2024-01-02 actual => permitted cjk-disaster-principles: permits point-3
        jp-cao requests 500 KGM fuel from cn-mem for disaster_relief on 2024-01-02 actual => refused [category_not_covered] cjk-disaster-principles: limits point-3
        cn-mem pushes 500 KGM food to jp-cao for disaster_relief on 2024-01-02 actual => refused [no_standing_consent] cjk-disaster-principles: limits point-3
        jp-cao requests 500 KGM food from cn-mem for disaster_relief on 2011-05-21 actual => refused [before_term] cjk-disaster-principles: limits point-5
        jp-cao requests 500 KGM food from cn-mem for disaster_relief on 2024-01-02 actual onward jp-17 => refused [onward_transfer_forbidden] cjk-disaster-principles: limits point-3
        cn-mem shares information to kr-mois for disaster_relief on 2024-01-02 actual => permitted cjk-disaster-principles: permits point-1
        jp-17 orders 10 DAY personnel/rescue_team from cn-js for search_and_rescue on 2024-01-02 exercise => refused [action_not_covered] cjk-disaster-principles: limits point-2
        ",
    );
}

#[test]
fn aid_within_japan() {
    check(
        "
        jp-16 pushes 1000 LTR water to jp-17 for disaster_relief on 2024-01-01 actual hours 2 unreachable => permitted jp-chubu-mutual-aid: permits point-3, settles point-4 (reimbursement)
        jp-16 pushes 1000 LTR water to jp-17 for disaster_relief on 2024-01-01 actual hours 2 intensity 7 => needs consent of jp-17 to push [standing_consent_not_triggered] jp-chubu-mutual-aid: permits point-3, requires point-3, settles point-4 (reimbursement)
        jp-16 pushes 1000 LTR water to jp-17 for disaster_relief on 2024-01-01 actual requested => permitted jp-chubu-mutual-aid: permits point-3, settles point-4 (reimbursement)
        jp-17 requests 1000 LTR water from jp-16 for disaster_relief on 2024-01-01 actual => permitted jp-chubu-mutual-aid: permits point-2, settles point-4 (reimbursement)
        jp-31 commits 1000 EA shelter to jp-17 for disaster_relief on 2024-01-02 actual => permitted jp-governors-mutual-aid: permits art-2, settles art-cost (reimbursement)
        jp-33 commits 1000 EA shelter to jp-31 for disaster_relief on 2016-10-22 actual => permitted jp-chugoku-mutual-aid: permits point-2, settles point-4 (reimbursement)
        jp-33 pushes 1000 EA shelter to jp-31 for disaster_relief on 2016-10-22 actual hours 20 unreachable => permitted jp-chugoku-mutual-aid: permits point-3, settles point-4 (reimbursement)
        jp-31 pushes 1000 EA shelter to jp-17 for disaster_relief on 2024-01-02 actual hours 20 unreachable => refused [no_standing_consent] jp-governors-mutual-aid: limits art-2
        jp-cao pushes 1000 EA shelter to jp-17 for disaster_relief on 2024-01-02 actual => permitted jp-basic-act-push: permits art-86-16-2, settles practice-1 (gift)
        jp-cao pushes 10 DAY personnel to jp-17 for disaster_relief on 2024-01-02 actual => refused [category_not_covered] jp-basic-act-push: limits art-86-16-2
        jp-17 requests 1000 EA shelter from jp-cao for disaster_relief on 2024-01-02 actual => permitted jp-basic-act-push: permits art-86-16-1, settles practice-1 (gift)
        jp-cao requests 1000 EA shelter from jp-17 for disaster_relief on 2024-01-02 actual => refused [nothing_permits]
        jp-cao pushes 1000 EA shelter to jp-17 for disaster_relief on 2012-06-26 actual => refused [before_term] jp-basic-act-push: limits term
        jp-17 requests 1000 LTR water from jp-16 for military_emergency on 2024-01-01 actual => refused [purpose_not_covered] jp-chubu-mutual-aid: limits point-2
        jp-17 requests 1000 LTR water from jp-16 for disaster_relief on 1995-12-31 actual => permitted jp-chubu-mutual-aid: permits point-2, settles point-4 (reimbursement)
        ",
    );
}

#[test]
fn a_relief_organisation() {
    check(
        "
        ngo-nrn pushes 15000 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => permitted ngo-nrn--jp-17: permits art-3, limits art-3, settles art-4 (gift)
        ngo-nrn pushes 15000 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 alert red => permitted ngo-nrn--jp-17: permits art-3, limits art-3, settles art-4 (gift)
        ngo-nrn pushes 15000 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 alert orange => needs consent of jp-17 to push [standing_consent_not_triggered] ngo-nrn--jp-17: permits art-3, limits art-3, requires art-3, settles art-4 (gift)
        ngo-nrn pushes 20001 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => refused [ceiling_exceeded] ngo-nrn--jp-17: limits art-3
        ngo-nrn offers 50000 KGM food to jp-17 for humanitarian_relief on 2024-01-01 exercise => permitted ngo-nrn--jp-17: permits art-2, settles art-4 (gift)
        ngo-nrn requests 50000 KGM food from jp-17 for humanitarian_relief on 2024-01-01 exercise => refused [nothing_permits]
        ngo-nrn offers 50000 KGM food to jp-16 for humanitarian_relief on 2024-01-01 exercise => refused [no_agreement]
        ngo-nrn pushes 1500 KGM food to jp-31 for disaster_relief on 2016-10-21 exercise hours 2 intensity 6- => permitted ngo-nrn--jp-31: permits art-3, limits art-3, settles art-4 (gift)
        ngo-nrn offers 1 EA weapons to jp-31 for disaster_relief on 2016-10-21 exercise => refused [category_forbidden] ngo-nrn--jp-31: forbids art-6
        ",
    );
}

/// The tables of `tests/golden`, by the name of their file without its ending.
fn tables() -> BTreeMap<String, String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let read_one = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|entry| read_one(entry.unwrap().path())).collect()
}

#[test]
fn every_table_of_the_folder() {
    let tables = tables();
    assert!(tables.contains_key("standing-consents"), "{:?}", tables.keys());
    for table in tables.values() {
        check(table);
    }
}

/// What Korea and Japan may share while their agreement stands so, as they did from August 2019.
#[track_caller]
fn check_notice(status: AgreementStatus, day: &str, expected: &str) {
    let id = "kr-jp-gsomia".parse().unwrap();
    let agreements = Agreements::compile(&library()).unwrap();
    let agreements = agreements.with_standing(&id, Standing::at(status));
    let question = format!(
        "jp-mod shares classified_information to kr-mnd for military_emergency on {day} actual"
    );
    let decision = decide(&agreements, &question.parse().unwrap()).to_string();
    assert_eq!(decision, expected, "{day}");
}

#[test]
fn a_notice_that_was_given_suspended_and_withdrawn() {
    let (by, ends): (PartyId, Date) = ("kr-mnd".parse().unwrap(), "2019-11-23".parse().unwrap());
    let given = AgreementStatus::NoticeGiven { by: by.clone(), ends };
    let suspended = AgreementStatus::NoticeSuspended { by, ends };
    let permitted = "permitted kr-jp-gsomia: permits point-1";
    let refused = "refused [not_in_force] kr-jp-gsomia: limits point-3";
    check_notice(given.clone(), "2019-11-22", permitted);
    check_notice(given, "2019-11-23", refused);
    check_notice(suspended.clone(), "2019-11-23", permitted);
    check_notice(suspended, "2023-03-20", permitted);
    check_notice(AgreementStatus::NoticeWithdrawn, "2023-03-21", permitted);
    check_notice(AgreementStatus::Terminated { ends }, "2023-03-21", refused);
}

#[test]
fn a_signature_or_the_entry_into_force_may_still_be_missing() {
    let day = "2019-11-22";
    check_notice(
        AgreementStatus::Drafted,
        day,
        "refused [not_in_force] kr-jp-gsomia: limits point-3",
    );
    let by = BTreeSet::from(["kr-mnd".parse().unwrap()]);
    check_notice(
        AgreementStatus::SignedBySome { by },
        day,
        "needs signature of jp-mod under kr-jp-gsomia [signature_missing] kr-jp-gsomia: permits point-1, requires point-3",
    );
    let awaits = BTreeSet::from(["kr-mnd".parse().unwrap()]);
    check_notice(
        AgreementStatus::Signed { awaits },
        day,
        "needs ratification by kr-mnd of kr-jp-gsomia [ratification_missing] kr-jp-gsomia: permits point-1, requires point-3",
    );
    check_notice(
        AgreementStatus::Signed { awaits: BTreeSet::new() },
        day,
        "needs entry into force of kr-jp-gsomia [entry_into_force_awaited] kr-jp-gsomia: permits point-1, requires point-3",
    );
}

#[test]
fn a_table_named_after_an_agreement_cites_each_of_its_clauses() {
    let tables = tables();
    for agreement in library() {
        let Some(table) = tables.get(agreement.id().as_str()) else { continue };
        let cited: BTreeSet<&str> = table
            .lines()
            .filter_map(|line| Some(line.split_once(" => ")?.1))
            .flat_map(|decision| decision.split([' ', ',']))
            .collect();
        // What outlives an agreement says nothing of a step taken while it is in force.
        let speaks = |clause: &&pumasi_agreement::Clause| clause.terms.kind() != "survival";
        for clause in agreement.clauses().iter().filter(speaks) {
            assert!(cited.contains(clause.id.as_str()), "{} {}", agreement.id(), clause.id);
        }
    }
}

/// Reads the catalog, whose parties and commodities the library names.
fn catalog() -> Catalog {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for sub in [folder.clone(), folder.join("places")] {
        for entry in fs::read_dir(sub).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".toml") || name.ends_with(".csv") {
                files.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Catalog::read(&files).unwrap()
}

#[test]
fn the_library_names_only_what_the_catalog_knows() {
    let catalog = catalog();
    for agreement in library() {
        for party in agreement.members() {
            assert!(catalog.parties.contains_key(party), "{}: {party}", agreement.id());
        }
        for clause in agreement.clauses() {
            let (commodities, categories) = match &clause.terms {
                Terms::Permit(permit) => (&permit.commodities, &permit.scope.categories),
                Terms::StandingConsent(consent) => {
                    (&consent.commodities, &consent.scope.categories)
                }
                _ => continue,
            };
            for id in commodities {
                let commodity = &catalog.commodities[id];
                let named = categories.contains(&commodity.category);
                assert!(named, "{} {}: {id}", agreement.id(), clause.id);
            }
        }
    }
    for commodity in catalog.commodities.values() {
        assert!(vocabulary::category(&commodity.category).is_some(), "{}", commodity.category);
    }
}

#[test]
fn every_clause_has_its_text_in_the_languages_of_its_parties() {
    for agreement in library() {
        let spoken: BTreeSet<Lang> = agreement
            .parties()
            .iter()
            .filter_map(|party| match party.as_str().get(..3) {
                Some("kr-") => Some(Lang::Ko),
                Some("jp-") => Some(Lang::Ja),
                Some("cn-") => Some(Lang::Zh),
                _ => None,
            })
            .collect();
        for clause in agreement.clauses() {
            for lang in &spoken {
                let text = clause.authentic.get(lang);
                assert!(text.is_some(), "{} {} in {lang}", agreement.id(), clause.id);
            }
        }
    }
}
