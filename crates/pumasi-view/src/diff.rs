//! Two texts of one agreement beside each other: what was written otherwise, and what that does.

use pumasi_act::Life;
use pumasi_act::life::AgreementDraft;
use pumasi_agreement::{Agreement, ClauseChange, CompileError, FieldChange, Told, compare};
use pumasi_base::{AgreementId, Lang, PartyId};

use crate::agreements::detail;
use crate::fault::{Help, problem};
use crate::lexicon::Lexicon;
use crate::page::{ClauseDiff, DiffPage, FieldDiff, Problem, Words};
use crate::visible::{Held, Matter, Visible, cleared};

/// Which texts to compare.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The beginning of the matter's id; the actual life opened last when absent.
    pub matter: Option<&'a str>,
    /// The older version; the one before `to` when absent, and before version 1 the text of the
    /// library.
    pub from: Option<u32>,
    /// The newer version; the newest when absent.
    pub to: Option<u32>,
    /// The text of the library, where there is one.
    pub library: Option<&'a Agreement>,
}

/// Two drafts of an agreement that the reader shares.
///
/// # Errors
/// A [`Problem`] that names what there is not; it does not tell of what others share.
pub fn diff(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    agreement: &AgreementId,
    wanted: Wanted<'_>,
) -> Result<Visible<DiffPage>, Box<Problem>> {
    let none = || problem("agreement_lifeless", agreement.as_str(), Help::None);
    let shared = cleared(held, reader);
    let matter = matter(&shared, agreement, wanted.matter).ok_or_else(none)?;
    let life = matter.state.lives.get(agreement).ok_or_else(none)?;
    let newest = life.drafts.values().map(|draft| draft.version).max().ok_or_else(none)?;
    let newer = version(matter, life, wanted.to.unwrap_or(newest))?;
    let older = match wanted.from.or(newer.version.checked_sub(1).filter(|before| *before > 0)) {
        Some(number) => Some(version(matter, life, number)?),
        None => None,
    };
    let before = older.map(|draft| draft.agreement.as_ref()).or(wanted.library);
    let first = || problem("draft_first", &newer.version.to_string(), Help::None);
    let before = before.ok_or_else(first)?;
    let numbers = (older.map(|draft| draft.version), newer.version);
    let page = compared(lexicon, before, &newer.agreement, numbers)
        .map_err(|error| problem("texts_uncountable", &error.to_string(), Help::None))?;
    Ok(Visible::new(page))
}

/// The matter whose id begins so, else the weightiest and newest.
fn matter<'m, 'a>(
    shared: &'m [Matter<'a>],
    agreement: &AgreementId,
    wanted: Option<&str>,
) -> Option<&'m Matter<'a>> {
    let about = shared.iter().filter(|m| m.state.genesis.about.as_ref() == Some(agreement));
    let named =
        about.filter(|m| wanted.is_none_or(|start| m.state.matter.to_string().starts_with(start)));
    named.min_by_key(|m| (m.state.genesis.status, std::cmp::Reverse(m.opened())))
}

/// The draft of a number: of two that parties laid down at the same time, the one folded first.
fn version<'l>(
    matter: &Matter<'_>,
    life: &'l Life,
    number: u32,
) -> Result<&'l AgreementDraft, Box<Problem>> {
    let same = life.drafts.iter().filter(|(_, draft)| draft.version == number);
    let found = same.min_by_key(|(act, _)| matter.rank(act)).map(|(_, draft)| draft);
    found.ok_or_else(|| problem("draft_unknown", &number.to_string(), Help::None))
}

/// Two texts beside each other, with the numbers under which they are known.
///
/// # Errors
/// When one of them has more clauses or parties than can be compared.
pub fn compared(
    lexicon: &Lexicon,
    before: &Agreement,
    after: &Agreement,
    (from, to): (Option<u32>, u32),
) -> Result<DiffPage, CompileError> {
    let found = pumasi_agreement::diff(before, after);
    let clause = |change: &ClauseChange| ClauseDiff {
        clause: change.clause.to_string(),
        change: change.change.code().to_owned(),
        before: before.clause(&change.clause).map(|clause| detail(before, clause)),
        after: after.clause(&change.clause).map(|clause| detail(after, clause)),
        fields: fields(&change.fields),
    };
    Ok(DiffPage {
        agreement: after.id().to_string(),
        from,
        from_digest: before.digest().to_string(),
        to,
        to_digest: after.digest().to_string(),
        head: fields(&found.head),
        clauses: found.clauses.iter().map(clause).collect(),
        effects: effects(lexicon, before, after)?,
    })
}

fn fields(changes: &[FieldChange]) -> Vec<FieldDiff> {
    let field = |change: &FieldChange| FieldDiff {
        field: change.field.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
    };
    changes.iter().map(field).collect()
}

/// What the newer text lets happen that the older does not, and back, a sentence each.
fn effects(
    lexicon: &Lexicon,
    first: &Agreement,
    second: &Agreement,
) -> Result<Vec<Words>, CompileError> {
    let comparison = compare(first, second)?;
    let in_lang = |lang: Lang| {
        let name = |parameter: &_| lexicon.parameter(parameter, lang);
        comparison.sentences(Told { first, second, lang, name: &name }).into_iter()
    };
    let [ko, ja, zh, en] = [Lang::Ko, Lang::Ja, Lang::Zh, Lang::En].map(in_lang);
    // Each language tells the same rows in the same order.
    let rows = ko.zip(ja).zip(zh).zip(en);
    Ok(rows.map(|(((ko, ja), zh), en)| Words { ko, ja, zh, en }).collect())
}

#[cfg(test)]
mod tests {
    use pumasi_act::testing::World;
    use pumasi_base::Status;
    use serde_json::json;

    use super::*;
    use crate::world::{lexicon, origin, party};

    const ONE: &str = include_str!("world/drafted.toml");

    /// Korea's first draft and Japan's second, in a matter they share.
    fn world() -> World {
        let mut world =
            World::of_agreement("kr-jp-relief", &["kr", "jp"], Status::Actual, origin());
        world.act("kr", "draft_agreement", None, json!({ "text": ONE }));
        let two = ONE.replace("[\"food\"]", "[\"food\", \"water\"]").replace("Article 2", "Art. 2");
        world.act("jp", "draft_agreement", None, json!({ "text": two }));
        world
    }

    /// Asks as `reader` for `from` and `to`, and shows versions, fields and effects.
    #[track_caller]
    fn check(lexicon: &Lexicon, reader: &str, wanted: Wanted<'_>, expected: &str) {
        let world = world();
        let folded = world.folded();
        assert!(folded.state.as_ref().unwrap().refused.is_empty());
        let held = [Held { folded: &folded, acts: &world.acts }];
        let about = "kr-jp-relief".parse().unwrap();
        let shown = match diff(lexicon, &held, &party(reader), &about, wanted) {
            Ok(page) => {
                let page = page.into_inner();
                let clauses = page.clauses.iter().filter(|clause| clause.change != "same");
                let fields = clauses.flat_map(|clause| {
                    let field = |f: &FieldDiff| format!("{} {}", clause.clause, f.field);
                    clause.fields.iter().map(field).collect::<Vec<_>>()
                });
                let fields = fields.collect::<Vec<_>>().join(", ");
                let effects: Vec<_> = page.effects.iter().map(|words| words.en.as_str()).collect();
                format!("{:?}>{} | {fields} | {}", page.from, page.to, effects.join(" "))
            }
            Err(problem) => problem.code,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn drafts_are_compared_by_their_numbers() {
        let lexicon = lexicon();
        let wanted = Wanted::default();
        let expected = "Some(1)>2 | art-2 article.en, art-2 categories | Allowed more freely: order \
            or commit aid / drinking water / disaster relief. refused (Art. 2) → permitted (Art. 2)";
        let expected = expected.replace("refused (Art. 2)", "refused (Article 2)");
        check(&lexicon, "kr", wanted, &expected);
        check(&lexicon, "jp", Wanted { from: Some(1), to: Some(2), ..wanted }, &expected);
        check(&lexicon, "kr", Wanted { from: Some(2), ..wanted }, "Some(2)>2 |  | ");
        check(&lexicon, "kr", Wanted { to: Some(3), ..wanted }, "draft_unknown");
        check(&lexicon, "kr", Wanted { to: Some(1), ..wanted }, "draft_first");
        check(&lexicon, "kr", Wanted { matter: Some("zz"), ..wanted }, "agreement_lifeless");
        check(&lexicon, "cn", wanted, "agreement_lifeless");
    }

    #[test]
    fn the_first_draft_is_compared_with_the_text_of_the_library() {
        let text = ONE.replace("[\"food\"]", "[\"food\", \"tools\"]");
        let library = pumasi_agreement::read("kr-jp-relief.toml", &text).unwrap();
        let to = Wanted { to: Some(1), library: Some(&library), ..Wanted::default() };
        let expected = "None>1 | art-2 categories | Allowed less freely: order or commit aid / \
            equipment and tools / disaster relief. permitted (Article 2) → refused (Article 2)";
        check(&lexicon(), "kr", to, expected);
    }
}
