//! Pushes of the vectors, each with what the neighbour answers and has on disk afterwards.

use std::time::Duration;

use pumasi_sync::push::{PushQuestion, answer, judge};
use pumasi_sync::{Cursor, Parcel, Taken};
use serde_json::{Value, json};

use super::cases::Desk;
use super::node::{Files, Node, parcel};

/// One push of jp.
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// Who is pushed to.
    pub ledger: &'static str,
    /// How far that one had come.
    pub kept: Cursor,
    /// The bytes of the body.
    pub body: String,
    /// The answer in a few words.
    pub answer: &'static str,
    /// What is special about it.
    pub what: &'static str,
}

/// What a node answers to a push with status 200, and what it has on disk then.
pub fn answered(node: &mut Node, kept: &Cursor, body: &[u8]) -> Result<(Value, Value), String> {
    let question = PushQuestion::read(body).map_err(|error| error.code().to_owned())?;
    let before = node.replica.clone();
    let taken = judge(kept, &question).map_or_else(Taken::default, |parcel| node.take(&parcel));
    let (answer, after) = answer(kept, &question, &taken, Duration::ZERO);
    let matters = node.replica.matters().values();
    let acts = matters.flat_map(|matter| matter.acts()).map(pumasi_act::Verified::id);
    let new: Vec<_> = acts.filter(|id| !before.holds(id)).collect();
    assert_eq!(new.len(), taken.received.new);
    Ok((json!(answer), json!({"before": kept, "after": after, "new": new})))
}

/// An answer to a push in a few words.
pub fn summary(answer: &Value, kept: &Value) -> String {
    let count = |list: &Value| list.as_array().unwrap().len();
    let (own, bulk) = (&answer["accepted_to"], &answer["accepted_bulk"]);
    let new = count(&kept["new"]);
    let need = count(&answer["need"]);
    let rejected = answer["rejected"].as_array().unwrap().iter();
    let codes: Vec<&str> = rejected.map(|rejected| rejected["code"].as_str().unwrap()).collect();
    let codes = if codes.is_empty() { String::new() } else { format!(": {}", codes.join(" ")) };
    format!("{new} new, {need} needed, at {own}/{bulk}{codes}")
}

fn kept(own: u64, bulk: u64) -> Cursor {
    Cursor { epoch: "ledger of jp".to_owned(), own, bulk }
}

fn before() -> Cursor {
    Cursor { epoch: "ledger of before".to_owned(), own: 99, bulk: 99 }
}

/// What jp would have answered to cn at these positions.
fn page(desk: &Desk, own: u64, bulk: u64, last: bool) -> Value {
    let question = json!({"v": 1, "epoch": "ledger of jp", "after": own, "bulk": bulk,
        "scope": "own", "wait": 0});
    let node = &desk.0["two-matters"];
    let page = node.answer(&"cn".parse().unwrap(), "feed", question.to_string().as_bytes());
    json!({"page": {"after": {"own": own, "bulk": bulk}, "last": last, "page": page.unwrap()}})
}

pub fn cases(files: &Files, desk: &Desk) -> Vec<Case> {
    let mut cases = beginnings(desk);
    cases.extend(pages(desk));
    cases.extend(positions(files, desk));
    cases.extend(bad(desk));
    cases
}

fn case(
    name: &'static str,
    [ledger, answer]: [&'static str; 2],
    kept: Cursor,
    body: &Value,
    what: &'static str,
) -> Case {
    Case { name, ledger, kept, body: body.to_string(), answer, what }
}

fn beginnings(desk: &Desk) -> Vec<Case> {
    let place = json!({"where": {"epoch": "ledger of jp"}});
    let ids = [11, 12].map(|position| desk.0["two-matters"].act(position));
    let needed = json!({"v": 1, "ids": ids}).to_string();
    let node = &desk.0["two-matters"];
    let needed = node.answer(&"cn".parse().unwrap(), "want", needed.as_bytes()).unwrap();
    let acts = json!({"acts": {"epoch": "ledger of jp", "parcel": needed["parcel"]}});
    let none = "0 new, 0 needed, at 0/0";
    let far = "0 new, 0 needed, at 17/15";
    let what = "it had come far in another ledger";
    vec![
        case("where", ["stranger", none], Cursor::default(), &place, "nothing was pushed yet"),
        case("where-kept", ["one-branch", far], kept(17, 15), &place, "how far it has come"),
        case("where-other-epoch", ["one-branch", none], before(), &place, what),
        case("acts", ["opened", "2 new, 0 needed, at 0/0"], kept(0, 0), &acts, "what was needed"),
    ]
}

fn pages(desk: &Desk) -> Vec<Case> {
    let (first, last) = (page(desk, 0, 0, false), page(desk, 0, 0, true));
    let early = "1 new, 2 needed, at 0/0: act_out_of_order";
    let again = "1 new, 1 needed, at 0/0: act_out_of_order";
    let moved = "1 new, 1 needed, at 17/17: act_out_of_order";
    let what = "acts of others are missing: what can be taken is, and the positions stay";
    let then = "then the page again: one more act is missing";
    let end = "what is missing is not to be had: the positions move";
    let known = "everything is there by another way";
    let all = "0 new, 0 needed, at 17/17";
    vec![
        case("page-early", ["stranger", early], kept(0, 0), &first, what),
        case("page-again", ["early", again], kept(0, 0), &first, then),
        case("page-last", ["early", moved], kept(0, 0), &last, end),
        case("page-known", ["one-branch", all], kept(0, 0), &first, known),
    ]
}

fn positions(files: &Files, desk: &Desk) -> Vec<Case> {
    let (first, later) = (page(desk, 0, 0, false), page(desk, 13, 13, false));
    let mut forged = later.clone();
    let whole = parcel(&files.bundle("act/world.pumasi"));
    let acts = vec![files.read("act/signature-node-wrong.json")];
    forged["page"]["page"]["parcel"] = json!(Parcel { acts, ..whole });
    let all = ["one-branch", "0 new, 0 needed, at 17/17"];
    let urgent = ["one-branch", "0 new, 0 needed, at 10/13"];
    let bulk = ["one-branch", "0 new, 0 needed, at 13/10"];
    let unverifiable = ["one-branch", "0 new, 0 needed, at 17/17: act_unverifiable"];
    let beyond = "a page that would pass over urgent acts is not taken";
    let beyond_bulk = "nor one that would pass over bulk";
    let overlapping = "a page that begins before the positions";
    let older = "the head lies before the positions: the ledger is an older copy";
    let other = "positions of another ledger are none here";
    let quiet = "a page without acts moves the positions too";
    let named = "a forged act is named and holds up nothing";
    vec![
        case("page-beyond", urgent, kept(10, 13), &later, beyond),
        case("page-beyond-bulk", bulk, kept(13, 10), &later, beyond_bulk),
        case("page-overlapping", all, kept(15, 13), &first, overlapping),
        case("page-older-copy", all, kept(99, 99), &first, older),
        case("page-other-epoch", all, before(), &first, other),
        case("page-quiet", all, kept(16, 16), &page(desk, 16, 16, false), quiet),
        case("page-forged", unverifiable, kept(13, 13), &forged, named),
    ]
}

fn bad(desk: &Desk) -> Vec<Case> {
    let case = |name, body: String, what| {
        let answer = "refused: question_unreadable";
        Case { name, ledger: "one-branch", kept: kept(0, 0), body, answer, what }
    };
    let mut no_last = page(desk, 16, 16, false);
    no_last["page"].as_object_mut().unwrap().remove("last");
    let mut no_page = page(desk, 16, 16, false);
    no_page["page"].as_object_mut().unwrap().remove("page");
    let mut negative = page(desk, 16, 16, false);
    negative["page"]["after"]["own"] = json!(-1);
    let two = json!({"where": {"epoch": ""}, "acts": {"epoch": "", "parcel": Parcel::default()}});
    let further = json!({"where": {"epoch": "", "mood": "good"}});
    vec![
        case("no-json", "where?".to_owned(), "no JSON"),
        case("no-push", json!({"there": {"epoch": ""}}).to_string(), "a push nobody knows"),
        case("two-pushes", two.to_string(), "two pushes at once"),
        case("field-unknown", further.to_string(), "a further field"),
        case("last-missing", no_last.to_string(), "no `last`"),
        case("page-missing", no_page.to_string(), "no page"),
        case("after-negative", negative.to_string(), "a negative position"),
    ]
}
