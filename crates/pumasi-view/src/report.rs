//! The after-action page: how fast help came, what stayed unmet, which clauses decided.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::kinds::report_needs::NeedReport;
use pumasi_act::state::Shipment;
use pumasi_act::{ActId, ClauseCited, OrderLine};
use pumasi_base::time::{plus_seconds, seconds_between};
use pumasi_base::{CommodityId, Digest, PartyId, Time};

use crate::case::{Attempt, attempts_in, case_line, obligation_line};
use crate::lexicon::Lexicon;
use crate::needs::{
    country_of, horizon_hours, meets_needs, needed_by, newest_alert, newest_plan, reports, unit_of,
};
use crate::page::{
    ClauseTally, FactLine, NodeDigest, ObligationLine, ReportPage, SharedMatterReport, UnmetPoint,
    UnmetSeries, Words,
};
use crate::visible::{Case, Held, Visible, case as find_case};

/// Most points of a series, whatever period was asked for.
const POINTS_MAX: i64 = 2000;

/// The digests of one matter, as far as the node has heard them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterDigests {
    /// The matter.
    pub matter: ActId,
    /// Each party with the digest of its state, when known, and the acts it has folded.
    pub nodes: Vec<(PartyId, Option<Digest>, u32)>,
}

/// What a report needs beside the matters.
#[derive(Debug, Clone, Copy)]
pub struct ReportInputs<'a> {
    /// Hours between two points of the unmet needs; at least one.
    pub period_hours: i64,
    /// Acts the node refused before they were signed.
    pub attempts: &'a [Attempt],
    /// Digests heard.
    pub digests: &'a [MatterDigests],
    /// What really happened.
    pub facts: &'a [FactLine],
}

/// The report on one case, or nothing when the reader shares none called `id`.
///
/// Aid counts as arrived when its receiver accepted any of it: at the arrival its shipment states,
/// or at the receipt where that is earlier. A receiver that was cut off confirms late, and the
/// confirmation proves the goods but not the hour. Unmet needs count what other parties sent; what
/// the receiver handed out of its own stock is no act and does not appear.
#[must_use]
pub fn report(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    id: &str,
    inputs: ReportInputs<'_>,
) -> Option<Visible<ReportPage>> {
    let case = find_case(held, reader, id)?;
    let origin = origin(&case);
    let arrivals = arrivals(&case);
    let minutes = |arrival: &Arrival<'_>| seconds_between(origin, arrival.at).div_euclid(60);
    let foreign = arrivals.iter().filter(|arrival| arrival.crosses_border(lexicon));
    Some(Visible::new(ReportPage {
        case: case_line(&case),
        origin: origin.to_string(),
        first_aid_min: arrivals.iter().map(minutes).min(),
        first_foreign_aid_min: foreign.map(minutes).min(),
        unmet: unmet(lexicon, &case, origin, &arrivals, inputs.period_hours),
        clauses: tallies(lexicon, &case, inputs.attempts),
        owed: owed(lexicon, &case),
        digests: digests(lexicon, &case, inputs.digests),
        facts: inputs.facts.to_vec(),
    }))
}

/// When the event struck: as the matters froze it, else as the newest alert has it, else when the
/// case was opened.
fn origin(case: &Case<'_>) -> Time {
    let frozen = case.matters.iter().find_map(|matter| matter.state.genesis.origin);
    let alerted = || newest_alert(case).map(|(_, alert)| alert.origin);
    let opened = || case.matters.iter().filter_map(|matter| matter.opened()).min();
    frozen.or_else(alerted).or_else(opened).unwrap_or(Time::MIN)
}

/// Goods a receiver accepted.
struct Arrival<'a> {
    at: Time,
    order: &'a OrderLine,
    milli: i64,
}

impl Arrival<'_> {
    fn crosses_border(&self, lexicon: &Lexicon) -> bool {
        let country = |party| country_of(lexicon.catalog(), party);
        country(&self.order.assisting) != country(&self.order.requesting)
    }
}

fn arrivals<'a>(case: &Case<'a>) -> Vec<Arrival<'a>> {
    let of_shipment = |order: &'a OrderLine, shipment: &Shipment| {
        let receipt = shipment.receipt.as_ref()?;
        let milli = receipt.accepted.as_milli();
        (milli > 0).then(|| Arrival { at: receipt.time.min(shipment.arrives), order, milli })
    };
    let shipments = case.matters.iter().flat_map(|matter| {
        matter.state.shipments.values().filter_map(move |shipment| {
            of_shipment(matter.state.orders.get(&shipment.order)?, shipment)
        })
    });
    shipments.collect()
}

/// Unmet need of each commodity, point by point from the event to the end of the plan's horizon.
///
/// What is consumed every day and missed is lost and adds up; what lasts stays open until it has
/// come. Central estimates of the newest reports count for the whole time.
fn unmet(
    lexicon: &Lexicon,
    case: &Case<'_>,
    origin: Time,
    arrivals: &[Arrival<'_>],
    period_hours: i64,
) -> Vec<UnmetSeries> {
    let reports = reports(lexicon.catalog(), case);
    let mut needs: BTreeMap<&CommodityId, Vec<&NeedReport>> = BTreeMap::new();
    let of_places = reports.values().flat_map(|report| report.places.values());
    for (commodity, need) in of_places.flat_map(|place| &place.needs) {
        needs.entry(commodity).or_default().push(need);
    }
    let met: Vec<&Arrival<'_>> = arrivals
        .iter()
        .filter(|arrival| meets_needs(lexicon.catalog(), &reports, &arrival.order.place))
        .collect();
    let plan = newest_plan(case).map(|(_, plan)| plan);
    let hours = horizon_hours(plan);
    let step = period_hours.max(1).max(hours / POINTS_MAX);
    let series = |(commodity, needs): (&CommodityId, Vec<&NeedReport>)| UnmetSeries {
        commodity: commodity.to_string(),
        names: lexicon.commodity(commodity),
        unit: unit_of(lexicon, commodity),
        points: points(lexicon, commodity, &needs, &Clock { origin, hours, step }, &met),
    };
    needs.into_iter().map(series).collect()
}

/// The hours at which a series is read.
struct Clock {
    origin: Time,
    hours: i64,
    step: i64,
}

fn points(
    lexicon: &Lexicon,
    commodity: &CommodityId,
    needs: &[&NeedReport],
    clock: &Clock,
    arrivals: &[&Arrival<'_>],
) -> Vec<UnmetPoint> {
    let perishing = lexicon.catalog().commodities.get(commodity).is_some_and(|c| c.perishing);
    let received_by = |hour: i64| {
        let until = plus_seconds(clock.origin, hour.saturating_mul(3600));
        let in_time = arrivals.iter().filter(|a| a.order.commodity == *commodity && a.at <= until);
        in_time.map(|arrival| arrival.milli).sum::<i64>().div_euclid(1000)
    };
    let mut points = Vec::new();
    let (mut missed, mut needed_before, mut had) = (0_i64, 0_i64, 0_i64);
    let mut hour = 0;
    while hour <= clock.hours {
        let amounts = needs.iter().map(|need| needed_by(need, need.amount[1], hour));
        let needed = amounts.fold(0_i64, i64::saturating_add);
        let received = received_by(hour);
        // What was needed and not missed is used up; of what had come when the period began, the
        // rest was left for it. What came within the period serves from the next, as in plans.
        let left = had.saturating_sub(needed_before.saturating_sub(missed)).max(0);
        missed = missed.saturating_add((needed - needed_before).saturating_sub(left).max(0));
        (needed_before, had) = (needed, received);
        let unmet = if perishing { missed } else { needed.saturating_sub(received).max(0) };
        points.push(UnmetPoint { hour, needed, received, unmet });
        hour = hour.saturating_add(clock.step);
    }
    points
}

/// What each clause permitted and refused: acts applied that cite it, refusals that do.
fn tallies(lexicon: &Lexicon, case: &Case<'_>, attempts: &[Attempt]) -> Vec<ClauseTally> {
    let mut tallies: BTreeMap<ClauseCited, (u32, u32)> = BTreeMap::new();
    for matter in &case.matters {
        let applied = matter.folded_acts().filter(|a| matter.state.applied.contains(&a.id()));
        for clause in applied.filter_map(|act| act.payload().clause.as_ref()) {
            tallies.entry(clause.clone()).or_default().0 += 1;
        }
    }
    let folded = case.matters.iter().flat_map(|matter| matter.state.refused.values());
    let tried = attempts_in(case, attempts).map(|attempt| &attempt.refusal);
    for refusal in folded.chain(tried) {
        // A refusal that cites a clause twice was still refused once by it.
        for clause in refusal.clauses().iter().collect::<BTreeSet<_>>() {
            tallies.entry(clause.clone()).or_default().1 += 1;
        }
    }
    let line = |(clause, (permitted, refused)): (ClauseCited, (u32, u32))| ClauseTally {
        clause: lexicon.clause(&clause),
        permitted,
        refused,
    };
    tallies.into_iter().map(line).collect()
}

fn owed(lexicon: &Lexicon, case: &Case<'_>) -> Vec<ObligationLine> {
    let orders = case.matters.iter().flat_map(|matter| matter.state.orders.values());
    let owed = orders.filter_map(|order| order.obligation.as_ref());
    owed.map(|owed| obligation_line(lexicon, owed, case.status)).collect()
}

fn digests(lexicon: &Lexicon, case: &Case<'_>, heard: &[MatterDigests]) -> Vec<SharedMatterReport> {
    let line = |matter: &crate::visible::Matter<'_>| {
        let heard = heard.iter().find(|heard| heard.matter == matter.state.matter);
        let nodes = heard.map(|heard| heard.nodes.as_slice()).unwrap_or_default();
        // Only members of the audience share the matter, whatever was handed in.
        let nodes: Vec<_> =
            nodes.iter().filter(|(p, _, _)| matter.state.genesis.audience.contains(p)).collect();
        let distinct: BTreeSet<&Option<Digest>> = nodes.iter().map(|(_, d, _)| d).collect();
        SharedMatterReport {
            matter: matter.state.matter.to_string(),
            title: Words::from(&matter.state.genesis.title),
            equal: distinct.len() == 1 && !distinct.contains(&None),
            nodes: nodes
                .into_iter()
                .map(|(party, digest, acts)| NodeDigest {
                    party: lexicon.party(party),
                    digest: digest.map(|digest| digest.to_string()),
                    acts: *acts,
                })
                .collect(),
        }
    };
    case.matters.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Case as Played, lexicon, party};
    use pumasi_act::Refusal;
    use pumasi_base::Status;
    use serde_json::json;

    fn page(played: &Played, reader: &str, inputs: ReportInputs<'_>) -> ReportPage {
        played.held(|held| {
            report(&lexicon(), held, &party(reader), "test", inputs).unwrap().into_inner()
        })
    }

    const PLAIN: ReportInputs<'_> =
        ReportInputs { period_hours: 84, attempts: &[], digests: &[], facts: &[] };

    #[test]
    fn aid_counts_from_the_event_to_its_arrival() {
        let played = Played::played(Status::Exercise);
        // Received at 09:00, before the arrival its shipment expected.
        let report = page(&played, "jp", PLAIN);
        assert_eq!((report.first_aid_min, report.first_foreign_aid_min), (Some(540), Some(540)));
        let report = page(&played, "cn", PLAIN);
        assert_eq!((report.first_aid_min, report.first_foreign_aid_min), (None, None));
    }

    #[track_caller]
    fn check_series(played: &Played, commodity: &str, expected: &[(i64, i64, i64, i64)]) {
        let report = page(played, "jp", PLAIN);
        let series = report.unmet.iter().find(|series| series.commodity == commodity).unwrap();
        let points: Vec<_> =
            series.points.iter().map(|p| (p.hour, p.needed, p.received, p.unmet)).collect();
        assert_eq!(points, expected, "{commodity}");
    }

    #[test]
    fn what_perishes_adds_up_and_what_lasts_stays_open() {
        let mut played = Played::played(Status::Exercise);
        let blankets = [(0, 900, 0, 900), (84, 900, 90, 810), (168, 900, 90, 810)];
        check_series(&played, "blanket", &blankets);
        let water = [(0, 0, 0, 0), (84, 1260, 0, 1260), (168, 2520, 0, 2520)];
        check_series(&played, "drinking_water", &water);
        // Water that came in the first half serves the second.
        let push = played.kr.acts.last().unwrap().id();
        let shipment = played.kr.act(
            "kr",
            "dispatch_shipment",
            None,
            json!({
            "order": push, "quantity": "120 LTR", "pallets": 1, "links": [],
            "departs": "2024-01-01T12:00:00Z", "arrives": "2024-01-01T20:00:00Z"}),
        );
        played.kr.act(
            "jp",
            "receive_resource",
            None,
            json!({
            "shipment": shipment, "accepted": "120 LTR", "rejected": "0 LTR", "reason": null,
            "short": "0 LTR"}),
        );
        let water = [(0, 0, 0, 0), (84, 1260, 120, 1260), (168, 2520, 120, 2400)];
        check_series(&played, "drinking_water", &water);
    }

    #[test]
    fn clauses_count_what_they_permitted_and_refused() {
        let played = Played::played(Status::Exercise);
        let clause = |id: &str| ClauseCited {
            agreement: "kr-jp".parse().unwrap(),
            clause: id.parse().unwrap(),
        };
        let attempts = [Attempt {
            matter: Some(played.kr.matter),
            party: party("kr"),
            kind: "push_resource".to_owned(),
            time: "2024-01-02T00:00:00Z".parse().unwrap(),
            refusal: Refusal::ClauseMustBeCited { clauses: vec![clause("art-8"), clause("art-8")] },
        }];
        let report = page(&played, "jp", ReportInputs { attempts: &attempts, ..PLAIN });
        let tallies: Vec<_> = report
            .clauses
            .iter()
            .map(|tally| (tally.clause.clause.as_str(), tally.permitted, tally.refused))
            .collect();
        // Request, requisition and commitment cite article 1; the push cites article 8.
        assert_eq!(tallies, [("art-1", 3, 0), ("art-3", 0, 1), ("art-8", 1, 1)]);
    }

    #[test]
    fn in_an_exercise_what_is_owed_binds_nobody() {
        for (status, exercise) in [(Status::Exercise, true), (Status::Actual, false)] {
            let mut played = Played::played(status);
            assert!(page(&played, "jp", PLAIN).owed.is_empty());
            let mode = json!({"mode": "replacement_in_kind", "price": null});
            let order = played.kr.order_to_receipt("kr", "jp", mode);
            assert_ne!(order, played.order);
            let report = page(&played, "jp", PLAIN);
            let owed: Vec<_> =
                report.owed.iter().map(|o| (o.debtor.id.as_str(), o.exercise)).collect();
            assert_eq!(owed, [("jp", exercise)], "{status}: {:?}", played.kr.outcome(order));
        }
    }

    #[test]
    fn digests_agree_only_when_all_are_heard_and_equal() {
        let played = Played::played(Status::Exercise);
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        let cases = [
            (Some(one), Some(one), true),
            (Some(one), Some(other), false),
            (Some(one), None, false),
            (None, None, false),
        ];
        for (here, there, equal) in cases {
            let nodes =
                vec![(party("jp"), here, 9), (party("kr"), there, 9), (party("ru"), None, 1)];
            let digests = [MatterDigests { matter: played.kr.matter, nodes }];
            let report = page(&played, "kr", ReportInputs { digests: &digests, ..PLAIN });
            assert_eq!(report.digests.len(), 1);
            assert_eq!((report.digests[0].nodes.len(), report.digests[0].equal), (2, equal));
        }
    }
}
