//! Proves what agreements can never permit, by trying every question there is.
//!
//! [`witness`] looks for a question that the agreements permit, or permit once someone has
//! consented. When it finds none, none exists. Questions are infinitely many, but the engine tells
//! only finitely many apart, and those are enumerated:
//!
//! - *Parties*: one pair stands for all pairs with the same permits, forbids, ceilings,
//!   settlements and clauses on passing on. The actor is the side whose step it is: any other
//!   actor is at most refused more.
//! - *Categories, purposes, actions, statuses*: all of them. Where no permit reaches action,
//!   category and purpose, the engine refuses whatever else is said.
//! - *Times*: an agreement looks at the date alone, and compares it with its first day, its last
//!   day and the day on which a notice takes effect. So its answer is constant between those
//!   instants; each is tried, and the second before each.
//! - *Modes*: each of the four and the mode not known, or that alone where no clause names one.
//! - *Commodities*: each that a clause names, one that none names, and the commodity not known;
//!   those whose category the claim knows, under that category only.
//! - *Quantities*: ceilings only refuse what is too much, so less is never refused sooner: a
//!   kilogram is tried, and a gram where a limit is below one. Kilograms are counted by ceilings
//!   of mass, which count everything, and by no other. Nothing is held against ceilings.
//! - *Requests and events*: only pushing is judged by them. Sending what was asked for needs no
//!   consent; a trigger and its hours are met by the worst event at its first instant if by any,
//!   with contact to the receiver kept and lost.
//! - *Place, transit, passing on, one agreement alone*: each can only add a refusal or a need, or
//!   take permits away; nothing is said of them.
//!
//! Amounts of nothing are left out: a ceiling of nothing lets nothing pass.

use std::collections::BTreeMap;

use pumasi_base::{CategoryId, CommodityId, PartyId, PurposeId, Status, Time};

use crate::compile::{Agreements, cell, words_of};
use crate::decide::Answer;
use crate::grid::{Alike, Circumstance, alike};
use crate::question::{Action, Decision, Need, Outcome, Question};
use crate::vocabulary;

/// What is claimed to be possible; what is left out may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// By one of these steps; empty means by any.
    pub actions: Vec<Action>,
    /// From whom.
    pub giver: Option<PartyId>,
    /// To whom.
    pub receiver: Option<PartyId>,
    /// What.
    pub category: Option<CategoryId>,
    /// What for.
    pub purpose: Option<PurposeId>,
    /// Actual, in an exercise or in a test.
    pub status: Option<Status>,
    /// When; at any time when absent.
    pub on: Option<Time>,
    /// The categories of the commodities that are known; none of them is asked about under
    /// another category, which the agreements themselves could not tell.
    pub known: BTreeMap<CommodityId, CategoryId>,
}

impl Claim {
    /// The steps by which something passes from one party to another; a request or an offer alone
    /// moves nothing.
    pub const MOVES: [Action; 4] = [Action::Order, Action::Push, Action::Transit, Action::Share];
}

/// A question that shows a claim to be true, with the decision on it: permitted, or permitted
/// once every need, each a consent, is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The question.
    pub question: Question,
    /// The decision on it, never a refusal.
    pub decision: Decision,
}

impl Witness {
    /// Whether it holds without anybody's consent being asked for first.
    #[must_use]
    pub const fn is_permitted(&self) -> bool {
        self.decision.is_permitted()
    }
}

/// Steps in the order in which they are tried: those that move something first.
const ACTIONS: [Action; 6] =
    [Action::Order, Action::Push, Action::Transit, Action::Share, Action::Request, Action::Offer];

/// The statuses, the real one first.
const STATUSES: [Status; 3] = [Status::Actual, Status::Exercise, Status::Test];

/// Finds a question within `claim` that `agreements` permit, else one that they permit once
/// someone has consented; none when every question within it is refused.
///
/// Of several, an actual question comes before one of an exercise or test, an order before a
/// request.
#[must_use]
pub fn witness(agreements: &Agreements, claim: &Claim) -> Option<Witness> {
    let wanted = |giver: &PartyId, receiver: &PartyId| {
        claim.giver.as_ref().is_none_or(|party| party == giver)
            && claim.receiver.as_ref().is_none_or(|party| party == receiver)
    };
    let groups = alike(agreements, &wanted);
    let mut search = Search { agreements, claim, needing: None };
    for status in STATUSES.into_iter().filter(|status| claim.status.is_none_or(|s| s == *status)) {
        for action in ACTIONS {
            if !claim.actions.is_empty() && !claim.actions.contains(&action) {
                continue;
            }
            for group in &groups {
                if let Some(found) = search.among(group, action, status) {
                    return Some(found);
                }
            }
        }
    }
    search.needing
}

/// A search under way.
struct Search<'a> {
    agreements: &'a Agreements,
    claim: &'a Claim,
    /// The first question found that consents alone stand in the way of.
    needing: Option<Witness>,
}

impl Search<'_> {
    /// A permitted question between pairs that are alike.
    fn among(&mut self, group: &Alike<'_>, action: Action, status: Status) -> Option<Witness> {
        let (giver, receiver) = *group.pairs.first()?;
        let categories = one_or_all(self.claim.category.as_ref(), vocabulary::categories);
        let purposes = one_or_all(self.claim.purpose.as_ref(), vocabulary::purposes);
        let instants = self.claim.on.map_or_else(|| group.instants(), |on| vec![on]);
        let circumstances = group.circumstances(action);
        for category in &categories {
            let fits = |commodity: &CommodityId| {
                self.claim.known.get(commodity).is_none_or(|known| known == category)
            };
            let circumstances: Vec<&Circumstance> =
                circumstances.iter().filter(|c| c.commodity.as_ref().is_none_or(fits)).collect();
            for purpose in &purposes {
                let mut question = Question::new(
                    action,
                    giver.clone(),
                    receiver.clone(),
                    category.clone(),
                    purpose.clone(),
                    status,
                    Time::UNIX_EPOCH,
                );
                if !may_be_permitted(group, &question) {
                    continue;
                }
                for on in &instants {
                    question.on = *on;
                    for circumstance in &circumstances {
                        circumstance.apply(&mut question);
                        if let Some(found) = self.ask(&question) {
                            return Some(found);
                        }
                    }
                }
            }
        }
        None
    }

    /// Asks one question; one that needs consents is kept for when nothing better is found.
    fn ask(&mut self, question: &Question) -> Option<Witness> {
        let ruling = self.agreements.judge(question);
        match ruling.answer() {
            Answer::Permitted => {
                Some(Witness { question: question.clone(), decision: ruling.explain() })
            }
            Answer::Needs if self.needing.is_none() => {
                let decision = ruling.explain();
                let consent = |need: &Need| matches!(need, Need::Consent { .. });
                if matches!(&decision.outcome, Outcome::Needs(needs) if needs.iter().all(consent)) {
                    self.needing = Some(Witness { question: question.clone(), decision });
                }
                None
            }
            Answer::Needs | Answer::Refused => None,
        }
    }
}

/// Whether some permit reaches action, category and purpose; the engine refuses where none does.
pub(crate) fn may_be_permitted(group: &Alike<'_>, question: &Question) -> bool {
    let Some((category, purpose, action)) = words_of(question) else { return false };
    cell(&group.shelf.grants, category, purpose, None).any(|entry| entry.reaches(action))
}

fn one_or_all<T: Clone, I: Iterator<Item = T>>(one: Option<&T>, all: fn() -> I) -> Vec<T> {
    one.map_or_else(|| all().collect(), |one| vec![one.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read_clauses;

    /// Asks an agreement with these clauses and a term from 2024 every `claim => witness`; a
    /// claim is a list of `from`, `to`, `category`, `for`, `by` and a status, each with its word.
    #[track_caller]
    fn check(clauses: &str, table: &str) {
        let agreement = read_clauses(&format!("{clauses}\nt term; from = 2024-01-01")).unwrap();
        let agreements = Agreements::compile([&agreement]).unwrap();
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (claim, expected) = line.split_once(" => ").unwrap();
            let found = witness(&agreements, &claim_of(claim)).map_or("none".to_owned(), shown);
            assert_eq!(found, expected, "{line}");
        }
    }

    fn claim_of(text: &str) -> Claim {
        let mut claim = Claim::default();
        let words: Vec<&str> = text.split(' ').collect();
        for pair in words.chunks(2) {
            match pair {
                ["from", party] => claim.giver = party.parse().ok(),
                ["to", party] => claim.receiver = party.parse().ok(),
                ["category", word] => claim.category = word.parse().ok(),
                ["for", word] => claim.purpose = word.parse().ok(),
                ["by", word] => claim.actions = vec![word.parse().unwrap()],
                ["only", "actual"] => claim.status = Some(Status::Actual),
                ["knowing", known] => {
                    let (commodity, category) = known.split_once('/').unwrap();
                    claim.known.insert(commodity.parse().unwrap(), category.parse().unwrap());
                }
                ["on", day] => claim.on = format!("{day}T12:00:00Z").parse().ok(),
                _ => panic!("{text}"),
            }
        }
        claim
    }

    fn shown(witness: Witness) -> String {
        let question = witness.question;
        let mut words = vec![
            question.action.to_string(),
            format!("{}>{}", question.giver, question.receiver),
            question.category.to_string(),
        ];
        words.extend(question.commodity.map(|id| id.to_string()));
        words.extend(question.mode.map(|mode| crate::scope::mode_code(mode).to_owned()));
        words.extend(question.mass_g.filter(|mass| *mass != 1000).map(|mass| format!("{mass}g")));
        words.extend(
            question
                .event
                .map(|event| if event.contact_lost { "unreachable" } else { "event" }.to_owned()),
        );
        words.extend(question.requested.then(|| "requested".to_owned()));
        words.push(witness.decision.code().to_owned());
        words.join(" ")
    }

    const FOOD: &str = r#"p permit; actions = ["order"]; categories = ["food", "fuel"]; purposes = ["disaster_relief"]; givers = ["kr-42"]"#;

    #[test]
    fn finds_a_way_where_there_is_one_and_proves_that_there_is_none() {
        check(
            &format!("{FOOD}\nf forbid; categories = [\"fuel\"]; receivers = [\"jp-17\"]"),
            "category food => order kr-42>jp-17 food permitted
             category food to jp-17204 => order kr-42>jp-17204 food permitted
             category food from jp-17 => none
             category food from jp-17204 to jp-17 => none
             category food for evacuation => none
             category food by request => none
             category food on 2023-12-31 => none
             category food on 2024-01-01 => order kr-42>jp-17 food permitted
             category fuel to jp-17 => none
             category fuel => order kr-42>jp-17204 fuel permitted
             category ammunition => none
             category plutonium => none
             to kr-45 => none",
        );
    }

    #[test]
    fn goes_round_every_obstacle_that_can_be_gone_round() {
        check(
            &format!("{FOOD}; modes = [\"sea\", \"air\"]\nf forbid; modes = [\"sea\"]"),
            "category food => order kr-42>jp-17 food air permitted",
        );
        check(
            &format!(
                "{FOOD}; commodities = [\"rice\"]\nc ceiling; quantity = \"0.5 KGM\"; per = \"order\""
            ),
            "category food => order kr-42>jp-17 food rice 1g permitted",
        );
        check(
            &format!(
                "{FOOD}\nc ceiling; quantity = \"0 KGM\"; per = \"order\"; commodities = [\"rice\"]"
            ),
            "category food => order kr-42>jp-17 food other permitted",
        );
        check(
            &format!("{FOOD}\nc ceiling; quantity = \"0 KGM\"; per = \"order\""),
            "category food => none",
        );
        check(
            &format!("{FOOD}; commodities = [\"diesel\", \"rice\"]"),
            "category food => order kr-42>jp-17 food diesel permitted
             category food knowing diesel/fuel => order kr-42>jp-17 food rice permitted
             category food knowing diesel/fuel knowing rice/water => none",
        );
    }

    #[test]
    fn tells_pushing_under_a_consent_from_pushing_on_request() {
        let food = r#"categories = ["food"]; purposes = ["disaster_relief"]"#;
        check(
            &format!(
                "c standing_consent; {food}; trigger = {{ intensity = \"6-\" }}; valid_hours = 1"
            ),
            "by push => push jp-17>kr-42 food event permitted",
        );
        check(
            &format!("c standing_consent; {food}; trigger = {{ contact_lost = true }}"),
            "by push => push jp-17>kr-42 food unreachable permitted",
        );
        check(
            &format!("p permit; actions = [\"push\"]; {food}"),
            "by push => push jp-17>kr-42 food requested permitted",
        );
    }
}
