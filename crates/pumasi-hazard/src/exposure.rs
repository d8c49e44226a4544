//! Who was hit how hard: observed intensities first, models where nobody measured, areas of
//! warnings by their codes and outlines.

mod area;
mod shaking;
mod wind;

use pumasi_base::PlaceId;

use crate::{Census, Evidence, Finding, MessageVersion, Method, Severity};

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

/// Every place that was hit, by all that is known of an event, and what was odd.
#[must_use]
pub fn hits(evidence: &Evidence<'_>, census: &Census) -> (Vec<Hit>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut hits = shaking::hits(evidence, census, &mut findings);
    hits.extend(wind::hits(evidence, census, &mut findings));
    hits.extend(area::hits(evidence, census, &mut findings));
    (hits, findings)
}
