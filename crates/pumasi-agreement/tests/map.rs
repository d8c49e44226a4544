//! The map of the library: what it says, and that it says nothing else than `decide`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pumasi_agreement::map::{Act, Gap, Lack, LapseKind, RungState};
use pumasi_agreement::{
    Action, Agreement, AgreementStatus, Agreements, Decision, Event, Inquiry, Intensity, Ladder,
    Level, Map, Need, Outcome, Question, Standing, decide, read, vocabulary,
};
use pumasi_base::{AgreementId, Catalog, CategoryId, PartyId, Status, Time};

fn texts(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let paths = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|e| e == "toml" || e == "csv"));
    files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

static LIBRARY: LazyLock<Vec<Agreement>> = LazyLock::new(|| {
    let read_one = |(name, text): &(String, String)| read(name, text).unwrap();
    texts("agreements").iter().map(read_one).collect()
});

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut files = texts("catalog");
    files.extend(texts("catalog/places"));
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Catalog::read(&files).unwrap()
});

static COMPILED: LazyLock<Agreements> = LazyLock::new(|| Agreements::compile(&*LIBRARY).unwrap());

fn inquiry(parties: &str, on: &str, status: Status) -> Inquiry {
    Inquiry {
        parties: parties.split(' ').map(|id| id.parse().unwrap()).collect(),
        on: format!("{on}T03:00:00Z").parse().unwrap(),
        purpose: "disaster_relief".parse().unwrap(),
        status,
        within_days: 120,
        first_hours: 48,
    }
}

fn ladder() -> Ladder {
    let (ladder, faults) = Ladder::of(&CATALOG);
    assert_eq!(faults, Vec::<String>::new());
    ladder
}

fn map(agreements: &Agreements, inquiry: &Inquiry) -> Map {
    Map::of(agreements, &ladder(), &CATALOG, inquiry)
}

#[test]
fn every_category_stands_in_one_group() {
    let grouped: Vec<CategoryId> =
        ladder().groups.into_iter().flat_map(|group| group.categories).collect();
    let once: BTreeSet<&CategoryId> = grouped.iter().collect();
    assert_eq!(once.len(), grouped.len());
    let all: Vec<CategoryId> = vocabulary::categories().collect();
    assert_eq!(once, all.iter().collect());
}

/// The map in a few lines: rows, counts, lapses, gaps, relations.
fn shown(map: &Map) -> String {
    let mut text = String::new();
    for row in &map.rows {
        let (giver, receiver) = &row.pairs[0];
        write!(text, "{giver} > {receiver} ({} pairs):", row.pairs.len()).unwrap();
        for cell in row.cells.iter().filter(|cell| !cell.acts.is_empty()) {
            let act = |act: &Act| format!("{} {}", act.action, act.level.code());
            let acts: Vec<String> = cell.acts.iter().map(act).collect();
            write!(text, " {} [{}]", cell.group, acts.join(", ")).unwrap();
        }
        text.push('\n');
    }
    for (one, other) in &map.unbound {
        writeln!(text, "{one} and {other}: no agreement").unwrap();
    }
    for count in map.counts.iter().filter(|c| !c.in_force.is_empty() || !c.coming.is_empty()) {
        let (now, abroad) = (count.in_force.len(), count.abroad(&count.in_force));
        let coming = count.coming.len();
        let (party, step) = (&count.party, &count.step);
        writeln!(text, "{party}: {step} with {now}, {abroad} abroad, {coming} to come").unwrap();
    }
    for lapse in &map.lapses {
        let on = lapse.on.map_or("an event".to_owned(), |on| on.to_string());
        let (agreement, clause) = (&lapse.agreement, &lapse.clause);
        writeln!(text, "{agreement}/{clause}: {} {on} {:?}", lapse.kind.code(), lapse.days_left)
            .unwrap();
    }
    for gap in &map.gaps {
        let categories: Vec<&str> = gap.categories.iter().map(CategoryId::as_str).collect();
        let near: Vec<String> = gap
            .near
            .iter()
            .map(|near| {
                let agreement = near.agreement.as_ref().map_or("", AgreementId::as_str);
                format!("{} {agreement}", near.near.code())
            })
            .collect();
        let home = if gap.at_home.is_empty() { "nobody" } else { "nobody abroad" };
        let step = gap.step.as_ref().map_or("", |step| step.as_str());
        let (to, when) = (&gap.receiver, gap.lack.code());
        writeln!(
            text,
            "{home} sends {} to {to} {when}: {}; {step}",
            categories.join("+"),
            near.join(", ")
        )
        .unwrap();
    }
    for relation in &map.relations {
        let (one, other) = &relation.pairs[0];
        let rungs: Vec<String> = relation
            .rungs
            .iter()
            .filter(|rung| rung.state != RungState::Missing)
            .map(|rung| format!("{} {}", rung.step, rung.state.code()))
            .collect();
        let next = relation.next.as_ref().map_or("none", |step| step.as_str());
        let pairs = relation.pairs.len();
        writeln!(text, "{one}, {other} ({pairs}): {}; next {next}", rungs.join(", ")).unwrap();
    }
    text
}

#[track_caller]
fn check(parties: &str, on: &str, expected: Expect) {
    expected.assert_eq(&shown(&map(&COMPILED, &inquiry(parties, on, Status::Actual))));
}

#[test]
fn tells_what_is_sent_unasked_from_what_is_sent_on_request() {
    let gaps = |parties| {
        let mut map = map(&COMPILED, &inquiry(parties, "2026-11-01", Status::Exercise));
        (map.rows, map.counts, map.lapses) = (Vec::new(), Vec::new(), Vec::new());
        shown(&map)
    };
    // In an exercise drafts are played through; they are no steps taken for all that.
    expect![[r#"
        nobody sends water to jp-31 if_unreachable: other_step kr-jp-logistics; push
        nobody sends clothing to jp-31 even_if_asked: other_step cjk-disaster-principles; relief_goods
        nobody sends medical to jp-31 if_unreachable: other_step kr-jp-logistics; push
        nobody sends tools to jp-31 even_if_asked: other_step cjk-disaster-principles; relief_goods
        nobody sends personnel to jp-31 if_unreachable: other_step kr-42--jp-31; rescue_teams
        nobody sends transport to jp-31 if_unreachable: other_step kr-jp-logistics; 
        nobody sends electricity to jp-31 even_if_asked: other_category kr-42--jp-31; energy
        nobody sends fuel to jp-31 if_unreachable: other_step kr-jp-logistics; energy
        nobody sends water to kr-42 if_unreachable: other_step kr-jp-logistics; push
        nobody sends clothing to kr-42 even_if_asked: other_step cjk-disaster-principles; relief_goods
        nobody sends medical to kr-42 if_unreachable: other_step kr-jp-logistics; push
        nobody sends tools to kr-42 even_if_asked: other_step cjk-disaster-principles; relief_goods
        nobody sends personnel to kr-42 if_unreachable: other_step kr-42--jp-31; rescue_teams
        nobody sends transport to kr-42 if_unreachable: other_step kr-jp-logistics; 
        nobody sends electricity to kr-42 even_if_asked: other_category kr-42--jp-31; energy
        nobody sends fuel to kr-42 if_unreachable: other_step kr-jp-logistics; energy
        jp-31, kr-42 (1): alerts in_force, drills in_force, relief_goods coming, push coming, rescue_teams coming, transport coming, repaid_supply coming, energy coming; next relief_goods
    "#]].assert_eq(&gaps("jp-31 kr-42"));
    // A permit that lets nothing leave for 72 hours does not help in the first 48.
    expect![[r#"
        nobody sends water+food to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; relief_goods
        nobody sends shelter+clothing+sanitation to jp-41 even_if_asked: too_late kr-jp-joint-purchasing; relief_goods
        nobody sends medical to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; relief_goods
        nobody sends tools to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; relief_goods
        nobody sends personnel to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; rescue_teams
        nobody sends transport to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; transport
        nobody sends fuel+electricity to jp-41 even_if_asked: other_category kr-jp-joint-purchasing; energy
        nobody sends water+food to kr-46 even_if_asked: ; relief_goods
        nobody sends shelter+clothing+sanitation to kr-46 even_if_asked: ; relief_goods
        nobody sends medical to kr-46 even_if_asked: ; relief_goods
        nobody sends tools to kr-46 even_if_asked: ; relief_goods
        nobody sends personnel to kr-46 even_if_asked: ; rescue_teams
        nobody sends transport to kr-46 even_if_asked: ; transport
        nobody sends fuel+electricity to kr-46 even_if_asked: ; energy
        jp-41, kr-46 (1): alerts coming, drills coming, relief_goods coming, repaid_supply coming; next alerts
    "#]].assert_eq(&gaps("jp-41 kr-46"));
}

#[test]
fn tells_what_only_the_own_country_sends() {
    let map = map(&COMPILED, &inquiry("jp-17", "2026-11-01", Status::Actual));
    let food = map.gaps.iter().find(|gap| gap.group.as_str() == "water_food").unwrap();
    assert_eq!(food.lack, Lack::EvenIfAsked);
    assert!(food.at_home.iter().all(|party| country(party) == "jp"), "{:?}", food.at_home);
    // Two mutual-aid arrangements and the law on pushing reach Ishikawa.
    assert!(food.at_home.len() >= 46, "{}", food.at_home.len());
    let relief = map.counts.iter().find(|count| count.step.as_str() == "relief_goods").unwrap();
    assert_eq!(relief.in_force, food.at_home);
    assert_eq!(relief.abroad(&relief.coming), relief.coming.len());
}

#[test]
fn says_what_exists_and_what_is_missing() {
    check(
        "kr-42",
        "2026-11-01",
        expect![[r#"
            kr-42 > cn-js (2 pairs): information [share permitted] water_food [request permitted, offer permitted] shelter [request permitted, offer permitted] medical [request permitted, offer permitted] tools [request permitted, offer permitted] personnel [request permitted, offer permitted]
            kr-42 > jp-15 (7 pairs): information [share coming] water_food [request coming, offer coming, order coming] shelter [request coming, offer coming, order coming] medical [request coming, offer coming, order coming] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            kr-42 > jp-17 (2 pairs): information [share permitted] water_food [request permitted, offer permitted, order coming] shelter [request permitted, offer permitted, order coming] medical [request permitted, offer permitted, order coming] tools [request permitted, offer permitted] personnel [request permitted, offer permitted] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            kr-42 > jp-31 (1 pairs): information [share permitted] water_food [request permitted, offer permitted, order coming, push coming] shelter [request permitted, offer permitted, order coming, push coming] medical [request permitted, offer permitted, order coming] tools [request permitted, offer permitted] personnel [request permitted, offer permitted, order coming] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            cn-js > kr-42 (2 pairs): information [share permitted] water_food [request permitted, offer permitted] shelter [request permitted, offer permitted] medical [request permitted, offer permitted] tools [request permitted, offer permitted] personnel [request permitted, offer permitted]
            jp-15 > kr-42 (7 pairs): information [share coming] water_food [request coming, offer coming, order coming] shelter [request coming, offer coming, order coming] medical [request coming, offer coming, order coming] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            jp-17 > kr-42 (2 pairs): information [share permitted] water_food [request permitted, offer permitted, order coming] shelter [request permitted, offer permitted, order coming] medical [request permitted, offer permitted, order coming] tools [request permitted, offer permitted] personnel [request permitted, offer permitted] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            jp-31 > kr-42 (1 pairs): information [share permitted] water_food [request permitted, offer permitted, order coming, push coming] shelter [request permitted, offer permitted, order coming, push coming] medical [request permitted, offer permitted, order coming] tools [request permitted, offer permitted] personnel [request permitted, offer permitted, order coming] transport [request coming, offer coming, order coming] energy [request coming, offer coming, order coming]
            kr-42 > kr-11 (16 pairs): information [share permitted] water_food [request permitted, offer permitted, order permitted] shelter [request permitted, offer permitted, order permitted] medical [request permitted, offer permitted, order permitted] tools [request permitted, offer permitted, order permitted] personnel [request permitted, offer permitted, order permitted] transport [request permitted, offer permitted, order permitted] energy [request permitted, offer permitted, order permitted]
            kr-42 > kr-mois (1 pairs): information [share permitted]
            kr-11 > kr-42 (16 pairs): information [share permitted] water_food [request permitted, offer permitted, order permitted] shelter [request permitted, offer permitted, order permitted] medical [request permitted, offer permitted, order permitted] tools [request permitted, offer permitted, order permitted] personnel [request permitted, offer permitted, order permitted] transport [request permitted, offer permitted, order permitted] energy [request permitted, offer permitted, order permitted]
            kr-mois > kr-42 (1 pairs): information [share permitted] water_food [request permitted, offer permitted, order permitted, push permitted] shelter [request permitted, offer permitted, order permitted, push permitted] medical [request permitted, offer permitted, order permitted, push permitted] tools [request permitted, offer permitted, order permitted, push permitted] personnel [request permitted, offer permitted, order permitted, push permitted] transport [request permitted, offer permitted, order permitted, push permitted] energy [request permitted, offer permitted, order permitted, push permitted]
            kr-42: alerts with 22, 5 abroad, 7 to come
            kr-42: drills with 5, 5 abroad, 7 to come
            kr-42: relief_goods with 17, 0 abroad, 10 to come
            kr-42: push with 1, 0 abroad, 1 to come
            kr-42: rescue_teams with 17, 0 abroad, 1 to come
            kr-42: transport with 17, 0 abroad, 10 to come
            kr-42: repaid_supply with 17, 0 abroad, 10 to come
            kr-42: energy with 17, 0 abroad, 10 to come
            nobody abroad sends water+food to kr-42 even_if_asked: coming kr-jp-logistics, coming kr-42--jp-31, other_step cjk-disaster-principles; relief_goods
            nobody abroad sends shelter+clothing+sanitation to kr-42 even_if_asked: coming kr-jp-logistics, coming kr-42--jp-31, other_step cjk-disaster-principles; relief_goods
            nobody abroad sends medical to kr-42 even_if_asked: coming kr-jp-logistics, other_step cjk-disaster-principles; relief_goods
            nobody abroad sends tools to kr-42 even_if_asked: other_step cjk-disaster-principles, other_category kr-jp-logistics; relief_goods
            nobody abroad sends personnel to kr-42 even_if_asked: coming kr-42--jp-31, other_step cjk-disaster-principles; rescue_teams
            nobody abroad sends transport to kr-42 even_if_asked: coming kr-jp-logistics; transport
            nobody sends fuel+electricity to kr-42 even_if_asked: coming kr-jp-logistics; energy
            cn-js, kr-42 (2): alerts in_force, drills in_force; next relief_goods
            jp-15, kr-42 (7): alerts coming, drills coming, relief_goods coming, transport coming, repaid_supply coming, energy coming; next alerts
            jp-17, kr-42 (2): alerts in_force, drills in_force, relief_goods coming, transport coming, repaid_supply coming, energy coming; next relief_goods
            jp-31, kr-42 (1): alerts in_force, drills in_force, relief_goods coming, push coming, rescue_teams coming, transport coming, repaid_supply coming, energy coming; next relief_goods
        "#]],
    );
}

#[test]
fn an_agreement_that_has_ended_is_told_as_such() {
    check(
        "kr-mnd jp-mod au-defence",
        "2026-08-01",
        expect![[r#"
            au-defence > jp-mod (2 pairs):
            jp-mod > kr-mnd (2 pairs): protected [request permitted, share permitted]
            au-defence and kr-mnd: no agreement
            jp-mod: protected_information with 1, 1 abroad, 0 to come
            kr-mnd: relief_goods with 0, 0 abroad, 1 to come
            kr-mnd: transport with 0, 0 abroad, 1 to come
            kr-mnd: repaid_supply with 0, 0 abroad, 1 to come
            kr-mnd: energy with 0, 0 abroad, 1 to come
            kr-mnd: forces_logistics with 0, 0 abroad, 1 to come
            kr-mnd: protected_information with 1, 1 abroad, 0 to come
            kr-jp-gsomia/point-3: notice_due 2026-08-24 Some(23)
            nobody sends water+food to au-defence even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends shelter+clothing+sanitation to au-defence even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends medical to au-defence even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends tools to au-defence even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends personnel to au-defence even_if_asked: other_category jp-mod--au-defence-2010; rescue_teams
            nobody sends transport to au-defence even_if_asked: ended jp-mod--au-defence-2010; transport
            nobody sends fuel+electricity to au-defence even_if_asked: ended jp-mod--au-defence-2010; energy
            nobody sends water+food to jp-mod even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends shelter+clothing+sanitation to jp-mod even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends medical to jp-mod even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends tools to jp-mod even_if_asked: ended jp-mod--au-defence-2010; relief_goods
            nobody sends personnel to jp-mod even_if_asked: other_category jp-mod--au-defence-2010; rescue_teams
            nobody sends transport to jp-mod even_if_asked: ended jp-mod--au-defence-2010; transport
            nobody sends fuel+electricity to jp-mod even_if_asked: ended jp-mod--au-defence-2010; energy
            nobody sends water+food to kr-mnd even_if_asked: ; relief_goods
            nobody sends shelter+clothing+sanitation to kr-mnd even_if_asked: ; relief_goods
            nobody sends medical to kr-mnd even_if_asked: ; relief_goods
            nobody sends tools to kr-mnd even_if_asked: ; relief_goods
            nobody sends personnel to kr-mnd even_if_asked: ; rescue_teams
            nobody sends transport to kr-mnd even_if_asked: ; transport
            nobody sends fuel+electricity to kr-mnd even_if_asked: ; energy
            au-defence, jp-mod (2): ; next alerts
            jp-mod, kr-mnd (1): protected_information in_force; next alerts
        "#]],
    );
}

/// A decision in the words of the map, worked out here anew.
fn level(decision: &Decision) -> Level {
    let settled = |need: &Need| matches!(need, Need::Quantity { .. } | Need::Commodity);
    match &decision.outcome {
        Outcome::Permitted => Level::Permitted,
        Outcome::Needs(needs) if needs.iter().all(settled) => Level::Permitted,
        Outcome::Needs(_) => Level::Needs,
        Outcome::Refused => {
            let codes: Vec<&str> = decision.reasons.iter().map(|reason| reason.code()).collect();
            let forbids = ["category_forbidden", "purpose_forbidden", "action_forbidden"];
            let is_forbidden = !codes.is_empty() && codes.iter().all(|c| forbids.contains(c));
            if is_forbidden { Level::Forbidden } else { Level::Nothing }
        }
    }
}

fn question(action: Action, pair: (&PartyId, &PartyId), of: &CategoryId, i: &Inquiry) -> Question {
    let (giver, receiver) = (pair.0.clone(), pair.1.clone());
    let purpose = i.purpose.clone();
    let mut question = Question::new(action, giver, receiver, of.clone(), purpose, i.status, i.on);
    question.requested = matches!(action, Action::Request | Action::Order);
    question.event = (action == Action::Push).then_some(Event {
        hours_since: 0,
        intensity: Some(Intensity::I7),
        alert: "red".parse().ok(),
        contact_lost: true,
    });
    question
}

/// Each agreement with the library as it is when that one, too, has entered into force, and the
/// first instant of its term.
type Prospects = BTreeMap<AgreementId, (Agreements, Time)>;

/// The level worked out anew: today's, or that of an agreement put into force.
fn asked_anew(question: &Question, prospects: &Prospects) -> Level {
    let now = level(&decide(&COMPILED, question));
    if now != Level::Nothing {
        return now;
    }
    let opens = prospects.iter().any(|(id, (tables, first))| {
        let on = question.on.max(*first);
        let asked = Question { under: Some(id.clone()), on, ..question.clone() };
        level(&decide(tables, &asked)) == Level::Permitted
    });
    if opens { Level::Coming } else { Level::Nothing }
}

fn prospects() -> Prospects {
    LIBRARY
        .iter()
        .map(|agreement| {
            let in_force = Standing::at(AgreementStatus::InForce);
            let tables = COMPILED.clone().with_standing(agreement.id(), in_force);
            // Midnight at the agreement's own offset.
            let hours = agreement.utc_offset_hours();
            let from = agreement.term().unwrap().from.unwrap();
            let first = format!("{from}T00:00:00+{hours:02}:00").parse().unwrap();
            (agreement.id().clone(), (tables, first))
        })
        .collect()
}

/// Asks every cell again.
fn recheck(map: &Map, inquiry: &Inquiry, prospects: &Prospects) {
    let ladder = ladder();
    let mut seen = BTreeSet::new();
    for row in &map.rows {
        for (giver, receiver) in &row.pairs {
            assert!(seen.insert((giver, receiver)), "{giver} {receiver} stands in two rows");
            for (group, cell) in ladder.groups.iter().zip(&row.cells) {
                assert_eq!(group.id, cell.group);
                for action in Action::ALL {
                    let ask = |of| question(action, (giver, receiver), of, inquiry);
                    let levels: Vec<(&CategoryId, Level)> = group
                        .categories
                        .iter()
                        .map(|category| (category, asked_anew(&ask(category), prospects)))
                        .collect();
                    let most = levels.iter().map(|(_, level)| *level).max().unwrap();
                    let what = format!("{giver} > {receiver} {action} {}", group.id);
                    assert_eq!(cell.level(action), most, "{what}");
                    let Some(act) = cell.acts.iter().find(|act| act.action == action) else {
                        continue;
                    };
                    let at_most = levels.iter().filter(|(_, level)| *level == most);
                    let categories: Vec<CategoryId> =
                        at_most.map(|(category, _)| (*category).clone()).collect();
                    assert_eq!(act.categories, categories, "{what}");
                    assert!(!act.clauses.is_empty(), "{what} cites nothing");
                    if most == Level::Forbidden || most == Level::Permitted {
                        let decision = decide(&COMPILED, &ask(&categories[0]));
                        let cited = decision.clauses.iter().all(|c| act.clauses.contains(c));
                        assert!(cited, "{what}: {decision}");
                    }
                }
            }
        }
    }
    for (one, other) in &map.unbound {
        assert!(!seen.contains(&(one, other)) && !seen.contains(&(other, one)));
    }
}

fn country(party: &PartyId) -> &str {
    let head = party.as_str().split('-').next().unwrap();
    if head.len() == 2 { head } else { party.as_str() }
}

/// Whether somebody abroad can send something in time, asked anew of `decide`.
fn is_sent(to: &PartyId, of: &CategoryId, lack: Lack, inquiry: &Inquiry) -> bool {
    let delay = |decision: &Decision| {
        let cited = decision.clauses.iter().map(|cited| {
            let agreement = LIBRARY.iter().find(|a| *a.id() == cited.agreement).unwrap();
            match &agreement.clause(&cited.clause).unwrap().terms {
                pumasi_agreement::clauses::Terms::Permit(permit) => permit.delay_hours,
                _ => 0,
            }
        });
        cited.max().unwrap_or(0)
    };
    let others = LIBRARY.iter().flat_map(Agreement::members).filter(|giver| {
        country(giver) != country(to)
            && (inquiry.parties.len() == 1 || inquiry.parties.contains(*giver))
    });
    let others: BTreeSet<&PartyId> = others.collect();
    others.into_iter().any(|giver| {
        let opens = |question: &Question| {
            let decision = decide(&COMPILED, question);
            level(&decision) == Level::Permitted && delay(&decision) <= inquiry.first_hours
        };
        let pushed = question(Action::Push, (giver, to), of, inquiry);
        let reachable = Event { contact_lost: false, ..pushed.event.unwrap() };
        match lack {
            Lack::IfUnreachable => opens(&pushed),
            Lack::EvenIfAsked => {
                opens(&question(Action::Order, (giver, to), of, inquiry))
                    || opens(&Question { event: Some(reachable), ..pushed })
            }
        }
    })
}

/// Asks every gap again, and every group without one.
fn recheck_gaps(map: &Map, inquiry: &Inquiry) {
    for receiver in &inquiry.parties {
        for group in ladder().groups.iter().filter(|group| group.relief) {
            for lack in [Lack::EvenIfAsked, Lack::IfUnreachable] {
                let told = |gap: &&Gap| {
                    gap.receiver == *receiver && gap.group == group.id && gap.lack == lack
                };
                let gap = map.gaps.iter().find(told);
                for category in &group.categories {
                    let lacks = match lack {
                        Lack::EvenIfAsked => !is_sent(receiver, category, lack, inquiry),
                        Lack::IfUnreachable => {
                            is_sent(receiver, category, Lack::EvenIfAsked, inquiry)
                                && !is_sent(receiver, category, lack, inquiry)
                        }
                    };
                    let said = gap.is_some_and(|gap| gap.categories.contains(category));
                    assert_eq!(said, lacks, "{category} to {receiver} {}", lack.code());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_map_says_what_decide_says(
        parties in prop::sample::subsequence(
            LIBRARY.iter().flat_map(Agreement::members).cloned().collect::<BTreeSet<_>>()
                .into_iter().filter(|id| !id.as_str().starts_with("jp-4") && !id.as_str().starts_with("jp-2"))
                .collect::<Vec<_>>(),
            1..=5,
        ),
        purpose in prop::sample::select(vocabulary::purposes().collect::<Vec<_>>()),
        status in prop::sample::select(vec![Status::Actual, Status::Exercise]),
        year in 2010..2040_i32,
    ) {
        let mut inquiry = inquiry("kr-42", &format!("{year}-06-01"), status);
        inquiry.parties = parties.into_iter().collect();
        inquiry.purpose = purpose;
        let map = map(&COMPILED, &inquiry);
        recheck(&map, &inquiry, &prospects());
        recheck_gaps(&map, &inquiry);
    }
}

#[test]
fn what_was_given_notice_of_lapses_when_it_takes_effect() {
    let id: AgreementId = "kr-jp-gsomia".parse().unwrap();
    let by: PartyId = "kr-mnd".parse().unwrap();
    let by_again = by.clone();
    let ends = "2026-11-20".parse().unwrap();
    let given = Standing::at(AgreementStatus::NoticeGiven { by: by.clone(), ends });
    let agreements = COMPILED.clone().with_standing(&id, given);
    let asked = inquiry("kr-mnd jp-mod", "2026-11-01", Status::Actual);
    let lapses = map(&agreements, &asked).lapses;
    let notice = LapseKind::NoticeTakesEffect { by };
    let lapse = lapses.iter().find(|lapse| lapse.kind == notice).unwrap();
    assert_eq!((lapse.on, lapse.days_left), (Some(ends), Some(19)));
    // Read in two ways, a notice that was resumed may end it on either of two days.
    let resumed = Standing::at(AgreementStatus::NoticeResumed {
        by: by_again,
        ends_if_it_ran: ends,
        ends_if_anew: "2027-01-30".parse().unwrap(),
    });
    let disputed = COMPILED.clone().with_standing(&id, resumed);
    let lapses = map(&disputed, &asked).lapses;
    let days: Vec<Option<i64>> = lapses.iter().map(|lapse| lapse.days_left).collect();
    assert_eq!(days, [Some(19), Some(90)], "{lapses:?}");
    let after = inquiry("kr-mnd jp-mod", "2026-11-21", Status::Actual);
    assert_eq!(map(&agreements, &after).lapses, []);
}
