//! Who lives in an area that a source warns of: by its codes, else by its outline.

use super::Hit;
use crate::evidence::Warning;
use crate::geometry::outside_km;
use crate::message::source;
use crate::{
    Area, Census, Degree, Evidence, Finding, FindingCode, Hazard, Message, Method, Part, Resident,
    Severity, Statement,
};

/// How far the seat of a place may lie outside of an outline that holds no seat at all, in
/// kilometres: about the radius of a large municipality.
const NEAR_KM: f64 = 20.0;

/// The places that messages warn of.
///
/// - A code names municipalities, or a province, of which nothing more is certain.
/// - An outline without codes holds those whose seat lies in it; one that holds no seat stands for
///   the places whose seats are nearest, of which nothing is certain either.
/// - Several sections may name one place, as there are for each language: who estimates counts it
///   once, at the worst.
/// - A warning of what may come counts while it stands and until it ends. What was observed, of a
///   fire or a flood, remains true after both: those whose homes are gone do not return with the
///   all-clear.
pub(super) fn hits(
    evidence: &Evidence<'_>,
    census: &Census,
    findings: &mut Vec<Finding>,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    for Warning { message, stands } in &evidence.warnings {
        let mut named: Vec<Hit> = Vec::new();
        let holds = |part: &&Part| {
            let lasts = part.until.is_none() || part.until > evidence.as_of;
            (*stands && lasts) || is_observed(part)
        };
        for part in message.parts.iter().filter(holds) {
            named.extend(of_part(message, part, census, findings));
        }
        // What a message says of municipalities is more than what it says of their province.
        let is_fine = named.iter().any(|hit| !hit.is_coarse);
        named.retain(|hit| !(is_fine && hit.is_coarse));
        hits.append(&mut named);
    }
    hits
}

/// Whether a section tells of what was seen, not of what may come: `certainty` of CAP.
fn is_observed(part: &Part) -> bool {
    part.says.iter().any(|one| one.what == "certainty" && one.value == "Observed")
}

fn of_part(
    message: &Message,
    part: &Part,
    census: &Census,
    findings: &mut Vec<Finding>,
) -> Vec<Hit> {
    let of_all = degrees(message, &part.says);
    let mut hits = Vec::new();
    for area in &part.areas {
        let of_area = degrees(message, &area.says);
        let said = if of_area.is_empty() { &of_all } else { &of_area };
        if said.is_empty() || is_inner(message, part, area) {
            continue;
        }
        let found = found(message, area, census);
        if found.is_empty() && message.source != source::GDACS {
            let what = format!("nobody in the catalog lives in `{}`", area.label);
            findings.push(Finding::new(FindingCode::PlaceUnknown, message.id.as_str(), what));
        }
        for (hazard, degree) in said {
            hits.extend(found.iter().map(|found| found.hit(message, *hazard, *degree)));
        }
    }
    hits
}

/// Whether an area lies in one that the same section names: a station on its coast.
fn is_inner(message: &Message, part: &Part, area: &Area) -> bool {
    let outer = area.within.and_then(|index| part.areas.get(index));
    message.hazards.first() == Some(&Hazard::Tsunami) && outer.is_some()
}

/// Residents an area stands for.
struct Found<'a> {
    resident: &'a Resident,
    is_certain: bool,
    method: Method,
}

impl Found<'_> {
    fn hit(&self, message: &Message, hazard: Hazard, degree: Degree) -> Hit {
        let severity = Severity::Warned(hazard, degree);
        let warned = |degree: Option<Degree>| {
            degree.map(|degree| Severity::Warned(hazard, degree)).into_iter().collect()
        };
        // Most of a wide area is hit less than its worst part: one degree less is taken.
        let central = if self.is_certain { Some(degree) } else { degree.less() };
        Hit {
            place: self.resident.place.clone(),
            country: self.resident.country.clone(),
            people: self.resident.people,
            severity,
            method: self.method,
            from: message.version(),
            is_coarse: self.resident.is_coarse,
            low: warned(self.is_certain.then_some(degree)),
            central: warned(central),
            high: vec![severity],
        }
    }
}

fn found<'a>(message: &Message, area: &Area, census: &'a Census) -> Vec<Found<'a>> {
    let codes = area.codes.iter();
    let places =
        codes.flat_map(|code| census.places_of_code(&message.source, &code.scheme, &code.code));
    let mut found = Vec::new();
    for place in places {
        if let Some(resident) = census.province(&place).or_else(|| census.resident(&place)) {
            let is_certain = !resident.is_coarse;
            found.push(Found { resident, is_certain, method: Method::WarnedCode });
        }
    }
    if found.is_empty() { outlined(area, census) } else { found }
}

/// The residents whose seats an outline holds, or else those whose seats are near.
fn outlined<'a>(area: &Area, census: &'a Census) -> Vec<Found<'a>> {
    let outside = |resident: &Resident| {
        let shapes = area.shapes.iter().filter_map(|shape| outside_km(shape, resident.seat));
        shapes.min_by(f64::total_cmp)
    };
    let mut inside = Vec::new();
    let mut near = Vec::new();
    for resident in census.residents() {
        let found = |is_certain| Found { resident, is_certain, method: Method::WarnedOutline };
        match outside(resident) {
            Some(km) if km <= 0.0 => inside.push(found(!resident.is_coarse)),
            Some(km) if km <= NEAR_KM => near.push(found(false)),
            _ => {}
        }
    }
    if inside.is_empty() { near } else { inside }
}

/// The hazards that statements name, with how bad each is; empty where they name none, or all is
/// over.
fn degrees(message: &Message, says: &[Statement]) -> Vec<(Hazard, Degree)> {
    if message.source == source::JMA { of_kinds(message, says) } else { of_cap(message, says) }
}

/// The kinds of warning of the Japan Meteorological Agency.
fn of_kinds(message: &Message, says: &[Statement]) -> Vec<(Hazard, Degree)> {
    let is_kind = |one: &&Statement| {
        one.what.ends_with("Kind") && !one.what.ends_with("LastKind") && one.code.is_some()
    };
    let mut degrees: Vec<(Hazard, Degree)> = Vec::new();
    for kind in says.iter().filter(is_kind) {
        let is_over = kind.note.as_deref() == Some("解除") || kind.value.contains("解除");
        let hazard = match Hazard::of_words(&kind.value) {
            Hazard::Other => message.hazards.first().copied().unwrap_or(Hazard::Other),
            hazard => hazard,
        };
        let degree = degree_of_words(&kind.value).filter(|_| !is_over);
        degrees.extend(degree.map(|degree| (hazard, degree)));
    }
    degrees
}

/// How bad a kind of warning is, by the words of the Japan Meteorological Agency; the first that
/// occurs decides. A tsunami forecast (津波予報) is of waves that harm nobody.
const WORDS: &[(&str, Degree)] = &[
    ("特別警報", Degree::Extreme),
    ("大津波警報", Degree::Extreme),
    ("氾濫発生", Degree::Extreme),
    ("氾濫危険", Degree::Severe),
    ("氾濫警戒", Degree::Moderate),
    ("氾濫注意", Degree::Minor),
    ("注意報", Degree::Moderate),
    ("警報", Degree::Severe),
    ("警戒", Degree::Severe),
];

fn degree_of_words(words: &str) -> Option<Degree> {
    WORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, degree)| *degree)
}

/// The severity of an `info` of CAP. One that asks for evacuation is severe at least; one that says
/// `AllClear`, or is of what is past, warns of nothing.
fn of_cap(message: &Message, says: &[Statement]) -> Vec<(Hazard, Degree)> {
    let values = |what: &str| {
        let named = says.iter().filter(move |one| one.what == what);
        named.map(|one| one.value.as_str()).collect::<Vec<_>>()
    };
    if values("responseType").contains(&"AllClear") || values("urgency").contains(&"Past") {
        return Vec::new();
    }
    let mut degree = values("severity").into_iter().find_map(Degree::of_name);
    if values("responseType").contains(&"Evacuate") {
        degree = degree.max(Some(Degree::Severe));
    }
    let of_event = values("event").into_iter().map(Hazard::of_words).next();
    let hazard = match of_event {
        Some(hazard) if hazard != Hazard::Other => hazard,
        _ => message.hazards.first().copied().unwrap_or(Hazard::Other),
    };
    degree.map(|degree| (hazard, degree)).into_iter().collect()
}
