//! Scenarios held against the frequencies they are drawn from.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_base::time::date_at_offset;
use pumasi_base::{Catalog, Date};

use super::*;
use crate::geometry::distance_km;
use crate::{Factors, Range};

fn draw() -> Draw {
    Draw::new(DrawRates::standard(), 2027)
}

fn estimator() -> Estimator {
    let files = [
        ("sources.toml", include_str!("../../../../catalog/sources.toml")),
        ("commodities.toml", include_str!("../../../../catalog/commodities.toml")),
        ("places/jp.csv", include_str!("../../../../catalog/places/jp.csv")),
        ("places/kr.csv", include_str!("../../../../catalog/places/kr.csv")),
        ("places/cn.csv", include_str!("../../../../catalog/places/cn.csv")),
    ];
    Estimator::new(&Catalog::read(&files).unwrap(), Factors::standard())
}

#[track_caller]
fn check(seed: u64, numbers: &[u64], expected: &Expect) {
    let (draw, mut lines) = (draw(), String::new());
    for number in numbers {
        let one = draw.drawn(seed, *number).unwrap();
        let Drawn { row, zone, strength, origin, season, centre, weight_ppm, .. } = one;
        let (lat, lon, season) = (centre.lat_micro, centre.lon_micro, season.name());
        writeln!(
            lines,
            "{number} {row} {zone} {strength:?} {origin} {season} {lat} {lon} {weight_ppm}"
        )
        .unwrap();
    }
    expected.assert_eq(&lines);
}

/// Written out, so that another machine or compiler that draws otherwise is found out.
#[test]
fn a_seed_and_a_number_give_one_scenario_on_every_machine() {
    check(
        1,
        &[0, 1, 2, 3, 4, 5, 6, 7],
        &expect![[r#"
            0 typhoon-cn south-china PressureHpa(989) 2027-07-03T18:44:00Z summer 21105723 113223004 1441822
            1 earthquake-cn tianshan MagnitudeCenti(774) 2027-06-06T10:24:00Z summer 39672565 75537062 144182
            2 earthquake-kr east-coast MagnitudeCenti(637) 2027-03-02T23:27:00Z spring 35738977 129394270 14418
            3 wildfire-jp setouchi Hectares(143) 2027-03-24T02:40:00Z spring 34314107 133990887 240304
            4 flood-jp east RadiusKm(47) 2027-07-21T14:25:00Z summer 36506372 138561765 240304
            5 wildfire-cn southwest Hectares(25186) 2027-01-14T20:13:00Z winter 28552125 101416416 360455
            6 typhoon-kr south-coast PressureHpa(977) 2027-06-19T15:38:00Z summer 34422656 127496661 720911
            7 typhoon-jp tokai-kanto PressureHpa(956) 2027-09-22T17:07:00Z autumn 34603188 137503506 144182
        "#]],
    );
    check(
        1,
        &[5],
        &expect![[r#"
            5 wildfire-cn southwest Hectares(25186) 2027-01-14T20:13:00Z winter 28552125 101416416 360455
        "#]],
    );
    check(
        2,
        &[u64::MAX],
        &expect![[r#"
            18446744073709551615 flood-jp east RadiusKm(42) 2027-08-06T13:39:00Z summer 35746427 137658083 240304
        "#]],
    );
}

/// How far an estimate from weighted scenarios may lie from the truth: four standard errors, which
/// one estimate in sixteen thousand exceeds.
const ERRORS: f64 = 4.0;
const SCENARIOS: u32 = 10_000;

/// Sums over scenarios of what a test counts, with the squares that tell the error.
#[derive(Default, Clone, Copy)]
struct Tally {
    sum: f64,
    squares: f64,
}

impl Tally {
    fn add(&mut self, weight_ppm: i64) {
        let weight = f64::from(i32::try_from(weight_ppm).unwrap()) / 1e6;
        self.sum += weight;
        self.squares += weight * weight;
    }

    /// Events a year, and the standard error of that.
    fn yearly(&self, draw: &Draw) -> (f64, f64) {
        let all = f64::from(i32::try_from(draw.yearly_micro()).unwrap()) / 1e6;
        let scale = all / f64::from(SCENARIOS);
        let variance = self.squares - self.sum * self.sum / f64::from(SCENARIOS);
        (self.sum * scale, libm::sqrt(variance) * scale)
    }

    #[track_caller]
    fn check(&self, draw: &Draw, what: &str, published: f64) {
        let (found, error) = self.yearly(draw);
        assert!(
            (found - published).abs() <= ERRORS * error,
            "{what}: {found} of {published} ± {error}"
        );
        assert!(error <= published / 4.0, "{what}: {error} tells nothing of {published}");
    }
}

fn tally(draw: &Draw, seed: u64, counts: impl Fn(&Drawn) -> bool) -> Tally {
    let mut tally = Tally::default();
    for number in 0..u64::from(SCENARIOS) {
        let one = draw.drawn(seed, number).unwrap();
        if counts(&one) {
            tally.add(one.weight_ppm);
        }
    }
    tally
}

#[test]
fn ten_thousand_scenarios_bring_back_every_published_frequency() {
    let draw = draw();
    let drawn: Vec<Drawn> =
        (0..u64::from(SCENARIOS)).map(|number| draw.drawn(20_270_101, number).unwrap()).collect();
    let count = |counts: &dyn Fn(&Drawn) -> bool| {
        let mut tally = Tally::default();
        drawn.iter().filter(|one| counts(one)).for_each(|one| tally.add(one.weight_ppm));
        tally
    };
    for row in &draw.rates().rows {
        let published = f64::from(i32::try_from(row.yearly_micro()).unwrap()) / 1e6;
        count(&|one| one.row == row.id).check(&draw, &row.id, published);
        for zone in &row.zones {
            let in_zone = |one: &Drawn| one.row == row.id && one.zone == zone.id;
            assert!(drawn.iter().any(in_zone), "{} {}", row.id, zone.id);
        }
    }
    // The figures as their publishers have them.
    let quakes = |row: &'static str, centi: i32| {
        move |one: &Drawn| {
            let magnitude =
                |strength| matches!(strength, Strength::MagnitudeCenti(m) if m >= centi);
            one.row == row && magnitude(one.strength)
        }
    };
    count(&quakes("earthquake-jp", 600)).check(&draw, "JMA from 6", 19.1);
    count(&quakes("earthquake-jp", 700)).check(&draw, "JMA from 7", 2.1);
    count(&quakes("earthquake-jp", 800)).check(&draw, "JMA from 8", 0.1);
    count(&quakes("earthquake-cn", 700)).check(&draw, "CEA from 7", 2.0 / 3.0);
    let landfalls = |month: i8| {
        move |one: &Drawn| one.row == "typhoon-jp" && date_at_offset(one.origin, 9).month() == month
    };
    for (month, published) in [(6, 0.2), (7, 0.6), (8, 0.9), (9, 1.0), (10, 0.3)] {
        count(&landfalls(month)).check(&draw, "JMA landfalls by month", published);
    }
    assert_eq!(count(&landfalls(2)).sum, 0.0);
    count(&|one| one.row == "typhoon-kr").check(&draw, "KMA typhoons", 3.1);
    count(&|one| one.row == "wildfire-kr").check(&draw, "KFS fires from 100 ha", 3.2);
    // Every weight counts for one scenario on average.
    let (all, error) = count(&|_| true).yearly(&draw);
    let yearly = f64::from(i32::try_from(draw.yearly_micro()).unwrap()) / 1e6;
    assert!((all - yearly).abs() <= ERRORS * error, "{all} of {yearly} ± {error}");
}

#[test]
fn what_is_drawn_often_weighs_little() {
    // The same figure by even drawing, without weights to take back: the estimates agree.
    let even = {
        let mut rates = DrawRates::standard();
        rates.rows.iter_mut().flat_map(|row| &mut row.classes).for_each(|c| c.drawn_milli = 1000);
        Draw::new(rates, 2027)
    };
    let weights = (0..100).map(|number| even.drawn(1, number).unwrap().weight_ppm);
    assert!(weights.clone().all(|ppm| ppm == 1_000_000), "{:?}", weights.collect::<Vec<_>>());
    let grave = |one: &Drawn| matches!(one.strength, Strength::MagnitudeCenti(700..));
    let ((one, e1), (other, e2)) =
        (tally(&even, 3, grave).yearly(&even), tally(&draw(), 3, grave).yearly(&draw()));
    assert!((one - other).abs() <= ERRORS * libm::hypot(e1, e2), "{one} ± {e1}, {other} ± {e2}");
    assert!(e2 < e1 / 2.0, "drawing grave events more often must pay: {e2} against {e1}");
    // A thousandth of all events is a thousandth of a scenario's share of them.
    let draw = draw();
    assert_eq!(draw.frequency_micro(1_000_000, 1000), (draw.yearly_micro() + 500) / 1000);
}

#[test]
fn a_drawn_earthquake_is_estimated_as_a_reported_one() {
    let (draw, estimator) = (draw(), estimator());
    let is_grave = |one: &Drawn| {
        one.row == "earthquake-jp-kanto" && matches!(one.strength, Strength::MagnitudeCenti(690..))
    };
    let drawn = (0..).filter_map(|number| draw.drawn(1, number)).find(is_grave).unwrap();
    let struck = draw.struck(&estimator, 1, drawn.number).unwrap();
    let quake = drawn.messages[0].earthquake.clone();
    let id = ("us7000abcd".to_owned(), 1);
    let mut reported = Message::bare("usgs-geojson", "usgs", "origin", id, drawn.origin);
    (reported.earthquake, reported.status) = (quake, Status::Exercise);
    let estimate = estimator.estimate([&reported], &[]);
    assert_eq!(struck.estimate.displaced, estimate.displaced);
    assert_eq!(struck.estimate.without_water, estimate.without_water);
    let figures = |estimate: &Estimate| -> Vec<_> {
        let needs = estimate.needs.iter();
        needs.map(|n| (n.place.clone(), n.commodity.clone(), n.per_day, n.once)).collect()
    };
    assert_eq!(figures(&struck.estimate), figures(&estimate));
    assert!(struck.places().len() > 100 && estimate.displaced.central > 1_000);
}

#[test]
fn every_hazard_reaches_people_somewhere() {
    let (draw, estimator) = (draw(), estimator());
    for row in &draw.rates().rows {
        let of_row =
            (0..).filter_map(|number| draw.drawn(9, number)).filter(|one| one.row == row.id);
        let hit = of_row
            .take(40)
            .filter_map(|one| draw.struck(&estimator, 9, one.number))
            .find(|s| s.estimate.displaced.high > 0 && !s.estimate.needs.is_empty());
        let hit = hit.unwrap_or_else(|| panic!("{} hits nobody in forty draws", row.id));
        assert_eq!(hit.estimate.status, Status::Exercise);
        assert_eq!(hit.estimate.origin, hit.drawn.origin);
        assert_ne!(hit.estimate.displaced, Range::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn what_is_drawn_stays_within_its_row(seed: u64, number: u64) {
        let draw = draw();
        let one = draw.drawn(seed, number).unwrap();
        prop_assert_eq!(&one, &draw.drawn(seed, number).unwrap());
        let row = draw.rates().row(&one.row).unwrap();
        let zone = row.zones.iter().find(|zone| zone.id == one.zone).unwrap();
        let date: Date = date_at_offset(one.origin, 9);
        prop_assert_eq!(date.year(), 2027);
        prop_assert!(row.months[usize::try_from(date.month()).unwrap() - 1] > 0);
        prop_assert_eq!(one.season, Season::of(one.origin));
        let size = match one.strength {
            Strength::MagnitudeCenti(centi) => f64::from(centi) / 100.0,
            Strength::PressureHpa(n) | Strength::Hectares(n) | Strength::RadiusKm(n) => f64::from(n),
        };
        let within = |class: &&Class| {
            let (low, high) = (class.from.min(class.to), class.from.max(class.to));
            low - 0.51 <= size && size <= high + 0.51
        };
        prop_assert!(row.classes.iter().any(|class| within(&class)), "{size}");
        prop_assert!(zone.most.is_none_or(|most| size <= most + 0.01));
        let along = distance_km(zone.from, zone.to);
        let reach = libm::hypot(along, zone.half_width_km) * 1.05 + 1.0;
        prop_assert!(distance_km(zone.from, one.centre) <= reach);
        prop_assert!(one.weight_ppm > 0 && !one.messages.is_empty());
        // What strikes and what it breaks are drawn apart.
        prop_assert_ne!(damage_chance(seed, number), Chance::of(seed, number, EVENT));
    }
}
