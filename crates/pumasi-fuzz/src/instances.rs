//! Planning instances in every format, and plans for them.

#![expect(
    clippy::expect_used,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

use std::sync::OnceLock;

use pumasi_base::Lang;
use pumasi_flow::model::judge::judge;
use pumasi_wire::instances::dimacs::MinCost;
use pumasi_wire::instances::plan::PlanDocument;
use pumasi_wire::instances::{FINDINGS_MAX, Finding, Format, Instance, json, read, read_as};

use crate::file;

pub(crate) const PLANS: &[&str] = &[
    r#"{"objective":1,"flows":[{"lane":"kr-jp/water","stock":"kr/water","need":"saga/water","period":3,"units":100,"steps":[{"arc":"ferry","depart_min":720,"arrive_min":1100}]}]}"#,
    r#"{"objective":1e300,"flows":[{"lane":"own/jp-saga/water","stock":"saga/water","need":"saga/water","period":0,"units":1e-300,"steps":[]}]}"#,
];

fn told(findings: &[Finding]) {
    assert!(!findings.is_empty() && findings.len() <= FINDINGS_MAX + 1);
    for finding in findings {
        assert!(!finding.line(Lang::Ko).is_empty());
    }
}

/// Reads in one format; what reads is consistent, as the model itself asks.
fn instance(bytes: &[u8], format: Format) {
    match read_as(bytes, format) {
        Err(findings) => told(&findings),
        Ok(instance) => {
            let parts = instance.model.parts();
            assert_eq!(parts.lanes.len(), instance.names.lanes.len());
            assert_eq!(parts.arcs.len(), instance.names.arcs.len());
            assert_eq!(parts.limits.len(), instance.names.limits.len());
            assert_eq!(parts.stocks.len(), instance.names.stocks.len());
            assert_eq!(parts.needs.len(), instance.names.needs.len());
            assert!(instance.model.burden_without_relief() >= 0.0);
            assert!(instance.fixed_cost.is_finite());
        }
    }
}

/// An instance in our own format; what is written reads as it was.
pub fn flow_json(bytes: &[u8]) {
    instance(bytes, Format::Pumasi);
    match json::read_statement(bytes) {
        Err(findings) => told(&findings),
        Ok(said) => {
            let again = json::read_statement(json::write(&said).as_bytes());
            assert_eq!(again, Ok(said), "what is written reads");
        }
    }
}

/// An instance of the reference family.
pub fn flow_reference(bytes: &[u8]) {
    instance(bytes, Format::Reference);
}

/// A minimum-cost flow problem.
pub fn flow_dimacs(bytes: &[u8]) {
    instance(bytes, Format::Dimacs);
    if let Ok(problem) = MinCost::read(bytes) {
        assert_eq!(problem.supplies.len(), problem.nodes);
        for (from, to, lower, capacity, _) in problem.arcs {
            assert!(from < problem.nodes && to < problem.nodes && 0 <= lower && lower <= capacity);
        }
    }
}

/// Multicommodity flow as MNETGEN writes it.
pub fn flow_mnetgen(bytes: &[u8]) {
    instance(bytes, Format::Mnetgen);
}

/// Multicommodity network design of the Canad family.
pub fn flow_canad(bytes: &[u8]) {
    instance(bytes, Format::Canad);
}

/// A plan somebody says is good.
pub fn flow_plan(bytes: &[u8]) {
    static STRAIT: OnceLock<Instance> = OnceLock::new();
    let strait = STRAIT.get_or_init(|| {
        let text = file("crates/pumasi-wire/tests/golden/instances/strait.json");
        read(text.as_bytes()).expect("a sample of ours")
    });
    match PlanDocument::read(bytes).and_then(|plan| {
        let shipments = plan.shipments(&strait.names)?;
        Ok(judge(&strait.model, &shipments, plan.objective))
    }) {
        Err(findings) => told(&findings),
        Ok(Err(breaches)) => assert!(!breaches.is_empty()),
        Ok(Ok(judged)) => {
            let most = strait.model.burden_without_relief();
            assert!(judged.burden >= -1.0 && judged.burden <= most && judged.cost >= 0.0);
        }
    }
}
