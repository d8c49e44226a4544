//! Questions and decisions as one line of text, for the command line, manuals and tests.
//!
//! ```
//! use pumasi_agreement::Question;
//! let question: Question =
//!     "jp-17 orders 500 LTR water/drinking_water from kr-45 for disaster_relief on 2024-01-02"
//!         .parse()?;
//! assert_eq!(question.giver.as_str(), "kr-45");
//! # Ok::<(), pumasi_agreement::SentenceError>(())
//! ```
//!
//! A line begins with who does what, with whom: `requests` and `orders` … `from` the giver,
//! `offers`, `commits`, `pushes`, `shares` and `carries` … `to` the receiver; what is given may be
//! followed by `weighing` and its mass. Then follow, in any
//! order: `for` a purpose, `on` a date or time, `under` an agreement, `actual`, `exercise` or
//! `test`, `by` a mode, `at` a place, `through` a party, `onward` to a party, `requested`,
//! `hours` since the event, `intensity`, `alert`, `unreachable`, `acting` party,
//! `held` a quantity `against` an agreement`/`clause, `consent` of a party to `push`, `transit` or
//! `onward` to a party, `overdue` from a party under an agreement.

use std::fmt::{self, Display};
use std::str::{FromStr, SplitWhitespace};

use pumasi_base::{AgreementId, CategoryId, ClauseId, Date, PartyId, Quantity, Status, Time, Unit};

use crate::clauses::settlement::SettlementMode;
use crate::question::{
    Action, Consent, ConsentTo, Decision, Effect, Event, Need, Outcome, Overdue, Question,
};
use crate::scope::{read_mode, read_status};

/// The most words a line may have.
const WORDS_MAX: usize = 200;

/// Why a line is no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceError {
    /// The line ends where more was expected.
    #[error("the question ends where {expected} was expected")]
    Ends {
        /// What was expected.
        expected: &'static str,
    },
    /// A word does not fit where it stands.
    #[error("`{word}` stands where {expected} was expected{}", .why.as_ref().map_or_else(String::new, |why| format!(": {why}")))]
    Unexpected {
        /// The word.
        word: String,
        /// What was expected.
        expected: &'static str,
        /// What is wrong with it, when more can be said.
        why: Option<String>,
    },
    /// Something every question must say is missing.
    #[error("the question does not say {what}")]
    Missing {
        /// What.
        what: &'static str,
    },
    /// The line has more words than a question needs.
    #[error("a question has at most {WORDS_MAX} words")]
    TooLong,
}

struct Words<'a>(SplitWhitespace<'a>);

impl<'a> Words<'a> {
    fn next(&mut self, expected: &'static str) -> Result<&'a str, SentenceError> {
        self.0.next().ok_or(SentenceError::Ends { expected })
    }

    fn read<T: FromStr<Err: Display>>(
        &mut self,
        expected: &'static str,
    ) -> Result<T, SentenceError> {
        read(self.next(expected)?, expected)
    }

    fn literal(&mut self, literal: &'static str) -> Result<(), SentenceError> {
        let word = self.next(literal)?;
        if word == literal { Ok(()) } else { Err(unexpected(word, literal)) }
    }

    /// A quantity whose amount is the word already taken.
    fn quantity(&mut self, amount: &str) -> Result<Quantity, SentenceError> {
        let unit = self.next("a unit")?;
        read(&format!("{amount} {unit}"), "a quantity")
    }
}

fn read<T: FromStr<Err: Display>>(word: &str, expected: &'static str) -> Result<T, SentenceError> {
    word.parse().map_err(|error: T::Err| SentenceError::Unexpected {
        word: word.to_owned(),
        expected,
        why: Some(error.to_string()),
    })
}

fn unexpected(word: &str, expected: &'static str) -> SentenceError {
    SentenceError::Unexpected { word: word.to_owned(), expected, why: None }
}

/// What has been read of a line beyond its first part.
struct Rest {
    question: Question,
    purpose_given: bool,
    time_given: bool,
}

impl FromStr for Question {
    type Err = SentenceError;

    fn from_str(text: &str) -> Result<Self, SentenceError> {
        if text.split_whitespace().nth(WORDS_MAX).is_some() {
            return Err(SentenceError::TooLong);
        }
        let mut words = Words(text.split_whitespace());
        let question = read_opening(&mut words)?;
        let mut rest = Rest { question, purpose_given: false, time_given: false };
        while let Some(word) = words.0.next() {
            rest.take(word, &mut words)?;
        }
        if !rest.purpose_given {
            return Err(SentenceError::Missing { what: "`for` which purpose" });
        }
        if !rest.time_given {
            return Err(SentenceError::Missing { what: "`on` which day" });
        }
        Ok(rest.question)
    }
}

/// Reads who does what, with what, with whom.
fn read_opening(words: &mut Words<'_>) -> Result<Question, SentenceError> {
    let actor: PartyId = words.read("a party")?;
    let verb = words.next("a verb")?;
    let action = match verb {
        "requests" => Action::Request,
        "orders" | "commits" => Action::Order,
        "offers" => Action::Offer,
        "pushes" => Action::Push,
        "carries" => Action::Transit,
        "shares" => Action::Share,
        _ => {
            let expected = "requests, orders, offers, commits, pushes, carries or shares";
            return Err(unexpected(verb, expected));
        }
    };
    let mut goods = words.next("a category")?;
    let mut quantity = None;
    if goods.starts_with(|c: char| c.is_ascii_digit()) {
        quantity = Some(words.quantity(goods)?);
        goods = words.next("a category")?;
    }
    let (category, commodity) =
        goods.split_once('/').map_or((goods, None), |(category, item)| (category, Some(item)));
    let category: CategoryId = read(category, "a category")?;
    let commodity = commodity.map(|item| read(item, "a commodity")).transpose()?;
    let asks = matches!(verb, "requests" | "orders");
    let joint = if asks { "from" } else { "to" };
    let mut mass = quantity.filter(|q| q.unit() == Unit::Kilogram);
    let mut word = words.next(joint)?;
    if word == "weighing" {
        let amount = words.next("a mass")?;
        mass = Some(words.quantity(amount)?);
        word = words.next(joint)?;
    }
    if word != joint {
        return Err(unexpected(word, joint));
    }
    let other: PartyId = words.read("a party")?;
    let (giver, receiver) = if asks { (other, actor.clone()) } else { (actor.clone(), other) };
    let purpose = read("disaster_relief", "a purpose")?;
    let status = Status::Actual;
    let mut question =
        Question::new(action, giver, receiver, category, purpose, status, Time::UNIX_EPOCH);
    question.actor = actor;
    question.commodity = commodity;
    question.mass_g = mass.map(Quantity::as_milli);
    question.quantity = quantity;
    Ok(question)
}

impl Rest {
    fn take(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), SentenceError> {
        let question = &mut self.question;
        match word {
            "for" => {
                question.purpose = words.read("a purpose")?;
                self.purpose_given = true;
            }
            "on" => {
                question.on = read_time(words.next("a date or time")?)?;
                self.time_given = true;
            }
            "under" => question.under = Some(words.read("an agreement")?),
            "actual" | "exercise" | "test" => {
                question.status = read_status(word).map_err(|_| unexpected(word, "a status"))?;
            }
            "by" => {
                let mode = words.next("a mode")?;
                question.mode = Some(read_mode(mode).map_err(|_| unexpected(mode, "a mode"))?);
            }
            "at" => question.place = Some(words.read("a place")?),
            "through" => question.transit.push(words.read("a party")?),
            "onward" => question.onward_to = Some(words.read("a party")?),
            "requested" => question.requested = true,
            "acting" => question.actor = words.read("a party")?,
            "held" => self.take_held(words)?,
            "consent" => self.take_consent(words)?,
            "overdue" => {
                let (debtor, agreement) = (words.read("a party")?, words.read("an agreement")?);
                question.overdue.push(Overdue { debtor, agreement });
            }
            _ => self.take_event(word, words)?,
        }
        Ok(())
    }

    fn take_event(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), SentenceError> {
        let event = self.question.event.get_or_insert_with(Event::default);
        match word {
            "hours" => event.hours_since = words.read("a number of hours")?,
            "intensity" => event.intensity = Some(words.read("an intensity")?),
            "alert" => event.alert = Some(words.read("an alert level")?),
            "unreachable" => event.contact_lost = true,
            _ => return Err(unexpected(word, "`for`, `on`, `under` or another such word")),
        }
        Ok(())
    }

    fn take_held(&mut self, words: &mut Words<'_>) -> Result<(), SentenceError> {
        let amount = words.next("a quantity")?;
        let held = words.quantity(amount)?;
        words.literal("against")?;
        let cited = words.next("an agreement and its clause")?;
        let (agreement, clause) = cited
            .split_once('/')
            .ok_or_else(|| unexpected(cited, "an agreement, a slash and its clause"))?;
        let agreement: AgreementId = read(agreement, "an agreement")?;
        let clause: ClauseId = read(clause, "a clause")?;
        let used = std::mem::take(&mut self.question.used);
        self.question.used = used.with(agreement, clause, held);
        Ok(())
    }

    fn take_consent(&mut self, words: &mut Words<'_>) -> Result<(), SentenceError> {
        let by = words.read("a party")?;
        let to = match words.next("push, transit or onward")? {
            "push" => ConsentTo::Push,
            "transit" => ConsentTo::Transit,
            "onward" => ConsentTo::OnwardTransfer { to: words.read("a party")? },
            word => return Err(unexpected(word, "push, transit or onward")),
        };
        self.question.consents.push(Consent { by, to });
        Ok(())
    }
}

/// Reads a time, or a date as noon in Greenwich, which is the same date from Honolulu to Seoul.
fn read_time(word: &str) -> Result<Time, SentenceError> {
    if word.contains('T') {
        return read(word, "a time");
    }
    let date: Date = read(word, "a date or time")?;
    read(&format!("{date}T12:00:00Z"), "a date")
}

impl fmt::Display for SettlementMode {
    /// The mode with its days, such as `replacement_in_kind 365, else reimbursement 30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        match self {
            Self::Gift | Self::Reimbursement { days: None } | Self::Loan { days: None } => Ok(()),
            Self::Reimbursement { days: Some(days) } | Self::Loan { days: Some(days) } => {
                write!(f, " {days}")
            }
            Self::ReplacementInKind { days, else_reimbursement_days }
            | Self::EqualValue { days, else_reimbursement_days } => {
                write!(f, " {days}")?;
                match else_reimbursement_days {
                    Some(days) => write!(f, ", else reimbursement {days}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Consent { of, to: ConsentTo::Push } => write!(f, "consent of {of} to push"),
            Self::Consent { of, to: ConsentTo::Transit } => write!(f, "consent of {of} to transit"),
            Self::Consent { of, to: ConsentTo::OnwardTransfer { to } } => {
                write!(f, "consent of {of} to onward {to}")
            }
            Self::Quantity { unit } => write!(f, "quantity in {unit}"),
            Self::Commodity => f.write_str("commodity"),
            Self::Signature { of, agreement } => write!(f, "signature of {of} under {agreement}"),
            Self::Ratification { of, agreement } => {
                write!(f, "ratification by {of} of {agreement}")
            }
            Self::EntryIntoForce { agreement } => write!(f, "entry into force of {agreement}"),
            Self::Settlement { of, agreement } => {
                write!(f, "settlement by {of} under {agreement}")
            }
        }
    }
}

impl fmt::Display for Decision {
    /// The decision on one line: outcome, agreement, clauses, reasons, settlement.
    ///
    /// `permitted kr-45--jp-17: permits art-2, limits art-5, settles art-6 (gift)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        if let Outcome::Needs(needs) = &self.outcome {
            let needs: Vec<String> = needs.iter().map(ToString::to_string).collect();
            write!(f, " {}", needs.join(" and "))?;
        }
        if !self.reasons.is_empty() {
            let codes: Vec<&str> = self.reasons.iter().map(crate::Reason::code).collect();
            write!(f, " [{}]", codes.join(", "))?;
        }
        if let Some(under) = &self.under {
            write!(f, " {under}")?;
        }
        for (place, cited) in self.clauses.iter().enumerate() {
            f.write_str(if place == 0 { ": " } else { ", " })?;
            write!(f, "{} {}", cited.effect.code(), cited.clause)?;
            let settled = self.settlement.iter().find(|term| term.clause == cited.clause);
            if let (Effect::Settles, Some(term)) = (cited.effect, settled) {
                write!(f, " ({})", term.mode)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<Question>() {
            Ok(q) => format!(
                "{} {} {}>{} {} {} {:?}",
                q.actor,
                q.action,
                q.giver,
                q.receiver,
                q.category,
                q.on,
                q.mass_g.unwrap_or(-1)
            ),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn reads_who_does_what_with_whom() {
        check(
            "a orders 2 KGM food from b for disaster_relief on 2024-01-02",
            "a order b>a food 2024-01-02T12:00:00Z 2000",
        );
        check(
            "a commits 5 EA shelter/tent weighing 1.5 KGM to b for x on 2024-01-02T00:00:00Z",
            "a order a>b shelter 2024-01-02T00:00:00Z 1500",
        );
        check("a", "error: the question ends where a verb was expected");
        check(
            "a eats food",
            "error: `eats` stands where requests, orders, offers, commits, pushes, carries or shares was expected",
        );
        check("a offers food from b", "error: `from` stands where to was expected");
        check(
            "a offers food to b on 2024-01-02",
            "error: the question does not say `for` which purpose",
        );
        check("a offers food to b for x", "error: the question does not say `on` which day");
        check(
            "a offers food to b for x on 2024-01-02 nicely",
            "error: `nicely` stands where `for`, `on`, `under` or another such word was expected",
        );
    }
}
