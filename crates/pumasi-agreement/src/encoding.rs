//! Takes bytes for text, and says what they probably are when they are not UTF-8.

use crate::fault::{Fault, FaultKind};

/// Byte order marks of encodings that are not UTF-8; the longer before the shorter that it begins
/// with.
const MARKS: [(&[u8], &str); 4] = [
    (&[0xff, 0xfe, 0, 0], "UTF-32"),
    (&[0, 0, 0xfe, 0xff], "UTF-32"),
    (&[0xff, 0xfe], "UTF-16"),
    (&[0xfe, 0xff], "UTF-16"),
];

/// The text that bytes are, in UTF-8 with or without a byte order mark.
///
/// # Errors
/// The byte at which they stop being text, and what is wrong.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, (usize, Fault)> {
    if let Some((_, name)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err((0, Fault::of(FaultKind::OtherEncoding, [name])));
    }
    if is_wide(bytes) {
        return Err((0, Fault::of(FaultKind::OtherEncoding, [&"UTF-16"])));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let fault = match guess(bytes.get(at..).unwrap_or_default()) {
            Some(name) => Fault::of(FaultKind::OtherEncoding, [&name]),
            None => FaultKind::NotUtf8.into(),
        };
        (at, fault)
    })?;
    match text.find('\0') {
        Some(at) => Err((at, FaultKind::Nul.into())),
        None => Ok(text),
    }
}

/// Whether every other byte of the beginning is zero, as in UTF-16 of Latin letters without mark.
fn is_wide(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes.get(..bytes.len().min(64)).unwrap_or_default().as_chunks::<2>();
    !pairs.is_empty()
        && (pairs.iter().all(|[high, low]| *high == 0 && *low != 0)
            || pairs.iter().all(|[high, low]| *high != 0 && *low == 0))
}

/// What is counted in bytes that are not UTF-8, taken as pairs of one of the old encodings.
#[derive(Default)]
struct Pairs {
    all: u32,
    /// Kana as Shift_JIS writes them.
    kana_shifted: u32,
    /// Kana as EUC-JP, EUC-KR and GB18030 write them.
    kana: u32,
    /// Pairs in the rows where EUC-KR has Hangul and GB18030 the first of its common characters.
    hangul_rows: u32,
}

/// The encoding that bytes are probably in, told by the characters that texts consist of.
///
/// The old encodings of Korea, Japan and China use the same pairs of bytes: what is valid in one
/// is mostly valid in another. But Japanese texts are full of kana, Korean ones keep to the rows
/// of Hangul, and Chinese ones spread over all rows.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    let pairs = count(bytes);
    let share = |part: u32| part.saturating_mul(100).checked_div(pairs.all).unwrap_or(0);
    match pairs {
        _ if pairs.all == 0 => None,
        _ if share(pairs.kana_shifted) >= 20 => Some("Shift_JIS"),
        _ if share(pairs.kana) >= 20 => Some("EUC-JP"),
        _ if share(pairs.hangul_rows) >= 80 => Some("EUC-KR"),
        _ => Some("GB18030"),
    }
}

fn count(bytes: &[u8]) -> Pairs {
    let mut pairs = Pairs::default();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let (true, Some((second, after))) = (*first >= 0x81, after.split_first()) else { continue };
        if *second < 0x40 {
            continue;
        }
        rest = after;
        pairs.all += 1;
        match (*first, *second) {
            (0x82, 0x9f..=0xf1) | (0x83, 0x40..=0x96) => pairs.kana_shifted += 1,
            (0xa4 | 0xa5, 0xa1..=0xf6) => pairs.kana += 1,
            (0xb0..=0xc8, 0xa1..) => pairs.hangul_rows += 1,
            _ => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a text in hexadecimal digits, after some ASCII.
    #[track_caller]
    fn check(start: &str, hex: &str, expected: &str) {
        let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let rest = digits.chunks(2).map(|two| u8::try_from(two[0] * 16 + two[1]).unwrap());
        let bytes: Vec<u8> = start.bytes().chain(rest).collect();
        let shown = match text_of(&bytes) {
            Ok(text) => format!("text {text:?}"),
            Err((at, fault)) => format!("{at}: {}", fault.parameters().next().map_or("", |p| p.1)),
        };
        assert_eq!(shown, expected, "{hex}");
    }

    #[test]
    fn what_is_not_utf_8_is_told_by_its_characters() {
        // 강원특별자치도와 돗토리현의 협정
        check(
            "t = \"",
            "b0adbff8c6afbab0c0dac4a1b5b5bfcd20b5bec5e4b8aec7f6c0c720c7f9c1a4",
            "5: EUC-KR",
        );
        // 石川県と江蘇省の災害時の協力について
        check(
            "t = \"",
            "90ce90ec8ca782c68d5d91688fc882cc8dd08a518e9e82cc8ba697cd82c982c282a282c4",
            "5: Shift_JIS",
        );
        check(
            "t = \"",
            "c0d0c0eeb8a9a4c8b9bec1c9becaa4cebad2b3b2bbfea4cea5c6a5b9a5c8",
            "5: EUC-JP",
        );
        // 在灾害发生后提供紧急援助的协议
        check(
            "t = \"",
            "d4dad4d6baa6b7a2c9fabaf3cce1b9a9bdf4bcb1d4aed6fab5c4d0add2e9",
            "5: GB18030",
        );
        check("", "fffe69006400", "0: UTF-16");
        check("", "feff00690064", "0: UTF-16");
        check("", "fffe000069000000", "0: UTF-32");
        check("", "690064002000", "0: UTF-16");
        check("ab", "ff", "2: ");
        check("ab", "00", "2: ");
        check("", "efbbbf6964", "text \"\\u{feff}id\"");
        check("", "", "text \"\"");
    }
}
