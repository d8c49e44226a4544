//! The dialogue, played by tables of what happens to it.

use pumasi_act::Identities;
use pumasi_base::Digest;

use super::*;
use crate::fault::TakeError;
use crate::feed::MatterDigest;

fn party(id: &str) -> PartyId {
    id.parse().unwrap()
}

fn hello(id: &str) -> Hello {
    let digest = Digest::of(id.as_bytes());
    let node = serde_json::from_value(serde_json::json!(digest)).unwrap();
    Hello::new(party(id), node, 1, id.to_owned(), ActId(digest))
}

fn dialogue() -> Dialogue {
    Dialogue::new(hello("jp"), party("kr"), Cursor::default(), Pace::default())
}

fn id() -> ActId {
    ActId(Digest::of(b"an act"))
}

/// Plays what happens against a dialogue, one happening to a line, and writes down what it
/// stores and asks after each.
#[track_caller]
fn check(script: &[&str], expected: &[&str]) {
    let replica = Replica::new(party("jp"), Identities::default());
    let mut dialogue = dialogue();
    let mut now = Duration::ZERO;
    let mut said = Vec::new();
    // The first question and its answer begin every conversation.
    assert!(matches!(dialogue.next(now, &replica), Step::Ask(Question::Hello(_))));
    let there = Answer::Hello(hello("kr"));
    dialogue.answered(now, &replica, &there, &Taken::default()).unwrap();
    for line in script {
        let words: Vec<&str> = line.split(' ').collect();
        let stored = match words[0] {
            "fail" => {
                dialogue.failed(now);
                String::new()
            }
            "busy" => {
                dialogue.busy(now, Duration::from_secs(words[1].parse().unwrap()));
                String::new()
            }
            "hello" => {
                dialogue.answered(now, &replica, &there, &Taken::default()).unwrap();
                String::new()
            }
            _ => {
                if words.contains(&"slow") {
                    now += Duration::from_secs(10);
                }
                answer(&mut dialogue, &replica, now, &words)
            }
        };
        let mut waited = 0;
        let asked = loop {
            match dialogue.next(now, &replica) {
                Step::Wait(until) => {
                    waited += (until - now).as_millis();
                    now = until;
                }
                Step::Ask(question) => break question,
            }
        };
        let asked = match asked {
            Question::Hello(_) => "hello".to_owned(),
            Question::Feed(FeedQuestion { after, bulk, wait, .. }) => {
                format!("feed {after}/{} wait {wait}", bulk.unwrap())
            }
            Question::Want(want) => format!("want {}", want.ids.len()),
            Question::Recon(ReconQuestion::Matters(_)) => "matters".to_owned(),
            Question::Recon(ReconQuestion::Above { matters, .. }) => {
                format!("above {}", matters.len())
            }
        };
        said.push(format!("{stored}after {waited} ms: {asked}"));
    }
    assert_eq!(said, expected);
}

/// `epoch urgent/bulk/head new` or `parcel new`, then `gap`, `bad`, `differs`, `slow`, `more`,
/// `acts` for a page that says nothing of how matters stand.
fn answer(dialogue: &mut Dialogue, replica: &Replica, now: Duration, words: &[&str]) -> String {
    let mut rest = words.iter();
    let epoch = *rest.next().unwrap();
    let answer = if epoch == "parcel" {
        let more = words.contains(&"more");
        Answer::Parcel(ParcelAnswer { parcel: Parcel::default(), more })
    } else {
        let places = rest.next().unwrap().split('/').map(|n| n.parse().unwrap());
        let places: Vec<u64> = places.collect();
        let empty = Digest::of(b"");
        let differing = MatterDigest { matter: id(), frontier: empty, state: empty, acts: 1 };
        Answer::Feed(FeedPage {
            epoch: epoch.to_owned(),
            to: places[0],
            bulk: Some(places[1]),
            head: places[2],
            parcel: Parcel { acts: vec!["an act".to_owned()], ..Parcel::default() },
            standing: (!words.contains(&"acts")).then_some(Standing {
                digests: if words.contains(&"differs") { vec![differing] } else { Vec::new() },
                summary: None,
            }),
        })
    };
    let mut taken = Taken::default();
    taken.received.new = rest.next().unwrap().parse().unwrap();
    if words.contains(&"gap") {
        taken.refused.push(TakeError::OutOfOrder { id: id(), missing: id() });
        taken.waiting.push("an act".to_owned());
        taken.missing.insert(id());
    }
    if words.contains(&"bad") {
        let what = String::new();
        taken.refused.push(TakeError::AgreementsClash { matter: id(), what });
    }
    let is_read = dialogue.parcel(&answer).is_some() || epoch == "parcel";
    let cursor = dialogue.answered(now, replica, &answer, &taken).unwrap();
    let stored = cursor.map_or_else(String::new, |c| format!("{}/{}/{} ", c.epoch, c.own, c.bulk));
    dialogue.saved();
    format!("{}{stored}", if is_read { "" } else { "unread, " })
}

#[test]
fn a_feed_is_read_to_its_head_and_then_waited_for() {
    check(
        &["a 2/0/5 2", "a 5/3/5 3", "a 5/5/5 2", "a 5/5/5 0 slow", "a 6/6/6 1 slow"],
        &[
            "a/2/0 after 0 ms: feed 2/0 wait 10",
            "a/5/3 after 0 ms: feed 5/3 wait 10",
            "a/5/5 after 50 ms: feed 5/5 wait 10",
            "after 0 ms: feed 5/5 wait 10",
            "a/6/6 after 50 ms: feed 6/6 wait 10",
        ],
    );
}

#[test]
fn a_neighbour_that_says_nothing_at_once_is_not_asked_again_at_once() {
    check(
        &["a 0/0/0 0", "a 0/0/0 0"],
        &["a/0/0 after 250 ms: feed 0/0 wait 10", "after 250 ms: feed 0/0 wait 10"],
    );
}

#[test]
fn what_differs_while_nothing_comes_is_repaired_once() {
    check(
        &[
            "a 9/9/9 0 differs slow",
            "parcel 4 more",
            "parcel 1",
            "a 9/9/9 0 differs slow",
            "a 10/10/10 1 differs slow",
            "a 10/10/10 0 differs slow",
        ],
        &[
            "a/9/9 after 0 ms: above 1",
            "after 0 ms: above 1",
            "after 0 ms: feed 9/9 wait 10",
            "after 0 ms: feed 9/9 wait 10",
            "a/10/10 after 50 ms: feed 10/10 wait 10",
            "after 0 ms: above 1",
        ],
    );
}

#[test]
fn acts_that_are_all_here_do_not_say_that_nothing_differs() {
    check(
        &["a 9/9/9 0 acts slow", "a 9/9/9 0 differs slow"],
        &["a/9/9 after 0 ms: feed 9/9 wait 10", "after 0 ms: above 1"],
    );
}

#[test]
fn what_a_repair_could_not_take_comes_again_later() {
    check(
        &["a 9/9/9 0 bad differs", "parcel 0 bad", "a 9/9/9 0 differs slow", "parcel 0 bad"],
        &[
            "a/9/9 after 0 ms: above 1",
            "after 250 ms: feed 9/9 wait 10",
            "after 0 ms: above 1",
            "after 250 ms: feed 9/9 wait 10",
        ],
    );
}

#[test]
fn a_gap_is_given_a_moment_to_close_and_then_asked_for() {
    // Meanwhile the feed goes on, and what waits is taken again with every page.
    check(
        &["a 3/3/9 2 gap", "a 9/9/9 0 gap", "a 9/9/9 5"],
        &[
            "after 50 ms: feed 3/3 wait 0",
            "after 50 ms: feed 9/9 wait 0",
            "a/9/9 after 50 ms: feed 9/9 wait 10",
        ],
    );
    check(
        &["a 3/3/9 2 gap", "a 9/9/9 0 gap slow", "parcel 2", "a 9/9/9 0 slow"],
        &[
            "after 50 ms: feed 3/3 wait 0",
            "after 0 ms: want 1",
            "a/9/9 after 50 ms: feed 9/9 wait 10",
            "after 0 ms: feed 9/9 wait 10",
        ],
    );
    // What the neighbour does not give is asked for once, and the feed goes on.
    check(
        &["a 3/3/9 2 gap", "a 3/3/9 0 gap slow", "parcel 0 gap"],
        &[
            "after 50 ms: feed 3/3 wait 0",
            "after 0 ms: want 1",
            "a/3/3 after 0 ms: feed 3/3 wait 10",
        ],
    );
    // After a failure all that is not on disk is read again.
    check(
        &["a 2/2/9 2", "a 3/3/9 2 gap", "fail", "hello"],
        &[
            "a/2/2 after 0 ms: feed 2/2 wait 10",
            "after 50 ms: feed 3/3 wait 0",
            "after 250 ms: hello",
            "after 0 ms: feed 2/2 wait 0",
        ],
    );
}

#[test]
fn another_ledger_is_read_from_its_beginning() {
    check(
        &["a 7/7/7 7", "b 3/3/3 3", "b 3/3/3 3"],
        &[
            "a/7/7 after 50 ms: feed 7/7 wait 10",
            "unread, b/0/0 after 0 ms: feed 0/0 wait 10",
            "b/3/3 after 50 ms: feed 3/3 wait 10",
        ],
    );
    // An older copy of the same ledger has given these positions to other acts.
    check(
        &["a 7/7/7 0 slow", "a 3/3/3 0 slow"],
        &["a/7/7 after 0 ms: feed 7/7 wait 10", "a/3/3 after 0 ms: feed 3/3 wait 10"],
    );
}

#[test]
fn pauses_grow_to_half_a_minute_and_end_when_the_neighbour_calls() {
    let pauses = [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000];
    let expected = pauses.map(|ms| format!("after {ms} ms: hello"));
    check(&["fail"; 9], &expected.each_ref().map(String::as_str));
    check(
        &["a 1/1/1 1", "busy 2", "fail", "hello"],
        &[
            "a/1/1 after 50 ms: feed 1/1 wait 10",
            "after 2000 ms: feed 1/1 wait 10",
            "after 250 ms: hello",
            "after 0 ms: feed 1/1 wait 0",
        ],
    );
    let replica = Replica::new(party("jp"), Identities::default());
    let mut dialogue = dialogue();
    for _ in 0..9 {
        dialogue.failed(Duration::ZERO);
    }
    let pause = |s| Step::Wait(Duration::from_millis(s));
    assert_eq!(dialogue.next(Duration::ZERO, &replica), pause(30_000));
    dialogue.visited(Duration::from_millis(1));
    assert_eq!(dialogue.next(Duration::ZERO, &replica), pause(250));
    let later = Duration::from_secs(3);
    dialogue.failed(Duration::ZERO);
    dialogue.visited(later);
    assert!(matches!(dialogue.next(later, &replica), Step::Ask(_)));
}

#[test]
fn a_node_of_somebody_else_is_not_read() {
    let replica = Replica::new(party("jp"), Identities::default());
    let there = Answer::Hello(hello("cn"));
    let said = dialogue().answered(Duration::ZERO, &replica, &there, &Taken::default());
    assert_eq!(said, Err(Incompatible::Party(party("cn"))));
}

#[test]
fn a_cursor_that_was_not_stored_is_not_gone_by() {
    let replica = Replica::new(party("jp"), Identities::default());
    let mut dialogue = dialogue();
    let there = Answer::Hello(hello("kr"));
    dialogue.answered(Duration::ZERO, &replica, &there, &Taken::default()).unwrap();
    let stored = answer(&mut dialogue, &replica, Duration::ZERO, &["a", "5/5/5", "5"]);
    assert_eq!(stored, "a/5/5 ");
    let page = Answer::Feed(FeedPage {
        epoch: "a".to_owned(),
        to: 8,
        bulk: Some(8),
        head: 8,
        parcel: Parcel::default(),
        standing: None,
    });
    let given = dialogue.answered(Duration::ZERO, &replica, &page, &Taken::default());
    assert_eq!(given.unwrap().map(|cursor| cursor.own), Some(8));
    dialogue.failed(Duration::ZERO);
    dialogue.saved();
    assert_eq!(dialogue.cursor().own, 5);
}
