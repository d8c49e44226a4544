//! A plan as lines of text, and its movements as a table for other programs.

use pumasi_base::Time;
use pumasi_base::time::seconds_between;
use pumasi_node::view::page::{
    Amount, BindLine, PackedLine, PlanFlow, PlanPage, ReplanLine, RoundingLine,
};

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Page, clause};
use crate::words::{Words, moment, number};

/// Most rows of a list on the page; `--json` and `--csv` have them all.
const ROWS_MAX: usize = 40;

/// The columns of the table for other programs.
const CSV_HEADINGS: [&str; 21] = [
    "flow",
    "giver",
    "receiver",
    "place",
    "commodity",
    "units",
    "unit",
    "kg",
    "pallets",
    "loose",
    "agreement",
    "clause",
    "leg",
    "link",
    "from",
    "to",
    "departs",
    "arrives",
    "hours",
    "vehicles",
    "left",
];

/// A share in parts per million as a percentage with as many decimals as say something.
pub(super) fn share(ppm: i64) -> String {
    let text = format!("{}.{:04}", ppm / 10_000, ppm.unsigned_abs() % 10_000);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Adds everything the page of a plan says.
pub(super) fn add(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    add_figures(page, plan, context);
    add_flows(page, plan, context);
    add_loads(page, plan, context);
    add_unmet(page, plan, context);
    add_next(page, plan, context);
    if let Some(replan) = &plan.replan {
        add_changes(page, replan, context);
    }
    if !plan.findings.is_empty() {
        page.title(context.words.say("title-findings"));
        plan.findings.iter().for_each(|finding| {
            page.line(finding.clone());
        });
    }
}

fn add_figures(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    let words = context.words;
    let minutes = plan.period_min.saturating_mul(plan.periods);
    let end = plan.start.parse::<Time>().map(|start| {
        pumasi_base::time::plus_seconds(start, minutes.saturating_mul(60)).to_string()
    });
    let horizon =
        [("start", moment(&plan.start).into()), ("end", moment(&end.unwrap_or_default()).into())];
    let proof = [("gap", share(plan.proof.gap_ppm).into())];
    let hours = |minutes: Option<i64>| {
        let told = |minutes: i64| words.say_with("plan-hours", &[("hours", (minutes / 60).into())]);
        minutes.map_or_else(|| words.say("plan-never"), told)
    };
    let worst = plan.served.worst_place.as_ref().zip(plan.served.worst_commodity.as_ref());
    let worst = worst.map(|(place, commodity)| {
        let share = share(plan.served.worst_ppm);
        format!("{share} ({}, {})", words.of(place), words.of(commodity))
    });
    page.field(words.say("plan-horizon"), words.say_with("plan-period", &horizon))
        .field(words.say("plan-digest"), plan.plan.clone())
        .field_if(words.say("plan-parent"), plan.parent.clone())
        .field(words.say("plan-problem"), plan.problem.clone())
        .field(words.say("plan-certificate"), plan.proof.certificate.clone())
        .field(words.say("plan-gap"), words.say_with("plan-proof", &proof))
        .field_if(words.say("plan-rounding"), plan.proof.rounding_ppm.map(share))
        .field(words.say("plan-served"), share(plan.served.share_ppm))
        .field(words.say("plan-half"), hours(plan.served.half_min))
        .field(words.say("plan-nine-tenths"), hours(plan.served.nine_tenths_min))
        .field_if(words.say("plan-worst"), worst);
}

fn add_flows(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-flows"));
    let headings = [
        "giver",
        "receiver",
        "place",
        "commodity",
        "amount#",
        "pallets#",
        "departs",
        "arrives",
        "clause",
    ];
    let mut table = context.table(&headings);
    for flow in plan.flows.iter().take(ROWS_MAX) {
        let cited = flow.clause.as_ref().map(|line| clause(line, words));
        table.row([
            context.party(&flow.giver),
            context.party(&flow.receiver),
            words.of(&flow.place_names).to_owned(),
            words.of(&flow.names).to_owned(),
            sent(flow, words),
            flow.packed.as_ref().map(|packed| pallets(packed, context)).unwrap_or_default(),
            moment(&flow.departs),
            moment(&flow.arrives),
            cited.unwrap_or_else(|| words.say("plan-own")),
        ]);
    }
    page.table(table, words.say("none-flows"));
    add_rest(page, plan.flows.len(), context);
}

/// What leaves, and what arrives of it where some is lost on the way.
fn sent(flow: &PlanFlow, words: &Words) -> String {
    let sent = words.amount(&flow.amount);
    let told = |left: &Amount| {
        let amounts = [("sent", sent.as_str().into()), ("left", words.amount(left).into())];
        words.say_with("plan-left", &amounts)
    };
    flow.left.as_ref().map_or_else(|| sent.clone(), told)
}

/// Whole pallets, and what is on a broken one.
fn pallets(packed: &PackedLine, context: &Context<'_>) -> String {
    let PackedLine { pallets, loose } = *packed;
    if loose == 0 {
        return number(pallets);
    }
    let said = [("pallets", pallets.into()), ("loose", loose.into())];
    context.words.say_with("plan-pallets", &said)
}

/// What leaves on which link on which day, and in one sentence what that cost.
fn add_loads(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    let words = context.words;
    let loading = &plan.loading;
    page.title(words.say("title-loads"));
    let mut table =
        context.table(&["link", "day#", "vehicle", "vehicles#", "pallets#", "broken#", "mass#"]);
    for load in loading.loads.iter().take(ROWS_MAX) {
        table.row([
            words.of(&load.names).to_owned(),
            number(load.day),
            words.of(&load.vehicle).to_owned(),
            number(load.vehicles),
            number(load.pallets),
            number(load.broken),
            kilograms(load.kg, context),
        ]);
    }
    page.table(table, words.say("none-loads"));
    add_rest(page, loading.loads.len(), context);
    if loading.loads.is_empty() {
        return;
    }
    let said = [
        ("pallets", loading.pallets.into()),
        ("broken", loading.broken.into()),
        ("vehicles", loading.vehicles.into()),
        ("positions", share(loading.empty_positions_ppm).into()),
        ("mass", share(loading.empty_mass_ppm).into()),
    ];
    page.line(words.say_with("plan-loaded", &said));
    if let Some(rounding) = &loading.rounding {
        page.line(cost(rounding, context));
    }
}

/// What pallets and vehicles cost, in one sentence.
fn cost(rounding: &RoundingLine, context: &Context<'_>) -> String {
    let words = context.words;
    if rounding.left_kg == 0 && rounding.delayed_kg == 0 && rounding.burden_ppm == 0 {
        return words.say("plan-loading-free");
    }
    let said = [
        ("share", share(rounding.burden_ppm).into()),
        ("left", kilograms(rounding.left_kg, context).into()),
        ("delayed", kilograms(rounding.delayed_kg, context).into()),
    ];
    words.say_with("plan-loading-cost", &said)
}

fn kilograms(kg: i64, context: &Context<'_>) -> String {
    context.words.amount(&Amount { milli: kg.saturating_mul(1000), unit: "KGM".to_owned() })
}

fn add_rest(page: &mut Page, rows: usize, context: &Context<'_>) {
    if let Some(more) = rows.checked_sub(ROWS_MAX).filter(|more| *more > 0) {
        page.line(context.words.say_with("plan-more", &[("count", more.into())]));
    }
}

fn bind_words(bind: &BindLine, context: &Context<'_>) -> String {
    let words = context.words;
    let said = words.of(&bind.words).to_owned();
    let cited = bind.clause.as_ref().map(|line| clause(line, words));
    cited.map_or_else(|| said.clone(), |cited| format!("{said} [{cited}]"))
}

fn add_unmet(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-unmet"));
    let mut table = context.table(&["place", "commodity", "share#", "cause"]);
    for unmet in plan.unmet.iter().take(ROWS_MAX) {
        table.row([
            words.of(&unmet.place_names).to_owned(),
            words.of(&unmet.names).to_owned(),
            share(unmet.share_ppm),
            unmet.binds.first().map(|bind| bind_words(bind, context)).unwrap_or_default(),
        ]);
    }
    page.table(table, words.say("none-unmet"));
    add_rest(page, plan.unmet.len(), context);
    page.title(words.say("title-binds"));
    let mut table = context.table(&["cause", "needs#", "burden#"]);
    for bind in &plan.binds {
        let needs = number(bind.needs);
        table.row([bind_words(bind, context), needs, share(bind.burden_ppm)]);
    }
    page.table(table, words.say("none-unmet"));
}

fn add_next(page: &mut Page, plan: &PlanPage, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-next"));
    let mut table = context.table(&["change", "gain#", "between"]);
    for next in &plan.next {
        let what = next
            .clause
            .as_ref()
            .map_or_else(|| words.of(&next.what).to_owned(), |line| clause(line, words));
        table.row([
            format!("{}: {what}", words.code("next", &next.kind)),
            share(next.gain_ppm),
            format!("{} – {}", share(next.least_ppm), share(next.most_ppm)),
        ]);
    }
    page.table(table, words.say("none-next"));
}

fn add_changes(page: &mut Page, replan: &ReplanLine, context: &Context<'_>) {
    let words = context.words;
    page.title(words.say("title-replan"));
    let mut table =
        context.table(&["change", "giver", "place", "commodity", "before#", "now#", "cause"]);
    for change in replan.changes.iter().filter(|change| change.kind != "kept").take(ROWS_MAX) {
        let cause = |cause: &pumasi_node::view::page::ChangeCause| {
            let said = words.code("replan-cause", &cause.code);
            cause
                .what
                .as_ref()
                .map_or_else(|| said.clone(), |what| format!("{said}: {}", words.of(what)))
        };
        let causes: Vec<String> = change.causes.iter().map(cause).collect();
        table.row([
            words.code("replan", &change.kind),
            context.party(&change.giver),
            words.of(&change.place).to_owned(),
            words.of(&change.names).to_owned(),
            number(change.before),
            number(change.now),
            causes.join("; "),
        ]);
    }
    page.table(table, words.say("none-replan"));
    let kept = replan.changes.iter().filter(|change| change.kind == "kept").count();
    page.line(words.say_with("plan-kept", &[("count", kept.into())]));
}

/// Every leg of every movement, one a row, as RFC 4180 has it.
///
/// # Errors
/// Only when memory does not take the text.
pub(super) fn csv(plan: &PlanPage) -> Result<String, Failure> {
    let ours = |error: String| Failure::new("failure-answer-unreadable", Exit::Ours).because(error);
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(CSV_HEADINGS).map_err(|error| ours(error.to_string()))?;
    for (index, flow) in plan.flows.iter().enumerate() {
        let agreement = flow.clause.as_ref().map_or("", |clause| clause.agreement.as_str());
        let cited = flow.clause.as_ref().map_or("", |clause| clause.clause.as_str());
        let (units, kg) = ((flow.amount.milli / 1000).to_string(), flow.kg.to_string());
        // Of what loses nothing all is left.
        let left = flow.left.as_ref().unwrap_or(&flow.amount).milli / 1000;
        let left = left.to_string();
        let packed = flow.packed.as_ref();
        let [pallets, loose] = [packed.map(|packed| packed.pallets), packed.map(|p| p.loose)]
            .map(|figure| figure.map(|figure| figure.to_string()).unwrap_or_default());
        let mut row = |leg: usize, [link, from, to, departs, arrives]: [&str; 5], vehicles: i64| {
            let hours = hours_between(departs, arrives);
            let [flow_number, leg, vehicles] =
                [(index + 1).to_string(), leg.to_string(), vehicles.to_string()];
            out.write_record([
                flow_number.as_str(),
                &flow.giver.id,
                &flow.receiver.id,
                &flow.place,
                &flow.commodity,
                &units,
                &flow.amount.unit,
                &kg,
                &pallets,
                &loose,
                agreement,
                cited,
                &leg,
                link,
                from,
                to,
                departs,
                arrives,
                &hours,
                &vehicles,
                &left,
            ])
            .map_err(|error| ours(error.to_string()))
        };
        if flow.legs.is_empty() {
            row(0, ["", &flow.from, &flow.from, &flow.departs, &flow.arrives], 0)?;
        }
        for (number, leg) in flow.legs.iter().enumerate() {
            let way = [&leg.link, &leg.from, &leg.to, &leg.departs, &leg.arrives];
            row(number + 1, way.map(String::as_str), leg.vehicles)?;
        }
    }
    let bytes = out.into_inner().map_err(|error| ours(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ours(error.to_string()))
}

/// Hours between two instants, with one decimal.
fn hours_between(from: &str, to: &str) -> String {
    let (Ok(from), Ok(to)) = (from.parse::<Time>(), to.parse::<Time>()) else {
        return String::new();
    };
    let tenths = seconds_between(from, to) / 360;
    format!("{}.{}", tenths / 10, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_say_as_much_as_they_know() {
        for (ppm, expected) in [
            (0, "0 %"),
            (8, "0.0008 %"),
            (10_000, "1 %"),
            (123_456, "12.3456 %"),
            (1_000_000, "100 %"),
        ] {
            assert_eq!(share(ppm), expected);
        }
    }

    #[test]
    fn hours_are_counted_in_tenths() {
        assert_eq!(hours_between("2024-01-01T00:00:00Z", "2024-01-01T07:06:00Z"), "7.1");
        assert_eq!(hours_between("2024-01-01T00:00:00Z", "never"), "");
    }
}
