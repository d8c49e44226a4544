//! The table of places: who lives there, how hard they were hit, who is out of their homes.

use pumasi_view::page::{CaseLine, PlaceLine, SituationPage};

use super::cells::{
    Column, origin_cells, origin_columns, place_cells, place_columns, spread_cells, spread_columns,
    table, text,
};
use crate::formats::words::{degrees, intensity};
use crate::formats::{Telling, WriteError};

/// Writes every place that was hit, worst first.
pub(super) fn write(
    case: &CaseLine,
    page: &SituationPage,
    telling: &Telling<'_>,
) -> Result<String, WriteError> {
    let rows = page.places.iter().map(|place| row(case, page, place, telling));
    table(&columns(), rows, telling.lang)
}

fn columns() -> Vec<Column> {
    let mut columns = place_columns();
    columns.extend([
        Column::new("lat", "#geo+lat"),
        Column::new("lon", "#geo+lon"),
        Column::new("severity_code", "#severity+code"),
        Column::new("severity", "#severity+name"),
        Column::new("method", "#indicator+code+method"),
        Column::new("residents", "#population"),
    ]);
    let peak = ["evacuated_low", "evacuated_central", "evacuated_high"];
    columns.extend(spread_columns(peak, "#affected+displaced+evacuated+ind"));
    let longer = ["displaced_low", "displaced_central", "displaced_high"];
    columns.extend(spread_columns(longer, "#affected+displaced+lasting+ind"));
    let water = ["water_low", "water_central", "water_high"];
    columns.extend(spread_columns(water, "#affected+without_water+ind"));
    columns.extend(origin_columns("source"));
    columns
}

fn row(
    case: &CaseLine,
    page: &SituationPage,
    place: &PlaceLine,
    telling: &Telling<'_>,
) -> Vec<String> {
    let mut row = place_cells(place, telling);
    row.extend([
        degrees(place.seat.lat_micro),
        degrees(place.seat.lon_micro),
        text(&place.intensity),
        text(&intensity(&place.intensity, telling.lang)),
        text(place.method.as_deref().unwrap_or_default()),
        place.people.to_string(),
    ]);
    row.extend(spread_cells(Some(place.evacuated)));
    row.extend(spread_cells(Some(place.displaced)));
    row.extend(spread_cells(place.without_water));
    row.extend(origin_cells(case, page, place.message.as_deref().unwrap_or_default()));
    row
}
