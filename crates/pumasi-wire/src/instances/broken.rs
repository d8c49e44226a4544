//! Problems that are empty, cut off, out of range or contradict themselves, in every format: each is
//! told with its field or line, and what is not wrong but hopeless leaves needs unmet.

use expect_test::{Expect, expect};
use pumasi_flow::optimum::{Effort, optimise};
use pumasi_simplex::network::NoFlow;

use super::flow::FlowDocument;
use super::*;

/// A problem of our own format in which one place is short of water; each list can be replaced.
fn document(changes: &[(&str, &str)]) -> String {
    let lists = [
        ("horizon", r#"{"periods":2,"period_min":60}"#),
        ("commodities", r#"[{"id":"water","mass_t":1,"perishing":true,"weight":1}]"#),
        ("sites", r#"[{"id":"a"},{"id":"b"}]"#),
        (
            "links",
            r#"[{"id":"road","from":"a","to":"b","mode":"road","duration_min":60,"capacity_t":3}]"#,
        ),
        ("stocks", r#"[{"id":"s","owner":"kr","site":"a","commodity":"water","units":9}]"#),
        ("needs", r#"[{"id":"n","site":"b","receiver":"kr","commodity":"water","wanted":[0,5]}]"#),
        ("ceilings", "[]"),
        ("permits", "[]"),
    ];
    let list = |(name, usual): (&str, &str)| {
        let changed = changes.iter().find(|(changed, _)| *changed == name);
        format!(r#""{name}":{}"#, changed.map_or(usual, |(_, list)| *list))
    };
    format!(r#"{{"format":"pumasi-flow/1",{}}}"#, lists.map(list).join(","))
}

/// What is said of a file: its findings, or what its best plan leaves and moves.
fn told(text: &str, format: Format) -> String {
    let parsed = parse(text.as_bytes(), format);
    let findings = if parsed.is_min_cost() {
        match parsed.min_cost() {
            Ok(problem) => return solved(&problem),
            Err(findings) => findings,
        }
    } else {
        match parsed.build() {
            Ok(instance) => {
                let optimum = optimise(&instance.model, &Effort::default());
                let whole =
                    if instance.mandatory && optimum.burden > 0.0 { ", no plan" } else { "" };
                return format!("burden {}, flows {}{whole}", optimum.burden, optimum.flows.len());
            }
            Err(findings) => findings,
        }
    };
    assert!(!findings.is_empty());
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What an exact solver says, as it proves it.
fn solved(problem: &MinCostFlow) -> String {
    match problem.solve() {
        Ok(flow) => {
            flow.verify(problem).expect("an answer is proved");
            format!("costs {}", flow.cost)
        }
        Err(obstacle) => {
            obstacle.verify(problem).expect("an obstacle is proved");
            match obstacle {
                NoFlow::Infeasible { cut } => {
                    format!("{} too many in {cut:?}", problem.shortfall(&cut).unwrap_or_default())
                }
                NoFlow::Unbounded { cycle } => format!("gains for ever around {cycle:?}"),
            }
        }
    }
}

#[track_caller]
fn check(format: Format, cases: &[(&str, &str)], expected: &Expect) {
    let lines = cases.iter().map(|(what, text)| format!("{what}: {}\n", told(text, format)));
    expected.assert_eq(&lines.collect::<String>());
}

#[track_caller]
fn check_documents(cases: &[(&str, &str, &str)], expected: &Expect) {
    let texts: Vec<(&str, String)> =
        cases.iter().map(|(what, list, text)| (*what, document(&[(list, text)]))).collect();
    let cases: Vec<(&str, &str)> =
        texts.iter().map(|(what, text)| (*what, text.as_str())).collect();
    check(Format::Pumasi, &cases, expected);
}

#[test]
fn a_problem_without_much_in_it_has_a_plan_that_does_little() {
    let water = "\"commodity\":\"water\"";
    check_documents(
        &[
            ("as it is", "ceilings", "[]"),
            ("no needs", "needs", "[]"),
            ("no stocks", "stocks", "[]"),
            ("no links", "links", "[]"),
            (
                "disconnected",
                "links",
                r#"[{"id":"road","from":"b","to":"a","mode":"road","duration_min":60}]"#,
            ),
            (
                "too slow",
                "links",
                r#"[{"id":"road","from":"a","to":"b","mode":"road","duration_min":120}]"#,
            ),
            (
                "closed twice",
                "links",
                r#"[{"id":"road","from":"a","to":"b","mode":"road","duration_min":60,"capacity_t":3,
                    "closures":[{"from_period":0,"until_period":2,"share":0.5},
                                {"from_period":0,"until_period":1,"share":0.5}]}]"#,
            ),
            (
                "nobody may",
                "stocks",
                &format!(r#"[{{"id":"s","owner":"jp","site":"a",{water},"units":9}}]"#),
            ),
            (
                "tiny and huge",
                "stocks",
                &format!(
                    r#"[{{"id":"s","owner":"kr","site":"a",{water},"units":1e15}},
                        {{"id":"t","owner":"kr","site":"a",{water},"units":1e-300}}]"#
                ),
            ),
        ],
        &expect![[r#"
            as it is: burden 2, flows 1
            no needs: burden 0, flows 0
            no stocks: burden 5, flows 0
            no links: burden 5, flows 0
            disconnected: burden 5, flows 0
            too slow: burden 5, flows 0
            closed twice: burden 4.25, flows 1
            nobody may: burden 5, flows 0
            tiny and huge: burden 2, flows 1
        "#]],
    );
}

#[test]
fn figures_out_of_range_are_told_by_their_field() {
    let link = |field: &str, value: &str| {
        format!(
            r#"[{{"id":"road","from":"a","to":"b","mode":"road","duration_min":60,"{field}":{value}}}]"#
        )
        .replace(r#""duration_min":60,"duration_min""#, r#""duration_min""#)
    };
    let stock = |value: &str| {
        format!(r#"[{{"id":"s","owner":"kr","site":"a","commodity":"water","units":{value}}}]"#)
    };
    check_documents(
        &[
            ("negative stock", "stocks", &stock("-1")),
            ("stock without end", "stocks", &stock("1e300")),
            ("stock beyond figures", "stocks", &stock("1e400")),
            ("stock no number", "stocks", &stock("\"NaN\"")),
            ("stock nothing", "stocks", &stock("null")),
            ("negative capacity", "links", &link("capacity_t", "-0.5")),
            ("huge capacity", "links", &link("capacity_t", "1e16")),
            ("capacity of one period", "links", &link("capacity_t", "[1]")),
            ("negative cost", "links", &link("cost_per_t", "-1")),
            ("negative duration", "links", &link("duration_min", "-60")),
            ("part of a minute", "links", &link("duration_min", "0.5")),
            ("endless way", "links", &link("duration_min", "1e9")),
            ("arrives twofold", "links", &link("retained", "2")),
            ("no periods", "horizon", r#"{"periods":0,"period_min":60}"#),
            ("negative periods", "horizon", r#"{"periods":-1,"period_min":60}"#),
            ("endless periods", "horizon", r#"{"periods":1e300,"period_min":60}"#),
            ("no minutes", "horizon", r#"{"periods":2,"period_min":0}"#),
            (
                "negative need",
                "needs",
                r#"[{"id":"n","site":"b","receiver":"kr","commodity":"water","wanted":[0,-5]}]"#,
            ),
            (
                "negative weight",
                "commodities",
                r#"[{"id":"water","mass_t":1,"perishing":true,"weight":-1}]"#,
            ),
            ("negative ceiling", "ceilings", r#"[{"id":"c","most_t":-1}]"#),
        ],
        &expect![[r#"
            negative stock: stocks[0].units: must be 0 or more, but is -1
            stock without end: stocks[0].units: must be from 0 to 1000000000000000, but is 1e300
            stock beyond figures: line 1, column 336: no JSON: number out of range
            stock no number: stocks[0].units: must be a number
            stock nothing: stocks[0].units: is missing
            negative capacity: links[0].capacity_t: must be 0 or more, but is -0.5
            huge capacity: links[0].capacity_t: must be from 0 to 1000000000000000, but is 10000000000000000
            capacity of one period: links[0].capacity_t: must have a figure for each period, 2 in all, but the count is 1
            negative cost: links[0].cost_per_t: must be 0 or more, but is -1
            negative duration: links[0].duration_min: must be from 0 to 1000000, but is -60
            part of a minute: links[0].duration_min: must be a whole number from 0 to 1000000
            endless way: links[0].duration_min: must be from 0 to 1000000, but is 1000000000
            arrives twofold: links[0].retained: must be from 0.000001 to 1, but is 2
            no periods: horizon.periods: must be from 1 to 4096, but is 0; needs[0].wanted: must have a figure for each period, 1 in all, but the count is 2
            negative periods: horizon.periods: must be from 1 to 4096, but is -1; needs[0].wanted: must have a figure for each period, 1 in all, but the count is 2
            endless periods: horizon.periods: must be from 1 to 4096, but is 1e300; needs[0].wanted: must have a figure for each period, 1 in all, but the count is 2
            no minutes: horizon.period_min: must be from 1 to 1000000, but is 0
            negative need: needs[0].wanted[1]: must be 0 or more, but is -5
            negative weight: commodities[0].weight: must be 0 or more, but is -1
            negative ceiling: ceilings[0].most_t: must be 0 or more, but is -1
        "#]],
    );
}

#[test]
fn entries_that_contradict_each_other_are_told_by_their_field() {
    let road = r#"{"id":"road","from":"a","to":"b","mode":"road","duration_min":60}"#;
    let closure = |from: usize, until: usize, share: &str| {
        road.replace(
            '}',
            &format!(
                r#","closures":[{{"from_period":{from},"until_period":{until},"share":{share}}}]}}"#
            ),
        )
    };
    let permit = r#"{"id":"p","givers":["kr"],"receivers":["jp"]"#;
    check_documents(
        &[
            ("same link twice", "links", &format!("[{road},{road}]")),
            ("same site twice", "sites", r#"[{"id":"a"},{"id":"b"},{"id":"a"}]"#),
            ("ends before it begins", "links", &format!("[{}]", closure(2, 1, "0"))),
            ("closes to more than all", "links", &format!("[{}]", closure(0, 1, "1.5"))),
            (
                "need of nothing known",
                "needs",
                r#"[{"id":"n","site":"b","receiver":"kr","commodity":"tea","wanted":[0,5]}]"#,
            ),
            (
                "need nowhere",
                "needs",
                r#"[{"id":"n","site":"z","receiver":"kr","commodity":"water","wanted":[0,5]}]"#,
            ),
            ("link to nowhere", "links", &format!("[{}]", road.replace(r#""b""#, r#""z""#))),
            ("unknown ceiling", "permits", &format!(r#"[{permit},"ceilings":["c"]}}]"#)),
            (
                "same giver twice",
                "permits",
                &format!("[{permit}}}]").replace(r#"["kr"]"#, r#"["kr","kr"]"#),
            ),
        ],
        &expect![[r#"
            same link twice: links[1].id: the id `road` is given twice
            same site twice: sites[2].id: the id `a` is given twice
            ends before it begins: links[0].closures[0]: must begin (2) before it ends (1)
            closes to more than all: links[0].closures[0].share: must be from 0 to 1, but is 1.5
            need of nothing known: needs[0].commodity: `tea` is not in commodities
            need nowhere: needs[0].site: `z` is not in sites
            link to nowhere: links[0].to: `z` is not in sites
            unknown ceiling: permits[0].ceilings[0]: `c` is not in ceilings
            same giver twice: permits[0].givers: the id `kr` is given twice
        "#]],
    );
}

#[test]
fn a_minimum_cost_flow_is_exact_or_told_by_its_line() {
    check(
        Format::Dimacs,
        &[
            ("empty file", ""),
            ("empty problem", "p min 0 0\n"),
            ("one node", "p min 1 0\n"),
            ("nothing wanted", "p min 2 1\na 1 2 0 5 3\n"),
            ("gains", "p min 2 2\na 1 2 0 5 -3\na 2 1 0 4 1\n"),
            ("must flow", "p min 2 2\nn 1 2\nn 2 -2\na 1 2 1 5 9\na 1 2 0 5 1\n"),
            ("disconnected", "p min 3 1\nn 1 4\nn 3 -4\na 1 2 0 9 1\n"),
            ("too narrow", "p min 3 2\nn 1 4\nn 3 -4\na 1 2 0 9 1\na 2 3 0 3 1\n"),
            ("must but cannot", "p min 2 2\na 1 2 2 5 1\na 2 1 0 1 1\n"),
            ("not balanced", "p min 2 1\nn 1 4\nn 2 -3\na 1 2 0 9 1\n"),
            ("negative capacity", "p min 2 1\na 1 2 0 -9 1\n"),
            ("negative lower bound", "p min 2 1\na 1 2 -1 9 1\n"),
            ("leads back", "p min 2 1\na 1 1 0 9 1\n"),
            ("node 0", "p min 2 1\na 0 1 0 9 1\n"),
            ("no such node", "p min 2 1\na 1 3 0 9 1\n"),
            ("node twice", "p min 2 0\nn 1 0\nn 1 0\n"),
            ("part of a unit", "p min 2 1\na 1 2 0 1.5 1\n"),
            ("no number", "p min 2 1\na 1 2 0 NaN 1\n"),
            ("without end", "p min 2 1\na 1 2 0 inf 1\n"),
            ("overflows", "p min 2 1\na 1 2 0 1e300 1\n"),
            ("beyond 64 bits", "p min 2 1\na 1 2 0 99999999999999999999 1\n"),
            ("dear", "p min 1000 1\na 1 2 0 1 1000000000000000\n"),
            ("said twice", "p min 2 0\np min 2 0\n"),
            ("said too late", "n 1 0\np min 2 0\n"),
            ("too few arcs", "p min 2 2\na 1 2 0 9 1\n"),
            ("negative size", "p min -2 0\n"),
            ("a field missing", "p min 2 1\na 1 2 0 9\n"),
            ("a field too many", "p min 2 1\na 1 2 0 9 1 1\n"),
        ],
        &expect![[r#"
            empty file: p: is missing
            empty problem: costs 0
            one node: costs 0
            nothing wanted: costs 0
            gains: costs -8
            must flow: costs 10
            disconnected: 4 too many in [0, 1]
            too narrow: 1 too many in [0, 1]
            must but cannot: 1 too many in [1]
            not balanced: of `1` 4 are supplied, but 3 demanded
            negative capacity: line 2: the lower bound 0 exceeds the capacity -9
            negative lower bound: line 2: must be 0 or more, but is -1
            leads back: line 2: the arc leads from node 1 back to it
            node 0: line 2: must be from 1 to 2, but is 0
            no such node: line 2: must be from 1 to 2, but is 3
            node twice: line 3: the id `1` is given twice
            part of a unit: line 2: must be a whole number from -1000000000000000 to 1000000000000000
            no number: line 2: must be a number
            without end: line 2: must be a number
            overflows: line 2: must be from -1000000000000000 to 1000000000000000, but is 1e300
            beyond 64 bits: line 2: must be from -1000000000000000 to 1000000000000000, but is 99999999999999999999
            dear: line 2: must be from -576460752303423 to 576460752303423, but is 1000000000000000
            said twice: line 2: no line may begin with `p` here
            said too late: line 1: no line may begin with `n` here
            too few arcs: a: stated are 2, but found 1
            negative size: line 1: must be from 0 to 4000000, but is -2
            a field missing: line 2: must have 6 fields, but has 5
            a field too many: line 2: must have 6 fields, but has 7
        "#]],
    );
}

#[test]
fn amounts_too_large_to_add_are_told_by_their_line() {
    let gains = "a 1 2 0 1000000000000000 -1\n".repeat(1200);
    let text = format!("p min 2 1200\n{gains}");
    check(
        Format::Dimacs,
        &[("gains", &text)],
        &expect![[r#"
        gains: line 1154: amounts up to here add up to more than 1152921504606846975, the most that is counted exactly
    "#]],
    );
    let mut text = "p min 2400 0\n".to_owned();
    for node in 0..1200 {
        text +=
            &format!("n {} 1000000000000000\nn {} -1000000000000000\n", 2 * node + 1, 2 * node + 2);
    }
    check(
        Format::Dimacs,
        &[("supplies", &text)],
        &expect![[r#"
        supplies: n 2305: amounts up to here add up to more than 1152921504606846975, the most that is counted exactly
    "#]],
    );
}

#[test]
fn capacities_that_bind_nothing_are_none() {
    let text = "p min 2 3\nn 1 5\nn 2 -5\n".to_owned() + &"a 1 2 0 1000000000000000 3\n".repeat(3);
    assert_eq!(told(&text, Format::Dimacs), "costs 15");
    let many =
        "p min 2 2000\nn 1 5\nn 2 -5\n".to_owned() + &"a 1 2 0 1000000000000000 3\n".repeat(2000);
    assert_eq!(told(&many, Format::Dimacs), "costs 15");
}

#[test]
fn multicommodity_problems_are_told_by_their_line() {
    check(
        Format::Mnetgen,
        &[
            ("empty file", ""),
            ("empty problem", "0 0 0 0\n"),
            ("nothing wanted", "1 2 1 0\n1 1 2 1 3 5 0\n"),
            ("disconnected", "1 3 1 0\n1 1 2 1 3 5 0\n1 1 4\n3 1 -4\n"),
            ("too narrow", "1 2 1 1\n1 1 2 1 3 -1 1\n1 1 4\n2 1 -4\n1 3\n"),
            ("negative cost", "1 2 1 0\n1 1 2 1 -3 5 0\n"),
            ("negative shared capacity", "1 2 1 1\n1 1 2 1 3 5 1\n1 -3\n"),
            ("supply twice", "1 2 1 0\n1 1 2 1 3 5 0\n1 1 4\n1 1 4\n2 1 -4\n"),
            ("no such commodity", "1 2 1 0\n1 1 2 2 3 5 0\n"),
            ("not balanced", "1 2 1 0\n1 1 2 1 3 5 0\n1 1 4\n2 1 -3\n"),
            ("no number", "1 2 1 0\n1 1 2 1 NaN 5 0\n"),
            ("overflows", "1 2 1 0\n1 1 2 1 1e300 5 0\n"),
            ("negative size", "1 -2 1 0\n"),
            ("too few arcs", "1 2 2 0\n1 1 2 1 3 5 0\n"),
        ],
        &expect![[r#"
            empty file: nod: is missing
            empty problem: burden 0, flows 0
            nothing wanted: burden 0, flows 0
            disconnected: burden 16, flows 0, no plan
            too narrow: burden 4, flows 1, no plan
            negative cost: line 2: must be 0 or more, but is -3
            negative shared capacity: line 3: must be 0 or more, but is -3; mut: stated are 1, but found 0
            supply twice: line 4: the id `1/1` is given twice
            no such commodity: line 2: must be from 1 to 1, but is 2
            not balanced: of `1` 4 are supplied, but 3 demanded
            no number: line 2: must be a number; arc: stated are 1, but found 0
            overflows: line 2: must be from -1000000000000000 to 1000000000000000, but is 1e300; arc: stated are 1, but found 0
            negative size: line 1: must be a whole number from 0 to 4000000; arc: stated are 1, but found 0
            too few arcs: arc: stated are 2, but found 1
        "#]],
    );
    check(
        Format::Canad,
        &[
            ("empty file", ""),
            ("empty problem", "MULTIGEN.DAT:\n0 0 0\n"),
            ("nothing wanted", "MULTIGEN.DAT:\n2 1 0\n1 2 3 5 0 0 0\n"),
            ("disconnected", "MULTIGEN.DAT:\n3 1 1\n1 2 3 5 0 0 0\n1 3 4\n"),
            ("too narrow", "MULTIGEN.DAT:\n2 1 1\n1 2 3 5 0 0 0\n1 2 7\n"),
            ("negative cost", "MULTIGEN.DAT:\n2 1 0\n1 2 -3 5 0 0 0\n"),
            ("negative capacity", "MULTIGEN.DAT:\n2 1 0\n1 2 3 -5 0 0 0\n"),
            ("negative quantity", "MULTIGEN.DAT:\n2 1 1\n1 2 3 5 0 0 0\n1 2 -7\n"),
            ("no number", "MULTIGEN.DAT:\n2 1 0\n1 2 NaN 5 0 0 0\n"),
            ("overflows", "MULTIGEN.DAT:\n2 1 0\n1 2 3 1e300 0 0 0\n"),
            ("another heading", "MULTI.DAT:\n2 1 0\n"),
            ("part of an arc", "MULTIGEN.DAT:\n2 1.5 0\n"),
        ],
        &expect![[r#"
            empty file: the file is in no known format
            empty problem: burden 0, flows 0
            nothing wanted: burden 0, flows 0
            disconnected: burden 16, flows 0, no plan
            too narrow: burden 8, flows 1, no plan
            negative cost: line 3: must be 0 or more, but is -3
            negative capacity: line 3: must be 0 or more, but is -5
            negative quantity: line 4: must be 0 or more, but is -7
            no number: line 3: must be a number
            overflows: line 3: must be from -1000000000000000 to 1000000000000000, but is 1e300
            another heading: line 1: must be `MULTIGEN.DAT:`; arcs: stated are 1, but found 0
            part of an arc: line 2: must be from 1 to 4000001, but is 2.5
        "#]],
    );
}

#[test]
fn a_flow_that_is_not_what_it_says_is_told() {
    let text = "p min 3 3\nn 1 4\nn 3 -4\na 1 2 0 2 1\na 2 3 0 9 1\na 1 3 0 9 5\n";
    let problem = parse(text.as_bytes(), Format::Dimacs).min_cost().expect("a sample of ours");
    let check = |plan: &str, expected: &str| {
        let judged = FlowDocument::read(plan.as_bytes()).and_then(|plan| plan.judge(&problem));
        let said = match judged {
            Ok(Ok(judged)) => format!("costs {}, proved {}", judged.cost, judged.is_best),
            Ok(Err(breach)) => breach.to_string(),
            Err(findings) => {
                findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
        };
        assert_eq!(said, expected, "{plan}");
    };
    let plan = |objective: u32, flows: &str, prices: &str| {
        format!(r#"{{"objective":{objective},"flows":[{flows}],"prices":[{prices}]}}"#)
    };
    check(&plan(14, "[1,2],[2,2],[3,2]", "0,4,5"), "costs 14, proved true");
    check(&plan(14, "[1,2],[2,2],[3,2]", ""), "costs 14, proved false");
    check(&plan(20, "[3,4]", ""), "costs 20, proved false");
    check(&plan(20, "[3,4]", "0,1,5"), "a change on arc `1` would pay");
    check(&plan(13, "[1,2],[2,2],[3,2]", "0,4,5"), "the flow costs `14`");
    check(&plan(11, "[1,3],[2,3],[3,1]", ""), "the flow on arc `0` is out of bounds");
    check(&plan(14, "[1,2],[2,1],[3,2]", ""), "flow is lost or made at node `1`");
    check(
        &plan(14, "[1,2],[1,2],[4,2],[0,2]", "0"),
        "flows[1]: the id `1` is given twice; flows[2]: must be from 1 to 3, but is 4; flows[3]: must be from 1 to 3, but is 0; prices: stated are 3, but found 1",
    );
    let flow = problem.solve().expect("a flow");
    let written = serde_json::to_vec(&FlowDocument::of(&flow)).expect("a flow");
    let judged = FlowDocument::read(&written).expect("what we write").judge(&problem);
    assert!(judged.expect("of this problem").expect("holds").is_best);
}
