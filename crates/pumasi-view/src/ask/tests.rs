use pumasi_act::testing::{World, agreement};
use pumasi_base::{PartyId, Status};
use serde_json::json;

use super::*;
use crate::page::{ConsentForm, EventForm};
use crate::visible::Held;
use crate::world::{agreements as compiled, en, lexicon, origin};

fn blankets() -> AskForm {
    AskForm {
        agreement: None,
        giver: "kr".to_owned(),
        receiver: "jp".to_owned(),
        action: "order".to_owned(),
        commodity: Some("blanket".to_owned()),
        category: None,
        quantity: Some("10 EA".to_owned()),
        purpose: "disaster_relief".to_owned(),
        on: None,
        onward_to: None,
        status: None,
        mode: None,
        transit: Vec::new(),
        requested: false,
        event: None,
        consents: Vec::new(),
    }
}

/// A form of `field=value`, on top of blankets from Korea to Japan.
fn form(fields: &str) -> AskForm {
    let mut form = blankets();
    for field in fields.split(';').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').unwrap();
        let (text, some) = (value.to_owned(), Some(value.to_owned()));
        let no_event =
            || EventForm { hours_since: 1, intensity: None, alert: None, contact_lost: false };
        match name {
            "agreement" => form.agreement = some,
            "giver" => form.giver = text,
            "receiver" => form.receiver = text,
            "action" => form.action = text,
            "commodity" => form.commodity = some,
            "category" => form.category = some,
            "quantity" => form.quantity = some,
            "purpose" => form.purpose = text,
            "on" => form.on = some,
            "onward_to" => form.onward_to = some,
            "mode" => form.mode = some,
            "transit" => form.transit.push(text),
            "requested" => form.requested = true,
            "hours" => form.event.get_or_insert_with(no_event).hours_since = text.parse().unwrap(),
            "intensity" => form.event.get_or_insert_with(no_event).intensity = some,
            "alert" => form.event.get_or_insert_with(no_event).alert = some,
            "unreachable" => form.event.get_or_insert_with(no_event).contact_lost = true,
            "consent" => {
                let (by, to) = value.split_once(' ').unwrap();
                form.consents.push(ConsentForm { by: by.to_owned(), to: to.to_owned() });
            }
            "status" => form.status = some,
            _ => panic!("{field}"),
        }
    }
    form
}

fn shown(answer: &AskAnswer) -> String {
    let reasons: Vec<_> = answer.reasons.iter().map(|r| r.code.as_str()).collect();
    let clauses: Vec<_> =
        answer.clauses.iter().map(|c| format!("{} {}", c.effects.join("+"), c.clause)).collect();
    let ways: Vec<_> = answer.settlement.iter().map(|way| way.mode.as_str()).collect();
    let (reasons, clauses) = (reasons.join(","), clauses.join(", "));
    format!("{} {reasons} [{clauses}] {}", answer.outcome, ways.join(","))
}

#[track_caller]
fn check(fields: &str, expected: &str) {
    let shown = match ask(&lexicon(), &compiled(), None, &form(fields), origin()) {
        Ok(answer) => shown(answer.as_ref()),
        Err(problem) => format!("problem {}: {}", problem.code, problem.words.en),
    };
    assert_eq!(shown, expected, "{fields}");
}

#[test]
fn answers_cite_their_clauses() {
    let permitted = "permitted  [permits art-1, limits art-4, settles art-6, settles art-7] replacement_in_kind,gift";
    check("", permitted);
    check("quantity=501 EA", "refused ceiling_exceeded [limits art-4] ");
    check("commodity=rifle_ammunition;quantity=", "refused category_forbidden [forbids art-3] ");
    check("on=2019-12-31", "refused before_term [limits art-9] ");
    check("agreement=kr-jp;giver=cn", permitted);
    check("mode=sea;transit=cn;consent=cn transit", permitted);
    check(
        "transit=cn",
        "needs transit_needs_consent [permits+requires art-1, limits art-4, settles art-6, settles art-7] replacement_in_kind,gift",
    );
}

#[test]
fn a_category_is_enough_where_no_commodity_fits() {
    check(
        "commodity=;category=shelter;quantity=5 EA",
        "permitted  [permits art-1, limits art-4, settles art-6, settles art-7] replacement_in_kind,gift",
    );
    check(
        "commodity=;category=ammunition;quantity=",
        "refused category_forbidden [forbids art-3] ",
    );
    check("category=shelter;quantity=501 EA", "refused ceiling_exceeded [limits art-4] ");
    check(
        "category=fuel",
        "problem category_must_match: The commodity belongs to another category than this: fuel",
    );
    check("commodity=", "problem commodity_missing: Neither a commodity nor a category is named.");
    check("commodity=;category=x", "problem category_unknown: This category is not known: x");
}

#[test]
fn a_push_is_judged_by_what_is_known_of_the_event() {
    let push = "action=push;commodity=drinking_water;quantity=5 LTR";
    let waiting =
        "needs standing_consent_not_triggered [permits+requires art-8, settles art-7] gift";
    let sent = "permitted  [permits art-8, settles art-7] gift";
    check(push, waiting);
    check(&format!("{push};unreachable=yes"), sent);
    check(&format!("{push};intensity=7"), waiting);
    check(&format!("{push};consent=jp push"), sent);
    check(&format!("{push};requested=yes"), sent);
}

#[test]
fn what_does_not_read_is_named() {
    check("giver=xx", "problem party_unknown: This party is not in the catalog: xx");
    check("receiver=kr", "problem parties_must_differ: Giver and receiver are the same: kr");
    check("onward_to=xx", "problem party_unknown: This party is not in the catalog: xx");
    check("transit=xx", "problem party_unknown: This party is not in the catalog: xx");
    check("action=steal", "problem action_unknown: This step is not known: steal");
    check("commodity=x", "problem commodity_unknown: This commodity is not in the catalog: x");
    check("purpose=war", "problem purpose_unknown: This purpose is not known: war");
    check("status=maybe", "problem status_unknown: This status is not known: maybe");
    check("agreement=x", "problem agreement_unknown: This node holds no such agreement: x");
    check("on=tomorrow", "problem date_unreadable: This does not read as a date: tomorrow");
    check("quantity=x", "problem quantity_unreadable: This does not read as a quantity: x");
    check("quantity=0 EA", "problem quantity_must_not_be_zero: The quantity is nothing: 0 EA");
    let unit = "problem unit_must_match: The commodity is counted in another unit: 5 LTR";
    check("quantity=5 LTR", unit);
    check("mode=foot", "problem mode_unknown: This mode of transport is not known: foot");
    check("intensity=8", "problem intensity_unknown: This is no degree of seismic intensity: 8");
    check("alert=pink", "problem alert_unknown: This is no alert level: pink");
    let onward = "problem consent_unknown: This does not say what was consented to: onward";
    check("consent=kr onward", onward);
}

/// The alternatives to a form, each with what is changed, and asked again as it is offered.
#[track_caller]
fn check_alternatives(fields: &str, expected: &[&str]) {
    let (lexicon, agreements) = (lexicon(), compiled());
    let answer = ask(&lexicon, &agreements, None, &form(fields), origin()).unwrap().into_inner();
    let mut shown = Vec::new();
    for line in &answer.alternatives {
        let again = ask(&lexicon, &agreements, None, &line.form, origin()).unwrap().into_inner();
        assert_eq!(again.outcome, line.outcome);
        assert_eq!(again.missing, line.missing);
        let changes: Vec<&str> = line.changes.iter().map(|change| en(&change.words)).collect();
        let clauses: Vec<&str> = line.clauses.iter().map(|clause| clause.clause.as_str()).collect();
        shown.push(format!("{}: {} [{}]", line.outcome, changes.join(" + "), clauses.join(",")));
    }
    assert_eq!(shown, expected, "{fields}");
}

#[test]
fn alternatives_are_forms_that_are_answered_better() {
    check_alternatives("", &[]);
    check_alternatives(
        "quantity=501 EA",
        &["permitted: A smaller quantity: up to 500 pcs [art-1]"],
    );
    check_alternatives("commodity=rifle_ammunition;quantity=", &[]);
    check_alternatives("on=2019-12-31", &["permitted: On another day: 2020-01-01 [art-1]"]);
    check_alternatives(
        "action=push;commodity=drinking_water;quantity=5 LTR",
        &[
            "permitted: Another step: request aid, taken by Japan [art-1]",
            "permitted: Another step: order or commit aid, taken by Japan [art-1]",
            "permitted: Another step: offer aid, taken by Korea [art-1]",
        ],
    );
    check_alternatives(
        "onward_to=cn;quantity=600 EA",
        &["permitted: A smaller quantity: up to 500 pcs + Without passing it on [art-1]"],
    );
    check_alternatives("transit=cn", &["permitted: Not through China [art-1]"]);
}

#[test]
fn what_is_missing_says_whose_move_it_is() {
    let form = form("action=push;commodity=drinking_water;quantity=5 LTR;transit=cn");
    let answer = ask(&lexicon(), &compiled(), None, &form, origin()).unwrap().into_inner();
    let missing: Vec<_> = answer
        .missing
        .iter()
        .map(|line| {
            let party = line.party.as_ref().map_or("asker", |party| en(&party.names));
            format!("{}: {} ({party})", line.code, en(&line.words))
        })
        .collect();
    assert_eq!(
        missing,
        [
            "consent_transit: Consent to transit (China)",
            "consent_push: The receiver’s consent to being sent aid unasked (Japan)",
        ]
    );
}

#[test]
fn clauses_carry_the_text_that_binds() {
    let answer = ask(&lexicon(), &compiled(), None, &form(""), origin()).unwrap().into_inner();
    let clause = &answer.clauses[0];
    assert_eq!((clause.agreement.as_str(), clause.authentic[0].text.as_str()), ("kr-jp", "text"));
    assert_eq!(answer.under.unwrap().id, "kr-jp");
    let way = &answer.settlement[0];
    assert_eq!((way.mode.as_str(), way.clause.as_str()), ("replacement_in_kind", "art-6"));
    assert!(way.days.is_some());
}

/// A matter in which Japan owes blankets that were received on the first and billed at once.
fn owing(status: Status) -> World {
    let mut world = World::new(&["jp", "kr"], vec![agreement()], status, origin());
    let mode = json!({"mode": "replacement_in_kind", "price": null});
    let order = world.order_to_receipt("kr", "jp", mode);
    world.act("kr", "bill_obligation", None, json!({"order": order, "sum": null}));
    world
}

fn identity(world: &World, reader: &str) -> pumasi_act::Identity {
    let own = world.acts.iter().find(|act| act.party().as_str() == reader);
    own.unwrap().identity().clone()
}

/// Who is in arrears, as a reader's node knows at a time, for a question of a status.
#[track_caller]
fn check_overdue(matter: Status, reader: &str, asked: Status, now: &str, expected: &str) {
    let mut world = owing(matter);
    let folded = world.folded();
    let held = [Held { folded: &folded, acts: &world.acts }];
    let mut identity = identity(&world, "kr");
    identity.party = reader.parse::<PartyId>().unwrap();
    let own = Own { identity: &identity, held: &held };
    let overdue = own.overdue(asked, now.parse().unwrap());
    let shown: Vec<_> = overdue.iter().map(|o| format!("{} {}", o.debtor, o.agreement)).collect();
    assert_eq!(shown.join(", "), expected);
    // What is confirmed is owed no more.
    let order = *folded.state.as_ref().unwrap().orders.keys().next().unwrap();
    world.act("jp", "discharge_obligation", None, json!({"order": order, "reference": "r"}));
    world.act("kr", "confirm_discharge", None, json!({"order": order}));
    let folded = world.folded();
    let held = [Held { folded: &folded, acts: &world.acts }];
    let own = Own { identity: &identity, held: &held };
    assert_eq!(own.overdue(asked, now.parse().unwrap()), []);
}

#[test]
fn what_is_overdue_is_known_from_the_own_matters() {
    use Status::{Actual, Exercise};
    let late = "2026-01-01T00:00:00Z";
    check_overdue(Actual, "kr", Actual, late, "jp kr-jp");
    check_overdue(Actual, "kr", Actual, "2024-12-30T00:00:00Z", "");
    check_overdue(Actual, "kr", Exercise, late, "");
    check_overdue(Exercise, "kr", Actual, late, "");
    check_overdue(Actual, "cn", Actual, late, "");
}

/// What the reader's own node adds on a day, when its mandates want so many officers; none means that no
/// mandate covers the step.
#[track_caller]
fn check_own(reader: &str, fields: &str, needed: u32, now: &str, expected: &str) {
    let world = owing(Status::Actual);
    let folded = world.folded();
    let held = [Held { folded: &folded, acts: &world.acts }];
    let mut identity = identity(&world, reader);
    for mandate in identity.mandates.values_mut() {
        mandate.officers_needed = needed;
        if needed == 0 {
            mandate.kinds.clear();
        }
    }
    let own = Own { identity: &identity, held: &held };
    let now = now.parse().unwrap();
    let answer = ask(&lexicon(), &compiled(), Some(&own), &form(fields), now).unwrap().into_inner();
    let missing: Vec<&str> = answer.missing.iter().map(|line| en(&line.words)).collect();
    assert_eq!(format!("{}: {}", answer.outcome, missing.join(", ")), expected);
}

#[test]
fn the_own_officers_are_counted_for_the_own_step() {
    let now = "2024-01-01T00:00:00Z";
    check_own("jp", "", 1, now, "permitted: ");
    let two = "permitted: The signatures of 2 officers together: requisition";
    check_own("jp", "", 2, now, two);
    check_own("kr", "action=request", 2, now, "permitted: ");
    let none = "permitted: An officer with a mandate for this act: requisition";
    check_own("jp", "", 0, now, none);
    check_own("jp", "quantity=501 EA", 2, now, "refused: ");
}
