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
}
