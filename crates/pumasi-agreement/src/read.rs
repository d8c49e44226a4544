//! Reads an agreement file, and says everything that is wrong with it at once.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{AgreementId, ClauseId, Digest, PartyId};
use toml::de::DeTable;

use crate::agreement::{Agreement, Clause, Nature, Source};
use crate::clauses::Terms;
use crate::fields::{Faults, Fields, ReadError};
use crate::scope::Scope;

/// The most clauses an agreement file may have.
const CLAUSES_MAX: usize = 1000;

/// Reads the agreement in `text`; `file` names it in errors, and its last part without `.toml`
/// must be the agreement's id.
///
/// # Errors
/// Every fault of the file, in its order, each with line, column and clause.
pub fn read(file: &str, text: &str) -> Result<Agreement, Vec<ReadError>> {
    let mut faults = Faults::new(file, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let start = error.span().map_or(0, |span| span.start);
        faults.add(start, None, error.message().to_owned());
    }
    if faults.count() > 0 {
        return Err(faults.into_errors());
    }
    let mut fields = Fields::new(&mut faults, document.get_ref(), 0);
    let agreement = read_agreement(file, text, &mut fields);
    fields.finish();
    match agreement {
        Some(agreement) if faults.count() == 0 => Ok(agreement),
        _ => Err(faults.into_errors()),
    }
}

fn read_agreement(file: &str, text: &str, fields: &mut Fields<'_, '_>) -> Option<Agreement> {
    let id: Option<AgreementId> = fields.parsed("id");
    let name = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
    if let Some(id) = &id
        && name.is_some_and(|name| name != id.as_str())
    {
        let span = fields.span_of("id");
        fields.fault(&span, format!("id `{id}` must be the name of the file"));
    }
    let title = fields.captions("title");
    let (nature, law_level) = (fields.parsed("nature"), fields.parsed("law_level"));
    let parties: Vec<PartyId> = fields.list("parties");
    if parties.len() < 2 {
        fields.fault_here("an agreement has at least two `parties`".to_owned());
    }
    let executing = fields.named_lists("executing");
    check_executing(&parties, &executing, fields);
    let signed = fields.optional_date("signed");
    let utc_offset_hours = fields.integer("utc_offset_hours", -12);
    let utc_offset_hours = utc_offset_hours.and_then(|hours| i8::try_from(hours).ok());
    if utc_offset_hours.is_some_and(|hours| hours > 14) {
        let span = fields.span_of("utc_offset_hours");
        fields.fault(&span, "`utc_offset_hours` is at most 14".to_owned());
    }
    let sources = fields.each("source", read_source);
    if sources.is_empty() {
        fields.fault_here("an agreement must name its `source`".to_owned());
    }
    let members: BTreeSet<PartyId> =
        parties.iter().chain(executing.values().flatten()).cloned().collect();
    let clauses = fields.each("clause", |clause| read_clause(&members, clause));
    check_clauses(&clauses, fields);
    check_term(nature, &clauses, fields);
    Some(Agreement {
        id: id?,
        title: title?,
        nature: nature?,
        law_level: law_level?,
        parties,
        executing,
        signed,
        utc_offset_hours: utc_offset_hours?,
        sources,
        clauses,
        text: text.to_owned(),
        digest: Digest::of(text.as_bytes()),
    })
}

/// Notes executing bodies that act for no party, or for two.
fn check_executing(
    parties: &[PartyId],
    executing: &BTreeMap<PartyId, Vec<PartyId>>,
    fields: &mut Fields<'_, '_>,
) {
    let span = fields.span_of("executing");
    for party in executing.keys().filter(|party| !parties.contains(party)) {
        fields.fault(&span, format!("`{party}` has executing bodies but is no party"));
    }
    let mut seen: BTreeSet<&PartyId> = parties.iter().collect();
    for body in executing.values().flatten() {
        if !seen.insert(body) {
            fields.fault(&span, format!("`{body}` stands on more than one side"));
        }
    }
}

fn read_source(fields: &mut Fields<'_, '_>) -> Option<Source> {
    let title = fields.text("title").map(str::to_owned);
    let publisher = fields.text("publisher").map(str::to_owned);
    let date = fields.text("date").map(str::to_owned);
    Some(Source { title: title?, publisher: publisher?, date: date? })
}

fn read_clause(members: &BTreeSet<PartyId>, fields: &mut Fields<'_, '_>) -> Option<Clause> {
    let id: Option<ClauseId> = fields.parsed("id");
    if let Some(id) = &id {
        fields.name_clause(id.as_str());
    }
    let (article, caption) = (fields.captions("article"), fields.captions("caption"));
    let authentic = fields.texts("authentic");
    if authentic.is_empty() {
        fields.fault_here("`authentic` is missing: the clause needs its text".to_owned());
    }
    let kind = fields.text("kind")?;
    let terms = Terms::read(kind, fields);
    if let Some(scope) = terms.as_ref().and_then(Terms::scope) {
        check_members(scope, members, fields);
    }
    Some(Clause { id: id?, article: article?, caption: caption?, authentic, terms: terms? })
}

/// Notes givers and receivers that are no members of the agreement.
fn check_members(scope: &Scope, members: &BTreeSet<PartyId>, fields: &mut Fields<'_, '_>) {
    for (key, parties) in [("givers", &scope.givers), ("receivers", &scope.receivers)] {
        for party in parties.iter().filter(|party| !members.contains(party)) {
            let span = fields.span_of(key);
            let what = format!("`{party}` in `{key}` is neither party nor executing body");
            fields.fault(&span, what);
        }
    }
}

/// Notes clauses with one id, a missing or second term, and more clauses than allowed.
fn check_clauses(clauses: &[Clause], fields: &mut Fields<'_, '_>) {
    let span = fields.span_of("clause");
    if clauses.len() > CLAUSES_MAX {
        fields.fault(&span, format!("an agreement has at most {CLAUSES_MAX} clauses"));
    }
    let mut seen = BTreeSet::new();
    for clause in clauses.iter().filter(|clause| !seen.insert(&clause.id)) {
        fields.fault(&span, format!("two clauses have the id `{}`", clause.id));
    }
    let terms = clauses.iter().filter(|clause| matches!(clause.terms, Terms::Term(_))).count();
    // A faulty term clause is reported where it stands.
    if terms > 1 || (terms == 0 && fields.fault_count() == 0) {
        fields.fault(&span, "an agreement has exactly one clause of kind `term`".to_owned());
    }
}

/// Notes a text in force whose term does not say since when, and survivors that are no clauses.
fn check_term(nature: Option<Nature>, clauses: &[Clause], fields: &mut Fields<'_, '_>) {
    let span = fields.span_of("clause");
    for clause in clauses {
        match &clause.terms {
            Terms::Term(term)
                if term.from.is_none() && nature.is_some_and(|n| n != Nature::Draft) =>
            {
                let what = "a real text says `from` which day its term holds".to_owned();
                fields.fault(&span, what);
            }
            Terms::Survival(survival) => {
                let others =
                    |id: &ClauseId| *id != clause.id && clauses.iter().any(|c| c.id == *id);
                for id in survival.clauses.iter().filter(|id| !others(id)) {
                    let what = format!(
                        "`{}` lets `{id}` survive, but `{id}` is no other clause of it",
                        clause.id
                    );
                    fields.fault(&span, what);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::file_of;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let errors = read("agreements/x.toml", text).unwrap_err();
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(lines, expected);
    }

    const TERM: &str = "t term; from = 2024-01-01";

    #[test]
    fn every_fault_is_told_at_its_place() {
        let text = file_of(TERM)
            .replace("\"provincial\"", "\"municipal\"")
            .replace("en = \"x\" }\nauthentic", "}\nauthentic")
            .replace("2024-01-01", "2024-01-01\nfancy = 1");
        check(
            &text,
            &[
                "agreements/x.toml:4:13: unknown law level `municipal`: use national_law, intergovernmental, political_principles, provincial, non_governmental",
                "agreements/x.toml:14:11: clause t: `caption` is missing in en",
                "agreements/x.toml:17:1: clause t: unknown field `fancy`",
            ],
        );
    }

    #[test]
    fn members_ids_and_kinds_are_checked() {
        let stranger = "p permit; actions = [\"order\"]; categories = [\"food\"]; purposes = [\"evacuation\", \"evacuation\"]; givers = [\"kr-45\"]";
        let text =
            file_of(&format!("{stranger}\nq promise\n{TERM}")).replace("id = \"x\"", "id = \"y\"");
        check(
            &text,
            &[
                "agreements/x.toml:2:6: id `y` must be the name of the file",
                "agreements/x.toml:18:27: clause p: `evacuation` is listed twice",
                "agreements/x.toml:19:10: clause p: `kr-45` in `givers` is neither party nor executing body",
                "agreements/x.toml:22:8: clause q: unknown kind `promise`: use permit, forbid, ceiling, standing_consent, settlement, third_party, term, survival",
            ],
        );
        check(
            "id = 3 4",
            &["agreements/x.toml:1:6: string values must be quoted, expected literal string"],
        );
    }

    #[test]
    fn the_digest_is_over_the_exact_bytes() {
        let text = file_of(TERM);
        let agreement = read("x.toml", &text).unwrap();
        assert_eq!((agreement.text(), agreement.digest()), (&*text, Digest::of(text.as_bytes())));
        let other = read("x.toml", &format!("{text}\n")).unwrap();
        assert_ne!(other.digest(), agreement.digest());
    }
}
