//! Instances as files have them, what they come to, and what is said of those that are wrong.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_flow::Problem;
use pumasi_flow::generate::region::{Draw, draw};
use pumasi_flow::generate::{Size, generate};
use pumasi_flow::model::judge::judge;
use pumasi_flow::optimum::{Effort, optimise};
use pumasi_flow::statement::{
    ByPeriod, StatedCeiling, StatedClosure, StatedCommodity, StatedLink, StatedNeed, StatedPermit,
    StatedSite, StatedStock,
};

use super::plan::PlanDocument;
use super::*;

macro_rules! golden {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/golden/instances/", $name))
    };
}

const STRAIT: &[u8] = golden!("strait.json");
const REFERENCE: &[u8] = golden!("reference.json");
const DIMACS: &[u8] = golden!("small.min");
const MNETGEN: &[u8] = golden!("two.mnetgen");
const CANAD: &[u8] = golden!("small.dow");

/// Reads a file, solves it, has the plan written, read and judged, and says what it comes to.
fn solved(bytes: &[u8]) -> (Instance, f64) {
    let instance = read(bytes).expect("a sample of ours");
    let optimum = optimise(&instance.model, &Effort::default());
    let plan = serde_json::to_vec(&PlanDocument::of(&optimum, &instance)).expect("a plan");
    let plan = PlanDocument::read(&plan).expect("a plan");
    let shipments = plan.shipments(&instance.names).expect("names of ours");
    let unavoidable = instance.model.parts().cost_weight * instance.fixed_cost;
    let judged = judge(&instance.model, &shipments, plan.objective - unavoidable);
    let judged = judged.unwrap_or_else(|breaches| panic!("{breaches:?}"));
    assert!(!instance.mandatory || judged.burden < 1e-6, "{}", judged.burden);
    (instance, plan.objective)
}

#[track_caller]
fn check(bytes: &[u8], format: Format, expected: &Expect) {
    let (instance, objective) = solved(bytes);
    assert_eq!(instance.format, format);
    let parts = instance.model.parts();
    let mut told = format!("objective {objective:.6}\n");
    for (lane, name) in parts.lanes.iter().zip(&instance.names.lanes) {
        let names = |list: &[Id], at: &[usize]| {
            at.iter().map(|at| list[*at].to_string()).collect::<Vec<_>>().join(" ")
        };
        told += &format!(
            "{name} from {}: {} -> {} over {}; {:?}\n",
            lane.earliest_period,
            names(&instance.names.stocks, &lane.stocks),
            names(&instance.names.needs, &lane.needs),
            names(&instance.names.arcs, &parts.networks[lane.network]),
            lane.ceilings,
        );
    }
    for (limit, name) in parts.limits.iter().zip(&instance.names.limits) {
        told += &format!("limit {name} {limit:?}\n");
    }
    for finding in &instance.findings {
        told += &format!("{finding}\n");
    }
    expected.assert_eq(&told);
}

#[test]
fn lanes_follow_from_permits() {
    check(
        STRAIT,
        Format::Pumasi,
        &expect![[r#"
        objective 1470.002733
        own/jp-saga/water from 0: saga/water -> saga/water over ferry ferry:back road; []
        kr-jp/water from 1: kr/water -> saga/water over ferry ferry:back road; [0]
        kr-jp/push/blanket from 0: kr/blanket -> saga/blanket over ferry ferry:back road; []
        limit hakata [20.0, 20.0, 20.0, 10.0]
        limit ferry [0.0, 15.0, 30.0, 30.0]
        limit ferry:back [0.0, 15.0, 30.0, 30.0]
    "#]],
    );
}

/// SPEC: the same file gives 23.5105 with HiGHS on the plain linear programme of the family.
#[test]
fn a_scenario_of_the_reference_family_comes_to_its_optimum() {
    check(
        REFERENCE,
        Format::Reference,
        &expect![[r#"
        objective 23.510500
        home-JP/water from 0: 2:Fukuoka/water -> Saga/water over 1:Fukuoka-Saga; []
        home-JP/blanket from 0: 1:Fukuoka/blanket -> Saga/blanket over 1:Fukuoka-Saga; []
        A0-KR-JP/water from 1: 0:Busan/water -> Saga/water over 0:Busan-Fukuoka 1:Fukuoka-Saga; [0]
        limit 0:Busan-Fukuoka [10.0, 10.0, 10.0]
        limit 1:Fukuoka-Saga [2.0, 8.0, 8.0]
    "#]],
    );
}

#[test]
fn published_flow_problems_come_to_their_optima() {
    // Four units over 2 at 3 each, two over 3 at 5 each.
    check(
        DIMACS,
        Format::Dimacs,
        &expect![[r#"
        objective 22.000000
        1 from 0: 1/1 3/1 -> 4/1 over 1:1-2 2:2-4 3:1-3 4:3-4 5:2-3; []
        limit 1:1-2 [4.0]
        limit 3:1-3 [4.0]
        limit 4:3-4 [5.0]
        limit 5:2-3 [2.0]
    "#]],
    );
    // Commodity 1 saves more by the shared arc: 4·2, then 2·2 and 3·4 for commodity 2.
    check(
        MNETGEN,
        Format::Mnetgen,
        &expect![[r#"
        objective 24.000000
        1 from 0: 1/1 -> 3/1 over 1/1 2/1 3/1; []
        2 from 0: 1/2 -> 3/2 over 1/2 2/2 3/2; []
        limit mut 1 [6.0]
        limit 1/2 [3.0]
    "#]],
    );
    // Six units over 2 at 2 each, three at 5 each.
    check(
        CANAD,
        Format::Canad,
        &expect![[r#"
            objective 27.000000
            1 from 0: 1/1 -> 3/1 over 1 2 3; []
            2 from 0: 1/2 -> 3/2 over 1 2 3; []
            limit 1 [6.0]
            limit 2 [10.0]
            limit 3 [10.0]
            fixed charges are left out (arcs with one: 1): read is the linear relaxation without design costs
        "#]],
    );
}

#[track_caller]
fn check_findings(bytes: &[u8], expected: &Expect) {
    let findings = read(bytes).expect_err("a file that is wrong");
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn every_fault_of_a_document_is_told_with_its_field() {
    check_findings(
        golden!("faults.json"),
        &expect![[r#"
            format: must be `pumasi-flow/1`
            horizon.start: the format has no such field
            cost_weight: must be 0 or more, but is -1
            commodities[0].mass_t: must be a number
            commodities[0].perishing: must be true or false
            commodities[0].kept_per_period: must be from 0.000001 to 1, but is 0
            links[0].duration_min: must be a whole number from 0 to 1000000
            links[1].mode: must be a text that is not empty
            links[1].capacity: the format has no such field
            links[2].retained: must be from 0.000001 to 1, but is 1.01
            links[3].closures[1].from_period: must be from 0 to 4096, but is -1
            links[3].closures[1].until_period: is missing
            links[3].capacity_t: must be 0 or more, but is -5
            stocks: must be a list
            needs[0].wanted: the field is given twice
            ceilings[0].most_t: must be from 0 to 1000000000000000, but is 10000000000000000
            permits[0].givers: the id `g` is given twice
            permits[0].receivers: must be a list
            permit: the format has no such field
            sites[1].id: the id `a` is given twice
            needs[0].commodity: `rice` is not in commodities
            sites[2].intake_t: must have a figure for each period, 2 in all, but the count is 3
            links[0].to: `c` is not in sites
            links[3].closures[0]: must begin (1) before it ends (1)
            links[3].closures[0].share: must be from 0 to 1, but is 1.5
            permits[0].ceilings[0]: `d` is not in ceilings
        "#]],
    );
}

#[test]
fn entries_must_fit_together() {
    let strait = std::str::from_utf8(STRAIT).unwrap();
    let changed = [
        (r#""from": "busan""#, r#""from": "pusan""#),
        (r#""commodity": "water", "units""#, r#""commodity": "wine", "units""#),
        ("[400, 400, 400, 250.25]", "[400]"),
        (r#""until_period": 2, "share": 0.5"#, r#""until_period": 1, "share": 2"#),
        (r#"["kr-jp/art-4"]"#, r#"["kr-jp/art-9"]"#),
        (r#""id": "road""#, r#""id": "ferry:back""#),
    ];
    let text = changed.iter().fold(strait.to_owned(), |text, (from, to)| text.replace(from, to));
    check_findings(
        text.as_bytes(),
        &expect![[r#"
            stocks[0].commodity: `wine` is not in commodities
            stocks[2].commodity: `wine` is not in commodities
            needs[0].wanted: must have a figure for each period, 4 in all, but the count is 1
            links[0].from: `pusan` is not in sites
            links[0].closures[1]: must begin (1) before it ends (1)
            links[0].closures[1].share: must be from 0 to 1, but is 2
            links: the id `ferry:back` is given twice
            permits[0].ceilings[0]: `kr-jp/art-9` is not in ceilings
        "#]],
    );
}

#[test]
fn text_that_breaks_off_is_told_by_line_and_column() {
    check_findings(
        &STRAIT[..700],
        &expect![[r#"
        line 11, column 154: no JSON: EOF while parsing a string
    "#]],
    );
    check_findings(
        b"{\"format\": \"pumasi-flow/1\", \"links\": [{\"id\": 1e999}]}",
        &expect![[r#"
        line 1, column 50: no JSON: number out of range
    "#]],
    );
    check_findings(
        b"[]",
        &expect![[r#"
        the file is in no known format
    "#]],
    );
    check_findings(
        b"{\"format\": \"pumasi-flow/1\", \"horizon\": 7, \"commodities\": null, \"sites\": [1, {\"id\": 2}]}",
        &expect![[r#"
            horizon: must be an object
            commodities: must be a list
            sites[0]: must be an object
            sites[1].id: must be a text that is not empty
        "#]],
    );
    check_findings(
        b"{\"base\": 5}",
        &expect![[r#"
        line 1, column 10: no JSON: invalid type: integer `5`, expected struct Base
    "#]],
    );
    check_findings(
        b"{}",
        &expect![[r#"
        format: is missing
        horizon: is missing
        commodities: is missing
        sites: is missing
    "#]],
    );
}

#[test]
fn lines_at_fault_are_told_by_their_number() {
    check_findings(
        b"p min 2 4\nn 1 3\nn 1 3\nn 2 -2\na 1 3 0 1 1\na 1 2 5 1 1\na 1 2 0 1 99999999999999999999\nx\nn 2\na 1 2 0 1.5 1\n",
        &expect![[r#"
            line 3: the id `1` is given twice
            line 5: must be from 1 to 2, but is 3
            line 6: the lower bound 5 exceeds the capacity 1
            line 7: must be from -1000000000000000 to 1000000000000000, but is 99999999999999999999
            line 8: no line may begin with `x` here
            line 9: must have 3 fields, but has 2
            line 10: must be a whole number from -1000000000000000 to 1000000000000000
            of `1` 3 are supplied, but 2 demanded
        "#]],
    );
    check_findings(
        b"p min 2 1\nn 1 3\nn 2 -2\na 1 2 0 5 -1\n",
        &expect![[r#"
            line 4: must be 0 or more, but is -1
            of `1` 3 are supplied, but 2 demanded
        "#]],
    );
    check_findings(
        b"p max 2 1\n",
        &expect![[r#"
        line 1: must be `p min`
    "#]],
    );
    check_findings(
        b"p min 4000001 1\n",
        &expect![[r#"
        line 1: has more than 4000000 entries
    "#]],
    );
    check_findings(
        b"p min 4000000 0\n",
        &expect![[r#"
        written out, the file stands for more than 1000256 figures
    "#]],
    );
}

#[test]
fn lines_of_multicommodity_problems_are_told_by_their_number() {
    check_findings(
        b"1 2 1 1\n1 1 2 1 -1 5 1\n1 1 2 2 1 5 0\n1 1 2 1 1 5 3\n1 1 4\n1 1 4\n9 9\n1 2 3 4\n",
        &expect![[r#"
            line 2: must be 0 or more, but is -1
            line 3: must be from 1 to 1, but is 2
            line 4: must be from 1 to 1, but is 3
            line 6: the id `1/1` is given twice
            line 7: must be from 1 to 1, but is 9
            line 8: must have 7, 3, 2 fields, but has 4
            mut: stated are 1, but found 0
            of `1` 4 are supplied, but 0 demanded
        "#]],
    );
    check_findings(
        b"1 2 3",
        &expect![[r#"
        nod: is missing
    "#]],
    );
    check_findings(
        b"MULTIGEN.DAT:\n2 1 1\n1 3 -1 5 0 0 0\n1 2 5\n1 2 6\n",
        &expect![[r#"
            line 3: must be from 1 to 2, but is 3
            line 3: must be 0 or more, but is -1
            commodities: stated are 1, but found 2
        "#]],
    );
    check_findings(
        b"MULTIGEN.DAT:\n2 2\n",
        &expect![[r#"
        line 2: must have 3 fields, but has 2
    "#]],
    );
}

#[test]
fn a_scenario_that_contradicts_itself_is_told() {
    let text = std::str::from_utf8(REFERENCE).unwrap();
    let changed = [
        (r#""a": 0, "b": 2"#, r#""a": 0, "b": 3"#),
        (r#""kind": "d""#, r#""kind": "e""#),
        ("[1, 1, 0, 3.0]", "[1, 1, 3, -3.0]"),
        ("[1, 0, 1, 0.25]", "[1, 1, 1, 1.25]"),
        ("[[1, 0.5]]", "[[1, 0.5], [1, 0.4], [3, 0.1]]"),
        (r#""name": "Saga""#, r#""name": "Busan""#),
    ];
    let text = changed.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    check_findings(
        text.as_bytes(),
        &expect![[r#"
        base.links[0].b: must be from 0 to 2, but is 3
        base.cats[1].kind: must be `c` / `d`
        base.nodes: the id `Busan` is given twice
        scenario.needs[4]: must be from 0 to 2, but is 3
        scenario.needs[4]: must be from 0 to 1000000000000000, but is -3
        scenario.closed[0]: must be from 0 to 1, but is 1.25
        scenario.closed[0]: must begin (1) before it ends (1)
        scenario.stock_left[2]: must be from 0 to 2, but is 3
        scenario.stock_left: the id `1` is given twice
    "#]],
    );
}

#[test]
fn a_short_file_cannot_stand_for_a_large_model() {
    let link = |at: usize| {
        format!(r#"{{"id":"{at}","from":"a","to":"a","mode":"m","duration_min":1,"capacity_t":1}}"#)
    };
    let links: Vec<String> = (0..900).map(link).collect();
    let text = format!(
        r#"{{"format":"pumasi-flow/1","horizon":{{"periods":4096,"period_min":1}},
        "commodities":[],"sites":[{{"id":"a"}}],"links":[{}]}}"#,
        links.join(",")
    );
    let findings = read(text.as_bytes()).expect_err("too much");
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::TooMuch]);
}

#[test]
fn findings_are_limited_and_the_rest_counted() {
    let text = format!("p min 1 0\n{}", "x\n".repeat(250));
    let findings = read(text.as_bytes()).expect_err("faults");
    assert_eq!(findings.len(), FINDINGS_MAX + 1);
    assert_eq!(findings.last().map(ToString::to_string), Some("and 150 more".to_owned()));
}

#[test]
fn the_first_words_tell_the_format() {
    for (bytes, format) in [
        (STRAIT, Some(Format::Pumasi)),
        (REFERENCE, Some(Format::Reference)),
        (DIMACS, Some(Format::Dimacs)),
        (MNETGEN, Some(Format::Mnetgen)),
        (CANAD, Some(Format::Canad)),
        (b"<xml>", None),
        (b"", None),
    ] {
        assert_eq!(Format::of(bytes), format);
    }
}

#[test]
fn what_is_drawn_reads_as_it_was_drawn() {
    let said = draw(Draw { scenario: 3, categories: 4, periods: 9, ..Draw::default() });
    let text = json::write(&said);
    assert_eq!(json::read_statement(text.as_bytes()), Ok(said));
    let instance = read(text.as_bytes()).expect("what we write");
    let parts = instance.model.parts();
    // Every home permit of a land that was not struck serves nobody.
    assert!(parts.lanes.len() >= 4 && parts.networks.len() <= 15, "{}", parts.lanes.len());
}

#[test]
fn a_problem_of_a_node_is_stated_for_others() {
    let problem = Problem::new(generate(Size::SMALL, 7).unwrap()).unwrap();
    let text = json::of_problem(&problem);
    let said = json::read_statement(text.as_bytes()).expect("what we write");
    assert_eq!(said.needs.len(), problem.needs().len());
    assert!(said.permits.len() < problem.permits().len(), "pairs are joined");
    let (instance, objective) = solved(text.as_bytes());
    // The best plan in parts of units leaves no more than the node's own in whole ones does.
    let plan = pumasi_flow::solve(&problem);
    let checked = pumasi_flow::check(&problem, &plan).expect("a plan");
    let terms = &checked.plan().terms;
    let theirs = terms.burden as f64 + 1e-2 * terms.cost_cents as f64 / 100.0;
    assert!(objective <= theirs + 1.0 && objective > 0.0, "{objective} {theirs}");
    assert_eq!(instance.model.parts().stocks.len(), problem.stocks().len());
}

fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), 0.0..1.0, 0.0..1e9, Just(1e15)]
}

fn by_period() -> impl Strategy<Value = ByPeriod> {
    prop_oneof![
        figure().prop_map(ByPeriod::Same),
        prop::collection::vec(figure(), 3).prop_map(ByPeriod::Each),
    ]
}

fn id() -> impl Strategy<Value = Id> {
    "[a-c\"\\\\가é/ ]{0,3}[a-c]".prop_map(|text| Id::from(text.as_str()))
}

fn ids() -> impl Strategy<Value = Vec<Id>> {
    prop::collection::btree_set(id(), 0..3).prop_map(|ids| ids.into_iter().collect())
}

prop_compose! {
    fn link()(
        (id, from, to, mode) in (id(), id(), id(), id()),
        both_ways in any::<bool>(),
        duration_min in 0_i64..1000,
        capacity_t in prop::option::of(by_period()),
        cost_per_t in figure(),
        retained in prop_oneof![Just(1.0), 0.001..1.0],
        closures in prop::collection::vec((0_usize..3, 0_usize..9, figure()), 0..3),
        commodities in prop::option::of(ids()),
    ) -> StatedLink {
        let closure = |(from_period, until_period, share)| {
            StatedClosure { from_period, until_period, share }
        };
        let closures = closures.into_iter().map(closure).collect();
        StatedLink {
            id, from, to, both_ways, mode, duration_min, capacity_t, cost_per_t, retained, closures,
            commodities,
        }
    }
}

prop_compose! {
    fn goods()(
        (id, owner, site, commodity, place) in (id(), id(), id(), id(), prop::option::of(id())),
        (units, priority, wanted) in (figure(), figure(), by_period()),
        (release_period, requested, perishing) in (0_usize..9, any::<bool>(), any::<bool>()),
        kept_per_period in prop_oneof![Just(1.0), 0.001..1.0],
    ) -> (StatedStock, StatedNeed, StatedCommodity) {
        let receiver = Id::clone(&owner);
        let stock = StatedStock {
            id: Id::clone(&id),
            owner,
            site: Id::clone(&site),
            commodity: Id::clone(&commodity),
            units,
            release_period,
        };
        let need = StatedNeed {
            id: Id::clone(&id), place, site, receiver, commodity, wanted, priority, requested,
        };
        let commodity =
            StatedCommodity { id, mass_t: units, perishing, weight: priority, kept_per_period };
        (stock, need, commodity)
    }
}

prop_compose! {
    fn permit()(
        (id, givers, receivers, ceilings) in (id(), ids(), ids(), ids()),
        commodities in prop::option::of(ids()),
        modes in prop::option::of(ids()),
        through in prop::option::of(ids()),
        earliest_period in 0_usize..9,
        push in any::<bool>(),
    ) -> StatedPermit {
        StatedPermit {
            id, givers, receivers, commodities, modes, through, earliest_period, ceilings, push,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_as_it_was(
        cost_weight in figure(),
        goods in prop::collection::vec(goods(), 0..3),
        links in prop::collection::vec(link(), 0..3),
        permits in prop::collection::vec(permit(), 0..3),
        sites in prop::collection::vec((id(), prop::option::of(id()), prop::option::of(by_period())), 0..3),
        ceilings in prop::collection::vec((id(), figure()), 0..3),
    ) {
        let site = |(id, territory, intake_t)| StatedSite { id, territory, intake_t };
        let ceiling = |(id, most_t)| StatedCeiling { id, most_t };
        let said = Statement {
            periods: 3,
            period_min: 60,
            cost_weight,
            commodities: goods.iter().map(|(_, _, commodity)| commodity.clone()).collect(),
            sites: sites.into_iter().map(site).collect(),
            links,
            stocks: goods.iter().map(|(stock, ..)| stock.clone()).collect(),
            needs: goods.iter().map(|(_, need, _)| need.clone()).collect(),
            ceilings: ceilings.into_iter().map(ceiling).collect(),
            permits,
        };
        let text = json::write(&said);
        prop_assert_eq!(json::read_statement(text.as_bytes()), Ok(said));
    }

    #[test]
    fn no_bytes_are_too_much_for_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in Format::ALL {
            let told = read_as(&bytes, format);
            prop_assert!(told.is_err_and(|findings| !findings.is_empty()));
        }
    }
}
