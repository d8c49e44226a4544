//! Drawn earthquakes: a hypocentre and magnitude, from which the estimator models the shaking.

use super::{Chance, Sketch, Strength, whole};
use crate::{Earthquake, Message};

/// From this magnitude on a strike is not drawn: too little of such a rupture lies on any one line.
const STRIKE_BELOW: f64 = 8.0;

pub(super) fn messages(sketch: &Sketch<'_>, chance: &mut Chance) -> (Strength, Vec<Message>) {
    let depth_km = chance.between(sketch.zone.depth_km);
    let strike = whole(chance.between([0.0, 359.0]));
    let magnitude_centi = whole(sketch.size * 100.0);
    let mut message = sketch.message("earthquake");
    message.earthquake = Some(Earthquake {
        epicentre: Some(sketch.centre),
        depth_m: Some(whole(depth_km * 1000.0)),
        magnitude_centi: Some(magnitude_centi),
        magnitude_type: Some("Mw".to_owned()),
        strike_deg: (sketch.size < STRIKE_BELOW).then_some(strike),
        tectonic: sketch.zone.tectonic,
        ..Earthquake::at(sketch.origin)
    });
    (Strength::MagnitudeCenti(magnitude_centi), vec![message])
}
