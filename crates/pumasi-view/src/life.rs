//! The life of an agreement as its reader may see it, and the steps open to the reader.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_act::life::{AgreementDraft, Endorsement, Notice, NoticeMove, SuspensionRecord};
use pumasi_act::{ActId, ClauseCited, Life, Mandate};
use pumasi_agreement::clauses::Terms;
use pumasi_agreement::clauses::survival::Survival;
use pumasi_agreement::clauses::term::Entry;
use pumasi_agreement::status::Force;
use pumasi_agreement::{Agreement, AgreementStatus, Clause, Standing, vocabulary};
use pumasi_base::{AgreementId, Captions, ClauseId, Date, PartyId, Status, Time};

use crate::lexicon::{Lexicon, read_table};
use crate::page::{
    ClauseLine, DateLine, EndAgreedLine, LifeEvent, LifeLine, LifePage, NoticeLine, NoticeStepLine,
    PartyName, ReadingLine, SignatureLine, StandingLine, SurvivalLine, SuspensionLine, VersionLine,
    Words,
};
use crate::visible::{Held, Matter, Visible, cleared};

mod steps;

pub use steps::kind_of;

static WORDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_table(include_str!("life.i18n.toml")));

/// A sentence of this page with its places filled.
fn words(key: &str, places: &[(&str, &str)]) -> Words {
    let Some(captions) = WORDS.get(key) else { return Words::same(key) };
    Words::each(|lang| {
        places.iter().fold(captions.in_lang(lang).to_owned(), |text, (place, value)| {
            text.replace(&format!("{{{place}}}"), value)
        })
    })
}

/// Whom a page of lives is for.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The party.
    pub party: &'a PartyId,
    /// The mandates of the officers whose keys lie at its node.
    pub mandates: &'a [Mandate],
    /// The moment the page speaks of.
    pub now: Time,
}

/// Every life of an agreement that the reader shares, actual ones first; nothing when there is
/// neither a life nor a text in the library.
#[must_use]
pub fn lives(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: Reader<'_>,
    agreement: &AgreementId,
) -> Option<Visible<LifePage>> {
    let about = |matter: &Matter<'_>| matter.state.genesis.about.as_ref() == Some(agreement);
    let mut matters: Vec<Matter<'_>> =
        cleared(held, reader.party).into_iter().filter(about).collect();
    let rank =
        |matter: &Matter<'_>| (matter.state.genesis.status, std::cmp::Reverse(matter.opened()));
    matters.sort_by_key(rank);
    let library = lexicon.agreements().get(agreement);
    let title = match (library, matters.first()) {
        (Some(text), _) => Words::from(text.title()),
        (None, Some(matter)) => Words::from(&matter.state.genesis.title),
        (None, None) => return None,
    };
    let none = Life::default();
    let lines = matters.iter().map(|matter| {
        let life = matter.state.lives.get(agreement).unwrap_or(&none);
        One { lexicon, reader, matter, life, library }.line()
    });
    let lives = lines.collect();
    Some(Visible::new(LifePage { agreement: agreement.to_string(), title, lives }))
}

/// How an agreement stands on the day of `now`, in words.
#[must_use]
pub fn standing_line(
    lexicon: &Lexicon,
    standing: &Standing,
    agreement: Option<&Agreement>,
    status: Status,
    on: Date,
) -> StandingLine {
    let code = standing.code();
    let force = match standing.force_for(status, on) {
        Force::Binding => "binding",
        Force::None => "none",
        Force::Disputed => "disputed",
    };
    // Beside its standing, a term that has not begun or is over leaves nothing to rely on.
    let term = agreement.and_then(Agreement::term);
    let start = term.and_then(|term| term.start(standing.entered));
    let holds = term.is_none_or(|term| term.holds_on(start, on));
    let missing = |by: &std::collections::BTreeSet<PartyId>| -> Vec<PartyName> {
        let parties = agreement.map(Agreement::parties).unwrap_or_default();
        parties.iter().filter(|party| !by.contains(*party)).map(|p| lexicon.party(p)).collect()
    };
    StandingLine {
        code: code.to_owned(),
        words: vocabulary::term("standing", code).map_or_else(|| Words::same(code), Words::from),
        on: on.to_string(),
        since: start.map(|day| day.to_string()),
        ends: standing.ends().map(|day| day.to_string()),
        force: if holds { force } else { "none" }.to_owned(),
        waits_for: match &standing.status {
            AgreementStatus::SignedBySome { by } => missing(by),
            AgreementStatus::Signed { awaits } => awaits.iter().map(|p| lexicon.party(p)).collect(),
            _ => Vec::new(),
        },
        readings: readings(&standing.status),
    }
}

/// Both readings of a suspended notice, as each side states it.
fn readings(status: &AgreementStatus) -> Vec<ReadingLine> {
    let reading = |key: &str, date: Date, ends: Option<Date>| ReadingLine {
        words: words(key, &[("date", &date.to_string())]),
        ends: ends.map(|day| day.to_string()),
    };
    match status {
        AgreementStatus::NoticeSuspended { ends, .. } => {
            vec![reading("held_ran", *ends, None), reading("held_anew", *ends, None)]
        }
        AgreementStatus::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => vec![
            reading("resumed_ran", *ends_if_it_ran, Some(*ends_if_it_ran)),
            reading("resumed_anew", *ends_if_anew, Some(*ends_if_anew)),
        ],
        _ => Vec::new(),
    }
}

/// The days to watch of an agreement that stands so, soonest first.
#[must_use]
pub fn dates(agreement: &Agreement, standing: &Standing, on: Date) -> Vec<DateLine> {
    let Some(term) = agreement.term() else { return Vec::new() };
    let start = term.start(standing.entered);
    let mut days: Vec<(&str, Date)> = Vec::new();
    days.extend(start.filter(|start| on < *start).map(|start| ("enters", start)));
    if standing.status.has_force() {
        let settled = standing.ends();
        days.extend(settled.map(|ends| ("ends", ends)));
        if settled.is_none() {
            let code = if term.renews.is_some() { "renews" } else { "ends" };
            days.extend(term.running_end(start, on).map(|end| (code, end)));
            days.extend(term.last_notice_day(start, on).map(|day| ("last_notice_day", day)));
        }
    }
    let mut lines: Vec<DateLine> =
        days.into_iter().map(|(code, day)| date_line(code, day, on)).collect();
    lines.sort_by(|a, b| a.date.cmp(&b.date));
    lines
}

fn date_line(code: &str, date: Date, on: Date) -> DateLine {
    let days = on.until(date).map_or(0, |span| i64::from(span.get_days()));
    let shown = date.to_string();
    let words = words(&format!("date_{code}"), &[("date", &shown)]);
    DateLine { code: code.to_owned(), words, date: shown, in_days: days }
}

/// One life while it is written out.
struct One<'a> {
    lexicon: &'a Lexicon,
    reader: Reader<'a>,
    matter: &'a Matter<'a>,
    life: &'a Life,
    library: Option<&'a Agreement>,
}

impl One<'_> {
    /// The text that counts: the one in force, else the newest draft, else that of the library.
    fn text(&self, on: Date) -> Option<&Agreement> {
        let in_force = self.life.in_force_on(on).map(|(_, draft, _)| draft);
        in_force
            .or_else(|| self.life.newest())
            .map(|draft| draft.agreement.as_ref())
            .or(self.library)
    }

    /// The day of the page, at the offset of the text.
    fn day(&self) -> Date {
        self.life.day_at(self.reader.now)
    }

    fn line(&self) -> LifeLine {
        let on = self.day();
        let genesis = &self.matter.state.genesis;
        let standing = self.life.standing_on(on);
        let text = self.text(on);
        let mut dates = text.map_or_else(Vec::new, |text| dates(text, &standing, on));
        let until =
            self.life.suspensions.values().filter(|s| s.holds_on(on)).filter_map(|s| s.until);
        dates.extend(until.map(|until| date_line("suspension_ends", until, on)));
        dates.sort_by(|a, b| a.date.cmp(&b.date));
        LifeLine {
            matter: self.matter.state.matter.to_string(),
            status: genesis.status.to_string(),
            audience: genesis.audience.iter().map(|party| self.lexicon.party(party)).collect(),
            standing: standing_line(self.lexicon, &standing, text, genesis.status, on),
            versions: self.versions(on),
            suspensions: self.suspensions(on),
            notices: self.notices(),
            ends_agreed: self.ends_agreed(),
            dates,
            survives: text.map_or_else(Vec::new, survivals),
            events: self.events(),
            steps: self.steps(on, &standing),
        }
    }

    /// The items of a map in the order in which their acts were folded.
    fn in_order<'b, T>(&self, items: &'b BTreeMap<ActId, T>) -> Vec<(&'b ActId, &'b T)> {
        let mut ordered: Vec<_> = items.iter().collect();
        ordered.sort_by_key(|(act, _)| self.matter.rank(act));
        ordered
    }

    fn versions(&self, on: Date) -> Vec<VersionLine> {
        let in_force = self.life.in_force_on(on).map(|(act, _, _)| act);
        let line = |(act, draft): (&ActId, &AgreementDraft)| VersionLine {
            version: draft.version,
            act: act.to_string(),
            by: self.lexicon.party(&draft.by),
            time: draft.time.to_string(),
            digest: draft.digest.to_string(),
            bytes: u64::try_from(draft.agreement.text().len()).unwrap_or(u64::MAX),
            initialled: self.signatures(&self.life.initials, draft),
            signed: self.signatures(&self.life.signatures, draft),
            ratified: self.signatures(&self.life.ratifications, draft),
            enters: self.life.progress(draft).enters.map(|day| day.to_string()),
            in_force: in_force == Some(*act),
        };
        self.in_order(&self.life.drafts).into_iter().map(line).collect()
    }

    fn signatures(
        &self,
        said: &BTreeMap<ActId, Endorsement>,
        draft: &AgreementDraft,
    ) -> Vec<SignatureLine> {
        let here = self.in_order(said).into_iter().filter(|(_, said)| said.digest == draft.digest);
        let line = |(act, said): (&ActId, &Endorsement)| {
            let officers = self.matter.act(act).map(|act| act.payload().officers.clone());
            SignatureLine {
                party: self.lexicon.party(&said.by),
                act: act.to_string(),
                time: said.time.to_string(),
                officers: officers.unwrap_or_default().iter().map(ToString::to_string).collect(),
            }
        };
        here.map(line).collect()
    }

    fn clause(&self, id: &ClauseId) -> ClauseLine {
        let on = self.day();
        self.text(on).and_then(|text| clause_line(text, id)).unwrap_or_else(|| {
            let agreement = self.matter.state.genesis.about.clone();
            let agreement = agreement.map_or_else(String::new, String::from);
            let (article, caption) = (Words::same(id.as_str()), Words::same(id.as_str()));
            ClauseLine { agreement, clause: id.to_string(), article, caption }
        })
    }

    fn suspensions(&self, on: Date) -> Vec<SuspensionLine> {
        let line = |(act, said): (&ActId, &SuspensionRecord)| SuspensionLine {
            act: act.to_string(),
            by: self.lexicon.party(&said.by),
            clauses: said.clauses.iter().map(|id| self.clause(id)).collect(),
            from: said.from.to_string(),
            until: said.until.map(|day| day.to_string()),
            lifted: said.lifted.map(|(_, day)| day.to_string()),
            cause: said.cause.clone(),
            holds: said.holds_on(on),
        };
        self.in_order(&self.life.suspensions).into_iter().map(line).collect()
    }

    fn notices(&self) -> Vec<NoticeLine> {
        let line = |(act, said): (&ActId, &Notice)| NoticeLine {
            act: act.to_string(),
            by: self.lexicon.party(&said.by),
            given: said.given.to_string(),
            ends: said.ends.to_string(),
            cause: said.cause.clone(),
            steps: said
                .steps
                .iter()
                .map(|step| NoticeStepLine {
                    what: move_code(step.what).to_owned(),
                    date: step.date.to_string(),
                    act: step.act.to_string(),
                })
                .collect(),
        };
        self.in_order(&self.life.notices).into_iter().map(line).collect()
    }

    fn ends_agreed(&self) -> Vec<EndAgreedLine> {
        let ordered = self.in_order(&self.life.terminations);
        ordered
            .into_iter()
            .map(|(act, said)| EndAgreedLine {
                act: act.to_string(),
                by: self.lexicon.party(&said.by),
                ends: said.ends.to_string(),
                time: said.time.to_string(),
            })
            .collect()
    }

    fn events(&self) -> Vec<LifeEvent> {
        let refused = &self.matter.state.refused;
        let event = |act: &pumasi_act::Verified| LifeEvent {
            act: act.id().to_string(),
            kind: act.payload().kind.clone(),
            name: self.lexicon.kind(&act.payload().kind),
            words: self.lexicon.summary(act.payload()),
            party: self.lexicon.party(act.party()),
            time: act.payload().time.to_string(),
            refused: refused.get(&act.id()).map(|refusal| self.lexicon.refusal(refusal)),
        };
        self.matter.folded_acts().map(event).collect()
    }
}

const fn move_code(what: NoticeMove) -> &'static str {
    match what {
        NoticeMove::Suspend => "suspend",
        NoticeMove::Resume => "resume",
        NoticeMove::Withdraw => "withdraw",
    }
}

/// A clause in the words of one text, which may not be the one of the library.
fn clause_line(text: &Agreement, id: &ClauseId) -> Option<ClauseLine> {
    let clause = text.clause(id)?;
    let cited = ClauseCited { agreement: text.id().clone(), clause: id.clone() };
    Some(ClauseLine {
        agreement: cited.agreement.to_string(),
        clause: cited.clause.to_string(),
        article: Words::from(&clause.article),
        caption: Words::from(&clause.caption),
    })
}

/// What outlives an agreement, by its own clauses.
fn survivals(text: &Agreement) -> Vec<SurvivalLine> {
    let line = |clause: &Clause, survival: &Survival| {
        Some(SurvivalLine {
            by: clause_line(text, &clause.id)?,
            clauses: survival.clauses.iter().filter_map(|id| clause_line(text, id)).collect(),
            lasts: survival.lasts.map(|p| Words::each(|lang| vocabulary::period(p, lang))),
        })
    };
    let survivals = text.clauses().iter().filter_map(|clause| match &clause.terms {
        Terms::Survival(survival) => line(clause, survival),
        _ => None,
    });
    survivals.collect()
}

/// Whether a text waits for parties' own procedures.
fn asks_ratification(text: &Agreement) -> bool {
    text.term().is_some_and(|term| term.entry == Some(Entry::Ratification))
}

#[cfg(test)]
mod tests;
