//! A page for tests, as a node gives it, and the names that go with it.

use pumasi_base::{Catalog, Lang, PartyId};
use pumasi_view::Lexicon;
use pumasi_view::page::SituationPage;

use super::{Format, Telling, WriteError};

const PLACES: &str = "id,level,province,ko,ja,zh,en,people,lat,lon,source
jp-15,province,,니가타현,新潟県,新潟县,Niigata,2201272,37.9026,139.0232,s
jp-17,province,,이시카와현,石川県,石川县,Ishikawa,1132526,36.5946,136.6256,s
kr-42,province,,강원특별자치도,江原特別自治道,江原特别自治道,Gangwon,1521763,37.8853,127.7298,s
";
const REST: &str = r#"
[[source]]
id = "s"
title = "Census"
publisher = "Bureau"
published = "2020"

[[party]]
id = "kr-42"
kind = "province"
names = { ko = "강원특별자치도", ja = "江原特別自治道", zh-Hans = "江原特别自治道", en = "Gangwon" }
place = "kr-42"
utc_offset_hours = 9
source = "s"
"#;

/// An exercise after an earthquake, with something in every field.
pub(super) fn page() -> SituationPage {
    serde_json::from_str(include_str!("../../tests/golden/situation/page.json")).unwrap()
}

/// The page in the middle of a storm that a model alone tells of.
pub(super) fn storm() -> SituationPage {
    let mut page = page();
    let case = page.case.as_mut().unwrap();
    case.status = "actual".to_owned();
    let event = page.event.as_mut().unwrap();
    event.hazards = vec!["tropical_cyclone".to_owned(), "wind".to_owned()];
    event.until = Some("2024-01-02T00:00:00Z".to_owned());
    event.magnitude = None;
    page.people.deaths = None;
    for place in &mut page.places {
        place.observed = false;
        place.intensity = "wind 25".to_owned();
    }
    page
}

/// What a format writes of a page for a reader.
pub(super) fn written(
    format: &Format,
    page: &SituationPage,
    lang: Lang,
) -> Result<String, WriteError> {
    let catalog = Catalog::read(&[("places.csv", PLACES), ("rest.toml", REST)]).unwrap();
    let lexicon = Lexicon::new(&catalog, []);
    let party: PartyId = "kr-42".parse().unwrap();
    format.write_page(page, &Telling { lexicon: &lexicon, party: &party, lang })
}
