//! The sentences of the map in four languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_agreement::map::{
    Count, Gap, Lack, LapseKind, Near, NearMiss, Relation, Rung, RungState,
};
use pumasi_agreement::{Inquiry, Ladder, vocabulary};
use pumasi_base::{AgreementId, Captions, CategoryId, Lang, PartyId, StepId};

use crate::lexicon::{Lexicon, read_table};
use crate::page::Words;

static SENTENCES: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_table(include_str!("../map.i18n.toml")));

/// The most parties a sentence names.
const NAMED_MAX: usize = 3;

/// What the sentences speak of.
pub(super) struct Said<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) ladder: &'a Ladder,
    pub(super) inquiry: &'a Inquiry,
}

/// Placeholders with what stands in their place.
type Fillings<'a> = &'a [(&'static str, String)];

fn say(key: &str, lang: Lang, fillings: Fillings<'_>) -> String {
    let Some(captions) = SENTENCES.get(key) else { return key.to_owned() };
    let mut text = captions.in_lang(lang).to_owned();
    for (name, value) in fillings {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

const fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja | Lang::Zh => "、",
        Lang::Ko | Lang::En => ", ",
    }
}

impl Said<'_> {
    /// With how many partners one party has taken which steps.
    pub(super) fn counts(&self, counts: &[Count]) -> Words {
        Words::each(|lang| {
            let party = counts.first().map(|count| self.party(&count.party, lang));
            let party = party.unwrap_or_default();
            let now = self.items(counts, lang, |count| &count.in_force);
            let coming = self.items(counts, lang, |count| &count.coming);
            let mut sentences = Vec::new();
            if now.is_empty() {
                sentences.push(say("counts_none", lang, &[("party", party)]));
            } else {
                sentences.push(say("counts_in_force", lang, &[("party", party), ("list", now)]));
            }
            if !coming.is_empty() {
                sentences.push(say("counts_coming", lang, &[("list", coming)]));
            }
            joined(&sentences, lang)
        })
    }

    fn items(&self, counts: &[Count], lang: Lang, of: fn(&Count) -> &Vec<PartyId>) -> String {
        let items = counts.iter().filter(|count| !of(count).is_empty()).map(|count| {
            let (all, abroad) = (of(count).len(), count.abroad(of(count)));
            let key = if all == abroad { "count_item" } else { "count_item_abroad" };
            let fillings = [
                ("step", self.step(&count.step, lang)),
                ("count", all.to_string()),
                ("abroad", abroad.to_string()),
            ];
            say(key, lang, &fillings)
        });
        // Names of steps hold commas of their own in English.
        let between = if lang == Lang::En { "; " } else { separator(lang) };
        items.collect::<Vec<_>>().join(between)
    }

    pub(super) fn lapse(&self, kind: &LapseKind) -> Words {
        Words::each(|lang| {
            let key = format!("lapse_{}", kind.code());
            let fillings = match kind {
                LapseKind::TermEnds => Vec::new(),
                LapseKind::NoticeDue { renews_on } => vec![("date", renews_on.to_string())],
                LapseKind::NoticeTakesEffect { by } | LapseKind::NoticeMayTakeEffect { by } => {
                    vec![("party", self.party(by, lang))]
                }
                LapseKind::ConsentHours { hours } => vec![("hours", hours.to_string())],
            };
            say(&key, lang, &fillings)
        })
    }

    pub(super) fn gap(&self, gap: &Gap) -> Words {
        let chosen = self.inquiry.parties.len() > 1;
        let who = match (chosen, gap.at_home.is_empty()) {
            (false, true) => "who_any",
            (false, false) => "who_abroad",
            (true, true) => "who_chosen",
            (true, false) => "who_chosen_abroad",
        };
        Words::each(|lang| {
            let key = format!("gap_{}", gap.lack.code());
            let fillings = [
                ("who", say(who, lang, &[])),
                ("what", self.what(gap, lang)),
                ("party", self.party(&gap.receiver, lang)),
                ("hours", self.inquiry.first_hours.to_string()),
            ];
            let mut sentences = vec![say(&key, lang, &fillings)];
            if !gap.at_home.is_empty() {
                let count = [("count", gap.at_home.len().to_string())];
                sentences.push(say("gap_at_home", lang, &count));
            }
            joined(&sentences, lang)
        })
    }

    /// What is lacking: the group, or the categories of it that are.
    fn what(&self, gap: &Gap, lang: Lang) -> String {
        let group = self.ladder.groups.iter().find(|group| group.id == gap.group);
        if let Some(group) = group.filter(|group| gap.whole && group.categories.len() > 1) {
            return mid_sentence(group.names.in_lang(lang), lang);
        }
        let category = |id: &CategoryId| {
            vocabulary::category(id).map_or_else(|| id.to_string(), |c| c.in_lang(lang).to_owned())
        };
        gap.categories.iter().map(category).collect::<Vec<_>>().join(separator(lang))
    }

    pub(super) fn near(&self, near: &NearMiss, lack: Lack) -> Words {
        let key = match (near.near, lack) {
            (Near::OtherStep, Lack::EvenIfAsked) => "near_other_step".to_owned(),
            (Near::OtherStep, Lack::IfUnreachable) => "near_on_request".to_owned(),
            (near, _) => format!("near_{}", near.code()),
        };
        Words::each(|lang| {
            let agreement = near.agreement.as_ref().map(|id| self.agreement(id, lang));
            let fillings = [
                ("agreement", agreement.unwrap_or_default()),
                ("givers", self.parties(&near.givers, lang)),
                ("hours", near.delay_hours.to_string()),
            ];
            say(&key, lang, &fillings)
        })
    }

    /// Which step comes next between the parties, and what there is of it.
    pub(super) fn next(&self, relation: &Relation) -> Words {
        let rung = |step: &StepId| relation.rungs.iter().find(|rung| rung.step == *step);
        Words::each(|lang| match &relation.next {
            None => say("next_none", lang, &[]),
            Some(step) => {
                let name = ("step", self.step(step, lang));
                match rung(step) {
                    Some(Rung { state: RungState::Coming { agreement, .. }, .. }) => {
                        let agreement = ("agreement", self.agreement(agreement, lang));
                        say("next_coming", lang, &[name, agreement])
                    }
                    _ => say("next_missing", lang, &[name]),
                }
            }
        })
    }

    fn parties(&self, parties: &[PartyId], lang: Lang) -> String {
        let shown = parties.iter().take(NAMED_MAX).map(|party| self.party(party, lang));
        let list = shown.collect::<Vec<_>>().join(separator(lang));
        match parties.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
            None => list,
            Some(more) => say("and_more", lang, &[("list", list), ("count", more.to_string())]),
        }
    }

    fn party(&self, party: &PartyId, lang: Lang) -> String {
        self.lexicon.party(party).names.in_lang(lang).to_owned()
    }

    fn agreement(&self, id: &AgreementId, lang: Lang) -> String {
        let agreement = self.lexicon.agreements().get(id);
        agreement.map_or_else(|| id.to_string(), |a| a.title().in_lang(lang).to_owned())
    }

    fn step(&self, id: &StepId, lang: Lang) -> String {
        let step = self.ladder.steps.iter().find(|step| step.id == *id);
        step.map_or_else(|| id.to_string(), |step| mid_sentence(step.names.in_lang(lang), lang))
    }
}

/// A heading within a sentence: English begins it in lower case.
fn mid_sentence(heading: &str, lang: Lang) -> String {
    if lang != Lang::En {
        return heading.to_owned();
    }
    let mut letters = heading.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn joined(sentences: &[String], lang: Lang) -> String {
    let space = if matches!(lang, Lang::Ja | Lang::Zh) { "" } else { " " };
    sentences.join(space)
}
