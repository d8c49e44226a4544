//! Lives of agreements, played as tables: each line is a step on a day, or a question how the
//! agreement stands on a day.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use pumasi_act::fold::fold_in_another_order;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Folded};
use pumasi_agreement::{AgreementStatus, Standing};
use pumasi_base::{Date, Digest, Status, Time};
use serde_json::{Value, json};

const TEXT: &str = include_str!("../src/testing/kr-jp.toml");

/// The text as a draft of two parties, with another term; another title makes another instrument.
fn text(title: &str, term: &str) -> String {
    let from = TEXT.find("from = ").unwrap();
    let line = TEXT[from..].lines().next().unwrap();
    TEXT.replace("nature = \"real\"", "nature = \"draft\"")
        .replace(line, &term.replace("; ", "\n"))
        .replace("[\"kr\", \"jp\", \"cn\"]", "[\"kr\", \"jp\"]")
        .replacen("ko = \"test", &format!("ko = \"{title}"), 1)
}

/// One life under way.
struct Play {
    world: World,
    term: &'static str,
    drafts: BTreeMap<String, (ActId, Digest)>,
    last: BTreeMap<&'static str, ActId>,
}

fn instant(date: &str) -> Time {
    // One in the morning in Greenwich is ten at the agreement's offset.
    format!("{date}T00:00:00Z").parse().unwrap()
}

impl Play {
    fn new(term: &'static str) -> Self {
        let start = instant("2015-01-01");
        let world = World::of_agreement("kr-jp", &["kr", "jp", "cn"], Status::Actual, start);
        Self { world, term, drafts: BTreeMap::new(), last: BTreeMap::new() }
    }

    /// The kind and body of a step.
    fn said(&self, step: &str, rest: &[&str]) -> (&'static str, Value) {
        let agreement = "kr-jp";
        match step {
            "drafts" => {
                let text = text(rest[0], self.term);
                ("draft_agreement", json!({ "text": text }))
            }
            "initials" | "signs" | "ratifies" => {
                let (draft, digest) = self.drafts[rest[0]];
                let kind = match step {
                    "initials" => "initial_agreement",
                    "signs" => "sign_agreement",
                    _ => "ratify_agreement",
                };
                (kind, json!({ "draft": draft, "digest": digest }))
            }
            "suspends" => {
                let clauses: Vec<&str> =
                    rest.first().filter(|c| **c != "-").map_or(vec![], |c| c.split('+').collect());
                let until = rest.get(1);
                let body = json!({ "agreement": agreement, "clauses": clauses, "from": null,
                    "until": until, "cause": "talks", "record": null });
                ("suspend_agreement", body)
            }
            "resumes" => {
                let suspension = self.last["suspends"];
                (
                    "resume_agreement",
                    json!({ "agreement": agreement, "suspension": suspension, "record": null }),
                )
            }
            "gives-notice" => {
                let body = json!({ "agreement": agreement, "ends": rest[0], "cause": "trust lost",
                    "record": null });
                ("give_notice", body)
            }
            "holds" | "unholds" | "withdraws" => {
                let kind = match step {
                    "holds" => "suspend_notice",
                    "unholds" => "resume_notice",
                    _ => "withdraw_notice",
                };
                let notice = self.last["gives-notice"];
                (kind, json!({ "agreement": agreement, "notice": notice, "record": null }))
            }
            "ends" => {
                let body = json!({ "agreement": agreement, "ends": rest[0], "cause": "replaced",
                    "record": null });
                ("agree_termination", body)
            }
            _ => panic!("{step}"),
        }
    }

    /// Plays `DATE party step words…` and says what became of it.
    fn step(&mut self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (party, step, rest) = (words[1], words[2], &words[3..]);
        self.world.wait_until(instant(words[0]));
        let (kind, body) = self.said(step, rest);
        let act = self.world.act(party, kind, None, body);
        let outcome = self.world.outcome(act);
        match step {
            "drafts" if outcome == "applied" => {
                let state = self.world.folded().state.unwrap();
                let digest = state
                    .lives
                    .get(&"kr-jp".parse().unwrap())
                    .and_then(|life| life.drafts.get(&act))
                    .map_or_else(|| Digest::of(b""), |draft| draft.digest);
                self.drafts.insert(rest[0].to_owned(), (act, digest));
            }
            "suspends" | "gives-notice" if outcome == "applied" => {
                self.last.insert(if step == "suspends" { "suspends" } else { "gives-notice" }, act);
            }
            _ => {}
        }
        outcome
    }

    fn standing(&self, date: &str) -> Standing {
        let date: Date = date.parse().unwrap();
        let state = self.world.folded().state.unwrap();
        let about = "kr-jp".parse().unwrap();
        state
            .lives
            .get(&about)
            .map_or_else(|| Standing::at(AgreementStatus::Proposed), |life| life.standing_on(date))
    }

    /// The standing in words.
    fn shown(&self, date: &str) -> String {
        use AgreementStatus as S;
        let standing = self.standing(date);
        let more = match &standing.status {
            S::NoticeGiven { ends, .. }
            | S::NoticeSuspended { ends, .. }
            | S::TerminationAgreed { ends }
            | S::Terminated { ends }
            | S::Expired { ends } => format!(" {ends}"),
            S::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
                format!(" {ends_if_it_ran} or {ends_if_anew}")
            }
            S::Signed { awaits } if !awaits.is_empty() => {
                let awaits: Vec<&str> = awaits.iter().map(|party| party.as_str()).collect();
                format!(" awaits {}", awaits.join("+"))
            }
            _ => String::new(),
        };
        let since = standing.entered.map_or_else(String::new, |day| format!(" since {day}"));
        format!("{}{more}{since}", standing.code())
    }
}

/// Plays a life under a term: `step => outcome` (applied when left out) and `DATE? => standing`.
#[track_caller]
fn check(term: &'static str, table: &str) -> Play {
    let mut play = Play::new(term);
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (said, expected) = line.split_once(" => ").unwrap_or((line, "applied"));
        let found = match said.strip_suffix('?') {
            Some(date) => play.shown(date),
            None => play.step(said),
        };
        assert_eq!(found, expected, "{line}");
    }
    play
}

const SIGNED: &str = "from = 2020-01-01; notice = \"P90D\"";
const YEARLY: &str =
    "entry = \"signature\"; lasts = \"P1Y\"; renews = \"P1Y\"; notice_before_end = \"P90D\"";

#[test]
fn from_the_first_draft_to_entry_into_force() {
    check(
        "entry = \"ratification\"; entry_after = \"P30D\"; notice = \"P90D\"",
        "
        2016-01-01? => proposed
        2016-01-01 kr drafts one
        2016-01-02 kr drafts one => draft_must_be_new
        2016-01-02 cn drafts two => author_must_be_party
        2016-01-02? => drafted
        2016-01-03 jp drafts two
        2016-01-04 kr initials two
        2016-01-04? => drafted
        2016-01-05 jp initials two
        2016-01-05? => initialled
        2016-01-06 kr ratifies two => signatures_must_be_complete
        2016-01-07 kr signs two
        2016-01-07? => signed_by_some
        2016-01-07 kr signs two => endorsement_must_be_once
        2016-01-07 kr signs one => endorsement_must_be_once
        2016-01-07 cn signs two => author_must_be_party
        2016-01-08 kr suspends => agreement_must_have_force
        2016-01-08 jp signs two
        2016-01-09? => signed awaits jp+kr
        2016-01-10 kr ratifies two
        2016-01-10? => signed awaits jp
        2016-02-01 jp ratifies two
        2016-03-01? => signed
        2016-03-02? => in_force since 2016-03-02
        ",
    );
    check(
        SIGNED,
        "
        2016-01-01 kr drafts one
        2016-01-02 kr signs one
        2016-01-03 jp signs one
        2016-01-04 kr ratifies one => ratification_must_be_awaited
        2019-12-31? => signed
        2020-01-01? => in_force since 2020-01-01
        ",
    );
}

#[test]
fn an_amendment_is_a_later_version_that_all_sign() {
    check(
        YEARLY,
        "
        2016-01-01 kr drafts one
        2016-01-02 kr signs one
        2016-01-03 jp signs one
        2016-01-03? => in_force since 2016-01-03
        2016-05-01 jp drafts two
        2016-05-02 jp signs two
        2016-05-03? => in_force since 2016-01-03
        2016-05-04 kr signs two
        2016-05-04? => in_force since 2016-05-04
        2016-04-01? => in_force since 2016-01-03
        ",
    );
}

#[test]
fn suspended_in_part_and_for_a_while() {
    check(
        SIGNED,
        "
        2020-01-01 kr drafts one
        2020-01-02 kr signs one
        2020-01-03 jp signs one
        2020-02-01 jp suspends art-99 => clause_must_exist
        2020-02-01 jp suspends art-1 2020-01-31 => date_must_follow
        2020-02-01 jp suspends art-1 2020-03-01
        2020-02-01? => suspended_in_part since 2020-01-03
        2020-02-29? => suspended_in_part since 2020-01-03
        2020-03-01? => in_force since 2020-01-03
        2020-04-01 kr suspends
        2020-04-01? => suspended since 2020-01-03
        2020-04-02 jp resumes => step_must_be_own
        2020-04-03 kr resumes
        2020-04-02? => suspended since 2020-01-03
        2020-04-03? => in_force since 2020-01-03
        2020-04-04 kr resumes => stage_must_fit
        2020-04-04 cn suspends => author_must_be_party
        ",
    );
}

#[test]
fn a_notice_of_ninety_days_is_neither_shorter_nor_a_year_longer() {
    let start = "
        2016-11-23 kr drafts one
        2016-11-23 kr signs one
        2016-11-23 jp signs one
        2018-11-23? => in_force since 2016-11-23";
    let with = |rest: &str| format!("{start}\n{rest}");
    // Ninety-one, ninety and eighty-nine days before the last day of the running year.
    check(YEARLY, &with("2019-08-23 kr gives-notice 2019-11-22 => notice_must_be_long_enough"));
    check(YEARLY, &with("2019-08-23 kr gives-notice 2019-11-23"));
    check(YEARLY, &with("2019-08-24 kr gives-notice 2019-11-23"));
    check(YEARLY, &with("2019-08-25 kr gives-notice 2019-11-23 => notice_must_be_long_enough"));
    check(YEARLY, &with("2019-08-25 kr gives-notice 2020-11-23"));
    let play = check(
        YEARLY,
        &with(
            "2019-08-23 kr gives-notice 2019-11-23
            2019-08-23 kr gives-notice 2019-11-23 => notice_must_be_once
            2019-11-22? => notice_given 2019-11-23 since 2016-11-23
            2019-11-23? => terminated 2019-11-23 since 2016-11-23
            2019-12-01 jp suspends => agreement_must_have_force
            2019-12-01 kr withdraws => agreement_must_have_force
            2019-12-01 jp drafts again => agreement_must_not_have_ended",
        ),
    );
    assert_eq!(play.standing("2019-12-01").code(), "terminated");
    check(
        "from = 2016-11-23",
        &with("2019-08-23 kr gives-notice 2030-01-01 => notice_must_be_provided_for"),
    );
}

/// What happened to the agreement of Korea and Japan on classified military information between
/// August 2019 and March 2023, and what might have.
#[test]
fn a_suspended_notice_keeps_both_readings() {
    let story = "
        2016-11-23 kr drafts one
        2016-11-23 kr signs one
        2016-11-23 jp signs one
        2019-08-23 kr gives-notice 2019-11-23
        2019-11-22 jp holds => step_must_be_own
        2019-11-22 kr unholds => stage_must_fit
        2019-11-22 kr holds
        2019-11-22 kr holds => stage_must_fit
        2019-11-21? => notice_given 2019-11-23 since 2016-11-23
        2019-11-23? => notice_suspended 2019-11-23 since 2016-11-23
        2022-12-31? => notice_suspended 2019-11-23 since 2016-11-23";
    check(
        YEARLY,
        &format!(
            "{story}\n2023-03-21 kr withdraws\n2023-03-21? => notice_withdrawn since 2016-11-23\n2023-08-01 jp gives-notice 2023-11-23"
        ),
    );
    check(
        YEARLY,
        &format!(
            "{story}
            2021-03-01 kr unholds
            2021-03-01? => notice_resumed 2021-03-02 or 2021-11-23 since 2016-11-23
            2021-11-22? => notice_resumed 2021-03-02 or 2021-11-23 since 2016-11-23
            2021-06-01 kr withdraws
            2021-12-01? => notice_withdrawn since 2016-11-23"
        ),
    );
    let play = check(
        YEARLY,
        &format!(
            "{story}\n2021-03-01 kr unholds\n2021-11-23? => terminated 2021-11-23 since 2016-11-23"
        ),
    );
    let force = |date: &str| play.standing(date).force_for(Status::Actual, date.parse().unwrap());
    let days = ["2021-03-01", "2021-03-02", "2021-11-22", "2021-11-23"].map(force);
    use pumasi_agreement::status::Force;
    assert_eq!(days, [Force::Binding, Force::Disputed, Force::Disputed, Force::None]);
}

#[test]
fn an_end_that_all_agree_on() {
    check(
        SIGNED,
        "
        2020-01-01 kr drafts one
        2020-01-02 kr signs one
        2020-01-03 jp signs one
        2020-02-01 kr ends 2020-02-01 => date_must_follow
        2020-02-01 kr ends 2020-06-01
        2020-02-01? => in_force since 2020-01-03
        2020-02-02 jp ends 2020-07-01
        2020-02-02? => in_force since 2020-01-03
        2020-02-03 kr ends 2020-07-01
        2020-02-03? => termination_agreed 2020-07-01 since 2020-01-03
        2020-07-01? => terminated 2020-07-01 since 2020-01-03
        ",
    );
    check(
        "entry = \"signature\"; lasts = \"P1Y\"",
        "
        2023-02-27 kr drafts one
        2023-02-28 kr signs one
        2023-02-28 jp signs one
        2024-02-27? => in_force since 2023-02-28
        2024-02-28? => expired 2024-02-28 since 2023-02-28
        2024-02-28 kr suspends => agreement_must_have_force
        ",
    );
}

#[test]
fn a_text_must_read_and_be_the_one_signed() {
    let mut play = Play::new(SIGNED);
    let mut act = |kind: &str, body| {
        let act = play.world.act("kr", kind, None, body);
        play.world.outcome(act)
    };
    assert_eq!(act("draft_agreement", json!({ "text": "id = 3" })), "instrument_must_read");
    let other = text("one", SIGNED).replace("id = \"kr-jp\"", "id = \"kr-cn\"");
    assert_eq!(act("draft_agreement", json!({ "text": other })), "instrument_must_read");
    assert_eq!(play.step("2020-01-01 kr drafts one"), "applied");
    let (draft, _) = play.drafts["one"];
    let forged = json!({ "draft": draft, "digest": Digest::of(b"another text") });
    let act = play.world.act("jp", "sign_agreement", None, forged);
    assert_eq!(play.world.outcome(act), "instrument_must_match");
}

const CLAUSE: Option<&str> = Some("kr-jp/art-1");

fn order_body() -> Value {
    json!({ "assisting": "kr", "request": null, "offer": null, "commodity": "blanket",
        "quantity": "10 EA", "purpose": "disaster_relief", "place": "jp",
        "mode": "replacement_in_kind", "price": null })
}

fn order(world: &mut World) -> ActId {
    world.act("jp", "requisition_resource", CLAUSE, order_body())
}

fn commit(world: &mut World, order: ActId) -> ActId {
    world.act("kr", "commit_resource", CLAUSE, json!({ "order": order, "quantity": "10 EA" }))
}

fn dispatch(world: &mut World, order: ActId) -> ActId {
    let body = json!({ "order": order, "quantity": "10 EA", "pallets": 1, "links": [],
        "departs": "2024-01-02T00:00:00Z", "arrives": "2024-01-09T00:00:00Z" });
    world.act("kr", "dispatch_shipment", None, body)
}

fn suspend(world: &mut World, agreement: &str, clauses: &[&str]) -> ActId {
    let body = json!({ "agreement": agreement, "clauses": clauses, "from": null, "until": null,
        "cause": "talks", "record": null });
    world.act("kr", "suspend_agreement", None, body)
}

/// Orders in a matter of aid, around a suspension of the clause they stand on.
#[test]
fn a_suspension_reaches_orders_but_not_goods_at_sea() {
    let start = instant("2024-01-01");
    let mut world = World::new(&["kr", "jp"], vec![agreement()], Status::Actual, start);
    let (at_sea, waiting) = (order(&mut world), order(&mut world));
    for order in [at_sea, waiting] {
        let committed = commit(&mut world, order);
        assert_eq!(world.outcome(committed), "applied");
    }
    let shipment = dispatch(&mut world, at_sea);
    let day_before = world.folded();
    world.wait_until(instant("2024-01-03"));
    let suspension = suspend(&mut world, "kr-jp", &["art-1"]);
    assert_eq!(world.outcome(suspension), "applied");
    // Whoever had not seen the suspension orders in good faith, and the giver cannot promise.
    let unaware =
        world.act_having_seen(&day_before, "jp", "requisition_resource", CLAUSE, order_body());
    assert_eq!(world.outcome(unaware), "applied");
    // The day after: nothing new, nothing more leaves.
    world.wait_until(instant("2024-01-04"));
    let refused = "agreement_must_permit: suspended [art-1]";
    let (late, answer) = (order(&mut world), commit(&mut world, unaware));
    let left_behind = dispatch(&mut world, waiting);
    let outcomes = [late, answer, left_behind].map(|act| world.outcome(act));
    assert_eq!(outcomes, [refused, refused, "dispatch_must_not_be_suspended"]);
    // What is at sea arrives and is received; what is owed is settled.
    let receipt = json!({ "shipment": shipment, "accepted": "10 EA", "rejected": "0 EA",
        "reason": null, "short": "0 EA" });
    let received = world.act("jp", "receive_resource", None, receipt);
    let bill = json!({ "order": at_sea, "sum": null });
    let billed = world.act("kr", "bill_obligation", None, bill);
    assert_eq!([received, billed].map(|act| world.outcome(act)), ["applied", "applied"]);
    // Lifted again, what waited leaves.
    world.wait_until(instant("2024-01-10"));
    let lift = json!({ "agreement": "kr-jp", "suspension": suspension, "record": null });
    let resumed = world.act("kr", "resume_agreement", None, lift);
    let leaves = dispatch(&mut world, waiting);
    assert_eq!([resumed, leaves].map(|act| world.outcome(act)), ["applied", "applied"]);
    let foreign = suspend(&mut world, "kr-cn", &[]);
    let draft = world.act("kr", "draft_agreement", None, json!({ "text": TEXT }));
    assert_eq!(world.outcome(foreign), "agreement_must_be_of_matter");
    assert_eq!(world.outcome(draft), "stage_must_fit");
}

/// What the acts of a life add up to, in a random causal order.
fn in_random_order(world: &World, mut choices: impl FnMut(usize) -> usize) -> Folded {
    fold_in_another_order(&world.terms, &world.acts, |ready| {
        let count = ready.len();
        (count > 0).then(|| *ready.iter().nth(choices(count)).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Parties that see different worlds write at the same time; the order of arrival decides
    /// nothing.
    #[test]
    fn lives_converge(steps in prop::collection::vec((0..3_usize, 0..12_usize, 0..6_usize), 1..14), picks in prop::collection::vec(0..1000_usize, 64)) {
        let mut play = Play::new(YEARLY);
        for line in ["2016-01-01 kr drafts one", "2016-01-02 kr signs one"] {
            play.step(line);
        }
        let (one, digest) = play.drafts["one"];
        let mut seen = play.world.folded();
        for (index, (party, what, lag)) in steps.into_iter().enumerate() {
            let day = instant("2016-06-01");
            play.world.wait_until(pumasi_base::time::plus_seconds(day, i64::try_from(index).unwrap() * 86_400));
            if lag == 0 {
                seen = play.world.folded();
            }
            let party = ["kr", "jp", "cn"][party];
            let last = play.world.acts.last().unwrap().id();
            let agreement = "kr-jp";
            let (kind, body) = match what {
                0 => ("sign_agreement", json!({ "draft": one, "digest": digest })),
                1 => ("initial_agreement", json!({ "draft": one, "digest": digest })),
                2 | 3 => ("suspend_agreement", json!({ "agreement": agreement, "clauses": [], "from": null, "until": null, "cause": "", "record": null })),
                4 => ("resume_agreement", json!({ "agreement": agreement, "suspension": last, "record": null })),
                5 | 6 => ("give_notice", json!({ "agreement": agreement, "ends": "2017-11-23", "cause": "", "record": null })),
                7 => ("suspend_notice", json!({ "agreement": agreement, "notice": last, "record": null })),
                8 => ("resume_notice", json!({ "agreement": agreement, "notice": last, "record": null })),
                9 => ("withdraw_notice", json!({ "agreement": agreement, "notice": last, "record": null })),
                10 => ("agree_termination", json!({ "agreement": agreement, "ends": "2016-12-01", "cause": "", "record": null })),
                _ => ("draft_agreement", json!({ "text": text("two", YEARLY) })),
            };
            // Its own log it has always seen.
            let mut own = seen.clone();
            let world = play.world.folded();
            let log = play.world.pen(party).log;
            if let Some(head) = world.logs.get(&log) {
                own.logs.insert(log, *head);
            }
            play.world.act_having_seen(&own, party, kind, None, body);
        }
        let plain = play.world.folded();
        let mut place = 0;
        let shuffled = in_random_order(&play.world, |count| {
            place += 1;
            picks[place % picks.len()] % count
        });
        prop_assert_eq!(plain.state, shuffled.state);
    }
}
