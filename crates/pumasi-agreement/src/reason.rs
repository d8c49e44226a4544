//! Why the agreements say no, or not yet, in words of four languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_base::catalog::Mode;
use pumasi_base::{
    AgreementId, Captions, CategoryId, CommodityId, Date, Lang, PartyId, Period, PlaceId,
    PurposeId, Quantity, Status, Unit,
};

use crate::clauses::ceiling::Per;
use crate::clauses::term::Entry;
use crate::question::{Action, ClauseRef};
use crate::scope::mode_code;
use crate::vocabulary::{self, read_words};

/// A rule that a question breaks or does not meet yet, weightiest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A clause forbids the category.
    CategoryForbidden {
        /// Which.
        category: CategoryId,
    },
    /// A clause forbids the purpose.
    PurposeForbidden {
        /// Which.
        purpose: PurposeId,
    },
    /// A clause forbids the action.
    ActionForbidden {
        /// Which.
        action: Action,
    },
    /// A clause forbids the mode of transport.
    ModeForbidden {
        /// Which.
        mode: Mode,
    },
    /// The agreement asked about is not among those compiled.
    UnknownAgreement {
        /// Which.
        agreement: AgreementId,
    },
    /// A party is neither a party to the agreement nor one of its executing bodies.
    NotAParty {
        /// Who.
        party: PartyId,
        /// To which agreement.
        agreement: AgreementId,
    },
    /// No agreement binds the two parties.
    NoAgreement {
        /// Who would give.
        giver: PartyId,
        /// Who would receive.
        receiver: PartyId,
    },
    /// The actor is not the side that takes this step, nor the party the side acts for.
    ActorNotInRole {
        /// Who acts.
        actor: PartyId,
        /// What it does.
        action: Action,
    },
    /// The agreement does not stand in force: only drafted, terminated, and so on.
    NotInForce {
        /// Which.
        agreement: AgreementId,
        /// How it stands, by its code.
        standing: &'static str,
    },
    /// The parties read the suspension of a notice differently: by one reading the agreement has
    /// ended on the day, by the other it has not.
    StandingDisputed {
        /// Which.
        agreement: AgreementId,
    },
    /// The agreement is not yet in force on the day.
    BeforeTerm {
        /// Which.
        agreement: AgreementId,
        /// Its first day.
        from: Date,
    },
    /// The agreement is no longer in force on the day.
    AfterTerm {
        /// Which.
        agreement: AgreementId,
        /// The first day without it.
        until: Date,
    },
    /// The agreement or the clause is suspended.
    Suspended {
        /// Which agreement.
        agreement: AgreementId,
    },
    /// No permit between the parties reaches the action.
    ActionNotCovered {
        /// Which.
        action: Action,
    },
    /// No permit between the parties reaches the purpose.
    PurposeNotCovered {
        /// Which.
        purpose: PurposeId,
    },
    /// No permit between the parties reaches the category.
    CategoryNotCovered {
        /// Which.
        category: CategoryId,
    },
    /// The parties have an agreement, but nothing in it comes near.
    NothingPermits,
    /// The permit does not reach actual aid, exercises or tests.
    StatusNotCovered {
        /// Which.
        status: Status,
    },
    /// The permit does not reach the mode of transport.
    ModeNotCovered {
        /// Which.
        mode: Mode,
    },
    /// The permit names commodities, and this one is not among them.
    CommodityNotCovered {
        /// Which.
        commodity: CommodityId,
    },
    /// The permit holds only within the receiver's municipalities.
    PlaceNotCovered {
        /// Where it was to be used.
        place: PlaceId,
    },
    /// What was received must not be passed on.
    OnwardTransferForbidden {
        /// To whom it was to go.
        to: PartyId,
    },
    /// It is more than the ceiling leaves.
    CeilingExceeded {
        /// The ceiling.
        limit: Quantity,
        /// What it holds already.
        used: Quantity,
        /// What was asked.
        asked: Quantity,
        /// Over what it counts.
        per: Per,
    },
    /// Nothing lets the giver send before the receiver asks.
    NoStandingConsent {
        /// Who has not asked.
        receiver: PartyId,
    },
    /// What sets off the standing consent has not been reported.
    StandingConsentNotTriggered,
    /// The standing consent was for the first hours only.
    StandingConsentLapsed {
        /// For how many.
        hours_max: i64,
        /// How many have passed.
        hours: i64,
    },
    /// Passing it on needs the giver's consent beforehand.
    OnwardTransferNeedsConsent {
        /// Whose.
        of: PartyId,
        /// To whom it is to go.
        to: PartyId,
    },
    /// A third party on the way has not consented.
    TransitNeedsConsent {
        /// Who.
        of: PartyId,
    },
    /// A ceiling counts a unit in which nothing was said.
    QuantityUnknown {
        /// The unit.
        unit: Unit,
    },
    /// The permit names commodities, and the question names none.
    CommodityUnknown,
    /// Other parties have signed the agreement, and this one has not.
    SignatureMissing {
        /// Who has not.
        of: PartyId,
        /// Which agreement.
        agreement: AgreementId,
    },
    /// Every party has signed, and the agreement has not entered into force.
    EntryIntoForceAwaited {
        /// Which agreement.
        agreement: AgreementId,
    },
    /// Every party has signed, and this one has not completed its own procedures.
    RatificationMissing {
        /// Who has not.
        of: PartyId,
        /// Which agreement.
        agreement: AgreementId,
    },
    /// The receiving side owes under the agreement what is past its day, and a settlement clause
    /// asks for that first.
    SettlementOverdue {
        /// Who owes.
        of: PartyId,
        /// Under which agreement.
        agreement: AgreementId,
    },
}

/// A value that a reason's sentence names, for interfaces that have better words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// A party.
    Party(PartyId),
    /// An agreement.
    Agreement(AgreementId),
    /// A category.
    Category(CategoryId),
    /// A purpose.
    Purpose(PurposeId),
    /// A commodity.
    Commodity(CommodityId),
    /// A place.
    Place(PlaceId),
    /// An action.
    Action(Action),
    /// A mode of transport.
    Mode(Mode),
    /// A status.
    Status(Status),
    /// A standing, by its code.
    Standing(&'static str),
    /// The span a ceiling counts over.
    Per(Per),
    /// A date.
    Date(Date),
    /// A span of time.
    Period(Period),
    /// What brings an agreement into force.
    Entry(Entry),
    /// A quantity.
    Quantity(Quantity),
    /// A unit.
    Unit(Unit),
    /// A number.
    Number(i64),
}

impl Parameter {
    /// The value in `lang`, as far as this crate has words for it; ids, dates, quantities and
    /// numbers as they are written.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        let in_words = |captions: Option<&'static Captions>, code: &str| {
            captions.map_or_else(|| code.to_owned(), |c| c.in_lang(lang).to_owned())
        };
        let term = |sort, code: &str| in_words(vocabulary::term(sort, code), code);
        match self {
            Self::Party(id) => id.to_string(),
            Self::Agreement(id) => id.to_string(),
            Self::Category(id) => in_words(vocabulary::category(id), id.as_str()),
            Self::Purpose(id) => in_words(vocabulary::purpose(id), id.as_str()),
            Self::Commodity(id) => id.to_string(),
            Self::Place(id) => id.to_string(),
            Self::Action(action) => term("action", action.code()),
            Self::Mode(mode) => term("mode", mode_code(*mode)),
            Self::Status(status) => term("status", &status.to_string()),
            Self::Standing(code) => term("standing", code),
            Self::Per(per) => term("per", per.code()),
            Self::Date(date) => date.to_string(),
            Self::Period(period) => vocabulary::period(*period, lang),
            Self::Entry(entry) => term("entry", entry.code()),
            Self::Quantity(quantity) => quantity.to_string(),
            Self::Unit(unit) => unit.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Rule {
    /// The rule's name in snake case; stable, and the key of its caption.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rank_and_code().1
    }

    /// The rule's weight: the lower, the weightier.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        self.rank_and_code().0
    }

    const fn rank_and_code(&self) -> (u8, &'static str) {
        match self {
            Self::CategoryForbidden { .. } => (0, "category_forbidden"),
            Self::PurposeForbidden { .. } => (1, "purpose_forbidden"),
            Self::ActionForbidden { .. } => (2, "action_forbidden"),
            Self::ModeForbidden { .. } => (3, "mode_forbidden"),
            Self::UnknownAgreement { .. } => (4, "unknown_agreement"),
            Self::NotAParty { .. } => (5, "not_a_party"),
            Self::NoAgreement { .. } => (6, "no_agreement"),
            Self::ActorNotInRole { .. } => (7, "actor_not_in_role"),
            Self::NotInForce { .. } => (8, "not_in_force"),
            Self::StandingDisputed { .. } => (9, "standing_disputed"),
            Self::BeforeTerm { .. } => (10, "before_term"),
            Self::AfterTerm { .. } => (11, "after_term"),
            Self::Suspended { .. } => (12, "suspended"),
            Self::ActionNotCovered { .. } => (13, "action_not_covered"),
            Self::PurposeNotCovered { .. } => (14, "purpose_not_covered"),
            Self::CategoryNotCovered { .. } => (15, "category_not_covered"),
            Self::NothingPermits => (16, "nothing_permits"),
            Self::StatusNotCovered { .. } => (17, "status_not_covered"),
            Self::ModeNotCovered { .. } => (18, "mode_not_covered"),
            Self::CommodityNotCovered { .. } => (19, "commodity_not_covered"),
            Self::PlaceNotCovered { .. } => (20, "place_not_covered"),
            Self::OnwardTransferForbidden { .. } => (21, "onward_transfer_forbidden"),
            Self::CeilingExceeded { .. } => (22, "ceiling_exceeded"),
            Self::NoStandingConsent { .. } => (23, "no_standing_consent"),
            Self::StandingConsentNotTriggered => (24, "standing_consent_not_triggered"),
            Self::StandingConsentLapsed { .. } => (25, "standing_consent_lapsed"),
            Self::OnwardTransferNeedsConsent { .. } => (26, "onward_transfer_needs_consent"),
            Self::TransitNeedsConsent { .. } => (27, "transit_needs_consent"),
            Self::QuantityUnknown { .. } => (28, "quantity_unknown"),
            Self::CommodityUnknown => (29, "commodity_unknown"),
            Self::SignatureMissing { .. } => (30, "signature_missing"),
            Self::EntryIntoForceAwaited { .. } => (31, "entry_into_force_awaited"),
            Self::RatificationMissing { .. } => (32, "ratification_missing"),
            Self::SettlementOverdue { .. } => (33, "settlement_overdue"),
        }
    }

    /// The values its sentence names, by the names of their placeholders.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, Parameter)> {
        use Parameter as P;
        match self.clone() {
            Self::CategoryForbidden { category } | Self::CategoryNotCovered { category } => {
                vec![("category", P::Category(category))]
            }
            Self::PurposeForbidden { purpose } | Self::PurposeNotCovered { purpose } => {
                vec![("purpose", P::Purpose(purpose))]
            }
            Self::ActionForbidden { action } | Self::ActionNotCovered { action } => {
                vec![("action", P::Action(action))]
            }
            Self::ModeForbidden { mode } | Self::ModeNotCovered { mode } => {
                vec![("mode", P::Mode(mode))]
            }
            Self::UnknownAgreement { agreement }
            | Self::StandingDisputed { agreement }
            | Self::Suspended { agreement } => {
                vec![("agreement", P::Agreement(agreement))]
            }
            Self::NotAParty { party, agreement } => {
                vec![("party", P::Party(party)), ("agreement", P::Agreement(agreement))]
            }
            Self::NoAgreement { giver, receiver } => {
                vec![("giver", P::Party(giver)), ("receiver", P::Party(receiver))]
            }
            Self::ActorNotInRole { actor, action } => {
                vec![("actor", P::Party(actor)), ("action", P::Action(action))]
            }
            Self::NotInForce { agreement, standing } => {
                vec![("agreement", P::Agreement(agreement)), ("standing", P::Standing(standing))]
            }
            Self::BeforeTerm { agreement, from: date }
            | Self::AfterTerm { agreement, until: date } => {
                vec![("agreement", P::Agreement(agreement)), ("date", P::Date(date))]
            }
            rest => rest.parameters_of_conditions(),
        }
    }

    /// [`Self::parameters`] of the rules about conditions of a permit.
    fn parameters_of_conditions(self) -> Vec<(&'static str, Parameter)> {
        use Parameter as P;
        match self {
            Self::StatusNotCovered { status } => vec![("status", P::Status(status))],
            Self::CommodityNotCovered { commodity } => {
                vec![("commodity", P::Commodity(commodity))]
            }
            Self::PlaceNotCovered { place } => vec![("place", P::Place(place))],
            Self::OnwardTransferForbidden { to } => vec![("to", P::Party(to))],
            Self::CeilingExceeded { limit, used, asked, per } => vec![
                ("limit", P::Quantity(limit)),
                ("used", P::Quantity(used)),
                ("asked", P::Quantity(asked)),
                ("per", P::Per(per)),
            ],
            Self::NoStandingConsent { receiver } => vec![("receiver", P::Party(receiver))],
            Self::StandingConsentLapsed { hours_max, hours } => {
                vec![("hours_max", P::Number(hours_max)), ("hours", P::Number(hours))]
            }
            Self::OnwardTransferNeedsConsent { of, to } => {
                vec![("of", P::Party(of)), ("to", P::Party(to))]
            }
            Self::TransitNeedsConsent { of } => vec![("of", P::Party(of))],
            Self::QuantityUnknown { unit } => vec![("unit", P::Unit(unit))],
            Self::SignatureMissing { of, agreement }
            | Self::RatificationMissing { of, agreement }
            | Self::SettlementOverdue { of, agreement } => {
                vec![("of", P::Party(of)), ("agreement", P::Agreement(agreement))]
            }
            Self::EntryIntoForceAwaited { agreement } => {
                vec![("agreement", P::Agreement(agreement))]
            }
            _ => Vec::new(),
        }
    }
}

/// Why the answer is no, or not yet: the rule, and the clause that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// The clause that states it or comes nearest; none when no clause does.
    pub clause: Option<ClauseRef>,
}

static SENTENCES: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_words(include_str!("reasons.i18n.toml")));

impl Reason {
    /// The code of its rule.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// The sentence in `lang`; parties, places and commodities appear by their ids.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        self.caption_with(lang, &|_| None)
    }

    /// The sentence in `lang`, with `name` giving better words for a parameter where it has them.
    #[must_use]
    pub fn caption_with(&self, lang: Lang, name: &dyn Fn(&Parameter) -> Option<String>) -> String {
        fill(&SENTENCES, self.code(), self.rule.parameters(), lang, name)
    }
}

/// A sentence out of a table in `lang`, with its placeholders filled; `name` may have better words
/// for a parameter than its own.
pub(crate) fn fill(
    sentences: &BTreeMap<String, Captions>,
    code: &str,
    parameters: Vec<(&'static str, Parameter)>,
    lang: Lang,
    name: &dyn Fn(&Parameter) -> Option<String>,
) -> String {
    let mut sentence =
        sentences.get(code).map_or_else(|| code.to_owned(), |c| c.in_lang(lang).to_owned());
    for (placeholder, parameter) in parameters {
        let words = name(&parameter).unwrap_or_else(|| parameter.caption(lang));
        sentence = sentence.replace(&format!("{{{placeholder}}}"), &words);
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One rule of every kind; the compiler asks for more when a kind is added to `rank_and_code`.
    fn every_rule() -> Vec<Rule> {
        let party: PartyId = "p".parse().unwrap();
        let agreement: AgreementId = "g".parse().unwrap();
        let category: CategoryId = "fuel".parse().unwrap();
        let purpose: PurposeId = "evacuation".parse().unwrap();
        let (action, mode, status) = (Action::Order, Mode::Sea, Status::Exercise);
        let date: Date = "2024-01-01".parse().unwrap();
        let limit: Quantity = "1 KGM".parse().unwrap();
        vec![
            Rule::CategoryForbidden { category: category.clone() },
            Rule::PurposeForbidden { purpose: purpose.clone() },
            Rule::ActionForbidden { action },
            Rule::ModeForbidden { mode },
            Rule::UnknownAgreement { agreement: agreement.clone() },
            Rule::NotAParty { party: party.clone(), agreement: agreement.clone() },
            Rule::NoAgreement { giver: party.clone(), receiver: party.clone() },
            Rule::ActorNotInRole { actor: party.clone(), action },
            Rule::NotInForce { agreement: agreement.clone(), standing: "drafted" },
            Rule::StandingDisputed { agreement: agreement.clone() },
            Rule::BeforeTerm { agreement: agreement.clone(), from: date },
            Rule::AfterTerm { agreement: agreement.clone(), until: date },
            Rule::Suspended { agreement: agreement.clone() },
            Rule::ActionNotCovered { action },
            Rule::PurposeNotCovered { purpose },
            Rule::CategoryNotCovered { category },
            Rule::NothingPermits,
            Rule::StatusNotCovered { status },
            Rule::ModeNotCovered { mode },
            Rule::CommodityNotCovered { commodity: "c".parse().unwrap() },
            Rule::PlaceNotCovered { place: "l".parse().unwrap() },
            Rule::OnwardTransferForbidden { to: party.clone() },
            Rule::CeilingExceeded { limit, used: limit, asked: limit, per: Per::Year },
            Rule::NoStandingConsent { receiver: party.clone() },
            Rule::StandingConsentNotTriggered,
            Rule::StandingConsentLapsed { hours_max: 72, hours: 80 },
            Rule::OnwardTransferNeedsConsent { of: party.clone(), to: party.clone() },
            Rule::TransitNeedsConsent { of: party.clone() },
            Rule::QuantityUnknown { unit: Unit::Kilogram },
            Rule::CommodityUnknown,
            Rule::SignatureMissing { of: party.clone(), agreement: agreement.clone() },
            Rule::EntryIntoForceAwaited { agreement: agreement.clone() },
            Rule::RatificationMissing { of: party.clone(), agreement: agreement.clone() },
            Rule::SettlementOverdue { of: party, agreement },
        ]
    }

    #[test]
    fn every_rule_has_its_sentence_and_every_sentence_its_rule() {
        let rules = every_rule();
        let mut codes: Vec<&str> = rules.iter().map(Rule::code).collect();
        assert!(rules.iter().map(|rule| usize::from(rule.rank())).eq(0..rules.len()));
        codes.sort_unstable();
        assert_eq!(codes, SENTENCES.keys().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn every_placeholder_is_filled_in_every_language() {
        for rule in every_rule() {
            for (name, _) in rule.parameters() {
                for lang in Lang::ALL {
                    let sentence = SENTENCES[rule.code()].in_lang(lang);
                    let placeholder = format!("{{{name}}}");
                    assert!(sentence.contains(&placeholder), "{} in {lang}: {name}", rule.code());
                }
            }
            let reason = Reason { rule, clause: None };
            for lang in Lang::ALL {
                let sentence = reason.caption(lang);
                assert!(!sentence.contains(['{', '}']), "{sentence}");
            }
        }
    }

    #[test]
    fn words_of_ours_appear_in_the_reader_s_language() {
        let category = "fuel".parse().unwrap();
        let reason = Reason { rule: Rule::CategoryForbidden { category }, clause: None };
        assert_eq!(reason.caption(Lang::Ja), "合意がこの区分を禁じています：燃料。");
        let receiver = "jp-17".parse().unwrap();
        let reason = Reason { rule: Rule::NoStandingConsent { receiver }, clause: None };
        let name = |parameter: &Parameter| match parameter {
            Parameter::Party(id) if id.as_str() == "jp-17" => Some("Ishikawa".to_owned()),
            _ => None,
        };
        assert_eq!(
            reason.caption_with(Lang::En, &name),
            "Sending unasked needs the receiver's consent: Ishikawa."
        );
    }
}
