//! Bytes to text, and text as people type it to text as programs compare it.

use super::ReadError;

/// The largest message read; a month of all earthquakes of the USGS comes near 10 MB.
pub(crate) const BYTES_MAX: usize = 16 * 1024 * 1024;
/// The largest grid read; that of the largest earthquakes has about 30 MB.
pub(crate) const GRID_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The longest name kept whole; the longest of a code table is 40.
const NAME_CHARS: usize = 120;
/// Where in a message its declaration and root stand.
const START_BYTES: usize = 4096;

/// The text of a message, without byte order mark and surrounding space.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    let start = bytes.get(..bytes.len().min(START_BYTES)).unwrap_or_default();
    let mark = b"<shakemap_grid";
    let is_grid = start.windows(mark.len()).any(|window| window == mark);
    let bytes_max = if is_grid { GRID_BYTES_MAX } else { BYTES_MAX };
    if bytes.len() > bytes_max {
        return Err(ReadError::TooLarge { bytes: bytes.len(), bytes_max });
    }
    let utf16 = bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]);
    let not_utf8 = |byte| ReadError::NotUtf8 {
        byte,
        declared: if utf16 { Some("UTF-16".to_owned()) } else { declared_encoding(bytes) },
    };
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(error.valid_up_to()))?;
    // ISO-2022 shifts its alphabets by escapes and has no byte that UTF-8 forbids.
    if let Some(byte) = text.find('\u{1b}') {
        return Err(not_utf8(byte));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    // A message written by a program that stops halfway is often padded with zeros.
    let text = text.trim_end_matches('\0').trim_end();
    if text.is_empty() { Err(ReadError::Empty) } else { Ok(text) }
}

/// The encoding a message declares although it is another: UTF-8 with more than ASCII in it.
pub(crate) fn wrong_encoding(bytes: &[u8]) -> Option<String> {
    let declared = declared_encoding(bytes)?;
    let fits = ["utf-8", "utf8"].iter().any(|name| declared.eq_ignore_ascii_case(name));
    (!fits && !bytes.is_ascii()).then_some(declared)
}

/// The encoding an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let (_, after) = start.split_once("encoding=")?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.split(quote).nth(1).map(str::to_owned)
}

/// Text with full-width letters, digits, signs and spaces as plain ones, trimmed.
///
/// The Japan Meteorological Agency writes numbers for people in full width; Unicode's compatibility
/// forms of U+FF01 to U+FF5E lie exactly 0xFEE0 above ASCII.
pub(crate) fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{2212}' | '\u{2010}' | '\u{2013}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// The beginning of a name, so that what is written down many times stays small.
pub(crate) fn short(name: &str) -> &str {
    name.char_indices().nth(NAME_CHARS).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// The line that `byte` lies in, from 1.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
    1 + before.iter().filter(|b| **b == b'\n').count()
}

/// The first characters of a text, on one line.
pub(crate) fn start_of(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().nth(40).is_some() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_plain() {
        for (text, expected) in [
            ("Ｍ７．６", "M7.6"),
            ("震度５弱以上未入電", "震度5弱以上未入電"),
            ("　４ ", "4"),
            ("６＋", "6+"),
            ("５－", "5-"),
            ("東経１３７．２度", "東経137.2度"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 2), 2);
        assert_eq!(line_of("a\nb\nc", 99), 3);
    }
}
