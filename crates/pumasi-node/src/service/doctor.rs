//! The doctor: what of this node needs somebody's attention, why, and what to do about it.
//!
//! It only reads. What a stopped node cannot know, such as who answers, is left out, not guessed.

mod machine;
mod neighbours;
mod record;
mod relayed;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pumasi_act::ActId;
use pumasi_base::{Captions, PartyId, Time};
use pumasi_view::Lexicon;
use pumasi_view::page::{AreaCode, DoctorPage, FindingLine, SeverityCode, Words};
use serde::Deserialize;

use super::{Service, ServiceError};
use crate::sync::board::Heard;

pub(super) use machine::store_of;

/// Days before the end of a mandate at which its end is told.
pub const ENDING_DAYS: u32 = 14;

/// What a running node has heard of its neighbours.
pub type AllHeard = BTreeMap<PartyId, Heard>;

/// One thing the doctor found, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is, stable.
    pub code: &'static str,
    /// What it is about.
    pub area: AreaCode,
    /// How grave it is.
    pub severity: SeverityCode,
    /// Whether every page should tell of it.
    pub alarm: bool,
    /// The party it is about.
    pub party: Option<PartyId>,
    /// The matter it is about.
    pub matter: Option<ActId>,
    fillings: Vec<(&'static str, Words)>,
}

impl Finding {
    const fn new(code: &'static str, area: AreaCode, severity: SeverityCode) -> Self {
        let alarm = false;
        Self { code, area, severity, alarm, party: None, matter: None, fillings: Vec::new() }
    }

    const fn ok(code: &'static str, area: AreaCode) -> Self {
        Self::new(code, area, SeverityCode::Ok)
    }

    const fn watch(code: &'static str, area: AreaCode) -> Self {
        Self::new(code, area, SeverityCode::Watch)
    }

    const fn act(code: &'static str, area: AreaCode) -> Self {
        Self::new(code, area, SeverityCode::Act)
    }

    /// Somebody's word is in doubt: every page tells of it.
    const fn alarming(mut self) -> Self {
        self.alarm = true;
        self
    }

    fn about(mut self, party: &PartyId, lexicon: &Lexicon) -> Self {
        self.party = Some(party.clone());
        self.with("party", lexicon.party(party).names)
    }

    fn within(mut self, matter: ActId, title: &Captions) -> Self {
        self.matter = Some(matter);
        self.with("matter", Words::from(title))
    }

    fn with(mut self, name: &'static str, words: Words) -> Self {
        self.fillings.push((name, words));
        self
    }

    fn saying(self, name: &'static str, text: impl ToString) -> Self {
        let text = text.to_string();
        self.with(name, Words { ko: text.clone(), ja: text.clone(), zh: text.clone(), en: text })
    }

    fn line(&self, lexicon: &Lexicon) -> FindingLine {
        let known = captions().get(self.code);
        let fill = |captions: &Captions| self.fill(captions);
        FindingLine {
            code: self.code.to_owned(),
            area: self.area,
            severity: self.severity,
            alarm: self.alarm,
            party: self.party.as_ref().map(|party| lexicon.party(party)),
            matter: self.matter.map(|matter| matter.to_string()),
            what: known.map_or_else(|| plain(self.code), |captions| fill(&captions.what)),
            why: known.and_then(|captions| captions.why.as_ref()).map(fill),
            help: known.and_then(|captions| captions.help.as_ref()).map(fill),
        }
    }

    fn fill(&self, captions: &Captions) -> Words {
        let mut words = Words::from(captions);
        for (name, filling) in &self.fillings {
            let place = format!("{{{name}}}");
            words.ko = words.ko.replace(&place, &filling.ko);
            words.ja = words.ja.replace(&place, &filling.ja);
            words.zh = words.zh.replace(&place, &filling.zh);
            words.en = words.en.replace(&place, &filling.en);
        }
        words
    }
}

/// The words of one finding; where all is well there is nothing to explain or to do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingCaptions {
    what: Captions,
    why: Option<Captions>,
    help: Option<Captions>,
}

fn captions() -> &'static BTreeMap<String, FindingCaptions> {
    static CAPTIONS: OnceLock<BTreeMap<String, FindingCaptions>> = OnceLock::new();
    // A test reads the file, so that nothing is left out here.
    CAPTIONS.get_or_init(|| toml::from_str(include_str!("doctor.i18n.toml")).unwrap_or_default())
}

fn plain(text: &str) -> Words {
    let text = text.to_owned();
    Words { ko: text.clone(), ja: text.clone(), zh: text.clone(), en: text }
}

/// An instant to the minute.
fn moment(time: Time) -> String {
    let exact = time.to_string();
    format!("{} UTC", exact.get(..16).unwrap_or(&exact).replace('T', " "))
}

impl Service {
    /// Examines this node; `heard` is what it knows of its neighbours, none when it does not run.
    ///
    /// Findings come the gravest first. It reads the disk and asks the database.
    ///
    /// # Errors
    /// When the settings or the ledger cannot be read.
    pub fn examine(
        &self,
        heard: Option<&AllHeard>,
        now: Time,
    ) -> Result<Vec<Finding>, ServiceError> {
        let lexicon = self.lexicon();
        let mut findings = Vec::new();
        findings.extend(record::divergence(self, &lexicon, heard.is_some()));
        findings.extend(record::acts(self, &lexicon));
        findings.extend(record::identities(self, &lexicon));
        findings.extend(record::registers(self, &lexicon)?);
        findings.extend(machine::keys(self, now));
        findings.extend(machine::disk_and_store(self)?);
        findings.extend(relayed::stuck(self, &lexicon, now)?);
        if let Some(heard) = heard {
            findings.extend(neighbours::reach(self, &lexicon, heard, now)?);
            findings.extend(neighbours::clock(self, &lexicon, heard, now));
        }
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.area));
        Ok(findings)
    }

    /// Examines this node, in words.
    ///
    /// # Errors
    /// As [`Service::examine`].
    pub fn doctor(&self, heard: Option<&AllHeard>, now: Time) -> Result<DoctorPage, ServiceError> {
        let (lexicon, findings) = (self.lexicon(), self.examine(heard, now)?);
        Ok(DoctorPage {
            party: lexicon.party(self.party()),
            as_of: now.to_string(),
            running: heard.is_some(),
            severity: findings.first().map_or(SeverityCode::Ok, |gravest| gravest.severity),
            findings: findings.iter().map(|finding| finding.line(&lexicon)).collect(),
        })
    }
}

/// `found`, or that all is well when nothing was found.
fn or_well(found: Vec<Finding>, well: Finding) -> Vec<Finding> {
    if found.is_empty() { vec![well] } else { found }
}

/// Parties as text, in each language.
fn names<'a>(parties: impl IntoIterator<Item = &'a PartyId>, lexicon: &Lexicon) -> Words {
    let named: BTreeSet<&PartyId> = parties.into_iter().collect();
    let all: Vec<Words> = named.into_iter().map(|party| lexicon.party(party).names).collect();
    let join = |of: fn(&Words) -> &str, comma| all.iter().map(of).collect::<Vec<_>>().join(comma);
    Words {
        ko: join(|words| &words.ko, ", "),
        ja: join(|words| &words.ja, "、"),
        zh: join(|words| &words.zh, "、"),
        en: join(|words| &words.en, ", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_its_words_and_every_word_its_finding() {
        let text = include_str!("doctor.i18n.toml");
        let known: BTreeMap<String, FindingCaptions> = toml::from_str(text).unwrap();
        let sources = [
            include_str!("doctor/machine.rs"),
            include_str!("doctor/neighbours.rs"),
            include_str!("doctor/record.rs"),
            include_str!("doctor/relayed.rs"),
        ];
        let mut said = BTreeSet::new();
        for opening in ["Finding::ok(", "Finding::watch(", "Finding::act("] {
            for rest in sources.iter().flat_map(|source| source.split(opening).skip(1)) {
                let code = rest.split('"').nth(1).unwrap();
                assert!(known.contains_key(code), "{code}");
                let explained = known[code].why.is_some() && known[code].help.is_some();
                assert_eq!(explained, opening != "Finding::ok(", "{code}");
                said.insert(code.to_owned());
            }
        }
        assert_eq!(said, known.keys().cloned().collect::<BTreeSet<_>>());
        for captions in known.values() {
            let all = [Some(&captions.what), captions.why.as_ref(), captions.help.as_ref()];
            assert!(all.iter().flatten().all(|captions| captions.missing().is_empty()));
        }
    }

    #[test]
    fn placeholders_are_filled_in_each_language() {
        let words =
            |ko: &str, en: &str| Words { ko: ko.to_owned(), en: en.to_owned(), ..plain("") };
        let finding = Finding::watch("disk_low", AreaCode::Disk)
            .saying("free", "1 GiB")
            .with("ledger", words("둘", "two"));
        let captions = Captions {
            ko: "{free} {ledger}".to_owned(),
            ja: String::new(),
            zh: String::new(),
            en: "{ledger}: {free}".to_owned(),
        };
        let filled = finding.fill(&captions);
        assert_eq!((filled.ko.as_str(), filled.en.as_str()), ("1 GiB 둘", "two: 1 GiB"));
    }
}
