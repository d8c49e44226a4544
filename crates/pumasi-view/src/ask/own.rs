//! What the reader's own node knows that no agreement does: who may sign, and what is overdue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_act::Identity;
use pumasi_act::state::ObligationStage;
use pumasi_agreement::{Action, Overdue, Question};
use pumasi_base::{Captions, Lang, Status, Time};

use crate::lexicon::{Lexicon, read_table};
use crate::page::{MissingLine, Words};
use crate::visible::{Held, cleared};

static WORDS: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_table(include_str!("missing.i18n.toml")));

/// The reader's own identity and the matters its node holds.
pub struct Own<'a> {
    /// Whose node it is, with its officers.
    pub identity: &'a Identity,
    /// The matters it holds.
    pub held: &'a [Held<'a>],
}

impl Own<'_> {
    /// Who owes what is past its day at `now`, by the agreement under which the goods moved.
    ///
    /// Only actual matters bind: an exercise leaves nobody in debt, and a question for an exercise
    /// is not answered by real debts.
    pub(super) fn overdue(&self, status: Status, now: Time) -> Vec<Overdue> {
        if status != Status::Actual {
            return Vec::new();
        }
        let mut all = Vec::new();
        for matter in cleared(self.held, &self.identity.party) {
            if matter.state.genesis.status != Status::Actual {
                continue;
            }
            for order in matter.state.orders.values() {
                let Some((owed, clause)) = order.obligation.as_ref().zip(order.clause.as_ref())
                else {
                    continue;
                };
                let is_open = owed.stage != ObligationStage::Confirmed;
                if is_open && owed.due.is_some_and(|due| due < now) {
                    let (debtor, agreement) = (owed.debtor.clone(), clause.agreement.clone());
                    all.push(Overdue { debtor, agreement });
                }
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// What the party's own mandates want for the step that is asked about: nothing where it is
    /// another party's step, or where one officer may take it alone.
    pub(super) fn missing(
        &self,
        lexicon: &Lexicon,
        question: &Question,
        now: Time,
    ) -> Option<MissingLine> {
        let kind = self.kind(question)?;
        let mandates = self.identity.mandates.values();
        let able = mandates.filter(|mandate| {
            mandate.covers(kind) && mandate.not_before <= now && now <= mandate.not_after
        });
        let (code, count) = match able.map(|mandate| mandate.officers_needed).min() {
            None => ("mandate", 1),
            Some(0 | 1) => return None,
            Some(needed) => ("officers", needed),
        };
        let said = lexicon.kind(kind);
        let words = |lang: Lang| {
            let template = WORDS.get(code).map_or(code, |captions| captions.in_lang(lang));
            template.replace("{count}", &count.to_string()).replace("{kind}", said.in_lang(lang))
        };
        Some(MissingLine {
            code: code.to_owned(),
            words: Words::each(words),
            party: Some(lexicon.party(&self.identity.party)),
        })
    }

    /// The kind of act by which the party would take the step, when it is its step.
    fn kind(&self, question: &Question) -> Option<&'static str> {
        let party = &self.identity.party;
        match question.action {
            Action::Request if *party == question.receiver => Some("request_resource"),
            Action::Order if *party == question.receiver => Some("requisition_resource"),
            Action::Order if *party == question.giver => Some("commit_resource"),
            Action::Offer if *party == question.giver => Some("offer_resource"),
            Action::Push if *party == question.giver => Some("push_resource"),
            _ => None,
        }
    }
}
