//! Reads an agreement file, and says everything that is wrong with it at once.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::{AgreementId, ClauseId, Digest, PartyId};
use toml::Spanned;
use toml::de::DeTable;

use crate::agreement::{Agreement, Clause, Nature, Origin, Source};
use crate::clauses::Terms;
use crate::encoding;
use crate::fault::{Fault, FaultKind};
use crate::fields::{Faults, Fields, ReadError, place_of};
use crate::scope::Scope;

/// The most clauses an agreement file may have.
const CLAUSES_MAX: usize = 1000;

/// The largest agreement file, in bytes: 1 MiB, a hundred times the longest of the library.
pub const BYTES_MAX: usize = 1024 * 1024;

/// [`BYTES_MAX`] for people.
const LIMIT: &str = "1 MiB";

/// The largest file of which every fault of syntax is told, in bytes; of a larger one the first is,
/// because the parser keeps a few hundred bytes for each byte at fault.
const RECOVERED_BYTES_MAX: usize = 64 * 1024;

/// The easternmost offset from Greenwich, in hours.
const OFFSET_HOURS_MAX: i8 = 14;

/// Reads the agreement in `text`; `file` names it in errors, and its last part without `.toml`
/// must be the agreement's id.
///
/// # Errors
/// The faults of the file, in its order, each with line, column and clause; at most a hundred, and
/// one that says so when there are more.
pub fn read(file: &str, text: &str) -> Result<Agreement, Vec<ReadError>> {
    if text.len() > BYTES_MAX {
        return Err(vec![at_start(file, Fault::of(FaultKind::TooLarge, [&LIMIT]))]);
    }
    let mut faults = Faults::new(file, text);
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(first) => {
            let (_, every) = match text.len() {
                0..=RECOVERED_BYTES_MAX => DeTable::parse_recoverable(text),
                _ => (Spanned::new(0..0, DeTable::new()), vec![first]),
            };
            for error in &every {
                faults.add(
                    error.span().map_or(0, |span| span.start),
                    None,
                    syntax(error.message()),
                );
            }
            return Err(faults.into_errors());
        }
    };
    let mut fields = Fields::new(&mut faults, document.get_ref(), 0);
    let agreement = read_agreement(file, text, &mut fields);
    fields.finish();
    match agreement {
        Some(agreement) if faults.count() == 0 => Ok(agreement),
        _ => Err(faults.into_errors()),
    }
}

/// Reads the agreement in `bytes`, which anyone may have sent; otherwise as [`read`].
///
/// Of a file larger than [`BYTES_MAX`] its first `BYTES_MAX + 1` bytes are enough.
///
/// # Errors
/// As [`read`]; where the bytes are no text, at what place and in which encoding they probably are.
pub fn read_bytes(file: &str, bytes: &[u8]) -> Result<Agreement, Vec<ReadError>> {
    if bytes.len() > BYTES_MAX {
        return Err(vec![at_start(file, Fault::of(FaultKind::TooLarge, [&LIMIT]))]);
    }
    let text = encoding::text_of(bytes).map_err(|(at, fault)| {
        let before = bytes.get(..at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let (line, column) = before.map_or((1, 1), |text| place_of(text, at));
        vec![ReadError { line, column, ..at_start(file, fault) }]
    })?;
    read(file, text)
}

/// Checks that a file is the one whose digest was told, over its exact bytes.
///
/// # Errors
/// When it is another, with both digests.
pub fn expect_digest(file: &str, bytes: &[u8], expected: Digest) -> Result<(), ReadError> {
    let found = Digest::of(bytes);
    if found == expected {
        return Ok(());
    }
    Err(at_start(file, Fault::of(FaultKind::OtherDigest, [&expected, &found])))
}

fn at_start(file: &str, fault: Fault) -> ReadError {
    ReadError { file: file.to_owned(), line: 1, column: 1, clause: None, fault }
}

/// The fault that the reader of TOML has found; two of them people meet so often that they have
/// their own words.
fn syntax(message: &str) -> Fault {
    match message {
        "duplicate key" => FaultKind::KeyTwice.into(),
        _ if message.contains("recur") => FaultKind::TooDeep.into(),
        _ => Fault::of(FaultKind::NoToml, [&message]),
    }
}

fn read_agreement(file: &str, text: &str, fields: &mut Fields<'_, '_>) -> Option<Agreement> {
    let id: Option<AgreementId> = fields.parsed("id");
    let name = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
    if let Some(id) = &id
        && name.is_some_and(|name| name != id.as_str())
    {
        let span = fields.span_of("id");
        fields.fault(&span, Fault::of(FaultKind::IdNotFileName, [id]));
    }
    let title = fields.captions("title");
    let (nature, law_level) = (fields.parsed("nature"), fields.parsed("law_level"));
    let parties: Vec<PartyId> = fields.list("parties");
    if parties.len() < 2 {
        fields.fault_here(FaultKind::PartiesMissing);
    }
    let executing = fields.named_lists("executing");
    check_executing(&parties, &executing, fields);
    let signed = fields.optional_date("signed");
    let utc_offset_hours = fields.integer("utc_offset_hours", -12);
    let utc_offset_hours = utc_offset_hours.and_then(|hours| i8::try_from(hours).ok());
    if utc_offset_hours.is_some_and(|hours| hours > OFFSET_HOURS_MAX) {
        let span = fields.span_of("utc_offset_hours");
        fields.fault(
            &span,
            Fault::of(FaultKind::NumberTooLarge, [&"utc_offset_hours", &OFFSET_HOURS_MAX]),
        );
    }
    let sources = fields.each("source", read_source);
    if sources.is_empty() {
        fields.fault_here(FaultKind::SourceMissing);
    }
    let members: BTreeSet<PartyId> =
        parties.iter().chain(executing.values().flatten()).cloned().collect();
    let clauses = fields.each("clause", |clause| read_clause(&members, sources.len(), clause));
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
        fields.fault(&span, Fault::of(FaultKind::ExecutesForNoParty, [party]));
    }
    let mut seen: BTreeSet<&PartyId> = parties.iter().collect();
    for body in executing.values().flatten() {
        if !seen.insert(body) {
            fields.fault(&span, Fault::of(FaultKind::TwoSides, [body]));
        }
    }
}

fn read_source(fields: &mut Fields<'_, '_>) -> Option<Source> {
    let title = fields.text("title").map(str::to_owned);
    let publisher = fields.text("publisher").map(str::to_owned);
    let date = fields.text("date").map(str::to_owned);
    Some(Source { title: title?, publisher: publisher?, date: date? })
}

fn read_clause(
    members: &BTreeSet<PartyId>,
    sources: usize,
    fields: &mut Fields<'_, '_>,
) -> Option<Clause> {
    let id: Option<ClauseId> = fields.parsed("id");
    if let Some(id) = &id {
        fields.name_clause(id.as_str());
    }
    let (article, caption) = (fields.captions("article"), fields.captions("caption"));
    let authentic = fields.texts("authentic");
    if authentic.is_empty() {
        fields.fault_here(FaultKind::AuthenticMissing);
    }
    let source = fields.optional_integer("source", 1).and_then(|n| usize::try_from(n).ok());
    if source.is_some_and(|number| number > sources) {
        let span = fields.span_of("source");
        fields.fault(&span, Fault::of(FaultKind::NoSuchSource, [&sources]));
    }
    let origin = Origin { nature: fields.optional_parsed("nature"), source };
    let kind = fields.text("kind")?;
    let terms = Terms::read(kind, fields);
    if let Some(scope) = terms.as_ref().and_then(Terms::scope) {
        check_members(scope, members, fields);
    }
    let (article, caption) = (article?, caption?);
    Some(Clause { id: id?, article, caption, origin, authentic, terms: terms? })
}

/// Notes givers and receivers that are no members of the agreement.
fn check_members(scope: &Scope, members: &BTreeSet<PartyId>, fields: &mut Fields<'_, '_>) {
    for (key, parties) in [("givers", &scope.givers), ("receivers", &scope.receivers)] {
        for party in parties.iter().filter(|party| !members.contains(party)) {
            let span = fields.span_of(key);
            fields.fault(&span, Fault::of(FaultKind::NoMember, [party, &key]));
        }
    }
}

/// Notes clauses with one id, a missing or second term, and more clauses than allowed.
fn check_clauses(clauses: &[Clause], fields: &mut Fields<'_, '_>) {
    let span = fields.span_of("clause");
    if clauses.len() > CLAUSES_MAX {
        fields.fault(&span, Fault::of(FaultKind::TooManyClauses, [&CLAUSES_MAX]));
    }
    let mut seen = BTreeSet::new();
    for clause in clauses.iter().filter(|clause| !seen.insert(&clause.id)) {
        fields.fault(&span, Fault::of(FaultKind::ClauseTwice, [&clause.id]));
    }
    let terms = clauses.iter().filter(|clause| matches!(clause.terms, Terms::Term(_))).count();
    // A faulty term clause is reported where it stands.
    if terms > 1 || (terms == 0 && fields.fault_count() == 0) {
        fields.fault(&span, FaultKind::NotOneTerm);
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
                fields.fault(&span, FaultKind::RealWithoutStart);
            }
            Terms::Survival(survival) => {
                let others =
                    |id: &ClauseId| *id != clause.id && clauses.iter().any(|c| c.id == *id);
                for id in survival.clauses.iter().filter(|id| !others(id)) {
                    fields.fault(&span, Fault::of(FaultKind::SurvivorUnknown, [&clause.id, id]));
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
                "agreements/x.toml:4:13: `municipal` is no word for `law_level`: use national_law, intergovernmental, political_principles, provincial, non_governmental",
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
                "agreements/x.toml:22:8: clause q: `promise` is no word for `kind`: use permit, forbid, ceiling, standing_consent, settlement, third_party, term, survival",
            ],
        );
        check(
            "id = 3 4",
            &[
                "agreements/x.toml:1:6: this is no TOML: string values must be quoted, expected literal string",
            ],
        );
    }

    #[test]
    fn a_clause_may_rest_on_a_source_and_nature_of_its_own() {
        let clauses = format!(
            "p forbid; categories = [\"weapons\"]; nature = \"summary\"; source = 1\n{TERM}"
        );
        let agreement = read("x.toml", &file_of(&clauses)).unwrap();
        let [own, plain] = agreement.clauses() else { panic!("{clauses}") };
        assert_eq!(agreement.nature_of(own), Nature::Summary);
        assert_eq!(agreement.nature_of(plain), Nature::Real);
        assert_eq!(agreement.source_of(own), agreement.source_of(plain));
        let lost = file_of(&clauses.replace("source = 1", "source = 2"));
        let errors = read("x.toml", &lost).unwrap_err();
        assert_eq!(errors[0].fault.kind(), FaultKind::NoSuchSource);
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
