//! Names and sentences in the four languages: parties, commodities, places, links, clauses, acts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_act::{ClauseCited, Payload, Refusal, kinds};
use pumasi_agreement::{Agreement, ClauseRef, Parameter, Reason, vocabulary};
use pumasi_base::{
    AgreementId, Captions, Catalog, CommodityId, Lang, LinkId, PartyId, PlaceId, Quantity, Time,
};
use serde_json::Value;

use crate::page::{ClauseLine, PartyName, Words};

/// What stands where a field of an act is empty.
const NOTHING: &str = "–";

type Table = BTreeMap<String, Captions>;

/// Reads a file of captions of this crate; the tests prove that each file reads.
pub(crate) fn read_table(text: &str) -> Table {
    toml::from_str(text).unwrap_or_default()
}

static UNITS: LazyLock<Table> = LazyLock::new(|| read_table(include_str!("units.i18n.toml")));
static COUNTRIES: LazyLock<Table> =
    LazyLock::new(|| read_table(include_str!("countries.i18n.toml")));

/// What things are called, in four languages.
///
/// It keeps its own copy of the catalog and of the agreements, so that a node makes one and uses
/// it for every page. What it has no name for goes by its id.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    catalog: Catalog,
    agreements: BTreeMap<AgreementId, Agreement>,
}

impl Words {
    /// The words that `in_lang` gives for each language.
    pub(crate) fn each(in_lang: impl Fn(Lang) -> String) -> Self {
        Self {
            ko: in_lang(Lang::Ko),
            ja: in_lang(Lang::Ja),
            zh: in_lang(Lang::Zh),
            en: in_lang(Lang::En),
        }
    }

    /// The same text in every language: ids and figures.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::each(|_| text.to_owned())
    }

    /// The words in `lang`.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::Ja => &self.ja,
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Lexicon {
    /// Takes its words from `catalog` and `agreements`.
    #[must_use]
    pub fn new(catalog: &Catalog, agreements: impl IntoIterator<Item = Agreement>) -> Self {
        let by_id = |agreement: Agreement| (agreement.id().clone(), agreement);
        Self { catalog: catalog.clone(), agreements: agreements.into_iter().map(by_id).collect() }
    }

    /// The catalog it speaks from.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The agreements it speaks of, by id.
    #[must_use]
    pub const fn agreements(&self) -> &BTreeMap<AgreementId, Agreement> {
        &self.agreements
    }

    /// A party with its names.
    #[must_use]
    pub fn party(&self, id: &PartyId) -> PartyName {
        let names = self.catalog.parties.get(id).map(|party| &party.names);
        PartyName { id: id.to_string(), names: named(names, id.as_str()) }
    }

    /// The names of a commodity.
    #[must_use]
    pub fn commodity(&self, id: &CommodityId) -> Words {
        named(self.catalog.commodities.get(id).map(|commodity| &commodity.names), id.as_str())
    }

    /// The names of a place.
    #[must_use]
    pub fn place(&self, id: &PlaceId) -> Words {
        named(self.catalog.places.get(id).map(|place| &place.names), id.as_str())
    }

    /// What a country is called, by its ISO 3166-1 code in small letters.
    #[must_use]
    pub fn country(&self, code: &str) -> Words {
        named(COUNTRIES.get(code), code)
    }

    /// The title of an agreement.
    #[must_use]
    pub fn agreement(&self, id: &AgreementId) -> Words {
        named(self.agreements.get(id).map(Agreement::title), id.as_str())
    }

    /// The names of a link.
    #[must_use]
    pub fn link(&self, id: &LinkId) -> Words {
        named(self.catalog.links.get(id).map(|link| &link.names), id.as_str())
    }

    /// A clause with its article and what it says, in the words of the library's text.
    #[must_use]
    pub fn clause(&self, cited: &ClauseCited) -> ClauseLine {
        let clause = self.agreements.get(&cited.agreement).and_then(|a| a.clause(&cited.clause));
        ClauseLine {
            agreement: cited.agreement.to_string(),
            clause: cited.clause.to_string(),
            article: named(clause.map(|clause| &clause.article), cited.clause.as_str()),
            caption: named(clause.map(|clause| &clause.caption), cited.clause.as_str()),
        }
    }

    pub(crate) fn clause_ref(&self, clause: &ClauseRef) -> ClauseLine {
        let ClauseRef { agreement, clause, .. } = clause.clone();
        self.clause(&ClauseCited { agreement, clause })
    }

    /// What a kind of act is called.
    #[must_use]
    pub fn kind(&self, kind: &str) -> Words {
        named(kinds::captions(kind).map(|captions| &captions.name), kind)
    }

    /// An amount with its unit as the language writes it: `1,200개`, `1,200 pcs`.
    #[must_use]
    pub fn quantity(&self, quantity: Quantity, lang: Lang) -> String {
        let code = quantity.unit().code();
        let amount = grouped(quantity);
        UNITS.get(code).map_or_else(
            || format!("{amount} {code}"),
            |captions| captions.in_lang(lang).replace("{amount}", &amount),
        )
    }

    /// A sentence of the agreements, with names in place of ids.
    #[must_use]
    pub fn reason(&self, reason: &Reason) -> Words {
        Words::each(|lang| reason.caption_with(lang, &|parameter| self.parameter(parameter, lang)))
    }

    /// A better word for what a sentence of the agreements names, where there is one.
    pub(crate) fn parameter(&self, parameter: &Parameter, lang: Lang) -> Option<String> {
        let words = match parameter {
            Parameter::Party(id) => self.party(id).names,
            Parameter::Commodity(id) => self.commodity(id),
            Parameter::Place(id) => self.place(id),
            Parameter::Agreement(id) => {
                self.agreements.get(id).map(|agreement| Words::from(agreement.title()))?
            }
            Parameter::Quantity(quantity) => return Some(self.quantity(*quantity, lang)),
            _ => return None,
        };
        Some(words.in_lang(lang).to_owned())
    }

    /// Why an act was refused, in words.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> Words {
        Words::each(|lang| refusal.words(lang))
    }

    /// What an act says, in words.
    ///
    /// Parties, commodities and places go by their names, amounts carry their unit, digests are
    /// cut to eight digits and times are in UTC to the minute. An empty field reads `–`; a kind
    /// that is not known here goes by its name.
    #[must_use]
    pub fn summary(&self, payload: &Payload) -> Words {
        let Some(captions) = kinds::captions(&payload.kind) else {
            return Words::same(&payload.kind);
        };
        Words::each(|lang| {
            fill(captions.summary.in_lang(lang), |field| {
                let value = payload.body.get(field).unwrap_or(&Value::Null);
                self.field(field, value, lang)
            })
        })
    }

    /// One field of an act's body in words.
    fn field(&self, name: &str, value: &Value, lang: Lang) -> String {
        if let Ok(captions) = Captions::deserialize_from(value) {
            return captions.in_lang(lang).to_owned();
        }
        let Some(text) = value.as_str() else {
            return if value.is_null() { NOTHING.to_owned() } else { value.to_string() };
        };
        let words = match name {
            "requesting" | "assisting" => text.parse().ok().map(|id| self.party(&id).names),
            "commodity" => text.parse().ok().map(|id| self.commodity(&id)),
            "place" | "province" => text.parse().ok().map(|id| self.place(&id)),
            "mode" => Some(mode_words(text)),
            "source" => return text.to_uppercase(),
            _ => None,
        };
        words.map_or_else(|| self.plain(text, lang), |words| words.in_lang(lang).to_owned())
    }

    /// A text that tells what it is by its form: an amount, an instant, a digest.
    fn plain(&self, text: &str, lang: Lang) -> String {
        if let Ok(quantity) = text.parse::<Quantity>() {
            return self.quantity(quantity, lang);
        }
        if let Ok(time) = text.parse::<Time>() {
            return minute(time);
        }
        text.parse::<pumasi_base::Digest>().map_or_else(|_| text.to_owned(), |d| d.short())
    }
}

/// Captions out of JSON.
trait FromJson: Sized {
    fn deserialize_from(value: &Value) -> Result<Self, serde_json::Error>;
}
impl FromJson for Captions {
    fn deserialize_from(value: &Value) -> Result<Self, serde_json::Error> {
        serde::Deserialize::deserialize(value)
    }
}

fn named(captions: Option<&Captions>, id: &str) -> Words {
    captions.map_or_else(|| Words::same(id), Words::from)
}

/// The way of settling in words.
fn mode_words(code: &str) -> Words {
    let word = if code == "equal_value_exchange" { "equal_value" } else { code };
    named(vocabulary::term("settlement", word), code)
}

/// An instant in UTC to the minute: `2024-01-01 07:10 UTC`.
pub(crate) fn minute(time: Time) -> String {
    let text = time.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(date), Some(clock)) => format!("{date} {clock} UTC"),
        _ => text,
    }
}

/// The amount alone, its whole digits in groups of three: all four languages write it so.
fn grouped(quantity: Quantity) -> String {
    let text = quantity.to_string();
    let amount = text.split(' ').next().unwrap_or_default();
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if part.is_empty() { out } else { format!("{out}.{part}") }
}

/// Puts `value(name)` in place of every `{name}`; what is put in is not searched again.
fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push_str(&value(name));
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use pumasi_act::testing::World;
    use serde_json::json;

    use super::*;
    use crate::world::{lexicon, origin};

    #[track_caller]
    fn check(kind: &str, body: serde_json::Value, lang: Lang, expected: &str) {
        let status = pumasi_base::Status::Exercise;
        let mut world = World::new(&["jp", "kr"], Vec::new(), status, origin());
        let id = world.act("kr", kind, None, body);
        let act = world.acts.iter().find(|act| act.id() == id).unwrap();
        assert_eq!(lexicon().summary(act.payload()).in_lang(lang), expected);
    }

    #[test]
    fn acts_read_as_sentences_in_each_language() {
        let request = json!({
            "assisting": "kr", "commodity": "blanket", "quantity": "1200 EA", "place": "jp-1"});
        check(
            "request_resource",
            request.clone(),
            Lang::Ko,
            "한국 측에 요청: 담요 1,200개, 대상지 와지마",
        );
        check(
            "request_resource",
            request.clone(),
            Lang::Ja,
            "韓国 への要請: 毛布 1,200個、対象地 輪島",
        );
        check(
            "request_resource",
            request.clone(),
            Lang::Zh,
            "向 韩国 请求：毛毯 1,200件，用于 轮岛",
        );
        check(
            "request_resource",
            request,
            Lang::En,
            "asked Korea for 1,200 pcs of Blanket for Wajima",
        );
    }

    #[test]
    fn fields_read_by_what_they_are() {
        let shipment = json!({"quantity": "0.5 KGM", "arrives": "2024-01-03T07:10:59Z"});
        check(
            "dispatch_shipment",
            shipment,
            Lang::En,
            "dispatched 0.5 kg, expected 2024-01-03 07:10 UTC",
        );
        check("bill_obligation", json!({"sum": null}), Lang::En, "billed: –");
        check("bill_obligation", json!({"sum": "JPY 50000"}), Lang::Ko, "청구: JPY 50000");
        check("choose_plan", json!({"plan": "ab".repeat(32)}), Lang::En, "plan abababab");
        check("paint_wall", json!({"colour": "red"}), Lang::Ja, "paint_wall");
        let offer = json!({
            "requesting": "jp", "commodity": "{place}", "quantity": "7 LTR", "place": "jp-1",
            "mode": "equal_value_exchange"});
        // What is put in is not searched for placeholders again.
        check(
            "offer_resource",
            offer,
            Lang::En,
            "offered Japan 7 L of {place} (equal value exchange)",
        );
    }

    #[test]
    fn what_has_no_name_goes_by_its_id() {
        let lexicon = lexicon();
        assert_eq!(lexicon.party(&"kr-99".parse().unwrap()).names.ko, "kr-99");
        let cited =
            ClauseCited { agreement: "kr-jp".parse().unwrap(), clause: "art-4".parse().unwrap() };
        assert_eq!(lexicon.clause(&cited).caption.en, "says ceiling");
        assert_eq!(lexicon.kind("no_such_kind").en, "no_such_kind");
    }
}
