//! What is drawn, and that it is drawn alike.

use std::collections::BTreeSet;

use super::*;

#[track_caller]
fn check(what: Draw, expected: [usize; 7]) {
    let said = draw(what);
    let found = [
        said.sites.len(),
        said.links.len(),
        said.commodities.len(),
        said.permits.len(),
        said.ceilings.len(),
        said.periods,
        said.needs.len() % said.commodities.len(),
    ];
    assert_eq!(found, expected, "{what:?}");
}

#[test]
fn the_sets_are_those_of_the_family() {
    // The family has 104 sites and 554 links, and with each place split in two 180 and about 945.
    check(Draw::default(), [104, 554, 10, 15, 12, 28, 0]);
    check(Draw { categories: 5, periods: 14, ..Draw::default() }, [104, 554, 5, 15, 12, 14, 0]);
    check(Draw { scale: 2, ..Draw::default() }, [180, 934, 10, 15, 12, 28, 0]);
}

#[test]
fn the_distributions_are_those_of_the_family() {
    let said = draw(Draw::default());
    let pairs = (said.sites.len() - GATEWAYS.len()) * said.commodities.len();
    let share = said.stocks.len() as f64 / pairs as f64;
    assert!((0.7..0.85).contains(&share), "{share} of places and categories have stock");
    let capacities = said.links.iter().filter(|link| link.mode.as_ref() == "road");
    for link in capacities {
        let Some(ByPeriod::Same(tonnes)) = link.capacity_t else { unreachable!("one figure") };
        assert!((225.0..=2500.0).contains(&tonnes), "{tonnes}");
    }
}

#[test]
fn every_scenario_strikes_and_no_two_alike() {
    let mut drawn = BTreeSet::new();
    for scenario in 1..=40 {
        let said = draw(Draw { scenario, categories: 1, periods: 4, ..Draw::default() });
        assert!(!said.needs.is_empty(), "{scenario}");
        drawn.insert(format!("{:?}", said.needs));
    }
    assert_eq!(drawn.len(), 40);
}

#[test]
fn the_same_numbers_draw_the_same_and_another_base_another() {
    let small = Draw { categories: 2, periods: 4, ..Draw::default() };
    assert_eq!(draw(small), draw(small));
    assert_ne!(draw(small).links, draw(Draw { seed: 2, ..small }).links);
    let other = draw(Draw { scenario: 8, ..small });
    assert_eq!(draw(small).permits, other.permits, "a scenario changes no agreement");
}

#[test]
fn figures_outside_their_range_are_taken_to_its_ends() {
    let most = usize::MAX;
    let said = draw(Draw { places: 0, categories: 0, periods: 0, scale: 0, seed: 0, scenario: 0 });
    assert_eq!((said.periods, said.commodities.len()), (1, 1));
    let said = draw(Draw { places: most, categories: most, periods: 1, ..Draw::default() });
    assert_eq!((said.sites.len(), said.commodities.len()), (104, 20));
}
