//! Lanes made ready for searching: who can start where, and which arcs lead on towards a need.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a model names nothing it does not have, and has fewer than 2^32 of anything"
)]

use std::collections::BTreeMap;

use crate::model::{Model, ModelLane};

/// A stock as a place to start from, in a lane that may draw on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) lane: u32,
    pub(super) stock: u32,
    pub(super) site: u32,
    pub(super) ready_period: u32,
}

/// Lanes of one commodity that serve the same needs over the same network: one search does for all.
#[derive(Debug, Clone)]
pub(super) struct Corridor {
    pub(super) commodity: usize,
    pub(super) starts: Vec<Start>,
    pub(super) needs: Vec<u32>,
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
    for (index, lane) in parts.lanes.iter().enumerate() {
        let key = (lane.commodity, lane.network, lane.needs.as_slice());
        let at = *known.entry(key).or_insert_with(|| {
            let (corridor, reached) = corridor(model, lane);
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
fn corridor(model: &Model, lane: &ModelLane) -> (Corridor, Vec<bool>) {
    let parts = model.parts();
    let is_wanted = |need: &&usize| parts.needs[**need].wanted.iter().any(|units| *units > 0.0);
    let needs: Vec<u32> = lane.needs.iter().filter(is_wanted).map(|n| *n as u32).collect();
    let network = &parts.networks[lane.network];
    let leads = leads_on(model, network, &needs);
    let (first, arcs) = leaving(model, network, &leads);
    let corridor = Corridor {
        commodity: lane.commodity,
        starts: Vec::new(),
        needs,
        has_load: parts.commodities[lane.commodity].load > 0.0,
        first,
        arcs,
    };
    (corridor, leads)
}

/// Which sites have a way to some need.
fn leads_on(model: &Model, network: &[usize], needs: &[u32]) -> Vec<bool> {
    let parts = model.parts();
    let mut into: Vec<Vec<u32>> = vec![Vec::new(); parts.sites.len()];
    for arc in network {
        let arc = &parts.arcs[*arc];
        into[arc.to].push(arc.from as u32);
    }
    let mut leads = vec![false; parts.sites.len()];
    let mut open: Vec<u32> = needs.iter().map(|n| parts.needs[*n as usize].site as u32).collect();
    while let Some(site) = open.pop() {
        if !std::mem::replace(&mut leads[site as usize], true) {
            open.extend(into[site as usize].iter().filter(|from| !leads[**from as usize]));
        }
    }
    leads
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
