//! Drawn floods: a circle in which rivers and rain water were seen over land.

use super::{Sketch, Strength, whole};
use crate::{Degree, Hazard, Message};

pub(super) fn messages(sketch: &Sketch<'_>) -> (Strength, Vec<Message>) {
    let degree = sketch.class.degree.unwrap_or(Degree::Severe);
    let message = sketch.observed(Hazard::Flood, degree, sketch.centre, sketch.size);
    (Strength::RadiusKm(whole(sketch.size)), vec![message])
}
