//! The questions of the vectors, each with what a node is expected to answer.
//!
//! What is expected is written here by hand, from the page of the specification: a node that
//! comes to answer otherwise is found out even when the files are written anew.

use std::collections::BTreeMap;

use pumasi_act::ActId;
use serde_json::{Value, json};

use super::ledgers::nothing;
use super::node::{Files, Node};

/// One question.
pub struct Case {
    /// The route and a name.
    pub name: &'static str,
    /// Who is asked.
    pub ledger: &'static str,
    /// The party that asks.
    pub asker: &'static str,
    /// The bytes of the body.
    pub body: String,
    /// The answer in a few words.
    pub answer: &'static str,
    /// What is special about it.
    pub what: &'static str,
}

/// The nodes that are asked.
pub struct Desk(pub BTreeMap<&'static str, Node>);

impl Desk {
    pub fn new(files: &Files) -> Self {
        let names = [
            "two-matters",
            "one-branch",
            "drafts",
            "lanes-before",
            "lanes",
            "many",
            "many-others",
            "many-fewer",
        ];
        Self(names.into_iter().map(|name| (name, Node::load(files, name))).collect())
    }

    fn act(&self, position: usize) -> ActId {
        self.0["two-matters"].act(position)
    }

    /// The log of the act at a position of `two-matters`, as held up to that act.
    fn height(&self, position: usize) -> Value {
        let id = self.act(position);
        let matters = self.0["two-matters"].replica.matters().values();
        let act = matters.flat_map(|matter| matter.acts()).find(|act| act.id() == id).unwrap();
        json!({"log": act.payload().log, "seq": act.payload().seq, "head": id})
    }

    /// The same, with a head that nobody has.
    fn strange_height(&self, position: usize, seq: u64) -> Value {
        let mut height = self.height(position);
        (height["seq"], height["head"]) = (json!(seq), json!(nothing()));
        height
    }
}

/// Collects cases of one route.
struct Table {
    route: &'static str,
    cases: Vec<Case>,
}

impl Table {
    fn add(
        &mut self,
        name: &'static str,
        [ledger, asker]: [&'static str; 2],
        body: impl ToString,
        answer: &'static str,
        what: &'static str,
    ) {
        assert!(name.starts_with(self.route));
        self.cases.push(Case { name, ledger, asker, body: body.to_string(), answer, what });
    }

    /// A question that is answered with status 400, whoever asks.
    fn bad(&mut self, name: &'static str, body: impl ToString, what: &'static str) {
        self.add(name, ["two-matters", "kr"], body, "refused: question_unreadable", what);
    }
}

pub fn cases(desk: &Desk) -> Vec<Case> {
    let tables = [
        hello(desk),
        feed(),
        lanes(),
        bad_feed(),
        want(desk),
        recon(),
        above(desk),
        bad_above(desk),
    ];
    tables.into_iter().flat_map(|table| table.cases).collect()
}

fn hello(desk: &Desk) -> Table {
    let mut table = Table { route: "hello/", cases: Vec::new() };
    let asked = ["two-matters", "kr"];
    let hello = |change: Value| {
        let mut hello = json!(desk.0["many-others"].ledger.hello);
        hello.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        hello
    };
    let answer = "jp in version 1";
    table.add("hello/good", asked, hello(json!({})), answer, "the first words");
    let later = json!({"protos": [1, 2], "rules": [1, 2]});
    table.add("hello/later", asked, hello(later), answer, "a node that knows later versions too");
    let tomorrow = json!({"protos": [9], "rules": [9]});
    let what = "no common version: answered, so that the asker can name both";
    table.add("hello/no-common-version", asked, hello(tomorrow), answer, what);
    let what = "fields nobody knows are passed over";
    table.add("hello/further-field", asked, hello(json!({"mood": "good"})), answer, what);
    table.bad("hello/no-json", "hello", "no JSON");
    table.bad("hello/empty", "", "no body");
    table.bad("hello/no-object", "[]", "another JSON value");
    table.bad("hello/field-missing", json!({"protos": [1]}), "most of it is missing");
    table.bad("hello/party-malformed", hello(json!({"party": "KR"})), "a party in capitals");
    table.bad("hello/version-text", hello(json!({"protos": ["1"]})), "a version as text");
    table
}

/// A question to the feed without a second cursor.
fn ask(epoch: &str, after: u64, scope: &str) -> Value {
    json!({"v": 1, "epoch": epoch, "after": after, "scope": scope, "wait": 0})
}

fn feed() -> Table {
    let mut table = Table { route: "feed/", cases: Vec::new() };
    let (kr, cn) = (["two-matters", "kr"], ["two-matters", "cn"]);
    let jp = "ledger of jp";
    let own = "acts 1 2 3 6 8 10 13 15, to 17 of 17";
    table.add("feed/own", kr, ask("", 0, "own"), own, "what the neighbour wrote itself");
    let what = "everything shared with cn, which has no part in the first matter";
    table.add("feed/all", cn, ask("", 0, "all"), "acts 10 11 12 13 14 15 16 17, to 17 of 17", what);
    let what = "what came after a position";
    table.add("feed/after", cn, ask(jp, 13, "own"), "acts 15, to 17 of 17", what);
    let what = "nothing new: how the two shared matters stand";
    table.add("feed/quiet", kr, ask(jp, 17, "own"), "no acts, to 17 of 17, standing of 2", what);
    let what = "only others wrote since: how all shared matters stand";
    table.add(
        "feed/quiet-own",
        kr,
        ask(jp, 15, "own"),
        "no acts, to 17 of 17, standing of 2",
        what,
    );
    let what = "a party that shares nothing learns the head and nothing else";
    let nothing = "no acts, to 17 of 17, standing of 0";
    table.add("feed/nothing-shared", ["two-matters", "us"], ask("", 0, "all"), nothing, what);
    let older = "acts 10 13 15, to 17 of 17";
    let what = "a position beyond the head: the ledger is an older copy and begins at 0";
    table.add("feed/older-copy", cn, ask(jp, 99, "own"), older, what);
    let what = "a position of another ledger: answered, and not read by who asks";
    let other = ask("ledger of before", 13, "own");
    table.add("feed/other-epoch", cn, other, "acts 15, to 17 of 17", what);
    let what = "of 69 shared matters, those with acts after the position, and a summary of all";
    let summary = "no acts, to 69 of 69, standing of 2 and all";
    table.add("feed/summary", ["many", "kr"], ask(jp, 67, "own"), summary, what);
    table
}

/// A question with both cursors.
fn both(after: u64, bulk: u64, scope: &str) -> Value {
    let mut question = ask("ledger of jp", after, scope);
    question["bulk"] = json!(bulk);
    question
}

fn lanes() -> Table {
    let mut table = Table { route: "feed/", cases: Vec::new() };
    let (before, later, drafts) = (["lanes-before", "cn"], ["lanes", "cn"], ["drafts", "jp"]);
    let what = "urgent acts first, with the bulk in their past; of the rest 256 KiB";
    let first = "acts 1 2 3 4 5 6 7, to 10, bulk 7 of 10";
    table.add("feed/lanes-first", before, both(0, 0, "own"), first, what);
    let rest = "acts 8 10, to 10, bulk 10 of 10";
    table.add("feed/lanes-rest", before, both(10, 7, "own"), rest, "the rest of the bulk");
    let what = "an urgent act that came meanwhile takes the rest of the bulk along";
    let along = "acts 8 10 11, to 11, bulk 11 of 11";
    table.add("feed/lanes-along", later, both(10, 7, "own"), along, what);
    let quiet = "no acts, to 11, bulk 11 of 11, standing of 1";
    let what = "no bulk is left: the second cursor goes to the head";
    table.add("feed/lanes-quiet", later, both(11, 10, "own"), quiet, what);
    let what = "one cursor: the acts as they lie";
    table.add("feed/lanes-plain", later, ask("", 8, "all"), "acts 9 10 11, to 11 of 11", what);
    let what = "an urgent act out of scope takes along what is in scope";
    let own = "acts 1 2 6 7 10, to 10, bulk 10 of 10";
    table.add("feed/along-own", drafts, both(0, 0, "own"), own, what);
    let what = "the first urgent act after the cursor takes along all bulk that lies behind";
    let all = "acts 2 3 4 5 6 7 8 9 10, to 10, bulk 10 of 10";
    table.add("feed/along-all", drafts, both(3, 0, "all"), all, what);
    let what = "bulk that the asker has does not come again";
    let rest = "acts 3 4 5 6 7 8 9 10, to 10, bulk 10 of 10";
    table.add("feed/along-rest", drafts, both(3, 2, "all"), rest, what);
    let what = "one cursor beyond the head: both begin at 0";
    table.add("feed/older-bulk", drafts, both(9, 11, "own"), own, what);
    table
}

fn bad_feed() -> Table {
    let mut table = Table { route: "feed/", cases: Vec::new() };
    let with = |field: &str, value: Value| {
        let mut question = ask("", 0, "own");
        question[field] = value;
        question
    };
    let refused = "refused: version_unknown";
    let what = "another version of the protocol";
    table.add("feed/version-other", ["two-matters", "kr"], with("v", json!(2)), refused, what);
    let mut missing = ask("", 0, "own");
    missing.as_object_mut().unwrap().remove("wait");
    table.bad("feed/field-missing", missing, "no `wait`");
    table.bad("feed/field-unknown", with("mood", json!("good")), "a field nobody knows");
    table.bad("feed/scope-other", with("scope", json!("mine")), "a scope nobody knows");
    table.bad("feed/after-negative", with("after", json!(-1)), "a negative position");
    table.bad("feed/after-float", with("after", json!(1.5)), "a position between two others");
    table.bad("feed/after-text", with("after", json!("1")), "a position as text");
    table.bad("feed/truncated", "{\"v\":1,\"epoch\":\"\"", "cut off in the middle");
    let trailing = format!("{}x", ask("", 0, "own"));
    table.bad("feed/trailing-bytes", trailing, "something after the end");
    let twice = ask("", 0, "own").to_string().replacen('{', "{\"after\":9,", 1);
    table.bad("feed/field-twice", twice, "a field twice");
    table
}

fn want(desk: &Desk) -> Table {
    let mut table = Table { route: "want/", cases: Vec::new() };
    let (kr, cn) = (["two-matters", "kr"], ["two-matters", "cn"]);
    let ask = |ids: &[ActId]| json!({"v": 1, "ids": ids});
    let at = |positions: &[usize]| positions.iter().map(|at| desk.act(*at)).collect::<Vec<_>>();
    let what = "acts of two matters, asked for in falling order";
    table.add("want/parents-first", kr, ask(&at(&[15, 14, 2])), "acts 2 14 15", what);
    table.add("want/twice", kr, ask(&at(&[2, 2])), "acts 2", "an act asked for twice");
    let what = "an act nobody has is passed over";
    table.add("want/unknown", kr, ask(&[desk.act(2), nothing()]), "acts 2", what);
    let what = "acts the asker may not see are as if they were not here";
    table.add("want/not-shared", cn, ask(&at(&[1, 4, 17])), "acts 17", what);
    table.add("want/none", kr, ask(&[]), "no acts", "no ids");
    let mut many: Vec<ActId> =
        (0..256_u32).map(|number| ActId(pumasi_base::Digest::of(&number.to_be_bytes()))).collect();
    many.push(desk.act(17));
    table.add("want/beyond", kr, ask(&many), "no acts", "the 257th id is not looked at");
    let refused = "refused: version_unknown";
    let other = json!({"v": 2, "ids": []});
    table.add("want/version-other", kr, other, refused, "another version of the protocol");
    let id = |text: &str| json!({"v": 1, "ids": [text]});
    let capitals = desk.act(2).to_string().to_uppercase();
    table.bad("want/id-short", id(&desk.act(2).to_string()[1..]), "an id of 63 digits");
    table.bad("want/id-capitals", id(&capitals), "an id in capitals");
    table.bad("want/field-unknown", json!({"v": 1, "ids": [], "all": true}), "a further field");
    table.bad("want/field-missing", json!({"v": 1}), "no `ids`");
    table
}

fn recon() -> Table {
    let mut table = Table { route: "recon/", cases: Vec::new() };
    let kr = ["two-matters", "kr"];
    let matters = |message: &str| json!({"matters": message});
    // Version 0x61, and one range up to the end: skipped (0), its fingerprint (1), its ids (2).
    let what = "the asker has no matters";
    table.add("recon/matters-none", kr, matters("YQAAAgA="), "a message", what);
    let what = "nothing is shared, so that nothing is told";
    table.add(
        "recon/matters-stranger",
        ["two-matters", "us"],
        matters("YQAAAgA="),
        "a message",
        what,
    );
    let what = "another version of negentropy: answered by the version that is spoken here";
    table.add("recon/matters-version", kr, matters("Yg=="), "a message", what);
    let refused = "refused: message_unreadable";
    table.add("recon/matters-no-base64", kr, matters("%"), refused, "no base64");
    table.add("recon/matters-empty", kr, matters(""), refused, "a message without its version");
    table.add("recon/matters-other", kr, matters("AAAA"), refused, "no message of negentropy");
    let what = "a fingerprint that is cut off";
    table.add("recon/matters-truncated", kr, matters("YQAAAQA="), refused, what);
    table.bad("recon/matters-list", json!({"matters": []}), "a list for a message");
    table
}

fn above(desk: &Desk) -> Table {
    let mut table = Table { route: "recon/", cases: Vec::new() };
    let (kr, cn) = (["two-matters", "kr"], ["two-matters", "cn"]);
    let (order, fork) = (desk.act(1), desk.act(10));
    let ask = |matters: Value, marks: Value| json!({"above": {"matters": matters, "marks": marks}});
    let heights =
        |matter: ActId, heights: &[Value]| ask(json!({matter.to_string(): heights}), json!([]));
    let at = |positions: &[usize]| positions.iter().map(|at| desk.height(*at)).collect::<Vec<_>>();
    let all = "acts 1 2 3 4 5 6 7 8 9";
    let what = "a matter the asker does not have";
    table.add("recon/above-nothing", kr, heights(order, &[]), all, what);
    let what = "a gap: the asker has the first acts of both logs, and nothing of another matter";
    let two = json!({order.to_string(): at(&[3, 5]), fork.to_string(): []});
    let both = "acts 6 7 8 9 10 11 12 13 14 15 16 17";
    table.add("recon/above-gap", kr, ask(two, json!([])), both, what);
    let what = "a log that is not stated";
    table.add("recon/above-log-missing", kr, heights(order, &at(&[8])), "acts 4 5 7 9", what);
    let what = "everything is there";
    table.add("recon/above-same", kr, heights(order, &at(&[8, 9])), "no acts", what);
    let more = [desk.strange_height(8, 9), desk.height(9)];
    let what = "the asker has more of a log: the last act held here tells that it goes on";
    table.add("recon/above-more", kr, heights(order, &more), "acts 8", what);
    let other = [desk.strange_height(8, 1), desk.height(9)];
    let what = "the asker has another act at a place: everything from there on";
    table.add("recon/above-other", kr, heights(order, &other), "acts 2 3 6 8", what);
    let what = "a fork that both know: its two acts are sent all the same";
    table.add("recon/above-fork", kr, heights(fork, &at(&[15, 16, 17])), "acts 14 16", what);
    let what = "the asker has the other branch, and more of a third log";
    let branch = heights(fork, &at(&[15, 16, 17]));
    table.add("recon/above-branch", ["one-branch", "jp"], branch, "acts 3 5", what);
    let what = "a matter nobody has";
    table.add("recon/above-unknown", kr, heights(nothing(), &[]), "no acts", what);
    let what = "a matter the asker has no part in is as if it were not here";
    table.add("recon/above-not-shared", cn, heights(order, &[]), "no acts", what);
    let mark = desk.0["two-matters"].replica.matter(&order).unwrap().mark();
    let what = "a matter by its mark, and a mark of none";
    table.add("recon/above-marks", kr, ask(json!({}), json!([mark, nothing()])), all, what);
    let what = "the mark of a matter the asker has no part in";
    table.add("recon/above-marks-not-shared", cn, ask(json!({}), json!([mark])), "no acts", what);
    table
}

fn bad_above(desk: &Desk) -> Table {
    let mut table = Table { route: "recon/", cases: Vec::new() };
    let above = |matters: Value| json!({"above": {"matters": matters, "marks": []}});
    let order = desk.act(1).to_string();
    table.bad("recon/no-question", json!({"below": {}}), "a question nobody knows");
    let both = json!({"matters": "YQAAAgA=", "above": {"matters": {}, "marks": []}});
    table.bad("recon/two-questions", both, "two questions at once");
    table.bad("recon/above-field-missing", json!({"above": {"matters": {}}}), "no `marks`");
    table.bad(
        "recon/above-matter-malformed",
        above(json!({"order": []})),
        "a matter without an id",
    );
    let mut height = desk.height(3);
    height["seq"] = json!(-1);
    table.bad(
        "recon/above-seq-negative",
        above(json!({order.clone(): [height]})),
        "a negative place",
    );
    let mut height = desk.height(3);
    height["log"]["incarnation"] = json!("1");
    table.bad(
        "recon/above-log-malformed",
        above(json!({order: [height]})),
        "an incarnation as text",
    );
    table
}
