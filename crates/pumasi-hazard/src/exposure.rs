//! Who was hit how hard: observed intensities first, models where nobody measured, areas of
//! warnings by their codes and outlines.

mod area;
mod shaking;
mod wind;

use std::cmp::Ordering;

use pumasi_base::PlaceId;

use crate::{Census, Evidence, Finding, Hazard, MessageVersion, Method, Severity};

/// One way in which the people of one place were hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The place.
    pub place: PlaceId,
    /// The country, whose death rates hold.
    pub country: String,
    /// How many people it concerns.
    pub people: i64,
    /// How hard, at the worst known.
    pub severity: Severity,
    /// How that was found.
    pub method: Method,
    /// The message it rests on.
    pub from: MessageVersion,
    /// Whether a whole province stands in for municipalities, of which nothing is certain.
    pub is_coarse: bool,
    /// The severities over which the people are spread evenly, if they got off lightly; empty where
    /// nobody need have been hit.
    pub low: Vec<Severity>,
    /// The same as far as is known.
    pub central: Vec<Severity>,
    /// The same at the worst.
    pub high: Vec<Severity>,
}

impl Hit {
    /// The severities for death rates: those rates were fitted to smooth maps of shaking, on which
    /// no single strong station speaks for a town.
    #[must_use]
    pub fn smooth(&self) -> &[Severity] {
        if self.method == Method::Observed { &self.low } else { &self.central }
    }
}

/// The kinds of hit of which one place has one at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Shaking.
    Shaking,
    /// The wind of a cyclone.
    Wind,
    /// A hazard that a source warns of.
    Warned(Hazard),
}

impl Kind {
    /// The kind of a hit.
    #[must_use]
    pub const fn of(hit: &Hit) -> Self {
        match hit.severity {
            Severity::Shaking(_) => Self::Shaking,
            Severity::Wind(_) => Self::Wind,
            Severity::Warned(hazard, _) => Self::Warned(hazard),
        }
    }
}

impl Hit {
    /// Whether it is worse than another of its kind; of equals the surer one is.
    #[must_use]
    pub fn is_worse_than(&self, other: &Self) -> bool {
        let by_severity = match (self.severity, other.severity) {
            (Severity::Shaking(one), Severity::Shaking(other)) => {
                one.as_mmi().total_cmp(&other.as_mmi())
            }
            (Severity::Wind(one), Severity::Wind(other)) => one.cmp(&other),
            (Severity::Warned(_, one), Severity::Warned(_, other)) => one.cmp(&other),
            _ => Ordering::Equal,
        };
        by_severity.then(self.low.len().cmp(&other.low.len())) == Ordering::Greater
    }
}

/// Every place that was hit, by all that is known of an event, and what was odd; a place is named
/// several times where several messages or sections name it.
#[must_use]
pub fn hits(evidence: &Evidence<'_>, census: &Census) -> (Vec<Hit>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut hits = shaking::hits(evidence, census, &mut findings);
    hits.extend(wind::hits(evidence, census, &mut findings));
    hits.extend(area::hits(evidence, census, &mut findings));
    (hits, findings)
}
