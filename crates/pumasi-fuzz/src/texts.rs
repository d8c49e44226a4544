//! Readers of what people and other programs write: agreements, policies, alerts, settings, words.

#![expect(
    clippy::expect_used,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use pumasi_agreement::{Agreements, Question, decide, examine, read_bytes};
use pumasi_base::{AgreementId, Catalog, Money, PartyId, Period, Quantity, Time};
use pumasi_hazard::message::standing;
use pumasi_hazard::{Estimator, Factors, read_any};
use pumasi_node::service::files::NodeFile;
use pumasi_node::store::Place;
use pumasi_wire::formats::odrl as policies;

pub(crate) const QUESTIONS: &[&str] = &[
    "jp-17 orders 500 LTR water/drinking_water from kr-45 for disaster_relief on 2024-01-02",
    "kr-45 pushes 500 EA shelter/blanket weighing 750 KGM to jp-17 for disaster_relief on \
     2024-01-02T03:00:00Z intensity 6+ 12 hours unreachable actual at jp-17 held 20 KGM against \
     kr-jp/art-4 consent of jp-17 to push",
];
pub(crate) const WORDS: &[&str] = &[
    "500 LTR",
    "0.005 KGM",
    "9223372036854775.807 EA",
    "JPY 50000",
    "USD 12.50",
    "P1Y6M",
    "P90D",
    "2024-01-01T07:10:00Z",
    "2024-01-01T16:10:00.123456789+09:00",
    "kr-45",
    "ja",
    "kr-jp-2031",
];
pub(crate) const ORIGINS: &[&str] =
    &["pumasi/kr-45/28a9704c/1", "pumasi/jp-17/78f5d8d8/4294967295"];
pub(crate) const TILES: &[&str] =
    &["tile/0/000", "tile/entries/x001/x234/067.p/255", "tile/63/x999/x999/x999/x999/x999/999"];
pub(crate) const NODE_FILES: &[&str] = &[
    "party = \"kr-45\"\nlisten = \"127.0.0.1:7410\"\ndesk = \"127.0.0.1:7411\"\n",
    "party = \"kr-45\"\nstore = \"postgresql://pumasi:secret@10.0.0.1:5432,10.0.0.2/kr?sslmode=verify-full\"\n",
    "party = \"kr-45\"\nstore = \"postgresql:///kr?host=/run/postgresql&user=a%20b\"\n",
];
pub(crate) const PROPOSALS: &[&str] = &[
    r#"{"payloadType":"application/vnd.pumasi.identity.v1+json","payload":"eyJ2IjoxLCJwYXJ0eSI6ImtyIiwicHJldiI6bnVsbCwidGltZSI6IjIwMjQtMDEtMDFUMDA6MDA6MDBaIiwic2F5Ijp7ImtpbmQiOiJlbmRfbWFuZGF0ZSIsIm9mZmljZXIiOiJkdXR5In19","signatures":[{"keyid":"00","sig":"AAAA"}]}"#,
];

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// An agreement: read, examined, compiled, asked and written again.
pub fn agreement(bytes: &[u8]) {
    let agreement = match read_bytes("x.toml", bytes) {
        Err(faults) => return assert!(!faults.is_empty() && faults.len() <= 101),
        Ok(agreement) => agreement,
    };
    let again = pumasi_agreement::write(&agreement);
    assert!(pumasi_agreement::read("x.toml", &again).is_ok(), "what is written reads");
    let _ = examine(&agreement, &BTreeMap::new());
    if let Ok(tables) = Agreements::compile(std::slice::from_ref(&agreement)) {
        for line in QUESTIONS {
            let _ = decide(&tables, &line.parse().expect("a question of ours"));
        }
    }
}

/// An agreement to ask questions of.
fn library() -> &'static Agreements {
    static LIBRARY: OnceLock<Agreements> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let agreement = pumasi_act::testing::agreement();
        Agreements::compile(&[agreement]).expect("one agreement does not clash")
    })
}

/// A question in one line, and its decision.
pub fn question(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match text.parse::<Question>() {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(question) => {
            let decision = decide(library(), &question);
            assert!(decision.is_permitted() || !decision.reasons.is_empty(), "{text}");
        }
    }
}

/// A policy of the Open Digital Rights Language.
pub fn odrl(bytes: &[u8]) {
    let Ok((draft, findings)) = policies::read(bytes) else { return };
    let written = draft.to_text();
    if let Ok(agreement) = pumasi_agreement::read("x.toml", &written) {
        let (document, _) = policies::write(&agreement);
        assert!(policies::read(document.to_text().as_bytes()).is_ok());
    }
    for finding in findings {
        assert!(!finding.caption(pumasi_base::Lang::Ko).is_empty());
    }
}

/// Estimates for some places around the seas between Korea, Japan and China.
static ESTIMATOR: LazyLock<Estimator> = LazyLock::new(|| {
    let places = "id,level,province,ko,ja,zh,en,people,lat,lon,source\n\
                  jp-17,province,,a,a,a,a,1132526,36.5946,136.6256,s\n\
                  jp-17204,municipality,jp-17,a,a,a,a,24608,37.3906,136.8992,s\n\
                  kr-47,province,,a,a,a,a,2644757,36.5760,128.5056,s\n\
                  cn-sd,province,,a,a,a,a,101527453,36.6683,117.0204,s\n";
    let sources = "[[source]]\nid='s'\ntitle='t'\npublisher='p'\npublished='2020'\n";
    let catalog = Catalog::read(&[("sources.toml", sources), ("places/x.csv", places)]);
    Estimator::new(&catalog.expect("the catalog reads"), Factors::standard())
});

/// A message of a warning centre in any format, with all it says.
pub fn message(bytes: &[u8]) {
    let read = match read_any(bytes) {
        Err(error) => {
            return assert!(!error.to_string().is_empty() && !error.help().is_empty());
        }
        Ok(read) => read,
    };
    assert!(read.findings.len() <= 1_001, "findings are limited");
    assert!(standing(&read.messages).len() <= read.messages.len());
    for message in read.messages {
        assert!(!message.id.is_empty() && !message.event.is_empty());
        for part in &message.parts {
            for (index, area) in part.areas.iter().enumerate() {
                assert!(area.within.is_none_or(|within| within < index), "what holds comes first");
            }
        }
        if let Some(grid) = &message.grid {
            let points = grid.frame.columns * grid.frame.rows;
            assert!(grid.columns.iter().all(|column| column.milli.len() == points));
        }
        assert!(message.hazards.len() < 20 && !message.replaces(&message));
        let estimate = ESTIMATOR.estimate([&message], &[]);
        assert!(estimate.needs.iter().all(|need| need.per_day.low >= 0 && need.once.low >= 0));
    }
}

/// The settings file of a node, with the address of its store.
pub fn node_file(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(file) = toml::from_str::<NodeFile>(text) else { return };
    // A name of the environment would be looked up.
    let store = file.store.as_deref().filter(|store| !store.starts_with('$'));
    let _ = Place::read(store);
    let again = toml::to_string(&file).expect("settings are text");
    assert_eq!(toml::from_str::<NodeFile>(&again).ok(), Some(file));
}

/// Words of the base: quantities, sums, times, periods and ids, each on a line.
pub fn word(bytes: &[u8]) {
    fn stays<T: FromStr + Display + PartialEq + Debug>(line: &str) {
        if let Ok(value) = line.parse::<T>() {
            assert_eq!(value.to_string().parse::<T>().ok(), Some(value), "{line}");
        }
    }
    let Some(text) = text(bytes) else { return };
    for line in text.lines().take(16) {
        stays::<Quantity>(line);
        stays::<Money>(line);
        stays::<Time>(line);
        stays::<Period>(line);
        stays::<PartyId>(line);
        stays::<AgreementId>(line);
        let sums = (line.parse::<Quantity>(), line.parse::<Quantity>());
        if let (Ok(one), Ok(other)) = sums {
            let _ = one.plus(other).and_then(|sum| sum.minus_at_most(other));
        }
        if let (Ok(price), Ok(amount)) = (line.parse::<Money>(), "1.001 EA".parse::<Quantity>()) {
            let _ = price.times_milli(amount.as_milli());
        }
    }
}
