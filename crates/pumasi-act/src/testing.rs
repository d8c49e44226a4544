//! A small world for tests: parties with keys, one matter, and acts written as their officers
//! would write them. Keys come from seeds, so that everything is the same on every run.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "compiled for tests alone, where a fault may panic"
)]

pub mod vectors;

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use pumasi_agreement::Agreement;
use pumasi_base::{AgreementId, Captions, Digest, PartyId, Status, Time, Unit, time::plus_seconds};
use serde_json::{Value, json};

use crate::author::{Draft, compose, open};
use crate::envelope::{ActId, Envelope, KeyRecord};
use crate::fold::{Folded, RULES, fold};
use crate::identity::{Identities, IdentityEntry, IdentitySay, Mandate, NextRoots};
use crate::kinds::open_matter::{CommodityTerms, OpenMatter};
use crate::payload::{ACT_TYPE, ClauseCited, LogId, Payload};
use crate::permission::Terms;
use crate::personal::Personal;
use crate::verify::{Verified, VerifyError, verify};

/// Parties, their keys and one matter.
#[derive(Clone)]
pub struct World {
    /// Every identity.
    pub identities: Identities,
    /// The agreements frozen into the matter.
    pub terms: Terms,
    /// The acts so far, in the order they were written.
    pub acts: Vec<Verified>,
    /// The matter.
    pub matter: ActId,
    /// Personal data beside acts, by commitment.
    pub personal: BTreeMap<Digest, Personal>,
    pens: BTreeMap<PartyId, Pen>,
    now: Time,
}

/// What a party writes with: its node and its duty officer, in one log, under one identity entry.
///
/// A copy of it is what a thief has, or a backup.
#[derive(Debug, Clone)]
pub struct Pen {
    /// The log.
    pub log: LogId,
    /// The identity entry cited.
    pub identity: ActId,
    node: SigningKey,
    officer: SigningKey,
    root: SigningKey,
}

impl Pen {
    /// The same pen under another identity entry.
    #[must_use]
    pub fn citing(self, identity: ActId) -> Self {
        Self { identity, ..self }
    }
}

/// The same caption in every language, for what tests do not read.
#[must_use]
pub fn words(text: &str) -> Captions {
    let text = text.to_owned();
    Captions { ko: text.clone(), ja: text.clone(), zh: text.clone(), en: text }
}

fn key(party: usize, role: u8) -> SigningKey {
    let mut seed = [role; 32];
    seed[0] = u8::try_from(party).unwrap();
    SigningKey::from_bytes(&seed)
}

impl World {
    /// A world whose matter was opened by the first of `parties` at `start`.
    #[must_use]
    pub fn new(parties: &[&str], agreements: Vec<Agreement>, status: Status, start: Time) -> Self {
        let mut world = Self {
            identities: Identities::default(),
            matter: ActId(Digest::of(b"")),
            acts: Vec::new(),
            personal: BTreeMap::new(),
            pens: BTreeMap::new(),
            now: start,
            terms: Terms::compile(agreements).unwrap(),
        };
        for (index, party) in parties.iter().enumerate() {
            world.found(&party.parse().unwrap(), index, start);
        }
        world.open(parties, status, start, None);
        world
    }

    /// A world whose matter is the life of the agreement `about`.
    #[must_use]
    pub fn of_agreement(about: &str, parties: &[&str], status: Status, start: Time) -> Self {
        let mut world = Self::new(parties, Vec::new(), status, start);
        world.acts.clear();
        world.open(parties, status, start, Some(about.parse().unwrap()));
        world
    }

    /// Lets the next act be written an hour after `time`.
    pub const fn wait_until(&mut self, time: Time) {
        self.now = time;
    }

    /// Founds a party that is not in the audience.
    pub fn add_stranger(&mut self, party: &str) {
        self.found(&party.parse().unwrap(), self.pens.len(), self.now);
    }

    fn found(&mut self, party: &PartyId, index: usize, time: Time) {
        let (root, node, officer) = (key(index, 1), key(index, 2), key(index, 3));
        let mandate = Mandate {
            officer: "duty".parse().unwrap(),
            person: format!("person of {party}"),
            name: "duty officer".to_owned(),
            key: KeyRecord::of(&officer),
            kinds: BTreeSet::from(["*".to_owned()]),
            amount_max: None,
            not_before: Time::MIN,
            not_after: Time::MAX,
            officers_needed: 1,
        };
        let says = [
            IdentitySay::Found {
                names: words(party.as_str()),
                roots: vec![KeyRecord::of(&root)],
                threshold: 1,
                next: NextRoots::of(&[KeyRecord::of(&key(index, 4))], 1),
            },
            IdentitySay::RegisterNode { key: KeyRecord::of(&node), incarnation: 1 },
            IdentitySay::GrantMandate(mandate),
        ];
        let node_key = KeyRecord::of(&node).id();
        let log = LogId { party: party.clone(), node_key, incarnation: 1 };
        let identity = ActId(pumasi_base::Digest::of(b""));
        self.pens.insert(party.clone(), Pen { log, identity, node, officer, root });
        for say in says {
            self.say(party.as_str(), say, time);
        }
    }

    /// Writes an entry of a party's identity log, which its later acts then cite.
    pub fn say(&mut self, party: &str, say: IdentitySay, time: Time) {
        let party: PartyId = party.parse().unwrap();
        let pen = self.pens.get_mut(&party).unwrap();
        let prev = self.identities.of(&party).map(|identity| identity.head);
        let entry = IdentityEntry { v: 1, party: party.clone(), prev, time, say };
        let envelope = entry.sign(&[&pen.root]).unwrap();
        if prev.is_none() {
            self.identities.trust(party, envelope.id()).unwrap();
        }
        pen.identity = self.identities.admit(&envelope).unwrap();
    }

    /// What a party writes with at this moment.
    #[must_use]
    pub fn pen(&self, party: &str) -> Pen {
        self.pens[&party.parse::<PartyId>().unwrap()].clone()
    }

    /// Begins a new incarnation of a party's node, as after a restored backup.
    pub fn restore(&mut self, party: &str) {
        let pen = self.pen(party);
        let (key, incarnation) = (KeyRecord::of(&pen.node), pen.log.incarnation + 1);
        self.say(party, IdentitySay::RegisterNode { key, incarnation }, self.now);
        self.pens.get_mut(&pen.log.party).unwrap().log.incarnation = incarnation;
    }

    /// Gives a party a second node beside the one it has, and lets it write with that.
    pub fn add_node(&mut self, party: &str, seed: u8) {
        let node = SigningKey::from_bytes(&[seed; 32]);
        let key = KeyRecord::of(&node);
        let pen = self.pens.get_mut(&party.parse::<PartyId>().unwrap()).unwrap();
        pen.log = LogId { node_key: key.id(), incarnation: 1, ..pen.log.clone() };
        pen.node = node;
        self.say(party, IdentitySay::RegisterNode { key, incarnation: 1 }, self.now);
    }

    /// Revokes a party's node key and gives it another.
    pub fn replace_node(&mut self, party: &str, seed: u8) {
        let revoked = self.pen(party).log.node_key;
        self.add_node(party, seed);
        self.say(party, IdentitySay::RevokeKey { key: revoked }, self.now);
    }

    fn open(&mut self, parties: &[&str], status: Status, start: Time, about: Option<AgreementId>) {
        let commodity = |category: &str, unit, mass_g| CommodityTerms {
            category: category.parse().unwrap(),
            unit,
            mass_g,
        };
        let genesis = OpenMatter {
            rules: RULES,
            status,
            case: "test".to_owned(),
            title: words("test"),
            audience: parties.iter().map(|party| party.parse().unwrap()).collect(),
            agreements: self
                .terms
                .agreements()
                .iter()
                .map(|agreement| (agreement.id().clone(), agreement.digest()))
                .collect(),
            origin: Some(start),
            about,
            standings: BTreeMap::new(),
            commodities: BTreeMap::from([
                ("drinking_water".parse().unwrap(), commodity("water", Unit::Litre, 1000)),
                ("blanket".parse().unwrap(), commodity("shelter", Unit::Each, 1500)),
                ("diesel".parse().unwrap(), commodity("fuel", Unit::Litre, 840)),
                ("rifle_ammunition".parse().unwrap(), commodity("ammunition", Unit::Each, 12)),
            ]),
        };
        let first: PartyId = parties[0].parse().unwrap();
        let officers = BTreeSet::from(["duty".parse().unwrap()]);
        let pen = self.pens[&first].clone();
        let payload = open(&genesis, &pen.log, pen.identity, officers, self.now).unwrap();
        let act = self.sign(&pen, &payload);
        self.matter = act.id();
        self.acts.push(act);
    }

    /// Signs a payload as its node and duty officer; as the node alone where no officer is named.
    #[must_use]
    pub fn sign(&self, pen: &Pen, payload: &Payload) -> Verified {
        self.try_sign(pen, payload).unwrap()
    }

    /// The same for a payload that may be no act.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn try_sign(&self, pen: &Pen, payload: &Payload) -> Result<Verified, VerifyError> {
        let mut keys = vec![&pen.node];
        keys.extend(payload.officers.iter().map(|_| &pen.officer));
        let envelope = Envelope::sign(ACT_TYPE, payload.write().unwrap(), &keys);
        verify(&envelope, &self.identities)
    }

    /// What folding everything so far gives.
    #[must_use]
    pub fn folded(&self) -> Folded {
        fold(&self.terms, &self.acts)
    }

    /// Writes an act an hour after the last one, having seen everything; `cited` is
    /// `agreement/clause`.
    pub fn act(&mut self, party: &str, kind: &str, cited: Option<&str>, body: Value) -> ActId {
        self.now = plus_seconds(self.now, 3600);
        let seen = self.folded();
        self.act_having_seen(&seen, party, kind, cited, body)
    }

    /// Writes an act whose author had seen only what `seen` holds.
    pub fn act_having_seen(
        &mut self,
        seen: &Folded,
        party: &str,
        kind: &str,
        cited: Option<&str>,
        body: Value,
    ) -> ActId {
        self.act_with(&self.pen(party), seen, kind, cited, body)
    }

    /// Writes an act with a pen that may be an old one.
    pub fn act_with(
        &mut self,
        pen: &Pen,
        seen: &Folded,
        kind: &str,
        cited: Option<&str>,
        body: Value,
    ) -> ActId {
        let draft = self.draft(kind, cited, body);
        let payload = compose(self.matter, seen, &pen.log, pen.identity, draft);
        let act = self.sign(pen, &payload);
        let id = act.id();
        self.acts.push(act);
        id
    }

    fn draft(&self, kind: &str, cited: Option<&str>, body: Value) -> Draft {
        let clause = cited.map(|cited| {
            let (agreement, clause) = cited.split_once('/').unwrap();
            ClauseCited { agreement: agreement.parse().unwrap(), clause: clause.parse().unwrap() }
        });
        let by_officers = crate::kinds::find(kind).is_none_or(|kind| kind.is_signed_by_officers());
        let officers = by_officers.then(|| "duty".parse().unwrap()).into_iter().collect();
        let (kind, time) = (kind.to_owned(), self.now);
        Draft { kind, body, clause, officers, time, personal: None }
    }

    /// Writes an act with personal data beside it.
    pub fn act_with_personal(
        &mut self,
        party: &str,
        kind: &str,
        cited: Option<&str>,
        body: Value,
        text: &str,
    ) -> ActId {
        // Keys come from seeds here, and so do salts.
        let salt = Digest::of(format!("salt {}", self.acts.len()).as_bytes());
        let personal = Personal { salt, text: text.to_owned() };
        let commitment = personal.commitment(&self.matter, &party.parse().unwrap());
        self.personal.insert(commitment, personal);
        let draft = self.draft(kind, cited, body);
        self.commit(party, Draft { personal: Some(commitment), ..draft })
    }

    /// Writes an act that commits to something, whatever it is.
    pub fn act_with_commitment(
        &mut self,
        party: &str,
        kind: &str,
        body: Value,
        commitment: Digest,
    ) -> ActId {
        let draft = self.draft(kind, None, body);
        self.commit(party, Draft { personal: Some(commitment), ..draft })
    }

    fn commit(&mut self, party: &str, draft: Draft) -> ActId {
        let pen = self.pen(party);
        let payload = compose(self.matter, &self.folded(), &pen.log, pen.identity, draft);
        let act = self.sign(&pen, &payload);
        let id = act.id();
        self.acts.push(act);
        id
    }

    /// What became of an act: `applied`, or the code of the rule it broke.
    #[must_use]
    pub fn outcome(&self, act: ActId) -> String {
        let folded = self.folded();
        let Some(state) = &folded.state else { return "no state".to_owned() };
        if state.applied.contains(&act) {
            return "applied".to_owned();
        }
        if state.unknown.contains_key(&act) {
            return "unknown".to_owned();
        }
        state.refused.get(&act).map_or_else(
            || "waiting".to_owned(),
            |refusal| match refusal {
                crate::Refusal::AgreementMustPermit { reasons, clauses } => {
                    let codes: Vec<_> = reasons.iter().map(|r| r.code.as_str()).collect();
                    let clauses: Vec<_> = clauses.iter().map(|c| c.clause.as_str()).collect();
                    format!("{}: {} [{}]", refusal.code(), codes.join(","), clauses.join(","))
                }
                _ => refusal.code(),
            },
        )
    }

    /// Plays one order from request to `receive_resource`, giving the order's id.
    pub fn order_to_receipt(&mut self, giver: &str, receiver: &str, mode: Value) -> ActId {
        let request = self.act(
            receiver,
            "request_resource",
            Some("kr-jp/art-1"),
            json!({
            "assisting": giver, "commodity": "blanket", "quantity": "100 EA",
            "purpose": "disaster_relief", "place": receiver, "need_by": null}),
        );
        let mut body = json!({
            "assisting": giver, "request": request, "offer": null, "commodity": "blanket",
            "quantity": "100 EA", "purpose": "disaster_relief", "place": receiver});
        if let (Some(body), Some(mode)) = (body.as_object_mut(), mode.as_object()) {
            body.extend(mode.clone());
        }
        let order = self.act(receiver, "requisition_resource", Some("kr-jp/art-1"), body);
        self.act(
            giver,
            "commit_resource",
            Some("kr-jp/art-1"),
            json!({"order": order, "quantity": "100 EA"}),
        );
        let shipment = self.act(
            giver,
            "dispatch_shipment",
            None,
            json!({
            "order": order, "quantity": "100 EA", "pallets": 2, "links": [],
            "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-03T00:00:00Z"}),
        );
        self.act(
            receiver,
            "receive_resource",
            None,
            json!({
            "shipment": shipment, "accepted": "90 EA", "rejected": "6 EA", "reason": "wet",
            "short": "4 EA"}),
        );
        order
    }
}

/// A small Korea–Japan agreement: blankets and water permitted under a ceiling, fuel reimbursed,
/// ammunition forbidden, push support for a day after strong shaking.
#[must_use]
pub fn agreement() -> Agreement {
    pumasi_agreement::read("kr-jp.toml", include_str!("testing/kr-jp.toml")).unwrap()
}
