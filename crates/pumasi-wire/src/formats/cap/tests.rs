use expect_test::{Expect, expect, expect_file};
use proptest::prelude::*;
use pumasi_base::{Lang, Status};
use pumasi_hazard::{Hazard, Message, MessageType, Shape, read_any};
use pumasi_view::page::{EstimateMove, SituationPage};

use super::FORMAT;
use super::xml::writable;
use crate::formats::WriteError;
use crate::formats::sample::{page, storm, written};

/// What a reader of alerts makes of an alert that was written; it finds nothing odd.
#[track_caller]
fn read_back(page: &SituationPage) -> (String, Message) {
    let text = written(&FORMAT, page, Lang::En).unwrap();
    let read = read_any(text.as_bytes()).unwrap();
    assert_eq!(read.findings, [], "{text}");
    assert_eq!((read.format.as_str(), read.messages.len()), ("cap", 1));
    (text, read.messages.into_iter().next().unwrap())
}

fn withdrawn(mut page: SituationPage) -> SituationPage {
    page.event.as_mut().unwrap().kind = "cancel".to_owned();
    page.places.clear();
    page
}

#[test]
fn the_alert_is_as_it_was() {
    let text = written(&FORMAT, &page(), Lang::Ja).unwrap();
    expect_file!["../../../tests/golden/situation/cap.xml"].assert_eq(&text);
    let english = written(&FORMAT, &page(), Lang::En).unwrap();
    assert_eq!(text, english, "one alert is for all languages");
}

/// Kind, status, hazards, what of the figures, and how many earlier alerts are named.
#[track_caller]
fn check(page: &SituationPage, expected: &Expect) {
    let (_, message) = read_back(page);
    let hazards: Vec<&str> = message.hazards.iter().map(|hazard| hazard.name()).collect();
    let mut shown = format!(
        "{:?} {:?} {hazards:?} after {}",
        message.kind,
        message.status,
        message.refers_to.len()
    );
    if let Some(part) = message.parts.last() {
        let said =
            |name: &str| part.says.iter().find(|one| one.what == name).map(|one| &*one.value);
        for name in ["urgency", "severity", "certainty", "headline"] {
            shown += &format!("\n{}", said(name).unwrap_or("nothing"));
        }
        shown += &format!("\nuntil {}", part.until.unwrap());
    }
    expected.assert_eq(&shown);
}

#[test]
fn an_alert_says_what_the_page_says() {
    check(
        &page(),
        &expect![[r#"
            Update Exercise ["tsunami"] after 2
            Immediate
            Extreme
            Observed
            [EXERCISE] Earthquake, Tsunami (7.6 Mj) – Ishikawa, Niigata: an estimated 12,426 (7,300–18,100) people out of their homes
            until 2024-01-02T07:40:00Z"#]],
    );
    check(
        &storm(),
        &expect![[r#"
        Update Actual ["tropical_cyclone"] after 2
        Immediate
        Extreme
        Likely
        Typhoon, Strong wind – Ishikawa, Niigata: an estimated 12,426 (7,300–18,100) people out of their homes
        until 2024-01-02T00:00:00Z"#]],
    );
    check(&withdrawn(page()), &expect!["Cancel Exercise [] after 2"]);
}

#[test]
fn the_first_alert_of_a_case_is_no_update() {
    let mut first = page();
    first.moves.truncate(1);
    first.event.as_mut().unwrap().messages.truncate(1);
    first.case.as_mut().unwrap().status = "test".to_owned();
    check(
        &first,
        &expect![[r#"
            Alert Test ["tsunami"] after 0
            Immediate
            Extreme
            Observed
            [TEST] Earthquake, Tsunami (7.6 Mj) – Ishikawa, Niigata: an estimated 12,426 (7,300–18,100) people out of their homes
            until 2024-01-02T07:12:30Z"#]],
    );
    // A warning about which nothing was estimated yet, for later and then for before.
    first.moves.clear();
    first.places.clear();
    first.event.as_mut().unwrap().origin = "2024-01-01T20:00:00Z".to_owned();
    check(
        &first,
        &expect![[r#"
            Alert Test ["tsunami"] after 0
            Expected
            Unknown
            Likely
            [TEST] Earthquake, Tsunami (7.6 Mj): no estimate yet
            until 2024-01-02T07:12:00Z"#]],
    );
    first.event.as_mut().unwrap().until = Some("2024-01-01T07:00:00Z".to_owned());
    check(
        &first,
        &expect![[r#"
            Alert Test ["tsunami"] after 0
            Past
            Unknown
            Likely
            [TEST] Earthquake, Tsunami (7.6 Mj): no estimate yet
            until 2024-01-02T07:12:00Z"#]],
    );
}

#[test]
fn damage_is_told_without_any_message() {
    let mut counted = page();
    counted.event = None;
    counted.people.deaths = None;
    counted.people.evacuated.central = 0;
    counted.people.displaced.central = 0;
    for place in &mut counted.places {
        place.observed = false;
        place.method = Some("counted".to_owned());
    }
    check(
        &counted,
        &expect![[r#"
        Update Exercise ["other"] after 1
        Immediate
        Minor
        Observed
        [EXERCISE] Disaster – Ishikawa, Niigata: an estimated 0 (7,300–18,100) people out of their homes
        until 2024-01-02T07:15:20Z"#]],
    );
}

#[test]
fn nothing_is_announced_or_withdrawn_before_anything_was_told() {
    let mut empty = page();
    empty.moves.clear();
    empty.event = None;
    let nothing = written(&FORMAT, &empty, Lang::En);
    assert!(matches!(nothing, Err(WriteError::NothingToTell)));
    let mut lone = withdrawn(page());
    lone.moves.clear();
    lone.event.as_mut().unwrap().messages.truncate(1);
    let nothing = written(&FORMAT, &lone, Lang::En);
    assert!(matches!(nothing, Err(WriteError::NothingToTell)));
    empty.case = None;
    assert!(matches!(written(&FORMAT, &empty, Lang::En), Err(WriteError::NoCase)));
}

#[test]
fn an_alert_names_those_before_it_as_they_named_themselves() {
    let now = page();
    let (_, newest) = read_back(&now);
    let mut before = page();
    // The message of another service made no estimate and is an alert of its own.
    before.event.as_mut().unwrap().messages.pop();
    let (_, earlier) = read_back(&before);
    before.moves.pop();
    before.event.as_mut().unwrap().messages.pop();
    let (_, first) = read_back(&before);
    assert_eq!((first.kind, earlier.kind), (MessageType::Alert, MessageType::Update));
    let named = |message: &Message| {
        let names = message.refers_to.iter().map(|one| (one.id.clone(), one.sent.unwrap()));
        names.collect::<Vec<_>>()
    };
    let whole = |message: &Message| (message.id.clone(), message.sent);
    assert_eq!(named(&first), []);
    assert_eq!(named(&earlier), [whole(&first)]);
    assert_eq!(named(&newest), [whole(&first), whole(&earlier)]);
    assert!(newest.refers_to.iter().all(|one| one.sender == newest.source));
    // Another status or case makes other names.
    let (_, actual) = read_back(&storm());
    assert_ne!(actual.id, newest.id);
    assert_eq!(actual.event, "noto-2024");
}

#[test]
fn readers_stop_at_a_thousand_references() {
    let mut long = page();
    let one = long.moves[0].clone();
    let at = |second: i32| {
        format!("2024-01-0{}T01:{:02}:{:02}Z", 1 + second / 3600, second / 60 % 60, second % 60)
    };
    long.moves = (0..1_200).map(|second| EstimateMove { at: at(second), ..one.clone() }).collect();
    let (_, message) = read_back(&long);
    assert_eq!(message.refers_to.len(), 1_000);
}

#[test]
fn each_language_has_a_section_with_the_same_areas() {
    let (text, message) = read_back(&page());
    let langs: Vec<&str> = message.parts.iter().filter_map(|part| part.lang.as_deref()).collect();
    assert_eq!(langs, ["ko-KR", "ja-JP", "zh-Hans", "en-US"]);
    for part in &message.parts {
        let codes = part.areas.iter().flat_map(|area| &area.codes).map(|code| &*code.code);
        assert_eq!(codes.collect::<Vec<_>>(), ["JP-17", "JP-15"]);
        let shapes: Vec<&Shape> = part.areas.iter().flat_map(|area| &area.shapes).collect();
        assert!(matches!(shapes[..], [Shape::Polygon(_), Shape::Circle { radius_m: 60_500, .. }]));
        let figure = part.says.iter().find(|one| one.what == "parameter:pumasi:displaced.low");
        assert_eq!(figure.unwrap().value, "3600");
    }
    assert_eq!(message.status, Status::Exercise);
    assert_eq!(message.hazards.first(), Some(&Hazard::Tsunami));
    assert!(!text.contains("<instruction>") && !text.contains("<web>"));
}

/// Elements of `alert`, `info` and `area` in the order of the schema.
const SEQUENCES: [(&str, &[&str]); 3] = [
    (
        "alert",
        &[
            "identifier",
            "sender",
            "sent",
            "status",
            "msgType",
            "source",
            "scope",
            "restriction",
            "addresses",
            "code",
            "note",
            "references",
            "incidents",
            "info",
        ],
    ),
    (
        "info",
        &[
            "language",
            "category",
            "event",
            "responseType",
            "urgency",
            "severity",
            "certainty",
            "audience",
            "eventCode",
            "effective",
            "onset",
            "expires",
            "senderName",
            "headline",
            "description",
            "instruction",
            "web",
            "contact",
            "parameter",
            "resource",
            "area",
        ],
    ),
    ("area", &["areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"]),
];

/// The elements that the schema asks for.
const NEEDED: [(&str, &[&str]); 3] = [
    ("alert", &["identifier", "sender", "sent", "status", "msgType", "scope"]),
    ("info", &["category", "event", "urgency", "severity", "certainty"]),
    ("area", &["areaDesc"]),
];

#[track_caller]
fn in_order(text: &str) {
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if let Some((_, children)) = open.last_mut() {
                    children.push(name.clone());
                }
                open.push((name, Vec::new()));
            }
            Event::End(_) => {
                let (name, children) = open.pop().unwrap();
                let Some((_, sequence)) = SEQUENCES.iter().find(|(of, _)| *of == name) else {
                    continue;
                };
                let ranks: Vec<usize> = children
                    .iter()
                    .map(|child| sequence.iter().position(|one| one == child).unwrap())
                    .collect();
                assert!(ranks.is_sorted(), "{name}: {children:?}");
                let (_, needed) = NEEDED.iter().find(|(of, _)| *of == name).unwrap();
                for one in *needed {
                    assert!(children.iter().any(|child| child == one), "{name} lacks {one}");
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    for page in [page(), storm(), withdrawn(page())] {
        in_order(&written(&FORMAT, &page, Lang::En).unwrap());
    }
}

proptest! {
    #[test]
    fn any_text_survives_and_reads_back(text in "\\PC{0,40}|.{0,40}|[\\x00-\\x20<>&'\"\\]]{0,12}") {
        let mut page = page();
        let event = page.event.as_mut().unwrap();
        event.headline.clone_from(&text);
        event.message.clone_from(&text);
        page.case.as_mut().unwrap().id.clone_from(&text);
        page.case.as_mut().unwrap().title.en.clone_from(&text);
        page.places[0].names.en.clone_from(&text);
        page.people.factors = Some(text.clone());
        let (written, message) = read_back(&page);
        in_order(&written);
        let part = message.parts.last().unwrap();
        let said = |name: &str| part.says.iter().find(|one| one.what == name).map(|one| one.value.clone());
        let kept = writable(&text);
        let quoted = format!("“{kept}”");
        let factors = said("parameter:pumasi:factors").unwrap_or_default();
        prop_assert_eq!(factors.trim(), kept.trim());
        prop_assert!(text.is_empty() || said("description").unwrap().contains(&quoted));
        prop_assert!(part.areas[0].label.contains(kept.trim()));
    }
}
