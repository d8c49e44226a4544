//! Who measured what: the `Observation` element of JMA's telegrams.

use crate::{Finding, FindingCode, Intensity, JmaIntensity, Observed, Station};
use pumasi_base::PlaceId;

use crate::read::limit;
use crate::read::text::{plain, short};
use crate::read::xml::Element;

/// Reads what was observed, by municipality; by prefecture where a telegram knows no more.
pub(super) fn read(observation: &Element<'_>, findings: &mut Vec<Finding>) -> Vec<Observed> {
    let mut observed = Vec::new();
    for prefecture in observation.all("Pref") {
        let mut municipalities_known = true;
        let mut areas = prefecture.all("Area").peekable();
        municipalities_known &= areas.peek().is_some();
        for area in areas {
            let mut cities = area.all("City").peekable();
            municipalities_known &= cities.peek().is_some();
            observed.extend(cities.filter_map(|city| municipality(city, findings)));
        }
        if !municipalities_known {
            observed.extend(whole_prefecture(prefecture, findings));
        }
    }
    observed
}

/// What a text of an intensity says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// This class.
    Class(JmaIntensity),
    /// "震度５弱以上未入電": a station is silent where at least 5 lower is presumed.
    Silent,
}

/// Reads `5-`, `５弱`, `震度６強`, `4 ` or `震度５弱以上未入電`.
fn intensity(text: &str) -> Option<Reading> {
    let text = plain(text);
    if text.contains("未入電") {
        return Some(Reading::Silent);
    }
    let code = text.trim_start_matches("震度").replace('弱', "-").replace('強', "+");
    JmaIntensity::from_code(code.trim()).map(Reading::Class)
}

fn whole_prefecture(prefecture: &Element<'_>, findings: &mut Vec<Finding>) -> Option<Observed> {
    let name = name(prefecture);
    let place = place(prefecture, 2, &name, findings)?;
    let Some(Reading::Class(class)) = prefecture.text_at(&["MaxInt"]).and_then(intensity) else {
        unreadable(&name, "it has no readable intensity", findings);
        return None;
    };
    let intensity = Intensity::Jma(class);
    Some(Observed { place, name, intensity, at_least: false, stations: Vec::new() })
}

fn municipality(city: &Element<'_>, findings: &mut Vec<Finding>) -> Option<Observed> {
    let name = name(city);
    let place = place(city, 5, &name, findings)?;
    let stations: Vec<(String, Reading)> = city
        .all("IntensityStation")
        .filter_map(|station| {
            let reading = station.text_at(&["Int"]).and_then(intensity);
            if reading.is_none() {
                unreadable(&name, "a station has no readable intensity", findings);
            }
            Some((self::name(station), reading?))
        })
        .collect();
    let condition = city.text_at(&["Condition"]).and_then(intensity);
    let strongest = city.text_at(&["MaxInt"]).and_then(intensity);
    let readings =
        || stations.iter().map(|(_, reading)| *reading).chain(condition).chain(strongest);
    let class = readings()
        .filter_map(|reading| match reading {
            Reading::Class(class) => Some(class),
            Reading::Silent => None,
        })
        .max();
    let at_least = readings().any(|reading| reading == Reading::Silent);
    let Some(class) = class.or(at_least.then_some(JmaIntensity::FiveLower)) else {
        unreadable(&name, "it has no readable intensity", findings);
        return None;
    };
    // A silent place is never weaker than what is presumed there.
    let class = if at_least { class.max(JmaIntensity::FiveLower) } else { class };
    let station = |(name, reading)| {
        let class = match reading {
            Reading::Class(class) => class,
            // Nobody knows: what its municipality has at most is the careful guess.
            Reading::Silent => class,
        };
        Station { name, intensity: Intensity::Jma(class) }
    };
    let stations = stations.into_iter().map(station).collect();
    Some(Observed { place, name, intensity: Intensity::Jma(class), at_least, stations })
}

fn name(element: &Element<'_>) -> String {
    short(element.text_at(&["Name"]).unwrap_or_default()).to_owned()
}

/// The place of a code: the first two digits are the prefecture's, the first five the
/// municipality's (JIS X 0401 and 0402).
fn place(
    element: &Element<'_>,
    digits: usize,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Option<PlaceId> {
    let code = element.text_at(&["Code"]).map(short).map(plain).unwrap_or_default();
    let plain_digits = code.bytes().all(|b| b.is_ascii_digit());
    let place = code.get(..digits).filter(|_| plain_digits);
    let place = place.and_then(|start| format!("jp-{start}").parse().ok());
    if place.is_none() {
        unreadable(name, &format!("`{code}` is no code of a place"), findings);
    }
    place
}

fn unreadable(name: &str, what: &str, findings: &mut Vec<Finding>) {
    limit(findings);
    let at = format!("Body/Intensity/Observation {name}");
    findings.push(Finding::new(FindingCode::ValueUnreadable, at, what));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intensities_read_in_every_spelling() {
        use JmaIntensity::{FiveLower, FiveUpper, Four, Seven, SixUpper};
        for (text, expected) in [
            ("4", Some(Reading::Class(Four))),
            ("4 ", Some(Reading::Class(Four))),
            ("４", Some(Reading::Class(Four))),
            ("5-", Some(Reading::Class(FiveLower))),
            ("５弱", Some(Reading::Class(FiveLower))),
            ("震度５強", Some(Reading::Class(FiveUpper))),
            ("６＋", Some(Reading::Class(SixUpper))),
            ("震度７", Some(Reading::Class(Seven))),
            ("震度５弱以上未入電", Some(Reading::Silent)),
            ("震度5弱以上未入電", Some(Reading::Silent)),
            ("不明", None),
            ("5", None),
            ("", None),
        ] {
            assert_eq!(intensity(text), expected, "{text}");
        }
    }
}
