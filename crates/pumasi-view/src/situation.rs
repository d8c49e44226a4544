//! The situation: what broke, what is needed, what moves, who is reachable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pumasi_act::ClauseCited;
use pumasi_act::kinds::choose_plan::{ChoosePlan, PlannedMove, PlannedUnmet};
use pumasi_act::kinds::relay_alert::{MessageType, Outline, RelayAlert};
use pumasi_act::kinds::report_needs::{NeedReport, PlaceReport, ReportNeeds};
use pumasi_base::catalog::{Catalog, Cause, Link, LinkStatus};
use pumasi_base::time::date_at_offset;
use pumasi_base::{Captions, CommodityId, Date, LinkId, PartyId, PlaceId, Point, PortId, Time};

use crate::case::case_line;
use crate::estimated;
use crate::lexicon::{Lexicon, read_table};
use crate::needs::{newest_alert, newest_plan, reports, totals, unit_of};
use crate::page::{
    Amount, EventLine, FlowLine, LinkLine, MapPoint, MessageLine, NeedLine, OutlineLine,
    PeopleTotal, PlaceLine, ReachLine, SituationPage, Spread, UnmetLine, Words,
};
use crate::visible::{Case, Held, Visible, cases};

/// Hours east of Greenwich at which the days of link episodes begin: the civil time of Korea and
/// Japan, between which the links run. One offset for all keeps nodes equal.
pub const LINK_OFFSET_HOURS: i8 = 9;

static CAUSES: LazyLock<BTreeMap<String, Captions>> =
    LazyLock::new(|| read_table(include_str!("causes.i18n.toml")));

/// The situation of the case called `id`, or of the newest case the reader shares.
///
/// `as_of` is the moment the page speaks of; links stand as they do on its day. `reach` says of
/// each party whether its node answers and when it was last heard; parties of no matter that the
/// reader shares are left out. Without a case the page is empty.
#[must_use]
pub fn situation(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    id: Option<&str>,
    as_of: Time,
    reach: &[(PartyId, bool, Option<Time>)],
) -> Visible<SituationPage> {
    let cases = cases(held, reader);
    let newest = || cases.iter().max_by_key(|case| case.matters.first().and_then(|m| m.opened()));
    let case = match id {
        Some(id) => cases.iter().find(|case| case.id == id),
        None => newest(),
    };
    let Some(case) = case else { return Visible::new(empty(as_of)) };
    let plan = newest_plan(case).map(|(_, plan)| plan);
    let reports = reports(lexicon.catalog(), case);
    let date = date_at_offset(as_of, LINK_OFFSET_HOURS);
    Visible::new(SituationPage {
        case: Some(case_line(case)),
        as_of: as_of.to_string(),
        event: newest_alert(case).map(|(_, alert)| event_line(case, alert)),
        places: place_lines(lexicon, &reports),
        people: estimated::people(lexicon.catalog(), &reports),
        moves: estimated::moves(lexicon, case),
        situations: estimated::situations(lexicon, case),
        needs: totals(lexicon, case, &reports),
        links: link_lines(lexicon, plan, date),
        flows: plan.map(|plan| flow_lines(lexicon, plan)).unwrap_or_default(),
        unmet: plan.map(|plan| unmet_lines(lexicon, plan)).unwrap_or_default(),
        reach: reach_lines(lexicon, case, reader, reach),
    })
}

fn empty(as_of: Time) -> SituationPage {
    SituationPage {
        case: None,
        as_of: as_of.to_string(),
        event: None,
        places: Vec::new(),
        people: PeopleTotal::default(),
        moves: Vec::new(),
        situations: Vec::new(),
        needs: Vec::new(),
        links: Vec::new(),
        flows: Vec::new(),
        unmet: Vec::new(),
        reach: Vec::new(),
    }
}

pub(crate) fn point(point: Point) -> MapPoint {
    MapPoint { lat_micro: point.lat_micro, lon_micro: point.lon_micro }
}

fn event_line(case: &Case<'_>, alert: &RelayAlert) -> EventLine {
    // One message relayed into several matters is one message.
    let all = case.matters.iter().flat_map(|matter| matter.state.alerts.values());
    let messages: BTreeMap<(Time, String), &RelayAlert> =
        all.map(|alert| ((alert.sent, message(alert)), alert)).collect();
    EventLine {
        origin: alert.origin.to_string(),
        hazards: standing_hazards(alert, messages.values().copied()),
        kind: alert.message.name().to_owned(),
        until: alert.until.map(|until| until.to_string()),
        magnitude: alert.magnitude.clone(),
        depth_km: alert.depth_km,
        epicentre: centre(messages.values().copied().rev()).map(point),
        outlines: outlines(messages.values().copied()),
        source: alert.source.to_uppercase(),
        message: format!("{} {}", alert.event, alert.version),
        headline: alert.headline.clone(),
        headline_lang: alert.headline_lang.clone(),
        messages: messages.into_iter().map(|((_, name), alert)| line_of(name, alert)).collect(),
    }
}

/// Where the newest message that knows puts an event that its source did not withdraw: a later
/// warning of a river hides no eye.
fn centre<'a>(newest_first: impl Iterator<Item = &'a RelayAlert>) -> Option<Point> {
    let mut withdrawn = BTreeSet::new();
    for alert in newest_first {
        let event = (&alert.source, &alert.event);
        if alert.message == MessageType::Cancel {
            withdrawn.insert(event);
        } else if alert.epicentre.is_some() && !withdrawn.contains(&event) {
            return alert.epicentre;
        }
    }
    None
}

/// What an alert is about; those that do not say are about an earthquake.
fn hazards(alert: &RelayAlert) -> Vec<String> {
    let hazards = alert.hazards.clone();
    if hazards.is_empty() { vec!["earthquake".to_owned()] } else { hazards }
}

/// What the newest message is about, and then what else those of other events or sources that
/// stand are about: a flood does not end the typhoon that brought it.
fn standing_hazards<'a>(
    newest: &RelayAlert,
    oldest_first: impl Iterator<Item = &'a RelayAlert>,
) -> Vec<String> {
    let standing: BTreeMap<(&str, &str), &RelayAlert> =
        oldest_first.map(|alert| ((alert.source.as_str(), alert.event.as_str()), alert)).collect();
    let mut found = hazards(newest);
    for alert in standing.values().filter(|alert| alert.message != MessageType::Cancel) {
        for hazard in hazards(alert) {
            if !found.contains(&hazard) {
                found.push(hazard);
            }
        }
    }
    found
}

/// The outlines of the newest message of each source about each event, unless it withdraws them.
fn outlines<'a>(oldest_first: impl Iterator<Item = &'a RelayAlert>) -> Vec<OutlineLine> {
    let newest: BTreeMap<(&str, &str), &RelayAlert> = oldest_first
        .filter(|alert| !alert.outlines.is_empty() || alert.message == MessageType::Cancel)
        .map(|alert| ((alert.source.as_str(), alert.event.as_str()), alert))
        .collect();
    let standing = newest.values().filter(|alert| alert.message != MessageType::Cancel);
    standing.flat_map(|alert| &alert.outlines).map(outline).collect()
}

fn outline(outline: &Outline) -> OutlineLine {
    match outline {
        Outline::Ring(ring) => OutlineLine {
            ring: ring.iter().copied().map(point).collect(),
            ..OutlineLine::default()
        },
        Outline::Circle { centre, radius_m, wind_m_s, at } => OutlineLine {
            centre: Some(point(*centre)),
            radius_m: Some(*radius_m),
            wind_m_s: *wind_m_s,
            at: at.map(|at| at.to_string()),
            ..OutlineLine::default()
        },
    }
}

fn line_of(message: String, alert: &RelayAlert) -> MessageLine {
    MessageLine {
        message,
        hazards: hazards(alert),
        kind: alert.message.name().to_owned(),
        sent: alert.sent.to_string(),
        headline: alert.headline.clone(),
        headline_lang: alert.headline_lang.clone(),
        document: alert.document.to_string(),
    }
}

/// A message by who published it, what about, and its version.
pub(crate) fn message(alert: &RelayAlert) -> String {
    format!("{} {} {}", alert.source.to_uppercase(), alert.event, alert.version)
}

fn place_lines(lexicon: &Lexicon, reports: &BTreeMap<PlaceId, ReportNeeds>) -> Vec<PlaceLine> {
    let all = reports.values().flat_map(|report| {
        report.places.iter().map(|(id, place)| place_line(lexicon, report, id, place))
    });
    let mut lines: Vec<PlaceLine> = all.flatten().collect();
    let worst = |line: &PlaceLine| (line.intensity_tenths, line.displaced.central);
    lines.sort_by(|a, b| worst(b).cmp(&worst(a)).then_with(|| a.id.cmp(&b.id)));
    lines
}

/// One place; nothing when neither it nor its province is in the catalog, so that no map has it.
fn place_line(
    lexicon: &Lexicon,
    of: &ReportNeeds,
    id: &PlaceId,
    report: &PlaceReport,
) -> Option<PlaceLine> {
    let places = &lexicon.catalog().places;
    let known = places.get(id);
    let seat = known.or_else(|| places.get(&of.province))?.seat;
    let needs = report.needs.iter().map(|(id, need)| need_line(lexicon, id, need, of));
    Some(PlaceLine {
        id: id.to_string(),
        names: lexicon.place(id),
        province: of.province.to_string(),
        seat: point(seat),
        people: known.map_or(0, |place| place.people),
        intensity: report.intensity.clone(),
        intensity_tenths: report.intensity_tenths,
        observed: report.observed,
        also: report.also.clone(),
        method: report.method.clone(),
        message: report.from.and_then(|index| of.messages.get(index)).cloned(),
        evacuated: spread(report.evacuated.unwrap_or(report.displaced)),
        displaced: spread(report.displaced),
        without_water: report.without_water.map(spread),
        needs: needs.collect(),
    })
}

pub(crate) fn spread([low, central, high]: [i64; 3]) -> Spread {
    Spread { low, central, high }
}

fn need_line(lexicon: &Lexicon, id: &CommodityId, need: &NeedReport, of: &ReportNeeds) -> NeedLine {
    NeedLine {
        commodity: id.to_string(),
        names: lexicon.commodity(id),
        unit: unit_of(lexicon, id),
        per_day: need.per_day,
        amount: spread(need.amount),
        source: of.sources.get(id).cloned().unwrap_or_default(),
    }
}

/// The links the plan uses, and those that do not run as planned on `date`.
fn link_lines(lexicon: &Lexicon, plan: Option<&ChoosePlan>, date: Date) -> Vec<LinkLine> {
    let catalog = lexicon.catalog();
    let mut planned: BTreeMap<&LinkId, i128> = BTreeMap::new();
    for planned_move in plan.into_iter().flat_map(|plan| &plan.moves) {
        let mass = catalog.commodities.get(&planned_move.commodity).map_or(0, |c| c.mass_g);
        for link in &planned_move.links {
            *planned.entry(link).or_default() += i128::from(mass) * i128::from(planned_move.units);
        }
    }
    let shown = catalog.links.values().filter(|link| {
        let disturbed = link.episode_on(date).is_some_and(|e| e.status != LinkStatus::Open);
        disturbed || planned.contains_key(&link.id)
    });
    let line = |link: &Link| {
        let grams = planned.get(&link.id).copied().unwrap_or(0);
        link_line(lexicon, link, date, i64::try_from(grams / 1000).unwrap_or(i64::MAX))
    };
    shown.filter_map(line).collect()
}

fn link_line(lexicon: &Lexicon, link: &Link, date: Date, planned_kg: i64) -> Option<LinkLine> {
    let catalog = lexicon.catalog();
    let episode = link.episode_on(date);
    let end = |port: &PortId| catalog.ports.get(port).map(|port| point(port.at.0));
    let source = episode.and_then(|episode| catalog.sources.get(&episode.source));
    Some(LinkLine {
        id: link.id.to_string(),
        names: lexicon.link(&link.id),
        mode: pumasi_agreement::scope::mode_code(link.mode).to_owned(),
        from: end(&link.from)?,
        to: end(&link.to)?,
        status: status_code(episode.map_or(LinkStatus::Open, |e| e.status)).to_owned(),
        cause: episode.map(|episode| cause_code(episode.cause).to_owned()),
        since: episode.map(|episode| episode.from.to_string()),
        source: source.map(|s| format!("{}, {}, {}", s.publisher, s.title, s.published)),
        planned_kg,
    })
}

const fn status_code(status: LinkStatus) -> &'static str {
    match status {
        LinkStatus::Open => "open",
        LinkStatus::Restricted => "restricted",
        LinkStatus::Suspended => "suspended",
    }
}

pub(crate) const fn cause_code(cause: Cause) -> &'static str {
    match cause {
        Cause::Relations => "relations",
        Cause::Pandemic => "pandemic",
        Cause::Operator => "operator",
        Cause::Damage => "damage",
        Cause::Weather => "weather",
        Cause::Season => "season",
    }
}

fn flow_lines(lexicon: &Lexicon, plan: &ChoosePlan) -> Vec<FlowLine> {
    let line = |planned: &PlannedMove| FlowLine {
        giver: lexicon.party(&planned.giver),
        receiver: lexicon.party(&planned.receiver),
        place: planned.place.to_string(),
        commodity: planned.commodity.to_string(),
        names: lexicon.commodity(&planned.commodity),
        amount: Amount {
            milli: planned.units.saturating_mul(1000),
            unit: unit_of(lexicon, &planned.commodity),
        },
        links: planned.links.iter().map(ToString::to_string).collect(),
        path: path(lexicon.catalog(), &planned.links, &planned.place),
        departs: planned.departs.to_string(),
        arrives: planned.arrives.to_string(),
        clause: lexicon.clause(&ClauseCited {
            agreement: planned.agreement.clone(),
            clause: planned.clause.clone(),
        }),
    };
    plan.moves.iter().map(line).collect()
}

/// The site from which a place is served: its own hub, or that of its province.
pub(crate) fn hub_of(catalog: &Catalog, place: &PlaceId) -> Option<PortId> {
    let province = catalog.province_of(place).map(|province| &province.id);
    let hubs = [Some(place), province].into_iter().flatten();
    let mut hubs = hubs.filter_map(|place| format!("hub-{place}").parse::<PortId>().ok());
    hubs.find(|hub| catalog.ports.contains_key(hub))
}

/// The points of a way, followed back link by link from where it ends.
fn path(catalog: &Catalog, links: &[LinkId], place: &PlaceId) -> Vec<MapPoint> {
    let links: Vec<&Link> = links.iter().filter_map(|id| catalog.links.get(id)).collect();
    let Some(mut at) = end_of(catalog, &links, place) else { return Vec::new() };
    let mut ports = vec![at.clone()];
    for link in links.iter().rev() {
        at = if link.to == at { link.from.clone() } else { link.to.clone() };
        ports.push(at.clone());
    }
    let points = ports.iter().rev().filter_map(|port| catalog.ports.get(port));
    points.map(|port| point(port.at.0)).collect()
}

/// Where a way ends: at the hub of its place, or, when it was cut short, at the end of its last
/// link that lies in the province of the place.
fn end_of(catalog: &Catalog, links: &[&Link], place: &PlaceId) -> Option<PortId> {
    let hub = hub_of(catalog, place);
    let Some(last) = links.last() else { return hub };
    if let Some(hub) = hub.filter(|hub| last.from == *hub || last.to == *hub) {
        return Some(hub);
    }
    let province = |place: &PlaceId| catalog.province_of(place).map(|province| &province.id);
    let inside = |port: &PortId| {
        catalog.ports.get(port).is_some_and(|port| province(&port.place) == province(place))
    };
    let end = if inside(&last.from) && !inside(&last.to) { &last.from } else { &last.to };
    Some(end.clone())
}

fn unmet_lines(lexicon: &Lexicon, plan: &ChoosePlan) -> Vec<UnmetLine> {
    let line = |unmet: &PlannedUnmet| UnmetLine {
        place: unmet.place.to_string(),
        place_names: lexicon.place(&unmet.place),
        commodity: unmet.commodity.to_string(),
        names: lexicon.commodity(&unmet.commodity),
        units: unmet.units,
        unit: unit_of(lexicon, &unmet.commodity),
        cause: unmet.cause.clone(),
        words: cause_words(lexicon, &unmet.cause, unmet.what.as_deref()),
    };
    plan.unmet.iter().map(line).collect()
}

/// What stops a need, in words, with the name of the link, port, party or agreement it is.
pub(crate) fn cause_words(lexicon: &Lexicon, cause: &str, what: Option<&str>) -> Words {
    let caption = CAUSES.get(cause).map_or_else(|| Words::same(cause), Words::from);
    let Some(what) = what else { return caption };
    let name = name_of(lexicon, what);
    Words {
        ko: format!("{}: {}", caption.ko, name.ko),
        ja: format!("{}：{}", caption.ja, name.ja),
        zh: format!("{}：{}", caption.zh, name.zh),
        en: format!("{}: {}", caption.en, name.en),
    }
}

fn name_of(lexicon: &Lexicon, id: &str) -> Words {
    let catalog = lexicon.catalog();
    let link = id.parse().ok().and_then(|id| catalog.links.get(&id)).map(|link| &link.names);
    let port = || id.parse().ok().and_then(|id| catalog.ports.get(&id)).map(|port| &port.names);
    let party = || id.parse().ok().and_then(|id| catalog.parties.get(&id)).map(|p| &p.names);
    let agreement = || {
        let agreement = id.split('/').next()?.parse().ok()?;
        lexicon.agreements().get(&agreement).map(pumasi_agreement::Agreement::title)
    };
    link.or_else(port)
        .or_else(party)
        .or_else(agreement)
        .map_or_else(|| Words::same(id), Words::from)
}

/// Every party of the case; the reader itself is always reachable.
fn reach_lines(
    lexicon: &Lexicon,
    case: &Case<'_>,
    reader: &PartyId,
    reach: &[(PartyId, bool, Option<Time>)],
) -> Vec<ReachLine> {
    let parties: BTreeSet<&PartyId> =
        case.matters.iter().flat_map(|matter| &matter.state.genesis.audience).collect();
    let line = |party: &PartyId| {
        let known = reach.iter().find(|(other, _, _)| other == party);
        let acts = case.matters.iter().flat_map(|matter| matter.folded_acts());
        let last_act = || acts.filter(|a| a.party() == party).map(|a| a.payload().time).max();
        let heard = known.and_then(|(_, _, heard)| *heard).or_else(last_act);
        ReachLine {
            party: lexicon.party(party),
            reachable: party == reader || known.is_some_and(|(_, reachable, _)| *reachable),
            last_heard: heard.map(|time| time.to_string()),
        }
    };
    parties.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;
    use crate::world::{Case as Played, en, lexicon, party};

    /// The situation after Korea chose a plan, as `reader` sees it on `day` of January.
    fn page(reader: &str, day: u8) -> SituationPage {
        let mut played = Played::played(pumasi_base::Status::Exercise);
        let plan = json!({
            "plan": pumasi_base::Digest::of(b""), "purpose": "disaster_relief", "start": "2024-01-01T12:00:00Z",
            "end": "2024-01-03T12:00:00Z",
            "moves": [{
                "giver": "kr", "receiver": "jp", "place": "jp-2", "commodity": "blanket",
                "units": 40, "links": ["ferry-kr", "road-2"], "departs": "2024-01-01T12:00:00Z",
                "arrives": "2024-01-02T07:00:00Z", "agreement": "kr-jp", "clause": "art-1"}],
            "unmet": [
                {"place": "jp-1", "commodity": "blanket", "units": 7, "cause": "no_link",
                 "what": "ferry-cn"},
                {"place": "jp-2", "commodity": "drinking_water", "units": 9, "cause": "ceiling",
                 "what": "kr-jp/art-4"},
                {"place": "jp-2", "commodity": "blanket", "units": 1, "cause": "no_stock",
                 "what": null}]});
        played.kr.act("kr", "choose_plan", None, plan);
        let as_of = format!("2024-01-{day:02}T01:00:00Z").parse().unwrap();
        let heard = Some("2024-01-01T05:00:00Z".parse().unwrap());
        let reach = [(party("kr"), true, heard), (party("ru"), true, heard)];
        played.held(|held| {
            situation(&lexicon(), held, &party(reader), None, as_of, &reach).into_inner()
        })
    }

    #[track_caller]
    fn check(page: &SituationPage, what: &str, expected: &Expect) {
        let degrees = |point: &MapPoint| format!("{}", point.lat_micro / 100_000);
        let lines: Vec<String> = match what {
            "links" => page.links.iter().map(link_text).collect(),
            "flows" => page
                .flows
                .iter()
                .map(|flow| {
                    let way: Vec<_> = flow.path.iter().map(degrees).collect();
                    let (amount, clause) = (flow.amount.milli, &flow.clause.clause);
                    format!("{} {amount} over {} by {clause}", flow.commodity, way.join(" "))
                })
                .collect(),
            "unmet" => page
                .unmet
                .iter()
                .map(|unmet| format!("{} {} {}", unmet.place, unmet.units, en(&unmet.words)))
                .collect(),
            "places" => page
                .places
                .iter()
                .map(|place| {
                    let needs = place.needs.len();
                    format!("{} {} of {} needs {needs}", place.id, en(&place.names), place.people)
                })
                .collect(),
            "needs" => page
                .needs
                .iter()
                .map(|n| format!("{} {} unmet {}", n.commodity, n.needed.central, n.unmet))
                .collect(),
            _ => page
                .reach
                .iter()
                .map(|line| {
                    let heard = line.last_heard.as_deref().unwrap_or("never");
                    format!("{} {} {heard}", line.party.id, line.reachable)
                })
                .collect(),
        };
        let text = if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") };
        expected.assert_eq(&(text + "\n"));
    }

    fn link_text(link: &LinkLine) -> String {
        let cause = link.cause.as_deref().unwrap_or("as planned");
        format!("{} {} {cause} {} kg", link.id, link.status, link.planned_kg)
    }

    #[test]
    fn links_show_when_used_or_disturbed_on_the_day() {
        check(
            &page("jp", 1),
            "links",
            &expect![[r#"
            ferry-cn suspended pandemic 0 kg
            ferry-kr open as planned 60 kg
            road-1 restricted damage 0 kg
            road-2 open as planned 60 kg
        "#]],
        );
        // On 3 January at nine hours east of Greenwich both episodes are over.
        check(
            &page("jp", 3),
            "links",
            &expect![[r#"
            ferry-kr open as planned 60 kg
            road-2 open as planned 60 kg
        "#]],
        );
        // China shares no matter with the plan in it.
        check(
            &page("cn", 3),
            "links",
            &expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn the_plan_shows_with_its_ways_and_gaps() {
        let page = page("jp", 1);
        check(
            &page,
            "flows",
            &expect![[r#"
            blanket 40000 over 351 360 375 by art-1
        "#]],
        );
        check(
            &page,
            "unmet",
            &expect![[r#"
            jp-1 7 No way leads there: Ferry to China
            jp-2 9 The ceiling of an agreement is reached: test agreement
            jp-2 1 Not enough of it is in stock
        "#]],
        );
        // The plan covers two days, so needs over its horizon are those of two days.
        check(
            &page,
            "needs",
            &expect![[r#"
            blanket 900 unmet 8
            drinking_water 720 unmet 9
        "#]],
        );
        check(
            &page,
            "places",
            &expect![[r#"
            jp-2 Suzu of 400 needs 2
            jp-1 Wajima of 600 needs 2
        "#]],
        );
    }

    #[test]
    fn the_event_is_that_of_the_newest_message() {
        let event = page("jp", 1).event.unwrap();
        assert_eq!((event.source.as_str(), event.message.as_str()), ("JMA", "20240101 2"));
        let messages: Vec<&str> = event.messages.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["JMA 20240101 1", "JMA 20240101 2"]);
    }

    #[test]
    fn the_event_is_about_all_that_stands() {
        // Source, event, what the message does and what it is about, oldest first.
        let check = |texts: &[&str], expected: &str| {
            let read = |text: &&str| {
                let words: Vec<&str> = text.split(' ').collect();
                let mut alert = crate::world::alert("1", "2024-01-01T00:08:00Z");
                for (field, word) in ["source", "event", "message"].iter().zip(&words) {
                    alert[*field] = json!(word);
                }
                alert["hazards"] = json!(&words[3..]);
                serde_json::from_value::<RelayAlert>(alert).unwrap()
            };
            let alerts: Vec<RelayAlert> = texts.iter().map(read).collect();
            let found = standing_hazards(alerts.last().unwrap(), alerts.iter());
            assert_eq!(found.join(" "), expected, "{texts:?}");
        };
        let typhoon = "jma tc alert tropical_cyclone";
        check(&[typhoon, "kma a alert flood"], "flood tropical_cyclone");
        check(&[typhoon, "jma tc update tropical_cyclone wind"], "tropical_cyclone wind");
        check(&[typhoon, "jma tc cancel tropical_cyclone", "kma a alert flood"], "flood");
        check(&["jma tc alert flood", "jma tc update wind"], "wind");
        // What is withdrawn is still said, or nobody would know what is withdrawn.
        check(&["kma a alert wildfire", "kma a cancel wildfire"], "wildfire");
        check(&["jma q alert"], "earthquake");
    }

    #[test]
    fn reach_shows_parties_of_the_case_alone() {
        check(
            &page("jp", 1),
            "reach",
            &expect![[r#"
            cn false never
            jp true 2024-01-01T09:00:00Z
            kr true 2024-01-01T05:00:00Z
        "#]],
        );
        check(
            &page("cn", 1),
            "reach",
            &expect![[r#"
            cn true never
            jp false 2024-01-01T05:00:00Z
        "#]],
        );
    }

    #[test]
    fn without_a_case_the_page_is_empty() {
        let page = page("ru", 1);
        assert!(page.case.is_none() && page.reach.is_empty() && page.links.is_empty());
    }
}
