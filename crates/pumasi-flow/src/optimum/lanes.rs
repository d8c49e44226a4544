//! Lanes made ready for searching: who can start where, and which arcs lead on towards a need.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::model::{Model, ModelLane};

/// A stock as a place to start from, in a lane that may draw on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) lane: u32,
    pub(super) stock: u32,
    pub(super) site: u32,
    pub(super) ready_period: u32,
}

/// How near a site is to another, whatever the prices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nearness {
    /// The least minutes from one to the other; `i64::MAX` where no way leads there.
    pub(super) minutes: i64,
    /// The least weighted cost of one unit of load, maybe by another way.
    pub(super) cost: f64,
}

impl Nearness {
    const NEVER: Self = Self { minutes: i64::MAX, cost: f64::INFINITY };
}

/// By network and site, how near each site is to it.
type Known = BTreeMap<(usize, usize), Arc<[Nearness]>>;

/// Lanes of one commodity that serve the same needs over the same network: one search does for all.
#[derive(Debug, Clone)]
pub(super) struct Corridor {
    pub(super) commodity: usize,
    pub(super) starts: Vec<Start>,
    pub(super) needs: Vec<u32>,
    /// Of each of those needs, how near each site is to where it arises.
    pub(super) nearness: Vec<Arc<[Nearness]>>,
    /// Whether what moves takes of limits.
    pub(super) has_load: bool,
    /// Of each site, where its arcs begin in `arcs`.
    first: Vec<u32>,
    arcs: Vec<u32>,
}

impl Corridor {
    /// The arcs that leave `site` towards some need.
    #[inline]
    pub(super) fn arcs(&self, site: u32) -> &[u32] {
        &self.arcs[self.first[site as usize] as usize..self.first[site as usize + 1] as usize]
    }
}

/// Makes the lanes of `model` ready, those gathered that one search does for; says of each lane
/// which corridor it is part of.
pub(super) fn prepare(model: &Model) -> (Vec<Corridor>, Vec<u32>) {
    let parts = model.parts();
    let mut known: BTreeMap<(usize, usize, &[usize]), u32> = BTreeMap::new();
    let mut corridors: Vec<Corridor> = Vec::new();
    let mut of_lane = Vec::with_capacity(parts.lanes.len());
    let mut leads: Vec<Vec<bool>> = Vec::new();
    let mut near = Known::new();
    for (index, lane) in parts.lanes.iter().enumerate() {
        let key = (lane.commodity, lane.network, lane.needs.as_slice());
        let at = *known.entry(key).or_insert_with(|| {
            let (corridor, reached) = corridor(model, lane, &mut near);
            corridors.push(corridor);
            leads.push(reached);
            corridors.len() as u32 - 1
        });
        of_lane.push(at);
        let leads = &leads[at as usize];
        corridors[at as usize].starts.extend(lane.stocks.iter().filter_map(|stock| {
            let held = parts.stocks[*stock];
            let ready_period = held.release_period.max(lane.earliest_period);
            let usable = held.units > 0.0 && ready_period < parts.periods && leads[held.site];
            usable.then_some(Start {
                lane: index as u32,
                stock: *stock as u32,
                site: held.site as u32,
                ready_period: ready_period as u32,
            })
        }));
    }
    (corridors, of_lane)
}

/// The corridor of `lane`, with nowhere to start from yet, and the sites that lead on.
fn corridor(model: &Model, lane: &ModelLane, near: &mut Known) -> (Corridor, Vec<bool>) {
    let parts = model.parts();
    let is_wanted = |need: &&usize| parts.needs[**need].wanted.iter().any(|units| *units > 0.0);
    let needs: Vec<u32> = lane.needs.iter().filter(is_wanted).map(|n| *n as u32).collect();
    let network = &parts.networks[lane.network];
    let nearness: Vec<Arc<[Nearness]>> = needs
        .iter()
        .map(|need| {
            let site = parts.needs[*need as usize].site;
            let held = near.entry((lane.network, site));
            Arc::clone(held.or_insert_with(|| nearness(model, network, site).into()))
        })
        .collect();
    let mut leads = vec![false; parts.sites.len()];
    for from_there in &nearness {
        for (leads, near) in leads.iter_mut().zip(from_there.iter()) {
            *leads |= near.minutes < i64::MAX;
        }
    }
    let (first, arcs) = leaving(model, network, &leads);
    let corridor = Corridor {
        commodity: lane.commodity,
        starts: Vec::new(),
        needs,
        nearness,
        has_load: parts.commodities[lane.commodity].load > 0.0,
        first,
        arcs,
    };
    (corridor, leads)
}

/// How near to `site` each site of a network is, whatever the prices: the least time and the least
/// cost, each by itself.
fn nearness(model: &Model, network: &[usize], site: usize) -> Vec<Nearness> {
    let parts = model.parts();
    let mut into: Vec<Vec<u32>> = vec![Vec::new(); parts.sites.len()];
    for arc in network {
        into[parts.arcs[*arc].to].push(*arc as u32);
    }
    let mut near = vec![Nearness::NEVER; parts.sites.len()];
    near[site] = Nearness { minutes: 0, cost: 0.0 };
    let mut open = VecDeque::from([site]);
    let mut is_open = vec![false; parts.sites.len()];
    while let Some(to) = open.pop_front() {
        is_open[to] = false;
        let held = near[to];
        for arc in &into[to] {
            let arc = &parts.arcs[*arc as usize];
            let before = near[arc.from];
            let minutes = before.minutes.min(held.minutes.saturating_add(arc.duration_min));
            let cost = before.cost.min(held.cost + parts.cost_weight * arc.cost);
            if minutes < before.minutes || cost < before.cost {
                near[arc.from] = Nearness { minutes, cost };
                if !std::mem::replace(&mut is_open[arc.from], true) {
                    open.push_back(arc.from);
                }
            }
        }
    }
    near
}

/// The arcs of `network` that end where `leads`, by the site they leave.
fn leaving(model: &Model, network: &[usize], leads: &[bool]) -> (Vec<u32>, Vec<u32>) {
    let parts = model.parts();
    let useful = |arc: &&usize| {
        let arc = &parts.arcs[**arc];
        leads[arc.to] && arc.from != arc.to
    };
    let mut first = vec![0_u32; parts.sites.len() + 1];
    for arc in network.iter().filter(useful) {
        first[parts.arcs[*arc].from + 1] += 1;
    }
    for site in 0..parts.sites.len() {
        first[site + 1] += first[site];
    }
    let mut next = first.clone();
    let mut arcs = vec![0; first[parts.sites.len()] as usize];
    for arc in network.iter().filter(useful) {
        let at = &mut next[parts.arcs[*arc].from];
        arcs[*at as usize] = *arc as u32;
        *at += 1;
    }
    (first, arcs)
}
