//! The pages of the API: what `/api/v1` answers, in one place, for the UI, the CLI and other
//! systems alike.
//!
//! Times are RFC 3339 in UTC; coordinates are millionths of a degree; amounts are thousandths of
//! their unit. Every caption comes in four languages.

use pumasi_base::{Captions, Money, Quantity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! pages {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        $item
    )*};
}

mod agreement;
mod ask;
mod case;
mod doctor;
mod life;
mod map;
mod plan;
mod readiness;
mod register;
mod report;
mod situation;

pub use agreement::*;
pub use ask::*;
pub use case::*;
pub use doctor::*;
pub use life::*;
pub use map::*;
pub use plan::*;
pub use readiness::*;
pub use register::*;
pub use report::*;
pub use situation::*;

pages! {
    /// A caption in the four languages.
    pub struct Words {
        /// Korean.
        pub ko: String,
        /// Japanese.
        pub ja: String,
        /// Chinese in simplified characters.
        #[serde(rename = "zh-Hans")]
        pub zh: String,
        /// English.
        pub en: String,
    }

    /// A party with its names.
    pub struct PartyName {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
    }

    /// An exact amount.
    pub struct Amount {
        /// Thousandths of the unit.
        pub milli: i64,
        /// UN/CEFACT Recommendation 20 code of the unit: EA, LTR, KGM, DAY, KWH.
        pub unit: String,
    }

    /// A range of estimates, in whole units of the commodity.
    #[derive(Copy, Default)]
    pub struct Spread {
        /// Low end: what the first tranche is sized by.
        pub low: i64,
        /// Central estimate.
        pub central: i64,
        /// High end.
        pub high: i64,
    }

    /// A sum of money.
    pub struct Sum {
        /// As text with its ISO 4217 code: `JPY 50000`.
        pub text: String,
        /// Minor units.
        pub minor: i64,
        /// ISO 4217 code.
        pub currency: String,
    }

    /// A clause that was cited.
    pub struct ClauseLine {
        /// The agreement.
        pub agreement: String,
        /// The clause within it.
        pub clause: String,
        /// Its article as printed, in four languages.
        pub article: Words,
        /// What it says, in plain words.
        pub caption: Words,
    }

    /// A point on the map.
    pub struct MapPoint {
        /// Latitude in micro-degrees.
        pub lat_micro: i32,
        /// Longitude in micro-degrees.
        pub lon_micro: i32,
    }

    /// `GET /api/v1/node`: this node.
    pub struct NodePage {
        /// Whose node it is.
        pub party: PartyName,
        /// Public key of the node, in hexadecimal.
        pub key: String,
        /// Fingerprint of the party's identity, to be compared by telephone or on paper.
        pub identity: String,
        /// Incarnation: 1 until a backup is restored.
        pub incarnation: u32,
        /// Version of the software.
        pub version: String,
        /// The node's clock.
        pub time: String,
        /// Acts stored.
        pub acts: u64,
        /// Size and root of the register (C2SP checkpoint).
        pub register_root: String,
        /// Officers with a mandate today.
        pub officers: Vec<OfficerLine>,
    }

    /// An officer and what the mandate allows.
    pub struct OfficerLine {
        /// The id.
        pub id: String,
        /// The name or office as the party wrote it.
        pub name: String,
        /// Kinds of act the mandate covers; `*` for all.
        pub kinds: Vec<String>,
        /// Last moment of the mandate.
        pub not_after: String,
        /// Officers who must sign together.
        pub officers_needed: u32,
    }

    /// `GET /api/v1/neighbours`: who this node shares matters with.
    pub struct NeighboursPage {
        /// When this was seen.
        pub as_of: String,
        /// Every neighbour.
        pub neighbours: Vec<NeighbourLine>,
    }

    /// One neighbour's node as seen from here.
    pub struct NeighbourLine {
        /// Whose node.
        pub party: PartyName,
        /// Where it listens.
        pub url: String,
        /// Whether the last attempt reached it.
        pub reachable: bool,
        /// When it last answered.
        pub last_heard: Option<String>,
        /// Since when it has not answered.
        pub silent_since: Option<String>,
        /// What the last failure was, in technical words.
        pub failure: Option<String>,
        /// Position up to which we hold its feed.
        pub cursor: u64,
        /// Its head, when last heard.
        pub head: u64,
        /// The last checkpoint of this node's register that it cosigned.
        pub cosigned: Option<NeighbourCosigned>,
        /// Digests of shared matters: here and there.
        pub matters: Vec<SharedMatter>,
    }

    /// What a neighbour has witnessed of this node's register.
    pub struct NeighbourCosigned {
        /// The number of acts it covers.
        pub size: u64,
        /// When the neighbour saw it, by its clock.
        pub time: String,
    }

    /// One matter as two nodes see it.
    pub struct SharedMatter {
        /// The matter.
        pub matter: String,
        /// Its title.
        pub title: Words,
        /// State digest here.
        pub here: String,
        /// State digest there, when last heard.
        pub there: Option<String>,
        /// Whether the two hold the same acts and agree.
        pub agreement: DigestAgreement,
    }

    /// How two digests of one matter compare.
    #[serde(rename_all = "snake_case")]
    pub enum DigestAgreement {
        /// Same acts, same state.
        Equal,
        /// One has acts the other has not seen yet.
        Behind,
        /// Same acts, different state: an alarm.
        Diverged,
        /// Not heard yet.
        Unknown,
    }

    /// An answer that is no answer: what, why and what to do.
    pub struct Problem {
        /// What went wrong, stable.
        pub code: String,
        /// In words.
        pub words: Words,
        /// The clauses, when an agreement says no.
        pub clauses: Vec<ClauseLine>,
        /// What to do, in words.
        pub help: Option<Words>,
    }
}

impl From<&Captions> for Words {
    fn from(c: &Captions) -> Self {
        Self { ko: c.ko.clone(), ja: c.ja.clone(), zh: c.zh.clone(), en: c.en.clone() }
    }
}

impl From<Quantity> for Amount {
    fn from(quantity: Quantity) -> Self {
        Self { milli: quantity.as_milli(), unit: quantity.unit().to_string() }
    }
}

impl From<Money> for Sum {
    fn from(money: Money) -> Self {
        Self { text: money.to_string(), minor: money.minor(), currency: money.code().to_owned() }
    }
}
