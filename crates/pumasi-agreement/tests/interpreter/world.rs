//! Agreements and questions at random, cheaply, from one seed.

use std::collections::BTreeSet;
use std::fmt::Write;

use pumasi_agreement::clauses::Terms;
use pumasi_agreement::scope::Scope;
use pumasi_agreement::{
    Action, Agreement, AgreementStatus, AlertLevel, Consent, ConsentTo, Event, Intensity, Overdue,
    Question, Standing, Used, read, status::Suspension,
};
use pumasi_base::catalog::Mode;
use pumasi_base::{CategoryId, PartyId, PlaceId, PurposeId, Quantity, Status, Time};

use crate::plain::Stood;

/// A generator of numbers that are random enough for choosing: SplitMix64 (Steele, Lea and Flood,
/// "Fast Splittable Pseudorandom Number Generators", 2014).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    /// Once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Some of a list, at least one.
    fn some<'a, T>(&mut self, of: &'a [T]) -> Vec<&'a T> {
        let certain = self.below(of.len());
        let places = of.iter().enumerate();
        places.filter(|(at, _)| *at == certain || self.once_in(3)).map(|(_, one)| one).collect()
    }
}

/// The words that questions are made of.
pub struct Words {
    pub parties: Vec<PartyId>,
    pub categories: Vec<CategoryId>,
    pub purposes: Vec<PurposeId>,
    pub agreements: Vec<Stood>,
    pub days: Vec<Time>,
}

const SIDES: [(&str, &str); 5] = [
    ("kr-42", "kr-42110"),
    ("jp-17", "jp-17204"),
    ("jp-31", "jp-31201"),
    ("cn-js", "cn-js-ngo"),
    ("ngo-c", "ngo-d"),
];
const CATEGORIES: [&str; 3] = ["food", "fuel", "ammunition"];
const PURPOSES: [&str; 2] = ["disaster_relief", "evacuation"];
const COMMODITIES: [&str; 2] = ["rice", "diesel"];
const LANGUAGES: &str = r#"{ ko = "x", ja = "x", zh-Hans = "x", en = "x" }"#;

impl Words {
    /// A few agreements at random, between a few parties.
    pub fn random(random: &mut Random) -> Self {
        let count = 1 + random.below(5);
        let agreements = (0..count).map(|number| an_agreement(number, random)).collect();
        let bodies = SIDES.iter().flat_map(|(party, body)| [party, body]);
        Self {
            parties: bodies.map(|id| id.parse().unwrap()).collect(),
            categories: CATEGORIES.iter().map(|id| id.parse().unwrap()).collect(),
            purposes: PURPOSES.iter().map(|id| id.parse().unwrap()).collect(),
            agreements,
            days: days(&["2023-12-31", "2024-01-01", "2024-06-01", "2026-01-01"]),
        }
    }
}

pub fn days(days: &[&str]) -> Vec<Time> {
    days.iter().map(|day| format!("{day}T15:30:00Z").parse().unwrap()).collect()
}

fn listed(random: &mut Random, key: &str, of: &[&str], text: &mut String) {
    writeln!(text, "{key} = {:?}", random.some(of)).unwrap();
}

/// The fields of a scope, `must` being those that have to be there.
fn a_scope(random: &mut Random, members: &[&str], must: &[&str], text: &mut String) {
    let fields: [(&str, &[&str]); 7] = [
        ("actions", &["request", "offer", "order", "push", "transit", "share"]),
        ("categories", &CATEGORIES),
        ("purposes", &PURPOSES),
        ("givers", members),
        ("receivers", members),
        ("statuses", &["actual", "exercise", "test"]),
        ("modes", &["sea", "air", "road", "rail", "grid"]),
    ];
    for (key, words) in fields {
        let is_narrow = matches!(key, "givers" | "receivers" | "statuses" | "modes");
        let chance = if is_narrow { 5 } else { 3 };
        let is_given = must.contains(&key) || random.once_in(chance);
        // A standing consent lists no actions.
        if is_given && !(key == "actions" && must == PUSHED) {
            listed(random, key, words, text);
        }
    }
}

const PERMITTED: &[&str] = &["actions", "categories", "purposes"];
const PUSHED: &[&str] = &["categories", "purposes"];

fn a_clause(random: &mut Random, members: &[&str]) -> String {
    let mut text = String::new();
    let commodities = |random: &mut Random, text: &mut String| {
        if random.once_in(4) {
            listed(random, "commodities", &COMMODITIES, text);
        }
    };
    let limit = |random: &mut Random| {
        let (amount, unit) = (random.below(1500), *random.one(&["KGM", "KGM", "LTR"]));
        format!("\"{amount} {unit}\"")
    };
    match random.below(12) {
        0..=3 => {
            text += "kind = \"permit\"\n";
            a_scope(random, members, PERMITTED, &mut text);
            commodities(random, &mut text);
            if random.once_in(4) {
                text += "within_receiver = true\n";
            }
            if random.once_in(4) {
                text += "transit = [\"cn-sh\"]\n";
            }
        }
        4 => {
            text += "kind = \"forbid\"\n";
            let must = *random.one(&["categories", "purposes", "actions", "modes"]);
            a_scope(random, members, &[must, "receivers"], &mut text);
        }
        5..=6 => {
            let per = *random.one(&["order", "incident", "year", "week"]);
            let limit = limit(random);
            write!(text, "kind = \"ceiling\"\nquantity = {limit}\nper = \"{per}\"\n").unwrap();
            a_scope(random, members, &[], &mut text);
            commodities(random, &mut text);
        }
        7..=8 => {
            text += "kind = \"standing_consent\"\n";
            a_scope(random, members, PUSHED, &mut text);
            commodities(random, &mut text);
            let trigger = ["intensity = \"6-\"", "alert = \"orange\"", "contact_lost = true"];
            if random.once_in(2) {
                let some: Vec<&str> = random.some(&trigger).into_iter().copied().collect();
                writeln!(text, "trigger = {{ {} }}", some.join(", ")).unwrap();
            }
            if random.once_in(2) {
                writeln!(text, "valid_hours = {}", 1 + random.below(72)).unwrap();
            }
            if random.once_in(3) {
                let limit = limit(random);
                writeln!(text, "max = {limit}").unwrap();
            }
        }
        9 => {
            let mode = *random.one(&["gift", "reimbursement", "loan"]);
            write!(text, "kind = \"settlement\"\nmode = \"{mode}\"\n").unwrap();
            a_scope(random, members, &[], &mut text);
            if random.once_in(3) {
                text += "bars_when_overdue = true\n";
            }
        }
        _ => {
            let transfer = *random.one(&["forbidden", "prior_consent", "within_receiver"]);
            write!(text, "kind = \"third_party\"\ntransfer = \"{transfer}\"\n").unwrap();
            a_scope(random, members, &[], &mut text);
        }
    }
    text
}

fn an_agreement(number: usize, random: &mut Random) -> Stood {
    let mut sides = random.some(&SIDES);
    if sides.len() < 2 {
        sides = SIDES.iter().take(2).collect();
    }
    let parties: Vec<&str> = sides.iter().map(|(party, _)| *party).collect();
    let mut members = parties.clone();
    let mut text = format!("id = \"g{number}\"\nparties = {parties:?}\ntitle = {LANGUAGES}\n");
    let level = *random.one(&["intergovernmental", "political_principles", "provincial"]);
    let nature = *random.one(&["real", "real", "draft"]);
    let offset = *random.one(&[9, 8, -5]);
    write!(
        text,
        "law_level = \"{level}\"\nnature = \"{nature}\"\nutc_offset_hours = {offset}\n\
         source = [{{ title = \"x\", publisher = \"x\", date = \"2024\" }}]\n"
    )
    .unwrap();
    for (party, body) in sides.into_iter().filter(|_| random.once_in(2)) {
        writeln!(text, "executing.{party} = [\"{body}\"]").unwrap();
        members.push(body);
    }
    let mut clauses: Vec<String> =
        (0..1 + random.below(8)).map(|_| a_clause(random, &members)).collect();
    let until = *random.one(&[
        "",
        "until = 2025-12-31\n",
        "until = 2025-12-31\nrenews = \"P1M\"\n",
        "lasts = \"P6M\"\n",
    ]);
    let place = random.below(clauses.len() + 1);
    clauses.insert(place, format!("kind = \"term\"\nfrom = 2024-01-01\n{until}"));
    if random.once_in(3) {
        let lasts = *random.one(&["", "lasts = \"P1Y\"\n"]);
        let id = format!("c{}", random.below(clauses.len()));
        clauses.push(format!("kind = \"survival\"\nclauses = [\"{id}\"]\n{lasts}"));
    }
    for (at, clause) in clauses.iter().enumerate() {
        write!(
            text,
            "[[clause]]\nid = \"c{at}\"\n{clause}article = {LANGUAGES}\ncaption = {LANGUAGES}\n\
             authentic = {{ ja = \"x\" }}\n"
        )
        .unwrap();
    }
    let agreement = read(&format!("g{number}.toml"), &text).unwrap_or_else(|errors| {
        panic!("{errors:?}\n{text}");
    });
    let standing = a_standing(random, &agreement);
    (agreement, standing)
}

/// How an agreement stands, at random; mostly as its nature says.
pub fn a_standing(random: &mut Random, agreement: &Agreement) -> Standing {
    let by = agreement.parties()[0].clone();
    let (ends, later) = ("2024-06-01".parse().unwrap(), "2026-01-01".parse().unwrap());
    let some = |random: &mut Random| -> BTreeSet<PartyId> {
        random.some(agreement.parties()).into_iter().cloned().collect()
    };
    let mut standing = Standing::at(match random.below(14) {
        0 => AgreementStatus::Signed { awaits: BTreeSet::new() },
        5 => AgreementStatus::Signed { awaits: some(random) },
        6 => AgreementStatus::SignedBySome { by: some(random) },
        1 => AgreementStatus::Terminated { ends },
        2 => AgreementStatus::NoticeGiven { by: by.clone(), ends },
        3 => AgreementStatus::NoticeSuspended { by: by.clone(), ends },
        4 => AgreementStatus::NoticeResumed {
            by: by.clone(),
            ends_if_it_ran: ends,
            ends_if_anew: later,
        },
        _ => Standing::of_nature(agreement.nature()).status,
    });
    standing.entered = random.once_in(6).then_some(ends);
    let clauses: BTreeSet<_> =
        random.some(agreement.clauses()).into_iter().map(|clause| clause.id.clone()).collect();
    match random.below(8) {
        0 => drop(standing.suspensions.insert(by, Suspension::Whole)),
        1 => drop(standing.suspensions.insert(by, Suspension::Clauses(clauses))),
        _ => {}
    }
    standing
}

/// A question at random, in the words of the agreements.
pub fn a_question(random: &mut Random, words: &Words) -> Question {
    let party = |random: &mut Random| random.one(&words.parties).clone();
    let mut question = Question::new(
        *random.one(&Action::ALL),
        party(random),
        party(random),
        random.one(&words.categories).clone(),
        random.one(&words.purposes).clone(),
        *random.one(&[Status::Actual, Status::Actual, Status::Exercise, Status::Test]),
        *random.one(&words.days),
    );
    if !random.once_in(4) {
        aim(random, words, &mut question);
    }
    if random.once_in(16) {
        question.actor = party(random);
    }
    question.commodity =
        random.once_in(2).then(|| random.one(&["rice", "diesel", "meal"]).parse().unwrap());
    question.mode =
        random.once_in(2).then(|| *random.one(&[Mode::Sea, Mode::Air, Mode::Road, Mode::Rail]));
    an_amount(random, &mut question);
    if random.once_in(4) {
        let home = question.receiver.clone();
        question.place = Some(a_place(random, &home));
    }
    for _ in 0..random.below(4).saturating_sub(1) {
        let through = random.one(&["cn-sh", "cn-js", "ru-pri", "jp-27"]).parse().unwrap();
        question.transit.push(if random.once_in(3) { party(random) } else { through });
    }
    if random.once_in(6) {
        let inside = format!("{}204", question.receiver).parse().unwrap();
        question.onward_to = Some(if random.once_in(2) { inside } else { party(random) });
    }
    question.requested = random.once_in(3);
    question.event = random.once_in(2).then(|| an_event(random));
    consents(random, &mut question);
    if random.once_in(4) {
        let agreement = random.one(&words.agreements).0.id().clone();
        question.overdue.push(Overdue { debtor: question.receiver.clone(), agreement });
    }
    if random.once_in(6) && !words.agreements.is_empty() {
        question.under = Some(random.one(&words.agreements).0.id().clone());
    }
    if random.once_in(4) {
        let agreement = &random.one(&words.agreements).0;
        let clause = random.one(agreement.clauses()).id.clone();
        let held = Quantity::milli(i64::try_from(random.below(1_500_000)).unwrap(), a_unit(random));
        question.used = Used::none().with(agreement.id().clone(), clause, held.unwrap());
    }
    question
}

/// Moves a question to what some permit or forbid reaches, so that conditions are asked about.
fn aim(random: &mut Random, words: &Words, question: &mut Question) {
    let (agreement, _) = random.one(&words.agreements);
    let members: Vec<_> = agreement.members().collect();
    let clauses = agreement.clauses().iter();
    let scopes: Vec<&Scope> = clauses
        .filter_map(|clause| match &clause.terms {
            Terms::Permit(permit) => Some(&permit.scope),
            Terms::StandingConsent(consent) => Some(&consent.scope),
            Terms::Forbid(forbid) => Some(&forbid.scope),
            _ => None,
        })
        .collect();
    if scopes.is_empty() {
        return;
    }
    let scope = *random.one(&scopes);
    let action =
        if scope.actions.is_empty() { question.action } else { *random.one(&scope.actions) };
    let among = |random: &mut Random, list: &[PartyId]| match list {
        [] => (*random.one(&members)).clone(),
        list => random.one(list).clone(),
    };
    let (giver, receiver) = (among(random, &scope.givers), among(random, &scope.receivers));
    let category = scope.categories.is_empty().then(|| random.one(&words.categories));
    let category = category.unwrap_or_else(|| random.one(&scope.categories)).clone();
    let purpose = scope.purposes.is_empty().then(|| random.one(&words.purposes));
    let purpose = purpose.unwrap_or_else(|| random.one(&scope.purposes)).clone();
    let (status, on) = (question.status, question.on);
    *question = Question::new(action, giver, receiver, category, purpose, status, on);
}

fn a_unit(random: &mut Random) -> pumasi_base::Unit {
    *random.one(&[
        pumasi_base::Unit::Kilogram,
        pumasi_base::Unit::Kilogram,
        pumasi_base::Unit::Litre,
    ])
}

fn an_amount(random: &mut Random, question: &mut Question) {
    let amount = |random: &mut Random| i64::try_from(random.below(2_000_000)).unwrap();
    if random.once_in(4) {
        question.mass_g = Some(amount(random));
    }
    if !random.once_in(4) {
        let milli = amount(random);
        question.quantity = Some(Quantity::milli(milli, a_unit(random)).unwrap());
    }
}

fn a_place(random: &mut Random, receiver: &PartyId) -> PlaceId {
    let inside = format!("{receiver}204");
    random.one(&[&*inside, receiver.as_str(), "jp-13101"]).parse().unwrap()
}

fn an_event(random: &mut Random) -> Event {
    Event {
        hours_since: i64::try_from(random.below(100)).unwrap() - 10,
        intensity: random.once_in(2).then(|| *random.one(&Intensity::ALL)),
        alert: random.once_in(2).then(|| *random.one(&AlertLevel::ALL)),
        contact_lost: random.once_in(2),
    }
}

fn consents(random: &mut Random, question: &mut Question) {
    let mut consents = Vec::new();
    if random.once_in(4) {
        consents.push(Consent { by: question.receiver.clone(), to: ConsentTo::Push });
    }
    if let Some(to) = question.onward_to.clone().filter(|_| random.once_in(2)) {
        let by = question.giver.clone();
        consents.push(Consent { by, to: ConsentTo::OnwardTransfer { to } });
    }
    if let Some(by) = question.transit.first().cloned().filter(|_| random.once_in(2)) {
        consents.push(Consent { by, to: ConsentTo::Transit });
    }
    question.consents = consents;
}
