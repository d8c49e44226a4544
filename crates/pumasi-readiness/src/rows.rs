//! The tables that a run leaves: what each row says, in which unit.
//!
//! Scenarios are known by their rank in the run, from zero. Burdens are in thousandths of a unit of
//! burden: a unit missing for a period, times the weight of its commodity. Shares are in millionths.

use crate::table::{Table, rows};

rows! {
    /// One scenario, and how the best plan as things are does in it.
    "scenarios" ScenarioRow {
        /// Its rank in the run.
        scenario: i64,
        /// Which one it is: `drawn:1:57` or `drill:noto-2024`.
        name: String,
        /// Its weight in millionths, one million on average; 0 for drills, which were not drawn.
        weight_ppm: i64,
        /// The hazard, such as `earthquake`; empty for drills.
        hazard: String,
        /// The row of the rates it was drawn from; empty for drills.
        source: String,
        /// When it strikes, in UTC.
        origin: String,
        /// People out of their homes for longer, the central estimate.
        displaced: i64,
        /// The burden if nothing moved.
        burden_without_milli: i64,
        /// The burden that the best plan leaves.
        burden_milli: i64,
        /// Burden and weighted cost of that plan: what is least.
        objective_milli: i64,
        /// No plan's objective is below this.
        bound_milli: i64,
    }

    /// What is missing at one place of one commodity.
    "needs" NeedRow {
        /// The scenario.
        scenario: i64,
        /// `base` as things are, else the counterfactual it is of.
        world: String,
        /// The place that is served.
        place: String,
        /// Who receives.
        receiver: String,
        /// What is missing.
        commodity: String,
        /// The burden of one unit missing for one period.
        weight: i64,
        /// Unit-periods missing if nothing moved.
        without: i64,
        /// Unit-periods missing under the best plan.
        unmet: i64,
        /// Hours from the start of the plan until half is there: half of what a period wants of a
        /// perishing need, half of all that was needed of a lasting one. Missing: never within the
        /// horizon.
        half_h: Option<i64>,
        /// The same for nine tenths.
        ninety_h: Option<i64>,
    }

    /// From whom, and under what, a place gets what it gets as things are.
    "givers" GiverRow {
        /// The scenario.
        scenario: i64,
        /// The place that is served.
        place: String,
        /// What it gets.
        commodity: String,
        /// Who gives.
        giver: String,
        /// The agreement that permits it; `own` for what the receiver has itself, `home-` and the
        /// country for help under its own law.
        agreement: String,
        /// Units handed out.
        units: i64,
    }

    /// By which links a place gets what it gets as things are; roads are left out.
    "links" LinkRow {
        /// The scenario.
        scenario: i64,
        /// The place that is served.
        place: String,
        /// What it gets.
        commodity: String,
        /// The link.
        link: String,
        /// Units handed out that came by it.
        units: i64,
    }

    /// Who gives more, and who less, when an agreement is suspended.
    "substitutes" SubstituteRow {
        /// The scenario.
        scenario: i64,
        /// The counterfactual.
        counterfactual: String,
        /// What is given.
        commodity: String,
        /// Who gives.
        giver: String,
        /// Under which agreement, as in `givers`.
        agreement: String,
        /// Units handed out as things are.
        units_before: i64,
        /// Units handed out then.
        units_after: i64,
    }

    /// What a counterfactual does to the objective: more is worse.
    "effects" EffectRow {
        /// The scenario.
        scenario: i64,
        /// The counterfactual: a question to the model, never a prediction about a party.
        counterfactual: String,
        /// The objective changes by this at least.
        least_milli: i64,
        /// And by this at most.
        most_milli: i64,
        /// How that is known: `unused`, `rerouted` or `planned`.
        proof: String,
    }
}

/// Every table, without rows, by name.
#[must_use]
pub fn empty() -> Vec<Table> {
    vec![
        Table::of::<EffectRow>(),
        Table::of::<GiverRow>(),
        Table::of::<LinkRow>(),
        Table::of::<NeedRow>(),
        Table::of::<ScenarioRow>(),
        Table::of::<SubstituteRow>(),
    ]
}
