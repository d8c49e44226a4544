//! Orders of a drill: pushed, refused, requested, shipped, received and settled.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::time::seconds_between;
use pumasi_base::{AgreementId, CommodityId, Digest, PartyId, Quantity};
use pumasi_node::act::ActId;
use pumasi_node::act::kinds::choose_plan::PlannedMove;
use pumasi_node::drill::Refill;
use pumasi_node::view::page::{AskAnswer, CasePage, OrderLine, SituationPage};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::conduct::{Act, Conductor};
use super::story::Story;
use crate::failure::{Exit, Failure};

/// Minutes between the steps of an order: people read, decide and sign.
const STEP_MIN: i64 = 20;
/// Parts per thousand missing from the shipment that arrives short.
const SHORT_PERMILLE: i64 = 20;

/// What one giver sends of one commodity under one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bundle {
    giver: PartyId,
    receiver: PartyId,
    agreement: AgreementId,
    clause: String,
    commodity: CommodityId,
    units: i64,
    legs: Vec<Leg>,
}

/// A part of it that travels together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Leg {
    units: i64,
    links: Vec<String>,
    depart_min: i64,
    arrive_min: i64,
}

/// A shipment under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    id: ActId,
    matter: ActId,
    receiver: PartyId,
    commodity: CommodityId,
    units: i64,
    arrive_min: i64,
    reimbursable: bool,
}

impl Conductor<'_> {
    fn minute_of(&self, time: pumasi_base::Time) -> i64 {
        seconds_between(self.script.origin, time).div_euclid(60)
    }

    fn quantity(&self, commodity: &CommodityId, units: i64) -> Result<Quantity, Failure> {
        let known = self.library.catalog.commodities.get(commodity);
        known.and_then(|commodity| Quantity::whole(units, commodity.unit).ok()).ok_or_else(|| {
            Failure::new("failure-drill", Exit::BadFile).because(format!("`{commodity}`"))
        })
    }

    fn pallets(&self, commodity: &CommodityId, units: i64) -> i64 {
        let each = self.library.catalog.commodities.get(commodity).map_or(1, |c| c.per_pallet);
        units.div_euclid(each.max(1)) + i64::from(units.rem_euclid(each.max(1)) > 0)
    }

    /// Gathers a plan's moves into what becomes one order each: what parties of the drill send to
    /// `receiver`.
    fn gather(&self, moves: &[PlannedMove], receiver: &PartyId) -> Vec<Bundle> {
        let mut bundles: BTreeMap<(PartyId, AgreementId, String, CommodityId), Bundle> =
            BTreeMap::new();
        let ours = |m: &&PlannedMove| {
            m.receiver == *receiver
                && m.giver != *receiver
                && self.script.parties.contains(&m.giver)
                && m.units > 0
        };
        for planned in moves.iter().filter(ours) {
            let key = (
                planned.giver.clone(),
                planned.agreement.clone(),
                planned.clause.to_string(),
                planned.commodity.clone(),
            );
            let bundle = bundles.entry(key).or_insert_with(|| Bundle {
                giver: planned.giver.clone(),
                receiver: receiver.clone(),
                agreement: planned.agreement.clone(),
                clause: planned.clause.to_string(),
                commodity: planned.commodity.clone(),
                units: 0,
                legs: Vec::new(),
            });
            bundle.units += planned.units;
            let leg = Leg {
                units: planned.units,
                links: planned.links.iter().map(ToString::to_string).collect(),
                depart_min: self.minute_of(planned.departs),
                arrive_min: self.minute_of(planned.arrives),
            };
            join(&mut bundle.legs, leg);
        }
        bundles.into_values().collect()
    }

    fn dispatch(
        &mut self,
        bundle: &Bundle,
        order: ActId,
        matter: ActId,
        earliest: i64,
        reimbursable: bool,
    ) -> Result<Vec<Sent>, Failure> {
        let mut sent = Vec::new();
        for (index, leg) in bundle.legs.iter().enumerate() {
            let depart = leg.depart_min.max(earliest);
            let arrive = leg.arrive_min.max(depart);
            let body = json!({
                "order": order,
                "quantity": self.quantity(&bundle.commodity, leg.units)?,
                "pallets": self.pallets(&bundle.commodity, leg.units),
                "links": leg.links,
                "departs": self.at(depart),
                "arrives": self.at(arrive),
            });
            let act = Act {
                party: &bundle.giver,
                matter,
                kind: "dispatch_shipment",
                clause: None,
                minute: depart,
                body,
            };
            let id = self.act(&format!("dispatch-{order}-{index}"), &act)?;
            sent.push(Sent {
                id,
                matter,
                receiver: bundle.receiver.clone(),
                commodity: bundle.commodity.clone(),
                units: leg.units,
                arrive_min: arrive,
                reimbursable,
            });
        }
        Ok(sent)
    }

    /// Records what arrived, in the order of arrival and not before `earliest`: a receiver that
    /// was cut off writes down late what came early.
    fn receive(
        &mut self,
        mut sent: Vec<Sent>,
        earliest: i64,
        flawed: bool,
        story: &mut Story<'_>,
    ) -> Result<(), Failure> {
        sent.sort_by_key(|sent| (sent.arrive_min, sent.id));
        let flaw = flawed.then(|| flawed_shipment(&sent)).flatten();
        for shipment in &sent {
            let pallet = self.per_pallet(shipment);
            let (rejected, short) =
                if Some(shipment.id) == flaw { flaws(shipment.units, pallet) } else { (0, 0) };
            let accepted = shipment.units - rejected - short;
            let body = json!({
                "shipment": shipment.id,
                "accepted": self.quantity(&shipment.commodity, accepted)?,
                "rejected": self.quantity(&shipment.commodity, rejected)?,
                "reason": (rejected > 0).then_some("water damage to one pallet"),
                "short": self.quantity(&shipment.commodity, short)?,
            });
            let minute = shipment.arrive_min.max(earliest);
            let act = Act {
                party: &shipment.receiver,
                matter: shipment.matter,
                kind: "receive_resource",
                clause: None,
                minute,
                body,
            };
            self.act(&format!("receive-{}", shipment.id), &act)?;
            if rejected > 0 {
                let found =
                    [accepted, rejected, short].map(|u| self.quantity(&shipment.commodity, u));
                let [accepted, rejected, short] = found;
                story.flawed(minute, &shipment.commodity, [accepted?, rejected?, short?]);
            }
        }
        Ok(())
    }

    fn per_pallet(&self, shipment: &Sent) -> i64 {
        self.library.catalog.commodities.get(&shipment.commodity).map_or(1, |c| c.per_pallet)
    }

    fn case_page(&self, party: &PartyId) -> Result<CasePage, Failure> {
        Ok(self.desk(party)?.read(&format!("/cases/{}", self.script.event), &[])?.page)
    }
}

/// Joins parts that arrive within one period into one shipment, so that papers stay readable.
fn join(legs: &mut Vec<Leg>, leg: Leg) {
    const TOGETHER_MIN: i64 = 720;
    let day = |minute: i64| minute.div_euclid(TOGETHER_MIN);
    match legs.iter_mut().find(|other| day(other.arrive_min) == day(leg.arrive_min)) {
        Some(other) => {
            other.units += leg.units;
            other.depart_min = other.depart_min.min(leg.depart_min);
            other.arrive_min = other.arrive_min.max(leg.arrive_min);
        }
        None => legs.push(leg),
    }
    legs.sort_by_key(|leg| leg.depart_min);
}

/// The largest reimbursable or replaceable shipment: the one where a shortage costs somebody.
fn flawed_shipment(sent: &[Sent]) -> Option<ActId> {
    sent.iter()
        .filter(|shipment| shipment.units > 1)
        .max_by_key(|shipment| (shipment.reimbursable, shipment.units, shipment.id))
        .map(|shipment| shipment.id)
}

/// How much of a shipment is rejected and how much is missing: one pallet, and a few units.
fn flaws(units: i64, per_pallet: i64) -> (i64, i64) {
    let rejected = per_pallet.clamp(1, (units / 4).max(1));
    let short = (units * SHORT_PERMILLE / 1000).clamp(1, (units - rejected).max(0));
    (rejected, short.min(units - rejected))
}

/// Plans and sends what standing consents let neighbours send unasked.
pub fn push(conductor: &mut Conductor<'_>, story: &mut Story<'_>) -> Result<(), Failure> {
    let minute = conductor.push_minute();
    let planner = conductor.watcher().clone();
    let affected = conductor.script.affected.clone();
    let plan = conductor.plan("plan-push", &planner, minute, false)?;
    story.plan(minute, &planner, &plan, false);
    let case = conductor.script.event.as_str();
    let situation =
        conductor.desk(&planner)?.read::<SituationPage>("/situation", &[("case", case)])?;
    story.suspended(minute, &situation.page.links);
    let silent = !conductor.script.is_reachable(&affected, minute);
    for bundle in conductor.gather(&plan.plan.moves, &affected) {
        let Some(matter) = conductor.matter_of(bundle.agreement.as_str()) else { continue };
        let body = json!({
            "requesting": bundle.receiver,
            "commodity": bundle.commodity,
            "quantity": conductor.quantity(&bundle.commodity, bundle.units)?,
            "purpose": "disaster_relief",
            "place": bundle.receiver,
            "contact_lost": silent,
        });
        let step = format!("push-{}-{}-{}", bundle.giver, bundle.agreement, bundle.commodity);
        let at = minute + STEP_MIN;
        let clause = (&bundle.agreement, bundle.clause.as_str());
        let act = Act {
            party: &bundle.giver,
            matter,
            kind: "push_resource",
            clause: Some(clause),
            minute: at,
            body,
        };
        let order = conductor.act(&step, &act)?;
        let quantity = conductor.quantity(&bundle.commodity, bundle.units)?;
        story.pushed(at, &bundle.giver, &bundle.commodity, quantity, clause);
        conductor.dispatch(&bundle, order, matter, at, false)?;
    }
    let running = conductor.fleet().running();
    conductor.wait_for_sync(&running)
}

/// Tries what no agreement permits, by those whose nodes answer at that minute; every try must be
/// refused with its clause.
pub fn attempts(
    conductor: &mut Conductor<'_>,
    minute: i64,
    story: &mut Story<'_>,
) -> Result<(), Failure> {
    for attempt in tries(conductor) {
        let Some(matter) = conductor.matter_of(attempt.agreement) else { continue };
        let step = format!("attempt-{}-{}", attempt.agreement, attempt.name);
        let answers = conductor.script.is_reachable(&attempt.party, minute);
        if conductor.is_done(&step) || !answers {
            continue;
        }
        let refused: Value = conductor.once(&step, |conductor| {
            let form = conductor.form(&Act {
                party: &attempt.party,
                matter,
                kind: attempt.kind,
                clause: None,
                minute,
                body: attempt.body,
            });
            match conductor.desk(&attempt.party)?.send::<Value>("/acts", &form) {
                Err(failure) if failure.exit == Exit::Refused => {
                    Ok(failure.problem().cloned().map_or(Value::Null, |problem| json!(problem)))
                }
                Err(failure) => Err(failure),
                Ok(_) => Err(Failure::new("failure-not-refused", Exit::Ours)
                    .because(format!("{}: {}", attempt.agreement, attempt.name))),
            }
        })?;
        story.refused(minute, &attempt.party, attempt.name, &refused);
    }
    Ok(())
}

/// Something no agreement permits.
struct Attempt {
    name: &'static str,
    agreement: &'static str,
    party: PartyId,
    kind: &'static str,
    body: Value,
}

fn tries(conductor: &Conductor<'_>) -> Vec<Attempt> {
    let bilateral = conductor.bilateral();
    let mut all = Vec::new();
    let offer = |commodity: &str, quantity: &str, purpose: &str, to: &str| {
        json!({"requesting": to, "request": null, "commodity": commodity, "quantity": quantity,
            "purpose": purpose, "mode": "gift", "price": null})
    };
    let mut add = |name, agreement: &'static str, party: &str, kind, body: Value| {
        let known = bilateral.keys().any(|id| id.as_str() == agreement);
        if let (true, Ok(party)) = (known, party.parse())
            && conductor.script.parties.contains(&party)
        {
            all.push(Attempt { name, agreement, party, kind, body });
        }
    };
    let law = "kr-jp-logistics";
    let ammunition = offer("rifle_ammunition", "10000 EA", "disaster_relief", "jp-cao");
    add("ammunition", law, "kr-mois", "offer_resource", ammunition);
    let emergency = offer("diesel", "20000 LTR", "military_emergency", "jp-cao");
    add("military-emergency", law, "kr-mois", "offer_resource", emergency);
    let asked = json!({"assisting": "kr-45", "commodity": "rifle_ammunition",
        "quantity": "10000 EA", "purpose": "disaster_relief", "place": "jp-17", "need_by": null});
    add("asking-ammunition", "kr-45--jp-17", "jp-17", "request_resource", asked);
    let asked = json!({"assisting": "kr-mois", "commodity": "diesel", "quantity": "20000 LTR",
        "purpose": "military_emergency", "place": "jp-17", "need_by": null});
    add("asking-military-emergency", law, "jp-17", "request_resource", asked);
    let (start, end) = (conductor.at(0), conductor.at(60));
    let armed = json!({"plan": Digest::of(b"a plan with ammunition"), "purpose": "disaster_relief",
        "start": start, "end": end, "unmet": [], "moves": [{
            "giver": "kr-mois", "receiver": "jp-cao", "place": "jp-17",
            "commodity": "rifle_ammunition", "units": 10000, "links": [], "departs": start,
            "arrives": end, "agreement": law, "clause": "art-2"}]});
    add("plan-with-ammunition", law, "kr-mois", "choose_plan", armed);
    let onward = json!({"assisting": "kr-42", "commodity": "blanket", "quantity": "500 EA",
        "purpose": "disaster_relief", "place": "jp-17", "need_by": null});
    add("passed-on", "kr-42--jp-31", "jp-31", "request_resource", onward);
    let early = json!({"requesting": "jp-31", "commodity": "blanket", "quantity": "500 EA",
        "purpose": "disaster_relief", "place": "jp-31", "contact_lost": false});
    let calm = conductor.script.affected.as_str() != "jp-31";
    if calm {
        add("not-triggered", "kr-42--jp-31", "kr-42", "push_resource", early);
    }
    all
}

/// The affected party asks for what is still missing, and everything follows from that.
pub fn request(conductor: &mut Conductor<'_>, story: &mut Story<'_>) -> Result<(), Failure> {
    let affected = conductor.script.affected.clone();
    let minute = conductor.request_minute();
    let all: BTreeSet<PartyId> = conductor.script.parties.iter().cloned().collect();
    let due = sent_so_far(conductor, &affected, minute)?;
    conductor.receive(due, minute, false, story)?;
    conductor.wait_for_sync(&all)?;
    let plan = conductor.plan("plan-request", &affected, minute, true)?;
    story.plan(minute, &affected, &plan, true);
    let mut bundles = conductor.gather(&plan.plan.moves, &affected);
    bundles.extend(refills(conductor));
    let orders = order_all(conductor, &bundles, minute, story)?;
    let mut sent = Vec::new();
    for (bundle, order, matter, mode) in &orders {
        let owed = mode != "gift";
        sent.extend(conductor.dispatch(bundle, *order, *matter, minute + 5 * STEP_MIN, owed)?);
    }
    conductor.wait_for_sync(&all)?;
    let still = sent_so_far(conductor, &affected, i64::MAX)?;
    let new: BTreeSet<ActId> = sent.iter().map(|sent| sent.id).collect();
    let late: Vec<Sent> = still.into_iter().filter(|sent| !new.contains(&sent.id)).collect();
    conductor.receive(late, minute, false, story)?;
    conductor.receive(sent, minute, true, story)?;
    conductor.wait_for_sync(&all)?;
    story.received(&conductor.case_page(&affected)?);
    Ok(())
}

/// Orders beside the plan, as the script has them.
fn refills(conductor: &Conductor<'_>) -> Vec<Bundle> {
    let bundle = |refill: &Refill| Bundle {
        giver: refill.giver.clone(),
        receiver: refill.receiver.clone(),
        agreement: refill.agreement.clone(),
        clause: refill.clause.to_string(),
        commodity: refill.commodity.clone(),
        units: refill.units,
        legs: vec![Leg {
            units: refill.units,
            links: refill.links.iter().map(ToString::to_string).collect(),
            depart_min: refill.depart_min,
            arrive_min: refill.arrive_min,
        }],
    };
    conductor.script.refills.iter().map(bundle).collect()
}

type Ordered = (Bundle, ActId, ActId, String);

/// Request, offer, requisition, commitment: each by its own party, each having seen the last.
fn order_all(
    conductor: &mut Conductor<'_>,
    bundles: &[Bundle],
    minute: i64,
    story: &mut Story<'_>,
) -> Result<Vec<Ordered>, Failure> {
    let all: BTreeSet<PartyId> = conductor.script.parties.iter().cloned().collect();
    let mut lines = Vec::new();
    for bundle in bundles {
        let Some(matter) = conductor.matter_of(bundle.agreement.as_str()) else { continue };
        let quantity = conductor.quantity(&bundle.commodity, bundle.units)?;
        let terms = settlement(conductor, bundle, quantity)?;
        lines.push(Line { bundle, matter, quantity, terms });
    }
    let mut requests = Vec::new();
    for line in &lines {
        requests.push(line.request(conductor, minute)?);
    }
    conductor.wait_for_sync(&all)?;
    let mut offers = Vec::new();
    for (line, request) in lines.iter().zip(&requests) {
        offers.push(line.offer(conductor, *request, minute + STEP_MIN)?);
    }
    conductor.wait_for_sync(&all)?;
    let mut orders = Vec::new();
    for ((line, request), offer) in lines.iter().zip(&requests).zip(&offers) {
        orders.push(line.requisition(conductor, *request, *offer, minute + 2 * STEP_MIN)?);
    }
    conductor.wait_for_sync(&all)?;
    let mut done = Vec::new();
    for (line, order) in lines.iter().zip(&orders) {
        line.commit(conductor, *order, minute + 3 * STEP_MIN)?;
        let bundle = line.bundle;
        let mode = &line.terms.mode;
        let clause = (&bundle.agreement, bundle.clause.as_str());
        story.ordered(minute, &bundle.giver, &bundle.commodity, line.quantity, mode, clause);
        done.push((bundle.clone(), *order, line.matter, mode.clone()));
    }
    conductor.wait_for_sync(&all)?;
    Ok(done)
}

/// How an order is settled.
struct SettlementTerms {
    mode: String,
    price: Option<String>,
}

/// Asks the agreement how this would be settled: as a gift where it may be, else in kind, else in
/// money.
fn settlement(
    conductor: &Conductor<'_>,
    bundle: &Bundle,
    quantity: Quantity,
) -> Result<SettlementTerms, Failure> {
    let on = pumasi_base::time::date_at_offset(conductor.script.origin, 9).to_string();
    let form = json!({
        "agreement": bundle.agreement, "giver": bundle.giver, "receiver": bundle.receiver,
        "action": "order", "commodity": bundle.commodity, "quantity": quantity,
        "purpose": "disaster_relief", "on": on, "onward_to": null, "status": "exercise",
    });
    let desk = conductor.desk(&bundle.receiver)?;
    let answer: AskAnswer = desk.send("/agreements/ask", &form)?.page;
    let price = conductor.script.prices.iter().find(|price| price.commodity == bundle.commodity);
    let price = price.map(|price| price.price.to_string());
    let offered = |mode: &str| answer.settlement.iter().any(|way| way.mode == mode);
    let mode = ["gift", "replacement_in_kind", "reimbursement"].into_iter().find(|m| offered(m));
    let mode = mode.unwrap_or("gift");
    let price = price.filter(|_| mode == "reimbursement");
    Ok(SettlementTerms { mode: mode.to_owned(), price })
}

/// One line on its way from request to commitment.
struct Line<'a> {
    bundle: &'a Bundle,
    matter: ActId,
    quantity: Quantity,
    terms: SettlementTerms,
}

impl Line<'_> {
    fn step(&self, verb: &str) -> String {
        let Bundle { giver, agreement, clause, commodity, .. } = self.bundle;
        format!("{verb}-{giver}-{agreement}-{clause}-{commodity}")
    }

    /// One step of the line; what binds cites the clause of the plan, what asks lets the node
    /// find it.
    fn act<'b>(
        &'b self,
        party: &'b PartyId,
        kind: &'static str,
        minute: i64,
        body: Value,
    ) -> Act<'b> {
        let binds = matches!(kind, "requisition_resource" | "commit_resource");
        let clause = (&self.bundle.agreement, self.bundle.clause.as_str());
        Act { party, matter: self.matter, kind, clause: binds.then_some(clause), minute, body }
    }

    fn request(&self, conductor: &mut Conductor<'_>, minute: i64) -> Result<ActId, Failure> {
        let body = json!({
            "assisting": self.bundle.giver,
            "commodity": self.bundle.commodity,
            "quantity": self.quantity,
            "purpose": "disaster_relief",
            "place": self.bundle.receiver,
            "need_by": conductor.at(conductor.script.hours * 60),
        });
        let party = &self.bundle.receiver;
        let act = self.act(party, "request_resource", minute, body);
        conductor.act(&self.step("request"), &act)
    }

    fn offer(
        &self,
        conductor: &mut Conductor<'_>,
        request: ActId,
        minute: i64,
    ) -> Result<ActId, Failure> {
        let body = json!({
            "requesting": self.bundle.receiver,
            "request": request,
            "commodity": self.bundle.commodity,
            "quantity": self.quantity,
            "purpose": "disaster_relief",
            "mode": self.terms.mode,
            "price": self.terms.price,
        });
        let party = &self.bundle.giver;
        let act = self.act(party, "offer_resource", minute, body);
        conductor.act(&self.step("offer"), &act)
    }

    fn requisition(
        &self,
        conductor: &mut Conductor<'_>,
        request: ActId,
        offer: ActId,
        minute: i64,
    ) -> Result<ActId, Failure> {
        let body = json!({
            "assisting": self.bundle.giver,
            "request": request,
            "offer": offer,
            "commodity": self.bundle.commodity,
            "quantity": self.quantity,
            "purpose": "disaster_relief",
            "place": self.bundle.receiver,
            "mode": self.terms.mode,
            "price": self.terms.price,
        });
        let party = &self.bundle.receiver;
        let act = self.act(party, "requisition_resource", minute, body);
        conductor.act(&self.step("order"), &act)
    }

    fn commit(
        &self,
        conductor: &mut Conductor<'_>,
        order: ActId,
        minute: i64,
    ) -> Result<ActId, Failure> {
        let body = json!({"order": order, "quantity": self.quantity});
        let party = &self.bundle.giver;
        let act = self.act(party, "commit_resource", minute, body);
        conductor.act(&self.step("commit"), &act)
    }
}

/// Shipments to a party that its books do not show as received, expected up to a minute.
fn sent_so_far(
    conductor: &Conductor<'_>,
    receiver: &PartyId,
    until: i64,
) -> Result<Vec<Sent>, Failure> {
    let page = conductor.case_page(receiver)?;
    let mut sent = Vec::new();
    for order in page.orders.iter().filter(|order| order.requesting.id == receiver.as_str()) {
        for shipment in order.shipments.iter().filter(|s| s.received.is_none()) {
            let Some(sent_one) = sent_of(conductor, order, shipment, receiver) else { continue };
            if sent_one.arrive_min <= until {
                sent.push(sent_one);
            }
        }
    }
    Ok(sent)
}

fn sent_of(
    conductor: &Conductor<'_>,
    order: &OrderLine,
    shipment: &pumasi_node::view::page::ShipmentLine,
    receiver: &PartyId,
) -> Option<Sent> {
    Some(Sent {
        id: shipment.id.parse().ok()?,
        matter: order.matter.parse().ok()?,
        receiver: receiver.clone(),
        commodity: order.commodity.parse().ok()?,
        units: shipment.amount.milli / 1000,
        arrive_min: conductor.minute_of(shipment.arrives.parse().ok()?),
        reimbursable: order.mode != "gift",
    })
}

/// Bills, pays and confirms what is owed.
pub fn settle(conductor: &mut Conductor<'_>, story: &mut Story<'_>) -> Result<(), Failure> {
    let all: BTreeSet<PartyId> = conductor.script.parties.iter().cloned().collect();
    let minute = conductor.script.hours * 60;
    let steps = ["bill_obligation", "discharge_obligation", "confirm_discharge"];
    for (index, kind) in (0_i64..).zip(steps) {
        for order in waiting_for(conductor, &all, kind)? {
            let (Ok(id), Ok(matter)) = (order.id.parse::<ActId>(), order.matter.parse()) else {
                continue;
            };
            let Some(Ok(party)) = order.next.as_ref().map(|next| next.id.parse()) else { continue };
            let sum = order.obligation.as_ref().and_then(|owed| owed.sum.as_ref());
            let body = match kind {
                "bill_obligation" => json!({"order": id, "sum": sum.map(|sum| &sum.text)}),
                "discharge_obligation" => {
                    json!({"order": id, "reference": format!("exercise {}", order.mode)})
                }
                _ => json!({"order": id}),
            };
            let at = minute + index * STEP_MIN;
            let act = Act { party: &party, matter, kind, clause: None, minute: at, body };
            conductor.act(&format!("{kind}-{id}"), &act)?;
        }
        conductor.wait_for_sync(&all)?;
    }
    let mut closed: BTreeMap<String, OrderLine> = BTreeMap::new();
    for party in &all {
        let orders = conductor.case_page(party)?.orders.into_iter();
        closed.extend(orders.filter(|o| o.stage == "closed").map(|o| (o.id.clone(), o)));
    }
    story.settled(closed.values());
    Ok(())
}

/// Every order whose next step is `kind`, once, whoever's books show it.
fn waiting_for(
    conductor: &Conductor<'_>,
    parties: &BTreeSet<PartyId>,
    kind: &str,
) -> Result<Vec<OrderLine>, Failure> {
    let mut orders: BTreeMap<String, OrderLine> = BTreeMap::new();
    for party in parties {
        let page = conductor.case_page(party)?;
        let waiting = page.orders.into_iter().filter(|o| o.next_kind.as_deref() == Some(kind));
        orders.extend(waiting.map(|order| (order.id.clone(), order)));
    }
    Ok(orders.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_never_exceed_the_shipment() {
        for (units, pallet) in [(2, 100), (10, 3), (1000, 48), (50, 50)] {
            let (rejected, short) = flaws(units, pallet);
            assert!(rejected > 0 && short >= 0 && rejected + short <= units, "{units}");
        }
    }

    #[test]
    fn parts_of_half_a_day_travel_together() {
        let leg = |arrive_min| Leg { units: 1, links: vec![], depart_min: 0, arrive_min };
        let mut legs = Vec::new();
        for arrive in [100, 700, 800] {
            join(&mut legs, leg(arrive));
        }
        assert_eq!(legs.iter().map(|leg| leg.units).collect::<Vec<_>>(), [2, 1]);
    }
}
