//! Every message in `tests/golden/<format>/` beside what is read out of it.
//!
//! A new sample needs only its file: run once with `UPDATE_EXPECT=1`, then look at what was read.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect_file;
use pumasi_hazard::{Alert, Event};
use pumasi_wire::read_alert;

fn show(bytes: &[u8]) -> String {
    let mut text = String::new();
    match read_alert(bytes) {
        Ok(read) => {
            writeln!(text, "format {}", read.format).unwrap();
            read.alerts.iter().for_each(|alert| show_alert(&mut text, alert));
            read.findings.iter().for_each(|finding| writeln!(text, "! {finding}").unwrap());
        }
        Err(error) => writeln!(text, "{error}\nhelp: {}", error.help()).unwrap(),
    }
    text
}

fn show_alert(text: &mut String, alert: &Alert) {
    let Event::Earthquake(earthquake) = &alert.event;
    let point = earthquake.epicentre.map(|p| format!("{} {}", p.lat_micro, p.lon_micro));
    let or_unknown = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
    let number = |value: Option<i32>| or_unknown(value.map(|v| v.to_string()));
    writeln!(text, "{}: {:?}, {}, sent {}", alert.version, alert.kind, alert.status, alert.sent)
        .unwrap();
    let headline = alert.headline.as_ref().map(|h| format!("{}: {}", h.lang, h.text));
    writeln!(text, "  headline {}", or_unknown(headline)).unwrap();
    writeln!(text, "  origin {}", earthquake.origin).unwrap();
    let region = earthquake.region.as_ref().map(|r| format!("{}: {}", r.lang, r.text));
    writeln!(text, "  region {}", or_unknown(region)).unwrap();
    writeln!(text, "  epicentre {}, depth_m {}", or_unknown(point), number(earthquake.depth_m))
        .unwrap();
    writeln!(
        text,
        "  magnitude_centi {}{} ({}), strike_deg {}",
        number(earthquake.magnitude_centi),
        if earthquake.magnitude_is_minimum { " or more" } else { "" },
        or_unknown(earthquake.magnitude_type.clone()),
        number(earthquake.strike_deg)
    )
    .unwrap();
    for observed in &alert.observed {
        let at_least = if observed.at_least { " or more" } else { "" };
        write!(text, "  {} {} {}{at_least}:", observed.place, observed.name, observed.intensity)
            .unwrap();
        for station in &observed.stations {
            write!(text, " {} {},", station.name, station.intensity).unwrap();
        }
        text.push('\n');
    }
}

fn check_folder(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "expected"));
    files.sort();
    assert!(!files.is_empty(), "no samples in {}", folder.display());
    for path in files {
        let read = show(&std::fs::read(&path).unwrap());
        let mut expected = path.clone().into_os_string();
        expected.push(".expected");
        expect_file![expected].assert_eq(&read);
    }
}

#[test]
fn jma_xml() {
    check_folder("jma_xml");
}

#[test]
fn usgs_geojson() {
    check_folder("usgs_geojson");
}

#[test]
fn refused() {
    check_folder("refused");
}

#[test]
fn a_message_larger_than_any_real_one_is_refused() {
    let error = read_alert(&vec![b' '; 16 * 1024 * 1024 + 1]).unwrap_err();
    let expected = "the message has 16777217 bytes, 16777216 are read at most";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_message_of_too_many_parts_is_refused() {
    let parts = "<a/>".repeat(250_001);
    let text = format!("<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\">{parts}</Report>");
    let error = read_alert(text.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the jma_xml message has more than 250000 elements");
}
