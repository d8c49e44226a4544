//! Tables of agreements and the remarks expected on them.

use pumasi_base::catalog::Handling;
use pumasi_base::{Captions, Unit};

use super::*;
use crate::testing::read_clauses;

/// A permit of food and fuel, a gift, a clause on passing on and a term with notice: no remark.
const SOUND: &str = r#"
    p permit; actions = ["order"]; categories = ["food", "fuel"]; purposes = ["disaster_relief"]
    s settlement; mode = "gift"
    o third_party; transfer = "forbidden"
    t term; from = 2024-01-01; notice = "P30D""#;

fn commodity(id: &str, unit: Unit, mass_g: i64, category: &str, per_pallet: i64) -> Commodity {
    let word = "x".to_owned();
    Commodity {
        id: id.parse().unwrap(),
        unit,
        mass_g,
        volume_cm3: 1,
        handling: Handling::Ambient,
        perishing: false,
        category: category.parse().unwrap(),
        weight: 1,
        per_pallet,
        loss_ppm_per_day: 0,
        loss_source: None,
        names: Captions { ko: word.clone(), ja: word.clone(), zh: word.clone(), en: word },
        source: "x".parse().unwrap(),
    }
}

/// The remarks on an agreement, one a line: severity, code, clauses, values.
fn shown(clauses: &str) -> Vec<String> {
    let commodities = [
        commodity("rice", Unit::Kilogram, 1000, "food", 800),
        commodity("meal", Unit::Each, 500, "food", 900),
        commodity("diesel", Unit::Litre, 850, "fuel", 1000),
    ];
    let commodities = commodities.into_iter().map(|c| (c.id.clone(), c)).collect();
    let agreement = read_clauses(clauses).unwrap_or_else(|errors| panic!("{errors:#?}"));
    examine(&agreement, &commodities)
        .iter()
        .filter(|remark| !matches!(remark.issue, Issue::AuthenticMissing { lang: Lang::Ko }))
        .map(|remark| {
            let clauses: Vec<&str> = remark.clauses.iter().map(ClauseId::as_str).collect();
            let values = remark.issue.parameters().into_iter().map(|(_, list)| {
                list.iter().map(|p| p.caption(Lang::En)).collect::<Vec<_>>().join("+")
            });
            let words = [remark.severity().code(), remark.code()].into_iter().map(str::to_owned);
            let clauses = (!clauses.is_empty()).then(|| clauses.join("+"));
            words.chain(clauses).chain(values).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// Adds clauses to the sound agreement.
#[track_caller]
fn check(clauses: &str, expected: &[&str]) {
    assert_eq!(shown(&format!("{SOUND}\n{clauses}")), expected, "{clauses}");
}

/// An agreement of these clauses alone.
#[track_caller]
fn check_alone(clauses: &str, expected: &[&str]) {
    assert_eq!(shown(clauses), expected, "{clauses}");
}

#[test]
fn a_permit_that_forbids_take_back_never_applies() {
    check("", &[]);
    let fuel = r#"q permit; actions = ["order"]; categories = ["fuel"]; purposes = ["evacuation"]"#;
    check(
        &format!("{fuel}\nf forbid; purposes = [\"evacuation\"]"),
        &["fault permit_never_applies q+f"],
    );
    // Two forbids that together leave nothing, though neither does alone.
    check(
        &format!(
            r#"{fuel}
            f forbid; purposes = ["evacuation"]; modes = ["sea", "air"]
            g forbid; categories = ["fuel"]; purposes = ["evacuation"]; modes = ["road", "rail", "grid"]
            h forbid; categories = ["weapons"]"#
        ),
        &["fault permit_never_applies q+f+g"],
    );
    check(
        &format!(
            r#"{fuel}
            f forbid; purposes = ["evacuation"]; modes = ["sea", "air", "road"]"#
        ),
        &[],
    );
    check(
        &format!(
            "{fuel}\nf forbid; purposes = [\"evacuation\"]; givers = [\"jp-17\", \"jp-17204\", \"kr-42\"]"
        ),
        &[],
    );
    check(r#"f forbid; categories = ["fuel"]"#, &["hint permit_in_part p+f fuel"]);
}

#[test]
fn a_clause_that_reaches_nothing_is_a_fault() {
    check(
        r#"c ceiling; quantity = "5000 KGM"; per = "year"; givers = ["jp-17"]; receivers = ["jp-17204"]"#,
        &["fault scope_names_nobody c"],
    );
    check(
        r#"c ceiling; quantity = "5000 KGM"; per = "year"; categories = ["shelter"]"#,
        &["fault ceiling_counts_nothing c"],
    );
    check(
        r#"u settlement; mode = "loan"; categories = ["shelter"]"#,
        &["fault settlement_settles_nothing u"],
    );
    check(
        r#"u settlement; mode = "reimbursement"; categories = ["food"]
        v settlement; mode = "loan"; categories = ["fuel"]"#,
        &["fault settlement_always_gives_way s+u+v"],
    );
    check(r#"u settlement; mode = "reimbursement"; categories = ["food"]"#, &[]);
    check(
        r#"q third_party; transfer = "prior_consent"; purposes = ["evacuation"]"#,
        &["fault third_party_reaches_nothing q"],
    );
}

#[test]
fn a_ceiling_is_weighed_against_a_unit_and_a_pallet() {
    let ceiling = |quantity: &str| format!("c ceiling; quantity = \"{quantity}\"; per = \"order\"");
    check(&ceiling("900 KGM"), &[]);
    check(&ceiling("800 KGM"), &["hint ceiling_below_pallet c 800 KGM diesel"]);
    check(
        &ceiling("0.84 KGM"),
        &[
            "fault ceiling_below_unit c 0.84 KGM diesel+rice",
            "hint ceiling_below_pallet c 0.84 KGM meal",
        ],
    );
    check(&ceiling("0 KGM"), &["fault ceiling_below_unit c 0 KGM "]);
    check(&ceiling("900 EA"), &[]);
    check(&ceiling("0.5 EA"), &["fault ceiling_below_unit c 0.5 EA meal"]);
    check(&ceiling("9 DAY"), &["fault ceiling_unit_counts_nothing c 9 DAY"]);
    check(
        "c ceiling; quantity = \"600 KGM\"; per = \"order\"; categories = [\"food\"]; commodities = [\"meal\"]",
        &[],
    );
}

#[test]
fn what_is_left_open_is_a_gap() {
    let permit =
        r#"p permit; actions = ["order"]; categories = ["food"]; purposes = ["disaster_relief"]"#;
    check_alone(
        &format!("{permit}\nt term; from = 2024-01-01"),
        &["gap settlement_missing", "gap third_party_missing", "gap exit_missing t"],
    );
    check_alone(
        &format!(
            "{permit}\no third_party; transfer = \"forbidden\"
             s settlement; mode = \"gift\"; givers = [\"kr-42\"]
             t term; from = 2024-01-01; until = 2024-02-01"
        ),
        &["gap supply_unsettled food", "hint notice_missing t"],
    );
    check_alone(
        &format!(
            "{}\no third_party; transfer = \"forbidden\"\nt term; from = 2024-01-01; notice = \"P9D\"",
            permit.replace("food", "information")
        ),
        &[],
    );
    let share = permit.replace("order", "share");
    check_alone(
        &format!("{share}\nt term; from = 2024-01-01; until = 2025-01-01; renews = \"P1Y\""),
        &["gap third_party_missing", "gap exit_missing t"],
    );
    let secret = share.replace("food", "classified_information");
    let kept =
        "o third_party; transfer = \"forbidden\"\nt term; from = 2024-01-01; notice = \"P9D\"";
    check_alone(&format!("{secret}\n{kept}"), &["gap survival_missing"]);
    check_alone(&format!("{secret}\n{kept}\nu survival; clauses = [\"o\"]"), &[]);
    let agreement = read_clauses(SOUND).unwrap();
    let remarks = examine(&agreement, &BTreeMap::new());
    let [remark] = remarks.as_slice() else { panic!("{remarks:?}") };
    assert_eq!(
        (remark.caption(Lang::En).as_str(), remark.clauses.len()),
        ("Clauses lack their authentic text in a party's language: Korean.", 4)
    );
}

#[test]
fn a_standing_consent_has_a_trigger_a_time_and_a_limit() {
    let consent = |rest: &str| {
        format!(
            "c standing_consent; categories = [\"food\"]; purposes = [\"disaster_relief\"]{rest}"
        )
    };
    check(&consent(""), &["hint consent_unconditional c", "hint consent_unlimited c"]);
    check(
        &consent(r#"; max = "900 KGM"; trigger = { intensity = "0" }"#),
        &["hint trigger_always_met c"],
    );
    check(
        &consent(r#"; max = "0.4 KGM"; trigger = { contact_lost = true }"#),
        &["fault ceiling_below_unit c 0.4 KGM meal+rice"],
    );
    check(
        &format!("{}\nf forbid; actions = [\"push\"]", consent("")),
        &["fault permit_never_applies c+f"],
    );
    let brief = SOUND.replace("2024-01-01;", "2024-01-01; until = 2024-01-03;");
    let late = r#"q permit; actions = ["order"]; categories = ["food"]; purposes = ["evacuation"]; delay_hours = 48"#;
    let consent = consent(r#"; max = "900 KGM"; valid_hours = 49"#);
    check_alone(
        &format!("{brief}\n{late}\n{consent}"),
        &["fault delay_outlives_term q 48", "hint consent_outlives_term c 49"],
    );
}

/// One issue of every kind; the compiler asks for more when a kind is added.
fn every_issue() -> Vec<Issue> {
    let limit: Quantity = "1 KGM".parse().unwrap();
    let commodities: BTreeSet<CommodityId> = ["rice".parse().unwrap()].into();
    let categories: BTreeSet<CategoryId> = ["fuel".parse().unwrap()].into();
    vec![
        Issue::PermitNeverApplies,
        Issue::ScopeNamesNobody,
        Issue::CeilingCountsNothing,
        Issue::CeilingUnitCountsNothing { limit },
        Issue::CeilingBelowUnit { limit, commodities: commodities.clone() },
        Issue::SettlementSettlesNothing,
        Issue::SettlementAlwaysGivesWay,
        Issue::ThirdPartyReachesNothing,
        Issue::DelayOutlivesTerm { hours: 1 },
        Issue::ConsentOutlivesTerm { hours: 1 },
        Issue::SettlementMissing,
        Issue::SupplyUnsettled { categories: categories.clone() },
        Issue::ThirdPartyMissing,
        Issue::ExitMissing,
        Issue::SurvivalMissing,
        Issue::AuthenticMissing { lang: Lang::Zh },
        Issue::PermitInPart { categories },
        Issue::CeilingBelowPallet { limit, commodities },
        Issue::TriggerAlwaysMet,
        Issue::ConsentUnconditional,
        Issue::ConsentUnlimited,
        Issue::NoticeMissing,
    ]
}

#[test]
fn every_issue_has_its_sentence_and_every_sentence_its_issue() {
    let mut codes: Vec<&str> = every_issue().iter().map(Issue::code).collect();
    codes.sort_unstable();
    let other = |key: &str| ["severity_", "language_", "list_"].iter().any(|p| key.starts_with(p));
    let known: Vec<&str> = WORDS.keys().map(String::as_str).filter(|key| !other(key)).collect();
    assert_eq!(codes, known);
    for issue in every_issue() {
        assert!(issue.severity().caption().is_some());
        for lang in Lang::ALL {
            for (placeholder, _) in issue.parameters() {
                let sentence = WORDS[issue.code()].in_lang(lang);
                assert!(sentence.contains(&format!("{{{placeholder}}}")), "{sentence}");
            }
            let sentence = Remark { issue: issue.clone(), clauses: Vec::new() }.caption(lang);
            assert!(!sentence.contains(['{', '}', '_']), "{sentence}");
        }
    }
    assert!(WORDS.values().all(|captions| captions.missing().is_empty()));
}
