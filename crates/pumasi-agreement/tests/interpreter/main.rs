//! Two readings of the same agreements, the tables of the engine and a plain interpreter, agree
//! on a million questions.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

mod plain;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pumasi_agreement::{Agreement, Agreements, Answer, Question, decide, read, vocabulary};
use pumasi_base::PartyId;

use plain::{Said, Stood, say};
use world::{Random, Words, a_question, a_standing, days};

/// The seed when the environment names none in `PUMASI_SEED`.
const SEED: u64 = 20_240_101;

/// How many worlds of random agreements there are, and how many questions each is asked.
const WORLDS: usize = 1000;
const QUESTIONS_IN_WORLD: usize = 800;

/// How many questions the library is asked, standing as its natures say and otherwise.
const QUESTIONS_TO_LIBRARY: usize = 100_000;

fn seed() -> u64 {
    let seed = std::env::var("PUMASI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(SEED);
    println!("PUMASI_SEED={seed}");
    seed
}

/// How often each answer was given.
type Tally = BTreeMap<&'static str, usize>;

/// Asks both readings, and expects them to say the same.
fn compare(words: &Words, count: usize, random: &mut Random, tally: &mut Tally) {
    let list = words.agreements.iter().map(|(agreement, _)| agreement);
    let standings = words.agreements.iter();
    let standings = standings.map(|(agreement, stands)| (agreement.id().clone(), stands.clone()));
    let agreements = Agreements::compile_standing(list, &standings.collect()).unwrap();
    for _ in 0..count {
        let question = a_question(random, words);
        let answer = agreements.judge(&question).answer();
        let decision = decide(&agreements, &question);
        let outcome = match answer {
            Answer::Permitted => "permitted",
            Answer::Needs => "needs",
            Answer::Refused => "refused",
        };
        assert_eq!(outcome, decision.code(), "{question:?}");
        let plainly = say(&words.agreements, &question);
        let kind = if plainly.is_none() { "not reached" } else { outcome };
        *tally.entry(kind).or_default() += 1;
        match plainly {
            None => assert_eq!(outcome, "refused", "{}", shown(words, &question)),
            Some(plainly) => {
                assert_eq!(Said::by(decision), plainly, "{}", shown(words, &question));
            }
        }
    }
}

fn shown(words: &Words, question: &Question) -> String {
    let texts = words
        .agreements
        .iter()
        .map(|(agreement, standing)| format!("{}\n{standing:?}", agreement.text()));
    format!("{question:#?}\n{}", texts.collect::<Vec<_>>().join("\n\n"))
}

#[test]
fn tables_and_interpreter_agree_on_random_agreements() {
    let mut random = Random(seed());
    let mut tally = Tally::new();
    for _ in 0..WORLDS {
        let words = Words::random(&mut random);
        compare(&words, QUESTIONS_IN_WORLD, &mut random, &mut tally);
    }
    println!("{tally:?}");
    // Questions that all fell in one kind would prove nothing.
    for kind in ["permitted", "needs", "refused", "not reached"] {
        assert!(tally.get(kind).is_some_and(|count| *count > 10_000), "{tally:?}");
    }
}

#[test]
fn tables_and_interpreter_agree_on_the_library() {
    let mut random = Random(seed());
    let mut tally = Tally::new();
    let library = library();
    let as_they_are = |agreement: &Agreement| {
        (agreement.clone(), pumasi_agreement::Standing::of_nature(agreement.nature()))
    };
    let words = of_library(library.iter().map(as_they_are).collect());
    compare(&words, QUESTIONS_TO_LIBRARY, &mut random, &mut tally);
    let otherwise: Vec<Stood> =
        library.iter().map(|a| (a.clone(), a_standing(&mut random, a))).collect();
    compare(&of_library(otherwise), QUESTIONS_TO_LIBRARY, &mut random, &mut tally);
    println!("{tally:?}");
    for kind in ["permitted", "needs", "refused", "not reached"] {
        assert!(tally.get(kind).is_some_and(|count| *count > 1000), "{tally:?}");
    }
}

fn library() -> Vec<Agreement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
    paths.sort();
    let read_one = |path: &std::path::PathBuf| {
        read(&path.to_string_lossy(), &fs::read_to_string(path).unwrap()).unwrap()
    };
    paths.iter().map(read_one).collect()
}

/// The words of the library; of a large agreement only some parties, so that pairs meet often.
fn of_library(agreements: Vec<Stood>) -> Words {
    let parties: BTreeSet<PartyId> = agreements
        .iter()
        .flat_map(|(agreement, _)| agreement.members().take(4).cloned().collect::<Vec<_>>())
        .collect();
    Words {
        parties: parties.into_iter().collect(),
        categories: vocabulary::categories().collect(),
        purposes: vocabulary::purposes().collect(),
        agreements,
        days: days(&["2012-01-01", "2019-12-01", "2024-01-02", "2026-06-01"]),
    }
}
