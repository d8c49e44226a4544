//! Reads the form of a step and turns it into the body of an act.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use pumasi_act::life::{AgreementDraft, Endorsement, NoticeMove};
use pumasi_act::{ActId, Life};
use pumasi_base::{AgreementId, ClauseId, Date, Digest, OfficerId, PartyId, Status, Time};
use pumasi_view::page::StepForm;
use serde_json::{Value, json};

use super::StepError;
use crate::service::NewAct;

/// A form whose every field reads.
pub(super) struct Step<'a> {
    pub(super) form: &'a StepForm,
    pub(super) status: Status,
    pub(super) officers: BTreeSet<OfficerId>,
    pub(super) audience: BTreeSet<PartyId>,
    pub(super) time: Option<Time>,
    clauses: BTreeSet<ClauseId>,
    from: Option<Date>,
    until: Option<Date>,
    ends: Option<Date>,
    digest: Option<Digest>,
    target: Option<ActId>,
    pub(super) matter: Option<ActId>,
}

fn read<T: FromStr<Err: Display>>(field: &str, text: Option<&str>) -> Result<Option<T>, StepError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = |error: T::Err| StepError::Form(format!("`{field}`: {error}"));
    text.parse().map(Some).map_err(wrong)
}

fn read_all<T: FromStr<Err: Display> + Ord>(
    field: &str,
    texts: &[String],
) -> Result<BTreeSet<T>, StepError> {
    texts.iter().filter_map(|text| read(field, Some(text)).transpose()).collect()
}

impl<'a> Step<'a> {
    /// Reads the fields.
    pub(super) fn read(form: &'a StepForm) -> Result<Self, StepError> {
        let status = match form.status.as_deref().map(str::trim) {
            None | Some("" | "actual") => Status::Actual,
            Some("exercise") => Status::Exercise,
            Some("test") => Status::Test,
            Some(other) => return Err(StepError::Form(format!("`status`: `{other}`"))),
        };
        let listed = |texts: &'a Option<Vec<String>>| texts.as_deref().unwrap_or_default();
        Ok(Self {
            form,
            status,
            officers: read_all("officers", &form.officers)?,
            audience: read_all("audience", listed(&form.audience))?,
            time: read("time", form.time.as_deref())?,
            clauses: read_all("clauses", listed(&form.clauses))?,
            from: read("from", form.from.as_deref())?,
            until: read("until", form.until.as_deref())?,
            ends: read("ends", form.ends.as_deref())?,
            digest: read("digest", form.digest.as_deref())?,
            target: read("target", form.target.as_deref())?,
            matter: read("matter", form.matter.as_deref())?,
        })
    }

    /// The agreement it is about.
    pub(super) fn agreement(&self) -> Result<AgreementId, StepError> {
        if let Some(id) = read("agreement", self.form.agreement.as_deref())? {
            return Ok(id);
        }
        let text = self.form.text.as_deref();
        let text = text.ok_or_else(|| StepError::Form("`agreement` is missing".to_owned()))?;
        let agreement = pumasi_agreement::read("draft", text).map_err(StepError::Text)?;
        Ok(agreement.id().clone())
    }

    /// An act of the step's officers.
    pub(super) fn act(&self, matter: ActId, kind: &str, body: Value) -> NewAct {
        NewAct {
            matter,
            kind: kind.to_owned(),
            body,
            officers: self.officers.clone(),
            clause: None,
            time: self.time,
            personal: None,
        }
    }

    /// What the act carries, on `date` at the agreement's offset.
    pub(super) fn body(
        &self,
        kind: &str,
        life: &Life,
        own: &PartyId,
        date: Date,
    ) -> Result<Value, StepError> {
        let agreement = || -> Result<Value, StepError> { Ok(json!(self.agreement()?)) };
        let cause = self.form.cause.as_deref().unwrap_or_default();
        Ok(match kind {
            "draft_agreement" => {
                let text = self.form.text.as_deref();
                let missing = || StepError::Form("`text` is missing".to_owned());
                json!({ "text": text.ok_or_else(missing)? })
            }
            "initial_agreement" => self.endorsement(life, &life.initials, own)?,
            "sign_agreement" => self.endorsement(life, &life.signatures, own)?,
            "ratify_agreement" => self.endorsement(life, &life.ratifications, own)?,
            "suspend_agreement" => json!({
                "agreement": agreement()?, "clauses": self.clauses, "from": self.from,
                "until": self.until, "cause": cause, "record": null,
            }),
            "resume_agreement" => {
                let open = life.suspensions.iter();
                let own = open.filter(|(_, said)| said.by == *own && said.lifted.is_none());
                let target = self.target(own.map(|(act, _)| *act))?;
                json!({ "agreement": agreement()?, "suspension": target, "record": null })
            }
            "give_notice" => {
                let ends = self.ends.or_else(|| earliest_end(life, date));
                // Where the text knows no notice, the rules say so with its clause.
                let ends = ends.unwrap_or(date);
                json!({ "agreement": agreement()?, "ends": ends, "cause": cause, "record": null })
            }
            "agree_termination" => {
                let missing = || StepError::Form("`ends` is missing".to_owned());
                let ends = self.ends.ok_or_else(missing)?;
                json!({ "agreement": agreement()?, "ends": ends, "cause": cause, "record": null })
            }
            _ => {
                let open = life.notices.iter().filter(|(_, notice)| {
                    notice.by == *own && notice.last_move() != Some(NoticeMove::Withdraw)
                });
                let target = self.target(open.map(|(act, _)| *act))?;
                json!({ "agreement": agreement()?, "notice": target, "record": null })
            }
        })
    }

    /// The draft to be endorsed: the one numbered, else the newest this party has not endorsed.
    fn endorsement(
        &self,
        life: &Life,
        said: &std::collections::BTreeMap<ActId, Endorsement>,
        own: &PartyId,
    ) -> Result<Value, StepError> {
        let wanted = |(_, draft): &(&ActId, &AgreementDraft)| match self.form.version {
            Some(version) => draft.version == version,
            None => {
                !said.values().any(|said| said.by == *own && said.digest == draft.digest)
                    && self.digest.is_none_or(|digest| draft.digest == digest)
            }
        };
        let found = life.drafts.iter().filter(wanted).max_by_key(|(_, draft)| draft.version);
        let none = || StepError::NoTarget(self.form.step.clone());
        let (act, draft) = found.ok_or_else(none)?;
        Ok(json!({ "draft": act, "digest": self.digest.unwrap_or(draft.digest) }))
    }

    /// The act named, else the only one there is.
    fn target(&self, mut open: impl Iterator<Item = ActId>) -> Result<ActId, StepError> {
        if let Some(target) = self.target {
            return Ok(target);
        }
        let none = || StepError::NoTarget(self.form.step.clone());
        let first = open.next().ok_or_else(none)?;
        if open.next().is_some() {
            return Err(StepError::Form("`target` is missing: there is more than one".to_owned()));
        }
        Ok(first)
    }
}

/// The earliest day on which a notice given on `date` ends the agreement.
fn earliest_end(life: &Life, date: Date) -> Option<Date> {
    let (_, draft, entered) = life.in_force_on(date)?;
    let term = draft.agreement.term()?;
    term.end_by_notice(term.start(Some(entered)), date)
}
