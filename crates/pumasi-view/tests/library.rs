//! A planning problem of a whole prefecture out of the catalog and agreements of this repository.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pumasi_act::testing::World;
use pumasi_agreement::{Agreement, Agreements};
use pumasi_base::{Catalog, PartyId, PlaceLevel, Status, Time};
use pumasi_hazard::Factors;
use pumasi_view::agreements::{Standings, agreements as all_lines};
use pumasi_view::chosen::{BODY_BYTES_MAX, plan_of};
use pumasi_view::problem::{Posed, ProblemInputs, Size, problem};
use pumasi_view::{Held, Lexicon};
use serde_json::{Value, json};

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn catalog() -> Catalog {
    let mut files = [files("catalog", "toml"), files("catalog/places", "csv")].concat();
    files.sort();
    let texts: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Catalog::read(&texts).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn agreements() -> Vec<Agreement> {
    let read = |(name, text): &(String, String)| pumasi_agreement::read(name, text).unwrap();
    files("agreements", "toml").iter().map(read).collect()
}

/// A tenth of the people of every municipality of Ishikawa is out of its home.
fn needs(catalog: &Catalog, alert: &str) -> Value {
    let factors = Factors::standard();
    let ishikawa = catalog.places.values().filter(|place| {
        place.level == PlaceLevel::Municipality
            && place.province.as_ref().is_some_and(|p| p.as_str() == "jp-17")
    });
    let places: serde_json::Map<String, Value> = ishikawa
        .map(|place| {
            let out = place.people / 10;
            let needs: serde_json::Map<String, Value> = factors
                .needs
                .iter()
                .map(|factor| {
                    let of = |micro: i64| out * micro / 1_000_000;
                    let amount = [
                        of(factor.amount.low_micro),
                        of(factor.amount.central_micro),
                        of(factor.amount.high_micro),
                    ];
                    let need = json!({"per_day": !factor.lasting, "amount": amount});
                    (factor.commodity.to_string(), need)
                })
                .collect();
            let report = json!({
                "intensity": "6+", "intensity_tenths": 60, "observed": true,
                "displaced": [out, out, out], "needs": needs});
            (place.id.to_string(), report)
        })
        .collect();
    json!({"alert": alert, "province": "jp-17", "factors": "1", "sources": {}, "places": places})
}

const PARTIES: [&str; 8] =
    ["jp-17", "jp-cao", "jp-16", "jp-31", "kr-mois", "kr-42", "kr-45", "cn-js"];

fn posed(requested: bool, unreachable: bool) -> (Catalog, Posed) {
    let catalog = catalog();
    let origin: Time = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&PARTIES, agreements(), Status::Exercise, origin);
    let alert = json!({
        "source": "jma", "event": "noto", "version": "1", "sent": "2024-01-01T07:24:00Z",
        "origin": origin, "epicentre": {"lat_micro": 37_500_000, "lon_micro": 137_200_000},
        "magnitude": "7.6 Mj", "depth_km": 16, "headline": "震度７", "headline_lang": "ja",
        "strongest": {"jp-17": "7"}, "document": pumasi_base::Digest::of(b"")});
    let alert = world.act("jp-cao", "relay_alert", None, alert).to_string();
    world.act("jp-cao", "report_needs", None, needs(&catalog, &alert));
    let ishikawa: PartyId = "jp-17".parse().unwrap();
    let able: BTreeSet<PartyId> =
        PARTIES.iter().skip(1).map(|party| party.parse().unwrap()).collect();
    let unreachable = if unreachable { [ishikawa].into() } else { BTreeSet::new() };
    let (folded, planner) = (world.folded(), "jp-cao".parse().unwrap());
    let posed = problem(&ProblemInputs {
        catalog: &catalog,
        factors: &Factors::standard(),
        agreements: &Agreements::compile(&agreements()).unwrap(),
        held: &[Held { folded: &folded, acts: &world.acts }],
        planner: &planner,
        case: "test",
        start: "2024-01-01T09:10:00Z".parse().unwrap(),
        horizon_hours: 168,
        period_hours: 6,
        able: &able,
        unreachable: &unreachable,
        requested,
        purpose: &"disaster_relief".parse().unwrap(),
        size: Size::Low,
    });
    (catalog, posed.unwrap())
}

/// The givers across a border, and all givers, of the plan.
fn check(requested: bool, unreachable: bool) -> (BTreeSet<String>, BTreeSet<String>) {
    let (catalog, posed) = posed(requested, unreachable);
    assert_eq!(posed.findings, [], "every municipality of Ishikawa has a hub");
    let plan = pumasi_flow::solve(&posed.problem);
    assert_eq!(pumasi_flow::check(&posed.problem, &plan).map(|_| ()), Ok(()));
    let bindings = pumasi_flow::explain(&posed.problem, &plan);
    let chosen =
        plan_of(&catalog, &"disaster_relief".parse().unwrap(), &posed.problem, &plan, &bindings);
    assert_eq!(chosen.left_out, 0);
    assert!(serde_json::to_vec(&chosen.body).unwrap().len() <= BODY_BYTES_MAX);
    let is_abroad = |giver: &PartyId| !giver.as_str().starts_with("jp-");
    let mut by_link = chosen.body.moves.iter().filter(|m| is_abroad(&m.giver));
    assert!(by_link.all(|m| !m.links.is_empty()), "goods from abroad show their way");
    let all: BTreeSet<String> = chosen.body.moves.iter().map(|m| m.giver.to_string()).collect();
    let foreign = all.iter().filter(|giver| !giver.starts_with("jp-")).cloned().collect();
    (foreign, all)
}

#[test]
fn the_library_permits_pushes_at_home_and_requests_across_borders() {
    let (foreign, all) = check(false, true);
    assert!(all.contains("jp-cao"), "the national stock is pushed unasked: {all:?}");
    assert!(!foreign.contains("cn-js"), "nothing lets Jiangsu push: {foreign:?}");
    let (foreign, _) = check(true, false);
    assert!(foreign.contains("kr-45"), "Jeonbuk may send on request: {foreign:?}");
}

#[test]
fn every_agreement_of_the_library_shows() {
    let lexicon = Lexicon::new(&catalog(), agreements());
    let (none, now): (_, Time) = (Standings::new(), "2024-01-02T00:00:00Z".parse().unwrap());
    let list = all_lines(&lexicon, &none, now).into_inner().agreements;
    assert_eq!(list.len(), agreements().len());
    // A party without a name would show by its id.
    let nameless = list.iter().flat_map(|a| &a.parties).find(|party| party.names.en == party.id);
    assert_eq!(nameless, None);
}
