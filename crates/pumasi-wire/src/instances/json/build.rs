//! From a statement to the numbers of a model, and the names of its positions.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_flow::model::{
    ModelArc, ModelCommodity, ModelLane, ModelNeed, ModelParts, ModelSite, ModelStock,
};
use pumasi_flow::statement::{ByPeriod, Id, StatedLink, StatedPermit, Statement};

use super::super::finding::{Budget, Code, Finding, Findings, made};
use super::super::{Format, Instance, Names};

/// Makes the instance that `said` states; `None` where a finding says why not.
pub(in super::super) fn instance(
    said: &Statement,
    budget: &mut Budget,
    findings: &mut Findings,
) -> Option<Instance> {
    let index = Index::new(said, findings);
    let parts = ModelParts {
        periods: said.periods,
        period_min: said.period_min,
        cost_weight: said.cost_weight,
        sites: Vec::new(),
        arcs: Vec::new(),
        limits: Vec::new(),
        commodities: Vec::new(),
        stocks: Vec::new(),
        needs: Vec::new(),
        ceilings: said.ceilings.iter().map(|ceiling| ceiling.most_t).collect(),
        networks: Vec::new(),
        lanes: Vec::new(),
    };
    let names = Names {
        sites: said.sites.iter().map(|site| Id::clone(&site.id)).collect(),
        commodities: said.commodities.iter().map(|c| Id::clone(&c.id)).collect(),
        stocks: said.stocks.iter().map(|stock| Id::clone(&stock.id)).collect(),
        needs: said.needs.iter().map(|need| Id::clone(&need.id)).collect(),
        ceilings: said.ceilings.iter().map(|ceiling| Id::clone(&ceiling.id)).collect(),
        ..Names::default()
    };
    let mut builder = Builder {
        said,
        index: &index,
        parts,
        names,
        modes: Vec::new(),
        bound: Vec::new(),
        networks: BTreeMap::new(),
        budget,
        findings,
    };
    builder.goods();
    builder.sites();
    builder.links();
    let ceilings = builder.ceilings();
    if builder.findings.is_empty() {
        builder.own_lanes();
        builder.permitted_lanes(&ceilings);
    }
    let Builder { parts, names, findings, .. } = builder;
    if !findings.is_empty() {
        return None;
    }
    let model = made(parts, findings)?;
    let format = Format::Pumasi;
    let (fixed_cost, mandatory, findings) = (0.0, false, Vec::new());
    Some(Instance { format, model, names, fixed_cost, mandatory, findings })
}

/// Where the entries of each list stand, by id.
struct Index<'a> {
    commodities: BTreeMap<&'a str, usize>,
    sites: BTreeMap<&'a str, usize>,
    ceilings: BTreeMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    fn new(said: &'a Statement, findings: &mut Findings) -> Self {
        let mut list = |name: &str, ids: &mut dyn Iterator<Item = &'a Id>| {
            let mut index = BTreeMap::new();
            for (at, id) in ids.enumerate() {
                // An id that is missing was told already.
                if !id.is_empty() && index.insert(id.as_ref(), at).is_some() {
                    let finding = Finding::new(format!("{name}[{at}].id"), Code::IdTwice);
                    findings.push(finding.with("id", id));
                }
            }
            index
        };
        list("links", &mut said.links.iter().map(|entry| &entry.id));
        list("stocks", &mut said.stocks.iter().map(|entry| &entry.id));
        list("needs", &mut said.needs.iter().map(|entry| &entry.id));
        list("permits", &mut said.permits.iter().map(|entry| &entry.id));
        Self {
            commodities: list("commodities", &mut said.commodities.iter().map(|entry| &entry.id)),
            sites: list("sites", &mut said.sites.iter().map(|entry| &entry.id)),
            ceilings: list("ceilings", &mut said.ceilings.iter().map(|entry| &entry.id)),
        }
    }
}

/// Modes and grounds of a permit, which its network follows from.
type Reach<'a> = (Option<BTreeSet<&'a Id>>, Option<BTreeSet<&'a Id>>);

struct Builder<'a, 'f> {
    said: &'a Statement,
    index: &'a Index<'a>,
    parts: ModelParts,
    names: Names,
    /// The mode of each arc.
    modes: Vec<&'a Id>,
    /// The arcs that carry no more than some goods, and those goods.
    bound: Vec<(usize, &'a [Id])>,
    networks: BTreeMap<(Reach<'a>, BTreeSet<usize>), Option<usize>>,
    budget: &'f mut Budget,
    findings: &'f mut Findings,
}

impl<'a> Builder<'a, '_> {
    fn known(
        &mut self,
        list: &'static str,
        index: &BTreeMap<&str, usize>,
        place: impl FnOnce() -> String,
        id: &str,
    ) -> usize {
        if let Some(at) = index.get(id) {
            return *at;
        }
        if !id.is_empty() {
            let finding = Finding::new(place(), Code::UnknownName).with("id", id);
            self.findings.push(finding.with("list", list));
        }
        0
    }

    fn site(&mut self, place: impl FnOnce() -> String, id: &str) -> usize {
        self.known("sites", &self.index.sites, place, id)
    }

    fn commodity(&mut self, place: impl FnOnce() -> String, id: &str) -> usize {
        self.known("commodities", &self.index.commodities, place, id)
    }

    /// Figures by period, written out.
    fn written(&mut self, place: impl FnOnce() -> String, figures: &ByPeriod) -> Vec<f64> {
        let periods = self.said.periods;
        if !self.budget.take(periods, self.findings) {
            return Vec::new();
        }
        match figures {
            ByPeriod::Same(figure) => vec![*figure; periods],
            ByPeriod::Each(figures) if figures.len() == periods => figures.clone(),
            ByPeriod::Each(figures) => {
                let finding = Finding::new(place(), Code::WrongLength).with("periods", periods);
                self.findings.push(finding.with("found", figures.len()));
                vec![0.0; periods]
            }
        }
    }

    fn goods(&mut self) {
        let said = self.said;
        self.parts.commodities = said
            .commodities
            .iter()
            .map(|commodity| ModelCommodity {
                load: commodity.mass_t,
                perishing: commodity.perishing,
                weight: commodity.weight,
                kept: commodity.kept_per_period,
            })
            .collect();
        for (at, stock) in said.stocks.iter().enumerate() {
            let stock = ModelStock {
                site: self.site(|| format!("stocks[{at}].site"), &stock.site),
                commodity: self.commodity(|| format!("stocks[{at}].commodity"), &stock.commodity),
                units: stock.units,
                release_period: stock.release_period,
            };
            self.parts.stocks.push(stock);
        }
        for (at, need) in said.needs.iter().enumerate() {
            let need = ModelNeed {
                site: self.site(|| format!("needs[{at}].site"), &need.site),
                commodity: self.commodity(|| format!("needs[{at}].commodity"), &need.commodity),
                wanted: self.written(|| format!("needs[{at}].wanted"), &need.wanted),
                priority: need.priority,
                group: 0,
            };
            self.parts.needs.push(need);
        }
    }

    fn limit(&mut self, name: &Id, figures: Vec<f64>) -> usize {
        self.parts.limits.push(figures);
        self.names.limits.push(Id::clone(name));
        self.parts.limits.len() - 1
    }

    fn sites(&mut self) {
        let said = self.said;
        for (at, site) in said.sites.iter().enumerate() {
            let intake = site.intake_t.as_ref().map(|intake| {
                let figures = self.written(|| format!("sites[{at}].intake_t"), intake);
                self.limit(&site.id, figures)
            });
            self.parts.sites.push(ModelSite { intake });
        }
    }

    fn links(&mut self) {
        let said = self.said;
        for (at, link) in said.links.iter().enumerate() {
            let from = self.site(|| format!("links[{at}].from"), &link.from);
            let to = self.site(|| format!("links[{at}].to"), &link.to);
            let capacity = self.capacity(at, link);
            self.arc(Id::clone(&link.id), link, (from, to), capacity.clone());
            if link.both_ways {
                self.arc(Id::from(format!("{}:back", link.id)), link, (to, from), capacity);
            }
        }
        // Of links alone this was asked already; what is new are the ways back.
        let mut names: Vec<&Id> = self.names.arcs.iter().collect();
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair.first() == pair.last());
        if let Some(id) = twice.and_then(|pair| pair.first()).filter(|id| id.ends_with(":back")) {
            self.findings.push(Finding::new("links", Code::IdTwice).with("id", id));
        }
    }

    fn arc(
        &mut self,
        name: Id,
        link: &'a StatedLink,
        (from, to): (usize, usize),
        capacity: Option<Vec<f64>>,
    ) {
        let fits = capacity.is_none() || self.budget.take(self.said.periods, self.findings);
        let limits: Vec<usize> =
            capacity.filter(|_| fits).into_iter().map(|c| self.limit(&name, c)).collect();
        let (duration_min, cost, retained) = (link.duration_min, link.cost_per_t, link.retained);
        self.parts.arcs.push(ModelArc { from, to, duration_min, cost, retained, limits });
        self.bound.extend(link.commodities.as_deref().map(|goods| (self.names.arcs.len(), goods)));
        self.names.arcs.push(name);
        self.modes.push(&link.mode);
    }

    /// What may depart over a link in each period, closures taken off; `None` for anything.
    fn capacity(&mut self, at: usize, link: &StatedLink) -> Option<Vec<f64>> {
        let place = |field: &str| format!("links[{at}].{field}");
        let mut capacity = match &link.capacity_t {
            Some(stated) => self.written(|| place("capacity_t"), stated),
            None if link.closures.is_empty() => return None,
            None => self.written(|| place("closures"), &ByPeriod::Same(f64::INFINITY)),
        };
        for (number, closure) in link.closures.iter().enumerate() {
            let place = place(&format!("closures[{number}]"));
            let (from, until) = (closure.from_period, closure.until_period);
            if from >= until {
                let finding = Finding::new(&place, Code::EmptyStretch).with("from", from);
                self.findings.push(finding.with("until", until));
            }
            if closure.share > 1.0 {
                let finding = Finding::new(format!("{place}.share"), Code::OutOfRange);
                let finding = finding.with("least", 0).with("most", 1);
                self.findings.push(finding.found(closure.share));
            }
            for left in capacity.iter_mut().take(until).skip(from) {
                // Nothing of something without limit is nothing.
                *left = if closure.share == 0.0 { 0.0 } else { *left * closure.share };
            }
        }
        Some(capacity)
    }

    /// Whether goods may lie at a site under a permit that names these grounds.
    fn open(&self, site: usize, through: Option<&BTreeSet<&Id>>) -> bool {
        let territory = self.said.sites.get(site).and_then(|site| site.territory.as_ref());
        through.is_none_or(|through| territory.is_none_or(|ground| through.contains(ground)))
    }

    /// The arcs that carry some goods, but not `commodity`.
    fn shut_to(&self, commodity: &Id) -> BTreeSet<usize> {
        let bound = self.bound.iter().filter(|(_, goods)| !goods.contains(commodity));
        bound.map(|(arc, _)| *arc).collect()
    }

    /// The network of a reach without the arcs `shut`; `None` where it does not fit.
    fn network(&mut self, reach: Reach<'a>, shut: BTreeSet<usize>) -> Option<usize> {
        let key = (reach, shut);
        if let Some(known) = self.networks.get(&key) {
            return *known;
        }
        let ((modes, through), shut) = &key;
        let permitted = |(at, arc): (usize, &ModelArc)| {
            let mode = self
                .modes
                .get(at)
                .is_some_and(|mode| modes.as_ref().is_none_or(|modes| modes.contains(mode)));
            let open = |site| self.open(site, through.as_ref());
            (mode && !shut.contains(&at) && open(arc.from) && open(arc.to)).then_some(at)
        };
        let arcs: Vec<usize> = self.parts.arcs.iter().enumerate().filter_map(permitted).collect();
        let network = self.budget.take(arcs.len(), self.findings).then(|| {
            self.parts.networks.push(arcs);
            self.parts.networks.len() - 1
        });
        self.networks.insert(key, network);
        network
    }

    /// Adds a lane, unless it has nothing to give or nobody to serve.
    fn lane(&mut self, name: String, lane: ModelLane) {
        if lane.stocks.is_empty() || lane.needs.is_empty() {
            return;
        }
        let size = lane.stocks.len() + lane.needs.len() + lane.ceilings.len();
        if self.budget.take(size, self.findings) {
            self.parts.lanes.push(lane);
            self.names.lanes.push(Id::from(name));
        }
    }

    /// A party's own stock serves its own needs over everything, without a permit.
    fn own_lanes(&mut self) {
        let stocks = by_party(self.said.stocks.iter().map(|s| (&s.owner, &s.commodity)));
        let needs = by_party(self.said.needs.iter().map(|n| (&n.receiver, &n.commodity)));
        for ((party, commodity), stocks) in stocks {
            let Some(needs) = needs.get(&(party, commodity)) else { continue };
            let shut = self.shut_to(commodity);
            let Some(network) = self.network((None, None), shut) else { return };
            let lane = ModelLane {
                commodity: self.commodity(String::new, commodity),
                network,
                earliest_period: 0,
                stocks,
                needs: needs.clone(),
                ceilings: Vec::new(),
            };
            self.lane(format!("own/{party}/{commodity}"), lane);
        }
    }

    fn permitted_lanes(&mut self, ceilings: &[Vec<usize>]) {
        let said = self.said;
        let stocks = by_party(said.stocks.iter().map(|s| (&s.owner, &s.commodity)));
        let needs = by_party(said.needs.iter().map(|n| (&n.receiver, &n.commodity)));
        for (permit, ceilings) in said.permits.iter().zip(ceilings) {
            self.permit(permit, ceilings, &stocks, &needs);
        }
    }

    /// The ceilings each permit names.
    fn ceilings(&mut self) -> Vec<Vec<usize>> {
        let mut of_permits = Vec::new();
        for (at, permit) in self.said.permits.iter().enumerate() {
            let mut ceilings = Vec::new();
            for (number, id) in permit.ceilings.iter().enumerate() {
                let place = || format!("permits[{at}].ceilings[{number}]");
                ceilings.push(self.known("ceilings", &self.index.ceilings, place, id));
            }
            ceilings.sort_unstable();
            of_permits.push(ceilings);
        }
        of_permits
    }

    fn permit(
        &mut self,
        permit: &'a StatedPermit,
        ceilings: &[usize],
        stocks: &BTreeMap<(&Id, &Id), Vec<usize>>,
        needs: &BTreeMap<(&Id, &Id), Vec<usize>>,
    ) {
        let through: Option<BTreeSet<&Id>> = permit.through.as_ref().map(|t| t.iter().collect());
        let modes = permit.modes.as_ref().map(|modes| modes.iter().collect());
        let all: Vec<Id>;
        // A permit may name goods the instance has none of; that is no contradiction.
        let covered = match &permit.commodities {
            Some(named) => named,
            None => {
                all = self.names.commodities.clone();
                &all
            }
        };
        let mut networks: BTreeMap<BTreeSet<usize>, Option<usize>> = BTreeMap::new();
        for id in covered {
            let Some(commodity) = self.index.commodities.get(id.as_ref()).copied() else {
                continue;
            };
            let gather = |held: &BTreeMap<(&Id, &Id), Vec<usize>>, parties: &[Id]| {
                let lists = parties.iter().filter_map(|party| held.get(&(party, id)));
                let mut entries: Vec<usize> = lists.flatten().copied().collect();
                entries.sort_unstable();
                entries
            };
            let (mut give, mut take) =
                (gather(stocks, &permit.givers), gather(needs, &permit.receivers));
            let lies = |site: Option<usize>| site.is_some_and(|s| self.open(s, through.as_ref()));
            give.retain(|stock| lies(self.parts.stocks.get(*stock).map(|s| s.site)));
            take.retain(|need| {
                let asked = self.said.needs.get(*need).is_some_and(|need| need.requested);
                (asked || permit.push) && lies(self.parts.needs.get(*need).map(|n| n.site))
            });
            if give.is_empty() || take.is_empty() {
                continue;
            }
            let shut = self.shut_to(id);
            let known = networks.get(&shut).copied();
            let network = known.unwrap_or_else(|| {
                self.network((Clone::clone(&modes), through.clone()), shut.clone())
            });
            networks.insert(shut, network);
            let Some(network) = network else { return };
            let lane = ModelLane {
                commodity,
                network,
                earliest_period: permit.earliest_period,
                stocks: give,
                needs: take,
                ceilings: ceilings.to_vec(),
            };
            self.lane(format!("{}/{id}", permit.id), lane);
        }
    }
}

/// The positions of entries by party and commodity.
fn by_party<'a>(
    entries: impl Iterator<Item = (&'a Id, &'a Id)>,
) -> BTreeMap<(&'a Id, &'a Id), Vec<usize>> {
    let mut by: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, key) in entries.enumerate() {
        by.entry(key).or_default().push(at);
    }
    by
}
