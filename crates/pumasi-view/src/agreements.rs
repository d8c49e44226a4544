//! The library of agreements, and what can be chosen in forms.

use std::collections::BTreeMap;

use pumasi_act::Life;
use pumasi_agreement::{Agreement, Clause, Source, Standing, vocabulary};
use pumasi_base::catalog::Commodity;
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, Captions, CategoryId, Date, PurposeId, Status, Time};

use crate::lexicon::Lexicon;
use crate::life::{dates, standing_line};
use crate::page::{
    AgreementLine, AgreementPage, AgreementsPage, AuthenticText, ChoiceLine, ChoicesPage,
    ClauseDetail, Words,
};
use crate::visible::Visible;

/// How agreements stand that have a life at the reader's node; the others stand as their nature
/// has it.
pub type Standings = BTreeMap<AgreementId, Standing>;

/// Every agreement in the library, by id. The library is the reader's own: nothing is left out.
#[must_use]
pub fn agreements(lexicon: &Lexicon, standings: &Standings, now: Time) -> Visible<AgreementsPage> {
    let all = lexicon.agreements().values();
    let lines = all.map(|agreement| line(lexicon, standings, agreement, now));
    Visible::new(AgreementsPage { agreements: lines.collect() })
}

/// One agreement, or nothing when the library has none called `id`.
#[must_use]
pub fn agreement(
    lexicon: &Lexicon,
    standings: &Standings,
    id: &str,
    now: Time,
) -> Option<Visible<AgreementPage>> {
    let agreement = lexicon.agreements().get(&id.parse().ok()?)?;
    let sources = agreement.sources().iter();
    Some(Visible::new(AgreementPage {
        agreement: line(lexicon, standings, agreement, now),
        clauses: agreement.clauses().iter().map(|clause| detail(agreement, clause)).collect(),
        sources: sources.map(cited).collect(),
    }))
}

/// How an agreement stands that has no life here: as its nature has it, until its time runs out.
fn unrecorded(agreement: &Agreement, on: Date) -> Standing {
    Life::default().standing_under(agreement, Standing::of_nature(agreement.nature()), on)
}

/// A source on one line.
fn cited(source: &Source) -> String {
    format!("{}, {}, {}", source.publisher, source.title, source.date)
}

fn line(
    lexicon: &Lexicon,
    standings: &Standings,
    agreement: &Agreement,
    now: Time,
) -> AgreementLine {
    let term = agreement.term();
    let on = date_at_offset(now, agreement.utc_offset_hours());
    let standing = standings.get(agreement.id()).cloned();
    let standing = standing.unwrap_or_else(|| unrecorded(agreement, on));
    // The file names the first day without the agreement; readers expect the last day with it. One
    // that renews itself has no last day until somebody gives notice.
    let ending = term.filter(|term| term.renews.is_none());
    let ending = ending.and_then(|term| term.first_end(term.start(None)));
    let last = ending.and_then(|until| until.yesterday().ok());
    AgreementLine {
        id: agreement.id().to_string(),
        title: Words::from(agreement.title()),
        parties: agreement.parties().iter().map(|party| lexicon.party(party)).collect(),
        nature: agreement.nature().code().to_owned(),
        from: term.and_then(|term| term.from).map(|from| from.to_string()),
        until: last.map(|last| last.to_string()),
        digest: agreement.digest().to_string(),
        clauses: crate::case::count(agreement.clauses().len()),
        standing: standing_line(lexicon, &standing, Some(agreement), Status::Actual, on),
        next: dates(agreement, &standing, on).into_iter().find(|date| date.in_days >= 0),
    }
}

pub(crate) fn detail(agreement: &Agreement, clause: &Clause) -> ClauseDetail {
    ClauseDetail {
        id: clause.id.to_string(),
        kind: clause.terms.kind().to_owned(),
        nature: agreement.nature_of(clause).code().to_owned(),
        source: agreement.source_of(clause).map_or_else(String::new, cited),
        article: Words::from(&clause.article),
        caption: Words::from(&clause.caption),
        authentic: authentic(clause),
    }
}

/// The text that binds, in each language that has one.
pub(crate) fn authentic(clause: &Clause) -> Vec<AuthenticText> {
    let texts = clause.authentic.iter();
    texts.map(|(lang, text)| AuthenticText { lang: lang.to_string(), text: text.clone() }).collect()
}

/// What can be chosen in forms: the catalog's parties and commodities, the categories and
/// purposes agreements know.
#[must_use]
pub fn choices(lexicon: &Lexicon) -> Visible<ChoicesPage> {
    let catalog = lexicon.catalog();
    let commodity = |commodity: &Commodity| ChoiceLine {
        id: commodity.id.to_string(),
        names: Words::from(&commodity.names),
        unit: Some(commodity.unit.to_string()),
    };
    let word = |id: &str, names: Option<&Captions>| ChoiceLine {
        names: names.map_or_else(|| Words::same(id), Words::from),
        id: id.to_owned(),
        unit: None,
    };
    let purpose = |id: PurposeId| word(id.as_str(), vocabulary::purpose(&id));
    let category = |id: CategoryId| word(id.as_str(), vocabulary::category(&id));
    Visible::new(ChoicesPage {
        parties: catalog.parties.keys().map(|party| lexicon.party(party)).collect(),
        commodities: catalog.commodities.values().map(commodity).collect(),
        categories: vocabulary::categories().map(category).collect(),
        purposes: vocabulary::purposes().map(purpose).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{lexicon, origin};

    #[test]
    fn the_library_shows_whole() {
        let lexicon = lexicon();
        let none = Standings::new();
        let list = agreements(&lexicon, &none, origin()).into_inner().agreements;
        assert_eq!(
            (list.len(), list[0].clauses, list[0].from.as_deref()),
            (1, 9, Some("2020-01-01"))
        );
        let page = agreement(&lexicon, &none, "kr-jp", origin()).unwrap().into_inner();
        assert_eq!(page.clauses[2].kind, "forbid");
        assert_eq!(page.clauses[2].authentic[0].text, "text");
        assert!(agreement(&lexicon, &none, "kr-xx", origin()).is_none());
        assert_eq!((&*list[0].standing.code, &*list[0].standing.force), ("in_force", "binding"));
        let choices = choices(&lexicon).into_inner();
        assert_eq!((choices.parties.len(), choices.commodities.len()), (3, 3));
        assert!(choices.categories.iter().any(|category| category.id == "fuel"));
        assert!(choices.purposes.iter().any(|purpose| purpose.id == "disaster_relief"));
    }
}
