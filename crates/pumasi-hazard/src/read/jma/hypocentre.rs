//! Where and how large: the `Earthquake` element of JMA's telegrams.

use crate::{Earthquake, Finding, FindingCode};
use pumasi_base::Point;

use crate::read::decimal::{fixed, fixed_text};
use crate::read::text::{plain, short};
use crate::read::xml::Element;

/// Reads epicentre, depth and magnitude into `earthquake`.
pub(super) fn read(
    element: &Element<'_>,
    earthquake: &mut Earthquake,
    may_lack: bool,
    findings: &mut Vec<Finding>,
) {
    let mut note = |code, at: &str, what: String| {
        if !may_lack {
            findings.push(Finding::new(code, format!("Body/Earthquake/{at}"), what));
        }
    };
    if element.text_at(&["Condition"]).is_some_and(|text| plain(text).contains("仮定震源要素"))
    {
        // Early warnings from shaking alone fill in a hypocentre and a magnitude of 1.0.
        let what = "the hypocentre and magnitude given are stand-ins".to_owned();
        note(FindingCode::ValueMissing, "Condition", what);
        return;
    }
    let area = element.at(&["Hypocenter", "Area"]);
    let texts = area.into_iter().flat_map(|area| area.all("Coordinate"));
    // An update of the hypocentre gives it in degrees and again, more exactly, in minutes.
    let texts: Vec<&str> = texts.filter_map(Element::text).collect();
    match texts.iter().rev().find_map(|text| coordinate(text)) {
        Some((point, depth_m)) => {
            (earthquake.epicentre, earthquake.depth_m) = (Some(point), depth_m);
            if depth_m.is_none() {
                let what = "the depth is not known".to_owned();
                note(FindingCode::ValueMissing, "Hypocenter/Area/Coordinate", what);
            }
        }
        None if texts.is_empty() => {
            let what = "the epicentre is not known".to_owned();
            note(FindingCode::ValueMissing, "Hypocenter/Area/Coordinate", what);
        }
        None => {
            let what = format!("`{}` is no place on earth", texts.join(" "));
            note(FindingCode::ValueUnreadable, "Hypocenter/Area/Coordinate", what);
        }
    }
    let magnitude = magnitude(element);
    if magnitude.is_minimum {
        let what = "only a minimum is known".to_owned();
        note(FindingCode::MagnitudeIsMinimum, "Magnitude", what);
    } else if magnitude.centi.is_none() {
        note(FindingCode::ValueMissing, "Magnitude", "the magnitude is not known".to_owned());
    }
    earthquake.magnitude_centi = magnitude.centi;
    earthquake.magnitude_is_minimum = magnitude.is_minimum;
    earthquake.magnitude_type = magnitude.kind;
}

/// A magnitude as a telegram gives it.
#[derive(Debug, Default)]
pub(super) struct Magnitude {
    /// In hundredths.
    pub(super) centi: Option<i32>,
    is_minimum: bool,
    kind: Option<String>,
}

/// The magnitude of an `Earthquake` element, by moment where there are several.
pub(super) fn magnitude(element: &Element<'_>) -> Magnitude {
    let mut best = Magnitude::default();
    for magnitude in element.all("Magnitude") {
        let kind = magnitude.attribute("type").map(str::to_owned);
        let by_moment = kind.as_deref() == Some("Mw");
        let number = magnitude.text().and_then(|text| fixed_text(text, 2));
        let number = number.filter(|centi| (-300..=1_100).contains(centi));
        if let Some(centi) = number.and_then(|centi| i32::try_from(centi).ok()) {
            if best.centi.is_none() || best.is_minimum || by_moment {
                best = Magnitude { centi: Some(centi), is_minimum: false, kind };
            }
        } else if best.centi.is_none() && says_above_eight(magnitude) {
            best = Magnitude { centi: Some(800), is_minimum: true, kind };
        }
    }
    best
}

/// Whether the words beside a magnitude of `NaN` are those for a giant earthquake, whose size is not
/// known yet: "Ｍ８を超える巨大地震".
fn says_above_eight(magnitude: &Element<'_>) -> bool {
    let words = ["description", "condition"];
    words.iter().filter_map(|name| magnitude.attribute(name)).any(|text| {
        let text = plain(text);
        text.contains("8を超える") || text.contains("巨大地震")
    })
}

/// Reads a point and the depth in metres, such as `+37.5+137.2-10000/` or `+3729.7+13716.2-16000/`.
///
/// SPEC: ISO 6709 annex H: two or three digits before the decimal point are degrees, four or five
/// are degrees and minutes; the third number is the height in metres, negative below ground.
pub(super) fn coordinate(text: &str) -> Option<(Point, Option<i32>)> {
    if short(text).len() < text.len() {
        return None;
    }
    let text = plain(text);
    let mut numbers: Vec<String> = Vec::new();
    for character in text.trim_end_matches('/').chars() {
        match (character, numbers.last_mut()) {
            ('+' | '-', _) => numbers.push(character.to_string()),
            ('0'..='9' | '.', Some(number)) => number.push(character),
            (' ', _) => {}
            _ => return None,
        }
    }
    let lat_micro = angle(numbers.first()?, 2).filter(|micro| micro.abs() <= 90_000_000)?;
    let lon_micro = angle(numbers.get(1)?, 3).filter(|micro| micro.abs() <= 180_000_000)?;
    let depth_m = numbers.get(2).and_then(|height| fixed_text(height, 0));
    let depth_m = depth_m.and_then(|height| i32::try_from(-height).ok());
    let depth_m = depth_m.filter(|depth| (-10_000..=1_000_000).contains(depth));
    Some((Point { lat_micro, lon_micro }, depth_m))
}

/// An angle in micro-degrees; `degree_digits` is how many digits its whole degrees have.
fn angle(text: &str, degree_digits: usize) -> Option<i32> {
    let whole_digits = text.get(1..)?.split('.').next()?.len();
    let value = if whole_digits == degree_digits + 2 {
        let (degrees, minutes) = text.split_at_checked(1 + degree_digits)?;
        let minutes = minutes.parse::<f64>().ok().filter(|minutes| *minutes < 60.0)?;
        let degrees = degrees.parse::<f64>().ok()?;
        fixed(degrees.abs() + minutes / 60.0, 6).map(|v| if text.starts_with('-') { -v } else { v })
    } else {
        fixed_text(text, 6)
    };
    value.and_then(|micro| i32::try_from(micro).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = coordinate(text).map_or("none".to_owned(), |(point, depth)| {
            let depth = depth.map_or("?".to_owned(), |metres| metres.to_string());
            format!("{} {} {depth}", point.lat_micro, point.lon_micro)
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn coordinates_read_in_degrees_and_in_minutes() {
        check("+37.5+137.2-10000/", "37500000 137200000 10000");
        check("+37.5+137.2+0/", "37500000 137200000 0");
        check("+38.0+142.9/", "38000000 142900000 ?");
        check("+3815.20+14251.60-24000/", "38253333 142860000 24000");
        check("-3330.0-07030.0-5000/", "-33500000 -70500000 5000");
        check("＋３７．５＋１３７．２－１００００／", "37500000 137200000 10000");
        check("+37+137-10000/", "37000000 137000000 10000");
        check("-200.0-200.0/", "none");
        check("+91.0+137.2/", "none");
        check("+3775.0+13716.2/", "none");
        check("+37.5/", "none");
        check("unknown", "none");
        check("", "none");
    }
}
