//! Who felt how much: observed intensities first, maps and the model where nobody measured.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::PlaceId;

use super::Hit;
use crate::census::country_of;
use crate::evidence::Cited;
use crate::geometry::is_surely_beyond;
use crate::shaking::{Motion, Rupture, jma_from_log_velocity, mmi_from_log_velocity};
use crate::{
    Census, Evidence, Finding, FindingCode, Grid, Intensity, JmaIntensity, MessageVersion, Method,
    Mmi, Observed, Resident, Severity,
};

/// The places that shook.
///
/// - A municipality with an observation takes it.
/// - Where a station is known to be silent, the model may raise it.
/// - A place without one takes the newest map of shaking that reaches it, else the model, but
///   nothing above the strongest observation of its province, unless a station there is silent. A
///   country that was observed is not modelled in provinces where nothing was felt.
/// - Until there is a hypocentre to model from, a province of which only the strongest value is
///   known is listed as one.
/// - A province stands at its seat for those of its people whom no municipality of the catalog
///   counts.
pub(super) fn hits(
    evidence: &Evidence<'_>,
    census: &Census,
    findings: &mut Vec<Finding>,
) -> Vec<Hit> {
    if evidence.earthquake.is_none() && evidence.observed.is_empty() && evidence.grid.is_none() {
        return Vec::new();
    }
    let mut model_findings = Vec::new();
    let model = Model::of(evidence, &mut model_findings);
    let seen = Seen::of(evidence, census, findings);
    let mut hits = Vec::new();
    for resident in census.residents() {
        let hit = match seen.exact.get(&resident.place) {
            Some(observed) => Some(measured(resident, observed, &model)),
            None => modelled(resident, &model, &seen),
        };
        hits.extend(hit);
    }
    if model.is_nothing() {
        hits.extend(seen.provinces(census));
    }
    let used_model = hits.iter().any(|hit| !hit.method.is_observed());
    if used_model || seen.exact.is_empty() {
        findings.append(&mut model_findings);
    }
    for hit in hits.iter().filter(|hit| hit.is_coarse) {
        let what = match hit.method {
            Method::StrongestOfProvince => "only its strongest intensity is known".to_owned(),
            _ => format!("{} people are taken to live at the seat", hit.people),
        };
        findings.push(Finding::new(FindingCode::PlaceCoarse, hit.place.as_str(), what));
    }
    hits
}

/// What tells of shaking where nobody measured: a map first, then the model of the rupture.
struct Model<'a> {
    grid: Option<&'a Cited<&'a Grid>>,
    rupture: Option<(Rupture, &'a MessageVersion, f64)>,
}

impl<'a> Model<'a> {
    fn of(evidence: &'a Evidence<'_>, findings: &mut Vec<Finding>) -> Self {
        let mut rupture = None;
        if let Some(cited) = &evidence.earthquake {
            let (of, odd) = Rupture::of(&cited.said);
            findings.extend(odd);
            rupture = of.map(|of| (of, &cited.from, of.reach_km(VELOCITY_MIN)));
        }
        Self { grid: evidence.grid.as_ref(), rupture }
    }

    const fn is_nothing(&self) -> bool {
        self.grid.is_none() && self.rupture.is_none()
    }

    /// What is known of a place; nothing far from everything, and below what breaks anything.
    fn at(&self, resident: &Resident) -> Option<Modelled> {
        self.mapped(resident).or_else(|| {
            let (rupture, from, reach_km) = self.rupture.as_ref()?;
            if is_surely_beyond(rupture.epicentre(), resident.seat, *reach_km) {
                return None;
            }
            let motion = rupture.motion_at(resident.seat);
            Some(Modelled::new(resident, motion, rupture.method(), from))
        })
    }

    fn mapped(&self, resident: &Resident) -> Option<Modelled> {
        let grid = self.grid?;
        let value = |column| grid.said.milli_at(column, resident.seat).map(|m| f64::from(m) / 1e3);
        if let Some(velocity) = value("PGV").filter(|velocity| *velocity > 0.0) {
            let motion = Motion::on_map(velocity);
            return Some(Modelled::new(resident, motion, Method::ShakeMap, &grid.from));
        }
        let mmi = value("MMI")?;
        let at = |add: f64| Intensity::Mmi(Mmi::nearest(mmi + add));
        Some(Modelled {
            low: at(-MAP_DOUBT_MMI),
            central: at(0.0),
            high: at(MAP_DOUBT_MMI),
            method: Method::ShakeMap,
            from: grid.from.clone(),
        })
    }
}

/// The doubt about a degree of a map of shaking, as such maps state it between their stations.
const MAP_DOUBT_MMI: f64 = 0.5;
/// The peak ground velocity in cm/s below which nothing is listed: that of JMA 4, the weaker of the
/// two classes from which places are.
const VELOCITY_MIN: f64 = 2.9;

/// What a message observed, by place.
#[derive(Default)]
struct Seen<'a> {
    /// The observation of each municipality of the catalog.
    exact: BTreeMap<&'a PlaceId, &'a Cited<&'a Observed>>,
    /// The strongest observation of each province; none where a station is silent.
    caps: BTreeMap<PlaceId, (Option<Intensity>, &'a MessageVersion)>,
    /// Countries with any observation.
    countries: BTreeSet<&'a str>,
}

impl<'a> Seen<'a> {
    fn of(evidence: &'a Evidence<'_>, census: &Census, findings: &mut Vec<Finding>) -> Self {
        let mut seen = Self::default();
        let mut unknown: BTreeMap<PlaceId, (usize, Intensity)> = BTreeMap::new();
        for cited in evidence.observed.values() {
            let observed = cited.said;
            let province = census.province_of(&observed.place);
            seen.cap(&province, cited);
            seen.countries.insert(country_of(&observed.place));
            if census.resident(&observed.place).is_some_and(|resident| !resident.is_coarse) {
                seen.exact.insert(&observed.place, cited);
            } else if census.province(&observed.place).is_none() {
                let entry = unknown.entry(province).or_insert((0, observed.intensity));
                entry.0 += 1;
                if stronger(observed.intensity, entry.1) {
                    entry.1 = observed.intensity;
                }
            }
            if observed.at_least {
                let what = format!("`{}` has a silent station", observed.name);
                let at = observed.place.as_str();
                findings.push(Finding::new(FindingCode::ReportMissing, at, what));
            }
        }
        findings.extend(unknown.into_iter().map(|(province, (count, strongest))| {
            let what = format!("{count} places not in the catalog, up to {strongest}");
            Finding::new(FindingCode::PlaceUnknown, province.as_str(), what)
        }));
        seen
    }

    fn cap(&mut self, province: &PlaceId, cited: &'a Cited<&'a Observed>) {
        let observed = cited.said;
        let start = (Some(observed.intensity), &cited.from);
        let (cap, _) = self.caps.entry(province.clone()).or_insert(start);
        let raised = |cap: Intensity| {
            if stronger(observed.intensity, cap) { observed.intensity } else { cap }
        };
        *cap = if observed.at_least { None } else { cap.map(raised) };
    }

    /// The provinces of which the strongest value is known, and of no municipality any.
    ///
    /// Most of their people felt less than the strongest: two classes less is taken, and nothing
    /// is certain.
    fn provinces(&self, census: &Census) -> Vec<Hit> {
        let known: BTreeSet<PlaceId> =
            self.exact.keys().map(|place| census.province_of(place)).collect();
        let listed = self.caps.iter().filter(|(province, _)| !known.contains(*province));
        let hit = listed.filter_map(|(province, (cap, from))| {
            let (resident, strongest) = (census.province(province)?, (*cap)?);
            is_worth_listing(strongest).then(|| Hit {
                low: vec![Severity::Shaking(strongest.weaker_by(u8::MAX))],
                central: vec![Severity::Shaking(strongest.weaker_by(2))],
                high: vec![Severity::Shaking(strongest)],
                ..hit(resident, strongest, Method::StrongestOfProvince, from)
            })
        });
        hit.collect()
    }
}

fn hit(resident: &Resident, worst: Intensity, method: Method, from: &MessageVersion) -> Hit {
    Hit {
        place: resident.place.clone(),
        country: resident.country.clone(),
        people: resident.people,
        severity: Severity::Shaking(worst),
        method,
        from: from.clone(),
        is_coarse: resident.is_coarse,
        low: vec![Severity::Shaking(worst)],
        central: vec![Severity::Shaking(worst)],
        high: vec![Severity::Shaking(worst)],
    }
}

fn stronger(a: Intensity, b: Intensity) -> bool {
    a.as_mmi() > b.as_mmi()
}

/// A place with an observation.
///
/// The mean over its stations understates what its people felt, because stations on rock outnumber
/// people there; its strongest station overstates it. The truth is taken to lie in the middle:
/// between the two, this met the shelter counts of Tohoku 2011.
fn measured(resident: &Resident, cited: &Cited<&Observed>, model: &Model<'_>) -> Hit {
    let observed = cited.said;
    let strongest = observed.intensity;
    let mut hit = hit(resident, strongest, Method::Observed, &cited.from);
    // The stations that reported do not speak for those that are silent.
    if !observed.at_least && !observed.stations.is_empty() {
        let stations = observed.stations.iter();
        hit.low = stations.map(|station| Severity::Shaking(station.intensity)).collect();
    }
    hit.central = hit.low.clone();
    hit.central.extend(hit.low.iter().map(|_| Severity::Shaking(strongest)));
    if let Some(modelled) = observed.at_least.then(|| model.at(resident)).flatten() {
        let modelled = modelled.raised_to(strongest);
        if stronger(modelled.central, strongest) {
            hit.method = Method::ObservedAndModel;
        }
        hit.severity = Severity::Shaking(modelled.central);
        hit.central = vec![Severity::Shaking(modelled.central)];
        hit.high = vec![Severity::Shaking(modelled.high)];
    }
    hit
}

/// A place without an observation, if it shook enough to be listed.
fn modelled(resident: &Resident, model: &Model<'_>, seen: &Seen<'_>) -> Option<Hit> {
    let cap = seen.caps.get(&resident.province);
    if cap.is_none() && seen.countries.contains(resident.country.as_str()) {
        return None;
    }
    let mut modelled = model.at(resident)?;
    if let Some((Some(cap), _)) = cap {
        modelled = modelled.held_to(*cap);
    }
    is_worth_listing(modelled.central).then(|| {
        let Modelled { low, central, high, method, from } = modelled;
        // Where a whole province stands in, nothing is certain.
        let low = if resident.is_coarse { Vec::new() } else { vec![Severity::Shaking(low)] };
        Hit { low, high: vec![Severity::Shaking(high)], ..hit(resident, central, method, &from) }
    })
}

/// What a model says of one place.
#[derive(Debug, Clone)]
struct Modelled {
    low: Intensity,
    central: Intensity,
    high: Intensity,
    method: Method,
    from: MessageVersion,
}

impl Modelled {
    fn new(resident: &Resident, motion: Motion, method: Method, from: &MessageVersion) -> Self {
        let on_scale = |log_velocity| on_scale_of(resident, log_velocity);
        Self {
            low: on_scale(motion.low),
            central: on_scale(motion.central),
            high: on_scale(motion.high),
            method,
            from: from.clone(),
        }
    }

    fn each(self, change: impl Fn(Intensity) -> Intensity) -> Self {
        Self {
            low: change(self.low),
            central: change(self.central),
            high: change(self.high),
            ..self
        }
    }

    fn held_to(self, cap: Intensity) -> Self {
        self.each(|intensity| if stronger(intensity, cap) { cap } else { intensity })
    }

    fn raised_to(self, floor: Intensity) -> Self {
        self.each(|intensity| if stronger(floor, intensity) { floor } else { intensity })
    }
}

/// The intensity of the common logarithm of a peak ground velocity in cm/s, on the scale in use at a
/// place.
fn on_scale_of(resident: &Resident, log_velocity: f64) -> Intensity {
    if resident.country == "jp" {
        Intensity::Jma(JmaIntensity::of_instrumental(jma_from_log_velocity(log_velocity)))
    } else {
        Intensity::Mmi(Mmi::nearest(mmi_from_log_velocity(log_velocity)))
    }
}

/// Whether a modelled intensity is strong enough to break anything: JMA 4 or MMI 5.
fn is_worth_listing(intensity: Intensity) -> bool {
    match intensity {
        Intensity::Jma(class) => class >= JmaIntensity::Four,
        Intensity::Mmi(degree) => Some(degree) >= Mmi::new(5),
    }
}
