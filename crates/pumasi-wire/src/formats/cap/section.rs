//! One section of an alert: the situation in one language.

use std::io;
use std::sync::LazyLock;

use pumasi_base::{Lang, PlaceId, Time};
use pumasi_hazard::Hazard;
use pumasi_view::page::{CaseLine, EventLine, OutlineLine, PlaceLine, SituationPage, Spread};
use quick_xml::events::BytesStart;

use super::chain;
use super::xml::Xml;
use crate::formats::Telling;
use crate::formats::words::{SHARED, Table, degrees, hazards, moment, noted, number, range, unit};

pub(super) static WORDS: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("words.i18n.toml")));

/// Seconds for which figures hold where no message says until when: whoever relies on them longer
/// asks for the newest again.
const HOLDS_S: i64 = 24 * 60 * 60;
/// The most provinces in a headline, which is to be short.
const HEADLINE_PROVINCES_MAX: usize = 3;
/// Deaths and displaced people, as central figures, from which on an alert is extreme or severe.
/// The deaths are those of the alert levels of the PAGER of the United States Geological Survey:
/// orange from 100, yellow from 1.
const EXTREME: (i64, i64) = (100, 10_000);
const SEVERE: (i64, i64) = (1, 1_000);

/// What a section is written from.
pub(super) struct Section<'a> {
    pub(super) case: &'a CaseLine,
    pub(super) page: &'a SituationPage,
    pub(super) telling: &'a Telling<'a>,
    pub(super) lang: Lang,
    /// When what it tells was known.
    pub(super) at: Time,
}

impl Section<'_> {
    /// SPEC: the sequence of `info` in the schema of section 3.4.
    pub(super) fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.around(BytesStart::new("info"), |xml| {
            xml.text("language", tag(self.lang))?;
            for category in self.categories() {
                xml.text("category", category)?;
            }
            xml.text("event", &self.event())?;
            xml.text("urgency", self.urgency())?;
            xml.text("severity", self.severity())?;
            xml.text("certainty", self.certainty())?;
            for hazard in self.page.event.iter().flat_map(|event| &event.hazards) {
                xml.pair("eventCode", "pumasi:hazard", hazard)?;
            }
            xml.text("effective", &chain::time(self.at))?;
            let onset = self.page.event.as_ref().and_then(|event| event.origin.parse().ok());
            if let Some(onset) = onset {
                xml.text("onset", &chain::time(onset))?;
            }
            xml.text("expires", &chain::time(self.expires()))?;
            let name = self.telling.lexicon.party(self.telling.party).names;
            xml.text("senderName", name.in_lang(self.lang))?;
            xml.text("headline", &self.headline())?;
            xml.text("description", &self.description())?;
            self.parameters(xml)?;
            self.areas(xml)
        })
    }

    fn say(&self, key: &'static str) -> &'static str {
        WORDS.say(key, self.lang)
    }

    /// What it is about; a case that counts damage without any message is of no known hazard.
    fn hazards(&self) -> Vec<Hazard> {
        let names = self.page.event.iter().flat_map(|event| &event.hazards);
        let known: Vec<Hazard> = names.filter_map(|name| Hazard::of_name(name)).collect();
        if known.is_empty() { vec![Hazard::Other] } else { known }
    }

    fn categories(&self) -> Vec<&'static str> {
        let mut categories: Vec<&str> = self.hazards().into_iter().map(category).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }

    fn event(&self) -> String {
        let event = self.page.event.as_ref().filter(|event| !event.hazards.is_empty());
        let other = || SHARED.say("hazard_other", self.lang).to_owned();
        event.map_or_else(other, |event| hazards(event, self.lang))
    }

    /// Whether help is for now: what has struck is, what is still to come is expected.
    fn urgency(&self) -> &'static str {
        let Some(event) = &self.page.event else { return "Immediate" };
        let is_over = until(event).is_some_and(|until| until < self.at);
        let is_to_come = event.origin.parse::<Time>().is_ok_and(|origin| origin > self.at);
        match (is_over, is_to_come) {
            (true, _) => "Past",
            (false, true) => "Expected",
            (false, false) => "Immediate",
        }
    }

    fn severity(&self) -> &'static str {
        let people = &self.page.people;
        let deaths = people.deaths.map_or(0, |deaths| deaths.central);
        let displaced = people.evacuated.central.max(people.displaced.central);
        let reaches = |(dead, out): (i64, i64)| deaths >= dead || displaced >= out;
        match () {
            () if self.page.places.is_empty() => "Unknown",
            () if reaches(EXTREME) => "Extreme",
            () if reaches(SEVERE) => "Severe",
            () if displaced > 0 => "Moderate",
            () => "Minor",
        }
    }

    /// Observed where somebody measured or counted at one of the places, likely where a model alone
    /// says so.
    fn certainty(&self) -> &'static str {
        let is_seen =
            |place: &PlaceLine| place.observed || place.method.as_deref() == Some("counted");
        if self.page.places.iter().any(is_seen) { "Observed" } else { "Likely" }
    }

    fn expires(&self) -> Time {
        let until = self.page.event.as_ref().and_then(until).filter(|until| *until > self.at);
        until.unwrap_or_else(|| pumasi_base::time::plus_seconds(self.at, HOLDS_S))
    }

    fn headline(&self) -> String {
        let mut event = self.event();
        if let Some(magnitude) = self.page.event.as_ref().and_then(|e| e.magnitude.as_ref()) {
            event = noted(&event, magnitude, self.lang);
        }
        let provinces = self.provinces();
        let named = provinces.iter().take(HEADLINE_PROVINCES_MAX).map(|(name, ..)| name.as_str());
        let named = named.collect::<Vec<_>>().join(SHARED.say("separator", self.lang));
        let what = if named.is_empty() { event } else { format!("{event} – {named}") };
        let figure = range(self.page.people.evacuated, self.lang);
        let key = if self.page.places.is_empty() { "headline_none" } else { "headline" };
        let said = WORDS.fill(key, self.lang, &[("event", &what), ("figure", &figure)]);
        if self.case.status == "actual" {
            return said;
        }
        format!("[{}] {said}", SHARED.say(&self.case.status, self.lang))
    }

    fn description(&self) -> String {
        let mut lines = Vec::new();
        if self.page.places.is_empty() {
            lines.push(self.say("none").to_owned());
        } else {
            lines.push(SHARED.say("estimate", self.lang).to_owned());
            lines.extend(self.people().into_iter().map(|(name, spread)| {
                self.line(SHARED.say(name, self.lang), &range(spread, self.lang))
            }));
            let residents = number(self.page.people.residents);
            lines.push(self.line(SHARED.say("residents", self.lang), &residents));
            lines.extend(self.needs());
        }
        if let Some(event) = &self.page.event {
            let basis = format!("{} {}", event.source, event.message);
            lines.push(self.line(self.say("basis"), &basis));
            // Its own words in its own language, marked as such.
            if !event.headline.is_empty() {
                let quoted = format!("“{}”", event.headline);
                let quoted = noted(&quoted, &event.headline_lang, self.lang);
                lines.push(self.line(self.say("said"), &quoted));
            }
        }
        lines.push(self.line(self.say("as_of"), &moment(&self.at.to_string())));
        lines.join("\n")
    }

    fn line(&self, name: &str, value: &str) -> String {
        format!("{name}{}{value}", SHARED.say("colon", self.lang))
    }

    /// The people by what became of them.
    fn people(&self) -> Vec<(&'static str, Spread)> {
        let people = &self.page.people;
        let all = [
            ("evacuated", Some(people.evacuated)),
            ("displaced", Some(people.displaced)),
            ("without_water", Some(people.without_water)),
            ("deaths", people.deaths),
        ];
        all.into_iter().filter_map(|(name, spread)| Some((name, spread?))).collect()
    }

    fn needs(&self) -> Vec<String> {
        let lines = self.page.needs.iter().map(|need| {
            let needed = range(need.needed, self.lang);
            let unit = unit(&need.unit, self.lang);
            let name = self.line(self.say("needed"), need.names.in_lang(self.lang));
            format!("{name} {needed} {unit}")
        });
        lines.collect()
    }

    fn parameters(&self, xml: &mut Xml) -> io::Result<()> {
        let mut figure =
            |name: &str, value: &str| xml.pair("parameter", &format!("pumasi:{name}"), value);
        figure("case", &self.case.id)?;
        if let Some(factors) = &self.page.people.factors {
            figure("factors", factors)?;
        }
        if self.page.places.is_empty() {
            return Ok(());
        }
        figure("places", &self.page.places.len().to_string())?;
        figure("residents", &self.page.people.residents.to_string())?;
        let mut spread = |name: &str, spread: Spread| {
            figure(&format!("{name}.low"), &spread.low.to_string())?;
            figure(&format!("{name}.central"), &spread.central.to_string())?;
            figure(&format!("{name}.high"), &spread.high.to_string())
        };
        for (name, people) in self.people() {
            spread(&name.replace('_', "-"), people)?;
        }
        for need in &self.page.needs {
            spread(&format!("need.{}.{}", need.commodity, need.unit), need.needed)?;
        }
        Ok(())
    }

    fn areas(&self, xml: &mut Xml) -> io::Result<()> {
        for (name, code, places) in self.provinces() {
            let listed = places.join(SHARED.say("separator", self.lang));
            let label = if listed.is_empty() { name } else { self.line(&name, &listed) };
            xml.around(BytesStart::new("area"), |xml| {
                xml.text("areaDesc", &label)?;
                // SPEC: places go by ISO 3166-2 in lower case; the standard writes capitals.
                xml.pair("geocode", "ISO3166-2", &code.to_uppercase())
            })?;
        }
        let outlines = self.page.event.iter().flat_map(|event| &event.outlines);
        for (outline, shape) in outlines.filter_map(|one| Some((one, Shape::of(one)?))) {
            xml.around(BytesStart::new("area"), |xml| {
                xml.text("areaDesc", &self.outlined(outline))?;
                match shape {
                    Shape::Polygon(points) => xml.text("polygon", &points),
                    Shape::Circle(circle) => xml.text("circle", &circle),
                }
            })?;
        }
        Ok(())
    }

    /// The provinces that were hit, worst first: name, code, and the names of their places.
    fn provinces(&self) -> Vec<(String, String, Vec<String>)> {
        let mut provinces: Vec<(String, String, Vec<String>)> = Vec::new();
        for place in &self.page.places {
            let at = provinces.iter().position(|(_, code, _)| *code == place.province);
            let own =
                (place.id != place.province).then(|| place.names.in_lang(self.lang).to_owned());
            match at.and_then(|at| provinces.get_mut(at)) {
                Some((_, _, places)) => places.extend(own),
                None => {
                    let name = place.province.parse::<PlaceId>().map_or_else(
                        |_| place.province.clone(),
                        |id| self.telling.lexicon.place(&id).in_lang(self.lang).to_owned(),
                    );
                    provinces.push((name, place.province.clone(), own.into_iter().collect()));
                }
            }
        }
        provinces
    }

    fn outlined(&self, outline: &OutlineLine) -> String {
        let what = outline.wind_m_s.map_or_else(
            || self.say("outline").to_owned(),
            |wind| SHARED.fill("intensity_wind", self.lang, &[("speed", &wind.to_string())]),
        );
        outline.at.as_deref().map_or_else(|| what.clone(), |at| self.line(&what, &moment(at)))
    }
}

/// An outline as CAP writes it.
enum Shape {
    Polygon(String),
    Circle(String),
}

impl Shape {
    /// The shape of an outline; nothing for what encloses nothing.
    fn of(outline: &OutlineLine) -> Option<Self> {
        let pair = |lat, lon| format!("{},{}", degrees(lat), degrees(lon));
        if let (Some(centre), Some(radius @ 0..)) = (&outline.centre, outline.radius_m) {
            let km = format!("{}.{:03}", radius / 1000, radius % 1000);
            return Some(Self::Circle(format!(
                "{} {km}",
                pair(centre.lat_micro, centre.lon_micro)
            )));
        }
        let mut points: Vec<String> =
            outline.ring.iter().map(|point| pair(point.lat_micro, point.lon_micro)).collect();
        if points.first() != points.last() {
            points.extend(points.first().cloned());
        }
        // SPEC: section 3.2.4: four pairs at least, the last being the first.
        (points.len() >= 4).then(|| Self::Polygon(points.join(" ")))
    }
}

fn until(event: &EventLine) -> Option<Time> {
    event.until.as_deref()?.parse().ok()
}

/// SPEC: RFC 3066, as section 3.2.2 has it.
const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "ko-KR",
        Lang::Ja => "ja-JP",
        Lang::Zh => "zh-Hans",
        Lang::En => "en-US",
    }
}

/// SPEC: the categories of section 3.2.2.
const fn category(hazard: Hazard) -> &'static str {
    match hazard {
        Hazard::Earthquake | Hazard::Tsunami | Hazard::Volcano | Hazard::Landslide => "Geo",
        Hazard::Wildfire => "Fire",
        Hazard::TropicalCyclone
        | Hazard::StormSurge
        | Hazard::Flood
        | Hazard::Snow
        | Hazard::Rain
        | Hazard::Thunderstorm
        | Hazard::Wind
        | Hazard::Waves
        | Hazard::Heat
        | Hazard::Cold
        | Hazard::Drought => "Met",
        Hazard::Other => "Other",
    }
}
