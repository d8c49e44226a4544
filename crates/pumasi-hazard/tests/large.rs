//! Messages as large as a stranger can send: they are refused or read, and no more memory is taken
//! than a server can spare.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Instant;

use allocation_counter::measure;
use pumasi_hazard::read_any;

/// The most memory one message may take at once, for one of sixteen megabytes.
const PEAK_BYTES_MAX: u64 = 384 << 20;
/// As large as a message may be.
const LARGEST: usize = 16 << 20;

/// Fills a message of a format up to sixteen megabytes with a piece that repeats, reads it, and says how
/// much memory that took and what came of it.
#[track_caller]
fn check(name: &str, start: &str, piece: &str, end: &str, expected: &str) {
    let elements = piece.matches("</").count() + piece.matches("/>").count();
    let count = (LARGEST - start.len() - end.len()) / piece.len();
    // As many elements as are read, unless that limit is what is tried.
    let most = if expected.contains("elements") { count } else { 249_000 / elements.max(1) };
    let count = if elements == 0 { count } else { count.min(most) };
    let text = format!("{start}{}{end}", piece.repeat(count));
    let (mut came, start_of) = (String::new(), Instant::now());
    let taken = measure(|| {
        came = match read_any(text.as_bytes()) {
            Ok(read) => {
                format!("{} messages, {} findings", read.messages.len(), read.findings.len())
            }
            Err(error) => error.to_string(),
        }
    });
    println!("{name}: {} MiB, {:.1} s", taken.bytes_max >> 20, start_of.elapsed().as_secs_f32());
    assert!(taken.bytes_max <= PEAK_BYTES_MAX, "{name}: {} bytes at once", taken.bytes_max);
    assert!(came.contains(expected), "{name}: {came}");
}

const TELEGRAM: &str = "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control><Title>震度速報\
                        </Title><Status>試験</Status></Control><Head><ReportDateTime>\
                        2031-01-01T00:00:00Z</ReportDateTime></Head><Body>";
const ALERT: &str = "<alert><identifier>a</identifier><sender>b</sender><sent>2031-01-01T00:00:00Z\
                     </sent><status>Test</status><msgType>Update</msgType>";

#[test]
fn a_message_of_a_gigabyte_is_refused_by_its_size() {
    let bytes = vec![b' '; 1 << 30];
    let taken = measure(|| {
        let error = read_any(&bytes).unwrap_err().to_string();
        assert_eq!(error, "the message has 1073741824 bytes, 16777216 are read at most");
    });
    assert!(taken.bytes_max < 1 << 20);
}

#[test]
fn many_elements() {
    let end = "</Observation></Intensity></Body></Report>";
    let start = format!("{TELEGRAM}<Intensity><Observation>");
    check("elements", &start, "<a/>", end, "more than 250000 elements");
    check(
        "areas",
        &start,
        "<Pref><Name>a</Name><Code>1</Code><Area><Name>b</Name></Area></Pref>",
        end,
        "elements",
    );
    let area = format!(
        "<Pref><Name>{0}</Name><Code>{0}</Code><MaxInt>{0}</MaxInt></Pref>",
        "x".repeat(90)
    );
    check("areas with words", &start, &area, end, "1 messages, 1001 findings");
}

#[test]
fn names_that_are_repeated() {
    let long = "長".repeat(1_000_000);
    let end = "</Observation></Intensity></Body></Report>";
    let define = format!(
        "{TELEGRAM}<Intensity><Observation><CodeDefine><Type xpath=\"Pref/Code\">{long}</Type>\
         </CodeDefine>"
    );
    check(
        "code tables",
        &define,
        "<Pref><Name>a</Name><Code>1</Code><b>some words</b></Pref>",
        end,
        "1 messages",
    );
    let city = format!(
        "{TELEGRAM}<Intensity><Observation><Pref><Area><City><Name>{long}</Name><Code>1</Code>"
    );
    let end = "</City></Area></Pref></Observation></Intensity></Body></Report>";
    check(
        "stations",
        &city,
        "<IntensityStation><Name>some name of a station</Name><Int>?</Int></IntensityStation>",
        end,
        "1 messages",
    );
    let nested = format!("{TELEGRAM}<Warning><Item><{long}><b><c>");
    let end = format!("</c></b></{long}></Item></Warning></Body></Report>");
    check("paths", &nested, "<d>some words that are said here</d>", &end, "1 messages");
}

#[test]
fn long_lists_of_an_alert() {
    let end = "</references><info/></alert>";
    check("references", &format!("{ALERT}<references>"), "a,b ", end, "1 messages, 1001 findings");
    let start = format!("{ALERT}<info><area><polygon>");
    check("polygon", &start, "1,1 ", "</polygon></area></info></alert>", "1 messages");
    let start = format!("{ALERT}<info>");
    check(
        "areas",
        &start,
        "<area><areaDesc>x</areaDesc><polygon>1,1</polygon><circle>1</circle></area>",
        "</info></alert>",
        "1 messages, 1001 findings",
    );
    check(
        "text",
        &format!("{ALERT}<info><description>"),
        "&amp;",
        "</description></info></alert>",
        "1 messages",
    );
}

#[test]
fn attributes_and_levels() {
    check("attributes", "<alert ", "a='' ", "/>", "more than 64 attributes of an element");
    check("levels", "<feed>", "<a>", "</feed>", "more than 64 levels");
    check("JSON levels", "{\"a\":\"Feature usgs.gov\",\"b\":", "[", "}", "more than 128 levels");
}

#[test]
fn values_of_json() {
    let start = "{\"type\":\"FeatureCollection\",\"usgs.gov\":1,\"features\":[";
    check("numbers", start, "0,", "0]}", "more than 750000 values");
    let event = "{\"id\":\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\",\"properties\":{\"time\":0,\"mag\":\"?\"}},";
    check("events", start, event, "{}]}", "1001 findings");
    let start = "{\"response\":{\"header\":{\"resultCode\":\"00\"},\"body\":{\"items\":{\"item\":[{\
                 \"tmEqk\":20310101000000,\"tmFc\":203101010000,\"inT\":\"";
    check("provinces", start, "Ⅴ(a,b)", "\"}]}}}}", "1 messages");
}
