use pumasi_act::testing::World;
use pumasi_agreement::read;
use pumasi_base::Lang;
use serde_json::json;

use super::*;

const TEXT: &str = include_str!("../testing/gsomia.toml");

/// A world in which Korea and Japan concluded the agreement on 23 November 2016.
fn concluded() -> World {
    let start = "2016-11-22T00:00:00Z".parse().unwrap();
    let mut world = World::of_agreement("kr-jp-secrets", &["kr", "jp"], Status::Actual, start);
    world.wait_until("2016-11-22T23:00:00Z".parse().unwrap());
    let draft = world.act("kr", "draft_agreement", None, json!({ "text": TEXT }));
    let digest = read("kr-jp-secrets.toml", TEXT).unwrap().digest();
    for party in ["kr", "jp"] {
        world.act(party, "sign_agreement", None, json!({ "draft": draft, "digest": digest }));
    }
    world
}

/// A step of Korea on a notice, on a day.
fn on_notice(world: &mut World, day: &str, kind: &str, notice: ActId) -> ActId {
    world.wait_until(format!("{day}T00:00:00Z").parse().unwrap());
    let body = json!({ "agreement": "kr-jp-secrets", "notice": notice, "record": null });
    world.act("kr", kind, None, body)
}

fn give_notice(world: &mut World) -> ActId {
    world.wait_until("2019-08-23T00:00:00Z".parse().unwrap());
    let body = json!({ "agreement": "kr-jp-secrets", "ends": "2019-11-23", "cause": "trust",
        "record": null });
    world.act("kr", "give_notice", None, body)
}

fn page(world: &World, reader: &str, day: &str) -> LifeLine {
    let folded = world.folded();
    let held = [Held { folded: &folded, acts: &world.acts }];
    let party = reader.parse().unwrap();
    let identity = world.identities.of(&party).unwrap();
    let mandates: Vec<Mandate> = identity.mandates.values().cloned().collect();
    let now = format!("{day}T03:00:00Z").parse().unwrap();
    let reader = Reader { party: &party, mandates: &mandates, now };
    let about = "kr-jp-secrets".parse().unwrap();
    let page = lives(&Lexicon::default(), &held, reader, &about).unwrap().into_inner();
    page.lives.into_iter().next().unwrap()
}

/// `standing force [ends] | steps | dates` of a day.
#[track_caller]
fn check(world: &World, reader: &str, day: &str, expected: &str) {
    let line = page(world, reader, day);
    let steps: Vec<&str> = line.steps.iter().map(|step| step.step.as_str()).collect();
    let dates: Vec<String> =
        line.dates.iter().map(|d| format!("{} {} {}", d.code, d.date, d.in_days)).collect();
    let ends = line.standing.ends.map_or_else(String::new, |ends| format!(" {ends}"));
    let (code, force) = (line.standing.code, line.standing.force);
    let found = format!("{code} {force}{ends} | {} | {}", steps.join(" "), dates.join(", "));
    assert_eq!(found, expected, "{reader} on {day}");
}

#[test]
fn a_life_shows_its_days_and_the_steps_of_its_reader() {
    let mut world = concluded();
    let in_force = "draft suspend give_notice agree_termination";
    let days = "last_notice_day 2019-08-24 1, renews 2019-11-23 92";
    check(&world, "jp", "2019-08-23", &format!("in_force binding | {in_force} | {days}"));
    let notice = give_notice(&mut world);
    let held = "draft suspend suspend_notice withdraw_notice agree_termination";
    let ends = "ends 2019-11-23 91";
    check(
        &world,
        "kr",
        "2019-08-24",
        &format!("notice_given binding 2019-11-23 | {held} | {ends}"),
    );
    check(
        &world,
        "jp",
        "2019-08-24",
        &format!("notice_given binding 2019-11-23 | {in_force} | {ends}"),
    );
    check(&world, "kr", "2019-11-23", "terminated none 2019-11-23 |  | ");
    on_notice(&mut world, "2019-11-22", "suspend_notice", notice);
    let resume = "draft suspend resume_notice withdraw_notice agree_termination";
    let days = "last_notice_day 2020-08-24 275, renews 2020-11-23 366";
    check(&world, "kr", "2019-11-23", &format!("notice_suspended binding | {resume} | {days}"));
}

#[test]
fn both_readings_of_a_suspended_notice_are_shown_and_neither_chosen() {
    let mut world = concluded();
    let notice = give_notice(&mut world);
    on_notice(&mut world, "2019-11-22", "suspend_notice", notice);
    let readings = page(&world, "jp", "2020-01-01").standing.readings;
    let shown: Vec<_> = readings.iter().map(|r| (r.words.in_lang(Lang::En), &r.ends)).collect();
    assert_eq!(shown.len(), 2);
    assert!(shown[0].0.contains("at once, not before 2019-11-23"), "{shown:?}");
    assert!(shown[1].0.contains("must run anew"), "{shown:?}");
    on_notice(&mut world, "2021-03-01", "resume_notice", notice);
    check(
        &world,
        "jp",
        "2021-06-01",
        "notice_resumed disputed 2021-11-23 | draft suspend give_notice agree_termination | ends 2021-11-23 175",
    );
    let readings = page(&world, "kr", "2021-06-01").standing.readings;
    let ends: Vec<_> = readings.iter().filter_map(|reading| reading.ends.as_deref()).collect();
    assert_eq!(ends, ["2021-03-02", "2021-11-23"]);
}

#[test]
fn versions_signatures_and_survivors_are_told() {
    let world = concluded();
    let line = page(&world, "kr", "2017-01-01");
    let version = &line.versions[0];
    assert_eq!((version.version, version.in_force), (1, true));
    assert_eq!(version.enters.as_deref(), Some("2016-11-23"));
    let signed: Vec<_> = version.signed.iter().map(|s| (&*s.party.id, &*s.officers[0])).collect();
    assert_eq!(signed, [("kr", "duty"), ("jp", "duty")]);
    assert_eq!(line.survives[0].clauses[0].clause, "art-2");
    assert_eq!(line.events.len(), 4);
    assert!(line.events.iter().all(|event| event.refused.is_none()));
    let outsider: PartyId = "cn".parse().unwrap();
    let folded = world.folded();
    let held = [Held { folded: &folded, acts: &world.acts }];
    let reader =
        Reader { party: &outsider, mandates: &[], now: "2017-01-01T00:00:00Z".parse().unwrap() };
    let about = "kr-jp-secrets".parse().unwrap();
    assert!(lives(&Lexicon::default(), &held, reader, &about).is_none());
}

#[test]
fn every_sentence_of_the_page_is_there() {
    let keys = ["held_ran", "held_anew", "resumed_ran", "resumed_anew"];
    let dates = ["enters", "ends", "renews", "last_notice_day", "suspension_ends"];
    let steps = [
        "draft",
        "initial",
        "sign",
        "ratify",
        "suspend",
        "resume",
        "give_notice",
        "suspend_notice",
        "resume_notice",
        "withdraw_notice",
        "agree_termination",
    ];
    let mut known: Vec<String> = keys.iter().map(ToString::to_string).collect();
    known.extend(dates.iter().map(|code| format!("date_{code}")));
    known.extend(steps.iter().map(|code| format!("step_{code}")));
    known.sort();
    assert_eq!(WORDS.keys().cloned().collect::<Vec<_>>(), known);
    assert!(
        steps
            .iter()
            .all(|step| kind_of(step).is_some_and(|kind| pumasi_act::kinds::find(kind).is_some()))
    );
    assert_eq!(kind_of("propose"), None);
}
