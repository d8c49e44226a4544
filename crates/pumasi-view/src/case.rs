//! The list of cases, and one case from need to settlement.

use std::collections::BTreeMap;

use pumasi_act::state::{Obligation, Offer, Request, SettlementMode, Shipment};
use pumasi_act::{ActId, OrderLine as Order, Refusal, Stage, Timeliness, Verified};
use pumasi_base::{PartyId, Quantity, Status, Time, Unit};

use crate::lexicon::Lexicon;
use crate::needs::{reports, totals};
use crate::page::{
    AcceptanceLine, ActLine, Amount, CaseLine, CasePage, CasesPage, MatterLine, ObligationLine,
    OfferLine, OrderLine, RefusalLine, RequestLine, ShipmentLine, Sum, Words,
};
use crate::personal::personal_line;
use crate::visible::{Case, Held, Matter, Visible, case as find_case, cases as all_cases};

/// An act that a node refused before it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The matter it was meant for; one that belongs to none is shown with no case.
    pub matter: Option<ActId>,
    /// Who tried.
    pub party: PartyId,
    /// What kind of act.
    pub kind: String,
    /// When.
    pub time: Time,
    /// Why not.
    pub refusal: Refusal,
}

/// Every case the reader shares, newest first.
#[must_use]
pub fn cases(held: &[Held<'_>], reader: &PartyId) -> Visible<CasesPage> {
    let mut cases = all_cases(held, reader);
    cases.sort_by(|a, b| opened(b).cmp(&opened(a)).then_with(|| a.id.cmp(&b.id)));
    Visible::new(CasesPage { cases: cases.iter().map(case_line).collect() })
}

/// One case, or nothing when the reader shares none called `id`.
///
/// Of `attempts` those are shown that were meant for a matter of the case. The timeline runs by
/// claimed time, then id: matters have no common causal order.
#[must_use]
pub fn case(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    id: &str,
    as_of: Time,
    attempts: &[Attempt],
) -> Option<Visible<CasePage>> {
    let case = find_case(held, reader, id)?;
    let matters = || case.matters.iter();
    Some(Visible::new(CasePage {
        case: case_line(&case),
        as_of: as_of.to_string(),
        matters: matters().map(|matter| matter_line(lexicon, matter)).collect(),
        needs: totals(lexicon, &case, &reports(lexicon.catalog(), &case)),
        requests: in_time(matters().flat_map(|matter| request_lines(lexicon, matter))),
        offers: in_time(matters().flat_map(|matter| offer_lines(lexicon, matter, as_of))),
        orders: in_time(matters().flat_map(|matter| order_lines(lexicon, matter))),
        refusals: refusal_lines(lexicon, &case, attempts),
        timeline: in_time(matters().flat_map(|matter| act_lines(lexicon, matter, reader))),
    }))
}

/// A line with the time and the act it stands under.
type Timed<T> = (Time, ActId, T);

fn in_time<T>(lines: impl Iterator<Item = Timed<T>>) -> Vec<T> {
    let mut lines: Vec<Timed<T>> = lines.collect();
    lines.sort_by_key(|(time, id, _)| (*time, *id));
    lines.into_iter().map(|(_, _, line)| line).collect()
}

/// When the first matter of a case was opened.
fn opened(case: &Case<'_>) -> Time {
    case.matters.iter().filter_map(Matter::opened).min().unwrap_or(Time::MIN)
}

/// One case in the list; it has the title of its first matter.
pub(crate) fn case_line(case: &Case<'_>) -> CaseLine {
    let acts = || case.matters.iter().flat_map(Matter::folded_acts);
    let latest = acts().map(|act| act.payload().time).max();
    let open =
        |order: &&Order| !matches!(order.stage, Stage::Closed | Stage::Refused | Stage::Cancelled);
    let orders = case.matters.iter().flat_map(|matter| matter.state.orders.values());
    let title = case.matters.first().map(|matter| Words::from(&matter.state.genesis.title));
    CaseLine {
        id: case.id.clone(),
        title: title.unwrap_or_else(|| Words::same(&case.id)),
        status: case.status.to_string(),
        opened: opened(case).to_string(),
        latest: latest.unwrap_or_else(|| opened(case)).to_string(),
        open_orders: count(orders.filter(open).count()),
        acts: count(acts().count()),
    }
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn matter_line(lexicon: &Lexicon, matter: &Matter<'_>) -> MatterLine {
    let genesis = &matter.state.genesis;
    MatterLine {
        id: matter.state.matter.to_string(),
        title: Words::from(&genesis.title),
        status: genesis.status.to_string(),
        audience: genesis.audience.iter().map(|party| lexicon.party(party)).collect(),
        agreements: genesis.agreements.keys().map(ToString::to_string).collect(),
        acts: count(matter.folded.order.len()),
        waiting: count(matter.folded.waiting.len()),
        digest: matter.folded.digest().to_string(),
    }
}

fn request_lines(lexicon: &Lexicon, matter: &Matter<'_>) -> Vec<Timed<RequestLine>> {
    let line = |(id, request): (&ActId, &Request)| {
        let covering = matter.state.orders.values().filter(|order| order.request == Some(*id));
        let committed = sum(covering.map(|order| order.committed), request.quantity.unit());
        let stage = if committed.is_zero() {
            "open"
        } else if committed.as_milli() < request.quantity.as_milli() {
            "partly_covered"
        } else {
            "covered"
        };
        let line = RequestLine {
            id: id.to_string(),
            matter: matter.state.matter.to_string(),
            requesting: lexicon.party(&request.requesting),
            assisting: lexicon.party(&request.assisting),
            place: request.place.to_string(),
            place_names: lexicon.place(&request.place),
            commodity: request.commodity.to_string(),
            names: lexicon.commodity(&request.commodity),
            amount: request.quantity.into(),
            committed: committed.into(),
            need_by: request.need_by.map(|time| time.to_string()),
            stage: stage.to_owned(),
            time: request.time.to_string(),
            clause: request.clause.as_ref().map(|cited| lexicon.clause(cited)),
        };
        (request.time, *id, line)
    };
    matter.state.requests.iter().map(line).collect()
}

/// The sum of quantities of one unit; those of another are left out.
fn sum(quantities: impl Iterator<Item = Quantity>, unit: Unit) -> Quantity {
    quantities.fold(Quantity::zero(unit), |sum, quantity| sum.plus(quantity).unwrap_or(sum))
}

fn offer_lines(lexicon: &Lexicon, matter: &Matter<'_>, as_of: Time) -> Vec<Timed<OfferLine>> {
    let line = |(id, offer): (&ActId, &Offer)| {
        let line = OfferLine {
            id: id.to_string(),
            matter: matter.state.matter.to_string(),
            assisting: lexicon.party(&offer.assisting),
            requesting: lexicon.party(&offer.requesting),
            request: offer.request.map(|request| request.to_string()),
            commodity: offer.commodity.to_string(),
            names: lexicon.commodity(&offer.commodity),
            amount: offer.quantity.into(),
            price: offer.price.map(Sum::from),
            deadline: offer.deadline.map(|deadline| deadline.to_string()),
            stage: offer_stage(matter, offer, as_of).to_owned(),
            time: offer.time.to_string(),
        };
        (offer.time, *id, line)
    };
    matter.state.offers.iter().map(line).collect()
}

fn offer_stage(matter: &Matter<'_>, offer: &Offer, as_of: Time) -> &'static str {
    match offer.ordered {
        Some(order) if binds_nobody(matter, &order) => "accepted_late",
        Some(_) => "accepted",
        None if offer.withdrawn.is_some() => "withdrawn",
        None if offer.deadline.is_some_and(|deadline| as_of > deadline) => "lapsed",
        None => "proposed",
    }
}

/// Whether an order accepts an offer too late, by all that is known here, and has no answer yet.
fn binds_nobody(matter: &Matter<'_>, order: &ActId) -> bool {
    let is_open = matter.state.orders.get(order).is_some_and(|o| o.stage == Stage::Requisitioned);
    let acceptance = matter.folded.acceptance(order).filter(|_| is_open);
    acceptance.is_some_and(|a| matches!(a.timeliness, Timeliness::Late | Timeliness::LateSoFar))
}

fn acceptance_line(
    lexicon: &Lexicon,
    matter: &Matter<'_>,
    order: &ActId,
) -> Option<AcceptanceLine> {
    let acceptance = matter.folded.acceptance(order)?;
    let (witness, witnessed) = acceptance.witness.unzip();
    Some(AcceptanceLine {
        deadline: acceptance.deadline.to_string(),
        timeliness: acceptance.timeliness.code().to_owned(),
        binds_nobody: binds_nobody(matter, order),
        witness: witness.map(|party| lexicon.party(&party)),
        witnessed: witnessed.map(|time| time.to_string()),
    })
}

fn order_lines(lexicon: &Lexicon, matter: &Matter<'_>) -> Vec<Timed<OrderLine>> {
    let state = matter.state;
    let mut shipments: BTreeMap<ActId, Vec<(&ActId, &Shipment)>> = BTreeMap::new();
    for (id, shipment) in &state.shipments {
        shipments.entry(shipment.order).or_default().push((id, shipment));
    }
    let line = |(id, order): (&ActId, &Order)| {
        let of_order = shipments.remove(id).unwrap_or_default();
        (order.time, *id, order_line(lexicon, matter, id, order, of_order))
    };
    state.orders.iter().map(line).collect()
}

fn order_line(
    lexicon: &Lexicon,
    matter: &Matter<'_>,
    id: &ActId,
    order: &Order,
    mut shipments: Vec<(&ActId, &Shipment)>,
) -> OrderLine {
    shipments.sort_by_key(|(id, shipment)| (shipment.departs, **id));
    let next = order.next();
    let status = matter.state.genesis.status;
    OrderLine {
        id: id.to_string(),
        matter: matter.state.matter.to_string(),
        pushed: order.pushed,
        request: order.request.map(|request| request.to_string()),
        requesting: lexicon.party(&order.requesting),
        assisting: lexicon.party(&order.assisting),
        place: order.place.to_string(),
        place_names: lexicon.place(&order.place),
        commodity: order.commodity.to_string(),
        names: lexicon.commodity(&order.commodity),
        purpose: order.purpose.to_string(),
        ordered: order.ordered.into(),
        committed: order.committed.into(),
        shipped: order.shipped.into(),
        accepted: order.accepted.into(),
        rejected: order.rejected.into(),
        short: order.short.into(),
        stage: order.stage.code().to_owned(),
        next: next.map(|(party, _)| lexicon.party(party)),
        next_kind: next.map(|(_, kind)| kind.to_owned()),
        mode: mode(order.mode).to_owned(),
        price: order.price.map(Sum::from),
        acceptance: acceptance_line(lexicon, matter, id),
        obligation: order.obligation.as_ref().map(|owed| obligation_line(lexicon, owed, status)),
        shipments: shipments.into_iter().map(|(id, s)| shipment_line(id, s)).collect(),
        clause: order.clause.as_ref().map(|cited| lexicon.clause(cited)),
        time: order.time.to_string(),
    }
}

/// The way of settling by the word of agreements, which pages use throughout.
fn mode(mode: SettlementMode) -> &'static str {
    match mode {
        SettlementMode::EqualValueExchange => "equal_value",
        other => other.code(),
    }
}

fn shipment_line(id: &ActId, shipment: &Shipment) -> ShipmentLine {
    let none = Quantity::zero(shipment.quantity.unit());
    let receipt = shipment.receipt.as_ref();
    let found = |quantity: Option<Quantity>| Amount::from(quantity.unwrap_or(none));
    ShipmentLine {
        id: id.to_string(),
        amount: shipment.quantity.into(),
        pallets: shipment.pallets,
        links: shipment.links.clone(),
        departs: shipment.departs.to_string(),
        arrives: shipment.arrives.to_string(),
        stage: if receipt.is_some() { "received" } else { "dispatched" }.to_owned(),
        received: receipt.map(|receipt| receipt.time.to_string()),
        accepted: found(receipt.map(|receipt| receipt.accepted)),
        rejected: found(receipt.map(|receipt| receipt.rejected)),
        reason: receipt.and_then(|receipt| receipt.reason.clone()),
        short: found(receipt.map(|receipt| receipt.short)),
    }
}

/// What is owed; in an exercise or test nobody owes anybody anything.
pub(crate) fn obligation_line(
    lexicon: &Lexicon,
    owed: &Obligation,
    status: Status,
) -> ObligationLine {
    let in_money = owed.mode == SettlementMode::Reimbursement;
    ObligationLine {
        debtor: lexicon.party(&owed.debtor),
        creditor: lexicon.party(&owed.creditor),
        mode: mode(owed.mode).to_owned(),
        sum: owed.sum.filter(|_| in_money).map(Sum::from),
        goods: (!in_money).then(|| owed.goods.into()),
        stage: owed.stage.code().to_owned(),
        due: owed.due.map(|due| due.to_string()),
        exercise: status != Status::Actual,
    }
}

/// What the fold refused and what nodes refused before signing, by time.
fn refusal_lines(lexicon: &Lexicon, case: &Case<'_>, attempts: &[Attempt]) -> Vec<RefusalLine> {
    let of_fold = case.matters.iter().flat_map(|matter| {
        matter.state.refused.iter().filter_map(|(id, refusal)| {
            let payload = matter.act(id)?.payload();
            let attempt = Attempt {
                matter: Some(matter.state.matter),
                party: payload.log.party.clone(),
                kind: payload.kind.clone(),
                time: payload.time,
                refusal: refusal.clone(),
            };
            Some((payload.time, *id, refusal_line(lexicon, Some(*id), &attempt)))
        })
    });
    let before_signing = attempts_in(case, attempts).filter_map(|attempt| {
        Some((attempt.time, attempt.matter?, refusal_line(lexicon, None, attempt)))
    });
    in_time(of_fold.chain(before_signing))
}

/// The attempts that were meant for a matter of the case.
pub(crate) fn attempts_in<'a>(
    case: &Case<'_>,
    attempts: &'a [Attempt],
) -> impl Iterator<Item = &'a Attempt> {
    attempts.iter().filter(|attempt| {
        let of = attempt.matter;
        of.is_some_and(|of| case.matters.iter().any(|matter| matter.state.matter == of))
    })
}

fn refusal_line(lexicon: &Lexicon, act: Option<ActId>, attempt: &Attempt) -> RefusalLine {
    RefusalLine {
        act: act.map(|act| act.to_string()),
        matter: attempt.matter.map(|matter| matter.to_string()),
        party: lexicon.party(&attempt.party),
        kind: attempt.kind.clone(),
        kind_names: lexicon.kind(&attempt.kind),
        time: attempt.time.to_string(),
        code: attempt.refusal.code(),
        words: lexicon.refusal(&attempt.refusal),
        clauses: attempt.refusal.clauses().iter().map(|cited| lexicon.clause(cited)).collect(),
    }
}

fn act_lines(lexicon: &Lexicon, matter: &Matter<'_>, reader: &PartyId) -> Vec<Timed<ActLine>> {
    let line = |act: &Verified| {
        let payload = act.payload();
        let line = ActLine {
            id: act.id().to_string(),
            matter: matter.state.matter.to_string(),
            party: lexicon.party(act.party()),
            officers: payload.officers.iter().map(ToString::to_string).collect(),
            kind: payload.kind.clone(),
            kind_names: lexicon.kind(&payload.kind),
            summary: lexicon.summary(payload),
            time: payload.time.to_string(),
            clause: payload.clause.as_ref().map(|cited| lexicon.clause(cited)),
            refused: matter.state.refused.contains_key(&act.id()),
            subject: subject(matter, act).map(|subject| subject.to_string()),
            personal: personal_line(lexicon, matter, act, reader),
        };
        (payload.time, act.id(), line)
    };
    matter.folded_acts().map(line).collect()
}

/// The order or request an act belongs to.
fn subject(matter: &Matter<'_>, act: &Verified) -> Option<ActId> {
    let id = act.id();
    if matter.state.orders.contains_key(&id) || matter.state.requests.contains_key(&id) {
        return Some(id);
    }
    let named = |field: &str| act.payload().body.get(field)?.as_str()?.parse::<ActId>().ok();
    let shipped = || matter.state.shipments.get(&named("shipment")?).map(|s| s.order);
    named("order").or_else(shipped).or_else(|| named("request"))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;
    use crate::page::NeedTotal;
    use crate::world::{Case as Played, en, lexicon, origin, party};

    fn page(reader: &str, attempts: &[Attempt]) -> CasePage {
        Played::played(Status::Exercise).held(|held| {
            case(&lexicon(), held, &party(reader), "test", origin(), attempts).unwrap().into_inner()
        })
    }

    #[track_caller]
    fn check(reader: &str, what: &str, expected: &Expect) {
        let page = page(reader, &[]);
        let amount = |amount: &Amount| format!("{} {}", amount.milli / 1000, amount.unit);
        let lines: Vec<String> = match what {
            "needs" => page.needs.iter().map(need_text).collect(),
            "requests" => page
                .requests
                .iter()
                .map(|r| {
                    let (from, to) = (en(&r.assisting.names), en(&r.requesting.names));
                    format!("{from} for {to}: {} {} {}", r.commodity, amount(&r.amount), r.stage)
                })
                .collect(),
            "orders" => page
                .orders
                .iter()
                .map(|o| {
                    let next = o.next.as_ref().map_or("nobody", |party| en(&party.names));
                    let kind = o.next_kind.as_deref().unwrap_or("nothing");
                    let sums = [&o.ordered, &o.committed, &o.shipped, &o.accepted].map(amount);
                    let shipments = o.shipments.len();
                    format!(
                        "{} pushed {} [{}] {} by {}: {kind} of {next}; {shipments} shipment",
                        o.commodity,
                        o.pushed,
                        sums.join(", "),
                        o.stage,
                        o.mode
                    )
                })
                .collect(),
            "refusals" => page.refusals.iter().map(refusal_text).collect(),
            "matters" => page
                .matters
                .iter()
                .map(|m| format!("{} acts, {} parties, {}", m.acts, m.audience.len(), m.status))
                .collect(),
            _ => page
                .timeline
                .iter()
                .map(|a| {
                    let subject = a.subject.is_some();
                    format!(
                        "{} {} {} refused={} subject={subject}",
                        &a.time[11..16],
                        a.party.id,
                        a.kind,
                        a.refused
                    )
                })
                .collect(),
        };
        let text = if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") };
        expected.assert_eq(&(text + "\n"));
    }

    fn need_text(need: &NeedTotal) -> String {
        let NeedTotal { commodity, needed, requested, committed, shipped, received, unmet, .. } =
            need;
        let (low, central, high) = (needed.low, needed.central, needed.high);
        format!(
            "{commodity} needed {low}..{central}..{high} requested {requested} committed {committed} shipped {shipped} received {received} unmet {unmet}"
        )
    }

    fn refusal_text(refusal: &RefusalLine) -> String {
        let clauses: Vec<_> = refusal.clauses.iter().map(|c| c.clause.as_str()).collect();
        let signed = refusal.act.is_some();
        format!(
            "{} {} {} [{}] signed={signed}",
            refusal.party.id,
            refusal.kind,
            refusal.code,
            clauses.join(",")
        )
    }

    #[test]
    fn needs_are_those_of_the_newest_report_and_counted_once() {
        // Both matters carry both reports; only the second counts, once: 240 + 120 litres a day.
        check(
            "jp",
            "needs",
            &expect![[r#"
                blanket needed 450..900..1800 requested 100 committed 100 shipped 100 received 90 unmet 800
                drinking_water needed 1260..2520..5040 requested 0 committed 120 shipped 0 received 0 unmet 2400
            "#]],
        );
        check(
            "cn",
            "needs",
            &expect![[r#"
                blanket needed 450..900..1800 requested 0 committed 0 shipped 0 received 0 unmet 900
                drinking_water needed 1260..2520..5040 requested 0 committed 0 shipped 0 received 0 unmet 2520
            "#]],
        );
    }

    #[test]
    fn orders_and_requests_show_how_far_they_came() {
        check(
            "jp",
            "requests",
            &expect![[r#"
                Korea for Japan: blanket 100 EA covered
            "#]],
        );
        check(
            "jp",
            "orders",
            &expect![[r#"
                blanket pushed false [100 EA, 100 EA, 100 EA, 90 EA] closed by gift: nothing of nobody; 1 shipment
                drinking_water pushed true [120 LTR, 120 LTR, 0 LTR, 0 LTR] committed by gift: dispatch_shipment of Korea; 0 shipment
            "#]],
        );
        check(
            "cn",
            "orders",
            &expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn refusals_and_the_timeline_are_complete() {
        check(
            "jp",
            "matters",
            &expect![[r#"
                11 acts, 2 parties, exercise
                6 acts, 2 parties, exercise
            "#]],
        );
        check(
            "jp",
            "refusals",
            &expect![[r#"
                jp request_resource agreement_must_permit [art-3] signed=true
            "#]],
        );
        check(
            "jp",
            "timeline",
            &expect![[r#"
                00:00 jp open_matter refused=false subject=false
                00:00 jp open_matter refused=false subject=false
                01:00 jp relay_alert refused=false subject=false
                01:00 jp relay_alert refused=false subject=false
                02:00 jp report_needs refused=false subject=false
                02:00 jp report_needs refused=false subject=false
                03:00 jp relay_alert refused=false subject=false
                03:00 jp relay_alert refused=false subject=false
                04:00 jp report_needs refused=false subject=false
                04:00 jp report_needs refused=false subject=false
                05:00 jp request_resource refused=false subject=true
                05:00 jp request_resource refused=true subject=false
                06:00 jp requisition_resource refused=false subject=true
                07:00 kr commit_resource refused=false subject=true
                08:00 kr dispatch_shipment refused=false subject=true
                09:00 jp receive_resource refused=false subject=true
                10:00 kr push_resource refused=false subject=true
            "#]],
        );
    }

    #[test]
    fn attempts_show_with_their_case_alone() {
        let matter = Played::played(Status::Exercise).kr.matter;
        let attempt = |matter| Attempt {
            matter,
            party: party("kr"),
            kind: "push_resource".to_owned(),
            time: origin(),
            refusal: Refusal::QuantityMustNotBeZero,
        };
        let attempts = [attempt(Some(matter)), attempt(None)];
        let tried = |reader| {
            let page = page(reader, &attempts);
            page.refusals.iter().filter(|refusal| refusal.act.is_none()).count()
        };
        assert_eq!((tried("kr"), tried("cn")), (1, 0));
    }

    /// An offer until the third day that Japan accepts on the fourth while it claims the second,
    /// as the page of a day has it.
    #[track_caller]
    fn check_offer(witnessed: Option<&str>, today: &str, expected: &Expect) {
        let mut played = Played::played(Status::Exercise);
        let world = &mut played.kr;
        let goods = json!({"request": null, "commodity": "blanket", "quantity": "5 EA",
            "purpose": "disaster_relief", "mode": "gift", "price": null});
        let mut write = |at: &str, party: &str, kind: &str, more: serde_json::Value| {
            let mut body = goods.clone();
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            world.wait_until(at.parse().unwrap());
            let body = if kind == "acknowledge_acts" { json!({}) } else { body };
            let cited = (kind != "acknowledge_acts").then_some("kr-jp/art-1");
            world.act(party, kind, cited, body)
        };
        let until = json!({"requesting": "jp", "until": "2024-01-03T00:00:00Z"});
        let offer = write("2024-01-01T12:00:00Z", "kr", "offer_resource", until);
        if let Some(witnessed) = witnessed {
            let order = json!({"assisting": "kr", "offer": offer, "place": "jp-1"});
            write("2024-01-01T23:00:00Z", "jp", "requisition_resource", order);
            write(witnessed, "kr", "acknowledge_acts", json!({}));
        }
        let today = today.parse().unwrap();
        let page = played.held(|held| {
            case(&lexicon(), held, &party("jp"), "test", today, &[]).unwrap().into_inner()
        });
        let offers = page.offers.iter().map(|line| {
            format!("{} until {}", line.stage, line.deadline.as_deref().unwrap_or("-"))
        });
        let orders = page.orders.iter().filter_map(|line| line.acceptance.as_ref()).map(|line| {
            let witness = line.witness.as_ref().map_or("nobody", |party| en(&party.names));
            let seen = line.witnessed.as_deref().unwrap_or("never");
            let binds = if line.binds_nobody { ", binds nobody" } else { "" };
            format!("{}: {witness}, {seen}{binds}", line.timeliness)
        });
        expected.assert_eq(&offers.chain(orders).collect::<Vec<_>>().join("; "));
    }

    #[test]
    fn offers_lapse_and_late_acceptances_show() {
        let (before, after) = ("2024-01-02T12:00:00Z", "2024-01-03T00:00:01Z");
        check_offer(None, before, &expect!["proposed until 2024-01-03T00:00:00Z"]);
        check_offer(None, after, &expect!["lapsed until 2024-01-03T00:00:00Z"]);
        check_offer(
            Some(before),
            after,
            &expect!["accepted until 2024-01-03T00:00:00Z; in_time: Korea, 2024-01-02T13:00:00Z"],
        );
        check_offer(
            Some(after),
            after,
            &expect![
                "accepted_late until 2024-01-03T00:00:00Z; late_so_far: Korea, 2024-01-03T01:00:01Z, binds nobody"
            ],
        );
    }

    #[test]
    fn the_list_names_the_newest_case_first() {
        let lines =
            Played::played(Status::Exercise).held(|held| cases(held, &party("jp")).into_inner());
        let line = &lines.cases[0];
        let shown = (lines.cases.len(), line.id.as_str(), line.open_orders, line.acts);
        assert_eq!(shown, (1, "test", 1, 17));
        assert_eq!(
            (line.opened.as_str(), line.status.as_str()),
            ("2024-01-01T00:00:00Z", "exercise")
        );
    }
}
