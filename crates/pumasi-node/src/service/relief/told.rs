//! Messages and estimates as the bodies of acts.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::ActId;
use pumasi_act::kinds::relay_alert::{MessageType, Outline, RelayAlert};
use pumasi_act::kinds::report_needs::{NeedReport, PlaceReport, ReportNeeds};
use pumasi_base::{CommodityId, Digest, PlaceId, Point};
use pumasi_hazard::{
    Cyclone, Estimate, Footprint, Intensity, JmaIntensity, Message, MessageVersion, Need, Range,
    Severity, Shape,
};

/// The most places of one report: an act stays well below the size of a leaf.
const PLACES_MAX: usize = 24;
/// The most outlines of one act, and the most points of one ring.
const OUTLINES_MAX: usize = 24;
const POINTS_MAX: usize = 64;
/// The most positions of a cyclone whose circles are drawn: that of now first.
const POSITIONS_MAX: usize = 4;

/// A range as acts write it.
pub(super) const fn three(range: Range) -> [i64; 3] {
    [range.low, range.central, range.high]
}

/// A message as the act that relays it.
pub(super) fn alert(
    message: &Message,
    document: Digest,
    province_of: impl Fn(&PlaceId) -> Option<PlaceId>,
) -> RelayAlert {
    let quake = message.earthquake.as_ref();
    let magnitude = quake.and_then(|quake| {
        let centi = quake.magnitude_centi?;
        let scale = quake.magnitude_type.as_deref().unwrap_or("M");
        let least = if quake.magnitude_is_minimum { "≥" } else { "" };
        Some(format!("{least}{}.{} {scale}", centi / 100, centi % 100 / 10))
    });
    let eye =
        message.cyclone.as_ref().and_then(|one| one.positions.iter().find_map(|at| at.centre));
    let headline = message.headlines.first();
    RelayAlert {
        source: message.source.clone(),
        event: message.event.clone(),
        version: version(&message.product, message.serial),
        message: match message.kind {
            pumasi_hazard::MessageType::Alert => MessageType::Alert,
            pumasi_hazard::MessageType::Update => MessageType::Update,
            pumasi_hazard::MessageType::Cancel => MessageType::Cancel,
        },
        hazards: message.hazards.iter().map(|hazard| hazard.name().to_owned()).collect(),
        sent: message.sent,
        origin: message.origin(),
        until: message.expires(),
        epicentre: quake.and_then(|quake| quake.epicentre).or(eye),
        magnitude,
        depth_km: quake.and_then(|quake| quake.depth_m).map(|depth| depth / 1000),
        headline: headline.map_or_else(String::new, |h| h.text.clone()),
        headline_lang: headline.map_or_else(String::new, |h| h.lang.clone()),
        strongest: strongest(message, province_of),
        outlines: outlines(message),
        document,
    }
}

/// A version as acts write it: the product, which is one word, and the number.
fn version(product: &str, serial: u64) -> String {
    format!("{product} {serial}")
}

/// A version of a message as the page shows it.
fn cited_version(from: &MessageVersion) -> String {
    format!("{} {} {}", from.source.to_uppercase(), from.event, version(&from.product, from.serial))
}

/// The strongest observed class by province; degrees of Mercalli's scale as people write them.
fn strongest(
    message: &Message,
    province_of: impl Fn(&PlaceId) -> Option<PlaceId>,
) -> BTreeMap<PlaceId, String> {
    let mut strongest: BTreeMap<PlaceId, Intensity> = BTreeMap::new();
    for observed in &message.observed {
        let Some(province) = province_of(&observed.place) else { continue };
        let most = strongest.entry(province).or_insert(observed.intensity);
        if observed.intensity.as_mmi() > most.as_mmi() {
            *most = observed.intensity;
        }
    }
    let shown = |intensity| shown(Severity::Shaking(intensity)).0;
    strongest.into_iter().map(|(place, intensity)| (place, shown(intensity))).collect()
}

/// What a message outlines: the rings and circles of its areas, and the winds of its cyclone.
fn outlines(message: &Message) -> Vec<Outline> {
    let areas = message.parts.iter().flat_map(|part| &part.areas);
    let mut outlines: Vec<Outline> = Vec::new();
    for shape in areas.flat_map(|area| &area.shapes) {
        let outline = match shape {
            Shape::Polygon(ring) => Outline::Ring(coarse(ring)),
            Shape::Circle { centre, radius_m } => Outline::Circle {
                centre: *centre,
                radius_m: i64::from(*radius_m),
                wind_m_s: None,
                at: None,
            },
            Shape::Point(_) | Shape::Box { .. } => continue,
        };
        // Sections in several languages outline the same.
        if !outlines.contains(&outline) {
            outlines.push(outline);
        }
    }
    outlines.extend(message.cyclone.iter().flat_map(winds));
    outlines.truncate(OUTLINES_MAX);
    outlines
}

/// The circles of a cyclone at its widest, now and ahead.
fn winds(cyclone: &Cyclone) -> Vec<Outline> {
    let mut outlines = Vec::new();
    for position in cyclone.positions.iter().take(POSITIONS_MAX) {
        let Some(centre) = position.centre else { continue };
        for wind in &position.winds {
            let widest = wind.radii_km.iter().map(|(_, km)| i64::from(*km)).max();
            outlines.extend(widest.map(|km| Outline::Circle {
                centre,
                radius_m: km * 1000,
                wind_m_s: Some(i64::from(wind.wind_m_s)),
                at: position.at,
            }));
        }
    }
    outlines
}

/// A ring of few enough points: every so many of them, and closed.
fn coarse(ring: &[Point]) -> Vec<Point> {
    let step = ring.len().div_ceil(POINTS_MAX - 1).max(1);
    let mut points: Vec<Point> = ring.iter().copied().step_by(step).collect();
    if let (Some(first), Some(last)) = (ring.first(), points.last())
        && first != last
    {
        points.push(*first);
    }
    points
}

/// The estimate as reports, one or more for each province with a need; an empty one for each of
/// those `before` that have none any more.
pub(super) fn reports(
    alert: ActId,
    estimate: &Estimate,
    before: &BTreeSet<PlaceId>,
    province_of: impl Fn(&PlaceId) -> Option<PlaceId>,
) -> Vec<ReportNeeds> {
    let mut needs: BTreeMap<&PlaceId, BTreeMap<CommodityId, NeedReport>> = BTreeMap::new();
    let mut sources: BTreeMap<CommodityId, String> = BTreeMap::new();
    for need in &estimate.needs {
        let (commodity, report) = need_report(need);
        sources.entry(commodity.clone()).or_insert_with(|| cited(need));
        needs.entry(&need.place).or_default().insert(commodity, report);
    }
    let messages: Vec<String> = {
        let figures = estimate.footprint.iter().map(|place| &place.from);
        let all: BTreeSet<&MessageVersion> = figures.chain(&estimate.messages).collect();
        all.into_iter().map(cited_version).collect()
    };
    let mut provinces: BTreeMap<PlaceId, Vec<(PlaceId, PlaceReport)>> =
        before.iter().map(|province| (province.clone(), Vec::new())).collect();
    for footprint in &estimate.footprint {
        let needs = needs.remove(&footprint.place).unwrap_or_default();
        let nobody = footprint.displaced.is_nothing() && footprint.evacuated.is_nothing();
        if needs.is_empty() && nobody {
            continue;
        }
        if let Some(province) = province_of(&footprint.place) {
            let report = place_report(footprint, needs, &messages);
            provinces.entry(province).or_default().push((footprint.place.clone(), report));
        }
    }
    let mut reports = Vec::new();
    for (province, places) in provinces {
        // A province without places is said to be so.
        let chunks: Vec<&[_]> =
            if places.is_empty() { vec![&[]] } else { places.chunks(PLACES_MAX).collect() };
        reports.extend(chunks.into_iter().map(|chunk| ReportNeeds {
            alert,
            province: province.clone(),
            factors: estimate.factors_version.clone(),
            messages: messages.clone(),
            deaths: estimate.deaths.map(three),
            sources: sources.clone(),
            places: chunk.iter().cloned().collect(),
        }));
    }
    reports
}

fn need_report(need: &Need) -> (CommodityId, NeedReport) {
    let per_day = !need.per_day.is_nothing();
    let range = if per_day { need.per_day } else { need.once };
    (need.commodity.clone(), NeedReport { per_day, amount: three(range) })
}

/// Where the factor behind a need comes from, on one line.
fn cited(need: &Need) -> String {
    let source = &need.source;
    format!("{}, {} ({})", source.publisher, source.title, source.published)
}

fn place_report(
    footprint: &Footprint,
    needs: BTreeMap<CommodityId, NeedReport>,
    messages: &[String],
) -> PlaceReport {
    let mut hits = footprint.hits.iter().map(|hit| shown(hit.severity));
    let (intensity, intensity_tenths) = hits.next().unwrap_or_default();
    let differs = footprint.evacuated != footprint.displaced;
    let from = cited_version(&footprint.from);
    PlaceReport {
        intensity,
        intensity_tenths,
        observed: footprint.method.is_observed(),
        also: hits.map(|(text, _)| text).collect(),
        method: Some(footprint.method.name().to_owned()),
        from: messages.iter().position(|message| *message == from),
        evacuated: differs.then_some(three(footprint.evacuated)),
        displaced: three(footprint.displaced),
        without_water: Some(three(footprint.without_water)),
        needs,
    }
}

/// How hard a place was hit as people read it, and in tenths of the scale of Japan at the lower
/// bound of the class it compares with, for shading.
fn shown(severity: Severity) -> (String, i32) {
    match severity {
        Severity::Shaking(Intensity::Mmi(mmi)) => {
            (format!("MMI {}", mmi.degree()), i32::from(mmi.degree()) * 10)
        }
        Severity::Shaking(Intensity::Jma(class)) => {
            let tenths = match class {
                JmaIntensity::Zero => 0,
                JmaIntensity::One => 5,
                JmaIntensity::Two => 15,
                JmaIntensity::Three => 25,
                JmaIntensity::Four => 35,
                JmaIntensity::FiveLower => 45,
                JmaIntensity::FiveUpper => 50,
                JmaIntensity::SixLower => 55,
                JmaIntensity::SixUpper => 60,
                JmaIntensity::Seven => 65,
            };
            (class.code().to_owned(), tenths)
        }
        Severity::Wind(metres) => {
            let tenths = match metres {
                0..25 => 35,
                25..33 => 45,
                33..44 => 50,
                44..54 => 55,
                54.. => 60,
            };
            (severity.to_string(), tenths)
        }
        Severity::Warned(_, degree) => {
            let tenths = match degree {
                pumasi_hazard::Degree::Minor => 25,
                pumasi_hazard::Degree::Moderate => 35,
                pumasi_hazard::Degree::Severe => 50,
                pumasi_hazard::Degree::Extreme => 60,
            };
            (severity.to_string(), tenths)
        }
    }
}
