//! Areas that warning services name by codes of their own and that are no municipality, such as
//! stretches of coast.
//!
//! A service may draw an area across provinces, so a code stands for one or more places.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Catalog, CatalogError, Check};
use crate::{PlaceId, SourceId};

/// A row of `catalog/areas.csv`: one place of one area.
#[derive(Deserialize)]
pub(super) struct AreaRow {
    scheme: String,
    code: String,
    ja: String,
    place: PlaceId,
    source: SourceId,
}

impl AreaRow {
    /// How messages name the row.
    fn entry(&self) -> String {
        format!("{} {}", self.scheme, self.code)
    }

    /// Whether a text that identifies the area is missing.
    fn is_blank(&self) -> bool {
        [&self.scheme, &self.code, &self.ja].iter().any(|text| text.trim().is_empty())
    }
}

impl Catalog {
    /// Reads areas; their rows are given back, to be checked once all files are read.
    pub(super) fn read_areas(
        &mut self,
        file: &str,
        text: &str,
        errors: &mut Vec<CatalogError>,
    ) -> Vec<AreaRow> {
        let mut rows = Vec::new();
        let mut known = BTreeSet::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<AreaRow>() {
            let wrong = |what: String| CatalogError::Unreadable { file: file.to_owned(), what };
            let row = match row {
                Ok(row) if row.is_blank() => {
                    errors
                        .push(wrong(format!("`{}` has a blank scheme, code or name", row.entry())));
                    continue;
                }
                Ok(row) => row,
                Err(error) => {
                    errors.push(wrong(error.to_string()));
                    continue;
                }
            };
            let key = (row.scheme.clone(), row.code.clone());
            if !known.insert((key.clone(), row.place.clone())) {
                let id = format!("{} {}", row.entry(), row.place);
                errors.push(CatalogError::Twice { file: file.to_owned(), id });
                continue;
            }
            self.areas.entry(key).or_default().push(row.place.clone());
            rows.push(row);
        }
        rows
    }
}

impl Check<'_> {
    /// Checks that place and source of a row are in the catalog.
    pub(super) fn area(&mut self, row: &AreaRow) {
        let entry = row.entry();
        self.place(&entry, &row.place);
        self.source(&entry, &row.source);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{Catalog, PlaceId};

    const SOURCES: &str =
        "[[source]]\nid='s'\ntitle='Codes'\npublisher='Service'\npublished='2024'\n";
    const PLACES: &str = "\
        id,level,province,ko,ja,zh,en,people,lat,lon,source\n\
        jp-12,province,,a,a,a,a,1,35.6,140.1,s\n\
        jp-13,province,,a,a,a,a,1,35.7,139.7,s\n";

    #[track_caller]
    fn check(rows: &str, expected: &str) {
        let text = format!("scheme,code,ja,place,source\n{rows}");
        // Areas come first by name; what they name is read later.
        let files = [("areas.csv", &*text), ("places/jp.csv", PLACES), ("sources.toml", SOURCES)];
        let shown = match Catalog::read(&files) {
            Ok(catalog) => {
                let area = |((scheme, code), places): (&(String, String), &Vec<_>)| {
                    format!("{scheme} {code}: {places:?}")
                };
                catalog.areas.iter().map(area).collect::<Vec<_>>().join("; ")
            }
            Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        };
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn a_code_stands_for_its_places_in_the_order_of_the_file() {
        let bay = "coast,312,bay,jp-13,s\ncoast,312,bay,jp-12,s\n";
        check(bay, "coast 312: [PlaceId(\"jp-13\"), PlaceId(\"jp-12\")]");
        check(&format!("{bay}other,312,x,jp-12,s\n"), "; other 312: [PlaceId(\"jp-12\")]");
    }

    #[test]
    fn the_tsunami_forecast_regions_are_those_of_every_coast() {
        let files = [
            ("sources.toml", include_str!("../../../../catalog/sources.toml")),
            ("places/jp.csv", include_str!("../../../../catalog/places/jp.csv")),
            ("areas.csv", include_str!("../../../../catalog/areas.csv")),
        ];
        let catalog = Catalog::read(&files).unwrap();
        let of_japan = |(scheme, _): &&(String, String)| scheme == "jma-tsunami";
        assert_eq!(catalog.areas.keys().filter(of_japan).count(), 66);
        let coasts: BTreeSet<&PlaceId> = catalog.areas.values().flatten().collect();
        let provinces = catalog.places.values().filter(|p| p.province.is_none());
        let inland: Vec<&str> = provinces
            .map(|p| &p.id)
            .filter(|id| !coasts.contains(id))
            .map(PlaceId::as_str)
            .collect();
        let expected = ["jp-09", "jp-10", "jp-11", "jp-19", "jp-20", "jp-21", "jp-25", "jp-29"];
        assert_eq!(inland, expected);
    }

    #[test]
    fn a_faulty_row_is_named() {
        let row = "coast,312,bay,jp-13,s\n";
        check(&format!("{row}{row}"), "`areas.csv`: `coast 312 jp-13` is given twice");
        check("coast,312,bay,jp-14,s\n", "`coast 312` names the place `jp-14`");
        check("coast,312,bay,jp-13,t\n", "`coast 312` names the source `t`");
        check("coast,312, ,jp-13,s\n", "`coast 312` has a blank scheme, code or name");
        check("coast,312,bay,Tokyo Bay,s\n", "`areas.csv`: CSV deserialize error");
        check("coast,312,bay,jp-13\n", "`areas.csv`: CSV error");
    }
}
