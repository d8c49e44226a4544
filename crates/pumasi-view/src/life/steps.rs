//! The steps in an agreement's life that are open to the reader.

use std::collections::BTreeSet;

use pumasi_act::ActId;
use pumasi_act::life::{AgreementDraft, Endorsement, NoticeMove};
use pumasi_agreement::Standing;
use pumasi_agreement::status::Force;
use pumasi_base::Date;

use super::{One, asks_ratification, words};
use crate::page::StepLine;

/// The kind of act a step is made by; none for what is no step.
#[must_use]
pub fn kind_of(step: &str) -> Option<&'static str> {
    Some(match step {
        "draft" => "draft_agreement",
        "initial" => "initial_agreement",
        "sign" => "sign_agreement",
        "ratify" => "ratify_agreement",
        "suspend" => "suspend_agreement",
        "resume" => "resume_agreement",
        "give_notice" => "give_notice",
        "suspend_notice" => "suspend_notice",
        "resume_notice" => "resume_notice",
        "withdraw_notice" => "withdraw_notice",
        "agree_termination" => "agree_termination",
        _ => return None,
    })
}

impl One<'_> {
    /// What the reader may do next; nothing when it is no party to the agreement.
    pub(super) fn steps(&self, on: Date, standing: &Standing) -> Vec<StepLine> {
        let own = self.reader.party;
        if self.text(on).is_some_and(|text| !text.parties().contains(own)) {
            return Vec::new();
        }
        let mut steps = Vec::new();
        if !standing.status.has_ended() {
            steps.push(self.step("draft"));
            steps.extend(self.endorsements());
        }
        let force = standing.force_for(self.matter.state.genesis.status, on);
        if standing.status.has_force() && force != Force::None {
            steps.extend(self.steps_in_force(on, standing));
        }
        steps
    }

    /// Initials, signature and ratification of the newest draft, as far as they are lacking.
    fn endorsements(&self) -> Vec<StepLine> {
        let Some(draft) = self.life.newest() else {
            return Vec::new();
        };
        let progress = self.life.progress(draft);
        let parties: BTreeSet<_> = draft.agreement.parties().iter().cloned().collect();
        let mut open = Vec::new();
        let signed = self.has_endorsed(&self.life.signatures, draft);
        if !signed && !self.has_endorsed(&self.life.initials, draft) {
            open.push("initial");
        }
        if !signed {
            open.push("sign");
        }
        let all_signed = progress.signed.is_superset(&parties);
        let ratified = self.has_endorsed(&self.life.ratifications, draft);
        if asks_ratification(&draft.agreement) && all_signed && !ratified {
            open.push("ratify");
        }
        let on_it = |step| StepLine { version: Some(draft.version), ..self.step(step) };
        open.into_iter().map(on_it).collect()
    }

    /// Whether the reader has endorsed this draft or a later one.
    fn has_endorsed(
        &self,
        said: &std::collections::BTreeMap<ActId, Endorsement>,
        draft: &AgreementDraft,
    ) -> bool {
        let version = |said: &Endorsement| self.life.drafts.get(&said.draft).map(|d| d.version);
        said.values()
            .filter(|said| said.by == *self.reader.party)
            .any(|said| version(said).is_some_and(|version| version >= draft.version))
    }

    fn steps_in_force(&self, on: Date, standing: &Standing) -> Vec<StepLine> {
        let own = self.reader.party;
        let about =
            |step, act: &ActId| StepLine { target: Some(act.to_string()), ..self.step(step) };
        let mut steps = vec![self.step("suspend")];
        for (act, said) in self.in_order(&self.life.suspensions) {
            if said.by == *own && said.lifted.is_none() {
                steps.push(about("resume", act));
            }
        }
        let mut noticed = false;
        for (act, notice) in self.in_order(&self.life.notices) {
            let last = notice.last_move();
            if notice.by != *own || last == Some(NoticeMove::Withdraw) {
                continue;
            }
            noticed = true;
            let held = last == Some(NoticeMove::Suspend);
            steps.push(about(if held { "resume_notice" } else { "suspend_notice" }, act));
            steps.push(about("withdraw_notice", act));
        }
        let term = self.text(on).and_then(pumasi_agreement::Agreement::term);
        let ends = term.and_then(|term| term.end_by_notice(term.start(standing.entered), on));
        if let Some(ends) = ends.filter(|_| !noticed) {
            steps.push(StepLine { ends: Some(ends.to_string()), ..self.step("give_notice") });
        }
        steps.push(self.step("agree_termination"));
        steps
    }

    /// A step with the officers who may take it.
    fn step(&self, step: &str) -> StepLine {
        let kind = kind_of(step).unwrap_or_default();
        let now = self.reader.now;
        let current =
            |m: &&pumasi_act::Mandate| m.covers(kind) && m.not_before <= now && now <= m.not_after;
        let able: Vec<_> = self.reader.mandates.iter().filter(current).collect();
        StepLine {
            step: step.to_owned(),
            words: words(&format!("step_{step}"), &[]),
            version: None,
            target: None,
            ends: None,
            officers_needed: able.iter().map(|m| m.officers_needed).min().unwrap_or(1),
            officers: able.iter().map(|m| m.officer.to_string()).collect(),
        }
    }
}
