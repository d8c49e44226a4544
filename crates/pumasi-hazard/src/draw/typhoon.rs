//! Drawn typhoons: a track through a gate, filling over land, and the rain that some bring.

use libm::{exp, fmax};
use pumasi_base::time::plus_seconds;

use super::{Chance, Sketch, Strength, TrackRates, moved, whole};
use crate::wind::PRESSURE_AROUND_HPA;
use crate::{Cyclone, CyclonePosition, Degree, Hazard, Message};

/// Hours between two positions of a track, as warning centres give them near land.
const STEP_H: u8 = 3;
/// How far inland of the landfall the middle of the rain lies, in kilometres.
const INLAND_KM: f64 = 60.0;

/// The track as one message, from which the estimator models winds by Holland's profile, and the
/// flood as another where the rain brings one.
///
/// The landfall stands first: it is the origin of the event.
pub(super) fn messages(
    sketch: &Sketch<'_>,
    rates: &TrackRates,
    chance: &mut Chance,
) -> (Strength, Vec<Message>) {
    let heading = chance.between(sketch.zone.heading_deg).to_radians();
    let speed_km_h = chance.between(sketch.zone.speed_km_h);
    let position = |hours: f64| {
        let seconds = i64::from(whole(hours * 3600.0));
        let filled = exp(-rates.filling_per_h * fmax(hours, 0.0));
        let pressure = PRESSURE_AROUND_HPA - (PRESSURE_AROUND_HPA - sketch.size) * filled;
        CyclonePosition {
            label: "analysis".to_owned(),
            at: Some(plus_seconds(sketch.origin, seconds)),
            centre: Some(moved(sketch.centre, heading, speed_km_h * hours)),
            speed_km_h: u32::try_from(whole(speed_km_h)).ok(),
            pressure_hpa: u32::try_from(whole(pressure)).ok(),
            ..CyclonePosition::default()
        }
    };
    let steps = |until: u8| (1..=until / STEP_H).map(|step| f64::from(step * STEP_H));
    let mut positions = vec![position(0.0)];
    positions.extend(steps(rates.before_h).map(|hours| position(-hours)));
    positions.extend(steps(rates.after_h).map(position));
    let mut message = sketch.message("typhoon");
    message.cyclone = Some(Cyclone { positions, ..Cyclone::default() });
    let mut messages = vec![message];
    let (rains, radius_km) =
        (chance.happens(rates.rain_micro), chance.between(rates.rain_radius_km));
    if rains && sketch.size <= rates.rain_below_hpa {
        let is_extreme = sketch.size <= rates.rain_extreme_below_hpa;
        let degree = if is_extreme { Degree::Extreme } else { Degree::Severe };
        let inland = moved(sketch.centre, heading, INLAND_KM);
        messages.push(sketch.observed(Hazard::Flood, degree, inland, radius_km));
    }
    (Strength::PressureHpa(whole(sketch.size)), messages)
}
