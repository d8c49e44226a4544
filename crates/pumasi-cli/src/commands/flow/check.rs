//! `pumasi flow check`: judges a plan by code that knows nothing of how it was made.

use std::path::PathBuf;

use clap::Args;
use pumasi_flow::model::judge::{Breach, judge};
use pumasi_flow::statement::Id;
use pumasi_wire::instances::plan::PlanDocument;
use pumasi_wire::instances::{Instance, Names};
use serde_json::{Value, json};

use super::{BYTES_MAX, Given, exact, figure, wrong};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page};
use crate::words::{Filling, Words};

/// Breaches told; a plan for another instance breaks thousands.
const BREACHES_SHOWN: usize = 100;

/// Which plan for which instance.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    pub(super) given: Given,
    #[arg(long, value_name = "FILE")]
    pub(super) plan: PathBuf,
}

/// Checks a plan.
///
/// # Errors
/// Where instance or plan do not read.
pub fn run(asked: &Check, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let parsed = asked.given.read()?;
    if parsed.is_min_cost() {
        return exact::check(asked, parsed, context);
    }
    let built = parsed.build();
    let instance = built.map_err(|findings| asked.given.wrong(&findings, words))?;
    let bytes = files::read_up_to(&asked.plan, BYTES_MAX)?;
    let not_plan = |findings: Vec<_>| wrong(&asked.plan, &findings, words);
    let plan = PlanDocument::read(&bytes).map_err(not_plan)?;
    let shipments = plan.shipments(&instance.names).map_err(not_plan)?;
    let unavoidable = instance.model.parts().cost_weight * instance.fixed_cost;
    let mut page = Page::default();
    match judge(&instance.model, &shipments, plan.objective - unavoidable) {
        Ok(judged) => {
            let objective = judged.objective + unavoidable;
            let cost = judged.cost + instance.fixed_cost;
            page.line(words.say_with("flow-holds", &[("count", shipments.len().into())]))
                .field(words.say("flow-objective"), figure(objective))
                .field(words.say("flow-burden"), figure(judged.burden))
                .field(words.say("flow-cost"), figure(cost));
            let value = json!({
                "holds": true,
                "flows": shipments.len(),
                "objective": objective,
                "burden": judged.burden,
                "cost": cost,
                "breaches": [],
            });
            Ok(Answer::new(value, page))
        }
        Err(breaches) => {
            page.line(words.say_with("flow-breaks", &[("count", breaches.len().into())]));
            let told = breaches.iter().take(BREACHES_SHOWN);
            let values: Vec<Value> = told.map(|b| told_of(b, &instance, words)).collect();
            for value in &values {
                page.line(value.get("what").and_then(Value::as_str).unwrap_or_default());
            }
            let left = breaches.len() - values.len();
            if left > 0 {
                page.line(words.say_with("flow-more-breaches", &[("count", left.into())]));
            }
            let count = breaches.len();
            let value = json!({ "holds": false, "count": count, "breaches": values });
            Ok(Answer::new(value, page).ending(Some(Exit::BadFile)))
        }
    }
}

/// A breach by the names of the instance.
fn told_of(breach: &Breach, instance: &Instance, words: &Words) -> Value {
    let Names { stocks, needs, limits, ceilings, .. } = &instance.names;
    let name = |names: &[Id], at: usize| names.get(at).map_or("?", |name| name.as_ref()).to_owned();
    let (code, id, period, amounts) = match *breach {
        Breach::Shipment { shipment, fault } => {
            let fault = words.code("flow-fault", fault.code());
            let fillings = [("flow", shipment.into()), ("fault", Filling::from(fault))];
            let what = words.say_with("flow-breach-shipment", &fillings);
            return json!({ "code": "shipment", "flow": shipment, "what": what });
        }
        Breach::Stock { stock, found, most } => ("stock", name(stocks, stock), None, (found, most)),
        Breach::Need { need, period, found, most } => {
            ("need", name(needs, need), Some(period), (found, most))
        }
        Breach::Limit { limit, period, found, most } => {
            ("limit", name(limits, limit), Some(period), (found, most))
        }
        Breach::Ceiling { ceiling, found, most } => {
            ("ceiling", name(ceilings, ceiling), None, (found, most))
        }
        Breach::Objective { claimed, found } => {
            ("objective", String::new(), None, (found, claimed))
        }
    };
    let fillings = [
        ("id", Filling::from(id.as_str())),
        ("period", period.unwrap_or(0).into()),
        ("found", figure(amounts.0).into()),
        ("most", figure(amounts.1).into()),
    ];
    let what = match code {
        "stock" => words.say_with("flow-breach-stock", &fillings),
        "need" => words.say_with("flow-breach-need", &fillings),
        "limit" => words.say_with("flow-breach-limit", &fillings),
        "ceiling" => words.say_with("flow-breach-ceiling", &fillings),
        _ => words.say_with("flow-breach-objective", &fillings),
    };
    let (found, most) = amounts;
    json!({ "code": code, "id": id, "period": period, "found": found, "most": most, "what": what })
}
