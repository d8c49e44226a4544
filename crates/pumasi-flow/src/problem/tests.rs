//! Contradictions, digests and minutes.

use super::*;
use crate::case;

const WORLD: &str = "
    water 1000 perishing 3
    site a\n site b
    link road a b road 90 10 1000
    stock jp a water 9 @0
    need p b jp water 2,2,2,2
    permit x#1 kr jp water road ceiling=5
";

#[track_caller]
fn check(more: &str, expected: &[&str]) {
    let found = match Problem::new(case::parts(&format!("{WORLD}{more}"))) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(found, expected, "{more}");
}

#[test]
fn contradictions_are_all_told() {
    check("", &[]);
    check("site a take=1", &["the site `a` is given twice"]);
    check(
        "link road b c road 1 1 1",
        &[
            "the link `road` is given twice",
            "the link `road` names the site `c`, which is not in the problem",
        ],
    );
    check(
        "stock jp a rice 1 @0",
        &["the stock of `jp` at `a` names the commodity `rice`, which is not in the problem"],
    );
    check(
        "need p b jp water 2,2,-2",
        &[
            "the need of `p`: units wanted must be from 0 to 1000000000",
            "the need of `p`: units wanted has 3 figures for 4 periods",
        ],
    );
    check(
        "rice -1 perishing 3",
        &["the commodity `rice`: grams per unit must be from 0 to 100000000"],
    );
    check("horizon 0 4", &["the horizon: minutes in a period must be from 1 to 1000000"]);
    check(
        "rice 1 perishing 3 loses=-1",
        &["the commodity `rice`: parts per million lost in a day must be from 0 to 1000000"],
    );
    check(
        "horizon 1440 4\n need q b jp rice 1,1,1,1\n rice 1 perishing 3 loses=990000",
        &["the commodity `rice`: less than a millionth of it is left at the end of the horizon"],
    );
}

#[test]
fn a_ceiling_named_must_be_there() {
    let mut parts = case::parts(WORLD);
    parts.ceilings.clear();
    let errors = Problem::new(parts).unwrap_err();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["the permit `x#1` names the ceiling `x#1#0`, which is not in the problem"]);
}

#[test]
fn every_part_shows_in_the_digest() {
    let digest = |text: &str| case::problem(text).digest();
    let lines: Vec<&str> = WORLD.lines().collect();
    for (line, other) in [
        ("water 1000", "water 1001"),
        ("perishing 3", "lasting 3"),
        ("perishing 3", "perishing 4"),
        ("perishing 3", "perishing 3 loses=5"),
        ("10 1000", "10 1000 carries=water"),
        ("10 1000", "10 1000 carries=rice"),
        ("site a", "site a ground=jp"),
        ("site b", "site b take=9"),
        ("road 90", "road 91"),
        ("90 10", "90 11"),
        ("10 1000", "10 1001"),
        ("10 1000", "10 1000 oneway"),
        ("10 1000", "10 1000 closed=0..1"),
        ("a b road", "a b rail"),
        ("9 @0", "8 @0"),
        ("9 @0", "9 @1"),
        ("2,2,2,2", "2,2,2,1"),
        ("2,2,2,2", "2,2,2,2 unasked"),
        ("need p", "need q"),
        ("ceiling=5", "ceiling=6"),
        ("ceiling=5", "ceiling=5 push"),
        ("ceiling=5", "ceiling=5 suspended"),
        ("ceiling=5", "ceiling=5 from=1"),
        ("ceiling=5", "ceiling=5 through=kr"),
        ("water road", "water road,sea"),
        ("x#1", "x#2"),
    ] {
        let changed = lines.join("\n").replacen(line, other, 1);
        assert_ne!(digest(&changed), digest(WORLD), "{line} {other}");
    }
}

#[test]
fn minutes_round_up_to_the_period_they_serve() {
    let horizon = Horizon { start: Time::UNIX_EPOCH, period_min: 60, periods: 4 };
    for (minute, holds, serves) in [(0, 0, 0), (1, 0, 1), (59, 0, 1), (60, 1, 1), (61, 1, 2)] {
        assert_eq!(horizon.period_of(minute), holds, "{minute}");
        assert_eq!(horizon.serving_period(minute), serves, "{minute}");
    }
    assert_eq!(horizon.first_min(3), 180);
    assert_eq!(horizon.time_at(61).to_string(), "1970-01-01T01:01:00Z");
}

#[test]
fn what_fades_and_what_is_bound_is_said_and_nothing_else_is() {
    let plain = case::problem(WORLD).text();
    assert!(plain.contains("commodity water 1000 true 3\n") && !plain.contains("carries"));
    let bound = WORLD
        .replace("perishing 3", "perishing 3 loses=5000")
        .replace("10 1000", "10 1000 carries=water,rice");
    let said = case::problem(&bound).text();
    assert!(said.contains("commodity water 1000 true 3 5000\n"), "{said}");
    assert!(said.contains("10,10,10,10\ncarries rice,water\n"), "{said}");
    assert_eq!(crate::text::read_problem(&said).unwrap(), case::problem(&bound));
}

#[test]
fn what_is_left_is_rounded_down_at_each_boundary() {
    let horizon = Horizon { start: Time::UNIX_EPOCH, period_min: 480, periods: 3 };
    let goods = |loss_ppm_per_day| Commodity {
        id: "hydrogen".parse().unwrap(),
        mass_g: 1,
        perishing: true,
        weight: 1,
        loss_ppm_per_day,
    };
    assert_eq!(goods(0).left(&horizon), [WHOLE; 4]);
    let expected = [WHOLE, WHOLE / 10 * 9, WHOLE / 100 * 81, WHOLE / 1000 * 729];
    assert_eq!(goods(300_000).left(&horizon), expected);
    // A millionth of a third of the loss of a day.
    assert_eq!(goods(1).left(&horizon)[1], WHOLE - WHOLE / 3_000_000 - 1);
}
