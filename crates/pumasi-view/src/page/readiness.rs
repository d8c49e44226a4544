//! What a readiness run says: how much stays unmet, when help is there, what would change it.
//!
//! Shares are in parts per million of the burden if nothing moved. Person-days are days that a
//! person goes without something that hurts as much as going without drinking water. What is
//! suspended, cut or added is an input to the model, never a prediction about a party.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClauseLine, MapPoint, PartyName, Words};

pages! {
    /// `GET /api/v1/readiness`: the runs this node finds, and what one of them says.
    pub struct ReadinessPage {
        /// The folder in which runs are looked for, a folder for each.
        pub folder: String,
        /// Those that are there, by name.
        pub runs: Vec<ReadinessRun>,
        /// What the run that was asked for says, the newest when none was; absent where none is
        /// complete.
        pub report: Option<ReadinessReport>,
    }

    /// A run, complete or under way.
    pub struct ReadinessRun {
        /// The name of its folder.
        pub name: String,
        /// Scenarios of the whole job; absent where its manifest does not read.
        pub of: Option<u64>,
        /// Scenarios done.
        pub done: u64,
        /// Whether it has its tables.
        pub complete: bool,
        /// Why it cannot be shown, in technical words.
        pub fault: Option<String>,
    }

    /// What a run says.
    pub struct ReadinessReport {
        /// The name of its folder.
        pub run: String,
        /// What was run.
        pub job: ReadinessJob,
        /// What the figures rest on.
        pub sample: ReadinessSample,
        /// Of all commodities together, then of each.
        pub unmet: Vec<ReadinessUnmet>,
        /// By place and commodity, most person-days first.
        pub places: Vec<ReadinessPlace>,
        /// Every place that ever needs something, for the map, by id.
        pub sites: Vec<ReadinessSite>,
        /// What could be added, the most gained for its cost first.
        pub steps: Vec<ReadinessStep>,
        /// What each place goes without when national ties are cut and local ties alone are left.
        pub local: Vec<ReadinessChange>,
        /// What could be suspended or cut, the most lost first.
        pub cuts: Vec<ReadinessCut>,
        /// Who relies on whom, by country, the largest share first.
        pub dependence: Vec<ReadinessDependence>,
        /// Who gives more or less when an agreement is suspended, the largest change first.
        pub substitutes: Vec<ReadinessSubstitute>,
        /// The drills, which no statistic counts.
        pub drills: Vec<ReadinessDrill>,
        /// The files behind it: `GET /api/v1/readiness/{run}/{file}`.
        pub files: Vec<ReadinessFile>,
    }

    /// What was run.
    pub struct ReadinessJob {
        /// The seed scenarios were drawn from, in decimal.
        pub seed: String,
        /// The year that agreements and links stand in.
        pub year: i16,
        /// winter, spring, summer or autumn; absent for all.
        pub season: Option<String>,
        /// Periods a plan covers.
        pub periods: i64,
        /// Hours in a period.
        pub period_hours: i64,
        /// Hours from the event to the start of the plan.
        pub delay_hours: i64,
        /// Whether drafts count as if they were in force.
        pub drafts: bool,
        /// Parties that cannot be reached.
        pub unreachable: Vec<PartyName>,
        /// all, none, agreements, links or candidates.
        pub counterfactuals: String,
    }

    /// What figures rest on.
    pub struct ReadinessSample {
        /// Scenarios drawn.
        pub scenarios: u64,
        /// Those in which anything is needed.
        pub harmful: u64,
        /// How many of equal weight would say as much.
        pub effective: i64,
        /// Events in a million years that they stand for.
        pub yearly_micro: i64,
        /// How often they were drawn anew for the intervals.
        pub resamples: u64,
        /// Percent of the resamples within an interval.
        pub interval_percent: u64,
    }

    /// A figure with its interval.
    #[derive(Copy)]
    pub struct Interval {
        /// The lower end.
        pub low: i64,
        /// The figure.
        pub value: i64,
        /// The upper end.
        pub high: i64,
    }

    /// Figures that stand for all, each for a twentieth of the weight, ascending; one that is
    /// missing lies beyond the horizon: never.
    #[derive(Default)]
    pub struct ReadinessDots {
        /// The share unmet, by scenario.
        pub share_ppm: Vec<Option<i64>>,
        /// Hours until half is there, by place and scenario.
        pub half_h: Vec<Option<i64>>,
        /// The same for nine tenths.
        pub ninety_h: Vec<Option<i64>>,
    }

    /// What stays unmet of a commodity.
    pub struct ReadinessUnmet {
        /// Its id; absent for all together.
        pub commodity: Option<String>,
        /// Its names; absent for all together.
        pub names: Option<Words>,
        /// Scenarios in which it is needed.
        pub scenarios: u64,
        /// The share unmet over all scenarios.
        pub share: Interval,
        /// The same with local ties alone; absent where the run did not ask.
        pub local_share: Option<Interval>,
        /// Its distribution.
        pub dots: ReadinessDots,
        /// Its distribution with local ties alone.
        pub local_dots: Option<ReadinessDots>,
    }

    /// What stays unmet of a commodity at a place.
    pub struct ReadinessPlace {
        /// The place.
        pub place: String,
        /// Its names.
        pub place_names: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Scenarios in which it is needed there.
        pub scenarios: u64,
        /// The share unmet over all of them.
        pub share: Interval,
        /// Hours until half is there, the median; absent when never.
        pub half_h: Option<i64>,
        /// The same for nine tenths.
        pub ninety_h: Option<i64>,
        /// Person-days a year that it goes without.
        pub person_days: Interval,
    }

    /// A place on the map.
    pub struct ReadinessSite {
        /// The place.
        pub place: String,
        /// Its names.
        pub names: Words,
        /// Where it is.
        pub at: MapPoint,
        /// Scenarios in which it needs anything.
        pub scenarios: u64,
        /// Person-days a year that it goes without, of all commodities together.
        pub person_days: Interval,
    }

    /// What a place goes without when something is otherwise.
    pub struct ReadinessChange {
        /// The place.
        pub place: String,
        /// Scenarios in which it goes without more or less.
        pub scenarios: u64,
        /// Person-days a year that it then goes without.
        pub person_days: Interval,
        /// How many more than as things are; less than nothing where it gains.
        pub change: Interval,
    }

    /// What a step would bring.
    pub struct ReadinessStep {
        /// The candidate.
        pub candidate: String,
        /// agreement, link or stock.
        pub kind: String,
        /// Its names.
        pub names: Words,
        /// What it would be, in a sentence.
        pub says: Words,
        /// Whole US dollars a year; absent where nobody knows.
        pub cost_usd: Option<i64>,
        /// Scenarios in which it surely helps.
        pub scenarios: u64,
        /// The burden saved, as a share of that if nothing moved.
        pub share: Interval,
        /// Person-days saved a year.
        pub person_days: Interval,
        /// Thousandths of a person-day saved for a thousand US dollars.
        pub milli_days_a_kusd: Option<Interval>,
        /// Its rank by that, from one.
        pub rank: Interval,
        /// Places for which it changes anything.
        pub changes: Vec<ReadinessChange>,
    }

    /// What a cut would cost.
    pub struct ReadinessCut {
        /// The counterfactual as the tables name it.
        pub counterfactual: String,
        /// agreement, clause, link or national_ties.
        pub kind: String,
        /// The agreement or link that is suspended or cut; absent for national ties.
        pub names: Option<Words>,
        /// The clause, where it is one.
        pub clause: Option<ClauseLine>,
        /// Scenarios in which it surely harms.
        pub scenarios: u64,
        /// Scenarios in which nothing of it was used.
        pub unused: u64,
        /// The burden added, as a share of that if nothing moved.
        pub share: Interval,
        /// Person-days lost a year.
        pub person_days: Interval,
    }

    /// Who gives what to whom.
    pub struct ReadinessDependence {
        /// The country that gets.
        pub country: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Who gives.
        pub giver: PartyName,
        /// own for its own stock, home for help under its country's law, agreement for any other.
        pub under: String,
        /// The agreement's title, where it is one.
        pub agreement: Option<Words>,
        /// Scenarios in which it gives.
        pub scenarios: u64,
        /// The share of what the country gets.
        pub share: Interval,
    }

    /// Who takes the place of whom.
    pub struct ReadinessSubstitute {
        /// The agreement that is suspended.
        pub suspended: Words,
        /// The commodity.
        pub commodity: String,
        /// Its names.
        pub names: Words,
        /// Who gives more or less.
        pub giver: PartyName,
        /// own, home or agreement, as for who relies on whom.
        pub under: String,
        /// The agreement's title, where it is one.
        pub agreement: Option<Words>,
        /// Scenarios in which it changes.
        pub scenarios: u64,
        /// How much more is given, as a share of all that is given of it.
        pub share: Interval,
    }

    /// How a drill goes.
    pub struct ReadinessDrill {
        /// The drill.
        pub drill: String,
        /// When it struck.
        pub origin: String,
        /// People out of their homes for longer, the central estimate.
        pub displaced: i64,
        /// The share unmet; absent where nothing is needed.
        pub share_ppm: Option<i64>,
    }

    /// A file of a run.
    pub struct ReadinessFile {
        /// Its name.
        pub name: String,
        /// Rows it has; absent for the report, which is made of the others.
        pub rows: Option<u64>,
    }
}
