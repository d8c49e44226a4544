//! Why the fold says no: data, recorded, in order of precedence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pumasi_base::{
    AgreementId, Captions, ClauseId, Date, Digest, Lang, Money, OfficerId, PartyId, Quantity, Time,
};
use serde::{Deserialize, Serialize, Serializer};

use crate::envelope::{ActId, KeyId};
use crate::payload::ClauseCited;

/// The first broken rule of an act, named for what is broken.
///
/// The order of the variants is the order in which rules are checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The act belongs to another matter.
    MatterMustMatch,
    /// A matter is opened once, by its first act.
    MatterMustBeOpenedOnce,
    /// The opening act names rules this software does not know.
    RulesMustBeKnown {
        /// The version named.
        rules: u32,
    },
    /// The opening act leaves out its own author.
    AudienceMustHoldAuthor,
    /// The act before it in its log is not the one at the position before.
    LogMustBeUnbroken,
    /// Its log was forked at or before this act, and nobody acknowledged it before seeing that.
    LogMustNotFork,
    /// Its party has closed the log before this act, and nobody acknowledged it before seeing that.
    LogMustBeOpen {
        /// The act that closed the log.
        closing: ActId,
    },
    /// It cites an identity entry that does not follow those its party cited before.
    IdentityMustContinue,
    /// Another node of the party decides.
    NodeMustDecide {
        /// The key of that node.
        decider: KeyId,
    },
    /// The log may still be written, or was closed before: there is nothing to close.
    LogMustHaveEnded,
    /// The author is not in the audience of the matter.
    AuthorMustBeInAudience,
    /// The body is not what its kind asks for.
    BodyMustRead {
        /// What the reader said.
        what: String,
    },
    /// No officer signed what needs one.
    OfficerMustSign,
    /// An officer's mandate does not cover the kind.
    MandateMustCoverKind {
        /// The officer.
        officer: OfficerId,
        /// The kind.
        kind: String,
    },
    /// An officer's mandate had not begun or had ended.
    MandateMustBeCurrent {
        /// The officer.
        officer: OfficerId,
    },
    /// Too few different persons signed.
    OfficersMustSuffice {
        /// How many are needed.
        needed: u32,
        /// How many different persons signed.
        signed: u32,
    },
    /// The sum is beyond an officer's mandate, or in a currency it does not name.
    AmountMustBeWithinMandate {
        /// The officer.
        officer: OfficerId,
        /// The largest sum.
        amount_max: Money,
    },
    /// The matter does not list the commodity.
    CommodityMustBeListed {
        /// The commodity.
        commodity: String,
    },
    /// The quantity is in another unit than the commodity.
    UnitMustMatch {
        /// The quantity as given.
        quantity: Quantity,
    },
    /// The quantity is nothing.
    QuantityMustNotBeZero,
    /// The other party is not in the audience.
    PartyMustBeInAudience {
        /// The party.
        party: PartyId,
    },
    /// A party cannot aid itself.
    PartiesMustDiffer,
    /// The act it refers to is not in its past, or was refused, or is of another kind.
    ReferenceMustBeKnown {
        /// The act.
        act: ActId,
    },
    /// This step belongs to another party.
    StepMustBeOwn {
        /// Whose step it is.
        party: PartyId,
    },
    /// The order stands at another stage.
    StageMustFit {
        /// Where it stands.
        stage: String,
    },
    /// The agreements say no, or not yet.
    AgreementMustPermit {
        /// The agreement's own reasons, each as code and captions.
        reasons: Vec<AgreementReason>,
        /// The clauses cited.
        clauses: Vec<ClauseCited>,
    },
    /// The act cites no clause although one must permit it.
    ClauseMustBeCited {
        /// The clauses that would permit it.
        clauses: Vec<ClauseCited>,
    },
    /// The clause cited is not one that permits it.
    ClauseMustPermit {
        /// The clause cited.
        cited: ClauseCited,
        /// The clauses that would.
        clauses: Vec<ClauseCited>,
    },
    /// The agreement does not offer this way of settling.
    SettlementMustBeOffered {
        /// The way asked for.
        mode: String,
        /// The clauses on settlement.
        clauses: Vec<ClauseCited>,
    },
    /// Reimbursement needs a price on the order.
    PriceMustBeStated,
    /// The order accepts an offer after its deadline, or nothing shows that it did so before.
    AcceptanceMustBeInTime {
        /// The last moment at which an acceptance counts.
        deadline: Time,
    },
    /// More than was ordered.
    CommitmentMustNotExceedOrder {
        /// The order.
        ordered: Quantity,
    },
    /// More than was committed.
    ShipmentMustNotExceedCommitment {
        /// What may still be shipped.
        left: Quantity,
    },
    /// More than the drawing right still holds, or after its last moment.
    DrawMustNotExceedRight {
        /// What may still be drawn.
        left: Quantity,
        /// The last moment of a draw.
        until: Time,
    },
    /// A shipment is received once.
    ShipmentMustBeReceivedOnce,
    /// Accepted, rejected and short do not add up to what was shipped.
    ReceiptMustAddUp {
        /// What was shipped.
        shipped: Quantity,
    },
    /// The bill differs from price times accepted quantity.
    BillMustMatchReceipt,
    /// The matter is not the agreement's own, and does not stand under it.
    AgreementMustBeOfMatter {
        /// The agreement.
        agreement: AgreementId,
    },
    /// The text laid down does not read as an agreement; its first fault.
    InstrumentMustRead {
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
        /// What is wrong, by the code of the fault: words may change, what is recorded may not.
        fault: String,
    },
    /// The same text has been laid down already.
    DraftMustBeNew {
        /// Under which number.
        version: u32,
    },
    /// Only a party to the agreement may do this.
    AuthorMustBeParty {
        /// The agreement.
        agreement: AgreementId,
    },
    /// What is signed is not the text of the draft.
    InstrumentMustMatch {
        /// The digest of the draft.
        digest: Digest,
    },
    /// The party has done this already, for this version or a later one.
    EndorsementMustBeOnce {
        /// Which.
        version: u32,
    },
    /// Not every party has signed.
    SignaturesMustBeComplete {
        /// Who has not.
        missing: BTreeSet<PartyId>,
    },
    /// The text does not wait for anybody's own procedures.
    RatificationMustBeAwaited {
        /// The clause on entry into force.
        clauses: Vec<ClauseCited>,
    },
    /// The agreement is not in force.
    AgreementMustHaveForce {
        /// How it stands.
        standing: String,
        /// The clause on its term.
        clauses: Vec<ClauseCited>,
    },
    /// The agreement has ended.
    AgreementMustNotHaveEnded {
        /// The agreement.
        agreement: AgreementId,
    },
    /// The agreement has no such clause.
    ClauseMustExist {
        /// The clause.
        clause: ClauseId,
    },
    /// The day is too early.
    DateMustFollow {
        /// The earliest day.
        date: Date,
    },
    /// The text knows no notice; its parties may agree on its end.
    NoticeMustBeProvidedFor {
        /// The clause on its term.
        clauses: Vec<ClauseCited>,
    },
    /// The party has given notice already.
    NoticeMustBeOnce,
    /// The notice is too short.
    NoticeMustBeLongEnough {
        /// The earliest first day without the agreement.
        ends: Date,
        /// The clause on its term.
        clauses: Vec<ClauseCited>,
    },
    /// The clause the order stands on is suspended: what has not left stays.
    DispatchMustNotBeSuspended {
        /// The clause.
        clauses: Vec<ClauseCited>,
    },
}

/// A reason of an agreement, carried with its words so that it reads the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementReason {
    /// The stable code.
    pub code: String,
    /// In words.
    pub words: Captions,
}

impl Refusal {
    /// The stable name of the broken rule.
    #[must_use]
    pub fn code(&self) -> String {
        self.field("code")
    }

    /// The clauses it cites.
    #[must_use]
    pub fn clauses(&self) -> &[ClauseCited] {
        match self {
            Self::AgreementMustPermit { clauses, .. }
            | Self::ClauseMustBeCited { clauses }
            | Self::ClauseMustPermit { clauses, .. }
            | Self::SettlementMustBeOffered { clauses, .. }
            | Self::RatificationMustBeAwaited { clauses }
            | Self::AgreementMustHaveForce { clauses, .. }
            | Self::NoticeMustBeProvidedFor { clauses }
            | Self::NoticeMustBeLongEnough { clauses, .. }
            | Self::DispatchMustNotBeSuspended { clauses } => clauses,
            _ => &[],
        }
    }

    /// What was refused, why and what to do, in `lang`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        if let Self::AgreementMustPermit { reasons, .. } = self {
            let lines: Vec<_> = reasons.iter().map(|r| r.words.in_lang(lang)).collect();
            return lines.join(" · ");
        }
        let code = self.code();
        let Some(caption) = captions().get(&code) else { return code };
        let mut text = caption.in_lang(lang).to_owned();
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) {
            for (name, value) in fields {
                text = text.replace(&format!("{{{name}}}"), &shown(&name, &value, lang));
            }
        }
        text
    }

    /// The refusal as the digest of a state covers it: without words, which are for people and may
    /// be put better one day.
    fn canonical(&self) -> Canonical<'_> {
        match self {
            Self::AgreementMustPermit { reasons, clauses } => Canonical::Permit {
                code: "agreement_must_permit",
                reasons: reasons.iter().map(|reason| reason.code.as_str()).collect(),
                clauses,
            },
            Self::BodyMustRead { .. } => Canonical::Body { code: "body_must_read" },
            other => Canonical::Whole(other),
        }
    }

    fn field(&self, name: &str) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.get(name)?.as_str().map(ToOwned::to_owned))
            .unwrap_or_default()
    }
}

/// What of a refusal is the same on every node, whatever language or library words it.
#[derive(Serialize)]
#[serde(untagged)]
enum Canonical<'a> {
    Permit { code: &'static str, reasons: Vec<&'a str>, clauses: &'a [ClauseCited] },
    Body { code: &'static str },
    Whole(&'a Refusal),
}

/// Writes the refusals of a state in their canonical form.
pub(crate) fn write_canonical<S: Serializer>(
    refused: &BTreeMap<ActId, Refusal>,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_map(refused.iter().map(|(act, refusal)| (act, refusal.canonical())))
}

/// A field of a refusal as its sentence shows it: lists joined, standings in words.
fn shown(name: &str, value: &serde_json::Value, lang: Lang) -> String {
    if let Some(items) = value.as_array() {
        let items: Vec<String> = items.iter().map(|item| shown(name, item, lang)).collect();
        return items.join(", ");
    }
    let Some(text) = value.as_str() else { return value.to_string() };
    let words = pumasi_agreement::vocabulary::term("standing", text).filter(|_| name == "standing");
    words.map_or_else(|| text.to_owned(), |captions| captions.in_lang(lang).to_owned())
}

/// The captions of all refusals by code.
///
/// INVARIANT: the file is part of the source and a test reads it, so it always parses.
fn captions() -> &'static BTreeMap<String, Captions> {
    static CAPTIONS: OnceLock<BTreeMap<String, Captions>> = OnceLock::new();
    CAPTIONS.get_or_init(|| toml::from_str(include_str!("refusal.i18n.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_in_four_languages() {
        let source = include_str!("refusal.rs");
        let body = source.split("pub enum Refusal {").nth(1).unwrap().split("\n}").next().unwrap();
        let names = body.lines().filter_map(|line| {
            let name = line.strip_prefix("    ")?.split([' ', ',', '{']).next()?;
            name.starts_with(char::is_uppercase).then(|| snake(name))
        });
        let mut count = 0;
        for code in names.filter(|code| code != "agreement_must_permit") {
            assert!(captions().contains_key(&code), "{code} has no captions");
            count += 1;
        }
        assert!(count > 20, "{count}");
        assert!(captions().values().all(|captions| captions.missing().is_empty()));
    }

    fn snake(name: &str) -> String {
        name.chars().fold(String::new(), |mut text, c| {
            if c.is_uppercase() && !text.is_empty() {
                text.push('_');
            }
            text.extend(c.to_lowercase());
            text
        })
    }

    #[test]
    fn words_carry_their_figures() {
        let refusal = Refusal::OfficersMustSuffice { needed: 2, signed: 1 };
        assert_eq!(refusal.code(), "officers_must_suffice");
        assert!(refusal.words(Lang::En).contains('2'), "{}", refusal.words(Lang::En));
    }
}
