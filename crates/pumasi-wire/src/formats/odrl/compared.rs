//! Compares a policy in our profile with what the agreement made of it would be written as.
//!
//! What a reader takes and a writer makes are two pieces of code; whatever one of them forgets
//! shows here, so that nothing of a document is lost without being found.

use std::collections::BTreeMap;

use pumasi_agreement::AgreementDraft;
use serde_json::{Map, Value};

use super::json::step;
use super::names::{Names, plain};
use super::{Code, Finding, write};

/// Lists whose order says something.
const IN_ORDER: [&str; 5] =
    ["dct:source", "pumasi:clauses", "pumasi:executing", "pumasi:parties", "pumasi:survives"];

/// Notes where `document` and what `draft` would be written as differ; a draft that lacks
/// something is no agreement and cannot be written.
pub(super) fn compare(document: &Value, draft: &AgreementDraft, findings: &mut Vec<Finding>) {
    let file = draft.id.as_ref().map_or_else(String::new, |id| format!("{id}.toml"));
    let Ok(agreement) = pumasi_agreement::read(&file, &draft.to_text()) else { return };
    let (again, _) = write(&agreement);
    let names = Names::of(again.value().get("@context").unwrap_or(&Value::Null), &mut Vec::new());
    let Ok(again) = names.normal("", again.value(), "$") else { return };
    let uid =
        |value: &Value| value.get("@id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (said, written) = (form("", document, &uid(document)), form("", &again, &uid(&again)));
    let mut places = Vec::new();
    differences(&said, &written, "$", &mut places);
    for (code, at, what) in places {
        let known = findings.iter().any(|finding| {
            finding.path.as_ref().is_some_and(|path| {
                at == *path
                    || path.strip_prefix(&*at).is_some_and(|rest| rest.starts_with(['.', '[']))
                    || at.strip_prefix(&**path).is_some_and(|rest| rest.starts_with(['.', '[']))
            })
        });
        if !known {
            findings.push(Finding::at(code, &at, &what));
        }
    }
}

/// A value in which lists of one are the one, and the name of the policy is left out of names.
fn form(key: &str, value: &Value, uid: &str) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix(uid).filter(|_| !uid.is_empty()) {
            Some(rest) => Value::from(format!("<policy>{rest}")),
            None => value.clone(),
        },
        Value::Array(items) => match items.as_slice() {
            [only] if !IN_ORDER.contains(&key) => form(key, only, uid),
            items => Value::Array(items.iter().map(|item| form(key, item, uid)).collect()),
        },
        Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| *key != "@context");
            let members = members.map(|(key, value)| (key.clone(), form(key, value, uid)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

type Places = Vec<(Code, String, String)>;

fn differences(said: &Value, written: &Value, at: &str, places: &mut Places) {
    match (said, written) {
        (Value::Object(said), Value::Object(written)) => {
            for (key, value) in said {
                let at = format!("{at}{}", step(key));
                match written.get(key) {
                    Some(other) if IN_ORDER.contains(&key.as_str()) => {
                        in_order(value, other, &at, places);
                    }
                    Some(other) => differences(value, other, &at, places),
                    None => places.push((Code::Differs, at, plain(value))),
                }
            }
            for (key, value) in written.iter().filter(|(key, _)| !said.contains_key(*key)) {
                places.push((Code::Lacks, format!("{at}{}", step(key)), plain(value)));
            }
        }
        (Value::Array(_), _) | (_, Value::Array(_)) => in_any_order(said, written, at, places),
        _ if said == written => {}
        _ => places.push((Code::Differs, at.to_owned(), plain(said))),
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

fn in_order(said: &Value, written: &Value, at: &str, places: &mut Places) {
    let (said, written) = (items(said), items(written));
    for (place, (one, other)) in said.iter().zip(written).enumerate() {
        differences(one, other, &format!("{at}[{place}]"), places);
    }
    for (place, one) in said.iter().enumerate().skip(written.len()) {
        places.push((Code::Differs, format!("{at}[{place}]"), plain(one)));
    }
    for one in written.iter().skip(said.len()) {
        places.push((Code::Lacks, at.to_owned(), plain(one)));
    }
}

fn in_any_order(said: &Value, written: &Value, at: &str, places: &mut Places) {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for item in items(written) {
        *left.entry(sorted(item).to_string()).or_default() += 1;
    }
    for (place, item) in items(said).iter().enumerate() {
        match left.get_mut(&sorted(item).to_string()).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => places.push((Code::Differs, format!("{at}[{place}]"), plain(item))),
        }
    }
    for (item, count) in left {
        let lacking = std::iter::repeat_n(item, count);
        places.extend(lacking.map(|item| (Code::Lacks, at.to_owned(), plain(&Value::from(item)))));
    }
}

/// A value with its lists and keys in one order, so that two that say the same are written alike.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(sorted).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> =
                members.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}
