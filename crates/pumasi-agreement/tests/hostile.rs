//! Files that nobody means well with: each is refused at a place, with a reason, in bounded memory.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::fmt::Write;

use allocation_counter::measure;
use pumasi_agreement::read::BYTES_MAX;
use pumasi_agreement::{ReadError, expect_digest, read, read_bytes};
use pumasi_base::{Digest, Lang};

/// The most memory that reading may hold at once: what a file of lawful size can be parsed into.
const PEAK_BYTES_MAX: u64 = 128 << 20;

fn refused(bytes: &[u8]) -> Vec<ReadError> {
    let mut errors = Vec::new();
    let taken = measure(|| errors = read_bytes("x.toml", bytes).unwrap_err());
    let peak = taken.bytes_max;
    println!("{} bytes: {} faults, peak {peak} bytes", bytes.len(), errors.len());
    assert!(peak <= PEAK_BYTES_MAX, "{peak} bytes at once");
    assert!((1..=101).contains(&errors.len()), "{} faults", errors.len());
    for error in &errors {
        for lang in Lang::ALL {
            let sentence = error.fault.caption(lang);
            assert!(!sentence.is_empty() && sentence.len() < 4000, "{sentence}");
        }
    }
    errors
}

/// The first fault of a file.
#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(refused(bytes)[0].to_string(), expected);
}

#[test]
fn a_huge_file_is_refused_before_it_is_looked_at() {
    let huge = vec![b'#'; BYTES_MAX + 1];
    let mut errors = Vec::new();
    let taken = measure(|| errors = read_bytes("x.toml", &huge).unwrap_err());
    assert!(taken.bytes_max < 4096, "{} bytes", taken.bytes_max);
    let expected = "x.toml:1:1: the file is larger than an agreement file may be (1 MiB)";
    assert_eq!(errors[0].to_string(), expected);
    let text = String::from_utf8(huge).unwrap();
    assert_eq!(read("x.toml", &text).unwrap_err()[0].to_string(), expected);
}

#[test]
fn other_encodings_are_told_where_they_begin() {
    let wide: Vec<u8> = "id = \"x\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xff, 0xfe][..], &wide].concat();
    let is = |encoding: &str, at: &str| {
        format!(
            "x.toml:{at}: the file is not in UTF-8 but probably in {encoding}: save it as UTF-8"
        )
    };
    check(&wide, &is("UTF-16", "1:1"));
    check(&marked, &is("UTF-16", "1:1"));
    // The word for agreement, after a line and some Hangul in UTF-8.
    let after = |rest: &[u8]| [b"id = 1\n# \xea\xb0\x80 ", rest].concat();
    check(&after(b"\xc7\xf9\xc1\xa4 \xb0\xad\xbf\xf8 \xb5\xb5"), &is("EUC-KR", "2:5"));
    check(&after(b"\x82\xb1\x82\xcc\x8b\xa6\x92\xe8\x82\xcd"), &is("Shift_JIS", "2:5"));
    check(
        &after(b"\xb1\xbe\xd0\xad\xd2\xe9\xd7\xd4\xc7\xa9\xca\xf0\xd6\xae\xc8\xd5"),
        &is("GB18030", "2:5"),
    );
    check(&after(b"\xff"), "x.toml:2:5: the file is not in UTF-8: save it as UTF-8");
}

#[test]
fn control_bytes_marks_and_line_ends() {
    check(
        b"id = \"a\0b\"",
        "x.toml:1:8: a byte of value zero (NUL) stands here, which no text holds",
    );
    check(b"\xef\xbb\xbfid = \"a\"\r\nid = 1\r\n", "x.toml:2:1: the same key stands here twice");
    let good = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../agreements/kr-45--jp-17.toml"
    ))
    .unwrap();
    let plain = read("kr-45--jp-17.toml", &good).unwrap();
    let windows = format!("\u{feff}{}", good.replace('\n', "\r\n"));
    let marked = read_bytes("kr-45--jp-17.toml", windows.as_bytes()).unwrap();
    assert_eq!(marked.id(), plain.id());
    assert_eq!(marked.clauses().len(), plain.clauses().len());
    assert_eq!(marked.digest(), Digest::of(windows.as_bytes()));
}

#[test]
fn no_depth_reaches_the_end_of_the_stack() {
    let deep = "tables or lists stand too deep within each other";
    let many = BYTES_MAX / 2 - 10;
    check(format!("a = {}", "[".repeat(2 * many)).as_bytes(), &format!("x.toml:1:85: {deep}"));
    let both = format!("a = {}{}", "[".repeat(many), "]".repeat(many));
    check(both.as_bytes(), &format!("x.toml:1:85: {deep}"));
    let inline = format!("a = {}", "{a=".repeat(many / 2));
    check(inline.as_bytes(), &format!("x.toml:1:245: {deep}"));
    check(format!("a{} = 1", ".a".repeat(many)).as_bytes(), &format!("x.toml:1:1: {deep}"));
    check(format!("[a{}]", ".a".repeat(many)).as_bytes(), &format!("x.toml:1:1: {deep}"));
    check(format!("[[a{}]]", ".a".repeat(many)).as_bytes(), &format!("x.toml:1:1: {deep}"));
}

#[test]
fn a_million_faults_are_told_as_a_hundred() {
    let last = "there are more faults: only the first 100 are told";
    let junk = "=".repeat(BYTES_MAX);
    let lines = "=\n".repeat(BYTES_MAX / 2);
    let mut unknown = String::new();
    for number in 0..80_000 {
        writeln!(unknown, "k{number} = 1").unwrap();
    }
    let clauses = "[[clause]]\n".repeat(BYTES_MAX / 11);
    let words = format!("parties = [{}]", "\"NO\",".repeat(BYTES_MAX / 5 - 10));
    let quotes = "\"\"\"".repeat(BYTES_MAX / 3);
    let short = "=\n".repeat(30_000);
    for text in [junk, short, lines, unknown, clauses, words, quotes] {
        let errors = refused(text.as_bytes());
        if errors.len() > 100 {
            assert_eq!(errors.last().unwrap().fault.to_string(), last);
        }
    }
    // One text as long as the file is shown by its beginning.
    let long = format!("id = \"{}\"", "X".repeat(BYTES_MAX - 10));
    assert!(refused(long.as_bytes()).iter().all(|error| error.to_string().len() < 1000));
}

#[test]
fn a_forged_file_is_told_from_the_one_whose_digest_is_known() {
    let (file, forged) = (b"id = \"x\"", b"id = \"y\"");
    assert_eq!(expect_digest("x.toml", file, Digest::of(file)), Ok(()));
    let error = expect_digest("x.toml", forged, Digest::of(file)).unwrap_err();
    let (expected, found) = (Digest::of(file), Digest::of(forged));
    let sentence = format!("x.toml:1:1: the digest differs: expected {expected}, found {found}");
    assert_eq!(error.to_string(), sentence);
}
