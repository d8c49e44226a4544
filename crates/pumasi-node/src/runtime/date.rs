//! The date that a peer's answer carries, which tells how its clock stands.

use pumasi_base::Time;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads the `Date` of an answer.
///
/// SPEC: RFC 9110, section 5.6.7: `IMF-fixdate`; the two older forms are not read.
pub(crate) fn read(text: &str) -> Option<Time> {
    let mut words = text.split(' ').skip(1);
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let (clock, zone) = (words.next()?, words.next()?);
    if zone != "GMT" || words.next().is_some() {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    format!("{year}-{month:02}-{day}T{clock}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = read(text).map_or_else(|| "unread".to_owned(), |time| time.to_string());
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_date_of_http_is_an_instant() {
        check("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        check("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z");
        check("Wed, 29 Feb 2023 23:59:59 GMT", "unread");
        check("Sun, 06 Nov 1994 08:49:37 KST", "unread");
        check("Sunday, 06-Nov-94 08:49:37 GMT", "unread");
        check("", "unread");
    }
}
