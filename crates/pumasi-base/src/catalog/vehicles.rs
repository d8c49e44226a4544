//! What links of each mode are loaded with: one vehicle, container or aircraft pallet for each.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Deserialize;

use super::{CatalogError, Mode};
use crate::{Captions, SourceId};

/// What links of one mode are loaded with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VehicleEntry {
    /// The mode; the catalog has one entry for each at most.
    pub mode: Mode,
    /// Kilograms it carries, at least one.
    pub mass_kg: i64,
    /// Pallets of 1.1 m by 1.1 m that stand on it side by side, at least one.
    pub pallets: i64,
    /// What it is called.
    pub names: Captions,
    /// Where its figures come from.
    pub source: SourceId,
}

/// Adds the entries of a file by mode.
pub(super) fn insert(
    known: &mut BTreeMap<Mode, VehicleEntry>,
    entries: Vec<VehicleEntry>,
    file: &str,
    errors: &mut Vec<CatalogError>,
) {
    for entry in entries {
        let id = entry.names.en.clone();
        if entry.mass_kg < 1 || entry.pallets < 1 {
            let what = format!("`{id}` carries less than a kilogram or a pallet");
            errors.push(CatalogError::Unreadable { file: file.to_owned(), what });
            continue;
        }
        match known.entry(entry.mode) {
            Entry::Occupied(_) => {
                errors.push(CatalogError::Twice { file: file.to_owned(), id });
            }
            Entry::Vacant(place) => {
                place.insert(entry);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    const SOURCES: &str = "[[source]]\nid='s'\ntitle='t'\npublisher='p'\npublished='2020'\n";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let files = [("sources.toml", SOURCES), ("vehicles.toml", text)];
        let shown = match Catalog::read(&files) {
            Ok(catalog) => {
                let one = |(mode, v): (&super::Mode, &super::VehicleEntry)| {
                    format!("{mode:?} {} kg {}", v.mass_kg, v.pallets)
                };
                catalog.vehicles.iter().map(one).collect::<Vec<_>>().join(", ")
            }
            Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        };
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn a_mode_has_one_vehicle_that_carries_something() {
        let vehicle = |mode: &str, mass_kg: i64, pallets: i64| {
            format!(
                "[[vehicle]]\nmode='{mode}'\nmass_kg={mass_kg}\npallets={pallets}\n\
                 names={{ko='x', ja='x', zh-Hans='x', en='Cart'}}\nsource='s'\n"
            )
        };
        let (road, sea) = (vehicle("road", 10_000, 16), vehicle("sea", 28_000, 10));
        check(&format!("{sea}{road}"), "Sea 28000 kg 10, Road 10000 kg 16");
        check(&road.repeat(2), "`Cart` is given twice");
        check(&vehicle("road", 0, 16), "`Cart` carries less than a kilogram or a pallet");
        check(&vehicle("road", 10, 0), "`Cart` carries less than a kilogram or a pallet");
        check(&road.replace("'s'", "'x'"), "names the source `x`");
        check(&vehicle("horse", 1, 1), "unknown variant");
    }
}
