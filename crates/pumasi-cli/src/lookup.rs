//! Finds what a user names by the first digits of its id.

use pumasi_node::view::page::{ActLine, CasePage, CasesPage, OrderLine};
use serde::de::DeserializeOwned;

use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};

/// The fewest digits that may stand for an id.
const DIGITS_MIN: usize = 4;
/// Digits of a whole id.
const DIGITS: usize = 64;

/// Chooses the one item whose id begins with `given`.
///
/// # Errors
/// Not found (3) when there is none; usage (2) when there are several or `given` is too short.
pub fn choose<'a, Item>(
    given: &str,
    items: impl IntoIterator<Item = &'a Item>,
    id: impl Fn(&Item) -> &str,
) -> Result<&'a Item, Failure> {
    let mut found: Vec<&Item> = Vec::new();
    for item in items {
        if id(item) == given {
            return Ok(item);
        }
        if id(item).starts_with(given) {
            found.push(item);
        }
    }
    match found.as_slice() {
        _ if given.len() < DIGITS_MIN && !found.is_empty() => {
            Err(Failure::new("failure-id-short", Exit::Usage).with("name", given))
        }
        [one] => Ok(one),
        [] => Err(Failure::new("failure-not-found", Exit::NotFound).with("name", given)),
        several => Err(several.iter().fold(
            Failure::new("failure-id-ambiguous", Exit::Usage).with("name", given),
            |failure, item| failure.because(id(item)),
        )),
    }
}

/// Whether this is a whole id already.
#[must_use]
pub fn is_whole(given: &str) -> bool {
    given.len() == DIGITS && given.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Every case in full, newest first.
///
/// # Errors
/// When the node does not answer.
pub fn cases(desk: &Desk) -> Result<Vec<CasePage>, Failure> {
    let list: CasesPage = desk.read("/cases", &[])?.page;
    list.cases.iter().map(|line| page(desk, &format!("/cases/{}", line.id))).collect()
}

fn page<Page: DeserializeOwned>(desk: &Desk, path: &str) -> Result<Page, Failure> {
    Ok(desk.read(path, &[])?.page)
}

/// The order of which `given` is the id or its beginning.
///
/// # Errors
/// As [`choose`].
pub fn order(desk: &Desk, given: &str) -> Result<OrderLine, Failure> {
    let cases = cases(desk)?;
    let orders = cases.iter().flat_map(|case| &case.orders);
    Ok(choose(given, orders, |order| &order.id)?.clone())
}

/// The order one of whose shipments `given` names, with the shipment's id.
///
/// # Errors
/// As [`choose`].
pub fn shipment(desk: &Desk, given: &str) -> Result<(OrderLine, String), Failure> {
    let cases = cases(desk)?;
    let pairs: Vec<(&OrderLine, &str)> = cases
        .iter()
        .flat_map(|case| &case.orders)
        .flat_map(|order| order.shipments.iter().map(move |one| (order, one.id.as_str())))
        .collect();
    let (order, id) = choose(given, &pairs, |pair| pair.1)?;
    Ok(((*order).clone(), (*id).to_owned()))
}

/// The matter of which `given` is the id or its beginning.
///
/// # Errors
/// As [`choose`].
pub fn matter(desk: &Desk, given: &str) -> Result<String, Failure> {
    if is_whole(given) {
        return Ok(given.to_owned());
    }
    let cases = cases(desk)?;
    let matters = cases.iter().flat_map(|case| &case.matters);
    Ok(choose(given, matters, |matter| &matter.id)?.id.clone())
}

/// The act of which `given` is the id or its beginning.
///
/// # Errors
/// As [`choose`].
pub fn act(desk: &Desk, given: &str) -> Result<ActLine, Failure> {
    let cases = cases(desk)?;
    let acts = cases.iter().flat_map(|case| &case.timeline);
    Ok(choose(given, acts, |act| &act.id)?.clone())
}

/// The request or offer of which `given` is the id or its beginning.
///
/// # Errors
/// As [`choose`].
pub fn step(desk: &Desk, given: &str) -> Result<String, Failure> {
    if is_whole(given) {
        return Ok(given.to_owned());
    }
    let cases = cases(desk)?;
    let requests = cases.iter().flat_map(|case| case.requests.iter().map(|line| &line.id));
    let offers = cases.iter().flat_map(|case| case.offers.iter().map(|line| &line.id));
    Ok(choose(given, requests.chain(offers), |id| id)?.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: Result<&str, Exit>) {
        let ids = ["abcd1", "abcd2", "abce1", "ab"].map(str::to_owned);
        let found = choose(given, &ids, |id| id);
        assert_eq!(found.map(String::as_str).map_err(|failure| failure.exit), expected);
    }

    #[test]
    fn the_beginning_of_an_id_is_enough_when_it_is_the_only_one() {
        check("abce", Ok("abce1"));
        check("abcd1", Ok("abcd1"));
        check("ab", Ok("ab"));
        check("abcd", Err(Exit::Usage));
        check("abc", Err(Exit::Usage));
        check("ffff", Err(Exit::NotFound));
        check("a", Err(Exit::Usage));
    }
}
