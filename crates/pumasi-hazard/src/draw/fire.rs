//! Drawn wildfires: a circle of the area that burns.

use libm::sqrt;

use super::{Sketch, Strength, whole};
use crate::{Degree, Hazard, Message};

/// Hectares in a square kilometre.
const HECTARES: f64 = 100.0;

pub(super) fn messages(sketch: &Sketch<'_>) -> (Strength, Vec<Message>) {
    let degree = sketch.class.degree.unwrap_or(Degree::Severe);
    let radius_km = sqrt(sketch.size / HECTARES / std::f64::consts::PI);
    let message = sketch.observed(Hazard::Wildfire, degree, sketch.centre, radius_km);
    (Strength::Hectares(whole(sketch.size)), vec![message])
}
