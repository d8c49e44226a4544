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
    let text = super::text::plain(text);
    // Words such as `inf` and `nan` are numbers to Rust, but not to us.
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let number: f64 = text.parse().ok().filter(|_| is_number)?;
    fixed(number, places)
}

/// A number in thousandths, rounded to the nearest: fast for the plain numbers of grids, which are
/// many.
pub(crate) fn milli(text: &str) -> Option<i32> {
    plain_milli(text).or_else(|| i32::try_from(fixed_text(text, 3)?).ok())
}

fn plain_milli(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let mut value = whole.parse::<u32>().ok().and_then(|whole| i32::try_from(whole).ok())?;
    let mut places = part.bytes().chain(std::iter::repeat(b'0'));
    for _ in 0..3 {
        let digit = places.next().filter(u8::is_ascii_digit)?;
        value = value.checked_mul(10)?.checked_add(i32::from(digit - b'0'))?;
    }
    let next = places.next().filter(u8::is_ascii_digit)?;
    if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = if next >= b'5' { value.checked_add(1)? } else { value };
    Some(if text.starts_with('-') { -value } else { value })
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
