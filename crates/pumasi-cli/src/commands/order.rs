//! `pumasi order`: the steps from request to settlement.

use clap::{Args, Subcommand};
use pumasi_base::{CommodityId, LinkId, Money, PartyId, PlaceId, PurposeId, Quantity, Time, Unit};
use pumasi_node::act::ActId;
use pumasi_node::act::kinds::bill_obligation::BillObligation;
use pumasi_node::act::kinds::commit_resource::CommitResource;
use pumasi_node::act::kinds::confirm_discharge::ConfirmDischarge;
use pumasi_node::act::kinds::decline_resource::DeclineResource;
use pumasi_node::act::kinds::discharge_obligation::DischargeObligation;
use pumasi_node::act::kinds::dispatch_shipment::DispatchShipment;
use pumasi_node::act::kinds::offer_resource::OfferResource;
use pumasi_node::act::kinds::push_resource::PushResource;
use pumasi_node::act::kinds::receive_resource::ReceiveResource;
use pumasi_node::act::kinds::request_resource::RequestResource;
use pumasi_node::act::kinds::requisition_resource::RequisitionResource;
use pumasi_node::view::page::{Amount, OrderLine};
use serde_json::json;

use crate::commands::Context;
use crate::commands::sign::{Contact, Officers, Sign, act, word};
use crate::failure::{Exit, Failure};
use crate::lookup;
use crate::output::{Answer, Page, clause, short};
use crate::words::moment;

/// The ways of settling, as acts write them.
const MODES: [&str; 5] =
    ["gift", "reimbursement", "replacement_in_kind", "equal_value_exchange", "loan"];

/// What can be done with orders.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists order lines.
    List(List),
    /// Shows one order line.
    Show(Show),
    /// Asks a party for aid.
    Request(Request),
    /// Offers aid.
    Offer(Offer),
    /// Orders aid.
    Requisition(Requisition),
    /// Promises aid.
    Commit(Commit),
    /// Declines an order.
    Decline(Decline),
    /// Sends aid unasked.
    Push(Push),
    /// Reports a departure.
    Dispatch(Dispatch),
    /// Reports a receipt.
    Receive(Receive),
    /// Bills an order.
    Bill(Bill),
    /// States a payment or return.
    Discharge(Discharge),
    /// Confirms a settlement.
    Confirm(Confirm),
}

/// Which orders to list.
#[derive(Args)]
pub struct List {
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    #[arg(long)]
    open: bool,
}

/// Which order to show.
#[derive(Args)]
pub struct Show {
    #[arg(value_name = "ORDER")]
    order: String,
}

/// What is asked for, offered, ordered or sent.
#[derive(Args)]
pub struct Goods {
    #[arg(long, value_name = "COMMODITY")]
    commodity: CommodityId,
    #[arg(long, value_name = "QUANTITY")]
    quantity: Quantity,
    #[arg(long, value_name = "PURPOSE", default_value = "disaster_relief")]
    purpose: PurposeId,
}

/// A request.
#[derive(Args)]
pub struct Request {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "PARTY")]
    from: PartyId,
    #[command(flatten)]
    goods: Goods,
    #[arg(long, value_name = "PLACE")]
    place: PlaceId,
    #[arg(long, value_name = "TIME")]
    need_by: Option<Time>,
    #[command(flatten)]
    sign: Sign,
}

/// An offer.
#[derive(Args)]
pub struct Offer {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "PARTY")]
    to: PartyId,
    #[arg(long, value_name = "REQUEST")]
    request: Option<String>,
    #[command(flatten)]
    goods: Goods,
    #[arg(long, value_name = "MODE", value_parser = MODES)]
    mode: String,
    #[arg(long, value_name = "MONEY")]
    price: Option<Money>,
    #[arg(long, value_name = "TIME")]
    until: Option<Time>,
    #[arg(long, value_name = "MINUTES", default_value_t = 0, requires = "until")]
    grace: u32,
    #[command(flatten)]
    sign: Sign,
}

/// An order.
#[derive(Args)]
pub struct Requisition {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "PARTY")]
    from: PartyId,
    #[arg(long, value_name = "REQUEST")]
    request: Option<String>,
    #[arg(long, value_name = "OFFER")]
    offer: Option<String>,
    #[command(flatten)]
    goods: Goods,
    #[arg(long, value_name = "PLACE")]
    place: PlaceId,
    #[arg(long, value_name = "MODE", value_parser = MODES)]
    mode: String,
    #[arg(long, value_name = "MONEY")]
    price: Option<Money>,
    #[command(flatten)]
    sign: Sign,
}

/// A promise.
#[derive(Args)]
pub struct Commit {
    #[arg(value_name = "ORDER")]
    order: String,
    #[arg(long, value_name = "QUANTITY")]
    quantity: Option<Quantity>,
    #[arg(long)]
    accept_late: bool,
    #[command(flatten)]
    sign: Sign,
}

/// A no to an order.
#[derive(Args)]
pub struct Decline {
    #[arg(value_name = "ORDER")]
    order: String,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    officers: Officers,
}

/// Aid sent unasked.
#[derive(Args)]
pub struct Push {
    #[arg(long, value_name = "MATTER")]
    matter: String,
    #[arg(long, value_name = "PARTY")]
    to: PartyId,
    #[command(flatten)]
    goods: Goods,
    #[arg(long, value_name = "PLACE")]
    place: PlaceId,
    #[arg(long)]
    contact_lost: bool,
    #[command(flatten)]
    sign: Sign,
}

/// A departure.
#[derive(Args)]
pub struct Dispatch {
    #[arg(value_name = "ORDER")]
    order: String,
    #[arg(long, value_name = "QUANTITY")]
    quantity: Option<Quantity>,
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(i64).range(0..))]
    pallets: i64,
    #[arg(long = "link", value_name = "LINK")]
    link: Vec<LinkId>,
    #[arg(long, value_name = "TIME")]
    departs: Time,
    #[arg(long, value_name = "TIME")]
    arrives: Time,
    #[command(flatten)]
    contact: Contact,
    #[command(flatten)]
    officers: Officers,
}

/// A receipt.
#[derive(Args)]
pub struct Receive {
    #[arg(value_name = "SHIPMENT")]
    shipment: String,
    #[arg(long, value_name = "QUANTITY")]
    accepted: Option<Quantity>,
    #[arg(long, value_name = "QUANTITY")]
    rejected: Option<Quantity>,
    #[arg(long, value_name = "QUANTITY")]
    short: Option<Quantity>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    contact: Contact,
    #[command(flatten)]
    officers: Officers,
}

/// A bill.
#[derive(Args)]
pub struct Bill {
    #[arg(value_name = "ORDER")]
    order: String,
    #[arg(long, value_name = "MONEY")]
    sum: Option<Money>,
    #[command(flatten)]
    officers: Officers,
}

/// A payment or return.
#[derive(Args)]
pub struct Discharge {
    #[arg(value_name = "ORDER")]
    order: String,
    #[arg(long, value_name = "TEXT")]
    reference: String,
    #[command(flatten)]
    officers: Officers,
}

/// A settlement confirmed.
#[derive(Args)]
pub struct Confirm {
    #[arg(value_name = "ORDER")]
    order: String,
    #[command(flatten)]
    officers: Officers,
}

/// Does what is asked with orders.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List(list) => self::list(&list, context),
        Verb::Show(show) => self::show(&show, context),
        Verb::Request(request) => self::request(request, context),
        Verb::Offer(offer) => self::offer(offer, context),
        Verb::Requisition(requisition) => self::requisition(requisition, context),
        Verb::Commit(commit) => self::commit(commit, context),
        Verb::Decline(decline) => self::decline(decline, context),
        Verb::Push(push) => self::push(push, context),
        Verb::Dispatch(dispatch) => self::dispatch(dispatch, context),
        Verb::Receive(receive) => self::receive(receive, context),
        Verb::Bill(bill) => self::bill(bill, context),
        Verb::Discharge(discharge) => self::discharge(discharge, context),
        Verb::Confirm(confirm) => self::confirm(confirm, context),
    }
}

fn list(list: &List, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let cases = match &list.case {
        Some(case) => vec![desk.read(&format!("/cases/{case}"), &[])?.page],
        None => lookup::cases(&desk)?,
    };
    let ended = |order: &&OrderLine| matches!(order.stage.as_str(), "closed" | "refused");
    let orders: Vec<&OrderLine> = cases
        .iter()
        .flat_map(|case| &case.orders)
        .filter(|order| !list.open || !ended(order))
        .collect();
    let mut page = Page::default();
    add_table(&mut page, orders.iter().copied(), context);
    Ok(Answer::new(json!({ "orders": orders }), page))
}

/// Adds a table of order lines.
pub fn add_table<'a>(
    page: &mut Page,
    orders: impl IntoIterator<Item = &'a OrderLine>,
    context: &Context<'_>,
) {
    let words = context.words;
    let headings = ["id", "assisting", "requesting", "commodity", "ordered#", "stage", "next"];
    let mut table = context.table(&headings);
    for order in orders {
        let kind = order.next_kind.as_deref().map(|kind| words.code("kind", kind));
        let next = order
            .next
            .as_ref()
            .map(|party| format!("{}: {}", context.party(party), kind.as_deref().unwrap_or("—")));
        table.row([
            short(&order.id),
            context.party(&order.assisting),
            context.party(&order.requesting),
            words.of(&order.names).to_owned(),
            words.amount(&order.ordered),
            words.code("stage", &order.stage),
            next.unwrap_or_else(|| "—".to_owned()),
        ]);
    }
    page.table(table, words.say("none-orders"));
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let order = lookup::order(&context.desk()?, &show.order)?;
    let words = context.words;
    let mut page = Page::default();
    let field = |key: &str| words.say(&format!("column-{key}"));
    page.title(words.say_with("title-order", &[("id", short(&order.id).into())]))
        .field(field("id"), order.id.clone())
        .field(field("matter"), order.matter.clone())
        .field(field("assisting"), context.party(&order.assisting))
        .field(field("requesting"), context.party(&order.requesting))
        .field(field("place"), words.of(&order.place_names))
        .field(field("commodity"), words.of(&order.names))
        .field(field("stage"), words.code("stage", &order.stage))
        .field(field("mode"), words.code("mode", &order.mode))
        .field_if(field("price"), order.price.as_ref().map(|sum| sum.text.clone()))
        .field_if(field("clause"), order.clause.as_ref().map(|line| clause(line, words)));
    if let Some(acceptance) = &order.acceptance {
        let witness = acceptance.witness.as_ref().map(|party| context.party(party));
        let witnessed = acceptance.witnessed.as_deref().map(moment);
        page.field(field("deadline"), moment(&acceptance.deadline))
            .field(field("timeliness"), words.code("timeliness", &acceptance.timeliness))
            .field_if(
                field("first-received"),
                witness.zip(witnessed).map(|(party, time)| format!("{party}, {time}")),
            );
        if acceptance.binds_nobody {
            page.line(words.say("late-binds-nobody"));
        }
    }
    let amounts: [(&str, &Amount); 6] = [
        ("ordered", &order.ordered),
        ("committed", &order.committed),
        ("shipped", &order.shipped),
        ("accepted", &order.accepted),
        ("rejected", &order.rejected),
        ("short", &order.short),
    ];
    for (key, amount) in amounts {
        page.field(field(key), words.amount(amount));
    }
    if let Some(owed) = &order.obligation {
        let sum = owed.sum.as_ref().map(|sum| sum.text.clone());
        let goods = owed.goods.as_ref().map(|goods| words.amount(goods));
        page.field_if(field("owed"), sum.or(goods))
            .field(field("settlement"), words.code("obligation", &owed.stage))
            .field_if(field("due"), owed.due.as_deref().map(moment));
    }
    let mut table = context.table(&["shipment", "amount#", "departs", "arrives", "stage"]);
    for one in &order.shipments {
        table.row([
            short(&one.id),
            words.amount(&one.amount),
            moment(&one.departs),
            moment(&one.arrives),
            words.code("shipment", &one.stage),
        ]);
    }
    page.table(table, words.say("none-shipments"));
    Ok(Answer::new(json!(order), page))
}

fn request(request: Request, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let body = RequestResource {
        assisting: request.from,
        commodity: request.goods.commodity,
        quantity: request.goods.quantity,
        purpose: request.goods.purpose,
        place: request.place,
        need_by: request.need_by,
    };
    let matter = lookup::matter(&desk, &request.matter)?;
    act(&desk, &matter, "request_resource", &body, &request.sign, context)
}

fn offer(offer: Offer, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let find = |given: &String| act_id(&lookup::step(&desk, given)?);
    let body = OfferResource {
        requesting: offer.to,
        request: offer.request.as_ref().map(find).transpose()?,
        commodity: offer.goods.commodity,
        quantity: offer.goods.quantity,
        purpose: offer.goods.purpose,
        mode: word(&offer.mode)?,
        price: offer.price,
        until: offer.until,
        grace_minutes: offer.grace,
    };
    let matter = lookup::matter(&desk, &offer.matter)?;
    act(&desk, &matter, "offer_resource", &body, &offer.sign, context)
}

fn requisition(given: Requisition, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let find = |given: &String| act_id(&lookup::step(&desk, given)?);
    let body = RequisitionResource {
        assisting: given.from,
        request: given.request.as_ref().map(find).transpose()?,
        offer: given.offer.as_ref().map(find).transpose()?,
        commodity: given.goods.commodity,
        quantity: given.goods.quantity,
        purpose: given.goods.purpose,
        place: given.place,
        mode: word(&given.mode)?,
        price: given.price,
    };
    let matter = lookup::matter(&desk, &given.matter)?;
    act(&desk, &matter, "requisition_resource", &body, &given.sign, context)
}

fn commit(commit: Commit, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &commit.order)?;
    let quantity = commit.quantity.map_or_else(|| quantity(&order.ordered), Ok)?;
    let body =
        CommitResource { order: act_id(&order.id)?, quantity, accepts_late: commit.accept_late };
    act(&desk, &order.matter, "commit_resource", &body, &commit.sign, context)
}

fn decline(decline: Decline, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &decline.order)?;
    let body = DeclineResource { order: act_id(&order.id)?, reason: decline.reason };
    let sign = decline.officers.into();
    act(&desk, &order.matter, "decline_resource", &body, &sign, context)
}

fn push(push: Push, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let body = PushResource {
        requesting: push.to,
        commodity: push.goods.commodity,
        quantity: push.goods.quantity,
        purpose: push.goods.purpose,
        place: push.place,
        contact_lost: push.contact_lost,
    };
    let matter = lookup::matter(&desk, &push.matter)?;
    act(&desk, &matter, "push_resource", &body, &push.sign, context)
}

fn dispatch(dispatch: Dispatch, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &dispatch.order)?;
    // What was promised and has not left yet, unless told otherwise.
    let left = || {
        let milli = (order.committed.milli - order.shipped.milli).max(0);
        quantity(&Amount { milli, unit: order.committed.unit.clone() })
    };
    let body = DispatchShipment {
        order: act_id(&order.id)?,
        quantity: dispatch.quantity.map_or_else(left, Ok)?,
        pallets: dispatch.pallets,
        links: dispatch.link.into_iter().map(String::from).collect(),
        departs: dispatch.departs,
        arrives: dispatch.arrives,
    };
    let sign = dispatch.officers.with(dispatch.contact);
    act(&desk, &order.matter, "dispatch_shipment", &body, &sign, context)
}

fn receive(receive: Receive, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let (order, shipment) = lookup::shipment(&desk, &receive.shipment)?;
    let sent = order.shipments.iter().find(|one| one.id == shipment).map(|one| &one.amount);
    let sent = quantity(sent.unwrap_or(&order.shipped))?;
    let none = Quantity::zero(sent.unit());
    let rejected = receive.rejected.unwrap_or(none);
    let short = receive.short.unwrap_or(none);
    // What is neither rejected nor missing was accepted; the node checks that it adds up.
    let rest = || sent.minus_at_most(rejected).and_then(|left| left.minus_at_most(short));
    let accepted = receive
        .accepted
        .map_or_else(rest, Ok)
        .map_err(|error| Failure::new("failure-units", Exit::Usage).because(error))?;
    let body = ReceiveResource {
        shipment: act_id(&shipment)?,
        accepted,
        rejected,
        reason: receive.reason,
        short,
    };
    let sign = receive.officers.with(receive.contact);
    act(&desk, &order.matter, "receive_resource", &body, &sign, context)
}

fn bill(bill: Bill, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &bill.order)?;
    let owed = order.obligation.as_ref().and_then(|owed| owed.sum.as_ref());
    let accrued = owed.map(|sum| word(&sum.text)).transpose()?;
    let body = BillObligation { order: act_id(&order.id)?, sum: bill.sum.or(accrued) };
    let sign = bill.officers.into();
    act(&desk, &order.matter, "bill_obligation", &body, &sign, context)
}

fn discharge(discharge: Discharge, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &discharge.order)?;
    let body = DischargeObligation { order: act_id(&order.id)?, reference: discharge.reference };
    let sign = discharge.officers.into();
    act(&desk, &order.matter, "discharge_obligation", &body, &sign, context)
}

fn confirm(confirm: Confirm, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let order = lookup::order(&desk, &confirm.order)?;
    let body = ConfirmDischarge { order: act_id(&order.id)? };
    let sign = confirm.officers.into();
    act(&desk, &order.matter, "confirm_discharge", &body, &sign, context)
}

fn act_id(text: &str) -> Result<ActId, Failure> {
    word(text)
}

fn quantity(amount: &Amount) -> Result<Quantity, Failure> {
    let unit: Unit = word(&amount.unit)?;
    Quantity::milli(amount.milli, unit)
        .map_err(|error| Failure::new("failure-answer-unreadable", Exit::Ours).because(error))
}
