//! What parties write in a simulation, and with what.

use std::collections::BTreeSet;

use pumasi_act::envelope::Suite;
use pumasi_act::identity::IDENTITY_TYPE;
use pumasi_act::kinds::open_matter::{CommodityTerms, OpenMatter};
use pumasi_act::payload::{ACT_TYPE, LogId, Payload};
use pumasi_act::{
    ActId, ClauseCited, Draft, Envelope, Folded, IdentityEntry, IdentitySay, KeyRecord, Mandate,
    NextRoots, RULES, Stage, State, compose, open,
};
use pumasi_agreement::Agreement;
use pumasi_base::time::plus_seconds;
use pumasi_base::{Captions, Digest, OfficerId, PartyId, Status, Time, Unit};
use serde_json::{Value, json};

use crate::dice::Dice;

/// The blankets one party may promise to all others together in one matter.
pub const CEILING: i64 = 500;

/// What a party writes with.
#[derive(Debug, Clone)]
pub struct Pen {
    /// The log.
    pub log: LogId,
    /// The identity entry cited.
    pub identity: ActId,
    node: KeyRecord,
    officer: KeyRecord,
}

/// A stub key with this name.
fn key(name: &str) -> KeyRecord {
    KeyRecord::new(Suite::Stub, Digest::of(name.as_bytes()))
}

fn words(text: &str) -> Captions {
    let text = text.to_owned();
    Captions { ko: text.clone(), ja: text.clone(), zh: text.clone(), en: text }
}

/// A party's identity log, kept by those who hold its root keys: no backup loses it.
#[derive(Debug, Clone)]
pub struct Custodian {
    party: PartyId,
    entries: Vec<Envelope>,
    keys_made: u32,
}

impl Custodian {
    /// Founds a party with one node and one officer.
    #[must_use]
    pub fn found(party: &PartyId, now: Time) -> (Self, Pen) {
        let mut custodian = Self { party: party.clone(), entries: Vec::new(), keys_made: 0 };
        let roots = vec![key(&format!("{party} root"))];
        let next = NextRoots::of(&[key(&format!("{party} next root"))], 1);
        let names = words(party.as_str());
        custodian.say(IdentitySay::Found { names, roots, threshold: 1, next }, now);
        let officer = key(&format!("{party} officer"));
        let mandate = Mandate {
            officer: officer_id(),
            person: "person".to_owned(),
            name: "duty officer".to_owned(),
            key: officer.clone(),
            kinds: BTreeSet::from(["*".to_owned()]),
            amount_max: None,
            not_before: Time::MIN,
            not_after: Time::MAX,
            officers_needed: 1,
        };
        custodian.say(IdentitySay::GrantMandate(mandate), now);
        let node = custodian.fresh_node();
        let log = LogId { party: party.clone(), node_key: node.id(), incarnation: 1 };
        let say = IdentitySay::RegisterNode { key: node.clone(), incarnation: 1 };
        let identity = custodian.say(say, now);
        (custodian, Pen { log, identity, node, officer })
    }

    /// The entries, founding one first.
    #[must_use]
    pub fn entries(&self) -> &[Envelope] {
        &self.entries
    }

    fn fresh_node(&mut self) -> KeyRecord {
        self.keys_made += 1;
        key(&format!("{} node {}", self.party, self.keys_made))
    }

    fn say(&mut self, say: IdentitySay, time: Time) -> ActId {
        let prev = self.entries.last().map(Envelope::id);
        let entry = IdentityEntry { v: 1, party: self.party.clone(), prev, time, say };
        // Text and integers only: writing them cannot fail.
        let payload = serde_json::to_vec(&entry).unwrap_or_default();
        let root = key(&format!("{} root", self.party));
        let envelope = Envelope::sign_as_stub(IDENTITY_TYPE, payload, &[&root]);
        let id = envelope.id();
        self.entries.push(envelope);
        id
    }

    /// Begins the next incarnation of a node.
    pub fn restore(&mut self, pen: &Pen, now: Time) -> Pen {
        let incarnation = pen.log.incarnation + 1;
        let say = IdentitySay::RegisterNode { key: pen.node.clone(), incarnation };
        let identity = self.say(say, now);
        Pen { log: LogId { incarnation, ..pen.log.clone() }, identity, ..pen.clone() }
    }

    /// Revokes a node's key and gives the party another.
    pub fn replace(&mut self, pen: &Pen, now: Time) -> Pen {
        let node = self.fresh_node();
        let register = IdentitySay::RegisterNode { key: node.clone(), incarnation: 1 };
        self.say(register, now);
        let identity = self.say(IdentitySay::RevokeKey { key: pen.log.node_key }, now);
        let log = LogId { node_key: node.id(), incarnation: 1, ..pen.log.clone() };
        Pen { log, identity, node, officer: pen.officer.clone() }
    }
}

fn officer_id() -> OfficerId {
    // A fixed word that is a valid id, as a test of ids shows.
    match "duty".parse() {
        Ok(id) => id,
        Err(_) => unreachable!("`duty` is an id"),
    }
}

impl Pen {
    /// Writes an act at the end of its log, after everything `folded` holds.
    #[must_use]
    pub fn write(&self, matter: ActId, folded: &Folded, wish: Wish, time: Time) -> Envelope {
        let by_officer = pumasi_act::kinds::find(wish.kind)
            .is_none_or(pumasi_act::kinds::KindEntry::is_signed_by_officers);
        let draft = Draft {
            kind: wish.kind.to_owned(),
            body: wish.body,
            clause: wish.cites.then(cited),
            officers: by_officer.then(officer_id).into_iter().collect(),
            time,
            personal: None,
        };
        self.sign(&compose(matter, folded, &self.log, self.identity, draft))
    }

    /// Signs a payload.
    #[must_use]
    pub fn sign(&self, payload: &Payload) -> Envelope {
        let mut keys = vec![&self.node];
        keys.extend(payload.officers.iter().map(|_| &self.officer));
        Envelope::sign_as_stub(ACT_TYPE, payload.write().unwrap_or_default(), &keys)
    }

    /// Signs a payload without having the keys, as a forger would.
    #[must_use]
    pub fn forge(payload: &Payload) -> Envelope {
        let wrong = key("forger");
        let bytes = payload.write().unwrap_or_default();
        Envelope::sign_as_stub(ACT_TYPE, bytes, &[&wrong, &wrong])
    }

    /// Opens a matter.
    #[must_use]
    pub fn open(
        &self,
        audience: &BTreeSet<PartyId>,
        agreement: &Agreement,
        time: Time,
    ) -> Envelope {
        let blanket = CommodityTerms { category: id("shelter"), unit: Unit::Each, mass_g: 1500 };
        let genesis = OpenMatter {
            rules: RULES,
            status: Status::Actual,
            case: "simulation".to_owned(),
            title: words("simulation"),
            audience: audience.clone(),
            agreements: [(agreement.id().clone(), agreement.digest())].into(),
            origin: Some(time),
            about: None,
            standings: std::collections::BTreeMap::new(),
            commodities: [(id("blanket"), blanket)].into(),
        };
        let officers = BTreeSet::from([officer_id()]);
        match open(&genesis, &self.log, self.identity, officers, time) {
            Ok(payload) => self.sign(&payload),
            Err(error) => unreachable!("a genesis of text and integers: {error}"),
        }
    }
}

/// An id from a word written here.
fn id<T: std::str::FromStr>(word: &str) -> T {
    match word.parse() {
        Ok(id) => id,
        Err(_) => unreachable!("`{word}` is an id"),
    }
}

fn cited() -> ClauseCited {
    ClauseCited { agreement: id("sim"), clause: id("art-1") }
}

/// What somebody wants to say.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The kind.
    pub kind: &'static str,
    /// What it carries.
    pub body: Value,
    /// Whether it cites the clause that permits it.
    pub cites: bool,
}

impl Wish {
    fn new(kind: &'static str, body: Value) -> Self {
        let cites = pumasi_act::kinds::find(kind).is_some_and(pumasi_act::kinds::KindEntry::cites);
        Self { kind, body, cites }
    }

    /// Acknowledges everything seen.
    #[must_use]
    pub fn acknowledge() -> Self {
        Self::new("acknowledge_acts", json!({}))
    }

    /// Closes a log of one's own.
    #[must_use]
    pub fn close(body: &pumasi_act::kinds::close_log::CloseLog) -> Self {
        Self::new("close_log", serde_json::to_value(body).unwrap_or_default())
    }

    /// Promises part of an order that waits for it.
    #[must_use]
    pub fn commit(order: ActId, quantity: i64) -> Self {
        Self::new("commit_resource", json!({"order": order, "quantity": format!("{quantity} EA")}))
    }

    /// Promises the same, late or not.
    fn commit_late(order: ActId, quantity: i64) -> Self {
        let quantity = format!("{quantity} EA");
        let body = json!({"order": order, "quantity": quantity, "accepts_late": true});
        Self::new("commit_resource", body)
    }

    /// Offers blankets, half of the time until some seconds from `time`.
    fn offer(to: &PartyId, quantity: i64, time: Time, dice: &mut Dice) -> Self {
        let seconds = i64::try_from(dice.between(5, 120)).unwrap_or(5);
        let until = dice.chance(500).then(|| plus_seconds(time, seconds));
        let body = json!({"requesting": to, "request": null, "commodity": "blanket",
            "quantity": format!("{quantity} EA"), "purpose": "disaster_relief", "mode": "gift",
            "price": null, "until": until, "grace_minutes": dice.below(2)});
        Self::new("offer_resource", body)
    }

    fn order(from: &PartyId, offer: Option<ActId>, quantity: i64) -> Self {
        Self::new(
            "requisition_resource",
            json!({"assisting": from, "request": null, "offer": offer, "commodity": "blanket",
                "quantity": format!("{quantity} EA"), "purpose": "disaster_relief",
                "place": "jp-17", "mode": "gift", "price": null}),
        )
    }

    /// Something a party whose clock shows `time` might say next, as it sees the matter.
    #[must_use]
    pub fn next(party: &PartyId, state: &State, time: Time, dice: &mut Dice) -> Self {
        let others: Vec<&PartyId> =
            state.genesis.audience.iter().filter(|other| *other != party).collect();
        let quantity = i64::try_from(dice.between(1, 20)).unwrap_or(1) * 10;
        Self::answer(party, state, dice, quantity).unwrap_or_else(|| {
            let other = dice.pick(&others).copied().unwrap_or(party);
            match dice.below(14) {
                0..=6 => Self::order(other, None, quantity),
                7..=9 => Self::offer(other, quantity, time, dice),
                10 => Self::new(
                    "grant_drawing_right",
                    json!({"requesting": other, "commodity": "blanket",
                        "cap": format!("{quantity} EA"), "purpose": "disaster_relief",
                        "until": "2030-01-01T00:00:00Z"}),
                ),
                11 => Self::new(
                    "suspend_agreement",
                    json!({"agreement": "sim", "clauses": [], "from": null,
                        "until": null, "cause": "simulated", "record": null}),
                ),
                _ => Self::acknowledge(),
            }
        })
    }

    /// What waits for this party: orders to promise, goods to send, shipments to receive.
    fn answer(party: &PartyId, state: &State, dice: &mut Dice, quantity: i64) -> Option<Self> {
        let mut open: Vec<Self> = Vec::new();
        for (id, order) in &state.orders {
            let ordered = order.ordered.as_milli() / 1000;
            let mine = order.assisting == *party;
            match order.stage {
                Stage::Requisitioned if mine => {
                    open.push(Self::commit(*id, quantity.min(ordered)));
                    if order.offer.is_some() && dice.chance(200) {
                        open.push(Self::commit_late(*id, quantity.min(ordered)));
                    }
                    open.push(Self::new("decline_resource", json!({"order": id, "reason": null})));
                }
                Stage::Requisitioned if order.requesting == *party => {
                    open.push(Self::new("cancel_requisition", json!({"order": id, "reason": null})))
                }
                Stage::Committed if mine => open.push(Self::new(
                    "dispatch_shipment",
                    json!({"order": id, "quantity": order.committed, "pallets": 1, "links": [],
                        "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-03T00:00:00Z"}),
                )),
                _ => {}
            }
        }
        for (id, shipment) in &state.shipments {
            let order = state.orders.get(&shipment.order);
            if shipment.receipt.is_none() && order.is_some_and(|o| o.requesting == *party) {
                open.push(Self::new(
                    "receive_resource",
                    json!({"shipment": id, "accepted": shipment.quantity, "rejected": "0 EA",
                        "reason": null, "short": "0 EA"}),
                ));
            }
        }
        for (id, offer) in &state.offers {
            let stands = offer.ordered.is_none() && offer.withdrawn.is_none();
            if stands && offer.requesting == *party {
                open.push(Self::order(&offer.assisting, Some(*id), quantity));
            } else if stands && offer.assisting == *party {
                open.push(Self::new("withdraw_offer", json!({"offer": id, "reason": null})));
            }
        }
        for (id, right) in &state.rights {
            if right.requesting == *party && !right.left().is_zero() {
                open.push(Self::new(
                    "draw_resource",
                    json!({"right": id, "quantity": "10 EA", "place": "jp-17"}),
                ));
            }
        }
        dice.chance(700).then(|| dice.pick(&open).cloned()).flatten()
    }
}

/// The agreement all parties of a simulation share: blankets may be ordered, up to a ceiling.
#[must_use]
pub fn agreement(parties: &BTreeSet<PartyId>) -> Agreement {
    let names: Vec<String> = parties.iter().map(|party| format!("\"{party}\"")).collect();
    let text = include_str!("sim.toml").replace("\"PARTIES\"", &names.join(", "));
    match pumasi_agreement::read("sim.toml", &text) {
        Ok(agreement) => agreement,
        Err(faults) => unreachable!("the agreement of simulations reads: {faults:?}"),
    }
}
