//! What was odd, without stopping the work.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something odd in a message or about a place, that did not stop the work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// What sort of oddity; screens hold its caption in every language.
    pub code: FindingCode,
    /// Where: a path in the message, a place, or a factor.
    pub at: String,
    /// What exactly, for operators, in English.
    pub what: String,
}

impl Finding {
    /// Notes something odd.
    #[must_use]
    pub fn new(code: FindingCode, at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { code, at: at.into(), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code, self.at, self.what)
    }
}

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The sorts of oddity.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum FindingCode {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )*}

        impl FindingCode {
            /// Every code, so that screens can prove they caption each.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as text.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

finding_codes! {
    /// The message withdraws its event; nothing is estimated.
    AlertCancelled = "alert_cancelled",
    /// A value is missing that the message usually has.
    ValueMissing = "value_missing",
    /// A value does not read or is impossible, and was left out.
    ValueUnreadable = "value_unreadable",
    /// The magnitude is too large for the source's method; only a minimum is known.
    MagnitudeIsMinimum = "magnitude_is_minimum",
    /// A place has not reported although strong shaking is presumed there.
    ReportMissing = "report_missing",
    /// A place of the message is not in the catalog; its people are not counted.
    PlaceUnknown = "place_unknown",
    /// A whole province stands in for municipalities the catalog does not list.
    PlaceCoarse = "place_coarse",
    /// A country has no published death rates of its own.
    RatesBorrowed = "rates_borrowed",
    /// No rates are known for a country; its people are left out of the figure.
    RatesMissing = "rates_missing",
    /// The ground-motion model could not be used.
    ModelUnusable = "model_unusable",
    /// The magnitude or depth lies outside what the ground-motion model was made for.
    ModelOutsideRange = "model_outside_range",
    /// A need names a commodity that is not in the catalog.
    CommodityUnknown = "commodity_unknown",
    /// A need is counted in another unit than the catalog's commodity.
    UnitsDiffer = "units_differ",
    /// An entry of a feed is no earthquake.
    NotAnEarthquake = "not_an_earthquake",
    /// An entry of a feed could not be read and was left out.
    EntrySkipped = "entry_skipped",
    /// The message is signed; its signature was not checked.
    SignatureNotChecked = "signature_not_checked",
    /// The message declares another encoding than it has.
    EncodingDiffers = "encoding_differs",
    /// The sort of message is not known; only what all sorts share was read.
    ProductUnknown = "product_unknown",
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
