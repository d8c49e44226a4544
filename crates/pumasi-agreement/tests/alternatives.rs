//! The nearest lawful alternatives under the agreements of the library.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::fs;
use std::path::PathBuf;

use pumasi_agreement::{
    Agreement, Agreements, Bounds, Outcome, Question, alternatives, decide, read, vocabulary,
};

fn library() -> Agreements {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let list: Vec<Agreement> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            read(&name, &fs::read_to_string(&path).unwrap()).unwrap()
        })
        .collect();
    Agreements::compile(&list).unwrap()
}

/// Asks every line of a table of `question => alternatives`.
#[track_caller]
fn check(table: &str) {
    let agreements = library();
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (question, expected) = line.split_once(" => ").unwrap();
        let asked: Question = question.parse().unwrap();
        let decision = decide(&agreements, &asked);
        let found = alternatives(&agreements, &asked, &Bounds::default());
        let mut shown = Vec::new();
        for alternative in found {
            let changes: Vec<_> = alternative.changes.iter().map(ToString::to_string).collect();
            let under = alternative.decision.under.map(|id| id.to_string()).unwrap_or_default();
            let needs = match &alternative.decision.outcome {
                Outcome::Permitted => String::new(),
                Outcome::Needs(needs) => {
                    let needs: Vec<_> = needs.iter().map(ToString::to_string).collect();
                    format!(" needs {}", needs.join(" and "))
                }
                Outcome::Refused => " refused".to_owned(),
            };
            shown.push(format!("{} ({under}{needs})", changes.join(" + ")));
        }
        let shown = if shown.is_empty() { decision.code().to_owned() } else { shown.join("; ") };
        if shown != expected {
            wrong.push(format!("{question}\n  expected {expected}\n  found    {shown}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_the_library_lets_be_done_instead() {
    check(
        "
        jp-cao orders 600000 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise => less 500000 KGM (kr-jp-logistics)
        ngo-nrn pushes 60000 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => less 20000 KGM (ngo-nrn--jp-17); step request by jp-17 (ngo-nrn--jp-17); step order by jp-17 (ngo-nrn--jp-17); step offer by ngo-nrn (ngo-nrn--jp-17); giver jp-cao (jp-basic-act-push)
        ngo-nrn pushes 60000 KGM food to jp-17 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 held 19999 KGM against ngo-nrn--jp-17/art-3 => less 1 KGM (ngo-nrn--jp-17); step request by jp-17 (ngo-nrn--jp-17); step order by jp-17 (ngo-nrn--jp-17); step offer by ngo-nrn (ngo-nrn--jp-17); giver jp-cao (jp-basic-act-push)
        kr-42 pushes 60000 KGM food/meal to jp-31 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => less 50000 KGM (kr-42--jp-31); step request by jp-31 (kr-42--jp-31); step order by jp-31 (kr-42--jp-31); step offer by kr-42 (kr-42--jp-31); giver jp-cao (jp-basic-act-push)
        kr-42 pushes 40000 EA shelter/blanket weighing 60000 KGM to jp-31 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => less 33333 EA (kr-42--jp-31); step request by jp-31 (kr-42--jp-31); step order by jp-31 (kr-42--jp-31); step offer by kr-42 (kr-42--jp-31); giver jp-cao (jp-basic-act-push)
        kr-42 pushes 60000 KGM water to jp-31 for disaster_relief on 2024-01-01 exercise hours 2 intensity 7 => step request by jp-31 (kr-jp-logistics); step order by jp-31 (kr-jp-logistics); step offer by kr-42 (kr-jp-logistics); giver jp-cao (jp-basic-act-push)
        kr-42 pushes 60000 KGM food to jp-31 for disaster_relief on 2024-01-01 actual hours 2 intensity 7 => step request by jp-31 (cjk-disaster-principles); step offer by kr-42 (cjk-disaster-principles); giver jp-cao (jp-basic-act-push)
        kr-45 pushes 60000 KGM water to jp-17 for disaster_relief on 2024-01-01 exercise => step request by jp-17 (kr-45--jp-17); step order by jp-17 (kr-45--jp-17); step offer by kr-45 (kr-45--jp-17); giver jp-cao (jp-basic-act-push)
        kr-45 pushes 60000 KGM water to jp-17 for disaster_relief on 2024-01-01 actual => step request by jp-17 (cjk-disaster-principles); step offer by kr-45 (cjk-disaster-principles); giver jp-cao (jp-basic-act-push)
        jp-17 orders 5000 KGM food from kr-45 for exercise_training on 2024-01-02 exercise under kr-45--jp-17 => purpose disaster_relief (kr-45--jp-17); purpose evacuation (kr-45--jp-17); purpose search_and_rescue (kr-45--jp-17)
        jp-31 orders 5000 KGM food from kr-42 for exercise_training on 2024-01-02 actual => step request by jp-31 + purpose disaster_relief (cjk-disaster-principles); step offer by kr-42 + purpose disaster_relief (cjk-disaster-principles); step request by jp-31 + purpose search_and_rescue (cjk-disaster-principles); step offer by kr-42 + purpose search_and_rescue (cjk-disaster-principles); giver jp-32 + purpose disaster_relief (jp-chugoku-mutual-aid); giver jp-33 + purpose disaster_relief (jp-chugoku-mutual-aid); giver jp-34 + purpose disaster_relief (jp-chugoku-mutual-aid); giver jp-35 + purpose disaster_relief (jp-chugoku-mutual-aid)
        jp-mod orders 5000 KGM fuel from au-defence for military_emergency on 2024-01-02 actual => refused
        jp-17 orders 5000 KGM fuel from kr-45 for disaster_relief on 2024-01-02 exercise onward jp-16 => not passed on (kr-jp-logistics)
        jp-17 orders 5000 KGM fuel from kr-45 for disaster_relief on 1990-01-01 exercise onward jp-16 => not passed on + day 2016-04-01 (kr-jp-logistics)
        jp-31 orders 1000 KGM food from kr-42 for disaster_relief on 1990-01-01 actual => step request by jp-31 + day 2011-05-22 (cjk-disaster-principles); day 1996-07-18 + giver jp-32 (jp-governors-mutual-aid)
        jp-cao orders 5000 KGM fuel from kr-mois for disaster_relief on 2024-01-02 actual => refused
        kr-mnd orders 5000 LTR fuel/diesel from us-dod for exercise_training on 2024-03-04 exercise overdue kr-mnd us-dod--kr-mnd-pattern => needs
        jp-17 orders 5000 KGM food from kr-45 for disaster_relief on 2024-01-02 exercise under kr-42--jp-31 => under kr-45--jp-17 (kr-45--jp-17); under kr-jp-logistics (kr-jp-logistics)
        jp-16 pushes 100 KGM fuel to jp-17 for disaster_relief on 2024-01-01 actual => step request by jp-17 (jp-chubu-mutual-aid); step order by jp-17 (jp-chubu-mutual-aid); step offer by jp-16 (jp-chubu-mutual-aid); giver jp-cao (jp-basic-act-push)
        jp-17 orders 100 EA medical/medical_kit weighing 100 KGM from kr-42 for disaster_relief on 2024-01-01 actual => step request by jp-17 (cjk-disaster-principles); step offer by kr-42 (cjk-disaster-principles); giver jp-16 (jp-chubu-mutual-aid); giver jp-18 (jp-chubu-mutual-aid); giver jp-20 (jp-chubu-mutual-aid); giver jp-21 (jp-chubu-mutual-aid)
        jp-17 orders 100 KGM electricity from kr-45 for disaster_relief on 2024-01-01 exercise => category medical (kr-jp-logistics); category shelter (kr-jp-logistics); category transport (kr-jp-logistics)
        jp-mod orders 10000 EA ammunition/rifle_ammunition from au-defence for peacekeeping on 2024-01-02 actual => refused
        ",
    );
}

#[test]
fn no_way_round_a_refusal_of_arms_is_offered() {
    let agreements = library();
    let parties = [
        "kr-mois",
        "jp-cao",
        "jp-17",
        "kr-45",
        "jp-mod",
        "au-defence",
        "us-dod",
        "kr-mnd",
        "ngo-nrn",
    ];
    let mut asked = 0;
    for giver in parties {
        for receiver in parties.into_iter().filter(|party| *party != giver) {
            for purpose in vocabulary::purposes() {
                for category in ["ammunition/rifle_ammunition", "weapons", "fuel"] {
                    let line = format!(
                        "{receiver} orders 10000 EA {category} weighing 160 KGM from {giver} for {purpose} on 2024-01-02 exercise"
                    );
                    let question: Question = line.parse().unwrap();
                    let found = alternatives(&agreements, &question, &Bounds::default());
                    let is_arms = category != "fuel";
                    asked += usize::from(is_arms);
                    assert!(!is_arms || found.is_empty(), "{line}: {found:?}");
                    for alternative in found {
                        let offered = alternative.question.category.as_str().to_owned();
                        assert!(!["ammunition", "weapons"].contains(&offered.as_str()), "{line}");
                    }
                }
            }
        }
    }
    assert_eq!(asked, 9 * 8 * 2 * vocabulary::purposes().count());
}
