//! Names of JSON-LD documents in the one form the reader compares.
//!
//! A document may write one and the same name as a word of the ODRL context, with a prefix, or as a
//! whole IRI; values alone or in lists; literals plain or as objects. Contexts are never fetched:
//! the reader knows the terms of ODRL and takes what a document itself defines.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json::step;
use super::{Code, Error, Finding, NAMESPACE};

/// The namespace of the ODRL vocabulary.
const ODRL: &str = "http://www.w3.org/ns/odrl/2/";
/// The context that ODRL documents name; its terms are the words of the vocabulary.
pub(super) const ODRL_CONTEXT: &str = "http://www.w3.org/ns/odrl.jsonld";

/// The namespaces that have a short form, with it.
const KNOWN: [(&str, &str); 7] = [
    ("", ODRL),
    ("pumasi:", NAMESPACE),
    ("dct:", "http://purl.org/dc/terms/"),
    ("rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs:", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos:", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd:", "http://www.w3.org/2001/XMLSchema#"),
];

/// Keys whose plain values are words of a vocabulary rather than texts.
const VOCABULARY: [&str; 5] = ["@type", "action", "conflict", "leftOperand", "operator"];
/// Keys whose plain values are texts, in which a colon means nothing.
const TEXTS: [&str; 4] = ["dct:", "rdfs:label", "skos:", "pumasi:authentic"];

/// What a document's own context defines.
#[derive(Debug, Default)]
pub(super) struct Names {
    defined: BTreeMap<String, String>,
}

impl Names {
    /// Takes the definitions of a context; what is not understood is noted.
    pub(super) fn of(context: &Value, findings: &mut Vec<Finding>) -> Self {
        let mut names = Self::default();
        let items: Vec<&Value> = match context {
            Value::Array(items) => items.iter().collect(),
            Value::Null => Vec::new(),
            one => vec![one],
        };
        for (place, item) in items.into_iter().enumerate() {
            let at = format!("$['@context'][{place}]");
            match item {
                Value::String(iri) if is_odrl_context(iri) => {}
                Value::Object(terms) => names.define(terms, &at, findings),
                other => findings.push(Finding::at(Code::NotFetched, &at, &plain(other))),
            }
        }
        names
    }

    fn define(&mut self, terms: &Map<String, Value>, at: &str, findings: &mut Vec<Finding>) {
        for (term, definition) in terms {
            let iri = match definition {
                Value::Object(inner) => inner.get("@id"),
                other => Some(other),
            };
            match iri {
                // How a term's values are typed, or in which language, is read off the values.
                None => {}
                Some(Value::String(iri)) if !term.starts_with('@') => {
                    self.defined.insert(term.clone(), iri.clone());
                }
                // What words of ODRL mean without a prefix is known.
                Some(Value::String(iri)) if term == "@vocab" && iri == ODRL => {}
                Some(_) if term == "@version" => {}
                Some(other) => {
                    let at = format!("{at}{}", step(term));
                    findings.push(Finding::at(Code::NotUnderstood, &at, &plain(other)));
                }
            }
        }
    }

    /// The whole IRI of a name.
    fn expand(&self, name: &str, vocabulary: bool) -> String {
        // A definition may lean on another; three steps are more than any context needs.
        let mut name = name.to_owned();
        for _ in 0..3 {
            let whole = self.defined.get(&name).filter(|_| vocabulary).cloned();
            let next = whole.or_else(|| {
                let (prefix, rest) = name.split_once(':').filter(|(_, r)| !r.starts_with("//"))?;
                Some(format!("{}{rest}", self.defined.get(prefix)?))
            });
            match next {
                Some(next) if next != name => name = next,
                _ => break,
            }
        }
        if let Some(word) = name.strip_prefix("odrl:") {
            return format!("{ODRL}{word}");
        }
        let prefixed = KNOWN.iter().filter(|(short, _)| !short.is_empty());
        let mut wholes = prefixed.filter_map(|(short, namespace)| {
            Some(format!("{namespace}{}", name.strip_prefix(short)?))
        });
        match (wholes.next(), name.as_str()) {
            (Some(whole), _) => whole,
            (None, "uid") if vocabulary => "@id".to_owned(),
            (None, "type") if vocabulary => "@type".to_owned(),
            (None, word) if vocabulary && !word.contains([':', '@']) => format!("{ODRL}{word}"),
            (None, _) => name,
        }
    }

    /// The one form of a name: a word of ODRL alone, of ours and a few others with prefix, any
    /// other as its whole IRI.
    pub(super) fn compact(&self, name: &str, vocabulary: bool) -> String {
        let whole = self.expand(name, vocabulary);
        let short = KNOWN.iter().find_map(|(short, namespace)| {
            whole.strip_prefix(namespace).map(|rest| format!("{short}{rest}"))
        });
        match short.as_deref() {
            Some("uid") => "@id".to_owned(),
            Some(short) => short.to_owned(),
            None => whole,
        }
    }

    /// The value in its one form.
    ///
    /// # Errors
    /// When one object says the same thing under two names.
    pub(super) fn normal(&self, key: &str, value: &Value, path: &str) -> Result<Value, Error> {
        let vocabulary = VOCABULARY.contains(&key);
        match value {
            Value::String(text) if TEXTS.iter().any(|texts| key.starts_with(texts)) => {
                Ok(Value::from(text.as_str()))
            }
            Value::String(text) => Ok(Value::from(self.compact(text, vocabulary))),
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(n, item)| self.normal(key, item, &format!("{path}[{n}]")));
                Ok(Value::Array(items.collect::<Result<_, _>>()?))
            }
            Value::Object(members) => self.normal_object(key, members, path),
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
        }
    }

    fn normal_object(
        &self,
        key: &str,
        members: &Map<String, Value>,
        path: &str,
    ) -> Result<Value, Error> {
        for wrapper in ["@list", "@set"] {
            if let (Some(inner), 1) = (members.get(wrapper), members.len()) {
                return self.normal(key, inner, &format!("{path}{}", step(wrapper)));
            }
        }
        if let (Some(Value::String(iri)), 1) = (members.get("@id"), members.len()) {
            return Ok(Value::from(self.compact(iri, VOCABULARY.contains(&key))));
        }
        // A literal: its type is read off its text.
        let typed = members.keys().all(|key| key == "@value" || key == "@type");
        if let (Some(value), true) = (members.get("@value"), typed) {
            return Ok(value.clone());
        }
        // Keys under a text are languages, not names.
        let languages = TEXTS.iter().any(|texts| key.starts_with(texts))
            && members.keys().all(|key| key.parse::<pumasi_base::Lang>().is_ok());
        let mut object = Map::new();
        for (name, value) in members {
            let at = format!("{path}{}", step(name));
            if name == "@context" {
                continue;
            }
            let name = if languages { name.clone() } else { self.compact(name, true) };
            let key = if languages { key } else { &name };
            let value = self.normal(key, value, &at)?;
            if object.insert(name.clone(), value).is_some() {
                return Err(Error::Repeated { path: at });
            }
        }
        Ok(Value::Object(object))
    }
}

fn is_odrl_context(iri: &str) -> bool {
    iri == ODRL_CONTEXT || iri.strip_prefix("https:") == ODRL_CONTEXT.strip_prefix("http:")
}

/// A value as a person would write it.
pub(super) fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let short: String = text.chars().take(120).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(context: Value, document: Value, expected: Value) {
        let names = Names::of(&context, &mut Vec::new());
        assert_eq!(names.normal("", &document, "$").unwrap(), expected);
    }

    #[test]
    fn one_name_has_one_form() {
        let expected =
            json!({ "@id": "urn:x:1", "@type": "Set", "permission": { "action": "use" } });
        check(
            json!("http://www.w3.org/ns/odrl.jsonld"),
            json!({ "uid": "urn:x:1", "type": "Set", "permission": { "action": "use" } }),
            expected.clone(),
        );
        check(
            json!({ "o": "http://www.w3.org/ns/odrl/2/", "rule": "o:permission", "e": "urn:x:" }),
            json!({ "@id": "e:1", "@type": "o:Set", "rule": { "odrl:action": { "@id": "o:use" } } }),
            expected.clone(),
        );
        check(
            Value::Null,
            json!({
                "http://www.w3.org/ns/odrl/2/uid": "urn:x:1",
                "@type": "http://www.w3.org/ns/odrl/2/Set",
                "odrl:permission": { "action": { "@id": "http://www.w3.org/ns/odrl/2/use" } },
            }),
            expected,
        );
    }

    #[test]
    fn literals_lists_and_texts_lose_their_wrapping_alone() {
        check(
            Value::Null,
            json!({
                "rightOperand": { "@value": "P1D", "@type": "xsd:duration" },
                "pumasi:clauses": { "@list": [{ "@id": "urn:x:1" }] },
                "dct:title": { "en": "odrl:not a name", "ko": "dct:제목" },
            }),
            json!({
                "rightOperand": "P1D",
                "pumasi:clauses": ["urn:x:1"],
                "dct:title": { "en": "odrl:not a name", "ko": "dct:제목" },
            }),
        );
    }

    #[test]
    fn two_names_of_one_thing_are_refused() {
        let both = json!({ "permission": [], "odrl:permission": [] });
        let error = Names::default().normal("", &both, "$").unwrap_err();
        assert!(matches!(error, Error::Repeated { .. }), "{error}");
    }
}
