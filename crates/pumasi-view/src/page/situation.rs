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
        /// People over all places.
        pub people: PeopleTotal,
        /// How the estimate moved from message to message, oldest first.
        pub moves: Vec<EstimateMove>,
        /// What parties counted and saw, newest first.
        pub situations: Vec<SituationLine>,
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
        /// What it is, in short names such as `earthquake`, `wildfire`: what the latest message is
        /// about, then what else the messages that stand are about.
        pub hazards: Vec<String>,
        /// What the message does: alert, update or cancel.
        pub kind: String,
        /// When the last of what it says stops holding.
        pub until: Option<String>,
        /// Magnitude as printed, with its scale: `7.6 Mj`.
        pub magnitude: Option<String>,
        /// Depth in kilometres.
        pub depth_km: Option<i32>,
        /// The epicentre of an earthquake, or the centre of a cyclone.
        pub epicentre: Option<MapPoint>,
        /// What the messages that stand outline.
        pub outlines: Vec<OutlineLine>,
        /// Who published the message: `JMA`, `USGS`.
        pub source: String,
        /// Event id and serial of the message.
        pub message: String,
        /// The message's own headline, never overwritten.
        pub headline: String,
        /// Language of the headline.
        pub headline_lang: String,
        /// Messages read so far, oldest first.
        pub messages: Vec<MessageLine>,
    }

    /// One message.
    pub struct MessageLine {
        /// Who published it, event id and version.
        pub message: String,
        /// What it is about, in short names.
        pub hazards: Vec<String>,
        /// alert, update or cancel.
        pub kind: String,
        /// When it was sent.
        pub sent: String,
        /// Its headline, never overwritten.
        pub headline: String,
        /// Language of the headline.
        pub headline_lang: String,
        /// SHA-256 of the message as it was received.
        pub document: String,
    }

    /// An outline on the map.
    #[derive(Default)]
    pub struct OutlineLine {
        /// Its points, closed; empty for a circle.
        pub ring: Vec<MapPoint>,
        /// The centre of a circle.
        pub centre: Option<MapPoint>,
        /// The radius of a circle in metres.
        pub radius_m: Option<i64>,
        /// The wind reached in it, of a cyclone, in metres per second.
        pub wind_m_s: Option<i64>,
        /// The time it is of, where it is not that of the message.
        pub at: Option<String>,
    }

    /// People over all places.
    #[derive(Default)]
    pub struct PeopleTotal {
        /// Residents of all places that were hit.
        pub residents: i64,
        /// Out of their homes at the peak, those told to leave included.
        pub evacuated: Spread,
        /// Out of their homes for longer: what the needs rest on.
        pub displaced: Spread,
        /// Without piped water.
        pub without_water: Spread,
        /// Deaths; absent where no method tells.
        pub deaths: Option<Spread>,
        /// The version of the factors behind these figures.
        pub factors: Option<String>,
    }

    /// One estimate: what one message, or count, made of it.
    pub struct EstimateMove {
        /// Who estimated.
        pub party: PartyName,
        /// The message it came with.
        pub message: String,
        /// When that was estimated.
        pub at: String,
        /// Whether it came with counts of a situation report.
        pub counted: bool,
        /// The messages it rests on.
        pub messages: Vec<String>,
        /// The version of the factors.
        pub factors: String,
        /// Places that were hit.
        pub places: i64,
        /// Out of their homes at the peak.
        pub evacuated: Spread,
        /// Out of their homes for longer.
        pub displaced: Spread,
        /// Without piped water.
        pub without_water: Spread,
        /// Deaths; absent where no method tells.
        pub deaths: Option<Spread>,
    }

    /// What a party counted and saw.
    pub struct SituationLine {
        /// The act.
        pub act: String,
        /// Whose report.
        pub party: PartyName,
        /// The province.
        pub province: Words,
        /// When it was so.
        pub as_of: String,
        /// Who counted.
        pub source: String,
        /// What the party says, never overwritten.
        pub text: String,
        /// Language of the text.
        pub lang: String,
        /// The counts, place by place.
        pub counts: Vec<CountedLine>,
    }

    /// One count of one place.
    pub struct CountedLine {
        /// The place.
        pub place: Words,
        /// What was counted: homes_destroyed, homes_half_destroyed, homes_without_water,
        /// people_in_shelters, people_dead, people_injured or people_missing.
        pub what: String,
        /// How many.
        pub count: i64,
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
        /// How hard it was hit at the worst: `6+` (JMA), `MMI 7`, `wind 25`, `wildfire severe`;
        /// empty where damage was counted alone.
        pub intensity: String,
        /// Intensity in tenths, for shading: JMA class as its lower bound, `65` for 7.
        pub intensity_tenths: i32,
        /// Whether the intensity was observed (else a model).
        pub observed: bool,
        /// What else hit it.
        pub also: Vec<String>,
        /// How its figures were found, in a short name such as `observed` or `model_line`.
        pub method: Option<String>,
        /// The message its figures rest on.
        pub message: Option<String>,
        /// People out of their homes at the peak.
        pub evacuated: Spread,
        /// People out of their homes for longer.
        pub displaced: Spread,
        /// People without piped water.
        pub without_water: Option<Spread>,
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
        /// What the provinces that were hit keep ready themselves.
        pub stock: i64,
        /// What a first tranche carries: the low end of three days' need, less that stock and less
        /// what is committed.
        pub first_tranche: i64,
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
        /// sea, air, road, rail or grid.
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
