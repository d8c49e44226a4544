//! Reads the tables of a run into lists of figures by scenario, row group by row group, so that a
//! run of ten thousand scenarios fits into memory.

use std::collections::BTreeMap;
use std::path::Path;

use crate::figures::BASE;
use crate::folder::{self, FolderError};
use crate::rows::{EffectRow, GiverRow, LinkRow, NeedRow, ScenarioRow, SubstituteRow};
use crate::table::{Row, Table};

/// Figures by scenario: its rank among those drawn, and the figure. In the rank of the run.
pub type Figures = Vec<(usize, i64)>;

/// What is missing and what there is to miss.
#[derive(Debug, Clone, Default)]
pub struct Missing {
    /// Burden if nothing moved.
    pub without: Figures,
    /// Burden left.
    pub unmet: Figures,
    /// Hours until half is there, of each place and scenario.
    pub half_h: Vec<(usize, Option<i64>)>,
    /// Hours until nine tenths are there.
    pub ninety_h: Vec<(usize, Option<i64>)>,
}

/// What a counterfactual does.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// At least this much, in thousandths of burden; more is worse.
    pub least: Figures,
    /// At most this much.
    pub most: Figures,
    /// How many scenarios were answered how: unused, rerouted, planned.
    pub proofs: BTreeMap<String, u64>,
    /// In how many it surely changes something.
    pub matters: u64,
}

/// Everything that is told of.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The drills.
    pub drills: Vec<ScenarioRow>,
    /// The scenarios that were drawn, in rank.
    pub drawn: Vec<ScenarioRow>,
    /// As things are, by place and commodity.
    pub places: BTreeMap<(String, String), Missing>,
    /// Burden left at a place, all commodities together, by world and place.
    pub places_in: BTreeMap<(String, String), Figures>,
    /// By world and commodity.
    pub worlds: BTreeMap<(String, String), Missing>,
    /// Units by country or place and commodity, and by giver and agreement.
    pub givers: BTreeMap<(String, String), BTreeMap<(String, String), Figures>>,
    /// Units by country or place and commodity, and by link.
    pub links: BTreeMap<(String, String), BTreeMap<String, Figures>>,
    /// By counterfactual.
    pub effects: BTreeMap<String, Effects>,
    /// Units before and after, by counterfactual, commodity, giver and agreement.
    pub substitutes: BTreeMap<[String; 4], [Figures; 2]>,
}

impl Gathered {
    /// Reads the tables in the folder of a run that is complete.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(run: &Path) -> Result<Self, FolderError> {
        let folder = folder::tables(run);
        let mut all = Self::default();
        each(
            &folder,
            |row: ScenarioRow| {
                if row.weight_ppm > 0 { all.drawn.push(row) } else { all.drills.push(row) }
            },
        )?;
        each(&folder, |row: NeedRow| all.need(row))?;
        each(&folder, |row: GiverRow| all.giver(row))?;
        each(&folder, |row: LinkRow| all.link(row))?;
        each(&folder, |row: EffectRow| all.effect(row))?;
        each(&folder, |row: SubstituteRow| all.substitute(row))?;
        Ok(all)
    }

    /// The rank among those drawn; nothing for drills, which come first in a run.
    fn rank(&self, scenario: i64) -> Option<usize> {
        usize::try_from(scenario).ok()?.checked_sub(self.drills.len())
    }

    fn need(&mut self, row: NeedRow) {
        let Some(rank) = self.rank(row.scenario) else { return };
        let burden = |units: i64| units.saturating_mul(row.weight);
        let (without, unmet) = (burden(row.without), burden(row.unmet));
        let add = |missing: &mut Missing| {
            add(&mut missing.without, rank, without);
            add(&mut missing.unmet, rank, unmet);
            missing.half_h.push((rank, row.half_h));
            missing.ninety_h.push((rank, row.ninety_h));
        };
        let at = self.places_in.entry((row.world.clone(), row.place.clone())).or_default();
        self::add(at, rank, unmet);
        if row.world == BASE {
            add(self.places.entry((row.place, row.commodity.clone())).or_default());
        }
        add(self.worlds.entry((row.world, row.commodity)).or_default());
    }

    fn giver(&mut self, row: GiverRow) {
        let Some(rank) = self.rank(row.scenario) else { return };
        for scope in [country(&row.place), row.place] {
            let of = self.givers.entry((scope, row.commodity.clone())).or_default();
            let by = of.entry((row.giver.clone(), row.agreement.clone())).or_default();
            add(by, rank, row.units);
        }
    }

    fn link(&mut self, row: LinkRow) {
        let Some(rank) = self.rank(row.scenario) else { return };
        for scope in [country(&row.place), row.place] {
            let of = self.links.entry((scope, row.commodity.clone())).or_default();
            add(of.entry(row.link.clone()).or_default(), rank, row.units);
        }
    }

    fn effect(&mut self, row: EffectRow) {
        let Some(rank) = self.rank(row.scenario) else { return };
        let effects = self.effects.entry(row.counterfactual).or_default();
        add(&mut effects.least, rank, row.least_milli);
        add(&mut effects.most, rank, row.most_milli);
        effects.matters += u64::from(row.least_milli > 0 || row.most_milli < 0);
        *effects.proofs.entry(row.proof).or_default() += 1;
    }

    fn substitute(&mut self, row: SubstituteRow) {
        let Some(rank) = self.rank(row.scenario) else { return };
        let key = [row.counterfactual, row.commodity, row.giver, row.agreement];
        let [before, after] = self.substitutes.entry(key).or_default();
        add(before, rank, row.units_before);
        add(after, rank, row.units_after);
    }
}

/// The country of a place: the first part of its id.
fn country(place: &str) -> String {
    place.split('-').next().unwrap_or_default().to_owned()
}

/// Adds to the figure of a scenario: rows come in the rank of the run.
fn add(figures: &mut Figures, rank: usize, figure: i64) {
    match figures.last_mut() {
        Some((last, sum)) if *last == rank => *sum = sum.saturating_add(figure),
        _ => figures.push((rank, figure)),
    }
}

fn each<R: Row>(folder: &Path, mut take: impl FnMut(R)) -> Result<(), FolderError> {
    folder::read(folder, &Table::of::<R>(), |table| {
        table.rows::<R>().for_each(&mut take);
        Ok(())
    })
}
