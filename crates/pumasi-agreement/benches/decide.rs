//! How long a decision takes, with the library and with ten thousand agreements.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start should say so")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use pumasi_agreement::{Agreement, Agreements, Question, Situation, decide, read};

fn main() {
    divan::main();
}

const MANY: usize = 10_000;

fn library() -> Agreements {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut agreements = Vec::new();
    for entry in fs::read_dir(folder).expect("the library is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).expect("a text");
            agreements.push(read(&path.to_string_lossy(), &text).expect("an agreement"));
        }
    }
    Agreements::compile(&agreements).expect("the library compiles")
}

/// An agreement like a relief protocol between two parties.
fn synthetic(number: usize, one: &str, other: &str) -> Agreement {
    let words = r#"article = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
caption = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
authentic = { ja = "x" }
"#;
    let mut text = format!(
        r#"id = "g-{number}"
nature = "real"
law_level = "provincial"
parties = ["{one}", "{other}"]
utc_offset_hours = 9
title = {{ ko = "x", ja = "x", zh-Hans = "x", en = "x" }}
source = [{{ title = "x", publisher = "x", date = "2024" }}]
"#
    );
    for (id, terms) in [
        (
            "a",
            "kind = \"permit\"\nactions = [\"order\"]\ncategories = [\"food\", \"water\", \"fuel\"]\npurposes = [\"disaster_relief\"]\n",
        ),
        ("b", "kind = \"forbid\"\ncategories = [\"weapons\", \"ammunition\"]\n"),
        (
            "c",
            "kind = \"ceiling\"\ncategories = [\"fuel\"]\nquantity = \"1000 KGM\"\nper = \"order\"\n",
        ),
        ("d", "kind = \"settlement\"\nmode = \"gift\"\n"),
        ("e", "kind = \"term\"\nfrom = 2020-01-01\n"),
    ] {
        write!(text, "[[clause]]\nid = \"{id}\"\n{terms}{words}").expect("a text");
    }
    read(&format!("g-{number}.toml"), &text).expect("an agreement")
}

/// Ten thousand agreements of one party, each with another partner.
fn many_partners() -> Agreements {
    let list: Vec<_> = (0..MANY).map(|n| synthetic(n, "hub", &format!("p-{n}"))).collect();
    Agreements::compile(&list).expect("they compile")
}

/// Ten thousand agreements between the same two parties.
fn one_pair() -> Agreements {
    let list: Vec<_> = (0..MANY).map(|n| synthetic(n, "hub", "p-5000")).collect();
    Agreements::compile(&list).expect("they compile")
}

fn ask(bencher: Bencher<'_, '_>, agreements: &Agreements, question: &str) {
    let question: Question = question.parse().expect("a question");
    bencher.bench_local(|| decide(black_box(agreements), black_box(&question)));
}

mod with_the_library {
    use super::*;

    #[divan::bench]
    fn permitted(bencher: Bencher<'_, '_>) {
        let question =
            "jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise";
        ask(bencher, &library(), question);
    }

    #[divan::bench]
    fn forbidden(bencher: Bencher<'_, '_>) {
        let question =
            "jp-cao orders ammunition from kr-mois for disaster_relief on 2024-01-02 exercise";
        ask(bencher, &library(), question);
    }

    #[divan::bench]
    fn nearest_clause(bencher: Bencher<'_, '_>) {
        let question =
            "jp-cao orders clothing from kr-mois for peacekeeping on 2024-01-02 exercise";
        ask(bencher, &library(), question);
    }

    #[divan::bench]
    fn all_permissions(bencher: Bencher<'_, '_>) {
        let agreements = library();
        let situation = Situation {
            purpose: "disaster_relief".parse().expect("a purpose"),
            status: pumasi_base::Status::Exercise,
            on: "2024-01-02T00:00:00Z".parse().expect("a time"),
            event: None,
            receivers: Vec::new(),
        };
        bencher.bench_local(|| black_box(&agreements).permissions(&situation));
    }
}

mod with_ten_thousand {
    use super::*;

    const PERMITTED: &str = "p-5000 orders 200 KGM fuel from hub for disaster_relief on 2024-01-02";

    #[divan::bench]
    fn permitted_among_many_partners(bencher: Bencher<'_, '_>) {
        ask(bencher, &many_partners(), PERMITTED);
    }

    #[divan::bench]
    fn permitted_within_one_pair(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(), PERMITTED);
    }

    #[divan::bench]
    fn under_one_named_within_one_pair(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(), &format!("{PERMITTED} under g-7777"));
    }

    /// The worst case: every one of the ten thousand has to be tried, and refuses.
    #[divan::bench]
    fn refused_by_every_one_within_one_pair(bencher: Bencher<'_, '_>) {
        let over = "p-5000 orders 2000 KGM fuel from hub for disaster_relief on 2024-01-02";
        ask(bencher, &one_pair(), over);
    }
}
