//! Who felt how much: observed intensities first, the model where nobody measured.

use std::collections::BTreeMap;

use pumasi_base::{Catalog, Place, PlaceId, PlaceLevel};

use crate::shaking::{Rupture, jma_from_velocity, mmi_from_velocity};
use crate::{Alert, Event, Finding, FindingCode, Intensity, JmaIntensity, Method, Mmi, Observed};

/// The people of one place, and what they felt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shaken<'a> {
    /// The place.
    pub place: &'a Place,
    /// How many live there; for a province, those in no municipality of the catalog.
    pub people: i64,
    /// The strongest intensity.
    pub intensity: Intensity,
    /// How it was found.
    pub method: Method,
    /// The intensities over which the people are spread evenly, if they felt little.
    pub low: Vec<Intensity>,
    /// The same as far as is known.
    pub central: Vec<Intensity>,
    /// The same if they felt much.
    pub high: Vec<Intensity>,
}

impl Shaken<'_> {
    /// Whether a whole province stands in for municipalities.
    #[must_use]
    pub fn is_coarse(&self) -> bool {
        self.place.level == PlaceLevel::Province
    }

    /// The intensities for death rates: those rates were fitted to smooth maps of shaking, on which
    /// no single strong station speaks for a town.
    #[must_use]
    pub fn smooth(&self) -> &[Intensity] {
        if self.method == Method::Observed { &self.low } else { &self.central }
    }
}

/// The country of a place: the first part of its id.
#[must_use]
pub fn country_of(place: &PlaceId) -> &str {
    place.as_str().split('-').next().unwrap_or_default()
}

/// The places of the catalog that shook, strongest first.
///
/// - A municipality with an observation takes it.
/// - Where a station is known to be silent, the model may raise it.
/// - A place without one takes the model, but nothing above the strongest observation of its
///   province, unless a station there is silent. A country that was observed is not modelled in
///   provinces where nothing was felt.
/// - Until there is a hypocentre to model from, a province of which only the strongest value is
///   known is listed as one.
/// - A province stands at its seat for those of its people whom no municipality of the catalog
///   counts.
#[must_use]
pub fn shaken<'a>(alert: &Alert, catalog: &'a Catalog) -> (Vec<Shaken<'a>>, Vec<Finding>) {
    let Event::Earthquake(earthquake) = &alert.event;
    let (rupture, model_findings) = Rupture::of(earthquake);
    let mut findings = Vec::new();
    let seen = Seen::of(alert, catalog, &mut findings);
    let mut places = Vec::new();
    for (place, people) in residents(catalog) {
        let shaken = match seen.exact.get(&place.id) {
            Some(observed) => Some(measured(place, people, observed, rupture.as_ref())),
            None => rupture.as_ref().and_then(|rupture| modelled(place, people, rupture, &seen)),
        };
        places.extend(shaken);
    }
    if rupture.is_none() {
        places.extend(seen.provinces(catalog));
    }
    let used_model = places.iter().any(|shaken| !shaken.method.is_observed());
    if used_model || seen.exact.is_empty() {
        findings.extend(model_findings);
    }
    for shaken in places.iter().filter(|shaken| shaken.is_coarse()) {
        let what = match shaken.method {
            Method::StrongestOfProvince => "only its strongest intensity is known".to_owned(),
            _ => format!("{} people are taken to live at the seat", shaken.people),
        };
        findings.push(Finding::new(FindingCode::PlaceCoarse, shaken.place.id.as_str(), what));
    }
    places.sort_by(|a, b| {
        let strength = b.intensity.as_mmi().total_cmp(&a.intensity.as_mmi());
        strength.then_with(|| a.place.id.cmp(&b.place.id))
    });
    (places, findings)
}

/// Every place with the people it alone counts.
fn residents(catalog: &Catalog) -> impl Iterator<Item = (&Place, i64)> {
    let mut counted: BTreeMap<&PlaceId, i64> = BTreeMap::new();
    for place in catalog.places.values() {
        if let (PlaceLevel::Municipality, Some(province)) = (place.level, &place.province) {
            *counted.entry(province).or_default() += place.people;
        }
    }
    catalog.places.values().filter_map(move |place| {
        let elsewhere = counted.get(&place.id).copied().unwrap_or_default();
        let people = place.people.saturating_sub(elsewhere);
        (people > 0).then_some((place, people))
    })
}

/// What a message observed, by place.
#[derive(Default)]
struct Seen<'a> {
    /// The strongest observation of each municipality of the catalog.
    exact: BTreeMap<&'a PlaceId, &'a Observed>,
    /// The strongest observation of each province; none where a station is silent.
    caps: BTreeMap<PlaceId, Option<Intensity>>,
    /// Countries with any observation.
    countries: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn of(alert: &'a Alert, catalog: &Catalog, findings: &mut Vec<Finding>) -> Self {
        let mut seen = Self::default();
        let mut unknown: BTreeMap<PlaceId, (usize, Intensity)> = BTreeMap::new();
        for observed in &alert.observed {
            let place = catalog.places.get(&observed.place);
            let province = province_of(&observed.place, place);
            seen.cap(&province, observed);
            let country = country_of(&observed.place);
            if !seen.countries.contains(&country) {
                seen.countries.push(country);
            }
            match place.map(|place| place.level) {
                Some(PlaceLevel::Municipality) => {
                    let entry = seen.exact.entry(&observed.place).or_insert(observed);
                    if stronger(observed.intensity, entry.intensity) {
                        *entry = observed;
                    }
                }
                Some(PlaceLevel::Province) => {}
                None => {
                    let entry = unknown.entry(province).or_insert((0, observed.intensity));
                    entry.0 += 1;
                    if stronger(observed.intensity, entry.1) {
                        entry.1 = observed.intensity;
                    }
                }
            }
            if observed.at_least {
                let what = format!("`{}` has a silent station", observed.name);
                findings.push(Finding::new(
                    FindingCode::ReportMissing,
                    observed.place.as_str(),
                    what,
                ));
            }
        }
        findings.extend(unknown.into_iter().map(|(province, (count, strongest))| {
            let what = format!("{count} places not in the catalog, up to {strongest}");
            Finding::new(FindingCode::PlaceUnknown, province.as_str(), what)
        }));
        seen
    }

    /// The provinces of which the strongest value is known, and of no municipality any.
    ///
    /// Most of their people felt less than the strongest: two classes less is taken, and nothing
    /// is certain.
    fn provinces<'c>(&self, catalog: &'c Catalog) -> Vec<Shaken<'c>> {
        let has_exact = |province: &PlaceId| {
            let mut exact = self.exact.keys().filter_map(|place| catalog.places.get(*place));
            exact.any(|place| place.province.as_ref() == Some(province))
        };
        let listed = self.caps.iter().filter(|(province, _)| !has_exact(province));
        let shaken = listed.filter_map(|(province, cap)| {
            let (place, strongest) = (catalog.places.get(province)?, (*cap)?);
            is_worth_listing(strongest).then(|| Shaken {
                place,
                people: place.people,
                intensity: strongest,
                method: Method::StrongestOfProvince,
                low: vec![weakest(strongest)],
                central: vec![strongest.weaker_by(2)],
                high: vec![strongest],
            })
        });
        shaken.collect()
    }

    fn cap(&mut self, province: &PlaceId, observed: &Observed) {
        let silent = observed.at_least;
        let entry = self.caps.entry(province.clone()).or_insert(Some(observed.intensity));
        let raised = |cap: Intensity| {
            if stronger(observed.intensity, cap) { observed.intensity } else { cap }
        };
        *entry = if silent { None } else { entry.map(raised) };
    }
}

/// The province of an observed place; for places not in the catalog, from the code table's rule
/// that a municipality's code begins with its prefecture's two digits.
fn province_of(id: &PlaceId, place: Option<&Place>) -> PlaceId {
    match place {
        Some(place) => place.province.clone().unwrap_or_else(|| place.id.clone()),
        None => {
            let end = country_of(id).len() + 3;
            id.as_str().get(..end).and_then(|text| text.parse().ok()).unwrap_or_else(|| id.clone())
        }
    }
}

fn weakest(intensity: Intensity) -> Intensity {
    intensity.weaker_by(u8::MAX)
}

fn stronger(a: Intensity, b: Intensity) -> bool {
    a.as_mmi() > b.as_mmi()
}

/// A place with an observation.
///
/// The mean over its stations understates what its people felt, because stations on rock outnumber
/// people there; its strongest station overstates it. The truth is taken to lie in the middle:
/// between the two, this met the shelter counts of Tohoku 2011.
fn measured<'a>(
    place: &'a Place,
    people: i64,
    observed: &Observed,
    rupture: Option<&Rupture>,
) -> Shaken<'a> {
    let strongest = observed.intensity;
    let mut shaken = Shaken {
        place,
        people,
        intensity: strongest,
        method: Method::Observed,
        low: observed.stations.iter().map(|station| station.intensity).collect(),
        central: vec![strongest],
        high: vec![strongest],
    };
    if shaken.low.is_empty() || observed.at_least {
        // The stations that reported do not speak for those that are silent.
        shaken.low = vec![strongest];
    }
    shaken.central = shaken.low.clone();
    shaken.central.extend(shaken.low.iter().map(|_| strongest));
    if let (true, Some(rupture)) = (observed.at_least, rupture) {
        let model = Modelled::at(place, rupture).raised_to(strongest);
        if stronger(model.central, strongest) {
            shaken.method = Method::ObservedAndModel;
        }
        shaken.intensity = model.central;
        shaken.central = vec![model.central];
        shaken.high = vec![model.high];
    }
    shaken
}

/// A place without an observation, if it shook enough to be listed.
fn modelled<'a>(
    place: &'a Place,
    people: i64,
    rupture: &Rupture,
    seen: &Seen<'_>,
) -> Option<Shaken<'a>> {
    let province = place.province.as_ref().unwrap_or(&place.id);
    let mut model = Modelled::at(place, rupture);
    match seen.caps.get(province) {
        Some(Some(cap)) => model = model.held_to(*cap),
        Some(None) => {}
        None if seen.countries.contains(&country_of(&place.id)) => return None,
        None => {}
    }
    is_worth_listing(model.central).then(|| Shaken {
        place,
        people,
        intensity: model.central,
        method: rupture.method(),
        low: vec![model.low],
        central: vec![model.central],
        high: vec![model.high],
    })
}

/// What the model says of one place.
#[derive(Debug, Clone, Copy)]
struct Modelled {
    low: Intensity,
    central: Intensity,
    high: Intensity,
}

impl Modelled {
    fn at(place: &Place, rupture: &Rupture) -> Self {
        let motion = rupture.motion_at(place.seat);
        let on_scale = |velocity| on_scale_of(place, velocity);
        Self {
            low: on_scale(motion.low),
            central: on_scale(motion.central),
            high: on_scale(motion.high),
        }
    }

    fn each(self, change: impl Fn(Intensity) -> Intensity) -> Self {
        Self { low: change(self.low), central: change(self.central), high: change(self.high) }
    }

    fn held_to(self, cap: Intensity) -> Self {
        self.each(|intensity| if stronger(intensity, cap) { cap } else { intensity })
    }

    fn raised_to(self, floor: Intensity) -> Self {
        self.each(|intensity| if stronger(floor, intensity) { floor } else { intensity })
    }
}

/// The intensity of a peak ground velocity in cm/s, on the scale in use at a place.
fn on_scale_of(place: &Place, velocity: f64) -> Intensity {
    if country_of(&place.id) == "jp" {
        Intensity::Jma(JmaIntensity::of_instrumental(jma_from_velocity(velocity)))
    } else {
        Intensity::Mmi(Mmi::nearest(mmi_from_velocity(velocity)))
    }
}

/// Whether a modelled intensity is strong enough to break anything: JMA 4 or MMI 5.
fn is_worth_listing(intensity: Intensity) -> bool {
    match intensity {
        Intensity::Jma(class) => class >= JmaIntensity::Four,
        Intensity::Mmi(degree) => Some(degree) >= Mmi::new(5),
    }
}
