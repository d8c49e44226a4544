//! Who a tropical cyclone blows over: the circles of its telegrams along its track, and the profile
//! of its pressure inside of them or where there are none.

use libm::{ceil, fmax, fmin};
use pumasi_base::{Point, time};

use super::Hit;
use crate::evidence::{Cited, is_forecast};
use crate::geometry::{bearing, between, distance_km, is_surely_beyond};
use crate::wind::{Cyclonic, PRESSURE_AROUND_HPA, radius_towards};
use crate::{
    Census, CyclonePosition, Evidence, Finding, FindingCode, MessageVersion, Method, Resident,
    Severity,
};

/// The steps in which a sustained wind is told, in metres per second: those of the circles of the
/// Japan Meteorological Agency and of its classes of typhoons (強い, 非常に強い, 猛烈な).
pub const STEPS_M_S: [u16; 5] = [15, 25, 33, 44, 54];
/// The weakest wind that places are listed for, in metres per second: that of the storm area.
const LISTED_M_S: u16 = 25;
/// How far a cyclone moves between two looks, in kilometres.
const STRIDE_KM: f64 = 40.0;
/// The most looks between two positions.
const LOOKS_MAX: u32 = 40;
/// Hours between two positions beyond which nobody knows the way between them.
const GAP_H_MAX: f64 = 30.0;
/// Kilometres in an hour that make a metre in a second.
const KM_H: f64 = 3.6;

/// The places over which a cyclone blew or may blow a storm.
///
/// - Within the circles of an analysis winds are certain; within those of a forecast they are not,
///   and the part of a circle that only its doubt adds counts for the worst alone.
/// - Inside the storm circle the profile of the pressure tells how much harder it blows, but in
///   the middle estimate not above the strongest wind of the telegram.
/// - Where a telegram has a pressure and no circles, the profile alone serves.
pub(super) fn hits(
    evidence: &Evidence<'_>,
    census: &Census,
    findings: &mut Vec<Finding>,
) -> Vec<Hit> {
    let Some((first, rest)) = evidence.track.split_first() else { return Vec::new() };
    if evidence.track.iter().all(|at| at.said.winds.is_empty() && at.said.pressure_hpa.is_none()) {
        let what = "the telegrams have neither circles of winds nor a pressure";
        findings.push(Finding::new(FindingCode::ModelUnusable, "cyclone", what));
        return Vec::new();
    }
    let mut looks = looks_between(first, first);
    let mut before = first;
    for position in rest {
        looks.extend(looks_between(before, position));
        before = position;
    }
    let hits = census.residents().iter();
    hits.filter_map(|resident| blown_over(resident, &looks)).collect()
}

/// A cyclone at one moment between two positions of its track.
struct Look<'a> {
    centre: Point,
    /// The positions around it, with the share of the second.
    from: &'a CyclonePosition,
    to: &'a CyclonePosition,
    share: f64,
    /// How far each of the steps reaches by the profile of its pressure, in kilometres.
    profile_km: Option<[f64; STEPS_M_S.len()]>,
    is_forecast: bool,
    reach_km: f64,
    version: &'a MessageVersion,
}

fn looks_between<'a>(
    from: &'a Cited<&'a CyclonePosition>,
    to: &'a Cited<&'a CyclonePosition>,
) -> Vec<Look<'a>> {
    let (Some(start), Some(end)) = (from.said.centre, to.said.centre) else { return Vec::new() };
    let hours = match (from.said.at, to.said.at) {
        #[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "far below 2^52")]
        (Some(from), Some(to)) => time::seconds_between(from, to) as f64 / 3600.0,
        _ => return Vec::new(),
    };
    let way_km = distance_km(start, end);
    let strides = fmin(fmax(ceil(way_km / STRIDE_KM), 1.0), f64::from(LOOKS_MAX));
    // Of a gap only its end is looked at.
    let first = if hours > GAP_H_MAX { strides } else { 1.0 };
    let speed_m_s = if hours > 0.0 { way_km / hours / KM_H } else { speed(to.said) };
    let mut looks = Vec::new();
    let mut stride = first;
    while stride <= strides {
        let share = stride / strides;
        let centre = between(start, end, share);
        looks.push(look(from, to, (centre, share), speed_m_s, hours));
        stride += 1.0;
    }
    looks
}

fn look<'a>(
    from: &'a Cited<&'a CyclonePosition>,
    to: &'a Cited<&'a CyclonePosition>,
    (centre, share): (Point, f64),
    speed_m_s: f64,
    hours: f64,
) -> Look<'a> {
    let pressure = |at: &CyclonePosition| at.pressure_hpa.map(f64::from);
    let profile_km = pressure(from.said).zip(pressure(to.said)).map(|(start, end)| {
        let change_hpa_h = if hours > 0.0 { (end - start) / hours } else { 0.0 };
        let cyclone = Cyclonic {
            pressure_hpa: start + (end - start) * share,
            around_hpa: PRESSURE_AROUND_HPA,
            change_hpa_h,
            lat_deg: f64::from(centre.lat_micro) / 1e6,
            speed_m_s,
        };
        let profile = cyclone.profile(cyclone.usual_radius_km());
        STEPS_M_S.map(|step| profile.reach_km(f64::from(step)))
    });
    let circles = from.said.winds.iter().chain(&to.said.winds).flat_map(|wind| &wind.radii_km);
    let widest = circles.map(|(_, km)| f64::from(*km)).fold(0.0, fmax);
    let storms = STEPS_M_S.iter().position(|step| *step == LISTED_M_S);
    let of_profile = profile_km.as_ref().zip(storms).and_then(|(km, at)| km.get(at));
    Look {
        centre,
        from: from.said,
        to: to.said,
        share,
        profile_km,
        is_forecast: is_forecast(to.said),
        reach_km: fmax(widest, of_profile.copied().unwrap_or(0.0)),
        version: &to.from,
    }
}

fn speed(position: &CyclonePosition) -> f64 {
    position.speed_km_h.map_or(0.0, |speed| f64::from(speed) / KM_H)
}

impl Look<'_> {
    /// The radius of a circle towards a bearing, sure and with its doubt, in kilometres; nothing
    /// where neither position around has such a circle.
    fn circle(&self, wind_m_s: u16, bearing: f64) -> Option<(f64, f64)> {
        let at = |position: &CyclonePosition| {
            let circle = position.winds.iter().find(|one| one.wind_m_s == u32::from(wind_m_s))?;
            let radius = radius_towards(&circle.radii_km, bearing)?;
            // The circle of a forecast is drawn around all the places where the centre may be.
            let doubt = position.centre_within_km.map_or(0.0, f64::from);
            Some((fmax(radius - doubt, 0.0), radius))
        };
        let (start, end) = (at(self.from), at(self.to));
        if start.is_none() && end.is_none() {
            return None;
        }
        let (start, end) = (start.unwrap_or_default(), end.unwrap_or_default());
        let mix = |a: f64, b: f64| a + (b - a) * self.share;
        Some((mix(start.0, end.0), mix(start.1, end.1)))
    }

    /// How hard it blows at a place: at least, in the middle, at most.
    fn winds_at(&self, place: Point) -> Option<([u16; 3], Method)> {
        if is_surely_beyond(self.centre, place, self.reach_km) {
            return None;
        }
        let distance = distance_km(self.centre, place);
        let direction = bearing(self.centre, place);
        let (mut sure, mut most, mut has_circles) = (0, 0, false);
        for step in STEPS_M_S {
            let Some((inner, outer)) = self.circle(step, direction) else { continue };
            has_circles = true;
            sure = if distance <= inner { step.max(sure) } else { sure };
            most = if distance <= outer { step.max(most) } else { most };
        }
        // Inside the ring of the strongest winds the eye is calm for a while, not for good: it
        // counts as the ring does.
        let reached = |km: &[f64; STEPS_M_S.len()]| {
            let steps = STEPS_M_S.iter().zip(km);
            steps.filter(|(_, km)| distance <= **km).map(|(step, _)| *step).max().unwrap_or(0)
        };
        let modelled = self.profile_km.as_ref().map_or(0, reached);
        if !has_circles {
            return Some(([0, modelled, modelled], Method::WindModel));
        }
        let strongest = self.to.wind_m_s.map_or(0, |wind| step_of(f64::from(wind)));
        let inside = if sure >= LISTED_M_S { modelled.min(strongest) } else { 0 };
        let worst = if most >= LISTED_M_S { modelled } else { 0 };
        let low = if self.is_forecast { 0 } else { sure };
        Some(([low, sure.max(inside), most.max(worst).max(inside)], Method::WindCircle))
    }
}

/// The step a wind reaches; 0 below the first.
fn step_of(wind_m_s: f64) -> u16 {
    STEPS_M_S.into_iter().rev().find(|step| wind_m_s >= f64::from(*step)).unwrap_or(0)
}

fn blown_over(resident: &Resident, looks: &[Look<'_>]) -> Option<Hit> {
    let mut worst = [0; 3];
    let mut found: Option<(&Look<'_>, Method)> = None;
    for look in looks {
        let Some((winds, method)) = look.winds_at(resident.seat) else { continue };
        let is_harder = (winds[2], winds[1]) > (worst[2], worst[1]);
        if is_harder || (found.is_none() && winds[2] > 0) {
            found = Some((look, method));
        }
        for (most, wind) in worst.iter_mut().zip(winds) {
            *most = (*most).max(wind);
        }
    }
    let (look, method) = found.filter(|_| worst[2] >= LISTED_M_S)?;
    let [low, central, high] = worst;
    let winds = |wind: u16| if wind == 0 { Vec::new() } else { vec![Severity::Wind(wind)] };
    Some(Hit {
        place: resident.place.clone(),
        country: resident.country.clone(),
        people: resident.people,
        severity: Severity::Wind(if central == 0 { high } else { central }),
        method: if look.is_forecast { Method::WindForecast } else { method },
        from: look.version.clone(),
        is_coarse: resident.is_coarse,
        low: if resident.is_coarse { Vec::new() } else { winds(low) },
        central: winds(central),
        high: winds(high),
    })
}
