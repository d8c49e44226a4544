//! What a text in an agreement file can be read as, with the fault when it cannot.

use pumasi_base::catalog::Mode;
use pumasi_base::{
    AgreementId, CategoryId, ClauseId, CommodityId, PartyId, Period, PurposeId, Quantity, Status,
};

use crate::agreement::{LawLevel, Nature};
use crate::clauses::ceiling::Per;
use crate::clauses::term::Entry;
use crate::clauses::third_party::OnwardTransfer;
use crate::fault::{Fault, FaultKind};
use crate::question::{Action, AlertLevel, Intensity};
use crate::scope::{read_mode, read_status};
use crate::vocabulary;

/// A value that an agreement file writes as a text.
pub(crate) trait Word: Sized {
    /// Reads the text of the field `key`.
    fn read(key: &str, text: &str) -> Result<Self, Fault>;
}

macro_rules! words {
    ($($name:ty: $parse:expr, $kind:ident;)*) => {$(
        impl Word for $name {
            fn read(_: &str, text: &str) -> Result<Self, Fault> {
                $parse(text).map_err(|_| Fault::of(FaultKind::$kind, [&text]))
            }
        }
    )*};
}

words! {
    AgreementId: str::parse, NoId;
    ClauseId: str::parse, NoId;
    CommodityId: str::parse, NoId;
    PartyId: str::parse, NoId;
    Quantity: str::parse, NoQuantity;
    Period: str::parse, NoPeriod;
}

macro_rules! closed {
    ($($name:ty: $parse:expr, $known:expr;)*) => {
        $(impl Word for $name {
            fn read(key: &str, text: &str) -> Result<Self, Fault> {
                $parse(text).map_err(|_| Fault::of(FaultKind::WordUnknown, [&text, &key, &$known]))
            }
        })*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn every_word_that_is_said_to_be_known_is() {
                $(for word in $known.split(", ") {
                    assert!(<$name as Word>::read("key", word).is_ok(), "{word}");
                })*
                let fault = <Nature as Word>::read("nature", "wish").unwrap_err();
                assert_eq!(fault.to_string(), "`wish` is no word for `nature`: use real, summary, draft");
            }
        }
    };
}

closed! {
    Nature: str::parse, "real, summary, draft";
    LawLevel: str::parse, LawLevel::ALL.map(LawLevel::code).join(", ");
    Entry: str::parse, "signature, ratification";
    OnwardTransfer: str::parse, "forbidden, prior_consent, within_receiver";
    Per: str::parse, Per::ALL.map(Per::code).join(", ");
    Action: str::parse, Action::ALL.map(Action::code).join(", ");
    Intensity: str::parse, Intensity::ALL.map(Intensity::code).join(", ");
    AlertLevel: str::parse, AlertLevel::ALL.map(AlertLevel::code).join(", ");
    Status: read_status, "actual, exercise, test";
    Mode: read_mode, "sea, air, road, rail, grid";
    CategoryId: vocabulary::read_category, vocabulary::known_categories();
    PurposeId: vocabulary::read_purpose, vocabulary::known_purposes();
}
