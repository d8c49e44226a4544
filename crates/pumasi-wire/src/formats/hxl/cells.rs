//! Columns and cells that the tables share.

use std::borrow::Cow;
use std::io;
use std::sync::LazyLock;

use pumasi_base::{Lang, PlaceId};
use pumasi_view::page::{CaseLine, PlaceLine, SituationPage, Spread};

use crate::formats::words::Table;
use crate::formats::{Telling, WriteError};

static WORDS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("words.i18n.toml")));

/// One column: its caption, by the name in the table of words, and its hashtag.
pub(super) struct Column {
    caption: &'static str,
    tag: String,
}

impl Column {
    pub(super) fn new(caption: &'static str, tag: impl Into<String>) -> Self {
        Self { caption, tag: tag.into() }
    }
}

/// Columns for the low end, the central figure and the high end of a range.
pub(super) fn spread_columns(captions: [&'static str; 3], tag: &str) -> [Column; 3] {
    let [low, central, high] = captions;
    [
        Column::new(low, format!("{tag}+min")),
        Column::new(central, format!("{tag}+central")),
        Column::new(high, format!("{tag}+max")),
    ]
}

/// The cells of a range; empty where nothing was estimated.
pub(super) fn spread_cells(spread: Option<Spread>) -> [String; 3] {
    let Some(Spread { low, central, high }) = spread else { return Default::default() };
    [low, central, high].map(|figure| figure.to_string())
}

/// The columns that say which place a row is of.
pub(super) fn place_columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("country", "#country+code+v_iso2"),
        Column::new("province_code", "#adm1+code+v_iso_3166_2"),
        Column::new("province", "#adm1+name"),
        Column::new("place_code", "#adm2+code"),
    ];
    let names = [("ko", "place_ko"), ("ja", "place_ja"), ("zh", "place_zh"), ("en", "place_en")];
    columns.extend(names.map(|(lang, name)| Column::new(name, format!("#adm2+name+i_{lang}"))));
    columns
}

/// The cells of [`place_columns`]; a province that is reported as a whole has no place below it.
pub(super) fn place_cells(place: &PlaceLine, telling: &Telling<'_>) -> Vec<String> {
    let province = place.province.parse::<PlaceId>().map_or_else(
        |_| place.province.clone(),
        |id| telling.lexicon.place(&id).in_lang(telling.lang).to_owned(),
    );
    let country = place.province.split('-').next().unwrap_or_default().to_uppercase();
    let mut cells = vec![country, place.province.to_uppercase(), text(&province)];
    if place.id == place.province {
        cells.extend(std::iter::repeat_n(String::new(), 1 + Lang::ALL.len()));
    } else {
        cells.push(text(&place.id));
        cells.extend(Lang::ALL.map(|lang| text(place.names.in_lang(lang))));
    }
    cells
}

/// The columns in which every row says what it rests on; the caption is that of its source.
pub(super) fn origin_columns(source: &'static str) -> [Column; 4] {
    [
        Column::new("as_of", "#date+reported"),
        Column::new(source, "#meta+source"),
        Column::new("case", "#crisis+code"),
        Column::new("status", "#status+code"),
    ]
}

/// What a row rests on.
pub(super) fn origin_cells(case: &CaseLine, page: &SituationPage, source: &str) -> [String; 4] {
    [text(&page.as_of), text(source), text(&case.id), text(&case.status)]
}

/// A cell with text in it, which no spreadsheet takes for a formula.
///
/// A spreadsheet computes what begins with one of these characters, and a stranger's text could
/// make it call out. An apostrophe before it makes it text; figures are written elsewhere and keep
/// their sign.
pub(super) fn text(text: &str) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r'])
        || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) };
    text.into_owned()
}

/// Writes a table with its two rows of headings.
pub(super) fn table(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<String>>,
    lang: Lang,
) -> Result<String, WriteError> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let captions = columns.iter().map(|column| WORDS.say(column.caption, lang));
    writer.write_record(captions).map_err(io::Error::from)?;
    let tags = columns.iter().map(|column| column.tag.as_str());
    writer.write_record(tags).map_err(io::Error::from)?;
    for row in rows {
        writer.write_record(row).map_err(io::Error::from)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(text)
}
