//! What moves by when, what stays undone, and how good that is at most.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, CaseLine, ClauseLine, MapPoint, PartyName, Words};

pages! {
    /// `GET /api/v1/plan`: the plan of a case, its proof, what binds it and what would help.
    pub struct PlanPage {
        /// The case.
        pub case: CaseLine,
        /// The moment the page speaks of: the drill clock in an exercise.
        pub as_of: String,
        /// The act that states the plan; absent when it was only reckoned.
        pub chosen: Option<ChosenLine>,
        /// Digest of the plan.
        pub plan: String,
        /// Digest of the plan it replaces.
        pub parent: Option<String>,
        /// Digest of the problem it answers.
        pub problem: String,
        /// Start of the time it covers.
        pub start: String,
        /// Minutes in a period.
        pub period_min: i64,
        /// Periods it covers.
        pub periods: i64,
        /// How far from the best it is at most.
        pub proof: ProofLine,
        /// What it achieves.
        pub served: ServedLine,
        /// Ports and hubs it passes.
        pub ports: Vec<PortLine>,
        /// Links it uses, and links that are closed some of the time.
        pub links: Vec<PlanLink>,
        /// What moves, first arrivals first.
        pub flows: Vec<PlanFlow>,
        /// What it is loaded on, and what that cost.
        pub loading: LoadingLine,
        /// What stays unmet, the heaviest burden first.
        pub unmet: Vec<PlanUnmet>,
        /// What binds most, over all needs.
        pub binds: Vec<BindLine>,
        /// The changes that would help most, planned again for each, the largest gain first.
        pub next: Vec<NextLine>,
        /// What it changes against the plan before it; absent when there is none to compare with.
        pub replan: Option<ReplanLine>,
        /// What the problem had to leave out.
        pub findings: Vec<String>,
    }

    /// Who chose a plan, and what the act says of its proof.
    pub struct ChosenLine {
        /// The act.
        pub act: String,
        /// Whose.
        pub party: PartyName,
        /// When.
        pub at: String,
    }

    /// A proof in figures. Sums are burdens: units missing in a period times their weight.
    pub struct ProofLine {
        /// Burden and cost of the plan, in thousandths.
        pub objective_milli: String,
        /// No plan can have less, in thousandths.
        pub bound_milli: String,
        /// The burden if nothing moved, in thousandths.
        pub without_relief_milli: String,
        /// How far the plan is above the bound, in parts per million of the burden without relief.
        pub gap_ppm: i64,
        /// What whole units cost against fractions of units, before anything is loaded, in parts
        /// per million of the burden without relief; absent where the problem is too large to plan
        /// in fractions.
        pub rounding_ppm: Option<i64>,
        /// Digest of the prices that prove it.
        pub certificate: String,
    }

    /// What a plan achieves. Shares are of the burden without relief, in parts per million.
    pub struct ServedLine {
        /// The share taken away over all periods.
        pub share_ppm: i64,
        /// The share taken away in each period; a period without need has all of it.
        pub by_period_ppm: Vec<i64>,
        /// Minutes from the start until half the burden of a period is gone; absent when never.
        pub half_min: Option<i64>,
        /// Minutes from the start until nine tenths are; absent when never.
        pub nine_tenths_min: Option<i64>,
        /// Of all needs, the largest share unmet.
        pub worst_ppm: i64,
        /// The place of that need; absent when nothing is unmet.
        pub worst_place: Option<Words>,
        /// The commodity of that need.
        pub worst_commodity: Option<Words>,
        /// Transport, in cents of a US dollar.
        pub cost_cents: String,
    }

    /// A port, airport or hub.
    pub struct PortLine {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// Where it is.
        pub at: MapPoint,
    }

    /// A link as the plan sees it.
    pub struct PlanLink {
        /// Its id.
        pub id: String,
        /// Its names.
        pub names: Words,
        /// sea, air, road or rail.
        pub mode: String,
        /// One end.
        pub from: String,
        /// The other end.
        pub to: String,
        /// Periods in which it is closed.
        pub closed_periods: i64,
        /// Why: relations, pandemic, operator, damage, weather, season.
        pub cause: Option<String>,
        /// Kilograms the plan moves over it.
        pub kg: i64,
    }

    /// Goods that move together.
    pub struct PlanFlow {
        /// Who gives.
        pub giver: PartyName,
        /// Who receives.
        pub receiver: PartyName,
        /// For which place.
        pub place: String,
        /// Its names.
        pub place_names: Words,
        /// What.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// How much leaves.
        pub amount: Amount,
        /// How much of it is handed out, where some is lost on the way or while it is kept.
        pub left: Option<Amount>,
        /// Its load in kilograms.
        pub kg: i64,
        /// What it is packed in; absent where it travels without pallets or lies there already.
        pub packed: Option<PackedLine>,
        /// Where it lies at the start.
        pub from: String,
        /// Departure; the same as the arrival where it lies where it is needed.
        pub departs: String,
        /// Arrival.
        pub arrives: String,
        /// The clause that permits it; absent where a party uses its own stock.
        pub clause: Option<ClauseLine>,
        /// Its way, in order.
        pub legs: Vec<PlanLeg>,
    }

    /// One use of one link.
    pub struct PlanLeg {
        /// The link.
        pub link: String,
        /// Where it leaves.
        pub from: String,
        /// Where it arrives.
        pub to: String,
        /// Departure.
        pub departs: String,
        /// Arrival.
        pub arrives: String,
        /// Vehicles that leave with it on this link in this period, with everything aboard; 0 where
        /// it travels without pallets.
        pub vehicles: i64,
    }

    /// What a movement is packed in.
    pub struct PackedLine {
        /// Whole pallets.
        pub pallets: i64,
        /// Units on a broken pallet.
        pub loose: i64,
    }

    /// What a plan is loaded on.
    pub struct LoadingLine {
        /// Whole pallets, over all movements.
        pub pallets: i64,
        /// Movements with loose units, each on a broken pallet.
        pub broken: i64,
        /// Vehicles that leave, counted on each link: trucks, containers, aircraft pallets.
        pub vehicles: i64,
        /// Of their pallet positions, the share that stays empty, in parts per million.
        pub empty_positions_ppm: i64,
        /// Of the mass they could carry, the share that they do not, in parts per million.
        pub empty_mass_ppm: i64,
        /// What bringing the plan on pallets and vehicles cost; absent where this node does not know
        /// the plan as it was before.
        pub rounding: Option<RoundingLine>,
        /// What leaves on each link each day.
        pub loads: Vec<LoadLine>,
    }

    /// What pallets and vehicles cost.
    pub struct RoundingLine {
        /// The burden added, in parts per million of the burden without relief; never below zero.
        pub burden_ppm: i64,
        /// The same as a burden.
        pub burden: String,
        /// Transport added, in cents of a US dollar; below zero where less is paid.
        pub cost_cents: String,
        /// Burden and cost added, in thousandths.
        pub objective_milli: String,
        /// Kilograms left behind for want of a pallet position.
        pub left_kg: i64,
        /// Kilograms that leave later than planned for want of a pallet position.
        pub delayed_kg: i64,
        /// Movements with loose units before pallets were made whole.
        pub broken_before: i64,
        /// What is left behind.
        pub left_behind: Vec<LeftLine>,
    }

    /// Goods that no vehicle takes.
    pub struct LeftLine {
        /// Whose.
        pub giver: PartyName,
        /// For which place they were.
        pub place: Words,
        /// What.
        pub names: Words,
        /// How much.
        pub amount: Amount,
        /// Their mass in kilograms.
        pub kg: i64,
    }

    /// What leaves one end of a link in one day.
    pub struct LoadLine {
        /// The link.
        pub link: String,
        /// Its names.
        pub names: Words,
        /// sea, air, road or rail.
        pub mode: String,
        /// What it is loaded with: a truck, a container, an aircraft pallet.
        pub vehicle: Words,
        /// Where it leaves.
        pub from: String,
        /// Where it goes.
        pub to: String,
        /// The day of the plan, from one.
        pub day: i64,
        /// When that day begins.
        pub day_start: String,
        /// How many vehicles.
        pub vehicles: i64,
        /// Whole pallets.
        pub pallets: i64,
        /// Pallets of loose units, which movements share.
        pub broken: i64,
        /// Kilograms.
        pub kg: i64,
    }

    /// One need that is not met in full.
    pub struct PlanUnmet {
        /// The place.
        pub place: String,
        /// Its names.
        pub place_names: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Units wanted in each period; of what lasts, all wanted up to then.
        pub wanted: Vec<i64>,
        /// Units of these unmet in each period.
        pub unmet: Vec<i64>,
        /// The share unmet over all periods, in parts per million.
        pub share_ppm: i64,
        /// Its burden, in parts per million of the burden without relief.
        pub burden_ppm: i64,
        /// What stops it, the costliest first.
        pub binds: Vec<BindLine>,
    }

    /// One limit and what it costs.
    pub struct BindLine {
        /// no_stock, no_link, too_late, no_permit, ceiling, capacity, handling, not_planned, or
        /// together when only several at once would help.
        pub cause: String,
        /// In words, with the name of what it is.
        pub words: Words,
        /// The clause that is suspended or whose ceiling is reached.
        pub clause: Option<ClauseLine>,
        /// How many needs it stops.
        pub needs: i64,
        /// What it costs them, in parts per million of the burden without relief.
        pub burden_ppm: i64,
    }

    /// One change, and what planning again with it gains.
    pub struct NextLine {
        /// open_link, larger_link, larger_port, resume_clause, larger_ceiling, make_agreement,
        /// larger_stock or lay_in.
        pub kind: String,
        /// The link, port, clause or stock, or who could give what to whom.
        pub what: Words,
        /// The clause, where it is one.
        pub clause: Option<ClauseLine>,
        /// What the two plans differ by, in parts per million of the burden without relief.
        pub gain_ppm: i64,
        /// What the best plans differ by at least.
        pub least_ppm: i64,
        /// What the best plans differ by at most.
        pub most_ppm: i64,
    }

    /// What a plan changes against the one before.
    pub struct ReplanLine {
        /// Digest of the plan before.
        pub before: String,
        /// When that plan began.
        pub before_start: String,
        /// Movements of the plan before that had left when this one begins: no plan changes them.
        pub past: i64,
        /// Movement by movement: those that changed, then those that did not.
        pub changes: Vec<MoveChange>,
        /// What is ordered or under way already, and stays so.
        pub under_way: Vec<UnderWayLine>,
    }

    /// What became of the movements of one party's goods to one place.
    pub struct MoveChange {
        /// kept, added, dropped, larger, smaller, later, sooner or rerouted.
        pub kind: String,
        /// Who gives.
        pub giver: PartyName,
        /// Who receives.
        pub receiver: PartyName,
        /// For which place.
        pub place: Words,
        /// What.
        pub names: Words,
        /// Unit code.
        pub unit: String,
        /// Units before.
        pub before: i64,
        /// Units now.
        pub now: i64,
        /// The last arrival before.
        pub arrived: Option<String>,
        /// The last arrival now.
        pub arrives: Option<String>,
        /// Why, as far as the two problems tell.
        pub causes: Vec<ChangeCause>,
    }

    /// Why a movement changed.
    pub struct ChangeCause {
        /// link_closed, link_open, agreement_stopped, agreement_resumed, stock_less, stock_more,
        /// need_more, need_less, under_way or whole_plan.
        pub code: String,
        /// The link, clause, place or party.
        pub what: Option<Words>,
    }

    /// What is promised already.
    pub struct UnderWayLine {
        /// The order.
        pub order: String,
        /// Who gives.
        pub giver: PartyName,
        /// Who receives.
        pub receiver: PartyName,
        /// For which place.
        pub place: Words,
        /// What.
        pub names: Words,
        /// Promised.
        pub committed: Amount,
        /// Of this dispatched.
        pub shipped: Amount,
    }
}
