//! The kinds of act, one file each.
//!
//! A new kind is a file `kinds/<name>.rs` with its captions in `kinds/<name>.i18n.toml` beside it,
//! and one line in the list below. A published payload never changes: add a kind.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pumasi_base::Captions;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fold::Context;
use crate::refusal::Refusal;
use crate::state::State;

/// A kind of act: how its body reads and what it does.
pub(crate) trait Kind: DeserializeOwned {
    /// Applies the act, or says which rule it breaks; a refusal leaves the state untouched.
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal>;
}

/// One line of the list of kinds.
pub struct KindEntry {
    /// The stable name, as payloads carry it.
    pub name: &'static str,
    marks: &'static [Mark],
    captions: &'static str,
    pub(crate) apply: fn(&Context<'_>, &mut State) -> Result<(), Refusal>,
}

/// What holds of a kind beside what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The clause that permits it must be cited.
    Cites,
    /// It moves goods, which are honoured even under a key found stolen.
    Goods,
    /// The node signs it alone: it binds nobody.
    Node,
}

impl KindEntry {
    /// Whether the clause that permits it must be cited.
    #[must_use]
    pub fn cites(&self) -> bool {
        self.marks.contains(&Mark::Cites)
    }

    /// Whether it moves goods: promises, sends or receives them.
    #[must_use]
    pub fn moves_goods(&self) -> bool {
        self.marks.contains(&Mark::Goods)
    }

    /// Whether it needs an officer; what does not is written by the node itself.
    #[must_use]
    pub fn is_signed_by_officers(&self) -> bool {
        !self.marks.contains(&Mark::Node)
    }
}

/// The words of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindCaptions {
    /// What the kind is called.
    pub name: Captions,
    /// What an act of it says, with `{placeholders}` for the fields of its body.
    pub summary: Captions,
}

fn apply<K: Kind>(context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
    K::deserialize(&context.act.payload().body)
        .map_err(|error| Refusal::BodyMustRead { what: error.to_string() })?
        .apply(context, state)
}

macro_rules! kinds {
    ($($module:ident :: $kind:ident [$($mark:ident),*];)*) => {
        $(pub mod $module;)*

        /// Every kind but `open_matter`, which only opens.
        pub const KINDS: &[KindEntry] = &[$(KindEntry {
            name: stringify!($module),
            marks: &[$(Mark::$mark),*],
            captions: include_str!(concat!("kinds/", stringify!($module), ".i18n.toml")),
            apply: apply::<$module::$kind>,
        }),*];
    };
}

pub mod open_matter;

kinds! {
    relay_alert::RelayAlert [];
    report_needs::ReportNeeds [];
    report_situation::ReportSituation [];
    choose_plan::ChoosePlan [];
    request_resource::RequestResource [Cites];
    offer_resource::OfferResource [Cites];
    withdraw_offer::WithdrawOffer [];
    requisition_resource::RequisitionResource [Cites, Goods];
    cancel_requisition::CancelRequisition [];
    commit_resource::CommitResource [Cites, Goods];
    decline_resource::DeclineResource [];
    push_resource::PushResource [Cites, Goods];
    grant_drawing_right::GrantDrawingRight [Cites];
    draw_resource::DrawResource [Goods];
    dispatch_shipment::DispatchShipment [Goods];
    receive_resource::ReceiveResource [Goods];
    bill_obligation::BillObligation [];
    discharge_obligation::DischargeObligation [];
    confirm_discharge::ConfirmDischarge [];
    draft_agreement::DraftAgreement [];
    initial_agreement::InitialAgreement [];
    sign_agreement::SignAgreement [];
    ratify_agreement::RatifyAgreement [];
    suspend_agreement::SuspendAgreement [];
    resume_agreement::ResumeAgreement [];
    give_notice::GiveNotice [];
    suspend_notice::SuspendNotice [];
    resume_notice::ResumeNotice [];
    withdraw_notice::WithdrawNotice [];
    agree_termination::AgreeTermination [];
    acknowledge_acts::AcknowledgeActs [Node];
    close_log::CloseLog [Node];
    retract_personal_data::RetractPersonalData [];
}

/// The kind of this name, unless it is unknown here.
#[must_use]
pub fn find(name: &str) -> Option<&'static KindEntry> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The words of a kind, unless it is unknown here.
#[must_use]
pub fn captions(name: &str) -> Option<&'static KindCaptions> {
    static CAPTIONS: OnceLock<BTreeMap<&'static str, KindCaptions>> = OnceLock::new();
    let opening = (open_matter::OpenMatter::NAME, include_str!("kinds/open_matter.i18n.toml"));
    CAPTIONS
        .get_or_init(|| {
            // A test reads every file, so that none is left out here.
            std::iter::once(opening)
                .chain(KINDS.iter().map(|kind| (kind.name, kind.captions)))
                .filter_map(|(name, text)| Some((name, toml::from_str(text).ok()?)))
                .collect()
        })
        .get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_captions() {
        for name in KINDS.iter().map(|kind| kind.name).chain(["open_matter"]) {
            let captions = captions(name).unwrap_or_else(|| panic!("{name} has no captions"));
            assert!(captions.name.missing().is_empty() && captions.summary.missing().is_empty());
        }
        assert!(captions("no_such_kind").is_none());
    }
}
