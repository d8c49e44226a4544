//! `pumasi plan prove`: the bound on every plan, added up from the texts of a problem and of its
//! certificate, without a node and without trust in whoever made them.

use std::path::PathBuf;

use clap::Args;
use pumasi_node::flow::{
    Plan, Problem, check, prove as bound, read_certificate, read_plan, read_problem,
};
use serde_json::json;

use super::shown::share;
use super::unreadable;
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page};

/// The texts.
#[derive(Args)]
pub struct Prove {
    #[arg(long, value_name = "FILE")]
    problem: PathBuf,
    #[arg(long, value_name = "FILE")]
    certificate: PathBuf,
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
}

/// Proves the bound, and of a plan that is given that it is sound and how near it comes.
///
/// # Errors
/// When a text does not read, or speaks of another problem.
pub fn prove(asked: &Prove, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let problem = read_problem(&files::read_text(&asked.problem)?)
        .map_err(|error| unreadable(&asked.problem, error))?;
    let certificate = read_certificate(&files::read_text(&asked.certificate)?, &problem)
        .map_err(|error| unreadable(&asked.certificate, error))?;
    let proof = bound(&problem, &certificate);
    let plan = asked.plan.as_ref().map(|file| {
        let text = files::read_text(file)?;
        read_plan(&text, &problem).map_err(|error| unreadable(file, error))
    });
    let plan = plan.transpose()?;
    let mut page = Page::default();
    page.field(words.say("plan-problem"), problem.digest().to_string())
        .field(words.say("plan-certificate"), certificate.digest(&problem).to_string())
        .field(words.say("plan-bound"), milli(proof.objective_milli))
        .field(words.say("plan-without-relief"), proof.burden_without_relief.to_string());
    let mut value = json!({
        "problem": problem.digest(),
        "certificate": certificate.digest(&problem),
        "bound_milli": proof.objective_milli.to_string(),
        "burden_without_relief": proof.burden_without_relief.to_string(),
    });
    let Some(plan) = plan else { return Ok(Answer::new(value, page)) };
    let violations = violations(&problem, &plan);
    let gap_ppm = proof.gap_ppm(&plan);
    page.field(words.say("plan-digest"), plan.digest(&problem).to_string())
        .field(words.say("plan-objective"), milli(plan.terms.objective_milli()))
        .field(words.say("plan-gap"), share(gap_ppm));
    page.line(words.say(if violations.is_empty() { "plan-holds" } else { "plan-breaks" }));
    violations.iter().for_each(|violation| {
        page.line(violation.clone());
    });
    let more = json!({
        "plan": plan.digest(&problem),
        "objective_milli": plan.terms.objective_milli().to_string(),
        "gap_ppm": gap_ppm,
        "violations": violations,
    });
    if let (Some(value), Some(more)) = (value.as_object_mut(), more.as_object()) {
        value.extend(more.clone());
    }
    let exit = (!violations.is_empty()).then_some(Exit::BadFile);
    Ok(Answer::new(value, page).ending(exit))
}

/// What the independent check finds wrong with a plan.
fn violations(problem: &Problem, plan: &Plan) -> Vec<String> {
    check(problem, plan)
        .err()
        .map(|violations| violations.iter().map(ToString::to_string).collect())
        .unwrap_or_default()
}

/// Thousandths as a figure with three decimals.
fn milli(milli: i128) -> String {
    format!("{}.{:03}", milli / 1000, milli.unsigned_abs() % 1000)
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousandths_are_written_as_decimals() {
        for (milli, expected) in [(0, "0.000"), (1_234_567, "1234.567"), (1_005, "1.005")] {
            assert_eq!(super::milli(milli), expected);
        }
    }
}
