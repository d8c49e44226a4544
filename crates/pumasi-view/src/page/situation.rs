//! What broke, who is reachable, what moves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, CaseLine, ClauseLine, MapPoint, PartyName, Spread, Words};

pages! {
    /// `GET /api/v1/situation`: what broke, who is reachable, what moves.
    pub struct SituationPage {
        /// The case; absent when nothing is open.
        pub case: Option<CaseLine>,
        /// The moment the page speaks of: the drill clock in an exercise.
        pub as_of: String,
        /// The event.
        pub event: Option<EventLine>,
        /// Places that were hit, worst first.
        pub places: Vec<PlaceLine>,
        /// Needs over all places.
        pub needs: Vec<NeedTotal>,
        /// Links of the network the plan used or lost.
        pub links: Vec<LinkLine>,
        /// What the chosen plan moves.
        pub flows: Vec<FlowLine>,
        /// What the plan cannot serve, and what stops it.
        pub unmet: Vec<UnmetLine>,
        /// Parties of the case and whether they answer.
        pub reach: Vec<ReachLine>,
    }

    /// The event as the latest message gives it.
    pub struct EventLine {
        /// Origin time.
        pub origin: String,
        /// Magnitude as printed, with its scale: `7.6 Mj`.
        pub magnitude: Option<String>,
        /// Depth in kilometres.
        pub depth_km: Option<i32>,
        /// The epicentre.
        pub epicentre: MapPoint,
        /// Who published the message: `JMA`, `USGS`.
        pub source: String,
        /// Event id and serial of the message.
        pub message: String,
        /// The message's own headline, never overwritten.
        pub headline: String,
        /// Language of the headline.
        pub headline_lang: String,
        /// Messages read so far, oldest first.
        pub messages: Vec<String>,
    }

    /// One place.
    pub struct PlaceLine {
        /// Its code.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// The province it belongs to.
        pub province: String,
        /// Its seat.
        pub seat: MapPoint,
        /// Residents.
        pub people: i64,
        /// Intensity as text: `6+` (JMA) or `MMI 7`.
        pub intensity: String,
        /// Intensity in tenths, for shading: JMA class as its lower bound, `65` for 7.
        pub intensity_tenths: i32,
        /// Whether the intensity was observed (else a model).
        pub observed: bool,
        /// People displaced at the peak.
        pub displaced: Spread,
        /// Needs here.
        pub needs: Vec<NeedLine>,
    }

    /// One need at one place.
    pub struct NeedLine {
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Whether this is per day (consumed) or once (durable).
        pub per_day: bool,
        /// How much.
        pub amount: Spread,
        /// Where the factor comes from.
        pub source: String,
    }

    /// One commodity over all places.
    pub struct NeedTotal {
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Needed over the horizon of the plan.
        pub needed: Spread,
        /// Requested so far, whole units.
        pub requested: i64,
        /// Committed or pushed so far.
        pub committed: i64,
        /// Dispatched so far.
        pub shipped: i64,
        /// Accepted by the receiver so far.
        pub received: i64,
        /// What the plan cannot serve.
        pub unmet: i64,
    }

    /// One link.
    pub struct LinkLine {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// sea, air, road or rail.
        pub mode: String,
        /// One end.
        pub from: MapPoint,
        /// The other end.
        pub to: MapPoint,
        /// open, restricted or suspended.
        pub status: String,
        /// Why it does not run as planned: relations, pandemic, operator, damage, weather, season.
        pub cause: Option<String>,
        /// Since when.
        pub since: Option<String>,
        /// Where that is reported.
        pub source: Option<String>,
        /// Kilograms the plan moves over it.
        pub planned_kg: i64,
    }

    /// One allocation of the plan.
    pub struct FlowLine {
        /// Who gives.
        pub giver: PartyName,
        /// Who receives.
        pub receiver: PartyName,
        /// For which place.
        pub place: String,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much.
        pub amount: Amount,
        /// The links, in order.
        pub links: Vec<String>,
        /// The points of its way.
        pub path: Vec<MapPoint>,
        /// Departure.
        pub departs: String,
        /// Arrival.
        pub arrives: String,
        /// The clause that permits it.
        pub clause: ClauseLine,
    }

    /// What stays unmet and why.
    pub struct UnmetLine {
        /// The place.
        pub place: String,
        /// Its names.
        pub place_names: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much, whole units.
        pub units: i64,
        /// Unit code.
        pub unit: String,
        /// no_stock, no_link, too_late, no_permit, ceiling, capacity, handling, not_planned.
        pub cause: String,
        /// The cause in words.
        pub words: Words,
    }

    /// Whether a party answers.
    pub struct ReachLine {
        /// The party.
        pub party: PartyName,
        /// Whether its node answers.
        pub reachable: bool,
        /// The latest act or answer from it.
        pub last_heard: Option<String>,
    }
}
