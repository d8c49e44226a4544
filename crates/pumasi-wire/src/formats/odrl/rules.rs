//! Rules of a policy as they stand, with everything in them that is not ODRL set aside.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::Lang;
use serde_json::{Map, Value};

use super::json::step;
use super::names::plain;
use super::{Code, Finding};

/// Texts by language.
pub(super) type Texts = BTreeMap<Lang, String>;

/// An object of which the members are taken one by one.
pub(super) struct Part<'v> {
    members: &'v Map<String, Value>,
    path: String,
    taken: BTreeSet<&'static str>,
}

impl<'v> Part<'v> {
    pub(super) const fn new(members: &'v Map<String, Value>, path: String) -> Self {
        Self { members, path, taken: BTreeSet::new() }
    }

    /// Where a member stands.
    pub(super) fn at(&self, key: &str) -> String {
        format!("{}{}", self.path, step(key))
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<&'v Value> {
        self.taken.insert(key);
        self.members.get(key).filter(|value| !value.is_null())
    }

    /// A member that is a plain text; any other is left to be found.
    pub(super) fn text(&mut self, key: &'static str) -> Option<&'v str> {
        let text = self.members.get(key)?.as_str()?;
        self.taken.insert(key);
        Some(text)
    }

    /// The values of a member, each with its place; one value is a list of one.
    pub(super) fn many(&mut self, key: &'static str) -> Vec<(&'v Value, String)> {
        let at = self.at(key);
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let place = |(n, item)| (item, format!("{at}[{n}]"));
                items.iter().enumerate().map(place).collect()
            }
            Some(one) => vec![(one, at)],
        }
    }

    /// Texts by language; what is in none of ours is noted.
    pub(super) fn texts(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Texts {
        let mut texts = Texts::new();
        for (value, at) in self.many(key) {
            match value {
                Value::String(text) => {
                    // A text that does not say its language is English in the examples of ODRL.
                    findings.push(Finding::at(Code::TakenAs, &at, "en"));
                    texts.insert(Lang::En, text.trim().to_owned());
                }
                Value::Object(inner) => {
                    let said = inner.get("@value").zip(inner.get("@language"));
                    let entries: Vec<(&str, &Value)> = match said {
                        Some((text, lang)) => vec![(lang.as_str().unwrap_or_default(), text)],
                        None => inner.iter().map(|(key, text)| (key.as_str(), text)).collect(),
                    };
                    for (tag, text) in entries {
                        match (language(tag), text.as_str()) {
                            (Some(lang), Some(text)) => {
                                texts.insert(lang, text.trim().to_owned());
                            }
                            _ => {
                                let at = format!("{at}{}", step(tag));
                                findings.push(Finding::at(Code::NotUnderstood, &at, &plain(text)));
                            }
                        }
                    }
                }
                other => findings.push(Finding::at(Code::NotUnderstood, &at, &plain(other))),
            }
        }
        texts.retain(|_, text| !text.is_empty());
        texts
    }

    /// What nothing has taken.
    pub(super) fn rest(self) -> Vec<Finding> {
        let left = self.members.iter().filter(|(key, _)| !self.taken.contains(key.as_str()));
        let found = |(key, value): (&String, &Value)| {
            Finding::at(Code::NotUnderstood, &self.at(key), &plain(value))
        };
        left.map(found).collect()
    }
}

/// The language of ours that a BCP 47 tag means.
fn language(tag: &str) -> Option<Lang> {
    tag.parse().ok().or_else(|| match tag.to_ascii_lowercase().split('-').next() {
        Some("en") => Some(Lang::En),
        Some("ja") => Some(Lang::Ja),
        Some("ko") => Some(Lang::Ko),
        Some("zh") if !tag.to_ascii_lowercase().contains("hant") => Some(Lang::Zh),
        _ => None,
    })
}

/// A name, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) at: String,
}

/// A condition of a rule, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    /// Something stands in a relation to something.
    Is { left: String, operator: String, right: Vec<String>, unit: Option<String>, at: String },
    /// At least one of several holds.
    Or { any: Vec<Condition>, at: String },
}

impl Condition {
    pub(super) fn found(&self) -> Finding {
        let (at, what) = match self {
            Self::Is { left, operator, right, unit, at } => {
                let unit = unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
                (at, format!("{left} {operator} {}{unit}", right.join(", ")))
            }
            Self::Or { at, .. } => (at, "or".to_owned()),
        };
        Finding::at(Code::NotUnderstood, at, &what)
    }
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Permission,
    Prohibition,
    Obligation,
    Waiver,
}

/// A rule of a policy, or a duty of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) sort: Sort,
    pub(super) at: String,
    /// The clause it belongs to, as our documents name it.
    pub(super) clause: Option<String>,
    pub(super) actions: Vec<Named>,
    pub(super) assigners: Vec<Named>,
    pub(super) assignees: Vec<Named>,
    pub(super) targets: Vec<Named>,
    pub(super) consenting: Vec<Named>,
    pub(super) conditions: Vec<Condition>,
    pub(super) duties: Vec<Rule>,
    pub(super) consequences: Vec<Rule>,
    pub(super) label: Texts,
    pub(super) caption: Texts,
    /// What is not understood of whom and what it is about.
    pub(super) strange: Vec<Finding>,
    /// What else stands in it that is not understood.
    pub(super) beside: Vec<Finding>,
}

/// Reads a rule; what it says beyond ODRL and our profile is kept as strange.
pub(super) fn rule(sort: Sort, value: &Value, at: String, findings: &mut Vec<Finding>) -> Rule {
    let mut rule = Rule {
        sort,
        at: at.clone(),
        clause: None,
        actions: Vec::new(),
        assigners: Vec::new(),
        assignees: Vec::new(),
        targets: Vec::new(),
        consenting: Vec::new(),
        conditions: Vec::new(),
        duties: Vec::new(),
        consequences: Vec::new(),
        label: Texts::new(),
        caption: Texts::new(),
        strange: Vec::new(),
        beside: Vec::new(),
    };
    let Value::Object(members) = value else {
        rule.strange.push(Finding::at(Code::NotUnderstood, &at, &plain(value)));
        return rule;
    };
    let mut part = Part::new(members, at);
    // A rule may have a name of its own, and repeat of which class it is.
    part.text("@id");
    part.text("@type");
    rule.clause = part.text("pumasi:clause").map(str::to_owned);
    rule.label = part.texts("rdfs:label", findings);
    rule.caption = part.texts("skos:definition", findings);
    rule.take(&mut part);
    for (duty, at) in part.many("duty") {
        rule.duties.push(self::rule(Sort::Obligation, duty, at, findings));
    }
    for (duty, at) in part.many("consequence") {
        rule.consequences.push(self::rule(Sort::Obligation, duty, at, findings));
    }
    rule.beside.extend(part.rest());
    rule
}

impl Rule {
    /// Takes what a policy may also say for all its rules at once.
    ///
    /// SPEC: ODRL Information Model 2.2, section 2.7.1: what stands at the policy holds for each
    /// rule as if it stood there.
    pub(super) fn take(&mut self, part: &mut Part<'_>) {
        let Self { conditions, strange, beside, .. } = self;
        for (key, list) in [
            ("action", &mut self.actions),
            ("assigner", &mut self.assigners),
            ("assignee", &mut self.assignees),
            ("target", &mut self.targets),
            ("consentingParty", &mut self.consenting),
        ] {
            for (value, at) in part.many(key) {
                list.extend(named(value, at, conditions, (&mut *strange, &mut *beside)));
            }
        }
        for (value, at) in part.many("constraint") {
            condition(value, at, conditions, beside);
        }
    }

    /// Whether all of it is understood as it stands.
    pub(super) const fn is_plain(&self) -> bool {
        self.strange.is_empty() && self.beside.is_empty()
    }

    /// Adds what the policy says for all rules.
    pub(super) fn inherit(&mut self, common: &Self) {
        self.actions.extend(common.actions.iter().cloned());
        self.assigners.extend(common.assigners.iter().cloned());
        self.assignees.extend(common.assignees.iter().cloned());
        self.targets.extend(common.targets.iter().cloned());
        self.conditions.extend(common.conditions.iter().cloned());
        self.strange.extend(common.strange.iter().cloned());
        self.beside.extend(common.beside.iter().cloned());
    }
}

/// A party, asset or action: a name, or an object with a name and what narrows it.
fn named(
    value: &Value,
    at: String,
    conditions: &mut Vec<Condition>,
    (strange, beside): (&mut Vec<Finding>, &mut Vec<Finding>),
) -> Option<Named> {
    match value {
        Value::String(name) => Some(Named { name: name.clone(), at }),
        Value::Object(members) => {
            let mut part = Part::new(members, at.clone());
            let name = part.text("@id").or_else(|| part.text("rdf:value"));
            let class = part.text("@type");
            let known = ["Party", "PartyCollection", "Asset", "AssetCollection", "Action"];
            if let Some(class) = class.filter(|class| !known.contains(class)) {
                strange.push(Finding::at(Code::NotUnderstood, &part.at("@type"), class));
            }
            for (refinement, at) in part.many("refinement") {
                condition(refinement, at, conditions, beside);
            }
            beside.extend(part.rest());
            if name.is_none() {
                strange.push(Finding::at(Code::NotUnderstood, &at, &plain(value)));
            }
            name.map(|name| Named { name: name.to_owned(), at })
        }
        other => {
            strange.push(Finding::at(Code::NotUnderstood, &at, &plain(other)));
            None
        }
    }
}

/// Reads a condition, or several that hold together.
fn condition(
    value: &Value,
    at: String,
    conditions: &mut Vec<Condition>,
    beside: &mut Vec<Finding>,
) {
    let Value::Object(members) = value else {
        beside.push(Finding::at(Code::NotUnderstood, &at, &plain(value)));
        return;
    };
    let mut part = Part::new(members, at.clone());
    part.text("@id");
    part.text("@type");
    if members.contains_key("and") {
        for (inner, at) in part.many("and") {
            condition(inner, at, conditions, beside);
        }
    } else if members.contains_key("or") {
        let mut any = Vec::new();
        for (inner, at) in part.many("or") {
            let before = any.len();
            condition(inner, at, &mut any, beside);
            // Several at once within one alternative would each become an alternative.
            let flat = any.len() == before + 1;
            if !flat {
                beside.push(Finding::at(Code::NotUnderstood, &part.at("or"), ""));
            }
        }
        conditions.push(Condition::Or { any, at });
    } else if let (Some(left), Some(operator)) = (part.text("leftOperand"), part.text("operator")) {
        let mut right = Vec::new();
        for (value, at) in part.many("rightOperand") {
            match value {
                Value::String(text) => right.push(text.clone()),
                Value::Bool(_) | Value::Number(_) => right.push(value.to_string()),
                other => beside.push(Finding::at(Code::NotUnderstood, &at, &plain(other))),
            }
        }
        let unit = part.text("unit").map(str::to_owned);
        let (left, operator) = (left.to_owned(), operator.to_owned());
        conditions.push(Condition::Is { left, operator, right, unit, at });
    }
    beside.extend(part.rest());
}
