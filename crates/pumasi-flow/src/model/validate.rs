//! Finds what contradicts itself in the parts of a model.

#![expect(clippy::as_conversions, reason = "compared and told, not computed with")]

use super::{ENTRIES_MAX, FIGURE_MAX, ModelError, ModelParts, SHARE_MIN};

/// Longest way, in minutes.
const DURATION_MAX_MIN: f64 = 1e7;

pub(super) fn errors(parts: &ModelParts) -> Vec<ModelError> {
    let mut findings = Findings { parts, errors: Vec::new() };
    findings.sizes();
    findings.figures();
    findings.network();
    findings.goods();
    findings.lanes();
    findings.errors
}

struct Findings<'a> {
    parts: &'a ModelParts,
    errors: Vec<ModelError>,
}

/// One entry of one list.
type Entry = (&'static str, usize);

impl Findings<'_> {
    fn sizes(&mut self) {
        let parts = self.parts;
        let lists = [
            ("sites", parts.sites.len()),
            ("arcs", parts.arcs.len()),
            ("limits", parts.limits.len()),
            ("commodities", parts.commodities.len()),
            ("stocks", parts.stocks.len()),
            ("needs", parts.needs.len()),
            ("ceilings", parts.ceilings.len()),
            ("networks", parts.networks.len()),
            ("lanes", parts.lanes.len()),
        ];
        for (entry, found) in lists {
            if found > ENTRIES_MAX {
                self.errors.push(ModelError::TooMany { entry, found, most: ENTRIES_MAX });
            }
        }
    }

    fn figures(&mut self) {
        let parts = self.parts;
        let horizon = ("horizon", 0);
        self.range(
            horizon,
            "periods",
            count(parts.periods),
            1.0,
            count(crate::problem::PERIODS_MAX),
        );
        self.range(horizon, "period_min", minutes(parts.period_min), 1.0, 1e6);
        self.range(horizon, "cost_weight", parts.cost_weight, 0.0, FIGURE_MAX);
        for (index, limit) in parts.limits.iter().enumerate() {
            self.by_period(("limits", index), "by_period", limit, f64::INFINITY);
        }
        for (index, ceiling) in parts.ceilings.iter().enumerate() {
            self.range(("ceilings", index), "most", *ceiling, 0.0, f64::INFINITY);
        }
        for (index, commodity) in parts.commodities.iter().enumerate() {
            let entry = ("commodities", index);
            self.range(entry, "load", commodity.load, 0.0, FIGURE_MAX);
            self.range(entry, "weight", commodity.weight, 0.0, FIGURE_MAX);
            self.range(entry, "kept", commodity.kept, SHARE_MIN, 1.0);
        }
    }

    fn network(&mut self) {
        let parts = self.parts;
        for (index, site) in parts.sites.iter().enumerate() {
            if let Some(limit) = site.intake {
                self.known(("sites", index), "intake", ("limit", limit, parts.limits.len()));
            }
        }
        for (index, arc) in parts.arcs.iter().enumerate() {
            let entry = ("arcs", index);
            self.known(entry, "from", ("site", arc.from, parts.sites.len()));
            self.known(entry, "to", ("site", arc.to, parts.sites.len()));
            self.range(entry, "duration_min", minutes(arc.duration_min), 0.0, DURATION_MAX_MIN);
            self.range(entry, "cost", arc.cost, 0.0, FIGURE_MAX);
            self.range(entry, "retained", arc.retained, SHARE_MIN, 1.0);
            for limit in &arc.limits {
                self.known(entry, "limits", ("limit", *limit, parts.limits.len()));
            }
        }
        for (index, network) in parts.networks.iter().enumerate() {
            for arc in network {
                self.known(("networks", index), "arcs", ("arc", *arc, parts.arcs.len()));
            }
            self.ascending(("networks", index), "arcs", network);
        }
    }

    fn goods(&mut self) {
        let parts = self.parts;
        for (index, stock) in parts.stocks.iter().enumerate() {
            let entry = ("stocks", index);
            self.known(entry, "site", ("site", stock.site, parts.sites.len()));
            self.known(entry, "commodity", ("commodity", stock.commodity, parts.commodities.len()));
            self.range(entry, "units", stock.units, 0.0, FIGURE_MAX);
        }
        for (index, need) in parts.needs.iter().enumerate() {
            let entry = ("needs", index);
            self.known(entry, "site", ("site", need.site, parts.sites.len()));
            self.known(entry, "commodity", ("commodity", need.commodity, parts.commodities.len()));
            self.by_period(entry, "wanted", &need.wanted, FIGURE_MAX);
            self.range(entry, "priority", need.priority, 0.0, FIGURE_MAX);
            self.known(entry, "group", ("group", need.group, parts.needs.len()));
        }
    }

    fn lanes(&mut self) {
        let parts = self.parts;
        for (index, lane) in parts.lanes.iter().enumerate() {
            let entry = ("lanes", index);
            self.known(entry, "commodity", ("commodity", lane.commodity, parts.commodities.len()));
            self.known(entry, "network", ("network", lane.network, parts.networks.len()));
            self.ascending(entry, "stocks", &lane.stocks);
            self.ascending(entry, "needs", &lane.needs);
            self.ascending(entry, "ceilings", &lane.ceilings);
            for ceiling in &lane.ceilings {
                self.known(entry, "ceilings", ("ceiling", *ceiling, parts.ceilings.len()));
            }
            for named in &lane.stocks {
                self.known(entry, "stocks", ("stock", *named, parts.stocks.len()));
                let held = parts.stocks.get(*named).map(|stock| stock.commodity);
                self.same(index, "stocks", *named, held.is_none_or(|c| c == lane.commodity));
            }
            for named in &lane.needs {
                self.known(entry, "needs", ("need", *named, parts.needs.len()));
                let wanted = parts.needs.get(*named).map(|need| need.commodity);
                self.same(index, "needs", *named, wanted.is_none_or(|c| c == lane.commodity));
            }
        }
    }

    /// The first position that does not come after the one before it.
    fn ascending(&mut self, (entry, index): Entry, field: &'static str, list: &[usize]) {
        let fallen = list.iter().zip(list.iter().skip(1)).find(|(before, named)| before >= named);
        if let Some((before, named)) = fallen {
            let (before, named) = (*before, *named);
            self.errors.push(ModelError::NotAscending { entry, index, field, named, before });
        }
    }

    fn same(&mut self, lane: usize, field: &'static str, named: usize, same: bool) {
        if !same {
            self.errors.push(ModelError::CommodityDiffers { lane, field, named });
        }
    }

    fn known(&mut self, entry: Entry, field: &'static str, named: (&'static str, usize, usize)) {
        let ((entry, index), (what, named, count)) = (entry, named);
        if named >= count {
            self.errors.push(ModelError::Unknown { entry, index, field, what, named, count });
        }
    }

    fn range(&mut self, entry: Entry, field: &'static str, found: f64, least: f64, most: f64) {
        // Not a number is in no range.
        if !(least..=most).contains(&found) {
            let (entry, index) = entry;
            self.errors.push(ModelError::OutOfRange { entry, index, field, found, least, most });
        }
    }

    fn by_period(&mut self, entry: Entry, field: &'static str, figures: &[f64], most: f64) {
        let periods = self.parts.periods;
        if figures.len() != periods {
            let ((entry, index), found) = (entry, figures.len());
            self.errors.push(ModelError::WrongLength { entry, index, field, found, periods });
        }
        for figure in figures {
            self.range(entry, field, *figure, 0.0, most);
        }
    }
}

/// A count as a figure, for ranges and messages.
const fn count(count: usize) -> f64 {
    count as f64
}

/// Minutes as a figure, for ranges and messages.
const fn minutes(minutes: i64) -> f64 {
    minutes as f64
}
