//! Writes an agreement as an ODRL policy.

use std::collections::BTreeMap;
use std::fmt::Display;

use pumasi_agreement::clauses::Terms;
use pumasi_agreement::clauses::ceiling::{Ceiling, Per};
use pumasi_agreement::clauses::forbid::Forbid;
use pumasi_agreement::clauses::permit::Permit;
use pumasi_agreement::clauses::settlement::{Settlement, SettlementMode};
use pumasi_agreement::clauses::standing_consent::{StandingConsent, Trigger};
use pumasi_agreement::clauses::survival::Survival;
use pumasi_agreement::clauses::term::{Entry, Term};
use pumasi_agreement::clauses::third_party::{OnwardTransfer, ThirdParty};
use pumasi_agreement::scope::{Scope, mode_code};
use pumasi_agreement::{Action, Agreement, Clause, Nature};
use pumasi_base::{Captions, Date, Lang, PartyId, Quantity};
use serde_json::{Map, Value, json};

use super::terms::{Side, Span, end_of, quantity_operand};
use super::{Code, Document, Finding, NAMESPACE, PROFILE, iri, names};

/// Writes `agreement` as a policy, with what no word of a policy can carry.
#[must_use]
pub fn write(agreement: &Agreement) -> (Document, Vec<Finding>) {
    let uid = format!("{}{}", iri::AGREEMENT, agreement.digest());
    let mut writer = Writer {
        agreement,
        members: format!("{uid}{}", iri::MEMBERS),
        rules: BTreeMap::new(),
        findings: vec![
            Finding::about(Code::TextNotCarried, None),
            Finding::about(Code::SilenceRefuses, None),
        ],
        uid,
    };
    if agreement.nature() == Nature::Draft {
        writer.findings.push(Finding::about(Code::DraftNotInForce, None));
    }
    let clauses: Vec<Value> =
        agreement.clauses().iter().map(|clause| writer.clause(clause)).collect();
    let mut document = writer.policy(clauses);
    document.sort_all_objects();
    (Document(document), writer.findings)
}

/// The context of every document: what its terms are and how their values are read, so that no
/// context but that of ODRL itself need be known.
fn context() -> Value {
    let texts = |iri: &str| json!({ "@id": iri, "@container": "@language" });
    let list = |iri: &str| json!({ "@id": iri, "@container": "@list" });
    let names = |iri: &str| json!({ "@id": iri, "@container": "@list", "@type": "@id" });
    json!([names::ODRL_CONTEXT, {
        "dct": "http://purl.org/dc/terms/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "pumasi": NAMESPACE,
        "dct:title": texts("dct:title"),
        "dct:source": list("dct:source"),
        "rdfs:label": texts("rdfs:label"),
        "skos:definition": texts("skos:definition"),
        "pumasi:authentic": texts("pumasi:authentic"),
        "pumasi:clause": { "@id": "pumasi:clause", "@type": "@id" },
        "pumasi:clauses": list("pumasi:clauses"),
        "pumasi:parties": list("pumasi:parties"),
        "pumasi:executing": names("pumasi:executing"),
        "pumasi:from": { "@id": "pumasi:from", "@type": "xsd:date" },
        "pumasi:until": { "@id": "pumasi:until", "@type": "xsd:date" },
        "pumasi:signed": { "@id": "pumasi:signed", "@type": "xsd:date" },
        "pumasi:entryAfter": { "@id": "pumasi:entryAfter", "@type": "xsd:duration" },
        "pumasi:lasts": { "@id": "pumasi:lasts", "@type": "xsd:duration" },
        "pumasi:renews": { "@id": "pumasi:renews", "@type": "xsd:duration" },
        "pumasi:notice": { "@id": "pumasi:notice", "@type": "xsd:duration" },
        "pumasi:noticeBeforeEnd": { "@id": "pumasi:noticeBeforeEnd", "@type": "xsd:duration" },
        "pumasi:survives": names("pumasi:survives"),
    }])
}

/// Hours east of Greenwich as XML Schema writes them.
fn offset(hours: i8) -> String {
    let sign = if hours < 0 { '-' } else { '+' };
    format!("{sign}{:02}:00", hours.unsigned_abs())
}

fn typed(datatype: &str, text: impl Display) -> Value {
    json!({ "@value": text.to_string(), "@type": format!("xsd:{datatype}") })
}

fn name(beginning: &str, id: impl Display) -> Value {
    json!({ "@id": format!("{beginning}{id}") })
}

fn condition(left: &str, operator: &str, right: Value) -> Value {
    json!({ "leftOperand": left, "operator": operator, "rightOperand": right })
}

/// The condition that something is one of those listed; none when nothing is listed.
fn any_of<T: Display>(left: &str, beginning: &str, items: &[T]) -> Option<Value> {
    let listed: Vec<Value> = items.iter().map(|item| name(beginning, item)).collect();
    (!listed.is_empty()).then(|| condition(left, "isAnyOf", Value::Array(listed)))
}

/// The condition that a quantity stands in some relation to a limit.
fn quantity(per: Per, operator: &str, limit: Quantity) -> Value {
    let shown = limit.to_string();
    let amount = shown.split_whitespace().next().unwrap_or_default();
    let mut quantity = condition(quantity_operand(per), operator, typed("decimal", amount));
    if let Some(object) = quantity.as_object_mut() {
        object.insert("unit".to_owned(), name(iri::UNIT, limit.unit()));
    }
    quantity
}

/// The conditions a scope sets besides parties, categories and actions.
fn conditions(scope: &Scope) -> Vec<Value> {
    let modes: Vec<&str> = scope.modes.iter().map(|mode| mode_code(*mode)).collect();
    let conditions = [
        any_of("purpose", iri::PURPOSE, &scope.purposes),
        any_of("pumasi:status", iri::STATUS, &scope.statuses),
        any_of("deliveryChannel", iri::MODE, &modes),
    ];
    conditions.into_iter().flatten().collect()
}

/// The actions of a scope by who performs them; none named means all of both.
fn by_side(actions: &[Action]) -> Vec<(Vec<String>, Side)> {
    let both = [Side::Receiver, Side::Giver];
    if actions.is_empty() {
        return both.map(|side| (vec![side.every_action().to_owned()], side)).to_vec();
    }
    let of = |side: Side| {
        let performed = actions.iter().filter(|action| Side::of(**action) == side);
        (performed.map(|action| format!("pumasi:{action}")).collect(), side)
    };
    both.map(of).into_iter().filter(|(actions, _): &(Vec<String>, _)| !actions.is_empty()).collect()
}

/// One value, or a list of them.
fn one_or_all<T: Into<Value>>(items: Vec<T>) -> Value {
    let mut items: Vec<Value> = items.into_iter().map(Into::into).collect();
    match items.pop() {
        Some(only) if items.is_empty() => only,
        last => Value::Array(items.into_iter().chain(last).collect()),
    }
}

fn by_lang(captions: &Captions) -> Value {
    let entries = Lang::ALL.map(|lang| (lang.tag().to_owned(), captions.in_lang(lang).into()));
    Value::Object(entries.into_iter().collect())
}

/// A duty to have a party's consent beforehand.
fn obtain_consent(of: Value, conditions: Vec<Value>) -> Value {
    let mut duty = json!({ "action": "obtainConsent", "consentingParty": of });
    if let Some(duty) = duty.as_object_mut().filter(|_| !conditions.is_empty()) {
        duty.insert("constraint".to_owned(), Value::Array(conditions));
    }
    duty
}

/// The lists of a policy that hold rules.
const PERMISSION: &str = "permission";
const PROHIBITION: &str = "prohibition";
const OBLIGATION: &str = "obligation";
const WAIVER: &str = "pumasi:waiver";

struct Writer<'a> {
    agreement: &'a Agreement,
    uid: String,
    members: String,
    rules: BTreeMap<&'static str, Vec<Value>>,
    findings: Vec<Finding>,
}

impl Writer<'_> {
    fn policy(&mut self, clauses: Vec<Value>) -> Value {
        let agreement = self.agreement;
        let parties = agreement.parties().iter().map(|party| {
            let mut node = json!({
                "@id": format!("{}{party}", iri::PARTY),
                "@type": "Party",
                "partOf": { "@id": self.members },
            });
            let executing = agreement.executing().get(party).map(|bodies| {
                bodies.iter().map(|body| format!("{}{body}", iri::PARTY)).collect::<Vec<_>>()
            });
            if let (Some(node), Some(executing)) = (node.as_object_mut(), executing) {
                node.insert("pumasi:executing".to_owned(), json!(executing));
            }
            node
        });
        let sources = agreement.sources().iter().map(|source| {
            json!({ "dct:title": source.title, "dct:publisher": source.publisher, "dct:date": source.date })
        });
        let mut policy = json!({
            "@context": context(),
            "@type": "Agreement",
            "@id": self.uid,
            "profile": PROFILE,
            "conflict": "prohibit",
            "dct:identifier": agreement.id(),
            "dct:title": by_lang(agreement.title()),
            "dct:source": sources.collect::<Vec<_>>(),
            "pumasi:nature": agreement.nature().code(),
            "pumasi:lawLevel": agreement.law_level().code(),
            "pumasi:utcOffsetHours": agreement.utc_offset_hours(),
            "pumasi:parties": parties.collect::<Vec<_>>(),
            "pumasi:clauses": clauses,
        });
        if let Some(policy) = policy.as_object_mut() {
            if let Some(signed) = agreement.signed() {
                policy.insert("pumasi:signed".to_owned(), signed.to_string().into());
            }
            for (list, rules) in std::mem::take(&mut self.rules) {
                policy.insert(list.to_owned(), Value::Array(rules));
            }
        }
        policy
    }

    /// Writes the rules of a clause and gives the clause itself, with its words.
    fn clause(&mut self, clause: &Clause) -> Value {
        let mut node = Map::new();
        match &clause.terms {
            Terms::Permit(permit) => self.permit(clause, permit),
            Terms::Forbid(forbid) => self.forbid(clause, forbid),
            Terms::Ceiling(ceiling) => self.ceiling(clause, ceiling),
            Terms::StandingConsent(consent) => self.standing_consent(clause, consent),
            Terms::Settlement(settlement) => self.settlement(clause, settlement),
            Terms::ThirdParty(third_party) => self.third_party(clause, third_party),
            Terms::Term(term) => self.term(clause, term, &mut node),
            Terms::Survival(survival) => self.survival(clause, survival, &mut node),
        }
        let authentic = clause.authentic.iter();
        let authentic = authentic.map(|(lang, text)| (lang.tag().to_owned(), text.as_str().into()));
        node.insert("@id".to_owned(), self.clause_name(clause).into());
        node.insert("@type".to_owned(), "pumasi:Clause".into());
        node.insert("pumasi:kind".to_owned(), clause.terms.kind().into());
        if let Some(nature) = clause.origin.nature {
            node.insert("pumasi:nature".to_owned(), nature.code().into());
        }
        if let Some(source) = clause.origin.source {
            node.insert("pumasi:sourceNumber".to_owned(), source.into());
        }
        node.insert("rdfs:label".to_owned(), by_lang(&clause.article));
        node.insert("skos:definition".to_owned(), by_lang(&clause.caption));
        node.insert("pumasi:authentic".to_owned(), Value::Object(authentic.collect()));
        Value::Object(node)
    }

    fn clause_name(&self, clause: &Clause) -> String {
        format!("{}#{}", self.uid, clause.id)
    }

    fn found(&mut self, code: Code, clause: &Clause) {
        self.findings.push(Finding::about(code, Some(&clause.id)));
    }

    /// The time in which a rule of a clause holds; a prohibition may outlive the agreement.
    fn window(&self, list: &str, clause: &Clause) -> Vec<Value> {
        let Some(term) = self.agreement.term() else { return Vec::new() };
        let moment = |date: Date| {
            let hours = self.agreement.utc_offset_hours();
            typed("dateTime", format!("{date}T00:00:00{}", offset(hours)))
        };
        let clauses = self.agreement.clauses().iter();
        let surviving = clauses.filter_map(|other| match &other.terms {
            Terms::Survival(survival) => Some(survival),
            _ => None,
        });
        let names = |survival: &&Survival| survival.clauses.contains(&clause.id);
        let surviving: Vec<&Survival> =
            surviving.filter(|survival| list == PROHIBITION && names(survival)).collect();
        let from = term.from.map(|from| condition("dateTime", "gteq", moment(from)));
        let until = end_of(term, &surviving);
        let until = until.map(|until| condition("dateTime", "lt", moment(until)));
        from.into_iter().chain(until).collect()
    }

    /// The parties named, or all members when none is.
    fn parties(&self, parties: &[PartyId]) -> Value {
        if parties.is_empty() {
            return json!({ "@id": self.members });
        }
        one_or_all(parties.iter().map(|party| name(iri::PARTY, party)).collect())
    }

    /// Adds a rule to one of the lists of the policy.
    ///
    /// It is assigned to who performs the action by the other side, and holds in the term alone.
    fn rule(
        &mut self,
        list: &'static str,
        clause: &Clause,
        scope: &Scope,
        (actions, side): (Vec<String>, Side),
        further: Vec<Value>,
        duties: Vec<(&str, Value)>,
    ) {
        let (givers, receivers) = (self.parties(&scope.givers), self.parties(&scope.receivers));
        let (assigner, assignee) = match side {
            Side::Receiver => (givers, receivers),
            Side::Giver => (receivers, givers),
        };
        let targets: Vec<Value> =
            scope.categories.iter().map(|category| name(iri::CATEGORY, category)).collect();
        let target =
            if targets.is_empty() { name(NAMESPACE, "anything") } else { one_or_all(targets) };
        let mut constraints = conditions(scope);
        constraints.extend(further);
        constraints.extend(self.window(list, clause));
        let mut rule = Map::new();
        for (key, value) in [
            ("pumasi:clause", self.clause_name(clause).into()),
            ("assigner", assigner),
            ("assignee", assignee),
            ("action", one_or_all(actions)),
            ("target", target),
            ("constraint", Value::Array(constraints)),
        ] {
            rule.insert(key.to_owned(), value);
        }
        for (key, value) in duties {
            rule.insert(key.to_owned(), value);
        }
        self.rules.entry(list).or_default().push(Value::Object(rule));
    }

    fn permit(&mut self, clause: &Clause, permit: &Permit) {
        let Permit { scope, commodities, transit, within_receiver, delay_hours } = permit;
        let mut further: Vec<Value> =
            any_of("pumasi:commodity", iri::COMMODITY, commodities).into_iter().collect();
        if *within_receiver {
            further.push(condition("spatial", "isPartOf", name(NAMESPACE, "receiver")));
        }
        if *delay_hours != 0 {
            let delay = typed("duration", Span::Hours.write(*delay_hours));
            further.push(condition("delayPeriod", "gteq", delay));
        }
        for (actions, side) in by_side(&scope.actions) {
            // Pushing alone asks for the receiver's consent, so that it is a rule of its own.
            let (push, others): (Vec<String>, Vec<String>) =
                actions.into_iter().partition(|action| action == "pumasi:push");
            let through = obtain_consent_of_transit(transit);
            if !others.is_empty() {
                let duty = vec![("duty", json!([through]))];
                self.rule(PERMISSION, clause, scope, (others, side), further.clone(), duty);
            }
            if !push.is_empty() {
                let unasked = condition("pumasi:requested", "eq", json!(false));
                let consent = obtain_consent(self.parties(&scope.receivers), vec![unasked]);
                let duty = vec![("duty", json!([through, consent]))];
                self.rule(PERMISSION, clause, scope, (push, side), further.clone(), duty);
            }
        }
    }

    fn forbid(&mut self, clause: &Clause, forbid: &Forbid) {
        let Forbid { scope } = forbid;
        for actions in by_side(&scope.actions) {
            self.rule(PROHIBITION, clause, scope, actions, Vec::new(), Vec::new());
        }
        self.found(Code::ForbidElsewhere, clause);
    }

    fn ceiling(&mut self, clause: &Clause, ceiling: &Ceiling) {
        let Ceiling { scope, commodities, quantity: limit, per } = ceiling;
        let commodities = any_of("pumasi:commodity", iri::COMMODITY, commodities);
        let over = quantity(*per, "gt", *limit);
        let further: Vec<Value> = commodities.into_iter().chain([over]).collect();
        for actions in by_side(&scope.actions) {
            self.rule(PROHIBITION, clause, scope, actions, further.clone(), Vec::new());
        }
        if *per != Per::Order {
            self.found(Code::CeilingCounts, clause);
        }
    }

    fn standing_consent(&mut self, clause: &Clause, consent: &StandingConsent) {
        let StandingConsent { scope, commodities, transit, trigger, valid_hours, max } = consent;
        let mut further: Vec<Value> =
            any_of("pumasi:commodity", iri::COMMODITY, commodities).into_iter().collect();
        further.extend(trigger.as_ref().map(any_trigger));
        further.extend(valid_hours.map(|hours| {
            condition("elapsedTime", "lteq", typed("duration", Span::Hours.write(hours)))
        }));
        further.extend(max.map(|max| quantity(Per::Incident, "lteq", max)));
        let duty = vec![("duty", json!([obtain_consent_of_transit(transit)]))];
        for actions in by_side(&scope.actions) {
            self.rule(PERMISSION, clause, scope, actions, further.clone(), duty.clone());
        }
        if max.is_some() {
            self.found(Code::CeilingCounts, clause);
        }
    }

    fn settlement(&mut self, clause: &Clause, settlement: &Settlement) {
        let Settlement { scope, mode, bars_when_overdue } = settlement;
        let within = |since: &str, days: Option<i64>| {
            let days = days.map(|days| typed("duration", Span::Days.write(days)));
            days.map(|days| condition(since, "lteq", days))
        };
        let (list, action, deadline, fallback) = match *mode {
            SettlementMode::Gift => (WAIVER, "compensate", None, None),
            SettlementMode::Reimbursement { days } => {
                (OBLIGATION, "compensate", within("pumasi:sinceBill", days), None)
            }
            SettlementMode::ReplacementInKind { days, else_reimbursement_days } => {
                let deadline = within("pumasi:sinceReceipt", Some(days));
                (OBLIGATION, "pumasi:replaceInKind", deadline, else_reimbursement_days)
            }
            SettlementMode::EqualValue { days, else_reimbursement_days } => {
                let deadline = within("pumasi:sinceReceipt", Some(days));
                (OBLIGATION, "pumasi:giveEqualValue", deadline, else_reimbursement_days)
            }
            SettlementMode::Loan { days } => {
                (OBLIGATION, "pumasi:return", within("pumasi:sinceReceipt", days), None)
            }
        };
        let further = any_of("pumasi:action", NAMESPACE, &scope.actions).into_iter();
        let bars = condition("pumasi:barsWhenOverdue", "eq", json!(true));
        let further = further.chain(deadline).chain(bars_when_overdue.then_some(bars)).collect();
        let mut duties = Vec::new();
        if let Some(limit) = within("pumasi:sinceDeadline", fallback) {
            let pay = json!([{ "action": "compensate", "constraint": [limit] }]);
            duties.push(("consequence", pay));
        }
        // Who has received owes it, to who gave.
        let action = (vec![action.to_owned()], Side::Receiver);
        self.rule(list, clause, scope, action, further, duties);
        if *mode == SettlementMode::Gift {
            self.found(Code::GiftIsSilent, clause);
        }
        let settlements = self.agreement.clauses().iter();
        if settlements.filter(|c| matches!(c.terms, Terms::Settlement(_))).count() > 1 {
            self.found(Code::SettlementChoice, clause);
        }
    }

    fn third_party(&mut self, clause: &Clause, third_party: &ThirdParty) {
        let ThirdParty { scope, transfer } = third_party;
        let acts: Vec<Value> =
            any_of("pumasi:action", NAMESPACE, &scope.actions).into_iter().collect();
        let with = |further: Option<Value>| acts.iter().cloned().chain(further).collect();
        let pass_on = || (vec!["distribute".to_owned()], Side::Receiver);
        let to = |operator: &str| condition("recipient", operator, name(NAMESPACE, "receiver"));
        match transfer {
            OnwardTransfer::Forbidden => {
                self.rule(PROHIBITION, clause, scope, pass_on(), with(None), Vec::new());
            }
            OnwardTransfer::PriorConsent => {
                let consent = obtain_consent(self.parties(&scope.givers), Vec::new());
                let duty = vec![("duty", json!([consent]))];
                self.rule(PERMISSION, clause, scope, pass_on(), with(None), duty);
            }
            OnwardTransfer::WithinReceiver => {
                let inside = with(Some(to("isPartOf")));
                self.rule(PERMISSION, clause, scope, pass_on(), inside, Vec::new());
                let outside = with(Some(to("pumasi:isNotPartOf")));
                self.rule(PROHIBITION, clause, scope, pass_on(), outside, Vec::new());
            }
        }
    }

    /// Writes what the term says at its clause; each rule carries its dates as conditions too.
    fn term(&mut self, clause: &Clause, term: &Term, node: &mut Map<String, Value>) {
        let Term { from, entry, entry_after, until, lasts, renews, notice, notice_before_end } =
            term;
        let mut put = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                node.insert(format!("pumasi:{key}"), value.into());
            }
        };
        put("from", from.map(|date| date.to_string()));
        put("entry", entry.map(|entry| Entry::code(entry).to_owned()));
        put("entryAfter", entry_after.map(|period| period.to_string()));
        put("until", until.map(|date| date.to_string()));
        put("lasts", lasts.map(|period| period.to_string()));
        put("renews", renews.map(|period| period.to_string()));
        put("notice", notice.map(|period| period.to_string()));
        put("noticeBeforeEnd", notice_before_end.map(|period| period.to_string()));
        let dates_alone = Term { from: *from, until: *until, lasts: *lasts, ..Term::default() };
        if *term != dates_alone {
            self.found(Code::TermByActs, clause);
        }
    }

    /// Writes which clauses outlive the end; their prohibitions carry the later date.
    fn survival(&mut self, clause: &Clause, survival: &Survival, node: &mut Map<String, Value>) {
        let Survival { clauses, lasts } = survival;
        let names = clauses.iter().map(|id| format!("{}#{id}", self.uid).into());
        node.insert("pumasi:survives".to_owned(), Value::Array(names.collect()));
        if let Some(lasts) = lasts {
            node.insert("pumasi:lasts".to_owned(), lasts.to_string().into());
        }
        self.found(Code::SurvivalByEnd, clause);
    }
}

/// The duty to have the consent of each third party on the way that is not listed.
fn obtain_consent_of_transit(listed: &[PartyId]) -> Value {
    let listed: Vec<Value> = listed.iter().map(|party| name(iri::PARTY, party)).collect();
    let unlisted =
        (!listed.is_empty()).then(|| condition("pumasi:through", "isNoneOf", Value::Array(listed)));
    obtain_consent(name(NAMESPACE, "transitParty"), unlisted.into_iter().collect())
}

/// The condition that any one of the events of a trigger has come about.
fn any_trigger(trigger: &Trigger) -> Value {
    let Trigger { intensity, alert, contact_lost } = trigger;
    let intensity =
        intensity.map(|least| condition("pumasi:intensity", "gteq", least.code().into()));
    let alert =
        alert.map(|least| condition("pumasi:alert", "gteq", name(iri::ALERT, least.code())));
    let lost = contact_lost.then(|| condition("pumasi:contactLost", "eq", json!(true)));
    let any: Vec<Value> = [intensity, alert, lost].into_iter().flatten().collect();
    json!({ "or": any })
}
