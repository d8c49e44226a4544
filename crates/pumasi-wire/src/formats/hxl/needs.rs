//! The table of needs: how much of what, where.

use pumasi_view::page::{CaseLine, NeedLine, PlaceLine, SituationPage};

use super::cells::{
    Column, origin_cells, origin_columns, place_cells, place_columns, spread_cells, spread_columns,
    table, text,
};
use crate::formats::{Telling, WriteError};

/// Writes every need of every place.
pub(super) fn write(
    case: &CaseLine,
    page: &SituationPage,
    telling: &Telling<'_>,
) -> Result<String, WriteError> {
    let needs = page.places.iter().flat_map(|place| place.needs.iter().map(move |n| (place, n)));
    let rows = needs.map(|(place, need)| row(case, page, place, need, telling));
    table(&columns(), rows, telling.lang)
}

fn columns() -> Vec<Column> {
    let mut columns = place_columns();
    columns.extend([
        Column::new("item_code", "#item+code"),
        Column::new("item", "#item+name"),
        Column::new("unit", "#item+unit+code+v_rec20"),
        Column::new("frequency", "#frequency"),
    ]);
    let captions = ["need_low", "need_central", "need_high"];
    columns.extend(spread_columns(captions, "#need+num"));
    columns.extend(origin_columns("factor_source"));
    columns
}

fn row(
    case: &CaseLine,
    page: &SituationPage,
    place: &PlaceLine,
    need: &NeedLine,
    telling: &Telling<'_>,
) -> Vec<String> {
    let mut row = place_cells(place, telling);
    row.extend([
        text(&need.commodity),
        text(need.names.in_lang(telling.lang)),
        text(&need.unit),
        // Codes, not words: programs multiply by days where it is per day.
        if need.per_day { "daily" } else { "once" }.to_owned(),
    ]);
    row.extend(spread_cells(Some(need.amount)));
    row.extend(origin_cells(case, page, &need.source));
    row
}
