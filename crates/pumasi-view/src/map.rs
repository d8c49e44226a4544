//! The map of what exists and what is missing between parties, as a page.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use pumasi_agreement::map::{Act, Count, Gap, Lapse, MapCell, NearMiss, Relation, Row, RungState};
use pumasi_agreement::scope::same_country;
use pumasi_agreement::{Action, Agreements, ClauseRef, Inquiry, Ladder, Level, Map, vocabulary};
use pumasi_base::time::date_at_offset;
use pumasi_base::{AgreementId, CategoryId, ClauseId, PartyId, Time};

use crate::fault::{Help, problem};
use crate::field;
use crate::lexicon::Lexicon;
use crate::page::{
    CategoryLine, ClauseRefLine, CountLine, CountsLine, GapLine, GroupLine, LadderStep, LapseLine,
    MapActLine, MapCellLine, MapPage, MapRow, NearLine, PairLine, Problem, RelationLine, RungLine,
    TitleLine, Words,
};
use crate::visible::Visible;
use said::Said;

/// What is asked of the map, as a form or an address gives it; what is left out takes its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapForm {
    /// Between which parties; a single one is shown with all its partners.
    pub parties: Vec<String>,
    /// On which day; today.
    pub on: Option<String>,
    /// For which purpose; disaster relief.
    pub purpose: Option<String>,
    /// actual, exercise or test; actual.
    pub status: Option<String>,
    /// Hours after an event in which help must be under way; 48.
    pub first_hours: Option<String>,
    /// Days ahead in which what ends is listed; 90.
    pub within_days: Option<String>,
}

/// The most parties the map looks at in one go: a matrix of more nobody reads.
pub const PARTIES_MAX: usize = 24;

/// The hours and days that the map looks at when nothing is said.
const FIRST_HOURS: i64 = 48;
const WITHIN_DAYS: i64 = 90;

/// The most hours or days that may be asked for: ten years.
const SPAN_MAX: i64 = 3660;

/// Draws the map; `own` is the party looked at when the form names none, and `now` decides when
/// it names no day.
///
/// # Errors
/// A [`Problem`] that names what in the form does not read.
pub fn map(
    lexicon: &Lexicon,
    agreements: &Agreements,
    form: &MapForm,
    own: Option<&PartyId>,
    now: Time,
) -> Result<Visible<MapPage>, Box<Problem>> {
    let inquiry = inquiry(lexicon, form, own, now)?;
    let (ladder, _) = Ladder::of(lexicon.catalog());
    let map = Map::of(agreements, &ladder, lexicon.catalog(), &inquiry);
    let page = Drawn { lexicon, agreements, ladder: &ladder, inquiry: &inquiry };
    Ok(Visible::new(page.page(&map)))
}

fn inquiry(
    lexicon: &Lexicon,
    form: &MapForm,
    own: Option<&PartyId>,
    now: Time,
) -> Result<Inquiry, Box<Problem>> {
    let mut parties = BTreeSet::new();
    for text in form.parties.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        parties.insert(field::party(lexicon, text)?);
    }
    if parties.is_empty() {
        parties.extend(own.cloned());
    }
    if parties.len() > PARTIES_MAX {
        let count = parties.len().to_string();
        return Err(problem("parties_too_many", &count, Help::Choose));
    }
    let purpose = field::given(form.purpose.as_deref()).unwrap_or("disaster_relief");
    Ok(Inquiry {
        parties,
        on: field::day(form.on.as_deref(), now)?,
        purpose: field::purpose(purpose)?,
        status: field::status(form.status.as_deref())?,
        within_days: span(form.within_days.as_deref(), WITHIN_DAYS)?,
        first_hours: span(form.first_hours.as_deref(), FIRST_HOURS)?,
    })
}

fn span(text: Option<&str>, default: i64) -> Result<i64, Box<Problem>> {
    let Some(text) = field::given(text) else { return Ok(default) };
    let number = text.parse::<i64>().ok().filter(|number| (0..=SPAN_MAX).contains(number));
    number.ok_or_else(|| problem("span_unreadable", text, Help::None))
}

/// A map being put into words.
struct Drawn<'a> {
    lexicon: &'a Lexicon,
    agreements: &'a Agreements,
    ladder: &'a Ladder,
    inquiry: &'a Inquiry,
}

impl Drawn<'_> {
    fn page(&self, map: &Map) -> MapPage {
        let said = Said { lexicon: self.lexicon, ladder: self.ladder, inquiry: self.inquiry };
        let mut page = MapPage {
            parties: self.inquiry.parties.iter().map(ToString::to_string).collect(),
            on: date_at_offset(self.inquiry.on, self.offset_hours()).to_string(),
            purpose: self.inquiry.purpose.to_string(),
            purpose_words: captions(vocabulary::purpose(&self.inquiry.purpose)),
            status: self.inquiry.status.to_string(),
            first_hours: self.inquiry.first_hours,
            within_days: self.inquiry.within_days,
            names: Vec::new(),
            titles: Vec::new(),
            clauses: Vec::new(),
            groups: self.groups(),
            steps: self.steps(),
            rows: map.rows.iter().map(row).collect(),
            unbound: map.unbound.iter().map(pair).collect(),
            counts: counts(&map.counts, &said),
            lapses: map.lapses.iter().map(|lapse| lapse_line(lapse, &said)).collect(),
            gaps: map.gaps.iter().map(|gap| self.gap(gap, &said)).collect(),
            relations: map.relations.iter().map(|r| relation(r, &said)).collect(),
        };
        self.name(&mut page);
        page
    }

    /// The offset of the first party asked about.
    fn offset_hours(&self) -> i8 {
        let parties = &self.lexicon.catalog().parties;
        let first = self.inquiry.parties.first().and_then(|party| parties.get(party));
        first.map_or(0, |entry| entry.utc_offset_hours)
    }

    fn groups(&self) -> Vec<GroupLine> {
        let category = |id: &CategoryId| CategoryLine {
            id: id.to_string(),
            names: captions(vocabulary::category(id)),
        };
        let groups = self.ladder.groups.iter().map(|group| GroupLine {
            id: group.id.to_string(),
            names: Words::from(&group.names),
            categories: group.categories.iter().map(category).collect(),
        });
        groups.collect()
    }

    fn steps(&self) -> Vec<LadderStep> {
        let catalog = self.lexicon.catalog();
        let steps = self.ladder.steps.iter().zip(&catalog.steps).map(|(step, entry)| {
            let source = catalog.sources.get(&entry.source);
            LadderStep {
                id: step.id.to_string(),
                names: Words::from(&step.names),
                why: Words::from(&step.why),
                source: source.map_or_else(
                    || entry.source.to_string(),
                    |s| format!("{}, {}, {}", s.publisher, s.title, s.published),
                ),
            }
        });
        steps.collect()
    }

    fn gap(&self, gap: &Gap, said: &Said<'_>) -> GapLine {
        let commodities = self.lexicon.catalog().commodities.values();
        let mut fitting = commodities.filter(|c| gap.categories.contains(&c.category));
        GapLine {
            receiver: gap.receiver.to_string(),
            group: gap.group.to_string(),
            categories: gap.categories.iter().map(ToString::to_string).collect(),
            lack: gap.lack.code().to_owned(),
            at_home: crate::case::count(gap.at_home.len()),
            words: said.gap(gap),
            near: gap.near.iter().map(|near| near_line(near, gap, said)).collect(),
            step: gap.step.as_ref().map(ToString::to_string),
            commodity: fitting.next().map(|commodity| commodity.id.to_string()),
        }
    }

    /// Tells in words, once, what the lists name by id.
    fn name(&self, page: &mut MapPage) {
        let mut named = Named::default();
        named.read(page);
        let party = |id: &String| id.parse().ok().map(|id| self.lexicon.party(&id));
        page.names = named.parties.iter().filter_map(party).collect();
        let title = |id: &AgreementId| {
            let agreement = self.lexicon.agreements().get(id)?;
            let standing = self.agreements.standing(id)?;
            Some(TitleLine {
                id: id.to_string(),
                title: Words::from(agreement.title()),
                standing: standing.code().to_owned(),
            })
        };
        page.titles = named.clauses.keys().filter_map(title).collect();
        let clauses = named.clauses.iter().flat_map(|(agreement, clauses)| {
            clauses.iter().map(|clause| {
                let (agreement, clause) = (agreement.clone(), clause.clone());
                self.lexicon.clause(&pumasi_act::ClauseCited { agreement, clause })
            })
        });
        page.clauses = clauses.collect();
    }
}

/// What the lists of a page name.
#[derive(Default)]
struct Named {
    parties: BTreeSet<String>,
    clauses: BTreeMap<AgreementId, BTreeSet<ClauseId>>,
}

impl Named {
    fn read(&mut self, page: &MapPage) {
        self.parties.extend(page.parties.iter().cloned());
        for row in &page.rows {
            self.pairs(&row.pairs);
            let acts = row.cells.iter().flat_map(|cell| &cell.acts);
            acts.for_each(|act| self.cited(&act.clauses));
        }
        self.pairs(&page.unbound);
        for count in page.counts.iter().flat_map(|counts| &counts.steps) {
            self.parties.extend(count.in_force.iter().chain(&count.coming).cloned());
        }
        page.lapses.iter().for_each(|lapse| self.cited(std::slice::from_ref(&lapse.clause)));
        for near in page.gaps.iter().flat_map(|gap| &gap.near) {
            self.parties.extend(near.givers.iter().cloned());
            self.clauses.extend_agreement(near.agreement.as_deref());
            self.cited(&near.clauses);
        }
        for relation in &page.relations {
            self.pairs(&relation.pairs);
            relation.rungs.iter().for_each(|rung| self.cited(&rung.clauses));
        }
    }

    fn pairs(&mut self, pairs: &[PairLine]) {
        self.parties.extend(pairs.iter().flat_map(|pair| [pair.one.clone(), pair.other.clone()]));
    }

    fn cited(&mut self, clauses: &[ClauseRefLine]) {
        for cited in clauses {
            let ids = cited.agreement.parse().ok().zip(cited.clause.parse().ok());
            let Some((agreement, clause)) = ids else { continue };
            self.clauses.entry(agreement).or_default().insert(clause);
        }
    }
}

/// Notes an agreement of which no clause is cited.
trait ExtendAgreement {
    fn extend_agreement(&mut self, id: Option<&str>);
}
impl ExtendAgreement for BTreeMap<AgreementId, BTreeSet<ClauseId>> {
    fn extend_agreement(&mut self, id: Option<&str>) {
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            self.entry(id).or_default();
        }
    }
}

fn captions(captions: Option<&pumasi_base::Captions>) -> Words {
    captions.map_or_else(|| Words::same("–"), Words::from)
}

fn pair((one, other): &(PartyId, PartyId)) -> PairLine {
    PairLine { one: one.to_string(), other: other.to_string() }
}

fn cites(clauses: &[ClauseRef]) -> Vec<ClauseRefLine> {
    let mut lines: Vec<ClauseRefLine> = Vec::new();
    for cited in clauses {
        let (agreement, clause) = (cited.agreement.to_string(), cited.clause.to_string());
        let line = ClauseRefLine { agreement, clause };
        // One clause may both permit and limit; it is named once, where it stands first.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn row(row: &Row) -> MapRow {
    let first = row.pairs.first();
    MapRow {
        pairs: row.pairs.iter().map(pair).collect(),
        domestic: first.is_some_and(|(one, other)| same_country(one, other)),
        cells: row.cells.iter().map(cell).collect(),
    }
}

/// What a cell says in a word, the most that it lets happen first.
const ANSWERS: [(Action, &str); 6] = [
    (Action::Push, "unasked"),
    (Action::Order, "on_request"),
    (Action::Share, "shared"),
    (Action::Transit, "transit"),
    (Action::Offer, "talk"),
    (Action::Request, "talk"),
];

fn cell(cell: &MapCell) -> MapCellLine {
    let at = |levels: &[Level]| {
        ANSWERS.into_iter().find(|(action, _)| levels.contains(&cell.level(*action)))
    };
    let now = at(&[Level::Permitted]);
    let coming = at(&[Level::Permitted, Level::Coming]).map(|(_, answer)| answer);
    let some = |level| cell.acts.iter().any(|act| act.level == level);
    let answer = match now {
        Some((_, answer)) => answer,
        None if some(Level::Needs) => "consent",
        None if some(Level::Forbidden) => "forbidden",
        None => "nothing",
    };
    let deciding = now.and_then(|(action, _)| cell.acts.iter().find(|act| act.action == action));
    let most = cell.acts.iter().map(|act| act.categories.len()).max().unwrap_or(0);
    MapCellLine {
        group: cell.group.to_string(),
        answer: answer.to_owned(),
        whole: deciding.is_none_or(|act| act.categories.len() == most && !act.named_only),
        coming: coming.filter(|coming| *coming != answer).map(ToOwned::to_owned),
        acts: cell.acts.iter().map(act).collect(),
    }
}

fn act(act: &Act) -> MapActLine {
    MapActLine {
        action: act.action.code().to_owned(),
        answer: act.level.code().to_owned(),
        categories: act.categories.iter().map(ToString::to_string).collect(),
        named_only: act.named_only,
        clauses: cites(&act.clauses),
    }
}

/// One line for each party, in the order in which they were counted.
fn counts(counts: &[Count], said: &Said<'_>) -> Vec<CountsLine> {
    let of_party = counts.chunk_by(|one, other| one.party == other.party);
    let ids = |parties: &[PartyId]| parties.iter().map(ToString::to_string).collect();
    let line = |count: &Count| CountLine {
        step: count.step.to_string(),
        in_force: ids(&count.in_force),
        in_force_abroad: crate::case::count(count.abroad(&count.in_force)),
        coming: ids(&count.coming),
        coming_abroad: crate::case::count(count.abroad(&count.coming)),
    };
    of_party
        .filter_map(|counts| {
            Some(CountsLine {
                party: counts.first()?.party.to_string(),
                words: said.counts(counts),
                steps: counts.iter().map(line).collect(),
            })
        })
        .collect()
}

fn lapse_line(lapse: &Lapse, said: &Said<'_>) -> LapseLine {
    LapseLine {
        kind: lapse.kind.code().to_owned(),
        clause: ClauseRefLine {
            agreement: lapse.agreement.to_string(),
            clause: lapse.clause.to_string(),
        },
        on: lapse.on.map(|on| on.to_string()),
        days_left: lapse.days_left,
        words: said.lapse(&lapse.kind),
    }
}

fn near_line(near: &NearMiss, gap: &Gap, said: &Said<'_>) -> NearLine {
    NearLine {
        near: near.near.code().to_owned(),
        givers: near.givers.iter().map(ToString::to_string).collect(),
        agreement: near.agreement.as_ref().map(ToString::to_string),
        clauses: cites(&near.clauses),
        words: said.near(near, gap.lack),
    }
}

fn relation(relation: &Relation, said: &Said<'_>) -> RelationLine {
    let rungs = relation.rungs.iter().map(|rung| RungLine {
        step: rung.step.to_string(),
        state: rung.state.code().to_owned(),
        clauses: match &rung.state {
            RungState::InForce { clauses } | RungState::Coming { clauses, .. } => cites(clauses),
            RungState::Missing => Vec::new(),
        },
    });
    RelationLine {
        pairs: relation.pairs.iter().map(pair).collect(),
        rungs: rungs.collect(),
        next: relation.next.as_ref().map(ToString::to_string),
        words: said.next(relation),
    }
}
