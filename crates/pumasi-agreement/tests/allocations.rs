//! Counts what judging a question takes from the allocator: nothing, whatever the answer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::fs;
use std::path::Path;

use allocation_counter::measure;
use pumasi_agreement::{Agreement, Agreements, Answer, Question, decide, read};

fn library() -> Vec<Agreement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut list = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            list.push(read(&path.to_string_lossy(), &text).unwrap());
        }
    }
    list
}

/// Judges every `question => answer`, and counts while it is judged for the first time after the
/// words have been loaded.
#[track_caller]
fn check(table: &str) {
    let agreements = Agreements::compile(&library()).unwrap();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (question, expected) = line.split_once(" => ").unwrap();
        let question: Question = question.parse().unwrap();
        let mut answer = None;
        let taken = measure(|| {
            answer = Some(agreements.judge(&question).answer());
        });
        let shown = match answer.unwrap() {
            Answer::Permitted => "permitted",
            Answer::Needs => "needs",
            Answer::Refused => "refused",
        };
        assert_eq!(shown, expected, "{line}");
        assert_eq!(taken.count_total, 0, "{line} allocates {} bytes", taken.bytes_total);
        // What is counted is counted: the words of a decision do take memory.
        let taken =
            measure(|| assert_eq!(decide(&agreements, &question).code(), expected, "{line}"));
        assert_ne!(taken.count_total, 0, "{line}");
    }
}

#[test]
fn judging_takes_no_memory() {
    check(
        "jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise => permitted
         kr-mois commits 200000 KGM fuel to jp-17 for disaster_relief on 2024-01-02 exercise under kr-jp-logistics => permitted
         jp-cao orders 101 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise held 1999900 KGM against kr-jp-logistics/art-9-2 => refused
         jp-cao orders 500 EA ammunition/rifle_ammunition from kr-mois for disaster_relief on 2024-01-02 exercise => refused
         jp-cao orders 500 EA ammunition/rifle_ammunition from kr-mois for disaster_relief on 2024-01-02 => refused
         jp-cao requests 500 KGM food from kr-mois for military_emergency on 2024-01-02 exercise => refused
         jp-cao orders clothing from kr-mois for peacekeeping on 2024-01-02 exercise => refused
         jp-cao orders food from nobody for peacekeeping on 2024-01-02 => refused
         jp-cao orders food from kr-mois for conquest on 2024-01-02 => refused
         jp-cao orders food from kr-mois for disaster_relief on 2024-01-02 under no-such => refused
         jp-cao orders 1000 LTR fuel/diesel from kr-mois for disaster_relief on 2024-01-02 exercise => needs
         jp-cao orders 1000 KGM fuel/diesel from kr-mois for disaster_relief on 2024-01-02 exercise through cn-js through cn-sh => needs",
    );
}
