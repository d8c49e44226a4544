use expect_test::expect_file;
use proptest::prelude::*;
use pumasi_base::Lang;

use super::cells::text;
use super::{NEEDS, PLACES};
use crate::formats::sample::{page, storm, written};

/// The rows of a table, read back; all have as many cells as the row of hashtags.
#[track_caller]
fn rows(written: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn column<'a>(rows: &'a [Vec<String>], tag: &str) -> Vec<&'a str> {
    let at = rows[1].iter().position(|cell| cell == tag).unwrap();
    rows[2..].iter().map(|row| row[at].as_str()).collect()
}

#[test]
fn the_tables_are_as_they_were() {
    // SPEC: RFC 4180, section 2: lines end with CRLF, which a checkout may turn into LF.
    let lines = |text: String| {
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        text.replace("\r\n", "\n")
    };
    let places = lines(written(&PLACES, &page(), Lang::Ko).unwrap());
    expect_file!["../../../tests/golden/situation/hxl-places.csv"].assert_eq(&places);
    let needs = lines(written(&NEEDS, &page(), Lang::Zh).unwrap());
    expect_file!["../../../tests/golden/situation/hxl-needs.csv"].assert_eq(&needs);
}

#[test]
fn the_hashtags_are_lawful_and_the_same_for_every_reader() {
    for format in [PLACES, NEEDS] {
        let tags = |lang| rows(&written(&format, &page(), lang).unwrap())[1].clone();
        for lang in Lang::ALL {
            assert_eq!(tags(lang), tags(Lang::En));
        }
        for tag in tags(Lang::En) {
            // SPEC: tagging conventions 1.1: `#` and a word, then attributes of `+` and a word.
            let mut words = tag.strip_prefix('#').unwrap().split('+');
            let is_word = |word: &str| {
                word.starts_with(|c: char| c.is_ascii_lowercase())
                    && word
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            };
            assert!(words.all(is_word), "{tag}");
        }
        let captions: Vec<Vec<String>> =
            Lang::ALL.map(|lang| rows(&written(&format, &page(), lang).unwrap())[0].clone()).into();
        assert!(captions.windows(2).all(|two| two[0] != two[1]));
        assert!(captions.iter().flatten().all(|caption| !caption.contains('_')), "{captions:?}");
    }
}

#[test]
fn figures_stand_under_their_hashtags() {
    let places = rows(&written(&PLACES, &page(), Lang::En).unwrap());
    let check = |tag: &str, expected: [&str; 3]| assert_eq!(column(&places, tag), expected);
    check("#country+code+v_iso2", ["JP", "JP", "JP"]);
    check("#adm1+code+v_iso_3166_2", ["JP-17", "JP-17", "JP-15"]);
    check("#adm2+code", ["jp-17-204", "jp-17-205", ""]);
    check("#affected+displaced+lasting+ind+min", ["3000", "600", "0"]);
    check("#affected+without_water+ind+max", ["20000", "9000", ""]);
    check("#severity+name", ["JMA 7", "JMA 6+", "MMI 6"]);
    let needs = rows(&written(&NEEDS, &page(), Lang::En).unwrap());
    let check = |tag: &str, expected: [&str; 3]| assert_eq!(column(&needs, tag), expected);
    check("#item+code", ["blanket", "drinking_water", "blanket"]);
    check("#frequency", ["once", "daily", "once"]);
    check("#need+num+min", ["6000", "9000", "1200"]);
    check("#item+unit+code+v_rec20", ["EA", "LTR", "EA"]);
    let empty = {
        let mut page = storm();
        page.places.clear();
        page
    };
    for format in [PLACES, NEEDS] {
        assert_eq!(rows(&written(&format, &empty, Lang::En).unwrap()).len(), 2);
    }
}

#[test]
fn no_cell_is_a_formula() {
    let check = |cell: &str, expected: &str| assert_eq!(text(cell), expected);
    check("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")");
    check("+1", "'+1");
    check("-1", "'-1");
    check("@SUM(A1)", "'@SUM(A1)");
    check("\t=1", "'\t=1");
    check("\r=1", "'\r=1");
    check("  =1", "'  =1");
    check("6+", "6+");
    check("", "");
    check("輪島市", "輪島市");
}

proptest! {
    #[test]
    fn any_text_reads_back(cell in "\\PC{0,30}|.{0,30}|[=+@\\-\",\\r\\n\\t' ]{0,8}") {
        let mut page = page();
        page.places[0].names.en.clone_from(&cell);
        page.places[0].message = Some(cell.clone());
        page.places[0].needs[0].source.clone_from(&cell);
        let places = rows(&written(&PLACES, &page, Lang::En).unwrap());
        let needs = rows(&written(&NEEDS, &page, Lang::En).unwrap());
        let shown = [
            column(&places, "#adm2+name+i_en")[0],
            column(&places, "#meta+source")[0],
            column(&needs, "#meta+source")[0],
        ];
        for shown in shown {
            let without = if text(&cell) == cell { Some(shown) } else { shown.strip_prefix('\'') };
            prop_assert_eq!(without, Some(cell.as_str()));
            prop_assert!(!shown.trim_start().starts_with(['=', '+', '-', '@']));
        }
    }
}
