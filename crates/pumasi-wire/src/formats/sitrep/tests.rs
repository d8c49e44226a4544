use expect_test::{Expect, expect, expect_file};
use proptest::prelude::*;
use pumasi_base::Lang;
use pumasi_view::page::SituationPage;

use super::FORMAT;
use super::markdown::escaped;
use crate::formats::sample::{page, storm, written};

#[test]
fn the_reports_are_as_they_were() {
    let report = |lang| written(&FORMAT, &page(), lang).unwrap();
    expect_file!["../../../tests/golden/situation/sitrep.ko.md"].assert_eq(&report(Lang::Ko));
    expect_file!["../../../tests/golden/situation/sitrep.ja.md"].assert_eq(&report(Lang::Ja));
    expect_file!["../../../tests/golden/situation/sitrep.zh-Hans.md"].assert_eq(&report(Lang::Zh));
    expect_file!["../../../tests/golden/situation/sitrep.en.md"].assert_eq(&report(Lang::En));
}

/// The lines of one section, without what stands in every report.
#[track_caller]
fn check(page: &SituationPage, section: &str, expected: &Expect) {
    let report = written(&FORMAT, page, Lang::En).unwrap();
    let (_, from) = report.split_once(&format!("{section}\n\n")).unwrap();
    expected.assert_eq(from.split("\n\n## ").next().unwrap().trim_end());
}

#[test]
fn what_there_is_not_is_said() {
    let mut empty = storm();
    empty.event = None;
    empty.places.clear();
    empty.needs.clear();
    empty.situations.clear();
    empty.links.clear();
    empty.flows.clear();
    empty.unmet.clear();
    empty.moves.clear();
    for section in ["## Event", "## Places", "## Counted and reported", "## Unmet needs"] {
        check(&empty, section, &expect!["None."]);
    }
    check(
        &empty,
        "## What changed since the estimate before",
        &expect!["There is no earlier estimate to compare with."],
    );
    let mut gone = storm();
    gone.event.as_mut().unwrap().kind = "cancel".to_owned();
    check(
        &gone,
        "## Event",
        &expect![[r#"
        **The publisher has withdrawn the alert.**

        - What: Typhoon, Strong wind
        - Struck at: 2024-01-01 07:10 UTC
        - Depth: 16 km
        - Centre (latitude, longitude): 37.5, 137.27
        - Holds until: 2024-01-02 00:00 UTC
        - Latest message: JMA 20240101161010 2
        - Its own headline: “＜震度７＞ \& "津波"” (ja)"#]],
    );
    let mut many = page();
    let one = many.places[0].clone();
    many.places = (0..25).map(|_| one.clone()).collect();
    let report = written(&FORMAT, &many, Lang::En).unwrap();
    assert!(report.contains("5 more are left out here"), "{report}");
    assert!(!written(&FORMAT, &storm(), Lang::En).unwrap().contains("EXERCISE"));
}

#[test]
fn every_code_has_its_words() {
    for lang in Lang::ALL {
        let report = written(&FORMAT, &page(), lang).unwrap();
        for code in ["_", "people\\_", "suspended\\", "{"] {
            let found = report.lines().find(|line| line.contains(code));
            assert_eq!(found, None, "{code} in {lang}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_a_stranger_writes_becomes_markup(text in "\\PC{0,40}|.{0,40}|[|<>*_`#\\[\\]\\\\\\n-]{0,12}") {
        let line = escaped(&text);
        // Undoing the escapes gives the words back; nothing stands alone that means something.
        let (mut plain, mut rest) = (String::new(), line.chars());
        while let Some(c) = rest.next() {
            prop_assert!(!"`*_[]<>|&#~\n\r".contains(c), "{line}");
            plain.push(if c == '\\' { rest.next().unwrap() } else { c });
        }
        let words = text.split(|c: char| c.is_whitespace() || c.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        prop_assert_eq!(plain, words.join(" "));
    }

    #[test]
    fn a_table_keeps_its_columns(text in "\\PC{0,30}|[|\\\\\\n ]{0,10}") {
        let mut page = page();
        page.places[0].names.en.clone_from(&text);
        let report = written(&FORMAT, &page, Lang::En).unwrap();
        let table = report.lines().skip_while(|line| !line.starts_with("| Place ")).take(5);
        for row in table {
            // Of `\\|` the first escapes the second, so the bar stands alone.
            let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert_eq!(bars, 9, "{}", row);
        }
    }
}
