//! Every message in `tests/messages/<format>/` beside what is read out of it.
//!
//! The messages are written by us in the real shape of their formats. A new sample needs only its
//! file: run once with `UPDATE_EXPECT=1`, then look at what was read.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "read/show.rs"]
mod show;

use std::path::Path;

use expect_test::expect_file;
use pumasi_hazard::read_any;
use show::show;

#[track_caller]
fn check(format: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages").join(format);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "expected"));
    files.sort();
    assert!(!files.is_empty(), "no samples in {}", folder.display());
    for path in files {
        let mut expected = path.clone().into_os_string();
        expected.push(".expected");
        expect_file![expected].assert_eq(&show(&std::fs::read(&path).unwrap()));
    }
}

#[test]
fn jma_xml() {
    check("jma_xml");
}

#[test]
fn kma_json() {
    check("kma_json");
}

#[test]
fn usgs_geojson() {
    check("usgs_geojson");
}

#[test]
fn shakemap_grid() {
    check("shakemap_grid");
}

#[test]
fn gdacs_rss() {
    check("gdacs_rss");
}

#[test]
fn cap() {
    check("cap");
}

#[test]
fn cap_feed() {
    check("cap_feed");
}

#[test]
fn refused() {
    check("refused");
}

#[test]
fn a_message_larger_than_any_real_one_is_refused() {
    let error = read_any(&vec![b' '; 64 * 1024 * 1024 + 1]).unwrap_err();
    let expected = "the message has 67108865 bytes, 16777216 are read at most";
    assert_eq!(error.to_string(), expected);
}
