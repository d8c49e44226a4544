//! How long a decision takes, with the library and with ten thousand agreements.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start should say so")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use pumasi_agreement::{Agreement, Agreements, Question, Situation, decide, read};
use pumasi_base::Status;

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

/// An agreement like a relief protocol between two parties, which caps fuel at `limit` kilograms.
fn synthetic(number: usize, one: &str, other: &str, limit: usize) -> Agreement {
    let ceiling = format!(
        "kind = \"ceiling\"\ncategories = [\"fuel\"]\nquantity = \"{limit} KGM\"\nper = \"order\"\n"
    );
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
        ("c", &*ceiling),
        ("d", "kind = \"settlement\"\nmode = \"gift\"\n"),
        ("e", "kind = \"term\"\nfrom = 2020-01-01\n"),
    ] {
        write!(text, "[[clause]]\nid = \"{id}\"\n{terms}{words}").expect("a text");
    }
    read(&format!("g-{number}.toml"), &text).expect("an agreement")
}

/// The limit that most of the agreements have in common, in kilograms.
const LIMIT: usize = 1000;

/// Agreements of one party, each with another partner.
fn partners(count: usize) -> Vec<Agreement> {
    (0..count).map(|n| synthetic(n, "hub", &format!("p-{n}"), LIMIT)).collect()
}

fn many_partners(count: usize) -> Agreements {
    Agreements::compile(&partners(count)).expect("they compile")
}

/// Ten thousand agreements between the same two parties, with one ceiling or each with its own.
fn one_pair(limit: impl Fn(usize) -> usize) -> Agreements {
    let list: Vec<_> = (0..MANY).map(|n| synthetic(n, "hub", "p-5", limit(n))).collect();
    Agreements::compile(&list).expect("they compile")
}

fn ask(bencher: Bencher<'_, '_>, agreements: &Agreements, question: &str) {
    let question: Question = question.parse().expect("a question");
    bencher.bench_local(|| decide(black_box(agreements), black_box(&question)));
}

/// As [`ask`], for the outcome alone.
fn judge(bencher: Bencher<'_, '_>, agreements: &Agreements, question: &str) {
    let question: Question = question.parse().expect("a question");
    bencher.bench_local(|| black_box(agreements).judge(black_box(&question)).answer());
}

fn situation(status: Status) -> Situation {
    Situation {
        purpose: "disaster_relief".parse().expect("a purpose"),
        status,
        on: "2024-01-02T00:00:00Z".parse().expect("a time"),
        event: None,
        receivers: Vec::new(),
    }
}

mod with_the_library {
    use super::*;

    const PERMITTED: &str =
        "jp-cao orders 200 KGM fuel from kr-mois for disaster_relief on 2024-01-02 exercise";
    const FORBIDDEN: &str =
        "jp-cao orders ammunition from kr-mois for disaster_relief on 2024-01-02 exercise";

    #[divan::bench]
    fn permitted(bencher: Bencher<'_, '_>) {
        ask(bencher, &library(), PERMITTED);
    }

    #[divan::bench]
    fn permitted_judged(bencher: Bencher<'_, '_>) {
        judge(bencher, &library(), PERMITTED);
    }

    #[divan::bench]
    fn forbidden(bencher: Bencher<'_, '_>) {
        ask(bencher, &library(), FORBIDDEN);
    }

    #[divan::bench]
    fn forbidden_judged(bencher: Bencher<'_, '_>) {
        judge(bencher, &library(), FORBIDDEN);
    }

    #[divan::bench]
    fn nearest_clause(bencher: Bencher<'_, '_>) {
        let question =
            "jp-cao orders clothing from kr-mois for peacekeeping on 2024-01-02 exercise";
        ask(bencher, &library(), question);
    }

    #[divan::bench(sample_count = 20)]
    fn all_permissions(bencher: Bencher<'_, '_>) {
        let agreements = library();
        let situation = situation(Status::Exercise);
        bencher.bench_local(|| black_box(&agreements).permissions(&situation));
    }
}

/// The same question among ten agreements and among ten thousand.
mod among {
    use super::*;

    const COUNTS: [usize; 2] = [10, MANY];
    const PERMITTED: &str = "p-5 orders 200 KGM fuel from hub for disaster_relief on 2024-01-02";
    const FORBIDDEN: &str = "p-5 orders weapons from hub for disaster_relief on 2024-01-02";

    #[divan::bench(args = COUNTS)]
    fn permitted(bencher: Bencher<'_, '_>, count: usize) {
        ask(bencher, &many_partners(count), PERMITTED);
    }

    #[divan::bench(args = COUNTS)]
    fn permitted_judged(bencher: Bencher<'_, '_>, count: usize) {
        judge(bencher, &many_partners(count), PERMITTED);
    }

    #[divan::bench(args = COUNTS)]
    fn forbidden(bencher: Bencher<'_, '_>, count: usize) {
        ask(bencher, &many_partners(count), FORBIDDEN);
    }

    #[divan::bench(args = COUNTS)]
    fn forbidden_judged(bencher: Bencher<'_, '_>, count: usize) {
        judge(bencher, &many_partners(count), FORBIDDEN);
    }
}

mod ten_thousand {
    use super::*;

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn compiled(bencher: Bencher<'_, '_>) {
        let list = partners(MANY);
        bencher.bench_local(|| Agreements::compile(black_box(&list)));
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn all_permissions(bencher: Bencher<'_, '_>) {
        let agreements = many_partners(MANY);
        let situation = situation(Status::Actual);
        bencher.bench_local(|| black_box(&agreements).permissions(&situation));
    }
}

/// Ten thousand agreements between the same two parties.
mod within_one_pair {
    use super::*;

    const PERMITTED: &str = "p-5 orders 200 KGM fuel from hub for disaster_relief on 2024-01-02";
    const OVER: &str = "p-5 orders 20000 KGM fuel from hub for disaster_relief on 2024-01-02";

    #[divan::bench]
    fn permitted(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(|_| LIMIT), PERMITTED);
    }

    #[divan::bench]
    fn under_one_named(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(|_| LIMIT), &format!("{PERMITTED} under g-7777"));
    }

    #[divan::bench]
    fn refused_by_every_one_for_its_like_ceiling(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(|_| LIMIT), OVER);
    }

    /// The worst case: every one of the ten thousand has to be tried, and refuses.
    #[divan::bench]
    fn refused_by_every_one_for_its_own_ceiling(bencher: Bencher<'_, '_>) {
        ask(bencher, &one_pair(|n| n + 1), OVER);
    }
}
