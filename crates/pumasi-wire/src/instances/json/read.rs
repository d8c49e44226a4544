//! From bytes to a statement, entry by entry.

use std::fmt;

use pumasi_flow::problem::PERIODS_MAX;
use pumasi_flow::statement::{
    COST_WEIGHT, StatedCeiling, StatedClosure, StatedCommodity, StatedLink, StatedNeed,
    StatedPermit, StatedSite, StatedStock, Statement,
};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::finding::{Code, Finding, Findings, not_json};
use super::FORMAT;
use super::fields::{Fields, Ids, too_long};
use super::node::Node;

/// Longest way and longest period, in minutes.
const MINUTES_MAX: usize = 1_000_000;

/// Reads a statement; `None` where the bytes end before it does or are no JSON.
pub(in super::super) fn statement(bytes: &[u8], findings: &mut Findings) -> Option<Statement> {
    let statement = Statement {
        periods: 0,
        period_min: 0,
        cost_weight: COST_WEIGHT,
        commodities: Vec::new(),
        sites: Vec::new(),
        links: Vec::new(),
        stocks: Vec::new(),
        needs: Vec::new(),
        ceilings: Vec::new(),
        permits: Vec::new(),
    };
    let mut reader =
        Reader { statement, ids: Ids::default(), given: Vec::new(), passed_over: false, findings };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = Document(&mut reader).deserialize(&mut json).and_then(|()| json.end());
    if let Err(error) = read {
        findings.push(not_json(&error));
        return None;
    }
    for (name, required) in LISTS {
        if required && !reader.given.iter().any(|given| given == name) {
            reader.findings.add(name, Code::Missing);
        }
    }
    // What would be said of entries that lost their places would be said of others.
    (!reader.passed_over).then_some(reader.statement)
}

/// The fields of a document, and whether they must be given.
const LISTS: [(&str, bool); 11] = [
    ("format", true),
    ("name", false),
    ("horizon", true),
    ("cost_weight", false),
    ("commodities", true),
    ("sites", true),
    ("links", false),
    ("stocks", false),
    ("needs", false),
    ("ceilings", false),
    ("permits", false),
];

struct Reader<'a> {
    statement: Statement,
    ids: Ids,
    given: Vec<String>,
    /// An entry was passed over, so that those behind it have lost their places.
    passed_over: bool,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Takes a field that is no list of entries.
    fn field(&mut self, name: &str, node: Node) {
        let whole = Node::Object(vec![(name.to_owned(), node)]);
        let Some(mut field) = Fields::of(String::new(), whole, &mut self.ids, self.findings) else {
            return;
        };
        match name {
            "format" => {
                if field.id("format").as_ref() != FORMAT {
                    let finding = Finding::new("format", Code::MustSay).with("text", FORMAT);
                    self.findings.push(finding);
                }
            }
            "name" => _ = field.id_if("name"),
            "cost_weight" => {
                self.statement.cost_weight = field.figure("cost_weight", Some(COST_WEIGHT));
            }
            _ => {
                let node = field.take("horizon").unwrap_or(Node::Null);
                if let Some(mut horizon) = field.inside("horizon".to_owned(), node) {
                    self.statement.periods = horizon.whole("periods", (1, PERIODS_MAX), None);
                    let period_min = horizon.whole("period_min", (1, MINUTES_MAX), None);
                    self.statement.period_min = i64::try_from(period_min).unwrap_or(1);
                    horizon.end();
                }
            }
        }
    }

    /// Takes one entry of a list.
    fn entry(&mut self, list: &str, at: usize, node: Node) {
        let place = format!("{list}[{at}]");
        let Some(mut fields) = Fields::of(place, node, &mut self.ids, self.findings) else {
            self.passed_over = true;
            return;
        };
        let said = &mut self.statement;
        match list {
            "commodities" => said.commodities.push(commodity(&mut fields)),
            "sites" => said.sites.push(site(&mut fields)),
            "links" => said.links.push(link(&mut fields)),
            "stocks" => said.stocks.push(stock(&mut fields)),
            "needs" => said.needs.push(need(&mut fields)),
            "ceilings" => said.ceilings.push(ceiling(&mut fields)),
            _ => said.permits.push(permit(&mut fields)),
        }
        fields.end();
    }
}

fn commodity(fields: &mut Fields<'_>) -> StatedCommodity {
    StatedCommodity {
        id: fields.id("id"),
        mass_t: fields.figure("mass_t", None),
        perishing: fields.flag("perishing", None),
        weight: fields.figure("weight", None),
        kept_per_period: fields.share("kept_per_period"),
    }
}

fn site(fields: &mut Fields<'_>) -> StatedSite {
    StatedSite {
        id: fields.id("id"),
        territory: fields.id_if("territory"),
        intake_t: fields.by_period_if("intake_t"),
    }
}

fn link(fields: &mut Fields<'_>) -> StatedLink {
    let duration_min = fields.whole("duration_min", (0, MINUTES_MAX), None);
    let mut closures = Vec::new();
    for (place, node) in fields.objects("closures") {
        let Some(mut closure) = fields.inside(place, node) else { continue };
        let told = closure.told();
        let stated = StatedClosure {
            from_period: closure.period("from_period", None),
            until_period: closure.period("until_period", None),
            share: closure.figure("share", Some(0.0)),
        };
        if closure.fine_since(told) {
            closures.push(stated);
        }
        closure.end();
    }
    StatedLink {
        id: fields.id("id"),
        from: fields.id("from"),
        to: fields.id("to"),
        both_ways: fields.flag("both_ways", Some(false)),
        mode: fields.id("mode"),
        duration_min: i64::try_from(duration_min).unwrap_or(i64::MAX),
        capacity_t: fields.by_period_if("capacity_t"),
        cost_per_t: fields.figure("cost_per_t", Some(0.0)),
        retained: fields.share("retained"),
        closures,
        commodities: fields.ids_if("commodities"),
    }
}

fn stock(fields: &mut Fields<'_>) -> StatedStock {
    StatedStock {
        id: fields.id("id"),
        owner: fields.id("owner"),
        site: fields.id("site"),
        commodity: fields.id("commodity"),
        units: fields.figure("units", None),
        release_period: fields.period("release_period", Some(0)),
    }
}

fn need(fields: &mut Fields<'_>) -> StatedNeed {
    StatedNeed {
        id: fields.id("id"),
        place: fields.id_if("place"),
        site: fields.id("site"),
        receiver: fields.id("receiver"),
        commodity: fields.id("commodity"),
        wanted: fields.by_period("wanted"),
        priority: fields.figure("priority", Some(1.0)),
        requested: fields.flag("requested", Some(true)),
    }
}

fn ceiling(fields: &mut Fields<'_>) -> StatedCeiling {
    StatedCeiling { id: fields.id("id"), most_t: fields.figure("most_t", None) }
}

fn permit(fields: &mut Fields<'_>) -> StatedPermit {
    StatedPermit {
        id: fields.id("id"),
        givers: fields.ids("givers"),
        receivers: fields.ids("receivers"),
        commodities: fields.ids_if("commodities"),
        modes: fields.ids_if("modes"),
        through: fields.ids_if("through"),
        earliest_period: fields.period("earliest_period", Some(0)),
        ceilings: fields.ids_if("ceilings").unwrap_or_default(),
        push: fields.flag("push", Some(false)),
    }
}

/// The whole document.
struct Document<'r, 'a>(&'r mut Reader<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(reader) = self;
        while let Some(name) = map.next_key::<String>()? {
            if reader.given.contains(&name) {
                reader.findings.add(name, Code::FieldTwice);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match name.as_str() {
                "format" | "name" | "horizon" | "cost_weight" => {
                    let node = map.next_value::<Node>()?;
                    reader.field(&name, node);
                }
                list if LISTS.iter().any(|(known, _)| *known == list) => {
                    map.next_value_seed(List { reader: &mut *reader, name: list })?;
                }
                _ => {
                    reader.findings.add(name, Code::UnknownField);
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            }
            reader.given.push(name);
        }
        Ok(())
    }
}

/// A list of entries.
struct List<'r, 'a, 'n> {
    reader: &'r mut Reader<'a>,
    name: &'n str,
}

impl List<'_, '_, '_> {
    fn no_list(self) {
        self.reader.findings.add(self.name, Code::MustBeList);
    }
}

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut at = 0;
        loop {
            let Some(node) = list.next_element::<Node>()? else { return Ok(()) };
            if too_long(self.name, at, self.reader.findings) {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            self.reader.entry(self.name, at, node);
            at += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.no_list();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.no_list();
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.no_list();
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.no_list();
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.no_list();
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.no_list();
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.no_list();
        Ok(())
    }
}
