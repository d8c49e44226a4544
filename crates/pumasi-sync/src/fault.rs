//! Why received acts are not taken.

use pumasi_act::{ActId, PersonalFault, Refusal, VerifyError};
use pumasi_base::{AgreementId, Digest, PartyId};

/// Why received acts are not taken: the cause lies in them, or in what has not arrived yet.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TakeError {
    /// A line is no act or does not verify: the sender's fault.
    #[error("act {id}: {error}")]
    Act {
        /// The act.
        id: ActId,
        /// Why.
        error: VerifyError,
    },
    /// Its matter is not shared with this party, or has not been opened here.
    #[error("act {id} belongs to a matter that is not shared with `{party}`")]
    NotShared {
        /// The act.
        id: ActId,
        /// This party.
        party: PartyId,
    },
    /// The rules do not let it open a matter.
    #[error("act {id} opens no matter: {}", .refusal.code())]
    OpensNothing {
        /// The act.
        id: ActId,
        /// The rule it breaks.
        refusal: Box<Refusal>,
    },
    /// Its past in this matter has not arrived.
    #[error("act {id} came before {missing} in its past")]
    OutOfOrder {
        /// The act.
        id: ActId,
        /// The missing act.
        missing: ActId,
    },
    /// The agreement a matter froze is not known here and was not sent along.
    #[error("matter {matter} stands under `{agreement}` ({digest}), whose text is not here")]
    AgreementUnknown {
        /// The matter.
        matter: ActId,
        /// The agreement.
        agreement: AgreementId,
        /// The digest of the text.
        digest: Digest,
    },
    /// Personal data beside an act are not what it commits to: the act stands without them.
    #[error("the personal data beside act {id}: {fault}")]
    Personal {
        /// The act.
        id: ActId,
        /// What is wrong with them.
        fault: PersonalFault,
    },
    /// The agreements of a matter do not compile together.
    #[error("the agreements of matter {matter} clash: {what}")]
    AgreementsClash {
        /// The matter.
        matter: ActId,
        /// Why.
        what: String,
    },
}

impl TakeError {
    /// Whether other acts may bring what is missing.
    #[must_use]
    pub const fn is_gap(&self) -> bool {
        matches!(self, Self::NotShared { .. } | Self::OutOfOrder { .. })
    }

    /// The reason in one word, as programs read it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Act { .. } => "act_unverifiable",
            Self::NotShared { .. } => "act_not_shared",
            Self::OpensNothing { .. } => "matter_unopened",
            Self::OutOfOrder { .. } => "act_out_of_order",
            Self::AgreementUnknown { .. } => "agreement_unknown",
            Self::Personal { fault, .. } => fault.code(),
            Self::AgreementsClash { .. } => "agreements_clash",
        }
    }
}
