//! Decimals to whole numbers of small parts, so that no float leaves a reader.

/// `number` in units of `10^-places`, rounded to the nearest; nothing for no number.
///
/// It goes by way of the decimal text, which is exact where a multiplication is not.
pub(crate) fn fixed(number: f64, places: usize) -> Option<i64> {
    if !number.is_finite() || number.abs() > 1e15 {
        return None;
    }
    let text = format!("{number:.places$}");
    text.replace('.', "").parse().ok()
}

/// The same for a text; signs and full-width digits are understood.
pub(crate) fn fixed_text(text: &str, places: usize) -> Option<i64> {
    let text = text.trim();
    if let Some((value, 0)) = plain_fixed(text, places) {
        return Some(value);
    }
    let text = super::text::plain(text);
    // Words such as `inf` and `nan` are numbers to Rust, but not to us.
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let number: f64 = text.parse().ok().filter(|_| is_number)?;
    fixed(number, places)
}

/// A number in thousandths, rounded to the nearest: fast for the plain numbers of grids, which are
/// many.
pub(crate) fn milli(text: &str) -> Option<i32> {
    let value = match plain_fixed(text, 3) {
        Some((value, next)) if next >= 5 => {
            Some(if text.starts_with('-') { value - 1 } else { value + 1 })
        }
        Some((value, _)) => Some(value),
        None => fixed_text(text, 3),
    };
    i32::try_from(value?).ok()
}

/// A number of plain digits in units of `10^-places`, with the first digit that was cut off; in
/// the digits alone, and so exact and fast. Nothing for any other way of writing a number.
fn plain_fixed(text: &str, places: usize) -> Option<(i64, u8)> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() + places > 17 || !is_plain(whole) || !is_plain(part) {
        return None;
    }
    let mut part = part.bytes().chain(std::iter::repeat(b'0'));
    let mut value: i64 = 0;
    for digit in whole.bytes().chain(part.by_ref().take(places)) {
        value = value * 10 + i64::from(digit - b'0');
    }
    let rest = part.next().map_or(0, |digit| digit - b'0');
    Some((if text.starts_with('-') { -value } else { value }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_whole_numbers() {
        for (text, places, expected) in [
            ("7.6", 2, Some(760)),
            ("-10", 3, Some(-10_000)),
            ("+37.487", 6, Some(37_487_000)),
            ("１６．５", 1, Some(165)),
            ("1e1", 0, Some(10)),
            ("-0.001", 2, Some(0)),
            ("4.125", 2, Some(412)),
            ("NaN", 2, None),
            ("inf", 2, None),
            ("1e99", 2, None),
            ("", 2, None),
            ("7.6M", 2, None),
        ] {
            assert_eq!(fixed_text(text, places), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_grids_become_thousandths() {
        for (text, expected) in [
            ("6.1", Some(6100)),
            ("-0.0005", Some(-1)),
            ("0.00049", Some(0)),
            ("137.2708", Some(137_271)),
            ("7", Some(7000)),
            ("1.2e1", Some(12_000)),
            ("+3.5", Some(3500)),
            ("nan", None),
            ("", None),
            ("1.x", None),
            ("9999999999", None),
        ] {
            assert_eq!(milli(text), expected, "{text}");
        }
    }
}
