//! Reads an ODRL policy as the draft of an agreement.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::clauses::Terms;
use pumasi_agreement::clauses::survival::Survival;
use pumasi_agreement::clauses::term::Term;
use pumasi_agreement::{AgreementDraft, ClauseDraft, Origin, Source};
use pumasi_base::{ClauseId, Date, PartyId};
use serde_json::{Map, Value};

use super::clauses::{Parties, Said, said, slug, taken_as, together};
use super::names::{Names, plain};
use super::rules::{Condition, Named, Part, Rule, Sort, Texts, rule};
use super::terms::end_of;
use super::{Code, Error, Finding, NAMESPACE, PROFILE, compared, iri, json};

/// Reads a policy, with everything in it that did not become part of the draft.
///
/// Nothing is fetched: what a document refers to elsewhere is found and left alone.
///
/// # Errors
/// When the bytes are no JSON within the limits, or the JSON is no policy.
pub fn read(bytes: &[u8]) -> Result<(AgreementDraft, Vec<Finding>), Error> {
    let value = json::parse(bytes)?;
    let no_policy = || Error::NoPolicy { path: "$".to_owned() };
    // A document of one policy may be a list of one.
    let document = match &value {
        Value::Array(items) if items.len() == 1 => items.first().ok_or_else(no_policy)?,
        other => other,
    };
    let members = document.as_object().ok_or_else(no_policy)?;
    let mut findings = Vec::new();
    let context = members.get("@context").unwrap_or(&Value::Null);
    let names = Names::of(context, &mut findings);
    let document = names.normal("", document, "$")?;
    let members = document.as_object().ok_or_else(no_policy)?;
    if !is_policy(members) {
        return Err(no_policy());
    }
    let mut policy = Policy { parties: Parties::default(), findings };
    let draft = policy.draft(members);
    let mut findings = policy.findings;
    let ours = Part::new(members, String::new()).many("profile").iter().any(|(p, _)| is_ours(p));
    if ours || members.contains_key("pumasi:clauses") {
        compared::compare(&document, &draft, &mut findings);
    }
    // What a policy says for all its rules is found at each of them, and told once.
    let mut told = BTreeSet::new();
    findings.retain(|finding| told.insert(finding.clone()));
    Ok((draft, findings))
}

/// Whether a profile is ours, in the form that names have once they are read.
fn is_ours(profile: &Value) -> bool {
    profile
        .as_str()
        .and_then(|short| short.strip_prefix("pumasi:"))
        .is_some_and(|rest| PROFILE.strip_prefix(NAMESPACE) == Some(rest))
}

/// The lists of rules of a policy.
const RULES: [(&str, Sort); 4] = [
    ("permission", Sort::Permission),
    ("prohibition", Sort::Prohibition),
    ("obligation", Sort::Obligation),
    ("pumasi:waiver", Sort::Waiver),
];

/// The classes of policies; an agreement is the one that was agreed.
const CLASSES: [&str; 8] =
    ["Agreement", "Assertion", "Offer", "Policy", "Privacy", "Request", "Set", "Ticket"];

fn is_policy(members: &Map<String, Value>) -> bool {
    let class = match members.get("@type") {
        Some(Value::String(class)) => CLASSES.contains(&class.as_str()),
        Some(Value::Array(classes)) => {
            classes.iter().any(|class| class.as_str().is_some_and(|c| CLASSES.contains(&c)))
        }
        _ => false,
    };
    class || RULES.iter().any(|(list, _)| members.contains_key(*list))
}

/// From when to when a rule holds, and at which offset from Greenwich that is reckoned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    from: Option<Date>,
    until: Option<Date>,
    utc_offset_hours: Option<i8>,
}

/// A clause as its own node tells it.
struct Node {
    name: String,
    clause: Words,
    /// What it says, when no rule does: the term, and what outlives it.
    terms: Option<Terms>,
}

/// The words of a clause.
struct Words {
    id: ClauseId,
    article: Texts,
    caption: Texts,
    origin: Origin,
    authentic: Texts,
}

impl Words {
    /// The clause with what it says; further ones of the same words get an id of their own.
    fn with(&self, terms: Terms, place: usize) -> ClauseDraft {
        let further = format!("{}-{}", self.id, place + 1).parse();
        ClauseDraft {
            id: further.ok().filter(|_| place > 0).unwrap_or_else(|| self.id.clone()),
            article: self.article.clone(),
            caption: self.caption.clone(),
            origin: self.origin,
            authentic: self.authentic.clone(),
            terms,
        }
    }
}

/// A policy being read.
struct Policy {
    parties: Parties,
    findings: Vec<Finding>,
}

impl Policy {
    fn draft(&mut self, members: &Map<String, Value>) -> AgreementDraft {
        let mut part = Part::new(members, "$".to_owned());
        part.take("@context");
        let mut draft = AgreementDraft::default();
        self.head(&mut part, &mut draft);
        let named = self.members(&mut part, &mut draft);
        draft.sources = self.sources(&mut part);
        let nodes = self.nodes(&mut part);
        let mut rules = self.rules(&mut part);
        self.findings.extend(part.rest());
        if !named {
            draft.parties = self.named_in(&rules);
        }
        let window = window(&mut rules, &nodes, draft.utc_offset_hours);
        if draft.utc_offset_hours.is_none() {
            draft.utc_offset_hours = window.utc_offset_hours;
        }
        draft.clauses = self.clauses(&nodes, &rules);
        draft.clauses.extend(term_of(window, &draft.clauses));
        draft
    }

    fn found(&mut self, code: Code, at: &str, what: &str) {
        self.findings.push(Finding::at(code, at, what));
    }

    /// Takes what a policy says about itself.
    fn head(&mut self, part: &mut Part<'_>, draft: &mut AgreementDraft) {
        let class = part.text("@type").unwrap_or("Policy");
        if class != "Agreement" {
            self.found(Code::NotAgreed, &part.at("@type"), class);
        }
        let uid = part.text("@id").unwrap_or_default();
        self.parties.members = format!("{uid}{}", iri::MEMBERS);
        draft.id = part.text("dct:identifier").and_then(|id| id.parse().ok());
        if draft.id.is_some() {
            self.found(Code::TextIsNew, &part.at("@id"), uid);
        } else if let Ok(id) = slug(uid).parse() {
            let named = Named { name: uid.to_owned(), at: part.at("@id") };
            self.findings.push(taken_as(&named, &format!("{id}")));
            draft.id = Some(id);
        }
        for (profile, at) in part.many("profile") {
            if !is_ours(profile) {
                self.found(Code::NotFetched, &at, &plain(profile));
            }
        }
        for (parent, at) in part.many("inheritFrom") {
            self.found(Code::NotFetched, &at, &plain(parent));
        }
        if let Some(strategy) = part.take("conflict").filter(|value| *value != "prohibit") {
            self.found(Code::ConflictReplaced, &part.at("conflict"), &plain(strategy));
        }
        draft.title = part.texts("dct:title", &mut self.findings);
        draft.nature = self.parsed(part, "pumasi:nature");
        draft.law_level = self.parsed(part, "pumasi:lawLevel");
        draft.signed = self.parsed(part, "pumasi:signed");
        let offset = part.take("pumasi:utcOffsetHours");
        draft.utc_offset_hours = offset.and_then(Value::as_i64).and_then(|h| i8::try_from(h).ok());
        if let (Some(value), None) = (offset, draft.utc_offset_hours) {
            self.found(Code::NotUnderstood, &part.at("pumasi:utcOffsetHours"), &plain(value));
        }
    }

    /// A member that parses; what does not is found.
    fn parsed<T: std::str::FromStr>(
        &mut self,
        part: &mut Part<'_>,
        key: &'static str,
    ) -> Option<T> {
        let value = part.take(key)?;
        let parsed = value.as_str().and_then(|text| text.parse().ok());
        if parsed.is_none() {
            self.found(Code::NotUnderstood, &part.at(key), &plain(value));
        }
        parsed
    }

    /// Takes the parties and their executing bodies, when the policy names them.
    fn members(&mut self, part: &mut Part<'_>, draft: &mut AgreementDraft) -> bool {
        let parties = part.many("pumasi:parties");
        let named = !parties.is_empty();
        for (value, at) in parties {
            let Some(members) = value.as_object() else {
                self.found(Code::NotUnderstood, &at, &plain(value));
                continue;
            };
            let mut inner = Part::new(members, at);
            inner.text("@type");
            inner.text("partOf");
            let name = inner.text("@id").unwrap_or_default().to_owned();
            let party = self.parties.id(&Named { name, at: inner.at("@id") }, &mut self.findings);
            let executes = members.contains_key("pumasi:executing");
            let mut bodies = Vec::new();
            for (body, at) in inner.many("pumasi:executing") {
                let name = plain(body);
                bodies.extend(self.parties.id(&Named { name, at }, &mut self.findings));
            }
            self.findings.extend(inner.rest());
            let Some(party) = party else { continue };
            if executes {
                draft.executing.insert(party.clone(), bodies);
            }
            draft.parties.push(party);
        }
        named
    }

    /// The parties that rules name, in their order.
    fn named_in(&mut self, rules: &[Rule]) -> Vec<PartyId> {
        let mut parties = Vec::new();
        for named in rules.iter().flat_map(|rule| rule.assigners.iter().chain(&rule.assignees)) {
            if named.name == self.parties.members {
                continue;
            }
            let id = self.parties.id(named, &mut self.findings);
            parties.extend(id.filter(|id| !parties.contains(id)));
        }
        parties
    }

    fn sources(&mut self, part: &mut Part<'_>) -> Vec<Source> {
        let mut sources = Vec::new();
        for (value, at) in part.many("dct:source") {
            let Some(members) = value.as_object() else {
                self.found(Code::NotUnderstood, &at, &plain(value));
                continue;
            };
            let mut inner = Part::new(members, at);
            let mut text = |key| inner.text(key).unwrap_or_default().to_owned();
            sources.push(Source {
                title: text("dct:title"),
                publisher: text("dct:publisher"),
                date: text("dct:date"),
            });
            self.findings.extend(inner.rest());
        }
        sources
    }

    /// Where the words of a clause come from, where it says so itself.
    fn origin(&mut self, node: &mut Part<'_>) -> Origin {
        let nature = self.parsed(node, "pumasi:nature");
        let number = node.take("pumasi:sourceNumber");
        let source = number.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        if let Some(value) = number.filter(|_| source.is_none()) {
            self.found(Code::NotUnderstood, &node.at("pumasi:sourceNumber"), &plain(value));
        }
        Origin { nature, source }
    }

    /// Takes the clauses as our documents list them, with their words.
    fn nodes(&mut self, part: &mut Part<'_>) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (value, at) in part.many("pumasi:clauses") {
            let Some(members) = value.as_object() else {
                self.found(Code::NotUnderstood, &at, &plain(value));
                continue;
            };
            let mut inner = Part::new(members, at);
            let name = inner.text("@id").unwrap_or_default().to_owned();
            inner.text("@type");
            let kind = inner.text("pumasi:kind").unwrap_or_default();
            let article = inner.texts("rdfs:label", &mut self.findings);
            let caption = inner.texts("skos:definition", &mut self.findings);
            let authentic = inner.texts("pumasi:authentic", &mut self.findings);
            let origin = self.origin(&mut inner);
            let terms = match kind {
                "term" => Some(Terms::Term(self.term(&mut inner))),
                "survival" => Some(Terms::Survival(self.survival(&mut inner))),
                _ => None,
            };
            let id = clause_of(&name);
            let at = inner.at("@id");
            self.findings.extend(inner.rest());
            match id {
                Some(id) => {
                    let clause = Words { id, article, caption, origin, authentic };
                    nodes.push(Node { name, clause, terms });
                }
                None => self.found(Code::NotUnderstood, &at, &name),
            }
        }
        nodes
    }

    /// Takes the term that its clause gives.
    fn term(&mut self, inner: &mut Part<'_>) -> Term {
        Term {
            from: self.parsed(inner, "pumasi:from"),
            entry: self.parsed(inner, "pumasi:entry"),
            entry_after: self.parsed(inner, "pumasi:entryAfter"),
            until: self.parsed(inner, "pumasi:until"),
            lasts: self.parsed(inner, "pumasi:lasts"),
            renews: self.parsed(inner, "pumasi:renews"),
            notice: self.parsed(inner, "pumasi:notice"),
            notice_before_end: self.parsed(inner, "pumasi:noticeBeforeEnd"),
        }
    }

    /// Takes what outlives the agreement.
    fn survival(&mut self, inner: &mut Part<'_>) -> Survival {
        let mut clauses = Vec::new();
        for (name, at) in inner.many("pumasi:survives") {
            match name.as_str().and_then(clause_of) {
                Some(id) => clauses.push(id),
                None => self.found(Code::NotUnderstood, &at, &plain(name)),
            }
        }
        Survival { clauses, lasts: self.parsed(inner, "pumasi:lasts") }
    }

    fn rules(&mut self, part: &mut Part<'_>) -> Vec<Rule> {
        let nothing = Value::Object(Map::new());
        let mut common = rule(Sort::Permission, &nothing, "$".to_owned(), &mut self.findings);
        common.take(part);
        let mut rules = Vec::new();
        for (list, sort) in RULES {
            for (value, at) in part.many(list) {
                let mut rule = rule(sort, value, at, &mut self.findings);
                rule.inherit(&common);
                rules.push(rule);
            }
        }
        rules
    }

    fn clauses(&mut self, nodes: &[Node], rules: &[Rule]) -> Vec<ClauseDraft> {
        let mut clauses = Vec::new();
        let known: BTreeSet<&str> = nodes.iter().map(|node| node.name.as_str()).collect();
        let mut of_clause: BTreeMap<&str, Vec<Said>> = BTreeMap::new();
        let mut others = Vec::new();
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in rules {
            let said = said(rule, &mut self.parties, &mut self.findings);
            match rule.clause.as_deref().filter(|name| known.contains(name)) {
                Some(name) => of_clause.entry(name).or_default().extend(said),
                None => {
                    let number = counted.entry(word_for(rule.sort)).or_default();
                    *number += 1;
                    others.extend(on_its_own(rule, *number, said));
                }
            }
        }
        for node in nodes {
            let said = of_clause.remove(node.name.as_str()).unwrap_or_default();
            let terms = node.terms.clone().into_iter().chain(together(said));
            let with = |(place, terms)| node.clause.with(terms, place);
            clauses.extend(terms.enumerate().map(with));
        }
        clauses.extend(others);
        clauses
    }
}

/// The id of a clause, out of its name.
fn clause_of(name: &str) -> Option<ClauseId> {
    name.rsplit_once('#').and_then(|(_, id)| id.parse().ok())
}

/// The clause that gives the time in which all rules hold, when no clause of the policy does.
fn term_of(window: Window, clauses: &[ClauseDraft]) -> Option<ClauseDraft> {
    let given = clauses.iter().any(|clause| matches!(clause.terms, Terms::Term(_)));
    let Window { from, until, .. } = window;
    if given || (from.is_none() && until.is_none()) {
        return None;
    }
    let id = "term".parse().ok()?;
    let words = Words {
        id,
        article: Texts::new(),
        caption: Texts::new(),
        origin: Origin::default(),
        authentic: Texts::new(),
    };
    Some(words.with(Terms::Term(Term { from, until, ..Term::default() }), 0))
}

/// The time in which the rules hold, as their clauses give it, else the one that all of them give;
/// its conditions are taken out of the rules, and any other stays to be found.
fn window(rules: &mut [Rule], nodes: &[Node], utc_offset_hours: Option<i8>) -> Window {
    let term = nodes.iter().find_map(|node| match &node.terms {
        Some(Terms::Term(term)) => Some(term),
        _ => None,
    });
    let windows: BTreeSet<Window> = rules.iter().map(|rule| window_of(rule).0).collect();
    let common = windows.first().copied().filter(|_| windows.len() == 1).unwrap_or_default();
    for rule in rules {
        let agreed = term.map_or(common, |term| {
            let until = end_of(term, &surviving(rule, nodes));
            let dated = term.from.is_some() || until.is_some();
            let utc_offset_hours = utc_offset_hours.filter(|_| dated);
            Window { from: term.from, until, utc_offset_hours }
        });
        let (window, places) = window_of(rule);
        if window == agreed {
            let kept = rule.conditions.iter().enumerate();
            let kept = kept.filter(|(place, _)| !places.contains(place));
            rule.conditions = kept.map(|(_, condition)| condition.clone()).collect();
        }
    }
    common
}

/// What lets a prohibition outlive the agreement.
fn surviving<'n>(rule: &Rule, nodes: &'n [Node]) -> Vec<&'n Survival> {
    let id = rule.clause.as_deref().and_then(clause_of);
    let survivals = nodes.iter().filter_map(|node| match &node.terms {
        Some(Terms::Survival(survival)) => Some(survival),
        _ => None,
    });
    let names = |survival: &&Survival| id.as_ref().is_some_and(|id| survival.clauses.contains(id));
    survivals.filter(|survival| rule.sort == Sort::Prohibition && names(survival)).collect()
}

/// The word by which clauses made of rules of that sort are called.
const fn word_for(sort: Sort) -> &'static str {
    match sort {
        Sort::Permission => "permission",
        Sort::Prohibition => "prohibition",
        Sort::Obligation => "obligation",
        Sort::Waiver => "waiver",
    }
}

/// The clauses of a rule that belongs to none yet, named after its place.
fn on_its_own(rule: &Rule, number: usize, said: Vec<Said>) -> Vec<ClauseDraft> {
    let Ok(id) = format!("{}-{number}", word_for(rule.sort)).parse() else { return Vec::new() };
    let clause = Words {
        id,
        article: rule.label.clone(),
        caption: rule.caption.clone(),
        origin: Origin::default(),
        authentic: Texts::new(),
    };
    let terms = together(said).into_iter().enumerate();
    terms.map(|(place, terms)| clause.with(terms, place)).collect()
}

/// From when to when a rule says it holds, and which of its conditions say so.
fn window_of(rule: &Rule) -> (Window, Vec<usize>) {
    let mut window = Window::default();
    let mut places = Vec::new();
    for (place, condition) in rule.conditions.iter().enumerate() {
        let Condition::Is { left, operator, right, unit: None, .. } = condition else { continue };
        let ("dateTime", [text]) = (left.as_str(), right.as_slice()) else { continue };
        let Some((date, offset)) = midnight(text) else { continue };
        let reckoned = window.utc_offset_hours.is_none() || window.utc_offset_hours == offset;
        let end = match operator.as_str() {
            "gteq" if window.from.is_none() && reckoned => {
                window.from = Some(date);
                places.push(place);
                window.utc_offset_hours = offset;
                continue;
            }
            "lt" => Some(date),
            // A day that is still in is the day before the first that is out.
            "lteq" if offset.is_none() => date.tomorrow().ok(),
            _ => None,
        };
        if let (Some(end), None, true) = (end, window.until, reckoned) {
            window.until = Some(end);
            window.utc_offset_hours = window.utc_offset_hours.or(offset);
            places.push(place);
        }
    }
    (window, places)
}

/// The day that begins at a moment, and the offset at which it does; a day alone has none.
fn midnight(text: &str) -> Option<(Date, Option<i8>)> {
    let date = text.get(..10)?.parse().ok()?;
    let rest = text.get(10..)?;
    let Some(zone) = rest.strip_prefix("T00:00:00") else {
        return rest.is_empty().then_some((date, None));
    };
    let zone = zone.strip_prefix(".000").unwrap_or(zone);
    if zone.is_empty() || zone == "Z" {
        return Some((date, Some(0).filter(|_| zone == "Z")));
    }
    let hours: i8 = zone.strip_suffix(":00").filter(|hours| hours.len() == 3)?.parse().ok()?;
    zone.starts_with(['+', '-']).then_some((date, Some(hours)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_at_their_offset() {
        let date: Date = "2024-01-31".parse().unwrap();
        for (text, expected) in [
            ("2024-01-31", Some((date, None))),
            ("2024-01-31T00:00:00", Some((date, None))),
            ("2024-01-31T00:00:00Z", Some((date, Some(0)))),
            ("2024-01-31T00:00:00.000Z", Some((date, Some(0)))),
            ("2024-01-31T00:00:00+09:00", Some((date, Some(9)))),
            ("2024-01-31T00:00:00-03:00", Some((date, Some(-3)))),
            ("2024-01-31T00:00:00+09:30", None),
            ("2024-01-31T12:00:00Z", None),
            ("2024-02-30", None),
            ("2024-01-31 ", None),
            ("soon", None),
        ] {
            assert_eq!(midnight(text), expected, "{text}");
        }
    }
}
