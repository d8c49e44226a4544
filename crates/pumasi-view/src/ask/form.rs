//! Reads a question out of a form.

use pumasi_agreement::{
    Action, AlertLevel, Consent, ConsentTo, Event, Intensity, Question, scope, vocabulary,
};
use pumasi_base::catalog::{Commodity, Mode};
use pumasi_base::{CategoryId, CommodityId, PartyId, Quantity, Time, Unit};

use crate::fault::{Help, problem};
use crate::field;
use crate::lexicon::Lexicon;
use crate::page::{AskForm, ConsentForm, EventForm, Problem};

/// Every mode of transport.
const MODES: [Mode; 5] = Mode::ALL;

/// A question that was read, and what it is asked with.
pub(super) struct Asked {
    pub(super) question: Question,
    /// Grams of one unit of the commodity, when one is named.
    pub(super) unit_mass_g: Option<i64>,
}

impl Asked {
    pub(super) fn read(lexicon: &Lexicon, form: &AskForm, now: Time) -> Result<Self, Box<Problem>> {
        let (giver, receiver) =
            (field::party(lexicon, &form.giver)?, field::party(lexicon, &form.receiver)?);
        if giver == receiver {
            return Err(problem("parties_must_differ", &form.giver, Help::Choose));
        }
        let action: Action = form
            .action
            .parse()
            .map_err(|_| problem("action_unknown", &form.action, Help::Choose))?;
        let commodity = commodity(lexicon, form)?;
        let category = category(form, commodity)?;
        let purpose = field::purpose(&form.purpose)?;
        let status = field::status(form.status.as_deref())?;
        let on = field::day(form.on.as_deref(), now)?;
        let mut question = Question::new(action, giver, receiver, category, purpose, status, on);
        question.commodity = commodity.map(|commodity| commodity.id.clone());
        if let Some(text) = field::given(form.quantity.as_deref()) {
            let quantity = quantity(text, commodity)?;
            question.quantity = Some(quantity);
            question.mass_g = match commodity {
                Some(commodity) => mass_g(quantity, commodity.mass_g),
                // A thousandth of a kilogram is a gram.
                None => Some(quantity.as_milli()).filter(|_| quantity.unit() == Unit::Kilogram),
            };
        }
        question.under = under(lexicon, form)?;
        question.mode = mode(form)?;
        question.transit = form
            .transit
            .iter()
            .map(|text| field::party(lexicon, text))
            .collect::<Result<_, _>>()?;
        let onward = field::given(form.onward_to.as_deref());
        question.onward_to = onward.map(|text| field::party(lexicon, text)).transpose()?;
        question.event = form.event.as_ref().map(event).transpose()?;
        let consents = form.consents.iter();
        question.consents = consents
            .map(|held| consent(lexicon, held, question.onward_to.as_ref()))
            .collect::<Result<_, _>>()?;
        // Whoever orders has asked, and so has whoever requests.
        question.requested = form.requested || matches!(action, Action::Request | Action::Order);
        Ok(Self { question, unit_mass_g: commodity.map(|commodity| commodity.mass_g) })
    }
}

fn commodity<'a>(
    lexicon: &'a Lexicon,
    form: &AskForm,
) -> Result<Option<&'a Commodity>, Box<Problem>> {
    let Some(text) = field::given(form.commodity.as_deref()) else { return Ok(None) };
    let id = text.parse::<CommodityId>().ok();
    let known = id.and_then(|id| lexicon.catalog().commodities.get(&id));
    known.map(Some).ok_or_else(|| problem("commodity_unknown", text, Help::Choose))
}

/// The category of the commodity, or the one named in its place.
fn category(form: &AskForm, commodity: Option<&Commodity>) -> Result<CategoryId, Box<Problem>> {
    let named = field::given(form.category.as_deref())
        .map(|text| {
            let id = text.parse::<CategoryId>().ok();
            let known = id.filter(|id| vocabulary::category(id).is_some());
            known.ok_or_else(|| problem("category_unknown", text, Help::Choose))
        })
        .transpose()?;
    match (commodity, named) {
        (Some(commodity), Some(named)) if named != commodity.category => {
            Err(problem("category_must_match", named.as_str(), Help::Choose))
        }
        (Some(commodity), _) => Ok(commodity.category.clone()),
        (None, Some(named)) => Ok(named),
        (None, None) => Err(problem("commodity_missing", "", Help::Choose)),
    }
}

fn under(
    lexicon: &Lexicon,
    form: &AskForm,
) -> Result<Option<pumasi_base::AgreementId>, Box<Problem>> {
    let Some(text) = field::given(form.agreement.as_deref()) else { return Ok(None) };
    let known = text.parse().ok().and_then(|id| lexicon.agreements().get(&id));
    let known = known.ok_or_else(|| problem("agreement_unknown", text, Help::Choose))?;
    Ok(Some(known.id().clone()))
}

fn mode(form: &AskForm) -> Result<Option<Mode>, Box<Problem>> {
    let Some(text) = field::given(form.mode.as_deref()) else { return Ok(None) };
    let known = MODES.into_iter().find(|mode| scope::mode_code(*mode) == text);
    known.map(Some).ok_or_else(|| problem("mode_unknown", text, Help::Choose))
}

fn event(form: &EventForm) -> Result<Event, Box<Problem>> {
    let intensity = field::given(form.intensity.as_deref()).map(|text| {
        let unknown = |_| problem("intensity_unknown", text, Help::Choose);
        text.parse::<Intensity>().map_err(unknown)
    });
    let alert = field::given(form.alert.as_deref()).map(|text| {
        let unknown = |_| problem("alert_unknown", text, Help::Choose);
        text.parse::<AlertLevel>().map_err(unknown)
    });
    Ok(Event {
        hours_since: form.hours_since,
        intensity: intensity.transpose()?,
        alert: alert.transpose()?,
        contact_lost: form.contact_lost,
    })
}

fn consent(
    lexicon: &Lexicon,
    form: &ConsentForm,
    onward_to: Option<&PartyId>,
) -> Result<Consent, Box<Problem>> {
    let by = field::party(lexicon, &form.by)?;
    let to = match (form.to.as_str(), onward_to) {
        ("push", _) => ConsentTo::Push,
        ("transit", _) => ConsentTo::Transit,
        ("onward", Some(to)) => ConsentTo::OnwardTransfer { to: to.clone() },
        _ => return Err(problem("consent_unknown", &form.to, Help::Choose)),
    };
    Ok(Consent { by, to })
}

/// Reads a quantity; where a commodity is named, in its unit.
fn quantity(text: &str, commodity: Option<&Commodity>) -> Result<Quantity, Box<Problem>> {
    let help = || Help::Quantity(commodity.map_or(Unit::Kilogram, |commodity| commodity.unit));
    let quantity: Quantity =
        text.parse().map_err(|_| problem("quantity_unreadable", text, help()))?;
    if commodity.is_some_and(|commodity| quantity.unit() != commodity.unit) {
        return Err(problem("unit_must_match", text, help()));
    }
    if quantity.is_zero() {
        return Err(problem("quantity_must_not_be_zero", text, help()));
    }
    Ok(quantity)
}

/// Grams of a quantity; none when there are more than can be counted.
fn mass_g(quantity: Quantity, mass_g: i64) -> Option<i64> {
    let exact = i128::from(quantity.as_milli()) * i128::from(mass_g);
    i64::try_from(exact.div_euclid(1000)).ok()
}
