//! The questions one change away, of each kind of change.

use std::collections::BTreeSet;

use pumasi_base::catalog::Mode;
use pumasi_base::time::{date_at_offset, plus_seconds, seconds_between};
use pumasi_base::{CategoryId, Date, PartyId, PurposeId};

use super::{Bounds, Change};
use crate::compile::{AgreementTables, Agreements, Shelf, category_number, cell, purpose_number};
use crate::grid::{MODES, start_of};
use crate::question::{Action, Question};
use crate::scope::{lies_within, same_country};
use crate::status::AgreementStatus;
use crate::vocabulary;

/// Seconds of an hour.
const HOUR_SECONDS: i64 = 3600;

/// Categories that are offered to nobody who did not ask for them, and to nobody else either.
const SENSITIVE_CATEGORIES: [&str; 3] = ["ammunition", "weapons", "classified_information"];

/// The purpose of which the same holds.
const SENSITIVE_PURPOSE: &str = "military_emergency";

/// A kind of change beside that of the quantity, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Action,
    Onward,
    Transit,
    Mode,
    Day,
    Agreement,
    Receiver,
    Giver,
    Purpose,
    Category,
}

impl Kind {
    /// The kinds that may be tried for a question, nearest first, the category aside.
    pub(super) const fn open_to(is_sensitive: bool) -> &'static [Self] {
        use Kind::{Action, Agreement, Day, Giver, Mode, Onward, Purpose, Receiver, Transit};
        if is_sensitive {
            return &[Onward, Transit, Mode, Day];
        }
        &[Action, Onward, Transit, Mode, Day, Agreement, Receiver, Giver, Purpose]
    }
}

/// Whether the question is about arms, protected information or a military emergency.
pub(super) fn is_sensitive(question: &Question) -> bool {
    is_sensitive_category(&question.category) || is_sensitive_purpose(&question.purpose)
}

fn is_sensitive_category(category: &CategoryId) -> bool {
    SENSITIVE_CATEGORIES.contains(&category.as_str())
}

fn is_sensitive_purpose(purpose: &PurposeId) -> bool {
    purpose.as_str() == SENSITIVE_PURPOSE
}

/// The questions one change of `kind` away from `question`.
pub(super) fn of(
    kind: Kind,
    agreements: &Agreements,
    question: &Question,
    bounds: &Bounds,
) -> Vec<(Change, Question)> {
    match kind {
        Kind::Action => actions(question),
        Kind::Onward => onward(question),
        Kind::Transit => transit(question),
        Kind::Mode => modes(question),
        Kind::Day => days(agreements, question, bounds),
        Kind::Agreement => other_agreements(agreements, question),
        Kind::Receiver => receivers(agreements, question),
        Kind::Giver => givers(agreements, question),
        Kind::Purpose => purposes(question),
        Kind::Category => categories(question),
    }
}

/// The question with one thing changed.
fn changed(question: &Question, change: impl FnOnce(&mut Question)) -> Question {
    let mut other = question.clone();
    change(&mut other);
    other
}

/// Asking before giving, the step that binds least first.
fn actions(question: &Question) -> Vec<(Change, Question)> {
    if !question.action.moves_goods() {
        return Vec::new();
    }
    let steps = [Action::Request, Action::Order, Action::Offer, Action::Push];
    let others = steps.into_iter().filter(|step| *step != question.action);
    others
        .map(|to| {
            let other = changed(question, |other| {
                let own = [&question.giver, &question.receiver].contains(&&question.actor);
                if own {
                    other.actor = match to {
                        Action::Request | Action::Order => question.receiver.clone(),
                        _ => question.giver.clone(),
                    };
                }
                other.action = to;
                // What nobody has asked for yet is not sent as if somebody had.
                other.requested = matches!(to, Action::Request | Action::Order);
            });
            (Change::Action { to, by: other.actor.clone() }, other)
        })
        .collect()
}

fn onward(question: &Question) -> Vec<(Change, Question)> {
    let to = question.onward_to.iter();
    to.map(|_| (Change::NotOnward, changed(question, |q| q.onward_to = None))).collect()
}

/// Without each third party on the way, and without all of them.
fn transit(question: &Question) -> Vec<(Change, Question)> {
    let through: BTreeSet<&PartyId> = question.transit.iter().collect();
    let mut all: Vec<(Change, Question)> = through
        .iter()
        .map(|party| {
            let other = changed(question, |q| q.transit.retain(|other| other != *party));
            (Change::NotThrough { party: (*party).clone() }, other)
        })
        .collect();
    if through.len() > 1 {
        all.push((Change::ThroughNobody, changed(question, |q| q.transit.clear())));
    }
    all
}

fn modes(question: &Question) -> Vec<(Change, Question)> {
    let Some(asked) = question.mode else { return Vec::new() };
    // A grid carries electricity and nothing else does.
    let fits = |mode: &Mode| (*mode == Mode::Grid) == (question.category.as_str() == "electricity");
    let others = MODES.into_iter().filter(|mode| *mode != asked && fits(mode));
    others.map(|to| (Change::Mode { to }, changed(question, |q| q.mode = Some(to)))).collect()
}

/// The agreements between the two that the question may be judged by.
fn judging<'a>(
    agreements: &'a Agreements,
    question: &'a Question,
) -> impl Iterator<Item = &'a AgreementTables> {
    let shelf = shelf_of(agreements, &question.giver, &question.receiver);
    let numbers = shelf.into_iter().flat_map(|shelf| shelf.agreements.iter());
    let tables = numbers.filter_map(|number| agreements.table(*number));
    tables.filter(|tables| question.under.as_ref().is_none_or(|under| *under == tables.id))
}

fn shelf_of<'a>(agreements: &'a Agreements, from: &PartyId, to: &PartyId) -> Option<&'a Shelf> {
    agreements.shelf(agreements.party_number(from)?, agreements.party_number(to)?)
}

/// The first day of each agreement's term, its last, and the last before a notice takes effect;
/// nearest to the day asked about first. What is known of an event grows older or younger with it.
fn days(agreements: &Agreements, question: &Question, bounds: &Bounds) -> Vec<(Change, Question)> {
    let mut all: Vec<(u64, Date, Question)> = Vec::new();
    for tables in judging(agreements, question) {
        let asked = date_at_offset(question.on, tables.utc_offset_hours);
        let today = bounds.not_before.map(|time| date_at_offset(time, tables.utc_offset_hours));
        for date in turning_days(tables) {
            if date == asked || today.is_some_and(|today| date < today) {
                continue;
            }
            let Some(midnight) = start_of(date, tables) else { continue };
            let on = plus_seconds(midnight, 12 * HOUR_SECONDS);
            let seconds = seconds_between(question.on, on);
            let other = changed(question, |q| {
                q.on = on;
                if let Some(event) = &mut q.event {
                    event.hours_since += seconds.div_euclid(HOUR_SECONDS);
                }
            });
            all.push((seconds.unsigned_abs(), date, other));
        }
    }
    all.sort_by_key(|(distance, date, _)| (*distance, *date));
    all.dedup_by_key(|(_, date, _)| *date);
    all.into_iter().map(|(_, to, other)| (Change::Day { to }, other)).collect()
}

fn turning_days(tables: &AgreementTables) -> impl Iterator<Item = Date> {
    let term = tables.term.map(|(_, term)| term);
    let start = term.and_then(|term| term.start(tables.standing.entered));
    let until = term.filter(|term| term.renews.is_none()).and_then(|term| term.first_end(start));
    let ends = match &tables.standing.status {
        // Where the end is disputed, the day before the earlier one is not.
        AgreementStatus::NoticeResumed { ends_if_it_ran, ends_if_anew, .. } => {
            Some(*ends_if_it_ran.min(ends_if_anew))
        }
        _ => tables.standing.ends(),
    };
    let last = |first_without: Option<Date>| first_without.and_then(|date| date.yesterday().ok());
    [start, last(until), last(ends)].into_iter().flatten()
}

/// Every other agreement between the two, where one was named.
fn other_agreements(agreements: &Agreements, question: &Question) -> Vec<(Change, Question)> {
    let Some(named) = &question.under else { return Vec::new() };
    let shelf = shelf_of(agreements, &question.giver, &question.receiver);
    let numbers = shelf.into_iter().flat_map(|shelf| shelf.agreements.iter());
    let others = numbers.filter_map(|number| agreements.table(*number));
    others
        .filter(|tables| tables.id != *named)
        .map(|tables| {
            let to = tables.id.clone();
            let other = changed(question, |q| q.under = Some(to.clone()));
            (Change::Agreement { to }, other)
        })
        .collect()
}

/// Every party that any agreement names, in order of its id.
fn parties(agreements: &Agreements) -> BTreeSet<&PartyId> {
    (0..).map_while(|number| agreements.party_name(number)).collect()
}

/// Whoever else may receive from the giver and is of the receiver's side: its municipalities, the
/// province it lies in, the party it acts for and the bodies that act for it.
fn receivers(agreements: &Agreements, question: &Question) -> Vec<(Change, Question)> {
    let Question { giver, receiver, .. } = question;
    let others = parties(agreements).into_iter().filter(|party| {
        *party != receiver
            && *party != giver
            && !is_on_the_way(question, party)
            && shelf_of(agreements, giver, party)
                .is_some_and(|shelf| is_of_one_side(agreements, shelf, receiver, party))
    });
    others
        .map(|to| {
            let other = changed(question, |q| {
                if q.actor == *receiver {
                    q.actor = to.clone();
                }
                q.receiver = to.clone();
            });
            (Change::Receiver { to: to.clone() }, other)
        })
        .collect()
}

fn is_of_one_side(agreements: &Agreements, shelf: &Shelf, one: &PartyId, other: &PartyId) -> bool {
    let within = |inner: &PartyId, outer: &PartyId| {
        inner != outer && lies_within(inner.as_str(), outer.as_str())
    };
    let numbers = agreements.party_number(one).zip(agreements.party_number(other));
    let acts_with = |tables: &AgreementTables| {
        numbers.is_some_and(|(one, other)| {
            tables.side_of(one).is_some() && tables.side_of(one) == tables.side_of(other)
        })
    };
    within(one, other)
        || within(other, one)
        || shelf.agreements.iter().filter_map(|n| agreements.table(*n)).any(acts_with)
}

/// Whoever else may give such things to the receiver for the purpose: those of the asked giver's
/// own country first, then those bound by the narrowest agreement.
fn givers(agreements: &Agreements, question: &Question) -> Vec<(Change, Question)> {
    let Question { giver, receiver, .. } = question;
    let words = category_number(&question.category).zip(purpose_number(&question.purpose));
    let Some((category, purpose)) = words else { return Vec::new() };
    let narrowest = |party: &PartyId| {
        let shelf = shelf_of(agreements, party, receiver)?;
        cell(&shelf.grants, category, purpose, None).map(|entry| entry.agreement).min()
    };
    let mut others: Vec<(bool, u32, &PartyId)> = parties(agreements)
        .into_iter()
        .filter(|party| *party != giver && *party != receiver && !is_on_the_way(question, party))
        .filter_map(|party| Some((!same_country(party, giver), narrowest(party)?, party)))
        .collect();
    others.sort_unstable();
    others
        .into_iter()
        .map(|(_, _, to)| {
            let other = changed(question, |q| {
                if q.actor == *giver {
                    q.actor = to.clone();
                }
                q.giver = to.clone();
            });
            (Change::Giver { to: to.clone() }, other)
        })
        .collect()
}

/// Whether a party has another part in the question already.
fn is_on_the_way(question: &Question, party: &PartyId) -> bool {
    question.transit.contains(party) || question.onward_to.as_ref() == Some(party)
}

fn purposes(question: &Question) -> Vec<(Change, Question)> {
    let others = vocabulary::purposes()
        .filter(|purpose| *purpose != question.purpose && !is_sensitive_purpose(purpose));
    others
        .map(|to| (Change::Purpose { to: to.clone() }, changed(question, |q| q.purpose = to)))
        .collect()
}

/// Every other category; the commodity and how much of it are no longer known.
fn categories(question: &Question) -> Vec<(Change, Question)> {
    let others = vocabulary::categories()
        .filter(|category| *category != question.category && !is_sensitive_category(category));
    others
        .map(|to| {
            let other = changed(question, |q| {
                q.category = to.clone();
                (q.commodity, q.quantity, q.mass_g) = (None, None, None);
            });
            (Change::Category { to }, other)
        })
        .collect()
}
