//! The library of agreements, and the question whether something may be done.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::{
    Action, Agreement, Agreements, Clause, Question, Standing, decide, vocabulary,
};
use pumasi_base::catalog::Commodity;
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, CommodityId, Date, PartyId, PurposeId, Quantity, Status, Time};

use crate::fault::{Help, problem};
use crate::lexicon::Lexicon;
use crate::life::{dates, standing_line};
use crate::page::{
    AgreementLine, AgreementPage, AgreementsPage, AskAnswer, AskForm, AuthenticText, ChoiceLine,
    ChoicesPage, ClauseDetail, Problem, ReasonLine, Words,
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
        clauses: agreement.clauses().iter().map(detail).collect(),
        sources: sources.map(|s| format!("{}, {}, {}", s.publisher, s.title, s.date)).collect(),
    }))
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
    let standing = standing.unwrap_or_else(|| Standing::of_nature(agreement.nature()));
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

fn detail(clause: &Clause) -> ClauseDetail {
    let authentic = clause.authentic.iter();
    ClauseDetail {
        id: clause.id.to_string(),
        kind: clause.terms.kind().to_owned(),
        article: Words::from(&clause.article),
        caption: Words::from(&clause.caption),
        authentic: authentic
            .map(|(lang, text)| AuthenticText { lang: lang.to_string(), text: text.clone() })
            .collect(),
    }
}

/// What can be chosen in forms: the catalog's parties and commodities, the purposes agreements
/// know.
#[must_use]
pub fn choices(lexicon: &Lexicon) -> Visible<ChoicesPage> {
    let catalog = lexicon.catalog();
    let commodity = |commodity: &Commodity| ChoiceLine {
        id: commodity.id.to_string(),
        names: Words::from(&commodity.names),
        unit: Some(commodity.unit.to_string()),
    };
    let purpose = |id: PurposeId| ChoiceLine {
        names: vocabulary::purpose(&id).map_or_else(|| Words::same(id.as_str()), Words::from),
        id: id.to_string(),
        unit: None,
    };
    Visible::new(ChoicesPage {
        parties: catalog.parties.keys().map(|party| lexicon.party(party)).collect(),
        commodities: catalog.commodities.values().map(commodity).collect(),
        purposes: vocabulary::purposes().map(purpose).collect(),
    })
}

/// Answers whether something may be done, and under what.
///
/// `now` decides when the form names no day; a day stands for its noon at nine hours east of
/// Greenwich, which is the same day at the offset of every agreement between neighbours.
///
/// # Errors
/// A [`Problem`] that names what in the form does not read.
pub fn ask(
    lexicon: &Lexicon,
    agreements: &Agreements,
    form: &AskForm,
    now: Time,
) -> Result<Visible<AskAnswer>, Box<Problem>> {
    let question = question(lexicon, form, now)?;
    let decision = decide(agreements, &question);
    let mut cited = BTreeSet::new();
    // One clause may both permit and limit; it is shown once, where it stands first.
    let clauses = decision.clauses.iter().filter(|c| cited.insert((&c.agreement, &c.clause)));
    let reason = |reason| ReasonLine {
        code: pumasi_agreement::Reason::code(reason).to_owned(),
        words: lexicon.reason(reason),
    };
    let mut reasons: Vec<ReasonLine> = Vec::new();
    for line in decision.reasons.iter().map(reason) {
        // Several agreements may say no for one reason; the clauses tell them apart.
        if !reasons.contains(&line) {
            reasons.push(line);
        }
    }
    let mut modes = Vec::new();
    for term in &decision.settlement {
        if !modes.contains(&term.mode.code().to_owned()) {
            modes.push(term.mode.code().to_owned());
        }
    }
    Ok(Visible::new(AskAnswer {
        outcome: decision.code().to_owned(),
        reasons,
        clauses: clauses.map(|clause| lexicon.clause_ref(clause)).collect(),
        settlement: modes,
    }))
}

fn question(lexicon: &Lexicon, form: &AskForm, now: Time) -> Result<Question, Box<Problem>> {
    let (giver, receiver) = (party(lexicon, &form.giver)?, party(lexicon, &form.receiver)?);
    if giver == receiver {
        return Err(problem("parties_must_differ", &form.giver, Help::Choose));
    }
    let action: Action =
        form.action.parse().map_err(|_| problem("action_unknown", &form.action, Help::Choose))?;
    let commodity = commodity(lexicon, &form.commodity)?;
    let purpose = purpose(&form.purpose)?;
    let status = status(form.status.as_deref())?;
    let on = day(form.on.as_deref(), now)?;
    let category = commodity.category.clone();
    let mut question = Question::new(action, giver, receiver, category, purpose, status, on);
    question.commodity = Some(commodity.id.clone());
    if let Some(text) = given(form.quantity.as_deref()) {
        let quantity = quantity(text, commodity)?;
        question.quantity = Some(quantity);
        question.mass_g = mass_g(quantity, commodity.mass_g);
    }
    if let Some(text) = given(form.onward_to.as_deref()) {
        question.onward_to = Some(party(lexicon, text)?);
    }
    if let Some(text) = given(form.agreement.as_deref()) {
        let unknown = || problem("agreement_unknown", text, Help::Choose);
        let id = text.parse().map_err(|_| unknown())?;
        let known = lexicon.agreements().get(&id).ok_or_else(unknown)?;
        question.under = Some(known.id().clone());
    }
    // Whoever orders has asked, and so has whoever requests.
    question.requested = matches!(action, Action::Request | Action::Order);
    Ok(question)
}

/// A field of a form, unless it was left blank.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn party(lexicon: &Lexicon, text: &str) -> Result<PartyId, Box<Problem>> {
    let id = text.trim().parse::<PartyId>().ok();
    let known = id.filter(|id| lexicon.catalog().parties.contains_key(id));
    known.ok_or_else(|| problem("party_unknown", text, Help::Choose))
}

fn commodity<'a>(lexicon: &'a Lexicon, text: &str) -> Result<&'a Commodity, Box<Problem>> {
    let id = text.trim().parse::<CommodityId>().ok();
    let known = id.and_then(|id| lexicon.catalog().commodities.get(&id));
    known.ok_or_else(|| problem("commodity_unknown", text, Help::Choose))
}

fn purpose(text: &str) -> Result<PurposeId, Box<Problem>> {
    let id = text.trim().parse::<PurposeId>().ok();
    let known = id.filter(|id| vocabulary::purpose(id).is_some());
    known.ok_or_else(|| problem("purpose_unknown", text, Help::Choose))
}

fn status(text: Option<&str>) -> Result<Status, Box<Problem>> {
    let Some(text) = given(text) else { return Ok(Status::Actual) };
    [Status::Actual, Status::Exercise, Status::Test]
        .into_iter()
        .find(|status| status.to_string() == text)
        .ok_or_else(|| problem("status_unknown", text, Help::Choose))
}

fn day(text: Option<&str>, now: Time) -> Result<Time, Box<Problem>> {
    let Some(text) = given(text) else { return Ok(now) };
    let unreadable = || problem("date_unreadable", text, Help::Date);
    let date: Date = text.parse().map_err(|_| unreadable())?;
    // Noon at nine hours east of Greenwich.
    format!("{date}T03:00:00Z").parse().map_err(|_| unreadable())
}

fn quantity(text: &str, commodity: &Commodity) -> Result<Quantity, Box<Problem>> {
    let help = || Help::Quantity(commodity.unit);
    let quantity: Quantity =
        text.parse().map_err(|_| problem("quantity_unreadable", text, help()))?;
    if quantity.unit() != commodity.unit {
        return Err(problem("unit_must_match", text, help()));
    }
    if quantity.is_zero() {
        return Err(problem("quantity_must_not_be_zero", text, help()));
    }
    Ok(quantity)
}

/// Grams of a quantity; none when there are more than can be counted.
fn mass_g(quantity: Quantity, mass_g: i64) -> Option<i64> {
    let exact = i128::from(quantity.as_milli()) * i128::from(mass_g);
    i64::try_from(exact.div_euclid(1000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{agreements as compiled, lexicon, origin};

    /// Asks by a line of `field=value`, on top of blankets from Korea to Japan.
    #[track_caller]
    fn check(fields: &str, expected: &str) {
        let mut form = AskForm {
            agreement: None,
            giver: "kr".to_owned(),
            receiver: "jp".to_owned(),
            action: "order".to_owned(),
            commodity: "blanket".to_owned(),
            quantity: Some("10 EA".to_owned()),
            purpose: "disaster_relief".to_owned(),
            on: None,
            onward_to: None,
            status: None,
        };
        for field in fields.split(';').filter(|field| !field.is_empty()) {
            let (name, value) = field.split_once('=').unwrap();
            let (text, some) = (value.to_owned(), Some(value.to_owned()));
            match name {
                "agreement" => form.agreement = some,
                "giver" => form.giver = text,
                "receiver" => form.receiver = text,
                "action" => form.action = text,
                "commodity" => form.commodity = text,
                "quantity" => form.quantity = some,
                "purpose" => form.purpose = text,
                "on" => form.on = some,
                "onward_to" => form.onward_to = some,
                _ => form.status = some,
            }
        }
        let shown = match ask(&lexicon(), &compiled(), &form, origin()) {
            Ok(answer) => {
                let answer = answer.into_inner();
                let reasons: Vec<_> = answer.reasons.iter().map(|r| r.code.as_str()).collect();
                let clauses: Vec<_> = answer.clauses.iter().map(|c| c.clause.as_str()).collect();
                let (reasons, clauses) = (reasons.join(","), clauses.join(","));
                let settlement = answer.settlement.join(",");
                format!("{} {reasons} [{clauses}] {settlement}", answer.outcome)
            }
            Err(problem) => format!("problem {}: {}", problem.code, problem.words.en),
        };
        assert_eq!(shown, expected, "{fields}");
    }

    #[test]
    fn answers_cite_their_clauses() {
        check("", "permitted  [art-1,art-4,art-6,art-7] replacement_in_kind,gift");
        check("quantity=501 EA", "refused ceiling_exceeded [art-4] ");
        check("commodity=rifle_ammunition;quantity=", "refused category_forbidden [art-3] ");
        check("on=2019-12-31", "refused before_term [art-9] ");
        check("action=push;commodity=drinking_water;quantity=5 LTR", PUSH);
        check(
            "agreement=kr-jp;giver=cn",
            "permitted  [art-1,art-4,art-6,art-7] replacement_in_kind,gift",
        );
    }

    const PUSH: &str = "needs standing_consent_not_triggered [art-8,art-7] gift";

    #[test]
    fn what_does_not_read_is_named() {
        check("giver=xx", "problem party_unknown: This party is not in the catalog: xx");
        check("receiver=kr", "problem parties_must_differ: Giver and receiver are the same: kr");
        check("onward_to=xx", "problem party_unknown: This party is not in the catalog: xx");
        check("action=steal", "problem action_unknown: This step is not known: steal");
        check("commodity=x", "problem commodity_unknown: This commodity is not in the catalog: x");
        check("purpose=war", "problem purpose_unknown: This purpose is not known: war");
        check("status=maybe", "problem status_unknown: This status is not known: maybe");
        check("agreement=x", "problem agreement_unknown: This node holds no such agreement: x");
        check("on=tomorrow", "problem date_unreadable: This does not read as a date: tomorrow");
        check("quantity=x", "problem quantity_unreadable: This does not read as a quantity: x");
        check("quantity=0 EA", "problem quantity_must_not_be_zero: The quantity is nothing: 0 EA");
        let unit = "problem unit_must_match: The commodity is counted in another unit: 5 LTR";
        check("quantity=5 LTR", unit);
    }

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
        assert!(choices.purposes.iter().any(|purpose| purpose.id == "disaster_relief"));
    }
}
